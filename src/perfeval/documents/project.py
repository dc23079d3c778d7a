"""What a project text says, once it has been read: every part with its place, every figure as a fact.

Nothing here judges. A figure is kept literally, as it is printed, even where the text contradicts itself.
Imports only ``parts``, ``printed``, ``quantities``, ``facts``, ``citations`` and ``amounts``.
"""

from __future__ import annotations

import datetime
import enum
from typing import final

from attrs import frozen

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.documents.bounds import Comparator
from perfeval.documents.parts import Form, Part
from perfeval.documents.printed import Printed
from perfeval.documents.quantities import Quantity
from perfeval.facts import Given, Label

__all__ = [
    "Approval",
    "BasisDocument",
    "BasisKind",
    "Comparator",
    "Coverage",
    "EffectSentence",
    "Form",
    "Line",
    "MoneyKind",
    "NoteKind",
    "Part",
    "Period",
    "Placeholder",
    "Project",
    "QuotedStandard",
    "ReaderNote",
    "Restatement",
    "ScheduleItem",
    "Section",
    "StatedMoney",
    "Task",
    "Training",
    "TrainingStage",
    "Unread",
    "Use",
    "Year",
]


@final
@frozen(kw_only=True)
class Section:
    """One part of the text: its heading as printed, and what stands under it.

    ``number`` is the heading's own number, which may differ from the form's; None where it prints none.
    """

    part: Part
    number: int | None
    title: str
    heading: Span
    body: Span


@final
@frozen(kw_only=True)
class Year:
    """A calendar year that the text names, and where."""

    number: int
    span: Span


@final
class BasisKind(enum.Enum):
    """What sort of document a project rests on."""

    NOTICE = "notice"
    REPLY = "reply"
    TABLE = "table"
    LAW = "law"
    OTHER = "other"


@final
@frozen(kw_only=True)
class BasisDocument:
    """A document that the text names as its basis; ``number`` is None where the text gives none.

    ``span`` is the whole mention, ``part`` where it stands (a reply usually stands under the funding).
    ``title`` and ``number`` are as printed, but for spaces; ``year`` is the number's, or else the title's.
    """

    title: str | None
    number: str | None
    year: int | None
    kind: BasisKind
    part: Part | None
    span: Span

    @property
    def numbered(self) -> bool:
        """Whether the text gives its document number."""
        return self.number is not None


@final
@frozen(kw_only=True)
class Task:
    """Something that the project will do: ``title`` is its first clause, ``text`` all that is said of it.

    ``quantities`` are those that belong to nothing more particular, such as a training or a quoted standard.
    """

    marker: str | None
    title: str
    text: str
    span: Span
    quantities: tuple[Quantity, ...] = ()


@final
@frozen(kw_only=True)
class TrainingStage:
    """One stage of a course that is held in several, with its days."""

    name: str
    days: Given
    span: Span


@final
@frozen(kw_only=True)
class Coverage:
    """How large a share of whom a training is to reach; 全覆盖 is read as 100 %."""

    share: Given
    comparator: Comparator
    population: str
    span: Span


@final
@frozen(kw_only=True)
class Training:
    """A training programme as the text describes it; whatever it does not say is None or empty.

    ``trainees`` are the people's name as written, ``days`` and ``class_hours`` the requirement under
    ``comparator``; ``stages_stated`` is the number of stages that the text announces (分两个阶段).
    """

    name: str
    span: Span
    trainees: str | None = None
    courses: Given | None = None
    comparator: Comparator = Comparator.UNSTATED
    days: Given | None = None
    class_hours: Given | None = None
    people: Given | None = None
    stages_stated: Given | None = None
    stages: tuple[TrainingStage, ...] = ()
    coverage: Coverage | None = None
    by_area: bool = False
    yearly: bool = False


@final
@frozen(kw_only=True)
class QuotedStandard:
    """A standard that the text quotes: whom it binds, how, how much, for what, how often, and from where.

    ``amount`` holds the full rate (元/个[党支部]/年); ``literal`` is the amount as printed.
    ``period_inherited`` says that 每年 or 每月 was said in an earlier clause, at ``period_span``;
    ``purpose`` may be shared by several clauses, and ``scope`` too, with their places likewise.
    """

    binds: str
    scope: str | None
    comparator: Comparator
    amount: Given
    literal: Given
    purpose: str | None
    purpose_span: Span | None
    period: str | None
    period_inherited: bool
    period_span: Span | None
    per_what: str | None
    document: str | None
    span: Span


@final
@frozen(kw_only=True)
class Approval:
    """The money that was approved, and the number of the reply that says so; ``span`` is None where a caller gave it."""

    amount: Given
    document: str | None
    span: Span | None


@final
@frozen(kw_only=True)
class Line:
    """One budget line: its name and its amount, literally as printed.

    ``factors`` are the figures that the text multiplies to reach it (30人×3天×450元/人/天), ``parts`` what it
    says in brackets that the line consists of; parts are never added to the lines.
    """

    name: str
    amount: Given
    span: Span
    factors: tuple[Given, ...] = ()
    parts: tuple[Line, ...] = ()


@final
@frozen(kw_only=True)
class ScheduleItem:
    """An amount that the schedule sets down, what for and over which months.

    ``first_month`` and ``last_month`` are None where the text gives no months.
    """

    purpose: str
    period: str | None
    first_month: int | None
    last_month: int | None
    amount: Given
    span: Span


@final
@frozen(kw_only=True)
class Use:
    """A use of the money that the text states, under the activity that it is listed under."""

    activity: str | None
    text: str
    part: Part
    span: Span


@final
class MoneyKind(enum.Enum):
    """What an amount of money is the money of: different kinds are never compared.

    ``ANNUAL`` is money of the project's year, 上年结转 included; ``CHANGE`` is by how much one year differs from another.
    Amounts of the other kinds are held in a unit of their kind (元[累计], 元[上年], 元[2027年], 元[增减]), so that not even
    arithmetic can bring them together.
    """

    ANNUAL = "annual"
    CUMULATIVE = "cumulative"
    PRIOR_YEAR = "prior_year"
    OTHER_YEAR = "other_year"
    CHANGE = "change"


@final
@frozen(kw_only=True)
class StatedMoney:
    """An amount of money that the text states anywhere, with the words that name it.

    ``name`` is empty where no words name it; ``year`` is the year that the words give, ``printed`` the figure with its
    printed digits. ``comparator`` says whether it is a bound, and ``per`` what it is counted per (每个党支部, 每年): a
    rate or a bound is not the project's own money. ``span`` reaches from the words to the amount.
    """

    name: str
    kind: MoneyKind
    year: int | None
    printed: Printed
    part: Part | None
    span: Span
    comparator: Comparator = Comparator.UNSTATED
    per: tuple[str, ...] = ()


@final
@frozen(kw_only=True)
class Period:
    """From which day to which day the project runs (起止时间); None where the text leaves an end open."""

    first: datetime.date | None
    last: datetime.date | None
    span: Span


@final
@frozen(kw_only=True)
class EffectSentence:
    """A sentence about effects, and whether any number stands in it (years and names are none).

    ``figures`` are the numbers that could be read; their stage is achieved where the sentence reports.
    """

    text: str
    has_number: bool
    span: Span
    figures: tuple[Given, ...] = ()


@final
@frozen(kw_only=True)
class Restatement:
    """One quantity said twice, such as 5天（40学时）: ``said`` and ``again``.

    ``days`` and ``class_hours`` pick the one of the two that has that unit.
    """

    said: Given
    again: Given
    part: Part | None
    span: Span

    @property
    def days(self) -> Given | None:
        """The one that is given in days."""
        return self._in("天")

    @property
    def class_hours(self) -> Given | None:
        """The one that is given in class-hours."""
        return self._in("学时")

    def _in(self, unit: str) -> Given | None:
        for one in (self.said, self.again):
            if isinstance(one.value, Amount) and one.value.unit.text == unit:
                return one
        return None


@final
@frozen(kw_only=True)
class Placeholder:
    """Something that was to be filled in and was not, such as XX万元."""

    text: str
    part: Part | None
    span: Span


@final
class NoteKind(enum.Enum):
    """What sort of residue the reader met."""

    BOOKMARK = "bookmark"
    FIELD = "field"
    CONTROL = "control"
    BROKEN_CHARACTER = "broken_character"


@final
@frozen(kw_only=True)
class ReaderNote:
    """Residue of the file that the text came from: not part of what it says."""

    kind: NoteKind
    text: str
    span: Span


@final
@frozen(kw_only=True)
class Unread:
    """A quantity that was seen but not understood, or not assigned to anything, and why.

    ``understood`` tells an ordinary fact (走访86户) that was read and belongs to nothing: whether a list was read in
    full depends on it, but there is nothing to be said of it. Money that found no place is to be said.
    """

    text: str
    why: Label
    part: Part | None
    span: Span
    understood: bool = False


@final
@frozen(kw_only=True)
class Project:
    """A project text as it was read.

    Every figure is a :class:`~perfeval.facts.Given` whose span quotes ``text`` exactly; ``missing`` are the
    parts that the form requires and the text has not; ``totals`` are further sums that the funding states (合计 …);
    ``sources`` are the amounts by where the money comes from (财政拨款, 自筹), which are no lines;
    ``schedule_sums`` are sums that the schedule states of its own items and that they do not come to, with those items;
    ``unread`` are the quantities that found no place. ``money`` is all the money that the text states, whatever it is
    the money of. ``span`` is the project's own stretch of a text that may hold several projects.
    """

    text: str
    name: str | None = None
    name_span: Span | None = None
    unit: str | None = None
    unit_span: Span | None = None
    year: Year | None = None
    sections: tuple[Section, ...] = ()
    missing: tuple[Part, ...] = ()
    basis: tuple[BasisDocument, ...] = ()
    tasks: tuple[Task, ...] = ()
    trainings: tuple[Training, ...] = ()
    quoted: tuple[QuotedStandard, ...] = ()
    request: Given | None = None
    approval: Approval | None = None
    lines: tuple[Line, ...] = ()
    totals: tuple[Given, ...] = ()
    sources: tuple[Line, ...] = ()
    schedule: tuple[ScheduleItem, ...] = ()
    schedule_sums: tuple[Line, ...] = ()
    uses: tuple[Use, ...] = ()
    effects: tuple[EffectSentence, ...] = ()
    has_calculation_basis: bool = False
    has_phasing: bool = False
    restatements: tuple[Restatement, ...] = ()
    placeholders: tuple[Placeholder, ...] = ()
    notes: tuple[ReaderNote, ...] = ()
    unread: tuple[Unread, ...] = ()
    form: Form = Form.YUNNAN
    period: Period | None = None
    money: tuple[StatedMoney, ...] = ()
    span: Span | None = None

    def section(self, part: Part) -> Section | None:
        """Return the first section of that part, or None where the text has none."""
        for section in self.sections:
            if section.part is part:
                return section
        return None
