"""How a PDF with a text layer is read: paragraphs and ruled tables in order, page after page.

Page numbers and lines that stand at the edge of most pages are passed over. Only ``pdf_objects`` and ``pdf_drawing``
import pdfminer. Imports them, ``ruled``, ``printing``, ``limits``, ``documents``, ``facts`` and ``errors``.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from typing import TYPE_CHECKING, Final, final

from attrs import define, field, frozen

from perfeval.documents.blocks import Block, Cell, Paragraph, Table
from perfeval.errors import DocumentError
from perfeval.facts import Label
from perfeval.files import limits
from perfeval.files.found import Found, library
from perfeval.files.printing import Line, joined, lines, paragraphs
from perfeval.files.ruled import Box, Ruled, alike, ruled

if TYPE_CHECKING:
    from perfeval.files.pdf_drawing import Drawn

__all__ = ["read_pdf"]

_PAGE_NUMBER: Final = re.compile(
    r"(?:[-—－–·~]{1,3} ?\d{1,4} ?[-—－–·~]{1,3}|第 ?\d{1,4} ?页(?:[ ,，/]{0,3}共 ?\d{1,4} ?页)?|\d{1,4} ?/ ?\d{1,4})"
)
_BARE_NUMBER: Final = re.compile(r"\d{1,4}")
_SILENT: Final = logging.NullHandler()
_PRINTED: Final = 0.75  # how far over a page print reaches at the least
_EDGE_PAGES: Final = 3
_MOST_UNKNOWN: Final = 20  # one character in so many may be one of which the font does not say which it is


@final
@frozen
class _Page:
    """A page as lines outside of tables, and its tables with the text of their cells, each with its upper edge."""

    width: float
    lines: tuple[Line, ...]
    tables: tuple[tuple[Ruled, tuple[tuple[Box, str], ...]], ...]


def read_pdf(data: bytes, *, name: str) -> Found:
    """Read a PDF; raises ``DocumentError`` where it has no text layer, or one that cannot be told."""
    with library("pdf", name=name):
        import pdfminer
    # pdfminer reports what it passes over in a file to whoever listens; nobody listening is no reason to print it.
    logging.getLogger(pdfminer.__name__).addHandler(_SILENT)
    from perfeval.files.pdf_drawing import Fonts, drawn, size
    from perfeval.files.pdf_objects import Budget, opened, pages

    budget = Budget(name)
    document = opened(data, budget)
    fonts = Fonts(budget)
    held = list(pages(document, budget))
    limits.check(name, "bytes of a PDF gone over", sum(map(size, held)), limits.MOST_PDF_READ)
    found = [drawn(page, fonts) for page in held]
    _check(found, name)
    turned, unknown = sum(page.turned for page in found), sum(page.unknown for page in found)
    text = _Text()
    text.read([_page(page, name) for page in found])
    remarks = list(text.remarks())
    if turned:
        remarks.append(
            Label(f"旋转或竖排的文字未读入：{turned}字", f"turned or upright text was not read: {turned} signs")
        )
    if unknown:
        remarks.append(
            Label(
                f"有{unknown}个字符，字体没有说明是什么字，读作�",
                f"{unknown} characters have no name in their font and read �",
            )
        )
    return Found(tuple(text.blocks), tuple(remarks))


def _check(found: list[Drawn], name: str) -> None:
    if not found:
        raise DocumentError.of(name, came="a PDF without pages", needed="a whole PDF")
    seen = sum(len(page.glyphs) for page in found)
    unknown = sum(page.unknown for page in found)
    if unknown * _MOST_UNKNOWN > seen:
        raise DocumentError.of(
            name,
            came=f"a PDF whose fonts do not say which characters they print ({unknown} of {seen})",
            needed="the file it was made from, or its text recognised (OCR) and checked",
        )
    if not any(not glyph.text.isspace() for page in found for glyph in page.glyphs):
        raise DocumentError.of(
            name,
            came="a PDF with no text layer, such as a scan",
            needed="a PDF with a text layer: recognise its text first (OCR) and check it",
        )


def _page(page: Drawn, name: str) -> _Page:
    tables = ruled(page.rulings, where=name)
    within: list[dict[Box, list[int]]] = [{} for _ in tables]
    outside: list[int] = []
    for place, glyph in enumerate(page.glyphs):
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
        for number, table in enumerate(tables):
            box = table.box_at(x, y)
            if box is not None:
                within[number].setdefault(box, []).append(place)
                break
        else:
            outside.append(place)
    return _Page(
        page.width,
        tuple(lines(page.glyphs[place] for place in outside)),
        tuple(
            (
                table,
                tuple((box, _inside(lines(page.glyphs[place] for place in held), box)) for box, held in cells.items()),
            )
            for table, cells in zip(tables, within, strict=True)
        ),
    )


def _inside(found: list[Line], box: Box) -> str:
    """Return the text of a cell: a line that fills its width goes on in the next."""
    whole: list[str] = []
    under_way: list[str] = []
    goes_on = True
    for line in found:
        if not goes_on:
            whole.append(joined(under_way))
            under_way = []
        under_way.append(line.text)
        goes_on = box.x1 - box.x0 - (line.x1 - line.x0) < line.size * 2.2
    return "\n".join([*whole, joined(under_way)])


@final
@define
class _Text:
    """The blocks of a PDF while they are put together."""

    blocks: list[Block] = field(factory=list)
    tables: int = 0
    passed_over: Counter[str] = field(factory=Counter)
    _cells: list[Cell] = field(factory=list)
    _rows: int = 0
    _last: Ruled | None = None
    _under_way: list[str] = field(factory=list)

    def remarks(self) -> tuple[Label, ...]:
        """Say which lines at the edges of pages were passed over."""
        return tuple(
            Label(
                f"页眉页脚未读入：{text}（{count}处）", f"heads and feet of pages were not read: {text} ({count} times)"
            )
            for text, count in self.passed_over.items()
        )

    def read(self, pages: list[_Page]) -> None:
        edges = Counter(text for page in pages for text in {line.text for line in _edges(page)})
        running = {text for text, count in edges.items() if count >= _EDGE_PAGES and count * 2 >= len(pages)}
        bare = [{int(line.text) for line in _edges(page) if _BARE_NUMBER.fullmatch(line.text)} for page in pages]
        # A bare number at the edge is that of the page only where the numbers of most pages follow one another.
        starts = Counter(number - place for place, numbers in enumerate(bare) for number in numbers)
        start, count = starts.most_common(1)[0] if starts else (0, 0)
        numbered = count >= 2 and count * 2 >= len(pages)
        kept: list[list[Line]] = []
        for place, page in enumerate(pages):
            dropped: list[Line] = []
            for line in _edges(page):
                if line.text in running:
                    self.passed_over[line.text] += 1
                elif _PAGE_NUMBER.fullmatch(line.text) or (numbered and line.text == str(place + start)):
                    self.passed_over["页码 (page number)"] += 1
                else:
                    continue
                dropped.append(line)
            kept.append([line for line in page.lines if line not in dropped])
        prose = [line for page in kept for line in page]
        left = min((line.x0 for line in prose), default=0.0)
        # Where all lines are short none of them ends for want of room.
        right = max((line.x1 for line in prose), default=0.0)
        right = max(right, _PRINTED * max((page.width for page in pages), default=0.0))
        for page, held in zip(pages, kept, strict=True):
            self._page(page, held, left, right)
        self._close_paragraph()
        self._close_table()

    def _page(self, page: _Page, held: list[Line], left: float, right: float) -> None:
        waiting = list(held)
        first = True
        for table, cells in page.tables:
            above = [line for line in waiting if line.y0 >= table.top - line.size / 2]
            waiting = [line for line in waiting if line.y0 < table.top - line.size / 2]
            self._paragraphs(above, left, right)
            self._table(table, cells, first=first and not above)
            first = False
        self._paragraphs(waiting, left, right)

    def _paragraphs(self, held: list[Line], left: float, right: float) -> None:
        if not held:
            return
        self._close_table()
        whole, self._under_way = paragraphs(held, left=left, right=right, begun=self._under_way)
        self.blocks.extend(map(Paragraph, whole))

    def _close_paragraph(self) -> None:
        if self._under_way:
            self.blocks.append(Paragraph(joined(self._under_way)))
            self._under_way = []

    def _close_table(self) -> None:
        if self._cells:
            self.tables += 1
            self._cells.sort(key=lambda cell: (cell.row, cell.column))
            self.blocks.append(Table(f"表{self.tables}", self._cells))
        self._cells, self._rows, self._last = [], 0, None

    def _table(self, table: Ruled, cells: tuple[tuple[Box, str], ...], *, first: bool) -> None:
        """Take up a table; the first thing of a page goes on with the last of the page before, if its columns are the same."""
        self._close_paragraph()
        if not (first and self._last is not None and alike(self._last, table)):
            self._close_table()
        self._cells += [
            Cell(box.row + self._rows, box.column, text, rows=box.rows, columns=box.columns)
            for box, text in cells
            if text
        ]
        self._rows += len(table.levels) - 1
        self._last = table


def _edges(page: _Page) -> list[Line]:
    """Return the first and the last line of a page, where no table stands beyond them."""
    found: list[Line] = []
    if page.lines:
        tops = [table.top for table, _ in page.tables]
        bottoms = [table.levels[-1] for table, _ in page.tables]
        if not tops or page.lines[0].y0 >= max(tops):
            found.append(page.lines[0])
        if len(page.lines) > 1 and (not bottoms or page.lines[-1].y1 <= min(bottoms)):
            found.append(page.lines[-1])
    return found
