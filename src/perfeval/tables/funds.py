"""The block of funds of a form: its heads, its rows, and money that a goal table plans.

Imports ``grid``, ``values``, ``words``, ``model`` and ``documents``.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from typing import Final, final

from attrs import define, evolve, field

from perfeval.documents.blocks import Cell
from perfeval.documents.printed import Printed
from perfeval.documents.project import Unread
from perfeval.facts import Label
from perfeval.tables.grid import Grid, squeezed
from perfeval.tables.model import FundsRow, FundsSource, Written
from perfeval.tables.values import read_points, read_printed, read_rate
from perfeval.tables.words import (
    FUNDS_BLOCK,
    Field,
    FundsColumn,
    funds_column_of,
    funds_source_of,
    label_of,
    money_unit_in,
    plain,
    points_in_brackets,
    split_label,
)

__all__ = ["FundsReader"]

_BUDGETS: Final = {
    FundsColumn.INITIAL: "initial",
    FundsColumn.FULL_YEAR: "full_year",
    FundsColumn.ADJUSTED: "adjusted",
    FundsColumn.EXECUTED: "executed",
}
_ANNUAL = re.compile(r"年度|本年|当年|全年")
_NO_FIGURE = Label("不是金额", "no sum of money")
_NO_RATE = Label("不是百分数", "no percentage")
_NO_POINTS = Label("不是分数", "no points")
_SEVERAL_YEARS = Label("多年度资金，不作为年度资金", "money of several years, not that of the year")


@final
@define
class _Figure:
    """A figure whose unit may be declared further down or not at all: it is read when the block is done."""

    cell: Cell
    start: int
    end: int
    unit: str | None


@final
@define
class _Raw:
    label: Written
    source: FundsSource
    figures: dict[str, _Figure] = field(factory=dict)
    weight: Written | None = None
    rate: Written | None = None
    rate_in_percent: bool = False
    score: Written | None = None
    reason: Written | None = None


@final
@define
class FundsReader:
    """Reads the rows of one block of funds, one after the other."""

    grid: Grid
    raw: list[_Raw] = field(factory=list)
    columns: dict[int, tuple[FundsColumn, Cell]] = field(factory=dict)
    block: Cell | None = None
    corner: Cell | None = None
    is_open: bool = False
    words: set[str] = field(factory=set)  # those that head columns
    several_years: set[int] = field(factory=set)
    unread: list[Unread] = field(factory=list)

    def take(self, row: int, cells: Sequence[Cell]) -> bool:
        """Read a row if it belongs to the funds; say whether it does."""
        fresh = [cell for cell in cells if cell.row == row]
        heads = [(cell, column) for cell in fresh if (column := funds_column_of(cell.text)) is not None]
        for cell in fresh:
            if FUNDS_BLOCK.fullmatch(plain(cell.text) or "-") and funds_source_of(cell.text) is None:
                self.block = cell
            if label_of(cell.text) is Field.SEVERAL_YEARS:
                self.several_years.add(cell.column)
        if heads and self._are_heads(fresh, heads, cells):
            if not self.is_open:
                self.columns = {}
                self.corner = fresh[0] if fresh[0] is not self.block else fresh[min(1, len(fresh) - 1)]
            for cell, column in heads:
                self.words.add(plain(cell.text))
                self.columns.update(dict.fromkeys(range(cell.column, cell.column + cell.columns), (column, cell)))
            self.is_open = True
            return True
        if self._take_pairs(cells, heads):
            return True
        if self.is_open and self._take_row(row, cells, fresh):
            return True
        self.is_open = False
        return self._take_planned(cells, fresh)

    def _are_heads(
        self, fresh: Sequence[Cell], heads: Sequence[tuple[Cell, FundsColumn]], cells: Sequence[Cell]
    ) -> bool:
        """Say whether a row heads columns: two heads of money or of the rate; under heads, any row of heads alone."""
        found = {column for _, column in heads}
        for cell, _ in heads:
            after = _next(cells, cell)
            if after is not None and read_printed(after.text, None, self.grid.written(after).span) is not None:
                return False
        money = found & {*_BUDGETS, FundsColumn.RATE}
        if len(money) > 1:
            return True
        return self.is_open and not self.raw and len(heads) == len(fresh)

    def _take_pairs(self, cells: Sequence[Cell], heads: Sequence[tuple[Cell, FundsColumn]]) -> bool:
        """Read a row in which each head stands left of its figure: 预算数：| 10 | 执行数：| 9."""
        pairs = [(cell, column, after) for cell, column in heads if (after := _next(cells, cell)) is not None]
        money = [
            (cell, column, after)
            for cell, column, after in pairs
            if read_printed(after.text, None, self.grid.written(after).span) is not None or column is FundsColumn.RATE
        ]
        if not any(column in _BUDGETS for _, column, _ in money):
            return False
        raw = _Raw(squeezed(self.grid.written(money[0][0])), FundsSource.TOTAL)
        self.columns = {}
        for cell, column, after in money:
            self.columns.update(dict.fromkeys(range(after.column, after.column + after.columns), (column, cell)))
            self._put(raw, column, after, cell)
        self.raw.append(raw)
        self.is_open = True
        return True

    def _take_row(self, row: int, cells: Sequence[Cell], fresh: Sequence[Cell]) -> bool:
        label = next((cell for cell in fresh if funds_source_of(cell.text) is not None), None)
        held = [
            (cell, self.columns[cell.column])
            for cell in cells
            if cell.column in self.columns and cell is not label and funds_source_of(cell.text) is None
        ]
        source = None if label is None else funds_source_of(label.text)
        if label is None:
            figures = [cell for cell, (column, _) in held if column in _BUDGETS and cell.row == row]
            others = [cell for cell in fresh if cell.column not in self.columns and cell is not self.block]
            if not figures or self.raw or others or self.block is None:
                return False
            label, source = self.block, FundsSource.TOTAL
        assert source is not None  # noqa: S101 - a label has one
        raw = _Raw(squeezed(self.grid.written(label)), source)
        for cell, (column, head) in held:
            if column in _BUDGETS or cell.row == row:
                self._put(raw, column, cell, head, label)
        self.raw.append(raw)
        return True

    def _put(self, raw: _Raw, column: FundsColumn, cell: Cell, head: Cell, label: Cell | None = None) -> None:
        written = self.grid.written(cell)
        match column:
            case FundsColumn.WEIGHT:
                raw.weight = raw.weight or written
            case FundsColumn.RATE:
                raw.rate = raw.rate or written
                raw.rate_in_percent = "%" in head.text or "％" in head.text
            case FundsColumn.SCORE:
                raw.score = raw.score or written
            case FundsColumn.REASON:
                raw.reason = raw.reason or written
            case _:
                unit = self._unit(head) or (None if label is None else self._unit_beside(label)) or self._block_unit()
                figure = _Figure(cell, written.span.start, written.span.end, unit)
                raw.figures.setdefault(_BUDGETS[column], figure)

    def _take_planned(self, cells: Sequence[Cell], fresh: Sequence[Cell]) -> bool:
        """Read the money that a goal table plans: each label left of its figure, or in front of it in one cell."""
        taken = False
        for cell in fresh:
            source = funds_source_of(cell.text)
            inline = split_label(cell.text) if source is None else None
            source = funds_source_of(inline[0]) if inline is not None else source
            if source is None:
                continue
            if inline is not None:
                found, start = cell, inline[1]
            else:
                after = _next(cells, cell)
                if after is None or funds_source_of(after.text) is not None or label_of(after.text) is not None:
                    continue
                found, start = after, self.grid.written(after).span.start
            written = self.grid.part(found, start, self.grid.written(found).span.end)
            if read_printed(written.text, None, written.span) is None:
                continue
            if cell.column in self.several_years:
                self.unread.append(Unread(text=written.text, why=_SEVERAL_YEARS, part=None, span=written.span))
                continue
            taken = True
            raw = _Raw(squeezed(self.grid.written(cell)), source)
            raw.figures["planned"] = _Figure(
                found, written.span.start, written.span.end, self._unit(cell) or self._block_unit()
            )
            self.raw.append(raw)
        return taken

    def _unit(self, cell: Cell) -> str | None:
        found = money_unit_in(cell.text)
        return None if found is None else found[0]

    def _unit_beside(self, label: Cell) -> str | None:
        """Return the unit that a label declares, or the corner above the labels: 年度预算数（万元）."""
        own = self._unit(label)
        corner = self.corner
        is_above = corner is not None and corner.column <= label.column < corner.column + corner.columns
        return self._unit(corner) if own is None and corner is not None and is_above else own

    def _block_unit(self) -> str | None:
        return None if self.block is None else self._unit(self.block)

    def rows(self, unit: str | None) -> tuple[list[FundsRow], list[Unread]]:
        """Return the rows; ``unit`` is what the table declares where nothing nearer does."""
        notes = list(self.unread)
        rows = [self._finished(raw, unit, notes) for raw in self._of_the_year(notes)]
        block = None if self.block is None else points_in_brackets(self.block.text)
        if rows and block is not None and rows[0].weight is None and self.block is not None:
            points = self.grid.part(self.block, block[1], block[2])
            rows[0] = evolve(rows[0], weight=points, points=read_points(block[0]))
        return rows, notes

    def _of_the_year(self, notes: list[Unread]) -> list[_Raw]:
        """Leave out the money of the whole project (项目资金总额) where that of the year stands below it."""
        annual = [_ANNUAL.search(raw.label.text) is not None for raw in self.raw if raw.source is FundsSource.TOTAL]
        if not any(annual) or all(annual):
            return self.raw
        kept: list[_Raw] = []
        is_kept = True
        for raw in self.raw:
            if raw.source is FundsSource.TOTAL:
                is_kept = _ANNUAL.search(raw.label.text) is not None
            if is_kept:
                kept.append(raw)
                continue
            for figure in raw.figures.values():
                written = self.grid.part(figure.cell, figure.start, figure.end)
                notes.append(Unread(text=written.text, why=_SEVERAL_YEARS, part=None, span=written.span))
        return kept

    def _finished(self, raw: _Raw, unit: str | None, notes: list[Unread]) -> FundsRow:
        printed: dict[str, Printed] = {}
        for name, figure in raw.figures.items():
            written = self.grid.part(figure.cell, figure.start, figure.end)
            read = read_printed(written.text, figure.unit or unit, written.span)
            if read is None:
                notes.append(Unread(text=written.text, why=_NO_FIGURE, part=None, span=written.span))
            else:
                printed[name] = read
        points = None if raw.weight is None else read_points(raw.weight.text)
        scored = None if raw.score is None else read_points(raw.score.text)
        rate = None if raw.rate is None else read_rate(raw.rate.text, in_percent=raw.rate_in_percent)
        for written_or_none, value, why in (
            (raw.weight, points, _NO_POINTS),
            (raw.score, scored, _NO_POINTS),
            (raw.rate, rate, _NO_RATE),
        ):
            if written_or_none is not None and value is None:
                notes.append(Unread(text=written_or_none.text, why=why, part=None, span=written_or_none.span))
        return FundsRow(
            label=raw.label,
            source=raw.source,
            planned=printed.get("planned"),
            initial=printed.get("initial"),
            full_year=printed.get("full_year"),
            adjusted=printed.get("adjusted"),
            executed=printed.get("executed"),
            weight=raw.weight,
            rate_written=raw.rate,
            score=raw.score,
            points=points,
            rate=rate,
            scored=scored,
            reason=raw.reason,
        )


def _next(cells: Sequence[Cell], cell: Cell) -> Cell | None:
    """Return the next cell to the right that says something."""
    at = bisect.bisect_right(cells, cell.column, key=lambda other: other.column)
    return cells[at] if at < len(cells) else None
