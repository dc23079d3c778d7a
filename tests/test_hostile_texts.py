"""Texts that are careless or hostile: what was not read is never judged as if it had been, and nothing crashes."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import perfeval as pe
from perfeval import documents

PARK = (Path(__file__).parent.parent / "docs" / "examples" / "park_2026.txt").read_text(encoding="utf-8")
HEAD = "一、项目名称\n道路养护。\n"
FIGURES = (
    "50,000.00",
    "25,000.00",
    "10,000.00",
    "15,000.00万",
    "3,000.00",
    "65%",
    "5 天",
    "40学时",
    "一期",
    "二期",
    "2026",
)
ODD = (
    "0",
    "-3",
    "1.5",
    "½",
    "999999999999999999",
    "2-3",
    "150%",
    "XX",
    "15,00.00",
    "十",
    "3万元/人",
    "",
    "①",
    "\u2028",
    "1 000",
)


def _funding(lines: str) -> pe.Finding:
    text = f"{HEAD}六、资金安排情况\n2026年申请预算资金3万元，其中：{lines}。"
    return pe.review(text)["lines_equal_total"]


@pytest.mark.parametrize(
    "line", ["15 00元", "1.0.0万元", "①万元", "1万元/人", "10%", "5天", "9999999999999999999元", "-1万元", "XX万元"]
)
def test_an_amount_that_was_not_read_leaves_the_sum_unknown(line: str) -> None:
    """3 万元 of 3 万元 would be met, if there were not a line beside it that could not be read."""
    assert _funding(f"材料费3万元、人工费{line}").verdict is pe.Verdict.UNKNOWN


@pytest.mark.parametrize("amount", ["3万元以上", "不超过3万元", "2—9万元", "3万元左右"])
def test_a_bound_is_not_an_exact_amount(amount: str) -> None:
    """What is only bounded could be 3 万元 or not."""
    assert _funding(f"材料费{amount}").verdict is pe.Verdict.UNKNOWN


def test_a_bound_that_cannot_be_met_is_unmet() -> None:
    """At least 4 万元 is never 3 万元."""
    assert _funding("材料费4万元以上").verdict is pe.Verdict.UNMET


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\x0b", "\x85"])
def test_lines_may_end_in_any_way(end: str) -> None:
    """A file from another system has the same findings."""
    expected = [(one.id, one.verdict, one.shortfall) for one in pe.review(PARK)]
    assert [(one.id, one.verdict, one.shortfall) for one in pe.review(PARK.replace("\n", end))] == expected


@pytest.mark.parametrize(
    "content",
    [
        "2026年每户补助2-3万元/户。",
        "2026年每场补助10至20元/次，误餐200—300元/人·天。",
        "面向企业组织2026年养护员培训，完成150%养护员培训覆盖率。",
        "2026年举办养护员培训1.5期。",
        "2026年举办养护员培训3次，每次8学时。",
    ],
)
def test_odd_figures_of_a_text_are_never_the_callers_fault(content: str) -> None:
    """Whatever figure a text holds, reviewing it gives findings."""
    assert len(pe.review(f"{HEAD}五、项目实施内容\n{content}\n")) > 0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(FIGURES), st.sampled_from(ODD)), min_size=1, max_size=4))
def test_a_mutated_text_is_reviewed_or_refused_by_name(changes: list[tuple[str, str]]) -> None:
    """Any figures exchanged for odd ones give a review whose spans quote the text, or a PerfevalError."""
    text = PARK
    for old, new in changes:
        text = text.replace(old, new)
    try:
        review = pe.review(text, on=datetime.date(2026, 1, 1))
    except pe.DocumentError:
        return
    spans = [span for top in review for finding in top.walk() for span in finding.spans]
    assert all(text[span.start : span.end] == span.text for span in spans)
    json.dumps(pe.review_to_data(review))
    assert pe.review_text(review)


def test_control_characters_do_not_reach_the_terminal() -> None:
    """An escape sequence in a text is shown as a replacement character."""
    assert "\x1b" not in pe.review_text(pe.review(PARK.replace("办公费", "办公\x1b[2J费")))


def test_half_a_character_is_refused() -> None:
    """A lone surrogate cannot be written to any file, so it is not taken in."""
    with pytest.raises(pe.DocumentError):
        pe.review(PARK + "\ud800")
    with pytest.raises(pe.JSONError):
        pe.load_json('"\\ud800"')


def test_facts_that_would_be_ignored_are_refused() -> None:
    """What the text itself says is not overruled by facts."""
    with pytest.raises(pe.FactsError):
        pe.review(PARK, facts={"budget_consistency": {"total": "99 元"}})
    with pytest.raises(pe.FactsError):
        pe.review(PARK, facts=[])  # type: ignore[arg-type]


def test_a_small_rule_cannot_hide_a_huge_one() -> None:
    """Parts that are used again and again are counted each time."""

    @pe.subject
    class Kiosk:
        kind = pe.category("甲", "乙")
        rent = pe.measure("元/年")

    case = Kiosk.rent + "1 元/年"
    with pytest.raises(pe.RuleError):
        for _ in range(30):
            case = pe.by(Kiosk.kind, {"甲": case, "乙": case})


def test_dates_must_be_days() -> None:
    """A date-time or text where a day is needed is refused when the rule or the standard is built."""

    @pe.subject
    class Kiosk:
        rent = pe.measure("元/年")

    moment = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    with pytest.raises(pe.RuleError):
        pe.Rule("rent", Kiosk.rent >= "1 元/年", due=moment)
    with pytest.raises(pe.RuleError):
        pe.InForce(since=moment)
    with pytest.raises(pe.RuleError):
        pe.Rule("rent", Kiosk.rent >= "1 元/年", severity="warn")
    with pytest.raises(pe.RuleError):
        pe.given("1 元/年", stage="plan")


@pytest.mark.parametrize("wrong", [None, 1, b"5", ["5"]], ids=["nothing", "number", "bytes", "list"])
def test_what_is_no_text_is_refused_by_name(wrong: object) -> None:
    """Every reader of texts says what it takes."""
    for reader in (documents.quantities, documents.periods, documents.read_text, documents.read_projects,
                   documents.read_report, documents.document_text, documents.projects_in, documents.render):  # fmt: skip
        with pytest.raises(pe.PerfevalError):
            reader(wrong)  # type: ignore[operator]
