"""How many whole quanta each of several weights gets: the divisor method of Webster on integers.

Imports nothing of this library.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from fractions import Fraction

__all__ = ["divided"]


def divided(quanta: int, weights: Sequence[int]) -> list[int]:
    """Divide so many quanta by Webster's method, the earlier weight first on a tie; where all are zero, nothing.

    Starts from the rounded quotas, which the method itself would come by, and then adds or takes back the few quanta
    that are left: at most half as many as there are weights.

    >>> divided(10, [1, 2, 4])
    [1, 3, 6]
    """
    whole = sum(weights)
    if not quanta or not whole:
        return [0] * len(weights)
    shares = [(2 * weight * quanta + whole) // (2 * whole) for weight in weights]
    rest = quanta - sum(shares)
    if rest > 0:
        heap = [(-Fraction(weight, 2 * shares[place] + 1), place) for place, weight in enumerate(weights) if weight]
    else:
        heap = [
            (Fraction(weight, 2 * shares[place] - 1), -place) for place, weight in enumerate(weights) if shares[place]
        ]
    heapq.heapify(heap)
    for _ in range(rest):
        place = heap[0][1]
        shares[place] += 1
        heapq.heapreplace(heap, (-Fraction(weights[place], 2 * shares[place] + 1), place))
    for _ in range(-rest):
        place = -heap[0][1]
        shares[place] -= 1
        if shares[place]:
            heapq.heapreplace(heap, (Fraction(weights[place], 2 * shares[place] - 1), -place))
        else:
            heapq.heappop(heap)
    return shares
