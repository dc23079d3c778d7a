"""Which share of a group has reached the hours: how it is counted, and judged against a share that is required.

Imports ``attended``, ``hours``, ``rolls``, ``records``, ``reading`` and ``names`` of this package, ``findings`` and above.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import final

from attrs import field, frozen

from perfeval.amounts import Amount, AmountRange
from perfeval.citations import Citation
from perfeval.evaluation import Missing, Reason, ReasonKind
from perfeval.expressions import Operator
from perfeval.facts import Label, Stage
from perfeval.findings import Finding
from perfeval.ledgers.attended import Attended
from perfeval.ledgers.hours import NOTHING, Hours, interval
from perfeval.ledgers.names import some
from perfeval.ledgers.reading import HOURS, HOURS_LABEL, Number, Reading, plain, unit_of
from perfeval.ledgers.records import Counting, Trainee
from perfeval.ledgers.rolls import Rolls
from perfeval.rules import Severity
from perfeval.verdicts import Verdict

__all__ = ["Coverage", "coverage_of", "unlisted"]


@final
@frozen(kw_only=True)
class Coverage:
    """Which share of a group has reached the hours (覆盖率): how many, of how many, on which day.

    ``share`` is None where there is nobody to cover (``reason`` says so), or where it is not known whether there is
    anybody. ``denominator`` names the head-count, of which so many are ``listed`` by name. ``reached`` and
    ``undecided`` are the ids of those in post on ``as_of``; ``left`` and ``not_yet`` of those who have records but
    had left by then or were not yet in post.
    """

    group: str
    as_of: datetime.date
    at_least: Amount
    counting: Counting
    share: Amount | AmountRange | None
    counted: Amount | AmountRange
    population: Amount | AmountRange
    listed: int
    denominator: Label
    reached: tuple[str, ...] = field(repr=False)
    undecided: tuple[str, ...] = field(repr=False)
    left: tuple[str, ...] = ()
    not_yet: tuple[str, ...] = ()
    reason: Reason | None = None

    @property
    def label(self) -> Label:
        """What it is the coverage of: the group, the hours, how they count, and the head-count."""
        total = self.counting is Counting.TOTAL
        zh = f"{self.group}培训覆盖率（{'累计' if total else '任一期'}不少于{self.at_least}；{self.denominator.zh}）"
        way = "in all" if total else "in any one course"
        en = f"coverage of {self.group} (at least {self.at_least} {way}; {self.denominator.en})"
        return Label(zh, en)

    def judge(
        self, required: Amount | str, *, citation: Citation | None = None, severity: Severity = Severity.ERROR
    ) -> Finding:
        """Return the finding that the share is at least what is required, such as ``65%``.

        NOT_APPLICABLE where there is nobody to cover; UNKNOWN, with whose hours are missing, where the unknown decides.
        """
        reading = Reading()
        wanted = reading.needed_amount("required", required, "%", "a share such as '65%'")
        reading.finish()
        verdict, shortfall = self._verdict(wanted)
        return Finding(
            id=f"ledger/coverage/{self.group}/{self.as_of}",
            rule="coverage",
            label=self.label,
            verdict=verdict,
            severity=severity,
            stage=Stage.ACHIEVED,
            relation=Operator.AT_LEAST,
            observed=self.share,
            required=wanted,
            shortfall=shortfall if verdict is Verdict.UNMET else None,
            missing=self.missing() if verdict is Verdict.UNKNOWN else (),
            reason=Reason(ReasonKind.MISSING) if verdict is Verdict.UNKNOWN else self.reason,
            remarks=tuple(self._remarks()),
            citation=citation,
        )

    def _verdict(self, wanted: Amount) -> tuple[Verdict, Amount | AmountRange | None]:
        share = self.share
        if share is None:
            nobody = self.reason is not None
            return (Verdict.NOT_APPLICABLE if nobody else Verdict.UNKNOWN), None
        low, high = (share, share) if isinstance(share, Amount) else (share.low, share.high)
        assert low is not None and high is not None  # noqa: S101, PT018 - a share is bounded by 0 and 1
        if low >= wanted:
            return Verdict.MET, None
        if high >= wanted:
            return Verdict.UNKNOWN, None
        return Verdict.UNMET, wanted - low if low == high else AmountRange(wanted - high, wanted - low)

    def missing(self) -> tuple[Missing, ...]:
        """Return whose hours, and which people, would have to be known to know the share."""
        lacking = [
            Missing(f"{person}.hours", HOURS_LABEL, HOURS, of=Label(person, person)) for person in self.undecided
        ]
        if not isinstance(self.population, Amount) or self.population.root > self.listed:
            lacking.append(unlisted(self.group))
        return tuple(lacking)

    def _remarks(self) -> Iterator[Label]:
        if self.left:
            yield Label(
                f"有参训记录但{self.as_of}前已离任，不计入：{some(self.left, '、')}",
                f"with records but no longer in post on {self.as_of}, not counted: {some(self.left, ', ')}",
            )
        if self.not_yet:
            yield Label(
                f"有参训记录但{self.as_of}尚未到任，不计入：{some(self.not_yet, '、')}",
                f"with records but not yet in post on {self.as_of}, not counted: {some(self.not_yet, ', ')}",
            )


def unlisted(group: str) -> Missing:
    """Return that it is not known who the people of a group are beside the listed ones."""
    who = Label(f"未列明的{group}", f"people of {group} who are not listed")
    return Missing(f"population[{group}].unlisted", who, None, of=Label(group, group))


def coverage_of(
    group: str,
    rolls: Rolls,
    attended: Attended,
    *,
    at_least: Amount,
    counting: Counting,
    as_of: datetime.date,
    picked: frozenset[str] | None,
) -> Coverage:
    """Return the coverage of a group by what was attended, in all courses or in the picked ones."""
    people, needed = rolls.roll(group).people, plain(at_least.root)
    unnamed = attended.of_nobody(picked)
    reached: list[str] = []
    undecided: list[str] = []
    helped: list[str] = []
    for person in people:
        if not person.in_post(as_of):
            continue
        own = attended.of_person(person.id, picked)
        is_sure, is_possible = _reaches(own, needed, counting)
        if is_sure:
            reached.append(person.id)
        elif is_possible:
            undecided.append(person.id)
        elif unnamed and _reaches(_together(own, unnamed), needed, counting)[1]:
            helped.append(person.id)
    # A record without a person is one person's: it helps no more people than there are such records.
    spare = sum(attended.unnamed_rows[course] for course in unnamed)
    possible = len(reached) + len(undecided) + min(len(helped), spare)
    listed = rolls.listed(group, as_of)
    least, most = rolls.others(group, as_of)
    unit = unit_of(group)
    away = [person for person in people if attended.of_person(person.id, picked)]
    return Coverage(
        group=group,
        as_of=as_of,
        at_least=at_least,
        counting=counting,
        share=_share(len(reached), possible, listed, (least, most)),
        counted=interval(len(reached), None if most is None else possible + most, unit),
        population=interval(listed + least, None if most is None else listed + most, unit),
        listed=listed,
        denominator=_denominator(group, as_of, listed, (least, most)),
        reached=tuple(sorted(reached)),
        undecided=tuple(sorted([*undecided, *helped])),
        left=_ids(person for person in away if person.until is not None and person.until < as_of),
        not_yet=_ids(person for person in away if person.since is not None and person.since > as_of),
        reason=Reason(ReasonKind.EMPTY_POPULATION, group) if listed == 0 and most == 0 else None,
    )


def _ids(people: Iterable[Trainee]) -> tuple[str, ...]:
    return tuple(sorted(person.id for person in people))


def _reaches(own: Mapping[str, Hours], needed: Number, counting: Counting) -> tuple[bool, bool]:
    """Say whether somebody's hours certainly reach what is needed, and whether they possibly do."""
    parts = [sum(own.values(), NOTHING)] if counting is Counting.TOTAL else list(own.values())
    return any(hours.low >= needed for hours in parts), any(hours.may_reach(needed) for hours in parts)


def _together(own: Mapping[str, Hours], unnamed: Mapping[str, Hours]) -> dict[str, Hours]:
    """Return somebody's hours if the records without a person are theirs."""
    return {name: own.get(name, NOTHING) + unnamed.get(name, NOTHING) for name in {*own, *unnamed}}


def _share(reached: int, possible: int, listed: int, others: tuple[int, int | None]) -> Amount | AmountRange | None:
    """Return the share, between nobody and all of those who are not listed."""
    least, most = others
    if most is None:
        return AmountRange(Amount.of(0, "%"), Amount.of(100, "%")) if listed + least else None
    base = listed + most
    return interval(Fraction(reached, base), Fraction(possible + most, base), "%") if base else None


def _denominator(group: str, day: datetime.date, listed: int, others: tuple[int, int | None]) -> Label:
    """Name the head-count."""
    least, most = others
    zh, en = f"{day}在册{group}名单{listed}人", f"{listed} listed for {group} in post on {day}"
    if most is None:
        return Label(f"{zh}，另有未列明人员", f"{en}, and others who are not listed")
    if least:
        total = listed + least
        return Label(
            f"{day}在册{group}{total}人（名单{listed}人，未列明{least}人）",
            f"{total} of {group} in post on {day}: {listed} listed, {least} not listed",
        )
    return Label(zh, en)
