"""From a project to the facts of ``project_dates``: its periods, what is due by when, and when its money is paid.

Imports ``mentioned``, ``fitting``, ``documents`` and above.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator

from perfeval.citations import Span
from perfeval.documents.folding import fold
from perfeval.documents.periods import StatedPeriod, find_periods
from perfeval.documents.project import MoneyKind, Part, Project, ScheduleItem, StatedMoney
from perfeval.matching.fitting import Facts, said
from perfeval.matching.mentioned import Mentioned

__all__ = ["date_facts"]

_DUE = re.compile(
    r"(?P<year>20[0-9]{2})\s?年\s?(?P<month>1[0-2]|0?[1-9])\s?月\s?(?:(?P<day>3[01]|[12][0-9]|0?[1-9])\s?日)?"
    r"\s?(?:底|末|份|中旬|下旬|上旬)?\s?(?:以|之)?(?:前|底前|底之前)(?!期)"
)
_OF_COURSE = re.compile(
    "自评|评价|决算|结转|结余|报送|备案|公开|归档|审计|总结|绩效|验收后|质保|归还|回头看|上年|往年|此前"
)
_DONE = re.compile("已|曾|完成了|建成于")
_YEAR = re.compile(r"(20[0-9]{2})\s?年")
# A month past the twelfth, and a day past the thirty-first.
_NEVER = re.compile(
    r"(?:19|20)[0-9]{2}年(?:1[3-9]|[2-9][0-9]|00)月(?!龄)"
    r"|(?:19|20)[0-9]{2}年(?:1[0-2]|0?[1-9])月(?:3[2-9]|[4-9][0-9]|00)日(?![内龄均])"
)
_NUMBER_OF = re.compile("[文令楼院]")
_AUTUMN, _SUMMER = 9, 7
_SENTENCE_EDGE = "。；;\n"
_WIDEST = 120


def date_facts(project: Project, told: Mentioned) -> Facts:
    """Return the facts of :class:`perfeval.standards.project_dates.Dates`."""
    days, stretches = _impossible(project, told)
    period, year = project.period, None if project.year is None else project.year.number
    ends = None if period is None else period.last
    return {
        "periods": []
        if period is None or period.first is None or period.last is None
        else [
            {
                "words": said(period.span.text, period.span),
                "first": said(period.first, period.span),
                "last": said(period.last, period.span),
            }
        ],
        "ends": None if period is None or ends is None else said(ends, period.span),
        # Where the text states no period, nothing says until when it may run.
        "deadlines": [] if ends is None else list(_deadlines(told)),
        "year_begins": None if year is None else said(datetime.date(year, 1, 1)),
        "year_ends": None if year is None else said(datetime.date(year, 12, 31)),
        "payments": []
        if year is None
        else [
            *(_payment(item, year) for item in project.schedule if _dated(item)),
            *(_of_another_year(one) for one in project.money if _is_out_of_year(project, one, year)),
        ],
        "days": days,
        "stretches": stretches,
    }


def _impossible(project: Project, told: Mentioned) -> tuple[list[Facts], list[Facts]]:
    """Return the days that are in no calendar, and the stretches of time that end before they begin."""
    never = [match.span() for match in _NEVER.finditer(told.folded)]
    backwards: list[tuple[int, int]] = []
    for stated in find_periods(told.text, told.folded, told.names):
        if stated.problem is None:
            continue
        span = stated.span
        if not all(end is None or end.exists for end in (stated.since, stated.until)):
            if not _NUMBER_OF.match(told.folded, span.end):  # 2月30号文
                never.append((span.start, span.end))
        elif not _may_pass_new_year(told, stated):
            backwards.append((span.start, span.end))
    own = project.period.span if project.period is not None else None  # its order is judged by a rule of its own
    placed = [span for place in backwards if not _overlap(span := told.place(*place), own)]
    return [_named(told.place(*place)) for place in sorted(never)], [_named(span) for span in placed]


def _named(span: Span) -> Facts:
    return {"words": said(span.text, span), "possible": said(False, span)}


def _overlap(one: Span, other: Span | None) -> bool:
    return other is not None and one.start < other.end and other.start < one.end


def _may_pass_new_year(told: Mentioned, stated: StatedPeriod) -> bool:
    """Say whether a stretch may end in the next year, which it does not name: 2026年11月至3月 is a winter."""
    since, until = stated.since, stated.until
    if since is None or until is None or since.year != until.year:
        return False
    named = told.folded[stated.span.start : stated.span.end].count(str(since.year)) > 1
    return not named and since.month >= _AUTUMN and until.month < _SUMMER


def _deadlines(told: Mentioned) -> Iterator[Facts]:
    for match in _DUE.finditer(told.folded):
        if told.part_at(match.start()) not in (Part.CONTENT, Part.SCHEDULE, Part.OVERVIEW, Part.EFFECT):
            continue
        low, high = max(0, match.start() - _WIDEST), min(len(told.folded), match.end() + _WIDEST)
        begin = max(told.folded.rfind(edge, low, match.start()) for edge in _SENTENCE_EDGE) + 1
        stops = [at for at in (told.folded.find(edge, match.end(), high) for edge in _SENTENCE_EDGE) if at >= 0]
        sentence = told.folded[max(begin, low) : min(stops, default=high)]
        if _OF_COURSE.search(sentence) or _DONE.search(sentence):
            continue
        year, month = int(match["year"]), int(match["month"])
        by = _day(year, month, int(match["day"]) if match["day"] else None)
        span = told.place(match.start(), match.end())
        if by is not None:
            yield {"words": said(span.text, span), "by": said(by, span)}


def _day(year: int, month: int, number: int | None) -> datetime.date | None:
    """Return a day, or the last of a month; None for a day that the month has not."""
    last = calendar.monthrange(year, month)[1]
    if number is not None and number > last:
        return None
    return datetime.date(year, month, last if number is None else number)


def _dated(item: ScheduleItem) -> bool:
    return item.first_month is not None and item.last_month is not None


def _is_out_of_year(project: Project, one: StatedMoney, year: int) -> bool:
    """Say whether the schedule pays money of another year, in a project that is of one year alone."""
    if one.part is not Part.SCHEDULE or one.year in (None, year) or one.kind not in _OF_A_YEAR:
        return False
    period = project.period
    several = any(other.kind is MoneyKind.CUMULATIVE for other in project.money)
    return not several and (period is None or period.first is None or period.last is None)


_OF_A_YEAR = (MoneyKind.OTHER_YEAR, MoneyKind.PRIOR_YEAR)


def _of_another_year(one: StatedMoney) -> Facts:
    year = one.year or datetime.MINYEAR
    return {
        "purpose": said(one.name, one.span),
        "first": said(datetime.date(year, 1, 1), one.span),
        "last": said(datetime.date(year, 12, 31), one.span),
    }


def _payment(item: ScheduleItem, year: int) -> Facts:
    """Return when a part of the schedule is paid: in the year that its words name, else in the budget year."""
    years = [int(found) for found in _YEAR.findall(fold(item.period or ""))]
    first = datetime.date(years[0] if years else year, item.first_month or 1, 1)
    last = _day(years[-1] if years else year, item.last_month or 12, None)
    return {
        "purpose": said(item.purpose, item.span),
        "first": said(first, item.span),
        "last": said(last, item.span),
    }
