"""Whether a project's text and its tables say the same: money, targets, name, year and period.

Only money of one kind and one year is compared, to the digits that the coarser figure prints: a text in 万元 agrees with a
table in 元. The rules are those that reviewers apply; they cite no document.
"""

from __future__ import annotations

import datetime

from perfeval.citations import Citation, Evidence, InForce
from perfeval.expressions import equal
from perfeval.facts import Label, Stage
from perfeval.packs import Case, Pack
from perfeval.rules import Rule, Severity
from perfeval.standard import Standard
from perfeval.standards.points import DISCLOSURE_CHECKER
from perfeval.subjects import day, flag, many, measure, subject, text
from perfeval.verdicts import Verdict

__all__ = ["PACK", "STANDARD", "DayPair", "MoneyPair", "NamePair", "SaidTwice", "TargetPair"]


@subject(zh="同一金额", en="amount said twice", unit="处")
class MoneyPair:
    """One amount in two places; ``restated`` is the second to the digits that the first prints, or the other way round."""

    name = text(zh="金额", en="amount")
    stated = measure("元", zh="一处金额", en="amount in one place")
    restated = measure("元", zh="另一处金额", en="amount in the other")


@subject(zh="同一指标", en="target said twice", unit="处")
class TargetPair:
    """A target of the table, and whether the text has it."""

    name = text(zh="指标", en="indicator")
    agrees = flag(zh="与文本一致", en="the same figure in the text")


@subject(zh="项目名称", en="name said twice", unit="处")
class NamePair:
    """The project's name in a table, and whether it is that of the text."""

    name = text(zh="名称", en="name")
    same = flag(zh="与文本一致", en="the name of the text")


@subject(zh="同一日期", en="day said twice", unit="处")
class DayPair:
    """A day that the text states, and what a table states for it."""

    name = text(zh="日期", en="day")
    stated = day(zh="文本日期", en="day of the text")
    tabled = day(zh="表中日期", en="day of the table")


@subject(zh="文本与表格", en="text and tables")
class SaidTwice:
    """What a project's text and its tables both say."""

    money = many(MoneyPair, zh="金额", en="money")
    lines = many(MoneyPair, zh="明细金额", en="money of lines")
    targets = many(TargetPair, zh="指标值", en="targets")
    names = many(NamePair, zh="项目名称", en="names")
    years = many(DayPair, zh="年度", en="years")
    ends = many(DayPair, zh="起止时间", en="first and last days")


TRADE = Citation(title="文本与表格一致性", described=True, clause="通行审核要点", evidence=Evidence.CODE)

STANDARD = Standard(
    "text_and_tables",
    [
        Rule(
            "money_agrees",
            SaidTwice.money.every(equal(MoneyPair.stated, MoneyPair.restated)),
            label=Label("文本与表格金额一致", "text and tables have the same money"),
            citation=DISCLOSURE_CHECKER,
            remedy=Label("核对文本与表格中的同一金额。", "Check the amount in the text and in the table."),
        ),
        Rule(
            "line_money_agrees",
            SaidTwice.lines.every(equal(MoneyPair.stated, MoneyPair.restated)),
            label=Label("文本与明细表金额一致", "text and lines have the same money"),
            citation=DISCLOSURE_CHECKER,
            remedy=Label("核对文本与明细表中同名明细的金额。", "Check the line in the text and in the table."),
        ),
        Rule(
            "targets_agree",
            SaidTwice.targets.every(TargetPair.agrees),
            label=Label("文本与表格指标值一致", "text and tables have the same targets"),
            citation=TRADE,
            severity=Severity.DOUBT,
            remedy=Label("核对文本与表格中的同一指标。", "Check the target in the text and in the table."),
        ),
        Rule(
            "name_agrees",
            SaidTwice.names.every(NamePair.same),
            label=Label("文本与表格项目名称一致", "text and tables name the same project"),
            citation=TRADE,
            severity=Severity.DOUBT,
            remedy=Label("统一项目名称。", "Use one name."),
        ),
        Rule(
            "year_agrees",
            SaidTwice.years.every(equal(DayPair.stated, DayPair.tabled)),
            label=Label("文本与表格年度一致", "text and tables are of one year"),
            citation=TRADE,
            severity=Severity.DOUBT,
            remedy=Label("核对年度。", "Check the year."),
        ),
        Rule(
            "period_agrees",
            SaidTwice.ends.every(equal(DayPair.stated, DayPair.tabled)),
            label=Label("文本与表格起止时间一致", "text and tables have the same period"),
            citation=TRADE,
            severity=Severity.DOUBT,
            remedy=Label("核对项目起止时间。", "Check the project's period."),
        ),
    ],
    title=Label("文本与表格一致性", "agreement of text and tables"),
    citation=TRADE,
    in_force=InForce(),
)

_DAY = datetime.date(2026, 1, 1)


def _case(rule: str, verdict: Verdict, facts: dict[str, object], shortfall: str | None = None) -> Case:
    return Case(rule=rule, verdict=verdict, facts=facts, on=_DAY, stage=Stage.PLANNED, shortfall=shortfall)


CASES = (
    *(
        case
        for rule, name in (("money_agrees", "money"), ("line_money_agrees", "lines"))
        for case in (
            # 1,977,850 元 to the hundredth of a 万元 is 197.79 万元.
            _case(rule, Verdict.MET, {name: [{"stated": "197.79 万元", "restated": "1977900 元"}]}),
            _case(rule, Verdict.UNMET, {name: [{"stated": "179.79 万元", "restated": "1977900 元"}]}, "18 万元"),
            _case(rule, Verdict.UNKNOWN, {name: [{"stated": "197.79 万元"}]}),
            _case(rule, Verdict.NOT_APPLICABLE, {name: []}),
        )
    ),
    *(
        case
        for rule, name, fact in (("targets_agree", "targets", "agrees"), ("name_agrees", "names", "same"))
        for case in (
            _case(rule, Verdict.MET, {name: [{fact: True}]}),
            _case(rule, Verdict.UNMET, {name: [{fact: True}, {fact: False}]}),
            _case(rule, Verdict.UNKNOWN, {name: [{}]}),
            _case(rule, Verdict.NOT_APPLICABLE, {name: []}),
        )
    ),
    *(
        case
        for rule, name in (("year_agrees", "years"), ("period_agrees", "ends"))
        for case in (
            _case(rule, Verdict.MET, {name: [{"stated": "2026-01-01", "tabled": "2026-01-01"}]}),
            _case(rule, Verdict.UNMET, {name: [{"stated": "2026-01-01", "tabled": "2025-01-01"}]}),
            _case(rule, Verdict.UNKNOWN, {name: [{"stated": "2026-01-01"}]}),
            _case(rule, Verdict.NOT_APPLICABLE, {name: []}),
        )
    ),
)

PACK = Pack(standard=STANDARD, cases=CASES)
