"""Laws of tables: what is written in any of the layouts reads back, any grid gives a result, and time is linear."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction

import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.documents.blocks import Cell, Document, Paragraph, Table
from perfeval.errors import PerfevalError
from perfeval.expressions import Operator
from perfeval.indicators import IndicatorKind
from perfeval.profiles.shelf import load
from perfeval.scoring import score
from perfeval.tables import (
    FundsSource,
    Layout,
    ReadTable,
    TableKind,
    read_budget_table,
    read_table,
    read_tables,
)

# --- what a table says ------------------------------------------------------------------------------------


@frozen(kw_only=True)
class Item:
    """One indicator: what it should read back as."""

    one: str
    two: str
    name: str
    sign: str  # "" where the operator is unstated, 定性 for a described one
    target: str
    unit: str
    actual: str
    weight: str
    score: str
    reason: str


@frozen(kw_only=True)
class Project:
    """One project's table."""

    name: str
    goal: str
    items: tuple[Item, ...]
    funds: tuple[tuple[str, str, str], ...]  # label, budget, spent


_OPERATORS = {
    "≥": Operator.AT_LEAST,
    "≤": Operator.AT_MOST,
    "＞": Operator.ABOVE,
    "<": Operator.BELOW,
    "=": Operator.EQUAL,
    "": None,
    "定性": None,
}
_LEVELS = {
    "产出指标": ("数量指标", "质量指标", "时效指标"),
    "效益指标": ("社会效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
}
_SOURCES = {
    "年度资金总额": FundsSource.TOTAL,
    "其中：本年财政拨款": FundsSource.FISCAL,
    "上年结转资金": FundsSource.CARRIED_OVER,
    "其他资金": FundsSource.OTHER,
}
_NUMBERS = st.integers(0, 99999).map(str) | st.integers(1, 9999).map(lambda n: f"{n // 10}.{n % 10}")
_POINTS = st.sampled_from(["0", "2.5", "5", "10", "12.5", "20", "22.5"])
_MONEY = st.integers(0, 10**8).map(lambda fen: f"{fen // 100:,}.{fen % 100:02d}")


@st.composite
def projects(draw: st.DrawFn, name: str = "园区党建经费") -> Project:
    """Draw a project with one to seven indicators, under levels in the order of the forms."""
    items: list[Item] = []
    for one, all_two in _LEVELS.items():
        for two in draw(st.lists(st.sampled_from(all_two), unique=True, max_size=2)):
            for _ in range(draw(st.integers(1, 2))):
                sign = draw(st.sampled_from(list(_OPERATORS)))
                described = sign == "定性"
                items.append(
                    Item(
                        one=one,
                        two=two,
                        name=f"{draw(st.sampled_from(['培训期数', '参训率', '经费', '宣传 活动']))}{'甲乙丙丁戊己庚辛壬癸'[len(items)]}",
                        sign=sign,
                        target=draw(st.sampled_from(["明显改善", "不断提高"]) if described else _NUMBERS),
                        unit="" if described else draw(st.sampled_from(["期", "人", "%", "个", "人次", "万元", "天"])),
                        actual=draw(st.sampled_from(["达成预期指标", "部分达成"]) if described else _NUMBERS),
                        weight=draw(_POINTS),
                        score=draw(_POINTS),
                        reason=draw(st.sampled_from(["", "两家企业停产", "班次减少，见说明"])),
                    )
                )
    if not items:
        items.append(
            Item(
                one="产出指标",
                two="数量指标",
                name="培训期数",
                sign="≥",
                target="3",
                unit="期",
                actual="3",
                weight="90",
                score="90",
                reason="",
            )
        )
    funds = tuple((label, draw(_MONEY), draw(_MONEY)) for label in _SOURCES)
    return Project(name=name, goal=draw(st.sampled_from(["办好培训", "年内办班三期"])), items=tuple(items), funds=funds)


# --- how it is laid out -----------------------------------------------------------------------------------


@frozen(kw_only=True)
class Style:
    """One way to lay a table out."""

    levels: str  # merged, blank, repeated or stepped (levels in rows of their own)
    sign_in_value: bool
    unit: str  # column, name or value
    wide: bool
    money: str  # 万元 or 元
    declared: str  # title, line, head, before or nowhere
    order: int
    blank_rows: int
    blank_columns: int
    head_noise: int
    repeat_head: bool


_STYLES = st.builds(
    Style,
    levels=st.sampled_from(["merged", "blank", "repeated", "stepped"]),
    sign_in_value=st.booleans(),
    unit=st.sampled_from(["column", "name", "value"]),
    wide=st.booleans(),
    money=st.sampled_from(["万元", "元"]),
    declared=st.sampled_from(["title", "line", "head", "before", "nowhere"]),
    order=st.integers(0, 10**6),
    blank_rows=st.integers(0, 2**12),
    blank_columns=st.integers(0, 2**8),
    head_noise=st.integers(0, 3),
    repeat_head=st.booleans(),
)
_HEADS = {
    Layout.NATIONAL: ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
    Layout.SICHUAN: [
        "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "权重", "得分", "未完成原因分析",
    ],
    Layout.HUBEI: ["一级指标", "二级指标", "三级指标", "年初目标值", "实际完成值", "分值", "得分", "偏差原因分析"],
    Layout.YUNNAN: ["单位名称、项目名称", "项目年度绩效目标", "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "指标属性", "指标内容"],
}  # fmt: skip
_FUNDS_HEADS = {
    Layout.NATIONAL: ("年初预算数", "全年预算数", "全年执行数"),
    Layout.SICHUAN: ("年初预算", "调整后预算数", "预算执行数"),
    Layout.HUBEI: ("", "预算数", "执行数"),
}
_WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")


def _noisy(head: str, noise: int) -> str:
    return (head, f"{head}（Ａ）", f"{head[:2]}\n{head[2:]}", f" {head[:1]} {head[1:]}(B)：")[noise]


class Writer:
    """Lays projects out in a grid."""

    def __init__(self, layout: Layout, style: Style) -> None:
        """Start with an empty grid."""
        self.layout, self.style = layout, style
        self.heads = list(_HEADS[layout])
        # A permutation by repeated taking: the same for the whole table.
        left, order = list(self.heads), style.order
        self.order: list[str] = []
        while left:
            order, at = divmod(order, len(left))
            self.order.append(left.pop(at))
        self.place = {head: 1 + at for at, head in enumerate(self.order)}
        self.rows: list[dict[int, str]] = []
        self.merges: dict[tuple[int, int], int] = {}

    def shown(self, text: str) -> str:
        return text.translate(_WIDE) if self.style.wide else text

    def line(self, *texts: str) -> None:
        self.rows.append({at: text for at, text in enumerate(texts, 1) if text})

    def head_row(self) -> None:
        self.rows.append({self.place[head]: _noisy(head, self.style.head_noise) for head in self.heads})

    def funds(self, project: Project) -> None:
        one, two, spent = _FUNDS_HEADS[self.layout]
        held = f"（{self.style.money}）" if self.style.declared == "head" else ""
        self.line("项目资金", "", one + held if one else "", two + held, spent + held, "得分")
        for label, budget, paid in project.funds:
            self.line("", label, self.shown(budget) if one else "", self.shown(budget), self.shown(paid))

    def cells_of(self, item: Item) -> dict[str, str]:
        named = {head: at for at, head in enumerate(self.heads)}
        described = item.sign == "定性"
        sign_in_value = self.style.sign_in_value or "指标性质" not in named
        unit = self.style.unit if "度量单位" in named or self.style.unit != "column" else "value"
        target = self.shown(item.target + (item.unit if unit == "value" else ""))
        actual = self.shown(item.actual + (item.unit if unit == "value" else ""))
        if sign_in_value and not described:
            target = item.sign + target
        name = f"{item.name}（{item.unit}）" if unit == "name" and item.unit else item.name
        target_head = next(head for head in self.heads if head in ("年度指标值", "指标值", "年初目标值"))
        found = {"三级指标": name, target_head: target}
        for head in self.heads:
            if head == "指标性质" and (described or not sign_in_value):
                found[head] = item.sign
            elif head == "度量单位" and unit == "column":
                found[head] = item.unit
            elif head in ("实际完成值", "完成值"):
                found[head] = actual
            elif head in ("分值", "权重"):
                found[head] = self.shown(item.weight)
            elif head == "得分":
                found[head] = self.shown(item.score)
            elif "原因" in head:
                found[head] = item.reason
        return found

    def items(self, project: Project) -> None:
        """Write the indicators, with their levels merged, blank below, repeated, or in rows of their own."""
        style = self.style.levels
        first = len(self.rows)
        if self.layout is Layout.YUNNAN:
            self.rows.append(
                {self.place["单位名称、项目名称"]: project.name, self.place["项目年度绩效目标"]: project.goal}
            )
        above: dict[str, tuple[str, int]] = {}
        for item in project.items:
            row: dict[int, str] = {}
            for head, text in (("一级指标", item.one), ("二级指标", item.two)):
                place = self.place[head]
                same = above.get(head, ("", 0))[0] == text
                if style == "repeated":
                    row[place] = text
                elif same:
                    if style == "merged":
                        self.merges[above[head][1], place] = len(self.rows)
                    continue
                elif style == "stepped" and self.layout is Layout.YUNNAN:
                    self.rows.append({place: text})
                    above[head] = (text, 0)
                    continue
                else:
                    row[place] = text
                if head == "一级指标" and not same:
                    above.pop("二级指标", None)
                above[head] = (text, len(self.rows))
            row.update({self.place[head]: text for head, text in self.cells_of(item).items() if text})
            self.rows.append(row)
            if self.style.repeat_head and item is project.items[0] and style != "merged":
                self.head_row()
        del first

    def table(self) -> Table:
        """Return the grid, with blank rows and columns put in."""
        columns: dict[int, int] = {}
        at = 0
        for column in range(1, 12):
            at += 1 + (self.style.blank_columns >> (column % 9) & 1)
            columns[column] = at
        rows: list[int] = []
        at = 0
        for row in range(len(self.rows)):
            at += 1 + (self.style.blank_rows >> (row % 13) & 1)
            rows.append(at)
        cells = []
        for row, texts in enumerate(self.rows):
            for column, text in texts.items():
                last = self.merges.get((row, column), row)
                cells.append(Cell(rows[row], columns[column], text, rows=rows[last] - rows[row] + 1))
        return Table("绩效表", cells)


def _written(layout: Layout, style: Style, listed: list[Project]) -> tuple[Table, str]:
    writer = Writer(layout, style)
    unit, before = style.money, ""
    title = "项目支出绩效目标表" if layout is Layout.YUNNAN else "项目支出绩效自评表"
    if style.declared == "title":
        title += f"（单位：{unit}）"
    elif style.declared == "before":
        before = f"附件\n金额单位：{unit}"
    writer.line(title)
    if style.declared == "line":
        writer.line("", "", f"单位：{unit}")
    if layout is Layout.YUNNAN:
        writer.head_row()
        for project in listed:
            writer.items(project)
        return writer.table(), before
    for project in listed:
        writer.line("项目名称", project.name)
        writer.funds(project)
        writer.line("年度总体目标", "预期目标", "", "实际完成情况")
        writer.line("", project.goal, "", "已经办完")
        writer.head_row()
        writer.items(project)
        total = sum((Fraction(item.score) for item in project.items), Fraction(0))
        writer.rows.append(
            {min(writer.place["一级指标"], writer.place["三级指标"]): "总分", writer.place["得分"]: f"{float(total):g}"}
        )
    return writer.table(), before


def _expected(item: Item, layout: Layout) -> tuple[object, ...]:
    counted = item.sign != "定性"
    scored = layout is not Layout.YUNNAN
    return (
        item.one,
        item.two,
        item.name,
        IndicatorKind.QUANTITATIVE if counted else IndicatorKind.QUALITATIVE,
        _OPERATORS[item.sign],
        Amount.of(item.target, item.unit) if counted else None,
        (Amount.of(item.actual, item.unit) if counted else None) if scored else None,
        Fraction(item.weight) if scored else None,
        Fraction(item.score) if scored else None,
        (item.reason or None) if scored else None,
    )


def _came(table: ReadTable) -> list[tuple[object, ...]]:
    return [
        (
            row.level_one and row.level_one.text,
            row.level_two and row.level_two.text,
            row.name.text,
            row.kind,
            row.operator,
            row.goal,
            row.reached,
            row.points,
            row.scored,
            row.reason and row.reason.text,
        )
        for row in table.rows
    ]


@settings(max_examples=250, deadline=None)
@given(
    layout=st.sampled_from([Layout.NATIONAL, Layout.SICHUAN, Layout.HUBEI, Layout.YUNNAN]),
    style=_STYLES,
    one=projects(),
    two=st.none() | projects("阵地建设经费"),
)
def test_what_is_written_reads_back(
    layout: Layout, style: Style, one: Project, two: Project | None, all_spans: Callable[[object], Iterator[Span]]
) -> None:
    """In each layout and style: the same indicators, operators, targets, weights, actuals, scores and funds."""
    listed = [one] if two is None else [one, two]
    table, before = _written(layout, style, listed)
    tables = read_table(table, before=before)
    assert [read.project and read.project.text for read in tables] == [project.name for project in listed]
    texts = {table.address(cell): cell.text for cell in table.cells}
    for read, project in zip(tables, listed, strict=True):
        assert read.layout is layout
        assert _came(read) == [_expected(item, layout) for item in project.items]
        assert read.goal_text is not None and read.goal_text.text == project.goal
        assert not read.unread
        for span in all_spans(read):
            source = texts[span.cell] if span.cell is not None else before
            assert span.locate(source) == span.text
        if layout is Layout.YUNNAN:
            assert read.kind is TableKind.GOALS and not read.funds
            continue
        assert read.kind is TableKind.SELF_EVALUATION
        sheet = read.sheet()
        assert [(one.name, one.operator, one.weight) for one in sheet.indicators] == [
            (item.name, _OPERATORS[item.sign], Fraction(item.weight)) for item in project.items
        ]
        assert sheet.funds is not None and sheet.funds.executed == read.funds[0].executed.amount
        # Hand scores may be any: what is scored is each line, and never an error.
        scored = score(sheet, load(str(read.profile)), on=date(2026, 12, 31))
        assert scored.given_total is None and len(scored.lines) == 1 + len(project.items)
        assert read.total == sum(Fraction(item.score) for item in project.items)
        assert read.achieved_text is not None and read.achieved_text.text == "已经办完"
        assert [row.source for row in read.funds] == [_SOURCES[label] for label, _, _ in project.funds]
        for row, (_, budget, spent) in zip(read.funds, project.funds, strict=True):
            budgeted = row.adjusted if layout is Layout.SICHUAN else row.full_year
            for printed, text in ((budgeted, budget), (row.executed, spent)):
                assert printed is not None and printed.decimals == 2
                assert printed.number == Fraction(text.replace(",", ""))
                declared = style.declared != "nowhere"
                assert printed.amount == (Amount.of(text, style.money) if declared else None)


# --- any grid ---------------------------------------------------------------------------------------------

_WORDS = [
    "一级指标", "二级指标", "三级指标", "指标值", "年度指标值(A)", "实际完成值", "分值", "得分", "指标性质", "度量单位", "项目名称",
    "项目名称：甲", "单位名称、项目名称", "年度绩效目标", "绩效指标", "预算数", "执行数(B)", "执行率", "年度资金总额", "其中：财政拨款", "项目资金（万元）",
    "总分", "合计", "小计", "总分：95", "评价结论", "预期目标", "实际完成情况", "项目支出绩效目标表（2026年度）", "单位：万元", "单位：元", "产出指标",
    "产出指标（40分）", "数量指标", "培训期数", "培训人数（人）", "合格率（≥**%）", "（）", "指标1：", "指标1：甲（10分）", "≥", "定性", "≥50", "50人", "80%-90%",
    "2026年12月底前", "12月31日前", "13月40日", "99999年", "10%", "22.5", "-", "", " ", "/", "1,000.00", "１０", "¥5", "-3", "1/0", "达成预期指标", "用途",
    "金额（万元）", "数量", "单价", "测算依据", "其中：甲", "一、乙", "1.丙", "（1）丁", "元/人·天", "上年实际", "本年预期", "中期资金总额", "起止时间", "\n", "\x00",
    "三" * 300,
]  # fmt: skip


@st.composite
def grids(draw: st.DrawFn) -> Table:
    """Draw a grid of known words and any texts, with merged cells that do not lie on one another."""
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for row in range(1, draw(st.integers(1, 9)) + 1):
        for column in range(1, draw(st.integers(1, 7)) + 1):
            if (row, column) in taken:
                continue
            rows, columns = draw(st.sampled_from([(1, 1)] * 6 + [(2, 1), (1, 2), (3, 2)]))
            places = {(row + down, column + right) for down in range(rows) for right in range(columns)}
            if places & taken:
                rows, columns, places = 1, 1, {(row, column)}
            taken |= places
            cells.append(Cell(row, column, draw(st.sampled_from(_WORDS) | st.text(max_size=8)), rows, columns))
    return Table(draw(st.sampled_from(["", "表1", "!"])), cells)


@settings(max_examples=400, deadline=None)
@given(
    table=grids(), before=st.sampled_from(["", "项目名称：甲\n单位：元\n绩效自评表（2025年度）"]) | st.text(max_size=30)
)
def test_any_grid_reads(table: Table, before: str, all_spans: Callable[[object], Iterator[Span]]) -> None:
    """Any grid of any texts gives a result with every span in place; a sheet, or an error of the library."""
    texts = {table.address(cell): cell.text for cell in table.cells}
    for read in read_table(table, before=before):
        for span in all_spans(read):
            source = texts[span.cell] if span.cell is not None else before
            assert span.locate(source) == span.text
        with contextlib.suppress(PerfevalError):
            sheet = read.sheet()
            assert len(sheet.indicators) == len(read.rows)
    budget = read_budget_table(table, before=before)
    if budget is not None:
        for total in budget.sums:
            assert total.total not in total.parts


# --- time -------------------------------------------------------------------------------------------------


def _long(count: int) -> Table:
    heads = [
        "一级指标",
        "二级指标",
        "三级指标",
        "指标性质",
        "指标值",
        "度量单位",
        "完成值",
        "权重",
        "得分",
        "未完成原因分析",
    ]
    cells = [Cell(1, at, head) for at, head in enumerate(heads, 1)]
    cells.append(Cell(2, 1, "产出指标", rows=count))
    for row in range(2, count + 2):
        texts = ["数量指标", f"培训期数{row}", "≥", f"{row}", "期", f"{row}", "1", "1", "无"]
        cells.extend(Cell(row, at, text) for at, text in enumerate(texts, 2))
    return Table("长表", cells)


def test_a_table_of_twenty_thousand_rows_reads_in_seconds() -> None:
    """Twenty times the rows take about twenty times as long, not four hundred."""

    def seconds(count: int) -> float:
        table = _long(count)
        start = time.process_time()
        (read,) = read_table(table)
        assert len(read.rows) == count
        return time.process_time() - start

    short = seconds(1000)
    assert seconds(20_000) < max(short, 0.02) * 20 * 4


@pytest.mark.parametrize(
    "text", ["年初预算数", "项目名称", "总分", "三级指标", "≥50", "单位：万元", "（" * 150, "其中：" * 60]
)
def test_one_row_of_many_cells_reads_in_seconds(text: str) -> None:
    """A row of ten thousand cells of one word is no trap, and neither is a column of them."""
    row = Table("宽表", [Cell(1, column, text) for column in range(1, 10_001)])
    column = Table("长表", [Cell(row, 1, text) for row in range(1, 10_001)])
    start = time.process_time()
    for table in (row, column):
        read_table(table)
        read_budget_table(table)
    assert time.process_time() - start < 20


@pytest.mark.parametrize("head", ["年度指标值", "三级指标", "一级指标", "金额", "用途", "序号", "无关"])
def test_many_heads_over_many_rows_read_in_seconds(head: str) -> None:
    """Ten thousand heads over twenty thousand rows of one cell: no row looks at all the heads."""
    cells = [Cell(1, at, head) for at in range(1, 10_001)]
    cells += [
        Cell(1, 10_001 + at, text) for at, text in enumerate(["一级指标", "三级指标", "指标值", "用途", "金额（元）"])
    ]
    cells += [Cell(row, 10_002, "培训期数") for row in range(2, 20_002)]
    start = time.process_time()
    read_table(Table("表", cells))
    read_budget_table(Table("表", [cell for cell in cells if cell.text not in ("一级指标", "三级指标")]))
    assert time.process_time() - start < 20


def test_one_long_cell_beside_many_rows_reads_in_seconds() -> None:
    """Two million characters under each head, merged over twenty thousand rows, are looked at once, not row by row."""
    heads = ["一级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "权重", "得分", "未完成原因分析"]
    cells = [Cell(1, at, head) for at, head in enumerate(heads, 1)]
    cells += [Cell(row, 2, f"场次{row}") for row in range(2, 20_002)]
    cells += [Cell(2, at, "甲\n" * 1_000_000, rows=20_000) for at in range(1, 10) if at != 2]
    start = time.process_time()
    (read,) = read_table(Table("表", cells))
    assert len(read.rows) == 20_000 and time.process_time() - start < 20


def test_a_document_reads_its_tables_in_order(all_spans: Callable[[object], Iterator[Span]]) -> None:
    """The lines above a table are its own, and not those above the one before."""
    table = _long(2)
    lines = [Paragraph("前言"), Paragraph(" 项目名称：甲"), Paragraph("（单位：元）")]
    document = Document(
        "两表.docx", [*lines, table, Paragraph(""), *lines[:1], Paragraph("项目名称：乙"), table, table]
    )
    tables = read_tables(document)
    assert [read.project and read.project.text for read in tables] == ["甲", "乙"]
    for read in tables:
        for span in all_spans(read):
            assert span.cell is not None or span.locate(document.text) == span.text
    assert [len(read.rows) for read in tables] == [2, 4]
