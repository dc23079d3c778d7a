"""How an xlsx workbook is read: a table for each sheet that can be seen and holds something.

The archive is looked through first. Only this module imports openpyxl.
Imports ``archives``, ``sheets``, ``number_formats``, ``limits`` and ``errors``.
"""

from __future__ import annotations

import datetime
import io
import re
import threading
import warnings
from collections.abc import Mapping
from typing import Any, Final, final

from perfeval.documents.blocks import Block
from perfeval.errors import DocumentError
from perfeval.facts import Label
from perfeval.files import limits
from perfeval.files.archives import Watcher, check_archive
from perfeval.files.found import Found, library
from perfeval.files.moments import show_moment
from perfeval.files.number_codes import BUILT_IN, sections
from perfeval.files.number_formats import show_number, show_text
from perfeval.files.sheets import Area, Sheet, hidden_sheets, shown, unworked

__all__ = ["read_xlsx"]

_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_NOON: Final = datetime.datetime(1899, 12, 30)  # noqa: DTZ001 - a time without a day
_QUIET: Final = threading.Lock()


@final
class _Cells(Watcher):
    """Counts the cells and the merged places of all sheets, and notes where formulas stand."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.cells = 0
        self.merged = 0
        self.characters = 0
        self.part = ""
        self._formulas: dict[str, set[str]] = {}
        self._sheets: dict[str, str] = {}  # the title of a sheet -> its relation
        self._targets: dict[str, str] = {}  # a relation of the workbook -> the part it leads to
        self._at = ""

    def of(self, part: str) -> _Cells | None:
        """Look on while a part is checked; the chain of calculation names cells that stand elsewhere."""
        self.part = part.rpartition("/")[2]
        self.merged = 0
        self._at = ""
        return None if self.part == "calcChain.xml" else self

    def formulas(self, title: str) -> set[str]:
        """Return where the formulas of a sheet stand."""
        return self._formulas.get(self._targets.get(self._sheets.get(title, ""), ""), set())

    def begin(self, element: str, attributes: Mapping[str, str]) -> None:
        """See an element begin."""
        match element:
            case "c":
                self.cells += 1
                limits.check(self.name, "cells", self.cells, limits.MOST_CELLS)
                self._at = attributes.get("r", "") if attributes.get("t") != "str" else ""
            case "f" if self._at:
                self._formulas.setdefault(self.part, set()).add(self._at)
            case "sheet":
                relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
                self._sheets[attributes.get("name", "")] = relation
            case "Relationship" if self.part == "workbook.xml.rels":
                self._targets[attributes.get("Id", "")] = attributes.get("Target", "").rpartition("/")[2]
            case "mergeCell":
                self.merged += _area(attributes.get("ref", ""), self.name).places
                limits.check(self.name, "places in merged cells", self.merged, limits.MOST_MERGED)
            case _:
                pass


def _area(reference: str, name: str) -> Area:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise DocumentError.of(name, came="merged cells without an address", needed="an address such as A1:B2")
    left, top, right, bottom = found.groups()
    return Area(int(top), _column(left), int(bottom or top), _column(right or left))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def read_xlsx(data: bytes, *, name: str) -> Found:
    """Read a workbook."""
    with library("xlsx", name=name):
        import openpyxl
    cells = _Cells(name)
    check_archive(data, name=name, watchers=cells.of)
    # openpyxl warns of parts that it does not keep; they are none of a reader's business. The filters of warnings are
    # one for the whole process, so one workbook is opened at a time.
    with _QUIET, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False, rich_text=False)
    limits.check(name, "sheets", len(book.worksheets), limits.MOST_SHEETS)
    since_1904 = book.epoch.year == 1904
    blocks: list[Block] = []
    remarks: list[Label] = list(
        hidden_sheets([each.title for each in book.worksheets if each.sheet_state != "visible"])
    )
    for worksheet in book.worksheets:
        if worksheet.sheet_state != "visible":
            continue
        blank: list[tuple[int, int]] = []
        sheet = _sheet(worksheet, cells, blank, since_1904=since_1904)
        table, passed_over = shown(sheet, where=name)
        if table is not None:
            blocks.append(table)
        remarks += [*passed_over, *unworked(sheet.name, blank)]
    return Found(tuple(blocks), tuple(remarks))


def _sheet(worksheet: Any, cells: _Cells, blank: list[tuple[int, int]], *, since_1904: bool) -> Sheet:
    texts: dict[tuple[int, int], str] = {}
    formulas = cells.formulas(worksheet.title)
    for (row, column), cell in worksheet._cells.items():  # noqa: SLF001 - the public ways walk all places between
        value = cell.value
        if value is None:
            if formulas and cell.coordinate in formulas:
                blank.append((row, column))
            continue
        if isinstance(value, str):  # one shared text may stand in every cell
            cells.characters += len(value)
            limits.check(cells.name, "characters", cells.characters, limits.MOST_CHARACTERS)
        texts[row, column] = _text(cell, value, since_1904=since_1904)
    columns = {
        number
        for dimension in worksheet.column_dimensions.values()
        if dimension.hidden
        for number in range(dimension.min or 1, min(dimension.max or 1, 16_384) + 1)
    }
    return Sheet(
        name=worksheet.title,
        texts=texts,
        merged=tuple(
            Area(each.min_row, each.min_col, each.max_row, each.max_col) for each in worksheet.merged_cells.ranges
        ),
        hidden_rows=frozenset(number for number, row in worksheet.row_dimensions.items() if row.hidden),
        hidden_columns=frozenset(columns),
    )


def _text(cell: Any, value: object, *, since_1904: bool) -> str:
    code = str(cell.number_format)
    number = cell._style.numFmtId  # noqa: SLF001 - formats of the Chinese edition have a number and no code
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return show_number(value, code, built_in=number, since_1904=since_1904)
        case datetime.datetime():
            return show_moment(value, sections(BUILT_IN.get(number, code))[0])
        case datetime.date():
            return show_moment(
                datetime.datetime.combine(value, datetime.time()), sections(BUILT_IN.get(number, code))[0]
            )
        case datetime.time():
            return show_moment(datetime.datetime.combine(_NOON, value), sections(BUILT_IN.get(number, code))[0])
        case datetime.timedelta():
            return show_moment(_NOON + value, sections(BUILT_IN.get(number, code))[0])
        case _:
            return show_text(str(value).replace("_x000D_", "\r"), code)
