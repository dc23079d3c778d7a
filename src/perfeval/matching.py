"""From a project as it was read to the facts that the shipped packs judge: what names what, and what must add up.

Parts of a schedule are matched with lines, and tasks with money, by their words and never by their sums. Nothing
here gives a verdict. Imports ``documents``, ``budgets`` and above.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TypeAlias, final

from attrs import evolve, frozen

from perfeval.amounts import Amount, AmountRange
from perfeval.budgets import Figure, Identity
from perfeval.citations import Span
from perfeval.documents.project import (
    BasisKind,
    Comparator,
    Line,
    Part,
    Project,
    ScheduleItem,
    Task,
    Training,
    Use,
)
from perfeval.documents.quantities import SOURCE
from perfeval.documents.topics import Likeness, Topic, likeness, shared_words, topics_of
from perfeval.facts import Given, Label, Listed, Stage
from perfeval.units import Unit

__all__ = [
    "Facts",
    "Group",
    "budget_facts",
    "fitting",
    "form_facts",
    "groups_of",
    "heads_printed",
    "identities_of",
    "task_topics",
    "training_facts",
    "training_lines",
    "untasked_topics",
    "whole",
]

Facts: TypeAlias = dict[str, object]


@final
@frozen
class Group:
    """A part of the schedule with the lines that its words name, and how each was found."""

    item: ScheduleItem
    lines: tuple[tuple[Line, Likeness], ...]


def groups_of(project: Project) -> tuple[Group, ...]:
    """Match each budget line with the one part of the schedule that its words name.

    Words that both say come before topics that both are about. Where several parts name a line alike (one line
    paid in four quarters), none of them can be compared with its lines, and their groups stay empty.
    """
    found: dict[int, list[tuple[Line, Likeness]]] = {index: [] for index in range(len(project.schedule))}
    sharing: set[int] = set()
    for line in project.lines:
        items, how = _items_of(line, project.schedule)
        if len(items) == 1:
            found[items[0]].append((line, how))
        sharing.update(items if len(items) > 1 else ())
    return tuple(
        Group(item, () if index in sharing else tuple(found[index])) for index, item in enumerate(project.schedule)
    )


def _items_of(line: Line, items: Sequence[ScheduleItem]) -> tuple[list[int], Likeness]:
    """Return the parts of a schedule that name a line best, and how that was found."""
    strengths = [len(shared_words(line.name, item.purpose)) for item in items]
    best = max(strengths, default=0)
    if best:
        return [index for index, strength in enumerate(strengths) if strength == best], Likeness.WORDS
    alike = [index for index, item in enumerate(items) if likeness(line.name, item.purpose) is Likeness.TOPIC]
    return alike, Likeness.TOPIC


def fitting(given: Given | None, unit: str) -> Given | None:
    """Return a figure of the text where its unit goes with ``unit``; a figure in any other is not judged."""
    if given is None or not isinstance(given.value, Amount | AmountRange):
        return None
    return given if given.value.dimension == Unit.parse(unit).dimension else None


def whole(given: Given | None, unit: str) -> Given | None:
    """Return a figure of the text where it is a whole number of ``unit``."""
    fit = fitting(given, unit)
    if fit is None or not isinstance(fit.value, Amount) or fit.value.number_in(unit).denominator != 1:
        return None
    return fit


def _complete(project: Project, places: Sequence[Span], part: Part) -> bool:
    """Say whether every amount of a list was read: nothing among its items, or after the last, is left over."""
    if not places:
        return True
    section = project.section(part)
    first, last = min(place.start for place in places), max(place.end for place in places)
    stop = len(project.text) if section is None else section.body.end
    ends = (project.text.find(mark, last, stop) for mark in "。\n")
    last = min((end for end in ends if end >= 0), default=stop)
    if any(unicodedata.category(character) == "No" for character in project.text[first:last]):
        # ① and ½ are numbers to a reader, and no figures to this one.
        return False
    left_over = [unread.span for unread in project.unread] + [empty.span for empty in project.placeholders]
    return not any(first <= span.start < last for span in left_over)


def _listed(items: list[Facts], *, complete: bool) -> Listed | list[Facts]:
    """Return a list as it is or, where some item of it was not read, as one that there may be more of."""
    return items if complete else Listed(items=tuple(items), others_at_most=None)


# --- budget_consistency ----------------------------------------------------------------------------------


def _total(project: Project) -> Given | None:
    """Return what was approved or, where nothing was, what is asked for."""
    return project.approval.amount if project.approval is not None else project.request


def budget_facts(project: Project, groups: Sequence[Group]) -> Facts:
    """Return the facts of :class:`perfeval.standards.budget_consistency.Budget`."""
    return {
        "request": fitting(project.request, "元"),
        "approval": None if project.approval is None else fitting(project.approval.amount, "元"),
        "total": fitting(_total(project), "元"),
        "lines": _listed(
            [{"name": _said(line.name), "amount": fitting(line.amount, "元")} for line in project.lines],
            complete=_lines_complete(project),
        ),
        "schedule": _listed(
            [
                {
                    "purpose": _said(group.item.purpose),
                    "amount": fitting(group.item.amount, "元"),
                    "lines": [
                        {"name": _said(line.name), "matched": how.value, "amount": fitting(line.amount, "元")}
                        for line, how in group.lines
                    ],
                }
                for group in groups
            ],
            complete=_schedule_complete(project),
        ),
        "programmes": [
            {
                "name": _said(training.name),
                "days": fitting(training.days, "天"),
                "stages": [{"name": _said(stage.name), "days": fitting(stage.days, "天")} for stage in training.stages],
            }
            for training in project.trainings
            if training.days is not None or training.stages
        ],
        "statements": [
            {"days": fitting(statement.days, "天"), "class_hours": fitting(statement.class_hours, "学时")}
            for statement in project.restatements
            if statement.days is not None and statement.class_hours is not None
        ],
    }


def _lines_complete(project: Project) -> bool:
    return _complete(project, [line.span for line in project.lines], Part.FUNDING)


def _schedule_complete(project: Project) -> bool:
    return _complete(project, [item.span for item in project.schedule], Part.SCHEDULE)


def identities_of(project: Project, groups: Sequence[Group]) -> tuple[Identity, ...]:
    """Return what must add up in the project's money, for :func:`perfeval.budgets.diagnose`."""
    total = _figure("total", Label("预算总额", "budget total"), _total(project))
    request = _figure("request", Label("申请金额", "amount requested"), project.request)
    lines = {
        id(line): _figure(f"line[{index}]", Label(line.name, line.name), line.amount)
        for index, line in enumerate(project.lines)
    }
    items = [
        _figure(f"schedule[{index}]", Label(item.purpose, item.purpose), item.amount)
        for index, item in enumerate(project.schedule)
    ]
    sums_of_groups = [
        (
            f"schedule_groups_equal_lines/{index}",
            _known(lines[id(line)] for line, _ in group.lines),
            _known([items[index]]),
        )
        for index, group in enumerate(groups)
    ]
    all_lines = _known(lines.values()) if _lines_complete(project) else ()
    all_items = _known(items) if _schedule_complete(project) else ()
    wanted = [
        ("lines_equal_total", all_lines, _known([total])),
        ("schedule_equals_total", all_items, _known([total])),
        *sums_of_groups,
    ]
    if project.approval is not None:
        # Where request and approval differ, what adds up to the request is a witness of its own.
        wanted.append(("request_equals_approval", _known([request]), _known([total])))
        if request is not None and total is not None and request.amount != total.amount:
            wanted.append(("lines_equal_request", all_lines, (request,)))
            wanted.append(("schedule_equals_request", all_items, (request,)))
    return tuple(
        Identity(key=key, label=_IDENTITY_NAMES[key.split("/")[0]], left=left, right=right)
        for key, left, right in wanted
        if left and right
    )


_IDENTITY_NAMES = {
    "lines_equal_total": Label("明细合计等于预算总额", "the lines add up to the total"),
    "schedule_equals_total": Label("计划金额合计等于预算总额", "the schedule adds up to the total"),
    "request_equals_approval": Label("申请金额等于批复金额", "the request equals the approval"),
    "lines_equal_request": Label("明细合计等于申请金额", "the lines add up to the request"),
    "schedule_equals_request": Label("计划金额合计等于申请金额", "the schedule adds up to the request"),
    "schedule_groups_equal_lines": Label("计划分项等于对应明细", "a part of the schedule equals its lines"),
}


def _figure(key: str, label: Label, given: Given | None) -> Figure | None:
    if given is None or not isinstance(given.value, Amount) or not given.value.unit.is_money:
        return None
    return Figure(key=key, label=label, amount=given.value, span=given.span)


def _known(figures: Iterable[Figure | None]) -> tuple[Figure, ...]:
    """Return the figures of one side; none at all where one of them was not read, for then no sum can be made."""
    listed = tuple(figures)
    known = tuple(figure for figure in listed if figure is not None)
    return known if len(known) == len(listed) else ()


# --- project_text ----------------------------------------------------------------------------------------


def form_facts(project: Project) -> Facts:
    """Return the facts of :class:`perfeval.standards.project_text.Form`."""
    year = project.year
    tasked = task_topics(project)
    return {
        "budget_year_ends": None if year is None else _said(datetime.date(year.number, 12, 31), year.span),
        "parts": [
            {"title": _said(project.form.heading(part) or part.value), "present": _present(project, part)}
            for part in project.form.required
        ],
        "basis": [
            {
                "title": _said(basis.number or basis.title or basis.span.text, basis.span),
                # Laws and regulations are named by their titles and carry no document number.
                "numbered": _said(basis.numbered or basis.kind is BasisKind.LAW, basis.span),
                "dated": basis.year is not None,
                "year_begins": None if basis.year is None else _said(datetime.date(basis.year, 1, 1), basis.span),
            }
            for basis in project.basis
        ],
        "placeholders": [
            {"words": _said(one.text, one.span), "filled": _said(False, one.span)} for one in project.placeholders
        ],
        "tasks": [
            {"title": _said(task.title, task.span), "has_money": _said(_has_money(task, project), task.span)}
            for task in project.tasks
        ],
        "lines": [
            {"name": _said(line.name, line.span), "has_task": _said(_has_task(line, project, tasked), line.span)}
            for line in project.lines
        ],
        "uses": [_use_facts(use, tasked) for use in project.uses],
        "effects": f"{len(project.effects)} 个[语句]",
        "effects_with_number": f"{sum(effect.has_number for effect in project.effects)} 个[语句]",
        "calculation": project.has_calculation_basis,
        "phasing": project.has_phasing,
    }


def _said(value: object, span: object = None) -> Given:
    return Given(value=value, source=SOURCE, span=span)  # type: ignore[arg-type]


def _present(project: Project, part: Part) -> Given:
    section = project.section(part)
    if section is None:
        return _said(part not in project.missing)
    body = section.body.text
    for placeholder in project.placeholders:
        # What is still to be filled in is not content.
        if section.body.start <= placeholder.span.start < section.body.end:
            body = body.replace(placeholder.span.text, "")
    return _said(any(character.isalnum() for character in body), section.heading)


def _has_money(task: Task, project: Project) -> bool:
    """Say whether any line, part of the schedule or stated use speaks of what a task is about."""
    about = set(topics_of(task.title)) or set(topics_of(task.text))
    money = [line.name for line in project.lines] + [item.purpose for item in project.schedule]
    money += [use.text for use in project.uses]
    return any(about & set(topics_of(words)) or shared_words(task.title, words) for words in money)


def task_topics(project: Project) -> frozenset[Topic]:
    """Return what the tasks of section five speak of, all together."""
    return frozenset(topic for task in project.tasks for topic in topics_of(task.text))


def _has_task(line: Line, project: Project, tasked: frozenset[Topic]) -> bool:
    """Say whether a task calls for a line; the running of the office needs none."""
    topics = topics_of(line.name)
    if any(topic.overhead for topic in topics) or tasked & set(topics):
        return True
    return any(shared_words(line.name, task.text) for task in project.tasks)


def untasked_topics(use: Use, tasked: frozenset[Topic]) -> tuple[Topic, ...]:
    """Return what a stated use speaks of and no task does; the running of the office left out."""
    return tuple(topic for topic in topics_of(use.text) if not topic.overhead and topic not in tasked)


def _use_facts(use: Use, tasked: frozenset[Topic]) -> Facts:
    untasked = untasked_topics(use, tasked)
    words = use.text
    if untasked:
        words = f"{'、'.join(topic.label.zh for topic in untasked)}（{use.text}）"
    return {"words": _said(words, use.span), "has_task": _said(not untasked, use.span)}


# --- money_against_task ----------------------------------------------------------------------------------

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
    return tuple(found) if _lines_complete(project) else ()


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
