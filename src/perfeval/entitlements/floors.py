"""Which parts of the rules of a standard are floors of money on a day, and why each other part is none.

Imports ``totals``, ``standard`` and what stands above them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias, final

from attrs import frozen

from perfeval.amounts import Amount
from perfeval.citations import InForce
from perfeval.dimensions import unit_of
from perfeval.entitlements.totals import OtherRule
from perfeval.expressions import (
    Aggregate,
    AggregateKind,
    All,
    Category,
    Compare,
    Condition,
    Flag,
    IsKind,
    Many,
    Measure,
    MonthsServed,
    Named,
    Operator,
    Quantified,
    Quantifier,
    Quantity,
    Sum,
    When,
)
from perfeval.facts import Label
from perfeval.rules import Rule
from perfeval.scoping import children, free_facts
from perfeval.standard import Standard
from perfeval.subjects import Number
from perfeval.units import Dimension, Unit

__all__ = ["Account", "Each", "Floor", "Step", "first_unit", "floors_on"]


class Each(NamedTuple):
    """A step into each element of a collection; ``where`` picks elements."""

    collection: Many
    where: Condition | None


Step: TypeAlias = Condition | Each


class Account(NamedTuple):
    """A measure of money; with a collection, that of all its elements."""

    collection: Many | None
    measure: Measure


@final
@frozen(kw_only=True)
class Floor:
    """A floor of money: the steps to where it stands, the money, and what it must be at least.

    ``deciding`` are the kinds and flags of the subject that it depends on; ``element_unit`` is the unit of the
    innermost elements that it goes through, None where it is about the subject itself. ``shown`` is the unit of what
    comes out. ``period`` is by what a rate is multiplied, None for what stays as it is, and ``scale`` its months.
    ``of_year`` says that months served are counted, so that the amount is that of the calendar year judged.
    """

    rule: Rule
    label: Label
    in_force: InForce
    steps: tuple[Step, ...]
    accounts: tuple[Account, ...]
    required: Quantity
    probe: Compare
    deciding: tuple[Category | Flag, ...]
    element_unit: Unit | None
    shown: Unit
    period: Amount | None
    scale: Number
    of_year: bool


def floors_on(standard: Standard, on: datetime.date, period: Amount | None) -> tuple[list[Floor], list[OtherRule]]:
    """Return the floors of money that are in force on a day, and what requires no sum of money then."""
    floors: list[Floor] = []
    others: dict[OtherRule, None] = {}
    for rule in standard.rules_on(on):
        dates = rule.in_force or standard.in_force
        if not dates.covers(on):
            why = Label(f"{on.isoformat()} 不在有效期内", f"not in force on {on.isoformat()}")
            others[OtherRule(rule=rule.name, label=rule.title, why=why)] = None
            continue
        for part in _parts(rule, dates, period):
            if isinstance(part, Floor):
                floors.append(part)
            else:
                others[part] = None
    return floors, list(others)


def first_unit(standard: Standard, period: Amount | None) -> Unit | None:
    """Return the unit of the first floor of money of any day; None where a standard has none."""
    for rule in standard.rules:
        for part in _parts(rule, rule.in_force or standard.in_force, period):
            if isinstance(part, Floor):
                return part.shown
    return None


class _AtLeast(NamedTuple):
    """A comparison that is a floor of money, and the unit in which it says what is required."""

    steps: tuple[Step, ...]
    accounts: tuple[Account, ...]
    required: Quantity
    unit: Unit


def _parts(rule: Rule, dates: InForce, period: Amount | None) -> Iterator[Floor | OtherRule]:
    for name, found in _search(rule.full_condition, (), None):
        label = name or rule.title
        if isinstance(found, Label):
            yield OtherRule(rule=rule.name, label=label, why=found)
            continue
        length = None if found.unit.is_money else period
        facts = (fact for node in (found.required, *_conditions(found.steps)) for fact in free_facts(node))
        of_subject = [one for one in facts if isinstance(one, Category | Flag) and one.owner == rule.subject]
        units = [step.collection.fact.element.unit for step in found.steps if isinstance(step, Each)]
        yield Floor(
            rule=rule,
            label=label,
            in_force=dates,
            steps=found.steps,
            accounts=found.accounts,
            required=found.required,
            # Decided only where all that the required side needs is known; otherwise it names what is missing.
            probe=Compare(found.required, Operator.AT_LEAST, found.required),
            deciding=tuple(dict.fromkeys(of_subject)),
            element_unit=units[-1] if units else None,
            shown=found.unit if length is None else found.unit * length.unit,
            period=length,
            scale=1 if length is None else length.root,
            of_year=_counts_months(found.required),
        )


_CHOICE = Label(
    "含有选择或否定，没有单一的最低金额", "leaves a choice or is negated, so there is no single least amount"
)
_NO_MONEY = Label("不是对可调整资金的下限要求", "does not require at least so much of changeable money")
_PER_HEAD = Label("是单位标准，不是金额", "requires a rate for each, not a sum of money")
_NOT_PLAIN = Label("资金一侧不是若干资金项之和", "the money is not a plain sum of measures")
_STRICT = Label("要求“多于”，没有最小值", "requires more than an amount, which has no least")
_CIRCULAR = Label("要求本身取决于可调整的资金", "what is required depends on the changeable money itself")
_EQUALITY = Label("是相等关系，不是下限", "requires equality, which is no floor")


def _search(
    node: Condition, steps: tuple[Step, ...], name: Label | None
) -> Iterator[tuple[Label | None, _AtLeast | Label]]:
    """Yield, with the name of its part, each floor of money that a condition sets, or why that part sets none."""
    match node:
        case Named(part=part):
            yield from _search(part, steps, node.label)
        case When(part=part, guard=guard):
            yield from _search(part, (*steps, guard), name)
        case All(parts=parts):
            for part in parts:
                yield from _search(part, steps, name)
        case Quantified(quantifier=Quantifier.EVERY, collection=collection, where=where):
            yield from _search(node.condition, (*steps, Each(collection, where)), name)
        case Compare():
            yield name, _comparison(node, steps)
        case Flag() | IsKind():
            yield name, _NO_MONEY
        case _:
            yield name, _CHOICE


_NO_FLOOR = {
    Operator.AT_MOST: _NO_MONEY,
    Operator.BELOW: _NO_MONEY,
    Operator.ABOVE: _STRICT,
    Operator.EQUAL: _EQUALITY,
}


def _comparison(node: Compare, steps: tuple[Step, ...]) -> _AtLeast | Label:
    funding, operator, required = node.left, node.operator, node.right
    if not _names_changeable_money(funding):
        funding, operator, required = required, operator.mirrored, funding
    if isinstance(funding, Aggregate) and funding.kind is AggregateKind.MINIMUM and funding.of is not None:
        # The least of them is at least so much: each of them is.
        steps, funding = (*steps, Each(funding.collection, funding.where)), funding.of
    if not _names_changeable_money(funding):
        return _NO_MONEY
    if operator is not Operator.AT_LEAST:
        return _NO_FLOOR[operator]
    unit = unit_of(required)
    if not isinstance(unit, Unit) or not _is_money(unit.dimension):
        return _PER_HEAD
    accounts = tuple(_accounts(funding))
    if None in accounts or len(set(accounts)) < len(accounts):
        return _NOT_PLAIN
    if any(_names_changeable_money(part) for part in (required, *_conditions(steps))):
        return _CIRCULAR
    return _AtLeast(steps, tuple(account for account in accounts if account is not None), required, unit)


def _conditions(steps: Iterable[Step]) -> Iterator[Condition]:
    for step in steps:
        condition = step.where if isinstance(step, Each) else step
        if condition is not None:
            yield condition


def _names_changeable_money(node: Quantity | Condition) -> bool:
    if isinstance(node, Measure):
        return node.fact.changeable and any(
            base.startswith("currency_") and power > 0 for base, power in node.fact.unit.dimension
        )
    return any(_names_changeable_money(child) for child in children(node))


def _counts_months(node: Quantity | Condition) -> bool:
    return isinstance(node, MonthsServed) or any(_counts_months(child) for child in children(node))


def _is_money(dimension: Dimension) -> bool:
    """Say whether this is money, or money over a period: 元, 元/年; not 元/人."""
    currencies = [power for base, power in dimension if base.startswith("currency_")]
    others = [(base, power) for base, power in dimension if not base.startswith("currency_")]
    return currencies == [1] and others in ([], [("time_month", -1)])


def _accounts(node: Quantity) -> Iterator[Account | None]:
    """Yield the measures that money is the sum of, sums over all of a collection included; None for what is else."""
    match node:
        case Measure():
            yield Account(None, node)
        case Sum(terms=terms):
            for term in terms:
                yield from _accounts(term)
        case Aggregate(kind=AggregateKind.SUM, where=None, of=of) if of is not None:
            for inner in _accounts(of):
                # A measure of the owner of the collection would be counted once for each element.
                is_own = (
                    inner is not None
                    and inner.collection is None
                    and inner.measure.owner == node.collection.fact.element
                )
                yield Account(node.collection, inner.measure) if inner is not None and is_own else None
        case _:
            yield None
