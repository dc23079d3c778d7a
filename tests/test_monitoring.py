"""Goals through the year, planned, monitored and due: a shortfall is not one before it is due, a forecast is linear, nothing depends on order or units."""

from __future__ import annotations

import copy
import datetime
import json
import operator as compare
import pickle
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import perfeval as pe
from perfeval.amounts import Amount
from perfeval.errors import FactsError, NotFoundError, RuleError
from perfeval.evaluation import ReasonKind
from perfeval.expressions import Operator, PartYear
from perfeval.goals import Accrual, goal_facts, goal_standard, judge_goals, review_goals
from perfeval.indicators import Actual, BudgetBase, Funds, Indicator, Sheet
from perfeval.monitoring import Forecast, Monitoring, monitor
from perfeval.profiles.shelf import load
from perfeval.rules import Obligation, Severity
from perfeval.verdicts import Verdict

MET, UNMET, UNKNOWN = Verdict.MET, Verdict.UNMET, Verdict.UNKNOWN
LAW = settings(max_examples=40)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
HALF = date(2026, 6, 30)
COMPARED = {
    Operator.AT_LEAST: compare.ge,
    Operator.AT_MOST: compare.le,
    Operator.ABOVE: compare.gt,
    Operator.BELOW: compare.lt,
    Operator.EQUAL: compare.eq,
}
FLOORS, CEILINGS = (Operator.AT_LEAST, Operator.ABOVE), (Operator.AT_MOST, Operator.BELOW)
COUNTED = ("期", "人次", "元")
RESTATED = {"期": "期", "人次": "人次", "人": "人", "元": "万元", "%": "‰", "天": "半天"}
POLICIES = st.sampled_from(PartYear)
BEFORE_DUE = st.dates(FIRST, LAST - datetime.timedelta(days=1))
NUMBERS = st.fractions(0, 60, max_denominator=6)


@st.composite
def sheets(draw: st.DrawFn, units: Sequence[str] = (*COUNTED, "人", "%", "天"), least: int = 1) -> Sheet:
    """Draw a table of a few goals, some of them without an actual."""
    count = draw(st.integers(least, 4))
    indicators, actuals = [], []
    for place in range(count):
        unit = draw(st.sampled_from(units))
        name = f"指标{place}"
        target = Amount.of(draw(NUMBERS), unit)
        indicators.append(
            Indicator(
                name=name, level_one="产出指标", operator=draw(st.sampled_from(Operator)), target=target, weight=10
            )
        )
        if draw(st.booleans()) or place < least:
            actuals.append(Actual(indicator=name, value=Amount.of(draw(NUMBERS), unit)))
    money = st.integers(0, 100).map(lambda number: Amount.of(number, "万元"))
    funds = draw(st.none() | st.builds(Funds, full_year=money, executed=money))
    return Sheet(title="党建经费", indicators=indicators, actuals=actuals, funds=funds)


def monitored(sheet: Sheet, on: date, policy: PartYear | str = "days", **more: Any) -> Monitoring:
    """Monitor the calendar year 2026."""
    settled: dict[str, Any] = {"tolerance": "10%", "forecast": "linear", "spending_base": "full_year", **more}
    return monitor(sheet, period=(FIRST, LAST), on=on, policy=policy, **settled)


def of_goals(found: Monitoring) -> dict[str, Verdict]:
    """Return the verdict of each goal by the name of its indicator."""
    return {goal.indicator: found.review[f"monitoring/goal/{goal.indicator}"].verdict for goal in found.goals}


def by_id(review: pe.Review) -> dict[str, tuple[Verdict, Severity, Any, Any, Any]]:
    """Return what must not depend on order or units: ids, verdicts and exact figures, parts included."""
    return {
        one.id: (one.verdict, one.severity, one.observed, one.required, one.shortfall)
        for finding in review
        for one in finding.walk()
    }


def one_goal(target: str, actual: str | None = None, reason: str | None = None, **more: Any) -> Sheet:
    """Return a table of one goal."""
    goal = Indicator(name="培训期数", level_one="产出指标", target=target, weight=50)
    actuals = [] if actual is None else [Actual(indicator="培训期数", value=actual, reason=reason)]
    return Sheet(title="党建经费", indicators=[goal], actuals=actuals, **more)


# --- what is not yet due ---------------------------------------------------------------------------------------


@LAW
@given(sheets(), BEFORE_DUE, POLICIES)
def test_below_target_before_it_is_due_is_never_unmet(sheet: Sheet, on: date, policy: PartYear) -> None:
    """A floor is met or unknown until it is due, for the cut-off figures and for the same figures judged alone."""
    verdicts = of_goals(monitored(sheet, on, policy))
    alone = judge_goals(sheet, due=LAST, on=on, stage="achieved")
    for indicator in sheet.indicators:
        if indicator.operator in (*FLOORS, Operator.EQUAL):
            assert verdicts[indicator.name] is not UNMET
            assert alone[indicator.name].verdict is not UNMET


@LAW
@given(sheets(), BEFORE_DUE, st.lists(NUMBERS, min_size=4, max_size=4))
def test_a_verdict_before_the_end_is_that_of_every_end(sheet: Sheet, on: date, more: list[Fraction]) -> None:
    """What is decided in the year stays decided, however much is still added to what adds up."""
    verdicts = of_goals(monitored(sheet, on))
    for indicator, added in zip(sheet.indicators, more, strict=False):
        actual = sheet.actual(indicator.name)
        if verdicts[indicator.name] is UNKNOWN or actual is None:
            assert verdicts[indicator.name] is UNKNOWN
            continue
        assert isinstance(actual.value, Amount) and actual.value.unit.text in COUNTED
        later = Sheet(
            title=sheet.title,
            indicators=[indicator],
            actuals=[Actual(indicator=indicator.name, value=actual.value + Amount.of(added, actual.value.unit))],
        )
        assert of_goals(monitored(later, LAST))[indicator.name] is verdicts[indicator.name]


@LAW
@given(sheets(), BEFORE_DUE)
def test_a_ceiling_on_what_adds_up_is_unmet_as_soon_as_it_is_exceeded(sheet: Sheet, on: date) -> None:
    """And it is never met before the end, since more may be added."""
    verdicts = of_goals(monitored(sheet, on))
    for indicator in sheet.indicators:
        actual = sheet.actual(indicator.name)
        if indicator.operator not in CEILINGS or actual is None:
            continue
        assert isinstance(indicator.target, Amount)
        kept = COMPARED[indicator.operator](actual.value, indicator.target)
        counted = indicator.target.unit.text in COUNTED
        assert verdicts[indicator.name] is (UNMET if counted and not kept else UNKNOWN)


@LAW
@given(sheets(), st.integers(0, 400), POLICIES)
def test_from_the_last_day_on_the_achieved_figures_are_judged(sheet: Sheet, later: int, policy: PartYear) -> None:
    on = LAST + datetime.timedelta(days=later)
    found = monitored(sheet, on, policy)
    achieved = judge_goals(sheet, due=LAST, on=on, stage="achieved")
    for indicator in sheet.indicators:
        actual, verdict = sheet.actual(indicator.name), of_goals(found)[indicator.name]
        assert verdict is achieved[indicator.name].verdict
        assert indicator.operator is not None
        if actual is None:
            assert verdict is UNKNOWN
            assert [lack.path for lack in achieved[indicator.name].missing] == [f"actuals.{indicator.name}"]
        else:
            assert verdict is (MET if COMPARED[indicator.operator](actual.value, indicator.target) else UNMET)


@LAW
@given(sheets(), st.dates(FIRST, date(2027, 12, 31)))
def test_a_plan_never_meets_a_goal(sheet: Sheet, on: date) -> None:
    """The targets themselves, given as plans, decide nothing."""
    review = judge_goals(sheet, due=LAST, on=on, stage="planned")
    for finding in review:
        assert finding.verdict is UNKNOWN
        assert finding.stage is pe.Stage.PLANNED
        assert finding.reason is not None
        assert finding.reason.kind is (ReasonKind.NOT_DUE if on < LAST else ReasonKind.PLANNED_ONLY)
        assert all(lack.planned for lack in finding.missing)


# --- time, progress and forecast --------------------------------------------------------------------------------


@LAW
@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(62, 900), st.data(), POLICIES)
def test_time_passed_grows_from_nothing_to_the_whole(
    first: date, length: int, data: st.DataObject, policy: PartYear
) -> None:
    last = first + datetime.timedelta(days=length)
    one, other = sorted((data.draw(st.dates(first, last)), data.draw(st.dates(first, last))))
    sheet = one_goal("≥3 期")
    early, late, end = (
        monitor(
            sheet, period=(first, last), on=on, policy=policy, tolerance="0%", forecast=None, spending_base=None
        ).time_passed
        for on in (one, other, last)
    )
    assert 0 <= early <= late <= end == 1


@LAW
@given(sheets(), st.dates(FIRST, LAST), POLICIES)
def test_forecast_and_progress_are_exact(sheet: Sheet, on: date, policy: PartYear) -> None:
    """The forecast times the time passed is what was reached; what was reached and what remains is the target."""
    found = monitored(sheet, on, policy)
    for goal in found.goals:
        if goal.reached is None or goal.target is None:
            assert goal.forecast is None and goal.progress is None
            continue
        assert goal.remaining is not None
        assert goal.reached + goal.remaining == goal.target
        if goal.target.root > 0:
            assert goal.progress is not None
            assert goal.target * goal.progress == goal.reached
        else:
            assert goal.progress is None
        if goal.accrual is Accrual.CUMULATIVE and found.time_passed:
            assert goal.forecast is not None
            assert goal.forecast * found.time_passed == goal.reached
            assert on < LAST or goal.forecast == goal.reached
        else:
            assert goal.forecast is None
    spending = found.spending
    assert spending is not None
    if spending.progress is not None:
        assert spending.budget is not None and spending.executed is not None and spending.remaining is not None
        assert spending.budget * spending.progress == spending.executed
        assert spending.executed + spending.remaining == spending.budget
        assert spending.deviation == spending.progress - found.time_passed


@LAW
@given(sheets(), st.dates(FIRST, LAST), st.randoms(use_true_random=False))
def test_neither_order_nor_units_change_anything(sheet: Sheet, on: date, chance: Any) -> None:
    """Indicators in another order, and targets and actuals in other units, give the same findings."""
    indicators, actuals = list(sheet.indicators), list(sheet.actuals)
    chance.shuffle(indicators)
    chance.shuffle(actuals)
    moved = Sheet(
        title=sheet.title,
        funds=sheet.funds,
        indicators=[
            Indicator(
                name=one.name,
                level_one=one.level_one,
                operator=one.operator,
                target=one.target.to(RESTATED[one.target.unit.text]),
                weight=one.weight,
            )
            for one in indicators
            if isinstance(one.target, Amount)
        ],
        actuals=[
            Actual(indicator=one.indicator, value=one.value.to(RESTATED[one.value.unit.text]))
            for one in actuals
            if isinstance(one.value, Amount)
        ],
    )
    assert by_id(monitored(moved, on).review) == by_id(monitored(sheet, on).review)
    assert by_id(review_goals(moved, on=on, weights=10)) == by_id(review_goals(sheet, on=on, weights=10))


# --- the whole cycle by hand ------------------------------------------------------------------------------------


def year_sheet() -> Sheet:
    """Return four counted or measured goals, one described, and the money, as on 30 June."""
    rows = (("培训期数", "≥4 期"), ("参训人次", "≥200 人次"), ("培训成本", "≤30 万元"), ("满意度", "≥90%"))
    described = Indicator(
        name="党员素质", level_one="效益指标", target="明显提升", kind="qualitative", weight=Fraction(20)
    )
    return Sheet(
        title="党建经费",
        indicators=[
            *(Indicator(name=name, level_one="产出指标", target=text, weight=20) for name, text in rows),
            described,
        ],
        actuals=[
            Actual(indicator="培训期数", value="1 期", reason="讲师档期冲突"),
            Actual(indicator="参训人次", value="120 人次"),
            Actual(indicator="培训成本", value="310,000 元"),
            Actual(indicator="满意度", value="95%"),
            Actual(indicator="党员素质", value="部分达成"),
        ],
        funds=Funds(full_year="50 万元", executed="400,000 元"),
    )


def test_double_monitoring_at_half_year() -> None:
    """Half of the year by whole months; ten points of tolerance."""
    found = monitored(year_sheet(), HALF, "whole_months")
    assert (found.time_passed, found.tolerance, found.closed) == (Fraction(1, 2), Fraction(1, 10), False)
    # 1 of 4 courses: 25 % against 50 - 10 = 40 %, 15 short; 1 / (1/2) = 2 by the end, 2 short of 4.
    courses = found["培训期数"]
    assert (courses.progress, courses.deviation) == (Fraction(1, 4), Fraction(-1, 4))
    assert courses.forecast == Amount.parse("2 期")
    progress = found.review["monitoring/progress/培训期数"]
    assert (progress.verdict, progress.severity) == (UNMET, Severity.DOUBT)
    assert progress.label == pe.Label("培训期数进度滞后", "培训期数, behind schedule")
    assert progress.remarks[0].zh == "时间进度 50%，允许偏差 10%"
    assert found.review["monitoring/goal/培训期数"].verdict is UNKNOWN
    assert (progress.observed, progress.required, progress.shortfall) == tuple(map(Amount.parse, ("25%", "40%", "15%")))
    assert pe.Label("偏差原因：讲师档期冲突", "reason given: 讲师档期冲突") in progress.remarks
    assert found.review["monitoring/forecast/培训期数"].shortfall == Amount.parse("2 期")
    assert found.review["monitoring/reason/培训期数"].verdict is MET
    # 120 of 200 attendances: 60 %, and 240 by the end: nothing to say but that it is not due.
    assert found.review["monitoring/progress/参训人次"].verdict is MET
    assert found.review["monitoring/goal/参训人次"].verdict is UNKNOWN
    ids = {finding.id for finding in found.review}
    assert not ids & {"monitoring/forecast/参训人次", "monitoring/reason/参训人次"}
    # 31 of at most 30 万元: exceeded by at least 1 万元 now, and no reason was given.
    cost = found.review["monitoring/goal/培训成本"]
    assert cost.verdict is UNMET
    assert cost.observed == Amount.parse("31 万元")
    assert cost.shortfall == pe.at_least("1 万元")
    assert found.review["monitoring/reason/培训成本"].verdict is UNMET
    # 95 % of at least 90 % may still fall: not due, and no forecast of a level.
    assert found.review["monitoring/goal/满意度"].verdict is UNKNOWN
    assert found["满意度"].forecast is None and found["满意度"].note is not None
    # What is described is not judged here, and says so as a note.
    described = found.review["monitoring/goal/党员素质"]
    assert (described.verdict, described.severity) == (UNKNOWN, Severity.NOTE)


def test_spending_is_compared_with_time_and_with_the_goals() -> None:
    """40 of 50 万元 is 80 %: above 50 + 10 % of time, and above what the courses (25 %) and the people (60 %) reached."""
    found = monitored(year_sheet(), HALF, "whole_months")
    spending = found.review["monitoring/spending"]
    assert spending.verdict is UNMET and spending.severity is Severity.DOUBT
    assert (spending.observed, spending.required, spending.shortfall) == tuple(map(Amount.parse, ("80%", "60%", "20%")))
    reason = found.review["monitoring/spending_reason"]
    assert reason.verdict is UNMET
    assert reason.label == pe.Label("支出进度偏差原因", "progress of spending, reason for the deviation")
    assert found.review["monitoring/budget"].verdict is MET
    together = found.review["monitoring/goals_and_spending"]
    # 80 - 25 = 55 % for the courses, 80 - 60 = 20 for the people. The ceiling and the share are not compared.
    assert {child.id.rpartition("/")[2]: child.observed for child in together.children} == {
        "培训期数": Amount.parse("55%"),
        "参训人次": Amount.parse("20%"),
    }
    assert {(child.verdict, child.required) for child in together.children} == {(UNMET, Amount.parse("10%"))}
    assert together.severity is Severity.DOUBT
    assert "目标完成 25%，支出 80%，支出快于目标完成" in {child.remarks[0].zh for child in together.children}


def test_goals_ahead_of_spending_are_a_note() -> None:
    """All courses held (more than all counts as all) and 60 % spent: 100 - 60 = 40 apart, of which 10 are allowed."""
    sheet = one_goal("≥4 期", "5 期", funds=Funds(adjusted="10 万元", executed="6 万元", reason="尾款未付"))
    found = monitored(sheet, HALF, "whole_months", spending_base=BudgetBase.ADJUSTED)
    together = found.review["monitoring/goals_and_spending"]
    assert together.verdict is UNMET and together.severity is Severity.NOTE and not together.counts
    assert together.children[0].observed == Amount.parse("40%")
    assert any("尾款未付" in remark.zh for remark in together.remarks)
    assert found.review["培训期数"].verdict is MET


def test_a_finished_goal_ahead_of_the_money_is_called_neither_missed_nor_exceeded() -> None:
    """3 of 3 courses at the year's end and 10 of 12 万元 spent: 100 - 83.33 = 16.67 apart. It is the deviation that is told."""
    sheet = one_goal("≥3 期", "3 期", funds=Funds(full_year="12 万元", executed="10 万元"))
    found = monitored(sheet, LAST, "whole_months").review
    assert found["培训期数"].verdict is MET
    told = pe.finding_sentence(found["monitoring/goals_and_spending"].children[0])
    assert told.startswith("培训期数目标进度与支出进度偏差：")
    assert "实际 ≈16.67%，应不超过 10%" in told
    text = pe.review_text(found)
    assert "超标" not in text and "培训期数：未达标" not in text


def test_goals_are_laid_beside_the_money_by_what_decides() -> None:
    """One goal 40 ahead of the money is a note, although of another nothing was given; within 10 all is well."""
    rows = (("期数", "≥4 期", "4 期"), ("人次", "≥50 人次", None))
    sheet = Sheet(
        title="党建经费",
        indicators=[Indicator(name=name, level_one="产出指标", target=text, weight=10) for name, text, _ in rows],
        actuals=[Actual(indicator=name, value=value) for name, _, value in rows if value],
        funds=Funds(full_year="10 万元", executed="6 万元"),
    )
    mixed = monitored(sheet, HALF, "whole_months").review["monitoring/goals_and_spending"]
    assert (mixed.verdict, mixed.severity) == (UNMET, Severity.NOTE)
    assert [lack.path for lack in mixed.missing] == ["actuals.人次"]
    near = one_goal("≥4 期", "2 期", funds=Funds(full_year="10 万元", executed="6 万元"))
    kept = monitored(near, HALF, "whole_months").review["monitoring/goals_and_spending"]
    assert (kept.verdict, kept.children[0].observed) == (MET, Amount.parse("10%"))


@LAW
@given(sheets(), st.dates(FIRST, date(2027, 6, 30)), POLICIES)
def test_a_missed_target_is_a_doubt_and_a_missing_reason_an_error_once_it_was_due(
    sheet: Sheet, on: date, policy: PartYear
) -> None:
    """In what is monitored, judged alone and scored; before the goals are due a missing reason is a doubt."""
    monitored_ = monitored(sheet, on, policy).review
    scored = pe.score(sheet, load("ministry_self_evaluation"), on=LAST).review
    for finding in (*monitored_, *judge_goals(sheet, due=LAST, on=on, stage="achieved"), *scored):
        if finding.verdict is not UNMET:
            continue
        if finding.id.split("/")[:2] == ["monitoring", "goal"] or finding.id.startswith(("goals/", "target_reached/")):
            assert finding.severity is Severity.DOUBT
        if finding.rule in ("reason", "spending_reason"):
            assert finding.severity is (Severity.ERROR if on >= LAST else Severity.DOUBT)
        if finding.rule == "reason_given":
            assert finding.severity is Severity.ERROR


@LAW
@given(sheets(), BEFORE_DUE, POLICIES)
def test_who_lags_is_told_so_among_the_problems_and_the_goal_stays_open(
    sheet: Sheet, on: date, policy: PartYear
) -> None:
    """A floor on what adds up lags when its share is below that of time by more than the tolerance."""
    found = monitored(sheet, on, policy)
    problems = pe.review_text(found.review).partition("\n\n问题")[2].partition("\n\n")[0]
    for goal in found.goals:
        if goal.operator not in FLOORS or goal.deviation is None:
            continue
        lags = goal.deviation < -found.tolerance
        progress = found.review[f"monitoring/progress/{goal.indicator}"]
        assert (progress.verdict, progress.severity) == (UNMET if lags else MET, Severity.DOUBT)
        assert (f"[疑点] {goal.indicator}进度滞后" in problems) is lags
        assert found.review[f"monitoring/goal/{goal.indicator}"].verdict is not UNMET


def test_what_falls_behind_in_spending_is_told_in_the_year_and_at_its_end() -> None:
    """20 % spent: 50 - 10 - 20 = 20 short at half time, 100 - 10 - 20 = 70 short at the end."""
    sheet = one_goal("≥4 期", "4 期", funds=Funds(full_year="10 万元", executed="2 万元"))
    half = monitored(sheet, HALF, "whole_months").review["monitoring/spending"]
    assert (half.verdict, half.severity, half.shortfall) == (UNMET, Severity.DOUBT, Amount.parse("20%"))
    end = monitored(sheet, LAST, "whole_months").review["monitoring/spending"]
    assert (end.verdict, end.shortfall) == (UNMET, Amount.parse("70%"))


def test_more_spent_than_budgeted_is_unmet_at_once() -> None:
    sheet = one_goal("≥4 期", "4 期", funds=Funds(full_year="10 万元", executed="10.5 万元"))
    over = monitored(sheet, HALF).review["monitoring/budget"]
    assert (over.verdict, over.shortfall) == (UNMET, Amount.parse("5,000 元"))


def test_money_that_was_not_given_is_asked_for() -> None:
    """No funds at all, no money spent, nothing budgeted."""
    bare = monitored(one_goal("≥4 期", "2 期"), HALF).review
    for name in ("monitoring/spending", "monitoring/goals_and_spending"):
        assert bare[name].verdict is UNKNOWN
        assert [lack.path for lack in bare[name].missing] == ["funds.full_year", "funds.executed"]
    unspent = monitored(one_goal("≥4 期", "2 期", funds=Funds(full_year="1 万元")), HALF)
    assert [lack.path for lack in unspent.review["monitoring/spending"].missing] == ["funds.executed"]
    zero = monitored(one_goal("≥4 期", "2 期", funds=Funds(full_year="0 元", executed="0 元")), HALF).review
    assert zero["monitoring/spending"].verdict is Verdict.NOT_APPLICABLE
    none = monitored(one_goal("≥4 期", "2 期"), HALF, spending_base=None)
    assert none.spending is None
    assert {finding.id.split("/")[1] for finding in none.review} == {"goal", "progress"}


def test_policies_of_part_of_a_period() -> None:
    """14 August 2026: 7 whole months, the 8th begun; 31+28+31+30+31+30+31+14 = 226 of 365 days."""
    shares = {policy: monitored(one_goal("≥3 期"), date(2026, 8, 14), policy).time_passed for policy in PartYear}
    assert shares == {
        PartYear.WHOLE_MONTHS: Fraction(7, 12),
        PartYear.MONTHS_BEGUN: Fraction(8, 12),
        PartYear.DAYS: Fraction(226, 365),
    }


def test_no_forecast_before_any_time_has_passed() -> None:
    """On 20 January no whole month has passed."""
    found = monitored(one_goal("≥3 期", "1 期"), date(2026, 1, 20), "whole_months")
    assert found.time_passed == 0
    assert found["培训期数"].forecast is None and found["培训期数"].note is not None
    unasked = monitored(one_goal("≥3 期", "1 期"), HALF, forecast=None)
    assert unasked.method is None and unasked["培训期数"].forecast is None


def test_a_target_of_zero_has_no_share() -> None:
    """No accident is allowed: one is too many, and there is no share of nothing."""
    found = monitored(one_goal("≤0 次", "1 次"), HALF)
    assert found["培训期数"].progress is None and found["培训期数"].note is not None
    assert found.review["monitoring/goal/培训期数"].verdict is UNMET


def test_the_caller_says_what_adds_up_where_the_unit_does_not() -> None:
    """Class-hours given so far add up; members on the books do not, and people may do either."""
    hours = monitored(one_goal("≥40 学时", "30 学时"), HALF, "whole_months", accrual={"培训期数": "cumulative"})
    assert hours["培训期数"].forecast == Amount.parse("60 学时")
    assert monitored(one_goal("≥40 学时", "50 学时"), HALF).review["培训期数"].verdict is UNKNOWN
    members = monitored(one_goal("≤100 人", "120 人"), HALF, accrual={"培训期数": Accrual.LEVEL})
    assert members.review["培训期数"].verdict is UNKNOWN
    counted = monitored(one_goal("≤100 人", "120 人"), HALF, accrual={"培训期数": "cumulative"})
    assert counted.review["培训期数"].verdict is UNMET


def test_an_exact_goal_that_will_be_passed_is_foreseen() -> None:
    """3 of exactly 4 by June: 6 by December, 2 too many; 75 % against 50 + 10 is too fast."""
    found = monitored(one_goal("=4 期", "3 期"), HALF, "whole_months")
    assert found.review["monitoring/forecast/培训期数"].shortfall == Amount.parse("2 期")
    ahead = found.review["monitoring/progress/培训期数"]
    assert (ahead.label.zh, ahead.shortfall) == ("培训期数进度超前", Amount.parse("15%"))
    assert found.review["monitoring/goal/培训期数"].verdict is UNKNOWN


def test_figures_of_an_earlier_day_do_not_miss_a_goal_that_is_due() -> None:
    """Figures up to June, judged in the next year: reached is reached, what is short is not known."""
    short, reached = one_goal("≥3 期", "1 期", as_of=HALF), one_goal("≥3 期", "3 期", as_of=HALF)
    on = date(2027, 1, 20)
    found = monitored(short, on, "whole_months")
    assert (found.as_of, found.time_passed, found.closed) == (HALF, Fraction(1, 2), False)
    finding = found.review["培训期数"]
    assert finding.verdict is UNKNOWN
    assert [lack.path for lack in finding.missing] == ["actuals.培训期数"]
    assert monitored(reached, on).review["培训期数"].verdict is MET
    # 1 in half of the year is 2 in all of it, 1 short: foreseen, and not known.
    foreseen = found.review["monitoring/forecast/培训期数"]
    assert (foreseen.verdict, foreseen.shortfall) == (UNKNOWN, Amount.parse("1 期"))


def test_the_same_rules_serve_plan_cut_off_and_year_end() -> None:
    """One standard: planned, two of three by July, two of three in December."""
    sheet = one_goal("≥3 期", "2 期")
    goals = goal_standard(sheet, due=LAST)
    assert [rule.stage for rule in goals] == [pe.Stage.ACHIEVED]
    stages = (("planned", FIRST), ("in_progress", HALF), ("achieved", LAST))
    judged = [goals.judge(goal_facts(sheet, stage=stage), on=on)["i1"] for stage, on in stages]
    assert [finding.verdict for finding in judged] == [UNKNOWN, UNKNOWN, UNMET]
    assert judged[2].shortfall == Amount.parse("1 期")
    assert pe.standard_from_json(pe.standard_to_json(goals)) == goals


def test_a_waiver_shows_and_keeps_the_verdict() -> None:
    waiver = pe.Waiver(rule="培训期数", authority="某县财政局", granted=date(2026, 11, 1), reason="场地停用")
    found = monitored(one_goal("≥3 期", "2 期"), LAST, waivers=[waiver]).review["培训期数"]
    assert found.verdict is UNMET and found.waiver == waiver and not found.counts
    early = judge_goals(one_goal("≥3 期", "2 期"), due=LAST, on=LAST, stage="achieved", waivers=[waiver])
    assert early.verdict is Verdict.NOT_APPLICABLE


def test_who_is_let_off_a_goal_owes_neither_its_pace_nor_its_reason() -> None:
    """Nothing that is missed of the goal counts, at half time (1 of 4 courses, behind) and at the end."""
    waiver = pe.Waiver(rule="培训期数", authority="某县财政局", granted=FIRST, reason="场地停用")
    for on, ids in (
        (HALF, {"goal", "progress", "forecast", "reason"}),
        (LAST, {"goal", "reason"}),
    ):
        plain = monitored(one_goal("≥4 期", "1 期"), on, "whole_months", spending_base=None).review
        waived = monitored(one_goal("≥4 期", "1 期"), on, "whole_months", spending_base=None, waivers=[waiver]).review
        assert {finding.id.split("/")[1] for finding in waived} == ids
        assert [finding.verdict for finding in waived] == [finding.verdict for finding in plain]
        assert all(finding.waiver == waiver and not finding.counts for finding in waived)
        assert waived.verdict is Verdict.NOT_APPLICABLE
    kept = monitored(one_goal("≥4 期", "2 期", "场地停用"), LAST, waivers=[waiver]).review["monitoring/reason/培训期数"]
    assert (kept.verdict, kept.waiver) == (MET, None)


@pytest.mark.parametrize(
    ("target", "actual", "shortfall", "zh", "en"),
    [
        ("<30 万元", "15 万元", None, "期末等于指标值而未低于", "equals the target but is not below it"),
        (">4 期", "2 期", None, "期末等于指标值而未超过", "equals the target but is not above it"),
        ("<30 万元", "20 万元", "10 万元", "期末超出指标值", "exceeds the target"),
        ("≤30 万元", "16 万元", "2 万元", "期末超出指标值", "exceeds the target"),
        (">4 期", "1 期", "2 期", "期末达不到指标值", "falls short of the target"),
        ("=4 期", "1 期", "2 期", "期末达不到指标值", "falls short of the target"),
        ("=4 期", "3 期", "2 期", "期末超出指标值", "exceeds the target"),
    ],
)
def test_a_forecast_is_told_in_the_direction_of_the_operator(
    target: str, actual: str, shortfall: str | None, zh: str, en: str
) -> None:
    """Half of the year has passed: twice what was reached, and nothing is short where a strict target is equalled."""
    found = monitored(one_goal(target, actual), HALF, "whole_months").review["monitoring/forecast/培训期数"]
    assert found.shortfall == (None if shortfall is None else Amount.parse(shortfall))
    assert zh in found.remarks[0].zh
    assert en in found.remarks[0].en


def test_a_strict_ceiling_that_is_equalled_in_the_year_is_missed_by_nothing_yet() -> None:
    """30 万元 of less than 30 万元 are spent: missed for good, and by nothing so far; 31 by at least 1."""
    equal = monitored(one_goal("<30 万元", "30 万元"), HALF).review["培训期数"]
    assert (equal.verdict, equal.shortfall) == (UNMET, None)
    assert "未低于" in equal.remarks[-1].zh
    above = monitored(one_goal("<30 万元", "31 万元"), HALF).review["培训期数"]
    assert (above.verdict, above.shortfall) == (UNMET, pe.at_least("1 万元"))


def test_people_are_not_foreseen_unless_they_are_said_to_add_up() -> None:
    """12 of 20 people by June: no pace and no forecast, and the progress says why; said to add up, 24 by December."""
    found = monitored(one_goal("≥20 人", "12 人"), HALF, "whole_months")
    goal = found["培训期数"]
    assert (goal.accrual, goal.progress, goal.forecast) == (Accrual.UNSTATED, Fraction(3, 5), None)
    assert goal.note is not None and "不表明是否逐期累计" in goal.note.zh
    assert "monitoring/progress/培训期数" not in {finding.id for finding in found.review}
    said = monitored(one_goal("≥20 人", "12 人"), HALF, "whole_months", accrual={"培训期数": "cumulative"})
    assert said["培训期数"].forecast == Amount.parse("24 人")
    assert said.review["monitoring/progress/培训期数"].verdict is MET


def test_what_was_monitored_can_be_copied_and_not_changed() -> None:
    found = monitored(year_sheet(), HALF)
    for other in (copy.deepcopy(found), pickle.loads(pickle.dumps(found))):
        assert other == found and hash(other) == hash(found)
        assert other["培训期数"] == found["培训期数"]
    held: Any = found._goals  # noqa: SLF001 - that it cannot be reached into is the point
    with pytest.raises(TypeError):
        held["x"] = found["培训期数"]


def test_an_actual_that_is_no_amount_is_quoted_and_asked_for() -> None:
    found = monitored(one_goal("≥3 期", "已完成"), LAST).review["培训期数"]
    assert found.verdict is UNKNOWN
    assert [lack.path for lack in found.missing] == ["actuals.培训期数"]
    assert any("已完成" in remark.zh for remark in found.remarks)


def test_a_goal_without_operator_is_unknown_and_says_what_lacks() -> None:
    for target, lacks in (("3 期", ["operator"]), ("若干", ["operator", "target"])):
        found = monitored(one_goal(target, "3 期"), LAST).review["培训期数"]
        assert found.verdict is UNKNOWN
        assert [lack.path for lack in found.missing] == [f"indicators.培训期数.{lack}" for lack in lacks]


def test_a_described_goal_without_an_actual_is_asked_for() -> None:
    goal = Indicator(name="素质", level_one="效益指标", target="提升", kind="qualitative", weight=10)
    found = monitored(Sheet(title="党建经费", indicators=[goal]), LAST).review["素质"]
    assert found.severity is Severity.DOUBT
    assert [lack.path for lack in found.missing] == ["actuals.素质"]


def test_a_described_goal_with_an_amount_is_not_measured() -> None:
    """Nothing is a share of it, and it is not laid beside the money."""
    goal = Indicator(name="素质", level_one="效益指标", target=Amount.parse("3 期"), operator=">=", kind="qualitative")
    sheet = Sheet(title="党建经费", indicators=[goal], funds=Funds(full_year="1 万元", executed="1 万元"))
    found = monitored(sheet, HALF)
    assert found["素质"].target is None and found["素质"].accrual is Accrual.LEVEL
    assert found.review["monitoring/goals_and_spending"].verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_reviews_print_and_travel_as_json(lang: Any) -> None:
    sheet = year_sheet()
    for review in (
        monitored(sheet, HALF).review,
        monitored(sheet, LAST).review,
        review_goals(sheet, on=FIRST, weights=90),
        judge_goals(sheet, due=LAST, on=FIRST, stage="planned"),
    ):
        assert "培训期数" in pe.review_text(review, lang)
        data = json.loads(json.dumps(pe.review_to_data(review, lang=lang)))
        assert [one["id"] for one in data["findings"]] == [finding.id for finding in review]
        assert len({finding.id for finding in review}) == len(review)


# --- approval ---------------------------------------------------------------------------------------------------


def test_a_goal_that_is_whole_is_approved_as_a_plan() -> None:
    review = review_goals(year_sheet(), on=FIRST, weights="100")
    # Five weights of 20.
    assert review.verdict is MET
    assert {finding.stage for finding in review} == {pe.Stage.PLANNED}
    assert {finding.obligation for finding in review} == {Obligation.MUST}


def test_what_a_goal_lacks_is_named() -> None:
    bare = Sheet(
        title="党建经费",
        indicators=[
            Indicator(name="期数", level_one="产出指标", target="3 期", weight=60),
            Indicator(name="人数", level_one="产出指标", operator=">=", target="若干"),
            Indicator(name="事故", level_one="产出指标", target="≥0 次", weight=20),
            Indicator(name="素质", level_one="效益指标", kind="qualitative", weight=10),
        ],
    )
    review = review_goals(bare, on=FIRST, weights=100)
    lacks = {child.id for finding in review for child in finding.children if child.verdict is UNMET}
    assert lacks == {"approval/operator/期数", "approval/target/人数", "approval/weight/人数", "approval/target/素质"}
    assert review["事故"].verdict is MET
    assert review["事故"].children[1].remarks
    # 60 + 20 + 10 = 90, and one weight is not known.
    weights = review["approval/weights"]
    assert weights.verdict is UNKNOWN
    assert [lack.path for lack in weights.missing] == ["indicators.人数.weight"]
    assert "90" in weights.remarks[0].zh and "100" in weights.remarks[0].zh
    assert review_goals(bare, on=FIRST, weights=80)["approval/weights"].verdict is UNMET
    assert "90" in review_goals(bare, on=FIRST).remarks[0].label.en


# --- bad input --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"period": (LAST, FIRST)}, ["2026-12-31 to 2026-01-01"]),
        ({"on": date(2025, 12, 31)}, ["before the period"]),
        ({"on": datetime.datetime(2026, 6, 30)}, ["on:"]),
        ({"on": None, "period": ("2026", LAST)}, ["on:", "period[0]"]),
        ({"period": 2026}, ["period"]),
        ({"tolerance": "10 元"}, ["tolerance"]),
        ({"tolerance": "-10%"}, ["tolerance"]),
        ({"tolerance": 0.1}, ["tolerance"]),
        ({"accrual": {"培训期": "cumulative", "培训期数": "weekly"}}, ["培训期数", "weekly"]),
        ({"accrual": "cumulative"}, ["accrual"]),
        ({"period": (date(2026, 1, 2), date(2026, 1, 31)), "policy": "whole_months"}, ["whole calendar month"]),
    ],
)
def test_what_cannot_be_monitored_is_refused(changed: dict[str, Any], words: list[str]) -> None:
    arguments: dict[str, Any] = {
        "period": (FIRST, LAST),
        "on": HALF,
        "policy": "days",
        "tolerance": "10%",
        "forecast": None,
        "spending_base": None,
    }
    with pytest.raises(FactsError) as caught:
        monitor(one_goal("≥3 期"), **{**arguments, **changed})
    assert all(word in str(caught.value) for word in words)


@pytest.mark.parametrize(
    "changed", [{"policy": "hours"}, {"forecast": "quadratic"}, {"spending_base": "fullyear"}, {"policy": None}]
)
def test_an_unknown_policy_is_refused_with_the_known_ones(changed: dict[str, Any]) -> None:
    with pytest.raises(RuleError, match="one of"):
        monitored(one_goal("≥3 期"), HALF, **changed)


def test_figures_of_a_later_day_or_before_the_period_are_refused() -> None:
    for as_of in (date(2026, 7, 1), date(2025, 12, 31)):
        with pytest.raises(FactsError, match="figures up to"):
            monitored(one_goal("≥3 期", "1 期", as_of=as_of), HALF)


def test_what_is_no_table_or_no_day_is_refused() -> None:
    sheet: Any = {"title": "党建经费"}
    with pytest.raises(FactsError, match="a Sheet"):
        review_goals(sheet, on=FIRST)
    with pytest.raises(FactsError, match="a Sheet"):
        monitored(sheet, HALF)
    day: Any = "2026-12-31"
    with pytest.raises(FactsError, match="due"):
        goal_standard(one_goal("≥3 期"), due=day)
    with pytest.raises(FactsError, match="on:"):
        judge_goals(one_goal("≥3 期"), due=LAST, on=day, stage="planned")
    with pytest.raises(FactsError, match="at least one"):
        goal_standard(one_goal("3 期"), due=LAST)
    with pytest.raises(RuleError, match="stage"):
        goal_facts(one_goal("≥3 期"), stage="finished")


def test_a_waiver_of_what_is_not_judged_is_refused() -> None:
    waiver = pe.Waiver(rule="培训期", authority="某县财政局", granted=FIRST)
    with pytest.raises(NotFoundError, match="培训期数"):
        monitored(one_goal("≥3 期"), LAST, waivers=[waiver])
    unjudged = pe.Waiver(rule="培训期数", authority="某县财政局", granted=FIRST)
    with pytest.raises(RuleError, match="no rule judges"):
        monitored(one_goal("3 期"), LAST, waivers=[unjudged])
    loose: Any = "培训期数"
    with pytest.raises(RuleError, match="a Waiver"):
        monitored(one_goal("≥3 期"), LAST, waivers=[loose])


def test_an_indicator_that_was_not_monitored_is_not_found() -> None:
    with pytest.raises(NotFoundError, match="培训期数"):
        monitored(one_goal("≥3 期"), HALF)["培训期次数"]
    assert monitored(one_goal("≥3 期"), HALF).method is Forecast.LINEAR


def test_weights_whose_sum_nobody_could_read_are_refused() -> None:
    """Two hundred weights over different powers of three: their sum would have tens of thousands of digits."""
    goals = [
        Indicator(name=f"指标{n}", level_one="产出指标", target="≥1 期", weight=Fraction(1, 3**n))
        for n in range(1, 300)
    ]
    with pytest.raises(FactsError, match="denominators"):
        review_goals(Sheet(title="党建经费", indicators=goals), on=FIRST)
