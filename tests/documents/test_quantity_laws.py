"""Laws of reading quantities: formatting and spacing change nothing, placeholders give nothing, sentences stand alone."""

from __future__ import annotations

import contextlib
import csv
import datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from perfeval import Amount
from perfeval.documents import Comparator, Quantity, periods, quantities
from perfeval.documents.folding import fold
from perfeval.documents.residue import find_placeholders
from perfeval.numerals import money_in_words, write_numeral

_PHRASES = [
    row["phrase"]
    for row in csv.DictReader(
        (Path(__file__).parent / "phrases.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"
    )
]
_WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
_SAID_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_SUBJECTS = ["", "每个养护站", "每名护理员", "护理员", "每人"]
_PERIODS = ["", "每年", "每月", "每半年"]
_COMPARATORS = {
    "": "unstated", "不少于": "ge", "不低于": "ge", "至少": "ge", "≥": "ge", "不超过": "le", "不得超过": "le", "最高": "le",
    "≤": "le", "超过": "gt", "少于": "lt", "等于": "eq", "约": "approx", "达到": "ge",
}  # fmt: skip
_UNITS = ["元", "人", "天", "学时", "次", "户"]
_MARKS = ["XX", "**", "____", "〇〇", "××", "○○", "□□", "20XX", "1**", "??", "……"]


def _read(mention: Quantity) -> tuple[object, ...]:
    """Return what formatting must not change."""
    return (
        mention.comparator,
        mention.amounts,
        mention.relation,
        tuple((per.word, per.period, per.inherited) for per in mention.per),
        mention.included,
        mention.problem,
        mention.placeholder,
        mention.change,
    )


def _ways(number: int, unit: str) -> list[str]:
    """Return every supported way to write so many of a unit."""
    grouped = f"{number:,}"
    ways = [f"{number}", grouped, grouped.replace(",", "，"), grouped.translate(_WIDE), f"{number}.00"]
    ways += [write_numeral(number), write_numeral(number, "capital")]
    written = [f"{way}{space}{unit}" for way in ways for space in ("", " ", "\u3000")]
    if unit == "元":
        written.append(money_in_words(number * 100))
        for scale, factor in (("万元", 10**4), ("亿元", 10**8)):
            share = Fraction(number, factor)
            if (10**8 * share).denominator == 1:
                digits = f"{number / factor:.8f}".rstrip("0").rstrip(".") if number < 10**7 else None
                written += [f"{digits}{scale}"] if digits and Fraction(digits) == share else []
    return written


@settings(max_examples=80, deadline=None)
@given(
    subject=st.sampled_from(_SUBJECTS),
    period=st.sampled_from(_PERIODS),
    comparator=st.sampled_from(sorted(_COMPARATORS)),
    number=st.integers(1, 10**9) | st.integers(1, 500).map(lambda hundreds: hundreds * 100),
    unit=st.sampled_from(_UNITS),
)
@example(subject="每人", period="", comparator="", number=1, unit="次")
@example(subject="", period="", comparator="达到", number=10, unit="户")
def test_formatting_an_amount_changes_nothing(
    subject: str, period: str, comparator: str, number: int, unit: str
) -> None:
    """Full-width digits, thousands, numerals, 万元 and spaces give one amount, comparator and rate."""
    lead = f"{subject}{period}{comparator}"
    readings = []
    for written in _ways(number, unit):
        found = quantities(f"{lead}{written}。")
        assert len(found) == 1, (lead, written, found)
        assert found[0].comparator is Comparator(_COMPARATORS[comparator])
        assert found[0].amounts == (Amount.of(number, unit),)
        readings.append(_read(found[0]))
    assert len(set(readings)) == 1


@settings(max_examples=150, deadline=None)
@given(
    words=st.tuples(
        st.sampled_from(_SUBJECTS),
        st.sampled_from(_PERIODS),
        st.sampled_from(["", "原则上", "一般"]),
        st.sampled_from(sorted(_COMPARATORS)),
        st.integers(1, 10**6).map(str),
        st.sampled_from([*_UNITS, "万元", "元/人", "元/人·天", "%"]),
        st.sampled_from(["", "以上", "以内", "左右", "(含)以上"]),
    )
)
def test_spaces_between_words_change_nothing(words: tuple[str, ...]) -> None:
    """A space between any two words leaves the reading as it is."""
    spaced = " ".join(word for word in words if word)
    assert [_read(one) for one in quantities(spaced)] == [_read(one) for one in quantities("".join(words))]


@settings(max_examples=100, deadline=None)
@given(
    phrases=st.lists(st.sampled_from(_PHRASES), min_size=1, max_size=4),
    blank=st.sampled_from(["\n\n", "\n \n\n", "\r\n\r\n"]),
)
def test_blank_lines_change_nothing(phrases: list[str], blank: str) -> None:
    """However many lines are left blank between sentences, the mentions are the same."""
    plain, loose = ("。\n".join(phrases), f"。{blank}".join(phrases))
    assert [_read(one) for one in quantities(loose)] == [_read(one) for one in quantities(plain)]


@settings(max_examples=150, deadline=None)
@given(first=st.sampled_from(_PHRASES), second=st.sampled_from(_PHRASES))
def test_a_sentence_reads_alone_as_beside_another(first: str, second: str) -> None:
    """What a sentence says does not depend on the one before it, but for a band that the one before it closes."""
    alone = [_read(one) for one in (*quantities(first), *quantities(second))]
    together = quantities(f"{first}。{second}")
    lent = [one for one in together if one.comparator_inherited and one.comparator is Comparator.GT]
    assert lent or [_read(one) for one in together] == alone


@settings(max_examples=150, deadline=None)
@given(
    comparator=st.sampled_from(sorted(_COMPARATORS)),
    mark=st.sampled_from(_MARKS),
    unit=st.sampled_from(["元", "万元", "人次", "人", "%", "天", "个", "场次"]),
    space=st.sampled_from(["", " "]),
)
def test_a_placeholder_never_gives_an_amount(comparator: str, mark: str, unit: str, space: str) -> None:
    """What was to be filled in is one mention with its comparator and unit, and no amount."""
    [mention] = quantities(f"{comparator}{mark}{space}{unit}")
    assert mention.placeholder and mention.amounts == () and mention.problem is not None
    assert mention.unit == unit
    assert mention.comparator is Comparator(_COMPARATORS[comparator])


@settings(max_examples=100, deadline=None)
@given(
    mark=st.sampled_from(["XX", "**", "***", "____", "〇〇", "××", "20XX", "（ ）", "（）", "【待填】", "[填写数量]"]),
    unit=st.sampled_from(["万元", "人次", "公里", "小时", "%", "场次", "公顷"]),
    lead=st.sampled_from(["", "投入", "不少于", "≥", "约", "改造道路", "一是培训"]),
)
def test_a_review_reports_what_reads_as_a_placeholder(mark: str, unit: str, lead: str) -> None:
    """One place to fill in is one placeholder to a reader and to a review, at the same marks."""
    text = f"{lead}{mark}{unit}"
    [mention] = quantities(text)
    [found] = find_placeholders(text, fold(text), (), 0, len(text))
    assert mention.placeholder and mention.unit == unit
    assert found.text == mark and mention.span.start <= found.span.start < found.span.end <= mention.span.end


@settings(max_examples=150, deadline=None)
@given(
    first=st.tuples(st.integers(2000, 2039), st.integers(1, 12), st.integers(1, 31)),
    last=st.tuples(st.integers(2000, 2039), st.integers(1, 12), st.integers(1, 31)),
)
@example(first=(2026, 11, 31), last=(2026, 12, 31))
@example(first=(2024, 2, 29), last=(2023, 2, 28))
def test_a_stretch_of_time_is_held_against_the_calendar(
    first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    """It has a problem just where the calendar lacks a day of it, or where it ends before it begins; in digits or words."""
    days = []
    for year, month, day in (first, last):
        with contextlib.suppress(ValueError):
            days.append(datetime.date(year, month, day))
    odd = len(days) < 2 or days[1] < days[0]
    digits = "至".join(f"{year}年{month}月{day}日" for year, month, day in (first, last))
    words = "至".join(
        f"{str(year).translate(_SAID_DIGITS)}年{write_numeral(month)}月{write_numeral(day)}日"
        for year, month, day in (first, last)
    )
    read = [quantities(text) for text in (digits, words)]
    assert [len(found) for found in read] == ([1, 1] if first != last else [len(read[0]), len(read[0])])
    for found in read:
        for mention in found:
            assert mention.dates is not None and (mention.problem is not None) is odd
            assert [str(mention.dates.since), str(mention.dates.until)] == [
                f"{year}-{month:02}-{day:02}" for year, month, day in (first, last)
            ]


@pytest.mark.parametrize("phrase", _PHRASES)
def test_a_report_differs_only_in_what_was_reached(phrase: str) -> None:
    """In a report 达到 states a fact: the comparator is unstated, and everything else is the same."""
    for goal, fact in zip(quantities(phrase), quantities(phrase, reporting=True), strict=True):
        assert fact.comparator is (Comparator.UNSTATED if goal.reached else goal.comparator)
        assert fact.amounts == goal.amounts and fact.per == goal.per and not fact.reached


@settings(max_examples=200, deadline=None)
@given(
    pieces=st.lists(
        st.sampled_from([*"一二两三半十百千万亿零〇壹贰0123456789.,，/ -—~至、每第的元人天年月日%()（）XX*_×+=≥≤", "不少于", "以上", "2026年",
                         "个百分点", "分之", "百分之", "底前", "全年", "一次", "[书记]", "·"]),
        max_size=40,
    )
)  # fmt: skip
def test_hostile_pieces_read_with_every_span_in_place(pieces: list[str]) -> None:
    """Any order of digits, numerals and signs reads; every span quotes the text; no amount comes with a placeholder."""
    text = "".join(pieces)
    found = quantities(text)
    for mention in found:
        for span in (mention.span, mention.lead, *mention.spans, *(per.span for per in mention.per)):
            assert span.locate(text) == span.text
        assert mention.of is None or mention.of.locate(text) == mention.of.text
        assert len(mention.amounts) == len(mention.spans) == len(mention.included)
        assert mention.amounts or mention.problem is not None or mention.dates is not None
        assert not (mention.placeholder and mention.relation.value == "single" and mention.amounts)
    for period in periods(text):
        assert period.span.locate(text) == period.span.text
