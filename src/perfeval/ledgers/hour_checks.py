"""Whether the hours can be right: known, restated alike in days, no more than the days hold, none of them twice.

Imports ``checks``, ``attended``, ``crowding``, ``reading`` and ``names`` of this package, ``findings`` and above.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from attrs import evolve

from perfeval.amounts import Amount, AmountRange
from perfeval.evaluation import Missing
from perfeval.expressions import Operator
from perfeval.facts import Label, Stage
from perfeval.findings import Finding
from perfeval.ledgers.attended import Attended, Sitting
from perfeval.ledgers.checks import Check, above, cited, no_day, row_numbers, title
from perfeval.ledgers.crowding import Stretch, crowds
from perfeval.ledgers.names import some
from perfeval.ledgers.reading import HOURS, HOURS_LABEL, Number
from perfeval.rules import Severity
from perfeval.verdicts import Verdict

__all__ = ["days_hold", "hours_known", "hours_restated", "one_at_a_time", "recorded_once"]

_KNOWN: Final = Check(
    "hours_known", Label("参训学时均已填写", "the hours of every attendance are known"), Severity.DOUBT
)
_RESTATED: Final = Check(
    "hours_restated", Label("天数与学时按折算标准一致", "days and class-hours agree"), Severity.ERROR
)
_DAY: Final = Check(
    "day_within_equivalence",
    Label("学时不超过当天可计学时", "no more class-hours than the days hold"),
    Severity.DOUBT,
)
_ONCE: Final = Check("recorded_once", Label("同一参训不重复登记", "no attendance is recorded twice"), Severity.ERROR)
_OVERLAP: Final = Check(
    "one_course_at_a_time",
    Label("同一时段不重复计学时", "the same days do not count for several courses"),
    Severity.ERROR,
)


def hours_known(attended: Attended) -> Finding:
    """Find the records whose hours are not known exactly."""
    found: list[Finding] = []
    rows = attended.rows
    for sitting in attended.sittings:
        lacking = [at for at in sitting.places if rows[at].days is None and not isinstance(rows[at].hours, Amount)]
        if lacking:
            finding, who = _KNOWN.about(attended, lacking, verdict=Verdict.UNKNOWN), title(attended, sitting.row.person)
            missing = [Missing(f"attendances[{index}].hours", HOURS_LABEL, HOURS, of=who) for index in lacking]
            observed = None if sitting.recorded == (0, None) else sitting.recorded.amount
            found.append(evolve(finding, missing=tuple(missing), observed=observed))
    return _KNOWN.sum_up(found, looked=bool(attended.sittings))


def hours_restated(attended: Attended) -> Finding:
    """Find the records that give days and class-hours which do not agree at the equivalence."""
    found: list[Finding] = []
    looked = False
    rate = "" if attended.equivalence is None else str(attended.equivalence.rate)
    for index, row in enumerate(attended.rows):
        days = attended.reckoning.of_days(row)
        if days is None or row.hours is None:
            continue
        looked = True
        given, required = row.hours, Amount.from_root(days, HOURS)
        if required in given if isinstance(given, AmountRange) else given == required:
            continue
        gap = abs(given - required) if isinstance(given, Amount) else None
        remark = Label(f"{row.days}按{rate}折算", f"{row.days} at {rate}")
        finding = _RESTATED.about(attended, [index], remark=remark)
        found.append(evolve(finding, relation=Operator.EQUAL, observed=given, required=required, shortfall=gap))
    return cited(attended, _RESTATED.sum_up(found, looked=looked))


def days_hold(attended: Attended) -> Finding:
    """Find the records with more class-hours than their days hold."""
    found: list[Finding] = []
    looked = False
    remark = Label("跨多日的记录应写明起止日期", "a record of several days must give its last day")
    for index, row in enumerate(attended.rows):
        cap = attended.reckoning.cap(row.day, row.last)
        if cap is None or row.stage is not Stage.ACHIEVED:
            continue
        looked = True
        low = attended.recorded[index].low
        if low > cap:
            finding = _DAY.about(attended, [index], remark=remark if row.day == row.last else None)
            found.append(above(finding, low, cap))
    return cited(attended, _DAY.sum_up(found, looked=looked))


def recorded_once(attended: Attended) -> Finding:
    """Find the records that nothing tells apart: too many hours for their days, or perhaps several sittings."""
    found = [_several(attended, sitting) for sitting in attended.sittings if len(sitting.places) > 1]
    return _ONCE.sum_up(found, looked=bool(attended.sittings))


def _several(attended: Attended, sitting: Sitting) -> Finding:
    total = sum(attended.recorded[index].low for index in sitting.places)
    cap = attended.reckoning.cap(sitting.row.day, sitting.row.last)
    if cap is not None and total > cap:
        finding = _ONCE.about(attended, sitting.places)
        return above(evolve(finding, remarks=(_repeated(sitting, total - cap, Label("", "")),)), total, cap)
    low, high = sitting.recorded
    remark = _repeated(sitting, None if high is None else high - low, Label("可能", "perhaps "))
    finding = _ONCE.about(attended, sitting.places, verdict=Verdict.UNKNOWN)
    finding = evolve(finding, remarks=(remark,))
    last, what = sitting.places[-1], Label("所属阶段或场次", "which stage or session")
    lack = Missing(f"attendances[{last}].course_stage", what, None, of=title(attended, sitting.row.person))
    missing = no_day(attended, last) if sitting.row.day is None else lack
    return evolve(finding, missing=(missing,), observed=sitting.recorded.amount)


def _repeated(sitting: Sitting, excess: Number | None, how: Label) -> Label:
    """Say how often a sitting is recorded, in which rows, and how many class-hours too many that makes."""
    times, rows = len(sitting.places), row_numbers(sitting.places)
    zh, en = f"同一培训重复登记 {times} 条（{rows.zh}）", f"one sitting recorded {times} times ({rows.en})"
    if excess:
        hours = Amount.from_root(excess, HOURS)
        zh, en = f"{zh}，{how.zh}多计 {hours}", f"{en}, {how.en}{hours} too many"
    return Label(zh, en)


def one_at_a_time(attended: Attended) -> Finding:
    """Find the days of a person that hold fewer hours than several courses give for them."""
    per_day = attended.reckoning.per_day
    if per_day is None:
        return cited(attended, _OVERLAP.sum_up([], looked=False))
    people: dict[str, list[Stretch]] = defaultdict(list)
    for number, (row, _, recorded, _, _) in enumerate(attended.sittings):
        if row.person is not None and row.day is not None and row.last is not None:
            start, end = row.day.toordinal(), row.last.toordinal() + 1
            people[row.person].append(Stretch(start, end, min(recorded.low, (end - start) * per_day), number))
    found = [
        _crowded(attended, person, crowd, per_day)
        for person, stretches in people.items()
        for crowd in crowds(stretches, per_day)
    ]
    return cited(attended, _OVERLAP.sum_up(found, looked=bool(people)))


def _crowded(attended: Attended, person: str, crowd: Sequence[Stretch], per_day: Number) -> Finding:
    start, end = min(stretch.start for stretch in crowd), max(stretch.end for stretch in crowd)
    first, last = datetime.date.fromordinal(start), datetime.date.fromordinal(end - 1)
    sittings = [attended.sittings[stretch.number] for stretch in crowd]
    courses = tuple(sorted({sitting.row.course for sitting in sittings}))
    places = sorted(index for sitting in sittings for index in sitting.places)
    who = title(attended, person)
    key, days = (f"{first}",) * 2 if first == last else (f"{first}..{last}", f"{first} – {last}")
    label = Label(f"{who.zh}：{some(courses, '、')}，{days}", f"{who.en}: {some(courses, ', ')}, {days}")
    finding = _OVERLAP.about(attended, places, key=f"{person}/{key}", label=label)
    return above(finding, sum(stretch.hours for stretch in crowd), (end - start) * per_day)
