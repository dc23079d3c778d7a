"""A project written as a text reads as the same project, but for its spans."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings

from perfeval.citations import Span
from perfeval.documents import Project, decode, read_projects, read_text, render
from perfeval.strategies import projects

_EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
_PROJECTS = [path for path in sorted(_EXAMPLES.rglob("*.txt")) if path.stem != "school_bus_report_2025"]


def but_for_spans(value: object) -> object:
    """Return what a value says, whatever the places that it was read from; the text itself is a place too."""
    if isinstance(value, Span):
        return None
    if isinstance(value, tuple):
        return tuple(but_for_spans(item) for item in value)
    if attrs.has(type(value)) and type(value).__module__.startswith("perfeval.documents"):
        said = {
            attribute.name: but_for_spans(getattr(value, attribute.name)) for attribute in attrs.fields(type(value))
        }
        if isinstance(value, Project):
            del said["text"]
        return type(value).__name__, said
    return value


@settings(max_examples=200, deadline=None)
@given(project=projects())
def test_a_rendered_project_reads_as_itself(project: Project) -> None:
    """Project to text to project is the identity but for spans."""
    assert but_for_spans(read_text(render(project))) == but_for_spans(project)


@pytest.mark.parametrize("path", _PROJECTS, ids=lambda path: path.stem)
def test_an_example_keeps_its_facts(path: Path) -> None:
    """What a person wrote reads with the same money, tasks, schedule and effects after it was rendered."""
    text = decode(path.read_bytes())
    for before in read_projects(text):
        after = read_text(render(before))
        for name in ("form", "name", "unit", "period", "request", "lines", "totals", "sources", "schedule", "missing"):
            assert but_for_spans(getattr(before, name)) == but_for_spans(getattr(after, name)), name
        assert [task.title for task in before.tasks] == [task.title for task in after.tasks]
        assert [one.text for one in before.effects] == [one.text for one in after.effects]
        assert (before.approval is None) == (after.approval is None)
