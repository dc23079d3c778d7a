"""How an amount of a funding is worked out: which factors are those of which line, before it or in its brackets.

Imports ``funding_rows``, ``beside``, ``quantities``, ``bounds`` and ``naming``.
"""

from __future__ import annotations

import re

from perfeval.documents.beside import share_is_all
from perfeval.documents.bounds import Comparator
from perfeval.documents.funding_rows import TOTAL, Reading, bracket_depth, factors_of
from perfeval.documents.naming import clean, lead_of
from perfeval.documents.quantities import Quantity, Relation

__all__ = ["first_of", "is_result", "reckoned", "take_base", "take_factors"]

_RECKONED = re.compile(r"(?:按照|按|依据|即|为|以|测算|计算|计|标准|方法|过程|明细|如下|其中(?=$)|[=:：\s])+")
_MORE_INSIDE = re.compile(r"\s?[+＋]|[^()\n=]{0,80}[0-9]\s?[千百万亿]?元(?![/·])|[^()\n=]{0,80}[+＋]")
_EQUALS = re.compile(r"\s?=")
_WORKED_AS = re.compile(r"[)\s]{0,2}(?:=|:|[，,]?\s?(?:按照?|测算|计算|依据|标准|方法|过程|:){1,4})\s?")
_WORKED_ENDS = re.compile(r"\s?(?:的?标准)?(?:测算|计算|计列|计)?\s?(?:[，,。；;、\n)]|$)")
_SENTENCE_ENDS = re.compile(r"[。；;\n]")
_NAMES_MONEY = re.compile(r"(?:费用?|款|经费|补助|补贴|津贴|工资|报酬|租金|资金)$")
_IN_BRACKETS = re.compile(r"\s?(?:\([^()]{0,200}\))?\s?")


def take_factors(reading: Reading, index: int) -> None:
    """Keep factors for the amount that they are set equal to, or give them to the line before their brackets."""
    mention = reading.mentions[index]
    if mention.relation is not Relation.FACTORS and not _is_unit_price(mention):
        return
    reading.money.has_calculation = True
    folded, last, place = reading.folded, reading.last, mention.span.start
    since = reading.mentions[reading.pending[-1]].span.end if reading.pending else reading.before
    if last is not None and bracket_depth(folded, reading.depth_from, place) > 0:
        said = re.split(r"[(，,；;、]", folded[since:place])[-1]
        nameless = not reckoned(said).removeprefix(last.line.name) and not reading.pending
        if not nameless and _EQUALS.match(folded, mention.span.end):
            reading.pending.append(index)  # 含保险10人×100元=1,000元: a part with its own amount
            return
        if nameless and not last.parts and not _MORE_INSIDE.match(folded, mention.span.end):
            last.factors.extend(factors_of([mention]))
            last.worked = (place, mention.span.end)
        reading.money.used.add(index)
        return
    if last is not None and not last.parts and not reading.pending and _is_worked_after(reading, mention):
        last.factors.extend(factors_of([mention]))
        reading.money.used.add(index)
        return
    reading.pending.append(index)


def reckoned(words: str) -> str:
    """Return what words before factors name, without those that only say that something is worked out."""
    return _RECKONED.sub("", clean(words))


def _is_worked_after(reading: Reading, mention: Quantity) -> bool:
    """Say whether factors say how the amount right before them is worked out: 30,000元=100吨×300元/吨."""
    between = reading.folded[reading.before : mention.spans[0].start]
    return (
        reading.last is not None
        and reading.last.line.span.end == reading.before
        and _WORKED_AS.fullmatch(between) is not None
        and _WORKED_ENDS.match(reading.folded, mention.span.end) is not None
    )


def first_of(reading: Reading, mention: Quantity) -> Quantity:
    """Return the factors that an amount is what comes of, or the amount itself; drop those that are of something else.

    人工费2万元 after 100吨×300元/吨。 or ， is not worked out by it.
    """
    if not reading.pending:
        return mention
    first = reading.mentions[reading.pending[0]]
    between = reading.folded[reading.mentions[reading.pending[-1]].span.end : mention.span.start]
    if mention.comparator is Comparator.EQ and not between.strip():
        return first
    if _SENTENCE_ENDS.search(between):
        reading.pending = []
        return mention
    clause = max(between.rfind(mark) for mark in "，,、") + 1
    words = between[clause:]
    says_total = clause > 0 and TOTAL.search(words) is not None
    if not says_total and not reckoned(between[: max(0, clause - 1)]) and not reckoned(words):
        lead, _ = lead_of(reading.folded, reading.section.body.start, first)
        if _NAMES_MONEY.search(reckoned(lead)):
            return first  # 材料费按100吨×300元/吨测算，需3万元
    if clause:
        reading.pending = []
    return mention


def is_result(reading: Reading, mention: Quantity) -> bool:
    """Say whether an amount is what the factors of a line come to in the brackets after it: （1000元×25人=2.5万元）."""
    last, folded = reading.last, reading.folded
    if last is None or mention.comparator is not Comparator.EQ or not mention.amounts:
        return False
    if last.line.amount.value == mention.amounts[0] and _IN_BRACKETS.fullmatch(
        folded, last.line.span.end, mention.span.start
    ):
        return True  # 3万元（100吨×300元/吨）=30,000元
    if last.worked is None:
        return False
    begin, end = last.worked
    opened = folded.rfind("(", last.line.span.end, begin)
    nameless = opened >= 0 and not clean(folded[opened + 1 : begin].strip("按即:： "))
    return nameless and not folded[end : mention.span.start].strip()


def take_base(reading: Reading, index: int) -> None:
    """Give a line that is a share of a sum, all that its brackets say, both as factors: （按造价1000万元的3%计取）."""
    last, mentions, folded = reading.last, reading.mentions, reading.folded
    if last is None or last.factors or index + 1 >= len(mentions):
        return
    base, share = mentions[index], mentions[index + 1]
    opened = folded.rfind("(", last.line.span.end, base.span.start)
    alone = opened >= 0 and not any(sign.isdigit() for sign in folded[last.line.span.end : base.span.start])
    plain = all(one.comparator is Comparator.UNSTATED and len(one.amounts) == 1 for one in (base, share))
    whole = plain and share.amounts[0].dimension == () and share_is_all(folded, share)
    if alone and whole and bracket_depth(folded, reading.depth_from, base.span.start) == 1:
        last.factors.extend(factors_of([base, share]))
        reading.money.used.add(index + 1)


def _is_unit_price(mention: Quantity) -> bool:
    return bool(mention.amounts) and any(
        base.startswith("currency") and power == 1 for base, power in mention.amounts[0].dimension
    )
