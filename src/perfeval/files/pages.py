"""How a web page is read: its text in order, a paragraph for each line that a reader sees, and its tables.

Scripts, styles, what is hidden and what is filled in are passed over. A table that holds other tables, or a single cell,
arranges the page: what stands in it is read in order. Only this module imports lxml.
Imports ``grids``, ``limits``, ``documents`` and ``errors``.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, final

from attrs import define, field

from perfeval.documents.blocks import Block, Paragraph
from perfeval.documents.decoding import decode
from perfeval.errors import DocumentError
from perfeval.files import limits
from perfeval.files.found import Found, library
from perfeval.files.grids import Spanning, laid_out

__all__ = ["read_html"]

_CHARSET: Final = re.compile(rb"charset[ \t]{0,8}=[ \t]{0,8}[\"']?([A-Za-z0-9_-]{1,20})", re.IGNORECASE)
_CHARSET_WITHIN: Final = 4096
_CHINESE: Final = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936"})
_UNSEEN: Final = frozenset(
    [
        "head",
        "script",
        "style",
        "template",
        "noscript",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "canvas",
        "select",
        "textarea",
        "button",
        "input",
        "audio",
        "video",
        "map",
        "title",
        "meta",
        "link",
        "noframes",
    ]
)
_INLINE: Final = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "ruby",
        "rb",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "nobr",
        "img",
    ]
)
_CELLS: Final = frozenset({"td", "th"})
_SUPERSEDED: Final = frozenset({"rp", "rt"})
_HIDDEN: Final = re.compile(
    r"(?:display[ \t]{0,8}:[ \t]{0,8}none|visibility[ \t]{0,8}:[ \t]{0,8}hidden)", re.IGNORECASE
)
_BLANK: Final = re.compile(r"[ \t\r\n\f]+")
_WIDE: Final = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]) ?\n ?(?=[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f])"
)
_MOST_COLUMNS: Final = 1000
_MOST_ROWS: Final = 65_534


def read_html(data: bytes, *, name: str) -> Found:
    """Read a web page.

    >>> found = read_html("<p>一、项目<b>名称</b><br>示例<table><tr><td>甲<td>乙</table>".encode(), name="a.html")
    >>> [getattr(block, "text", None) for block in found.blocks], found.blocks[2].at(1, 2).text
    (['一、项目名称', '示例', None], '乙')
    """
    with library("html", name=name):
        from lxml import etree
    # lxml wants bytes where the text names an encoding of its own. A page that is huge to it is below our own limits;
    # without the word it would leave out, in silence, what comes after an attribute or a text of ten megabytes.
    text = _decoded(data, name).encode()
    how = {"encoding": "utf-8", "no_network": True, "huge_tree": True}
    etree.fromstring(text, etree.HTMLParser(target=_Tags(name), **how))
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, **how)
    first = etree.fromstring(text, parser)
    if first is None:
        return Found(())
    page = _Page(name)
    for root in (first, *first.itersiblings()):  # what stands after </html> is a tree of its own
        depth = 0
        for event, _ in etree.iterwalk(root, events=("start", "end")):
            depth += 1 if event == "start" else -1
            limits.check(name, "nested elements", depth, limits.MOST_DEPTH)
        page.read(root)
    if any(each.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for each in parser.error_log):
        raise DocumentError.of(name, came="a page that is only read in part", needed="a simpler page, or docx")
    return Found(tuple(page.blocks))


@final
@define
class _Tags:
    """Looks on while the tags of a page are read and nothing is built: attributes are joined to a tag one after another."""

    name: str
    seen: int = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """See a tag."""
        del tag
        self.seen += 1
        if len(attributes) > limits.MOST_ATTRIBUTES or self.seen > limits.MOST_ELEMENTS:
            limits.check(self.name, "attributes of one tag", len(attributes), limits.MOST_ATTRIBUTES)
            limits.check(self.name, "elements", self.seen, limits.MOST_ELEMENTS)

    def close(self) -> None:
        """See the end."""


def _decoded(data: bytes, name: str) -> str:
    for mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        if data.startswith(mark):
            return _in(data, "utf-16", name)
    declared = _CHARSET.search(data[:_CHARSET_WITHIN])
    label = declared[1].decode("ascii").lower() if declared else ""
    if label in _CHINESE:
        for encoding in ("utf-8-sig", "gb18030"):  # bytes in GBK are next to never UTF-8 as well
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    if label in {"big5", "big5-hkscs"}:
        return _in(data, "big5hkscs", name)
    return decode(data, name=name)


def _in(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError.of(
            name, came=f"a page that is not in the encoding it declares, {encoding}", needed="UTF-8 or GB18030"
        ) from error


def _unseen(element: Any) -> bool:
    if element.tag in _UNSEEN or "hidden" in element.attrib:
        return True
    style = element.get("style")
    return style is not None and _HIDDEN.search(style) is not None


def _number(element: Any, attribute: str, most: int) -> int:
    written = (element.get(attribute) or "").strip()[:8]
    return max(1, min(int(written), most)) if written.isascii() and written.isdigit() else 1


def _plain(text: str) -> str:
    """Return text with its blanks as a browser shows them; a line that is broken between two Chinese signs is one."""
    joined = _BLANK.sub(lambda blank: "\n" if "\n" in blank[0] else " ", text)
    return _WIDE.sub("", joined).replace("\n", " ").replace("\xa0", " ").strip()


@final
@define
class _Lines:
    """The lines of running text: what stands between two breaks."""

    name: str = ""
    parts: list[str] = field(factory=list)
    lines: list[str] = field(factory=list)

    def add(self, text: str | None) -> None:
        if text:
            self.parts.append(text)

    def end(self) -> None:
        if self.parts:
            line = _plain("".join(self.parts))
            self.parts.clear()
            if line:
                self.lines.append(line)
                if len(self.lines) > limits.MOST_BLOCKS:
                    limits.check(self.name, "paragraphs and tables", len(self.lines), limits.MOST_BLOCKS)

    def take(self) -> list[str]:
        self.end()
        lines, self.lines = self.lines, []
        return lines


@final
@define
class _Page:
    """A page while it is read."""

    name: str
    blocks: list[Block] = field(factory=list)
    tables: int = 0
    cells: int = 0

    def read(self, root: Any) -> None:
        lines = _Lines(self.name)
        for table in _walk(root, lines):
            self.blocks.extend(map(Paragraph, lines.take()))
            rows = self._rows(table)
            if not any(cell.text for row in rows for cell in row):
                continue
            self.tables += 1
            limits.check(self.name, "tables", self.tables, limits.MOST_TABLES)
            self.blocks.append(laid_out(f"表{self.tables}", rows, where=self.name))
            limits.check(self.name, "paragraphs and tables", len(self.blocks), limits.MOST_BLOCKS)
        self.blocks.extend(map(Paragraph, lines.take()))
        limits.check(self.name, "paragraphs and tables", len(self.blocks), limits.MOST_BLOCKS)

    def _rows(self, table: Any) -> list[list[Spanning]]:
        """Return the cells of a table by its rows; a cell that stands within another, for want of an end, is its own."""
        from lxml import etree

        rows: list[list[Spanning]] = []
        row: Any = None
        walk = etree.iterwalk(table, events=("start",))
        for _, part in walk:
            if part is table:
                continue
            if _unseen(part):
                walk.skip_subtree()
                continue
            if part.tag == "tr":
                row = part
                rows.append([])
            if part.tag not in _CELLS:
                continue
            self.cells += 1
            limits.check(self.name, "cells", self.cells, limits.MOST_CELLS)
            if part.getparent() is not row or not rows:
                row = part.getparent()
                rows.append([])
            text = _plain(part.text or "")
            if len(part):
                lines = _Lines(self.name)
                for _ in _walk(part, lines, bounds=_CELLS):
                    pass
                text = "\n".join(lines.take())
            tall = _MOST_ROWS if part.get("rowspan") == "0" else _number(part, "rowspan", _MOST_ROWS)
            rows[-1].append(Spanning(text, rows=tall, columns=_number(part, "colspan", _MOST_COLUMNS)))
        return rows


def _walk(root: Any, lines: _Lines, bounds: frozenset[str] = frozenset()) -> Iterator[Any]:
    """Add the text under an element to ``lines``, and yield each table of cells where it stands; pass over ``bounds``."""
    from lxml import etree

    walk = etree.iterwalk(root, events=("start", "end"))
    preformatted = 0
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if _unseen(element) or tag in _SUPERSEDED or (tag in bounds and element is not root):
                walk.skip_subtree()
                continue
            if tag == "table" and _holds_cells(element):
                lines.end()
                for caption in element.iterchildren("caption"):
                    for _ in _walk(caption, lines):
                        pass
                    lines.end()
                yield element
                walk.skip_subtree()
                continue
            if tag not in _INLINE:
                lines.end()
            preformatted += tag == "pre"
            _add(lines, element.text, preformatted)
        else:
            if tag not in _INLINE and tag not in _UNSEEN and tag not in _SUPERSEDED:
                lines.end()
            if tag == "pre" and preformatted:
                preformatted -= 1
            if element is not root:
                _add(lines, element.tail, preformatted)


def _add(lines: _Lines, text: str | None, preformatted: int) -> None:
    if not preformatted or not text:
        lines.add(text)
        return
    first, *others = text.split("\n")
    lines.add(first)
    for other in others:
        lines.end()
        lines.add(other)


def _holds_cells(table: Any) -> bool:
    """Say whether a table is one of cells; else it arranges the page."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    cells = table.iterdescendants("td", "th")
    return next(cells, None) is not None and next(cells, None) is not None
