"""Characters with their places on a page → lines, and lines → paragraphs.

A line that reaches the right edge goes on in the next one, unless that begins a paragraph: by its indent, by a number
such as 一、 or （二）, or by the size of its print. Imports nothing of the library.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, final

from attrs import frozen

__all__ = ["Glyph", "Line", "Ruling", "joined", "lines", "paragraphs"]

_BEGINS: Final = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[、）)．.]|[（(]\d{1,3}[）)]|\d{1,2}[、．]|\d{1,2}(?:\.\d{1,2}){0,3}[. ]\D|第[一二三四五六七八九十\d]{1,3}[章节条部]|附[件表录]|[①-⑳]"
)
_ENDS: Final = frozenset("。；：！？.;:!?")
_WORD: Final = re.compile(r"[!-~]{1,40}.?")
_ASCII: Final = re.compile(r"[!-~]")


@final
@frozen
class Glyph:
    """A character and the box it is printed in, from the lower left corner of the page."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


@final
@frozen
class Ruling:
    """A level or upright line."""

    x0: float
    y0: float
    x1: float
    y1: float


@final
@frozen
class Line:
    """A line of print."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def size(self) -> float:
        """How high it is."""
        return max(self.y1 - self.y0, 0.1)


def lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """Return the lines from top to bottom, the characters of each from left to right.

    >>> lines([Glyph("乙", 10, 0, 20, 10), Glyph("甲", 0, 0.5, 10, 10.5), Glyph("丙", 0, -20, 10, -10)])[0].text
    '甲乙'
    """
    rows: list[list[Glyph]] = []
    level = height = 0.0
    for glyph in sorted(glyphs, key=lambda each: (-(each.y0 + each.y1), each.x0)):
        middle = (glyph.y0 + glyph.y1) / 2
        size = glyph.y1 - glyph.y0
        if rows and abs(middle - level) < max(min(size, height), 1) / 2:
            rows[-1].append(glyph)
            continue
        rows.append([glyph])
        level, height = middle, size
    found = (_line(row) for row in rows)
    return [line for line in found if line.text]


def _line(row: list[Glyph]) -> Line:
    row.sort(key=lambda glyph: glyph.x0)
    parts: list[str] = []
    before: Glyph | None = None
    for glyph in row:
        if before is not None:
            size = max(glyph.y1 - glyph.y0, 0.1)
            if glyph.text == before.text and abs(glyph.x0 - before.x0) < size / 5:
                continue  # printed twice to look bold
            gap = glyph.x0 - before.x1
            narrow = _ASCII.match(glyph.text) or _ASCII.match(before.text)
            if gap > size * (0.3 if narrow else 0.8):
                parts.append(" ")
        parts.append(glyph.text)
        before = glyph
    seen = [glyph for glyph in row if not glyph.text.isspace()] or row
    return Line(
        " ".join("".join(parts).split(" ")).strip(),
        min(glyph.x0 for glyph in seen),
        min(glyph.y0 for glyph in seen),
        max(glyph.x1 for glyph in seen),
        max(glyph.y1 for glyph in seen),
    )


def joined(parts: Sequence[str]) -> str:
    """Return lines as one: between two words in Latin letters goes a blank.

    >>> joined(["党员教育", "培训 party", "building"])
    '党员教育培训 party building'
    """
    written: list[str] = []
    before = ""
    for part in parts:
        if before[-1:].isascii() and part[:1].isascii() and before[-1:].isalpha() and part[:1].isalpha():
            written.append(" ")
        written.append(part)
        before = part
    return "".join(written)


def paragraphs(
    found: Sequence[Line], *, left: float, right: float, begun: Sequence[str] = ()
) -> tuple[list[str], list[str]]:
    """Return the paragraphs of lines between two edges, and the lines of the last one where it goes on.

    ``begun`` are the lines of one from before, which may go on in these.

    >>> long, short = Line("办公费二万五千元，培", 0, 20, 100, 30), Line("训费一万元。", 0, 5, 60, 15)
    >>> paragraphs([long, short], left=0, right=100)
    (['办公费二万五千元，培训费一万元。'], [])
    """
    whole: list[str] = []
    under_way = list(begun)
    goes_on = bool(begun)
    before: Line | None = None
    for line in found:
        indented = line.x0 > left + line.size * 0.9
        other = before is not None and (
            abs(before.size - line.size) > 0.15 * line.size or before.y0 - line.y1 > 2 * line.size
        )
        if before is not None:
            goes_on = _is_full(before, right, line.text)
        if under_way and (not goes_on or indented or other or _BEGINS.match(line.text)):
            whole.append(joined(under_way))
            under_way = []
        under_way.append(line.text)
        before = line
    if under_way and before is not None and not _is_full(before, right, ""):
        whole.append(joined(under_way))
        under_way = []
    return whole, under_way


def _is_full(line: Line, right: float, following: str) -> bool:
    """Say whether a line ends for want of room: for another sign, or for the word or figure that follows."""
    word = _WORD.match(following)
    wanted = 1.6
    if word is not None and line.text[-1:] not in _ENDS:
        wanted += 0.62 * len(word[0])
    return right - line.x1 < line.size * wanted
