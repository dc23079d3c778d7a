"""How a pot is shared out among claims, and whether an existing table of shares is right (分配表).

Floors come first and the rest goes by stated weights, in whole quanta such as fen. A pot that is less than the floors
together is shared by the policy that the caller names. Every split is by the divisor method of Webster
(Sainte-Laguë): each next quantum goes to the claim with the greatest ``weight ÷ (2 × quanta held + 1)``, the earlier
claim on a tie. Under the largest remainder a claim may get less when the pot grows (the Alabama paradox); here the
shares of a greater pot are those of the lesser one and more quanta on top, so that nobody ever does.

Imports ``entitlements``, ``judging`` and what stands above them.
"""

from __future__ import annotations

import datetime
import enum
import functools
import heapq
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any as AnyType
from typing import Final, NamedTuple, TypeAlias, final

from attrs import evolve, field, frozen

from perfeval.amounts import Amount, AmountRange, Number, Rounding, as_amount
from perfeval.citations import Citation
from perfeval.entitlements import Entitlement, aligned_rows
from perfeval.errors import FactsError, NotFoundError, PerfevalError, Problem, RuleError, excerpt, nearest
from perfeval.evaluation import decide, scope_of
from perfeval.expressions import equal
from perfeval.facts import Label, MeasureFact, one_of
from perfeval.findings import Finding, Review
from perfeval.judging import judge_rule
from perfeval.rules import Rule, Severity
from perfeval.standard import check_day
from perfeval.subjects import Record, flag, many, measure, read, subject, text
from perfeval.units import Unit
from perfeval.verdicts import Verdict
from perfeval.wording import Lang, cite, say

__all__ = [
    "Claim",
    "Policy",
    "Share",
    "ShareTable",
    "Weight",
    "claims_of",
    "judge_table",
    "share_out",
    "sharing_text",
]

Weight: TypeAlias = Number | Amount | str
"""A weight: an exact number, or an amount such as 35 人[党员] or 60%; weights of one sharing have one dimension."""

_WEIGHT_BITS: Final = 4096


@final
class Policy(enum.Enum):
    """Who is short, and by how much, where the pot is less than the floors together."""

    PRO_RATA = "pro_rata"
    """Every claim gets the same part of its floor."""
    BY_PRIORITY = "by_priority"
    """Claims are filled in the order of their priority, 1 first; claims of one priority are filled pro rata."""


_POLICY_NAMES: Final = {
    Policy.PRO_RATA: Label("按比例", "pro rata"),
    Policy.BY_PRIORITY: Label("按优先顺序", "by priority"),
}


def _floor_given(floor: Amount | str) -> Amount:
    return floor  # type: ignore[return-value]  # read by the claim, which reports every problem at once


def _weight_given(weight: Weight | None) -> Fraction | Amount | None:
    return weight  # type: ignore[return-value]  # as above


@final
@frozen
class Claim:
    """Who has a claim on a pot: the floor that is owed, and the weight with which it takes part in the rest.

    ``floor`` is an amount or its text; ``weight`` is wanted where there may be more than the floors, ``priority``
    (1 for what is filled first) where less is shared by priority. Raises ``RuleError`` with every problem.

    >>> claim = Claim("甲支部", "3000 元", weight=2)
    >>> claim.floor, claim.weight
    (Amount.parse('3,000 元'), Fraction(2, 1))
    """

    name: str
    floor: Amount = field(converter=_floor_given)
    weight: Fraction | Amount | None = field(default=None, kw_only=True, converter=_weight_given)
    priority: int | None = field(default=None, kw_only=True)
    label: Label | None = field(default=None, kw_only=True)
    citation: Citation | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        problems: list[Problem] = []
        named = isinstance(self.name, str) and bool(self.name.strip())
        where = f"claim {excerpt(self.name)}" if named else "claim"
        if not named:
            problems.append(Problem(where, came=excerpt(self.name), needed="a name"))
        floor = _amount(self.floor, f"{where} floor", problems)
        if floor is not None and floor.root < 0:
            problems.append(Problem(f"{where} floor", came=str(floor), needed="zero or more"))
        weight = None if self.weight is None else _number(self.weight, f"{where} weight", problems)
        if self.priority is not None and (type(self.priority) is not int or self.priority < 1):
            needed = "a whole number from 1, which is filled first"
            problems.append(Problem(f"{where} priority", came=excerpt(self.priority), needed=needed))
        for what, value, kind in (("label", self.label, Label), ("citation", self.citation, Citation)):
            if value is not None and not isinstance(value, kind):
                problems.append(Problem(f"{where} {what}", came=excerpt(value), needed=f"a {kind.__name__}, or None"))
        if problems:
            raise RuleError(*problems)
        object.__setattr__(self, "floor", floor)
        object.__setattr__(self, "weight", weight)

    @property
    def title(self) -> Label:
        """The label, or the name where none was given."""
        return self.label or Label(self.name, self.name)


def _amount(value: object, where: str, problems: list[Problem]) -> Amount | None:
    """Return an amount that was given or is read from text; note what is wrong, and return None then."""
    if not isinstance(value, Amount | str):
        problems.append(Problem(where, came=excerpt(value), needed="an exact amount with its unit, such as '3000 元'"))
        return None
    try:
        return as_amount(value)
    except PerfevalError as error:
        problems.extend(evolve(problem, where=where) for problem in error.problems)
        return None


def _number(value: object, where: str, problems: list[Problem]) -> Fraction | Amount | None:
    """Return a weight as an exact number, or as the amount that it is; note what is wrong."""
    try:
        if isinstance(value, Amount) or (isinstance(value, str) and not value.strip()[-1:].isdigit()):
            amount = as_amount(value)
            weight = amount if amount.dimension else amount.root
        else:
            weight = Amount.of(value, "倍").number  # type: ignore[arg-type]
    except PerfevalError as error:
        problems.extend(evolve(problem, where=where) for problem in error.problems)
        return None
    exact = weight.root if isinstance(weight, Amount) else weight
    if exact < 0:
        problems.append(Problem(where, came=excerpt(str(value)), needed="a weight of zero or more"))
    return weight


@final
@frozen(kw_only=True)
class Share:
    """What one claim gets: its ``share``, how much of that is ``surplus`` above the floor, or how far it is short."""

    name: str
    label: Label
    floor: Amount
    share: Amount
    surplus: Amount
    short: Amount
    citation: Citation | None = None


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
        return Amount(sum((row.share.root for row in self.rows), Fraction(0)), self.pot.unit)

    @property
    def floors(self) -> Amount:
        """The sum of the floors."""
        return Amount(sum((row.floor.root for row in self.rows), Fraction(0)), self.pot.unit)

    @property
    def short(self) -> tuple[Share, ...]:
        """The rows below their floor; none where the pot is as much as the floors together."""
        return tuple(row for row in self.rows if row.short.root > 0)

    def __getitem__(self, name: str) -> Share:
        for row in self.rows:
            if row.name == name:
                return row
        known = [row.name for row in self.rows]
        raise NotFoundError.of("shares", came=excerpt(name), needed="the name of a claim", nearest=_near(name, known))


_COMPARED: Final = 100_000
"""How many pairs of names are compared at most in search of the nearest."""
_NAMES_COMPARED: Final = 1_000


def _near(name: object, known: Sequence[str]) -> str | None:
    return nearest(name, known) if isinstance(name, str) and len(known) <= _NAMES_COMPARED else None


# --- sharing out -----------------------------------------------------------------------------------------


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
    whole = sum(task.floors)
    if task.pot >= whole:
        surplus = _divided(task.pot - whole, _weights(task)) if task.pot > whole else [0] * len(task.floors)
        shares = [floor + more for floor, more in zip(task.floors, surplus, strict=True)]
    elif task.pot and task.policy is None:
        raise FactsError.of(
            "policy",
            came=f"none, and the pot is {_times(task, whole - task.pot)} less than the floors",
            needed=f"one of {', '.join(each.value for each in Policy)}",
        )
    elif task.policy is Policy.BY_PRIORITY:
        shares = _by_priority(task)
    else:
        shares = _divided(task.pot, task.floors)
    rows = tuple(
        Share(
            name=claim.name,
            label=claim.title,
            floor=claim.floor,
            share=_times(task, share),
            surplus=_times(task, max(share - floor, 0)),
            short=_times(task, max(floor - share, 0)),
            citation=claim.citation,
        )
        for claim, floor, share in zip(task.claims, task.floors, shares, strict=True)
    )
    return ShareTable(pot=_times(task, task.pot), quantum=task.quantum, policy=task.policy, rows=rows)


class _Task(NamedTuple):
    """What is to be shared, checked and in whole quanta."""

    pot: int
    floors: list[int]
    claims: tuple[Claim, ...]
    policy: Policy | None
    quantum: Amount
    unit: Unit


def _times(task: _Task, count: int) -> Amount:
    return Amount(task.quantum.root * count, task.unit)


def _checked(pot: object, claims: object, policy: object, quantum: object) -> _Task:
    problems: list[Problem] = []
    listed = _claims(claims, problems)
    whole, step = _amount(pot, "pot", problems), _amount(quantum, "quantum", problems)
    if whole is not None and whole.root < 0:
        problems.append(Problem("pot", came=str(whole), needed="zero or more"))
    if step is not None and step.root <= 0:
        problems.append(Problem("quantum", came=str(step), needed="a quantum above zero"))
        step = None
    chosen = _policy(policy, problems)
    if chosen is Policy.BY_PRIORITY:
        _need_all(listed, "priority", problems)
    if whole is not None:
        amounts = [(f"claim {excerpt(claim.name)} floor", claim.floor) for claim in listed]
        amounts += [] if step is None else [("quantum", step)]
        for where, amount in amounts:
            if amount.dimension != whole.dimension:
                needed = f"a unit that goes with the pot's {whole.unit} (a rate becomes money over a period)"
                problems.append(Problem(where, came=str(amount), needed=needed))
        if step is not None and step.dimension == whole.dimension:
            for where, amount in (("pot", whole), *amounts):
                if amount.dimension == whole.dimension and (amount.root / step.root).denominator != 1:
                    needed = f"a multiple of {step}, or another quantum; round it first, by a mode you name"
                    problems.append(Problem(where, came=str(amount), needed=needed))
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


def _claims(claims: object, problems: list[Problem]) -> tuple[Claim, ...]:
    if isinstance(claims, str | bytes | Mapping) or not isinstance(claims, Iterable):
        problems.append(Problem("claims", came=excerpt(claims), needed="a list of Claim"))
        return ()
    listed: list[Claim] = []
    seen: set[str] = set()
    for index, claim in enumerate(claims):
        if not isinstance(claim, Claim):
            problems.append(Problem(f"claims[{index}]", came=excerpt(claim), needed="a Claim"))
            continue
        if claim.name in seen:
            came = f"a second claim named {excerpt(claim.name)}"
            problems.append(Problem(f"claims[{index}]", came=came, needed="a name of its own for each claim"))
        seen.add(claim.name)
        listed.append(claim)
    if not listed and not problems:
        problems.append(Problem("claims", came="no claims", needed="at least one Claim"))
    return tuple(listed)


def _policy(policy: object, problems: list[Problem]) -> Policy | None:
    if policy is None:
        return None
    try:
        return one_of(Policy, policy, "policy")
    except RuleError as error:
        problems.extend(error.problems)
        return None


_NAMED: Final = 5


def _need_all(claims: Sequence[Claim], what: str, problems: list[Problem]) -> None:
    without = [claim.name for claim in claims if getattr(claim, what) is None]
    if without:
        names = ", ".join(map(excerpt, without[:_NAMED])) + (" …" if len(without) > _NAMED else "")
        came = f"none for {len(without)} of {len(claims)} claims: {names}"
        problems.append(Problem(what, came=came, needed=f"a {what} for each claim"))


def _weights(task: _Task) -> list[int]:
    """Return the weights of the claims as whole numbers in the same proportion."""
    problems: list[Problem] = []
    _need_all(task.claims, "weight", problems)
    given = [claim.weight for claim in task.claims if claim.weight is not None]
    kinds = {weight.dimension if isinstance(weight, Amount) else None for weight in given}
    if len(kinds) > 1:
        shown = sorted({weight.unit.text if isinstance(weight, Amount) else "a bare number" for weight in given})
        needed = "weights of one dimension, or all bare numbers"
        problems.append(Problem("weight", came=f"weights in {', '.join(shown)}", needed=needed))
    exact = [weight.root if isinstance(weight, Amount) else weight for weight in given]
    if given and not any(exact):
        surplus = _times(task, task.pot - sum(task.floors))
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


def _divided(quanta: int, weights: Sequence[int]) -> list[int]:
    """Divide so many quanta by Webster's method, the earlier weight first on a tie.

    Starts from the rounded quotas, which the method itself would come by, and then adds or takes back the few quanta
    that are left: at most half as many as there are weights.
    """
    whole = sum(weights)
    if not quanta or not whole:
        return [0] * len(weights)
    shares = [(2 * weight * quanta + whole) // (2 * whole) for weight in weights]
    rest = quanta - sum(shares)
    if rest > 0:
        heap = [(-Fraction(weight, 2 * shares[place] + 1), place) for place, weight in enumerate(weights) if weight]
    else:
        heap = [
            (Fraction(weight, 2 * shares[place] - 1), -place) for place, weight in enumerate(weights) if shares[place]
        ]
    heapq.heapify(heap)
    for _ in range(rest):
        place = heap[0][1]
        shares[place] += 1
        heapq.heapreplace(heap, (-Fraction(weights[place], 2 * shares[place] + 1), place))
    for _ in range(-rest):
        place = -heap[0][1]
        shares[place] -= 1
        if shares[place]:
            heapq.heapreplace(heap, (Fraction(weights[place], 2 * shares[place] - 1), -place))
        else:
            heapq.heappop(heap)
    return shares


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
        for place, share in zip(levels[priority], _divided(given, floors), strict=True):
            shares[place] = share
        left -= given
    return shares


# --- claims from an entitlement --------------------------------------------------------------------------


def claims_of(
    need: Entitlement,
    *,
    weights: Mapping[str, Weight] | str | None = None,
    priorities: Mapping[str, int] | None = None,
    quantum: Amount | str = "0.01 元",
    rounding: Rounding | str | None = None,
) -> tuple[Claim, ...]:
    """Return a claim for each subject of an entitlement, its floor the amount required.

    A claim is named by what the subject calls itself; namesakes by that and their number in the census (``党组织
    #2``). ``weights`` holds a weight for each name, or is the name of a measure of the subject (``"members"``);
    ``priorities`` holds a priority for each name. With a ``rounding`` mode floors become multiples of ``quantum``.
    Raises ``FactsError`` with every problem, an entitlement that is not exact among them.
    """
    if not isinstance(need, Entitlement):
        raise FactsError.of("entitlement", came=excerpt(need), needed="an Entitlement")
    problems: list[Problem] = []
    labels = _labels(need)
    names = [label.zh for label in labels]
    weighed: Mapping[str, AnyType] = {}
    if isinstance(weights, str):
        weighed = _measured(need, names, weights, problems)
    elif weights is not None:
        weighed = _by_name(weights, names, "weights", problems)
    ranked = {} if priorities is None else _by_name(priorities, names, "priorities", problems)
    claims: list[Claim] = []
    for one, label in zip(need.by_subject, labels, strict=True):
        floor = one.total
        if not isinstance(floor, Amount):
            lacking = ", ".join(str(lack) for lack in one.missing[:_NAMED]) or "exact facts, without ranges"
            problems.append(Problem(label.zh, came=f"{floor} required, which is not exact", needed=lacking))
            continue
        try:
            claim = Claim(
                label.zh,
                floor if rounding is None else floor.round(quantum, rounding),
                weight=weighed.get(label.zh),
                priority=ranked.get(label.zh),
                label=label,
                citation=_citation(need, one.index),
            )
        except RuleError as error:
            problems.extend(error.problems)
            continue
        claims.append(claim)
    if problems:
        raise FactsError(*problems)
    return tuple(claims)


def _labels(need: Entitlement) -> list[Label]:
    titles = [one.subject for one in need.by_subject]
    counts = Counter(title.zh for title in titles)
    return [
        title if counts[title.zh] == 1 else Label(f"{title.zh} #{number}", f"{title.en} #{number}")
        for number, title in enumerate(titles, start=1)
    ]


def _citation(need: Entitlement, index: int) -> Citation | None:
    """Return the clause that all lines of a subject rest on, or else that of the whole standard."""
    clauses = {line.citation for line in need.by_subject[index].lines}
    return clauses.pop() if len(clauses) == 1 else need.citation


def _measured(need: Entitlement, names: Sequence[str], fact_name: str, problems: list[Problem]) -> dict[str, AnyType]:
    schema = need.by_subject[0].record.schema
    measures = {fact.name: fact for fact in schema.facts if isinstance(fact, MeasureFact)}
    fact = measures.get(fact_name)
    if fact is None:
        needed = f"a measure of {schema.name}, or a weight for each name"
        problems.append(
            Problem("weights", came=excerpt(fact_name), needed=needed, nearest=nearest(fact_name, measures))
        )
        return {}
    weighed: dict[str, AnyType] = {}
    for one, name in zip(need.by_subject, names, strict=True):
        entry = one.record.entries[fact_name]
        if not entry.known or entry.low is None or entry.low != entry.high:
            came = "a weight that is not known" if not entry.known else "a weight known only within bounds"
            problems.append(Problem(one.record.where(fact_name), came=came, needed=f"an exact number of {fact.unit}"))
            continue
        weighed[name] = Amount.from_root(entry.low, fact.unit)
    return weighed


def _by_name(given: object, names: Sequence[str], where: str, problems: list[Problem]) -> Mapping[str, AnyType]:
    if not isinstance(given, Mapping):
        problems.append(Problem(where, came=excerpt(given), needed="one for each name"))
        return {}
    known = set(names)
    for name in given:
        if name not in known:
            shown = excerpt(name)
            problems.append(
                Problem(
                    f"{where}[{shown}]",
                    came="no claim of that name",
                    needed="the name of a subject of the census",
                    nearest=_near(name, names),
                )
            )
    without = [name for name in names if name not in given]
    if without:
        listed = ", ".join(map(excerpt, without[:_NAMED])) + (" …" if len(without) > _NAMED else "")
        problems.append(
            Problem(where, came=f"none for {len(without)} of {len(names)}: {listed}", needed="one for each")
        )
    return given


# --- judging a table that is there -----------------------------------------------------------------------


def judge_table(
    pot: Amount | str | None,
    rows: Mapping[str, object] | Iterable[tuple[str, object]],
    claims: Iterable[Claim],
    *,
    on: datetime.date,
    policy: Policy | str | None = None,
    quantum: Amount | str = "0.01 元",
) -> Review:
    """Judge an allocation table that is there against the claims, and return the review.

    ``rows`` holds an amount for each name, as a mapping or as pairs; an amount of None, and a pot of None, is not
    known. The findings, with ids ``allocation/…``:

    * ``rows_equal_pot``: the rows add up to the pot;
    * ``each_claim_has_row``, ``each_row_has_claim``, ``one_row_each``: names agree, the nearest name is in a remark;
    * ``floors_met``: where the pot is as much as the floors, each row is at least its floor;
    * ``pot_covers_floors``, ``short_of_floor`` (notes): by how much the pot, and each row, is short where it is not;
    * ``shared_by_policy`` (a doubt, where a policy is named): each row is then what :func:`share_out` gives.

    Raises ``FactsError`` with every problem of the input.

    >>> review = judge_table(
    ...     "5000 元", {"甲": "2500 元", "乙": "2400 元"}, [Claim("甲", "3000 元"), Claim("乙", "1000 元")],
    ...     on=datetime.date(2026, 6, 30))
    >>> str(review["rows_equal_pot"].shortfall), str(review["floors_met"].children[0].shortfall)
    ('100 元', '500 元')
    """
    check_day(on)
    problems: list[Problem] = []
    listed = _claims(claims, problems)
    chosen = _policy(policy, problems)
    whole = None if pot is None else _amount(pot, "pot", problems)
    given = _rows(rows, problems)
    unit = whole.unit if whole is not None else listed[0].floor.unit if listed else None
    if whole is not None and whole.root < 0:
        problems.append(Problem("pot", came=str(whole), needed="zero or more"))
    for claim in listed:
        if unit is not None and claim.floor.dimension != unit.dimension:
            needed = f"a unit that goes with {unit}"
            problems.append(Problem(f"claim {excerpt(claim.name)} floor", came=str(claim.floor), needed=needed))
    if unit is None or not listed:
        raise FactsError(*problems)
    floors = Amount(sum((claim.floor.root for claim in listed), Fraction(0)), unit)
    by_policy: dict[str, Amount | AmountRange] = {}
    if not problems and chosen is not None and whole is not None and whole < floors:
        by_policy = {row.name: row.share for row in share_out(whole, listed, policy=chosen, quantum=quantum).rows}
    if whole is None:
        # What the policy gives depends on the pot alone, so it is the pot that is missing.
        by_policy = {claim.name: AmountRange(Amount.of(0, unit), claim.floor) for claim in listed}
    schema, rules = _table(unit)
    try:
        record = read(schema, _facts(whole, floors, given, listed, by_policy))
    except FactsError as error:
        problems.extend(error.problems)
    if problems:
        raise FactsError(*problems)
    near = _nearest_names(given, listed)
    # Where a rule is not about this pot, what it would say of each row is not worked out.
    bare = read(schema, {"pot": whole, "floors": floors, "rows": []})
    findings = [
        judge_rule(rule, record if _may_bind(rule, bare, on) else bare, on=on, prefix=_PREFIX)
        for rule in rules
        if rule.name != "shared_by_policy" or chosen is not None
    ]
    order = [name for name, _ in given] + [claim.name for claim in _without_row(given, listed)]
    cited = {claim.name: claim.citation for claim in listed}
    return Review(
        title=Label("分配表", "allocation table"),
        on=on,
        findings=tuple(_explained(finding, order, cited, near) for finding in findings),
    )


_PREFIX: Final = "allocation/"


def _may_bind(rule: Rule, table: Record, on: datetime.date) -> bool:
    return rule.when is None or decide(rule.when, scope_of(table, rule.stage, on)).verdict is not Verdict.UNMET


def _rows(rows: object, problems: list[Problem]) -> list[tuple[str, object]]:
    if isinstance(rows, Mapping):
        rows = rows.items()
    if isinstance(rows, str | bytes) or not isinstance(rows, Iterable):
        problems.append(Problem("rows", came=excerpt(rows), needed="an amount for each name, or pairs of both"))
        return []
    given: list[tuple[str, object]] = []
    for index, row in enumerate(rows):
        if not isinstance(row, Sequence) or isinstance(row, str | bytes) or len(row) != 2:
            problems.append(Problem(f"rows[{index}]", came=excerpt(row), needed="a name and an amount"))
        elif not isinstance(row[0], str):
            problems.append(Problem(f"rows[{index}]", came=excerpt(row[0]), needed="a name"))
        else:
            given.append((row[0], row[1]))
    if not given and not problems:
        problems.append(Problem("rows", came="no rows", needed="at least one row"))
    return given


@functools.lru_cache(maxsize=32)
def _table(unit: Unit) -> tuple[type, tuple[Rule, ...]]:
    """Return the subject of an allocation table in one unit, and what is asked of a table."""

    @subject(zh="分配表的一行", en="row of the table", unit="个[单位]")
    class Row:
        name = text(zh="名称", en="name")
        share = measure(unit, at_least=0, zh="分配额", en="share")
        floor = measure(unit, zh="保障额", en="floor")
        by_policy = measure(unit, zh="按办法应得", en="share by the policy")
        claimed = flag(zh="有对应的分配对象", en="there is a claim of that name")
        listed = flag(zh="列入分配表", en="there is a row of that name")
        single = flag(zh="只列一行", en="there is only one row of that name")

    @subject(zh="分配表", en="allocation table")
    class Table:
        pot = measure(unit, at_least=0, zh="资金总额", en="pot")
        floors = measure(unit, at_least=0, zh="保障额合计", en="sum of the floors")
        rows = many(Row, zh="各行", en="rows")

    covered, short = Table.pot >= Table.floors, Table.pot < Table.floors
    comparable = Row.claimed & Row.listed & Row.single
    rules = (
        Rule(
            "rows_equal_pot",
            equal(Table.rows.sum(Row.share), Table.pot),
            label=Label("分配合计与资金总额", "rows against the pot"),
        ),
        Rule(
            "each_claim_has_row",
            Table.rows.every(Row.listed, where=Row.claimed),
            label=Label("分配对象列入分配表", "a row for each claim"),
        ),
        Rule(
            "each_row_has_claim",
            Table.rows.every(Row.claimed, where=Row.listed),
            label=Label("各行均有分配对象", "a claim for each row"),
        ),
        Rule(
            "one_row_each",
            Table.rows.every(Row.single, where=Row.listed),
            label=Label("名称不重复", "one row for each name"),
        ),
        Rule(
            "floors_met",
            Table.rows.every(Row.share >= Row.floor, where=comparable),
            when=covered,
            label=Label("各行不低于保障额", "each row at least its floor"),
        ),
        Rule(
            "pot_covers_floors",
            covered,
            severity=Severity.NOTE,
            label=Label("资金总额与保障额合计", "the pot against the floors"),
        ),
        Rule(
            "short_of_floor",
            Table.rows.every(Row.share >= Row.floor, where=comparable),
            when=short,
            severity=Severity.NOTE,
            label=Label("资金不足时各行的缺口", "who is short where the pot is"),
        ),
        Rule(
            "shared_by_policy",
            Table.rows.every(equal(Row.share, Row.by_policy), where=comparable),
            when=short,
            severity=Severity.DOUBT,
            label=Label("资金不足时按所定办法分配", "shared by the policy where the pot is short"),
        ),
    )
    return Table, rules


def _without_row(given: Sequence[tuple[str, object]], claims: Sequence[Claim]) -> list[Claim]:
    named = {name for name, _ in given}
    return [claim for claim in claims if claim.name not in named]


def _facts(
    pot: Amount | None,
    floors: Amount,
    given: Sequence[tuple[str, object]],
    claims: Sequence[Claim],
    by_policy: Mapping[str, Amount | AmountRange],
) -> dict[str, object]:
    """Return the facts of a table: its rows, and then the claims that have none, to which it gives nothing."""
    floor_of = {claim.name: claim.floor for claim in claims}
    counts = Counter(name for name, _ in given)
    rows: list[dict[str, object]] = [
        {
            "name": name,
            "share": amount,
            "floor": floor_of.get(name),
            "by_policy": by_policy.get(name),
            "claimed": name in floor_of,
            "listed": True,
            "single": counts[name] == 1,
        }
        for name, amount in given
    ]
    nothing = Amount(Fraction(0), floors.unit)
    rows += [
        {"name": claim.name, "share": nothing, "floor": claim.floor, "claimed": True, "listed": False, "single": False}
        for claim in _without_row(given, claims)
    ]
    return {"pot": pot, "floors": floors, "rows": rows}


def _nearest_names(given: Sequence[tuple[str, object]], claims: Sequence[Claim]) -> dict[str, str]:
    """Return the nearest name on the other side for each name that stands on one side only, where these are few."""
    claimed = {claim.name for claim in claims}
    rows = list(dict.fromkeys(name for name, _ in given if name not in claimed))
    others = [claim.name for claim in _without_row(given, claims)]
    if len(rows) * len(others) > _COMPARED:
        return {}
    near = {name: nearest(name, others) for name in rows} | {name: nearest(name, rows) for name in others}
    return {name: found for name, found in near.items() if found is not None}


def _explained(
    finding: Finding, order: Sequence[str], cited: Mapping[str, Citation | None], near: Mapping[str, str]
) -> Finding:
    """Return a finding whose parts, one for each name in ``order``, cite the claim and say the nearest name."""
    wants_names = finding.rule in ("each_claim_has_row", "each_row_has_claim")
    parts: list[Finding] = []
    for name, child in zip(order, finding.children, strict=False):
        remarks = child.remarks
        if wants_names and child.verdict is Verdict.UNMET and name in near:
            remarks = (Label(f"名称最接近的是“{near[name]}”", f'the nearest name is "{near[name]}"'),)
        parts.append(evolve(child, citation=cited.get(name), remarks=remarks))
    clauses = {citation for citation in cited.values() if citation is not None}
    about_floors = finding.rule in ("floors_met", "short_of_floor", "pot_covers_floors", "shared_by_policy")
    common = clauses.pop() if about_floors and len(clauses) == 1 else None
    return evolve(finding, children=tuple(parts), citation=common)


# --- in words --------------------------------------------------------------------------------------------


def sharing_text(table: ShareTable, lang: Lang = "zh") -> str:
    """Return a table of shares as plain text: a row for each claim, the totals, and who is short by how much."""
    policy = "" if table.policy is None else _POLICY_NAMES[table.policy].get(lang)
    rows = [
        [
            say(lang, "名称", "name"),
            say(lang, "保障额", "floor"),
            say(lang, "按权重增加", "surplus"),
            say(lang, "缺口", "short by"),
            say(lang, "分配额", "share"),
        ]
    ]
    rows += [
        [row.label.get(lang), str(row.floor), _or_dash(row.surplus), _or_dash(row.short), str(row.share)]
        for row in table.rows
    ]
    difference, nothing = table.pot - table.floors, Amount.of(0, table.pot.unit)
    surplus, short = max(difference, nothing), max(-difference, nothing)
    rows.append([say(lang, "合计", "total"), str(table.floors), _or_dash(surplus), _or_dash(short), str(table.total)])
    lines = [
        say(lang, f"分配表：资金总额 {table.pot}", f"shares of {table.pot}"),
        *aligned_rows(rows, right=range(1, 5)),
    ]
    if table.short:
        count = len(table.short)
        lines.append(
            say(
                lang,
                f"资金不足，{policy or '未定办法'}分配：{count} 个低于保障额，缺口合计 {short}。",
                f"The pot is short and shared {policy or 'without a policy'}: {count} below the floor, {short} in all.",
            )
        )
    clauses = dict.fromkeys(row.citation for row in table.rows if row.citation is not None)
    lines += [say(lang, "依据：", "by: ") + cite(clause, lang) for clause in clauses]
    return "\n".join(lines) + "\n"


def _or_dash(amount: Amount) -> str:
    return str(amount) if amount.root else "—"
