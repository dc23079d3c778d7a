"""Where a figure was to be filled in and was not: ≥**%, XX万元, ____元, 〇〇人, （  ）%, 待填写.

A single mark counts only beside a comparator or a unit; digits that touch a mark belong to it (20XX年, 1*万元), so
that no part of a placeholder is ever read as an amount. Dots that lead to a figure (办公费……2500) are none. What may
be a mark of something else (a box to tick, a note, a factor) is no ``sure`` one. Imports ``counters`` only.
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
    """A place to fill in, with the unit that follows it: ``start`` to ``number_end``, and to ``end`` with the unit.

    ``sure`` tells one that nobody would take for anything else.
    """

    start: int
    number_end: int
    end: int
    unit: str | None
    sure: bool = False


# XX村 and ××所 stand for a name, not for a number.
_NAMED = frozenset("村所家户处支部组班座门口项件本张期届节种头根")
# 1个中心、N个站点 is a way of speaking, and boxes are ticked before words: □个人.
_MANY = frozenset("个支项家处类种条点门套所座张次")
_BOXES = "□○"
_OF_A_DATE = frozenset(["年", "年度", "月", "日"])
_MAY_FOLLOW = frozenset("以之的左及并和且")
_WORDS = r"待(?:填写|填报|填列|填|补充|完善|明确|定(?!点|岗|期))|(?:此处|请)填写?|未填写?(?=[\s，,。；;)]|$)"
# Dots lead to a figure that is there: 办公费……2500.
_MARKS = (
    r"\d{0,8}(?:[Xx×]{2,20}|\*{2,40}|_{2,80}|[□○■]{2,20}|(?<![零一二三四五六七八九])零零{1,10}(?![\d零一二三四五六七八九])|\?{2,20}|…{2,10}(?!\s{0,3}[\d…])|\.{4,40}(?!\s{0,3}[\d.]))[\d.]{0,8}"
    r"|\d{1,8}[X×*_□○]{1,4}+(?!\d)|(?<![A-Za-z\d\s)+第])[XxN](?![A-Za-z\d×+])|(?<![\w)\s])[×*_□○](?!\d)"
    r"|[×?](?=\s?%)|\(\s{0,20}\)|\[(?:请?填写?|待|此处)(?!说明|要求|须知|指南)[^\[\]\n]{0,20}\]"
    r"|\{[^{}\n]{0,20}\}|【(?:请|填写|待|此处)(?!说明|要求|须知|指南)[^】\n]{0,20}】|\((?:请|待|此处)填?[^()\n]{0,20}\)"
)
_BLANK = re.compile(rf"(?P<words>{_WORDS})|(?P<marks>(?<![A-Za-z\d.,])(?:{_MARKS}))")
_UNIT = re.compile(rf"\s{{0,3}}(?:[百千万亿]{{1,2}}(?!元))?(?P<unit>{UNITS})")
_BOUND_BEFORE = re.compile(r"(?:[≥≤><=:]|不少于|不低于|不超过|不高于|达到|至少|控制在|为)\s?$")


def find_blanks(folded: str, begin: int = 0, until: int | None = None) -> Iterator[Blank]:
    """Yield the places of a folded text, or of a stretch of it, where a figure was to be filled in.

    >>> [(blank.unit, "≥**人次，投入XX万元"[blank.start : blank.end]) for blank in find_blanks("≥**人次，投入XX万元")]
    [('人次', '**人次'), ('万元', 'XX万元')]
    """
    for match in _BLANK.finditer(folded, begin, len(folded) if until is None else until):
        start, end = match.span()
        unit_match = _UNIT.match(folded, end)
        unit = unit_match["unit"] if unit_match else None
        if unit_match and unit and begins_a_word(unit, folded[unit_match.end() : unit_match.end() + 1]):
            unit, unit_match = None, None
        bound = _BOUND_BEFORE.search(folded[max(0, start - 4) : start]) is not None
        stop = unit_match.end() if unit_match else end
        if match["words"] is None and not bound and (unit is None or (unit in _NAMED and match[0][0] in "Xx×")):
            continue
        if match["words"] is None and not _is_blank(folded, match[0], unit, stop):
            continue
        if match["words"]:
            sure = unit is not None or (bound and not _is_han(folded[stop : stop + 1]))  # 注：请填写全称 tells how to
        else:
            sure = _is_sure(match[0], unit)
        yield Blank(start, end, stop, unit, sure)


def _is_blank(folded: str, mark: str, unit: str | None, stop: int) -> bool:
    """Say whether a mark beside a bound or a unit is one to fill in, and no box, no N of many, no bracket of a form."""
    if mark == "N":
        return unit not in _MANY
    if mark in _BOXES or mark[0] == "(":
        following = folded[stop : stop + 1]
        alone = unit is not None and (len(unit) > 1 or not _is_han(following) or following in _MAY_FOLLOW)
        return alone and (mark in _BOXES or unit not in _OF_A_DATE or mark.strip("() ") != "")
    return True


def _is_sure(mark: str, unit: str | None) -> bool:
    """Say whether a mark is one to fill in beyond doubt: more than one sign, no dots, and no digits on a line."""
    if mark in ("N", "?") or (mark == "×" and unit == "%"):
        return True
    digits = sum(one.isdigit() for one in mark)
    if mark[0] in ".…" or "_" in mark:
        return mark[0] == "_" and not digits
    return len(mark) - digits > 1


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
