"""Every amount of money that a text states: what names it, how it is printed, and which year's money it is.

The words beside an amount decide its kind, and an amount that follows in the same sentence keeps it until other words
decide otherwise. Imports only ``project``, ``quantities``, ``printed`` and ``lexing``.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Protocol, final

from attrs import evolve, frozen

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.documents.folding import span_of
from perfeval.documents.lexing import Name, NameKind, within
from perfeval.documents.printed import Printed
from perfeval.documents.project import MoneyKind, Part, Section, StatedMoney
from perfeval.documents.quantities import Quantity, Relation
from perfeval.errors import InputError
from perfeval.numerals import read_numeral

__all__ = [
    "Kind",
    "bare_number",
    "declared",
    "is_running_total",
    "money_kinds",
    "printed_money",
    "printed_of",
    "stated_money",
]


@final
@frozen
class Kind:
    """What an amount is the money of, and the year that the words give.

    ``is_lent`` where an amount before says so, and no list that it opens shows that this one is meant too.
    """

    kind: MoneyKind
    year: int | None = None
    is_lent: bool = False


ANNUAL = Kind(MoneyKind.ANNUAL)


@final
@frozen
class _Carried:
    """What holds for the amounts that follow in a sentence, whether a list of it has begun, and what held before it."""

    kind: Kind = ANNUAL
    is_list: bool = False
    before: _Carried | None = None


_CUMULATIVE = re.compile(
    r"累计(?![^，,。；;\n\d]{0,6}\s?\d{1,3}(?:\.\d{1,4})?\s?[%％])|总投资|总投入|总概算|概算|投资估算|总规模|总造价|合同总价|全周期|历年|以来"
    r"|(?:[二三四五六七八九十两]|(?<!\d)\d{1,2})\s?年(?:期间|间)?内?(?:共|合计|总|计划总)|(?:[二三四五]|(?<!\d)[2-5])\s?年期"
    r"|(?:建设|规划|实施)期内?(?:共|总|合计)"
)
# What was done by a day is cumulative, unless a year beside it says of which year.
_SO_FAR = re.compile(r"截[至止]|已(?:经)?(?:完成|支付|投入|到位|拨付|下达|使用|支出)")
_CARRIED = re.compile(r"结转|结余")
# A year of something else: 上年度考核结果, 2025年在册人数.
_OF_ELSE = (
    r"[^，,。；;、\n\d]{0,10}(?:考核|评价|工资总额|基数|结果|人数|户数|学生数|在册|文件|规定|印发|价格|统计|标准)"
)
_PRIOR = re.compile(rf"(?:上一?年度?|去年|往年|以前年度|前一年)(?!{_OF_ELSE})")
_YEAR_OF_ELSE = re.compile(_OF_ELSE)
_LATER = re.compile(r"次年|下年度?|下一年度?|明年|后年|以后年度|后续年度|今后")
_THIS = re.compile(r"本年度?|当年|今年|本次|此次")
_EACH = re.compile(r"每年|年均|逐年")
# These end what an amount before said of its year, and say no year themselves.
_ANEW = re.compile(r"年度预算|年度资金|年初预算|申请|申报|批复|核定")
_CHANGE = re.compile(
    r"(?:较(?![大多好高为])|比(?![例赛武对如照])|同比|环比)[^，,。；;\n]{0,24}?(?:增加|减少|增长|下降|增|减|压减|下调|上调)[了额]?[^，,。；;\n]{0,6}$"
    r"|(?:增加|减少|增长|下降|调增|调减|压减|净增|净减)[了额为:]?\s?$"
)
_UNIT_DECLARED = re.compile(
    r"(?:(?:金额|货币|计量|资金)?单位\s?(?:均|都)?(?:[:]|为|是)\s?|以下金额\s?(?:均|都)?(?:以|为)\s?)(?:人民币)?(?P<unit>亿元|万元|千元|百元|元)(?![\u4e00-\u9fff]|\s?[、/,，]\s?(?:人民币)?[亿万千百]?元)"
)
# 单位：万元、人: where two units are declared, a number that names no money may be of either.
_OTHER_UNIT = re.compile(r"\s?[、/,，]\s?[\u4e00-\u9fff]{1,3}(?=[)\n])")
_NAMES_COUNT = re.compile(
    r"(?:人员|人数|人次|户数|数量|个数|次数|天数|期数|批次|面积|里程|长度|公里数|台数|套数|亩数|村数|工程量|比例|占比|编号|序号|电话|年度|年份"
    r"|职工|学员|学生|群众|教师|农户|党员)\s{0,4}:?\s{0,4}$"
)
_HOLDS_OF = re.compile(r"\((?:含|内含|包含)[^()]{0,40}$")
_MONEY_BEFORE = re.compile(
    r"(?:费用?|款|金|资金|经费|补助|补贴|津贴|报酬|工资|金额|合计|小计|共计|总计|总额|预算数?|支出|执行数?|投入|拨款|收入|安排|批复|申请|成本|造价)"
    r"\s{0,4}(?:[:：=为是约共计]\s?){0,3}¥?\s{0,4}$"
)
_NAME_BEFORE = re.compile(r"[\u4e00-\u9fff)]\s{0,4}:?\s{0,4}$")
_ROW_ENDS = re.compile(r" {0,4}(?:$|[\n、，,；;。()])")
_BARE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_DIGITS_AFTER_POINT = re.compile(r"\d\.(\d+)")
_LEAD = 80
_LONGEST_BARE = 40
_NAME_WIDTH = 40
_YEAR = re.compile(r"(?:19|20)\d\d")
_SINCE_YEAR = re.compile(r"((?:19|20)\d\d)\s?年?度?(?:\d{1,2}月(?:\d{1,2}日)?)?\s?(?:至|到|[-—~])\s?$")
_UNTIL = re.compile(r"截[至止][到至]?\s?$")


# --------------------------------------------------------------------------------------------------------
# Numbers without a unit, and the unit that is declared for them


def bare_number(folded: str, mention: Quantity, *, in_rows: bool = False) -> Fraction | None:
    """Return the number of a mention that is well formed, has no unit, and is named as money; else None.

    ``in_rows`` takes any number between a name and the end of its row, as where a unit is declared for all of them.
    """
    written = folded[mention.span.start : mention.span.end].strip()
    if mention.amounts or len(written) > _LONGEST_BARE or not _BARE.fullmatch(written):
        return None
    if not _MONEY_BEFORE.search(folded, max(0, mention.span.start - _LEAD), mention.span.start) and not (
        in_rows
        and _NAME_BEFORE.search(folded, max(0, mention.span.start - 8), mention.span.start)
        and _ROW_ENDS.match(folded, mention.span.end)
        and not _NAMES_COUNT.search(folded, max(0, mention.span.start - 12), mention.span.start)
        and not _HOLDS_OF.search(folded, max(0, mention.span.start - 48), mention.span.start)
    ):
        return None
    try:
        return read_numeral(written)
    except InputError:
        return None


class _Headed(Protocol):
    """A section of any sort of text."""

    @property
    def part(self) -> object:
        """Which part it is."""

    @property
    def heading(self) -> Span:
        """Where its heading stands."""

    @property
    def body(self) -> Span:
        """What stands under it."""


def declared(
    folded: str,
    start: int,
    end: int,
    sections: Sequence[_Headed],
    mentions: Sequence[Quantity],
    *,
    rows_in: Container[object] = (Part.FUNDING, Part.SCHEDULE),
) -> list[Quantity]:
    """Give the bare amounts of a project the unit that is declared above them: 单位：万元.

    A unit that is declared under a heading holds to the end of that section, one above the first heading for all.
    ``rows_in`` are the parts in which rows may name a sum by anything.
    """
    found = list(_UNIT_DECLARED.finditer(folded, start, end))
    if not found:
        return list(mentions)
    starts = [section.heading.start for section in sections]
    reaches: list[tuple[int, int, str, bool]] = []
    for at, match in enumerate(found):
        place = bisect.bisect_right(starts, match.start()) - 1
        stop = sections[place].body.end if place >= 0 else end
        following = found[at + 1].start() if at + 1 < len(found) else end
        several = _OTHER_UNIT.match(folded, match.end()) is not None
        reaches.append((match.end(), min(stop, following), match["unit"], several))
    begins = [reach[0] for reach in reaches]
    result = []
    for mention in mentions:
        place = bisect.bisect_right(begins, mention.span.start) - 1
        number = None
        if place >= 0 and mention.span.start < reaches[place][1]:
            at = bisect.bisect_right(starts, mention.span.start) - 1
            in_rows = at >= 0 and sections[at].part in rows_in and not reaches[place][3]
            number = bare_number(folded, mention, in_rows=in_rows)
        if number is not None:
            amount = Amount.of(number, reaches[place][2])
            mention = evolve(  # noqa: PLW2901 - the mention as it is meant
                mention, amounts=(amount,), spans=(mention.span,), unit=reaches[place][2], problem=None
            )
        result.append(mention)
    return result


# --------------------------------------------------------------------------------------------------------
# Which year's money


def money_kinds(
    folded: str,
    known_names: Sequence[Name],
    mentions: Sequence[Quantity],
    year: int | None,
    start: int = 0,
    *,
    reporting: bool = False,
) -> Mapping[int, Kind]:
    """Return, for each mention of money, what it is the money of; ``start`` is where the first sentence may begin.

    In a report what was paid (已支付) is money of its year; in a plan it is what was paid so far.
    """
    kinds: dict[int, Kind] = {}
    current: _Carried | None = None  # nothing is said yet in this sentence
    outside: list[_Carried | None] = []  # what holds again after each bracket that is open
    before = start
    is_list = False
    for index, mention in enumerate(mentions):
        is_money = bool(mention.amounts) and mention.amounts[0].unit.is_money
        if not is_money and bare_number(folded, mention) is None:
            continue
        place = mention.spans[0].start if mention.spans else mention.span.start
        low = max(before, place - _REACH)
        between = folded[low:place]
        # 总投资…，其中： opens a list whose rows are money of the same kind.
        is_list = _OPENS_LIST.search(between) is not None or (is_list and "。" not in between)
        edge = max(between.rfind(mark) for mark in (_EDGE_OF_LIST if is_list else _EDGE)) + low
        if edge >= low or low > before:
            current, low = None, max(edge + 1, low)
            outside.clear()
        closed: list[tuple[int, int]] = []
        opened: list[int] = []
        for bracket in _BRACKET.finditer(folded, low, place):
            if bracket[0] == "(":
                opened.append(bracket.start())
            elif opened:
                closed.append((opened.pop(), bracket.end()))
            else:
                current = outside.pop() if outside else current
                closed.append((low, bracket.end()))
        outside += [current] * (len(opened) - _DEPTH)
        for at in opened[-_DEPTH:]:
            said = _said_kind(folded, known_names, low, at, year, closed, reporting=reporting)
            outside.append(_carried(folded, current, said, low, at) if said is not None else current)
        said = _said_kind(folded, known_names, low, place, year, closed, reporting=reporting)
        now = _carried(folded, current, said, low, place)
        own = now.kind
        if said is None and own.kind is not MoneyKind.ANNUAL and (own.kind is MoneyKind.CHANGE or not now.is_list):
            own = evolve(own, is_lent=True)
        if _CHANGE.search(folded, max(low, place - _LEAD), place):
            own = Kind(MoneyKind.CHANGE, own.year)
            # 较上年增加1万元 says what is compared, and nothing of what comes after it.
            now = _Carried(own, before=current if said is not None else now.before)
        if not (
            folded.startswith("、", before)
            and (current is None or current.kind.kind is MoneyKind.ANNUAL)
            and before > start
        ):
            current = now  # 、2025年欠付租金3万元 says the year of one item of a list, and not of the next
        kinds[index] = own
        before = mention.span.end
    return kinds


def is_running_total(folded: str, mention: Quantity) -> bool:
    """Say whether an amount is what has been paid so far: 累计支付45万元."""
    return _RUNNING.search(folded, max(0, mention.span.start - 16), mention.span.start) is not None


_BRACKET = re.compile(r"[()]")
_RUNNING = re.compile(r"累计(?:支付|支出|拨付|付款|付|使用|下达|兑付|完成)[^，,。；;\n\d]{0,6}$")
_DEPTH = 4
_EDGE = "。！!？?\n"
_EDGE_OF_LIST = "。！!？?"
_OPENS_LIST = re.compile(r"(?:其中|包括|分别为|如下)[:]?\s?\n|[:]\s?\n")
_REACH = 200
_HEADS_LIST = re.compile(r"其中|包括|包含|分别|用于|[:]")
_NEXT_ITEM = re.compile(r"[；;\n]")


def _carried(folded: str, current: _Carried | None, said: tuple[int, Kind] | None, low: int, place: int) -> _Carried:
    """Return what holds at an amount: what its own words say, or what an amount before it said.

    累计投入10万元，其中：…；… is a list of such money to its end. Without a list, what was said by the way (累计投入10万元；)
    is over where the next item of the list that it stands in begins; what was compared (较上年增加1万元) is over at once.
    """
    if said is not None:
        before = current if current is None or current.is_list or current.before is None else current.before
        before = before if before is None else evolve(before, before=None)
        return _Carried(said[1], is_list=_HEADS_LIST.search(folded, said[0], place) is not None, before=before)
    if current is None:
        return _Carried()
    if current.kind.kind is MoneyKind.ANNUAL or current.is_list:
        return current
    if _HEADS_LIST.search(folded, low, place):
        return evolve(current, is_list=True)
    is_over = current.kind.kind is MoneyKind.CHANGE or (
        current.before is not None and _NEXT_ITEM.search(folded, low, place) is not None
    )
    return (current.before or _Carried()) if is_over else current


def _said_kind(
    folded: str,
    known_names: Sequence[Name],
    low: int,
    place: int,
    year: int | None,
    closed: Sequence[tuple[int, int]],
    *,
    reporting: bool,
) -> tuple[int, Kind] | None:
    """Return the kind that the words from the amount before to this one decide, the last of them, and where it is said.

    None where none does.

    What stands in brackets that are ``closed`` before the amount is said of something else.
    """
    decided = [
        (name.start, kind)
        for name in within(known_names, low, place)
        if (kind := _kind_of_years(folded, name, low, year)) is not None
    ]
    for pattern, kind in (
        (_CUMULATIVE, Kind(MoneyKind.CUMULATIVE)),
        (_PRIOR, Kind(MoneyKind.PRIOR_YEAR, None if year is None else year - 1)),
        (_LATER, Kind(MoneyKind.OTHER_YEAR, None if year is None else year + 1)),
        (_THIS, Kind(MoneyKind.ANNUAL, year)),
        (_EACH, ANNUAL),
    ):
        decided += [(match.start(), kind) for match in pattern.finditer(folded, low, place)]
    kind_said = _last(decided, closed)
    if kind_said is not None:
        is_left = kind_said[1].kind is MoneyKind.PRIOR_YEAR and _CARRIED.search(folded, low, place)
        # What is left of last year is money of this one.
        return (kind_said[0], Kind(MoneyKind.ANNUAL, year)) if is_left else kind_said
    so_far = () if reporting else _SO_FAR.finditer(folded, low, place)
    weak = [(match.start(), Kind(MoneyKind.CUMULATIVE)) for match in so_far]
    weak += [(match.start(), Kind(MoneyKind.ANNUAL, year)) for match in _ANEW.finditer(folded, low, place)]
    return _last(weak, closed)


def _last(decided: Sequence[tuple[int, Kind]], closed: Sequence[tuple[int, int]]) -> tuple[int, Kind] | None:
    """Return what is decided last and where, outside of closed brackets."""
    if closed:
        decided = [one for one in decided if not any(start <= one[0] < end for start, end in closed)]
    return max(decided, key=lambda one: one[0]) if decided else None


def _kind_of_years(folded: str, name: Name, low: int, year: int | None) -> Kind | None:
    if name.kind not in (NameKind.YEAR, NameKind.DATE, NameKind.MONTHS):
        return None
    if _YEAR_OF_ELSE.match(folded, name.end):
        return None
    years = sorted({int(found) for found in _YEAR.findall(folded, name.start, name.end)})
    if len(years) > 1:
        return Kind(MoneyKind.CUMULATIVE)
    if not years or _UNTIL.search(folded, max(low, name.start - 4), name.start):
        return None  # 截至2025年底 says until when, not of which year
    since = _SINCE_YEAR.search(folded, max(low, name.start - 16), name.start)
    if since is not None and int(since[1]) != years[0]:
        return Kind(MoneyKind.CUMULATIVE)  # 2024年至2026年
    if years[0] == year:
        return Kind(MoneyKind.ANNUAL, year)
    return Kind(MoneyKind.PRIOR_YEAR if year is not None and years[0] == year - 1 else MoneyKind.OTHER_YEAR, years[0])


# --------------------------------------------------------------------------------------------------------
# As printed


def printed_money(folded: str, mention: Quantity, kind: Kind) -> list[Printed]:
    """Return the money of a mention as it is printed, or its bare number where it has none: that has no amount."""
    shown = [
        printed_of(folded, amount, span, kind)
        for amount, span in zip(mention.amounts, mention.spans, strict=True)
        if amount.unit.is_money
    ]
    number = None if shown else bare_number(folded, mention)
    if number is None:
        return shown
    point = _DIGITS_AFTER_POINT.search(folded[mention.span.start : mention.span.end])
    return [Printed(number=number, decimals=len(point[1]) if point else 0, amount=None, span=mention.span)]


def printed_of(folded: str, amount: Amount, span: Span, kind: Kind = ANNUAL) -> Printed:
    """Return an amount with the digits after its point as they are printed, in the unit of its kind of money.

    Chinese numerals are exact to a fen: 伍万元整 has no digits that could have been left out.
    """
    written = folded[span.start : span.end]
    digits = any(character.isascii() and character.isdigit() for character in written)
    point = _DIGITS_AFTER_POINT.search(written)
    decimals = len(point[1]) if point else 0
    if not digits:
        amount, decimals = amount.to("元"), 2
    return Printed(number=amount.number, decimals=decimals, amount=_of_kind(amount, kind), span=span)


def _of_kind(amount: Amount, kind: Kind) -> Amount:
    qualifier = {
        MoneyKind.ANNUAL: None,
        MoneyKind.CUMULATIVE: "累计",
        MoneyKind.PRIOR_YEAR: "上年",
        MoneyKind.OTHER_YEAR: f"{kind.year}年" if kind.year is not None else "其他年度",
        MoneyKind.CHANGE: "增减",
    }[kind.kind]
    if qualifier is None or "[" in amount.unit.text:
        return amount
    return Amount.of(amount.number, f"{amount.unit.text}[{qualifier}]")


def stated_money(
    text: str,
    folded: str,
    sections: Sequence[Section],
    mentions: Sequence[Quantity],
    kinds: Mapping[int, Kind],
    names_of: Mapping[int, tuple[str, int]],
) -> Iterator[StatedMoney]:
    """Yield all the money that is stated; ``names_of`` holds the words that name a mention and where they begin."""
    starts = [section.heading.start for section in sections]
    for index, kind in kinds.items():
        mention = mentions[index]
        place = bisect.bisect_right(starts, mention.span.start) - 1
        part: Part | None = sections[place].part if place >= 0 else None
        words, begin = names_of.get(index, ("", mention.span.start))
        if mention.relation is Relation.FACTORS:
            words, begin = "", mention.span.start
        shown = printed_money(folded, mention, kind)
        for printed in shown:
            end = printed.span.end if printed.span is not None else mention.span.end
            yield StatedMoney(
                name=words[:_NAME_WIDTH],
                kind=kind.kind,
                year=kind.year,
                printed=printed,
                part=part,
                span=span_of(
                    text, min(begin, mention.span.start), max(end, mention.span.end if len(shown) == 1 else end)
                ),
                comparator=mention.comparator,
                per=tuple(one.word for one in mention.per),
            )
