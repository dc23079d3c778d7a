"""How an xls workbook is read: a table for each sheet that can be seen and holds something.

The records of the workbook are counted before the library reads them. Only this module imports xlrd.
Imports ``sheets``, ``number_formats``, ``limits`` and ``errors``.
"""

from __future__ import annotations

import io
from typing import Any, Final

from perfeval.documents.blocks import Block
from perfeval.errors import DocumentError
from perfeval.facts import Label
from perfeval.files import limits
from perfeval.files.found import Found, library
from perfeval.files.number_formats import show_number, show_text
from perfeval.files.sheets import Area, Sheet, hidden_sheets, shown

__all__ = ["read_xls"]

_CELLS: Final = frozenset(
    {
        0x0001,
        0x0002,
        0x0003,
        0x0004,
        0x0005,
        0x0006,
        0x00D6,
        0x00FD,
        0x0201,
        0x0203,
        0x0204,
        0x0205,
        0x027E,
        0x0206,
        0x0406,
        0x007E,
    }
)
_MANY_BLANK: Final = 0x00BE
_MANY_NUMBERS: Final = 0x00BD
_BEGINS: Final = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
_ENDS: Final = 0x000A
_BLANK: Final = frozenset({0, 6})  # no cell, and a cell that only has a format
_FILEPASS: Final = 0x002F
_MERGED: Final = 0x00E5
_MOST_RECORDS: Final = 3_000_000


def read_xls(data: bytes, *, name: str) -> Found:
    """Read a workbook of Excel 97–2003."""
    with library("xls", name=name):
        import xlrd
    stream = _stream(data, name)
    _check_records(stream, name)
    # What xlrd has to say of a file goes to a file of its own, not to the terminal.
    book = xlrd.open_workbook(
        file_contents=data, logfile=io.StringIO(), formatting_info=True, ragged_rows=True, on_demand=True
    )
    limits.check(name, "sheets", book.nsheets, limits.MOST_SHEETS)
    blocks: list[Block] = []
    hidden: list[str] = []
    remarks: list[Label] = []
    read = 0
    for number in range(book.nsheets):
        # Sheets lie one after another: together they are no longer than what holds them, unless some lie in others.
        read += _extent(stream, book._sh_abs_posn[number] - book.base)  # noqa: SLF001 - where xlrd finds the sheet
        if read > len(stream):
            raise DocumentError.of(
                name, came="a workbook with sheets that lie in one another", needed="a whole xls file"
            )
        worksheet = book.sheet_by_index(number)
        if worksheet.visibility:
            hidden.append(worksheet.name)
            continue
        table, passed_over = shown(_sheet(book, worksheet, name), where=name)
        if table is not None:
            blocks.append(table)
        remarks += passed_over
        book.unload_sheet(number)
    return Found(tuple(blocks), (*hidden_sheets(hidden), *remarks))


def _stream(data: bytes, name: str) -> bytes:
    from xlrd.compdoc import CompDoc

    document = CompDoc(data, logfile=io.StringIO())
    for stream in ("Workbook", "Book"):
        held, start, length = document.locate_named_stream(stream)
        if held:
            return bytes(held[start : start + length])
    raise DocumentError.of(name, came="an old Office file without a workbook", needed="a whole xls file")


def _check_records(stream: bytes, name: str) -> None:
    """Count cells and merged places: one record may stand for hundreds of cells."""
    at = cells = merged = records = 0
    while at + 4 <= len(stream):
        kind = int.from_bytes(stream[at : at + 2], "little")
        length = int.from_bytes(stream[at + 2 : at + 4], "little")
        at += 4
        records += 1
        if kind in _CELLS:
            cells += 1
        elif kind == _MANY_BLANK:
            cells += max(length - 6, 0) // 2
        elif kind == _MANY_NUMBERS:
            cells += max(length - 6, 0) // 6
        elif kind == _FILEPASS:
            raise DocumentError.of(
                name, came="a workbook locked with a password", needed="the same file saved without a password"
            )
        elif kind == _MERGED:
            held = stream[at + 2 : at + length]
            for start in range(0, len(held) - 7, 8):
                top, bottom, left, right = (
                    int.from_bytes(held[start + step : start + step + 2], "little") for step in (0, 2, 4, 6)
                )
                merged += Area(top, left, bottom, right).places
        at += length
        if cells > limits.MOST_CELLS or merged > limits.MOST_MERGED or records > _MOST_RECORDS:
            limits.check(name, "cells", cells, limits.MOST_CELLS)
            limits.check(name, "places in merged cells", merged, limits.MOST_MERGED)
            limits.check(name, "records", records, _MOST_RECORDS)


def _extent(stream: bytes, start: int) -> int:
    """Return how many bytes the records of a sheet take, up to its end; a chart within it has an end of its own."""
    at = start
    within = -1  # at its beginning it is within nothing yet
    while at >= 0 and at + 4 <= len(stream):
        kind = int.from_bytes(stream[at : at + 2], "little")
        at += 4 + int.from_bytes(stream[at + 2 : at + 4], "little")
        if kind in _BEGINS:
            within = min(within + 1, 1)
        elif kind == _ENDS:
            if within <= 0:
                break
            within = 0
    return max(at - start, 0)


def _sheet(book: Any, worksheet: Any, name: str) -> Sheet:
    texts: dict[tuple[int, int], str] = {}
    characters = 0
    for row in range(worksheet.nrows):
        for column, kind in enumerate(worksheet.row_types(row)):
            if kind in _BLANK:
                continue
            text = _text(book, worksheet.cell(row, column))
            if text:
                characters += len(text)  # one shared text may stand in every cell
                limits.check(name, "characters", characters, limits.MOST_CHARACTERS)
                texts[row + 1, column + 1] = text
    return Sheet(
        name=worksheet.name,
        texts=texts,
        merged=tuple(Area(top + 1, left + 1, bottom, right) for top, bottom, left, right in worksheet.merged_cells),
        hidden_rows=frozenset(row + 1 for row, info in worksheet.rowinfo_map.items() if info.hidden),
        hidden_columns=frozenset(column + 1 for column, info in worksheet.colinfo_map.items() if info.hidden),
    )


def _text(book: Any, cell: Any) -> str:
    import xlrd

    style = book.xf_list[cell.xf_index] if cell.xf_index is not None and cell.xf_index < len(book.xf_list) else None
    key = style.format_key if style is not None else 0
    known = book.format_map.get(key)
    code = known.format_str if known is not None else "General"
    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return show_text(cell.value, code)
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
            return show_number(cell.value, code, built_in=key, since_1904=book.datemode == 1)
        case xlrd.XL_CELL_BOOLEAN:
            return "TRUE" if cell.value else "FALSE"
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, "#ERROR!"))
        case _:
            return ""
