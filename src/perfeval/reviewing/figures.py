"""Whether what a text says in figures and days agrees with itself, outside the sums of its budget.

Imports ``matching``, ``standards`` and above.
"""

from __future__ import annotations

import datetime
import re

from attrs import evolve

from perfeval.amounts import Amount
from perfeval.documents.project import Project
from perfeval.documents.quantities import SOURCE, quantities
from perfeval.facts import Given, Label, Stage
from perfeval.findings import Finding
from perfeval.matching.dates import date_facts
from perfeval.matching.figures import Told
from perfeval.reviewing.locating import with_locations
from perfeval.reviewing.remarking import apart_words, remarked
from perfeval.slips import Location
from perfeval.standards.shelf import load
from perfeval.verdicts import Verdict

__all__ = ["date_findings", "figure_findings"]


def figure_findings(
    told: Told, day: datetime.date, location: Location, *, stage: Stage = Stage.PLANNED
) -> list[Finding]:
    """Return the findings of ``stated_figures`` that apply, each unmet one with where its slip lies."""
    standard = load("stated_figures").standard
    record = standard.read(told.facts(), stage=stage, source=SOURCE, path="stated_figures")
    keys = {
        f"stated_figures/{rule}/{index}": [identity.key for identity in one.identities()]
        for rule, group in (
            ("repeated_money_agrees", told.repeated),
            ("restated_money_agrees", told.restated),
            ("repeated_counts_agree", told.counts),
        )
        for index, one in enumerate(group)
    }
    keys |= {f"stated_figures/reckonings_hold/{index}": [f"reckoning/{index}"] for index in range(len(told.reckonings))}
    remarks = _digits(told) | _apart(told)
    return [
        with_locations(remarked(_in_its_unit(finding), remarks), keys, location)
        for finding in standard.findings(record, on=day)
        if finding.verdict is not Verdict.NOT_APPLICABLE
    ]


_OF_COUNTS = frozenset({"counts_add_up", "repeated_counts_agree"})
"""What compares numbers of things as so many 个, whatever they are."""


def _in_its_unit(finding: Finding) -> Finding:
    """Show the parts of a finding on counts in the unit that the text prints, where it is one for all of them."""
    if finding.rule not in _OF_COUNTS:
        return finding
    return evolve(finding, children=tuple(_shown(child) for child in finding.children))


def _shown(finding: Finding) -> Finding:
    units = {one.amounts[0].unit for span in finding.spans for one in quantities(span.text) if one.amounts}
    if len(units) != 1:
        return finding
    [unit] = units

    named = {
        name: Amount.of(value.number, unit)
        for name in ("observed", "required", "shortfall")
        if isinstance(value := getattr(finding, name), Amount) and value.unit.text == "个"
    }
    return evolve(
        finding,
        observed=named.get("observed", finding.observed),
        required=named.get("required", finding.required),
        shortfall=named.get("shortfall", finding.shortfall),
        worked=re.sub(r"(?<=\d )个(?!\w|\[)", unit.text, finding.worked),
    )


def _digits(told: Told) -> dict[str, Label]:
    """Say which figures are the same only to the digits that they print."""
    found: dict[str, Label] = {}
    for rule, group in (("repeated_money_agrees", told.repeated), ("restated_money_agrees", told.restated)):
        for index, one in enumerate(group):
            rounded = [given for given, taken in one.settled() if taken]
            if rounded:
                found[f"stated_figures/{rule}/{index}"] = _rounded_words(rounded)
    for index, facts in enumerate(told.reckonings):
        if isinstance(printed := facts["rounded"], Given):
            found[f"stated_figures/reckonings_hold/{index}"] = _rounded_words([printed])
    return found


def _apart(told: Told) -> dict[str, Label]:
    """Say of figures that are said twice, and differ, that neither of them is the one that the other must be."""
    found: dict[str, Label] = {}
    for rule, group in (
        ("repeated_money_agrees", told.repeated),
        ("restated_money_agrees", told.restated),
        ("repeated_counts_agree", told.counts),
    ):
        for index, one in enumerate(group):
            by_value = {given.value: given for given, _ in reversed(one.settled())}
            if len(by_value) > 1:
                found[f"stated_figures/{rule}/{index}"] = apart_words(list(by_value.values())[::-1])
    return found


def _rounded_words(rounded: list[Given]) -> Label:
    shown = "、".join(dict.fromkeys(f"“{given.span.text}”" for given in rounded if given.span is not None))
    return Label(f"{shown}按其显示的位数比较。", f"{shown}: compared to the digits that are printed.")


def date_findings(project: Project, told: Told, day: datetime.date) -> list[Finding]:
    """Return the findings of ``project_dates`` that apply."""
    standard = load("project_dates").standard
    record = standard.read(date_facts(project, told.mentioned), source=SOURCE, path="project_dates")
    return [one for one in standard.findings(record, on=day) if one.verdict is not Verdict.NOT_APPLICABLE]
