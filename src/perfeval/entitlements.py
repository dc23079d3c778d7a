"""What a standard requires in money for a census of subjects: in total, for each of them, line by line (按标准应安排经费).

A rule is a *floor of money* where its condition, inside guards, names, ``all_of`` and ``every``, says that a sum of
changeable measures of money is at least something else. Where a floor binds, the something else is what is required.
The entitlement is the least money with which every floor is met: floors on the same money take the greater, and a
floor on a pool counts the floors on its parts. What cannot be known is a range, with what is missing named.

Imports ``standard``, ``wording`` and what stands above them.
"""

from __future__ import annotations

import datetime
import functools
import itertools
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final, NamedTuple, TypeAlias, final

from attrs import evolve, field, frozen

from perfeval.amounts import Amount, AmountRange, as_amount
from perfeval.citations import Citation, InForce
from perfeval.dimensions import unit_of
from perfeval.errors import AmountError, FactsError, Problem, RuleError, UnitMismatch, excerpt
from perfeval.evaluation import (
    Missing,
    Scope,
    amount_of,
    decide,
    evaluate,
    members,
    scope_of,
    unlisted,
)
from perfeval.expressions import (
    Aggregate,
    AggregateKind,
    All,
    ByKind,
    Category,
    Compare,
    Condition,
    Flag,
    IsKind,
    Literal,
    Many,
    Measure,
    Named,
    Negative,
    Operator,
    Product,
    Quantified,
    Quantifier,
    Quantity,
    Quotient,
    Sum,
    When,
)
from perfeval.facts import Given, Label, Stage, SubjectSchema, Value, one_of
from perfeval.rules import Obligation, Rule
from perfeval.scoping import children, free_facts
from perfeval.standard import Standard, check_day
from perfeval.subjects import Entry, Number, Record, read
from perfeval.units import Dimension, Unit
from perfeval.verdicts import Verdict
from perfeval.wording import Lang, cite, observation_words, say

__all__ = [
    "Entitlement",
    "EntitlementLine",
    "OtherRule",
    "Required",
    "SubjectEntitlement",
    "aligned_rows",
    "entitlement",
    "entitlement_text",
]

Required: TypeAlias = Amount | AmountRange
"""What is required: exact, or a range where something is missing."""

_COMPLETIONS: Final = 64
_MISSING_SHOWN: Final = 50


# --- what comes out --------------------------------------------------------------------------------------


@final
@frozen(kw_only=True)
class EntitlementLine:
    """What one clause requires for one subject, or for elements of it that need the same.

    ``places`` are what the money is for: the subject itself, or each element. ``required`` is for all of them,
    ``worked`` the sum behind it. ``contained_in`` names the rule on the same money that already requires as much;
    such a line adds nothing to the total.
    """

    index: int
    subject: Label
    places: tuple[str, ...]
    rule: str
    label: Label
    obligation: Obligation
    citation: Citation | None
    in_force: InForce
    required: Required
    worked: str
    missing: tuple[Missing, ...] = ()
    contained_in: str | None = None


@final
@frozen(kw_only=True)
class SubjectEntitlement:
    """What the standard requires for one subject of the census; ``index`` is its place there, from 0."""

    index: int
    subject: Label
    total: Required
    lines: tuple[EntitlementLine, ...]
    record: Record = field(repr=False)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What would have to be known for an exact total, each fact once."""
        if isinstance(self.total, Amount):
            return ()
        return tuple(dict.fromkeys(missing for line in self.lines for missing in line.missing))


@final
@frozen(kw_only=True)
class OtherRule:
    """A rule, or a part of one, that requires no sum of money on that day, and why."""

    rule: str
    label: Label
    why: Label


@final
@frozen(kw_only=True)
class Entitlement:
    """What a standard requires for a census on a day (按标准应安排经费).

    ``total`` is an exact amount, or a range that holds the true one under every completion of what is missing.
    """

    standard: str
    title: Label
    on: datetime.date
    unit: Unit
    citation: Citation | None
    by_subject: tuple[SubjectEntitlement, ...]
    other_rules: tuple[OtherRule, ...]

    @property
    def lines(self) -> tuple[EntitlementLine, ...]:
        """Every line, in the order of the census and then of the rules."""
        return tuple(line for one in self.by_subject for line in one.lines)

    @property
    def total(self) -> Required:
        """The sum over all subjects, in ``unit``."""
        return _added((one.total for one in self.by_subject), self.unit)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What would have to be known for an exact total, each fact once."""
        return tuple(dict.fromkeys(missing for one in self.by_subject for missing in one.missing))

    @property
    def total_by_rule(self) -> dict[str, Required]:
        """What each rule requires taken by itself, lines contained in another rule's included."""
        amounts: dict[str, list[Required]] = {}
        for line in self.lines:
            amounts.setdefault(line.rule, []).append(line.required)
        return {name: _added(listed, self.unit) for name, listed in amounts.items()}


def _added(amounts: Iterable[Required], unit: Unit) -> Required:
    low: Number = 0
    high: Number | None = 0
    for amount in amounts:
        least, most = (amount, amount) if isinstance(amount, Amount) else (amount.low, amount.high)
        low += 0 if least is None else least.root
        high = None if high is None or most is None else high + most.root
    return _shown(low, high, unit)


def _shown(low: Number, high: Number | None, unit: Unit) -> Required:
    least = Amount.from_root(low, unit)
    if low == high:
        return least
    return AmountRange(least, None if high is None else Amount.from_root(high, unit))


# --- which rules are floors of money ---------------------------------------------------------------------


class _Each(NamedTuple):
    """A step into each element of a collection; ``where`` picks elements."""

    collection: Many
    where: Condition | None


_Step: TypeAlias = Condition | _Each


@final
@frozen(kw_only=True)
class _Floor:
    """A floor of money: the steps to where it stands, the money, and what it must be at least.

    ``period`` is by what a rate is multiplied, None for what stays as it is; ``shown`` the unit of what comes out.
    """

    rule: Rule
    label: Label
    in_force: InForce
    steps: tuple[_Step, ...]
    funding: Quantity
    required: Quantity
    probe: Compare
    unit: Unit
    shown: Unit
    period: Amount | None

    @property
    def scale(self) -> Number:
        """By how many months a rate is multiplied; 1 for what stays as it is."""
        return 1 if self.period is None else _plain(self.period.root)

    @property
    def element_unit(self) -> Unit | None:
        """The unit of the innermost elements that it goes through; None where it is about the subject itself."""
        units = [step.collection.fact.element.unit for step in self.steps if isinstance(step, _Each)]
        return units[-1] if units else None


class _Found(NamedTuple):
    """A comparison found in a condition, or why the part found there is no floor of money."""

    label: Label | None
    steps: tuple[_Step, ...]
    funding: Quantity | None = None
    required: Quantity | None = None
    why: Label | None = None


_CHOICE = Label(
    "含有选择或否定，没有单一的最低金额", "leaves a choice or is negated, so there is no single least amount"
)
_NO_MONEY = Label("不是对可调整资金的下限要求", "does not require at least so much of changeable money")
_PER_HEAD = Label("是单位标准，不是金额", "requires a rate for each, not a sum of money")
_NOT_PLAIN = Label("资金一侧不是若干资金项之和", "the money is not a plain sum of measures")
_STRICT = Label("要求“多于”，没有最小值", "requires more than an amount, which has no least")
_CIRCULAR = Label("要求本身取决于可调整的资金", "what is required depends on the changeable money itself")
_EQUALITY = Label("是相等关系，不是下限", "requires equality, which is no floor")


def _search(node: Condition, steps: tuple[_Step, ...], label: Label | None) -> Iterator[_Found]:
    match node:
        case Named(part=part):
            yield from _search(part, steps, node.label)
        case When(part=part, guard=guard):
            yield from _search(part, (*steps, guard), label)
        case All(parts=parts):
            for part in parts:
                yield from _search(part, steps, label)
        case Quantified(quantifier=Quantifier.EVERY, collection=collection, where=where):
            yield from _search(node.condition, (*steps, _Each(collection, where)), label)
        case Compare():
            yield _comparison(node, steps, label)
        case Flag() | IsKind():
            yield _Found(label, steps, why=_NO_MONEY)
        case _:
            yield _Found(label, steps, why=_CHOICE)


def _comparison(node: Compare, steps: tuple[_Step, ...], label: Label | None) -> _Found:
    funding, operator, required = node.left, node.operator, node.right
    if not _names_changeable_money(funding):
        funding, required = required, funding
        operator = {
            Operator.AT_MOST: Operator.AT_LEAST,
            Operator.AT_LEAST: Operator.AT_MOST,
            Operator.BELOW: Operator.ABOVE,
            Operator.ABOVE: Operator.BELOW,
        }.get(operator, operator)
    if isinstance(funding, Aggregate) and funding.kind is AggregateKind.MINIMUM and funding.of is not None:
        # The least of them is at least so much: each of them is.
        steps, funding = (*steps, _Each(funding.collection, funding.where)), funding.of
    unit = unit_of(required)
    why = None
    if operator in (Operator.AT_MOST, Operator.BELOW) or not _names_changeable_money(funding):
        why = _NO_MONEY
    elif operator is Operator.ABOVE:
        why = _STRICT
    elif operator is Operator.EQUAL:
        why = _EQUALITY
    elif not isinstance(unit, Unit) or not _is_money(unit.dimension):
        why = _PER_HEAD
    elif not _is_plain_sum(funding):
        why = _NOT_PLAIN
    elif any(_names_changeable_money(part) for part in (required, *_conditions(steps))):
        why = _CIRCULAR
    return _Found(label, steps, funding, required, why)


def _conditions(steps: Iterable[_Step]) -> Iterator[Condition]:
    for step in steps:
        condition = step.where if isinstance(step, _Each) else step
        if condition is not None:
            yield condition


def _names_changeable_money(node: Quantity | Condition) -> bool:
    if isinstance(node, Measure):
        return node.fact.changeable and any(
            base.startswith("currency_") and power > 0 for base, power in node.fact.unit.dimension
        )
    return any(_names_changeable_money(child) for child in children(node))


def _is_money(dimension: Dimension) -> bool:
    """Say whether this is money, or money over a period: 元, 元/年; not 元/人."""
    currencies = [power for base, power in dimension if base.startswith("currency_")]
    others = [(base, power) for base, power in dimension if not base.startswith("currency_")]
    return currencies == [1] and others in ([], [("time_month", -1)])


def _is_plain_sum(node: Quantity) -> bool:
    """Say whether money is a sum of different measures, sums over all of a collection included."""
    terms = list(_leaves(node))
    return None not in terms and len(set(terms)) == len(terms)


def _leaves(node: Quantity) -> Iterator[tuple[Many | None, Measure] | None]:
    match node:
        case Measure():
            yield (None, node)
        case Sum(terms=terms):
            for term in terms:
                yield from _leaves(term)
        case Aggregate(kind=AggregateKind.SUM, where=None, of=of) if of is not None:
            element = node.collection.fact.element
            for leaf in _leaves(of):
                # A measure of the owner of the collection would be counted once for each element.
                is_own = leaf is not None and leaf[0] is None and leaf[1].owner == element
                yield (node.collection, leaf[1]) if leaf is not None and is_own else None
        case _:
            yield None


def _floors(
    standard: Standard, on: datetime.date, period: Amount | None
) -> tuple[list[_Floor], list[OtherRule], Unit | None]:
    """Return the floors in force that day, the rules that are none, and the unit of the first floor of any day."""
    floors: list[_Floor] = []
    others: list[OtherRule] = []
    for rule in standard.rules_on(on):
        dates = rule.in_force or standard.in_force
        if not dates.covers(on):
            why = Label(f"{on.isoformat()} 不在有效期内", f"not in force on {on.isoformat()}")
            others.append(OtherRule(rule=rule.name, label=rule.title, why=why))
            continue
        found = list(_search(rule.full_condition, (), None))
        floors += _floors_found(rule, dates, found, period)
        reasons = dict.fromkeys((one.label or rule.title, one.why) for one in found if one.why is not None)
        others += [OtherRule(rule=rule.name, label=label, why=why) for label, why in reasons if why is not None]
    return floors, others, floors[0].shown if floors else _first_unit(standard, period)


def _first_unit(standard: Standard, period: Amount | None) -> Unit | None:
    for rule in standard.rules:
        found = _search(rule.full_condition, (), None)
        for floor in _floors_found(rule, rule.in_force or standard.in_force, found, period):
            return floor.shown
    return None


def _floors_found(rule: Rule, dates: InForce, found: Iterable[_Found], period: Amount | None) -> list[_Floor]:
    return [floor for one in found if (floor := _floor(rule, dates, one, period)) is not None]


def _floor(rule: Rule, dates: InForce, found: _Found, period: Amount | None) -> _Floor | None:
    if found.why is not None or found.funding is None or found.required is None:
        return None
    unit = unit_of(found.required)
    assert isinstance(unit, Unit)  # noqa: S101 - a comparison with calendar days names no money
    length = None if unit.is_money else period
    return _Floor(
        rule=rule,
        label=found.label or rule.title,
        in_force=dates,
        steps=found.steps,
        funding=found.funding,
        required=found.required,
        # Decided only where all that the required side needs is known; otherwise it names what is missing.
        probe=Compare(found.required, Operator.AT_LEAST, found.required),
        unit=unit,
        shown=unit if length is None else unit * length.unit,
        period=length,
    )


def _plain(number: Fraction) -> Number:
    return number.numerator if number.denominator == 1 else number


# --- what the floors require of one record ---------------------------------------------------------------


class _Spot(NamedTuple):
    """A place where a floor stands on given facts: whether it binds there for certain, and for how many."""

    scope: Scope
    path: str
    certain: bool = True
    missing: tuple[Missing, ...] = ()
    least: int = 1
    most: int | None = 1


class _Demand(NamedTuple):
    """What one floor requires at one place, in root units, and the accounts from which it may be met."""

    floor: _Floor
    spot: _Spot
    low: Number
    high: Number | None
    missing: tuple[Missing, ...]
    accounts: frozenset[str]

    @property
    def worked(self) -> str:
        """The sum behind what is required at this place."""
        bracket = self.floor.element_unit is not None or self.floor.period is not None
        return _worked(self.floor.required, self.spot.scope, bracket=bracket)


def _spots(steps: Sequence[_Step], spot: _Spot) -> Iterator[_Spot]:
    if not steps:
        yield spot
        return
    step, rest = steps[0], steps[1:]
    if not isinstance(step, _Each):
        guarded = _guarded(spot, step)
        if guarded is not None:
            yield from _spots(rest, guarded)
        return
    found = members(step.collection, spot.scope)
    inside = [spot._replace(scope=spot.scope.inner(item), path=item.path) for item in found.items]
    if found.others_at_most != 0:
        other = unlisted(step.collection, spot.scope)
        most = None if spot.most is None or found.others_at_most is None else spot.most * found.others_at_most
        lack = () if found.others_at_least == found.others_at_most else (_missing_list(step.collection, spot.scope),)
        inside.append(
            spot._replace(
                scope=spot.scope.inner(other),
                path=other.path,
                missing=(*spot.missing, *lack),
                least=spot.least * found.others_at_least,
                most=most,
            )
        )
    for place in inside:
        picked = place if step.where is None else _guarded(place, step.where)
        if picked is not None:
            yield from _spots(rest, picked)


def _guarded(spot: _Spot, guard: Condition) -> _Spot | None:
    truth = decide(guard, spot.scope)
    if truth.verdict is Verdict.MET:
        return spot
    if truth.verdict is not Verdict.UNKNOWN:
        return None
    return spot._replace(certain=False, missing=(*spot.missing, *truth.missing))


def _missing_list(collection: Many, scope: Scope) -> Missing:
    assert collection.owner is not None  # noqa: S101 - expressions refuse unbound collections when they are built
    owner, fact = scope.records[collection.owner], collection.fact
    planned = owner.collections[fact.name].known and not members(collection, scope).known
    return Missing(owner.where(fact.name), fact.label, fact.element.unit.text, planned=planned, of=owner.title)


def _demands(floors: Sequence[_Floor], record: Record, on: datetime.date) -> list[_Demand]:
    demands: list[_Demand] = []
    for floor in floors:
        start = _Spot(scope_of(record, floor.rule.stage, on), record.path)
        demands += [demand for spot in _spots(floor.steps, start) if (demand := _demand(floor, spot)) is not None]
    return demands


def _demand(floor: _Floor, spot: _Spot) -> _Demand | None:
    extent = evaluate(floor.required, spot.scope)
    if extent.undefined is not None and extent.certain:
        return None
    is_exact = extent.low is not None and extent.low == extent.high and extent.undefined is None
    lacking = () if is_exact else decide(floor.probe, spot.scope).missing
    low = 0 if extent.low is None or not spot.certain or extent.undefined is not None else max(extent.low, 0)
    high = None if extent.high is None else max(extent.high, 0)
    low = low * spot.least * floor.scale
    if high != 0:
        high = None if high is None or spot.most is None else high * spot.most * floor.scale
    return _Demand(
        floor=floor,
        spot=spot,
        low=low,
        high=high,
        missing=tuple(dict.fromkeys((*spot.missing, *lacking))),
        accounts=frozenset(_accounts(floor.funding, spot.scope)),
    )


def _accounts(node: Quantity, scope: Scope) -> Iterator[str]:
    """Yield the places at which the money of a floor stands."""
    match node:
        case Measure(owner=owner) if owner is not None:
            yield scope.records[owner].where(node.fact.name)
        case Sum(terms=terms):
            for term in terms:
                yield from _accounts(term, scope)
        case Aggregate(collection=collection, of=of) if of is not None:
            for item in members(collection, scope).items:
                yield from _accounts(of, scope.inner(item))
            # The pool of a list stands for those too that were not listed, or for a list without anybody on it.
            yield from _accounts(of, scope.inner(unlisted(collection, scope)))
        case _:  # pragma: no cover - a floor's money is a plain sum
            raise AssertionError(node)


def _worked(node: Quantity, scope: Scope, *, bracket: bool = False) -> str:
    """Return what is required as the sum behind it: ``35 人[党员] × 100 元/人[党员]/年``."""
    match node:
        case Literal(amount=amount):
            return _written(amount.root, amount.unit)
        case Product(factors=factors):
            return " × ".join(_worked(factor, scope, bracket=True) for factor in factors)
        case Quotient(dividend=dividend, divisor=divisor):
            words = f"{_worked(dividend, scope, bracket=True)} ÷ {_worked(divisor, scope, bracket=True)}"
        case Sum(terms=terms):
            words = " + ".join(_worked(term, scope) for term in terms).replace("+ −", "− ")
        case Negative(operand=operand):
            return f"−{_worked(operand, scope, bracket=True)}"
        case ByKind(category=category, cases=cases) if category.owner is not None:
            kind = _stated(category.owner, category.fact.name, scope)
            chosen = [case for name, case in cases if name == kind]
            return _worked(chosen[0], scope, bracket=bracket) if chosen else _valued(node, scope)
        case Measure(owner=owner) if owner is not None:
            stated = _stated(owner, node.fact.name, scope)
            return str(stated) if isinstance(stated, Amount) else _valued(node, scope)
        case _:
            return _valued(node, scope)
    return f"({words})" if bracket else words


def _stated(owner: SubjectSchema, name: str, scope: Scope) -> Value:
    """Return a fact as it was given; None where that is no more than a plan and the rule asks for more."""
    given = scope.records[owner].entries[name].given
    return None if scope.stage is not None and given.stage.rank < scope.stage.rank else given.value


@functools.lru_cache(maxsize=1024)
def _written(root: Fraction, unit: Unit) -> str:
    """Write an amount; what a clause names is written again and again."""
    return str(Amount(root, unit))


def _valued(node: Quantity, scope: Scope) -> str:
    unit = unit_of(node)
    value = amount_of(evaluate(node, scope), unit) if isinstance(unit, Unit) else None
    if isinstance(value, Amount):
        return str(value)
    if value is None or (value.high is None and (value.low is None or value.low.root <= 0)):
        return f"? {unit.text}"
    return f"({value})"


# --- the least money that meets them ---------------------------------------------------------------------


class _Pool:
    """Accounts that floors tie together, and the least money that they need together."""

    __slots__ = ("counted", "first", "high", "low", "size")

    def __init__(self, size: int, low: Number, high: Number | None, counted: list[int], first: int) -> None:
        self.size, self.low, self.high = size, low, high
        self.counted, self.first = counted, first


def _least(demands: Sequence[_Demand]) -> tuple[Number, Number | None, dict[int, str]]:
    """Return the least money with which every demand is met, and by which rule a demand is contained in another.

    Floors on nested sets of accounts need, from the innermost outwards, the greater of what a floor says and of
    what the floors within it need together. Raises ``RuleError`` for sets that cross.
    """
    pools: dict[str, _Pool] = {}
    contained: dict[int, str] = {}
    for place in sorted(range(len(demands)), key=lambda index: len(demands[index].accounts)):
        demand = demands[place]
        below: dict[int, _Pool] = {}
        covered: dict[int, int] = {}
        for account in demand.accounts:
            pool = pools.get(account)
            if pool is not None:
                below[id(pool)] = pool
                covered[id(pool)] = covered.get(id(pool), 0) + 1
        inner = sorted(below.values(), key=lambda pool: pool.first)
        for pool in inner:
            if covered[id(pool)] != pool.size:
                _refuse_crossing(demands[pool.first], demand)
        joined = _joined(place, demand, inner, demands, contained)
        pools.update(dict.fromkeys(demand.accounts, joined))
    roots = {id(pool): pool for pool in pools.values()}.values()
    highs = [pool.high for pool in roots]
    high = None if None in highs else sum(high for high in highs if high is not None)
    return sum(pool.low for pool in roots), high, contained


def _joined(
    place: int, demand: _Demand, inner: Sequence[_Pool], demands: Sequence[_Demand], contained: dict[int, str]
) -> _Pool:
    low: Number = sum(pool.low for pool in inner)
    highs = [pool.high for pool in inner]
    high = None if None in highs else sum(bound for bound in highs if bound is not None)
    counted = [index for pool in inner for index in pool.counted]
    if inner and low == high and demand.low == demand.high:
        if demand.low > low:
            contained.update(dict.fromkeys(counted, demand.floor.rule.name))
            counted = [place]
        else:
            contained[place] = demands[inner[0].counted[0]].floor.rule.name
    else:
        counted = [*counted, place]
    greatest = None if high is None or demand.high is None else max(high, demand.high)
    return _Pool(len(demand.accounts), max(low, demand.low), greatest, counted, place)


def _refuse_crossing(one: _Demand, other: _Demand) -> None:
    raise RuleError.of(
        f"{one.floor.rule.name} and {other.floor.rule.name}",
        came=f"floors at {one.spot.path} and {other.spot.path} that share a part of their money",
        needed="floors on different money, on the same money, or one on a part of the other's",
    )


def _completions(deciding: Iterable[Category | Flag], record: Record) -> Iterator[Record]:
    """Yield the record with every way of filling in the kinds and flags that decide which floors bind.

    Only the record itself is yielded where all are known, or where there would be too many ways.
    """
    options: dict[str, tuple[Value, ...]] = {}
    for fact in deciding:
        if not record.entries[fact.fact.name].known:
            options[fact.fact.name] = fact.fact.kinds if isinstance(fact, Category) else (True, False)
    ways = 1
    for listed in options.values():
        ways *= len(listed)
    if ways == 1 or ways > _COMPLETIONS:
        yield record
        return
    for values in itertools.product(*options.values()):
        filled = {
            name: Entry(given=Given(value=value), known=True) for name, value in zip(options, values, strict=True)
        }
        yield evolve(record, entries={**record.entries, **filled})


def _deciding(floors: Sequence[_Floor], schema: SubjectSchema) -> Iterator[Category | Flag]:
    for floor in floors:
        for node in (floor.required, *_conditions(floor.steps)):
            for fact in free_facts(node):
                if isinstance(fact, Category | Flag) and fact.owner == schema:
                    yield fact


# --- putting it together ---------------------------------------------------------------------------------


def entitlement(
    standard: Standard,
    census: Iterable[object],
    *,
    on: datetime.date,
    period: Amount | str | None = None,
    stage: Stage | str = Stage.ACHIEVED,
    source: str | None = None,
    units: Mapping[str, str] | None = None,
) -> Entitlement:
    """Return what a standard requires in money for every subject of a census, on a day.

    ``census`` holds the facts of one subject each (mappings, attrs objects or records); money that they state is
    not looked at. ``period`` turns rates into money: with ``"1 年"`` 200 元/月 is 2,400 元. ``stage``, ``source``
    and ``units`` are as in :meth:`Standard.judge`.

    Raises ``FactsError`` with every problem of every subject and for an empty census, ``RuleError`` for a standard
    without a floor of money and for floors that share a part of their money, and ``UnitMismatch`` where amounts of
    several kinds would have to be added.

    >>> from perfeval.standards.shelf import load
    >>> census = [{"name": "甲", "kind": "党支部", "non_public": True, "members": "35 人[党员]", "secretaries": [{}]}]
    >>> need = entitlement(load("yuxi_2023_5").standard, census, on=datetime.date(2026, 6, 30))
    >>> [(line.worked, str(line.required.to("元/年"))) for line in need.lines]  # doctest: +NORMALIZE_WHITESPACE
    [('3,000 元/年', '3,000 元/年'), ('1 人[书记] × 200 元/月', '2,400 元/年'),
     ('35 人[党员] × 100 元/人[党员]/年', '3,500 元/年')]
    >>> str(need.total)
    '8,900 元/年'
    """
    if not isinstance(standard, Standard):
        raise RuleError.of("standard", came=excerpt(standard), needed="a Standard")
    check_day(on)
    length = None if period is None else _period(period)
    floors, others, unit = _floors(standard, on, length)
    if unit is None:
        raise RuleError.of(
            standard.name,
            came=f"no floor of money among {', '.join(dict.fromkeys(rule.name for rule in standard.rules))}"[:200],
            needed="at least one rule such as funding >= amount, with changeable=True on the measure of money",
        )
    _refuse_mixed(floors)
    records = _read(standard, census, stage=one_of(Stage, stage, "stage"), source=source, units=units)
    deciding = tuple(dict.fromkeys(_deciding(floors, standard.subject)))
    return Entitlement(
        standard=standard.name,
        title=standard.title,
        on=on,
        unit=unit,
        citation=standard.citation,
        by_subject=tuple(
            _of_subject(index, record, floors, deciding, on, unit) for index, record in enumerate(records)
        ),
        other_rules=tuple(others),
    )


def _period(period: Amount | str) -> Amount:
    if not isinstance(period, Amount | str):
        raise AmountError.of("period", came=excerpt(period), needed="how long, such as '1 年' or '6 个月'")
    length = as_amount(period)
    if length.dimension != (("time_month", 1),):
        raise UnitMismatch.of("period", came=str(length), needed="how long, such as '1 年' or '6 个月'")
    if length.root <= 0:
        raise AmountError.of("period", came=str(length), needed="a period above zero")
    return length


def _refuse_mixed(floors: Sequence[_Floor]) -> None:
    """Raise ``UnitMismatch`` where the amount of a floor cannot be added to that of the first."""
    for floor in floors:
        one, other = floors[0].shown, floor.shown
        if one.dimension != other.dimension:
            raise UnitMismatch.of(
                "entitlement",
                came=f"{floors[0].rule.name} in {one} and {floor.rule.name} in {other}",
                needed="money of one kind"
                if one.is_money is other.is_money
                else "period=, such as '1 年', which turns rates into money",
            )


def _read(
    standard: Standard,
    census: Iterable[object],
    *,
    stage: Stage,
    source: str | None,
    units: Mapping[str, str] | None,
) -> list[Record]:
    needed = f"a list with the facts of one {standard.subject.name} each"
    if isinstance(census, str | bytes | Mapping | Record) or not isinstance(census, Iterable):
        raise FactsError.of("census", came=excerpt(census), needed=needed)
    read(standard.subject, {}, units=units)  # what is wrong with the units is said once, not for every subject
    records: list[Record] = []
    problems: list[Problem] = []
    for index, facts in enumerate(census):
        path = f"census[{index}]"
        try:
            records.append(read(standard.subject, facts, stage=stage, source=source, units=units, path=path))
        except FactsError as error:
            problems.extend(error.problems)
    if problems:
        raise FactsError(*problems)
    if not records:
        raise FactsError.of("census", came="an empty census", needed=f"at least one {standard.subject.name}")
    return records


def _of_subject(
    index: int,
    record: Record,
    floors: Sequence[_Floor],
    deciding: Iterable[Category | Flag],
    on: datetime.date,
    unit: Unit,
) -> SubjectEntitlement:
    demands = _demands(floors, record, on)
    low, high, contained = _least(demands)
    ways = list(_completions(deciding, record))
    if len(ways) > 1:
        bounds = [_least(_demands(floors, way, on))[:2] for way in ways]
        low = min(least for least, _ in bounds)
        highs = [most for _, most in bounds]
        high = None if None in highs else max(most for most in highs if most is not None)
    return SubjectEntitlement(
        index=index,
        subject=record.title,
        total=_shown(low, high, unit),
        lines=tuple(_lines(index, record, demands, contained)),
        record=record,
    )


def _lines(
    index: int, record: Record, demands: Sequence[_Demand], contained: Mapping[int, str]
) -> Iterator[EntitlementLine]:
    """Yield a line for each demand, elements that need the same amount for the same reason on one line."""
    groups: dict[object, list[int]] = {}
    for place, demand in enumerate(demands):
        alike: object = place
        if demand.floor.element_unit is not None and demand.spot.least == demand.spot.most == 1:
            alike = (demand.low, demand.high, demand.worked, demand.missing, contained.get(place))
        groups.setdefault((id(demand.floor), alike), []).append(place)
    for places in groups.values():
        demand, count = demands[places[0]], len(places)
        floor = demand.floor
        yield EntitlementLine(
            index=index,
            subject=record.title,
            places=tuple(demands[place].spot.path for place in places),
            rule=floor.rule.name,
            label=floor.label,
            obligation=floor.rule.obligation,
            citation=floor.rule.citation,
            in_force=floor.in_force,
            required=_shown(demand.low * count, None if demand.high is None else demand.high * count, floor.shown),
            worked=_worked_line(demand, count),
            missing=tuple(dict.fromkeys(lack for place in places for lack in demands[place].missing)),
            contained_in=contained.get(places[0]),
        )


def _worked_line(demand: _Demand, count: int) -> str:
    spot, floor = demand.spot, demand.floor
    words = demand.worked
    if floor.element_unit is not None:
        if spot.least == spot.most:
            words = f"{Amount.of(count * spot.least, floor.element_unit)} × {words}"
        else:
            words = f"({spot.least}–{'?' if spot.most is None else spot.most}) {floor.element_unit} × {words}"
    return words if floor.period is None else f"{words} × {floor.period}"


# --- in words --------------------------------------------------------------------------------------------


def aligned_rows(rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> list[str]:
    """Return rows of a table as lines of plain text, columns aligned, a Chinese character as wide as two letters.

    ``right`` are the columns, from 0, that are aligned to the right. Control characters are shown as \ufffd.

    >>> aligned_rows([["甲", "1"], ["乙支部", "12"]], right=[1])
    ['甲       1', '乙支部  12']
    """
    shown = [[_printable(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*shown, strict=True)]
    to_the_right = set(right)
    return [
        "  ".join(
            " " * (width - _width(cell)) + cell if place in to_the_right else cell + " " * (width - _width(cell))
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in shown
    ]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _printable(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


_OBLIGATIONS: Final = {
    Obligation.MUST: Label("应", "must"),
    Obligation.IN_PRINCIPLE: Label("原则上", "in principle"),
    Obligation.SHOULD: Label("宜", "should"),
}


def entitlement_text(need: Entitlement, lang: Lang = "zh") -> str:
    """Return an entitlement as a table of plain text: each line with its clause, then totals and what is missing."""
    clauses = list(dict.fromkeys(line.citation for line in need.lines if line.citation is not None))
    marks = {clause: f"[{number}]" for number, clause in enumerate(clauses, start=1)}
    rows = [
        [
            say(lang, "单位", "subject"),
            say(lang, "事项", "for"),
            say(lang, "计算", "worked"),
            say(lang, "按标准应安排", "required"),
            say(lang, "依据", "by"),
        ]
    ]
    for one in need.by_subject:
        for line in one.lines:
            remarks = [] if line.citation is None else [marks[line.citation]]
            if line.obligation is not Obligation.MUST:
                remarks.append(_OBLIGATIONS[line.obligation].get(lang))
            if line.contained_in is not None:
                remarks.append(say(lang, f"已含于 {line.contained_in}", f"contained in {line.contained_in}"))
            rows.append(
                [
                    line.subject.get(lang),
                    line.label.get(lang),
                    line.worked,
                    observation_words(line.required),
                    say(lang, "，", ", ").join(remarks),
                ]
            )
        rows.append([one.subject.get(lang), say(lang, "小计", "subtotal"), "", observation_words(one.total), ""])
    rows.append([say(lang, "合计", "total"), "", "", observation_words(need.total), ""])
    title = f"{need.title.get(lang)} ({need.on.isoformat()})"
    lines = [say(lang, f"按标准应安排经费：{title}", f"required by {title}"), *aligned_rows(rows, right=[3])]
    lines += [f"{marks[clause]} {cite(clause, lang)}" for clause in clauses]
    if need.missing:
        shown = say(lang, "；", "; ").join(_lack(lack, lang) for lack in need.missing[:_MISSING_SHOWN])
        more = len(need.missing) - _MISSING_SHOWN
        lines.append(say(lang, "待补充资料：", "to ask for: ") + shown + (f" … +{more}" if more > 0 else ""))
    lines += [
        say(lang, "未计入：", "not counted: ") + f"{other.label.get(lang)}{say(lang, '，', ', ')}{other.why.get(lang)}"
        for other in need.other_rules
    ]
    return "\n".join(_printable(line) for line in lines) + "\n"


def _lack(lack: Missing, lang: Lang) -> str:
    owner = "" if lack.of is None else f"{lack.of.get(lang)}{say(lang, '的', ': ')}"
    return f"{owner}{lack.label.get(lang)} ({lack.path})"
