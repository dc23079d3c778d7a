"""Whether a performance report in prose is sound: its parts, its rate, its score and grade, and why it fell short.

What it says beside its tables is here too: the rate, the score, the grade and the figures reached. Its money beside them is
judged by ``text_and_tables``, its counts, its restated figures and its units by ``stated_figures``.
"""

from __future__ import annotations

import datetime

from perfeval.citations import Citation, Evidence, InForce
from perfeval.expressions import equal, named
from perfeval.facts import Label, Stage
from perfeval.packs import Case, Pack
from perfeval.rules import Rule, Severity
from perfeval.standard import Interpretation, Standard
from perfeval.standards.points import CHECKER, DISCLOSURE_CHECKER, GRADES, MARGIN, POINT, SICHUAN, within_margin
from perfeval.subjects import flag, many, measure, subject, text
from perfeval.verdicts import Verdict

__all__ = [
    "PACK",
    "POINT",
    "STANDARD",
    "Adjustment",
    "Arrival",
    "CompletionRate",
    "Execution",
    "ExecutionPoints",
    "FundingSources",
    "LeftOver",
    "OpenPlace",
    "PlannedFigure",
    "RatePair",
    "ReportText",
    "ReportedPart",
    "ScorePair",
    "ScorePart",
    "Survey",
    "SurveyRate",
    "TabledFigure",
    "TabledGrade",
]

_DIGITS = 40


@subject(zh="部分", en="part", unit="个[部分]")
class ReportedPart:
    """A part that a report must have."""

    title = text(zh="部分", en="part")
    present = flag(zh="内容", en="content")


@subject(zh="待填内容", en="placeholder", unit="处")
class OpenPlace:
    """Something that was to be filled in and was not."""

    words = text(zh="内容", en="words")
    filled = flag(zh="应填内容", en="what should stand there")


@subject(zh="预算执行", en="execution", unit="处")
class Execution:
    """A rate of execution that is said, with the money that it is the rate of.

    ``allowed`` is how far it may stand from the rate worked out: 0.1 points, or what its printed digits leave open.
    """

    words = text(zh="表述", en="words")
    rate = measure("%", zh="所称执行率", en="the rate said")
    spent = measure("元", at_least=0, zh="执行数", en="money spent")
    budget = measure("元", at_least=0, zh="预算数", en="money budgeted")
    allowed = measure("%", zh="允许的偏差", en="allowed deviation")
    low = flag(zh="执行率低于90%", en="the rate is below 90 %")
    over = flag(zh="执行率高于100%", en="the rate is above 100 %")
    reason_given = flag(zh="执行率偏低或超过预算的原因", en="the reason for the rate")


@subject(zh="资金到位", en="arrival", unit="处")
class Arrival:
    """A rate of what arrived, with the money of its sentence."""

    words = text(zh="表述", en="words")
    rate = measure("%", zh="所称到位率", en="the rate said")
    received = measure("元", at_least=0, zh="到位数", en="money that arrived")
    budget = measure("元", at_least=0, zh="预算数", en="money budgeted")
    allowed = measure("%", zh="允许的偏差", en="allowed deviation")


@subject(zh="资金来源", en="sources", unit="处")
class FundingSources:
    """A total, and what the sources that are listed after it come to."""

    words = text(zh="表述", en="words")
    total = measure("元", at_least=0, zh="总额", en="total")
    worked = measure("元", at_least=0, zh="各来源合计", en="the sum of the sources")


@subject(zh="问卷", en="survey", unit="处")
class Survey:
    """How many questionnaires were sent, and how many came back."""

    words = text(zh="表述", en="words")
    sent = measure("份", at_least=0, decimals=_DIGITS, zh="发放数", en="questionnaires sent")
    returned = measure("份", at_least=0, decimals=_DIGITS, zh="收回数", en="questionnaires returned")


@subject(zh="问卷比率", en="rate of a survey", unit="处")
class SurveyRate:
    """A rate of a survey, and what its counts come to."""

    words = text(zh="表述", en="words")
    rate = measure("%", zh="所称比率", en="the rate said")
    worked = measure("%", zh="按份数计算", en="worked out from the counts")
    allowed = measure("%", zh="允许的偏差", en="allowed deviation")


@subject(zh="结余", en="money left", unit="处")
class LeftOver:
    """What is said to be left, and what budget and spending leave."""

    words = text(zh="表述", en="words")
    left = measure("元", zh="所称结余", en="the money said to be left")
    worked = measure("元", zh="预算数减执行数", en="budget less spending")


@subject(zh="预算调整", en="change of the budget", unit="处")
class Adjustment:
    """A budget after a change, and what the first budget and the change come to."""

    words = text(zh="表述", en="words")
    adjusted = measure("元", zh="调整后预算", en="the budget after the change")
    worked = measure("元", zh="年初预算加减调整数", en="the first budget and the change")


@subject(zh="得分项", en="part of the score", unit="项")
class ScorePart:
    """One part of the score; ``weighed`` where its weight is said."""

    name = text(zh="名称", en="name")
    points = measure(POINT, decimals=_DIGITS, zh="得分", en="points")
    weighed = flag(zh="写有分值", en="its weight is said")
    weight = measure(POINT, decimals=_DIGITS, zh="分值", en="weight")


@subject(zh="执行率得分", en="points of the rate", unit="处")
class ExecutionPoints:
    """The points that the rate of execution was given, and what its weight times the rate comes to."""

    words = text(zh="表述", en="words")
    points = measure(POINT, decimals=_DIGITS, zh="执行率得分", en="points of the rate")
    worked = measure(POINT, decimals=_DIGITS, zh="分值乘执行率", en="weight times rate")


@subject(zh="计划指标", en="planned figure", unit="项")
class PlannedFigure:
    """A figure that was planned and one of the same name and unit that was reached."""

    name = text(zh="指标", en="figure")
    short = flag(zh="未达到计划", en="it was not reached")
    reason_given = flag(zh="未完成原因", en="the reason why")


@subject(zh="完成率", en="completion rate", unit="处")
class CompletionRate:
    """A rate of completion, and what was reached over what was planned."""

    words = text(zh="表述", en="words")
    rate = measure("%", zh="所称完成率", en="the rate said")
    worked = measure("%", zh="实际完成除以计划", en="reached over planned")
    allowed = measure("%", zh="允许的偏差", en="allowed deviation")


@subject(zh="执行率", en="rate in two places", unit="处")
class RatePair:
    """The rate that the report says, and that of its table."""

    said = measure("%", zh="报告执行率", en="rate of the report")
    tabled = measure("%", zh="表中执行率", en="rate of the table")
    allowed = measure("%", zh="允许的偏差", en="allowed deviation")


@subject(zh="得分", en="score in two places", unit="处")
class ScorePair:
    """The score that the report says, and that of its table."""

    said = measure(POINT, decimals=_DIGITS, zh="报告得分", en="score of the report")
    tabled = measure(POINT, decimals=_DIGITS, zh="表中得分", en="score of the table")


@subject(zh="等级", en="grade in two places", unit="处")
class TabledGrade:
    """The grade of a table, and whether the report says the same."""

    name = text(zh="等级", en="grade")
    same = flag(zh="与报告一致", en="the grade of the report")


@subject(zh="表中指标", en="figure in two places", unit="项")
class TabledFigure:
    """A figure of a table, and whether the report has it."""

    name = text(zh="指标", en="indicator")
    agrees = flag(zh="与报告一致", en="the same figure in the report")


@subject(zh="绩效报告", en="performance report")
class ReportText:
    """What a report says of its money, its score and what was reached, and what its tables say of them."""

    parts = many(ReportedPart, zh="部分", en="parts")
    open_places = many(OpenPlace, zh="待填内容", en="placeholders")
    executions = many(Execution, zh="预算执行", en="executions")
    arrivals = many(Arrival, zh="资金到位", en="arrivals")
    sources = many(FundingSources, zh="资金来源", en="sources")
    surveys = many(Survey, zh="问卷", en="surveys")
    survey_rates = many(SurveyRate, zh="问卷比率", en="rates of surveys")
    left_over = many(LeftOver, zh="结余", en="money left")
    adjustments = many(Adjustment, zh="预算调整", en="changes of the budget")
    scored = flag(zh="写有得分", en="a score is said")
    score = measure(POINT, decimals=_DIGITS, zh="得分", en="score")
    full = measure(POINT, decimals=_DIGITS, zh="满分", en="full mark")
    score_parts = many(ScorePart, zh="得分项", en="parts of the score")
    all_parts = flag(zh="得分项列全", en="all parts are listed")
    reduced = flag(zh="写有扣分合计", en="what was taken off in all is said")
    taken = measure(POINT, decimals=_DIGITS, zh="扣分合计", en="points taken off")
    graded = flag(zh="写有等级", en="a grade is said")
    grade_low = measure(POINT, decimals=_DIGITS, zh="该等级下限", en="low end of the grade")
    grade_high = measure(POINT, decimals=_DIGITS, zh="上一等级下限", en="low end of the next grade")
    grade_best = flag(zh="最高等级", en="the best grade")
    execution_points = many(ExecutionPoints, zh="执行率得分", en="points of the rate")
    goals = many(PlannedFigure, zh="计划指标", en="planned figures")
    completions = many(CompletionRate, zh="完成率", en="completion rates")
    rates = many(RatePair, zh="执行率", en="rates in two places")
    scores = many(ScorePair, zh="得分", en="scores in two places")
    grades = many(TabledGrade, zh="等级", en="grades in two places")
    figures = many(TabledFigure, zh="表中指标", en="figures in two places")


PRACTICE = Citation(title="绩效报告审核要点", described=True, clause="通行审核要点", evidence=Evidence.CODE)

_rate = Execution.spent / Execution.budget
_arrived = Arrival.received / Arrival.budget
_sum = ReportText.score_parts.sum(ScorePart.points)

STANDARD = Standard(
    "report_text",
    [
        Rule(
            "parts_present",
            ReportText.parts.every(ReportedPart.present),
            label=Label("资金使用与完成情况齐全", "the use of the money and what was reached are there"),
            citation=PRACTICE,
            remedy=Label("补写缺少的部分。", "Add the part that is missing."),
        ),
        Rule(
            "nothing_left_to_fill_in",
            ReportText.open_places.count(where=~OpenPlace.filled) <= "0 处",
            label=Label("没有待填内容", "nothing is left to be filled in"),
            citation=PRACTICE,
            remedy=Label("填写待填内容。", "Fill in what was left open."),
        ),
        Rule(
            "execution_rate_agrees",
            ReportText.executions.every(
                named("not_above", Execution.rate - _rate <= Execution.allowed, zh="不高于计算值", en="not above")
                & named("not_below", _rate - Execution.rate <= Execution.allowed, zh="不低于计算值", en="not below")
            ),
            label=Label("执行率等于执行数除以预算数", "the rate is what was spent over the budget"),
            citation=DISCLOSURE_CHECKER,
            remedy=Label(
                "按执行数除以预算数（有调整的用调整后预算数）重算执行率。",
                "Work out the rate again: money spent over the budget, the changed one where it was changed.",
            ),
        ),
        Rule(
            "low_rate_explained",
            ReportText.executions.every(Execution.reason_given, where=Execution.low),
            label=Label("执行率偏低说明原因", "a low rate has its reason"),
            citation=SICHUAN,
            severity=Severity.DOUBT,
            remedy=Label("说明执行率偏低的原因。", "Give the reason for the low rate."),
        ),
        Rule(
            "rate_within_budget",
            ReportText.executions.every(Execution.reason_given, where=Execution.over),
            label=Label("支出不超过预算，超过的说明原因", "more than the budget is spent only with a reason"),
            citation=PRACTICE,
            severity=Severity.DOUBT,
            remedy=Label(
                "核对预算数与执行数，或说明超出预算的原因。", "Check budget and spending, or say why it is more."
            ),
        ),
        Rule(
            "arrival_rate_agrees",
            ReportText.arrivals.every(
                named("not_above", Arrival.rate - _arrived <= Arrival.allowed, zh="不高于计算值", en="not above")
                & named("not_below", _arrived - Arrival.rate <= Arrival.allowed, zh="不低于计算值", en="not below")
            ),
            label=Label("到位率等于到位数除以预算数", "the rate of arrival is what arrived over the budget"),
            citation=PRACTICE,
            severity=Severity.DOUBT,
            remedy=Label("按到位数除以预算数重算到位率。", "Work out the rate again: what arrived over the budget."),
        ),
        Rule(
            "sources_make_total",
            ReportText.sources.every(equal(FundingSources.total, FundingSources.worked)),
            label=Label("各来源资金之和等于总额", "the sources come to the total"),
            citation=PRACTICE,
            severity=Severity.DOUBT,
            remedy=Label("核对总额、各来源金额及其单位。", "Check the total, its sources and their units."),
        ),
        Rule(
            "survey_returned",
            ReportText.surveys.every(Survey.returned <= Survey.sent),
            label=Label("收回问卷不多于发放问卷", "no more questionnaires came back than were sent"),
            citation=PRACTICE,
            severity=Severity.DOUBT,
            remedy=Label("核对发放与收回的份数。", "Check how many were sent and came back."),
        ),
        Rule(
            "survey_rate_agrees",
            ReportText.survey_rates.every(
                named(
                    "not_above",
                    SurveyRate.rate - SurveyRate.worked <= SurveyRate.allowed,
                    zh="不高于计算值",
                    en="not above",
                )
                & named(
                    "not_below",
                    SurveyRate.worked - SurveyRate.rate <= SurveyRate.allowed,
                    zh="不低于计算值",
                    en="not below",
                )
            ),
            label=Label("问卷比率与份数相符", "a rate of a survey is that of its counts"),
            citation=PRACTICE,
            severity=Severity.DOUBT,
            remedy=Label("按份数重算满意度或回收率。", "Work out the rate again from the counts."),
        ),
        Rule(
            "left_over_agrees",
            ReportText.left_over.every(equal(LeftOver.left, LeftOver.worked)),
            label=Label("结余等于预算数减执行数", "what is left is the budget less the spending"),
            citation=PRACTICE,
            severity=Severity.DOUBT,
            remedy=Label("核对预算数、执行数与结余。", "Check the budget, the spending and what is left."),
        ),
        Rule(
            "adjustment_adds_up",
            ReportText.adjustments.every(equal(Adjustment.adjusted, Adjustment.worked)),
            label=Label("调整后预算等于年初预算加减调整数", "the changed budget is the first one and the change"),
            citation=PRACTICE,
            severity=Severity.DOUBT,
            remedy=Label(
                "核对年初预算、调整数与调整后预算。", "Check the first budget, the change and the new budget."
            ),
        ),
        Rule(
            "score_within_full",
            ReportText.score <= ReportText.full,
            when=ReportText.scored,
            label=Label("得分不超过满分", "the score is not above the full mark"),
            citation=PRACTICE,
            remedy=Label("核对得分与满分。", "Check the score against the full mark."),
        ),
        Rule(
            "parts_within_weight",
            ReportText.score_parts.every(ScorePart.points <= ScorePart.weight, where=ScorePart.weighed),
            label=Label("各项得分不超过分值", "no part is above its weight"),
            citation=CHECKER,
            remedy=Label("核对该项得分与分值。", "Check the points against the weight."),
        ),
        Rule(
            "parts_make_score",
            within_margin(ReportText.score, _sum, zh="各项合计", en="the sum"),
            when=ReportText.all_parts,
            label=Label("得分等于各项得分之和", "the score is the sum of its parts"),
            citation=CHECKER,
            remedy=Label("重算得分，或核对各项得分。", "Add up again, or check the parts."),
        ),
        Rule(
            "score_after_deductions",
            equal(ReportText.full - ReportText.taken, ReportText.score),
            when=ReportText.reduced,
            label=Label("得分等于满分减扣分", "the score is the full mark less what was taken off"),
            citation=PRACTICE,
            remedy=Label("核对满分、扣分与得分。", "Check the full mark, what was taken off, and the score."),
        ),
        Rule(
            "execution_points_agree",
            ReportText.execution_points.every(
                within_margin(ExecutionPoints.points, ExecutionPoints.worked, zh="计算值")
            ),
            label=Label("执行率得分等于分值乘执行率", "the points of the rate are its weight times the rate"),
            citation=CHECKER,
            remedy=Label("按分值×执行率重算，最多得满分。", "Work out the points again, at most the weight."),
        ),
        Rule(
            "grade_of_score",
            named("reached", ReportText.score >= ReportText.grade_low, zh="达到该等级", en="it is reached")
            & named(
                "not_passed",
                (ReportText.score < ReportText.grade_high) | ReportText.grade_best,
                zh="未达到上一等级",
                en="the next one is not",
            ),
            when=ReportText.graded,
            label=Label("等级与得分相符", "the grade is that of the score"),
            citation=GRADES,
            remedy=Label("按得分核对等级。", "Check the grade against the score."),
        ),
        Rule(
            "shortfalls_explained",
            ReportText.goals.every(PlannedFigure.reason_given, where=PlannedFigure.short),
            label=Label("未达到计划的说明原因", "what was not reached has its reason"),
            citation=CHECKER,
            severity=Severity.DOUBT,
            remedy=Label("说明未完成的原因和改进措施。", "Say why it was not reached, and what will be done."),
        ),
        Rule(
            "completion_rate_agrees",
            ReportText.completions.every(
                named(
                    "not_above",
                    CompletionRate.rate - CompletionRate.worked <= CompletionRate.allowed,
                    zh="不高于计算值",
                    en="not above",
                )
                & named(
                    "not_below",
                    CompletionRate.worked - CompletionRate.rate <= CompletionRate.allowed,
                    zh="不低于计算值",
                    en="not below",
                )
            ),
            label=Label("完成率等于实际完成除以计划", "a completion rate is what was reached over what was planned"),
            citation=DISCLOSURE_CHECKER,
            severity=Severity.DOUBT,
            remedy=Label("按实际完成数除以计划数重算完成率。", "Work out the rate again: reached over planned."),
        ),
        Rule(
            "rate_as_in_table",
            ReportText.rates.every(
                (RatePair.said - RatePair.tabled <= RatePair.allowed)
                & (RatePair.tabled - RatePair.said <= RatePair.allowed)
            ),
            label=Label("报告与自评表执行率一致", "report and table have the same rate"),
            citation=DISCLOSURE_CHECKER,
            remedy=Label("核对报告与自评表中的执行率。", "Check the rate in the report and in the table."),
        ),
        Rule(
            "score_as_in_table",
            ReportText.scores.every(
                (ScorePair.said - ScorePair.tabled <= MARGIN) & (ScorePair.tabled - ScorePair.said <= MARGIN)
            ),
            label=Label("报告与自评表得分一致", "report and table have the same score"),
            citation=PRACTICE,
            remedy=Label("核对报告与自评表中的得分。", "Check the score in the report and in the table."),
        ),
        Rule(
            "grade_as_in_table",
            ReportText.grades.every(TabledGrade.same),
            label=Label("报告与自评表等级一致", "report and table have the same grade"),
            citation=PRACTICE,
            remedy=Label("核对报告与自评表中的等级。", "Check the grade in the report and in the table."),
        ),
        Rule(
            "figures_as_in_table",
            ReportText.figures.every(TabledFigure.agrees),
            label=Label("报告与自评表的完成值一致", "report and table have the same figures"),
            citation=PRACTICE,
            severity=Severity.DOUBT,
            remedy=Label("核对报告与自评表中的同一指标。", "Check the figure in the report and in the table."),
        ),
    ],
    title=Label("绩效报告审核", "review of a performance report"),
    citation=PRACTICE,
    in_force=InForce(),
    interpretations=[
        Interpretation(
            question=Label("报告没有写满分时按多少分？", "What is the full mark where the report says none?"),
            reading=Label(
                "得分不超过 100 分的按 100 分，其余待核实", "100 for a score of at most 100; else it is asked for"
            ),
        ),
        Interpretation(
            question=Label("89.5 分属于哪一等级？", "Which grade has a score of 89.5?"),
            reading=Label(
                "等级区间含下限、不含上限：90 以下、80 以上为良", "bands hold their low end and not their high end: 良"
            ),
        ),
        Interpretation(
            question=Label(
                "没有名为四川的报告，执行率多低须说明原因？", "How low a rate needs a reason outside Sichuan?"
            ),
            reading=Label("借用四川表式的 90%，仅作疑点", "the 90 % of Sichuan's form is borrowed, as a doubt only"),
        ),
    ],
)

_DAY = datetime.date(2025, 12, 31)


def _case(rule: str, verdict: Verdict, facts: dict[str, object], shortfall: str | None = None) -> Case:
    return Case(rule=rule, verdict=verdict, facts=facts, on=_DAY, stage=Stage.ACHIEVED, shortfall=shortfall)


def _execution(rate: str | None, spent: str | None, **others: object) -> dict[str, object]:
    said: dict[str, object] = {"rate": rate, "spent": spent, "budget": "50 万元", "allowed": "0.1%", **others}
    return {"executions": [said]}


def _arrival(rate: str, received: str | None) -> dict[str, object]:
    return {"arrivals": [{"rate": rate, "received": received, "budget": "300 万元", "allowed": "0.1%"}]}


def _pair(name: str, one: str, other: str, first: str | None, second: str | None, **more: object) -> dict[str, object]:
    return {name: [{one: first, other: second, **more}]}


def _points(score: str, *parts: str | None, listed: bool = True) -> dict[str, object]:
    return {
        "scored": True,
        "score": f"{score} {POINT}",
        "all_parts": listed,
        "score_parts": [{"points": None if part is None else f"{part} {POINT}", "weighed": False} for part in parts],
    }


def _graded(score: str | None, low: str, high: str, *, best: bool = False) -> dict[str, object]:
    return {
        "graded": True,
        "score": None if score is None else f"{score} {POINT}",
        "grade_low": f"{low} {POINT}",
        "grade_high": f"{high} {POINT}",
        "grade_best": best,
    }


def _reduced(taken: str | None, score: str) -> dict[str, object]:
    return {
        "reduced": True,
        "full": f"100 {POINT}",
        "taken": None if taken is None else f"{taken} {POINT}",
        "score": f"{score} {POINT}",
    }


def _weighed(points: str | None, weight: str) -> dict[str, object]:
    said = {"points": None if points is None else f"{points} {POINT}", "weighed": True, "weight": f"{weight} {POINT}"}
    return {"score_parts": [said]}


_P = POINT
CASES = (
    _case("parts_present", Verdict.MET, {"parts": [{"present": True}, {"present": True}]}),
    _case("parts_present", Verdict.UNMET, {"parts": [{"present": True}, {"present": False}]}),
    _case("parts_present", Verdict.UNKNOWN, {}),
    _case("parts_present", Verdict.NOT_APPLICABLE, {"parts": []}),
    _case("nothing_left_to_fill_in", Verdict.MET, {"open_places": []}),
    _case("nothing_left_to_fill_in", Verdict.UNMET, {"open_places": [{"filled": False}]}, "1 处"),
    _case("nothing_left_to_fill_in", Verdict.UNKNOWN, {}),
    # 49.2 of 50 万元 are 98.4 %: 98.5 % is 0.1 of a point away, and 99 % is 0.6.
    _case("execution_rate_agrees", Verdict.MET, _execution("98.5%", "49.2 万元")),
    _case("execution_rate_agrees", Verdict.UNMET, _execution("99%", "49.2 万元")),
    _case("execution_rate_agrees", Verdict.UNMET, _execution("97%", "49.2 万元")),
    _case("execution_rate_agrees", Verdict.UNKNOWN, _execution("98.4%", None)),
    _case("execution_rate_agrees", Verdict.NOT_APPLICABLE, {"executions": []}),
    _case("low_rate_explained", Verdict.MET, _execution("80%", "40 万元", low=True, reason_given=True)),
    _case("low_rate_explained", Verdict.UNMET, _execution("80%", "40 万元", low=True, reason_given=False)),
    _case("low_rate_explained", Verdict.UNKNOWN, _execution("80%", "40 万元", reason_given=False)),
    _case("low_rate_explained", Verdict.NOT_APPLICABLE, _execution("90%", "45 万元", low=False)),
    _case("rate_within_budget", Verdict.MET, _execution("105%", "52.5 万元", over=True, reason_given=True)),
    _case("rate_within_budget", Verdict.UNMET, _execution("105%", "52.5 万元", over=True, reason_given=False)),
    _case("rate_within_budget", Verdict.UNKNOWN, _execution("105%", "52.5 万元", reason_given=False)),
    _case("rate_within_budget", Verdict.NOT_APPLICABLE, _execution("100%", "50 万元", over=False)),
    # 270 of 300 万元 are 90 %.
    *(
        _case("arrival_rate_agrees", verdict, _arrival(rate, received))
        for rate, received, verdict in (
            ("90%", "270 万元", Verdict.MET),
            ("100%", "270 万元", Verdict.UNMET),
            ("80%", "270 万元", Verdict.UNMET),
            ("90%", None, Verdict.UNKNOWN),
        )
    ),
    _case("arrival_rate_agrees", Verdict.NOT_APPLICABLE, {"arrivals": []}),
    # 180 + 70 + 50 = 300, and with 80 it is 330.
    _case("sources_make_total", Verdict.MET, _pair("sources", "total", "worked", "300 万元", "3000000 元")),
    _case("sources_make_total", Verdict.UNMET, _pair("sources", "total", "worked", "300 万元", "330 万元"), "30 万元"),
    _case(
        "sources_make_total",
        Verdict.UNMET,
        _pair("sources", "total", "worked", "300 万元", "120.018 万元"),
        "179.982 万元",
    ),
    _case("sources_make_total", Verdict.UNKNOWN, _pair("sources", "total", "worked", "300 万元", None)),
    _case("sources_make_total", Verdict.NOT_APPLICABLE, {"sources": []}),
    _case("survey_returned", Verdict.MET, _pair("surveys", "sent", "returned", "500 份", "500 份")),
    _case("survey_returned", Verdict.UNMET, _pair("surveys", "sent", "returned", "500 份", "580 份"), "80 份"),
    _case("survey_returned", Verdict.UNKNOWN, _pair("surveys", "sent", "returned", "500 份", None)),
    _case("survey_returned", Verdict.NOT_APPLICABLE, {"surveys": []}),
    # 456 of 480 are 95 %.
    *(
        _case("survey_rate_agrees", verdict, _pair("survey_rates", "rate", "worked", rate, worked, allowed="0.1%"))
        for rate, worked, verdict in (
            ("95%", "95%", Verdict.MET),
            ("59%", "95%", Verdict.UNMET),
            ("99%", "95%", Verdict.UNMET),
            ("95%", None, Verdict.UNKNOWN),
        )
    ),
    _case("survey_rate_agrees", Verdict.NOT_APPLICABLE, {"survey_rates": []}),
    _case("left_over_agrees", Verdict.MET, _pair("left_over", "left", "worked", "12 万元", "120000 元")),
    _case("left_over_agrees", Verdict.UNMET, _pair("left_over", "left", "worked", "21 万元", "12 万元"), "9 万元"),
    _case("left_over_agrees", Verdict.UNKNOWN, _pair("left_over", "left", "worked", None, "12 万元")),
    _case("left_over_agrees", Verdict.NOT_APPLICABLE, {"left_over": []}),
    _case("adjustment_adds_up", Verdict.MET, _pair("adjustments", "adjusted", "worked", "110 万元", "110 万元")),
    _case(
        "adjustment_adds_up",
        Verdict.UNMET,
        _pair("adjustments", "adjusted", "worked", "115 万元", "110 万元"),
        "5 万元",
    ),
    _case("adjustment_adds_up", Verdict.UNKNOWN, _pair("adjustments", "adjusted", "worked", "110 万元", None)),
    _case("adjustment_adds_up", Verdict.NOT_APPLICABLE, {"adjustments": []}),
    _case("score_within_full", Verdict.MET, {"scored": True, "score": f"100 {_P}", "full": f"100 {_P}"}),
    _case("score_within_full", Verdict.UNMET, {"scored": True, "score": f"102 {_P}", "full": f"100 {_P}"}, f"2 {_P}"),
    _case("score_within_full", Verdict.UNKNOWN, {"scored": True, "score": f"102 {_P}"}),
    _case("score_within_full", Verdict.NOT_APPLICABLE, {"scored": False}),
    _case("parts_within_weight", Verdict.MET, _weighed("9.2", "10")),
    _case("parts_within_weight", Verdict.UNMET, _weighed("12", "10"), f"2 {_P}"),
    _case("parts_within_weight", Verdict.UNKNOWN, _weighed(None, "10")),
    _case("parts_within_weight", Verdict.NOT_APPLICABLE, {"score_parts": [{"points": f"9 {_P}", "weighed": False}]}),
    # 9.2 + 50 + 28 + 10 = 97.2, and a tenth more or less is none.
    _case("parts_make_score", Verdict.MET, _points("97.2", "9.2", "50", "28", "10")),
    _case("parts_make_score", Verdict.MET, _points("97.3", "9.2", "50", "28", "10")),
    _case("parts_make_score", Verdict.UNMET, _points("97.4", "9.2", "50", "28", "10")),
    _case("parts_make_score", Verdict.UNMET, _points("95.2", "9.2", "50", "28", "10")),
    _case("parts_make_score", Verdict.UNKNOWN, _points("97.2", "9.2", None, "28", "10")),
    _case("parts_make_score", Verdict.NOT_APPLICABLE, _points("97.2", "50", listed=False)),
    # 100 less 2.5 is 97.5.
    _case("score_after_deductions", Verdict.MET, _reduced("2.5", "97.5")),
    _case("score_after_deductions", Verdict.UNMET, _reduced("2.5", "95.5"), f"2 {_P}"),
    _case("score_after_deductions", Verdict.UNMET, _reduced("2.5", "98.5"), f"1 {_P}"),
    _case("score_after_deductions", Verdict.UNKNOWN, _reduced(None, "97.5")),
    _case("score_after_deductions", Verdict.NOT_APPLICABLE, {"reduced": False}),
    *(
        case
        for worked, verdict in (
            ("9.25", Verdict.MET),
            ("9.6", Verdict.UNMET),
            ("9.0", Verdict.UNMET),
            (None, Verdict.UNKNOWN),
        )
        for case in (
            _case(
                "execution_points_agree",
                verdict,
                _pair(
                    "execution_points", "points", "worked", f"9.2 {_P}", None if worked is None else f"{worked} {_P}"
                ),
            ),
        )
    ),
    _case("execution_points_agree", Verdict.NOT_APPLICABLE, {"execution_points": []}),
    _case("grade_of_score", Verdict.MET, _graded("89.5", "80", "90")),
    _case("grade_of_score", Verdict.MET, _graded("100", "90", "100", best=True)),
    _case("grade_of_score", Verdict.UNMET, _graded("90", "80", "90")),
    _case("grade_of_score", Verdict.UNMET, _graded("79.9", "80", "90")),
    _case("grade_of_score", Verdict.UNKNOWN, _graded(None, "80", "90")),
    _case("grade_of_score", Verdict.NOT_APPLICABLE, {"graded": False}),
    _case("shortfalls_explained", Verdict.MET, {"goals": [{"short": True, "reason_given": True}, {"short": False}]}),
    _case("shortfalls_explained", Verdict.UNMET, {"goals": [{"short": True, "reason_given": False}]}),
    _case("shortfalls_explained", Verdict.UNKNOWN, {"goals": [{"short": True}]}),
    _case("shortfalls_explained", Verdict.NOT_APPLICABLE, {"goals": [{"short": False}]}),
    # 432 of 450 are 96 %.
    *(
        _case("completion_rate_agrees", verdict, _pair("completions", "rate", "worked", said, worked, allowed="0.1%"))
        for said, worked, verdict in (
            ("96%", "96%", Verdict.MET),
            ("98%", "96%", Verdict.UNMET),
            ("69%", "96%", Verdict.UNMET),
            ("96%", None, Verdict.UNKNOWN),
        )
    ),
    _case("completion_rate_agrees", Verdict.NOT_APPLICABLE, {"completions": []}),
    *(
        _case("rate_as_in_table", verdict, _pair("rates", "said", "tabled", said, tabled, allowed="0.1%"))
        for said, tabled, verdict in (
            ("95%", "95.1%", Verdict.MET),
            ("95%", "96%", Verdict.UNMET),
            ("96%", "95%", Verdict.UNMET),
            ("95%", None, Verdict.UNKNOWN),
        )
    ),
    _case("rate_as_in_table", Verdict.NOT_APPLICABLE, {"rates": []}),
    *(
        _case("score_as_in_table", verdict, _pair("scores", "said", "tabled", f"98.3 {_P}", tabled))
        for tabled, verdict in (
            (f"98.25 {_P}", Verdict.MET),
            (f"98 {_P}", Verdict.UNMET),
            (f"98.5 {_P}", Verdict.UNMET),
            (None, Verdict.UNKNOWN),
        )
    ),
    _case("score_as_in_table", Verdict.NOT_APPLICABLE, {"scores": []}),
    *(
        case
        for rule, name, fact in (
            ("grade_as_in_table", "grades", "same"),
            ("figures_as_in_table", "figures", "agrees"),
        )
        for case in (
            _case(rule, Verdict.MET, {name: [{fact: True}]}),
            _case(rule, Verdict.UNMET, {name: [{fact: True}, {fact: False}]}),
            _case(rule, Verdict.UNKNOWN, {name: [{}]}),
            _case(rule, Verdict.NOT_APPLICABLE, {name: []}),
        )
    ),
)

PACK = Pack(standard=STANDARD, cases=CASES)
