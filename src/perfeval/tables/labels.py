"""Whether a cell of a form says what stands beside or below it, begins with what its own text is, or heads funds.

Imports ``words`` and ``documents``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from perfeval.documents.blocks import Cell
from perfeval.tables.words import Field, FundsColumn, column_of, funds_column_of, funds_source_of, label_of, split_label

__all__ = ["heads_funds", "inline_label", "is_label"]

_FUNDS_HEADS: Final = (
    FundsColumn.INITIAL,
    FundsColumn.FULL_YEAR,
    FundsColumn.ADJUSTED,
    FundsColumn.EXECUTED,
    FundsColumn.RATE,
)


def heads_funds(fresh: Sequence[Cell]) -> bool:
    """Say whether a row heads the columns of a block of funds: 年初预算数, 全年预算数, 全年执行数."""
    return sum(funds_column_of(cell.text) in _FUNDS_HEADS for cell in fresh) > 1


def inline_label(cell: Cell) -> Field | None:
    """Return the field whose label begins a cell that also holds its value: 项目名称：某项目."""
    inline = split_label(cell.text)
    return None if inline is None else label_of(inline[0])


def is_label(cell: Cell) -> bool:
    """Say whether a cell says what another holds, as a field, a head of a column or a row of funds does."""
    text = cell.text
    return (
        label_of(text) is not None
        or column_of(text) is not None
        or funds_source_of(text) is not None
        or funds_column_of(text) is not None
    )
