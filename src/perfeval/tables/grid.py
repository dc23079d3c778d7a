"""A table row by row: which cells stand in a row, which begin there, and what each says, worked out once for a cell.

Imports ``model``, ``words`` and ``documents.blocks``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, final

from perfeval.documents.blocks import Cell, Table
from perfeval.tables.model import Written
from perfeval.tables.words import is_blank

__all__ = ["Grid", "squeezed"]

_LONGEST_NAME: Final = 300


@final
class Grid:
    """The cells of a table that say something, by rows.

    >>> grid = Grid(Table("表1", [Cell(1, 1, "产出指标", rows=2), Cell(1, 2, " 培训期数 "), Cell(2, 2, "—")]))
    >>> [[cell.text for cell in cells] for _, cells in grid.rows()]
    [['产出指标', ' 培训期数 '], ['产出指标']]
    """

    def __init__(self, table: Table) -> None:
        """Sort the cells into rows; a merged cell stands in every row that it covers."""
        self.table = table
        self._rows: dict[int, list[Cell]] = {}
        self._written: dict[tuple[int, int], Written] = {}
        for cell in sorted(table.cells, key=lambda one: (one.column, one.row)):
            if not is_blank(cell.text):
                for row in range(cell.row, cell.row + cell.rows):
                    self._rows.setdefault(row, []).append(cell)

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Yield the rows that say something, from above, each with its cells from the left."""
        for row in sorted(self._rows):
            yield row, self._rows[row]

    def row(self, row: int) -> list[Cell]:
        """Return the cells that stand in a row, from the left."""
        return self._rows.get(row, [])

    def below(self, cell: Cell) -> Cell | None:
        """Return the cell under another one, in the next row that says anything; None where it is blank."""
        below = cell.row + cell.rows
        row = next((row for row in range(below, below + 4) if row in self._rows), below)
        under = self.table.at(row, cell.column)
        return None if under is None or under is cell or is_blank(under.text) else under

    def written(self, cell: Cell) -> Written:
        """Return what a cell says, without the blanks around it."""
        place = (cell.row, cell.column)
        if place not in self._written:
            text = cell.text
            start = len(text) - len(text.lstrip())
            self._written[place] = self.part(cell, start, start + len(text.strip()))
        return self._written[place]

    def part(self, cell: Cell, start: int, end: int) -> Written:
        """Return a part of what a cell says."""
        span = self.table.span(cell, start, end)
        return Written(span.text, span)


def squeezed(written: Written) -> Written:
    r"""Return a name as it is meant where the cell broke it over lines: without the breaks.

    >>> from perfeval.citations import Span
    >>> squeezed(Written("培训\n 人数", Span(start=0, end=6, text="培训\n 人数", cell="A1"))).text
    '培训人数'
    """
    if len(written.text) > _LONGEST_NAME or not ("\n" in written.text or "\r" in written.text):
        return written
    return Written("".join(line.strip() for line in written.text.splitlines()), written.span)
