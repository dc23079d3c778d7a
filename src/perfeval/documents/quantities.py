"""Which quantities a text states: how each is bounded, what it is counted per, and what an earlier clause lends it.

A mention without a comparator is *unstated*, not "equal". What is not understood is returned with its problem.
What "perfeval.wording" says of a threshold reads back as its comparator, its amount and its unit; 不等于 reads as
unstated, with a problem, since it bounds nothing. A bare 分 is points to a reader of prose, and is not read as money.
Imports only ``bounds``, ``rates`` and ``lexing``.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Sequence
from typing import final

from attrs import evolve, frozen

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.documents.bounds import Comparator, bound_after, bound_before, softness
from perfeval.documents.folding import fold, span_of
from perfeval.documents.lexing import Figure, Name, figures, names
from perfeval.documents.rates import Per, per_before, rate_after
from perfeval.errors import InputError
from perfeval.facts import Given, Label, Stage

__all__ = ["Quantity", "Relation", "mentions", "quantities"]

SOURCE = "项目文本"


@final
class Relation(enum.Enum):
    """How the amounts of one mention belong together.

    ``RESTATED`` says one thing twice (5天（40学时）), ``OR`` leaves a choice, ``PARTS`` add up,
    ``RANGE`` are two ends, ``FACTORS`` are multiplied.
    """

    SINGLE = "single"
    RESTATED = "restated"
    OR = "or"
    PARTS = "parts"
    RANGE = "range"
    FACTORS = "factors"


@final
@frozen(kw_only=True)
class Quantity:
    """One mention of a quantity.

    ``unit`` is as written, ``amounts`` and ``spans`` run in parallel; ``lead`` are the words of the clause
    before it. ``inclusive`` is None unless the text says 含 or 不含; ``softness`` is such as 一般 or 原则上.
    ``problem`` says why it could not be read (it then has no amounts), or what is odd about it.
    """

    comparator: Comparator
    amounts: tuple[Amount, ...]
    spans: tuple[Span, ...]
    relation: Relation
    unit: str | None
    per: tuple[Per, ...]
    inclusive: bool | None
    softness: str | None
    comparator_inherited: bool
    lead: Span
    span: Span
    problem: Label | None = None

    @property
    def period(self) -> Per | None:
        """The length of time that it is counted per, if any."""
        return next((per for per in self.per if per.period), None)

    @property
    def first(self) -> Amount | None:
        """The first amount, if any could be read."""
        return self.amounts[0] if self.amounts else None

    def given(self, at: int = 0, stage: Stage = Stage.PLANNED) -> Given:
        """Return one of the amounts as a fact with its place."""
        return Given(value=self.amounts[at], stage=stage, source=SOURCE, span=self.spans[at])


# --------------------------------------------------------------------------------------------------------
# Words

_CLAUSE_EDGE = frozenset("，,。；;、!?！？\n:()…")
_SENTENCE_EDGE = re.compile(r"[。；;!?！？\n]")
_LEAD_WIDTH = 80

_RESTATING = re.compile(
    r"\s*\(\s*(?:即|合计|合|折合|共计|共|计|相当于|大写|小写|人民币|为|¥|[:：]|\s){0,4}|\s*[，,]\s*(?:即|折合|相当于|合)\s*|\s*/\s*"
)
_INCLUDING = re.compile(r"\s*\((?:含|不含)\s*")
_OR = re.compile(r"\s*[，,、(]?\s*(?:或者|或)\s*")
_TO = re.compile(r"\s?(?:[-—~]{1,2}|至|到)\s?")
_AND = re.compile(r"\s*[，,、]?\s*(?:且|并且|并|但|同时|、)\s*")
_PLUS = re.compile(r"\s*\+\s*")
_NEXT_STAGE = re.compile(r"\)?[，,、；;]?\s*第?[一二三四五六七八九1-9]\s?阶段[^\d，,。；;、\n]{0,8}")
_STAGE_LEAD = re.compile(r"第?[一二三四五六七八九1-9]\s?阶段")
_TIMES = re.compile(r"\s*[×xX*✕╳]\s*")
_CLOSING = re.compile(r"\s?\)")


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
    after_each: bool


def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities that a text mentions, in order.

    >>> [mention] = quantities("集中学习不少于 5 天（40学时）")
    >>> mention.comparator.value, mention.relation.value, [str(amount) for amount in mention.amounts]
    ('ge', 'restated', ['5 天', '40 学时'])
    """
    folded = fold(text)
    return tuple(mentions(text, folded, names(folded)))


def mentions(text: str, folded: str, known_names: Sequence[Name]) -> list[Quantity]:
    """Return the quantities of a text that is folded and whose names are known."""
    drafts = _drafts(text, folded, known_names)
    return _lend(folded, list(_joined(text, folded, drafts)))


# --------------------------------------------------------------------------------------------------------
# One figure and its surroundings


def _drafts(text: str, folded: str, known_names: Sequence[Name]) -> list[_Draft]:
    drafts: list[_Draft] = []
    before = 0
    for figure in figures(folded, known_names):
        draft = _draft(text, folded, figure, before)
        drafts.append(draft)
        before = draft.tail_end
    return drafts


def _draft(text: str, folded: str, figure: Figure, before: int) -> _Draft:
    lead_start = _clause_start(folded, before, figure.start)
    before_it = bound_before(folded, lead_start, figure)
    comparator, comparator_start = before_it.comparator, before_it.start
    amount, per_after, end = rate_after(text, folded, figure)
    after = bound_after(folded, end)
    if comparator in (Comparator.UNSTATED, Comparator.APPROX) and after.comparator is not Comparator.UNSTATED:
        comparator = after.comparator
    if figure.about and comparator is Comparator.UNSTATED:
        comparator = Comparator.APPROX
    return _Draft(
        figure=evolve(figure, problem=figure.problem or before_it.problem),
        comparator=comparator,
        comparator_start=comparator_start,
        tail_end=after.end,
        amount=amount,
        per=(*per_before(text, folded, lead_start, comparator_start, figure.start), *per_after),
        inclusive=after.inclusive,
        softness=softness(folded, lead_start, figure, after.end),
        lead_start=lead_start,
        after_each=folded[lead_start : figure.start].rstrip().endswith("每"),
    )


def _clause_start(folded: str, before: int, start: int) -> int:
    low = max(before, start - _LEAD_WIDTH)
    at = start
    while at > low and folded[at - 1] not in _CLAUSE_EDGE:
        at -= 1
    return at


# --------------------------------------------------------------------------------------------------------
# Neighbours that are one mention


def _joined(text: str, folded: str, drafts: list[_Draft]) -> Iterator[Quantity]:
    at = 0
    interval: _Draft | None = None
    while at < len(drafts):
        group = [drafts[at]]
        relation = Relation.SINGLE
        inclusive = drafts[at].inclusive
        at += 1
        while at < len(drafts):
            joint, includes = _joint(folded, group, relation, drafts[at])
            if joint is None:
                break
            if includes is None:
                relation = joint
                group.append(drafts[at])
            else:
                inclusive = includes
                group[-1] = evolve(group[-1], tail_end=_CLOSING.match(folded, drafts[at].tail_end).end())  # type: ignore[union-attr]
            at += 1
        first = group[0]
        alone = relation is Relation.SINGLE and first.after_each and first.figure.problem is None
        if alone and at < len(drafts) and drafts[at].lead_start == first.tail_end:
            interval = first  # 每两年不超过一次: the two years are what the next figure is counted per
            continue
        yield _quantity(text, folded, group, relation, inclusive, interval)
        interval = None


def _joint(folded: str, group: list[_Draft], relation: Relation, other: _Draft) -> tuple[Relation | None, bool | None]:
    """Say how the next figure joins the group, and whether it only says that the bound is 含 or 不含."""
    last = group[-1]
    gap = folded[last.tail_end : other.comparator_start]
    if len(gap) > 24:
        return None, None
    one, two = last.amount, other.amount
    if _TO.fullmatch(gap) and last.figure.unit is None and len(group) == 1 and two is not None:
        ends = _widened(last, other)
        if ends is not None:
            group[0] = ends
            return Relation.RANGE, None
    if one is None or two is None:
        return None, None
    alike = one.dimension == two.dimension
    closes = _CLOSING.match(folded, other.tail_end) is not None
    including = _INCLUDING.fullmatch(folded[last.tail_end : other.figure.start])
    if including and closes and one == two:
        return relation, "不含" not in including[0]
    if relation in (Relation.SINGLE, Relation.FACTORS) and _TIMES.fullmatch(gap):
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
        if alike and _TO.fullmatch(gap) and other.comparator is Comparator.UNSTATED:
            return Relation.RANGE, None
        lower = last.comparator in (Comparator.GE, Comparator.GT)
        upper = other.comparator in (Comparator.LE, Comparator.LT)
        if alike and lower and upper and _AND.fullmatch(gap):
            return Relation.RANGE, None
    if relation in (Relation.SINGLE, Relation.OR) and _OR.fullmatch(gap):
        return Relation.OR, None
    return None, None


def _widened(first: _Draft, second: _Draft) -> _Draft | None:
    """Give the bare first number of 3—5天 the unit of the second."""
    number = first.figure.bare
    if number is None or second.amount is None:
        return None
    unit = second.figure.amount.unit if second.figure.amount is not None else second.amount.unit
    try:
        return evolve(first, amount=Amount.of(number, unit), comparator=first.comparator)
    except InputError:
        return None


def _may_restate(one: Amount, two: Amount) -> bool:
    if one.dimension == two.dimension:
        return True
    effort = {_DAY, _CLASS_HOUR, _HOUR}
    return {one.unit.text, two.unit.text} <= effort or {one.unit.text, two.unit.text} <= {
        "课时",
        "天",
        "半天",
    }


_DAY, _CLASS_HOUR, _HOUR = "天", "学时", "小时"


def _quantity(
    text: str,
    folded: str,
    group: list[_Draft],
    relation: Relation,
    inclusive: bool | None,
    interval: _Draft | None,
) -> Quantity:
    first, last = group[0], group[-1]
    end = last.tail_end
    if relation is Relation.RESTATED or relation is Relation.OR:
        closing = _CLOSING.match(folded, end)
        opened = "(" in folded[first.figure.end : last.figure.start]
        end = closing.end() if closing and opened else end
    comparator = first.comparator
    if relation is Relation.RANGE:
        comparator = Comparator.RANGE
    start = min(first.comparator_start, first.figure.start)
    per = first.per if relation is not Relation.RANGE else first.per + tuple(p for p in last.per if p not in first.per)
    if interval is not None and interval.figure.amount is not None:
        word = str(interval.figure.number or "") + (interval.figure.unit or "")
        place = span_of(text, interval.lead_start, interval.figure.end)
        at = place.text.rfind("每")
        place = span_of(text, place.start + max(at, 0), place.end)
        per = (Per(word, None, True, place), *per)
    pairs = [
        (draft.amount, span_of(text, draft.figure.start, draft.figure.end))
        for draft in group
        if draft.amount is not None
    ]
    if relation is Relation.RANGE:
        # 2-3万元/户: what the second is per, the first is per too.
        unit = pairs[-1][0].unit
        pairs = [
            (amount if amount.dimension == unit.dimension else Amount.of(amount.number, unit), span)
            for amount, span in pairs
        ]
        pairs.sort(key=lambda pair: pair[0])
    problem = next((draft.figure.problem for draft in group if draft.figure.problem is not None), None)
    problem = None if relation is Relation.RANGE and len(pairs) == 2 else problem
    return Quantity(
        comparator=comparator,
        amounts=tuple(amount for amount, _ in pairs),
        spans=tuple(span for _, span in pairs),
        relation=relation,
        unit=last.figure.unit if relation is Relation.RANGE else first.figure.unit,
        per=per,
        inclusive=inclusive if inclusive is not None else last.inclusive,
        softness=first.softness,
        comparator_inherited=False,
        lead=span_of(text, first.lead_start, start),
        span=span_of(text, start, end),
        problem=problem,
    )


# --------------------------------------------------------------------------------------------------------
# What an earlier clause lends


def _lend(folded: str, found: list[Quantity]) -> list[Quantity]:
    """Let a clause take the period, or the comparator, that the clause before it said for both."""
    lent: list[Quantity] = []
    for read in found:
        mention = read
        last = lent[-1] if lent else None
        if last is not None and last.amounts and mention.amounts:
            between = folded[last.span.end : mention.span.start]
            alike = last.amounts[0].unit.is_money and mention.amounts[0].unit.is_money
            alike = alike or last.amounts[0].dimension == mention.amounts[0].dimension
            if alike and not _SENTENCE_EDGE.search(between) and mention.relation is not Relation.FACTORS:
                mention = _borrow(mention, last, between)
        lent.append(mention)
    return lent


def _borrow(mention: Quantity, last: Quantity, between: str) -> Quantity:
    if (
        mention.comparator is Comparator.UNSTATED
        and mention.problem is None
        and last.comparator in (Comparator.GE, Comparator.LE)
        and between.startswith("、")
        and len(between) <= 16
        and "、" not in between[1:]
    ):
        mention = evolve(mention, comparator=last.comparator, comparator_inherited=True)
    period = last.period
    if (
        period is not None
        and mention.period is None
        and mention.comparator is last.comparator
        and mention.comparator is not Comparator.UNSTATED
    ):
        mention = evolve(mention, per=(*mention.per, evolve(period, inherited=True)))
    return mention
