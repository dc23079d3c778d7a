"""When the money is spent and on what: the amounts of the schedule, and the uses that sentences state without one.

Imports only ``project``, ``payments``, ``beside``, ``quantities``, ``sections``, ``naming`` and ``lexing``.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from attrs import evolve

from perfeval.documents.beside import names_of_each
from perfeval.documents.folding import span_of
from perfeval.documents.lexing import Name, NameKind, within
from perfeval.documents.naming import NAME_AFTER, ONLY_MONEY, clean, figure_of, lead_of
from perfeval.documents.payments import Planned, no_payments
from perfeval.documents.project import Part, ScheduleItem, Section, Use
from perfeval.documents.quantities import Quantity, Relation
from perfeval.documents.sections import split
from perfeval.facts import Label

__all__ = ["find_schedule", "find_uses", "has_phasing"]

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
    refused = no_payments(folded, section.body.start, [planned for planned, _ in found])
    for planned, item in found:
        if planned.index in refused:
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
) -> Iterator[tuple[Planned, ScheduleItem]]:
    """Yield every amount of the schedule as the item that it is, if it is a payment."""
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
        purpose = clean(lead.lstrip("前后内底末初,，"))
        end = mention.span.end
        if not purpose or ONLY_MONEY.fullmatch(purpose):
            after = NAME_AFTER.match(folded, mention.span.end)
            if after is not None:
                purpose, end = after["name"].strip(), after.end()
        at = folded.rfind(purpose, begin, mention.spans[0].start) if purpose else -1
        months = _months(folded, period) if period is not None else None
        first = min(start, period.start) if period is not None and period.start >= begin else start
        yield (
            Planned(index=index, mention=mention, has_months=bool(periods), is_cumulative=index in cumulative),
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
    """Say whether the schedule names more than one period within the year; without one, content and funding may."""
    scheduled = any(section.part is Part.SCHEDULE for section in sections)
    where = (Part.SCHEDULE,) if scheduled else (Part.CONTENT, Part.FUNDING)
    periods = {
        months
        for section in sections
        if section.part in where
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
