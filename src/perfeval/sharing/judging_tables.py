"""Whether an allocation table that is there adds up, names whom it should, and gives each what is owed.

Imports ``claims``, ``shares``, ``judging``, ``standard`` and what stands above them.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from attrs import evolve

from perfeval.amounts import Amount, AmountRange, Rounding, as_amount
from perfeval.citations import Citation
from perfeval.entitlements import in_yuan
from perfeval.errors import FactsError, PerfevalError, Problem, excerpt, nearest
from perfeval.evaluation import decide, scope_of
from perfeval.expressions import Many, Measure, equal
from perfeval.facts import Given, Label
from perfeval.findings import Finding, Review
from perfeval.judging import judge_rule
from perfeval.rules import Rule, Severity, check_day
from perfeval.sharing.claims import NAME_NEEDED, Claim, amount_read, claims_read, is_name, look
from perfeval.sharing.shares import Policy, policy_read, refuse_foreign, share_out, summed
from perfeval.subjects import Record, flag, many, measure, read, subject, text
from perfeval.units import Unit
from perfeval.verdicts import Verdict

__all__ = ["judge_table"]

_PREFIX: Final = "allocation/"
_PAIRS_COMPARED: Final = 100_000
"""How many pairs of names are compared at most in search of the nearest."""


class _Row(NamedTuple):
    """A row that was given, and its place among all that were."""

    place: int
    name: str
    amount: object


def judge_table(
    pot: Amount | str | None,
    rows: Mapping[str, object] | Iterable[tuple[str, object]],
    claims: Iterable[Claim],
    *,
    on: datetime.date,
    policy: Policy | str | None = None,
    quantum: Amount | str | None = None,
) -> Review:
    """Judge an allocation table that is there against the claims, and return the review.

    ``rows`` holds an amount for each name, as a mapping or as pairs; an amount of None, and a pot of None, is not
    known. Money is told in 元 throughout, whatever the unit in which it was given. The findings, with ids ``allocation/…``:

    * ``rows_equal_pot``: the rows that are there add up to the pot;
    * ``each_claim_has_row``, ``each_row_has_claim``, ``one_row_each``: names agree, the nearest name is in a remark;
      rows whose names look alike count as one name on several rows;
    * ``whole_quanta``: each row is a whole multiple of ``quantum``, a fen of the unit of the pot (0.01 元, 0.01 元/年)
      unless another is given; of what is no money it is asked only where one is given;
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
    known = None if problems else whole  # what is wrong with a pot is said once
    if not listed:
        raise FactsError(*problems)
    unit = in_yuan(listed[0].floor.unit if whole is None else whole.unit)
    step = _step(quantum, unit, problems)
    if step is None and chosen is not None:
        problems.append(Problem("quantum", came="none", needed=f"the least part that is shared out, in {unit}"))
    of_claims = [(f"claim {excerpt(claim.name)} floor", claim.floor) for claim in listed]
    problems += refuse_foreign(of_claims, unit, f"a unit that goes with {unit}")
    floors = summed((claim.floor for claim in listed), unit)
    owed = {} if problems else _owed(whole, floors, listed, chosen, step)
    rowless = _rowless(given, listed)
    schema, rules = _table(unit, step)
    try:
        facts = {"pot": known, "floors": floors, "rows": _facts(given, listed, owed, unit)}
        record = read(schema, facts | {"claims": _claimants(given, listed)})
    except FactsError as error:
        problems.extend(_at_row(problem, given) for problem in error.problems)
    if problems:
        raise FactsError(*problems)
    # Where a rule is not about this pot, what it would say of each row is not worked out.
    bare = read(schema, {"pot": whole, "floors": floors, "rows": [], "claims": []})
    findings = [
        judge_rule(rule, record if _may_bind(rule, bare, on) else bare, on=on, prefix=_PREFIX)
        for rule in rules
        if rule.name != "shared_by_policy" or chosen is not None
    ]
    of_rows, of_claims_only = [row.name for row in given], [claim.name for claim in listed]
    cited = {claim.name: claim.citation for claim in listed if claim.citation is not None}
    near = _nearest_names(given, listed, rowless)
    return Review(
        title=Label("分配表", "allocation table"),
        on=on,
        findings=tuple(
            _explained(finding, of_claims_only if finding.rule == "each_claim_has_row" else of_rows, cited, near, step)
            for finding in findings
        ),
    )


def _step(quantum: object, unit: Unit, problems: list[Problem]) -> Amount | None:
    """Return the quantum of a table in a unit; None where none was given and it is about no money, or for a wrong one."""
    if quantum is None:
        return Amount.of("0.01", unit) if any(base.startswith("currency_") for base, _ in unit.dimension) else None
    step = amount_read(quantum, "quantum", problems)
    if step is None:
        return None
    if step.dimension != unit.dimension:
        problems.append(Problem("quantum", came=str(step), needed=f"a unit that goes with {unit}"))
    elif step.root <= 0:
        problems.append(Problem("quantum", came=str(step), needed="a quantum above zero"))
    else:
        return step.to(unit)
    return None


def _owed(
    pot: Amount | None, floors: Amount, claims: Sequence[Claim], policy: Policy | None, quantum: Amount | None
) -> dict[str, Amount | AmountRange]:
    """Return what each claim gets by the policy from a pot that is short."""
    if pot is None:
        # What the policy gives depends on the pot alone, so it is the pot that is missing.
        return {claim.name: AmountRange(Amount.of(0, floors.unit), claim.floor) for claim in claims}
    if policy is None or quantum is None or pot >= floors:
        return {}
    return {row.name: row.share for row in share_out(pot, claims, policy=policy, quantum=quantum).rows}


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
        elif not is_name(row[0]):
            problems.append(Problem(f"rows[{index}]", came=excerpt(row[0]), needed=NAME_NEEDED))
        else:
            given.append(_Row(index, row[0], row[1]))
    if not given and not problems:
        problems.append(Problem("rows", came="no rows", needed="at least one row"))
    return given


# --- what is asked of a table ----------------------------------------------------------------------------


@functools.lru_cache(maxsize=32)
def _table(unit: Unit, quantum: Amount | None) -> tuple[type, tuple[Rule, ...]]:
    """Return the subject of an allocation table in one unit, and what is asked of a table in such quanta."""

    @subject(zh="分配表的一行", en="row of the table", unit="个[单位]")
    class Row:
        name = text(zh="名称", en="name")
        share = measure(unit, at_least=0, zh="分配额", en="share")
        floor = measure(unit, zh="保障额", en="floor")
        by_policy = measure(unit, zh="按办法应得", en="share by the policy")
        claimed = flag(zh="在分配对象名单内", en="there is a claim of that name")
        single = flag(zh="只列一行", en="there is only one row of that name")

    @subject(zh="分配对象", en="claim", unit="个[单位]")
    class Claimant:
        name = text(zh="名称", en="name")
        listed = flag(zh="列入分配表", en="there is a row of that name")

    @subject(zh="分配表", en="allocation table")
    class Table:
        pot = measure(unit, at_least=0, zh="资金总额", en="pot")
        floors = measure(unit, at_least=0, zh="保障额合计", en="sum of the floors")
        rows = many(Row, zh="各行", en="rows")
        claims = many(Claimant, zh="分配对象", en="claims")

    covered, short = Table.pot >= Table.floors, Table.pot < Table.floors
    comparable = Row.claimed & Row.single
    whole_quanta = () if quantum is None else (_whole_quanta(Table.rows, Row.share, quantum),)
    floor_met = Table.rows.every(Row.share >= Row.floor, where=comparable)
    rules = (
        Rule(
            "rows_equal_pot",
            equal(Table.rows.sum(Row.share), Table.pot),
            label=Label("分配合计与资金总额", "rows against the pot"),
        ),
        Rule(
            "each_claim_has_row",
            Table.claims.every(Claimant.listed),
            label=Label("分配对象均列入分配表", "a row for each claim"),
        ),
        Rule(
            "each_row_has_claim",
            Table.rows.every(Row.claimed),
            label=Label("各行均在分配对象名单内", "a claim for each row"),
        ),
        Rule(
            "one_row_each",
            Table.rows.every(Row.single),
            label=Label("名称不重复", "one row for each name"),
        ),
        *whole_quanta,
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


def _whole_quanta(rows: Many, share: Measure, quantum: Amount) -> Rule:
    return Rule(
        "whole_quanta",
        rows.every(equal(share, share.round(quantum, Rounding.FLOOR))),
        label=Label(f"各行均为 {quantum} 的整数倍", f"each row a whole multiple of {quantum}"),
    )


_AMISS: Final = {
    "each_claim_has_row": Label("分配表漏列{}", "the table has no row for {}"),
    "each_row_has_claim": Label("{}不在分配对象名单内", "{} is not among the claims"),
    "one_row_each": Label("{}重复列示", "{} has more than one row"),
    "whole_quanta": Label("{}不是 {} 的整数倍", "{} is not a whole multiple of {}"),
}
_ABOUT_NAMES: Final = frozenset({"each_claim_has_row", "each_row_has_claim"})
_ABOUT_FLOORS: Final = frozenset({"floors_met", "short_of_floor", "pot_covers_floors", "shared_by_policy"})


# --- the facts of a table --------------------------------------------------------------------------------


def _rowless(given: Sequence[_Row], claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims that have no row."""
    named = {row.name for row in given}
    return [claim for claim in claims if claim.name not in named]


def _facts(
    given: Sequence[_Row],
    claims: Iterable[Claim],
    owed: Mapping[str, Amount | AmountRange],
    unit: Unit,
) -> list[dict[str, object]]:
    """Return the facts of the rows of a table, what each gives shown in one unit."""
    # A floor of another dimension has been told of with its claim.
    floor_of = {claim.name: claim.floor if claim.floor.dimension == unit.dimension else None for claim in claims}
    looks = [look(row.name) for row in given]
    counts = Counter(looks)
    return [
        {
            "name": row.name,
            "share": _shown_in(unit, row.amount),
            "floor": floor_of.get(row.name),
            "by_policy": owed.get(row.name),
            "claimed": row.name in floor_of,
            "single": counts[shown] == 1,
        }
        for row, shown in zip(given, looks, strict=True)
    ]


def _claimants(given: Sequence[_Row], claims: Iterable[Claim]) -> list[dict[str, object]]:
    """Return for each claim whether the table has a row of that name."""
    named = {row.name for row in given}
    return [{"name": claim.name, "listed": claim.name in named} for claim in claims]


def _shown_in(unit: Unit, value: object) -> object:
    """Return an amount shown in a unit; what is no such amount as it came, for the reader of facts to refuse."""
    if isinstance(value, Given) and isinstance(value.value, Amount) and value.value.dimension == unit.dimension:
        return evolve(value, value=value.value.to(unit))
    if not isinstance(value, Amount | str):
        return value
    try:
        return as_amount(value).to(unit)
    except PerfevalError:
        return value


_AT_ROW: Final = re.compile(r"rows\[(\d+)\](?:\.share)?(.*)")


def _at_row(problem: Problem, given: Sequence[_Row]) -> Problem:
    """Return a problem of a row with the name of the row, and without advice that does not hold here."""
    found = _AT_ROW.fullmatch(problem.where)
    if found is None:
        return problem
    row = given[int(found[1])]
    where = f"rows[{row.place}] {excerpt(row.name)}{found[2]}"
    return evolve(problem, where=where, needed=problem.needed.removesuffix(", or its unit declared in units="))


# --- what a reader is told of it -------------------------------------------------------------------------


def _nearest_names(given: Sequence[_Row], claims: Sequence[Claim], rowless: Sequence[Claim]) -> dict[str, str]:
    """Return the nearest name on the other side for each name that stands on one side only, where these are few."""
    claimed = {claim.name for claim in claims}
    rows = list(dict.fromkeys(row.name for row in given if row.name not in claimed))
    others = [claim.name for claim in rowless]
    if len(rows) * len(others) > _PAIRS_COMPARED:
        return {}
    near = {name: nearest(name, others) for name in rows} | {name: nearest(name, rows) for name in others}
    return {name: found for name, found in near.items() if found is not None}


def _explained(
    finding: Finding,
    names: Sequence[str],
    cited: Mapping[str, Citation],
    near: Mapping[str, str],
    quantum: Amount | None,
) -> Finding:
    """Return a finding whose parts, one for each of ``names``, cite the claim and say what is wrong with the name."""
    parts: list[Finding] = []
    for name, child in zip(names, finding.children, strict=False):
        part = evolve(child, citation=cited[name]) if name in cited else child
        if finding.rule in _AMISS and child.verdict is Verdict.UNMET:
            amiss, remarks = _AMISS[finding.rule], child.remarks
            if finding.rule in _ABOUT_NAMES and name in near:
                remarks = (Label(f"名称最接近的是“{near[name]}”", f'the nearest name is "{near[name]}"'),)
            # The label says all of it; the aspect would say it once more.
            label = Label(amiss.zh.format(name, quantum), amiss.en.format(name, quantum))
            part = evolve(part, label=label, aspect=None, remarks=remarks)
        parts.append(part)
    clauses = set(cited.values())
    common = clauses.pop() if finding.rule in _ABOUT_FLOORS and len(clauses) == 1 else None
    return evolve(finding, children=tuple(parts), citation=common)
