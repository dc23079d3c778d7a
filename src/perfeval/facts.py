"""What a fact is: how it is declared (unit, bounds, labels) and what its value may be.

A value may be exact, only bounded (at least, at most, between) or not known at all, and it carries
its stage (planned, in progress, achieved), who asserted it and where it stands.
Imports only ``amounts``, ``units``, ``citations`` and ``errors``.
"""

from __future__ import annotations

import datetime
import enum
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias, TypeVar, final

from attrs import field, frozen

from perfeval.amounts import Amount, AmountRange, as_amount
from perfeval.citations import Span
from perfeval.errors import FactsError, NotFoundError, Problem, RuleError, excerpt, nearest
from perfeval.units import Unit

__all__ = [
    "CategoryFact",
    "DayFact",
    "FactDeclaration",
    "FlagFact",
    "Given",
    "Label",
    "Listed",
    "ManyFact",
    "MeasureFact",
    "Stage",
    "SubjectSchema",
    "TextFact",
    "Value",
    "at_least",
    "at_most",
    "between",
    "day_of",
    "given",
    "listed",
    "one_of",
]


_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@final
class Stage(enum.Enum):
    """How far along a fact is: a plan never meets a rule about achievement."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    ACHIEVED = "achieved"

    @property
    def rank(self) -> int:
        """0 for planned, 1 for in progress, 2 for achieved."""
        return _STAGE_RANK[self]


_E = TypeVar("_E", bound=enum.Enum)


def one_of(kind: type[_E], value: object, where: str) -> _E:
    """Return a member of an enumeration from itself or from its value; raise ``RuleError`` naming the nearest.

    >>> one_of(Stage, "planned", "stage")
    <Stage.PLANNED: 'planned'>
    """
    for member in kind:
        if value is member or value == member.value:
            return member
    known = [str(member.value) for member in kind]
    raise RuleError.of(
        where,
        came=excerpt(value),
        needed=f"one of {', '.join(known)}",
        nearest=nearest(value, known) if isinstance(value, str) else None,
    )


def _stage(value: Stage | str) -> Stage:
    return value if isinstance(value, Stage) else one_of(Stage, value, "stage")


_STAGE_RANK = {Stage.PLANNED: 0, Stage.IN_PROGRESS: 1, Stage.ACHIEVED: 2}


@final
@frozen
class Label:
    """A name in both languages.

    >>> Label("工作经费", "work funding").get("en")
    'work funding'
    """

    zh: str
    en: str

    def get(self, lang: str) -> str:
        """Return the name in ``"zh"`` or ``"en"``."""
        return self.zh if lang == "zh" else self.en


Value: TypeAlias = Amount | AmountRange | str | bool | datetime.date | None


@final
@frozen(kw_only=True)
class Given:
    """A fact's value as it was given: ``None`` stands for not known.

    ``source`` says who asserted it, ``span`` where it stands; neither is part of equality.
    """

    value: Value
    stage: Stage = field(default=Stage.ACHIEVED, converter=_stage)
    source: str | None = field(default=None, eq=False)
    span: Span | None = field(default=None, eq=False)


@final
@frozen(kw_only=True)
class Listed:
    """A collection known in part: the listed items, and how many others there may be.

    ``others_at_most`` is None where nothing bounds them. Items are whatever one item may be given as.
    """

    items: tuple[object, ...]
    others_at_least: int = 0
    others_at_most: int | None = 0

    def __attrs_post_init__(self) -> None:
        least, most = self.others_at_least, self.others_at_most
        whole = all(type(bound) is int for bound in (least, most) if bound is not None)
        if not whole or least < 0 or (most is not None and most < least):
            raise FactsError.of(
                "others",
                came=f"at least {excerpt(least)} and at most {excerpt(most)}",
                needed="whole numbers from 0 that do not cross",
            )


def given(
    value: object,
    *,
    stage: Stage | str = Stage.ACHIEVED,
    source: str | None = None,
    span: Span | None = None,
) -> Given:
    """Wrap a value with its stage, its source and its place.

    An amount is an ``Amount`` or text with its unit; other values are taken as they are.

    >>> given("5 天", stage="planned", source="项目文本").stage
    <Stage.PLANNED: 'planned'>
    """
    return Given(value=value, stage=_stage(stage), source=source, span=span)  # type: ignore[arg-type]


def at_least(low: Amount | str) -> AmountRange:
    """Say that a measure is known only from below.

    >>> str(at_least("5000 元"))
    '≥ 5,000 元'
    """
    return AmountRange(as_amount(low), None)


def at_most(high: Amount | str) -> AmountRange:
    """Say that a measure is known only from above.

    >>> str(at_most("5000 元"))
    '≤ 5,000 元'
    """
    return AmountRange(None, as_amount(high))


def between(low: Amount | str, high: Amount | str) -> AmountRange:
    """Say that a measure lies between two amounts, both included."""
    return AmountRange(as_amount(low), as_amount(high))


def listed(items: Iterable[object], *, total: int | None = None) -> Listed:
    """Give a collection of which only some items are known.

    ``total`` is how many there are in all; without it there may be any number of others.

    >>> listed([{"hours": "24 学时"}], total=3).others_at_least
    2
    """
    known: Sequence[object] = tuple(items)
    if total is None:
        return Listed(items=tuple(known), others_at_least=0, others_at_most=None)
    if isinstance(total, bool) or not isinstance(total, int) or total < len(known):
        raise FactsError.of(
            "total", came=str(total), needed=f"a whole number of at least {len(known)}, as many as are listed"
        )
    others = total - len(known)
    return Listed(items=tuple(known), others_at_least=others, others_at_most=others)


def day_of(text: str) -> datetime.date | None:
    """Return the day that a text such as 2026-06-30 names; None for any other text.

    >>> day_of("2026-06-30"), day_of("20260630")
    (datetime.date(2026, 6, 30), None)
    """
    if not _ISO_DAY.fullmatch(text):
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


@final
@frozen(kw_only=True)
class MeasureFact:
    """A quantity: its unit, its bounds (both included) and how many decimals it may have in that unit.

    ``equivalence`` is a rate that the standard states (8 学时/天): an amount in the other unit is taken at it.
    """

    name: str
    label: Label
    unit: Unit
    at_least: Amount | None = None
    at_most: Amount | None = None
    decimals: int | None = None
    equivalence: Amount | None = None
    changeable: bool = False

    def __attrs_post_init__(self) -> None:
        problems: list[Problem] = []
        where, low, high, unit, rate = self.name or "measure", self.at_least, self.at_most, self.unit, self.equivalence
        odd = [end for end in (low, high) if end is not None and end.dimension != unit.dimension]
        if odd:
            problems.append(Problem(where, came=f"the bound {odd[0]}", needed=f"a unit that goes with {unit.text}"))
        elif low is not None and high is not None and low > high:
            came = f"at least {low} and at most {high}"
            problems.append(Problem(where, came=came, needed="bounds that do not cross"))
        if self.decimals is not None and self.decimals < 0:
            problems.append(Problem(f"{where}.decimals", came=str(self.decimals), needed="0 or more"))
        if rate is not None and (rate.root <= 0 or (unit / rate.unit).dimension in ((), unit.dimension)):
            needed = f"a rate above zero such as '8 {unit.text}/天'"
            problems.append(Problem(where, came=f"equivalence={rate}", needed=needed))
        if problems:
            raise RuleError(*problems)


@final
@frozen(kw_only=True)
class CategoryFact:
    """One of a closed list of kinds."""

    name: str
    label: Label
    kinds: tuple[str, ...]

    def __attrs_post_init__(self) -> None:
        kinds = self.kinds
        if not kinds or len(set(kinds)) != len(kinds) or not all(isinstance(kind, str) and kind for kind in kinds):
            raise RuleError.of(
                self.name or "category", came=excerpt(kinds), needed="at least one kind, each a different word"
            )


@final
@frozen(kw_only=True)
class FlagFact:
    """Yes or no."""

    name: str
    label: Label


@final
@frozen(kw_only=True)
class DayFact:
    """A calendar day."""

    name: str
    label: Label


@final
@frozen(kw_only=True)
class TextFact:
    """Words: shown in findings, never judged."""

    name: str
    label: Label


@final
@frozen(kw_only=True)
class ManyFact:
    """A collection of other subjects, counted in their unit; ``at_least`` and ``at_most`` bound how many."""

    name: str
    label: Label
    element: SubjectSchema
    at_least: int = 0
    at_most: int | None = None

    def __attrs_post_init__(self) -> None:
        if self.at_least < 0 or (self.at_most is not None and self.at_most < self.at_least):
            raise RuleError.of(
                self.name or "many",
                came=f"at least {self.at_least} and at most {self.at_most}",
                needed="bounds from 0 that do not cross",
            )


FactDeclaration: TypeAlias = MeasureFact | CategoryFact | FlagFact | DayFact | TextFact | ManyFact


@final
@frozen(kw_only=True, cache_hash=True)
class SubjectSchema:
    """What a subject is: its name, the unit in which its instances are counted, and its facts."""

    name: str
    label: Label
    unit: Unit
    facts: tuple[FactDeclaration, ...]
    by_name: Mapping[str, FactDeclaration] = field(init=False, eq=False, repr=False)
    """The facts by name: a subject may have thousands."""
    collections: tuple[ManyFact, ...] = field(init=False, eq=False, repr=False)
    """Those facts that are collections of other subjects."""

    def __attrs_post_init__(self) -> None:
        problems: list[Problem] = []
        if not self.facts:
            problems.append(
                Problem(self.name, came="a subject without facts", needed="at least one measure, category, flag …")
            )
        if not self.unit.is_count:
            needed = "a unit that counts, such as 个 or 人[书记]"
            problems.append(Problem(self.name, came=f"unit={self.unit.text!r}", needed=needed))
        by_name: dict[str, FactDeclaration] = {}
        for fact in self.facts:
            if not fact.name.isidentifier() or fact.name in by_name:
                problems.append(Problem(self.name, came=excerpt(fact.name), needed="a name of its own for each fact"))
            by_name[fact.name] = fact
        if problems:
            raise RuleError(*problems)
        object.__setattr__(self, "by_name", by_name)
        object.__setattr__(self, "collections", tuple(fact for fact in self.facts if isinstance(fact, ManyFact)))

    def fact(self, name: str) -> FactDeclaration:
        """Return the declared fact of that name; raise ``NotFoundError`` naming the nearest."""
        if name in self.by_name:
            return self.by_name[name]
        known = list(self.by_name)
        raise NotFoundError.of(
            self.name, came=repr(name), needed=f"one of {', '.join(known)}", nearest=nearest(name, known)
        )
