"""What each format is read as, case by case; expected values are what the program of that format shows."""

from __future__ import annotations

import io
import zipfile
from fractions import Fraction
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval.documents.blocks import Document, Paragraph
from perfeval.errors import DocumentError
from perfeval.files import read_document
from perfeval.files.number_formats import exact, show_number, show_text
from perfeval.files.numbering import numeral

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _repacked(data: bytes, **parts: str) -> bytes:
    named = {name.replace("__", "/") + ".xml": held for name, held in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            if member.filename not in named:
                new.writestr(member.filename, old.read(member))
        for name, held in named.items():
            new.writestr(name, held)
    return out.getvalue()


# --- number formats ---


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.95, "0%", "95%"),
        (0.955, "0%", "96%"),
        (0.12345, "0.00%", "12.35%"),
        (25000, "#,##0.00", "25,000.00"),
        (1234567.891, "#,##0", "1,234,568"),
        (349.80000000000001, "General", "349.8"),
        (0.1 + 0.2, "General", "0.3"),
        (2.675, "0.00", "2.68"),
        (-1234.5, "#,##0.00_);(#,##0.00)", "(1,234.50)"),
        (-3, "0", "-3"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (1234.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234.50"),
        (150000, '0!.0,"万元"', "15.0万元"),
        (3500000, '0.00,,"百万"', "3.50百万"),
        (5, '0"期"', "5期"),
        (5, "¥#,##0.00", "¥5.00"),
        (5, "[$¥-804]#,##0.00", "¥5.00"),
        (50000, "[DBNum2][$-804]General", "伍万"),
        (0.5, "#.##", ".5"),
        (5, "0.##", "5"),  # a spreadsheet shows 5. with a point that says nothing
        (7, "000", "007"),
        (12345, "0.00E+00", "1.23E+04"),
        (150, "[>100]0;0.0", "150"),
        (25, "[>100]0;0.0", "25.0"),
        (46082, "yyyy-mm-dd", "2026-03-01"),
        (46082, 'yyyy"年"m"月"d"日"', "2026年3月1日"),
        (46082.5, "yyyy/m/d h:mm", "2026/3/1 12:00"),
        (46082.75, "h:mm AM/PM", "6:00 PM"),
        (1.5, "[h]:mm", "36:00"),
        (1, "yyyy-mm-dd", "1900-01-01"),
        (123456789012345678, "General", "123456789012345678"),
    ],
)
def test_a_number_shows_as_in_a_spreadsheet(value: float, code: str, shown: str) -> None:
    assert show_number(value, code) == shown


def test_a_format_may_show_nothing() -> None:
    assert (show_number(5, ";;;"), show_text("甲", ";;;"), show_text("甲", "0;0;0;@"), show_number(-5, "0;")) == (
        "",
        "",
        "甲",
        "",
    )


def test_formats_without_a_code_show_as_in_the_chinese_edition() -> None:
    assert [show_number(46082, "General", built_in=number) for number in (14, 27, 28, 31, 57, 58)] == [
        "2026/3/1", "2026年3月", "3月1日", "2026年3月1日", "2026年3月", "3月1日",
    ]  # fmt: skip
    assert show_number(44620, "yyyy-mm-dd", since_1904=True) == "2026-03-01"  # 1,462 days lie between the two starts


@given(st.decimals(-(10**9), 10**9, places=2))
def test_money_of_two_digits_is_what_it_was_typed_as(typed: Any) -> None:
    """The way through the binary number of a workbook changes nothing."""
    assert exact(float(typed)) == Fraction(typed)
    assert Fraction(show_number(float(typed), "#,##0.00").replace(",", "")) == Fraction(typed)


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.sampled_from('0#?.,%;@"元[]>yмdhms/E+-_* \\!GeneralDBNum1'), max_size=20),
)
def test_any_number_shows_in_any_format(value: float, code: str) -> None:
    assert isinstance(show_number(value, code), str)


# --- xlsx ---


def _book(fill: Any) -> Document:
    import openpyxl

    book = openpyxl.Workbook()
    fill(book.active)
    out = io.BytesIO()
    book.save(out)
    return read_document(out.getvalue(), name="a.xlsx")


def test_hidden_rows_and_columns_are_passed_over_with_a_remark() -> None:
    def fill(sheet: Any) -> None:
        for row in range(1, 4):
            for column in range(1, 4):
                sheet.cell(row, column).value = f"{row}{column}"
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True

    document = _book(fill)
    assert [cell.text for cell in document.tables[0].cells] == ["11", "12", "31", "32"]
    assert [remark.zh for remark in document.remarks] == [
        "工作表Sheet中隐藏的行未读入：2", "工作表Sheet中隐藏的列未读入：C",
    ]  # fmt: skip


def test_a_merged_cell_whose_first_row_is_hidden_is_seen_in_the_next() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = "产出指标"
        sheet.merge_cells("A1:A3")
        sheet["B1"], sheet["B2"] = "藏", "现"
        sheet.row_dimensions[1].hidden = True

    cells = _book(fill).tables[0].cells
    assert [(cell.row, cell.column, cell.text, cell.rows) for cell in cells] == [(2, 1, "产出指标", 2), (2, 2, "现", 1)]


def test_a_formula_without_a_saved_result_is_blank_and_said() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = "合计"
        sheet["B1"] = "=1+1"

    document = _book(fill)
    assert [cell.text for cell in document.tables[0].cells] == ["合计"]
    assert "B1" in document.remarks[0].zh


def test_shared_strings_errors_and_truth_values(making: ModuleType) -> None:
    data = making.write_xlsx([making.grid("甲", ["乙"])])
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cells = (
        '<c r="A1" t="s"><v>0</v></c><c r="B1" t="b"><v>1</v></c><c r="C1" t="e"><v>#REF!</v></c>'
        '<c r="D1" t="str"><f>""</f><v></v></c><c r="E1"><f>1/4</f><v>0.25</v></c>'
    )
    data = _repacked(
        data,
        xl__worksheets__sheet1=f'<worksheet {space}><sheetData><row r="1">{cells}</row></sheetData></worksheet>',
        xl__sharedStrings=f"<sst {space}><si><r><t>年度</t></r><r><t>指标值</t></r></si></sst>",
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = archive.read("[Content_Types].xml").decode()
    shared = (
        '<Override PartName="/xl/sharedStrings.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    )
    if "sharedStrings" not in types:
        data = _repacked(data, **{"[Content_Types]": types.replace("</Types>", shared)})
    document = read_document(data, name="a.xlsx")
    assert [cell.text for cell in document.tables[0].cells] == ["年度指标值", "TRUE", "#REF!", "0.25"]
    assert document.remarks == ()


# --- docx ---


def _text(making: ModuleType, body: str, **parts: str) -> Document:
    written = f'<w:document xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>{body}</w:body></w:document>'
    return read_document(_repacked(making.write_docx(["甲"]), word__document=written, **parts), name="a.docx")


def _run(text: str, properties: str = "") -> str:
    return f"<w:r>{properties}<w:t>{text}</w:t></w:r>"


def test_tracked_changes_are_read_as_accepted(making: ModuleType) -> None:
    body = (
        f"<w:p>{_run('预算')}<w:del><w:r><w:delText>五</w:delText></w:r></w:del><w:ins>{_run('六')}</w:ins>{_run('万元')}</w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{_run('两段')}</w:p><w:p>{_run('并作一段')}</w:p>"
        f"<w:p><w:moveFrom>{_run('移走')}</w:moveFrom>{_run('留下')}</w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{_run('末段')}</w:p>"
    )
    assert _text(making, body).text == "预算六万元\n两段并作一段\n留下\n末段"


def test_hidden_text_fields_and_breaks(making: ModuleType) -> None:
    body = (
        f"<w:p>{_run('明')}{_run('暗', '<w:rPr><w:vanish/></w:rPr>')}<w:r><w:instrText>PAGE</w:instrText></w:r>"
        f"<w:r><w:br/></w:r>{_run('次行')}<w:r><w:br w:type='page'/></w:r></w:p>"
        f"<w:p><w:hyperlink>{_run('链接')}</w:hyperlink><w:sdt><w:sdtContent>{_run('控件')}</w:sdtContent></w:sdt></w:p>"
    )
    assert _text(making, body).text == "明\n次行\n链接控件"


def test_text_boxes_follow_their_paragraph_and_are_read_once(making: ModuleType) -> None:
    box = f"<w:txbxContent><w:p>{_run('框内')}</w:p></w:txbxContent>"
    body = (
        f"<w:p>{_run('正文')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p><w:p>{_run('后文')}</w:p>"
    )
    assert _text(making, body).text == "正文\n框内\n后文"


def test_footnotes_and_comments_are_remarked_on(making: ModuleType) -> None:
    body = (
        f"<w:p>{_run('正文')}<w:r><w:footnoteReference w:id='1'/></w:r><w:r><w:commentReference w:id='1'/></w:r></w:p>"
    )
    document = _text(making, body)
    assert document.text == "正文"
    assert [remark.zh for remark in document.remarks] == ["脚注未读入：1处", "批注未读入：1处"]


NUMBERING = f"""<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%3"/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>"""


def test_numbers_of_lists_are_set_before_their_paragraphs(making: ModuleType) -> None:
    """一、 then （一） （二）, then 二、 under which the second level begins anew, and a list that starts again."""

    def listed(text: str, level: int, name: int = 1) -> str:
        place = f"<w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{name}'/></w:numPr></w:pPr>"
        return f"<w:p>{place}{_run(text)}</w:p>"

    body = "".join(
        listed(*each)
        for each in (("甲", 0), ("乙", 1), ("丙", 1), ("丁", 0), ("戊", 1), ("己", 2), ("庚", 0, 2), ("辛", 0, 0))
    )
    data = making.write_docx(["甲"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "word/numbering.xml" in archive.namelist()
    document = _text(making, body, word__numbering=NUMBERING)
    assert document.text.split("\n") == [
        "一、甲",
        "（一）乙",
        "（二）丙",
        "二、丁",
        "（一）戊",
        "2.1 己",
        "一、庚",
        "辛",
    ]


def test_a_style_may_set_the_numbers_of_its_paragraphs(making: ModuleType) -> None:
    """Heading 2 is numbered by the style that it is based on, at a level of its own; one paragraph is taken out of it."""
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/>'
        '<w:basedOn w:val="H1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    )

    def styled(text: str, style: str, more: str = "") -> str:
        return f"<w:p><w:pPr><w:pStyle w:val='{style}'/>{more}</w:pPr>{_run(text)}</w:p>"

    none = "<w:numPr><w:numId w:val='0'/></w:numPr>"
    body = styled("甲", "H1") + styled("乙", "H2") + styled("丙", "H1", none) + styled("丁", "H1")
    document = _text(making, body, word__numbering=NUMBERING, word__styles=styles)
    assert document.text.split("\n") == ["一、甲", "（一）乙", "丙", "二、丁"]


@pytest.mark.parametrize(
    ("number", "style", "written"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (3, "japaneseCounting", "三"),
        (2, "ideographLegalTraditional", "贰"),
        (12, "decimalEnclosedCircle", "⑫"),
        (9, "upperRoman", "IX"),
        (28, "lowerLetter", "bb"),
        (105, "ideographDigital", "一〇五"),
        (5, "bullet", ""),
        (7, "unknown", "7"),
    ],
)
def test_a_number_in_a_style_of_lists(number: int, style: str, written: str) -> None:
    assert numeral(number, style) == written


def test_rows_that_were_taken_out_and_frames_of_one_cell(making: ModuleType) -> None:
    def row(*texts: str, properties: str = "") -> str:
        return f"<w:tr>{properties}{''.join(f'<w:tc><w:p>{_run(text)}</w:p></w:tc>' for text in texts)}</w:tr>"

    gone = "<w:trPr><w:del/></w:trPr>"
    body = (
        f"<w:tbl>{row('框')}</w:tbl><w:tbl>{row('甲', '乙')}{row('删', '去', properties=gone)}{row('丙', '丁')}</w:tbl>"
    )
    document = _text(making, body)
    assert document.text == "框"
    assert [(cell.row, cell.text) for cell in document.tables[0].cells] == [(1, "甲"), (1, "乙"), (2, "丙"), (2, "丁")]


# --- pages ---


def _page(body: str, encoding: str = "utf-8", head: str = "") -> Document:
    return read_document(f"<!DOCTYPE html><html><head>{head}</head><body>{body}".encode(encoding), name="a.html")


def test_what_a_reader_of_a_page_does_not_see_is_passed_over() -> None:
    body = (
        "<script>var a='<p>甲</p>'</script><style>p{}</style><p hidden>乙<p style='color:red; DISPLAY : none'>丙"
        "<div style='visibility:hidden'>丁</div><!-- 戊 --><noscript>己</noscript><textarea>庚</textarea><p>看见"
    )
    assert _page(body, head="<title>题</title>").text == "看见"


def test_blanks_and_breaks_of_a_page() -> None:
    body = "<div>一、项目\n   名称<br>示 例 <b>ab</b>\n<i>cd</i></div>散文<ul><li>甲<li>乙</ul><pre>行一\n行二</pre><p>&nbsp;&nbsp;缩进</p>"
    assert _page(body).text.split("\n") == ["一、项目名称", "示 例 ab cd", "散文", "甲", "乙", "行一", "行二", "缩进"]


def test_a_page_is_decoded_as_it_declares_or_as_it_is() -> None:
    for declared in ('<meta charset="gbk">', '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'):
        assert _page("<p>预算绩效", "gb18030", declared).text == "预算绩效"
    assert _page("<p>预算绩效", "utf-8", '<meta charset="gbk">').text == "预算绩效"
    assert _page("<p>預算績效", "big5", '<meta charset="big5">').text == "預算績效"
    assert _page("<p>预算绩效", "utf-16").text == "预算绩效"
    with pytest.raises(DocumentError, match="big5"):
        _page("<p>预算绩效", "utf-8", '<meta charset="big5">')


def test_layout_tables_are_read_in_order_and_tables_of_cells_stay() -> None:
    body = (
        "<table><tr><td>导航</td><td><table><caption>表题</caption><tr><td rowspan=2>甲<td>乙<tr><td>丙<br>丁</table>文末</td></tr></table>"
        "<table><tr><td>只有一格</table>"
    )
    document = _page(body)
    assert [block.text if isinstance(block, Paragraph) else "表" for block in document.blocks] == [
        "导航", "表题", "表", "文末", "只有一格",
    ]  # fmt: skip
    cells = document.tables[0].cells
    assert [(cell.row, cell.column, cell.text, cell.rows) for cell in cells] == [
        (1, 1, "甲", 2), (1, 2, "乙", 1), (2, 2, "丙\n丁", 1),
    ]  # fmt: skip


def test_a_page_that_is_named_xls_is_read_as_a_page(making: ModuleType) -> None:
    table = making.grid("表1", ["甲", "乙"])
    assert read_document(making.write_html([table]), name="导出.xls").tables[0].at(1, 2).text == "乙"
    assert read_document("甲\t乙\n丙\t丁".encode("gb18030"), name="导出.xls").tables[0].at(2, 2).text == "丁"


# --- delimited text ---


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_delimiters_are_told_by_even_rows(delimiter: str) -> None:
    rows = [["指标", "指标值", "说明"], ["期数", "3", "一、二"], ["人数", "1,200", "a;b|c"]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    table = read_document(text.encode(), name="a.csv").tables[0]
    assert [[table.at(row, column).text for column in (1, 2, 3)] for row in (1, 2, 3)] == rows


def test_a_quoted_cell_may_hold_lines() -> None:
    assert read_document('甲,"乙\n丙"\n丁,戊'.encode(), name="a.csv").tables[0].at(1, 2).text == "乙\n丙"
