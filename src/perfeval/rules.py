"""What a rule is: a condition with its name, citation, obligation, severity, dates and stage; and a waiver of one.

A rule is data. It has exactly one subject, its units are checked when it is built, and it composes with
``&``, ``|`` and ``~`` into conditions whose parts keep their names. Imports the passes that check it.
"""

from __future__ import annotations

import datetime
import enum
import re
from collections.abc import Iterator
from typing import Any as AnyType
from typing import Never, TypeAlias, TypeGuard, final

from attrs import evolve, field, fields, frozen

from perfeval.amounts import Amount, as_amount
from perfeval.citations import Citation, InForce
from perfeval.dimensions import check_units
from perfeval.errors import Problem, RuleError, excerpt
from perfeval.expressions import (
    All,
    Any,
    Condition,
    Literal,
    Named,
    Not,
    Quantity,
    When,
    all_of,
    any_of,
    as_condition,
)
from perfeval.facts import Label, Stage, SubjectSchema, one_of
from perfeval.scoping import check_names, children, subject_of

__all__ = ["Obligation", "Rule", "Severity", "Waiver", "Yearly", "check_day", "is_day", "is_due_later"]

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


@final
class Severity(enum.Enum):
    """How much an unmet rule weighs: kept apart from the verdict."""

    ERROR = "error"
    DOUBT = "doubt"
    NOTE = "note"


@final
class Obligation(enum.Enum):
    """How strongly a clause binds, in its own words; it does not change the verdict."""

    MUST = "must"
    """应."""
    IN_PRINCIPLE = "in_principle"
    """原则上."""
    SHOULD = "should"
    """宜."""


_SEVERITY_OF = {
    Obligation.MUST: Severity.ERROR,
    Obligation.IN_PRINCIPLE: Severity.DOUBT,
    Obligation.SHOULD: Severity.NOTE,
}


def _guard(guard: object) -> Condition | None:
    return None if guard is None else as_condition(guard)


def _label(label: Label | str | None) -> Label | None:
    if isinstance(label, str):
        return Label(label, label)
    if label is None or isinstance(label, Label):
        return label
    raise RuleError.of("label", came=excerpt(label), needed="a Label in both languages, or text")


def _obligation(obligation: Obligation | str) -> Obligation:
    return one_of(Obligation, obligation, "obligation")


def _severity(severity: Severity | str) -> Severity:
    return one_of(Severity, severity, "severity")


def _stage(stage: Stage | str | None) -> Stage | None:
    return None if stage is None else one_of(Stage, stage, "stage")


@final
@frozen
class Yearly:
    """A day of every year, such as the last: what is owed each year falls due on it in the year judged.

    >>> Yearly(12, 31).in_year(2026)
    datetime.date(2026, 12, 31)
    """

    month: int
    day: int

    def __attrs_post_init__(self) -> None:
        try:
            # In a year without a 29th of February nothing could fall due on it.
            self.in_year(2023)
        except (TypeError, ValueError):
            came = f"month {excerpt(self.month)} and day {excerpt(self.day)}"
            raise RuleError.of("yearly", came=came, needed="a day that every year has, such as 12 and 31") from None

    def __str__(self) -> str:
        return f"{self.month:02}-{self.day:02}"

    def in_year(self, year: int) -> datetime.date:
        """Return the day in one year."""
        return datetime.date(year, self.month, self.day)


Due: TypeAlias = datetime.date | Yearly | None


def is_due_later(one: Due, other: Due) -> bool:
    """Say whether one may fall due on a day on which the other is due already; what has no day is due at once."""
    if one is None or one == other:
        return False
    if isinstance(one, Yearly) and isinstance(other, Yearly):
        return (one.month, one.day) > (other.month, other.day)
    if isinstance(one, Yearly) or isinstance(other, Yearly) or other is None:
        return True
    return one > other


@final
@frozen(kw_only=True)
class Waiver:
    """That an authority let a subject off a rule: who, when, until when, and why.

    ``granted`` and ``until`` are both inclusive. Raises ``RuleError`` with every problem.
    """

    rule: str
    authority: str
    granted: datetime.date
    until: datetime.date | None = None
    number: str | None = None
    reason: Label | None = field(default=None, converter=_label)

    def __attrs_post_init__(self) -> None:
        problems = [
            Problem(f"waiver {what}", came=excerpt(value), needed=needed)
            for what, value, needed, right in (
                ("rule", self.rule, "the name of a rule", _is_text(self.rule)),
                ("number", self.number, "text, or None", self.number is None or _is_text(self.number)),
                ("authority", self.authority, "who granted it", _is_text(self.authority)),
                ("granted", self.granted, "a datetime.date", is_day(self.granted)),
                ("until", self.until, "a datetime.date, or None", self.until is None or is_day(self.until)),
            )
            if not right
        ]
        if not problems and self.until is not None and self.until < self.granted:
            came = f"granted {self.granted} and until {self.until}"
            problems.append(Problem("waiver", came=came, needed="a last day that is not before the first"))
        if problems:
            raise RuleError(*problems)

    def covers(self, on: datetime.date) -> bool:
        """Say whether the waiver holds on that day."""
        return self.granted <= on and (self.until is None or on <= self.until)


def check_day(on: object) -> datetime.date:
    """Return a day to judge on; a date-time or text is refused."""
    if not is_day(on):
        raise RuleError.of("on", came=excerpt(on), needed="a datetime.date, such as date(2026, 6, 30)")
    return on


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def is_day(value: object) -> TypeGuard[datetime.date]:
    """Say whether something is a calendar day; a date-time is none."""
    return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)


def _literals(node: Quantity | Condition) -> Iterator[Literal]:
    if isinstance(node, Literal):
        yield node
    for child in children(node):
        yield from _literals(child)


def _replaced(node: AnyType, old: Literal, new: Literal) -> AnyType:
    """Return a node with one literal below it exchanged; nodes that do not hold it stay as they are."""
    if node is old:
        return new
    if isinstance(node, tuple):
        return tuple(_replaced(part, old, new) for part in node)
    if not isinstance(node, Quantity | Condition):
        return node
    held = {one.name: getattr(node, one.name) for one in fields(type(node)) if one.init}
    changed = {name: _replaced(part, old, new) for name, part in held.items()}
    return evolve(node, **changed) if any(changed[name] is not held[name] for name in held) else node


@final
@frozen
class Rule:
    """A condition that a published clause sets on one subject.

    ``when`` says where the clause binds; elsewhere the rule is NOT_APPLICABLE. ``obligation`` is 应, 原则上 or 宜;
    the severity follows from it unless it is named. ``stage`` is the least stage at which facts count (None: any),
    ``due`` the day before which a shortfall is not yet one, or with ``Yearly`` the day in the year judged.
    ``remedy`` says in both languages what would mend it. Raises ``RuleError`` and ``UnitMismatch`` when it is built.
    """

    name: str
    condition: Condition = field(converter=as_condition)
    when: Condition | None = field(default=None, kw_only=True, converter=_guard)
    label: Label | None = field(default=None, kw_only=True, converter=_label)
    citation: Citation | None = field(default=None, kw_only=True)
    obligation: Obligation = field(default=Obligation.MUST, kw_only=True, converter=_obligation)
    severity: Severity = field(kw_only=True, converter=_severity)
    stage: Stage | None = field(default=None, kw_only=True, converter=_stage)
    due: Due = field(default=None, kw_only=True)
    in_force: InForce | None = field(default=None, kw_only=True)
    remedy: Label | None = field(default=None, kw_only=True, converter=_label)
    subject: SubjectSchema = field(init=False, eq=False, repr=False)
    full_condition: Condition = field(init=False, eq=False, repr=False)
    """The condition together with where it binds."""

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.name, str) or not _NAME.fullmatch(self.name):
            raise RuleError.of(
                "rule name", came=excerpt(self.name), needed="lower-case letters, digits and _, from a letter"
            )
        for what, value, kind in (
            ("citation", self.citation, Citation),
            ("in_force", self.in_force, InForce),
            ("due", None if isinstance(self.due, Yearly) else self.due, datetime.date),
        ):
            if value is not None and (not isinstance(value, kind) or isinstance(value, datetime.datetime)):
                raise RuleError.of(f"{self.name} {what}", came=excerpt(value), needed=f"a {kind.__name__}, or None")
        full = self.condition if self.when is None else When(self.condition, self.when)
        object.__setattr__(self, "full_condition", full)
        check_names(full, where=self.name)
        object.__setattr__(self, "subject", subject_of(full, where=self.name))
        check_units(full)

    @severity.default
    def _follows(self) -> Severity:
        return _SEVERITY_OF[self.obligation]

    def requiring(
        self,
        figure: Amount | str,
        *,
        citation: Citation,
        in_force: InForce | None = None,
        remedy: Label | str | None = None,
    ) -> Rule:
        """Return the rule with another figure, by another clause: a floor raised, a ceiling lowered.

        The figure takes the place of the one amount of its dimension that the condition names. The words of the old
        ``remedy`` may name the old figure, so they are left behind. Raises ``RuleError`` where no amount or several
        could be meant: then write the rule anew.

        >>> from perfeval.citations import Evidence
        >>> from perfeval.subjects import measure, subject
        >>> @subject
        ... class Branch:
        ...     funding = measure("元/年")
        >>> county = Citation(title="某县办法", evidence=Evidence.PRIMARY)
        >>> Rule("floor", Branch.funding >= "3000 元/年").requiring("4000 元/年", citation=county).condition.right
        '4,000 元/年'
        """
        amount = as_amount(figure)
        found = [literal for literal in _literals(self.condition) if literal.amount.dimension == amount.dimension]
        if len(found) != 1:
            named = ", ".join(dict.fromkeys(str(literal.amount) for literal in found)) or "none"
            raise RuleError.of(
                f"{self.name}.requiring",
                came=f"{amount} for one of the figures {named}"[:200],
                needed="a rule that names one figure of that dimension; write the rule anew",
            )
        condition = _replaced(self.condition, found[0], Literal(amount))
        return evolve(self, condition=condition, citation=citation, in_force=in_force, remedy=remedy)

    def due_on(self, on: datetime.date) -> datetime.date | None:
        """Return the day on which the rule falls due, as seen from the day judged on."""
        return self.due.in_year(on.year) if isinstance(self.due, Yearly) else self.due

    @property
    def title(self) -> Label:
        """The label, or the name where none was given."""
        return self.label or Label(self.name, self.name.replace("_", " "))

    def as_condition(self) -> Named:
        """Return the rule as a named part for a larger condition."""
        return Named(self.name, self.title, self.full_condition)

    def __and__(self, other: object) -> All:
        return all_of(self, other)

    def __or__(self, other: object) -> Any:
        return any_of(self, other)

    def __invert__(self) -> Not:
        return Not(self.as_condition())

    def __bool__(self) -> Never:
        raise RuleError.of(
            self.name,
            came="a rule where Python wants true or false",
            needed="its verdict: judge it, and compare finding.verdict with Verdict.MET",
        )
