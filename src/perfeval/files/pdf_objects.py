"""The objects of a PDF, read under a budget: every stream that is unpacked, object looked up and byte gone over is counted.

pdfminer trusts the file; what is overridden here is where that would cost without end: packed streams, references and
page trees that lead in a circle, chains of older tables, endless lines. Imports ``limits`` and ``errors``.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any, Final, NoReturn, final

from attrs import define
from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.pdfdocument import PDFDocument, PDFNoValidXRef, PDFXRef, PDFXRefStream
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser, PDFStreamParser, PDFSyntaxError
from pdfminer.pdftypes import (
    LITERALS_ASCII85_DECODE,
    LITERALS_ASCIIHEX_DECODE,
    LITERALS_FLATE_DECODE,
    LITERALS_LZW_DECODE,
    LITERALS_RUNLENGTH_DECODE,
    PDFObjectNotFound,
    PDFObjRef,
    PDFStream,
    dict_value,
    int_value,
    list_value,
    resolve1,
)
from pdfminer.psexceptions import PSEOF
from pdfminer.psparser import PSBaseParser, PSKeyword, literal_name
from pdfminer.runlength import rldecode
from pdfminer.utils import apply_png_predictor, apply_tiff_predictor

from perfeval.errors import DocumentError
from perfeval.files import limits

__all__ = ["Budget", "Watched", "opened", "pages"]

_TAIL: Final = 2048
_START: Final = re.compile(rb"startxref[ \t\r\n]{1,20}(\d{1,10})")
_LINE_END: Final = re.compile(rb"\r\n|\r|\n")
_LONGEST_LINE: Final = 4096
_LONGEST_TOKEN: Final = 100_000
_MOST_OLDER: Final = 200
_MOST_PREDICTED: Final = 8_000_000
_MOST_COLUMNS: Final = 100_000
_MOST_GROWN: Final = 64  # bytes that one byte of a run of lengths may come to
_A85_COST: Final = 4  # a sign may stand for four bytes
_LZW_CLEAR, _LZW_END = 256, 257
_LZW_NARROWEST, _LZW_WIDEST = 9, 12
_INHERITED: Final = ("Resources", "MediaBox", "CropBox", "Rotate")


@final
@define
class Budget:
    """What reading one PDF has cost so far."""

    name: str
    looked_up: int = 0
    inflated: int = 0
    read: int = 0
    signs: int = 0
    repeats: int = 0

    def look_up(self) -> None:
        """Count an object that is looked up."""
        self.looked_up += 1
        limits.check(self.name, "objects of a PDF looked up", self.looked_up, limits.MOST_PDF_OBJECTS)

    def go_over(self, size: int) -> None:
        """Count bytes that are gone over sign by sign."""
        self.read += size
        limits.check(self.name, "bytes of a PDF gone over", self.read, limits.MOST_PDF_READ)

    def inflate(self, size: int) -> None:
        """Count bytes that came out of a stream."""
        self.inflated += size
        limits.check(self.name, "inflated bytes", self.inflated, limits.MOST_PDF_INFLATED)

    def draw(self, count: int = 1) -> None:
        """Count characters, lines and operations."""
        self.signs += count
        if self.signs > limits.MOST_PDF_SIGNS:  # asked for every sign: only a call where it tells
            limits.check(self.name, "characters, lines and operations drawn", self.signs, limits.MOST_PDF_SIGNS)

    def repeat(self) -> None:
        """Count a form, a picture or a font that is made ready."""
        self.repeats += 1
        limits.check(self.name, "forms, pictures and fonts", self.repeats, limits.MOST_PDF_REPEATS)


class Watched(PSBaseParser):
    """A parser that goes on only while its tokens are short, its nesting shallow and its budget unspent."""

    budget: Budget
    charged = True

    def fillbuf(self) -> bool:
        """Fetch the next bytes."""
        if self.charpos < len(self.buf):
            return False
        self.budget.go_over(self.BUFSIZ if self.charged else 0)
        limits.check(self.budget.name, "characters in one token", len(self._curtoken), _LONGEST_TOKEN)
        nested = len(getattr(self, "context", ()))
        held = len(getattr(self, "curstack", ()))
        limits.check(self.budget.name, "entries in one array of a PDF", held, limits.MOST_PDF_ENTRIES)
        limits.check(self.budget.name, "arrays within arrays", nested, limits.MOST_PDF_NESTED * 8)
        return super().fillbuf()


@final
class _Stream(PDFStream):
    """A stream that is unpacked under the budget."""

    budget: Budget

    def decode(self) -> None:
        """Unpack the stream; pictures are left packed and empty, since nothing of them is read."""
        data = self.rawdata or b""
        filters = self.get_filters()
        limits.check(self.budget.name, "packings of one stream", len(filters), limits.MOST_PDF_NESTED)
        for packing, parameters in filters:
            data = self._unpacked(packing, data)
            if isinstance(parameters, dict) and "Predictor" in parameters:
                data = self._predicted(parameters, data)
        self.data = data
        self.rawdata = None

    def _unpacked(self, packing: object, data: bytes) -> bytes:
        left = limits.MOST_PDF_INFLATED - self.budget.inflated
        if packing in LITERALS_FLATE_DECODE:
            data = _inflated(data, left)
        elif packing in LITERALS_LZW_DECODE:
            self.budget.go_over(len(data))
            data = _unfolded(data, left)
        elif packing in LITERALS_RUNLENGTH_DECODE:
            self.budget.inflate(len(data) * _MOST_GROWN if len(data) * _MOST_GROWN > left else 0)
            data = rldecode(data)
        elif packing in LITERALS_ASCII85_DECODE:
            self.budget.go_over(len(data) * _A85_COST)
            data = ascii85decode(data)
        elif packing in LITERALS_ASCIIHEX_DECODE:
            self.budget.go_over(len(data))
            data = asciihexdecode(data)
        else:
            data = b""
        self.budget.inflate(len(data))
        return data

    def _predicted(self, parameters: dict[str, Any], data: bytes) -> bytes:
        predictor = int_value(parameters.get("Predictor", 1))
        colors = int_value(parameters.get("Colors", 1))
        columns = int_value(parameters.get("Columns", 1))
        bits = int_value(resolve1(parameters.get("BitsPerComponent", 8)))
        if predictor <= 1:
            return data
        limits.check(self.budget.name, "bytes in a stream with a predictor", len(data), _MOST_PREDICTED)
        limits.check(
            self.budget.name, "columns in a stream", max(columns, 1) * max(colors, 1) * max(bits, 1), _MOST_COLUMNS
        )
        self.budget.go_over(len(data))
        if predictor == 2:
            return apply_tiff_predictor(colors, columns, bits, data)
        return apply_png_predictor(predictor, colors, columns, bits, data)


def _inflated(data: bytes, left: int) -> bytes:
    """Return what a stream inflates to, one byte over what is left of the budget at most.

    A broken stream is an error: what could still be had of it would be a text with a hole.
    """
    return zlib.decompressobj().decompress(data, left + 1)


def _unfolded(data: bytes, left: int) -> bytes:
    """Return what a stream packed by LZW comes to, in time that grows with its length; a broken one is an error.

    Past one byte over what is left of the budget no more is unpacked.
    """
    table = [*(bytes((sign,)) for sign in range(_LZW_CLEAR)), b"", b""]
    found = bytearray()
    held = bits = 0
    width, previous = _LZW_NARROWEST, b""
    for byte in data:
        held, bits = held << 8 | byte, bits + 8
        if bits < width:
            continue
        bits -= width
        code, held = held >> bits, held & ((1 << bits) - 1)
        if code == _LZW_CLEAR:
            del table[_LZW_END + 1 :]
            width, previous = _LZW_NARROWEST, b""
            continue
        if code == _LZW_END:
            break
        if code > len(table) or (code == len(table) and not previous):
            raise PDFSyntaxError("a code of LZW that stands for nothing")
        part = table[code] if code < len(table) else previous + previous[:1]
        if previous and len(table) < 1 << _LZW_WIDEST:
            table.append(previous + part[:1])
            width = min((len(table) + 1).bit_length(), _LZW_WIDEST)
        previous = part
        found += part
        if len(found) > left:
            break
    return bytes(found)


@final
class _Parser(Watched, PDFParser):
    """A parser of the file itself."""

    BUFSIZ = 1024

    def __init__(self, whole: bytes, budget: Budget) -> None:
        self.whole = whole
        self.budget = budget
        super().__init__(io.BytesIO(whole))

    def nextline(self) -> tuple[int, bytes]:
        """Fetch the next line, found in the file as a whole."""
        start = self.bufpos + self.charpos
        found = _LINE_END.search(self.whole, start, start + _LONGEST_LINE)
        if found is None:
            if start >= len(self.whole) or len(self.whole) - start > _LONGEST_LINE:
                raise PSEOF("Unexpected EOF")
            end = len(self.whole)
        else:
            end = found.end()
        self.budget.go_over(16)
        results, stack, context, kind = self.results, self.curstack, self.context, self.curtype
        self.seek(end)
        self.results, self.curstack, self.context, self.curtype = results, stack, context, kind
        return start, self.whole[start:end]

    def do_keyword(self, pos: int, token: PSKeyword) -> None:
        """See to a keyword; a stream is taken from the file as a whole."""
        if token is not self.KEYWORD_STREAM:
            super().do_keyword(pos, token)
            return
        held = self.pop(1)
        if not held or not isinstance(held[0][1], dict):
            raise PDFSyntaxError("Invalid stream dictionary")
        attributes = held[0][1]
        line = _LINE_END.search(self.whole, pos, pos + 64)
        start = line.end() if line is not None else pos + len(b"stream")
        length = attributes.get("Length")
        end = start + length if isinstance(length, int) and not isinstance(length, bool) and length >= 0 else -1
        if end < 0 or not self.whole[end : end + 20].lstrip().startswith(b"endstream"):
            end = self.whole.find(b"endstream", start)
            end = end if end >= 0 else len(self.whole)
            self.budget.go_over((end - start) // 256)
        stream = _Stream(attributes, self.whole[start:end])
        stream.budget = self.budget
        self.seek(end)
        self.push((pos, stream))


@final
class _Packed(Watched, PDFStreamParser):
    """A parser of the objects that are packed in a stream."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        self.budget = budget
        super().__init__(data)


@final
class _Document(PDFDocument):
    """The objects of a PDF."""

    def __init__(self, whole: bytes, budget: Budget) -> None:
        self.budget = budget
        self.whole = whole
        self._under_way: set[int] = set()
        self._older: set[int] = set()
        super().__init__(_Parser(whole, budget), fallback=False)

    def _initialize_password(self, password: str = "") -> NoReturn:
        del password
        raise DocumentError.of(
            self.budget.name,
            came="a PDF that is locked or protected",
            needed="the same text as a PDF without protection, or as docx",
        )

    def find_xref(self, parser: PDFParser) -> int:
        """Return where the table of objects stands, by the end of the file."""
        del parser
        starts = _START.findall(self.whole, max(0, len(self.whole) - _TAIL))
        if not starts or int(starts[-1]) >= len(self.whole):
            raise PDFNoValidXRef("Unexpected EOF")
        return int(starts[-1])

    def read_xref_from(self, parser: PDFParser, start: int, xrefs: list[Any]) -> None:
        """Read the tables of objects, the newest first, each once."""
        waiting = [start]
        while waiting:
            at = waiting.pop()
            if at in self._older or not 0 <= at < len(self.whole):
                continue
            self._older.add(at)
            limits.check(self.budget.name, "tables of objects in a PDF", len(self._older), _MOST_OLDER)
            parser.seek(at)
            _, token = parser.nexttoken()
            table: PDFXRef | PDFXRefStream
            if isinstance(token, int):
                parser.seek(at)
                table = PDFXRefStream()
            else:
                if token is parser.KEYWORD_XREF:
                    parser.nextline()
                table = PDFXRef()
            table.load(parser)
            xrefs.append(table)
            trailer = table.get_trailer()
            waiting += [int_value(trailer[key]) for key in ("Prev", "XRefStm") if key in trailer]

    def getobj(self, objid: int) -> object:
        """Return an object; one that is being looked up already, or that is but a reference, is not there."""
        self.budget.look_up()
        if objid in self._under_way:
            raise PDFObjectNotFound(objid)
        self._under_way.add(objid)
        try:
            limits.check(self.budget.name, "objects within objects", len(self._under_way), limits.MOST_PDF_NESTED)
            found = super().getobj(objid)
        finally:
            self._under_way.discard(objid)
        if isinstance(found, PDFObjRef):
            raise PDFObjectNotFound(objid)
        return found

    def _get_objects(self, stream: PDFStream) -> tuple[list[object], int]:
        count = int_value(stream.get("N", 0))
        parser = _Packed(stream.get_data(), self.budget)
        parser.set_document(self)
        found: list[object] = []
        try:
            while True:
                found.append(parser.nextobject()[1])
        except PSEOF:
            pass
        return found, count


def opened(data: bytes, budget: Budget) -> _Document:
    """Open a PDF; raises ``DocumentError`` for one that is locked."""
    return _Document(data, budget)


def pages(document: PDFDocument, budget: Budget) -> Iterator[PDFPage]:
    """Yield the pages in order; a tree of pages that leads in a circle is gone through once."""
    waiting: list[tuple[object, dict[str, Any], int]] = [(document.catalog.get("Pages"), {}, 0)]
    seen: set[int] = set()
    found = 0
    while waiting:
        node, inherited, depth = waiting.pop()
        place = node.objid if isinstance(node, PDFObjRef) else None
        if place is None or place in seen:
            continue
        seen.add(place)
        limits.check(budget.name, "nested page trees", depth, limits.MOST_PDF_NESTED * 4)
        properties = dict_value(node)
        own = {**inherited, **{key: properties[key] for key in _INHERITED if key in properties}}
        kind = properties.get("Type")
        if "Kids" in properties:
            children = list_value(properties["Kids"])
            limits.check(budget.name, "pages", len(children), limits.MOST_PAGES)
            waiting.extend((child, own, depth + 1) for child in reversed(children))
        elif kind is None or literal_name(kind) == "Page":
            found += 1
            limits.check(budget.name, "pages", found, limits.MOST_PAGES)
            yield PDFPage(document, place, {**properties, **own}, None)
