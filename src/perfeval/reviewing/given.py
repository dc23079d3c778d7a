"""What a caller adds to a text: the facts given for each standard, read once, and the standards judged by them.

Imports ``standards`` and above.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from attrs import evolve

from perfeval.documents.project import Approval, Project
from perfeval.errors import FactsError, NotFoundError, Problem, excerpt
from perfeval.findings import Finding
from perfeval.judging import judge_rule
from perfeval.matching.fitting import Facts
from perfeval.packs import Pack
from perfeval.rules import Rule
from perfeval.standard import Standard
from perfeval.standards import money_against_task
from perfeval.standards.shelf import load
from perfeval.subjects import Record, blank, read
from perfeval.verdicts import Verdict, all_of

__all__ = ["JUDGED_HERE", "MONEY", "added_facts", "given_records", "standard_findings", "with_approval"]

JUDGED_HERE = ("budget_consistency", "project_dates", "project_text", "report_text", "stated_figures", "stated_targets")
"""The standards that are judged by what a text says, and by nothing else."""
MONEY = money_against_task.STANDARD.name
ADDED = "补充资料"
"""Who asserts what a caller adds."""
_BUDGET = "budget_consistency"


def with_approval(project: Project, facts: Mapping[str, object]) -> Project:
    """Return the project with the approved amount that ``facts`` give, where its text gives none.

    Raises ``FactsError`` for anything else given for ``budget_consistency``: a text speaks of its own figures for itself.
    """
    given = facts.get(_BUDGET)
    if given is None:
        return project
    if not isinstance(given, Mapping) or set(given) != {"approval"} or project.approval is not None:
        came = "what the text says itself" if project.approval is not None else excerpt(given)
        raise FactsError.of(f"facts.{_BUDGET}", came=came, needed='only what a text lacks: {"approval": "18.6 万元"}')
    record = read(load(_BUDGET).standard.subject, given, path=_BUDGET, source=ADDED)
    amount = record.entries["approval"].given
    return evolve(project, approval=Approval(amount=amount, document=None, span=None))


def given_records(facts: Mapping[str, object]) -> dict[str, tuple[Record, ...]]:
    """Read what was given for each standard; raise one ``FactsError`` with the problems of all."""
    if not isinstance(facts, Mapping):
        raise FactsError.of("facts", came=excerpt(facts), needed="an object of standards' names, each with its facts")
    problems: list[Problem] = []
    records: dict[str, tuple[Record, ...]] = {}
    for name, data in facts.items():
        if name in ("stated_targets", _BUDGET):
            # These add to what the text itself states, and are read together with it.
            continue
        if name in JUDGED_HERE:
            problems.append(Problem(f"facts.{name}", came="facts", needed="none: it is judged by what the text says"))
            continue
        try:
            standard = load(name).standard
        except NotFoundError as error:
            problems += [evolve(problem, where="facts") for problem in error.problems]
            continue
        listed: list[tuple[int | None, object]] = [(None, data)]
        if isinstance(data, Sequence) and not isinstance(data, str | bytes):
            listed = list(enumerate(data))
        found = []
        for index, item in listed:
            path = name if index is None else f"{name}[{index}]"
            try:
                found.append(read(standard.subject, item, path=path, source=ADDED))
            except FactsError as error:
                problems += error.problems
        records[name] = tuple(found)
    if problems:
        raise FactsError(*problems)
    return records


def standard_findings(pack: Pack, records: tuple[Record, ...] | None, day: datetime.date) -> list[Finding]:
    """Return the findings of a shipped standard on what was given; every fact is asked for where nothing was."""
    standard = pack.standard
    if records is None:
        unknown = f"{standard.name}[*]" if pack.binds_many else standard.name
        return list(standard.findings(blank(standard.subject, unknown), on=day))
    if len(records) == 1 and not pack.binds_many:
        return list(standard.findings(records[0], on=day))
    return [_over_all(standard, rule, records, day) for rule in standard.rules_on(day)]


def _over_all(standard: Standard, rule: Rule, records: tuple[Record, ...], day: datetime.date) -> Finding:
    """Return one finding of a rule over many subjects, with a child for each."""
    children = tuple(
        evolve(
            judge_rule(rule, record, on=day, in_force=standard.in_force, prefix=f"{standard.name}/{index}/"),
            about=record.path,
            label=record.title,
        )
        for index, record in enumerate(records)
    )
    return Finding(
        id=f"{standard.name}/{rule.name}",
        rule=rule.name,
        label=rule.title,
        verdict=all_of(child.verdict for child in children),
        severity=rule.severity,
        missing=tuple(lack for child in children if child.verdict is Verdict.UNKNOWN for lack in child.missing),
        citation=rule.citation,
        in_force=rule.in_force or standard.in_force,
        sources=tuple(dict.fromkeys(source for child in children for source in child.sources)),
        children=children,
    )


def added_facts(said: Mapping[str, list[Facts]], given: object, where: str = "stated_targets") -> Facts:
    """Add given facts to what the text states, item by item in the order in which the text states them."""
    if not isinstance(given, Mapping):
        raise FactsError.of(where, came=excerpt(given), needed=f"an object with {', '.join(said)}")
    merged: Facts = {**said, **given}
    for key, listed in said.items():
        added = given.get(key)
        if isinstance(added, list) and len(added) <= len(listed) and all(isinstance(one, Mapping) for one in added):
            merged[key] = [{**item, **more} for item, more in zip(listed, added, strict=False)] + listed[len(added) :]
        elif key in given:
            raise FactsError.of(
                f"{where}.{key}",
                came=excerpt(added),
                needed=f"a list of at most {len(listed)} objects, in the order in which the text states them",
            )
    return merged
