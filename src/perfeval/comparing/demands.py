"""What has to hold of facts so that a condition comes to one of some verdicts.

A condition is taken apart into goals: what must hold of flags, kinds and ordered quantities, all of it or one of
several ways. Nothing here looks at facts or remembers anything; ``witnesses`` goes through the ways. Imports
``scoping``, ``expressions`` and above.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final, NamedTuple, TypeAlias

from perfeval.expressions import (
    Aggregate,
    AggregateKind,
    All,
    Any,
    ByKind,
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
    Product,
    Quantified,
    Quantifier,
    Quantity,
    Quotient,
    Sum,
    When,
)
from perfeval.facts import SubjectSchema
from perfeval.scoping import FactReference, children, free_facts
from perfeval.verdicts import Verdict

__all__ = [
    "LAPSED",
    "MET",
    "UNMET",
    "Defined",
    "Each",
    "Either",
    "Form",
    "Fresh",
    "Goal",
    "Goals",
    "Judged",
    "Linear",
    "Noted",
    "One",
    "Ordered",
    "Path",
    "Place",
    "Verdicts",
    "bound_on",
    "compared",
    "either",
    "every_node",
    "extreme",
    "facts_named",
    "having_value",
    "holding",
    "joined",
    "lacking_value",
    "may_lack",
    "may_lapse",
    "measures_in",
    "mirror",
    "moved",
    "multiplied_out",
    "not_picked",
    "owners_of",
    "picked",
    "quantified",
    "scaled",
    "sharing",
    "spoken_of",
    "total_of",
    "without_figures",
]

_M, _U, _N = Verdict.MET, Verdict.UNMET, Verdict.NOT_APPLICABLE
MET, UNMET, LAPSED = frozenset({_M}), frozenset({_U}), frozenset({_N})
_SIDES: Final = {_M: _U, _U: _M, _N: _N}
_TERMS: Final = 16
Verdicts: TypeAlias = frozenset[Verdict]
Path: TypeAlias = tuple[str | int, ...]


# --- what has to hold ----------------------------------------------------------------------------------


class Place(NamedTuple):
    """Which record each class means at this place."""

    paths: tuple[tuple[SubjectSchema, Path], ...]

    def path(self, owner: SubjectSchema | None) -> Path:
        """Return where the record stands that a class means here."""
        for schema, path in self.paths:
            if schema == owner:
                return path
        raise AssertionError(owner)

    def inner(self, element: SubjectSchema, path: Path) -> Place:
        """Return the place inside an element of a collection."""
        return Place((*(pair for pair in self.paths if pair[0] != element), (element, path)))


class Judged(NamedTuple):
    """A condition that comes to one of some verdicts."""

    node: Condition
    among: Verdicts
    place: Place


class Defined(NamedTuple):
    """Whether a quantity has a value."""

    node: Quantity
    holds: bool
    place: Place


class Ordered(NamedTuple):
    """A comparison of quantities that have values; an int is a variable, None is zero."""

    left: Quantity | int
    operator: Operator
    right: Quantity | int | None
    place: Place


class Linear(NamedTuple):
    """A bound of a linear form of variables."""

    terms: tuple[tuple[int, Fraction], ...]
    operator: Operator
    bound: Fraction


class Either(NamedTuple):
    """Several ways, each a list of goals; without any way, a contradiction."""

    options: tuple[tuple[Goal, ...], ...]


class Each(NamedTuple):
    """Goals for each element of a collection."""

    collection: Many
    goals: tuple[Goal, ...]
    place: Place


class One(NamedTuple):
    """Goals for at least one element of a collection."""

    collection: Many
    goals: tuple[Goal, ...]
    place: Place


class Fresh(NamedTuple):
    """Goals for one more element in a collection that is open."""

    collection: Many
    goals: tuple[Goal, ...]
    place: Place


class Noted(NamedTuple):
    """Something that is remembered on this way of the search."""

    key: tuple[object, ...]
    value: object


Goal: TypeAlias = Judged | Defined | Ordered | Linear | Either | Each | One | Fresh | Noted
Goals: TypeAlias = tuple[Goal, ...]
Form: TypeAlias = tuple[dict[int, Fraction], Fraction]


def moved(goal: Goal, place: Place) -> Goal:
    """Return a goal as it reads at another place."""
    if isinstance(goal, Either):
        return Either(tuple(tuple(moved(one, place) for one in option) for option in goal.options))
    if isinstance(goal, Linear | Noted):
        return goal
    return goal._replace(place=place)


def spoken_of(goal: Goal) -> Iterator[Path]:
    """Yield the facts, scalars of records at hand, that a goal speaks of."""
    if isinstance(goal, Judged):
        nodes: list[Quantity | Condition] = [goal.node]
    elif isinstance(goal, Ordered):
        nodes = [side for side in (goal.left, goal.right) if side is not None and not isinstance(side, int)]
    else:
        return
    for node in nodes:
        for fact in _scalars(node):
            yield (*goal.place.path(fact.owner), fact.fact.name)


@functools.lru_cache(maxsize=4096)
def _scalars(node: Quantity | Condition) -> tuple[FactReference, ...]:
    return tuple(dict.fromkeys(fact for fact in free_facts(node) if not isinstance(fact, Many)))


def either(options: Iterable[Goals]) -> list[Goal] | None:
    """Return goals that stand for one of several ways: none at all is a contradiction."""
    listed = tuple(options)
    if not listed:
        return None
    if () in listed:
        return []
    return list(listed[0]) if len(listed) == 1 else [Either(listed)]


# --- what can be seen without facts --------------------------------------------------------------------


@functools.lru_cache(maxsize=4096)
def may_lack(node: Quantity) -> bool:
    """Say whether a quantity may have no value though every fact is known."""
    match node:
        case Quotient(divisor=Literal(amount=amount)):
            return amount.root == 0 or may_lack(node.dividend)
        case Quotient():
            return True
        case Aggregate(kind=kind, of=of):
            return kind is not AggregateKind.COUNT and (
                kind is not AggregateKind.SUM or (of is not None and may_lack(of))
            )
        case _:
            return any(may_lack(part) for part in quantities_in(node))


def quantities_in(node: Quantity) -> tuple[Quantity, ...]:
    return children(node)  # type: ignore[return-value]  # only an aggregate has conditions below it


@functools.lru_cache(maxsize=4096)
def may_lapse(node: Condition) -> bool:
    """Say whether a condition may be NOT_APPLICABLE though every fact is known."""
    match node:
        case Flag() | IsKind():
            return False
        case Compare(left=left, right=right):
            return may_lack(left) or may_lack(right)
        case All(parts=parts) | Any(parts=parts):
            return all(may_lapse(part) for part in parts)
        case Not(part=part) | Named(part=part):
            return may_lapse(part)
        case When() | Quantified():
            return True


def measures_in(node: Quantity, owner: SubjectSchema) -> tuple[dict[Measure, Fraction], Fraction] | None:
    """Return a quantity as so many times each measure of a class, and a constant; None where it is not that."""
    match node:
        case Measure() if node.owner == owner:
            return {node: Fraction(1)}, Fraction(0)
        case Literal(amount=amount):
            return {}, amount.root
        case Sum(terms=terms):
            signed = [(1, measures_in(term, owner)) for term in terms]
        case Negative(operand=operand):
            signed = [(-1, measures_in(operand, owner))]
        case _:
            return None
    measures: dict[Measure, Fraction] = {}
    constant = Fraction(0)
    for sign, part in signed:
        if part is None:
            return None
        constant += sign * part[1]
        for measure, times in part[0].items():
            measures[measure] = measures.get(measure, Fraction(0)) + sign * times
    return measures, constant


def without_figures(node: Product) -> tuple[Fraction, tuple[Quantity, ...]]:
    """Return the number that the amounts in a product come to, and its other factors, in one order for all."""
    times = Fraction(1)
    others: list[Quantity] = []
    for factor in node.factors:
        if isinstance(factor, Literal):
            times *= factor.amount.root
        else:
            others.append(factor)
    measures = [factor for factor in others if isinstance(factor, Measure)]
    ordered: list[Quantity] = [*sorted(measures, key=_order)]
    return times, tuple(ordered if len(measures) == len(others) else others)


def _order(measure: Measure) -> tuple[str, str]:
    return measure.owner.name if measure.owner is not None else "", measure.fact.name


@functools.lru_cache(maxsize=4096)
def multiplied_out(node: Quantity) -> tuple[tuple[tuple[Measure, ...], Fraction], ...] | None:
    """Return a quantity as so many times each product of measures; None where it is not that, or is too long."""
    match node:
        case Measure():
            return (((node,), Fraction(1)),)
        case Literal(amount=amount):
            return (((), amount.root),)
        case Negative(operand=operand):
            inside = multiplied_out(operand)
            return None if inside is None else tuple((measures, -times) for measures, times in inside)
        case Sum(terms=terms):
            parts = [multiplied_out(term) for term in terms]
            listed = None if None in parts else [one for part in parts for one in part or ()]
        case Product(factors=factors):
            listed = [((), Fraction(1))]
            for factor in factors:
                inside = multiplied_out(factor)
                if listed is None or inside is None or len(listed) * len(inside) > _TERMS:
                    return None
                listed = [((*ms, *others), times * more) for ms, times in listed for others, more in inside]
        case _:
            return None
    found: dict[tuple[Measure, ...], Fraction] = {}
    for measures, times in listed or ():
        key = tuple(sorted(measures, key=_order))
        found[key] = found.get(key, Fraction(0)) + times
    return None if listed is None or len(found) > _TERMS else tuple(found.items())


@functools.lru_cache(maxsize=4096)
def owners_of(node: Quantity) -> tuple[SubjectSchema, ...]:
    """Return the classes of whose records a quantity looks at facts."""
    return tuple(dict.fromkeys(fact.owner for fact in free_facts(node) if fact.owner is not None))


def every_node(node: Quantity | Condition) -> Iterator[Quantity | Condition]:
    """Yield a node and every node below it."""
    waiting: list[Quantity | Condition] = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(children(current))


def facts_named(conditions: Iterable[Condition]) -> dict[SubjectSchema, set[str]]:
    """Return the names of the facts that conditions look at, by class."""
    named: dict[SubjectSchema, set[str]] = {}
    for condition in conditions:
        for node in every_node(condition):
            match node:
                case Measure(owner=owner, fact=fact) | Day(owner=owner, fact=fact) | Flag(owner=owner, fact=fact):
                    name = fact.name
                case IsKind(category=inner) | ByKind(category=inner):
                    owner, name = inner.owner, inner.fact.name
                case Aggregate(collection=many) | Quantified(collection=many):
                    owner, name = many.owner, many.fact.name
                case _:
                    continue
            if owner is not None:
                named.setdefault(owner, set()).add(name)
    return named


# --- taking conditions apart ---------------------------------------------------------------------------


def compared(node: Compare, among: Verdicts, place: Place) -> list[Goal] | None:
    """Take a comparison apart: its sides have values and are ordered, or a side has none."""
    sides = [side for side in (node.left, node.right) if may_lack(side)]
    options: list[Goals] = []
    if _N in among:
        options += [(Defined(side, holds=False, place=place),) for side in sides]
    defined: Goals = tuple(Defined(side, holds=True, place=place) for side in sides)
    if _M in among and _U in among:
        options.append(defined)
    elif _M in among:
        options.append((*defined, Ordered(node.left, node.operator, node.right, place)))
    elif _U in among and node.operator is Operator.EQUAL:
        options += [
            (*defined, Ordered(node.left, operator, node.right, place)) for operator in (Operator.BELOW, Operator.ABOVE)
        ]
    elif _U in among:
        options.append((*defined, Ordered(node.left, node.operator.opposite, node.right, place)))
    return either(options)


def joined(parts: Sequence[Condition], among: Verdicts, place: Place, *, mirrored: bool) -> list[Goal] | None:
    """Take apart a conjunction; a disjunction is its mirror image."""
    each, one, alternatives = _conjunction(mirror(among) if mirrored else among)
    if mirrored:
        each, one = each and mirror(each), one and mirror(one)
    goals: list[Goal] = [] if each is None else [Judged(part, each, place) for part in parts]
    options: list[Goals] = [] if one is None else [(Judged(part, one, place),) for part in parts]
    if alternatives:
        return either([tuple(goals), *options])
    if one is None or (not all(may_lapse(part) for part in parts) and (each is not None or len(one) == 2)):
        return goals
    found = either(options)
    return None if found is None else goals + found


def quantified(node: Quantified, among: Verdicts, place: Place) -> list[Goal] | None:
    """Take a condition on elements apart: what is asked of each of them, and of one."""
    truth = node.condition if node.where is None else When(node.condition, node.where)
    mirrored = node.quantifier is Quantifier.SOME
    each, one, alternatives = _conjunction(mirror(among) if mirrored else among)
    if mirrored:
        each, one = each and mirror(each), one and mirror(one)
    goals: list[Goal] = []
    if each is not None:
        goals.append(Each(node.collection, (Judged(truth, each, place),), place))
    if one is None:
        return goals
    some = One(node.collection, (Judged(truth, one, place),), place)
    return either([tuple(goals), (some,)]) if alternatives else [*goals, some]


def having_value(node: Quantity, place: Place) -> list[Goal] | None:
    """Return what gives a quantity a value."""
    if not may_lack(node):
        return []
    match node:
        case Quotient(dividend=dividend, divisor=divisor):
            goals: list[Goal] = [Defined(part, holds=True, place=place) for part in (dividend, divisor)]
            return [
                *goals,
                Either(tuple((Ordered(divisor, sign, None, place),) for sign in (Operator.ABOVE, Operator.BELOW))),
            ]
        case ByKind(category=category, cases=cases):
            return either(
                (Judged(IsKind(category, (kind,)), MET, place), Defined(case, holds=True, place=place))
                for kind, case in cases
            )
        case Aggregate(kind=AggregateKind.SHARE, collection=collection, among=among):
            return [One(collection, picked(among, place), place)]
        case Aggregate(kind=kind, collection=collection, of=of, where=where):
            goals = []
            if kind is not AggregateKind.SUM:
                goals.append(One(collection, picked(where, place), place))
            if of is not None and may_lack(of):
                valued = (Defined(of, holds=True, place=place),)
                goals.append(Each(collection, if_picked(where, valued, place), place))
            return goals
        case _:
            return [Defined(part, holds=True, place=place) for part in quantities_in(node)]


def lacking_value(node: Quantity, place: Place) -> list[Goal] | None:
    """Return what leaves a quantity without a value."""
    if not may_lack(node):
        return None
    match node:
        case Quotient(dividend=dividend, divisor=divisor):
            zero: Goals = (
                Defined(divisor, holds=True, place=place),
                Ordered(divisor, Operator.EQUAL, None, place),
            )
            parts = [part for part in (dividend, divisor) if may_lack(part)]
            return either([zero, *((Defined(part, holds=False, place=place),) for part in parts)])
        case ByKind(category=category, cases=cases):
            return either(
                (Judged(IsKind(category, (kind,)), MET, place), Defined(case, holds=False, place=place))
                for kind, case in cases
                if may_lack(case)
            )
        case Aggregate(kind=AggregateKind.SHARE, collection=collection, among=among):
            return [Each(collection, not_picked(among, place), place)]
        case Aggregate(kind=kind, collection=collection, of=of, where=where):
            options: list[Goals] = []
            if kind is not AggregateKind.SUM:
                options.append((Each(collection, not_picked(where, place), place),))
            if of is not None and may_lack(of):
                goals = (*picked(where, place), Defined(of, holds=False, place=place))
                options.append((One(collection, goals, place),))
            return either(options)
        case _:
            return either((Defined(part, holds=False, place=place),) for part in quantities_in(node))


# --- what is known of a figure of a collection ---------------------------------------------------------


def extreme(name: int, node: Aggregate, place: Place) -> Goals:
    """Return what makes a variable the least or the greatest: none lies beyond it, and one reaches it."""
    least = node.kind is AggregateKind.MINIMUM
    assert node.of is not None  # noqa: S101 - an extreme is built with a quantity
    beyond = Ordered(node.of, Operator.AT_LEAST if least else Operator.AT_MOST, name, place)
    reached = Ordered(node.of, Operator.AT_MOST if least else Operator.AT_LEAST, name, place)
    return (
        Each(node.collection, if_picked(node.where, (beyond,), place), place),
        One(node.collection, (*picked(node.where, place), reached), place),
    )


def sharing(name: int, node: Aggregate, place: Place) -> list[Goals]:
    """Return the ways of a share: none of them, all of them, or some and not all."""
    collection, base = node.collection, picked(node.among, place)
    inside = picked(node.where, place)
    outside = not_picked(node.where, place)
    zero, whole = bound_on(name, Operator.EQUAL, Fraction(0)), bound_on(name, Operator.EQUAL, Fraction(1))
    return [
        (zero, One(collection, base, place), Each(collection, if_picked(node.among, outside, place), place)),
        (whole, One(collection, base, place), Each(collection, if_picked(node.among, inside, place), place)),
        (
            bound_on(name, Operator.ABOVE, Fraction(0)),
            bound_on(name, Operator.BELOW, Fraction(1)),
            One(collection, (*base, *inside), place),
            One(collection, (*base, *outside), place),
        ),
    ]


# --- small steps ---------------------------------------------------------------------------------------


def mirror(among: Verdicts) -> Verdicts:
    """Return verdicts with MET and UNMET exchanged."""
    return frozenset(_SIDES[verdict] for verdict in among)


def _conjunction(among: Verdicts) -> tuple[Verdicts | None, Verdicts | None, bool]:
    """Return what a conjunction that comes to one of these verdicts asks of each part, and of one of them.

    The third value says whether they are alternatives; None stands for nothing asked.
    """
    if among == MET:
        return MET | LAPSED, MET, False
    if among == UNMET:
        return None, UNMET, False
    if among == LAPSED:
        return LAPSED, None, False
    if among == MET | UNMET:
        return None, MET | UNMET, False
    if among == MET | LAPSED:
        return MET | LAPSED, None, False
    if among == UNMET | LAPSED:
        return LAPSED, UNMET, True
    return None, None, False


def picked(where: Condition | None, place: Place) -> Goals:
    """Return what picks an element."""
    return () if where is None else (Judged(where, MET, place),)


def not_picked(where: Condition | None, place: Place) -> Goals:
    """Return what leaves an element out."""
    return (Either(()),) if where is None else (Judged(where, UNMET | LAPSED, place),)


def if_picked(where: Condition | None, goals: Goals, place: Place) -> Goals:
    return goals if where is None else (Either((not_picked(where, place), goals)),)


def bound_on(name: int, operator: Operator, bound: Fraction) -> Linear:
    """Return a bound of a variable."""
    return Linear(((name, Fraction(1)),), operator, bound)


def holding(form: Form, operator: Operator, bound: Fraction) -> Linear:
    """Return a bound of a form."""
    return Linear(tuple(form[0].items()), operator, bound - form[1])


def total_of(forms: Iterable[Form]) -> Form:
    """Return the sum of forms."""
    terms: dict[int, Fraction] = {}
    constant = Fraction(0)
    for part, number in forms:
        constant += number
        for name, factor in part.items():
            terms[name] = terms.get(name, Fraction(0)) + factor
    return {name: factor for name, factor in terms.items() if factor}, constant


def scaled(form: Form, factor: Fraction) -> Form:
    """Return a form times a number."""
    return ({name: inside * factor for name, inside in form[0].items()} if factor else {}), form[1] * factor
