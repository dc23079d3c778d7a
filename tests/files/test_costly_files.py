"""Small files that ask a library for much: what each would build is counted before it is built, or is not built at all."""

from __future__ import annotations

import csv
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


# --- pages ---


@pytest.mark.parametrize(
    ("page", "limit"),
    [
        ("<table>" + "<div>" * 190 + "<td>x</td>" * 310_000, f"at most {limits.MOST_CELLS} cells"),
        ("<table><tr>" + "<td>" * 1_200_000, f"at most {limits.MOST_CELLS} cells"),
        (
            "<p " + " ".join(f"a{at}=1" for at in range(100_000)) + ">x",
            f"at most {limits.MOST_ATTRIBUTES} attributes of one tag",
        ),
        ("<table><tr><td>a<td>b</table>" * (limits.MOST_TABLES + 1), f"at most {limits.MOST_TABLES} tables"),
        ("<p>x" * 500_000, f"at most {limits.MOST_BLOCKS} paragraphs and tables"),
    ],
    ids=["cells deep in a table", "blank cells", "attributes", "tables", "paragraphs"],
)
def test_a_page_that_asks_for_too_much_is_refused(page: str, limit: str) -> None:
    assert limit in _refused(page.encode(), "a.html")


def test_a_comment_or_a_script_has_no_attributes() -> None:
    words = " ".join(f"a{at}=1" for at in range(1000))
    assert _read(f"<!-- <p {words}> --><script>'<p {words}>'</script><p>一<b>二".encode(), "a.html").text == "一二"


@pytest.mark.parametrize(
    "before", ["<p title='%s'>一", "<p>一<img src='data:image/png;base64,%s'>", "<p>一<!-- %s -->"]
)
def test_nothing_is_lost_after_a_piece_of_ten_megabytes(before: str) -> None:
    assert _read((before % ("A" * 11_000_000) + "<p>二").encode(), "a.html").text == "一\n二"


@pytest.mark.parametrize("between", ["</html>", "</body></html>", "</html><html><body>", "</html></html>"])
def test_nothing_is_lost_after_the_end_of_a_page(between: str) -> None:
    page = f"<p>一{between}<p>二<table><tr><td>甲<td>乙</table>"
    document = _read(page.encode(), "a.html")
    assert document.text == "一\n二"
    assert [cell.text for cell in document.tables[0].cells] == ["甲", "乙"]


def test_cells_that_stand_in_cells_for_want_of_an_end_are_their_own() -> None:
    page = "<table><tr><td><div>甲<td>乙<b>丙</b></table>"
    assert [cell.text for cell in _read(page.encode(), "a.html").tables[0].cells] == ["甲", "乙丙"]


# --- old workbooks ---


def _old(*, sheets: int, rows: int, in_one: bool = False) -> bytes:
    """Return an xls; ``in_one`` lets the records that name the sheets (0x85) all lead to where the first begins."""
    import xlwt  # type: ignore[import-untyped]

    book = xlwt.Workbook()
    for number in range(sheets):
        sheet = book.add_sheet(f"表{number}")
        for row in range(rows if number == 0 or not in_one else 1):
            sheet.write(row, 200, f"{number}")
    out = io.BytesIO()
    book.save(out)
    data = bytearray(out.getvalue())
    at = data.index(b"\x09\x08\x10\x00")
    first = b""
    while in_one and data[at : at + 2] != b"\x0a\x00":
        if data[at : at + 2] == b"\x85\x00":
            first = first or bytes(data[at + 4 : at + 8])
            data[at + 4 : at + 8] = first
        at += 4 + int.from_bytes(data[at + 2 : at + 4], "little")
    return bytes(data)


def test_sheets_of_an_xls_that_lie_in_one_another_are_refused() -> None:
    document = _read(_old(sheets=3, rows=5), "a.xls")
    assert [[cell.text for cell in table.cells] for table in document.tables] == [["0"] * 5, ["1"] * 5, ["2"] * 5]
    assert "lie in one another" in _refused(_old(sheets=150, rows=2000, in_one=True), "a.xls")


def test_an_xls_with_blank_places_between_is_read() -> None:
    assert len(_read(_old(sheets=1, rows=20_000), "a.xls").tables[0].cells) == 20_000


# --- delimited text ---


def _rows(text: str) -> tuple[list[list[str]], list[str]]:
    document = _read(text.encode(), "a.csv")
    table = document.tables[0]
    rows = [
        [cell.text if (cell := table.at(row, column)) else "" for column in range(1, table.width + 1)]
        for row in range(1, table.height + 1)
    ]
    return rows, [remark.en for remark in document.remarks]


def test_a_quote_that_does_not_close_is_a_sign() -> None:
    rows, remarks = _rows('一级指标,指标值\n"产出,3\n效益,"4,5"\n满意,5\n')
    assert rows == [["一级指标", "指标值"], ['"产出', "3"], ["效益", "4,5"], ["满意", "5"]]
    assert remarks == ["quotes that do not close were read as signs, in row 2"]


def test_a_quote_that_closes_rows_later_is_a_sign_where_the_rows_are_whole_without_it() -> None:
    rows, remarks = _rows('甲,乙\n"一,1\n二,2\n三,"3"\n四,4\n')
    assert rows == [["甲", "乙"], ['"一', "1"], ["二", "2"], ["三", "3"], ["四", "4"]]
    assert remarks == ["quotes that do not close were read as signs, in row 2"]


def test_a_cell_that_may_be_two_rows_is_remarked_on() -> None:
    rows, remarks = _rows('甲,乙,丙\n效益,"双创,4\n满意,满意度",5\n末,6,7')
    assert rows[1] == ["效益", "双创,4\n满意,满意度", "5"]
    assert remarks == ["quotes join lines that look like rows of their own, check row 2"]


@given(
    st.integers(2, 4).flatmap(
        lambda width: st.lists(
            st.lists(st.text('a,"\n', min_size=1, max_size=6), min_size=width, max_size=width), min_size=3
        )
    )
)
def test_rows_of_one_length_that_a_program_writes_are_read_as_they_were(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["a" * 3] * len(rows[0]), *rows])
    read = _read(out.getvalue().encode(), "a.csv").tables[0]
    wanted = {(row, column): text.strip() for row, cells in enumerate(rows, 2) for column, text in enumerate(cells, 1)}
    assert {(cell.row, cell.column): cell.text for cell in read.cells if cell.row > 1} == {
        place: text for place, text in wanted.items() if text
    }


def test_many_quotes_and_many_rows_take_no_time() -> None:
    assert f"at most {limits.MOST_ROWS} rows" in _refused(b"\n" * 10_000_000 + b"a", "a.csv")
    _read(b'"a,b\n' * 50_000 + b"c,d", "a.csv")
    _read((b'"a,b\n' + b"c,d\n" * 1000) * 50, "a.csv")
