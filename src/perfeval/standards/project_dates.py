"""Whether the days and months that a project text names lie within its own period, or within its budget year.

A day that is in no calendar, and a stretch of time that ends before it begins, are slips wherever they stand.
The period is the one that the text states (起止时间); money is scheduled within the budget year. What a text tells of
the past, and what follows a year as a matter of course (self-evaluation, final accounts), is no deadline.
"""

from __future__ import annotations

import datetime

from perfeval.citations import Citation, Evidence, InForce
from perfeval.facts import Label, Stage
from perfeval.packs import Case, Pack
from perfeval.rules import Rule, Severity
from perfeval.standard import Standard
from perfeval.subjects import day, flag, many, subject, text
from perfeval.verdicts import Verdict

__all__ = ["PACK", "STANDARD", "Dates", "Deadline", "NamedTime", "Payment", "Period"]


@subject(zh="起止时间", en="period", unit="处")
class Period:
    """A period that the text states, by its first and last day."""

    words = text(zh="起止时间", en="period")
    first = day(zh="开始日", en="first day")
    last = day(zh="结束日", en="last day")


@subject(zh="完成时限", en="deadline", unit="处")
class Deadline:
    """A day by which something is to be done."""

    words = text(zh="时限", en="deadline")
    by = day(zh="完成日", en="day by which it is done")


@subject(zh="用款时间", en="payment", unit="项")
class Payment:
    """The months over which the schedule pays something."""

    purpose = text(zh="用途", en="purpose")
    first = day(zh="开始日", en="first day")
    last = day(zh="结束日", en="last day")


@subject(zh="所写时间", en="time named", unit="处")
class NamedTime:
    """A day or a stretch of time that the text names, and whether there can be such a one."""

    words = text(zh="所写时间", en="time named")
    possible = flag(zh="时间成立", en="there is such a time")


@subject(zh="项目时间", en="dates of a project")
class Dates:
    """The days that one project text names."""

    periods = many(Period, zh="起止时间", en="periods")
    ends = day(zh="项目结束日", en="last day of the project")
    deadlines = many(Deadline, zh="完成时限", en="deadlines")
    year_begins = day(zh="预算年度首日", en="first day of the budget year")
    year_ends = day(zh="预算年度末日", en="last day of the budget year")
    payments = many(Payment, zh="用款安排", en="payments")
    days = many(NamedTime, zh="所写日期", en="days named")
    stretches = many(NamedTime, zh="所写时段", en="stretches of time named")


TRADE = Citation(title="项目文本审核要点", described=True, clause="时间与项目期限", evidence=Evidence.CODE)

STANDARD = Standard(
    "project_dates",
    [
        Rule(
            "periods_in_order",
            Dates.periods.every(Period.first <= Period.last),
            label=Label("起止时间先后有序", "a period begins before it ends"),
            citation=TRADE,
            remedy=Label("核对起止时间。", "Check where the period begins and ends."),
        ),
        Rule(
            "deadlines_within_period",
            Dates.deadlines.every(Deadline.by <= Dates.ends),
            label=Label("完成时限不晚于项目结束", "nothing is due after the project ends"),
            citation=TRADE,
            remedy=Label("核对完成时限与项目起止时间。", "Check the deadline against the period of the project."),
        ),
        Rule(
            "payments_within_year",
            Dates.payments.every((Payment.first >= Dates.year_begins) & (Payment.last <= Dates.year_ends)),
            label=Label("用款安排在预算年度内", "money is scheduled within the budget year"),
            citation=TRADE,
            severity=Severity.DOUBT,
            remedy=Label("核对用款时间与预算年度。", "Check the months of payment against the budget year."),
        ),
        Rule(
            "days_exist",
            Dates.days.every(NamedTime.possible),
            label=Label("所写日期存在", "the days that are named exist"),
            citation=TRADE,
            severity=Severity.DOUBT,
            remedy=Label("核对日期：日历上没有这一天。", "Check the date: no calendar has such a day."),
        ),
        Rule(
            "stretches_in_order",
            Dates.stretches.every(NamedTime.possible),
            label=Label("所写时段先后有序", "a stretch of time begins before it ends"),
            citation=TRADE,
            severity=Severity.DOUBT,
            remedy=Label("核对起止月份，跨年的写明年份。", "Check both ends, and name the year of the second."),
        ),
    ],
    title=Label("时间与项目期限", "dates and the period of the project"),
    citation=TRADE,
    in_force=InForce(),
)

_DAY = datetime.date(2026, 1, 1)
_YEAR = {"year_begins": "2026-01-01", "year_ends": "2026-12-31"}


def _case(rule: str, verdict: Verdict, facts: dict[str, object]) -> Case:
    return Case(rule=rule, verdict=verdict, facts=facts, on=_DAY, stage=Stage.PLANNED)


def _period(first: str, last: str | None) -> dict[str, object]:
    return {"periods": [{"first": first, "last": last}]}


def _paid(first: str, last: str | None) -> dict[str, object]:
    return {**_YEAR, "payments": [{"first": first, "last": last}]}


def _due(by: str, ends: str | None) -> dict[str, object]:
    return {"deadlines": [{"by": by}], "ends": ends}


def _named(**named: bool | None) -> dict[str, object]:
    return {name: [{"possible": possible}] for name, possible in named.items()}


CASES = (
    _case("periods_in_order", Verdict.MET, _period("2026-01-01", "2026-12-31")),
    _case("periods_in_order", Verdict.UNMET, _period("2026-12-01", "2026-01-31")),
    _case("periods_in_order", Verdict.UNKNOWN, _period("2026-01-01", None)),
    _case("periods_in_order", Verdict.NOT_APPLICABLE, {"periods": []}),
    _case("deadlines_within_period", Verdict.MET, _due("2026-12-31", "2026-12-31")),
    _case("deadlines_within_period", Verdict.UNMET, _due("2027-01-31", "2026-12-31")),
    _case("deadlines_within_period", Verdict.UNKNOWN, _due("2026-12-31", None)),
    _case("deadlines_within_period", Verdict.NOT_APPLICABLE, {"deadlines": [], "ends": "2026-12-31"}),
    _case("payments_within_year", Verdict.MET, _paid("2026-01-01", "2026-12-31")),
    _case("payments_within_year", Verdict.UNMET, _paid("2027-01-01", "2027-03-31")),
    _case("payments_within_year", Verdict.UNKNOWN, _paid("2026-01-01", None)),
    _case("payments_within_year", Verdict.NOT_APPLICABLE, {**_YEAR, "payments": []}),
    _case("days_exist", Verdict.MET, _named(days=True)),
    _case("days_exist", Verdict.UNMET, _named(days=False)),
    _case("days_exist", Verdict.UNKNOWN, _named(days=None)),
    _case("days_exist", Verdict.NOT_APPLICABLE, {"days": []}),
    _case("stretches_in_order", Verdict.MET, _named(stretches=True)),
    _case("stretches_in_order", Verdict.UNMET, _named(stretches=False)),
    _case("stretches_in_order", Verdict.UNKNOWN, _named(stretches=None)),
    _case("stretches_in_order", Verdict.NOT_APPLICABLE, {"stretches": []}),
)

PACK = Pack(standard=STANDARD, cases=CASES)
