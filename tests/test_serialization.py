"""JSON: rules come back equal and judge alike, and hostile text is refused with every problem named."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import perfeval as pe
from perfeval.facts import Stage
from perfeval.judging import judge_rule
from perfeval.strategies import Office, Person, facts, rules
from perfeval.subjects import read

DAY = datetime.date(2026, 6, 30)
FULL = pe.Rule(
    "full",
    Office.reserve >= pe.by(Office.kind, {"大": "3 元/年", "中": "2 元/年", "小": "1 元/年"}),
    when=Office.rural & (Office.founded < DAY),
    label=pe.Label("结余", "reserve"),
    citation=pe.Citation(
        title="办法", number="〔2026〕1号", clause="第三条", quote="不低于", evidence=pe.Evidence.PRIMARY
    ),
    severity=pe.Severity.DOUBT,
    stage=Stage.ACHIEVED,
    due=DAY,
    in_force=pe.InForce(since=DAY),
    remedy=pe.Label("增加结余", "raise the reserve"),
)


@settings(max_examples=40)
@given(rules(), facts(Office))
def test_a_rule_equals_its_round_trip_and_judges_alike(rule: pe.Rule, given_facts: dict[str, Any]) -> None:
    """A rule read back from its JSON is equal, hashes alike and finds the same."""
    again = pe.rule_from_json(pe.rule_to_json(rule))
    assert again == rule
    assert hash(again) == hash(rule)
    assert again.subject == rule.subject
    one = judge_rule(rule, read(Office, given_facts), on=DAY)
    other = judge_rule(again, read(again.subject, given_facts), on=DAY)
    assert one == other


def test_everything_about_a_rule_comes_back() -> None:
    """Label, citation, severity, stage, days and remedy are all in the JSON."""
    assert pe.rule_from_json(pe.rule_to_json(FULL)) == FULL
    standard = pe.Standard("one", [FULL], citation=FULL.citation, in_force=pe.InForce(since=DAY))
    assert pe.standard_from_json(pe.standard_to_json(standard)) == standard
    assert pe.rule_from_json(pe.rule_to_json(FULL).encode()) == FULL


def document(rule: pe.Rule = FULL) -> dict[str, Any]:
    """Return the JSON of a rule as plain data to spoil."""
    data: dict[str, Any] = json.loads(pe.rule_to_json(rule))
    return data


def refused(data: object) -> tuple[pe.Problem, ...]:
    """Return the problems for which a rule's JSON is refused."""
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    with pytest.raises(pe.JSONError) as caught:
        pe.rule_from_json(text)
    assert len(str(caught.value)) < 5000
    return caught.value.problems


def test_unknown_keys_and_wrong_types_are_all_listed() -> None:
    """Three mistakes in one rule are three problems, each with its place, one with the name that was meant."""
    data = document()
    data["rule"]["severty"] = "doubt"
    data["rule"]["due"] = 20260630
    data["rule"]["label"]["zh"] = 5
    problems = refused(data)
    assert len(problems) >= 3
    said = "\n".join(str(problem) for problem in problems)
    assert "severty" in said
    assert "severity" in said
    assert "20260630" in said
    assert "label.zh" in said


@pytest.mark.parametrize(
    "path",
    [
        ("schema",),
        ("subjects",),
        ("rule",),
        ("rule", "name"),
        ("rule", "condition"),
        ("rule", "condition", "node"),
        ("rule", "condition", "left"),
        ("rule", "condition", "left", "subject"),
        ("rule", "condition", "left", "name"),
        ("rule", "condition", "operator"),
        ("rule", "condition", "right", "cases"),
        ("rule", "when", "parts"),
        ("rule", "severity"),
        ("rule", "stage"),
        ("rule", "due"),
        ("rule", "in_force", "since"),
        ("subjects", -1, "facts"),
        ("subjects", -1, "unit"),
        ("subjects", -1, "name"),
        ("subjects", -1, "facts", 0, "unit"),
        ("subjects", -1, "facts", 0, "at_least"),
        ("subjects", -1, "facts", 0, "fact"),
        ("subjects", -1, "facts", 2, "kinds"),
        ("subjects", -1, "facts", 5, "element"),
    ],
)
@pytest.mark.parametrize("value", [7, [], {"node": "Sum", "terms": []}])
def test_a_wrong_value_anywhere_is_refused_with_its_place(path: tuple[Any, ...], value: object) -> None:
    """Whatever stands where something else belongs is a JSONError and never another exception."""
    data = document()
    inner: Any = data
    for step in path[:-1]:
        inner = inner[step]
    if value == [] and path in (("subjects", -1, "facts"), ("subjects",)):
        assert "subject" in str(refused(data | {"subjects": []}))
        return
    inner[path[-1]] = value
    assert refused(data)


@pytest.mark.parametrize(
    ("subject", "fact", "key", "value"),
    [
        (-1, 0, "at_least", {"n": "5", "unit": "天"}),
        (-1, 0, "at_least", {"n": "50", "unit": "元/年"}),
        (-1, 0, "decimals", -1),
        (-1, 2, "kinds", []),
        (-1, 2, "kinds", ["大", "大", "中", "小"]),
        (-1, 5, "at_least", -1),
        (-1, 5, "at_most", -1),
        (-1, 1, "name", "budget"),
    ],
)
def test_a_subject_that_could_not_be_declared_is_refused(subject: int, fact: int, key: str, value: object) -> None:
    """Bounds that cross or of another unit, doubled kinds and doubled names are refused from JSON as from Python."""
    data = document()
    data["subjects"][subject]["facts"][fact][key] = value
    assert refused(data)


def test_a_subject_counted_in_money_is_refused() -> None:
    """What instances are counted in must count, in JSON as in Python."""
    data = document()
    data["subjects"][-1]["unit"] = "元"
    assert refused(data)


@pytest.mark.parametrize(
    "node",
    [
        {"node": "All", "parts": []},
        {"node": "Any", "parts": []},
        {
            "node": "Compare",
            "left": {"node": "Sum", "terms": []},
            "operator": ">=",
            "right": {"node": "Sum", "terms": []},
        },
        {
            "node": "Compare",
            "left": {"node": "Product", "factors": []},
            "operator": ">=",
            "right": {"node": "Product", "factors": []},
        },
    ],
)
def test_empty_nodes_are_refused(node: dict[str, Any]) -> None:
    """A sum, a product or a conjunction of nothing is refused."""
    data = document()
    data["rule"]["condition"] = node
    assert refused(data)


@pytest.mark.parametrize(
    ("kind", "drop", "add"),
    [
        ("sum", "of", {}),
        ("minimum", "of", {}),
        ("share", "where", {}),
        ("sum", None, {"among": {"node": "Flag", "subject": "Person", "name": "active"}}),
        ("count", None, {}),
    ],
)
def test_an_aggregate_with_the_wrong_parts_is_refused(kind: str, drop: str | None, add: dict[str, Any]) -> None:
    """A sum without what it sums, a share without its condition, and parts that do not belong are refused."""
    built = Office.staff.share(Person.active) >= "1 %" if kind == "share" else Office.staff.sum(Person.pay) >= "1 元/月"
    data = document(pe.Rule("staff", built))
    left = data["rule"]["condition"]["left"]
    left["kind"] = kind
    left.update(add)
    if drop is not None:
        del left[drop]
    assert refused(data)


def test_units_are_checked_when_a_rule_is_read() -> None:
    """A threshold in another unit is refused on reading, naming both."""
    data = document(pe.Rule("plain", Office.reserve >= "5 元/年"))
    data["rule"]["condition"]["right"]["amount"]["unit"] = "学时"
    said = "\n".join(str(problem) for problem in refused(data))
    assert "学时" in said
    assert "元/年" in said


def test_a_misspelt_fact_names_the_nearest() -> None:
    """A fact that the subject does not declare is refused with the one that was meant."""
    data = document(pe.Rule("plain", Office.reserve >= "5 元/年"))
    data["rule"]["condition"]["left"]["name"] = "reserv"
    assert any(problem.nearest == "reserve" for problem in refused(data))


# --- hostile text ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "NaN",
        "[Infinity]",
        "[-Infinity]",
        "1e999999999",
        "[1E5]",
        "9" * 1_000_000,
        "0." + "1" * 1_000_000,
        '{"a": 1, "a": 2}',
        '{"a": {"b": 1, "b": 1}}',
        "[" * 10_000 + "]" * 10_000,
        "[" * 300 + "]" * 300,
        '{"a":' * 10_000 + "1" + "}" * 10_000,
        "[" * 10_000,
        "{'a': 1}",
        "\x00",
        "１",
    ],
)
def test_hostile_text_is_refused(text: str) -> None:
    """What is not plain JSON of sane size is refused in well under a second, as text and as bytes."""
    for form in (text, text.encode()):
        with pytest.raises(pe.JSONError) as caught:
            pe.rule_from_json(form)
        assert len(str(caught.value)) < 1000


@pytest.mark.parametrize("raw", [b"\xff\xfe{", "{}".encode("utf-16"), "办法".encode("gb18030")])
def test_bytes_that_are_not_utf8_are_refused(raw: bytes) -> None:
    """Another encoding is named, not guessed."""
    with pytest.raises(pe.JSONError, match="UTF-8"):
        pe.load_json(raw)


def test_numbers_stay_exact() -> None:
    """Decimals are read as they are written, whole numbers as whole numbers."""
    assert pe.load_json('[0.1, 3, -0.30, "x", null, true]') == [
        Decimal("0.1"),
        3,
        Decimal("-0.30"),
        "x",
        None,
        True,
    ]
    assert str(pe.load_json("0.30")) == "0.30"


def test_a_doubled_key_is_named() -> None:
    """A key that stands twice is named, wherever it stands."""
    with pytest.raises(pe.JSONError, match="amount"):
        pe.load_json('{"x": [{"amount": 1, "amount": 2}]}')


def test_a_rule_nested_too_deep_is_refused() -> None:
    """Conditions nested past the limit are refused from JSON, as they are in Python."""
    data = document(pe.Rule("plain", ~Office.rural))
    for _ in range(70):
        data["rule"]["condition"] = {"node": "Not", "part": data["rule"]["condition"]}
    said = "\n".join(str(problem) for problem in refused(data))
    assert "64" in said


@settings(max_examples=15)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=8,
    )
)
def test_any_json_is_a_rule_or_refused(data: Any) -> None:
    """Arbitrary JSON in the place of a rule, of its condition and of its subjects is refused as JSONError."""
    for key in ("rule", "subjects"):
        spoilt = document()
        spoilt[key] = data
        assert refused(spoilt)
    spoilt = document()
    spoilt["rule"]["condition"] = data
    assert refused(spoilt)


# --- reviews -----------------------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(st.lists(rules(1), min_size=1, max_size=3), facts(Office), st.sampled_from(("zh", "en")))
def test_a_review_is_plain_json(built: list[pe.Rule], given_facts: dict[str, Any], lang: Any) -> None:
    """A review becomes JSON without floats, with an id and a verdict for every finding."""
    named = [pe.Rule(f"rule_{index}", rule.condition, when=rule.when) for index, rule in enumerate(built)]
    review = pe.Standard("one", named).judge(given_facts, on=DAY)
    data = pe.review_to_data(review, lang=lang)
    text = json.dumps(data, ensure_ascii=False, allow_nan=False)

    def no_float(literal: str) -> None:
        raise AssertionError(literal)

    again = json.loads(text, parse_float=no_float)
    assert again["schema"] == "perfeval.review/1"
    assert again["verdict"] == review.verdict.value
    assert [one["id"] for one in again["findings"]] == [finding.id for finding in review.findings]
    wanted = {
        "id",
        "rule",
        "verdict",
        "severity",
        "stage",
        "observed",
        "required",
        "shortfall",
        "missing",
        "reason",
    }
    wanted |= {"suggestion", "citation", "spans", "children"}
    assert all(wanted <= one.keys() for one in again["findings"])


def test_an_amount_in_a_review_by_hand() -> None:
    """The shortfall of 200 元/月 against 2,300 元/年 is 25/3 元/月, exactly."""
    review = pe.Standard("one", [pe.Rule("floor", Office.reserve >= "200 元/月")]).judge(
        {"reserve": "2300 元/年"}, on=DAY
    )
    data: Any = pe.review_to_data(review)
    assert data["findings"][0]["shortfall"] == {"n": "25/3", "unit": "元/月"}
    assert data["findings"][0]["relation"] == ">="


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("subjects", -1, "facts", 2, "kinds"), "大中小"),
        (("subjects", -1, "facts", 2, "kinds"), {"大": 1, "中": 2, "小": 3}),
        (("subjects", -1, "facts"), {}),
        (("rule", "when", "parts"), "ab"),
        (("rule", "condition", "right", "cases"), [["大"]]),
        (("rule", "condition", "right", "cases"), ["大中"]),
    ],
)
def test_a_string_is_never_taken_apart(path: tuple[Any, ...], value: object) -> None:
    """Text or an object where a list belongs is refused, and not read letter by letter or key by key."""
    data = document()
    inner: Any = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert any("list" in problem.needed for problem in refused(data))


def test_a_word_that_is_none_of_those_known_names_them() -> None:
    """A misspelt severity is refused with what came, what is known, and the nearest."""
    data = document()
    data["rule"]["severity"] = "doubd"
    (problem,) = refused(data)
    assert ("rule.severity", "'doubd'", "doubt") == (problem.where, problem.came, problem.nearest)
    assert "error, doubt, note" in problem.needed


def test_a_condition_is_no_quantity_and_a_quantity_no_condition() -> None:
    """A flag cannot be compared and a measure cannot be joined: each is refused at its place, saying what fits."""
    flag = {"node": "Flag", "subject": "Office", "name": "rural"}
    measured = {"node": "Measure", "subject": "Office", "name": "reserve"}
    data = document(pe.Rule("plain", (Office.reserve >= "5 元/年") & Office.rural))
    data["rule"]["condition"]["parts"] = [{**data["rule"]["condition"]["parts"][0], "left": flag}, measured]
    places = {problem.where for problem in refused(data)}
    assert {"rule.condition.parts[0].left node", "rule.condition.parts[1] node"} == places


def test_a_subject_written_twice_is_refused() -> None:
    """Two subjects of one name in one document are refused, not silently overwritten."""
    data = document()
    data["subjects"].append(data["subjects"][-1])
    assert any(problem.needed == "each subject once" for problem in refused(data))


def test_two_classes_of_one_name_are_refused_before_they_are_written() -> None:
    """Where two collections hold different classes of one name no rule can be built, even one that names neither."""

    def player(fact: str) -> type:
        return pe.subject(type("Player", (), {fact: pe.measure("元")}))

    @pe.subject
    class Club:
        money = pe.measure("元")
        ones = pe.many(player("one"))
        others = pe.many(player("other"))

    with pytest.raises(pe.RuleError, match="Player"):
        pe.Rule("rule", Club.money >= "1 元")
