"""Whether what a text says in figures agrees with itself, outside the sums of its budget.

One figure said in several places, money in words and in figures, reckonings, counts and shares that make up a whole,
and a unit on every amount. These are the checks that any reviewer makes by eye; they cite no document.
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
from perfeval.tolerances import RATIO
from perfeval.verdicts import Verdict

__all__ = [
    "PACK",
    "STANDARD",
    "BareFigure",
    "Bounded",
    "Counted",
    "CountedPart",
    "DoubledUnit",
    "Enumerated",
    "ExecutionRate",
    "Figures",
    "Graded",
    "Reckoning",
    "Repeated",
    "RepeatedCount",
    "Saying",
    "Share",
    "Shares",
]


@subject(zh="表述", en="saying", unit="处")
class Saying:
    """One place in which an amount is said."""

    words = text(zh="表述", en="words")
    amount = measure("元", zh="金额", en="amount")


@subject(zh="同一金额", en="repeated figure", unit="项")
class Repeated:
    """One amount that is said in several places, each as it stands at the digits that it prints."""

    name = text(zh="名称", en="name")
    sayings = many(Saying, zh="表述", en="sayings")


@subject(zh="算式", en="reckoning", unit="项")
class Reckoning:
    """An amount that the text works out: the factors multiplied, and the amount that it prints for them."""

    words = text(zh="算式", en="reckoning")
    product = measure("元", zh="算式结果", en="what the factors come to")
    amount = measure("元", zh="所列金额", en="the amount printed")


@subject(zh="分项数", en="part", unit="项")
class CountedPart:
    """One part of a count."""

    name = text(zh="分项", en="part")
    number = measure("个", zh="分项数", en="number of the part")


@subject(zh="总数与分项", en="divided count", unit="项")
class Counted:
    """A count with those that are said to be among it.

    ``divided`` where they are plainly all, each counted once; ``apart`` where none is counted twice.
    """

    words = text(zh="表述", en="words")
    whole = measure("个", zh="总数", en="the whole")
    divided = flag(zh="分项构成总数", en="the parts are the whole")
    apart = flag(zh="分项互不重复", en="no part is counted twice")
    parts = many(CountedPart, zh="分项", en="parts")


@subject(zh="列举", en="listing", unit="处")
class Enumerated:
    """A number of things, and how many names are listed beside it."""

    words = text(zh="表述", en="words")
    number = measure("个", zh="所称个数", en="the number said")
    listed = measure("个", zh="列举个数", en="the names listed")


@subject(zh="份额", en="share", unit="项")
class Share:
    """One share of a whole."""

    name = text(zh="名称", en="name")
    share = measure("%", zh="比例", en="share")


@subject(zh="分期或分项比例", en="shares of a whole", unit="处")
class Shares:
    """Shares that together are said to be a whole."""

    words = text(zh="表述", en="words")
    shares = many(Share, zh="份额", en="shares")


@subject(zh="未写单位的金额", en="figure without a unit", unit="处")
class BareFigure:
    """A figure that is money by its words."""

    words = text(zh="表述", en="words")
    has_unit = flag(zh="单位", en="a unit")


@subject(zh="单位重复的数字", en="figure with two units", unit="处")
class DoubledUnit:
    """A figure and what stands after it."""

    words = text(zh="表述", en="words")
    has_one_unit = flag(zh="唯一的单位", en="one unit")


@subject(zh="执行率", en="execution rate", unit="处")
class ExecutionRate:
    """A rate of execution with the money that it is the rate of."""

    words = text(zh="表述", en="words")
    rate = measure("%", zh="所称执行率", en="the rate said")
    spent = measure("元", at_least=0, zh="执行数", en="money spent")
    budget = measure("元", at_least=0, zh="预算数", en="money budgeted")


@subject(zh="比率", en="rate", unit="处")
class Bounded:
    """A rate that is part of a whole, and so no more than all of it: 覆盖率, 合格率, 满意度."""

    words = text(zh="表述", en="words")
    share = measure("%", zh="比率", en="rate")


@subject(zh="同一数量", en="repeated count", unit="项")
class RepeatedCount:
    """One number of things that is said in several places."""

    name = text(zh="名称", en="name")
    sayings = many(CountedPart, zh="表述", en="sayings")


@subject(zh="自评等级", en="grade", unit="处")
class Graded:
    """A score of a hundred points with the grade that is said of it, and the one that its band has."""

    words = text(zh="表述", en="words")
    fits = flag(zh="等级与得分相符", en="the grade is that of the score")


@subject(zh="文本数字", en="figures of a text")
class Figures:
    """What one text says in figures."""

    repeated = many(Repeated, zh="多处出现的金额", en="repeated figures")
    restated = many(Repeated, zh="两种写法的金额", en="amounts written twice")
    reckonings = many(Reckoning, zh="算式", en="reckonings")
    counts = many(Counted, zh="总数与分项", en="divided counts")
    listings = many(Enumerated, zh="列举", en="listings")
    shares = many(Shares, zh="比例", en="shares")
    bare = many(BareFigure, zh="未写单位的金额", en="figures without a unit")
    doubled = many(DoubledUnit, zh="单位重复的数字", en="figures with two units")
    rates = many(ExecutionRate, zh="执行率", en="execution rates")
    bounded = many(Bounded, zh="比率", en="rates of a whole")
    repeated_counts = many(RepeatedCount, zh="多处出现的数量", en="repeated counts")
    grades = many(Graded, zh="自评等级", en="grades")


TRADE = Citation(title="项目文本审核要点", described=True, clause="数字前后一致", evidence=Evidence.CODE)
UNITS = Citation(title="项目文本审核要点", described=True, clause="金额单位", evidence=Evidence.CODE)
GRADES = Citation(
    title="四档评价等级：优 90–100、良 80–89、中 60–79、差 0–59", described=True, evidence=Evidence.SECONDARY
)
_POINT = RATIO.margin or "0.1%"

STANDARD = Standard(
    "stated_figures",
    [
        Rule(
            "repeated_money_agrees",
            Figures.repeated.every(
                equal(Repeated.sayings.minimum(Saying.amount), Repeated.sayings.maximum(Saying.amount))
            ),
            label=Label("同一金额各处一致", "an amount is the same wherever it is said"),
            citation=TRADE,
            remedy=Label("核对各处金额，统一为同一数值。", "Check each place, and say one amount."),
        ),
        Rule(
            "restated_money_agrees",
            Figures.restated.every(
                equal(Repeated.sayings.minimum(Saying.amount), Repeated.sayings.maximum(Saying.amount))
            ),
            label=Label("大小写或两种写法的金额一致", "an amount written twice is one amount"),
            citation=TRADE,
            remedy=Label("核对大写与小写金额。", "Check the amount in words against that in figures."),
        ),
        Rule(
            "reckonings_hold",
            Figures.reckonings.every(equal(Reckoning.product, Reckoning.amount)),
            label=Label("数量乘单价等于金额", "number times unit price is the amount"),
            citation=TRADE,
            remedy=Label("核对数量、单价和金额。", "Check the number, the unit price and the amount."),
        ),
        Rule(
            "counts_add_up",
            Figures.counts.every(equal(Counted.parts.sum(CountedPart.number), Counted.whole), where=Counted.divided),
            label=Label("分项数之和等于总数", "the parts of a count add up to it"),
            citation=TRADE,
            remedy=Label("核对总数与各分项数。", "Check the whole and its parts."),
        ),
        Rule(
            "parts_within_count",
            Figures.counts.every(Counted.parts.maximum(CountedPart.number) <= Counted.whole, where=~Counted.divided),
            label=Label("其中数不大于总数", "no part is more than the whole"),
            citation=TRADE,
            remedy=Label("核对总数与其中数。", "Check the whole and its part."),
        ),
        Rule(
            "parts_together_within_count",
            Figures.counts.every(
                Counted.parts.sum(CountedPart.number) <= Counted.whole, where=~Counted.divided & Counted.apart
            ),
            label=Label("各分项之和不大于总数", "parts that do not overlap are together no more than the whole"),
            citation=TRADE,
            remedy=Label("核对总数与各分项数。", "Check the whole and its parts."),
        ),
        Rule(
            "listings_match_numbers",
            Figures.listings.every(equal(Enumerated.listed, Enumerated.number)),
            label=Label("列举个数与所称个数一致", "as many are listed as are said"),
            citation=TRADE,
            severity=Severity.DOUBT,
            remedy=Label("核对个数与所列名称。", "Check the number against the names listed."),
        ),
        Rule(
            "shares_fill_whole",
            Figures.shares.every(equal(Shares.shares.sum(Share.share), "100%")),
            label=Label("各期或各项比例合计为 100%", "shares of a whole come to 100 %"),
            citation=TRADE,
            remedy=Label("核对各项比例。", "Check the shares."),
        ),
        Rule(
            "execution_rate_agrees",
            Figures.rates.every(
                (ExecutionRate.rate <= ExecutionRate.spent / ExecutionRate.budget + _POINT)
                & (ExecutionRate.rate >= ExecutionRate.spent / ExecutionRate.budget - _POINT)
            ),
            label=Label("执行率与金额相符", "the execution rate is that of the money"),
            citation=TRADE,
            remedy=Label(
                "按执行数除以预算数重新计算执行率。", "Work out the rate again: money spent over money budgeted."
            ),
        ),
        Rule(
            "rates_within_whole",
            Figures.bounded.every(Bounded.share <= "100%"),
            label=Label("覆盖率、合格率等不超过 100%", "no coverage and no pass rate is over 100 %"),
            citation=TRADE,
            remedy=Label("核对比率。", "Check the rate."),
        ),
        Rule(
            "repeated_counts_agree",
            Figures.repeated_counts.every(
                equal(
                    RepeatedCount.sayings.minimum(CountedPart.number), RepeatedCount.sayings.maximum(CountedPart.number)
                )
            ),
            label=Label("同一数量各处一致", "a number of things is the same wherever it is said"),
            citation=TRADE,
            severity=Severity.DOUBT,
            remedy=Label("核对各处数量，统一为同一数值。", "Check each place, and say one number."),
        ),
        Rule(
            "grade_fits_score",
            Figures.grades.every(Graded.fits),
            label=Label("等级与得分相符", "the grade is that of the score"),
            citation=GRADES,
            remedy=Label("按得分核对等级。", "Check the grade against the score."),
        ),
        Rule(
            "amounts_have_units",
            Figures.bare.count(where=~BareFigure.has_unit) <= "0 处",
            label=Label("金额都有单位", "every amount has a unit"),
            citation=UNITS,
            severity=Severity.DOUBT,
            remedy=Label("补写金额单位（元或万元）。", "Write the unit, 元 or 万元."),
        ),
        Rule(
            "units_not_doubled",
            Figures.doubled.count(where=~DoubledUnit.has_one_unit) <= "0 处",
            label=Label("数字只有一个单位", "no figure has two units"),
            citation=UNITS,
            remedy=Label("删去多余的单位。", "Strike the unit that does not belong."),
        ),
    ],
    title=Label("文本数字核对", "figures of a text against one another"),
    citation=TRADE,
    in_force=InForce(),
)

_DAY = datetime.date(2026, 1, 1)


def _case(rule: str, verdict: Verdict, facts: dict[str, object], shortfall: str | None = None) -> Case:
    return Case(rule=rule, verdict=verdict, facts=facts, on=_DAY, stage=Stage.PLANNED, shortfall=shortfall)


def _said(*amounts: str | None) -> list[dict[str, object]]:
    return [{"sayings": [{"amount": amount} for amount in amounts]}]


def _worked(product: str, amount: str | None) -> dict[str, object]:
    return {"reckonings": [{"product": product, "amount": amount}]}


def _counted(whole: str | None, divided: bool, *parts: str, apart: bool = False) -> dict[str, object]:
    listed = [{"number": part} for part in parts]
    return {"counts": [{"whole": whole, "divided": divided, "apart": apart, "parts": listed}]}


def _listing(number: str, listed: str | None) -> dict[str, object]:
    return {"listings": [{"number": number, "listed": listed}]}


def _shares(*shares: str | None) -> dict[str, object]:
    return {"shares": [{"shares": [{"share": share} for share in shares]}]}


def _rate(rate: str, spent: str | None, budget: str) -> dict[str, object]:
    return {"rates": [{"rate": rate, "spent": spent, "budget": budget}]}


def _numbers(*numbers: str | None) -> dict[str, object]:
    return {"repeated_counts": [{"sayings": [{"number": number} for number in numbers]}]}


_NONE: dict[str, object] = {
    name: []
    for name in (
        "repeated",
        "restated",
        "reckonings",
        "counts",
        "listings",
        "shares",
        "rates",
        "bounded",
        "repeated_counts",
        "grades",
    )
}

CASES = (
    _case("repeated_money_agrees", Verdict.MET, {"repeated": _said("18 万元", "180000.00 元")}),
    _case("repeated_money_agrees", Verdict.UNMET, {"repeated": _said("18 万元", "18.5 万元", "18 万元")}, "5000 元"),
    _case("repeated_money_agrees", Verdict.UNKNOWN, {"repeated": _said("18 万元", None)}),
    _case("repeated_money_agrees", Verdict.NOT_APPLICABLE, _NONE),
    _case("restated_money_agrees", Verdict.MET, {"restated": _said("180000 元", "18 万元")}),
    _case("restated_money_agrees", Verdict.UNMET, {"restated": _said("18 万元", "108000 元")}, "72000 元"),
    _case("restated_money_agrees", Verdict.UNKNOWN, {"restated": _said(None, "108000 元")}),
    _case("restated_money_agrees", Verdict.NOT_APPLICABLE, _NONE),
    # 30 people for 3 days at 450 元 are 40,500 元.
    _case("reckonings_hold", Verdict.MET, _worked("40500 元", "4.05 万元")),
    _case("reckonings_hold", Verdict.UNMET, _worked("40500 元", "45000 元"), "4500 元"),
    _case("reckonings_hold", Verdict.UNKNOWN, _worked("40500 元", None)),
    _case("reckonings_hold", Verdict.NOT_APPLICABLE, _NONE),
    _case("counts_add_up", Verdict.MET, _counted("30 个", True, "18 个", "12 个")),
    _case("counts_add_up", Verdict.UNMET, _counted("30 个", True, "18 个", "13 个"), "1 个"),
    _case("counts_add_up", Verdict.UNKNOWN, _counted(None, True, "18 个", "12 个")),
    _case("counts_add_up", Verdict.NOT_APPLICABLE, _counted("30 个", False, "18 个")),
    _case("parts_within_count", Verdict.MET, _counted("30 个", False, "18 个", "15 个")),
    _case("parts_within_count", Verdict.UNMET, _counted("30 个", False, "38 个"), "8 个"),
    _case("parts_within_count", Verdict.UNKNOWN, _counted(None, False, "18 个")),
    _case("parts_within_count", Verdict.NOT_APPLICABLE, _counted("30 个", True, "18 个", "12 个")),
    _case("parts_together_within_count", Verdict.MET, _counted("36 个", False, "12 个", "9 个", apart=True)),
    _case("parts_together_within_count", Verdict.UNMET, _counted("36 个", False, "22 个", "15 个", apart=True), "1 个"),
    _case("parts_together_within_count", Verdict.UNKNOWN, _counted(None, False, "18 个", apart=True)),
    _case("parts_together_within_count", Verdict.NOT_APPLICABLE, _counted("30 个", True, "18 个", "12 个")),
    _case("listings_match_numbers", Verdict.MET, _listing("3 个", "3 个")),
    _case("listings_match_numbers", Verdict.UNMET, _listing("3 个", "4 个"), "1 个"),
    _case("listings_match_numbers", Verdict.UNKNOWN, _listing("3 个", None)),
    _case("listings_match_numbers", Verdict.NOT_APPLICABLE, _NONE),
    _case("shares_fill_whole", Verdict.MET, _shares("30%", "70%")),
    _case("shares_fill_whole", Verdict.UNMET, _shares("30%", "60%"), "10%"),
    _case("shares_fill_whole", Verdict.UNKNOWN, _shares("30%", None)),
    _case("shares_fill_whole", Verdict.NOT_APPLICABLE, _NONE),
    # 49.2 of 50 万元 are 98.4 %: 98.5 % is 0.1 of a point away, and 99 % is 0.6.
    _case("execution_rate_agrees", Verdict.MET, _rate("98.5%", "49.2 万元", "50 万元")),
    _case("execution_rate_agrees", Verdict.UNMET, _rate("99%", "49.2 万元", "50 万元"), "0.5%"),
    _case("execution_rate_agrees", Verdict.UNKNOWN, _rate("98.4%", None, "50 万元")),
    _case("execution_rate_agrees", Verdict.NOT_APPLICABLE, _NONE),
    _case("rates_within_whole", Verdict.MET, {"bounded": [{"share": "100%"}]}),
    _case("rates_within_whole", Verdict.UNMET, {"bounded": [{"share": "65%"}, {"share": "110%"}]}, "10%"),
    _case("rates_within_whole", Verdict.UNKNOWN, {"bounded": [{}]}),
    _case("rates_within_whole", Verdict.NOT_APPLICABLE, _NONE),
    _case("repeated_counts_agree", Verdict.MET, _numbers("6000 个", "6000 个")),
    _case("repeated_counts_agree", Verdict.UNMET, _numbers("6000 个", "5000 个", "6000 个"), "1000 个"),
    _case("repeated_counts_agree", Verdict.UNKNOWN, _numbers("6000 个", None)),
    _case("repeated_counts_agree", Verdict.NOT_APPLICABLE, _NONE),
    _case("grade_fits_score", Verdict.MET, {"grades": [{"fits": True}]}),
    _case("grade_fits_score", Verdict.UNMET, {"grades": [{"fits": False}]}),
    _case("grade_fits_score", Verdict.UNKNOWN, {"grades": [{}]}),
    _case("grade_fits_score", Verdict.NOT_APPLICABLE, _NONE),
    _case("amounts_have_units", Verdict.MET, {"bare": []}),
    _case("amounts_have_units", Verdict.UNMET, {"bare": [{"has_unit": False}, {"has_unit": False}]}, "2 处"),
    _case("amounts_have_units", Verdict.UNKNOWN, {}),
    _case("units_not_doubled", Verdict.MET, {"doubled": []}),
    _case("units_not_doubled", Verdict.UNMET, {"doubled": [{"has_one_unit": False}]}, "1 处"),
    _case("units_not_doubled", Verdict.UNKNOWN, {}),
)

PACK = Pack(standard=STANDARD, cases=CASES)
