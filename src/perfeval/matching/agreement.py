"""What a project's text and its tables both say: the facts of ``text_and_tables``, and who bears whom out.

Money is compared where both places call it the same, and only money of one kind and one year. Imports ``displayed``,
``money_grids``, ``same_targets``, ``shown``, ``table_identities``, ``table_names`` and above.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Final, final

from attrs import evolve, frozen

from perfeval.amounts import Amount
from perfeval.budgets import Identity
from perfeval.citations import Span
from perfeval.documents.bounds import Comparator
from perfeval.documents.printed import Printed
from perfeval.documents.project import MoneyKind, Period, Project, StatedMoney
from perfeval.facts import Given, Label
from perfeval.matching.budget import lines_complete
from perfeval.matching.displayed import restated
from perfeval.matching.fitting import Facts, said
from perfeval.matching.money_grids import MoneyGrid, grid_identities
from perfeval.matching.same_targets import Target, targets_of, year_of
from perfeval.matching.shown import printed_of
from perfeval.matching.table_identities import budget_identities, figure_of, funds_identities
from perfeval.matching.table_money import whole_of_project
from perfeval.matching.table_names import bare_name, is_named_alike, plain_name, tables_by_project, tables_of
from perfeval.slips import locate
from perfeval.tables import BudgetTable
from perfeval.tables.model import FundsRow, FundsSource, ReadTable, TableKind

__all__ = [
    "Agreement",
    "Claim",
    "Pair",
    "agreement_of",
    "budget_claims",
    "equalities",
    "is_named_alike",
    "money_facts",
    "pairs_of",
    "table_claims",
    "tables_by_project",
    "tables_of",
]

_SAME: Final = Label("文本与表格金额一致", "text and tables have the same money")
_SUMS: Final = Label("明细合计等于预算总额", "the lines add up to the total")


# --- money -----------------------------------------------------------------------------------------------


@final
@frozen
class Claim:
    """One place that states an amount: what of, whose place it is (the text or a table), the figure, and where its unit is declared."""

    role: str
    source: str
    label: Label
    printed: Printed
    units: tuple[Span, ...] = ()


@final
@frozen
class Pair:
    """Two places that state one amount, with every other place that states it too."""

    one: Claim
    other: Claim
    all: tuple[Claim, ...]

    @property
    def agrees(self) -> bool | None:
        """Whether the two figures are one amount; None where a unit lacks."""
        return self.one.printed.agrees(self.other.printed)

    @property
    def culprit(self) -> Claim | None:
        """The one place that differs from two others or more, which agree with one another; None where none stands alone."""
        for claim in (self.one, self.other):
            others = [each for each in self.all if each is not claim]
            alone = not any(claim.printed.agrees(each.printed) for each in others)
            if alone and len(others) > 1 and all(others[0].printed.agrees(each.printed) for each in others[1:]):
                return claim
        return None


def _text_claims(project: Project, year: int | None) -> Iterator[Claim]:
    """Yield what the text states of the year's money; rates and bounds are not the project's own money."""
    source = "text"
    named: tuple[tuple[str, str, Given | None], ...] = (
        ("申请金额", "amount requested", project.request),
        ("批复金额", "amount approved", None if project.approval is None else project.approval.amount),
        *(("合计", "total", total) for total in project.totals),
    )
    places: set[tuple[int, int]] = set()
    for zh, en, given in named:
        printed = printed_of(given)
        if printed is not None and printed.span is not None:
            places.add((printed.span.start, printed.span.end))
            yield Claim("total", source, Label(f"文本{zh}", f"the text's {en}"), printed)
    for line in project.lines:
        printed = printed_of(line.amount)
        if printed is not None:
            yield Claim(
                f"line:{bare_name(line.name)}", source, Label(f"文本“{line.name}”", f"the text's {line.name}"), printed
            )
    for money in project.money:
        role = _role_of(money, year)
        span = money.printed.span
        if role is not None and (span is None or (span.start, span.end) not in places):
            label = Label(f"文本“{money.name}”", f"the text's {money.name}")
            yield Claim(role, source, label, money.printed)


_ROLES: Final = (
    ("executed", re.compile(r"(?:执行|支出|支付)(?:数|金额|总额|资金)?$")),
    ("adjusted", re.compile(r"(?:调整后|全年)预算(?:数|总额|金额)?$")),
    ("fiscal", re.compile(r"财政(?:拨款|资金|预算资金)$")),
    (
        "total",
        re.compile(
            r"(?:资金总额|预算总额|总预算|预算金额|年初预算数?|年度预算|预算资金|申请(?:预算)?资金|预算安排|资金总计)$"
        ),
    ),
)
_WHOLE: Final = re.compile(r"总投资|项目资金总额|总概算|项目总额")


def _role_of(money: StatedMoney, year: int | None) -> str | None:
    """Return what the words call an amount, where the tables call something so; None for any other money."""
    if money.comparator is not Comparator.UNSTATED or money.per or not money.name:
        return None
    name = plain_name(money.name)
    if money.kind is MoneyKind.CUMULATIVE:
        return "whole" if _WHOLE.search(name) else None
    if money.kind is not MoneyKind.ANNUAL or (money.year is not None and year is not None and money.year != year):
        return None
    return next((role for role, words in _ROLES if words.search(name)), None)


def table_claims(table: ReadTable, index: int) -> Iterator[Claim]:
    """Yield what a table states of its year's money: its total and its fiscal money, by the column."""
    source = f"table[{index}]"
    several = sum(row.source is FundsSource.TOTAL for row in table.funds) > 1
    declared = tuple(one.span for one in table.money_declared)
    for row in table.funds:
        for column, role in _columns_of(row, several=several, goals=table.kind is TableKind.GOALS):
            printed: Printed | None = getattr(row, column)
            if printed is not None:
                name = table.name or (table.title.text if table.title is not None else "")
                label = Label(f"{name}“{row.label.text}”", f"{row.label.text} of {name}")
                yield Claim(role, source, label, printed, declared)
    project = whole_of_project(table)
    if project is not None:
        # A project of one year has no other money than that year's.
        role = "total" if _is_of_one_year(table) else "whole"
        label = Label(f"{table.name}“{project.name}”", f"the money of the whole project in {table.name}")
        yield Claim(role, source, label, project.total, declared)


def _is_of_one_year(table: ReadTable) -> bool:
    period = table.period
    return (
        period is not None
        and period.first is not None
        and period.last is not None
        and period.first.year == period.last.year
    )


def _columns_of(row: FundsRow, *, several: bool, goals: bool) -> tuple[tuple[str, str], ...]:
    """Return which column of a row states which money; of two totals the one of no year is of the whole project."""
    of_year = re.search("年度|当年|本年|申请", row.label.text) is not None
    if row.source is FundsSource.TOTAL:
        first = "whole" if several and not of_year else "total"
        changed = "total" if goals else "adjusted"  # 预算金额 of a goal table is what the year begins with
        return (("planned", first), ("initial", "total"), ("full_year", changed), ("executed", "executed"))
    if row.source is FundsSource.FISCAL and (of_year or not several):
        return (("planned", "fiscal"), ("initial", "fiscal"))
    return ()


def budget_claims(table: BudgetTable, index: int) -> Iterator[Claim]:
    """Yield what a table of lines states: its total and each of its lines."""
    source = f"budget[{index}]"
    totals = [row for row in table.rows if row.is_total and "小计" not in row.name.text]
    name = table.name or "明细表"
    if totals and totals[-1].amount is not None:
        yield Claim("total", source, Label(f"{name}“合计”", f"the total of {name}"), totals[-1].amount)
    for row in table.rows:
        if not row.is_total and row.amount is not None:
            label = Label(f"{name}“{row.name.text}”", f"{row.name.text} of {name}")
            yield Claim(f"line:{bare_name(row.name.text)}", source, label, row.amount)


def _is_of_a_part(claim: Claim, totals: Sequence[Claim], lines: Sequence[Claim]) -> bool:
    """Say whether the total of a table is that of one line of the text, worked out further: no total of the project."""
    if claim.role != "total" or any(one.printed.agrees(claim.printed) for one in totals):
        return False
    return any(one.printed.agrees(claim.printed) for one in lines)


def _grid_claims(grid: MoneyGrid, index: int, year: int | None) -> Iterator[Claim]:
    """Yield the money of the project's year in a table of years."""
    for of_year, row in grid.years:
        if of_year == year and row.amount is not None:
            label = Label(f"{grid.name}“{row.name.text}”", f"{row.name.text} of {grid.name}")
            yield Claim("total", f"grid[{index}]", label, row.amount)


def pairs_of(claims: Sequence[Claim]) -> Iterator[Pair]:
    """Yield, for each place but the first, the place before it that states the same money; the agreeing one if any."""
    roles: dict[str, list[Claim]] = {}
    for claim in claims:
        roles.setdefault(claim.role, []).append(claim)
    for role, stated in roles.items():
        sources = [claim.source for claim in stated]
        if role.startswith("line:") and len(set(sources)) < len(sources):
            continue  # two lines of one name in one place: it is not told which is meant
        for place, claim in enumerate(stated):
            others = [one for one in stated[:place] if one.source != claim.source]
            if others:
                agreeing = next((one for one in others if one.printed.agrees(claim.printed)), others[0])
                yield Pair(agreeing, claim, tuple(stated))


# --- all of it -------------------------------------------------------------------------------------------


@final
@frozen
class Agreement:
    """What a text and its tables both say: pairs of money and lines, targets, and the facts that are judged."""

    money: tuple[Pair, ...]
    lines: tuple[Pair, ...]
    targets: tuple[Target, ...]
    identities: tuple[Identity, ...]
    facts: Facts


def agreement_of(
    project: Project,
    tables: Sequence[ReadTable],
    budgets: Sequence[BudgetTable],
    grids: Sequence[MoneyGrid] = (),
) -> Agreement:
    """Return what a project's text and its own tables both say."""
    year = year_of(project)
    claims = list(_text_claims(project, year))
    for index, table in enumerate(tables):
        if table.year is None or year is None or table.year == year:
            claims += table_claims(table, index)
    known = [claim for claim in claims if claim.role == "total"]
    parts = [claim for claim in claims if claim.role.startswith("line:")]
    for index, budget in enumerate(budgets):
        claims += (one for one in budget_claims(budget, index) if not _is_of_a_part(one, known, parts))
    for index, grid in enumerate(grids):
        claims += _grid_claims(grid, index, year)
    pairs = list(pairs_of(claims))
    money = tuple(pair for pair in pairs if not pair.one.role.startswith("line:"))
    lines = tuple(pair for pair in pairs if pair.one.role.startswith("line:"))
    targets = tuple(targets_of(project, tables))
    facts: Facts = {
        "money": [money_facts(pair) for pair in money],
        "lines": [money_facts(pair) for pair in lines],
        "targets": [
            {
                "name": said(one.row.name.text, one.row.name.span),
                "agrees": said(one.agrees, (one.row.target or one.row.name).span),
            }
            for one in targets
        ],
        "names": [
            {
                "name": said(table.project.text, table.project.span),
                "same": said(is_named_alike(table.project.text, project.name), table.project.span),
            }
            for table in tables
            if table.project is not None and project.name
        ],
        "years": [
            {
                "name": said(f"{table.name}年度"),
                "stated": said(datetime.date(year, 1, 1), project.year.span if project.year is not None else None),
                "tabled": said(datetime.date(table.year, 1, 1), None if table.title is None else table.title.span),
            }
            for table in tables
            if table.kind is TableKind.GOALS and table.year is not None and year is not None
        ],
        "ends": [facts for table in tables for facts in _ends(project, table)],
    }
    equal = [*_told_equal("money_agrees", money), *_told_equal("line_money_agrees", lines)]
    identities = [identity for identity, exact in equal if exact]
    identities += [one for table in tables for one in funds_identities(table)]
    identities += [
        evolve(one, key=f"budget{index}/{one.key}")
        for index, each in enumerate(budgets)
        for one in budget_identities(each)
    ]
    identities += [
        evolve(one, key=f"grid{at}/{one.key}") for at, each in enumerate(grids) for one in grid_identities(each)
    ]
    identities += _text_sums(project)
    identities += list(_borne_out(identities, [identity for identity, exact in equal if not exact]))
    return Agreement(money, lines, targets, tuple(identities), facts)


def equalities(rule: str, pairs: Sequence[Pair]) -> Iterator[Identity]:
    """Yield that two places state one amount, keyed as the parts of the findings, where that says it to the fen."""
    return (identity for identity, exact in _told_equal(rule, pairs) if exact)


def _told_equal(rule: str, pairs: Sequence[Pair]) -> Iterator[tuple[Identity, bool]]:
    """Yield that two places state one amount, and whether that says it to the fen.

    Figures that agree only as far as the coarser one prints do not.
    """
    for index, pair in enumerate(pairs):
        exact = not (pair.agrees and pair.one.printed.amount != pair.other.printed.amount)
        first, second = restated(pair.one.printed, pair.other.printed) if exact else (None, None)
        left = figure_of(pair.one.label.zh, pair.one.printed, first)
        right = figure_of(pair.other.label.zh, pair.other.printed, second)
        if left is not None and right is not None and left.amount.dimension == right.amount.dimension:
            key = f"text_and_tables/{rule}/{index}"
            yield Identity(key=key, label=_SAME, left=(left,), right=(right,)), exact


def _borne_out(known: Sequence[Identity], loose: Sequence[Identity]) -> Iterator[Identity]:
    """Yield the equalities to the printed digits that say what another identity says, of the same figure, to the fen."""
    wanted = {(one.figure.key, one.wanted.root) for one in locate(known).suspects}
    for identity in loose:
        (one,), (other,) = identity.left, identity.right
        if (one.key, other.amount.root) in wanted or (other.key, one.amount.root) in wanted:
            yield identity


def _text_sums(project: Project) -> Iterator[Identity]:
    """Yield that the lines of the text add up to what it asks for or was approved, each figure told by its place."""
    lines = [figure_of(line.name, printed_of(line.amount)) for line in project.lines]
    known = tuple(line for line in lines if line is not None)
    if not known or len(known) < len(lines) or not lines_complete(project):
        return
    named = (
        ("申请金额", project.request),
        ("批复金额", None if project.approval is None else project.approval.amount),
        *(("合计", total) for total in project.totals),
    )
    for name, given in named:
        total = figure_of(name, printed_of(given))
        if total is not None and total.key not in {line.key for line in known}:
            yield Identity(key=f"{total.key}/lines", label=_SUMS, left=known, right=(total,), is_list=True)


def money_facts(pair: Pair) -> Facts:
    """Return the facts of :class:`perfeval.standards.text_and_tables.MoneyPair`."""
    one, other = restated(pair.one.printed, pair.other.printed)
    yuan = Amount.parse("1 元").dimension
    amounts = [amount if amount is not None and amount.dimension == yuan else None for amount in (one, other)]
    name = f"{pair.one.label.zh}与{pair.other.label.zh}"
    return {
        "name": said(name),
        "stated": said(amounts[0], pair.one.printed.span),
        "restated": said(amounts[1], pair.other.printed.span),
    }


def _ends(project: Project, table: ReadTable) -> Iterator[Facts]:
    stated, tabled = project.period, table.period
    if stated is None or tabled is None:
        return
    for name, one, other in (
        ("项目首日", stated.first, tabled.first),
        ("项目末日", stated.last, tabled.last),
    ):
        if one is not None and other is not None:
            # A text that gives months, or a year alone, leaves the day within them open.
            same = one if _leaves_open(stated, one, other) or _leaves_open(tabled, other, one) else other
            yield {"name": said(name), "stated": said(one, stated.span), "tabled": said(same, tabled.span)}


def _leaves_open(period: Period, end: datetime.date, other: datetime.date) -> bool:
    """Say whether an end that is that of a month, or of a whole year, may be the other day."""
    following = end + datetime.timedelta(days=1) if end < datetime.date.max else end
    of_month = end.day == 1 or following.day == 1
    days = (period.first, period.last)
    of_year = all(day is not None and (day.month, day.day) in ((1, 1), (12, 31)) for day in days)
    return end.year == other.year and ((of_month and end.month == other.month) or of_year)
