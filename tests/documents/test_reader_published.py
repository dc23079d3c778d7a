"""What the published text says, each figure derived by hand from reading it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from perfeval.citations import Span
from perfeval.documents import Form, Project, read_text


@pytest.fixture(scope="module")
def project(published: list[str]) -> Project:
    """Return the published text whose name the corpus is known by."""
    for text in published:
        if "新财复〔2026〕1号" in text:
            return read_text(text)
    pytest.skip("the corpus does not hold the text with 新财复〔2026〕1号")


def test_every_published_text_reads(published: list[str], all_spans: Callable[[object], Iterator[Span]]) -> None:
    """Every text of the corpus reads with every span in place."""
    for text in published:
        read = read_text(text)
        assert all(span.locate(text) == span.text for span in all_spans(read))


def test_money(project: Project) -> None:
    """Request, approval, lines and schedule are read literally."""
    assert project.request is not None and str(project.request.value) == "50,000 元"
    assert project.approval is not None
    assert (str(project.approval.amount.value), project.approval.document) == (
        "50,000 元",
        "新财复〔2026〕1号",
    )
    assert [(line.name, str(line.amount.value)) for line in project.lines] == [
        ("办公费", "25,000 元"),
        ("党员教育培训", "10,000 元"),
        ("会议费", "15,000 万元"),
    ]
    assert [(item.purpose, str(item.amount.value)) for item in project.schedule] == [
        ("日常党建工作产生费用", "25,000 元"),
        ("会议培训费", "25,000 元"),
    ]
    assert (project.has_calculation_basis, project.has_phasing) == (False, False)


def test_standards(project: Project) -> None:
    """The five floors are quoted with whom they bind, how often and what for."""
    assert [
        (one.scope, one.binds, str(one.amount.value), one.purpose, one.period_inherited) for one in project.quoted
    ] == [
        ("非公企业", "党委", "10,000 元/个[党委]/年", "工作经费", False),
        ("非公企业", "党总支", "6,000 元/个[党总支]/年", "工作经费", True),
        ("非公企业", "党支部", "3,000 元/个[党支部]/年", "工作经费", True),
        ("非公企业", "党组织书记", "200 元/人[党组织书记]/月", "专项工作津贴", False),
        ("非公企业", "党员", "100 元/人[党员]/年", "教育培训经费", False),
    ]
    assert {one.document for one in project.quoted} == {"玉办发〔2023〕5号"}


def test_trainings(project: Project) -> None:
    """Two programmes: one for secretaries in two stages, one for members by area."""
    secretaries, members = project.trainings
    assert [str(given.value) for given in (secretaries.days, secretaries.class_hours) if given] == [
        "5 天",
        "40 学时",
    ]
    assert [str(stage.days.value) for stage in secretaries.stages] == ["3 天", "2 天"]
    assert secretaries.coverage is not None and secretaries.coverage.population == "基层党组织书记"
    assert [str(given.value) for given in (members.courses, members.days, members.class_hours) if given] == [
        "2 期",
        "3 天",
        "24 学时",
    ]
    assert members.by_area and members.coverage is not None
    assert (str(members.coverage.share.value), members.coverage.population) == ("65%", "普通党员")


def test_parts_and_basis(project: Project) -> None:
    """All eight parts are there, and three documents, of which the table has no number."""
    assert project.missing == () and len(project.sections) == len(Form.YUNNAN.required)
    assert [one.number for one in project.basis] == ["玉办发〔2023〕5号", None, "新财复〔2026〕1号"]
    assert len(project.tasks) == 4
    assert not any(sentence.has_number for sentence in project.effects)
    assert project.unread == ()
    assert [note.text for note in project.notes] == ["[bookmark: _GoBack]"]
    assert project.placeholders == ()
