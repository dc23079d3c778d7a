"""Which quantities a text states: how each is bounded, what it is counted per, and what an earlier clause lends it.

A mention without a comparator is *unstated*, not "equal". What is not understood is returned with its problem, a
placeholder as one. 达到 and 控制在 bound in a goal and state a fact in a report: the caller's section decides.
What "perfeval.wording" says of a threshold reads back as its comparator, its amount and its unit; 不等于 reads as
unstated, with a problem, since it bounds nothing. A bare 分 is points to a reader of prose, and is not read as money.
Imports only ``joining``, ``statements``, ``periods``, ``blanks``, ``lexing`` and ``folding``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import evolve

from perfeval.documents.blanks import find_blanks
from perfeval.documents.bounds import Comparator
from perfeval.documents.folding import fold
from perfeval.documents.joining import joined_mentions
from perfeval.documents.lexing import Name, names
from perfeval.documents.periods import StatedPeriod, find_periods
from perfeval.documents.statements import SOURCE, Quantity, Relation
from perfeval.units import Dimension

__all__ = ["SOURCE", "Quantity", "Relation", "mentions", "quantities"]

_SENTENCE_EDGE = re.compile(r"[。；;!?！？\n]")
# 住宿费120元,伙食费80元, and 550元，其中住宿费340元, and 150元（含伙食费80元; a sum (共) or another figure between
# breaks it off.
_NEXT_ITEM = re.compile(
    r"(?:[，,、]\s?(?:其中:?)?|\(\s?(?:含|包含|包括|其中:?))(?!共|合|总|计|另|全)[\u4e00-\u9fff]{2,10}\s?|、\s?"
)
_BAND_WIDTH = 40
_SHARES_WIDTH = 24
_BETWEEN_SHARES = re.compile(r"[，,、；;]\s?[^\d，,。；;、\n%]{0,20}")


def quantities(text: str, *, reporting: bool = False) -> tuple[Quantity, ...]:
    """Return the quantities that a text mentions, in order, with its stretches of time (2026年1—12月) and placeholders.

    In a report 达到95% is a fact that was achieved and not a floor: say ``reporting=True`` there.

    >>> [mention] = quantities("集中学习不少于 5 天（40学时）")
    >>> mention.comparator.value, mention.relation.value, [str(amount) for amount in mention.amounts]
    ('ge', 'restated', ['5 天', '40 学时'])
    >>> [mention.comparator.value for mention in quantities("合格率达到95%")]
    ['ge']
    >>> [mention.comparator.value for mention in quantities("合格率达到95%", reporting=True)]
    ['unstated']
    """
    folded = fold(text)
    known_names = names(folded)
    found = list(_all_mentions(text, folded, known_names))
    found += [_of_dates(period) for period in find_periods(text, folded, known_names) if period.stated]
    found.sort(key=lambda mention: mention.span.start)
    return tuple(mention.reported() if reporting else mention for mention in found)


def mentions(text: str, folded: str, known_names: Sequence[Name], *, reporting: bool = False) -> list[Quantity]:
    """Return the quantities of a text that is folded and whose names are known, without dates and placeholders."""
    return [
        mention.reported() if reporting else mention
        for mention in _all_mentions(text, folded, known_names)
        if not mention.placeholder
    ]


def _all_mentions(text: str, folded: str, known_names: Sequence[Name]) -> list[Quantity]:
    found = joined_mentions(text, folded, known_names, list(find_blanks(folded)))
    return _lend(folded, list(_shares_of_a_whole(text, folded, found)))


def _of_dates(period: StatedPeriod) -> Quantity:
    return Quantity(
        comparator=period.comparator,
        amounts=(),
        spans=(),
        relation=Relation.RANGE if period.comparator is Comparator.RANGE else Relation.SINGLE,
        unit="月" if period.in_months else None,
        per=(),
        included=(),
        softness=None,
        comparator_inherited=False,
        lead=evolve(period.span, end=period.span.start, text=""),
        span=period.span,
        problem=period.problem,
        dates=period,
    )


# --------------------------------------------------------------------------------------------------------
# Shares of one whole


def _shares_of_a_whole(text: str, folded: str, found: Iterator[Quantity]) -> Iterator[Quantity]:
    """Join shares that follow one another in a sentence and come to exactly 100%: 预付款30%，验收合格后70%."""
    run: list[Quantity] = []
    for mention in found:
        if run and not (_is_share(mention) and _follows(folded, run[-1], mention)):
            yield from _as_parts(text, run)
            run = []
        if _is_share(mention):
            run.append(mention)
        else:
            yield mention
    yield from _as_parts(text, run)


def _is_share(mention: Quantity) -> bool:
    return (
        mention.relation is Relation.SINGLE
        and mention.comparator is Comparator.UNSTATED
        and mention.problem is None
        and mention.unit == "%"
        and len(mention.amounts) == 1
        and mention.change is None
        and not mention.lead.text.endswith(("率", "度", "面", "率为", "度为", "率达"))
    )


def _follows(folded: str, last: Quantity, mention: Quantity) -> bool:
    gap = mention.span.start - last.span.end
    return 0 < gap <= _SHARES_WIDTH and _BETWEEN_SHARES.fullmatch(folded, last.span.end, mention.span.start) is not None


def _as_parts(text: str, run: list[Quantity]) -> Iterator[Quantity]:
    if len(run) < 2 or sum(mention.amounts[0].number for mention in run) != 100:
        yield from run
        return
    first, last = run[0], run[-1]
    yield evolve(
        first,
        relation=Relation.PARTS,
        amounts=tuple(mention.amounts[0] for mention in run),
        spans=tuple(mention.spans[0] for mention in run),
        included=tuple(mention.included[0] for mention in run),
        per=tuple(per for mention in run for per in mention.per),
        span=evolve(first.span, end=last.span.end, text=text[first.span.start : last.span.end]),
    )


# --------------------------------------------------------------------------------------------------------
# What an earlier clause lends


def _lend(folded: str, found: list[Quantity]) -> list[Quantity]:
    """Let a clause take what the clause before it said for both: the period, the comparator, or where a band ends."""
    lent: list[Quantity] = []
    last_of: dict[Dimension, Quantity] = {}
    for read in found:
        mention = read
        if mention.amounts:
            dimension = mention.amounts[0].dimension
            last = lent[-1] if lent else None
            if last is not None and last.amounts and mention.relation is not Relation.FACTORS:
                alike = last.amounts[0].unit.is_money and mention.amounts[0].unit.is_money
                if alike or last.amounts[0].dimension == dimension:
                    mention = _borrow(folded, mention, last)
            if dimension in last_of:
                mention = _after_a_band(mention, last_of[dimension])
            last_of[dimension] = mention
        lent.append(mention)
    return lent


def _borrow(folded: str, mention: Quantity, last: Quantity) -> Quantity:
    if _SENTENCE_EDGE.search(folded, last.span.end, mention.span.start):
        return mention
    start, end = last.span.end, mention.span.start
    if (
        mention.comparator is Comparator.UNSTATED
        and mention.problem is None
        and last.comparator in (Comparator.GE, Comparator.LE)
        and folded.startswith("、", start)
        and end - start <= 16
        and "、" not in folded[start + 1 : end]
    ):
        mention = evolve(mention, comparator=last.comparator, comparator_inherited=True)
    if _raises_its_rate(mention, last) and not folded[start:end].strip("，, "):
        mention = evolve(mention, per=tuple(evolve(per, inherited=True) for per in last.per))
    if _shares_its_rate(mention, last) and _NEXT_ITEM.fullmatch(folded, start, end):
        mention = evolve(mention, per=tuple(evolve(per, inherited=True) for per in last.per))
    period = last.period
    if (
        period is not None
        and mention.period is None
        and mention.comparator is last.comparator
        and mention.comparator is not Comparator.UNSTATED
    ):
        mention = evolve(mention, per=(*mention.per, evolve(period, inherited=True)))
    return mention


def _raises_its_rate(mention: Quantity, last: Quantity) -> bool:
    """Say whether a figure says to what the one before it is raised or cut: 每人每月800元提高到1000元."""
    return mention.reached and not mention.per and _is_rate_said_by(last, last.span.start)


def _is_rate_said_by(last: Quantity, place: int) -> bool:
    """Say whether a mention is money that is counted per something, and all of that is said before a place."""
    return (
        last.amounts[0].unit.is_money
        and bool(last.per)
        and all(per.inherited or per.span.end <= place for per in last.per)
    )


def _shares_its_rate(mention: Quantity, last: Quantity) -> bool:
    """Say whether two items of money are counted per the same: 每人每天住宿费120元,伙食费80元, said before the first item."""
    plain = mention.comparator is Comparator.UNSTATED and last.comparator is Comparator.UNSTATED
    before = last.of.start if last.of is not None else last.span.start
    return plain and mention.amounts[0].unit.is_money and not mention.per and _is_rate_said_by(last, before)


def _after_a_band(mention: Quantity, last: Quantity) -> Quantity:
    """Read 35人以上 as more than 35 where the band before it ends with 35: 25—35人为150元，35人以上为120元."""
    near = mention.span.start - last.span.end <= _BAND_WIDTH
    closes = last.comparator in (Comparator.RANGE, Comparator.LE) and last.included[-1:] != (False,)
    opens = mention.comparator is Comparator.GE and mention.inclusive is None and "以上" in mention.span.text
    if near and closes and opens and last.amounts[-1] == mention.amounts[0]:
        return evolve(mention, comparator=Comparator.GT, comparator_inherited=True)
    return mention
