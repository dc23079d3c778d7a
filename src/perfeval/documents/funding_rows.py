"""What is held of a funding while it is read, and where an amount of it goes: a line, or a part of the line before.

Imports ``project``, ``beside``, ``quantities``, ``folding``, ``lexing``, ``naming`` and ``prose``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import final

from attrs import define, evolve, field

from perfeval.documents.beside import opens_parts
from perfeval.documents.folding import span_of
from perfeval.documents.lexing import Name, NameKind, within
from perfeval.documents.naming import clean, figure_of, whole_list
from perfeval.documents.project import Approval, BasisDocument, Line, Section
from perfeval.documents.prose import marker_style
from perfeval.documents.quantities import Quantity
from perfeval.facts import Given, Label

__all__ = ["TOTAL", "Money", "Reading", "Row", "add_line", "bracket_depth", "factors_of", "heads"]

TOTAL = re.compile(
    r"合计|共计|总计|总额|总预算|总资金|共需|小计|预算数|资金需求|^共$|总金额|总费用|总经费|年初预算|全年预算|调整后预算"
)
_NEAR = 120
_MADE_OF = re.compile(r"\s?[=+]\s?[\u4e00-\u9fff]")


@final
@define
class Row:
    """A line to which what stands after it is still being added, or a sum of lines where ``sum_words`` says so."""

    line: Line
    style: str | None = None
    sum_words: str | None = None
    is_source: bool = False
    is_led: bool = False  # by 资金来源, and so a source however many there are
    factors: list[Given] = field(factory=list)
    worked: tuple[int, int] | None = None  # where the factors stand in its brackets
    parts: list[Line] = field(factory=list)

    def whole(self) -> Line:
        """Return the line with its factors and parts."""
        return evolve(self.line, factors=tuple(self.factors), parts=tuple(self.parts))


@final
@define
class Money:
    """What has been read of the funding: the figures, which mentions they took, and the words that name each."""

    request: Given | None = None
    approval: Approval | None = None
    lines: list[Line] = field(factory=list)
    totals: list[Given] = field(factory=list)
    sources: list[Line] = field(factory=list)
    used: set[int] = field(factory=set)
    refused: dict[int, Label] = field(factory=dict)
    named: dict[int, tuple[str, int]] = field(factory=dict)
    has_calculation: bool = False


@final
@define
class Reading:
    """One section of funding while it is read from left to right."""

    text: str
    folded: str
    section: Section
    mentions: Sequence[Quantity]
    known_names: Sequence[Name]
    documents: Sequence[BasisDocument]
    money: Money
    rows: list[Row] = field(factory=list)
    pending: list[int] = field(factory=list)
    top_style: str | None = None
    last: Row | None = None
    in_parts: bool = False
    depth_from: int | None = None
    before: int = 0
    is_adjusted: bool = False
    in_sources: bool = False
    after_source: bool = False
    priced: str | None = None  # what a price right before is the price of


def heads(reading: Reading, index: int) -> None:
    """Note an amount that is no line: what follows it is read from the top again."""
    reading.money.used.add(index)
    reading.last, reading.in_parts, reading.depth_from = None, False, None
    reading.after_source = False


def add_line(reading: Reading, index: int, name: str, start: int, end: int, *, unknown: Label | None = None) -> None:
    """Add a line, or a part of the line before it; ``unknown`` says why its amount is not known, where it is not."""
    mention, folded, text = reading.mentions[index], reading.folded, reading.text
    at = folded.rfind(name, start, end if not mention.spans else mention.spans[0].start)
    begin = at if at >= 0 else mention.span.start
    # The name is quoted as printed; folding keeps places, so the same place of the text holds it.
    shown = text[at : at + len(name)] if at >= 0 else name
    amount = figure_of(mention)
    amount = amount if unknown is None else evolve(amount, value=None)
    line = Line(name=shown, amount=amount, span=span_of(text, begin, end))
    factors = factors_of([reading.mentions[held] for held in reading.pending])
    first = whole_list(folded, max(reading.section.body.start, reading.before), begin)
    reading.money.named[index] = (clean(folded[first:begin]) + shown if first < begin else shown, first)
    reading.money.used.update(reading.pending)
    style, is_part = _level(reading, mention)
    if unknown is not None and not is_part:
        reading.money.refused[index] = unknown
    elif mention.amounts:
        reading.money.used.add(index)
    if is_part and reading.last is not None:
        reading.last.parts.append(evolve(line, factors=tuple(factors)))
        return
    reading.last = Row(line, style=style, factors=factors)
    reading.rows.append(reading.last)
    reading.depth_from = mention.span.end


def _level(reading: Reading, mention: Quantity) -> tuple[str | None, bool]:
    """Return the style of a row's marker, and whether the row is a part of the line before it.

    A part stands in brackets after its line, after 其中 in one sentence, or under a marker of another style.
    """
    folded, place = reading.folded, mention.span.start
    between = folded[max(reading.before, place - _NEAR) : place]
    markers = [one for one in within(reading.known_names, reading.before, place) if one.kind is NameKind.MARKER]
    style = marker_style(folded, markers[-1]) if markers else None
    if reading.top_style is None and style is not None:
        reading.top_style = style
    if reading.last is None:
        reading.in_parts = False
        return style, False
    if bracket_depth(folded, reading.depth_from, place) > 0:
        return style, True
    if style is not None and reading.last.style is not None and len(markers) == 1:
        reading.in_parts = style != reading.top_style
        return style, reading.in_parts
    if any(mark in between for mark in "。；;\n"):
        reading.in_parts = False
    elif _MADE_OF.match(between):
        reading.in_parts = True  # 3万元=水泥2万元+钢材1万元
    elif opens_parts(between):
        reading.in_parts = True
    return style, reading.in_parts


def factors_of(mentions: Sequence[Quantity]) -> list[Given]:
    """Return every amount of the mentions as a given value, in order."""
    return [mention.given(at) for mention in mentions for at in range(len(mention.amounts))]


def bracket_depth(folded: str, start: int | None, end: int) -> int:
    """Return how many more brackets open than close from ``start`` to ``end``, or 0 across sentences or lines."""
    if start is None:
        return 0
    between = folded[start : min(end, start + 400)]
    if "\n" in between or "。" in between:
        return 0
    return between.count("(") - between.count(")")
