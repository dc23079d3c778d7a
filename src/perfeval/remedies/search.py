"""Which value of one fact, the nearest to the present one, makes something hold.

Knows of points where it may turn, or of none; asks by trying. Imports ``knobs``.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable
from fractions import Fraction

from perfeval.remedies.knobs import Knob

__all__ = ["nearest_that_holds"]

_MOST_VALUES_TRIED = 250
_FARTHEST = 64


def nearest_that_holds(
    knob: Knob, points: Iterable[Fraction], holds: Callable[[Fraction], bool], *, complete: bool
) -> Fraction | None:
    """Return the value nearest to the present one that holds.

    Where ``points`` are not all the places where it may turn, try all values if they are few; else go out in steps
    that double, and halve back.
    """
    few = None if complete else _every_value(knob)
    hit = next((value for value in few or _candidates(knob, points) if holds(value)), None)
    if complete or few is not None:
        return hit
    for sign in (1, -1) if hit is None else ():
        tries = (knob.present + sign * knob.grid.fine * 2**power for power in range(_FARTHEST))
        hit = next((value for value in map(knob.snapped, tries) if knob.allows(value) and holds(value)), None)
        if hit is not None:
            break
    return None if hit is None else _halved(knob, hit, holds)


def _candidates(knob: Knob, points: Iterable[Fraction]) -> list[Fraction]:
    """Return where a verdict that can change only at ``points`` may first have changed, the nearest first."""
    step, values = knob.grid.step, set[Fraction]()
    sorted_points = sorted({*points, knob.present})
    if step is not None:
        for point in sorted_points:
            base = math.floor(point / step)
            values.update((base + offset) * step for offset in (-1, 0, 1, 2))
    else:
        for point in sorted_points:
            values.update((point, point - knob.grid.fine, point + knob.grid.fine))
        values.update((a + b) / 2 for a, b in itertools.pairwise(sorted_points))
    values.update(end for end in (knob.grid.low, knob.grid.high) if end is not None)
    return _nearest_first(knob, values)


def _every_value(knob: Knob) -> list[Fraction] | None:
    """Return all values that a fact may take, the nearest first; None where they are many."""
    step, _, low, high = knob.grid
    if step is None or low is None or high is None or high - low > _MOST_VALUES_TRIED * step:
        return None
    return _nearest_first(knob, (place * step for place in range(math.floor(low / step), math.floor(high / step) + 1)))


def _nearest_first(knob: Knob, values: Iterable[Fraction]) -> list[Fraction]:
    allowed = (value for value in values if value != knob.present and knob.allows(value))
    return sorted(allowed, key=lambda value: (abs(value - knob.present), value < knob.present))


def _halved(knob: Knob, hit: Fraction, holds: Callable[[Fraction], bool]) -> Fraction:
    """Return a value between the present one and ``hit`` that holds where one step less does not."""
    miss = knob.present
    while abs(hit - miss) > knob.grid.fine:
        middle = knob.snapped((hit + miss) / 2)
        if middle in (hit, miss):
            break
        if knob.allows(middle) and holds(middle):
            hit = middle
        else:
            miss = middle
    return hit
