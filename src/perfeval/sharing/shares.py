"""How a pot is shared out: floors first, the rest by weight, and by a named policy where it is short.

Imports ``claims``, ``divisor`` and what stands above them.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final, NamedTuple, final

from attrs import frozen

from perfeval.amounts import Amount
from perfeval.citations import Citation
from perfeval.errors import FactsError, NotFoundError, Problem, RuleError, excerpt
from perfeval.facts import Label, one_of
from perfeval.sharing.claims import Claim, amount_read, claims_read, lacking, nearest_name
from perfeval.sharing.divisor import divided
from perfeval.units import Unit

__all__ = ["Policy", "Share", "ShareTable", "policy_read", "refuse_foreign", "share_out", "summed"]

_WEIGHT_BITS: Final = 4096


@final
class Policy(enum.Enum):
    """Who is short, and by how much, where the pot is less than the floors together."""

    PRO_RATA = "pro_rata"
    """Every claim gets the same part of its floor."""
    BY_PRIORITY = "by_priority"
    """Claims are filled in the order of their priority, 1 first; claims of one priority are filled pro rata."""


@final
@frozen(kw_only=True)
class Share:
    """What one claim gets: its ``share``, how much of that is ``surplus`` above the floor, or how far it is short.

    ``citation`` and ``clauses`` are those of the claim.
    """

    name: str
    label: Label
    floor: Amount
    share: Amount
    surplus: Amount
    short: Amount
    citation: Citation | None = None
    clauses: tuple[Citation, ...] = ()


@final
@frozen(kw_only=True)
class ShareTable:
    """How a pot was shared out (分配表): a row for each claim, in the order of the claims.

    The shares add up to the pot exactly. ``table["甲支部"]`` is the row of that claim.
    """

    pot: Amount
    quantum: Amount
    policy: Policy | None
    rows: tuple[Share, ...]

    @property
    def total(self) -> Amount:
        """The sum of the shares, which is the pot."""
        return summed((row.share for row in self.rows), self.pot.unit)

    @property
    def floors(self) -> Amount:
        """The sum of the floors."""
        return summed((row.floor for row in self.rows), self.pot.unit)

    @property
    def short(self) -> tuple[Share, ...]:
        """The rows below their floor; none where the pot is as much as the floors together."""
        return tuple(row for row in self.rows if row.short.root > 0)

    def __getitem__(self, name: str) -> Share:
        for row in self.rows:
            if row.name == name:
                return row
        near = nearest_name(name, [row.name for row in self.rows])
        raise NotFoundError.of("shares", came=excerpt(name), needed="the name of a claim", nearest=near)


def summed(amounts: Iterable[Amount], unit: Unit) -> Amount:
    """Return the sum of amounts of one dimension, shown in ``unit``."""
    return Amount(sum((amount.root for amount in amounts), Fraction(0)), unit)


def share_out(
    pot: Amount | str,
    claims: Iterable[Claim],
    *,
    policy: Policy | str | None = None,
    quantum: Amount | str = "0.01 元",
) -> ShareTable:
    """Share a pot out: floors first, the rest by weight, in whole quanta that add up to the pot exactly.

    ``policy`` ("pro_rata" or "by_priority") says who is short where the pot is less than the floors; there is no
    default. Pot, floors and quantum are of one dimension, and pot and floors whole multiples of the quantum. A pot
    of zero leaves every claim short by its floor. Raises ``FactsError`` with every problem: a negative pot, no
    claims, two of one name, units or weights that do not go together, a weight, priority or policy that is needed
    and was not given.

    >>> claims = [Claim("甲", "3000 元", weight=1), Claim("乙", "1000 元", weight=2)]
    >>> [str(row.share) for row in share_out("4300 元", claims).rows]
    ['3,100 元', '1,200 元']
    >>> [str(row.short) for row in share_out("3000 元", claims, policy="pro_rata").rows]
    ['750 元', '250 元']
    """
    task = _checked(pot, claims, policy, quantum)
    surplus = task.pot - sum(task.floors)
    if surplus > 0:
        above = divided(surplus, _weights(task.claims, task.amount(surplus)))
        shares = [floor + more for floor, more in zip(task.floors, above, strict=True)]
    elif surplus and task.pot and task.policy is None:
        raise FactsError.of(
            "policy",
            came=f"none, and the pot is {task.amount(-surplus)} less than the floors",
            needed=f"one of {', '.join(each.value for each in Policy)}",
        )
    elif task.policy is Policy.BY_PRIORITY:
        shares = _by_priority(task)
    else:  # pro rata, or what comes to the same by any policy: a pot of just the floors, or of nothing
        shares = divided(task.pot, task.floors)
    rows = tuple(
        Share(
            name=claim.name,
            label=claim.title,
            floor=claim.floor,
            share=task.amount(share),
            surplus=task.amount(max(share - floor, 0)),
            short=task.amount(max(floor - share, 0)),
            citation=claim.citation,
            clauses=claim.clauses,
        )
        for claim, floor, share in zip(task.claims, task.floors, shares, strict=True)
    )
    return ShareTable(pot=task.amount(task.pot), quantum=task.quantum, policy=task.policy, rows=rows)


class _Task(NamedTuple):
    """What is to be shared, checked and in whole quanta."""

    pot: int
    floors: list[int]
    claims: tuple[Claim, ...]
    policy: Policy | None
    quantum: Amount
    unit: Unit

    def amount(self, count: int) -> Amount:
        """Return so many quanta, shown in the unit of the pot."""
        return Amount(self.quantum.root * count, self.unit)


def _checked(pot: object, claims: object, policy: object, quantum: object) -> _Task:
    problems: list[Problem] = []
    listed = claims_read(claims, problems)
    whole, step = amount_read(pot, "pot", problems), amount_read(quantum, "quantum", problems)
    if whole is not None and whole.root < 0:
        problems.append(Problem("pot", came=str(whole), needed="zero or more"))
    if step is not None and step.root <= 0:
        problems.append(Problem("quantum", came=str(step), needed="a quantum above zero"))
        step = None
    chosen = policy_read(policy, problems)
    if chosen is Policy.BY_PRIORITY:
        problems += _without(listed, "priority")
    if whole is not None:
        amounts = [(f"claim {excerpt(claim.name)} floor", claim.floor) for claim in listed]
        amounts += [] if step is None else [("quantum", step)]
        wanted = f"a unit that goes with the pot's {whole.unit} (a rate becomes money over a period)"
        problems += refuse_foreign(amounts, whole.unit, wanted)
        if step is not None and step.dimension == whole.dimension:
            problems += _refuse_parts([("pot", whole), *amounts], step)
    if problems or whole is None or step is None:
        raise FactsError(*problems)
    return _Task(
        pot=int(whole.root / step.root),
        floors=[int(claim.floor.root / step.root) for claim in listed],
        claims=listed,
        policy=chosen,
        quantum=step,
        unit=whole.unit,
    )


def policy_read(policy: object, problems: list[Problem]) -> Policy | None:
    """Return the policy that was named; note what is none."""
    if policy is None:
        return None
    try:
        return one_of(Policy, policy, "policy")
    except RuleError as error:
        problems.extend(error.problems)
        return None


def refuse_foreign(amounts: Iterable[tuple[str, Amount]], unit: Unit, needed: str) -> list[Problem]:
    """Return a problem for each amount, given with its place, that is of another dimension than a unit."""
    return [
        Problem(where, came=str(amount), needed=needed)
        for where, amount in amounts
        if amount.dimension != unit.dimension
    ]


def _refuse_parts(amounts: Iterable[tuple[str, Amount]], step: Amount) -> list[Problem]:
    """Return a problem for each amount that holds a part of a quantum."""
    needed = f"a multiple of {step}, or another quantum; round it first, by a mode you name"
    return [
        Problem(where, came=str(amount), needed=needed)
        for where, amount in amounts
        if amount.dimension == step.dimension and (amount.root / step.root).denominator != 1
    ]


def _without(claims: Sequence[Claim], what: str) -> list[Problem]:
    without = [claim.name for claim in claims if getattr(claim, what) is None]
    return lacking(what, without, f"{len(claims)} claims", f"a {what} for each claim")


def _weights(claims: Sequence[Claim], surplus: Amount) -> list[int]:
    """Return the weights of the claims as whole numbers in the same proportion."""
    problems = _without(claims, "weight")
    given = [claim.weight for claim in claims if claim.weight is not None]
    if len({weight.dimension if isinstance(weight, Amount) else None for weight in given}) > 1:
        shown = sorted({weight.unit.text if isinstance(weight, Amount) else "a bare number" for weight in given})
        needed = "weights of one dimension, or all bare numbers"
        problems.append(Problem("weight", came=f"weights in {', '.join(shown)}", needed=needed))
    exact = [weight.root if isinstance(weight, Amount) else weight for weight in given]
    if given and not any(exact):
        came = f"weights that are all zero, with {surplus} above the floors to share"
        problems.append(Problem("weight", came=came, needed="at least one weight above zero"))
    common = 1
    for weight in exact:
        common = math.lcm(common, weight.denominator)
        if max(common.bit_length(), weight.numerator.bit_length()) > _WEIGHT_BITS:
            came = f"weights without a common denominator of at most {_WEIGHT_BITS} bits"
            problems.append(Problem("weight", came=came, needed="shorter numbers"))
            break
    if problems:
        raise FactsError(*problems)
    return [weight.numerator * (common // weight.denominator) for weight in exact]


def _by_priority(task: _Task) -> list[int]:
    """Fill the claims of each priority in turn; those of the priority at which the pot ends share it pro rata."""
    levels: dict[int, list[int]] = {}
    for place, claim in enumerate(task.claims):
        assert claim.priority is not None  # noqa: S101 - refused when the task was checked
        levels.setdefault(claim.priority, []).append(place)
    shares = [0] * len(task.claims)
    left = task.pot
    for priority in sorted(levels):
        floors = [task.floors[place] for place in levels[priority]]
        given = min(left, sum(floors))
        for place, share in zip(levels[priority], divided(given, floors), strict=True):
            shares[place] = share
        left -= given
    return shares
