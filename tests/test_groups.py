"""Which lines a part of a schedule names: the index of words says what comparing each with each says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.documents.project import Line, Project, ScheduleItem
from perfeval.documents.topics import Likeness, likeness, shared_words
from perfeval.facts import Given
from perfeval.matching.groups import groups_of

WORDS = [
    "办公费",
    "会议费",
    "会议培训费",
    "道路养护",
    "养护维修",
    "桥梁检测费",
    "书报订阅",
    "日常",
    "材料费",
    "苗木",
    "慰问",
    "检测",
    "道路",
    "宣传",
    "其他",
]
phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map("".join)
MONEY = Given(value=Amount.parse("1 元"))
PLACE = Span(start=0, end=0, text="")


def _by_walking(lines: list[str], purposes: list[str]) -> list[list[tuple[int, Likeness]]]:
    """Compare each line with each part, as a person would."""
    found: list[list[tuple[int, Likeness]]] = [[] for _ in purposes]
    shared: set[int] = set()
    for at, name in enumerate(lines):
        strengths = [len(shared_words(name, purpose)) for purpose in purposes]
        best = max(strengths, default=0)
        if best:
            items, how = [i for i, one in enumerate(strengths) if one == best], Likeness.WORDS
        else:
            items, how = [i for i, one in enumerate(purposes) if likeness(name, one)], Likeness.TOPIC
        if len(items) == 1:
            found[items[0]].append((at, how))
        shared.update(items if len(items) > 1 else ())
    return [[] if at in shared else one for at, one in enumerate(found)]


@given(st.lists(phrases, max_size=8), st.lists(phrases, max_size=6))
def test_lines_go_with_the_part_that_names_them_best(lines: list[str], purposes: list[str]) -> None:
    """Words come before topics, and what several parts name alike goes with none."""
    project = Project(
        text="",
        lines=tuple(Line(name=name, amount=MONEY, span=PLACE) for name in lines),
        schedule=tuple(
            ScheduleItem(purpose=purpose, period=None, first_month=None, last_month=None, amount=MONEY, span=PLACE)
            for purpose in purposes
        ),
    )
    groups = groups_of(project)

    assert [[name for name, _ in one] for one in _names(_by_walking(lines, purposes), lines)] == [
        [line.name for line, _ in group.lines] for group in groups
    ]
    assert [[how for _, how in one] for one in _by_walking(lines, purposes)] == [
        [how for _, how in group.lines] for group in groups
    ]


def _names(found: list[list[tuple[int, Likeness]]], lines: list[str]) -> list[list[tuple[str, Likeness]]]:
    return [[(lines[at], how) for at, how in one] for one in found]
