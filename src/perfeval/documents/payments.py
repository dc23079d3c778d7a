"""What stands among the amounts of a schedule and is no payment: totals, sub-amounts, running totals, rates of a period.

Imports ``beside``, ``naming``, ``quantities`` and ``facts``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias, final

from attrs import frozen

from perfeval.documents.beside import no_line_of_its_own
from perfeval.documents.naming import clean
from perfeval.documents.quantities import Quantity
from perfeval.facts import Label

__all__ = ["DOUBTFUL", "Planned", "no_payments"]

EACH = Label("每期支付的金额，支付几次未能确定", "what is paid each time; how many times is not known")
TOTAL = Label("合计数，与所列各次支付之和不同", "a total that is not the sum of the payments listed")
RUNNING = Label("累计数，不是一次支付的金额", "a running total, not one payment")
PART = Label("可能是前一笔支付的一部分", "it may be a part of the payment before it")
DOUBTFUL: tuple[Label, ...] = (EACH, TOTAL, RUNNING, PART)
"""Why an amount is not counted, where the payments are then not known in full."""

_EACH_TIME = re.compile(
    r"(?:每(?:个)?(?:月|季度?|旬|周|天|日|次|期|批|人|户|村|家|所|镇|乡)|月均|户均|人均|平均)[^\n\d]{0,16}$|各$"
)
_ONLY_EACH = re.compile(r"(?:按|分)?[，,(]?\s?每(?P<period>月|个月|季度?)(?:支付|支出|拨付|发放)?")
_TIMES_A_YEAR = {"月": 12, "个月": 12, "季": 4, "季度": 4}
_COMES_TO = re.compile(r"共|合计|总计|小计")
_ALL = re.compile(r"合计|共计|总计|总共|总额|累计|小计")
_PERHAPS_ALL = re.compile(r"全部|全年|共(?:支付|支出|安排|拨付)?$")
_WHICH = re.compile(r"其中|包括|包含|(?<!不)含(?!税)")
_SHARE_AFTER = re.compile(
    r"[，,(]?\s?(?:即|约|支出|支付)?(?:占|达到?|进度)[^，,。；;\n\d]{0,16}(?P<share>\d{1,3}(?:\.\d{1,4})?)\s?%"
)
_SHARE_BEFORE = re.compile(r"(?:占|进度)[^，,。；;\n\d]{0,16}(?P<share>\d{1,3}(?:\.\d{1,4})?)\s?%[^；;。\n%]{0,24}$")
_ENDS = re.compile(r"[。；;\n]")


@final
@frozen
class Planned:
    """One amount under the heading of the schedule, and whether its clause names months of its own.

    ``is_cumulative`` where its words say that it is more than the money of the year, or than one payment.
    """

    index: int
    mention: Quantity
    has_months: bool
    is_cumulative: bool

    @property
    def number(self) -> Fraction:
        """Its money, as far as one exact number says it."""
        return self.mention.amounts[0].root


def no_payments(folded: str, low: int, planned: Sequence[Planned]) -> Mapping[int, Label | None]:
    """Return the amounts that are no payments, each with the reason where that leaves the payments unknown.

    ``low`` is where the schedule begins. None is for what plainly is no payment, or is counted already. What is
    cumulative is there only where it is the sum of the payments before it.
    """
    known: dict[int, Label | None] = {}
    for sort in (_aside, _running, _totals, _parts):
        known.update(sort(folded, low, [one for one in planned if one.index not in known]))
    return known


def _clause(folded: str, low: int, one: Planned) -> str:
    """Return the words of the clause before an amount."""
    start = one.mention.span.start
    return re.split(r"[，,。；;、\n():]", folded[max(low, start - 40) : start])[-1]


_Found: TypeAlias = Iterator[tuple[int, Label | None]]


def _aside(folded: str, low: int, planned: Sequence[Planned]) -> _Found:
    """Yield what is no sum that is paid: the price of a whole work, what is paid each month."""
    for at, one in enumerate(planned):
        clause = _clause(folded, low, one)
        if one.is_cumulative:
            continue
        if one.mention.per or _EACH_TIME.search(clause):
            yield one.index, None if _is_worked_out(folded, planned, at) else EACH
        elif no_line_of_its_own(folded, one.mention, clause, clean(clause)) is not None:
            yield one.index, None


def _is_worked_out(folded: str, planned: Sequence[Planned], at: int) -> bool:
    """Say whether what is paid each time is summed beside it: 每月2,000元，共24,000元; 2.4万元，每月支付2,000元."""
    own = planned[at]
    if at + 1 < len(planned):
        after = folded[own.mention.span.end : planned[at + 1].mention.span.start]
        if len(after) <= _NEAR and not _ENDS.search(after) and _COMES_TO.search(after):
            return True
    if at == 0:
        return False
    before = planned[at - 1]
    said = _ONLY_EACH.fullmatch(folded, before.mention.span.end, own.mention.span.start)
    return said is not None and own.number * _TIMES_A_YEAR[said["period"]] == before.number


def _running(folded: str, low: int, planned: Sequence[Planned]) -> _Found:
    """Yield the amounts that count what was paid before them again: 3万元，占预算的60%；…5万元，占预算的100%.

    The last of them, where it is all, is left.
    """
    shares: list[tuple[Planned, Fraction]] = []
    before = low
    for one in planned:
        start = one.mention.span.start
        found = _SHARE_AFTER.match(folded, one.mention.span.end) or _SHARE_BEFORE.search(
            folded[max(before, start - _NEAR) : start]
        )
        before = one.mention.span.end
        if found is not None and not one.is_cumulative:
            shares.append((one, Fraction(found["share"])))
    numbers = [share for _, share in shares]
    if len(shares) < 2 or sum(numbers) <= _WHOLE or numbers != sorted(set(numbers)):
        return
    if numbers[-1] == _WHOLE:
        yield from ((one.index, None) for one, _ in shares[:-1])
    else:
        yield from ((one.index, RUNNING) for one, _ in shares)


_WHOLE = 100


def _totals(folded: str, low: int, planned: Sequence[Planned]) -> _Found:
    """Yield the totals: what says that it is one, or may be one and is the sum of payments beside it."""
    paid: list[Fraction] = []
    tried = 0
    for at, one in enumerate(planned):
        clause = _clause(folded, low, one)
        is_bare = _SAYS_NOTHING.fullmatch(_ALL.sub("", clause).replace(" ", "")) is not None
        says_so = is_bare and _ALL.search(clause) is not None
        if says_so or one.is_cumulative or (is_bare and _PERHAPS_ALL.search(clause)):
            after = [other.number for other in planned[at + 1 : at + _FAR] if not other.is_cumulative]
            tried += 1
            if tried <= _MOST_TOTALS and _is_sum(one.number, paid, after):
                yield one.index, None
                continue
            if says_so and (paid or after) and not one.is_cumulative:
                yield one.index, TOTAL
                continue
        if not one.is_cumulative:
            paid.append(one.number)


_SAYS_NOTHING = re.compile(
    r"(?:全年|全部|全县|年底|年末|前|底|末|计划|预计|支付|支出|安排|拨付|使用|完成|资金|经费|款项|项目|预算|本|年度|年|共|内|后|[0-9]{1,4}(?:月|年)"
    r"|[上下]半年|[一二三四]季度|截[至止])*"
)


def _is_sum(wanted: Fraction, before: Sequence[Fraction], after: Sequence[Fraction]) -> bool:
    """Say whether two or more payments right before an amount, all before it or right after it come to it."""
    return _reaches(wanted, before[::-1]) or _reaches(wanted, after) or (bool(before) and wanted == sum(before))


def _reaches(wanted: Fraction, amounts: Sequence[Fraction]) -> bool:
    reached = Fraction(0)
    for at, amount in enumerate(amounts):
        reached += amount
        if reached >= wanted:
            return reached == wanted and at > 0
    return False


def _parts(folded: str, _: int, planned: Sequence[Planned]) -> _Found:
    """Yield what stands in brackets after a payment, or after 其中 until the payment is made up or its item ends."""
    head: Planned | None = None
    listed: list[Planned] = []
    reached = Fraction(0)  # what the parts listed come to
    in_parts = False
    before = 0
    for one in planned:
        if one.is_cumulative:
            continue
        start = one.mention.span.start
        between = folded[max(before, start - _NEAR) : start]
        before = one.mention.span.end
        if head is not None:
            since = folded[head.mention.span.end : min(start, head.mention.span.end + _FAR)]
            in_brackets = since.count("(") > since.count(")")
            made_up = bool(listed) and reached == head.number
            opens = not listed and _WHICH.search(between) is not None
            if in_brackets or ((opens or (in_parts and not made_up)) and not _ENDS.search(between)):
                doubtful = bool(listed) and not in_brackets and one.has_months and not listed[-1].has_months
                yield one.index, PART if doubtful else None
                listed.append(one)
                reached += one.number
                in_parts = not in_brackets
                continue
        head, listed, reached, in_parts = one, [], Fraction(0), False


_MOST_TOTALS = 64
_NEAR = 80
_FAR = 400
