"""A project as a text in its form: what was read, written so that it reads the same.

What a project says in its facts is written from them; of what it says besides, only the overview is taken over as it
stands. Imports only ``project`` and above.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import assert_never

from perfeval.amounts import Amount, AmountRange
from perfeval.citations import Span
from perfeval.documents.bounds import Comparator
from perfeval.documents.printed import Printed
from perfeval.documents.project import (
    BasisDocument,
    Line,
    MoneyKind,
    Part,
    Project,
    QuotedStandard,
    Section,
    StatedMoney,
)
from perfeval.errors import InputError, excerpt
from perfeval.facts import Given
from perfeval.numerals import write_numeral

__all__ = ["render"]


def render(project: Project) -> str:
    r"""Write a project as a text under the headings that it has, or under those of its form where it has none.

    Reading the text gives the project again, but for its spans, wherever its facts are all that it says.

    >>> from perfeval.documents import read_text
    >>> project = read_text("一、项目名称\n示例经费\n六、资金安排情况\n申请3万元，其中：材料费2万元、人工费1.0万元。")
    >>> print(render(project))
    一、项目名称
    示例经费
    六、资金安排情况
    申请3万元。
    计划安排：材料费2万元、人工费1.0万元。
    """
    if not isinstance(project, Project):
        raise InputError.of("project", came=excerpt(project), needed="a Project")
    printed = {one.printed.span: one for one in project.money if one.printed.span is not None}
    written = list(_title(project))
    seen: set[Part] = set()
    for heading, part, body in _headings(project):
        written.append(heading)
        if part not in seen:
            written += _body(project, part, body, printed)
        seen.add(part)
    return "\n".join(written)


def _title(project: Project) -> Iterator[str]:
    if project.year is not None:
        yield f"{project.year.number}年项目说明"
    if project.name is not None and project.section(Part.NAME) is None and project.sections:
        yield project.name


def _headings(project: Project) -> Iterator[tuple[str, Part, str]]:
    if project.sections:
        for section in project.sections:
            yield _heading(section), section.part, section.body.text
        return
    parts = project.form.required
    parts = parts if Part.NAME in parts or project.name is None else (Part.NAME, *parts)
    for number, part in enumerate(parts, 1):
        yield f"{_han(number)}、{project.form.heading(part) or part.value}", part, ""


def _heading(section: Section) -> str:
    return section.title if section.number is None else f"{_han(section.number)}、{section.title}"


def _han(number: int) -> str:
    return write_numeral(number)


def _body(project: Project, part: Part, body: str, printed: Mapping[Span, StatedMoney]) -> Iterator[str]:
    match part:
        case Part.NAME:
            yield project.name or ""
        case Part.UNIT:
            yield project.unit or ""
        case Part.OVERVIEW:
            yield body
        case Part.BASIS:
            yield from _basis(project, printed)
        case Part.PERIOD:
            yield project.period.span.text if project.period is not None else ""
        case Part.CONTENT:
            yield from (f"{task.marker}{task.text}" if task.marker else f"{task.text}。" for task in project.tasks)
        case Part.FUNDING:
            yield from _funding(project, printed)
        case Part.SCHEDULE:
            yield from _schedule(project, printed)
        case Part.EFFECT:
            yield from (f"{sentence.text}。" for sentence in project.effects)
        case _:
            assert_never(part)
    if part in (Part.FUNDING, Part.SCHEDULE):
        yield from _uses(project, part)


# --------------------------------------------------------------------------------------------------------
# Basis and funding


def _basis(project: Project, printed: Mapping[Span, StatedMoney]) -> Iterator[str]:
    for document in project.basis:
        if document.part is not Part.BASIS:
            continue
        quoted = [one for one in project.quoted if one.document is not None and one.document == document.number]
        if quoted:
            yield f"根据{_document(document)}，{'、'.join(_standard(one, printed) for one in quoted)}。"
        else:
            yield f"{_document(document)}。"


def _document(document: BasisDocument) -> str:
    title = "" if document.title is None else f"《{document.title}》"
    if document.number is None:
        return title
    return f"{title}（{document.number}）" if title else f"{document.number}文件"


_BOUND = {Comparator.GE: "不少于", Comparator.LE: "不超过", Comparator.GT: "超过", Comparator.LT: "低于"}


def _standard(quoted: QuotedStandard, printed: Mapping[Span, StatedMoney]) -> str:
    period = "" if quoted.period is None or quoted.period_inherited else f"每{quoted.period}"
    purpose = f"的{quoted.purpose}" if quoted.purpose else ""
    bound = _BOUND.get(quoted.comparator, "")
    return f"每个{quoted.scope or ''}{quoted.binds}{period}{bound}{_figure(quoted.literal, printed)}{purpose}"


def _funding(project: Project, printed: Mapping[Span, StatedMoney]) -> Iterator[str]:
    named = {one.printed.span: one.name for one in project.money}
    others = [one for one in project.money if one.part is Part.FUNDING and one.kind is not MoneyKind.ANNUAL]
    for kind, same in itertools.groupby(others, key=lambda one: one.kind):
        said = [f"{_of_its_year(one)}{_printed(one.printed)}" for one in same]
        if kind is MoneyKind.CUMULATIVE and len(said) > 1:
            # What a total of several years consists of is told to be so by standing in its sentence.
            said = [f"{said[0]}，其中：{'、'.join(said[1:])}"]
        yield from (f"{words}。" for words in said)
    if project.request is not None:
        words = named.get(project.request.span) or "申请资金"
        yield f"{words}{_figure(project.request, printed)}。"
    if project.approval is not None:
        number = f"（{project.approval.document}）" if project.approval.document else ""
        yield f"批复预算{_figure(project.approval.amount, printed)}{number}。"
    if project.sources:
        yield f"资金来源：{'、'.join(_line(line, printed) for line in project.sources)}。"
    if project.lines:
        yield f"计划安排：{'、'.join(_line(line, printed) for line in project.lines)}。"
    for total in project.totals:
        yield f"{named.get(total.span) or '合计'}{_figure(total, printed)}。"


def _of_its_year(money: StatedMoney) -> str:
    of_other_year = money.kind in (MoneyKind.PRIOR_YEAR, MoneyKind.OTHER_YEAR) and money.year is not None
    if of_other_year and f"{money.year}年" not in money.name:
        return f"{money.year}年{money.name}"
    return money.name


def _line(line: Line, printed: Mapping[Span, StatedMoney]) -> str:
    inside = ["×".join(_figure(factor, printed) for factor in line.factors)] if line.factors else []
    if line.parts:
        inside.append("其中：" + "、".join(_line(part, printed) for part in line.parts))
    brackets = f"（{'，'.join(inside)}）" if inside else ""
    return f"{line.name}{_figure(line.amount, printed)}{brackets}"


# --------------------------------------------------------------------------------------------------------
# Schedule and uses


def _schedule(project: Project, printed: Mapping[Span, StatedMoney]) -> Iterator[str]:
    for item in project.schedule:
        yield f"{item.period or ''}支付{item.purpose}{_figure(item.amount, printed)}。"


def _uses(project: Project, part: Part) -> Iterator[str]:
    listed: dict[str | None, list[str]] = {}
    for use in project.uses:
        if use.part is part:
            listed.setdefault(use.activity, []).append(use.text)
    for activity, texts in listed.items():
        lead = "主要用于" if activity is None else f"{activity}，主要用于"
        yield f"{lead}{'；'.join(texts)}。"


# --------------------------------------------------------------------------------------------------------
# Figures


def _figure(given: Given, printed: Mapping[Span, StatedMoney]) -> str:
    """Write a figure as it is printed where that is known, else with the digits that it needs."""
    value = given.value
    stated = None if given.span is None else printed.get(given.span)
    known = None if stated is None else stated.printed
    match value:
        case Amount():
            return _printed(known) if known is not None and known.amount == value else _amount(value)
        case AmountRange(low=Amount() as low, high=None):
            return f"{_amount(low)}以上"
        case AmountRange(low=None, high=Amount() as high):
            return f"{_amount(high)}以内"
        case AmountRange(low=Amount() as low, high=Amount() as high):
            return f"{_amount(low)}—{_amount(high)}"
        case _:
            about = "约" if stated is not None and stated.comparator is Comparator.APPROX else ""
            return "" if known is None else f"{about}{_printed(known)}"


def _printed(printed: Printed) -> str:
    number = _number(printed.number, printed.decimals)
    return number if printed.amount is None else f"{number}{printed.amount.unit.text.split('[')[0]}"


def _amount(amount: Amount) -> str:
    return str(amount).replace(" ", "")


def _number(number: Fraction, decimals: int) -> str:
    whole, rest = divmod(int(number * 10**decimals), 10**decimals)
    return f"{whole:,}.{rest:0{decimals}d}" if decimals else f"{whole:,}"
