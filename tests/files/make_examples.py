"""Makes the example files anew: ``python tests/files/make_examples.py`` (with the extra ``dev``).

The text is that of docs/examples/park_2026.txt; the projects of the tables are invented. Each writer takes blocks as they
are read, so that the tests write with them too. No library is imported before it is needed.
"""

from __future__ import annotations

import csv
import html
import io
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "examples" / "files"
PARK = (ROOT / "docs" / "examples" / "park_2026.txt").read_text(encoding="utf-8").splitlines()


class Put(NamedTuple):
    """A cell to be written: where it stands, what a reader sees, and the number and format behind it, if it is one."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    number: float | None = None
    code: str = "General"


class Grid(NamedTuple):
    """A table to be written."""

    name: str
    cells: tuple[Put, ...]

    @property
    def height(self) -> int:
        return max(cell.row + cell.rows - 1 for cell in self.cells)

    @property
    def width(self) -> int:
        return max(cell.column + cell.columns - 1 for cell in self.cells)

    def rows(self) -> list[list[Put | None]]:
        """Return a cell or a blank for each place in which something begins or stands blank."""
        at = {(cell.row, cell.column): cell for cell in self.cells}
        covered = {
            (cell.row + down, cell.column + over)
            for cell in self.cells
            for down in range(cell.rows)
            for over in range(cell.columns)
            if down or over
        }
        return [
            [at.get((row, column)) for column in range(1, self.width + 1) if (row, column) not in covered]
            for row in range(1, self.height + 1)
        ]


Written: TypeAlias = str | Grid


def grid(name: str, *rows: Sequence[Any]) -> Grid:
    """Build a table of rows: a text, a number with its format, ``"^"`` for the cell above, ``"<"`` for the one before."""
    cells: dict[tuple[int, int], Put] = {}
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row, written in enumerate(rows, start=1):
        for column, value in enumerate(written, start=1):
            if value in {"<", "^"}:
                first = owner[row, column - 1] if value == "<" else owner[row - 1, column]
                owner[row, column] = first
                cell = cells[first]
                cells[first] = cell._replace(
                    rows=max(cell.rows, row - first[0] + 1), columns=max(cell.columns, column - first[1] + 1)
                )
                continue
            owner[row, column] = (row, column)
            if isinstance(value, tuple):
                number, code, shown = value
                cells[row, column] = Put(row, column, shown, number=number, code=code)
            elif value:
                cells[row, column] = Put(row, column, value)
    return Grid(name, tuple(cells.values()))


def money(number: float) -> tuple[float, str, str]:
    return number, "#,##0.00", f"{number:,.2f}"


def points(number: float) -> tuple[float, str, str]:
    return number, "0.00", f"{number:.2f}"


def rate(number: float) -> tuple[float, str, str]:
    return number, "0.00%", f"{number * 100:.2f}%"


# National form: 9.50 + (7.50 + 10 + 10 + 10 + 10) + (15 + 15) + 10 = 97.00; 4.75 / 5.00 = 95 %; 10 × 3 / 4 = 7.5.
NATIONAL = grid(
    "项目支出绩效自评表",
    ["项目支出绩效自评表", "<", "<", "<", "<", "<", "<", "<"],
    ["（2025年度）", "<", "<", "<", "<", "<", "<", "<"],
    ["项目名称", "临江产业园区党务工作经费", "<", "<", "<", "<", "<", "<"],
    ["主管部门", "临江县委组织部", "<", "<", "实施单位", "临江产业园区管理委员会", "<", "<"],
    ["项目资金（万元）", "", "年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分"],
    ["^", "年度资金总额", money(5), money(5), money(4.75), (10, "0", "10"), rate(0.95), points(9.5)],
    ["^", "其中：本年财政拨款", money(5), money(5), money(4.75), "—", "—", "—"],
    ["^", "上年结转资金", money(0), money(0), money(0), "—", "—", "—"],
    ["^", "其他资金", money(0), money(0), money(0), "—", "—", "—"],
    ["年度总体目标", "预期目标", "<", "<", "实际完成情况", "<", "<", "<"],
    ["^", "办好党员集中轮训，规范组织生活，服务园区企业。", "<", "<", "轮训办了三期，组织生活按期开展，走访企业40次。", "<", "<", "<"],
    ["一级指标", "二级指标", "三级指标", "年度指标值（A）", "实际完成值（B）", "分值", "得分", "偏差原因分析及改进措施"],
    ["产出指标", "数量指标", "培训期数", "≥4期", "3期", (10, "0", "10"), points(7.5), "一期因汛情未能举办，明年一季度补办。"],
    ["^", "^", "培训人数", "≥120人", "132人", (10, "0", "10"), points(10), ""],
    ["^", "质量指标", "普通党员培训覆盖率", "≥65%", "66%", (10, "0", "10"), points(10), ""],
    ["^", "时效指标", "经费按期支付率", "=100%", "100%", (10, "0", "10"), points(10), ""],
    ["^", "成本指标", "培训总成本", "≤1万元", "0.95万元", (10, "0", "10"), points(10), ""],
    ["效益指标", "社会效益指标", "走访服务企业次数", "≥40次", "40次", (15, "0", "15"), points(15), ""],
    ["^", "可持续影响指标", "组织生活规范程度", "明显提升", "达成预期指标", (15, "0", "15"), points(15), ""],
    ["满意度指标", "服务对象满意度指标", "党员满意度", "≥90%", "93%", (10, "0", "10"), points(10), ""],
    ["总分", "<", "<", "<", "<", (100, "0", "100"), points(97), ""],
)  # fmt: skip

YUNNAN_BUDGET = grid(
    "部门项目支出预算05-1",
    ["部门项目支出预算表", "<", "<", "<", "<", "<", "<", "<", "<"],
    ["单位名称：临江县河长制工作服务中心", "<", "<", "<", "<", "<", "<", "<", "单位：元"],
    ["项目分类", "项目单位", "项目名称", "功能科目编码", "功能科目名称", "经济科目编码", "经济科目名称", "资金来源", "合计"],
    ["专项业务类", "临江县河长制工作服务中心", "河道巡护员补助经费", "2130399", "其他水利支出", "30226", "劳务费", "财政拨款", money(240000)],
    ["^", "^", "^", "2130399", "其他水利支出", "30216", "培训费", "财政拨款", money(18000)],
    ["^", "^", "^", "2130399", "其他水利支出", "30201", "办公费", "财政拨款", money(12000)],
    ["合计", "<", "<", "<", "<", "<", "<", "<", money(270000)],
)  # fmt: skip

YUNNAN_GOALS = grid(
    "部门项目支出绩效目标05-2",
    ["部门项目支出绩效目标表（本次下达）", "<", "<", "<", "<", "<", "<", "<", "<", "<"],
    ["单位名称：临江县河长制工作服务中心", "<", "<", "<", "<", "<", "<", "<", "<", "<"],
    ["项目名称", "项目年度绩效目标", "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "指标属性", "指标内容"],
    ["河道巡护员补助经费", "聘请巡护员40名，全年巡护不少于48次，河道垃圾及时清运。", "产出指标", "数量指标", "聘请巡护员人数", "=", (40, "General", "40"), "人", "定量指标", "反映聘请巡护员的人数。"],
    ["^", "^", "^", "^", "人均巡护次数", "≥", (48, "General", "48"), "次", "定量指标", "反映每名巡护员全年巡护的次数。"],
    ["^", "^", "^", "质量指标", "问题整改率", "≥", (95, "General", "95"), "%", "定量指标", "反映巡护发现问题的整改情况。"],
    ["^", "^", "^", "时效指标", "补助按月发放率", "=", (100, "General", "100"), "%", "定量指标", "反映补助发放是否及时。"],
    ["^", "^", "^", "成本指标", "人均月补助", "=", (500, "General", "500"), "元/人·月", "定量指标", "反映补助标准。"],
    ["^", "^", "效益指标", "生态效益指标", "河道水质", "≥", "Ⅲ类", "", "定性指标", "反映河道断面水质。"],
    ["^", "^", "^", "社会效益指标", "垃圾乱倒投诉件数", "≤", (5, "General", "5"), "件", "定量指标", "反映群众投诉情况。"],
    ["^", "^", "满意度指标", "服务对象满意度指标", "沿河群众满意度", "≥", (90, "General", "90"), "%", "定量指标", "反映沿河群众是否满意。"],
)  # fmt: skip

# Hubei form: 20 × 114 / 120 = 19; 40 of output; 40 of effect and satisfaction, of which 10 × 8 / 10 = 8: 19 + 40 + 38 = 97.
HUBEI = grid(
    "表1",
    ["项目名称", "乡村校园营养餐工程", "<", "<", "主管部门", "临江县教育局", "<"],
    ["项目类别", "部门预算项目", "项目属性", "持续性项目", "项目类型", "常年性项目", "<"],
    ["预算执行情况（万元）（20分）", "", "预算数（A）", "执行数（B）", "执行率（B/A）", "得分（20分×执行率）", "<"],
    ["^", "年度财政资金总额", "120", "114", "95%", "19", "<"],
    ["一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "分值", "得分"],
    ["产出指标（40分）", "数量指标", "供餐学校数", "12所", "12所", "15", "15"],
    ["^", "^", "供餐学生人数", "≥3000人", "3060人", "15", "15"],
    ["^", "质量指标", "食材检验合格率", "100%", "100%", "10", "10"],
    ["效益指标（30分）", "社会效益指标", "学生体质达标率", "≥92%", "93%", "20", "20"],
    ["^", "可持续影响指标", "本地食材采购村数", "10个", "8个", "10", "8"],
    ["满意度指标（10分）", "服务对象满意度指标", "家长满意度", "≥90%", "94%", "10", "10"],
    ["总分", "<", "<", "<", "<", "100", "97"],
)  # fmt: skip

# Sichuan form: 10 × 58.8 / 60 = 9.8; 90 of indicators, of which 20 × 9.5 / 10 = 19: 9.8 + 89 = 98.8.
SICHUAN = grid(
    "表1",
    ["部门预算项目支出绩效自评表（2025年度）", "<", "<", "<", "<", "<", "<", "<", "<", "<"],
    ["项目名称", "农村公路养护经费", "<", "<", "<", "主管部门", "临江县交通运输局", "<", "<", "<"],
    ["预算执行情况（万元）", "年初预算数", "<", "调整后预算数", "<", "预算执行数", "<", "执行率", "权重", "得分"],
    ["^", "60", "<", "60", "<", "58.8", "<", "98%", "10", "9.8"],
    ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "权重", "得分", "未完成原因分析"],
    ["产出指标", "数量指标", "养护公路里程", "≥", "10", "公里", "9.5", "20", "19", "一段0.5公里因管网施工推迟。"],
    ["^", "质量指标", "养护验收合格率", "＝", "100", "%", "100", "15", "15", ""],
    ["^", "时效指标", "完工时间", "≤", "11", "月", "11", "15", "15", ""],
    ["效益指标", "社会效益指标", "受益村数", "≥", "14", "个", "14", "15", "15", ""],
    ["^", "可持续影响指标", "路况改善", "定性", "明显改善", "", "达成预期指标", "15", "15", ""],
    ["满意度指标", "服务对象满意度指标", "沿线群众满意度", "≥", "90", "%", "92", "10", "10", ""],
    ["合计", "<", "<", "<", "<", "<", "<", "100", "98.8", ""],
    ["评价结论", "项目绩效目标基本完成，自评得分98.8分。", "<", "<", "<", "<", "<", "<", "<", "<"],
    ["存在问题", "一段公路未能如期养护。", "<", "<", "<", "<", "<", "<", "<", "<"],
    ["改进措施", "与管网施工单位协调工期。", "<", "<", "<", "<", "<", "<", "<", "<"],
    ["项目负责人：周敏", "<", "<", "<", "<", "财务负责人：陈立", "<", "<", "<", "<"],
)  # fmt: skip

CSV_GOALS = grid(
    "reading_rooms_goals",
    ["一级指标", "二级指标", "三级指标", "指标值", "分值"],
    ["产出指标", "数量指标", "新建阅览室数", "≥6个", "20"],
    ["产出指标", "数量指标", "添置图书册数", "≥9,000册", "10"],
    ["产出指标", "质量指标", "验收合格率", "=100%", "20"],
    ["效益指标", "社会效益指标", "年借阅人次", "≥12,000人次", "30"],
    ["满意度指标", "服务对象满意度指标", "读者满意度", "≥90%", "10"],
)  # fmt: skip

PDF_GOALS = grid(
    "表1",
    ["项目名称", "乡村医生岗位补助", "<", "<"],
    ["主管部门", "临江县卫生健康局", "实施单位", "临江县基层卫生服务中心"],
    ["项目资金（万元）", "年度资金总额", "86.4", "<"],
    ["^", "其中：财政拨款", "86.4", "<"],
    ["^", "其他资金", "0", "<"],
    ["年度目标", "为72名乡村医生按月发放岗位补助，每人每月1000元，稳定村级卫生队伍。", "<", "<"],
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "领取补助的乡村医生人数", "=72人"],
    ["^", "质量指标", "补助发放准确率", "=100%"],
    ["^", "时效指标", "补助按月发放率", "=100%"],
    ["^", "成本指标", "人均月补助", "=1000元/人/月"],
    ["效益指标", "社会效益指标", "村卫生室医生在岗率", "≥98%"],
    ["满意度指标", "服务对象满意度指标", "村民满意度", "≥90%"],
)  # fmt: skip


def write_txt(lines: Iterable[str], encoding: str = "utf-8") -> bytes:
    return "\r\n".join(lines).encode(encoding)


def write_csv(table: Grid, encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    """Write a table without merged cells."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([cell.text if cell else "" for cell in row] for row in table.rows())
    return out.getvalue().encode(encoding)


SITE = (
    '<table width="960"><tr><td><script>document.title = "公开";</script><style>p {{ text-indent: 2em }}</style>\n'
    '<div style="display:none">打印本页</div>\n{}</td></tr></table>\n'
)


def write_html(blocks: Iterable[Written], encoding: str = "utf-8", site: str = "{}") -> bytes:
    """Write a page; ``site`` is what the pages of a site have about their text."""
    body = site.format("".join(_html_parts(blocks)))
    head = f'<!DOCTYPE html>\n<html><head><meta charset="{encoding}"><title>公开</title></head><body>\n'
    return f"{head}{body}</body></html>\n".encode("gb18030" if encoding.startswith("gb") else encoding)


def _html_parts(blocks: Iterable[Written]) -> list[str]:
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            parts.append(f"<p>{html.escape(block)}</p>\n")
            continue
        parts.append('<table border="1">\n')
        for row in block.rows():
            parts.append("<tr>")
            for cell in row:
                tall = f' rowspan="{cell.rows}"' if cell and cell.rows > 1 else ""
                wide = f' colspan="{cell.columns}"' if cell and cell.columns > 1 else ""
                text = html.escape(cell.text).replace("\n", "<br>") if cell else ""
                parts.append(f"<td{tall}{wide}>{text}</td>")
            parts.append("</tr>\n")
        parts.append("</table>\n")
    return parts


def write_docx(blocks: Iterable[Written]) -> bytes:
    import docx

    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(block.height, block.width, style="Table Grid")
        for cell in block.cells:
            first = table.cell(cell.row - 1, cell.column - 1)
            if cell.rows > 1 or cell.columns > 1:
                first = first.merge(table.cell(cell.row + cell.rows - 2, cell.column + cell.columns - 2))
            first.text = cell.text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def write_xlsx(tables: Iterable[Grid], *, hidden: Sequence[Grid] = ()) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in (*tables, *hidden):
        sheet = book.create_sheet(table.name)
        sheet.sheet_state = "hidden" if table in hidden else "visible"
        for cell in table.cells:
            place = sheet.cell(cell.row, cell.column)
            if cell.number is None:
                place.value = cell.text
                place.data_type = "s"  # a text that begins with = is no formula
            else:
                place.value = cell.number
            place.number_format = cell.code
            if cell.rows > 1 or cell.columns > 1:
                sheet.merge_cells(None, cell.row, cell.column, cell.row + cell.rows - 1, cell.column + cell.columns - 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_xls(tables: Iterable[Grid]) -> bytes:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    for table in tables:
        sheet = book.add_sheet(table.name)
        for cell in table.cells:
            style = xlwt.easyxf(num_format_str=cell.code)
            value = cell.text if cell.number is None else cell.number
            top, left = cell.row - 1, cell.column - 1
            sheet.write_merge(top, top + cell.rows - 1, left, left + cell.columns - 1, value, style)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_pdf(blocks: Iterable[Written], *, heading: int = 24) -> bytes:
    """Write a PDF in a Chinese font that every reader of PDF knows; short lines are headings."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    font = "STSong-Light"
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    head = ParagraphStyle("head", fontName=font, fontSize=12, leading=20, wordWrap="CJK")
    prose = ParagraphStyle("prose", parent=head, firstLineIndent=24)
    small = ParagraphStyle("cell", parent=head, fontSize=9, leading=12)
    story: list[Any] = []
    for block in blocks:
        if isinstance(block, str):
            story.append(Paragraph(html.escape(block), head if len(block) < heading else prose))
            continue
        cells: list[list[Any]] = [[""] * block.width for _ in range(block.height)]
        style: list[tuple[Any, ...]] = [
            ("GRID", (0, 0), (-1, -1), 0.5, "black"),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ]
        for cell in block.cells:
            cells[cell.row - 1][cell.column - 1] = Paragraph(html.escape(cell.text), small)
            last = (cell.column + cell.columns - 2, cell.row + cell.rows - 2)
            style.append(("SPAN", (cell.column - 1, cell.row - 1), last))
        story.append(Table(cells, style=style, colWidths=[460 / block.width] * block.width))
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, title="公开文本", invariant=1).build(story)
    return out.getvalue()


NOTE = Grid("说明", (Put(1, 1, "填表人员内部使用，不公开。"),))
HUBEI_TITLE = "2025年度项目支出绩效自评表"
SICHUAN_NOTE = "注：执行率为预算执行数除以调整后预算数。"
PDF_TITLE = "项目支出绩效目标申报表（2026年度）"

SOURCES: dict[str, tuple[Written, ...]] = {
    "park_2026.docx": tuple(PARK),
    "park_2026.html": tuple(PARK),
    "park_2026.pdf": tuple(PARK),
    "park_2026_gb18030.txt": tuple(PARK),
    "party_affairs_2025_national.xlsx": (NATIONAL,),
    "river_wardens_2026_yunnan.xls": (YUNNAN_BUDGET, YUNNAN_GOALS),
    "school_meals_2025_hubei.docx": (HUBEI_TITLE, HUBEI),
    "rural_roads_2025_sichuan.html": (SICHUAN, SICHUAN_NOTE),
    "reading_rooms_goals.csv": (CSV_GOALS,),
    "village_doctors_2026_goals.pdf": (PDF_TITLE, PDF_GOALS),
}
"""What each example file says: what is read from it must be this."""


def made() -> dict[str, bytes]:
    """Return the bytes of every example file."""
    return {
        "park_2026.docx": write_docx(PARK),
        "park_2026.html": write_html(PARK, "gb2312", SITE),
        "park_2026.pdf": write_pdf(PARK),
        "park_2026_gb18030.txt": write_txt(PARK, "gb18030"),
        "party_affairs_2025_national.xlsx": write_xlsx([NATIONAL], hidden=[NOTE]),
        "river_wardens_2026_yunnan.xls": write_xls([YUNNAN_BUDGET, YUNNAN_GOALS]),
        "school_meals_2025_hubei.docx": write_docx([HUBEI_TITLE, HUBEI]),
        "rural_roads_2025_sichuan.html": write_html([SICHUAN, SICHUAN_NOTE], "gbk"),
        "reading_rooms_goals.csv": write_csv(CSV_GOALS, "gb18030"),
        "village_doctors_2026_goals.pdf": write_pdf([PDF_TITLE, PDF_GOALS]),
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, data in made().items():
        (FOLDER / name).write_bytes(data)
        sys.stdout.write(f"{name}: {len(data)} bytes\n")
