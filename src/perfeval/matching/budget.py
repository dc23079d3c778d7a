"""From a project to the facts of ``budget_consistency``, and to the identities that re-reading a unit may mend.

Imports ``fitting``, ``groups``, ``documents`` and above.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perfeval.amounts import Amount
from perfeval.budgets import Figure, Identity
from perfeval.documents.project import (
    Part,
    Project,
)
from perfeval.facts import Given, Label
from perfeval.matching.fitting import Facts, complete, fitting, listed, said
from perfeval.matching.groups import Group

__all__ = ["budget_facts", "identities_of", "lines_complete", "schedule_complete"]


def _total(project: Project) -> Given | None:
    """Return what was approved or, where nothing was, what is asked for."""
    return project.approval.amount if project.approval is not None else project.request


def budget_facts(project: Project, groups: Sequence[Group]) -> Facts:
    """Return the facts of :class:`perfeval.standards.budget_consistency.Budget`."""
    return {
        "request": fitting(project.request, "元"),
        "approval": None if project.approval is None else fitting(project.approval.amount, "元"),
        "total": fitting(_total(project), "元"),
        "lines": listed(
            [{"name": said(line.name), "amount": fitting(line.amount, "元")} for line in project.lines],
            complete=lines_complete(project),
        ),
        "schedule": listed(
            [
                {
                    "purpose": said(group.item.purpose),
                    "amount": fitting(group.item.amount, "元"),
                    "lines": [
                        {"name": said(line.name), "matched": how.value, "amount": fitting(line.amount, "元")}
                        for line, how in group.lines
                    ],
                }
                for group in groups
            ],
            complete=schedule_complete(project),
        ),
        "programmes": [
            {
                "name": said(training.name),
                "days": fitting(training.days, "天"),
                "stages": [{"name": said(stage.name), "days": fitting(stage.days, "天")} for stage in training.stages],
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


def lines_complete(project: Project) -> bool:
    """Say whether every line of the funding was read."""
    return complete(project, [line.span for line in project.lines], Part.FUNDING)


def schedule_complete(project: Project) -> bool:
    """Say whether every amount of the schedule was read."""
    return complete(project, [item.span for item in project.schedule], Part.SCHEDULE)


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
    all_lines = _known(lines.values()) if lines_complete(project) else ()
    all_items = _known(items) if schedule_complete(project) else ()
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
