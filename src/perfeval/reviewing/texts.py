"""From one project text to a review: reading, the shipped standards that it cites, and judging put together.

The budget's arithmetic and the form of the text are always judged, and so is what the text itself states; a
shipped standard where the text cites it or facts are given for it. Money for training is held against its courses
as a note.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping

from perfeval.budgets import diagnose
from perfeval.documents.project import (
    Project,
)
from perfeval.documents.quantities import SOURCE
from perfeval.facts import Label
from perfeval.findings import Finding, Review
from perfeval.matching.breakdowns import one_breakdown
from perfeval.matching.budget import identities_of, lines_complete, schedule_complete
from perfeval.matching.figures import told_of
from perfeval.matching.groups import groups_of
from perfeval.matching.wholes import spending_only
from perfeval.reviewing.budget import budget_findings
from perfeval.reviewing.days import day_of_project
from perfeval.reviewing.figures import date_findings, figure_findings
from perfeval.reviewing.form import form_findings
from perfeval.reviewing.given import JUDGED_HERE, MONEY, given_records, standard_findings, with_approval
from perfeval.reviewing.money import money_findings
from perfeval.reviewing.quoted import quoted_finding
from perfeval.reviewing.remarks import reader_remarks
from perfeval.reviewing.stated import stated_findings
from perfeval.rules import check_day
from perfeval.slips import locate
from perfeval.standards.shelf import NAMES, cited, load

__all__ = ["review_project"]


def review_project(
    project: Project,
    *,
    on: datetime.date | None = None,
    facts: Mapping[str, object] | None = None,
    beside: Callable[[datetime.date], Iterable[Finding]] | None = None,
) -> Review:
    """Judge a project text against what it cites and what it says itself, and return the review.

    ``beside`` adds, for the day that is judged on, what is to be said of the tables of the project.
    """
    given = {} if facts is None else facts
    records = given_records(given)
    project = one_breakdown(with_approval(spending_only(project), given))
    assumed = on is None
    day = check_day(day_of_project(project) if on is None else on)
    groups = groups_of(project)
    identities = identities_of(project, groups)
    diagnosis = diagnose(identities)
    told = told_of(project)
    location = locate(
        (*identities, *told.identities()),
        given=() if project.approval is None else ("total",),
        open=[
            key
            for key, whole in (("line[", lines_complete(project)), ("schedule[", schedule_complete(project)))
            if not whole
        ],
    )
    findings: list[Finding] = []
    findings += budget_findings(project, groups, day, identities, diagnosis, location, told)
    findings += form_findings(project, day, diagnosis)
    findings += figure_findings(told, day, location)
    findings += date_findings(project, told, day)
    packs = cited([*(basis.number or "" for basis in project.basis), *(_plain(basis.title) for basis in project.basis)])
    for name in NAMES:
        pack = load(name)
        if name not in (*JUDGED_HERE, MONEY) and (pack in packs or name in records):
            findings += standard_findings(pack, records.get(name), day)
    findings += [finding for pack in packs if (finding := quoted_finding(pack, project, day)) is not None]
    findings += stated_findings(project, packs, day, diagnosis, given.get("stated_targets"))
    findings += money_findings(project, day, diagnosis, records.get(MONEY), given.get(MONEY))
    findings += () if beside is None else beside(day)
    name = project.name or SOURCE
    return Review(
        title=Label(name, name),
        on=day,
        on_assumed=assumed,
        findings=tuple(findings),
        remarks=tuple(reader_remarks(project)),
        diagnosis=diagnosis,
    )


def _plain(title: str | None) -> str:
    return (title or "").replace("(", "（").replace(")", "）").replace(" ", "")
