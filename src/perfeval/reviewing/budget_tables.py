"""From a table of budget lines to its findings, each at its cells.

Imports ``matching``, ``standards`` and above.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

from attrs import evolve

from perfeval.citations import Span
from perfeval.documents.quantities import SOURCE
from perfeval.errors import InputError, excerpt
from perfeval.evaluation import Missing
from perfeval.facts import Label, Stage
from perfeval.findings import Finding, Review
from perfeval.matching.budget_tables import detail_facts, sum_facts
from perfeval.matching.money_grids import MoneyGrid, grid_identities
from perfeval.matching.table_identities import budget_identities
from perfeval.reviewing.days import ANY_DAY
from perfeval.reviewing.locating import explained
from perfeval.reviewing.remarks import unread_remarks
from perfeval.rules import check_day
from perfeval.slips import Location, locate
from perfeval.standards.shelf import load
from perfeval.tables import BudgetRow, BudgetTable
from perfeval.tables.model import Written
from perfeval.verdicts import Verdict

__all__ = [
    "budget_table_findings",
    "day_of_budget",
    "grid_findings",
    "located",
    "review_budget_table",
    "review_grid",
    "table_name",
]

_YEAR = re.compile(r"(?<!\d)20\d\d(?=\s?年)")


def budget_table_findings(
    table: BudgetTable, *, on: datetime.date, location: Location | None = None, prefix: str = ""
) -> list[Finding]:
    """Return what is to be said of a table of budget lines: prices, sums, what stands twice, what was left open.

    ``location`` says which figures are at fault where more is known than the table tells, such as its project's text;
    ``prefix`` begins the keys of the table there.
    """
    standard = load("budget_table").standard
    record = standard.read(detail_facts(table), stage=Stage.PLANNED, source=table.name or SOURCE, path="budget_table")
    lines = [row for row in table.rows if not row.is_total]
    known = location or locate(budget_identities(table))
    found = (_with_counts(one, lines) for one in standard.findings(record, on=on))
    places = [span for row in table.rows for span in _undeclared(row)]
    return [_asking_unit(located(one, known, prefix), table.title, places) for one in found]


def grid_findings(
    grid: MoneyGrid, *, on: datetime.date, location: Location | None = None, prefix: str = ""
) -> list[Finding]:
    """Return whether what must add up in a grid of money does; nothing else is asked of it.

    ``location`` and ``prefix`` are as for :func:`budget_table_findings`.
    """
    standard = load("budget_table").standard
    facts = {"lines": [], "sums": sum_facts(grid.sums), "repeats": [], "placeholders": []}
    record = standard.read(facts, stage=Stage.PLANNED, source=grid.name or SOURCE, path="budget_table")
    known = location or locate(grid_identities(grid))
    rows = [row for one in grid.sums for row in (one.total, *one.parts)]
    places = [span for row in rows for span in _undeclared(row)]
    found = [one for one in standard.findings(record, on=on) if one.rule == "parts_equal_total"]
    return [_asking_unit(located(one, known, prefix), grid.title, places) for one in found]


def located(finding: Finding, location: Location, prefix: str = "") -> Finding:
    """Say of each part that is unmet which figure is at fault, if two identities tell, and put its place first."""
    children = tuple(located(child, location, prefix) for child in finding.children)
    key = f"{prefix}{finding.id}"
    chosen = location.chosen(key) if finding.verdict is Verdict.UNMET else None
    words = explained([key], location) if finding.verdict is Verdict.UNMET else None
    spans = finding.spans
    if chosen is not None and chosen.figure.span is not None:
        spans = tuple(dict.fromkeys((chosen.figure.span, *spans)))
    return evolve(finding, children=children, spans=spans, suggestion=words or finding.suggestion)


def review_budget_table(table: BudgetTable, *, on: datetime.date | None = None, year: int | None = None) -> Review:
    """Review one table of budget lines by itself; without ``on``, on the first day of the year that its title names.

    ``year`` is that of its file, for a title that names none; without either it is judged on no day.
    """
    if not isinstance(table, BudgetTable):
        raise InputError.of("review_budget_table", came=excerpt(table), needed="a BudgetTable")
    day = check_day(on) if on is not None else day_of_budget(table, year)
    name = table_name(table)
    return Review(
        title=Label(name, name),
        on=day,
        on_assumed=on is None,
        findings=tuple(budget_table_findings(table, on=ANY_DAY if day is None else day)),
        remarks=tuple(unread_remarks(table.unread)),
    )


def review_grid(grid: MoneyGrid, *, on: datetime.date | None = None) -> Review:
    """Review one table of money by sources or years by itself; its rules are of no day."""
    name = table_name(grid)
    day = None if on is None else check_day(on)
    found = grid_findings(grid, on=ANY_DAY if day is None else day)
    return Review(title=Label(name, name), on=day, on_assumed=on is None, findings=tuple(found))


def table_name(table: BudgetTable | MoneyGrid) -> str:
    """Return the name under which a table of money is reviewed: that of its project or, where it names none, its title."""
    written = table.project or table.title
    return written.text if written is not None and written.text else table.name or SOURCE


def day_of_budget(table: BudgetTable, year: int | None = None) -> datetime.date | None:
    """Return the first day of the year that a title names, else of ``year``; None where neither is known."""
    named = None if table.title is None else _YEAR.search(table.title.text)
    year = int(named[0]) if named is not None else year
    return None if year is None else datetime.date(year, 1, 1)


def _with_counts(finding: Finding, lines: list[BudgetRow]) -> Finding:
    """Show beside each amount the count and the price that it was held against, and where they stand."""
    if finding.rule != "price_times_count":
        return finding
    children = tuple(
        _counted(child, lines[index]) if child.verdict is Verdict.UNMET else child
        for index, child in enumerate(finding.children)
        if index < len(lines)
    )
    spans = tuple(dict.fromkeys(span for one in children if one.verdict is Verdict.UNMET for span in one.spans))
    return evolve(finding, children=children, spans=spans or finding.spans)


def _counted(finding: Finding, row: BudgetRow) -> Finding:
    if row.price is None or row.amount is None or row.worked is None:
        return finding
    factors = [one.written.text for one in row.counts]
    price = row.price.span.text if row.price.span is not None else str(row.price.number)
    shown = f"{' × '.join([*factors, price])} = {row.worked}"
    words = Label(f"{shown}，表中为 {row.amount.amount}。", f"{shown}; the table has {row.amount.amount}.")
    spans = dict.fromkeys((*finding.spans, *(one.written.span for one in row.counts)))
    return evolve(finding, remarks=(*finding.remarks, words), spans=tuple(spans))


def _asking_unit(finding: Finding, title: Written | None, places: Sequence[Span]) -> Finding:
    """Ask for the unit of the table's money instead of for each figure, where it is the unit that is not known."""
    if finding.verdict is not Verdict.UNKNOWN or not places:
        return finding
    name = None if title is None else Label(title.text, title.text)
    words = Label("表中金额的单位（元或万元）", "the unit of the table's money")
    lack = Missing("table.money_unit", words, None, of=name)
    return evolve(finding, missing=(lack,), spans=tuple(dict.fromkeys((*finding.spans, *places))))


def _undeclared(row: BudgetRow) -> Iterator[Span]:
    for printed in (row.price, row.amount):
        if printed is not None and printed.amount is None and printed.span is not None:
            yield printed.span
