"""What must add up in tables of money, as identities that tell which single figure is at fault.

A figure is told by its cell, so that a table's sums and what a text says of the same line bear one another out.
Imports ``budget_tables``, ``rounding``, ``table_money``, ``budgets`` and above.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfeval.amounts import Amount
from perfeval.budgets import Figure, Identity
from perfeval.documents.printed import Printed
from perfeval.facts import Label
from perfeval.matching.budget_tables import summed, worked
from perfeval.matching.rounding import sum_as_rounded
from perfeval.matching.table_money import totals_with_parts
from perfeval.tables import BudgetTable, ReadTable
from perfeval.tables.model import Written

__all__ = ["budget_identities", "figure_of", "funds_identities"]

_SUM = Label("分项之和等于合计", "the parts add up to the total")
_PRODUCT = Label("数量×单价等于金额", "count times price is the amount")
_FUNDS = Label("各来源之和等于资金总额", "the sources add up to the total")


def figure_of(name: str, printed: Printed | None, amount: Amount | None = None) -> Figure | None:
    """Return a printed figure of money with its name and its cell; None where it has no unit or no place."""
    known = amount or (None if printed is None else printed.amount)
    if printed is None or printed.span is None or known is None or not known.unit.is_money:
        return None
    place = printed.span.place
    key = f"{place}" if printed.span.cell is not None else f"text:{place}"
    return Figure(key=key, label=Label(f"{name} [{place}]", f"{name} [{place}]"), amount=known, span=printed.span)


def _named(name: Written, printed: Printed | None) -> Figure | None:
    return figure_of(name.text, printed)


def budget_identities(table: BudgetTable) -> Iterator[Identity]:
    """Yield the products and the sums of a table of lines, keyed as the parts of the findings of ``budget_table``."""
    lines = [row for row in table.rows if not row.is_total]
    for index, row in enumerate(lines):
        own, product = _named(row.name, row.amount), worked(row)
        if own is not None and product is not None and row.price is not None and row.counts:
            reckoned = Figure(
                key=f"worked:{own.key}",
                label=Label("数量×单价", "count times price"),
                amount=product,
                span=row.price.span,
            )
            key = f"budget_table/price_times_count/{index}"
            yield Identity(key=key, label=_PRODUCT, left=(own,), right=(reckoned,))
    for index, one in enumerate(summed(table)):
        total = None if sum_as_rounded(one) is not None else _named(one.total.name, one.total.amount)
        parts = [figure for part in one.parts if (figure := _named(part.name, part.amount)) is not None]
        if total is not None and len(parts) == len(one.parts):
            key = f"budget_table/parts_equal_total/{index}"
            yield Identity(key=key, label=_SUM, left=tuple(parts), right=(total,))


def funds_identities(table: ReadTable) -> Iterator[Identity]:
    """Yield what adds up in the funds of a table, where it lists every source."""
    for index, one in enumerate(totals_with_parts(table)):
        total = figure_of(one.name, one.total)
        parts = [figure for name, part in one.parts if (figure := figure_of(name, part)) is not None]
        if one.all_sources and total is not None and len(parts) == len(one.parts):
            key = f"{total.key}/funds_add_up/{index}"
            yield Identity(key=key, label=_FUNDS, left=tuple(parts), right=(total,))
