"""Which stretches of time a text names: 2026年1—12月, 2021年全年, 2025年3月至2026年2月, 3月底前.

20日内 is a quantity and no period. Without a year in the text none is supplied: :meth:`Moment.day` takes the one that
the caller knows. Imports only ``lexing``, ``folding``, ``bounds``, ``citations`` and ``facts``.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator, Sequence
from typing import final

from attrs import frozen

from perfeval.citations import Span
from perfeval.documents.bounds import Comparator
from perfeval.documents.folding import fold, span_of
from perfeval.documents.lexing import Name, NameKind, in_digits, names
from perfeval.facts import Label

__all__ = ["Moment", "StatedPeriod", "find_periods", "periods"]

_DATED = (NameKind.MONTHS, NameKind.DATE, NameKind.YEAR)
_YEAR = re.compile(r"(?:19|20)\d\d(?=\s?年|[./-])|(?:19|20)\d\d$")
_TWO_YEARS = re.compile(r"((?:19|20)\d\d)\s?[-—]\s?((?:19|20)\d\d)")
_MONTHS = re.compile(r"(?<!\d)(\d{1,2})\s?月?份?\s?(?:[-—~]{1,2}|至|到)\s?(\d{1,2})\s?月")
_MONTH = re.compile(r"(?<!\d)(\d{1,2}|[一二三四五六七八九十]{1,3})\s?月")
_DAYS = re.compile(r"月\s?(\d{1,2})\s?[日号]?\s?[-—~至]\s?(\d{1,2})\s?[日号]")
_TWO_SIGNED = re.compile(r"((?:19|20)\d\d)[./](\d{1,2})[-—~至]{1,2}((?:19|20)\d\d)[./](\d{1,2})")
_DAY = re.compile(r"月\s?(\d{1,2})\s?[日号]")
_SIGNED = re.compile(r"((?:19|20)\d\d)[./-](\d{1,2})[./-](\d{1,2})")
_PARTS = {
    "上半年": (1, 6), "下半年": (7, 12), "一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12),
    "1季度": (1, 3), "2季度": (4, 6), "3季度": (7, 9), "4季度": (10, 12),
}  # fmt: skip
_TO = re.compile(r"\s?(?:[-—~]{1,2}|至|到)\s?")
_ALL_YEAR = re.compile(r"\s?全年")
_UNTIL = re.compile(r"\s?(?:底|末)?\s?(?:前|之前|以前)(?![往期后提来述])")
_SINCE = re.compile(r"\s?(?:起|以来|之后|以后|后)(?![续期勤备来])")
_NO_SUCH_DAY = Label("没有这一天", "there is no such day")
_BACKWARDS = Label("结束早于开始", "it ends before it begins")
_HAN_MONTHS = {
    word: at for at, word in enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], 1)
}


_LEAP = 2024


@final
@frozen
class Moment:
    """A month or a day, as far as the text gives it; ``year`` and ``on`` are None where it does not.

    >>> str(Moment(2026, 12)), str(Moment(None, 3, 31))
    ('2026-12', '--03-31')
    """

    year: int | None
    month: int
    on: int | None = None

    def __str__(self) -> str:
        """Return the moment as ISO 8601 writes it, a year that is not known as a hyphen."""
        year = "-" if self.year is None else f"{self.year:04}"
        return f"{year}-{self.month:02}" + ("" if self.on is None else f"-{self.on:02}")

    @property
    def exists(self) -> bool:
        """Whether there is such a day: 11月31日 is none, and 2月29日 only in some years, if the year is known.

        >>> [Moment(year, 2, 29).exists for year in (2024, 2026, None)]
        [True, False, True]
        """
        return self.on is None or self.on <= calendar.monthrange(self.year or _LEAP, self.month)[1]

    def day(self, *, last: bool = False, year: int | None = None) -> datetime.date | None:
        """Return the first or the last day of it, in its own year or else in the one given; None without any.

        >>> Moment(2026, 2).day(last=True)
        datetime.date(2026, 2, 28)
        """
        known = self.year if self.year is not None else year
        if known is None:
            return None
        length = calendar.monthrange(known, self.month)[1]
        return datetime.date(known, self.month, min(self.on or (length if last else 1), length))


@final
@frozen
class StatedPeriod:
    """A stretch of time: ``since`` to ``until``, both included; a deadline has no ``since``, a start no ``until``.

    A deadline that names a month without its end (6月前) is ``strict``: it may leave that month out. ``stated`` tells one that says where it begins or ends (1—12月, 全年, 3月底前) from one that only has a name
    (2026年上半年, 2026年3月).
    """

    since: Moment | None
    until: Moment | None
    span: Span
    stated: bool = True
    strict: bool = False

    @property
    def comparator(self) -> Comparator:
        """``RANGE`` with both ends, ``LE`` or ``LT`` for a deadline, ``GE`` for a start."""
        if self.since is None:
            return Comparator.LT if self.strict else Comparator.LE
        return Comparator.GE if self.until is None else Comparator.RANGE

    @property
    def problem(self) -> Label | None:
        """What is odd about it: a day that does not exist, or an end before the beginning.

        >>> [period.problem.en for period in periods("2026年11月31日前，2026年6—1月")]
        ['there is no such day', 'it ends before it begins']
        """
        ends = [end for end in (self.since, self.until) if end is not None]
        if not all(end.exists for end in ends):
            return _NO_SUCH_DAY
        days = [end.day(last=end is self.until) for end in ends]
        if len(days) == 2 and days[0] is not None and days[1] is not None and days[1] < days[0]:
            return _BACKWARDS
        return None

    @property
    def in_months(self) -> bool:
        """Whether it is given in months and not in days."""
        return all(end is None or end.on is None for end in (self.since, self.until))


def periods(text: str) -> tuple[StatedPeriod, ...]:
    """Return the stretches of time that a text names, in order.

    >>> [(period.comparator.value, str(period.since), str(period.until)) for period in periods("2026年1—12月，3月底前")]
    [('range', '2026-01', '2026-12'), ('le', 'None', '--03')]
    """
    folded = fold(text)
    return tuple(find_periods(text, folded, names(folded)))


def find_periods(text: str, folded: str, known_names: Sequence[Name]) -> Iterator[StatedPeriod]:
    """Yield the periods of a text that is folded and whose names are known."""
    at = 0
    while at < len(known_names):
        name = known_names[at]
        at += 1
        ends = _ends(folded, name)
        if ends is None:
            continue
        since, until = ends
        start, end, stated = name.start, name.end, name.kind is NameKind.MONTHS or _spans(folded, name, since, until)
        if at < len(known_names) and (to := _TO.match(folded, end)) and to.end() == known_names[at].start:
            further = _ends(folded, known_names[at])
            if further is not None:
                until = _in_order(since, further[1])
                end, stated = known_names[at].end, True
                at += 1
        if whole := _ALL_YEAR.match(folded, end):
            end, stated = whole.end(), True
            since, until = Moment(since.year, since.month, 1), _last_of(until)
        yield _bounded(text, folded, start, end, since, until, stated=stated)


def _last_of(moment: Moment) -> Moment:
    return Moment(moment.year, moment.month, calendar.monthrange(moment.year or _LEAP, moment.month)[1])


def _bounded(
    text: str, folded: str, start: int, end: int, since: Moment, until: Moment, *, stated: bool
) -> StatedPeriod:
    before = _UNTIL.match(folded, end)
    already = folded[end - 1 : end] == "前"  # the name of a month may hold it: 3月前
    if before is not None or already:
        stop = before.end() if before else end
        shown = folded[start:stop]
        strict = until.on is None and "底" not in shown and "末" not in shown
        return StatedPeriod(None, since if strict else until, span_of(text, start, stop), strict=strict)
    after = _SINCE.match(folded, end)
    if after is not None and not stated:
        return StatedPeriod(since, None, span_of(text, start, after.end()))
    return StatedPeriod(since, until, span_of(text, start, end), stated)


def _spans(folded: str, name: Name, since: Moment, until: Moment) -> bool:
    """Say whether a name states two ends: 2024—2026年, 2025.01-2025.12, 3月5日至20日."""
    signed = _TWO_SIGNED.fullmatch("".join(folded[name.start : name.end].split()))
    return signed is not None or since.year != until.year or since.on != until.on


def _in_order(since: Moment, until: Moment) -> Moment:
    if until.year is None and since.year is not None:
        return Moment(since.year, until.month, until.on)
    return until


def _ends(folded: str, name: Name) -> tuple[Moment, Moment] | None:
    if name.kind not in _DATED:
        return None
    shown = in_digits(folded[name.start : name.end].replace(" ", ""))
    if "、" in shown:
        return None  # 7、8月 are two months, and need not be neighbours
    span = _TWO_SIGNED.fullmatch(shown)
    if span is not None:
        begin, stop = _one(int(span[1]), int(span[2]), None), _one(int(span[3]), int(span[4]), None)
        return (begin[0], stop[1]) if begin and stop else None
    signed = _SIGNED.search(shown)
    if signed is not None:
        return _one(int(signed[1]), int(signed[2]), int(signed[3]))
    two = _TWO_YEARS.search(shown)
    if two is not None:
        return Moment(int(two[1]), 1), Moment(int(two[2]), 12)
    year_match = _YEAR.search(shown)
    year = int(year_match[0]) if year_match else None
    months = _MONTHS.search(shown)
    if months is not None:
        return Moment(year, int(months[1])), Moment(year, int(months[2]))
    for words, (first, last) in _PARTS.items():
        if words in shown:
            return Moment(year, first), Moment(year, last)
    month = _MONTH.search(shown)
    if month is not None:
        number = _HAN_MONTHS.get(month[1]) or (int(month[1]) if month[1].isdigit() else 0)
        days = _DAYS.search(shown)
        if days is not None:
            begin, stop = _one(year, number, int(days[1])), _one(year, number, int(days[2]))
            return (begin[0], stop[1]) if begin and stop else None
        day = _DAY.search(shown)
        return _one(year, number, int(day[1]) if day else None)
    return (Moment(year, 1), Moment(year, 12)) if year is not None else None


def _one(year: int | None, month: int, day: int | None) -> tuple[Moment, Moment] | None:
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    moment = Moment(year, month, day)
    return moment, moment
