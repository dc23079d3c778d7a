"""Whether the records fit the population, the courses and the days: who attended what, when, and was it held.

Imports ``checks``, ``attended``, ``hours``, ``records`` and ``names`` of this package, ``findings`` and above.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from attrs import evolve

from perfeval.evaluation import Missing, Reason, ReasonKind
from perfeval.expressions import Operator
from perfeval.facts import Label, Stage
from perfeval.findings import Finding
from perfeval.ledgers.attended import Attended, Sitting
from perfeval.ledgers.checks import Check, no_day, title
from perfeval.ledgers.hours import is_within
from perfeval.ledgers.names import Alike, some
from perfeval.ledgers.records import Trainee, TrainingCourse
from perfeval.rules import Severity
from perfeval.verdicts import Verdict

__all__ = ["already_held", "attendees", "declared", "in_post", "named", "planned", "within_ledger"]

_ATTENDEES: Final = Check(
    "attendee_in_population",
    Label("参训人员均在应训名单内", "every attendee is in the population"),
    Severity.ERROR,
)
_NAMED: Final = Check("attendee_named", Label("参训人员均已写明", "it is known who attended"), Severity.DOUBT)
_IN_POST: Final = Check("attended_in_post", Label("参训时均在任", "attended while in post"), Severity.DOUBT)
_WITHIN: Final = Check(
    "within_ledger", Label("参训日期在台账期间内", "attended within the days of the ledger"), Severity.ERROR
)
_HELD: Final = Check(
    "already_held",
    Label("已完成的培训不晚于核查日", "what was achieved is not after the day of review"),
    Severity.ERROR,
)
_DECLARED: Final = Check(
    "course_declared",
    Label("参训记录与培训班相符", "every attendance is of a declared course, on its days"),
    Severity.ERROR,
)
_PLANNED: Final = Check(
    "planned_not_counted", Label("计划参训不计入完成", "planned attendance does not count"), Severity.NOTE
)


def attendees(attended: Attended) -> Finding:
    """Find who attended but is not in the population."""
    strangers: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(attended.rows):
        if row.person is not None and row.person not in attended.people:
            strangers[row.person].append(index)
    known: dict[str, Trainee] = {}
    named: dict[str, list[Trainee]] = defaultdict(list)
    for person in attended.people.values() if strangers else ():
        named[person.name].append(person)
        known.setdefault(person.id, person)
        known.setdefault(person.name, person)
    alike = Alike.of(known)
    found: list[Finding] = []
    for name, places in strangers.items():
        remark = None
        if name in named:
            remark = _id_wanted(named[name])
        elif (near := alike.find(name)) is not None:
            remark = _nearest(known[near])
        found.append(_ATTENDEES.about(attended, places, key=name, label=Label(name, name), remark=remark))
    return _ATTENDEES.sum_up(found, looked=any(row.person is not None for row in attended.rows))


def _id_wanted(people: Sequence[Trainee]) -> Label:
    """Say that a name stands where an id belongs, and which ids people of that name have."""
    ids = tuple(person.id for person in people)
    return Label(
        f"所填为姓名，应填编号 {some(ids, ' 或 ')}（{people[0].name}）",
        f"a name, where the id belongs: {some(ids, ' or ')} ({people[0].name})",
    )


def _nearest(person: Trainee) -> Label:
    same = person.name if person.name == person.id else f"{person.name} ({person.id})"
    return Label(f"名单中相近者：{same}", f"nearest in the population: {same}")


def named(attended: Attended) -> Finding:
    """Find what was attended by it is not known whom."""
    found: list[Finding] = []
    for sitting in attended.sittings:
        if sitting.row.person is None:
            finding = _NAMED.about(attended, sitting.places, verdict=Verdict.UNKNOWN)
            place, who = f"attendances[{sitting.places[0]}].person", Label("参训人员", "attendee")
            found.append(evolve(finding, missing=(Missing(place, who, None, of=title(attended, None)),)))
    return _NAMED.sum_up(found, looked=bool(attended.sittings))


def in_post(attended: Attended) -> Finding:
    """Find who attended before or after the time in post."""
    of_known = [
        (sitting, attended.people[sitting.row.person])
        for sitting in attended.sittings
        if sitting.row.person is not None and sitting.row.person in attended.people
    ]
    found = [
        _not_in_post(attended, sitting, person)
        for sitting, person in of_known
        if not is_within(*attended.term.days(sitting.row), person.since, person.until)
    ]
    return _IN_POST.sum_up(found, looked=bool(of_known))


def _not_in_post(attended: Attended, sitting: Sitting, person: Trainee) -> Finding:
    tenure = _days(person.since, person.until)
    remark = Label(f"在任期间：{tenure}", f"in post: {tenure}")
    if sitting.row.day is not None:
        return _IN_POST.about(attended, sitting.places, remark=remark)
    finding = _IN_POST.about(attended, sitting.places, remark=remark, verdict=Verdict.UNKNOWN)
    return evolve(finding, missing=(no_day(attended, sitting.places[0]),))


def _days(first: datetime.date | None, last: datetime.date | None) -> str:
    return f"{first or '…'} – {last or '…'}"


def within_ledger(attended: Attended) -> Finding:
    """Find what was attended outside the days of the ledger."""
    term = attended.term
    days = _days(term.first, term.last)
    remark = Label(f"台账期间：{days}", f"days of the ledger: {days}")
    dated = [sitting for sitting in attended.sittings if sitting.row.day is not None]
    found = [
        _WITHIN.about(attended, sitting.places, remark=remark)
        for sitting in dated
        if not is_within(sitting.row.day, sitting.row.last, term.first, term.last)
    ]
    is_bounded = term.first is not None or term.last is not None
    return _WITHIN.sum_up(found, looked=is_bounded and bool(dated))


def already_held(attended: Attended, on: datetime.date) -> Finding:
    """Find what is said to be achieved after the day of review."""
    lasts = [(sitting.places, sitting.row.last) for sitting in attended.sittings if sitting.row.last is not None]
    found = [
        evolve(_HELD.about(attended, places), relation=Operator.AT_MOST, observed=last, required=on)
        for places, last in lasts
        if last > on
    ]
    return _HELD.sum_up(found, looked=bool(lasts))


def declared(attended: Attended, courses: Sequence[TrainingCourse]) -> Finding:
    """Find what was attended of courses that are not declared, or not on their days; nothing if none is."""
    known = {course.name: course for course in courses}
    found = list(_undeclared(attended, known.keys())) if known else []
    for index, row in enumerate(attended.rows):
        course = known.get(row.course)
        if course and row.day is not None and not is_within(row.day, row.last, course.first, course.last):
            days = _days(course.first, course.last)
            remark = Label(f"培训班起止：{days}", f"days of the course: {days}")
            found.append(_DECLARED.about(attended, [index], remark=remark))
    return _DECLARED.sum_up(found, looked=bool(known and attended.rows))


def _undeclared(attended: Attended, known: Collection[str]) -> Iterator[Finding]:
    places: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(attended.rows):
        if row.course not in known:
            places[row.course].append(index)
    alike = Alike.of(known if places else ())
    for name, found in places.items():
        near = alike.find(name)
        remark = None if near is None else Label(f"相近的培训班：{near}", f"nearest declared course: {near}")
        yield _DECLARED.about(attended, found, key=name, label=Label(name, name), remark=remark)


def planned(attended: Attended) -> Finding:
    """Find what is not achieved, and so does not count."""
    found: list[Finding] = []
    for index, row in enumerate(attended.rows):
        if row.stage is not Stage.ACHIEVED:
            finding = _PLANNED.about(attended, [index], verdict=Verdict.UNKNOWN)
            found.append(evolve(finding, stage=row.stage, reason=Reason(ReasonKind.PLANNED_ONLY)))
    return _PLANNED.sum_up(found, looked=bool(attended.rows))
