"""The sentence of a threshold, read back as any text is read, gives its comparator, its amount and its unit."""

from __future__ import annotations

import functools
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

import perfeval as pe
from perfeval.documents import Comparator, Quantity, quantities
from perfeval.expressions import Condition, Operator
from perfeval.strategies import numbers, units
from perfeval.units import Unit, known_units

COMPARATOR = {
    Operator.AT_LEAST: Comparator.GE,
    Operator.AT_MOST: Comparator.LE,
    Operator.ABOVE: Comparator.GT,
    Operator.BELOW: Comparator.LT,
    Operator.EQUAL: Comparator.EQ,
}
# What the breach of a rule is: not at least is less than, not at most is more than.
BREACH = {
    Operator.AT_LEAST: Comparator.LT,
    Operator.AT_MOST: Comparator.GT,
    Operator.ABOVE: Comparator.LE,
    Operator.BELOW: Comparator.GE,
    Operator.EQUAL: Comparator.UNSTATED,
}
LANGS: Any = ("zh", "en")

# A bare 分 is money to a unit and points to a reader of prose.
SHOWN = tuple(name for name in known_units() if name != "分")
QUALIFIED = tuple(name for name in SHOWN if Unit.parse(name).is_money or Unit.parse(name).is_count)
KINDS = ("书记", "党员", "2026届", "三农干部", "MPA", "學員")


def rates() -> SearchStrategy[Unit]:
    """Return every known unit, qualified or not, alone, multiplied, or per one or two others."""
    part = st.sampled_from(SHOWN) | st.builds("{}[{}]".format, st.sampled_from(QUALIFIED), st.sampled_from(KINDS))
    joined = st.lists(st.tuples(st.sampled_from("/·"), part), max_size=2)
    return st.builds(lambda first, rest: first + "".join(map("".join, rest)), part, joined).flatmap(parsed)


def parsed(text: str) -> SearchStrategy[Unit]:
    """Return the unit of a text, where it is one."""
    try:
        return st.just(Unit.parse(text))
    except pe.UnitError:
        return st.nothing()


def is_readable(unit: Unit) -> bool:
    """Say whether a unit is no sum of points (分) to a reader, and no month times a month, whose 5月· is a date."""
    return not unit.text.startswith("月·月") and "分" not in [name for name, _, power in unit.terms if power > 0]


ANY_UNIT = (units() | rates()).filter(is_readable)
ANY_NUMBER = st.one_of(
    numbers(0, 10_000, places=0),
    numbers(0, 10**17, places=0),
    numbers(0, 10**6, places=8),
    numbers(0, 100),
    st.fractions(0, 10**6, max_denominator=13),
    st.integers(10**18, 10**60).map(Fraction),
    st.fractions(0, 10**30, max_denominator=10**30),
)


@functools.cache
def subject_in(unit: Unit) -> Any:
    """Return a subject with one measure of a unit and what guards a rule."""

    @pe.subject(zh="站点", en="site")
    class Site:
        seen = pe.measure(unit, zh="数额", en="figure")
        rural = pe.flag(zh="农村", en="rural")
        kind = pe.category("甲", "乙", zh="类别", en="kind")

    @pe.subject(zh="巡护员", en="warden", unit="人[巡护员]")
    class Warden:
        seen = pe.measure(unit, zh="数额", en="figure")

    @pe.subject(zh="区域", en="area")
    class Area:
        sites = pe.many(Site, zh="站点", en="sites")
        wardens = pe.many(Warden, zh="巡护员", en="wardens")

    return Site, Area, Warden


def compared(seen: Any, operator: Operator, amount: pe.Amount) -> Condition:
    """Return the comparison of a measure with an amount."""
    made: Condition = {
        Operator.AT_LEAST: lambda: seen >= amount,
        Operator.AT_MOST: lambda: seen <= amount,
        Operator.ABOVE: lambda: seen > amount,
        Operator.BELOW: lambda: seen < amount,
        Operator.EQUAL: lambda: pe.equal(seen, amount),
    }[operator]()
    return made


def read_back(rule: pe.Rule, lang: Any, *, negated: bool) -> Quantity:
    """Return the one mention of a rule's sentence."""
    sentence = pe.rule_sentence(rule, lang, negated=negated)
    found = quantities(sentence)
    assert len(found) == 1, (sentence, found)
    return found[0]


def check(mention: Quantity, operator: Operator, amount: pe.Amount, *, negated: bool) -> None:
    """Check comparator, amount and unit; of 不等于 that it is said to bound nothing."""
    assert mention.comparator is (BREACH if negated else COMPARATOR)[operator], mention
    assert mention.amounts == (amount,), mention
    assert mention.amounts[0].unit == amount.unit
    unequal = negated and operator is Operator.EQUAL
    assert (mention.problem is not None) is unequal, mention
    assert not mention.comparator_inherited


@settings(max_examples=300, deadline=None)
@given(ANY_UNIT, ANY_NUMBER, st.sampled_from(Operator), st.sampled_from(LANGS), st.booleans())
def test_a_threshold_reads_back(unit: Unit, number: Fraction, operator: Operator, lang: Any, negated: bool) -> None:
    """Said in either language, of the rule or of its breach, a threshold keeps comparator, amount and unit."""
    assume(not is_year_pair(number))
    amount = pe.Amount.of(number, unit)
    site, *_ = subject_in(unit)
    rule = pe.Rule("threshold", compared(site.seen, operator, amount))
    check(read_back(rule, lang, negated=negated), operator, amount, negated=negated)


def is_year_pair(number: Fraction) -> bool:
    """Say whether a fraction looks like two years, which is how 2025/2026年 is read."""
    return 1900 <= number.numerator < 2100 and 1900 <= number.denominator < 2100


GUARDS: dict[str, Any] = {
    "none": lambda _: None,
    "flag": lambda site: site.rural,
    "no flag": lambda site: ~site.rural,
    "kind": lambda site: site.kind.is_in("甲", "乙"),
    "both": lambda site: site.rural & site.kind.is_in("甲"),
}


@settings(max_examples=60, deadline=None)
@given(ANY_UNIT, ANY_NUMBER, st.sampled_from(Operator), st.sampled_from(LANGS), st.sampled_from(sorted(GUARDS)))
def test_a_guarded_threshold_reads_back(
    unit: Unit, number: Fraction, operator: Operator, lang: Any, guard: str
) -> None:
    """Where a rule binds only somewhere, and in principle, the threshold is the same and the softness is kept."""
    assume(not is_year_pair(number))
    amount = pe.Amount.of(number, unit)
    site, *_ = subject_in(unit)
    condition = compared(site.seen, operator, amount)
    softness = {"in_principle": {"zh": "原则上", "en": "in principle"}, "should": {"zh": "宜", "en": "preferably"}}
    for obligation in ("must", "in_principle", "should"):
        rule = pe.Rule("threshold", condition, when=GUARDS[guard](site), obligation=obligation)
        mention = read_back(rule, lang, negated=False)
        check(mention, operator, amount, negated=False)
        assert mention.softness == softness.get(obligation, {}).get(lang)
        breach = read_back(rule, lang, negated=True)
        check(breach, operator, amount, negated=True)
        assert breach.softness is None


@settings(max_examples=120, deadline=None)
@given(ANY_UNIT, ANY_NUMBER, st.sampled_from(Operator), st.sampled_from(LANGS), st.booleans())
@example(unit=Unit.parse("起"), number=Fraction(1, 3), operator=Operator.AT_LEAST, lang="zh", persons=False)
def test_a_threshold_of_each_reads_back(
    unit: Unit, number: Fraction, operator: Operator, lang: Any, persons: bool
) -> None:
    """Said of each thing (每个) or person (每名), a threshold reads back; of its breach (至少一), as the last mention."""
    assume(not is_year_pair(number))
    amount = pe.Amount.of(number, unit)
    site, area, warden = subject_in(unit)
    of_each = area.wardens.every if persons else area.sites.every
    rule = pe.Rule("threshold", of_each(compared((warden if persons else site).seen, operator, amount)))
    check(read_back(rule, lang, negated=False), operator, amount, negated=False)
    *others, breach = quantities(pe.rule_sentence(rule, lang, negated=True))
    assert [str(other.first) for other in others] == ([("1 人" if persons else "1 个")] if lang == "zh" else [])
    check(breach, operator, amount, negated=True)


@pytest.mark.parametrize("unit", ["%", "‰", "倍"])
@pytest.mark.parametrize(("negated", "comparator"), [(False, Comparator.GE), (True, Comparator.LT)])
def test_a_share_is_said_to_be_low_and_reads_back(unit: str, negated: bool, comparator: Comparator) -> None:
    """不低于 and 低于 of a share, where a number is 不少于 and 少于, are the same comparators."""
    share, *_ = subject_in(Unit.parse(unit))
    rule = pe.Rule("floor", share.seen >= f"80 {unit}")
    words = pe.rule_sentence(rule, negated=negated)
    assert ("低于" in words, "少于" in words) == (True, False)
    assert read_back(rule, "zh", negated=negated).comparator is comparator


@pe.subject(zh="学校", en="school")
class School:
    """Facts whose names hold words that a reader also takes for what a figure is counted per."""

    fee = pe.measure("元/人/天", zh="人均费用", en="cost")
    monthly = pe.measure("元/月", zh="每月津贴", en="monthly pay")
    length = pe.measure("天", zh="培训时间", en="length")
    months = pe.measure("月", zh="时长", en="time")
    secretaries = pe.measure("人[书记]", zh="书记人数", en="number of secretaries")
    spent = pe.measure("元[累计]", zh="投入", en="spending")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("operator", Operator)
@pytest.mark.parametrize(("seen", "text"), [(School.fee, "550 元/人/天"), (School.monthly, "1/3 元/月")])
def test_per_in_a_name_leaves_the_amount(seen: Any, text: str, operator: Operator, lang: Any) -> None:
    """人均 and 每月 in the name of a fact add to what the figure is per, and change neither amount nor comparator."""
    amount = pe.Amount.parse(text)
    for negated in (False, True):
        rule = pe.Rule("threshold", compared(seen, operator, amount))
        check(read_back(rule, lang, negated=negated), operator, amount, negated=negated)


@pytest.mark.parametrize(
    ("seen", "text", "zh", "en"),
    [
        # A third of a day, not a third of a hundred; half a day is shown as one 半天.
        (School.length, "1/3 天", "培训时间不少于 1/3 天。", "Length is at least 1/3 天."),
        (School.length, "1 半天", "培训时间不少于 1 半天。", "Length is at least 1 半天."),
        (School.length, "0.5 天", "培训时间不少于 0.5 天。", "Length is at least 0.5 天."),
        (School.months, "3 个月", "时长不少于 3 个月。", "Time is at least 3 个月."),
        (School.months, "2 个季度", "时长不少于 2 个季度。", "Time is at least 2 个季度."),
        (
            School.secretaries,
            "3 人[书记]",
            "书记人数不少于 3 人[书记]。",
            "Number of secretaries is at least 3 人[书记].",
        ),
        (School.spent, "5 万元[累计]", "投入不少于 5 万元[累计]。", "Spending is at least 5 万元[累计]."),
        (School.fee, "0.05 万元/人/天", "人均费用不少于 0.05 万元/人/天。", "Cost is at least 0.05 万元/人/天."),
    ],
)
def test_sentences_by_hand(seen: Any, text: str, zh: str, en: str) -> None:
    """The sentences of a few floors, as they are written, and what they read back as."""
    rule = pe.Rule("floor", seen >= text)
    assert (pe.rule_sentence(rule), pe.rule_sentence(rule, "en")) == (zh, en)
    for lang in LANGS:
        check(read_back(rule, lang, negated=False), Operator.AT_LEAST, pe.Amount.parse(text), negated=False)


def test_what_binds_in_principle_is_said_after_where_it_binds() -> None:
    """原则上 stands with what is required, in its own clause; the breach is said without it."""
    site, *_ = subject_in(Unit.parse("天"))
    rule = pe.Rule("floor", site.seen >= "5 天", when=site.rural, obligation="in_principle")
    assert pe.rule_sentence(rule) == "农村的，原则上数额不少于 5 天。"
    assert pe.rule_sentence(rule, "en") == "Where rural, in principle, figure is at least 5 天."
    assert pe.rule_sentence(rule, negated=True) == "农村的，数额少于 5 天。"


def test_points_and_negative_amounts_are_refused_not_misread() -> None:
    """分 is points to a reader, never money, and a figure after a minus is not read: no amount is made up."""
    fen, *_ = subject_in(Unit.parse("分"))
    rate, *_ = subject_in(Unit.parse("%"))
    for lang in LANGS:
        points = read_back(pe.Rule("floor", fen.seen >= "3 分"), lang, negated=False)
        assert [str(amount) for amount in points.amounts] == ["3 分值"]
    for condition in (fen.seen >= "1/3 分", rate.seen >= "-5 %", rate.seen >= "-1/3 %"):
        for lang in LANGS:
            mention = read_back(pe.Rule("floor", condition), lang, negated=False)
            assert mention.amounts == () and mention.problem is not None
