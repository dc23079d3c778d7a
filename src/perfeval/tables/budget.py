"""Reads tables of budget lines (项目支出预算明细), row by row under their heads.

Imports ``lines``, ``grid``, ``values``, ``words``, ``model`` and ``documents``.
"""

from __future__ import annotations

import enum
import re
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import zip_longest
from typing import Final, final

from attrs import define, evolve, field

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.documents.blocks import Cell, Document, Paragraph, Table
from perfeval.documents.printed import Printed
from perfeval.documents.project import Unread
from perfeval.documents.quantities import Relation, quantities
from perfeval.errors import InputError
from perfeval.facts import Label
from perfeval.numerals import read_numeral
from perfeval.tables.grid import Grid, squeezed
from perfeval.tables.heads import heads_of
from perfeval.tables.indicators import unread
from perfeval.tables.lines import BudgetRow, BudgetTable, Count, Cue, cue_of, levels_of
from perfeval.tables.model import Written
from perfeval.tables.values import folded_cell, read_printed
from perfeval.tables.words import Field, FundsColumn, funds_column_of, label_of, money_unit_in, plain, project_in

__all__ = ["read_budget_table", "read_budget_tables"]


# --------------------------------------------------------------------------------------------------------
# Words


@final
class _Column(enum.Enum):
    NAME = "用途"
    AMOUNT = "金额"
    COUNT = "数量"
    UNIT = "单位"
    PRICE = "单价"
    BASIS = "测算依据"
    REMARK = "备注"
    NUMBER = "序号"


_COLUMNS: Final = {
    word: column
    for column, words in {
        _Column.NAME: "用途 项目 支出内容 支出项目 支出明细 费用名称 名称 支出用途 内容 项目内容 经济科目 项目明细 费用项目 子项目 "
        "支出事项 预算项目 品名 明细 明细项目 支出名称 支出经济分类科目 经济分类科目 部门预算支出经济分类科目 开支项目 开支内容 项目名称 经济分类 支出类别 费用类别 资金用途 支出构成",
        _Column.AMOUNT: "金额 预算金额 总金额 申请金额 测算金额 支出金额 资金 预算 预算数 总价 费用 资金数 金额合计 预算资金 经费",
        _Column.COUNT: "数量 人数 天数 次数 期数 份数 场次 数目 课时 学时 课时数 学时数 月数 个数 工作量 人次",
        _Column.UNIT: "单位 计量单位 度量单位",
        _Column.PRICE: "单价 标准 单位价格 费用标准 开支标准 支出标准 单价标准 价格",
        _Column.BASIS: "测算依据 依据 测算明细 计算依据 测算过程 测算说明 计算过程 测算依据及说明 测算标准 计算方法 编制依据 支出依据",
        _Column.REMARK: "备注 说明",
        _Column.NUMBER: "序号 编号",
    }.items()
    for word in words.split()
}
_COUNTED: Final = {"人数": "人", "天数": "天", "次数": "次", "期数": "期", "份数": "份", "场次": "场", "课时": "课时", "学时": "学时",
                   "课时数": "课时", "学时数": "学时", "月数": "月", "个数": "个", "人次": "人次"}  # fmt: skip
_TOTAL = re.compile(r"(?:本?页)?(?:合计|总计|小计|共计|总额|总金额|项目合计|支出合计|金额合计)")
_TITLE = re.compile(r"预算|明细|测算|经费|支出")
_DECIMALS = re.compile(r"\d\.(\d{1,8})")
_HELD = re.compile(r"[(（]\s{0,4}(?P<held>[^()（）]{1,12})\s{0,4}[)）]")
_NOT_MONEY = Label("不是金额", "no sum of money")
_NOT_COUNT = Label("不是数量", "no count")
_NO_HEAD = Label("没有对应的表头", "it stands under no head")
_NO_NAME = Label("没有名目", "it stands in a row without a name")


def _column(text: str) -> _Column | None:
    return _COLUMNS.get(plain(text))


def read_budget_tables(document: Document) -> tuple[BudgetTable, ...]:
    """Return the tables of budget lines that a document holds, in order."""
    found: list[BudgetTable] = []
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
            continue
        table = read_budget_table(block, before="\n".join(lines[-6:]))
        lines = []
        if table is not None:
            found.append(table)
    return tuple(found)


def read_budget_table(table: Table, *, before: str = "") -> BudgetTable | None:
    """Return what a table of budget lines says, None where it is none.

    >>> rows = [["用途", "数量", "单价（元）", "金额（元）"], ["培训费", "50", "200", "10,000"], ["合计", "", "", "10,000"]]
    >>> cells = [Cell(r, c, text) for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1)]
    >>> budget = read_budget_table(Table("明细", cells))
    >>> str(budget.rows[0].worked), str(budget.rows[0].amount.amount), len(budget.sums[0].parts)
    ('10,000 元', '10,000 元', 1)
    """
    grid = Grid(table)
    reader = _Reader(grid)
    for line in before[-2000:].split("\n"):
        reader.look_above(line)
    for row, cells in grid.rows():
        fresh = [cell for cell in cells if cell.row == row]
        if heads_of(grid, row, cells) is not None:
            break  # indicators: what stands under them are no lines
        if fresh and not reader.take_heads(cells) and not reader.take(row, cells, fresh):
            break
    return reader.table()


@final
@define
class _Reader:
    grid: Grid
    columns: dict[int, tuple[_Column, Cell]] = field(factory=dict)
    title: Written | None = None
    unit: str | None = None
    unit_written: Written | None = None
    raw: list[BudgetRow] = field(factory=list)
    cues: list[Cue] = field(factory=list)
    has_parts: bool = False
    has_two_names: bool = False
    has_numbers: bool = False
    first_name: int = 0
    notes: list[Unread] = field(factory=list)
    project: Written | None = None
    projects: dict[str, Written] = field(factory=dict)

    def look_above(self, line: str) -> None:
        """Take the unit of money that a line above the table declares, and the project that one names."""
        found = money_unit_in(line)
        if found is not None:
            self.unit = found[0]
        named = project_in(line)
        if named is not None:
            text = line[slice(*named)]
            self.project = Written(text, Span(start=named[0], end=named[1], text=text))

    def take_heads(self, cells: Sequence[Cell]) -> bool:
        """Take a row of heads: a name and an amount at least, and no money that was spent."""
        columns: dict[int, tuple[_Column, Cell]] = {}
        for cell in cells:
            if funds_column_of(cell.text) in (FundsColumn.EXECUTED, FundsColumn.RATE):
                return False
            column = _column(cell.text)
            if column is not None:
                columns.update(dict.fromkeys(range(cell.column, cell.column + cell.columns), (column, cell)))
        heads = Counter(
            column for column, _ in {id(head): (column, head) for column, head in columns.values()}.values()
        )
        # Two names and two amounts side by side are receipts and expenditure, and no lines.
        if not (heads[_Column.NAME] and heads[_Column.AMOUNT]) or min(heads[_Column.NAME], heads[_Column.AMOUNT]) > 1:
            return False
        self.columns = columns
        self.has_two_names = heads[_Column.NAME] > 1
        self.has_numbers = heads[_Column.NUMBER] > 0
        self.first_name = min(place for place, (column, _) in columns.items() if column is _Column.NAME)
        return True

    def take(self, row: int, cells: Sequence[Cell], fresh: Sequence[Cell]) -> bool:
        """Take a row above the heads or under them; say whether the table goes on."""
        if not self.columns:
            self._take_above(fresh)
            return True
        held: dict[_Column, list[tuple[Cell, Cell]]] = {}
        for cell in cells:
            place = self.columns.get(cell.column)
            if place is None:
                if cell.row == row:
                    self.notes.append(unread(self.grid, cell, _NO_HEAD))
                continue
            held.setdefault(place[0], []).append((cell, place[1]))
        names = [cell for cell, _ in held.get(_Column.NAME, []) if cell.row == row]
        total = next((cell for cell in fresh[:4] if _TOTAL.fullmatch(plain(cell.text))), None)
        name = total if total is not None else names[-1] if names else None
        figures = [cell for column in (_Column.AMOUNT, _Column.PRICE) for cell, _ in held.get(column, [])]
        if name is None:
            self.notes.extend(unread(self.grid, cell, _NO_NAME) for cell in figures if cell.row == row)
            return True
        if not figures and len(fresh) == 1 and name.columns > 2:
            return True  # a band, a note or a second title
        numbered = [cell.text for cell, _ in held.get(_Column.NUMBER, []) if cell.row == row]
        number = "".join(folded_cell(numbered[0][:20]).split()).rstrip("、.") if numbered else ""
        self.cues.append(cue_of(name.text, self._part_level(name, names), number if self.has_numbers else None))
        self._take_line(row, name, held, is_total=total is not None)
        return True

    def _part_level(self, name: Cell, names: Sequence[Cell]) -> int | None:
        """Return the level that two columns of names tell: a name in the first alone has those below as its parts."""
        if not self.has_two_names:
            return None
        if len(names) == 1 and name.column == self.first_name:
            self.has_parts = name.rows == 1
            return 0
        if len(names) > 1:
            self.has_parts = False
        return 1 if self.has_parts else 0

    def _take_above(self, fresh: Sequence[Cell]) -> None:
        for cell, after in zip_longest(fresh, fresh[1:]):
            named = project_in(cell.text)
            if named is not None:
                self.project = self.grid.part(cell, *named)
            elif after is not None and label_of(cell.text) is Field.PROJECT and label_of(after.text) is None:
                self.project = squeezed(self.grid.written(after))
            found = money_unit_in(cell.text)
            if found is not None:
                self.unit, self.unit_written = found[0], self.grid.part(cell, found[1], found[2])
        if len(fresh) < 3 and len(fresh[0].text) < 100 and _TITLE.search(fresh[0].text):
            self.title = self.title or squeezed(self.grid.written(fresh[0]))

    def _take_line(self, row: int, name: Cell, held: dict[_Column, list[tuple[Cell, Cell]]], *, is_total: bool) -> None:
        written = squeezed(self.grid.written(name))
        for cell, head in held.get(_Column.NAME, []):
            if self.has_two_names and not is_total and label_of(head.text) is Field.PROJECT:
                self.projects.setdefault(plain(cell.text), squeezed(self.grid.written(cell)))
        unit = self._first(held, _Column.UNIT)
        counts = [
            count for cell, head in held.get(_Column.COUNT, []) if (count := self._count(cell, head, unit)) is not None
        ]
        price = amount = None
        for cell, head in held.get(_Column.PRICE, [])[:1]:
            price = self._money(cell, head, is_price=True)
        for cell, head in held.get(_Column.AMOUNT, [])[:1]:
            amount = self._money(cell, head, is_price=False) if cell.row == row else None
        self.raw.append(
            BudgetRow(
                name=written,
                is_total=is_total,
                counts=tuple(counts),
                unit=unit,
                price=price,
                amount=amount,
                basis=self._first(held, _Column.BASIS),
                remark=self._first(held, _Column.REMARK),
            )
        )

    def _first(self, held: dict[_Column, list[tuple[Cell, Cell]]], column: _Column) -> Written | None:
        found = held.get(column)
        return self.grid.written(found[0][0]) if found else None

    def _count(self, cell: Cell, head: Cell, unit: Written | None) -> Count | None:
        written = self.grid.written(cell)
        plain_text = folded_cell(written.text)[:60].strip()
        word = _HELD.search(folded_cell(head.text[:60]))
        declared = _COUNTED.get(plain(head.text)) or (word["held"] if word is not None else None)
        declared = declared or (unit.text.strip() if unit is not None else None)
        try:
            number = read_numeral(plain_text)
        except InputError:
            found = quantities(written.text) if len(written.text) < 60 else ()
            if len(found) == 1 and found[0].relation is Relation.SINGLE and found[0].amounts:
                return Count(number=found[0].amounts[0].number, amount=found[0].amounts[0], written=written)
            self.notes.append(unread(self.grid, cell, _NOT_COUNT))
            return None
        return Count(number=number, amount=_of(number, declared), written=written)

    def _money(self, cell: Cell, head: Cell, *, is_price: bool) -> Printed | None:
        """Read money; a title's 万元 is that of sums, and not taken for the prices that forms print in 元."""
        written = self.grid.written(cell)
        declared = _money_of(head)
        table_unit = self.unit if not is_price or self.unit == "元" else None
        printed = read_printed(written.text, declared or table_unit, written.span)
        if printed is None and is_price and len(written.text) < 60:
            found = quantities(written.text)
            if len(found) == 1 and found[0].relation is Relation.SINGLE and found[0].amounts:
                rate = found[0].amounts[0]
                if rate.unit.holds_money:
                    decimals = _DECIMALS.search(folded_cell(written.text))
                    places = 0 if decimals is None else len(decimals[1])
                    return Printed(number=rate.number, decimals=places, amount=rate, span=written.span)
        if printed is None:
            self.notes.append(unread(self.grid, cell, _NOT_MONEY))
        return printed

    def table(self) -> BudgetTable | None:
        """Return the table, None where there were no heads or no lines."""
        if not self.raw:
            return None
        levels = levels_of(self.raw, self.cues)
        rows = [evolve(row, level=level) for row, level in zip(self.raw, levels, strict=True)]
        return BudgetTable(
            name=self.grid.table.name,
            title=self.title,
            project=self.project or (next(iter(self.projects.values())) if len(self.projects) == 1 else None),
            money_unit=self.unit,
            money_unit_written=self.unit_written,
            rows=tuple(rows),
            unread=tuple(self.notes),
        )


def _money_of(head: Cell) -> str | None:
    """Return the unit of money that a head declares: 金额（万元）, 标准（元/人·天）."""
    found = _HELD.search(head.text[:60])
    one = None if found is None else _of(Fraction(1), found["held"])
    if found is not None and one is not None and one.unit.holds_money:
        return found["held"]
    declared = money_unit_in(head.text)
    return None if declared is None else declared[0]


def _of(number: Fraction, unit: str | None) -> Amount | None:
    if not unit:
        return None
    try:
        return Amount.of(number, unit)
    except InputError:
        return None
