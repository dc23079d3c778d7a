"""How the parts of one record are read: texts, days, amounts with their units; every problem is kept.

Imports ``facts`` and above.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import islice
from typing import Final, TypeAlias, TypeVar, final

from attrs import evolve, field, frozen

from perfeval.amounts import Amount, AmountRange
from perfeval.errors import FactsError, PerfevalError, Problem, RuleError, UnitError, excerpt
from perfeval.facts import Label, Stage, day_of, one_of
from perfeval.units import Unit, as_unit

__all__ = ["DAYS", "HOURS", "HOURS_LABEL", "Number", "Reading", "as_rows", "plain", "unit_of"]

Number: TypeAlias = int | Fraction
_T = TypeVar("_T")

_MOST_ROWS: Final = 1_000_000
_LONGEST: Final = 200
HOURS: Final = "学时"
DAYS: Final = "天"
_A_DAY: Final = "a day such as 2026-06-30"
_ZERO_OR_MORE: Final = "zero or more"
HOURS_LABEL: Final = Label("学时", "class-hours")


def as_rows(where: str, rows: Iterable[_T]) -> tuple[_T, ...]:
    """Return the records of a list; raises ``FactsError`` for what is no list, and for more than a million."""
    if isinstance(rows, str | bytes | Mapping) or not isinstance(rows, Iterable):
        raise FactsError.of(where, came=excerpt(rows), needed="a list of records")
    found = tuple(islice(rows, _MOST_ROWS + 1))
    if len(found) > _MOST_ROWS:
        raise FactsError.of(where, came=f"more than {_MOST_ROWS} records", needed=f"at most {_MOST_ROWS}")
    return found


def plain(number: Fraction) -> Number:
    """Return a whole number as an int, which adds up faster."""
    return number.numerator if number.denominator == 1 else number


def unit_of(group: str) -> Unit:
    """Return the unit in which a group is counted: 人[党员]; plain 人 where its name cannot be a qualifier."""
    try:
        return Unit.parse(f"人[{group}]")
    except UnitError:
        return Unit.parse("人")


# A column repeats the same few texts, so that what they were read as is kept.


@functools.lru_cache(maxsize=4096)
def _parsed(text: str, unit: str) -> Amount | tuple[Problem, ...]:
    try:
        amount = Amount.parse(text)
    except PerfevalError as error:
        return error.problems
    return _fitting(amount, unit)


@functools.lru_cache(maxsize=4096)
def _parsed_day(text: str) -> datetime.date | None:
    return day_of(text)


def _fitting(amount: Amount, unit: str) -> Amount | tuple[Problem, ...]:
    """Return an amount of zero or more of the dimension of a unit, or say what is wrong with it."""
    if amount.dimension != as_unit(unit).dimension:
        return (Problem("", came=excerpt(str(amount)), needed=f"a unit that goes with {unit}"),)
    if amount.root < 0:
        return (Problem("", came=excerpt(str(amount)), needed=_ZERO_OR_MORE),)
    return amount


def _read(value: object, unit: str) -> Amount | tuple[Problem, ...]:
    if isinstance(value, str) and len(value) <= _LONGEST:
        return _parsed(value, unit)
    if isinstance(value, Amount):
        return _fitting(value, unit)
    needed = f"an amount with its unit, such as '8 {unit}', never a bare number"
    return (Problem("", came=excerpt(value), needed=needed),)


@final
@frozen
class Reading:
    """Reads the parts of one record, and keeps every problem, so that all of them are reported together.

    What is wrong is read as None, or as the least of its kind; :meth:`finish` raises what was found.
    """

    problems: list[Problem] = field(factory=list)

    def problem(self, where: str, came: object, needed: str) -> None:
        """Note what is wrong."""
        self.problems.append(Problem(where, came=excerpt(came), needed=needed))

    def finish(self) -> None:
        """Raise ``FactsError`` with every problem, if there is one."""
        if self.problems:
            raise FactsError(*self.problems)

    def text(self, where: str, value: object) -> str:
        """Return a printable text."""
        if isinstance(value, str) and 0 < len(value) <= _LONGEST and value.isprintable() and not value.isspace():
            return value
        self.problem(where, value, f"printable text of 1 to {_LONGEST} characters")
        return ""

    def words(self, where: str, value: object) -> str | None:
        """Return a printable text, or None where there is none."""
        return None if value is None else self.text(where, value)

    def day(self, where: str, value: object) -> datetime.date | None:
        """Return a day, given as such or as text, or None where it is not known."""
        if value is None:
            return None
        day = _parsed_day(value) if isinstance(value, str) else value
        if isinstance(day, datetime.date) and not isinstance(day, datetime.datetime):
            return day
        self.problem(where, value, f"{_A_DAY}, or None where it is not known")
        return None

    def needed_day(self, where: str, value: object) -> datetime.date:
        """Return a day that must be known."""
        reading = Reading()
        day = reading.day(where, value)
        if day is None:
            self.problem(where, value, _A_DAY)
        return day or datetime.date.min

    def order(self, first: datetime.date | None, last: datetime.date | None, where: str) -> None:
        """Note where a last day is before the first."""
        if first is not None and last is not None and last < first:
            needed = "a first day that is not after the last day"
            self.problems.append(Problem(where, came=f"{first} to {last}", needed=needed))

    def kind(self, where: str, value: object, kind: type[_T]) -> _T | None:
        """Return an object of a class, or None where there is none."""
        if value is None or isinstance(value, kind):
            return value
        self.problem(where, value, f"{kind.__name__} or None")
        return None

    def stage(self, value: object) -> Stage:
        """Return how far along it is."""
        if isinstance(value, Stage):
            return value
        try:
            return one_of(Stage, value, "stage")
        except RuleError as error:
            self.problems.extend(error.problems)
            return Stage.PLANNED

    def amount(self, where: str, value: object, unit: str) -> Amount | None:
        """Return an amount of zero or more of the dimension of a unit, or None where it was not given."""
        if value is None:
            return None
        read = _read(value, unit)
        if isinstance(read, Amount):
            return read
        self.problems.extend(evolve(problem, where=where) for problem in read)
        return None

    def needed_amount(self, where: str, value: object, unit: str, needed: str, *, above_zero: bool = False) -> Amount:
        """Return an amount that must be known, and perhaps above zero."""
        amount = self.amount(where, value, unit)
        if value is None or (above_zero and amount is not None and amount.root == 0):
            self.problem(where, value, needed)
        return amount or Amount.of(0, unit)

    def hours(self, where: str, value: object) -> Amount | AmountRange | None:
        """Return class-hours, exact or a range, or None where they are not known."""
        if not isinstance(value, AmountRange):
            return self.amount(where, value, HOURS)
        ends = [self.amount(where, end, HOURS) for end in (value.low, value.high) if end is not None]
        return None if None in ends else value

    def people(self, where: str, value: object, group: str) -> Amount | None:
        """Return a whole number of persons, shown as so many of the group."""
        unit = unit_of(group)
        read = _read(value, "人")
        is_plain = isinstance(read, Amount) or any(problem.needed == _ZERO_OR_MORE for problem in read)
        amount = self.amount(where, value, "人" if is_plain else unit.text)
        if amount is not None and amount.root.denominator != 1:
            self.problem(where, str(amount), "a whole number of people")
            return None
        return None if amount is None else Amount.from_root(amount.root, unit)
