"""Whether an allocation table that is there adds up, names whom it should, and gives each what is owed.

Imports ``claims``, ``shares``, ``judging``, ``standard`` and what stands above them.
"""

from __future__ import annotations

import datetime
import functools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from attrs import evolve

from perfeval.amounts import Amount, AmountRange
from perfeval.citations import Citation
from perfeval.errors import FactsError, Problem, excerpt, nearest
from perfeval.evaluation import decide, scope_of
from perfeval.expressions import equal
from perfeval.facts import Label
from perfeval.findings import Finding, Review
from perfeval.judging import judge_rule
from perfeval.rules import Rule, Severity
from perfeval.sharing.claims import Claim, amount_read, claims_read
from perfeval.sharing.shares import Policy, policy_read, refuse_foreign, share_out, summed
from perfeval.standard import check_day
from perfeval.subjects import Record, flag, many, measure, read, subject, text
from perfeval.units import Unit
from perfeval.verdicts import Verdict

__all__ = ["judge_table"]

_PREFIX: Final = "allocation/"
_PAIRS_COMPARED: Final = 100_000
"""How many pairs of names are compared at most in search of the nearest."""

_Row: TypeAlias = tuple[str, object]


def judge_table(
    pot: Amount | str | None,
    rows: Mapping[str, object] | Iterable[tuple[str, object]],
    claims: Iterable[Claim],
    *,
    on: datetime.date,
    policy: Policy | str | None = None,
    quantum: Amount | str = "0.01 元",
) -> Review:
    """Judge an allocation table that is there against the claims, and return the review.

    ``rows`` holds an amount for each name, as a mapping or as pairs; an amount of None, and a pot of None, is not
    known. The findings, with ids ``allocation/…``:

    * ``rows_equal_pot``: the rows add up to the pot;
    * ``each_claim_has_row``, ``each_row_has_claim``, ``one_row_each``: names agree, the nearest name is in a remark;
    * ``floors_met``: where the pot is as much as the floors, each row is at least its floor;
    * ``pot_covers_floors``, ``short_of_floor`` (notes): by how much the pot, and each row, is short where it is not;
    * ``shared_by_policy`` (a doubt, where a policy is named): each row is then what :func:`share_out` gives.

    Raises ``FactsError`` with every problem of the input.

    >>> review = judge_table(
    ...     "5000 元", {"甲": "2500 元", "乙": "2400 元"}, [Claim("甲", "3000 元"), Claim("乙", "1000 元")],
    ...     on=datetime.date(2026, 6, 30))
    >>> str(review["rows_equal_pot"].shortfall), str(review["floors_met"].children[0].shortfall)
    ('100 元', '500 元')
    """
    check_day(on)
    problems: list[Problem] = []
    listed = claims_read(claims, problems)
    chosen = policy_read(policy, problems)
    whole = None if pot is None else amount_read(pot, "pot", problems)
    given = _rows_read(rows, problems)
    if whole is not None and whole.root < 0:
        problems.append(Problem("pot", came=str(whole), needed="zero or more"))
    if not listed:
        raise FactsError(*problems)
    unit = listed[0].floor.unit if whole is None else whole.unit
    of_claims = [(f"claim {excerpt(claim.name)} floor", claim.floor) for claim in listed]
    problems += refuse_foreign(of_claims, unit, f"a unit that goes with {unit}")
    floors = summed((claim.floor for claim in listed), unit)
    owed: dict[str, Amount | AmountRange] = {}
    if whole is None:
        # What the policy gives depends on the pot alone, so it is the pot that is missing.
        owed = {claim.name: AmountRange(Amount.of(0, unit), claim.floor) for claim in listed}
    elif not problems and chosen is not None and whole < floors:
        owed = {row.name: row.share for row in share_out(whole, listed, policy=chosen, quantum=quantum).rows}
    rowless = _rowless(given, listed)
    schema, rules = _table(unit)
    try:
        record = read(schema, {"pot": whole, "floors": floors, "rows": _facts(given, listed, rowless, owed, unit)})
    except FactsError as error:
        problems.extend(error.problems)
    if problems:
        raise FactsError(*problems)
    # Where a rule is not about this pot, what it would say of each row is not worked out.
    bare = read(schema, {"pot": whole, "floors": floors, "rows": []})
    findings = [
        judge_rule(rule, record if _may_bind(rule, bare, on) else bare, on=on, prefix=_PREFIX)
        for rule in rules
        if rule.name != "shared_by_policy" or chosen is not None
    ]
    names = [name for name, _ in given] + [claim.name for claim in rowless]
    cited = {claim.name: claim.citation for claim in listed if claim.citation is not None}
    near = _nearest_names(given, listed, rowless)
    return Review(
        title=Label("分配表", "allocation table"),
        on=on,
        findings=tuple(_explained(finding, names, cited, near) for finding in findings),
    )


def _may_bind(rule: Rule, table: Record, on: datetime.date) -> bool:
    return rule.when is None or decide(rule.when, scope_of(table, rule.stage, on)).verdict is not Verdict.UNMET


def _rows_read(rows: object, problems: list[Problem]) -> list[_Row]:
    if isinstance(rows, Mapping):
        rows = rows.items()
    if isinstance(rows, str | bytes) or not isinstance(rows, Iterable):
        problems.append(Problem("rows", came=excerpt(rows), needed="an amount for each name, or pairs of both"))
        return []
    given: list[_Row] = []
    for index, row in enumerate(rows):
        if not isinstance(row, Sequence) or isinstance(row, str | bytes) or len(row) != 2:
            problems.append(Problem(f"rows[{index}]", came=excerpt(row), needed="a name and an amount"))
        elif not isinstance(row[0], str):
            problems.append(Problem(f"rows[{index}]", came=excerpt(row[0]), needed="a name"))
        else:
            given.append((row[0], row[1]))
    if not given and not problems:
        problems.append(Problem("rows", came="no rows", needed="at least one row"))
    return given


# --- what is asked of a table ----------------------------------------------------------------------------


@functools.lru_cache(maxsize=32)
def _table(unit: Unit) -> tuple[type, tuple[Rule, ...]]:
    """Return the subject of an allocation table in one unit, and what is asked of a table."""

    @subject(zh="分配表的一行", en="row of the table", unit="个[单位]")
    class Row:
        name = text(zh="名称", en="name")
        share = measure(unit, at_least=0, zh="分配额", en="share")
        floor = measure(unit, zh="保障额", en="floor")
        by_policy = measure(unit, zh="按办法应得", en="share by the policy")
        claimed = flag(zh="有对应的分配对象", en="there is a claim of that name")
        listed = flag(zh="列入分配表", en="there is a row of that name")
        single = flag(zh="只列一行", en="there is only one row of that name")

    @subject(zh="分配表", en="allocation table")
    class Table:
        pot = measure(unit, at_least=0, zh="资金总额", en="pot")
        floors = measure(unit, at_least=0, zh="保障额合计", en="sum of the floors")
        rows = many(Row, zh="各行", en="rows")

    covered, short = Table.pot >= Table.floors, Table.pot < Table.floors
    comparable = Row.claimed & Row.listed & Row.single
    floor_met = Table.rows.every(Row.share >= Row.floor, where=comparable)
    rules = (
        Rule(
            "rows_equal_pot",
            equal(Table.rows.sum(Row.share), Table.pot),
            label=Label("分配合计与资金总额", "rows against the pot"),
        ),
        Rule(
            "each_claim_has_row",
            Table.rows.every(Row.listed, where=Row.claimed),
            label=Label("分配对象列入分配表", "a row for each claim"),
        ),
        Rule(
            "each_row_has_claim",
            Table.rows.every(Row.claimed, where=Row.listed),
            label=Label("各行均有分配对象", "a claim for each row"),
        ),
        Rule(
            "one_row_each",
            Table.rows.every(Row.single, where=Row.listed),
            label=Label("名称不重复", "one row for each name"),
        ),
        Rule(
            "floors_met",
            floor_met,
            when=covered,
            label=Label("各行不低于保障额", "each row at least its floor"),
        ),
        Rule(
            "pot_covers_floors",
            covered,
            severity=Severity.NOTE,
            label=Label("资金总额与保障额合计", "the pot against the floors"),
        ),
        Rule(
            "short_of_floor",
            floor_met,
            when=short,
            severity=Severity.NOTE,
            label=Label("资金不足时各行的缺口", "who is short where the pot is"),
        ),
        Rule(
            "shared_by_policy",
            Table.rows.every(equal(Row.share, Row.by_policy), where=comparable),
            when=short,
            severity=Severity.DOUBT,
            label=Label("资金不足时按所定办法分配", "shared by the policy where the pot is short"),
        ),
    )
    return Table, rules


_ABOUT_NAMES: Final = frozenset({"each_claim_has_row", "each_row_has_claim"})
_ABOUT_FLOORS: Final = frozenset({"floors_met", "short_of_floor", "pot_covers_floors", "shared_by_policy"})


# --- the facts of a table --------------------------------------------------------------------------------


def _rowless(given: Sequence[_Row], claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims that have no row."""
    named = {name for name, _ in given}
    return [claim for claim in claims if claim.name not in named]


def _facts(
    given: Sequence[_Row],
    claims: Iterable[Claim],
    rowless: Iterable[Claim],
    owed: Mapping[str, Amount | AmountRange],
    unit: Unit,
) -> list[dict[str, object]]:
    """Return the facts of the rows of a table, and then of the claims that have none, to which it gives nothing."""
    floor_of = {claim.name: claim.floor for claim in claims}
    counts = Counter(name for name, _ in given)
    nothing = Amount.of(0, unit)
    rows: list[dict[str, object]] = [
        {
            "name": name,
            "share": amount,
            "floor": floor_of.get(name),
            "by_policy": owed.get(name),
            "claimed": name in floor_of,
            "listed": True,
            "single": counts[name] == 1,
        }
        for name, amount in given
    ]
    rows += [
        {"name": claim.name, "share": nothing, "floor": claim.floor, "claimed": True, "listed": False, "single": False}
        for claim in rowless
    ]
    return rows


# --- what a reader is told of it -------------------------------------------------------------------------


def _nearest_names(given: Sequence[_Row], claims: Sequence[Claim], rowless: Sequence[Claim]) -> dict[str, str]:
    """Return the nearest name on the other side for each name that stands on one side only, where these are few."""
    claimed = {claim.name for claim in claims}
    rows = list(dict.fromkeys(name for name, _ in given if name not in claimed))
    others = [claim.name for claim in rowless]
    if len(rows) * len(others) > _PAIRS_COMPARED:
        return {}
    near = {name: nearest(name, others) for name in rows} | {name: nearest(name, rows) for name in others}
    return {name: found for name, found in near.items() if found is not None}


def _explained(
    finding: Finding, names: Sequence[str], cited: Mapping[str, Citation], near: Mapping[str, str]
) -> Finding:
    """Return a finding whose parts, one for each of ``names``, cite the claim and say the nearest name."""
    parts: list[Finding] = []
    for name, child in zip(names, finding.children, strict=False):
        remarks: tuple[Label, ...] = ()
        if finding.rule in _ABOUT_NAMES and child.verdict is Verdict.UNMET and name in near:
            remarks = (Label(f"名称最接近的是“{near[name]}”", f'the nearest name is "{near[name]}"'),)
        parts.append(evolve(child, citation=cited.get(name), remarks=remarks) if remarks or name in cited else child)
    clauses = set(cited.values())
    common = clauses.pop() if finding.rule in _ABOUT_FLOORS and len(clauses) == 1 else None
    return evolve(finding, children=tuple(parts), citation=common)
