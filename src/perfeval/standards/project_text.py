"""Whether a project text says what a reviewer looks for first: its parts, its basis, and money matched to tasks.

The form of eight parts is the one that published Yunnan project texts follow; those of Anhui and Shanghai have parts of
their own. What is missing from the form, or left to be filled in, is an error; the reviewer's first questions are notes
(提示), which never decide a review, and a task that no line could lawfully pay is a doubt.
"""

from __future__ import annotations

import datetime

from perfeval.citations import Citation, Evidence, InForce
from perfeval.expressions import named
from perfeval.facts import Label, Stage
from perfeval.packs import Case, Pack
from perfeval.rules import Rule, Severity
from perfeval.standard import Standard
from perfeval.subjects import day, flag, many, measure, subject, text
from perfeval.verdicts import Verdict

__all__ = [
    "PACK",
    "STANDARD",
    "Basis",
    "Field",
    "Form",
    "Part",
    "Placeholder",
    "Residue",
    "StatedLine",
    "StatedTask",
    "StatedUse",
]


@subject(zh="部分", en="part", unit="个[部分]")
class Part:
    """One of the eight parts of the form."""

    title = text(zh="标题", en="heading")
    present = flag(zh="内容", en="content")


@subject(zh="依据", en="basis", unit="个[文件]")
class Basis:
    """A document that the text rests on; ``year_begins`` is the first day of the year in its number or title."""

    title = text(zh="文件", en="document")
    numbered = flag(zh="文号", en="a document number")
    dated = flag(zh="有年份", en="names a year")
    year_begins = day(zh="依据年份首日", en="first day of its year")


@subject(zh="待填内容", en="placeholder", unit="处")
class Placeholder:
    """Something that was to be filled in and was not."""

    words = text(zh="内容", en="words")
    filled = flag(zh="应填内容", en="what should stand there")


@subject(zh="要素", en="field", unit="项")
class Field:
    """Something that a text must say wherever it says it: the name, the unit, the year, the money."""

    title = text(zh="要素", en="field")
    said = flag(zh="内容", en="content")


@subject(zh="残留标记", en="residue", unit="处")
class Residue:
    """What was left by the file that a text came from."""

    words = text(zh="内容", en="words")
    hides_figure = flag(zh="遮断数字", en="a figure that it breaks or hides")


@subject(zh="任务", en="task", unit="项")
class StatedTask:
    """A task of section five; ``payable`` where some line may lawfully pay for it, or nothing needs to."""

    title = text(zh="任务", en="task")
    has_money = flag(zh="对应的资金或用途", en="a line or a stated use")
    payable = flag(zh="可列支的资金", en="money that may pay for it")
    repeats = flag(zh="重复", en="what an earlier task says")


@subject(zh="明细", en="line", unit="项")
class StatedLine:
    """A line of section six; the running of the office needs no task."""

    name = text(zh="名称", en="name")
    has_task = flag(zh="对应的任务", en="a task")
    repeats = flag(zh="重复", en="the name and amount of an earlier line")


@subject(zh="用途", en="use", unit="项")
class StatedUse:
    """A use of the money that section seven states."""

    words = text(zh="用途", en="use")
    has_task = flag(zh="对应的任务", en="a task")


@subject(zh="项目文本", en="project text")
class Form:
    """What one project text holds."""

    budget_year_ends = day(zh="预算年度末日", en="last day of the budget year")
    parts = many(Part, zh="部分", en="parts")
    basis = many(Basis, zh="依据", en="basis documents")
    fields = many(Field, zh="要素", en="fields")
    residue = many(Residue, zh="残留标记", en="residue")
    placeholders = many(Placeholder, zh="待填内容", en="placeholders")
    tasks = many(StatedTask, zh="任务", en="tasks")
    lines = many(StatedLine, zh="明细", en="lines")
    uses = many(StatedUse, zh="用途", en="stated uses")
    effects = measure("个[语句]", zh="成效语句", en="sentences on effects")
    effects_with_number = measure("个[语句]", zh="含数字的成效语句", en="sentences on effects with a number")
    calculation = flag(zh="测算依据", en="a basis of calculation")
    phasing = flag(zh="年内分期安排", en="phasing within the year")


TRADE = Citation(title="项目文本审核要点", described=True, clause="通行审核要点", evidence=Evidence.CODE)

STANDARD = Standard(
    "project_text",
    [
        Rule(
            "parts_present",
            Form.parts.every(Part.present),
            label=Label("八个部分齐全", "all eight parts are there"),
            citation=TRADE,
            remedy=Label("补齐缺少的部分。", "Add the parts that are missing."),
        ),
        Rule(
            "basis_not_after_year",
            Form.basis.every(Basis.year_begins <= Form.budget_year_ends, where=Basis.dated),
            label=Label("依据文件年份不晚于预算年度", "no basis is later than the budget year"),
            citation=TRADE,
            severity=Severity.DOUBT,
            remedy=Label("核对依据文件的年份。", "Check the year of the basis."),
        ),
        Rule(
            "nothing_left_to_fill_in",
            Form.placeholders.count(where=~Placeholder.filled) <= "0 处",
            label=Label("没有待填内容", "nothing is left to be filled in"),
            citation=TRADE,
            remedy=Label("填写待填内容。", "Fill in what was left open."),
        ),
        Rule(
            "fields_said",
            Form.fields.every(Field.said),
            label=Label("名称、单位、年度和金额齐全", "name, unit, year and amount are said"),
            citation=TRADE,
            remedy=Label("补写缺少的要素。", "Say what is missing."),
        ),
        Rule(
            "residue_hides_nothing",
            Form.residue.count(where=Residue.hides_figure) <= "0 处",
            label=Label("没有被残留标记或乱码遮断的数字", "no figure is broken or hidden by residue"),
            citation=TRADE,
            severity=Severity.DOUBT,
            remedy=Label("核对原件，恢复该处数字。", "Look at the original, and restore the figure."),
        ),
        Rule(
            "tasks_payable",
            Form.tasks.every(StatedTask.payable),
            label=Label("每项任务都有可列支的资金", "for each task there is money that may pay for it"),
            citation=TRADE,
            severity=Severity.DOUBT,
            remedy=Label("为该任务列支资金，或说明由何处保障。", "Give the task a line, or say what pays for it."),
        ),
        Rule(
            "no_line_twice",
            Form.lines.count(where=StatedLine.repeats) <= "0 项",
            label=Label("没有重复的明细", "no line stands twice"),
            citation=TRADE,
            severity=Severity.DOUBT,
            remedy=Label("删去重复的明细，或写明各指什么。", "Strike the line, or say what each is for."),
        ),
        Rule(
            "no_task_twice",
            Form.tasks.count(where=StatedTask.repeats) <= "0 项",
            label=Label("没有重复的任务", "no task stands twice"),
            citation=TRADE,
            severity=Severity.DOUBT,
            remedy=Label("删去重复的任务。", "Strike the task."),
        ),
        Rule(
            "basis_numbered",
            Form.basis.every(Basis.numbered),
            label=Label("依据文件有文号", "each basis has a document number"),
            citation=TRADE,
            severity=Severity.NOTE,
            remedy=Label("补充依据文件的文号，或附上该文件。", "Give the document number, or attach the document."),
        ),
        Rule(
            "tasks_and_money",
            named(
                "tasks_have_money", Form.tasks.every(StatedTask.has_money), zh="任务有资金对应", en="tasks have money"
            )
            & named(
                "lines_have_task", Form.lines.every(StatedLine.has_task), zh="明细有任务对应", en="lines have a task"
            )
            & named(
                "uses_have_task", Form.uses.every(StatedUse.has_task), zh="用途有任务对应", en="stated uses have a task"
            ),
            label=Label("任务与资金相互对应", "tasks and money match"),
            citation=TRADE,
            severity=Severity.NOTE,
            remedy=Label(
                "说明无资金的任务如何保障、无任务的资金用于何事。",
                "Say what pays for the one and what the other is for.",
            ),
        ),
        Rule(
            "calculation_given",
            Form.calculation,
            label=Label("测算依据", "a basis of calculation"),
            citation=TRADE,
            severity=Severity.NOTE,
            remedy=Label("补充测算依据（数量、单价、标准）。", "Give quantities, unit prices or rates."),
        ),
        Rule(
            "phased_within_year",
            Form.phasing,
            label=Label("年内分期安排", "phasing within the year"),
            citation=TRADE,
            severity=Severity.NOTE,
            remedy=Label("按季度或月份安排支出进度。", "Schedule the spending by quarter or by month."),
        ),
        Rule(
            "effects_measurable",
            Form.effects_with_number >= "1 个[语句]",
            when=Form.effects >= "1 个[语句]",
            label=Label("成效有可衡量的数字", "the effects hold a number that can be measured"),
            citation=TRADE,
            severity=Severity.NOTE,
            remedy=Label("为成效设定可衡量的指标值。", "Set targets for the effects that can be measured."),
        ),
    ],
    title=Label("项目文本完整性", "completeness of the project text"),
    citation=TRADE,
    in_force=InForce(),
)

_DAY = datetime.date(2026, 1, 1)
_END = "2026-12-31"


def _case(rule: str, verdict: Verdict, facts: dict[str, object]) -> Case:
    return Case(rule=rule, verdict=verdict, facts=facts, on=_DAY, stage=Stage.PLANNED)


def _basis(year: int) -> dict[str, object]:
    return {"dated": True, "year_begins": f"{year}-01-01"}


def _matched(task: bool, line: bool, use: bool) -> dict[str, object]:
    return {"tasks": [{"has_money": task}], "lines": [{"has_task": line}], "uses": [{"has_task": use}]}


CASES = (
    _case("parts_present", Verdict.MET, {"parts": [{"present": True}] * 8}),
    _case("parts_present", Verdict.UNMET, {"parts": [{"present": True}, {"present": False}]}),
    _case("parts_present", Verdict.UNKNOWN, {}),
    _case("parts_present", Verdict.NOT_APPLICABLE, {"parts": []}),
    _case("basis_not_after_year", Verdict.MET, {"budget_year_ends": _END, "basis": [_basis(2023), _basis(2026)]}),
    _case("basis_not_after_year", Verdict.UNMET, {"budget_year_ends": _END, "basis": [_basis(2023), _basis(2027)]}),
    _case("basis_not_after_year", Verdict.UNKNOWN, {"basis": [_basis(2023)]}),
    _case("basis_not_after_year", Verdict.NOT_APPLICABLE, {"budget_year_ends": _END, "basis": [{"dated": False}]}),
    _case("nothing_left_to_fill_in", Verdict.UNMET, {"placeholders": [{"words": "XX万元", "filled": False}]}),
    _case("nothing_left_to_fill_in", Verdict.MET, {"placeholders": []}),
    _case("nothing_left_to_fill_in", Verdict.UNKNOWN, {}),
    _case("fields_said", Verdict.MET, {"fields": [{"said": True}] * 4}),
    _case("fields_said", Verdict.UNMET, {"fields": [{"said": True}, {"said": False}]}),
    _case("fields_said", Verdict.UNKNOWN, {"fields": [{"said": True}, {}]}),
    _case("fields_said", Verdict.NOT_APPLICABLE, {"fields": []}),
    _case("residue_hides_nothing", Verdict.MET, {"residue": [{"hides_figure": False}]}),
    _case("residue_hides_nothing", Verdict.UNMET, {"residue": [{"hides_figure": True}]}),
    _case("residue_hides_nothing", Verdict.UNKNOWN, {}),
    _case("tasks_payable", Verdict.MET, {"tasks": [{"payable": True}]}),
    _case("tasks_payable", Verdict.UNMET, {"tasks": [{"payable": True}, {"payable": False}]}),
    _case("tasks_payable", Verdict.UNKNOWN, {"tasks": [{}]}),
    _case("tasks_payable", Verdict.NOT_APPLICABLE, {"tasks": []}),
    _case("no_line_twice", Verdict.MET, {"lines": [{"repeats": False}, {"repeats": False}]}),
    _case("no_line_twice", Verdict.UNMET, {"lines": [{"repeats": False}, {"repeats": True}]}),
    _case("no_line_twice", Verdict.UNKNOWN, {}),
    _case("no_task_twice", Verdict.MET, {"tasks": [{"repeats": False}]}),
    _case("no_task_twice", Verdict.UNMET, {"tasks": [{"repeats": False}, {"repeats": True}]}),
    _case("no_task_twice", Verdict.UNKNOWN, {}),
    _case("basis_numbered", Verdict.MET, {"basis": [{"numbered": True}]}),
    _case("basis_numbered", Verdict.UNMET, {"basis": [{"numbered": True}, {"numbered": False}]}),
    _case("basis_numbered", Verdict.UNKNOWN, {"basis": [{}]}),
    _case("basis_numbered", Verdict.NOT_APPLICABLE, {"basis": []}),
    _case("tasks_and_money", Verdict.MET, _matched(True, True, True)),
    _case("tasks_and_money", Verdict.UNMET, _matched(True, False, True)),
    _case("tasks_and_money", Verdict.UNKNOWN, {"tasks": [{"has_money": True}], "lines": [{}], "uses": []}),
    _case("tasks_and_money", Verdict.NOT_APPLICABLE, {"tasks": [], "lines": [], "uses": []}),
    _case("calculation_given", Verdict.MET, {"calculation": True}),
    _case("calculation_given", Verdict.UNMET, {"calculation": False}),
    _case("calculation_given", Verdict.UNKNOWN, {}),
    _case("phased_within_year", Verdict.MET, {"phasing": True}),
    _case("phased_within_year", Verdict.UNMET, {"phasing": False}),
    _case("phased_within_year", Verdict.UNKNOWN, {}),
    _case("effects_measurable", Verdict.MET, {"effects": "3 个[语句]", "effects_with_number": "1 个[语句]"}),
    _case("effects_measurable", Verdict.UNMET, {"effects": "3 个[语句]", "effects_with_number": "0 个[语句]"}),
    _case("effects_measurable", Verdict.UNKNOWN, {"effects": "3 个[语句]"}),
    _case("effects_measurable", Verdict.NOT_APPLICABLE, {"effects": "0 个[语句]", "effects_with_number": "0 个[语句]"}),
)

PACK = Pack(standard=STANDARD, cases=CASES)
