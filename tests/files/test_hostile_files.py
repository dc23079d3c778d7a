"""Files that are damaged or made to do harm: each is refused within seconds, with the limit named, or read."""

from __future__ import annotations

import contextlib
import io
import struct
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import perfeval
from perfeval.documents.blocks import Document
from perfeval.errors import DocumentError, PerfevalError
from perfeval.files import limits, read_document

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "examples" / "files"
FILES = {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir())}
SECONDS = 60  # far above what any of them takes, far below what they would take unlimited


def _refused(data: bytes, name: str) -> str:
    start = time.monotonic()
    with pytest.raises(DocumentError) as caught:
        read_document(data, name=name)
    assert time.monotonic() - start < SECONDS
    return str(caught.value)


def _changed(data: bytes, **parts: bytes | None) -> bytes:
    """Return an archive with parts put in, written anew or, for None, left out; ``__`` in a name stands for a slash."""
    named = {
        name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"): held for name, held in parts.items()
    }
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename not in named:
                new.writestr(member.filename, old.read(member))
        for name, held in named.items():
            if held is not None:
                new.writestr(name, held)
    return out.getvalue()


def _part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


XLSX = FILES["party_affairs_2025_national.xlsx"]
DOCX = FILES["school_meals_2025_hubei.docx"]
XLS = FILES["river_wardens_2026_yunnan.xls"]
PDF = FILES["park_2026.pdf"]
HTML = FILES["rural_roads_2025_sichuan.html"]
SHEET = "xl/worksheets/sheet1.xml"


def _sheet(cells: str, after: str = "", before: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    written = f'<worksheet xmlns="{space}">{before}<sheetData>{cells}</sheetData>{after}</worksheet>'
    return _changed(XLSX, **{SHEET.replace("/", "__"): written.encode()})


# --- kinds ---


@pytest.mark.parametrize(
    ("data", "name", "what", "instead"),
    [
        (b"{\\rtf1\\ansi text}", "a.doc", "RTF", "docx"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a.png", "PNG", "OCR"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "a.pdf", "JPEG", "OCR"),
        (b"Rar!\x1a\x07\x00" + bytes(50), "a.docx", "RAR", "unpacked"),
        (b"MIME-Version: 1.0\r\n", "a.doc", "web archive", "docx"),
        (b"", "a.txt", "empty", "txt"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "a.xls", "2003", "xlsx"),
        (b'<?xml version="1.0"?><a/>', "a.xml", "XML", "docx"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "SVG", "OCR"),
        (bytes(100), "a.txt", "zero bytes", "text"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_refused_by_name(data: bytes, name: str, what: str, instead: str) -> None:
    message = _refused(data, name)
    assert what in message and instead in message


@pytest.mark.parametrize(
    ("stream", "what"),
    [("WordDocument", "doc, wps"), ("EncryptedPackage", "password"), ("PowerPoint Document", "ppt")],
)
def test_old_office_files_are_told_by_their_streams(stream: str, what: str) -> None:
    """The directory of the xls names its stream ``Workbook``; named otherwise it is another kind of file."""
    old, new = ((name + "\0").encode("utf-16-le") for name in ("Workbook", stream))
    at = next(at for at in range(0, len(XLS), 128) if XLS[at : at + len(old)] == old)
    named = bytearray(XLS)
    named[at : at + len(new)] = new
    named[at + 64 : at + 66] = len(new).to_bytes(2, "little")
    assert what in _refused(bytes(named), "a.xls")


@pytest.mark.parametrize(
    ("names", "what"),
    [
        ({"a.txt": b"x"}, "ZIP"),
        ({"OFD.xml": b"<a/>"}, "OFD"),
        ({"content.xml": b"<a/>", "mimetype": b"application/vnd.oasis.opendocument.text"}, "OpenDocument"),
        ({"[Content_Types].xml": b"<a>application/vnd.ms-excel.sheet.binary.macroEnabled.main</a>"}, "xlsb"),
        ({"[Content_Types].xml": b"<a>presentationml.presentation.main+xml</a>"}, "pptx"),
        ({"[Content_Types].xml": b"<a>application/vnd.ms-word.document.macroEnabled.main+xml</a>"}, "macros"),
    ],
)
def test_archives_of_other_kinds_are_refused_by_name(names: dict[str, bytes], what: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, held in names.items():
            archive.writestr(name, held)
    assert what in _refused(out.getvalue(), "a.docx")


@pytest.mark.parametrize("name", FILES)
def test_a_wrong_ending_does_not_matter(name: str) -> None:
    if name.endswith((".csv", ".txt")):
        return  # plain text is told from delimited text by its ending alone
    right = read_document(FILES[name], name="a." + name.rpartition(".")[2])
    for ending in ("txt", "docx", "pdf", "xls", "无"):
        assert read_document(FILES[name], name=f"a.{ending}").blocks == right.blocks


# --- archives ---


def test_macros_are_refused() -> None:
    assert "macros" in _refused(_changed(XLSX, xl__vbaProject_bin=b"x"), "a.xlsx")


@pytest.mark.parametrize("data", [XLSX, DOCX])
@pytest.mark.parametrize("declared", ["", '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'])
def test_a_doctype_in_any_part_is_refused(data: bytes, declared: str) -> None:
    for name in ("docProps/core.xml", "customXml/item1.xml", "word/media/picture.png"):
        written = f'<?xml version="1.0"?><!DOCTYPE a [{declared}]><a/>'
        for encoding in ("utf-8", "utf-16"):
            message = _refused(_changed(data, **{name.replace("/", "__"): written.encode(encoding)}), "a.docx")
            assert "DOCTYPE" in message and name in message


def test_an_inflated_bomb_is_refused_by_its_ratio_and_by_its_size() -> None:
    assert "times" in _refused(_changed(XLSX, bomb_bin=bytes(50_000_000)), "a.xlsx")
    blocks = {f"bomb{number}_bin": zlib.compress(bytes(10)) + bytes(900_000) for number in range(120)}
    assert f"at most {limits.MOST_INFLATED} inflated bytes" in _refused(_changed(XLSX, **blocks), "a.xlsx")


def test_a_size_that_is_declared_too_small_is_an_error_and_no_more_is_inflated() -> None:
    data = bytearray(_changed(XLSX, bomb_bin=bytes(900_000)))
    declared = (900_000).to_bytes(4, "little")
    at = data.rfind(declared)
    data[at : at + 4] = (10).to_bytes(4, "little")
    _refused(bytes(data), "a.xlsx")


def test_too_many_members_are_refused() -> None:
    parts = {f"part{number}": b"" for number in range(limits.MOST_MEMBERS)}
    assert f"at most {limits.MOST_MEMBERS} members" in _refused(_changed(XLSX, **parts), "a.xlsx")


def test_two_members_of_one_name_are_refused() -> None:
    out = io.BytesIO(XLSX)
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET, b"<a/>")
    assert "one name" in _refused(out.getvalue(), "a.xlsx")


def test_a_nested_archive_is_not_opened() -> None:
    inner = _changed(XLSX, xl__vbaProject_bin=b"x")
    data = _changed(XLSX, xl__embeddings__inner=inner)
    assert read_document(data, name="a.xlsx").blocks == read_document(XLSX, name="a.xlsx").blocks


def test_xml_that_is_nested_too_deep_is_refused() -> None:
    deep = b"<a>" * 10_000 + b"</a>" * 10_000
    assert f"at most {limits.MOST_DEPTH} nested elements" in _refused(_changed(DOCX, docProps__core_xml=deep), "a.docx")
    body = _part(DOCX, "word/document.xml").replace(b"<w:body>", b"<w:body>" + b"<w:p>" * 200 + b"</w:p>" * 200)
    assert "nested elements" in _refused(_changed(DOCX, word__document_xml=body), "a.docx")


# --- sheets ---


def test_a_sheet_with_two_cells_far_apart_is_read_at_once() -> None:
    data = _sheet(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>始</t></is></c></row>'
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>终</t></is></c></row>',
        before='<dimension ref="A1:XFD1048576"/>',
    )
    start = time.monotonic()
    table = read_document(data, name="a.xlsx").tables[0]
    assert [table.address(cell) for cell in table.cells] == ["项目支出绩效自评表!A1", "项目支出绩效自评表!XFD1048576"]
    assert time.monotonic() - start < SECONDS


def test_too_many_cells_of_a_sheet_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_CELLS", 30_000)
    rows = "".join(
        f'<row r="{row}">{"".join(f"<c><v>{row * column * 7919 % 10007}</v></c>" for column in range(1000))}</row>'
        for row in range(1, 41)
    )
    assert f"at most {limits.MOST_CELLS} cells" in _refused(_sheet(rows), "a.xlsx")


def test_one_long_text_in_every_cell_is_refused() -> None:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rows = "".join(
        f'<row r="{row}">{"".join(f"""<c s="{row * column * 7919 % 4}" t="s"><v>0</v></c>""" for column in range(100))}</row>'
        for row in range(1, 101)
    )
    shared = f"<sst xmlns='{space}'><si><t>{'绩效' * 4000}</t></si></sst>".encode()
    types = _part(XLSX, "[Content_Types].xml")
    if b"sharedStrings" not in types:
        kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        types = types.replace(
            b"</Types>", b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
        )
    data = _changed(_sheet(rows), xl__sharedStrings_xml=shared, **{"[Content_Types]_xml": types})
    assert f"at most {limits.MOST_CHARACTERS} characters" in _refused(data, "a.xlsx")


@pytest.mark.parametrize("area", ["A1:XFD1048576", "A1:A1048576", "A1:CV1001"])
def test_merged_cells_over_a_whole_sheet_are_refused(area: str) -> None:
    data = _sheet('<row r="1"><c r="A1"><v>1</v></c></row>', f'<mergeCells><mergeCell ref="{area}"/></mergeCells>')
    assert f"at most {limits.MOST_MERGED} places in merged cells" in _refused(data, "a.xlsx")


def test_a_link_to_another_workbook_is_not_followed() -> None:
    data = _sheet('<row r="1"><c r="A1"><f>[1]Sheet1!A1</f><v>7</v></c></row>')
    data = _changed(data, xl__externalLinks__externalLink1_xml=b"<externalLink/>")
    assert read_document(data, name="a.xlsx").tables[0].cells[0].text == "7"


def test_many_blank_cells_of_an_xls_are_counted_before_they_are_made() -> None:
    """A MULBLANK record of six bytes and two for each cell: put in place of others until there are too many."""
    record = struct.pack("<HHHH", 0x00BE, 4 + 2 * 250 + 2, 0, 0) + bytes(2 * 250) + struct.pack("<H", 249)
    start = XLS.index(struct.pack("<HH", 0x0809, 16))
    stream = XLS[start : start + 20] + record * (limits.MOST_CELLS // 250 + 1)
    from perfeval.files.old_workbooks import _check_records

    with pytest.raises(DocumentError, match=f"at most {limits.MOST_CELLS} cells"):
        _check_records(stream, "a.xls")


# --- pages ---


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "b"])
def test_a_page_that_is_nested_too_deep_is_refused(tag: str) -> None:
    assert f"at most {limits.MOST_DEPTH} nested elements" in _refused(f"<html><{tag}>".encode() * 10_000, "a.html")


def test_a_cell_over_a_million_places_is_refused() -> None:
    rows = "<tr><td rowspan=60000 colspan=1000>x" + "<tr><td>y" * 2000
    assert f"at most {limits.MOST_PLACES} places" in _refused(f"<table>{rows}</table>".encode(), "a.html")


@pytest.mark.parametrize(
    "unit", ["<p>", "<a b=", "<!--", "&#", "<td>", "</p>", "<table>", "x", "<![CDATA[", "\n", "<pre>\n"]
)
def test_much_of_one_thing_in_a_page_takes_no_time(unit: str) -> None:
    start = time.monotonic()
    with contextlib.suppress(PerfevalError):
        read_document(b"<html>" + unit.encode() * (2_000_000 // len(unit)), name="a.html")
    assert time.monotonic() - start < SECONDS


# --- delimited text ---


def test_a_huge_line_and_a_huge_cell_are_refused() -> None:
    assert "characters in a line" in _refused(b"a," * 1_000_000, "a.csv")
    assert "131072" in _refused(b'"' + b"a" * 200_000 + b'",b\nc,d', "a.csv")


def test_too_many_cells_are_refused() -> None:
    assert f"at most {limits.MOST_CELLS} cells" in _refused((b"1," * 1000 + b"1\n") * 400, "a.csv")


def test_a_zero_byte_is_refused() -> None:
    assert "zero bytes" in _refused(b"a,b\x00,c", "a.csv")


# --- laws ---

_NAMES = st.sampled_from(
    ["a.txt", "a.csv", "a.html", "a.docx", "a.xlsx", "a.xls", "a.pdf", "无名", "", "a\n.pdf", "x" * 500]
)
_MAGIC = st.sampled_from(
    [
        b"",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"%PDF-1.7\n",
        b"<html>",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"<?xml ?>",
    ]
)


def _total(data: bytes, name: str) -> None:
    try:
        assert isinstance(read_document(data, name=name), Document)
    except PerfevalError as error:
        assert str(error)


@settings(max_examples=200)
@given(_MAGIC, st.binary(max_size=300), _NAMES)
def test_any_bytes_give_a_document_or_an_error_of_ours(magic: bytes, data: bytes, name: str) -> None:
    _total(magic + data, name)


@st.composite
def _mutated(draw: st.DrawFn, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(changed) - 1))
        how = draw(st.integers(0, 3))
        if how == 0:
            changed[at] = draw(st.integers(0, 255))
        elif how == 1:
            changed[at] ^= 1 << draw(st.integers(0, 7))
        elif how == 2 and at > 10:
            del changed[at:]
        else:
            changed[at:at] = changed[at : at + draw(st.integers(1, 40))]
    return bytes(changed)


@pytest.mark.parametrize("name", FILES)
def test_damaged_files_give_a_document_or_an_error_of_ours(name: str) -> None:
    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(_mutated(FILES[name]))
    def damaged(data: bytes) -> None:
        _total(data, name)

    damaged()


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("school_meals_2025_hubei.docx", "word/document.xml"),
        ("school_meals_2025_hubei.docx", "word/styles.xml"),
        ("school_meals_2025_hubei.docx", "[Content_Types].xml"),
        ("school_meals_2025_hubei.docx", "word/_rels/document.xml.rels"),
        ("party_affairs_2025_national.xlsx", SHEET),
        ("party_affairs_2025_national.xlsx", "xl/styles.xml"),
        ("party_affairs_2025_national.xlsx", "xl/workbook.xml"),
    ],
)
def test_damaged_parts_give_a_document_or_an_error_of_ours(name: str, part: str) -> None:
    """The archive is sound: the damage is in what the library parses."""

    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(_mutated(_part(FILES[name], part)))
    def damaged(held: bytes) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(FILES[name])) as old, zipfile.ZipFile(out, "w") as new:
            for member in old.infolist():
                new.writestr(member.filename, held if member.filename == part else old.read(member))
        _total(out.getvalue(), name)

    damaged()


def test_reading_is_the_same_in_many_threads() -> None:
    alone = {name: read_document(data, name=name) for name, data in FILES.items()}
    wrong: list[Any] = []

    def read() -> None:
        for name, data in FILES.items():
            if read_document(data, name=name) != alone[name]:
                wrong.append(name)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("openpyxl", "party_affairs_2025_national.xlsx"),
        ("xlrd", "river_wardens_2026_yunnan.xls"),
        ("docx", "park_2026.docx"),
        ("lxml", "park_2026.html"),
        ("pdfminer", "park_2026.pdf"),
    ],
)
def test_a_missing_library_is_told_with_the_command_that_installs_it(
    module: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    assert 'pip install "perfeval[documents]"' in _refused(FILES[name], name)


def test_nothing_is_printed_and_no_library_is_loaded_before_it_is_needed() -> None:
    code = (
        "import sys, pathlib, perfeval\n"
        "from perfeval.files import read_document\n"
        "libraries = ('docx', 'lxml', 'openpyxl', 'pdfminer', 'xlrd')\n"
        "assert not set(libraries) & set(sys.modules)\n"
        f"read_document(pathlib.Path({str(FOLDER / 'park_2026.pdf')!r}).read_bytes(), name='a.pdf')\n"
        "assert set(libraries) & set(sys.modules) == {'pdfminer'}\n"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_what_is_no_bytes_or_no_name_is_refused() -> None:
    given: list[tuple[Callable[[], object], str]] = [
        (lambda: read_document("text", name="a.txt"), "bytes"),  # type: ignore[arg-type]
        (lambda: read_document(b"text", name=3), "name"),  # type: ignore[arg-type]
    ]
    for call, what in given:
        with pytest.raises(DocumentError, match=what):
            call()
    assert perfeval.__name__ == "perfeval"
