"""One review for all the tables of a project that have no text beside them, brought together by the project's name.

A table that names no project has a review of its own. Imports ``tables``, ``budget_tables`` and above.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, assert_never, final

from attrs import evolve

from perfeval.errors import InputError
from perfeval.facts import Label
from perfeval.findings import Finding, Review
from perfeval.matching.money_grids import MoneyGrid
from perfeval.matching.table_names import plain_name
from perfeval.reviewing.budget_tables import (
    budget_table_findings,
    day_of_budget,
    grid_findings,
    review_budget_table,
    review_grid,
    table_name,
)
from perfeval.reviewing.days import ANY_DAY, day_of_table
from perfeval.reviewing.remarks import unread_remarks
from perfeval.reviewing.tables import method_remarks, review_table, table_findings
from perfeval.rules import check_day
from perfeval.scoring.profile import Profile
from perfeval.tables import BudgetTable, ReadTable

__all__ = ["ProjectTables", "by_project_name", "numbered", "review_tables"]


@final
class ProjectTables(NamedTuple):
    """The tables of one project: of goals and self-evaluations, of budget lines, of money."""

    tables: tuple[ReadTable, ...] = ()
    budgets: tuple[BudgetTable, ...] = ()
    grids: tuple[MoneyGrid, ...] = ()


def by_project_name(
    tables: Sequence[ReadTable], budgets: Sequence[BudgetTable] = (), grids: Sequence[MoneyGrid] = ()
) -> tuple[ProjectTables, ...]:
    """Return the tables that name one project together, in order; each that names none, or may be of several, alone.

    Two units may each have a project of one name: tables of different units are not put together.
    """
    groups: list[ProjectTables] = []
    named: dict[str, list[tuple[int, str]]] = {}
    every: list[ReadTable | BudgetTable | MoneyGrid] = [*tables, *budgets, *grids]
    for table in every:
        name = "" if table.project is None else plain_name(table.project.text)
        unit = plain_name(table.unit.text) if isinstance(table, ReadTable) and table.unit is not None else ""
        known = named.setdefault(name, []) if name else []
        alike = [place for place, other in known if unit in ("", other) or not other]
        if len(alike) == 1:
            groups[alike[0]] = _with(groups[alike[0]], table)
        else:
            known.append((len(groups), unit))
            groups.append(_with(ProjectTables(), table))
    return tuple(groups)


def _with(group: ProjectTables, table: ReadTable | BudgetTable | MoneyGrid) -> ProjectTables:
    match table:
        case ReadTable():
            return group._replace(tables=(*group.tables, table))
        case BudgetTable():
            return group._replace(budgets=(*group.budgets, table))
        case MoneyGrid():
            return group._replace(grids=(*group.grids, table))
        case _:
            assert_never(table)


def review_tables(
    tables: Sequence[ReadTable] = (),
    budgets: Sequence[BudgetTable] = (),
    grids: Sequence[MoneyGrid] = (),
    *,
    on: datetime.date | None = None,
    profile: Profile | None = None,
    year: int | None = None,
) -> Review:
    """Return one review for the tables of one project; its title is the project's name.

    ``on`` is the day to judge on; without it, that of the first table that tells one. ``year`` is that of the file, for
    tables that name none. Raises ``InputError`` where there is no table.

    >>> from perfeval.documents.blocks import Cell, Table
    >>> from perfeval.tables import read_budget_table
    >>> rows = [["项目名称：示例林场防火经费"], ["用途", "金额（元）"], ["器材", "300"], ["巡护", "500"], ["合计", "800"]]
    >>> cells = [Cell(r, c, text) for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1)]
    >>> review_tables(budgets=[read_budget_table(Table("明细", cells))]).title.zh
    '示例林场防火经费'
    """
    dated = [one if one.year is not None else evolve(one, year=year) for one in tables]
    if not (dated or budgets or grids):
        raise InputError.of("review_tables", came="no table", needed="at least one table of a project")
    if len(dated) + len(budgets) + len(grids) == 1:
        if dated:
            return review_table(dated[0], on=on, profile=profile)
        return review_budget_table(budgets[0], on=on, year=year) if budgets else review_grid(grids[0], on=on)
    days = [*map(day_of_table, dated), *(day_of_budget(one, year) for one in budgets)]
    day = check_day(on) if on is not None else next((one for one in days if one is not None), None)
    judged = ANY_DAY if day is None else day
    findings: list[Finding] = []
    for place, table in enumerate(dated):
        findings += numbered(table_findings(table, on=judged, profile=profile), place, len(dated))
    number = len(budgets) + len(grids)
    for place, budget in enumerate(budgets):
        findings += numbered(budget_table_findings(budget, on=judged), place, number)
    for place, grid in enumerate(grids, len(budgets)):
        findings += numbered(grid_findings(grid, on=judged), place, number)
    remarks = [remark for table in dated for remark in (*method_remarks(table, profile), *unread_remarks(table.unread))]
    remarks += [remark for budget in budgets for remark in unread_remarks(budget.unread)]
    name = _name_of(dated, [*budgets, *grids])
    return Review(
        title=Label(name, name),
        on=day,
        on_assumed=on is None,
        findings=tuple(findings),
        remarks=tuple(dict.fromkeys(remarks)),
    )


def _name_of(tables: Sequence[ReadTable], money: Sequence[BudgetTable | MoneyGrid]) -> str:
    projects = [one.project for one in (*tables, *money) if one.project is not None and one.project.text]
    if projects:
        return projects[0].text
    titles = [one.title.text for one in tables if one.title is not None and one.title.text]
    return titles[0] if titles else tables[0].name if tables else table_name(money[0])


def numbered(findings: Iterable[Finding], place: int, number: int) -> Iterator[Finding]:
    """Give the findings of one of several tables ids of their own."""
    for finding in findings:
        yield finding if number == 1 else _moved(finding, f"{place}/")


def _moved(finding: Finding, prefix: str) -> Finding:
    standard, gap, rest = finding.id.partition("/")
    children = tuple(_moved(child, prefix) for child in finding.children)
    return evolve(finding, id=f"{standard}{gap}{prefix}{rest}", children=children)
