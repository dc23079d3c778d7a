"""Judging: thresholds are monotone, shortfalls tight, and neither order nor units nor plans change a verdict."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import perfeval as pe
from perfeval.amounts import Amount
from perfeval.evaluation import ReasonKind
from perfeval.expressions import Compare, Literal, Operator
from perfeval.facts import Given, Listed
from perfeval.judging import judge_rule, verdict_of
from perfeval.strategies import Office, Person, facts, numbers, rules
from perfeval.subjects import read
from perfeval.verdicts import Verdict

MET, UNMET = Verdict.MET, Verdict.UNMET
UNKNOWN, NOT_APPLICABLE = Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
DAY = datetime.date(2026, 6, 30)
LAW = settings(max_examples=60)
YEARLY = numbers(-1000, 1000)
FLOOR = pe.Rule("floor", Office.reserve >= "300 元/年")
CEILING = pe.Rule("ceiling", Office.reserve <= "300 元/年")


def judged(rule: pe.Rule, reserve: Any, **more: Any) -> pe.Finding:
    """Judge a rule on an office of which the reserve is given."""
    return judge_rule(rule, read(Office, {"reserve": reserve, **more}), on=DAY)


def yearly(number: Fraction | int) -> Amount:
    """Return so many 元 a year."""
    return Amount.of(number, "元/年")


# --- thresholds ----------------------------------------------------------------------------------------------


@LAW
@given(YEARLY, YEARLY)
def test_a_floor_is_monotone_and_a_ceiling_antitone(one: Fraction, other: Fraction) -> None:
    """More never turns a met floor unmet; less never turns a met ceiling unmet."""
    low, high = sorted((one, other))
    if judged(FLOOR, yearly(low)).verdict is MET:
        assert judged(FLOOR, yearly(high)).verdict is MET
    if judged(CEILING, yearly(high)).verdict is MET:
        assert judged(CEILING, yearly(low)).verdict is MET
    assert judged(FLOOR, yearly(low)).verdict is (MET if low >= 300 else UNMET)
    assert judged(CEILING, yearly(high)).verdict is (MET if high <= 300 else UNMET)


@LAW
@given(YEARLY, numbers(-1000, 1000), st.integers(1, 10**9))
def test_the_shortfall_is_tight(held: Fraction, wanted: Fraction, sliver: int) -> None:
    """The shortfall makes a floor met, and anything less does not; so for a ceiling."""
    floor = pe.Rule("floor", Office.reserve >= yearly(wanted))
    ceiling = pe.Rule("ceiling", Office.reserve <= yearly(wanted))
    for rule, sign in ((floor, 1), (ceiling, -1)):
        finding = judged(rule, yearly(held))
        if finding.verdict is MET:
            assert finding.shortfall is None
            continue
        assert isinstance(finding.shortfall, Amount)
        short = finding.shortfall.number_in("元/年")
        assert short == abs(wanted - held) > 0
        assert judged(rule, yearly(held + sign * short)).verdict is MET
        assert judged(rule, yearly(held + sign * (short - short / (sliver + 1)))).verdict is UNMET


@pytest.mark.parametrize(
    ("condition", "reserve", "shortfall"),
    [
        (Office.reserve >= "10000 元/年", "0.9 万元/年", "1000 元/年"),
        (Office.reserve >= "200 元/月", "2399.99 元/年", Amount.of(Fraction(1, 1200), "元/月")),
        (Office.reserve <= "200 元/月", "250 元/月", "50 元/月"),
        (pe.equal(Office.reserve, "5 元/年"), "3 元/年", "2 元/年"),
        (pe.equal(Office.reserve, "5 元/年"), "7 元/年", "2 元/年"),
        ("500 元/年" <= Office.reserve, "1 元/年", "499 元/年"),  # type: ignore[operator]
    ],
)
def test_shortfalls_by_hand(condition: Any, reserve: str, shortfall: Any) -> None:
    """How far short, in the unit of what is required."""
    finding = judged(pe.Rule("rule", condition), reserve)
    assert finding.verdict is UNMET
    assert finding.shortfall == (Amount.parse(shortfall) if isinstance(shortfall, str) else shortfall)


def test_a_shortfall_of_what_is_known_from_above() -> None:
    """Known only to be at most 100 against 300: at least 200 short."""
    finding = judged(FLOOR, pe.at_most("100 元/年"))
    assert finding.verdict is UNMET
    assert finding.shortfall == pe.at_least("200 元/年")


# --- restatement and order -----------------------------------------------------------------------------------

_SAME = {
    "元/年": Fraction(1),
    "元/月": Fraction(1, 12),
    "万元/年": Fraction(1, 10**4),
    "分/季度": Fraction(100, 4),
}


def restated(value: Any, unit: str) -> Any:
    """Return facts with every amount of money shown in another unit, collections included."""
    if isinstance(value, Amount) and value.unit.is_money:
        return Amount.of(value.number_in("元/年") * _SAME[unit], unit)
    if isinstance(value, pe.AmountRange):
        return pe.AmountRange(*(None if end is None else restated(end, unit) for end in (value.low, value.high)))
    if isinstance(value, dict):
        return {name: restated(inner, unit) for name, inner in value.items()}
    if isinstance(value, list):
        return [restated(inner, unit) for inner in value]
    if isinstance(value, Listed):
        return Listed(
            items=tuple(restated(inner, unit) for inner in value.items),
            others_at_least=value.others_at_least,
            others_at_most=value.others_at_most,
        )
    return value


@LAW
@given(rules(), facts(Office), st.sampled_from(sorted(_SAME)))
def test_restating_units_changes_nothing(rule: pe.Rule, given_facts: dict[str, Any], unit: str) -> None:
    """万元 for 元 and a month for a year leave the verdict, the reason and the shortfall as they are."""
    one = judge_rule(rule, read(Office, given_facts), on=DAY)
    other = judge_rule(rule, read(Office, restated(given_facts, unit)), on=DAY)
    assert (one.verdict, one.reason, one.missing, one.shortfall) == (
        other.verdict,
        other.reason,
        other.missing,
        other.shortfall,
    )


def mixed(value: Any, random: Any) -> Any:
    """Return facts with their names, and the items of collections, in another order."""
    if isinstance(value, dict):
        names = list(value)
        random.shuffle(names)
        return {name: mixed(value[name], random) for name in names}
    if isinstance(value, list):
        return random.sample([mixed(inner, random) for inner in value], len(value))
    return value


@LAW
@given(rules(), facts(Office), st.randoms(use_true_random=False))
def test_the_order_of_facts_and_items_does_not_matter(rule: pe.Rule, given_facts: dict[str, Any], random: Any) -> None:
    """Facts and items in any order come to the same verdict with the same figures."""
    one = judge_rule(rule, read(Office, given_facts), on=DAY)
    other = judge_rule(rule, read(Office, mixed(given_facts, random)), on=DAY)
    assert (one.verdict, one.observed, one.required, one.shortfall) == (
        other.verdict,
        other.observed,
        other.required,
        other.shortfall,
    )
    assert len(one.missing) == len(other.missing)


@LAW
@given(st.lists(rules(1), min_size=2, max_size=4), facts(Office), st.randoms(use_true_random=False))
def test_the_order_of_rules_does_not_matter(built: list[pe.Rule], given_facts: dict[str, Any], random: Any) -> None:
    """A standard finds the same of each rule in whatever order they are written."""
    named = [pe.Rule(f"rule_{index}", rule.condition, when=rule.when) for index, rule in enumerate(built)]
    straight = pe.Standard("one", named).judge(given_facts, on=DAY)
    shuffled = pe.Standard("one", random.sample(named, len(named))).judge(given_facts, on=DAY)
    assert {finding.id: finding for finding in straight} == {finding.id: finding for finding in shuffled}
    assert straight.verdict is shuffled.verdict


@LAW
@given(rules(), facts(Office))
def test_the_fast_way_agrees_with_the_finding(rule: pe.Rule, given_facts: dict[str, Any]) -> None:
    """The verdict alone, the finding and the standard's quick verdicts are the same; ids are unique."""
    record = read(Office, given_facts)
    finding = judge_rule(rule, record, on=DAY)
    assert verdict_of(rule, record, on=DAY).verdict is finding.verdict
    assert pe.Standard("one", [rule]).verdicts(record, on=DAY) == {"rule": finding.verdict}
    ids = [below.id for below in finding.walk()]
    assert len(ids) == len(set(ids))
    assert judge_rule(rule, record, on=DAY) == finding


# --- stages and days -----------------------------------------------------------------------------------------

ACHIEVED = pe.Rule("achieved", Office.reserve >= "300 元/年", stage=pe.Stage.ACHIEVED)


@LAW
@given(YEARLY, st.sampled_from(("planned", "in_progress")))
def test_a_plan_never_meets_a_rule_about_achievement(number: Fraction, stage: str) -> None:
    """Whatever is planned or under way, an achievement is UNKNOWN until it is achieved."""
    finding = judged(ACHIEVED, pe.given(yearly(number), stage=stage))
    assert finding.verdict is UNKNOWN
    assert finding.reason is not None
    assert finding.reason.kind is ReasonKind.PLANNED_ONLY
    assert judged(ACHIEVED, pe.given(yearly(number), stage="achieved")).verdict is (MET if number >= 300 else UNMET)


@settings(max_examples=40)
@given(rules(), facts(Office))
def test_plans_alone_never_meet_an_achievement_rule(rule: pe.Rule, given_facts: dict[str, Any]) -> None:
    """Facts that are all planned give an achievement rule only what no facts at all would give it."""
    about = pe.Rule("rule", rule.condition, when=rule.when, stage=pe.Stage.ACHIEVED)
    planned = verdict_of(about, read(Office, given_facts, stage=pe.Stage.PLANNED), on=DAY)
    assert planned.verdict is verdict_of(about, read(Office, {}), on=DAY).verdict


def test_a_target_that_is_not_yet_due() -> None:
    """Before its day a missed target is not yet due; from that day on it is missed; met early is met."""
    rule = pe.Rule("target", Office.reserve >= "300 元/年", due=datetime.date(2026, 12, 31))
    record = read(Office, {"reserve": "1 元/年"})
    early = judge_rule(rule, record, on=datetime.date(2026, 12, 30))
    assert early.verdict is UNKNOWN
    assert early.reason == pe.Reason(ReasonKind.NOT_DUE, "2026-12-31")
    assert early.shortfall is None
    assert judge_rule(rule, record, on=datetime.date(2026, 12, 31)).verdict is UNMET
    assert judge_rule(rule, read(Office, {"reserve": "300 元/年"}), on=DAY).verdict is MET


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (datetime.date(2025, 12, 31), NOT_APPLICABLE),
        (datetime.date(2026, 1, 1), MET),
        (datetime.date(2026, 12, 31), MET),
        (datetime.date(2027, 1, 1), NOT_APPLICABLE),
    ],
)
def test_out_of_force_does_not_apply(on: datetime.date, expected: Verdict) -> None:
    """Outside its dates a standard does not apply, and its review is never MET."""
    dates = pe.InForce(since=datetime.date(2026, 1, 1), until=datetime.date(2026, 12, 31))
    standard = pe.Standard("dated", [FLOOR], in_force=dates)
    review = standard.judge({"reserve": "300 元/年"}, on=on)
    assert review["floor"].verdict is expected
    assert review.verdict is expected
    if expected is NOT_APPLICABLE:
        assert review["floor"].reason == pe.Reason(ReasonKind.NOT_IN_FORCE, on.isoformat())


def test_a_review_in_which_nothing_applied_is_not_met() -> None:
    """Rules that all bind elsewhere leave the review NOT_APPLICABLE."""
    standard = pe.Standard("rural", [pe.Rule("floor", Office.reserve >= "1 元/年", when=Office.rural)])
    assert standard.judge({"rural": False, "reserve": "5 元/年"}, on=DAY).verdict is NOT_APPLICABLE


@pytest.mark.parametrize(("reserve", "expected"), [("300 元/年", MET), ("1 元/年", UNMET), (None, UNKNOWN)])
def test_notes_never_count(reserve: str | None, expected: Verdict) -> None:
    """A note, unmet or unknown, does not change what the review comes to; alone it comes to nothing."""
    note = pe.Rule("note", Office.budget >= "36 元/年", severity=pe.Severity.NOTE)
    both = pe.Standard("both", [FLOOR, note])
    for budget in ("0 元/年", "36 元/年", None):
        assert both.judge({"reserve": reserve, "budget": budget}, on=DAY).verdict is expected
    assert pe.Standard("alone", [note]).judge({"budget": "36 元/年"}, on=DAY).verdict is NOT_APPLICABLE


# --- what a finding holds --------------------------------------------------------------------------------------


def test_each_element_has_its_part() -> None:
    """A rule on every element lists those that decide it and those that do not."""
    rule = pe.Rule("each", Office.staff.every(Person.pay >= "2 元/月"))
    data = {"staff": [{"name": "张三", "pay": "3 元/月"}, {"pay": "1 元/月"}]}
    finding = judge_rule(rule, read(Office, data), on=DAY)
    assert finding.verdict is UNMET
    assert [child.verdict for child in finding.children] == [MET, UNMET]
    assert [child.about for child in finding.children] == ["staff[0]", "staff[1]"]
    assert finding.children[1].shortfall == Amount.parse("1 元/月")


def test_composed_rules_keep_their_names() -> None:
    """Rules joined with & keep their names in the parts of the finding."""
    rule = pe.Rule("both", FLOOR & CEILING)
    finding = judged(rule, "301 元/年")
    assert finding.verdict is UNMET
    assert [(child.id, child.verdict) for child in finding.children] == [
        ("both/floor", MET),
        ("both/ceiling", UNMET),
    ]


def test_a_finding_says_who_asserted_what_and_where() -> None:
    """The source and the place of a value come along with the finding."""
    span = pe.Span(start=3, end=9, text="300元/年")
    value = Given(value=yearly(300), source="项目文本", span=span)
    finding = judged(FLOOR, value)
    assert finding.sources == ("项目文本",)
    assert finding.spans == (span,)
    assert (finding.observed, finding.required) == (yearly(300), yearly(300))


def test_requests_gather_what_is_missing_once() -> None:
    """What several UNKNOWN rules miss is asked for once."""
    standard = pe.Standard("two", [FLOOR, CEILING])
    review = standard.judge({}, on=DAY)
    assert [missing.path for missing in review.requests] == ["reserve"]


@pytest.mark.parametrize("on", ["2026-06-30", datetime.datetime(2026, 6, 30), None])
def test_the_day_is_the_callers(on: Any) -> None:
    """A day that is not a calendar day is refused."""
    with pytest.raises(pe.PerfevalError):
        pe.Standard("one", [FLOOR]).judge({"reserve": "300 元/年"}, on=on)


# --- lists that are plans, and parts of what does not bind ---------------------------------------------------


@pytest.mark.parametrize(
    "condition",
    [
        Office.staff.count() >= "1 人",
        Office.staff.count() <= "1 人",
        pe.equal(Office.staff.sum(Person.pay), "1 元/月"),
        Office.staff.every(Person.pay >= "1 元/月"),
        Office.staff.some(Person.pay >= "1 元/月"),
        Office.staff.share(Person.pay >= "1 元/月") >= "100 %",
        Office.staff.minimum(Person.pay) >= "1 元/月",
    ],
)
def test_a_planned_list_is_no_achievement(condition: Any) -> None:
    """Courses that are planned are not courses held: the list itself has a stage."""
    rule = pe.Rule("achieved", condition, stage=pe.Stage.ACHIEVED)
    people = [{"pay": "1 元/月"}]
    plan = judge_rule(rule, read(Office, {"staff": people}, stage=pe.Stage.PLANNED), on=DAY)
    assert plan.verdict is UNKNOWN
    assert plan.reason is not None
    assert plan.reason.kind is ReasonKind.PLANNED_ONLY
    assert [(lack.path, lack.planned) for lack in plan.missing] == [("staff", True)]
    assert judge_rule(rule, read(Office, {"staff": people}), on=DAY).verdict is MET
    for value in (pe.given(people, stage="achieved"), {"value": people, "stage": "achieved"}):
        assert judge_rule(rule, read(Office, {"staff": value}, stage=pe.Stage.PLANNED), on=DAY).verdict is MET


def test_an_empty_planned_list_does_not_make_an_achievement_inapplicable() -> None:
    """That nobody is planned does not say that there is nobody."""
    rule = pe.Rule("achieved", Office.staff.every(Person.active), stage=pe.Stage.ACHIEVED)
    assert judge_rule(rule, read(Office, {"staff": []}, stage=pe.Stage.PLANNED), on=DAY).verdict is UNKNOWN
    assert judge_rule(rule, read(Office, {"staff": []}), on=DAY).verdict is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"when": Office.rural}, NOT_APPLICABLE),
        ({"in_force": pe.InForce(since=datetime.date(2027, 1, 1))}, NOT_APPLICABLE),
        ({"due": datetime.date(2026, 12, 31)}, UNKNOWN),
        ({}, UNMET),
    ],
)
def test_parts_are_judged_as_their_whole(more: dict[str, Any], expected: Verdict) -> None:
    """A rule that does not bind has no unmet part and no shortfall, and neither has one that is not yet due."""
    rule = pe.Rule("each", Office.staff.every(Person.pay >= "2 元/月"), **more)
    finding = judge_rule(rule, read(Office, {"rural": False, "staff": [{"pay": "1 元/月"}]}), on=DAY)
    part = finding.children[0]
    assert (finding.verdict, part.verdict) == (expected, expected)
    assert part.shortfall == (Amount.parse("1 元/月") if expected is UNMET else None)
    if expected is not UNMET:
        assert part.reason == finding.reason


def test_a_target_within_a_known_range_is_not_yet_due_either() -> None:
    """Before its day the reason is the day, also where the range that is known would leave it open."""
    rule = pe.Rule("target", Office.reserve >= "300 元/年", due=datetime.date(2026, 12, 31))
    record = read(Office, {"reserve": pe.between("200 元/年", "400 元/年")})
    early, late = (judge_rule(rule, record, on=day) for day in (DAY, datetime.date(2026, 12, 31)))
    assert (early.verdict, late.verdict) == (UNKNOWN, UNKNOWN)
    assert early.reason == pe.Reason(ReasonKind.NOT_DUE, "2026-12-31")
    assert late.reason is not None
    assert late.reason.kind is ReasonKind.UNDETERMINED


def test_namesakes_have_ids_of_their_own() -> None:
    """A named part of every element, and two parts of one name, can be told apart by id."""
    each = pe.Rule("each", Office.staff.every(pe.named("paid", Person.pay >= "2 元/月")))
    found = judge_rule(each, read(Office, {"staff": [{"pay": "1 元/月"}, {"pay": "3 元/月"}]}), on=DAY)
    assert [(child.id, child.verdict) for child in found.children] == [
        ("each/0/paid", UNMET),
        ("each/1/paid", MET),
    ]
    twice = pe.Rule("twice", pe.named("same", Office.rural) & pe.named("same", FLOOR))
    assert [child.id for child in judged(twice, "1 元/年").children] == ["twice/0/same", "twice/1/same"]


@pytest.mark.parametrize("on", ["2026-06-30", datetime.datetime(2026, 6, 30), None])
def test_every_way_in_wants_a_day(on: Any) -> None:
    """The verdicts alone, and the findings alone, refuse what is no calendar day."""
    standard = pe.Standard("one", [pe.Rule("target", FLOOR, due=DAY)])
    record = standard.read({"reserve": "300 元/年"})
    for ask in (standard.verdicts, standard.findings):
        with pytest.raises(pe.PerfevalError):
            ask(record, on=on)


def test_an_exception_is_never_a_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes wrong while judging comes out as it is, and not as an UNKNOWN."""
    record = read(Office, {"reserve": "300 元/年"})

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("perfeval.evaluation._order", broken)
    with pytest.raises(ZeroDivisionError):
        judge_rule(FLOOR, record, on=DAY)


@pytest.mark.parametrize(
    ("written", "relation", "verdict"),
    [
        (Operator.AT_LEAST, Operator.AT_MOST, MET),
        (Operator.AT_MOST, Operator.AT_LEAST, UNMET),
        (Operator.ABOVE, Operator.BELOW, MET),
        (Operator.BELOW, Operator.ABOVE, UNMET),
        (Operator.EQUAL, Operator.EQUAL, UNMET),
    ],
)
def test_a_threshold_that_stands_first_is_still_the_threshold(
    written: Operator, relation: Operator, verdict: Verdict
) -> None:
    """300 against a reserve of 100: the reserve is observed, 300 required, and the relation is turned round."""
    rule = pe.Rule("rule", Compare(Literal(yearly(300)), written, Office.reserve))
    finding = judged(rule, "100 元/年")
    assert (finding.verdict, finding.relation) == (verdict, relation)
    assert (finding.observed, finding.required) == (yearly(100), yearly(300))
    assert finding.shortfall == (yearly(200) if verdict is UNMET else None)


def test_a_finding_stands_at_its_least_stage() -> None:
    """Of an achieved and a planned figure the finding says that it rests on a plan."""
    rule = pe.Rule("rule", Office.reserve + Office.budget >= "1 元/年")
    data = {"reserve": pe.given("5 元/年", stage="planned"), "budget": "1 元/年"}
    assert judge_rule(rule, read(Office, data), on=DAY).stage is pe.Stage.PLANNED
    assert judge_rule(rule, read(Office, {**data, "reserve": "5 元/年"}), on=DAY).stage is pe.Stage.ACHIEVED


def test_a_denied_comparison_says_what_it_requires_instead() -> None:
    """Not at least 300 is less than 300: 350 is 50 above."""
    denied = pe.Rule("cap", ~(Office.reserve >= "300 元/年"))
    over = judged(denied, "350 元/年")
    assert over.verdict is UNMET and over.relation is Operator.BELOW
    assert (over.observed, over.required, over.shortfall) == (yearly(350), yearly(300), yearly(50))
    assert judged(denied, None).relation is Operator.BELOW
    assert judged(denied, "299 元/年").verdict is MET
    other = judged(pe.Rule("other", ~pe.equal(Office.reserve, "300 元/年")), "300 元/年")
    assert (other.verdict, other.relation, other.observed, other.required) == (UNMET, None, yearly(300), yearly(300))
    assert other.shortfall is None
    assert "不应等于 300 元/年" in pe.finding_sentence(other)


def test_a_review_says_whom_it_is_about() -> None:
    """What a subject calls itself stands in the review; one without a name has none."""

    @pe.subject(zh="乡镇", en="township")
    class Township:
        name = pe.text(zh="名称", en="name")
        funding = pe.measure("元/年")

    standard = pe.Standard("one", [pe.Rule("floor", Township.funding >= "1 元/年")])
    review = standard.judge({"name": "东山镇", "funding": "2 元/年"}, on=DAY)
    assert review.about == pe.Label("东山镇", "东山镇")
    assert pe.review_to_data(review)["about"] == "东山镇"
    assert standard.judge({"funding": "2 元/年"}, on=DAY).about is None


def test_records_of_another_subject_and_bare_facts_are_refused() -> None:
    """Findings and quick verdicts are of checked records of the standard's own subject."""
    standard = pe.Standard("one", [FLOOR])
    for odd in ({"reserve": "1 元/年"}, read(Person, {}), None):
        for ask in (standard.findings, standard.verdicts):
            with pytest.raises(pe.FactsError, match="a record of Office"):
                ask(odd, on=DAY)  # type: ignore[arg-type]
    with pytest.raises(pe.FactsError, match="facts of each subject"):
        standard.judge_all(None, on=DAY)  # type: ignore[arg-type]
