"""Which figures of money have no unit, and which have two: 办公费25,000.00, 112.4%万元, 5万元元.

Imports ``mentioned``, ``documents`` and above.
"""

from __future__ import annotations

import re

from perfeval.documents.project import Part
from perfeval.matching.fitting import Facts, said
from perfeval.matching.mentioned import Mentioned

__all__ = ["bare_facts", "doubled_facts", "unit_declared"]

_DECLARED = re.compile(r"(?:单位|金额|人民币)\s?[:：(]\s?(?:人民币)?\s?(?:百|千|万|亿)?元")
_MONEY_WORD = re.compile(
    r"(?:费|费用|资金|经费|金额|预算|合计|总计|共计|小计|总额|投资|补助|补贴|拨款|支出|执行|批复|到位|款|奖金)"
    r"\s?(?:为|共|计|共计|约|安排|支付|[:：])?\s?$"
)
_LOOKS_LIKE_MONEY = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,6})?|[0-9]{3,12}(?:\.[0-9]{1,6})?|[0-9]{1,12}\.[0-9]{1,6}"
    r"|[0-9]{1,6}(?:\.[0-9]{1,6})?\s?[万亿]"
)
_DOUBLED = re.compile(r"%\s?(?:[百千万亿]元|元)")
_UNIT_AGAIN = re.compile(r"(?:[百千万亿]元|元(?![件旦素气宵月])|%(?!的))")
_ENDS = (*"，,。；;、()\n ", "")
_LEAD = 12


def unit_declared(told: Mentioned) -> bool:
    """Say whether the text declares the unit of its figures once for all (单位：万元)."""
    return _DECLARED.search(told.folded) is not None


def bare_facts(told: Mentioned) -> list[Facts]:
    """Return the figures of the funding and the schedule that are money by their words and have no unit."""
    if unit_declared(told):
        return []
    found: list[Facts] = []
    for one in told.quantities:
        if one.amounts or one.unit is not None or told.part_at(one.span.start) not in (Part.FUNDING, Part.SCHEDULE):
            continue
        shown = told.folded[one.span.start : one.span.end].strip()
        lead = told.folded[max(0, one.span.start - _LEAD) : one.span.start]
        after = told.folded[one.span.end : one.span.end + 1]
        if _LOOKS_LIKE_MONEY.fullmatch(shown) and _MONEY_WORD.search(lead) and after in _ENDS:
            span = told.place(max(one.lead.start, one.span.start - _LEAD), one.span.end)
            found.append({"words": said(span.text, span), "has_unit": said(False, span)})
    return found


def doubled_facts(told: Mentioned) -> list[Facts]:
    """Return the figures after which two units stand."""
    found: list[Facts] = []
    for one in told.quantities:
        if not one.amounts:
            continue
        last = one.spans[-1]
        within = _DOUBLED.search(told.folded, last.start, min(len(told.folded), last.end + 3))
        money = one.amounts[-1].unit.is_money
        after = _UNIT_AGAIN.match(told.folded, last.end) if money and one.span.end == last.end else None
        end = within.end() if within is not None else after.end() if after is not None else None
        if end is not None:
            span = told.place(last.start, end)
            found.append({"words": said(span.text, span), "has_one_unit": said(False, span)})
    return found
