"""From one performance report, with its own tables, to a review: its money, its score, what was reached, and why not all.

What a report shares with project texts (counts, restated figures, units) is judged by the same rules. A rate that others speak
against is named only where other figures bear the money out. Imports ``matching``, ``standards`` and above.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from attrs import evolve

from perfeval.amounts import Amount
from perfeval.budgets import Figure, Identity
from perfeval.citations import Span
from perfeval.documents.performance_report import Report
from perfeval.documents.quantities import SOURCE
from perfeval.documents.residue import find_notes
from perfeval.errors import FactsError, InputError
from perfeval.evaluation import Missing
from perfeval.facts import Label, Stage
from perfeval.findings import Finding, Remark, Review
from perfeval.matching.agreement import Agreement, Pair
from perfeval.matching.budget import statement_facts
from perfeval.matching.report_goals import Goal
from perfeval.matching.report_money import Execution
from perfeval.matching.report_tables import Tabled, agreement_with_tables
from perfeval.matching.reports import Reported, reported_of
from perfeval.reviewing.agreement import said_twice_findings
from perfeval.reviewing.figures import figure_findings
from perfeval.reviewing.given import given_records, standard_findings
from perfeval.reviewing.locating import explained, with_locations
from perfeval.reviewing.remarking import remarked
from perfeval.reviewing.remarks import residue_remarks
from perfeval.reviewing.scores import rate_words
from perfeval.rules import check_day
from perfeval.slips import Location, locate
from perfeval.standards.shelf import NAMES, load
from perfeval.tables.model import ReadTable
from perfeval.verdicts import Verdict

__all__ = ["review_report"]

_NAME = "report_text"
_HOURS = frozenset({"hours_per_day_agree", "hours_per_day_usual"})
_KEYS = {"total": "initial", "adjusted": "adjusted", "executed": "spent"}
"""Which figure of the report each money of a table is."""


def review_report(
    report: Report,
    tables: Sequence[ReadTable] = (),
    *,
    on: datetime.date | None = None,
    facts: Mapping[str, object] | None = None,
    beside: Callable[[datetime.date], Iterable[Finding]] | None = None,
) -> Review:
    r"""Judge a performance report by itself and beside its own tables, and return the review.

    ``on`` is the day to judge on; without it, the last day of the report's year, and the review says so. ``facts`` are those
    of further standards, by their names. ``beside`` adds, for the day, what is to be said of the tables themselves.

    >>> from perfeval.documents.reports import read_report
    >>> said = "一、资金使用情况\n2025年预算50万元，支出48万元，执行率95%。\n二、绩效目标完成情况\n计划培训200人，实际培训200人。"
    >>> [finding.rule for finding in review_report(read_report(said)).of(Verdict.UNMET)]
    ['execution_rate_agrees']
    """
    day = check_day(_last_day(report) if on is None else on)
    records = given_records({} if facts is None else facts)
    if facts is not None and "stated_targets" in facts:
        raise FactsError.of("facts.stated_targets", came="a performance report", needed="a project text")
    held = reported_of(report, tables)
    both = agreement_with_tables(report, tables)
    location = locate((*held.identities(), *_tabled_identities(held, both)))
    findings = [*_own_findings(held, day, location)]
    findings += figure_findings(held.told, day, location, stage=Stage.ACHIEVED)
    findings += _hours(held, day)
    if tables:
        findings += said_twice_findings(both, on=day, stage=Stage.ACHIEVED)
    for name in NAMES:
        if name in records:
            findings += standard_findings(load(name), records[name], day)
    findings += () if beside is None else beside(day)
    name = report.name or "绩效报告"
    return Review(
        title=Label(name, report.name or "performance report"),
        on=day,
        on_assumed=on is None,
        findings=tuple(findings),
        remarks=tuple(_remarks(report)),
    )


def _last_day(report: Report) -> datetime.date:
    if report.year is None:
        raise InputError.of(
            "on", came="a report that names no year", needed="the day to judge on, such as on=date(2025, 12, 31)"
        )
    return datetime.date(report.year.number, 12, 31)


def _remarks(report: Report) -> Iterator[Remark]:
    yield from residue_remarks(find_notes(report.text, 0, len(report.text)))


def _hours(held: Reported, day: datetime.date) -> Iterator[Finding]:
    """Yield whether days and class-hours go together throughout."""
    standard = load("budget_consistency").standard
    facts = {"statements": statement_facts(held.told.project)}
    record = standard.read(facts, stage=Stage.ACHIEVED, source=SOURCE, path="budget_consistency")
    for finding in standard.findings(record, on=day):
        if finding.rule in _HOURS and finding.verdict is not Verdict.NOT_APPLICABLE:
            yield finding


# --------------------------------------------------------------------------------------------------------
# The rules of reports


def _own_findings(held: Reported, day: datetime.date, location: Location) -> Iterator[Finding]:
    standard = load(_NAME).standard
    record = standard.read(held.facts(), stage=Stage.ACHIEVED, source=SOURCE, path=_NAME)
    remarks = dict(_remarks_by_id(held))
    keys = {f"{_NAME}/left_over_agrees/{index}": ["sum/left"] for index in range(len(held.money.left))}
    keys |= {f"{_NAME}/adjustment_adds_up/{index}": ["sum/adjusted"] for index in range(len(held.money.changes))}
    keys |= {f"{_NAME}/execution_points_agree/0": ["points"]}
    for finding in standard.findings(record, on=day):
        if finding.verdict is Verdict.NOT_APPLICABLE:
            continue
        one = with_locations(_placed(remarked(finding, _telling(finding, remarks)), held), keys, location)
        yield _of_rates(one, held, location) if one.rule == "execution_rate_agrees" else one


def _telling(finding: Finding, remarks: Mapping[str, Label]) -> dict[str, Label]:
    """Return the remarks of what is not met: of what is, there is nothing to add."""
    unmet = {one.id for one in finding.walk() if one.verdict is Verdict.UNMET}
    return {identity: remark for identity, remark in remarks.items() if identity in unmet}


def _remarks_by_id(held: Reported) -> Iterator[tuple[str, Label]]:
    for index, execution in enumerate(held.money.executions):
        words = _rate_remark(execution)
        if words is not None:
            yield f"{_NAME}/execution_rate_agrees/{index}", words
    for index, goal in enumerate(held.goals):
        yield f"{_NAME}/shortfalls_explained/{index}", _goal_remark(goal)
    for index, one in enumerate(held.tabled):
        yield f"{_NAME}/figures_as_in_table/{index}", _tabled_remark(one)
    yield from _sum_remarks(held)
    for index, completion in enumerate(held.completions):
        reached, planned = completion.goal.reached.figure.value, completion.goal.planned.figure.value
        worked = rate_words(completion.worked.root)
        yield (
            f"{_NAME}/completion_rate_agrees/{index}",
            Label(
                f"{reached} ÷ {planned} = {worked}，报告为 {completion.rate}。",
                f"{reached} ÷ {planned} = {worked}; the report has {completion.rate}.",
            ),
        )


def _sum_remarks(held: Reported) -> Iterator[tuple[str, Label]]:
    """Yield how the rates of what arrived and of surveys, and the sums of sources, were worked out."""
    for index, arrival in enumerate(held.arrivals):
        shown = f"{arrival.received.value} ÷ {arrival.granted.value} = {rate_words(arrival.worked)}"
        rate = arrival.figure.figure.value
        yield (
            f"{_NAME}/arrival_rate_agrees/{index}",
            Label(f"{shown}，报告为 {rate}。", f"{shown}; the report has {rate}."),
        )
    for index, sources in enumerate(held.sources):
        shown = " + ".join(str(one.value) for one in sources.parts) + f" = {sources.sum}"
        total = sources.total.value
        yield (
            f"{_NAME}/sources_make_total/{index}",
            Label(f"{shown}，总额为 {total}。", f"{shown}; the total is {total}."),
        )
    for index, survey in enumerate(held.survey_rates):
        counts = f"{survey.part.figure.value} ÷ {survey.whole.figure.value} = {rate_words(survey.worked.root)}"
        rate = survey.figure.figure.value
        yield (
            f"{_NAME}/survey_rate_agrees/{index}",
            Label(f"{counts}，报告为 {rate}。", f"{counts}; the report has {rate}."),
        )


def _rate_remark(execution: Execution) -> Label | None:
    if execution.worked is None or execution.spent is None or execution.budget is None:
        return None
    shown = f"{execution.spent.value} ÷ {execution.budget.value} = {rate_words(execution.worked)}"
    return Label(f"{shown}，报告为 {execution.rate}。", f"{shown}; the report has {execution.rate}.")


def _goal_remark(goal: Goal) -> Label:
    planned, reached = goal.planned, goal.reached
    return Label(
        f"“{goal.name}”计划 {planned.figure.value} [{planned.span.place}]，实际 {reached.figure.value} [{reached.span.place}]，"
        f"相差 {goal.difference}，报告中未见原因。",
        f"{goal.name}: planned {planned.figure.value} [{planned.span.place}], reached {reached.figure.value} "
        f"[{reached.span.place}], {goal.difference} apart; the report gives no reason.",
    )


def _tabled_remark(one: Tabled) -> Label:
    place = one.figure.figure.span or one.figure.span
    return Label(
        f"报告写“{one.figure.span.text}” [{place.place}]，表中指标“{one.row.name.text}”为“{one.written.text}” [{one.written.span.place}]。",
        f'the report says "{one.figure.span.text}" [{place.place}], the table has "{one.written.text}" for '
        f"{one.row.name.text} [{one.written.span.place}].",
    )


def _placed(finding: Finding, held: Reported) -> Finding:
    """Give each part of a finding all the places that it speaks of, the one at fault first where that is told."""
    children = list(finding.children)
    for index, child in enumerate(children):
        places: list[Span] = []
        suggestion = child.suggestion
        missing = child.missing
        match finding.rule:
            case "execution_rate_agrees" | "low_rate_explained" | "rate_within_budget":
                execution = held.money.executions[index]
                given = (execution.figure.figure, execution.spent, execution.budget)
                places = [one.span for one in given if one is not None and one.span is not None]
                missing = tuple(_asking_unit(child, execution))
            case "arrival_rate_agrees":
                arrival = held.arrivals[index]
                given = (arrival.figure.figure, arrival.received, arrival.granted)
                places = [one.span for one in given if one is not None and one.span is not None]
            case "sources_make_total":
                listed = held.sources[index]
                places = [one.span for one in (listed.total, *listed.parts) if one.span is not None]
            case "survey_rate_agrees":
                survey = held.survey_rates[index]
                places = [survey.figure.span, survey.part.span, survey.whole.span]
            case "shortfalls_explained":
                goal = held.goals[index]
                places = [goal.reached.span, goal.planned.span]
            case "figures_as_in_table":
                one = held.tabled[index]
                both = [one.figure.figure.span or one.figure.span, one.written.span]
                places = sorted(both, key=lambda place: place != one.wrong)
                suggestion = _tabled_suggestion(one) if child.verdict is Verdict.UNMET else None
            case "completion_rate_agrees":
                completion = held.completions[index]
                places = [completion.figure.span, completion.goal.reached.span, completion.goal.planned.span]
            case "grade_as_in_table":
                places = [] if held.report.grade_span is None else [held.report.grade_span]
            case _:
                continue
        spans = tuple(dict.fromkeys((*places, *child.spans)))
        parts = tuple(
            evolve(part, spans=spans, missing=missing) if part.verdict is Verdict.UNKNOWN else part
            for part in child.children
        )
        children[index] = evolve(child, spans=spans, suggestion=suggestion, missing=missing, children=parts)
    told = [child for child in children if child.verdict is finding.verdict]
    own = () if finding.rule != "grade_of_score" else _grade_places(held)
    below = [span for child in told for span in child.spans]
    spans = tuple(dict.fromkeys((*own, *(below or finding.spans))))
    lacking = tuple(dict.fromkeys(lack for child in told for lack in child.missing)) or finding.missing
    return evolve(finding, children=tuple(children), spans=spans, missing=lacking)


def _grade_places(held: Reported) -> tuple[Span, ...]:
    score, grade = held.report.score, held.report.grade_span
    return tuple(span for span in (grade, None if score is None else score.span) if span is not None)


def _asking_unit(child: Finding, execution: Execution) -> Iterator[Missing]:
    """Ask for the unit of a figure instead of for the figure, where the figure is there without one."""
    bare = [one for one in (execution.spent, execution.budget) if one is not None and one.value is None]
    if child.verdict is not Verdict.UNKNOWN or not bare:
        yield from child.missing
        return
    for one in bare:
        words = "" if one.span is None else one.span.text
        yield Missing(f"{_NAME}.money_unit", Label(f"“{words}”的单位（元或万元）", f"the unit of {words}"), None)


def _tabled_suggestion(one: Tabled) -> Label | None:
    figure = one.figure.figure.span or one.figure.span
    if one.wrong is None:
        return None
    if one.wrong == figure:
        return Label(
            f"表中完成值“{one.written.text}”与表中实际完成情况“{one.others}”一致，疑为报告“{figure.text}”有误，请核实。",
            f"the table's figure and its prose agree ({one.written.text}): the report's {figure.text} may be wrong. Please check.",
        )
    return Label(
        f"报告“{figure.text}”与表中实际完成情况“{one.others}”一致，疑为表中完成值“{one.written.text}”有误，请核实。",
        f"the report and the table's prose agree ({figure.text}): the table's figure {one.written.text} may be wrong. "
        "Please check.",
    )


# --------------------------------------------------------------------------------------------------------
# Which figure is at fault


def _of_rates(finding: Finding, held: Reported, location: Location) -> Finding:
    """Say of each rate that does not agree whether it is the rate that others speak against, or the money."""
    children = list(finding.children)
    for index, child in enumerate(children):
        if child.verdict is not Verdict.UNMET:
            continue
        chosen = location.chosen(f"rate/{index}")
        if chosen is not None and chosen.figure.key == f"rate[{index}]":
            words = _rate_at_fault(held.money.executions[index])
        else:
            words = explained([f"rate/{index}"], location) if chosen is not None else None
        children[index] = child if words is None else evolve(child, suggestion=words)
    return evolve(finding, children=tuple(children))


def _rate_at_fault(execution: Execution) -> Label | None:
    span = execution.figure.figure.span
    if execution.worked is None or span is None or execution.spent is None or execution.budget is None:
        return None
    worked = f"{execution.spent.value} ÷ {execution.budget.value} = {rate_words(execution.worked)}"
    return Label(
        f"其他数字相互印证，{worked}，疑为执行率“{span.text}”有误。原值保留，请核实。",
        f"the other figures bear each other out, {worked}: the rate {span.text} may be wrong. The printed figure is kept; "
        "please check it.",
    )


def _tabled_identities(held: Reported, both: Agreement) -> Iterator[Identity]:
    """Yield that the money of the report is that of its tables."""
    own = {"initial": held.money.budget, "adjusted": held.money.adjusted, "spent": held.money.spent}
    for pair in both.money:
        key = _KEYS.get(pair.other.role)
        given = None if key is None else own[key]
        if key is None or given is None or pair.one.source != "text" or pair.other.source == "text":
            continue
        amount = _tabled_amount(pair)
        if amount is None or not isinstance(given.value, Amount) or amount.dimension != given.value.dimension:
            continue
        tabled = given.value if pair.agrees else amount
        name = pair.other.label
        yield Identity(
            key=f"tabled/{key}/{pair.other.source}",
            label=name,
            left=(Figure(key=key, label=name, amount=given.value, span=given.span),),
            right=(Figure(key=f"tabled[{key}]", label=name, amount=tabled, span=pair.other.printed.span),),
        )


def _tabled_amount(pair: Pair) -> Amount | None:
    return pair.other.printed.amount
