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
from perfeval.rules import Rule
from perfeval.standard import Standard
from perfeval.subjects import category, many, measure, subject, text
from perfeval.verdicts import Verdict

__all__ = ["PACK", "STANDARD", "Budget", "Line", "Programme", "ScheduleItem", "ScheduledLine", "Statement"]


@subject(zh="预算明细", en="line", unit="项")
class Line:
    """One line of the budget."""

    name = text(zh="名称", en="name")
    amount = measure("元", zh="金额", en="amount")


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
    stages = many(CourseStage, zh="阶段", en="stages")


@subject(zh="天数与学时的换算", en="statement of days and class-hours", unit="处")
class Statement:
    """One quantity of training said twice, in days and in class-hours."""

    days = measure("天", zh="天数", en="days")
    class_hours = measure("学时", zh="学时", en="class-hours")


@subject(zh="项目预算", en="budget")
class Budget:
    """The figures of one project text; ``total`` is what was approved or, where nothing was, what is asked for."""

    request = measure("元", zh="申请金额", en="amount requested")
    approval = measure("元", zh="批复金额", en="amount approved")
    total = measure("元", zh="预算总额", en="budget total")
    lines = many(Line, zh="明细", en="lines")
    schedule = many(ScheduleItem, zh="计划", en="schedule")
    programmes = many(Programme, zh="培训", en="programmes")
    statements = many(Statement, zh="换算", en="statements")


TRADE = Citation(title="预算文本内部勾稽关系", described=True, clause="通行审核要点", evidence=Evidence.CODE)

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
            "hours_per_day_agree",
            equal(Budget.statements.minimum(hours_per_day), Budget.statements.maximum(hours_per_day)),
            label=Label("天数与学时的换算前后一致", "class-hours a day agree across the text"),
            citation=TRADE,
            remedy=Label("统一每天折算的学时。", "Use one number of class-hours a day."),
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
    _case("request_equals_approval", Verdict.MET, {"request": "5 万元", "approval": "50000.00 元"}),
    _case("request_equals_approval", Verdict.UNMET, {"request": "5 万元", "approval": "4.8 万元"}, "2000 元"),
    _case("request_equals_approval", Verdict.UNKNOWN, {"request": "5 万元"}),
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
    _case("hours_per_day_agree", Verdict.MET, {"statements": [_stated(5, 40), _stated(3, 24)]}),
    # 40/5 = 8 and 30/3 = 10: two apart.
    _case("hours_per_day_agree", Verdict.UNMET, {"statements": [_stated(5, 40), _stated(3, 30)]}, "2 学时/天"),
    _case("hours_per_day_agree", Verdict.UNKNOWN, {"statements": [_stated(5, 40), {"days": "3 天"}]}),
    _case("hours_per_day_agree", Verdict.NOT_APPLICABLE, {"statements": []}),
)

PACK = Pack(standard=STANDARD, cases=CASES)
