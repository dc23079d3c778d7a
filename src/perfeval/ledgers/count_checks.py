"""Whether the list agrees with the head-counts, and whether what is stated of coverage is possible.

Imports ``checks``, ``coverage``, ``rolls`` and ``records`` of this package, ``findings`` and above.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from attrs import evolve

from perfeval.amounts import Amount, AmountRange
from perfeval.evaluation import Missing
from perfeval.expressions import Operator
from perfeval.facts import Label
from perfeval.findings import Finding
from perfeval.ledgers.checks import Check
from perfeval.ledgers.coverage import Coverage, unlisted
from perfeval.ledgers.records import Counting, HeadCount, StatedCoverage
from perfeval.ledgers.rolls import Rolls
from perfeval.rules import Severity
from perfeval.verdicts import Verdict

__all__ = ["Covering", "all_listed", "stated_in_records", "stated_is_possible"]

Covering: TypeAlias = Callable[[str, datetime.date, Amount, Counting], Coverage]
"""What the records of a group come to on a day, by so many hours and how they count."""

_HEAD_COUNT: Final = Check(
    "head_count_listed", Label("名单与在册人数相符", "the list agrees with the head-count"), Severity.ERROR
)
_SHARE: Final = Check(
    "share_within_population",
    Label("已训人数不超过在册人数", "no more people trained than there are"),
    Severity.ERROR,
)
_RECORDS: Final = Check(
    "stated_in_records",
    Label("填报的已训情况有台账支撑", "no more is stated of coverage than the records bear out"),
    Severity.ERROR,
)


def all_listed(rolls: Rolls, head_counts: Sequence[HeadCount]) -> Finding:
    """Find the head-counts that are larger than the list (some are not listed) or smaller (which cannot be)."""
    found = (_compared(count, rolls.listed(count.group, count.on)) for count in head_counts)
    return _HEAD_COUNT.sum_up([finding for finding in found if finding is not None], looked=bool(head_counts))


def _compared(count: HeadCount, listed: int) -> Finding | None:
    if count.number == listed:
        return None
    label = Label(f"{count.on}在册{count.group}人数", f"head-count of {count.group} on {count.on}")
    is_more = count.number > listed
    verdict = Verdict.UNKNOWN if is_more else Verdict.UNMET
    return evolve(
        _placed(_HEAD_COUNT.finding(f"{count.group}/{count.on}", label, verdict), count),
        relation=Operator.EQUAL,
        observed=Amount.from_root(listed, count.count.unit),
        required=count.count,
        shortfall=None if is_more else Amount.from_root(listed - count.number, count.count.unit),
        missing=(unlisted(count.group),) if is_more else (),
    )


def _placed(finding: Finding, record: HeadCount | StatedCoverage) -> Finding:
    """Add where it is stated, and by whom."""
    return evolve(
        finding,
        spans=() if record.span is None else (record.span,),
        sources=() if record.source is None else (record.source,),
    )


def stated_is_possible(rolls: Rolls, stated: Sequence[StatedCoverage]) -> Finding:
    """Find the shares above the whole, and the numbers of people trained above those that there are."""
    found = [finding for each in stated for finding in (*_share(each), *_trained(each, rolls))]
    return _SHARE.sum_up(found, looked=bool(stated))


def _stated(stated: StatedCoverage, verdict: Verdict = Verdict.UNMET) -> Finding:
    label = Label(f"{stated.as_of}{stated.group}已训情况", f"trained of {stated.group} on {stated.as_of}")
    finding = _SHARE.finding(f"{stated.group}/{stated.as_of}", label, verdict)
    return evolve(_placed(finding, stated), relation=Operator.AT_MOST)


def _share(stated: StatedCoverage) -> Iterator[Finding]:
    whole = Amount.of(100, "%")
    if stated.share is not None and stated.share > whole:
        gap = stated.share - whole
        yield evolve(_stated(stated), observed=stated.share, required=whole, shortfall=gap)


def _trained(stated: StatedCoverage, rolls: Rolls) -> Iterator[Finding]:
    listed = rolls.listed(stated.group, stated.as_of)
    least, most = rolls.others(stated.group, stated.as_of)
    if stated.trained is None or stated.trained.root <= listed + least:
        return
    unit = stated.trained.unit
    if most is None:
        group = Label(stated.group, stated.group)
        lack = Label(f"{stated.as_of}{stated.group}人数", f"head-count of {stated.group} on {stated.as_of}")
        missing = Missing(f"head_counts[{stated.group}].count", lack, unit.text, of=group)
        yield evolve(_stated(stated, Verdict.UNKNOWN), missing=(missing,), observed=stated.trained)
        return
    people = Amount.from_root(listed + most, unit)
    gap = stated.trained - people
    yield evolve(_stated(stated), observed=stated.trained, required=people, shortfall=gap)


def stated_in_records(stated: Sequence[StatedCoverage], covering: Covering) -> Finding:
    """Find what is stated to be more than those who can have reached the hours; UNKNOWN where only some may have."""
    looked = [
        (each, covering(each.group, each.as_of, each.at_least, each.counting))
        for each in stated
        if each.at_least is not None and each.counting is not None
    ]
    found = [finding for each, coverage in looked for finding in _against(each, coverage)]
    return _RECORDS.sum_up(found, looked=bool(looked))


def _against(stated: StatedCoverage, coverage: Coverage) -> Iterator[Finding]:
    for claimed, recorded in ((stated.trained, coverage.counted), (stated.share, coverage.share)):
        if claimed is None or recorded is None:
            continue
        low, high = (recorded, recorded) if isinstance(recorded, Amount) else (recorded.low, recorded.high)
        if low is not None and claimed.root <= low.root:
            continue
        is_too_many = high is not None and claimed.root > high.root
        finding = _RECORDS.finding(
            f"{stated.group}/{stated.as_of}", coverage.label, Verdict.UNMET if is_too_many else Verdict.UNKNOWN
        )
        yield evolve(
            _placed(finding, stated),
            relation=Operator.AT_MOST,
            observed=claimed,
            required=recorded,
            shortfall=_excess(claimed, low, high) if is_too_many else None,
            missing=() if is_too_many else coverage.missing(),
        )


def _excess(claimed: Amount, low: Amount | None, high: Amount | None) -> Amount | AmountRange | None:
    if low is None or high is None:
        return None
    return claimed - high if low == high else AmountRange(claimed - high, claimed - low)
