"""From a project to the facts of ``money_against_task``: which lines pay for training, for whom and how long.

Imports ``budget``, ``fitting``, ``documents`` and above.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from attrs import evolve

from perfeval.amounts import Amount, AmountRange
from perfeval.citations import Span
from perfeval.documents.project import (
    Comparator,
    Line,
    Project,
    Training,
)
from perfeval.documents.quantities import SOURCE
from perfeval.documents.topics import topics_of
from perfeval.facts import Given, Stage
from perfeval.matching.budget import lines_complete
from perfeval.matching.fitting import Facts, fitting, whole
from perfeval.units import Unit

__all__ = ["heads_printed", "training_facts", "training_lines"]

_TRAINING, _MEETINGS = "培训", "会议"
_LECTURING = re.compile("讲课|授课|师资|讲师|宣讲")
_LECTURE_FEE = re.compile(f"(?:{_LECTURING.pattern})(?:劳务|课酬)?(?:费用?|经费)?$")
_EACH_COURSE = re.compile("每[一1]?[期班次场批]")
_ALL_COURSES = re.compile("共|合计|总计|累计")
_BOUNDED_BEFORE = re.compile("不少于|不低于|不超过|不多于|至少|至多|最多|超过|[大约近逾]|[0-9][至到~～—–-]$")
_BOUNDED_AFTER = re.compile(r"\s*(?:名|人)?次?(?:以[上下内]|左右|[余多至到~～—–-])")
_CLAUSE_MARKS = re.compile("[，,、。；;（(\n]")
_NEAR = 12
_MOST_COURSES = 12
"""How many courses of one programme are asked for one by one; those of a longer one are asked for together."""


def training_lines(project: Project) -> tuple[int, ...]:
    """Return which lines pay for training by a person-day; none where that money is not known or not set apart.

    Lecture fees are no part of it. A line that training shares with meetings, an amount that is not exact and a list
    that was not read in full leave the money open.
    """
    found = []
    for index, line in enumerate(project.lines):
        names = {topic.label.zh for topic in topics_of(_LECTURING.sub(" ", line.name))}
        if _TRAINING not in names or _LECTURE_FEE.search(line.name):
            continue
        amount = fitting(line.amount, "元")
        if _MEETINGS in names or amount is None or not isinstance(amount.value, Amount) or amount.value.root < 0:
            return ()
        found.append(index)
    return tuple(found) if lines_complete(project) else ()


def training_facts(project: Project, lines: Sequence[int]) -> Facts | None:
    """Return the money of these lines with the courses of the text, for ``money_against_task.Funding``.

    ``name``, ``money`` and ``tasks``; None where there is no line, or no training whose days are stated.
    """
    if not lines or all(_days_of(training) is None for training in project.trainings):
        return None
    paying = [project.lines[index] for index in lines]
    heads = _heads_paid(paying[0]) if len(paying) == 1 == len(project.trainings) else None
    return {
        "name": _planned("、".join(line.name for line in paying)),
        "money": paying[0].amount if len(paying) == 1 else _planned(_total_of(paying)),
        "tasks": [task for training in project.trainings for task in _courses_of(training, project, heads)],
    }


def _planned(value: Amount | AmountRange | str, span: Span | None = None) -> Given:
    return Given(value=value, stage=Stage.PLANNED, source=SOURCE, span=span)


def _total_of(lines: Iterable[Line]) -> Amount:
    amounts = [line.amount.value for line in lines if isinstance(line.amount.value, Amount)]
    return Amount.from_root(sum((amount.root for amount in amounts), Fraction(0)), Unit.parse("元"))


def _days_of(training: Training) -> Given | None:
    """Return the days of a training as they are bounded: 不少于3天 is three or more, and nothing is known of 约3天."""
    days = fitting(training.days, "天")
    if days is None or training.comparator is Comparator.APPROX:
        return None
    if isinstance(days.value, Amount):
        if days.value.root < 0:
            return None
        if training.comparator in (Comparator.GE, Comparator.GT, Comparator.RANGE):
            return evolve(days, value=AmountRange(days.value, None))
        if training.comparator in (Comparator.LE, Comparator.LT):
            return evolve(days, value=AmountRange(None, days.value))
    return days


def _courses_of(training: Training, project: Project, heads: Given | None) -> list[Facts]:
    """Return each course of a programme where its people are to be asked for, else all of them as one task."""
    courses = whole(training.courses, "期") or whole(training.courses, "次")
    number = int(courses.value.number) if courses is not None and isinstance(courses.value, Amount) else None
    # No course at all, of a training that the text describes, is no number to reckon with.
    count = 1 if training.courses is None else number if number is not None and number > 0 else None
    days = _days_of(training)
    people = _people_of(training, project, count) or heads
    if people is None and count is not None and 1 < count <= _MOST_COURSES:
        counted = "次" if whole(training.courses, "期") is None else "期"
        names = [f"{training.name}第{ordinal}{counted}" for ordinal in range(1, count + 1)]
        return [{"name": _planned(name, training.span), "days": days} for name in names]
    name = training.name if count == 1 else f"{training.name}（合计）"
    return [{"name": _planned(name, training.span), "people": people, "days": days}]


def _people_of(training: Training, project: Project, courses: int | None) -> Given | None:
    """Return how many people the courses of a training have together; between bounds where the text may mean each."""
    people = whole(training.people, "人") or whole(training.people, "人次")
    if people is None or people.span is None or not isinstance(people.value, Amount) or people.value.root < 0:
        return None
    start, end = people.span.start, people.span.end
    before = _CLAUSE_MARKS.split(project.text[max(0, start - _NEAR) : start])[-1]
    if _BOUNDED_BEFORE.search(before) or _BOUNDED_AFTER.match(project.text[end : end + _NEAR]):
        return None
    said = Amount.from_root(people.value.root, Unit.parse("人"))
    if courses == 1 or _ALL_COURSES.search(before):
        return evolve(people, value=said)
    most = None if courses is None else Amount.from_root(said.root * courses, said.unit)
    if _EACH_COURSE.search(before):
        return None if most is None else evolve(people, value=most)
    return evolve(people, value=AmountRange(said, most))


def heads_printed(line: Line) -> Given | None:
    """Return the people of a line that is worked out from them alone: 120 of 120人×1,200元/人, 30 of 30人×3天×450元/人/天.

    None where several courses multiply them, for then they may be the same people, and where the factors are not the
    amount.
    """
    heads = _heads_paid(line)
    return heads if heads is not None and any(factor.value == heads.value for factor in line.factors) else None


def _heads_paid(line: Line) -> Given | None:
    """Return the people of a line that is worked out from them: 120 of 120人×1,200元/人, 60 of 2期×30人×3天×450元/人/天.

    None where the factors are not the amount, or are anything but people, courses, days and a rate.
    """
    heads: list[Given] = []
    product, people, rates = Fraction(1), Fraction(1), 0
    for factor in line.factors:
        if not isinstance(factor.value, Amount):
            return None
        product *= factor.value.root
        if whole(factor, "人") is not None:
            heads.append(factor)
            people *= factor.value.root
        elif whole(factor, "期") is not None:
            people *= factor.value.root
        elif fitting(factor, "元/人") is not None or fitting(factor, "元/人天") is not None:
            rates += 1
        elif fitting(factor, "天") is None:
            return None
    amount = line.amount.value
    if len(heads) != 1 or rates != 1 or not isinstance(amount, Amount) or product != amount.root or people < 0:
        return None
    return evolve(heads[0], value=Amount.from_root(people, Unit.parse("人")))
