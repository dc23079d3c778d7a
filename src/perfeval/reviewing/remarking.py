"""What several parts of a review say of their findings: remarks by id, and the amounts as a suggestion re-reads them.

Imports ``matching`` and above.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve

from perfeval.amounts import Amount
from perfeval.budgets import Diagnosis
from perfeval.documents.project import (
    Project,
)
from perfeval.facts import Given, Label
from perfeval.findings import Finding

__all__ = ["amounts_as_suggested", "apart_words", "remarked"]


def remarked(finding: Finding, remarks: Mapping[str, Label]) -> Finding:
    """Add to a finding, and to all below it, the remark that its id has."""
    children = tuple(remarked(child, remarks) for child in finding.children)
    note = remarks.get(finding.id)
    return evolve(finding, children=children, remarks=(*finding.remarks, note) if note else finding.remarks)


def apart_words(givens: Sequence[Given]) -> Label:
    """Return words for figures that should be one, of which none is authoritative."""
    shown = [f"“{given.span.text if given.span is not None else given.value}”" for given in givens]
    return Label(
        f"{'、'.join(shown[:-1])}与{shown[-1]}不一致，文本未说明以何者为准。",
        f"{', '.join(shown[:-1])} and {shown[-1]} differ; the text does not say which of them holds.",
    )


def amounts_as_suggested(project: Project, diagnosis: Diagnosis) -> list[Amount | None]:
    """Return the amount of each line, the one that a suggestion re-reads as it suggests."""
    chosen = diagnosis.chosen
    amounts = []
    for index, line in enumerate(project.lines):
        amount = (
            line.amount.value if isinstance(line.amount.value, Amount) and line.amount.value.unit.is_money else None
        )
        if chosen is not None and chosen.figure.key == f"line[{index}]":
            amount = chosen.reading
        amounts.append(amount)
    return amounts
