"""What a text says of its own money: request, approval, lines with their parts, totals, schedule and uses.

Imports only ``project``, ``quantities``, ``sections`` and ``lexing``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import final

from attrs import define, evolve, field

from perfeval.amounts import AmountRange
from perfeval.documents.bounds import Comparator
from perfeval.documents.folding import span_of
from perfeval.documents.lexing import Name, NameKind, within
from perfeval.documents.project import Approval, BasisDocument, Line, Part, ScheduleItem, Section, Use
from perfeval.documents.quantities import Quantity, Relation
from perfeval.documents.sections import split
from perfeval.facts import Given, Label

__all__ = ["Money", "find_schedule", "find_uses", "has_phasing", "read_funding"]

_APPROVED = re.compile(r"批复|核定|批准|下达|审定|核准")
_REQUESTED = re.compile(r"申请|申报|请求安排|请求解决|拟请")
_TOTAL = re.compile(r"合计|共计|总计|总额|总预算|总投资|总资金|共需|小计|预算数|资金需求|^共$|总金额|总费用|总经费")
_ONLY_MONEY = re.compile(
    r"(?:本级|县级|市级|省级|中央|财政|预算|项目|专项|本|年度|部门|计划|安排|落实|资金|经费|总|为|是|拨款|补助|所需|需|需要|县|投入|一般公共)+"
)
_NAME_START = re.compile(
    r"^(?:[\d一二三四五六七八九十]{1,3}[、.是]|\([\d一二三四五六七八九十]{1,3}\)|其中|分别是|分别为|主要|包括|用于|计划|安排|"
    r"列支|支付|支出|开支|和|及|以及|预计|拟|共|[-—*•·\s“”])+"
)
_NAME_END = re.compile(r"(?:预算|安排|支出|共计|合计|需要|需|共|为|是|约|计|人民币|资金为|[:：=\s¥“”])+$")
_NAME_AFTER = re.compile(r"\s?(?:专项)?(?:用于|用作|作为)(?P<name>[^，,。；;、:\n()]{2,40})")
_PAYS = re.compile(r".*(?:支付|用于|列支|支出|拨付|兑付|发放|安排|用作|作为)(?=..)")
_SENTENCE = "。！!？?\n"
_MONTHS_OF = {
    "上半年": (1, 6), "下半年": (7, 12), "一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12),
    "1季度": (1, 3), "2季度": (4, 6), "3季度": (7, 9), "4季度": (10, 12),
}  # fmt: skip
_ACTIVITY = re.compile(
    r"(?P<activity>[^，,。；;:\n]{2,40})[，,:]\s?(?:资金|经费|费用)?(?:主要|具体|重点)?(?:是|用于|包括|为|有|开支|列支)[:]?"
)
_USES_WORD = re.compile(r"主要(?:是|用于|包括)|用于|包括|订阅|购买|购置|开支|列支|支出范围|资金使用")
_PREFIX_USES = re.compile(r"^\s*(?:资金|经费|费用)?(?:主要|具体|重点|专项)?(?:用于|是|包括|开支|列支)[:]?")
_VERBS = (
    "订阅", "购买", "购置", "采购", "支付", "用于", "制作", "印制", "印刷", "开展", "组织", "举办", "聘请", "租赁", "维修",
    "补助", "发放", "慰问", "更换", "清理", "修补", "配备", "支持", "推进",
)  # fmt: skip


@final
@define
class _Line:
    """A line to which what stands in brackets after it is still being added."""

    line: Line
    factors: list[Given] = field(factory=list)
    parts: list[Line] = field(factory=list)


@final
@define
class Money:
    """What has been read of the funding: the figures, and which mentions they took."""

    request: Given | None = None
    approval: Approval | None = None
    begun: list[_Line] = field(factory=list)
    totals: list[Given] = field(factory=list)
    used: set[int] = field(factory=set)
    refused: dict[int, Label] = field(factory=dict)
    has_calculation: bool = False

    def lines(self) -> tuple[Line, ...]:
        """Return the lines with their factors and parts."""
        return tuple(evolve(one.line, factors=tuple(one.factors), parts=tuple(one.parts)) for one in self.begun)


def read_funding(
    text: str,
    folded: str,
    section: Section,
    indices: Sequence[int],
    mentions: Sequence[Quantity],
    known_names: Sequence[Name],
    documents: Sequence[BasisDocument],
    year: int | None,
    money: Money,
) -> None:
    """Read the figures under a funding heading into ``money``."""
    pending: list[int] = []
    depth_from: int | None = None
    for index in indices:
        mention = mentions[index]
        if not mention.amounts:
            continue
        if mention.relation is Relation.FACTORS or not mention.amounts[0].unit.is_money:
            # Factors belong to the amount that they are set equal to, or stand in brackets after it.
            if mention.relation is Relation.FACTORS or _is_unit_price(mention):
                money.has_calculation = True
                if depth_from is not None and _depth(folded, depth_from, mention.span.start) > 0 and money.begun:
                    money.begun[-1].factors.extend(_factors([mention]))
                    money.used.add(index)
                else:
                    pending.append(index)
            continue
        other_year = _other_year(mention, known_names, year)
        if other_year:
            money.refused[index] = Label("属于其他年度的金额", "money of another year")
            continue
        lead, start = _lead(folded, section, mention)
        if pending and mention.comparator is Comparator.EQ:
            first = mentions[pending[0]]
            lead, start = _lead(folded, section, first)
        if _take(
            text,
            folded,
            section,
            mention,
            lead,
            start,
            index,
            mentions,
            pending,
            documents,
            money,
            depth_from,
        ):
            depth_from = mention.span.end
        pending = []


def _take(
    text: str,
    folded: str,
    section: Section,
    mention: Quantity,
    lead: str,
    start: int,
    index: int,
    mentions: Sequence[Quantity],
    pending: list[int],
    documents: Sequence[BasisDocument],
    money: Money,
    depth_from: int | None,
) -> bool:
    """Decide what one amount is; return whether brackets after it speak of it."""
    if money.request is None and _REQUESTED.search(lead) and not _APPROVED.search(lead):
        money.request = _figure(mention)
        money.used.add(index)
        return False
    if money.approval is None and _APPROVED.search(lead):
        money.approval = _approval(text, folded, section, mention, start, documents)
        money.used.add(index)
        return False
    name = _clean(lead)
    if _TOTAL.search(lead) or _REQUESTED.search(lead) or _APPROVED.search(lead) or _ONLY_MONEY.fullmatch(lead):
        after = _NAME_AFTER.match(folded, mention.span.end)
        if after is None or _TOTAL.search(lead):
            money.totals.append(_figure(mention))
            money.used.add(index)
            return False
        name = ""
    end = mention.span.end
    if not name:
        after = _NAME_AFTER.match(folded, mention.span.end)
        if after is None:
            money.refused[index] = Label("金额前后没有名目", "an amount without a name beside it")
            return False
        name = after["name"].strip()
        end = after.end()
    at = folded.rfind(name, start, mention.spans[0].start)
    begin = at if at >= 0 else mention.span.start
    # The name is quoted as printed; folding keeps places, so the same place of the text holds it.
    shown = text[at : at + len(name)] if at >= 0 else name
    line = Line(name=shown, amount=_figure(mention), span=span_of(text, begin, end))
    factors = _factors([mentions[held] for held in pending])
    money.used.update(pending)
    money.used.add(index)
    if depth_from is not None and money.begun and _depth(folded, depth_from, mention.span.start) > 0:
        money.begun[-1].parts.append(evolve(line, factors=tuple(factors)))
        return False
    money.begun.append(_Line(line, factors))
    return True


def _figure(mention: Quantity) -> Given:
    """Return an amount as far as the text gives it: 3万元以上 is a bound, 3—9万元 a range, 3万元左右 is not known."""
    given = mention.given()
    first, last = mention.amounts[0], mention.amounts[-1]
    match mention.comparator:
        case Comparator.EQ | Comparator.UNSTATED:
            return given
        case Comparator.GE | Comparator.GT:
            return evolve(given, value=AmountRange(first, None))
        case Comparator.LE | Comparator.LT:
            return evolve(given, value=AmountRange(None, first))
        case Comparator.RANGE if first.dimension == last.dimension:
            return evolve(given, value=AmountRange(first, last))
        case _:
            return evolve(given, value=None)


def _factors(mentions: Sequence[Quantity]) -> list[Given]:
    return [mention.given(at) for mention in mentions for at in range(len(mention.amounts))]


def _is_unit_price(mention: Quantity) -> bool:
    return bool(mention.amounts) and any(
        base.startswith("currency") and power == 1 for base, power in mention.amounts[0].dimension
    )


def _depth(folded: str, start: int, end: int) -> int:
    between = folded[start : min(end, start + 400)]
    if "\n" in between or "。" in between:
        return 0
    return between.count("(") - between.count(")")


def _lead(folded: str, section: Section, mention: Quantity) -> tuple[str, int]:
    """Return the words that name an amount, looking back over a colon, a bracket or a bare verb."""
    start, end = mention.lead.start, mention.span.start
    words = folded[start:end]
    if _clean(words):
        return words.strip(), start
    low = max(section.body.start, start - 80)
    before = start
    while before > low and folded[before - 1] in " :\n" and folded[before - 1] != "\n":
        before -= 1
    if before > low and folded[before - 1] == ")":
        opened = folded.rfind("(", low, before)
        before = opened if opened >= 0 else before
    elif before == start:
        return words.strip(), start
    begin = before
    while begin > low and folded[begin - 1] not in "，,。；;、:：!？\n()":
        begin -= 1
    return folded[begin:before].strip() or words.strip(), begin


def _clean(lead: str) -> str:
    name = _NAME_START.sub("", lead.strip(), count=1)
    name = _NAME_END.sub("", name, count=1)
    pays = _PAYS.match(name)
    return name[pays.end() :].strip() if pays else name.strip()


def _other_year(mention: Quantity, known_names: Sequence[Name], year: int | None) -> bool:
    years = [
        name.numbers[0]
        for name in within(known_names, mention.lead.start, mention.span.start)
        if name.kind in (NameKind.YEAR, NameKind.DATE) and name.numbers and name.numbers[0] > 1900
    ]
    return year is not None and bool(years) and years[-1] != year


def _approval(
    text: str,
    folded: str,
    section: Section,
    mention: Quantity,
    start: int,
    documents: Sequence[BasisDocument],
) -> Approval:
    """Find the number of the reply in the same sentence, first after the amount and then before it."""
    stop = min((at for at in (folded.find(mark, mention.span.end, section.body.end) for mark in "。；;\n") if at >= 0),
               default=section.body.end)  # fmt: skip
    low = max(section.body.start, *(folded.rfind(mark, section.body.start, start) for mark in "。；;\n"))
    near = [document for document in documents if document.numbered and low <= document.span.start < stop]
    after = [document for document in near if document.span.start >= mention.span.end]
    chosen = after[0] if after else near[-1] if near else None
    end = max(mention.span.end, chosen.span.end) if chosen in after and chosen is not None else mention.span.end
    return Approval(
        amount=_figure(mention),
        document=chosen.number if chosen is not None else None,
        span=span_of(text, start, end),
    )


# --------------------------------------------------------------------------------------------------------
# Schedule


def find_schedule(
    text: str,
    folded: str,
    section: Section,
    indices: Sequence[int],
    mentions: Sequence[Quantity],
    known_names: Sequence[Name],
) -> Iterator[tuple[int, ScheduleItem]]:
    """Yield what the schedule sets down, each with the index of its mention."""
    low = section.body.start
    period: Name | None = None
    for index in indices:
        mention = mentions[index]
        if not mention.amounts or not mention.amounts[0].unit.is_money or mention.relation is Relation.FACTORS:
            continue
        begin = low
        for mark in "。；;\n":
            begin = max(begin, folded.rfind(mark, low, mention.span.start) + 1)
        if begin > low:
            period = None
        periods = [name for name in within(known_names, begin, mention.span.start) if _months(folded, name)]
        period = periods[-1] if periods else period
        lead, start = _lead(folded, section, mention)
        # What is paid for may be a list, so 、 does not end it as it ends the name of a line.
        wider = max(low, start - 60)
        while start > wider and folded[start - 1] not in "，,。；;:\n()":
            start -= 1
        lead = folded[start : mention.span.start] if _clean(folded[start : mention.span.start]) else lead
        inside = [name for name in within(known_names, start, mention.span.start) if name.kind is not NameKind.QUOTED]
        if inside:
            words = folded[inside[-1].end : mention.span.start]
            lead = words if _clean(words) else lead
        purpose = _clean(lead.lstrip("前后内底末初,，"))
        end = mention.span.end
        if not purpose or _ONLY_MONEY.fullmatch(purpose):
            after = _NAME_AFTER.match(folded, mention.span.end)
            if after is not None:
                purpose, end = after["name"].strip(), after.end()
        at = folded.rfind(purpose, begin, mention.spans[0].start) if purpose else -1
        months = _months(folded, period) if period is not None else None
        first = min(start, period.start) if period is not None and period.start >= begin else start
        yield (
            index,
            ScheduleItem(
                purpose=text[at : at + len(purpose)] if at >= 0 else purpose,
                period=span_of(text, period.start, period.end).text if period is not None else None,
                first_month=months[0] if months else None,
                last_month=months[1] if months else None,
                amount=_figure(mention),
                span=span_of(text, first, end),
            ),
        )
        low = mention.span.end


def _months(folded: str, name: Name) -> tuple[int, int] | None:
    if name.kind is NameKind.MONTHS and len(name.numbers) == 2:
        return name.numbers[0], name.numbers[1]
    if name.kind is not NameKind.DATE:
        return None
    shown = folded[name.start : name.end].replace(" ", "")
    for words, months in _MONTHS_OF.items():
        if shown.endswith(words):
            return months
    numbers = [number for number in name.numbers if 1 <= number <= 12]
    return (numbers[0], numbers[0]) if numbers and "月" in shown else None


def has_phasing(folded: str, sections: Sequence[Section], known_names: Sequence[Name]) -> bool:
    """Say whether the schedule names more than one period within the year."""
    periods = {
        months
        for section in sections
        if section.part is Part.SCHEDULE
        for name in within(known_names, section.body.start, section.body.end)
        if (months := _months(folded, name)) is not None
    }
    return len(periods) > 1


# --------------------------------------------------------------------------------------------------------
# Uses


def find_uses(text: str, folded: str, section: Section, starts: Sequence[tuple[int, int]]) -> Iterator[Use]:
    """Yield the uses that sentences without an amount state; ``starts`` are the places of the amounts."""
    amounts = iter(starts)
    place = next(amounts, None)
    for begin, end in split(folded, section.body.start, section.body.end, _SENTENCE):
        held = False
        while place is not None and place[0] < end:
            held = held or place[0] >= begin
            place = next(amounts, None)
        if held or not _USES_WORD.search(folded, begin, end):
            continue
        activity = _ACTIVITY.match(folded, begin, end)
        at = activity.end() if activity else begin
        label = text[activity.start("activity") : activity.end("activity")].strip() if activity else None
        prefix = _PREFIX_USES.match(folded[at : at + 16])
        at += prefix.end() if prefix else 0
        for low, high in _use_pieces(folded, at, end):
            span = span_of(text, low, high)
            if span.text and not span.text.startswith("以下"):
                yield Use(activity=label, text=span.text, part=section.part, span=span)


def _use_pieces(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for low, high in split(folded, start, end, "；;"):
        if folded[low:high].lstrip().startswith(_VERBS):
            yield low, high  # the verb governs the whole list: 订阅报刊、资料和设备
            continue
        for begin, stop in split(folded, low, high, "、，,"):
            yield from _both_sides(folded, begin, stop)


def _both_sides(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut at 和 where both sides end alike, as two uses do: 阵地建设和支部规范化建设."""
    piece = folded[start:end].rstrip("等 ")
    for word in ("以及", "和", "与", "及"):
        left, found, right = piece.partition(word)
        if found and len(left) > 2 and len(right) > 2 and left[-2:] == right[-2:]:
            middle = start + len(left)
            yield start, middle
            yield middle + len(word), start + len(piece)
            return
    yield start, end
