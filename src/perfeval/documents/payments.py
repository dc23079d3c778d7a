"""What stands among the amounts of a schedule and is no payment: running totals, rates of a period, prices.

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
RUNNING = Label("累计数，不是一次支付的金额", "a running total, not one payment")
DOUBTFUL = (EACH, RUNNING)
"""Why an amount is not counted, where the payments are then not known in full."""

_EACH_TIME = re.compile(
    r"(?:每(?:个)?(?:月|季度?|旬|周|天|日|次|期|批|人|户|村|家|所|镇|乡)|月均|户均|人均|平均)[^\n\d]{0,16}$|各$"
)
_ONLY_EACH = re.compile(r"(?:按|分)?[，,(]?\s?每(?P<period>月|个月|季度?)(?:支付|支出|拨付|发放)?")
_TIMES_A_YEAR = {"月": 12, "个月": 12, "季": 4, "季度": 4}
_COMES_TO = re.compile(r"共|合计|总计|小计")
_SHARE_AFTER = re.compile(
    r"[，,(]?\s?(?:即|约|支出|支付)?(?:占|达到?|进度)[^，,。；;\n\d]{0,16}(?P<share>\d{1,3}(?:\.\d{1,4})?)\s?%"
)
_SHARE_BEFORE = re.compile(r"(?:占|进度)[^，,。；;\n\d]{0,16}(?P<share>\d{1,3}(?:\.\d{1,4})?)\s?%[^；;。\n%]{0,24}$")
_ENDS = re.compile(r"[。；;\n]")


@final
@frozen
class Planned:
    """One amount under the heading of the schedule.

    ``is_cumulative`` where its words say that it is more than the money of the year, or than one payment.
    """

    index: int
    mention: Quantity
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
    for sort in (_aside, _running, _cumulative):
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


def _cumulative(_: str, __: int, planned: Sequence[Planned]) -> _Found:
    """Yield the cumulative amounts that are what was paid before them."""
    reached = Fraction(0)
    for one in planned:
        if not one.is_cumulative:
            reached += one.number
        elif reached == one.number:
            yield one.index, None


_NEAR = 80
