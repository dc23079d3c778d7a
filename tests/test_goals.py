"""Goals as rules: what adds up is known by its unit or said, nothing is decided before it is due but what cannot change."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval.amounts import Amount
from perfeval.errors import FactsError
from perfeval.evaluation import ReasonKind
from perfeval.expressions import Operator
from perfeval.facts import Stage
from perfeval.findings import Finding
from perfeval.goals import CEILINGS, FLOORS, Accrual, accruals_of, goal_standard, judge_goals, review_goals
from perfeval.indicators import Actual, Indicator, Sheet
from perfeval.rules import Severity
from perfeval.units import Unit
from perfeval.verdicts import Verdict

MET, UNMET, UNKNOWN = Verdict.MET, Verdict.UNMET, Verdict.UNKNOWN
LAW = settings(max_examples=80)
FIRST, LAST, HALF = date(2026, 1, 1), date(2026, 12, 31), date(2026, 6, 30)
FLOWS = ("元", "万元", "元[累计]", "期", "次", "人次", "场", "批次", "门", "份", "期[集中培训]")
STOCKS = ("人", "个", "家", "户", "个[党支部]", "台", "辆", "间", "村", "座", "学时", "天")
RATES = ("%", "‰", "倍", "元/人", "人/年", "元/年")
BEFORE_DUE = st.dates(FIRST, LAST - timedelta(days=1))
NUMBERS = st.fractions(0, 20, max_denominator=2)
STAGES = st.sampled_from(["in_progress", "achieved"])


def one_goal(operator: Operator | str | None, target: Any, actual: Any = None, **more: Any) -> Sheet:
    """Return a table of one goal."""
    goal = Indicator(name="x", level_one="产出指标", operator=operator, target=target, weight=50)
    actuals = [] if actual is None else [Actual(indicator="x", value=actual)]
    return Sheet(title="党建经费", indicators=[goal], actuals=actuals, **more)


def judged(sheet: Sheet, on: date, stage: str = "achieved", **more: Any) -> Finding:
    """Return the finding of the one goal, due on the last day of 2026."""
    return judge_goals(sheet, due=LAST, on=on, stage=stage, **more)["goals/x"]


def reason_of(finding: Finding) -> ReasonKind | None:
    """Return why a finding is not decided."""
    return None if finding.reason is None else finding.reason.kind


# --- what adds up -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("units", "kind"), [(FLOWS, Accrual.CUMULATIVE), (STOCKS, Accrual.UNSTATED), (RATES, Accrual.LEVEL)]
)
def test_what_adds_up_by_default(units: tuple[str, ...], kind: Accrual) -> None:
    """Money and what happens; of persons and things the unit does not tell; shares and rates do not."""
    for unit in units:
        sheet = one_goal("≥", Amount.of(3, unit))
        assert accruals_of(sheet, None) == {"x": kind}, unit
        for said in Accrual:
            assert accruals_of(sheet, {"x": said.value}) == {"x": said}


@LAW
@given(st.sampled_from(Operator), st.sampled_from((*STOCKS, *RATES)), NUMBERS, NUMBERS, BEFORE_DUE, STAGES)
def test_what_may_rise_and_fall_is_never_decided_before_it_is_due(
    operator: Operator, unit: str, target: Fraction, actual: Fraction, on: date, stage: str
) -> None:
    """Nor is a count of which nobody said that it adds up, whatever the figures are said to be."""
    finding = judged(one_goal(operator, Amount.of(target, unit), Amount.of(actual, unit)), on, stage)
    assert (finding.verdict, reason_of(finding)) == (UNKNOWN, ReasonKind.NOT_DUE)


@LAW
@given(
    st.sampled_from(Operator), st.sampled_from((*FLOWS, *STOCKS)), NUMBERS, NUMBERS, BEFORE_DUE, STAGES, st.booleans()
)
def test_of_what_adds_up_only_what_cannot_change_is_decided_before_it_is_due(
    operator: Operator, unit: str, target: Fraction, actual: Fraction, on: date, stage: str, said: bool
) -> None:
    """A floor that is reached and a ceiling that is exceeded; by its unit or because it was said."""
    adds_up = said or unit in FLOWS
    sheet = one_goal(operator, Amount.of(target, unit), Amount.of(actual, unit))
    verdict = judged(sheet, on, stage, accrual={"x": "cumulative"} if said else None).verdict
    reached = actual > target if operator is Operator.ABOVE else actual >= target
    exceeded = actual >= target if operator is Operator.BELOW else actual > target
    expected = UNKNOWN
    if adds_up and operator in FLOORS and reached:
        expected = MET
    elif adds_up and operator in CEILINGS and exceeded:
        expected = UNMET
    assert verdict is expected


def test_a_count_that_is_not_decided_says_why() -> None:
    """12 of 10 people by June may be the same six twice, or two of them may leave."""
    finding = judged(one_goal("≥", "10 人", "12 人"), HALF)
    assert "“人”不表明是否逐期累计" in finding.remarks[0].zh
    assert finding.observed == Amount.parse("12 人")
    assert judged(one_goal("≥", "10 人", "12 人"), LAST).verdict is MET


def test_a_missed_goal_is_a_doubt() -> None:
    """With its reason a miss is legitimate: the rule itself is a doubt, whoever judges by it."""
    sheet = one_goal("≥", "4 期", "3 期")
    assert [rule.severity for rule in goal_standard(sheet, due=LAST)] == [Severity.DOUBT]
    finding = judged(sheet, LAST)
    assert (finding.verdict, finding.severity) == (UNMET, Severity.DOUBT)


# --- the day of the figures ---------------------------------------------------------------------------------------


@LAW
@given(st.dates(FIRST, LAST - timedelta(days=1)), st.integers(0, 400))
def test_figures_of_a_day_before_the_goals_are_due_are_not_achieved(as_of: date, later: int) -> None:
    """They are refused as achieved, whenever they are judged, and taken as of a cut-off date."""
    sheet = one_goal("≤", "3 期", "2 期", as_of=as_of)
    on = as_of + timedelta(days=later)
    with pytest.raises(FactsError, match=f"figures up to {as_of} as achieved, due 2026-12-31.*stage='in_progress'"):
        judged(sheet, on)
    finding = judged(sheet, on, "in_progress")
    assert finding.verdict is UNKNOWN
    assert reason_of(finding) is (ReasonKind.NOT_DUE if on < LAST else ReasonKind.MISSING)
    assert judged(sheet, on, "planned").verdict is UNKNOWN


def test_figures_of_the_future_are_refused_at_every_stage() -> None:
    """Up to December, judged in June."""
    sheet = one_goal("≥", "3 期", "3 期", as_of=LAST)
    for stage in Stage:
        with pytest.raises(FactsError, match="figures up to 2026-12-31, judged on 2026-06-30"):
            judged(sheet, HALF, stage.value)
    assert judged(sheet, LAST).verdict is MET


# --- what a goal says ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("operator", "word"), [("<", ("未低于", "not below")), (">", ("未超过", "not above"))])
def test_a_strict_target_that_is_equalled_is_short_of_nothing(operator: str, word: tuple[str, str]) -> None:
    finding = judged(one_goal(operator, "30 万元", "300,000 元"), LAST)
    assert (finding.verdict, finding.shortfall) == (UNMET, None)
    assert word[0] in finding.remarks[-1].zh
    assert word[1] in finding.remarks[-1].en


@pytest.mark.parametrize(("target", "says"), [("≥3", "未写计量单位"), ("≥450 延米", "延米"), ("≥3 ~ 5 期", "填报为")])
def test_a_target_that_is_no_amount_keeps_its_sign_and_says_what_lacks(target: str, says: str) -> None:
    """Only the target is asked for, at approval and at the end."""
    sheet = one_goal(None, target, "3")
    approved = {child.id: child for child in review_goals(sheet, on=FIRST)["x"].children}
    assert approved["approval/operator/x"].verdict is MET
    assert approved["approval/target/x"].verdict is UNMET
    assert says in approved["approval/target/x"].remarks[0].zh
    finding = judged(sheet, LAST)
    assert [lack.path for lack in finding.missing] == ["indicators.x.target"]
    assert says in finding.remarks[0].zh


def test_an_actual_without_its_unit_is_told_so() -> None:
    (remark,) = judged(one_goal("≥", "3 期", "3"), LAST).remarks
    assert "未写计量单位" in remark.zh


# --- weights --------------------------------------------------------------------------------------------------------


@LAW
@given(st.lists(st.none() | st.integers(0, 60), min_size=1, max_size=5), st.integers(0, 120))
def test_a_sum_of_weights_is_known_only_where_all_are_given_or_it_is_exceeded(
    weights: list[int | None], wanted: int
) -> None:
    """What was left out may be nothing or may come on top; each is named."""
    goals = [
        Indicator(name=f"n{place}", level_one="产出指标", target="≥1 期", weight=weight)
        for place, weight in enumerate(weights)
    ]
    finding = review_goals(Sheet(title="t", indicators=goals), on=FIRST, weights=wanted)["approval/weights"]
    found = sum(weight for weight in weights if weight is not None)
    lacks = [f"indicators.n{place}.weight" for place, weight in enumerate(weights) if weight is None]
    if lacks and found <= wanted:
        assert finding.verdict is UNKNOWN
        assert [lack.path for lack in finding.missing] == lacks
    else:
        assert finding.verdict is (MET if found == wanted else UNMET)
        assert finding.missing == ()


def test_a_stated_sum_says_that_weights_are_missing() -> None:
    goals = [Indicator(name=f"n{weight}", level_one="产出指标", weight=weight) for weight in (None, 40)]
    (remark,) = review_goals(Sheet(title="t", indicators=goals), on=FIRST).remarks
    assert remark.label.zh == "各指标权重合计 40（另有 1 项未填权重）"


def test_the_counts_that_add_up_are_known_units() -> None:
    """Each reads as a count of its own, but for money."""
    assert all(Unit.parse(unit).is_count or Unit.parse(unit).is_money for unit in FLOWS)
