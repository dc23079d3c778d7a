"""What a performance report says in prose, each figure derived by hand from reading it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval.citations import Span
from perfeval.documents import MoneyKind, Report, ReportPart, read_report
from perfeval.errors import DocumentError
from perfeval.facts import Stage

Example = Callable[[str], str]


@pytest.fixture
def report(example: Example) -> Report:
    """Return the shipped report."""
    return read_report(example("school_bus_report_2025"))


def figures_of(report: Report, part: ReportPart) -> list[tuple[str, str, str, str]]:
    """Return the figures of a part: stage, name, amount, comparator."""
    return [
        (one.figure.stage.value, one.name, str(one.figure.value), one.comparator.value)
        for one in report.figures
        if one.part is part
    ]


def test_what_it_is_about(report: Report) -> None:
    """Name and year stand in the title; the headings say what each section is about."""
    assert report.name == "乡村校车运行补助项目"
    assert report.year is not None and report.year.number == 2025
    assert [section.part for section in report.sections] == [
        ReportPart.BASIC,
        ReportPart.GOALS,
        ReportPart.MONEY,
        ReportPart.RESULTS,
        ReportPart.CONCLUSION,
        ReportPart.PROBLEMS,
        ReportPart.MEASURES,
    ]


def test_reached_is_a_target_in_a_goal_and_a_fact_in_a_report(report: Report) -> None:
    """达到98%以上 is planned under the goals; 达到98.6% is achieved, and no bound, under the results."""
    assert figures_of(report, ReportPart.GOALS) == [
        ("planned", "补助校车线路", "12 条", "unstated"),
        ("planned", "校车准点率", "98%", "ge"),
        ("planned", "学生家长满意度", "90%", "ge"),
    ]
    assert figures_of(report, ReportPart.RESULTS) == [
        ("planned", "补助线路", "12 条", "unstated"),
        ("achieved", "补助线路", "11 条", "unstated"),
        ("achieved", "校车准点率", "98.6%", "unstated"),
        ("achieved", "学生家长满意度", "93%", "unstated"),
    ]
    assert [one.figure.stage for one in report.figures if one.part is ReportPart.MEASURES] == [Stage.PLANNED]
    assert len(report.achieved) == len([one for one in report.figures if one.figure.stage is Stage.ACHIEVED])


def test_money_score_and_grade(report: Report) -> None:
    """Budget before and after adjustment, what was paid, the rate as printed, the points and the grade."""
    assert report.budget is not None and str(report.budget.printed.amount) == "120 万元"
    assert report.adjusted is not None and str(report.adjusted.printed.amount) == "110 万元"
    assert report.spent is not None and str(report.spent.printed.amount) == "104.5 万元"
    # 104.50 ÷ 110.00 = 95.0 %, but the rate is the one that is printed.
    assert report.execution_rate is not None
    assert (report.execution_rate.number, report.execution_rate.decimals) == (95, 1)
    assert report.score is not None
    assert (report.score.points, report.score.decimals, report.score.full) == (Fraction("93.45"), 2, 100)
    assert report.grade == "优"
    others = [(one.kind, one.year) for one in report.money if one.kind is not MoneyKind.ANNUAL]
    assert others == [(MoneyKind.CHANGE, 2025), (MoneyKind.PRIOR_YEAR, 2024)]


def test_why_and_what_next(report: Report) -> None:
    """The reason for the line that was not opened, the problems, and the measures."""
    assert [(one.part, one.text) for one in report.reasons] == [
        (ReportPart.PROBLEMS, "由于新桥村道路改造，1条线路推迟开通")
    ]
    assert [span.text for span in report.problems] == [
        "1.线路补助未全部落实",
        "由于新桥村道路改造，1条线路推迟开通",
        "2.资金拨付偏慢",
    ]
    assert [span.text for span in report.measures] == ["2026年补助线路达到12条"]


@pytest.mark.parametrize(
    ("words", "points", "grade"),
    [
        ("自评总分为96.5分，等级为优秀。", "96.5", "优秀"),
        ("满分100分，评价得分88分，评定为“良”。", "88", "良"),
        ("项目得78.25分，评价等次：中。", "78.25", "中"),
        ("评价结果为“差”。", None, "差"),
        ("本项目由第三方评价。", None, None),
        ("评价结论中央下达。", None, None),
    ],
)
def test_scores_and_grades_in_their_usual_words(words: str, points: str | None, grade: str | None) -> None:
    """A score and a grade are read where they are said, and the full mark is no score."""
    report = read_report(f"一、评价结论\n{words}")
    assert (None if report.score is None else report.score.points) == (None if points is None else Fraction(points))
    assert report.grade == grade


@pytest.mark.parametrize(
    "words",
    ["预算50万元，实际支出48万元，执行率96%。", "年初预算50.00万元。全年执行数48.00万元，预算执行率为96.00%。", "批复资金50万元，已支付48万元，支付进度96%。"],
)  # fmt: skip
def test_money_in_its_usual_words(words: str) -> None:
    """What was to be spent and what was, both money of the year."""
    report = read_report(f"2025年绩效自评报告\n一、资金使用情况\n{words}")
    assert report.budget is not None and report.spent is not None and report.execution_rate is not None
    assert (str(report.budget.printed.amount), str(report.spent.printed.amount)) == ("50 万元", "48 万元")
    assert report.execution_rate.number == 96


@pytest.mark.parametrize(
    "heading",
    ["（二）绩效目标完成情况：", "（二）绩效目标完成情况 ", "（二）绩效目标完成情况。", "（二）绩效目标完成情况\n"],
)
def test_no_label_begins_inside_a_heading(heading: str) -> None:
    """What follows a heading in its line is named without it, and was reached."""
    report = read_report(f"2025年绩效自评报告\n一、资金使用情况：预算50万元，支出48万元。\n{heading}培训200人。\n")
    assert figures_of(report, ReportPart.RESULTS) == [("achieved", "培训", "200 人", "unstated")]
    assert [one.span.text for one in report.money] == ["预算50万元", "支出48万元"]


def test_a_text_that_is_no_report_is_refused() -> None:
    """A project text is none: the headings that are needed are listed."""
    with pytest.raises(DocumentError, match="存在的问题"):
        read_report("一、项目名称\n修路。\n六、资金安排\n3万元。")


@settings(max_examples=100, deadline=None)
@given(
    pieces=st.lists(
        st.sampled_from(["一、资金使用情况\n", "二、存在的问题：", "\n", "。", "，", "实际", "计划", "达到", "98%", "5天（40学时）", "得分",
                         "96分", "等级为优", "由于", "支出3万元", "预算", "执行率", "1.", "（一）", "2025年", "绩效评价报告"]) | st.text(max_size=5),
        max_size=40,
    )
)  # fmt: skip
def test_any_text_reads_or_is_refused(pieces: list[str], all_spans: Callable[[object], Iterator[Span]]) -> None:
    """Any string gives a report whose spans quote it, or an error of the library."""
    text = "".join(pieces)
    with contextlib.suppress(DocumentError):
        for span in all_spans(read_report(text)):
            assert span.locate(text) == span.text
