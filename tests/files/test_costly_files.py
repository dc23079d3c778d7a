"""Small files that ask a library for much: what each would build is counted before it is built, or is not built at all."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval.documents.blocks import Document
from perfeval.errors import DocumentError
from perfeval.files import limits, read_document

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "examples" / "files"
SECONDS = 20  # far above what any of them takes, far below what they took before they were counted

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = f"""<Types xmlns="{PACKAGE}/content-types">
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/sharedStrings.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>"""
ROOT = f"""<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
MAIN = f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{OFFICE}"'
ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'
SHEET = '<sheet name="目标" sheetId="1" r:id="rId1"/>'


def _archive(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, held in parts.items():
            archive.writestr(name, held)
    return out.getvalue()


def _book(
    cells: str = ONE,
    after: str = "",
    *,
    before: str = "",
    part: str = "worksheets/sheet1.xml",
    sheets: str = SHEET,
    padding: bytes = b"",
    **more: str,
) -> bytes:
    """Return a workbook with no more in it than it needs."""
    parts = {
        "[Content_Types].xml": TYPES.encode(),
        "_rels/.rels": ROOT.encode(),
        "xl/workbook.xml": f"<workbook {MAIN}><sheets>{sheets}</sheets></workbook>".encode(),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="{part}"/></Relationships>'
        ).encode(),
        "xl/sharedStrings.xml": f"<sst {MAIN}><si><t>产出</t></si><si><r><t>效</t></r><r><t>益</t></r></si></sst>".encode(),
        f"xl/{part}": padding + f"<worksheet {MAIN}>{before}<sheetData>{cells}</sheetData>{after}</worksheet>".encode(),
    }
    return _archive(parts | {name.replace("__", "/") + ".xml": held.encode() for name, held in more.items()})


def _many(within: str, element: str, times: int) -> str:
    return f"<{within}>{element * times}</{within}>"


def _read(data: bytes, name: str) -> Document:
    start = time.monotonic()
    try:
        return read_document(data, name=name)
    finally:
        assert time.monotonic() - start < SECONDS


def _refused(data: bytes, name: str) -> str:
    with pytest.raises(DocumentError) as caught:
        _read(data, name)
    return str(caught.value)


def _texts(data: bytes) -> list[str]:
    return [cell.text for cell in _read(data, "a.xlsx").tables[0].cells]


# --- workbooks ---


@pytest.mark.parametrize(
    "after",
    [
        '<hyperlinks><hyperlink ref="A1:Z100000" location="x"/></hyperlinks>',
        '<hyperlinks><hyperlink ref="B2" location="x"/></hyperlinks>',
        _many("mergeCells", '<mergeCell ref="A1:A1"/>', 60_000),
        _many("mergeCells", '<mergeCell ref="A1:A2"/>', 40_000),
        '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"/></conditionalFormatting>' * 20_000,
        _many("dataValidations", '<dataValidation sqref="A1"/>', 20_000),
    ],
    ids=["links over many cells", "link", "merged alone", "merged twice", "colours", "checks of what is put in"],
)
def test_what_a_reader_does_not_see_of_a_sheet_is_not_built(after: str) -> None:
    assert _texts(_book(after=after)) == ["1"]


def test_columns_hidden_over_and_over_are_gone_through_once() -> None:
    before = "<cols>" + "".join(f'<col min="{at}" max="16384" hidden="1"/>' for at in range(2, 10_000)) + "</cols>"
    row = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="XFD1"><v>3</v></c></row>'
    document = _read(_book(row, before=before), "a.xlsx")
    assert [cell.text for cell in document.tables[0].cells] == ["1"]
    assert [remark.en for remark in document.remarks] == ["hidden columns of sheet 目标 were passed over: B, XFD"]


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 30)), max_size=6))
def test_hidden_columns_are_those_of_any_run(runs: list[tuple[int, int]]) -> None:
    from perfeval.files.workbooks import _columns

    assert _columns(runs) == {column for first, last in runs for column in range(first, last + 1)}


@pytest.mark.parametrize(
    ("part", "padding"),
    [
        ("worksheets/sheet1.vml", b""),
        ("worksheets/calcChain.xml", b""),
        ("media/picture.png", b""),
        ("worksheets/sheet1.xml", b" " * 300),
        ("worksheets/sheet1.xml", b"\n" * 100_000),
    ],
    ids=["vml", "calcChain", "png", "blanks", "lines"],
)
def test_a_part_is_looked_through_whatever_its_name_and_its_first_bytes(part: str, padding: bytes) -> None:
    assert _texts(_book(part=part, padding=padding)) == ["1"]
    merged = '<mergeCells><mergeCell ref="A1:Z100000"/></mergeCells>'
    data = _book(after=merged, part=part, padding=padding)
    assert f"at most {limits.MOST_MERGED} places in merged cells" in _refused(data, "a.xlsx")
    data = _book(part=part, padding=padding + b'<!DOCTYPE a [<!ENTITY e "x">]>')
    assert "DOCTYPE" in _refused(data, "a.xlsx")
    data = _book(after="<a>" * 300 + "</a>" * 300, part=part, padding=padding)
    assert "nested elements" in _refused(data, "a.xlsx")


def test_a_part_that_is_broken_and_not_named_as_xml_is_no_sheet() -> None:
    """An old drawing may be broken in an honest file; what is broken there must not be read as a sheet."""
    with zipfile.ZipFile(io.BytesIO(_book())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert _texts(_archive(parts | {"xl/drawings/vmlDrawing1.vml": b"<xml><br></xml>"})) == ["1"]
    assert "without whole XML" in _refused(_book("<row>", part="worksheets/sheet1.vml"), "a.xlsx")
    assert "broken XML" in _refused(_book("<row>"), "a.xlsx")


def test_a_part_that_is_the_sheet_of_many_counts_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        limits, "MOST_CELLS", 5_000
    )  # five times what the part holds, a tenth of what the sheets ask for
    rows = "".join(
        f'<row r="{row}">{"".join(f"<c><v>{row + column}</v></c>" for column in range(20))}</row>'
        for row in range(1, 51)
    )
    sheets = "".join(f'<sheet name="{at}" sheetId="{at}" r:id="rId1"/>' for at in range(1, 51))
    assert f"at most {limits.MOST_CELLS} cells" in _refused(_book(rows, sheets=sheets), "a.xlsx")
    merged = '<mergeCells><mergeCell ref="A1:J5000"/></mergeCells>'
    assert "places in merged cells" in _refused(_book(after=merged, sheets=sheets), "a.xlsx")
    many = "".join(f'<sheet name="{at}" sheetId="{at}" r:id="rId1"/>' for at in range(1, 400))
    assert f"at most {limits.MOST_SHEETS} sheets" in _refused(_book(sheets=many), "a.xlsx")


def test_too_many_formats_are_refused() -> None:
    formats = "<xf/>" * limits.MOST_STYLES
    data = _book(xl__styles=f"<styleSheet {MAIN}><cellXfs>{formats}</cellXfs></styleSheet>")
    assert f"at most {limits.MOST_STYLES} elements in xl/styles.xml" in _refused(data, "a.xlsx")


def test_too_many_attributes_are_refused() -> None:
    attributes = " ".join(f'a{at}=""' for at in range(limits.MOST_ATTRIBUTES + 1))
    data = _book(f'<row {attributes} r="1"><c r="A1"><v>1</v></c></row>')
    assert f"at most {limits.MOST_ATTRIBUTES} attributes of one element" in _refused(data, "a.xlsx")


def test_texts_are_read_by_their_runs() -> None:
    """Those that cells share, and those that stand in one; what says how a sign is pronounced is none of them."""
    row = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c t="inlineStr"><is>%s</is></c></row>'
    runs = "<r><rPr><b/></rPr><t>指</t></r><r><t>标</t></r><rPh sb='0' eb='1'><t>zhi</t></rPh>"
    assert _texts(_book(row % runs)) == ["产出", "效益", "指标"]
    start = time.monotonic()
    assert _texts(_book(row % (runs * 50_000)))[2] == "指标" * 50_000
    assert time.monotonic() - start < SECONDS


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("<c r='B1'><v>1e999</v></c>", "1e999"),
        ("<c r='B1'><v>nan</v></c>", "nan"),
        (f"<c r='B1'><v>{'7' * 400}</v></c>", "7" * 400),
        (f"<c r='B1'><v>{'7' * 9000}</v></c>", "7" * 9000),
        ("<c r='B1' t='d'><v>2026-99-01</v></c>", "2026-99-01"),
        ("<c t='d'><v>明年</v></c>", "明年"),
        ("<c r='B1' t='b'><v>是</v></c>", "是"),
    ],
    ids=["infinite", "nan", "400 digits", "9000 digits", "month 99", "no date", "no truth"],
)
def test_one_bad_cell_does_not_cost_the_workbook(cell: str, shown: str) -> None:
    """It is read as it is written, and remarked on; the cells around it stay where they are."""
    row = f'<row r="1"><c r="A1"><v>1.50</v></c>{cell}<c><v>3</v></c></row>'
    document = _read(_book(row), "a.xlsx")
    assert [(each.column, each.text) for each in document.tables[0].cells] == [(1, "1.5"), (2, shown), (3, "3")]
    assert [remark.en for remark in document.remarks] == [
        "cells of sheet 目标 hold no number or date that a spreadsheet takes and were read as written: B1"
    ]


def test_a_sheet_that_is_not_in_the_file_is_said() -> None:
    with zipfile.ZipFile(io.BytesIO(_book(sheets=SHEET + '<sheet name="附表" sheetId="2" r:id="rId2"/>'))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rId2" Type="{OFFICE}/worksheet" Target="worksheets/gone.xml"/></Relationships>'.encode(),
    )
    document = _read(_archive(parts), "a.xlsx")
    assert len(document.tables) == 1
    assert [remark.zh for remark in document.remarks] == ["文件中没有内容的工作表未读入：附表"]


# --- texts ---


DOCX = (FOLDER / "school_meals_2025_hubei.docx").read_bytes()


def _replaced(part: str, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(DOCX)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    return _archive(parts | {part: parts[part].replace(old, new, 1)})


@pytest.mark.parametrize("target", ["media/gone.png", "/word/NULL", "../NULL", "#top"])
def test_a_relation_to_a_part_that_is_gone_does_not_cost_the_text(target: str) -> None:
    relation = f'<Relationship Id="rId99" Type="{OFFICE}/image" Target="{target}"/></Relationships>'.encode()
    document = _read(_replaced("word/_rels/document.xml.rels", b"</Relationships>", relation), "a.docx")
    assert document.blocks == read_document(DOCX, name="a.docx").blocks
    gone = document.remarks[-1].en
    assert gone.startswith("parts that the file names and does not hold were not read: ") and target[-3:] in gone


def test_a_doctype_after_many_blanks_is_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(DOCX)) as archive:
        head = archive.read("word/document.xml").partition(b"?>")[0] + b"?>"
    declared = b" " * 300 + b'<!DOCTYPE a [<!ENTITY e "x">]>'
    assert "DOCTYPE" in _refused(_replaced("word/document.xml", head, declared), "a.docx")


def test_a_text_that_was_not_looked_through_is_refused() -> None:
    """A part of any name may be the text; one that is broken, and not named as XML, is passed over where it is none."""
    with zipfile.ZipFile(io.BytesIO(DOCX)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    renamed = {
        name.replace("word/document.xml", "word/text.vml"): held.replace(b"word/document.xml", b"word/text.vml")
        for name, held in parts.items()
        if "document.xml.rels" not in name
    }
    assert _read(_archive(renamed), "a.docx").tables == read_document(DOCX, name="a.docx").tables
    held = renamed["word/text.vml"].partition(b"?>")[2]
    renamed["word/text.vml"] = b'<?xml version="1.0" encoding="GBK"?>' + held.decode().encode("gbk")
    assert "without whole XML in word/text.vml" in _refused(_archive(renamed), "a.docx")


def test_numbers_of_a_list_do_not_grow_without_end() -> None:
    from perfeval.files.numbering import Level, Numbering

    level = Level(pattern="%1" * 50, style="upperLetter", start=29_999)
    numbering = Numbering(levels={"1": {0: level}}, starts={"1": {}}, counted_with={"1": "0"})
    assert numbering.next("1", 0) == "29999" * 9 + "%1" * 41 + " "
