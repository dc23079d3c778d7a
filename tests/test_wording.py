"""Wording: every threshold rule can be said in both languages, with its threshold and its unit."""

from __future__ import annotations

import datetime
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import perfeval as pe
from perfeval.amounts import Amount
from perfeval.evaluation import decide, scope_of
from perfeval.judging import judge_rule
from perfeval.strategies import Office, Person, facts, numbers, rules
from perfeval.subjects import read


@settings(max_examples=60)
@given(
    numbers(1, 10**9, places=2),
    st.sampled_from(("元/年", "元/月", "万元/年")),
    st.sampled_from((">=", "<=", ">", "<", "=")),
)
def test_a_threshold_rule_says_its_threshold_and_unit(number: Fraction, unit: str, operator: str) -> None:
    """The sentence holds the threshold as it is shown, in Chinese and in English, and the fact's own name."""
    amount = Amount.of(number, unit)
    condition: Any = {
        ">=": Office.reserve >= amount,
        "<=": Office.reserve <= amount,
        ">": Office.reserve > amount,
        "<": Office.reserve < amount,
        "=": pe.equal(Office.reserve, amount),
    }[operator]
    rule = pe.Rule("threshold", condition)
    for lang, name in (("zh", "结余"), ("en", "reserve")):
        sentence = pe.rule_sentence(rule, lang)  # type: ignore[arg-type]
        assert str(amount) in sentence
        assert unit in sentence
        assert name in sentence.lower()


@settings(max_examples=60)
@given(rules(), facts(Office), st.sampled_from(("zh", "en")))
def test_every_rule_and_every_finding_can_be_said(rule: pe.Rule, given_facts: dict[str, Any], lang: Any) -> None:
    """No rule and no finding is without a sentence, and none shows Python's own names."""
    finding = judge_rule(rule, read(Office, given_facts), on=datetime.date(2026, 6, 30))
    for sentence in (
        pe.rule_sentence(rule, lang),
        *(pe.finding_sentence(below, lang) for below in finding.walk()),
    ):
        assert sentence.strip()
        for leak in ("None", "Fraction(", "Verdict.", "Operator.", "SubjectSchema", "Label("):
            assert leak not in sentence


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Office.reserve >= "3 元/年", Office.reserve <= "3 元/年"),
        (Office.reserve >= "3 元/年", Office.reserve > "3 元/年"),
        (Office.reserve >= "3 元/年", ~(Office.reserve >= "3 元/年")),
        (Office.staff.every(Person.active), Office.staff.some(Person.active)),
        (Office.staff.minimum(Person.pay) >= "3 元/年", Office.staff.maximum(Person.pay) >= "3 元/年"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_different_rules_are_said_differently(one: Any, other: Any, lang: Any) -> None:
    """At least, at most, more than, not, every, some, least and greatest can be told apart."""
    assert pe.describe(one, lang) != pe.describe(other, lang)


@pe.subject
class Three:
    """Three flags, to join in every way."""

    a = pe.flag()
    b = pe.flag()
    c = pe.flag()


def joined(kind: str, one: Any, other: Any) -> Any:
    """Join two conditions."""
    return {"all": lambda: one & other, "any": lambda: one | other, "when": lambda: one.when(other)}[kind]()


def every_shape() -> list[Any]:
    """Return all ways to join three flags by two joints, bracketed either way, each part negated or not."""
    shapes = []
    for outer, inner, *nots in product(("all", "any", "when"), ("all", "any", "when"), *[(False, True)] * 4):
        a, b, c = (~flag if no else flag for flag, no in zip((Three.a, Three.b, Three.c), nots, strict=False))
        first, second = joined(inner, a, b), joined(inner, b, c)
        shapes.append(joined(outer, ~first if nots[3] else first, c))
        shapes.append(joined(outer, a, ~second if nots[3] else second))
    return shapes


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_sentence_has_one_meaning(lang: Any) -> None:
    """Conditions that read alike come to the same verdict on all facts: brackets stand where they are needed."""
    meanings: dict[str, tuple[Any, tuple[Any, ...]]] = {}
    worlds = [read(Three, dict(zip("abc", flags, strict=True))) for flags in product((True, False, None), repeat=3)]
    for shape in every_shape():
        verdicts = tuple(decide(shape, scope_of(world)).verdict for world in worlds)
        known, expected = meanings.setdefault(pe.describe(shape, lang), (shape, verdicts))
        assert expected == verdicts, (known, shape)
    assert len(meanings) > 100


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_brackets_stand_where_they_change_the_meaning(lang: Any) -> None:
    """A condition inside every, and a sum inside rounding, are told apart from what stands beside them."""
    paid, active = Person.pay >= "1 元/月", Person.active
    one = Office.staff.every(paid & active)
    other = Office.staff.every(paid) & Office.staff.every(active)
    assert pe.describe(one, lang) != pe.describe(other, lang)
    total = (Office.reserve + Office.budget).round("1 元/年", "DOWN")
    partly = Office.reserve + Office.budget.round("1 元/年", "DOWN")
    assert pe.describe(total, lang) != pe.describe(partly, lang)


@pytest.mark.parametrize(
    ("condition", "zh", "en"),
    [
        (~(Office.reserve >= "3 元/年"), "结余少于3 元/年。", "Reserve is less than 3 元/年."),
        (~(Office.reserve <= "3 元/年"), "结余超过3 元/年。", "Reserve is more than 3 元/年."),
        (~~(Office.reserve > "3 元/年"), "结余超过3 元/年。", "Reserve is more than 3 元/年."),
        (~pe.equal(Office.reserve, "3 元/年"), "结余不等于3 元/年。", "Reserve does not equal 3 元/年."),
        (~Office.kind.is_in("大", "小"), "类别不是大或小。", "Kind is not 大 or 小."),
        (~Office.staff.every(Person.pay >= "3 元/月"), "至少一个工作人员的津贴少于3 元/月。", None),
        (~Office.staff.some(Person.pay >= "3 元/月"), "每个工作人员的津贴少于3 元/月。", None),
    ],
)
def test_negation_by_hand(condition: Any, zh: str, en: str | None) -> None:
    """Not at least is less than, not every is at least one, and not twice is nothing."""
    assert zh == pe.rule_sentence(pe.Rule("rule", condition), "zh")
    assert en is None or en == pe.rule_sentence(pe.Rule("rule", condition), "en")
