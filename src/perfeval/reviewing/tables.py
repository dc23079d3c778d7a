"""From one table of goals or of a self-evaluation to its findings, each at its cells.

The method is the one that the caller names or, without one, the one that the table's form usually follows: then what rests
on the method alone is a note. Imports ``matching``, ``standards``, ``profiles`` and above.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from attrs import evolve

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.documents.project import Period
from perfeval.documents.quantities import SOURCE
from perfeval.errors import InputError, excerpt
from perfeval.evaluation import Missing
from perfeval.facts import Given, Label, Stage
from perfeval.findings import Finding, Remark, Review
from perfeval.matching.fitting import Facts
from perfeval.matching.indicator_words import is_fraction
from perfeval.matching.table_money import rate_of
from perfeval.matching.table_weights import follows
from perfeval.matching.tables import goal_facts, goal_figures, is_blank, self_evaluation_facts
from perfeval.profiles import shelf as profiles
from perfeval.reviewing.days import ANY_DAY, day_of_table
from perfeval.reviewing.execution import Worked, with_worked, worked_of
from perfeval.reviewing.remarking import remarked
from perfeval.reviewing.remarks import unread_remarks
from perfeval.reviewing.scores import excuse_in, score_findings
from perfeval.rules import Severity, check_day
from perfeval.scoring.profile import Profile
from perfeval.standards.shelf import load
from perfeval.tables.model import IndicatorRow, ReadTable, TableKind
from perfeval.verdicts import Verdict

__all__ = ["method_remarks", "review_table", "table_findings"]

_DEFAULT = "ministry_self_evaluation"
_WEIGHING = ("ministry_self_evaluation", "ministry_with_cost", "hubei_self_evaluation")
"""The methods that weigh each level, by one of which a table may go whatever its form."""
_UNIT_PATH = "table.money_unit"
_MONEY_RULES = frozenset(
    {
        "funds_add_up",
        "funds_within_total",
        "budget_above_zero",
        "execution_within_budget",
        "execution_rate_agrees",
        "execution_score_agrees",
    }
)
_ON_METHOD = frozenset({"group_weights"})
"""What rests on the scoring method alone: a note where it was not named, for every province has weights of its own."""
_OF_WEIGHTS = frozenset({"weights_add_up", "group_weights", "level_points_add_up"})
"""What is no more planned than achieved: a weight is what it is."""
_ON_YEAR = frozenset({"deadlines_before_end"})
"""What is a doubt where only the year of the table is known, for a project may last longer."""


def review_table(table: ReadTable, *, on: datetime.date | None = None, profile: Profile | None = None) -> Review:
    """Review one table by itself; its title is the name of its project.

    ``on`` is the day to judge on; without it, for goals the first day of the table's year, for a self-evaluation its last,
    and the review says so. A table that names no year is judged on no day: the rules of tables are of no dates.
    ``profile`` is the scoring method; without it, the one that the table's form usually follows.
    """
    if not isinstance(table, ReadTable):
        raise InputError.of("review_table", came=excerpt(table), needed="a ReadTable")
    day = day_of_table(table) if on is None else check_day(on)
    name = next(
        (one.text for one in (table.project, table.title) if one is not None and one.text), table.name or SOURCE
    )
    return Review(
        title=Label(name, name),
        on=day,
        on_assumed=on is None,
        findings=tuple(table_findings(table, on=ANY_DAY if day is None else day, profile=profile, period=None)),
        remarks=(*method_remarks(table, profile), *unread_remarks(table.unread)),
    )


def method_remarks(table: ReadTable, profile: Profile | None = None) -> Iterator[Remark]:
    """Yield by which method a table that scores or weighs was judged, and whether it was named or told by the form.

    >>> from perfeval.tables import Layout
    >>> list(method_remarks(ReadTable(kind=TableKind.GOALS, layout=Layout.OTHER, name="表1")))
    []
    """
    if table.kind is TableKind.GOALS and not any(row.points is not None for row in table.rows):
        return
    method = profile or _by_form(table)
    used = (method or profiles.load(_DEFAULT)).title
    why = Label("由调用者指定", "named by the caller")
    if profile is None:
        why = Label("由表式推定", "told by the form of the table")
    if method is None:
        why = Label("表式未明，按通行办法", "the form is of none in particular, so the usual one")
    yield Remark(
        kind="method", label=Label(f"评分办法：{used.zh}（{why.zh}）", f"scoring method: {used.en} ({why.en})")
    )


def table_findings(
    table: ReadTable,
    *,
    on: datetime.date,
    profile: Profile | None = None,
    period: Period | None = None,
    year: int | None = None,
) -> list[Finding]:
    """Return what is to be said of one table; ``period`` and ``year`` are its project's, for a table that states none."""
    method = profile or _by_form(table)
    found = _goal_findings(table, on, goal_facts(table, method, period, year), period, named=profile is not None)
    if table.kind is TableKind.SELF_EVALUATION:
        scored_by = method or profiles.load(_DEFAULT)
        found += _result_findings(table, on, scored_by)
        found += score_findings(table, scored_by, on, assumed=method is None)
    return list(_asked_once(found))


def _by_form(table: ReadTable) -> Profile | None:
    """Return the method that a table's form usually follows; another that ships, where its weights are that one's."""
    name = table.profile
    if name == "sichuan_self_evaluation":
        return profiles.load(name)
    if name is None:
        return None
    usual = profiles.load(name)
    others = (profiles.load(other) for other in _WEIGHING)
    return next((one for one in (usual, *others) if follows(table, one)), usual)


def _goal_findings(
    table: ReadTable, day: datetime.date, facts: Facts, period: Period | None, *, named: bool
) -> list[Finding]:
    standard = load("goal_table").standard
    record = standard.read(facts, stage=Stage.PLANNED, source=table.name or SOURCE, path="goal_table")
    findings = [remarked(one, _goal_remarks(table)) for one in standard.findings(record, on=day)]
    by_year = table.period is None and period is None
    found: list[Finding] = []
    for finding in findings:
        one = finding
        if finding.rule in _ON_METHOD and not named:
            one = _milder(finding, Severity.NOTE)
        elif finding.rule in _ON_YEAR and by_year:
            one = _milder(finding, Severity.DOUBT)
        if finding.rule in _OF_WEIGHTS:
            one = _without_stage(one)
        one = _asking_unit(one, table) if finding.rule in _MONEY_RULES else _asking_units(one, table.rows)
        found.append(_anchored(one, table))
    return found


def _anchored(finding: Finding, table: ReadTable) -> Finding:
    """Give a finding on what is not there the places where it was looked for: the levels, or else the title."""
    if finding.verdict is not Verdict.UNMET or any(one.spans for one in finding.walk()):
        return finding
    levels = [row.level_one.span for row in table.rows if row.level_one is not None]
    titles = [one.span for one in (table.project, table.title) if one is not None]
    return evolve(finding, spans=tuple(dict.fromkeys(levels or titles)))


def _milder(finding: Finding, severity: Severity) -> Finding:
    children = tuple(_milder(child, severity) for child in finding.children)
    return evolve(finding, severity=severity, children=children)


def _without_stage(finding: Finding) -> Finding:
    return evolve(finding, stage=None, children=tuple(map(_without_stage, finding.children)))


def _goal_remarks(table: ReadTable) -> dict[str, Label]:
    """Say what a share may mean, and of each figure of the goal which indicator it was held against."""
    remarks: dict[str, Label] = {}
    for index, row in enumerate(table.rows):
        if isinstance(row.goal, Amount) and is_fraction(row, row.goal):
            meant = Amount.of(row.goal.number * 100, "%")
            remarks[f"goal_table/shares_in_percent/{index}"] = Label(
                f"表中为 {row.goal}，疑为 {meant}。", f"the table has {row.goal}; {meant} may be meant."
            )
    for index, figure in enumerate(goal_figures(table)):
        if figure.row is None and not figure.covered:
            remarks[f"goal_table/goal_figures_covered/{index}"] = Label(
                f"目标写“{figure.clause}”，没有指标值是 {figure.amount}。",
                f'the goal says "{figure.clause}"; no indicator has {figure.amount}.',
            )
        if figure.row is None or figure.agrees:
            continue
        row = table.rows[figure.row]
        target = row.target or row.name
        remarks[f"goal_table/goal_figures_agree/{index}"] = Label(
            f"目标写“{figure.clause}”，指标“{row.name.text}”为“{target.text}” [{target.span.place}]。",
            f'the goal says "{figure.clause}", the indicator {row.name.text} has "{target.text}" [{target.span.place}].',
        )
    return remarks


# --- what is asked for -----------------------------------------------------------------------------------


def _asking_unit(finding: Finding, table: ReadTable) -> Finding:
    """Ask for the unit of the table's money instead of for each figure, where it is the unit that is not known."""
    if finding.verdict is not Verdict.UNKNOWN or not _lacks_unit(table):
        return finding
    name = None if table.project is None else Label(table.project.text, table.project.text)
    lack = Missing(_UNIT_PATH, Label("表中金额的单位（元或万元）", "the unit of the table's money"), None, of=name)
    spans = tuple(dict.fromkeys((*finding.spans, *_money_places(table))))
    return evolve(finding, missing=(lack,), spans=spans)


def _asked_once(found: list[Finding]) -> Iterator[Finding]:
    """Yield one finding for all that the unit of the table's money keeps from being judged, which says what they are."""
    waiting = [one for one in found if any(lack.path == _UNIT_PATH for lack in one.missing)]
    for one in found:
        if len(waiting) < 2 or one not in waiting:
            yield one
        elif one is waiting[0]:
            zh = "、".join(other.label.zh for other in waiting[1:])
            en = "; ".join(other.label.en for other in waiting[1:])
            words = Label(
                f"金额单位未写明，以下各项也未能核对：{zh}。", f"without the unit this cannot be judged either: {en}."
            )
            spans = tuple(dict.fromkeys(span for other in waiting for span in other.spans))
            yield evolve(one, remarks=(*one.remarks, words), spans=spans)


def _lacks_unit(table: ReadTable) -> bool:
    return any(
        printed is not None and printed.amount is None
        for row in table.funds
        for printed in (row.planned, row.initial, row.full_year, row.adjusted, row.executed)
    )


def _money_places(table: ReadTable) -> Iterator[Span]:
    for row in table.funds:
        for printed in (row.planned, row.initial, row.full_year, row.adjusted, row.executed):
            if printed is not None and printed.amount is None and printed.span is not None:
                yield printed.span


def _asking_units(finding: Finding, rows: tuple[IndicatorRow, ...]) -> Finding:
    """Ask for the unit of each target by the name of its indicator."""
    if finding.rule != "targets_with_unit" or finding.verdict is not Verdict.UNKNOWN:
        return finding
    children = tuple(
        evolve(child, spans=_cells_of(rows[index])) if child.verdict is Verdict.UNKNOWN else child
        for index, child in enumerate(finding.children)
        if index < len(rows)
    )
    spans = tuple(span for child in children if child.verdict is Verdict.UNKNOWN for span in child.spans)
    return evolve(finding, children=children, spans=spans)


def _cells_of(row: IndicatorRow) -> tuple[Span, ...]:
    return tuple(cell.span for cell in (row.name, row.target) if cell is not None and cell.text)


# --- results ---------------------------------------------------------------------------------------------


def _result_findings(table: ReadTable, day: datetime.date, method: Profile) -> list[Finding]:
    standard = load("self_evaluation_table").standard
    facts = self_evaluation_facts(table, method)
    spendings = facts["spendings"]
    assert isinstance(spendings, list)  # noqa: S101 - as matching made it
    worked: dict[str, Worked] = {}
    for index, spending in enumerate(spendings):
        spending.update(_reasons(table, spending, method))
        worked |= worked_of(table, spending, index)
    results = facts["results"]
    assert isinstance(results, list)  # noqa: S101 - as matching made it
    for result, row in zip(results, table.rows, strict=False):
        result["late_explained"] = result["late_explained"] or _is_excused(table, row)
    record = standard.read(facts, stage=Stage.ACHIEVED, source=table.name or SOURCE, path="self_evaluation_table")
    found: list[Finding] = []
    for finding in standard.findings(record, on=day):
        one = finding if finding.verdict is Verdict.MET else with_worked(finding, worked)
        found.append(_asking_unit(_asking_figures(one, spendings), table) if finding.rule in _MONEY_RULES else one)
    return found


_RECKONED = re.compile(r"(?P<place>.*\[(?P<index>\d+)\])\.(?:reckoned|earned)")
_FIGURES = {"executed": Label("执行数", "executed"), "budget": Label("预算数", "budget")}


def _asking_figures(finding: Finding, spendings: list[Facts]) -> Finding:
    """Ask for the figures from which a rate is worked out, instead of for that rate."""
    asked: dict[str, Missing] = {}
    for one in finding.missing:
        found = _RECKONED.fullmatch(one.path)
        if found is None:
            asked.setdefault(one.path, one)
            continue
        for name, label in _FIGURES.items():
            held = spendings[int(found["index"])][name]
            if isinstance(held, Given) and held.value is None:
                path = f"{found['place']}.{name}"
                asked.setdefault(path, evolve(one, path=path, label=label, unit="元"))
    children = tuple(_asking_figures(child, spendings) for child in finding.children)
    return evolve(finding, missing=tuple(asked.values()), children=children)


def _is_excused(table: ReadTable, row: IndicatorRow) -> bool:
    """Say whether the table's prose or a remark gives the cause of a delay."""
    prose = [one for one in (table.reason, table.problems, table.achieved_text, row.remark) if one is not None]
    return excuse_in(prose, row.name.text) is not None


def _reasons(table: ReadTable, spending: Facts, method: Profile) -> Facts:
    """Return whether a rate is so low that the method asks for its reason, and whether the table gives one."""
    rule, rate = method.execution, rate_of(spending)
    due = rule is not None and rule.reason_below is not None and rate is not None and rate < rule.reason_below
    own = [row.reason for row in table.funds if row.reason is not None] + [table.reason]
    prose = [one for one in (table.problems, table.achieved_text) if one is not None]
    given = any(not is_blank(one) for one in own) or excuse_in(prose, "预算执行支出进度资金支付") is not None
    return {"reason_due": due and spending["whole"] is True, "reason_given": given}
