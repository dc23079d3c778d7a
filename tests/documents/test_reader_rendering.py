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
_CLEAN = Path(__file__).resolve().parents[1] / "corpus" / "clean" / "texts"
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


@pytest.mark.parametrize("path", sorted(_CLEAN.rglob("*.txt")), ids=lambda path: path.stem)
def test_what_was_rendered_renders_as_itself(path: Path) -> None:
    """A second rendering says what the first one says, with the same money."""
    for before in read_projects(decode(path.read_bytes())):
        rendered = render(before)
        after = read_text(rendered)
        for name in ("request", "lines", "totals", "sources", "schedule"):
            assert but_for_spans(getattr(before, name)) == but_for_spans(getattr(after, name)), name
        if before.name is not None:
            assert rendered == render(after)


@pytest.mark.parametrize(
    "funding",
    [
        "申请预算资金约5万元，其中：材料费3万元、人工费约2万元。",
        "申请5万元左右，其中：材料费近3万元、人工费2万元以上。",
        "年初预算4万元，年中追加1万元，全年预算5万元，其中：材料费3万元、人工费2万元。",
        "调整后预算5万元。材料费3万元、人工费2万元。",
        "批复5万元，其中：材料费6万元、扣减1万元。",
        "批复5万元，其中：材料费每吨3万元、人工费2万元。",
        "批复5万元，其中：材料费3万元、甲镇和乙镇各1万元。",
        "批复5万元，其中：材料费3万元（甲镇1万元、2个村各1万元）、人工费2万元。",
        "批复5万元，其中：材料费3万元，较上年增加1万元；人工费2万元。2027年计划安排6万元。",
    ],
)
def test_what_is_not_known_is_not_known_when_rendered(funding: str) -> None:
    before = read_text(f"一、项目名称\n沟渠清理经费\n六、资金安排情况\n{funding}")
    after = read_text(render(before))

    for name in ("request", "lines", "totals", "sources"):
        assert but_for_spans(getattr(before, name)) == but_for_spans(getattr(after, name)), name
    assert (before.approval is None) == (after.approval is None)
    assert render(before) == render(after)
