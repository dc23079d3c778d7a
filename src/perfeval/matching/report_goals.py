"""Which figures that a report reached were planned under the same name, and whether it says why one fell short.

Figures go together by name and unit, never by their order. A name that has two values in one stage names no one thing and is
left out, and so is what is of another year, of each one of many, or by how much two figures differ.
Imports ``indicator_words``, ``displayed``, ``documents`` and above.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final, final

from attrs import frozen

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.documents.bounds import Comparator
from perfeval.documents.folding import fold
from perfeval.documents.performance_report import Report, ReportedFigure, ReportPart
from perfeval.documents.topics import shared_words
from perfeval.facts import Stage
from perfeval.matching.displayed import rate_margin
from perfeval.matching.indicator_words import core, is_lower_better
from perfeval.matching.report_money import is_of_other_year

__all__ = ["Completion", "Goal", "comparable_figures", "completions_of", "goals_of", "reason_for_rate"]

_VERBS: Final = re.compile(
    r"(?:(?:19|20)\d\d\s?年?度?|全年|年度|本年度?|当年|共计?|合计|累计|实际|计划|目标|年初|预期|其中|各类|已|拟|应|完成|实现|达到|开展|举办|组织|新建|建成|建设){1,6}"
)
_APART: Final = re.compile(
    r"每|[人户亩班场]均|平均|均价|单价|单[台座个件套]|较(?![大好多])|比(?![例赛武选])|同期|扣|分值|满分|标准为?$"
    r"|(?:少|多|高|低|增|减|由|从|超|提高|提升|下降|增加|减少|增长|降低)了?\s?$"
)
_ELSEWHEN: Final = re.compile(r"上年|去年|往年|下一?年|明年|次年|三年|五年|历年|以前|[上下]半年|季度|\d{1,2}月")
_TAKES_TIME: Final = re.compile("工期|周期|时限|办结|响应|耗时|内完成|时长")
_MONEY: Final = re.compile("成本|费用|造价|价格")
_HIGHER: Final = (Comparator.UNSTATED, Comparator.EQ, Comparator.GE, Comparator.GT)
_LOWER: Final = (Comparator.LE, Comparator.LT)
_CAUSE: Final = re.compile(
    r"因(?![此而素地])|由于|受[^，,。；;\n]{1,30}影响|原因|导致|致使|鉴于|推迟|延期|取消|尚未|暂缓|压减|外出|无法|未能|滞后|不可抗|停工|下一?年|次年|结转"
)
_NO_CAUSE: Final = re.compile(r"原因(?:分析)?(?:为|是|[:：])?\s?(?:无|略|/|-|—|待|暂无)(?![\u4e00-\u9fff])")
_OF_RATE: Final = re.compile("执行|支出|支付|结算|拨付|资金|预算|进度")
_NOT_PAID: Final = re.compile(
    "未支付|未支出|未拨付|质保金|尾款|结算|结余|结转|节约|收回|尚未|次年|推迟|延期|原因|由于|因"
)
_SENTENCE: Final = re.compile(r"[^。；;！!？?\n]{2,400}")
_COMPLETION: Final = re.compile(r"完成率(?:为|达到?|是|[:：])?\s?$")
_LEAST: Final = 2
_MOST_FIGURES: Final = 500
_MOST_CAUSES: Final = 200
"""A report that has more has them in its tables: figures and sentences are held against one another in pairs."""


@final
@frozen(kw_only=True)
class Goal:
    """A figure that was planned and the one that was reached; ``reason`` is where the report says why it fell short."""

    name: str
    planned: ReportedFigure
    reached: ReportedFigure
    short: bool
    reason: Span | None

    @property
    def difference(self) -> Amount:
        """By how much the two differ."""
        return abs(_amount(self.reached) - _amount(self.planned))


@final
@frozen(kw_only=True)
class Completion:
    """A rate of completion that the report says, and what its figures come to."""

    goal: Goal
    figure: ReportedFigure
    rate: Amount
    worked: Amount
    allowed: Amount | None


def _amount(figure: ReportedFigure) -> Amount:
    assert isinstance(figure.figure.value, Amount)  # noqa: S101 - only such figures are comparable
    return figure.figure.value


def comparable_figures(report: Report) -> list[ReportedFigure]:
    """Return the plain figures of the report's own year: no rate for each, no difference, no score."""
    folded = fold(report.text)
    return [one for one in report.figures[:_MOST_FIGURES] if _is_comparable(one, report, folded)]


def _is_comparable(figure: ReportedFigure, report: Report, folded: str) -> bool:
    value, words = figure.figure.value, _said(figure)
    if (
        not isinstance(value, Amount)
        or value.unit.is_money
        or figure.comparator in (Comparator.RANGE, Comparator.APPROX)
    ):
        return False
    if value.unit.text in ("分值", "百分点") or figure.part is ReportPart.MEASURES:
        return False
    if is_of_other_year(folded, figure.span.start + len(words), report):
        return False
    return not _APART.search(words) and not _ELSEWHEN.search(words)


def _said(figure: ReportedFigure) -> str:
    """Return the words before the number of a figure."""
    span = figure.figure.span
    end = len(figure.span.text) if span is None else span.start - figure.span.start
    return fold(figure.span.text)[: max(end, 0)]


def _name(figure: ReportedFigure) -> str:
    plain = core(fold(figure.name)).strip(":：、,，的")
    match = _VERBS.match(plain)
    return plain[match.end() :] if match is not None else plain


def goals_of(report: Report) -> tuple[Goal, ...]:
    """Return the planned figures that have one of the same name and unit among those reached."""
    usable = [figure for figure in comparable_figures(report) if len(_name(figure)) >= _LEAST]
    planned = [one for one in usable if one.figure.stage is Stage.PLANNED and one.comparator in (*_HIGHER, *_LOWER)]
    reached = [
        one
        for one in usable
        if one.figure.stage is Stage.ACHIEVED and one.comparator in (Comparator.UNSTATED, Comparator.EQ)
    ]
    pairs: list[tuple[str, ReportedFigure, ReportedFigure]] = []
    for name, dimension in dict.fromkeys((_name(one), _amount(one).dimension) for one in planned):
        own = [one for one in planned if _name(one) == name and _amount(one).dimension == dimension]
        if len({_amount(one) for one in own}) > 1:
            continue
        alike = [one for one in reached if _amount(one).dimension == dimension]
        same = [one for one in alike if _name(one) == name] or _shortened(name, own[0], planned, alike)
        if same and len({_amount(one) for one in same}) == 1:
            pairs.append((name, own[0], same[0]))
    pairs += _unit_costs(report)
    short = [_is_short(one, other) for _, one, other in pairs]
    sentences = list(itertools.islice(_causes(report), _MOST_CAUSES)) if any(short) else []
    return tuple(
        Goal(
            name=name,
            planned=one,
            reached=other,
            short=falls,
            reason=_reason(report, sentences, name, one, other, alone=sum(short) == 1) if falls else None,
        )
        for (name, one, other), falls in zip(pairs, short, strict=True)
    )


def _unit_costs(report: Report) -> Iterator[tuple[str, ReportedFigure, ReportedFigure]]:
    """Yield what one of many may cost at most, with what it did cost: 亩均成本不高于60元, 实际亩均58元."""
    folded = fold(report.text)
    found: dict[str, tuple[list[ReportedFigure], list[ReportedFigure]]] = {}
    for one in report.figures[:_MOST_FIGURES]:
        value, words = one.figure.value, _cost_words(one)
        basis = _EACH.search(words)
        if basis is None or not isinstance(value, Amount) or not value.unit.is_money:
            continue
        if (
            one.part is ReportPart.MEASURES
            or _ELSEWHEN.search(words)
            or is_of_other_year(folded, one.span.start + len(words), report)
        ):
            continue
        planned, reached = found.setdefault(basis["one"] or basis["each"] or basis["single"], ([], []))
        if one.figure.stage is Stage.PLANNED and one.comparator in _LOWER and _COST.search(words):
            planned.append(one)
        exact = one.comparator in (Comparator.UNSTATED, Comparator.EQ)
        if one.figure.stage is Stage.ACHIEVED and exact and _is_cost(words, planned):
            reached.append(one)
    for planned, reached in found.values():
        if len({_amount(one) for one in planned}) == 1 and len({_amount(one) for one in reached}) == 1:
            yield _NO_STAGE.sub("", _cost_words(planned[0])).strip(" :：、,，的为"), planned[0], reached[0]


def _cost_words(figure: ReportedFigure) -> str:
    """Return the words of a figure, with the label that it stands under where they do not say of what it is one each."""
    words = _said(figure)
    return words if _EACH.search(words) or figure.name in words else figure.name + words


def _is_cost(words: str, planned: Sequence[ReportedFigure]) -> bool:
    """Say whether words name a cost of each, and nothing else: 亩均, 亩均成本, or what the plan names; 亩均增收 is none."""
    rest = _NO_NAME.sub("", words)
    return (
        not rest
        or _COST.fullmatch(rest) is not None
        or any(_NO_NAME.sub("", _cost_words(one)) == rest for one in planned)
    )


_EACH: Final = re.compile(
    r"(?P<one>[人户亩班场台座件套次])均|每(?P<each>[人户亩班场台座件套次])|单(?P<single>[人户亩班场台座件套次])"
)
_COST: Final = re.compile("(?:补助|建设|投入|平均|综合|实施)?(?:成本|费用|造价|单价)")
_NO_STAGE: Final = re.compile(
    "实际|计划|年初|全年|年度|目标值?|指标值?|不高于|不超过|不大于|控制|以内|低于|在|≤|<=?|为|是|达到?"
)
_NO_NAME: Final = re.compile(
    r"[人户亩班场台座件套次]均|[每单][人户亩班场台座件套次]|年初|全年|实际|完成值?|计划|年度|目标值?|指标值?|不高于|不超过|不大于|控制|低于|≤|<=?|[在为是的达到:：、,，\s\d.]"
)


def _shortened(
    name: str, own: ReportedFigure, planned: Sequence[ReportedFigure], alike: Sequence[ReportedFigure]
) -> list[ReportedFigure]:
    """Return the figure under a name that is cut short: 培训 for 培训城乡劳动者; none where more than one might be meant."""
    found = [one for one in alike if name.startswith(_name(one)) or _name(one).startswith(name)]
    names = {_name(one) for one in found}
    others = {
        _name(one)
        for one in planned
        for short in names
        if _amount(one).dimension == _amount(own).dimension
        and (_name(one).startswith(short) or short.startswith(_name(one)))
    }
    return found if len(names) == 1 and others == {name} else []


def _is_short(planned: ReportedFigure, reached: ReportedFigure) -> bool:
    goal, came, words = _amount(planned), _amount(reached), _said(planned) + _said(reached)
    if planned.comparator is Comparator.LE:
        return came > goal
    if planned.comparator is Comparator.LT:
        return came >= goal
    bounded = planned.comparator in (Comparator.GE, Comparator.GT)
    if not bounded and (is_lower_better(_name(planned)) or _TAKES_TIME.search(words) or _MONEY.search(words)):
        return False
    return came <= goal if planned.comparator is Comparator.GT else came < goal


# --------------------------------------------------------------------------------------------------------
# Reasons


def _reason(
    report: Report,
    causes: Sequence[tuple[int, int, int, str]],
    name: str,
    planned: ReportedFigure,
    reached: ReportedFigure,
    *,
    alone: bool,
) -> Span | None:
    """Return where a report says why a figure fell short.

    A sentence that gives a cause explains the figure that it stands with or right after, the figure that it names and, where
    only one fell short, that one unless it speaks of the money. So does one that says what became of those that lack.
    """
    lacking = abs(_amount(reached) - _amount(planned))
    place = reached.span.start
    missed = [one.span.start for one in report.figures[:_MOST_FIGURES] if one.figure.value == lacking]
    for before, start, end, words in causes:
        near = before <= place < end  # its own sentence, or the one right before in its line
        told = any(start <= one < end and one != place for one in missed)
        named = bool(shared_words(name, words))
        if near or told or named or (alone and _OF_RATE.search(words) is None):
            return _span(report, start, end)
    return None


def _causes(report: Report) -> Iterator[tuple[int, int, int, str]]:
    """Yield each sentence that gives a cause: where the one before it in its line begins, its start, its end, its words.

    None stands in a heading, in a goal, or in what is still to be done.
    """
    folded = fold(report.text)
    for section in report.sections:
        if section.part in (ReportPart.MEASURES, ReportPart.BASIC, ReportPart.GOALS):
            continue
        before = section.body.start
        for match in _SENTENCE.finditer(folded, section.body.start, section.body.end):
            if folded[match.start() - 1 : match.start()] == "\n":
                before = match.start()
            if _CAUSE.search(match[0]) and not _NO_CAUSE.search(match[0]):
                yield before, match.start(), match.end(), match[0]
            before = match.start()


def _span(report: Report, start: int, end: int) -> Span:
    text = report.text[start:end]
    lead = len(text) - len(text.lstrip())
    return Span(start=start + lead, end=start + len(text.rstrip()), text=text.strip())


def reason_for_rate(report: Report) -> Span | None:
    """Return where a report says why its money was not spent: a cause beside the money, or among the problems."""
    folded = fold(report.text)
    for section in report.sections:
        beside = section.part is ReportPart.MONEY
        if section.part in (ReportPart.GOALS, ReportPart.MEASURES):
            continue
        for match in _SENTENCE.finditer(folded, section.body.start, section.body.end):
            told = _NOT_PAID.search(match[0]) and not _NO_CAUSE.search(match[0])
            if told and (beside or _OF_RATE.search(match[0])):
                return _span(report, match.start(), match.end())
    return None


# --------------------------------------------------------------------------------------------------------
# Rates of completion


def completions_of(report: Report, goals: Sequence[Goal]) -> Iterator[Completion]:
    """Yield the rate that stands right after a figure that was planned: 实际覆盖432户，完成率96%.

    A rate of just 100 % beside more than was planned is meant to stop there.
    """
    folded = fold(report.text)
    by_place = {goal.reached.span.start: goal for goal in goals}
    for one, following in zip(report.figures, report.figures[1:], strict=False):
        goal = by_place.get(one.span.start)
        span, rate = following.figure.span, following.figure.value
        if goal is None or span is None or not isinstance(rate, Amount) or not rate.unit.is_ratio:
            continue
        if not _COMPLETION.search(folded[one.span.end : span.start]) or _ELSEWHEN.search(
            folded[one.span.end : span.start]
        ):
            continue
        if any(mark in folded[one.span.end : span.start] for mark in "。；;\n") or _amount(goal.planned).root <= 0:
            continue
        worked = _amount(goal.reached).root / _amount(goal.planned).root
        stops = rate.root == 1 and worked > 1
        _, _, decimals = folded[span.start : span.end].rstrip("% ").partition(".")
        yield Completion(
            goal=goal,
            figure=following,
            rate=rate,
            worked=rate if stops else Amount.from_root(worked, rate.unit),
            allowed=rate_margin(rate, len(decimals), worked),
        )
