"""Whether exact linear constraints have a solution, and one that lies on the grids of its variables.

Bounds are put on variables and on linear forms of them, strict or not, and taken back in reverse order. The method
is the simplex for bounds (Dutertre and de Moura) over fractions, where a strict bound is one that an infinitely
small step moves; whole numbers are found by branching. Everything is exact, and the work is capped: past the cap
:class:`Exhausted` is raised and nothing is claimed. Imports only ``expressions``, for the comparison operators.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final, NamedTuple, final

from attrs import define, field

from perfeval.expressions import Operator

__all__ = ["Exhausted", "System", "Work", "simplest_between"]

_ZERO: Final = Fraction(0)
_ONE: Final = Fraction(1)
_BRANCHES: Final = 200


class Exhausted(Exception):
    """The work that one question may take is used up: a signal inside the library that never reaches a caller."""


class _Point(NamedTuple):
    """A number and how many infinitely small steps it lies above (or below) it."""

    real: Fraction
    steps: Fraction = _ZERO

    def moved(self, by: _Point, times: Fraction) -> _Point:
        return _Point(self.real + by.real * times, self.steps + by.steps * times)


@final
@define(eq=False)
class Work:
    """How much work is left, counted in operations on fractions, so that the cap is about time and not about steps.

    What is counted does not depend on the machine: the same question always ends the same way.
    """

    left: int = 1_000_000

    def spend(self, operations: int) -> None:
        """Use up some of it; raise ``Exhausted`` where that is more than is left."""
        self.left -= operations
        if self.left < 0:
            raise Exhausted

    def portion(self, operations: int) -> Work:
        """Return a part of it to be used elsewhere; what is left of that can be put back with :meth:`restore`."""
        taken = max(0, min(self.left, operations))
        self.left -= taken
        return Work(taken)

    def restore(self, other: Work) -> None:
        """Take back what is left of a portion."""
        self.left += max(0, other.left)


@final
@define(eq=False)
class System:
    """Variables, linear forms of them, and the bounds that now hold.

    A variable with a ``step`` takes only whole multiples of it.
    """

    work: Work = field(factory=Work)
    _low: list[_Point | None] = field(init=False, factory=list)
    _high: list[_Point | None] = field(init=False, factory=list)
    _value: list[_Point] = field(init=False, factory=list)
    _step: list[Fraction | None] = field(init=False, factory=list)
    _rows: dict[int, dict[int, Fraction]] = field(init=False, factory=dict)
    _using: list[set[int]] = field(init=False, factory=list)
    _forms: dict[tuple[tuple[int, Fraction], ...], int] = field(init=False, factory=dict)
    _terms: dict[int, tuple[tuple[int, Fraction], ...]] = field(init=False, factory=dict)
    _trail: list[tuple[bool, int, _Point | None]] = field(init=False, factory=list)

    # --- building ----------------------------------------------------------------------------------------

    def variable(self, low: Fraction | None, high: Fraction | None, step: Fraction | None = None) -> int:
        """Add a variable between two bounds (None: none), both included; the bounds must leave it a value."""
        least = None if low is None else _Point(_raised(low, step))
        most = None if high is None else _Point(_lowered(high, step))
        return self._add(least, most, least or most or _Point(_ZERO), step)

    def _add(self, low: _Point | None, high: _Point | None, value: _Point, step: Fraction | None) -> int:
        self._low.append(low)
        self._high.append(high)
        self._value.append(value)
        self._step.append(step)
        self._using.append(set())
        return len(self._value) - 1

    def _form(self, terms: tuple[tuple[int, Fraction], ...]) -> int:
        """Return the variable that stands for a linear form of two variables or more."""
        known = self._forms.get(terms)
        if known is not None:
            return known
        self.work.spend(len(terms))
        row: dict[int, Fraction] = {}
        for name, factor in terms:
            for inner, inside in self._rows.get(name, {name: _ONE}).items():
                row[inner] = row.get(inner, _ZERO) + factor * inside
        row = {name: factor for name, factor in row.items() if factor}
        value = _Point(_ZERO)
        for name, factor in row.items():
            value = value.moved(self._value[name], factor)
        form = self._add(None, None, value, self._grid(terms))
        self._rows[form] = row
        for name in row:
            self._using[name].add(form)
        self._forms[terms] = form
        self._terms[form] = terms
        return form

    def _grid(self, terms: Iterable[tuple[int, Fraction]]) -> Fraction | None:
        steps: list[Fraction] = []
        for name, factor in terms:
            step = self._step[name]
            if step is None:
                return None
            steps.append(abs(step * factor))
        numerator = math.gcd(
            *(step.numerator * math.lcm(*(s.denominator for s in steps)) // step.denominator for step in steps)
        )
        return Fraction(numerator, math.lcm(*(s.denominator for s in steps)))

    # --- bounding ----------------------------------------------------------------------------------------

    def mark(self) -> int:
        """Return where the bounds stand now, for :meth:`undo`."""
        return len(self._trail)

    def undo(self, mark: int) -> None:
        """Take back every bound put since ``mark``."""
        while len(self._trail) > mark:
            is_low, name, old = self._trail.pop()
            (self._low if is_low else self._high)[name] = old

    def bounded_since(self, mark: int) -> set[int]:
        """Return the variables of which a bound, or a bound of a form with them, was put since ``mark``."""
        return {name for _, form, _ in self._trail[mark:] for name, _ in self._terms.get(form, ((form, _ONE),))}

    def hold(self, terms: Mapping[int, Fraction], operator: Operator, bound: Fraction) -> bool:
        """Put a bound on a linear form; False where it contradicts a bound that the same form has already.

        Contradictions between several forms are found by :meth:`feasible`.
        """
        kept = tuple(sorted((name, factor) for name, factor in terms.items() if factor))
        if not kept:
            return _holds(_ZERO, operator, bound)
        lead = kept[0][1]
        limit = bound / lead
        name = kept[0][0] if len(kept) == 1 else self._form(tuple((one, factor / lead) for one, factor in kept))
        below, above = operator in (Operator.AT_MOST, Operator.BELOW), operator in (Operator.AT_LEAST, Operator.ABOVE)
        if lead < 0:
            below, above = above, below
        strict = operator in (Operator.ABOVE, Operator.BELOW)
        return (below or self._at_least(name, limit, strict=strict)) and (
            above or self._at_most(name, limit, strict=strict)
        )

    def _at_least(self, name: int, limit: Fraction, *, strict: bool) -> bool:
        step = self._step[name]
        if step is not None:
            limit = (limit // step + 1) * step if strict else _raised(limit, step)
            strict = False
        point = _Point(limit, _ONE if strict else _ZERO)
        low, high = self._low[name], self._high[name]
        if low is not None and low >= point:
            return True
        if high is not None and high < point:
            return False
        self._trail.append((True, name, low))
        self._low[name] = point
        if name not in self._rows and self._value[name] < point:
            self._move(name, point)
        return True

    def _at_most(self, name: int, limit: Fraction, *, strict: bool) -> bool:
        step = self._step[name]
        if step is not None:
            limit = (-(-limit // step) - 1) * step if strict else _lowered(limit, step)
            strict = False
        point = _Point(limit, -_ONE if strict else _ZERO)
        low, high = self._low[name], self._high[name]
        if high is not None and high <= point:
            return True
        if low is not None and low > point:
            return False
        self._trail.append((False, name, high))
        self._high[name] = point
        if name not in self._rows and self._value[name] > point:
            self._move(name, point)
        return True

    def fixed(self, name: int) -> Fraction | None:
        """Return the one value that the bounds of a variable leave it, or None."""
        low, high = self._low[name], self._high[name]
        return low.real if low is not None and low == high and not low.steps else None

    def limits(self, name: int) -> tuple[Fraction | None, Fraction | None]:
        """Return the bounds of a variable, strict or not."""
        low, high = self._low[name], self._high[name]
        return None if low is None else low.real, None if high is None else high.real

    # --- solving -----------------------------------------------------------------------------------------

    def feasible(self) -> bool:
        """Say whether some numbers, on their grids or not, keep all bounds."""
        while True:
            broken = self._broken()
            if broken is None:
                return True
            name, target, rises = broken
            other = self._leeway(name, rises=rises)
            if other is None:
                return False
            self._pivot(name, other, target)

    def _broken(self) -> tuple[int, _Point, bool] | None:
        """Return the first form that is out of its bounds, where it must go, and whether that is up."""
        self.work.spend(1 + len(self._rows))
        for name in sorted(self._rows):
            value, low, high = self._value[name], self._low[name], self._high[name]
            if low is not None and value < low:
                return name, low, True
            if high is not None and value > high:
                return name, high, False
        return None

    def _leeway(self, name: int, *, rises: bool) -> int | None:
        row = self._rows[name]
        self.work.spend(len(row))
        for other in sorted(row):
            low, high, value = self._low[other], self._high[other], self._value[other]
            if (row[other] > 0) is rises:
                if high is None or value < high:
                    return other
            elif low is None or value > low:
                return other
        return None

    def _pivot(self, out: int, into: int, target: _Point) -> None:
        row = self._rows.pop(out)
        self.work.spend(2 * len(row) * (1 + len(self._using[into])))
        factor = row.pop(into)
        change = _Point(
            (target.real - self._value[out].real) / factor, (target.steps - self._value[out].steps) / factor
        )
        self._move(into, self._value[into].moved(change, _ONE))
        self._value[out] = target
        solved = {name: -inside / factor for name, inside in row.items()}
        solved[out] = 1 / factor
        for name in row:
            self._using[name].discard(out)
        users = self._using[into] - {out}
        self._using[into] = set()
        for user in users:
            other = self._rows[user]
            times = other.pop(into)
            for name, inside in solved.items():
                total = other.get(name, _ZERO) + times * inside
                if total:
                    other[name] = total
                    self._using[name].add(user)
                elif name in other:
                    del other[name]
                    self._using[name].discard(user)
        self._rows[into] = solved
        for name in solved:
            self._using[name].add(into)

    def _move(self, name: int, target: _Point) -> None:
        change = _Point(target.real - self._value[name].real, target.steps - self._value[name].steps)
        self._value[name] = target
        self.work.spend(2 * len(self._using[name]))
        for user in self._using[name]:
            if user in self._rows:
                self._value[user] = self._value[user].moved(change, self._rows[user][name])

    def settled(self) -> bool:
        """Say whether numbers on their grids keep all bounds; if so, leave bounds that hold such numbers."""
        return self._settled([_BRANCHES])

    def _settled(self, left: list[int]) -> bool:
        if not self.feasible():
            return False
        off = self._off_grid()
        if off is None:
            return True
        left[0] -= 1
        if left[0] < 0 or len(self._trail) > 100_000:
            raise Exhausted
        name, step = off
        floor = self._value[name].real // step * step
        if self._value[name].real == floor and self._value[name].steps < 0:
            floor -= step
        mark = self.mark()
        if self._at_most(name, floor, strict=False) and self._settled(left):
            return True
        self.undo(mark)
        if self._at_least(name, floor + step, strict=False) and self._settled(left):
            return True
        self.undo(mark)
        return False

    def _off_grid(self) -> tuple[int, Fraction] | None:
        self.work.spend(len(self._step))
        for name, step in enumerate(self._step):
            if step is not None:
                value = self._value[name]
                if value.steps or (value.real / step).denominator != 1:
                    return name, step
        return None

    def pin(self, name: int, value: Fraction) -> bool:
        """Fix a variable where the other bounds allow it; else change nothing and return False."""
        mark = self.mark()
        if self._at_least(name, value, strict=False) and self._at_most(name, value, strict=False) and self.feasible():
            return True
        self.undo(mark)
        self.feasible()
        return False

    def values(self, names: Iterable[int]) -> list[Fraction]:
        """Return the numbers that variables have in the solution found last, strict bounds kept."""
        small = self._smallness()
        return [self._value[name].real + self._value[name].steps * small for name in names]

    def _smallness(self) -> Fraction:
        """Return how large the small step may be so that every bound holds."""
        self.work.spend(len(self._value))
        small = _ONE
        for value, low, high in zip(self._value, self._low, self._high, strict=True):
            for near, far in ((low, value), (value, high)):
                if near is not None and far is not None and near.real < far.real and near.steps > far.steps:
                    small = min(small, (far.real - near.real) / (near.steps - far.steps))
        return small


def _raised(limit: Fraction, step: Fraction | None) -> Fraction:
    return limit if step is None else -(-limit // step) * step


def _lowered(limit: Fraction, step: Fraction | None) -> Fraction:
    return limit if step is None else limit // step * step


def _holds(left: Fraction, operator: Operator, right: Fraction) -> bool:
    match operator:
        case Operator.AT_LEAST:
            return left >= right
        case Operator.AT_MOST:
            return left <= right
        case Operator.ABOVE:
            return left > right
        case Operator.BELOW:
            return left < right
        case Operator.EQUAL:
            return left == right


def simplest_between(low: Fraction, high: Fraction) -> Fraction:
    """Return the fraction of the least denominator strictly between two others, ``low`` below ``high``.

    >>> simplest_between(Fraction(7, 10), Fraction(3, 4))
    Fraction(5, 7)
    """
    whole = low.numerator // low.denominator
    if whole + 1 < high:
        return Fraction(whole + 1)
    inner_low, inner_high = low - whole, high - whole
    if not inner_low:
        return whole + 1 / Fraction(inner_high.denominator // inner_high.numerator + 1)
    return whole + 1 / simplest_between(1 / inner_high, 1 / inner_low)
