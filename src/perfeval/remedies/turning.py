"""How a condition depends on one fact: the line that a comparison is in it, and the values at which it may turn.

Imports ``knobs``, ``lines``, ``reading``, ``evaluation``, ``scoping`` and ``expressions``.
"""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never, final

from attrs import field, frozen

from perfeval.evaluation import Extent, Scope, decide, members
from perfeval.expressions import (
    Aggregate,
    AggregateKind,
    ByKind,
    Compare,
    Condition,
    Day,
    DayLiteral,
    Literal,
    Measure,
    MonthsServed,
    Negative,
    Product,
    Quantified,
    Quantity,
    Quotient,
    Rounded,
    Sum,
)
from perfeval.facts import SubjectSchema
from perfeval.remedies.knobs import Knob
from perfeval.remedies.lines import STEPPED, UNSOLVED, VARYING, Line, Shape
from perfeval.remedies.reading import Reading, elsewhere
from perfeval.scoping import children
from perfeval.subjects import Number
from perfeval.verdicts import Verdict

__all__ = ["Turning"]

_ZERO = Shape.constant(0, 0)
_ONE = Shape.constant(1, 1)
_MINUS_ONE = Shape.constant(-1, -1)


@final
@frozen(eq=False)
class Turning:
    """How what is read depends on one fact at a time.

    Where it may jump or turn is collected in the ``points`` that each method is handed.
    """

    reading: Reading
    _terms: dict[int, dict[tuple[SubjectSchema, str], list[Quantity]]] = field(init=False, factory=dict)

    # --- conditions ---

    def line(self, node: Compare, scope: Scope, knob: Knob) -> Line | None:
        """Return left minus right as one line in the fact; None where it bends, jumps or is an interval."""
        points: set[Fraction] = set()
        line = self._shape(node.left, scope, knob, points).minus_line(self._shape(node.right, scope, knob, points))
        return None if points else line

    def turns(self, node: Condition, scope: Scope, knob: Knob, points: set[Fraction]) -> bool:
        """Collect the values of a fact at which a condition may turn; say whether they are all."""
        if not self.reading.reaches(node, scope.records, knob):
            return True
        if isinstance(node, Compare):
            return self._crossings(node, scope, knob, points)
        below = [(part, scope) for part in children(node) if isinstance(part, Condition)]
        if isinstance(node, Quantified):
            items = members(node.collection, scope).items
            below = [(part, scope.inner(item)) for item in items for part, _ in below]
        # Every part is gone through, also past one whose turning points are not all known.
        known = [self.turns(part, inner, knob, points) for part, inner in below]
        return all(known)

    def _crossings(self, node: Compare, scope: Scope, knob: Knob, points: set[Fraction]) -> bool:
        """Collect where the two sides may cross, and where either jumps."""
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if not isinstance(one, Rounded | Quotient):
                continue
            facing = self._shape(other, scope, knob, points)
            if not facing.is_constant or facing.stepped:
                continue
            if isinstance(one, Rounded):
                inner = self._shape(one.operand, scope, knob, points)
                return inner.crossings(facing.boundaries(one.quantum.root), points)
            dividend, divisor = (self._shape(part, scope, knob, points) for part in (one.dividend, one.divisor))
            divisor.crossings(_ZERO, points)
            return dividend.crossings(divisor.times(facing), points)
        left, right = (self._shape(side, scope, knob, points) for side in (node.left, node.right))
        return left.crossings(right, points)

    # --- quantities ---

    def _shape(self, node: Quantity, scope: Scope, knob: Knob, points: set[Fraction]) -> Shape:
        """Return what a quantity comes to as the fact varies."""
        if not self.reading.reaches(node, scope.records, knob):
            return self._constant(node, scope)
        match node:
            case Measure():
                return VARYING
            case Literal() | Day() | DayLiteral() | MonthsServed():
                return self._constant(node, scope)
            case Sum(terms=terms):
                naming = self._terms_naming(node, knob)
                total = self._rest(node, naming, scope)
                for term in naming if total.complete else terms:
                    total = total.plus(self._shape(term, scope, knob, points))
                return total
            case Negative(operand=operand):
                return _MINUS_ONE.times(self._shape(operand, scope, knob, points))
            case Product(factors=factors):
                product = _ONE
                for factor in factors:
                    product = product.times(self._shape(factor, scope, knob, points))
                return product
            case Quotient(dividend=dividend, divisor=divisor):
                inverse = self._shape(divisor, scope, knob, points).inverse()
                return inverse.times(self._shape(dividend, scope, knob, points)) if inverse.complete else UNSOLVED
            case Rounded(operand=operand):
                return STEPPED if self._shape(operand, scope, knob, points).is_constant else UNSOLVED
            case ByKind(category=category, cases=cases):
                kind = None
                if category.owner is not None:
                    kind = scope.records[category.owner].entries[category.fact.name].given.value
                chosen = [case for known, case in cases if known == kind]
                return self._shape(chosen[0], scope, knob, points) if chosen else UNSOLVED
            case Aggregate():
                return self._aggregated(node, scope, knob, points)
            case _:
                assert_never(node)

    def _aggregated(self, node: Aggregate, scope: Scope, knob: Knob, points: set[Fraction]) -> Shape:
        """Return the shape of an aggregate of which one element holds the fact."""
        reading = self.reading
        inside = reading.holder(node, scope.records, knob)
        outside = elsewhere(scope.records, node.collection.fact.element)
        if inside is None or any(reading.reaches(child, outside, knob) for child in children(node)):
            return UNSOLVED
        inner = scope.inner(inside)
        sifts = [part for part in (node.where, node.among) if part is not None]
        known = [self.turns(part, inner, knob, points) for part in sifts]
        complete = all(known)
        if node.kind in (AggregateKind.COUNT, AggregateKind.SHARE):
            return STEPPED._replace(complete=complete)
        if node.kind is not AggregateKind.SUM or node.of is None or not complete:
            return UNSOLVED
        chosen = Verdict.MET if node.where is None else decide(node.where, inner).verdict
        if chosen is Verdict.UNKNOWN:
            return UNSOLVED
        whole = reading.value(node, scope)
        rest = _less(whole, reading.value(node.of, inner)) if chosen is Verdict.MET else whole
        added = _ZERO
        moving = any(reading.reaches(part, inner.records, knob) for part in sifts)
        if moving or chosen is Verdict.MET:
            added = self._shape(node.of, inner, knob, points)
        if moving:
            added = added._replace(lines=(*added.lines, *_ZERO.lines))
        return Shape.constant(rest.low, rest.high).plus(added)

    def _terms_naming(self, node: Sum, knob: Knob) -> list[Quantity]:
        """Return the terms of a sum that name the fact, looked up in an index made once."""
        if id(node) not in self._terms:
            index: dict[tuple[SubjectSchema, str], list[Quantity]] = {}
            for term in node.terms:
                for key in self.reading.names(term):
                    index.setdefault(key, []).append(term)
            self._terms[id(node)] = index
        return self._terms[id(node)].get(knob.key, [])

    def _rest(self, node: Sum, without: list[Quantity], scope: Scope) -> Shape:
        """Return what the other terms of a sum come to."""
        rest = self.reading.value(node, scope)
        for term in without:
            rest = _less(rest, self.reading.value(term, scope))
        return Shape.constant(rest.low, rest.high)

    def _constant(self, node: Quantity, scope: Scope) -> Shape:
        extent = self.reading.value(node, scope)
        return Shape.constant(extent.low, extent.high)


def _less(whole: Extent, part: Extent) -> Extent:
    """Return what is left of a sum without one of its terms."""
    return Extent(_difference(whole.low, part.low), _difference(whole.high, part.high))


def _difference(one: Number | None, other: Number | None) -> Number | None:
    return None if one is None or other is None else one - other
