"""How a sheet of a workbook becomes a table: shown cells, merged cells, and a remark for what is hidden.

Rows and columns keep the numbers that they have in the sheet. Imports ``limits``, ``documents`` and ``facts``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, final

from attrs import frozen

from perfeval.documents.blocks import Cell, Table, column_letters
from perfeval.facts import Label
from perfeval.files import limits

__all__ = ["Area", "Sheet", "absent_sheets", "hidden_sheets", "merged_places", "raw", "shown", "unworked"]

_LISTED: Final = 10


@final
@frozen
class Area:
    """Rows and columns from the first to the last, counted from one."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def places(self) -> int:
        """How many places it covers."""
        return max(self.bottom - self.top + 1, 0) * max(self.right - self.left + 1, 0)


@final
@frozen
class Sheet:
    """A sheet as a library reads it: what each place shows, which are merged, and which rows and columns are hidden."""

    name: str
    texts: Mapping[tuple[int, int], str]
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def merged_places(areas: Iterable[Area], *, where: str) -> None:
    """Refuse merged cells that cover too much together, such as a whole sheet."""
    limits.check(where, "places in merged cells", sum(area.places for area in areas), limits.MOST_MERGED)


def shown(sheet: Sheet, *, where: str) -> tuple[Table | None, tuple[Label, ...]]:
    """Return the table of what a reader sees of a sheet, None where it is blank, and what was passed over.

    >>> sheet = Sheet("绩效目标", {(1, 1): "甲", (2, 1): "乙", (2, 2): "丙"}, hidden_rows=frozenset([2]))
    >>> table, remarks = shown(sheet, where="a.xlsx")
    >>> [cell.text for cell in table.cells], remarks[0].en
    (['甲'], 'hidden rows of sheet 绩效目标 were passed over: 2')
    """
    limits.check(where, "cells", len(sheet.texts), limits.MOST_CELLS)
    merged_places(sheet.merged, where=where)
    anchors: dict[tuple[int, int], Area] = {}
    held: set[tuple[int, int]] = set()
    for area in sheet.merged:
        places = [
            (row, column) for row in range(area.top, area.bottom + 1) for column in range(area.left, area.right + 1)
        ]
        if area.places > 1 and held.isdisjoint(places):
            anchors[area.top, area.left] = area
            held.update(places)
    cells: list[Cell] = []
    rows: set[int] = set()
    columns: set[int] = set()
    for (row, column), written in sorted(sheet.texts.items()):
        text = written.replace("\r\n", "\n").replace("\r", "\n").strip()
        if not text:
            continue
        area = anchors.get((row, column), Area(row, column, row, column))
        if (row, column) in held and (row, column) not in anchors:
            continue  # under a merged cell, where nobody sees it
        top = next((each for each in range(area.top, area.bottom + 1) if each not in sheet.hidden_rows), None)
        left = next((each for each in range(area.left, area.right + 1) if each not in sheet.hidden_columns), None)
        if top is None:
            rows.add(row)
        if left is None:
            columns.add(column)
        if top is not None and left is not None:
            cells.append(Cell(top, left, text, rows=area.bottom - top + 1, columns=area.right - left + 1))
    remarks = [
        *_hidden(sheet.name, "行", "rows", [str(row) for row in sorted(rows)]),
        *_hidden(sheet.name, "列", "columns", [column_letters(column) for column in sorted(columns)]),
    ]
    return (Table(sheet.name, cells) if cells else None), tuple(remarks)


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_LISTED]) + (" …" if len(names) > _LISTED else "")


def _hidden(sheet: str, zh: str, en: str, names: list[str]) -> list[Label]:
    if not names:
        return []
    listed = _listed(names)
    return [
        Label(f"工作表{sheet}中隐藏的{zh}未读入：{listed}", f"hidden {en} of sheet {sheet} were passed over: {listed}")
    ]


def hidden_sheets(names: list[str]) -> tuple[Label, ...]:
    """Return the remark on sheets that are hidden."""
    if not names:
        return ()
    listed = _listed(names)
    return (Label(f"隐藏的工作表未读入：{listed}", f"hidden sheets were passed over: {listed}"),)


def absent_sheets(names: list[str]) -> tuple[Label, ...]:
    """Return the remark on sheets that a workbook names and does not hold."""
    if not names:
        return ()
    listed = _listed(names)
    return (
        Label(f"文件中没有内容的工作表未读入：{listed}", f"sheets that the file does not hold were not read: {listed}"),
    )


def raw(sheet: str, places: list[tuple[int, int]]) -> tuple[Label, ...]:
    """Return the remark on cells that hold what no spreadsheet takes for the number or date that it is said to be."""
    if not places:
        return ()
    listed = _listed([f"{column_letters(column)}{row}" for row, column in sorted(places)])
    return (
        Label(
            f"工作表{sheet}中有不成数值或日期的单元格，按所存文字读入：{listed}",
            f"cells of sheet {sheet} hold no number or date that a spreadsheet takes and were read as written: {listed}",
        ),
    )


def unworked(sheet: str, places: list[tuple[int, int]]) -> tuple[Label, ...]:
    """Return the remark on formulas whose result the file does not hold."""
    if not places:
        return ()
    listed = _listed([f"{column_letters(column)}{row}" for row, column in sorted(places)])
    return (
        Label(
            f"工作表{sheet}中的公式没有保存结果，按空白读入：{listed}（用表格软件打开后另存即可）",
            f"formulas of sheet {sheet} have no saved result and were read as blank: {listed} (open the file in a"
            " spreadsheet program and save it)",
        ),
    )
