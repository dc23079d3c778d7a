"""Amounts: the laws of arithmetic, reading, restating, rounding and splitting, and what is refused."""

from __future__ import annotations

import copy
import decimal
import pickle
import sys
import threading
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import assume, example, given
from hypothesis import strategies as st

from perfeval.amounts import Amount, AmountRange, Rounding
from perfeval.errors import AmountError, InexactError, InputError, NumeralError, UnitError, UnitMismatch
from perfeval.strategies import amounts, money, numbers, units
from perfeval.units import Unit

YUAN = Unit.parse("元")
MONEY = st.sampled_from(("分", "角", "元", "百元", "千元", "万元", "十万元", "百万元", "千万元", "亿元"))
RATES = st.sampled_from(("元/月", "元/季度", "元/半年", "元/年", "万元/年", "亿元/季度", "分/月"))
SCALARS = st.fractions(-1000, 1000, max_denominator=1000)
MODES = st.sampled_from(Rounding)


# Laws of arithmetic, one vector space over the rationals for each dimension


@given(amounts("元/年"), amounts("万元/月"), amounts("分/季度"), SCALARS, SCALARS)
def test_amounts_are_a_vector_space(one: Amount, two: Amount, three: Amount, by: Fraction, times: Fraction) -> None:
    """Addition is an abelian group, and scaling distributes over it both ways."""
    zero = Amount.of(0, "元/年")
    assert one + two == two + one
    assert (one + two) + three == one + (two + three)
    assert one + zero == one
    assert one - one == zero == one + -one
    assert one - two == -(two - one)
    assert (one + two) * by == one * by + two * by
    assert one * (by + times) == one * by + one * times
    assert one * (by * times) == one * by * times
    assert one * 1 == one == +one
    assert one * by == by * one
    assert by == 0 or one * by / by == one
    assert abs(one) == abs(-one) >= zero


@given(amounts(), amounts(), SCALARS)
def test_products_and_quotients(left: Amount, right: Amount, by: Fraction) -> None:
    """Products are bilinear and commute, and dividing undoes them."""
    assert left * right == right * left
    assert (left * by) * right == (left * right) * by
    if right.root:
        assert left * right / right == left
        assert (left / right).root * right.root == left.root


@given(amounts("元"), amounts("元").filter(lambda amount: amount.root != 0))
def test_a_quotient_of_one_dimension_is_a_ratio(left: Amount, right: Amount) -> None:
    """Money over money is a percentage of the exact quotient."""
    share = left / right
    assert share.unit == Unit.ratio()
    assert share.root == left.number / right.number
    assert share * right == left


@given(numbers(), RATES, RATES)
def test_restating_changes_nothing(number: Fraction, unit: str, other: str) -> None:
    """The same amount in another unit is equal, has an equal hash and compares alike."""
    amount = Amount.of(number, unit)
    restated = amount.to(other)
    assert restated.unit.text == Unit.parse(other).text
    assert restated == amount
    assert hash(restated) == hash(amount)
    assert restated.to(unit).number == number
    assert restated <= amount <= restated
    assert not restated < amount
    assert not restated > amount
    assert Amount.of(amount.number_in(other), other) == amount


@given(numbers(), numbers(), RATES, RATES, RATES)
def test_order_does_not_depend_on_units(left: Fraction, right: Fraction, unit: str, one: str, two: str) -> None:
    """Amounts compare as their numbers in one unit do, in whatever units they are shown."""
    first, second = Amount.of(left, unit).to(one), Amount.of(right, unit).to(two)
    assert (first < second, first <= second) == (left < right, left <= right)
    assert (first > second, first >= second) == (left > right, left >= right)
    assert (first == second, first != second) == (left == right, left != right)


@given(st.integers(1, 1000))
def test_a_quarter_is_three_months(months: int) -> None:
    """3n 元/季度 is n 元/月 for every n: the case that decimal factors get wrong half of the time."""
    assert Amount.of(3 * months, "元/季度") >= Amount.of(months, "元/月")
    assert Amount.of(3 * months, "元/季度") <= Amount.of(months, "元/月")


@given(amounts(), amounts())
def test_dimensions_do_not_mix(left: Amount, right: Amount) -> None:
    """Across dimensions amounts are unequal, and neither compare nor add."""
    assume(left.dimension != right.dimension)
    assert left != right
    for operation in (
        lambda: left < right,
        lambda: left <= right,
        lambda: left > right,
        lambda: left >= right,
        lambda: left + right,
        lambda: left - right,
        lambda: left.to(right.unit),
        lambda: left.number_in(right.unit),
    ):
        with pytest.raises(UnitMismatch):
            operation()


# Laws of reading and writing


@given(amounts())
@example(Amount.of(0, "元"))
@example(Amount.of(Fraction(20, 3), "%"))
@example(Amount.of(Fraction(10**17, 10**8), "万元"))
@example(Amount.of(10**18, "元"))
@example(Amount.of(Fraction(-1, 10**9), "个月"))
def test_what_is_shown_reads_back(amount: Amount) -> None:
    """The text of an amount reads back as an equal amount in the same unit, and so does its repr."""
    for back in (Amount.parse(str(amount)), eval(repr(amount)), Amount.parse(f"{amount}")):  # noqa: S307 - what repr promises
        assert back == amount
        assert back.unit == amount.unit
        assert str(back) == str(amount)


@given(amounts(units(), numbers(places=4)), st.integers(4, 8), st.sampled_from(("", ",")))
def test_what_is_formatted_reads_back(amount: Amount, decimals: int, comma: str) -> None:
    """A form with enough decimals is exact: it reads back."""
    assert Amount.parse(amount.format(decimals)) == amount
    assert Amount.parse(format(amount, f"{comma}.{decimals}f")) == amount


@given(amounts("元", numbers()), st.integers(0, 8), MODES)
def test_a_form_is_exact_or_rounded_by_name(amount: Amount, decimals: int, mode: Rounding) -> None:
    """A form with too few decimals is refused, or rounds as the named mode does."""
    rounded = amount.round(Amount.of(Fraction(1, 10**decimals), "元"), mode)
    assert Amount.parse(amount.format(decimals, mode=mode)) == rounded
    if rounded == amount:
        assert Amount.parse(amount.format(decimals)) == amount
    else:
        with pytest.raises(InexactError):
            amount.format(decimals)


@given(money(-(10**16), 10**16))
def test_words_read_back(amount: Amount) -> None:
    """Money in words is the same money."""
    assert Amount.parse(amount.in_words()) == amount


@given(st.integers(0, 10**17), st.integers(0, 99), MONEY, st.sampled_from(("", " ", "\u3000")))
def test_printed_money_is_read(whole: int, cents: int, unit: str, blank: str) -> None:
    """Printed money means what Decimal arithmetic on integers says, and keeps its unit."""
    factor = {"分": 1, "角": 10, "元": 100, "百元": 10**4, "千元": 10**5, "万元": 10**6, "十万元": 10**7}
    factor |= {"百万元": 10**8, "千万元": 10**9, "亿元": 10**10}
    amount = Amount.parse(f"{whole:,}.{cents:02d}{blank}{unit}")
    assert amount.root == (whole * 100 + cents) * Fraction(factor[unit], 100)
    assert amount.unit.text == unit


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text raises anything but an InputError, and what is read reads back."""
    try:
        amount = Amount.parse(text)
    except InputError as error:
        assert str(error)
    else:
        assert Amount.parse(str(amount)) == amount


@given(st.text(alphabet="0159,./-¥%元角分万亿千百十一五零两负整正人月年天个[党]()· 之", max_size=16))
def test_any_text_of_amounts_is_read_or_refused(text: str) -> None:
    """No text made of parts of amounts raises anything but an InputError, and what is read reads back."""
    try:
        amount = Amount.parse(text)
    except InputError as error:
        assert str(error)
    else:
        assert Amount.parse(str(amount)) == amount


# Laws of rounding and splitting

DECIMAL_MODES = {
    Rounding.HALF_UP: decimal.ROUND_HALF_UP,
    Rounding.HALF_EVEN: decimal.ROUND_HALF_EVEN,
    Rounding.UP: decimal.ROUND_UP,
    Rounding.DOWN: decimal.ROUND_DOWN,
    Rounding.CEILING: decimal.ROUND_CEILING,
    Rounding.FLOOR: decimal.ROUND_FLOOR,
}


@given(st.integers(-(10**9), 10**9), MODES)
@example(25, Rounding.HALF_EVEN)
@example(-25, Rounding.HALF_UP)
def test_rounding_is_that_of_decimal(tenths: int, mode: Rounding) -> None:
    """Each mode does what the mode of that name does in the decimal module."""
    rounded = Amount.of(Fraction(tenths, 10), "元").round("1 元", mode)
    assert rounded.number == int((Decimal(tenths) / 10).quantize(Decimal(1), DECIMAL_MODES[mode]))


@given(amounts("元/年", numbers()), amounts("元/月", numbers(1, 1000)), MODES)
def test_rounding_gives_a_near_multiple(amount: Amount, quantum: Amount, mode: Rounding) -> None:
    """What is rounded is a multiple less than a quantum away, shown as before, and rounds to itself."""
    rounded = amount.round(quantum, mode)
    assert (rounded.root / quantum.root).denominator == 1
    assert abs(rounded - amount) < quantum
    assert rounded.unit == amount.unit
    assert rounded.round(quantum, mode.name.lower()) == rounded


@given(money(-(10**12), 10**12), st.lists(st.fractions(0, 1000, max_denominator=50), min_size=1, max_size=12))
def test_splitting_loses_nothing(amount: Amount, weights: list[Fraction]) -> None:
    """Parts add up exactly, are whole fen, lie within a fen of their share, and follow their weights."""
    assume(any(weights))
    parts = amount.allocate(weights)
    assert sum(parts, Amount.of(0, "元")) == amount
    assert len(parts) == len(weights)
    total = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert part.root.denominator == 1
        assert abs(part.root - amount.root * weight / total) < 1
        assert weight or not part.root
        assert part.unit == amount.unit
    for left, one in zip(parts, weights, strict=True):
        for right, two in zip(parts, weights, strict=True):
            assert not one < two or abs(left) <= abs(right)


@given(money(0, 10**9), st.lists(st.integers(1, 9), min_size=1, max_size=8), st.integers(1, 9))
def test_splitting_depends_on_proportions_only(amount: Amount, weights: list[int], by: int) -> None:
    """Weights that are all scaled alike, or given as amounts, give the same parts."""
    parts = amount.allocate(weights)
    assert amount.allocate([Fraction(weight, by) for weight in weights]) == parts
    assert amount.allocate(Amount.of(weight, "人") for weight in weights) == parts


# Laws of values


@given(amounts())
def test_copies_are_equal(amount: Amount) -> None:
    """An amount survives pickling and copying, its unit too."""
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        copied = pickle.loads(pickle.dumps(amount, protocol))
        assert (copied, copied.unit, hash(copied)) == (amount, amount.unit, hash(amount))
    assert copy.copy(amount) == copy.deepcopy(amount) == amount


@given(amounts())
def test_amounts_do_not_change(amount: Amount) -> None:
    """No field can be set, and none added."""
    for name in ("root", "unit", "note"):
        with pytest.raises((FrozenInstanceError, AttributeError)):
            setattr(amount, name, 1)


@given(amounts("元/年", numbers(places=4)), st.integers(1, 6))
def test_nothing_depends_on_a_decimal_context(amount: Amount, precision: int) -> None:
    """Results in a context of few digits, with every trap off, are the same."""
    text, shown = str(amount), amount.format(4)
    with decimal.localcontext() as context:
        context.prec = precision
        for trap in context.traps:
            context.traps[trap] = False
        assert Amount.parse(text) == amount
        assert amount.format(4) == shown
        assert amount.to("万元/月").number == amount.number / 120_000
        assert Amount.of(Decimal("123456.789"), "元").root == Fraction("12345678.9")


def test_nothing_depends_on_the_limit_on_digits() -> None:
    """Amounts of thousands of digits are shown and read, whatever Python's limit on digits is."""
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(640)
    try:
        amount = Amount.of(Fraction(7**8000, 3**9000), "亿元/年")
        assert Amount.parse(str(amount)) == amount
        with pytest.raises(AmountError, match="bits"):
            for _ in range(20):
                amount = Amount.from_root(amount.root * amount.root, "元")
        with pytest.raises(InexactError) as caught:
            Amount.of(10**5000, "元").format()
        assert len(str(caught.value)) < 200
    finally:
        sys.set_int_max_str_digits(before)


def test_threads_agree() -> None:
    """Reading, restating and comparing in several threads at once gives no wrong result."""
    wrong: list[str] = []

    def work(place: int) -> None:
        for number in range(150):
            yearly = Amount.parse(f"{12 * number} 元/人[{place}-{number}]/年".replace("-", "号"))
            monthly = Amount.of(number, f"元/人[{place}号{number}]/月")
            if yearly != monthly or yearly.to(monthly.unit).number != number or yearly + monthly != monthly * 2:
                wrong.append(str(yearly))

    threads = [threading.Thread(target=work, args=(place % 2,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


# Examples


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("15,000.00元", "15,000 元"),
        ("200 元/人/月", "200 元/人/月"),
        ("200元/人·月", "200 元/人/月"),
        ("1.5 万元", "1.5 万元"),
        ("15,000.00万元", "15,000 万元"),
        ("1亿2千万元", "120,000,000 元"),
        ("2.3456789万元", "2.3456789 万元"),
        ("2千元", "2 千元"),
        ("3千万元", "3 千万元"),
        ("3万亿元", "3,000,000,000,000 元"),
        ("1.5亿元/年", "1.5 亿元/年"),
        ("五万元", "50,000 元"),
        ("两千元", "2,000 元"),
        ("22.99万家", "229,900 家"),
        ("22.99 万家", "229,900 家"),
        ("65%", "65%"),
        ("６５％", "65%"),
        ("百分之六十五", "65%"),
        ("百分之65", "65%"),
        ("千分之三", "3‰"),
        ("万分之五", "0.05%"),
        ("三分之二", "200/3%"),
        ("三分之一元", "1/3 元"),
        ("壹佰贰拾万元整", "1,200,000 元"),
        ("三千元零五角", "3,000.5 元"),
        ("人民币壹万伍仟元整", "15,000 元"),
        ("5元6角", "5.6 元"),
        ("5角6分", "0.56 元"),
        ("15,000元整", "15,000 元"),
        ("¥1,200.00", "1,200 元"),
        ("￥1.5万", "15,000 元"),
        ("-¥5", "-5 元"),
        ("¥-5", "-5 元"),
        ("¥200/人/月", "200 元/人/月"),
        ("RMB 500", "500 元"),
        ("500 CNY", "500 元"),
        ("人民币500元", "500 元"),
        ("20/3 学时/月", "20/3 学时/月"),
        ("-500 元", "-500 元"),
        ("−500 元", "-500 元"),
        ("负五元", "-5 元"),
        ("５ 天", "5 天"),
        ("40学时", "40 学时"),
        ("60 人天", "60 人·天"),
        ("5名", "5 人"),
        ("3个月", "3 个月"),
        ("2季", "2 个季度"),
        ("8 个组织", "8 个组织"),
        ("一年", "1 年"),
        ("5%/年", "5%/年"),
        ("100 元[累计]", "100 元[累计]"),
        ("1.5万元[上年]", "1.5 万元[上年]"),
        ("3 人[书记]", "3 人[书记]"),
        ("100 元[2025]", "100 元[2025]"),
        ("0 元", "0 元"),
        ("-0 元", "0 元"),
    ],
)
def test_amounts_are_read(text: str, shown: str) -> None:
    """Each text is shown in the one canonical form."""
    assert str(Amount.parse(text)) == shown


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("1200 元/年", "100 元/月"),
        ("0.25 万元/年", "2,500 元/年"),
        ("1 天", "2 半天"),
        ("2 年", "8 季度"),
        ("65%", "650‰"),
        ("1 倍", "100%"),
        ("1 小时", "60 分钟"),
        ("3 批", "3 批次"),
    ],
)
def test_equal_amounts(left: str, right: str) -> None:
    """The same value in two units is one value."""
    assert Amount.parse(left) == Amount.parse(right)
    assert len({Amount.parse(left), Amount.parse(right)}) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("5 天", "40 学时"),
        ("1 天", "24 小时"),
        ("1 月", "30 天"),
        ("5 人", "5 人次"),
        ("5 人", "5 人[党员]"),
        ("5 元", "5 元[累计]"),
        ("5 元[累计]", "5 元[上年]"),
        ("5 元", "5 元/年"),
        ("5 次", "5 期"),
        ("0 元", "0 人"),
    ],
)
def test_different_kinds(left: str, right: str) -> None:
    """What is different in kind is unequal and does not compare."""
    assert Amount.parse(left) != Amount.parse(right)
    with pytest.raises(UnitMismatch):
        sorted([Amount.parse(left), Amount.parse(right)])


def test_arithmetic_by_hand() -> None:
    """The figures of a budget, worked out on paper."""
    lines = [Amount.parse(text) for text in ("25,000 元", "10,000 元", "15,000.00万元")]
    assert str(sum(lines, Amount.of(0, "元"))) == "150,035,000 元"
    assert str(Amount.parse("200 元/人[书记]/月") * Amount.parse("3 人[书记]") * Amount.parse("1 年")) == "7,200 元"
    assert str(Amount.parse("40 学时") / Amount.parse("5 天")) == "8 学时/天"
    assert str(Amount.parse("5 天") * Amount.parse("8 学时/天")) == "40 学时"
    assert str(Amount.parse("65%") * Amount.parse("200 人[党员]")) == "130 人[党员]"
    assert str(Amount.parse("80 学时/年").to("学时/月")) == "20/3 学时/月"
    assert str(Amount.parse("1 万元") + Amount.parse("50 元")) == "1.005 万元"
    assert str(Amount.parse("1 元") / 3 * 3) == "1 元"
    assert str(Decimal("0.5") * Amount.parse("1 元")) == "0.5 元"


def test_ways_to_make_an_amount() -> None:
    """Every exact number is taken and gives the same amount."""
    given_ones = (
        15_000,
        Fraction(15_000),
        Decimal("15000.00"),
        Decimal("1.5E+4"),
        "15,000.00",
        "一万五千",
        "1.5万",
    )
    assert {Amount.of(number, "元") for number in given_ones} == {Amount.from_root(1_500_000, YUAN)}
    assert Amount.of("20/3", "学时/月").number == Fraction(20, 3)


def test_forms() -> None:
    """The forms of one amount."""
    amount = Amount.parse("1.5 万元")
    assert f"{amount}" == "1.5 万元"
    assert f"{amount:,.2f}" == "1.50 万元"
    assert f"{amount.to('元'):,.2f}" == "15,000.00 元"
    assert f"{amount.to('元'):.2f}" == "15000.00 元"
    assert f"{amount.to('元'):,.0f}" == "15,000 元"
    assert amount.format(unit="元") == "15,000.00 元"
    assert amount.format(0, "亿元", "UP") == "1 亿元"
    assert Amount.parse("-0.001 元").format(mode="HALF_UP") == "0.00 元"
    assert Amount.parse("13/20 倍").to("%").format(1) == "65.0%"
    assert Amount.parse("3 个月").format(1) == "3.0 个月"
    assert amount.in_words() == "壹万伍仟元整"


def test_splitting_by_hand() -> None:
    """Remainders go to the largest, then to the earliest; a zero weight gets nothing."""
    assert [str(part) for part in Amount.parse("100 元").allocate([1, 1, 1])] == [
        "33.34 元",
        "33.33 元",
        "33.33 元",
    ]
    assert [str(part) for part in Amount.parse("-0.01 元").allocate([0, 1, 1])] == [
        "0 元",
        "-0.01 元",
        "0 元",
    ]
    assert [str(part) for part in Amount.parse("5 天").allocate([1, 1], "1 天")] == ["3 天", "2 天"]
    assert [str(part) for part in Amount.parse("5 天").allocate([1, 1])] == ["2.5 天", "2.5 天"]
    assert [str(part) for part in Amount.parse("100 元/年").allocate([2, 1])] == [
        "66.67 元/年",
        "33.33 元/年",
    ]
    assert [str(part) for part in Amount.parse("10 学时/年").allocate([2, 1])] == ["7 学时/年", "3 学时/年"]
    assert [str(part) for part in Amount.parse("100%").allocate([2, 1])] == ["67%", "33%"]
    assert [str(part) for part in Amount.parse("3 万元").allocate([1, 1], "1 万元")] == ["2 万元", "1 万元"]


def test_splitting_is_not_monotone() -> None:
    """With one more to split, a part becomes smaller: the known price of largest remainders."""
    weights = [1, 5, 7, 9]
    fewer, more = (Amount.of(count, "人").allocate(weights) for count in (33, 34))
    assert any(left > right for left, right in zip(fewer, more, strict=True))


def test_an_amount_is_always_true() -> None:
    """An amount of zero is there, so it is true."""
    assert bool(Amount.parse("0 元")) is True


def test_ranges() -> None:
    """A range holds its bounds, is shown with them, and may be open."""
    low, high = Amount.parse("10 元"), Amount.parse("0.002 万元")
    both, floor, ceiling = AmountRange(low, high), AmountRange(low, None), AmountRange(None, high)
    assert [str(found) for found in (both, floor, ceiling)] == [
        "10 元 – 0.002 万元",
        "≥ 10 元",
        "≤ 0.002 万元",
    ]
    assert low in both
    assert high in both
    assert Amount.parse("9.99 元") not in both
    assert Amount.parse("10000 元") in floor
    assert Amount.parse("-1 元") in ceiling
    assert both == AmountRange(low.to("分"), high.to("元"))
    assert hash(both) == hash(AmountRange(low.to("分"), high.to("元")))
    assert (ceiling.unit.text, floor.dimension) == ("万元", YUAN.dimension)
    assert pickle.loads(pickle.dumps(both)) == both
    assert eval(repr(both)) == both  # noqa: S307 - what repr promises


# Hostile and mistaken input


@pytest.mark.parametrize(
    ("text", "error", "part"),
    [
        ("", AmountError, "a number before the unit"),
        ("元", AmountError, "a number before the unit"),
        ("万元", AmountError, "a number before the unit"),
        ("元/年", AmountError, "a number before the unit"),
        ("半年", AmountError, "a number before the unit"),
        ("%", AmountError, "a number before the unit"),
        ("¥", AmountError, "a number before the unit"),
        ("几十元", AmountError, "a number before the unit"),
        ("约5元", AmountError, "a number before the unit"),
        ("+5元", AmountError, "a number before the unit"),
        ("--5元", AmountError, "a number before the unit"),
        ("(500)元", AmountError, "a number before the unit"),
        ("NaN 元", AmountError, "a number before the unit"),
        ("inf 元", AmountError, "a number before the unit"),
        ("3000", AmountError, "a unit after the number, such as '3000 元'"),
        ("一万五千", AmountError, "a unit after the number"),
        ("5元6万元", AmountError, "one number"),
        ("5元5元", AmountError, "one number"),
        ("1 000 元", AmountError, "one number without blanks"),
        ("1e5元", AmountError, "one number"),
        ("0x10 元", AmountError, "one number"),
        ("1_000 元", AmountError, "one number"),
        ("9**9**9", AmountError, "one number"),
        ("1/2/3 元", AmountError, "one number"),
        ("200元/3人", AmountError, "one number"),
        ("5元;6元", AmountError, "one number"),
        ("1年6个月", AmountError, "one number"),
        ("¥5人", AmountError, "money after"),
        ("① 元", AmountError, "circled digit one"),
        ("½ 元", AmountError, "one half"),
        ("٥ 元", AmountError, "arabic-indic digit five"),
        ("5\u200b元", AmountError, "zero width space"),
        ("5\x00元", AmountError, "U+0000"),
        ("15,00.00元", NumeralError, "written in full"),
        ("1,5 元", NumeralError, "written in full"),
        ("1.123456789 元", NumeralError, "written in full"),
        ("1/0 元", NumeralError, "denominator"),
        ("一万五元", NumeralError, "every place"),
        ("1.5元6角", NumeralError, "whole number"),
        ("5元12角", NumeralError, "in this order"),
        ("5 书记", UnitError, "人[书记]"),
        ("5 yuna", UnitError, "'yuan'"),
        ("5元以上", UnitError, "'元'"),
        ("5 元/人/", UnitError, "halfway"),
    ],
)
def test_what_is_no_amount_is_refused(text: str, error: type[InputError], part: str) -> None:
    """Each mistake is refused in its kind, with what is needed in its place."""
    with pytest.raises(error) as caught:
        Amount.parse(text)
    assert part in str(caught.value)


@pytest.mark.parametrize("value", [None, 5, 1.5, True, Decimal(5), b"5", ["5 元"]])
def test_what_is_no_text_is_refused(value: object) -> None:
    """A bare number is no amount: a unit is never guessed."""
    with pytest.raises(AmountError, match="text of an amount"):
        Amount.parse(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("number", "part"),
    [
        (0.1, "such as '0.1' or a Decimal"),
        (float("nan"), "the float nan"),
        (float("inf"), "the float inf"),
        (True, "the truth value True"),
        (Decimal("NaN"), "finite"),
        (Decimal("sNaN"), "finite"),
        (Decimal("-Infinity"), "finite"),
        (Decimal("1e999999999"), "at most 60 digits"),
        (Decimal("1e-999999999"), "at most 60 digits"),
        (None, "an exact number"),
        (5j, "an exact number"),
        (b"5", "an exact number"),
        ("5元", "written in full"),
        ("NaN", "written in full"),
        pytest.param(10**20_000, "bits", id="huge"),
    ],
)
def test_what_is_no_exact_number_is_refused(number: Any, part: str) -> None:
    """Each number that is not exact is refused with what to write instead."""
    with pytest.raises(InputError) as caught:
        Amount.of(number, "元")
    assert part in str(caught.value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("other", [0, 1, 0.0, Fraction(0), Decimal(0), "0 元", True])
def test_amounts_do_not_mix_with_bare_numbers(other: Any) -> None:
    """A bare number, zero included, neither compares nor adds from either side, and is never equal."""
    amount = Amount.parse("0 元")
    assert amount != other
    for operation in (
        lambda: amount < other,
        lambda: other <= amount,
        lambda: amount > other,
        lambda: other >= amount,
        lambda: amount + other,
        lambda: other + amount,
        lambda: amount - other,
        lambda: other - amount,
    ):
        with pytest.raises(UnitMismatch, match=r"Amount\.of\(0, '元'\)"):
            operation()  # type: ignore[no-untyped-call]


def test_a_foreign_operand_has_its_say() -> None:
    """An operand that is neither a number nor an amount is asked itself."""

    class Node:
        def __le__(self, other: object) -> str:
            return "le"

        def __radd__(self, other: object) -> str:
            return "radd"

        def __rmul__(self, other: object) -> str:
            return "rmul"

    amount: Any = Amount.parse("1 元")
    assert (amount >= Node(), amount + Node(), amount * Node()) == ("le", "radd", "rmul")
    with pytest.raises(TypeError):
        amount < object()  # noqa: B015 - the comparison raises
    assert amount != object()


@pytest.mark.parametrize("factor", [0.5, True, float("nan"), "2", Decimal("NaN")])
def test_only_exact_numbers_scale(factor: Any) -> None:
    """A float, a truth value and text are refused as factors and as divisors."""
    for operation in (
        lambda: Amount.parse("1 元") * factor,
        lambda: factor * Amount.parse("1 元"),
        lambda: Amount.parse("1 元") / factor,
    ):
        with pytest.raises(AmountError):
            operation()  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("divisor", [0, Fraction(0), Decimal(0), Amount.of(0, "人")])
def test_dividing_by_zero_is_refused(divisor: int | Amount) -> None:
    """Dividing by zero is an error of the one tree."""
    with pytest.raises(AmountError, match="other than zero"):
        Amount.parse("1 元") / divisor


def test_a_qualifier_is_named_in_the_message() -> None:
    """Where only a qualifier differs, the message says what it does."""
    with pytest.raises(UnitMismatch, match="a qualifier in brackets"):
        Amount.parse("1 元") + Amount.parse("1 元[累计]")


def test_rounding_wants_its_terms() -> None:
    """An unknown mode, a quantum of another dimension and one that is not above zero are refused."""
    amount = Amount.parse("1.55 元")
    with pytest.raises(AmountError, match="HALF_UP"):
        amount.round("0.1 元", "HALFUP")
    with pytest.raises(AmountError, match="one of"):
        amount.round("0.1 元", None)  # type: ignore[arg-type]
    with pytest.raises(UnitMismatch):
        amount.round("1 人", "UP")
    for quantum in ("0 元", "-1 元"):
        with pytest.raises(AmountError, match="above zero"):
            amount.round(quantum, "UP")
    with pytest.raises(TypeError):
        amount.round("0.1 元")  # type: ignore[call-arg]


def test_splitting_wants_its_terms() -> None:
    """A part of a quantum, and weights that are negative, absent, zero, inexact or mixed, are refused."""
    amount = Amount.parse("1 元")
    with pytest.raises(AmountError, match="a multiple of"):
        Amount.parse("1/3 元").allocate([1])
    with pytest.raises(AmountError, match=r"weights\[1\]"):
        amount.allocate([1, -1])
    for weights in ([], [0, 0]):
        with pytest.raises(AmountError, match="above zero"):
            amount.allocate(weights)
    with pytest.raises(AmountError, match="float"):
        amount.allocate([0.5, 0.5])  # type: ignore[list-item]
    with pytest.raises(UnitMismatch):
        amount.allocate([Amount.parse("1 人"), Amount.parse("1 户")])
    with pytest.raises(UnitMismatch):
        amount.allocate([1, Amount.parse("1 户")])


@pytest.mark.parametrize("spec", ["d", ".2e", ">20", ",.9f", ".100f", "%", "n", ".2f ", "_"])
def test_unknown_forms_are_refused(spec: str) -> None:
    """Only exact fixed forms are known, of no more decimals than can be read."""
    with pytest.raises(AmountError):
        format(Amount.parse("1 元"), spec)


@pytest.mark.parametrize("decimals", [-1, 9, 1.0, True, None])
def test_decimals_are_bounded(decimals: Any) -> None:
    """The number of decimals is a whole number that can be read back."""
    with pytest.raises(AmountError, match="decimals"):
        Amount.parse("1 元").format(decimals)


def test_words_are_for_whole_fen() -> None:
    """Only plain money of whole fen goes into words."""
    with pytest.raises(InexactError):
        Amount.parse("1/3 元").in_words()
    for text in ("1 元/年", "1 元[累计]", "1 人"):
        with pytest.raises(UnitMismatch):
            Amount.parse(text).in_words()


def test_ranges_want_their_terms() -> None:
    """A range without bounds, in the wrong order, of two dimensions or of no amounts is refused."""
    low, high = Amount.parse("1 元"), Amount.parse("2 元")
    with pytest.raises(AmountError, match="no bound"):
        AmountRange(None, None)
    with pytest.raises(AmountError, match="not above"):
        AmountRange(high, low)
    with pytest.raises(UnitMismatch):
        AmountRange(low, Amount.parse("2 人"))
    with pytest.raises(AmountError, match="amounts"):
        AmountRange(1, 2)  # type: ignore[arg-type]
    with pytest.raises(UnitMismatch):
        assert Amount.parse("1 人") in AmountRange(low, high)


def test_fields_are_checked() -> None:
    """An amount is never built of anything but a fraction and a unit."""
    for root, unit in ((0.5, YUAN), (5, YUAN), (Fraction(5), "元")):
        with pytest.raises(AmountError):
            Amount(root, unit)  # type: ignore[arg-type]


def test_hostile_text_is_refused() -> None:
    """Megabytes of anything are refused with a short message."""
    for text in (
        "9" * 10**6,
        "9" * 10**6 + "元",
        "1" * 24_000 + "元",
        "9" * 12_000 + "/7 元",
        "元" * 24_000,
        "元角分" * 8000,
        "元角" * 90,
        "零" * 24_000,
        "1,000" * 10**5,
        "¥" * 10**6,
        "5 " + "元/" * 10**6,
        "百分之" * 8000,
        "分之" * 90,
        "[" * 10**6,
        " " * 10**6,
        "\u200b" * 10**6,
    ):
        with pytest.raises(InputError) as caught:
            Amount.parse(text)
        assert len(str(caught.value)) < 600
