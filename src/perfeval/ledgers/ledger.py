"""What a ledger answers: hours, coverage, courses held, the facts that a standard judges, and what cannot be right.

Imports the other modules of this package, ``standard``, ``findings`` and above.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterable, Mapping
from typing import final

from attrs import evolve, field, frozen

from perfeval.amounts import Amount, AmountRange
from perfeval.errors import FactsError, NotFoundError, Problem, excerpt
from perfeval.facts import Label, Listed, Stage, one_of
from perfeval.findings import Review
from perfeval.ledgers import attendance_checks, count_checks, hour_checks
from perfeval.ledgers.attended import Attended, Term
from perfeval.ledgers.coverage import Coverage, coverage_of
from perfeval.ledgers.hours import NOTHING, Hours, interval
from perfeval.ledgers.names import Alike, near
from perfeval.ledgers.reading import DAYS, HOURS, Reading, as_rows
from perfeval.ledgers.records import (
    Attendance,
    Counting,
    Equivalence,
    HeadCount,
    StatedCoverage,
    Trainee,
    TrainingCourse,
    records_of,
)
from perfeval.ledgers.rolls import Rolls
from perfeval.rules import check_day
from perfeval.units import Unit

__all__ = ["Ledger"]

_MOST_CLAIMS = 50  # statements that are counted anew from the records, each on its day and by its hours


def _population(rows: Iterable[Trainee]) -> tuple[Trainee, ...]:
    return as_rows("population", rows)


def _attendances(rows: Iterable[Attendance]) -> tuple[Attendance, ...]:
    return as_rows("attendances", rows)


def _courses(rows: Iterable[TrainingCourse]) -> tuple[TrainingCourse, ...]:
    return as_rows("courses", rows)


def _head_counts(rows: Iterable[HeadCount]) -> tuple[HeadCount, ...]:
    return as_rows("head_counts", rows)


def _stated(rows: Iterable[StatedCoverage]) -> tuple[StatedCoverage, ...]:
    return as_rows("stated", rows)


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
    _rolls: Rolls = field(init=False, eq=False, repr=False)
    _attended: Attended = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self._check_kinds()
        rolls = Rolls.of(self.population, self.head_counts)
        self._check_together(rolls)
        term = Term(self.first, self.last)
        attended = Attended.of(self.attendances, people=rolls.people, equivalence=self.equivalence, term=term)
        object.__setattr__(self, "_rolls", rolls)
        object.__setattr__(self, "_attended", attended)

    def _check_kinds(self) -> None:
        reading = Reading()
        for where, rows, kind in (
            ("population", self.population, Trainee),
            ("attendances", self.attendances, Attendance),
            ("courses", self.courses, TrainingCourse),
            ("head_counts", self.head_counts, HeadCount),
            ("stated", self.stated, StatedCoverage),
        ):
            for index, row in enumerate(rows):
                if not isinstance(row, kind):
                    reading.problem(f"{where}[{index}]", row, f"a record of the class {kind.__name__}")
        reading.kind("equivalence", self.equivalence, Equivalence)
        for where, day in (("first", self.first), ("last", self.last)):
            if isinstance(day, str):
                reading.problem(where, day, "a datetime.date, or None")
            else:
                reading.day(where, day)
        reading.finish()

    def _check_together(self, rolls: Rolls) -> None:
        reading = Reading()
        reading.order(self.first, self.last, "first")
        _once(reading, "population", ((person.id, person.id) for person in self.population), "id")
        _once(reading, "courses", ((course.name, course.name) for course in self.courses), "name")
        dated = (((count.group, count.on), f"{count.group} on {count.on}") for count in self.head_counts)
        _once(reading, "head_counts", dated, "group and day")
        if self.equivalence is None:
            needed = "an equivalence such as Equivalence('8 学时/天', citation=…) to take days as class-hours"
            for index, row in enumerate(self.attendances):
                if row.days is not None:
                    reading.problem(f"attendances[{index}].days", str(row.days), needed)
        claims = {(each.group, each.as_of, each.at_least, each.counting) for each in self.stated if each.at_least}
        if len(claims) > _MOST_CLAIMS:
            reading.problems.append(
                Problem("stated", f"{len(claims)} different statements with hours", f"at most {_MOST_CLAIMS}")
            )
        strangers = [(index, each.group) for index, each in enumerate(self.stated) if each.group not in rolls.groups]
        alike = Alike.of(rolls.groups if strangers else ())
        for index, group in strangers:
            needed = "a group of the population or of the head-counts"
            reading.problems.append(Problem(f"stated[{index}].group", excerpt(group), needed, alike.find(group)))
        reading.finish()

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
        ledger_rows = {
            "population": records_of(Trainee, population, "population", problems),
            "attendances": records_of(Attendance, attendances, "attendances", problems),
            "courses": records_of(TrainingCourse, courses, "courses", problems),
            "head_counts": records_of(HeadCount, head_counts, "head_counts", problems),
            "stated": records_of(StatedCoverage, stated, "stated", problems),
        }
        if problems:
            raise FactsError(*problems)
        return cls(**ledger_rows, equivalence=equivalence, first=first, last=last)  # type: ignore[arg-type]

    # --- hours

    def _picked(self, courses: Iterable[str] | None) -> frozenset[str] | None:
        if courses is None:
            return None
        if isinstance(courses, str) or not isinstance(courses, Iterable):
            raise FactsError.of("courses", came=excerpt(courses), needed="a list of names of courses, or None for all")
        wanted = list(courses)
        declared = {course.name: None for course in self.courses}
        for name in wanted:
            if not isinstance(name, str) or (name not in declared and name not in self._attended.courses):
                nearby = near(name, {**declared, **self._attended.courses})
                raise NotFoundError.of(
                    "courses", came=excerpt(name), needed="a course that is declared or recorded", nearest=nearby
                )
        return frozenset(wanted)

    def hours(self, person: str, *, courses: Iterable[str] | None = None) -> Amount | AmountRange:
        """Return the class-hours that a person of the population completed, in all courses or in the named ones.

        A range where hours are not known; open above where nothing bounds them. Raises ``NotFoundError`` for a
        person or a course that is not known.
        """
        if not isinstance(person, str) or person not in self._rolls.people:
            nearby = near(person, self._rolls.people)
            raise NotFoundError.of("person", came=excerpt(person), needed="an id of the population", nearest=nearby)
        picked = self._picked(courses)
        total = sum(self._attended.of_person(person, picked).values(), NOTHING)
        # A record without a person may be this person's.
        return sum((Hours(0, other.high) for other in self._attended.of_nobody(picked).values()), total).amount

    # --- coverage

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
        reading = Reading()
        day = reading.needed_day("as_of", as_of)
        reading.finish()
        picked = self._picked(courses)
        return coverage_of(group, self._rolls, self._attended, at_least=needed, counting=way, as_of=day, picked=picked)

    def _needed(self, at_least: Amount | str) -> Amount:
        """Return class-hours above zero; days are taken at the equivalence."""
        reading, rate = Reading(), self.equivalence
        is_days = rate is not None and Reading().amount("at_least", at_least, DAYS) is not None
        needed = "class-hours above zero, such as '24 学时'"
        amount = reading.needed_amount("at_least", at_least, DAYS if is_days else HOURS, needed, above_zero=True)
        reading.finish()
        return rate.hours(amount) if rate is not None and is_days else amount

    # --- courses

    def _held(self) -> dict[str, str | None]:
        """Return the courses that were held, with their kinds: those attended, and those declared as achieved."""
        kinds = {course.name: course.kind for course in self.courses}
        declared = (course.name for course in self.courses if course.stage is Stage.ACHIEVED)
        return {name: kinds.get(name) for name in sorted({*declared, *self._attended.stages})}

    def courses_held(self, kind: str | None = None) -> Amount | AmountRange:
        """Return how many courses were held, all or those of one kind; a range where a course's kind is not known.

        Raises ``NotFoundError`` for a kind that no declared course has.
        """
        held = list(self._held().values())
        if kind is None:
            return interval(len(held), len(held), Unit.parse("期"))
        kinds = dict.fromkeys(course.kind for course in self.courses if course.kind is not None)
        if not isinstance(kind, str) or kind not in kinds:
            nearby = near(kind, kinds)
            raise NotFoundError.of("kind", came=excerpt(kind), needed="a kind of a declared course", nearest=nearby)
        sure, unsure = held.count(kind), held.count(None)
        return interval(sure, sure + unsure, Unit.parse("期"))

    def course_stages(self, course: str) -> tuple[str, ...]:
        """Return the stages of a course that somebody attended, by their first day, then by name."""
        self._picked([course])
        begins = {stage: day for stage, day in self._attended.stages.get(course, {}).items() if stage is not None}
        return tuple(sorted(begins, key=lambda stage: (begins[stage], stage)))

    def _stage_count(self, course: str) -> Amount | AmountRange | None:
        """Return how many stages a course had: at least the named ones where a record names none."""
        stages = self._attended.stages.get(course)
        if stages is None:
            return None
        named = len(stages) - (None in stages)
        return interval(max(named, 1), None if None in stages else named, Unit.parse("个[阶段]"))

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
        reading = Reading()
        day = reading.needed_day("as_of", as_of)
        if courses is not None and (not isinstance(courses, str) or courses in groups):
            reading.problem("courses", courses, "the name of a collection of its own, or None")
        reading.finish()
        places = self._attended.places()
        found: dict[str, object] = {}
        for name, group in groups.items():
            in_post = (person for person in self._rolls.roll(group).people if person.in_post(day))
            people = [self._attended.facts_of(person, places) for person in in_post]
            least, most = self._rolls.others(group, day)
            listed = people if most == 0 else Listed(items=tuple(people), others_at_least=least, others_at_most=most)
            found[name] = listed
        if courses is not None:
            found[courses] = [{"kind": kind, "stages": self._stage_count(name)} for name, kind in self._held().items()]
        return found

    # --- what cannot be right

    def review(self, *, on: datetime.date) -> Review:
        """Return what cannot be right in the records, and what is not known: a finding for each check.

        The children of a finding are the records that it is about, each with an id of its own that does not depend
        on the order of the records. ``on`` is the day of the review: nothing was achieved after it.
        """
        day = check_day(on)
        records = self._attended
        checks = (
            attendance_checks.attendees(records),
            attendance_checks.named(records),
            attendance_checks.in_post(records),
            attendance_checks.within_ledger(records),
            attendance_checks.already_held(records, day),
            hour_checks.hours_known(records),
            hour_checks.hours_restated(records),
            hour_checks.days_hold(records),
            hour_checks.recorded_once(records),
            hour_checks.one_at_a_time(records),
            attendance_checks.declared(records, self.courses),
            count_checks.all_listed(self._rolls, self.head_counts),
            count_checks.stated_is_possible(self._rolls, self.stated),
            count_checks.stated_in_records(self.stated, self._covering()),
            attendance_checks.planned(records),
        )
        return Review(title=Label("参训台账", "training ledger"), on=day, findings=checks)

    def _covering(self) -> Callable[[str, datetime.date, Amount, Counting], Coverage]:
        """Return what tells the coverage that the records bear out on a day; each is worked out once."""
        until = functools.cache(self._until)

        @functools.cache
        def covering(group: str, day: datetime.date, at_least: Amount, counting: Counting) -> Coverage:
            return coverage_of(
                group, self._rolls, until(day), at_least=at_least, counting=counting, as_of=day, picked=None
            )

        return covering

    def _until(self, day: datetime.date) -> Attended:
        """Return what was attended until a day: a record without a day may be of later, unless the ledger has ended."""
        known = self._attended
        if self.last is not None and self.last <= day:
            return known
        rows = self.attendances
        if all(row.last is not None and row.last <= day for row in rows):
            return known
        rows = tuple(
            evolve(row, hours=interval(0, hours.high, HOURS), days=None) if row.day is None else row
            for row, hours in zip(rows, known.recorded, strict=True)
        )
        term = Term(self.first, day)
        return Attended.of(rows, people=self._rolls.people, equivalence=self.equivalence, term=term)


def _once(reading: Reading, where: str, keys: Iterable[tuple[object, str]], what: str) -> None:
    seen: dict[object, int] = {}
    for index, (key, shown) in enumerate(keys):
        if key in seen:
            came = f"{excerpt(shown)}, which {where}[{seen[key]}] has too"
            reading.problems.append(Problem(f"{where}[{index}]", came=came, needed=f"one record for each {what}"))
        else:
            seen[key] = index
