"""How a verdict came about, step by step: each part of a condition with what it came to, and where it stands.

Asked for when wanted, not stored: a finding holds names and values only. Imports ``wording`` and above.
"""

from __future__ import annotations

import datetime
from typing import final

from attrs import frozen

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.dimensions import unit_of
from perfeval.evaluation import Scope, amount_of, decide, evaluate, members, scope_of
from perfeval.expressions import (
    Aggregate,
    Condition,
    Day,
    DayLiteral,
    Flag,
    Literal,
    Measure,
    Quantified,
    Quantity,
)
from perfeval.facts import Label
from perfeval.rules import Rule
from perfeval.scoping import children
from perfeval.subjects import Record
from perfeval.units import Unit
from perfeval.wording import describe

__all__ = ["Step", "derive"]

MAX_ELEMENTS = 100
"""How many elements of a collection a derivation lists; the figure over them is always there."""


@final
@frozen(kw_only=True)
class Step:
    """One step: how deep it stands, what it is about, and what it came to (a verdict or a value).

    ``about`` is the place of the element, ``spans`` and ``source`` where a given value stands and who said it.
    """

    depth: int
    label: Label
    value: str
    about: str = ""
    span: Span | None = None
    source: str | None = None


def derive(rule: Rule, record: Record, *, on: datetime.date) -> tuple[Step, ...]:
    """Return the steps from the given facts to the verdict of a rule judged ``on`` a day: outermost first."""
    steps: list[Step] = []
    _walk(rule.full_condition, scope_of(record, rule.stage, on), 0, "", steps)
    return tuple(steps)


def _walk(node: Quantity | Condition, scope: Scope, depth: int, about: str, steps: list[Step]) -> None:
    if isinstance(node, Literal | DayLiteral):
        return
    given = None
    if isinstance(node, Measure | Day | Flag) and node.owner is not None:
        given = scope.records[node.owner].entries[node.fact.name].given
    steps.append(
        Step(
            depth=depth,
            label=Label(describe(node, "zh"), describe(node, "en")),
            value=_value(node, scope),
            about=about,
            span=None if given is None else given.span,
            source=None if given is None else given.source,
        )
    )
    if isinstance(node, Aggregate | Quantified):
        for item in members(node.collection, scope).items[:MAX_ELEMENTS]:
            for child in children(node):
                _walk(child, scope.inner(item), depth + 1, item.path, steps)
        return
    for child in children(node):
        _walk(child, scope, depth + 1, about, steps)


def _value(node: Quantity | Condition, scope: Scope) -> str:
    if isinstance(node, Condition):
        return decide(node, scope).verdict.value
    extent, unit = evaluate(node, scope), unit_of(node)
    if extent.undefined is not None and extent.certain:
        return "—"
    if not isinstance(unit, Unit):
        return "?" if extent.low is None else datetime.date.fromordinal(int(extent.low)).isoformat()
    shown = amount_of(extent, unit)
    if shown is None:
        return "?"
    if isinstance(node, Measure) and isinstance(shown, Amount):
        literal = scope.records[node.owner].entries[node.fact.name].given.value  # type: ignore[index]
        return str(literal) if isinstance(literal, Amount) else str(shown)
    return str(shown)
