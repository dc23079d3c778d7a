"""What a published standard is: rules about one subject, with its citation, its dates and what it leaves open.

A rule may stand in several versions, each with its dates and its clause; the day judged on picks one. A standard may
be tightened by another authority, never loosened. Imports ``comparing``, ``judging``, ``findings``, ``rules`` and above.
"""

from __future__ import annotations

import datetime
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar, final

from attrs import evolve, field, frozen

from perfeval.amounts import Amount
from perfeval.citations import Citation, InForce
from perfeval.errors import FactsError, NotFoundError, PerfevalError, Problem, RuleError, excerpt, nearest
from perfeval.facts import Label, Stage, SubjectSchema, one_of
from perfeval.findings import Finding, Review
from perfeval.judging import judge_rule, verdict_of
from perfeval.rules import Obligation, Rule, Severity, Waiver, check_day, is_due_later
from perfeval.subjects import Record, read
from perfeval.verdicts import Verdict
from perfeval.wording import rule_sentence

__all__ = ["Interpretation", "Standard"]

_T = TypeVar("_T")
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
    return _all(Interpretation, listed, "interpretations")


def _all(kind: type[_T], listed: object, where: str) -> tuple[_T, ...]:
    """Return a list as a tuple; refuse what is no list, and what does not belong in it."""
    items = None if isinstance(listed, str | Mapping) or not isinstance(listed, Iterable) else tuple(listed)
    odd = [listed] if items is None else [item for item in items if not isinstance(item, kind)]
    if odd:
        raise RuleError.of(where, came=excerpt(odd[0]), needed=f"a list of {kind.__name__}")
    return items or ()


def _dates(dates: InForce) -> str:
    return f"from {dates.since or 'an unknown day'} until {dates.until or 'an unknown day'}"


def _version_problems(name: str, versions: Sequence[Rule]) -> Iterator[Problem]:
    """Say why rules of one name are not versions of one rule: each needs dates and a clause of its own."""
    undated = any(rule.in_force is None for rule in versions)
    if undated:
        came = f"the name {versions[0].name} twice"
        yield Problem(f"{name}.rules", came=came, needed="a name of its own for each, or versions with in_force dates")
    for rule in versions:
        if not undated and rule.citation is None:
            yield Problem(
                f"{name}.{rule.name}", came="a version without a citation", needed="the clause that set each version"
            )
    dated = sorted((rule.in_force for rule in versions if rule.in_force is not None), key=_first_day)
    for one, following in itertools.pairwise(dated):
        if not undated and one.overlaps(following):
            yield Problem(
                f"{name}.{versions[0].name}",
                came=f"versions in force {_dates(one)} and {_dates(following)}",
                needed="versions whose dates do not overlap",
            )


def _first_day(dates: InForce) -> datetime.date:
    return dates.since or datetime.date.min


@final
@frozen
class Standard:
    """The rules of one published document, all about one subject.

    ``in_force`` may be unknown (no dates read); then the rules are applied and the review says so.
    Rules are found by name: ``standard["work_funding_floor"]``. Rules of one name are versions of one rule: each has
    its dates in force, which do not overlap, and its citation; ``standard.version(name, on=day)`` returns one.
    Iterating yields the rules, all versions included, each with the dates that it has from the standard.
    """

    name: str
    rules: tuple[Rule, ...] = field(converter=_rules)
    title: Label = field(kw_only=True)
    citation: Citation | None = field(kw_only=True, default=None)
    in_force: InForce = field(kw_only=True, factory=InForce)
    interpretations: tuple[Interpretation, ...] = field(kw_only=True, default=(), converter=_interpretations)
    subject: SubjectSchema = field(init=False, eq=False, repr=False)
    versions: Mapping[str, tuple[Rule, ...]] = field(init=False, eq=False, repr=False)
    """The rules of each name in the order of writing, each with the dates that it has from the standard."""

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
        versions: dict[str, tuple[Rule, ...]] = {}
        dated = isinstance(self.in_force, InForce) and self.in_force != InForce()
        for rule in self.rules:
            own = evolve(rule, in_force=self.in_force) if dated and rule.in_force is None else rule
            versions[rule.name] = (*versions.get(rule.name, ()), own)
        for same in versions.values():
            if len(same) > 1:
                problems.extend(_version_problems(self.name, same))
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
        object.__setattr__(self, "versions", versions)

    @title.default
    def _title(self) -> Label:
        return Label(str(self.name), str(self.name).replace("_", " "))

    def __iter__(self) -> Iterator[Rule]:
        for versions in self.versions.values():
            yield from versions

    def __getitem__(self, name: str) -> Rule:
        versions = self._named(name)
        if len(versions) > 1:
            raise NotFoundError.of(
                self.name,
                came=f"{name!r}, which has {len(versions)} versions",
                needed=f"the day: standard.version({name!r}, on=…)",
            )
        return versions[0]

    def version(self, name: str, *, on: datetime.date) -> Rule:
        """Return the version of a rule that is in force on a day; else the one that was last, or comes first.

        Judged, a version that is not in force is NOT_APPLICABLE and says so.
        """
        return self._version(self._named(name), check_day(on))

    def _named(self, name: str) -> tuple[Rule, ...]:
        if isinstance(name, str) and name in self.versions:
            return self.versions[name]
        known = list(self.versions)
        raise NotFoundError.of(
            self.name, came=excerpt(name), needed=f"one of {', '.join(known)}", nearest=nearest(str(name), known)
        )

    def _version(self, versions: tuple[Rule, ...], on: datetime.date) -> Rule:
        if len(versions) == 1:
            return versions[0]
        dated = sorted(
            ((rule.in_force or self.in_force, rule) for rule in versions), key=lambda one: _first_day(one[0])
        )
        begun = [rule for dates, rule in dated if _first_day(dates) <= on]
        return begun[-1] if begun else dated[0][1]

    def rules_on(self, on: datetime.date) -> tuple[Rule, ...]:
        """Return one rule for each name: the version that a judging on that day uses."""
        check_day(on)
        return tuple(self._version(versions, on) for versions in self.versions.values())

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

    def findings(
        self, record: Record, *, on: datetime.date, prefix: str | None = None, waivers: Iterable[Waiver] = ()
    ) -> tuple[Finding, ...]:
        """Judge a checked record; ids begin with ``prefix``, by default the standard's name.

        A waiver shows in the finding that it is about where that is UNMET or UNKNOWN; raises ``NotFoundError`` for a
        waiver of a rule that the standard does not have.
        """
        start = f"{self.name}/" if prefix is None else prefix
        granted = self._waivers(waivers)
        self._check_record(record)
        rules = self.rules_on(on)
        judged = (judge_rule(rule, record, on=on, in_force=self.in_force, prefix=start) for rule in rules)
        return tuple(_waived(finding, granted.get(finding.rule, ()), on) for finding in judged)

    def _check_record(self, record: object) -> None:
        if not isinstance(record, Record) or record.schema != self.subject:
            came = f"a record of {record.schema.name}" if isinstance(record, Record) else excerpt(record)
            needed = f"a record of {self.subject.name}: standard.read(facts)"
            raise FactsError.of("record", came=came, needed=needed)

    def _waivers(self, waivers: Iterable[Waiver]) -> dict[str, list[Waiver]]:
        granted: dict[str, list[Waiver]] = {}
        for waiver in _all(Waiver, waivers, "waivers"):
            self._named(waiver.rule)
            granted.setdefault(waiver.rule, []).append(waiver)
        return granted

    def judge(
        self,
        facts: object,
        *,
        on: datetime.date,
        stage: Stage | str = Stage.ACHIEVED,
        source: str | None = None,
        units: Mapping[str, str] | None = None,
        waivers: Iterable[Waiver] = (),
    ) -> Review:
        """Judge the facts of one subject on a day, and return the review.

        ``facts`` is a mapping, an attrs object or a record that was read; ``units`` declares the unit of bare numbers; ``stage`` and
        ``source`` hold for values that do not say their own; ``waivers`` are those granted to this subject.
        """
        record = facts if isinstance(facts, Record) else self.read(facts, stage=stage, source=source, units=units)
        findings = self.findings(record, on=check_day(on), waivers=waivers)
        named = None if record.title == self.subject.label else record.title
        return Review(title=self.title, about=named, on=on, findings=findings)

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
        if isinstance(many_facts, str | Mapping) or not isinstance(many_facts, Iterable):
            raise FactsError.of("many_facts", came=excerpt(many_facts), needed="a list with the facts of each subject")
        return tuple(self.judge(facts, on=on, stage=stage, source=source, units=units) for facts in many_facts)

    def verdicts(self, record: Record, *, on: datetime.date) -> dict[str, Verdict]:
        """Return only the verdict of each rule on a checked record: the fast way through many records."""
        self._check_record(record)
        return {
            rule.name: verdict_of(rule, record, on=on, in_force=self.in_force).verdict for rule in self.rules_on(on)
        }

    def tightened(
        self,
        name: str,
        *,
        citation: Citation,
        figures: Mapping[str, Amount | str] | None = None,
        replacing: Iterable[Rule] = (),
        adding: Iterable[Rule] = (),
        in_force: InForce | None = None,
        title: Label | None = None,
    ) -> Standard:
        """Return the standard as another authority tightens it: floors raised, ceilings lowered, rules added.

        ``figures`` gives the new figure of a rule that names one; ``replacing`` holds rules that stand in for those of
        the same name. Both bind from the dates of ``in_force``; before and after, and where nothing is said, the rule
        of this standard stays. Wherever a rule of this standard binds the one in its place must bind, and meeting it
        must meet this standard's: a rule for which that is not so, or could not be decided, is refused with both
        clauses and a counterexample. Raises ``RuleError`` with every problem.
        """
        dates = InForce() if in_force is None else in_force
        problems: list[Problem] = []
        added = [evolve(rule, in_force=rule.in_force or dates) for rule in _all(Rule, adding, "adding")]
        overlays: dict[str, list[tuple[Rule, InForce]]] = {}
        for rule in (*_all(Rule, replacing, "replacing"), *self._restated(figures or {}, citation, dates, problems)):
            own = rule.in_force or dates
            overlays.setdefault(rule.name, []).append((evolve(rule, in_force=own), own))
        problems.extend(self._misplaced(name, overlays, added))
        rules: list[Rule] = []
        for versions in self.versions.values():
            laid = overlays.get(versions[0].name, [])
            for rule in versions:
                left = [rule.in_force or self.in_force]
                for overlay, days in laid:
                    problems.extend(_weaker(overlay, rule, name) if left and days.overlaps(left[0]) else ())
                    left = [part for one in left for part in one.without(days)]
                rules += [evolve(rule, in_force=part, citation=rule.citation or self.citation) for part in left]
            rules += [overlay for overlay, _ in laid]
        problems.extend(self._uncited(name, rules))
        if problems:
            raise RuleError(*problems)
        return Standard(
            name,
            [*rules, *added],
            title=title or Label(f"{self.title.zh}（从严）", f"{self.title.en} (tightened)"),
            citation=citation,
            in_force=dates,
            interpretations=self.interpretations,
        )

    def _restated(
        self, figures: Mapping[str, Amount | str], citation: Citation, dates: InForce, problems: list[Problem]
    ) -> Iterator[Rule]:
        """Yield each version of a rule that meets the dates, with its new figure, for the days that both cover."""
        if not isinstance(figures, Mapping):
            raise RuleError.of("figures", came=excerpt(figures), needed="the new figure for each name of a rule")
        for rule_name, figure in figures.items():
            try:
                for rule in self._named(rule_name):
                    days = dates.common(rule.in_force or self.in_force)
                    if days is not None:
                        # A single version is taken to have bound before its first day and to bind after its last.
                        alone = len(self._named(rule_name)) == 1
                        yield rule.requiring(figure, citation=citation, in_force=dates if alone else days)
            except PerfevalError as error:
                problems.extend(
                    problem if problem.where.startswith(self.name) else evolve(problem, where=f"figures[{rule_name}]")
                    for problem in error.problems
                )

    def _misplaced(
        self, name: str, overlays: Mapping[str, Sequence[tuple[Rule, InForce]]], added: Sequence[Rule]
    ) -> Iterator[Problem]:
        """Say which overlays are of no rule, which additions are of one, and which overlays bind on the same days."""
        for rule_name, laid in overlays.items():
            where = f"{name}.{rule_name}"
            if rule_name not in self.versions:
                needed = "replacing= for a rule of this standard, adding= for a new one"
                yield Problem(where, came="an unknown rule", needed=needed, nearest=nearest(rule_name, self.versions))
            for (_, days), (_, others) in itertools.combinations(laid, 2):
                if days.overlaps(others):
                    came = f"two overlays, in force {_dates(days)} and {_dates(others)}"
                    yield Problem(where, came=came, needed="overlays of one rule whose dates do not overlap")
        for rule in added:
            if rule.name in self.versions:
                came, needed = "a rule added under the name of one that is there", "replacing=, or a name of its own"
                yield Problem(f"{name}.{rule.name}", came=came, needed=needed)

    def _uncited(self, name: str, rules: Sequence[Rule]) -> Iterator[Problem]:
        """Say which rules of this standard would need a clause beside an overlay, and have none."""
        names = Counter(rule.name for rule in rules)
        for rule in rules:
            if rule.citation is None and names[rule.name] > 1:
                yield Problem(
                    f"{name}.{rule.name}",
                    came=f"a rule of {self.name} without a citation, which stays in force beside its overlay",
                    needed="the clause of each, so that a finding can say which was used",
                )


def _weaker(overlay: Rule, rule: Rule, name: str) -> Iterator[Problem]:
    """Say why an overlay is not at least as strict as the rule in whose place it stands."""
    from perfeval.comparing import tightens  # searching for witnesses is not needed to judge

    lighter = [
        f"{what} {mine.value} for {its.value}"
        for what, mine, its, weight in (
            ("severity", overlay.severity, rule.severity, _WEIGHT),
            ("obligation", overlay.obligation, rule.obligation, _BINDING),
        )
        if weight[mine] < weight[its]
    ]
    if overlay.stage is not rule.stage and (
        overlay.stage is None or (rule.stage and overlay.stage.rank < rule.stage.rank)
    ):
        lighter.append(f"stage {_stage_word(overlay)} for {_stage_word(rule)}")
    if is_due_later(overlay.due, rule.due):
        lighter.append(f"due {overlay.due} for {rule.due or 'no due day'}")
    if lighter:
        needed = "an overlay that weighs as much as what it tightens, and is due no later"
        yield Problem(f"{name}.{rule.name}", came="; ".join(lighter), needed=needed)
    # What is said above is not said again: the conditions are compared as if both were due alike.
    overlay = evolve(overlay, stage=rule.stage, due=rule.due)
    compared = tightens(overlay, rule)
    if compared.holds is None:
        # Part of a year depends on the year: what cannot be refuted for all may be refuted on a day that both cover.
        refuted = tightens(overlay, rule, on=_common_day(overlay.in_force, rule.in_force))
        compared = refuted if refuted.holds is False else compared
    if compared.holds:
        return
    clauses = f"{_clause(overlay)} in place of {_clause(rule)}"
    if compared.holds is None:
        came = f"{clauses}, of which it could not be decided whether it is as strict: {compared.detail.en}"
        yield Problem(f"{name}.{rule.name}", came=came, needed="an overlay that can be seen to be as strict")
        return
    yield Problem(
        f"{name}.{rule.name}",
        came=f"{clauses}, which is weaker: {compared.detail.en}; for example {_example(compared.witness)}",
        needed="an overlay that binds wherever the rule does, and that nobody can meet without meeting it",
    )


def _common_day(*dates: InForce | None) -> datetime.date:
    """Return a day that dates which overlap all cover: the last of their first days, or the first of their last."""
    first = [one.since for one in dates if one is not None and one.since is not None]
    last = [one.until for one in dates if one is not None and one.until is not None]
    return max(first) if first else min(last) if last else datetime.date(2000, 1, 1)


def _stage_word(rule: Rule) -> str:
    return "any" if rule.stage is None else rule.stage.value


_WEIGHT: Mapping[object, int] = {Severity.NOTE: 0, Severity.DOUBT: 1, Severity.ERROR: 2}
_BINDING: Mapping[object, int] = {Obligation.SHOULD: 0, Obligation.IN_PRINCIPLE: 1, Obligation.MUST: 2}


def _clause(rule: Rule) -> str:
    cited = "no clause cited" if rule.citation is None else rule.citation.short()
    return f'"{rule_sentence(rule, "en")}" ({cited})'


def _example(witness: Mapping[str, object] | None) -> str:
    if not witness:
        return "any facts"
    return ", ".join(f"{name} = {_plain(value)}" for name, value in witness.items())


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{name}: {_plain(inner)}' for name, inner in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_plain(inner) for inner in value)}]"
    return str(value)


def _waived(finding: Finding, waivers: Iterable[Waiver], on: datetime.date) -> Finding:
    """Attach the waiver that holds on the day; of one that does not, say so."""
    if finding.verdict not in (Verdict.UNMET, Verdict.UNKNOWN):
        return finding
    lapsed: list[Label] = []
    for waiver in waivers:
        if waiver.covers(on):
            return evolve(finding, waiver=waiver)
        zh, en = ("", "") if waiver.until is None else (f"，{waiver.until} 止", f" until {waiver.until}")
        lapsed.append(
            Label(
                f"{waiver.authority}的豁免（{waiver.granted} 起{zh}）在 {on} 无效",
                f"the waiver by {waiver.authority} (from {waiver.granted}{en}) does not hold on {on}",
            )
        )
    return evolve(finding, remarks=(*finding.remarks, *lapsed))
