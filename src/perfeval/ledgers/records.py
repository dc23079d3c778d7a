"""What is recorded: who is to be trained, what they attended, courses, head-counts, and how rows are read as records.

Imports ``names`` and ``reading`` of this package, ``facts`` and above.
"""

from __future__ import annotations

import datetime
import enum
import inspect
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar, final

from attrs import evolve, field, frozen

from perfeval.amounts import Amount, AmountRange
from perfeval.citations import Citation, Span
from perfeval.errors import FactsError, Problem, RuleError, excerpt
from perfeval.facts import Stage, one_of
from perfeval.ledgers.names import near
from perfeval.ledgers.reading import DAYS, HOURS, Number, Reading, as_rows, plain

__all__ = [
    "Attendance",
    "Counting",
    "Equivalence",
    "HeadCount",
    "StatedCoverage",
    "Trainee",
    "TrainingCourse",
    "records_of",
]

_T = TypeVar("_T")


@final
class Counting(enum.Enum):
    """Which hours must reach what is required: those of all courses together, or those of any one course."""

    TOTAL = "total"
    ANY_COURSE = "any_course"


@final
@frozen(init=False)
class Equivalence:
    """How many class-hours a day of training is, as a source states it: ``8 学时/天`` with its citation.

    None is built in: published texts imply 8, 7.5 and others. Raises ``FactsError`` for a rate that is not
    class-hours a day or not above zero, and where no citation is given.

    >>> from perfeval.citations import Evidence
    >>> table = Citation(title="某分配表", evidence=Evidence.PRIMARY)
    >>> str(Equivalence("8 学时/天", citation=table).hours("5 天"))
    '40 学时'
    """

    rate: Amount
    citation: Citation = field(kw_only=True)

    def __init__(self, rate: Amount | str, *, citation: Citation) -> None:
        reading = Reading()
        needed = "a rate above zero, such as '8 学时/天'"
        amount = reading.needed_amount("equivalence", rate, "学时/天", needed, above_zero=True)
        if not isinstance(citation, Citation):
            reading.problem("equivalence.citation", citation, "the Citation of the source that states the rate")
        reading.finish()
        self.__attrs_init__(rate=amount, citation=citation)

    @property
    def per_day(self) -> Number:
        """Class-hours a day, exactly."""
        return plain(self.rate.number_in("学时/天"))

    def hours(self, days: Amount | str) -> Amount:
        """Return so many days as class-hours."""
        reading = Reading()
        amount = reading.needed_amount("days", days, DAYS, "days, such as '5 天'")
        reading.finish()
        return Amount.from_root(amount.number_in(DAYS) * self.per_day, HOURS)


@final
@frozen(init=False)
class Trainee:
    """One person who is to be trained (应训人员): one of the denominator of its group.

    ``since`` and ``until`` are the first and the last day in post, both included; None where nothing limits it.
    """

    id: str
    group: str
    name: str
    since: datetime.date | None
    until: datetime.date | None
    source: str | None = field(eq=False)
    span: Span | None = field(eq=False)

    def __init__(
        self,
        *,
        id: str,  # noqa: A002 - the field's own name
        group: str,
        name: str | None = None,
        since: datetime.date | str | None = None,
        until: datetime.date | str | None = None,
        source: str | None = None,
        span: Span | None = None,
    ) -> None:
        reading = Reading()
        first, last = reading.day("since", since), reading.day("until", until)
        reading.order(first, last, "since")
        self.__attrs_init__(
            id=reading.text("id", id),
            group=reading.text("group", group),
            name=reading.text("name", id if name is None else name),
            since=first,
            until=last,
            source=reading.words("source", source),
            span=reading.kind("span", span, Span),
        )
        reading.finish()

    def in_post(self, on: datetime.date) -> bool:
        """Say whether the person was in the population on that day.

        >>> Trainee(id="zhang", group="书记", since="2026-07-01").in_post(datetime.date(2026, 6, 30))
        False
        """
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@final
@frozen(init=False)
class Attendance:
    """What one person attended: a record of one course, on a day or from ``day`` to ``last``.

    ``hours`` are class-hours, exact or a range; ``days`` are days of training. Either may be given, or both, which then
    must agree at the ledger's equivalence; with neither the hours are not known. ``person`` and ``day`` are None where
    they are not known. ``course_stage`` says which part of the course it was (一阶段); ``stage`` whether it was planned,
    is in progress or was achieved: only what was achieved counts.
    """

    person: str | None
    course: str
    day: datetime.date | None
    last: datetime.date | None
    hours: Amount | AmountRange | None
    days: Amount | None
    course_stage: str | None
    stage: Stage
    source: str | None = field(eq=False)
    span: Span | None = field(eq=False)

    def __init__(
        self,
        *,
        person: str | None,
        course: str,
        day: datetime.date | str | None = None,
        last: datetime.date | str | None = None,
        hours: Amount | AmountRange | str | None = None,
        days: Amount | str | None = None,
        course_stage: str | None = None,
        stage: Stage | str = Stage.ACHIEVED,
        source: str | None = None,
        span: Span | None = None,
    ) -> None:
        reading = Reading()
        first = reading.day("day", day)
        final_day = first if last is None else reading.day("last", last)
        if day is None and last is not None:
            reading.problem("day", day, "the first day where the last one is given")
        reading.order(first, final_day, "day")
        self.__attrs_init__(
            person=reading.words("person", person),
            course=reading.text("course", course),
            day=first,
            last=final_day,
            hours=reading.hours("hours", hours),
            days=reading.amount("days", days, DAYS),
            course_stage=reading.words("course_stage", course_stage),
            stage=reading.stage(stage),
            source=reading.words("source", source),
            span=reading.kind("span", span, Span),
        )
        reading.finish()


@final
@frozen(init=False)
class TrainingCourse:
    """One course (一期培训班) with its kind (书记轮训) and its days; None where that is not known.

    A course is held if it is declared as achieved, or if somebody has attended it.
    """

    name: str
    kind: str | None
    first: datetime.date | None
    last: datetime.date | None
    stage: Stage
    source: str | None = field(eq=False)
    span: Span | None = field(eq=False)

    def __init__(
        self,
        *,
        name: str,
        kind: str | None = None,
        first: datetime.date | str | None = None,
        last: datetime.date | str | None = None,
        stage: Stage | str = Stage.ACHIEVED,
        source: str | None = None,
        span: Span | None = None,
    ) -> None:
        reading = Reading()
        start, end = reading.day("first", first), reading.day("last", last)
        reading.order(start, end, "first")
        self.__attrs_init__(
            name=reading.text("name", name),
            kind=reading.words("kind", kind),
            first=start,
            last=end,
            stage=reading.stage(stage),
            source=reading.words("source", source),
            span=reading.kind("span", span, Span),
        )
        reading.finish()


@final
@frozen(init=False)
class HeadCount:
    """How many people a group has on a day, as somebody states it: ``120 人[党员]``, or ``120 人``."""

    group: str
    count: Amount
    on: datetime.date
    source: str | None = field(eq=False)
    span: Span | None = field(eq=False)

    def __init__(
        self,
        *,
        group: str,
        count: Amount | str,
        on: datetime.date | str,
        source: str | None = None,
        span: Span | None = None,
    ) -> None:
        reading = Reading()
        name = reading.text("group", group)
        number = reading.people("count", count, name)
        if count is None:
            reading.problem("count", count, "a number of people, such as '120 人'")
        self.__attrs_init__(
            group=name,
            count=number or Amount.of(0, "人"),
            on=reading.needed_day("on", on),
            source=reading.words("source", source),
            span=reading.kind("span", span, Span),
        )
        reading.finish()

    @property
    def number(self) -> int:
        """How many people."""
        return self.count.root.numerator


@final
@frozen(init=False)
class StatedCoverage:
    """What somebody states of a group's coverage on a day: how many were trained, or which share.

    A ledger checks that it is possible, not that it is true. With the hours that somebody must have to count as trained
    (``at_least``, and how they count), it is checked against the records too.
    """

    group: str
    as_of: datetime.date
    trained: Amount | None
    share: Amount | None
    at_least: Amount | None
    counting: Counting | None
    source: str | None = field(eq=False)
    span: Span | None = field(eq=False)

    def __init__(
        self,
        *,
        group: str,
        as_of: datetime.date | str,
        trained: Amount | str | None = None,
        share: Amount | str | None = None,
        at_least: Amount | str | None = None,
        counting: Counting | str | None = None,
        source: str | None = None,
        span: Span | None = None,
    ) -> None:
        reading = Reading()
        name = reading.text("group", group)
        if trained is None and share is None:
            reading.problem("trained", None, "how many were trained, or the share, or both")
        self.__attrs_init__(
            group=name,
            as_of=reading.needed_day("as_of", as_of),
            trained=reading.people("trained", trained, name),
            share=reading.amount("share", share, "%"),
            at_least=_hours_needed(reading, at_least),
            counting=_counting(reading, counting, is_needed=at_least is not None),
            source=reading.words("source", source),
            span=reading.kind("span", span, Span),
        )
        reading.finish()


def _hours_needed(reading: Reading, at_least: object) -> Amount | None:
    if at_least is None:
        return None
    needed = "class-hours above zero, such as '24 学时'"
    return reading.needed_amount("at_least", at_least, HOURS, needed, above_zero=True)


def _counting(reading: Reading, counting: object, *, is_needed: bool) -> Counting | None:
    """Return how hours count; it stands with the hours or not at all."""
    if counting is None or not is_needed:
        if is_needed or counting is not None:
            reading.problem("counting", counting, "'total' or 'any_course', together with at_least")
        return None
    try:
        return one_of(Counting, counting, "counting")
    except RuleError as error:
        reading.problems.extend(error.problems)
        return None


def records_of(
    kind: type[_T], rows: Iterable[Mapping[str, object]], where: str, problems: list[Problem]
) -> tuple[_T, ...]:
    """Return mappings as records of a kind; adds to the problems those of all rows, each with its place."""
    try:
        given: tuple[object, ...] = as_rows(where, rows)
    except FactsError as error:
        problems.extend(error.problems)
        return ()
    parameters = inspect.signature(kind).parameters
    known = frozenset(parameters)
    needed = frozenset(name for name, each in parameters.items() if each.default is each.empty)
    nears: dict[object, str | None] = {}
    made: list[_T] = []
    for index, row in enumerate(given):
        if isinstance(row, Mapping) and needed <= row.keys() <= known:
            try:
                made.append(kind(**row))
            except FactsError as error:
                found = error.problems
            else:
                continue
        else:
            found = tuple(_misfits(kind, row, parameters, nears))
        problems.extend(evolve(problem, where=f"{where}[{index}].{problem.where}".rstrip(".")) for problem in found)
    return tuple(made)


def _misfits(
    kind: type[_T], row: object, parameters: Mapping[str, inspect.Parameter], nears: dict[object, str | None]
) -> Iterator[Problem]:
    """Yield what is wrong with a row that is no mapping, or whose keys are not those of its kind."""
    known = ", ".join(parameters)
    if not isinstance(row, Mapping):
        yield Problem("", came=excerpt(row), needed=f"a mapping with {known}")
        return
    for key in row:
        if key not in parameters:
            if key not in nears:
                nears[key] = near(key, parameters)
            yield Problem("", came=f"the key {excerpt(key)}", needed=f"one of {known}", nearest=nears[key])
    lacking = [name for name, each in parameters.items() if each.default is each.empty and name not in row]
    yield from (Problem(name, came="nothing", needed=f"the {name}") for name in lacking)
    blanks: dict[str, object] = dict.fromkeys(lacking, "-")
    try:
        kind(**{**blanks, **{key: row[key] for key in row if key in parameters}})
    except FactsError as error:
        yield from (problem for problem in error.problems if problem.where not in lacking)
