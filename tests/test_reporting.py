"""One report on many files: what was read, what was not, and each review."""

from __future__ import annotations

import datetime
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

import perfeval as pe
from perfeval.errors import Problem
from perfeval.reporting import FileReview, report_text, report_to_data

MET = pe.Finding(
    id="a/b", rule="b", label=pe.Label("合计", "total"), verdict=pe.Verdict.MET, severity=pe.Severity.ERROR
)
UNMET = pe.Finding(
    id="a/c", rule="c", label=pe.Label("进度", "schedule"), verdict=pe.Verdict.UNMET, severity=pe.Severity.ERROR
)
DAY = datetime.date(2026, 1, 1)
names = st.text(st.characters(codec="utf-8", exclude_characters="=✗"), min_size=1, max_size=20)


def _review(title: str, *findings: pe.Finding) -> pe.Review:
    return pe.Review(title=pe.Label(title, title), on=DAY, findings=findings)


def _unread(name: str) -> FileReview:
    return FileReview(name=name, problems=[Problem("", came="no text layer", needed="a text layer")])


def test_a_report_tells_read_and_unread_files_apart() -> None:
    """Two files of three were read, with three projects; the third is named with its reason."""
    files = [
        FileReview(name="a.txt", reviews=[_review("甲", MET)]),
        FileReview(name="b.docx", reviews=[_review("乙", UNMET), _review("丙", MET, UNMET)]),
        _unread("c.pdf"),
    ]
    shown = report_text(files, "en")
    data = report_to_data(files, "en")

    assert "report: 3 files, 2 read with 3 projects, 1 not read" == shown.splitlines()[0]
    assert "c.pdf: came no text layer; needed a text layer" in shown
    assert ["a.txt", "b.docx", "b.docx"] == [one["file"] for one in data["reviews"]]  # type: ignore[index, union-attr, call-overload]
    assert [{"file": "c.pdf", "problems": ["came no text layer; needed a text layer"]}] == data["unread"]


def test_a_file_that_was_not_read_is_never_met() -> None:
    """Nothing is known of it."""
    assert pe.Verdict.NOT_APPLICABLE is _unread("c.pdf").verdict
    assert pe.Verdict.UNMET is FileReview(name="b", reviews=[_review("乙", UNMET), _review("丙", MET)]).verdict


@given(st.lists(st.tuples(names, names, st.booleans()), min_size=1, max_size=6))
def test_no_name_of_a_file_or_project_reaches_the_terminal_raw(given_files: list[tuple[str, str, bool]]) -> None:
    """Control characters of names are shown as what they are; each project has its line, each unread file too."""
    files = [
        FileReview(name=name, reviews=[_review(title, MET)]) if read else _unread(name)
        for name, title, read in given_files
    ]
    shown = report_text(files)

    assert not any(unicodedata.category(sign) in ("Cc", "Cf") for sign in shown.replace("\n", ""))
    assert sum(read for *_, read in given_files) == shown.count("====\n")
    assert sum(not read for *_, read in given_files) == shown.count("  ✗ ")


def test_columns_stand_under_one_another_whatever_the_script() -> None:
    """A Chinese name takes two columns a sign."""
    files = [FileReview(name=name, reviews=[_review(name, MET)]) for name in ("甲乙", "abcd", "甲b")]
    rows = report_text(files).splitlines()[3:6]

    assert 1 == len({sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in row) for row in rows})
