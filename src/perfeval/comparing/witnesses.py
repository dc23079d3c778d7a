"""Whether there are facts on which conditions come to given verdicts: found and checked, or proved to be none.

A search over truth values: each condition is taken apart into what must hold of flags, kinds and linear forms of the
facts, one way after another. An element of a collection is a record of its own. Two readings of a collection are
tried. *Open*: as many elements as the conditions call for, figures of the whole collection being unknowns of which
only what is certain is used; nothing left over proves that there are no such facts. *Closed*: collections of a few
stated sizes, whose figures are exact; here facts are found that the open reading could not settle. Facts are handed
out only after they have been judged. Imports ``lemmas``, ``demands``, ``linear``, ``evaluation`` and above.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Final, NamedTuple, cast, final

from attrs import Factory, define, field, frozen

from perfeval.amounts import Amount, Rounding
from perfeval.comparing.demands import (
    LAPSED,
    MET,
    UNMET,
    Defined,
    Each,
    Either,
    Form,
    Fresh,
    Goal,
    Goals,
    Judged,
    Linear,
    Noted,
    One,
    Ordered,
    Path,
    Place,
    Verdicts,
    bound_on,
    compared,
    either,
    every_node,
    extreme,
    facts_named,
    having_value,
    holding,
    joined,
    lacking_value,
    may_lapse,
    measures_in,
    mirror,
    moved,
    multiplied_out,
    not_picked,
    owners_of,
    picked,
    quantified,
    scaled,
    sharing,
    spoken_of,
    total_of,
    without_figures,
)
from perfeval.comparing.lemmas import Figure, lemmas
from perfeval.comparing.linear import Exhausted, System, Work, simplest_between
from perfeval.errors import FactsError
from perfeval.evaluation import Scope, decide, evaluate, scope_of
from perfeval.expressions import (
    Aggregate,
    AggregateKind,
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
    Operator,
    Product,
    Quantified,
    Quantity,
    Quotient,
    Rounded,
    Sum,
    When,
)
from perfeval.facts import CategoryFact, DayFact, FlagFact, Label, ManyFact, MeasureFact, SubjectSchema
from perfeval.scoping import free_facts
from perfeval.subjects import blank, read
from perfeval.verdicts import Verdict

__all__ = ["Answer", "Wanted", "Work", "find_facts"]

_HALF: Final = Fraction(1, 2)
_ROUNDS: Final[
    Mapping[Rounding, tuple[tuple[Operator | None, Fraction | int, Operator, Fraction | int, Operator], ...]]
] = {
    Rounding.HALF_UP: (
        (Operator.AT_LEAST, -_HALF, Operator.ABOVE, _HALF, Operator.AT_MOST),
        (Operator.BELOW, -_HALF, Operator.AT_LEAST, _HALF, Operator.BELOW),
    ),
    Rounding.HALF_EVEN: ((None, -_HALF, Operator.AT_LEAST, _HALF, Operator.AT_MOST),),
    Rounding.UP: (
        (Operator.AT_LEAST, 0, Operator.AT_LEAST, 1, Operator.BELOW),
        (Operator.BELOW, -1, Operator.ABOVE, 0, Operator.AT_MOST),
    ),
    Rounding.DOWN: (
        (Operator.AT_LEAST, -1, Operator.ABOVE, 0, Operator.AT_MOST),
        (Operator.BELOW, 0, Operator.AT_LEAST, 1, Operator.BELOW),
    ),
    Rounding.CEILING: ((None, 0, Operator.AT_LEAST, 1, Operator.BELOW),),
    Rounding.FLOOR: ((None, -1, Operator.ABOVE, 0, Operator.AT_MOST),),
}
_WORK: Final = 900_000
_WORK_PER_NODE: Final = 40
_STEP: Final = 14
_LOOK: Final = 3
_PROVING: Final = 60_000
_TRIES: Final = 150
_CANDIDATES: Final = 28
_LONGEST: Final = 2_000
_SHAPES: Final = 24
_LOOKED_AT: Final = 4
_FAR: Final = 12
_FEW: Final = 3
_NEATENED: Final = 300
_NEATENED_ITEMS: Final = 4
_TOO_MANY: Final = Label("情形过多，未能穷尽", "more ways than were tried")
_NEW_YEAR: Final = datetime.date(2026, 1, 1)


class Wanted(NamedTuple):
    """A condition and the verdicts of which it must come to one."""

    condition: Condition
    verdicts: Verdicts


@final
@frozen(kw_only=True)
class Answer:
    """Facts that were found, or none: then ``decided`` says whether there are certainly none.

    ``doubts`` are the parts of the conditions on account of which it was not decided.
    """

    facts: Mapping[str, object] | None
    decided: bool
    doubts: tuple[Label, ...] = ()


class _End(NamedTuple):
    """A bound of a form, and whether it is the low one."""

    at: Fraction
    low: bool


class _Split(Exception):
    """A quantity whose value depends on which of several ways is taken first."""

    def __init__(self, options: Iterable[Goals]) -> None:
        super().__init__()
        self.options = tuple(options)


# --- the search ------------------------------------------------------------------------------------------


class _Choice(NamedTuple):
    """A place to come back to: the ways not yet tried and what stood when they opened."""

    options: list[Goals]
    later: tuple[Either, ...]
    notes: int
    bounds: int


@final
@define(eq=False)
class _Search:
    subject: SubjectSchema
    wanted: tuple[Wanted, ...]
    on: datetime.date | None
    closed: bool
    named: dict[SubjectSchema, set[str]]
    literals: tuple[Literal | DayLiteral, ...]
    aggregates: frozenset[Aggregate]
    suggested: dict[Path, dict[tuple[int, ...], None]]
    work: Work
    system: System = field(init=False, default=Factory(lambda self: System(work=self.work), takes_self=True))
    found: dict[str, object] | None = field(init=False, default=None)
    partial: bool = field(init=False, default=False)
    doubts: dict[Label, None] = field(init=False, factory=dict)
    _tries: int = field(init=False, default=_TRIES)
    _far: int = field(init=False, default=_FAR)
    _proving: int = field(init=False, default=_PROVING)
    _proved: dict[Goals, bool] = field(init=False, factory=dict)
    _paths: dict[int, Path] = field(init=False, factory=dict)
    _notes: dict[tuple[object, ...], object] = field(init=False, factory=dict)
    _trail: list[tuple[tuple[object, ...], object]] = field(init=False, factory=list)
    _variables: dict[tuple[object, ...], int] = field(init=False, factory=dict)
    _units: dict[int, MeasureFact | DayFact] = field(init=False, factory=dict)

    # --- going through the ways --------------------------------------------------------------------------

    def run(self, goals: Goals) -> bool:
        """Say whether facts were found; False where every way was tried."""
        stack: list[_Choice] = []
        later: tuple[Either, ...] | None = self._settle(goals, ())
        while True:
            step = None if later is None else self._next(later, far=not stack and self._may_look_far())
            if step is not None:
                options, rest = step
                if not options:
                    if self._leaf():
                        return True
                else:
                    if len(options) > 1:
                        stack.append(_Choice(options[1:], rest, len(self._trail), self.system.mark()))
                    later = self._settle(options[0], rest)
                    continue
            while stack and not stack[-1].options:
                stack.pop()
            if not stack:
                return False
            choice = stack[-1]
            self._undo(choice.notes, choice.bounds)
            later = self._settle(choice.options.pop(0), choice.later)

    def _may_look_far(self) -> bool:
        self._far -= 1
        return self._far >= 0

    def _next(self, later: tuple[Either, ...], *, far: bool) -> tuple[list[Goals], tuple[Either, ...]] | None:
        """Return the ways of the open choice that has the fewest; no ways where none is open; None at a dead end.

        ``far`` looks one choice further: a way is also closed where it leaves no way through a choice that it bears on.
        """
        if not self.system.feasible():
            return None
        if not later:
            return [], ()
        bearing = self._bearing(later) if far else None
        best: tuple[list[Goals], int] | None = None
        for index in dict.fromkeys((*range(len(later))[:_LOOKED_AT], *range(len(later))[-_LOOKED_AT:])):
            possible = (option for option in later[index].options if self._viable(option, bearing))
            # No more than show that another choice has fewer.
            viable = list(itertools.islice(possible, len(best[0]) if best else None))
            if not viable:
                return None
            if best is None or len(viable) < len(best[0]):
                best = (viable, index)
            if len(viable) == 1:
                break
        assert best is not None  # noqa: S101 - there is at least one open choice
        return best[0], later[: best[1]] + later[best[1] + 1 :]

    def _viable(self, option: Goals, bearing: Mapping[Path, list[Either]] | None = None) -> bool:
        """Say whether a way does not contradict at once what holds already; leave no trace."""
        notes, bounds = len(self._trail), self.system.mark()
        waiting = list(option)
        possible = True
        for _ in range(40):
            if not waiting:
                break
            outcome = self._take(waiting.pop())
            if outcome is None:
                possible = False
                break
            waiting.extend(goal for goal in outcome if not isinstance(goal, Either))
        if possible and bearing is not None:
            near = {id(split): split for key in self._touched(notes, bounds) for split in bearing.get(key, ())}
            checked = itertools.islice(near.values(), _LOOKED_AT)
            possible = all(any(self._viable(other) for other in split.options) for split in checked)
        self._undo(notes, bounds)
        return possible

    def _touched(self, notes: int, bounds: int) -> Iterator[Path]:
        """Yield the facts of which something was said since two marks."""
        for key, _ in self._trail[notes:]:
            if key[0] in ("flag", "kind"):
                yield cast("Path", key[1])
        for name in self.system.bounded_since(bounds):
            if name in self._paths:
                yield self._paths[name]

    def _bearing(self, later: tuple[Either, ...]) -> dict[Path, list[Either]]:
        """Return the open choices that speak of each fact."""
        found: dict[Path, list[Either]] = {}
        self.work.spend(_LOOK * sum(len(split.options) for split in later))
        for split in later:
            for path in {path for option in split.options for goal in option for path in spoken_of(goal)}:
                found.setdefault(path, []).append(split)
        return found

    def _settle(self, goals: Goals, later: tuple[Either, ...]) -> tuple[Either, ...] | None:
        """Take all goals that leave no choice; return the open choices, or None at a contradiction."""
        waiting, choices = list(reversed(goals)), list(later)
        while waiting:
            goal = waiting.pop()
            if isinstance(goal, Either):
                choices.append(goal)
                continue
            outcome = self._take(goal)
            if outcome is None:
                return None
            waiting.extend(reversed(outcome))
        return tuple(choices)

    def _note(self, key: tuple[object, ...], value: object) -> None:
        self._trail.append((key, self._notes.get(key)))
        self._notes[key] = value

    def _undo(self, notes: int, bounds: int) -> None:
        while len(self._trail) > notes:
            key, old = self._trail.pop()
            if old is None:
                del self._notes[key]
            else:
                self._notes[key] = old
        self.system.undo(bounds)

    # --- taking goals apart ------------------------------------------------------------------------------

    def _take(self, goal: Goal) -> list[Goal] | None:
        """Return what a goal comes down to, None where it contradicts what holds."""
        self.work.spend(_STEP)
        try:
            match goal:
                case Judged():
                    return self._judged(goal.node, goal.among, goal.place)
                case Defined():
                    return having_value(goal.node, goal.place) if goal.holds else lacking_value(goal.node, goal.place)
                case Ordered():
                    return self._ordered(goal)
                case Linear(terms=terms, operator=operator, bound=bound):
                    return [] if self.system.hold(dict(terms), operator, bound) else None
                case Either():
                    return [goal]
                case Each():
                    return self._each(goal)
                case One():
                    return self._one(goal)
                case Fresh():
                    return self._fresh(goal)
                case Noted(key=key, value=value):
                    known = self._notes.get(key)
                    if known is None:
                        self._note(key, value)
                    return [] if known is None or known == value else None
        except _Split as split:
            return either((*option, goal) for option in split.options)

    def _judged(self, node: Condition, among: Verdicts, place: Place) -> list[Goal] | None:
        if not may_lapse(node):
            among -= LAPSED
        if not among:
            return None
        if len(among) == (3 if may_lapse(node) else 2):
            return []
        match node:
            case Flag(owner=owner, fact=fact):
                return self._flagged((*place.path(owner), fact.name), value=Verdict.MET in among)
            case IsKind(category=category, kinds=kinds):
                chosen = frozenset(kinds) if Verdict.MET in among else frozenset(category.fact.kinds) - frozenset(kinds)
                return self._of_kind(category, chosen, place)
            case Named(part=part):
                return [Judged(part, among, place)]
            case Not(part=part):
                return [Judged(part, mirror(among), place)]
            case When(part=part, guard=guard):
                options: list[Goals] = [(Judged(guard, MET, place), Judged(part, among, place))]
                if Verdict.NOT_APPLICABLE in among:
                    options.append((Judged(guard, UNMET | LAPSED, place),))
                return either(options)
            case Compare():
                return compared(node, among, place)
            case All(parts=parts):
                return joined(parts, among, place, mirrored=False)
            case Any(parts=parts):
                return joined(parts, among, place, mirrored=True)
            case Quantified():
                return quantified(node, among, place)

    def _flagged(self, path: Path, *, value: bool) -> list[Goal] | None:
        known = self._notes.get(("flag", path))
        if known is None:
            self._note(("flag", path), value)
        return [] if known is None or known is value else None

    def _of_kind(self, category: Category, kinds: frozenset[str], place: Place) -> list[Goal] | None:
        key = ("kind", (*place.path(category.owner), category.fact.name))
        left = self._kinds(category, place) & kinds
        self._note(key, left)
        return [] if left else None

    def _kinds(self, category: Category, place: Place) -> frozenset[str]:
        key = ("kind", (*place.path(category.owner), category.fact.name))
        known = self._notes.get(key)
        return frozenset(category.fact.kinds) if known is None else known  # type: ignore[return-value]

    # --- values ------------------------------------------------------------------------------------------

    def _ordered(self, goal: Ordered) -> list[Goal] | None:
        left, operator, right, place = goal
        terms, constant = self._linear(left, place)
        if right is not None:
            terms, constant = total_of([(terms, constant), scaled(self._linear(right, place), Fraction(-1))])
        if not self.system.hold(terms, operator, -constant):
            return None
        if len(terms) != 1:
            return []
        ((name, factor),) = terms.items()
        whole = self._parts_of(name)
        if whole is None:
            return []
        # A ratio against a figure is linear when multiplied by the divisor, whose sign is one or the other.
        part, divisor = whole
        cleared = total_of([scaled(part, factor), scaled(divisor, constant)])
        return either(
            (holding(divisor, sign, Fraction(0)), holding(cleared, towards, Fraction(0)))
            for sign, towards in ((Operator.ABOVE, operator), (Operator.BELOW, operator.mirrored))
        )

    def _parts_of(self, name: int) -> tuple[Form, Form] | None:
        """Return what is divided by what, where a variable stands for a ratio or a share of a whole collection."""
        noted = self._notes.get(("opaque", name))
        if not isinstance(noted, tuple):
            return None
        node, place = noted
        if isinstance(node, Quotient):
            return self._linear(node.dividend, place), self._linear(node.divisor, place)
        if isinstance(node, Aggregate) and node.kind is AggregateKind.SHARE and node.among is None:
            counted = node.collection.count(where=node.where)
            if self.aggregates & {counted, node.collection.count()}:
                return self._linear(counted, place), self._linear(node.collection.count(), place)
        return None

    def _linear(self, node: Quantity | int, place: Place) -> Form:
        """Return a quantity as a linear form of variables; raise ``_Split`` where it depends on a way to be taken."""
        match node:
            case int():
                return {node: Fraction(1)}, Fraction(0)
            case Measure(owner=owner, fact=measured):
                return {self._scalar(place.path(owner), measured): Fraction(1)}, Fraction(0)
            case Day(owner=owner, fact=dated):
                return {self._scalar(place.path(owner), dated): Fraction(1)}, Fraction(0)
            case Literal(amount=amount):
                return {}, amount.root
            case DayLiteral(day=day):
                return {}, Fraction(day.toordinal())
            case Sum(terms=terms):
                return total_of([self._linear(term, place) for term in terms])
            case Negative(operand=operand):
                return scaled(self._linear(operand, place), Fraction(-1))
            case Product():
                return self._product(node, place)
            case Quotient(dividend=dividend, divisor=divisor):
                below = self._constant(self._linear(divisor, place))
                if below == 0:
                    raise _Split([])
                if below is not None:
                    return scaled(self._linear(dividend, place), 1 / below)
                return self._opaque(node, place)
            case ByKind(category=category, cases=cases):
                left = self._kinds(category, place)
                if len(left) > 1:
                    raise _Split(
                        (Judged(IsKind(category, (kind,)), MET, place),) for kind in category.fact.kinds if kind in left
                    )
                return self._linear(next(case for kind, case in cases if kind in left), place)
            case Rounded(operand=operand, quantum=quantum, mode=mode):
                value = self._constant(self._linear(operand, place))
                if value is None:
                    return self._opaque(node, place)
                return {}, mode.integer(value / quantum.root) * quantum.root
            case MonthsServed():
                return self._months(node, place)
            case Aggregate():
                if self._is_exact(node.collection):
                    return self._exact_aggregate(node, place)
                apart = self._taken_apart(node, place) if node.kind is AggregateKind.SUM else None
                return apart or self._opaque(node, place)

    def _scalar(self, path: Path, fact: MeasureFact | DayFact) -> int:
        key = (*path, fact.name)
        known = self._variables.get(key)
        if known is not None:
            return known
        if isinstance(fact, DayFact):
            least, most = Fraction(datetime.date.min.toordinal()), Fraction(datetime.date.max.toordinal())
            name = self.system.variable(least, most, Fraction(1))
        else:
            step = None if fact.decimals is None else fact.unit.factor / 10**fact.decimals
            low, high = (None if end is None else end.root for end in (fact.at_least, fact.at_most))
            name = self.system.variable(low, high, step)
        self._variables[key] = name
        self._units[name] = fact
        self._paths[name] = key
        return name

    def _constant(self, form: Form) -> Fraction | None:
        """Return the one value that a form can have as things stand, or None."""
        total = form[1]
        for name, factor in form[0].items():
            value = self.system.fixed(name)
            if value is None:
                return None
            total += factor * value
        return total

    def _product(self, node: Product, place: Place) -> Form:
        figures, others = without_figures(node)
        factor, open_forms = figures, []
        for form in [self._linear(other, place) for other in others]:
            value = self._constant(form)
            if value is None:
                open_forms.append(form)
            else:
                factor *= value
        if not open_forms or not factor:
            return {}, factor
        if len(open_forms) == 1:
            return scaled(open_forms[0], factor)
        # The figures stand outside, so that products which differ in them alone can be compared.
        return scaled(self._opaque(Product(others), place), figures)

    def _months(self, node: MonthsServed, place: Place) -> Form:
        ends = [self._constant(self._linear(end, place)) for end in (node.start, node.end) if end is not None]
        days = [datetime.date.fromordinal(int(end)) for end in ends if end is not None]
        if self.on is None or len(days) < len(ends):
            return self._opaque(node, place)
        stated = MonthsServed(DayLiteral(days[0]), DayLiteral(days[1]) if len(days) > 1 else None, node.policy)
        return {}, Fraction(evaluate(stated, self._blank_scope(place)).low or 0)

    # --- what is not linear ------------------------------------------------------------------------------

    def _blank_scope(self, place: Place) -> Scope:
        """Return a scope in which nothing is known: what lies within its bounds lies there on all facts."""
        scope = scope_of(blank(self.subject, ""), None, self.on)
        for schema, _ in place.paths:
            scope = scope.inner(blank(schema, ""))
        return scope

    def _opaque(self, node: Quantity, place: Place) -> Form:
        """Return a variable that stands for a quantity as a whole, with what is certain of it."""
        # Only the records that the quantity looks at: from every element of another collection it is the same.
        place = Place(tuple((owner, place.path(owner)) for owner in owners_of(node)))
        key = (node, place)
        name = self._variables.get(key)
        if name is None:
            extent = evaluate(node, self._blank_scope(place))
            low, high = (None if end is None else Fraction(end) for end in (extent.low, extent.high))
            step = None
            if isinstance(node, Rounded):
                step = node.quantum.root
            elif isinstance(node, Aggregate) and node.kind is AggregateKind.COUNT:
                step = node.collection.fact.element.unit.factor
            name = self._variables[key] = self.system.variable(low, high, step)
        if ("opaque", name) not in self._notes:
            noted = Noted(("opaque", name), (node, place))
            raise _Split((noted, *option) for option in self._axioms(name, node, place))
        return {name: Fraction(1)}, Fraction(0)

    def _axioms(self, name: int, node: Quantity, place: Place) -> list[Goals]:
        """Return the ways in which a quantity that is taken as a whole can have its value."""
        match node:
            case Rounded():
                return self._rounding(name, node, place)
            case Product(factors=factors):
                ways = self._factors_of(name, [self._linear(factor, place) for factor in factors])
                tie = self._multiplied_out(name, node, place)
                return [(*way, *tie) for way in ways]
            case Aggregate(kind=AggregateKind.MINIMUM | AggregateKind.MAXIMUM):
                return [extreme(name, node, place)]
            case Aggregate(kind=AggregateKind.SUM):
                return [self._summed(name, node, place)]
            case Aggregate(kind=AggregateKind.COUNT, collection=collection, where=where):
                one, everyone = collection.fact.element.unit.factor, collection.count()
                goals = (One(collection, picked(where, place), place),)
                within = (Ordered(name, Operator.AT_MOST, everyone, place),) if everyone in self.aggregates else ()
                return [
                    (bound_on(name, Operator.EQUAL, Fraction(0)), Each(collection, not_picked(where, place), place)),
                    (bound_on(name, Operator.AT_LEAST, one), *goals, *(within if where is not None else ())),
                ]
            case Aggregate(kind=AggregateKind.SHARE):
                return sharing(name, node, place)
            case _:
                return [()]

    def _rounding(self, name: int, node: Rounded, place: Place) -> list[Goals]:
        """Tie a rounded figure to what is rounded; toward and away from zero are up on one side and down on the other."""
        value, step = self._linear(node.operand, place), node.quantum.root
        off = total_of([({name: Fraction(1)}, Fraction(0)), scaled(value, Fraction(-1))])
        return [
            (
                *((holding(value, sign, Fraction(0)),) if sign is not None else ()),
                holding(off, lower, down * step),
                holding(off, upper, up * step),
            )
            for sign, down, lower, up, upper in _ROUNDS[node.mode]
        ]

    def _multiplied_out(self, name: int, node: Product, place: Place) -> Goals:
        """Tie a product of sums to the products of measures that it is when multiplied out."""
        terms = multiplied_out(node)
        if terms is None or len(terms) < 2:
            return ()
        forms: list[Form] = [({name: Fraction(-1)}, Fraction(0))]
        for measures, times in terms:
            whole: Quantity | None = Product(measures) if len(measures) > 1 else measures[0] if measures else None
            forms.append(({}, times) if whole is None else scaled(self._linear(whole, place), times))
        return (holding(total_of(forms), Operator.EQUAL, Fraction(0)),)

    def _factors_of(self, name: int, forms: list[Form]) -> list[Goals]:
        """Tie a product of two quantities to them: by its sign, and by their bounds where they have any."""
        scale, open_forms = Fraction(1), []
        for form in forms:
            value = self._constant(form)
            if value is None:
                open_forms.append(form)
            else:
                scale *= value
        if len(open_forms) != 2:
            return [()]
        one, other = scaled(open_forms[0], scale), open_forms[1]
        product: Form = ({name: Fraction(1)}, Fraction(0))
        hull: list[Goal] = []
        for a, b in itertools.product(self._ends(one), self._ends(other)):
            # (one - a)(other - b) is at least zero where both are low or both high ends, else at most zero.
            corner = total_of([product, scaled(other, -a.at), scaled(one, -b.at)])
            hull.append(holding(corner, Operator.AT_LEAST if a.low is b.low else Operator.AT_MOST, -a.at * b.at))
        zero = Fraction(0)
        signs = ((Operator.ABOVE, 1), (Operator.BELOW, -1))
        options: list[Goals] = [(holding(one, Operator.EQUAL, zero), bound_on(name, Operator.EQUAL, zero))]
        for sign, towards in signs:
            options.append(
                (holding(one, sign, zero), holding(other, Operator.EQUAL, zero), bound_on(name, Operator.EQUAL, zero))
            )
            options += [
                (
                    holding(one, sign, zero),
                    holding(other, second, zero),
                    bound_on(name, Operator.ABOVE if towards == again else Operator.BELOW, zero),
                    *hull,
                )
                for second, again in signs
            ]
        return options

    def _ends(self, form: Form) -> list[_End]:
        """Return the bounds of a form of one variable as they now stand."""
        if len(form[0]) != 1:
            return []
        ((name, factor),) = form[0].items()
        return [
            _End(end * factor + form[1], low=is_low is (factor > 0))
            for end, is_low in zip(self.system.limits(name), (True, False), strict=True)
            if end is not None
        ]

    def _summed(self, name: int, node: Aggregate, place: Place) -> Goals:
        """Tie a sum over a measure that has bounds to how many it adds up."""
        if not isinstance(node.of, Measure) or node.of.owner != node.collection.fact.element:
            return ()
        low, high = node.of.fact.at_least, node.of.fact.at_most
        counted = Aggregate(AggregateKind.COUNT, node.collection, where=node.where)
        if (low is None or not low.root) and high is None:
            return ()
        times = scaled(self._linear(counted, place), 1 / node.collection.fact.element.unit.factor)
        return tuple(
            holding(total_of([({name: Fraction(1)}, Fraction(0)), scaled(times, -end.root)]), operator, Fraction(0))
            for end, operator in ((low, Operator.AT_LEAST), (high, Operator.AT_MOST))
            if end is not None
        )

    def _taken_apart(self, node: Aggregate, place: Place) -> Form | None:
        """Return a sum over a linear form as that form of sums, so that a sum of two is two sums; None if it is none."""
        parts = None if node.of is None else measures_in(node.of, node.collection.fact.element)
        if parts is None or isinstance(node.of, Measure):
            return None
        measures, constant = parts
        counted = Aggregate(AggregateKind.COUNT, node.collection, where=node.where)
        forms = [
            scaled(
                self._linear(Aggregate(AggregateKind.SUM, node.collection, of=measure, where=node.where), place), times
            )
            for measure, times in measures.items()
        ]
        if constant:
            forms.append(scaled(self._linear(counted, place), constant / node.collection.fact.element.unit.factor))
        return total_of(forms)

    def _exact_aggregate(self, node: Aggregate, place: Place) -> Form:
        """Return an aggregate over the elements that a closed collection has, each so many times."""
        elements = self._elements(node.collection, place)
        if node.kind in (AggregateKind.MINIMUM, AggregateKind.MAXIMUM):
            return self._opaque(node, place)
        inner = [self._inside(node.collection, index, place) for index in range(len(elements))]
        if node.kind is AggregateKind.SHARE:
            base = [times for times, one in zip(elements, inner, strict=True) if self._is_picked(node.among, one)]
            both = [
                times
                for times, one in zip(elements, inner, strict=True)
                if self._is_picked(node.among, one) and self._is_picked(node.where, one)
            ]
            if not base:
                raise _Split([])
            return {}, Fraction(sum(both), sum(base))
        chosen = [(times, one) for times, one in zip(elements, inner, strict=True) if self._is_picked(node.where, one)]
        if node.kind is AggregateKind.COUNT:
            return {}, sum(times for times, _ in chosen) * node.collection.fact.element.unit.factor
        assert node.of is not None  # noqa: S101 - a sum is built with a quantity
        return total_of([scaled(self._linear(node.of, one), Fraction(times)) for times, one in chosen])

    def _is_picked(self, where: Condition | None, place: Place) -> bool:
        if where is None:
            return True
        key = ("picked", where, place)
        known = self._notes.get(key)
        if known is None:
            raise _Split(
                [
                    (Noted(key, value=True), Judged(where, MET, place)),
                    (Noted(key, value=False), Judged(where, UNMET | LAPSED, place)),
                ]
            )
        return bool(known)

    # --- collections -------------------------------------------------------------------------------------

    def _collection_path(self, collection: Many, place: Place) -> Path:
        return (*place.path(collection.owner), collection.fact.name)

    def _inside(self, collection: Many, index: int, place: Place) -> Place:
        return place.inner(collection.fact.element, (*self._collection_path(collection, place), index))

    def _is_exact(self, collection: Many) -> bool:
        """Say whether the sizes of a collection are tried one by one; else it grows as needed, whatever bounds it."""
        return self.closed or (collection.fact.at_most is not None and collection.fact.at_most <= _FEW)

    def _elements(self, collection: Many, place: Place) -> tuple[int, ...]:
        """Return how many times each element of a collection stands in it."""
        key = ("shape", self._collection_path(collection, place))
        known = self._notes.get(key)
        if known is not None:
            return known  # type: ignore[return-value]
        if not self._is_exact(collection):
            shape = (1,) if collection.fact.at_least else ()
            self._note(key, shape)
            return shape
        raise _Split((Noted(key, shape),) for shape in self._shapes(collection, key[1]))

    def _each(self, goal: Each) -> list[Goal] | None:
        elements = self._elements(goal.collection, goal.place)
        key = ("each", self._collection_path(goal.collection, goal.place))
        known = self._notes.get(key, ())
        if goal in known:  # type: ignore[operator]
            return []
        self._note(key, (*known, goal))  # type: ignore[misc]
        return [one for index in range(len(elements)) for one in self._said_of(goal, index)]

    def _said_of(self, goal: Each | One | Fresh, index: int) -> Goals:
        inner = self._inside(goal.collection, index, goal.place)
        return tuple(moved(one, inner) for one in goal.goals)

    def _one(self, goal: One) -> list[Goal] | None:
        elements = self._elements(goal.collection, goal.place)
        if not self._is_exact(goal.collection):
            # An element of its own for each thing that is asked: whatever holds with fewer holds with copies too.
            return [Fresh(goal.collection, goal.goals, goal.place)]
        return either(self._said_of(goal, index) for index in range(len(elements)))

    def _fresh(self, goal: Fresh) -> list[Goal]:
        path, elements = self._collection_path(goal.collection, goal.place), self._elements(goal.collection, goal.place)
        self._note(("shape", path), (*elements, 1))
        known = cast("tuple[Each, ...]", self._notes.get(("each", path), ()))
        said: tuple[Each | Fresh, ...] = (*known, goal)
        return [one for each in said for one in self._said_of(each, len(elements))]

    def _shapes(self, collection: Many, path: Path) -> Iterable[tuple[int, ...]]:
        """Return collections to try, as how many times each of their elements stands in them."""
        least, most = collection.fact.at_least, collection.fact.at_most
        shapes: list[tuple[int, ...]] = [(1,) * size for size in range(_FEW + 1) if least <= size]
        if most is None or most > _FEW:
            self.partial = True
            if least > 3:
                shapes += [(least,), (least - 1, 1)]
            if len(path) == 1:
                shapes += [*self.suggested.get(path, {}), *self._critical_shapes(collection)]
        fitting = [s for s in shapes if least <= sum(s) <= (_LONGEST if most is None else min(most, _LONGEST))]
        return list(dict.fromkeys(fitting))[:_SHAPES]

    def _critical_shapes(self, collection: Many) -> Iterator[tuple[int, ...]]:
        """Yield collections whose counts and shares are those that the conditions name, and some between."""
        ratios = {Fraction(0), Fraction(1)}
        element = collection.fact.element.unit
        for literal in self.literals:
            if isinstance(literal, Literal) and not literal.amount.dimension:
                ratios |= {literal.amount.root} if 0 < literal.amount.root < 1 else set()
            elif isinstance(literal, Literal) and literal.amount.dimension == element.dimension:
                size = int(literal.amount.number_in(element))
                yield from ((near,) for near in (size, size + 1, size - 1) if near > 0)
                yield from ((near - 1, 1) for near in (size, size + 1) if near > 1)
        ordered = sorted(ratios)
        between = [simplest_between(low, high) for low, high in itertools.pairwise(ordered)]
        for ratio in (*ordered[1:-1], *between):
            yield ratio.numerator, ratio.denominator - ratio.numerator

    # --- facts -------------------------------------------------------------------------------------------

    def _leaf(self) -> bool:
        """Try to turn what holds now into facts; note a doubt where that fails though nothing contradicts."""
        notes, bounds = len(self._trail), self.system.mark()
        opaque = [
            Figure(name, *pair)
            for (kind, name, *_), pair in self._notes.items()
            if kind == "opaque" and isinstance(pair, tuple) and isinstance(name, int)
        ]
        if not (self.system.settled() and self._follow(opaque)):
            self._undo(notes, bounds)
            return False
        if not self.wanted:
            return True
        hard = [one for one in opaque if not isinstance(one.node, Aggregate)]
        if self._realised() or (hard and self._pinned_down(hard)):
            return True
        self._suggest(opaque)
        self._undo(notes, bounds)
        self.doubts.update(dict.fromkeys(_spoken(node) for _, node, _ in opaque))
        if not opaque:
            self.doubts[Label("数值的取值", "the values that facts may take")] = None
        return False

    def _follow(self, figures: list[Figure]) -> bool:
        """Hold what follows for figures from one another; False where that leaves no numbers."""
        if not self.wanted or len(figures) < 2:
            return True
        self.work.spend(len(figures) ** 2)
        said = {
            cast("Path", key[1]): cast("tuple[Each, ...]", goals)
            for key, goals in self._notes.items()
            if key[0] == "each"
        }
        amounts = [one for one in self.literals if isinstance(one, Literal)]
        held = [
            self.system.hold(dict(one.terms), one.operator, one.bound)
            for one in lemmas(figures, said, amounts, self._impossible)
        ]
        return all(held) and (not held or self.system.settled())

    def _impossible(self, goals: Goals) -> bool:
        """Say whether goals were proved to be impossible together, on any facts whatever; remember it."""
        known = self._proved.get(goals)
        if known is None:
            share = self.work.portion(self._proving)
            self._proving -= share.left
            search = _Search(
                subject=self.subject,
                wanted=(),
                on=self.on,
                closed=False,
                named=self.named,
                literals=self.literals,
                aggregates=self.aggregates,
                suggested={},
                work=share,
            )
            try:
                known = not search.run(goals) and not search.doubts and not search.partial
            except Exhausted:
                known = False
            self._proving += max(0, share.left)
            self.work.restore(share)
            self._proved[goals] = known
        return known

    def _suggest(self, opaque: Iterable[Figure]) -> None:
        """Remember how many of a collection, and how many of some sort, the counts of this way come to."""
        self.system.feasible()
        sizes: dict[Path, set[int]] = {}
        for name, node, place in opaque:
            if isinstance(node, Aggregate) and node.kind is AggregateKind.COUNT:
                count = self.system.values([name])[0] / node.collection.fact.element.unit.factor
                sizes.setdefault(self._collection_path(node.collection, place), {0}).add(int(count))
        for path, counts in sizes.items():
            if max(counts) <= _LONGEST:
                shape = tuple(more - less for less, more in itertools.pairwise(sorted(counts)))
                self.suggested.setdefault(path, {})[shape] = None

    def _pinned_down(self, waiting: list[Figure]) -> bool:
        """Give facts inside what is not linear a value, one after another, until all of it is linear; try those."""
        if self._tries <= 0:
            return False
        self._tries -= 1
        notes, bounds = len(self._trail), self.system.mark()
        if not waiting:
            found = self.system.settled() and self._realised()
            if not found:
                self._undo(notes, bounds)
            return found
        name, node, place = waiting[0]
        form = self._plain_form(node, place)
        if form is not None and name not in form[0]:
            terms, constant = total_of([({name: Fraction(-1)}, Fraction(0)), form])
            held = self.system.hold(terms, Operator.EQUAL, -constant) and self.system.feasible()
            if held and self._pinned_down(waiting[1:]):
                return True
            self._undo(notes, bounds)
            self.system.feasible()
            return False
        for free in reversed([fact for fact in free_facts(node) if isinstance(fact, Measure | Day)]):
            scalar = self._scalar(place.path(free.owner), free.fact)
            if self.system.fixed(scalar) is not None:
                continue
            for value in self._candidates(scalar):
                if self.system.pin(scalar, value) and self._pinned_down(waiting):
                    return True
                self._undo(notes, bounds)
                self.system.feasible()
            return False
        return False

    def _plain_form(self, node: Quantity, place: Place) -> Form | None:
        try:
            return self._linear(node, place)
        except _Split:
            return None

    def _candidates(self, name: int) -> list[Fraction]:
        """Return values worth trying for a fact: the present one, its bounds, none, one, and what the rules name."""
        fact = self._units[name]
        low, high = self.system.limits(name)
        values = [*self.system.values([name]), *(end for end in (low, high) if end is not None)]
        if isinstance(fact, MeasureFact):
            values += [Fraction(0), fact.unit.factor]
            values += [
                one.amount.root
                for one in self.literals
                if isinstance(one, Literal) and one.amount.dimension == fact.unit.dimension
            ]
        else:
            year = _NEW_YEAR.year if self.on is None else self.on.year
            days = [one.day for one in self.literals if isinstance(one, DayLiteral)]
            months = [(month, day) for day in (1, 15) for month in range(1, 13)]
            values = [values[0], *(Fraction(datetime.date(year, *month).toordinal()) for month in months)]
            values += [Fraction(one.toordinal()) for one in days]
        return list(dict.fromkeys(values))[:_CANDIDATES]

    def _realised(self) -> bool:
        """Build facts from what holds now and judge them; keep them where they come to what is wanted."""
        mark = self.system.mark()
        pinned = self._pinned()
        facts = self._record(self.subject, (), pinned)
        self.system.undo(mark)
        if not self._shows(facts):
            return False
        self.found = self._leaner(facts)
        return True

    def _shows(self, facts: Mapping[str, object]) -> bool:
        """Say whether facts, judged, come to what is wanted."""
        items = 1 + sum(len(value) for value in facts.values() if isinstance(value, list))
        self.work.spend(_LOOK * items * sum(one.condition.size for one in self.wanted))
        try:
            scope = scope_of(read(self.subject, facts), None, self.on)
        except FactsError:  # more or fewer elements than the collection may hold
            return False
        return all(decide(one.condition, scope).verdict in one.verdicts for one in self.wanted)

    def _leaner(self, facts: dict[str, object]) -> dict[str, object]:
        """Leave out elements that the answer does not need, where there are few."""
        for name, items in facts.items():
            if isinstance(items, list) and 1 <= len(items) <= _NEATENED_ITEMS:
                for item in tuple(items):
                    fewer = [other for other in facts[name] if other is not item]  # type: ignore[attr-defined]
                    if self._shows({**facts, name: fewer}):
                        facts = {**facts, name: fewer}
        return facts

    def _pinned(self) -> dict[int, Fraction]:
        """Return a value for each fact that takes part: plain numbers where the bounds allow them."""
        for name, fact in self._units.items():
            if isinstance(fact, DayFact):
                wish = Fraction((self.on or _NEW_YEAR).toordinal())
                mark = self.system.mark()
                if not (self.system.pin(name, wish) and self.system.settled()):
                    self.system.undo(mark)
                    self.system.settled()
        known = list(self._units)
        values = dict(zip(known, self.system.values(known), strict=True))
        if len(known) > _NEATENED:
            return values
        free = {
            name: fact for name, fact in self._units.items() if isinstance(fact, MeasureFact) and fact.decimals is None
        }
        for name in known:
            if name not in free:
                self.system.pin(name, values[name])
        for name, fact in free.items():
            (value,) = self.system.values([name])
            wishes = _plain_near(value, fact.unit.factor)
            values[name] = next((wish for wish in wishes if self.system.pin(name, wish)), value)
        return values

    def _record(self, schema: SubjectSchema, path: Path, values: Mapping[int, Fraction]) -> dict[str, object]:
        built: dict[str, object] = {}
        named = self.named.get(schema, set())
        for fact in schema.facts:
            here = (*path, fact.name)
            if fact.name not in named:
                continue
            match fact:
                case MeasureFact():
                    name = self._variables.get(here)
                    root = values[name] if name is not None and name in values else _usual(fact)
                    built[fact.name] = Amount.from_root(root, fact.unit)
                case DayFact():
                    name = self._variables.get(here)
                    known = None if name is None else values.get(name)
                    day = self.on or _NEW_YEAR
                    built[fact.name] = day if known is None else datetime.date.fromordinal(int(known))
                case CategoryFact(kinds=kinds):
                    left = self._notes.get(("kind", here), kinds)
                    built[fact.name] = next(kind for kind in kinds if kind in left)  # type: ignore[operator]
                case FlagFact():
                    built[fact.name] = self._notes.get(("flag", here), False)
                case ManyFact():
                    built[fact.name] = self._items(fact, here, values)
                case _:
                    continue
        return built

    def _items(self, fact: ManyFact, path: Path, values: Mapping[int, Fraction]) -> list[dict[str, object]]:
        shape = cast("tuple[int, ...]", self._notes.get(("shape", path), ()))
        items: list[dict[str, object]] = []
        for index, times in enumerate(shape):
            one = self._record(fact.element, (*path, index), values)
            items += [_copied(one) for _ in range(times)]
        if len(items) < fact.at_least:
            last = items[-1] if items else self._record(fact.element, (*path, 0), values)
            items += [_copied(last) for _ in range(fact.at_least - len(items))]
        return items


def _copied(record: Mapping[str, object]) -> dict[str, object]:
    """Return a record that can be changed without changing another one like it."""
    return {
        name: [_copied(one) for one in value] if isinstance(value, list) else value for name, value in record.items()
    }


def _usual(fact: MeasureFact) -> Fraction:
    """Return a value for a measure of which nothing is asked: zero, or the bound nearest to it."""
    step = None if fact.decimals is None else fact.unit.factor / 10**fact.decimals
    low, high = (None if end is None else end.root for end in (fact.at_least, fact.at_most))
    if low is not None and low > 0:
        return low if step is None else -(-low // step) * step
    if high is not None and high < 0:
        return high if step is None else high // step * step
    return Fraction(0)


def _plain_near(root: Fraction, factor: Fraction) -> list[Fraction]:
    """Return plain numbers of a unit near a value, plainest first."""
    number = root / factor
    if number.denominator == 1:
        return [root]
    wishes = [Fraction(round(number)), Fraction(number // 1), Fraction(-(-number // 1))]
    wishes += [
        Fraction(round(number * 100), 100),
        Fraction(number * 100 // 1, 100),
        Fraction(-(-number * 100 // 1), 100),
    ]
    return [wish * factor for wish in dict.fromkeys(wishes)] + [root]


_SPOKEN: Final = {
    Product: Label("乘积", "a product"),
    Quotient: Label("比值", "a ratio"),
    Rounded: Label("取整后的数", "a rounded figure"),
    MonthsServed: Label("任职月数", "months served"),
    Aggregate: Label("汇总数", "a figure of a collection"),
}


def _spoken(node: Quantity) -> Label:
    """Say which part could not be settled: what it is, and of which facts."""
    what = _SPOKEN.get(type(node), Label("数", "a figure"))
    facts = list(dict.fromkeys(fact.fact.label for fact in free_facts(node)))[:4]
    zh, en = "、".join(label.zh for label in facts), ", ".join(label.en for label in facts)
    return Label(f"{zh}的{what.zh}", f"{what.en} of {en}") if facts else what


def find_facts(
    subject: SubjectSchema, wanted: Iterable[Wanted], on: datetime.date | None, work: Work | None = None
) -> Answer:
    """Return facts on which each condition comes to one of the verdicts wanted of it, or say that there are none.

    Facts are complete as far as the conditions look at them, and were judged before they are returned. ``work``
    caps what several questions may take together.
    """
    asked = tuple(wanted)
    allowed = _WORK + _WORK_PER_NODE * sum(one.condition.size for one in asked)
    granted = Work(allowed) if work is None else work.portion(allowed)
    answer = _searched(subject, asked, on, granted)
    if work is not None:
        work.restore(granted)
    return answer


def _searched(subject: SubjectSchema, asked: tuple[Wanted, ...], on: datetime.date | None, granted: Work) -> Answer:
    try:
        granted.spend(_LOOK * sum(one.condition.size for one in asked))
    except Exhausted:
        return Answer(facts=None, decided=False, doubts=(_TOO_MANY,))
    named = facts_named(one.condition for one in asked)
    nodes = dict.fromkeys(node for one in asked for node in every_node(one.condition))
    literals = tuple(node for node in nodes if isinstance(node, Literal | DayLiteral))
    aggregates = frozenset(node for node in nodes if isinstance(node, Aggregate))
    collections = aggregates or any(isinstance(node, Quantified) for node in nodes)
    goals = tuple(Judged(one.condition, one.verdicts, Place(((subject, ()),))) for one in asked)
    doubts: dict[Label, None] = {}
    suggested: dict[Path, dict[tuple[int, ...], None]] = {}
    if on is None and any(isinstance(node, MonthsServed) for node in nodes):
        doubts[Label("未指明判断日期", "the day judged on, which was not given")] = None
    readings = (False, True) if collections else (False,)
    for closed in readings:
        # Half of it for each reading, so that the second has its turn.
        share = granted.portion(granted.left if closed is readings[-1] else granted.left // 2)
        search = _Search(
            subject=subject,
            wanted=asked,
            on=on,
            closed=closed,
            named=named,
            literals=literals,
            aggregates=aggregates,
            suggested=suggested,
            work=share,
        )
        try:
            if search.run(goals):
                return Answer(facts=search.found, decided=True)
            if not search.doubts and not search.partial:
                return Answer(facts=None, decided=True)
        except Exhausted:
            search.doubts[_TOO_MANY] = None
        finally:
            granted.restore(share)
        doubts.update(search.doubts)
    return Answer(facts=None, decided=False, doubts=tuple(doubts))
