"""How plain text and delimited text are read: a line is a paragraph, a csv or tsv file is one table.

Imports ``limits``, ``documents``, ``facts`` and ``errors``; Python's own ``csv`` reads the rows.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final, final

from attrs import define, field

from perfeval.documents.blocks import Cell, Paragraph, Table
from perfeval.documents.decoding import decode
from perfeval.errors import DocumentError
from perfeval.facts import Label
from perfeval.files import limits
from perfeval.files.found import Found

__all__ = ["read_csv", "read_txt"]

_DELIMITERS: Final = (",", "\t", ";", "|", "，")
_SAMPLE: Final = 50
_MOST_SIGNS: Final = 100
_LISTED: Final = 10


def _lines(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def read_txt(data: bytes, *, name: str) -> Found:
    r"""Read plain text: every line is a paragraph, blank ones included, so that places stay as they are in the file.

    >>> read_txt("一、项目名称\r\n\r\n示例".encode("gb18030"), name="a.txt").blocks
    (Paragraph(text='一、项目名称'), Paragraph(text=''), Paragraph(text='示例'))
    """
    lines = _lines(decode(data, name=name))
    limits.check(name, "paragraphs and tables", len(lines), limits.MOST_BLOCKS)
    return Found(tuple(Paragraph(line) for line in lines))


def read_csv(data: bytes, *, name: str) -> Found:
    r"""Read delimited text as one table, named as the file is; comma, tab, semicolon and bar are told apart.

    A quote that opens a cell and does not close it is a sign like others, and said.

    >>> read_csv("指标\t指标值\n培训期数\t≥3".encode(), name="目标.tsv").blocks[0].at(2, 2)
    Cell(row=2, column=2, text='≥3', rows=1, columns=1)
    >>> found = read_csv('指标,值\n"产出,3\n效益,4'.encode(), name="目标.csv")
    >>> found.blocks[0].at(2, 1).text, found.blocks[0].at(3, 2).text, found.remarks[0].en
    ('"产出', '4', 'quotes that do not close were read as signs, in row 2')
    """
    lines = _lines(decode(data, name=name))
    limits.check(name, "rows", len(lines), limits.MOST_ROWS)
    limits.check(name, "characters in a line", max(map(len, lines), default=0), limits.LONGEST_LINE)
    rows = _Rows(lines, *_delimiter(lines[:_SAMPLE]))
    cells: list[Cell] = []
    seen = 0
    try:
        for row, fields in enumerate(rows, start=1):
            seen += len(fields)
            limits.check(name, "cells", seen, limits.MOST_CELLS)
            cells.extend(
                Cell(row, column, text) for column, each in enumerate(fields, start=1) if (text := each.strip())
            )
    except csv.Error as error:
        raise DocumentError.of(
            name,
            came=f"a row that is not delimited text ({error})",
            needed=f"cells of at most {csv.field_size_limit()} characters, with quotes that close",
        ) from error
    return Found((Table(PurePosixPath(name).stem or name, cells),), rows.remarks())


@final
@define
class _Rows:
    """The rows of delimited text, where a quote may let a cell go on over lines.

    A quote that never closes, or closes in the middle of a cell, is a sign, and so is one that joins lines into a row of another length than rows have here,
    when each of the lines has that length. Where the row has it as well, the cell stays and is remarked on.
    """

    lines: list[str]
    delimiter: str
    usual: int
    signs: list[int] = field(factory=list)
    doubtful: list[int] = field(factory=list)

    def __iter__(self) -> Iterator[list[str]]:
        at = row = 0
        while at < len(self.lines):
            start = at
            reader = csv.reader(
                (f"{self.lines[place]}\n" for place in range(start, len(self.lines))), delimiter=self.delimiter
            )
            for fields in reader:
                row += 1
                begun, at = at, start + reader.line_num
                if at - begun > 1 and self._is_sign(begun, at, fields, row):
                    at = begun + 1
                    yield self.lines[begun].split(self.delimiter)
                    break
                yield fields

    def _is_sign(self, begun: int, at: int, fields: list[str], row: int) -> bool:
        """Say whether the quote that joined some lines into a row is but a sign."""
        joined = self.lines[begun:at]
        unclosed = self._goes_on_past_its_quote("\n".join(joined)) or (
            at == len(self.lines) and sum(line.count('"') for line in joined) % 2 == 1
        )
        even = self.usual > 1 and all(line.count(self.delimiter) + 1 == self.usual for line in joined)
        if (unclosed or (even and len(fields) != self.usual)) and len(self.signs) < _MOST_SIGNS:
            self.signs.append(row)
            return True
        if unclosed or even:
            self.doubtful.append(row)
        return False

    def _goes_on_past_its_quote(self, row: str) -> bool:
        """Say whether a cell that goes over lines goes on after the quote that closes it, as no program writes one."""
        cell = re.compile(f'"(?:[^"]|"")*+"?([^{re.escape(self.delimiter)}\n]*)|[^{re.escape(self.delimiter)}\n]*')
        at = 0
        while at <= len(row):
            found = cell.match(row, at)
            if found is None or (found[1] and "\n" in found[0]):
                return found is not None
            at = found.end() + 1
        return False

    def remarks(self) -> tuple[Label, ...]:
        """Say which quotes were read as signs, and which cells may hold more than they should."""
        found: list[Label] = []
        if self.signs:
            listed = _listed(self.signs)
            found.append(
                Label(
                    f"没有闭合的引号按普通字符读入：第{listed}行",
                    f"quotes that do not close were read as signs, in row {listed}",
                )
            )
        if self.doubtful:
            listed = _listed(self.doubtful)
            found.append(
                Label(
                    f"引号使单元格跨行，所跨各行都像完整的一行，请核对：第{listed}行",
                    f"quotes join lines that look like rows of their own, check row {listed}",
                )
            )
        return tuple(found)


def _listed(rows: list[int]) -> str:
    return ", ".join(map(str, rows[:_LISTED])) + (" …" if len(rows) > _LISTED else "")


def _delimiter(lines: list[str]) -> tuple[str, int]:
    """Return the delimiter that gives the most even rows of more than one cell, and how many cells they usually have."""
    best, chosen, usually = 0, ",", 0
    for delimiter in _DELIMITERS:
        counts: list[int] = []
        try:
            counts.extend(len(row) for row in csv.reader((f"{line}\n" for line in lines), delimiter=delimiter) if row)
        except csv.Error:
            continue
        if not counts:
            continue
        usual = max(set(counts), key=lambda count: (counts.count(count), count))
        worth = counts.count(usual) * 1000 + usual if usual > 1 else 0
        if worth > best:
            best, chosen, usually = worth, delimiter, usual
    return chosen, usually
