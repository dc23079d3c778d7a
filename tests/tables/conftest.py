"""What the tests of tables share: grids written as lines, and a walk over every span."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs
import pytest

from perfeval.citations import Span
from perfeval.documents.blocks import Cell, Table


def _spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _spans(item)
    elif attrs.has(type(value)):
        for attribute in attrs.fields(type(value)):
            yield from _spans(getattr(value, attribute.name))


@pytest.fixture(scope="session")
def all_spans() -> Callable[[object], Iterator[Span]]:
    """Return a walk over every span that a value holds, however deep."""
    return _spans


def _grid(text: str, name: str = "表") -> Table:
    """Return a table from lines: ``|`` between cells, ``→`` and ``↓`` for a merged cell, ``^`` what it covers."""
    cells: list[Cell] = []
    for row, line in enumerate(text.strip("\n").split("\n"), 1):
        column = 1
        for part in line.split("|"):
            words = part.strip()
            rows, columns = 1 + words.count("↓"), 1 + words.count("→")
            words = words.rstrip("→↓").strip()
            if words != "^":
                cells.append(Cell(row, column, words, rows, columns))
            column += columns
    return Table(name, cells)


@pytest.fixture(scope="session")
def grid() -> Callable[..., Table]:
    """Return what makes a table of lines."""
    return _grid
