"""Units: the laws of their algebra, what is read and shown, and what is refused."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
import threading
from collections import Counter
from fractions import Fraction
from importlib import resources
from typing import Any

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval.errors import UnitError
from perfeval.strategies import units
from perfeval.units import Unit, as_unit, known_units, plain_text


def merged(*dimensions: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    """Add exponents, independently of the library."""
    total: Counter[str] = Counter()
    for dimension in dimensions:
        for base, exponent in dimension:
            total[base] += exponent
    return tuple(sorted((base, exponent) for base, exponent in total.items() if exponent))


# Laws


@given(units())
def test_what_is_shown_reads_back(unit: Unit) -> None:
    """The text of a unit reads back as an equal unit of the same factor and dimension."""
    back = Unit.parse(unit.text)
    assert back == unit
    assert hash(back) == hash(unit)
    assert (back.text, back.factor, back.dimension) == (unit.text, unit.factor, unit.dimension)
    assert eval(repr(unit)) == unit  # noqa: S307 - what repr promises


@given(units(), units())
def test_products_multiply_dimensions(left: Unit, right: Unit) -> None:
    """The dimension of a product is the product of the dimensions, and a quotient undoes it."""
    product = left * right
    assert product.dimension == merged(left.dimension, right.dimension)
    assert (product / right).dimension == left.dimension
    assert (right * left).dimension == product.dimension
    assert (left / left).dimension == ()
    assert Unit.parse(product.text) == product


@given(units(), units(), units())
def test_products_associate(first: Unit, second: Unit, third: Unit) -> None:
    """How a product is bracketed changes neither what is shown nor its dimension, but for a ratio's sign."""
    left, right = (first * second) * third, first * (second * third)
    assert left.dimension == right.dimension
    if not any(unit.is_ratio for unit in (first, second, third, left, right, first * second, second * third)):
        assert {base for base, _ in left.dimension} == {base for base, _ in right.dimension}


@given(units(), st.randoms(use_true_random=False))
def test_order_of_denominators_does_not_matter(unit: Unit, random: object) -> None:
    """Denominators may be written in any order and either way, and are shown in one."""
    head, *per = unit.text.split("/")
    random.shuffle(per)  # type: ignore[attr-defined]
    ways = ["/".join([head, *per])]
    if per:
        ways += [f"{head}/({'·'.join(per)})", f"{head}/{'*'.join(per)}", f"{head} / {' · '.join(per)}"]
    assert {Unit.parse(way) for way in ways} == {unit}


@given(units())
def test_copies_are_equal(unit: Unit) -> None:
    """A unit survives pickling and copying."""
    for copied in (pickle.loads(pickle.dumps(unit)), copy.copy(unit), copy.deepcopy(unit)):
        assert copied == unit
        assert copied.factor == unit.factor


@given(st.text(max_size=130))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text raises anything but UnitError."""
    try:
        unit = Unit.parse(text)
    except UnitError as error:
        assert str(error)
    else:
        assert Unit.parse(unit.text) == unit


@given(st.text(alphabet="元人月万年[]()/·* %党1a", max_size=20))
def test_any_text_of_units_is_read_or_refused(text: str) -> None:
    """No text made of parts of units raises anything but UnitError."""
    try:
        assert Unit.parse(Unit.parse(text).text) == Unit.parse(text)
    except UnitError as error:
        assert str(error)


def test_factors_are_those_of_pint() -> None:
    """Factor and dimension of every name, and of every rate, are what pint says of the same definitions."""
    lines = resources.files("perfeval").joinpath("units.txt").read_text(encoding="utf-8").splitlines()
    registry: Any = pint.UnitRegistry(lines, non_int_type=Fraction, on_redefinition="raise")

    def oracle(**exponents: int) -> tuple[Fraction, tuple[tuple[str, int], ...]]:
        container = registry.UnitsContainer(exponents)
        dimension = registry.get_dimensionality(container)
        return Fraction(registry.get_root_units(container)[0]), tuple(
            sorted((base.strip("[]"), int(power)) for base, power in dimension.items())
        )

    for shown, names in known_units().items():
        unit = Unit.parse(shown)
        assert (unit.factor, unit.dimension) == oracle(**{names[0]: 1})
        assert all(Unit.parse(name) == unit for name in names)
    for name, period in [("yuan", "year"), ("ten_thousand_yuan", "quarter"), ("class_hour", "half_year")]:
        unit = Unit.parse(f"{name}/person/{period}")
        assert (unit.factor, unit.dimension) == oracle(**{name: 1, "person": -1, period: -1})


def test_no_two_counts_share_a_dimension() -> None:
    """Each thing that is counted is a dimension of its own, and so are money, study and each kind of time."""
    roots = [Unit.parse(shown) for shown in known_units() if Unit.parse(shown).is_count]
    assert len({unit.dimension for unit in roots}) == len(roots) > 25
    apart = [
        Unit.parse(name).dimension for name in ("元", "人", "人次", "次", "学时", "课时", "小时", "天", "周", "月")
    ]
    assert len(set(apart)) == len(apart)


# What is read, and how it is shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("yuan", "元"),
        ("CNY", "元"),
        ("rmb", "元"),
        ("¥", "元"),
        ("￥", "元"),
        ("Yuan/Person/Month", "元/人/月"),
        ("元/月/人", "元/人/月"),
        ("元/人·月", "元/人/月"),
        ("元/人*月", "元/人/月"),
        ("元/人月", "元/人/月"),
        ("元/人天", "元/人/天"),
        ("元/人日", "元/人/天"),
        ("人次/年度", "人次/年"),
        ("万元／年度", "万元/年"),
        ("个月", "月"),
        ("季", "季度"),
        ("批", "批次"),
        ("名", "人"),
        ("％", "%"),
        ("%/年", "%/年"),
        ("个[党支部]", "个[党支部]"),
        ("元[累计]/人[书记]/年", "元[累计]/人[书记]/年"),
        ("万元[上年]", "万元[上年]"),
        ("人 [书记]", "人[书记]"),
        ("\u3000元\u00a0/ 年\n", "元/年"),
        ("元/月/月", "元/月/月"),
        ("CLASS_HOUR/day", "学时/天"),
    ],
)
def test_units_are_read(text: str, shown: str) -> None:
    """Each spelling is shown in the one canonical form."""
    assert Unit.parse(text).text == shown


@pytest.mark.parametrize(
    ("left", "right", "product", "quotient"),
    [
        ("元/人[党员]/年", "人[党员]", "元/年", "元/人[党员]/人[党员]/年"),
        ("元/月", "年", "元", "元/月/月"),
        ("学时", "天", "学时·天", "学时/天"),
        ("万元", "元", "万元·万元", "%"),
        ("元", "%", "元", "元"),
        ("%", "元", "元", "%/元"),
        ("人", "人[书记]", "人·人[书记]", "人/人[书记]"),
        ("‰", "倍", "‰", "‰"),
    ],
)
def test_products_are_shown(left: str, right: str, product: str, quotient: str) -> None:
    """Bases merge under the first name and cancel; a ratio shows only where nothing else does."""
    assert (Unit.parse(left) * Unit.parse(right)).text == product
    assert (Unit.parse(left) / Unit.parse(right)).text == quotient


def test_civil_time_is_exact() -> None:
    """Twelve months are a year, four quarters are, two halves are; days are related to half-days only."""
    month = Unit.parse("月")
    assert [Unit.parse(name).factor / month.factor for name in ("季度", "半年", "年")] == [3, 6, 12]
    assert Unit.parse("天").factor / Unit.parse("半天").factor == 2
    assert Unit.parse("天").dimension != Unit.parse("小时").dimension != Unit.parse("学时").dimension


def test_a_qualifier_makes_a_kind_of_its_own() -> None:
    """人[书记] is neither 人 nor 人[党员], and 元[累计] is not 元, whatever the factor."""
    texts = ("人", "人[书记]", "人[党员]", "元", "元[累计]", "元[上年]")
    assert len({Unit.parse(text).dimension for text in texts}) == len(texts)
    assert Unit.parse("万元[累计]").dimension == Unit.parse("元[累计]").dimension
    assert Unit.parse("万元[累计]").factor == 10_000 * Unit.parse("元[累计]").factor


def test_kinds() -> None:
    """Money, counts and ratios know themselves, a rate is none of them."""
    for text, kinds in {
        "万元": (True, False, False),
        "元[累计]": (True, False, False),
        "元/年": (False, False, False),
        "人[书记]": (False, True, False),
        "人·天": (False, False, False),
        "学时": (False, False, False),
        "月": (False, False, False),
        "‰": (False, False, True),
        "%/年": (False, False, False),
    }.items():
        unit = Unit.parse(text)
        assert (unit.is_money, unit.is_count, unit.is_ratio) == kinds, text


def test_as_unit_takes_both() -> None:
    """A unit stays itself and a text is read."""
    assert as_unit(as_unit("元/年")) is as_unit("元/年")
    assert Unit.ratio() == Unit.parse("%")


def test_foreign_operands_are_left_to_python() -> None:
    """Multiplying by what is not a unit is a TypeError, and comparing with it is False."""
    with pytest.raises(TypeError):
        Unit.parse("元") * 2  # type: ignore[operator]
    with pytest.raises(TypeError):
        Unit.parse("元") / "人"  # type: ignore[operator]
    assert Unit.parse("元") != "元"  # type: ignore[comparison-overlap]


# Hostile and mistaken input


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "such as '元/年'"),
        ("   ", "such as '元/年'"),
        ("书记", "人[书记]"),
        ("名书记", "人[书记]"),
        ("普通党员", "人[普通党员]"),
        ("党支部", "个[党支部]"),
        ("个党支部", "个[党支部]"),
        ("yuna", "did you mean 'yuan'"),
        ("万园", "did you mean '万元'"),
        ("元/", "stop halfway"),
        ("元//人", "joined by"),
        ("/年", "joined by"),
        ("元/(人/月)", "joined by"),
        ("(元", "stop halfway"),
        ("元)", "joined by"),
        ("((元))", "joined by"),
        ("元[", "joined by"),
        ("[累计]", "joined by"),
        ("元[]", "qualifier"),
        ("元[a b]", "qualifier"),
        ("元[累计][上年]", "joined by"),
        ("元[" + "累" * 17 + "]", "qualifier"),
        ("元[\u0645]", "qualifier"),
        ("月[上]", "only on money"),
        ("人天[书记]", "only on money"),
        ("%[a]", "only on money"),
        ("元/元", "%"),
        ("万元/元", "%"),
        ("元/月/年", "not both"),
        ("元·万元", "not both"),
        ("%·元", "alone"),
        ("元/%", "alone"),
        ("①", "circled"),
        ("½", "fraction"),
        ("²", "superscript"),
        ("㏠", "telegraph"),
        ("元\u200b", "zero width"),
        ("元\u202e", "override"),
        ("\x00", "U+0000"),
        ("\ud800", "U+D800"),
        ("\ue000", "U+E000"),
        ("ⅿ", "roman"),
        ("5", "a known unit"),
        ("元" * 121, "at most 120"),
        ("__import__('os')", "a known unit"),
    ],
)
def test_what_is_no_unit_is_refused(text: str, part: str) -> None:
    """Each mistake is refused with what is needed in its place."""
    with pytest.raises(UnitError) as caught:
        Unit.parse(text)
    assert part in str(caught.value)


@pytest.mark.parametrize("value", [None, 5, 1.5, b"\xe5", ["元"]])
def test_what_is_no_text_is_refused(value: object) -> None:
    """What is not text is refused by name."""
    with pytest.raises(UnitError, match="the text of a unit"):
        Unit.parse(value)  # type: ignore[arg-type]


def test_products_stay_readable() -> None:
    """A product whose text could not be read back is refused."""
    unit = Unit.parse("元[一二三四五六七八九十一二三四五六]")
    with pytest.raises(UnitError, match="at most 120 characters"):
        for _ in range(10):
            unit *= unit


def test_long_text_is_refused() -> None:
    """Megabytes of a unit are refused and leave nothing in a cache."""
    for text in ("元" * 10**6, "元/" * 10**6, "(" * 10**6, "[" * 10**6, "\u200b" * 10**6):
        with pytest.raises(UnitError):
            Unit.parse(text)


def test_plain_text_narrows_and_refuses() -> None:
    """Full-width forms are narrowed, 〇 is 零, blanks are plain, and what would be guessed is refused."""
    assert plain_text("１，５００．５\u3000〇％／￥（［］）", UnitError) == "1,500.5 零%/¥([])"
    for text in ("𝟏", "¹", "⑴", "㈠", "٣", "㍘", "\u00ad", "Ⅷ", "ﬁ"):
        with pytest.raises(UnitError):
            plain_text(text, UnitError)


# Loading


def test_importing_does_not_load_pint() -> None:
    """Pint is loaded when the first unit is read, not before."""
    code = (
        "import sys, perfeval.units as u; assert 'pint' not in sys.modules;"
        "u.Unit.parse('元'); assert 'pint' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_first_use_by_many_threads() -> None:
    """Threads that all are the first to read a unit get equal units from one load."""
    code = """
import threading
from perfeval import units
barrier, found = threading.Barrier(8), []
def read(place):
    barrier.wait()
    found.append(units.Unit.parse(["元/年", "人[书记]/月"][place % 2]).text)
threads = [threading.Thread(target=read, args=(place,)) for place in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert sorted(found) == ["人[书记]/月"] * 4 + ["元/年"] * 4, found
assert units._load.cache_info().misses == 1
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_units_are_shared_between_threads() -> None:
    """Products made in several threads at once are all right."""
    wrong: list[str] = []

    def work() -> None:
        for qualifier in range(200):
            unit = Unit.parse(f"元/人[{qualifier}]/年") * Unit.parse(f"人[{qualifier}]")
            if unit.text != "元/年" or unit.factor != Fraction(100, 12):
                wrong.append(unit.text)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
