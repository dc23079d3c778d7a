"""Which words name an amount of money, before it or after it, and how far the text gives the amount.

Imports only ``quantities`` and above.
"""

from __future__ import annotations

import re

from attrs import evolve

from perfeval.amounts import AmountRange
from perfeval.documents.bounds import Comparator
from perfeval.documents.quantities import SOURCE, Quantity
from perfeval.facts import Given, Stage

__all__ = ["NAME_AFTER", "ONLY_MONEY", "clean", "figure_of", "lead_of", "whole_list"]

ONLY_MONEY = re.compile(
    r"(?:本级|县级|市级|省级|中央|财政|预算|项目|专项|本|年度|部门|计划|安排|落实|资金|经费|总|为|是|拨款|补助|所需|需|需要|县|投入|一般公共)+"
)
"""Words that only say that something is money: they name a sum, and no line."""
NAME_AFTER = re.compile(r"\s?(?:专项)?(?:用于|用作|作为)(?P<name>[^，,。；;、:\n()]{2,40})")
_NAME_START = re.compile(
    r"^(?:[\d一二三四五六七八九十]{1,3}[、.是]|\([\d一二三四五六七八九十]{1,3}\)|其中|分别是|分别为|主要|包括|用于|计划|安排|"
    r"(?:(?:19|20)\d\d|本|当|今)\s?年度?(?:内|度)?|列支|支付|支出|开支|和|及|以及|预计|拟|共计|共|[-—*•·\s“”|])+"
)
_NAME_END = re.compile(r"(?:预算|安排|支出|共计|合计|需要|需|(?<!公)共|为|是|约|计|人民币|资金为|[:：=\s¥“”|])+$")
_PAYS = re.compile(r".*(?:(?<!转移)支付|用于|列支|支出|拨付|兑付|发放|安排|用作|作为)(?=..)")


def clean(lead: str) -> str:
    """Return the name that words before an amount hold, without what only leads to it.

    >>> clean("2026年安排租金"), clean("（一）会议费："), clean("2026年安排")
    ('租金', '会议费', '')
    """
    name = _NAME_START.sub("", lead.strip().translate(_PLAIN), count=1)
    name = _NAME_END.sub("", name, count=1)
    pays = _PAYS.match(name)
    return name[pays.end() :].strip() if pays else name.strip()


# A name that goes on after brackets of a word or two: 维修(护)费, 劳务(咨询)费.
_INNER = re.compile(r"[\u4e00-\u9fff]{2,8}\((?![一二三四五六七八九十]{1,3}\)|含|不含|其中)[\u4e00-\u9fff]{1,4}\)$")
_INNER_WIDTH = 24
_PLAIN = str.maketrans("（）：", "():")


def lead_of(folded: str, low: int, mention: Quantity) -> tuple[str, int]:
    """Return the words that name an amount, looking back over a colon, a bracket or a bare verb, and where they begin."""
    start, end = mention.lead.start, mention.span.start
    words = folded[start:end]
    if clean(words):
        inner = (
            _INNER.search(folded, max(low, start - _INNER_WIDTH), start) if folded[start - 1 : start] == ")" else None
        )
        if inner is None or inner.end() != start:
            return words.strip(), start
        begin = inner.start()  # 维修(护)费: the brackets stand inside the name
        return folded[begin:end].strip(), begin
    low = max(low, start - 80)
    before = start
    while before > low and folded[before - 1] in " :\n" and folded[before - 1] != "\n":
        before -= 1
    if before > low and folded[before - 1] == ")":
        opened = folded.rfind("(", low, before)
        before = opened if opened >= 0 else before
    elif before == start:
        return words.strip(), start
    begin = before
    while begin > low and folded[begin - 1] not in "，,。；;、:：!？\n()":
        begin -= 1
    return folded[begin:before].strip() or words.strip(), begin


def whole_list(folded: str, low: int, start: int) -> int:
    """Return where a list begins whose last item begins at ``start``: 材料费、印刷费 name an amount together.

    >>> said = "支付材料费、印刷费2万元"
    >>> said[whole_list(said, 0, 6):9]
    '支付材料费、印刷费'
    """
    low = max(low, start - _LIST_WIDTH)
    while start - 1 > low and folded[start - 1] == "、":
        begin = start - 1
        while begin > low and folded[begin - 1] not in "，,。；;、:：!？\n()":
            begin -= 1
        item = folded[begin : start - 1]
        if not item.strip() or any(character.isdigit() for character in item):
            break
        start = begin
    return start


_LIST_WIDTH = 80


def figure_of(mention: Quantity) -> Given:
    """Return an amount as far as the text gives it: 3万元以上 is a bound, 3—9万元 a range, 3万元左右 is not known.

    A number that has no unit is not known either.
    """
    if not mention.amounts:
        return Given(value=None, stage=Stage.PLANNED, source=SOURCE, span=mention.span)
    given = mention.given()
    first, last = mention.amounts[0], mention.amounts[-1]
    match mention.comparator:
        case Comparator.EQ | Comparator.UNSTATED:
            return given
        case Comparator.GE | Comparator.GT:
            return evolve(given, value=AmountRange(first, None))
        case Comparator.LE | Comparator.LT:
            return evolve(given, value=AmountRange(None, first))
        case Comparator.RANGE if first.dimension == last.dimension:
            return evolve(given, value=AmountRange(first, last))
        case _:
            return evolve(given, value=None)
