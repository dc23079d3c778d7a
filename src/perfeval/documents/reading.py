"""How a project text becomes a ``Project``: the parts are found, each is read, and what is left over is listed.

Imports the other modules of ``documents``; yields facts, never verdicts.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.documents import decoding
from perfeval.documents.basis import find_basis, part_at
from perfeval.documents.folding import fold
from perfeval.documents.funding_rows import Money
from perfeval.documents.furniture import blanked, furniture
from perfeval.documents.lexing import Name, names
from perfeval.documents.money import read_funding
from perfeval.documents.naming import clean, lead_of, whole_list
from perfeval.documents.project import (
    BasisDocument,
    EffectSentence,
    Form,
    Line,
    MoneyKind,
    Part,
    Period,
    Project,
    QuotedStandard,
    Restatement,
    ScheduleItem,
    Section,
    Task,
    Unread,
    Use,
    Year,
)
from perfeval.documents.prose import find_effects, find_tasks, find_year, name_in_title, short_body
from perfeval.documents.quantities import Quantity, Relation, mentions
from perfeval.documents.quoted import quoted_standards
from perfeval.documents.residue import find_notes, find_placeholders
from perfeval.documents.sections import Stretch, find_sections, find_stretches, form_of, is_heading
from perfeval.documents.spending import find_schedule, find_uses, has_phasing, settled_schedule
from perfeval.documents.stated import Kind, declared, is_running_total, money_kinds, stated_money
from perfeval.documents.terms import find_period, said_period
from perfeval.documents.training import find_trainings
from perfeval.errors import DocumentError
from perfeval.facts import Label

__all__ = ["read_projects", "read_text"]

_CALCULATION = re.compile(
    r"测算(?:依据|标准|方法|过程|如下|明细)|单价|计算(?:公式|方法|依据)|(?:标准|定额|价格|市场价|询价)[^。；;\n]{0,6}测算|标准\s?[×xX*]|[×*]\s?标准"
)
_NOT_ASSIGNED = Label("未能归入任何项目要素", "it belongs to no known part of a project")


def read_text(text: str) -> Project:
    r"""Read a project text that is one project, in any of the forms of :class:`~perfeval.documents.Form`.

    Every figure is kept as printed and with its place; what was not understood is listed in ``unread``. A part
    that is missing is recorded. Raises :class:`~perfeval.errors.DocumentError` for a text that is empty, too
    long, without any heading of a form, or of several projects: :func:`read_projects` reads those.

    >>> project = read_text("一、项目名称\n示例经费。\n六、资金安排情况\n申请资金3万元。")
    >>> project.name, str(project.request.value), len(project.missing)
    ('示例经费', '3 万元', 6)
    """
    found = read_projects(text)
    if len(found) > 1:
        raise DocumentError.of(
            "text", came=f"a text of {len(found)} projects", needed="one; read several with read_projects(text)"
        )
    return found[0]


def read_projects(text: str) -> tuple[Project, ...]:
    r"""Read every project of a text, in order; each holds the whole text, and ``span`` says which stretch is its own.

    A project begins with a title line (…项目文本（二）, 项目二：…), where 项目名称 is given again, or where the headings
    begin again. Tables of contents, page numbers and running heads are looked over.

    >>> text = "项目一：修路\n1.项目概述\n甲。\n2.年度预算安排\n3万元。\n项目二：架桥\n1.项目概述\n乙。\n2.年度预算安排\n5万元。"
    >>> [(project.name, str(project.totals[0].value)) for project in read_projects(text)]
    [('修路', '3 万元'), ('架桥', '5 万元')]
    """
    decoding.check_text(text)
    plain = fold(text)
    folded = blanked(plain, furniture(text, plain, is_heading))
    stretches = find_stretches(text, folded, find_sections(text, folded))
    known_names = names(folded)
    found = mentions(text, folded, known_names)
    head = find_year(text, folded, known_names, (), [(0, stretches[0].sections[0].heading.start)])
    name_starts = [name.start for name in known_names]
    mention_starts = [mention.span.start for mention in found]
    return tuple(
        _read(
            text,
            folded,
            stretch,
            known_names[bisect.bisect_left(name_starts, stretch.start) : bisect.bisect_left(name_starts, stretch.end)],
            found[bisect.bisect_left(mention_starts, stretch.start) : bisect.bisect_left(mention_starts, stretch.end)],
            head,
        )
        for stretch in stretches
    )


def _read(
    text: str,
    folded: str,
    stretch: Stretch,
    known_names: Sequence[Name],
    stated: Sequence[Quantity],
    year_of_head: Year | None,
) -> Project:
    """Read one project from its names and mentions."""
    sections, start, end = stretch.sections, stretch.start, stretch.end
    found = declared(folded, start, end, sections, stated)
    starts = [mention.span.start for mention in found]
    inside = [
        (
            section,
            range(bisect.bisect_left(starts, section.body.start), bisect.bisect_left(starts, section.body.end)),
        )
        for section in sections
    ]
    title = [(start, sections[0].heading.start)]
    year = find_year(text, folded, known_names, (), title) or _named_year(text, folded, known_names, sections)
    year = year or year_of_head or find_year(text, folded, known_names, sections, [])
    basis = find_basis(text, folded, known_names, sections, start, end)
    tasks = tuple(
        task
        for section in sections
        if section.part is Part.CONTENT
        for task in find_tasks(text, folded, section, known_names)
    )
    content = [section for section in sections if section.part in (Part.CONTENT, Part.OVERVIEW)]
    trainings, used = find_trainings(text, folded, content, tasks, known_names, found)

    quoted = tuple(_quoted(text, folded, inside, found, basis, used))
    tasks = tuple(_with_quantities(tasks, found, used))

    kinds = money_kinds(folded, known_names, found, year.number if year else None, start)
    money = Money()
    schedule: list[ScheduleItem] = []
    sums: list[Line] = []
    uses: list[Use] = []
    effects: list[EffectSentence] = []
    for section, indices in inside:
        if section.part is Part.FUNDING:
            read_funding(text, folded, section, indices, found, known_names, basis, kinds, money)
        if section.part is Part.SCHEDULE:
            items = list(_scheduled(text, folded, section, indices, found, known_names, kinds, money))
            kept, wrong = settled_schedule(folded, section, items)
            schedule, sums = [*schedule, *kept], [*sums, *wrong]
        if section.part in (Part.FUNDING, Part.SCHEDULE):
            uses.extend(find_uses(text, folded, section, _amount_places(found, indices)))
        if section.part is Part.EFFECT:
            for read, sentence in find_effects(text, folded, section, found):
                effects.append(sentence)
                used.update(read)
    for index in kinds:
        if index not in money.named:
            before = found[index - 1].span.end if index else start
            money.named[index] = _named(folded, sections, before, found[index])
    used |= money.used
    # What is money of another kind is in the list of all money, and so not left over; but among the rows of a list it
    # may be money of this year that is owed from another (2025年欠付租金), and then the list is not known in full.
    running = _running_totals(folded, found, kinds, schedule)
    rows = _reach([line.span for line in money.lines]), _reach([item.span for item in schedule])
    used.update(
        index
        for index, kind in kinds.items()
        if kind.kind is not MoneyKind.ANNUAL
        and found[index].amounts
        and running.get(index, True)
        and (
            (kind.kind is MoneyKind.CHANGE and not kind.is_lent)
            or index in running
            or not any(_among(folded, found, index, reach, is_lent=kind.is_lent) for reach in rows)
        )
    )

    period, no_day = _period(text, folded, sections, start, end)
    if period is not None or no_day:  # 2026.01-2028.06, 共30个月: numbers of the period
        used.update(index for section, indices in inside if section.part is Part.PERIOD for index in indices)
    placeholders = tuple(find_placeholders(text, folded, sections, start, end))
    blanks = {placeholder.span for placeholder in placeholders}
    name, unit = (
        span if span not in blanks else None
        for span in (short_body(text, folded, _body(sections, part)) for part in (Part.NAME, Part.UNIT))
    )
    form = form_of(sections)
    if name is None and _body(sections, Part.NAME) is None and stretch.title is not None:
        name = name_in_title(text, folded, stretch.title)
    return Project(
        text=text,
        name=name.text if name else None,
        name_span=name,
        unit=unit.text if unit else None,
        unit_span=unit,
        year=year,
        sections=sections,
        missing=_missing(form, sections, period),
        basis=basis,
        tasks=tasks,
        trainings=trainings,
        quoted=quoted,
        request=money.request,
        approval=money.approval,
        lines=tuple(money.lines),
        totals=tuple(money.totals),
        sources=tuple(money.sources),
        schedule=tuple(schedule),
        schedule_sums=tuple(sums),
        uses=tuple(uses),
        effects=tuple(effects),
        has_calculation_basis=money.has_calculation or _CALCULATION.search(folded, start, end) is not None,
        has_phasing=has_phasing(folded, sections, known_names),
        restatements=tuple(_restatements(found, sections)),
        placeholders=placeholders,
        notes=tuple(find_notes(text, start, end)),
        unread=(*_unread(found, used, money, sections), *no_day),
        form=form,
        period=period,
        money=tuple(stated_money(text, folded, sections, found, kinds, money.named)),
        span=Span(start=start, end=end, text=text[start:end]),
    )


def _scheduled(
    text: str,
    folded: str,
    section: Section,
    indices: Sequence[int],
    found: Sequence[Quantity],
    known_names: Sequence[Name],
    kinds: Mapping[int, Kind],
    money: Money,
) -> Iterator[ScheduleItem]:
    """Yield the payments of a schedule, and note in ``money`` what was read and what was refused."""
    kind_of = {index: kinds[index].kind if index in kinds else MoneyKind.ANNUAL for index in indices}
    running = {index for index, kind in kind_of.items() if kind is MoneyKind.CUMULATIVE}
    own = [index for index, kind in kind_of.items() if index in running or kind is MoneyKind.ANNUAL]
    for index, item, why in find_schedule(text, folded, section, own, found, known_names, cumulative=running):
        if why is not None:
            money.refused[index] = why
            continue
        money.used.add(index)
        if item is not None:
            money.named[index] = (item.purpose, item.span.start)
            yield item


def _reach(spans: Sequence[Span]) -> tuple[int, int]:
    """Return from where to where a list reaches."""
    return (spans[0].start, spans[-1].end) if spans else (0, 0)


def _running_totals(
    folded: str, found: Sequence[Quantity], kinds: Mapping[int, Kind], schedule: Sequence[ScheduleItem]
) -> dict[int, bool]:
    """Return the running totals (累计支付45万元) of a schedule, and whether its payments come to the last of them.

    Where they do not, some payments are stated by their running total alone.
    """
    running = [
        index
        for index, kind in kinds.items()
        if kind.kind is MoneyKind.CUMULATIVE and found[index].amounts and is_running_total(folded, found[index])
    ]
    paid = [item.amount.value for item in schedule]
    amounts = [value.root for value in paid if isinstance(value, Amount)]
    if not running or not paid:
        return {}
    holds = len(amounts) == len(paid) and found[running[-1]].amounts[0].root == sum(amounts)
    return dict.fromkeys(running, holds)


def _among(folded: str, found: Sequence[Quantity], index: int, reach: tuple[int, int], *, is_lent: bool) -> bool:
    """Say whether an amount stands in a list as its rows do, in no brackets of a row; one of a kind that is lent, near it."""
    place = found[index].span.start
    begin = max(reach[0], place - 200)
    if place < reach[0] or folded.count("(", begin, place) > folded.count(")", begin, place):
        return False
    follows = is_lent or (index > 0 and folded.startswith("、", found[index - 1].span.end))
    return place < reach[1] or (follows and not any(mark in folded[reach[1] : place][:400] for mark in "。\n"))


def _named(folded: str, sections: Sequence[Section], before: int, mention: Quantity) -> tuple[str, int]:
    """Return the words that name an amount outside the lines of the funding, and where they begin."""
    place = mention.span.start
    at = bisect.bisect_right(sections, place, key=lambda section: section.heading.start) - 1
    low = sections[at].body.start if at >= 0 else 0
    lead, start = lead_of(folded, low, mention)
    begin = whole_list(folded, max(low, before), start)
    lead = f"{folded[begin:start]}{lead}"
    return clean(lead) or lead, begin


def _named_year(text: str, folded: str, known_names: Sequence[Name], sections: Sequence[Section]) -> Year | None:
    """Return the year in a project's own name."""
    return find_year(text, folded, known_names, [section for section in sections if section.part is Part.NAME], [])


def _period(
    text: str, folded: str, sections: Sequence[Section], start: int, end: int
) -> tuple[Period | None, list[Unread]]:
    """Return the period under its heading, or else the one that a sentence states; and one that is no period."""
    for section in sections:
        if section.part is Part.PERIOD:
            found = find_period(text, folded, section.body.start, section.body.end)
            if isinstance(found, Period):
                return found, []
            if found is not None:
                return None, [Unread(text=found.span.text, why=found.why, part=Part.PERIOD, span=found.span)]
    found = said_period(text, folded, start, end)
    return (found if isinstance(found, Period) else None), []


def _missing(form: Form, sections: Sequence[Section], period: Period | None) -> tuple[Part, ...]:
    """Return the parts that the form requires and the text has not.

    A period may be stated in prose, and a plan beside the content takes the place of its heading.
    """
    present = {section.part for section in sections}
    planned = {section.title for section in sections if section.part is Part.CONTENT}
    if period is not None or len(planned) > 1:
        present.add(Part.PERIOD)
    return tuple(part for part in form.required if part not in present)


def _quoted(
    text: str,
    folded: str,
    inside: Sequence[tuple[Section, range]],
    found: Sequence[Quantity],
    basis: Sequence[BasisDocument],
    used: set[int],
) -> Iterator[QuotedStandard]:
    """Yield the standards that a project quotes, and note the mentions that they take."""
    for section, indices in inside:
        documents = _documents_in(basis, section)
        # The content states the project's own targets; it quotes a standard only where it names the document.
        if section.part is Part.BASIS or (documents and section.part in (Part.OVERVIEW, Part.CONTENT)):
            quotable = [index for index in indices if index not in used]
            standards, positions = quoted_standards(text, folded, [found[index] for index in quotable], documents)
            used.update(quotable[position] for position in positions)
            yield from standards


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


def _body(sections: Sequence[Section], part: Part) -> Span | None:
    return next((section.body for section in sections if section.part is part), None)


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
            why = mention.problem or money.refused.get(index)
            of_money = any(amount.unit.holds_money for amount in mention.amounts)
            yield Unread(
                text=mention.span.text,
                why=why or _NOT_ASSIGNED,
                part=part_at(sections, mention.span.start),
                span=mention.span,
                understood=why is None and bool(mention.amounts) and not of_money,
            )
