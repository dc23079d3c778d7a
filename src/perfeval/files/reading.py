"""``read_document``: the bytes of a file → a ``Document``.

What reads a format, and the library for it, is imported when a file of that format comes. No file is opened and no link
is followed: the caller hands over bytes. Whatever a library raises on a damaged file becomes a ``DocumentError``.
Imports the rest of ``files``.
"""

from __future__ import annotations

from typing import assert_never

from perfeval.documents.blocks import Document, Paragraph
from perfeval.errors import DocumentError, PerfevalError, excerpt
from perfeval.files import limits, plain
from perfeval.files.found import Found
from perfeval.files.kinds import Kind, kind_of

__all__ = ["read_document"]

_LONGEST_NAME = 255


def read_document(data: bytes, *, name: str) -> Document:
    r"""Return the paragraphs and tables of a file, in order; ``name`` is the file's name, as messages call it.

    The kind of file is told by what it holds, and by the ending of ``name`` only where that leaves it open. Raises
    :class:`~perfeval.errors.DocumentError` for what is damaged, over a limit (``perfeval.files.limits``), without text,
    of a kind that is not read, or of one whose library is not installed.

    >>> document = read_document("一级指标,指标值\n产出指标,≥3期".encode("gb18030"), name="目标表.csv")
    >>> document.tables[0].address(document.tables[0].at(2, 2)), document.tables[0].at(2, 2).text
    ('目标表!B2', '≥3期')
    >>> read_document(b"\x89PNG\r\n", name="扫描件.png")
    Traceback (most recent call last):
    perfeval.errors.DocumentError: 扫描件.png: came a PNG picture; needed a file with text: recognise its text ...
    """
    if not isinstance(name, str):
        raise DocumentError.of("name", came=excerpt(name), needed="the file's name, a str")
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise DocumentError.of(excerpt(name), came=f"a {type(data).__name__}", needed="bytes")
    where = name if name.isprintable() and 0 < len(name) <= _LONGEST_NAME else excerpt(name)
    whole = bytes(data)
    kind = kind_of(whole, name=where)
    try:
        found = _read(kind, whole, where)
    except (PerfevalError, RecursionError, MemoryError):
        raise
    except Exception as error:
        raise DocumentError.of(
            where,
            came=f"a damaged file in {kind.value} ({type(error).__name__})",
            needed=f"a whole one: open it in the program that made it and save it as {kind.value} again",
        ) from error
    _check(found, where, kind)
    return Document(name, found.blocks, found.remarks)


def _read(kind: Kind, data: bytes, name: str) -> Found:
    match kind:
        case Kind.TXT:
            return plain.read_txt(data, name=name)
        case Kind.CSV:
            return plain.read_csv(data, name=name)
        case Kind.HTML:
            from perfeval.files.pages import read_html

            return read_html(data, name=name)
        case Kind.DOCX:
            from perfeval.files.word import read_docx

            return read_docx(data, name=name)
        case Kind.XLSX:
            from perfeval.files.workbooks import read_xlsx

            return read_xlsx(data, name=name)
        case Kind.XLS:
            from perfeval.files.old_workbooks import read_xls

            return read_xls(data, name=name)
        case Kind.PDF:
            from perfeval.files.pdf import read_pdf

            return read_pdf(data, name=name)
        case _:
            assert_never(kind)


def _check(found: Found, name: str, kind: Kind) -> None:
    limits.check(name, "paragraphs and tables", len(found.blocks), limits.MOST_BLOCKS)
    characters = cells = 0
    written = False
    for block in found.blocks:
        if isinstance(block, Paragraph):
            characters += len(block.text)
            written = written or bool(block.text.strip())
        else:
            cells += len(block.cells)
            characters += sum(len(cell.text) for cell in block.cells)
            written = written or any(cell.text.strip() for cell in block.cells)
    limits.check(name, "cells", cells, limits.MOST_CELLS)
    limits.check(name, "characters", characters, limits.MOST_CHARACTERS)
    if not written:
        came = "a file without text"
        if kind is Kind.PDF:
            came = "a PDF with no text layer, such as a scan"
        raise DocumentError.of(
            name, came=came, needed="a file with text; a scan must have its text recognised (OCR) and checked first"
        )
