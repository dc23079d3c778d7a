"""What the floors of a standard require of every subject of a census: read, weighed under every kind, added up.

Imports ``floors``, ``required``, ``nesting``, ``sums``, ``totals``, ``standard`` and what stands above them.
"""

from __future__ import annotations

import datetime
import functools
import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from attrs import evolve

from perfeval.amounts import Amount, as_amount
from perfeval.entitlements.floors import Floor, first_unit, floors_on
from perfeval.entitlements.nesting import least
from perfeval.entitlements.required import Demand, demands_of, never_binds
from perfeval.entitlements.sums import worked_out
from perfeval.entitlements.totals import Entitlement, EntitlementLine, SubjectEntitlement, required_between
from perfeval.errors import AmountError, FactsError, Problem, RuleError, UnitMismatch, excerpt
from perfeval.expressions import Category
from perfeval.facts import Given, Stage, Value, one_of
from perfeval.rules import check_day
from perfeval.standard import Standard
from perfeval.subjects import Entry, Record, read
from perfeval.units import Unit

__all__ = ["entitlement"]

_ONE_YEAR: Final = Amount.parse("1 年")
_NAMED: Final = 5
"""How many names a message holds at most."""
_COMPLETIONS: Final = 64
"""In how many ways the kinds and flags of one subject are filled in at most."""


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
    not looked at. ``period`` turns rates into money: with ``"1 年"`` 200 元/月 is 2,400 元. A plain sum such as
    3000 元 has no period and stays as it is under any. What counts ``months_served`` is money of the calendar year of
    ``on``: where a rule in force does, no other period than one year is taken. ``stage``, ``source`` and ``units``
    are as in :meth:`Standard.judge`.

    Raises ``FactsError`` with every problem of every subject and for an empty census, ``RuleError`` for a standard
    without a floor of money and for floors that both bind and share a part of their money, and ``UnitMismatch`` where amounts of
    several kinds would have to be added, or a year's money scaled to another period.

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
    floors, others = floors_on(standard, on, length)
    unit = floors[0].shown if floors else first_unit(standard, length)
    if unit is None:
        raise RuleError.of(
            standard.name,
            came=f"no floor of money among {', '.join(dict.fromkeys(rule.name for rule in standard.rules))}"[:200],
            needed="at least one rule such as funding >= amount, with changeable=True on the measure of money",
        )
    _refuse_mixed(floors)
    if length is not None:
        _refuse_part_year(floors, length, on)
    records = _read(standard, census, stage=one_of(Stage, stage, "stage"), source=source, units=units)
    ruled_out: dict[_Way, bool] = {}
    return Entitlement(
        standard=standard.name,
        title=standard.title,
        on=on,
        unit=unit,
        citation=standard.citation,
        by_subject=tuple(
            _of_subject(index, record, floors, ruled_out, on, unit) for index, record in enumerate(records)
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


def _refuse_mixed(floors: Sequence[Floor]) -> None:
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


def _refuse_part_year(floors: Sequence[Floor], period: Amount, on: datetime.date) -> None:
    """Raise ``UnitMismatch`` where months served in a year would be added to rates over another period."""
    names = list(dict.fromkeys(floor.rule.name for floor in floors if floor.of_year))
    if names and period != _ONE_YEAR:
        listed = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
        raise UnitMismatch.of(
            "period",
            came=f"{period}, while what {listed} requires counts months_served in the calendar year {on.year}",
            needed="'1 年': it is money of that year, and neither scales to another period nor adds to rates over one",
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


_Way: TypeAlias = tuple[object, ...]
"""The place of a floor, then the values, then the names of the kinds and flags that are filled in for it."""


def _of_subject(
    index: int,
    record: Record,
    floors: Sequence[Floor],
    ruled_out: dict[_Way, bool],
    on: datetime.date,
    unit: Unit,
) -> SubjectEntitlement:
    stated = [demands_of(floor, record, on) for floor in floors]
    demands = [demand for of_floor in stated for demand in of_floor]
    low, high, contained = least(demands)
    ways = [least(filled)[:2] for filled in _completions(record, floors, stated, ruled_out, on)]
    if ways:
        low = min(one for one, _ in ways)
        highs = [most for _, most in ways if most is not None]
        high = max(highs) if len(highs) == len(ways) else None
    return SubjectEntitlement(
        index=index,
        subject=record.title,
        total=required_between(low, high, unit),
        lines=tuple(_lines(index, record, demands, contained)),
        record=record,
    )


def _completions(
    record: Record,
    floors: Sequence[Floor],
    stated: Sequence[list[Demand]],
    ruled_out: dict[_Way, bool],
    on: datetime.date,
) -> Iterator[list[Demand]]:
    """Yield the demands under every way of filling in the kinds and flags that decide which floors bind.

    ``stated`` are the demands of each floor as the record stands; ``ruled_out`` is kept for all subjects: whether what
    is filled in decides by itself that a floor does not bind. Nothing is yielded where all kinds and flags are known,
    nor where there would be too many ways.
    """
    options: dict[str, tuple[Value, ...]] = {}
    for fact in (fact for floor in floors for fact in floor.deciding):
        if not record.entries[fact.fact.name].known:
            options[fact.fact.name] = fact.fact.kinds if isinstance(fact, Category) else (True, False)
    if not options or math.prod(map(len, options.values())) > _COMPLETIONS:
        return
    open_facts = [[fact.fact.name for fact in floor.deciding if fact.fact.name in options] for floor in floors]
    # A floor is weighed once for each way of filling in what it depends on, not for each way of filling in all.
    weighed: dict[_Way, list[Demand]] = {
        (place,): demands for place, demands in enumerate(stated) if not open_facts[place]
    }
    for values in itertools.product(*options.values()):
        way = dict(zip(options, values, strict=True))
        entries = {name: _filled(value) for name, value in way.items()}
        filled = evolve(record, entries={**record.entries, **entries})
        demands: list[Demand] = []
        for place, (floor, names) in enumerate(zip(floors, open_facts, strict=True)):
            key = (place, *map(way.get, names))
            if key not in weighed:
                out = (*key, *names)
                if out not in ruled_out:
                    ruled_out[out] = never_binds(floor, entries, on)
                weighed[key] = [] if ruled_out[out] else demands_of(floor, filled, on)
            demands += weighed[key]
        yield demands


@functools.lru_cache(maxsize=1024)
def _filled(value: Value) -> Entry:
    return Entry(given=Given(value=value), known=True)


def _lines(
    index: int, record: Record, demands: Sequence[Demand], contained: Mapping[int, str]
) -> Iterator[EntitlementLine]:
    """Yield a line for each demand, elements that need the same amount for the same reason on one line."""
    groups: dict[object, list[int]] = {}
    sums: list[str] = []
    for place, demand in enumerate(demands):
        floor, spot = demand.floor, demand.spot
        bracket = floor.element_unit is not None or floor.period is not None
        sums.append(worked_out(floor.required, spot.scope, bracket=bracket))
        alike: object = place
        if floor.element_unit is not None and spot.least == spot.most == 1:
            alike = (demand.low, demand.high, sums[place], demand.missing, demand.payable, contained.get(place))
        groups.setdefault((id(floor), alike), []).append(place)
    for places in groups.values():
        demand, count = demands[places[0]], len(places)
        floor, high = demand.floor, demand.high
        yield EntitlementLine(
            index=index,
            subject=record.title,
            places=tuple(demands[place].spot.path for place in places),
            rule=floor.rule.name,
            label=floor.label,
            obligation=floor.rule.obligation,
            citation=floor.rule.citation,
            in_force=floor.in_force,
            required=required_between(demand.low * count, None if high is None else high * count, floor.shown),
            worked=_multiplied(demand, count, sums[places[0]]),
            missing=tuple(dict.fromkeys(lack for place in places for lack in demands[place].missing)),
            contained_in=contained.get(places[0]),
            unmeetable=demand.low > 0 and not demand.payable,
        )


def _multiplied(demand: Demand, count: int, words: str) -> str:
    """Return a sum times the elements that it is for, and times the period."""
    spot, floor = demand.spot, demand.floor
    if floor.element_unit is not None:
        if spot.least == spot.most:
            words = f"{Amount.of(count * spot.least, floor.element_unit)} × {words}"
        else:
            words = f"({spot.least}–{'?' if spot.most is None else spot.most}) {floor.element_unit} × {words}"
    return words if floor.period is None else f"{words} × {floor.period}"
