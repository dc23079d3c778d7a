"""What one mention of a quantity says: its comparator, its amounts and how they belong together, its place.

Imports only ``bounds``, ``rates``, ``periods``, ``amounts``, ``citations`` and ``facts``.
"""

from __future__ import annotations

import enum
from typing import final

from attrs import evolve, frozen

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.documents.bounds import Comparator
from perfeval.documents.periods import StatedPeriod
from perfeval.documents.rates import Per
from perfeval.facts import Given, Label, Stage

__all__ = ["SOURCE", "Quantity", "Relation"]

SOURCE = "项目文本"


@final
class Relation(enum.Enum):
    """How the amounts of one mention belong together.

    ``RESTATED`` says one thing twice (5天（40学时）), ``OR`` leaves a choice, ``PARTS`` add up,
    ``RANGE`` are two ends, ``FACTORS`` are multiplied, a ``LIST`` shares its unit (10、20、30人).
    """

    SINGLE = "single"
    RESTATED = "restated"
    OR = "or"
    PARTS = "parts"
    RANGE = "range"
    FACTORS = "factors"
    LIST = "list"


@final
@frozen(kw_only=True)
class Quantity:
    """One mention of a quantity.

    ``unit`` is as written, ``amounts`` and ``spans`` run in parallel; ``lead`` are the words of the clause
    before it. ``included`` says of each amount whether the text says 含 or 不含 of it (or a range leaves it out by
    超过 or 不足). ``softness`` is such as 一般 or 原则上, ``change`` the word that makes it a change and no level, such
    as 增长. ``of`` is what it is said of, where the text names it: the 总学时 of 总学时的1/7. ``reached`` tells a bound
    that rests on 达到, 提高到, 控制在 and the like alone. ``dates`` is set instead of amounts for a stretch of time.
    ``placeholder`` tells what was to be filled in and was not. ``problem`` says why it could not be read (it then has
    no amounts), or what is odd about it.
    """

    comparator: Comparator
    amounts: tuple[Amount, ...]
    spans: tuple[Span, ...]
    relation: Relation
    unit: str | None
    per: tuple[Per, ...]
    included: tuple[bool | None, ...]
    softness: str | None
    comparator_inherited: bool
    lead: Span
    span: Span
    problem: Label | None = None
    reached: bool = False
    placeholder: bool = False
    change: str | None = None
    of: Span | None = None
    dates: StatedPeriod | None = None

    @property
    def inclusive(self) -> bool | None:
        """Whether the text says 含 or 不含; None where it says neither."""
        return next((included for included in self.included if included is not None), None)

    @property
    def period(self) -> Per | None:
        """The length of time that it is counted per, if any."""
        return next((per for per in self.per if per.period), None)

    @property
    def first(self) -> Amount | None:
        """The first amount, if any could be read."""
        return self.amounts[0] if self.amounts else None

    def given(self, at: int = 0, stage: Stage = Stage.PLANNED) -> Given:
        """Return one of the amounts as a fact with its place."""
        return Given(value=self.amounts[at], stage=stage, source=SOURCE, span=self.spans[at])

    def reported(self) -> Quantity:
        """Return the mention as a report means it: 达到95% then states a fact, and bounds nothing."""
        return evolve(self, comparator=Comparator.UNSTATED, reached=False) if self.reached else self
