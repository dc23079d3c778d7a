"""Indicators: a table is read exactly, nothing in it is assumed, and all that is wrong with it is said at once."""

from __future__ import annotations

import copy
import datetime
import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.errors import AmountError, FactsError, NotFoundError
from perfeval.expressions import Operator
from perfeval.indicators import Actual, BudgetBase, Funds, Indicator, IndicatorKind, Sheet, exact_number, lacking_unit
from perfeval.strategies import amounts, numbers

LAW = settings(max_examples=60)
SIGNS = {
    "≥": Operator.AT_LEAST,
    ">=": Operator.AT_LEAST,
    "=>": Operator.AT_LEAST,
    "⩾": Operator.AT_LEAST,
    "≧": Operator.AT_LEAST,
    "＞＝": Operator.AT_LEAST,
    "≤": Operator.AT_MOST,
    "<=": Operator.AT_MOST,
    "=<": Operator.AT_MOST,
    "⩽": Operator.AT_MOST,
    "≦": Operator.AT_MOST,
    ">": Operator.ABOVE,
    "＞": Operator.ABOVE,
    "﹥": Operator.ABOVE,
    "<": Operator.BELOW,
    "＜": Operator.BELOW,
    "﹤": Operator.BELOW,
    "=": Operator.EQUAL,
    "＝": Operator.EQUAL,
}
NAMES = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=8)


def indicator(name: str = "x", **more: Any) -> Indicator:
    """Return an indicator of the first level 产出指标."""
    return Indicator(name=name, level_one="产出指标", **more)


def problems(build: Any) -> list[str]:
    """Return where the problems are of what cannot be built."""
    with pytest.raises(FactsError) as caught:
        build()
    return [problem.where for problem in caught.value.problems]


# --- laws -----------------------------------------------------------------------------------------------------


@LAW
@given(amounts(), st.sampled_from(sorted(SIGNS)))
def test_a_sign_says_the_same_in_its_own_cell_and_before_the_target(amount: Amount, sign: str) -> None:
    """And an amount given as text is the amount."""
    apart = indicator(operator=sign, target=str(amount))
    assert apart == indicator(target=f"{sign}{amount}") == indicator(target=f" {sign} {amount} ")
    assert apart == indicator(operator=SIGNS[sign], target=amount) == indicator(operator=sign, target=f"{sign}{amount}")
    assert (apart.operator, apart.target) == (SIGNS[sign], amount)


@LAW
@given(st.sampled_from(["若干", "3", "450 延米", "3 ~ 5 期", "三", "约 3 期"]), st.sampled_from(sorted(SIGNS)))
def test_a_sign_is_kept_where_what_follows_is_no_amount(text: str, sign: str) -> None:
    """And what follows stays as it is written, as if the sign had a cell of its own."""
    apart = indicator(operator=sign, target=text)
    assert apart == indicator(target=f"{sign}{text}") == indicator(target=f" {sign} {text}")
    assert (apart.operator, apart.target) == (SIGNS[sign], text)


@LAW
@given(amounts())
def test_without_a_sign_the_operator_stays_unstated(amount: Amount) -> None:
    """It is never taken for =."""
    assert indicator(target=str(amount)).operator is None


@LAW
@given(numbers(0, 100, places=4))
def test_a_weight_is_the_same_from_every_exact_kind_of_number(number: Fraction) -> None:
    """Text, Decimal and Fraction."""
    decimal = Decimal(number.numerator) / Decimal(number.denominator)
    assert Fraction(decimal) == number  # four places are exact in a Decimal
    for weight in (number, decimal, f"{decimal:f}"):
        assert indicator(weight=weight).weight == number == exact_number(weight)


@LAW
@given(st.lists(NAMES, min_size=1, max_size=6), st.data())
def test_a_name_that_comes_twice_is_found_exactly_then(names: list[str], data: st.DataObject) -> None:
    """Of indicators and of actuals; blanks around a name do not tell it from another."""
    padded = [data.draw(st.sampled_from([name, f" {name}", f"{name}\n"])) for name in names]
    repeated = len(names) - len(set(names))
    for build in (
        lambda: Sheet(title="t", indicators=[indicator(name) for name in padded]),
        lambda: Sheet(
            title="t",
            indicators=[indicator(name) for name in set(names)],
            actuals=[Actual(indicator=name) for name in padded],
        ),
    ):
        if repeated:
            assert len(problems(build)) == repeated
        else:
            assert {one.name for one in build().indicators} == set(names)


@LAW
@given(amounts(), amounts())
def test_an_actual_must_convert_to_its_target(target: Amount, actual: Amount) -> None:
    """Given as text or as an amount."""
    for value in (actual, str(actual)):

        def build(value: Amount | str = value) -> Sheet:
            actuals = [Actual(indicator="x", value=value)]
            return Sheet(title="t", indicators=[indicator(operator="≥", target=target)], actuals=actuals)

        if target.dimension == actual.dimension:
            held = build().actual("x")
            assert held is not None
            assert held.value == actual
        else:
            assert problems(build) == ["actual 'x'.value"]


# --- examples -------------------------------------------------------------------------------------------------


def test_what_a_table_leaves_out_stays_out() -> None:
    """No operator, no target, no weight, no actual, no funds: none is filled in."""
    sheet = Sheet(title="t", indicators=[indicator()])
    (bare,) = sheet.indicators
    assert (bare.operator, bare.target, bare.weight, bare.kind) == (None, None, None, IndicatorKind.QUANTITATIVE)
    assert sheet.actual("x") is None
    assert (sheet.funds, sheet.profile, sheet.as_of, sheet.total) == (None, None, None, None)
    assert indicator(target="  ").target is None
    assert Actual(indicator="x", value=" ", reason="").reason is None


def test_what_does_not_read_as_an_amount_stays_as_written() -> None:
    """A quantitative target of words, an actual 完成, and everything of a described indicator."""
    assert (indicator(target="若干").target, indicator(target="若干").operator) == ("若干", None)
    described = indicator(kind="qualitative", target="≥100%")
    assert (described.target, described.operator) == ("≥100%", None)
    sheet = Sheet(
        title="t",
        indicators=[indicator("a", target="≥5 次"), indicator("b", kind="qualitative", target="好")],
        actuals=[Actual(indicator="a", value="完成"), Actual(indicator="b", value="100%")],
    )
    assert [actual.value for actual in sheet.actuals] == ["完成", "100%"]


def test_a_sign_alone_is_an_operator_without_a_target() -> None:
    """And what is no sign stays as it is written."""
    assert (indicator(target="≥").operator, indicator(target="≥").target) == (Operator.AT_LEAST, None)
    assert (indicator(target="≥≤3 期").operator, indicator(target="≥≤3 期").target) == (None, "≥≤3 期")


def test_text_that_is_no_amount_is_told_to_lack_its_unit() -> None:
    """A bare number has none, square metres are not known, and words are no number at all."""
    assert (lacking_unit("3 期"), lacking_unit("若干"), lacking_unit("3 ~ 5 期")) == (None, None, None)
    bare, unknown = lacking_unit("1,500"), lacking_unit("450 延米")
    assert bare is not None
    assert bare.zh == "未写计量单位"
    assert unknown is not None
    assert "延米" in unknown.zh
    assert "延米" in unknown.en


def test_a_table_can_be_copied_and_not_changed() -> None:
    """Copies and pickles are equal and find what it finds; what it looks names up in is read-only."""
    sheet = Sheet(
        title="t",
        indicators=[indicator("a", target="≥3 期", weight=10)],
        actuals=[Actual(indicator="a", value="2 期", score=5)],
        funds=Funds(initial="5 元"),
        as_of=datetime.date(2026, 6, 30),
        total=5,
    )
    for other in (copy.deepcopy(sheet), pickle.loads(pickle.dumps(sheet))):
        assert other == sheet
        assert hash(other) == hash(sheet)
        assert other.actual("a") == sheet.actual("a")
    held: Any = sheet._indicators  # noqa: SLF001 - that it cannot be reached into is the point
    with pytest.raises(TypeError):
        held["b"] = sheet.indicators[0]


def test_places_and_sources_are_carried_and_are_no_part_of_equality() -> None:
    """Two readings of one table are equal."""
    span = Span(start=3, end=8, text="50 人次")
    placed = indicator(span=span, source="自评表")
    assert placed == indicator()
    assert (placed.span, placed.source) == (span, "自评表")


def test_funds_by_the_budget_that_is_asked_for() -> None:
    """5 万元 is 50,000 元; what was left blank is None."""
    funds = Funds(initial="5 万元", executed="1 元")
    assert [funds.budget(base) for base in BudgetBase] == [Amount.parse("50,000 元"), None, None]


def test_an_indicator_is_found_by_its_name() -> None:
    """The nearest name is said."""
    sheet = Sheet(title="t", indicators=[indicator("培训期数")])
    assert sheet.indicator("培训期数").name == "培训期数"
    with pytest.raises(NotFoundError, match="did you mean '培训期数'"):
        sheet.actual("培训期")


# --- bad input ------------------------------------------------------------------------------------------------


def test_every_problem_of_an_indicator_is_reported_at_once() -> None:
    """Eight fields, eight problems."""
    bad: Any = 3.5

    def build() -> Indicator:
        return Indicator(
            name=" ", level_one=bad, level_two=bad, operator="大于", target=bad, weight=bad, kind="定量", span=bad
        )

    assert [where.rpartition(".")[2] for where in problems(build)] == [
        "name",
        "level_one",
        "level_two",
        "kind",
        "weight",
        "span",
        "operator",
        "target",
    ]


@pytest.mark.parametrize("weight", [-1, 0.5, True, "x", "9**9**9", Decimal("NaN"), "9" * 100_000, [1]])
def test_a_weight_or_score_that_is_not_an_exact_number_of_zero_or_more_is_refused(weight: Any) -> None:
    """Quickly, and by name."""
    assert problems(lambda: indicator(weight=weight)) == ["indicator 'x'.weight"]
    assert problems(lambda: Actual(indicator="x", score=weight)) == ["actual 'x'.score"]
    assert problems(lambda: Funds(score=weight)) == ["funds.score"]


def test_a_float_is_refused_with_what_to_write_instead() -> None:
    """The exact text of the number that was meant."""
    with pytest.raises(AmountError, match=r"the float 22\.5; needed an exact number, such as '22\.5'"):
        exact_number(22.5)  # type: ignore[arg-type]


def test_two_operators_that_differ_are_refused() -> None:
    """One in its own cell, another before the target; also where the first is no operator at all."""
    assert problems(lambda: indicator(operator="≤", target="≥50 个")) == ["indicator 'x'.operator"]
    assert problems(lambda: indicator(operator="约", target="≥50 个")) == ["indicator 'x'.operator"]
    assert problems(lambda: indicator(operator="≤", target="≥若干")) == ["indicator 'x'.operator"]


def test_every_problem_of_funds_is_reported_at_once() -> None:
    """A bare number, days, less than nothing; and money of two kinds."""
    bad: Any = 5
    assert problems(lambda: Funds(initial=bad, full_year="5 天", executed="-3 元")) == [
        "funds.initial",
        "funds.full_year",
        "funds.executed",
    ]
    assert problems(lambda: Funds(full_year="5 元/年", executed="5 元")) == ["funds"]
    assert problems(lambda: Funds(full_year="5 元[累计]", executed="5 元")) == ["funds"]


def test_every_problem_of_a_sheet_is_reported_at_once() -> None:
    """An empty title, a repeated indicator, an actual of none, a foreign unit, a moment for a day, no funds."""
    bad: Any = "5 万元"

    def build() -> Sheet:
        return Sheet(
            title="",
            indicators=[indicator("培训期数", target="≥3 期"), indicator("培训期数")],
            actuals=[Actual(indicator="培训期"), Actual(indicator="培训期数", value="3 人")],
            funds=bad,
            as_of=datetime.datetime(2026, 12, 31),
            total="-1",
        )

    with pytest.raises(FactsError) as caught:
        build()
    text = str(caught.value)
    assert len(caught.value.problems) == 6
    assert "two indicators of one name" in text
    assert "did you mean '培训期数'" in text


@pytest.mark.parametrize("items", ["x", 5, None, {"x": 1}, [indicator(), "x"]])
def test_what_is_no_list_of_indicators_is_refused(items: Any) -> None:
    """By name, whatever it is."""
    assert problems(lambda: Sheet(title="t", indicators=items))[0].startswith("sheet.indicators")


def test_a_sheet_without_indicators_is_refused() -> None:
    """There would be nothing to score."""
    assert problems(lambda: Sheet(title="t", indicators=[])) == ["sheet.indicators"]
