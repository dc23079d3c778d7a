"""Wording: every threshold rule can be said in both languages, with its threshold and its unit."""

from __future__ import annotations

import datetime
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import perfeval as pe
from perfeval.amounts import Amount
from perfeval.evaluation import decide, scope_of
from perfeval.judging import judge_rule
from perfeval.standards import shelf
from perfeval.strategies import Office, Person, facts, numbers, rules
from perfeval.subjects import read
from perfeval.wording import verdict_word


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


# Signs of Python's own names: none may reach a reader.
LEAKS = ("None", "Operator", "Compare(", "Fraction(", "Verdict.", "Label(", "Literal(", "<", "{", "}")


@pytest.mark.parametrize("name", shelf.NAMES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_shipped_rule_has_its_sentence_and_that_of_its_breach(name: str, lang: Any) -> None:
    """Both sentences of every rule end as sentences, differ from each other, and show nothing of Python."""
    end = "。" if lang == "zh" else "."
    for rule in shelf.load(name).standard.rules:
        said, breach = pe.rule_sentence(rule, lang), pe.rule_sentence(rule, lang, negated=True)
        assert said != breach, rule.name
        for sentence in (said, breach):
            assert len(sentence) > 4 and sentence.endswith(end), rule.name
            assert not [leak for leak in LEAKS if leak in sentence], sentence


@pytest.mark.parametrize("name", shelf.NAMES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_finding_of_a_worked_case_has_its_sentence(name: str, lang: Any) -> None:
    """Each finding names its rule and its verdict; met and unmet, a rule is said differently."""
    said: dict[str, dict[pe.Verdict, str]] = {}
    for result in shelf.load(name).run():
        for finding in result.finding.walk():
            sentence = pe.finding_sentence(finding, lang)
            assert finding.label.get(lang) in sentence and verdict_word(finding, lang) in sentence
            assert not [leak for leak in LEAKS if leak in sentence], sentence
        said.setdefault(result.case.rule, {})[result.finding.verdict] = pe.finding_sentence(result.finding, lang)
    assert all(len(set(sentences.values())) == len(sentences) for sentences in said.values())


@pytest.mark.parametrize("name", shelf.NAMES)
def test_waiver_and_obligation_are_said_where_they_are(name: str) -> None:
    """Each finding of a case says who waived it and that it binds only in principle or is preferable, if so."""
    waiver = pe.Waiver(
        rule="any",
        authority="某县财政局",
        granted=datetime.date(2026, 1, 5),
        number="某财〔2026〕7号",
        reason=pe.Label("受灾", "a flood"),
    )
    for finding in (result.finding for result in shelf.load(name).run()):
        for obligation, zh, en in (("in_principle", "原则上", "in principle"), ("should", "宜", "prefer")):
            bound = evolve(finding, obligation=pe.Obligation.MUST)
            softer = evolve(finding, obligation=pe.Obligation(obligation))
            assert zh in pe.finding_sentence(softer, "zh") and en in pe.finding_sentence(softer, "en")
            for lang in ("zh", "en"):
                assert pe.finding_sentence(softer, lang) != pe.finding_sentence(bound, lang)  # type: ignore[arg-type]
        waived = evolve(finding, waiver=waiver)
        for word in ("豁免", "某县财政局", "某财〔2026〕7号", "2026-01-05", "受灾"):
            assert word in pe.finding_sentence(waived, "zh") and word not in pe.finding_sentence(finding, "zh")
        for word in ("waived", "某县财政局", "某财〔2026〕7号", "2026-01-05", "because a flood"):
            assert word in pe.finding_sentence(waived, "en")


def test_how_a_finding_says_what_is_required() -> None:
    """应, 原则上应 and 宜 stand before what is required, and alone where no figure is."""
    for obligation, zh, en in (
        ("must", "，应不少于 3 元/年，", ", required at least 3 元/年,"),
        ("in_principle", "，原则上应不少于 3 元/年，", ", in principle at least 3 元/年,"),
        ("should", "，宜不少于 3 元/年，", ", preferably at least 3 元/年,"),
    ):
        rule = pe.Rule("floor", Office.reserve >= "3 元/年", obligation=obligation)
        finding = judge_rule(rule, read(Office, {"reserve": "1 元/年"}), on=datetime.date(2026, 6, 30))
        assert zh in pe.finding_sentence(finding, "zh") and en in pe.finding_sentence(finding, "en")
    rule = pe.Rule("rural", Office.rural, obligation="should")
    finding = judge_rule(rule, read(Office, {"rural": False}), on=datetime.date(2026, 6, 30))
    assert "属“宜”的要求" in pe.finding_sentence(finding) and "preferable, not" in pe.finding_sentence(finding, "en")
