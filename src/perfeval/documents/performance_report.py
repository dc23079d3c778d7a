"""What a performance report says, once it has been read: what was planned, what was achieved, and the money.

Nothing here judges. Imports only ``project``, ``printed``, ``bounds``, ``facts`` and ``citations``.
"""

from __future__ import annotations

import bisect
import enum
from fractions import Fraction
from typing import final

from attrs import frozen

from perfeval.citations import Span
from perfeval.documents.bounds import Comparator
from perfeval.documents.printed import Printed
from perfeval.documents.project import StatedMoney, Year
from perfeval.facts import Given, Label, Stage

__all__ = ["Reason", "Report", "ReportPart", "ReportSection", "ReportedFigure", "Score", "ScorePart"]


@final
class ReportPart(enum.Enum):
    """What a section of a report is about; the value is a usual heading."""

    NAME = "项目名称"
    UNIT = "实施单位"
    BASIC = "项目基本情况"
    GOALS = "绩效目标"
    MONEY = "资金使用情况"
    RESULTS = "绩效目标完成情况"
    CONCLUSION = "评价结论"
    EXPERIENCE = "主要经验做法"
    PROBLEMS = "存在的问题"
    MEASURES = "下一步改进措施"
    OTHER = "其他需要说明的问题"

    @property
    def label(self) -> Label:
        """The part's name in both languages."""
        return Label(self.value, _ENGLISH[self])

    @property
    def stage(self) -> Stage:
        """What a figure under it is where its own words do not say: a goal and a measure are planned, all else achieved."""
        return Stage.PLANNED if self in (ReportPart.GOALS, ReportPart.MEASURES) else Stage.ACHIEVED


_ENGLISH = {
    ReportPart.NAME: "project name",
    ReportPart.UNIT: "implementing unit",
    ReportPart.BASIC: "the project",
    ReportPart.GOALS: "goals",
    ReportPart.MONEY: "use of the money",
    ReportPart.RESULTS: "goals reached",
    ReportPart.CONCLUSION: "conclusion",
    ReportPart.EXPERIENCE: "what went well",
    ReportPart.PROBLEMS: "problems",
    ReportPart.MEASURES: "measures",
    ReportPart.OTHER: "other matters",
}


@final
@frozen(kw_only=True)
class ReportSection:
    """One section of a report: its heading as printed, and what stands under it."""

    part: ReportPart
    number: int | None
    title: str
    heading: Span
    body: Span


@final
@frozen(kw_only=True)
class ReportedFigure:
    """A figure of a report with the words that name it; its stage says whether it was planned or achieved.

    ``comparator`` bounds a planned figure; an achieved one is bounded only where the text says 不少于 or 以上 of it.
    """

    name: str
    figure: Given
    comparator: Comparator
    part: ReportPart
    span: Span


@final
@frozen(kw_only=True)
class Score:
    """The points that a report says, with the digits that it prints; ``full`` is the full mark where it is said.

    ``taken`` are the points that were taken off in all, where the text says them right before: 共扣2.5分，得分97.5分.
    """

    points: Fraction
    decimals: int
    full: Fraction | None
    span: Span
    taken: Fraction | None = None


@final
@frozen(kw_only=True)
class ScorePart:
    """One part of a score, such as 产出50分 or 预算执行9.2分（分值10分）; ``full`` is its weight where it is said."""

    name: str
    points: Fraction
    full: Fraction | None
    span: Span


@final
@frozen(kw_only=True)
class Reason:
    """A sentence that says why something fell short, and under which heading."""

    text: str
    part: ReportPart
    span: Span


@final
@frozen(kw_only=True)
class Report:
    """A performance report as it was read; whatever it does not say is None or empty.

    ``budget`` is the first budget that it states, ``adjusted`` the one after adjustment, ``spent`` what was paid; a figure
    without a unit has no amount. ``execution_rate`` is the first rate as printed, never worked out, ``rates`` are all that
    it says of its money. ``money`` is all the money that it states, ``score_parts`` that of which its score consists.
    """

    text: str
    name: str | None = None
    unit: str | None = None
    year: Year | None = None
    sections: tuple[ReportSection, ...] = ()
    figures: tuple[ReportedFigure, ...] = ()
    rates: tuple[ReportedFigure, ...] = ()
    money: tuple[StatedMoney, ...] = ()
    budget: StatedMoney | None = None
    adjusted: StatedMoney | None = None
    spent: StatedMoney | None = None
    execution_rate: Printed | None = None
    score: Score | None = None
    score_parts: tuple[ScorePart, ...] = ()
    grade: str | None = None
    grade_span: Span | None = None
    reasons: tuple[Reason, ...] = ()
    problems: tuple[Span, ...] = ()
    measures: tuple[Span, ...] = ()

    def section(self, part: ReportPart) -> ReportSection | None:
        """Return the first section of that part, or None where the report has none."""
        return next((section for section in self.sections if section.part is part), None)

    def part_at(self, place: int) -> ReportPart | None:
        """Return the part in which a place of the text stands, or None for what stands above the first heading."""
        at = bisect.bisect_right(self.sections, place, key=lambda section: section.heading.start) - 1
        return self.sections[at].part if at >= 0 else None

    @property
    def achieved(self) -> tuple[ReportedFigure, ...]:
        """The figures that the report says were achieved."""
        return tuple(figure for figure in self.figures if figure.figure.stage is Stage.ACHIEVED)
