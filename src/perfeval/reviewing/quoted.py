"""Whether a text quotes the figures of a shipped standard as they were read before.

Imports ``standards`` and above.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import final

from attrs import evolve, frozen

from perfeval.amounts import Amount
from perfeval.documents.project import (
    Project,
)
from perfeval.documents.quantities import SOURCE
from perfeval.expressions import equal
from perfeval.facts import Given, Label, Stage
from perfeval.findings import Finding
from perfeval.judging import judge_rule
from perfeval.packs import Pack, Quote
from perfeval.rules import Rule, Severity
from perfeval.subjects import measure, read, subject, text
from perfeval.verdicts import all_of

__all__ = ["Said", "matches", "quoted_finding"]


@final
@frozen
class Said:
    """A figure that the text quotes: whom it binds, for what, and how much."""

    binds: str
    purpose: str
    amount: Given


def _said_figures(project: Project) -> Iterator[Said]:
    for quoted in project.quoted:
        yield Said(quoted.binds, quoted.purpose or "", quoted.amount)
    for training in project.trainings:
        binds = training.trainees or training.name
        for purpose, given in (
            ("学时", training.class_hours),
            ("天数", training.days),
            ("期数", training.courses),
            ("覆盖率", None if training.coverage is None else training.coverage.share),
        ):
            if given is not None:
                yield Said(binds, purpose, given)


def matches(quote: Quote, said: Said) -> bool:
    """Say whether a text's figure is for whom, and for what, the quoted one is."""
    return (
        quote.binds in said.binds
        and (quote.purpose in said.purpose or said.purpose in quote.purpose)
        and bool(said.purpose)
    )


def quoted_finding(pack: Pack, project: Project, day: datetime.date) -> Finding | None:
    """Compare the figures that the text quotes from a shipped standard with those that were read before."""
    name = pack.standard.name
    children: list[Finding] = []
    for said in _said_figures(project):
        quote = next((quote for quote in pack.quotes if matches(quote, said)), None)
        if quote is None or _plain_dimension(said.amount) != _plain_dimension(quote.amount):
            continue
        children.append(_figure_finding(pack, quote, said, day, f"{name}/as_quoted/{len(children)}/"))
    if not children:
        return None
    return Finding(
        id=f"{name}/as_quoted",
        rule="as_quoted",
        label=Label(
            f"所引数字与“{pack.standard.title.zh}”一致", f'figures quoted from "{pack.standard.title.en}" agree with it'
        ),
        verdict=all_of(child.verdict for child in children),
        severity=Severity.DOUBT,
        citation=pack.standard.citation,
        in_force=pack.standard.in_force,
        stage=Stage.PLANNED,
        spans=tuple(span for child in children for span in child.spans),
        sources=(SOURCE,),
        children=tuple(children),
    )


def _plain_dimension(amount: Amount | Given) -> tuple[tuple[str, int], ...]:
    """Return a dimension without what is counted apart: 元/人[党组织书记]/月 and 元/人[书记]/月 speak of one rate."""
    value = amount.value if isinstance(amount, Given) else amount
    if not isinstance(value, Amount):
        return (("", 0),)
    return tuple((base.split("[")[0], power) for base, power in value.dimension)


def _figure_finding(pack: Pack, quote: Quote, said: Said, day: datetime.date, prefix: str) -> Finding:
    label = Label(f"{quote.binds}{quote.purpose}", f"{quote.purpose} of {quote.binds}")

    @subject(zh="所引数字", en="quoted figure")
    class QuotedFigure:
        name = text(zh="对象", en="whom it binds")
        stated = measure(quote.amount.unit, zh=f"{label.zh}（文本）", en=f"{label.en} (text)")

    rule = Rule(
        "figure",
        equal(QuotedFigure.stated, quote.amount),
        label=label,
        citation=pack.standard[quote.rule].citation,
        severity=Severity.DOUBT,
        remedy=Label("核对所引标准原文。", "Check the figure against the standard itself."),
    )
    value = said.amount.value
    assert isinstance(value, Amount)  # noqa: S101 - its dimension was compared before
    stated = evolve(said.amount, value=Amount.from_root(value.root, quote.amount.unit))
    record = read(QuotedFigure, {"stated": stated})
    return judge_rule(rule, record, on=day, in_force=pack.standard.in_force, prefix=prefix)
