"""What a page of a PDF draws: its characters with their places, and its ruled lines.

The operators of a page are gone through by pdfminer, under the budget; pictures are passed over.
Imports ``pdf_objects``, ``printing`` and ``limits``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any, Final, final

from attrs import define, field
from pdfminer.cmapdb import CMap, CMapBase, CMapParser, FileUnicodeMap
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFCIDFont, PDFFont, PDFSimpleFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFContentParser, PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1, stream_value
from pdfminer.psexceptions import PSEOF
from pdfminer.psparser import PSKeyword, keyword_name
from pdfminer.utils import apply_matrix_pt, apply_matrix_rect, nunpack

from perfeval.files import limits
from perfeval.files.pdf_objects import Budget, Watched
from perfeval.files.printing import Glyph, Ruling

__all__ = ["UNKNOWN", "Drawn", "Fonts", "drawn", "size"]

UNKNOWN: Final = "\ufffd"
"""What stands for a character of which the font does not say which it is."""

_MOST_CODES: Final = 100_000
_MOST_MAP: Final = 2_000_000
_MOST_ARGUMENTS: Final = 500
_FARTHEST: Final = 1e6
_THIN: Final = 3.0
_LEVEL: Final = 1.0
_SYMBOLIC: Final = 4
_UNSEEN: Final = frozenset({"FontFile", "FontFile2", "FontFile3"})


@final
@define
class Drawn:
    """What one page draws."""

    width: float = 0.0
    height: float = 0.0
    glyphs: list[Glyph] = field(factory=list)
    rulings: list[Ruling] = field(factory=list)
    turned: int = 0
    unknown: int = 0


def _finite(*numbers: float) -> bool:
    return all(math.isfinite(number) and abs(number) < _FARTHEST for number in numbers)


@final
class _Map(Watched, CMapParser):
    """A table of characters, gone through once to see that its ranges end."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        self.budget = budget
        self.codes = 0
        super().__init__(FileUnicodeMap(), BytesIO(data))

    def do_keyword(self, pos: int, token: PSKeyword) -> None:
        """Count the codes of a range before they are written down."""
        if token in {self.KEYWORD_ENDBFRANGE, self.KEYWORD_ENDCIDRANGE}:
            held = [entry for _, entry in self.curstack]
            for first, last in zip(held[::3], held[1::3], strict=False):
                if isinstance(first, bytes) and isinstance(last, bytes):
                    self.codes += max(nunpack(last[-8:]) - nunpack(first[-8:]) + 1, 1)
            limits.check(self.budget.name, "codes in the fonts of a PDF", self.codes, _MOST_CODES)
            self.popall()
            return
        super().do_keyword(pos, token)


@final
class _Told(CMapBase):
    """A table of codes that tells of codes that are not in it, where pdfminer would leave them out."""

    def __init__(self, codes: CMap) -> None:
        super().__init__()
        self._codes = codes

    def is_vertical(self) -> bool:
        """Say whether the font is written from top to bottom."""
        return self._codes.is_vertical()

    def decode(self, code: bytes) -> Iterator[int]:
        """Yield the number of each character, -1 for one that has none."""
        place: Any = self._codes.code2cid
        for byte in code:
            following = place.get(byte)
            if isinstance(following, dict):
                place = following
                continue
            yield -1 if following is None else following
            place = self._codes.code2cid


@final
class Fonts(PDFResourceManager):
    """The fonts of a PDF, each looked through before it is made ready."""

    def __init__(self, budget: Budget) -> None:
        super().__init__()
        self.budget = budget
        self._depth = 0

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """Return a font."""
        if objid and objid in self._cached_fonts:
            return self._cached_fonts[objid]
        self.budget.repeat()
        limits.check(self.budget.name, "fonts within fonts", self._depth, 2)
        self._depth += 1
        try:
            font = super().get_font(objid, self._plain(spec))
        finally:
            self._depth -= 1
        if isinstance(font, PDFCIDFont) and isinstance(font.cmap, CMap):
            font.cmap = _Told(font.cmap)
        elif isinstance(font, PDFSimpleFont) and _has_own_signs(spec):
            font.cid2unicode = {}
        return font

    def _plain(self, spec: Mapping[str, object]) -> dict[str, Any]:
        """Return a font's description with its numbers looked through and without the font file."""
        plain: dict[str, Any] = dict(spec)
        if "Widths" in plain:
            widths = list_value(plain["Widths"])
            self.budget.draw(len(widths) // 256)
            plain["Widths"] = [number if _is_number(number := resolve1(width)) else 0 for width in widths]
        for key, run in (("W", 3), ("W2", 5)):
            if key in plain:
                plain[key] = self._widths(list_value(plain[key]), run)
        if "DW" in plain:
            plain["DW"] = number if _is_number(number := resolve1(plain["DW"])) else 1000
        for key in ("ToUnicode", "Encoding"):
            written = resolve1(plain.get(key))
            if isinstance(written, PDFStream) and key == "ToUnicode":
                data = written.get_data()
                limits.check(self.budget.name, "bytes in a table of characters", len(data), _MOST_MAP)
                _Map(data, self.budget).run()
                plain[key] = written
        if "FontDescriptor" in plain:
            descriptor = {
                key: value for key, value in dict_value(plain["FontDescriptor"]).items() if key not in _UNSEEN
            }
            descriptor["FontBBox"] = _box(descriptor.get("FontBBox"))
            plain["FontDescriptor"] = descriptor
        if "FontBBox" in plain:
            plain["FontBBox"] = _box(plain["FontBBox"])
        return plain

    def _widths(self, written: Sequence[Any], run: int) -> list[Any]:
        found: list[Any] = []
        numbers: list[float] = []
        codes = 0
        for each in written:
            entry = resolve1(each)
            if isinstance(entry, list):
                found.append([number if _is_number(number := resolve1(width)) else 0 for width in entry])
                codes += len(entry)
                numbers = []
            elif _is_number(entry):
                found.append(entry)
                numbers.append(entry)
                if len(numbers) == run:
                    codes += max(int(numbers[1]) - int(numbers[0]) + 1, 1) if _finite(*numbers[:2]) else _MOST_CODES + 1
                    numbers = []
            limits.check(self.budget.name, "codes in the fonts of a PDF", codes, _MOST_CODES)
        return found


def _has_own_signs(spec: Mapping[str, object]) -> bool:
    """Say whether only the font file, which is not read, says which characters a font prints."""
    descriptor = dict_value(spec.get("FontDescriptor", {}))
    flags = resolve1(descriptor.get("Flags", 0))
    symbolic = isinstance(flags, int) and bool(flags & _SYMBOLIC)
    return symbolic and not _UNSEEN.isdisjoint(descriptor) and "Encoding" not in spec and "ToUnicode" not in spec


def _is_number(written: object) -> bool:
    return isinstance(written, (int, float)) and not isinstance(written, bool)


def _box(written: object) -> list[float]:
    held = resolve1(written)
    numbers = [resolve1(each) for each in held[:4]] if isinstance(held, list) else []
    return numbers if len(numbers) == 4 and all(map(_is_number, numbers)) else [0, 0, 0, 0]


@final
class _Device(PDFTextDevice):
    """Takes down what is drawn."""

    def __init__(self, fonts: Fonts, budget: Budget) -> None:
        super().__init__(fonts)
        self.budget = budget
        self.page = Drawn()

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        x0, y0, x1, y1 = apply_matrix_rect(ctm, page.mediabox)
        self.page = Drawn(width=abs(x1 - x0), height=abs(y1 - y0))

    def render_char(
        self, matrix: Any, font: PDFFont, fontsize: float, scaling: float, rise: float, cid: int, *_: object
    ) -> float:
        """Take down one character; return how far it reaches."""
        self.budget.draw()
        width = font.char_width(cid) * fontsize * scaling
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            self.page.unknown += 1
            text = UNKNOWN
        if font.is_vertical():
            self.page.turned += 1
            return width
        descent = font.get_descent() * fontsize
        box = apply_matrix_rect(matrix, (0, descent + rise, width, descent + rise + fontsize))
        x0, x1 = sorted((box[0], box[2]))
        y0, y1 = sorted((box[1], box[3]))
        if not _finite(x0, y0, x1, y1, width):
            return 0.0
        a, b, c, d, _x, _y = matrix
        if a * d <= 0 or abs(b) + abs(c) > abs(a) / 10:
            self.page.turned += 1
        elif text and text.isprintable():
            self.page.glyphs.append(Glyph(text, x0, y0, x1, y1))
        return width

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]) -> None:
        """Take down the level and upright lines of what is drawn, and the edges of boxes."""
        del gstate, evenodd
        self.budget.draw(1 + len(path) // 8)
        if self.ctm is None:
            return
        piece: list[tuple[float, float]] = []
        straight = True
        for step in (*path, ("m", 0, 0)):
            if step[0] == "m":
                if straight and len(piece) > 1:
                    self._piece(piece, stroke=stroke, fill=fill)
                piece, straight = [], True
            if step[0] == "h":
                if piece:
                    piece.append(piece[0])
            else:
                straight = straight and step[0] in {"m", "l"}
                piece.append(apply_matrix_pt(self.ctm, step[-2:]))

    def _piece(self, piece: list[tuple[float, float]], *, stroke: bool, fill: bool) -> None:
        if not _finite(*(number for point in piece for number in point)):
            return
        left, right = min(x for x, _ in piece), max(x for x, _ in piece)
        low, high = min(y for _, y in piece), max(y for _, y in piece)
        if len(piece) > 2 and min(right - left, high - low) <= _THIN and (fill or stroke):
            middle = ((left + right) / 2, (low + high) / 2)
            if high - low <= right - left:
                self._rule(left, middle[1], right, middle[1])
            else:
                self._rule(middle[0], low, middle[0], high)
        elif stroke:
            for (x0, y0), (x1, y1) in pairwise(piece):
                if abs(y1 - y0) <= _LEVEL or abs(x1 - x0) <= _LEVEL:
                    self._rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.budget.draw()
        if max(x1 - x0, y1 - y0) > _THIN:
            self.page.rulings.append(Ruling(x0, y0, x1, y1))
            limits.check(self.budget.name, "ruled lines on a page", len(self.page.rulings), limits.MOST_RULINGS)


@final
class _Content(Watched, PDFContentParser):
    """A parser of what a page draws; what it goes through was counted when the page was begun."""

    charged = False

    def __init__(self, streams: Sequence[object], budget: Budget) -> None:
        self.budget = budget
        super().__init__(streams)


@final
class _Interpreter(PDFPageInterpreter):
    """Goes through the operators of a page; forms within forms only so deep."""

    depth = 0

    def dup(self) -> _Interpreter:
        """Return an interpreter for a form of the page."""
        inner = _Interpreter(self.rsrcmgr, self.device)
        inner.depth = self.depth + 1
        return inner

    @property
    def budget(self) -> Budget:
        """What reading has cost so far."""
        return self.rsrcmgr.budget  # type: ignore[attr-defined,no-any-return]

    def init_resources(self, resources: dict[object, object]) -> None:
        """Make ready the fonts and forms that a page or a form names."""
        for held in dict_value(resources).values():
            entries = resolve1(held)
            self.budget.draw(len(entries) if isinstance(entries, (dict, list)) else 1)
        super().init_resources(resources)

    def push(self, obj: Any) -> None:
        """Keep an argument."""
        self.argstack.append(obj)
        if len(self.argstack) > _MOST_ARGUMENTS:
            limits.check(self.budget.name, "arguments of one operator", len(self.argstack), _MOST_ARGUMENTS)

    def do_q(self) -> None:
        """Keep the state."""
        super().do_q()
        limits.check(self.budget.name, "kept states", len(self.gstack), _MOST_ARGUMENTS)

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802 - the operator's name
        """Draw a form."""
        self.budget.repeat()
        super().do_Do(xobjid_arg)

    def execute(self, streams: Sequence[object]) -> None:
        """Go through the operators of some streams."""
        limits.check(self.budget.name, "forms within forms", self.depth, limits.MOST_PDF_NESTED)
        self.stream_ids.clear()
        held: list[PDFStream] = []
        for each in streams:
            stream = stream_value(each)
            if stream.objid is not None and stream.objid not in self.parent_stream_ids:
                held.append(stream)
                self.stream_ids.add(stream.objid)
        self.budget.go_over(sum(len(stream.get_data()) for stream in held))
        try:
            parser = _Content(held, self.budget)
            while True:
                _, token = parser.nextobject()
                if isinstance(token, PSKeyword):
                    self._operate(keyword_name(token))
                else:
                    self.push(token)
        except PSEOF:
            return

    def _operate(self, name: Any) -> None:
        method = getattr(self, f"do_{str(name).replace('*', '_a').replace(chr(34), '_w').replace(chr(39), '_q')}", None)
        if method is None:
            return
        self.budget.draw()
        wanted = method.__code__.co_argcount - 1
        arguments = self.pop(wanted) if wanted else []
        if len(arguments) == wanted:
            method(*arguments)


def size(page: PDFPage) -> int:
    """Return how many bytes the streams of a page come to."""
    return sum(len(stream_value(each).get_data()) for each in page.contents)


def drawn(page: PDFPage, fonts: Fonts) -> Drawn:
    """Return what a page draws."""
    device = _Device(fonts, fonts.budget)
    _Interpreter(fonts, device).process_page(page)
    return device.page
