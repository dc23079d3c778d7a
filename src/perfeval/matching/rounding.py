"""What rounding leaves open in a table of money: a price, a part or a total may stand for what rounds to its digits.

A figure leaves half of one in its last digit open, and nothing where it has no digits after its point or is printed to the
fen. A price is rounded only where no price to the fen comes to the amount: 33.33元 three times is 100元. Imports
``tables``, ``documents`` and above.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Final

from perfeval.amounts import Amount
from perfeval.documents.printed import Printed
from perfeval.tables import BudgetRow, Sum
from perfeval.tolerances import SAME_UNIT

__all__ = ["sum_as_rounded", "worked_as_rounded"]

_YUAN: Final = "元"
_FEN: Final = Amount.parse("0.01 元").root


def worked_as_rounded(row: BudgetRow, product: Amount) -> Amount:
    """Return count times price: as the amount of its row where it differs from it by rounding alone, else as it is.

    ``product`` is count times price as printed, and money like the amount.
    """
    printed, price = row.amount, row.price
    if printed is None or printed.amount is None or price is None or price.amount is None or not price.number:
        return product
    amount = printed.amount
    left = _half_of(printed, printed.decimals)
    if price.decimals and not _is_exact_price(row, price, amount.root):
        half = Fraction(1, 2 * 10**price.decimals)
        left += abs(product.root * half / price.number)
    return amount if abs(product.root - amount.root) <= left else product


def _is_exact_price(row: BudgetRow, price: Printed, whole: Fraction) -> bool:
    """Say whether a price in 元 could have been printed to the fen, so that it need not have been rounded."""
    count = math.prod(one.number for one in row.counts)
    if price.amount is None or not count or not price.amount.unit.text.startswith(_YUAN):
        return False
    return (whole / count / _FEN).denominator == 1


def sum_as_rounded(one: Sum) -> Amount | None:
    """Return what the parts of a sum come to where its total differs from that by rounding alone; None where it does not.

    >>> from perfeval.documents.blocks import Cell, Table
    >>> from perfeval.tables import read_budget_table
    >>> rows = [["项目", "金额（万元）"], ["甲", "3.33"], ["乙", "3.33"], ["丙", "3.33"], ["合计", "10"]]
    >>> table = Table("表", [Cell(r, c, text) for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1)])
    >>> str(sum_as_rounded(read_budget_table(table).sums[0]))
    '9.99 万元'
    """
    total = one.total.amount
    printed = [part.amount for part in one.parts if part.amount is not None and part.amount.amount is not None]
    if total is None or total.amount is None or len(printed) < len(one.parts):
        return None
    amounts = [part.amount for part in printed if part.amount is not None]
    if any(amount.unit != total.amount.unit for amount in amounts):
        return None
    come = sum((amount.root for amount in amounts), Fraction(0))
    off = Amount.from_root(come - total.amount.root, total.amount.unit)
    # 3.5 beside 3.33 is 3.50, as a spreadsheet prints it.
    finest = max(part.decimals for part in printed)
    left = sum((_half_of(part.amount, finest) for part in one.parts if not _is_worked(part)), Fraction(0))
    step = total.step
    if step is not None and come % step.root:
        left += _half_of(total, total.decimals)
    within = SAME_UNIT.covers(off) or abs(off.root) <= left
    return Amount.from_root(come, total.amount.unit) if off.root and within else None


def _half_of(printed: Printed | None, decimals: int) -> Fraction:
    """Return half of one in the last digit, at the root; zero for whole numbers and for what is printed to the fen."""
    if printed is None or printed.amount is None or not decimals:
        return Fraction(0)
    step = Amount.of(Fraction(1, 10**decimals), printed.amount.unit).root
    return step / 2 if step > _FEN else Fraction(0)


def _is_worked(part: BudgetRow) -> bool:
    """Say whether an amount is its count times its price to the last digit: nothing was rounded there."""
    product = part.worked
    if part.amount is None or part.amount.amount is None or product is None:
        return False
    return product.root == part.amount.amount.root
