"""Which targets of a project's tables its text speaks of too, and whether it has the same.

A figure of the text is that of an indicator where it is in its dimension and shares most words with it; rates, and what is of
another time or of the whole project, are none. Imports ``goal_figures``, ``indicator_words``, ``tables`` and above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, final

from attrs import frozen

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.documents.project import Part, Project
from perfeval.documents.quantities import Relation, quantities
from perfeval.documents.topics import shared_words
from perfeval.matching.goal_figures import figures_of
from perfeval.matching.indicator_words import core
from perfeval.matching.tables import goal_figures
from perfeval.tables.model import IndicatorRow, ReadTable, TableKind

__all__ = ["Target", "targets_of", "year_of"]

_CLAUSE = re.compile(r"(?:[^，,。；;！!？?\n、:：（）()]|(?<=\d)[，,](?=\d)){1,200}")
_ELSEWHEN = re.compile(
    r"上年|去年|往年|历年|此前|以往|截至|到20\d\d年|三年|五年|累计|每|其中|原有|现有|已|第[一二三四1-4](?:季度|阶段|批)|[上下]半年|\d月"
    r"|(?:提[升高]|增[长加]|下降|降低|[减压]少|压减)(?![到至])"
)
_YEARS = re.compile(r"(20\d\d)\s?年")
_SUMMING = re.compile(r"\s?(?:共计?|合计|总计)")
_COUNTED = re.compile(r"(?:数量|总数|[人次个]数|场次|批次|人次|面积|长度|里程)$")
_SHARED: Final = 2


@final
@frozen
class Target:
    """A target of a table that the text speaks of: what the text has for it, and whether that is the same.

    ``borne_out`` says which of the two is borne out elsewhere, where the other stands alone: ``"table"``, ``"text"``, or
    nothing where one witness is all there is.
    """

    row: IndicatorRow
    said: Amount
    span: Span
    clause: str
    agrees: bool
    borne_out: str = ""


@final
@frozen
class _Wanted:
    """An indicator with what the text may say of it, and how often its own table says so in words too."""

    row: IndicatorRow
    goal: Amount
    either: tuple[Amount, ...]
    again: int


def targets_of(project: Project, tables: Sequence[ReadTable]) -> Iterator[Target]:
    """Yield each target that the text has in the same words and the same dimension."""
    wanted = [
        one
        for table in tables
        if table.kind is TableKind.GOALS or table.year in (None, year_of(project))
        for one in _wanted(table)
    ]
    if not wanted:
        return
    about: dict[int, list[_Mention]] = {}
    for mention in _planned(project):
        index = _spoken_of(mention, wanted)
        if index is not None:
            about.setdefault(index, []).append(mention)
    for index, one in enumerate(wanted):
        yield from _held_against(one, about.get(index, ()))


def _spoken_of(mention: _Mention, wanted: Sequence[_Wanted]) -> int | None:
    """Return the indicator that shares most words with a clause, of those in the dimension; None where two do."""
    dimensions = {amount.dimension for amount in mention.amounts}
    shared = {
        index: len(shared_words(core(one.row.name.text), mention.clause))
        for index, one in enumerate(wanted)
        if one.goal.dimension in dimensions
    }
    most = max(shared.values(), default=0)
    best = [index for index, count in shared.items() if count == most]
    names = {core(wanted[index].row.name.text) for index in best}
    return best[0] if most >= _SHARED and len(names) == 1 else None


def _wanted(table: ReadTable) -> Iterator[_Wanted]:
    """Yield the indicators of a table; beside a self-evaluation a text may say what was to be reached, or what was."""
    said_again = [*goal_figures(table)]
    if table.achieved_text is not None and table.rows:
        said_again += figures_of(table.achieved_text, table)
    for index, row in enumerate(table.rows):
        if isinstance(row.goal, Amount):
            reached = (row.reached,) if isinstance(row.reached, Amount) else ()
            either = (row.goal, *reached)
            again = sum(figure.row == index and figure.amount in either for figure in said_again)
            yield _Wanted(row, row.goal, either, again)


def _held_against(one: _Wanted, about: Sequence[_Mention]) -> Iterator[Target]:
    """Yield what the text says of one indicator; nothing where it may mean several things."""
    same = [each for each in about if any(amount in one.either for amount in each.amounts)]
    other = [each for each in about if each not in same and each.firm]
    if same:
        amount = next(amount for amount in same[0].amounts if amount in one.either)
        yield Target(one.row, amount, same[0].span, same[0].clause, agrees=True)
        # Beside what agrees only the very same words, or the whole name of the indicator, can mean the same.
        words, noun = {_without_figures(each.clause) for each in same}, _noun(one.row.name.text)
        other = [each for each in other if _without_figures(each.clause) in words or noun in each.clause]
    values = {each.amounts[0].root for each in other}
    if len(values) != 1 or sum(each.amounts[0].root for each in other) == one.goal.root:
        return
    borne_out = ""
    if len(other) == 1 and len(same) + one.again > 0:
        borne_out = "table"
    elif len(other) > 1 and not same and not one.again:
        borne_out = "text"
    yield Target(one.row, other[0].amounts[0], other[0].span, other[0].clause, agrees=False, borne_out=borne_out)


def _noun(name: str) -> str:
    """Return what an indicator counts: 更换灯具 of 更换灯具数量."""
    plain = core(name)
    return _COUNTED.sub("", plain) or plain


def _without_figures(clause: str) -> str:
    return "".join(character for character in clause if not character.isnumeric() and character not in ".,，")


@final
@frozen
class _Mention:
    """A quantity that the text plans, with its clause; one of the overview may be of the whole project, not ``firm``."""

    amounts: tuple[Amount, ...]
    span: Span
    clause: str
    firm: bool


def _planned(project: Project) -> Iterator[_Mention]:
    """Yield the quantities that the text plans; rates, and what is of another time, left out."""
    start, end = (0, len(project.text)) if project.span is None else (project.span.start, project.span.end)
    text, year = project.text[start:end], year_of(project)
    loose = [one.body for one in project.sections if one.part in (Part.OVERVIEW, Part.BASIS)]
    for mention in quantities(text):
        if not mention.amounts or mention.per or mention.relation in (Relation.FACTORS, Relation.PARTS, Relation.RANGE):
            continue
        if mention.amounts[0].unit.is_money or mention.softness is not None:
            continue
        clause = _clause_of(text, mention.span.start)
        years = {int(found) for found in _YEARS.findall(clause)}
        if clause and not _ELSEWHEN.search(clause) and (not years or year is None or years == {year}):
            place = mention.span.start + start
            span = Span(start=place, end=mention.span.end + start, text=mention.span.text)
            firm = not any(body.start <= place < body.end for body in loose)
            yield _Mention(mention.amounts, span, clause, firm)


def _clause_of(text: str, place: int) -> str:
    """Return the clause in which a place stands, with the one before it where it begins with a sum: 共320人."""
    before = ""
    for match in _CLAUSE.finditer(text, max(0, place - 60), min(len(text), place + 60)):
        if match.start() <= place < match.end():
            return f"{before}{match[0]}" if _SUMMING.match(match[0]) else match[0]
        before = match[0]
    return ""


def year_of(project: Project) -> int | None:
    """Return the budget year of a text, None where it names none."""
    return None if project.year is None else project.year.number
