"""A figure of money as it is printed: what it is worth, and what one in its last digit is worth.

A text in 万元 and a table in 元 agree where the finer figure, rounded or cut to the digits of the coarser one, is the
coarser one. Imports only ``amounts``, ``citations`` and above.
"""

from __future__ import annotations

from fractions import Fraction
from typing import final

from attrs import field, frozen

from perfeval.amounts import Amount
from perfeval.citations import Span

__all__ = ["Printed"]


@final
@frozen(kw_only=True)
class Printed:
    """An amount as printed: ``decimals`` are the digits after its point, ``unit`` that in which it is printed.

    ``amount`` is None where no unit is declared for it anywhere: it is then a number and nothing more.

    >>> text = Printed(number=Fraction("197.79"), decimals=2, amount=Amount.parse("197.79 万元"), span=None)
    >>> table = Printed(number=Fraction(1977850), decimals=2, amount=Amount.parse("1977850 元"), span=None)
    >>> str(text.step), text.agrees(table), table.agrees(text)
    ('0.01 万元', True, True)
    """

    number: Fraction
    decimals: int
    amount: Amount | None
    span: Span | None = field(eq=False)

    @property
    def step(self) -> Amount | None:
        """What one in the last printed digit is worth; None where no unit is declared."""
        if self.amount is None:
            return None
        return Amount.of(Fraction(1, 10**self.decimals), self.amount.unit)

    def agrees(self, other: Printed) -> bool | None:
        """Say whether two figures are one amount to the digits that the coarser one prints; None where a unit lacks.

        In one unit they must be equal to the last digit of the finer one, and so exactly.
        """
        if self.amount is None or other.amount is None or self.amount.dimension != other.amount.dimension:
            return None
        one, two = self.amount.root, other.amount.root
        if one == two or self.amount.unit == other.amount.unit:
            return one == two
        step = max(each.root for each in (self.step, other.step) if each is not None)
        # Rounded half up or cut to whole steps, whichever the writer did.
        finer, coarser = (one, two) if two % step == 0 else (two, one)
        return coarser in (finer // step * step, (finer + step / 2) // step * step)
