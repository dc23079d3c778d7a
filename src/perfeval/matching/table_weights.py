"""The levels that a table of indicators has and should have, and what its weights come to beside those of its method.

What is not printed is not known. Imports ``fitting``, ``indicator_words``, ``table_money``, ``tables``, ``scoring`` and above.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.facts import Given
from perfeval.matching.fitting import Facts, said
from perfeval.matching.indicator_words import LevelKind, levels_of
from perfeval.matching.table_money import points, whole_row
from perfeval.scoring.profile import Profile
from perfeval.tables.model import IndicatorRow, Layout, ReadTable, TableKind

__all__ = [
    "apart",
    "apart_span",
    "execution_group",
    "follows",
    "groups_of",
    "level_points",
    "levels_due",
    "number_of",
    "printed_weights",
    "second_levels",
    "weights_due",
    "weights_totalled",
]

_FULL: Final = Fraction(100)
_EXECUTION: Final = Fraction(10)


def levels_due(table: ReadTable, profile: Profile | None) -> tuple[list[Facts], list[Facts]]:
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


def number_of(value: object) -> Fraction | None:
    """Return the number of points that a fact holds, None where they are not known."""
    held = value.value if isinstance(value, Given) else value
    return held.number if isinstance(held, Amount) else None


def second_levels(table: ReadTable) -> list[Facts]:
    """Return the second levels of the outputs that are due: those of the national form, where the table has any."""
    outputs = [row for row in table.rows if row.level_one is not None and LevelKind.OUTPUT in levels_of(row)]
    texts = ["".join(row.level_two.text.split()) for row in outputs if row.level_two is not None]
    if table.layout is not Layout.NATIONAL or not texts or len(texts) < len(outputs):
        return []
    first = next(row.level_one.span for row in outputs if row.level_one is not None)
    return [
        {"name": said(f"{word}指标"), "present": said(any(word in text for text in texts), first)}
        for word in ("数量", "质量")
    ]


def printed_weights(table: ReadTable) -> list[Facts]:
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


def apart(table: ReadTable) -> Fraction:
    """Return the weight of the execution rate that the table prints beside its indicators, zero where it prints none."""
    row = whole_row(table)
    return Fraction(0) if row is None or row.points is None else row.points


def apart_span(table: ReadTable) -> Span | None:
    """Return where the weight of the execution rate stands."""
    row = whole_row(table)
    return None if row is None or row.weight is None else row.weight.span


def weights_totalled(table: ReadTable, profile: Profile) -> Facts:
    """Return the total of the weights that the row of the total prints beside the points, and what the weights come to.

    It may count the execution rate or not, and it may be the full marks: the sum that it agrees with is taken. A number
    that is the total of the points too says nothing of the weights.
    """
    weights = [number_of(one["points"]) for one in printed_weights(table)]
    known = [weight for weight in weights if weight is not None]
    full = table.full
    if full is None or table.total is None or full in (table.total, profile.full) or not known:
        return {"weights_totalled": False}
    sums = (sum(known, Fraction(0)) + apart(table), sum(known, Fraction(0)))
    found = full if full in sums else sums[0]
    return {
        "weights_totalled": len(known) == len(weights),
        "weights_found": said(points(found)),
        "weights_total": said(points(full), None if table.full_written is None else table.full_written.span),
    }


def weights_due(table: ReadTable, profile: Profile | None) -> Fraction:
    """Return what all weights should come to: the full marks.

    Where the execution rate is not in the table it may be the full marks without it, whichever is nearer to what there is.
    """
    full = _FULL if profile is None else profile.full
    if apart(table):
        return full
    execution = _EXECUTION if profile is None else profile.execution.weight if profile.execution is not None else 0
    known = [number for one in printed_weights(table) if (number := number_of(one["points"])) is not None]
    found = sum(known, Fraction(0))
    return min((full, full - execution), key=lambda due: (abs(found - due), -due))


def follows(table: ReadTable, profile: Profile) -> bool:
    """Say whether the weights of a table are those of a method, of its groups and of its execution rate."""
    if profile.execution is not None and apart(table) not in (0, profile.execution.weight):
        return False
    groups = list(groups_of(table, profile))
    return bool(groups) and all(number_of(group["found"]) == number_of(group["required"]) for group in groups)


def groups_of(table: ReadTable, profile: Profile | None) -> Iterator[Facts]:
    """Yield the weight of each group of the method beside what the method gives it.

    Nothing where the table leaves a weight out, has a heading of no group, or weighs all hundred points without the
    execution rate: the method does not say how it is then shared out.
    """
    if profile is None or any(row.points is None or row.level_one is None for row in table.rows) or not table.rows:
        return
    if not apart(table) and profile.execution is not None and weights_due(table, profile) == profile.full:
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


def execution_group(table: ReadTable, profile: Profile | None) -> Iterator[Facts]:
    """Yield the weight of the execution rate that the table prints beside the one that the method gives it."""
    if profile is not None and profile.execution is not None and apart(table):
        yield {
            "name": said("预算执行率", apart_span(table)),
            "found": said(points(apart(table)), apart_span(table)),
            "required": points(profile.execution.weight),
        }


def level_points(table: ReadTable) -> Iterator[Facts]:
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
