"""What an expression comes to on given facts: intervals of exact numbers for quantities, a verdict for conditions.

A quantity whose facts are partly unknown is an interval that contains its value under **every** completion of
the unknowns within their declared bounds; it may also be undefined (no elements to take a minimum of, a divisor
of zero). A comparison is UNKNOWN if any scalar fact that it names is missing, whatever would cancel.
Imports ``expressions``, ``scoping``, ``subjects``, ``verdicts`` and what stands above them.
"""

from __future__ import annotations

import calendar
import datetime
import enum
import functools
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple, assert_never, final

from attrs import field, frozen

from perfeval.amounts import Amount, AmountRange, Rounding
from perfeval.expressions import (
    Aggregate,
    AggregateKind,
    All,
    Any,
    ByKind,
    Category,
    Compare,
    Condition,
    Day,
    DayLiteral,
    Flag,
    IsKind,
    Literal,
    Many,
    Measure,
    MonthsServed,
    Named,
    Negative,
    Not,
    Operator,
    PartYear,
    Product,
    Quantified,
    Quantifier,
    Quantity,
    Quotient,
    Rounded,
    Sum,
    When,
)
from perfeval.facts import Label, Stage, SubjectSchema
from perfeval.scoping import FactReference, children, free_facts
from perfeval.subjects import Collection, Entry, Number, Record, blank, unknown_collection
from perfeval.units import Unit
from perfeval.verdicts import Verdict, all_of, any_of, negation

__all__ = [
    "Extent",
    "Missing",
    "Reason",
    "ReasonKind",
    "Scope",
    "Truth",
    "amount_of",
    "decide",
    "evaluate",
    "members",
    "missing_collection",
    "scalars",
    "scope_of",
    "unlisted",
]


@final
class ReasonKind(enum.Enum):
    """Why a verdict is UNKNOWN or NOT_APPLICABLE."""

    MISSING = "missing"
    PLANNED_ONLY = "planned_only"
    UNDETERMINED = "undetermined"
    NOT_DUE = "not_due"
    CONDITION = "condition"
    EMPTY_POPULATION = "empty_population"
    ZERO_DIVISOR = "zero_divisor"
    NOT_IN_FORCE = "not_in_force"
    DAYS_CROSS = "days_cross"


@final
@frozen
class Reason:
    """Why a verdict is UNKNOWN or NOT_APPLICABLE, with what it is about (a place, a day)."""

    kind: ReasonKind
    about: str = ""


@final
@frozen
class Missing:
    """A fact that a verdict needs and that was not given, or was given only as a plan.

    ``of`` is what the record that lacks it calls itself.
    """

    path: str
    label: Label
    unit: str | None
    planned: bool = False
    of: Label | None = field(default=None, eq=False)

    def __str__(self) -> str:
        return self.path


class Extent(NamedTuple):
    """Where a quantity lies: from ``low`` to ``high`` in root units, None for unbounded.

    ``undefined`` says why there may be no value; ``certain`` whether there certainly is none.
    """

    low: Number | None
    high: Number | None
    undefined: Reason | None = None
    certain: bool = False


class Truth(NamedTuple):
    """What a condition comes to, why where that needs saying, and what would have to be known."""

    verdict: Verdict
    reason: Reason | None = None
    missing: tuple[Missing, ...] = ()


class Scope(NamedTuple):
    """Which record each subject class means at this place, the least stage at which a fact counts, and the day."""

    records: dict[SubjectSchema, Record]
    stage: Stage | None
    on: datetime.date | None = None
    memo: dict[tuple[int, ...], tuple[Extent, tuple[Aggregate | Record, ...]]] | None = None
    """Figures of a collection that were worked out for one element and are the same for the next."""

    def inner(self, record: Record) -> Scope:
        """Return the scope inside an element of a collection."""
        return Scope({**self.records, record.schema: record}, self.stage, self.on, self.memo)


def scope_of(record: Record, stage: Stage | None = None, on: datetime.date | None = None) -> Scope:
    """Return the scope of a rule about ``record``, judged ``on`` a day; facts below ``stage`` count as not given."""
    return Scope({record.schema: record}, stage, on, {})


# --- quantities ------------------------------------------------------------------------------------------


def evaluate(node: Quantity, scope: Scope) -> Extent:
    """Return where a quantity lies on the facts of ``scope``."""
    match node:
        case Measure(owner=owner, fact=fact) | Day(owner=owner, fact=fact):
            entry = _entry(owner, fact.name, scope)
            if _counts(entry, scope):
                return Extent(entry.low, entry.high)
            return _declared(fact)
        case Literal(amount=amount):
            number = _plain(amount.root)
            return Extent(number, number)
        case DayLiteral(day=day):
            return Extent(day.toordinal(), day.toordinal())
        case Sum(terms=terms):
            return _sum([evaluate(term, scope) for term in terms])
        case Negative(operand=operand):
            return _negative(evaluate(operand, scope))
        case Product(factors=factors):
            product = evaluate(factors[0], scope)
            for factor in factors[1:]:
                product = _product(product, evaluate(factor, scope))
            return product
        case Quotient(dividend=dividend, divisor=divisor):
            return _quotient(evaluate(dividend, scope), evaluate(divisor, scope))
        case Rounded(operand=operand, quantum=quantum, mode=mode):
            inner = evaluate(operand, scope)
            low = None if inner.low is None else _rounded(inner.low, quantum, mode)
            high = None if inner.high is None else _rounded(inner.high, quantum, mode)
            return inner._replace(low=low, high=high)
        case MonthsServed(start=start, end=end, policy=policy):
            first, last = evaluate(start, scope), None if end is None else evaluate(end, scope)
            return _months_served(first, last, policy, scope.on)
        case ByKind(category=category, cases=cases):
            entry = _entry(category.owner, category.fact.name, scope)
            if _counts(entry, scope):
                return evaluate(next(case for kind, case in cases if kind == entry.given.value), scope)
            return _hull([evaluate(case, scope) for _, case in cases])
        case Aggregate():
            return _aggregate_once(node, scope)
        case _:
            assert_never(node)


def amount_of(extent: Extent, unit: Unit) -> Amount | AmountRange | None:
    """Return an extent as an amount or a range shown in ``unit``; None where nothing is known of it."""
    if extent.undefined is not None:
        return None
    low = None if extent.low is None else Amount.from_root(Fraction(extent.low), unit)
    high = None if extent.high is None else Amount.from_root(Fraction(extent.high), unit)
    if low is None and high is None:
        return None
    if low is not None and low == high:
        return low
    return AmountRange(low, high)


def _plain(number: Fraction) -> Number:
    return number.numerator if number.denominator == 1 else number


def _entry(owner: SubjectSchema | None, name: str, scope: Scope) -> Entry:
    assert owner is not None  # noqa: S101 - expressions refuse unbound facts when they are built
    return scope.records[owner].entries[name]


def _counts(entry: Entry, scope: Scope) -> bool:
    return entry.known and (scope.stage is None or entry.given.stage.rank >= scope.stage.rank)


def _declared(fact: object) -> Extent:
    low = getattr(fact, "at_least", None)
    high = getattr(fact, "at_most", None)
    return Extent(None if low is None else _plain(low.root), None if high is None else _plain(high.root))


def _rounded(number: Number, quantum: Amount, mode: Rounding) -> Number:
    return _plain(mode.integer(Fraction(number) / quantum.root) * quantum.root)


def _definedness(extents: Iterable[Extent]) -> tuple[Reason | None, bool]:
    """Return why a quantity made of these may be undefined: a certain reason before a possible one."""
    possible: Reason | None = None
    for extent in extents:
        if extent.undefined is not None:
            if extent.certain:
                return extent.undefined, True
            possible = possible or extent.undefined
    return possible, False


def _sum(extents: Sequence[Extent]) -> Extent:
    lows = [extent.low for extent in extents]
    highs = [extent.high for extent in extents]
    low = None if None in lows else _add(lows)
    high = None if None in highs else _add(highs)
    return Extent(low, high, *_definedness(extents))


def _add(numbers: Iterable[Number | None]) -> Number:
    result: Number = 0
    for number in numbers:
        if number is not None:
            result = result + number
    return result


def _negative(extent: Extent) -> Extent:
    low = None if extent.high is None else -extent.high
    high = None if extent.low is None else -extent.low
    return extent._replace(low=low, high=high)


def _product(one: Extent, other: Extent) -> Extent:
    undefined = _definedness((one, other))
    if one.low is not None and one.low == one.high and other.low is not None and other.low == other.high:
        value = one.low * other.low
        return Extent(value, value, *undefined)
    corners = [
        _times(a, a_sign, b, b_sign)
        for a, a_sign in ((one.low, -1), (one.high, 1))
        for b, b_sign in ((other.low, -1), (other.high, 1))
    ]
    low: Number | None = None if -1 in _infinite_signs(corners) else min(c for c, i in corners if i == 0)
    high: Number | None = None if 1 in _infinite_signs(corners) else max(c for c, i in corners if i == 0)
    return Extent(low, high, *undefined)


def _infinite_signs(corners: Iterable[tuple[Number, int]]) -> set[int]:
    """Return the signs of the corners that are infinite."""
    return {infinite for _, infinite in corners if infinite}


def _times(a: Number | None, a_sign: int, b: Number | None, b_sign: int) -> tuple[Number, int]:
    """Multiply two interval ends; the second part is the sign of an infinite product, 0 for a finite one.

    Zero times an unbounded end is zero: every completion of the unknown is finite.
    """
    if a is not None and b is not None:
        return a * b, 0
    sign_a = a_sign if a is None else _sign(a)
    sign_b = b_sign if b is None else _sign(b)
    return 0, sign_a * sign_b


def _sign(number: Number) -> int:
    return (number > 0) - (number < 0)


def _quotient(dividend: Extent, divisor: Extent) -> Extent:
    undefined = _definedness((dividend, divisor))
    if divisor.low == 0 and divisor.high == 0:
        return Extent(None, None, Reason(ReasonKind.ZERO_DIVISOR), certain=True)
    below = divisor.low is None or divisor.low <= 0
    above = divisor.high is None or divisor.high >= 0
    if below and above:
        reason = undefined[0] or Reason(ReasonKind.ZERO_DIVISOR)
        return Extent(None, None, reason, certain=undefined[1])
    low, high = divisor.low, divisor.high
    # One over an interval that keeps clear of zero; an unbounded end gives a reciprocal of zero.
    inverse = Extent(0 if high is None else Fraction(1) / high, 0 if low is None else Fraction(1) / low)
    result = _product(dividend._replace(undefined=None, certain=False), inverse)
    return Extent(
        None if result.low is None else _plain(Fraction(result.low)),
        None if result.high is None else _plain(Fraction(result.high)),
        *undefined,
    )


_MONTHS = 12


def _months_served(start: Extent, end: Extent | None, policy: PartYear, on: datetime.date | None) -> Extent:
    """Bound the months served: a later start serves less, a later end more. Of no stated day: some of a year."""
    undefined = _definedness((start,) if end is None else (start, end))
    if end is not None and start.low is not None and end.high is not None and start.low > end.high:
        return Extent(0, 0, undefined[0] or Reason(ReasonKind.DAYS_CROSS), undefined[1])
    if on is None:
        return Extent(0, _MONTHS, *undefined)
    new_year, last_day = datetime.date(on.year, 1, 1).toordinal(), datetime.date(on.year, 12, 31).toordinal()
    latest = (last_day + 1 if start.high is None else int(start.high), last_day)
    earliest = (new_year if start.low is None else int(start.low), last_day)
    if end is not None:
        latest = (latest[0], new_year - 1 if end.low is None else int(end.low))
        earliest = (earliest[0], last_day if end.high is None else int(end.high))
    low, high = (_months_between(max(a, new_year), min(b, last_day), policy) for a, b in (latest, earliest))
    return Extent(low, high, *undefined)


def _months_between(first: int, last: int, policy: PartYear) -> Number:
    """Count the months from one day to another of the same year, both included; none where they cross."""
    if first > last:
        return 0
    start, end = datetime.date.fromordinal(first), datetime.date.fromordinal(last)
    if policy is PartYear.DAYS:
        days = datetime.date(start.year, 12, 31).timetuple().tm_yday
        return _plain(Fraction(_MONTHS * (last - first + 1), days))
    begun = end.month - start.month + 1
    if policy is PartYear.MONTHS_BEGUN:
        return begun
    ends_within = end.day != calendar.monthrange(end.year, end.month)[1]
    return max(0, begun - (start.day != 1) - ends_within)


def _hull(extents: Sequence[Extent]) -> Extent:
    lows, highs = [e.low for e in extents], [e.high for e in extents]
    reason, _ = _definedness(extents)
    certain = all(extent.undefined is not None and extent.certain for extent in extents)
    low = None if None in lows else min(low for low in lows if low is not None)
    high = None if None in highs else max(high for high in highs if high is not None)
    return Extent(low, high, reason, certain)


# --- aggregates ------------------------------------------------------------------------------------------


def members(collection: Many, scope: Scope) -> Collection:
    """Return the given elements of a collection, and how many others there may be.

    A list below the stage that counts is as good as not given.
    """
    assert collection.owner is not None  # noqa: S101 - expressions refuse unbound collections when they are built
    found = scope.records[collection.owner].collections[collection.fact.name]
    return unknown_collection(collection.fact) if _below_stage(found, scope) else found


def _below_stage(found: Collection, scope: Scope) -> bool:
    return found.known and scope.stage is not None and found.stage.rank < scope.stage.rank


def unlisted(collection: Many, scope: Scope) -> Record:
    """Return an element of which nothing is known, to stand for those that were not listed."""
    assert collection.owner is not None  # noqa: S101 - as above
    owner = scope.records[collection.owner]
    return blank(collection.fact.element, f"{owner.where(collection.fact.name)}[*]")


def _selected(condition: Condition | None, scope: Scope) -> bool | None:
    """Say whether an element is picked: None where that is not known. NOT_APPLICABLE picks nothing."""
    if condition is None:
        return True
    verdict = decide(condition, scope).verdict
    if verdict is Verdict.UNKNOWN:
        return None
    return verdict is Verdict.MET


@functools.lru_cache(maxsize=4096)
def _owners(node: Aggregate) -> tuple[SubjectSchema, ...]:
    """Return the classes on whose records a figure of a collection depends; nodes keep their hash."""
    return tuple(dict.fromkeys(fact.owner for fact in free_facts(node) if fact.owner is not None))


def _aggregate_once(node: Aggregate, scope: Scope) -> Extent:
    """Work out a figure that does not depend on the innermost element once for all of them."""
    if scope.memo is None or len(scope.records) == 1:
        return _aggregate(node, scope)
    owners = _owners(node)
    if next(reversed(scope.records)) in owners:
        return _aggregate(node, scope)
    held = tuple(scope.records[owner] for owner in owners)
    key = (id(node), *map(id, held))
    if key not in scope.memo:
        # Node and records are kept beside the figure, so that none of their ids can come to mean another.
        scope.memo[key] = (_aggregate(node, scope), (node, *held))
    return scope.memo[key][0]


def _aggregate(node: Aggregate, scope: Scope) -> Extent:
    found = members(node.collection, scope)
    scopes = [scope.inner(item) for item in found.items]
    if node.kind is AggregateKind.SHARE:
        return _share(node, found, scopes)
    picked = [(inner, _selected(node.where, inner)) for inner in scopes]
    if node.kind is AggregateKind.COUNT:
        certain = sum(1 for _, chosen in picked if chosen)
        possible = sum(1 for _, chosen in picked if chosen is not False)
        low = certain + (found.others_at_least if node.where is None else 0)
        high = None if found.others_at_most is None else possible + found.others_at_most
        unit = node.collection.fact.element.unit
        factor = _plain(unit.factor)
        return Extent(low * factor, None if high is None else high * factor)
    assert node.of is not None  # noqa: S101 - sum, minimum and maximum are built with a quantity
    of = node.of
    values = [(evaluate(of, inner), chosen) for inner, chosen in picked if chosen is not False]
    other = evaluate(of, scope.inner(unlisted(node.collection, scope)))
    if node.kind is AggregateKind.SUM:
        return _total(values, other, found, sifted=node.where is not None)
    if node.kind is AggregateKind.MAXIMUM:
        mirrored = [(_negative(value), chosen) for value, chosen in values]
        return _negative(_least(mirrored, _negative(other), found, node))
    return _least(values, other, found, node)


def _total(values: Sequence[tuple[Extent, bool | None]], other: Extent, found: Collection, *, sifted: bool) -> Extent:
    parts = [value if chosen else _or_nothing(value) for value, chosen in values]
    reason, certain = _definedness([value for value, chosen in values if chosen])
    if reason is None:
        reason, _ = _definedness([value for value, _ in values])
    low = _many_times(other.low, found.others_at_least, found.others_at_most, least=True, sifted=sifted)
    high = _many_times(other.high, found.others_at_least, found.others_at_most, least=False, sifted=sifted)
    if reason is None and found.others_at_most != 0:
        reason = other.undefined
    return _sum([*parts, Extent(low, high)])._replace(undefined=reason, certain=certain)


def _or_nothing(value: Extent) -> Extent:
    low = None if value.low is None else min(value.low, 0)
    high = None if value.high is None else max(value.high, 0)
    return value._replace(low=low, high=high, certain=False)


def _many_times(
    end: Number | None, least_count: int, most_count: int | None, *, least: bool, sifted: bool
) -> Number | None:
    """Return the least (or the greatest) sum of that many unlisted elements, None where it has no bound."""
    if most_count == 0:
        return 0
    if end is None:
        return None
    towards = end if least else -end
    if towards >= 0:
        return 0 if sifted else end * least_count
    return None if most_count is None else end * most_count


def _least(values: Sequence[tuple[Extent, bool | None]], other: Extent, found: Collection, node: Aggregate) -> Extent:
    sure = [value for value, chosen in values if chosen]
    others = found.others_at_most != 0
    if not values and not others:
        return Extent(None, None, Reason(ReasonKind.EMPTY_POPULATION, node.collection.fact.name), certain=True)
    everyone = [value for value, _ in values] + ([other] if others else [])
    lows = [value.low for value in everyone]
    low = None if None in lows else min(bound for bound in lows if bound is not None)
    certain_ones = [*sure, *([other] if found.others_at_least and node.where is None else [])]
    highs = [value.high for value in certain_ones if value.high is not None]
    high = min(highs) if highs else None
    if not certain_ones:
        tops = [value.high for value in everyone]
        high = None if None in tops else max(bound for bound in tops if bound is not None)
        return Extent(low, high, Reason(ReasonKind.EMPTY_POPULATION, node.collection.fact.name))
    reason, _ = _definedness(everyone)
    _, certain = _definedness(sure)
    return Extent(low, high, reason, certain)


def _share(node: Aggregate, found: Collection, scopes: Sequence[Scope]) -> Extent:
    """Bound the share over every way in which the undecided elements may fall.

    The least share takes every undecided element into the denominator unless it would count for sure;
    the greatest takes those that may count, and counts them.
    """
    in_both = in_base = may_fail = may_count = 0
    doubtful_base_sure = 0
    for inner in scopes:
        base = _selected(node.among, inner)
        if base is False:
            continue
        counted = _selected(node.where, inner)
        if base:
            in_base += 1
            in_both += counted is True
            may_count += counted is None
        else:
            may_fail += counted is not True
            doubtful_base_sure += counted is not False
    others_low = found.others_at_least if node.among is None else 0
    others_high = found.others_at_most
    if in_base + may_fail + doubtful_base_sure == 0 and others_high == 0:
        return Extent(None, None, Reason(ReasonKind.EMPTY_POPULATION, node.collection.fact.name), certain=True)
    possibly_empty = in_base == 0 and others_low == 0
    low_base = None if others_high is None else in_base + may_fail + others_high
    if in_both == 0 and (in_base or may_fail or others_high != 0):
        low: Number = 0
    elif low_base is None:
        low = 0
    else:
        low = _plain(Fraction(in_both, low_base)) if low_base else 1
    gained = may_count + doubtful_base_sure
    if others_high is None:
        high: Number = 1
    else:
        high_base = in_base + doubtful_base_sure + others_high
        high = _plain(Fraction(in_both + gained + others_high, high_base)) if high_base else 0
    if possibly_empty:
        return Extent(low, high, Reason(ReasonKind.EMPTY_POPULATION, node.collection.fact.name))
    return Extent(low, high)


# --- conditions ------------------------------------------------------------------------------------------


def decide(node: Condition, scope: Scope) -> Truth:
    """Return the verdict of a condition on the facts of ``scope``, with its reason and what is missing."""
    match node:
        case Compare():
            return _compare(node, scope)
        case Flag(owner=owner, fact=fact):
            entry = _entry(owner, fact.name, scope)
            if not _counts(entry, scope):
                return _lacking([_missing_scalar(node, scope)])
            return Truth(Verdict.MET if entry.given.value is True else Verdict.UNMET)
        case IsKind(category=category, kinds=kinds):
            entry = _entry(category.owner, category.fact.name, scope)
            if not _counts(entry, scope):
                return _lacking([_missing_scalar(category, scope)])
            return Truth(Verdict.MET if entry.given.value in kinds else Verdict.UNMET)
        case All(parts=parts):
            return _composite([decide(part, scope) for part in parts], all_of)
        case Any(parts=parts):
            return _composite([decide(part, scope) for part in parts], any_of)
        case Not(part=part):
            truth = decide(part, scope)
            return truth._replace(verdict=negation(truth.verdict))
        case When(part=part, guard=guard):
            return _when(decide(part, scope), decide(guard, scope))
        case Quantified():
            return _quantified(node, scope)
        case Named(part=part):
            return decide(part, scope)
        case _:
            assert_never(node)


def _when(truth: Truth, guard: Truth) -> Truth:
    """Combine a part with its guard: only where both are undecided does it matter which facts are missing."""
    if guard.verdict is Verdict.MET:
        return truth
    if guard.verdict is Verdict.UNMET:
        return Truth(Verdict.NOT_APPLICABLE, Reason(ReasonKind.CONDITION))
    if guard.verdict is Verdict.NOT_APPLICABLE:
        return guard
    if truth.verdict is Verdict.NOT_APPLICABLE:
        return truth
    return Truth(Verdict.UNKNOWN, guard.reason, _merge([guard.missing, truth.missing]))


def _composite(truths: Sequence[Truth], combine: Callable[[Iterable[Verdict]], Verdict]) -> Truth:
    verdict = combine(truth.verdict for truth in truths)
    if verdict is Verdict.UNKNOWN:
        undecided = [truth for truth in truths if truth.verdict is Verdict.UNKNOWN]
        return Truth(verdict, undecided[0].reason, _merge(truth.missing for truth in undecided))
    if verdict is Verdict.NOT_APPLICABLE:
        reasons = [truth.reason for truth in truths if truth.reason is not None]
        return Truth(verdict, reasons[0] if reasons else Reason(ReasonKind.CONDITION))
    return Truth(verdict)


def _merge(groups: Iterable[tuple[Missing, ...]]) -> tuple[Missing, ...]:
    return tuple(dict.fromkeys(missing for group in groups for missing in group))


def _lacking(missing: Sequence[Missing]) -> Truth:
    kind = ReasonKind.PLANNED_ONLY if all(one.planned for one in missing) else ReasonKind.MISSING
    return Truth(Verdict.UNKNOWN, Reason(kind), tuple(missing))


def scalars(node: Compare) -> tuple[Measure | Day | Flag | Category, ...]:
    """Return the scalar facts that a comparison names, each once; the node keeps them."""
    if node.scalars is not None:
        return node.scalars
    found = tuple(dict.fromkeys(fact for fact in free_facts(node) if not isinstance(fact, Many)))
    object.__setattr__(node, "scalars", found)  # every thread that gets here writes the same
    return found


def _compare(node: Compare, scope: Scope) -> Truth:
    missing = [lack for fact in scalars(node) if (lack := _scalar_lack(fact, scope)) is not None]
    if missing:
        return _lacking([*missing, *_missing_inside(node, scope)])
    left, right = evaluate(node.left, scope), evaluate(node.right, scope)
    reason, certain = _definedness((left, right))
    if certain:
        return Truth(Verdict.NOT_APPLICABLE, reason)
    if reason is not None:
        return _undetermined(node, scope, reason)
    verdict = _order(node.operator, left, right)
    if verdict is Verdict.UNKNOWN:
        return _undetermined(node, scope, Reason(ReasonKind.UNDETERMINED))
    return Truth(verdict)


def _undetermined(node: Compare, scope: Scope, reason: Reason) -> Truth:
    missing = tuple(dict.fromkeys(_missing_inside(node, scope)))
    if not missing and reason.kind is ReasonKind.DAYS_CROSS:
        return Truth(Verdict.UNKNOWN, reason)
    if not missing:
        return Truth(Verdict.UNKNOWN, Reason(ReasonKind.UNDETERMINED, reason.about))
    return _lacking(missing)


def _order(operator: Operator, left: Extent, right: Extent) -> Verdict:
    match operator:
        case Operator.AT_LEAST:
            return _at_least(left, right)
        case Operator.AT_MOST:
            return _at_least(right, left)
        case Operator.ABOVE:
            return negation(_at_least(right, left))
        case Operator.BELOW:
            return negation(_at_least(left, right))
        case Operator.EQUAL:
            return all_of((_at_least(left, right), _at_least(right, left)))
        case _:
            assert_never(operator)


def _at_least(left: Extent, right: Extent) -> Verdict:
    if left.low is not None and right.high is not None and left.low >= right.high:
        return Verdict.MET
    if left.high is not None and right.low is not None and left.high < right.low:
        return Verdict.UNMET
    return Verdict.UNKNOWN


def _quantified(node: Quantified, scope: Scope) -> Truth:
    found = members(node.collection, scope)
    truths = [element_truth(node, scope.inner(item)) for item in found.items]
    combine = all_of if node.quantifier is Quantifier.EVERY else any_of
    if found.others_at_most != 0:
        lack = missing_collection(node.collection, scope)
        if lack.planned:
            return _lacking([lack])
        inside = element_truth(node, scope.inner(unlisted(node.collection, scope)))
        truths.append(Truth(Verdict.UNKNOWN, Reason(ReasonKind.MISSING), (lack, *inside.missing)))
    if not truths:
        return Truth(Verdict.NOT_APPLICABLE, Reason(ReasonKind.EMPTY_POPULATION, node.collection.fact.name))
    return _composite(truths, combine)


def element_truth(node: Quantified, inner: Scope) -> Truth:
    """Return what a quantified condition comes to on one element: NOT_APPLICABLE where ``where`` fails."""
    truth = decide(node.condition, inner)
    return truth if node.where is None else _when(truth, decide(node.where, inner))


# --- what is missing -------------------------------------------------------------------------------------


def _scalar_lack(fact: FactReference, scope: Scope) -> Missing | None:
    if isinstance(fact, Many) or _counts(_entry(fact.owner, fact.fact.name, scope), scope):
        return None
    return _missing_scalar(fact, scope)


def missing_collection(collection: Many, scope: Scope) -> Missing:
    """Return what to ask for where a collection is not known, or was only planned."""
    assert collection.owner is not None  # noqa: S101 - expressions refuse unbound collections when they are built
    owner = scope.records[collection.owner]
    fact = collection.fact
    planned = _below_stage(owner.collections[fact.name], scope)
    return Missing(owner.where(fact.name), fact.label, fact.element.unit.text, planned=planned, of=owner.title)


def _missing_scalar(fact: Measure | Day | Flag | Category, scope: Scope) -> Missing:
    assert fact.owner is not None  # noqa: S101 - expressions refuse unbound facts when they are built
    record = scope.records[fact.owner]
    unit = fact.fact.unit.text if isinstance(fact, Measure) else None
    planned = record.entries[fact.fact.name].known
    return Missing(record.where(fact.fact.name), fact.fact.label, unit, planned=planned, of=record.title)


def _missing_inside(node: Quantity | Condition, scope: Scope) -> list[Missing]:
    """Name what is not known inside the aggregates of a node: the collection, or facts of its elements."""
    if isinstance(node, Aggregate | Quantified):
        collection = node.collection
        found = members(collection, scope)
        lacking: list[Missing] = []
        inner_scopes = [scope.inner(item) for item in found.items]
        if found.others_at_most != 0:
            lacking.append(missing_collection(collection, scope))
            if lacking[0].planned:
                return lacking
            inner_scopes.append(scope.inner(unlisted(collection, scope)))
        for inner in inner_scopes:
            for child in children(node):
                lacking.extend(
                    lack
                    for fact in free_facts(child)
                    if fact.owner == collection.fact.element and (lack := _scalar_lack(fact, inner)) is not None
                )
                lacking.extend(_missing_inside(child, inner))
        return lacking
    return [lack for child in children(node) for lack in _missing_inside(child, scope)]
