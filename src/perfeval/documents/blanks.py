"""Where a figure was to be filled in and was not: ≥**%, XX万元, ____元, 〇〇人, 待填写.

A single mark counts only beside a comparator or a unit; digits that touch a mark belong to it (20XX年, 1*万元), so
that no part of a placeholder is ever read as an amount. Imports ``counters`` only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import final

from attrs import frozen

from perfeval.documents.counters import UNITS, begins_a_word

__all__ = ["Blank", "find_blanks"]


@final
@frozen
class Blank:
    """A place to fill in, with the unit that follows it: ``start`` to ``number_end``, and to ``end`` with the unit."""

    start: int
    number_end: int
    end: int
    unit: str | None


# XX村 and ××所 stand for a name, not for a number.
_NAMED = frozenset("村所家户处支部组班座门口项件本张期届节种头根")
_WORDS = r"待(?:填写|填报|填列|填|补充|完善|明确|定(?!点|岗|期))|(?:此处|请)填写?|未填写?(?=[\s，,。；;)]|$)"
# Dots lead to a figure that is there: 办公费……2500.
_MARKS = (
    r"\d{0,8}(?:[Xx×]{2,20}|\*{2,40}|_{2,80}|[□○■]{2,20}|(?<![零一二三四五六七八九])零零{1,10}(?![\d零一二三四五六七八九])|\?{2,20}|…{2,10}(?![\d…])|\.{4,40}(?![\d.]))[\d.]{0,8}"
    r"|\d{1,8}[X×*_□○]{1,4}+(?!\d)|(?<![A-Za-z\d\s)])[XxN](?![A-Za-z\d×])|(?<![\w)\s])[×*_□○](?!\d)"
    r"|\{[^{}\n]{0,20}\}|【(?:请|待|此处)[^】\n]{0,20}】|\((?:请|待|此处)填?[^()\n]{0,20}\)"
)
_BLANK = re.compile(rf"(?P<words>{_WORDS})|(?P<marks>(?<![A-Za-z\d.,])(?:{_MARKS}))")
_UNIT = re.compile(rf"\s{{0,3}}(?:[百千万亿]{{1,2}}(?!元))?(?P<unit>{UNITS})")
_BOUND_BEFORE = re.compile(r"(?:[≥≤><=:]|不少于|不低于|不超过|不高于|达到|至少|控制在|为)\s?$")


def find_blanks(folded: str) -> Iterator[Blank]:
    """Yield the places of a folded text where a figure was to be filled in.

    >>> [(blank.unit, "≥**人次，投入XX万元"[blank.start : blank.end]) for blank in find_blanks("≥**人次，投入XX万元")]
    [('人次', '**人次'), ('万元', 'XX万元')]
    """
    for match in _BLANK.finditer(folded):
        start, end = match.span()
        unit_match = _UNIT.match(folded, end)
        unit = unit_match["unit"] if unit_match else None
        if unit_match and unit and begins_a_word(unit, folded[unit_match.end() : unit_match.end() + 1]):
            unit, unit_match = None, None
        bound = _BOUND_BEFORE.search(folded[max(0, start - 4) : start]) is not None
        if match["words"] is None and not bound and (unit is None or (unit in _NAMED and match[0][0] in "Xx×")):
            continue
        yield Blank(start, end, unit_match.end() if unit_match else end, unit)
