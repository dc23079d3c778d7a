"""Expressions: nodes are data, and what cannot be meant is refused when it is built."""

from __future__ import annotations

import datetime
import pickle
from typing import Any

import pytest
from hypothesis import given, settings

import perfeval as pe
from perfeval.amounts import Amount
from perfeval.expressions import MAX_DEPTH, All, Compare, Literal, Operator, Sum, as_condition
from perfeval.strategies import Course, Office, Person, conditions

FLOOR = Office.reserve >= "3 元/年"


def refused(build: Any) -> str:
    """Return the message with which building is refused."""
    with pytest.raises((pe.RuleError, pe.UnitMismatch)) as caught:
        build()
    assert isinstance(caught.value, pe.PerfevalError)
    return str(caught.value)


@pytest.mark.parametrize(
    "build",
    [
        lambda: Office.reserve + 1,
        lambda: 1 + Office.reserve,
        lambda: sum([Office.reserve, Office.budget]),
        lambda: Office.reserve >= 3000,
        lambda: Office.reserve >= 0.5,
        lambda: Office.reserve * 2,
        lambda: Office.reserve >= True,
        lambda: Office.reserve >= None,
        lambda: Office.reserve >= Office.rural,
        lambda: Office.reserve >= Office.kind,
        lambda: Office.reserve >= Office.staff,
        lambda: Office.staff.sum(Person.name),  # type: ignore[arg-type]
        lambda: Office.founded >= datetime.datetime(2026, 1, 1),
        lambda: Office.kind.is_in("巨"),
        Office.kind.is_in,
        lambda: Office.kind.is_in("大", "大"),
        lambda: pe.by(Office.kind, {"大": "1 元/年"}),
        lambda: pe.by(Office.kind, {"大": "1 元/年", "中": "1 元/年", "小": "1 元/年", "巨": "1 元/年"}),
        lambda: pe.total([]),
        pe.all_of,
        pe.any_of,
        lambda: pe.all_of(True),
        lambda: pe.all_of("reserve"),
        lambda: Office.reserve.round("0 元/年", "HALF_UP"),
        lambda: pe.measure("元") >= "1 元",
        lambda: pe.Rule("rule", pe.flag()),
        lambda: pe.Rule("rule", pe.many(Person).count() >= "1 人"),
        lambda: pe.Rule("rule", True),
        lambda: pe.Rule("rule", Office.reserve == "3 元/年"),
        lambda: pe.Rule("rule", Office.reserve),
        lambda: pe.Rule("Rule", FLOOR),
        lambda: pe.Rule("", FLOOR),
        lambda: pe.Rule("rule", Literal(Amount.parse("1 元")) >= "1 元"),
        lambda: pe.Standard("one", []),
        lambda: pe.Standard("one", [pe.Rule("rule", FLOOR), pe.Rule("rule", FLOOR)]),
        lambda: pe.Standard("one", [pe.Rule("rule", FLOOR), pe.Rule("other", Person.active)]),
    ],
)
def test_what_cannot_be_meant_is_refused(build: Any) -> None:
    """Bare numbers, wrong kinds of fact, unknown kinds, empty parts and Python's own values are refused."""
    assert "needed" in refused(build)


@pytest.mark.parametrize("mode", ["nearest", "", None, 3])
def test_an_unknown_rounding_mode_is_refused(mode: Any) -> None:
    """A mode that has no name is an error of this library."""
    with pytest.raises(pe.PerfevalError):
        Office.reserve.round("1 元/年", mode)


@pytest.mark.parametrize(
    ("build", "named"),
    [
        (lambda: pe.Rule("rule", Office.reserve >= "40 学时"), ("元/年", "学时")),
        (lambda: pe.Rule("rule", Office.reserve + "5 天" >= "1 元/年"), ("元/年", "天")),
        (lambda: pe.Rule("rule", Office.reserve >= "3 元"), ("元/年", "元")),
        (lambda: pe.Rule("rule", Office.staff.count() >= "1 个"), ("人", "个")),
        (lambda: pe.Rule("rule", Office.staff.share(Person.active) >= "1 人"), ("人",)),
        (lambda: pe.Rule("rule", Office.reserve * Office.budget >= "1 元/年"), ("元/年",)),
        (lambda: pe.Rule("rule", Office.founded >= "1 天"), ("calendar day", "天")),
        (lambda: pe.Rule("rule", pe.total([Office.founded]) >= "1 天"), ("calendar day",)),
        (lambda: pe.Rule("rule", Office.reserve.round("1 天", "HALF_UP") >= "1 元/年"), ("元/年", "天")),
        (lambda: pe.Rule("rule", FLOOR, when=Office.budget >= "1 次"), ("元/年", "次")),
        (lambda: pe.Rule("rule", Office.staff.every(Person.pay >= "1 次")), ("元/月", "次")),
        (lambda: pe.Rule("rule", Office.staff.count(where=Person.pay >= "1 次") >= "1 人"), ("元/月", "次")),
        (lambda: pe.by(Office.kind, {"大": "1 元", "中": "1 天", "小": "1 元"}) >= "1 元", ("元", "天")),
    ],
)
def test_units_are_checked_when_a_rule_is_built(build: Any, named: tuple[str, ...]) -> None:
    """Units that do not go together are refused before any fact is seen, naming both."""
    with pytest.raises(pe.UnitMismatch) as caught:
        built = build()
        pe.Rule("rule", built)
    for unit in named:
        assert unit in str(caught.value)


def test_a_unit_of_the_same_dimension_goes_together() -> None:
    """A month and a year, 元 and 万元, may stand in one comparison."""
    assert pe.Rule("rule", Office.reserve >= "3 万元/月").subject is not None


@pytest.mark.parametrize(
    "build",
    [
        lambda: pe.Rule("rule", FLOOR & (Person.pay >= "1 元/月")),
        lambda: pe.Rule("rule", Office.staff.sum(Course.hours) >= "1 学时"),
        lambda: pe.Rule("rule", FLOOR, when=Course.passed),
    ],
)
def test_a_class_that_nothing_binds_is_refused(build: Any) -> None:
    """Facts of a second class outside an aggregate are refused, naming both classes."""
    said = refused(build)
    assert "Office" in said
    assert "Person" in said or "Course" in said


@pytest.mark.parametrize(
    "build",
    [
        lambda: bool(FLOOR),
        lambda: bool(Office.reserve),
        lambda: FLOOR and FLOOR,
        lambda: FLOOR or FLOOR,
        lambda: not FLOOR,
        lambda: Amount.parse("1 元/年") <= Office.reserve <= Amount.parse("3 元/年"),
        lambda: bool(pe.Rule("rule", FLOOR)),
        lambda: 1 if Office.rural else 0,
    ],
)
def test_there_is_no_truth_in_a_node(build: Any) -> None:
    """bool(), and, or, not and chained comparisons are refused with what to write instead."""
    assert "needed" in refused(build)


def test_operators_build_what_they_say() -> None:
    """Comparisons turn round when the amount stands first; sums and conjunctions stay flat."""
    amount = Amount.parse("3 元/年")
    assert (amount <= Office.reserve) == (Office.reserve >= amount)
    assert Compare(Office.reserve, Operator.AT_LEAST, Literal(amount)) == FLOOR
    assert Office.reserve + Office.budget + Office.reserve == Sum((Office.reserve, Office.budget, Office.reserve))
    assert FLOOR & FLOOR & FLOOR == All((FLOOR, FLOOR, FLOOR))
    assert pe.equal(Office.reserve, amount).operator is Operator.EQUAL
    assert (Office.reserve == Office.budget) is False
    assert as_condition(pe.Rule("floor", FLOOR)) == pe.named("floor", FLOOR)


def test_depth_is_limited_but_width_is_not() -> None:
    """Nesting past the limit is refused; ten thousand terms side by side are not."""
    node: Any = FLOOR
    while node.depth < MAX_DEPTH:
        node = ~node
    assert str(MAX_DEPTH) in refused(lambda: ~node)
    assert pe.total([Office.reserve] * 10_000).depth == 2
    assert pe.all_of(*[FLOOR] * 10_000).depth == 3


@settings(max_examples=60)
@given(conditions())
def test_nodes_are_data(node: Any) -> None:
    """A node equals its pickled copy, hashes alike, and cannot be changed."""
    again = pickle.loads(pickle.dumps(node))
    assert again == node
    assert hash(again) == hash(node)
    assert ~node != node
    with pytest.raises(AttributeError):
        node.depth = 7


def test_equality_is_structural() -> None:
    """Equal structure is equal, another operator, threshold or order is not."""
    assert (Office.reserve >= "3 元/年") == FLOOR
    assert len({FLOOR, Office.reserve >= "3 元/年", Office.reserve <= "3 元/年"}) == 2
    assert FLOOR != (Office.reserve > "3 元/年")
    assert FLOOR != (Office.budget >= "3 元/年")
    assert Office.reserve + Office.budget != Office.budget + Office.reserve


def test_a_condition_prints_as_it_is_written() -> None:
    """What stands in an error or a notebook is Python, not a dump of nodes; of a long sum the first parts."""
    pay, staff, kind = Person.pay, Office.staff, Office.kind
    written = {
        "Office.budget + Office.reserve - '3 元/年' >= '1 元/年'": Office.budget + Office.reserve - "3 元/年"
        >= "1 元/年",
        "equal(Office.budget, by(Office.kind, {'大': '1 元/年', '中': '2 元/年', '小': '3 元/年'}))": pe.equal(
            Office.budget, pe.by(kind, {"大": "1 元/年", "中": "2 元/年", "小": "3 元/年"})
        ),
        "Office.staff.share(Person.active, among=Person.rank.is_in('甲')) >= '65%'": staff.share(
            Person.active, among=Person.rank.is_in("甲")
        )
        >= "65%",
        "~(Office.rural & (Office.budget > '1 元/年'))": ~(Office.rural & (Office.budget > "1 元/年")),
        "Office.staff.every(Person.pay >= '1 元/月', where=Person.active).when(Office.rural)": staff.every(
            pay >= "1 元/月", where=Person.active
        ).when(Office.rural),
        "Office.staff.sum(Person.pay).round('0.01 元/月', 'HALF_UP') < '1 元/月'": staff.sum(pay).round(
            "0.01 元/月", "HALF_UP"
        )
        < "1 元/月",
        "months_served(Office.founded, '2026-06-30', policy='days') <= '6 个月'": pe.months_served(
            Office.founded, datetime.date(2026, 6, 30), policy="days"
        )
        <= "6 月",
    }
    for source, node in written.items():
        assert repr(node) == source
    assert repr(pe.total([Office.budget] * 20)).endswith("Office.budget + … 12 more")


@pytest.mark.parametrize("thing", [Office.staff, Office.kind, Office.rural, Person.name])
def test_what_has_no_amount_refuses_arithmetic_by_name(thing: Any) -> None:
    """A collection is counted, a kind is asked for: multiplying them says so, and is no TypeError of Python."""
    for use in (
        lambda: thing * "1 元",
        lambda: "1 元" * thing,
        lambda: thing + "1 元",
        lambda: thing >= "1 元",
        lambda: "1 元" - thing,
    ):
        with pytest.raises(pe.RuleError, match="not a quantity"):
            use()
