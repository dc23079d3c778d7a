"""Whether the figures of a project budget agree with one another: sums, request and approval, schedule, stages.

The rules are the arithmetic that any budget owes its reader; they cite no document. Each is exact: figures in one
unit or another must be equal to the fen.
"""

from __future__ import annotations

import datetime

from perfeval.citations import Citation, Evidence, InForce
from perfeval.expressions import equal
from perfeval.facts import Label, Stage
from perfeval.packs import Case, Pack
from perfeval.rules import Rule, Severity
from perfeval.standard import Standard
from perfeval.subjects import category, flag, many, measure, subject, text
from perfeval.verdicts import Verdict

__all__ = [
    "PACK",
    "STANDARD",
    "Budget",
    "DividedLine",
    "Line",
    "LinePart",
    "PaidLine",
    "Payment",
    "Programme",
    "ScheduleItem",
    "ScheduledLine",
    "Source",
    "SourcesTotal",
    "StatedTotal",
    "Statement",
]


@subject(zh="预算明细", en="line", unit="项")
class Line:
    """One line of the budget."""

    name = text(zh="名称", en="name")
    amount = measure("元", zh="金额", en="amount")


@subject(zh="分项", en="part", unit="项")
class LinePart:
    """What a line consists of, as far as the text says."""

    name = text(zh="名称", en="name")
    amount = measure("元", zh="分项金额", en="amount of the part")


@subject(zh="有分项的明细", en="divided line", unit="项")
class DividedLine:
    """A line with parts in brackets; ``in_full`` where they are said to be all of it."""

    name = text(zh="名称", en="name")
    amount = measure("元", zh="明细金额", en="amount of the line")
    in_full = flag(zh="分项列全", en="its parts are all of it")
    parts = many(LinePart, zh="分项", en="parts")


@subject(zh="对应明细", en="matched line", unit="项")
class ScheduledLine:
    """A line that a part of the schedule names."""

    name = text(zh="名称", en="name")
    matched = category("words", "topic", zh="对应方式", en="how it was matched")
    amount = measure("元", zh="金额", en="amount")


@subject(zh="计划分项", en="schedule item", unit="项")
class ScheduleItem:
    """One amount of the schedule, with the lines that its words name."""

    purpose = text(zh="用途", en="purpose")
    amount = measure("元", zh="计划金额", en="scheduled amount")
    lines = many(ScheduledLine, zh="对应明细", en="the lines that it names")


@subject(zh="支付", en="payment", unit="项")
class Payment:
    """One of several payments of a line."""

    name = text(zh="用途", en="purpose")
    amount = measure("元", zh="支付金额", en="amount paid")


@subject(zh="分次支付的明细", en="line paid in parts", unit="项")
class PaidLine:
    """A line that the schedule pays in several parts under its very name."""

    name = text(zh="名称", en="name")
    amount = measure("元", zh="明细金额", en="amount of the line")
    parts = many(Payment, zh="各次支付", en="payments")


@subject(zh="资金来源", en="source", unit="项")
class Source:
    """One of the sources of the money."""

    name = text(zh="名称", en="name")
    amount = measure("元", zh="来源金额", en="amount of the source")


@subject(zh="资金来源总额", en="total of sources", unit="项")
class SourcesTotal:
    """A total after which its sources are listed."""

    amount = measure("元", zh="总额", en="the total")
    parts = many(Source, zh="来源", en="sources")


@subject(zh="合计数", en="total", unit="处")
class StatedTotal:
    """A total of the funding that is no subtotal of lines beside it, and the whole that it should be."""

    amount = measure("元", zh="合计数", en="the total stated")
    wanted = measure("元", zh="预算总额", en="the whole")


@subject(zh="培训阶段", en="stage", unit="个[阶段]")
class CourseStage:
    """One stage of a training programme."""

    name = text(zh="阶段", en="stage")
    days = measure("天", zh="阶段天数", en="days of the stage")


@subject(zh="培训项目", en="programme", unit="个[培训]")
class Programme:
    """A training programme whose days are stated as a whole and by stage."""

    name = text(zh="名称", en="name")
    days = measure("天", zh="应训天数", en="days in all")
    exact = flag(zh="天数是定数", en="the days are set")
    stages = many(CourseStage, zh="阶段", en="stages")


@subject(zh="天数与学时的换算", en="statement of days and class-hours", unit="处")
class Statement:
    """One quantity of training said twice, in days and in class-hours."""

    days = measure("天", zh="天数", en="days")
    class_hours = measure("学时", zh="学时", en="class-hours")
    usual = flag(zh="通行的每天学时", en="a usual number of class-hours a day")


@subject(zh="项目预算", en="budget")
class Budget:
    """The figures of one project text.

    ``total`` is what its lines are to make up: what was granted or, where the text sets out more money than that, all
    of it. ``explained`` where it says why less was granted than was asked for.
    """

    request = measure("元", zh="申请金额", en="amount requested")
    approval = measure("元", zh="批复金额", en="amount approved")
    total = measure("元", zh="预算总额", en="budget total")
    explained = flag(zh="说明了核减原因", en="the difference is explained")
    lines = many(Line, zh="明细", en="lines")
    schedule = many(ScheduleItem, zh="计划", en="schedule")
    programmes = many(Programme, zh="培训", en="programmes")
    statements = many(Statement, zh="换算", en="statements")
    divided = many(DividedLine, zh="有分项的明细", en="divided lines")
    payments = many(PaidLine, zh="分次支付的明细", en="lines paid in parts")
    sources = many(SourcesTotal, zh="资金来源", en="sources")
    totals = many(StatedTotal, zh="合计数", en="totals")


TRADE = Citation(title="预算文本内部勾稽关系", described=True, clause="通行审核要点", evidence=Evidence.CODE)

HOURS = Citation(
    title="脱产培训每天 8 学时、12 天或 90 学时（每天 7.5 学时）的通行折算", described=True, evidence=Evidence.SECONDARY
)

has_lines = Budget.lines.count() >= "1 项"
has_schedule = Budget.schedule.count() >= "1 项"
hours_per_day = Statement.class_hours / Statement.days

STANDARD = Standard(
    "budget_consistency",
    [
        Rule(
            "lines_equal_total",
            equal(Budget.lines.sum(Line.amount), Budget.total),
            when=has_lines,
            label=Label("明细合计与预算总额", "lines against the total"),
            citation=TRADE,
            remedy=Label("核对各项明细的金额和单位。", "Check the amount and the unit of each line."),
        ),
        Rule(
            "request_equals_approval",
            equal(Budget.request, Budget.approval),
            when=~Budget.explained,
            label=Label("申请金额与批复金额", "request against approval"),
            citation=TRADE,
            remedy=Label(
                "说明申请与批复不一致的原因，或更正金额。", "Give the reason for the difference, or correct it."
            ),
        ),
        Rule(
            "schedule_equals_total",
            equal(Budget.schedule.sum(ScheduleItem.amount), Budget.total),
            when=has_schedule,
            label=Label("计划金额合计与预算总额", "schedule against the total"),
            citation=TRADE,
            remedy=Label("核对各计划分项的金额和单位。", "Check the amount and the unit of each part of the schedule."),
        ),
        Rule(
            "schedule_groups_equal_lines",
            Budget.schedule.every(
                equal(ScheduleItem.lines.sum(ScheduledLine.amount), ScheduleItem.amount),
                where=ScheduleItem.lines.count() >= "1 项",
            ),
            label=Label("计划分项与对应明细", "each part of the schedule against the lines that it names"),
            citation=TRADE,
            remedy=Label("核对计划分项与其所列明细。", "Check the part of the schedule and the lines that it names."),
        ),
        Rule(
            "stages_fill_programme",
            Budget.programmes.every(
                Programme.stages.sum(CourseStage.days) >= Programme.days,
                where=Programme.stages.count() >= "1 个[阶段]",
            ),
            label=Label("各阶段天数与应训天数", "days of the stages against the days required"),
            citation=TRADE,
            remedy=Label("增加阶段天数，或更正应训天数。", "Lengthen the stages, or correct the days required."),
        ),
        Rule(
            "stages_within_programme",
            Budget.programmes.every(
                Programme.stages.sum(CourseStage.days) <= Programme.days,
                where=Programme.exact & (Programme.stages.count() >= "1 个[阶段]"),
            ),
            label=Label("各阶段天数不超过培训天数", "the stages have no more days than the course"),
            citation=TRADE,
            remedy=Label("核对各阶段天数与培训天数。", "Check the days of the stages against those of the course."),
        ),
        Rule(
            "hours_per_day_agree",
            equal(Budget.statements.minimum(hours_per_day), Budget.statements.maximum(hours_per_day)),
            label=Label("天数与学时的换算前后一致", "class-hours a day agree across the text"),
            citation=TRADE,
            remedy=Label("统一每天折算的学时。", "Use one number of class-hours a day."),
        ),
        Rule(
            "payments_equal_line",
            Budget.payments.every(equal(PaidLine.parts.sum(Payment.amount), PaidLine.amount)),
            label=Label("分次支付合计与该项明细", "the payments of a line against it"),
            citation=TRADE,
            remedy=Label("核对该项明细与各次支付金额。", "Check the line and each of its payments."),
        ),
        Rule(
            "parts_equal_line",
            Budget.divided.every(
                equal(DividedLine.parts.sum(LinePart.amount), DividedLine.amount), where=DividedLine.in_full
            ),
            label=Label("分项合计与该项明细", "the parts of a line against it"),
            citation=TRADE,
            remedy=Label("核对该项明细与括号内各分项。", "Check the line and the parts in brackets after it."),
        ),
        Rule(
            "parts_within_line",
            Budget.divided.every(
                DividedLine.parts.sum(LinePart.amount) <= DividedLine.amount, where=~DividedLine.in_full
            ),
            label=Label("其中数不大于该项明细", "no more among a line than the line"),
            citation=TRADE,
            remedy=Label("核对该项明细与其中各项。", "Check the line and what is among it."),
        ),
        Rule(
            "sources_equal_total",
            Budget.sources.every(equal(SourcesTotal.parts.sum(Source.amount), SourcesTotal.amount)),
            label=Label("资金来源合计与总额", "the sources against the total"),
            citation=TRADE,
            remedy=Label("核对总额与各项资金来源。", "Check the total and each source."),
        ),
        Rule(
            "totals_agree",
            Budget.totals.every(equal(StatedTotal.amount, StatedTotal.wanted)),
            label=Label("合计数与预算总额", "the totals stated against the whole"),
            citation=TRADE,
            remedy=Label("核对合计数。", "Check the total."),
        ),
        Rule(
            "hours_per_day_usual",
            Budget.statements.every(Statement.usual),
            label=Label("每天折算 8 学时（或 7.5 学时）", "eight class-hours a day, or seven and a half"),
            citation=HOURS,
            severity=Severity.DOUBT,
            remedy=Label(
                "核对天数与学时，或写明每天折算的学时。",
                "Check the days against the class-hours, or say how many a day has.",
            ),
        ),
    ],
    title=Label("预算数字一致性", "consistency of the budget's figures"),
    citation=TRADE,
    in_force=InForce(),
)

_DAY = datetime.date(2026, 1, 1)


def _case(rule: str, verdict: Verdict, facts: dict[str, object], shortfall: str | None = None) -> Case:
    return Case(rule=rule, verdict=verdict, facts=facts, on=_DAY, stage=Stage.PLANNED, shortfall=shortfall)


def _parts(*amounts: str) -> list[dict[str, object]]:
    return [{"amount": amount} for amount in amounts]


def _asked(approval: str | None) -> dict[str, object]:
    return {"request": "5 万元", "approval": approval, "explained": False}


def _whole(name: str, amount: str | None, *parts: str, **others: object) -> dict[str, object]:
    return {name: [{"amount": amount, "parts": _parts(*parts), **others}]}


def _item(amount: str, *lines: str) -> dict[str, object]:
    return {"amount": amount, "lines": _parts(*lines)}


def _stated(days: int, hours: int) -> dict[str, object]:
    return {"days": f"{days} 天", "class_hours": f"{hours} 学时"}


def _programme(days: int, *stages: int) -> dict[str, object]:
    return {"days": f"{days} 天", "stages": [{"days": f"{stage} 天"} for stage in stages]}


CASES = (
    _case("lines_equal_total", Verdict.MET, {"lines": _parts("1.2 万元", "8000 元"), "total": "20000 元"}),
    _case("lines_equal_total", Verdict.UNMET, {"lines": _parts("12000 元", "8000 元"), "total": "2.1 万元"}, "1000 元"),
    _case("lines_equal_total", Verdict.UNKNOWN, {"lines": _parts("12000 元")}),
    _case("lines_equal_total", Verdict.NOT_APPLICABLE, {"lines": [], "total": "20000 元"}),
    _case("request_equals_approval", Verdict.MET, _asked("50000.00 元")),
    _case("request_equals_approval", Verdict.UNMET, _asked("4.8 万元"), "2000 元"),
    _case("request_equals_approval", Verdict.UNKNOWN, _asked(None)),
    _case("request_equals_approval", Verdict.NOT_APPLICABLE, {**_asked("4.8 万元"), "explained": True}),
    _case("schedule_equals_total", Verdict.MET, {"schedule": _parts("6000 元", "4000 元"), "total": "1 万元"}),
    _case("schedule_equals_total", Verdict.UNMET, {"schedule": _parts("6000 元"), "total": "1 万元"}, "4000 元"),
    _case("schedule_equals_total", Verdict.UNKNOWN, {"schedule": _parts("6000 元")}),
    _case("schedule_equals_total", Verdict.NOT_APPLICABLE, {"schedule": [], "total": "1 万元"}),
    _case("schedule_groups_equal_lines", Verdict.MET, {"schedule": [_item("9000 元", "4000 元", "5000 元")]}),
    _case("schedule_groups_equal_lines", Verdict.UNMET, {"schedule": [_item("9000 元", "4000 元")]}),
    _case("schedule_groups_equal_lines", Verdict.UNKNOWN, {}),
    _case("schedule_groups_equal_lines", Verdict.NOT_APPLICABLE, {"schedule": [_item("9000 元")]}),
    _case("stages_fill_programme", Verdict.MET, {"programmes": [_programme(5, 3, 2)]}),
    _case("stages_fill_programme", Verdict.UNMET, {"programmes": [_programme(5, 3, 2), _programme(6, 3, 2)]}),
    _case("stages_fill_programme", Verdict.UNKNOWN, {"programmes": [{"stages": [{"days": "3 天"}]}]}),
    _case("stages_fill_programme", Verdict.NOT_APPLICABLE, {"programmes": [_programme(5)]}),
    _case("stages_within_programme", Verdict.MET, {"programmes": [{**_programme(5, 3, 2), "exact": True}]}),
    _case("stages_within_programme", Verdict.UNMET, {"programmes": [{**_programme(5, 3, 3), "exact": True}]}, "1 天"),
    _case("stages_within_programme", Verdict.UNKNOWN, {"programmes": [_programme(5, 3, 3)]}),
    _case("stages_within_programme", Verdict.NOT_APPLICABLE, {"programmes": [{**_programme(5, 3, 3), "exact": False}]}),
    _case("hours_per_day_agree", Verdict.MET, {"statements": [_stated(5, 40), _stated(3, 24)]}),
    # 40/5 = 8 and 30/3 = 10: two apart.
    _case("hours_per_day_agree", Verdict.UNMET, {"statements": [_stated(5, 40), _stated(3, 30)]}, "2 学时/天"),
    _case("hours_per_day_agree", Verdict.UNKNOWN, {"statements": [_stated(5, 40), {"days": "3 天"}]}),
    _case("hours_per_day_agree", Verdict.NOT_APPLICABLE, {"statements": []}),
    _case("payments_equal_line", Verdict.MET, _whole("payments", "3.6 万元", "18000 元", "18000 元")),
    _case("payments_equal_line", Verdict.UNMET, _whole("payments", "3.6 万元", "18000 元", "16000 元"), "2000 元"),
    _case("payments_equal_line", Verdict.UNKNOWN, _whole("payments", None, "18000 元", "18000 元")),
    _case("payments_equal_line", Verdict.NOT_APPLICABLE, {"payments": []}),
    _case("parts_equal_line", Verdict.MET, _whole("divided", "5 万元", "2 万元", "3 万元", in_full=True)),
    _case("parts_equal_line", Verdict.UNMET, _whole("divided", "5 万元", "2 万元", "2 万元", in_full=True), "10000 元"),
    _case("parts_equal_line", Verdict.UNKNOWN, _whole("divided", None, "2 万元", "3 万元", in_full=True)),
    _case("parts_equal_line", Verdict.NOT_APPLICABLE, _whole("divided", "5 万元", "2 万元", in_full=False)),
    _case("parts_within_line", Verdict.MET, _whole("divided", "5 万元", "2 万元", in_full=False)),
    _case("parts_within_line", Verdict.UNMET, _whole("divided", "5 万元", "6 万元", in_full=False), "10000 元"),
    _case("parts_within_line", Verdict.UNKNOWN, _whole("divided", None, "6 万元", in_full=False)),
    _case("parts_within_line", Verdict.NOT_APPLICABLE, _whole("divided", "5 万元", "2 万元", in_full=True)),
    _case("sources_equal_total", Verdict.MET, _whole("sources", "50 万元", "30 万元", "15 万元", "5 万元")),
    _case("sources_equal_total", Verdict.UNMET, _whole("sources", "50 万元", "30 万元", "21 万元"), "10000 元"),
    _case("sources_equal_total", Verdict.UNKNOWN, _whole("sources", None, "30 万元", "20 万元")),
    _case("sources_equal_total", Verdict.NOT_APPLICABLE, {"sources": []}),
    _case("totals_agree", Verdict.MET, {"totals": [{"amount": "5 万元", "wanted": "50000 元"}]}),
    _case("totals_agree", Verdict.UNMET, {"totals": [{"amount": "5 万元", "wanted": "51000 元"}]}, "1000 元"),
    _case("totals_agree", Verdict.UNKNOWN, {"totals": [{"amount": "5 万元"}]}),
    _case("totals_agree", Verdict.NOT_APPLICABLE, {"totals": []}),
    # 56 ÷ 7 = 8 and 15 ÷ 2 = 7.5; 12 ÷ 2 = 6 is neither.
    _case("hours_per_day_usual", Verdict.MET, {"statements": [{"usual": True}]}),
    _case("hours_per_day_usual", Verdict.UNMET, {"statements": [{"usual": False}]}),
    _case("hours_per_day_usual", Verdict.UNKNOWN, {"statements": [{}]}),
    _case("hours_per_day_usual", Verdict.NOT_APPLICABLE, {"statements": []}),
)

PACK = Pack(standard=STANDARD, cases=CASES)
