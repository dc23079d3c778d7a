"""How an xlsx workbook is read: a table for each sheet that can be seen and holds something.

The archive is looked through first. openpyxl reads the workbook, its formats and each cell; the sheets are gone through
here, so that only what is wanted of them is made, each sheet is counted as often as it is read, and what a reader does
not see, such as links, comments and rules of colour, is never built. Only this module imports openpyxl.
Imports ``archives``, ``sheets``, ``number_formats``, ``limits`` and ``errors``.
"""

from __future__ import annotations

import datetime
import io
import re
import sys
import threading
import warnings
from collections.abc import Mapping
from typing import Any, Final, final

from attrs import define, field

from perfeval.documents.blocks import Block
from perfeval.errors import DocumentError
from perfeval.facts import Label
from perfeval.files import limits
from perfeval.files.archives import check_archive
from perfeval.files.found import Found, library
from perfeval.files.moments import show_moment
from perfeval.files.number_codes import BUILT_IN, sections
from perfeval.files.number_formats import show_number, show_text
from perfeval.files.sheets import Area, Sheet, absent_sheets, hidden_sheets, raw, shown, unworked

__all__ = ["read_xlsx"]

_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_NOON: Final = datetime.datetime(1899, 12, 30)  # noqa: DTZ001 - a time without a day
_QUIET: Final = threading.Lock()
_SPACE: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TYPES: Final = "[Content_Types].xml"
_STYLES: Final = "xl/styles.xml"
_ON: Final = frozenset({"1", "true", "t"})
_RUNS: Final = frozenset({f"{_SPACE}t", f"{_SPACE}r"})
_WITHIN_ROWS: Final = frozenset(f"{_SPACE}{tag}" for tag in ("c", "f", "v", "is", "t", "r", "rPr"))
_CAST: Final = frozenset({"n", "d", "b"})
_LAST_COLUMN: Final = 16_384
_OWN_CODES: Final = 164  # the number of the first format that a workbook gives itself
_YEAR_1904: Final = 1904
_MOST_RELATIONS: Final = 5_000


@final
@define
class _Cells:
    """What openpyxl makes of the cells of one sheet; what it cannot take is read as it is written."""

    parser: Any
    blank: list[tuple[int, int]] = field(factory=list)
    raw: list[tuple[int, int]] = field(factory=list)
    _parse: Any = None

    def __attrs_post_init__(self) -> None:
        self._parse = self.parser.parse_cell
        self.parser.parse_cell = self._cell

    def _cell(self, element: Any) -> Mapping[str, Any]:
        column = self.parser.col_counter
        kind = element.get("t", "n")
        inline = element.find(f"{_SPACE}is") if kind == "inlineStr" else None
        if inline is not None:
            element.remove(inline)
        try:
            cell: dict[str, Any] = self._parse(element)
            is_odd = isinstance(cell["value"], (int, float)) and not abs(cell["value"]) <= sys.float_info.max
        except (ValueError, OverflowError):
            if kind not in _CAST:
                raise
            is_odd = True
        if inline is not None:
            cell["value"] = _written(inline)
        elif is_odd:
            self.parser.col_counter = column
            element.set("t", "str")
            cell = self._parse(element)
            self.raw.append((cell["row"], cell["column"]))
        elif cell["value"] is None and kind != "str" and element.find(f"{_SPACE}f") is not None:
            self.blank.append((cell["row"], cell["column"]))
        return cell


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
        import openpyxl.reader.excel
    elements = check_archive(data, name=name)
    # openpyxl warns of parts that it does not keep; they are none of a reader's business. The filters of warnings are
    # one for the whole process, so one workbook is read at a time.
    with _QUIET, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = openpyxl.reader.excel.ExcelReader(io.BytesIO(data), data_only=True, keep_links=False)
        return _Book(name, elements, reader.archive).read(reader)


@final
@define
class _Book:
    """A workbook while it is read."""

    name: str
    elements: Mapping[str, int]
    archive: Any
    texts: list[str] = field(factory=list)
    styles: Any = None
    epoch: datetime.datetime = _NOON
    _seen: int = 0
    _cells: int = 0
    _merged: int = 0
    _characters: int = 0
    _codes: dict[int, tuple[str, int]] = field(factory=dict)

    def read(self, reader: Any) -> Found:
        """Read the sheets that can be seen."""
        from openpyxl.packaging.relationship import get_rels_path
        from openpyxl.reader.excel import _find_workbook_part
        from openpyxl.styles.stylesheet import Stylesheet
        from openpyxl.xml.constants import SHARED_STRINGS
        from openpyxl.xml.functions import fromstring

        self._afford(_TYPES, _MOST_RELATIONS)
        reader.read_manifest()
        main = _find_workbook_part(reader.package).PartName[1:]
        self._afford(main, limits.MOST_STYLES)
        self._afford(get_rels_path(main), _MOST_RELATIONS)
        reader.read_workbook()
        sheets = list(reader.parser.find_sheets())
        limits.check(self.name, "sheets", len(sheets), limits.MOST_SHEETS)
        self.epoch = reader.wb.epoch
        if _STYLES in reader.valid_files:
            self._afford(_STYLES, limits.MOST_STYLES)
            styles = Stylesheet.from_tree(fromstring(self.archive.read(_STYLES)))
            self.styles = styles if styles.cell_styles else None
        strings = reader.package.find(SHARED_STRINGS)
        if strings is not None:
            self._strings(strings.PartName[1:])
        blocks: list[Block] = []
        hidden: list[str] = []
        absent: list[str] = []
        remarks: list[Label] = []
        for sheet, relation in sheets:
            if "chartsheet" in relation.Type:
                continue
            if sheet.state != "visible":
                hidden.append(sheet.name)
            elif relation.target not in reader.valid_files:
                absent.append(sheet.name)
            else:
                table, passed_over = self._sheet(sheet.name or "Sheet", relation.target)
                if table is not None:
                    blocks.append(table)
                remarks += passed_over
        return Found(tuple(blocks), (*hidden_sheets(hidden), *absent_sheets(absent), *remarks))

    def _afford(self, part: str, most: int) -> None:
        """Refuse a part that was not looked through, or that has too many elements for a library to build."""
        came = self.elements.get(part)
        if came is None:
            raise DocumentError.of(
                self.name, came=f"a workbook without whole XML in {part}", needed="a whole xlsx file"
            )
        limits.check(self.name, f"elements in {part}", came, most)

    def _strings(self, part: str) -> None:
        """Read the texts that cells share, without the signs that say how one is pronounced."""
        from openpyxl.xml.functions import iterparse

        self._afford(part, limits.MOST_ELEMENTS)
        for _, element in iterparse(self.archive.open(part)):
            if element.tag != f"{_SPACE}si":
                continue
            self.texts.append(_written(element).replace("x005F_", ""))
            element.clear()

    def _sheet(self, title: str, part: str) -> tuple[Block | None, tuple[Label, ...]]:
        """Read a sheet; one part may be that of many sheets, and counts for each."""
        self._afford(part, limits.MOST_ELEMENTS)
        self._seen += self.elements[part]
        limits.check(self.name, "elements of sheets", self._seen, limits.MOST_ELEMENTS)
        from openpyxl.worksheet._reader import WorkSheetParser
        from openpyxl.xml.functions import iterparse

        source = self.archive.open(part)
        dates, spans = (self.styles.date_formats, self.styles.timedelta_formats) if self.styles else (set(), set())
        cells = _Cells(
            WorkSheetParser(
                source, self.texts, data_only=True, epoch=self.epoch, date_formats=dates, timedelta_formats=spans
            )
        )
        merged: dict[Area, None] = {}
        hidden: list[tuple[int, int]] = []
        hidden_rows: set[int] = set()
        texts: dict[tuple[int, int], str] = {}
        for _, element in iterparse(source):
            if element.tag == f"{_SPACE}row":
                self._cells += len(element)
                limits.check(self.name, "cells", self._cells, limits.MOST_CELLS)
                is_hidden = element.get("hidden") in _ON
                number, found = cells.parser.parse_row(element)
                if is_hidden:
                    hidden_rows.add(number)
                for cell in found:
                    self._take(cell, texts)
                element.clear()
            elif element.tag == f"{_SPACE}mergeCell":
                area = _area(element.get("ref", ""), self.name)
                self._merged += area.places
                limits.check(self.name, "places in merged cells", self._merged, limits.MOST_MERGED)
                merged[area] = None
            elif element.tag == f"{_SPACE}col" and element.get("hidden") in _ON:
                hidden.append((int(element.get("min", "1")), min(int(element.get("max", "1")), _LAST_COLUMN)))
            elif element.tag not in _WITHIN_ROWS:
                element.clear()
        sheet = Sheet(
            name=title,
            texts=texts,
            merged=tuple(merged),
            hidden_rows=frozenset(hidden_rows),
            hidden_columns=frozenset(_columns(hidden)),
        )
        table, passed_over = shown(sheet, where=self.name)
        return table, (*passed_over, *unworked(title, cells.blank), *raw(title, cells.raw))

    def _take(self, cell: Mapping[str, Any], texts: dict[tuple[int, int], str]) -> None:
        """Take up what a cell shows."""
        value = cell["value"]
        if value is None:
            return
        if isinstance(value, str):  # one shared text may stand in every cell
            self._characters += len(value)
            limits.check(self.name, "characters", self._characters, limits.MOST_CHARACTERS)
        code, number = self._code(cell["style_id"])
        texts[cell["row"], cell["column"]] = _text(value, code, number, since_1904=self.epoch.year == _YEAR_1904)

    def _code(self, style: int) -> tuple[str, int]:
        """Return the code and the number of the format of a cell."""
        if style not in self._codes:
            from openpyxl.styles.numbers import BUILTIN_FORMATS

            number = self.styles.cell_styles[style].numFmtId if self.styles else 0
            code = self.styles.number_formats[number - _OWN_CODES] if number >= _OWN_CODES else None
            self._codes[style] = (code or BUILTIN_FORMATS.get(number, "General"), number)
        return self._codes[style]


def _written(element: Any) -> str:
    """Return the text of what holds runs of text."""
    runs = (run if run.tag == f"{_SPACE}t" else run.find(f"{_SPACE}t") for run in element if run.tag in _RUNS)
    return "".join(run.text or "" for run in runs if run is not None)


def _columns(hidden: list[tuple[int, int]]) -> set[int]:
    """Return the columns of some runs, each gone through once."""
    columns: set[int] = set()
    reached = 0
    for first, last in sorted(hidden):
        columns.update(range(max(first, reached + 1), last + 1))
        reached = max(reached, last)
    return columns


def _text(value: object, code: str, number: int, *, since_1904: bool) -> str:
    """Return what a value shows; formats of the Chinese edition have a number and no code."""
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
