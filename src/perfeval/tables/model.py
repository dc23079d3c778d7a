"""What a table of goals or of a self-evaluation says, once it has been read: every cell with its address.

Nothing here judges. A cell is kept as it is written, beside what it was read as; an operator that the table leaves out
stays None, and money for which no unit is declared has no amount. :meth:`ReadTable.sheet` hands a table on to scoring.
Imports ``documents``, ``indicators``, ``facts``, ``citations`` and ``amounts``.
"""

from __future__ import annotations

import datetime
import enum
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import final

from attrs import evolve, frozen

from perfeval.amounts import Amount, AmountRange
from perfeval.citations import Span
from perfeval.documents.printed import Printed
from perfeval.documents.project import Period, Unread
from perfeval.errors import FactsError, PerfevalError, Problem
from perfeval.expressions import Operator
from perfeval.indicators import Actual, Funds, Indicator, IndicatorKind, Sheet

__all__ = [
    "Column",
    "FundsRow",
    "FundsSource",
    "Head",
    "IndicatorRow",
    "Layout",
    "ReadTable",
    "TableKind",
    "Written",
    "profile_of",
]


@final
class TableKind(enum.Enum):
    """Whether a table sets goals (绩效目标表) or says what came of them (绩效自评表)."""

    GOALS = "goals"
    SELF_EVALUATION = "self_evaluation"


@final
class Layout(enum.Enum):
    """Whose form a table is in, told by its columns; OTHER where they are those of none in particular."""

    NATIONAL = "national"
    SICHUAN = "sichuan"
    HUBEI = "hubei"
    YUNNAN = "yunnan"
    OTHER = "other"


_PROFILES = {
    Layout.NATIONAL: "ministry_self_evaluation",
    Layout.SICHUAN: "sichuan_self_evaluation",
    Layout.HUBEI: "hubei_self_evaluation",
    Layout.YUNNAN: "ministry_self_evaluation",
}


def profile_of(layout: Layout) -> str | None:
    """Return the name of the shipped profile by which tables of a layout are scored, None for no layout in particular.

    Yunnan's own method was not read: its tables are scored by the central default.

    >>> profile_of(Layout.SICHUAN), profile_of(Layout.OTHER)
    ('sichuan_self_evaluation', None)
    """
    return _PROFILES.get(layout)


@final
class Column(enum.Enum):
    """What a column of indicators holds, told by its head; the value is the word that most forms print."""

    LEVEL_ONE = "一级指标"
    LEVEL_TWO = "二级指标"
    NAME = "三级指标"
    SIGN = "指标性质"
    TARGET = "指标值"
    PRIOR = "上年实际"
    UNIT = "度量单位"
    ATTRIBUTE = "指标属性"
    CONTENT = "指标内容"
    BASIS = "指标标准或依据"
    WEIGHT = "分值"
    ACTUAL = "实际完成值"
    SCORE = "得分"
    REASON = "偏差原因分析"
    REMARK = "备注"
    PROJECT = "项目名称"
    DEPARTMENT = "单位名称"
    GOAL = "年度绩效目标"
    NUMBER = "序号"
    BLOCK = "绩效指标"


@final
class FundsSource(enum.Enum):
    """Which money a row of funds is about: 年度资金总额, 财政拨款, 上年结转资金 or 其他资金."""

    TOTAL = "total"
    FISCAL = "fiscal"
    CARRIED_OVER = "carried_over"
    OTHER = "other"


@final
@frozen
class Written:
    """What a cell says, or a part of one, and where."""

    text: str
    span: Span


@final
@frozen
class Head:
    """The head of a column of indicators: what the column holds, and the cell that says so."""

    column: Column
    written: Written


@final
@frozen(kw_only=True)
class IndicatorRow:
    """One row of a table of indicators: its cells as written, and what they were read as.

    ``level_one`` and ``level_two`` are those of the row or, where cells are merged or left blank, of the rows above.
    ``sign`` is the cell of 指标性质, ``attribute`` that of 指标属性. ``operator`` is what ``sign``, the target or the
    name states, None where none does; ``goal`` is the target as an amount, a range of amounts, or None where it is
    words or was not understood; ``reached`` the actual likewise. ``points`` are the weight, ``scored`` the points given
    by hand. ``unit_declared`` says whether the target has a unit in its cell, its column or its name. ``deadline`` is the
    last day of a target that is a time (2026年12月底前). ``placeholder`` says that the target was never filled in (≥**%), ``hint`` is what the form prints in the name (≥**人).
    ``level_one_points`` and ``level_two_points`` are the points that the level cells print (产出指标（40分）); where a level
    has one indicator and no weight is given otherwise, they are its ``points``.
    """

    name: Written
    kind: IndicatorKind
    level_one: Written | None = None
    level_two: Written | None = None
    sign: Written | None = None
    target: Written | None = None
    unit: Written | None = None
    attribute: Written | None = None
    content: Written | None = None
    weight: Written | None = None
    actual: Written | None = None
    score: Written | None = None
    reason: Written | None = None
    operator: Operator | None = None
    goal: Amount | AmountRange | None = None
    reached: Amount | AmountRange | None = None
    points: Fraction | None = None
    scored: Fraction | None = None
    unit_declared: bool = False
    prior: Written | None = None
    basis: Written | None = None
    remark: Written | None = None
    deadline: datetime.date | None = None
    placeholder: bool = False
    hint: Written | None = None
    level_one_points: Fraction | None = None
    level_two_points: Fraction | None = None


@final
@frozen(kw_only=True)
class FundsRow:
    """One row of funds: 年初预算数, 全年预算数, 调整后预算数, 全年执行数; a goal table has but its ``planned`` money.

    ``points`` are the weight of the execution rate, ``rate`` the rate that is printed, ``scored`` the points given.
    """

    label: Written
    source: FundsSource
    planned: Printed | None = None
    initial: Printed | None = None
    full_year: Printed | None = None
    adjusted: Printed | None = None
    executed: Printed | None = None
    weight: Written | None = None
    rate_written: Written | None = None
    score: Written | None = None
    points: Fraction | None = None
    rate: Amount | None = None
    scored: Fraction | None = None
    reason: Written | None = None


@final
@frozen(kw_only=True)
class ReadTable:
    """One project's table as it was read.

    ``money_unit`` is the unit that the table declares for its money, None where it declares none. ``goal_text`` and
    ``achieved_text`` are 预期目标 and 实际完成情况; ``total`` is the total score that is printed, ``grade`` the
    conclusion (评价结论). ``unread`` lists cells that were seen and not understood. ``heads`` are the columns that the
    table has: an empty cell under a head is blank, a column that is not there was never asked for. ``money_declared`` are
    all the places that declare a unit of money, whatever it is; ``full`` is the sum of the weights that is printed. ``blank`` are
    the labels of project and units beside which nothing stands; ``days`` are the cells of the first and the last day,
    where each has its own.
    """

    kind: TableKind
    layout: Layout
    name: str
    title: Written | None = None
    project: Written | None = None
    department: Written | None = None
    unit: Written | None = None
    year: int | None = None
    period: Period | None = None
    days: tuple[Written, ...] = ()
    money_unit: str | None = None
    money_unit_written: Written | None = None
    rows: tuple[IndicatorRow, ...] = ()
    funds: tuple[FundsRow, ...] = ()
    goal_text: Written | None = None
    achieved_text: Written | None = None
    total_written: Written | None = None
    total: Fraction | None = None
    grade: Written | None = None
    full_written: Written | None = None
    full: Fraction | None = None
    reason: Written | None = None
    problems: Written | None = None
    measures: Written | None = None
    heads: tuple[Head, ...] = ()
    money_declared: tuple[Written, ...] = ()
    unread: tuple[Unread, ...] = ()
    blank: tuple[Written, ...] = ()

    def has(self, column: Column) -> bool:
        """Say whether the table has a column."""
        return any(head.column is column for head in self.heads)

    @property
    def profile(self) -> str | None:
        """The name of the shipped profile by which it is scored: that of its layout, with cost where it weighs cost."""
        name = profile_of(self.layout)
        with_cost = any(
            row.level_one is not None and "".join(row.level_one.text.split()).startswith("成本") for row in self.rows
        )
        return "ministry_with_cost" if with_cost and name == "ministry_self_evaluation" else name

    def sheet(self) -> Sheet:
        """Return the table as scoring takes it, each figure with its cell.

        Of several indicators of one name the later ones are told apart by their cell, as 培训人数（C7）. Raises
        ``FactsError`` with every problem, each at its cell: no indicator at all, an indicator without a level one, an
        actual whose unit does not go with that of its target.
        """
        problems: list[Problem] = []
        names = list(_told_apart(self.rows))
        indicators: list[Indicator] = []
        actuals: list[Actual] = []
        for name, row in zip(names, self.rows, strict=True):
            try:
                indicators.append(_indicator(name, row, self.name))
                actuals.extend(_actual(name, row, self.name))
            except PerfevalError as error:
                problems.extend(evolve(one, where=f"{row.name.span.place}: {one.where}") for one in error.problems)
        if not self.rows:
            problems.append(Problem(where=self.name, came="no indicator", needed="at least one"))
        funds = None
        try:
            funds = self._funds()
        except PerfevalError as error:
            place = self.funds[0].label.span.place
            problems.extend(evolve(one, where=f"{place}: {one.where}") for one in error.problems)
        if problems:
            raise FactsError(*problems)
        named = self.project or self.title
        return Sheet(
            title=named.text if named is not None and named.text else self.name or "绩效表",
            indicators=indicators,
            actuals=actuals,
            funds=funds,
            total=self.total,
            source=self.name,
        )

    def _funds(self) -> Funds | None:
        """Return the row of the total; where there is none, the one row that there is."""
        totals = [row for row in self.funds if row.source is FundsSource.TOTAL]
        row = totals[0] if totals else self.funds[0] if len(self.funds) == 1 else None
        if row is None:
            return None
        reason = row.reason or self.reason
        return Funds(
            initial=_money(row.initial) or _money(row.planned),
            full_year=_money(row.full_year),
            adjusted=_money(row.adjusted),
            executed=_money(row.executed),
            reason=None if reason is None else reason.text,
            score=row.scored,
            span=row.label.span,
            source=self.name,
        )


def _money(printed: Printed | None) -> Amount | None:
    return None if printed is None else printed.amount


def _told_apart(rows: tuple[IndicatorRow, ...]) -> Iterator[str]:
    """Yield the name of each row, no name twice."""
    known = Counter(row.name.text for row in rows)
    taken: set[str] = set()
    for row in rows:
        name = row.name.text
        if name in taken:
            place = (row.name.span.cell or "").rpartition("!")[2]
            name = f"{name}（{place}）"
            while name in taken or name in known:
                name += "′"
        taken.add(name)
        yield name


def _indicator(name: str, row: IndicatorRow, source: str) -> Indicator:
    if row.level_one is None:
        raise FactsError.of("level_one", came="no text", needed="the name of the first level")
    target: Amount | str | None = row.goal if isinstance(row.goal, Amount) else None
    if target is None and row.target is not None:
        target = _with_unit(row.target, row)
    return Indicator(
        name=name,
        level_one=row.level_one.text,
        level_two="" if row.level_two is None else row.level_two.text,
        operator=row.operator,
        target=target,
        weight=row.points,
        kind=row.kind,
        span=(row.target or row.name).span,
        source=source,
    )


def _actual(name: str, row: IndicatorRow, source: str) -> Iterator[Actual]:
    if row.actual is None and row.scored is None and row.reason is None:
        return
    value: Amount | str | None = row.reached if isinstance(row.reached, Amount) else None
    if value is None and row.actual is not None:
        value = _with_unit(row.actual, row)
    if isinstance(value, Amount) and isinstance(row.goal, Amount) and value.dimension != row.goal.dimension:
        place = (row.actual or row.name).span.place
        raise FactsError.of(
            f"actual {place}", came=f"{value} against the target {row.goal}", needed=f"what converts to {row.goal.unit}"
        )
    yield Actual(
        indicator=name,
        value=value,
        reason=None if row.reason is None else row.reason.text,
        score=row.scored,
        span=(row.actual or row.score or row.name).span,
        source=source,
    )


def _with_unit(written: Written, row: IndicatorRow) -> str:
    """Return what a cell says, with the unit of its column where it is a number alone."""
    text = written.text
    is_bare = row.unit is not None and row.kind is IndicatorKind.QUANTITATIVE and text[-1:].isdecimal()
    return f"{text} {row.unit.text}" if is_bare and row.unit is not None else text
