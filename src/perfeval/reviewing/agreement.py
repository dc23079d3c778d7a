"""Whether a project's text and its tables say the same, each alarm with both figures and both places.

Which of two places is wrong is said only where two others or more agree against it. Imports ``matching``, ``standards`` and
above.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from attrs import evolve

from perfeval.documents.project import Project
from perfeval.documents.quantities import SOURCE
from perfeval.evaluation import Missing
from perfeval.facts import Label, Stage
from perfeval.findings import Finding
from perfeval.matching.agreement import Agreement, Pair, agreement_of
from perfeval.matching.money_grids import MoneyGrid
from perfeval.matching.same_targets import Target
from perfeval.reviewing.budget_tables import located
from perfeval.reviewing.days import ANY_DAY
from perfeval.slips import locate
from perfeval.standards.shelf import load
from perfeval.tables import BudgetTable
from perfeval.tables.model import ReadTable
from perfeval.verdicts import Verdict

__all__ = ["agreement_findings", "said_twice_findings"]


def agreement_findings(
    project: Project,
    tables: Sequence[ReadTable],
    budget_tables: Sequence[BudgetTable] = (),
    grids: Sequence[MoneyGrid] = (),
    *,
    on: datetime.date = ANY_DAY,
) -> list[Finding]:
    """Return whether the text of a project agrees with its own tables; what only one of them states is left out.

    ``tables`` are those of this project, as :func:`perfeval.matching.agreement.tables_of` picks them.
    """
    return said_twice_findings(agreement_of(project, tables, budget_tables, grids), on=on)


def said_twice_findings(held: Agreement, *, on: datetime.date, stage: Stage = Stage.PLANNED) -> list[Finding]:
    """Return whether what is said in two places is one figure, one name, one year."""
    standard = load("text_and_tables").standard
    record = standard.read(held.facts, stage=stage, source=SOURCE, path="text_and_tables")
    found = standard.findings(record, on=on)
    location = locate(held.identities)
    told = (_explained(finding, held) for finding in found if finding.verdict is not Verdict.NOT_APPLICABLE)
    return [located(finding, location) for finding in told]


def _explained(finding: Finding, held: Agreement) -> Finding:
    pairs = {"money_agrees": held.money, "line_money_agrees": held.lines}.get(finding.rule, ())
    children = list(finding.children)
    for index, pair in enumerate(pairs):
        children[index] = _paired(children[index], pair)
    if finding.rule == "targets_agree":
        for index, target in enumerate(held.targets):
            if target.agrees:
                continue
            stated = target.row.target or target.row.name
            words = Label(
                f"文本写“{target.clause}” [{target.span.place}]，表中指标“{target.row.name.text}”为“{stated.text}”。",
                f'the text says "{target.clause}" [{target.span.place}], the table has "{stated.text}" for it.',
            )
            child = children[index]
            spans = (target.span, *child.spans) if target.borne_out != "text" else (*child.spans, target.span)
            mend = _mend(target) or child.suggestion
            children[index] = evolve(child, remarks=(*child.remarks, words), spans=spans, suggestion=mend)
    told = [child for child in children if child.verdict is finding.verdict]
    places = dict.fromkeys((*finding.spans, *(span for child in told for span in child.spans)))
    missing = tuple(dict.fromkeys(lack for child in told for lack in child.missing)) or finding.missing
    return evolve(finding, children=tuple(children), spans=tuple(places), missing=missing)


def _mend(target: Target) -> Label | None:
    """Say which of a text and its table is at fault, where another place bears the other out."""
    stated = target.row.target or target.row.name
    if target.borne_out == "table":
        return Label(
            f"表中与另一处一致，疑为文本“{target.span.text}” [{target.span.place}] 有误，请核实。",
            f'the table and another place agree: "{target.span.text}" [{target.span.place}] of the text may be wrong. '
            "Please check.",
        )
    if target.borne_out == "text":
        return Label(
            f"文本两处均为 {target.said}，疑为表中“{stated.text}” [{stated.span.place}] 有误，请核实。",
            f'the text has {target.said} twice: "{stated.text}" [{stated.span.place}] of the table may be wrong. '
            "Please check.",
        )
    return None


def _paired(finding: Finding, pair: Pair) -> Finding:
    if finding.verdict is Verdict.UNKNOWN:
        lacking = next((one for one in (pair.one, pair.other) if one.printed.amount is None), pair.other)
        name = Label(f"{lacking.label.zh}的单位（元或万元）", f"the unit of {lacking.label.en}")
        places = tuple(one.printed.span for one in (pair.one, pair.other) if one.printed.span is not None)
        lack = Missing(f"text_and_tables.{lacking.source}.money_unit", name, None)
        return evolve(finding, missing=(lack,), spans=tuple(dict.fromkeys((*finding.spans, *places))))
    if finding.verdict is not Verdict.UNMET:
        return finding
    words = Label(
        f"{pair.one.label.zh}为 {pair.one.printed.amount}，{pair.other.label.zh}为 {pair.other.printed.amount}。",
        f"{pair.one.label.en} is {pair.one.printed.amount}, {pair.other.label.en} is {pair.other.printed.amount}.",
    )
    units = (*pair.one.units, *pair.other.units)
    finding = evolve(finding, spans=tuple(dict.fromkeys((*finding.spans, *units))))
    culprit = pair.culprit
    if culprit is None:
        return evolve(finding, remarks=(*finding.remarks, words))
    others = [one for one in pair.all if one is not culprit]
    named_zh, named_en = "、".join(one.label.zh for one in others), ", ".join(one.label.en for one in others)
    chosen = Label(
        f"{named_zh}均为 {others[0].printed.amount}，疑为{culprit.label.zh} {culprit.printed.amount} 有误，请核实。",
        f"{named_en} all have {others[0].printed.amount}: {culprit.label.en}, {culprit.printed.amount}, may be wrong. "
        "Please check.",
    )
    return evolve(finding, remarks=(*finding.remarks, words), suggestion=chosen)
