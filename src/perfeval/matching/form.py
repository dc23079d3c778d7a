"""From a project to the facts of ``project_text``: parts, basis, placeholders, tasks and money.

Imports ``fitting``, ``documents`` and above.
"""

from __future__ import annotations

import datetime

from perfeval.documents.project import (
    BasisKind,
    Line,
    Part,
    Project,
    Task,
    Use,
)
from perfeval.documents.topics import Topic, shared_words, topics_of
from perfeval.facts import Given
from perfeval.matching.fitting import Facts, said
from perfeval.matching.wholes import is_report

__all__ = ["form_facts", "task_topics", "untasked_topics"]


def form_facts(project: Project) -> Facts:
    """Return the facts of :class:`perfeval.standards.project_text.Form`."""
    year = project.year
    tasked = task_topics(project)
    return {
        "budget_year_ends": None if year is None else said(datetime.date(year.number, 12, 31), year.span),
        "parts": [
            {"title": said(project.form.heading(part) or part.value), "present": _present(project, part)}
            for part in _required(project)
        ],
        "basis": [
            {
                "title": said(basis.number or basis.title or basis.span.text, basis.span),
                # Laws and regulations are named by their titles and carry no document number.
                "numbered": said(basis.numbered or basis.kind is BasisKind.LAW, basis.span),
                "dated": basis.year is not None,
                "year_begins": None if basis.year is None else said(datetime.date(basis.year, 1, 1), basis.span),
            }
            for basis in project.basis
        ],
        "placeholders": [
            {"words": said(one.text, one.span), "filled": said(False, one.span)} for one in project.placeholders
        ],
        "tasks": [
            {"title": said(task.title, task.span), "has_money": said(_has_money(task, project), task.span)}
            for task in project.tasks
        ],
        "lines": [
            {"name": said(line.name, line.span), "has_task": said(_has_task(line, project, tasked), line.span)}
            for line in project.lines
        ],
        "uses": [_use_facts(use, tasked) for use in project.uses],
        "effects": f"{len(project.effects)} 个[语句]",
        "effects_with_number": f"{sum(effect.has_number for effect in project.effects)} 个[语句]",
        "calculation": project.has_calculation_basis,
        "phasing": project.has_phasing,
    }


def _required(project: Project) -> tuple[Part, ...]:
    """Return the parts that a text owes: those of its form, of which a period is often left out; a report owes none."""
    if is_report(project):
        return ()
    return tuple(part for part in project.form.required if part is not Part.PERIOD)


def _present(project: Project, part: Part) -> Given:
    section = project.section(part)
    if section is None:
        return said(part not in project.missing)
    body = section.body.text
    for placeholder in project.placeholders:
        # What is still to be filled in is not content.
        if section.body.start <= placeholder.span.start < section.body.end:
            body = body.replace(placeholder.span.text, "")
    return said(any(character.isalnum() for character in body), section.heading)


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
    return {"words": said(words, use.span), "has_task": said(not untasked, use.span)}
