"""What a rule is: a condition with its name, citation, severity, dates and stage.

A rule is data. It has exactly one subject, its units are checked when it is built, and it composes with
``&``, ``|`` and ``~`` into conditions whose parts keep their names. Imports the passes that check it.
"""

from __future__ import annotations

import datetime
import enum
import re
from typing import Never, final

from attrs import field, frozen

from perfeval.citations import Citation, InForce
from perfeval.dimensions import check_units
from perfeval.errors import RuleError, excerpt
from perfeval.expressions import All, Any, Condition, Named, Not, When, all_of, any_of, as_condition
from perfeval.facts import Label, Stage, SubjectSchema, one_of
from perfeval.scoping import check_names, subject_of

__all__ = ["Rule", "Severity"]

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


@final
class Severity(enum.Enum):
    """How much an unmet rule weighs: kept apart from the verdict."""

    ERROR = "error"
    DOUBT = "doubt"
    NOTE = "note"


def _guard(guard: object) -> Condition | None:
    return None if guard is None else as_condition(guard)


def _label(label: Label | str | None) -> Label | None:
    if isinstance(label, str):
        return Label(label, label)
    if label is None or isinstance(label, Label):
        return label
    raise RuleError.of("label", came=excerpt(label), needed="a Label in both languages, or text")


def _severity(severity: Severity | str) -> Severity:
    return one_of(Severity, severity, "severity")


def _stage(stage: Stage | str | None) -> Stage | None:
    return None if stage is None else one_of(Stage, stage, "stage")


@final
@frozen
class Rule:
    """A condition that a published clause sets on one subject.

    ``when`` says where the clause binds; elsewhere the rule is NOT_APPLICABLE. ``stage`` is the least stage at
    which facts count (None: any), ``due`` the day before which a shortfall is not yet one. ``remedy`` says in
    both languages what would mend it. Raises ``RuleError`` and ``UnitMismatch`` when it is built.
    """

    name: str
    condition: Condition = field(converter=as_condition)
    when: Condition | None = field(default=None, kw_only=True, converter=_guard)
    label: Label | None = field(default=None, kw_only=True, converter=_label)
    citation: Citation | None = field(default=None, kw_only=True)
    severity: Severity = field(default=Severity.ERROR, kw_only=True, converter=_severity)
    stage: Stage | None = field(default=None, kw_only=True, converter=_stage)
    due: datetime.date | None = field(default=None, kw_only=True)
    in_force: InForce | None = field(default=None, kw_only=True)
    remedy: Label | None = field(default=None, kw_only=True, converter=_label)
    subject: SubjectSchema = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.name, str) or not _NAME.fullmatch(self.name):
            raise RuleError.of(
                "rule name", came=excerpt(self.name), needed="lower-case letters, digits and _, from a letter"
            )
        for what, value, kind in (
            ("citation", self.citation, Citation),
            ("in_force", self.in_force, InForce),
            ("due", self.due, datetime.date),
        ):
            if value is not None and (not isinstance(value, kind) or isinstance(value, datetime.datetime)):
                raise RuleError.of(f"{self.name} {what}", came=excerpt(value), needed=f"a {kind.__name__}, or None")
        full = self.full_condition
        check_names(full, where=self.name)
        object.__setattr__(self, "subject", subject_of(full, where=self.name))
        check_units(full)

    @property
    def full_condition(self) -> Condition:
        """The condition together with where it binds."""
        return self.condition if self.when is None else When(self.condition, self.when)

    @property
    def title(self) -> Label:
        """The label, or the name where none was given."""
        return self.label or Label(self.name, self.name.replace("_", " "))

    def as_condition(self) -> Named:
        """Return the rule as a named part for a larger condition."""
        return Named(self.name, self.title, self.full_condition)

    def __and__(self, other: object) -> All:
        return all_of(self, other)

    def __or__(self, other: object) -> Any:
        return any_of(self, other)

    def __invert__(self) -> Not:
        return Not(self.as_condition())

    def __bool__(self) -> Never:
        raise RuleError.of(
            self.name,
            came="a rule where Python wants true or false",
            needed="its verdict: judge it, and compare finding.verdict with Verdict.MET",
        )
