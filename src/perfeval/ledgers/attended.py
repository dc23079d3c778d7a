"""What was attended: records that nothing tells apart as one sitting, hours by person and course, stages, places.

Imports ``hours`` and ``records`` of this package, ``facts`` and above.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, final

from attrs import frozen

from perfeval.citations import Span
from perfeval.facts import Given, Listed, Stage
from perfeval.ledgers.hours import Hours, Reckoning, is_within
from perfeval.ledgers.records import Attendance, Equivalence, Trainee

__all__ = ["Attended", "Sitting", "Term"]


@final
@frozen
class Term:
    """The first and the last day of a ledger, both included; None where nothing limits it."""

    first: datetime.date | None
    last: datetime.date | None

    def is_outside(self, row: Attendance) -> bool:
        """Say whether a record certainly lies wholly outside, and so is none of the ledger."""
        if row.day is None or row.last is None:
            return False
        return (self.last is not None and row.day > self.last) or (self.first is not None and row.last < self.first)

    def days(self, row: Attendance) -> tuple[datetime.date | None, datetime.date | None]:
        """Return between which days a record lies: where it has none, those of the ledger."""
        return (self.first, self.last) if row.day is None else (row.day, row.last)


class Sitting(NamedTuple):
    """The achieved records that nothing tells apart: one of them, and the places of all.

    ``recorded`` are the hours that they give, ``counted`` those that count. ``is_outside`` says that it lies wholly
    outside the days of the ledger.
    """

    row: Attendance
    places: tuple[int, ...]
    recorded: Hours
    counted: Hours
    is_outside: bool


@final
@frozen(kw_only=True)
class Attended:
    """The records of a ledger, what each gives in hours, and what comes together of them.

    ``hours`` are those that count, by person and course; ``unnamed`` those of records without a person, by course,
    and ``unnamed_rows`` how many such records there are. ``stages`` gives the first day of each stage of a course.
    """

    rows: Sequence[Attendance]
    people: Mapping[str, Trainee]
    equivalence: Equivalence | None
    reckoning: Reckoning
    term: Term
    recorded: Sequence[Hours]
    sittings: Sequence[Sitting]
    hours: Mapping[str, Mapping[str, Hours]]
    unnamed: Mapping[str, Hours]
    unnamed_rows: Mapping[str, int]
    stages: Mapping[str, Mapping[str | None, datetime.date]]
    courses: Mapping[str, None]

    @classmethod
    def of(
        cls,
        rows: Sequence[Attendance],
        *,
        people: Mapping[str, Trainee],
        equivalence: Equivalence | None,
        term: Term,
    ) -> Attended:
        """Put the records together; add up each person's hours by course, and note the stages of each course."""
        reckoning = Reckoning(None if equivalence is None else equivalence.per_day)
        recorded = [reckoning.of_one(row) for row in rows]
        sittings = list(_sittings(rows, recorded, people, reckoning, term))
        hours: dict[str, dict[str, Hours]] = defaultdict(dict)
        unnamed: dict[str, Hours] = {}
        unnamed_rows: dict[str, int] = defaultdict(int)
        stages: dict[str, dict[str | None, datetime.date]] = defaultdict(dict)
        for row, _, _, counted, is_outside in sittings:
            if is_outside:
                continue
            if row.person is None:
                unnamed_rows[row.course] += 1
            of = unnamed if row.person is None else hours[row.person]
            of[row.course] = of[row.course] + counted if row.course in of else counted
            first, begins = row.day or datetime.date.max, stages[row.course]
            begins[row.course_stage] = min(first, begins.get(row.course_stage, first))
        return cls(
            rows=rows,
            people=people,
            equivalence=equivalence,
            reckoning=reckoning,
            term=term,
            recorded=recorded,
            sittings=sittings,
            hours=dict(hours),
            unnamed=unnamed,
            unnamed_rows=dict(unnamed_rows),
            stages=dict(stages),
            courses=dict.fromkeys(row.course for row in rows),
        )

    def of_person(self, person: str, picked: frozenset[str] | None = None) -> Mapping[str, Hours]:
        """Return the hours of a person by course, in all courses or in the picked ones."""
        return _picked(self.hours.get(person, {}), picked)

    def of_nobody(self, picked: frozenset[str] | None = None) -> Mapping[str, Hours]:
        """Return the hours of the records without a person by course, in all courses or in the picked ones."""
        return _picked(self.unnamed, picked)

    def sources(self, places: Iterable[int]) -> tuple[tuple[Span, ...], tuple[str, ...]]:
        """Return where some records stand, and who recorded them."""
        found = [self.rows[index] for index in places]
        spans = dict.fromkeys(row.span for row in found if row.span is not None)
        return tuple(spans), tuple(dict.fromkeys(row.source for row in found if row.source is not None))

    def places(self) -> Mapping[tuple[str | None, str], Sequence[int]]:
        """Return the places of the records that count, by person and course."""
        places: dict[tuple[str | None, str], list[int]] = defaultdict(list)
        for row, found, _, _, is_outside in self.sittings:
            if not is_outside:
                places[row.person, row.course].extend(found)
        return places

    def facts_of(self, person: Trainee, places: Mapping[tuple[str | None, str], Sequence[int]]) -> dict[str, object]:
        """Return the name of a person and the courses attended, with class-hours as given facts."""
        attended = [
            {"course": course, "class_hours": self._given(hours, places[person.id, course])}
            for course, hours in self.of_person(person.id).items()
        ]
        unnamed = sum(self.unnamed_rows.values())
        listed = Listed(items=tuple(attended), others_at_most=unnamed) if unnamed else attended
        return {"name": person.name, "attended": listed}

    def _given(self, hours: Hours, places: Sequence[int]) -> Given:
        """Return hours with who recorded them, and where, as far as there is one place.

        Where nothing bounds them they are not known, so that a review names them as missing.
        """
        spans, sources = self.sources(places)
        return Given(
            value=None if hours == (0, None) else hours.amount,
            source="；".join(sources) or None,
            span=spans[0] if len(spans) == 1 else None,
        )


def _picked(hours: Mapping[str, Hours], picked: frozenset[str] | None) -> Mapping[str, Hours]:
    return hours if picked is None else {course: found for course, found in hours.items() if course in picked}


def _sittings(
    rows: Sequence[Attendance],
    recorded: Sequence[Hours],
    people: Mapping[str, Trainee],
    reckoning: Reckoning,
    term: Term,
) -> Iterator[Sitting]:
    """Put the achieved records together that nothing tells apart; one without a person stands for itself."""
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        if row.stage is Stage.ACHIEVED:
            own = index if row.person is None else None
            alike[row.person, row.course, row.course_stage, row.day, row.last, own].append(index)
    for places in alike.values():
        row, hours = rows[places[0]], recorded[places[0]]
        if len(places) > 1:
            hours = reckoning.of_several(row, [recorded[index] for index in places])
        counted = hours if _is_sure(row, people, term) else Hours(0, hours.high)
        yield Sitting(row, tuple(places), hours, counted, term.is_outside(row))


def _is_sure(row: Attendance, people: Mapping[str, Trainee], term: Term) -> bool:
    """Say whether a record certainly lies within the days of the ledger and the time in post, and so counts."""
    first, last = term.days(row)
    if not is_within(first, last, term.first, term.last):
        return False
    person = None if row.person is None else people.get(row.person)
    return person is None or is_within(first, last, person.since, person.until)
