"""What a text says of its own money of the year: request, approval, lines with their parts, totals and sources.

Only money of the project's year is read here; what is cumulative or of another year is left to ``stated``.
Imports only ``project``, ``beside``, ``quantities``, ``stated``, ``naming``, ``prose`` and ``lexing``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import final

from attrs import define, evolve, field

from perfeval.amounts import Amount
from perfeval.documents.beside import (
    BASE,
    EACH,
    OF_A_WORK,
    named_after_it,
    names_of_each,
    no_line_of_its_own,
    not_surely_a_line,
    opens_parts,
    share_is_all,
    without_price,
)
from perfeval.documents.bounds import Comparator
from perfeval.documents.folding import span_of
from perfeval.documents.lexing import Name, NameKind, within
from perfeval.documents.naming import NAME_AFTER, ONLY_MONEY, clean, figure_of, lead_of, whole_list
from perfeval.documents.project import Approval, BasisDocument, Line, MoneyKind, Section
from perfeval.documents.prose import marker_style
from perfeval.documents.quantities import Quantity, Relation
from perfeval.documents.stated import ANNUAL, Kind, bare_number
from perfeval.facts import Given, Label

__all__ = ["Money", "read_funding"]

_APPROVED = re.compile(r"批复|核定|批准|下达|审定|核准")
_REQUESTED = re.compile(r"申请|申报|请求安排|请求解决|拟请")
_TOTAL = re.compile(
    r"合计|共计|总计|总额|总预算|总资金|共需|小计|预算数|资金需求|^共$|总金额|总费用|总经费|年初预算|全年预算|调整后预算"
)
_OF_ROWS = re.compile(r"合计|小计|共计|总计")
_SUBTOTAL = re.compile(r"小计")
_SOURCE = re.compile(
    r"(?:中央|及?以上|政府|省级?|市级?|县级?|区级?|乡?镇级?|本级|上级|同级|地方|财政|一般公共预算|政府性基金|预算|专项|资金|拨款|补助|安排|自筹|自有|单位"
    r"|其他|上年|年初|结转|结余|社会|国有|资本|经营|转移支付|财力|一般公共|公益金|彩票|国债|专项债|一般债|基金|捐赠|企业|村集体|集体|群众|银行|贷款|债券|专户|事业收入|收入|配套|投入|经费|来源|本|年度|当年)+"
)
_FROM_WHERE = re.compile(
    r"中央|省级|市级|县级|区级|镇级|上级|财政|自筹|自有|捐赠|贷款|债券|结转|结余|其他|一般公共|政府性|集体|群众|资本|事业收入|转移支付|财力|公益金|国债|债券|专项债|一般债"
)
_SAYS_NO_NAME = re.compile(r"(?:(?:19|20)\d\d|本|当|今)\s?年度?|预计|共计|其中|[共拟约:]")
_SOURCE_LED = re.compile(r"^(?:资金|经费|预算)?来源(?:渠道)?(?:于|为|是|:)?\s?")
_SOURCES_OPEN = re.compile(r"(?:资金|经费|预算)来源(?:渠道|构成)?(?:于|为|是)?\s?[:：]?")
_SOURCES_END = re.compile(r"[。\n]|其中|用于|用作|主要|支出|安排")
_OF_WHICH = re.compile(r"其中")
_ADJUSTING = re.compile(r"年初预算|年中|追加|调增|调减")
_ADJUSTED = re.compile(r"全年预算|调整后|调整预算")
_NEVER_ALL = re.compile(r"结转|结余|自筹|自有|捐赠|贷款|债券|其他")
_BEFORE_ADJUSTMENT = Label("调整前或调整的金额", "money before an adjustment, or of one")
_NO_NAME = Label("金额前后没有名目", "an amount without a name beside it")
_OF_OTHER_KIND = {
    MoneyKind.CUMULATIVE: Label("累计金额，不是本年度的", "cumulative money, not money of the year"),
    MoneyKind.PRIOR_YEAR: Label("属于其他年度的金额", "money of another year"),
    MoneyKind.OTHER_YEAR: Label("属于其他年度的金额", "money of another year"),
    MoneyKind.CHANGE: Label("与其他年度相比的增减额", "a difference between years"),
}


@final
@define
class _Line:
    """A line to which what stands after it is still being added, or a sum of lines where ``sum_words`` says so."""

    line: Line
    style: str | None = None
    sum_words: str | None = None
    is_source: bool = False
    is_led: bool = False  # by 资金来源, and so a source however many there are
    factors: list[Given] = field(factory=list)
    worked: tuple[int, int] | None = None  # where the factors stand in its brackets
    parts: list[Line] = field(factory=list)

    def whole(self) -> Line:
        """Return the line with its factors and parts."""
        return evolve(self.line, factors=tuple(self.factors), parts=tuple(self.parts))


@final
@define
class Money:
    """What has been read of the funding: the figures, which mentions they took, and the words that name each."""

    request: Given | None = None
    approval: Approval | None = None
    lines: list[Line] = field(factory=list)
    totals: list[Given] = field(factory=list)
    sources: list[Line] = field(factory=list)
    used: set[int] = field(factory=set)
    refused: dict[int, Label] = field(factory=dict)
    named: dict[int, tuple[str, int]] = field(factory=dict)
    has_calculation: bool = False


@final
@define
class _Reading:
    """One section of funding while it is read from left to right."""

    text: str
    folded: str
    section: Section
    mentions: Sequence[Quantity]
    known_names: Sequence[Name]
    documents: Sequence[BasisDocument]
    money: Money
    rows: list[_Line] = field(factory=list)
    pending: list[int] = field(factory=list)
    top_style: str | None = None
    last: _Line | None = None
    in_parts: bool = False
    depth_from: int | None = None
    before: int = 0
    is_adjusted: bool = False
    in_sources: bool = False
    after_source: bool = False
    priced: str | None = None  # what a price right before is the price of


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
    reading = _Reading(
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
            _take_factors(reading, index)
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


def _take_factors(reading: _Reading, index: int) -> None:
    """Keep factors for the amount that they are set equal to, or give them to the line before their brackets."""
    mention = reading.mentions[index]
    if mention.relation is not Relation.FACTORS and not _is_unit_price(mention):
        return
    reading.money.has_calculation = True
    if reading.last is not None and _depth(reading.folded, reading.depth_from, mention.span.start) > 0:
        reading.last.factors.extend(_factors([mention]))
        reading.last.worked = (mention.span.start, mention.span.end)
        reading.money.used.add(index)
    else:
        reading.pending.append(index)


def _take(reading: _Reading, index: int) -> None:
    """Decide what one amount of the year is."""
    money, folded, mention = reading.money, reading.folded, reading.mentions[index]
    first = mention
    if reading.pending and mention.comparator is Comparator.EQ:
        first = reading.mentions[reading.pending[0]]
    lead, start = lead_of(folded, reading.section.body.start, first)
    money.named[index] = (clean(lead) or lead or reading.section.title, start)
    if money.request is None and _REQUESTED.search(lead) and not _APPROVED.search(lead):
        money.request = figure_of(mention)
        _heads(reading, index)
        return
    if money.approval is None and _APPROVED.search(lead):
        money.approval = _approval(reading, mention, start)
        _heads(reading, index)
        return
    name = clean(lead)
    if _leaves_open(reading, index, lead, start):
        return
    if _stands_beside(reading, index, lead, name, start):
        return
    if reading.is_adjusted and _ADJUSTING.search(lead) and not _ADJUSTED.search(lead):
        money.refused[index] = _BEFORE_ADJUSTMENT
        return
    led = _SOURCE_LED.match(name)
    name = name[led.end() :] if led and led.end() < len(name) else name
    source = _is_source(name)
    under_sources = _is_under_sources(reading, first.span.start)
    if source and reading.after_source and _OF_WHICH.search(folded, reading.before, first.span.start):
        money.used.add(index)  # 财政资金50万元，其中中央30万元: a part of a source
        return
    source = source or (under_sources and bool(name))
    is_led = led is not None or under_sources
    alone = not folded[reading.section.body.start : start].strip() and not lead
    only_money = alone or ONLY_MONEY.fullmatch(_SAYS_NO_NAME.sub("", lead))
    is_sum = _TOTAL.search(lead) or _REQUESTED.search(lead) or _APPROVED.search(lead) or only_money or source
    if is_sum:
        after = None if _TOTAL.search(lead) or source else NAME_AFTER.match(folded, mention.span.end)
        if after is None:
            words = _OF_ROWS.search(lead)
            money.named[index] = (words[0] if words else money.named[index][0], start)
            line = Line(
                name=name if source else money.named[index][0],
                amount=figure_of(mention),
                span=span_of(reading.text, start, mention.span.end),
            )
            reading.rows.append(_Line(line, sum_words=words[0] if words else "", is_source=source, is_led=is_led))
            _heads(reading, index)
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
    _add_line(reading, index, name, start, end)


def _says_part_of(name: str, row: _Line) -> bool:
    """Say whether a name says that it is a part of a line by the name of that line: 人工费含保险."""
    own = row.line.name
    return row.sum_words is None and name.startswith((f"{own}含", f"{own}中", f"{own}包括", f"{own}包含"))


def _heads(reading: _Reading, index: int) -> None:
    """Note an amount that is no line: what follows it is read from the top again."""
    reading.money.used.add(index)
    reading.last, reading.in_parts, reading.depth_from = None, False, None
    reading.after_source = False


def _leaves_open(reading: _Reading, index: int, lead: str, start: int) -> bool:
    """Take an amount that is said of each of several names as a line of each; refuse what is not surely a line."""
    money, folded, mention = reading.money, reading.folded, reading.mentions[index]
    why = not_surely_a_line(lead, clean(lead), in_list=reading.last is not None)
    if why is not None:
        _add_line(reading, index, clean(lead), start, mention.span.end, unknown=why)
        return True
    first = whole_list(folded, max(reading.section.body.start, reading.before), start)
    marked = _MARKED.search(folded, max(reading.before, first - 24), first)
    first = first if marked is None else marked.start("name")
    names = names_of_each(lead, folded[first:start] + lead)
    if names is None:
        return False
    whole = first <= reading.before + 1 or _EDGE.search(folded, max(0, first - 3), first) is not None
    cleaned = [(first + at, clean(name)) for at, name in names if whole and not reading.pending]
    if not cleaned or not all(name and not _is_source(name) for _, name in cleaned):
        if not reading.in_sources and not any(_is_source(clean(name)) for _, name in names):
            _add_line(reading, index, clean(lead), start, mention.span.end, unknown=EACH)
        return True
    for at, name in cleaned:
        _add_line(reading, index, name, at, mention.span.end)
        reading.before = mention.span.end  # the names stand side by side, whatever opens their list
    money.named[index] = (clean(folded[first:start] + lead), first)
    return True


_MARKED = re.compile(r"(?:[，,。；;:\n]|^)\s?\(?\d{1,2}[.)]\s?(?P<name>[\u4e00-\u9fff]{2,12})、$")
_EDGE = re.compile(r"(?:[，,。；;:(\n]|[\d一二三四五六七八九十]、|\d[.)]\s?)$")


def _is_source(name: str) -> bool:
    return _SOURCE.fullmatch(name) is not None and _FROM_WHERE.search(name) is not None


def _stands_beside(reading: _Reading, index: int, lead: str, name: str, start: int) -> bool:
    """Take an amount that is no line of the year, or is one of a line's own parts by the name after it."""
    money, folded, mention = reading.money, reading.folded, reading.mentions[index]
    why = no_line_of_its_own(folded, mention, lead, name)
    if why is not None or _is_result(reading, mention):
        # It is known to be no line, so the list lacks nothing without it.
        money.used.add(index)
        reading.priced = name if why is OF_A_WORK else None
        if why is BASE:
            _take_base(reading, index)
        return True
    if reading.last is not None and _depth(folded, reading.depth_from, mention.span.start) == 1:
        opened = folded.rfind("(", reading.last.line.span.end, mention.span.start)
        after = named_after_it(folded, opened, mention) if opened >= 0 else None
        if after is not None:
            _add_line(reading, index, after[0], mention.span.start, after[1])
            return True
    of_price, reading.priced = reading.priced, None
    return not name and of_price is not None and _paid_of_price(reading, index, start, without_price(of_price))


def _is_result(reading: _Reading, mention: Quantity) -> bool:
    """Say whether an amount is what the factors of a line come to in the brackets after it: （1000元×25人=2.5万元）."""
    last, folded = reading.last, reading.folded
    if last is None or mention.comparator is not Comparator.EQ or last.worked is None:
        return False
    begin, end = last.worked
    opened = folded.rfind("(", last.line.span.end, begin)
    nameless = opened >= 0 and not clean(folded[opened + 1 : begin].strip("按即:： "))
    return nameless and not folded[end : mention.span.start].strip()


def _take_base(reading: _Reading, index: int) -> None:
    """Give a line that is a share of a sum, all that its brackets say, both as factors: （按造价1000万元的3%计取）."""
    last, mentions, folded = reading.last, reading.mentions, reading.folded
    if last is None or last.factors or index + 1 >= len(mentions):
        return
    base, share = mentions[index], mentions[index + 1]
    opened = folded.rfind("(", last.line.span.end, base.span.start)
    alone = opened >= 0 and not any(sign.isdigit() for sign in folded[last.line.span.end : base.span.start])
    plain = all(one.comparator is Comparator.UNSTATED and len(one.amounts) == 1 for one in (base, share))
    whole = plain and share.amounts[0].dimension == () and share_is_all(folded, share)
    if alone and whole and _depth(folded, reading.depth_from, base.span.start) == 1:
        last.factors.extend(_factors([base, share]))
        reading.money.used.add(index + 1)


def _paid_of_price(reading: _Reading, index: int, start: int, name: str) -> bool:
    """Take what is paid in the year of a price right before it: 管网维修合同价32万元，2026年支付30万元."""
    folded, mention = reading.folded, reading.mentions[index]
    if any(mark in folded[reading.before : mention.span.start] for mark in "。；;\n"):
        return False
    inside = _depth(folded, reading.depth_from, mention.span.start) > 0
    if inside or (name and any(row.line.name.startswith(name) for row in reading.rows)):
        reading.money.used.add(index)  # said of a line that is listed
        return True
    if not name:
        return False
    _add_line(reading, index, name, start, mention.span.end)
    return True


def _is_under_sources(reading: _Reading, place: int) -> bool:
    """Say whether an amount stands under 资金来源, where whatever is named is a source."""
    folded, low = reading.folded, reading.before
    opened = None
    for opened in _SOURCES_OPEN.finditer(folded, low, place):  # noqa: B007 - the last one
        pass
    if opened is not None:
        reading.in_sources, low = True, opened.end()
    if reading.in_sources and _SOURCES_END.search(folded, low, place):
        reading.in_sources = False
    return reading.in_sources


def _add_line(reading: _Reading, index: int, name: str, start: int, end: int, *, unknown: Label | None = None) -> None:
    """Add a line, or a part of the line before it; ``unknown`` says why its amount is not known, where it is not."""
    mention, folded, text = reading.mentions[index], reading.folded, reading.text
    at = folded.rfind(name, start, end if not mention.spans else mention.spans[0].start)
    begin = at if at >= 0 else mention.span.start
    # The name is quoted as printed; folding keeps places, so the same place of the text holds it.
    shown = text[at : at + len(name)] if at >= 0 else name
    amount = figure_of(mention)
    amount = amount if unknown is None else evolve(amount, value=None)
    line = Line(name=shown, amount=amount, span=span_of(text, begin, end))
    factors = _factors([reading.mentions[held] for held in reading.pending])
    first = whole_list(folded, max(reading.section.body.start, reading.before), begin)
    reading.money.named[index] = (clean(folded[first:begin]) + shown if first < begin else shown, first)
    reading.money.used.update(reading.pending)
    style, is_part = _level(reading, mention)
    if unknown is not None and not is_part:
        reading.money.refused[index] = unknown
    elif mention.amounts:
        reading.money.used.add(index)
    if is_part and reading.last is not None:
        reading.last.parts.append(evolve(line, factors=tuple(factors)))
        return
    reading.last = _Line(line, style=style, factors=factors)
    reading.rows.append(reading.last)
    reading.depth_from = mention.span.end


def _level(reading: _Reading, mention: Quantity) -> tuple[str | None, bool]:
    """Return the style of a row's marker, and whether the row is a part of the line before it.

    A part stands in brackets after its line, after 其中 in one sentence, or under a marker of another style.
    """
    folded, place = reading.folded, mention.span.start
    between = folded[max(reading.before, place - _NEAR) : place]
    markers = [one for one in within(reading.known_names, reading.before, place) if one.kind is NameKind.MARKER]
    style = marker_style(folded, markers[-1]) if markers else None
    if reading.top_style is None and style is not None:
        reading.top_style = style
    if reading.last is None:
        reading.in_parts = False
        return style, False
    if _depth(folded, reading.depth_from, place) > 0:
        return style, True
    if style is not None and reading.last.style is not None and len(markers) == 1:
        reading.in_parts = style != reading.top_style
        return style, reading.in_parts
    if any(mark in between for mark in "。；;\n"):
        reading.in_parts = False
    elif opens_parts(between):
        reading.in_parts = True
    return style, reading.in_parts


_NEAR = 120


def _finish(reading: _Reading) -> None:
    """Settle what the sums among the rows are: of the rows above them, of those below, of all; or sources."""
    rows, money = reading.rows, reading.money
    sources = [row for row in rows if row.is_source]
    if len({row.line.name for row in sources}) > 1 or any(
        row.is_led or _NEVER_ALL.search(row.line.name) for row in sources
    ):
        money.sources += [row.line for row in sources]
        rows = [row for row in rows if not row.is_source]
    rows = _without_repeats(rows, money, reading.folded)
    sums = [at for at, row in enumerate(rows) if row.sum_words is not None]
    is_above = False
    kept: list[_Line] = []
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


def _without_repeats(rows: list[_Line], money: Money, folded: str) -> list[_Line]:
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


def _factors(mentions: Sequence[Quantity]) -> list[Given]:
    return [mention.given(at) for mention in mentions for at in range(len(mention.amounts))]


def _is_unit_price(mention: Quantity) -> bool:
    return bool(mention.amounts) and any(
        base.startswith("currency") and power == 1 for base, power in mention.amounts[0].dimension
    )


def _depth(folded: str, start: int | None, end: int) -> int:
    if start is None:
        return 0
    between = folded[start : min(end, start + 400)]
    if "\n" in between or "。" in between:
        return 0
    return between.count("(") - between.count(")")


def _approval(reading: _Reading, mention: Quantity, start: int) -> Approval:
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
