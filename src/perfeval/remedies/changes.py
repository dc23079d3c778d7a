"""What a change of one fact is, in what steps a fact goes, and the record that has changes made.

Imports ``subjects``, ``facts``, ``amounts``, ``units`` and ``errors``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple, final

from attrs import evolve, field, frozen

from perfeval.amounts import Amount
from perfeval.errors import FactsError, Problem, excerpt, nearest
from perfeval.facts import FactDeclaration, Given, Label, MeasureFact, Stage
from perfeval.subjects import Entry, Record
from perfeval.units import Unit

__all__ = ["Change", "Edits", "Place", "apply_changes", "listed", "step_of"]


@final
@frozen(kw_only=True)
class Change:
    """One fact changed: where it stands, what it is and whose, and how much it is before and after.

    Amounts are in the declared unit of the fact; ``by`` is negative where the fact goes down. Raises ``FactsError``
    with every field that is not of its kind.
    """

    path: str
    label: Label
    of: Label
    subject: str
    before: Amount
    after: Amount
    stage: Stage = Stage.ACHIEVED

    def __attrs_post_init__(self) -> None:
        problems = [
            Problem(f"change.{name}", came=excerpt(value), needed=needed)
            for name, value, kind, needed in (
                ("path", self.path, str, "a place, such as 'secretaries[0].allowance'"),
                ("label", self.label, Label, "a Label"),
                ("of", self.of, Label, "a Label"),
                ("subject", self.subject, str, "the name of a subject class"),
                ("before", self.before, Amount, "an Amount"),
                ("after", self.after, Amount, "an Amount"),
                ("stage", self.stage, Stage, "a Stage"),
            )
            if not isinstance(value, kind)
        ]
        if problems:
            raise FactsError(*problems)

    @property
    def by(self) -> Amount:
        """How much the fact changes, with its sign."""
        return self.after - self.before


def step_of(fact: MeasureFact) -> Fraction | None:
    """Return the grid of a fact in root units; None where any exact value may stand."""
    unit = fact.unit
    if fact.decimals is not None:
        return unit.factor / Fraction(10**fact.decimals)
    if unit.holds_money:
        return _fen(unit)
    return None


def _fen(unit: Unit) -> Fraction:
    """Return one fen per whatever the unit is per, in root units: 0.01 元/年 of 万元/年."""
    step = Fraction(1)
    for name, _, exponent in unit.terms:
        if exponent < 0:
            step /= Fraction(Unit.parse(name).factor ** -exponent)
    return step


# --- records with other values -----------------------------------------------------------------------------


class Place(NamedTuple):
    """Where an element stands: in which collection of which record, and how many stand before it."""

    owner: Record
    collection: str
    position: int


@final
@frozen(kw_only=True, eq=False)
class Edits:
    """New values for facts of some records, by the identity of the records, in root units."""

    values: dict[int, dict[str, Fraction]] = field(factory=dict)
    places: dict[int, dict[str, set[int]]] = field(factory=dict)

    def add(self, record: Record, name: str, value: Fraction, above: Iterable[Place]) -> None:
        """Give one fact of a record a new value; ``above`` are the places of it and of what it is in."""
        self.values.setdefault(id(record), {})[name] = value
        for place in above:
            self.places.setdefault(id(place.owner), {}).setdefault(place.collection, set()).add(place.position)

    def made_in(self, record: Record) -> Record:
        """Return a record with the new values of its own facts and of those below it; stages are kept."""
        own, below = self.values.get(id(record), {}), self.places.get(id(record), {})
        if not own and not below:
            return record
        entries = {**record.entries}
        for name, value in own.items():
            entries[name] = _entry_at(entries[name], record.schema.fact(name), value)
        collections = {**record.collections}
        for name, indexes in below.items():
            items = list(collections[name].items)
            for index in indexes:
                items[index] = self.made_in(items[index])
            collections[name] = evolve(collections[name], items=tuple(items))
        return evolve(record, entries=entries, collections=collections)


def _entry_at(entry: Entry, fact: FactDeclaration, value: Fraction) -> Entry:
    """Return the entry with a new value, its stage kept; it is no longer what a text printed."""
    assert isinstance(fact, MeasureFact)  # noqa: S101 - only measures are changed
    number = value.numerator if value.denominator == 1 else value
    given = Given(value=Amount.from_root(value, fact.unit), stage=entry.given.stage)
    return Entry(given=given, low=number, high=number, known=True)


# --- applying what was found -------------------------------------------------------------------------------


def apply_changes(record: Record, changes: Iterable[Change]) -> Record:
    """Return the record with changes made, so that it can be judged again; stages are kept.

    Raises ``FactsError`` with every problem: a place that is not there, a fact that may not change or is no longer
    what it was, an amount that does not fit, a fact changed twice.
    """
    if not isinstance(record, Record):
        raise FactsError.of("record", came=excerpt(record), needed="a record, as read() returns it")
    wanted, problems = _by_path(changes)
    edits = Edits()
    known: list[str] = []
    waiting: list[tuple[Record, tuple[Place, ...]]] = [(record, ())]
    while waiting:
        owner, above = waiting.pop()
        for name in owner.entries:
            path = owner.where(name)
            known.append(path)
            change = wanted.pop(path, None)
            if change is not None:
                problems.extend(_unfit(change, owner, name))
                edits.add(owner, name, change.after.root, above)
        for name, found in owner.collections.items():
            waiting.extend((item, (*above, Place(owner, name, index))) for index, item in enumerate(found.items))
    for path in wanted:
        near = nearest(path, known[:1000])
        problems.append(
            Problem(path[:80], came="a change of it", needed=f"a fact of {record.schema.name}", nearest=near)
        )
    if problems:
        raise FactsError(*problems)
    return edits.made_in(record)


def _by_path(changes: Iterable[Change]) -> tuple[dict[str, Change], list[Problem]]:
    wanted: dict[str, Change] = {}
    problems: list[Problem] = []
    for change in listed(changes, "changes"):
        if not isinstance(change, Change):
            problems.append(Problem("changes", came=excerpt(change), needed="a Change"))
        elif wanted.setdefault(change.path, change) != change:
            came = f"{wanted[change.path].after} and {change.after}"
            problems.append(Problem(change.path, came=came, needed="one value for each fact"))
    return wanted, problems


def listed(given: object, where: str) -> Iterable[object]:
    """Return what was handed over as a list, or refuse what is none; a text is none."""
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
        step, value = step_of(fact), change.after
        low = fact.at_least is None or value >= fact.at_least
        high = fact.at_most is None or value <= fact.at_most
        if not low or not high or (step is not None and (value.root / step).denominator != 1):
            yield Problem(change.path, came=str(value), needed="an amount within the bounds and steps of the fact")
