"""How a table looks in plain text: its columns aligned, nothing in it that does not print.

Imports nothing of this library.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

__all__ = ["aligned_rows", "printable"]


def aligned_rows(rows: Iterable[Sequence[str]], right: Iterable[int] = (), widest: int | None = None) -> list[str]:
    """Return rows of a table as lines of plain text, columns aligned, a Chinese character as wide as two letters.

    ``right`` are the columns, from 0, that are aligned to the right. A cell wider than ``widest`` is cut, and says so.
    Control characters are shown as \ufffd.

    >>> aligned_rows([["甲", "1"], ["乙支部", "12"]], right=[1])
    ['甲       1', '乙支部  12']
    """
    shown = [[_cut(printable(cell), widest) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*shown, strict=True)]
    to_the_right = set(right)
    return [
        "  ".join(
            _blank(cell, width) + cell if place in to_the_right else cell + _blank(cell, width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in shown
    ]


def _blank(cell: str, width: int) -> str:
    return " " * (width - _width(cell))


def _cut(cell: str, widest: int | None) -> str:
    if widest is None or _width(cell) <= widest:
        return cell
    kept, width = "", 0
    for character in cell:
        width += _width(character)
        if width >= widest:
            break
        kept += character
    return f"{kept}…"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def printable(text: str) -> str:
    """Return text with a mark in place of each character that does not print."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else "\ufffd" for character in text)
