"""Where a report's money comes from and how much of it arrived: the sources beside their total, and 到位率 beside its money.

Only what one sentence says of one sum is taken: a list of sources that is broken off, holds another list or names no local
share may leave some out, and money beside a third sum may be of that one. Imports ``displayed``,
``report_money``, ``shown`` and above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final, final

from attrs import frozen

from perfeval.amounts import Amount
from perfeval.documents.bounds import Comparator
from perfeval.documents.folding import fold
from perfeval.documents.performance_report import Report, ReportedFigure
from perfeval.documents.project import MoneyKind, StatedMoney
from perfeval.facts import Given
from perfeval.matching.displayed import rate_margin
from perfeval.matching.report_money import is_of_other_year, plain_of
from perfeval.matching.shown import rest_of_rounding

__all__ = ["Arrival", "Sources", "arrivals_of", "sources_of_report"]

_KIND: Final = "资金|补助|经费|配套|投入|自筹|衔接|奖补|安排|预算|下达|拨付"
_LEVEL: Final = (
    rf"中央|上级|地方|本级|自筹|(?:省|市|州|县|区|乡镇?|镇)(?:级|本级|财政|(?={_KIND}|\s?\d|\s?$))|村级"
    r"|(?:社会|企业|单位|群众|村集体|其他)(?:资本|捐赠|资金|自筹|筹资|投入|配套)"
)
_SOURCE: Final = re.compile(
    r"\s?[、,，；;和及]?\s?(?:其中\s?[:：,，]?)?\s?(?:\(\s?(?:其中\s?[:：,，]?)?)?\s?"
    rf"(?P<name>(?:争取|申请|统筹)?(?:{_LEVEL})(?:[\u4e00-\u9fff]{{0,10}}(?:资金|补助|经费|配套|投入|自筹)|(?:财政|专项|安排|预算|下达|拨付)?))"
    r"\s?(?:共|为|:)?\s?"
)
_OPENS: Final = re.compile(r"\s?(?:\(\s?(?:其中)?|[,，:：。；;]\s?其中)\s?[:：,，]?\s?")
_GOES_ON: Final = re.compile(r"\s?(?:等|[、,，；;和及]?\s?(?:其余|剩余|另))")
_NEXT_SOURCE: Final = re.compile(rf"\s?[、,，；;和及]?\s?(?:另外?|其余|剩余|{_LEVEL})")
_ABOVE: Final = re.compile("上级|地方")
_LOCAL: Final = re.compile("市|州|县|区|乡|镇|本级|自筹|配套")
_OTHERWISE: Final = re.compile("支出|执行|使用|拨付|支付|到位|结余|追加|调整|调增|调减|核减|收回")
_TOTAL: Final = re.compile("预算|资金|经费|投资|安排|下达|批复|投入|到位")
_ARRIVED: Final = re.compile(
    r"(?:(?:19|20)\d\d\s?年度?|截[至止]到?[\d年月日底末]{2,14}|实际|已|全部|资金|财政|全年|项目|共|预算){0,5}到位(?:资金|金额|数|总额|了|共|为){0,2}"
)
_GRANTED: Final = re.compile(
    r"(?:(?:19|20)\d\d\s?年度?|年初|全年|项目|资金|总|共|财政|批复|下达|核定|安排|计划|预算|经费|本年度?|调整后){1,6}(?:数|金额|总额|资金|了|为|共){0,2}"
)
_RATE: Final = re.compile(r"(?:资金|预算|经费|项目|全年|总)*到位率(?:为|达到?|是|:)?\s?$")
_EDGE: Final = "。；;！!？?\n"
_EDGES: Final = re.compile(f"[{_EDGE}]")
_MOST: Final = 40


@final
@frozen(kw_only=True)
class Arrival:
    """A rate of what arrived, with the money that one sentence names: ``received`` of ``granted``."""

    figure: ReportedFigure
    received: Given
    granted: Given
    worked: Fraction
    allowed: Amount | None


@final
@frozen(kw_only=True)
class Sources:
    """A total with the sources that are listed right after it, and what they come to, to the digits that are printed."""

    total: Given
    parts: tuple[Given, ...]
    sum: Amount


def arrivals_of(report: Report) -> Iterator[Arrival]:
    """Yield each rate of what arrived whose sentence names one budget and one sum that arrived, and nothing else."""
    folded = fold(report.text)
    rates = [one for one in report.figures if _is_arrival(folded, one)]
    for figure in rates[:_MOST]:
        span, rate = figure.figure.span, figure.figure.value
        assert span is not None and isinstance(rate, Amount)  # noqa: S101, PT018 - as was seen
        start = max(folded.rfind(mark, 0, span.start) + 1 for mark in _EDGE)
        near = [one for one in report.money if start <= _place(one) < span.start]
        if len(near) != 2 or not all(map(_is_exact, near)) or is_of_other_year(folded, span.start, report):
            continue
        granted = [one for one in near if _GRANTED.fullmatch(_plain(one))]
        received = [one for one in near if _ARRIVED.fullmatch(_plain(one))]
        pair = (plain_of(received[0]), plain_of(granted[0])) if received and granted else (None, None)
        came, whole = pair
        if came is None or whole is None or not isinstance(came.value, Amount) or not isinstance(whole.value, Amount):
            continue
        if whole.value.root <= 0:
            continue
        _, _, decimals = folded[span.start : span.end].rstrip("% ").partition(".")
        worked = Fraction(came.value.root) / Fraction(whole.value.root)
        yield Arrival(
            figure=figure, received=came, granted=whole, worked=worked, allowed=rate_margin(rate, len(decimals), worked)
        )


def _is_arrival(folded: str, figure: ReportedFigure) -> bool:
    span, value = figure.figure.span, figure.figure.value
    if span is None or not isinstance(value, Amount) or not value.unit.is_ratio:
        return False
    exact = figure.comparator in (Comparator.UNSTATED, Comparator.EQ)
    return exact and _RATE.fullmatch(folded[figure.span.start : span.start].strip()) is not None


def _place(one: StatedMoney) -> int:
    return (one.printed.span or one.span).start


def _plain(one: StatedMoney) -> str:
    return "".join(fold(one.name).split())


def _is_exact(one: StatedMoney) -> bool:
    exact = one.comparator in (Comparator.UNSTATED, Comparator.EQ) and not one.per
    return exact and one.kind is MoneyKind.ANNUAL and one.printed.amount is not None


def sources_of_report(report: Report) -> Iterator[Sources]:
    """Yield each total with the sources right after it that are plainly all: 300万元，其中中央180万元、县级120万元."""
    folded = fold(report.text)
    for at, total in enumerate(report.money):
        if not _is_exact(total) or not _TOTAL.search(total.name) or total.printed.span is None:
            continue
        listed = _listed(folded, report.money[at + 1 : at + 1 + _MOST], total.printed.span.end)
        if listed is None:
            continue
        names, parts = listed
        whole = plain_of(total)
        given = [one for one in map(plain_of, parts) if one is not None and isinstance(one.value, Amount)]
        if whole is None or not isinstance(whole.value, Amount) or len(given) < len(parts):
            continue
        worked = sum((one.value.root for one in given if isinstance(one.value, Amount)), Fraction(0))
        if worked < whole.value.root and not any(_LOCAL.search(name) for name in names):
            continue  # the rest may come from below
        rounded = worked != whole.value.root and rest_of_rounding(given, whole) is not None
        amount = whole.value if rounded else Amount.from_root(worked, whole.value.unit)
        yield Sources(total=whole, parts=tuple(given), sum=amount)


def _listed(folded: str, following: Sequence[StatedMoney], place: int) -> tuple[list[str], list[StatedMoney]] | None:
    opened = _OPENS.match(folded, place)
    if opened is None:
        return None
    names: list[str] = []
    parts: list[StatedMoney] = []
    for one in following:
        between = folded[place : _place(one)]
        match = _SOURCE.fullmatch(between) if not parts or ("其中" not in between and "(" not in between) else None
        if match is None or _OTHERWISE.search(match["name"]):
            break
        if not _is_exact(one) or one.printed.span is None:
            return None
        names.append(match["name"])
        parts.append(one)
        place = one.printed.span.end
    after = next((one for one in following if _place(one) >= place), None)
    if after is not None and not _EDGES.search(folded, place, _place(after)) and not _OTHERWISE.search(after.name):
        return None  # the list goes on with what is not known for a source
    nested = any(_ABOVE.search(name) for name in names) and any("中央" in name or "省" in name for name in names)
    open_end = _GOES_ON.match(folded, place) or _NEXT_SOURCE.match(folded, place) or folded.startswith("(", place)
    return None if len(parts) < 2 or nested or open_end else (names, parts)
