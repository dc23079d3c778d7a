"""Where a figure comes from: the clause, how far it was read, when it is in force, and where it stands in a text.

Imports only ``errors``.
"""

from __future__ import annotations

import datetime
import enum
from typing import final

from attrs import evolve, field, frozen

from perfeval.errors import Problem, RuleError, excerpt

__all__ = ["Citation", "Evidence", "InForce", "Span"]


@final
class Evidence(enum.Enum):
    """How well a source was read; the same marks everywhere in the library."""

    PRIMARY = "V"
    SECONDARY = "S"
    CODE = "C"
    COMPUTED = "X"
    GENERAL = "G"

    def sentence(self, lang: str = "zh") -> str:
        """Return the mark in words.

        >>> Evidence.PRIMARY.sentence("en")
        'read in an official or primary page'
        """
        zh, en = _EVIDENCE_WORDS[self]
        return zh if lang == "zh" else en


_EVIDENCE_WORDS = {
    Evidence.PRIMARY: ("据官方或原始页面", "read in an official or primary page"),
    Evidence.SECONDARY: ("据转载页面", "read in a secondary page"),
    Evidence.CODE: ("据公开的实务程序", "read in public code used by practitioners"),
    Evidence.COMPUTED: ("据已读数字计算", "computed from figures that were read"),
    Evidence.GENERAL: ("常识，未见原文", "general knowledge, not read in a source"),
}


def _evidence(mark: Evidence | str) -> Evidence:
    """Return an evidence mark from itself or from its letter; what is neither is refused with the rest."""
    return next((known for known in Evidence if mark is known or mark == known.value), mark)  # type: ignore[return-value]


@final
@frozen(kw_only=True)
class Citation:
    """A clause of a published document, cited only as far as it was read.

    ``quoted_in`` names the document in which the clause was read when the original was not. ``described`` says that
    ``title`` is no title that was read but words for the source: it is never printed in book marks.

    >>> Citation(title="某通知", number="某办发〔2023〕5号", clause="第三条", evidence=Evidence.PRIMARY).short()
    '某办发〔2023〕5号 第三条'
    >>> Citation(title="某县网页所载标准", described=True, evidence=Evidence.PRIMARY).short()
    '某县网页所载标准'
    """

    title: str
    evidence: Evidence = field(converter=_evidence)
    number: str | None = None
    issuer: str | None = None
    clause: str | None = None
    quote: str | None = None
    quoted_in: str | None = None
    described: bool = False

    def __attrs_post_init__(self) -> None:
        problems = [
            Problem(f"citation.{name}", came=excerpt(value), needed=needed)
            for name, value, needed, right in (
                (
                    "title",
                    self.title,
                    "the title of a document",
                    isinstance(self.title, str) and bool(self.title.strip()),
                ),
                (
                    "evidence",
                    self.evidence,
                    "an Evidence, or its mark: V, S, C, X or G",
                    isinstance(self.evidence, Evidence),
                ),
                ("described", self.described, "True or False", isinstance(self.described, bool)),
                *(
                    (name, getattr(self, name), "text, or None", isinstance(getattr(self, name), str | None))
                    for name in ("number", "issuer", "clause", "quote", "quoted_in")
                ),
            )
            if not right
        ]
        if problems:
            raise RuleError(*problems)

    def titled(self) -> str:
        """Return the title in book marks, or the words for the source as they are."""
        return self.title if self.described else f"《{self.title}》"

    def short(self) -> str:
        """Return the number, or else the title as :meth:`titled` gives it, with the clause."""
        name = self.number or self.titled()
        return f"{name} {self.clause}" if self.clause else name


@final
@frozen(kw_only=True)
class InForce:
    """From when to when a standard binds; None where that was not read.

    ``since`` and ``until`` are both inclusive. Past ``review_by`` it still binds, and is to be looked up again.
    ``evidence`` says how far the dates themselves were read, where that differs from the clause.

    >>> InForce(since=datetime.date(2023, 1, 1)).covers(datetime.date(2022, 12, 31))
    False
    """

    since: datetime.date | None = None
    until: datetime.date | None = None
    review_by: datetime.date | None = None
    evidence: Evidence | None = None

    def __attrs_post_init__(self) -> None:
        for name, day in (("since", self.since), ("until", self.until), ("review_by", self.review_by)):
            if day is not None and (not isinstance(day, datetime.date) or isinstance(day, datetime.datetime)):
                raise RuleError.of(f"in_force.{name}", came=excerpt(day), needed="a datetime.date, or None")
        if self.since is not None and self.until is not None and self.since > self.until:
            raise RuleError.of(
                "in_force",
                came=f"since {self.since} and until {self.until}",
                needed="a first day that is not after the last day",
            )
        if self.evidence is not None and not isinstance(self.evidence, Evidence):
            raise RuleError.of("in_force.evidence", came=excerpt(self.evidence), needed="an Evidence, or None")

    def covers(self, on: datetime.date) -> bool:
        """Say whether the standard binds on that day, as far as its dates are known."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def overlaps(self, other: InForce) -> bool:
        """Say whether there is a day on which both may bind."""
        return not (_before(self.until, other.since) or _before(other.until, self.since))

    def without(self, other: InForce) -> tuple[InForce, ...]:
        """Return what is left of these dates where the other's are taken out: none, one or two stretches.

        >>> whole = InForce(since=datetime.date(2023, 1, 1))
        >>> [str(part.until) for part in whole.without(InForce(since=datetime.date(2026, 7, 1)))]
        ['2026-06-30']
        """
        if not self.overlaps(other):
            return (self,)
        parts: list[InForce] = []
        begins, ends = _is_known(other.since), _is_known(other.until)
        if begins and other.since is not None and (self.since is None or self.since < other.since):
            parts.append(evolve(self, until=other.since - _DAY))
        if ends and other.until is not None and (self.until is None or other.until < self.until):
            parts.append(evolve(self, since=other.until + _DAY))
        return tuple(parts)

    def common(self, other: InForce) -> InForce | None:
        """Return the stretch in which both bind, with these dates' day of review; None where there is none."""
        if not self.overlaps(other):
            return None
        since = [day for day in (self.since, other.since) if day is not None]
        until = [day for day in (self.until, other.until) if day is not None]
        return evolve(self, since=max(since) if since else None, until=min(until) if until else None)


_DAY = datetime.timedelta(days=1)


def _is_known(day: datetime.date | None) -> bool:
    """Say whether there are days beyond one: 9999-12-31 is how an end that is not known is often written."""
    return day is not None and day not in (datetime.date.min, datetime.date.max)


def _before(last: datetime.date | None, first: datetime.date | None) -> bool:
    return last is not None and first is not None and last < first


@final
@frozen(kw_only=True)
class Span:
    """Where something stands: characters ``start`` to ``end`` of a text, quoted exactly as ``text``.

    ``cell`` is the address of a cell, such as ``"05-2!C5"``, where it stands in a table: the characters are then those
    of the cell.

    >>> Span(start=2, end=5, text="5 天").locate("培训5 天")
    '5 天'
    >>> Span(start=0, end=3, text="50个", cell="绩效目标表!C5").place
    '绩效目标表!C5'
    """

    start: int
    end: int
    text: str
    cell: str | None = None

    @property
    def place(self) -> str:
        """Where it stands, for people: the address of its cell, or the characters of the text."""
        return f"{self.start}–{self.end}" if self.cell is None else self.cell

    def locate(self, source: str) -> str:
        """Return what stands at this place in ``source``; equal to ``text`` if it is the text that was read."""
        return source[self.start : self.end]
