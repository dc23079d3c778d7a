"""Which amounts of a funding are no line of their own, which stand for several, and which leave its list open.

Imports ``funding_rows``, ``funding_factors``, ``funding_sources``, ``beside`` and ``naming``.
"""

from __future__ import annotations

import re

from perfeval.documents.beside import (
    BASE,
    EACH,
    OF_A_WORK,
    named_after_it,
    names_of_each,
    no_line_of_its_own,
    not_surely_a_line,
    without_price,
)
from perfeval.documents.funding_factors import is_result, take_base
from perfeval.documents.funding_rows import Reading, add_line, bracket_depth, heads
from perfeval.documents.funding_sources import is_source
from perfeval.documents.naming import clean, whole_list

__all__ = ["leaves_open", "stands_beside"]

_CUT_BEFORE = re.compile(r"(?:核减|审减|调减|压减|削减|扣减|核增|调增)(?:了|资金|金额|经费|额)*$")
_MARKED = re.compile(r"(?:[，,。；;:\n]|^)\s?\(?\d{1,2}[.)]\s?(?P<name>[\u4e00-\u9fff]{2,12})、$")
_EDGE = re.compile(r"(?:[，,。；;:(\n]|[\d一二三四五六七八九十]、|\d[.)]\s?)$")


def leaves_open(reading: Reading, index: int, lead: str, start: int) -> bool:
    """Take an amount that is said of each of several names as a line of each; refuse what is not surely a line.

    What was cut from what was asked for, before any line, is none of the lines.
    """
    money, folded, mention = reading.money, reading.folded, reading.mentions[index]
    if _CUT_BEFORE.search(clean(lead)) and not any(row.sum_words is None for row in reading.rows):
        heads(reading, index)  # 申请8万元，财政核减3万元，批复5万元
        return True
    why = not_surely_a_line(lead, clean(lead), in_list=reading.last is not None)
    if why is not None:
        add_line(reading, index, clean(lead), start, mention.span.end, unknown=why)
        return True
    first = whole_list(folded, max(reading.section.body.start, reading.before), start)
    marked = _MARKED.search(folded, max(reading.before, first - 24), first)
    first = first if marked is None else marked.start("name")
    names = names_of_each(lead, folded[first:start] + lead)
    if names is None:
        return False
    whole = first <= reading.before + 1 or _EDGE.search(folded, max(0, first - 3), first) is not None
    cleaned = [(first + at, clean(name)) for at, name in names if whole and not reading.pending]
    if not cleaned or not all(name and not is_source(name) for _, name in cleaned):
        if not reading.in_sources and not any(is_source(clean(name)) for _, name in names):
            add_line(reading, index, clean(lead), start, mention.span.end, unknown=EACH)
        return True
    for at, name in cleaned:
        add_line(reading, index, name, at, mention.span.end)
        reading.before = mention.span.end  # the names stand side by side, whatever opens their list
    money.named[index] = (clean(folded[first:start] + lead), first)
    return True


def stands_beside(reading: Reading, index: int, lead: str, name: str, start: int) -> bool:
    """Take an amount that is no line of the year, or is one of a line's own parts by the name after it."""
    money, folded, mention = reading.money, reading.folded, reading.mentions[index]
    why = no_line_of_its_own(folded, mention, lead, name)
    if why is not None or is_result(reading, mention):
        # It is known to be no line, so the list lacks nothing without it.
        money.used.add(index)
        reading.priced = name if why is OF_A_WORK else None
        if why is BASE:
            take_base(reading, index)
        return True
    if reading.last is not None and bracket_depth(folded, reading.depth_from, mention.span.start) == 1:
        opened = folded.rfind("(", reading.last.line.span.end, mention.span.start)
        after = named_after_it(folded, opened, mention) if opened >= 0 else None
        if after is not None:
            add_line(reading, index, after[0], mention.span.start, after[1])
            return True
    of_price, reading.priced = reading.priced, None
    return not name and of_price is not None and _paid_of_price(reading, index, start, without_price(of_price))


def _paid_of_price(reading: Reading, index: int, start: int, name: str) -> bool:
    """Take what is paid in the year of a price right before it: 管网维修合同价32万元，2026年支付30万元."""
    folded, mention = reading.folded, reading.mentions[index]
    if any(mark in folded[reading.before : mention.span.start] for mark in "。；;\n"):
        return False
    inside = bracket_depth(folded, reading.depth_from, mention.span.start) > 0
    if inside or (name and any(row.line.name.startswith(name) for row in reading.rows)):
        reading.money.used.add(index)  # said of a line that is listed
        return True
    if not name:
        return False
    add_line(reading, index, name, start, mention.span.end)
    return True
