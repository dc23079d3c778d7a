"""Which facts a node reads, which of them may change, and what it comes to: as they are, and with some changed.

Imports ``binding``, ``changes``, ``knobs``, ``evaluation``, ``scoping``, ``expressions``, ``facts`` and ``subjects``.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TypeAlias, final

from attrs import Factory, define, field

from perfeval.evaluation import Extent, Missing, Scope, decide, evaluate, members
from perfeval.expressions import Aggregate, Condition, Many, Measure, Quantified, Quantity
from perfeval.facts import MeasureFact, SubjectSchema
from perfeval.remedies.binding import has_guards, still_bound
from perfeval.remedies.changes import Edits, Place
from perfeval.remedies.knobs import Grid, Knob, Plan
from perfeval.scoping import children
from perfeval.subjects import Record
from perfeval.units import Dimension
from perfeval.verdicts import Verdict

__all__ = ["Meaning", "Reading", "elsewhere"]

Meaning: TypeAlias = Mapping[SubjectSchema, Record]
"""Which record each class means."""


@final
@define(kw_only=True, eq=False)
class Reading:
    """A record and all below it, read by the nodes of one rule.

    ``work`` is how much trying is left, for the caller to set. ``inexact`` collects the changeable facts that were
    met but are not known exactly, and so cannot be changed by so much. What was worked out is kept by the identity of
    nodes and records, so these have to live as long as this does.
    """

    root: Record
    scope: Scope
    work: int = 0
    knobs: dict[tuple[int, str], Knob] = field(init=False, factory=dict)
    inexact: dict[Missing, None] = field(init=False, factory=dict)
    _places: dict[int, Place] = field(init=False, default=Factory(lambda self: _places(self.root), takes_self=True))
    _grids: dict[int, Grid] = field(init=False, factory=dict)
    _ranks: dict[Dimension, int] = field(init=False, factory=dict)
    _named: dict[int, frozenset[tuple[SubjectSchema, str]]] = field(init=False, factory=dict)
    _values: dict[tuple[int, ...], Extent] = field(init=False, factory=dict)
    _sizes: dict[tuple[SubjectSchema, str], int] = field(
        init=False, default=Factory(lambda self: _sizes(self.root), takes_self=True)
    )
    _costs: dict[int, int] = field(init=False, factory=dict)

    # --- facts that may change ---

    def found(self, node: Quantity | Condition, scope: Scope, without: Aggregate | None = None) -> Iterator[Knob]:
        """Yield the changeable facts that a node reads; not those of the elements of the aggregate ``without``."""
        if isinstance(node, Measure):
            record = None if node.owner is None else scope.records.get(node.owner)
            knob = None if record is None else self._knob(record, node.fact)
            if knob is not None:
                yield knob
            return
        scopes = [scope]
        if node is without:
            scopes = [scope._replace(records=elsewhere(scope.records, without.collection.fact.element))]
        elif isinstance(node, Aggregate | Quantified):
            known = node.collection.owner in scope.records
            scopes = [scope.inner(item) for item in members(node.collection, scope).items] if known else []
        for inner in scopes:
            for child in children(node):
                yield from self.found(child, inner, without)

    def _knob(self, record: Record, fact: MeasureFact) -> Knob | None:
        """Return the changeable fact of a record, if it is one and is known exactly at the stage that counts."""
        key = (id(record), fact.name)
        known = self.knobs.get(key)
        if known is not None or not fact.changeable:
            return known
        entry = record.entries[fact.name]
        stage = self.scope.stage
        counts = entry.known and (stage is None or entry.given.stage.rank >= stage.rank)
        if not counts or entry.low is None or entry.low != entry.high:
            planned = entry.known and not counts
            lack = Missing(record.where(fact.name), fact.label, fact.unit.text, planned=planned, of=record.title)
            self.inexact[lack] = None
            return None
        if id(fact) not in self._grids:
            self._grids[id(fact)] = Grid.of(fact)
        self.knobs[key] = Knob(
            record=record,
            fact=fact,
            present=Fraction(entry.low),
            grid=self._grids[id(fact)],
            above=tuple(self._above(record)),
            rank=self._ranks.setdefault(fact.unit.dimension, len(self._ranks)),
            order=len(self.knobs),
        )
        return self.knobs[key]

    def _above(self, record: Record) -> Iterator[Place]:
        place = self._places.get(id(record))
        while place is not None:
            yield place
            place = self._places.get(id(place.owner))

    # --- which facts a node reads ---

    def names(self, node: Quantity | Condition) -> frozenset[tuple[SubjectSchema, str]]:
        """Return the measures that a node names, whoever binds them."""
        if isinstance(node, Measure):
            return frozenset() if node.owner is None else frozenset({(node.owner, node.fact.name)})
        if id(node) not in self._named:
            self._named[id(node)] = frozenset().union(*map(self.names, children(node)))
        return self._named[id(node)]

    def reaches(self, node: Quantity | Condition, records: Meaning, knob: Knob) -> bool:
        """Say whether a node, with classes meaning these records, may read the fact."""
        if isinstance(node, Measure):
            return node.fact.name == knob.fact.name and _meant(node.owner, records) is knob.record
        if knob.key not in self.names(node):
            return False
        if isinstance(node, Aggregate | Quantified):
            element = node.collection.fact.element
            inside = self.holder(node, records, knob)
            meanings: list[Meaning] = [elsewhere(records, element)]
            if inside is not None:
                meanings.append({**records, element: inside})
            return any(self.reaches(child, meaning, knob) for meaning in meanings for child in children(node))
        return any(self.reaches(child, records, knob) for child in children(node))

    def holder(self, node: Aggregate | Quantified, records: Meaning, knob: Knob) -> Record | None:
        """Return the element of the node's collection that holds the fact, or holds what holds it."""
        owner, name = _meant(node.collection.owner, records), node.collection.fact.name
        for place in knob.above:
            if place.owner is owner:
                return owner.collections[name].items[place.position] if place.collection == name else None
        return None

    # --- what it comes to ---

    def value(self, node: Quantity, scope: Scope) -> Extent:
        """Return where a quantity lies as the facts are."""
        key = (id(node), *map(id, scope.records.values()))
        if key not in self._values:
            self._values[key] = evaluate(node, scope)
        return self._values[key]

    def cost(self, node: Quantity | Condition) -> int:
        """Return about how many elements it takes to judge a node once: collections inside one another multiply."""
        if id(node) not in self._costs:
            below = sum(map(self.cost, children(node)))
            if isinstance(node, Aggregate | Quantified):
                below = self._size(node.collection) * max(below, 1)
            self._costs[id(node)] = below
        return self._costs[id(node)]

    def _size(self, collection: Many) -> int:
        """Return how many elements a collection has, on average over its owners."""
        return 1 if collection.owner is None else self._sizes.get((collection.owner, collection.fact.name), 1)

    def is_spent(self, work: int = 0) -> bool:
        """Take so much work from what is left; say whether nothing is left."""
        self.work -= work
        return self.work <= 0

    def tried(self, node: Condition, scope: Scope, plan: Plan) -> Verdict:
        """Judge a condition with a plan applied, what bound before still binding: see ``still_bound``.

        NOT_APPLICABLE only where it was so before; UNKNOWN where it is decided only by what ceases or comes to bind.
        Past the work that one rule may cost nothing is met.
        """
        if self.is_spent():
            return Verdict.UNKNOWN
        self.is_spent(1 + self.cost(node))
        after = self._applied(node, scope, plan)
        verdict = decide(node, after).verdict
        if not has_guards(node):
            return verdict
        bound = still_bound(node, scope, after)
        if bound is Verdict.NOT_APPLICABLE:
            return verdict
        return bound if verdict in (bound, Verdict.NOT_APPLICABLE) else Verdict.UNKNOWN

    def is_met(self, node: Condition, scope: Scope, plan: Plan) -> bool:
        """Say whether a condition is met with a plan applied, and no clause of it has ceased to bind unmet."""
        if self.tried(node, scope, plan) is not Verdict.MET:
            return False
        return not has_guards(node) or decide(node, self._applied(node, scope, plan)).verdict is Verdict.MET

    def _applied(self, node: Condition, scope: Scope, plan: Plan) -> Scope:
        """Return the scope with a plan applied to the records that the node reads through it."""
        edits = Edits()
        for knob, value in plan.items():
            edits.add(knob.record, knob.fact.name, value, knob.above)
        owners = {owner for owner, _ in self.names(node)} | _collection_owners(node)
        records = {
            schema: edits.made_in(record) if schema in owners else record for schema, record in scope.records.items()
        }
        return scope._replace(records=records)


def _sizes(root: Record) -> dict[tuple[SubjectSchema, str], int]:
    """Return how many elements each collection has, on average over the records that own one."""
    owners: Counter[tuple[SubjectSchema, str]] = Counter()
    elements: Counter[tuple[SubjectSchema, str]] = Counter()
    waiting = [root]
    while waiting:
        owner = waiting.pop()
        for name, collection in owner.collections.items():
            owners[owner.schema, name] += 1
            elements[owner.schema, name] += len(collection.items)
            waiting.extend(collection.items)
    return {key: max(-(-elements[key] // count), 1) for key, count in owners.items()}


def _places(root: Record) -> dict[int, Place]:
    """Return where everything below a record stands, by identity."""
    places: dict[int, Place] = {}
    waiting = [root]
    while waiting:
        owner = waiting.pop()
        for name, collection in owner.collections.items():
            for index, item in enumerate(collection.items):
                places[id(item)] = Place(owner, name, index)
            waiting.extend(collection.items)
    return places


def elsewhere(records: Meaning, element: SubjectSchema) -> dict[SubjectSchema, Record]:
    """Return what classes mean inside an element that does not hold the fact asked about."""
    return {schema: record for schema, record in records.items() if schema != element}


def _meant(owner: SubjectSchema | None, records: Meaning) -> Record | None:
    return None if owner is None else records.get(owner)


@functools.lru_cache(maxsize=1024)
def _collection_owners(node: Quantity | Condition) -> frozenset[SubjectSchema]:
    """Return the classes whose collections a node goes through."""
    below = frozenset().union(*map(_collection_owners, children(node)))
    if isinstance(node, Aggregate | Quantified) and node.collection.owner is not None:
        return below | {node.collection.owner}
    return below
