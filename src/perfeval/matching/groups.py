"""Which lines of a budget each part of its schedule names: by words and topics, never by sums.

Imports ``documents`` and above.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import final

from attrs import frozen

from perfeval.documents.project import (
    Line,
    Project,
    ScheduleItem,
)
from perfeval.documents.topics import Likeness, Topic, telling_pairs, topics_of

__all__ = ["Group", "groups_of", "payments_of"]


_NAMELESS = re.compile(
    r"(?:(?:第?[一二三四1-4]季度|[上下]半年|[0-9]{1,2}月|年[初中末底]|剩余|其余|余下|全部|再|的|内|支付|拨付|安排|使用|支出|资金|经费|款项|款)*)"
)


@final
@frozen
class Group:
    """A part of the schedule with the lines that its words name, and how each was found."""

    item: ScheduleItem
    lines: tuple[tuple[Line, Likeness], ...]


def groups_of(project: Project) -> tuple[Group, ...]:
    """Match each budget line with the one part of the schedule that its words name.

    Words that both say come before topics that both are about. Where several parts name a line alike (one line
    paid in four quarters), none of them can be compared with its lines, and their groups stay empty. So do all where a
    part names nothing: it may go on with what an earlier part paid.
    """
    if any(_NAMELESS.fullmatch(item.purpose) for item in project.schedule):
        return tuple(Group(item, ()) for item in project.schedule)
    purposes = _Purposes([item.purpose for item in project.schedule])
    found: dict[int, list[tuple[Line, Likeness]]] = {index: [] for index in range(len(project.schedule))}
    for line in project.lines:
        items, how = purposes.of(line.name)
        if len(items) == 1:
            found[items[0]].append((line, how))
    return tuple(
        Group(item, () if index in purposes.shared else tuple(found[index]))
        for index, item in enumerate(project.schedule)
    )


@final
class _Purposes:
    """What the parts of a schedule are for, by their words and topics: a long schedule is not walked for each line.

    ``shared`` are the parts that name some line together with others.
    """

    def __init__(self, purposes: Sequence[str]) -> None:
        self.shared: set[int] = set()
        self._alike: dict[frozenset[str], list[int]] = {}
        self._saying: dict[str, list[frozenset[str]]] = {}
        self._about: dict[Topic, list[int]] = {}
        self._known: dict[tuple[frozenset[str], frozenset[Topic]], tuple[tuple[int, ...], Likeness]] = {}
        for index, purpose in enumerate(purposes):
            words = frozenset(telling_pairs(purpose))
            if words not in self._alike:
                for word in words:
                    self._saying.setdefault(word, []).append(words)
            self._alike.setdefault(words, []).append(index)
            for topic in topics_of(purpose):
                self._about.setdefault(topic, []).append(index)

    def of(self, name: str) -> tuple[tuple[int, ...], Likeness]:
        """Return the parts that name a line best, and how that was found."""
        said = frozenset(telling_pairs(name)), frozenset(topics_of(name))
        if said not in self._known:
            self._known[said] = self._found(*said)
            items = self._known[said][0]
            self.shared.update(items if len(items) > 1 else ())
        return self._known[said]

    def _found(self, words: frozenset[str], topics: frozenset[Topic]) -> tuple[tuple[int, ...], Likeness]:
        strengths = Counter(alike for word in words for alike in self._saying.get(word, ()))
        best = max(strengths.values(), default=0)
        if best:
            strongest = (alike for alike, strength in strengths.items() if strength == best)
            return tuple(sorted(index for alike in strongest for index in self._alike[alike])), Likeness.WORDS
        return tuple(sorted({index for topic in topics for index in self._about.get(topic, ())})), Likeness.TOPIC


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
