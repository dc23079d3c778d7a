"""What a quantity is counted per (每年, 每个党支部, 人均, 元/人·天, 300元每人每天), and what it is said of.

Imports only ``figures``, ``counters``, ``folding``, ``units`` and ``amounts``.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import final

from attrs import frozen

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.documents.counters import PER_SIGNS, PER_WORDS
from perfeval.documents.figures import Figure
from perfeval.documents.folding import span_of
from perfeval.errors import InputError
from perfeval.units import Unit

__all__ = ["PERIODS", "Per", "per_before", "qualified", "rate_after", "said_of"]


PERIODS = {
    "年": "年", "年度": "年", "个月": "月", "月": "月", "月份": "月", "季度": "季度", "个季度": "季度", "季": "季度",
    "半年": "半年", "学期": "学期", "学年": "学年", "天": "天", "日": "天", "半天": "半天", "周": "周", "星期": "周", "小时": "小时",
}  # fmt: skip
_EACH = re.compile(rf"每\s?(?P<one>一)?(?P<word>{PER_WORDS})?")
# 每千人口医师数: the persons that a figure is per, before what it counts.
_OF_MANY = re.compile(r"每\s?(?P<word>[十百千万]{1,2}(?:人口|人|户|元|平方米|亩))")
_AVERAGE = re.compile(r"(?P<word>[人年月户日生亩村班次校])均(?![衡匀等])")
_SIGNS = rf"(?:{'|'.join(PER_SIGNS)})(?![A-Za-z\d²³])"
_SLASH = re.compile(rf"\s?/\s?(?:每\s?)?(?P<word>{PER_WORDS}|{_SIGNS}|[\u4e00-\u9fff]{{1,6}})")
_MORE_SLASH = re.compile(
    rf"\s?[/·.*×]\s?(?:每\s?)?(?P<word>{PER_WORDS})|每\s?(?P<each>{PER_WORDS})|(?P<bare>天|月|年|次|期|场|学时|课时|小时|半天)"
)
_BRACKETED = re.compile(rf"\s?/\s?\(\s?(?P<first>{PER_WORDS})(?P<more>(?:\s?[·*×/.、]\s?(?:{PER_WORDS})){{0,3}})\s?\)")
_NEXT_WORD = re.compile(PER_WORDS)
# 300元每人每天, 20元一人; 一次性 is no occasion, and 每 that opens a clause of its own says nothing of this one.
_EACH_AFTER = re.compile(
    rf"(?:每|一)(?P<word>{PER_WORDS})(?!性)(?=\s?(?:每|的|[，,。；;、)]|标准|左右|以内|以上|以下|\s*$|\n))"
)
_PART = re.compile(r"(?P<sign>[/·])(?P<word>[^/·\[]+)(?:\[(?P<kind>[^\]]+)\])?")
_KIND = re.compile(r"(?<=\[)[^\]]+")
_BRACKETS = re.compile(r"\([^()]{0,16}\)")
_NOUN_END = re.compile(
    r"工作经费|经费|补助|补贴|津贴|资金|报酬|集中|培训|学习|参加|接受|安排|给予|按照|平均|均|各|最高|最低|最多|至少|至多|"
    r"全年|一次性|标准|不|应|可|须|每|配备|开展|完成|(?<![会党新群合作])组织|可用|发放|拨付|原则上|一般|大约|约|达到|达|超过|少于|低于|高于|等于|力争|预计|提高|控制|≥|≤|>|<|="
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
        many = _OF_MANY.match(folded, at, figure_start)
        if many is not None:
            yield Per(many["word"], None, False, span_of(text, at, many.end()))
            at = many.end()
            continue
        end = match.end()
        word = match["word"] or ""
        noun_end = _noun_end(folded, end, figure_start)
        # The noun reaches to the comparator, to the next 每 or to the first word that cannot be part of it.
        reach = min(noun_end, max(stop, end))
        noun = _BRACKETS.sub("", folded[end:reach]).strip() if reach > end else ""
        if word in PERIODS:
            yield Per(PERIODS[word], PERIODS[word], True, span_of(text, at, end))
        elif word and (not noun or word in ("期", "次", "场", "学时", "课时", "人", "人次")):
            yield Per(word, _unit_or_none(word), False, span_of(text, at, end))
        elif noun and len(noun) <= 16:
            yield Per(noun, _unit_or_none(qualified(noun, word or None)), False, span_of(text, at, reach))
            end = reach
        at = end
    for average in _AVERAGE.finditer(folded, start, figure_start):
        word = PERIODS.get(average["word"], average["word"])
        yield Per(word, _unit_or_none(word), word in PERIODS, span_of(text, average.start(), average.end()))


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
    if figure.unit is None:
        return amount, (), figure.end
    found: list[Per] = []
    bracketed = _BRACKETED.match(folded, figure.end)
    if bracketed is not None:
        words = _NEXT_WORD.finditer(folded, bracketed.start("first"), bracketed.end("more"))
        found.extend(_per(text, one[0], one.start(), one.end()) for one in words)
        return _rated(amount, found), tuple(found), bracketed.end()
    match = _SLASH.match(folded, figure.end)
    if match is None:
        return (amount, *_each_after(text, folded, figure))
    end = figure.end
    while match is not None and len(found) < 4:
        groups = match.groupdict()
        word = match["word"] or groups.get("each") or groups.get("bare") or ""
        found.append(_per(text, word, match.start(), match.end()))
        end = match.end()
        match = _MORE_SLASH.match(folded, end)
    return _rated(amount, found), tuple(found), end


def _per(text: str, written: str, start: int, end: int) -> Per:
    word = PER_SIGNS.get(written, written)
    unit = _unit_or_none(word) or _unit_or_none(qualified(word))
    return Per(PERIODS.get(word, word), unit, word in PERIODS, span_of(text, start, end))


def _rated(amount: Amount | None, found: list[Per]) -> Amount | None:
    units = [per.unit for per in found]
    if amount is not None and all(units):
        with contextlib.suppress(InputError):  # the plain amount and the words that follow it are still true
            return Amount.of(amount.number_in(amount.unit), "/".join([amount.unit.text, *map(str, units)]))
    return amount


def _each_after(text: str, folded: str, figure: Figure) -> tuple[tuple[Per, ...], int]:
    """Read 每人每天 after a figure, or 一人 after money; the amount stays as it is, as after 每人每天 before it."""
    found: list[Per] = []
    end = figure.end
    if not folded.startswith("每", end) and not (figure.unit or "").endswith("元"):
        return (), end
    while len(found) < 4 and (match := _EACH_AFTER.match(folded, end)):
        found.append(_per(text, match["word"], match.start(), match.end()))
        end = match.end()
    if folded.startswith("每", end):
        return (), figure.end  # 200元每人每天50元: what comes after belongs to the next figure
    return tuple(found), end


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
            word = PERIODS.get(unit, kind or unit)
            yield Per(word, _unit_or_none(unit), unit in PERIODS, span_of(text, part.start(), part.end()))


def _unit_or_none(text: str) -> str | None:
    try:
        return Amount.of(1, text).unit.text
    except InputError:
        return None


# --------------------------------------------------------------------------------------------------------
# What a figure is said of

_SAID_WIDTH = 24
_SAID_AFTER = re.compile(r".*(?:按照|按(?![期时月年])|占|超过|高于|低于|少于|控制在)(?=.{2})")
_SAID_START = re.compile(
    r"^(?:人民币|RMB|CNY|大写|小写|按照|按(?![期时月年])|占|完成(?![率度比情])|自|不(?:得|能|应|可|宜)?(?:超过|高于|低于|少于|大于|小于|多于)|确保|力争|争取|预计|计划|拟|实现(?![率度])|给予|一次性|同比|其中|对于?|将|把|由|为|约|共|安排|达到|达(?![标产])|包含|包括|不含|含(?![量水税氧油糖盐硫碳金氮磷])|在(?![册编岗职校籍])|的|各|控制在|不得超过|不超过|不低于|超过|高于|低于|累计|合计|必须|应当?|须|"
    r"且|并|及|和|与|每|全年|平均|一般|原则上|\s)+"
)
_SAID_END = re.compile(
    r"(?:的|均|必须|分别|各|应当|应|须|需|可|不|一般|原则上|最高|最低|最多|至少|平均|人均|年均|组织开展|开展|举办|达|为|是|按照?|按|占|控制在|给予|安排|一次性|后|之后|比上年|较上年|同比|增收|增支|增加|增长|提高|提升|上升|下降|降低|减少|压减|"
    r"(?<=龄)在|由|从|共|[:=\s])+$"
)
_SAID = re.compile(r"[\u3400-\u9fffA-Za-z“”·]{2,24}\s*$")
_NUMBER_BEFORE = re.compile(r"(?<![\d.,])\d{1,2}$")
_AFTER_DATE = re.compile(r"(?:年度?|月份?|[日号名期批次届条项位])?[底末初]?(?:以前|之前|以后|之后|前|后)?")
_SHARED_NOUN = re.compile(
    r"\s?(?:的)?(?P<noun>[\u4e00-\u9fff]{2,12}?)(?=用于|投入|参加|完成|达到|安排|[，,。；;、:\n()]|$)"
)
_NO_NOUN = re.compile(
    r"^(?:不|得|扣|部分|为|的比例|比例|返还|控制|以|左右|计|由|作为|安排|提取|列支|用于|给予|增|提|的标准)"
)


def said_of(
    text: str, folded: str, lead_start: int, stop: int, per: tuple[Per, ...], figure: Figure, end: int
) -> Span | None:
    """Return what a figure is said of: the 总学时 of 总学时的1/7, the 党总支 of 党总支不少于6,000元; None if unsaid.

    ``stop`` is where its comparator begins, ``end`` where the mention ends. A share may name it after: 80%以上资金.
    """
    share = figure.unit == "%"
    if (
        stop < figure.start
    ):  # 不得超过总学时的1/7, 不低于党员人数每人200元: the comparator stands before what it is said of
        high = min((one.span.start for one in per if stop < one.span.start < figure.start), default=figure.start)
        if _SAID_AFTER.match(folded, stop, high) or (share and folded[figure.start - 1] == "的"):
            between = _noun(text, folded, stop, high, share=True)
            if between is not None:
                return between
    starts = [one.span.start for one in per if lead_start <= one.span.start < stop]
    ends = [one.span.end for one in per if lead_start <= one.span.start < stop]
    pieces = [(max(ends), stop), (lead_start, min(starts))] if ends else [(lead_start, stop)]
    for low, high in pieces:
        found = _noun(text, folded, max(low, high - _SAID_WIDTH), high, share=share)
        if found is not None:
            return found
    after = _SHARED_NOUN.match(folded, end) if share else None
    if after is not None and not _NO_NOUN.match(after["noun"]):
        return span_of(text, after.start("noun"), after.end("noun"))
    return None


def _noun(text: str, folded: str, low: int, high: int, *, share: bool) -> Span | None:
    if high <= low:
        return None
    lead = folded[low:high]
    tail = _SAID_END.search(lead)
    lead = lead[: tail.start()] if tail else lead
    if share and (after := _SAID_AFTER.match(lead)):
        low, lead = low + after.end(), lead[after.end() :]  # 超过天数按综合定额标准的80%
    head = _SAID_START.match(lead)
    start = head.end() if head else 0
    said = _SAID.search(lead, start)
    if said is None:
        return None
    start = said.start()
    if lead[start].isascii() and (begun := _NUMBER_BEFORE.search(lead[max(0, start - 3) : start])):
        start -= len(begun[0])  # 5G基站, 3D打印机
    elif lead[start - 1 : start].isdigit() and (dated := _AFTER_DATE.match(lead, start)):
        start = dated.end()  # 6月底前支出进度
        head = _SAID_START.match(lead[start:])
        start += head.end() if head else 0
    return span_of(text, low + start, low + len(lead)) if len(lead[start:].strip()) > 1 else None
