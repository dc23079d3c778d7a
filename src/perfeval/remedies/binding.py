"""Whether a condition is met by changed facts, with what bound on the facts as they were taken to bind still.

A change must not mend a rule by making a clause of it cease to bind, or come to bind. Imports ``evaluation``, ``scoping``,
``expressions``, ``rules`` and ``verdicts``.
"""

from __future__ import annotations

import functools

from perfeval.evaluation import Scope, decide, members
from perfeval.expressions import (
    Aggregate,
    AggregateKind,
    All,
    Any,
    Compare,
    Condition,
    Named,
    Not,
    Quantified,
    Quantifier,
    Quantity,
    Quotient,
    When,
)
from perfeval.scoping import children
from perfeval.verdicts import Verdict, all_of, any_of, negation

__all__ = ["has_guards", "still_bound"]

_MAY_BE_EMPTY = (AggregateKind.MINIMUM, AggregateKind.MAXIMUM, AggregateKind.SHARE)


@functools.lru_cache(maxsize=1024)
def has_guards(node: Quantity | Condition) -> bool:
    """Say whether something in a node may cease to apply: a guard, a divisor, a population that may be empty."""
    if isinstance(node, When | Quotient) or (isinstance(node, Quantified) and node.where is not None):
        return True
    if isinstance(node, Aggregate):
        sifted = node.among if node.kind is AggregateKind.SHARE else node.where
        if sifted is not None and node.kind in _MAY_BE_EMPTY:
            return True
    return any(map(has_guards, children(node)))


def still_bound(node: Condition, before: Scope, after: Scope) -> Verdict:
    """Return what a condition comes to on the facts ``after``, with its guards as they were ``before``.

    NOT_APPLICABLE only where it was so before; UNKNOWN of a comparison that has ceased to apply.
    """
    match node:
        case All(parts=parts):
            return all_of(still_bound(part, before, after) for part in parts)
        case Any(parts=parts):
            return any_of(still_bound(part, before, after) for part in parts)
        case Not(part=part):
            return negation(still_bound(part, before, after))
        case Named(part=part):
            return still_bound(part, before, after)
        case When(part=part, guard=guard):
            bound = decide(guard, before).verdict
            if bound is Verdict.UNKNOWN:
                return decide(node, after).verdict
            return still_bound(part, before, after) if bound is Verdict.MET else Verdict.NOT_APPLICABLE
        case Quantified():
            return _of_elements(node, before, after)
        case Compare():
            verdict = decide(node, after).verdict
            if verdict is Verdict.NOT_APPLICABLE and decide(node, before).verdict is not Verdict.NOT_APPLICABLE:
                return Verdict.UNKNOWN
            return verdict
        case _:
            return decide(node, after).verdict


def _of_elements(node: Quantified, before: Scope, after: Scope) -> Verdict:
    """Return what comes of all elements, those that had to be looked at before looked at still."""
    found, changed = members(node.collection, before), members(node.collection, after)
    condition = node.condition if node.where is None else When(node.condition, node.where)
    verdicts = [
        still_bound(condition, before.inner(one), after.inner(other))
        for one, other in zip(found.items, changed.items, strict=True)
    ]
    if changed.others_at_most != 0:
        verdicts.append(Verdict.UNKNOWN)
    combine = all_of if node.quantifier is Quantifier.EVERY else any_of
    return combine(verdicts) if verdicts else Verdict.NOT_APPLICABLE
