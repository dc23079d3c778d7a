"""Wording: every threshold rule can be said in both languages, with its threshold and its unit."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import perfeval as pe
from perfeval.amounts import Amount
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
