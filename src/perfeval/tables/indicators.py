"""Rows of indicators: which cell of a row is under which head, and what the row comes to.

Imports ``heads``, ``grid``, ``values``, ``words``, ``model`` and ``documents``.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple, final

from attrs import evolve, field, frozen

from perfeval.amounts import Amount, AmountRange
from perfeval.documents.blocks import Cell
from perfeval.documents.folding import fold
from perfeval.documents.project import Unread
from perfeval.errors import InputError
from perfeval.expressions import Operator
from perfeval.facts import Label
from perfeval.indicators import IndicatorKind
from perfeval.tables.grid import Grid, squeezed
from perfeval.tables.heads import Heads
from perfeval.tables.model import Column, IndicatorRow, Written
from perfeval.tables.values import UNDECLARED, Value, operator_of, read_deadline, read_points, read_value
from perfeval.tables.words import TEMPLATE, points_in_brackets

__all__ = [
    "RawRow",
    "read_rows",
    "sort_row",
    "unread",
    "without_name",
]

_PREFIX = re.compile(r"\s{0,8}(?:指标\s?\d{1,3}|\d{1,3})\s?[:：、.．]\s{0,4}(?=\D)")
_BRACKETED = re.compile(r"[(（]\s{0,4}(?:单位)?[:：]?\s{0,4}(?P<held>[^()（）]{1,12})\s{0,4}[)）]\s{0,8}$")
_HINT = re.compile(r"(?P<sign>[≥≤<>=]{0,2})\s{0,4}[*×xX_]{1,6}\s{0,4}(?P<unit>[^()]{0,12})")
_MONTH_ALONE = re.compile(r"\s{0,4}(?:1[0-2]|0?[1-9])\s{0,4}")
_WHEN = re.compile(r"完[成工]时[间限]|时限|日期|期限|时点|截止|(?:竣工|交付|验收|投用|开工)时间")
_AT_LEAST = (Operator.AT_LEAST, Operator.ABOVE)
_NO_HEAD = Label("没有对应的表头", "it stands under no head")
_SEVERAL_YEARS = Label("多年度指标，不作为年度指标", "an indicator of several years, not one of the year")
_NO_NAME = Label("没有指标名称", "it stands in a row without the name of an indicator")
_SECOND = Label("同一列已有内容", "its column is taken in this row")
_SHARED = Label("一个单元格跨多个指标，不能分到各指标", "one cell for several indicators, not to be split among them")
_NO_POINTS = Label("不是分数", "no points")
_TWO_SIGNS = Label("与指标性质的符号不一致", "its sign is not that of 指标性质")
_NO_SIGN = Label("不认识的指标性质", "no sign of comparison that is known")


# --------------------------------------------------------------------------------------------------------
# One row of the grid


@final
@frozen
class RawRow:
    """The cells of one indicator, each under its head; ``groups`` tell the level cells that it stands under."""

    name: Cell
    cells: dict[Column, Cell]
    level_one: Cell | None
    level_two: Cell | None
    groups: tuple[int, int]
    spare: tuple[tuple[Cell, Label], ...] = field(default=())


class _Sorted(NamedTuple):
    cells: dict[Column, Cell]
    spare: list[tuple[Cell, Label]]


def sort_row(heads: Heads, cells: Sequence[Cell], row: int) -> _Sorted:
    """Put the cells of a row under their heads; what has none, or comes second, is spare where it begins here."""
    sorted_cells: dict[Column, Cell] = {}
    spare: list[tuple[Cell, Label]] = []
    for cell in cells:
        covered = Counter(
            heads.columns[place].column
            for place in range(cell.column, cell.column + cell.columns)
            if place in heads.columns
        )
        ignored = covered.keys() & {Column.BLOCK, Column.NUMBER}
        if ignored and len(covered) == len(ignored):
            continue
        # Grids of word processors do not always keep cells right under their heads: most of it counts, then the first.
        free = [(count, column) for column, count in covered.items() if column not in sorted_cells]
        free = [(count, column) for count, column in free if column not in ignored]
        if free:
            sorted_cells[max(free, key=lambda one: one[0])[1]] = cell
        elif cell.row == row:
            of_years = cell.column in heads.of_several_years
            spare.append((cell, _SEVERAL_YEARS if of_years else _SECOND if covered else _NO_HEAD))
    return _Sorted(sorted_cells, spare)


def unread(grid: Grid, cell: Cell, why: Label) -> Unread:
    """Return a cell as seen and not understood."""
    written = grid.written(cell)
    return Unread(text=written.text, why=why, part=None, span=written.span)


def without_name(
    spare: Sequence[tuple[Cell, Label]], cells: dict[Column, Cell], row: int
) -> Iterator[tuple[Cell, Label]]:
    """Yield what stands in a row that names no indicator, but for levels, projects and goals."""
    structure = (Column.LEVEL_ONE, Column.LEVEL_TWO, Column.PROJECT, Column.DEPARTMENT, Column.GOAL)
    for column, cell in cells.items():
        if column not in structure and cell.row == row:
            yield cell, _NO_NAME
    yield from spare


# --------------------------------------------------------------------------------------------------------
# What the rows come to


class _Name(NamedTuple):
    written: Written
    unit: Written | None
    hinted: Written | None
    operator: Operator | None
    points: Written | None
    hint: Written | None = None


def read_rows(grid: Grid, raw: Sequence[RawRow], year: int | None) -> tuple[list[IndicatorRow], list[Unread]]:
    """Return what rows of indicators come to, and what in them was not understood."""
    shared = Counter(
        (column, cell.row, cell.column)
        for row in raw
        for column, cell in row.cells.items()
        if column in (Column.WEIGHT, Column.SCORE)
    )
    in_one = Counter(row.groups[0] for row in raw)
    in_two = Counter(row.groups for row in raw)
    rows: list[IndicatorRow] = []
    notes: list[Unread] = []
    told: set[tuple[int, int]] = set()
    for one in raw:
        notes.extend(unread(grid, cell, why) for cell, why in one.spare)
        split = [
            column
            for column in (Column.WEIGHT, Column.SCORE)
            if column in one.cells and shared[column, one.cells[column].row, one.cells[column].column] > 1
        ]
        for column in split:
            cell = one.cells[column]
            if (cell.row, cell.column) not in told:
                told.add((cell.row, cell.column))
                notes.append(unread(grid, cell, _SHARED))
        is_alone = (in_one[one.groups[0]] == 1, in_two[one.groups] == 1)
        row, problems = _row(grid, one, year, frozenset(split), is_alone)
        rows.append(row)
        notes.extend(problems)
    return rows, notes


def _row(
    grid: Grid, raw: RawRow, year: int | None, shared: frozenset[Column], alone: tuple[bool, bool]
) -> tuple[IndicatorRow, list[Unread]]:
    """Return what a row comes to; ``alone`` says whether it is the only one of its level one, and of its level two."""
    notes: list[Unread] = []
    held = {column: grid.written(cell) for column, cell in raw.cells.items()}
    name = _name(grid, raw.name)
    unit = held.get(Column.UNIT) or name.unit
    unit_text = "" if unit is None else "".join(unit.text[:40].split())
    target, actual = held.get(Column.TARGET), held.get(Column.ACTUAL)
    if unit is None and name.hinted is not None and target is not None and _is_bare(target.text):
        unit, unit_text = name.hinted, "".join(name.hinted.text.split())
    goal = Value() if target is None else read_value(target.text, unit_text)
    kind, sign = _kind(held, goal, target)
    operator = sign or goal.operator or name.operator
    if sign is not None and goal.operator not in (None, sign) and target is not None:
        operator = None
        notes.append(Unread(text=target.text, why=_TWO_SIGNS, part=None, span=target.span))
    signed = held.get(Column.SIGN)
    if signed is not None and sign is None and _kind_word(signed.text) is None:
        notes.append(Unread(text=signed.text, why=_NO_SIGN, part=None, span=signed.span))
    reached = Value() if actual is None else _read_actual(actual.text, unit_text, goal)
    is_counted = kind is IndicatorKind.QUANTITATIVE
    for written, value in ((target, goal), (actual, reached)):
        if written is not None and is_counted and value.problem is not None:
            notes.append(Unread(text=written.text, why=value.problem, part=None, span=written.span))
    level_one, one_weight = _level(grid, raw.level_one)
    level_two, two_weight = _level(grid, raw.level_two)
    weight = held.get(Column.WEIGHT) or name.points
    points = _points(weight, notes) if Column.WEIGHT not in shared else None
    scored = _points(held.get(Column.SCORE), notes) if Column.SCORE not in shared else None
    row = IndicatorRow(
        name=name.written,
        kind=kind,
        level_one=level_one,
        level_two=level_two,
        sign=signed,
        target=target,
        unit=unit,
        attribute=held.get(Column.ATTRIBUTE),
        content=held.get(Column.CONTENT),
        weight=weight,
        actual=actual,
        score=held.get(Column.SCORE),
        reason=held.get(Column.REASON),
        operator=operator,
        goal=goal.amount if is_counted else None,
        reached=reached.amount if is_counted else None,
        points=points,
        scored=scored,
        unit_declared=goal.has_unit or unit is not None,
        prior=held.get(Column.PRIOR),
        basis=held.get(Column.BASIS),
        remark=held.get(Column.REMARK),
        deadline=None if target is None else _deadline(name.written.text, target.text, unit_text, operator, year),
        placeholder=goal.placeholder,
        hint=name.hint,
        level_one_points=None if one_weight is None else read_points(one_weight.text),
        level_two_points=None if two_weight is None else read_points(two_weight.text),
    )
    own = next((one for one, is_alone in ((two_weight, alone[1]), (one_weight, alone[0])) if one and is_alone), None)
    if weight is None and own is not None:
        # An indicator that stands alone in its level, and has no weight of its own, has that of the level.
        row = evolve(row, weight=own, points=read_points(own.text))
    return row, notes


def _deadline(name: str, target: str, unit: str, operator: Operator | None, year: int | None) -> datetime.date | None:
    """Return the last day of a target that is a time; 11 beside 月 is November where its name asks when, not how long."""
    found = read_deadline(target, year)
    if found is not None or unit not in ("年", "月"):
        return found
    is_month = _MONTH_ALONE.fullmatch(target) and _WHEN.search(name) and operator not in _AT_LEAST
    return read_deadline(f"{target}{unit}", year) if unit == "年" or is_month else None


def _read_actual(text: str, unit: str, goal: Value) -> Value:
    """Read an actual; a bare number stands in the unit that its target has in its own cell.

    A fraction beside a rate in % may be either (0.98 beside 95%), and takes no unit.
    """
    value = read_value(text, unit)
    if unit or value.problem is not UNDECLARED or goal.amount is None:
        return value
    taken = read_value(text, goal.amount.unit.text)
    if taken.amount is None or taken.amount.unit != goal.amount.unit:
        return value
    is_fraction = goal.amount.unit.is_ratio and 0 < _least(taken.amount) <= 1 < _least(goal.amount)
    return value if is_fraction else taken


def _least(amount: Amount | AmountRange) -> Fraction:
    one = amount.low if isinstance(amount, AmountRange) else amount
    return Fraction(0) if one is None else one.number


def _points(written: Written | None, notes: list[Unread]) -> Fraction | None:
    if written is None:
        return None
    points = read_points(written.text)
    if points is None:
        notes.append(Unread(text=written.text, why=_NO_POINTS, part=None, span=written.span))
    return points


def _kind_word(text: str) -> IndicatorKind | None:
    word = text[:40]
    if "定性" in word:
        return IndicatorKind.QUALITATIVE
    return IndicatorKind.QUANTITATIVE if "定量" in word else None


def _kind(held: dict[Column, Written], goal: Value, target: Written | None) -> tuple[IndicatorKind, Operator | None]:
    """Return whether an indicator is counted, as the table says or else as its target is, and the sign it states."""
    signed = held.get(Column.SIGN)
    sign = None if signed is None else operator_of(signed.text)
    for column in (Column.SIGN, Column.ATTRIBUTE):
        said = _kind_word(held[column].text) if column in held else None
        if said is not None:
            return said, sign
    if sign is None and target is not None and not goal.has_number:
        return IndicatorKind.QUALITATIVE, sign
    return IndicatorKind.QUANTITATIVE, sign


def _level(grid: Grid, cell: Cell | None) -> tuple[Written | None, Written | None]:
    """Return a level without the points that it states, and these."""
    if cell is None:
        return None, None
    written = grid.written(cell)
    found = points_in_brackets(written.text)
    if found is None:
        return squeezed(written), None
    start = written.span.start
    at = fold(written.text).find(found[0], found[1])  # folding moves no place
    points = grid.part(cell, start + at, start + at + len(found[0]))
    before = written.text[: found[1]].rstrip()
    return (squeezed(grid.part(cell, start, start + len(before))) if before else squeezed(written)), points


def _name(grid: Grid, cell: Cell) -> _Name:
    """Return a name without what forms print around it: 指标1：, its unit, its points, a hint of the template."""
    written = grid.written(cell)
    start, end = written.span.start, written.span.end
    text = cell.text
    if len(written.text) > 300:
        return _Name(written, None, None, None, None)
    prefix = _PREFIX.match(text, start, end)
    if prefix is not None and prefix.end() < end:
        start = prefix.end()
    unit: Written | None = None
    hinted: Written | None = None
    points: Written | None = None
    operator: Operator | None = None
    left: Written | None = None
    while end > start:
        found = _BRACKETED.search(text, start, end)
        if found is None or found.start() == start:
            break
        bracket = text[found.start() : found.end()].strip()
        held = fold(found["held"]).strip()
        if points is None and held.endswith("分") and points_in_brackets(bracket) is not None:
            points = grid.part(cell, found.start("held"), found.end("held"))
        elif TEMPLATE.fullmatch(bracket):
            left = left or grid.part(cell, found.start(), found.end())
            hint = _HINT.match(held)
            operator = operator_of(hint["sign"]) if hint is not None and operator is None else operator
            if hint is not None and hinted is None and _is_unit(hint["unit"]):
                at = text.find(hint["unit"].strip(), found.start(), found.end())
                hinted = grid.part(cell, at, at + len(hint["unit"].strip())) if at >= 0 else None
        elif unit is None and _is_unit(held):
            unit = grid.part(cell, found.start("held"), found.end("held"))
        else:
            break
        end = found.start()
        while end > start and text[end - 1].isspace():
            end -= 1
    return _Name(squeezed(grid.part(cell, start, end)), unit, hinted, operator, points, left)


def _is_bare(text: str) -> bool:
    """Say whether a target is a number that has no unit of its own."""
    value = read_value(text)
    return value.has_number and not value.has_unit


def _is_unit(text: str) -> bool:
    try:
        Amount.of(1, text)
    except InputError:
        return False
    return bool(text.strip())
