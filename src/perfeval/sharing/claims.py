"""Who has a claim on a pot: its floor, weight and priority; and the claims that follow from an entitlement.

Imports ``entitlements`` and what stands above it.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any as AnyType
from typing import Final, TypeAlias, final

from attrs import evolve, field, frozen

from perfeval.amounts import Amount, Number, Rounding, as_amount
from perfeval.citations import Citation
from perfeval.entitlements import Entitlement
from perfeval.errors import FactsError, PerfevalError, Problem, RuleError, excerpt, nearest
from perfeval.facts import Label, MeasureFact
from perfeval.numerals import read_numeral

__all__ = [
    "NAME_NEEDED",
    "Claim",
    "Weight",
    "amount_read",
    "claims_of",
    "claims_read",
    "is_name",
    "lacking",
    "look",
    "nearest_name",
]

Weight: TypeAlias = Number | Amount | str
"""A weight: an exact number, or an amount such as 35 人[党员] or 60%; weights of one sharing have one dimension."""

_LONGEST: Final = 200
NAME_NEEDED: Final = f"a name, printable text of 1 to {_LONGEST} characters"
"""What is needed where text is no name."""
_NAMED: Final = 5
"""How many names a message holds at most."""
_NAMES_COMPARED: Final = 1_000
"""In how many names the nearest is looked for at most."""


def is_name(value: object) -> bool:
    """Say whether this can name a claim or a row: printable text, neither blank nor long."""
    return isinstance(value, str) and 0 < len(value) <= _LONGEST and value.isprintable() and not value.isspace()


def look(name: str) -> str:
    """Return what names that look alike have in common: without format characters, blanks around it, widths."""
    seen = "".join(character for character in name if unicodedata.category(character) != "Cf")
    return unicodedata.normalize("NFKC", seen).strip()


def _floor_given(floor: Amount | str) -> Amount:
    return floor  # type: ignore[return-value]  # read by the claim, which reports every problem at once


def _weight_given(weight: Weight | None) -> Fraction | Amount | None:
    return weight  # type: ignore[return-value]  # as above


@final
@frozen
class Claim:
    """Who has a claim on a pot: the floor that is owed, and the weight with which it takes part in the rest.

    ``name`` is printable text of 1 to 200 characters. ``floor`` is an amount or its text; ``weight`` is wanted where there may be more than the floors, ``priority``
    (1 for what is filled first) where less is shared by priority. A weight is an exact number, an amount, or the text
    of either: ``2``, ``"1/3"``, ``"50%"``, ``"35 人[党员]"``. ``clauses`` are all those that the floor rests on; where
    none are given, the ``citation`` alone. Raises ``RuleError`` with every problem.

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
    clauses: tuple[Citation, ...] = field(default=(), kw_only=True)

    def __attrs_post_init__(self) -> None:
        problems: list[Problem] = []
        named = is_name(self.name)
        where = f"claim {excerpt(self.name)}" if named else "claim"
        if not named:
            problems.append(Problem(where, came=excerpt(self.name), needed=NAME_NEEDED))
        floor = amount_read(self.floor, f"{where} floor", problems)
        if floor is not None and floor.root < 0:
            problems.append(Problem(f"{where} floor", came=str(floor), needed="zero or more"))
        weight = None if self.weight is None else _weight_read(self.weight, f"{where} weight", problems)
        if self.priority is not None and (type(self.priority) is not int or self.priority < 1):
            needed = "a whole number from 1, which is filled first"
            problems.append(Problem(f"{where} priority", came=excerpt(self.priority), needed=needed))
        for what, value, kind in (("label", self.label, Label), ("citation", self.citation, Citation)):
            if value is not None and not isinstance(value, kind):
                problems.append(Problem(f"{where} {what}", came=excerpt(value), needed=f"a {kind.__name__}, or None"))
        clauses = self.clauses
        if not isinstance(clauses, tuple | list) or not all(isinstance(clause, Citation) for clause in clauses):
            problems.append(Problem(f"{where} clauses", came=excerpt(clauses), needed="a tuple of Citation"))
        elif not clauses and self.citation is not None:
            clauses = (self.citation,)
        if problems:
            raise RuleError(*problems)
        object.__setattr__(self, "clauses", tuple(clauses))
        object.__setattr__(self, "floor", floor)
        object.__setattr__(self, "weight", weight)

    @property
    def title(self) -> Label:
        """The label, or the name where none was given."""
        return self.label or Label(self.name, self.name)


# --- reading what was given: what is wrong is noted, to be raised together --------------------------------


def amount_read(value: object, where: str, problems: list[Problem]) -> Amount | None:
    """Return an amount that was given or is read from text; note what is wrong, and return None then."""
    if not isinstance(value, Amount | str):
        problems.append(Problem(where, came=excerpt(value), needed="an exact amount with its unit, such as '3000 元'"))
        return None
    try:
        return as_amount(value)
    except PerfevalError as error:
        problems.extend(evolve(problem, where=where) for problem in error.problems)
        return None


def _weight_read(value: object, where: str, problems: list[Problem]) -> Fraction | Amount | None:
    """Return a weight as an exact number, or as the amount that it is; note what is wrong."""
    weight: Fraction | Amount
    try:
        if isinstance(value, Amount) or (isinstance(value, str) and not _is_numeral(value)):
            amount = as_amount(value)
            weight = amount if amount.dimension else amount.root
        else:
            weight = Amount.of(value, "倍").number  # type: ignore[arg-type]
    except PerfevalError as error:
        if isinstance(value, str):
            needed = "a weight, such as '2', '1/3', '50%' or '35 人'"
            problems.append(Problem(where, came=excerpt(value), needed=needed))
        else:
            problems.extend(evolve(problem, where=where) for problem in error.problems)
        return None
    exact = weight.root if isinstance(weight, Amount) else weight
    if exact < 0:
        problems.append(Problem(where, came=excerpt(str(value)), needed="a weight of zero or more"))
    return weight


def _is_numeral(text: str) -> bool:
    try:
        read_numeral(text)
    except PerfevalError:
        return False
    return True


def claims_read(claims: object, problems: list[Problem]) -> tuple[Claim, ...]:
    """Return the claims that were given; note what is none, a second one of a name, and that there are none."""
    if isinstance(claims, str | bytes | Mapping) or not isinstance(claims, Iterable):
        problems.append(Problem("claims", came=excerpt(claims), needed="a list of Claim"))
        return ()
    listed: list[Claim] = []
    seen: dict[str, str] = {}
    for index, claim in enumerate(claims):
        if not isinstance(claim, Claim):
            problems.append(Problem(f"claims[{index}]", came=excerpt(claim), needed="a Claim"))
            continue
        shown = look(claim.name)
        if shown in seen:
            alike = "" if claim.name == seen[shown] else f", which looks like {excerpt(seen[shown])}"
            came = f"a second claim named {excerpt(claim.name)}{alike}"
            problems.append(Problem(f"claims[{index}]", came=came, needed="a name of its own for each claim"))
        seen.setdefault(shown, claim.name)
        listed.append(claim)
    if not listed and not problems:
        problems.append(Problem("claims", came="no claims", needed="at least one Claim"))
    return tuple(listed)


def lacking(where: str, without: Sequence[str], among: str, needed: str) -> list[Problem]:
    """Return the problem that some names have nothing where each needs it; none where there are no such names."""
    if not without:
        return []
    names = ", ".join(map(excerpt, without[:_NAMED])) + (" …" if len(without) > _NAMED else "")
    return [Problem(where, came=f"none for {len(without)} of {among}: {names}", needed=needed)]


def nearest_name(name: object, known: Sequence[str]) -> str | None:
    """Return the nearest of a list of names; None where none is near, or where there are too many to compare."""
    return nearest(name, known) if isinstance(name, str) and len(known) <= _NAMES_COMPARED else None


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

    A claim is named by what the subject calls itself; namesakes, and those whose names look alike, by that and their
    number in the census (``党组织 #2``; with the number once more where another subject is called just that). ``weights`` holds a weight for each name, or is the name of a measure of the subject (``"members"``);
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
            needed = ", ".join(map(str, one.missing[:_NAMED])) or "exact facts, without ranges"
            problems.append(Problem(label.zh, came=f"{floor} required, which is not exact", needed=needed))
            continue
        clauses = dict.fromkeys(line.citation for line in one.lines)
        # A line that another already contains adds nothing to the floor.
        counted = [line.citation for line in one.lines if line.contained_in is None]
        try:
            claim = Claim(
                label.zh,
                floor if rounding is None else floor.round(quantum, rounding),
                weight=weighed.get(label.zh),
                priority=ranked.get(label.zh),
                label=label,
                # The clause that all lines rest on, or else the whole standard.
                citation=next(iter(clauses)) if len(clauses) == 1 else need.citation,
                clauses=tuple(clause for clause in dict.fromkeys(counted) if clause is not None),
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
    looks = [look(title.zh) for title in titles]
    counts = Counter(looks)
    taken = {one for one, count in counts.items() if count == 1}
    labels: list[Label] = []
    for number, (title, own) in enumerate(zip(titles, looks, strict=True), start=1):
        label = title
        while counts[own] > 1 and (label is title or look(label.zh) in taken):
            label = Label(f"{label.zh} #{number}", f"{label.en} #{number}")
        taken.add(look(label.zh))
        labels.append(label)
    return labels


def _measured(need: Entitlement, names: Sequence[str], fact_name: str, problems: list[Problem]) -> dict[str, AnyType]:
    schema = need.by_subject[0].record.schema
    measures = {fact.name: fact for fact in schema.facts if isinstance(fact, MeasureFact)}
    fact = measures.get(fact_name)
    if fact is None:
        needed, near = f"a measure of {schema.name}, or a weight for each name", nearest(fact_name, measures)
        problems.append(Problem("weights", came=excerpt(fact_name), needed=needed, nearest=near))
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
            came, needed = "no claim of that name", "the name of a subject of the census"
            near = nearest_name(name, names)
            problems.append(Problem(f"{where}[{excerpt(name)}]", came=came, needed=needed, nearest=near))
    without = [name for name in names if name not in given]
    problems += lacking(where, without, str(len(names)), "one for each")
    return given
