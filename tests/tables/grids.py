"""Grids for tests, written as lines: ``|`` between cells, ``→`` and ``↓`` for cells merged to the right and down."""

from __future__ import annotations

from perfeval.documents.blocks import Cell, Table

__all__ = ["grid"]


def grid(text: str, name: str = "表") -> Table:
    """Return a table; ``^`` is a place that a merged cell above or to the left covers."""
    cells: list[Cell] = []
    for row, line in enumerate(text.strip("\n").split("\n"), 1):
        column = 1
        for part in line.split("|"):
            words = part.strip()
            rows, columns = 1 + words.count("↓"), 1 + words.count("→")
            words = words.rstrip("→↓").strip()
            if words != "^":
                cells.append(Cell(row, column, words.replace("/n", "\n"), rows, columns))
            column += columns
    return Table(name, cells)
