"""Which figures are one mention: restated, a choice, parts, a range, factors, a list, or one interval per another.

Figures are joined only by the words between them, never because they fit. Imports only ``figures``, ``blanks``,
``bounds``, ``rates``, ``statements``, ``folding``, ``lexing``, ``units``, ``amounts`` and ``errors``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import final

from attrs import evolve, frozen

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.documents.blanks import Blank
from perfeval.documents.bounds import Comparator, bound_after, bound_before, change_before, softness
from perfeval.documents.figures import Figure, figures
from perfeval.documents.folding import span_of
from perfeval.documents.lexing import Name
from perfeval.documents.rates import PERIODS, Per, per_before, rate_after, said_of
from perfeval.documents.statements import Quantity, Relation
from perfeval.errors import InputError
from perfeval.units import Unit

__all__ = ["joined_mentions"]

_CLAUSE_EDGE = frozenset("，,。；;、!?！？\n:()…")
_LEAD_WIDTH = 80
_GAP_WIDTH = 24
_LIST_LENGTH = 12
_REMARK_WIDTH = 14
_HALF = Fraction(1, 2)

_RESTATING = re.compile(
    r"\s*\(\s*(?:即|合计|合|折合|共计|共|计|相当于|大写|小写|人民币|为|¥|[:：]|\s){0,4}|\s*[，,]?\s*(?:即|折合|相当于)\s*|\s*[，,]\s*合\s*|\s*[，,、]\s*小写\s?:?\s?¥?|\s*/\s*"
)
_INCLUDING = re.compile(r"\s*\((?:含|包含|不含|不包含)\s*")
_OR = re.compile(r"\s*[，,、(]?\s*(?:或者|或)\s*")
_TO = re.compile(r"\s?(?:[-—~]{1,2}|至|到)\s?")
_AND = re.compile(r"\s*[，,、]?\s*(?:且|并且|并|但|而|同时)?\s*")
_ALONG = re.compile(r"\s?(?P<sign>[、和及/+])\s?")
_AND_BETWEEN = re.compile(r"\s?[与和]\s?")
_IN_ALL = re.compile(r"\s*[，,]\s*(?:共计|合计|总计|累计|共|计)\s*|\s*、\s*")
_SAID_BETWEEN = re.compile(r"\s?[\u4e00-\u9fffA-Za-z]{1,12}\s?")
_PLUS = re.compile(r"\s*(?:\+|加)\s*")
_NEXT_STAGE = re.compile(r"\)?[，,、；;]?\s*第?[一二三四五六七八九1-9]\s?阶段[^\d，,。；;、\n]{0,8}")
_STAGE_LEAD = re.compile(r"第?[一二三四五六七八九1-9]\s?阶段")
_TIMES = re.compile(r"\s*[×xX*✕╳]\s*")
# 50个点×10次: the thing that is counted stands between its number and the sign.
_THING_TIMES = re.compile(r"\s?[\u4e00-\u9fff]{1,6}\s?[×xX*✕╳]\s*")
_CLOSING = re.compile(r"\s?\)")
_BETWEEN = re.compile(r"\s?(?:之间|区间)")
# 每两年一次, 每满一年增加1天, 每新增1家奖励5万元.
_AFTER_EACH = re.compile(r"每(?:新增|增加|超过|超|满|多|少|迟|完成|引进|减少|发现|发生|出现)?\s?$")
_TURNS = frozenset(["次", "期", "场", "场次", "轮", "遍", "班", "人次"])
_EFFORTS = (frozenset(["天", "工作日", "学时", "小时"]), frozenset(["课时", "天", "半天"]))
_SCALES = ("千", "万", "亿")
_SCALED = ("千元", "万元", "亿元", "百万元", "千万元")
_LOWER = (Comparator.GE, Comparator.GT)
# 30人以上(不含) is more than 30.
_STRICT = {Comparator.GE: Comparator.GT, Comparator.LE: Comparator.LT}
_UPPER = (Comparator.LE, Comparator.LT)


@final
@frozen
class _Draft:
    """A figure with what stands around it, before neighbours are joined."""

    figure: Figure
    comparator: Comparator
    comparator_start: int
    tail_end: int
    amount: Amount | None
    per: tuple[Per, ...]
    inclusive: bool | None
    softness: str | None
    lead_start: int
    said_start: int
    each: int | None
    reached: bool
    change: str | None


def joined_mentions(text: str, folded: str, known_names: Sequence[Name], blanks: Sequence[Blank]) -> Iterator[Quantity]:
    """Yield the mentions of a text that is folded and whose names and blanks are known, in order."""
    yield from _joined(text, folded, _drafts(text, folded, known_names, blanks))


# --------------------------------------------------------------------------------------------------------
# One figure and its surroundings


def _drafts(text: str, folded: str, known_names: Sequence[Name], blanks: Sequence[Blank]) -> list[_Draft]:
    drafts: list[_Draft] = []
    before = 0
    for figure in figures(folded, known_names, blanks):
        if figure.start < before:
            continue  # 20元一人: the one is what the figure before it is counted per
        draft = _draft(text, folded, figure, before)
        drafts.append(draft)
        before = draft.tail_end
    return drafts


def _draft(text: str, folded: str, figure: Figure, before: int) -> _Draft:
    lead_start = _clause_start(folded, before, figure.start)
    said_start = _over_brackets(folded, before, lead_start)
    included = folded.startswith("(含)", figure.start - 3) and figure.start >= 3  # 不少于（含）5人
    bound_start = _clause_start(folded, before, figure.start - 3) if included else lead_start
    before_it = bound_before(folded, bound_start, figure)
    comparator, comparator_start, reached = before_it.comparator, before_it.start, before_it.reached
    amount, per_after, end = rate_after(text, folded, figure)
    after = bound_after(folded, end)
    if after.comparator is not Comparator.UNSTATED and (
        reached or comparator in (Comparator.UNSTATED, Comparator.APPROX)
    ):
        comparator, reached = after.comparator, False
    inclusive = True if included else after.inclusive
    if inclusive is False:
        comparator = _STRICT.get(comparator, comparator)
    if figure.about and (comparator is Comparator.UNSTATED or reached):
        comparator, reached = Comparator.APPROX, False
    return _Draft(
        figure=evolve(figure, problem=before_it.problem) if before_it.problem and not figure.problem else figure,
        comparator=comparator,
        comparator_start=comparator_start,
        tail_end=after.end,
        amount=amount,
        per=(*per_before(text, folded, said_start, comparator_start, figure.start), *per_after),
        inclusive=inclusive,
        softness=softness(folded, lead_start, figure, after.end),
        lead_start=lead_start,
        said_start=said_start,
        each=each.start()
        if (each := _AFTER_EACH.search(folded, max(lead_start, figure.start - 6), figure.start))
        else None,
        reached=reached,
        change=change_before(folded, lead_start, comparator_start, figure.unit),
    )


def _clause_start(folded: str, before: int, start: int) -> int:
    low = max(before, start - _LEAD_WIDTH)
    at = start
    while at > low and folded[at - 1] not in _CLAUSE_EDGE:
        at -= 1
    return at


def _over_brackets(folded: str, before: int, start: int) -> int:
    """Return where a clause begins that a remark in brackets interrupts: 每个村（社区）每年2万元."""
    if folded[start - 1 : start] != ")":
        return start
    opened = folded.rfind("(", max(before, start - _REMARK_WIDTH), start)
    if opened < 0 or any(character in _CLAUSE_EDGE for character in folded[opened + 1 : start - 1]):
        return start
    return _clause_start(folded, before, opened)


# --------------------------------------------------------------------------------------------------------
# Neighbours that are one mention


def _joined(text: str, folded: str, drafts: list[_Draft]) -> Iterator[Quantity]:
    at = 0
    interval: _Draft | None = None
    while at < len(drafts):
        group, relation = _list_from(folded, drafts, at)
        at += len(group)
        while at < len(drafts):
            joint, includes = _joint(folded, group, relation, drafts[at])
            if joint is None:
                break
            if includes is None:
                relation = joint
                group.append(drafts[at])
            else:
                group[-2:] = _with_inclusion(folded, group[-2:], drafts[at], includes, alone=len(group) == 1)
            at += 1
        if relation is Relation.SINGLE and at < len(drafts) and _is_interval(group[0], drafts[at]):
            interval = group[0]  # 每两年不超过一次: the two years are what the next figure is counted per
            continue
        yield _quantity(text, folded, group, relation, interval)
        interval = None


def _list_from(folded: str, drafts: list[_Draft], at: int) -> tuple[list[_Draft], Relation]:
    """Return the members of 10、20、30人 or 3+2天, bare numbers that share the unit of the last; else the one figure."""
    alone = [drafts[at]], Relation.SINGLE
    members: list[_Draft] = []
    signs: set[str] = set()
    for draft in drafts[at : at + _LIST_LENGTH]:
        if members:
            along = _ALONG.fullmatch(folded, members[-1].tail_end, draft.figure.start)
            if along is None or draft.comparator_start != draft.figure.start:
                return alone
            signs.add(along["sign"])
        members.append(draft)
        if draft.figure.bare is None or draft.figure.unit is not None:
            break
    last = members[-1]
    if len(members) < 2 or last.amount is None or last.figure.problem is not None:
        return alone
    widened = [_widened(folded, one, last) for one in members[:-1]]
    if None in widened:
        return alone
    whole = [*(one for one in widened if one is not None), last]
    return whole, Relation.PARTS if signs == {"+"} else Relation.LIST


def _with_inclusion(folded: str, ends: list[_Draft], other: _Draft, includes: bool, *, alone: bool) -> list[_Draft]:
    """Note that 80-50%(含50%) includes that end, and take the bracket into the mention."""
    closing = _CLOSING.match(folded, other.tail_end)
    end = closing.end() if closing else other.tail_end
    noted = [evolve(one, inclusive=includes) if one.amount == other.amount else one for one in ends]
    after = bound_after(folded, end)
    last = evolve(noted[-1], tail_end=after.end)
    if after.comparator is not Comparator.UNSTATED and last.comparator is Comparator.UNSTATED:
        last = evolve(last, comparator=after.comparator)  # 1000万元(含1000万元)以上
    if not includes and alone:
        last = evolve(last, comparator=_STRICT.get(last.comparator, last.comparator))
    return [*noted[:-1], last]


def _is_interval(first: _Draft, other: _Draft) -> bool:
    figure = first.figure
    if figure.problem is not None or first.amount is None:
        return False
    if first.each is not None and other.lead_start == first.tail_end:
        return True
    if first.comparator is not Comparator.UNSTATED:
        return False
    turns = other.figure.unit in _TURNS and other.comparator_start == first.tail_end
    return (
        turns and figure.unit in PERIODS and (1 in (figure.number, other.figure.number) or figure.number == _HALF)
    )  # 两年一次, 一年两次


def _joint(folded: str, group: list[_Draft], relation: Relation, other: _Draft) -> tuple[Relation | None, bool | None]:
    """Say how the next figure joins the group, and whether it only says that the bound is 含 or 不含."""
    last = group[-1]
    if other.comparator_start - last.tail_end > _GAP_WIDTH:
        return None, None
    gap = folded[last.tail_end : other.comparator_start]
    one, two = last.amount, other.amount
    bounded = last.comparator in _LOWER and other.comparator in _UPPER and _meets(folded, last, gap)
    if (
        two is not None
        and one is None
        and len(group) == 1
        and last.figure.unit is None
        and (bounded or _TO.fullmatch(gap))
    ):
        ends = _widened(folded, last, other)
        if ends is not None:
            group[0] = ends
            return Relation.RANGE, None
    if one is None or two is None:
        return None, None
    alike = one.dimension == two.dimension
    closes = _CLOSING.match(folded, other.tail_end) is not None
    including = _INCLUDING.fullmatch(folded[last.tail_end : other.figure.start])
    if including and closes and any(draft.amount == two for draft in group[-2:]):
        return relation, "不" not in including[0]
    if relation in (Relation.SINGLE, Relation.FACTORS) and (
        _TIMES.fullmatch(gap) or (_is_count(one) and _THING_TIMES.fullmatch(gap))
    ):
        return Relation.FACTORS, None
    if relation in (Relation.SINGLE, Relation.PARTS) and alike:
        if _PLUS.fullmatch(gap):
            return Relation.PARTS, None
        staged = relation is Relation.PARTS or _STAGE_LEAD.search(folded, last.lead_start, last.figure.start)
        if staged and _NEXT_STAGE.fullmatch(gap):
            return Relation.PARTS, None
    if relation is Relation.SINGLE:
        restating = _RESTATING.fullmatch(gap)
        if restating and ("(" not in gap or closes) and _may_restate(one, two):
            return Relation.RESTATED, None
        if not alike and _IN_ALL.fullmatch(gap) and _may_restate(one, two) and other.comparator is Comparator.UNSTATED:
            return Relation.RESTATED, None
        if alike and _TO.fullmatch(gap) and other.comparator is Comparator.UNSTATED:
            return Relation.RANGE, None
        if alike and one < two and _AND_BETWEEN.fullmatch(gap) and _BETWEEN.match(folded, other.tail_end):
            return Relation.RANGE, None
        if alike and bounded and one < two:
            return Relation.RANGE, None
    if relation in (Relation.SINGLE, Relation.OR) and _OR.fullmatch(gap):
        return Relation.OR, None
    return None, None


def _is_count(amount: Amount) -> bool:
    return len(amount.dimension) == 1 and amount.dimension[0][0].startswith("count_")


def _meets(folded: str, lower: _Draft, gap: str) -> bool:
    """Say whether a lower end goes on to an upper one: 不低于2万元且, or 95%≤满意度 before ≤100%."""
    turned = folded[lower.figure.end : lower.tail_end].strip() in ("≤", "<=", "<")
    return (_SAID_BETWEEN if turned else _AND).fullmatch(gap) is not None


def _widened(folded: str, first: _Draft, second: _Draft) -> _Draft | None:
    """Give the bare first number of 3—5天 the unit of the second; that of 20万至30万元 is 元 and not 万元."""
    number = first.figure.bare
    if number is None or second.amount is None:
        return None
    unit = second.figure.amount.unit if second.figure.amount is not None else second.amount.unit
    if (
        folded[first.figure.start : first.figure.number_end].endswith(_SCALES)
        and unit.is_money
        and unit.text in _SCALED
    ):
        unit = Unit.parse("元")
    try:
        return evolve(first, amount=Amount.of(number, unit), figure=evolve(first.figure, problem=None))
    except InputError:
        return None


def _may_restate(one: Amount, two: Amount) -> bool:
    return one.dimension == two.dimension or any({one.unit.text, two.unit.text} <= effort for effort in _EFFORTS)


def _quantity(text: str, folded: str, group: list[_Draft], relation: Relation, interval: _Draft | None) -> Quantity:
    first, last = group[0], group[-1]
    start, end = min(first.comparator_start, first.figure.start), last.tail_end
    if relation is Relation.RESTATED or relation is Relation.OR:
        closing = _CLOSING.match(folded, end)
        opened = "(" in folded[first.figure.end : last.figure.start]
        end = closing.end() if closing and opened else end
    comparator, per, unit = first.comparator, first.per, first.figure.unit
    if unit is None:  # a list shares the unit of its last member
        per, unit = _without_repeats(per, last.per), last.figure.unit
        comparator = last.comparator if comparator is Comparator.UNSTATED else comparator
    if relation is Relation.RANGE:
        comparator, unit = Comparator.RANGE, last.figure.unit
        per = _without_repeats(per, last.per)
        between = _BETWEEN.match(folded, end)
        end = between.end() if between else end
    lead_start, said_end = first.said_start, first.comparator_start
    if interval is not None:
        each = _interval_per(text, folded, interval)
        per = (*(one for one in interval.per if one.span.end <= each.span.start), each, *per)
        lead_start, said_end = interval.said_start, each.span.start
    parts = [
        (draft.amount, span_of(text, draft.figure.start, draft.figure.end), _included(draft, relation))
        for draft in group
        if draft.amount is not None
    ]
    if relation is Relation.RANGE:
        # 2-3万元/户: what the second is per, the first is per too.
        shared = parts[-1][0].unit
        parts = [
            (amount if amount.dimension == shared.dimension else Amount.of(amount.number, shared), span, included)
            for amount, span, included in parts
        ]
        parts.sort(key=lambda part: part[0])
    problem = next((draft.figure.problem for draft in group if draft.figure.problem is not None), None)
    return Quantity(
        comparator=comparator,
        amounts=tuple(amount for amount, _, _ in parts),
        spans=tuple(span for _, span, _ in parts),
        relation=relation,
        unit=unit,
        per=per,
        included=tuple(included for _, _, included in parts),
        softness=first.softness or (interval.softness if interval is not None else None),
        comparator_inherited=False,
        lead=span_of(text, first.lead_start, start),
        span=span_of(text, start, end),
        problem=None if relation is Relation.RANGE and len(parts) == 2 else problem,
        reached=first.reached and comparator is first.comparator,
        placeholder=any(draft.figure.placeholder for draft in group),
        change=first.change,
        of=said_of(text, folded, lead_start, said_end, per, first.figure, end),
    )


def _included(draft: _Draft, relation: Relation) -> bool | None:
    """Say whether an end is included: as 含 and 不含 say, or in a range as 超过 and 不足 leave it out."""
    if draft.inclusive is None and relation is Relation.RANGE and draft.comparator in (Comparator.GT, Comparator.LT):
        return False
    return draft.inclusive


def _without_repeats(per: tuple[Per, ...], more: tuple[Per, ...]) -> tuple[Per, ...]:
    return per + tuple(one for one in more if one not in per)


def _interval_per(text: str, folded: str, interval: _Draft) -> Per:
    figure = interval.figure
    unit = PERIODS.get(figure.unit or "", figure.unit or "")
    place: Span = span_of(text, figure.start if interval.each is None else interval.each, figure.end)
    if figure.number == 1:
        return Per(unit, unit, unit in PERIODS, place)
    if figure.number == _HALF and f"半{unit}" in PERIODS:
        return Per(f"半{unit}", f"半{unit}", True, place)
    written = "".join(folded[figure.start : figure.number_end].split())
    shown = written if written[0].isdigit() else str(figure.number)
    return Per(f"{shown}{figure.unit}", None, (figure.unit or "") in PERIODS, place)
