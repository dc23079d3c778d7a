"""From a project as it was read to the facts that the shipped packs judge: what names what, and what must add up.

Parts of a schedule are matched with lines, and tasks with money, by their words and never by their sums. Nothing
here gives a verdict. Imports ``documents``, ``budgets`` and above.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TypeAlias, final

from attrs import frozen

from perfeval.amounts import Amount, AmountRange
from perfeval.budgets import Figure, Identity
from perfeval.citations import Span
from perfeval.documents.project import BasisKind, Line, Part, Project, ScheduleItem, Task, Use
from perfeval.documents.quantities import SOURCE
from perfeval.documents.topics import Likeness, Topic, likeness, shared_words, topics_of
from perfeval.facts import Given, Label, Listed
from perfeval.units import Unit

__all__ = [
    "Facts",
    "Group",
    "budget_facts",
    "fitting",
    "form_facts",
    "groups_of",
    "identities_of",
    "task_topics",
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
        "parts": [{"title": _said(part.value), "present": _present(project, part)} for part in Part],
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
        return _said(False)
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
