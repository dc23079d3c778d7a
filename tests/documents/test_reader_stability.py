"""Reading is stable under what a page or a file adds: blank lines, spaces, page numbers, running heads, line ends."""

from __future__ import annotations

import os
import re
from pathlib import Path

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval.citations import Span
from perfeval.documents import Project, decode, read_projects, render
from perfeval.strategies import projects

_ROOT = Path(__file__).resolve().parents[2]
_PATHS = sorted((_ROOT / "docs" / "examples").rglob("*.txt"))
_CORPUS = Path(os.environ.get("PERFEVAL_CORPUS") or _ROOT.parent / "shared" / "seed")
_PATHS += sorted(_CORPUS.glob("*.txt")) if _CORPUS.is_dir() else []
_REPORTS = ("school_bus_report_2025",)
_TEXTS = [decode(path.read_bytes()) for path in _PATHS if path.stem not in _REPORTS]
_ANY_TEXT = st.sampled_from(_TEXTS) | projects().map(render)


def said(value: object) -> object:
    """Return what a value says, without places and white space."""
    if isinstance(value, Span):
        return None
    if isinstance(value, str):
        return "".join(value.split())
    if isinstance(value, tuple):
        return tuple(said(item) for item in value)
    if attrs.has(type(value)) and type(value).__module__.startswith(("perfeval.documents", "perfeval.facts")):
        return type(value).__name__, {
            attribute.name: said(getattr(value, attribute.name))
            for attribute in attrs.fields(type(value))
            if not (isinstance(value, Project) and attribute.name == "text")
        }
    return value


def all_said(text: str) -> list[object]:
    """Return what every project of a text says."""
    return [said(project) for project in read_projects(text)]


def _lines_with(data: st.DataObject, text: str, added: st.SearchStrategy[str], first: int = 0) -> str:
    lines = text.split("\n")
    for at in sorted(data.draw(st.lists(st.integers(first, len(lines)), max_size=4)), reverse=True):
        lines.insert(at, data.draw(added))
    return "\n".join(lines)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_blank_lines_change_nothing(data: st.DataObject) -> None:
    """Blank lines between any lines change nothing that is read."""
    text = data.draw(_ANY_TEXT)
    assert all_said(_lines_with(data, text, st.sampled_from(("", "  ", "\u3000\u3000")))) == all_said(text)


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_page_numbers_change_nothing(data: st.DataObject) -> None:
    """Page numbers in their usual forms between any lines change nothing that is read."""
    text = data.draw(_ANY_TEXT)
    page = st.builds(
        lambda form, number: form.format(number),
        st.sampled_from(
            ("— {} —", "- {} -", "－{}－", "第 {} 页 共 99 页", "第{}页", "Page {} of 99", "第{}页，共99页")
        ),
        st.integers(1, 99),
    )
    assert all_said(_lines_with(data, text, page)) == all_said(text)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_running_heads_change_nothing(data: st.DataObject) -> None:
    """The first line of a text, printed again on later pages, changes nothing that is read."""
    # A text that has a running head of its own would have two.
    text = data.draw(_ANY_TEXT.filter(lambda one: one.count(one.split("\n", 1)[0]) == 1))
    head = "青禾县二〇二六年部门预算项目汇编"
    assert all_said(_lines_with(data, f"{head}\n{text}", st.just(head), 1)) == all_said(f"{head}\n{text}")


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_spaces_between_words_change_nothing(data: st.DataObject) -> None:
    """Spaces after punctuation and around figures change nothing that is read."""
    text = spaced = data.draw(_ANY_TEXT)
    places = [match.end() for match in _BETWEEN_WORDS.finditer(text)]
    for at in sorted(data.draw(st.sets(st.sampled_from(places), max_size=6)), reverse=True):
        spaced = spaced[:at] + data.draw(st.sampled_from((" ", "\u3000"))) + spaced[at:]
    assert all_said(spaced) == all_said(text)


# After punctuation that is no part of a number, before a figure of money, and before its unit.
_BETWEEN_WORDS = re.compile(
    r"(?<![\d０-９])[，。；、：]|[，。；、：](?![\d０-９])|(?<=[\u4e00-\u9fff])(?=\d[\d,.]*\s?万?元)|\d(?=万?元)"
)


@settings(max_examples=40, deadline=None)
@given(text=_ANY_TEXT, end=st.sampled_from(("\r\n", "\r", "\x0b", "\x85", "\u2028")))
def test_line_ends_change_nothing(text: str, end: str) -> None:
    """However lines end, a text reads the same."""
    assert all_said(text.replace("\n", end)) == all_said(text)
