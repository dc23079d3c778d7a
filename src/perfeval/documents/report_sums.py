"""Which of the money that a report states is its year's: the budget, the budget after a change, and what was paid.

What is listed after 其中 is part of something; what was paid in all is the year's only where the text speaks of no longer
project. Imports only ``project`` and above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import final

from attrs import evolve, frozen

from perfeval.amounts import Amount
from perfeval.documents.project import MoneyKind, StatedMoney, Year

__all__ = ["Sums", "sums_of"]

_BUDGET = re.compile(r"预算(?!内)|计划投资|批复|下达|安排|拨入|到位|资金总额")
_FUNDS = re.compile(
    r"(?:(?:19|20)\d\d\s?年度?|本|该|项目|年度|全年|财政|专项|总|共){0,5}(?:资金|经费)(?:总额|规模|总计|合计|共计|共|为|是|:){0,2}"
)
"""Money that is the budget where none is called so: 项目资金300万元."""
_ADJUSTED = re.compile(r"调整后|全年预算|调整预算|追加后")
_SPENT = re.compile(r"支出|执行数?|使用|支付|拨付(?!率)|开支")
_SPENT_IN_ALL = re.compile(
    r"(?:^|实际|全年|累计|共|已|总|年度?|资金|预算)(?:支出|执行|支付|使用|开支)(?:数|金额|资金|总额|合计|了|预算)?$"
)
_NAME_WIDTH = 40
_SENTENCE = 160
_SENTENCE_EDGE = re.compile(r"[。；;！!？?\n]")


@final
@frozen(kw_only=True)
class Sums:
    """The money of a report's year; whatever is not said is None."""

    budget: StatedMoney | None
    adjusted: StatedMoney | None
    spent: StatedMoney | None


def sums_of(folded: str, money: Sequence[StatedMoney], year: Year | None) -> Sums:
    """Return the first budget, the changed one and the spending of all the money that a report states."""
    annual = [one for one in money if one.kind is MoneyKind.ANNUAL]
    adjusted = _first(annual, _ADJUSTED)
    granted = [one for one in annual if _BUDGET.search(one.name) and one is not adjusted]
    budget = next((one for one in granted if not _is_listed(folded, one)), None)
    if budget is None and adjusted is None:
        budget = next((one for one in annual if _FUNDS.fullmatch(one.name) and not one.per), None)
    spent = (
        _first(annual, _SPENT_IN_ALL)
        or _paid_by_the_end(folded, money, year)
        or _paid_of_budget(folded, money, adjusted or budget)
        or _first([one for one in annual if not _is_listed(folded, one)], _SPENT)
    )
    return Sums(budget=budget, adjusted=adjusted, spent=spent)


_BY_THE_END = re.compile(r"截[至止]到?(?:(?P<year>(?:19|20)\d\d)年度?)?(?:12月(?:31日|底|末)|年?(?:底|末))")
_SEVERAL_YEARS = re.compile(
    r"总投资|总概算|概算|分年度|跨年度|历年|[二三四五两2-5]\s?年(?:期|内|期间)|(?:19|20)\d\d\s?年?\s?(?:至|到|[-—~])\s?(?:19|20)\d\d"
)


def _paid_by_the_end(folded: str, money: Sequence[StatedMoney], year: Year | None) -> StatedMoney | None:
    """Return what was paid by the last day of the year, as money of the year, where the project is of that year alone.

    截至2025年12月31日累计支出188万元 is all of one year's payments in a report on 2025 that speaks of no longer project.
    """
    if year is None or _SEVERAL_YEARS.search(folded):
        return None
    for one in money:
        words = folded[max(0, one.span.start - _NAME_WIDTH) : (one.printed.span or one.span).start]
        match = _BY_THE_END.search("".join(words.rpartition("。")[2].split()))
        paid = one.kind is MoneyKind.CUMULATIVE and _SPENT.search("".join(one.name.split())) and not one.per
        if match and paid and int(match["year"] or year.number) == year.number and one.printed.amount is not None:
            return _of_the_year(one, year.number)
    return None


def _of_the_year(one: StatedMoney, year: int | None) -> StatedMoney:
    assert one.printed.amount is not None  # noqa: S101 - callers have looked
    unit = one.printed.amount.unit.text.partition("[")[0]
    printed = evolve(one.printed, amount=Amount.of(one.printed.number, unit))
    return evolve(one, kind=MoneyKind.ANNUAL, year=year, printed=printed)


def _paid_of_budget(folded: str, money: Sequence[StatedMoney], budget: StatedMoney | None) -> StatedMoney | None:
    """Return what was paid in all of the budget of one year, where a sentence says both: 全年预算300万元，累计支出285万元.

    A text that speaks of several years means all of them, and so does one that has paid more than the year had.
    """
    if budget is None or budget.printed.amount is None or _SEVERAL_YEARS.search(folded):
        return None
    at = money.index(budget)
    for one in money[at + 1 :]:
        if _SENTENCE_EDGE.search(folded, budget.span.end, one.span.start):
            return None
        amount = one.printed.amount
        if one.kind is MoneyKind.CUMULATIVE and _PAID_IN_ALL.fullmatch("".join(one.name.split())) and not one.per:
            within = amount is not None and amount.root <= budget.printed.amount.root
            return _of_the_year(one, budget.year) if within else None
        if one.kind is not MoneyKind.ANNUAL:
            return None
    return None


_PAID_IN_ALL = re.compile(
    "(?:已|共|实际|资金|全年)?累计(?:已|共|实际)?(?:支出|执行|支付|使用|拨付|完成支付|完成支出)(?:数|资金|金额|了|共){0,2}"
)


def _first(money: Sequence[StatedMoney], words: re.Pattern[str]) -> StatedMoney | None:
    return next((one for one in money if words.search(one.name) and not one.per), None)


def _is_listed(folded: str, one: StatedMoney) -> bool:
    """Say whether money is part of a list: 其中：康复训练支出100万元、辅具适配支出48.5万元."""
    low = max(0, one.span.start - _SENTENCE)
    return "其中" in _SENTENCE_EDGE.split(folded[low : (one.printed.span or one.span).start])[-1]
