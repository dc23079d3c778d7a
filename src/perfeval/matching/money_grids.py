"""Tables of money that are no list of lines: rows by columns of sources or years, with totals beside and above.

What is a sum is told by its words (合计, 总计) and by which rows begin further left, never by the figures. A 小计 is that of
the lines above it where each group of lines ends in one; a table with other 小计, 其中 or heads in two rows tells too
little, and gives no sums. Imports ``tables``, ``documents`` and above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final, final

from attrs import frozen

from perfeval.budgets import Identity
from perfeval.documents.blocks import Cell, Document, Table
from perfeval.documents.printed import Printed
from perfeval.facts import Label
from perfeval.matching.rounding import sum_as_rounded
from perfeval.matching.table_identities import figure_of
from perfeval.tables import BudgetRow, Sum, read_budget_table, read_table
from perfeval.tables.model import Written
from perfeval.tables.values import read_printed
from perfeval.tables.words import Field, label_of, money_unit_in, plain, project_in

__all__ = ["MoneyGrid", "grid_identities", "money_grid", "money_grids"]

_TOTAL = re.compile(r"合计|总计|共计|总额|金额合计|资金合计")
_UNCLEAR = re.compile(r"其中|小计")
_NO_MONEY = re.compile(
    r"编码|代码|编号|序号|科目|年度$|年份|数量|人数|天数|次数|单价|标准|比例|占比|率|长度|面积|里程|同比|增减|增长|上年(?!结转)|备注|[(（](?![百千万亿]{0,2}元[)）])"
)
_NUMBER = re.compile(r"-?\d{1,3}(?:[,，]\d{3}){0,5}(?:\.\d{1,8})?|-?\d{1,15}(?:\.\d{1,8})?")
_YEAR = re.compile(r"(20\d\d)\s?年?度?(?:[(（]|$|\s)")
_ADDS: Final = Label("分项之和等于合计", "the parts add up to the total")
_LONGEST: Final = 40
_WIDEST: Final = 60
_MOST_ROWS: Final = 2000


@final
@frozen
class MoneyGrid:
    """What adds up in such a table; ``years`` are rows that are the money of one year, with their total.

    ``project`` is the one project that it names, in a cell above its heads or in a column of its own.
    """

    name: str
    title: Written | None
    money_unit: str | None
    sums: tuple[Sum, ...]
    years: tuple[tuple[int, BudgetRow], ...]
    project: Written | None = None


def money_grids(document: Document) -> tuple[MoneyGrid, ...]:
    """Return the grids of money of a document, those tables left out that say something else."""
    return tuple(
        grid
        for table in document.tables
        if not read_table(table) and read_budget_table(table) is None and (grid := money_grid(table)) is not None
    )


def money_grid(table: Table) -> MoneyGrid | None:
    """Return what adds up in a table of money, None where it does not say.

    >>> rows = [["资金安排表（单位：万元）"], ["年度", "合计", "中央", "省级"], ["2026年", "5", "3", "2"]]
    >>> grid = money_grid(Table("表", [Cell(r, c, text) for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1)]))
    >>> [(one.total.name.text, str(one.total.amount.amount), len(one.parts)) for one in grid.sums]
    [('2026年', '5 万元', 2)]
    """
    if table.width > _WIDEST or table.height > _MOST_ROWS:
        return None
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    begins = next((row for row in sorted(rows) if sum(_is_number(cell) for cell in rows[row]) > 0), None)
    if begins is None or begins - 1 not in rows:
        return None
    heads = rows[begins - 1]
    above = [cell for row in rows if row < begins - 1 for cell in rows[row]]
    if len(heads) < 2 or any(cell.rows > 1 or _UNCLEAR.search(cell.text) for cell in heads):
        return None
    unit, title = _declared(table, [*above, *heads])
    columns = {cell.column: cell for cell in heads if not _NO_MONEY.search(cell.text)}
    data = [_row(table, rows[row], columns, unit) for row in sorted(rows) if row >= begins]
    lines = [row for row in data if row.figures]
    if not lines or any(_UNCLEAR.search(row.name.text) for row in lines if not row.is_subtotal):
        return None
    if any(row.is_subtotal for row in lines) and not _in_groups(lines):
        return None
    columns = {place: head for place, head in columns.items() if any(place in row.figures for row in lines)}
    sums = (*_across(lines, columns), *_down(lines, columns))
    years = tuple(_by_year(lines, columns))
    project = _project(table, above, heads, [cell for row in rows if row >= begins for cell in rows[row]])
    return MoneyGrid(table.name, title, unit, sums, years, project) if sums else None


def _project(table: Table, above: Sequence[Cell], heads: Sequence[Cell], data: Sequence[Cell]) -> Written | None:
    """Return the one project that is named: in a cell above, beside its label there, or in the column of that head."""
    for cell, after in zip_longest(above, above[1:]):
        named = project_in(cell.text)
        if named is not None:
            return Written(cell.text[slice(*named)], table.span(cell))
        if after is not None and after.row == cell.row and label_of(cell.text) is Field.PROJECT:
            return Written(after.text.strip(), table.span(after))
    columns = {cell.column for cell in heads if label_of(cell.text) is Field.PROJECT}
    cells = {
        plain(cell.text): cell
        for cell in data
        if cell.column in columns and cell.text.strip() and not _TOTAL.fullmatch(plain(cell.text))
    }
    if len(cells) != 1:
        return None
    [only] = cells.values()
    return Written(only.text.strip(), table.span(only))


def _is_number(cell: Cell) -> bool:
    text = cell.text.strip()
    return len(text) < _LONGEST and _NUMBER.fullmatch(text) is not None and ("," in text or cell.column > 1)


def _declared(table: Table, cells: Sequence[Cell]) -> tuple[str | None, Written | None]:
    """Return the one unit that the cells above declare for all money, and the title."""
    found = {unit[0] for cell in cells if (unit := money_unit_in(cell.text)) is not None}
    title = None
    if cells and len(cells[0].text) < 100:
        title = Written(cells[0].text, table.span(cells[0]))
    return (found.pop() if len(found) == 1 else None), title


@final
@frozen
class _Row:
    """One row: its name, how far right its words reach, whether it is a total, its money by column."""

    name: Written
    depth: int
    is_total: bool
    is_subtotal: bool
    figures: dict[int, Printed]


def _row(table: Table, cells: Sequence[Cell], columns: dict[int, Cell], unit: str | None) -> _Row:
    figures: dict[int, Printed] = {}
    words: list[Cell] = []
    for cell in cells:
        if cell.column in columns and _is_number(cell):
            printed = read_printed(cell.text.strip(), unit, table.span(cell))
            if printed is not None:
                figures[cell.column] = printed
        elif cell.text.strip() and not _is_number(cell):
            words.append(cell)
    first = min(figures, default=0)
    named = [cell for cell in words if cell.column < first] or words[:1]
    last = named[-1] if named else cells[0]
    is_total = any(_TOTAL.fullmatch(plain(cell.text)) for cell in named)
    is_subtotal = any(plain(cell.text) == "小计" for cell in named)
    return _Row(Written(last.text.strip(), table.span(last)), last.column, is_total, is_subtotal, figures)


def _in_groups(rows: Sequence[_Row]) -> bool:
    """Say whether every line stands in a group that its 小计 ends: at least two groups of two lines, the total first or last."""
    body = [row for row in rows if not row.is_total]
    totals = len(rows) - len(body)
    if totals > 1 or (totals and not (rows[0].is_total or rows[-1].is_total)) or not body[-1].is_subtotal:
        return False
    sizes = [len(group) for group in _groups(body)]
    lines = {row.depth for row in body if not row.is_subtotal}
    return len(sizes) > 1 and min(sizes) > 1 and len(lines) == 1


def _groups(body: Sequence[_Row]) -> list[list[_Row]]:
    """Return the lines above each 小计."""
    groups: list[list[_Row]] = [[]]
    for row in body:
        if row.is_subtotal:
            groups.append([])
        else:
            groups[-1].append(row)
    return groups[:-1]


def _budget_row(name: Written, printed: Printed) -> BudgetRow:
    return BudgetRow(name=name, amount=printed)


def _across(rows: Sequence[_Row], columns: dict[int, Cell]) -> Iterator[Sum]:
    """Yield that the column of totals is the sum of the other columns of money."""
    totals = [place for place, head in columns.items() if _TOTAL.fullmatch(plain(head.text))]
    others = [place for place in columns if place not in totals]
    if len(totals) != 1 or len(others) < 2:
        return
    for row in rows:
        whole = row.figures.get(totals[0])
        parts = [
            _budget_row(Written(columns[place].text, row.figures[place].span or row.name.span), row.figures[place])
            for place in others
            if place in row.figures
        ]
        if whole is not None and len(parts) == len(others):
            yield Sum(total=_budget_row(row.name, whole), parts=tuple(parts))


def _down(rows: Sequence[_Row], columns: dict[int, Cell]) -> Iterator[Sum]:
    """Yield that the row of the total is the sum of the rows, and a row that of those that begin further right below it."""
    totals = [row for row in rows if row.is_total]
    lines = [row for row in rows if not row.is_total]
    subtotals = [row for row in lines if row.is_subtotal]
    if subtotals:
        for place in columns:
            yield from _summed(totals, subtotals, place)
            for subtotal, group in zip(subtotals, _groups(lines), strict=True):
                yield from _summed([subtotal], group, place)
        return
    depths = sorted({row.depth for row in lines})
    if len(totals) > 1 or not 0 < len(depths) <= 2:
        return
    parents = [row for row in lines if row.depth == depths[0]]
    if len(depths) == 2 and lines[0].depth != depths[0]:
        return
    for place in columns:
        yield from _summed(totals, parents, place)
        if len(depths) == 2:
            for parent in parents:
                yield from _summed([parent], _below(parent, lines), place)


def _below(parent: _Row, lines: Sequence[_Row]) -> list[_Row]:
    start = next(index for index, row in enumerate(lines) if row is parent)
    found: list[_Row] = []
    for row in lines[start + 1 :]:
        if row.depth == parent.depth:
            break
        found.append(row)
    return found


def _summed(totals: Sequence[_Row], parts: Sequence[_Row], place: int) -> Iterator[Sum]:
    known = [row for row in parts if place in row.figures]
    if totals and place in totals[0].figures and len(known) == len(parts) > 1:
        yield Sum(
            total=_budget_row(totals[0].name, totals[0].figures[place]),
            parts=tuple(_budget_row(row.name, row.figures[place]) for row in known),
        )


def _by_year(rows: Sequence[_Row], columns: dict[int, Cell]) -> Iterator[tuple[int, BudgetRow]]:
    """Yield the money of each year that a row names, where its total is told."""
    totals = [place for place, head in columns.items() if _TOTAL.fullmatch(plain(head.text))]
    place = totals[0] if len(totals) == 1 else next(iter(columns)) if len(columns) == 1 else None
    for row in rows:
        year = _YEAR.match(row.name.text)
        if year is not None and place is not None and place in row.figures:
            yield int(year[1]), _budget_row(row.name, row.figures[place])


def grid_identities(grid: MoneyGrid) -> Iterator[Identity]:
    """Yield the sums of a grid, keyed as the parts of the findings of ``budget_table``."""
    for index, one in enumerate(grid.sums):
        total = None if sum_as_rounded(one) is not None else figure_of(one.total.name.text, one.total.amount)
        parts = [figure for part in one.parts if (figure := figure_of(part.name.text, part.amount)) is not None]
        if total is not None and len(parts) == len(one.parts):
            key = f"budget_table/parts_equal_total/{index}"
            yield Identity(key=key, label=_ADDS, left=tuple(parts), right=(total,))
