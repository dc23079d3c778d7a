"""Which numbers of things a text states more than once: in its content, among its effects, and in the factors of a line.

Two mentions are of one thing where they have the unit, the words right before the number and the noun after it in
common (购置图书6,000册, 新增图书不少于6,000册). What is said of each, of another year or of what is there already is left out.
Imports ``mentioned``, ``repeated``, ``documents`` and above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from attrs import evolve

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.documents.bounds import Comparator
from perfeval.documents.project import Line, Part, Project
from perfeval.documents.quantities import Quantity
from perfeval.facts import Given
from perfeval.matching.mentioned import Mentioned, is_plain
from perfeval.matching.repeated import Repeated, Said, is_one_thing

__all__ = ["repeated_counts"]

_Key: TypeAlias = tuple[str, str, str]
_FIRM = (Comparator.UNSTATED, Comparator.EQ, Comparator.GE, Comparator.LE)
_WORDS = re.compile(r"[\u4e00-\u9fff]{2,24}$")
_NOUN = re.compile(r"[\u4e00-\u9fff]{1,2}")
_ELSEWHERE = re.compile("每|各|人均|平均|上年|去年|往年|已|现有|原有|累计|其中|其余|分别|第|约|近|至少再|不足")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}\s?年")
_BOUND = re.compile("(?:不得|不)?(?:少于|低于|超过|多于)$|至少$|至多$|最多$|达到$|共$|共计$|为$|有$")
_SAYS_NOTHING = re.compile(
    "完成|开展|举办|组织|全年|全县|全镇|全市|共计|累计|建设|新建|达到|安排|计划|预计|实施|覆盖|涉及|购置|更新|发放|培训|服务|支持|补助|年内|当年"
)
_PEOPLE = frozenset(("人", "名", "位", "人次"))
"""Some people of those that a text speaks of are trained, others visited: their name alone does not tell them apart."""
_LEAD = 24
_CLAUSE = re.compile("[，,。；;：:、()\n“”《》]")


def repeated_counts(project: Project, told: Mentioned) -> tuple[Repeated, ...]:
    """Return the numbers of things that a text states in its content and again among its effects or in its lines."""
    year = None if project.year is None else project.year.number
    found: dict[_Key, list[tuple[Part | None, Said]]] = {}
    for one in told.quantities:
        part = told.part_at(one.span.start)
        key = _key(told, one, year) if part in (Part.CONTENT, Part.EFFECT) else None
        if key is not None:
            found.setdefault(key, []).append((part, Said(given=told.given(one, amount=_pieces(one.amounts[0])))))
    groups: list[Repeated] = []
    for (unit, words, noun), places in found.items():
        for line, factor in _single_factors(project, unit):
            if words in line.name:
                places.append((Part.FUNDING, Said(given=factor)))
        if len({part for part, _ in places}) > 1 and is_one_thing(places):
            said = tuple(one for _, one in places)
            groups.append(Repeated(key=f"count/{len(groups)}", name=f"{words}{noun}（{unit}）", said=said))
    return tuple(groups)


def _pieces(amount: Amount) -> Amount:
    return Amount.of(amount.number, "个")


def _is_count(amount: Amount) -> bool:
    dimension = amount.dimension
    return len(dimension) == 1 and dimension[0][1] == 1 and dimension[0][0].startswith("count_")


def _key(told: Mentioned, one: Quantity, year: int | None) -> _Key | None:
    """Return by what a number is the same as another; None for one that is not a firm number of things of this year."""
    firm = one.comparator in _FIRM and not one.per and one.unit is not None
    if not firm or not is_plain(evolve(one, comparator=Comparator.UNSTATED)) or not _is_count(one.amounts[0]):
        return None
    start = one.spans[0].start
    lead = _CLAUSE.split(told.folded[max(0, start - _LEAD) : start])[-1].strip().rstrip("≥≤<>= ")
    if any(int(found[0][:4]) != year for found in _YEAR.finditer(lead)):
        return None
    words = _WORDS.search(_BOUND.sub("", lead))
    if words is None or _ELSEWHERE.search(lead) or one.unit in _PEOPLE:
        return None
    noun = _NOUN.match(told.folded, one.span.end)
    named = words[0][-2:]
    if _SAYS_NOTHING.fullmatch(named):
        return None
    return one.unit or "", named, "" if noun is None else noun[0]


def _single_factors(project: Project, unit: str) -> Iterator[tuple[Line, Given]]:
    """Yield the lines that multiply one number of things by a rate, and no other number, with that number."""
    for line in project.lines:
        counted = [factor for factor in line.factors if isinstance(factor.value, Amount) and _is_count(factor.value)]
        if len(counted) == 1 and isinstance(counted[0].value, Amount) and _printed_unit(counted[0].span) == unit:
            yield line, evolve(counted[0], value=_pieces(counted[0].value))


def _printed_unit(span: Span | None) -> str:
    return "" if span is None else span.text.lstrip("0123456789,，.０１２３４５６７８９．万亿 ")
