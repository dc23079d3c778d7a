"""From a project to the facts of ``project_text``: parts, basis, placeholders, tasks and money.

Imports ``fitting``, ``documents`` and above.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

from perfeval.documents.project import (
    BasisKind,
    Line,
    NoteKind,
    Part,
    Project,
    ReaderNote,
    Task,
    Use,
)
from perfeval.documents.topics import Topic, shared_words, topics_of
from perfeval.facts import Given
from perfeval.matching.budget import lines_complete
from perfeval.matching.fitting import Facts, said
from perfeval.matching.wholes import is_account

__all__ = ["form_facts", "task_topics", "untasked_topics"]


def form_facts(project: Project) -> Facts:
    """Return the facts of :class:`perfeval.standards.project_text.Form`."""
    year = project.year
    tasked = task_topics(project)
    open_to_all = _may_pay_anything(project)
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
        "fields": [{"title": said(title), "said": value} for title, value in _fields(project)],
        "residue": [
            {"words": said(note.text, note.span), "hides_figure": said(_hides_figure(project, note), note.span)}
            for note in project.notes
        ],
        "placeholders": [
            {"words": said(one.text, one.span), "filled": said(False, one.span)} for one in project.placeholders
        ],
        "tasks": [
            {
                "title": said(task.title, task.span),
                "has_money": said(_has_money(task, project), task.span),
                "payable": said(open_to_all or _payable(task, project), task.span),
                "repeats": said(repeats, task.span),
            }
            for task, repeats in zip(project.tasks, _repeated(task.text for task in project.tasks), strict=True)
        ],
        "lines": [
            {
                "name": said(line.name, line.span),
                "has_task": said(_has_task(line, project, tasked), line.span),
                "repeats": said(repeats, line.span),
            }
            for line, repeats in zip(
                project.lines, _repeated((line.name, line.amount.value) for line in project.lines), strict=True
            )
        ],
        "uses": [_use_facts(use, tasked) for use in project.uses],
        "effects": f"{len(project.effects)} 个[语句]",
        "effects_with_number": f"{sum(effect.has_number for effect in project.effects)} 个[语句]",
        "calculation": project.has_calculation_basis,
        "phasing": project.has_phasing,
    }


def _required(project: Project) -> tuple[Part, ...]:
    """Return the parts that a text owes: those of its form, of which a period is often left out; a report owes none."""
    if is_account(project):
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


def _fields(project: Project) -> Iterator[tuple[str, Given]]:
    """Yield what a text must say, wherever it says it; a report and a draft of one part alone owe nothing.

    What has a heading of its own in the form is looked for there, and missing with it.
    """
    if is_account(project):
        return
    required = _required(project)
    if Part.NAME not in required:
        yield "项目名称", said(project.name is not None, project.name_span)
    yield "预算年度", said(project.year is not None, None if project.year is None else project.year.span)
    funding = project.section(Part.FUNDING)
    if funding is not None:
        yield "资金数额", said(_names_money(project), funding.heading)


def _names_money(project: Project) -> bool | None:
    """Say whether the funding names any money; not known where it has a figure that was not understood or filled in."""
    figures = (project.request, project.approval, *project.lines, *project.totals, *project.sources)
    if any(figure is not None for figure in figures):
        return True
    if any(one.part is Part.FUNDING for one in project.money):
        return True
    left = [one.part for one in project.unread] + [one.part for one in project.placeholders]
    return None if Part.FUNDING in left else False


_FIGURE_BEFORE = re.compile(r"[0-9０-９.．,，]\s?$")
_FIGURE_AFTER = re.compile(r"\s?(?:[0-9０-９.．]|[百千万亿]?元|[%％‰])")


def _hides_figure(project: Project, note: ReaderNote) -> bool:
    """Say whether residue stands inside a figure, or broken characters stand where one should be."""
    start, end = note.span.start, note.span.end
    before = _FIGURE_BEFORE.search(project.text[max(0, start - 3) : start]) is not None
    after = _FIGURE_AFTER.match(project.text[end : end + 3]) is not None
    return (before and after) or (note.kind is NoteKind.BROKEN_CHARACTER and (before or after))


def _repeated(items: Iterable[object]) -> Iterator[bool]:
    """Yield, for each item, whether it stood before; what has no words or no amount is never the same as another."""
    seen: set[object] = set()
    for item in items:
        key = "".join(item.split()) if isinstance(item, str) else item
        known = bool(key) and not (isinstance(key, tuple) and None in key)
        yield known and key in seen
        if known:
            seen.add(key)


_COSTS = re.compile("购置|采购|购买|新建|修建|改造|租赁|聘用")
_PAYS_ANYTHING = re.compile(
    "其他|其它|工作经费|项目经费|专项|业务费|综合|不可预见|预备|运转|公用|办公|杂费|活动费|管理费|补助资金|补助经费"
)
_ELSEWHERE = re.compile(
    "不安排|不新增|无需|不需|自有资金|自筹|另行|其他渠道|其他资金|统筹|结转|配合|协助|免费|志愿|已有|现有|上级资金|由.{0,12}(?:承担|负责|解决|保障)"
)


def _may_pay_anything(project: Project) -> bool:
    """Say whether a budget may pay for any task: it has no lines, was not read in full, or has a general line."""
    if not project.lines or not lines_complete(project):
        return True
    return any(
        _PAYS_ANYTHING.search(line.name) or any(topic.overhead for topic in topics_of(line.name))
        for line in project.lines
    )


def _payable(task: Task, project: Project) -> bool:
    """Say whether some line may lawfully pay for a task, or nothing needs to.

    Only a task that plainly costs something can have nothing that pays for it.
    """
    if not _COSTS.search(task.title) or _ELSEWHERE.search(task.text) or not topics_of(task.title):
        return True
    return _has_money(task, project)


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
