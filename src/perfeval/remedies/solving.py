"""Where a comparison that is straight in its facts turns: for one fact alone, and for several that fill a gap.

Imports ``knobs``, ``lines``, ``subjects``, ``verdicts`` and ``expressions``, for the comparison operators.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from perfeval.expressions import Operator
from perfeval.remedies.knobs import Knob, Plan
from perfeval.remedies.lines import Line
from perfeval.subjects import Number
from perfeval.verdicts import Verdict

__all__ = ["UPWARDS", "filled", "solved"]

_STRICT = (Operator.ABOVE, Operator.BELOW)

UPWARDS = (Operator.AT_LEAST, Operator.ABOVE)
"""The operators whose left side may be too small but not too great."""


def solved(knob: Knob, line: Line, operator: Operator, want: Verdict) -> Fraction | None:
    """Return the value nearest to the present one at which ``line <operator> 0`` is met (or is not)."""
    constant, slope = line
    if slope == 0:
        return None
    root = Fraction(-constant) / slope
    step, fine, low, high = knob.grid
    if operator is Operator.EQUAL:
        if want is Verdict.MET:
            on_grid = step is None or (root / step).denominator == 1
            return root if on_grid and knob.allows(root) else None
        beside = (_beside(knob, upwards=True), _beside(knob, upwards=False))
        return min((v for v in beside if knob.allows(v)), key=lambda v: abs(v - knob.present), default=None)
    wanted = operator if want is Verdict.MET else operator.opposite
    upwards = (wanted in UPWARDS) is (slope > 0)
    value = root
    if step is not None:
        value = (math.ceil(root / step) if upwards else math.floor(root / step)) * step
    if value == root and wanted in _STRICT:
        value += fine if upwards else -fine
    if upwards and low is not None:
        value = max(value, low)
    if not upwards and high is not None:
        value = min(value, high)
    return value if knob.allows(value) else None


def _beside(knob: Knob, *, upwards: bool) -> Fraction:
    """Return the value next to the present one on the grid."""
    step, fine, _, _ = knob.grid
    if step is None:
        return knob.present + (fine if upwards else -fine)
    place = knob.present / step
    return ((math.floor(place) + 1) if upwards else (math.ceil(place) - 1)) * step


def filled(lines: Sequence[tuple[Knob, Line]], operator: Operator, want: Verdict) -> Plan | None:
    """Return facts that reach a threshold together, each but the last as far as it goes: the greatest gain first."""
    first, (constant, slope) = lines[0]
    gap: Number = constant + slope * first.present
    wanted = operator if want is Verdict.MET or operator is Operator.EQUAL else operator.opposite
    upwards = gap < 0 if operator is Operator.EQUAL else wanted in UPWARDS
    gains: list[tuple[Number, Knob, Number, Fraction]] = []
    for knob, (_, slope) in lines:
        end = knob.grid.high if (slope > 0) is upwards else knob.grid.low
        if end is not None and slope * (end - knob.present) * (1 if upwards else -1) > 0:
            gains.append((abs(slope * (end - knob.present)), knob, slope, end))
    gains.sort(key=lambda gain: (-gain[0], gain[1].order))
    plan: dict[Knob, Fraction] = {}
    for _, knob, slope, end in gains:
        value = solved(knob, (gap - slope * knob.present, slope), operator, want)
        if value is not None:
            return {**plan, knob: value}
        plan[knob] = end
        gap += slope * (end - knob.present)
    return None
