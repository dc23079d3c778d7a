"""What a check of a ledger is: its name, what must hold, what it found, and how a record is told in it.

Imports ``attended``, ``records``, ``reading`` and ``names`` of this package, ``findings`` and above.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import final

from attrs import evolve, frozen

from perfeval.amounts import Amount
from perfeval.evaluation import Missing, Reason, ReasonKind
from perfeval.expressions import Operator
from perfeval.facts import Label
from perfeval.findings import Finding
from perfeval.ledgers.attended import Attended
from perfeval.ledgers.names import some
from perfeval.ledgers.reading import HOURS, Number
from perfeval.ledgers.records import Attendance
from perfeval.rules import Severity
from perfeval.verdicts import Verdict, all_of

__all__ = ["Check", "above", "cited", "no_day", "row_numbers", "title"]


@final
@frozen
class Check:
    """What a review checks: its name, what must hold, and how much it weighs."""

    name: str
    label: Label
    severity: Severity

    def finding(self, key: str, label: Label, verdict: Verdict = Verdict.UNMET) -> Finding:
        """Return a finding of this check, to which it adds what it compared or misses."""
        return Finding(
            id=f"ledger/{self.name}/{key}",
            rule=self.name,
            label=label,
            verdict=verdict,
            severity=self.severity,
            reason=Reason(ReasonKind.MISSING) if verdict is Verdict.UNKNOWN else None,
        )

    def about(
        self,
        attended: Attended,
        places: Sequence[int],
        *,
        key: str | None = None,
        label: Label | None = None,
        verdict: Verdict = Verdict.UNMET,
        remark: Label | None = None,
    ) -> Finding:
        """Return the finding about the records at these places; without a key and a label, those of the first."""
        first = attended.rows[places[0]]
        where = [f"attendances[{index}]" for index in places]
        remarks = [] if remark is None else [remark]
        if len(where) > 1:
            rows = row_numbers(places)
            remarks.append(Label(f"所涉记录：{rows.zh}", f"records: {rows.en}"))
        spans, sources = attended.sources(places)
        finding = self.finding(key or _key(first), label or _label(attended, first), verdict)
        return evolve(finding, remarks=tuple(remarks), spans=spans, sources=sources, about=where[0])

    def sum_up(self, found: Iterable[Finding], *, looked: bool) -> Finding:
        """Return the finding over all problems: MET where something was looked at and none was found."""
        children = _told_apart(sorted(found, key=lambda finding: (finding.id, str(finding.observed))))
        nothing = Verdict.MET if looked else Verdict.NOT_APPLICABLE
        verdict = all_of(child.verdict for child in children) if children else nothing
        reason = None
        if verdict is Verdict.NOT_APPLICABLE:
            reason = Reason(ReasonKind.EMPTY_POPULATION, self.name)
        elif verdict is Verdict.UNKNOWN:
            reason = children[0].reason
        return Finding(
            id=f"ledger/{self.name}",
            rule=self.name,
            label=self.label,
            verdict=verdict,
            severity=self.severity,
            reason=reason,
            missing=tuple(dict.fromkeys(lack for child in children for lack in child.missing)),
            spans=tuple(dict.fromkeys(span for child in children for span in child.spans)),
            sources=tuple(dict.fromkeys(source for child in children for source in child.sources)),
            children=tuple(children),
        )


def _told_apart(found: Sequence[Finding]) -> list[Finding]:
    """Give each of several findings with one id its own."""
    seen: dict[str, int] = defaultdict(int)
    apart: list[Finding] = []
    for finding in found:
        seen[finding.id] += 1
        times = seen[finding.id]
        apart.append(finding if times == 1 else evolve(finding, id=f"{finding.id}#{times}"))
    return apart


def _key(row: Attendance) -> str:
    days = "?" if row.day is None else f"{row.day}" if row.day == row.last else f"{row.day}..{row.last}"
    return "/".join(part for part in (row.person or "?", row.course, row.course_stage, days) if part)


def _label(attended: Attended, row: Attendance) -> Label:
    who = title(attended, row.person)
    what = f"{row.course}{f'（{row.course_stage}）' if row.course_stage else ''}"
    if row.day is None:
        return Label(f"{who.zh}：{what}", f"{who.en}: {what}")
    zh, en = (f"{row.day}",) * 2 if row.day == row.last else (f"{row.day}至{row.last}", f"{row.day} to {row.last}")
    return Label(f"{who.zh}：{what}，{zh}", f"{who.en}: {what}, {en}")


def row_numbers(places: Sequence[int]) -> Label:
    """Return which rows these are, counted from 1 as a reader of the table counts them."""
    numbers = [str(index + 1) for index in places]
    return Label(f"第 {some(numbers, '、')} 行", f"rows {some(numbers, ', ')}")


def title(attended: Attended, person: str | None) -> Label:
    """Return what to call a person."""
    if person is None:
        return Label("未写明的人员", "a person not named")
    name = attended.people[person].name if person in attended.people else person
    return Label(name, name)


def no_day(attended: Attended, place: int) -> Missing:
    """Return that a record does not say on which day it was."""
    who = title(attended, attended.rows[place].person)
    return Missing(f"attendances[{place}].day", Label("参训日期", "day of attendance"), None, of=who)


def above(finding: Finding, seen: Number, most: Number) -> Finding:
    """Add that so many class-hours were seen, and how many there may be at most."""
    return evolve(
        finding,
        relation=Operator.AT_MOST,
        observed=Amount.from_root(seen, HOURS),
        required=Amount.from_root(most, HOURS),
        shortfall=Amount.from_root(seen - most, HOURS),
    )


def cited(attended: Attended, finding: Finding) -> Finding:
    """Add the source of the equivalence, or say that there is none to check by."""
    if attended.equivalence is None:
        none = Label("未提供学时折算标准", "no equivalence of days and class-hours was given")
        return evolve(finding, remarks=(*finding.remarks, none))
    source = attended.equivalence.citation
    children = tuple(evolve(child, citation=source) for child in finding.children)
    return evolve(finding, citation=source, children=children)
