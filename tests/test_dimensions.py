"""Dimensions: which unit an expression has, and which expressions have none."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given, settings

import perfeval as pe
from perfeval.dimensions import Calendar, check_units, unit_of
from perfeval.expressions import Product
from perfeval.strategies import Course, Office, Person, conditions, quantities
from perfeval.units import Unit

RATIO = Office.budget / Office.reserve


def unit(node: Any) -> str:
    """Return the unit of a quantity as it is shown."""
    return unit_of(node).text


@pytest.mark.parametrize(
    ("node", "shown"),
    [
        (Office.reserve, "元/年"),
        (Person.pay, "元/月"),
        # Units of one dimension go together, and the first one written is the unit of the sum.
        (Office.reserve + Person.pay, "元/年"),
        (Person.pay + Office.reserve, "元/月"),
        (Office.reserve - "1 万元/月", "元/年"),
        (-Person.pay, "元/月"),
        (RATIO, "%"),
        (Office.staff.count() / Office.guests.count(), "%"),
        (Office.staff.sum(Person.courses.sum(Course.hours)) / Office.staff.count(), "学时/人"),
        (Office.staff.count() * "100 元/人/年", "元/年"),
        (Person.pay * "12 月", "元"),
        (Office.reserve * RATIO, "元/年"),
        (Office.reserve.round("100 元/月", "DOWN"), "元/年"),
        (pe.by(Office.kind, {"大": "1 元/月", "中": "2 元/年", "小": "3 万元/年"}), "元/月"),
        (Office.staff.sum(Person.pay), "元/月"),
        (Office.staff.minimum(Person.pay * "12 月"), "元"),
        (Office.staff.count(), "人"),
        (Office.staff.share(Person.active), "%"),
        (Person.courses.count(), "次"),
    ],
)
def test_the_unit_of_a_quantity(node: Any, shown: str) -> None:
    """Sums keep the first unit, products and quotients reckon with units, aggregates take that of what they take."""
    assert unit(node) == shown


def test_calendar_days_have_no_unit() -> None:
    """A day, and the earliest or latest of many days, is a day of the calendar and not a number of days."""
    assert unit_of(Office.founded) is Calendar.DAY
    assert unit_of(Office.staff.minimum(Person.since)) is Calendar.DAY
    check_units(Office.staff.maximum(Person.since) >= datetime.date(2026, 1, 1))


@pytest.mark.parametrize(
    ("node", "named"),
    [
        (Office.reserve + "1 学时", ("元/年", "学时")),
        (Office.staff.count() + Office.staff.sum(Person.courses.count()), ("人", "次")),
        (Office.reserve + (Office.budget + "1 元"), ("元/年", "元")),
        (Office.reserve - "5 %", ("元/年", "%")),
        (pe.by(Office.kind, {"大": "1 元/年", "中": "1 元", "小": "1 元/年"}), ("元/年", "元")),
        (Office.reserve.round("1 元", "UP"), ("元/年", "元")),
        (Office.staff.sum(Person.pay, where=Person.pay >= "1 人"), ("元/月", "人")),
        (Office.staff.share(Person.active, among=Person.since >= "1 天"), ("calendar day", "天")),
        (Office.staff.sum(Person.since), ("calendar day",)),
        (-Office.founded, ("calendar day",)),
        (Product((Office.founded, Office.reserve)), ("calendar day",)),
        (RATIO / Office.founded, ("calendar day",)),
        (Office.founded.round("1 天", "UP"), ("calendar day",)),
    ],
)
def test_what_has_no_unit_is_refused(node: Any, named: tuple[str, ...]) -> None:
    """Parts that do not go together are refused at any depth, naming the units that met."""
    with pytest.raises(pe.UnitMismatch) as caught:
        unit_of(node)
    for text in named:
        assert text in str(caught.value)


def test_kinds_of_money_and_of_count_do_not_mix() -> None:
    """Money so far this year is not money of the year, and secretaries are not members."""

    @pe.subject
    class Fund:
        spent = pe.measure("元[累计]")
        plan = pe.measure("元")
        heads = pe.measure("人[书记]")

    for condition in (Fund.spent >= Fund.plan, Fund.spent + Fund.plan >= "1 元", Fund.heads >= "1 人[党员]"):
        with pytest.raises(pe.UnitMismatch):
            pe.Rule("rule", condition)
    assert pe.Rule("rule", Fund.spent >= "1 万元[累计]").subject is not None


@settings(max_examples=100)
@given(quantities(), conditions())
def test_well_typed_expressions_pass(node: Any, condition: Any) -> None:
    """Whatever is built of money a year is money a year, and its comparisons are accepted."""
    found = unit_of(node)
    assert isinstance(found, Unit)
    assert Unit.parse("元/年").dimension == found.dimension
    check_units(condition)
