"""What a quantity may come to as one fact varies: straight lines, and how they add, multiply and cross.

Knows neither rules nor facts. Imports ``subjects``, for what a number is.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from perfeval.subjects import Number

__all__ = ["STEPPED", "UNSOLVED", "VARYING", "Line", "Shape"]

_MOST_BRANCHES = 64

Line: TypeAlias = tuple[Number, Number]
"""A constant and a slope."""


class Shape(NamedTuple):
    """What a quantity may come to as one fact varies: at every value of the fact it is one of ``lines``.

    ``stepped``: or else constant between the points where it jumps. Not ``complete``: or something else.
    """

    lines: tuple[Line, ...]
    stepped: bool = False
    complete: bool = True

    @classmethod
    def constant(cls, low: Number | None, high: Number | None) -> Shape:
        """Return the shape of what lies between two ends (None: unbounded) whatever the fact is."""
        ends = (low,) if low == high else (low, high)
        return cls(tuple((end, 0) for end in ends if end is not None))

    @property
    def is_constant(self) -> bool:
        """Say whether the fact makes no difference, but where it jumps."""
        return self.complete and all(slope == 0 for _, slope in self.lines)

    def plus(self, other: Shape) -> Shape:
        """Return the sum of two quantities."""
        return self._combined(other, lambda one, two: (one[0] + two[0], one[1] + two[1]))

    def times(self, other: Shape) -> Shape:
        """Return the product of two quantities, of which one at least has to be constant."""
        if not (self.is_constant or other.is_constant):
            return UNSOLVED
        return self._combined(other, lambda one, two: (one[0] * two[0], one[0] * two[1] + one[1] * two[0]))

    def inverse(self) -> Shape:
        """Return one over a quantity, which has to be constant and not zero."""
        if not self.is_constant or self.stepped or any(constant == 0 for constant, _ in self.lines):
            return UNSOLVED
        return Shape(tuple((1 / Fraction(constant), 0) for constant, _ in self.lines))

    def minus_line(self, other: Shape) -> Line | None:
        """Return the difference of two quantities as one line; None where either bends, jumps or is an interval."""
        if self[1:] != (False, True) or other[1:] != (False, True) or len(self.lines) != 1 or len(other.lines) != 1:
            return None
        ((constant, slope),), ((other_constant, other_slope),) = self.lines, other.lines
        return constant - other_constant, slope - other_slope

    def crossings(self, other: Shape, points: set[Fraction]) -> bool:
        """Collect where two quantities are equal; say whether these are all the places."""
        if not self._goes_with(other) or len(self.lines) * len(other.lines) > _MOST_BRANCHES**2:
            return False
        for a, b in self.lines:
            for c, d in other.lines:
                if b != d:
                    points.add(Fraction(c - a) / (b - d))
        return True

    def boundaries(self, quantum: Fraction) -> Shape:
        """Return the values near a constant at which rounding to a quantum may jump, in any mode."""
        half = quantum / 2
        places = {math.floor(constant / half) + offset for constant, _ in self.lines for offset in range(-2, 4)}
        return Shape(tuple((place * half, 0) for place in places))

    def _combined(self, other: Shape, combine: Callable[[Line, Line], Line]) -> Shape:
        if not self._goes_with(other) or len(self.lines) * len(other.lines) > _MOST_BRANCHES:
            return UNSOLVED
        lines = tuple(combine(one, two) for one in self.lines for two in other.lines)
        return Shape(lines if len(lines) == 1 else tuple(dict.fromkeys(lines)), stepped=self.stepped or other.stepped)

    def _goes_with(self, other: Shape) -> bool:
        """Say whether it is known what two quantities are together: where one jumps the other may not move."""
        known = self.complete and other.complete
        return known and (not self.stepped or other.is_constant) and (not other.stepped or self.is_constant)


UNSOLVED = Shape((), complete=False)
VARYING = Shape(((0, 1),))
STEPPED = Shape((), stepped=True)
