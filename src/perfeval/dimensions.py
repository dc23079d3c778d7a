"""Which unit an expression has, or why it has none: the pass that checks units when a rule is built.

Imports ``expressions``, ``units`` and ``errors``.
"""

from __future__ import annotations

import enum
from typing import TypeAlias, assert_never, final

from perfeval.errors import UnitMismatch
from perfeval.expressions import (
    Aggregate,
    AggregateKind,
    All,
    Any,
    ByKind,
    Compare,
    Condition,
    Day,
    DayLiteral,
    Flag,
    IsKind,
    Literal,
    Measure,
    MonthsServed,
    Named,
    Negative,
    Not,
    Product,
    Quantified,
    Quantity,
    Quotient,
    Rounded,
    Sum,
    When,
)
from perfeval.units import Unit

__all__ = ["Calendar", "QuantityUnit", "check_units", "unit_of"]


@final
class Calendar(enum.Enum):
    """The unit of calendar days: they compare with one another and take no part in arithmetic."""

    DAY = "calendar day"

    @property
    def text(self) -> str:
        """The name to show."""
        return self.value


QuantityUnit: TypeAlias = Unit | Calendar


def unit_of(node: Quantity) -> QuantityUnit:
    """Return the unit of a quantity; raise ``UnitMismatch`` where its parts do not go together.

    Units of one dimension go together (元/年 and 元/月); the first one written is the one returned.
    """
    match node:
        case Measure(fact=fact):
            return fact.unit
        case Literal(amount=amount):
            return amount.unit
        case Day() | DayLiteral():
            return Calendar.DAY
        case Sum(terms=terms):
            first = _arithmetic(terms[0], "a sum")
            for term in terms[1:]:
                _same(first, _arithmetic(term, "a sum"), "a sum")
            return first
        case Negative(operand=operand):
            return _arithmetic(operand, "a negative")
        case Product(factors=factors):
            product = _arithmetic(factors[0], "a product")
            for factor in factors[1:]:
                product = product * _arithmetic(factor, "a product")
            return product
        case Quotient(dividend=dividend, divisor=divisor):
            return _arithmetic(dividend, "a quotient") / _arithmetic(divisor, "a quotient")
        case Rounded(operand=operand, quantum=quantum):
            unit = _arithmetic(operand, "rounding")
            _same(unit, quantum.unit, "rounding")
            return unit
        case MonthsServed(start=start, end=end):
            for day in (start, end):
                if day is not None and not isinstance(unit_of(day), Calendar):
                    raise UnitMismatch.of("months_served", came=f"{day!r}", needed="calendar days")
            return Unit.parse("月")
        case ByKind(cases=cases):
            unit_first = unit_of(cases[0][1])
            for _, case in cases[1:]:
                _same(unit_first, unit_of(case), f"the cases by {node.category!r}")
            return unit_first
        case Aggregate(kind=kind, collection=collection, of=of, where=where, among=among):
            for condition in (where, among):
                if condition is not None:
                    check_units(condition)
            if kind is AggregateKind.COUNT:
                return collection.fact.element.unit
            if kind is AggregateKind.SHARE or of is None:
                return Unit.ratio()
            if kind is AggregateKind.SUM:
                return _arithmetic(of, "a sum over a collection")
            return unit_of(of)
        case _:
            assert_never(node)


def check_units(node: Condition) -> None:
    """Raise ``UnitMismatch`` where a comparison inside ``node`` compares what cannot be compared."""
    match node:
        case Compare(left=left, operator=operator, right=right):
            _same(unit_of(left), unit_of(right), f"{left!r} {operator.value} {right!r}")
        case Flag() | IsKind():
            return
        case All(parts=parts) | Any(parts=parts):
            for part in parts:
                check_units(part)
        case Not(part=part) | Named(part=part):
            check_units(part)
        case When(part=part, guard=guard):
            check_units(part)
            check_units(guard)
        case Quantified(condition=condition, where=where):
            check_units(condition)
            if where is not None:
                check_units(where)
        case _:
            assert_never(node)


def _arithmetic(node: Quantity, place: str) -> Unit:
    unit = unit_of(node)
    if isinstance(unit, Calendar):
        raise UnitMismatch.of(place, came="a calendar day", needed="an amount; calendar days can only be compared")
    return unit


def _same(first: QuantityUnit, second: QuantityUnit, place: str) -> None:
    one = first.dimension if isinstance(first, Unit) else first
    other = second.dimension if isinstance(second, Unit) else second
    if one != other:
        shown = place if len(place) <= 200 else f"{place[:200]}…"
        raise UnitMismatch.of(shown, came=f"{first.text} with {second.text}", needed="units of one dimension")
