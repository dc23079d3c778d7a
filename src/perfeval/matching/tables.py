"""From a table of goals or of a self-evaluation to the facts of ``goal_table`` and of ``self_evaluation_table``.

What is not printed is not known, and a column that the table does not have is never asked for. Imports ``fitting``,
``indicator_words``, ``goal_figures``, ``table_money``, ``table_weights``, ``tables``, ``scoring`` and above.
"""

from __future__ import annotations

import datetime
import re
from fractions import Fraction
from typing import Final, final

from attrs import frozen

from perfeval.amounts import Amount, AmountRange
from perfeval.citations import Span
from perfeval.documents.project import Period
from perfeval.expressions import Operator
from perfeval.facts import Given
from perfeval.indicators import IndicatorKind
from perfeval.matching.fitting import Facts, said
from perfeval.matching.goal_figures import Figure, figures_of
from perfeval.matching.indicator_words import (
    Open,
    asks_when,
    better,
    core,
    has_digits,
    in_one_kind,
    is_fraction,
    is_part_of_whole,
    left_open,
    open_in,
    reached_as_fraction,
    repeated,
    second_level_fits,
    within,
)
from perfeval.matching.table_money import funds_sums, points, spendings, whole_row
from perfeval.matching.table_weights import (
    apart,
    apart_span,
    execution_group,
    groups_of,
    level_points,
    levels_due,
    number_of,
    printed_weights,
    second_levels,
    weights_due,
    weights_totalled,
)
from perfeval.scoring.profile import Grade, Profile
from perfeval.tables.model import Column, IndicatorRow, ReadTable, Written
from perfeval.tables.values import read_days

__all__ = [
    "goal_facts",
    "goal_figures",
    "grade_named",
    "is_blank",
    "parts_of",
    "score_said",
    "self_evaluation_facts",
    "span_of_project",
]

_DIRECTIONS: Final = {
    Operator.AT_LEAST: "不低于",
    Operator.ABOVE: "不低于",
    Operator.AT_MOST: "不超过",
    Operator.BELOW: "不超过",
    Operator.EQUAL: "等于",
    None: "未写明",
}
_SIGNS: Final = tuple("≥≤＞＜>＝=<≧≦")
_BLANK = re.compile(r"[\s/／\\—–\-－无_.。、]{0,40}")
_GRADE = re.compile(r"(?:等[级次]|结[论果]|评[价为定]|为|[:：])[:：为是]?[“\"']?(优|良|中|差)(?!化|先)")
_BRACKETED = re.compile(r"[(（]\s?[≥≤＞＜<>=＝]{0,2}\s?[^\W\d_]{1,6}[)）]\s?$")
"""A unit in brackets after a name, known or not: 里程（公里）, 成本（≤万元）."""
_SHORT: Final = 6
_MARGIN: Final = Fraction(1, 10)
_LONGEST_CONCLUSION: Final = 2000
_SCORE = re.compile(
    r"(?:自评(?:总?得?分|总分数)|总得分|综合得分|综合评分|评价得分|总分)\s?(?:[:：为是]|共计|合计){0,2}\s?(?P<number>\d{1,3}(?:\.\d{1,4})?)(?=\s?分)"
)


def is_blank(written: Written | None) -> bool:
    """Say whether a cell says nothing: it is empty, a stroke, or 无."""
    return written is None or _BLANK.fullmatch(written.text) is not None


# --- goals -----------------------------------------------------------------------------------------------


def goal_facts(table: ReadTable, profile: Profile | None, period: Period | None, year: int | None = None) -> Facts:
    """Return the facts of :class:`perfeval.standards.goal_table.GoalTable`."""
    first, last = span_of_project(table, period, year)
    again = repeated(table.rows)
    names = [row.name for row in table.rows]
    opens = [one for row in table.rows for one in left_open(row)]
    cells = (table.project, table.department, table.unit, table.goal_text, table.achieved_text)
    opens += [one for cell in cells for one in open_in(cell)]
    weights = printed_weights(table)
    levels, yielding = levels_due(table, profile)
    return {
        "first_day": first,
        "last_day": last,
        "dated": table.period is not None and table.period.first is not None and table.period.last is not None,
        "weighted": bool(weights),
        "weights": weights,
        "apart": said(points(apart(table)), apart_span(table)),
        "full": said(points(weights_due(table, profile))),
        "levels": levels,
        "yielding": yielding,
        "second_levels": second_levels(table),
        "indicators": [_indicator(row, table) for row in table.rows],
        "groups": [*groups_of(table, profile), *execution_group(table, profile)],
        "level_points": list(level_points(table)),
        "deadlines": [
            {"name": said(row.name.text), "falls": said(row.deadline, (row.target or row.name).span)}
            for row in table.rows
            if row.deadline is not None
        ],
        "repeats": [
            {"name": said(names[index].text, names[index].span), "distinct": said(False, names[index].span)}
            for index in sorted(again)
        ],
        "fields": [{"words": said(one.text, one.span), "filled": said(False, one.span)} for one in table.blank],
        "placeholders": [_open_facts(one) for one in opens if not one.hint],
        "hints": [_open_facts(one) for one in opens if one.hint],
        "doubled": [
            {"words": said(one.text, one.span), "single": said(False, one.span)}
            for one in table.unread
            if "重复" in one.why.zh
        ],
        "figures": [_figure_facts(one) for one in goal_figures(table)],
        "funds": funds_sums(table),
    }


def goal_figures(table: ReadTable) -> tuple[Figure, ...]:
    """Return the figures that the words of the table's goal state."""
    return () if table.goal_text is None or not table.rows else figures_of(table.goal_text, table)


def span_of_project(table: ReadTable, period: Period | None, year: int | None = None) -> tuple[Given, Given]:
    """Return the first and the last day of the project: those of its period or, where it has none, of its year."""
    known = table.period or period
    first = last = None
    span: Span | None = None
    if known is not None:
        first, last, span = known.first, known.last, known.span
    of_year = year if table.year is None else table.year
    if of_year is not None:
        first = first or datetime.date(of_year, 1, 1)
        last = last or datetime.date(of_year, 12, 31)
    ends = (
        (table.days[0].span, table.days[-1].span) if table.period is not None and len(table.days) > 1 else (span, span)
    )
    return said(first, ends[0]), said(last, ends[1])


def _open_facts(one: Open) -> Facts:
    return {"words": said(one.span.text, one.span), "filled": said(False, one.span)}


def _figure_facts(one: Figure) -> Facts:
    return {
        "words": said(str(one.amount), one.span),
        "compared": one.row is not None,
        "agrees": said(one.agrees, one.span),
        "covered": said(one.covered or one.row is not None, one.span),
    }


def _asks_targets(table: ReadTable) -> bool:
    return table.has(Column.TARGET) or any(row.target is not None for row in table.rows)


def _indicator(row: IndicatorRow, table: ReadTable) -> Facts:
    """Return the facts of :class:`perfeval.standards.goal_table.StatedIndicator`.

    Where no column asks for targets, what they are is not known.
    """
    place = (row.target or row.name).span
    given = not is_blank(row.target) or row.placeholder
    text = row.target.text if row.target is not None else ""
    dated = row.deadline is not None
    number = row.goal is not None or dated or has_digits(text)
    # A sign of comparison asks for a number, whatever stands after it: ≥较多.
    counted = row.kind is IndicatorKind.QUANTITATIVE or text[:1] in _SIGNS
    quantified = counted and given and not row.placeholder
    fits = second_level_fits(row)
    share = row.goal.high if isinstance(row.goal, AmountRange) else row.goal
    shared = isinstance(share, Amount) and share.unit.is_ratio and is_part_of_whole(row)
    sign = row.sign or row.target or row.name
    has_unit = row.unit_declared or row.goal is not None or _BRACKETED.search(row.name.text) is not None
    return {
        "name": said(row.name.text, row.name.span),
        "quantified": quantified,
        "target_given": said(given if _asks_targets(table) else None, place),
        "number_given": said(number, place),
        # A unit that is not declared may be declared elsewhere: that is not known, and asked for.
        "unit_given": said(True if has_unit or dated or not number else None, place),
        "unit_asked": table.has(Column.UNIT) and number and not dated,
        "unit_written": said(has_unit or not is_blank(row.unit), place),
        "operator_given": said(row.operator is not None or dated or text[:1] in _SIGNS, sign.span),
        "sign_asked": table.has(Column.SIGN),
        "direction": said(_DIRECTIONS[row.operator], sign.span),
        "better": said(better(row).value),
        "part_of_whole": shared,
        "share": said(share if shared else None, place),
        "as_fraction": said(is_fraction(row, row.goal), place),
        "levels_known": fits is not None,
        "level_fits": said(fits, None if row.level_two is None else row.level_two.span),
    }


# --- self-evaluation -------------------------------------------------------------------------------------


def self_evaluation_facts(table: ReadTable, profile: Profile) -> Facts:
    """Return the facts of :class:`perfeval.standards.self_evaluation_table.SelfEvaluation`, but for the reasons."""
    scored = any(row.scored is not None for row in table.rows)
    parts = _parts(table)
    total = table.total
    if total is None and parts and all(number_of(one["points"]) is not None for one in parts):
        total = sum((number_of(one["points"]) or Fraction(0) for one in parts), Fraction(0))
    named = None if table.grade is None else grade_named(table.grade.text, profile)
    place = None if table.total_written is None else table.total_written.span
    concluded = None if table.grade is None else score_said(table.grade)
    facts: Facts = {
        "concluded": concluded is not None,
        "spendings": spendings(table, profile),
        "results": [_result(row, table.year, scored=scored) for row in table.rows] if _asks_actuals(table) else [],
        "parts": parts,
        "totalled": table.total is not None,
        "total": said(points(total), place),
        "full": points(profile.full),
        "graded": named is not None,
    } | weights_totalled(table, profile)
    if concluded is not None:
        facts |= {
            "score_said": said(points(concluded.number), concluded.span),
            "score_margin": points(max(_MARGIN, concluded.step / 2)),
        }
    if named is not None and table.grade is not None:
        facts |= {
            "grade_low": said(points(named.low), table.grade.span),
            "grade_high": said(points(named.high), table.grade.span),
            "grade_best": named.high == profile.full,
        }
    return facts


def _asks_actuals(table: ReadTable) -> bool:
    return table.has(Column.ACTUAL) or any(row.actual is not None for row in table.rows)


def _finished(row: IndicatorRow, year: int | None) -> datetime.date | None:
    """Return the first day at which what is due may have been done, by the times that its actual names.

    Of several times the first: a stretch of time that ends too late began before, and which of the two counts is not said.
    """
    if row.deadline is None or row.actual is None or not asks_when(row):
        return None
    unit = row.unit.text if row.unit is not None and row.unit.text.strip() in ("年", "月") else ""
    days = read_days(row.actual.text, year) or read_days(f"{row.actual.text}{unit}", year)
    return min((first for first, _ in days), default=None)


def _result(row: IndicatorRow, year: int | None, *, scored: bool) -> Facts:
    """Return the facts of :class:`perfeval.standards.self_evaluation_table.Result`."""
    place = (row.actual or row.name).span
    given = not is_blank(row.actual)
    text = "" if row.actual is None else row.actual.text
    counted = row.kind is IndicatorKind.QUANTITATIVE and row.goal is not None and row.deadline is None
    reached = row.reached.high if isinstance(row.reached, AmountRange) else row.reached
    shared = isinstance(reached, Amount) and reached.unit.is_ratio and is_part_of_whole(row)
    finished = _finished(row, year)
    fits = row.goal is None or row.reached is None or in_one_kind(row.goal, row.reached)
    return {
        "name": said(row.name.text, row.name.span),
        "actual_given": said(given, place),
        "counted": counted,
        "actual_in_numbers": said(row.reached is not None or has_digits(text), place),
        "unit_fits": said(fits, place),
        "part_of_whole": shared,
        "share": said(reached if shared else None, place),
        "timed": finished is not None,
        "due": said(row.deadline, (row.target or row.name).span),
        "finished": said(finished, place),
        "late_explained": not is_blank(row.reason) or _is_marked_down(row),
        "as_fraction": said(reached_as_fraction(row), place),
        "score_due": scored and row.points is not None,
        "score_given": said(row.scored is not None, (row.score or row.name).span),
        "weight": said(points(row.points), None if row.weight is None else row.weight.span),
        "score": said(points(row.scored), None if row.score is None else row.score.span),
    }


def _is_marked_down(row: IndicatorRow) -> bool:
    return row.scored is not None and row.points is not None and row.scored < row.points


def _parts(table: ReadTable) -> list[Facts]:
    """Return everything that has points in a total; empty where the table scores nothing."""
    parts: list[Facts] = []
    row = whole_row(table)
    if row is not None and (row.scored is not None or row.points is not None):
        place = (row.score or row.label).span
        parts.append({"name": said(row.label.text), "points": said(points(row.scored), place)})
    if not any(one.scored is not None for one in table.rows):
        return parts if not table.rows else []
    for one in table.rows:
        if one.scored is not None or one.points is not None:
            place = (one.score or one.name).span
            parts.append({"name": said(one.name.text), "points": said(points(one.scored), place)})
    return parts


def parts_of(table: ReadTable) -> tuple[Fraction | None, ...]:
    """Return the points of everything that is part of a total, None for those that are not printed."""
    return tuple(number_of(one["points"]) for one in _parts(table))


@final
@frozen
class ScoreSaid:
    """A score that a conclusion states in words, and the step of its last digit."""

    number: Fraction
    step: Fraction
    span: Span


def score_said(conclusion: Written) -> ScoreSaid | None:
    """Return the score that a conclusion states as that of the whole; None where it states none, or several.

    >>> found = score_said(Written("目标已完成，自评得分98.8分。", Span(start=0, end=16, text="目标已完成，自评得分98.8分。")))
    >>> str(found.number), str(found.step), found.span.text
    ('494/5', '1/10', '98.8')
    """
    text = conclusion.text[:_LONGEST_CONCLUSION]
    found = list(_SCORE.finditer(text))
    if len({match["number"] for match in found}) != 1:
        return None
    number = found[0]["number"]
    step = Fraction(1, 10 ** len(number.partition(".")[2]))
    return ScoreSaid(Fraction(number), step, within(conclusion, *found[0].span("number")))


def grade_named(text: str, profile: Profile) -> Grade | None:
    """Return the grade of the method that a conclusion names: alone (优秀), or in a sentence (自评等级为优).

    None where it names none, or more than one.
    """
    plain = core(text).strip("。.：:“”\"' ")
    known = {grade.label.zh: grade for grade in profile.grades.grades}
    if len(plain) <= _SHORT:
        begun = [
            grade
            for name, grade in known.items()
            if plain in (name, f"{name}秀", f"{name}好", f"{name}等", f"{name}级")
        ]
        if begun:
            return begun[0]
        if plain in known:
            return known[plain]
    named = {found for found in _GRADE.findall(text) if found in known}
    return known[named.pop()] if len(named) == 1 else None
