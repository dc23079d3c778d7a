"""Paragraphs and tables of a file as projects: which tables are text, and how their cells become lines."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval.citations import Span
from perfeval.documents import Form, document_text, projects_in, read_projects
from perfeval.documents.blocks import Block, Cell, Document, Paragraph, Table
from perfeval.errors import DocumentError


def table(*rows: tuple[str, ...]) -> Table:
    """Return a table of rows; an empty text is a blank cell."""
    return Table(
        "表1",
        [Cell(row, column, text) for row, texts in enumerate(rows, 1) for column, text in enumerate(texts, 1) if text],
    )


def document(*blocks: Block) -> Document:
    """Return a document of these blocks."""
    return Document("申报表.docx", blocks)


def test_a_table_of_headings_and_prose_is_text() -> None:
    """Labels in one cell, prose in the next; two pairs may share a row, and prose may have lines of its own."""
    form = Table(
        "表1",
        [
            Cell(1, 1, "项目申报表", columns=4),
            *(Cell(2, at, text) for at, text in enumerate(("项目名称", "河道清淤工程", "主管部门", "水务局"), 1)),
            *(Cell(3, at, text) for at, text in enumerate(("实施主体", "河道所", "起止时间", "2026年1月—12月"), 1)),
            Cell(4, 1, "立项\n依据"),
            Cell(4, 2, "水发〔2025〕3号。", columns=3),
            Cell(5, 1, "五、项目内容"),
            Cell(5, 2, "1.清淤。\n2.护岸。", columns=3),
            Cell(6, 1, "年度预算安排"),
            Cell(6, 2, "申请资金30万元，其中：清淤费20万元、护岸费10万元。", columns=3),
            Cell(7, 1, "项目概述"),
            Cell(7, 2, "河道多年未清。", columns=3),
            Cell(8, 1, "绩效目标"),
            Cell(8, 2, "河道畅通率不低于95%。", columns=3),
        ],
    )
    [project] = projects_in(document(Paragraph("2026年项目申报"), form, Paragraph("填表说明略")))
    assert (project.form, project.missing) == (Form.ANHUI, ())
    assert (project.name, project.unit) == ("河道清淤工程", "河道所")
    assert project.year is not None and project.year.number == 2026
    assert [task.title for task in project.tasks] == ["清淤", "护岸"]
    # 20 + 10 = 30
    assert [str(line.amount.value) for line in project.lines] == ["20 万元", "10 万元"]
    assert project.request is not None and str(project.request.value) == "30 万元"


def test_a_table_with_a_project_in_each_row() -> None:
    """A row of nothing but labels heads the rows below it."""
    listed = table(
        ("序号", "项目名称", "项目内容", "年度预算安排"),
        ("1", "修路工程", "修路。", "3万元。"),
        ("2", "架桥工程", "架桥。", "5万元。"),
    )
    found = projects_in(document(listed))
    assert [(project.name, str(project.totals[0].value)) for project in found] == [
        ("修路工程", "3 万元"),
        ("架桥工程", "5 万元"),
    ]


def test_a_table_of_indicators_is_no_text() -> None:
    """Indicators are read elsewhere, and a table without a heading of the form is no text either."""
    goals = table(
        ("项目名称", "甲"), ("一级指标", "二级指标", "三级指标", "指标值"), ("产出指标", "数量指标", "培训", "≥2期")
    )
    costs = table(("名目", "金额"), ("办公费", "2万元"))
    assert document_text(document(Paragraph("项目名称：乙"), goals, costs)) == "项目名称：乙"
    with pytest.raises(DocumentError):
        projects_in(document(goals, costs))


def test_paragraphs_read_as_their_text() -> None:
    """A document of paragraphs alone reads as the text of its lines."""
    text = "一、项目名称\n甲\n六、资金安排情况\n申请3万元。"
    assert projects_in(document(*map(Paragraph, text.split("\n")))) == read_projects(text)


_WORDS = st.sampled_from(
    ("项目名称", "立项依据：", "主管部门", "一级指标", "指标值", "年度预算安排", "申请3万元。", "序号", "甲", "", "\n", "（一）项目内容", "x" * 50)
) | st.text(max_size=4)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(
    rows=st.lists(st.lists(_WORDS, min_size=1, max_size=4), min_size=1, max_size=6),
    before=st.lists(_WORDS, max_size=3),
)
def test_any_document_reads_or_is_refused(
    rows: list[list[str]], before: list[str], all_spans: Callable[[object], Iterator[Span]]
) -> None:
    """Any cells and paragraphs give projects whose spans quote the document's text, or an error of the library."""
    read = document(*map(Paragraph, before), table(*map(tuple, rows)))
    with contextlib.suppress(DocumentError):
        for project in projects_in(read):
            for span in all_spans(project):
                assert span.locate(document_text(read)) == span.text
