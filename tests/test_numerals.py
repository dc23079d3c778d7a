"""Numerals: both ways, against independent readers, and what is refused."""

from __future__ import annotations

import decimal
import importlib.util
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from perfeval.errors import InexactError, NumeralError
from perfeval.numerals import (
    NumeralStyle,
    money_in_words,
    read_money_in_words,
    read_numeral,
    write_numeral,
    write_ratio,
)

cn2an = importlib.import_module("cn2an") if importlib.util.find_spec("cn2an") else None

STYLES = st.sampled_from(("simple", "capital"))
LARGEST = 10**16


@st.composite
def integers(draw: st.DrawFn) -> int:
    """Draw integers to 10^16 of every length, half of them with many zeros inside."""
    digits = draw(st.lists(st.sampled_from("0000123456789"), min_size=1, max_size=16))
    return draw(st.one_of(st.just(int("".join(digits))), st.integers(0, LARGEST)))


def places_of(text: str) -> int:
    """Read a Chinese integer as a child does, by adding places up, without checking any rule."""
    total = section = digit = 0
    for character in text:
        if (found := "零一二三四五六七八九".find(character)) >= 0 or (
            found := "零壹贰叁肆伍陆柒捌玖".find(character)
        ) >= 0:
            digit = found
        elif character in "十百千拾佰仟":
            section += (digit or 1) * 10 ** ("十百千拾佰仟".index(character) % 3 + 1)
            digit = 0
        elif character == "万":
            section, digit = (section + digit) * 10**4, 0
        elif character == "亿":
            total, section, digit = (total + section + digit) * 10**8, 0, 0
    return total + section + digit


# Laws


@given(integers(), st.integers(0, 99), st.booleans(), STYLES)
@example(LARGEST, 0, False, "simple")
@example(0, 5, True, "capital")
def test_written_numerals_read_back(whole: int, cents: int, negative: bool, style: NumeralStyle) -> None:
    """Every number to 10^16 with two decimals reads back as itself."""
    value = min(Fraction(whole) + Fraction(cents, 100), Fraction(LARGEST)) * (-1 if negative else 1)
    assert read_numeral(write_numeral(value, style)) == value


@given(integers(), STYLES)
def test_written_numerals_have_the_right_places(number: int, style: NumeralStyle) -> None:
    """What is written means the number by plain addition of places, and holds no two zeros in a row."""
    written = write_numeral(number, style)
    assert places_of(written) == number
    assert "零零" not in written
    assert number == 0 or not written.endswith("零")


@pytest.mark.skipif(cn2an is None, reason="cn2an is not installed")
@given(integers(), STYLES)
@example(200_009_000, "simple")
def test_written_numerals_are_those_of_cn2an(number: int, style: NumeralStyle) -> None:
    """The writing is that of cn2an, but where it drops the zero for skipped ten-thousands (二亿九千)."""
    if number >= LARGEST or (number >= 10**8 and number // 10**4 % 10**4 == 0 and number % 10**4 >= 1000):
        return
    assert cn2an is not None
    assert write_numeral(number, style) == cn2an.an2cn(number, "low" if style == "simple" else "up")


@given(st.text(alphabet="零一二三五九两十百千万亿点", min_size=1, max_size=9))
def test_read_numerals_are_rewritten_alike(text: str) -> None:
    """What is read at all is written again in the same characters, but for 两, 一十 and an optional zero."""
    try:
        value = read_numeral(text)
    except NumeralError:
        return
    if "点" in text:
        assert abs(value) < 10**17
        return
    alike = text.replace("两", "二")
    if alike.startswith("一十"):
        alike = alike[1:]
    written = write_numeral(value)
    assert alike.replace("零", "") == written.replace("零", "")
    assert alike.count("零") - written.count("零") in (0, 1, 2)
    assert places_of(alike) == value


@given(st.integers(0, 10**18 - 1), st.integers(0, 10**8 - 1), st.booleans())
def test_arabic_numerals_are_exact(whole: int, decimals: int, grouped: bool) -> None:
    """Arabic numerals mean what Fraction reads in them, grouped by thousands or not."""
    text = f"{whole:,}.{decimals:08d}" if grouped else f"{whole}.{decimals:08d}"
    assert read_numeral(text) == Fraction(text.replace(",", ""))
    assert read_numeral("-" + text) == -read_numeral(text)
    assert read_numeral(text.translate(str.maketrans("0123456789,.", "０１２３４５６７８９，．"))) == read_numeral(text)


@given(st.fractions())
def test_ratios_read_back(value: Fraction) -> None:
    """The shortest exact text of any fraction reads back."""
    assert read_numeral(write_ratio(value)) == value


@given(st.integers(-(10**18), 10**18))
@example(0)
@example(-5)
def test_money_in_words_reads_back(fen: int) -> None:
    """Every sum in fen reads back from words, with or without the prefix and with either last word."""
    words = money_in_words(fen)
    assert read_money_in_words(words) == fen
    assert read_money_in_words("人民币" + words.replace("整", "正").replace("元", "圆")) == fen
    assert words.endswith("整") == (fen % 100 == 0)
    assert "零零" not in words


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text raises anything but NumeralError."""
    for read in (read_numeral, read_money_in_words):
        try:
            assert isinstance(read(text), Fraction)
        except NumeralError as error:
            assert str(error)


@given(st.text(alphabet="0123456789,./-负零一二十百千万亿点分之元角整 ", max_size=14))
def test_any_text_of_numerals_is_read_or_refused(text: str) -> None:
    """No text made of parts of numerals raises anything but NumeralError."""
    for read in (read_numeral, read_money_in_words):
        try:
            assert isinstance(read(text), Fraction)
        except NumeralError as error:
            assert str(error)


@given(integers(), STYLES)
def test_nothing_depends_on_a_decimal_context(number: int, style: NumeralStyle) -> None:
    """Results in a context of two digits are the same."""
    with decimal.localcontext() as context:
        context.prec = 2
        written = write_numeral(Decimal(number), style)
        assert read_numeral(written) == number


# Examples


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("15,000.00", 15_000),
        ("１５，０００．００", 15_000),
        ("0", 0),
        ("05", 5),
        ("-3.5", Fraction(-7, 2)),
        ("−3", -3),
        ("负五", -5),
        ("零", 0),
        ("〇", 0),
        ("两千", 2000),
        ("二十四", 24),
        ("十五", 15),
        ("一十五", 15),
        ("十", 10),
        ("一百一十", 110),
        ("两百五十", 250),
        ("二百五十", 250),
        ("一万零五十", 10_050),
        ("一万〇五十", 10_050),
        ("两万五千", 25_000),
        ("十万五千", 105_000),
        ("十万零五千", 105_000),
        ("壹拾万柒仟", 107_000),
        ("壹拾万零柒仟", 107_000),
        ("壹佰贰拾万", 1_200_000),
        ("一亿五千零三万五千", 150_035_000),
        ("一亿零五千", 100_005_000),
        ("两亿两千万", 220_000_000),
        ("一万亿", 10**12),
        ("一亿亿", 10**16),
        ("萬億", None),
        ("貳萬", 20_000),
        ("1亿2千万", 120_000_000),
        ("1亿500万", 105_000_000),
        ("12亿3千万", 1_230_000_000),
        ("12000亿", 12 * 10**11),
        ("5万3000", 53_000),
        ("5万500", 50_500),
        ("3千", 3000),
        ("3千5百", 3500),
        ("1,200万", 12_000_000),
        ("1.5千万", 15_000_000),
        ("1.5亿", 150_000_000),
        ("2.3456789万", Fraction("23456.789")),
        ("二点五万", 25_000),
        ("三点一四", Fraction(157, 50)),
        ("零点零五", Fraction(1, 20)),
        ("百分之六十五", Fraction(13, 20)),
        ("百分之65", Fraction(13, 20)),
        ("百分之六十五点五", Fraction(131, 200)),
        ("百分之百", 1),
        ("百分之一百", 1),
        ("负百分之五", Fraction(-1, 20)),
        ("千分之三", Fraction(3, 1000)),
        ("万分之五", Fraction(1, 2000)),
        ("三分之二", Fraction(2, 3)),
        ("20/3", Fraction(20, 3)),
        ("-1/3", Fraction(-1, 3)),
    ],
)
def test_numerals_are_read(text: str, value: int | Fraction | None) -> None:
    """Each numeral has its one meaning, or none."""
    if value is None:
        with pytest.raises(NumeralError):
            read_numeral(text)
    else:
        assert read_numeral(text) == value


@pytest.mark.parametrize(
    ("value", "simple", "capital"),
    [
        (0, "零", "零"),
        (10, "十", "壹拾"),
        (15, "十五", "壹拾伍"),
        (110, "一百一十", "壹佰壹拾"),
        (10_050, "一万零五十", "壹万零伍拾"),
        (100_000, "十万", "壹拾万"),
        (100_500, "十万零五百", "壹拾万零伍佰"),
        (1_000_005, "一百万零五", "壹佰万零伍"),
        (100_005_000, "一亿零五千", "壹亿零伍仟"),
        (150_035_000, "一亿五千零三万五千", "壹亿伍仟零叁万伍仟"),
        (10**16, "一亿亿", "壹亿亿"),
        (Fraction("-3.14"), "负三点一四", "负叁点壹肆"),
        (Decimal("0.05"), "零点零五", "零点零伍"),
    ],
)
def test_numerals_are_written(value: int | Fraction | Decimal, simple: str, capital: str) -> None:
    """Each number is written by the rules for zeros."""
    assert write_numeral(value) == simple
    assert write_numeral(value, "capital") == capital


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (1_500_000, "壹万伍仟元整"),
        (10_005, "壹佰元零伍分"),
        (300_050, "叁仟元零伍角"),
        (168_032, "壹仟陆佰捌拾元零叁角贰分"),
        (10_700_053, "壹拾万柒仟元零伍角叁分"),
        (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
        (32_504, "叁佰贰拾伍元零肆分"),
        (1_545, "壹拾伍元肆角伍分"),
        (50, "伍角"),
        (5, "伍分"),
        (-120_000_000, "负壹佰贰拾万元整"),
        (15_003_500_000, "壹亿伍仟零叁万伍仟元整"),
    ],
)
def test_money_is_written_in_words(fen: int, words: str) -> None:
    """Sums are written as on a cheque."""
    assert money_in_words(fen) == words


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("人民币壹万伍仟元整", 1_500_000),
        ("人民币: 壹佰圆正", 10_000),
        ("三千元零五角", 300_050),
        ("壹仟陆佰捌拾元叁角贰分", 168_032),
        ("壹拾万零柒仟元伍角叁分", 10_700_053),
        ("壹佰元零角伍分", 10_005),
        ("5元6角", 560),
        ("5元零6分", 506),
        ("5角6分", 56),
        ("15,000元整", 1_500_000),
        ("负五元整", -500),
    ],
)
def test_money_in_words_is_read(text: str, fen: int) -> None:
    """Sums in words are read with either last word, either word for yuan, and each allowed zero."""
    assert read_money_in_words(text) == fen


# Hostile and mistaken input


@pytest.mark.parametrize("text", ["一万五", "二百五", "1万5", "2千5", "5万5", "1亿2千", "三亿五", "一千二"])
def test_what_may_be_two_numbers_is_refused(text: str) -> None:
    """A spoken short form is refused with a request for every place."""
    with pytest.raises(NumeralError, match="every place"):
        read_numeral(text)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "--5", "负-5", "+5", "15,00.00", "1,0000", "1,000,00", "00,000", "0,500", "1 000",
        "1.", ".5", "1.2.3",
        "1e5", "1E5", "0x10", "1_000", "NaN", "nan", "inf", "Infinity", "1.123456789", "1" * 19, "1/0",
        "0/0", "1//2",
        "1/2/3", "1.5/2", "1,000/3", "①", "½", "²", "٣", "𝟏", "Ⅷ", "㈠", "1\u200b", "\x00", "一二百",
        "二〇二六", "两十", "一百零两", "一万零两",
        "一百五十零", "一千零一百", "一十零五", "十五万零三千", "一万五十", "一万零零五", "零五", "一万零",
        "零一万", "万", "亿", "百", "千万",
        "百百", "一百二百", "一百二十百", "十百", "一万万", "一亿二亿", "一亿零二亿", "1.5亿2千万",
        "1.5千5", "5万05", "5万30000", "几十", "数百",
        "廿", "半", "五元", "65%", "三分之", "分之一", "百分之分之", "百分之负三", "零分之一",
        "三分之一分之一", "点五", "三点", "三点十",
        "三点一四一五九二六五四", "9**9**9", "__import__('os')", "1亿12000万", "99999999999亿亿",
    ],
)  # fmt: skip
def test_what_is_no_numeral_is_refused(text: str) -> None:
    """Each text that is not one number is refused with what came or what stands in it."""
    with pytest.raises(NumeralError, match="came"):
        read_numeral(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "元",
        "元整",
        "整",
        "5元6万元",
        "5元12角",
        "5角5元",
        "1.5元6角",
        "5分6角",
        "5元5元",
        "十元十角",
        "人民币",
        "五",
    ],
)
def test_what_is_no_sum_in_words_is_refused(text: str) -> None:
    """Each text that is not one sum in descending parts is refused."""
    with pytest.raises(NumeralError, match="came"):
        read_money_in_words(text)


@pytest.mark.parametrize(
    "value",
    [0.5, True, Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("1e999999999"), "5", None],
)
def test_what_is_no_exact_number_is_not_written(value: Any) -> None:
    """Floats, truth values, text and what is not finite are refused."""
    for write in (write_numeral, money_in_words):
        with pytest.raises(NumeralError):
            write(value)


def test_what_cannot_be_written_exactly_is_refused() -> None:
    """A third has no decimals, half a fen no words, and beyond 10^16 there are no names."""
    with pytest.raises(InexactError):
        write_numeral(Fraction(1, 3))
    with pytest.raises(InexactError):
        write_numeral(Fraction(1, 10**9))
    with pytest.raises(InexactError):
        money_in_words(Fraction(1, 2))
    with pytest.raises(NumeralError):
        write_numeral(10**16 + 1)
    with pytest.raises(NumeralError):
        money_in_words(10**18 + 1)
    with pytest.raises(NumeralError):
        write_numeral(5, "roman")  # type: ignore[arg-type]
    with pytest.raises(NumeralError):
        write_numeral(10**10_000)
    with pytest.raises(NumeralError):
        read_numeral(5)  # type: ignore[arg-type]


def test_long_text_is_refused() -> None:
    """Megabytes of digits are refused, whatever they are."""
    for text in (
        "9" * 10**6,
        "九" * 10**6,
        "1," * 10**6,
        "9" * 10**6 + "/3",
        "一千" * 11_000,
        "9" * 23_000,
        "\u200b" * 10**6,
    ):
        for read in (read_numeral, read_money_in_words):
            with pytest.raises(NumeralError) as caught:
                read(text)
            assert len(str(caught.value)) < 500


def test_long_fractions_are_exact() -> None:
    """A fraction of thousands of digits is written and read, beyond Python's limit on digits."""
    value = Fraction(7**11_000, 10**9000 + 1)
    assert read_numeral(write_ratio(value)) == value
