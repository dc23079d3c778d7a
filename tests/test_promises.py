"""The ten promises of the design, each in one short test."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Context, localcontext

import pytest

import perfeval as pe
from perfeval.amounts import Amount
from perfeval.standards import shelf
from perfeval.strategies import Office, Person

DAY = datetime.date(2026, 6, 30)
FLOOR = pe.Rule("floor", Office.reserve >= "200 元/月")
STANDARD = pe.Standard("one", [FLOOR])


def test_promise_1_units_when_built_values_when_they_enter() -> None:
    """A wrong unit is refused in the rule, a bare number in the facts."""
    with pytest.raises(pe.UnitMismatch):
        pe.Rule("wrong", Office.reserve >= "40 学时")
    with pytest.raises(pe.FactsError):
        STANDARD.judge({"reserve": 2400}, on=DAY)
    assert STANDARD.judge({"reserve": 2400}, on=DAY, units={"reserve": "元/年"}).verdict is pe.Verdict.MET


def test_promise_2_exact_whatever_the_decimal_context() -> None:
    """3n 元 a quarter is n 元 a month, for each n, under a context of one digit."""
    with localcontext(Context(prec=1)):
        for number in range(1, 200):
            rule = pe.Rule("floor", Office.reserve >= Amount.of(number, "元/月"))
            review = pe.Standard("one", [rule]).judge({"reserve": Amount.of(3 * number, "元/季度")}, on=DAY)
            assert review.verdict is pe.Verdict.MET


def test_promise_3_comparison_comes_before_rounding() -> None:
    """2.995 is below 3 unless a rule rounds to fen by a named mode first."""
    facts = {"reserve": "2.995 元/年"}
    plain = pe.Rule("plain", Office.reserve >= "3 元/年")
    rounded = pe.Rule("rounded", Office.reserve.round("0.01 元/年", "HALF_UP") >= "3 元/年")
    review = pe.Standard("two", [plain, rounded]).judge(facts, on=DAY)
    assert [finding.verdict for finding in review] == [pe.Verdict.UNMET, pe.Verdict.MET]


def test_promise_4_a_missing_fact_is_unknown_and_named() -> None:
    """Nothing given is neither a pass nor a crash: the path of the missing fact is said."""
    finding = STANDARD.judge({}, on=DAY)["floor"]
    assert finding.verdict is pe.Verdict.UNKNOWN
    assert [missing.path for missing in finding.missing] == ["reserve"]


def test_promise_5_a_finding_explains_itself() -> None:
    """Observed, required, shortfall, severity, source and derivation are there."""
    record = STANDARD.read({"reserve": "2300 元/年"}, source="台账")
    finding = STANDARD.findings(record, on=DAY)[0]
    assert finding.observed == Amount.parse("2300 元/年")
    assert finding.required == Amount.parse("200 元/月")
    assert finding.shortfall == Amount.parse("100 元/年")
    assert finding.severity is pe.Severity.ERROR
    assert finding.sources == ("台账",)
    assert pe.derive(FLOOR, record, on=DAY)


def test_promise_6_rules_are_data() -> None:
    """A rule prints as a sentence, goes to JSON and back, and compares with another."""
    assert "200 元/月" in pe.rule_sentence(FLOOR)
    assert pe.rule_from_json(pe.rule_to_json(FLOOR)) == FLOOR
    assert FLOOR != pe.Rule("floor", Office.reserve > "200 元/月")


def test_promise_7_dated_and_staged() -> None:
    """A plan never meets an achievement, and a target that is not due is not missed."""
    rule = pe.Rule("achieved", Office.reserve >= "1 元/年", stage=pe.Stage.ACHIEVED, due=DAY)
    standard = pe.Standard("one", [rule])
    assert standard.judge({"reserve": "5 元/年"}, on=DAY, stage="planned").verdict is pe.Verdict.UNKNOWN
    assert standard.judge({"reserve": "0 元/年"}, on=DAY - datetime.timedelta(1)).verdict is pe.Verdict.UNKNOWN
    assert standard.judge({"reserve": "0 元/年"}, on=DAY).verdict is pe.Verdict.UNMET


def test_promise_7_a_standard_may_only_be_tightened() -> None:
    """A raised floor is taken; a lowered one is refused with both clauses and a counterexample."""
    local = pe.Citation(title="办法", evidence=pe.Evidence.GENERAL)
    strict = STANDARD.tightened("local", citation=local, figures={"floor": "300 元/月"})
    assert pe.implies(strict, STANDARD)
    with pytest.raises(pe.RuleError, match="reserve = "):
        STANDARD.tightened("local", citation=local, figures={"floor": "100 元/月"})


def test_promise_8_one_meaning_for_one_and_for_many() -> None:
    """Judging many, judging one and the quick verdicts agree on every row."""
    rows = [{"reserve": f"{number} 元/年"} for number in (2399, 2400, 2401)] + [{}]
    reviews = STANDARD.judge_all(rows, on=DAY)
    assert [review.verdict.value for review in reviews] == ["unmet", "met", "met", "unknown"]
    assert reviews == tuple(STANDARD.judge(row, on=DAY) for row in rows)
    assert [STANDARD.verdicts(STANDARD.read(row), on=DAY)["floor"] for row in rows] == [one.verdict for one in reviews]


def test_promise_9_importing_is_light() -> None:
    """``import perfeval`` loads none of the optional or heavy parts."""
    code = (
        "import sys, json, perfeval; "
        "print(json.dumps([n for n in ('pint', 'cattrs', 'hypothesis', 'pandas', 'narwhals') if n in sys.modules]))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(shown.stdout) == []


def test_promise_9_eight_threads_agree() -> None:
    """Eight threads judging the shipped cases find what one finds."""
    pack = shelf.load("yuxi_2023_5")

    def findings(_: int) -> list[tuple[pe.Finding, ...]]:
        return [pack.standard.findings(pack.standard.read(case.facts), on=case.on) for case in pack.cases]

    alone = findings(0)
    with ThreadPoolExecutor(8) as pool:
        assert all(found == alone for found in pool.map(findings, range(16)))


def test_promise_9_what_is_built_cannot_be_changed() -> None:
    """Rules and findings refuse assignment."""
    finding = STANDARD.judge({}, on=DAY)["floor"]
    for thing, name in ((FLOOR, "name"), (finding, "verdict"), (STANDARD, "rules"), (Office.reserve, "fact")):
        with pytest.raises(AttributeError):
            setattr(thing, name, None)


def test_promise_10_bad_input_is_told_at_once() -> None:
    """A megabyte of digits, a misspelt fact and a float are three problems, all told."""
    with pytest.raises(pe.PerfevalError) as caught:
        STANDARD.judge(
            {
                "reserve": "9" * 1_000_000,
                "budgt": "1 元/年",
                "budget": 0.5,
                "staff": [{"pay": "9**9**9 元/月"}],
            },
            on=DAY,
        )
    assert len(caught.value.problems) == 4
    assert any(problem.nearest == "budget" for problem in caught.value.problems)
    assert Person.pay.fact.name in str(caught.value)
