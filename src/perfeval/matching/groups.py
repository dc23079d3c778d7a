"""Which lines of a budget each part of its schedule names: by words and topics, never by sums.

Imports ``documents`` and above.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import final

from attrs import frozen

from perfeval.documents.project import (
    Line,
    Project,
    ScheduleItem,
)
from perfeval.documents.topics import Likeness, likeness, shared_words

__all__ = ["Group", "groups_of", "payments_of"]


@final
@frozen
class Group:
    """A part of the schedule with the lines that its words name, and how each was found."""

    item: ScheduleItem
    lines: tuple[tuple[Line, Likeness], ...]


def groups_of(project: Project) -> tuple[Group, ...]:
    """Match each budget line with the one part of the schedule that its words name.

    Words that both say come before topics that both are about. Where several parts name a line alike (one line
    paid in four quarters), none of them can be compared with its lines, and their groups stay empty.
    """
    found: dict[int, list[tuple[Line, Likeness]]] = {index: [] for index in range(len(project.schedule))}
    sharing: set[int] = set()
    for line in project.lines:
        items, how = _items_of(line, project.schedule)
        if len(items) == 1:
            found[items[0]].append((line, how))
        sharing.update(items if len(items) > 1 else ())
    return tuple(
        Group(item, () if index in sharing else tuple(found[index])) for index, item in enumerate(project.schedule)
    )


def _items_of(line: Line, items: Sequence[ScheduleItem]) -> tuple[list[int], Likeness]:
    """Return the parts of a schedule that name a line best, and how that was found."""
    strengths = [len(shared_words(line.name, item.purpose)) for item in items]
    best = max(strengths, default=0)
    if best:
        return [index for index, strength in enumerate(strengths) if strength == best], Likeness.WORDS
    alike = [index for index, item in enumerate(items) if likeness(line.name, item.purpose) is Likeness.TOPIC]
    return alike, Likeness.TOPIC


def payments_of(project: Project) -> list[tuple[Line, list[ScheduleItem]]]:
    """Return each line that the schedule pays in several parts under its very name, with those parts.

    A name that several lines have says of none of them what is paid for it.
    """
    by_name: dict[str, list[ScheduleItem]] = {}
    for item in project.schedule:
        by_name.setdefault(_plain(item.purpose), []).append(item)
    often = Counter(_plain(line.name) for line in project.lines)
    paid = ((line, by_name.get(_plain(line.name), [])) for line in project.lines if often[_plain(line.name)] == 1)
    return [(line, items) for line, items in paid if len(items) > 1]


def _plain(name: str) -> str:
    return "".join(name.split())
