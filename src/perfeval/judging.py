"""What a rule comes to on given facts and a day: the pass from a rule and a record to a finding.

Imports ``evaluation``, ``findings`` and above.
"""

from __future__ import annotations

import datetime
import functools
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any as AnyType
from typing import NamedTuple, assert_never

from attrs import evolve

from perfeval.amounts import Amount, AmountRange
from perfeval.citations import InForce
from perfeval.dimensions import Calendar, unit_of
from perfeval.evaluation import (
    Extent,
    Reason,
    ReasonKind,
    Scope,
    Truth,
    amount_of,
    decide,
    element_truth,
    evaluate,
    members,
    scalars,
    scope_of,
    unlisted,
)
from perfeval.expressions import (
    Aggregate,
    AggregateKind,
    All,
    Any,
    Category,
    Compare,
    Condition,
    Day,
    Flag,
    IsKind,
    Literal,
    Many,
    Measure,
    Named,
    Negative,
    Not,
    Operator,
    Quantified,
    Quantity,
    Sum,
    When,
)
from perfeval.facts import Given, Label
from perfeval.findings import Finding, Observation
from perfeval.rules import Rule
from perfeval.scoping import children, free_facts
from perfeval.subjects import Record
from perfeval.units import Unit
from perfeval.verdicts import Verdict

__all__ = ["givens", "judge_rule", "verdict_of"]


def verdict_of(rule: Rule, record: Record, *, on: datetime.date, in_force: InForce | None = None) -> Truth:
    """Return what a rule comes to, without building a finding."""
    dates = rule.in_force or in_force
    if dates is not None and not dates.covers(on):
        return Truth(Verdict.NOT_APPLICABLE, Reason(ReasonKind.NOT_IN_FORCE, on.isoformat()))
    return _timely(rule, decide(rule.full_condition, scope_of(record, rule.stage, on)), on)


def _timely(rule: Rule, truth: Truth, on: datetime.date) -> Truth:
    """Before the day on which a target falls due, what is not yet reached is not yet known to be missed."""
    undecided = truth.verdict in (Verdict.UNMET, Verdict.UNKNOWN)
    due = rule.due_on(on)
    if due is not None and on < due and undecided:
        return Truth(Verdict.UNKNOWN, Reason(ReasonKind.NOT_DUE, due.isoformat()), truth.missing)
    return truth


def judge_rule(
    rule: Rule, record: Record, *, on: datetime.date, in_force: InForce | None = None, prefix: str = ""
) -> Finding:
    """Return the finding of a rule on the facts of one record, judged ``on`` a day.

    ``in_force`` are the dates of the standard, for a rule that has none of its own; ``prefix`` begins the id.
    """
    truth = verdict_of(rule, record, on=on, in_force=in_force)
    scope = scope_of(record, rule.stage, on)
    dates = rule.in_force or in_force
    finding = _part(rule.full_condition, scope, truth, f"{prefix}{rule.name}", rule, on, label=rule.title)
    return evolve(
        finding,
        citation=rule.citation,
        in_force=dates,
        suggestion=rule.remedy if truth.verdict is Verdict.UNMET else None,
        remarks=_stale(dates, on) if truth.verdict is not Verdict.NOT_APPLICABLE else (),
    )


def _stale(dates: InForce | None, on: datetime.date) -> tuple[Label, ...]:
    """Say that a standard was to be looked up again before the day judged; it still binds."""
    if dates is None or dates.review_by is None or on <= dates.review_by:
        return ()
    day = dates.review_by
    return (Label(f"本标准应于 {day} 前复核，可能已有新规定", f"to be looked up again by {day}; it may have changed"),)


def _part(
    node: Condition,
    scope: Scope,
    truth: Truth,
    identity: str,
    rule: Rule,
    on: datetime.date,
    *,
    label: Label,
    about: str = "",
) -> Finding:
    known = [given for given in givens(node, scope) if given.value is not None]
    stages = {given.stage for given in known}
    finding = functools.partial(
        Finding,
        id=identity,
        rule=rule.name,
        label=label,
        verdict=truth.verdict,
        severity=rule.severity,
        obligation=rule.obligation,
        stage=min(stages, key=lambda stage: stage.rank) if stages else None,
        missing=tuple(sorted(truth.missing, key=lambda lack: lack.path)),
        reason=truth.reason,
        spans=tuple(dict.fromkeys(given.span for given in known if given.span is not None)),
        sources=tuple(dict.fromkeys(given.source for given in known if given.source)),
        about=about,
    )
    core = _core(node)
    match core:
        case Compare():
            return finding(**_compared(core, scope, truth))
        case Flag(fact=fact):
            return finding(aspect=fact.label)
        case IsKind():
            return finding()
        case All(parts=parts) | Any(parts=parts):
            below = [_Below(part, scope, decide(part, scope), None) for part in parts]
        case Not(part=part):
            denied = _denied(part, scope, truth)
            if denied is not None:
                return finding(**denied)
            below = [_Below(part, scope, decide(part, scope), None)]
        case Quantified(condition=condition, collection=collection):
            found = members(collection, scope)
            inner_scopes = [scope.inner(item) for item in found.items]
            if found.others_at_most != 0:
                # One part stands for all that were not listed, so that what is required of them is said.
                inner_scopes.append(scope.inner(unlisted(collection, scope)))
            below = [
                _Below(condition, inner, element_truth(core, inner), inner.records[collection.fact.element])
                for inner in inner_scopes
            ]
        case _:
            assert_never(core)
    settled = [part._replace(truth=_settled(part.truth, truth, rule, on)) for part in below]
    return finding(children=_children(settled, identity, rule, on))


def _settled(truth: Truth, whole: Truth, rule: Rule, on: datetime.date) -> Truth:
    """Judge a part as its whole is judged: what does not apply has no unmet parts, nor what is not yet due."""
    if whole.verdict is Verdict.NOT_APPLICABLE and truth.verdict is not Verdict.NOT_APPLICABLE:
        return Truth(Verdict.NOT_APPLICABLE, whole.reason)
    return _timely(rule, truth, on)


class _Below(NamedTuple):
    """A part of a composite, and the element that it is about where the composite goes through a collection."""

    part: Condition
    scope: Scope
    truth: Truth
    element: Record | None


def _children(below: Sequence[_Below], identity: str, rule: Rule, on: datetime.date) -> tuple[Finding, ...]:
    findings: list[Finding] = []
    names = Counter(part.part.name for part in below if isinstance(part.part, Named))
    for index, (part, scope, truth, element) in enumerate(below):
        key = "*" if element is not None and element.path.endswith("[*]") else str(index)
        label = rule.title
        if isinstance(part, Named):
            # The name alone where it is the only one; each element, and each of two namesakes, needs its own id.
            alone = element is None and names[part.name] == 1
            key, label = part.name if alone else f"{key}/{part.name}", part.label
        about = ""
        if element is not None:
            label, about = element.title, element.path
        findings.append(_part(part, scope, truth, f"{identity}/{key}", rule, on, label=label, about=about))
    return tuple(findings)


def _core(node: Condition) -> Compare | Flag | IsKind | All | Any | Not | Quantified:
    """Return the condition inside its guards and names: what a finding compares or lists."""
    while isinstance(node, When | Named):
        node = node.part
    return node


def _denied(node: Condition, scope: Scope, truth: Truth) -> dict[str, AnyType] | None:
    """Return what a finding of a denied comparison says: not at least so much is less than it.

    What must not equal an amount has no relation and no shortfall: there is no telling by how much.
    """
    while isinstance(node, Named):
        node = node.part
    if not isinstance(node, Compare):
        return None
    if node.operator is Operator.EQUAL:
        return {**_compared(node, scope, truth), "relation": None, "shortfall": None}
    return _compared(Compare(node.left, node.operator.opposite, node.right), scope, truth)


def _compared(node: Compare, scope: Scope, truth: Truth) -> dict[str, AnyType]:
    """Return what a finding of a comparison says besides its verdict."""
    left, right, operator = node.left, node.right, node.operator
    if isinstance(left, Literal) and not isinstance(right, Literal):
        left, right, operator = right, left, operator.mirrored
    unit = unit_of(right)
    wanted = evaluate(right, scope)
    required = _telling(_shown(wanted, unit))
    if truth.verdict is Verdict.NOT_APPLICABLE:
        return {"relation": operator, "required": required}
    seen = evaluate(left, scope)
    named = {scope.records[fact.owner].where(fact.fact.name) for fact in scalars(node) if fact.owner is not None}
    lacking = any(lack.path in named for lack in truth.missing)
    observed = None if lacking else _telling(_shown(seen, unit))
    shortfall = None
    if truth.verdict is Verdict.UNMET and isinstance(unit, Unit):
        shortfall = _shortfall(operator, seen, wanted, unit)
    worked = _worked(left, scope, observed)
    return {
        "relation": operator,
        "observed": observed,
        "required": required,
        "shortfall": shortfall,
        "worked": worked,
    }


def _telling(value: Observation | None) -> Observation | None:
    """Leave out a range that says no more than that the amount is not negative."""
    if isinstance(value, AmountRange) and value.high is None and (value.low is None or value.low.root == 0):
        return None
    return value


_MOST_TERMS = 12


def _worked(node: Quantity, scope: Scope, observed: Observation | None) -> str:
    """Return the sum behind an exact amount, each term as it was given: ``3 天 + 2 天 = 5 天``."""
    if not isinstance(observed, Amount):
        return ""
    if isinstance(node, Aggregate) and node.kind is AggregateKind.SUM and node.of is not None and node.where is None:
        summed = [(node.of, scope.inner(item)) for item in members(node.collection, scope).items]
    elif isinstance(node, Sum):
        summed = [(term, scope) for term in node.terms]
    else:
        return ""
    if not 1 < len(summed) <= _MOST_TERMS:
        return ""
    terms = [_term(term, inner) for term, inner in summed]
    return f"{' + '.join(terms)} = {observed}".replace("+ −", "− ").replace("+ -", "− ")


def _term(node: Quantity, scope: Scope) -> str:
    if isinstance(node, Measure) and node.owner is not None:
        printed = scope.records[node.owner].entries[node.fact.name].given.value
        if isinstance(printed, Amount):
            return str(printed)
    if isinstance(node, Negative):
        return f"−{_term(node.operand, scope)}"
    unit = unit_of(node)
    return "?" if isinstance(unit, Calendar) else str(amount_of(evaluate(node, scope), unit))


def _shown(extent: Extent, unit: Unit | Calendar) -> Observation | None:
    if isinstance(unit, Unit):
        return amount_of(extent, unit)
    if extent.low is None or extent.low != extent.high:
        return None
    return datetime.date.fromordinal(int(extent.low))


def _shortfall(operator: Operator, left: Extent, right: Extent, unit: Unit) -> Amount | AmountRange | None:
    """Return how far the left is from what is required: exact where both sides are, else between two bounds."""
    if operator in (Operator.AT_MOST, Operator.BELOW):
        left, right = right, left
    low = None if right.low is None or left.high is None else right.low - left.high
    high = None if right.high is None or left.low is None else right.high - left.low
    if operator is Operator.EQUAL:
        if low is None or low != high:
            return None
        return Amount.from_root(abs(Fraction(low)), unit)
    if low is None and high is None:
        return None
    least = None if low is None else Amount.from_root(Fraction(low), unit)
    most = None if high is None else Amount.from_root(Fraction(high), unit)
    if least is not None and least == most:
        return least
    return AmountRange(least, most)


def givens(node: Quantity | Condition, scope: Scope) -> Iterator[Given]:
    """Yield every value that a node looks at on these facts, elements of collections included."""
    for fact in _named(node):
        if fact.owner in scope.records:
            yield scope.records[fact.owner].entries[fact.fact.name].given
    yield from _inner_givens(node, scope)


def _inner_givens(node: Quantity | Condition, scope: Scope) -> Iterator[Given]:
    for part in _through(node):
        below = children(part)
        for item in members(part.collection, scope).items:
            for child in below:
                for fact in _named(child):
                    if fact.owner == item.schema:
                        yield item.entries[fact.fact.name].given
                if _through(child):
                    yield from _inner_givens(child, scope.inner(item))


@functools.lru_cache(maxsize=4096)
def _named(node: Quantity | Condition) -> tuple[Measure | Day | Flag | Category, ...]:
    """Return the facts free in a node, collections left out; asked for every element, and nodes keep their hash."""
    return tuple(fact for fact in free_facts(node) if not isinstance(fact, Many))


@functools.lru_cache(maxsize=4096)
def _through(node: Quantity | Condition) -> tuple[Aggregate | Quantified, ...]:
    """Return the outermost parts of a node that go through a collection."""
    if isinstance(node, Aggregate | Quantified):
        return (node,)
    return tuple(part for child in children(node) for part in _through(child))
