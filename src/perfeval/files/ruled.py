"""Ruled lines of a page → the tables that they rule, with the box of every cell.

Lines that touch one another rule one table. Their levels and columns make a grid; places of the grid between which no
line stands are one cell. Imports ``printing`` and ``limits``.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Final, final

from attrs import define, frozen

from perfeval.files import limits
from perfeval.files.printing import Ruling

__all__ = ["Box", "Ruled", "alike", "ruled"]

_NEAR: Final = 3.0
_MOST_GRID: Final = 60_000
_MOST_LINES: Final = 1_500


@final
@frozen
class Box:
    """A cell: where it stands in the grid, how many places it covers, and its edges on the page."""

    row: int
    column: int
    rows: int
    columns: int
    x0: float
    y0: float
    x1: float
    y1: float


@final
@define(slots=False, frozen=True)
class Ruled:
    """A ruled table: its upright and level edges, from left to right and from top to bottom, and its cells."""

    uprights: tuple[float, ...]
    levels: tuple[float, ...]
    boxes: tuple[Box, ...]

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.levels[0]

    def box_at(self, x: float, y: float) -> Box | None:
        """Return the cell about a point."""
        column = bisect_right(self.uprights, x)
        row = bisect_right([-level for level in self.levels], -y)
        return self._boxes.get((row, column))

    @cached_property
    def _boxes(self) -> dict[tuple[int, int], Box]:
        return {
            (box.row + down, box.column + over): box
            for box in self.boxes
            for down in range(box.rows)
            for over in range(box.columns)
        }


def _snapped(values: Sequence[float]) -> list[float]:
    """Return values with those that lie near one another as one, in the middle of them."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _NEAR:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [(group[0] + group[-1]) / 2 for group in groups]


def _nearest(edges: Sequence[float], value: float) -> int:
    place = bisect_left(edges, value)
    around = [each for each in (place - 1, place) if 0 <= each < len(edges)]
    return min(around, key=lambda each: abs(edges[each] - value))


def _run_together(rulings: Sequence[Ruling], where: str) -> list[Ruling]:
    """Return lines with those that go on in one another, as the edges of neighbouring cells do, as one."""
    found: list[Ruling] = []
    for flat in (True, False):
        own = [line for line in rulings if (line.y1 - line.y0 <= line.x1 - line.x0) is flat]
        rows: list[tuple[float, list[tuple[float, float]]]] = []
        for line in sorted(own, key=lambda line: line.y0 if flat else line.x0):
            at = line.y0 if flat else line.x0
            if not rows or at - rows[-1][0] > _NEAR / 2:
                rows.append((at, []))
            rows[-1][1].append((line.x0, line.x1) if flat else (line.y0, line.y1))
        for at, pieces in rows:
            start, end = -math.inf, -math.inf
            for first, last in [*sorted(pieces), (math.inf, math.inf)]:
                if first <= end + _NEAR:
                    end = max(end, last)
                    continue
                if end > start:
                    found.append(Ruling(start, at, end, at) if flat else Ruling(at, start, at, end))
                start, end = first, last
    limits.check(where, "ruled lines on a page", len(found), _MOST_LINES)
    return found


def _touching(rulings: Sequence[Ruling]) -> list[list[Ruling]]:
    """Return groups of lines that touch one another, found from left to right with those that still reach."""
    parent = list(range(len(rulings)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    order = sorted(range(len(rulings)), key=lambda place: rulings[place].x0)
    reaching: list[int] = []
    for place in order:
        line = rulings[place]
        reaching = [each for each in reaching if rulings[each].x1 + _NEAR >= line.x0]
        for each in reaching:
            other = rulings[each]
            if other.y0 - _NEAR <= line.y1 and line.y0 - _NEAR <= other.y1:
                parent[root(place)] = root(each)
        reaching.append(place)
    groups: dict[int, list[Ruling]] = {}
    for place in range(len(rulings)):
        groups.setdefault(root(place), []).append(rulings[place])
    return list(groups.values())


def ruled(rulings: Sequence[Ruling], *, where: str) -> list[Ruled]:
    """Return the tables of a page, from top to bottom.

    >>> rules = [Ruling(0, y, 20, y) for y in (0, 10, 20)] + [Ruling(0, 0, 0, 20), Ruling(20, 0, 20, 20)]
    >>> [(box.row, box.rows, box.columns) for box in ruled([*rules, Ruling(10, 0, 10, 10)], where="a.pdf")[0].boxes]
    [(1, 1, 2), (2, 1, 1), (2, 1, 1)]
    """
    found = [table for group in _touching(_run_together(rulings, where)) if (table := _table(group, where)) is not None]
    return sorted(found, key=lambda table: -table.top)


def _table(group: Sequence[Ruling], where: str) -> Ruled | None:
    level = [line for line in group if line.y1 - line.y0 <= _NEAR]
    upright = [line for line in group if line.x1 - line.x0 <= _NEAR and line.y1 - line.y0 > _NEAR]
    xs = _snapped([x for line in upright for x in (line.x0, line.x1)])
    ys = _snapped([line.y0 for line in level])[::-1]
    if len(xs) < 2 or len(ys) < 2 or len(xs) + len(ys) < 5:
        return None
    columns, rows = len(xs) - 1, len(ys) - 1
    limits.check(where, "places in a ruled table", columns * rows, _MOST_GRID)
    # walls[row][column] says whether a line stands left of the place; floors, whether one stands above it.
    walls = [[False] * (columns + 1) for _ in range(rows)]
    floors = [[False] * columns for _ in range(rows + 1)]
    down = [-y for y in ys]
    for line in upright:
        at = _nearest(xs, line.x0)
        for row in range(_nearest(down, -line.y1), _nearest(down, -line.y0)):
            walls[row][at] = True
    for line in level:
        at = _nearest(down, -line.y0)
        for column in range(_nearest(xs, line.x0), _nearest(xs, line.x1)):
            floors[at][column] = True
    boxes: list[Box] = []
    taken = [[False] * columns for _ in range(rows)]
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            wide = tall = 1
            while column + wide < columns and not walls[row][column + wide] and not taken[row][column + wide]:
                wide += 1
            while row + tall < rows and not any(floors[row + tall][column : column + wide]):
                tall += 1
            for each in range(row, row + tall):
                taken[each][column : column + wide] = [True] * wide
            boxes.append(Box(row + 1, column + 1, tall, wide, xs[column], ys[row + tall], xs[column + wide], ys[row]))
    return Ruled(tuple(xs), tuple(ys), tuple(boxes)) if len(boxes) > 1 else None


def alike(first: Ruled, second: Ruled) -> bool:
    """Say whether two tables have the same columns, as one that goes on over a page has."""
    return len(first.uprights) == len(second.uprights) and all(
        abs(one - two) <= _NEAR for one, two in zip(first.uprights, second.uprights, strict=True)
    )
