"""What follows for figures that a search takes as wholes, from one another and from what is said of each element.

A count or a share of a narrower sort is at most that of a wider one, a sum of what is at least some amount each is at
least as many times that amount, and months begun are at least whole months. Only what was proved is said. Imports
``demands``, ``expressions`` and above.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Final, NamedTuple, TypeAlias

from perfeval.comparing.demands import (
    LAPSED,
    UNMET,
    Each,
    Either,
    Goal,
    Goals,
    Judged,
    Linear,
    Ordered,
    Path,
    Place,
    moved,
    picked,
)
from perfeval.expressions import (
    Aggregate,
    AggregateKind,
    Condition,
    Literal,
    Measure,
    MonthsServed,
    Operator,
    PartYear,
    Product,
    Quantity,
)

__all__ = ["Figure", "Proof", "lemmas"]

Proof: TypeAlias = Callable[[Goals], bool]
"""Says whether goals were proved to be impossible together, in a world in which nothing else is known."""

_BOUNDS_TRIED: Final = 8


class Figure(NamedTuple):
    """A quantity that a variable stands for as a whole."""

    name: int
    node: Quantity
    place: Place

    @property
    def path(self) -> Path:
        """Return where the collection stands of which an aggregate is a figure."""
        assert isinstance(self.node, Aggregate)  # noqa: S101 - asked of aggregates only
        return (*self.place.path(self.node.collection.owner), self.node.collection.fact.name)


def lemmas(
    figures: Sequence[Figure], said: dict[Path, tuple[Each, ...]], amounts: Sequence[Literal], impossible: Proof
) -> Iterator[Linear]:
    """Yield what holds between figures.

    ``said`` is what holds of each element of a collection, ``amounts`` are those that the conditions name.
    """
    for one, other in itertools.permutations(figures, 2):
        if isinstance(one.node, Aggregate) and isinstance(other.node, Aggregate):
            if one.path == other.path and _agree(one.place, other.place):
                yield from _of_one_collection(one, one.node, other, other.node, said, amounts, impossible)
        elif one.place == other.place and _begun_and_whole(one.node, other.node):
            yield _at_least(one.name, Fraction(1), other.name)
            yield Linear(((one.name, Fraction(1)), (other.name, Fraction(-1))), Operator.AT_MOST, Fraction(2))
        elif one.place == other.place and _same_but_for_months(one.node, other.node):
            yield _at_least(one.name, Fraction(1), other.name)


def _agree(one: Place, other: Place) -> bool:
    """Say whether no class means one record here and another there."""
    known = dict(other.paths)
    return all(known.get(schema, path) == path for schema, path in one.paths)


def _at_least(name: int, times: Fraction, other: int) -> Linear:
    return Linear(((name, Fraction(1)), (other, -times)), Operator.AT_LEAST, Fraction(0))


# --- months --------------------------------------------------------------------------------------------


def _begun_and_whole(one: Quantity, other: Quantity) -> bool:
    """Say whether these are the months begun and the whole months between the same days.

    The first and the last month alone can be begun and not whole, so the two differ by at most two. Months counted
    by days lie on either side of both: all of January and February are 2 whole months but 12 × 59/365 by days,
    January alone is 1 month begun but 12 × 31/365 by days.
    """
    return (
        isinstance(one, MonthsServed)
        and isinstance(other, MonthsServed)
        and (one.policy, other.policy) == (PartYear.MONTHS_BEGUN, PartYear.WHOLE_MONTHS)
        and (one.start, one.end) == (other.start, other.end)
    )


def _same_but_for_months(one: Quantity, other: Quantity) -> bool:
    """Say whether these are one measure, never below zero, times the months begun and times the whole months."""
    if not isinstance(one, Product) or not isinstance(other, Product) or len(one.factors) != 2:
        return False
    left = [factor for factor in one.factors if factor not in other.factors]
    right = [factor for factor in other.factors if factor not in one.factors]
    shared = [factor for factor in one.factors if factor in other.factors]
    return (
        len(left) == len(right) == len(shared) == 1
        and len(other.factors) == 2
        and _begun_and_whole(left[0], right[0])
        and _never_negative(shared[0])
    )


def _never_negative(node: Quantity | None) -> bool:
    return isinstance(node, Measure) and node.fact.at_least is not None and node.fact.at_least.root >= 0


# --- figures of one collection ---------------------------------------------------------------------------


def _of_one_collection(
    one: Figure,
    node: Aggregate,
    other: Figure,
    wider: Aggregate,
    said: dict[Path, tuple[Each, ...]],
    amounts: Sequence[Literal],
    impossible: Proof,
) -> Iterator[Linear]:
    inside = one.place.inner(node.collection.fact.element, (*one.path, "any"))
    outside = other.place.inner(node.collection.fact.element, (*one.path, "any"))
    of_each = _of_each(said.get(one.path, ()), node, one.path)
    if node.kind is wider.kind and (node.of, node.among) == (wider.of, wider.among):
        if node.kind is AggregateKind.SUM and not _never_negative(node.of):
            return
        if node.kind in (AggregateKind.SUM, AggregateKind.COUNT, AggregateKind.SHARE):
            narrower = (*picked(node.among, inside), *picked(node.where, inside))
            if _within(narrower, wider.where, outside, of_each, impossible):
                yield _at_least(other.name, Fraction(1), one.name)
        return
    element = node.collection.fact.element
    summed_and_counted = (node.kind, wider.kind) == (AggregateKind.SUM, AggregateKind.COUNT)
    if summed_and_counted and node.where == wider.where and isinstance(node.of, Measure) and node.of.owner == element:
        known = (*picked(node.where, inside), *of_each)
        for operator, bound in _bounds(node.of, known, inside, amounts, impossible):
            yield Linear(((one.name, Fraction(1)), (other.name, -bound / element.unit.factor)), operator, Fraction(0))


def _within(narrower: Goals, where: Condition | None, place: Place, of_each: Goals, impossible: Proof) -> bool:
    """Say whether every element that is picked the one way is picked the other way too."""
    if where is None:
        return True
    left_out = Judged(where, UNMET | LAPSED, place)
    return impossible((*narrower, left_out)) or bool(of_each and impossible((*narrower, *of_each, left_out)))


def _bounds(
    of: Measure, known: Goals, place: Place, amounts: Sequence[Literal], impossible: Proof
) -> Iterator[tuple[Operator, Fraction]]:
    """Yield the best bounds, among amounts that the conditions name, of what is added up."""
    named = sorted({one.amount.root: one for one in amounts if one.amount.dimension == of.fact.unit.dimension}.items())
    for operator, beyond, tried in (
        (Operator.AT_LEAST, Operator.BELOW, named[::-1]),
        (Operator.AT_MOST, Operator.ABOVE, named),
    ):
        for bound, literal in tried[:_BOUNDS_TRIED]:
            if impossible((*known, Ordered(of, beyond, literal, place))):
                yield operator, bound
                break


def _of_each(said: Sequence[Each], node: Aggregate, path: Path) -> Goals:
    """Return what is said of each element, as far as it speaks of facts alone."""
    element = node.collection.fact.element
    return tuple(
        moved(goal, each.place.inner(element, (*path, "any")))
        for each in said
        for goal in each.goals
        if _speaks_of_facts(goal)
    )


def _speaks_of_facts(goal: Goal) -> bool:
    match goal:
        case Judged():
            return True
        case Ordered(left=left, right=right):
            return not isinstance(left, int) and not isinstance(right, int)
        case Either(options=options):
            return all(_speaks_of_facts(one) for option in options for one in option)
        case _:
            return False
