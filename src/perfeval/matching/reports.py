"""From a report, with its own tables, to the facts of ``report_text`` and of the packs that it shares with project texts.

Imports the other modules of ``matching`` and above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final, final

from attrs import evolve, frozen

from perfeval.amounts import Amount, Rounding
from perfeval.budgets import Identity
from perfeval.documents.folding import fold
from perfeval.documents.performance_report import Report, ReportedFigure, ReportPart, ScorePart
from perfeval.documents.project import Part, Placeholder, Project, Restatement, Section, StatedMoney
from perfeval.documents.quantities import Relation
from perfeval.documents.residue import find_placeholders
from perfeval.matching.figures import Told, told_in
from perfeval.matching.fitting import Facts, said
from perfeval.matching.mentioned import mentioned
from perfeval.matching.report_funding import Arrival, Sources, arrivals_of, sources_of_report
from perfeval.matching.report_goals import Completion, Goal, completions_of, goals_of, reason_for_rate
from perfeval.matching.report_money import ReportMoney, money_of, role_of
from perfeval.matching.report_surveys import Returned, SurveyRate, returned_of, survey_rates_of
from perfeval.matching.report_tables import Tabled, grade_said, tabled_facts, tabled_of
from perfeval.matching.table_money import points
from perfeval.tables.model import ReadTable
from perfeval.tolerances import SCORE

__all__ = ["Reported", "as_stated", "reported_of"]

_PARTS: Final = {
    ReportPart.NAME: Part.NAME,
    ReportPart.UNIT: Part.UNIT,
    ReportPart.BASIC: Part.OVERVIEW,
    ReportPart.GOALS: Part.EFFECT,
    ReportPart.MONEY: Part.FUNDING,
    ReportPart.RESULTS: Part.CONTENT,
}
"""Which part of a project text a part of a report is like."""
_REQUIRED: Final = (
    (ReportPart.MONEY, re.compile("资金|预算|经费|支出")),
    (ReportPart.RESULTS, re.compile("完成|成效|效果|效益|产出|实施|开展|绩效目标实现")),
)
_HEADING: Final = re.compile(
    r"(?m:^)\s{0,8}(?:[(（]?[一二三四五六七八九十]{1,3}[)）]?\s?[、.．]?|[(（]?\d{1,2}[)）、.．])\s?(?P<title>[^。；;\n\d]{2,24})(?m:$)"
)
_WHOLES: Final = (
    ("产出", "效益|效果", "满意", "执行|管理|投入|决策|过程"),
    ("产出", "效益|效果", "决策|投入", "过程|管理"),
)
"""The groups of points that are all of a score where each is named once."""
_MORE_MONEY: Final = re.compile("追加|调增|结转|结余|自筹|统筹|其他资金|年中|整合")
"""Money beside the budget, from which more can be spent than was budgeted."""
_HUNDRED: Final = Fraction(100)


@final
@frozen(kw_only=True)
class Reported:
    """What a report says, as far as there are rules for it, read once for facts and for identities."""

    report: Report
    told: Told
    money: ReportMoney
    goals: tuple[Goal, ...]
    completions: tuple[Completion, ...]
    arrivals: tuple[Arrival, ...]
    sources: tuple[Sources, ...]
    returned: tuple[Returned, ...]
    survey_rates: tuple[SurveyRate, ...]
    tables: tuple[ReadTable, ...]
    tabled: tuple[Tabled, ...]

    def facts(self) -> Facts:
        """Return the facts of :class:`perfeval.standards.report_text.ReportText`."""
        report = self.report
        return {
            "parts": list(_parts(report, self.tables)),
            "open_places": [
                {"words": said(one.text, one.span), "filled": said(False, one.span)} for one in _open_places(report)
            ],
            "executions": self._executions(),
            "left_over": [
                {"words": said(one.words.text, one.words), "left": one.printed, "worked": said(one.worked)}
                for one in self.money.left
            ],
            "adjustments": [
                {"words": said(one.words.text, one.words), "adjusted": one.printed, "worked": said(one.worked)}
                for one in self.money.changes
            ],
            "arrivals": [
                {
                    "words": said(one.figure.span.text, one.figure.span),
                    "rate": one.figure.figure,
                    "received": one.received,
                    "budget": one.granted,
                    "allowed": one.allowed,
                }
                for one in self.arrivals
            ],
            "sources": [
                {
                    "words": said(one.total.span.text if one.total.span else "", one.total.span),
                    "total": one.total,
                    "worked": said(one.sum, one.parts[0].span),
                }
                for one in self.sources
            ],
            "surveys": [
                {
                    "words": said(one.back.span.text, one.back.span),
                    "sent": said(_plain_count(one.sent), one.sent.span),
                    "returned": said(_plain_count(one.back), one.back.span),
                }
                for one in self.returned
            ],
            "survey_rates": [
                {
                    "words": said(one.figure.span.text, one.figure.span),
                    "rate": one.figure.figure,
                    "worked": said(one.worked, one.part.span),
                    "allowed": one.allowed,
                }
                for one in self.survey_rates
            ],
            **_scored(report),
            "execution_points": self._execution_points(),
            "goals": [
                {
                    "name": said(one.name, one.reached.span),
                    "short": said(one.short, one.reached.span),
                    "reason_given": said(one.reason is not None, one.reached.span),
                }
                for one in self.goals
            ],
            "completions": [
                {
                    "words": said(one.figure.span.text, one.figure.span),
                    "rate": one.figure.figure,
                    "worked": said(one.worked),
                    "allowed": one.allowed,
                }
                for one in self.completions
            ],
            **tabled_facts(report, self.money, self.tables, self.tabled),
        }

    def _executions(self) -> list[Facts]:
        excused = reason_for_rate(self.report) is not None
        beside = [one.body.text for one in self.report.sections if one.part is ReportPart.MONEY]
        more = any(_MORE_MONEY.search(fold(text)) for text in beside)
        return [
            {
                "words": said(one.figure.span.text, one.figure.span),
                "rate": one.figure.figure,
                "spent": one.spent,
                "budget": one.budget,
                "allowed": one.allowed,
                "low": said(one.is_low, one.figure.figure.span),
                "over": said(one.is_over, one.figure.figure.span),
                "reason_given": said(excused or (one.is_over and more), one.figure.figure.span),
            }
            for one in self.money.executions
        ]

    def _execution_points(self) -> list[Facts]:
        found = self.points_of_rate()
        if found is None:
            return []
        part, share = found
        worked = None if share is None or part.full is None else part.full * min(share, Fraction(1))
        # A share such as 2/3 has no last digit: points are compared to a tenth, so that ten digits are enough.
        digits = None if worked is None else Fraction(Rounding.HALF_UP.integer(worked * 10**10), 10**10)
        return [
            {
                "words": said(part.span.text, part.span),
                "points": said(points(part.points), part.span),
                "worked": said(points(digits)),
            }
        ]

    def points_of_rate(self) -> tuple[ScorePart, Fraction | None] | None:
        """Return the part of the score that the rate of execution was given, with the rate of the money or the one said."""
        weighed = [one for one in self.report.score_parts if "执行" in one.name and one.full]
        if len(weighed) != 1 or not self.money.executions:
            return None
        first = self.money.executions[0]
        return weighed[0], first.rate.root if first.worked is None else first.worked

    def identities(self) -> Iterator[Identity]:
        """Yield what must be equal in the report's own money, with what its points and its tables say of the rate."""
        yield from self.money.identities()
        yield from self.told.identities()
        found = self.points_of_rate()
        if found is not None and found[0].full is not None and found[1] is not None:
            part, share = found
            assert part.full is not None and share is not None  # noqa: S101, PT018 - as was seen
            agrees = SCORE.covers(part.points - part.full * min(share, Fraction(1)))
            identity = self.money.of_share(
                "points",
                "points",
                "执行率得分",
                "points of the rate",
                part.points / part.full,
                part.span,
                agrees=agrees,
            )
            if identity is not None and share <= 1:
                yield identity


def reported_of(report: Report, tables: Sequence[ReadTable] = ()) -> Reported:
    r"""Read what a report says for all its rules; ``tables`` are its own.

    >>> from perfeval.documents.reports import read_report
    >>> said = "一、资金使用情况\n2025年预算50万元，支出48万元，执行率95%。\n二、绩效目标完成情况\n计划培训200人，实际培训200人。"
    >>> [one.agrees for one in reported_of(read_report(said)).money.executions]
    [False]
    """
    goals, money, told = goals_of(report), money_of(report), _told(report)
    return Reported(
        report=report,
        told=evolve(told, repeated=(*told.repeated, *money.said)),
        money=money,
        goals=goals,
        completions=tuple(completions_of(report, goals)),
        arrivals=tuple(arrivals_of(report)),
        sources=tuple(sources_of_report(report)),
        returned=tuple(returned_of(report)),
        survey_rates=tuple(survey_rates_of(report)),
        tables=tuple(tables),
        tabled=tabled_of(report, tables),
    )


# --------------------------------------------------------------------------------------------------------
# As the rules of project texts take it


def as_stated(report: Report) -> Project:
    """Return a report as a stretch of text that states figures, for what project texts are held to as well.

    Money keeps the word of its sentence that says whether it was budgeted or spent: a line may be budgeted at one sum and
    spent at another. Money of which neither is said is left out.
    """
    folded = fold(report.text)
    return Project(
        text=report.text,
        name=report.name,
        unit=report.unit,
        year=report.year,
        sections=tuple(
            Section(part=_PARTS[one.part], number=one.number, title=one.title, heading=one.heading, body=one.body)
            for one in report.sections
            if one.part in _PARTS
        ),
        money=tuple(_roled(report, folded)),
    )


def _roled(report: Report, folded: str) -> Iterator[StatedMoney]:
    for one in report.money:
        role = role_of(folded, one)
        if role is not None and one.name:
            part = report.part_at(one.span.start)
            yield evolve(one, name=f"{one.name}{role}", part=None if part is None else _PARTS.get(part))


def _told(report: Report) -> Told:
    stated = as_stated(report)
    held = mentioned(stated)
    restatements = tuple(
        Restatement(
            said=held.given(one, 0),
            again=held.given(one, 1),
            part=held.part_at(one.span.start),
            span=held.place(one.span.start, one.span.end),
        )
        for one in held.quantities
        if one.relation is Relation.RESTATED and len(one.amounts) == 2
    )
    return told_in(evolve(stated, restatements=restatements), evolve(held, project=stated), reporting=True)


# --------------------------------------------------------------------------------------------------------
# Form and score


def _plain_count(figure: ReportedFigure) -> Amount:
    assert isinstance(figure.figure.value, Amount)  # noqa: S101 - a survey counts
    return Amount.of(figure.figure.value.number, "份")


def _parts(report: Report, tables: Sequence[ReadTable]) -> Iterator[Facts]:
    """Yield the parts that a report must have; what its own table says it need not say again in prose."""
    titles = [match["title"] for match in _HEADING.finditer(report.text)]
    for part, words in _REQUIRED:
        sections = [one for one in report.sections if one.part is part]
        filled = any(any(character.isalnum() for character in one.body.text) for one in sections)
        # A heading in other words than the usual ones is a heading all the same.
        named = not sections and any(words.search(title) for title in titles)
        yield {
            "title": said(part.value),
            "present": said(filled or named or bool(tables), sections[0].heading if sections else None),
        }


def _open_places(report: Report) -> tuple[Placeholder, ...]:
    return tuple(find_placeholders(report.text, fold(report.text), (), 0, len(report.text)))


def _scored(report: Report) -> Facts:
    score, grade = report.score, grade_said(report)
    full = None if score is None else score.full
    if score is not None and full is None and score.points <= _HUNDRED:
        full = _HUNDRED  # what is usual, where the report says no other
    best = grade is not None and grade.high == _HUNDRED
    place = report.grade_span
    graded = grade is not None and score is not None and full == _HUNDRED
    return {
        "scored": score is not None,
        "score": None if score is None else said(points(score.points), score.span),
        "full": said(points(full)),
        "score_parts": [
            {
                "name": said(one.name, one.span),
                "points": said(points(one.points), one.span),
                "weighed": one.full is not None,
                "weight": said(points(one.full), one.span),
            }
            for one in report.score_parts
        ],
        "all_parts": _is_all(report),
        "reduced": score is not None and score.taken is not None,
        "taken": None if score is None or score.taken is None else said(points(score.taken), score.span),
        "graded": graded,
        "grade_low": None if grade is None else said(points(grade.low), place),
        "grade_high": None if grade is None else said(points(grade.high), place),
        "grade_best": said(best, place),
    }


def _is_all(report: Report) -> bool:
    """Say whether the parts of the score are plainly all: their weights come to the full mark, or each group is named once."""
    parts = report.score_parts
    if report.score is None or not parts:
        return False
    weights = [one.full for one in parts if one.full is not None]
    if len(weights) == len(parts):
        return sum(weights) == (report.score.full or _HUNDRED)
    return any(_is_made_of(parts, groups) for groups in _WHOLES)


def _is_made_of(parts: Sequence[ScorePart], groups: Sequence[str]) -> bool:
    return len(parts) == len(groups) and all(
        sum(bool(re.search(group, one.name)) for one in parts) == 1 for group in groups
    )
