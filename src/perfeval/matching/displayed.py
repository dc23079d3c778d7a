"""One amount as two places print it: the finer figure brought to the digits of the coarser one.

Imports ``documents`` and above.
"""

from __future__ import annotations

from fractions import Fraction

from perfeval.amounts import Amount, Rounding
from perfeval.documents.printed import Printed
from perfeval.tolerances import RATIO

__all__ = ["rate_margin", "restated", "worked_as_displayed"]


def restated(one: Printed, other: Printed) -> tuple[Amount | None, Amount | None]:
    """Return two figures as they are to be compared: in one unit as they are, else the finer to the coarser's digits.

    >>> from fractions import Fraction
    >>> text = Printed(number=Fraction("197.79"), decimals=2, amount=Amount.parse("197.79 万元"), span=None)
    >>> table = Printed(number=Fraction(1977850), decimals=2, amount=Amount.parse("1977850 元"), span=None)
    >>> [str(amount) for amount in restated(text, table)]
    ['197.79 万元', '1,977,900 元']
    """
    first, second = one.amount, other.amount
    if first is None or second is None or first.dimension != second.dimension or first.unit == second.unit:
        return first, second
    if one.step is not None and other.step is not None and one.step >= other.step:
        return first, worked_as_displayed(second, one)
    return worked_as_displayed(first, other), second


def rate_margin(rate: Amount, decimals: int, worked: Fraction | None) -> Amount | None:
    """Return how far a printed rate may be off: the layer of ratios, or what its last digit leaves open.

    >>> str(rate_margin(Amount.parse("94%"), 0, Fraction("0.944"))), str(rate_margin(Amount.parse("94.4%"), 1, None))
    ('1%', '0.1%')
    """
    margin = RATIO.margin
    if margin is None or worked is None:
        return margin
    step = Amount.of(Fraction(1, 10 ** min(decimals, 20)), "%").root
    cut = Rounding.FLOOR.integer(worked / step) * step
    open_ = step if rate.root == cut else step / 2
    return max(margin, Amount.from_root(open_, margin.unit))


def worked_as_displayed(amount: Amount, beside: Printed) -> Amount:
    """Return an amount to the digits of a figure in another unit: as it is rounded or cut there, whichever agrees."""
    if beside.amount is None or beside.step is None or amount.unit == beside.amount.unit:
        return amount
    step = beside.step.root
    cut = Rounding.FLOOR.integer(amount.root / step) * step
    rounded = Rounding.HALF_UP.integer(amount.root / step) * step
    if amount.root == beside.amount.root:
        return amount
    return Amount.from_root(cut if cut == beside.amount.root else rounded, amount.unit)
