"""How a docx text is read: paragraphs and tables in order, with the numbers that the word processor sets itself.

Of tracked changes what was put in stays and what was taken out goes. Text boxes follow the paragraph that they hang on.
Footnotes, comments, headers and pictures are passed over. Only this module imports python-docx.
Imports ``archives``, ``numbering``, ``limits``, ``documents``, ``facts`` and ``errors``.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final, final

from attrs import define, evolve, field

from perfeval.documents.blocks import Block, Cell, Paragraph, Table
from perfeval.errors import DocumentError
from perfeval.facts import Label
from perfeval.files import limits
from perfeval.files.archives import check_archive
from perfeval.files.found import Found, library
from perfeval.files.numbering import Numbering, W

__all__ = ["read_docx"]

_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CHOICES: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TAKEN_OUT: Final = frozenset(
    {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}delInstrText", f"{W}rt", f"{W}rPr", f"{W}pPr"}
)
_NOTES: Final = {
    f"{W}footnoteReference": "footnote",
    f"{W}endnoteReference": "endnote",
    f"{W}commentReference": "comment",
}
_PASSED_OVER: Final = {
    "footnote": ("脚注", "footnotes"),
    "endnote": ("尾注", "endnotes"),
    "comment": ("批注", "comments"),
    "picture": ("图片", "pictures"),
    "imported": ("嵌入的其他文件", "other files that are set in"),
}
_SIGNS: Final = {f"{W}tab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_MOST_COLUMNS: Final = 1000
_SYMBOLS: Final = {"52": "☑", "FE": "☑", "A3": "□", "A8": "□", "6F": "□", "FC": "√"}
_RELATIONS: Final = re.compile(r"(?:([^\x00]{1,1000})/)?_rels/[^/]{0,1000}\.rels")
_LISTED: Final = 10
_MOST_STYLES_ABOVE: Final = 20
_OFF: Final = frozenset({"0", "false", "off"})


def read_docx(data: bytes, *, name: str) -> Found:
    """Read a text of Word."""
    with library("docx", name=name):
        import docx
    elements = check_archive(data, name=name)
    whole, absent = _led_to(data, elements)
    document = docx.Document(io.BytesIO(whole))
    part = document.part
    numbering = _related(part, "/numbering")
    for read in (part, numbering, _related(part, "/styles")):
        if read is not None and read.partname.membername not in elements:
            raise DocumentError.of(
                name, came=f"a text without whole XML in {read.partname.membername}", needed="a whole docx file"
            )
    text = _Text(name, Numbering.of(getattr(numbering, "element", None)), _styles(document.styles.element))
    text.read(document.element.body)
    return Found(tuple(text.blocks), (*text.remarks(), *_absent(absent)))


def _related(part: Any, kind: str) -> Any:
    """Return the first part that a part leads to by a relation of some kind."""
    return next(
        (each.target_part for each in part.rels.values() if not each.is_external and each.reltype.endswith(kind)), None
    )


def _led_to(data: bytes, parts: Iterable[str]) -> tuple[bytes, list[str]]:
    """Return an archive whose relations lead to what it holds, and which parts they named that it does not hold.

    Programs leave relations behind to pictures that are gone; python-docx takes no file that has one.
    """
    from docx.opc.oxml import parse_xml, serialize_part_xml
    from docx.opc.packuri import PackURI

    absent: list[str] = []
    changed: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = frozenset(archive.namelist())
        for part in parts:
            at = _RELATIONS.fullmatch(part)
            if at is None:
                continue
            relations: Any = parse_xml(archive.read(part))  # type: ignore[arg-type]  # it is given bytes by its own as well
            for relation in list(relations.iterchildren("{*}Relationship")):
                target = PackURI.from_rel_ref(f"/{at[1] or ''}", relation.get("Target", "")).membername
                if relation.get("TargetMode") != "External" and target not in names:
                    relations.remove(relation)
                    absent.append(target)
                    changed[part] = b""
            if part in changed:
                changed[part] = serialize_part_xml(relations)
        if not changed:
            return data, absent
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w") as new:
            for name in archive.namelist():
                new.writestr(name, changed[name] if name in changed else archive.read(name))
    return whole.getvalue(), absent


def _absent(parts: list[str]) -> tuple[Label, ...]:
    """Return the remark on parts that a file names and does not hold."""
    if not parts:
        return ()
    listed = ", ".join(parts[:_LISTED]) + (" …" if len(parts) > _LISTED else "")
    return (
        Label(
            f"文件提到而未保存的部分未读入：{listed}",
            f"parts that the file names and does not hold were not read: {listed}",
        ),
    )


def _styles(root: Any) -> dict[str, tuple[str, Any]]:
    """Return for each style of paragraphs the one it is based on, and its own place in a list."""
    found: dict[str, tuple[str, Any]] = {}
    for style in root.findall(f"{W}style"):
        based = style.find(f"{W}basedOn")
        number = style.find(f"{W}pPr/{W}numPr")
        found[style.get(f"{W}styleId", "")] = (based.get(f"{W}val", "") if based is not None else "", number)
        if style.get(f"{W}default") in {"1", "true"} and style.get(f"{W}type") == "paragraph":
            found.setdefault("", ("", number))
    return found


def _on(element: Any, tag: str) -> bool:
    found = element.find(tag)
    return found is not None and found.get(f"{W}val", "1") not in _OFF


def _whole(element: Any, path: str, default: int) -> int:
    found = element.find(path)
    written = found.get(f"{W}val", "") if found is not None else ""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 6 else default


@final
@define
class _Text:
    """A text while it is read."""

    name: str
    numbering: Numbering
    styles: dict[str, tuple[str, Any]]
    blocks: list[Block] = field(factory=list)
    seen: Counter[str] = field(factory=Counter)
    tables: int = 0
    carried: list[str] = field(factory=list)

    def remarks(self) -> tuple[Label, ...]:
        """Say what was passed over."""
        return tuple(
            Label(f"{zh}未读入：{self.seen[kind]}处", f"{en} were not read: {self.seen[kind]}")
            for kind, (zh, en) in _PASSED_OVER.items()
            if self.seen[kind]
        )

    def read(self, body: Any) -> None:
        for element in self._parts(body):
            if element.tag == f"{W}tbl":
                self.blocks.extend(map(Paragraph, self._rest()))
                self._table(element)
            else:
                self.blocks.extend(map(Paragraph, self._lines(element)))
            limits.check(self.name, "paragraphs and tables", len(self.blocks), limits.MOST_BLOCKS)
        self.blocks.extend(map(Paragraph, self._rest()))

    def _parts(self, within: Any) -> Iterator[Any]:
        """Yield paragraphs and tables in order, also those in content controls; a frame of one cell is no table."""
        waiting = list(reversed(within))
        while waiting:
            element = waiting.pop()
            if element.tag == f"{W}p":
                yield element
            elif element.tag == f"{W}tbl":
                rows = list(self._rows(element)) if within.tag == f"{W}body" else []
                cells = list(self._cells(rows[0])) if len(rows) == 1 else []
                if len(cells) == 1:
                    waiting.extend(reversed(cells[0]))
                else:
                    yield element
            elif element.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"}:
                waiting.extend(reversed(element))
            elif element.tag == f"{W}altChunk":
                self.seen["imported"] += 1

    def _lines(self, paragraph: Any) -> list[str]:
        """Return the lines of a paragraph, its number before the first; then those of its text boxes."""
        boxes: list[Any] = []
        written = "".join(self._written(paragraph, boxes))
        if self._mark_is_out(paragraph):
            self.carried.append(written)
            lines: list[str] = []
        else:
            self.carried.append(written)
            lines = self._rest()
            if lines:
                lines[0] = self._number(paragraph) + lines[0]
        for box in boxes:
            for part in self._parts(box):
                if part.tag == f"{W}tbl":
                    lines += [
                        line for row in self._rows(part) for cell in self._cells(row) for line in self._inside(cell)
                    ]
                else:
                    lines += self._lines(part)
        return lines

    def _rest(self) -> list[str]:
        """Return the lines of what is carried over from paragraphs whose ends were taken out."""
        text = "".join(self.carried)
        self.carried.clear()
        return [line for each in text.split("\n") if (line := each.strip())]

    @staticmethod
    def _mark_is_out(paragraph: Any) -> bool:
        return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None

    def _written(self, paragraph: Any, boxes: list[Any]) -> Iterator[str]:
        waiting = list(reversed(paragraph))
        while waiting:
            element = waiting.pop()
            tag = element.tag
            if tag in _TAKEN_OUT or not isinstance(tag, str):
                continue
            if tag in {f"{W}t", f"{_MATH}t"}:
                yield (element.text or "").replace("\n", " ")
            elif tag in _SIGNS:
                yield _SIGNS[tag]
            elif tag == f"{W}br":
                yield "\n" if element.get(f"{W}type", "textWrapping") == "textWrapping" else ""
            elif tag == f"{W}sym":
                yield _symbol(element.get(f"{W}char", ""))
            elif tag in _NOTES:
                self.seen[_NOTES[tag]] += 1
            elif tag == f"{W}txbxContent":
                boxes.append(element)
            elif tag.endswith(("}blip", "}imagedata")):
                self.seen["picture"] += 1
            elif tag == f"{_CHOICES}AlternateContent":
                waiting.extend(reversed(list(element)[:1]))
            elif tag == f"{W}r":
                properties = element.find(f"{W}rPr")
                if properties is None or not _on(properties, f"{W}vanish"):
                    waiting.extend(reversed(element))
            else:
                waiting.extend(reversed(element))

    def _number(self, paragraph: Any) -> str:
        properties = paragraph.find(f"{W}pPr")
        own = properties.find(f"{W}numPr") if properties is not None else None
        name, place = self._listed(own)
        style = properties.find(f"{W}pStyle") if properties is not None else None
        above = style.get(f"{W}val", "") if style is not None else ""
        for _ in range(_MOST_STYLES_ABOVE):
            if name is not None or above not in self.styles:
                break
            based, number = self.styles[above]
            name, own_place = self._listed(number)
            place = own_place if place is None else place
            above = based
        return self.numbering.next(name, place or 0) if name not in {None, "0"} else ""

    @staticmethod
    def _listed(number: Any) -> tuple[str | None, int | None]:
        if number is None:
            return None, None
        name = number.find(f"{W}numId")
        place = number.find(f"{W}ilvl")
        written = place.get(f"{W}val", "") if place is not None else ""
        return (
            str(name.get(f"{W}val", "")) if name is not None else None,
            int(written) if written in set("012345678") else None,
        )

    @staticmethod
    def _rows(table: Any) -> Iterator[Any]:
        """Yield the rows of a table, also those in content controls; rows that were taken out are gone."""
        waiting = list(reversed(table))
        while waiting:
            element = waiting.pop()
            if element.tag == f"{W}tr":
                if element.find(f"{W}trPr/{W}del") is None:
                    yield element
            elif element.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml"}:
                waiting.extend(reversed(element))

    @staticmethod
    def _cells(row: Any) -> Iterator[Any]:
        """Yield the cells of a row, but for those that were taken out."""
        waiting = list(reversed(row))
        while waiting:
            element = waiting.pop()
            if element.tag == f"{W}tc":
                if element.find(f"{W}tcPr/{W}cellDel") is None:
                    yield element
            elif element.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml"}:
                waiting.extend(reversed(element))

    def _inside(self, cell: Any) -> list[str]:
        """Return the lines of a cell; a table within it gives a line for each of its rows."""
        lines: list[str] = []
        for part in self._parts(cell):
            if part.tag == f"{W}tbl":
                lines += [
                    "\t".join(" ".join(self._inside(each)) for each in self._cells(row)) for row in self._rows(part)
                ]
            else:
                lines += self._lines(part)
        return lines + self._rest()

    def _table(self, table: Any) -> None:
        cells: list[Cell] = []
        above: dict[int, Cell] = {}  # column -> the cell that goes on if the next one below is merged with it
        seen = places = 0
        for row, written in enumerate(self._rows(table), start=1):
            column = 1 + min(_whole(written, f"{W}trPr/{W}gridBefore", 0), _MOST_COLUMNS)
            begun: dict[int, Cell] = {}
            for cell in self._cells(written):
                wide = max(1, min(_whole(cell, f"{W}tcPr/{W}gridSpan", 1), _MOST_COLUMNS))
                merged = cell.find(f"{W}tcPr/{W}vMerge")
                goes_on = merged is not None and merged.get(f"{W}val", "continue") == "continue"
                upper = above.get(column)
                if goes_on and upper is not None and upper.columns == wide:
                    begun[column] = evolve(upper, rows=upper.rows + 1)
                else:
                    begun[column] = Cell(row, column, "\n".join(self._inside(cell)), columns=wide)
                column += wide
                seen += 1
                places += wide
            cells.extend(
                cell for place, cell in above.items() if begun.get(place, cell).row != cell.row or place not in begun
            )
            above = begun
            limits.check(self.name, "cells", seen, limits.MOST_CELLS)
            limits.check(self.name, "places in a table", places, limits.MOST_PLACES)
        cells.extend(above.values())
        cells = sorted((cell for cell in cells if cell.text), key=lambda cell: (cell.row, cell.column))
        if cells:
            self.tables += 1
            limits.check(self.name, "tables", self.tables, limits.MOST_TABLES)
            self.blocks.append(Table(f"表{self.tables}", cells))


def _symbol(code: str) -> str:
    """Return the sign that a font's private code stands for, as far as it is known."""
    return _SYMBOLS.get(code[-2:].upper(), "") if len(code) == 4 else ""
