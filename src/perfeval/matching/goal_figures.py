"""Which figures the words of a goal state, and which indicators of the table speak of the same.

A figure is the same as an indicator's where it is in one dimension with it and their words meet; a rate for each of
several, a figure of another year and one that may mean several indicators are not compared. Imports ``documents``,
``indicator_words``, ``tables`` and above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import final

from attrs import frozen

from perfeval.amounts import Amount, AmountRange
from perfeval.citations import Span
from perfeval.documents.quantities import Quantity, Relation, quantities
from perfeval.documents.topics import shared_words
from perfeval.errors import InputError
from perfeval.matching.indicator_words import within
from perfeval.tables.model import IndicatorRow, ReadTable, Written

__all__ = ["Figure", "figures_of", "same_noun"]

_CLAUSE = re.compile(r"[^，,。；;！？!?\n、]+")
_ELSEWHEN = re.compile(
    r"上年|去年|往年|历年|此前|以往|已经|截至|到20\d\d年|至20\d\d年|三年|五年|累计|总体|中期|每"
    r"|(?:提[升高]|增[长加]|下降|降低|[减压]少|压减)(?![到至])"
)
_YEAR = re.compile(r"20\d\d(?=\s?年)")
_MOST = 200
"""How many figures of one goal are looked at: a goal is a sentence or two."""
_TIME = re.compile(r"年|月|日|个月|季度")


@final
@frozen
class Figure:
    """A figure of a goal: ``row`` is the indicator that speaks of the same, ``agrees`` whether it has that figure.

    ``row`` is None where none can be told, ``covered`` says whether any target or sum of the table is this figure.
    """

    amount: Amount
    span: Span
    clause: str
    row: int | None
    agrees: bool
    covered: bool


def figures_of(goal: Written, table: ReadTable) -> tuple[Figure, ...]:
    """Return the figures of a goal that are no times, each with what the table says to it."""
    found: list[Figure] = []
    amounts = [one for row in table.funds for one in _sums(row) if one is not None]
    for mention in quantities(goal.text)[:_MOST]:
        if not mention.amounts or mention.relation is Relation.FACTORS or _TIME.fullmatch(mention.unit or ""):
            continue
        clause = _clause_of(goal.text, mention.span.start)
        stated = mention.amounts if mention.relation is not Relation.PARTS else ()
        if not stated:
            continue
        rate = _rate_of(mention)
        told = stated if rate is None else (*stated, rate)
        equal = [index for index, row in enumerate(table.rows) if any(_is(row, one) for one in told)]
        nouns = same_noun(clause, stated[0], table.rows)
        summed = _adds_up(stated[0], [table.rows[index] for index in nouns])
        covered = bool(equal) or summed or any(one == amount for one in stated for amount in amounts)
        row = None
        if equal:
            row = next((index for index in nouns if index in equal), equal[0])
        elif len(nouns) == 1 and not summed and not covered and _is_of_the_year(mention, clause, table.year):
            row = nouns[0]
        span = mention.spans[0] if mention.spans else mention.span
        found.append(
            Figure(stated[0], within(goal, span.start, span.end), clause, row, agrees=bool(equal), covered=covered)
        )
    return tuple(found)


def same_noun(words: str, amount: Amount, rows: Sequence[IndicatorRow]) -> list[int]:
    """Return the rows of that dimension that share the most telling words with a clause; none where none does."""
    shared = {
        index: len(shared_words(row.name.text, words))
        for index, row in enumerate(rows)
        if row.goal is not None and row.goal.dimension == amount.dimension
    }
    most = max(shared.values(), default=0)
    return [index for index, count in shared.items() if most and count == most]


def _rate_of(mention: Quantity) -> Amount | None:
    """Return 每人每月1000元 as 1000元/人/月, where all that it is counted per has a unit."""
    units = [per.unit for per in mention.per]
    if not units or mention.relation is not Relation.SINGLE or None in units:
        return None
    amount = mention.amounts[0]
    try:
        return Amount.of(amount.number, "/".join([amount.unit.text, *map(str, units)]))
    except InputError:
        return None


def _is(row: IndicatorRow, amount: Amount) -> bool:
    goal = row.goal
    if isinstance(goal, AmountRange):
        return amount.dimension == goal.dimension and amount in (goal.low, goal.high)
    return goal is not None and goal.dimension == amount.dimension and goal == amount


def _adds_up(amount: Amount, rows: Sequence[IndicatorRow]) -> bool:
    roots = [row.goal.root for row in rows if isinstance(row.goal, Amount)]
    return len(roots) > 1 and sum(roots) == amount.root


def _sums(row: object) -> list[Amount | None]:
    printed = [getattr(row, name) for name in ("planned", "initial", "full_year", "adjusted", "executed")]
    return [None if one is None else one.amount for one in printed]


def _clause_of(text: str, place: int) -> str:
    """Return the clause in which a place stands; of a long text only what is near is looked at."""
    start = max(0, place - 80)
    for match in _CLAUSE.finditer(text, start, min(len(text), place + 80)):
        if match.start() <= place < match.end():
            return match[0]
    return ""


def _is_of_the_year(mention: Quantity, clause: str, year: int | None) -> bool:
    """Say whether a figure may be held against the year's targets: no rate, and of no other time."""
    if mention.per or mention.softness is not None or _ELSEWHEN.search(clause):
        return False
    years = {int(found) for found in _YEAR.findall(clause)}
    return not years or year is None or years == {year}
