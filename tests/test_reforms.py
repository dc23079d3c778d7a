"""Comparing two standards on the same subjects: who changes verdict, and what the change costs."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import perfeval as pe
from perfeval.citations import InForce
from perfeval.reforms import compare, reform_text
from perfeval.verdicts import Verdict

DAY = datetime.date(2026, 6, 30)


@pe.subject(zh="支部", en="branch")
class Branch:
    name = pe.text(zh="名称", en="name")
    funding = pe.measure("元/年", at_least=0, changeable=True, zh="工作经费", en="work funding")
    rural = pe.flag(zh="农村", en="rural")


def floor(figure: int, **more: object) -> pe.Rule:
    return pe.Rule("floor", Branch.funding >= f"{figure} 元/年", **more)  # type: ignore[arg-type]


def standard(figure: int, *others: pe.Rule) -> pe.Standard:
    return pe.Standard("floors", [floor(figure), *others])


def held(*figures: int | None) -> list[dict[str, object]]:
    return [{} if figure is None else {"funding": f"{figure} 元/年"} for figure in figures]


@settings(max_examples=60)
@given(st.integers(0, 50), st.integers(0, 50), st.lists(st.integers(0, 60), min_size=1, max_size=8))
def test_changes_gaps_and_cost_are_those_of_judging_one_by_one(one: int, other: int, figures: list[int]) -> None:
    reform = compare(standard(one), standard(other), held(*figures), on=DAY)
    expected = [
        (index, figure >= one, figure >= other)
        for index, figure in enumerate(figures)
        if (figure >= one) is not (figure >= other)
    ]
    words = {Verdict.MET: True, Verdict.UNMET: False}
    assert [(c.index, words[c.before], words[c.after]) for c in reform.changes if c.before and c.after] == expected
    for gaps, least in ((reform.gaps_before, one), (reform.gaps_after, other)):
        short = sum(max(0, least - figure) for figure in figures)
        assert [str(gap) for gap in gaps] == ([f"{short:,} 元/年"] if short else [])
    assert reform.cost == pe.Amount.of(len(figures) * (other - one), "元/年")


@given(st.integers(0, 50), st.lists(st.integers(0, 60), min_size=1, max_size=5))
def test_nothing_changes_against_itself(figure: int, figures: list[int]) -> None:
    reform = compare(standard(figure), standard(figure), held(*figures), on=DAY)
    assert reform.changes == () and str(reform.cost) == "0 元/年" and reform.gaps_before == reform.gaps_after


def test_one_standard_on_two_days_shows_what_its_versions_change() -> None:
    """3,500 met 3,000 and does not meet 4,000: 500 short, and 1,000 more is required."""
    border = datetime.date(2026, 12, 31)
    clause = pe.Citation(title="办法", evidence=pe.Evidence.GENERAL)
    dated = pe.Standard(
        "floors",
        [
            floor(3000, in_force=InForce(until=border), citation=clause),
            floor(4000, in_force=InForce(since=border + datetime.timedelta(1)), citation=clause),
        ],
    )
    reform = compare(dated, dated, held(3500), on=border, on_after=border + datetime.timedelta(1))
    assert [(one.before, one.after) for one in reform.changes] == [(Verdict.MET, Verdict.UNMET)]
    assert [str(gap) for gap in reform.gaps_after] == ["500 元/年"]
    assert str(reform.cost) == "1,000 元/年"
    assert "1,000 元/年" in reform_text(reform) and "MET → UNMET: 1" in reform_text(reform, "en")


def test_rules_that_only_one_has_are_said_to_be_new_or_gone() -> None:
    extra = pe.Rule("rural", Branch.rural)
    reform = compare(standard(1), standard(1, extra), [{"funding": "2 元/年", "rural": True}], on=DAY)
    assert [(one.rule, one.before, one.after) for one in reform.changes] == [("rural", None, Verdict.MET)]
    assert reform.counts == {(None, Verdict.MET): 1}


def test_what_is_missing_stays_unknown_and_its_cost_is_still_known() -> None:
    """The floor does not depend on what is held: 4,000 − 3,000 for each of two."""
    reform = compare(standard(3000), standard(4000), held(None, 5000), on=DAY)
    assert reform.changes == () and str(reform.cost) == "2,000 元/年"


def test_without_floors_of_money_the_reason_is_given() -> None:
    rural = pe.Rule("rural", Branch.rural)
    reform = compare(rural, rural, [{"rural": True}], on=DAY)
    assert reform.cost is None and "no floor of money" in reform.no_cost
    assert "no floor of money" in reform_text(reform, "en")


@pe.subject(zh="支部", en="branch")
class Kinded:
    kind = pe.category("甲", "乙", zh="类别", en="kind")
    funding = pe.measure("元/年", at_least=0, changeable=True, zh="工作经费", en="work funding")
    appointed = pe.day(zh="任职日期", en="day of appointment")
    paid = pe.measure("元/年", at_least=0, changeable=True, zh="津贴", en="allowance")


def by_kind(one: int, other: int) -> pe.Standard:
    needed = pe.by(Kinded.kind, {"甲": f"{one} 元/年", "乙": f"{other} 元/年"})
    return pe.Standard("kinds", [pe.Rule("floor", Kinded.funding >= needed)])


@settings(max_examples=40)
@given(*[st.integers(0, 9)] * 4, st.sampled_from(["甲", "乙", None]))
def test_what_is_missing_is_the_same_before_and_after(a: int, b: int, c: int, d: int, kind: str | None) -> None:
    """An unknown kind costs what either kind costs: one standard against itself costs nothing."""
    facts = [{"funding": "0 元/年"} if kind is None else {"funding": "0 元/年", "kind": kind}]
    reform = compare(by_kind(a, b), by_kind(c, d), facts, on=DAY)
    ways = [c - a, d - b] if kind is None else [c - a if kind == "甲" else d - b]
    low, high = (pe.Amount.of(end, "元/年") for end in (min(ways), max(ways)))
    assert reform.cost == (low if low == high else pe.AmountRange(low, high))
    assert reform.costs == (reform.cost,)


def test_a_stricter_standard_never_saves_money() -> None:
    """Appointed on a day that is not known: 0 to 12 months at 50 元 more, and never less than nothing."""

    def pay(rate: int) -> pe.Standard:
        months = pe.months_served(Kinded.appointed, policy="months_begun") / "12 月"
        return pe.Standard("pay", [pe.Rule("pay", Kinded.paid >= months * f"{12 * rate} 元/年")])

    cost = compare(pay(200), pay(250), [{"paid": "0 元/年"}], on=DAY).cost
    assert isinstance(cost, pe.AmountRange) and str(cost.low) == "0 元/年"
    assert compare(pay(200), pay(200), [{}], on=DAY).cost == pe.Amount.of(0, "元/年")


@pytest.mark.parametrize("period", ["1 元", "1 天", "x", 3, "0 年"])
def test_a_period_that_is_none_is_refused(period: object) -> None:
    with pytest.raises(pe.InputError):
        compare(standard(1), standard(1), held(1), on=DAY, period=period)  # type: ignore[arg-type]


def test_what_cannot_be_compared_is_refused() -> None:
    @pe.subject
    class Other:
        funding = pe.measure("元/年")

    with pytest.raises(pe.RuleError, match="Branch and Other"):
        compare(standard(1), pe.Standard("x", [pe.Rule("x", Other.funding >= "1 元/年")]), held(1), on=DAY)
    with pytest.raises(pe.FactsError, match="no subject"):
        compare(standard(1), standard(1), [], on=DAY)
    with pytest.raises(pe.FactsError) as caught:
        compare(standard(1), standard(1), [{"funding": 3}, {"fundin": "3 元/年"}], on=DAY)
    assert [problem.where for problem in caught.value.problems] == ["[0].funding", "[1].fundin"]
    with pytest.raises(pe.RuleError, match="Standard or a Rule"):
        compare("x", standard(1), held(1), on=DAY)  # type: ignore[arg-type]
