"""What a report and its own tables both say: money, rate, score, grade, and the figures that were reached.

A table goes with a report by its name. Figures go together by the words of the indicator; of several that might be meant
none is taken. Imports ``agreement``, ``report_goals``, ``report_money``, ``tables`` and above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final, final

from attrs import frozen

from perfeval.amounts import Amount, Rounding
from perfeval.citations import Span
from perfeval.documents.bounds import Comparator
from perfeval.documents.folding import fold
from perfeval.documents.performance_report import Report, ReportedFigure
from perfeval.documents.quantities import quantities
from perfeval.documents.topics import shared_words
from perfeval.facts import Label, Stage
from perfeval.matching.agreement import (
    Agreement,
    Claim,
    equalities,
    is_named_alike,
    money_facts,
    pairs_of,
    table_claims,
)
from perfeval.matching.displayed import rate_margin
from perfeval.matching.fitting import Facts, said
from perfeval.matching.indicator_words import core
from perfeval.matching.report_goals import comparable_figures
from perfeval.matching.report_money import ReportMoney
from perfeval.matching.table_money import points, whole_row
from perfeval.matching.tables import grade_named
from perfeval.profiles import shelf as profiles
from perfeval.scoring.profile import Grade
from perfeval.tables.model import IndicatorRow, ReadTable, TableKind, Written

__all__ = ["Tabled", "agreement_with_tables", "grade_said", "tabled_facts", "tabled_of"]

_SHARED: Final = 2
_METHOD: Final = "ministry_self_evaluation"
_DIGITS: Final = re.compile(r"\d(?:[\d,]{0,20}\d)?(?:\.(?P<decimals>\d{1,8}))?\s?(?P<scale>[千万亿]?)")
_SCALES: Final = {"": 1, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_CLAUSE: Final = re.compile(r"[，,。；;、：:！!？?\n]")


@final
@frozen(kw_only=True)
class Tabled:
    """A figure of a table that the report has in its own words; ``wrong`` is the place that two others speak against."""

    row: IndicatorRow
    written: Written
    tabled: Amount
    figure: ReportedFigure
    agrees: bool
    wrong: Span | None = None
    others: str = ""


def _amount(figure: ReportedFigure) -> Amount:
    assert isinstance(figure.figure.value, Amount)  # noqa: S101 - only such figures are comparable
    return figure.figure.value


# --------------------------------------------------------------------------------------------------------
# Figures


def tabled_of(report: Report, tables: Sequence[ReadTable]) -> tuple[Tabled, ...]:
    """Return the figures of a report's tables that it states itself, what was reached first."""
    usable = comparable_figures(report)
    rows = [row for table in tables for row in table.rows]
    prose = [table.achieved_text for table in tables if table.achieved_text is not None]
    found = [one for row in rows if (one := _reached(row, rows, usable, prose)) is not None]
    return (*found, *(one for row in rows if (one := _planned(row, rows, usable)) is not None))


def _reached(
    row: IndicatorRow, rows: Sequence[IndicatorRow], usable: Sequence[ReportedFigure], prose: Sequence[Written]
) -> Tabled | None:
    if not isinstance(row.reached, Amount) or row.actual is None:
        return None
    figure = _figure_for(row, row.reached, rows, usable, Stage.ACHIEVED)
    if figure is None:
        return None
    agrees = _agree(_amount(figure), _text(figure), row.reached, row.actual.text)
    wrong, others = None, ""
    if not agrees:
        for written in prose:
            for mention in quantities(written.text, reporting=True):
                words = _clause_before(written.text, mention.span.start)
                amount = mention.amounts[0] if len(mention.amounts) == 1 else None
                if amount is None or amount.dimension != row.reached.dimension:
                    continue
                if len(shared_words(core(row.name.text), words)) < _SHARED or not _is_best(row, words, rows, amount):
                    continue
                others = mention.span.text
                if _agree(amount, others, row.reached, row.actual.text):
                    wrong = figure.figure.span
                elif _agree(amount, others, _amount(figure), _text(figure)):
                    wrong = row.actual.span
    return Tabled(
        row=row, written=row.actual, tabled=row.reached, figure=figure, agrees=agrees, wrong=wrong, others=others
    )


def _planned(row: IndicatorRow, rows: Sequence[IndicatorRow], usable: Sequence[ReportedFigure]) -> Tabled | None:
    if not isinstance(row.goal, Amount) or row.target is None:
        return None
    figure = _figure_for(row, row.goal, rows, usable, Stage.PLANNED)
    if figure is None:
        return None
    agrees = _agree(_amount(figure), _text(figure), row.goal, row.target.text)
    return Tabled(row=row, written=row.target, tabled=row.goal, figure=figure, agrees=agrees)


def _figure_for(
    row: IndicatorRow, value: Amount, rows: Sequence[IndicatorRow], usable: Sequence[ReportedFigure], stage: Stage
) -> ReportedFigure | None:
    """Return the one figure of a stage that speaks of an indicator: the one that agrees, if any does."""
    name = core(row.name.text)
    about = [
        one
        for one in usable
        if one.figure.stage is stage
        and (stage is Stage.PLANNED or one.comparator in (Comparator.UNSTATED, Comparator.EQ))
        and _amount(one).dimension == value.dimension
        and len(shared_words(name, fold(one.span.text))) >= _SHARED
        and _is_best(row, fold(one.span.text), rows, value)
    ]
    if any(_amount(one) == value for one in about):
        return next(one for one in about if _amount(one) == value)
    return about[0] if len({_amount(one) for one in about}) == 1 else None


def _is_best(row: IndicatorRow, words: str, rows: Sequence[IndicatorRow], value: Amount) -> bool:
    """Say whether no other indicator of the dimension shares as many words with a clause."""
    own = len(shared_words(core(row.name.text), words))
    for other in rows:
        held = [one for one in (other.goal, other.reached) if one is not None]
        rival = other is not row and any(one.dimension == value.dimension for one in held)
        named = core(other.name.text)
        if rival and named != core(row.name.text) and len(shared_words(named, words)) >= own:
            return False
    return True


def _text(figure: ReportedFigure) -> str:
    return figure.span.text if figure.figure.span is None else figure.figure.span.text


def _clause_before(text: str, place: int) -> str:
    return _CLAUSE.split(text[max(0, place - 60) : place])[-1]


def _agree(one: Amount, text: str, other: Amount, written: str) -> bool:
    """Say whether two figures are one to the digits that the coarser one prints: 19.2万人次 is 191,850人次 rounded."""
    if one.dimension != other.dimension:
        return False
    if one.root == other.root:
        return True
    first, second = _step(one, text), _step(other, written)
    if first is None or second is None or first == second:
        return False
    (coarse, step), finer = ((one, first), other) if first > second else ((other, second), one)
    return coarse.root in (
        Rounding.FLOOR.integer(finer.root / step) * step,
        Rounding.HALF_UP.integer(finer.root / step) * step,
    )


def _step(amount: Amount, text: str) -> Fraction | None:
    """Return what one in the last printed digit of a figure is worth; None where no digits are printed.

    A whole number is meant as it stands.
    """
    match = _DIGITS.search(fold(text))
    if match is None or not amount.number:
        return None
    scale = Fraction(_SCALES[match["scale"]], 10 ** len(match["decimals"] or ""))
    if match["decimals"] is None:
        scale = min(scale, Fraction(1))
    return scale * amount.unit.factor


# --------------------------------------------------------------------------------------------------------
# Money, rate, score and grade


def agreement_with_tables(report: Report, tables: Sequence[ReadTable]) -> Agreement:
    """Return what a report and its tables both state of their money, name and year, for ``text_and_tables``."""
    claims = list(_claims(report, tables))
    for index, table in enumerate(tables):
        if table.year is None or report.year is None or table.year == report.year.number:
            claims += table_claims(table, index)
    pairs = tuple(pairs_of(claims))
    named = [table.project for table in tables if table.project is not None]
    names = [
        {"name": said(one.text, one.span), "same": said(is_named_alike(one.text, report.name), one.span)}
        for one in named
        if report.name
    ]
    facts: Facts = {
        "money": [money_facts(pair) for pair in pairs],
        "lines": [],
        "targets": [],
        "names": names,
        "years": [],
        "ends": [],
    }
    return Agreement(pairs, (), (), tuple(equalities("money_agrees", pairs)), facts)


def _claims(report: Report, tables: Sequence[ReadTable]) -> Iterator[Claim]:
    """Yield the money of a report as its tables call it: a budget that the table has as changed is that one."""
    rows = [row for table in tables if (row := whole_row(table)) is not None]
    for one, role, zh in (
        (report.budget, "total", "预算数"),
        (report.adjusted, "adjusted", "调整后预算数"),
        (report.spent, "executed", "执行数"),
    ):
        if one is None:
            continue
        changed = role == "total" and any(
            row.full_year is not None and one.printed.agrees(row.full_year) for row in rows
        )
        label = Label(f"报告“{one.name or zh}”", f"the report's {one.name or zh}")
        yield Claim("adjusted" if changed else role, "text", label, one.printed)


def grade_said(report: Report) -> Grade | None:
    """Return the grade of the central method that a report names; None where it names none, or one of another scale."""
    word = "" if report.grade is None else fold(report.grade).removeprefix("较")
    return grade_named(word, profiles.load(_METHOD)) if word else None


def tabled_facts(report: Report, money: ReportMoney, tables: Sequence[ReadTable], found: Sequence[Tabled]) -> Facts:
    """Return what ``report_text`` judges of a report beside its tables."""
    evaluated = [table for table in tables if table.kind is TableKind.SELF_EVALUATION]
    rates, scores, grades = [], [], []
    for table in evaluated:
        row = whole_row(table)
        first = money.executions[0] if money.executions else None
        if row is not None and row.rate is not None and row.rate.unit.is_ratio and first is not None:
            _, _, decimals = _text(first.figure).rstrip("%％ ").partition(".")
            margin = rate_margin(first.rate, len(decimals), Fraction(row.rate.root))
            place = None if row.rate_written is None else row.rate_written.span
            rates.append(
                {"said": said(first.rate, first.figure.figure.span), "tabled": said(row.rate, place), "allowed": margin}
            )
        if table.total is not None and report.score is not None:
            place = None if table.total_written is None else table.total_written.span
            scores.append(
                {
                    "said": said(points(report.score.points), report.score.span),
                    "tabled": said(points(table.total), place),
                }
            )
        given = grade_said(report)
        tabled = None if table.grade is None else grade_named(table.grade.text, profiles.load(_METHOD))
        if table.grade is not None and given is not None and tabled is not None:
            grades.append(
                {"name": said(tabled.label.zh, table.grade.span), "same": said(tabled == given, report.grade_span)}
            )
    figures = [
        {"name": said(one.row.name.text, one.row.name.span), "agrees": said(one.agrees, one.figure.figure.span)}
        for one in found
    ]
    return {"rates": rates, "scores": scores, "grades": grades, "figures": figures}
