"""Which subject each fact of an expression belongs to, and what binds it.

A fact of a class is *free* where no aggregate or quantifier over that class stands around it. A rule has exactly
one subject: the class whose facts are free in it. An inner collection of the same class binds anew, so within
it the class means the inner element. Imports ``expressions``, ``facts`` and ``errors``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, assert_never

from perfeval.errors import RuleError
from perfeval.expressions import (
    Aggregate,
    All,
    Any,
    ByKind,
    Category,
    Compare,
    Condition,
    Day,
    DayLiteral,
    Flag,
    IsKind,
    Literal,
    Many,
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
from perfeval.facts import SubjectSchema

__all__ = ["FactReference", "check_names", "children", "free_facts", "subject_of"]

FactReference: TypeAlias = Measure | Day | Flag | Category | Many


def children(node: Quantity | Condition) -> tuple[Quantity | Condition, ...]:
    """Return the nodes directly below a node, in order."""
    match node:
        case Measure() | Day() | Literal() | DayLiteral() | Flag() | IsKind():
            return ()
        case Sum(terms=parts) | Product(factors=parts):
            return parts
        case Negative(operand=operand) | Rounded(operand=operand):
            return (operand,)
        case Quotient(dividend=dividend, divisor=divisor):
            return (dividend, divisor)
        case MonthsServed(start=start, end=end):
            return (start,) if end is None else (start, end)
        case ByKind(cases=cases):
            return tuple(case for _, case in cases)
        case Aggregate(of=of, where=where, among=among):
            return tuple(part for part in (of, where, among) if part is not None)
        case Compare(left=left, right=right):
            return (left, right)
        case All(parts=conditions) | Any(parts=conditions):
            return conditions
        case Not(part=part) | Named(part=part):
            return (part,)
        case When(part=part, guard=guard):
            return (part, guard)
        case Quantified(condition=condition, where=where):
            return (condition,) if where is None else (condition, where)
        case _:
            assert_never(node)


def free_facts(node: Quantity | Condition) -> Iterator[FactReference]:
    """Yield each use of a fact that nothing inside ``node`` binds, in the order of writing."""
    match node:
        case Measure() | Day() | Flag():
            yield node
        case IsKind(category=category):
            yield category
        case ByKind(category=category):
            yield category
            for child in children(node):
                yield from free_facts(child)
        case Aggregate(collection=collection) | Quantified(collection=collection):
            yield collection
            element = collection.fact.element
            for child in children(node):
                yield from (fact for fact in free_facts(child) if fact.owner != element)
        case _:
            for child in children(node):
                yield from free_facts(child)


def subject_of(node: Condition, *, where: str) -> SubjectSchema:
    """Return the one class whose facts are free in a condition.

    Raises ``RuleError`` where no class is, or more than one: the others need an aggregate that binds them.
    """
    owners = list(dict.fromkeys(fact.owner for fact in free_facts(node) if fact.owner is not None))
    if len(owners) == 1:
        return owners[0]
    if not owners:
        raise RuleError.of(
            where, came="a condition that names no fact", needed="at least one fact of the rule's subject"
        )
    names = ", ".join(owner.name for owner in owners)
    raise RuleError.of(
        where,
        came=f"facts of {len(owners)} classes: {names}",
        needed="facts of one class, the others inside sum(), count(), share(), minimum(), maximum(), every() or some() "
        "of a collection that binds them",
    )


def check_names(node: Condition, *, where: str) -> None:
    """Refuse two different classes of one name in a condition or below: nothing written could tell them apart."""
    seen: dict[str, SubjectSchema] = {}

    def visit(schema: SubjectSchema) -> None:
        known = seen.get(schema.name)
        if known is None:
            seen[schema.name] = schema
            for fact in schema.collections:
                visit(fact.element)
        elif known != schema:
            raise RuleError.of(
                where, came=f"two different classes named {schema.name}", needed="one class for each name"
            )

    def walk(part: Quantity | Condition) -> None:
        match part:
            case Measure(owner=owner) | Day(owner=owner) | Flag(owner=owner) if owner is not None:
                visit(owner)
            case IsKind(category=category) | ByKind(category=category) if category.owner is not None:
                visit(category.owner)
            case Aggregate(collection=collection) | Quantified(collection=collection) if collection.owner is not None:
                visit(collection.owner)
                visit(collection.fact.element)
            case _:
                pass
        for child in children(part):
            walk(child)

    walk(node)
