"""How cells that say how many rows and columns they cover become a table: each takes the first place that is free.

So web pages and texts write their tables. Imports ``limits`` and ``documents``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import final

from attrs import frozen

from perfeval.documents.blocks import Cell, Table
from perfeval.files import limits

__all__ = ["Spanning", "laid_out"]


@final
@frozen
class Spanning:
    """A cell as it is written: its text, and how many rows and columns it covers."""

    text: str
    rows: int = 1
    columns: int = 1


def laid_out(name: str, rows: Sequence[Sequence[Spanning]], *, where: str) -> Table:
    """Return a table; a cell covers no row below the last and no place that another one holds.

    >>> laid_out("表1", [[Spanning("产出", rows=2), Spanning("期数")], [Spanning("人数")]], where="a.html").at(2, 2).text
    '人数'
    """
    cells: list[Cell] = []
    held: dict[int, int] = {}  # column -> the last row in which a cell from above holds it
    seen = places = 0
    for row, written in enumerate(rows, start=1):
        column = 1
        seen += len(written)
        limits.check(where, "cells", seen, limits.MOST_CELLS)
        for cell in written:
            while held.get(column, 0) >= row:
                column += 1
            tall = min(cell.rows, len(rows) - row + 1)
            wide = 1
            while wide < cell.columns and held.get(column + wide, 0) < row:
                wide += 1
            places += tall * wide
            limits.check(where, "places in a table", places, limits.MOST_PLACES)
            if tall > 1:
                held.update((column + step, row + tall - 1) for step in range(wide))
            if cell.text:
                cells.append(Cell(row, column, cell.text, rows=tall, columns=wide))
            column += wide
    return Table(name, cells)
