"""Laws of reviewing: a planted slip is found, located and silenced by mending it; what is right is left alone."""

from __future__ import annotations

import re
import sys
from fractions import Fraction
from pathlib import Path

import cn2an
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

CORPUS = Path(__file__).parent / "corpus"
sys.path.insert(0, str(CORPUS))

import measure  # noqa: E402 - it lies beside the clean files, and is run from there as a command
import slips  # noqa: E402 - as measure
from clean import CLEAN, File, files, load  # noqa: E402 - as measure
from reviewing_of import reviews_of  # noqa: E402 - as measure

from perfeval.findings import Review  # noqa: E402 - after the modules beside the corpus
from perfeval.rules import Severity  # noqa: E402 - as above

NAMES = [file.name for file in files()]
TEXTS = [file.name for file in files() if file.text]
TABLED = [file.name for file in files() if file.grids]


# --- the corpus ------------------------------------------------------------------------------------------


def test_the_corpus_is_large_enough_and_every_class_has_a_slip() -> None:
    assert len([name for name in NAMES if name.startswith("texts/")]) >= 14
    assert len([name for name in NAMES if name.startswith("tables/")]) >= 12
    assert len([name for name in NAMES if name.startswith("pairs/")]) >= 4
    assert len(slips.SLIPS) >= 60
    assert {slip.kind for slip in slips.SLIPS.values()} == set(slips.CLASSES)


@pytest.mark.parametrize("name", slips.SLIPS)
def test_a_slip_changes_what_stands_there_and_nothing_else(name: str) -> None:
    """Where the original is not there, planting fails; what was planted stands where the slip says."""
    slip = slips.SLIPS[name]
    planted, clean, place = slip.planted(), load(slip.file), slip.place()

    assert planted != clean
    assert (planted.text != clean.text) == isinstance(slip.edits[-1], slips.Words)
    assert place.cell is not None or place.start is not None or slip.names
    assert slip.culprit if slip.witnesses > 1 else not slip.culprit


def _reckoned(words: str) -> Fraction:
    """Work out a sum of products, such as ``36 ÷ 40 × 22.5 + 1``."""
    total, sign = Fraction(0), 1
    for part in re.split(r" ([+−]) ", words):
        if part in {"+", "−"}:
            sign = 1 if part == "+" else -1
            continue
        first, *rest = re.split(r" ([×÷]) ", part)
        product = Fraction(first)
        for how, number in zip(rest[::2], rest[1::2], strict=True):
            product = product * Fraction(number) if how == "×" else product / Fraction(number)
        total += sign * product
    return total


DERIVED = re.findall(r"^- (\w+): (.+)$", (CORPUS / "README.md").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize(("name", "sums"), DERIVED, ids=[name for name, _ in DERIVED])
def test_the_derivations_come_out(name: str, sums: str) -> None:
    """A result that is printed with fewer digits than it has is the nearest one, or for a percentage so too."""
    assert any(CLEAN.glob(f"*/{name}.*"))
    for one in sums.split("; "):
        left, right = one.split(" = ")
        number = right.removesuffix(" %")
        printed = Fraction(number) / (100 if right.endswith("%") else 1)
        digits = len(number.partition(".")[2]) + (2 if right.endswith("%") else 0)
        assert abs(_reckoned(left) - printed) <= Fraction(1, 2 * 10**digits), one
        if "÷" not in left:
            assert _reckoned(left) == printed, one


# --- what is right is left alone -------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_clean_file_has_no_alarm(name: str) -> None:
    loud = [one for one in measure.alarms(load(name)) if one.severity is not Severity.NOTE and not one.unknown]

    assert [] == [(one.key, one.words) for one in loud]


# --- what is planted is found ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", slips.SLIPS)
def test_a_planted_slip_is_found_and_located(name: str) -> None:
    """With two witnesses the culprit is named, with one none is; what is known to be lacking is listed as such."""
    came = measure.outcome(name)

    assert slips.LACKING.get(name, "") == came.lacks(slips.SLIPS[name]), [
        (one.key, one.words, one.suggested) for one in came.new
    ]


@pytest.mark.parametrize("name", slips.SLIPS)
def test_mending_a_slip_silences_it(name: str) -> None:
    """The clean file is the mended one: what was reported with the slip is not reported of it."""
    before = {
        one.key[1:]
        for one in measure.alarms(load(slips.SLIPS[name].file))
        if measure.counts(one, slips.SLIPS[name].kind)
    }

    assert not before & {one.key[1:] for one in measure.outcome(name).new}


def test_the_page_says_what_was_measured() -> None:
    page = measure.PAGE.read_text(encoding="utf-8")

    assert page == measure.on_page(page, measure.tables())


# --- slips of any size -----------------------------------------------------------------------------------

# Where an amount stands in a clean text: file, the words before it, the number, the words after it, its witnesses.
SITES = [
    (slips.BOOKS, "图书购置费", "150,000.00", "元（", 3),
    (slips.BOOKS, "读书活动费", "90,000.00", "元（", 3),
    (slips.SCHOOL, "报刊订阅费", "14,400.00", "元（", 3),
    (slips.SCHOOL, "、慰问费", "10,000.00", "元（", 3),
    (slips.CANAL, "量水设施购置费", "22", "万元（", 3),
    (slips.GUARDS, "；安保器材购置费", "14", "万元；", 2),
    (slips.NETWORK, "；2026年7—12月支付设备维护费", "15", "万元，", 2),
    (slips.MEALS, "堂食补贴", "160.00", "万元（", 2),
    (slips.THREE, "、跟踪服务费", "50,000.00", "元。", 2),
    (slips.TEA, "、茶叶检测费", "10.95", "万元（", 4),
    (slips.LAMPS, "巡查检修费", "42", "万元、", 1),
    (slips.LAMPS, "灯具更换费", "24.5", "万元、", 1),
    (slips.LANES, "路面工程", "3,200", "万元、", 1),
    (slips.MEALS, "场地维护费", "99.80", "万元。", 1),
    (slips.ARCHIVES, "，目录核对费", "61,826.40", "元，", 1),
    (slips.CYCLES, "调度服务费", "350", "万元、", 1),
]
# Cells with two witnesses: a row and a column, or a product and a sum.
MONEY = re.compile(r"(?<![0-9.,¥—])(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<unit>万元|元)(?![/0-9])")
CELLS = [
    *((slips.YEARS, f"分年度资金安排表!{column}{row}") for column in "CDE" for row in (4, 5, 6, 7)),
    *((slips.DETAIL, f"预算明细表!F{row}") for row in (4, 5, 7, 8)),
    *((slips.LINES, f"05-1!I{row}") for row in (6, 7, 9, 10, 11)),
    (slips.TEA, "05-1!C4"),
    (slips.TEA, "05-1!C5"),
]


def _printed(value: Fraction, like: str) -> str:
    """Print a number with thousands and digits after the point as the other has them, or as many as it needs."""
    digits = len(like.partition(".")[2])
    while (value * 10**digits).denominator != 1:
        digits += 1
    whole, rest = divmod(int(value * 10**digits), 10**digits)
    return (f"{whole:,}" if "," in like or whole > 9999 else str(whole)) + (f".{rest:0{digits}d}" if digits else "")


@st.composite
def wrong_numbers(draw: st.DrawFn, printed: str, least: int = 1) -> str:
    """Draw another number than the one printed: shifted, off by ``least`` steps of its last digit, or two digits swapped."""
    value = Fraction(printed.replace(",", ""))
    how = draw(st.sampled_from(["shifted", "off", "swapped"]))
    other = value
    if how == "shifted":
        other = value * Fraction(10) ** draw(st.sampled_from([-4, -2, -1, 1, 2, 4]))
    elif how == "swapped":
        at = draw(st.integers(0, len(printed) - 2))
        one, two = printed[at : at + 2]
        if one.isdigit() and two.isdigit():
            other = Fraction((printed[:at] + two + one + printed[at + 2 :]).replace(",", ""))
    if how == "off" or other in {value, 0}:
        step = Fraction(1, 100) if "." in printed else Fraction(1)
        other = value + draw(st.integers(least, 5000)) * step
    return _printed(other, printed)


@st.composite
def planted_in_text(draw: st.DrawFn) -> slips.Slip:
    """Draw a slip in an amount of a text: another number, or 元 for 万元 and the reverse."""
    file, before, number, after, witnesses = draw(st.sampled_from(SITES))
    unit = "万元" if after.startswith("万元") else "元"
    other_unit = {"元": "万元", "万元": "元"}[unit]
    wrong = number + other_unit if draw(st.booleans()) else draw(wrong_numbers(number)) + unit
    rest = after.removeprefix(unit)
    edit = slips.Words(before + number + after, before + wrong + rest, wrong)
    return slips.Slip(
        id=f"{file}: {before}{wrong}",
        kind="lines_total",
        file=file,
        edits=(edit,),
        witnesses=witnesses,
        culprit=wrong if witnesses > 1 else "",
    )


@given(slip=planted_in_text())
@settings(max_examples=60)
def test_any_wrong_amount_of_a_text_is_found_and_located(slip: slips.Slip) -> None:
    came = measure.came_of(slip)

    assert came.located
    if slip.witnesses > 1:
        assert came.chosen, [(one.key, one.suggested) for one in came.new]
    else:
        assert [] == [(one.key, one.suggested) for one in came.new if one.singles_out]


@given(data=st.data())
@settings(max_examples=60)
def test_any_wrong_amount_of_a_table_is_found_and_located(data: st.DataObject) -> None:
    name, address = data.draw(st.sampled_from(CELLS))
    number = slips.cell_text(load(name), address)
    # Prices and parts that are printed rounded leave some steps of a product or a sum open: what is less is no slip.
    wrong = data.draw(wrong_numbers(number, least=500))
    edit = slips.InCell(address, number, wrong)
    came = measure.came_of(
        slips.Slip(id=f"{address}: {wrong}", kind="total_row", file=name, edits=(edit,), witnesses=2, culprit=address)
    )

    assert came.located
    if not _rounds_to(load(name), number, wrong):
        assert came.chosen, [(one.key, one.suggested) for one in came.new]


def _rounds_to(file: File, number: str, wrong: str) -> bool:
    """Say whether the text prints the right amount in 万元, to digits to which the wrong one comes too: no witness then."""
    right, other = (Fraction(one.replace(",", "")) for one in (number, wrong))
    for one in MONEY.finditer(file.text):
        step = Fraction(10_000, 10 ** len(one["number"].partition(".")[2]))
        if one["unit"] == "万元" and Fraction(one["number"].replace(",", "")) * 10_000 == right:
            return right in {other // step * step, (other + step / 2) // step * step}
    return False


# --- what does not matter --------------------------------------------------------------------------------

FULL_WIDTH = str.maketrans("0123456789,.", "０１２３４５６７８９，．")


def _said(reviews: tuple[Review, ...]) -> list[object]:
    """Return what the reviews find but for the words and places that it is printed with."""
    return [
        (review.title.zh, one.id, one.verdict, one.severity, one.observed, one.required, one.shortfall)
        for review in reviews
        for finding in review
        for one in finding.walk()
    ]


def _stands_rounded(file: File, number: str) -> bool:
    """Say whether a table prints an amount to more digits than the text's 万元: written in 元 it would claim more."""
    value = Fraction(number.replace(",", "")) * 10_000
    step = Fraction(10_000, 10 ** len(number.partition(".")[2]))
    cells = (cell for grid in file.grids for row in grid.rows for cell in row if re.fullmatch(r"[0-9,]+\.[0-9]+", cell))
    return any(0 < abs(Fraction(cell.replace(",", "")) - value) < step for cell in cells)


def _written(draw: st.DrawFn, number: str, unit: str, *, rounded: bool) -> str:
    """Write an amount in one of the ways that are supported, worth the same and printed no finer where it is rounded."""
    plain = number.replace(",", "")
    value = Fraction(plain)
    match draw(st.sampled_from(["full_width", "thousands", "plain", "numerals", "unit"])):
        case "full_width":
            return number.translate(FULL_WIDTH) + unit
        case "thousands":
            return f"{_printed(value, ',' + plain)}{unit}"
        case "plain":
            return plain + unit
        case "numerals" if value.denominator == 1 and (unit == "元" or value < 10000):
            return cn2an.an2cn(int(value), "low") + unit
        case "unit" if unit == "元" and value % 100 == 0:
            return _printed(value / 10000, "0") + "万元"
        case "unit" if unit == "万元" and not rounded:
            return _printed(value * 10000, "0,") + "元"
        case _:
            return number + unit


@st.composite
def rewritten(draw: st.DrawFn) -> tuple[File, str]:
    """Draw a clean file with some of the amounts of its text written in another way."""
    file = load(draw(st.sampled_from([name for name in TEXTS if MONEY.search(load(name).text)])))
    found = list(MONEY.finditer(file.text))
    chosen = draw(st.lists(st.sampled_from(found), min_size=1, max_size=3, unique_by=lambda one: one.start()))
    text = file.text
    for one in sorted(chosen, key=lambda one: -one.start()):
        text = (
            text[: one.start()]
            + _written(draw, one["number"], one["unit"], rounded=_stands_rounded(file, one["number"]))
            + text[one.end() :]
        )
    return file, text


@given(drawn=rewritten())
@settings(max_examples=60)
def test_how_an_amount_is_written_changes_no_finding(drawn: tuple[File, str]) -> None:
    file, text = drawn

    assert _said(reviews_of(evolve(file, text=text).source())) == _said(reviews_of(file.source()))


HEADERS = ["", "— 3 —", "- 12 -", "第 3 页 共 8 页", "第5页"]


@st.composite
def laid_out(draw: st.DrawFn) -> tuple[File, str]:
    """Draw a clean file with blank lines and page headers between its lines, and spaces after its marks."""
    file = load(draw(st.sampled_from(TEXTS)))
    lines = file.text.splitlines()
    for _ in range(draw(st.integers(0, 4))):
        lines.insert(draw(st.integers(1, len(lines))), draw(st.sampled_from(HEADERS)))
    text = "\n".join(lines) + "\n"
    places = [at.end() for at in re.finditer(r"[，。；：、](?=[^\s0-9０-９])|[0-9](?=[\u4e00-\u9fff])", text)]
    for at in sorted(draw(st.sets(st.sampled_from(places), max_size=6)), reverse=True):
        text = text[:at] + " " + text[at:]
    return file, text


@given(drawn=laid_out())
@settings(max_examples=60)
def test_how_a_text_is_laid_out_changes_no_finding(drawn: tuple[File, str]) -> None:
    file, text = drawn

    assert _said(reviews_of(evolve(file, text=text).source())) == _said(reviews_of(file.source()))
