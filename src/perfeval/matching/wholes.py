"""What the figures of a project's money are to make up, and by which words it is excused that they do not.

What was granted is the whole of the lines, unless the text sets out more money than that: what was carried over, or
other sources. A sum that was cut in review is explained. Imports ``shown``, ``documents`` and above.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from fractions import Fraction
from typing import final

from attrs import evolve, frozen

from perfeval.amounts import Amount
from perfeval.documents.project import Line, Part, Project
from perfeval.documents.reports import says_what_was_done
from perfeval.facts import Given
from perfeval.matching.shown import agreeing, printed_of

__all__ = [
    "Sources",
    "cut_explained",
    "exact_money",
    "granted_of",
    "is_account",
    "is_partial",
    "sources_beside",
    "sources_of",
    "sources_of_granted",
    "spending_only",
    "totals_apart",
    "whole_of",
]

_CARRIED = re.compile("结转|结余|自筹|配套|省级|市级|中央|上级|社会|捐赠|其他资金")
_CUT = re.compile("核减|调减|压减|审减|削减|扣减|核增|调增|追加")
_CUT_LINE = re.compile(
    r"(?:核减|调减|压减|审减|削减|扣减|核增|调增|追加|增加|减少|结余|节约|节余)(?:了|资金|金额|经费|额)*"
)
_NO_USE = re.compile(
    r"(?:[^，。；]{0,8}(?:年初|年中|调整后|全年|本年|当年|实际|已)(?:预算|执行|支出|支付|到位|使用|完成)?(?:数|资金|金额)?"
    r"|[^，。；]{0,8}政府采购(?:预算|金额|资金|项目|限额)?"
    r"|[^，。；]{0,8}(?:报价|单价|均价|市场价|询价)(?:分别|平均)?(?:值|为)?)"
)
_SUM_WORDS = re.compile("合计|总计|共计|总投资|总额|总资金|总预算|总金额")
_ADDED_UP = re.compile("合计|总计|共计|小计")
_SOURCES_NEAR = 60
_MOST_TOTALS = 64


def exact_money(given: Given | None) -> Amount | None:
    """Return an exact amount of money of one year; None for a bound, a range and what has no unit."""
    if given is None or not isinstance(given.value, Amount):
        return None
    return given.value if given.value.unit.text in _PLAIN else None


_PLAIN = frozenset(("分", "角", "元", "千元", "万元", "百万元", "亿元"))


def granted_of(project: Project) -> Given | None:
    """Return what was approved or, where nothing was, what is asked for."""
    return project.approval.amount if project.approval is not None else project.request


def whole_of(project: Project) -> Given | None:
    """Return what the lines of a budget are to make up: what was granted, or all the money that the text sets out."""
    granted = granted_of(project)
    stated = [total for total in project.totals if exact_money(total) is not None]
    if granted is None:
        return stated[0] if stated else None
    own = exact_money(granted)
    if own is None:
        return granted
    larger = [total for total in stated if (amount := exact_money(total)) is not None and amount > own]
    if larger and any(_CARRIED.search(source.name) for source in project.sources):
        return larger[0]
    listed = sources_of(project)
    if listed is not None and not listed.has_request and listed.sum > own:
        return evolve(listed.parts[0], value=listed.sum)
    beside = sources_beside(project)
    return granted if not beside else evolve(granted, value=_sum([granted, *beside], own))


def _sum(givens: Sequence[Given], like: Amount) -> Amount:
    known = [amount.root for given in givens if (amount := exact_money(given)) is not None]
    return Amount.from_root(sum(known, Fraction(0)), like.unit)


def sources_beside(project: Project) -> list[Given]:
    """Return the sources that are money beside what was granted, where the lines come nearer to both than to it alone.

    批复5万元，上年结转2万元 does not say whether the one holds the other: the lines do. A total of both says it itself.
    """
    granted = granted_of(project)
    own = exact_money(granted)
    beside = [source.amount for source in project.sources if _BESIDE.search(source.name)]
    lines = [exact_money(line.amount) for line in project.lines]
    if granted is None or own is None or not beside or None in lines or not lines:
        return []
    stated = [amount for total in project.totals if (amount := exact_money(total)) is not None]
    if any(amount > own for amount in stated) or any(exact_money(given) is None for given in beside):
        return []
    spent = sum((amount.root for amount in lines if amount is not None), Fraction(0))
    both = _sum([granted, *beside], own).root
    return beside if abs(spent - both) < abs(spent - own.root) else []


_BESIDE = re.compile("结转|结余|自筹|捐赠|贷款|债券")


@final
@frozen(kw_only=True)
class Sources:
    """The amounts by where the money comes from, and the total that stands before them.

    ``has_request`` where what is asked for is one of them.
    """

    parts: tuple[Given, ...]
    total: Given
    has_request: bool

    @property
    def sum(self) -> Amount:
        """What the sources come to."""
        amounts = [amount for part in self.parts if (amount := exact_money(part)) is not None]
        return Amount.from_root(sum((one.root for one in amounts), Fraction(0)), amounts[0].unit)


def sources_of(project: Project) -> Sources | None:
    """Return the sources that a text lists right after a total; None where it lists fewer than two, or not all exactly."""
    places = [source.amount.span for source in project.sources if source.amount.span is not None]
    if not places or len(places) != len(project.sources):
        return None
    parts = {source.amount.span: source.amount for source in project.sources}
    before = [
        one
        for one in project.money
        if one.part is Part.FUNDING
        and one.printed.span is not None
        and _SUM_WORDS.search(one.name)
        and one.printed.span.end <= places[0].start
    ]
    if not before or before[-1].printed.amount is None:
        return None
    total = before[-1].printed
    start, end = (0, 0) if total.span is None else (total.span.end, places[-1].end)
    request = project.request
    has_request = request is not None and request.span is not None and start <= request.span.start < end
    if has_request and request is not None:
        parts[request.span] = request
    first = min(span.start for span in parts if span is not None)
    gap = first - start
    between = project.text[start:end]
    unread = any(start <= one.span.start < end and "元" in one.text for one in project.unread)
    if gap > _SOURCES_NEAR or "\n" in between or unread or len(parts) < 2:
        return None
    if any(exact_money(part) is None for part in parts.values()):
        return None
    # A total of several years has its sources as one of a single year has: they are the sources of that total.
    plain = Amount.of(total.number, before[-1].printed.amount.unit.text.split("[")[0])
    return Sources(
        parts=tuple(sorted(parts.values(), key=lambda part: part.span.start if part.span is not None else 0)),
        total=Given(value=plain, span=total.span, source=next(iter(parts.values())).source),
        has_request=has_request,
    )


_LEVEL = re.compile(
    r"(?:中央|省级?|市级?|州级?|县级?|区级?|乡?镇级?|本级)(?:本级)?(?:财政)?(?:预算|专项|补助|安排|拨款|转移支付|拨付|资金|经费)*"
)
_LED = re.compile(r"来源(?:渠道|构成)?(?:于|为|是|如下)?\s?[:：]?\s?(?:其中)?[:：]?\s?$")
_NEXT_SOURCE = re.compile(r"[、，,；;和及]{1,2}\s?(?:其中)?\s?")
_ALL_TOLD = re.compile(r"\s?(?:[。；;]|$|\n)")


def sources_of_granted(project: Project) -> Sources | None:
    """Return the sources that 资金来源 lists level by level, for they are all of what was granted; None for any others.

    They are held against it where the lines, or what was asked for and approved, bear it out, and it is not what the
    first or the last of them come to: then the others are money beside it.
    """
    granted, own = granted_of(project), exact_money(granted_of(project))
    parts = [source.amount for source in project.sources]
    places = [part.span for part in parts if part.span is not None]
    amounts = [amount for part in parts if (amount := exact_money(part)) is not None]
    if granted is None or own is None or len(parts) < 2 or not len(parts) == len(places) == len(amounts):
        return None
    roots = [amount.root for amount in amounts]
    beside = _is_run(own.root, roots[:-1]) or _is_run(own.root, roots[:0:-1]) or own.root in roots
    if beside or not all(_LEVEL.fullmatch(source.name.strip()) for source in project.sources):
        return None
    text = project.text
    begins = [source.span.start for source in project.sources]
    led = _LED.search(text, max(0, begins[0] - _LED_WIDTH), begins[0]) is not None
    listed = all(_NEXT_SOURCE.fullmatch(text, one.end, begin) for one, begin in zip(places, begins[1:], strict=False))
    return (
        Sources(parts=tuple(parts), total=granted, has_request=False)
        if led and listed and _ALL_TOLD.match(text, places[-1].end) and _is_borne_out(project, own)
        else None
    )


_LED_WIDTH = 16


def _is_borne_out(project: Project, granted: Amount) -> bool:
    asked = exact_money(project.request)
    if project.approval is not None and asked is not None and asked.root == granted.root:
        return True
    lines = [exact_money(line.amount) for line in project.lines]
    known = [amount.root for amount in lines if amount is not None]
    return len(known) == len(lines) > 1 and sum(known) == granted.root


def spending_only(project: Project) -> Project:
    """Return a project without the lines that are no use of money, or hold the lines after them.

    What was cut, quoted, budgeted or spent in all is no use of money. 5,000万元用于：路面3,200万元、监理1,800万元 is a
    total with its lines.
    """
    lines, heads = [], []
    for at, line in enumerate(project.lines):
        is_known = exact_money(line.amount) is not None  # what is not surely an amount leaves the list open
        if is_known and (_CUT_LINE.fullmatch(line.name) or _NO_USE.fullmatch(line.name)):
            continue
        span = line.amount.span
        holds = span is not None and _HOLDS.match(project.text, span.end) is not None
        if holds and at + 1 < len(project.lines) and not line.parts:
            heads.append(line.amount)
        else:
            lines.append(line)
    if len(lines) == len(project.lines):
        return project
    return evolve(project, lines=tuple(lines), totals=(*project.totals, *heads))


_HOLDS = re.compile(r"\s?(?:(?:主要|具体|分别|全部)?(?:用于|包括|分为)\s?)?[:：]")


def is_account(project: Project) -> bool:
    """Say whether a text tells what was done: its title says so, and it need not have the parts of an application.

    What is read as a performance report never comes here.
    """
    start = 0 if project.span is None else project.span.start
    end = project.sections[0].heading.start if project.sections else start
    return says_what_was_done(project.text, start, max(start, end))


def cut_explained(project: Project) -> bool:
    """Say whether the text explains that another sum was granted than was asked for: 经审核，核减5万元.

    Where the explanation names amounts, one of them must be the difference.
    """
    asked, granted = exact_money(project.request), exact_money(granted_of(project))
    section = project.section(Part.FUNDING)
    if section is None or asked is None or granted is None or asked == granted:
        return False
    if not _CUT.search(project.text, section.body.start, section.body.end):
        return False
    difference = abs(asked.root - granted.root)
    named = [
        one.printed.number * (one.printed.amount.unit.factor)
        for one in project.money
        if one.printed.amount is not None and one.part is Part.FUNDING and _CUT.search(one.name)
    ]
    return not named or difference in named


def totals_apart(project: Project, whole: Given | None) -> list[Given]:
    """Return the totals of the funding (合计, 小计) that are neither the whole nor the sum of lines beside them.

    A total that is some of the lines before it, or after it, is a subtotal, however many they are.
    """
    by_place = {one.printed.span: one.name for one in project.money if one.printed.span is not None}
    lines = [
        (line.amount.span.start, amount.root)
        for line in project.lines
        if line.amount.span is not None and (amount := exact_money(line.amount)) is not None
    ]
    if whole is None or len(lines) != len(project.lines):
        return []
    known = [printed_of(whole), printed_of(granted_of(project)), printed_of(project.request)]
    apart: list[Given] = []
    for total in project.totals[:_MOST_TOTALS]:
        amount = exact_money(total)
        name = by_place.get(total.span, "") if total.span is not None else ""
        if amount is None or total.span is None or total == whole or not _ADDED_UP.search(name):
            continue
        if any(agreeing(printed_of(total), other) for other in known):
            continue
        at = bisect.bisect_left(lines, (total.span.start, Fraction(0)))
        if not _is_run(amount.root, [root for _, root in reversed(lines[:at])]) and not _is_run(
            amount.root, [root for _, root in lines[at:]]
        ):
            apart.append(total)
    return apart


def _is_run(wanted: Fraction, amounts: Sequence[Fraction]) -> bool:
    """Say whether the first of some amounts, however many, come to a sum."""
    reached = Fraction(0)
    for amount in amounts:
        reached += amount
        if reached == wanted:
            return True
    return False


def is_partial(project: Project, line: Line) -> bool:
    """Say whether what stands in brackets after a line may be only some of it: 其中, 含, 包括, or a list that ends in 等."""
    first, last = line.parts[0].span, line.parts[-1].span
    start = line.amount.span.end if line.amount.span is not None else first.start
    opening = project.text[start : first.end]
    closing = project.text[last.end : last.end + 4]
    return len(line.parts) < 2 or _PARTIAL.search(opening) is not None or "等" in closing


_PARTIAL = re.compile("其中|含|包括|主要")
