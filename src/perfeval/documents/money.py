"""What a text says of its own money of the year: request, approval, lines with their parts, totals and sources.

Only money of the project's year is read here; what is cumulative or of another year is left to ``stated``.
Imports the four ``funding`` modules, ``project``, ``quantities``, ``stated``, ``naming``, ``folding`` and ``lexing``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from perfeval.amounts import Amount
from perfeval.documents.folding import span_of
from perfeval.documents.funding_asides import leaves_open, stands_beside
from perfeval.documents.funding_factors import first_of, reckoned, take_factors
from perfeval.documents.funding_rows import TOTAL, Money, Reading, Row, add_line, heads
from perfeval.documents.funding_sources import NEVER_ALL, is_source, is_under_sources, without_lead
from perfeval.documents.lexing import Name
from perfeval.documents.naming import NAME_AFTER, ONLY_MONEY, clean, figure_of, lead_of
from perfeval.documents.project import Approval, BasisDocument, Line, MoneyKind, Section
from perfeval.documents.quantities import Quantity, Relation
from perfeval.documents.stated import ANNUAL, Kind, bare_number
from perfeval.facts import Label

__all__ = ["read_funding"]

_APPROVED = re.compile(r"批复|核定|批准|下达|审定|核准")
_REQUESTED = re.compile(r"申请|申报|请求安排|请求解决|拟请")
_OF_ROWS = re.compile(r"合计|小计|共计|总计")
_SUBTOTAL = re.compile(r"小计")
_SAYS_NO_NAME = re.compile(r"(?:(?:19|20)\d\d|本|当|今)\s?年度?|预计|共计|其中|[共拟约:]")
_OF_WHICH = re.compile(r"其中")
_ADJUSTING = re.compile(r"年初预算|年中|追加|调增|调减")
_ADJUSTED = re.compile(r"全年预算|调整后|调整预算")
_BEFORE_ADJUSTMENT = Label("调整前或调整的金额", "money before an adjustment, or of one")
_NO_NAME = Label("金额前后没有名目", "an amount without a name beside it")
_OF_OTHER_KIND = {
    MoneyKind.CUMULATIVE: Label("累计金额，不是本年度的", "cumulative money, not money of the year"),
    MoneyKind.PRIOR_YEAR: Label("属于其他年度的金额", "money of another year"),
    MoneyKind.OTHER_YEAR: Label("属于其他年度的金额", "money of another year"),
    MoneyKind.CHANGE: Label("与其他年度相比的增减额", "a difference between years"),
}


def read_funding(
    text: str,
    folded: str,
    section: Section,
    indices: Sequence[int],
    mentions: Sequence[Quantity],
    known_names: Sequence[Name],
    documents: Sequence[BasisDocument],
    kinds: Mapping[int, Kind],
    money: Money,
) -> None:
    """Read the figures under a funding heading into ``money``."""
    reading = Reading(
        text,
        folded,
        section,
        mentions,
        known_names,
        documents,
        money,
        before=section.body.start,
        is_adjusted=_ADJUSTED.search(folded, section.body.start, section.body.end) is not None,
    )
    for index in indices:
        mention = mentions[index]
        is_bare = not mention.amounts and bare_number(folded, mention) is not None
        if not mention.amounts and not is_bare:
            continue
        if mention.relation is Relation.FACTORS or not (is_bare or mention.amounts[0].unit.is_money):
            take_factors(reading, index)
            continue
        kind = kinds.get(index, ANNUAL)
        if kind.kind is not MoneyKind.ANNUAL:
            money.refused[index] = _OF_OTHER_KIND[kind.kind]
            reading.last, reading.in_parts = None, False
        else:
            _take(reading, index)
        reading.before = mention.span.end
        reading.pending = []
    _finish(reading)


def _take(reading: Reading, index: int) -> None:
    """Decide what one amount of the year is."""
    money, folded, mention = reading.money, reading.folded, reading.mentions[index]
    first = first_of(reading, mention)
    lead, start = lead_of(folded, reading.section.body.start, first)
    money.named[index] = (clean(lead) or lead or reading.section.title, start)
    if money.request is None and _REQUESTED.search(lead) and not _APPROVED.search(lead):
        money.request = figure_of(mention)
        heads(reading, index)
        return
    if money.approval is None and _APPROVED.search(lead):
        money.approval = _approval(reading, mention, start)
        heads(reading, index)
        return
    name = clean(lead) if first is mention else reckoned(lead)
    if leaves_open(reading, index, lead, start):
        return
    if stands_beside(reading, index, lead, name, start):
        return
    if reading.is_adjusted and _ADJUSTING.search(lead) and not _ADJUSTED.search(lead):
        money.refused[index] = _BEFORE_ADJUSTMENT
        return
    name, led = without_lead(name)
    source = is_source(name)
    under_sources = is_under_sources(reading, first.span.start)
    if source and reading.after_source and _OF_WHICH.search(folded, reading.before, first.span.start):
        money.used.add(index)  # 财政资金50万元，其中中央30万元: a part of a source
        return
    source = source or (under_sources and bool(name))
    is_led = led or under_sources
    alone = not folded[reading.section.body.start : start].strip() and not lead
    only_money = alone or ONLY_MONEY.fullmatch(_SAYS_NO_NAME.sub("", lead))
    is_sum = TOTAL.search(lead) or _REQUESTED.search(lead) or _APPROVED.search(lead) or only_money or source
    if is_sum:
        after = None if TOTAL.search(lead) or source else NAME_AFTER.match(folded, mention.span.end)
        if after is None:
            words = _OF_ROWS.search(lead)
            money.named[index] = (words[0] if words else _called(lead, money.named[index][0]), start)
            line = Line(
                name=name if source else money.named[index][0],
                amount=figure_of(mention),
                span=span_of(reading.text, start, mention.span.end),
            )
            reading.rows.append(Row(line, sum_words=words[0] if words else "", is_source=source, is_led=is_led))
            heads(reading, index)
            reading.after_source = source
            return
        name = ""
    end = mention.span.end
    if not name:
        after = NAME_AFTER.match(folded, mention.span.end)
        if after is None:
            money.refused[index] = _NO_NAME
            return
        name, end = after["name"].strip(), after.end()
    owner = next((row for row in reading.rows if _says_part_of(name, row)), None)
    if owner is not None:
        money.used.add(index)
        owner.parts.append(Line(name=name, amount=figure_of(mention), span=span_of(reading.text, start, end)))
        return
    add_line(reading, index, name, start, end)


def _says_part_of(name: str, row: Row) -> bool:
    """Say whether a name says that it is a part of a line by the name of that line: 人工费含保险."""
    own = row.line.name
    return row.sum_words is None and name.startswith((f"{own}含", f"{own}中", f"{own}包括", f"{own}包含"))


def _called(lead: str, name: str) -> str:
    """Return what a sum is called: 全年预算 is a sum, and 全年 alone would be a line."""
    return lead if TOTAL.search(lead) and not TOTAL.search(name) else name


def _finish(reading: Reading) -> None:
    """Settle what the sums among the rows are: of the rows above them, of those below, of all; or sources."""
    rows, money = reading.rows, reading.money
    sources = [row for row in rows if row.is_source]
    if len({row.line.name for row in sources}) > 1 or any(
        row.is_led or NEVER_ALL.search(row.line.name) for row in sources
    ):
        money.sources += [row.line for row in sources]
        rows = [row for row in rows if not row.is_source]
    rows = _without_repeats(rows, money, reading.folded)
    sums = [at for at, row in enumerate(rows) if row.sum_words is not None]
    is_above = False
    kept: list[Row] = []
    begun = 0  # how many of the kept are settled
    for at, row in enumerate(rows):
        if row.sum_words is None:
            if is_above and kept:
                kept[-1].parts.append(row.whole())
            else:
                kept.append(row)
            continue
        open_rows = kept[begun:]
        subtotal = _SUBTOTAL.search(row.sum_words) is not None
        between = _OF_ROWS.search(row.sum_words) and at != sums[-1] and at + 1 < len(rows)
        if subtotal and not open_rows and at + 1 < len(rows) and rows[at + 1].sum_words is None:
            is_above = True
        elif open_rows and not is_above and (subtotal or between):
            row.parts = [one.whole() for one in open_rows]
            del kept[begun:]
        elif not subtotal or not is_above:
            money.totals.append(row.line.amount)
            is_above = False
            begun = len(kept)
            continue
        kept.append(row)
        begun = len(kept)
    money.lines += [row.whole() for row in kept]


def _without_repeats(rows: list[Row], money: Money, folded: str) -> list[Row]:
    """Return the rows without those of a later sentence that name again lines which make up what was granted."""
    granted = money.approval.amount if money.approval is not None else money.request
    if granted is None or not isinstance(granted.value, Amount):
        return rows
    reached, seen = Fraction(0), set[tuple[str, object]]()
    for at, row in enumerate(rows):
        value = row.line.amount.value
        if row.sum_words is not None or not isinstance(value, Amount):
            return rows
        reached += value.root
        seen.add((row.line.name, value))
        if reached == granted.value.root:
            rest = rows[at + 1 :]
            again = all(one.sum_words is None and (one.line.name, one.line.amount.value) in seen for one in rest)
            apart = bool(rest) and "。" in folded[row.line.span.end : rest[0].line.span.start]
            return rows[: at + 1] if again and apart else rows
    return rows


def _approval(reading: Reading, mention: Quantity, start: int) -> Approval:
    """Find the number of the reply in the same sentence, first after the amount and then before it."""
    folded, body = reading.folded, reading.section.body
    stop = min((at for at in (folded.find(mark, mention.span.end, body.end) for mark in "。；;\n") if at >= 0),
               default=body.end)  # fmt: skip
    low = max(body.start, *(folded.rfind(mark, body.start, start) for mark in "。；;\n"))
    near = [document for document in reading.documents if document.numbered and low <= document.span.start < stop]
    after = [document for document in near if document.span.start >= mention.span.end]
    chosen = after[0] if after else near[-1] if near else None
    end = max(mention.span.end, chosen.span.end) if chosen in after and chosen is not None else mention.span.end
    return Approval(
        amount=figure_of(mention),
        document=chosen.number if chosen is not None else None,
        span=span_of(reading.text, start, end),
    )
