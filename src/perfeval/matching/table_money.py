"""From the rows of funds of a table to what must add up in them, and to what was spent of which budget.

A part belongs to the total under which its label stands; sources are told by their rows and never by their sums.
Imports ``fitting``, ``indicator_words``, ``tables``, ``scoring`` and above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final, final

from attrs import frozen

from perfeval.amounts import Amount
from perfeval.documents.printed import Printed
from perfeval.facts import Given, Label
from perfeval.indicators import BudgetBase
from perfeval.matching.displayed import rate_margin
from perfeval.matching.fitting import Facts, said
from perfeval.scoring.profile import Profile
from perfeval.tables.model import FundsRow, FundsSource, ReadTable, Written
from perfeval.tables.values import read_printed
from perfeval.tolerances import RATIO
from perfeval.units import Unit

__all__ = [
    "COLUMNS",
    "FundsTotal",
    "budget_of",
    "funds_sums",
    "money",
    "points",
    "rate_of",
    "spendings",
    "totals_with_parts",
    "whole_of_project",
    "whole_row",
]

COLUMNS: Final = {
    "planned": Label("", ""),
    "initial": BudgetBase.INITIAL.label,
    "full_year": BudgetBase.FULL_YEAR.label,
    "adjusted": BudgetBase.ADJUSTED.label,
    "executed": Label("全年执行数", "executed"),
}
"""The columns of money that a table may have, and what each is called beside the name of a row."""

_BASES: Final = {
    BudgetBase.INITIAL: "initial",
    BudgetBase.FULL_YEAR: "full_year",
    BudgetBase.ADJUSTED: "adjusted",
}
_SUBLEVEL = re.compile("中央|省|市|州|县|区|镇|乡")
_COLUMN = re.compile(r"(?:.*!)?([A-Z]{1,4})\d{1,7}$")
_OF_ALL_YEARS: Final = "多年度资金"
_MOST_ROWS: Final = 200
"""How many rows of funds a form may have; of more than that nothing adds up that could be told."""
_YUAN: Final = Unit.parse("元")


def money(printed: Printed | None) -> Given:
    """Return a figure of money as a fact: not known where it is blank, or no unit is declared for it."""
    if printed is None:
        return said(None)
    amount = printed.amount
    fits = amount is not None and amount.dimension == _YUAN.dimension
    return said(amount if fits else None, printed.span)


def whole_row(table: ReadTable) -> FundsRow | None:
    """Return the row of the year's money as a whole: the total or, where there is none, the only row."""
    totals = [row for row in table.funds if row.source is FundsSource.TOTAL]
    return totals[0] if totals else table.funds[0] if len(table.funds) == 1 else None


# --- what adds up ----------------------------------------------------------------------------------------


@final
@frozen
class FundsTotal:
    """A total of one column with its parts; a part that is None may be money that was not understood."""

    name: str
    label: Written
    total: Printed
    all_sources: bool
    parts: tuple[tuple[str, Printed | None], ...]
    places: tuple[Written, ...]


def totals_with_parts(table: ReadTable) -> tuple[FundsTotal, ...]:
    """Return each total of each column with its parts; nothing where a total has none.

    A blank part is no money, unless something stands in its row that was not understood.
    """
    found: list[FundsTotal] = []
    unread = _unread_rows(table)
    for total, parts in _by_total(table.funds):
        sources = {part.source for part in parts}
        for column, label in COLUMNS.items():
            whole: Printed | None = getattr(total, column)
            printed: list[tuple[FundsRow, Printed | None]] = [(part, getattr(part, column)) for part in parts]
            kept = [(part, one) for part, one in printed if one is not None or _row_of(part) in unread]
            if whole is None or not any(one is not None for _, one in kept):
                continue
            name = total.label.text + (f"（{label.zh}）" if label.zh else "")
            every = FundsSource.OTHER in sources or len(sources) > 1
            own = tuple((part.label.text, one) for part, one in kept)
            found.append(FundsTotal(name, total.label, whole, every, own, tuple(part.label for part, _ in kept)))
    project = whole_of_project(table)
    return tuple(found) if project is None else (*found, project)


def whole_of_project(table: ReadTable) -> FundsTotal | None:
    """Return the money of the whole project with its sources, which stand in one column with it.

    It is no money of the year, so the reader of tables leaves it aside.
    """
    for one in table.unread:
        if _OF_ALL_YEARS not in one.why.zh:
            continue
        printed = read_printed(one.text.strip(), table.money_unit or _near(table), one.span)
        place = _letters(one.span.cell)
        parts = [
            (row, money)
            for row in table.funds
            if row.source is not FundsSource.TOTAL
            for money in (row.planned, row.initial, row.full_year)
            if money is not None and money.span is not None and _letters(money.span.cell) == place
        ]
        sources = {row.source for row, _ in parts}
        if printed is not None and place is not None and len(parts) == len(sources) > 1:
            own = tuple((row.label.text, money) for row, money in parts)
            label = Written(one.text, one.span)
            return FundsTotal(
                "项目资金总额", label, printed, all_sources=True, parts=own, places=tuple(row.label for row, _ in parts)
            )
    return None


def _near(table: ReadTable) -> str | None:
    units = {one.text for one in table.money_declared}
    return units.pop() if len(units) == 1 else None


def funds_sums(table: ReadTable) -> list[Facts]:
    """Return the facts of :class:`perfeval.standards.goal_table.FundsSum` for each total."""
    return [
        {
            "name": said(one.name, one.label.span),
            "total": money(one.total),
            "all_sources": one.all_sources,
            "parts": [
                {"name": said(name, place.span), "amount": money(part)}
                for (name, part), place in zip(one.parts, one.places, strict=True)
            ],
        }
        for one in totals_with_parts(table)
    ]


def _by_total(rows: Sequence[FundsRow]) -> Iterator[tuple[FundsRow, list[FundsRow]]]:
    """Yield each total with its parts.

    Where labels stand in several columns of the grid they are those in its own, or else those down to the next total.
    """
    totals = [row for row in rows if row.source is FundsSource.TOTAL]
    if len(rows) > _MOST_ROWS:
        return
    columns = [_column_of(row) for row in totals]
    apart = len(set(columns)) == len(totals) > 1 and None not in columns
    labels = {_column_of(row) for row in rows}
    for place, total in enumerate(totals):
        if apart or (len(totals) == 1 and len(labels) > 1):
            own = [row for row in rows if row is not total and _column_of(row) == columns[place]]
        elif len(totals) == 1:
            own = [row for row in rows if row is not total]
        else:
            start = next(index for index, row in enumerate(rows) if row is total)
            stop = next((index for index, row in enumerate(rows) if index > start and row in totals), len(rows))
            own = list(rows[start + 1 : stop])
        parts = [row for row in own if row.source is not FundsSource.TOTAL]
        yield total, _without_sublevels(parts)


def _without_sublevels(parts: Sequence[FundsRow]) -> list[FundsRow]:
    """Leave out what breaks a source down further: 中央资金 under 财政拨款; beside 地方资金 it is a source of its own."""
    whole = {row.source for row in parts if "财政" in row.label.text and not _SUBLEVEL.search(row.label.text)}
    return [row for row in parts if row.source not in whole or not _SUBLEVEL.search(row.label.text)]


def _column_of(row: FundsRow) -> str | None:
    return _letters(row.label.span.cell)


def _letters(cell: str | None) -> str | None:
    match = _COLUMN.fullmatch(cell or "")
    return None if match is None else match[1]


def _row_of(row: FundsRow) -> str:
    return _row_number(row.label.span.cell)


def _row_number(cell: str | None) -> str:
    return re.sub("[^0-9]", "", (cell or "").rpartition("!")[2])


def _unread_rows(table: ReadTable) -> frozenset[str]:
    return frozenset(_row_number(one.span.cell) for one in table.unread if one.span.cell)


# --- what was spent --------------------------------------------------------------------------------------


def budget_of(row: FundsRow, profile: Profile | None) -> tuple[str, Printed] | None:
    """Return the budget by which a row's rate divides, and its column: the method's, or the last that is printed."""
    order = ["adjusted", "full_year", "initial", "planned"]
    if profile is None or profile.execution is None:
        order = ["full_year", "adjusted", "initial", "planned"]
    else:
        order = [_BASES[profile.execution.base], *order]
    return next(((name, one) for name in order if (one := getattr(row, name)) is not None), None)


def spendings(table: ReadTable, profile: Profile | None) -> list[Facts]:
    """Return each row of funds that says what was spent; the rate and what it may be off are worked out here."""
    whole = whole_row(table)
    found: list[Facts] = []
    for row in table.funds:
        base = budget_of(row, profile)
        if row.executed is None and (row is not whole or base is None):
            continue
        if row is not whole and base is None:
            continue
        budget, spent = money(None if base is None else base[1]), money(row.executed)
        reckoned = _rate_of(table, None if base is None else base[1], row.executed)
        divides = base is None or base[1].number != 0
        rate = row.rate if row.rate is not None and row.rate.unit.is_ratio else None
        weight = row.points
        if weight is None and row is whole and profile is not None and profile.execution is not None:
            weight = profile.execution.weight
        found.append(
            {
                "name": said(row.label.text, row.label.span),
                "whole": row is whole,
                "budget": budget,
                "executed": spent,
                "reckoned": said(_percent(reckoned), spent.span),
                "earned": said(_percent(None if reckoned is None else min(reckoned, Fraction(1))), spent.span),
                "rated": rate is not None and divides,
                "rate": said(rate, None if row.rate_written is None else row.rate_written.span),
                "allowed": _allowed(row, reckoned),
                "scored": divides and row.scored is not None and (row is whole or row.points is not None),
                "weight": said(points(weight), None if row.weight is None else row.weight.span),
                "points": said(points(row.scored), None if row.score is None else row.score.span),
            }
        )
    return found


def points(number: Fraction | None) -> Amount | None:
    """Return points as an amount; None where they are not known or of more digits than points have."""
    if number is None or number < 0 or 10**40 % number.denominator:
        return None
    return Amount.of(number, "个[分值]")


def rate_of(spending: Facts) -> Fraction | None:
    """Return what was spent over the budget, as :func:`spendings` worked it out."""
    reckoned = spending["reckoned"]
    value = reckoned.value if isinstance(reckoned, Given) else None
    return Fraction(value.root) if isinstance(value, Amount) else None


def _rate_of(table: ReadTable, budget: Printed | None, spent: Printed | None) -> Fraction | None:
    """Return what was spent over the budget, where both are known and there is a budget.

    Where the table declares no unit of money at all, the two figures of a row are in one unit, whichever it is.
    """
    if budget is None or spent is None or not budget.number:
        return None
    if budget.amount is None and spent.amount is None:
        return None if table.money_declared else Fraction(spent.number) / Fraction(budget.number)
    one, other = money(budget).value, money(spent).value
    if not isinstance(one, Amount) or not isinstance(other, Amount):
        return None
    return Fraction(other.root) / Fraction(one.root)


def _percent(rate: Fraction | None) -> Amount | None:
    return None if rate is None else Amount.of(rate * 100, "%")


def _allowed(row: FundsRow, rate: Fraction | None) -> Amount | None:
    """Return how far a printed rate may be off: the layer of ratios, or what its last digit leaves open."""
    if rate is None or row.rate is None or row.rate_written is None:
        return RATIO.margin
    _, _, decimals = row.rate_written.text.rstrip("%％ ").partition(".")
    return rate_margin(row.rate, len(decimals), rate)
