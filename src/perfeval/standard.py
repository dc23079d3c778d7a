"""What a published standard is: rules about one subject, with its citation, its dates and what it leaves open.

Imports ``judging``, ``findings``, ``rules`` and above.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import final

from attrs import field, frozen

from perfeval.citations import Citation, InForce
from perfeval.errors import NotFoundError, Problem, RuleError, excerpt, nearest
from perfeval.facts import Label, Stage, SubjectSchema, one_of
from perfeval.findings import Finding, Review
from perfeval.judging import judge_rule, verdict_of
from perfeval.rules import Rule
from perfeval.subjects import Record, read
from perfeval.verdicts import Verdict

__all__ = ["Interpretation", "Standard"]

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


@final
@frozen(kw_only=True)
class Interpretation:
    """A question that the source leaves open, and the reading that the rules take."""

    question: Label
    reading: Label


def _rules(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    if not isinstance(rules, Iterable):
        raise RuleError.of("rules", came=excerpt(rules), needed="a list of rules")
    return tuple(rules)


def _interpretations(listed: Iterable[Interpretation]) -> tuple[Interpretation, ...]:
    return tuple(listed)


@final
@frozen
class Standard:
    """The rules of one published document, all about one subject.

    ``in_force`` may be unknown (no dates read); then the rules are applied and the review says so.
    Rules are found by name: ``standard["work_funding_floor"]``.
    """

    name: str
    rules: tuple[Rule, ...] = field(converter=_rules)
    title: Label = field(kw_only=True)
    citation: Citation | None = field(kw_only=True, default=None)
    in_force: InForce = field(kw_only=True, factory=InForce)
    interpretations: tuple[Interpretation, ...] = field(kw_only=True, default=(), converter=_interpretations)
    subject: SubjectSchema = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        problems: list[Problem] = []
        if not isinstance(self.name, str) or not _NAME.fullmatch(self.name):
            problems.append(
                Problem("standard name", came=excerpt(self.name), needed="lower-case letters, digits and _")
            )
        if not self.rules or not all(isinstance(rule, Rule) for rule in self.rules):
            problems.append(
                Problem(f"{self.name}.rules", came=excerpt(self.rules), needed="at least one Rule, and only rules")
            )
            raise RuleError(*problems)
        for what, value, kind in (
            ("title", self.title, Label),
            ("citation", self.citation, Citation),
            ("in_force", self.in_force, InForce),
        ):
            if not isinstance(value, kind) and (value is not None or what != "citation"):
                problems.append(Problem(f"{self.name}.{what}", came=excerpt(value), needed=f"a {kind.__name__}"))
        names = [rule.name for rule in self.rules]
        doubled = sorted({name for name in names if names.count(name) > 1})
        if doubled:
            problems.append(
                Problem(
                    f"{self.name}.rules",
                    came=f"the name {', '.join(doubled)} twice",
                    needed="a name of its own for each",
                )
            )
        subjects = {rule.subject.name: rule.subject for rule in self.rules}
        if len({rule.subject for rule in self.rules}) != 1:
            problems.append(
                Problem(
                    f"{self.name}.rules", came=f"rules about {', '.join(subjects)}", needed="rules about one subject"
                )
            )
        if problems:
            raise RuleError(*problems)
        object.__setattr__(self, "subject", self.rules[0].subject)

    @title.default
    def _title(self) -> Label:
        return Label(str(self.name), str(self.name).replace("_", " "))

    def __getitem__(self, name: str) -> Rule:
        for rule in self.rules:
            if rule.name == name:
                return rule
        known = [rule.name for rule in self.rules]
        raise NotFoundError.of(
            self.name, came=excerpt(name), needed=f"one of {', '.join(known)}", nearest=nearest(str(name), known)
        )

    def read(
        self,
        facts: object,
        *,
        stage: Stage | str = Stage.ACHIEVED,
        source: str | None = None,
        units: Mapping[str, str] | None = None,
        path: str = "",
    ) -> Record:
        """Check facts against what the subject declares; raise ``FactsError`` with every problem."""
        return read(self.subject, facts, stage=one_of(Stage, stage, "stage"), source=source, units=units, path=path)

    def findings(self, record: Record, *, on: datetime.date, prefix: str | None = None) -> tuple[Finding, ...]:
        """Judge a checked record; ids begin with ``prefix``, by default the standard's name."""
        check_day(on)
        start = f"{self.name}/" if prefix is None else prefix
        return tuple(judge_rule(rule, record, on=on, in_force=self.in_force, prefix=start) for rule in self.rules)

    def judge(
        self,
        facts: object,
        *,
        on: datetime.date,
        stage: Stage | str = Stage.ACHIEVED,
        source: str | None = None,
        units: Mapping[str, str] | None = None,
    ) -> Review:
        """Judge the facts of one subject on a day, and return the review.

        ``facts`` is a mapping or an attrs object; ``units`` declares the unit of bare numbers; ``stage`` and
        ``source`` hold for values that do not say their own.
        """
        record = self.read(facts, stage=stage, source=source, units=units)
        return Review(title=self.title, on=check_day(on), findings=self.findings(record, on=on))

    def judge_all(
        self,
        many_facts: Iterable[object],
        *,
        on: datetime.date,
        stage: Stage | str = Stage.ACHIEVED,
        source: str | None = None,
        units: Mapping[str, str] | None = None,
    ) -> tuple[Review, ...]:
        """Judge the facts of many subjects of one kind, in their order."""
        return tuple(self.judge(facts, on=on, stage=stage, source=source, units=units) for facts in many_facts)

    def verdicts(self, record: Record, *, on: datetime.date) -> dict[str, Verdict]:
        """Return only the verdict of each rule on a checked record: the fast way through many records."""
        check_day(on)
        return {rule.name: verdict_of(rule, record, on=on, in_force=self.in_force).verdict for rule in self.rules}


def check_day(on: object) -> datetime.date:
    """Return a day to judge on; a date-time or text is refused."""
    if not isinstance(on, datetime.date) or isinstance(on, datetime.datetime):
        raise RuleError.of("on", came=excerpt(on), needed="a datetime.date, such as date(2026, 6, 30)")
    return on
