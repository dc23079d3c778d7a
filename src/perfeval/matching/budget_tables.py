"""From a table of budget lines to the facts of ``budget_table``.

Imports ``displayed``, ``rounding``, ``fitting``, ``indicator_words``, ``table_money``, ``tables`` and above.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import evolve

from perfeval.amounts import Amount
from perfeval.facts import Given
from perfeval.matching.displayed import worked_as_displayed
from perfeval.matching.fitting import Facts, said
from perfeval.matching.indicator_words import core, open_in
from perfeval.matching.rounding import sum_as_rounded, worked_as_rounded
from perfeval.matching.table_money import money
from perfeval.tables import BudgetRow, BudgetTable, Sum

__all__ = ["detail_facts", "sum_facts", "summed", "worked"]


def detail_facts(table: BudgetTable) -> Facts:
    """Return the facts of :class:`perfeval.standards.budget_table.Detail`."""
    cells = (cell for row in table.rows for cell in (row.name, row.unit, row.basis, row.remark))
    return {
        "lines": [
            {
                "name": said(row.name.text, row.name.span),
                "priced": bool(row.counts) and row.price is not None and row.amount is not None,
                "worked": said(worked(row), None if row.price is None else row.price.span),
                "amount": money(row.amount),
            }
            for row in table.rows
            if not row.is_total
        ],
        "sums": sum_facts(summed(table)),
        "repeats": [
            {"name": said(row.name.text, row.name.span), "distinct": said(False, row.name.span)}
            for row in _repeated(table)
        ],
        "placeholders": [
            {"words": said(one.span.text, one.span), "filled": said(False, one.span)}
            for cell in cells
            for one in open_in(cell)
        ],
    }


def sum_facts(sums: Sequence[Sum]) -> list[Facts]:
    """Return the facts of :class:`perfeval.standards.budget_table.DetailSum` for each sum."""
    return [
        {
            "name": said(one.total.name.text, one.total.name.span),
            "total": _total(one),
            "parts": [
                {"name": said(part.name.text, part.name.span), "amount": money(part.amount)} for part in one.parts
            ],
        }
        for one in sums
    ]


def worked(row: BudgetRow) -> Amount | None:
    """Return count times price to the digits of the amount and of the price; None where either lacks."""
    product = row.worked
    if product is None or row.amount is None or not product.unit.is_money:
        return None
    return worked_as_rounded(row, worked_as_displayed(product, row.amount))


def _total(one: Sum) -> Given:
    """Return a total as a fact: as what its parts come to, where it differs from that by rounding alone."""
    total = money(one.total.amount)
    rounded = sum_as_rounded(one)
    return total if rounded is None or total.value is None else evolve(total, value=rounded)


def summed(table: BudgetTable) -> tuple[Sum, ...]:
    """Return the sums of a table whose total is printed; what 其中 names may come to less, for it need not name all."""
    return tuple(one for one in table.sums if one.total.amount is not None and not (one.is_of_which and _is_less(one)))


def _is_less(one: Sum) -> bool:
    """Say whether the parts that are known come to less than the total."""
    whole = None if one.total.amount is None else one.total.amount.amount
    parts = [part.amount.amount for part in one.parts if part.amount is not None and part.amount.amount is not None]
    if whole is None or any(part.dimension != whole.dimension for part in parts):
        return False
    return sum((part.root for part in parts), Fraction(0)) < whole.root


def _repeated(table: BudgetTable) -> Iterator[BudgetRow]:
    """Yield each line that says once more what a line under the same heading said, to the same amount."""
    seen: set[tuple[object, ...]] = set()
    heading = ""
    for row in table.rows:
        if row.is_total:
            continue
        if row.level == 0:
            heading = core(row.name.text)
        amount = None if row.amount is None else row.amount.number
        key = (heading if row.level else "", core(row.name.text), amount, tuple(one.number for one in row.counts))
        if amount is not None and key in seen:
            yield row
        seen.add(key)
