"""Which hours together do not fit into the days in which they are said to have been had.

Imports nothing of the library.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

__all__ = ["Stretch", "crowds"]


class Stretch(NamedTuple):
    """So many hours to be had between the beginnings of two days (the second one after the last)."""

    start: int
    end: int
    hours: int | Fraction
    number: int


def crowds(stretches: Sequence[Stretch], per_day: int | Fraction) -> Iterator[list[Stretch]]:
    """Yield stretches that together do not fit into their days: at most once for each run that overlaps."""
    run: list[Stretch] = []
    until = 0
    for stretch in sorted(stretches):
        if run and stretch.start >= until:
            yield from _crowd(run, per_day)
            run = []
        until = max(until, stretch.end) if run else stretch.end
        run.append(stretch)
    yield from _crowd(run, per_day)


def _crowd(run: Sequence[Stretch], per_day: int | Fraction) -> Iterator[list[Stretch]]:
    """Yield the stretches that crowd the days before the first one that is missed, if one is."""
    missed = _missed(run, per_day) if len(run) > 1 else None
    if missed is None:
        return
    crowd: list[Stretch] = []
    total: int | Fraction = 0
    inside = sorted((stretch for stretch in run if stretch.end <= missed), key=lambda each: (-each.start, each.end))
    for position, stretch in enumerate(inside):
        crowd.append(stretch)
        total += stretch.hours
        following = inside[position + 1].start if position + 1 < len(inside) else None
        if stretch.start != following and total > per_day * (missed - stretch.start):
            yield crowd
            return


def _missed(run: Sequence[Stretch], per_day: int | Fraction) -> int | None:
    """Return the first day by whose beginning some hours cannot have been had, or None where all of them fit.

    Hours are had in the order in which they must be done: if that order fails, every order fails.
    """
    waiting: list[tuple[int, int, int | Fraction]] = []
    clock: int | Fraction = run[0].start
    at = 0
    while at < len(run) or waiting:
        if not waiting:
            clock = max(clock, run[at].start)
        while at < len(run) and run[at].start <= clock:
            heapq.heappush(waiting, (run[at].end, at, run[at].hours))
            at += 1
        end, index, hours = heapq.heappop(waiting)
        done = clock + Fraction(hours) / per_day
        following = run[at].start if at < len(run) else None
        if done > end and (following is None or following >= end):
            return end
        if following is None or done <= following:
            clock = done
            continue
        heapq.heappush(waiting, (end, index, hours - (following - clock) * per_day))
        clock = following
    return None
