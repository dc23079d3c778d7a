"""What a rule is about: ``@subject`` classes that declare facts, and the reading of given values into records.

``measure``, ``category``, ``flag``, ``day``, ``text`` and ``many`` declare; ``@subject`` ties the declarations to
their class; :func:`read` checks what was given (a mapping, an attrs object) against them and reports every
problem at once. After this step nothing is checked again. Imports the layers above, nothing below.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any as AnyType
from typing import TypeAlias, TypeVar, cast, final, overload

import attrs
from attrs import evolve, field, frozen

from perfeval.amounts import Amount, AmountRange, as_amount
from perfeval.errors import FactsError, PerfevalError, Problem, RuleError, UnitError, excerpt, nearest
from perfeval.expressions import Category, Day, Flag, Many, Measure, Text, bind
from perfeval.facts import (
    CategoryFact,
    DayFact,
    FactDeclaration,
    FlagFact,
    Given,
    Label,
    Listed,
    ManyFact,
    MeasureFact,
    Stage,
    SubjectSchema,
    TextFact,
    day_of,
    one_of,
)
from perfeval.numerals import write_ratio
from perfeval.units import Unit, as_unit

__all__ = [
    "Collection",
    "Entry",
    "Number",
    "Record",
    "blank",
    "category",
    "day",
    "flag",
    "many",
    "measure",
    "read",
    "schema_of",
    "subject",
    "text",
    "unknown_collection",
]

Number: TypeAlias = int | Fraction
_C = TypeVar("_C", bound=type)
_SCHEMA = "__perfeval_subject__"
_MAX_ITEMS = 1_000_000


# --- declaring -------------------------------------------------------------------------------------------


def measure(
    unit: str | Unit,
    *,
    zh: str | None = None,
    en: str | None = None,
    at_least: Amount | str | int | None = None,
    at_most: Amount | str | int | None = None,
    decimals: int | None = None,
    equivalence: Amount | str | None = None,
    changeable: bool = False,
) -> Measure:
    """Declare a quantity; bounds are included and may be bare numbers in the declared unit.

    What is counted (人, 个, 期 …) is at least zero and whole unless other bounds or decimals are given.
    ``equivalence`` is a rate that the standard states, such as ``8 学时/天``: it lets a measure in 学时 be given
    in 天. Nothing is converted between dimensions without it.
    """
    parsed = as_unit(unit)
    low, high = _bound(at_least, parsed), _bound(at_most, parsed)
    if parsed.is_count:
        low = Amount.of(0, parsed) if low is None else low
        decimals = 0 if decimals is None else decimals
    fact = MeasureFact(
        name="",
        label=Label(zh or "", en or ""),
        unit=parsed,
        at_least=low,
        at_most=high,
        decimals=decimals,
        equivalence=None if equivalence is None else as_amount(equivalence),
        changeable=changeable,
    )
    return Measure(None, fact)


def category(*kinds: str, zh: str | None = None, en: str | None = None) -> Category:
    """Declare one of a closed list of kinds."""
    return Category(None, CategoryFact(name="", label=Label(zh or "", en or ""), kinds=kinds))


def flag(*, zh: str | None = None, en: str | None = None) -> Flag:
    """Declare a yes or no."""
    return Flag(None, FlagFact(name="", label=Label(zh or "", en or "")))


def day(*, zh: str | None = None, en: str | None = None) -> Day:
    """Declare a calendar day."""
    return Day(None, DayFact(name="", label=Label(zh or "", en or "")))


def text(*, zh: str | None = None, en: str | None = None) -> Text:
    """Declare words that are shown, not judged."""
    return Text(None, TextFact(name="", label=Label(zh or "", en or "")))


def many(
    element: type, *, zh: str | None = None, en: str | None = None, at_least: int = 0, at_most: int | None = None
) -> Many:
    """Declare a collection of another subject; the bounds say how many there can be."""
    label = Label(zh or "", en or "")
    return Many(None, ManyFact(name="", label=label, element=schema_of(element), at_least=at_least, at_most=at_most))


def _bound(value: Amount | str | int | None, unit: Unit) -> Amount | None:
    if value is None:
        return None
    amount = as_amount(value) if isinstance(value, str | Amount) else Amount.of(value, unit)
    return amount.to(unit)


@overload
def subject(cls: _C) -> _C: ...
@overload
def subject(*, zh: str | None = None, en: str | None = None, unit: str | Unit = "个") -> Callable[[_C], _C]: ...
def subject(
    cls: _C | None = None, *, zh: str | None = None, en: str | None = None, unit: str | Unit = "个"
) -> _C | Callable[[_C], _C]:
    """Make a class a subject: its declared facts become nodes that belong to it.

    ``unit`` is the unit in which its instances are counted, such as ``人[书记]``.
    """

    def declare(target: _C) -> _C:
        return _declare(target, zh=zh, en=en, unit=as_unit(unit))

    return declare if cls is None else declare(cls)


_NODES = (Measure, Category, Flag, Day, Text, Many)


def _declare(target: _C, *, zh: str | None, en: str | None, unit: Unit) -> _C:
    declared = {name: node for name, node in vars(target).items() if isinstance(node, _NODES)}
    facts = tuple(
        evolve(
            node.fact,
            name=name,
            label=Label(node.fact.label.zh or name, node.fact.label.en or name.replace("_", " ")),
        )
        for name, node in declared.items()
    )
    schema = SubjectSchema(
        name=target.__name__, label=Label(zh or target.__name__, en or target.__name__), unit=unit, facts=facts
    )
    for name, node in declared.items():
        setattr(target, name, bind(node, schema, name))
    setattr(target, _SCHEMA, schema)
    return target


def schema_of(subject_class: type | SubjectSchema) -> SubjectSchema:
    """Return what a ``@subject`` class declares; raise ``RuleError`` for any other class."""
    if isinstance(subject_class, SubjectSchema):
        return subject_class
    found = vars(subject_class).get(_SCHEMA) if isinstance(subject_class, type) else None
    if not isinstance(found, SubjectSchema):
        raise RuleError.of("subject", came=excerpt(subject_class), needed="a class decorated with @perfeval.subject")
    return found


# --- records ---------------------------------------------------------------------------------------------


@final
@frozen(kw_only=True)
class Entry:
    """One fact of a record: for a measure or a day its bounds in root units, else what was given."""

    given: Given
    low: Number | None = None
    high: Number | None = None
    known: bool = False


@final
@frozen(kw_only=True)
class Collection:
    """One collection of a record: the items, how many others there may be, and whether it was given at all.

    ``stage`` is how far along the list itself is: a list of planned courses is none of courses held.
    """

    items: tuple[Record, ...]
    others_at_least: int
    others_at_most: int | None
    known: bool
    stage: Stage = Stage.ACHIEVED


@final
@frozen(kw_only=True)
class Record:
    """The checked facts of one subject; built by :func:`read`.

    ``path`` is where the record stands in what was given, such as ``secretaries[0]``.
    """

    schema: SubjectSchema
    path: str
    entries: Mapping[str, Entry] = field(repr=False)
    collections: Mapping[str, Collection] = field(repr=False)

    @property
    def title(self) -> Label:
        """What the record calls itself: the first of its declared words that is known, else its subject's name."""
        for fact in self.schema.facts:
            if isinstance(fact, TextFact) and self.entries[fact.name].known:
                words = str(self.entries[fact.name].given.value)
                return Label(words, words)
        return self.schema.label

    def where(self, name: str) -> str:
        """Return where one of its facts stands, such as ``secretaries[0].allowance``."""
        return f"{self.path}.{name}" if self.path else name


def blank(schema: SubjectSchema, path: str) -> Record:
    """Return a record of which nothing is known but what its declarations say."""
    entries = {fact.name: _unknown(fact) for fact in schema.facts if not isinstance(fact, ManyFact)}
    collections = {fact.name: unknown_collection(fact) for fact in schema.facts if isinstance(fact, ManyFact)}
    return Record(schema=schema, path=path, entries=entries, collections=collections)


def _unknown(fact: FactDeclaration, given: Given | None = None) -> Entry:
    given = given or Given(value=None)
    if isinstance(fact, MeasureFact):
        return Entry(given=given, low=_root(fact.at_least), high=_root(fact.at_most))
    return Entry(given=given)


def unknown_collection(fact: ManyFact) -> Collection:
    """Return a collection of which nothing is known but how many its declaration allows."""
    return Collection(items=(), others_at_least=fact.at_least, others_at_most=fact.at_most, known=False)


def _root(amount: Amount | None) -> Number | None:
    if amount is None:
        return None
    root = amount.root
    return root.numerator if root.denominator == 1 else root


# --- reading ---------------------------------------------------------------------------------------------


def read(
    subject_class: type | SubjectSchema,
    data: object,
    *,
    stage: Stage = Stage.ACHIEVED,
    source: str | None = None,
    units: Mapping[str, str] | None = None,
    path: str = "",
) -> Record:
    """Check what was given against what the subject declares, and return the record.

    ``data`` is a mapping, an attrs object with attributes of the same names, or a record. ``units`` declares the
    unit in which bare numbers of a measure are given; a bare number of any other measure is refused. ``stage``
    and ``source`` hold for values that do not say their own. Raises ``FactsError`` with every problem.
    """
    schema = schema_of(subject_class)
    reader = _Reader(
        stage=one_of(Stage, stage, "stage"), source=source, units=_declared_units(schema, units or {}), problems=[]
    )
    record = reader.record(schema, data, path)
    if reader.problems:
        raise FactsError(*reader.problems)
    return record


def _declared_units(schema: SubjectSchema, units: Mapping[str, str]) -> dict[str, Unit]:
    if not isinstance(units, Mapping):
        raise FactsError.of("units", came=excerpt(units), needed="the unit for each name of a measure")
    measures = {fact.name: fact for fact in _measures(schema)}
    declared: dict[str, Unit] = {}
    problems: list[Problem] = []
    for name, unit_text in units.items():
        fact = measures.get(name)
        if fact is None:
            problems.append(
                Problem(
                    "units",
                    came=excerpt(name),
                    needed=f"a measure of {schema.name}",
                    nearest=nearest(str(name), measures),
                )
            )
            continue
        try:
            unit = Unit.parse(unit_text)
        except UnitError as error:
            problems.extend(evolve(problem, where=f"units[{name}]") for problem in error.problems)
            continue
        taken = [fact.unit.dimension]
        if fact.equivalence is not None:
            taken.append((fact.unit / fact.equivalence.unit).dimension)
        if unit.dimension not in taken:
            problems.append(Problem(f"units[{name}]", came=unit.text, needed=f"a unit such as {fact.unit.text}"))
        declared[name] = unit
    if problems:
        raise FactsError(*problems)
    return declared


def _measures(schema: SubjectSchema) -> Iterator[MeasureFact]:
    for fact in schema.facts:
        if isinstance(fact, MeasureFact):
            yield fact
        elif isinstance(fact, ManyFact):
            yield from _measures(fact.element)


_GIVEN_KEYS = frozenset({"value", "stage", "source"})
_RANGE_KEYS = frozenset({"at_least", "at_most"})
_AMOUNT_KEYS = frozenset({"n", "unit"})
_LISTED_KEYS = frozenset({"items", "total"})


@final
@frozen(kw_only=True)
class _Reader:
    stage: Stage
    source: str | None
    units: dict[str, Unit]
    problems: list[Problem]

    def record(self, schema: SubjectSchema, data: object, path: str) -> Record:
        if isinstance(data, Record):
            if data.schema == schema:
                return _moved(data, path)
            self.problem(path, f"facts of {data.schema.name}", f"facts of {schema.name}")
            return blank(schema, path)
        mapping = self._mapping(schema, data, path)
        entries: dict[str, Entry] = {}
        collections: dict[str, Collection] = {}
        for fact in schema.facts:
            value = mapping.get(fact.name)
            place = f"{path}.{fact.name}" if path else fact.name
            if isinstance(fact, ManyFact):
                collections[fact.name] = self.collection(fact, value, place)
            else:
                entries[fact.name] = self.entry(fact, value, place)
        return Record(schema=schema, path=path, entries=entries, collections=collections)

    def problem(self, where: str, came: str, needed: str, near: str | None = None) -> None:
        self.problems.append(Problem(where, came=came, needed=needed, nearest=near))

    def _mapping(self, schema: SubjectSchema, data: object, path: str) -> Mapping[str, object]:
        known = [fact.name for fact in schema.facts]
        if isinstance(data, Mapping):
            for key in data:
                if key not in schema.by_name:
                    near = nearest(key, known) if isinstance(key, str) else None
                    shown = key if isinstance(key, str) and key.isprintable() else excerpt(key)
                    place = f"{path}.{shown}" if path else shown
                    self.problem(
                        place[:80], f"a fact that {schema.name} does not have", f"one of {', '.join(known)}", near
                    )
            return data
        if attrs.has(type(data)):
            found = {name: getattr(data, name) for name in known if hasattr(data, name)}
            if found:
                return found
        self.problem(path or schema.name, excerpt(data), f"a mapping with facts of {schema.name}: {', '.join(known)}")
        return {}

    def _given(self, value: object, place: str) -> Given | None:
        """Unwrap a value that says its own stage or source; None where that itself is wrong."""
        if isinstance(value, Given):
            return value if value.source else evolve(value, source=self.source)
        if isinstance(value, Mapping) and "value" in value:
            stray = [str(key) for key in value if key not in _GIVEN_KEYS]
            stage = value.get("stage", self.stage.value)
            stages = [known.value for known in Stage]
            if stray:
                self.problem(place, f"the keys {', '.join(stray)}"[:80], f"only {', '.join(sorted(_GIVEN_KEYS))}")
            if stage not in stages:
                self.problem(place, f"the stage {excerpt(stage)}", f"one of {', '.join(stages)}")
            source = value.get("source", self.source)
            if source is not None and not isinstance(source, str):
                self.problem(place, f"the source {excerpt(source)}", "text")
                source = None
            if stray or stage not in stages:
                return None
            return Given(value=value["value"], stage=Stage(stage), source=source)
        return Given(value=cast("AnyType", value), stage=self.stage, source=self.source)

    def entry(self, fact: FactDeclaration, value: object, place: str) -> Entry:
        given = self._given(value, place)
        if given is None or given.value is None:
            return _unknown(fact, given)
        match fact:
            case MeasureFact():
                return self._measure(fact, given, place)
            case CategoryFact():
                if given.value not in fact.kinds:
                    near = nearest(given.value, fact.kinds) if isinstance(given.value, str) else None
                    self.problem(place, excerpt(given.value), f"one of {', '.join(fact.kinds)}", near)
                    return _unknown(fact)
            case FlagFact():
                if not isinstance(given.value, bool):
                    self.problem(place, excerpt(given.value), "true or false")
                    return _unknown(fact)
            case DayFact():
                return self._day(fact, given, place)
            case TextFact():
                if not isinstance(given.value, str):
                    self.problem(place, excerpt(given.value), "text")
                    return _unknown(fact)
            case ManyFact():  # pragma: no cover - read by collection()
                raise AssertionError(fact)
        return Entry(given=given, known=True)

    def _day(self, fact: DayFact, given: Given, place: str) -> Entry:
        value = day_of(given.value) if isinstance(given.value, str) else given.value
        if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
            self.problem(place, excerpt(given.value), "a day such as 2026-06-30")
            return _unknown(fact)
        return Entry(given=evolve(given, value=value), low=value.toordinal(), high=value.toordinal(), known=True)

    def _measure(self, fact: MeasureFact, given: Given, place: str) -> Entry:
        try:
            value = self._amount(fact, given.value, place)
        except PerfevalError as error:
            for problem in error.problems:
                self.problems.append(
                    evolve(problem, where=f"{place} {problem.where}".strip() if problem.where else place)
                )
            return _unknown(fact)
        if value is None:
            return _unknown(fact)
        low, high = (value, value) if isinstance(value, Amount) else (value.low, value.high)
        low, high = _at_equivalence(fact, low), _at_equivalence(fact, high)
        for end in dict.fromkeys(end for end in (low, high) if end is not None):
            if not self._fits(fact, end, place):
                return _unknown(fact)
        return Entry(
            given=evolve(given, value=value),
            low=_root(fact.at_least if low is None else low),
            high=_root(fact.at_most if high is None else high),
            known=True,
        )

    def _fits(self, fact: MeasureFact, amount: Amount, place: str) -> bool:
        if amount.dimension != fact.unit.dimension:
            self.problem(
                place,
                f"{amount} (unit {amount.unit.text})",
                f"a unit that goes with {fact.unit.text}, such as '{write_ratio(amount.number)} {fact.unit.text}'",
            )
            return False
        if fact.at_least is not None and amount < fact.at_least:
            self.problem(place, str(amount), f"at least {fact.at_least}")
            return False
        if fact.at_most is not None and amount > fact.at_most:
            self.problem(place, str(amount), f"at most {fact.at_most}")
            return False
        if fact.decimals is not None and (amount.number_in(fact.unit) * 10**fact.decimals).denominator != 1:
            whole = "a whole number" if fact.decimals == 0 else f"at most {fact.decimals} decimals"
            self.problem(place, str(amount), f"{whole} of {fact.unit.text}")
            return False
        return True

    def _amount(self, fact: MeasureFact, value: object, place: str) -> Amount | AmountRange | None:
        example = f"an amount with its unit, such as '3 {fact.unit.text}'"
        unit = self.units.get(fact.name)
        match value:
            case Amount() | AmountRange():
                return value
            case bool():
                self.problem(place, str(value), example)
            case float():
                self.problem(
                    place, f"the float {value!r}", f"an exact value: text, int, Fraction or Decimal; {example}"
                )
            case int() | Fraction() | Decimal():
                if unit is not None:
                    return Amount.of(value, unit)
                self.problem(place, f"the bare number {excerpt(value)}", f"{example}, or its unit declared in units=")
            case str():
                if unit is not None and _is_bare(value):
                    return Amount.of(value, unit)
                return Amount.parse(value)
            case Mapping() if value.keys() == _AMOUNT_KEYS:
                number, unit_text = value["n"], value["unit"]
                if isinstance(number, str) and isinstance(unit_text, str):
                    return Amount.of(number, unit_text)
                self.problem(place, excerpt(value), 'text in both, such as {"n": "20/3", "unit": "学时/月"}')
            case Mapping() if value and value.keys() <= _RANGE_KEYS:
                ends = {key: self._amount(fact, end, f"{place}.{key}") for key, end in value.items()}
                if all(isinstance(end, Amount) for end in ends.values()):
                    return AmountRange(
                        cast("Amount | None", ends.get("at_least")), cast("Amount | None", ends.get("at_most"))
                    )
            case _:
                self.problem(place, excerpt(value), example)
        return None

    def collection(self, fact: ManyFact, value: object, place: str) -> Collection:
        given = self._given(value, place)
        if given is None or given.value is None:
            return unknown_collection(fact)
        value = cast("object", given.value)
        inside = self
        if given.stage is not self.stage or given.source != self.source:
            inside = evolve(self, stage=given.stage, source=given.source)
        others_low, others_high = 0, cast("int | None", 0)
        if isinstance(value, Mapping):
            value = self._partial(value, place)
        if isinstance(value, Listed):
            others_low, others_high = value.others_at_least, value.others_at_most
            value = value.items
        if isinstance(value, str | bytes) or not isinstance(value, Sequence):
            self.problem(place, excerpt(value), f"a list of {fact.element.name}")
            return unknown_collection(fact)
        if len(value) > _MAX_ITEMS:
            self.problem(place, f"{len(value)} items", f"at most {_MAX_ITEMS}")
            return unknown_collection(fact)
        items = tuple(inside.record(fact.element, item, f"{place}[{index}]") for index, item in enumerate(value))
        count_low, count_high = len(items) + others_low, None if others_high is None else len(items) + others_high
        if fact.at_most is not None and count_low > fact.at_most:
            self.problem(place, f"{count_low} items", f"at most {fact.at_most}")
        if count_high is not None and count_high < fact.at_least:
            self.problem(place, f"{count_high} items", f"at least {fact.at_least}")
        if fact.at_most is not None:
            most = max(fact.at_most - len(items), 0)
            others_high = most if others_high is None else min(others_high, most)
        others_low = max(others_low, fact.at_least - len(items), 0)
        return Collection(
            items=items, others_at_least=others_low, others_at_most=others_high, known=True, stage=given.stage
        )

    def _partial(self, value: Mapping[str, object], place: str) -> object:
        items, count = value.get("items"), value.get("total")
        if not value.keys() <= _LISTED_KEYS or not isinstance(items, Sequence) or isinstance(items, str):
            self.problem(place, excerpt(value), 'a list, or {"items": [...], "total": 120}')
            return ()
        if count is None:
            return Listed(items=tuple(items), others_at_most=None)
        if isinstance(count, bool) or not isinstance(count, int) or count < len(items):
            self.problem(f"{place}.total", excerpt(count), f"a whole number of at least {len(items)}")
            return tuple(items)
        return Listed(items=tuple(items), others_at_least=count - len(items), others_at_most=count - len(items))


def _moved(record: Record, path: str) -> Record:
    """Return a record that stands at another place, with all that is below it."""
    if record.path == path:
        return record
    collections = {
        name: evolve(
            collection,
            items=tuple(
                _moved(item, f"{path}.{name}[{index}]" if path else f"{name}[{index}]")
                for index, item in enumerate(collection.items)
            ),
        )
        for name, collection in record.collections.items()
    }
    return evolve(record, path=path, collections=collections)


def _at_equivalence(fact: MeasureFact, amount: Amount | None) -> Amount | None:
    """Take an amount in the other unit of the declared equivalence at that rate; leave any other as it is."""
    rate = fact.equivalence
    if amount is None or rate is None or amount.dimension != (fact.unit / rate.unit).dimension:
        return amount
    return Amount.from_root(amount.root * rate.root, fact.unit)


def _is_bare(value: str) -> bool:
    stripped = value.strip()
    return bool(stripped) and stripped[-1].isascii() and stripped[-1].isdigit()
