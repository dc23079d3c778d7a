"""Within what limits a file is read: everything over them is refused with the limit named, before it costs anything.

Each limit stands well above what is published, and low enough that a hostile file costs seconds and some hundred
megabytes at most. Imports ``errors`` and, for the length of a text and the size of a table, ``documents``.
"""

from __future__ import annotations

from typing import Final

from perfeval.documents.blocks import MOST_PLACES
from perfeval.documents.decoding import LONGEST
from perfeval.errors import DocumentError

__all__ = [
    "LONGEST_LINE",
    "MOST_ATTRIBUTES",
    "MOST_BLOCKS",
    "MOST_BYTES",
    "MOST_CELLS",
    "MOST_CHARACTERS",
    "MOST_DEPTH",
    "MOST_ELEMENTS",
    "MOST_INFLATED",
    "MOST_MEMBERS",
    "MOST_MERGED",
    "MOST_PAGES",
    "MOST_PDF_ENTRIES",
    "MOST_PDF_INFLATED",
    "MOST_PDF_NESTED",
    "MOST_PDF_OBJECTS",
    "MOST_PDF_READ",
    "MOST_PDF_REPEATS",
    "MOST_PDF_SIGNS",
    "MOST_PLACES",
    "MOST_RATIO",
    "MOST_ROWS",
    "MOST_RULINGS",
    "MOST_SHEETS",
    "MOST_STYLES",
    "MOST_TABLES",
    "check",
]

MOST_BYTES: Final = 20_000_000
"""How many bytes a file may have."""

MOST_CHARACTERS: Final = LONGEST
"""How many characters the paragraphs and cells of a file may have together."""

MOST_BLOCKS: Final = 200_000
"""How many paragraphs and tables a file may have together."""

MOST_TABLES: Final = 20_000
"""How many tables a text or a web page may have."""

MOST_CELLS: Final = 300_000
"""How many cells the tables of a file may have together, blank ones that the file mentions included."""

MOST_MERGED: Final = 100_000
"""How many places the merged cells of a workbook may cover together."""

MOST_SHEETS: Final = 200
"""How many sheets a workbook may have."""

MOST_STYLES: Final = 200_000
"""How many elements the formats of a workbook, and its list of sheets and names, may have each."""

MOST_MEMBERS: Final = 2_000
"""How many members the archive of a docx or xlsx may have."""

MOST_INFLATED: Final = 100_000_000
"""How many bytes the members of an archive may come to, by what they declare and by what comes out."""

MOST_RATIO: Final = 200
"""How many times its packed size a member of an archive of over a megabyte may come to."""

MOST_ELEMENTS: Final = 1_500_000
"""How many elements the XML of an archive, or a web page, may have."""

MOST_DEPTH: Final = 200
"""How deep elements may be nested in XML or in a web page."""

MOST_ATTRIBUTES: Final = 500
"""How many attributes an element of XML, or a tag of a web page, may have."""

MOST_ROWS: Final = 1_048_576
"""How many rows a csv file may have, as many as a sheet of a spreadsheet."""

LONGEST_LINE: Final = 1_000_000
"""How many characters one row of a csv file may have."""

MOST_PAGES: Final = 1_000
"""How many pages a PDF may have."""

MOST_PDF_OBJECTS: Final = 200_000
"""How many objects of a PDF may be looked up."""

MOST_PDF_INFLATED: Final = 60_000_000
"""How many bytes the streams that are read of a PDF may come to."""

MOST_PDF_READ: Final = 12_000_000
"""How many bytes of the objects and pages of a PDF may be gone over sign by sign."""

MOST_PDF_SIGNS: Final = 1_500_000
"""How many characters, lines and other operations the pages of a PDF may draw."""

MOST_PDF_ENTRIES: Final = 100_000
"""How many entries an array or a dictionary of a PDF may have, as far as it is read."""

MOST_PDF_NESTED: Final = 12
"""How deep the forms, arrays and page trees of a PDF may be nested in one another."""

MOST_PDF_REPEATS: Final = 20_000
"""How many forms and pictures may be drawn on the pages of a PDF."""

MOST_RULINGS: Final = 10_000
"""How many ruled lines one page of a PDF may draw; those that go on in one another count once, up to 1,500."""


def check(where: str, what: str, came: int, most: int) -> None:
    """Raise :class:`~perfeval.errors.DocumentError` that names the limit where ``came`` is over ``most``.

    >>> check("a.xlsx", "sheets", 3, MOST_SHEETS)
    >>> check("a.xlsx", "sheets", 201, MOST_SHEETS)
    Traceback (most recent call last):
    perfeval.errors.DocumentError: a.xlsx: came 201 sheets; needed at most 200 sheets
    """
    if came > most:
        raise DocumentError.of(where, came=f"{came} {what}", needed=f"at most {most} {what}")
