"""From a table of goals or of a self-evaluation to the facts of ``goal_table`` and of ``self_evaluation_table``.

What is not printed is not known, and a column that the table does not have is never asked for. Imports ``fitting``,
``indicator_words``, ``goal_figures``, ``table_money``, ``tables``, ``scoring`` and above.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
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
    LevelKind,
    Open,
    asks_when,
    better,
    core,
    has_digits,
    is_fraction,
    is_part_of_whole,
    left_open,
    levels_of,
    open_in,
    repeated,
    second_level_fits,
    within,
)
from perfeval.matching.table_money import funds_sums, points, spendings, whole_row
from perfeval.scoring.profile import Grade, Profile
from perfeval.tables.model import Column, IndicatorRow, Layout, ReadTable, TableKind, Written
from perfeval.tables.values import read_days

__all__ = [
    "follows",
    "goal_facts",
    "goal_figures",
    "grade_named",
    "is_blank",
    "parts_of",
    "score_said",
    "self_evaluation_facts",
    "span_of_project",
    "weights_due",
]

_FULL: Final = Fraction(100)
_EXECUTION: Final = Fraction(10)
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
    weights = _weights(table)
    levels, yielding = _levels(table, profile)
    return {
        "first_day": first,
        "last_day": last,
        "dated": table.period is not None and table.period.first is not None and table.period.last is not None,
        "weighted": bool(weights),
        "weights": weights,
        "apart": said(points(_apart(table)), _apart_span(table)),
        "full": said(points(weights_due(table, profile))),
        "levels": levels,
        "yielding": yielding,
        "second_levels": _second_levels(table),
        "indicators": [_indicator(row, table) for row in table.rows],
        "groups": [*_groups(table, profile), *_execution_group(table, profile)],
        "level_points": list(_level_points(table)),
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


# --- levels and weights ----------------------------------------------------------------------------------


def _levels(table: ReadTable, profile: Profile | None) -> tuple[list[Facts], list[Facts]]:
    """Return the levels that are due, and those whose weight another level has.

    None is missing for certain where a heading is not known.
    """
    found = {level for row in table.rows for level in levels_of(row)}
    stray = any(row.level_one is None or not levels_of(row) for row in table.rows)
    due = [LevelKind.OUTPUT, LevelKind.BENEFIT, LevelKind.SATISFACTION]
    if profile is not None and any(group.key == "cost" for group in profile.groups):
        due.insert(0, LevelKind.COST)
    levels: list[Facts] = []
    yielding: list[Facts] = []
    for level in due:
        present = True if level in found else None if stray else False
        moved = level is LevelKind.SATISFACTION and present is False and _moved(table, profile)
        moved = moved or _is_free(table, profile)
        facts: Facts = {"name": said(level.value), "present": said(present, _place_of(table, level))}
        (yielding if moved else levels).append(facts)
    return levels, yielding


def _place_of(table: ReadTable, level: LevelKind) -> Span | None:
    for row in table.rows:
        if level in levels_of(row):
            return (row.level_one or row.name).span
    return None


def _is_free(table: ReadTable, profile: Profile | None) -> bool:
    """Say whether a self-evaluation goes by a method that weighs no level by itself, as Sichuan's does.

    One with a single indicator of cost, worth 90 points, is in use.
    """
    weighs_none = profile is not None and not any(group.names for group in profile.groups)
    return weighs_none and table.kind is TableKind.SELF_EVALUATION


def _moved(table: ReadTable, profile: Profile | None) -> bool:
    """Say whether the weight of the level that is absent is seen to be with the one that it yields to."""
    return profile is not None and follows(table, profile)


def _number(value: object) -> Fraction | None:
    held = value.value if isinstance(value, Given) else value
    return held.number if isinstance(held, Amount) else None


def _second_levels(table: ReadTable) -> list[Facts]:
    """Return the second levels of the outputs that are due: those of the national form, where the table has any."""
    outputs = [row for row in table.rows if row.level_one is not None and LevelKind.OUTPUT in levels_of(row)]
    texts = [row.level_two.text for row in outputs if row.level_two is not None]
    if table.layout is not Layout.NATIONAL or not texts or len(texts) < len(outputs):
        return []
    first = next(row.level_one.span for row in outputs if row.level_one is not None)
    return [
        {"name": said(f"{word}指标"), "present": said(any(word in text for text in texts), first)}
        for word in ("数量", "质量")
    ]


def _weights(table: ReadTable) -> list[Facts]:
    """Return the weights that are printed: of the indicators or, where none has one, of the first levels."""
    if any(row.points is not None for row in table.rows):
        return [
            {"name": said(row.name.text), "points": said(points(row.points), (row.weight or row.name).span)}
            for row in table.rows
        ]
    levels: dict[str | None, IndicatorRow] = {}
    for row in table.rows:
        if row.level_one is None or row.level_one_points is None:
            return []
        levels.setdefault(row.level_one.span.cell, row)
    return [
        {"name": said(row.level_one.text), "points": said(points(row.level_one_points), row.level_one.span)}
        for row in levels.values()
        if row.level_one is not None
    ]


def _apart(table: ReadTable) -> Fraction:
    """Return the weight of the execution rate that the table prints beside its indicators, zero where it prints none."""
    row = whole_row(table)
    return Fraction(0) if row is None or row.points is None else row.points


def _apart_span(table: ReadTable) -> Span | None:
    row = whole_row(table)
    return None if row is None or row.weight is None else row.weight.span


def weights_due(table: ReadTable, profile: Profile | None) -> Fraction:
    """Return what all weights should come to: the full marks.

    Where the execution rate is not in the table it may be the full marks without it, whichever is nearer to what there is.
    """
    full = _FULL if profile is None else profile.full
    if _apart(table):
        return full
    execution = _EXECUTION if profile is None else profile.execution.weight if profile.execution is not None else 0
    known = [number for one in _weights(table) if (number := _number(one["points"])) is not None]
    found = sum(known, Fraction(0))
    return min((full, full - execution), key=lambda due: (abs(found - due), -due))


def follows(table: ReadTable, profile: Profile) -> bool:
    """Say whether the weights of a table are those of a method, of its groups and of its execution rate."""
    if profile.execution is not None and _apart(table) not in (0, profile.execution.weight):
        return False
    groups = list(_groups(table, profile))
    return bool(groups) and all(_number(group["found"]) == _number(group["required"]) for group in groups)


def _groups(table: ReadTable, profile: Profile | None) -> Iterator[Facts]:
    """Yield the weight of each group of the method beside what the method gives it.

    Nothing where the table leaves a weight out, has a heading of no group, or weighs all hundred points without the
    execution rate: the method does not say how it is then shared out.
    """
    if profile is None or any(row.points is None or row.level_one is None for row in table.rows) or not table.rows:
        return
    if not _apart(table) and profile.execution is not None and weights_due(table, profile) == profile.full:
        return
    held: dict[str, list[IndicatorRow]] = {group.key: [] for group in profile.groups}
    for row in table.rows:
        group = profile.group_of(row.level_one.text) if row.level_one is not None else None
        if group is None:
            return
        held[group.key].append(row)
    due = {group.key: group.weight for group in profile.groups}
    for group in profile.groups:
        if not held[group.key] and group.yields_to is not None:
            due[group.yields_to] += due.pop(group.key)
    for group in profile.groups:
        if group.key in due:
            found = sum((row.points for row in held[group.key] if row.points is not None), Fraction(0))
            span = next((row.level_one.span for row in held[group.key] if row.level_one is not None), None)
            yield {
                "name": said(group.label.zh, span),
                "found": said(points(found), span),
                "required": points(due[group.key]),
            }


def _execution_group(table: ReadTable, profile: Profile | None) -> Iterator[Facts]:
    """Yield the weight of the execution rate that the table prints beside the one that the method gives it."""
    if profile is not None and profile.execution is not None and _apart(table):
        yield {
            "name": said("预算执行率", _apart_span(table)),
            "found": said(points(_apart(table)), _apart_span(table)),
            "required": points(profile.execution.weight),
        }


def _level_points(table: ReadTable) -> Iterator[Facts]:
    """Yield each first level that prints its points, where every second level below it does, each named once."""
    below: dict[str, dict[str, IndicatorRow]] = {}
    heads: dict[str, IndicatorRow] = {}
    for row in table.rows:
        if row.level_one is None or row.level_two is None:
            return
        one = row.level_one.span.place
        heads.setdefault(one, row)
        below.setdefault(one, {}).setdefault(row.level_two.span.place, row)
    for place, head in heads.items():
        rows = list(below[place].values())
        names = [row.level_two.text for row in rows if row.level_two is not None]
        if head.level_one is None or head.level_one_points is None or len(set(names)) < len(names):
            continue
        if all(row.level_two_points is not None for row in rows):
            yield {
                "name": said(head.level_one.text, head.level_one.span),
                "points": said(points(head.level_one_points), head.level_one.span),
                "parts": [
                    {
                        "name": said(row.level_two.text, row.level_two.span),
                        "points": said(points(row.level_two_points), row.level_two.span),
                    }
                    for row in rows
                    if row.level_two is not None
                ],
            }


# --- self-evaluation -------------------------------------------------------------------------------------


def self_evaluation_facts(table: ReadTable, profile: Profile) -> Facts:
    """Return the facts of :class:`perfeval.standards.self_evaluation_table.SelfEvaluation`, but for the reasons."""
    scored = any(row.scored is not None for row in table.rows)
    parts = _parts(table)
    total = table.total
    if total is None and parts and all(_number(one["points"]) is not None for one in parts):
        total = sum((_number(one["points"]) or Fraction(0) for one in parts), Fraction(0))
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
    }
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
    fits = row.goal is None or row.reached is None or row.goal.dimension == row.reached.dimension
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
    return tuple(_number(one["points"]) for one in _parts(table))


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
