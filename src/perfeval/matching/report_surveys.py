"""What a report says of its questionnaires: how many were sent and came back, how many were content, and the rates of these.

Imports ``displayed``, ``documents`` and above.
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
from perfeval.facts import Stage
from perfeval.matching.displayed import rate_margin

__all__ = ["Returned", "SurveyRate", "returned_of", "survey_rates_of"]

_SENT: Final = re.compile(
    r"(?:发放|发出|派发)了?(?:[^\d，,。；;、]{0,8}(?:问卷|调查表|测评表|调查卷|评议表))?(?:共|合计|共计)?\s?$"
)
_BACK: Final = re.compile(r"(?:收回|回收)了?(?:有效|满意度|调查|测评){0,3}(?:问卷|表|卷)?(?:共|合计|共计)?\s?$")
_VALID: Final = re.compile(r"有效[^\d。；;率]{0,12}$")
_CONTENT: Final = re.compile(r"(?<!不)(?:表示)?满意(?![度率])的?[^\d。；;]{0,8}$")
_RATE_OF_CONTENT: Final = re.compile(r"(?:满意度|满意率)(?:为|达到?|是|[:：])?\s?$")
_RATE_OF_BACK: Final = re.compile(r"(?:回收率|收回率)(?:为|达到?|是|[:：])?\s?$")
_SURVEYS: Final = re.compile("问卷|调查|测评|收回|回收")
_PAPERS: Final = "份张"
_CLOSE: Final = Fraction(1, 200)
_EDGE: Final = "。！!？?\n"
_MOST: Final = 200


@final
@frozen(kw_only=True)
class Returned:
    """How many questionnaires were sent, and how many came back."""

    sent: ReportedFigure
    back: ReportedFigure


@final
@frozen(kw_only=True)
class SurveyRate:
    """A rate of a survey, the count that it is of, and its whole: of several, the one to which the rate comes near."""

    figure: ReportedFigure
    part: ReportedFigure
    whole: ReportedFigure
    worked: Amount
    allowed: Amount | None


def _sentences(report: Report) -> Iterator[tuple[str, list[ReportedFigure]]]:
    """Yield the figures of each sentence with its words; one that tells of two surveys is told by its semicolons."""
    folded = fold(report.text)
    for words, figures in _split(folded, report.figures[:_MOST], _EDGE):
        if sum(_BACK.search(_words(one)) is not None for one in figures) > 1:
            yield from _split(folded, figures, _EDGE + "；;")
        else:
            yield words, figures


def _split(folded: str, figures: Sequence[ReportedFigure], edges: str) -> Iterator[tuple[str, list[ReportedFigure]]]:
    held: list[ReportedFigure] = []
    for one in figures:
        if held and any(mark in folded[held[-1].span.end : one.span.start] for mark in edges):
            yield folded[held[0].span.start : held[-1].span.end], held
            held = []
        held.append(one)
    if held:
        yield folded[held[0].span.start : held[-1].span.end], held


def _words(figure: ReportedFigure) -> str:
    span = figure.figure.span
    end = len(figure.span.text) if span is None else span.start - figure.span.start
    return fold(figure.span.text)[: max(end, 0)]


def _count(figures: Sequence[ReportedFigure], words: re.Pattern[str]) -> ReportedFigure | None:
    """Return the one count of its words; None where there are several, such as 满意 and 基本满意."""
    found = [one for one in figures if _is_count(one) and words.search(_words(one))]
    return found[0] if len(found) == 1 else None


def _is_count(figure: ReportedFigure) -> bool:
    value, exact = figure.figure.value, figure.comparator in (Comparator.UNSTATED, Comparator.EQ)
    return isinstance(value, Amount) and exact and not value.unit.is_money and not value.unit.is_ratio


def _number(figure: ReportedFigure) -> Fraction:
    assert isinstance(figure.figure.value, Amount)  # noqa: S101 - only counts are asked
    return Fraction(figure.figure.value.root)


def _reached(figures: Sequence[ReportedFigure]) -> list[ReportedFigure]:
    return [one for one in figures if one.figure.stage is Stage.ACHIEVED]


def returned_of(report: Report) -> Iterator[Returned]:
    """Yield how many questionnaires were sent and came back, where one sentence says both."""
    for words, figures in _sentences(report):
        if _SURVEYS.search(words):
            sent, back = _count(_reached(figures), _SENT), _count(_reached(figures), _BACK)
            if sent is not None and back is not None and _are_papers(sent, back):
                yield Returned(sent=sent, back=back)


def _are_papers(*figures: ReportedFigure) -> bool:
    return all(figure.span.text.rstrip()[-1:] in _PAPERS for figure in figures)


def survey_rates_of(report: Report) -> Iterator[SurveyRate]:
    """Yield the rates of a survey whose counts the same sentence says before them: 收回480份，满意456份，满意度95%."""
    for words, figures in _sentences(report):
        if not _SURVEYS.search(words):
            continue
        reached = _reached(figures)
        wholes = {
            name: _count(reached, pattern) for name, pattern in (("sent", _SENT), ("back", _BACK), ("valid", _VALID))
        }
        for pattern, part, of in (
            (_RATE_OF_CONTENT, _count(reached, _CONTENT), ("valid", "back", "sent")),
            (_RATE_OF_BACK, wholes["back"], ("sent",)),
        ):
            rates = [one for one in reached if _is_share(one) and pattern.search(_words(one))]
            known = [whole for name in of if (whole := wholes[name]) is not None and whole is not part]
            if part is not None and len(rates) == 1 and known and part.span.start < rates[0].span.start:
                yield _rate(rates[0], part, known)


def _is_share(figure: ReportedFigure) -> bool:
    value = figure.figure.value
    exact = figure.comparator in (Comparator.UNSTATED, Comparator.EQ)
    return isinstance(value, Amount) and value.unit.is_ratio and exact and figure.figure.span is not None


def _rate(figure: ReportedFigure, part: ReportedFigure, wholes: Sequence[ReportedFigure]) -> SurveyRate:
    rate, span = figure.figure.value, figure.figure.span
    assert isinstance(rate, Amount) and span is not None  # noqa: S101, PT018 - as was seen
    _, _, decimals = fold(span.text).rstrip("% ").partition(".")
    near = [one for one in wholes if _number(one) and abs(rate.root - _number(part) / _number(one)) <= _CLOSE]
    whole = near[0] if near else wholes[0]
    share = _number(part) / (_number(whole) or 1)
    return SurveyRate(
        figure=figure,
        part=part,
        whole=whole,
        worked=Amount.from_root(share, rate.unit),
        allowed=rate_margin(rate, len(decimals), share),
    )
