"""What many remedies come to together: each fact once, with sums for each dimension and each fact.

Imports ``answers``, ``changes``, ``amounts``, ``facts``, ``verdicts`` and ``errors``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import final

from attrs import frozen

from perfeval.amounts import Amount
from perfeval.errors import FactsError, excerpt
from perfeval.facts import Label
from perfeval.remedies.answers import Remedy
from perfeval.remedies.changes import Change, listed
from perfeval.units import Dimension
from perfeval.verdicts import Verdict

__all__ = ["FactTotal", "RemedyTotal", "total_remedy"]


@final
@frozen(kw_only=True)
class FactTotal:
    """How much one fact changes over all records: raised by, and lowered by, both without a sign."""

    subject: str
    label: Label
    raised: Amount
    lowered: Amount


@final
@frozen(kw_only=True)
class RemedyTotal:
    """Many changes together: each fact once, with sums for each dimension and each fact.

    ``raised`` and ``lowered`` hold one amount for each dimension, money with money and class-hours with
    class-hours; ratios are in ``changes`` only, since shares of different wholes do not add up. ``conflicts``
    are facts that one finding needs raised and another lowered: in no sum. ``unmended`` are remedies of unmet
    or unknown rules that offer nothing.
    """

    changes: tuple[Change, ...]
    by_fact: tuple[FactTotal, ...]
    raised: tuple[Amount, ...]
    lowered: tuple[Amount, ...]
    conflicts: tuple[tuple[Change, ...], ...] = ()
    unmended: tuple[Remedy, ...] = ()


def total_remedy(found: Iterable[Remedy | Change]) -> RemedyTotal:
    """Return the total of remedies, each by what it has :attr:`~Remedy.chosen`, or of changes.

    One fact that several findings want changed counts once, at the greatest value wanted (of what goes down, the
    least). It is one fact if its remedies are of one and the same record, so read each record once; changes that
    are handed over bare are taken to be of one record. Raises ``FactsError`` for anything else.
    """
    wanted: dict[tuple[int, str], list[Change]] = {}
    unmended: list[Remedy] = []
    # Held until the end: records are told apart by identity, which one that is let go may hand on to the next.
    given = tuple(listed(found, "remedies"))
    for each in given:
        if isinstance(each, Remedy):
            if not each.chosen and each.verdict in (Verdict.UNMET, Verdict.UNKNOWN):
                unmended.append(each)
            for change in each.chosen:
                wanted.setdefault((id(each.record), change.path), []).append(change)
        elif isinstance(each, Change):
            wanted.setdefault((0, each.path), []).append(each)
        else:
            raise FactsError.of("remedies", came=excerpt(each), needed="a Remedy or a Change")
    kept: list[Change] = []
    conflicts: list[tuple[Change, ...]] = []
    for changes in wanted.values():
        ways = {change.by.root > 0 for change in changes}
        if len(ways) > 1 or len({change.before for change in changes}) > 1:
            conflicts.append(tuple(changes))
        else:
            kept.append(max(changes, key=lambda change: abs(change.by.root)))
    summed = [change for change in kept if not change.before.unit.is_ratio]
    return RemedyTotal(
        changes=tuple(kept),
        by_fact=_by_fact(summed),
        raised=_sums(change.by for change in summed if change.by.root > 0),
        lowered=_sums(-change.by for change in summed if change.by.root < 0),
        conflicts=tuple(conflicts),
        unmended=tuple(unmended),
    )


def _sums(amounts: Iterable[Amount]) -> tuple[Amount, ...]:
    sums: dict[Dimension, Amount] = {}
    for amount in amounts:
        known = sums.get(amount.dimension)
        sums[amount.dimension] = amount if known is None else known + amount
    return tuple(sums.values())


def _by_fact(changes: Iterable[Change]) -> tuple[FactTotal, ...]:
    groups: dict[tuple[str, Label, Dimension], list[Amount]] = {}
    for change in changes:
        groups.setdefault((change.subject, change.label, change.by.dimension), []).append(change.by)
    totals: list[FactTotal] = []
    for (subject, label, _), parts in groups.items():
        none = Amount.of(0, parts[0].unit)
        raised = sum((part for part in parts if part > none), start=none)
        lowered = sum((-part for part in parts if part < none), start=none)
        totals.append(FactTotal(subject=subject, label=label, raised=raised, lowered=lowered))
    return tuple(totals)
