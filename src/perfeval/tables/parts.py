"""One project's part of a table: what was gathered of it, what that comes to, and whether the next page goes on with it.

Imports ``funds``, ``indicators``, ``values``, ``words``, ``model`` and ``documents``.
"""

from __future__ import annotations

import datetime
import re
from typing import Final, final

from attrs import define, evolve, field

from perfeval.documents.blocks import Cell
from perfeval.documents.folding import fold
from perfeval.documents.project import Period, Unread
from perfeval.facts import Label
from perfeval.tables.funds import FundsReader
from perfeval.tables.grid import Grid
from perfeval.tables.heads import Heads
from perfeval.tables.indicators import RawRow, read_rows, unread
from perfeval.tables.model import Column, IndicatorRow, Layout, ReadTable, TableKind, Written
from perfeval.tables.values import read_days, read_points
from perfeval.tables.words import Field, plain

__all__ = ["Part", "finished", "goes_on", "joined"]

_OTHER_TABLE: Final = re.compile(r"监控|指标体系|评分表")
_SELF = re.compile(r"自评|自我评价")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?年?")
_ADDRESS = re.compile(r"([A-Z]{1,4})(\d{1,7})$")
_TWO_UNITS = Label("金额单位前后不一，按未声明处理", "two units of money are declared: taken as undeclared")


@final
@define
class Part:
    """One project's part of a table, while it is read."""

    funds: FundsReader
    title: Written | None = None
    fields: dict[Field, Written] = field(factory=dict)
    blank: dict[Field, Written] = field(factory=dict)
    heads: Heads | None = None
    rows: list[RawRow] = field(factory=list)
    inherited: list[Written] = field(factory=list)
    declared: list[Written] = field(factory=list)
    near: list[Written] = field(factory=list)
    total: Written | None = None
    full: Written | None = None
    spare: list[tuple[Cell, Label]] = field(factory=list)

    @property
    def is_begun(self) -> bool:
        """Whether it names a project, or has indicators or funds."""
        return Field.PROJECT in self.fields or self.heads is not None or bool(self.funds.raw)


def goes_on(first: ReadTable, second: ReadTable) -> bool:
    """Say whether a table is the next page of the one before it: the same heads again, and nothing that begins anew."""
    anew = (second.title, second.project, second.department, second.unit, second.goal_text)
    is_open = first.total_written is None and first.full_written is None and first.grade is None
    same = [(head.column, plain(head.written.text)) for head in first.heads] == [
        (head.column, plain(head.written.text)) for head in second.heads
    ]
    return same and is_open and not second.funds and all(one is None for one in anew) and not _restarts(first, second)


def _restarts(first: ReadTable, second: ReadTable) -> bool:
    """Say whether the second begins with a level that the first had left behind, as another project would."""
    begun = next((row.level_one.text for row in second.rows if row.level_one is not None), None)
    levels = [row.level_one.text for row in first.rows if row.level_one is not None]
    return begun is not None and begun in levels and begun != levels[-1]


def joined(first: ReadTable, second: ReadTable) -> ReadTable:
    """Return a table with its next page, whose first rows may stand under the levels of the page before."""
    last = first.rows[-1] if first.rows else None
    rows: list[IndicatorRow] = []
    for row in second.rows:
        if last is not None and row.level_one is None:
            level_two = row.level_two or last.level_two
            row = evolve(row, level_one=last.level_one, level_two=level_two)  # noqa: PLW2901 - the row as it is meant
        last = row
        rows.append(row)
    return evolve(
        first,
        kind=TableKind.SELF_EVALUATION if TableKind.SELF_EVALUATION in (first.kind, second.kind) else TableKind.GOALS,
        rows=(*first.rows, *rows),
        total_written=second.total_written,
        total=second.total,
        full_written=second.full_written,
        full=second.full,
        grade=second.grade,
        reason=first.reason or second.reason,
        problems=first.problems or second.problems,
        measures=first.measures or second.measures,
        money_declared=(*first.money_declared, *second.money_declared),
        unread=(*first.unread, *second.unread),
    )


def finished(grid: Grid, block: Part) -> ReadTable | None:
    """Return what a part comes to, None where it has no indicators' heads, or is a table of another kind."""
    heads, fields = block.heads, block.fields
    if heads is None or (heads.has(Column.PROJECT) and not block.rows and Field.GOAL not in fields):
        return None
    if block.title is not None and _OTHER_TABLE.search(block.title.text):
        return None
    year = _year(block)
    rows, notes = read_rows(grid, block.rows, year)
    unit, unit_written, declared, unit_notes = _money_unit(block)
    funds, funds_notes = block.funds.rows(unit)
    notes = [*unit_notes, *funds_notes, *notes, *(unread(grid, cell, why) for cell, why in block.spare)]
    is_scored = heads.has(Column.ACTUAL) or heads.has(Column.SCORE) or any(row.executed for row in funds)
    is_scored = is_scored or (block.title is not None and bool(_SELF.search(block.title.text)))
    return ReadTable(
        kind=TableKind.SELF_EVALUATION if is_scored else TableKind.GOALS,
        layout=_layout(heads, block.funds.words, is_scored=is_scored),
        name=grid.table.name,
        title=block.title,
        project=fields.get(Field.PROJECT),
        department=fields.get(Field.DEPARTMENT),
        unit=fields.get(Field.UNIT),
        year=year,
        period=_period(fields),
        days=tuple(fields[name] for name in (Field.FIRST_DAY, Field.LAST_DAY) if name in fields),
        money_unit=unit,
        money_unit_written=unit_written,
        rows=tuple(rows),
        funds=tuple(funds),
        goal_text=fields.get(Field.GOAL),
        achieved_text=fields.get(Field.ACHIEVED),
        total_written=block.total,
        total=None if block.total is None else read_points(block.total.text),
        full_written=block.full,
        full=None if block.full is None else read_points(block.full.text),
        grade=fields.get(Field.GRADE),
        reason=fields.get(Field.REASON),
        problems=fields.get(Field.PROBLEMS),
        blank=tuple(
            label
            for name, label in block.blank.items()
            if name in (Field.PROJECT, Field.UNIT, Field.DEPARTMENT) and name not in fields
        ),
        measures=fields.get(Field.MEASURES),
        heads=heads.heads,
        money_declared=tuple(declared),
        unread=tuple(sorted(notes, key=_where)),
    )


def _where(note: Unread) -> tuple[int, int, str]:
    """Return a key by which cells come from above and from the left; what stands above the table comes first."""
    found = _ADDRESS.search(note.span.cell or "")
    return (0, 0, "") if found is None else (int(found[2]), len(found[1]), found[1])


_OF_SICHUAN: Final = frozenset({"完成值", "权重", "未完成原因分析", "未完成原因"})
_CHANGED: Final = frozenset({"调整后预算数", "调整后预算", "调整预算数", "预算调整数"})


def _layout(heads: Heads, funds_words: set[str], *, is_scored: bool) -> Layout:
    """Tell the form by its columns.

    A sign and a unit in columns of their own are of several provinces; a self-evaluation is Sichuan's where it has the
    changed budget too, or two more of Sichuan's heads.
    """
    words = {plain(head.written.text) for head in heads.heads}
    if heads.has(Column.SIGN) and (heads.has(Column.UNIT) or heads.has(Column.ATTRIBUTE)):
        yunnan = heads.has(Column.PROJECT) or heads.has(Column.ATTRIBUTE) or heads.has(Column.CONTENT)
        sichuan = not is_scored or funds_words & _CHANGED or len((words | funds_words) & _OF_SICHUAN) > 1
        return Layout.SICHUAN if sichuan and not yunnan else Layout.YUNNAN
    if not heads.has(Column.LEVEL_ONE):
        return Layout.OTHER
    hubei = words & {"年初目标值", "上年实际", "本年预期", "指标标准或依据"} or (
        "预算数" in funds_words and not funds_words & {"全年预算数", "年初预算数"} and not heads.has(Column.WEIGHT)
    )
    return Layout.HUBEI if hubei else Layout.NATIONAL


def _year(block: Part) -> int | None:
    for written in (block.fields.get(Field.YEAR), block.title):
        found = None if written is None else _YEAR.search(fold(written.text[:200]))
        if found is not None:
            return int(found[1])
    return None


def _period(fields: dict[Field, Written]) -> Period | None:
    """Return from when to when the project runs, from one field or from two."""
    written = fields.get(Field.PERIOD)
    if written is not None:
        days = read_days(written.text)
        first: datetime.date | None = days[0][0] if days else None
        last: datetime.date | None = days[-1][1] if days else None
        return Period(first=first, last=last, span=written.span)
    begins, ends = fields.get(Field.FIRST_DAY), fields.get(Field.LAST_DAY)
    anchor = begins or ends
    if anchor is None:
        return None
    begin_days = [] if begins is None else read_days(begins.text)
    end_days = [] if ends is None else read_days(ends.text)
    return Period(
        first=begin_days[0][0] if begin_days else None,
        last=end_days[-1][1] if end_days else None,
        span=anchor.span,
    )


def _money_unit(block: Part) -> tuple[str | None, Written | None, list[Written], list[Unread]]:
    """Return the unit that the title or a line declares for all money; two that differ declare none."""
    declared = block.declared or block.inherited
    if len({one.text for one in declared}) == 1:
        return declared[-1].text, declared[-1], [*declared, *block.near], []
    notes = [Unread(text=one.text, why=_TWO_UNITS, part=None, span=one.span) for one in declared]
    return None, None, [*declared, *block.near], notes
