"""What judging yields: a finding for each rule, and a review that holds them.

A finding is data with a stable id: names and values, never rules. Imports ``evaluation``, ``rules`` and above.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import final

from attrs import field, frozen

from perfeval.amounts import Amount, AmountRange
from perfeval.budgets import Diagnosis
from perfeval.citations import Citation, InForce, Span
from perfeval.errors import NotFoundError, nearest
from perfeval.evaluation import Missing, Reason
from perfeval.expressions import Operator
from perfeval.facts import Label, Stage
from perfeval.rules import Obligation, Severity, Waiver
from perfeval.verdicts import Verdict, all_of

__all__ = ["Finding", "Observation", "Remark", "Review"]

Observation = Amount | AmountRange | datetime.date


@final
@frozen(kw_only=True)
class Finding:
    """What came of one rule, or of one part of it.

    ``observed``, ``required`` and ``shortfall`` are set for comparisons, with ``worked``, the sum behind what was
    observed; ``aspect`` for a yes or no, what must be there; ``children`` for composites. ``relation`` is how the observed must stand to the required. ``about`` is the place of the element that a child is about;
    ``remarks`` are what else a reader should know of it, such as that a match was inferred. ``waiver`` says who let
    the subject off the rule: the verdict stands, and does not count in the review's.
    """

    id: str
    rule: str
    label: Label
    verdict: Verdict
    severity: Severity
    obligation: Obligation = Obligation.MUST
    stage: Stage | None = None
    relation: Operator | None = None
    observed: Observation | None = None
    required: Observation | None = None
    shortfall: Amount | AmountRange | None = None
    worked: str = ""
    aspect: Label | None = None
    missing: tuple[Missing, ...] = ()
    reason: Reason | None = None
    suggestion: Label | None = None
    remarks: tuple[Label, ...] = ()
    citation: Citation | None = None
    in_force: InForce | None = None
    waiver: Waiver | None = None
    spans: tuple[Span, ...] = ()
    sources: tuple[str, ...] = ()
    about: str = ""
    children: tuple[Finding, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether the finding has a say in the verdict of its review: notes and what was waived have none."""
        return self.severity is not Severity.NOTE and self.waiver is None

    def walk(self) -> Iterator[Finding]:
        """Yield the finding and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


@final
@frozen(kw_only=True)
class Remark:
    """Something the reader of a text saw that is not a finding, such as residue or an assumed date."""

    kind: str
    label: Label
    span: Span | None = None


@final
@frozen(kw_only=True)
class Review:
    """The findings of one judging: what they come to together, and what would have to be asked for.

    ``about`` is what the one subject that was judged calls itself. ``on`` is the day judged, None where what was reviewed names no year and no rule asked for a day; ``on_assumed`` says
    that the caller did not name it. ``diagnosis`` is what re-reading
    the units of a text's figures can mend, and ``lines`` where each line of the text begins, where the review is of a text.
    """

    title: Label
    about: Label | None = None
    on: datetime.date | None
    findings: tuple[Finding, ...]
    on_assumed: bool = False
    remarks: tuple[Remark, ...] = ()
    diagnosis: Diagnosis | None = field(default=None, repr=False)
    lines: tuple[int, ...] = field(default=(), repr=False, eq=False)

    @property
    def verdict(self) -> Verdict:
        """All findings together but notes and waived ones; where nothing applied, NOT_APPLICABLE and never MET."""
        return all_of(finding.verdict for finding in self.findings if finding.counts)

    def __getitem__(self, name: str) -> Finding:
        """Return the finding with that id, or the one finding of the rule with that name."""
        for finding in self.findings:
            if finding.id == name:
                return finding
        named = [finding for finding in self.findings if finding.rule == name]
        if len(named) == 1:
            return named[0]
        if named:
            ids = ", ".join(finding.id for finding in named[:5])
            raise NotFoundError.of(
                "review", came=f"{name!r}, which {len(named)} findings share", needed=f"an id such as {ids}"
            )
        known = dict.fromkeys(name for finding in self.findings for name in (finding.rule, finding.id))
        raise NotFoundError.of(
            "review",
            came=repr(name),
            needed="the id of a finding or the name of its rule",
            nearest=nearest(name, known),
        )

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def of(self, verdict: Verdict) -> tuple[Finding, ...]:
        """Return the findings with that verdict, notes included."""
        return tuple(finding for finding in self.findings if finding.verdict is verdict)

    @property
    def requests(self) -> tuple[Missing, ...]:
        """What to ask for: every missing fact of an UNKNOWN finding, once (补充资料清单)."""
        return tuple(
            dict.fromkeys(
                missing
                for finding in self.findings
                if finding.verdict is Verdict.UNKNOWN
                for missing in finding.missing
            )
        )
