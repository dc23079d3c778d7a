"""Whether a text holds what its form asks for, and whether its tasks and its money match.

Imports ``matching``, ``standards`` and above.
"""

from __future__ import annotations

import datetime
from fractions import Fraction

from perfeval.amounts import Amount
from perfeval.budgets import Diagnosis
from perfeval.documents.project import (
    Project,
)
from perfeval.documents.quantities import SOURCE
from perfeval.facts import Label
from perfeval.findings import Finding
from perfeval.matching.form import form_facts, task_topics, untasked_topics
from perfeval.reviewing.remarking import amounts_as_suggested, remarked
from perfeval.standards.shelf import load
from perfeval.units import Unit
from perfeval.verdicts import Verdict

__all__ = ["form_findings"]


def form_findings(project: Project, day: datetime.date, diagnosis: Diagnosis) -> list[Finding]:
    """Return the findings of ``project_text``, with what a task or a line has no counterpart for."""
    standard = load("project_text").standard
    record = standard.read(form_facts(project), source=SOURCE)
    amounts = amounts_as_suggested(project, diagnosis)
    total = sum((amount.root for amount in amounts if amount is not None), Fraction(0))
    remarks: dict[str, Label] = {}
    for index, amount in enumerate(amounts):
        if amount is not None and total > 0:
            share = Amount.from_root(amount.root / total, Unit.ratio())
            shown = share.round("0.1%", "half_up")
            under = diagnosis.chosen is not None
            remarks[f"project_text/tasks_and_money/lines_have_task/{index}"] = Label(
                f"占明细合计的 {shown}{'（按修改建议的读数）' if under else ''}；实施内容中没有对应任务。",
                f"{shown} of the lines{' (under the suggested reading)' if under else ''}; no task of section five is about it.",
            )
    tasked = task_topics(project)
    for index, use in enumerate(project.uses):
        topics = untasked_topics(use, tasked)
        if topics:
            remarks[f"project_text/tasks_and_money/uses_have_task/{index}"] = Label(
                f"实施内容中没有关于{'、'.join(topic.label.zh for topic in topics)}的任务。",
                f"no task of section five is about {', '.join(topic.label.en for topic in topics)}.",
            )
    findings = standard.findings(record, on=day)
    unmet = {one.id for top in findings for one in top.walk() if one.verdict is Verdict.UNMET}
    telling = {identity: remark for identity, remark in remarks.items() if identity in unmet}
    return [remarked(finding, telling) for finding in findings if _is_asked(finding)]


_WHERE_SAID = frozenset(("fields_said", "tasks_payable"))


def _is_asked(finding: Finding) -> bool:
    """Say whether a finding has something to say: a report owes no field, and a text without tasks no money for them."""
    return finding.verdict is not Verdict.NOT_APPLICABLE or finding.rule not in _WHERE_SAID
