"""What any published file comes down to: paragraphs and tables, in the order in which they stand.

A :class:`Document` is what ``perfeval.files`` makes of the bytes of a file and what the readers of texts and tables
take. It knows nothing of formats. Imports only ``citations``, ``facts`` and ``errors``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TypeAlias, final

from attrs import define, field, frozen

from perfeval.citations import Span
from perfeval.errors import DocumentError, Problem, excerpt
from perfeval.facts import Label

__all__ = ["MOST_PLACES", "Block", "Cell", "Document", "Paragraph", "Table", "column_letters"]

MOST_PLACES = 1_000_000
"""How many places of a grid the cells of one table may cover together."""


def column_letters(column: int) -> str:
    """Return the letters by which a spreadsheet names a column, counted from one.

    >>> [column_letters(column) for column in (1, 26, 27, 703)]
    ['A', 'Z', 'AA', 'AAA']
    """
    letters = ""
    while column > 0:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


@final
@frozen
class Paragraph:
    """A paragraph or a line of prose."""

    text: str


@final
@frozen
class Cell:
    """One cell of a table, rows and columns counted from one; a merged cell says how many of each it covers.

    ``text`` is what a reader of the file sees, in the cell's number format.
    """

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1


def _cells(given: Iterable[Cell]) -> tuple[Cell, ...]:
    return tuple(given)


@final
@define(slots=False, frozen=True)
class Table:
    """A table as a grid of cells; ``name`` is that of its sheet, or 表1, 表2 … in a text.

    Cells that are not given are blank. Raises ``DocumentError`` where two cells lie on one another, or a cell lies
    outside the grid that starts at row one and column one.

    >>> table = Table("绩效目标表", [Cell(1, 1, "产出指标", rows=2), Cell(1, 2, "培训期数"), Cell(2, 2, "培训人数")])
    >>> table.at(2, 1).text, table.address(table.at(2, 1)), table.at(3, 1)
    ('产出指标', '绩效目标表!A1', None)
    """

    name: str
    cells: tuple[Cell, ...] = field(converter=_cells)

    def __attrs_post_init__(self) -> None:
        places = sum(max(cell.rows, 0) * max(cell.columns, 0) for cell in self.cells)
        if places > MOST_PLACES:
            raise DocumentError.of(
                f"table {excerpt(self.name)}", came=f"{places} places", needed=f"at most {MOST_PLACES}"
            )
        problems = [
            Problem(
                f"table {excerpt(self.name)}", came=f"a cell at row {cell.row}, column {cell.column}", needed=needed
            )
            for cell in self.cells
            for needed, right in (
                ("rows and columns counted from one", min(cell.row, cell.column, cell.rows, cell.columns) >= 1),
                ("one cell in each place", self._covered.get((cell.row, cell.column)) is cell),
            )
            if not right
        ]
        if problems:
            raise DocumentError(*problems[:20])

    @cached_property
    def _covered(self) -> Mapping[tuple[int, int], Cell]:
        covered: dict[tuple[int, int], Cell] = {}
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    covered.setdefault((row, column), cell)
        return MappingProxyType(covered)

    @cached_property
    def height(self) -> int:
        """How many rows it has."""
        return max((cell.row + cell.rows - 1 for cell in self.cells), default=0)

    @cached_property
    def width(self) -> int:
        """How many columns it has."""
        return max((cell.column + cell.columns - 1 for cell in self.cells), default=0)

    def at(self, row: int, column: int) -> Cell | None:
        """Return the cell that covers a place of the grid, or None where it is blank."""
        return self._covered.get((row, column))

    def address(self, cell: Cell) -> str:
        """Return where a cell stands, as a spreadsheet names it."""
        place = f"{column_letters(cell.column)}{cell.row}"
        return f"{self.name}!{place}" if self.name else place

    def span(self, cell: Cell, start: int = 0, end: int | None = None) -> Span:
        """Return characters of a cell as a place, all of them where not said otherwise."""
        stop = len(cell.text) if end is None else end
        return Span(start=start, end=stop, text=cell.text[start:stop], cell=self.address(cell))


Block: TypeAlias = Paragraph | Table


def _labels(given: Iterable[Label]) -> tuple[Label, ...]:
    return tuple(given)


def _blocks(given: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(given)


@final
@define(slots=False, frozen=True)
class Document:
    r"""A published file as paragraphs and tables; ``remarks`` say in words what was passed over in reading it.

    >>> document = Document("说明.docx", [Paragraph("一、项目名称"), Table("表1", [Cell(1, 1, "指标")]), Paragraph("示例")])
    >>> document.text, len(document.tables)
    ('一、项目名称\n示例', 1)
    """

    name: str
    blocks: tuple[Block, ...] = field(converter=_blocks)
    remarks: tuple[Label, ...] = field(default=(), converter=_labels)

    @cached_property
    def text(self) -> str:
        """The paragraphs, one on a line."""
        return "\n".join(block.text for block in self.blocks if isinstance(block, Paragraph))

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))
