"""Which numbers of things a text states more than once: in its content, among its effects, and in the factors of a line.

Two mentions are of one thing where they have the unit, the words right before the number and the noun after it in
common (购置图书6,000册, 新增图书不少于6,000册). What is said of each, of another year or of what is there already is left out,
and so is what one place counts in parts: 春季巡河10次、秋季巡河10次 are not one number of times said twice.
Imports ``mentioned``, ``repeated``, ``documents`` and above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias, final

from attrs import evolve, frozen

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
    found: dict[_Key, list[_Place]] = {}
    for one in told.quantities:
        part = told.part_at(one.span.start)
        keyed = _key(told, one, year) if part in (Part.CONTENT, Part.EFFECT) else None
        if keyed is not None:
            key, words = keyed
            found.setdefault(key, []).append(_Place(part, words, Said(given=told.given(one))))
    groups: list[Repeated] = []
    for (unit, words, noun), places in found.items():
        for line, factor in _single_factors(project, unit):
            if words in line.name:
                places.append(_Place(Part.FUNDING, words, Said(given=factor)))
        if len({place.part for place in places}) > 1 and _are_one_thing(told, places):
            said = tuple(place.said for place in places)
            name = f"{_shared_end([place.words for place in places])}{noun}（{unit}）"
            groups.append(Repeated(key=f"count/{len(groups)}", name=name, said=said))
    return tuple(groups)


@final
@frozen
class _Place:
    """One saying of a number: in which part of the text it stands, and the words right before it."""

    part: Part | None
    words: str
    said: Said

    @property
    def start(self) -> int:
        """Where it stands in the text."""
        return self.said.given.span.start if self.said.given.span is not None else 0


# A season, a place or one of several tells one number of things from another: 春季巡河, 甲村建桥.
_ONE_OF_SEVERAL = re.compile(r"[春夏秋冬]|[上下]半年|季度|[上中下]旬|月|首|再|另|线上|线下|.[省市县区镇乡村组街]")
_WHOLE_PLACE = re.compile("全[省市县区镇乡村]|各[省市县区镇乡村]|本[省市县区镇乡村]")


def _are_one_thing(told: Mentioned, places: Sequence[_Place]) -> bool:
    """Say whether sayings are of one number: in no part is it told in parts, and none is of one place or season alone."""
    if not is_one_thing([(place.part, place.said) for place in places]):
        return False
    narrowed = {_narrowed(place.words) for place in places if place.part is not Part.FUNDING}
    if len(narrowed) > 1:
        return False
    for part in {place.part for place in places}:
        own = sorted((place for place in places if place.part is part), key=lambda place: place.start)
        for first, second in pairwise(own):
            # In one sentence, or one list, two numbers are of two things.
            if "。" not in told.folded[first.start : second.start]:
                return False
    return True


def _narrowed(words: str) -> str:
    """Return the words that say of which season or place a number is; nothing where it is of all."""
    return "".join(_ONE_OF_SEVERAL.findall(_WHOLE_PLACE.sub("", words)))


def _shared_end(words: Sequence[str]) -> str:
    """Return the words in which all of some end."""
    first = words[0]
    length = 0
    while length < len(first) and all(one[-length - 1 :] == first[-length - 1 :] for one in words):
        length += 1
    return first[len(first) - length :]


def _is_count(amount: Amount) -> bool:
    dimension = amount.dimension
    return len(dimension) == 1 and dimension[0][1] == 1 and dimension[0][0].startswith("count_")


def _key(told: Mentioned, one: Quantity, year: int | None) -> tuple[_Key, str] | None:
    """Return by what a number is the same as another, with all the words before it.

    None for one that is not a firm number of things of this year.
    """
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
    return (one.unit or "", named, "" if noun is None else noun[0]), words[0]


def _single_factors(project: Project, unit: str) -> Iterator[tuple[Line, Given]]:
    """Yield the lines that multiply one number of things by a rate, and no other number, with that number."""
    for line in project.lines:
        counted = [factor for factor in line.factors if isinstance(factor.value, Amount) and _is_count(factor.value)]
        if len(counted) == 1 and isinstance(counted[0].value, Amount) and _printed_unit(counted[0].span) == unit:
            yield line, counted[0]


def _printed_unit(span: Span | None) -> str:
    return "" if span is None else span.text.lstrip("0123456789,，.０１２３４５６７８９．万亿 ")
