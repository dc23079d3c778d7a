"""What is the least money that meets demands on the same, on separate and on nested accounts.

Imports ``required`` and what stands above it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, final

from attrs import frozen

from perfeval.entitlements.required import Demand
from perfeval.errors import RuleError
from perfeval.subjects import Number

__all__ = ["Least", "least"]


class Least(NamedTuple):
    """The least money that meets demands, in root units; ``contained`` names, by place, the rule that holds one."""

    low: Number
    high: Number | None
    contained: dict[int, str]


@final
@frozen(eq=False)
class _Pool:
    """Accounts that floors tie together, and the least money that they need together.

    ``held`` are the places of all demands on them, ``counted`` of those that make up the money, ``place`` that of the
    last.
    """

    place: int
    accounts: frozenset[str]
    low: Number
    high: Number | None
    counted: list[int]
    held: list[int]


def least(demands: Sequence[Demand]) -> Least:
    """Return the least money with which every demand is met, and by which rule a demand is contained in another.

    Floors on nested sets of accounts need, from the innermost outwards, the greater of what a floor says and of
    what the floors within it need together. Raises ``RuleError`` for sets that cross where both floors bind for
    certain; where it is not known whether both do, there are only bounds.
    """
    pools: dict[str, _Pool] = {}
    contained: dict[int, str] = {}
    for place in sorted(range(len(demands)), key=lambda index: len(demands[index].accounts)):
        demand = demands[place]
        held = [pools[account] for account in demand.accounts if account in pools]
        if held:
            pool = _joined(place, Counter(held), demands, contained)
        else:
            pool = _Pool(place, demand.accounts, demand.low, demand.high, [place], [place])
        pools.update(dict.fromkeys(pool.accounts, pool))
    low, high = _together(set(pools.values()))
    return Least(low, high, contained)


def _together(pools: Collection[_Pool]) -> tuple[Number, Number | None]:
    highs = [pool.high for pool in pools if pool.high is not None]
    return sum(pool.low for pool in pools), sum(highs) if len(highs) == len(pools) else None


def _joined(place: int, covered: Mapping[_Pool, int], demands: Sequence[Demand], contained: dict[int, str]) -> _Pool:
    """Return the pool of a demand and of the pools of which it covers so many accounts; note what is contained."""
    demand = demands[place]
    inner = sorted(covered, key=lambda pool: pool.place)
    low, high = _together(inner)
    counted = [index for pool in inner for index in pool.counted]
    crossed = [pool for pool in inner if covered[pool] != len(pool.accounts)]
    if crossed:
        _refuse_crossing([demands[index] for pool in crossed for index in reversed(pool.held)], demand)
    held = _gathered(inner, place)
    if crossed:
        # One of both may not bind at all. If both do, they need no more than the sum, and no less than either.
        most = None if high is None or demand.high is None else high + demand.high
        accounts = demand.accounts.union(*(pool.accounts for pool in crossed))
        return _Pool(place, accounts, max(low, demand.low), most, [*counted, place], held)
    if low == high and demand.low == demand.high:
        if demand.low > low:
            contained.update(dict.fromkeys(counted, demand.floor.rule.name))
            counted = [place]
        else:
            contained[place] = demands[counted[0]].floor.rule.name
    else:
        counted.append(place)
    greatest = None if high is None or demand.high is None else max(high, demand.high)
    return _Pool(place, demand.accounts, max(low, demand.low), greatest, counted, held)


def _gathered(inner: Sequence[_Pool], place: int) -> list[int]:
    """Return the places of all demands on pools that become one; the longest list is taken over and added to."""
    held = max((pool.held for pool in inner), key=len)
    for pool in inner:
        if pool.held is not held:
            held.extend(pool.held)
    held.append(place)
    return held


def _refuse_crossing(earlier: Sequence[Demand], demand: Demand) -> None:
    """Raise ``RuleError`` where a demand and an earlier one, both certain, share a part of their money."""
    if not demand.binds:
        return
    for one in earlier:
        if one.binds and not one.accounts <= demand.accounts and not one.accounts.isdisjoint(demand.accounts):
            raise RuleError.of(
                f"{one.floor.rule.name} and {demand.floor.rule.name}",
                came=f"floors at {one.spot.path} and {demand.spot.path} that share a part of their money",
                needed="floors on different money, on the same money, or one on a part of the other's",
            )
