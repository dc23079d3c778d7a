"""Whether the money for training bears the people and days of its courses.

Imports ``matching``, ``standards`` and above.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import final

from attrs import evolve, frozen

from perfeval.amounts import Amount
from perfeval.budgets import Diagnosis
from perfeval.documents.project import (
    Line,
    Project,
)
from perfeval.facts import Given, Label, Stage
from perfeval.findings import Finding
from perfeval.matching.fitting import Facts, fitting
from perfeval.matching.training import training_facts, training_lines
from perfeval.reviewing.given import MONEY, added_facts
from perfeval.rules import Severity
from perfeval.standards import money_against_task, training_fees
from perfeval.subjects import Record
from perfeval.verdicts import Verdict, all_of
from perfeval.wording import cite, dates_words

__all__ = ["money_findings"]


def money_findings(
    project: Project,
    day: datetime.date,
    diagnosis: Diagnosis,
    records: tuple[Record, ...] | None,
    given: object,
) -> list[Finding]:
    """Compare money with the people and days of its trainings: by what was given, else by what the text states."""
    completes = isinstance(given, Mapping) and "money" not in given
    stated = _stated_training(project, day, diagnosis) if records is None or completes else None
    if stated is not None:
        return [_training_note(project, stated, given if completes else {})]
    if records is None:
        return []
    found = [_given_money(record, day) for record in records]
    if len(found) == 1:
        return found
    children = tuple(
        evolve(one, id=f"{MONEY}/{index}/{one.rule}", about=record.path, label=record.title)
        for index, (one, record) in enumerate(zip(found, records, strict=True))
    )
    # Where a quota binds some, those alone decide; where it binds none, all of them together are a note.
    weighed = [child for child in children if child.counts] or children
    rule = money_against_task.STANDARD["person_days"]
    return [
        Finding(
            id=f"{MONEY}/{rule.name}",
            rule=rule.name,
            label=rule.title,
            verdict=all_of(child.verdict for child in weighed),
            severity=weighed[0].severity if weighed else Severity.NOTE,
            missing=tuple(lack for child in children if child.verdict is Verdict.UNKNOWN for lack in child.missing),
            citation=rule.citation,
            in_force=money_against_task.STANDARD.in_force,
            sources=tuple(dict.fromkeys(source for child in children for source in child.sources)),
            children=children,
        )
    ]


def _given_money(record: Record, day: datetime.date) -> Finding:
    finding = money_against_task.against_task(record, on=day)
    missing = tuple(evolve(lack, path=f"{record.path}.{lack.path}") for lack in finding.missing)
    return evolve(finding, missing=missing)


@final
@frozen
class _StatedTraining:
    """What the text states of money for training, and by which quota, of which day, it is measured."""

    lines: tuple[int, ...]
    facts: Facts
    version: training_fees.VersionFigures
    day: datetime.date


def _stated_training(project: Project, day: datetime.date, diagnosis: Diagnosis) -> _StatedTraining | None:
    """Return the training of the text; None where it has none, or nothing can be said of its money.

    A line whose unit may be wrong bears no reckoning, and days beyond those that the full quota covers cost less.
    """
    lines = training_lines(project)
    best = diagnosis.best if diagnosis.chosen is None else (diagnosis.chosen,)
    doubted = {one.figure.key for one in best}
    facts = None if any(f"line[{index}]" in doubted for index in lines) else training_facts(project, lines)
    version = next((one for one in training_fees.SAMPLE.versions if one.in_force.covers(day)), None)
    if facts is None or version is None:
        return None
    longest = [given.value for training in project.trainings if (given := fitting(training.days, "天")) is not None]
    full = version.steps[0].after.amount if version.steps else None
    if full is not None and any(not isinstance(days, Amount) or days > full for days in longest):
        return None
    return _StatedTraining(lines, facts, version, day)


def _training_note(project: Project, stated: _StatedTraining, given: object) -> Finding:
    quota = stated.version.third_class.total
    source = quota.citation.short()
    facts: Facts = {
        **stated.facts,
        "quota": Given(value=quota.amount, stage=Stage.PLANNED, source=source),
        "quota_binds": Given(value=False, stage=Stage.PLANNED, source=source),
    }
    tasks = facts["tasks"]
    assert isinstance(tasks, list)  # noqa: S101 - as training_facts made it
    assert isinstance(given, Mapping)  # noqa: S101 - as money_findings saw it
    record = money_against_task.STANDARD.read(
        {**facts, **added_facts({"tasks": tasks}, given, MONEY)}, stage=Stage.PLANNED, source="补充资料", path=MONEY
    )
    finding = _given_money(record, stated.day)
    paying = [project.lines[index] for index in stated.lines]
    remarks = [_paying_words(paying)]
    if "quota" not in given:
        remarks.append(_quota_words(stated.version))
    spans = [line.amount.span for line in paying if line.amount.span is not None]
    return evolve(
        finding,
        remarks=(*finding.remarks, *remarks),
        spans=tuple(dict.fromkeys((*spans, *finding.spans))),
    )


_LISTED = 6


def _paying_words(lines: Sequence[Line]) -> Label:
    listed = "、".join(f"“{line.name}”{line.amount.value}" for line in lines[:_LISTED])
    more_zh, more_en = (
        (f"等 {len(lines)} 项", f" and others, {len(lines)} in all") if len(lines) > _LISTED else ("", "")
    )
    return Label(
        f"培训由{listed}{more_zh}支付，是按主题推断的。",
        f"that {listed}{more_en} pays for the trainings was inferred from its topic.",
    )


def _quota_words(version: training_fees.VersionFigures) -> Label:
    quota = version.third_class.total
    dates = version.in_force
    title = quota.citation.titled()
    # Words for a document that was not read say themselves which version they mean.
    said_zh, said_en = ("", "") if quota.citation.described else (version.title.zh, f", {version.title.en}")
    return Label(
        f"定额取自{title}{said_zh}三类培训（样例数字，{dates_words(dates)}）：{cite(quota.citation)}。"
        "该办法约束中央和国家机关。",
        f"the quota is that of a third-class training in {title}{said_en} (a sample figure, "
        f"{dates_words(dates, 'en')}): {cite(quota.citation, 'en')}. It binds central organs.",
    )
