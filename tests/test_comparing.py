"""Comparing: every yes agrees with judging, every no comes with facts that show it, and what is open is said to be."""

from __future__ import annotations

import datetime
import itertools
import time
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import perfeval as pe
from perfeval.citations import InForce
from perfeval.comparing import Comparison, Gap, contradicts, gaps, implies, overlaps, tightens
from perfeval.comparing.linear import Exhausted, System, Work, simplest_between
from perfeval.errors import RuleError
from perfeval.evaluation import decide, evaluate, scope_of
from perfeval.expressions import DayLiteral, MonthsServed, Operator, PartYear
from perfeval.standards.budget_consistency import STANDARD as CONSISTENCY
from perfeval.standards.training_fees import STANDARD as TRAINING_FEES
from perfeval.standards.yuxi_2023_5 import STANDARD
from perfeval.strategies import Office, facts, numbers, rules
from perfeval.subjects import read
from perfeval.verdicts import Verdict

MET, UNMET, NOT_APPLICABLE = Verdict.MET, Verdict.UNMET, Verdict.NOT_APPLICABLE
BINDS = (MET, UNMET)
DAY = datetime.date(2026, 6, 30)
LAW = settings(max_examples=10, deadline=None)
COMPLETE = st.lists(facts(Office, complete=True), min_size=2, max_size=2)


@pe.subject(zh="学员", en="trainee", unit="人[学员]")
class Trainee:
    """Someone who is to be trained."""

    hours = pe.measure("学时", at_least=0, decimals=1)
    online = pe.measure("学时", at_least=0, decimals=1)
    trained = pe.flag()
    invited = pe.flag()
    since = pe.day()
    pay = pe.measure("元/月", at_least=0)
    balance = pe.measure("元")


@pe.subject(zh="单位", en="unit", unit="个[单位]")
class Body:
    """A body with its money of a year and its trainees."""

    kind = pe.category("甲", "乙", "丙", zh="类别", en="kind")
    rural = pe.flag(zh="在农村", en="rural")
    budget = pe.measure("元/年", at_least=0, zh="预算", en="budget")
    spent = pe.measure("元/年", at_least=0, zh="支出", en="spent")
    members = pe.measure("人[党员]", zh="党员", en="members")
    trained = pe.measure("人[党员]", zh="实训", en="trained")
    rate = pe.measure("元/人[党员]/年", at_least=0, zh="标准", en="rate")
    trainees = pe.many(Trainee, zh="学员", en="trainees")
    board = pe.many(Trainee, at_least=1, at_most=2, zh="班子", en="board")


@pe.subject(unit="人[学员]")
class Guest:
    """Someone who stays in a hall."""

    stay = pe.measure("天", at_least=0)


@pe.subject(unit="个[单位]")
class Room:
    """A room with a least stay."""

    least = pe.measure("天", at_least=0)


@pe.subject(unit="个[单位]")
class Hall:
    """Two collections side by side."""

    guests = pe.many(Guest)
    rooms = pe.many(Room)


def rule(condition: Any, name: str = "rule", **more: Any) -> pe.Rule:
    """Return a rule of any name."""
    return pe.Rule(name, condition, **more)


def verdict(judged: pe.Rule, given_facts: Mapping[str, object], on: datetime.date | None = None) -> Verdict:
    """Return what a rule comes to on facts."""
    return decide(judged.full_condition, scope_of(read(judged.subject, given_facts), None, on)).verdict


def shown(compared: Comparison) -> Mapping[str, object]:
    """Return the witness, which must be there."""
    assert compared.witness is not None
    return compared.witness


def counters(a: pe.Rule, b: pe.Rule, given_facts: Mapping[str, object], on: datetime.date | None = None) -> bool:
    """Say whether facts show that meeting the one does not suffice for the other."""
    return verdict(a, given_facts, on) is MET and verdict(b, given_facts, on) is UNMET


def both(a: pe.Rule, b: pe.Rule, given_facts: Mapping[str, object], among: tuple[Verdict, ...]) -> bool:
    """Say whether both rules come to one of some verdicts."""
    return verdict(a, given_facts) in among and verdict(b, given_facts) in among


# --- laws ------------------------------------------------------------------------------------------------------


@LAW
@given(rules(), rules(), COMPLETE)
def test_implies_agrees_with_judging(a: pe.Rule, b: pe.Rule, many: list[dict[str, object]]) -> None:
    """No facts are a counterexample to a yes; the witness of a no is one."""
    compared = implies(a, b)
    if compared.holds:
        assert not any(counters(a, b, one) for one in many)
    elif compared.holds is False:
        assert counters(a, b, shown(compared))


@LAW
@given(rules(1), rules(1))
def test_a_rule_implies_itself_and_its_parts_and_every_choice_of_it(a: pe.Rule, b: pe.Rule) -> None:
    """All of two meets each, each meets any of two: seen from how they are built, whatever they say."""
    assert implies(a, a).holds is True
    assert implies(rule(a & b), a).holds is not False
    assert implies([a, b] if a.name != b.name else [a], a).holds is True
    assert implies(a, rule(a | b)).holds is True


@LAW
@given(rules(), rules(), COMPLETE)
def test_overlap_agrees_with_judging_and_is_symmetric(a: pe.Rule, b: pe.Rule, many: list[dict[str, object]]) -> None:
    compared = overlaps(a, b)
    assert compared.holds == overlaps(b, a).holds
    if compared.holds:
        assert both(a, b, shown(compared), BINDS)
    elif compared.holds is False:
        assert compared.witness is None
        assert not any(both(a, b, one, BINDS) for one in many)


@LAW
@given(rules(), rules(), COMPLETE)
def test_contradiction_agrees_with_judging_and_is_symmetric(
    a: pe.Rule, b: pe.Rule, many: list[dict[str, object]]
) -> None:
    """Facts that meet both refute it; a contradiction needs facts on which both bind."""
    compared = contradicts(a, b)
    assert compared.holds == contradicts(b, a).holds
    if compared.holds:
        assert both(a, b, shown(compared), BINDS)
        assert not any(both(a, b, one, (MET,)) for one in many)
    elif compared.holds is False and compared.witness is not None:
        assert both(a, b, compared.witness, (MET,))
    elif compared.holds is False:
        assert not any(both(a, b, one, BINDS) for one in many)


@settings(max_examples=8, deadline=None)
@given(rules(), rules(), COMPLETE)
def test_tightening_agrees_with_judging(overlay: pe.Rule, base: pe.Rule, many: list[dict[str, object]]) -> None:
    """Wherever the base binds the overlay binds, and meeting the overlay never leaves the base unmet."""

    def weaker(one: Mapping[str, object]) -> bool:
        lapses = verdict(base, one) in BINDS and verdict(overlay, one) is NOT_APPLICABLE
        return lapses or counters(overlay, base, one)

    for tight in (overlay, rule(overlay & base), base):
        compared = tightens(tight, base)
        if compared.holds:
            assert not any(
                (verdict(base, one) in BINDS and verdict(tight, one) is NOT_APPLICABLE) or counters(tight, base, one)
                for one in many
            )
    compared = tightens(overlay, base)
    assert compared.holds is not False or weaker(shown(compared))
    assert tightens(base, base).holds is True


@settings(max_examples=40, deadline=None)
@given(numbers(-1000, 1000), numbers(-1000, 1000), st.sampled_from(["元/年", "元/月", "万元/年"]), st.booleans())
def test_a_floor_implies_a_floor_that_is_not_higher(one: Fraction, other: Fraction, unit: str, strict: bool) -> None:
    """x ≥ n suffices for x ≥ m exactly if n ≥ m, in whatever units; strictly above n, also."""
    high, low = pe.Amount.of(one, "元/年"), pe.Amount.of(other, "元/年").to(unit)
    a = rule(Office.reserve > high) if strict else rule(Office.reserve >= high)
    compared = implies(a, rule(Office.reserve >= low))
    assert compared.holds is (high >= low)
    assert compared.holds or counters(a, rule(Office.reserve >= low), shown(compared))
    assert implies(rule(Office.reserve <= low), rule(Office.reserve <= high)).holds is (high >= low)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 100), st.integers(0, 100))
def test_a_share_implies_a_share_that_is_not_higher(one: int, other: int) -> None:
    """So do shares of a collection, with a collection built as witness."""
    a = rule(Body.trainees.share(Trainee.trained) >= f"{one} %")
    b = rule(Body.trainees.share(Trainee.trained) >= f"{other} %")
    compared = implies(a, b)
    assert compared.holds is (one >= other)
    assert compared.holds or counters(a, b, shown(compared))


@settings(max_examples=12, deadline=None)
@given(st.integers(1, 5), st.integers(1, 5), st.sampled_from([50, 70]), st.sampled_from([50, 70]))
def test_a_higher_bar_within_a_share_is_tighter(one: int, other: int, share: int, least: int) -> None:
    """Whoever has more hours has fewer too, so a share of those is no greater; and a count and a ratio likewise."""
    built: list[Callable[[int, int], Any]] = [
        lambda bar, part: Body.trainees.share(Trainee.hours >= f"{bar} 学时") >= f"{part} %",
        lambda bar, part: Body.trainees.count(where=Trainee.hours >= f"{bar} 学时") >= f"{part // 10} 人[学员]",
        lambda bar, part: (
            Body.trainees.count(where=Trainee.hours >= f"{bar} 学时") / Body.trainees.count() >= f"{part} %"
        ),
    ]
    for build in built:
        a, b = rule(build(one, share)), rule(build(other, least))
        compared = tightens(a, b)
        assert compared.holds is (one >= other and share >= least)
        assert compared.holds or counters(a, b, shown(compared))


@given(st.dates(), st.integers(0, 500), st.integers(0, 400))
def test_months_begun_are_whole_months_and_at_most_two_more(start: datetime.date, days: int, back: int) -> None:
    """On whatever day it is asked; the comparisons count on it."""
    last = min(start.toordinal() + days, datetime.date.max.toordinal())
    on = datetime.date.fromordinal(max(1, last - back))
    ends = DayLiteral(start), DayLiteral(datetime.date.fromordinal(last))
    scope = scope_of(read(Body, {}), None, on)
    begun, whole = (
        evaluate(MonthsServed(*ends, policy), scope).low or 0
        for policy in (PartYear.MONTHS_BEGUN, PartYear.WHOLE_MONTHS)
    )
    assert whole <= begun <= whole + 2


@settings(max_examples=12, deadline=None)
@given(st.lists(rules(), min_size=1, max_size=2), COMPLETE)
def test_no_rule_binds_in_a_gap(listed: list[pe.Rule], many: list[dict[str, object]]) -> None:
    """Whatever the other facts are; and where there is no gap at all, some facts are bound."""
    found = gaps([rule(one.condition, f"rule_{index}", when=one.when) for index, one in enumerate(listed)])
    for gap, one in itertools.product(found, many):
        if gap.decided:
            assert gap.facts is not None
            assert all(verdict(each, {**one, **gap.facts}) is NOT_APPLICABLE for each in listed)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([(0, 3), (-2, 2)]), min_size=1, max_size=3),
    st.lists(
        st.tuples(
            st.lists(st.integers(-3, 3), min_size=3, max_size=3),
            st.sampled_from(Operator),
            st.fractions(-6, 6, max_denominator=2),
        ),
        max_size=5,
    ),
)
def test_whole_solutions_are_those_that_trying_all_finds(
    bounds: list[tuple[int, int]], held: list[tuple[list[int], Operator, Fraction]]
) -> None:
    """The linear part agrees with trying every point; bounds that are taken back leave no trace."""
    system = System()
    names = [system.variable(Fraction(low), Fraction(high), Fraction(1)) for low, high in bounds]
    mark = system.mark()
    for _ in range(2):
        found = all(
            system.hold({name: Fraction(factor) for name, factor in zip(names, factors, strict=False)}, operator, limit)
            for factors, operator, limit in held
        )
        found = found and system.settled()
        tried = [
            point
            for point in itertools.product(*(range(low, high + 1) for low, high in bounds))
            if all(
                HOLDS[operator](sum(f * p for f, p in zip(factors, point, strict=False)), limit)
                for factors, operator, limit in held
            )
        ]
        assert found is bool(tried)
        assert not found or tuple(system.values(names)) in tried
        system.undo(mark)


HOLDS: dict[Operator, Callable[[Any, Any], bool]] = {
    Operator.AT_LEAST: lambda left, right: left >= right,
    Operator.AT_MOST: lambda left, right: left <= right,
    Operator.ABOVE: lambda left, right: left > right,
    Operator.BELOW: lambda left, right: left < right,
    Operator.EQUAL: lambda left, right: left == right,
}


@settings(max_examples=60)
@given(st.fractions(0, 2, max_denominator=40), st.fractions(0, 2, max_denominator=40))
def test_the_simplest_fraction_between_two_has_the_least_denominator(one: Fraction, other: Fraction) -> None:
    low, high = sorted((one, other))
    if low == high:
        return
    found = simplest_between(low, high)
    assert low < found < high
    least = next(d for d in itertools.count(1) if any(low < Fraction(n, d) < high for n in range(2 * d + 2)))
    assert found.denominator == least


# --- by hand ---------------------------------------------------------------------------------------------------

SHARE = Body.trainees.share(Trainee.trained)
SHARE_HALF = SHARE >= "50 %"


def _served(policy: str, months: str) -> Any:
    return Body.trainees.every(pe.months_served(Trainee.since, policy=policy) >= months)


def _paid(policy: str) -> Any:
    return Body.trainees.every(Trainee.pay * pe.months_served(Trainee.since, policy=policy) >= "600 元")


PAID = Body.trainees.every(Trainee.pay * pe.months_served(Trainee.since, policy="whole_months") >= "1200 元")


@pytest.mark.parametrize(
    ("one", "other", "holds"),
    [
        # 100 元 a month are 1,200 元 a year.
        (Body.budget >= "100 元/月", Body.budget >= "1200 元/年", True),
        (Body.budget >= "100 元/月", Body.budget > "1200 元/年", False),
        # More than 3 and less than 5 people are 4.
        ((Body.members > "3 人[党员]") & (Body.members < "5 人[党员]"), pe.equal(Body.members, "4 人[党员]"), True),
        # 3 × 100 = 300; and with 2 members 2 × 100 = 200.
        (
            pe.equal(Body.members, "3 人[党员]") & (Body.rate >= "100 元/人[党员]/年"),
            Body.members * Body.rate >= "300 元/年",
            True,
        ),
        (Body.rate >= "100 元/人[党员]/年", Body.members * Body.rate >= "300 元/年", False),
        # Nine tenths of a product that is not negative are no more than it, in whatever order; of a negative one, more.
        (
            Body.spent <= Body.members * Body.rate * "0.9 倍",
            Body.spent <= Body.rate * Body.members,
            True,
        ),
        (
            Body.spent - Body.budget <= Body.members * (Body.rate - "5 元/人[党员]/年") * "0.9 倍",
            Body.spent - Body.budget <= Body.members * (Body.rate - "5 元/人[党员]/年"),
            False,
        ),
        # A product of a sum is the sum of the products.
        (
            Body.rate * (Body.members + Body.trained * "2 倍") >= "100 元/年",
            Body.rate * Body.members + Body.rate * Body.trained * "2 倍" >= "100 元/年",
            True,
        ),
        # 80 % of the members beyond 15 are more than 70 % of them.
        (
            (Body.members >= "15 人[党员]")
            & (Body.spent <= Body.rate * ("15 人[党员]" + (Body.members - "15 人[党员]") * "70 %")),
            Body.spent <= Body.rate * ("15 人[党员]" + (Body.members - "15 人[党员]") * "80 %"),
            True,
        ),
        # Trained out of members: 70 % of them are at least 65 %, of none there is no share.
        (Body.trained / Body.members >= "70 %", Body.trained / Body.members >= "65 %", True),
        (Body.trained / Body.members >= "65 %", Body.trained / Body.members >= "70 %", False),
        (Body.trained >= Body.members, Body.trained / Body.members >= "100 %", True),
        (Body.spent <= Body.budget, Body.spent / Body.budget <= "100 %", True),
        # 95 rounds up to 100, 94 does not.
        (Body.budget >= "95 元/年", Body.budget.round("10 元/年", "HALF_UP") >= "100 元/年", True),
        (Body.budget.round("10 元/年", "HALF_UP") >= "100 元/年", Body.budget >= "96 元/年", False),
        (Body.budget.round("10 元/年", "DOWN") >= "100 元/年", Body.budget >= "100 元/年", True),
        # All of them are 100 % of them, and one at least is some of them.
        (SHARE >= "100 %", Body.trainees.every(Trainee.trained), True),
        (Body.trainees.every(Trainee.trained), SHARE >= "65 %", True),
        (Body.trainees.count(where=Trainee.trained) >= "1 人[学员]", Body.trainees.some(Trainee.trained), True),
        (Body.trainees.some(Trainee.trained), Body.trainees.count() >= "2 人[学员]", False),
        # 65 % of 120 are 78, and of 121 already 78.65, so 79.
        (
            (Body.trainees.count() >= "120 人[学员]") & (SHARE >= "65 %"),
            (Body.trainees.count(where=Trainee.trained) >= "78 人[学员]"),
            True,
        ),
        (
            (Body.trainees.count() >= "119 人[学员]") & (SHARE >= "65 %"),
            Body.trainees.count(where=Trainee.trained) >= "79 人[学员]",
            False,
        ),
        # The least is what each has; the greatest is at least the least.
        (Body.trainees.minimum(Trainee.hours) >= "40 学时", Body.trainees.every(Trainee.hours >= "39 学时"), True),
        (Body.trainees.minimum(Trainee.hours) >= "40 学时", Body.trainees.maximum(Trainee.hours) >= "40 学时", True),
        (Body.trainees.maximum(Trainee.hours) >= "40 学时", Body.trainees.minimum(Trainee.hours) >= "40 学时", False),
        # A sum of two is two sums; 40 are not 50.
        (
            Body.trainees.sum(Trainee.hours + Trainee.online) >= "40 学时",
            Body.trainees.sum(Trainee.hours) + Body.trainees.sum(Trainee.online) >= "40 学时",
            True,
        ),
        (Body.trainees.sum(Trainee.hours) >= "40 学时", Body.trainees.sum(Trainee.hours) >= "50 学时", False),
        # An average says nothing of each.
        (
            Body.trainees.sum(Trainee.hours) / Body.trainees.count() >= "40 学时/人[学员]",
            Body.trainees.every(Trainee.hours >= "40 学时"),
            False,
        ),
        # At most 12 months of a year: 1,200 in all need 100 a month, and 100 do not suffice for part of it.
        (PAID, Body.trainees.every(Trainee.pay >= "100 元/月"), True),
        (Body.trainees.every(Trainee.pay >= "100 元/月"), PAID, False),
        # Whoever has 250 hours has 200; money that may be owed can make a wider sum the smaller one.
        (
            Body.trainees.share(Trainee.hours >= "250 学时", among=Trainee.invited) >= "70 %",
            Body.trainees.share(Trainee.hours >= "200 学时", among=Trainee.invited) >= "60 %",
            True,
        ),
        (
            Body.trainees.sum(Trainee.pay, where=Trainee.hours >= "250 学时") >= "70 元/月",
            Body.trainees.sum(Trainee.pay, where=Trainee.hours >= "200 学时") >= "70 元/月",
            True,
        ),
        (
            Body.trainees.sum(Trainee.balance, where=Trainee.hours >= "250 学时") >= "70 元",
            Body.trainees.sum(Trainee.balance, where=Trainee.hours >= "200 学时") >= "70 元",
            False,
        ),
        # Three times 40 are 120 and not 121; the mean of what is at least 40 each is at least 40.
        (
            Body.trainees.every(Trainee.hours >= "40 学时") & (Body.trainees.count() >= "3 人[学员]"),
            Body.trainees.sum(Trainee.hours) >= "120 学时",
            True,
        ),
        (
            Body.trainees.every(Trainee.hours >= "40 学时") & (Body.trainees.count() >= "3 人[学员]"),
            Body.trainees.sum(Trainee.hours) >= "121 学时",
            False,
        ),
        (
            Body.trainees.every(Trainee.hours >= "40 学时"),
            Body.trainees.sum(Trainee.hours) / Body.trainees.count() >= "40 学时/人[学员]",
            True,
        ),
        (
            Body.trainees.every(Trainee.hours >= "40 学时", where=Trainee.invited),
            Body.trainees.sum(Trainee.hours, where=Trainee.trained) / Body.trainees.count(where=Trainee.trained)
            >= "40 学时/人[学员]",
            False,
        ),
        # Whole months have begun. From 15 January to 31 December 12 have begun, and 11 are whole.
        (_served("whole_months", "6 个月"), _served("months_begun", "6 个月"), True),
        (_served("months_begun", "12 个月"), _served("whole_months", "12 个月"), False),
        (_paid("whole_months"), _paid("months_begun"), True),
        # A board of one or two: not all of at most two may be trained and one untrained.
        (Body.board.count(where=Trainee.trained) >= "2 人[学员]", Body.board.every(Trainee.trained), True),
        (Body.board.some(Trainee.trained), Body.board.every(Trainee.trained), False),
    ],
)
def test_implications_by_hand(one: Any, other: Any, holds: bool) -> None:
    a, b = rule(one), rule(other)
    compared = implies(a, b, on=DAY)
    assert compared.holds is holds
    assert holds or counters(a, b, shown(compared), DAY)


def test_where_the_second_rule_does_not_bind_nothing_contradicts_it() -> None:
    """A floor for one kind says nothing against a floor for another; nor do they ever bind together."""
    one = rule(Body.budget >= "1 元/年", when=Body.kind.is_in("甲"))
    other = rule(Body.budget >= "9 元/年", when=Body.kind.is_in("乙"))
    assert implies(one, other)
    assert not overlaps(one, other)
    compared = contradicts(one, other)
    assert compared.holds is False and compared.witness is None
    assert "never bind together" in compared.detail.en


def test_a_floor_above_a_ceiling_contradicts_it() -> None:
    """300 and less cannot be 400 and more; 300 can be both of two ends that touch."""
    ceiling = rule(Body.budget <= "300 元/年")
    assert contradicts(rule(Body.budget >= "400 元/年"), ceiling)
    touching = contradicts(rule(Body.budget >= "25 元/月"), ceiling)
    assert touching.holds is False
    assert shown(touching) == {"budget": pe.Amount.parse("300 元/年")}


def test_no_number_of_people_lies_between_two_neighbours() -> None:
    """People are whole: more than three and fewer than four is nobody's number."""
    assert contradicts(rule(Body.members > "3 人[党员]"), rule(Body.members < "4 人[党员]"))


def test_a_standard_is_all_its_rules() -> None:
    """The shipped floors imply each of their rules, and none of two different floors implies the other."""
    committee, allowance = STANDARD.rules[0], STANDARD.rules[3]
    assert implies(STANDARD.rules, committee)
    assert implies(STANDARD.rules, STANDARD.rules)
    compared = implies(committee, allowance)
    assert not compared
    assert counters(committee, allowance, shown(compared))
    judged = STANDARD.judge(shown(compared), on=DAY)
    assert (judged[committee.name].verdict, judged[allowance.name].verdict) == (MET, UNMET)


def test_what_ships_implies_itself_part_by_part() -> None:
    """Long rules with sums within collections are seen to be the same; so is a rule with a part added."""
    assert implies(CONSISTENCY, CONSISTENCY)
    for one in CONSISTENCY.rules:
        assert implies(CONSISTENCY, one)
        assert tightens(one, one)
        more = pe.Rule("more", pe.all_of(one.condition, one.condition), when=one.when)
        assert tightens(more, one)
    assert tightens(rule((PAID & SHARE_HALF).when(Body.rural)), rule(PAID.when(Body.rural)))


def test_a_quota_that_is_lowered_is_tighter() -> None:
    """So much a person and day, and less beyond the thirtieth: with a tenth less of it nobody may spend more."""
    citation = pe.Citation(title="某市办法", evidence=pe.Evidence.PRIMARY)
    for name in ("within_quota_first_class", "within_quota_first_class_beyond_30_days"):
        quota = next(one for one in TRAINING_FEES.rules if one.name == name)
        lowered = quota.requiring("200 元/人/天", citation=citation)
        assert tightens(lowered, quota)
        loosened = tightens(quota, lowered)
        assert loosened.holds is False
        assert counters(quota, lowered, shown(loosened))


def test_a_share_among_others_for_each_of_a_collection_is_a_share_of_its_own() -> None:
    """Of 5, 0, 0, 0 hours: of those with an hour all have 5, but of all only a quarter has 4."""
    a = rule(Hall.rooms.some(Hall.guests.share(Guest.stay >= "5 天", among=Guest.stay >= Room.least) >= "60 %"))
    b = rule(Hall.rooms.every(Hall.guests.share(Guest.stay >= "4 天", among=Guest.stay >= Room.least) >= "60 %"))
    stays = [{"stay": pe.Amount.of(days, "天")} for days in (5, 0, 0, 0)]
    rooms = [{"least": pe.Amount.of(days, "天")} for days in (1, 0)]
    assert counters(a, b, {"guests": stays, "rooms": rooms})
    assert implies(a, b).holds is not True


def test_stages_and_due_days_are_left_aside_by_implies() -> None:
    """What the clauses require is compared: on a day before the second falls due its witness is no shortfall yet."""
    low = rule(Body.budget >= "1 元/年", "low")
    high = rule(Body.budget >= "2 元/年", "high", due=datetime.date(2027, 1, 1), stage="achieved")
    compared = implies(low, high)
    assert compared.holds is False
    assert implies(rule(high.condition), high)
    judged = pe.Standard("both", [low, high]).judge(shown(compared), on=DAY)
    assert judged["low"].verdict is MET
    assert judged["high"].verdict is not UNMET


def test_like_elements_of_a_witness_are_records_of_their_own() -> None:
    two, five = (rule(Body.trainees.count(where=Trainee.trained) >= f"{n} 人[学员]") for n in (2, 5))
    elements = shown(implies(two, five))["trainees"]
    assert isinstance(elements, list) and len(elements) >= 2
    elements[0]["trained"] = None
    assert all(one["trained"] is not None for one in elements[1:])


BASE = rule(Body.budget >= "3000 元/年", "base", when=Body.rural)


@pytest.mark.parametrize(
    ("overlay", "says"),
    [
        (rule(Body.budget >= "2999.99 元/年", when=Body.rural), "is met where"),
        (rule(Body.budget >= "4000 元/年", when=Body.rural & Body.kind.is_in("甲")), "binds where"),
        (rule(Body.budget >= "4000 元/年", when=Body.rural, due=DAY), "falls due later"),
    ],
)
def test_a_weaker_overlay_is_said_to_be_weaker_and_how(overlay: pe.Rule, says: str) -> None:
    compared = tightens(overlay, BASE)
    assert compared.holds is False
    assert says in compared.detail.en
    if compared.witness is not None:
        narrower = verdict(BASE, compared.witness) in BINDS and verdict(overlay, compared.witness) is NOT_APPLICABLE
        assert narrower if says == "binds where" else counters(overlay, BASE, compared.witness)


def test_a_higher_floor_that_binds_more_widely_is_tighter() -> None:
    assert tightens(rule(Body.budget >= "3001 元/年"), BASE)
    assert tightens(BASE, BASE)


def test_stages_and_due_days_are_part_of_being_tighter() -> None:
    """A plan does not stand in for an achievement, nor a later day for an earlier one; severity is not compared."""
    later = datetime.date(2027, 1, 1)
    achieved, due = rule(BASE.condition, stage="achieved"), rule(BASE.condition, due=DAY)
    assert tightens(rule(BASE.condition, stage="planned"), achieved).holds is False
    assert tightens(rule(BASE.condition), achieved).holds is False
    assert tightens(achieved, rule(BASE.condition, stage="planned"))
    assert tightens(rule(BASE.condition, due=later), due).holds is False
    assert tightens(rule(BASE.condition, due=DAY, severity="note"), due)
    assert tightens(rule(BASE.condition), due)


def test_an_open_question_is_said_to_be_open() -> None:
    """A least of 40 does make the average at least 40; how a sum follows from the least is more than is looked at."""
    average = rule(Body.trainees.sum(Trainee.hours) / Body.trainees.count() >= "40 学时/人[学员]")
    compared = implies(rule(Body.trainees.minimum(Trainee.hours) >= "40 学时"), average)
    assert compared.holds is None and compared.witness is None
    assert "not decided" in compared.detail.en and "未能判定" in compared.detail.zh
    with pytest.raises(RuleError, match=r"\.holds"):
        bool(compared)


def test_months_served_need_the_day() -> None:
    """Without a day no facts can be judged; what holds on any day is known all the same."""
    paid = rule(PAID)
    compared = implies(rule(Body.trainees.every(Trainee.pay >= "100 元/月")), paid)
    assert compared.holds is None and "the day judged on" in compared.detail.en
    assert implies(paid, rule(Body.trainees.every(Trainee.pay >= "100 元/月")))


# --- gaps ------------------------------------------------------------------------------------------------------


def test_kinds_that_no_rule_covers() -> None:
    """Rules for 甲, and for rural 乙: left are 乙 that is not rural and every 丙."""
    covered = [
        rule(Body.budget >= "1 元/年", "one", when=Body.kind.is_in("甲")),
        rule(Body.budget >= "2 元/年", "two", when=Body.kind.is_in("乙") & Body.rural),
    ]
    found = gaps(covered)
    assert {tuple(sorted((gap.facts or {}).items())) for gap in found} == {
        (("kind", "乙"), ("rural", False)),
        (("kind", "丙"),),
    }
    assert all(gap.rules == ("one", "two") and gap.decided for gap in found)
    assert gaps([*covered, rule(Body.budget >= "3 元/年", "three")]) == ()


EACH = Trainee.hours >= "1 学时"


@pytest.mark.parametrize(
    ("condition", "left"),
    [
        (Body.trainees.every(EACH.when(Body.rural)), [{"rural": False}]),
        (Body.trainees.every(EACH, where=Body.rural), [{"rural": False}]),
        (Body.trainees.minimum(Trainee.hours, where=Body.kind.is_in("甲", "乙")) >= "1 学时", [{"kind": "丙"}]),
        (Body.trainees.share(EACH, among=Body.rural & Trainee.trained) >= "1 %", [{"rural": False}]),
        # A sum or a count of none is zero, and compared like any other.
        (Body.trainees.sum(Trainee.hours, where=Body.rural) >= "1 学时", []),
        (Body.trainees.count(where=EACH.when(Body.rural)) >= "1 人[学员]", []),
    ],
)
def test_guards_inside_a_collection_that_speak_of_its_owner_leave_kinds_out(condition: Any, left: list[object]) -> None:
    assert [gap.facts for gap in gaps(rule(condition))] == left


@pytest.mark.parametrize("pairs", [False, True])
def test_gaps_of_many_flags_are_those_that_trying_all_finds(pairs: bool) -> None:
    """Twelve rules, each for one of twelve flags, or for two neighbouring ones: 4,096 kinds, told apart quickly."""
    wide = _wide(12)
    flags = [getattr(wide, f"flag_{index}") for index in range(12)]
    guards = [flag & flags[index - 1] if pairs else flag for index, flag in enumerate(flags)]
    found = gaps([rule(wide.sum_0 >= "1 元", f"r{index}", when=guard) for index, guard in enumerate(guards)])
    assert all(gap.decided for gap in found)
    for kind in itertools.product((True, False), repeat=12):
        bound = any(on and (kind[index - 1] or not pairs) for index, on in enumerate(kind))
        named = {f"flag_{index}": on for index, on in enumerate(kind)}
        assert bound is not any((gap.facts or {}).items() <= named.items() for gap in found)


def test_a_guard_that_nothing_fulfils_covers_nothing() -> None:
    """Below and above at once is nobody: the rule binds no kind at all."""
    (gap,) = gaps(rule(Body.budget >= "1 元/年", when=(Body.budget > "5 元/年") & (Body.budget < "4 元/年")))
    assert gap.facts == {}


def test_days_between_and_around_versions_are_gaps() -> None:
    first = InForce(since=datetime.date(2014, 1, 1), until=datetime.date(2016, 12, 31))
    second = InForce(since=datetime.date(2017, 7, 1))
    versions = [rule(Body.budget >= "1 元/年", in_force=dates) for dates in (second, first)]
    assert [(gap.since, gap.until) for gap in gaps(versions)] == [
        (None, datetime.date(2013, 12, 31)),
        (datetime.date(2017, 1, 1), datetime.date(2017, 6, 30)),
    ]
    assert gaps(versions, on=DAY) == ()
    assert gaps([*versions[:1], rule(Body.budget >= "1 元/年", in_force=InForce())]) == ()
    ended = [rule(Body.budget >= "1 元/年", in_force=first)]
    assert [(gap.since, gap.until) for gap in gaps(ended)][-1] == (datetime.date(2017, 1, 1), None)


def test_the_shipped_floors_leave_out_what_is_not_of_an_enterprise() -> None:
    """Every kind has its floor; the clause speaks of enterprises that are not public."""
    assert [gap.facts for gap in gaps(STANDARD.rules)] == [{"non_public": False}]


# --- size ------------------------------------------------------------------------------------------------------


def test_many_comparisons_of_one_fact_and_sums_of_many_facts() -> None:
    """Two hundred floors are the highest of them; a sum of hundreds of terms is one form."""
    floors = rule(pe.all_of(*(Body.budget >= f"{floor} 元/年" for floor in range(200))))
    assert implies(floors, rule(Body.budget >= "199 元/年"))
    assert implies(floors, floors)
    assert not implies(floors, rule(Body.budget >= "200 元/年"))
    many = rule(pe.total([Body.budget, Body.spent] * 300) >= "600 元/年")
    assert implies(many, rule(Body.budget + Body.spent >= "2 元/年"))


def test_a_standard_of_many_guarded_rules() -> None:
    """A hundred floors, each with its own guard: the set implies itself, and not the set of higher floors."""
    wide = _wide(100)
    floors, higher = (
        [rule(getattr(wide, f"sum_{n}") >= f"{floor} 元", f"r{n}", when=getattr(wide, f"flag_{n}")) for n in range(100)]
        for floor in (5, 6)
    )
    assert implies(higher, floors)
    compared = implies(floors, higher)
    assert compared.holds is False
    judged = shown(compared)
    assert all(verdict(one, judged) in (MET, NOT_APPLICABLE) for one in floors)
    assert any(verdict(one, judged) is UNMET for one in higher)


def _wide(size: int) -> Any:
    """Return a subject with many flags and sums."""
    flags = {f"flag_{index}": pe.flag() for index in range(size)}
    sums = {f"sum_{index}": pe.measure("元", at_least=0) for index in range(size)}
    return pe.subject(type("Wide", (), {**flags, **sums}))


def test_more_ways_than_can_be_tried_end_in_not_decided() -> None:
    """A pigeonhole: ten sums of products that would have to be told apart end quickly, with nothing claimed."""
    products = [Body.members * Body.rate + Body.budget * f"{n} 倍" for n in range(1, 12)]
    spread = rule(pe.all_of(*((one > "100 元/年") | (one < "50 元/年") for one in products)))
    compared = implies(spread, rule(Body.members * Body.rate * Body.members >= "1 元·人[党员]/年"))
    assert compared.holds is not True
    assert compared.holds is None or counters(
        spread, rule(Body.members * Body.rate * Body.members >= "1 元·人[党员]/年"), shown(compared)
    )


def test_a_rule_of_many_choices_gives_up_in_time() -> None:
    """Of 16 pairs one each makes 16 in all: true, but 65,536 ways; work is counted, not steps."""
    wide = _wide(32)
    sums = [getattr(wide, f"sum_{index}") for index in range(32)]
    ways = rule(pe.all_of(*((sums[2 * n] >= "1 元") | (sums[2 * n + 1] >= "1 元") for n in range(16))))
    began = time.process_time()
    assert implies(ways, rule(pe.total(sums) >= "16 元")).holds is None
    assert time.process_time() - began < 10


def test_work_that_is_used_up_is_used_up() -> None:
    work = Work(10)
    part = work.portion(8)
    part.spend(5)
    work.restore(part)
    work.spend(5)
    with pytest.raises(Exhausted):
        work.spend(1)


# --- bad input -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ask", [implies, overlaps, contradicts, tightens])
def test_rules_about_different_subjects_are_refused(ask: Callable[..., Comparison]) -> None:
    with pytest.raises(RuleError, match="Body and Office"):
        ask(BASE, rule(Office.rural))


@pytest.mark.parametrize("wrong", [None, "base", 3, [], [BASE, "base"], [BASE, rule(Office.rural)], BASE.condition])
def test_what_is_no_rule_is_refused(wrong: Any) -> None:
    for ask in (implies, overlaps, contradicts):
        with pytest.raises(RuleError):
            ask(wrong, BASE)
        with pytest.raises(RuleError):
            ask(BASE, wrong)
    with pytest.raises(RuleError):
        gaps(wrong)


@pytest.mark.parametrize("wrong", [None, "base", [], [BASE], (one for one in [BASE]), STANDARD, BASE.condition])
def test_tightening_is_asked_of_single_rules(wrong: Any) -> None:
    """Stages and due days are those of one rule; both sides are named where both are wrong."""
    with pytest.raises(RuleError, match=r"overlay: .* needed a single Rule"):
        tightens(wrong, BASE)
    with pytest.raises(RuleError, match=r"base: .* needed a single Rule"):
        tightens(BASE, wrong)
    with pytest.raises(RuleError) as refused:
        tightens(wrong, wrong)
    assert len(refused.value.problems) == 2


def test_versions_need_a_day() -> None:
    """Without a day it is not known which of two versions is meant; with one, the one in force is compared."""
    old = rule(Body.budget >= "1 元/年", in_force=InForce(until=datetime.date(2020, 12, 31)))
    new = rule(Body.budget >= "9 元/年", in_force=InForce(since=datetime.date(2021, 1, 1)))
    asked = rule(Body.budget >= "5 元/年")
    with pytest.raises(RuleError, match="several versions of rule"):
        implies([old, new], asked)
    assert implies([old, new], asked, on=DAY)
    assert not implies([old, new], asked, on=datetime.date(2020, 1, 1))
    with pytest.raises(RuleError, match="in force on 2020-01-01"):
        implies([new], asked, on=datetime.date(2020, 1, 1))
    with pytest.raises(RuleError, match=r"datetime\.date"):
        implies(asked, asked, on="2026-06-30")  # type: ignore[arg-type]


def test_too_many_kinds_are_refused() -> None:
    """13 flags tell 8,192 kinds apart."""
    wide = _wide(13)
    guard = pe.all_of(*(getattr(wide, f"flag_{index}") for index in range(13)))
    with pytest.raises(RuleError, match="8192 kinds"):
        gaps(rule(wide.sum_0 >= "1 元", when=guard))


def test_a_gap_is_data() -> None:
    (gap,) = gaps(BASE)
    assert gap == Gap(rules=("base",), facts={"rural": False}, label=gap.label)
    assert gap.label.zh == "没有规则适用（在农村：否）"
