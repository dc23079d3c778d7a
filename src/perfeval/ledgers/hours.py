"""How many class-hours a record gives: between which bounds, and how many its days can hold.

Imports ``records`` and ``reading`` of this package, ``amounts`` and above.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Sequence
from typing import Final, NamedTuple, final

from attrs import frozen

from perfeval.amounts import Amount, AmountRange
from perfeval.ledgers.reading import DAYS, HOURS, Number, plain
from perfeval.ledgers.records import Attendance
from perfeval.units import Unit

__all__ = ["NOTHING", "Hours", "Reckoning", "interval", "is_within"]


class Hours(NamedTuple):
    """Class-hours between two bounds; ``high`` is None where nothing bounds them."""

    low: Number
    high: Number | None

    def __add__(self, other: object) -> Hours:
        """Add the bounds."""
        if not isinstance(other, Hours):
            return NotImplemented
        high = None if self.high is None or other.high is None else self.high + other.high
        return Hours(self.low + other.low, high)

    def may_reach(self, needed: Number) -> bool:
        """Say whether so many are possible."""
        return self.high is None or self.high >= needed

    @property
    def amount(self) -> Amount | AmountRange:
        """The hours as an amount, or as a range."""
        return _amount(self)


@functools.lru_cache(maxsize=4096)
def _amount(hours: Hours) -> Amount | AmountRange:
    return interval(hours.low, hours.high, HOURS)


NOTHING: Final = Hours(0, 0)


def interval(low: Number, high: Number | None, unit: Unit | str) -> Amount | AmountRange:
    """Return what lies between two numbers of root units; an amount where they are one."""
    least = Amount.from_root(low, unit)
    if high is None:
        return AmountRange(least, None)
    return least if low == high else AmountRange(least, Amount.from_root(high, unit))


def is_within(
    first: datetime.date | None,
    last: datetime.date | None,
    since: datetime.date | None,
    until: datetime.date | None,
) -> bool:
    """Say whether days certainly lie within a time: what is not known may lie outside where there is a limit."""
    begins = since is None or (first is not None and since <= first)
    return begins and (until is None or (last is not None and last <= until))


@final
@frozen
class Reckoning:
    """How days become class-hours: so many a day, or not at all."""

    per_day: Number | None

    def cap(self, first: datetime.date | None, last: datetime.date | None) -> Number | None:
        """Return how many class-hours these days hold; None where that is not known."""
        if self.per_day is None or first is None or last is None:
            return None
        return ((last - first).days + 1) * self.per_day

    def of_days(self, row: Attendance) -> Number | None:
        """Return the days of a record as class-hours; None where it gives none."""
        if row.days is None or self.per_day is None:
            return None
        return plain(row.days.number_in(DAYS) * self.per_day)

    def of_one(self, row: Attendance) -> Hours:
        """Return the hours of one record: both of two that disagree lie within the bounds."""
        hours, days = self._stated(row), self.of_days(row)
        if days is None:
            return hours or Hours(0, self.cap(row.day, row.last))
        if hours is None or (hours.low <= days and hours.may_reach(days)):
            return Hours(days, days)
        if hours.high is None:
            return Hours(days, None)
        return Hours(min(hours.low, days), max(hours.high, days))

    def _stated(self, row: Attendance) -> Hours | None:
        """Return what a record gives in class-hours; a range that is open above ends at what its days hold."""
        given = row.hours
        if given is None:
            return None
        if isinstance(given, Amount):
            number = plain(given.root)
            return Hours(number, number)
        low = 0 if given.low is None else plain(given.low.root)
        if given.high is not None:
            return Hours(low, plain(given.high.root))
        cap = self.cap(row.day, row.last)
        return Hours(low, None if cap is None else max(low, cap))

    def of_several(self, row: Attendance, parts: Sequence[Hours]) -> Hours:
        """Return the hours of records that may be one sitting or several: once at least, and no more than fit."""
        low = min(part.low for part in parts)
        highs = [part.high for part in parts if part.high is not None]
        if len(highs) < len(parts):
            return Hours(low, None)
        cap, several = self.cap(row.day, row.last), sum(highs)
        return Hours(low, max(*highs, several if cap is None else min(several, cap)))
