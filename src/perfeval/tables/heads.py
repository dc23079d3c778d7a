"""The heads of a table of indicators: what its columns hold, in one row of heads or in two.

Imports ``grid``, ``words``, ``model`` and ``documents``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, final

from attrs import field, frozen

from perfeval.documents.blocks import Cell
from perfeval.tables.grid import Grid
from perfeval.tables.model import Column, Head
from perfeval.tables.words import column_of, plain

__all__ = ["Heads", "heads_of", "merged_heads", "partial_heads", "with_heads_above"]

_VALUE_HEADS: Final = frozenset({"内容", "数值", "值", "指标值内容"})
_WIDEST: Final = 1000
_BESIDE: Final = frozenset({Column.WEIGHT, Column.SCORE, Column.REASON, Column.REMARK})
_VALUES: Final = (Column.TARGET, Column.ACTUAL, Column.SIGN)


@final
@frozen
class Heads:
    """The heads of a table of indicators: for each column of the grid its head, and the heads in order."""

    columns: dict[int, Head]
    heads: tuple[Head, ...]
    of_several_years: frozenset[int] = frozenset()
    kinds: frozenset[Column] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Look once at which heads there are."""
        object.__setattr__(self, "kinds", frozenset(head.column for head in self.heads))

    def at(self, column: int) -> Head | None:
        """Return the head of a column of the grid."""
        return self.columns.get(column)

    def has(self, column: Column) -> bool:
        """Say whether there is such a head."""
        return column in self.kinds


def heads_of(grid: Grid, row: int, cells: Sequence[Cell], above: Heads | None = None) -> Heads | None:
    """Return the heads that a row holds, None where it is no row of heads of indicators.

    ``above`` are heads of the row before, which hold where a row of nothing but heads is blank. A head that reaches
    down from above, such as 绩效指标 beside all indicators, makes no row one of heads.
    """
    own = partial_heads(grid, [cell for cell in cells if cell.row == row], above)
    columns: dict[int, Head] = {}
    if own is not None and above is not None and len(above.columns) <= _WIDEST:
        columns.update(above.columns)
    begun = reaching = 0
    for cell in cells:
        column = column_of(cell.text, in_head=True)
        if column is None:
            continue
        begun += cell.row == row
        reaching += cell.row < row
        head = Head(column, grid.written(cell))
        columns.update(dict.fromkeys(range(cell.column, cell.column + cell.columns), head))
    found = {head.column for head in columns.values()}
    if begun and Column.NAME not in found and Column.BLOCK in found:
        blocks = {id(head): head for head in columns.values() if head.column is Column.BLOCK}
        named = {key: Head(Column.NAME, head.written) for key, head in blocks.items()}
        columns = {place: named.get(id(head), head) for place, head in columns.items()}
        found.add(Column.NAME)
    is_row = begun > 1 or (begun == 1 and own is not None and reaching > 0)
    return _heads(columns) if is_row and Column.NAME in found and not found.isdisjoint(_VALUES) else None


def with_heads_above(grid: Grid, heads: Heads, above: Sequence[Cell]) -> Heads:
    """Return heads with those of the row above them that stand over no other: a head in two rows that merges no cells.

    Only the first of the two rows then says 分值, 得分 and what stands right of them; it is told by 绩效指标 at its left.
    """
    begun = {column_of(cell.text, in_head=True) for cell in above}
    if begun.isdisjoint({Column.BLOCK, Column.LEVEL_ONE, Column.NAME}):
        return heads
    columns = dict(heads.columns)
    for cell in above:
        column = column_of(cell.text, in_head=True)
        free = [place for place in range(cell.column, cell.column + cell.columns) if place not in columns]
        if column in _BESIDE and not heads.has(column) and len(free) == cell.columns:
            columns.update(dict.fromkeys(free, Head(column, grid.written(cell))))
    return heads if len(columns) == len(heads.columns) else _heads(columns)


def partial_heads(grid: Grid, cells: Sequence[Cell], above: Heads | None = None) -> Heads | None:
    """Return the heads of a row in which every cell is one, None where any is not.

    Under 指标值 a head may say 内容 for the value, beside its sign and its unit.
    """
    columns: dict[int, Head] = {}
    for cell in cells:
        column = column_of(cell.text, in_head=True)
        over = None if above is None else above.at(cell.column)
        if column is None and over is not None and over.column is Column.TARGET and plain(cell.text) in _VALUE_HEADS:
            column = Column.TARGET
        if column is None:
            return None
        head = Head(column, grid.written(cell))
        columns.update(dict.fromkeys(range(cell.column, cell.column + cell.columns), head))
    return _heads(columns) if columns else None


def merged_heads(heads: Heads, lower: Heads) -> Heads:
    """Return heads with those of the row under them, which are finer."""
    return _heads({**heads.columns, **lower.columns})


def _heads(columns: dict[int, Head]) -> Heads:
    """Return the heads in order; where 实施期 and 年度 stand side by side, those of the year, which come second."""
    ordered = [columns[place] for place in sorted(columns)]
    heads = tuple({id(head): head for head in ordered}.values())
    names = [head for head in heads if head.column is Column.NAME]
    if len(names) != 2:
        return Heads(columns, heads)
    last = {head.column: head for head in heads}
    twice = {head.column for head in heads if head is not last[head.column]}
    kept = {place: head for place, head in columns.items() if head is last[head.column] or head.column not in twice}
    several = frozenset(place for place in columns if place not in kept)
    return Heads(kept, tuple(head for head in heads if head is last[head.column]), several)
