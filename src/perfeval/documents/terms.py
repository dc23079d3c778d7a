"""From which day to which day something runs: 2026年1—12月, 2026.01-2028.12, 2026年3月起, 长期.

Imports only ``project`` and ``folding``.
"""

from __future__ import annotations

import calendar
import datetime
import re
from typing import final

from attrs import frozen

from perfeval.citations import Span
from perfeval.documents.folding import span_of
from perfeval.documents.project import Period
from perfeval.facts import Label

__all__ = ["BadPeriod", "find_period", "said_period"]

NO_SUCH_DAY = Label("没有这一天", "there is no such day")

_HAN = "零一二三四五六七八九"
_N = r"(?:\d{1,2}(?!\d)|[一二三四五六七八九十]{1,3})"
_Y = rf"(?:(?:19|20)\d\d(?!\d)|[一二][{_HAN}]{{3}}(?=\s?年))"
_TO = r"\s?(?:[-—~]{1,2}|至|到)\s?"


def _point(which: str) -> str:
    return (
        rf"(?:(?P<year{which}>{_Y})\s?(?:(?:年度?|[./-](?=\s?\d{{1,2}}(?!\d)))\s?)?)?"
        rf"(?:(?P<part{which}>[上下]半年|第?[一二三四1-4]\s?季度|年?[初底末]|全年)"
        rf"|(?P<month{which}>{_N})\s?(?:月份?\s?|[./-](?=\s?\d{{1,2}}(?!\d))\s?|(?=\s?[-—~至到])|(?![\d年个天日季]))"
        rf"(?:(?P<day{which}>{_N})\s?[日号]?|(?P<third{which}>[初底末]|[上中下]旬))?)?"
    )


_FROM_TO = re.compile(rf"{_point('1')}(?:年|份)?{_TO}(?:(?P<open>长期|今|永久|结束|完成)|{_point('2')}年?)")
_ONE = re.compile(_point("1"))
_SINCE = re.compile(r"\s?(?:起|开始|启动|以来)")
_BY = re.compile(r"\s?(?:前|之前|以前|截止|结束|完成|完工)")
_LONG = re.compile(r"长期|常年|永久|经常性|持续|每年")
_START = re.compile(rf"(?:19|20)\d\d|[一二][{_HAN}]{{3}}\s?年|长期|常年|永久|经常性|每年")
_SAID = re.compile(
    r"(?:起止时间|起止日期|起止年限|实施周期|实施期限|实施时间|项目周期|项目实施期|项目期限|建设周期|建设期限|执行期限)\s?(?:为|是|:|从|自){1,2}\s?(?=[^\n]{4})"
)
_PARTS = {
    "上半年": (1, 6), "下半年": (7, 12), "一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12),
    "1季度": (1, 3), "2季度": (4, 6), "3季度": (7, 9), "4季度": (10, 12), "全年": (1, 12),
    "年初": (1, 1), "初": (1, 1), "年底": (12, 12), "年末": (12, 12), "底": (12, 12), "末": (12, 12),
}  # fmt: skip


@final
@frozen
class BadPeriod:
    """A period that names a day which is not in the calendar, and where."""

    span: Span
    why: Label = NO_SUCH_DAY


def said_period(text: str, folded: str, start: int, end: int) -> Period | BadPeriod | None:
    """Find a period that a sentence states: 实施周期为2026年1月至2028年12月."""
    for said in _SAID.finditer(folded, start, end):
        found = find_period(text, folded, said.end(), min(end, said.end() + 60), anywhere=False)
        if found is not None:
            return found
    return None


def find_period(text: str, folded: str, start: int, end: int, *, anywhere: bool = True) -> Period | BadPeriod | None:
    """Read the first period of a stretch; None where it states none, or only how long it is.

    >>> said = "2026年3月1日至2028年12月"
    >>> period = find_period(said, said, 0, len(said))
    >>> period.first.isoformat(), period.last.isoformat()
    ('2026-03-01', '2028-12-31')
    """
    at = start
    for _ in range(8):
        found = _START.search(folded, at, end) if anywhere or at > start else _START.match(folded, at, end)
        if found is None:
            return None
        period = _period_at(text, folded, found.start(), end)
        if period is not None:
            return period
        at = found.end()
    return None


def _period_at(text: str, folded: str, start: int, end: int) -> Period | BadPeriod | None:
    long = _LONG.match(folded, start, end)
    if long is not None:
        return Period(first=None, last=None, span=span_of(text, start, long.end()))
    both = _FROM_TO.match(folded, start, end)
    if both is not None and both["year1"] and _has_end(both):
        span = span_of(text, start, both.end())
        year = _year(both["year1"])
        try:
            first = _day(both, "1", year, begins=True)
            last = None if both["open"] else _day(both, "2", _year(both["year2"]) or year, begins=False)
        except ValueError:
            return BadPeriod(span)
        return Period(first=first, last=last, span=span)
    one = _ONE.match(folded, start, end)
    if one is None or not one["year1"]:
        return None
    year = _year(one["year1"])
    try:
        first, last = _day(one, "1", year, begins=True), _day(one, "1", year, begins=False)
    except ValueError:
        return BadPeriod(span_of(text, start, one.end()))
    since, by = _SINCE.match(folded, one.end(), end), _BY.match(folded, one.end(), end)
    if since is not None:
        return Period(first=first, last=None, span=span_of(text, start, since.end()))
    if by is not None:
        return Period(first=None, last=last, span=span_of(text, start, by.end()))
    return Period(first=first, last=last, span=span_of(text, start, one.end()))


def _has_end(both: re.Match[str]) -> bool:
    """Say whether what follows 至 is an end: a month without a year only after a month (2026-12 is one month)."""
    if both["open"] or both["year2"]:
        return True
    return bool((both["month2"] or both["part2"]) and (both["month1"] or both["part1"]))


def _year(written: str | None) -> int | None:
    if written is None:
        return None
    return int("".join(str(_HAN.index(digit)) if digit in _HAN else digit for digit in written))


def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    value = _HAN.index(ones) if len(ones) == 1 else 0 if not ones and ten else -1
    return value + (10 * (_HAN.index(tens) if tens else 1) if ten else 0)


def _day(match: re.Match[str], which: str, year: int | None, *, begins: bool) -> datetime.date:
    """Return the first or the last day of what one end of a period names; ``ValueError`` where there is none such."""
    month, day, third, part = (match[name + which] for name in ("month", "day", "third", "part"))
    if year is None:
        raise ValueError
    if part is not None:
        months = _PARTS[part.replace(" ", "").removeprefix("第")]
        return _edge(year, months[0] if begins else months[1], begins=begins)
    if month is None:
        return _edge(year, 1 if begins else 12, begins=begins)
    if day is not None:
        return datetime.date(year, _number(month), _number(day))
    if third is not None:
        low, high = {"初": (1, 10), "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 0)}.get(third, (0, 0))
        last = high or _last_day(year, _number(month))
        return datetime.date(year, _number(month), (low or last) if begins else last)
    return _edge(year, _number(month), begins=begins)


def _edge(year: int, month: int, *, begins: bool) -> datetime.date:
    return datetime.date(year, month, 1 if begins else _last_day(year, month))


def _last_day(year: int, month: int) -> int:
    if not 1 <= month <= datetime.date.max.month:
        raise ValueError
    return calendar.monthrange(year, month)[1]
