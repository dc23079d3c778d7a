"""Whether a table of self-evaluation is sound: its execution rate, its scores, its total and its grade.

How many points an indicator earns is worked out by ``scoring``; here stands what a table owes whatever its method: every
indicator has an actual and a score, no score is above its weight, the total is the sum, and the grade is that of the total.
"""

from __future__ import annotations

import datetime

from perfeval.citations import Citation, Evidence, InForce
from perfeval.expressions import equal, named
from perfeval.facts import Label, Stage
from perfeval.packs import Case, Pack
from perfeval.rules import Rule, Severity
from perfeval.standard import Interpretation, Standard
from perfeval.standards.points import CHECKER, DISCLOSURE_CHECKER, GRADES, POINT, SICHUAN, within_margin
from perfeval.subjects import day, flag, many, measure, subject, text
from perfeval.verdicts import Verdict

__all__ = ["PACK", "POINT", "STANDARD", "Result", "ScoredPart", "SelfEvaluation", "Spending"]

_DIGITS = 40


@subject(zh="资金执行", en="spending", unit="项")
class Spending:
    """One row of money that was to be spent; ``reckoned`` is the rate worked out, ``earned`` the same, at most 100 %.

    A rate needs no unit where both figures stand in one row under one, so it may be known where the amounts are not.
    ``allowed`` is how far the printed rate may stand from the rate worked out: 0.1 points, or what its digits leave open.
    """

    name = text(zh="资金", en="funds")
    whole = flag(zh="年度资金总额", en="the total of the year")
    budget = measure("元", zh="预算数", en="budget")
    executed = measure("元", zh="执行数", en="executed")
    reckoned = measure("%", zh="执行数÷预算数", en="executed over budget")
    earned = measure("%", zh="执行数÷预算数（最多100%）", en="executed over budget, at most 100 %")
    rated = flag(zh="印有执行率", en="a rate is printed")
    rate = measure("%", zh="执行率", en="rate")
    allowed = measure("%", zh="允许的偏差", en="allowed deviation")
    scored = flag(zh="印有得分", en="points are printed")
    weight = measure(POINT, decimals=_DIGITS, zh="分值", en="weight")
    points = measure(POINT, decimals=_DIGITS, zh="得分", en="points")
    reason_due = flag(zh="须说明原因", en="a reason is due")
    reason_given = flag(zh="执行率偏低的原因", en="the reason for the low rate")


@subject(zh="指标", en="indicator", unit="个[指标]")
class Result:
    """What the table says came of one indicator."""

    name = text(zh="指标", en="indicator")
    actual_given = flag(zh="实际完成值", en="an actual")
    counted = flag(zh="指标值是数量", en="the target is a quantity")
    actual_in_numbers = flag(zh="完成值中的数字", en="a number in the actual")
    unit_fits = flag(zh="完成值与指标值单位相通", en="an actual in the unit of the target")
    part_of_whole = flag(zh="属占比类指标", en="a share of a whole")
    share = measure("%", zh="完成值", en="actual")
    timed = flag(zh="目标和完成值都是时间", en="the target and the actual are times")
    due = day(zh="目标时间", en="due")
    finished = day(zh="完成时间", en="finished")
    late_explained = flag(zh="说明了原因或已扣分", en="a reason, or points taken off")
    as_fraction = flag(zh="百分数写成了小数", en="a share written as a fraction")
    score_due = flag(zh="有分值", en="it has a weight")
    score_given = flag(zh="得分", en="a score")
    weight = measure(POINT, decimals=_DIGITS, zh="分值", en="weight")
    score = measure(POINT, decimals=_DIGITS, zh="得分", en="score")


@subject(zh="得分项", en="scored part", unit="项")
class ScoredPart:
    """Points that are part of the total: those of an indicator, or of the execution rate."""

    name = text(zh="名称", en="name")
    points = measure(POINT, decimals=_DIGITS, zh="得分", en="points")


@subject(zh="绩效自评表", en="self-evaluation table")
class SelfEvaluation:
    """One table of self-evaluation; ``total`` is the total that it prints or, where it prints none, the sum."""

    spendings = many(Spending, zh="资金执行", en="spending")
    results = many(Result, zh="指标", en="indicators")
    parts = many(ScoredPart, zh="得分项", en="scored parts")
    totalled = flag(zh="印有总分", en="a total is printed")
    total = measure(POINT, decimals=_DIGITS, zh="总分", en="total")
    full = measure(POINT, decimals=_DIGITS, zh="满分", en="full marks")
    concluded = flag(zh="结论写有得分", en="the conclusion gives a score")
    score_said = measure(POINT, decimals=_DIGITS, zh="结论所写得分", en="score in the conclusion")
    score_margin = measure(POINT, decimals=_DIGITS, zh="允许的偏差", en="allowed deviation")
    weights_totalled = flag(zh="印有分值合计", en="a total of the weights is printed")
    weights_found = measure(POINT, decimals=_DIGITS, zh="各项分值之和", en="sum of the weights")
    weights_total = measure(POINT, decimals=_DIGITS, zh="分值合计", en="total of the weights")
    graded = flag(zh="印有评价等级", en="a grade is printed")
    grade_low = measure(POINT, decimals=_DIGITS, zh="该等级下限", en="low end of the grade")
    grade_high = measure(POINT, decimals=_DIGITS, zh="上一等级下限", en="low end of the next grade")
    grade_best = flag(zh="最高等级", en="the best grade")


PRACTICE = Citation(title="绩效自评审核要点", described=True, clause="通行审核要点", evidence=Evidence.CODE)

_due = Spending.weight * Spending.earned
_sum = SelfEvaluation.parts.sum(ScoredPart.points)

STANDARD = Standard(
    "self_evaluation_table",
    [
        Rule(
            "budget_above_zero",
            SelfEvaluation.spendings.every(Spending.budget > "0 元", where=Spending.whole),
            label=Label("预算数不为零", "the budget is not zero"),
            citation=CHECKER,
            remedy=Label("填写预算数；没有预算的项目不计执行率。", "Fill in the budget; without one there is no rate."),
        ),
        Rule(
            "execution_within_budget",
            SelfEvaluation.spendings.every(Spending.executed <= Spending.budget),
            label=Label("执行数不超过预算数", "no more is spent than budgeted"),
            citation=PRACTICE,
            severity=Severity.DOUBT,
            remedy=Label(
                "核对执行数与预算数；有调整的填写调整后预算数。", "Check both; a changed budget has its own column."
            ),
        ),
        Rule(
            "execution_rate_agrees",
            SelfEvaluation.spendings.every(
                named(
                    "not_above",
                    Spending.rate - Spending.reckoned <= Spending.allowed,
                    zh="不高于计算值",
                    en="not above",
                )
                & named(
                    "not_below",
                    Spending.reckoned - Spending.rate <= Spending.allowed,
                    zh="不低于计算值",
                    en="not below",
                ),
                where=Spending.rated,
            ),
            label=Label("执行率等于执行数除以预算数", "the rate is what was spent over the budget"),
            citation=DISCLOSURE_CHECKER,
            remedy=Label("按执行数除以预算数重算执行率。", "Work out the rate again."),
        ),
        Rule(
            "execution_score_agrees",
            SelfEvaluation.spendings.every(
                within_margin(Spending.points, _due, zh="计算值"),
                where=Spending.scored,
            ),
            label=Label("执行率得分等于分值乘执行率", "the points of the rate are its weight times the rate"),
            citation=CHECKER,
            remedy=Label("按分值×执行率重算得分，最多得满分。", "Work out the points again, at most the weight."),
        ),
        Rule(
            "execution_reason_given",
            SelfEvaluation.spendings.every(Spending.reason_given, where=Spending.reason_due),
            label=Label("执行率偏低说明原因", "a low rate has its reason"),
            citation=SICHUAN,
            remedy=Label("说明执行率偏低的原因。", "Give the reason for the low rate."),
        ),
        Rule(
            "actuals_given",
            SelfEvaluation.results.every(Result.actual_given),
            label=Label("完成值已填写", "every indicator has an actual"),
            citation=PRACTICE,
            remedy=Label("填写实际完成值。", "Fill in the actual."),
        ),
        Rule(
            "actuals_in_numbers",
            SelfEvaluation.results.every(Result.actual_in_numbers, where=Result.counted & Result.actual_given),
            label=Label("定量指标的完成值是数字", "actuals of quantities are figures"),
            citation=PRACTICE,
            severity=Severity.DOUBT,
            remedy=Label("写明完成的数量，不写“完成”。", "Give the figure reached, not a word."),
        ),
        Rule(
            "actuals_in_unit",
            SelfEvaluation.results.every(Result.unit_fits, where=Result.counted & Result.actual_in_numbers),
            label=Label("完成值与指标值单位相通", "actuals are in the unit of the target"),
            citation=PRACTICE,
            severity=Severity.DOUBT,
            remedy=Label("核对完成值的计量单位。", "Check the unit of the actual."),
        ),
        Rule(
            "deadlines_kept",
            SelfEvaluation.results.every(Result.finished <= Result.due, where=Result.timed & ~Result.late_explained),
            label=Label("完成时间不晚于目标时间", "nothing is finished later than it was due"),
            citation=PRACTICE,
            severity=Severity.DOUBT,
            remedy=Label(
                "核对完成时间；逾期的说明原因并相应扣分。",
                "Check the time; give the reason where it is late, and take off points.",
            ),
        ),
        Rule(
            "shares_reached_within_whole",
            SelfEvaluation.results.every(Result.share <= "100%", where=Result.part_of_whole),
            label=Label("占比类指标完成值不超过100%", "shares of a whole that were reached are at most 100 %"),
            citation=CHECKER,
            remedy=Label(
                "核对该比率；完成率类指标可以超过100%。", "Check the share; only a completion rate may be above."
            ),
        ),
        Rule(
            "shares_reached_in_percent",
            SelfEvaluation.results.every(~Result.as_fraction, where=Result.part_of_whole),
            label=Label("完成值的百分数不写成小数", "a share that was reached is not written as a fraction"),
            citation=PRACTICE,
            severity=Severity.DOUBT,
            remedy=Label("单位为%的，0.95 应写作 95，请核对。", "Under % a share of 0.95 is written 95: please check."),
        ),
        Rule(
            "scores_given",
            SelfEvaluation.results.every(Result.score_given, where=Result.score_due),
            label=Label("得分已填写", "every indicator has a score"),
            citation=PRACTICE,
            remedy=Label("填写得分。", "Fill in the score."),
        ),
        Rule(
            "scores_within_weight",
            SelfEvaluation.results.every(Result.score <= Result.weight, where=Result.score_due & Result.score_given),
            label=Label("得分不超过分值", "no score is above its weight"),
            citation=CHECKER,
            remedy=Label("核对得分与分值。", "Check the score against the weight."),
        ),
        Rule(
            "total_is_sum",
            within_margin(SelfEvaluation.total, _sum, zh="各项合计", en="the sum"),
            when=SelfEvaluation.totalled,
            label=Label("总分等于各项得分之和", "the total is the sum of the scores"),
            citation=CHECKER,
            remedy=Label("重算总分，或核对各项得分。", "Add up again, or check the scores."),
        ),
        Rule(
            "weights_total_is_sum",
            equal(SelfEvaluation.weights_found, SelfEvaluation.weights_total),
            when=SelfEvaluation.weights_totalled,
            label=Label("分值合计等于各项分值之和", "the total of the weights is their sum"),
            citation=CHECKER,
            severity=Severity.DOUBT,
            remedy=Label("核对合计行的分值。", "Check the weight in the row of the total."),
        ),
        Rule(
            "total_within_full",
            SelfEvaluation.total <= SelfEvaluation.full,
            when=SelfEvaluation.totalled,
            label=Label("总分不超过满分", "the total is not above the full marks"),
            citation=PRACTICE,
            remedy=Label("核对总分。", "Check the total."),
        ),
        Rule(
            "concluded_score_agrees",
            named(
                "not_above",
                SelfEvaluation.score_said - SelfEvaluation.total <= SelfEvaluation.score_margin,
                zh="不高于总分",
                en="not above the total",
            )
            & named(
                "not_below",
                SelfEvaluation.total - SelfEvaluation.score_said <= SelfEvaluation.score_margin,
                zh="不低于总分",
                en="not below the total",
            ),
            when=SelfEvaluation.concluded,
            label=Label("结论所写得分与总分一致", "the score in the conclusion is the total"),
            citation=PRACTICE,
            remedy=Label("核对评价结论中的得分与总分。", "Check the score in the conclusion against the total."),
        ),
        Rule(
            "grade_of_total",
            named("reached", SelfEvaluation.total >= SelfEvaluation.grade_low, zh="达到该等级", en="it is reached")
            & named(
                "not_passed",
                SelfEvaluation.grade_best | (SelfEvaluation.total < SelfEvaluation.grade_high),
                zh="未到上一等级",
                en="the next is not",
            ),
            when=SelfEvaluation.graded,
            label=Label("评价等级与总分相符", "the grade is that of the total"),
            citation=GRADES,
            remedy=Label("按总分核定等级。", "Take the grade of the total."),
        ),
    ],
    title=Label("绩效自评表", "self-evaluation table"),
    citation=PRACTICE,
    in_force=InForce(),
    interpretations=[
        Interpretation(
            question=Label("等级按整数分段，89.5 分属哪一级？", "Grades are read in whole points: what of 89.5?"),
            reading=Label("各级含下限、不含上一级下限，89.5 分为良。", "Each holds its low end up to the next: 良."),
        ),
        Interpretation(
            question=Label(
                "执行率印成整数的，允许多大偏差？", "How far may a rate be off that is printed without decimals?"
            ),
            reading=Label(
                "0.1 个百分点，或末位的四舍五入、舍去。",
                "0.1 points, or what rounding or cutting its last digit leaves.",
            ),
        ),
    ],
)

_DAY = datetime.date(2026, 1, 31)


def _case(rule: str, verdict: Verdict, facts: dict[str, object], shortfall: str | None = None) -> Case:
    return Case(rule=rule, verdict=verdict, facts=facts, on=_DAY, stage=Stage.ACHIEVED, shortfall=shortfall)


def _points(number: str | None, name: str) -> dict[str, object]:
    return {} if number is None else {name: f"{number} {POINT}"}


def _spent(**facts: object) -> dict[str, object]:
    known = {"budget": "50 万元", "executed": "45 万元", "reckoned": "90%", "earned": "90%"}
    return {"spendings": [known | facts]}


def _result(**facts: object) -> dict[str, object]:
    return {"results": [facts]}


def _total(total: str | None, *parts: str | None) -> dict[str, object]:
    listed = [_points(part, "points") for part in parts]
    return {"totalled": True, "full": f"100 {POINT}", "parts": listed} | _points(total, "total")


def _concluded(total: str | None, score: str, margin: str = "0.1") -> dict[str, object]:
    given = {"concluded": True} | _points(score, "score_said") | _points(margin, "score_margin")
    return given | _points(total, "total")


def _grade(total: str | None, low: int, high: int, *, best: bool = False) -> dict[str, object]:
    bounds = {"grade_low": f"{low} {POINT}", "grade_high": f"{high} {POINT}", "grade_best": best}
    return {"graded": True} | bounds | _points(total, "total")


_UNPRINTED: dict[str, object] = {"totalled": False, "weights_totalled": False, "graded": False, "parts": []}
_NO_WEIGHT = _result(
    timed=False,
    late_explained=False,
    score_due=False,
    score_given=False,
    counted=False,
    actual_given=True,
    part_of_whole=False,
)

CASES = (
    _case("budget_above_zero", Verdict.MET, _spent(whole=True)),
    _case("budget_above_zero", Verdict.UNMET, _spent(whole=True, budget="0 元")),
    _case("budget_above_zero", Verdict.UNKNOWN, {"spendings": [{"whole": True}]}),
    _case("budget_above_zero", Verdict.NOT_APPLICABLE, _spent(whole=False, budget="0 元")),
    _case("execution_within_budget", Verdict.MET, _spent()),
    _case("execution_within_budget", Verdict.UNMET, _spent(executed="51 万元"), "1 万元"),
    _case("execution_within_budget", Verdict.UNKNOWN, {"spendings": [{"budget": "50 万元"}]}),
    _case("execution_within_budget", Verdict.NOT_APPLICABLE, {"spendings": []}),
    # 45 ÷ 50 = 90 %.
    _case("execution_rate_agrees", Verdict.MET, _spent(rated=True, rate="90.1%", allowed="0.1%")),
    # 95 − 90 = 5, which is 4.9 above what is allowed.
    _case("execution_rate_agrees", Verdict.UNMET, _spent(rated=True, rate="95%", allowed="0.1%"), "4.9%"),
    _case("execution_rate_agrees", Verdict.UNKNOWN, _spent(rated=True, rate="90%")),
    _case("execution_rate_agrees", Verdict.NOT_APPLICABLE, _spent(rated=False)),
    # 10 × 45 ÷ 50 = 9.
    _case("execution_score_agrees", Verdict.MET, _spent(scored=True, weight=f"10 {POINT}", points=f"9.1 {POINT}")),
    _case(
        "execution_score_agrees",
        Verdict.UNMET,
        _spent(scored=True, weight=f"10 {POINT}", points=f"9.5 {POINT}"),
        f"0.4 {POINT}",
    ),
    _case("execution_score_agrees", Verdict.UNKNOWN, _spent(scored=True, points=f"9 {POINT}")),
    _case("execution_score_agrees", Verdict.NOT_APPLICABLE, _spent(scored=False)),
    _case("execution_reason_given", Verdict.MET, _spent(reason_due=True, reason_given=True)),
    _case("execution_reason_given", Verdict.UNMET, _spent(reason_due=True, reason_given=False)),
    _case("execution_reason_given", Verdict.UNKNOWN, _spent(reason_due=True)),
    _case("execution_reason_given", Verdict.NOT_APPLICABLE, _spent(reason_due=False, reason_given=False)),
    _case("actuals_given", Verdict.MET, _result(actual_given=True)),
    _case("actuals_given", Verdict.UNMET, _result(actual_given=False)),
    _case("actuals_given", Verdict.UNKNOWN, _result()),
    _case("actuals_given", Verdict.NOT_APPLICABLE, {"results": []}),
    _case("actuals_in_numbers", Verdict.MET, _result(counted=True, actual_given=True, actual_in_numbers=True)),
    _case("actuals_in_numbers", Verdict.UNMET, _result(counted=True, actual_given=True, actual_in_numbers=False)),
    _case("actuals_in_numbers", Verdict.UNKNOWN, _result(counted=True, actual_given=True)),
    _case("actuals_in_numbers", Verdict.NOT_APPLICABLE, _NO_WEIGHT),
    _case("actuals_in_unit", Verdict.MET, _result(counted=True, actual_in_numbers=True, unit_fits=True)),
    _case("actuals_in_unit", Verdict.UNMET, _result(counted=True, actual_in_numbers=True, unit_fits=False)),
    _case("actuals_in_unit", Verdict.UNKNOWN, _result(counted=True, actual_in_numbers=True)),
    _case("actuals_in_unit", Verdict.NOT_APPLICABLE, _NO_WEIGHT),
    *(
        _case("deadlines_kept", verdict, _result(timed=True, late_explained=False, due="2026-12-31", **finished))
        for verdict, finished in (
            (Verdict.MET, {"finished": "2026-12-31"}),
            (Verdict.UNMET, {"finished": "2027-03-01"}),
            (Verdict.UNKNOWN, {}),
        )
    ),
    _case("deadlines_kept", Verdict.NOT_APPLICABLE, _NO_WEIGHT),
    _case("shares_reached_within_whole", Verdict.MET, _result(part_of_whole=True, share="100%")),
    _case("shares_reached_within_whole", Verdict.UNMET, _result(part_of_whole=True, share="101.5%"), "1.5%"),
    _case("shares_reached_within_whole", Verdict.UNKNOWN, _result(part_of_whole=True)),
    _case("shares_reached_within_whole", Verdict.NOT_APPLICABLE, _NO_WEIGHT),
    _case("shares_reached_in_percent", Verdict.MET, _result(part_of_whole=True, as_fraction=False)),
    _case("shares_reached_in_percent", Verdict.UNMET, _result(part_of_whole=True, as_fraction=True)),
    _case("shares_reached_in_percent", Verdict.UNKNOWN, _result(part_of_whole=True)),
    _case("shares_reached_in_percent", Verdict.NOT_APPLICABLE, _result(part_of_whole=False, as_fraction=True)),
    _case("scores_given", Verdict.MET, _result(score_due=True, score_given=True)),
    _case("scores_given", Verdict.UNMET, _result(score_due=True, score_given=False)),
    _case("scores_given", Verdict.UNKNOWN, _result(score_due=True)),
    _case("scores_given", Verdict.NOT_APPLICABLE, _NO_WEIGHT),
    *(
        _case(
            "scores_within_weight",
            verdict,
            _result(score_due=True, score_given=True, weight=f"22.5 {POINT}", **_points(score, "score")),
            short,
        )
        for verdict, score, short in (
            (Verdict.MET, "22.5", None),
            (Verdict.UNMET, "25", f"2.5 {POINT}"),
            (Verdict.UNKNOWN, None, None),
        )
    ),
    _case("scores_within_weight", Verdict.NOT_APPLICABLE, _NO_WEIGHT),
    # 9 + 22.5 + 65 = 96.5.
    _case("total_is_sum", Verdict.MET, _total("96.6", "9", "22.5", "65")),
    _case("total_is_sum", Verdict.UNMET, _total("97.5", "9", "22.5", "65"), f"0.9 {POINT}"),
    _case("total_is_sum", Verdict.UNKNOWN, _total("96.5", "9", None, "65")),
    _case("total_is_sum", Verdict.NOT_APPLICABLE, _UNPRINTED),
    *(
        _case(
            "weights_total_is_sum", verdict, {"weights_totalled": True} | _points("100", "weights_found") | total, short
        )
        for verdict, total, short in (
            (Verdict.MET, _points("100", "weights_total"), None),
            (Verdict.UNMET, _points("90", "weights_total"), f"10 {POINT}"),
            (Verdict.UNKNOWN, {}, None),
        )
    ),
    _case("weights_total_is_sum", Verdict.NOT_APPLICABLE, _UNPRINTED),
    _case("total_within_full", Verdict.MET, _total("100")),
    _case("total_within_full", Verdict.UNMET, _total("101"), f"1 {POINT}"),
    _case("total_within_full", Verdict.UNKNOWN, _total(None)),
    _case("total_within_full", Verdict.NOT_APPLICABLE, _UNPRINTED),
    _case("concluded_score_agrees", Verdict.MET, _concluded("98.8", "98.8")),
    _case("concluded_score_agrees", Verdict.MET, _concluded("98.8", "99", margin="0.5")),
    # 98.8 − 89.8 = 9, which is 8.9 above what is allowed.
    _case("concluded_score_agrees", Verdict.UNMET, _concluded("98.8", "89.8"), f"8.9 {POINT}"),
    _case("concluded_score_agrees", Verdict.UNKNOWN, _concluded(None, "98.8")),
    _case("concluded_score_agrees", Verdict.NOT_APPLICABLE, {"concluded": False}),
    _case("grade_of_total", Verdict.MET, _grade("89.5", 80, 90)),
    _case("grade_of_total", Verdict.MET, _grade("100", 90, 100, best=True)),
    _case("grade_of_total", Verdict.UNMET, _grade("89.5", 90, 100, best=True), f"0.5 {POINT}"),
    _case("grade_of_total", Verdict.UNMET, _grade("90", 80, 90)),
    _case("grade_of_total", Verdict.UNKNOWN, _grade(None, 80, 90)),
    _case("grade_of_total", Verdict.NOT_APPLICABLE, _UNPRINTED),
)

PACK = Pack(standard=STANDARD, cases=CASES)
