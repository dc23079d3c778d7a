"""What would mend a finding: the smallest change of one fact, or the sets of changes, that make an unmet rule met.

Only measures that are declared ``changeable`` are changed, each within its bounds and on its grid: whole people and
courses, whole fen, the decimals that it declares. All else is held fixed. A comparison is solved for one fact at a
time, exactly; composites put the solutions of their parts together. Whatever is found is applied and judged before
it is returned, so a change that does not mend is never offered. Imports ``standard``, ``wording`` and above.
"""

from __future__ import annotations

import datetime
import functools
import itertools
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeAlias, assert_never, final

from attrs import evolve, field, frozen

from perfeval.amounts import Amount
from perfeval.citations import InForce
from perfeval.errors import FactsError, Problem, RuleError, excerpt, nearest
from perfeval.evaluation import Extent, Missing, Scope, decide, evaluate, members, scope_of
from perfeval.expressions import (
    Aggregate,
    AggregateKind,
    All,
    Any,
    ByKind,
    Compare,
    Condition,
    Day,
    DayLiteral,
    Flag,
    IsKind,
    Literal,
    Measure,
    MonthsServed,
    Named,
    Negative,
    Not,
    Operator,
    Product,
    Quantified,
    Quantifier,
    Quantity,
    Quotient,
    Rounded,
    Sum,
    When,
    all_of,
)
from perfeval.facts import FactDeclaration, Given, Label, MeasureFact, Stage, SubjectSchema
from perfeval.judging import verdict_of
from perfeval.rules import Rule
from perfeval.scoping import children, free_facts
from perfeval.standard import check_day
from perfeval.subjects import Entry, Number, Record
from perfeval.units import Dimension, Unit
from perfeval.verdicts import Verdict
from perfeval.wording import Lang, reason_sentence, say

__all__ = ["Change", "FactTotal", "Remedy", "RemedyTotal", "apply_changes", "remedy", "remedy_sentence", "total_remedy"]

MOST_CHANGES = 12
"""How many single changes a remedy lists, the smallest first; how many more there may be is said."""

MOST_SETS = 4
"""How many sets of changes a remedy lists."""

_MOST_MEMBERS_TRIED = 16
_MOST_BRANCHES = 64
_MOST_VALUES_TRIED = 250
_WORK = 300_000
_FARTHEST = 64
_HUNDREDTH = Fraction(1, 100)


# --- what is found -----------------------------------------------------------------------------------------


@final
@frozen(kw_only=True)
class Change:
    """One fact changed: where it stands, what it is and whose, and how much it is before and after.

    Amounts are in the declared unit of the fact; ``by`` is negative where the fact goes down.
    """

    path: str
    label: Label
    of: Label
    subject: str
    before: Amount
    after: Amount
    stage: Stage = Stage.ACHIEVED

    @property
    def by(self) -> Amount:
        """How much the fact changes, with its sign."""
        return self.after - self.before


@final
@frozen(kw_only=True)
class Remedy:
    """What would make one rule met on one record.

    Each of ``changes`` does alone: the smallest change of that fact, the smallest first. Where none does alone,
    each of ``sets`` does together, and none of its members can be left out. ``omitted`` counts further facts that
    may do alone, ``missing`` names what would have to be known first, ``detail`` says all that in words.
    ``early`` says that the rule is not yet due and was taken as if it were.
    """

    rule: str
    label: Label
    verdict: Verdict
    detail: Label
    changes: tuple[Change, ...] = ()
    sets: tuple[tuple[Change, ...], ...] = ()
    omitted: int = 0
    missing: tuple[Missing, ...] = ()
    early: bool = False
    record: Record = field(eq=False, repr=False)

    @property
    def chosen(self) -> tuple[Change, ...]:
        """The first change that does alone, or else the first set; empty where nothing mends it."""
        if self.changes:
            return self.changes[:1]
        return self.sets[0] if self.sets else ()


@final
@frozen(kw_only=True)
class FactTotal:
    """How much one fact changes over all records: raised by, and lowered by, both without a sign."""

    subject: str
    label: Label
    raised: Amount
    lowered: Amount


@final
@frozen(kw_only=True)
class RemedyTotal:
    """Many changes together: each fact once, with sums for each dimension and each fact.

    ``raised`` and ``lowered`` hold one amount for each dimension, money with money and class-hours with
    class-hours; ratios are in ``changes`` only, since shares of different wholes do not add up. ``conflicts``
    are facts that one finding needs raised and another lowered: in no sum. ``unmended`` are remedies of unmet
    or unknown rules that offer nothing.
    """

    changes: tuple[Change, ...]
    by_fact: tuple[FactTotal, ...]
    raised: tuple[Amount, ...]
    lowered: tuple[Amount, ...]
    conflicts: tuple[tuple[Change, ...], ...] = ()
    unmended: tuple[Remedy, ...] = ()


def remedy(
    rule: Rule, record: Record, *, on: datetime.date, in_force: InForce | None = None, most: int = MOST_CHANGES
) -> Remedy:
    """Return what would make a rule met on a record, judged ``on`` a day.

    ``record`` is what :func:`perfeval.read` or ``Standard.read`` returns. Of each fact the smallest change is
    given: up or down, within its declared bounds, in steps of its ``decimals``, of a whole fen for money, of one
    for what is counted. A measure without any of these takes any exact value; where the rule wants more than a
    value, a hundredth of its unit more. Nothing is changed so that a clause ceases to bind, or comes to. A rule not yet
    due is taken as if it were due. At most ``most`` changes are listed; where there are too many facts to try each,
    ``detail`` says so. Raises ``RuleError`` and ``FactsError`` for what is not a rule, a day, or a record of its subject.

    >>> from perfeval.subjects import measure, read, subject
    >>> @subject
    ... class Branch:
    ...     funding = measure("元/年", at_least=0, changeable=True)
    >>> rule = Rule("floor", Branch.funding >= "3000 元/年")
    >>> found = remedy(rule, read(Branch, {"funding": "0.25 万元/年"}), on=datetime.date(2026, 6, 30))
    >>> [(change.path, str(change.by)) for change in found.changes]
    [('funding', '500 元/年')]
    """
    _check(rule, record, on, most)
    scope = scope_of(record, rule.stage, on)
    truth = verdict_of(evolve(rule, due=None), record, on=on, in_force=in_force)
    early = rule.due is not None and on < rule.due and truth.verdict in (Verdict.UNMET, Verdict.UNKNOWN)
    found = Remedy(rule=rule.name, label=rule.title, verdict=truth.verdict, detail=_MET, early=early, record=record)
    match truth.verdict:
        case Verdict.MET:
            return found
        case Verdict.NOT_APPLICABLE:
            why = truth.reason
            words = ("", "") if why is None else (f"（{reason_sentence(why)}）", f" ({reason_sentence(why, 'en')})")
            return evolve(found, detail=Label(f"不适用{words[0]}", f"not applicable{words[1]}"))
        case Verdict.UNKNOWN:
            return _worded(evolve(found, missing=truth.missing))
        case Verdict.UNMET:
            return _Solver(root=record, rule=rule, scope=scope).solve(found, most)
        case _:
            assert_never(truth.verdict)


def _check(rule: object, record: object, on: object, most: object) -> None:
    if not isinstance(rule, Rule):
        raise RuleError.of("rule", came=excerpt(rule), needed="a Rule")
    check_day(on)
    if not isinstance(most, int) or isinstance(most, bool) or most < 1:
        raise RuleError.of("most", came=excerpt(most), needed="a whole number from 1")
    if not isinstance(record, Record):
        raise FactsError.of("record", came=excerpt(record), needed=f"a record: read({rule.subject.name}, facts)")
    if record.schema != rule.subject:
        raise FactsError.of("record", came=f"facts of {record.schema.name}", needed=f"facts of {rule.subject.name}")


_MET = Label("已符合要求，无需调整", "already met")
_ANY_ONE = Label("调整下列任一项即可", "any one of these changes mends it")
_TOGETHER = Label("调整任何单项均不能达到要求，须同时调整", "no single fact mends it; these changes together do")
_NONE = Label(
    "调整任何单项均不能达到要求，也未找到可行的组合", "no single fact mends it, and no set of changes was found"
)
_NOT_TRIED = Label("未找到可行的调整，但事项过多，未逐项试完", "no change was found, but not every fact was tried")
_NOTHING = Label("没有可供调整的事项", "no changeable fact mends it")


def _worded(found: Remedy, *, any_knob: bool = True, cut_short: bool = False) -> Remedy:
    if found.changes:
        detail = _ANY_ONE
        if found.omitted:
            detail = Label(
                f"{detail.zh}；另有 {found.omitted} 项未列出", f"{detail.en}; {found.omitted} more are not listed"
            )
    elif found.sets:
        detail = _TOGETHER
    elif found.missing:
        paths = [lack.path for lack in found.missing[:5]]
        rest = len(found.missing) - len(paths)
        zh = "、".join(paths) + (f" 等 {len(found.missing)} 项" if rest else "")
        en = ", ".join(paths) + (f" and {rest} more" if rest else "")
        detail = Label(f"资料不足，缺少 {zh}", f"unknown: {en} missing")
    elif found.verdict is Verdict.UNKNOWN:
        detail = Label("已知范围不足以判定", "unknown: what is known does not decide it")
    elif cut_short:
        detail = _NOT_TRIED
    else:
        detail = _NONE if any_knob else _NOTHING
    if cut_short and detail is not _NOT_TRIED:
        detail = Label(f"{detail.zh}（未逐项试完）", f"{detail.en} (not every fact was tried)")
    if found.early:
        detail = Label(f"{detail.zh}（尚未到期，按到期计算）", f"{detail.en} (not yet due; taken as if due)")
    return evolve(found, detail=detail)


# --- facts that may change ---------------------------------------------------------------------------------


class _Grid(NamedTuple):
    """Which values a fact may take, in root units: multiples of ``step`` (None: any) from ``low`` to ``high``.

    ``fine`` is the step, or where any exact value may stand, a hundredth of the unit.
    """

    step: Fraction | None
    fine: Fraction
    low: Fraction | None
    high: Fraction | None

    @classmethod
    def of(cls, fact: MeasureFact) -> _Grid:
        step = _step(fact)
        low = None if fact.at_least is None else fact.at_least.root
        high = None if fact.at_most is None else fact.at_most.root
        if step is not None:
            low = None if low is None else math.ceil(low / step) * step
            high = None if high is None else math.floor(high / step) * step
        return cls(step, step or fact.unit.factor * _HUNDREDTH, low, high)


@final
@frozen(kw_only=True, eq=False)
class _Knob:
    """One changeable fact of one record, with its present value; ``chain`` leads from the root to the record."""

    record: Record
    fact: MeasureFact
    present: Fraction
    grid: _Grid
    order: int
    chain: dict[int, tuple[str, Record]]

    @property
    def key(self) -> tuple[SubjectSchema, str]:
        return self.record.schema, self.fact.name

    def is_in(self, record: Record) -> bool:
        """Say whether the fact is of a record or of what is below it."""
        return self.record is record or id(record) in self.chain

    def snapped(self, value: Fraction) -> Fraction:
        """Return the multiple of the step that is nearest."""
        return math.floor(value / self.grid.fine + Fraction(1, 2)) * self.grid.fine

    def allows(self, value: Fraction) -> bool:
        _, _, low, high = self.grid
        return (low is None or value >= low) and (high is None or value <= high)


_Plan: TypeAlias = Mapping[_Knob, Fraction]
_Line: TypeAlias = tuple[Fraction, Fraction]
"""A constant and a slope: what a quantity comes to as one fact varies."""


def _step(fact: MeasureFact) -> Fraction | None:
    """Return the grid of a fact in root units; None where any exact value may stand."""
    unit = fact.unit
    if fact.decimals is not None:
        return unit.factor / Fraction(10**fact.decimals)
    if any(base.startswith("currency_") and power == 1 for base, power in unit.dimension):
        return _fen(unit)
    return None


def _fen(unit: Unit) -> Fraction:
    """Return one fen per whatever the unit is per, in root units: 0.01 元/年 of 万元/年."""
    step = Fraction(1)
    for name, _, exponent in unit.terms:
        if exponent < 0:
            step /= Fraction(Unit.parse(name).factor ** -exponent)
    return step


class _Shape(NamedTuple):
    """What a quantity may come to as one fact varies: at every value of the fact it is one of ``lines``.

    ``stepped``: or else constant between the points where it jumps. Not ``complete``: or something else.
    """

    lines: frozenset[_Line]
    stepped: bool = False
    complete: bool = True

    @property
    def is_constant(self) -> bool:
        return self.complete and all(slope == 0 for _, slope in self.lines)


_UNSOLVED = _Shape(frozenset(), complete=False)


def _combined(one: _Shape, other: _Shape, combine: Callable[[_Line, _Line], _Line]) -> _Shape:
    if not (one.complete and other.complete) or len(one.lines) * len(other.lines) > _MOST_BRANCHES:
        return _UNSOLVED
    if (one.stepped and not other.is_constant) or (other.stepped and not one.is_constant):
        return _UNSOLVED
    lines = frozenset(combine(a, b) for a in one.lines for b in other.lines)
    return _Shape(lines, stepped=one.stepped or other.stepped)


def _plus(one: _Line, other: _Line) -> _Line:
    return one[0] + other[0], one[1] + other[1]


def _times(one: _Line, other: _Line) -> _Line:
    """Multiply two lines of which one at least is constant."""
    return one[0] * other[0], one[0] * other[1] + one[1] * other[0]


_OPPOSITE = {
    Operator.AT_LEAST: Operator.BELOW,
    Operator.BELOW: Operator.AT_LEAST,
    Operator.AT_MOST: Operator.ABOVE,
    Operator.ABOVE: Operator.AT_MOST,
}
_MIRROR = {
    Operator.AT_LEAST: Operator.AT_MOST,
    Operator.AT_MOST: Operator.AT_LEAST,
    Operator.ABOVE: Operator.BELOW,
    Operator.BELOW: Operator.ABOVE,
    Operator.EQUAL: Operator.EQUAL,
}
_UP = (Operator.AT_LEAST, Operator.ABOVE)
_STRICT = (Operator.ABOVE, Operator.BELOW)


def _solved(knob: _Knob, line: _Line, operator: Operator, want: Verdict) -> Fraction | None:
    """Return the value nearest to the present one at which ``line <operator> 0`` is met (or is not)."""
    constant, slope = line
    if slope == 0:
        return None
    root = -constant / slope
    step = knob.grid.step
    if operator is Operator.EQUAL:
        if want is Verdict.MET:
            on_grid = step is None or (root / step).denominator == 1
            return root if on_grid and knob.allows(root) else None
        beside = (_beside(knob, upwards=True), _beside(knob, upwards=False))
        return min((v for v in beside if knob.allows(v)), key=lambda v: abs(v - knob.present), default=None)
    wanted = operator if want is Verdict.MET else _OPPOSITE[operator]
    upwards = (wanted in _UP) is (slope > 0)
    value = root
    if step is not None:
        value = (math.ceil(root / step) if upwards else math.floor(root / step)) * step
    if value == root and wanted in _STRICT:
        value += knob.grid.fine if upwards else -knob.grid.fine
    _, _, low, high = knob.grid
    if upwards and low is not None:
        value = max(value, low)
    if not upwards and high is not None:
        value = min(value, high)
    return value if knob.allows(value) else None


def _beside(knob: _Knob, *, upwards: bool) -> Fraction:
    """Return the value next to the present one on the grid."""
    if knob.grid.step is None:
        return knob.present + (knob.grid.fine if upwards else -knob.grid.fine)
    place = knob.present / knob.grid.step
    return ((math.floor(place) + 1) if upwards else (math.ceil(place) - 1)) * knob.grid.step


def _candidates(knob: _Knob, points: Iterable[Fraction]) -> list[Fraction]:
    """Return where a verdict that can change only at ``points`` may first have changed, the nearest first."""
    step, values = knob.grid.step, set[Fraction]()
    sorted_points = sorted({*points, knob.present})
    if step is not None:
        for point in sorted_points:
            base = math.floor(point / step)
            values.update((base + offset) * step for offset in (-1, 0, 1, 2))
    else:
        for point in sorted_points:
            values.update((point, point - knob.grid.fine, point + knob.grid.fine))
        values.update((a + b) / 2 for a, b in itertools.pairwise(sorted_points))
    values.update(end for end in (knob.grid.low, knob.grid.high) if end is not None)
    values.discard(knob.present)
    allowed = (value for value in values if knob.allows(value))
    return sorted(allowed, key=lambda value: (abs(value - knob.present), value < knob.present))


def _every_value(knob: _Knob) -> list[Fraction] | None:
    """Return all values that a fact may take, the nearest first; None where they are many."""
    _, _, low, high = knob.grid
    if knob.grid.step is None or low is None or high is None or high - low > _MOST_VALUES_TRIED * knob.grid.step:
        return None
    first = math.floor(low / knob.grid.step)
    values = (place * knob.grid.step for place in range(first, math.floor(high / knob.grid.step) + 1))
    return sorted(
        (value for value in values if value != knob.present and knob.allows(value)),
        key=lambda value: (abs(value - knob.present), value < knob.present),
    )


# --- solving -----------------------------------------------------------------------------------------------

_Part: TypeAlias = tuple[Condition, Scope]


@final
@frozen(kw_only=True, eq=False)
class _Solver:
    """One unmet rule on one record: finds plans (facts with new values) from the inside out.

    Caches are by identity of nodes and records, which live as long as the solver does.
    """

    root: Record
    rule: Rule
    scope: Scope
    parents: dict[int, tuple[Record, str, int]] = field(factory=dict)
    knobs: dict[tuple[int, str], _Knob] = field(factory=dict)
    grids: dict[int, _Grid] = field(factory=dict)
    dimensions: dict[Dimension, int] = field(factory=dict)
    lacking: dict[Missing, None] = field(factory=dict)
    mentioned: dict[int, frozenset[tuple[SubjectSchema, str]]] = field(factory=dict)
    values: dict[tuple[int, ...], Extent] = field(factory=dict)
    terms: dict[int, dict[tuple[SubjectSchema, str], list[Quantity]]] = field(factory=dict)
    unrolled: dict[tuple[int, Operator | None], Condition] = field(factory=dict)
    work: list[int] = field(factory=lambda: [_WORK // 2])

    # --- the whole rule ---

    def solve(self, found: Remedy, most: int) -> Remedy:
        """Return the remedy of the unmet rule, every change judged before it is listed."""
        waiting = [self.root]
        while waiting:
            owner = waiting.pop()
            for name, collection in owner.collections.items():
                for index, item in enumerate(collection.items):
                    self.parents[id(item)] = (owner, name, index)
                    waiting.append(item)
        plans = self.mend(self.rule.full_condition, self.scope, Verdict.MET)
        cut_short = self.work[0] <= 0
        self.work[0] = _WORK
        alone: dict[_Knob, Fraction] = {}
        for plan in plans:
            if len(plan) == 1:
                knob, value = next(iter(plan.items()))
                if knob not in alone or abs(value - knob.present) < abs(alone[knob] - knob.present):
                    alone[knob] = value
        singles: list[_Plan] = []
        left = 0
        for plan in self.tidy([{knob: value} for knob, value in alone.items()]):
            if len(singles) == most:
                left += 1
            elif self.is_least(plan):
                singles.append(plan)
        sets: list[_Plan] = []
        for plan in plans if not singles else []:
            if len(plan) > 1 and len(sets) < MOST_SETS and self.is_met(plan):
                pruned = self.pruned(plan)
                if len(pruned) > 1:
                    sets.append(pruned)
                elif self.is_least(pruned):
                    singles.append(pruned)
        found = evolve(
            found,
            changes=tuple(_change(knob, value) for plan in singles for knob, value in plan.items()),
            sets=() if singles else tuple(_ordered(plan) for plan in self.tidy(sets)),
            omitted=left,
            missing=() if singles or sets else tuple(self.lacking),
        )
        return _worded(found, any_knob=bool(self.knobs), cut_short=cut_short or self.work[0] <= 0)

    def is_met(self, plan: _Plan) -> bool:
        return self.tested(self.rule.full_condition, self.scope, plan) is Verdict.MET

    def is_least(self, plan: _Plan) -> bool:
        """Say whether a change of one fact mends the rule and one step less does not."""
        knob, value = next(iter(plan.items()))
        back = -knob.grid.fine if value > knob.present else knob.grid.fine
        less = value + back
        between = min(knob.present, value) < less < max(knob.present, value)
        return self.is_met(plan) and not (between and self.is_met({knob: less}))

    def pruned(self, plan: _Plan) -> _Plan:
        """Leave out of a small set what it does not need."""
        kept = dict(plan)
        if len(kept) <= _MOST_MEMBERS_TRIED:
            for knob in list(kept):
                fewer = {other: value for other, value in kept.items() if other is not knob}
                if fewer and self.is_met(fewer):
                    kept = fewer
        return kept

    def tested(self, node: Condition, scope: Scope, plan: _Plan) -> Verdict:
        """Judge a condition with a plan applied; past the work that one rule may cost nothing is met."""
        if self.work[0] <= 0:
            return Verdict.UNKNOWN
        self.work[0] -= 1 + len(self.parents) if _collection_owners(node) else 1
        return decide(node, self.applied(node, scope, plan)).verdict

    def tidy(self, plans: Iterable[_Plan]) -> list[_Plan]:
        """Return plans each once: fewer changes first, then the smaller, then as the rule names them."""
        unlike = {frozenset((id(knob), value) for knob, value in plan.items()): plan for plan in plans}
        return sorted(unlike.values(), key=self.weight)

    def weight(self, plan: _Plan) -> tuple[int, int, Fraction, int]:
        first = min(plan, key=lambda knob: knob.order)
        size = sum((abs(value - knob.present) for knob, value in plan.items()), Fraction(0))
        return len(plan), self.dimensions[first.fact.unit.dimension], size, first.order

    # --- conditions ---

    def mend(self, node: Condition, scope: Scope, want: Verdict) -> list[_Plan]:
        """Return plans that bring a condition to ``want``: MET from UNMET, or UNMET from MET."""
        every = want is Verdict.MET
        match node:
            case Compare():
                return self.compared(node, scope, want)
            case Flag() | IsKind():
                return []
            case All(parts=parts):
                below = [(part, scope) for part in parts]
                return self.together(below, want) if every else self.either(below, want)
            case Any(parts=parts):
                below = [(part, scope) for part in parts]
                return self.either(below, want) if every else self.together(below, want)
            case Not(part=part):
                return self.mend(part, scope, Verdict.UNMET if every else Verdict.MET)
            case When(part=part, guard=guard):
                return self.mend(part, scope, want) if decide(guard, scope).verdict is Verdict.MET else []
            case Named(part=part):
                return self.mend(part, scope, want)
            case Quantified(quantifier=quantifier, collection=collection, condition=condition, where=where):
                found = members(collection, scope)
                if where is not None:
                    condition = self.once(node, lambda: When(node.condition, where))
                below = [(condition, scope.inner(item)) for item in found.items]
                if (quantifier is Quantifier.EVERY) is not every:
                    return self.either(below, want)
                if found.others_at_most != 0:
                    self.lacking.update(dict.fromkeys(decide(node, scope).missing))
                    return []
                return self.together(below, want)
            case _:
                assert_never(node)

    def once(self, node: Condition, build: Callable[[], Condition], variant: Operator | None = None) -> Condition:
        """Return a condition built from a node, the same one each time."""
        key = (id(node), variant)
        if key not in self.unrolled:
            self.unrolled[key] = build()
        return self.unrolled[key]

    def either(self, parts: Iterable[_Part], want: Verdict) -> list[_Plan]:
        """Return plans of which each brings one of the parts to ``want``."""
        other = Verdict.UNMET if want is Verdict.MET else Verdict.MET
        return self.tidy(
            plan
            for node, scope in parts
            if decide(node, scope).verdict is other
            for plan in self.mend(node, scope, want)
        )

    def together(self, parts: Sequence[_Part], want: Verdict) -> list[_Plan]:
        """Return plans that bring every part to ``want``."""
        short: list[_Part] = []
        blocked = False
        for node, scope in parts:
            truth = decide(node, scope)
            if truth.verdict is Verdict.UNKNOWN:
                self.lacking.update(dict.fromkeys(truth.missing))
                blocked = True
            elif truth.verdict is not want and truth.verdict is not Verdict.NOT_APPLICABLE:
                short.append((node, scope))
        each = [] if blocked else [self.mend(node, scope, want) for node, scope in short]
        if not each or not all(each):
            return []
        plans = self.shared(parts, each, want)
        if len(each) == 1:
            return self.tidy([*plans, *(plan for plan in each[0] if len(plan) > 1)])
        for place in range(min(MOST_SETS, max(len(options) for options in each))):
            merged = _merged(options[min(place, len(options) - 1)] for options in each)
            if merged is not None:
                plans.append(merged)
        return self.tidy(plans)

    def shared(self, parts: Sequence[_Part], each: Sequence[Sequence[_Plan]], want: Verdict) -> list[_Plan]:
        """Return the single facts that mend every short part and harm no other."""
        options = [{next(iter(plan)): plan for plan in plans if len(plan) == 1} for plans in each]
        fewest = min(options, key=len)
        found: list[_Plan] = []
        for knob in fewest:
            if not all(knob in known for known in options):
                continue
            touched = [(node, scope) for node, scope in parts if self.reaches(node, scope.records, knob)]
            if len(touched) == 1:
                found.append(fewest[knob])
                continue
            value = self.jointly(touched, knob, want)
            if value is not None:
                found.append({knob: value})
        return found

    def jointly(self, parts: Sequence[_Part], knob: _Knob, want: Verdict) -> Fraction | None:
        points: set[Fraction] = set()
        known = [self.turning(node, scope, knob, points) for node, scope in parts]
        waiting = list(parts)

        def holds(value: Fraction) -> bool:
            done = False
            for place, (node, scope) in enumerate(waiting):
                verdict = self.tested(node, scope, {knob: value})
                if verdict not in (want, Verdict.NOT_APPLICABLE):
                    # What fails once is likely to fail again: ask it first next time.
                    waiting.insert(0, waiting.pop(place))
                    return False
                done = done or verdict is want
            return done

        return self.nearest(knob, points, holds, complete=all(known))

    def nearest(
        self, knob: _Knob, points: set[Fraction], holds: Callable[[Fraction], bool], *, complete: bool
    ) -> Fraction | None:
        """Return the value nearest to the present one that holds.

        Where not every turning point is known, try all values if they are few; else go out in steps that double,
        and halve back.
        """
        few = None if complete else _every_value(knob)
        hit = next((value for value in few or _candidates(knob, points) if holds(value)), None)
        if complete or few is not None:
            return hit
        for sign in (1, -1) if hit is None else ():
            tries = (knob.present + sign * knob.grid.fine * 2**power for power in range(_FARTHEST))
            hit = next((value for value in map(knob.snapped, tries) if knob.allows(value) and holds(value)), None)
            if hit is not None:
                break
        return None if hit is None else self.halved(knob, hit, holds)

    def halved(self, knob: _Knob, hit: Fraction, holds: Callable[[Fraction], bool]) -> Fraction:
        """Return a value between the present one and ``hit`` that holds where one step less does not."""
        miss = knob.present
        while abs(hit - miss) > knob.grid.fine:
            middle = knob.snapped((hit + miss) / 2)
            if middle in (hit, miss):
                break
            if knob.allows(middle) and holds(middle):
                hit = middle
            else:
                miss = middle
        return hit

    # --- comparisons ---

    def compared(self, node: Compare, scope: Scope, want: Verdict) -> list[_Plan]:
        """Return plans for a comparison: the least or greatest of a collection is one comparison for each element."""
        facing = _facing(node)
        counted = None
        if facing is not None:
            aggregate, operator, other = facing
            if aggregate.kind in (AggregateKind.MINIMUM, AggregateKind.MAXIMUM):
                return self.mend(self.once(node, lambda: _unrolled(aggregate, operator, other)), scope, want)
            if aggregate.kind in (AggregateKind.COUNT, AggregateKind.SHARE):
                counted = aggregate
        plans: list[_Plan] = [] if counted is None else self.counted(node, counted, scope, want)
        lines: list[tuple[_Knob, _Line]] = []
        for knob in dict.fromkeys(self.found(node, scope, counted)):
            if self.work[0] <= 0:
                break
            points: set[Fraction] = set()
            line = self.line(node, scope, knob, points)
            if line is not None:
                lines.append((knob, line))
                value = _solved(knob, line, node.operator, want)
            else:
                complete = self.crossings(node, scope, knob, points)
                value = self.nearest(knob, points, self.holding(node, scope, knob, want), complete=complete)
            if value is not None and value != knob.present:
                plans.append({knob: value})
        if not plans and len(lines) > 1:
            greedy = _filled(lines, node.operator, want)
            if greedy and self.tested(node, scope, greedy) is want:
                plans.append(greedy)
        return self.tidy(plans)

    def holding(self, node: Condition, scope: Scope, knob: _Knob, want: Verdict) -> Callable[[Fraction], bool]:
        return lambda value: self.tested(node, scope, {knob: value}) is want

    def counted(self, node: Compare, aggregate: Aggregate, scope: Scope, want: Verdict) -> list[_Plan]:
        """Return plans that bring as few elements as possible to be counted, or not to be: the nearest first."""
        where, among = aggregate.where, aggregate.among
        if where is None:
            return []
        equal = node.operator is Operator.EQUAL and want is Verdict.MET
        for aim, now in ((Verdict.MET, Verdict.UNMET), (Verdict.UNMET, Verdict.MET)):
            ways: list[list[_Plan]] = []
            for item in members(aggregate.collection, scope).items:
                inner = scope.inner(item)
                if among is not None and decide(among, inner).verdict is not Verdict.MET:
                    continue
                if decide(where, inner).verdict is not now:
                    continue
                own = [plan for plan in self.mend(where, inner, aim) if all(knob.is_in(item) for knob in plan)]
                if own:
                    ways.append(own)
            ways.sort(key=lambda plans: self.weight(plans[0]))
            goal: Condition = node
            if equal:
                # An equality holds for one number only: look for where it is reached, and see whether it is.
                upwards = (aim is Verdict.MET) is (_bare(node.left) is aggregate)
                reached = Operator.AT_LEAST if upwards else Operator.AT_MOST
                goal = self.once(node, functools.partial(Compare, node.left, reached, node.right), reached)
            least = self.fewest(goal, scope, want, ways)
            if equal and least is not None:
                merged = _merged(plans[0] for plans in ways[:least])
                if merged is None or self.tested(node, scope, merged) is not want:
                    continue
            if least == 1:
                return self.tidy(plan for plans in ways for plan in plans)
            if least is not None:
                merged = _merged(plans[0] for plans in ways[:least])
                return [] if merged is None else [merged]
        return []

    def fewest(self, node: Condition, scope: Scope, want: Verdict, ways: Sequence[Sequence[_Plan]]) -> int | None:
        """Return how many elements have to change, the first of ``ways`` before the others; None where all do not."""

        def enough(count: int) -> bool:
            merged = _merged(plans[0] for plans in ways[:count])
            return merged is not None and self.tested(node, scope, merged) is want

        low, high = 0, len(ways)
        if not ways or not enough(high):
            return None
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if enough(middle) else (middle, high)
        return high

    def found(self, node: Quantity | Condition, scope: Scope, without: Aggregate | None = None) -> Iterator[_Knob]:
        """Yield the changeable facts that a node reads; not those of the elements of the aggregate ``without``."""
        if isinstance(node, Measure):
            record = None if node.owner is None else scope.records.get(node.owner)
            knob = None if record is None else self.knob(record, node.fact)
            if knob is not None:
                yield knob
            return
        scopes = [scope]
        if node is without:
            scopes = [scope._replace(records=_without(scope.records, without.collection.fact.element))]
        elif isinstance(node, Aggregate | Quantified):
            known = node.collection.owner in scope.records
            scopes = [scope.inner(item) for item in members(node.collection, scope).items] if known else []
        for inner in scopes:
            for child in children(node):
                yield from self.found(child, inner, without)

    def knob(self, record: Record, fact: MeasureFact) -> _Knob | None:
        """Return the changeable fact of a record, if it is one and is known exactly at the stage that counts."""
        entry = record.entries[fact.name]
        stage = self.scope.stage
        counts = entry.known and (stage is None or entry.given.stage.rank >= stage.rank)
        if not fact.changeable or not counts or entry.low is None or entry.low != entry.high:
            return None
        key = (id(record), fact.name)
        if key not in self.knobs:
            self.dimensions.setdefault(fact.unit.dimension, len(self.dimensions))
            chain: dict[int, tuple[str, Record]] = {}
            below = record
            while id(below) in self.parents:
                above, name, _ = self.parents[id(below)]
                chain[id(above)] = (name, below)
                below = above
            if id(fact) not in self.grids:
                self.grids[id(fact)] = _Grid.of(fact)
            self.knobs[key] = _Knob(
                record=record,
                fact=fact,
                present=Fraction(entry.low),
                grid=self.grids[id(fact)],
                order=len(self.knobs),
                chain=chain,
            )
        return self.knobs[key]

    # --- how a comparison depends on one fact ---

    def line(self, node: Compare, scope: Scope, knob: _Knob, points: set[Fraction]) -> _Line | None:
        """Return left minus right as one line in the fact; None where it bends, jumps or is an interval."""
        left, right = self.shape(node.left, scope, knob, points), self.shape(node.right, scope, knob, points)
        plain = all(side.complete and not side.stepped and len(side.lines) == 1 for side in (left, right))
        if points or not plain:
            return None
        (one,), (other,) = left.lines, right.lines
        return one[0] - other[0], one[1] - other[1]

    def turning(self, node: Condition, scope: Scope, knob: _Knob, points: set[Fraction]) -> bool:
        """Collect the values of a fact at which a condition may turn; say whether they are all."""
        if not self.reaches(node, scope.records, knob):
            return True
        if isinstance(node, Compare):
            return self.crossings(node, scope, knob, points)
        below: list[_Part] = [(part, scope) for part in children(node) if isinstance(part, Condition)]
        if isinstance(node, Quantified):
            items = members(node.collection, scope).items
            below = [(part, scope.inner(item)) for item in items for part, _ in below]
        # Every part is gone through, also past one whose turning points are not all known.
        known = [self.turning(part, inner, knob, points) for part, inner in below]
        return all(known)

    def crossings(self, node: Compare, scope: Scope, knob: _Knob, points: set[Fraction]) -> bool:
        """Collect where the two sides may cross, and where either jumps."""
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if not isinstance(one, Rounded | Quotient):
                continue
            facing = self.shape(other, scope, knob, points)
            if not facing.is_constant or facing.stepped:
                continue
            if isinstance(one, Rounded):
                inner = self.shape(one.operand, scope, knob, points)
                wanted = _boundaries(facing, one.quantum.root)
                return _roots(inner, wanted, points)
            dividend, divisor = (self.shape(part, scope, knob, points) for part in (one.dividend, one.divisor))
            _roots(divisor, _Shape(frozenset({(Fraction(0), Fraction(0))})), points)
            return _roots(dividend, _combined(divisor, facing, _times), points)
        left, right = self.shape(node.left, scope, knob, points), self.shape(node.right, scope, knob, points)
        return _roots(left, right, points)

    def shape(self, node: Quantity, scope: Scope, knob: _Knob, points: set[Fraction]) -> _Shape:
        """Return what a quantity comes to as the fact varies; where it may jump goes into ``points``."""
        if not self.reaches(node, scope.records, knob):
            return self.constant(node, scope)
        match node:
            case Measure():
                return _Shape(frozenset({(Fraction(0), Fraction(1))}))
            case Literal() | Day() | DayLiteral() | MonthsServed():
                return self.constant(node, scope)
            case Sum(terms=terms):
                total = self.rest(node, self.terms_with(node, knob), scope)
                for term in self.terms_with(node, knob) if total.complete else terms:
                    total = _combined(total, self.shape(term, scope, knob, points), _plus)
                return total
            case Negative(operand=operand):
                inner = self.shape(operand, scope, knob, points)
                return inner._replace(lines=frozenset((-constant, -slope) for constant, slope in inner.lines))
            case Product(factors=factors):
                product = _Shape(frozenset({(Fraction(1), Fraction(0))}))
                for factor in factors:
                    shape = self.shape(factor, scope, knob, points)
                    if not (product.is_constant or shape.is_constant):
                        return _UNSOLVED
                    product = _combined(product, shape, _times)
                return product
            case Quotient(dividend=dividend, divisor=divisor):
                below = self.shape(divisor, scope, knob, points)
                if not below.is_constant or below.stepped or any(constant == 0 for constant, _ in below.lines):
                    return _UNSOLVED
                inverse = below._replace(lines=frozenset((1 / constant, Fraction(0)) for constant, _ in below.lines))
                return _combined(self.shape(dividend, scope, knob, points), inverse, _times)
            case Rounded(operand=operand):
                inner = self.shape(operand, scope, knob, points)
                return _Shape(frozenset(), stepped=True) if inner.is_constant else _UNSOLVED
            case ByKind(category=category, cases=cases):
                kind = None
                if category.owner is not None:
                    kind = scope.records[category.owner].entries[category.fact.name].given.value
                chosen = [case for known, case in cases if known == kind]
                return self.shape(chosen[0], scope, knob, points) if chosen else _UNSOLVED
            case Aggregate():
                return self.aggregated(node, scope, knob, points)
            case _:
                assert_never(node)

    def aggregated(self, node: Aggregate, scope: Scope, knob: _Knob, points: set[Fraction]) -> _Shape:
        """Return the shape of an aggregate of which one element holds the fact."""
        collection = node.collection
        inside = self.holder(node, scope.records, knob)
        elsewhere = _without(scope.records, collection.fact.element)
        if inside is None or any(self.reaches(child, elsewhere, knob) for child in children(node)):
            return _UNSOLVED
        inner = scope.inner(inside)
        sifts = [part for part in (node.where, node.among) if part is not None]
        moving = any(self.reaches(part, inner.records, knob) for part in sifts)
        known = [self.turning(part, inner, knob, points) for part in sifts]
        complete = all(known)
        if node.kind in (AggregateKind.COUNT, AggregateKind.SHARE):
            return _Shape(frozenset(), stepped=True, complete=complete)
        if node.kind is not AggregateKind.SUM or node.of is None or not complete:
            return _UNSOLVED
        chosen = Verdict.MET if node.where is None else decide(node.where, inner).verdict
        if chosen is Verdict.UNKNOWN:
            return _UNSOLVED
        whole, own = self.value(node, scope), self.value(node.of, inner)
        taken = own if chosen is Verdict.MET else Extent(0, 0)
        rest = _ends(_less(whole.low, taken.low), _less(whole.high, taken.high))
        added = self.shape(node.of, inner, knob, points)
        if moving:
            added = added._replace(lines=added.lines | {(Fraction(0), Fraction(0))})
        elif chosen is not Verdict.MET:
            added = _Shape(frozenset({(Fraction(0), Fraction(0))}))
        return _combined(rest, added, _plus)

    def terms_with(self, node: Sum, knob: _Knob) -> list[Quantity]:
        """Return the terms of a sum that name the fact, looked up in an index made once."""
        if id(node) not in self.terms:
            index: dict[tuple[SubjectSchema, str], list[Quantity]] = {}
            for term in node.terms:
                for key in self.mentions(term):
                    index.setdefault(key, []).append(term)
            self.terms[id(node)] = index
        return self.terms[id(node)].get(knob.key, [])

    def rest(self, node: Sum, without: Sequence[Quantity], scope: Scope) -> _Shape:
        """Return what the other terms of a sum come to."""
        whole = self.value(node, scope)
        low, high = whole.low, whole.high
        for term in without:
            own = self.value(term, scope)
            low, high = _less(low, own.low), _less(high, own.high)
        return _ends(low, high)

    def constant(self, node: Quantity, scope: Scope) -> _Shape:
        extent = self.value(node, scope)
        return _ends(extent.low, extent.high)

    def value(self, node: Quantity, scope: Scope) -> Extent:
        key = (id(node), *map(id, scope.records.values()))
        if key not in self.values:
            self.values[key] = evaluate(node, scope)
        return self.values[key]

    # --- which facts a node reads ---

    def mentions(self, node: Quantity | Condition) -> frozenset[tuple[SubjectSchema, str]]:
        """Return the measures that a node names, whoever binds them."""
        if isinstance(node, Measure):
            return frozenset() if node.owner is None else frozenset({(node.owner, node.fact.name)})
        if id(node) not in self.mentioned:
            self.mentioned[id(node)] = frozenset().union(*map(self.mentions, children(node)))
        return self.mentioned[id(node)]

    def reaches(self, node: Quantity | Condition, records: Mapping[SubjectSchema, Record], knob: _Knob) -> bool:
        """Say whether a node, with classes meaning these records, may read the fact."""
        if knob.key not in self.mentions(node):
            return False
        if isinstance(node, Measure):
            return node.owner is not None and records.get(node.owner) is knob.record
        if isinstance(node, Aggregate | Quantified):
            element = node.collection.fact.element
            inside = self.holder(node, records, knob)
            meanings: list[Mapping[SubjectSchema, Record]] = [_without(records, element)]
            if inside is not None:
                meanings.append({**records, element: inside})
            return any(self.reaches(child, meaning, knob) for meaning in meanings for child in children(node))
        return any(self.reaches(child, records, knob) for child in children(node))

    def holder(
        self, node: Aggregate | Quantified, records: Mapping[SubjectSchema, Record], knob: _Knob
    ) -> Record | None:
        """Return the element of the node's collection that holds the fact, or holds what holds it."""
        collection = node.collection
        owner = None if collection.owner is None else records.get(collection.owner)
        name, item = knob.chain.get(id(owner), ("", None))
        return item if name == collection.fact.name else None

    # --- applying ---

    def applied(self, node: Condition, scope: Scope, plan: _Plan) -> Scope:
        """Return the scope with a plan applied to the records that the node reads through it."""
        edits: dict[int, dict[str, Fraction]] = {}
        above: dict[int, dict[str, set[int]]] = {}
        for knob, value in plan.items():
            edits.setdefault(id(knob.record), {})[knob.fact.name] = value
            below = knob.record
            while id(below) in self.parents:
                owner, name, index = self.parents[id(below)]
                changed = above.setdefault(id(owner), {}).setdefault(name, set())
                if index in changed:
                    break
                changed.add(index)
                below = owner
        owners = {owner for owner, _ in self.mentions(node)} | _collection_owners(node)
        records = {
            schema: _rebuilt(record, edits, above) if schema in owners else record
            for schema, record in scope.records.items()
        }
        return scope._replace(records=records)


def _without(records: Mapping[SubjectSchema, Record], element: SubjectSchema) -> dict[SubjectSchema, Record]:
    """Return what classes mean inside an element that does not hold the fact asked about."""
    return {schema: record for schema, record in records.items() if schema != element}


def _less(one: Number | None, other: Number | None) -> Number | None:
    return None if one is None or other is None else one - other


def _ends(low: Number | None, high: Number | None) -> _Shape:
    return _Shape(frozenset((Fraction(end), Fraction(0)) for end in (low, high) if end is not None))


def _roots(one: _Shape, other: _Shape, points: set[Fraction]) -> bool:
    """Collect where two shapes cross; say whether these are all the places."""
    if not (one.complete and other.complete) or len(one.lines) * len(other.lines) > _MOST_BRANCHES**2:
        return False
    if (one.stepped and not other.is_constant) or (other.stepped and not one.is_constant):
        return False
    for a, b in one.lines:
        for c, d in other.lines:
            if b != d:
                points.add((c - a) / (b - d))
    return True


def _boundaries(wanted: _Shape, quantum: Fraction) -> _Shape:
    """Return the values near a constant at which rounding to a quantum may jump, in any mode."""
    half = quantum / 2
    places = {math.floor(constant / half) + offset for constant, _ in wanted.lines for offset in range(-2, 4)}
    return _Shape(frozenset((place * half, Fraction(0)) for place in places))


def _bare(node: Quantity) -> Quantity:
    while isinstance(node, Sum) and len(node.terms) == 1:
        node = node.terms[0]
    return node


def _facing(node: Compare) -> tuple[Aggregate, Operator, Quantity] | None:
    """Return a comparison of an aggregate, read from the aggregate's side."""
    for one, operator, other in (
        (_bare(node.left), node.operator, node.right),
        (_bare(node.right), _MIRROR[node.operator], node.left),
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
    every = (operator in _UP) is least
    quantifier = Quantifier.EVERY if every else Quantifier.SOME
    return Quantified(quantifier, node.collection, Compare(of, operator, other), node.where)


def _filled(lines: Sequence[tuple[_Knob, _Line]], operator: Operator, want: Verdict) -> dict[_Knob, Fraction] | None:
    """Return facts that reach a threshold together, each but the last as far as it goes: the greatest gain first."""
    first, line = lines[0]
    gap = line[0] + line[1] * first.present
    wanted = operator if want is Verdict.MET or operator is Operator.EQUAL else _OPPOSITE[operator]
    upwards = gap < 0 if operator is Operator.EQUAL else wanted in _UP
    gains: list[tuple[Fraction, _Knob, Fraction, Fraction]] = []
    for knob, (_, slope) in lines:
        _, _, low, high = knob.grid
        end = high if (slope > 0) is upwards else low
        if end is not None and slope * (end - knob.present) * (1 if upwards else -1) > 0:
            gains.append((abs(slope * (end - knob.present)), knob, slope, end))
    gains.sort(key=lambda gain: (-gain[0], gain[1].order))
    plan: dict[_Knob, Fraction] = {}
    for _, knob, slope, end in gains:
        value = _solved(knob, (gap - slope * knob.present, slope), operator, want)
        if value is not None:
            return {**plan, knob: value}
        plan[knob] = end
        gap += slope * (end - knob.present)
    return None


def _merged(plans: Iterable[_Plan]) -> dict[_Knob, Fraction] | None:
    """Return plans as one; of two values for a fact the farther, None where one raises it and one lowers it."""
    merged: dict[_Knob, Fraction] = {}
    for plan in plans:
        for knob, value in plan.items():
            other = merged.get(knob, value)
            if (value > knob.present) is not (other > knob.present):
                return None
            merged[knob] = max(value, other) if value > knob.present else min(value, other)
    return merged


@functools.lru_cache(maxsize=1024)
def _collection_owners(node: Quantity | Condition) -> frozenset[SubjectSchema]:
    """Return the classes whose collections a node goes through."""
    below = frozenset().union(*map(_collection_owners, children(node)))
    if isinstance(node, Aggregate | Quantified) and node.collection.owner is not None:
        return below | {node.collection.owner}
    return below


def _rebuilt(
    record: Record, edits: Mapping[int, Mapping[str, Fraction]], above: Mapping[int, Mapping[str, set[int]]]
) -> Record:
    """Return a record with new values for facts of its own and of what is below it, by the identity of records."""
    own, below = edits.get(id(record), {}), above.get(id(record), {})
    if not own and not below:
        return record
    entries = {**record.entries}
    for name, value in own.items():
        entries[name] = _entry_at(entries[name], record.schema.fact(name), value)
    collections = {**record.collections}
    for name, places in below.items():
        items = list(collections[name].items)
        for place in places:
            items[place] = _rebuilt(items[place], edits, above)
        collections[name] = evolve(collections[name], items=tuple(items))
    return evolve(record, entries=entries, collections=collections)


def _entry_at(entry: Entry, fact: FactDeclaration, value: Fraction) -> Entry:
    """Return the entry with a new value, its stage kept; it is no longer what a text printed."""
    assert isinstance(fact, MeasureFact)  # noqa: S101 - only measures are changed
    number = value.numerator if value.denominator == 1 else value
    given = Given(value=Amount.from_root(value, fact.unit), stage=entry.given.stage)
    return Entry(given=given, low=number, high=number, known=True)


def _change(knob: _Knob, value: Fraction) -> Change:
    record, fact = knob.record, knob.fact
    return Change(
        path=record.where(fact.name),
        label=fact.label,
        of=_title(record),
        subject=record.schema.name,
        before=Amount.from_root(knob.present, fact.unit),
        after=Amount.from_root(value, fact.unit),
        stage=record.entries[fact.name].given.stage,
    )


def _title(record: Record) -> Label:
    """Return what a record calls itself, or which one of its kind it is."""
    title, place = record.title, _LAST_INDEX.search(record.path)
    if title != record.schema.label or place is None:
        return title
    number = int(place[1]) + 1
    return Label(f"{title.zh}{number}", f"{title.en} {number}")


_LAST_INDEX = re.compile(r"\[([0-9]{1,9})\]$")


def _ordered(plan: _Plan) -> tuple[Change, ...]:
    return tuple(_change(knob, plan[knob]) for knob in sorted(plan, key=lambda knob: knob.order))


# --- applying what was found -------------------------------------------------------------------------------


def apply_changes(record: Record, changes: Iterable[Change]) -> Record:
    """Return the record with changes made, so that it can be judged again; stages are kept.

    Raises ``FactsError`` with every problem: a place that is not there, a fact that may not change or is no longer
    what it was, an amount that does not fit, a fact changed twice.
    """
    if not isinstance(record, Record):
        raise FactsError.of("record", came=excerpt(record), needed="a record, as read() returns it")
    wanted, problems = _by_path(changes)
    edits: dict[int, dict[str, Fraction]] = {}
    above: dict[int, dict[str, set[int]]] = {}
    known: list[str] = []
    waiting: list[tuple[Record, tuple[tuple[Record, str, int], ...]]] = [(record, ())]
    while waiting:
        owner, chain = waiting.pop()
        for name in owner.entries:
            path = owner.where(name)
            known.append(path)
            change = wanted.pop(path, None)
            if change is None:
                continue
            problems.extend(_unfit(change, owner, name))
            edits.setdefault(id(owner), {})[name] = change.after.root
            for holder, collection, index in chain:
                above.setdefault(id(holder), {}).setdefault(collection, set()).add(index)
        for name, found in owner.collections.items():
            waiting.extend((item, (*chain, (owner, name, index))) for index, item in enumerate(found.items))
    for path in wanted:
        near = nearest(path, known[:1000])
        problems.append(
            Problem(path[:80], came="a change of it", needed=f"a fact of {record.schema.name}", nearest=near)
        )
    if problems:
        raise FactsError(*problems)
    return _rebuilt(record, edits, above)


def _by_path(changes: Iterable[Change]) -> tuple[dict[str, Change], list[Problem]]:
    wanted: dict[str, Change] = {}
    problems: list[Problem] = []
    for change in _listed(changes, "changes"):
        if not isinstance(change, Change):
            problems.append(Problem("changes", came=excerpt(change), needed="a Change"))
        elif wanted.setdefault(change.path, change) != change:
            came = f"{wanted[change.path].after} and {change.after}"
            problems.append(Problem(change.path, came=came, needed="one value for each fact"))
    return wanted, problems


def _listed(given: object, where: str) -> Iterable[object]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise FactsError.of(where, came=excerpt(given), needed="a list")
    return given


def _unfit(change: Change, record: Record, name: str) -> Iterator[Problem]:
    fact, entry = record.schema.fact(name), record.entries[name]
    if not isinstance(fact, MeasureFact) or not fact.changeable:
        yield Problem(change.path, came="a change of it", needed="a measure that is declared changeable")
    elif change.after.dimension != fact.unit.dimension:
        yield Problem(change.path, came=str(change.after), needed=f"a unit that goes with {fact.unit.text}")
    elif entry.low is None or entry.low != entry.high or entry.low != change.before.root:
        yield Problem(change.path, came=f"a change from {change.before}", needed="a change of what the record holds")
    else:
        step, value = _step(fact), change.after
        low = fact.at_least is None or value >= fact.at_least
        high = fact.at_most is None or value <= fact.at_most
        if not low or not high or (step is not None and (value.root / step).denominator != 1):
            yield Problem(change.path, came=str(value), needed="an amount within the bounds and steps of the fact")


def total_remedy(found: Iterable[Remedy | Change]) -> RemedyTotal:
    """Return the total of remedies, each by what it has :attr:`~Remedy.chosen`, or of changes.

    One fact that several findings want changed counts once, at the greatest value wanted (of what goes down, the
    least). It is one fact if its remedies are of one and the same record, so read each record once; changes that
    are handed over bare are taken to be of one record. Raises ``FactsError`` for anything else.
    """
    wanted: dict[tuple[int, str], list[Change]] = {}
    unmended: list[Remedy] = []
    # Held until the end: records are told apart by identity, which one that is let go may hand on to the next.
    given = tuple(_listed(found, "remedies"))
    for each in given:
        if isinstance(each, Remedy):
            if not each.chosen and each.verdict in (Verdict.UNMET, Verdict.UNKNOWN):
                unmended.append(each)
            for change in each.chosen:
                wanted.setdefault((id(each.record), change.path), []).append(change)
        elif isinstance(each, Change):
            wanted.setdefault((0, each.path), []).append(each)
        else:
            raise FactsError.of("remedies", came=excerpt(each), needed="a Remedy or a Change")
    kept: list[Change] = []
    conflicts: list[tuple[Change, ...]] = []
    for changes in wanted.values():
        ways = {change.by.root > 0 for change in changes}
        if len(ways) > 1 or len({change.before for change in changes}) > 1:
            conflicts.append(tuple(changes))
        else:
            kept.append(max(changes, key=lambda change: abs(change.by.root)))
    summed = [change for change in kept if not change.before.unit.is_ratio]
    return RemedyTotal(
        changes=tuple(kept),
        by_fact=_by_fact(summed),
        raised=_sums(change.by for change in summed if change.by.root > 0),
        lowered=_sums(-change.by for change in summed if change.by.root < 0),
        conflicts=tuple(conflicts),
        unmended=tuple(unmended),
    )


def _sums(amounts: Iterable[Amount]) -> tuple[Amount, ...]:
    sums: dict[Dimension, Amount] = {}
    for amount in amounts:
        known = sums.get(amount.dimension)
        sums[amount.dimension] = amount if known is None else known + amount
    return tuple(sums.values())


def _by_fact(changes: Iterable[Change]) -> tuple[FactTotal, ...]:
    groups: dict[tuple[str, Label, Dimension], list[Amount]] = {}
    for change in changes:
        groups.setdefault((change.subject, change.label, change.by.dimension), []).append(change.by)
    totals: list[FactTotal] = []
    for (subject, label, _), parts in groups.items():
        none = Amount.of(0, parts[0].unit)
        raised = sum((part for part in parts if part > none), start=none)
        lowered = sum((-part for part in parts if part < none), start=none)
        totals.append(FactTotal(subject=subject, label=label, raised=raised, lowered=lowered))
    return tuple(totals)


# --- in words ----------------------------------------------------------------------------------------------

_MOST_SAID = 12


def remedy_sentence(found: Remedy | Change, lang: Lang = "zh") -> str:
    """Return a remedy, or one change, as a sentence: 修改建议 of a plan, 整改建议 of what was carried out.

    >>> from perfeval.facts import Label
    >>> change = Change(
    ...     path="funding",
    ...     label=Label("工作经费", "work funding"),
    ...     of=Label("第一支部", "branch one"),
    ...     subject="Branch",
    ...     before=Amount.parse("2500 元/年"),
    ...     after=Amount.parse("3000 元/年"),
    ... )
    >>> remedy_sentence(change)
    '整改建议：第一支部的工作经费由 2,500 元/年 提高到 3,000 元/年（增加 500 元/年）。'
    >>> remedy_sentence(change, "en")
    'Suggestion: raise work funding of branch one from 2,500 元/年 to 3,000 元/年 (by 500 元/年).'
    """
    if isinstance(found, Change):
        return _suggested(_change_words(found, lang), [found], lang)
    if not isinstance(found, Remedy):
        raise FactsError.of("remedy", came=excerpt(found), needed="a Remedy or a Change")
    label, detail = found.label.get(lang), found.detail.get(lang)
    if not found.chosen:
        return say(lang, f"{label}：{detail}。", f"{label}: {detail}.")
    changes = found.changes or found.sets[0]
    words = [_change_words(change, lang) for change in changes[:_MOST_SAID]]
    if len(changes) > _MOST_SAID:
        words.append(say(lang, f"等共 {len(changes)} 项", f"and so on, {len(changes)} in all"))
    if len(changes) == 1:
        body = words[0] if not found.early else f"{words[0]}{say(lang, '，', ', ')}{_early(lang)}"
    else:
        body = f"{detail}{say(lang, '：', ': ')}{say(lang, '；', '; ').join(words)}"
    return _suggested(say(lang, f"{label}：{body}", f"{label}: {body}"), changes, lang)


def _early(lang: Lang) -> str:
    return say(lang, "尚未到期，按到期计算", "not yet due; taken as if due")


def _suggested(words: str, changes: Sequence[Change], lang: Lang) -> str:
    planned = all(change.stage is Stage.PLANNED for change in changes)
    head = say(lang, "修改建议：" if planned else "整改建议：", "Suggestion: ")
    return head + words + say(lang, "。", ".")


def _change_words(change: Change, lang: Lang) -> str:
    what, whose, size = change.label.get(lang), change.of.get(lang), abs(change.by)
    up = change.by.root > 0
    zh = f"{whose}的{what}由 {change.before} {'提高' if up else '降低'}到 {change.after}（{'增加' if up else '减少'} {size}）"
    en = f"{'raise' if up else 'lower'} {what} of {whose} from {change.before} to {change.after} (by {size})"
    return say(lang, zh, en)
