"""How far two figures that should be one may stand apart: layered, and each layer by its name.

A figure is compared in the tightest layer that it allows: in one unit exactly, across units to the digits that the
coarser figure prints, scores and ratios to what a table rounds them to. Imports only ``amounts``, ``facts`` and above.
"""

from __future__ import annotations

from fractions import Fraction
from typing import final

from attrs import frozen

from perfeval.amounts import Amount
from perfeval.errors import AmountError
from perfeval.facts import Label
from perfeval.units import Unit

__all__ = ["ALL", "DISPLAYED", "RATIO", "SAME_UNIT", "SCORE", "Tolerance"]


@final
@frozen(kw_only=True)
class Tolerance:
    """One layer: its name, and how far apart two figures may be in it.

    ``margin`` is None where the figures' own printed digits say it (the ``step`` of the coarser one). ``reached`` says
    whether a difference of the whole margin is still none.
    """

    name: str
    label: Label
    margin: Amount | None
    reached: bool

    def covers(self, difference: Amount | Fraction, step: Amount | None = None) -> bool:
        """Say whether a difference is none in this layer; ``step`` is one in the last digit of the coarser figure.

        Points are bare numbers.

        >>> SAME_UNIT.covers(Amount.parse("0.01 元")), SCORE.covers(Fraction(-1, 10))
        (False, True)
        >>> DISPLAYED.covers(Amount.parse("40 元"), step=Amount.parse("0.01 万元"))
        True
        """
        margin = step if self.margin is None else self.margin
        if isinstance(difference, Fraction):
            difference = Amount.from_root(difference, Unit.ratio())
        if margin is None or margin.dimension != difference.dimension:
            came = "no step" if margin is None else f"{difference} against {margin}"
            raise AmountError.of(self.name, came=came, needed="a difference and a margin of one dimension")
        off = abs(difference.root)
        return off <= margin.root if self.reached else off < margin.root


SAME_UNIT = Tolerance(
    name="same_unit",
    label=Label("同一单位：精确到分", "in one unit: exact to the fen"),
    margin=Amount.parse("0.01 元"),
    reached=False,
)
"""Money in one unit agrees to the fen: a fen apart is apart."""

DISPLAYED = Tolerance(
    name="displayed",
    label=Label("不同单位：以较粗一方显示的位数为限", "across units: to the digits that the coarser figure prints"),
    margin=None,
    reached=False,
)
"""Across units, less than one in the last printed digit of the coarser figure: it was rounded or cut there."""

SCORE = Tolerance(
    name="score",
    label=Label("得分：±0.1 分", "scores: ±0.1 points"),
    margin=Amount.from_root(Fraction(1, 10), Unit.ratio()),
    reached=True,
)
"""Points of a score: bare numbers."""

RATIO = Tolerance(
    name="ratio",
    label=Label("比率：±0.1 个百分点", "ratios: ±0.1 percentage points"),
    margin=Amount.parse("0.1%"),
    reached=True,
)
"""Rates, such as that of the budget's execution."""

ALL = (SAME_UNIT, DISPLAYED, SCORE, RATIO)
"""Every layer, the tightest first."""
