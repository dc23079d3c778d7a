"""Remedies: a change that is offered mends, one step less does not, and no fact that would have done is left out."""

from __future__ import annotations

import datetime
import math
import time
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import perfeval as pe
from perfeval.amounts import Amount
from perfeval.expressions import Compare, Condition, Operator, Quantity
from perfeval.facts import MeasureFact
from perfeval.judging import verdict_of
from perfeval.remedies import (
    Change,
    Remedy,
    apply_changes,
    remedy,
    remedy_sentence,
    total_remedy,
)
from perfeval.standards.xinping_2026_training import STANDARD as XINPING
from perfeval.standards.yuxi_2023_5 import STANDARD as YUXI
from perfeval.subjects import Record, read
from perfeval.verdicts import Verdict

MET, UNMET = Verdict.MET, Verdict.UNMET
UNKNOWN, NOT_APPLICABLE = Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
DAY = datetime.date(2026, 12, 31)
LAW = settings(max_examples=60, deadline=None)


@pe.subject(zh="学员", en="trainee", unit="人")
class Trainee:
    """Someone on a team, with two facts that may change and one that may not."""

    name = pe.text(zh="姓名", en="name")
    hours = pe.measure("学时", at_least=0, at_most=9, decimals=0, changeable=True, zh="学时", en="hours")
    pay = pe.measure("元/月", at_least=-2, at_most=9, decimals=0, changeable=True, zh="津贴", en="pay")
    fixed = pe.measure("学时", at_least=0, zh="固定学时", en="fixed hours")
    active = pe.flag(zh="在岗", en="active")


@pe.subject(zh="班组", en="team", unit="个")
class Team:
    """What the rules are about; every changeable fact has few values, so that all of them can be tried."""

    kind = pe.category("甲", "乙", zh="类别", en="kind")
    fund = pe.measure("元/月", at_least=0, at_most=20, decimals=0, changeable=True, zh="经费", en="fund")
    spare = pe.measure("元/月", at_least=-5, at_most=5, decimals=0, changeable=True, zh="结余", en="spare")
    floor = pe.measure("元/月", zh="标准", en="floor")
    teachers = pe.measure("人", at_most=6, changeable=True, zh="教师", en="teachers")
    trainees = pe.many(Trainee, zh="学员", en="trainees")


# --- drawing ---------------------------------------------------------------------------------------------------


def literal(low: int, high: int, unit: str) -> st.SearchStrategy[Quantity]:
    """Return amounts of a unit as nodes; halves too, so that thresholds fall beside the grid."""
    return st.integers(2 * low, 2 * high).map(lambda twice: pe.total([Amount.of(Fraction(twice, 2), unit)]))


@st.composite
def quantities(draw: st.DrawFn, inside: bool, depth: int) -> Quantity:
    """Return money a month: facts, sums, products, roundings, aggregates."""
    leaves: list[Any] = [Team.fund, Team.spare, Team.floor] + ([Trainee.pay] * 3 if inside else [])
    shape = draw(st.integers(0, 9 if depth > 0 else 1))
    if shape <= 1:
        return draw(st.sampled_from(leaves))
    inner = draw(quantities(inside, depth - 1))
    match shape:
        case 2 | 3:
            return pe.total([inner, draw(quantities(inside, depth - 1))])
        case 4:
            return inner - draw(literal(-3, 9, "元/月"))
        case 5:
            return inner * draw(st.sampled_from(("-50 %", "2 倍", "150 %")))
        case 6:
            return inner.round("3 元/月", draw(st.sampled_from(("HALF_UP", "DOWN", "CEILING"))))
        case 7:
            return pe.by(Team.kind, {"甲": inner, "乙": draw(quantities(inside, depth - 1))})
        case _:
            how = draw(st.sampled_from(("sum", "sum", "minimum", "maximum")))
            where = draw(st.none() | (conditions(True, depth - 2) if how == "sum" else st.just(Trainee.active)))
            made: Quantity = getattr(Team.trainees, how)(draw(quantities(True, depth - 1)), where=where)
            return made


@st.composite
def compared(draw: st.DrawFn, inside: bool, depth: int) -> Condition:
    """Return comparisons of money, hours, people and shares."""
    operator = draw(st.sampled_from(Operator))
    match draw(st.integers(0, 6)):
        case 0 if inside:
            return Compare(
                draw(st.sampled_from((Trainee.hours, Trainee.hours + Trainee.fixed))),
                operator,
                draw(literal(0, 10, "学时")),
            )
        case 1:
            total = Team.trainees.sum(Trainee.hours, where=draw(st.none() | conditions(True, 0)))
            return Compare(total, operator, draw(literal(0, 30, "学时")))
        case 2:
            counted = Team.trainees.count(where=draw(conditions(True, 0)))
            return Compare(counted, operator, draw(literal(0, 3, "人")))
        case 3:
            share = Team.trainees.share(draw(conditions(True, 0)), among=draw(st.none() | st.just(Trainee.active)))
            return Compare(
                share, operator, draw(st.sampled_from(("30 %", "50 %", "1 倍")).map(lambda t: pe.total([t])))
            )
        case 4:
            return Compare(pe.total([Team.teachers]), operator, draw(literal(0, 6, "人")))
        case 5:
            # Never zero: a comparison that ceases to apply is not mended.
            divisor = draw(st.sampled_from((Team.fund + "1 元/月", Team.spare - "6 元/月", Team.floor + "2 元/月")))
            ratio = draw(quantities(inside, 1)) / divisor
            return Compare(
                ratio, operator, draw(st.sampled_from(("30 %", "-50 %", "1 倍")).map(lambda t: pe.total([t])))
            )
        case _:
            right = draw(literal(-5, 30, "元/月") | quantities(inside, depth))
            return Compare(draw(quantities(inside, depth)), operator, right)


@st.composite
def conditions(draw: st.DrawFn, inside: bool, depth: int) -> Condition:
    """Return conditions of every kind of node."""
    shape = draw(st.integers(0, 9 if depth > 0 else 3))
    if shape <= 2:
        return draw(compared(inside, depth))
    if shape == 3:
        return Trainee.active if inside else Team.kind.is_in("甲")
    inner = conditions(inside, depth - 1)
    match shape:
        case 4 | 5:
            return pe.all_of(draw(inner), draw(inner))
        case 6:
            return pe.any_of(draw(inner), draw(inner))
        case 7:
            return ~draw(inner)
        case 8:
            # Where a clause binds is no matter of remedies: guards name what may not change.
            guard = draw(st.sampled_from((Team.kind.is_in("乙"), Team.floor >= "3 元/月")))
            return pe.named("part", draw(inner)).when(guard)
        case _:
            where = draw(st.none() | st.just(Trainee.active))
            every: Condition = draw(st.sampled_from((Team.trainees.every, Team.trainees.some)))(
                draw(conditions(True, depth - 1)), where=where
            )
            return every


RULES = st.builds(pe.Rule, st.just("rule"), conditions(False, 2).filter(lambda node: "Team." in repr(node)))

TRAINEES = st.fixed_dictionaries(
    {
        "hours": st.integers(0, 9).map(lambda n: f"{n} 学时"),
        "pay": st.integers(-2, 9).map(lambda n: f"{n} 元/月"),
        "fixed": st.integers(0, 3).map(lambda n: f"{n} 学时"),
        "active": st.booleans(),
    }
)
TEAMS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(("甲", "乙")),
        "fund": st.integers(0, 20).map(lambda n: f"{n} 元/月"),
        "spare": st.integers(-5, 5).map(lambda n: f"{n} 元/月"),
        "floor": st.integers(0, 9).map(lambda n: f"{n} 元/月"),
        "teachers": st.integers(0, 6).map(lambda n: f"{n} 人"),
        "trainees": st.lists(TRAINEES, max_size=3),
    }
)


def verdict(rule: pe.Rule, record: Record) -> Verdict:
    """Return what a rule comes to on the last day of the year."""
    return verdict_of(rule, record, on=DAY).verdict


def facts_of(record: Record) -> Iterator[tuple[Record, MeasureFact]]:
    """Yield every changeable fact of a record and of what is below it."""
    for fact in record.schema.facts:
        if isinstance(fact, MeasureFact) and fact.changeable:
            yield record, fact
    for found in record.collections.values():
        for item in found.items:
            yield from facts_of(item)


def moved(record: Record, path: str, after: Amount) -> Record:
    """Return the record with one fact at another value."""
    holder, fact = next((one, fact) for one, fact in facts_of(record) if one.where(fact.name) == path)
    before = holder.entries[fact.name].given.value
    assert isinstance(before, Amount)
    change = Change(
        path=path, label=fact.label, of=holder.title, subject=holder.schema.name, before=before, after=after
    )
    return apply_changes(record, [change])


def nearest_by_trying(rule: pe.Rule, record: Record) -> dict[str, Fraction]:
    """Return the least distance at which each fact alone meets the rule, by trying every value that it may take."""
    found: dict[str, Fraction] = {}
    for holder, fact in facts_of(record):
        path, given = holder.where(fact.name), holder.entries[fact.name].given.value
        assert isinstance(given, Amount) and fact.at_least is not None and fact.at_most is not None
        present, low, high = (int(end.number_in(fact.unit)) for end in (given, fact.at_least, fact.at_most))
        others = sorted({*range(low, high + 1)} - {present}, key=lambda value: abs(value - present))
        for value in others:
            if verdict(rule, moved(record, path, Amount.of(value, fact.unit))) is MET:
                found[path] = Fraction(abs(value - present))
                break
    return found


# --- laws ------------------------------------------------------------------------------------------------------


@settings(max_examples=80, deadline=None)
@given(RULES, TEAMS)
def test_a_single_change_is_the_smallest_and_none_is_left_out(rule: pe.Rule, given_facts: dict[str, Any]) -> None:
    """Of every fact that alone can meet the rule the least change is offered, and of no other fact any."""
    record = read(Team, given_facts)
    found = remedy(rule, record, on=DAY, most=100)
    assert found.verdict is verdict(rule, record)
    if found.verdict is not UNMET:
        assert not found.changes and not found.sets
        return
    offered = {change.path: abs(change.by.number) for change in found.changes}
    assert offered == nearest_by_trying(rule, record)


@settings(max_examples=120, deadline=None)
@given(RULES, TEAMS)
def test_what_is_offered_mends_and_less_does_not(rule: pe.Rule, given_facts: dict[str, Any]) -> None:
    """Applied it is MET; one step less, or a set without one of its members, is not. Single facts come before sets."""
    record = read(Team, given_facts)
    found = remedy(rule, record, on=DAY)
    for change in found.changes:
        assert verdict(rule, apply_changes(record, [change])) is MET
        back = Amount.of(1 if change.by.root < 0 else -1, change.after.unit)
        if change.after + back != change.before:
            assert verdict(rule, moved(record, change.path, change.after + back)) is not MET
    assert not (found.changes and found.sets)
    for together in found.sets:
        assert len(together) > 1
        assert verdict(rule, apply_changes(record, together)) is MET
        for place in range(len(together)):
            fewer = together[:place] + together[place + 1 :]
            assert verdict(rule, apply_changes(record, fewer)) is not MET


@settings(max_examples=30, deadline=None)
@given(RULES, TEAMS)
def test_units_of_the_input_change_nothing(rule: pe.Rule, given_facts: dict[str, Any]) -> None:
    """Money given a year, in 万元 or in fen has the remedy of the same money given a month."""

    def restated(facts: dict[str, Any], unit: str) -> dict[str, Any]:
        return {
            name: Amount.parse(value).to(unit)
            if isinstance(value, str) and value.endswith("元/月")
            else [restated(item, unit) for item in value]
            if isinstance(value, list)
            else value
            for name, value in facts.items()
        }

    one = remedy(rule, read(Team, given_facts), on=DAY)
    for unit in ("元/年", "万元/年", "分/季度"):
        other = remedy(rule, read(Team, restated(given_facts, unit)), on=DAY)
        assert other == one
        assert [str(change.after) for change in other.changes] == [str(change.after) for change in one.changes]


@pe.subject(zh="支部", en="branch")
class Branch:
    """One measure of each kind of grid."""

    funding = pe.measure("元/年", at_least=0, changeable=True, zh="工作经费", en="work funding")
    large = pe.measure("万元/年", changeable=True, zh="专项经费", en="special funding")
    tens = pe.measure("元", decimals=1, changeable=True, zh="补助", en="grant")
    hours = pe.measure("学时", changeable=True, zh="学时", en="class-hours")
    courses = pe.measure("期", changeable=True, zh="期数", en="courses")
    members = pe.measure("人", zh="人数", en="members")


# The step of each fact in its own unit: a fen a year is 0.01 元/年, and 0.000001 万元/年; any exact number of 学时.
GRIDS = {
    "funding": Fraction(1, 100),
    "large": Fraction(1, 1_000_000),
    "tens": Fraction(1, 10),
    "hours": None,
    "courses": Fraction(1),
}


@LAW
@given(st.sampled_from(sorted(GRIDS)), st.integers(0, 500), st.fractions(0, 1000, max_denominator=997))
def test_the_change_of_one_measure_is_its_shortfall_rounded_up_to_the_grid(
    name: str, held: int, wanted: Fraction
) -> None:
    """A floor on one measure wants the next multiple of its step, no more; met, it wants nothing."""
    node, step = getattr(Branch, name), GRIDS[name]
    unit = node.fact.unit
    rule = pe.Rule("floor", node >= Amount.of(wanted, unit))
    found = remedy(rule, read(Branch, {name: Amount.of(held, unit)}), on=DAY)
    if held >= wanted:
        assert found.verdict is MET and found.changes == () and found.detail.en == "already met"
        return
    least = wanted if step is None else math.ceil(wanted / step) * step
    assert [(change.path, change.by.number) for change in found.changes] == [(name, least - held)]
    assert found.changes[0].after.unit == unit


@LAW
@given(st.lists(st.integers(0, 400), min_size=1, max_size=6))
def test_each_short_element_needs_its_own_change(allowances: list[int]) -> None:
    """Of every secretary at least 200 元 a month: one change for each who is short, and exactly the gap."""
    record = YUXI.read(
        {
            "non_public": True,
            "secretaries": [
                {"allowance_fiscal": f"{amount} 元/月", "allowance_pretax": "0 元/月", "allowance_dues": "0 元/月"}
                for amount in allowances
            ],
        }
    )
    found = remedy(YUXI["secretary_allowance"], record, on=DAY)
    gaps = {f"secretaries[{i}]": 200 - amount for i, amount in enumerate(allowances) if amount < 200}
    options = found.sets or tuple((change,) for change in found.changes)
    assert len(options) == (3 if gaps else 0)
    for option in options:
        assert {change.path.split(".")[0]: change.by.number for change in option} == gaps


@LAW
@given(st.lists(st.integers(0, 40), min_size=1, max_size=12), st.integers(0, 100))
def test_a_share_takes_the_fewest_people_and_those_who_lack_least(hours: list[int], percent: int) -> None:
    """Whole people come out by themselves: as many as the share lacks, the nearest to 24 class-hours first."""
    record = read(School, {"pupils": [{"hours": f"{one} 学时"} for one in hours]})
    rule = pe.Rule("coverage", School.pupils.share(Pupil.hours >= "24 学时") >= Amount.of(percent, "%"))
    found = remedy(rule, record, on=DAY, most=50)
    done = sum(1 for one in hours if one >= 24)
    wanted = math.ceil(Fraction(percent * len(hours), 100)) - done
    lacking = sorted(24 - one for one in hours if one < 24)
    if wanted <= 0:
        assert found.verdict is MET and not found.changes
    elif wanted == 1:
        assert [change.by.number for change in found.changes] == lacking
    else:
        (people,) = found.sets
        assert sorted(change.by.number for change in people) == lacking[:wanted]


@pe.subject(zh="学员", en="pupil", unit="人")
class Pupil:
    """Someone with class-hours."""

    hours = pe.measure("学时", at_least=0, changeable=True, zh="学时", en="class-hours")


@pe.subject(zh="学校", en="school")
class School:
    """A population to cover, and a plan for it."""

    pupils = pe.many(Pupil, zh="学员", en="pupils")
    needed = pe.measure("人", changeable=True, zh="应训人数", en="people to train")


# --- examples derived by hand ----------------------------------------------------------------------------------

ORGANISATION = {
    "name": "某支部",
    "kind": "党支部",
    "non_public": True,
    "work_fiscal": "2000 元/年",
    "work_pretax": "300 元/年",
    "work_dues": "0.02 万元/年",
    "education_fiscal": "3000 元/年",
    "education_pretax": "0 元/年",
    "education_dues": "0 元/年",
    "members": "35 人[党员]",
    "secretaries": [
        {"name": "甲", "allowance_fiscal": "100 元/月", "allowance_pretax": "30 元/月", "allowance_dues": "0 元/月"},
        {"name": "乙", "allowance_fiscal": "2400 元/年", "allowance_pretax": "0 元/月", "allowance_dues": "0 元/月"},
        {"name": "丙", "allowance_fiscal": "150 元/月", "allowance_pretax": "0 元/月", "allowance_dues": "0 元/月"},
    ],
}


def shown(changes: tuple[Change, ...]) -> list[tuple[str, str]]:
    """Return the place and the size of changes."""
    return [(change.path, str(change.by)) for change in changes]


def test_each_of_three_channels_alone_can_mend_a_floor() -> None:
    """2,000 + 300 + 200 = 2,500 of 3,000: any channel may bring the 500 that are short."""
    found = remedy(YUXI["branch_work_funding"], YUXI.read(ORGANISATION), on=DAY)
    assert shown(found.changes) == [
        ("work_fiscal", "500 元/年"),
        ("work_pretax", "500 元/年"),
        ("work_dues", "500 元/年"),
    ]
    assert found.detail.en == "any one of these changes mends it"


def test_two_short_secretaries_need_two_changes_and_the_total_counts_each_once() -> None:
    """甲 has 130 and 丙 150 of 200 a month: 70 and 50. A year: 500 + 500 + 120 × 12 = 2,440 元."""
    record = YUXI.read(ORGANISATION)
    found = {rule.name: remedy(rule, record, on=DAY) for rule in YUXI.rules_on(DAY)}
    allowance = found["secretary_allowance"]
    assert allowance.changes == () and allowance.detail.en == "no single fact mends it; these changes together do"
    assert shown(allowance.sets[0]) == [
        ("secretaries[0].allowance_fiscal", "70 元/月"),
        ("secretaries[2].allowance_fiscal", "50 元/月"),
    ]
    assert [change.of.zh for change in allowance.sets[0]] == ["甲", "丙"]
    total = total_remedy([*found.values(), *found.values()])
    assert [amount.to("元/年") for amount in total.raised] == [Amount.parse("2440 元/年")]
    assert total.lowered == () and total.conflicts == () and total.unmended == ()
    assert [(one.label.en, str(one.raised)) for one in total.by_fact] == [
        ("work funding (fiscal support)", "500 元/年"),
        ("allowance (fiscal support)", "120 元/月"),
        ("education (fiscal support)", "500 元/年"),
    ]
    mended = apply_changes(record, total.changes)
    assert set(YUXI.verdicts(mended, on=DAY).values()) == {MET, NOT_APPLICABLE}


def test_training_by_hand() -> None:
    """A secretary with 24 of 40 class-hours lacks 16; of 20 members 12 are done, 13 are 65 %: one more will do."""
    done, half = {"attended": [{"class_hours": "24 学时"}]}, {"attended": [{"class_hours": "2 天"}]}
    record = XINPING.read(
        {
            "secretaries": [done],
            "members": [done] * 12 + [half] * 2 + [{"attended": []}] * 6,
            "courses": [{"kind": "书记轮训", "stages": "1 个[阶段]"}, {"kind": "党员进党校"}],
        }
    )
    found = {
        rule.name: remedy(rule, record, on=datetime.date(2026, 7, 1))
        for rule in XINPING.rules_on(datetime.date(2026, 7, 1))
    }
    assert shown(found["secretary_hours"].changes) == [("secretaries[0].attended[0].class_hours", "16 学时")]
    assert shown(found["secretary_coverage"].changes) == shown(found["secretary_hours"].changes)
    # 2 天 are 16 of 24 class-hours: either of the two may be the thirteenth.
    assert shown(found["member_coverage"].changes) == [
        ("members[12].attended[0].class_hours", "8 学时"),
        ("members[13].attended[0].class_hours", "8 学时"),
    ]
    assert shown(found["secretary_course_stages"].changes) == [("courses[0].stages", "1 个[阶段]")]
    assert found["member_courses"].changes == found["member_courses"].sets == ()
    assert found["member_courses"].detail.en.startswith("no changeable fact mends it")
    assert found["secretary_courses"].verdict is MET
    assert all(one.early for one in found.values() if one.verdict is UNMET)
    total = total_remedy(found.values())
    # The secretary's hours, wanted by two findings, count once: 16 + 8; the members' own rule wants both 8s.
    assert [str(amount) for amount in total.raised] == ["32 学时", "1 个[阶段]"]
    assert [one.rule for one in total.unmended] == ["member_courses"]


def test_a_sum_of_bounded_facts_takes_the_fewest_that_together_reach_it() -> None:
    """4 + 0 of 22: the fund alone reaches 20, the reserve 5; 20 and 2 make 22."""
    record = read(Team, {"fund": "4 元/月", "spare": "0 元/月"})
    found = remedy(pe.Rule("both", Team.fund + Team.spare >= "22 元/月"), record, on=DAY)
    assert [shown(one) for one in found.sets] == [[("fund", "16 元/月"), ("spare", "2 元/月")]]
    out_of_reach = remedy(pe.Rule("more", Team.fund + Team.spare >= "26 元/月"), record, on=DAY)
    assert out_of_reach.detail.en == "no single fact mends it, and no set of changes was found"


def test_what_mends_one_part_and_breaks_another_is_not_offered() -> None:
    """The fund must be at least 10 and, with the reserve of 3, at most 12: 10 breaks it unless the reserve goes down."""
    rule = pe.Rule("both", (Team.fund >= "10 元/月") & (Team.fund + Team.spare <= "12 元/月"))
    found = remedy(rule, read(Team, {"fund": "4 元/月", "spare": "3 元/月"}), on=DAY)
    assert found.changes == ()
    loose = pe.Rule("loose", (Team.fund >= "10 元/月") & (Team.fund + Team.spare >= "15 元/月"))
    both = remedy(loose, read(Team, {"fund": "4 元/月", "spare": "3 元/月"}), on=DAY)
    assert shown(both.changes) == [("fund", "8 元/月")]


def test_the_smaller_of_two_changes_of_one_fact_is_offered() -> None:
    """5 or 10 will do, beside a part that is met: 4 more, not 9. Of a hundred floors the greatest counts: 99 more."""
    record = read(Team, {"fund": "1 元/月", "teachers": "2 人"})
    either = (Team.fund >= "10 元/月") | (Team.fund >= "5 元/月")
    found = remedy(pe.Rule("rule", either & (Team.teachers >= "2 人")), record, on=DAY)
    assert shown(found.changes) == [("fund", "4 元/月")]
    floors = pe.all_of(*(Branch.courses >= f"{n} 期" for n in range(2, 101)))
    assert shown(remedy(pe.Rule("rule", floors), read(Branch, {"courses": "1 期"}), on=DAY).changes) == [
        ("courses", "99 期")
    ]


def test_more_than_and_equal() -> None:
    """Strictly more takes one step more; an equality may want less, and one beside the grid has no remedy."""
    record = read(Branch, {"funding": "10 元/年", "hours": "3 学时", "courses": "1 期"})
    for condition, path, by in (
        (Branch.funding > "20 元/年", "funding", "10.01 元/年"),
        (Branch.funding < "10 元/年", "funding", "-0.01 元/年"),
        (pe.equal(Branch.funding, "0.5 元/月"), "funding", "-4 元/年"),
        (Branch.hours > "3 学时", "hours", "0.01 学时"),
        (Branch.hours >= "10/3 学时", "hours", "1/3 学时"),
        (~pe.equal(Branch.courses, "1 期"), "courses", "1 期"),
    ):
        assert shown(remedy(pe.Rule("rule", condition), record, on=DAY).changes) == [(path, by)]
    beside = remedy(pe.Rule("rule", pe.equal(Branch.courses, "3/2 期")), record, on=DAY)
    assert beside.changes == beside.sets == ()


def test_a_rounded_quantity_and_a_rate() -> None:
    """To 100 元 half up, 950 is the least that counts as 1,000; 90 % of a budget of 4,000 are 3,600 spent."""
    rule = pe.Rule("rounded", Branch.funding.round("100 元/年", "HALF_UP") >= "1000 元/年")
    record = read(Branch, {"funding": "900 元/年", "large": "0.4 万元/年"})
    assert shown(remedy(rule, record, on=DAY).changes) == [("funding", "50 元/年")]
    rate = remedy(pe.Rule("rate", Branch.funding / Branch.large >= "90 %"), record, on=DAY)
    # Or the budget goes down to 1,000 元, that is by 0.3 万元.
    assert shown(rate.changes) == [("funding", "2,700 元/年"), ("large", "-0.3 万元/年")]


def test_no_remedy_of_what_is_unknown_or_does_not_apply() -> None:
    """A missing fact is named; what may not change is left alone; what does not bind needs no remedy."""
    unknown = remedy(YUXI["member_education"], YUXI.read({**ORGANISATION, "members": None}), on=DAY)
    assert unknown.verdict is UNKNOWN and [lack.path for lack in unknown.missing] == ["members"]
    assert unknown.detail.en == "unknown: members missing" and unknown.chosen == ()
    away = remedy(YUXI["member_education"], YUXI.read({**ORGANISATION, "non_public": False}), on=DAY)
    assert away.verdict is NOT_APPLICABLE and away.detail.en.startswith("not applicable")
    fixed = remedy(pe.Rule("fixed", Branch.members >= "3 人"), read(Branch, {"members": "1 人"}), on=DAY)
    assert fixed.detail.en == "no changeable fact mends it"
    part = pe.Rule("part", (Branch.courses >= "2 期") & (Branch.members >= "3 人"))
    half_known = remedy(part, read(Branch, {"courses": "1 期"}), on=DAY)
    assert half_known.verdict is UNMET and half_known.detail.en == "unknown: members missing"
    dated = pe.InForce(until=datetime.date(2025, 12, 31))
    past = remedy(part, read(Branch, {"courses": "1 期"}), on=DAY, in_force=dated)
    assert past.verdict is NOT_APPLICABLE


def test_a_plan_stays_a_plan() -> None:
    """A planned figure is changed as a plan; for a rule about achievement it is not there to be changed."""
    record = read(Branch, {"courses": "1 期"}, stage=pe.Stage.PLANNED)
    found = remedy(pe.Rule("any", Branch.courses >= "2 期"), record, on=DAY)
    assert found.changes[0].stage is pe.Stage.PLANNED
    changed = apply_changes(record, found.changes).entries["courses"].given
    assert (changed.stage, changed.value) == (pe.Stage.PLANNED, Amount.parse("2 期"))
    assert remedy_sentence(found) == "修改建议：any：支部的期数由 1 期 提高到 2 期（增加 1 期）。"
    achieved = remedy(pe.Rule("done", Branch.courses >= "2 期", stage=pe.Stage.ACHIEVED), record, on=DAY)
    assert achieved.verdict is UNKNOWN and achieved.changes == ()


def test_sentences_in_both_languages() -> None:
    """What is said names the fact, whose it is, from what to what, and by how much."""
    rule = pe.Rule("ceiling", Branch.funding <= "1 元/年", label=pe.Label("上限", "ceiling"))
    found = remedy(rule, read(Branch, {"funding": "3 元/年"}), on=DAY)
    assert remedy_sentence(found) == "整改建议：上限：支部的工作经费由 3 元/年 降低到 1 元/年（减少 2 元/年）。"
    assert remedy_sentence(found, "en") == (
        "Suggestion: ceiling: lower work funding of branch from 3 元/年 to 1 元/年 (by 2 元/年)."
    )
    met = remedy(rule, read(Branch, {"funding": "1 元/年"}), on=DAY)
    assert remedy_sentence(met, "en") == "ceiling: already met."
    secretaries = remedy(YUXI["secretary_allowance"], YUXI.read(ORGANISATION), on=DAY)
    assert remedy_sentence(secretaries) == (
        "整改建议：某支部：党组织书记工作津贴：调整任何单项均不能达到要求，须同时调整："
        "甲的津贴（财政支持）由 100 元/月 提高到 170 元/月（增加 70 元/月）；"
        "丙的津贴（财政支持）由 150 元/月 提高到 200 元/月（增加 50 元/月）。"
    )


def test_a_sentence_names_its_subject_and_percentage_points() -> None:
    """60 % of 65 %: five percentage points; the subject stands first, and its facts are not said to be its own."""
    rule = pe.Rule("rate", Guarded.rate >= "65 %", label=pe.Label("执行率下限", "floor of the rate"))
    found = remedy(rule, read(Guarded, {"name": "东山镇", "rate": "60 %"}), on=DAY)
    assert remedy_sentence(found) == "整改建议：东山镇：执行率下限：执行率由 60% 提高到 65%（增加 5 个百分点）。"
    assert remedy_sentence(found, "en") == (
        "Suggestion: 东山镇: floor of the rate: raise rate of execution from 60% to 65% (by 5 percentage points)."
    )
    met = remedy(rule, read(Guarded, {"name": "东山镇", "rate": "70 %"}), on=DAY)
    assert remedy_sentence(met) == "东山镇：执行率下限：已符合要求，无需调整。"
    unknown = remedy(rule, read(Guarded, {"name": "东山镇"}), on=DAY)
    assert remedy_sentence(unknown, "en") == "东山镇: floor of the rate: unknown: rate missing."


def test_control_characters_of_a_name_reach_no_terminal() -> None:
    """An escape, a line break, a right-to-left override: each is shown as U+FFFD."""
    rule = pe.Rule("rate", Guarded.rate >= "65 %")
    for hostile in ("东山\x1b[31m镇", "东山\n镇", "东山\u202e镇"):
        for rate in ("60 %", "70 %"):
            found = remedy(rule, read(Guarded, {"name": hostile, "rate": rate}), on=DAY)
            assert all(remedy_sentence(one).isprintable() for one in (found, *found.changes))
            assert "东山\ufffd" in remedy_sentence(found)


def test_the_greatest_of_two_wanted_values_counts_and_contrary_ones_are_shown() -> None:
    """Two floors want 5 and 8 more of one fact: 8 in all. A floor and a ceiling apart want what cannot be both."""
    record = read(Branch, {"funding": "10 元/年"})
    floors = [pe.Rule(f"floor_{n}", Branch.funding >= f"{n} 元/年") for n in (15, 18)]
    total = total_remedy(remedy(rule, record, on=DAY) for rule in floors)
    assert [str(amount) for amount in total.raised] == ["8 元/年"]
    other = read(Branch, {"funding": "10 元/年"})
    apart = total_remedy([remedy(floors[0], record, on=DAY), remedy(floors[0], other, on=DAY)])
    assert [str(amount) for amount in apart.raised] == ["10 元/年"]
    ceiling = pe.Rule("ceiling", Branch.funding <= "4 元/年")
    contrary = total_remedy([remedy(floors[0], record, on=DAY), remedy(ceiling, record, on=DAY)])
    assert contrary.raised == contrary.lowered == contrary.changes == ()
    assert [len(changes) for changes in contrary.conflicts] == [2]


def test_records_that_are_let_go_are_still_told_apart() -> None:
    """Fifty branches, each 5 元 short, read one after another: 250 元, though none is kept."""
    floor = pe.Rule("floor", Branch.funding >= "15 元/年")
    total = total_remedy(remedy(floor, read(Branch, {"funding": "10 元/年"}), on=DAY) for _ in range(50))
    assert [str(amount) for amount in total.raised] == ["250 元/年"]


def test_a_fact_known_only_in_part_is_not_changed() -> None:
    """At most 10 of 15: by how much it would have to change is not known."""
    floor = pe.Rule("floor", Branch.funding >= "15 元/年")
    found = remedy(floor, read(Branch, {"funding": pe.at_most("10 元/年")}), on=DAY)
    assert found.verdict is UNMET and found.changes == found.sets == ()


def test_what_is_known_only_as_a_range_must_first_be_known() -> None:
    """At most 900 of 1,000, or 0 to 900 beside other funds: the range is what stands in the way, and it is named."""
    floor = pe.Rule("floor", Branch.funding >= "1000 元/年")
    for given_range in (pe.at_most("900 元/年"), pe.between("100 元/年", "900 元/年")):
        found = remedy(floor, read(Branch, {"funding": given_range}), on=DAY)
        assert [(lack.path, lack.unit) for lack in found.missing] == [("funding", "元/年")]
        assert found.detail.en.endswith("funding must first be known exactly")
        assert "须先确知 funding" in found.detail.zh
    # Courses alone cannot mend both; that the funding is not known exactly is still said.
    both = pe.Rule("both", (Branch.funding >= "1000 元/年") & (Branch.courses >= "2 期"))
    half = remedy(both, read(Branch, {"funding": pe.at_most("900 元/年"), "courses": "1 期"}), on=DAY)
    assert half.changes == () and [lack.path for lack in half.missing] == ["funding"]
    # Another channel alone mends it: nothing has to be known first.
    two = pe.Rule("two", Branch.funding + Branch.large >= "1000 元/年")
    other = remedy(two, read(Branch, {"funding": pe.at_most("900 元/年"), "large": "0 万元/年"}), on=DAY)
    assert [change.path for change in other.changes] == ["large"] and other.missing == ()


@pe.subject(zh="党组织", en="organisation", unit="个[党组织]")
class Guarded:
    """Facts that clauses bind by, and that may change."""

    name = pe.text(zh="名称", en="name")
    work = pe.measure("元/年", at_least=0, at_most=60, decimals=0, changeable=True, zh="工作经费", en="work funding")
    other = pe.measure("元/年", at_least=0, at_most=60, decimals=0, changeable=True, zh="其他经费", en="other funding")
    rate = pe.measure("%", at_least=0, changeable=True, zh="执行率", en="rate of execution")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 60), st.integers(0, 40))
def test_a_clause_that_binds_is_met_and_not_evaded(floor: int, total: int, guard: int, work: int, other: int) -> None:
    """Work must reach a floor, and with the rest a total, where it is at most so much: the clause is not got rid of.

    What bound at first is met after the change in any case, and of the work alone the least that does so is offered.
    """
    clause = (Guarded.work + Guarded.other >= f"{total} 元/年").when(Guarded.work <= f"{guard} 元/年")
    rule = pe.Rule("rule", pe.all_of(Guarded.work >= f"{floor} 元/年", clause))
    record = read(Guarded, {"work": f"{work} 元/年", "other": f"{other} 元/年"})
    found = remedy(rule, record, on=DAY)
    if found.verdict is not UNMET:
        return
    binds = work <= guard
    least = min(
        (value for value in range(61) if value >= floor and (value + other >= total or (not binds and value > guard))),
        key=lambda value: abs(value - work),
        default=None,
    )
    offered = {change.path: change.after.number for change in found.changes}
    assert offered.get("work") == least
    for option in [*((change,) for change in found.changes), *found.sets]:
        after = {"work": work, "other": other} | {change.path: change.after.number for change in option}
        assert after["work"] >= floor and (not binds or after["work"] + after["other"] >= total)


def test_a_clause_does_not_cease_to_bind_in_what_is_offered() -> None:
    """At 0, 1 is the floor and 5 the total up to 2: of the work alone 5, not the first step past 2."""
    rule = pe.Rule(
        "rule",
        pe.all_of(
            Guarded.work >= "1 元/年", (Guarded.work + Guarded.other >= "5 元/年").when(Guarded.work <= "2 元/年")
        ),
    )
    found = remedy(rule, read(Guarded, {"work": "0 元/年", "other": "0 元/年"}), on=DAY)
    assert shown(found.changes) == [("work", "5 元/年")]
    # Either 9 of the work, or anything at all where the work is 3 or more: the second does not bind, and is not made to.
    either = pe.any_of(Guarded.work >= "9 元/年", (Guarded.other >= "0 元/年").when(Guarded.work >= "3 元/年"))
    reached = remedy(pe.Rule("rule", either), read(Guarded, {"work": "0 元/年", "other": "0 元/年"}), on=DAY)
    assert shown(reached.changes) == [("work", "9 元/年")]
    # What comes to bind with the change must be met too: at 1 of work, 4 of other funds are wanted.
    coming = pe.all_of(Guarded.work >= "1 元/年", (Guarded.other >= "4 元/年").when(Guarded.work >= "1 元/年"))
    for other, offered in (("4 元/年", [("work", "1 元/年")]), ("3 元/年", [])):
        found = remedy(pe.Rule("rule", coming), read(Guarded, {"work": "0 元/年", "other": other}), on=DAY)
        assert shown(found.changes) == offered
    # Nobody's pay is cut so that he is not looked at: of those paid more than 3, each must have 9 class-hours.
    paid = Team.trainees.every(Trainee.hours >= "9 学时", where=Trainee.pay > "3 元/月")
    floors = pe.Rule("rule", pe.all_of(paid, Team.trainees.sum(Trainee.pay) <= "9 元/月"))
    team = {"trainees": [{"pay": "6 元/月", "hours": "2 学时"}, {"pay": "5 元/月", "hours": "9 学时"}]}
    both = remedy(floors, read(Team, team), on=DAY)
    assert both.changes == ()
    for together in both.sets:
        assert "trainees[0].hours" in [change.path for change in together]


def test_what_compares_each_with_all_gives_up_in_time() -> None:
    """Each of 300 with the greatest of the 300: one judging costs 90,000 looks, and so no trial is made."""
    rule = pe.Rule("rule", School.pupils.every(Pupil.hours >= School.pupils.maximum(Pupil.hours)))
    record = read(School, {"pupils": [{"hours": f"{n} 学时"} for n in range(300)]})
    began = time.process_time()
    judged = verdict(rule, record)
    once = time.process_time() - began
    began = time.process_time()
    found = remedy(rule, record, on=DAY)
    assert judged is found.verdict is UNMET
    assert found.changes == found.sets == () and "not every fact was tried" in found.detail.en
    assert time.process_time() - began < 12 * once + 1


def test_many_elements() -> None:
    """2,500 of 10,000 have no class-hours: each needs 24. Of 2,000, 500 have none; for 80 %, 100 of them need them."""
    facts = [{"hours": "24 学时" if i % 4 else "0 学时"} for i in range(10_000)]
    trained = Pupil.hours >= "24 学时"
    every = remedy(pe.Rule("every", School.pupils.every(trained)), read(School, {"pupils": facts}), on=DAY)
    assert len(every.sets[0]) == 2500
    assert [str(amount) for amount in total_remedy([every]).raised] == ["60,000 学时"]
    coverage = pe.Rule("share", School.pupils.share(trained) >= "80 %")
    share = remedy(coverage, read(School, {"pupils": facts[:2000]}), on=DAY)
    assert len(share.sets[0]) == 100


# --- bad input -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", ["floor", None, Branch.funding >= "3 元/年"])
def test_what_is_not_a_rule_is_refused(rule: Any) -> None:
    with pytest.raises(pe.RuleError, match="a Rule"):
        remedy(rule, read(Branch, {}), on=DAY)


def test_what_is_not_a_record_or_a_day_is_refused() -> None:
    rule = pe.Rule("floor", Branch.funding >= "3 元/年")
    for record in ({"funding": "1 元/年"}, None, read(School, {})):
        with pytest.raises(pe.FactsError):
            remedy(rule, record, on=DAY)  # type: ignore[arg-type]
    for day in ("2026-12-31", datetime.datetime(2026, 12, 31), None):
        with pytest.raises(pe.RuleError, match=r"datetime\.date"):
            remedy(rule, read(Branch, {}), on=day)  # type: ignore[arg-type]
    for most in (0, True, "3"):
        with pytest.raises(pe.RuleError, match="whole number"):
            remedy(rule, read(Branch, {}), on=DAY, most=most)  # type: ignore[arg-type]


def test_what_is_not_a_day_range_is_refused() -> None:
    rule = pe.Rule("floor", Branch.funding >= "3 元/年")
    for wrong in ("x", DAY, 3):
        with pytest.raises(pe.RuleError, match="an InForce"):
            remedy(rule, read(Branch, {}), on=DAY, in_force=wrong)  # type: ignore[arg-type]


def test_a_change_with_wrong_fields_is_refused_with_all_of_them() -> None:
    """Text for an amount, a number for a place: each is named, and nothing below the library is raised."""
    record = read(Branch, {"funding": "10 元/年"})
    (good,) = remedy(pe.Rule("floor", Branch.funding >= "15 元/年"), record, on=DAY).changes
    with pytest.raises(pe.FactsError) as caught:
        evolve(good, path=5, after="15 元/年", before=None, label="x", of="y", subject=Branch, stage="planned")
    assert [problem.where for problem in caught.value.problems] == [
        f"change.{name}" for name in ("path", "label", "of", "subject", "before", "after", "stage")
    ]


def test_changes_that_do_not_fit_are_refused_together() -> None:
    record = read(Branch, {"funding": "10 元/年", "courses": "1 期", "members": "5 人"})
    (good,) = remedy(pe.Rule("floor", Branch.funding >= "15 元/年"), record, on=DAY).changes
    bad = [
        evolve(good, path="fundng"),
        evolve(good, before=Amount.parse("9 元/年")),
        evolve(good, path="courses", before=Amount.parse("1 期"), after=Amount.parse("3/2 期")),
        evolve(good, path="members"),
        evolve(good, path="hours", after=Amount.parse("3 天")),
        "funding",
    ]
    with pytest.raises(pe.FactsError) as caught:
        apply_changes(record, bad)  # type: ignore[list-item]
    assert len(caught.value.problems) == 6
    assert "did you mean 'funding'" in str(caught.value)
    with pytest.raises(pe.FactsError, match="one value for each fact"):
        apply_changes(record, [good, evolve(good, after=Amount.parse("16 元/年"))])
    for wrong in (None, "funding", 3):
        with pytest.raises(pe.FactsError, match="a list"):
            apply_changes(record, wrong)  # type: ignore[arg-type]
        with pytest.raises(pe.FactsError, match="a list"):
            total_remedy(wrong)  # type: ignore[arg-type]
    with pytest.raises(pe.FactsError, match="a record"):
        apply_changes({}, [good])  # type: ignore[arg-type]
    with pytest.raises(pe.FactsError, match="a Remedy or a Change"):
        total_remedy([3])  # type: ignore[list-item]
    with pytest.raises(pe.FactsError, match="a Remedy or a Change"):
        remedy_sentence(3)  # type: ignore[arg-type]


def test_a_remedy_is_plain_data() -> None:
    """Two remedies with the same findings are equal, whichever record object they came of."""
    rule = pe.Rule("floor", Branch.funding >= "15 元/年")
    one, other = (remedy(rule, read(Branch, {"funding": "10 元/年"}), on=DAY) for _ in range(2))
    assert isinstance(one, Remedy) and one == other
