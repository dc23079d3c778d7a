"""What training was done: attendance records to hours per person, coverage per group, courses held and their stages.

A :class:`Ledger` holds who is to be trained (the denominator) and who attended what. Hours that are not known give an
interval; days become class-hours only at an :class:`Equivalence` that is cited; a plan never counts. What cannot be
right in the records (a person who is not in the population, the same hours twice, more hours than the days hold, a
share above 100 %) is not repaired but found: :meth:`Ledger.review`. Imports ``standard``, ``findings`` and above.
"""

from __future__ import annotations

import datetime
import enum
import functools
import heapq
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from typing import Final, NamedTuple, TypeAlias, TypeVar, final

from attrs import evolve, field, fields, frozen

from perfeval.amounts import Amount, AmountRange
from perfeval.citations import Citation, Span
from perfeval.errors import FactsError, NotFoundError, PerfevalError, Problem, RuleError, UnitError, excerpt, nearest
from perfeval.evaluation import Missing, Reason, ReasonKind
from perfeval.expressions import Operator
from perfeval.facts import Given, Label, Listed, Stage, day_of, one_of
from perfeval.findings import Finding, Review
from perfeval.rules import Severity
from perfeval.standard import check_day
from perfeval.units import Unit, as_unit
from perfeval.verdicts import Verdict, all_of

__all__ = [
    "Attendance",
    "Counting",
    "Coverage",
    "Equivalence",
    "HeadCount",
    "Ledger",
    "StatedCoverage",
    "Trainee",
    "TrainingCourse",
]

Number: TypeAlias = int | Fraction
_T = TypeVar("_T")

_MOST_ROWS: Final = 1_000_000
_LONGEST: Final = 200
_MOST_COMPARED: Final = 10_000  # names that one unknown name is compared with
_MOST_NAMED: Final = 20  # records that a remark lists
_ALIKE: Final = 16  # characters of a name that is looked up for a slip of the pen
_HOURS: Final = "学时"
_DAYS: Final = "天"
_HOURS_LABEL: Final = Label("学时", "class-hours")


# --- what is recorded ------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=4096)
def _parsed(text: str, unit: str) -> Amount | tuple[Problem, ...]:
    """Read an amount of the dimension of a unit, or say what is wrong with it: a column repeats the same few texts."""
    try:
        amount = Amount.parse(text)
    except PerfevalError as error:
        return error.problems
    return _fitting(amount, unit)


def _fitting(amount: Amount, unit: str) -> Amount | tuple[Problem, ...]:
    shown = excerpt(str(amount))
    if amount.dimension != as_unit(unit).dimension:
        return (Problem("", came=shown, needed=f"a unit that goes with {unit}"),)
    if amount.root < 0:
        return (Problem("", came=shown, needed="zero or more"),)
    return amount


@final
@frozen
class _Reading:
    """Reads the parts of one record, and keeps every problem, so that all of them are reported together."""

    problems: list[Problem] = field(factory=list)

    def problem(self, where: str, came: object, needed: str) -> None:
        self.problems.append(Problem(where, came=excerpt(came), needed=needed))

    def finish(self) -> None:
        if self.problems:
            raise FactsError(*self.problems)

    def text(self, where: str, value: object) -> str:
        if isinstance(value, str) and 0 < len(value) <= _LONGEST and value.isprintable() and not value.isspace():
            return value
        self.problem(where, value, f"printable text of 1 to {_LONGEST} characters")
        return ""

    def words(self, where: str, value: object) -> str | None:
        return None if value is None else self.text(where, value)

    def day(self, where: str, value: object) -> datetime.date | None:
        if value is None:
            return None
        day = day_of(value) if isinstance(value, str) else value
        if isinstance(day, datetime.date) and not isinstance(day, datetime.datetime):
            return day
        self.problem(where, value, "a day such as 2026-06-30, or None where it is not known")
        return None

    def needed_day(self, where: str, value: object) -> datetime.date:
        if value is None:
            self.problem(where, value, "a day such as 2026-06-30")
        return self.day(where, value) or datetime.date.min

    def order(self, first: datetime.date | None, last: datetime.date | None, where: str) -> None:
        if first is not None and last is not None and last < first:
            self.problems.append(
                Problem(where, came=f"{first} to {last}", needed="a first day that is not after the last day")
            )

    def kind(self, where: str, value: object, kind: type[_T]) -> _T | None:
        if value is None or isinstance(value, kind):
            return value
        self.problem(where, value, f"a {kind.__name__}, or None")
        return None

    def stage(self, value: object) -> Stage:
        if isinstance(value, Stage):
            return value
        try:
            return one_of(Stage, value, "stage")
        except RuleError as error:
            self.problems.extend(error.problems)
            return Stage.PLANNED

    def amount(self, where: str, value: object, unit: str) -> Amount | None:
        """Return an amount of zero or more of the dimension of a unit, or None where it was not given or is wrong."""
        if value is None:
            return None
        if isinstance(value, str) and len(value) <= _LONGEST:
            read = _parsed(value, unit)
        elif isinstance(value, Amount):
            read = _fitting(value, unit)
        else:
            self.problem(where, value, f"an amount with its unit, such as '8 {unit}', never a bare number")
            return None
        if isinstance(read, Amount):
            return read
        self.problems.extend(evolve(problem, where=where) for problem in read)
        return None

    def hours(self, where: str, value: object) -> Amount | AmountRange | None:
        if not isinstance(value, AmountRange):
            return self.amount(where, value, _HOURS)
        ends = [self.amount(where, end, _HOURS) for end in (value.low, value.high) if end is not None]
        return None if None in ends else value

    def people(self, where: str, value: object, group: str) -> Amount | None:
        """Return a whole number of persons, shown as so many of the group."""
        unit = _unit_of(group)
        plain = isinstance(value, Amount) and value.dimension == Unit.parse("人").dimension
        plain = plain or (
            isinstance(value, str) and len(value) <= _LONGEST and isinstance(_parsed(value, "人"), Amount)
        )
        amount = self.amount(where, value, "人" if plain else unit.text)
        if amount is not None and amount.root.denominator != 1:
            self.problem(where, str(amount), "a whole number of people")
            return None
        return None if amount is None else Amount.from_root(amount.root, unit)


def _unit_of(group: str) -> Unit:
    """Return the unit in which a group is counted: 人[党员]; plain 人 where its name cannot be a qualifier."""
    try:
        return Unit.parse(f"人[{group}]")
    except UnitError:
        return Unit.parse("人")


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
        reading = _Reading()
        amount = reading.amount("equivalence", rate, "学时/天")
        if rate is None or (amount is not None and amount.root == 0):
            reading.problem("equivalence", rate, "a rate above zero, such as '8 学时/天'")
        if not isinstance(citation, Citation):
            reading.problem("equivalence.citation", citation, "the Citation of the source that states the rate")
        reading.finish()
        assert amount is not None  # noqa: S101 - anything else was a problem
        self.__attrs_init__(rate=amount, citation=citation)

    @property
    def per_day(self) -> Number:
        """Class-hours a day, exactly."""
        return _plain(self.rate.number_in("学时/天"))

    def hours(self, days: Amount | str) -> Amount:
        """Return so many days as class-hours."""
        reading = _Reading()
        amount = reading.amount("days", days, _DAYS)
        if days is None:
            reading.problem("days", days, "days, such as '5 天'")
        reading.finish()
        assert amount is not None  # noqa: S101 - anything else was a problem
        return Amount.from_root(amount.number_in(_DAYS) * self.per_day, _HOURS)


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
        reading = _Reading()
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
        reading = _Reading()
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
            days=reading.amount("days", days, _DAYS),
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
        reading = _Reading()
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
        reading = _Reading()
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

    A ledger checks that it is possible, not that it is true.
    """

    group: str
    as_of: datetime.date
    trained: Amount | None
    share: Amount | None
    source: str | None = field(eq=False)
    span: Span | None = field(eq=False)

    def __init__(
        self,
        *,
        group: str,
        as_of: datetime.date | str,
        trained: Amount | str | None = None,
        share: Amount | str | None = None,
        source: str | None = None,
        span: Span | None = None,
    ) -> None:
        reading = _Reading()
        name = reading.text("group", group)
        if trained is None and share is None:
            reading.problem("trained", None, "how many were trained, or the share, or both")
        self.__attrs_init__(
            group=name,
            as_of=reading.needed_day("as_of", as_of),
            trained=reading.people("trained", trained, name),
            share=reading.amount("share", share, "%"),
            source=reading.words("source", source),
            span=reading.kind("span", span, Span),
        )
        reading.finish()


# --- hours -----------------------------------------------------------------------------------------------


class _Hours(NamedTuple):
    """Class-hours between two bounds; ``high`` is None where nothing bounds them."""

    low: Number
    high: Number | None

    def __add__(self, other: object) -> _Hours:
        if not isinstance(other, _Hours):
            return NotImplemented
        high = None if self.high is None or other.high is None else self.high + other.high
        return _Hours(self.low + other.low, high)

    def may_reach(self, needed: Number) -> bool:
        return self.high is None or self.high >= needed

    @property
    def amount(self) -> Amount | AmountRange:
        low = Amount.from_root(self.low, _HOURS)
        if self.high is None:
            return AmountRange(low, None)
        return low if self.low == self.high else AmountRange(low, Amount.from_root(self.high, _HOURS))


_NOTHING: Final = _Hours(0, 0)


def _plain(number: Fraction) -> Number:
    return number.numerator if number.denominator == 1 else number


def _length(first: datetime.date | None, last: datetime.date | None) -> int | None:
    """Return how many calendar days two days span; None where they are not known."""
    return None if first is None or last is None else last.toordinal() - first.toordinal() + 1


@final
@frozen(kw_only=True)
class _Sitting:
    """The achieved records that nothing tells apart: ``recorded`` hours, and the hours that ``count``.

    ``is_outside`` says that it lies wholly outside the days of the ledger, and so is none of it.
    """

    person: str | None
    course: str
    course_stage: str | None
    first: datetime.date | None
    last: datetime.date | None
    rows: tuple[int, ...]
    recorded: _Hours
    count: _Hours
    is_outside: bool

    @property
    def key(self) -> str:
        return _key(self.person, self.course, self.course_stage, self.first, self.last)


def _key(
    person: str | None,
    course: str,
    course_stage: str | None,
    first: datetime.date | None,
    last: datetime.date | None,
) -> str:
    days = "?" if first is None else f"{first}" if first == last else f"{first}..{last}"
    return "/".join(part for part in (person or "?", course, course_stage, days) if part)


@final
class Counting(enum.Enum):
    """Which hours must reach what is required: those of all courses together, or those of any one course."""

    TOTAL = "total"
    ANY_COURSE = "any_course"


# --- coverage --------------------------------------------------------------------------------------------


@final
@frozen(kw_only=True)
class Coverage:
    """Which share of a group has reached the hours (覆盖率): how many, of how many, on which day.

    ``share`` is None where there is nobody to cover (``reason`` says so), or where it is not known whether there is
    anybody. ``denominator`` names the head-count, of which so many are ``listed`` by name. ``reached`` and
    ``undecided`` are the ids of those in post on ``as_of``; ``left`` and ``not_yet`` of those who have records but
    had left by then or were not yet in post.
    """

    group: str
    as_of: datetime.date
    at_least: Amount
    counting: Counting
    share: Amount | AmountRange | None
    counted: Amount | AmountRange
    population: Amount | AmountRange
    listed: int
    denominator: Label
    reached: tuple[str, ...] = field(repr=False)
    undecided: tuple[str, ...] = field(repr=False)
    left: tuple[str, ...] = ()
    not_yet: tuple[str, ...] = ()
    reason: Reason | None = None

    @property
    def label(self) -> Label:
        """What it is the coverage of: the group, the hours, how they count, and the head-count."""
        total = self.counting is Counting.TOTAL
        zh = f"{self.group}培训覆盖率（{'累计' if total else '任一期'}不少于{self.at_least}；{self.denominator.zh}）"
        way = "in all" if total else "in any one course"
        en = f"coverage of {self.group} (at least {self.at_least} {way}; {self.denominator.en})"
        return Label(zh, en)

    def judge(
        self, required: Amount | str, *, citation: Citation | None = None, severity: Severity = Severity.ERROR
    ) -> Finding:
        """Return the finding that the share is at least what is required, such as ``65%``.

        NOT_APPLICABLE where there is nobody to cover; UNKNOWN, with whose hours are missing, where the unknown decides.
        """
        reading = _Reading()
        wanted = reading.amount("required", required, "%")
        if required is None:
            reading.problem("required", required, "a share such as '65%'")
        reading.finish()
        assert wanted is not None  # noqa: S101 - anything else was a problem
        verdict, shortfall = self._verdict(wanted)
        return Finding(
            id=f"ledger/coverage/{self.group}/{self.as_of}",
            rule="coverage",
            label=self.label,
            verdict=verdict,
            severity=severity,
            stage=Stage.ACHIEVED,
            relation=Operator.AT_LEAST,
            observed=self.share,
            required=wanted,
            shortfall=shortfall if verdict is Verdict.UNMET else None,
            missing=self._missing() if verdict is Verdict.UNKNOWN else (),
            reason=Reason(ReasonKind.MISSING) if verdict is Verdict.UNKNOWN else self.reason,
            remarks=tuple(self._remarks()),
            citation=citation,
        )

    def _verdict(self, wanted: Amount) -> tuple[Verdict, Amount | AmountRange | None]:
        share = self.share
        if share is None:
            nobody = self.reason is not None
            return (Verdict.NOT_APPLICABLE if nobody else Verdict.UNKNOWN), None
        low, high = (share, share) if isinstance(share, Amount) else (share.low, share.high)
        assert low is not None and high is not None  # noqa: S101, PT018 - a share is bounded by 0 and 1
        if low >= wanted:
            return Verdict.MET, None
        if high >= wanted:
            return Verdict.UNKNOWN, None
        return Verdict.UNMET, wanted - low if low == high else AmountRange(wanted - high, wanted - low)

    def _missing(self) -> tuple[Missing, ...]:
        lacking = [
            Missing(f"{person}.hours", _HOURS_LABEL, _HOURS, of=Label(person, person)) for person in self.undecided
        ]
        if not isinstance(self.population, Amount) or self.population.root > self.listed:
            who = Label(f"未列明的{self.group}", f"people of {self.group} who are not listed")
            lacking.append(Missing(f"population[{self.group}].unlisted", who, None, of=Label(self.group, self.group)))
        return tuple(lacking)

    def _remarks(self) -> Iterator[Label]:
        if self.left:
            yield Label(
                f"有参训记录但{self.as_of}前已离任，不计入：{_some(self.left, '、')}",
                f"with records but no longer in post on {self.as_of}, not counted: {_some(self.left, ', ')}",
            )
        if self.not_yet:
            yield Label(
                f"有参训记录但{self.as_of}尚未到任，不计入：{_some(self.not_yet, '、')}",
                f"with records but not yet in post on {self.as_of}, not counted: {_some(self.not_yet, ', ')}",
            )


def _some(names: Sequence[str], comma: str) -> str:
    more = f"{comma}… ({len(names)})" if len(names) > _MOST_NAMED else ""
    return comma.join(names[:_MOST_NAMED]) + more


def _between(low: int, high: int | None, unit: Unit) -> Amount | AmountRange:
    least = Amount.from_root(low, unit)
    if high is None:
        return AmountRange(least, None)
    return least if low == high else AmountRange(least, Amount.from_root(high, unit))


@final
@frozen(kw_only=True)
class _Roll:
    """Who is listed for one group, and how many of them are in post on any day."""

    people: tuple[Trainee, ...]
    begins: tuple[datetime.date, ...]
    ends: tuple[datetime.date, ...]

    @classmethod
    def of(cls, people: Sequence[Trainee]) -> _Roll:
        begins = sorted(person.since or datetime.date.min for person in people)
        ends = sorted(person.until for person in people if person.until is not None)
        return cls(people=tuple(people), begins=tuple(begins), ends=tuple(ends))

    def number(self, on: datetime.date) -> int:
        return bisect_right(self.begins, on) - bisect_left(self.ends, on)


_EMPTY_ROLL: Final = _Roll.of(())


# --- the ledger ------------------------------------------------------------------------------------------


def _rows(where: str, rows: Iterable[_T]) -> tuple[_T, ...]:
    if isinstance(rows, str | bytes | Mapping) or not isinstance(rows, Iterable):
        raise FactsError.of(where, came=excerpt(rows), needed="a list of records")
    found = tuple(islice(rows, _MOST_ROWS + 1))
    if len(found) > _MOST_ROWS:
        raise FactsError.of(where, came=f"more than {_MOST_ROWS} records", needed=f"at most {_MOST_ROWS}")
    return found


def _population(rows: Iterable[Trainee]) -> tuple[Trainee, ...]:
    return _rows("population", rows)


def _attendances(rows: Iterable[Attendance]) -> tuple[Attendance, ...]:
    return _rows("attendances", rows)


def _courses(rows: Iterable[TrainingCourse]) -> tuple[TrainingCourse, ...]:
    return _rows("courses", rows)


def _head_counts(rows: Iterable[HeadCount]) -> tuple[HeadCount, ...]:
    return _rows("head_counts", rows)


def _stated(rows: Iterable[StatedCoverage]) -> tuple[StatedCoverage, ...]:
    return _rows("stated", rows)


@final
@frozen(kw_only=True)
class Ledger:
    """Who is to be trained, and who attended what: one year's training records, checked when they are put together.

    ``equivalence`` turns days into class-hours; without one a record that gives days is refused. ``courses`` declare
    what was held and of which kind. ``head_counts`` state how large a group is: if larger than its list, the others
    are unknown. ``stated`` are claims of coverage to be checked. ``first`` and ``last`` are the days of the ledger:
    a record outside them does not count, and one without a day is taken to lie within them.

    Raises ``FactsError`` with every problem: two people with one id, days without an equivalence, dates that cross.

    >>> ledger = Ledger(
    ...     population=[Trainee(id="zhang", group="书记"), Trainee(id="li", group="书记")],
    ...     attendances=[Attendance(person="zhang", course="书记轮训", day="2026-05-11", hours="8 学时")],
    ... )
    >>> str(ledger.hours("zhang")), str(ledger.hours("li"))
    ('8 学时', '0 学时')
    >>> day = datetime.date(2026, 12, 31)
    >>> str(ledger.coverage("书记", at_least="8 学时", counting="total", as_of=day).share)
    '50%'
    """

    population: tuple[Trainee, ...] = field(converter=_population, repr=False)
    attendances: tuple[Attendance, ...] = field(converter=_attendances, repr=False)
    equivalence: Equivalence | None = None
    courses: tuple[TrainingCourse, ...] = field(default=(), converter=_courses)
    head_counts: tuple[HeadCount, ...] = field(default=(), converter=_head_counts)
    stated: tuple[StatedCoverage, ...] = field(default=(), converter=_stated, repr=False)
    first: datetime.date | None = None
    last: datetime.date | None = None
    _per_day: Number | None = field(init=False, eq=False, repr=False)
    _recorded: tuple[_Hours, ...] = field(init=False, eq=False, repr=False)
    _people: Mapping[str, Trainee] = field(init=False, eq=False, repr=False)
    _rolls: Mapping[str, _Roll] = field(init=False, eq=False, repr=False)
    _counts: Mapping[tuple[str, datetime.date], int] = field(init=False, eq=False, repr=False)
    _partial: frozenset[str] = field(init=False, eq=False, repr=False)
    _sittings: tuple[_Sitting, ...] = field(init=False, eq=False, repr=False)
    _hours: Mapping[str, Mapping[str, _Hours]] = field(init=False, eq=False, repr=False)
    _unnamed: Mapping[str, _Hours] = field(init=False, eq=False, repr=False)
    _unnamed_rows: Mapping[str, int] = field(init=False, eq=False, repr=False)
    _stages: Mapping[str, Mapping[str | None, datetime.date]] = field(init=False, eq=False, repr=False)
    _recorded_courses: Mapping[str, None] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self._check()
        put = functools.partial(object.__setattr__, self)
        rolls: dict[str, list[Trainee]] = defaultdict(list)
        for person in self.population:
            rolls[person.group].append(person)
        put("_people", {person.id: person for person in self.population})
        put("_rolls", {group: _Roll.of(people) for group, people in rolls.items()})
        put("_counts", {(count.group, count.on): count.number for count in self.head_counts})
        beyond = (count.group for count in self.head_counts if count.number > self._listed(count.group, count.on))
        put("_partial", frozenset(beyond))
        put("_per_day", None if self.equivalence is None else self.equivalence.per_day)
        put("_recorded", tuple(self._read(row) for row in self.attendances))
        put("_recorded_courses", dict.fromkeys(row.course for row in self.attendances))
        put("_sittings", tuple(self._gather()))
        self._tally(put)

    def _tally(self, put: Callable[[str, object], None]) -> None:
        """Add up each person's hours by course, and note the stages of each course."""
        hours: dict[str, dict[str, _Hours]] = defaultdict(dict)
        unnamed: dict[str, _Hours] = {}
        unnamed_rows: dict[str, int] = defaultdict(int)
        stages: dict[str, dict[str | None, datetime.date]] = defaultdict(dict)
        for sitting in self._sittings:
            if sitting.is_outside:
                continue
            of = unnamed if sitting.person is None else hours[sitting.person]
            of[sitting.course] = of.get(sitting.course, _NOTHING) + sitting.count
            if sitting.person is None:
                unnamed_rows[sitting.course] += 1
            first, begins = sitting.first or datetime.date.max, stages[sitting.course]
            begins[sitting.course_stage] = min(first, begins.get(sitting.course_stage, first))
        put("_hours", dict(hours))
        put("_unnamed", unnamed)
        put("_unnamed_rows", dict(unnamed_rows))
        put("_stages", dict(stages))

    def _check(self) -> None:
        reading = _Reading()
        for where, rows, kind in (
            ("population", self.population, Trainee),
            ("attendances", self.attendances, Attendance),
            ("courses", self.courses, TrainingCourse),
            ("head_counts", self.head_counts, HeadCount),
            ("stated", self.stated, StatedCoverage),
        ):
            for index, row in enumerate(rows):
                if not isinstance(row, kind):
                    reading.problem(f"{where}[{index}]", row, f"a {kind.__name__}")
        reading.kind("equivalence", self.equivalence, Equivalence)
        for where in ("first", "last"):
            day = getattr(self, where)
            if isinstance(day, str):
                reading.problem(where, day, "a datetime.date, or None")
            reading.day(where, day)
        reading.finish()
        reading.order(self.first, self.last, "first")
        _once(reading, "population", ((person.id, person.id) for person in self.population), "id")
        _once(reading, "courses", ((course.name, course.name) for course in self.courses), "name")
        dated = (((count.group, count.on), f"{count.group} on {count.on}") for count in self.head_counts)
        _once(reading, "head_counts", dated, "group and day")
        if self.equivalence is None:
            for index, row in enumerate(self.attendances):
                if row.days is not None:
                    reading.problem(
                        f"attendances[{index}].days",
                        str(row.days),
                        "an equivalence such as Equivalence('8 学时/天', citation=…) to take days as class-hours",
                    )
        groups = self._known_groups()
        alike = _Alike.of_names(groups)
        for index, stated in enumerate(self.stated):
            if stated.group not in groups:
                near = alike.find_name(stated.group)
                needed = "a group of the population or of the head-counts"
                reading.problems.append(Problem(f"stated[{index}].group", excerpt(stated.group), needed, near))
        reading.finish()

    def _known_groups(self) -> dict[str, None]:
        listed = (person.group for person in self.population)
        return dict.fromkeys([*listed, *(count.group for count in self.head_counts)])

    @classmethod
    def from_rows(
        cls,
        *,
        population: Iterable[Mapping[str, object]],
        attendances: Iterable[Mapping[str, object]],
        equivalence: Equivalence | None = None,
        courses: Iterable[Mapping[str, object]] = (),
        head_counts: Iterable[Mapping[str, object]] = (),
        stated: Iterable[Mapping[str, object]] = (),
        first: datetime.date | None = None,
        last: datetime.date | None = None,
    ) -> Ledger:
        """Build a ledger from mappings whose keys are the names of the fields; amounts and days may be text.

        Raises ``FactsError`` with the problems of all rows, each with its place, such as ``attendances[3].hours``.

        >>> ledger = Ledger.from_rows(
        ...     population=[{"id": "zhang", "group": "书记"}],
        ...     attendances=[{"person": "zhang", "course": "书记轮训", "day": "2026-05-11", "hours": "8 学时"}],
        ... )
        >>> str(ledger.hours("zhang"))
        '8 学时'
        """
        problems: list[Problem] = []
        read = {
            "population": _records(Trainee, population, "population", problems),
            "attendances": _records(Attendance, attendances, "attendances", problems),
            "courses": _records(TrainingCourse, courses, "courses", problems),
            "head_counts": _records(HeadCount, head_counts, "head_counts", problems),
            "stated": _records(StatedCoverage, stated, "stated", problems),
        }
        if problems:
            raise FactsError(*problems)
        return cls(**read, equivalence=equivalence, first=first, last=last)  # type: ignore[arg-type]

    # --- hours

    def _cap(self, first: datetime.date | None, last: datetime.date | None) -> Number | None:
        """Return how many class-hours these days hold at the equivalence; None where that is not known."""
        length = _length(first, last)
        return None if length is None or self._per_day is None else length * self._per_day

    def _read(self, row: Attendance) -> _Hours:
        """Return the hours of one record: both of two that disagree lie within the bounds."""
        cap = self._cap(row.day, row.last)
        given, hours, days = row.hours, None, self._of_days(row)
        if isinstance(given, Amount):
            number = _plain(given.root)
            hours = _Hours(number, number)
        elif given is not None:
            low = 0 if given.low is None else _plain(given.low.root)
            high = cap if given.high is None else _plain(given.high.root)
            hours = _Hours(low, None if high is None else max(low, high))
        if days is None:
            return hours or _Hours(0, cap)
        if hours is None or (hours.low <= days and hours.may_reach(days)):
            return _Hours(days, days)
        if hours.high is None:
            return _Hours(days, None)
        return _Hours(min(hours.low, days), max(hours.high, days))

    def _of_days(self, row: Attendance) -> Number | None:
        if row.days is None or self._per_day is None:
            return None
        return _plain(row.days.number_in(_DAYS) * self._per_day)

    def _gather(self) -> Iterator[_Sitting]:
        """Put the achieved records together that nothing tells apart; one without a person stands for itself."""
        alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for index, row in enumerate(self.attendances):
            if row.stage is Stage.ACHIEVED:
                own = index if row.person is None else None
                alike[(row.person, row.course, row.course_stage, row.day, row.last, own)].append(index)
        for rows in alike.values():
            row = self.attendances[rows[0]]
            recorded = self._recorded[rows[0]] if len(rows) == 1 else self._doubled(rows)
            yield _Sitting(
                person=row.person,
                course=row.course,
                course_stage=row.course_stage,
                first=row.day,
                last=row.last,
                rows=tuple(rows),
                recorded=recorded,
                count=self._counting(row, recorded),
                is_outside=self._is_outside(row),
            )

    def _doubled(self, rows: Sequence[int]) -> _Hours:
        """Return the hours of records that may be one sitting or several: once at least, and no more than fit."""
        parts = [self._recorded[index] for index in rows]
        low = min(part.low for part in parts)
        highs = [part.high for part in parts if part.high is not None]
        if len(highs) < len(parts):
            return _Hours(low, None)
        first = self.attendances[rows[0]]
        cap, several = self._cap(first.day, first.last), sum(highs)
        return _Hours(low, max(*highs, several if cap is None else min(several, cap)))

    def _is_outside(self, row: Attendance) -> bool:
        if row.day is None or row.last is None:
            return False
        late = self.last is not None and row.day > self.last
        return late or (self.first is not None and row.last < self.first)

    def _counting(self, row: Attendance, recorded: _Hours) -> _Hours:
        """Return what counts of a record: perhaps nothing of what may lie outside the ledger or the time in post."""
        first, last, inside = self.first, self.last, True
        if row.day is not None:
            first, last = row.day, row.last
            inside = _within(first, last, self.first, self.last)
        person = None if row.person is None else self._people.get(row.person)
        if person is not None and inside:
            inside = _within(first, last, person.since, person.until)
        return recorded if inside else _Hours(0, recorded.high)

    def _picked(self, courses: Iterable[str] | None) -> frozenset[str] | None:
        if courses is None:
            return None
        if isinstance(courses, str) or not isinstance(courses, Iterable):
            raise FactsError.of("courses", came=excerpt(courses), needed="a list of names of courses, or None for all")
        wanted = list(courses)
        declared = {course.name: None for course in self.courses}
        for name in wanted:
            if not isinstance(name, str) or (name not in declared and name not in self._recorded_courses):
                near = _near(name, {**declared, **self._recorded_courses})
                raise NotFoundError.of(
                    "courses", came=excerpt(name), needed="a course that is declared or recorded", nearest=near
                )
        return frozenset(wanted)

    def hours(self, person: str, *, courses: Iterable[str] | None = None) -> Amount | AmountRange:
        """Return the class-hours that a person of the population completed, in all courses or in the named ones.

        A range where hours are not known; open above where nothing bounds them. Raises ``NotFoundError`` for a
        person or a course that is not known.
        """
        if not isinstance(person, str) or person not in self._people:
            near = _near(person, self._people)
            raise NotFoundError.of("person", came=excerpt(person), needed="an id of the population", nearest=near)
        picked = self._picked(courses)
        total = sum(_chosen(self._hours.get(person, {}), picked), _NOTHING)
        return (total + sum((_Hours(0, other.high) for other in _chosen(self._unnamed, picked)), _NOTHING)).amount

    # --- coverage

    def _needed(self, at_least: Amount | str) -> Amount:
        reading = _Reading()
        days = None
        if self.equivalence is not None and isinstance(at_least, str | Amount):
            days = _Reading().amount("at_least", at_least, _DAYS)
        hours = self.equivalence.hours(days) if days is not None and self.equivalence is not None else None
        amount = hours or reading.amount("at_least", at_least, _HOURS)
        if at_least is None or (amount is not None and amount.root == 0):
            reading.problem("at_least", at_least, "class-hours above zero, such as '24 学时'")
        reading.finish()
        assert amount is not None  # noqa: S101 - anything else was a problem
        return amount

    def _roll(self, group: str) -> _Roll:
        known = self._known_groups()
        if not isinstance(group, str) or (known and group not in known):
            near = _near(group, known)
            needed = f"a group of the population: {_some(tuple(known), ', ')}"
            raise NotFoundError.of("group", came=excerpt(group), needed=needed, nearest=near)
        return self._rolls.get(group, _EMPTY_ROLL)

    def _listed(self, group: str, on: datetime.date) -> int:
        return self._rolls.get(group, _EMPTY_ROLL).number(on)

    def _others(self, group: str, on: datetime.date) -> tuple[int, int | None]:
        """Return how many people of a group there are beside the listed ones, as far as the head-counts say."""
        count = self._counts.get((group, on))
        if count is not None:
            others = max(count - self._listed(group, on), 0)
            return others, others
        return 0, None if group in self._partial else 0

    def coverage(
        self,
        group: str,
        *,
        at_least: Amount | str,
        counting: Counting | str,
        as_of: datetime.date,
        courses: Iterable[str] | None = None,
    ) -> Coverage:
        """Return the share of a group's people in post on ``as_of`` who completed at least so many hours.

        ``counting`` says whether the hours of all courses count together (``"total"``) or those of any one course
        must suffice (``"any_course"``). Each person counts once. Raises ``NotFoundError`` for an unknown group.
        """
        way, needed = one_of(Counting, counting, "counting"), self._needed(at_least)
        reading = _Reading()
        day = reading.needed_day("as_of", as_of)
        reading.finish()
        roll, picked = self._roll(group), self._picked(courses)
        unnamed = dict(_items(self._unnamed, picked))
        reached: list[str] = []
        undecided: list[str] = []
        helped: list[str] = []
        for person in roll.people:
            if not person.in_post(day):
                continue
            own = dict(_items(self._hours.get(person.id, {}), picked))
            sure, possible = _reaches(own, _plain(needed.root), way)
            if sure:
                reached.append(person.id)
            elif possible:
                undecided.append(person.id)
            elif unnamed and _reaches_with(own, unnamed, _plain(needed.root), way):
                helped.append(person.id)
        # A record without a person is one person's: it helps no more people than there are such records.
        spare = sum(self._unnamed_rows[course] for course in unnamed)
        possible_count = len(reached) + len(undecided) + min(len(helped), spare)
        listed = self._listed(group, day)
        least, most = self._others(group, day)
        unit = _unit_of(group)
        share = _share(len(reached), possible_count, listed, (least, most))
        return Coverage(
            group=group,
            as_of=day,
            at_least=needed,
            counting=way,
            share=share,
            counted=_between(len(reached), None if most is None else possible_count + most, unit),
            population=_between(listed + least, None if most is None else listed + most, unit),
            denominator=self._denominator(group, day, listed, least, most),
            reached=tuple(sorted(reached)),
            undecided=tuple(sorted([*undecided, *helped])),
            left=self._away(roll, picked, lambda person: person.until is not None and person.until < day),
            not_yet=self._away(roll, picked, lambda person: person.since is not None and person.since > day),
            reason=Reason(ReasonKind.EMPTY_POPULATION, group) if listed == 0 and most == 0 else None,
            listed=listed,
        )

    def _away(self, roll: _Roll, picked: frozenset[str] | None, test: Callable[[Trainee], bool]) -> tuple[str, ...]:
        away = (person.id for person in roll.people if test(person))
        return tuple(sorted(name for name in away if any(True for _ in _items(self._hours.get(name, {}), picked))))

    def _denominator(self, group: str, day: datetime.date, listed: int, least: int, most: int | None) -> Label:
        zh, en = f"{day}在册{group}名单{listed}人", f"{listed} listed for {group} in post on {day}"
        if most is None:
            return Label(f"{zh}，另有未列明人员", f"{en}, and others who are not listed")
        if least:
            total = listed + least
            return Label(
                f"{day}在册{group}{total}人（名单{listed}人，未列明{least}人）",
                f"{total} of {group} in post on {day}: {listed} listed, {least} not listed",
            )
        return Label(zh, en)

    # --- courses

    def _held(self) -> dict[str, str | None]:
        """Return the courses that were held, with their kinds: those attended, and those declared as achieved."""
        kinds = {course.name: course.kind for course in self.courses}
        declared = (course.name for course in self.courses if course.stage is Stage.ACHIEVED)
        return {name: kinds.get(name) for name in sorted({*declared, *self._stages})}

    def courses_held(self, kind: str | None = None) -> Amount | AmountRange:
        """Return how many courses were held, all or those of one kind; a range where a course's kind is not known.

        Raises ``NotFoundError`` for a kind that no declared course has.
        """
        held = list(self._held().values())
        if kind is None:
            return _between(len(held), len(held), Unit.parse("期"))
        kinds = dict.fromkeys(course.kind for course in self.courses if course.kind is not None)
        if not isinstance(kind, str) or kind not in kinds:
            near = _near(kind, kinds)
            raise NotFoundError.of("kind", came=excerpt(kind), needed="a kind of a declared course", nearest=near)
        sure, unsure = held.count(kind), held.count(None)
        return _between(sure, sure + unsure, Unit.parse("期"))

    def course_stages(self, course: str) -> tuple[str, ...]:
        """Return the stages of a course that somebody attended, by their first day, then by name."""
        self._picked([course])
        begins = {stage: day for stage, day in self._stages.get(course, {}).items() if stage is not None}
        return tuple(sorted(begins, key=lambda stage: (begins[stage], stage)))

    def _stage_count(self, course: str) -> Amount | AmountRange | None:
        """Return how many stages a course had: at least the named ones where a record names none."""
        stages = self._stages.get(course)
        if stages is None:
            return None
        named = len(stages) - (None in stages)
        return _between(max(named, 1), None if None in stages else named, Unit.parse("个[阶段]"))

    # --- facts

    def facts(
        self, groups: Mapping[str, str], *, as_of: datetime.date, courses: str | None = None
    ) -> dict[str, object]:
        """Return the plain facts that a standard judges, such as those of ``xinping_2026_training``.

        ``groups`` maps the name of a collection to a group: its people in post on ``as_of``, each with ``name`` and
        ``attended``, one item for each course with ``course`` and ``class_hours``. ``courses`` names the collection
        of courses held, each with ``kind`` and ``stages``.
        """
        if not isinstance(groups, Mapping):
            raise FactsError.of("groups", came=excerpt(groups), needed="a mapping from collections to groups")
        reading = _Reading()
        day = reading.needed_day("as_of", as_of)
        if courses is not None and (not isinstance(courses, str) or courses in groups):
            reading.problem("courses", courses, "the name of a collection of its own, or None")
        reading.finish()
        origins = self._origins()
        found: dict[str, object] = {}
        for name, group in groups.items():
            people = [self._person(who, origins) for who in self._roll(group).people if who.in_post(day)]
            least, most = self._others(group, day)
            found[name] = (
                people if most == 0 else Listed(items=tuple(people), others_at_least=least, others_at_most=most)
            )
        if courses is not None:
            found[courses] = [{"kind": kind, "stages": self._stage_count(name)} for name, kind in self._held().items()]
        return found

    def _person(self, person: Trainee, origins: Mapping[tuple[str, str], Given]) -> dict[str, object]:
        attended = [
            {"course": course, "class_hours": evolve(origins[person.id, course], value=_fact(hours))}
            for course, hours in self._hours.get(person.id, {}).items()
        ]
        unnamed = sum(self._unnamed_rows.values())
        listed = Listed(items=tuple(attended), others_at_most=unnamed) if unnamed else attended
        return {"name": person.name, "attended": listed}

    def _origins(self) -> dict[tuple[str, str], Given]:
        """Return for each person and course who recorded it, and where, as far as there is one place."""
        rows: dict[tuple[str, str], list[int]] = defaultdict(list)
        for sitting in self._sittings:
            if sitting.person is not None and not sitting.is_outside:
                rows[sitting.person, sitting.course].extend(sitting.rows)
        return {key: self._origin(found) for key, found in rows.items()}

    def _origin(self, rows: Sequence[int]) -> Given:
        spans, sources = self._places(rows)
        return Given(value=None, source="；".join(sources) or None, span=spans[0] if len(spans) == 1 else None)

    def _places(self, rows: Iterable[int]) -> tuple[tuple[Span, ...], tuple[str, ...]]:
        found = [self.attendances[index] for index in rows]
        spans = dict.fromkeys(row.span for row in found if row.span is not None)
        return tuple(spans), tuple(dict.fromkeys(row.source for row in found if row.source is not None))

    # --- what cannot be right

    def review(self, *, on: datetime.date) -> Review:
        """Return what cannot be right in the records, and what is not known: a finding for each check.

        The children of a finding are the records that it is about, each with an id of its own that does not depend
        on the order of the records. ``on`` is the day of the review: nothing was achieved after it.
        """
        day = check_day(on)
        checks = (
            self._attendee_check(),
            self._named_check(),
            self._in_post_check(),
            self._in_period_check(),
            self._held_check(day),
            self._known_check(),
            self._restated_check(),
            self._day_check(),
            self._once_check(),
            self._overlap_check(),
            self._course_check(),
            self._head_count_check(),
            self._share_check(),
            self._planned_check(),
        )
        return Review(title=Label("参训台账", "training ledger"), on=day, findings=checks)

    def _problem(
        self,
        check: _Check,
        key: str,
        label: Label,
        rows: Sequence[int],
        *,
        verdict: Verdict = Verdict.UNMET,
        remark: Label | None = None,
    ) -> Finding:
        """Return the finding about these records, to which a check adds what it compared or misses."""
        spans, sources = self._places(rows)
        places = [f"attendances[{index}]" for index in rows]
        remarks = [remark] if remark is not None else []
        if len(places) > 1:
            remarks.append(Label(f"所涉记录：{_some(places, '、')}", f"records: {_some(places, ', ')}"))
        return Finding(
            id=f"ledger/{check.name}/{key}",
            rule=check.name,
            label=label,
            verdict=verdict,
            severity=check.severity,
            reason=Reason(ReasonKind.MISSING) if verdict is Verdict.UNKNOWN else None,
            remarks=tuple(remarks),
            spans=spans,
            sources=sources,
            about=places[0] if places else "",
        )

    def _title(self, person: str | None) -> Label:
        if person is None:
            return Label("未写明的人员", "a person not named")
        known = self._people.get(person)
        return Label(person, person) if known is None else Label(known.name, known.name)

    def _row_label(self, row: Attendance | _Sitting) -> Label:
        who = self._title(row.person)
        first, last = (row.day, row.last) if isinstance(row, Attendance) else (row.first, row.last)
        what = f"{row.course}{f'（{row.course_stage}）' if row.course_stage else ''}"
        if first is None:
            return Label(f"{who.zh}：{what}", f"{who.en}: {what}")
        zh, en = (f"{first}", f"{first}") if first == last else (f"{first}至{last}", f"{first} to {last}")
        return Label(f"{who.zh}：{what}，{zh}", f"{who.en}: {what}, {en}")

    def _attendee_check(self) -> Finding:
        check = _ATTENDEE
        strangers: dict[str, list[int]] = defaultdict(list)
        for index, row in enumerate(self.attendances):
            if row.person is not None and row.person not in self._people:
                strangers[row.person].append(index)
        alike = _Alike.of(self.population if strangers else ())
        found: list[Finding] = []
        for name, rows in strangers.items():
            near = alike.find(name)
            remark = None
            if near is not None:
                same = near.name if near.name == near.id else f"{near.name} ({near.id})"
                remark = Label(f"名单中相近者：{same}", f"nearest in the population: {same}")
            found.append(self._problem(check, name, Label(name, name), rows, remark=remark))
        return check.sum_up(found, looked=any(row.person is not None for row in self.attendances))

    def _named_check(self) -> Finding:
        check, found = _NAMED, []
        for sitting in self._sittings:
            if sitting.person is None:
                finding = self._problem(
                    check, sitting.key, self._row_label(sitting), sitting.rows, verdict=Verdict.UNKNOWN
                )
                who = Label("参训人员", "attendee")
                lack = Missing(f"attendances[{sitting.rows[0]}].person", who, None, of=self._title(None))
                found.append(evolve(finding, missing=(lack,)))
        return check.sum_up(found, looked=bool(self._sittings))

    def _in_post_check(self) -> Finding:
        check, found, looked = _IN_POST, [], False
        for sitting in self._sittings:
            person = None if sitting.person is None else self._people.get(sitting.person)
            if person is None:
                continue
            looked = True
            first, last = (sitting.first, sitting.last) if sitting.first else (self.first, self.last)
            if _within(first, last, person.since, person.until):
                continue
            tenure = f"{person.since or '…'} – {person.until or '…'}"
            remark = Label(f"在任期间：{tenure}", f"in post: {tenure}")
            verdict = Verdict.UNMET if sitting.first else Verdict.UNKNOWN
            label = self._row_label(sitting)
            finding = self._problem(check, sitting.key, label, sitting.rows, verdict=verdict, remark=remark)
            found.append(finding if sitting.first else evolve(finding, missing=(self._no_day(sitting.rows[0]),)))
        return check.sum_up(found, looked=looked)

    def _no_day(self, index: int) -> Missing:
        who = self._title(self.attendances[index].person)
        return Missing(f"attendances[{index}].day", Label("参训日期", "day of attendance"), None, of=who)

    def _in_period_check(self) -> Finding:
        check, days = _IN_PERIOD, f"{self.first or '…'} – {self.last or '…'}"
        remark = Label(f"台账期间：{days}", f"days of the ledger: {days}")
        found = [
            self._problem(check, sitting.key, self._row_label(sitting), sitting.rows, remark=remark)
            for sitting in self._sittings
            if sitting.first is not None and not _within(sitting.first, sitting.last, self.first, self.last)
        ]
        bounded = self.first is not None or self.last is not None
        return check.sum_up(found, looked=bounded and any(sitting.first for sitting in self._sittings))

    def _held_check(self, on: datetime.date) -> Finding:
        check = _HELD
        found = [
            evolve(
                self._problem(check, sitting.key, self._row_label(sitting), sitting.rows),
                relation=Operator.AT_MOST,
                observed=sitting.last,
                required=on,
            )
            for sitting in self._sittings
            if sitting.last is not None and sitting.last > on
        ]
        return check.sum_up(found, looked=any(sitting.last for sitting in self._sittings))

    def _known_check(self) -> Finding:
        check, found = _KNOWN, []
        for sitting in self._sittings:
            lacking = [index for index in sitting.rows if not self._is_exact(self.attendances[index])]
            if lacking:
                label = self._row_label(sitting)
                finding = self._problem(check, sitting.key, label, lacking, verdict=Verdict.UNKNOWN)
                who = self._title(sitting.person)
                missing = tuple(
                    Missing(f"attendances[{index}].hours", _HOURS_LABEL, _HOURS, of=who) for index in lacking
                )
                observed = None if sitting.recorded == (0, None) else sitting.recorded.amount
                found.append(evolve(finding, missing=missing, observed=observed))
        return check.sum_up(found, looked=bool(self._sittings))

    @staticmethod
    def _is_exact(row: Attendance) -> bool:
        return row.days is not None or isinstance(row.hours, Amount)

    def _restated_check(self) -> Finding:
        check, found, looked = _RESTATED, [], False
        for index, row in enumerate(self.attendances):
            days = self._of_days(row)
            if days is None or row.hours is None:
                continue
            looked = True
            given, required = row.hours, Amount.from_root(days, _HOURS)
            gap = abs(given - required) if isinstance(given, Amount) else None
            if required in given if isinstance(given, AmountRange) else given == required:
                continue
            key = _key(row.person, row.course, row.course_stage, row.day, row.last)
            remark = Label(f"{row.days}按{self._rate}折算", f"{row.days} at {self._rate}")
            finding = self._problem(check, key, self._row_label(row), [index], remark=remark)
            compared = evolve(finding, relation=Operator.EQUAL, observed=given, required=required, shortfall=gap)
            found.append(compared)
        return self._cited(check.sum_up(found, looked=looked))

    @property
    def _rate(self) -> str:
        return "" if self.equivalence is None else str(self.equivalence.rate)

    def _cited(self, finding: Finding) -> Finding:
        """Add the source of the equivalence, or say that there is none to check by."""
        if self.equivalence is None:
            none = Label("未提供学时折算标准", "no equivalence of days and class-hours was given")
            return evolve(finding, remarks=(*finding.remarks, none))
        source = self.equivalence.citation
        children = tuple(evolve(child, citation=source) for child in finding.children)
        return evolve(finding, citation=source, children=children)

    def _above(self, finding: Finding, seen: Number, most: Number) -> Finding:
        return evolve(
            finding,
            relation=Operator.AT_MOST,
            observed=Amount.from_root(seen, _HOURS),
            required=Amount.from_root(most, _HOURS),
            shortfall=Amount.from_root(seen - most, _HOURS),
        )

    def _day_check(self) -> Finding:
        check, found, looked = _DAY, [], False
        remark = Label("跨多日的记录应写明起止日期", "a record of several days must give its last day")
        for index, row in enumerate(self.attendances):
            cap = self._cap(row.day, row.last)
            if cap is None or row.stage is not Stage.ACHIEVED:
                continue
            looked = True
            low = self._recorded[index].low
            if low > cap:
                key = _key(row.person, row.course, row.course_stage, row.day, row.last)
                single = remark if row.day == row.last else None
                finding = self._problem(check, key, self._row_label(row), [index], remark=single)
                found.append(self._above(finding, low, cap))
        return self._cited(check.sum_up(found, looked=looked))

    def _once_check(self) -> Finding:
        check, found = _ONCE, []
        for sitting in self._sittings:
            if len(sitting.rows) == 1:
                continue
            total = sum(self._recorded[index].low for index in sitting.rows)
            cap = self._cap(sitting.first, sitting.last)
            label = self._row_label(sitting)
            if cap is not None and total > cap:
                finding = self._problem(check, sitting.key, label, sitting.rows)
                found.append(self._above(finding, total, cap))
                continue
            finding = self._problem(check, sitting.key, label, sitting.rows, verdict=Verdict.UNKNOWN)
            index, who = sitting.rows[-1], self._title(sitting.person)
            what = Missing(
                f"attendances[{index}].course_stage", Label("所属阶段或场次", "which stage or session"), None, of=who
            )
            lack = self._no_day(index) if sitting.first is None else what
            found.append(evolve(finding, missing=(lack,), observed=sitting.recorded.amount))
        return check.sum_up(found, looked=bool(self._sittings))

    def _overlap_check(self) -> Finding:
        check, looked = _OVERLAP, False
        found: list[Finding] = []
        people: dict[str, list[_Span]] = defaultdict(list)
        if self._per_day is not None:
            for number, sitting in enumerate(self._sittings):
                cap = self._cap(sitting.first, sitting.last)
                if sitting.person is None or sitting.first is None or sitting.last is None or cap is None:
                    continue
                start, end = sitting.first.toordinal(), sitting.last.toordinal() + 1
                people[sitting.person].append(_Span(start, end, min(sitting.recorded.low, cap), number))
        for person, spans in people.items():
            looked = True
            assert self._per_day is not None  # noqa: S101 - else there are no spans
            crowds = _crowds(spans, self._per_day)
            found.extend(self._crowded(check, person, crowd) for crowd in crowds)
        return self._cited(check.sum_up(found, looked=looked))

    def _crowded(self, check: _Check, person: str, crowd: Sequence[_Span]) -> Finding:
        first = datetime.date.fromordinal(min(span.start for span in crowd))
        last = datetime.date.fromordinal(max(span.end for span in crowd) - 1)
        sittings = [self._sittings[span.number] for span in crowd]
        courses = tuple(sorted({sitting.course for sitting in sittings}))
        rows = sorted(index for sitting in sittings for index in sitting.rows)
        who, cap = self._title(person), self._cap(first, last)
        days = f"{first}" if first == last else f"{first} – {last}"
        label = Label(f"{who.zh}：{_some(courses, '、')}，{days}", f"{who.en}: {_some(courses, ', ')}, {days}")
        key = f"{person}/{days}".replace(" – ", "..")
        assert cap is not None  # noqa: S101 - the days are known, and so is the equivalence
        return self._above(self._problem(check, key, label, rows), sum(span.hours for span in crowd), cap)

    def _course_check(self) -> Finding:
        check, found = _COURSE, []
        declared = {course.name: course for course in self.courses}
        rows: dict[str, list[int]] = defaultdict(list)
        for index, row in enumerate(self.attendances):
            course = declared.get(row.course)
            if course is None:
                rows[row.course].append(index)
            elif row.day is not None and not _within(row.day, row.last, course.first, course.last):
                days = f"{course.first or '…'} – {course.last or '…'}"
                remark = Label(f"培训班起止：{days}", f"days of the course: {days}")
                key = _key(row.person, row.course, row.course_stage, row.day, row.last)
                found.append(self._problem(check, key, self._row_label(row), [index], remark=remark))
        if not declared:
            return check.sum_up([], looked=False)
        similar = _Alike.of_names(declared)
        for name, indices in rows.items():
            near = similar.find_name(name)
            nearby = None if near is None else Label(f"相近的培训班：{near}", f"nearest declared course: {near}")
            found.append(self._problem(check, name, Label(name, name), indices, remark=nearby))
        return check.sum_up(found, looked=bool(self.attendances))

    def _head_count_check(self) -> Finding:
        check, found = _HEAD_COUNT, []
        for count in self.head_counts:
            listed = self._listed(count.group, count.on)
            if listed == count.number:
                continue
            label = Label(f"{count.on}在册{count.group}人数", f"head-count of {count.group} on {count.on}")
            unknown = count.number > listed
            finding = self._problem(
                check, f"{count.group}/{count.on}", label, (), verdict=Verdict.UNKNOWN if unknown else Verdict.UNMET
            )
            gap = Amount.from_root(abs(count.number - listed), count.count.unit)
            who = Label(f"未列明的{count.group}", f"people of {count.group} who are not listed")
            found.append(
                evolve(
                    finding,
                    relation=Operator.EQUAL,
                    observed=Amount.from_root(listed, count.count.unit),
                    required=count.count,
                    shortfall=None if unknown else gap,
                    missing=(
                        Missing(f"population[{count.group}].unlisted", who, None, of=Label(count.group, count.group)),
                    )
                    if unknown
                    else (),
                    spans=() if count.span is None else (count.span,),
                    sources=() if count.source is None else (count.source,),
                )
            )
        return check.sum_up(found, looked=bool(self.head_counts))

    def _share_check(self) -> Finding:
        check, found = _SHARE, []
        whole = Amount.of(100, "%")
        for stated in self.stated:
            listed = self._listed(stated.group, stated.as_of)
            least, most = self._others(stated.group, stated.as_of)
            label = Label(f"{stated.as_of}{stated.group}已训情况", f"trained of {stated.group} on {stated.as_of}")
            finding = evolve(
                self._problem(check, f"{stated.group}/{stated.as_of}", label, ()),
                relation=Operator.AT_MOST,
                spans=() if stated.span is None else (stated.span,),
                sources=() if stated.source is None else (stated.source,),
            )
            if stated.share is not None and stated.share > whole:
                gap = stated.share - whole
                found.append(evolve(finding, observed=stated.share, required=whole, shortfall=gap))
            if stated.trained is None or stated.trained.root <= listed + least:
                continue
            unit = stated.trained.unit
            if most is None:
                lack = Label(f"{stated.as_of}{stated.group}人数", f"head-count of {stated.group} on {stated.as_of}")
                missing = (
                    Missing(
                        f"head_counts[{stated.group}].count", lack, unit.text, of=Label(stated.group, stated.group)
                    ),
                )
                unknown = evolve(finding, verdict=Verdict.UNKNOWN, reason=Reason(ReasonKind.MISSING), missing=missing)
                found.append(evolve(unknown, observed=stated.trained))
                continue
            people = Amount.from_root(listed + most, unit)
            gap = stated.trained - people
            found.append(evolve(finding, observed=stated.trained, required=people, shortfall=gap))
        return check.sum_up(found, looked=bool(self.stated))

    def _planned_check(self) -> Finding:
        check, found = _PLANNED, []
        for index, row in enumerate(self.attendances):
            if row.stage is not Stage.ACHIEVED:
                key = _key(row.person, row.course, row.course_stage, row.day, row.last)
                finding = self._problem(check, key, self._row_label(row), [index], verdict=Verdict.UNKNOWN)
                found.append(evolve(finding, stage=row.stage, reason=Reason(ReasonKind.PLANNED_ONLY)))
        return check.sum_up(found, looked=bool(self.attendances))


# --- parts of the above ----------------------------------------------------------------------------------


def _near(name: object, known: Collection[str]) -> str | None:
    """Return the nearest known name, where there are not so many that looking for it would take long."""
    return nearest(name, known) if isinstance(name, str) and len(known) <= _MOST_COMPARED else None


def _once(reading: _Reading, where: str, keys: Iterable[tuple[object, str]], what: str) -> None:
    seen: dict[object, int] = {}
    for index, (key, shown) in enumerate(keys):
        if key in seen:
            came = f"{excerpt(shown)}, which {where}[{seen[key]}] has too"
            reading.problems.append(Problem(f"{where}[{index}]", came=came, needed=f"one record for each {what}"))
        else:
            seen[key] = index


def _records(
    kind: type[_T], rows: Iterable[Mapping[str, object]], where: str, problems: list[Problem]
) -> tuple[_T, ...]:
    try:
        found: tuple[object, ...] = _rows(where, rows)
    except FactsError as error:
        problems.extend(error.problems)
        return ()
    known = [attribute.name for attribute in fields(kind)]  # type: ignore[arg-type]
    required = _REQUIRED[kind.__name__]
    made: list[_T] = []
    nears: dict[object, str | None] = {}
    for index, row in enumerate(found):
        place = f"{where}[{index}]"
        if not isinstance(row, Mapping):
            problems.append(Problem(place, came=excerpt(row), needed=f"a mapping with {', '.join(known)}"))
            continue
        stray = [key for key in row if key not in known]
        for key in stray:
            if key not in nears:
                nears[key] = _near(key, known)
            near = nears[key]
            needed = f"one of {', '.join(known)}"
            problems.append(Problem(place, came=f"the key {excerpt(key)}", needed=needed, nearest=near))
        lacking = [name for name in required if name not in row]
        problems.extend(Problem(f"{place}.{name}", came="nothing", needed=f"the {name}") for name in lacking)
        blanks: dict[str, object] = dict.fromkeys(lacking, "-")
        try:
            record = kind(
                **({**blanks, **{key: row[key] for key in row if key not in stray}} if stray or lacking else row)
            )
        except FactsError as error:
            problems.extend(
                evolve(problem, where=f"{place}.{problem.where}")
                for problem in error.problems
                if problem.where not in lacking
            )
        else:
            made.append(record)
    return tuple(made)


_REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {
    "Trainee": ("id", "group"),
    "Attendance": ("person", "course"),
    "TrainingCourse": ("name",),
    "HeadCount": ("group", "count", "on"),
    "StatedCoverage": ("group", "as_of"),
}


def _within(
    first: datetime.date | None,
    last: datetime.date | None,
    since: datetime.date | None,
    until: datetime.date | None,
) -> bool:
    """Say whether days certainly lie within a time: what is not known may lie outside where there is a limit."""
    begins = since is None or (first is not None and since <= first)
    return begins and (until is None or (last is not None and last <= until))


def _items(hours: Mapping[str, _Hours], picked: frozenset[str] | None) -> Iterator[tuple[str, _Hours]]:
    return ((course, found) for course, found in hours.items() if picked is None or course in picked)


def _chosen(hours: Mapping[str, _Hours], picked: frozenset[str] | None) -> Iterator[_Hours]:
    return (found for _, found in _items(hours, picked))


def _reaches(own: Mapping[str, _Hours], needed: Number, way: Counting) -> tuple[bool, bool]:
    """Say whether somebody's hours certainly reach what is needed, and whether they possibly do."""
    if way is Counting.TOTAL:
        total = sum(own.values(), _NOTHING)
        return total.low >= needed, total.may_reach(needed)
    return any(hours.low >= needed for hours in own.values()), any(hours.may_reach(needed) for hours in own.values())


def _reaches_with(own: Mapping[str, _Hours], unnamed: Mapping[str, _Hours], needed: Number, way: Counting) -> bool:
    """Say whether somebody may reach what is needed if records without a person are theirs."""
    courses = {*own, *unnamed}
    return _reaches({name: own.get(name, _NOTHING) + unnamed.get(name, _NOTHING) for name in courses}, needed, way)[1]


def _share(reached: int, possible: int, listed: int, others: tuple[int, int | None]) -> Amount | AmountRange | None:
    """Return the share, between nobody and all of those who are not listed."""
    least, most = others
    if most is None:
        known = listed + least
        return AmountRange(Amount.of(0, "%"), Amount.of(100, "%")) if known else None
    base = listed + most
    if base == 0:
        return None
    low = Amount.from_root(Fraction(reached, base), "%")
    high = Amount.from_root(Fraction(possible + most, base), "%")
    return low if low == high else AmountRange(low, high)


def _fact(hours: _Hours) -> Amount | AmountRange | None:
    """Return hours as a fact: not known where nothing bounds them, so that a review names them as missing."""
    return None if hours == (0, None) else hours.amount


# --- days that hold too many hours -----------------------------------------------------------------------


class _Span(NamedTuple):
    """So many hours to be had between the beginnings of two days (the second one after the last)."""

    start: int
    end: int
    hours: Number
    number: int


def _crowds(spans: Sequence[_Span], per_day: Number) -> Iterator[list[_Span]]:
    """Yield spans that together do not fit into their days: at most once for each run of spans that overlap."""
    run: list[_Span] = []
    until = 0
    for span in sorted(spans):
        if run and span.start >= until:
            if len(run) > 1:
                yield from _crowd(run, per_day)
            run = []
        until = max(until, span.end) if run else span.end
        run.append(span)
    if len(run) > 1:
        yield from _crowd(run, per_day)


def _crowd(run: Sequence[_Span], per_day: Number) -> Iterator[list[_Span]]:
    missed = _missed(run, per_day)
    if missed is None:
        return
    crowd: list[_Span] = []
    total: Number = 0
    inside = sorted((span for span in run if span.end <= missed), key=lambda span: (-span.start, span.end))
    for position, span in enumerate(inside):
        crowd.append(span)
        total += span.hours
        following = inside[position + 1].start if position + 1 < len(inside) else None
        if span.start != following and total > per_day * (missed - span.start):
            yield crowd
            return


def _missed(run: Sequence[_Span], per_day: Number) -> int | None:
    """Return the first day by whose beginning some hours cannot have been had, or None where all of them fit.

    Hours are had in the order in which they must be done: if that order fails, every order fails.
    """
    waiting: list[tuple[int, int, Number]] = []
    clock: Number = run[0].start
    at = 0
    while at < len(run) or waiting:
        if not waiting:
            clock = max(clock, run[at].start)
        while at < len(run) and run[at].start <= clock:
            heapq.heappush(waiting, (run[at].end, at, run[at].hours))
            at += 1
        end, index, hours = heapq.heappop(waiting)
        done = clock + Fraction(hours) / per_day
        following = run[at].start if at < len(run) else None
        if done > end and (following is None or following >= end):
            return end
        if following is None or done <= following:
            clock = done
            continue
        heapq.heappush(waiting, (end, index, hours - (following - clock) * per_day))
        clock = following
    return None


# --- names that are nearly right -------------------------------------------------------------------------


@final
@frozen(kw_only=True)
class _Alike:
    """Known names by what is left of them without any one character: one slip of the pen is found at once."""

    known: Mapping[str, Trainee | None]
    slips: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, people: Iterable[Trainee]) -> _Alike:
        known: dict[str, Trainee | None] = {}
        for person in people:
            known.setdefault(person.id, person)
            known.setdefault(person.name, person)
        return cls(known=known, slips=_slips(known))

    @classmethod
    def of_names(cls, names: Iterable[str]) -> _Alike:
        known = dict.fromkeys(names)
        return cls(known=known, slips=_slips(known))

    def find_name(self, name: str) -> str | None:
        if name in self.known:
            return name
        alike = dict.fromkeys(found for part in _shortened(name) for found in self.slips.get(part, ()))
        return nearest(name, alike)

    def find(self, name: str) -> Trainee | None:
        near = self.find_name(name)
        return None if near is None else self.known[near]


def _shortened(name: str) -> Iterator[str]:
    if len(name) <= _ALIKE:
        yield name
        yield from (name[:at] + name[at + 1 :] for at in range(len(name)) if len(name) > 1)


def _slips(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    slips: dict[str, tuple[str, ...]] = {}
    for name in names:
        for part in _shortened(name):
            kept = slips.get(part, ())
            if len(kept) < _MOST_NAMED:
                slips[part] = (*kept, name)
    return slips


# --- the checks ------------------------------------------------------------------------------------------


@final
@frozen
class _Check:
    """What a review checks: its name, what must hold, and how much it weighs."""

    name: str
    label: Label
    severity: Severity

    def sum_up(self, found: Iterable[Finding], *, looked: bool) -> Finding:
        """Return the finding over all problems: MET where something was looked at and none was found."""
        children = _told_apart(sorted(found, key=lambda finding: (finding.id, str(finding.observed))))
        nothing = Verdict.MET if looked else Verdict.NOT_APPLICABLE
        verdict = all_of(child.verdict for child in children) if children else nothing
        reason = None
        if verdict is Verdict.NOT_APPLICABLE:
            reason = Reason(ReasonKind.EMPTY_POPULATION, self.name)
        elif verdict is Verdict.UNKNOWN:
            reason = children[0].reason
        return Finding(
            id=f"ledger/{self.name}",
            rule=self.name,
            label=self.label,
            verdict=verdict,
            severity=self.severity,
            reason=reason,
            missing=tuple(dict.fromkeys(lack for child in children for lack in child.missing)),
            spans=tuple(dict.fromkeys(span for child in children for span in child.spans)),
            sources=tuple(dict.fromkeys(source for child in children for source in child.sources)),
            children=tuple(children),
        )


def _told_apart(found: Sequence[Finding]) -> list[Finding]:
    """Give each of several findings with one id its own."""
    seen: dict[str, int] = defaultdict(int)
    apart: list[Finding] = []
    for finding in found:
        seen[finding.id] += 1
        times = seen[finding.id]
        apart.append(finding if times == 1 else evolve(finding, id=f"{finding.id}#{times}"))
    return apart


_ATTENDEE: Final = _Check(
    "attendee_in_population",
    Label("参训人员均在应训名单内", "every attendee is in the population"),
    Severity.ERROR,
)
_NAMED: Final = _Check("attendee_named", Label("参训人员均已写明", "it is known who attended"), Severity.DOUBT)
_IN_POST: Final = _Check("attended_in_post", Label("参训时均在任", "attended while in post"), Severity.DOUBT)
_IN_PERIOD: Final = _Check(
    "within_ledger", Label("参训日期在台账期间内", "attended within the days of the ledger"), Severity.ERROR
)
_HELD: Final = _Check(
    "already_held",
    Label("已完成的培训不晚于核查日", "what was achieved is not after the day of review"),
    Severity.ERROR,
)
_KNOWN: Final = _Check(
    "hours_known", Label("参训学时均已填写", "the hours of every attendance are known"), Severity.DOUBT
)
_RESTATED: Final = _Check(
    "hours_restated", Label("天数与学时按折算标准一致", "days and class-hours agree"), Severity.ERROR
)
_DAY: Final = _Check(
    "day_within_equivalence",
    Label("学时不超过当天可计学时", "no more class-hours than the days hold"),
    Severity.DOUBT,
)
_ONCE: Final = _Check("recorded_once", Label("同一参训不重复登记", "no attendance is recorded twice"), Severity.ERROR)
_OVERLAP: Final = _Check(
    "one_course_at_a_time",
    Label("同一时段不重复计学时", "the same days do not count for several courses"),
    Severity.ERROR,
)
_COURSE: Final = _Check(
    "course_declared",
    Label("参训记录与培训班相符", "every attendance is of a declared course, on its days"),
    Severity.ERROR,
)
_HEAD_COUNT: Final = _Check(
    "head_count_listed", Label("名单与在册人数相符", "the list agrees with the head-count"), Severity.ERROR
)
_SHARE: Final = _Check(
    "share_within_population",
    Label("已训人数不超过在册人数", "no more people trained than there are"),
    Severity.ERROR,
)
_PLANNED: Final = _Check(
    "planned_not_counted", Label("计划参训不计入完成", "planned attendance does not count"), Severity.NOTE
)
