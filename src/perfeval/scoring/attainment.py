"""How an actual stands to its target, and what points may be: known exactly, or between two numbers.

:func:`attainment` is the one place that knows the direction of an operator. Imports ``amounts``, ``expressions``,
``numerals`` and ``errors``.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final, final

from attrs import frozen

from perfeval.amounts import Amount, Rounding
from perfeval.errors import FactsError, UnitMismatch
from perfeval.expressions import Operator
from perfeval.numerals import write_ratio

__all__ = ["Attainment", "Points", "attainment", "percent_words", "points_words"]

_HUNDRED: Final = 100
_LARGEST_DENOMINATOR: Final = 10**8


@final
@frozen
class Points:
    """Points that are known exactly, or that lie between two numbers (分值区间).

    ``low`` is included, and so is ``high`` unless ``open_top``.

    >>> (Points(Fraction(6), Fraction(8), open_top=True) + Points.exactly(2)).high
    Fraction(10, 1)
    """

    low: Fraction
    high: Fraction
    open_top: bool = False

    def __attrs_post_init__(self) -> None:
        """Refuse points that cross."""
        if self.low is not self.high and (self.low > self.high or (self.open_top and self.low == self.high)):
            raise FactsError.of(
                "points", came=f"{self.low} to {self.high}", needed="a low end that is not above the high"
            )

    @classmethod
    def exactly(cls, points: Fraction | int) -> Points:
        """Return points that are known."""
        known = Fraction(points)
        return cls(known, known)

    @property
    def exact(self) -> Fraction | None:
        """The points, where they are known."""
        return self.low if self.low is self.high or self.low == self.high else None

    def __add__(self, other: Points) -> Points:
        """Return what both come to together."""
        return Points(self.low + other.low, self.high + other.high, open_top=self.open_top or other.open_top)

    def __contains__(self, points: Fraction) -> bool:
        """Say whether these may be the points."""
        return self.low <= points <= self.high and not (self.open_top and points == self.high)

    def __str__(self) -> str:
        """Return the points as text, an interval with its brackets: ``[6, 8)``."""
        if self.exact is not None:
            return points_words(self.exact)
        return f"[{points_words(self.low)}, {points_words(self.high)}{')' if self.open_top else ']'}"


def points_words(points: Fraction) -> str:
    """Return points as text: exactly, and where no decimals do that, with their value to two of them.

    A fraction of many digits is shown by that value alone.

    >>> points_words(Fraction(45, 2)), points_words(Fraction(20, 3))
    ('22.5', '20/3 (≈ 6.67)')
    """
    return _with_two_decimals(points, "")


@final
@frozen
class Attainment:
    """How an actual stands to its target: whether it reaches it, and the share of it that it is.

    ``ratio`` is above one where the target is passed. It is None where the target is reached but no share can be taken,
    because it would divide by zero or by less.
    """

    reached: bool
    ratio: Fraction | None


def attainment(operator: Operator, actual: Amount, target: Amount) -> Attainment:
    """Return how an actual stands to its target.

    For ≥ and > the ratio is actual ÷ target, for ≤ and < it is target ÷ actual: exchanging the operator and the two
    amounts changes nothing. For = it is one less the distance from the target in targets, and never below zero. An
    actual below zero against a target above it has the ratio zero. Equality does not reach a strict target (>, <) but
    has the ratio one; at zero there is nothing to divide by, so that 0 against > 0 or < 0 has the ratio zero. Raises
    ``UnitMismatch``.

    >>> attainment(Operator.AT_LEAST, Amount.parse("40 人"), Amount.parse("50 人")).ratio
    Fraction(4, 5)
    >>> attainment(Operator.AT_MOST, Amount.parse("50 元"), Amount.parse("0.004 万元")).ratio
    Fraction(4, 5)
    >>> attainment(Operator.EQUAL, Amount.parse("60 期"), Amount.parse("50 期")).ratio
    Fraction(4, 5)
    >>> attainment(Operator.ABOVE, Amount.parse("0 期"), Amount.parse("0 期"))
    Attainment(reached=False, ratio=Fraction(0, 1))
    """
    if actual.dimension != target.dimension:
        raise UnitMismatch.of(
            "actual", came=f"{actual} against {target}", needed=f"an amount that converts to {target.unit}"
        )
    seen, wanted = actual.root, target.root
    if operator is Operator.EQUAL:
        if not wanted:
            return Attainment(seen == 0, Fraction(int(seen == 0)))
        return Attainment(seen == wanted, max(Fraction(0), 1 - abs(seen - wanted) / abs(wanted)))
    more, less = (seen, wanted) if operator in (Operator.AT_LEAST, Operator.ABOVE) else (wanted, seen)
    strict = operator in (Operator.ABOVE, Operator.BELOW)
    reached = more > less if strict else more >= less
    if less > 0:
        return Attainment(reached, max(Fraction(0), more / less))
    return Attainment(reached, None if reached else Fraction(0))


def percent_words(share: Fraction) -> str:
    """Return a share as a percentage: exactly, and where no decimals do that, with its value to two of them.

    >>> percent_words(Fraction(9, 10)), percent_words(Fraction(2, 3))
    ('90%', '200/3 (≈ 66.67)%')
    """
    return _with_two_decimals(share * _HUNDRED, "%")


def _with_two_decimals(number: Fraction, sign: str) -> str:
    if number.denominator == 1:
        return f"{write_ratio(number)}{sign}"
    near = write_ratio(Fraction(Rounding.HALF_UP.integer(number * _HUNDRED), _HUNDRED))
    if number.denominator > _LARGEST_DENOMINATOR:
        return f"≈ {near}{sign}"
    exact = write_ratio(number)
    return f"{exact} (≈ {near}){sign}" if "/" in exact else f"{exact}{sign}"
