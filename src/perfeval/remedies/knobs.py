"""Which facts may change and to what: a knob is one changeable fact of one record, a plan gives knobs new values.

Imports ``changes``, ``facts``, ``subjects`` and ``amounts``.
"""

from __future__ import annotations

import functools
import math
import operator
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple, TypeAlias, final

from attrs import frozen

from perfeval.amounts import Amount
from perfeval.facts import Label, MeasureFact, SubjectSchema
from perfeval.remedies.changes import Change, Place, step_of
from perfeval.subjects import Record

__all__ = ["Grid", "Knob", "Plan", "alone", "changes_of", "merged", "tidy", "weight"]

_HUNDREDTH = Fraction(1, 100)


class Grid(NamedTuple):
    """Which values a fact may take, in root units: multiples of ``step`` (None: any) from ``low`` to ``high``.

    ``fine`` is the step, or where any exact value may stand, a hundredth of the unit.
    """

    step: Fraction | None
    fine: Fraction
    low: Fraction | None
    high: Fraction | None

    @classmethod
    def of(cls, fact: MeasureFact) -> Grid:
        """Return the grid that the declaration of a fact gives."""
        step = step_of(fact)
        low = None if fact.at_least is None else fact.at_least.root
        high = None if fact.at_most is None else fact.at_most.root
        if step is not None:
            low = None if low is None else math.ceil(low / step) * step
            high = None if high is None else math.floor(high / step) * step
        return cls(step, step or fact.unit.factor * _HUNDREDTH, low, high)


@final
@frozen(kw_only=True, eq=False)
class Knob:
    """One changeable fact of one record, with its present value.

    ``above`` are the places of the record and of what it is in, the innermost first. ``rank`` and ``order`` say
    when its dimension, and it, were first met: as the rule names them.
    """

    record: Record
    fact: MeasureFact
    present: Fraction
    grid: Grid
    above: tuple[Place, ...]
    rank: int
    order: int

    @property
    def key(self) -> tuple[SubjectSchema, str]:
        """The class and the name of the fact."""
        return self.record.schema, self.fact.name

    def is_in(self, record: Record) -> bool:
        """Say whether the fact is of a record or of what is below it."""
        return self.record is record or any(place.owner is record for place in self.above)

    def snapped(self, value: Fraction) -> Fraction:
        """Return the multiple of the step that is nearest."""
        return math.floor(value / self.grid.fine + Fraction(1, 2)) * self.grid.fine

    def allows(self, value: Fraction) -> bool:
        """Say whether a value is within the bounds of the fact."""
        _, _, low, high = self.grid
        return (low is None or value >= low) and (high is None or value <= high)

    def changed_to(self, value: Fraction) -> Change:
        """Return the change that brings the fact to a value."""
        record, fact = self.record, self.fact
        return Change(
            path=record.where(fact.name),
            label=fact.label,
            of=_title(record),
            subject=record.schema.name,
            before=Amount.from_root(self.present, fact.unit),
            after=Amount.from_root(value, fact.unit),
            stage=record.entries[fact.name].given.stage,
        )


_LAST_INDEX = re.compile(r"\[([0-9]{1,9})\]$")


def _title(record: Record) -> Label:
    """Return what a record calls itself, or which one of its kind it is."""
    title, place = record.title, _LAST_INDEX.search(record.path)
    if title != record.schema.label or place is None:
        return title
    number = int(place[1]) + 1
    return Label(f"{title.zh}{number}", f"{title.en} {number}")


Plan: TypeAlias = Mapping[Knob, Fraction]


def changes_of(plan: Plan) -> tuple[Change, ...]:
    """Return the changes that a plan makes, as the rule names the facts."""
    return tuple(knob.changed_to(plan[knob]) for knob in sorted(plan, key=lambda knob: knob.order))


def weight(plan: Plan) -> tuple[int, int, Fraction, int]:
    """Return what plans are sorted by: fewer changes first, then the smaller, then as the rule names them."""
    first = min(plan, key=lambda knob: knob.order)
    # Nearly all plans change one fact: no start value, so that nothing is added up for them.
    size = functools.reduce(operator.add, (abs(value - knob.present) for knob, value in plan.items()))
    return len(plan), first.rank, size, first.order


def tidy(plans: Iterable[Plan]) -> list[Plan]:
    """Return plans each once, sorted by their weight."""
    # Numerators and denominators stand for the fractions, which are slow to hash.
    unlike = {
        frozenset((knob, value.numerator, value.denominator) for knob, value in plan.items()): plan for plan in plans
    }
    return sorted(unlike.values(), key=weight) if len(unlike) > 1 else list(unlike.values())


def alone(plans: Iterable[Plan]) -> dict[Knob, Fraction]:
    """Return what each fact would have to be that does alone: of sorted plans the first, which is the smallest."""
    values: dict[Knob, Fraction] = {}
    for plan in plans:
        if len(plan) == 1:
            ((knob, value),) = plan.items()
            values.setdefault(knob, value)
    return values


def merged(plans: Iterable[Plan]) -> Plan | None:
    """Return plans as one; of two values for a fact the farther, None where one raises it and one lowers it."""
    together: dict[Knob, Fraction] = {}
    for plan in plans:
        for knob, value in plan.items():
            other = together.get(knob, value)
            if (value > knob.present) is not (other > knob.present):
                return None
            together[knob] = max(value, other) if value > knob.present else min(value, other)
    return together
