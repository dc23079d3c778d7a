"""How a project text becomes a ``Project``: the parts are found, each is read, and what is left over is listed.

Imports the other modules of ``documents``; yields facts, never verdicts.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence

from attrs import evolve

from perfeval.documents import decoding
from perfeval.documents.basis import find_basis, part_at
from perfeval.documents.folding import fold
from perfeval.documents.lexing import names
from perfeval.documents.money import Money, find_schedule, find_uses, has_phasing, read_funding
from perfeval.documents.project import (
    BasisDocument,
    EffectSentence,
    Part,
    Project,
    QuotedStandard,
    Restatement,
    ScheduleItem,
    Section,
    Task,
    Unread,
    Use,
)
from perfeval.documents.prose import find_effects, find_tasks, find_year, short_body
from perfeval.documents.quantities import Quantity, Relation, mentions
from perfeval.documents.quoted import quoted_standards
from perfeval.documents.residue import find_notes, find_placeholders
from perfeval.documents.sections import find_sections
from perfeval.documents.training import find_trainings
from perfeval.facts import Label

__all__ = ["read_text"]

_CALCULATION = re.compile(
    r"测算(?:依据|标准|方法|过程|如下|明细)|单价|计算(?:公式|方法|依据)|(?:标准|定额|价格|市场价|询价)[^。；;\n]{0,6}测算|标准\s?[×xX*]|[×*]\s?标准"
)
_NOT_ASSIGNED = Label("未能归入任何项目要素", "it belongs to no known part of a project")


def read_text(text: str) -> Project:
    r"""Read a project text in the eight-heading form.

    Every figure is kept as printed and with its place; what was not understood is listed in ``unread``. A part
    that is missing is recorded. Raises :class:`~perfeval.errors.DocumentError` for a text that is empty, too
    long, or without any heading of the form.

    >>> project = read_text("一、项目名称\n示例经费。\n六、资金安排情况\n申请资金3万元。")
    >>> project.name, str(project.request.value), len(project.missing)
    ('示例经费', '3 万元', 6)
    """
    decoding.check_text(text)
    folded = fold(text)
    sections = find_sections(text, folded)
    known_names = names(folded)
    found = mentions(text, folded, known_names)
    starts = [mention.span.start for mention in found]
    inside = [
        (
            section,
            range(bisect.bisect_left(starts, section.body.start), bisect.bisect_left(starts, section.body.end)),
        )
        for section in sections
    ]
    year = find_year(text, known_names, sections)
    basis = find_basis(text, folded, known_names, sections)
    tasks = tuple(
        task
        for section in sections
        if section.part is Part.CONTENT
        for task in find_tasks(text, folded, section, known_names)
    )
    content = [section for section in sections if section.part in (Part.CONTENT, Part.OVERVIEW)]
    trainings, used = find_trainings(text, folded, content, tasks, known_names, found)

    quoted: list[QuotedStandard] = []
    for section, indices in inside:
        documents = _documents_in(basis, section)
        # The content states the project's own targets; it quotes a standard only where it names the document.
        if section.part is Part.BASIS or (documents and section.part in (Part.OVERVIEW, Part.CONTENT)):
            quotable = [index for index in indices if index not in used]
            standards, positions = quoted_standards(text, folded, [found[index] for index in quotable], documents)
            quoted.extend(standards)
            used.update(quotable[position] for position in positions)
    tasks = tuple(_with_quantities(tasks, found, used))

    money = Money()
    schedule: list[ScheduleItem] = []
    uses: list[Use] = []
    effects: list[EffectSentence] = []
    for section, indices in inside:
        if section.part is Part.FUNDING:
            read_funding(
                text,
                folded,
                section,
                indices,
                found,
                known_names,
                basis,
                year.number if year else None,
                money,
            )
        if section.part is Part.SCHEDULE:
            for index, item in find_schedule(text, folded, section, indices, found, known_names):
                schedule.append(item)
                used.add(index)
        if section.part in (Part.FUNDING, Part.SCHEDULE):
            uses.extend(find_uses(text, folded, section, _amount_places(found, indices)))
        if section.part is Part.EFFECT:
            for read, sentence in find_effects(text, folded, section, found):
                effects.append(sentence)
                used.update(read)
    used |= money.used

    placeholders = tuple(find_placeholders(text, folded, sections))
    present = {section.part for section in sections}
    blanks = {placeholder.span for placeholder in placeholders}
    name, unit = (
        span if span not in blanks else None
        for span in (short_body(text, _first(sections, part)) for part in (Part.NAME, Part.UNIT))
    )
    return Project(
        text=text,
        name=name.text if name else None,
        name_span=name,
        unit=unit.text if unit else None,
        unit_span=unit,
        year=year,
        sections=sections,
        missing=tuple(part for part in Part if part not in present),
        basis=basis,
        tasks=tasks,
        trainings=trainings,
        quoted=tuple(quoted),
        request=money.request,
        approval=money.approval,
        lines=money.lines(),
        totals=tuple(money.totals),
        schedule=tuple(schedule),
        uses=tuple(uses),
        effects=tuple(effects),
        has_calculation_basis=money.has_calculation or _CALCULATION.search(folded) is not None,
        has_phasing=has_phasing(folded, sections, known_names),
        restatements=tuple(_restatements(found, sections)),
        placeholders=placeholders,
        notes=tuple(find_notes(text)),
        unread=tuple(_unread(found, used, money, sections)),
    )


def _documents_in(basis: Sequence[BasisDocument], section: Section) -> Sequence[BasisDocument]:
    first = bisect.bisect_left(basis, section.body.start, key=lambda document: document.span.start)
    last = bisect.bisect_left(basis, section.body.end, key=lambda document: document.span.start)
    return basis[first:last]


def _with_quantities(tasks: Sequence[Task], found: Sequence[Quantity], used: set[int]) -> Iterator[Task]:
    """Give each task the quantities that stand in it and belong to nothing more particular."""
    starts = [mention.span.start for mention in found]
    for task in tasks:
        first, last = bisect.bisect_left(starts, task.span.start), bisect.bisect_left(starts, task.span.end)
        own = [index for index in range(first, last) if index not in used and found[index].problem is None]
        used.update(own)
        yield evolve(task, quantities=tuple(found[index] for index in own))


def _first(sections: Sequence[Section], part: Part) -> Section | None:
    return next((section for section in sections if section.part is part), None)


def _amount_places(found: Sequence[Quantity], indices: Sequence[int]) -> list[tuple[int, int]]:
    return [
        (found[index].span.start, found[index].span.end)
        for index in indices
        if found[index].amounts and found[index].amounts[0].unit.is_money
    ]


def _restatements(found: Sequence[Quantity], sections: Sequence[Section]) -> Iterator[Restatement]:
    for mention in found:
        if mention.relation is Relation.RESTATED:
            start = mention.span.start
            yield Restatement(
                said=mention.given(0),
                again=mention.given(1),
                part=part_at(sections, start),
                span=mention.span,
            )


def _unread(found: Sequence[Quantity], used: set[int], money: Money, sections: Sequence[Section]) -> Iterator[Unread]:
    for index, mention in enumerate(found):
        if index not in used:
            yield Unread(
                text=mention.span.text,
                why=mention.problem or money.refused.get(index) or _NOT_ASSIGNED,
                part=part_at(sections, mention.span.start),
                span=mention.span,
            )
