"""How what a floor requires is worked out, in figures: ``35 人[党员] × 100 元/人[党员]/年``.

A figure that is rounded stands after an arrow: ``25 人[党员] ÷ 10 人[党员]/个 → 3 个``.

Imports ``evaluation`` and what stands above it.
"""

from __future__ import annotations

import functools
from fractions import Fraction

from perfeval.amounts import Amount
from perfeval.dimensions import unit_of
from perfeval.evaluation import Scope, amount_of, evaluate
from perfeval.expressions import ByKind, Literal, Measure, Negative, Product, Quantity, Quotient, Rounded, Sum
from perfeval.facts import SubjectSchema, Value
from perfeval.units import Unit

__all__ = ["worked_out"]


def worked_out(node: Quantity, scope: Scope, *, bracket: bool = False) -> str:
    """Return the sum behind a quantity on given facts; ``bracket`` sets a sum that is multiplied in brackets."""
    match node:
        case Literal(amount=amount):
            return _written(amount.root, amount.unit)
        case Product(factors=factors):
            return " × ".join(worked_out(factor, scope, bracket=True) for factor in factors)
        case Quotient(dividend=dividend, divisor=divisor):
            words = f"{worked_out(dividend, scope, bracket=True)} ÷ {worked_out(divisor, scope, bracket=True)}"
        case Sum(terms=terms):
            words = " + ".join(worked_out(term, scope, bracket=isinstance(term, Rounded)) for term in terms).replace(
                "+ −", "− "
            )
        case Rounded(operand=operand):
            value = _valued(node, scope)
            if not value[0].isdigit():
                return value
            exact = worked_out(operand, scope)
            if exact == value:
                return value
            words = f"{exact} → {value}"
        case Negative(operand=operand):
            return f"−{worked_out(operand, scope, bracket=True)}"
        case ByKind(category=category, cases=cases) if category.owner is not None:
            kind = _stated(category.owner, category.fact.name, scope)
            chosen = [case for name, case in cases if name == kind]
            return worked_out(chosen[0], scope, bracket=bracket) if chosen else _valued(node, scope)
        case Measure(owner=owner) if owner is not None:
            stated = _stated(owner, node.fact.name, scope)
            return str(stated) if isinstance(stated, Amount) else _valued(node, scope)
        case _:
            return _valued(node, scope)
    return f"({words})" if bracket else words


def _stated(owner: SubjectSchema, name: str, scope: Scope) -> Value:
    """Return a fact as it was given; None where that is no more than a plan and the rule asks for more."""
    given = scope.records[owner].entries[name].given
    return None if scope.stage is not None and given.stage.rank < scope.stage.rank else given.value


@functools.lru_cache(maxsize=1024)
def _written(root: Fraction, unit: Unit) -> str:
    """Write an amount; what a clause names is written again and again."""
    return str(Amount(root, unit))


def _valued(node: Quantity, scope: Scope) -> str:
    unit = unit_of(node)
    value = amount_of(evaluate(node, scope), unit) if isinstance(unit, Unit) else None
    if isinstance(value, Amount):
        return str(value)
    if value is None or (value.high is None and (value.low is None or value.low.root <= 0)):
        return f"? {unit.text}"
    return f"({value})"
