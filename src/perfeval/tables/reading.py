"""Reads tables of goals and of self-evaluations: each project's fields, funds and indicators, row by row from above.

A table that is neither gives nothing. Imports the other modules of this folder and ``documents``.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from typing import Final, final

from perfeval.citations import Span
from perfeval.documents.blocks import Cell, Document, Paragraph, Table
from perfeval.facts import Label
from perfeval.tables.funds import FundsReader
from perfeval.tables.grid import Grid, squeezed
from perfeval.tables.heads import Heads, heads_of, merged_heads, partial_heads, with_heads_above
from perfeval.tables.indicators import RawRow, sort_row, without_name
from perfeval.tables.labels import heads_funds, inline_label, is_label
from perfeval.tables.model import Column, ReadTable, Written
from perfeval.tables.parts import Part, finished, goes_on, joined
from perfeval.tables.values import read_points
from perfeval.tables.words import (
    FUNDS_BLOCK,
    Field,
    column_of,
    label_of,
    money_unit_in,
    plain,
    split_label,
)

__all__ = ["read_table", "read_tables"]

_BEFORE_LONGEST: Final = 2000
_TITLE = re.compile(r"绩效(?:目标|自评|评价|运行)[^，。；]{0,20}表|自评表|目标申报表|目标批复表")
_NOTE = re.compile(r"\s{0,4}(?:备?注|说明|填表说明)\s?\d{0,2}\s?[:：.、]")
_PAGE = re.compile(r"\s{0,4}(?:[-—–]?\s?\d{1,4}\s?[-—–]?|第\s?\d{1,4}\s?页.{0,20}|\d{1,4}\s?/\s?\d{1,4})\s{0,4}")
_YEAR_ALONE = re.compile(r"\s{0,8}[(（]?\s?(?:19|20)\d\d\s?年度?\s?[)）]?\s{0,8}")
_GRADE_ALONE = re.compile(r"\s{0,2}(?:优秀?|良好?|中等?|差)\s{0,2}")
_FAR = re.compile(r"[ \t\u3000]{2}")
_SUBTOTALS: Final = frozenset({"小计", "分项小计", "小计得分", "得分小计"})
_TEMPLATE_NAME = re.compile(r"\s{0,8}(?:指标\s?)?\d{0,3}\s?[:：.、]{0,2}\s{0,8}")
_LEVEL_ONE = re.compile(r"产出|效益|满意度|成本|效果|决策|过程|管理|投入")
_STRUCTURE: Final = frozenset(
    {Column.LEVEL_ONE, Column.LEVEL_TWO, Column.PROJECT, Column.DEPARTMENT, Column.GOAL, Column.NUMBER, Column.BLOCK}
)
_NO_ROW = Label("不是指标行", "no row of an indicator")


def read_tables(document: Document) -> tuple[ReadTable, ...]:
    """Return the tables of goals and of self-evaluations that a document holds, one for each project, in order.

    The lines just above a table are looked at for its title and the unit of its money; what is read there has a span
    without a cell, of characters of ``document.text``.

    >>> from perfeval.documents.blocks import Cell
    >>> rows = [["一级指标", "二级指标", "三级指标", "指标值"], ["产出指标", "数量指标", "培训期数", "≥3期"]]
    >>> cells = [Cell(r, c, text) for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1)]
    >>> [table] = read_tables(Document("a.docx", [Paragraph("项目绩效目标表"), Table("表1", cells)]))
    >>> table.title.text, table.rows[0].name.text, str(table.rows[0].goal), table.rows[0].name.span.cell
    ('项目绩效目标表', '培训期数', '3 期', '表1!C2')
    """
    found: list[ReadTable] = []
    lines: list[str] = []
    length = 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
            length += len(block.text) + 1
            continue
        above = "\n".join(lines[-6:])
        tables = _Reader(Grid(block), above, max(0, length - 1 - len(above))).read()
        is_page = all(not line.strip() or _PAGE.fullmatch(line[:60]) for line in lines)
        if found and tables and is_page and goes_on(found[-1], tables[0]):
            found[-1] = joined(found[-1], tables[0])
            tables = tables[1:]
        found.extend(tables)
        lines = []
    return tuple(found)


def read_table(table: Table, *, before: str = "") -> tuple[ReadTable, ...]:
    """Return what one table says, a :class:`ReadTable` for each project; ``before`` is the text just above it.

    What is read in the text above has a span without a cell, of characters of ``before``.

    >>> read_table(Table("表1", []), before="项目绩效目标表")
    ()
    """
    return _Reader(Grid(table), before).read()


@final
class _Reader:
    """Goes through the rows of one table."""

    def __init__(self, grid: Grid, before: str, offset: int = 0) -> None:
        self.grid = grid
        self.done: list[Part] = []
        self.block = Part(FundsReader(grid))
        self.pending_title: Written | None = None
        self.pending_units: list[Written] = []
        self.in_rows = False
        self.is_summed = False  # whether the last row was a total
        self.part_heads: Heads | None = None
        self.above: Sequence[Cell] = ()  # what the row before begins
        self.levels: list[Cell | None] = [None, None]
        self.groups = [0, 0]
        self.consumed: set[tuple[int, int]] = set()
        self.unit_cell: Cell | None = None
        self.project: Written | None = None
        low = max(0, len(before) - _BEFORE_LONGEST)
        self._read_before(before[low:], offset + low)

    def _read_before(self, before: str, at: int) -> None:
        """Read the lines above the table, which begin at the character ``at``."""
        for line in before.split("\n"):
            text = line.strip()
            start = at + len(line) - len(line.lstrip())
            at += len(line) + 1
            if not text:
                continue
            written = Written(text, Span(start=start, end=start + len(text), text=text))
            if len(text) <= 80 and _TITLE.search(text):
                self.block.title = written
            found = money_unit_in(text)
            if found is not None:
                span = Span(start=start + found[1], end=start + found[2], text=found[0])
                self.block.declared.append(Written(found[0], span))
            inline = split_label(text)
            if inline is not None and label_of(inline[0]) in (Field.PROJECT, Field.UNIT, Field.DEPARTMENT):
                value = text[inline[1] :]
                span = Span(start=start + inline[1], end=start + len(text), text=value)
                self.block.fields[label_of(inline[0]) or Field.OTHER] = Written(value, span)

    def read(self) -> tuple[ReadTable, ...]:
        for row, cells in self.grid.rows():
            fresh = [cell for cell in cells if cell.row == row and (cell.row, cell.column) not in self.consumed]
            if fresh:
                self._take(row, cells, fresh)
        self._flush(Part(FundsReader(self.grid)))
        tables = [finished(self.grid, block) for block in self.done]
        return tuple(table for table in tables if table is not None)

    # --- one row -----------------------------------------------------------------------------------------

    def _take(self, row: int, cells: Sequence[Cell], fresh: Sequence[Cell]) -> None:
        heads = heads_of(self.grid, row, cells, self.part_heads)
        self.part_heads = partial_heads(self.grid, fresh)
        above, self.above = self.above, fresh
        if heads is not None:
            self._begin_rows(with_heads_above(self.grid, heads, above))
        elif self.in_rows and self.block.heads is not None and self.part_heads is not None and not self.block.rows:
            self.block.heads = merged_heads(self.block.heads, self.part_heads)
        elif self._is_title(fresh) or self._is_note(fresh):
            return
        elif self.block.heads is not None and self._take_total(row, cells, fresh):
            self.is_summed = True
        elif self.in_rows and not self._ends(row, cells, fresh):
            self._take_row(row, cells)
            self.is_summed = False
        else:
            self.in_rows = False
            self._take_fields(row, cells, fresh)

    def _begin_rows(self, heads: Heads) -> None:
        if self.pending_title is not None:
            repeated = self.block.title is not None and self.pending_title.text == self.block.title.text
            if not repeated and not heads.has(Column.PROJECT) and self.block.heads is not None:
                self._flush(self._next_block())
            self.block.title = self.block.title or self.pending_title
            self.pending_title = None
        self.block.heads = heads
        self.in_rows, self.is_summed = True, False

    def _is_title(self, fresh: Sequence[Cell]) -> bool:
        """Take a row that is a title, and keep it until it is known whether a new table begins."""
        if len(fresh) > 2 or not _TITLE.search(fresh[0].text[:200]) or len(fresh[0].text) > 200:
            return False
        if column_of(fresh[0].text) is not None or label_of(fresh[0].text) is not None:
            return False
        head = self.block.heads.at(fresh[0].column) if self.in_rows and self.block.heads is not None else None
        if head is not None and (len(fresh) > 1 or (head.column is Column.NAME and fresh[0].columns < 3)):
            return False
        written = squeezed(self.grid.written(fresh[0]))
        if self.block.is_begun:
            self.pending_title = written
        else:
            self.block.title = written
        for cell in fresh:
            self._declare(cell)
        self.in_rows = False
        return True

    def _is_note(self, fresh: Sequence[Cell]) -> bool:
        return len(fresh) == 1 and bool(_NOTE.match(fresh[0].text) or _PAGE.fullmatch(fresh[0].text[:60]))

    def _ends(self, row: int, cells: Sequence[Cell], fresh: Sequence[Cell]) -> bool:
        """Say whether a row after indicators is one of fields; after a total it is, unless it has a name and a value."""
        first = fresh[0]
        inline = split_label(first.text)
        label = label_of(first.text) or (None if inline is None else label_of(inline[0]))
        heads = self.block.heads
        if heads_funds(fresh):
            return True
        if label is None:
            if not self.is_summed or heads is None:
                return False
            found = sort_row(heads, cells, row).cells
            return not (Column.NAME in found and found.keys() & {Column.TARGET, Column.ACTUAL, Column.SIGN})
        head = None if heads is None else heads.at(first.column)
        return head is None or head.column not in (Column.PROJECT, Column.DEPARTMENT, Column.GOAL)

    def _take_total(self, row: int, cells: Sequence[Cell], fresh: Sequence[Cell]) -> bool:
        """Read a row of the total: its points under 得分 and its weight under 分值, or its one or two numbers."""
        heads = self.block.heads
        assert heads is not None  # noqa: S101 - asked where there are heads
        label = next(
            (cell for cell in fresh[:6] if label_of(cell.text) is Field.TOTAL or plain(cell.text) in _SUBTOTALS), None
        )
        if label is None:
            return self._take_inline_total(fresh)
        sorted_cells = sort_row(heads, cells, row).cells
        name = sorted_cells.get(Column.NAME)
        if name is not None and name is not label and name.row == row:
            return False
        if heads.has(Column.PROJECT) and sorted_cells.get(Column.PROJECT) is label:
            return True  # a department's total, above its projects
        if plain(label.text) in _SUBTOTALS:
            return True
        numbers = [cell for cell in fresh if read_points(cell.text) is not None]
        weight, score = sorted_cells.get(Column.WEIGHT), sorted_cells.get(Column.SCORE)
        weight = weight if weight is not None and read_points(weight.text) is not None else None
        score = score if score is not None and read_points(score.text) is not None else None
        if weight is None and score is None and 0 < len(numbers) <= 2:
            is_scored = heads.has(Column.SCORE)
            score = numbers[-1] if is_scored else None
            weight = numbers[0] if len(numbers) == 2 or not is_scored else None
        graded = next((cell for cell in fresh if _GRADE_ALONE.fullmatch(cell.text[:8])), None)
        if graded is not None:
            self.block.fields.setdefault(Field.GRADE, self.grid.written(graded))
        if weight is not None:
            self.block.full = self.grid.written(weight)
        if score is not None:
            self.block.total = self.grid.written(score)
        return True

    def _take_inline_total(self, fresh: Sequence[Cell]) -> bool:
        inline = split_label(fresh[0].text)
        if inline is None or label_of(inline[0]) is not Field.TOTAL:
            return False
        written = self.grid.written(fresh[0])
        self.block.total = self.grid.part(fresh[0], inline[1], written.span.end)
        return True

    def _take_row(self, row: int, cells: Sequence[Cell]) -> None:
        """Read a row under the heads: an indicator, or a level, a project or a goal that those below it share."""
        heads = self.block.heads
        assert heads is not None  # noqa: S101 - rows have heads
        found, spare = sort_row(heads, cells, row)
        name = found.pop(Column.NAME, None)
        if heads.has(Column.PROJECT):
            self._take_project(found, row)
        if name is None and self._is_band(found, row):
            self.block.spare.append((found[Column.LEVEL_ONE], _NO_ROW))
            return
        self._take_levels(found)
        if name is None:
            found.pop(Column.GOAL, None)
            self.block.spare.extend(without_name(spare, found, row))
            return
        if self.block.rows and self.block.rows[-1].name is name:
            again = [cell for column, cell in found.items() if cell.row == row and column not in _STRUCTURE]
            self.block.spare.extend((cell, _NO_ROW) for cell in again)
            return
        kept = {column: cell for column, cell in found.items() if column not in _STRUCTURE}
        if _TEMPLATE_NAME.fullmatch(name.text[:40]) and not kept:
            return  # 指标2：, never filled in
        self.block.rows.append(
            RawRow(name, kept, self.levels[0], self.levels[1], (self.groups[0], self.groups[1]), tuple(spare))
        )

    def _is_band(self, found: dict[Column, Cell], row: int) -> bool:
        """Say whether a row is one cell over levels and names that is no first level."""
        cell = found.get(Column.LEVEL_ONE)
        heads = self.block.heads
        if cell is None or heads is None or cell.row != row or cell.columns < 3:
            return False
        if _LEVEL_ONE.search("".join(cell.text[:60].split())):
            return False
        places = range(cell.column, cell.column + cell.columns)
        return any(head.column is Column.NAME for place in places if (head := heads.at(place)) is not None)

    def _take_levels(self, found: dict[Column, Cell]) -> None:
        for at, column in enumerate((Column.LEVEL_ONE, Column.LEVEL_TWO)):
            cell = found.get(column)
            known = self.levels[at]
            if cell is None or (known is not None and (cell is known or plain(cell.text) == plain(known.text) != "")):
                continue
            self.levels[at] = cell
            self.groups[at] += 1
            if at == 0:
                self.levels[1] = None
                self.groups[1] += 1

    def _take_project(self, found: dict[Column, Cell], row: int) -> None:
        """Follow the columns of 项目名称 and 年度绩效目标, which begin another project where they change."""
        cell = found.get(Column.PROJECT)
        goal = found.get(Column.GOAL)
        unit = found.get(Column.DEPARTMENT)
        if unit is not None and unit.row == row:
            self.unit_cell = unit
        if cell is not None and cell.row == row:
            written = squeezed(self.grid.written(cell))
            if self.project is None or written.text != self.project.text:
                # A name with nothing beside it that another name follows was that of a unit, not of a project.
                if self.project is not None and not self.block.rows and Field.GOAL not in self.block.fields:
                    before = self.block.fields.pop(Field.PROJECT, None)
                    if before is not None:
                        self.block.fields[Field.UNIT] = before
                elif self.project is not None:
                    self._flush(self._next_project())
                self.project = written
                self.block.fields[Field.PROJECT] = written
        if self.unit_cell is not None:
            self.block.fields.setdefault(Field.UNIT, squeezed(self.grid.written(self.unit_cell)))
        if goal is not None:
            self.block.fields.setdefault(Field.GOAL, self.grid.written(goal))

    # --- fields ------------------------------------------------------------------------------------------

    def _take_fields(self, row: int, cells: Sequence[Cell], fresh: Sequence[Cell]) -> None:
        if self.block.is_begun and self._begins(fresh):
            self._flush(self._next_block())
        for cell in fresh:
            self._declare(cell)
        self._take_labels(cells, fresh)
        self.block.funds.take(row, cells)

    def _begins(self, fresh: Sequence[Cell]) -> bool:
        """Say whether a row begins another form: it names a project, or once more what a form says before its rows."""
        labels = {label_of(cell.text) or inline_label(cell) for cell in fresh[:8]}
        if Field.PROJECT in labels:
            return True
        if not self.block.rows:
            return False
        return heads_funds(fresh) or any(
            label in labels for label in (Field.DEPARTMENT, Field.UNIT) if label in self.block.fields
        )

    def _take_labels(self, cells: Sequence[Cell], fresh: Sequence[Cell]) -> None:
        fields = self.block.fields
        for cell in fresh:
            inline = split_label(cell.text)
            label = None if inline is None else label_of(inline[0])
            if inline is not None and label is not None:
                # Two fields may share a line, far apart: 填报单位：某局    金额单位：万元.
                far = _FAR.search(cell.text, inline[1])
                end = self.grid.written(cell).span.end if far is None else far.start()
                if inline[1] < end:
                    fields.setdefault(label, self.grid.part(cell, inline[1], end))
                continue
            label = label_of(cell.text)
            if _YEAR_ALONE.fullmatch(cell.text[:40]):
                fields.setdefault(Field.YEAR, self.grid.written(cell))
            if label is None:
                continue
            at = bisect.bisect_right(cells, cell.column, key=lambda other: other.column)
            after = cells[at] if at < len(cells) else None
            if after is None or is_label(after):
                # 预期目标 stands above its text; a label over two rows stands left of such labels, and above nothing.
                is_above = label in (Field.GOAL, Field.ACHIEVED) and (after is None or cell.rows == 1)
                after = self.grid.below(cell) if is_above else None
            if after is None or is_label(after):
                self.block.blank.setdefault(label, self.grid.written(cell))
                continue
            if label not in fields:
                fields[label] = self.grid.written(after)
                self.consumed.add((after.row, after.column))

    def _declare(self, cell: Cell) -> None:
        """Note a unit that is declared: by a line or a title for all money, by a head or a label for its own figures."""
        found = money_unit_in(cell.text)
        if found is None:
            return
        written = self.grid.part(cell, found[1], found[2])
        if is_label(cell) or FUNDS_BLOCK.fullmatch(plain(cell.text) or "-"):
            self.block.near.append(written)
        elif self.block.heads is not None:
            self.pending_units.append(written)  # it stands above what comes next
        else:
            self.block.declared.append(written)

    # --- from one project to the next ---------------------------------------------------------------------

    def _next_block(self) -> Part:
        """Return a new table of the same grid, with what is declared for the whole of it."""
        fresh = Part(FundsReader(self.grid), title=self.pending_title or self.block.title)
        fresh.inherited = self.block.declared or self.block.inherited
        fresh.declared = self.pending_units
        self.pending_title, self.pending_units, self.project = None, [], None
        return fresh

    def _next_project(self) -> Part:
        """Return the next project under the same heads."""
        fresh = Part(FundsReader(self.grid), title=self.block.title, heads=self.block.heads)
        fresh.inherited = self.block.declared or self.block.inherited
        unit = self.block.fields.get(Field.UNIT)
        if unit is not None:
            fresh.fields[Field.UNIT] = unit
        return fresh

    def _flush(self, fresh: Part) -> None:
        if self.block.heads is not None:
            self.done.append(self.block)
        self.block = fresh
        self.levels = [None, None]
        self.groups = [self.groups[0] + 1, self.groups[1] + 1]
        self.in_rows = self.in_rows and fresh.heads is not None
