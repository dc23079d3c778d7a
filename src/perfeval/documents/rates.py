"""What a quantity is counted per: 每年, 每个党支部, 人均, 元/人·天.

Imports only ``lexing``, ``folding``, ``units`` and ``amounts``.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import final

from attrs import frozen

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.documents.folding import span_of
from perfeval.documents.lexing import PER_WORDS, Figure
from perfeval.errors import InputError
from perfeval.units import Unit

__all__ = ["Per", "per_before", "qualified", "rate_after"]


_PERIODS = {
    "年": "年", "年度": "年", "个月": "月", "月": "月", "月份": "月", "季度": "季度", "个季度": "季度", "季": "季度",
    "半年": "半年", "天": "天", "日": "天", "半天": "半天", "周": "周", "星期": "周", "小时": "小时",
}  # fmt: skip
_EACH = re.compile(rf"每\s?(?P<one>一)?(?P<word>{PER_WORDS})?")
_AVERAGE = re.compile(r"(?P<word>人|年|月|户|日)均(?![衡匀等])")
_SLASH = re.compile(rf"\s?/\s?(?P<word>{PER_WORDS}|[\u4e00-\u9fff]{{1,6}})")
_MORE_SLASH = re.compile(rf"\s?[/·]\s?(?P<word>{PER_WORDS})|(?P<bare>天|月|年|次)")
_PART = re.compile(r"(?P<sign>[/·])(?P<word>[^/·\[]+)(?:\[(?P<kind>[^\]]+)\])?")
_KIND = re.compile(r"(?<=\[)[^\]]+")
_NOUN_END = re.compile(
    r"工作经费|经费|补助|补贴|津贴|资金|报酬|集中|培训|学习|参加|接受|安排|给予|按照|平均|均|各|最高|最低|最多|至少|至多|"
    r"全年|一次性|标准|不|应|可|须|每|配备|开展|完成|(?<![会党新群合作])组织|可用|发放|拨付|≥|≤|>|<|="
)
_PERSON_END = ("书记", "人", "员", "者", "师", "生", "长", "工", "干部", "代表", "骨干", "医", "民", "专家")


@final
@frozen
class Per:
    """What an amount is counted per: 年, 2年, 人, 党支部; ``unit`` is how that is told to ``Amount``.

    ``period`` tells a length of time from what is counted; ``inherited`` that an earlier clause said it.
    """

    word: str
    unit: str | None
    period: bool
    span: Span
    inherited: bool = False


def qualified(noun: str, counter: str | None = None) -> str:
    """Return the unit in which a noun is counted: persons in 人[…], all else in 个[…].

    >>> qualified("党支部"), qualified("护理员"), qualified("脱贫户", "户")
    ('个[党支部]', '人[护理员]', '户[脱贫户]')
    """
    if counter in (None, "个", "名", "位", "人"):
        counter = "人" if noun.endswith(_PERSON_END) else "个"
    return f"{counter}[{noun}]" if noun else str(counter)


def per_before(text: str, folded: str, start: int, stop: int, figure_start: int) -> Iterator[Per]:
    """Find what a figure is counted per, in the words before it: 每个党支部每年."""
    at = start
    while (at := folded.find("每", at, figure_start)) >= 0:
        match = _EACH.match(folded, at, figure_start)
        if match is None:
            return
        end = match.end()
        word = match["word"] or ""
        noun_end = _noun_end(folded, end, figure_start)
        # The noun reaches to the comparator, to the next 每 or to the first word that cannot be part of it.
        reach = min(noun_end, max(stop, end))
        noun = folded[end:reach].strip() if reach > end else ""
        if word in _PERIODS:
            yield Per(_PERIODS[word], _PERIODS[word], True, span_of(text, at, end))
        elif word and (not noun or word in ("期", "次", "场", "学时", "课时", "人", "人次")):
            yield Per(word, _unit_or_none(word), False, span_of(text, at, end))
        elif noun and len(noun) <= 16:
            yield Per(noun, _unit_or_none(qualified(noun, word or None)), False, span_of(text, at, reach))
            end = reach
        at = end
    for average in _AVERAGE.finditer(folded, start, figure_start):
        word = average["word"]
        yield Per(word, _unit_or_none(word), word in _PERIODS, span_of(text, average.start(), average.end()))


def _noun_end(folded: str, start: int, stop: int) -> int:
    found = _NOUN_END.search(folded, start, stop)
    if found is not None and found.start() == start and found[0] in ("培训", "学习", "集中"):
        found = _NOUN_END.search(folded, start + 1, stop)  # 每个培训班: the word begins the noun
    return found.start() if found is not None else stop


def rate_after(text: str, folded: str, figure: Figure) -> tuple[Amount | None, tuple[Per, ...], int]:
    """Read the rate that a figure's unit goes on with: 元/人·天; return it, its parts and where it ends."""
    amount = figure.amount
    if amount is not None and figure.unit_end is not None:
        written = _as_written(text, folded, figure.end, figure.unit_end)
        whole = Amount.of(amount.number, Unit.parse(amount.unit.text + written))
        return whole, tuple(_parts(text, folded, figure.end, figure.unit_end)), figure.unit_end
    match = _SLASH.match(folded, figure.end) if figure.unit else None
    if match is None:
        return amount, (), figure.end
    found: list[Per] = []
    end = figure.end
    while match is not None and len(found) < 4:
        word = match["word"] or match["bare"]
        unit = _unit_or_none(word) or _unit_or_none(qualified(word))
        period = word in _PERIODS
        found.append(Per(_PERIODS.get(word, word), unit, period, span_of(text, match.start(), match.end())))
        end = match.end()
        match = _MORE_SLASH.match(folded, end)
    units = [per.unit for per in found]
    if amount is not None and all(units):
        with contextlib.suppress(InputError):  # the plain amount and the words that follow it are still true
            amount = Amount.of(amount.number_in(amount.unit), "/".join([amount.unit.text, *map(str, units)]))
    return amount, tuple(found), end


def _as_written(text: str, folded: str, start: int, stop: int) -> str:
    """Return what a unit goes on with: names and signs folded, kinds as the text has them (學員 is not 学员)."""
    return _KIND.sub(lambda kind: text[start + kind.start() : start + kind.end()], folded[start:stop])


def _parts(text: str, folded: str, start: int, stop: int) -> Iterator[Per]:
    """Yield what stands after the first / of a unit that is written as the library shows one."""
    is_below = False
    for part in _PART.finditer(folded, start, stop):
        is_below = is_below or part["sign"] == "/"
        if is_below:
            kind = None if part["kind"] is None else text[part.start("kind") : part.end("kind")]
            unit = part["word"] if kind is None else f"{part['word']}[{kind}]"
            word = _PERIODS.get(unit, kind or unit)
            yield Per(word, _unit_or_none(unit), unit in _PERIODS, span_of(text, part.start(), part.end()))


def _unit_or_none(text: str) -> str | None:
    try:
        return Amount.of(1, text).unit.text
    except InputError:
        return None
