"""What a floor of money requires of one record: where it binds there, how much, and from which accounts.

Imports ``floors``, ``evaluation`` and what stands above them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from attrs import evolve

from perfeval.entitlements.floors import Account, Each, Floor, Step
from perfeval.evaluation import Missing, Scope, decide, evaluate, members, missing_collection, scope_of, unlisted
from perfeval.expressions import Condition, Many
from perfeval.subjects import Entry, Number, Record, blank
from perfeval.verdicts import Verdict

__all__ = ["Demand", "Spot", "demands_of", "never_binds"]


class Spot(NamedTuple):
    """A place where a floor stands on given facts: whether it binds there for certain, and for how many."""

    scope: Scope
    path: str
    certain: bool = True
    missing: tuple[Missing, ...] = ()
    least: int = 1
    most: int | None = 1


class Demand(NamedTuple):
    """What one floor requires at one place, in root units, and the accounts from which it may be met.

    ``payable`` says that there may be somebody with such an account: not where the money is that of empty lists only.
    """

    floor: Floor
    spot: Spot
    low: Number
    high: Number | None
    missing: tuple[Missing, ...]
    accounts: frozenset[str]
    payable: bool

    @property
    def binds(self) -> bool:
        """Whether it is certain that the floor stands here."""
        return self.spot.certain and self.spot.least > 0


def demands_of(floor: Floor, record: Record, on: datetime.date) -> list[Demand]:
    """Return what a floor requires of a record on a day, for each place where it may bind."""
    start = Spot(scope_of(record, floor.rule.stage, on), record.path)
    return [demand for spot in _spots(floor.steps, start) if (demand := _demand(floor, spot)) is not None]


def never_binds(floor: Floor, known: Mapping[str, Entry], on: datetime.date) -> bool:
    """Say whether facts decide by themselves that a floor requires nothing, of whatever subject they are known."""
    record = blank(floor.rule.subject, "")
    return not demands_of(floor, evolve(record, entries={**record.entries, **known}), on)


def _spots(steps: Sequence[Step], spot: Spot) -> Iterator[Spot]:
    if not steps:
        yield spot
        return
    step, rest = steps[0], steps[1:]
    if isinstance(step, Each):
        places, guard = _elements(step.collection, spot), step.where
    else:
        places, guard = [spot], step
    for place in places:
        binding = place if guard is None else _guarded(place, guard)
        if binding is not None:
            yield from _spots(rest, binding)


def _elements(collection: Many, spot: Spot) -> list[Spot]:
    """Return the places inside the elements of a collection; one stands for all that were not listed."""
    found = members(collection, spot.scope)
    inside = [spot._replace(scope=spot.scope.inner(item), path=item.path) for item in found.items]
    if found.others_at_most == 0:
        return inside
    other = unlisted(collection, spot.scope)
    lack = () if found.others_at_least == found.others_at_most else (missing_collection(collection, spot.scope),)
    others = spot._replace(
        scope=spot.scope.inner(other),
        path=other.path,
        missing=(*spot.missing, *lack),
        least=spot.least * found.others_at_least,
        most=None if spot.most is None or found.others_at_most is None else spot.most * found.others_at_most,
    )
    return [*inside, others]


def _guarded(spot: Spot, guard: Condition) -> Spot | None:
    truth = decide(guard, spot.scope)
    if truth.verdict is Verdict.MET:
        return spot
    if truth.verdict is not Verdict.UNKNOWN:
        return None
    return spot._replace(certain=False, missing=(*spot.missing, *truth.missing))


def _demand(floor: Floor, spot: Spot) -> Demand | None:
    extent = evaluate(floor.required, spot.scope)
    if extent.undefined is not None and extent.certain:
        return None
    is_exact = extent.low is not None and extent.low == extent.high and extent.undefined is None
    lacking = () if is_exact else decide(floor.probe, spot.scope).missing
    low: Number = 0
    if extent.low is not None and extent.undefined is None and spot.certain:
        low = max(extent.low, 0) * spot.least * floor.scale
    high = None if extent.high is None else max(extent.high, 0)
    if high:
        high = None if spot.most is None else high * spot.most * floor.scale
    return Demand(
        floor=floor,
        spot=spot,
        low=low,
        high=high,
        missing=tuple(dict.fromkeys((*spot.missing, *lacking))),
        accounts=frozenset(_places(floor, spot.scope)),
        payable=any(_has_anybody(account, spot.scope) for account in floor.accounts),
    )


def _has_anybody(account: Account, scope: Scope) -> bool:
    """Say whether there may be money in an account: in that of a list, where it is not known to be empty."""
    if account.collection is None:
        return True
    found = members(account.collection, scope)
    return bool(found.items) or found.others_at_most != 0


def _places(floor: Floor, scope: Scope) -> Iterator[str]:
    """Yield the places at which the money of a floor stands."""
    for collection, measure in floor.accounts:
        owner = measure.owner if collection is None else collection.owner
        assert owner is not None  # noqa: S101 - as above
        if collection is None:
            yield scope.records[owner].where(measure.fact.name)
            continue
        yield from (item.where(measure.fact.name) for item in members(collection, scope).items)
        # The pool of a list stands for those too that were not listed, or for a list without anybody on it.
        yield f"{scope.records[owner].where(collection.fact.name)}[*].{measure.fact.name}"
