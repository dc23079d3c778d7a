"""The main job: a published project text reviewed end to end, on the shipped examples and on the real text.

Each expected figure is derived by hand; the reckoning stands beside it.
"""

from __future__ import annotations

import datetime
import json
import os
import re
from pathlib import Path

import pytest

import perfeval as pe
from perfeval.documents import read_text

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "docs" / "examples"
PARK = (EXAMPLES / "park_2026.txt").read_text(encoding="utf-8")
CORPUS = Path(os.environ.get("PERFEVAL_CORPUS", ROOT.parent / "shared" / "seed"))
MET, UNMET, UNKNOWN = pe.Verdict.MET, pe.Verdict.UNMET, pe.Verdict.UNKNOWN


def _corpus() -> list[str]:
    """Return the real texts of the form, if there are any."""
    return [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt"))] if CORPUS.is_dir() else []


TEXTS = [pytest.param(PARK, id="example")] + [
    pytest.param(text, id=f"real-{index}") for index, text in enumerate(_corpus()) if "15,000.00万元" in text
]


def _child(review: pe.Review, rule: str, *path: str) -> pe.Finding:
    finding = review[rule]
    for label in path:
        finding = next(child for child in finding.children if label in child.label.zh)
    return finding


@pytest.mark.skipif(not _corpus(), reason="no folder of real texts: set PERFEVAL_CORPUS")
def test_a_real_text_is_there() -> None:
    """The folder of real texts holds at least one that can be reviewed."""
    assert all(len(pe.review(text)) > 0 for text in _corpus())


@pytest.mark.parametrize("text", TEXTS)
def test_lines_are_unmet_and_the_wrong_unit_is_explained(text: str) -> None:
    """25,000 + 10,000 + 150,000,000 = 150,035,000 元 against 50,000 元, mended by reading 15,000.00万元 as 元."""
    review = pe.review(text)
    finding = review["lines_equal_total"]

    assert (UNMET, pe.Severity.ERROR) == (finding.verdict, finding.severity)
    assert pe.Amount.parse("150,035,000 元") == finding.observed
    assert pe.Amount.parse("50,000 元") == finding.required
    assert pe.Amount.parse("149,985,000 元") == finding.shortfall
    chosen = review.diagnosis.chosen
    assert pe.Amount.parse("15,000 元") == chosen.reading
    assert "15,000.00万元" == chosen.figure.span.text
    assert 1 == len(review.diagnosis.candidates)
    # Two identities ask for it, each on its own: the lines (50,000 − 25,000 − 10,000) and the schedule
    # (25,000 − 10,000).
    assert {"lines_equal_total", "schedule_groups_equal_lines/1"} == {w.identity.key for w in chosen.mends}
    # Five figures stand in the two failing identities, each tried in the six other units of seven.
    assert 30 == review.diagnosis.tried
    for lang in ("zh", "en"):
        assert "50,000 元 − 25,000 元 − 10,000 元 = 15,000 元" in finding.suggestion.get(lang)
        assert "25,000 元 − 10,000 元 = 15,000 元" in finding.suggestion.get(lang)


@pytest.mark.parametrize("text", TEXTS)
def test_identities_that_hold_are_met(text: str) -> None:
    """Request = approval = 50,000, schedule 25,000 + 25,000, stages 3 + 2 ≥ 5, 40 ÷ 5 = 24 ÷ 3 = 8."""
    review = pe.review(text)

    assert MET is review["request_equals_approval"].verdict
    assert pe.Amount.parse("50,000 元") == review["request_equals_approval"].observed
    assert (MET, "25,000 元 + 25,000 元 = 50,000 元") == (
        review["schedule_equals_total"].verdict,
        review["schedule_equals_total"].worked,
    )
    stages = review["stages_fill_programme"].children[0]
    assert (MET, pe.Stage.PLANNED, "3 天 + 2 天 = 5 天") == (stages.verdict, stages.stage, stages.worked)
    assert pe.Amount.parse("8 学时/天") == review["hours_per_day_agree"].observed


@pytest.mark.parametrize("text", TEXTS)
def test_schedule_group_is_unmet_as_printed_and_met_as_suggested(text: str) -> None:
    """Training and meetings 25,000 against 10,000 + 150,000,000; the office group is an inferred match."""
    group = _child(pe.review(text), "schedule_groups_equal_lines", "会议培训费")
    office = _child(pe.review(text), "schedule_groups_equal_lines", "日常")

    assert UNMET is group.verdict
    assert pe.Amount.parse("150,010,000 元") == group.observed
    assert any("MET under" in remark.en or "this is MET" in remark.en for remark in group.remarks)
    assert MET is office.verdict
    assert any("inferred" in remark.en for remark in office.remarks)


@pytest.mark.parametrize("text", TEXTS)
def test_floors_are_unknown_and_name_what_is_missing(text: str) -> None:
    """The five floors need kinds, enterprises, members, secretaries and the money by channel."""
    review = pe.review(text)
    floors = (
        "committee_work_funding",
        "general_branch_work_funding",
        "branch_work_funding",
        "secretary_allowance",
        "member_education",
    )

    assert {UNKNOWN} == {review[name].verdict for name in floors}
    asked = {lack.path.split(".")[-1] for lack in review.requests}
    assert {"kind", "non_public", "members", "secretaries"} <= asked
    assert {
        f"{what}_{how}" for what in ("work", "education", "allowance") for how in ("fiscal", "pretax", "dues")
    } <= asked


@pytest.mark.parametrize("text", TEXTS)
def test_a_small_fiscal_amount_alone_never_makes_a_floor_unmet(text: str) -> None:
    """What the other channels give is not known, so one small amount decides nothing."""
    facts = {"yuxi_2023_5": {"kind": "党支部", "non_public": True, "work_fiscal": "1 元/年"}}

    assert UNKNOWN is pe.review(text, facts=facts)["branch_work_funding"].verdict


@pytest.mark.parametrize("text", TEXTS)
def test_facts_decide_the_floors(text: str) -> None:
    """甲 has 1,000 + 1,500 + 500 = 3,000 a year; 乙 1,200 + 1,000 + 300 = 2,500 and 100 元 a month."""
    facts = json.loads((EXAMPLES / "park_2026_facts.json").read_text(encoding="utf-8"))
    review = pe.review(text, facts=facts, on=datetime.date(2026, 6, 30))

    branch, allowance = review["branch_work_funding"], review["secretary_allowance"]
    assert [MET, UNMET] == [child.verdict for child in branch.children]
    assert pe.Amount.parse("500 元/年") == branch.children[1].shortfall
    # 甲书记: 150 + 600 ÷ 12 = 200 元 a month, exactly the floor.
    assert [MET, UNMET] == [child.verdict for child in allowance.children]
    # 35 × 100 = 3,500 = 2,000 + 1,000 + 500, and 12 × 100 = 1,200.
    assert MET is review["member_education"].verdict
    assert pe.Verdict.NOT_APPLICABLE is review["committee_work_funding"].verdict


@pytest.mark.parametrize("text", TEXTS)
def test_coverage_is_not_yet_due(text: str) -> None:
    """Targets are stated; what was achieved is unknown and falls due at the end of the year."""
    undecided = [
        finding
        for finding in pe.review(text)
        if finding.reason is not None and finding.reason.kind is pe.ReasonKind.NOT_DUE
    ]

    assert undecided
    assert {UNKNOWN} == {finding.verdict for finding in undecided}
    assert {"2026-12-31"} == {finding.reason.about for finding in undecided}


@pytest.mark.parametrize("text", TEXTS)
def test_notes_are_grouped_and_never_count(text: str) -> None:
    """What a reviewer asks first is a note: money without tasks, tasks without money, no reckoning, no phasing."""
    review = pe.review(text)
    matched = review["tasks_and_money"]
    notes = ("tasks_and_money", "calculation_given", "phased_within_year", "effects_measurable", "basis_numbered")

    assert {UNMET} == {review[name].verdict for name in notes}
    assert {pe.Severity.NOTE} == {review[name].severity for name in notes}
    by_part = {
        part.label.en: [one.label.zh for one in part.children if one.verdict is UNMET] for part in matched.children
    }
    assert ["会议费"] == by_part["lines have a task"]
    assert 1 == len(by_part["tasks have money"]) and "非公企业" in by_part["tasks have money"][0]
    # Each label begins with what no task is about: subscriptions and 七一 have their tasks.
    assert ["设备购置", "阵地建设"] == [words.split("（")[0] for words in by_part["stated uses have a task"]]
    meeting = _child(review, "tasks_and_money", "明细", "会议费")
    # 15,000 of 25,000 + 10,000 + 15,000 = 50,000 are 30 %.
    assert any("30%" in remark.en for remark in meeting.remarks)
    pool = review["money_for_people"].children[0]
    # 10,000 ÷ 100 = 100.
    assert any("at most 100 people" in remark.en for remark in pool.remarks)
    assert MET is review["parts_present"].verdict


@pytest.mark.parametrize("text", TEXTS)
def test_basis_is_recognised_and_residue_is_a_remark(text: str) -> None:
    """Document numbers are recognised, and a bookmark that Word left is the reader's note, not a finding."""
    review = pe.review(text)
    remarks = [(remark.kind, remark.label.zh) for remark in review.remarks]

    assert any(kind == "basis" and "玉办发〔2023〕5号" in words for kind, words in remarks)
    assert any(kind == "basis" and "无文号" in words for kind, words in remarks)
    assert any(kind == "residue" and "_GoBack" in words for kind, words in remarks)
    assert not any("GoBack" in finding.label.zh for top in review for finding in top.walk())


@pytest.mark.parametrize("text", TEXTS)
def test_every_span_quotes_the_text(text: str) -> None:
    """Each span of each finding and remark stands in the text exactly as it is quoted."""
    review = pe.review(text)
    spans = [span for top in review for finding in top.walk() for span in finding.spans]
    spans += [remark.span for remark in review.remarks if remark.span is not None]

    assert spans
    assert all(span.text == text[span.start : span.end] for span in spans)


def test_findings_follow_the_figures() -> None:
    """Other figures give other findings: the mended text is met, and another slip has another suggestion."""
    mended = pe.review(PARK.replace("15,000.00万元", "15,000.00元"))
    other = pe.review(PARK.replace("15,000.00万元", "1.5元"))
    # No unit of money makes 1,234.00 into 15,000.
    hopeless = pe.review(PARK.replace("15,000.00万元", "1,234.00元"))

    assert MET is mended["lines_equal_total"].verdict
    assert MET is mended["schedule_groups_equal_lines"].verdict
    assert "1.5元" == other.diagnosis.chosen.figure.span.text
    assert pe.Amount.parse("1.5 万元") == other.diagnosis.chosen.reading
    assert UNMET is hopeless["lines_equal_total"].verdict
    assert hopeless.diagnosis.chosen is None
    # 25,000 + 10,000 + 1,234 = 36,234, and 50,000 − 36,234 = 13,766.
    assert pe.Amount.parse("13,766 元") == hopeless["lines_equal_total"].shortfall


def test_a_changed_quotation_is_in_doubt() -> None:
    """A text that quotes another floor than the standard was read to set is told so, by both figures."""
    finding = pe.review(PARK.replace("3,000.00元", "4,000.00元"))["yuxi_2023_5/as_quoted"]
    wrong = [child for child in finding.children if child.verdict is UNMET]

    assert (UNMET, pe.Severity.DOUBT) == (finding.verdict, finding.severity)
    assert ["党支部工作经费"] == [child.label.zh for child in wrong]
    # 4,000 against 3,000 元 for each branch and year.
    assert wrong[0].shortfall.number == 1000


def test_the_rate_for_each_member_sets_how_many_the_money_is_enough_for() -> None:
    """10,000 ÷ 80 = 125 members."""
    review = pe.review(PARK.replace("100.00元", "80.00元"))

    assert any("at most 125 people" in remark.en for remark in review["money_for_people"].children[0].remarks)


EXPECTED = {
    # Unmet rules that are not notes, with the shortfall that the table of the examples derives by hand.
    "rural_roads_2026": {},
    "elder_care_2026": {"stages_fill_programme": "1 天"},
    "village_doctors_2026": {"hours_per_day_agree": "2 学时/天"},
    "reading_rooms_2025": {
        "lines_equal_total": "3 万元",
        "request_equals_approval": "3 万元",
        "schedule_equals_total": "119985 元",
        "schedule_groups_equal_lines": "149985 元",
    },
    "school_meals_2026": {"lines_equal_total": "1 万元", "schedule_groups_equal_lines": "1 万元"},
    "river_wardens_2026": {"parts_present": None, "basis_not_after_year": None},
    # Five placeholders stand in it, one of them for the whole of part three.
    "heritage_draft_2026": {"nothing_left_to_fill_in": "5 处", "parts_present": None},
}


@pytest.mark.parametrize("name", EXPECTED)
def test_examples_have_the_slips_that_were_put_in_and_no_others(name: str) -> None:
    """Each example shows exactly what was planted in it."""
    review = pe.review((EXAMPLES / f"{name}.txt").read_text(encoding="utf-8"))
    unmet = {one.rule: one for one in review.of(UNMET) if one.severity is not pe.Severity.NOTE}

    assert EXPECTED[name].keys() == unmet.keys()
    for rule, shortfall in EXPECTED[name].items():
        if shortfall is not None:
            found = [one.shortfall for one in unmet[rule].walk() if one.shortfall is not None]
            assert [pe.Amount.parse(shortfall)] == found


def test_a_slip_with_two_witnesses_is_chosen_where_request_and_approval_differ() -> None:
    """15元 in the schedule is 15 万元 by its own line and by the sum of the request (58 − 20 − 20 − 3 万元)."""
    review = pe.review((EXAMPLES / "reading_rooms_2025.txt").read_text(encoding="utf-8"))

    assert "15元" == review.diagnosis.chosen.figure.span.text
    assert pe.Amount.parse("15 万元") == review.diagnosis.chosen.reading


def test_two_terms_alone_have_two_mends_and_none_is_chosen() -> None:
    """Request against approval, one of them in the wrong unit: either may be wrong."""
    text = "一、项目名称\n书架。\n六、资金安排情况\n2026年申请预算资金5万元。批复预算5元（某财复〔2026〕1号）。"
    review = pe.review(text)

    assert UNMET is review["request_equals_approval"].verdict
    assert review.diagnosis.chosen is None
    assert 2 == len(review.diagnosis.best)
    assert "none is chosen" in review["request_equals_approval"].suggestion.en


def test_project_bytes_and_text_give_one_review() -> None:
    """A text, its bytes in UTF-8 or GB18030, and a project that was read from it are reviewed alike."""
    reviews = [pe.review(one) for one in (PARK, PARK.encode(), PARK.encode("gb18030"), read_text(PARK))]

    assert all(reviews[0].findings == one.findings for one in reviews)


def test_bad_facts_are_listed_all_at_once() -> None:
    """Problems of several standards and of an unknown one come together, with the nearest names."""
    facts = {"yuxi_2023": {}, "yuxi_2023_5": [{"kid": "党支部"}, {"members": "-3 人[党员]"}]}
    with pytest.raises(pe.FactsError) as caught:
        pe.review(PARK, facts=facts)

    assert 3 == len(caught.value.problems)
    assert ["yuxi_2023_5", "kind", None] == [problem.nearest for problem in caught.value.problems]


@pytest.mark.parametrize("text", ["", "   ", "没有标题的文字。", "\x00\x01\x02"])
def test_what_is_not_a_project_text_is_refused(text: str) -> None:
    """A text without any heading of the form is refused with what was needed."""
    with pytest.raises(pe.DocumentError):
        pe.review(text)


def test_json_holds_every_field_in_both_languages() -> None:
    """A finding's JSON has all its fields, amounts as exact numbers with their unit."""
    fields = (
        "id rule verdict severity stage observed required shortfall missing reason suggestion citation spans children"
    )
    review = pe.review(PARK)
    for lang in ("zh", "en"):
        data = json.loads(json.dumps(pe.review_to_data(review, lang=lang)))
        finding = next(one for one in data["findings"] if one["rule"] == "lines_equal_total")
        assert set(fields.split()) <= finding.keys()
        assert {"n": "150035000", "unit": "元"} == finding["observed"]
        assert "perfeval.review/1" == data["schema"]
    assert re.search("[\u4e00-\u9fff]", pe.review_to_data(review, lang="zh")["verdict"]) is None


def test_what_was_reached_is_added_to_what_the_text_states() -> None:
    """Given what was reached, the text's own targets are decided: 70 % against 65 %, one course against two."""
    facts = {"stated_targets": {"programmes": [{}, {"coverage_reached": "70%", "courses_held": "1 期"}]}}
    review = pe.review(PARK, on=datetime.date(2026, 12, 31), facts=facts)

    assert MET is review["coverage_reached"].children[1].verdict
    assert (UNMET, pe.Amount.parse("1 期")) == (
        review["courses_held"].children[1].verdict,
        review["courses_held"].children[1].shortfall,
    )
    with pytest.raises(pe.FactsError):
        pe.review(PARK, facts={"stated_targets": {"programmes": [{}] * 3}})


def test_a_group_that_no_suggestion_mends_keeps_its_whole_unmended() -> None:
    """办公费 is 5,000 short of its inferred part of the schedule, which re-reading 会议费 does not change."""
    text = PARK.replace("办公费25,000.00元", "办公费20,000.00元").replace(
        "申请预算资金50,000.00元", "申请预算资金45,000.00元"
    )
    text = text.replace("批复预算50,000.00元", "批复预算45,000.00元")
    review = pe.review(text)
    whole = review["schedule_groups_equal_lines"]

    assert review.diagnosis.chosen is not None
    assert [UNMET, UNMET] == [child.verdict for child in whole.children]
    assert [1, 1] == [len(child.remarks) for child in whole.children]
    assert () == whole.remarks
