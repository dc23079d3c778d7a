"""Tables of budget lines: counts and prices, levels, and what each total is the sum of."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval.amounts import Amount
from perfeval.documents.blocks import Cell, Document, Paragraph, Table
from perfeval.tables import BudgetTable, read_budget_table, read_budget_tables, read_table

Grid = Callable[..., Table]

LINES = """
项目支出预算明细表（单位：元）→→→→→
用途 | 金额 | 数量 | 单位 | 单价 | 测算依据
培训费 | 33,000.00 | 60 | 人天 | 550 | 综合定额
其中：伙食费 | 6,000.00 | 60 | 人天 | 100 |
其中：住宿费 | 27,000.00 | 60 | 人天 | 450 |
办公费 | 2,000.00 | | | |
合计 | 35,000.00 | | | |
"""
NUMBERED = """
序号 | 项目 | 人数 | 天数 | 标准（元/人·天） | 金额（万元） | 备注
 | 合计 | | | | 3.5 |
1 | 一、培训费 | 20 | 3 | 550元/人·天 | 3.3 |
 | 1.第一期 | 10人 | 3 | 550 | 1.65 |
 | 2.第二期 | 10 | 3天 | 550 | 1.65 | 下半年
2 | 二、办公费 | | | | 0.2 |
"""
COLUMNS = """
项目 | 明细 | 金额
培训费 | | 10
 | 场地 | 4
 | 资料 | 6
办公费 | | 5
 | 小计 | 15
合计 | | 15
"""


def _one(table: Table, before: str = "") -> BudgetTable:
    read = read_budget_table(table, before=before)
    assert read is not None
    return read


def _sums(table: BudgetTable) -> list[tuple[str, list[str]]]:
    return [(one.total.name.text, [part.name.text for part in one.parts]) for one in table.sums]


def test_lines_with_their_parts(grid: Grid) -> None:
    """其中 before each part; 60 人天 at 550 元 are 33,000 元."""
    table = _one(grid(LINES, "明细"))
    assert table.title is not None and table.title.text.startswith("项目支出预算明细表") and table.money_unit == "元"
    assert [row.level for row in table.rows] == [0, 1, 1, 0, 0]
    training = table.rows[0]
    assert training.amount is not None and training.amount.span is not None
    assert (str(training.amount.amount), training.amount.decimals) == ("33,000 元", 2)
    assert training.amount.span.cell == "明细!B3"
    assert (str(training.counts[0].amount), str(training.worked)) == ("60 人·天", "33,000 元")
    assert _sums(table) == [("培训费", ["其中：伙食费", "其中：住宿费"]), ("合计", ["培训费", "办公费"])]
    assert table.unread == () and table.rows[3].worked is None


def test_numbered_lines_under_a_total_that_stands_first(grid: Grid) -> None:
    """20 人 for 3 天 at 550 元/人·天 are 33,000 元; the unit of the price is that of its head."""
    table = _one(grid(NUMBERED))
    assert [(row.level, row.is_total) for row in table.rows] == [
        (0, True),
        (0, False),
        (1, False),
        (1, False),
        (0, False),
    ]
    assert [str(row.worked) for row in table.rows[1:4]] == ["33,000 元", "16,500 元", "16,500 元"]
    assert _sums(table) == [("一、培训费", ["1.第一期", "2.第二期"]), ("合计", ["一、培训费", "二、办公费"])]
    assert table.rows[3].remark is not None and table.rows[3].remark.text == "下半年"


def test_two_columns_of_names_are_two_levels(grid: Grid) -> None:
    """A name in the first column alone has those below it as its parts."""
    table = _one(grid(COLUMNS), "金额单位：万元")
    assert _sums(table) == [
        ("培训费", ["场地", "资料"]),
        ("小计", ["培训费", "办公费"]),
        ("合计", ["培训费", "办公费"]),
    ]
    assert table.rows[1].amount is not None and str(table.rows[1].amount.amount) == "4 万元"


def test_one_part_and_then_a_bare_name_leaves_the_level_open(grid: Grid) -> None:
    """其中：甲, then 乙: whether 乙 is a part or the next line is not told, and no sum is."""
    table = _one(grid("用途 | 金额（元）\n培训费 | 10\n其中：场地费 | 4\n资料费 | 6\n合计 | 10"))
    assert [row.level for row in table.rows] == [0, 1, None, 0]
    assert table.sums == ()


def test_a_column_of_numbers_tells_the_levels(grid: Grid) -> None:
    """A row without a number is a part of the one above; 1.1 is one of 1; under 一 stands 1."""
    heads = "序号 | 用途 | 金额（元）"
    table = _one(grid(f"{heads}\n1 | 培训费 | 10\n | 场地 | 4\n | 资料 | 6\n2 | 办公费 | 5\n | 合计 | 15"))
    assert _sums(table) == [("培训费", ["场地", "资料"]), ("合计", ["培训费", "办公费"])]
    table = _one(grid(f"{heads}\n1 | 培训费 | 10\n1.1 | 场地 | 4\n1.2 | 资料 | 6\n2 | 办公费 | 5"))
    assert _sums(table) == [("培训费", ["场地", "资料"])]
    table = _one(grid(f"{heads}\n一 | 培训费 | 10\n1 | 场地 | 4\n2 | 资料 | 6\n二 | 办公费 | 5\n | 合计 | 15"))
    assert _sums(table) == [("培训费", ["场地", "资料"]), ("合计", ["培训费", "办公费"])]


def test_receipts_beside_expenditure_are_no_lines(grid: Grid) -> None:
    """Two names and two amounts side by side."""
    assert (
        read_budget_table(grid("项目 | 预算数 | 项目 | 预算数\n拨款 | 10 | 支出 | 10\n合计 | 10 | 合计 | 10")) is None
    )


@pytest.mark.parametrize(
    ("heads", "line", "worked"),
    [
        ("用途 | 人数 | 标准（元/人·天） | 金额（元）", "培训费 | 20 | 550 | 33000", None),  # the days are not counted
        ("用途 | 数量 | 单价 | 金额（元）", "培训费 | 20 | 550 | 11000", None),  # the price has no unit
        ("用途 | 数量 | 单价（元） | 金额（万元）", "培训费 | 20 | 550 | 1.1", "11,000 元"),
        ("用途 | 期数 | 人数 | 天数 | 标准 | 金额（元）", "培训费 | 2 | 10 | 3 | 550元/人天 | 33000", "33,000 元"),
        ("用途 | 人数 | 月数 | 标准 | 金额（元）", "补助 | 5 | 12 | 200元/人·月 | 12000", "12,000 元"),
        ("用途 | 数量 | 单价（元） | 金额（元）", "培训费 | 若干 | 550 | 11000", None),
    ],
)
def test_count_times_price(grid: Grid, heads: str, line: str, worked: str | None) -> None:
    """Known only where the price has a unit and all that it is per is counted."""
    table = _one(grid(f"{heads}\n{line}"))
    assert (table.rows[0].worked and str(table.rows[0].worked)) == worked


def test_a_title_in_ten_thousands_is_not_taken_for_prices(grid: Grid) -> None:
    """Forms print sums in 万元 and prices in 元: the price has no unit then."""
    table = _one(grid("经费预算表（万元）→→→\n用途 | 数量 | 单价 | 金额\n培训费 | 20 | 550 | 1.1"))
    assert table.rows[0].price is not None and table.rows[0].price.amount is None
    assert table.rows[0].amount is not None and str(table.rows[0].amount.amount) == "1.1 万元"


def test_what_is_no_figure_is_told(grid: Grid) -> None:
    """A word for an amount or a count, a figure without a name, and what stands under no head."""
    table = _one(grid("用途 | 数量 | 金额（元） |\n培训费 | 若干 | 另列 | 见附件\n | | 500 |"))
    assert [(one.text, one.span.cell) for one in table.unread] == [
        ("见附件", "表!D2"), ("若干", "表!B2"), ("另列", "表!C2"), ("500", "表!C3"),
    ]  # fmt: skip


def test_goals_and_funds_are_no_lines(grid: Grid) -> None:
    """A table of indicators is none of lines, nor a block of funds; a table of lines none of goals."""
    goals = "一级指标 | 三级指标 | 指标值\n产出指标 | 培训期数 | ≥3期"
    assert read_budget_table(grid(goals)) is None
    assert read_budget_table(grid("项目 | 预算数 | 执行数\n甲 | 10 | 9")) is None
    assert read_table(grid(LINES)) == ()


def test_a_document_gives_its_tables_of_lines(grid: Grid) -> None:
    """The unit may stand in the line above."""
    document = Document("预算.docx", [Paragraph("单位：万元"), grid("用途 | 金额\n培训费 | 3.3")])
    (table,) = read_budget_tables(document)
    assert table.rows[0].amount is not None and table.rows[0].amount.amount == Amount.parse("33,000 元")


@settings(max_examples=100, deadline=None)
@given(
    lines=st.lists(
        st.tuples(st.integers(1, 500), st.integers(1, 10**6), st.lists(st.integers(0, 10**8), max_size=4)), min_size=1
    ),
    above=st.booleans(),
)
def test_lines_that_are_written_read_back(lines: list[tuple[int, int, list[int]]], above: bool) -> None:
    """Numbered lines with numbered parts: counts, prices, amounts, parts, and the total of the lines."""
    heads = ["用途", "数量", "单价（元）", "金额（元）"]
    rows: list[list[str]] = [heads]
    total = ["合计", "", "", "0"]
    if above:
        rows.append(total)
    for count, fen, parts in lines:
        price = f"{fen // 100:,}.{fen % 100:02d}"
        rows.append(["一、培训费", str(count), price, str(Fraction(count * fen, 100)) if fen % 100 == 0 else price])
        rows.extend([f"{at}.第{at}期", "", "", f"{part // 100}.{part % 100:02d}"] for at, part in enumerate(parts, 1))
    if not above:
        rows.append(total)
    cells = [Cell(r, c, text) for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1) if text]
    table = _one(Table("表", cells))
    read = [row for row in table.rows if row.level == 0 and not row.is_total]
    # Where no line has parts there is one kind of number, and all lines are of the first level.
    assert len(read) == len(lines)
    assert [row.worked for row in read] == [Amount.of(count * Fraction(fen, 100), "元") for count, fen, _ in lines]
    expected = [[Amount.of(Fraction(part, 100), "元") for part in parts] for _, _, parts in lines if parts]
    found = [[part.amount and part.amount.amount for part in one.parts] for one in table.sums if not one.total.is_total]
    assert found == expected
    assert [len(one.parts) for one in table.sums if one.total.is_total] == [len(lines)]
