"""One amount as two places print it: the finer figure brought to the digits of the coarser one.

Imports ``documents`` and above.
"""

from __future__ import annotations

from perfeval.amounts import Amount, Rounding
from perfeval.documents.printed import Printed
from perfeval.facts import Given

__all__ = ["printed_of", "restated", "worked_as_displayed"]


def printed_of(given: Given | None) -> Printed | None:
    """Return a figure of a text as it is printed, its digits counted where it stands; None where it is no amount.

    >>> from perfeval.citations import Span
    >>> text = Given(value=Amount.parse("197.79 万元"), span=Span(start=0, end=8, text="197.79万元"))
    >>> printed_of(text).decimals
    2
    """
    if given is None or not isinstance(given.value, Amount) or not given.value.unit.is_money:
        return None
    words = given.span.text if given.span is not None else str(given.value)
    digits = ""
    for character in words.partition(".")[2]:
        if not character.isdecimal():
            break
        digits += character
    amount = given.value
    return Printed(number=amount.number, decimals=len(digits), amount=amount, span=given.span)


def restated(one: Printed, other: Printed) -> tuple[Amount | None, Amount | None]:
    """Return two figures as they are to be compared: in one unit as they are, else the finer to the coarser's digits.

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
