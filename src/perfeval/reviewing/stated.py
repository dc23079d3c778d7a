"""What a text states on its own, and no shipped standard covers: rates, targets, and money for people.

Imports ``matching``, ``standards`` and above.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from attrs import evolve

from perfeval.amounts import Amount
from perfeval.budgets import Diagnosis
from perfeval.documents.project import (
    Comparator,
    Project,
    QuotedStandard,
    Training,
)
from perfeval.documents.quantities import SOURCE
from perfeval.documents.topics import telling_pairs
from perfeval.facts import Given, Label, Stage
from perfeval.findings import Finding
from perfeval.matching.fitting import Facts, fitting, whole
from perfeval.matching.training import heads_printed
from perfeval.packs import Pack, Quote
from perfeval.reviewing.given import added_facts
from perfeval.reviewing.quoted import Said, matches
from perfeval.reviewing.remarking import amounts_as_suggested, remarked
from perfeval.standards.stated_targets import standard_for
from perfeval.units import Unit
from perfeval.verdicts import Verdict

__all__ = ["stated_findings"]


def stated_findings(
    project: Project,
    packs: Sequence[Pack],
    day: datetime.date,
    diagnosis: Diagnosis,
    given: object,
) -> list[Finding]:
    """Judge what the text itself states and no shipped standard covers; nothing where it states nothing."""
    standard = standard_for(project.year.number if project.year is not None else day.year)
    covered = [quote for pack in packs for quote in pack.quotes]
    rates = [rate for quoted in project.quoted if (rate := _rate_facts(quoted, covered)) is not None]
    programmes = [said for training in project.trainings if (said := _programme_facts(training, covered)) is not None]
    pools = list(_pools(project, diagnosis))
    stated_facts: dict[str, list[Facts]] = {"rates": rates, "programmes": programmes, "pools": pools}
    facts = stated_facts if given is None else added_facts(stated_facts, given)
    record = standard.read(facts, stage=Stage.PLANNED, source=SOURCE, path="stated_targets")
    notes = {}
    for index, pool in enumerate(pools):
        rule = "money_within_ceiling" if pool["bound"] == "ceiling" else "money_for_people"
        notes[f"stated_targets/{rule}/{index}"] = _capacity(pool)
    findings = standard.findings(record, on=day)
    stated = {
        "quoted_floors": bool(rates),
        "quoted_ceilings": bool(rates),
        "money_for_people": bool(pools),
        "money_within_ceiling": bool(pools),
    }
    return [
        remarked(finding, notes)
        for finding in findings
        if stated.get(finding.rule, bool(programmes)) and finding.verdict is not Verdict.NOT_APPLICABLE
    ]


def _yearly_rate(given: Given, unit: str) -> Given | None:
    """Return a rate for each thing or person and period as a rate of the year's budget; None for any other."""
    value = given.value
    if not isinstance(value, Amount):
        return None
    bases = dict(value.dimension)
    counts = [base for base, power in bases.items() if base.startswith("count_") and power == -1]
    money = any(base == "currency_CNY" and power == 1 for base, power in bases.items())
    if not money or len(counts) != 1 or bases.get("time_month", 0) != -1 or len(bases) != 3:
        return None
    target = Unit.parse(unit)
    # The root of 元/人/月 is fen per person and month; a rate for the year's budget is twelve times it.
    root = value.root if dict(target.dimension).get("time_month") == -1 else value.root * 12
    return evolve(given, value=Amount.from_root(root, target))


_BOUNDS = {
    Comparator.GE: "floor",
    Comparator.GT: "floor",
    Comparator.EQ: "fixed",
    Comparator.LE: "ceiling",
    Comparator.LT: "ceiling",
}


def _rate_facts(quoted: QuotedStandard, covered: Sequence[Quote]) -> Facts | None:
    said = Said(quoted.binds, quoted.purpose or "", quoted.amount)
    if any(matches(quote, said) for quote in covered):
        return None
    rate = _yearly_rate(quoted.amount, "元/个[对象]/年")
    bound = _BOUNDS.get(quoted.comparator)
    if rate is None or bound not in ("floor", "ceiling"):
        return None
    binds = f"{quoted.binds}{quoted.purpose or ''}"
    return {"binds": binds, "bound": bound, "rate": rate}


def _programme_facts(training: Training, covered: Sequence[Quote]) -> Facts | None:
    binds = training.trainees or training.name
    if any(quote.binds in binds and quote.amount.dimension in (Unit.parse("学时").dimension, ()) for quote in covered):
        return None
    coverage = None if training.coverage is None else training.coverage.share
    share, courses, hours = (
        fitting(coverage, "%"),
        whole(training.courses, "期"),
        fitting(training.class_hours, "学时"),
    )
    if share is None and courses is None and hours is None:
        return None
    return {
        "name": training.name,
        "sets_coverage": share is not None,
        "coverage_target": share,
        "sets_courses": courses is not None,
        "courses_target": courses,
        "sets_hours": hours is not None,
        "hours_target": hours,
    }


def _pools(project: Project, diagnosis: Diagnosis) -> Iterator[Facts]:
    """Pair each quoted rate for a person with the line that pays it, by their words.

    The head-count from which the line prints its amount is taken; any other is to be asked for.
    """
    amounts = amounts_as_suggested(project, diagnosis)
    saying: dict[str, list[int]] = {}
    for index, line in enumerate(project.lines):
        for word in telling_pairs(line.name):
            saying.setdefault(word, []).append(index)
    for quoted in project.quoted:
        rate = _yearly_rate(quoted.amount, "元/人")
        person = any(base.startswith("count_person") for base, _ in quoted.amount.value.dimension) if rate else False  # type: ignore[union-attr]
        if rate is None or not person or quoted.purpose is None or quoted.comparator not in _BOUNDS:
            continue
        paying = sorted({index for word in telling_pairs(quoted.purpose) for index in saying.get(word, ())})
        for line, amount in ((project.lines[index], amounts[index]) for index in paying):
            if amount is not None:
                yield {
                    "line": Given(value=line.name, stage=Stage.PLANNED, source=SOURCE),
                    "bound": _BOUNDS[quoted.comparator],
                    "money": evolve(line.amount, value=amount),
                    "rate": rate,
                    "people": heads_printed(line) if line.amount.value == amount else None,
                }


def _capacity(pool: Facts) -> Label:
    """Say for how many people a line is enough: at most so many at its rate, at least so many under a ceiling."""
    money, rate = (given.value if isinstance(given := pool[key], Given) else None for key in ("money", "rate"))
    assert isinstance(money, Amount) and isinstance(rate, Amount)  # noqa: S101, PT018 - as _pools made them
    if rate.root <= 0:
        return Label("每人标准为零。", "the rate for each person is zero.")
    people = money.root / rate.root // 1
    if pool["bound"] == "ceiling":
        return Label(
            f"{money}按每年最多 {rate} 计，至少够 {people:,} 人。",
            f"{money} at no more than {rate} a year is enough for at least {people:,} people.",
        )
    return Label(
        f"{money}按每年 {rate} 计，最多够 {people:,} 人。",
        f"{money} at {rate} a year is enough for at most {people:,} people.",
    )
