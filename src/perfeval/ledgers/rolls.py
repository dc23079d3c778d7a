"""Who is listed for each group, and how many others there may be on a day.

Imports ``records`` and ``names`` of this package, and ``errors``.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, final

from attrs import frozen

from perfeval.errors import NotFoundError, excerpt
from perfeval.ledgers.names import near, some
from perfeval.ledgers.records import HeadCount, Trainee

__all__ = ["Roll", "Rolls"]


@final
@frozen(kw_only=True)
class Roll:
    """Who is listed for one group, and how many of them are in post on any day."""

    people: tuple[Trainee, ...]
    begins: tuple[datetime.date, ...]
    ends: tuple[datetime.date, ...]

    @classmethod
    def of(cls, people: Sequence[Trainee]) -> Roll:
        """Put the people of one group together."""
        begins = sorted(person.since or datetime.date.min for person in people)
        ends = sorted(person.until for person in people if person.until is not None)
        return cls(people=tuple(people), begins=tuple(begins), ends=tuple(ends))

    def number(self, on: datetime.date) -> int:
        """Return how many are in post."""
        return bisect_right(self.begins, on) - bisect_left(self.ends, on)


_EMPTY: Final = Roll.of(())


@final
@frozen(kw_only=True)
class Rolls:
    """The people by their ids, the roll of each group, and what the head-counts say of people who are not listed.

    ``partial`` are the groups of which a head-count is larger than the list.
    """

    people: Mapping[str, Trainee]
    groups: Mapping[str, Roll]
    counts: Mapping[tuple[str, datetime.date], int]
    partial: frozenset[str]

    @classmethod
    def of(cls, people: Sequence[Trainee], head_counts: Iterable[HeadCount]) -> Rolls:
        """Put the people of each group together; a group that is only counted has an empty roll."""
        by_group: dict[str, list[Trainee]] = defaultdict(list)
        for person in people:
            by_group[person.group].append(person)
        groups = {group: Roll.of(found) for group, found in by_group.items()}
        counts = {(count.group, count.on): count.number for count in head_counts}
        for group, _ in counts:
            groups.setdefault(group, _EMPTY)
        return cls(
            people={person.id: person for person in people},
            groups=groups,
            counts=counts,
            partial=frozenset(group for (group, on), count in counts.items() if count > groups[group].number(on)),
        )

    def roll(self, group: str) -> Roll:
        """Return who is listed; raises ``NotFoundError`` for an unknown group, if any is known."""
        if isinstance(group, str) and (group in self.groups or not self.groups):
            return self.groups.get(group, _EMPTY)
        needed = f"a group of the population: {some(tuple(self.groups), ', ')}"
        raise NotFoundError.of("group", came=excerpt(group), needed=needed, nearest=near(group, self.groups))

    def listed(self, group: str, on: datetime.date) -> int:
        """Return how many of a group are listed and in post."""
        return self.groups.get(group, _EMPTY).number(on)

    def others(self, group: str, on: datetime.date) -> tuple[int, int | None]:
        """Return how many people of a group there are beside the listed ones, as far as the head-counts say."""
        count = self.counts.get((group, on))
        if count is not None:
            others = max(count - self.listed(group, on), 0)
            return others, others
        return 0, None if group in self.partial else 0
