"""What a rule may say: the closed set of nodes, quantities and conditions, and the operators that build them.

A node is data: frozen, compared by structure (``==`` asks whether two nodes are the same), never evaluated
here. Passes over the nodes live in their own modules: each is one ``match`` that ends in ``assert_never``,
so that a new node shows up as type errors wherever it must be handled.

Operators build nodes: ``+ - * /`` quantities, ``>= <= > <`` and :func:`equal` comparisons, ``& | ~`` and
:func:`all_of`, :func:`any_of` conditions. Text and amounts stand for themselves; a bare number is refused,
because nobody has said what it counts. Imports ``amounts``, ``facts``, ``units`` and ``errors``.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterable, Mapping
from typing import Any as AnyType
from typing import ClassVar, Never, TypeAlias, final

from attrs import evolve, field, frozen

from perfeval.amounts import Amount, Rounding, as_amount
from perfeval.errors import RuleError, excerpt, nearest
from perfeval.facts import (
    CategoryFact,
    DayFact,
    FactDeclaration,
    FlagFact,
    Label,
    ManyFact,
    MeasureFact,
    SubjectSchema,
    TextFact,
    one_of,
)

__all__ = [
    "Aggregate",
    "AggregateKind",
    "All",
    "Any",
    "ByKind",
    "Category",
    "Compare",
    "Condition",
    "Day",
    "DayLiteral",
    "Flag",
    "IsKind",
    "Literal",
    "Many",
    "Measure",
    "MonthsServed",
    "Named",
    "Negative",
    "Not",
    "Operator",
    "PartYear",
    "Product",
    "Quantified",
    "Quantifier",
    "Quantity",
    "Quotient",
    "Rounded",
    "Sum",
    "Text",
    "When",
    "all_of",
    "any_of",
    "as_condition",
    "by",
    "equal",
    "months_served",
    "named",
    "total",
]

MAX_DEPTH = 64
"""How deep nodes may nest; a sum or a conjunction of many terms is one level."""

MAX_SIZE = 200_000
"""How many nodes a rule may hold, each use of a shared part counted."""


@final
class Operator(enum.Enum):
    """How a comparison compares."""

    AT_LEAST = ">="
    AT_MOST = "<="
    ABOVE = ">"
    BELOW = "<"
    EQUAL = "=="

    @property
    def mirrored(self) -> Operator:
        """The operator that says the same with the two sides exchanged."""
        return _MIRRORED[self]

    @property
    def opposite(self) -> Operator:
        """The operator that holds exactly where this one does not; an equality has none, and raises ``KeyError``."""
        return _OPPOSITE[self]


_MIRRORED = {
    Operator.AT_LEAST: Operator.AT_MOST,
    Operator.AT_MOST: Operator.AT_LEAST,
    Operator.ABOVE: Operator.BELOW,
    Operator.BELOW: Operator.ABOVE,
    Operator.EQUAL: Operator.EQUAL,
}
_OPPOSITE = {
    Operator.AT_LEAST: Operator.BELOW,
    Operator.BELOW: Operator.AT_LEAST,
    Operator.AT_MOST: Operator.ABOVE,
    Operator.ABOVE: Operator.AT_MOST,
}


@final
class AggregateKind(enum.Enum):
    """What an aggregate makes of a collection."""

    SUM = "sum"
    COUNT = "count"
    SHARE = "share"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"


@final
class Quantifier(enum.Enum):
    """Whether a condition must hold of every element or of some element."""

    EVERY = "every"
    SOME = "some"


@final
class PartYear(enum.Enum):
    """How part of a year counts: a policy that a standard names, never assumed."""

    WHOLE_MONTHS = "whole_months"
    """Calendar months served from the first to the last day."""
    MONTHS_BEGUN = "months_begun"
    """Calendar months in which at least one day was served."""
    DAYS = "days"
    """Days served out of the days of that year, in twelfths of it."""


class _Operand:
    """The operators that every quantity has; not public, and not to be subclassed outside this module."""

    __slots__ = ()

    def __add__(self, other: QuantityLike) -> Sum:
        return Sum((*_terms(self), *_terms(_quantity(other))))

    def __radd__(self, other: QuantityLike) -> Sum:
        return Sum((*_terms(_quantity(other)), *_terms(self)))

    def __sub__(self, other: QuantityLike) -> Sum:
        return Sum((*_terms(self), Negative(_quantity(other))))

    def __rsub__(self, other: QuantityLike) -> Sum:
        return Sum((*_terms(_quantity(other)), Negative(_quantity(self))))

    def __neg__(self) -> Negative:
        return Negative(_quantity(self))

    def __mul__(self, other: QuantityLike) -> Product:
        return Product((*_factors(self), *_factors(_quantity(other))))

    def __rmul__(self, other: QuantityLike) -> Product:
        return Product((*_factors(_quantity(other)), *_factors(self)))

    def __truediv__(self, other: QuantityLike) -> Quotient:
        return Quotient(_quantity(self), _quantity(other))

    def __rtruediv__(self, other: QuantityLike) -> Quotient:
        return Quotient(_quantity(other), _quantity(self))

    def __ge__(self, other: QuantityLike) -> Compare:
        return Compare(_quantity(self), Operator.AT_LEAST, _quantity(other))

    def __le__(self, other: QuantityLike) -> Compare:
        return Compare(_quantity(self), Operator.AT_MOST, _quantity(other))

    def __gt__(self, other: QuantityLike) -> Compare:
        return Compare(_quantity(self), Operator.ABOVE, _quantity(other))

    def __lt__(self, other: QuantityLike) -> Compare:
        return Compare(_quantity(self), Operator.BELOW, _quantity(other))

    def __bool__(self) -> Never:
        raise RuleError.of(
            "expression",
            came="a quantity where Python wants true or false (an if, and, or, or a chained comparison)",
            needed="a condition built with >= <= > < or equal(), joined with & | ~; "
            "write (low <= x) & (x <= high) for low <= x <= high",
        )

    def round(self, quantum: Amount | str, mode: Rounding | str) -> Rounded:
        """Round to multiples of ``quantum`` by a named mode: the only place where a rule rounds."""
        return Rounded(_quantity(self), as_amount(quantum), Rounding.named(mode))


class _Testable:
    """The operators that every condition has; not public, and not to be subclassed outside this module."""

    __slots__ = ()

    def __and__(self, other: Condition) -> All:
        return all_of(self, other)

    def __or__(self, other: Condition) -> Any:
        return any_of(self, other)

    def __invert__(self) -> Not:
        return Not(as_condition(self))

    def __bool__(self) -> Never:
        raise RuleError.of(
            "expression",
            came="a condition where Python wants true or false (an if, and, or, not, or a chained comparison)",
            needed="& for and, | for or, ~ for not; write (low <= x) & (x <= high) for low <= x <= high",
        )

    def when(self, guard: Condition) -> When:
        """Apply only where ``guard`` holds; elsewhere the condition is NOT_APPLICABLE."""
        return When(as_condition(self), as_condition(guard))


class _Unmeasured:
    """What has no amount: arithmetic and comparing are refused by name; not to be subclassed outside this module."""

    __slots__ = ()

    def _refuse(self, other: object) -> Never:
        _quantity(self)
        raise AssertionError(other)

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _refuse
    __ge__ = __le__ = __gt__ = __lt__ = _refuse


class _Shown:
    """What prints as it is written in Python; not public, and not to be subclassed outside this module."""

    __slots__ = ()

    def __repr__(self) -> str:
        return _written(self)


class _Leaf:
    """What has no nodes below it; not public, and not to be subclassed outside this module."""

    __slots__ = ()
    depth: ClassVar[int] = 1
    size: ClassVar[int] = 1


class _Fact(_Leaf):
    """A declared fact of a subject; shown as it is written in Python."""

    __slots__ = ()
    owner: SubjectSchema | None
    fact: FactDeclaration

    def __repr__(self) -> str:
        owner = self.owner.name if self.owner is not None else "<undeclared>"
        return f"{owner}.{self.fact.name}"


def _derived() -> AnyType:
    """Return a field that follows from the others: never given, compared or shown."""
    return field(init=False, eq=False, repr=False, default=0)


def _weigh(node: AnyType, children: Iterable[AnyType]) -> None:
    below = tuple(children)
    depth = 1 + max((child.depth for child in below), default=0)
    # A part that is used twice is walked twice: sharing must not hide how much a rule holds.
    size = 1 + sum(child.size for child in below)
    if depth > MAX_DEPTH:
        raise RuleError.of(
            "expression",
            came=f"nodes nested {depth} deep",
            needed=f"at most {MAX_DEPTH}; join many terms with total(), all_of() or any_of(), which are one level",
        )
    if size > MAX_SIZE:
        raise RuleError.of("expression", came=f"{size} nodes", needed=f"at most {MAX_SIZE} nodes in one rule")
    object.__setattr__(node, "depth", depth)
    object.__setattr__(node, "size", size)


def _some(parts: tuple[AnyType, ...], what: str) -> None:
    if not parts:
        raise RuleError.of(what, came="no parts", needed="at least one")


# --- facts -----------------------------------------------------------------------------------------------


def _bound(owner: SubjectSchema | None, name: str) -> None:
    if owner is None:
        raise RuleError.of(
            name or "fact",
            came="a fact whose class is not a subject",
            needed="@perfeval.subject on the class that declares it",
        )


@final
@frozen(order=False, repr=False, cache_hash=True)
class Measure(_Operand, _Fact):
    """The value of a declared measure."""

    owner: SubjectSchema | None
    fact: MeasureFact


@final
@frozen(order=False, repr=False, cache_hash=True)
class Day(_Operand, _Fact):
    """The value of a declared calendar day."""

    owner: SubjectSchema | None
    fact: DayFact


@final
@frozen(order=False, repr=False, cache_hash=True)
class Flag(_Testable, _Fact, _Unmeasured):
    """A declared yes or no: a condition by itself."""

    owner: SubjectSchema | None
    fact: FlagFact


@final
@frozen(order=False, repr=False, cache_hash=True)
class Text(_Fact, _Unmeasured):
    """Declared words: shown in findings, not judged."""

    owner: SubjectSchema | None
    fact: TextFact


@final
@frozen(order=False, repr=False, cache_hash=True)
class Category(_Fact, _Unmeasured):
    """A declared kind."""

    owner: SubjectSchema | None
    fact: CategoryFact

    def is_in(self, *kinds: str) -> IsKind:
        """Hold where the kind is one of ``kinds``; a kind that was not declared is refused."""
        return IsKind(self, kinds)


@final
@frozen(order=False, repr=False, cache_hash=True)
class Many(_Fact, _Unmeasured):
    """A declared collection of other subjects; its methods bind their class."""

    owner: SubjectSchema | None
    fact: ManyFact

    def count(self, *, where: Condition | None = None) -> Aggregate:
        """Count the elements, in the unit in which their subject is counted."""
        return Aggregate(AggregateKind.COUNT, self, where=_optional(where))

    def sum(self, of: QuantityLike, *, where: Condition | None = None) -> Aggregate:
        """Add up a quantity over the elements; nothing adds up to zero."""
        return Aggregate(AggregateKind.SUM, self, of=_quantity(of), where=_optional(where))

    def minimum(self, of: QuantityLike, *, where: Condition | None = None) -> Aggregate:
        """Take the least over the elements; of no elements there is none (NOT_APPLICABLE)."""
        return Aggregate(AggregateKind.MINIMUM, self, of=_quantity(of), where=_optional(where))

    def maximum(self, of: QuantityLike, *, where: Condition | None = None) -> Aggregate:
        """Take the greatest over the elements; of no elements there is none (NOT_APPLICABLE)."""
        return Aggregate(AggregateKind.MAXIMUM, self, of=_quantity(of), where=_optional(where))

    def share(self, where: Condition, *, among: Condition | None = None) -> Aggregate:
        """Take the share of elements that fulfil ``where``, out of those that fulfil ``among`` (or out of all)."""
        return Aggregate(AggregateKind.SHARE, self, where=as_condition(where), among=_optional(among))

    def every(self, condition: Condition, *, where: Condition | None = None) -> Quantified:
        """Hold if ``condition`` holds of each element that fulfils ``where``; of no elements: NOT_APPLICABLE."""
        return Quantified(Quantifier.EVERY, self, as_condition(condition), _optional(where))

    def some(self, condition: Condition, *, where: Condition | None = None) -> Quantified:
        """Hold if ``condition`` holds of an element that fulfils ``where``; of no elements: NOT_APPLICABLE."""
        return Quantified(Quantifier.SOME, self, as_condition(condition), _optional(where))


# --- quantities ------------------------------------------------------------------------------------------


@final
@frozen(order=False, repr=False, cache_hash=True)
class Literal(_Operand, _Leaf):
    """An amount that the rule names."""

    amount: Amount

    def __repr__(self) -> str:
        return repr(str(self.amount))


@final
@frozen(order=False, repr=False, cache_hash=True)
class DayLiteral(_Shown, _Operand, _Leaf):
    """A calendar day that the rule names."""

    day: datetime.date


@final
@frozen(order=False, repr=False, cache_hash=True)
class Sum(_Shown, _Operand):
    """The sum of its terms."""

    terms: tuple[Quantity, ...]
    depth: int = _derived()
    size: int = _derived()

    def __attrs_post_init__(self) -> None:
        _some(self.terms, "Sum.terms")
        _weigh(self, self.terms)


@final
@frozen(order=False, repr=False, cache_hash=True)
class Negative(_Shown, _Operand):
    """Its operand with the sign changed."""

    operand: Quantity
    depth: int = _derived()
    size: int = _derived()

    def __attrs_post_init__(self) -> None:
        _weigh(self, (self.operand,))


@final
@frozen(order=False, repr=False, cache_hash=True)
class Product(_Shown, _Operand):
    """The product of its factors."""

    factors: tuple[Quantity, ...]
    depth: int = _derived()
    size: int = _derived()

    def __attrs_post_init__(self) -> None:
        _some(self.factors, "Product.factors")
        _weigh(self, self.factors)


@final
@frozen(order=False, repr=False, cache_hash=True)
class Quotient(_Shown, _Operand):
    """The dividend over the divisor; NOT_APPLICABLE where the divisor is zero."""

    dividend: Quantity
    divisor: Quantity
    depth: int = _derived()
    size: int = _derived()

    def __attrs_post_init__(self) -> None:
        _weigh(self, (self.dividend, self.divisor))


@final
@frozen(order=False, repr=False, cache_hash=True)
class Rounded(_Shown, _Operand):
    """Its operand rounded to multiples of the quantum, by a named mode."""

    operand: Quantity
    quantum: Amount
    mode: Rounding
    depth: int = _derived()
    size: int = _derived()

    def __attrs_post_init__(self) -> None:
        _weigh(self, (self.operand,))
        if self.quantum.root <= 0:
            raise RuleError.of("round", came=str(self.quantum), needed="a quantum above zero")


@final
@frozen(order=False, repr=False, cache_hash=True)
class MonthsServed(_Shown, _Operand):
    """How much of the calendar year judged lies from ``start`` to ``end``, both days included, in months."""

    start: Quantity
    end: Quantity | None
    policy: PartYear
    depth: int = _derived()
    size: int = _derived()

    def __attrs_post_init__(self) -> None:
        _weigh(self, (part for part in (self.start, self.end) if part is not None))


@final
@frozen(order=False, repr=False, cache_hash=True)
class ByKind(_Shown, _Operand):
    """One quantity for each kind; every declared kind has one."""

    category: Category
    cases: tuple[tuple[str, Quantity], ...]
    depth: int = _derived()
    size: int = _derived()

    def __attrs_post_init__(self) -> None:
        _weigh(self, (case for _, case in self.cases))
        named_kinds = [kind for kind, _ in self.cases]
        _check_kinds(self.category, named_kinds)
        absent = [kind for kind in self.category.fact.kinds if kind not in named_kinds]
        if absent:
            raise RuleError.of(
                repr(self.category),
                came=f"cases for {', '.join(named_kinds)}",
                needed=f"a case for every declared kind; {', '.join(absent)} has none "
                "(where the rule does not bind a kind, say so with when=)",
            )


@final
@frozen(order=False, repr=False, cache_hash=True)
class Aggregate(_Shown, _Operand):
    """A figure of a collection; ``where`` picks elements, ``among`` (of a share only) is the denominator."""

    kind: AggregateKind
    collection: Many
    of: Quantity | None = None
    where: Condition | None = None
    among: Condition | None = None
    depth: int = _derived()
    size: int = _derived()

    def __attrs_post_init__(self) -> None:
        _bound(self.collection.owner, self.collection.fact.name)
        share = self.kind is AggregateKind.SHARE
        wants_of = self.kind not in (AggregateKind.COUNT, AggregateKind.SHARE)
        if (
            (self.of is not None) is not wants_of
            or (share and self.where is None)
            or (self.among is not None and not share)
        ):
            given = [name for name in ("of", "where", "among") if getattr(self, name) is not None]
            raise RuleError.of(
                f"{self.collection!r}.{self.kind.value}",
                came=f"the parts {', '.join(given)}" if given else "no parts",
                needed="where, and among if there is one" if share else "of" if wants_of else "only where, if anything",
            )
        _weigh(self, (part for part in (self.of, self.where, self.among) if part is not None))


# --- conditions ------------------------------------------------------------------------------------------


@final
@frozen(order=False, repr=False, cache_hash=True)
class Compare(_Shown, _Testable):
    """Two quantities compared."""

    left: Quantity
    operator: Operator
    right: Quantity
    depth: int = _derived()
    size: int = _derived()
    scalars: tuple[Measure | Day | Flag | Category, ...] | None = field(init=False, eq=False, repr=False, default=None)
    """The scalar facts that it names, once ``evaluation`` has looked: asked for at every judging."""

    def __attrs_post_init__(self) -> None:
        _weigh(self, (self.left, self.right))


@final
@frozen(order=False, repr=False, cache_hash=True)
class IsKind(_Shown, _Testable, _Leaf):
    """Whether a kind is one of those named."""

    category: Category
    kinds: tuple[str, ...]

    def __attrs_post_init__(self) -> None:
        _bound(self.category.owner, self.category.fact.name)
        _check_kinds(self.category, self.kinds)


@final
@frozen(order=False, repr=False, cache_hash=True)
class All(_Shown, _Testable):
    """Every part holds."""

    parts: tuple[Condition, ...]
    depth: int = _derived()
    size: int = _derived()

    def __attrs_post_init__(self) -> None:
        _some(self.parts, type(self).__name__)
        _weigh(self, self.parts)


@final
@frozen(order=False, repr=False, cache_hash=True)
class Any(_Shown, _Testable):
    """At least one part holds."""

    parts: tuple[Condition, ...]
    depth: int = _derived()
    size: int = _derived()

    def __attrs_post_init__(self) -> None:
        _some(self.parts, type(self).__name__)
        _weigh(self, self.parts)


@final
@frozen(order=False, repr=False, cache_hash=True)
class Not(_Shown, _Testable):
    """The part does not hold."""

    part: Condition
    depth: int = _derived()
    size: int = _derived()

    def __attrs_post_init__(self) -> None:
        _weigh(self, (self.part,))


@final
@frozen(order=False, repr=False, cache_hash=True)
class When(_Shown, _Testable):
    """The part, where the guard holds; NOT_APPLICABLE elsewhere."""

    part: Condition
    guard: Condition
    depth: int = _derived()
    size: int = _derived()

    def __attrs_post_init__(self) -> None:
        _weigh(self, (self.part, self.guard))


@final
@frozen(order=False, repr=False, cache_hash=True)
class Quantified(_Shown, _Testable):
    """A condition on every or on some element of a collection."""

    quantifier: Quantifier
    collection: Many
    condition: Condition
    where: Condition | None = None
    depth: int = _derived()
    size: int = _derived()

    def __attrs_post_init__(self) -> None:
        _bound(self.collection.owner, self.collection.fact.name)
        _weigh(self, (part for part in (self.condition, self.where) if part is not None))


@final
@frozen(order=False, repr=False, cache_hash=True)
class Named(_Shown, _Testable):
    """A part that has a name of its own, so that a finding can point at it."""

    name: str
    label: Label
    part: Condition
    depth: int = _derived()
    size: int = _derived()

    def __attrs_post_init__(self) -> None:
        _weigh(self, (self.part,))


Quantity: TypeAlias = (
    Measure
    | Day
    | Literal
    | DayLiteral
    | Sum
    | Negative
    | Product
    | Quotient
    | Rounded
    | MonthsServed
    | ByKind
    | Aggregate
)
Condition: TypeAlias = Compare | Flag | IsKind | All | Any | Not | When | Quantified | Named
QuantityLike: TypeAlias = "Quantity | Amount | str | datetime.date | _Operand"

_QUANTITIES = (
    Measure,
    Day,
    Literal,
    DayLiteral,
    Sum,
    Negative,
    Product,
    Quotient,
    Rounded,
    MonthsServed,
    ByKind,
    Aggregate,
)
_CONDITIONS = (Compare, Flag, IsKind, All, Any, Not, When, Quantified, Named)


# --- builders --------------------------------------------------------------------------------------------


def equal(left: QuantityLike, right: QuantityLike) -> Compare:
    """Require two quantities to be equal; ``==`` on nodes asks whether they are the same node."""
    return Compare(_quantity(left), Operator.EQUAL, _quantity(right))


def total(terms: Iterable[QuantityLike]) -> Sum:
    """Add up any number of quantities as one node."""
    if not isinstance(terms, Iterable):
        raise RuleError.of("total", came=excerpt(terms), needed="a list of quantities")
    listed = tuple(_quantity(term) for term in terms)
    if not listed:
        raise RuleError.of("total", came="no terms", needed="at least one quantity, for the unit of the sum")
    return Sum(listed)


def by(category: Category, cases: Mapping[str, QuantityLike]) -> ByKind:
    """Take one quantity for each kind; every kind that the category declares must be named."""
    if not isinstance(category, Category) or not isinstance(cases, Mapping):
        raise RuleError.of(
            "by", came=f"{excerpt(category)}, {excerpt(cases)}", needed="a category and a case for each kind"
        )
    return ByKind(category, tuple((kind, _quantity(case)) for kind, case in cases.items()))


def months_served(start: QuantityLike, end: QuantityLike | None = None, *, policy: PartYear | str) -> MonthsServed:
    """Take how many months of the year judged lie from ``start`` to ``end``, by a policy that the standard names.

    Both days are included; without ``end`` service lasts to the end of the year. The year is the calendar year of
    the day judged ``on``. Multiply a rate by it: ``"200 元/月" * months_served(…)`` is money of that year.
    """
    return MonthsServed(
        _quantity(start), None if end is None else _quantity(end), one_of(PartYear, policy, "months_served.policy")
    )


def all_of(*parts: object) -> All:
    """Require every part."""
    return All(_parts(parts, All))


def any_of(*parts: object) -> Any:
    """Require at least one part."""
    return Any(_parts(parts, Any))


def named(name: str, part: Condition, *, zh: str | None = None, en: str | None = None) -> Named:
    """Give a part of a condition its own name in findings."""
    if not isinstance(name, str) or not name:
        raise RuleError.of("named", came=excerpt(name), needed="a name")
    return Named(name, Label(zh or name, en or name.replace("_", " ")), as_condition(part))


def bind(node: AnyType, owner: SubjectSchema, name: str) -> AnyType:
    """Return a declared fact node that belongs to ``owner`` under ``name``; for ``@subject`` alone."""
    return evolve(node, owner=owner, fact=owner.fact(name))


def _parts(parts: tuple[object, ...], kind: type[All | Any]) -> tuple[Condition, ...]:
    flat: list[Condition] = []
    for part in parts:
        if isinstance(part, kind):
            flat.extend(part.parts)
        else:
            flat.append(as_condition(part))
    return tuple(flat)


def _terms(value: object) -> tuple[Quantity, ...]:
    return value.terms if isinstance(value, Sum) else (_quantity(value),)


def _factors(value: object) -> tuple[Quantity, ...]:
    return value.factors if isinstance(value, Product) else (_quantity(value),)


def _quantity(value: object) -> Quantity:
    if isinstance(value, _QUANTITIES):
        if isinstance(value, Measure | Day):
            _bound(value.owner, value.fact.name)
        return value
    if isinstance(value, Amount):
        return Literal(value)
    if isinstance(value, str):
        return Literal(Amount.parse(value))
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return DayLiteral(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise RuleError.of(
            "expression",
            came=f"the bare number {excerpt(value)}",
            needed="an amount with its unit, such as '3000 元/年', '65 %' or '3 人'",
        )
    if isinstance(value, Category | Flag | Text | Many):
        raise RuleError.of(
            "expression",
            came=f"{value!r}, which is not a quantity",
            needed="a measure or a day; ask a category with is_in(), a collection with count(), sum(), share()",
        )
    raise RuleError.of("expression", came=excerpt(value), needed="a quantity: a fact, an amount or text such as '5 天'")


def as_condition(value: object) -> Condition:
    """Return a condition, a rule included; refuse Python's own true and false by name."""
    if isinstance(value, _CONDITIONS):
        if isinstance(value, Flag):
            _bound(value.owner, value.fact.name)
        return value
    if isinstance(value, bool):
        raise RuleError.of(
            "condition",
            came=f"the Python value {value}",
            needed="a condition; == compares nodes by structure, so write equal(left, right), "
            "and category.is_in('kind') for a kind",
        )
    convert = getattr(value, "as_condition", None)
    if callable(convert):
        return as_condition(convert())
    raise RuleError.of(
        "condition", came=excerpt(value), needed="a condition: a comparison, a flag, is_in(), or all_of/any_of of them"
    )


def _optional(value: Condition | None) -> Condition | None:
    return None if value is None else as_condition(value)


def _check_kinds(category: Category, kinds: Iterable[str]) -> None:
    kinds = tuple(kinds)
    known = category.fact.kinds
    for kind in kinds:
        if kind not in known:
            raise RuleError.of(
                repr(category),
                came=excerpt(kind),
                needed=f"one of {', '.join(known)}",
                nearest=nearest(str(kind), known),
            )
    if not kinds:
        raise RuleError.of(repr(category), came="no kind", needed=f"at least one of {', '.join(known)}")
    if len(set(kinds)) != len(kinds):
        raise RuleError.of(repr(category), came=f"a kind named twice in {', '.join(kinds)}", needed="each kind once")


# --- printed ---------------------------------------------------------------------------------------------

_MOST_PARTS = 8


def _written(node: AnyType) -> str:
    """Return a node as it is written in Python; of a long sum or list the first parts."""
    match node:
        case DayLiteral(day=day):
            return repr(day.isoformat())
        case Sum(terms=terms):
            return _joined(" + ", terms).replace("+ -", "- ")
        case Negative(operand=operand):
            return f"-{_bracketed(operand)}"
        case Product(factors=factors):
            return _joined(" * ", factors)
        case Quotient(dividend=dividend, divisor=divisor):
            return f"{_bracketed(dividend)} / {_bracketed(divisor)}"
        case Rounded(operand=operand, quantum=quantum, mode=mode):
            return f"{_bracketed(operand)}.round({str(quantum)!r}, {mode.value!r})"
        case MonthsServed(start=start, end=end, policy=policy):
            days = repr(start) if end is None else f"{start!r}, {end!r}"
            return f"months_served({days}, policy={policy.value!r})"
        case ByKind(category=category, cases=cases):
            listed = ", ".join(f"{kind!r}: {case!r}" for kind, case in cases[:_MOST_PARTS])
            return f"by({category!r}, {{{listed}}})"
        case Aggregate(kind=kind, collection=collection, of=of, where=where, among=among):
            named_parts = {"where": where, "among": among}
            if kind is AggregateKind.SHARE:
                of, named_parts["where"] = where, None  # type: ignore[assignment]
            given = [] if of is None else [repr(of)]
            given += [f"{name}={part!r}" for name, part in named_parts.items() if part is not None]
            return f"{collection!r}.{kind.value}({', '.join(given)})"
        case Compare(left=left, operator=Operator.EQUAL, right=right):
            return f"equal({left!r}, {right!r})"
        case Compare(left=left, operator=operator, right=right):
            return f"{left!r} {operator.value} {right!r}"
        case IsKind(category=category, kinds=kinds):
            return f"{category!r}.is_in({', '.join(map(repr, kinds))})"
        case All(parts=parts):
            return _joined(" & ", parts)
        case Any(parts=parts):
            return _joined(" | ", parts)
        case Not(part=part):
            return f"~{_bracketed(part)}"
        case When(part=part, guard=guard):
            return f"{_bracketed(part)}.when({guard!r})"
        case Quantified(quantifier=quantifier, collection=collection, condition=condition, where=where):
            picked = "" if where is None else f", where={where!r}"
            return f"{collection!r}.{quantifier.value}({condition!r}{picked})"
        case Named(name=name, part=part):
            return f"named({name!r}, {part!r})"
        case _:
            return object.__repr__(node)


def _joined(sign: str, parts: tuple[AnyType, ...]) -> str:
    shown = [_bracketed(part) for part in parts[:_MOST_PARTS]]
    more = len(parts) - _MOST_PARTS
    return sign.join([*shown, f"… {more} more"] if more > 0 else shown)


def _bracketed(node: AnyType) -> str:
    """Bracket what binds less than the sign beside it."""
    whole = isinstance(node, _Leaf | Aggregate | ByKind | MonthsServed | Rounded | Quantified | Named | Negative | Not)
    return repr(node) if whole else f"({node!r})"
