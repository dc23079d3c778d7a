"""Phrases with the reading that each should get: those that ship, written by hand, and the published list where it is.

A row says comparator, values, unit and what it is counted per or said of. ``a restated b`` is one thing said twice,
``a or b`` a choice, ``a+b`` parts, ``a;b`` separate mentions, ``a、b`` a list, ``a×b`` factors, ``a..b`` a range.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from perfeval import Amount, Unit
from perfeval.documents import Quantity, quantities
from perfeval.documents.folding import fold

_HERE = Path(__file__).resolve()
_ROOT = _HERE.parents[2]
_SEPARATORS = {
    " restated ": "restated", " or ": "or", "+": "parts", "、": "list", "×": "factors", "..": "range", ";": "single",
}  # fmt: skip
_PRODUCTS = {"人天": ["人", "天"], "人日": ["人", "天"], "人月": ["人", "月"], "人年": ["人", "年"]}
_UNITS = {"ratio": "%", "分": "分值", "位": "位小数"}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [{key: value or "" for key, value in row.items()} for row in rows]


def _published() -> list[dict[str, str]]:
    corpus = os.environ.get("PERFEVAL_CORPUS")
    folders = [Path(corpus).parent / "facts"] if corpus else []
    files = [folder / "phrases.tsv" for folder in [*folders, _ROOT.parent / "shared" / "facts"]]
    return next((_rows(file) for file in files if file.is_file()), [])


_OWN = _rows(_HERE.parent / "phrases.tsv")
_PUBLISHED = _published()

# --------------------------------------------------------------------------------------------------------
# What a mention says, in the words of a row


def _split(value: str) -> tuple[str, list[str]]:
    """Return how the values of a row belong together, and the values."""
    for separator, relation in _SEPARATORS.items():
        if separator in value:
            return relation, value.split(separator)
    return "single", [value] if value else []


def _amount(value: str, unit: str) -> Amount:
    number = Fraction(value) * (100 if unit == "ratio" else 1)
    return Amount.of(number, _UNITS.get(unit, unit))


def _plain(amount: Amount) -> Amount:
    """Return an amount without what it is counted per: the 550 元 of 550 元/人/天."""
    return Amount.of(amount.number_in(amount.unit), Unit.parse(amount.unit.text.split("/")[0]))


def _per(mentions: Sequence[Quantity]) -> set[str]:
    return {part for mention in mentions for per in mention.per for part in _PRODUCTS.get(per.word, [per.word])}


def _of(mentions: Sequence[Quantity]) -> list[str]:
    return [fold(mention.of.text) for mention in mentions if mention.of is not None]


def _says(mention: Quantity) -> set[str]:
    """Return what else a mention says, in the words of the last column."""
    said: set[str] = set()
    if mention.softness:
        said.add(f"soft:{mention.softness}")
    if mention.change:
        said.add(f"change:{mention.change}")
    if mention.inclusive is not None:
        said.add("含" if mention.inclusive else "不含")
    if mention.placeholder:
        said.add("placeholder")
    elif mention.problem is not None:
        said.add("problem")
    if mention.reached:
        said.add("reached")
    return said


def _check_comparators(mentions: Sequence[Quantity], expected: str) -> None:
    """Check the comparator of every mention: one for all, or one for each."""
    each = expected.split(";")
    assert [mention.comparator.value for mention in mentions] == (each if len(each) > 1 else each * len(mentions))


def _check_values(mentions: Sequence[Quantity], row: dict[str, str]) -> None:
    relation, values = _split(row["value"])
    units = row["unit"].split("|")
    if mentions[0].dates is not None:
        assert [str(end or "") for end in (mentions[0].dates.since, mentions[0].dates.until)] == values
        assert (mentions[0].unit or "") == row["unit"]
        return
    assert len(mentions) == (len(values) if ";" in row["value"] else 1)
    assert all(mention.relation.value == relation for mention in mentions)
    amounts = [_plain(amount) for mention in mentions for amount in mention.amounts]
    expected = [_amount(value, units[min(at, len(units) - 1)]) for at, value in enumerate(values)]
    assert amounts == expected
    if not values:
        assert (mentions[0].unit or "") == row["unit"]
    if relation == "range":
        assert amounts == sorted(amounts)


def _check_per(mentions: Sequence[Quantity], expected: set[str]) -> None:
    """Check that every part is said, as what it is counted per or what it is said of, and nothing else as a rate."""
    of = _of(mentions)
    assert {part for part in expected if part not in _per(mentions) and not any(part in said for said in of)} == set()
    assert _per(mentions) <= expected


def _parts(per: str) -> set[str]:
    return {part for part in per.replace(";", "·").split("·") if part}


def _of_phrases(rows: Sequence[dict[str, str]]) -> list[object]:
    return [pytest.param(row, id=row["phrase"]) for row in rows]


# --------------------------------------------------------------------------------------------------------
# The phrases that ship


def test_there_are_phrases_enough() -> None:
    assert len({row["phrase"] for row in _OWN}) == len(_OWN) >= 150


@pytest.mark.parametrize("row", _of_phrases(_OWN))
def test_a_phrase_reads_as_written_down(row: dict[str, str]) -> None:
    """Comparator, values, relation, unit, rate, what it is said of, and everything else are as the row says."""
    mentions = quantities(row["phrase"])
    assert mentions
    _check_comparators(mentions, row["comparator"])
    _check_values(mentions, row)
    _check_per(mentions, _parts(row["per"]))
    assert set().union(*map(_says, mentions)) == set(row["says"].split())
    for mention in mentions:
        for span in (mention.span, *mention.spans):
            assert span.locate(row["phrase"]) == span.text


# --------------------------------------------------------------------------------------------------------
# The published list

# Another reading is held to be right, with its reason (docs/how-to/quantities.md): 以上 includes its number unless a
# band before it ends there; the band is in the source, not in the phrase.
_OTHER_COMPARATOR = {"35人以上": ("ge", "25人至35人为26元，")}

# What the list says a figure is per, but only the source around the phrase says: the words that say it, put before.
_IN_CONTEXT = {
    "每年不少于10,000.00元": ({"党委"}, "党委"),
    "党总支不少于6,000.00元": ({"年"}, "党委每年不少于10,000.00元、"),
    "党支部不少于3,000.00元": ({"年"}, "党委每年不少于10,000.00元、"),
    "组织开展二期": ({"年"}, "每年"),
    "累计不少于3个月或者550学时": ({"5年"}, "每5年"),
    "住宿费120元,伙食费80元": ({"人", "天"}, "每人每天"),
    "会期均不得超过2天": ({"会议"}, "会议"),
    "会期不超过1天": ({"会议"}, "会议"),
    "参会人数≤50人": ({"会议"}, "会议"),
    "一般不得超过 60 人": ({"会议"}, "会议人数"),
    "必须100%返还": ({"党费"}, "党费"),
    "每个不高于10万元": ({"品牌项目"}, "品牌项目"),
    "少于1次的": ({"季度"}, "每季度"),
    "80-50%(含50%)": ({"指标分值"}, "指标分值的"),
    "60元上限": ({"标箱", "年"}, "每标箱每年"),
    "预付款30%，验收合格后70%": ({"合同金额"}, "合同金额的"),
}
# 每个 counts what the words before it name, here 品牌项目.
_COUNTERS = {"每个不高于10万元": {"个"}}

_needs_list = pytest.mark.skipif(
    not _PUBLISHED, reason="no published list: set PERFEVAL_CORPUS beside facts/phrases.tsv"
)


@_needs_list
@pytest.mark.parametrize("row", _of_phrases(_PUBLISHED))
def test_a_published_phrase_reads_as_listed(row: dict[str, str]) -> None:
    """Every column that the list states is read, but for what only the source around the phrase says."""
    phrase = row["phrase"]
    mentions = quantities(phrase)
    assert mentions
    comparator, _ = _OTHER_COMPARATOR.get(phrase, (row["comparator"], ""))
    _check_comparators(mentions, comparator)
    _check_values(mentions, row)
    unsaid, _ = _IN_CONTEXT.get(phrase, (set(), ""))
    assert unsaid <= _parts(row["per"])
    _check_per(mentions, (_parts(row["per"]) - unsaid) | _COUNTERS.get(phrase, set()))
    if "DOUBLED UNIT" in row["note"]:
        assert mentions[0].problem is not None
    if "PLACEHOLDER" in row["note"]:
        assert mentions[0].placeholder and mentions[0].amounts == ()
    if "inclusive stated" in row["note"] or "(含" in fold(phrase):
        assert mentions[0].inclusive is True
    if "change, not level" in row["note"]:
        assert mentions[0].change is not None


@_needs_list
@pytest.mark.parametrize("phrase", [*_IN_CONTEXT, *_OTHER_COMPARATOR])
def test_what_the_source_says_before_a_phrase_is_read_with_it(phrase: str) -> None:
    """With the words of its source before it, the phrase reads in full."""
    [row] = [row for row in _PUBLISHED if row["phrase"] == phrase]
    _, context = _IN_CONTEXT[phrase] if phrase in _IN_CONTEXT else _OTHER_COMPARATOR[phrase]
    count = len(quantities(phrase))
    mentions = quantities(context + phrase)[-count:]
    _check_comparators(mentions, row["comparator"])
    _check_values(mentions, row)
    _check_per(mentions, _parts(row["per"]) | _COUNTERS.get(phrase, set()))
