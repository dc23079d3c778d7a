"""When the money is spent and on what: the amounts of the schedule, and the uses that sentences state without one.

Imports only ``project``, ``payments``, ``beside``, ``quantities``, ``sections``, ``naming`` and ``lexing``.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from fractions import Fraction

from attrs import evolve

from perfeval.amounts import Amount
from perfeval.documents.beside import names_of_each, of_whole_work, without_price
from perfeval.documents.folding import span_of
from perfeval.documents.lexing import Name, NameKind, within
from perfeval.documents.naming import NAME_AFTER, ONLY_MONEY, clean, figure_of, lead_of
from perfeval.documents.payments import Planned, no_payments
from perfeval.documents.project import Line, Part, ScheduleItem, Section, Use
from perfeval.documents.quantities import Quantity, Relation
from perfeval.documents.sections import split
from perfeval.facts import Label

__all__ = ["find_schedule", "find_uses", "has_phasing", "settled_schedule"]

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


def find_schedule(
    text: str,
    folded: str,
    section: Section,
    indices: Sequence[int],
    mentions: Sequence[Quantity],
    known_names: Sequence[Name],
    *,
    cumulative: Container[int] = (),
) -> Iterator[tuple[int, ScheduleItem | None, Label | None]]:
    """Yield what the schedule sets down, each with the index of its mention: a payment, or none with the reason.

    What plainly is no payment, or is counted already, has no reason. ``cumulative`` are the mentions that are totals of
    more than one payment, which are no items.
    """
    found = list(_amounts(text, folded, section, indices, mentions, known_names, cumulative))
    refused = no_payments(folded, section.body.start, [planned for planned, item in found if item is not None])
    for planned, item in found:
        if item is None:
            yield planned.index, None, None
        elif planned.index in refused:
            yield planned.index, None, refused[planned.index]
        elif not planned.is_cumulative:
            yield planned.index, item, None


def _amounts(
    text: str,
    folded: str,
    section: Section,
    indices: Sequence[int],
    mentions: Sequence[Quantity],
    known_names: Sequence[Name],
    cumulative: Container[int],
) -> Iterator[tuple[Planned, ScheduleItem | None]]:
    """Yield every amount of the schedule as the item that it is, if it is a payment; None for the price of a whole work."""
    low = section.body.start
    period: Name | None = None
    priced: str | None = None
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
        lead, start = lead_of(folded, section.body.start, mention)
        is_each = names_of_each(lead, lead) is not None  # 甲镇、乙镇各支付3万元: how much that is in all is not read
        # What is paid for may be a list, so 、 does not end it as it ends the name of a line.
        wider = max(low, start - 60)
        while start > wider and folded[start - 1] not in "，,。；;:\n()":
            start -= 1
        lead = folded[start : mention.span.start] if clean(folded[start : mention.span.start]) else lead
        inside = [name for name in within(known_names, start, mention.span.start) if name.kind is not NameKind.QUOTED]
        if inside:
            words = folded[inside[-1].end : mention.span.start]
            lead = words if clean(words) else lead
        purpose = clean(lead.lstrip("前后内底末初,，、"))
        end = mention.span.end
        if not purpose or ONLY_MONEY.fullmatch(purpose):
            after = NAME_AFTER.match(folded, mention.span.end)
            if after is not None:
                purpose, end = after["name"].strip(), after.end()
        price, priced = priced, None
        if of_whole_work(purpose):
            priced = without_price(purpose)
            low = mention.span.end
            yield Planned(index=index, mention=mention, is_cumulative=False), None
            continue
        if (
            not purpose
            and price is not None
            and not any(mark in folded[low : mention.span.start] for mark in "。；;\n")
        ):
            purpose = price  # 管网维修合同价32万元，2026年支付30万元
        at = folded.rfind(purpose, begin, mention.spans[0].start) if purpose else -1
        months = _months(folded, period) if period is not None else None
        first = min(start, period.start) if period is not None and period.start >= begin else start
        yield (
            Planned(index=index, mention=mention, is_cumulative=index in cumulative),
            ScheduleItem(
                purpose=text[at : at + len(purpose)] if at >= 0 else purpose,
                period=span_of(text, period.start, period.end).text if period is not None else None,
                first_month=months[0] if months else None,
                last_month=months[1] if months else None,
                amount=evolve(figure_of(mention), value=None) if is_each else figure_of(mention),
                span=span_of(text, first, end),
            ),
        )
        low = mention.span.end


# --------------------------------------------------------------------------------------------------------
# Sums within the schedule

_BREAK = re.compile(r"[。；;\n]")
_OPENS = re.compile(
    r"\s?[，,]?\s?(?:(?P<bracket>\()(?!不含)|(?:其中|包括|包含|分别为|分别是|分别用于|用于|即|[:：])[:：]?)"
)
_SUMMED = re.compile(
    r"(?:全年|本年度?|年度|以上|上述|前述|各[项次期]|[两二三四五六][项次期笔]|本期|期间|费用|资金|支付|支出)*(?:共计|合计|总计|小计|总共|累计|共)"
    r"(?:支付|支出|安排|拨付|使用|需|资金|金额|经费|为|约|[:：\s])*$"
)
_ALL_OF_IT = re.compile(r"(?<!剩余)(?:全部|所有)(?:资金|经费|款项|预算)*(?:共|支付|拨付|支出)*$")
_ONLY_SUMMED = re.compile(r"[)，,、；;。\s]*")
_OWN_PERIOD = re.compile(r"月|季度|半年|年[初中底末]")
_NAMELESS = re.compile(
    r"(?:[0-9一二三四五六两次期笔项各至到第初中底末年月日季度上下半全前后内本每—~-]|支付|拨付|安排|支出|使用|资金|经费|费用|共计|合计|总计|小计|累计|共|预计|计划|约|款项?|全部|所有|预算)*"
)


def settled_schedule(
    folded: str, section: Section, items: Sequence[ScheduleItem]
) -> tuple[list[ScheduleItem], list[Line]]:
    """Return what is paid, each once, and the sums that the schedule states of it and that do not hold.

    A sum of what stands before it (共计20万元) is no payment. Of an amount and its parts (支付20万元，其中…) the parts are
    kept where they are all of it and it has no name of its own.
    """
    if len(items) > _MOST_ITEMS:
        return list(items), []
    kept: list[ScheduleItem] = []
    wrong: list[Line] = []
    at, before = int(_heads_all(items)), section.body.start
    while at < len(items):
        item = items[at]
        place = item.amount.span
        if place is None:
            return list(items), []
        count = _parts_after(folded, items, at)
        parts = items[at + 1 : at + 1 + count]
        of = _summed(folded, kept, item, before) if not parts else None
        if of is not None:
            if len(of) > 1 and _total(of) != _total([item]):
                wrong.append(_with_parts(item, of))
        elif parts and _total(parts) == _total([item]) and _NAMELESS.fullmatch(item.purpose):
            kept += parts
        else:
            kept.append(item)
            if parts and _total(parts) not in (None, _total([item])):
                wrong.append(_with_parts(item, parts))
        at += 1 + count
        last = items[at - 1].amount.span
        before = place.end if last is None else last.end
    return kept, wrong


_MOST_ITEMS = 400
"""A schedule of more payments is taken as it stands: what each sum is the sum of is looked for backwards."""


def _total(items: Sequence[ScheduleItem]) -> Fraction | None:
    """Return what items come to; None where one of them is no exact amount."""
    values = [item.amount.value for item in items]
    roots = [value.root for value in values if isinstance(value, Amount)]
    return sum(roots, Fraction(0)) if len(roots) == len(values) else None


def _with_parts(item: ScheduleItem, parts: Sequence[ScheduleItem]) -> Line:
    return Line(
        name=item.purpose or item.span.text,
        amount=item.amount,
        span=item.span,
        parts=tuple(Line(name=part.purpose or part.span.text, amount=part.amount, span=part.span) for part in parts),
    )


def _parts_after(folded: str, items: Sequence[ScheduleItem], at: int) -> int:
    """Return how many of the items after one are parts of it: those in its brackets, or after 其中 in its clause."""
    own = items[at].amount.span
    opening = None if own is None else _OPENS.match(folded, own.end)
    if own is None or opening is None:
        return 0
    begin, count = own.end, 0
    whole, reached, in_periods = _total([items[at]]), Fraction(0), False
    stop = folded.find(")", begin) if opening["bracket"] else len(folded)
    for item in items[at + 1 :]:
        place = item.amount.span
        if place is None or place.start > stop:
            break
        between = folded[begin : place.start]
        if _BREAK.search(between) or (count and not opening["bracket"] and reached == whole):
            break
        if _OWN_PERIOD.search(between):
            if count and not in_periods:
                break
            in_periods = True
        if _SUMMED.search(between) and _NAMELESS.fullmatch(item.purpose):
            break
        begin, count = place.end, count + 1
        reached += _total([item]) or 0
    # Amounts of months of their own that do not make it up may as well be payments beside it.
    return count if not in_periods or reached == whole else 0


def _summed(
    folded: str, kept: Sequence[ScheduleItem], item: ScheduleItem, before: int
) -> Sequence[ScheduleItem] | None:
    """Return the items of which an amount is the sum by its words; None where it is a payment of its own."""
    place = item.amount.span
    if place is None or not kept:
        return None
    gap = folded[before : place.start]
    if _ALL_OF_IT.search(gap) and len(kept) > 1 and _total(kept) == _total([item]):
        return kept
    if not _NAMELESS.fullmatch(item.purpose):
        return _summed_by_name(kept, item, gap)
    words = _SUMMED.search(gap)
    if words is None:
        return None
    if _BREAK.search(gap):
        whole = not _OWN_PERIOD.search(gap) and (
            _total(kept) == _total([item]) or _ONLY_SUMMED.fullmatch(gap[: words.start()])
        )
        return kept if whole else None
    run = _run(kept, item, 1)
    if run is not None:
        return run
    if not _ONLY_SUMMED.fullmatch(gap[: words.start()]):
        return None
    ends = [one.amount.span.end for one in kept if one.amount.span is not None]
    first = len(kept) - 1
    while first and not _BREAK.search(folded, ends[first - 1], ends[first]):
        first -= 1
    return kept[first:] if first < len(kept) - 1 else None


_IN_ALL = re.compile(r"(?:共计|合计|总计|共|累计)(?:支付|支出|拨付|安排)?$")


def _summed_by_name(kept: Sequence[ScheduleItem], item: ScheduleItem, gap: str) -> Sequence[ScheduleItem] | None:
    """Return the payments right before, in its clause, that a line's amount sums up: 共支付维修费30万元."""
    at = gap.rfind(item.purpose)
    if at < 0 or _BREAK.search(gap) or not _IN_ALL.search(gap[:at]):
        return None
    return _run(kept, item, 2)


def _run(kept: Sequence[ScheduleItem], item: ScheduleItem, least: int) -> Sequence[ScheduleItem] | None:
    """Return the payments right before an amount, at least so many of them, that come to it."""
    wanted, reached = _total([item]), Fraction(0)
    for count, one in enumerate(reversed(kept[-_MOST_ITEMS:]), 1):
        value = one.amount.value
        if not isinstance(value, Amount):
            return None
        reached += value.root
        if count >= least and reached == wanted:
            return kept[-count:]
    return None


_OF_ALL = re.compile(r"总额|总预算|总资金|预算|全年|年度|批复|申请|计划")


def _heads_all(items: Sequence[ScheduleItem]) -> bool:
    """Say whether a schedule begins with the whole that its payments come to: 预算总额50万元，上半年30万元，下半年20万元."""
    return len(items) > 2 and _OF_ALL.search(items[0].purpose) is not None and _total(items[1:]) == _total(items[:1])


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


_BY_STAGES = re.compile(
    r"(?:按(?:季度?|月|旬|进度|节点|阶段|批次)|逐[月季]|分(?:期|批|次|阶段|季度?|月|[两二三四五]次))[^，,。；;\n]{0,6}"
    r"(?:支付|拨付|付款|兑付|发放|结算|支出|列支)"
    r"|(?:预付|首付|首笔)[^。；;\n]{0,24}(?:其余|余款|尾款|剩余)"
)


def has_phasing(folded: str, sections: Sequence[Section], known_names: Sequence[Name]) -> bool:
    """Say whether the schedule names more than one period within the year, or pays by stages: 按季支付, 预付30%，其余….

    Without a schedule, content and funding may.
    """
    scheduled = any(section.part is Part.SCHEDULE for section in sections)
    where = (Part.SCHEDULE,) if scheduled else (Part.CONTENT, Part.FUNDING)
    periods = {
        months
        for section in sections
        if section.part in where
        for name in within(known_names, section.body.start, section.body.end)
        if (months := _months(folded, name)) is not None
    }
    staged = any(
        section.part in where and _BY_STAGES.search(folded, section.body.start, section.body.end) is not None
        for section in sections
    )
    return staged or len(periods) > 1


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
            if folded[low:high].strip() and not span.text.startswith("以下"):
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
