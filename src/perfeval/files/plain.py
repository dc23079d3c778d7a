"""How plain text and delimited text are read: a line is a paragraph, a csv or tsv file is one table.

Imports ``limits``, ``documents`` and ``errors``; Python's own ``csv`` reads the rows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from perfeval.documents.blocks import Cell, Paragraph, Table
from perfeval.documents.decoding import decode
from perfeval.errors import DocumentError
from perfeval.files import limits
from perfeval.files.found import Found

__all__ = ["read_csv", "read_txt"]

_DELIMITERS: Final = (",", "\t", ";", "|", "，")
_SAMPLE: Final = 50


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

    >>> read_csv("指标\t指标值\n培训期数\t≥3".encode(), name="目标.tsv").blocks[0].at(2, 2)
    Cell(row=2, column=2, text='≥3', rows=1, columns=1)
    """
    text = "\n".join(_lines(decode(data, name=name)))
    for line in text.split("\n"):
        limits.check(name, "characters in a line", len(line), limits.LONGEST_LINE)
    delimiter = _delimiter(text)
    cells: list[Cell] = []
    seen = 0
    try:
        for row, fields in enumerate(_rows(text, delimiter), start=1):
            seen += len(fields)
            limits.check(name, "cells", seen, limits.MOST_CELLS)
            cells.extend(
                Cell(row, column, field.strip()) for column, field in enumerate(fields, start=1) if field.strip()
            )
    except csv.Error as error:
        raise DocumentError.of(
            name,
            came=f"a row that is not delimited text ({error})",
            needed=f"cells of at most {csv.field_size_limit()} characters, with quotes that close",
        ) from error
    return Found((Table(PurePosixPath(name).stem or name, cells),))


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _delimiter(text: str) -> str:
    """Return the delimiter that gives the most even rows of more than one cell."""
    sample = "\n".join(text.split("\n", _SAMPLE)[:_SAMPLE])
    best, chosen = 0, ","
    for delimiter in _DELIMITERS:
        counts: list[int] = []
        try:
            counts.extend(len(row) for row in _rows(sample, delimiter) if row)
        except csv.Error:
            continue
        if not counts:
            continue
        usual = max(set(counts), key=lambda count: (counts.count(count), count))
        worth = counts.count(usual) * 1000 + usual if usual > 1 else 0
        if worth > best:
            best, chosen = worth, delimiter
    return chosen
