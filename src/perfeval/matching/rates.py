"""Which rates a text states: those of a whole, that of the budget's execution with its money, and the grade of a score.

A rate of execution is held against the money that the same paragraph names before it. Where it names several budgets
(at the beginning of the year, after a change, with what was carried over), any of them may be the one that is meant.
Imports ``indicator_words``, ``mentioned``, ``documents`` and above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from perfeval.amounts import Amount
from perfeval.documents.quantities import Quantity
from perfeval.matching.fitting import Facts, said
from perfeval.matching.indicator_words import OF_A_WHOLE
from perfeval.matching.mentioned import Mentioned, is_plain
from perfeval.tolerances import RATIO

__all__ = ["bounded_facts", "execution_facts", "grade_facts"]

_OF_A_WHOLE = re.compile(
    rf"(?<!毛)(?:{'|'.join(OF_A_WHOLE)})"
    r"(?:均|都)?(?:不低于|不少于|不超过|达到|达|保持在|稳定在|提高到|提升到|提升至|提高至|为|在|≥|>=|≤|<=|=|:)?\s?$"
)
_EXECUTION = re.compile(r"(?:预算|资金|经费)?(?:执行率|支出进度|支出率|使用率)(?:为|达到|达|是|:)?\s?$")
_SPENT = re.compile(r"(?<!未)(?:执行|支出|支付|使用)(?:数|资金|金额)?(?:为|了|共|共计|:)?\s?$")
_BUDGET = re.compile(r"预算|安排|下达|到位|批复|调整后")
_ADJUSTED = re.compile("调整后|全年预算|年度预算|调整为")
_NOT_BUDGET = re.compile("执行|支出|支付|使用|结余|结转|收回|调减|调增|追加|核减|增加|减少|比")
_LEAD = 16
_GRADE = re.compile(
    r"(?P<score>[0-9]{1,3}(?:\.[0-9]{1,2})?)\s?分\)?[,，、]?\s?(?:自评|评价|评定|绩效)?(?:等级|结论|结果|等次|档次)(?:评定|评价)?(?:为|是|:)?\s?"
    r"[“\"]?(?P<grade>优秀|良好|中等|优|良|中|差)[”\"]?(?=[,，。；;、)\s]|等级|$)"
)
_BANDS = (("优", 90), ("良", 80), ("中", 60), ("差", 0))
_FULL = 100


def _lead(told: Mentioned, quantity: Quantity) -> str:
    start = max(0, quantity.span.start - _LEAD)
    return re.split("[,，。；;、()\n]", told.folded[start : quantity.spans[0].start])[-1]


def bounded_facts(told: Mentioned) -> list[Facts]:
    """Return the rates that cannot be over a hundred per cent; a completion rate may be, and a growth rate."""
    found: list[Facts] = []
    for one in told.quantities:
        if len(one.amounts) == 1 and one.amounts[0].dimension == () and one.unit == "%":
            lead = _lead(told, one)
            if _OF_A_WHOLE.search(lead):
                span = told.place(one.spans[0].start - len(lead), one.span.end)
                found.append({"words": said(span.text, span), "share": told.given(one)})
    return found


def execution_facts(told: Mentioned) -> list[Facts]:
    """Return each rate of execution with the money spent and the budget that its paragraph names before it."""
    return [facts for held in _paragraphs(told) for facts in _executions(told, held)]


def _paragraphs(told: Mentioned) -> Iterator[list[Quantity]]:
    held: list[Quantity] = []
    last = 0
    for one in told.quantities:
        if held and "\n" in told.folded[last : one.span.start]:
            yield held
            held = []
        held.append(one)
        last = one.span.end
    if held:
        yield held


def _executions(told: Mentioned, held: Sequence[Quantity]) -> Iterator[Facts]:
    spent: Quantity | None = None
    budgets: list[Quantity] = []
    change = Fraction(0)
    for one in held:
        if not is_plain(one):
            continue
        lead = _lead(told, one)
        if one.amounts[0].unit.is_money:
            if _SPENT.search(lead):
                spent = one
            elif _ADDED.search(lead) or _TAKEN.search(lead):
                change += one.amounts[0].root if _ADDED.search(lead) else -one.amounts[0].root
            elif _BUDGET.search(lead) and not _NOT_BUDGET.search(lead) and spent is None:
                budgets.append(one)
        elif one.amounts[0].dimension == () and _EXECUTION.search(lead) and spent is not None and budgets:
            yield _execution(told, one, spent, budgets, change)
            spent, budgets, change = None, [], Fraction(0)


_ADDED = re.compile(r"(?:追加|调增|增拨)(?:预算|资金)?\s?$")
_TAKEN = re.compile(r"(?:追减|调减|核减|压减|收回)(?:预算|资金)?\s?$")


def _execution(
    told: Mentioned, rate: Quantity, spent: Quantity, budgets: Sequence[Quantity], change: Fraction
) -> Facts:
    """Return a rate with the budget that it may be the rate of, as it was or as it was changed in the year."""
    as_printed = [(one, one.amounts[0].root) for one in budgets]
    changed = [(one, root + change) for one, root in as_printed if change and root + change > 0]
    adjusted = [(one, root) for one, root in as_printed if _ADJUSTED.search(_lead(told, one))]
    chosen = (adjusted or changed or as_printed)[-1 if adjusted else 0]
    for one, root in (*as_printed, *changed):
        if root > 0 and RATIO.covers(Fraction(rate.amounts[0].root - spent.amounts[0].root / root)):
            chosen = (one, root)
            break
    budget, root = chosen
    return {
        "words": said(told.place(rate.lead.start, rate.span.end).text),
        "rate": told.given(rate),
        "spent": told.given(spent),
        "budget": told.given(budget, amount=Amount.from_root(root, budget.amounts[0].unit)),
    }


def grade_facts(told: Mentioned) -> list[Facts]:
    """Return each score of a hundred with the grade that is said of it, where both stand together."""
    found: list[Facts] = []
    for match in _GRADE.finditer(told.folded):
        score = Amount.parse(f"{match['score']}%").root * 100
        if score > _FULL:
            continue
        band = next(grade for grade, least in _BANDS if score >= least)
        span = told.place(match.start(), match.end())
        found.append({"words": said(span.text, span), "fits": said(match["grade"].startswith(band), span)})
    return found
