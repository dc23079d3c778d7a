"""Laws of single cells: an amount in any form is one amount, a day in any form is one day, any text gives a result."""

from __future__ import annotations

import contextlib
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.errors import PerfevalError
from perfeval.expressions import Operator
from perfeval.tables.values import (
    operator_of,
    read_days,
    read_deadline,
    read_points,
    read_printed,
    read_rate,
    read_value,
)
from perfeval.tables.words import column_of, is_blank, label_of, money_unit_in, plain, points_in_brackets

_WIDE = str.maketrans("0123456789.,%¥", "０１２３４５６７８９．，％￥")


def _span(text: str) -> Span:
    return Span(start=0, end=len(text), text=text, cell="A1")


@given(
    fen=st.integers(0, 10**11), wide=st.booleans(), own=st.booleans(), declared=st.sampled_from(["元", "万元", None])
)
def test_money_in_any_form_is_one_amount(fen: int, *, wide: bool, own: bool, declared: str | None) -> None:
    """Thousands, full-width digits, a unit of its own: the same amount; its own unit holds before the declared."""
    grouped = f"{fen // 100:,}.{fen % 100:02d}"
    for text in (grouped, grouped.replace(",", ""), f" {grouped} ", f"{grouped}\n"):
        shown = (text + ("元" if own else "")).translate(_WIDE if wide else {})
        printed = read_printed(shown, declared, _span(shown))
        assert printed is not None and (printed.number, printed.decimals) == (Fraction(fen, 100), 2)
        unit = "元" if own else declared
        assert printed.amount == (None if unit is None else Amount.of(Fraction(fen, 100), unit))


@pytest.mark.parametrize("text", ["若干", "1,00.00", "5天", "", "10—20", "9" * 40, "1.5.2"])
def test_what_is_no_money_is_none(text: str) -> None:
    """Nothing is guessed from a figure that is not well formed."""
    assert read_printed(text, "元", _span(text)) is None


def test_money_in_words_is_money() -> None:
    """As cheques write it."""
    printed = read_printed("壹万伍仟元整", None, _span("壹万伍仟元整"))
    assert printed is not None and printed.amount == Amount.parse("15,000 元")


@given(
    day=st.dates(date(1990, 1, 1), date(2079, 12, 31)),
    form=st.sampled_from(
        [
            "{0}年{1}月{2}日前",
            "{0}-{1}-{2}",
            "{0}.{1}.{2}",
            "{0}/{1}/{2}前完成",
            "{0} 年 {1} 月 {2} 日",
            "于{0}年{1}月{2}日前办完",
        ]
    ),
    wide=st.booleans(),
)
def test_a_day_in_any_form_is_that_day(day: date, form: str, *, wide: bool) -> None:
    """And a day without its year is one of the table's year."""
    text = form.format(day.year, day.month, day.day).translate(_WIDE if wide else {})
    assert read_deadline(text) == day
    assert read_deadline(f"{day.month}月{day.day}日前", day.year) == day


@given(
    number=st.integers(0, 10**6),
    sign=st.sampled_from(["≥", "≤", "＞", "<", "=", "不少于", "不超过", ""]),
    wide=st.booleans(),
)
def test_a_unit_in_the_column_is_as_good_as_one_in_the_value(number: int, sign: str, *, wide: bool) -> None:
    """≥50 with 个 beside it is ≥50个."""
    figure = f"{number:,}".translate(_WIDE if wide else {})
    beside, inside = read_value(f"{sign}{figure}", "个"), read_value(f"{sign}{figure}个")
    assert (beside.operator, beside.amount) == (inside.operator, inside.amount)
    assert beside.amount == Amount.of(number, "个") and (beside.operator is None) == (sign == "")


@given(points=st.integers(0, 10**4), form=st.sampled_from(["{}", "{}分", " {} 分", "{}%"]), wide=st.booleans())
def test_points_in_any_form(points: int, form: str, *, wide: bool) -> None:
    """22.5, 22.5分, 22.5%."""
    text = form.format(f"{points // 10}.{points % 10}").translate(_WIDE if wide else {})
    assert read_points(text) == Fraction(points, 10)


_ANY = st.text(max_size=60) | st.text("0123456789.,-/%年月日底前≥*元万 （）()分", max_size=40)


@settings(max_examples=300)
@given(text=_ANY, unit=st.sampled_from(["", "个", "万元", "平方米", "["]))
@example(text="2026年99月99日", unit="")
@example(text="9999999999999999999999", unit="个")
def test_any_text_of_a_cell_gives_a_result(text: str, unit: str) -> None:
    """No text is an error here: what is not understood is None."""
    read_value(text, unit)
    read_points(text)
    read_rate(text, in_percent=True)
    read_days(text, 2026)
    for read in (operator_of, column_of, label_of, is_blank, points_in_brackets, plain):
        read(text)
    with contextlib.suppress(PerfevalError):
        read_printed(text, "元", _span(text))
    found = money_unit_in(text)
    assert found is None or text[found[1] : found[2]] == found[0]


@pytest.mark.parametrize(
    ("text", "operator"),
    [
        ("≥", Operator.AT_LEAST),
        ("＞＝", Operator.AT_LEAST),
        ("≧", Operator.AT_LEAST),
        ("<=", Operator.AT_MOST),
        ("＝", Operator.EQUAL),
        ("大于", Operator.ABOVE),
        ("小于", Operator.BELOW),
        ("定性", None),
        ("正向", None),
    ],
)
def test_a_sign_in_its_cell(text: str, operator: Operator | None) -> None:
    """Signs in all widths, and in words."""
    assert operator_of(text) is operator


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：万元", "万元"),
        ("（单位:元）", "元"),
        ("金额单位 万元", "万元"),
        ("单 位：万元", "万元"),
        ("项目资金（万元）", "万元"),
        ("计划（元）", "元"),
        ("实施单位：元江示例局", None),
        ("度量单位", None),
        ("单位：元/人", None),
        ("单位", None),
        ("万元", None),
    ],
)
def test_a_unit_of_money_is_declared(text: str, unit: str | None) -> None:
    """In a title, a head or a line; the name of a place that begins with 元 is none."""
    found = money_unit_in(text)
    assert (None if found is None else found[0]) == unit


_TYPED = {
    Operator.AT_LEAST: (">=", "=>", "≥=", "》=", "⩾=", "≥≥"),
    Operator.AT_MOST: ("<=", "=<", "≤=", "《=", "⩽=", "≤≤"),
    Operator.EQUAL: ("==",),
}


@given(
    typed=st.sampled_from([(operator, sign) for operator, signs in _TYPED.items() for sign in signs]),
    blanks=st.lists(st.sampled_from(["", " ", "　", "  "]), min_size=3, max_size=3),
    number=st.integers(0, 999),
    wide=st.booleans(),
)
@example(typed=(Operator.AT_LEAST, ">="), blanks=["", " ", ""], number=95, wide=False)
@example(typed=(Operator.AT_LEAST, "》="), blanks=["", "", ""], number=95, wide=True)
def test_a_sign_typed_in_parts_is_one_sign(
    typed: tuple[Operator, str], blanks: list[str], number: int, *, wide: bool
) -> None:
    """Blanks between its parts, their order and their width do not matter: > =95%, 》＝95% and =>95% are ≥95%."""
    operator, sign = typed
    parts = f"{blanks[0]}{sign[0]}{blanks[1]}{sign[1]}{blanks[2]}"
    parts = parts.translate(str.maketrans("<=>", "＜＝＞")) if wide else parts
    for text, unit in ((f"{parts}{number}%", ""), (f"{parts}{number}", "%")):
        value = read_value(text, unit)
        assert (value.operator, value.amount) == (operator, Amount.of(number, "%"))
    assert operator_of(parts) is operator
    assert (read_value(f"{parts}**%").operator, read_value(f"{parts}**%").placeholder) == (operator, True)


@pytest.mark.parametrize("text", ["<>5%", "><5%", "≥ ≤5%", "》<5%"])
def test_signs_that_contradict_each_other_are_not_understood(text: str) -> None:
    """Which of the two was meant is not guessed; an arrow between two figures is no sign."""
    value = read_value(text)
    assert (value.operator, value.amount, value.has_number) == (None, None, True)
    assert value.problem is not None
    assert operator_of(text[:-2]) is None
    assert read_value("30=>50人").operator is None
