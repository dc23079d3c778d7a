"""What a table of goals or of a self-evaluation says, once it has been read: every cell with its address.

Nothing here judges. A cell is kept as it is written, beside what it was read as; an operator that the table leaves out
stays None, and money for which no unit is declared has no amount.
Imports ``documents``, ``indicators``, ``facts``, ``citations`` and ``amounts``.
"""

from __future__ import annotations

import enum
from fractions import Fraction
from typing import final

from attrs import frozen

from perfeval.amounts import Amount, AmountRange
from perfeval.citations import Span
from perfeval.documents.printed import Printed
from perfeval.documents.project import Period, Unread
from perfeval.expressions import Operator
from perfeval.indicators import IndicatorKind

__all__ = ["FundsRow", "FundsSource", "IndicatorRow", "Layout", "ReadTable", "TableKind", "Written"]


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
@frozen(kw_only=True)
class IndicatorRow:
    """One row of a table of indicators: its cells as written, and what they were read as.

    ``level_one`` and ``level_two`` are those of the row or, where cells are merged or left blank, of the rows above.
    ``sign`` is the cell of 指标性质, ``attribute`` that of 指标属性. ``operator`` is what ``sign``, the target or the
    name states, None where none does; ``goal`` is the target as an amount, a range of amounts, or None where it is
    words or was not understood; ``reached`` the actual likewise. ``points`` are the weight, ``scored`` the points given
    by hand. ``unit_declared`` says whether the target has a unit in its cell, its column or its name.
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


@final
@frozen(kw_only=True)
class ReadTable:
    """One project's table as it was read.

    ``money_unit`` is the unit that the table declares for its money, None where it declares none. ``goal_text`` and
    ``achieved_text`` are 预期目标 and 实际完成情况; ``total`` is the total score that is printed, ``grade`` the
    conclusion (评价结论). ``unread`` lists cells that were seen and not understood.
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
    money_unit: str | None = None
    money_unit_written: Written | None = None
    rows: tuple[IndicatorRow, ...] = ()
    funds: tuple[FundsRow, ...] = ()
    goal_text: Written | None = None
    achieved_text: Written | None = None
    total_written: Written | None = None
    total: Fraction | None = None
    grade: Written | None = None
    reason: Written | None = None
    unread: tuple[Unread, ...] = ()
