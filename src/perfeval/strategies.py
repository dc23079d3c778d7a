"""Hypothesis strategies for what the library takes: numbers, units, amounts, facts, conditions and rules.

For tests of rules and packs that use the library, and for its own. ``facts`` and ``completions`` serve any
subject; ``conditions`` and ``rules`` speak of one small tree of subjects: an :class:`Office` with two collections
of :class:`Person`, each with :class:`Course` s. Needs the extra ``perfeval[strategies]``; nothing in the library
imports this module. Imports ``units``, ``amounts``, ``facts``, ``expressions``, ``subjects`` and ``rules``.
"""

from __future__ import annotations

import datetime
import functools
import itertools
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final, assert_never

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from perfeval.amounts import Amount, AmountRange, Rounding
from perfeval.citations import Span
from perfeval.documents.bounds import Comparator
from perfeval.documents.printed import Printed
from perfeval.documents.project import (
    Approval,
    BasisDocument,
    BasisKind,
    EffectSentence,
    Form,
    Line,
    MoneyKind,
    Part,
    Period,
    Project,
    QuotedStandard,
    ScheduleItem,
    Section,
    StatedMoney,
    Task,
    Use,
    Year,
)
from perfeval.documents.quantities import SOURCE
from perfeval.documents.quantities import quantities as quantities_in
from perfeval.documents.rendering import render
from perfeval.expressions import (
    Compare,
    Condition,
    Many,
    Operator,
    Quantity,
    all_of,
    any_of,
    as_condition,
    by,
    named,
    total,
)
from perfeval.facts import (
    CategoryFact,
    DayFact,
    FactDeclaration,
    FlagFact,
    Given,
    Listed,
    ManyFact,
    MeasureFact,
    Stage,
    SubjectSchema,
    TextFact,
)
from perfeval.rules import Rule
from perfeval.scoping import free_facts
from perfeval.subjects import category, day, flag, many, measure, schema_of, subject, text
from perfeval.units import Unit, as_unit

__all__ = [
    "Course",
    "Office",
    "Person",
    "amounts",
    "completions",
    "conditions",
    "facts",
    "money",
    "numbers",
    "projects",
    "quantities",
    "rules",
    "units",
]

_MONEY: Final = ("分", "角", "元", "百元", "千元", "万元", "十万元", "百万元", "千万元", "亿元")
_COUNTS: Final = ("人", "个", "家", "户", "期", "次", "人次", "批次", "门", "场", "项", "台", "组织")
_OTHERS: Final = ("学时", "课时", "学分", "小时")
_DAYS: Final = ("天", "半天")
_MONTHS: Final = ("月", "季度", "半年", "年")
_RATIOS: Final = ("%", "‰", "倍")
_KINDS_OF_MONEY: Final = ("累计", "上年", "中央")
_KINDS_OF_COUNT: Final = ("书记", "党员", "党支部", "2026届")
_LARGEST: Final = 10**15


def numbers(
    minimum: int | Fraction | None = None,
    maximum: int | Fraction | None = None,
    *,
    places: int | None = None,
) -> SearchStrategy[Fraction]:
    """Return exact numbers between two bounds (of 10^15 where none is given), whole, decimal or any fraction.

    With ``places`` the numbers are decimals of at most so many places: 0 for whole numbers, 2 for money in
    元.

    >>> from hypothesis import find
    >>> find(numbers(minimum=3, places=0), lambda number: True)
    Fraction(3, 1)
    """
    low = Fraction(-_LARGEST if minimum is None else minimum)
    high = max(Fraction(_LARGEST), low) if maximum is None else Fraction(maximum)
    if places is not None:
        return _decimals(low, high, places)
    return st.one_of(
        *(_decimals(low, high, places) for places in (0, 2, 4) if -(-low * 10**places // 1) <= high * 10**places),
        st.fractions(low, high, max_denominator=max(1_000_000, low.denominator, high.denominator)),
    )


def _decimals(low: Fraction, high: Fraction, places: int) -> SearchStrategy[Fraction]:
    scale = 10**places
    return st.integers(int(-(-low * scale // 1)), int(high * scale // 1)).map(lambda scaled: Fraction(scaled, scale))


@st.composite
def units(draw: st.DrawFn) -> Unit:
    """Return units as they stand in standards: alone or per something, qualified or not.

    >>> from hypothesis import find
    >>> find(units(), lambda unit: unit.is_ratio).text
    '%'
    """
    head = draw(
        st.one_of(
            st.sampled_from(_MONEY + _COUNTS + _OTHERS + _DAYS + _MONTHS + _RATIOS),
            _qualified(_MONEY, _KINDS_OF_MONEY),
            _qualified(_COUNTS, _KINDS_OF_COUNT),
        )
    )
    unit = Unit.parse(head)
    per = draw(
        st.one_of(
            st.just(()),
            st.tuples(st.one_of(st.sampled_from(_COUNTS), _qualified(_COUNTS, _KINDS_OF_COUNT))),
            st.tuples(st.sampled_from(_DAYS + _MONTHS)),
            st.tuples(st.sampled_from(_COUNTS), st.sampled_from(_DAYS + _MONTHS)),
        )
    )
    bases = {base for base, _ in unit.dimension}
    kept = [name for name in per if bases.isdisjoint(base for base, _ in Unit.parse(name).dimension)]
    return Unit.parse("/".join([head, *kept]))


def _qualified(names: tuple[str, ...], qualifiers: tuple[str, ...]) -> SearchStrategy[str]:
    return st.builds("{}[{}]".format, st.sampled_from(names), st.sampled_from(qualifiers))


def money(minimum: int = 0, maximum: int = 10**15) -> SearchStrategy[Amount]:
    """Return sums of whole fen between two bounds in fen, shown in any unit of money.

    >>> from hypothesis import find
    >>> str(find(money(minimum=500), lambda amount: amount.unit.text == "元"))
    '5 元'
    """
    return st.builds(Amount.from_root, st.integers(minimum, maximum), st.sampled_from(_MONEY))


def amounts(
    unit: str | Unit | SearchStrategy[Unit] | None = None,
    number: SearchStrategy[Fraction] | None = None,
) -> SearchStrategy[Amount]:
    """Return exact amounts: of one unit, of drawn units, or of any; the number is how many of the unit.

    >>> from hypothesis import find
    >>> str(find(amounts("元/年", numbers(minimum=3000, places=0)), lambda amount: True))
    '3,000 元/年'
    """
    if unit is None:
        shown: SearchStrategy[Unit] = units()
    else:
        shown = unit if isinstance(unit, SearchStrategy) else st.just(as_unit(unit))
    return st.builds(Amount.of, numbers() if number is None else number, shown)


# --- a small tree of subjects ----------------------------------------------------------------------------


@subject(zh="课程", en="course", unit="次")
class Course:
    """What a person attends."""

    hours = measure("学时", at_least=0, at_most=3, decimals=0, zh="学时", en="hours")
    passed = flag(zh="合格", en="passed")


@subject(zh="人员", en="person", unit="人")
class Person:
    """Someone who belongs to an office or visits it."""

    name = text(zh="姓名", en="name")
    pay = measure("元/月", at_least=-1, at_most=3, zh="津贴", en="pay")
    rank = category("甲", "乙", zh="等次", en="rank")
    active = flag(zh="在岗", en="active")
    since = day(zh="入职日期", en="since")
    courses = many(Course, at_most=2, zh="课程", en="courses")


@subject(zh="单位", en="office")
class Office:
    """What the random rules are about; ``staff`` is bounded, ``guests`` is not, ``reserve`` has no bounds."""

    budget = measure("元/年", at_least=-12, at_most=36, zh="经费", en="budget")
    reserve = measure("元/年", zh="结余", en="reserve")
    kind = category("大", "中", "小", zh="类别", en="kind")
    rural = flag(zh="农村", en="rural")
    founded = day(zh="成立日期", en="founded")
    staff = many(Person, at_most=2, zh="工作人员", en="staff")
    guests = many(Person, zh="来宾", en="guests")


# --- facts -----------------------------------------------------------------------------------------------

_FIRST_DAY: Final = datetime.date(2026, 1, 1)
_MOST_ITEMS: Final = 2


def facts(of: type | SubjectSchema, *, complete: bool = False) -> SearchStrategy[dict[str, object]]:
    """Return facts of a subject: every one of them with ``complete``, else with gaps, ranges and partial lists.

    >>> from hypothesis import find
    >>> sorted(find(facts(Course, complete=True), lambda given: True))
    ['hours', 'passed']
    """
    return _facts(schema_of(of), complete=complete)


def completions(of: type | SubjectSchema, given: Mapping[str, object]) -> SearchStrategy[dict[str, object]]:
    """Return complete facts that agree with ``given``: each gap is filled within its declared bounds.

    >>> from hypothesis import find
    >>> find(completions(Course, {"passed": False}), lambda filled: True)["passed"]
    False
    """
    return _completions(schema_of(of), given)


@st.composite
def _facts(draw: st.DrawFn, schema: SubjectSchema, *, complete: bool) -> dict[str, object]:
    filled: dict[str, object] = {}
    for fact in schema.facts:
        known = complete or draw(st.integers(0, 3)) > 0
        if not known:
            if draw(st.booleans()):
                filled[fact.name] = None
        elif isinstance(fact, ManyFact):
            filled[fact.name] = draw(_items(fact, complete=complete))
        elif isinstance(fact, MeasureFact) and not complete and draw(st.integers(0, 3)) == 0:
            ends = sorted(draw(st.tuples(_measured(fact), _measured(fact))))
            filled[fact.name] = draw(st.sampled_from([AmountRange(*ends), AmountRange(ends[0], None)]))
        else:
            filled[fact.name] = draw(_scalar(fact))
    return filled


@st.composite
def _items(draw: st.DrawFn, fact: ManyFact, *, complete: bool) -> object:
    most = _MOST_ITEMS if fact.at_most is None else min(_MOST_ITEMS, fact.at_most)
    least = min(fact.at_least, most)
    items = draw(st.lists(_facts(fact.element, complete=complete), min_size=least, max_size=most))
    if complete or draw(st.booleans()):
        return items
    most_others = draw(st.none() | st.integers(0, most - len(items)))
    others = draw(st.integers(0, most_others or 0))
    return Listed(items=tuple(items), others_at_least=others, others_at_most=most_others)


@st.composite
def _completions(draw: st.DrawFn, schema: SubjectSchema, given: Mapping[str, object]) -> dict[str, object]:
    filled: dict[str, object] = {}
    for fact in schema.facts:
        value = given.get(fact.name)
        if isinstance(fact, ManyFact):
            filled[fact.name] = draw(_completed_items(fact, value))
        elif isinstance(fact, MeasureFact) and isinstance(value, AmountRange):
            filled[fact.name] = draw(_measured(fact, value.low, value.high))
        else:
            filled[fact.name] = draw(_scalar(fact)) if value is None else value
    return filled


@st.composite
def _completed_items(draw: st.DrawFn, fact: ManyFact, value: object) -> list[dict[str, object]]:
    items: tuple[object, ...] = ()
    least, most = fact.at_least, fact.at_most
    if isinstance(value, Listed):
        items = tuple(value.items)
        least = max(value.others_at_least, fact.at_least - len(items), 0)
        limits = [
            limit
            for limit in (value.others_at_most, None if fact.at_most is None else fact.at_most - len(items))
            if limit is not None
        ]
        most = min(limits, default=None)
    elif isinstance(value, list):
        items, least, most = tuple(value), 0, 0
    others = draw(st.integers(least, least + 3 if most is None else most))
    known = [draw(_completions(fact.element, item)) for item in items if isinstance(item, Mapping)]
    return known + [draw(_facts(fact.element, complete=True)) for _ in range(others)]


def _scalar(fact: FactDeclaration) -> SearchStrategy[object]:
    match fact:
        case MeasureFact():
            return _measured(fact)
        case CategoryFact(kinds=kinds):
            return st.sampled_from(kinds)
        case FlagFact():
            return st.booleans()
        case DayFact():
            return st.dates(_FIRST_DAY, _FIRST_DAY + datetime.timedelta(days=3))
        case TextFact():
            return st.sampled_from(("张三", "李四"))
        case ManyFact():
            return _items(fact, complete=True)
        case _:
            assert_never(fact)


def _measured(fact: MeasureFact, low: Amount | None = None, high: Amount | None = None) -> SearchStrategy[Amount]:
    least = low or fact.at_least
    most = high or fact.at_most
    start = Fraction(-40) if least is None else least.number_in(fact.unit)
    if least is None and most is not None:
        start = min(start, most.number_in(fact.unit) - 40)
    end = max(Fraction(40), start + 40) if most is None else most.number_in(fact.unit)
    number = numbers(start, end, places=2 if fact.decimals is None else fact.decimals)
    if fact.decimals is None:
        edges = [edge for edge in (start, end, Fraction(0)) if start <= edge <= end]
        number = st.sampled_from(edges) | number
    return st.builds(Amount.of, number, st.just(fact.unit))


# --- conditions and rules --------------------------------------------------------------------------------


@functools.cache
def quantities(level: int = 0, depth: int = 2) -> SearchStrategy[Quantity]:
    """Return sums of money a year or a month that may name the office (level 0), a person (1), a course (2).

    >>> from hypothesis import find
    >>> find(quantities(depth=0), lambda node: True)
    Office.budget
    """
    leaves: list[SearchStrategy[Quantity]] = [st.sampled_from((Office.budget, Office.reserve))]
    if level > 0:
        leaves.insert(0, st.just(Person.pay))
    leaf = st.one_of(leaves)
    if depth <= 0:
        return leaf
    inner = st.deferred(lambda: quantities(level, depth - 1))
    literal = amounts(st.sampled_from(("元/年", "元/月")).map(Unit.parse), numbers(-3, 12, places=0))
    ratio = _ratios(level, depth - 1)
    cases = st.tuples(inner, literal, inner).map(lambda three: dict(zip(("大", "中", "小"), three, strict=True)))
    return st.one_of(
        leaf,
        st.tuples(inner, inner).map(total),
        st.tuples(inner, literal).map(lambda two: two[0] - two[1]),
        inner.map(lambda node: -node),
        st.tuples(inner, ratio).map(lambda two: two[0] * two[1]),
        st.tuples(inner, ratio).map(lambda two: two[0] / two[1]),
        cases.map(lambda each: by(Office.kind, each)),
        st.builds(
            lambda node, mode: node.round("5 元/年", mode),
            inner,
            st.sampled_from((Rounding.HALF_UP, Rounding.DOWN)),
        ),
        _aggregates(level, depth - 1),
    )


def _collections(level: int) -> SearchStrategy[tuple[Many, int]]:
    known = [(Office.staff, 1), (Office.guests, 1)]
    if level > 0:
        known.append((Person.courses, 2))
    return st.sampled_from(known)


@functools.cache
@st.composite
def _aggregates(draw: st.DrawFn, level: int, depth: int) -> Quantity:
    collection, inside = draw(_collections(level))
    # A quantity that does not name the element binds it all the same: it counts once for each.
    of = draw(quantities(max(level, inside), depth - 1))
    where = draw(st.none() | _conditions(max(level, inside), depth - 1))
    kind = draw(st.sampled_from(("sum", "minimum", "maximum")))
    built: Quantity = getattr(collection, kind)(of, where=where)
    return built


@functools.cache
@st.composite
def _ratios(draw: st.DrawFn, level: int, depth: int) -> Quantity:
    shape = draw(st.integers(0, 3))
    if shape == 0 or depth < 0:
        return total([draw(st.sampled_from(("50 %", "0 %", "-1 倍", "2 倍")))])
    if shape == 1:
        return draw(quantities(level, depth - 1)) / draw(quantities(level, depth - 1))
    collection, inside = draw(_collections(level))
    where = draw(_conditions(max(level, inside), depth - 1))
    return collection.share(where, among=draw(st.none() | _conditions(max(level, inside), depth - 1)))


@functools.cache
@st.composite
def _compared(draw: st.DrawFn, level: int, depth: int) -> Condition:
    operator = draw(st.sampled_from(Operator))
    shape = draw(st.integers(0, 5))
    if shape == 0:
        first = draw(st.sampled_from((Office.founded, Person.since) if level > 0 else (Office.founded,)))
        day_named = _FIRST_DAY + datetime.timedelta(days=draw(st.integers(0, 3)))
        return as_condition(first >= day_named if draw(st.booleans()) else first < day_named)
    if shape == 1:
        collection, inside = draw(_collections(level))
        where = draw(st.none() | _conditions(max(level, inside), depth - 1))
        number = draw(st.integers(0, 3))
        return Compare(
            collection.count(where=where), operator, total([f"{number} {collection.fact.element.unit.text}"])
        )
    if shape == 2:
        return Compare(
            draw(_ratios(level, depth - 1)), operator, total([draw(st.sampled_from(("0 %", "50 %", "1 倍")))])
        )
    if shape == 3 and level > 1:
        return Compare(total([Course.hours]), operator, total([f"{draw(st.integers(0, 3))} 学时"]))
    right = draw(quantities(level, depth - 1) | amounts("元/年", numbers(-3, 12, places=0)).map(lambda a: total([a])))
    return Compare(draw(quantities(level, depth)), operator, right)


@functools.cache
@st.composite
def _conditions(draw: st.DrawFn, level: int, depth: int) -> Condition:
    shape = draw(st.integers(0, 3 if depth <= 0 else 10))
    if shape == 0:
        return draw(st.sampled_from((Office.rural, Person.active, Course.passed)[: level + 1]))
    if shape == 1:
        if level > 0 and draw(st.booleans()):
            return Person.rank.is_in("甲")
        return Office.kind.is_in(*draw(st.lists(st.sampled_from(("大", "中", "小")), min_size=1, unique=True)))
    if shape in (2, 3):
        return draw(_compared(level, depth))
    inner = _conditions(level, depth - 1)
    if shape == 4:
        return all_of(draw(inner), draw(inner))
    if shape == 5:
        return any_of(draw(inner), draw(inner))
    if shape == 6:
        return ~draw(inner)
    if shape == 7:
        return draw(inner).when(draw(inner))
    if shape == 8:
        return named("part", draw(inner))
    collection, inside = draw(_collections(level))
    element = _conditions(max(level, inside), depth - 1)
    where = draw(st.none() | element)
    return (collection.every if shape == 9 else collection.some)(draw(element), where=where)


def conditions(depth: int = 2) -> SearchStrategy[Condition]:
    """Return well-typed conditions on an :class:`Office`, of every kind of node.

    >>> from hypothesis import find
    >>> find(conditions(), lambda node: True)
    Office.rural
    """
    return _conditions(0, depth).filter(lambda node: any(True for _ in free_facts(node)))


def rules(depth: int = 2) -> SearchStrategy[Rule]:
    """Return rules on an :class:`Office`, with and without ``when``.

    >>> from hypothesis import find
    >>> find(rules(), lambda rule: True).name
    'rule'
    """
    return st.builds(Rule, st.just("rule"), conditions(depth), when=st.none() | conditions(1))


# --- project texts ---------------------------------------------------------------------------------------

_LINE_NAMES: Final = ("材料费", "人工费", "印刷费", "差旅费", "设备购置费", "租赁费", "办公费")
_SOURCE_NAMES: Final = ("县级财政", "乡镇自筹", "上年结转", "其他资金")
_DEEDS: Final = ("清理边沟", "更换护栏", "印制手册", "修补桥面", "粉刷站房")
_EFFECTS: Final = ("道路更加畅通", "环境明显改善", "居民出行更加方便")
_USES: Final = ("订阅报刊", "购买工具", "印制手册", "租赁车辆")
_OTHER_MONEY: Final = (
    ("项目总投资", MoneyKind.CUMULATIVE, None),
    ("累计投入", MoneyKind.CUMULATIVE, None),
    ("建设资金", MoneyKind.PRIOR_YEAR, -1),
    ("建设资金", MoneyKind.OTHER_YEAR, 1),
)


def projects() -> SearchStrategy[Project]:
    """Return projects in every form whose facts are all that their text says; ``text`` is how they are rendered.

    Reading the text gives the project again, but for its spans, which only tell its figures apart.

    >>> from hypothesis import find
    >>> find(projects(), lambda project: project.request is not None).request is None
    False
    """
    return _projects()


@st.composite
def _projects(draw: st.DrawFn) -> Project:
    places = itertools.count()
    form = draw(st.sampled_from(Form))
    year = draw(st.integers(2020, 2030))
    dropped = draw(
        st.sets(st.sampled_from((Part.BASIS, Part.UNIT, Part.PERIOD, Part.SCHEDULE, Part.EFFECT)), max_size=2)
    )
    has_name = Part.NAME in form.required or draw(st.booleans())
    parts = [part for part in form.required if part not in dropped]
    parts = parts if Part.NAME in parts or not has_name else [Part.NAME, *parts]
    sections = tuple(
        Section(
            part=part,
            number=number,
            title=form.heading(part) or part.value,
            heading=_place(places),
            body=_place(places, "概况从略。" if part is Part.OVERVIEW else ""),
        )
        for number, part in enumerate(parts, 1)
    )
    period = draw(_periods(year)) if Part.PERIOD in parts else None
    absent = {part for part in form.required if part not in parts}
    approval_number = f"清财预〔{year}〕{draw(st.integers(1, 99))}号" if draw(st.booleans()) else None
    basis, quoted, money = draw(_rested(places)) if Part.BASIS in parts else ((), (), ())
    funding = draw(_funded(places, year, approval_number))
    if funding.approval is not None and approval_number is not None:
        known = BasisDocument(
            title=None, number=approval_number, year=year, kind=BasisKind.OTHER, part=Part.FUNDING, span=_place(places)
        )
        basis = (*basis, known)
    schedule: tuple[ScheduleItem, ...] = ()
    if Part.SCHEDULE in parts:
        schedule = tuple(draw(st.lists(_scheduled(places, year), max_size=3)))
    uses = tuple(
        Use(activity=None, text=text, part=Part.FUNDING, span=_place(places))
        for text in draw(st.lists(st.sampled_from(_USES), max_size=2, unique=True))
    )
    scheduled = tuple(_stated_item(places, item, year) for item in schedule)
    project = evolve(
        funding,
        name=draw(st.sampled_from(("驿站运行经费", "河道清淤工程", "图书更新项目"))),
        unit=draw(st.sampled_from(("清溪县水务局", "青禾县文化馆"))) if Part.UNIT in parts else None,
        year=Year(number=year, span=_place(places)),
        sections=sections,
        missing=tuple(part for part in form.required if part in absent),
        basis=basis,
        quoted=quoted,
        tasks=tuple(draw(_tasks(places))),
        schedule=schedule,
        uses=uses,
        effects=tuple(draw(st.lists(_effects(places), max_size=3))) if Part.EFFECT in parts else (),
        has_phasing=len({(item.first_month, item.last_month) for item in schedule}) > 1,
        form=form,
        period=period,
        money=(*money, *funding.money, *scheduled),
    )
    text = render(project)
    return evolve(project, text=text, span=Span(start=0, end=len(text), text=text))


def _place(places: Iterator[int], text: str = "") -> Span:
    """Return a place that is like no other, for figures that stand in no text yet."""
    start = next(places)
    return Span(start=start, end=start + len(text), text=text)


@st.composite
def _figures(draw: st.DrawFn, places: Iterator[int]) -> Printed:
    decimals = draw(st.integers(0, 2))
    number = Fraction(draw(st.integers(1, 10**7)), 10**decimals)
    unit = draw(st.sampled_from(("元", "万元")))
    return Printed(number=number, decimals=decimals, amount=Amount.of(number, unit), span=_place(places))


def _planned(printed: Printed) -> Given:
    return Given(value=printed.amount, stage=Stage.PLANNED, source=SOURCE, span=printed.span)


def _stated(
    places: Iterator[int],
    name: str,
    printed: Printed,
    part: Part,
    year: int | None,
    kind: MoneyKind = MoneyKind.ANNUAL,
) -> StatedMoney:
    return StatedMoney(name=name, kind=kind, year=year, printed=printed, part=part, span=_place(places))


def _stated_item(places: Iterator[int], item: ScheduleItem, year: int) -> StatedMoney:
    amount = item.amount.value
    assert isinstance(amount, Amount)  # noqa: S101 - it was drawn as one
    printed = Printed(number=amount.number, decimals=0, amount=amount, span=item.amount.span)
    return _stated(places, item.purpose, printed, Part.SCHEDULE, year)


@st.composite
def _lines(draw: st.DrawFn, places: Iterator[int], name: str, depth: int = 1) -> tuple[Line, tuple[StatedMoney, ...]]:
    """Return a line with its factors or its parts, and the money that they state."""
    printed = draw(_figures(places))
    stated = [_stated(places, name, printed, Part.FUNDING, None)]
    line = Line(name=name, amount=_planned(printed), span=_place(places))
    shape = draw(st.integers(0, 2)) if depth else 0
    if shape == 1:
        people, days, rate = (draw(st.integers(2, 90)) for _ in range(3))
        units = ((people, "人"), (days, "天"), (rate, "元/人/天"))
        factors = tuple(
            Given(value=Amount.of(number, unit), stage=Stage.PLANNED, source=SOURCE) for number, unit in units
        )
        line = evolve(line, factors=factors)
    elif shape == 2:
        drawn = [
            draw(_lines(places, each, 0))
            for each in draw(st.lists(st.sampled_from(_LINE_NAMES), min_size=1, max_size=2, unique=True))
        ]
        line = evolve(line, parts=tuple(part for part, _ in drawn))
        stated += [one for _, said in drawn for one in said]
    return line, tuple(stated)


@st.composite
def _funded(draw: st.DrawFn, places: Iterator[int], year: int, approval_number: str | None) -> Project:
    """Return what a project says of its money, with the money that it states in the order of its text."""
    stated: list[StatedMoney] = []
    for name, kind, later in draw(st.lists(st.sampled_from(_OTHER_MONEY), max_size=2, unique=True)):
        printed = draw(_figures(places))
        of = None if later is None else year + later
        qualifier = {MoneyKind.CUMULATIVE: "累计", MoneyKind.PRIOR_YEAR: "上年"}.get(kind, f"{of}年")
        unit = f"{printed.amount.unit.text}[{qualifier}]"  # type: ignore[union-attr]
        printed = evolve(printed, amount=Amount.of(printed.number, unit))
        stated.append(_stated(places, name, printed, Part.FUNDING, of, kind))
    request = draw(_figures(places)) if draw(st.booleans()) else None
    approved = draw(_figures(places)) if draw(st.booleans()) else None
    if request is not None:
        name = draw(st.sampled_from(("本项目申请预算资金", "申请资金")))
        stated.append(_stated(places, name, request, Part.FUNDING, year))
    if approved is not None:
        stated.append(_stated(places, "批复", approved, Part.FUNDING, year))
    sources: list[Line] = []
    if draw(st.booleans()):
        said_year: int | None = None
        for name in draw(st.lists(st.sampled_from(_SOURCE_NAMES), min_size=2, max_size=3, unique=True)):
            line, said = draw(_lines(places, name, 0))
            sources.append(line)
            # 上年结转 is money of this year; where it leads the list, so says it of what follows.
            own_year = year if name == "上年结转" else said_year
            said_year = own_year if len(sources) == 1 else said_year
            stated += [evolve(one, year=own_year) for one in said]
    lines: list[Line] = []
    for name in draw(st.lists(st.sampled_from(_LINE_NAMES), max_size=4, unique=True)):
        line, said = draw(_lines(places, name))
        lines.append(line)
        stated += said
    total = draw(_figures(places)) if len(lines) > 0 and draw(st.booleans()) else None
    if total is not None:
        stated.append(_stated(places, "合计", total, Part.FUNDING, None))
    return Project(
        text="",
        request=None if request is None else _planned(request),
        approval=None
        if approved is None
        else Approval(amount=_planned(approved), document=approval_number, span=_place(places)),
        lines=tuple(lines),
        totals=() if total is None else (_planned(total),),
        sources=tuple(sources),
        has_calculation_basis=any(line.factors for line in lines),
        money=tuple(stated),
    )


_Rested = tuple[tuple[BasisDocument, ...], tuple[QuotedStandard, ...], tuple[StatedMoney, ...]]


@st.composite
def _rested(draw: st.DrawFn, places: Iterator[int]) -> _Rested:
    """Return the documents that a project rests on, the standards that it quotes from them, and their money."""
    documents: list[BasisDocument] = []
    quoted: list[QuotedStandard] = []
    stated: list[StatedMoney] = []
    for at in range(draw(st.integers(0, 2))):
        year = draw(st.integers(2015, 2024))
        number = f"清政办发〔{year}〕{draw(st.integers(1, 49)) + 50 * at}号"
        documents.append(
            BasisDocument(
                title=f"{('驿站', '河道')[at]}管理办法",
                number=number,
                year=year,
                kind=BasisKind.NOTICE,
                part=Part.BASIS,
                span=_place(places),
            )
        )
        if not draw(st.booleans()):
            continue
        binds, period = draw(st.sampled_from(("养护站", "卫生室", "护林员"))), draw(st.sampled_from(("年", "月")))
        counted = "人" if binds.endswith("员") else "个"
        literal = Amount.of(draw(st.integers(1, 10**6)), "元")
        comparator = draw(st.sampled_from((Comparator.GE, Comparator.LE)))
        span = _place(places)
        quoted.append(
            QuotedStandard(
                binds=binds,
                scope=None,
                comparator=comparator,
                amount=Given(value=Amount.of(literal.number, f"元/{counted}[{binds}]/{period}"), stage=Stage.PLANNED),
                literal=Given(value=literal, stage=Stage.PLANNED, source=SOURCE, span=span),
                purpose="运行经费",
                purpose_span=None,
                period=period,
                period_inherited=False,
                period_span=None,
                per_what=f"{counted}[{binds}]",
                document=number,
                span=span,
            )
        )
        printed = Printed(number=literal.number, decimals=0, amount=literal, span=span)
        money = _stated(places, f"每个{binds}每{period}", printed, Part.BASIS, None)
        stated.append(evolve(money, comparator=comparator, per=(binds, period)))
    return tuple(documents), tuple(quoted), tuple(stated)


def _periods(year: int) -> SearchStrategy[Period]:
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return st.sampled_from(
        tuple(
            Period(first=begins, last=ends, span=Span(start=0, end=len(text), text=text))
            for text, begins, ends in (
                (f"{year}年1月1日至{year}年12月31日", first, last),
                (f"{year}年1—12月", first, last),
                (f"{year}-{year + 2}年", first, datetime.date(year + 2, 12, 31)),
                (f"{year}年1月起", first, None),
                ("长期", None, None),
            )
        )
    )


@st.composite
def _tasks(draw: st.DrawFn, places: Iterator[int]) -> list[Task]:
    markers = draw(st.sampled_from(((None,) * 5, tuple("一二三四五"), ("1.", "2.", "3.", "4.", "5."))))
    tasks = []
    for marker, deed in zip(markers, draw(st.lists(st.sampled_from(_DEEDS), max_size=4, unique=True)), strict=False):
        times = draw(st.none() | st.integers(1, 20))
        text = deed if times is None else f"{deed}不少于{times}次"
        shown = f"{marker}是" if marker in tuple("一二三四五") else marker
        tasks.append(Task(marker=shown, title=text, text=text, span=_place(places), quantities=quantities_in(text)))
    return tasks


@st.composite
def _scheduled(draw: st.DrawFn, places: Iterator[int], year: int) -> ScheduleItem:
    first = draw(st.integers(1, 11))
    last = draw(st.integers(first + 1, 12))
    amount = Amount.of(draw(st.integers(1, 10**6)), "元")
    return ScheduleItem(
        purpose=draw(st.sampled_from(_LINE_NAMES)),
        period=f"{year}年{first}—{last}月",
        first_month=first,
        last_month=last,
        amount=Given(value=amount, stage=Stage.PLANNED, source=SOURCE, span=_place(places)),
        span=_place(places),
    )


@st.composite
def _effects(draw: st.DrawFn, places: Iterator[int]) -> EffectSentence:
    share = draw(st.none() | st.integers(1, 100))
    if share is None:
        return EffectSentence(text=draw(st.sampled_from(_EFFECTS)), has_number=False, span=_place(places))
    return EffectSentence(
        text=f"居民满意度不低于{share}%",
        has_number=True,
        span=_place(places),
        figures=(Given(value=Amount.of(share, "%"), stage=Stage.PLANNED, source=SOURCE),),
    )
