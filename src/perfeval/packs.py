"""What a standard comes with: worked cases and their runner, and the names by which a text cites it.

Imports ``standard`` and above.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import final

from attrs import field, frozen

from perfeval.amounts import Amount, as_amount
from perfeval.errors import Problem, RuleError
from perfeval.facts import Stage
from perfeval.findings import Finding
from perfeval.judging import judge_rule
from perfeval.standard import Standard
from perfeval.verdicts import Verdict

__all__ = ["Case", "CaseResult", "Pack", "Quote"]


@final
@frozen(kw_only=True)
class Case:
    """Worked facts for one rule: what it must come to on a day, and by how much it is short.

    Where a rule is about each of several, ``shortfall`` is that of the only one that is short.
    """

    rule: str
    verdict: Verdict
    facts: Mapping[str, object]
    on: datetime.date
    stage: Stage = Stage.ACHIEVED
    shortfall: Amount | str | None = None

    def run(self, standard: Standard) -> CaseResult:
        """Judge the facts by the version of the rule that is in force, and say where that differs from the case."""
        record = standard.read(self.facts, stage=self.stage)
        rule = standard.version(self.rule, on=self.on)
        finding = judge_rule(rule, record, on=self.on, in_force=standard.in_force)
        problems: list[Problem] = []
        where = f"{standard.name}/{self.rule} on {self.on}"
        if finding.verdict is not self.verdict:
            problems.append(Problem(where, came=finding.verdict.value, needed=self.verdict.value))
        if self.shortfall is not None:
            short = [one.shortfall for one in finding.walk() if one.shortfall is not None]
            if short != [as_amount(self.shortfall)]:
                came = f"short by {', '.join(map(str, short)) or 'nothing'}"
                problems.append(Problem(where, came=came, needed=f"short by {self.shortfall}"))
        return CaseResult(case=self, finding=finding, problems=tuple(problems))


@final
@frozen(kw_only=True)
class CaseResult:
    """What a worked case came to: the finding, and in ``problems`` where it differs from what the case says."""

    case: Case
    finding: Finding
    problems: tuple[Problem, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the finding is what the case says."""
        return not self.problems


@final
@frozen(kw_only=True)
class Quote:
    """A figure that texts quote from the document: whom it binds, for what, and how much.

    A text that cites the document and quotes another figure for the same is in doubt.
    """

    binds: str
    purpose: str
    amount: Amount = field(converter=as_amount)
    rule: str = ""


@final
@frozen(kw_only=True)
class Pack:
    """A shipped standard with its cases; ``cited_as`` are the numbers or titles by which a text cites it.

    ``binds_many`` says that one reviewed text may concern many subjects of the standard (organisations), not one.
    """

    standard: Standard
    cases: tuple[Case, ...]
    cited_as: tuple[str, ...] = ()
    binds_many: bool = False
    quotes: tuple[Quote, ...] = ()

    def __attrs_post_init__(self) -> None:
        known = self.standard.versions
        unknown = [case.rule for case in self.cases if case.rule not in known]
        unknown += [quote.rule for quote in self.quotes if quote.rule not in known]
        if unknown:
            raise RuleError.of(
                self.standard.name, came=f"cases of {', '.join(unknown)}", needed="cases of its own rules"
            )

    def run(self) -> tuple[CaseResult, ...]:
        """Run every case, in their order."""
        return tuple(case.run(self.standard) for case in self.cases)

    @property
    def unshown(self) -> tuple[tuple[str, Verdict], ...]:
        """The verdicts, MET, UNMET and UNKNOWN, that no case shows of a rule: what is still to be worked out."""
        shown = {(case.rule, case.verdict) for case in self.cases}
        wanted = (Verdict.MET, Verdict.UNMET, Verdict.UNKNOWN)
        return tuple((name, one) for name in self.standard.versions for one in wanted if (name, one) not in shown)

    def check(self) -> None:
        """Run every case and raise ``RuleError`` with each that came out otherwise, and each verdict not shown."""
        problems = [problem for result in self.run() for problem in result.problems]
        problems += [
            Problem(f"{self.standard.name}/{name}", came="no case", needed=f"a case that comes out {verdict.value}")
            for name, verdict in self.unshown
        ]
        if problems:
            raise RuleError(*problems)
