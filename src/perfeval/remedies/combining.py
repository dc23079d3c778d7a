"""Which plans bring a condition to a verdict, from the inside out: comparisons solved, their solutions put together.

Imports ``knobs``, ``reading``, ``turning``, ``solving``, ``search``, ``evaluation`` and ``expressions``.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias, assert_never, final

from attrs import field, frozen

from perfeval.evaluation import Missing, Scope, decide, members
from perfeval.expressions import (
    Aggregate,
    AggregateKind,
    All,
    Any,
    Compare,
    Condition,
    Flag,
    IsKind,
    Named,
    Not,
    Operator,
    Quantified,
    Quantifier,
    Quantity,
    Sum,
    When,
    all_of,
)
from perfeval.remedies.knobs import Knob, Plan, alone, merged, tidy, weight
from perfeval.remedies.lines import Line
from perfeval.remedies.reading import Reading
from perfeval.remedies.search import nearest_that_holds
from perfeval.remedies.solving import UPWARDS, filled, solved
from perfeval.remedies.turning import Turning
from perfeval.scoping import free_facts
from perfeval.verdicts import Verdict

__all__ = ["MOST_SETS", "Mending"]

MOST_SETS = 4
"""How many sets of changes a remedy lists."""


_Part: TypeAlias = tuple[Condition, Scope]


@final
@frozen(eq=False)
class Mending:
    """Finds plans for the conditions of one rule; ``lacking`` collects what would have to be known first."""

    reading: Reading
    lacking: dict[Missing, None] = field(init=False, factory=dict)
    _turning: Turning = field(init=False)
    _built: dict[tuple[int, Operator | None], Condition] = field(init=False, factory=dict)

    @_turning.default
    def _turning_of_what_is_read(self) -> Turning:
        return Turning(self.reading)

    def plans(self, node: Condition, scope: Scope, want: Verdict) -> list[Plan]:
        """Return plans that bring a condition to ``want``: MET from UNMET, or UNMET from MET."""
        every = want is Verdict.MET
        match node:
            case Compare():
                return self._compared(node, scope, want)
            case Flag() | IsKind():
                return []
            case All(parts=parts):
                below = [(part, scope) for part in parts]
                return self._together(below, want) if every else self._either(below, want)
            case Any(parts=parts):
                below = [(part, scope) for part in parts]
                return self._either(below, want) if every else self._together(below, want)
            case Not(part=part):
                return self.plans(part, scope, _opposite(want))
            case When(part=part, guard=guard):
                return self.plans(part, scope, want) if decide(guard, scope).verdict is Verdict.MET else []
            case Named(part=part):
                return self.plans(part, scope, want)
            case Quantified(quantifier=quantifier, collection=collection, condition=condition, where=where):
                found = members(collection, scope)
                if where is not None:
                    condition = self._once(node, lambda: When(node.condition, where))
                below = [(condition, scope.inner(item)) for item in found.items]
                if (quantifier is Quantifier.EVERY) is not every:
                    return self._either(below, want)
                if found.others_at_most != 0:
                    self.lacking.update(dict.fromkeys(decide(node, scope).missing))
                    return []
                return self._together(below, want)
            case _:
                assert_never(node)

    def _once(self, node: Condition, build: Callable[[], Condition], variant: Operator | None = None) -> Condition:
        """Return a condition built from a node, the same one each time."""
        key = (id(node), variant)
        if key not in self._built:
            self._built[key] = build()
        return self._built[key]

    # --- composites ---

    def _either(self, parts: Iterable[_Part], want: Verdict) -> list[Plan]:
        """Return plans of which each brings one of the parts to ``want``."""
        other = _opposite(want)
        return tidy(
            plan
            for node, scope in parts
            if not self.reading.is_spent(1 + self.reading.cost(node))
            if decide(node, scope).verdict is other
            for plan in self.plans(node, scope, want)
        )

    def _together(self, parts: Sequence[_Part], want: Verdict) -> list[Plan]:
        """Return plans that bring every part to ``want``."""
        if self.reading.is_spent(sum(1 + self.reading.cost(node) for node, _ in parts)):
            return []
        short: list[int] = []
        blocked = False
        for place, (node, scope) in enumerate(parts):
            truth = decide(node, scope)
            if truth.verdict is Verdict.UNKNOWN:
                self.lacking.update(dict.fromkeys(truth.missing))
                blocked = True
            elif truth.verdict is not want and truth.verdict is not Verdict.NOT_APPLICABLE:
                short.append(place)
        each = {} if blocked else {place: self.plans(*parts[place], want) for place in short}
        if not each or not all(each.values()):
            return []
        plans = list(self._shared(parts, each, want))
        if len(each) == 1:
            return tidy([*plans, *(plan for plan in each[short[0]] if len(plan) > 1)])
        for place in range(min(MOST_SETS, max(map(len, each.values())))):
            together = merged(options[min(place, len(options) - 1)] for options in each.values())
            if together is not None:
                plans.append(together)
        return tidy(plans)

    def _shared(self, parts: Sequence[_Part], each: Mapping[int, Sequence[Plan]], want: Verdict) -> Iterator[Plan]:
        """Yield the single facts that mend every short part, of which ``each`` has the plans, and harm no other."""
        options = {place: alone(plans) for place, plans in each.items()}
        fewest = min(options.values(), key=len)
        for knob in fewest:
            if not all(knob in known for known in options.values()):
                continue
            # What has farthest to go is asked first: it fails longest.
            far = {place: abs(known[knob] - knob.present) for place, known in options.items()}
            touched = [
                place for place, (node, scope) in enumerate(parts) if self.reading.reaches(node, scope.records, knob)
            ]
            touched.sort(key=lambda place: far.get(place, 0), reverse=True)
            value = fewest[knob] if len(touched) == 1 else self._jointly([parts[at] for at in touched], knob, want)
            if value is not None:
                yield {knob: value}

    def _jointly(self, parts: Sequence[_Part], knob: Knob, want: Verdict) -> Fraction | None:
        """Return the nearest value of one fact at which every part comes to ``want`` or does not apply, one at least does."""
        points: set[Fraction] = set()
        known = [self._turning.turns(node, scope, knob, points) for node, scope in parts]
        waiting = list(parts)

        def holds(value: Fraction) -> bool:
            done = False
            for place, (node, scope) in enumerate(waiting):
                verdict = self.reading.tried(node, scope, {knob: value})
                if verdict not in (want, Verdict.NOT_APPLICABLE):  # the latter only where it was so before
                    # What fails once is likely to fail again: ask it first next time.
                    waiting.insert(0, waiting.pop(place))
                    return False
                done = done or verdict is want
            return done

        return nearest_that_holds(knob, points, holds, complete=all(known))

    # --- comparisons ---

    def _compared(self, node: Compare, scope: Scope, want: Verdict) -> list[Plan]:
        """Return plans for a comparison: the least or greatest of a collection is one comparison for each element."""
        if self.reading.is_spent(1 + self.reading.cost(node)):
            return []
        facing = _facing(node)
        counted = None
        if facing is not None:
            aggregate, operator, other = facing
            if aggregate.kind in (AggregateKind.MINIMUM, AggregateKind.MAXIMUM):
                return self.plans(self._once(node, lambda: _unrolled(aggregate, operator, other)), scope, want)
            if aggregate.kind in (AggregateKind.COUNT, AggregateKind.SHARE):
                counted = aggregate
        plans: list[Plan] = [] if counted is None else self._counted(node, counted, scope, want)
        lines: list[tuple[Knob, Line]] = []
        for knob in dict.fromkeys(self.reading.found(node, scope, counted)):
            if self.reading.is_spent():
                break
            line = self._turning.line(node, scope, knob)
            if line is not None:
                lines.append((knob, line))
                value = solved(knob, line, node.operator, want)
            else:
                value = self._jointly([(node, scope)], knob, want)
            if value is not None and value != knob.present:
                plans.append({knob: value})
        if not plans and len(lines) > 1:
            greedy = filled(lines, node.operator, want)
            if greedy and self.reading.tried(node, scope, greedy) is want:
                plans.append(greedy)
        return tidy(plans)

    def _counted(self, node: Compare, aggregate: Aggregate, scope: Scope, want: Verdict) -> list[Plan]:
        """Return plans that bring as few elements as possible to be counted, or not to be: the nearest first."""
        equal = node.operator is Operator.EQUAL and want is Verdict.MET
        for aim in (Verdict.MET, Verdict.UNMET):
            goal: Condition = node
            if equal:
                # An equality holds for one number only: look for where it is reached, and see whether it is.
                upwards = (aim is Verdict.MET) is (_bare(node.left) is aggregate)
                reached = Operator.AT_LEAST if upwards else Operator.AT_MOST
                goal = self._once(node, functools.partial(Compare, node.left, reached, node.right), reached)
            ways = self._ways(aggregate, scope, aim)
            fewest = self._fewest(goal, scope, want, [plans[0] for plans in ways])
            if fewest is None or (equal and self.reading.tried(node, scope, fewest[1]) is not want):
                continue
            count, together = fewest
            return tidy(plan for plans in ways for plan in plans) if count == 1 else [together]
        return []

    def _ways(self, aggregate: Aggregate, scope: Scope, aim: Verdict) -> list[list[Plan]]:
        """Return, for each element that can be brought to be counted (or not to be), its plans: the nearest first."""
        where, among = aggregate.where, aggregate.among
        ways: list[list[Plan]] = []
        if where is None:
            return ways
        for item in members(aggregate.collection, scope).items:
            inner = scope.inner(item)
            if among is not None and decide(among, inner).verdict is not Verdict.MET:
                continue
            if decide(where, inner).verdict is not _opposite(aim):
                continue
            own = [plan for plan in self.plans(where, inner, aim) if all(knob.is_in(item) for knob in plan)]
            if own:
                ways.append(own)
        return sorted(ways, key=lambda plans: weight(plans[0]))

    def _fewest(self, node: Condition, scope: Scope, want: Verdict, ways: Sequence[Plan]) -> tuple[int, Plan] | None:
        """Return how many elements have to change, the first before the others, and their plan; None if all do not."""

        def enough(count: int) -> Plan | None:
            together = merged(ways[:count])
            return together if together and self.reading.tried(node, scope, together) is want else None

        low, high = 0, len(ways)
        plan = enough(high)
        if plan is None:
            return None
        while high - low > 1:
            middle = (low + high) // 2
            fewer = enough(middle)
            if fewer is None:
                low = middle
            else:
                high, plan = middle, fewer
        return high, plan


def _opposite(verdict: Verdict) -> Verdict:
    return Verdict.UNMET if verdict is Verdict.MET else Verdict.MET


def _bare(node: Quantity) -> Quantity:
    while isinstance(node, Sum) and len(node.terms) == 1:
        node = node.terms[0]
    return node


def _facing(node: Compare) -> tuple[Aggregate, Operator, Quantity] | None:
    """Return a comparison of an aggregate, read from the aggregate's side."""
    for one, operator, other in (
        (_bare(node.left), node.operator, node.right),
        (_bare(node.right), node.operator.mirrored, node.left),
    ):
        if isinstance(one, Aggregate) and all(fact.owner != one.collection.fact.element for fact in free_facts(other)):
            return one, operator, other
    return None


def _unrolled(node: Aggregate, operator: Operator, other: Quantity) -> Condition:
    """Return a comparison of a least or a greatest as one that goes through the elements."""
    of, least = node.of, node.kind is AggregateKind.MINIMUM
    assert of is not None  # noqa: S101 - least and greatest are built with a quantity
    if operator is Operator.EQUAL:
        return all_of(_unrolled(node, Operator.AT_LEAST, other), _unrolled(node, Operator.AT_MOST, other))
    every = (operator in UPWARDS) is least
    quantifier = Quantifier.EVERY if every else Quantifier.SOME
    return Quantified(quantifier, node.collection, Compare(of, operator, other), node.where)
