"""Wording: every threshold rule can be said in both languages, with its threshold and its unit."""

from __future__ import annotations

import datetime
import re
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
from perfeval.strategies import Office, Person, amounts, facts, numbers, rules
from perfeval.subjects import read
from perfeval.wording import Lang, observation_words, verdict_word


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
        (~(Office.reserve >= "3 元/年"), "结余少于 3 元/年。", "Reserve is less than 3 元/年."),
        (~(Office.reserve <= "3 元/年"), "结余超过 3 元/年。", "Reserve is more than 3 元/年."),
        (~~(Office.reserve > "3 元/年"), "结余超过 3 元/年。", "Reserve is more than 3 元/年."),
        (~pe.equal(Office.reserve, "3 元/年"), "结余不等于 3 元/年。", "Reserve does not equal 3 元/年."),
        (~Office.kind.is_in("大", "小"), "类别不是大或小。", "Kind is not 大 or 小."),
        (~Office.staff.every(Person.pay >= "3 元/月"), "至少一名工作人员的津贴少于 3 元/月。", None),
        (~Office.staff.some(Person.pay >= "3 元/月"), "每名工作人员的津贴少于 3 元/月。", None),
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
        applies = finding.verdict is not pe.Verdict.NOT_APPLICABLE
        for obligation, zh, en in (("in_principle", "原则上", "in principle"), ("should", "宜", "prefer")):
            bound = evolve(finding, obligation=pe.Obligation.MUST)
            softer = evolve(finding, obligation=pe.Obligation(obligation))
            for lang, word in (("zh", zh), ("en", en)):
                said: str = pe.finding_sentence(softer, lang)  # type: ignore[arg-type]
                assert (said != pe.finding_sentence(bound, lang)) is applies  # type: ignore[arg-type]
                assert word in said or not applies
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


# --- figures as a reviewer writes them -------------------------------------------------------------------

FIGURE = re.compile(r"(≈?)(-?[0-9,]+(?:\.[0-9]+)?)")
ON = datetime.date(2026, 6, 30)


@pe.subject(zh="培训班", en="course")
class Course:
    """A training with a share that attended, a score and a day on which it begins."""

    coverage = pe.measure("%", zh="覆盖率", en="coverage")
    growth = pe.measure("‰", zh="增长率", en="growth")
    score = pe.measure("个[分值]", zh="得分", en="score")
    stages = pe.measure("个[阶段]", zh="阶段数", en="stages")
    times = pe.measure("期", zh="期数", en="times")
    lately = pe.measure("期", zh="5 年期数", en="times in 5 years")
    fee = pe.measure("元", zh="费用", en="fee")
    aid = pe.measure("元", zh="补助", en="aid")
    begins = pe.day(zh="开班日", en="first day")
    why = pe.flag(zh="偏差原因", en="cause of the deviation")


def judged(condition: Any, given_facts: dict[str, Any], **more: Any) -> pe.Finding:
    """Return what a rule of one condition comes to."""
    return judge_rule(
        pe.Rule("rule", condition, label=pe.Label("规则", "rule"), **more), read(Course, given_facts), on=ON
    )


@settings(max_examples=80)
@given(amounts(), st.fractions(-(10**6), 10**6, max_denominator=999), st.booleans(), st.sampled_from(("zh", "en")))
def test_a_figure_is_exact_or_says_that_it_is_not(other: Amount, number: Fraction, own: bool, lang: Lang) -> None:
    """A figure is in decimals: exact without ≈, and with it within half of its last place; never a whole number."""
    amount = other if own else Amount.of(number, other.unit)
    words = observation_words(amount, lang)
    found = FIGURE.match(words)
    assert found, words
    assert "/" not in words.removesuffix(amount.unit.text) or "[" in amount.unit.text
    shown = Fraction(found[2].replace(",", ""))
    decimals = len(found[2].partition(".")[2])
    if not found[1]:
        assert shown == amount.number
        return
    assert shown != amount.number and abs(shown - amount.number) <= Fraction(1, 2 * 10 ** max(decimals, 2))
    assert shown.denominator != 1 or abs(shown - amount.number) < Fraction(1, 10**8)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("200/3 %", "≈66.67%"),
        ("12/7 期", "≈1.71 期"),
        ("99.999 %", "99.999%"),
        # Two thirds of a hundredth: two figures are shown, 0.0067 and not 0.01.
        ("1/150 元", "≈0.0067 元"),
        # 299,999/3,000 is 99.99967: no 100% that it is not.
        ("299999/3000 %", "≈99.9997%"),
        ("-1/3 天", "≈-0.33 天"),
        ("2 个[阶段]", "2 个阶段"),
        ("40.5 个[分值]", "40.5 分"),
        ("1/3 个[分值]", "≈0.33 分"),
        ("300 元/个[对象]/年", "300 元/个对象/年"),
    ],
)
def test_figures_by_hand(text: str, words: str) -> None:
    """A fraction that no decimals show is rounded, and a count is read aloud with its noun."""
    assert words == observation_words(Amount.parse(text))


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        ("45/11 %", "22.27 %", "≈4.09% – 22.27%"),
        ("45/11 %", "200/9 %", "≈4.09% – 22.22%"),
        ("0 %", "200/9 %", "0% – ≈22.22%"),
        ("10 元", "20 元", "10 元 – 20 元"),
        (None, "200/9 %", "≤ ≈22.22%"),
        ("20/3 元", None, "≥ ≈6.67 元"),
    ],
)
def test_ranges_by_hand(low: str | None, high: str | None, words: str) -> None:
    """An ≈ before the lower bound is said of both."""
    bounds = [None if bound is None else Amount.parse(bound) for bound in (low, high)]
    assert words == observation_words(pe.AmountRange(*bounds))


def test_very_long_numbers_are_said() -> None:
    """A number of thousands of digits, whole or not, has its words and no N/1."""
    for number in (Fraction(10**18), Fraction(10**5000), 10**18 + Fraction(1, 4), 10**4000 + Fraction(1, 3)):
        words = observation_words(Amount.of(number, "元"))
        assert words.endswith("0 元") and "/" not in words and ("≈" in words) is (number.denominator != 1)


@pytest.mark.parametrize(
    ("condition", "given_facts", "zh", "en"),
    [
        (
            Course.coverage >= "80 %",
            {"coverage": "72 %"},
            "规则：未达标，实际 72%，应不低于 80%，尚差 8 个百分点。",
            "rule: UNMET, observed 72%, required at least 80%, short by 8 percentage points.",
        ),
        (
            Course.coverage <= "80 %",
            {"coverage": "90 %"},
            "规则：未达标，实际 90%，应不超过 80%，超标 10 个百分点。",
            "rule: UNMET, observed 90%, required at most 80%, above by 10 percentage points.",
        ),
        (
            pe.equal(Course.coverage, "200/3 %"),
            {"coverage": "65 %"},
            # 200/3 − 65 = 5/3 = 1.666…
            "规则：不符，实际 65%，应等于 ≈66.67%，差额 ≈1.67 个百分点。",
            "rule: UNMET, observed 65%, required ≈66.67%, difference ≈1.67 percentage points.",
        ),
        (
            Course.growth >= "5 ‰",
            {"growth": "4 ‰"},
            "规则：未达标，实际 4‰，应不低于 5‰，尚差 1 个千分点。",
            "rule: UNMET, observed 4‰, required at least 5‰, short by 1 per-mille point.",
        ),
        (
            pe.equal(Course.score, "40 个[分值]"),
            {"score": "50 个[分值]"},
            "规则：不符，实际 50 分，应等于 40 分，差额 10 分。",
            "rule: UNMET, observed 50 points, required 40 points, difference 10 points.",
        ),
        (
            Course.stages >= "2 个[阶段]",
            {"stages": "1 个[阶段]"},
            "规则：未达标，实际 1 个阶段，应不少于 2 个阶段，尚差 1 个阶段。",
            "rule: UNMET, observed 1 个阶段, required at least 2 个阶段, short by 1 个阶段.",
        ),
        (
            # 20/3 + 1 = 23/3 = 7.666…; 8 − 23/3 = 1/3
            Course.fee + Course.aid >= "8 元",
            {"fee": "20/3 元", "aid": "1 元"},
            "规则：未达标，实际 ≈6.67 元 + 1 元 ≈ 7.67 元，应不少于 8 元，缺口 ≈0.33 元。",
            "rule: UNMET, observed ≈6.67 元 + 1 元 ≈ 7.67 元, required at least 8 元, short by ≈0.33 元.",
        ),
        (
            Course.times >= "2 期",
            {},
            "规则：资料不足，待核实，应不少于 2 期。",
            "rule: UNKNOWN, required at least 2 期, facts are missing.",
        ),
        (pe.equal(Course.begins, ON), {"begins": "2026-07-01"}, "规则：不符，实际 2026-07-01，应为 2026-06-30。", None),
    ],
)
def test_findings_by_hand(condition: Any, given_facts: dict[str, Any], zh: str, en: str | None) -> None:
    """What a reviewer would write of a share, a score, a count, a sum, a day, and what is not known."""
    finding = judged(condition, given_facts)
    assert zh == pe.finding_sentence(finding)
    assert en is None or en == pe.finding_sentence(finding, "en")


def test_what_does_not_apply_says_why_and_not_what_it_would_require() -> None:
    """Before it is in force a ceiling asks for nothing."""
    later = pe.InForce(since=datetime.date(2027, 1, 1))
    finding = judged(Course.fee <= "133920 元", {"fee": "200000 元"}, in_force=later, obligation="in_principle")
    assert pe.finding_sentence(finding) == "规则：不适用，2026-06-30 不在有效期内。"
    assert pe.finding_sentence(finding, "en") == "rule: NOT APPLICABLE, not in force on 2026-06-30."


def test_what_is_missing_is_named_unless_the_label_names_it() -> None:
    """偏差原因：缺失 says it; a rule of another name adds what must be there."""
    finding = judged(Course.why, {"why": False})
    assert pe.finding_sentence(finding) == "规则：缺失（偏差原因）。"
    for label in (
        pe.Label("偏差原因", "Cause of the deviation"),
        pe.Label("分析偏差原因", "its cause of the deviation"),
    ):
        named = evolve(finding, label=label)
        assert pe.finding_sentence(named) == f"{label.zh}：缺失。"
        assert pe.finding_sentence(named, "en") == f"{label.en}: UNMET."


@pytest.mark.parametrize(
    ("obligation", "zh", "en"),
    [
        ("must", "不应等于 40 分", "required other than 40 points"),
        ("in_principle", "原则上不应等于 40 分", "in principle other than 40 points"),
        ("should", "不宜等于 40 分", "preferably other than 40 points"),
    ],
)
def test_what_must_not_equal_a_figure_says_so(obligation: str, zh: str, en: str) -> None:
    """A finding with what was seen and no relation that bounds it must not equal what it is held against."""
    forty = Amount.parse("40 个[分值]")
    finding = evolve(
        judged(Course.why, {"why": False}),
        aspect=None,
        observed=forty,
        required=forty,
        obligation=pe.Obligation(obligation),
    )
    assert pe.finding_sentence(finding) == f"规则：不符合，实际 40 分，{zh}。"
    assert pe.finding_sentence(finding, "en") == f"rule: UNMET, observed 40 points, {en}."


@pytest.mark.parametrize(
    ("condition", "zh"),
    [
        (Course.coverage >= "80 %", "覆盖率不低于 80%。"),
        (~(Course.coverage >= "80 %"), "覆盖率低于 80%。"),
        (~(Course.coverage < "80 %"), "覆盖率不低于 80%。"),
        (Course.coverage <= "80 %", "覆盖率不超过 80%。"),
        (Course.times >= "2 期", "期数不少于 2 期。"),
        (Course.begins <= ON, "开班日不晚于 2026-06-30。"),
        ((Course.times >= "2 期").when(Course.begins >= ON), "开班日不早于 2026-06-30 的，期数不少于 2 期。"),
        (Office.staff.count(where=~Person.active) <= "3 人", "不满足“在岗”的工作人员数量不超过 3 人。"),
        (Office.staff.some(Person.active), "至少一名工作人员：在岗。"),
        ((Course.fee >= "5 元") | (Course.lately >= "2 期"), "费用不少于 5 元，或 5 年期数不少于 2 期。"),
    ],
)
def test_rules_by_hand(condition: Any, zh: str) -> None:
    """A share is low, a number few; a numeral stands apart from the words; persons are counted 名."""
    assert zh == pe.rule_sentence(pe.Rule("rule", condition))


# --- a review --------------------------------------------------------------------------------------------


def reviewed(*findings: pe.Finding, about: pe.Label | None = None) -> pe.Review:
    """Return a review of findings."""
    return pe.Review(title=pe.Label("审核", "review"), about=about, on=ON, findings=findings)


def test_what_is_not_due_has_its_own_group_and_number() -> None:
    """到期再核 is not filed under what lacks facts, is counted apart, and is not spoken of where there is none."""
    due = datetime.date(2026, 12, 31)
    early = judged(Course.times >= "2 期", {"times": "1 期"}, due=due)
    lacking = judged(Course.times >= "2 期", {}, due=due)
    both, alone, without = reviewed(early, lacking), reviewed(early), reviewed(lacking)

    words = pe.review_text(both).splitlines()
    assert "结论：资料不足，待核实（错误 0，疑点 0，待核实 1，到期再核 1，符合 0，提示 0）" in words
    at = words.index("到期再核 (1)")
    assert "尚未到期（2026-12-31）" in words[at + 1] and words.index("资料不足，待核实 (1)") < at
    assert "结论：到期再核（错误 0，疑点 0，待核实 0，到期再核 1，符合 0，提示 0）" in pe.review_text(alone)
    assert "资料不足" not in pe.review_text(alone) and "到期再核" not in pe.review_text(without)

    english = pe.review_text(both, "en")
    assert "unknown 1, not yet due 1, met 0" in english and "\nNot yet due (1)\n" in english
    assert "Not yet due" not in pe.review_text(without, "en") and "not yet due 0" not in pe.review_text(without, "en")


def test_a_review_is_headed_by_what_it_is_about() -> None:
    """The subject stands after the title, where it is known."""
    town = pe.Label("东山镇", "Dongshan")
    assert pe.review_text(reviewed(about=town)).splitlines()[0] == "审核 — 东山镇"
    assert pe.review_text(reviewed(about=town), "en").splitlines()[0] == "review — Dongshan"
    assert pe.review_text(reviewed()).splitlines()[0] == "审核"


@pytest.mark.parametrize(
    ("missing", "zh", "en"),
    [
        (
            pe.Missing("park.classes", pe.Label("举办培训班期数", "classes held"), "期"),
            "举办培训班期数（classes 期）",
            None,
        ),
        (
            pe.Missing("park.带动就业人数", pe.Label("带动就业人数", "jobs"), "人"),
            "带动就业人数（人）",
            "jobs (带动就业人数 人)",
        ),
        (pe.Missing("park.hours", pe.Label("学时", "hours"), "学时"), "学时（hours）", "hours (学时)"),
        (pe.Missing("park.公开", pe.Label("公开", "公开"), None), "：公开\n", ": 公开\n"),
        (
            pe.Missing("park.fee", pe.Label("费用", "cost"), "元", planned=True),
            "费用（fee 元，只有计划数）",
            "planned only)",
        ),
        (pe.Missing("park.公开", pe.Label("公开", "open"), None, planned=True), "公开（只有计划数）", None),
    ],
)
def test_what_to_ask_for_is_not_said_twice(missing: pe.Missing, zh: str, en: str | None) -> None:
    """A fact is listed with its name in JSON and its unit, unless its label is that name or that unit."""
    review = reviewed(evolve(judged(Course.times >= "2 期", {}), missing=(missing,)))
    assert zh in pe.review_text(review)
    assert en is None or en in pe.review_text(review, "en")


def test_the_place_of_what_to_ask_for_stands_in_the_brackets_of_the_language() -> None:
    """东山镇（towns[0]） in Chinese, and each of those not listed with 各."""
    label, town = pe.Label("费用", "cost"), pe.Label("乡镇", "town")
    for path, zh, en in (
        ("towns[0].fee", "1. 乡镇（towns[0]）：费用（fee 元）", "1. town (towns[0]): cost (fee 元)"),
        ("towns[*].fee", "1. 各乡镇（towns[*]）：费用（fee 元）", "1. each town (towns[*]): cost (fee 元)"),
    ):
        review = reviewed(evolve(judged(Course.times >= "2 期", {}), missing=(pe.Missing(path, label, "元", of=town),)))
        assert zh in pe.review_text(review) and en in pe.review_text(review, "en")
