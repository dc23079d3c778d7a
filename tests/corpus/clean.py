"""The clean files of the corpus, as what a review takes: texts, tables, and texts with the tables of one project.

A table is a grid in JSON, a row on a line; ``"<"`` is covered by the cell to its left, ``"^"`` by the one above.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import final

from attrs import frozen

from perfeval.documents.blocks import Cell, Document, Paragraph, Table

__all__ = ["CLEAN", "File", "Grid", "files", "load"]

CLEAN = Path(__file__).parent / "clean"


@final
@frozen
class Grid:
    """A table as rows of texts, so that a slip can change one of them."""

    name: str
    rows: tuple[tuple[str, ...], ...]

    def table(self) -> Table:
        """Return the table, its merged cells as rectangles."""
        cells = []
        for row, texts in enumerate(self.rows, 1):
            for column, text in enumerate(texts, 1):
                if text in {"<", "^"}:
                    continue
                columns = 1
                while column + columns <= len(texts) and texts[column + columns - 1] == "<":
                    columns += 1
                rows = 1
                while row + rows <= len(self.rows) and self.rows[row + rows - 1][column - 1] == "^":
                    rows += 1
                if text or rows > 1 or columns > 1:
                    cells.append(Cell(row, column, text, rows=rows, columns=columns))
        return Table(self.name, cells)


@final
@frozen
class File:
    """One clean file, or a clean file with a slip in it: a text, tables, or both."""

    name: str
    text: str = ""
    grids: tuple[Grid, ...] = ()

    def source(self) -> str | Document:
        """Return what a review takes: the text alone, or a document that has the tables after the text."""
        if not self.grids:
            return self.text
        paragraphs = [Paragraph(line) for line in self.text.splitlines() if line.strip()]
        return Document(self.name, [*paragraphs, *(grid.table() for grid in self.grids)])


def _grids(path: Path) -> tuple[Grid, ...]:
    said = json.loads(path.read_text(encoding="utf-8"))
    listed: Sequence[dict[str, object]] = said if isinstance(said, list) else [said]
    return tuple(Grid(one["name"], tuple(tuple(row) for row in one["rows"])) for one in listed)


def load(name: str) -> File:
    """Return one file by its name, such as ``tables/detail_forest_fire``."""
    text, grid = (CLEAN / f"{name}{suffix}" for suffix in (".txt", ".json"))
    return File(
        name,
        text.read_text(encoding="utf-8") if text.exists() else "",
        _grids(grid) if grid.exists() else (),
    )


def files() -> tuple[File, ...]:
    """Return all clean files: texts, then tables, then pairs."""
    names = {
        str(path.relative_to(CLEAN).with_suffix(""))
        for folder in ("texts", "tables", "pairs")
        for path in (CLEAN / folder).iterdir()
    }
    return tuple(load(name) for name in sorted(names, key=lambda name: (-"ptt".index(name[0]), name)))
