"""PDF: how its pages are put together again, and what a hostile one may not do. The files are written by hand here."""

from __future__ import annotations

import base64
import contextlib
import time
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval.documents.blocks import Document, Paragraph
from perfeval.errors import DocumentError, PerfevalError
from perfeval.files import limits, read_document

SECONDS = 60  # far above what any of them takes, far below what they would take unlimited


def _refused(data: bytes, name: str) -> str:
    start = time.monotonic()
    with pytest.raises(DocumentError) as caught:
        read_document(data, name=name)
    assert time.monotonic() - start < SECONDS
    return str(caught.value)


def _pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """Return a PDF of objects numbered from one, the first being the catalog."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, written in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, table)
    return bytes(out)


def _stream(data: bytes, attributes: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), attributes, data)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def _page(more: bytes = b"") -> bytes:
    return b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>>>" % more


def _drawing(data: bytes, attributes: bytes = b"", font: bytes = FONT, more: bytes = b"", *others: bytes) -> bytes:
    return _pdf(CATALOG, PAGES, _page(more), _stream(data, attributes), font, *others)


HELLO = b"BT /F 12 Tf 50 700 Td (Budget 5) Tj ET"


def test_the_pdf_of_these_tests_is_sound() -> None:
    assert read_document(_drawing(HELLO), name="a.pdf").text == "Budget 5"
    packed = _drawing(zlib.compress(HELLO), b"/Filter/FlateDecode")
    assert read_document(packed, name="a.pdf").text == "Budget 5"
    hexed = HELLO.hex().encode() + b">"
    assert read_document(_drawing(hexed, b"/Filter/ASCIIHexDecode"), name="a.pdf").text == "Budget 5"


def test_a_scan_is_refused_for_want_of_a_text_layer() -> None:
    assert "no text layer" in _refused(_drawing(b"q 1 0 0 1 0 0 cm Q"), "a.pdf")


def test_a_locked_pdf_is_refused() -> None:
    locked = b"/Encrypt<</Filter/Standard/V 1/R 2/O(%s)/U(%s)/P -4>>/ID[(a)(a)]" % (b"a" * 32, b"b" * 32)
    assert "locked" in _refused(_pdf(CATALOG, PAGES, _page(), _stream(HELLO), FONT, trailer=locked), "a.pdf")


def _bomb(size: int, times: int = 1) -> bytes:
    data = bytes(size)
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


@pytest.mark.parametrize(
    ("data", "packing"),
    [
        (_bomb(200_000_000), b"/FlateDecode"),
        (_bomb(200_000_000, 2), b"[/FlateDecode/FlateDecode]"),
        (_bomb(200_000_000).hex().encode() + b">", b"[/ASCIIHexDecode/FlateDecode]"),
        (base64.a85encode(_bomb(200_000_000)) + b"~>", b"[/ASCII85Decode/FlateDecode]"),
        (_bomb(200_000_000), b"/#46late#44ecode"),
        (b"\x81\x00" * 1_000_000, b"/RunLengthDecode"),
    ],
)
def test_a_packed_bomb_is_refused(data: bytes, packing: bytes) -> None:
    assert f"at most {limits.MOST_PDF_INFLATED} inflated bytes" in _refused(
        _drawing(data, b"/Filter" + packing), "a.pdf"
    )


def _folded(data: bytes, *, clear_at: int = 4095) -> bytes:
    """Pack by LZW: the codes of the longest runs that the table holds, in 9 to 12 bits, which widen one code early."""
    codes: list[tuple[int, int]] = [(256, 9)]
    table = {bytes((sign,)): sign for sign in range(256)}
    run = b""
    highest = 257
    for sign in data:
        longer = run + bytes((sign,))
        if longer in table:
            run = longer
            continue
        codes.append((table[run], _width(highest)))
        highest += 1
        table[longer] = highest
        run = bytes((sign,))
        if highest >= clear_at:
            codes.append((256, _width(highest)))
            table = {bytes((sign,)): sign for sign in range(256)}
            highest = 257
    if run:
        codes.append((table[run], _width(highest)))
        highest += 1
    codes.append((257, _width(highest)))
    written = "".join(f"{code:0{width}b}" for code, width in codes)
    written += "0" * (-len(written) % 8)
    return int(written, 2).to_bytes(len(written) // 8, "big")


def _width(highest: int) -> int:
    """Return how many bits a code takes where the table of who unpacks, one behind, reaches one below ``highest``."""
    return 9 if highest < 511 else 10 if highest < 1023 else 11 if highest < 2047 else 12


@settings(max_examples=30)
@given(st.binary(max_size=3000) | st.text("ab", max_size=6000).map(str.encode), st.sampled_from([300, 511, 4094]))
def test_what_is_packed_by_lzw_is_unpacked(data: bytes, clear_at: int) -> None:
    from perfeval.files.pdf_objects import _unfolded

    assert _unfolded(_folded(data, clear_at=clear_at) + b"after the end", 10_000) == data


def test_a_page_packed_by_lzw_is_read_and_a_broken_one_is_an_error() -> None:
    packed = _folded(HELLO * 50)
    assert read_document(_drawing(packed, b"/Filter/LZWDecode"), name="a.pdf").text.startswith("Budget 5")
    broken = b"\x80" + (400 << 14).to_bytes(3, "big") + packed  # clear, then a code that nothing was given to
    assert "damaged" in _refused(_drawing(broken, b"/Filter/LZWDecode"), "a.pdf")


@pytest.mark.parametrize("data", [b"\x80" + bytes(1_000_000), b"\x80\x40\x20\x10\x08\x04\x02\x01" * 100_000])
def test_much_that_is_packed_by_lzw_takes_no_longer_than_it_is_long(data: bytes) -> None:
    start = time.monotonic()
    with contextlib.suppress(DocumentError):
        read_document(_drawing(data, b"/Filter/LZWDecode"), name="a.pdf")
    assert time.monotonic() - start < 10


def test_a_long_array_is_refused_before_it_is_whole() -> None:
    start = time.monotonic()
    kids = b"<</Type/Pages/Count 1/Kids[" + b"3 0 R " * 1_000_000 + b"]>>"
    limit = f"at most {limits.MOST_PDF_ENTRIES} entries in one array"
    assert limit in _refused(_pdf(CATALOG, kids, _page(), _stream(HELLO), FONT), "a.pdf")
    assert time.monotonic() - start < 15


def test_much_that_is_packed_as_text_is_refused() -> None:
    data = zlib.compress(b"z" * 15_000_000)
    assert f"at most {limits.MOST_PDF_READ} bytes" in _refused(
        _drawing(data, b"/Filter[/FlateDecode/ASCII85Decode]"), "a.pdf"
    )


def test_a_long_chain_of_packings_is_refused() -> None:
    assert "packings" in _refused(_drawing(b"00>", b"/Filter[" + b"/ASCIIHexDecode" * 100 + b"]"), "a.pdf")


@pytest.mark.parametrize(
    "objects",
    [
        (CATALOG, b"<</Type/Pages/Kids[2 0 R]>>"),
        (CATALOG, b"<</Type/Pages/Kids[3 0 R]>>", b"<</Type/Pages/Kids[2 0 R 3 0 R]>>"),
        (CATALOG, b"3 0 R", b"2 0 R"),
        (CATALOG, b"2 0 R"),
        (b"1 0 R",),
    ],
)
def test_page_trees_and_references_in_a_circle_end(objects: tuple[bytes, ...]) -> None:
    _refused(_pdf(*objects), "a.pdf")


def test_a_deep_page_tree_is_refused() -> None:
    nodes = [b"<</Type/Pages/Kids[%d 0 R]>>" % number for number in range(3, 3003)]
    assert "page trees" in _refused(_pdf(CATALOG, *nodes, b"<</Type/Page>>"), "a.pdf")


def test_too_many_pages_are_refused() -> None:
    kids = b" ".join(b"3 0 R" for _ in range(limits.MOST_PAGES + 1))
    assert f"at most {limits.MOST_PAGES} pages" in _refused(_pdf(CATALOG, b"<</Kids[%s]>>" % kids, _page()), "a.pdf")


def test_a_length_that_refers_to_itself_ends() -> None:
    data = _pdf(CATALOG, PAGES, _page(), b"<</Length 4 0 R>>\nstream\n%s\nendstream" % HELLO, FONT)
    assert read_document(data, name="a.pdf").text == "Budget 5"


def test_tables_of_objects_in_a_circle_end() -> None:
    data = _pdf(CATALOG, PAGES, _page(), _stream(HELLO), FONT, trailer=b"/Prev %010d" % 0)
    at = data.rfind(b"xref\n0 ")
    data = data.replace(b"/Prev 0000000000", b"/Prev %010d" % at)
    assert read_document(data, name="a.pdf").text == "Budget 5"


FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X %d 0 R>>/Font<</F 5 0 R>>>>"


def test_a_form_that_draws_itself_ends() -> None:
    data = _drawing(HELLO + b" /X Do", b"", FONT, b"/XObject<</X 6 0 R>>", _stream(b"/X Do", FORM % 6))
    assert read_document(data, name="a.pdf").text == "Budget 5"


def test_forms_within_forms_are_refused_by_number_and_depth() -> None:
    laughs = [_stream(b"/X Do " * 100, FORM % (number + 7)) for number in range(8)]
    message = _refused(_drawing(b"/X Do", b"", FONT, b"/XObject<</X 6 0 R>>", *laughs), "a.pdf")
    assert "forms, pictures and fonts" in message
    deep = [_stream(b"/X Do", FORM % (number + 7)) for number in range(30)]
    assert "forms within forms" in _refused(_drawing(b"/X Do", b"", FONT, b"/XObject<</X 6 0 R>>", *deep), "a.pdf")


@pytest.mark.parametrize(
    ("content", "limit"),
    [
        (b"BT /F 12 Tf (" + b"a" * 300_000 + b") Tj", "one token"),
        (b"BT /F 12 Tf " + (b"(" + b"a" * 30_000 + b") Tj ") * 3, "operations drawn"),
        (b"q " * 5_000, "kept states"),
        (b"1 " * 5_000, "arguments"),
        (b"[" * 5_000, "arrays within arrays"),
        (b"0 0 m 9 0 l S " * 1_000, "ruled lines"),
        (b"0 0 m " + b"1 1 l " * 90_000, "operations drawn"),
        (b"[" + b"1 " * 400_000, "gone over"),
    ],
)
def test_pages_that_draw_without_end_are_refused(content: bytes, limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The budgets are cut to a twentieth, so that the test is as quick as it may be."""
    monkeypatch.setattr(limits, "MOST_PDF_SIGNS", limits.MOST_PDF_SIGNS // 20)
    monkeypatch.setattr(limits, "MOST_RULINGS", limits.MOST_RULINGS // 20)
    monkeypatch.setattr(limits, "MOST_PDF_READ", limits.MOST_PDF_READ // 20)
    assert limit in _refused(_drawing(zlib.compress(content), b"/Filter/FlateDecode"), "a.pdf")


def _cid(widths: bytes = b"", unicode_map: bytes = b"") -> tuple[bytes, ...]:
    descendant = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)>>>>"
    )
    font = b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>"
    return font, b"", descendant % widths, _stream(unicode_map)


@pytest.mark.parametrize(
    ("widths", "unicode_map"),
    [
        (b"/W[0 2000000000 500]", b""),
        (b"", b"1 beginbfrange <00000000> <7fffffff> <0041> endbfrange"),
        (b"", b"1 begincidrange (\x00\x00\x00\x00) (\x7f\xff\xff\xff) 1 endcidrange"),
    ],
)
def test_fonts_with_endless_ranges_are_refused(widths: bytes, unicode_map: bytes) -> None:
    assert "codes in the fonts" in _refused(_drawing(HELLO, b"", *_cid(widths, unicode_map)), "a.pdf")


def test_a_font_that_does_not_say_its_characters_is_refused() -> None:
    assert "do not say which characters" in _refused(_drawing(HELLO, b"", *_cid()), "a.pdf")


def test_a_font_whose_signs_are_its_own_is_refused() -> None:
    font = FONT[:-2].replace(b"Helvetica", b"Signs") + b"/FontDescriptor<</Flags 4/FontFile 9 0 R>>>>"
    assert "do not say which characters" in _refused(_drawing(HELLO, b"", font), "a.pdf")


def test_objects_packed_in_streams_are_found_by_a_packed_table() -> None:
    """The form of PDF 1.5: pages and fonts are packed in a stream, and the table of objects is a stream itself."""
    held = [CATALOG, PAGES, _page(), FONT]
    numbers = (1, 2, 3, 5)
    starts = [sum(len(each) + 1 for each in held[:place]) for place in range(len(held))]
    index = b" ".join(b"%d %d" % pair for pair in zip(numbers, starts, strict=True)) + b" "
    packed = zlib.compress(index + b" ".join(held))
    out = bytearray(b"%PDF-1.5\n")
    places = {}
    for number, written in (
        (4, _stream(HELLO)),
        (6, _stream(packed, b"/Type/ObjStm/N 4/First %d/Filter/FlateDecode" % len(index))),
    ):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    places[7] = len(out)
    entries = [
        (0, 0, 0),
        (2, 6, 0),
        (2, 6, 1),
        (2, 6, 2),
        (1, places[4], 0),
        (2, 6, 3),
        (1, places[6], 0),
        (1, places[7], 0),
    ]
    table = b"".join(bytes([kind]) + first.to_bytes(4, "big") + bytes([second]) for kind, first, second in entries)
    rows = b"".join(
        b"\x02" + bytes((row[i] - (table[(place - 1) * 6 + i] if place else 0)) % 256 for i in range(6))
        for place, row in ((place, table[place * 6 : place * 6 + 6]) for place in range(8))
    )
    attributes = b"/Type/XRef/Size 8/W[1 4 1]/Root 1 0 R/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 6>>"
    out += b"7 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (_stream(zlib.compress(rows), attributes), places[7])
    assert read_document(bytes(out), name="a.pdf").text == "Budget 5"


def test_a_font_that_descends_from_itself_ends() -> None:
    font = b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[5 0 R]>>"
    _refused(_drawing(HELLO, b"", font), "a.pdf")


def test_a_long_line_without_end_takes_no_time() -> None:
    for filling in (b"(", b"<", b"%", b"1", b"/a", b"[", b"x"):
        data = b"%PDF-1.4\n1 0 obj\n" + filling * (1_000_000 // len(filling)) + b"\nstartxref\n9\n%%EOF"
        _refused(data, "a.pdf")


# --- laid out ---


def _read(*contents: bytes) -> Document:
    """Read a PDF of pages of 600 by 800 points."""
    count = len(contents)
    kids = b" ".join(b"%d 0 R" % (number + 4) for number in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>"
    pages = [page % (number + 4 + count) for number in range(count)]
    objects = [CATALOG, b"<</Type/Pages/Kids[%s]>>" % kids, FONT, *pages, *map(_stream, contents)]
    return read_document(_pdf(*objects), name="a.pdf")


def _put(text: str, x: int, y: int, size: int = 10) -> bytes:
    return b"BT /F %d Tf %d %d Td (%s) Tj ET\n" % (size, x, y, text.encode())


FULL = "m" * 55  # 55 × 8.33 = 458 points: to the right edge of what these pages hold


def test_full_lines_go_on_and_indents_numbers_and_sizes_begin_anew() -> None:
    text = _read(
        _put("(1) heading", 50, 750)
        + _put(FULL[:-2], 70, 730)
        + _put(FULL, 50, 710)
        + _put("end.", 50, 690)
        + _put("short", 50, 670)
        + _put(FULL, 50, 650)
        + _put("2. next", 50, 630)
        + _put("large", 50, 600, 16)
    ).text
    assert text.split("\n") == ["(1) heading", f"{FULL[:-2]} {FULL} end.", "short", FULL, "2. next", "large"]


def test_a_paragraph_goes_on_over_a_page() -> None:
    document = _read(_put("one", 50, 750) + _put(FULL, 50, 60), _put("two", 50, 750) + _put("three", 50, 700))
    assert document.text == f"one\n{FULL} two\nthree"


def test_page_numbers_and_running_heads_are_passed_over_with_a_remark() -> None:
    pages = [
        _put("County budget", 50, 780) + _put(f"text of page {number}", 50, 700) + _put(f"- {number} -", 290, 20)
        for number in range(1, 5)
    ]
    document = _read(*pages)
    assert document.text == "\n".join(f"text of page {number}" for number in range(1, 5))
    assert [remark.en for remark in document.remarks] == [
        "heads and feet of pages were not read: County budget (4 times)",
        "heads and feet of pages were not read: 页码 (page number) (4 times)",
    ]


def test_a_figure_at_the_edge_of_a_page_is_no_page_number() -> None:
    document = _read(*(_put(f"total {figure}", 50, 700) + _put(figure, 50, 20) for figure in ("5000", "7", "32")))
    assert document.text == "total 5000\n5000\ntotal 7\n7\ntotal 32\n32"


def _cell(x: int, y: int, width: int, height: int, text: str) -> bytes:
    return b"%d %d %d %d re S\n" % (x, y, width, height) + (_put(text, x + 5, y + 5) if text else b"")


def test_a_ruled_table_is_read_with_its_merged_cells_between_the_paragraphs() -> None:
    table = (
        _cell(50, 600, 200, 40, "wide")
        + _cell(250, 560, 100, 80, "tall")
        + _cell(50, 560, 100, 40, "one")
        + _cell(150, 560, 100, 40, "two")
    )
    document = _read(_put("before", 50, 700) + table + _put("after", 50, 500))
    assert [block.text if isinstance(block, Paragraph) else "table" for block in document.blocks] == [
        "before", "table", "after",
    ]  # fmt: skip
    assert {(cell.row, cell.column, cell.text, cell.rows, cell.columns) for cell in document.tables[0].cells} == {
        (1, 1, "wide", 1, 2), (1, 3, "tall", 2, 1), (2, 1, "one", 1, 1), (2, 2, "two", 1, 1),
    }  # fmt: skip


@st.composite
def _areas(draw: st.DrawFn) -> list[tuple[int, int, int, int]]:
    """Draw a grid as areas that tile it: a row, a column, and how many of each an area covers."""
    height, width = draw(st.integers(2, 5)), draw(st.integers(2, 5))
    free = {(row, column) for row in range(height) for column in range(width)}
    areas: list[tuple[int, int, int, int]] = []
    for row in range(height):
        for column in range(width):
            if (row, column) not in free:
                continue
            tall, wide = draw(st.integers(1, height - row)), draw(st.integers(1, width - column))
            if not {(row + down, column + over) for down in range(tall) for over in range(wide)} <= free:
                tall = wide = 1
            free -= {(row + down, column + over) for down in range(tall) for over in range(wide)}
            areas.append((row, column, tall, wide))
    return areas


@settings(max_examples=60)
@given(_areas())
def test_any_ruled_grid_is_read_as_it_was_ruled(areas: list[tuple[int, int, int, int]]) -> None:
    """Lines in which no area ends are not there to be seen: rows and columns are counted by those that are."""
    tops = sorted({row for row, _, _, _ in areas})
    lefts = sorted({column for _, column, _, _ in areas})
    drawn = b"".join(
        _cell(50 + 80 * column, 700 - 30 * (row + tall), 80 * wide, 30 * tall, f"c{row}x{column}")
        for row, column, tall, wide in areas
    )
    wanted = {
        (
            tops.index(row) + 1,
            lefts.index(column) + 1,
            f"c{row}x{column}",
            sum(row <= top < row + tall for top in tops),
            sum(column <= left < column + wide for left in lefts),
        )
        for row, column, tall, wide in areas
    }
    document = _read(drawn)
    if len(areas) == 1:
        assert document.text == "c0x0"  # a frame is no table
        return
    assert {(cell.row, cell.column, cell.text, cell.rows, cell.columns) for cell in document.tables[0].cells} == wanted


def test_a_table_goes_on_over_a_page_and_a_filled_bar_is_a_line() -> None:
    def ruled(y: int, left: str, right: str) -> bytes:
        bars = b"".join(b"50 %d 200 1 re f " % at for at in (y, y + 20))
        bars += b"".join(b"%d %d 1 20 re f " % (at, y) for at in (50, 150, 249))
        return bars + _put(left, 55, y + 5) + _put(right, 155, y + 5)

    document = _read(_put("head", 50, 700) + ruled(40, "a", "b"), ruled(740, "c", "d") + _put("end", 50, 100))
    assert [[cell.text for cell in table.cells] for table in document.tables] == [["a", "b", "c", "d"]]
    assert document.text == "head\nend"


def test_turned_text_is_remarked_on() -> None:
    document = _read(_put("level", 50, 700) + b"BT /F 30 Tf 0.7 0.7 -0.7 0.7 100 100 Tm (DRAFT) Tj ET")
    assert document.text == "level"
    assert document.remarks[0].en == "turned or upright text was not read: 5 signs"


def test_signs_printed_twice_to_look_bold_are_read_once() -> None:
    bold = b"".join(b"BT /F 10 Tf %d.3 700 Td (T) Tj 7 0 Td (o) Tj ET " % x for x in (50, 50))
    assert _read(bold).text == "To"


# --- laws ---


@st.composite
def _mutated(draw: st.DrawFn, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(changed) - 1))
        if draw(st.booleans()):
            changed[at] = draw(st.integers(0, 255))
        else:
            changed[at:at] = changed[at : at + draw(st.integers(1, 40))]
    return bytes(changed)


@settings(max_examples=100)
@given(_mutated(_drawing(HELLO + b" 10 10 200 90 re S 10 50 m 210 50 l S")))
def test_damaged_objects_of_a_pdf_give_a_document_or_an_error_of_ours(data: bytes) -> None:
    try:
        assert isinstance(read_document(data, name="a.pdf"), Document)
    except PerfevalError as error:
        assert str(error)
