"""What an entitlement is made of: a line for each clause and subject, a total for each subject, the total of all.

Imports ``evaluation``, ``rules``, ``subjects`` and what stands above them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TypeAlias, final

from attrs import field, frozen

from perfeval.amounts import Amount, AmountRange
from perfeval.citations import Citation, InForce
from perfeval.evaluation import Missing
from perfeval.facts import Label
from perfeval.rules import Obligation
from perfeval.subjects import Number, Record
from perfeval.units import Unit

__all__ = ["Entitlement", "EntitlementLine", "OtherRule", "Required", "SubjectEntitlement", "required_between"]

Required: TypeAlias = Amount | AmountRange
"""What is required: exact, or a range where something is missing."""


@final
@frozen(kw_only=True)
class EntitlementLine:
    """What one clause requires for one subject, or for elements of it that need the same.

    ``places`` are what the money is for: the subject itself, or each element. ``required`` is for all of them,
    ``worked`` the sum behind it. ``contained_in`` names the rule on the same money that already requires as much;
    such a line adds nothing to the total. ``unmeetable`` says that no money can meet what is required, since it is that
    of a list on which there is nobody; it stays in the total.
    """

    index: int
    subject: Label
    places: tuple[str, ...]
    rule: str
    label: Label
    obligation: Obligation
    citation: Citation | None
    in_force: InForce
    required: Required
    worked: str
    missing: tuple[Missing, ...] = ()
    contained_in: str | None = None
    unmeetable: bool = False


@final
@frozen(kw_only=True)
class SubjectEntitlement:
    """What the standard requires for one subject of the census; ``index`` is its place there, from 0."""

    index: int
    subject: Label
    total: Required
    lines: tuple[EntitlementLine, ...]
    record: Record = field(repr=False)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What would have to be known for an exact total, each fact once."""
        if isinstance(self.total, Amount):
            return ()
        return tuple(dict.fromkeys(missing for line in self.lines for missing in line.missing))


@final
@frozen(kw_only=True)
class OtherRule:
    """A rule, or a part of one, that requires no sum of money on that day, and why."""

    rule: str
    label: Label
    why: Label


@final
@frozen(kw_only=True)
class Entitlement:
    """What a standard requires for a census on a day (按标准应安排经费).

    ``total`` is an exact amount, or a range that holds the true one under every completion of what is missing.
    """

    standard: str
    title: Label
    on: datetime.date
    unit: Unit
    citation: Citation | None
    by_subject: tuple[SubjectEntitlement, ...]
    other_rules: tuple[OtherRule, ...]

    @property
    def lines(self) -> tuple[EntitlementLine, ...]:
        """Every line, in the order of the census and then of the rules."""
        return tuple(line for one in self.by_subject for line in one.lines)

    @property
    def total(self) -> Required:
        """The sum over all subjects, in ``unit``."""
        return _added((one.total for one in self.by_subject), self.unit)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What would have to be known for an exact total, each fact once."""
        return tuple(dict.fromkeys(missing for one in self.by_subject for missing in one.missing))

    @property
    def total_by_rule(self) -> dict[str, Required]:
        """What each rule requires taken by itself, lines contained in another rule's included."""
        amounts: dict[str, list[Required]] = {}
        for line in self.lines:
            amounts.setdefault(line.rule, []).append(line.required)
        return {name: _added(listed, self.unit) for name, listed in amounts.items()}


def _added(amounts: Iterable[Required], unit: Unit) -> Required:
    low: Number = 0
    high: Number | None = 0
    for amount in amounts:
        least, most = (amount, amount) if isinstance(amount, Amount) else (amount.low, amount.high)
        low += 0 if least is None else least.root
        high = None if high is None or most is None else high + most.root
    return required_between(low, high, unit)


def required_between(low: Number, high: Number | None, unit: Unit) -> Required:
    """Return what lies between so many root units, shown in ``unit``: one amount where both are the same."""
    least = Amount.from_root(low, unit)
    if low == high:
        return least
    return AmountRange(least, None if high is None else Amount.from_root(high, unit))
