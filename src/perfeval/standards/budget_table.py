"""Whether a table of budget lines adds up: count times unit price, parts and their line, lines and their total.

The rules are arithmetic that any such table owes its reader; they cite no document. Figures agree to the fen, and where
they are printed in fewer digits, as far as rounding those leaves open: 3.33万元 three times is 10万元, 33.33元 three times 100元.
"""

from __future__ import annotations

import datetime

from perfeval.citations import Citation, Evidence, InForce
from perfeval.expressions import equal
from perfeval.facts import Label, Stage
from perfeval.packs import Case, Pack
from perfeval.rules import Rule, Severity
from perfeval.standard import Standard
from perfeval.subjects import flag, many, measure, subject, text
from perfeval.verdicts import Verdict

__all__ = ["PACK", "STANDARD", "Detail", "DetailLine", "DetailPart", "DetailSum"]


@subject(zh="明细", en="line", unit="项")
class DetailLine:
    """One line; ``worked`` is its count times its price, to the digits that its amount prints."""

    name = text(zh="名称", en="name")
    priced = flag(zh="有数量和单价", en="it has a count and a price")
    worked = measure("元", zh="数量×单价", en="count times price")
    amount = measure("元", zh="金额", en="amount")


@subject(zh="分项", en="part", unit="项")
class DetailPart:
    """A row that is part of a sum."""

    name = text(zh="名称", en="name")
    amount = measure("元", zh="金额", en="amount")


@subject(zh="合计", en="sum", unit="项")
class DetailSum:
    """A row that is the sum of others: a line of its parts, or the total of the lines."""

    name = text(zh="名称", en="name")
    total = measure("元", zh="合计", en="total")
    parts = many(DetailPart, zh="分项", en="parts")


@subject(zh="重复明细", en="repeated line", unit="处")
class DetailRepeat:
    """A line that stands in the table once more, with the same amount."""

    name = text(zh="名称", en="name")
    distinct = flag(zh="与前面的明细不同", en="something new")


@subject(zh="待填内容", en="placeholder", unit="处")
class DetailOpen:
    """Something that was to be filled in and was not."""

    words = text(zh="内容", en="words")
    filled = flag(zh="应填内容", en="what should stand there")


@subject(zh="预算明细表", en="budget table")
class Detail:
    """One table of budget lines."""

    lines = many(DetailLine, zh="明细", en="lines")
    sums = many(DetailSum, zh="合计", en="sums")
    repeats = many(DetailRepeat, zh="重复明细", en="repeated lines")
    placeholders = many(DetailOpen, zh="待填内容", en="placeholders")


TRADE = Citation(title="预算明细表内部勾稽关系", described=True, clause="通行审核要点", evidence=Evidence.CODE)
TEMPLATE = Citation(
    title="项目支出预算明细表（用途、金额、数量、单位、单价、测算依据）",
    described=True,
    quoted_in="kunmingchi 转载的预算表样",
    evidence=Evidence.SECONDARY,
)

STANDARD = Standard(
    "budget_table",
    [
        Rule(
            "price_times_count",
            Detail.lines.every(equal(DetailLine.worked, DetailLine.amount), where=DetailLine.priced),
            label=Label("数量×单价等于金额", "count times unit price is the amount"),
            citation=TEMPLATE,
            remedy=Label("核对数量、单价和金额。", "Check the count, the price and the amount."),
        ),
        Rule(
            "parts_equal_total",
            Detail.sums.every(equal(DetailSum.parts.sum(DetailPart.amount), DetailSum.total)),
            label=Label("分项之和等于合计", "parts add up to their total"),
            citation=TRADE,
            remedy=Label("核对合计与各分项的金额。", "Check the total and each of its parts."),
        ),
        Rule(
            "lines_distinct",
            Detail.repeats.count(where=~DetailRepeat.distinct) <= "0 处",
            label=Label("没有重复的明细", "no line stands twice"),
            citation=TRADE,
            severity=Severity.DOUBT,
            remedy=Label("删除或合并重复的明细。", "Leave out or join what stands twice."),
        ),
        Rule(
            "nothing_left_open",
            Detail.placeholders.count(where=~DetailOpen.filled) <= "0 处",
            label=Label("没有待填内容", "nothing is left to be filled in"),
            citation=TRADE,
            remedy=Label("填写待填内容。", "Fill in what was left open."),
        ),
    ],
    title=Label("预算明细表", "table of budget lines"),
    citation=TRADE,
    in_force=InForce(),
)

_DAY = datetime.date(2026, 1, 1)


def _case(rule: str, verdict: Verdict, facts: dict[str, object], shortfall: str | None = None) -> Case:
    return Case(rule=rule, verdict=verdict, facts=facts, on=_DAY, stage=Stage.PLANNED, shortfall=shortfall)


def _line(amount: str | None, *, priced: bool = True) -> dict[str, object]:
    # 24 人 × 18,000 元/人 = 432,000 元.
    line = {"priced": priced, "worked": "432000 元"} | ({} if amount is None else {"amount": amount})
    return {"lines": [line]}


def _sum(total: str, *parts: str | None) -> dict[str, object]:
    listed = [{} if part is None else {"amount": part} for part in parts]
    return {"sums": [{"total": total, "parts": listed}]}


CASES = (
    _case("price_times_count", Verdict.MET, _line("43.2 万元")),
    _case("price_times_count", Verdict.UNMET, _line("423000 元"), "9000 元"),
    _case("price_times_count", Verdict.UNKNOWN, _line(None)),
    _case("price_times_count", Verdict.NOT_APPLICABLE, _line("1 元", priced=False)),
    _case("parts_equal_total", Verdict.MET, _sum("57.6 万元", "432000 元", "144000 元")),
    _case("parts_equal_total", Verdict.UNMET, _sum("57.6 万元", "432000 元", "414000 元"), "270000 元"),
    _case("parts_equal_total", Verdict.UNKNOWN, _sum("57.6 万元", "432000 元", None)),
    _case("parts_equal_total", Verdict.NOT_APPLICABLE, {"sums": []}),
    *(
        case
        for rule, name, fact in (
            ("lines_distinct", "repeats", "distinct"),
            ("nothing_left_open", "placeholders", "filled"),
        )
        for case in (
            _case(rule, Verdict.MET, {name: []}),
            _case(rule, Verdict.UNMET, {name: [{fact: False}]}, "1 处"),
            _case(rule, Verdict.UNKNOWN, {}),
        )
    ),
)

PACK = Pack(standard=STANDARD, cases=CASES)
