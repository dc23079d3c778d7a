"""Which numbers of a text are part of a name: document numbers, dates, ordinals, list markers, titles, set phrases.

Names are found first, and nothing inside them is read as a quantity. Each pattern is linear: one pass, no repeated
group inside another. Imports nothing of the library.
"""

from __future__ import annotations

import bisect
import enum
import re
from collections.abc import Sequence
from typing import final

from attrs import frozen

__all__ = ["HAN_NUMERAL", "Name", "NameKind", "in_digits", "names", "within"]

# --------------------------------------------------------------------------------------------------------
# Names: places whose digits and numerals are no quantities.


@final
class NameKind(enum.Enum):
    """Why something with a number in it is not a quantity."""

    DOCUMENT = "document"
    MONTHS = "months"
    DATE = "date"
    YEAR = "year"
    ORDINAL = "ordinal"
    STAGE = "stage"
    MARKER = "marker"
    TITLE = "title"
    QUOTED = "quoted"
    PHRASE = "phrase"
    CODE = "code"


@final
@frozen
class Name:
    """A place in the folded text whose numbers are part of a name; ``numbers`` holds what the name says."""

    kind: NameKind
    start: int
    end: int
    numbers: tuple[int, ...] = ()


HAN_NUMERAL = "零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
_HAN_DIGITS = "零一二三四五六七八九"
# 二零二六年三月二十日: a year said digit by digit, and the months and days that follow it.
_HAN_YEAR = rf"(?:一九|二[零○])[{_HAN_DIGITS}○]{{2}}\s?年"
_HAN_MONTH = r"[一二三四五六七八九十]{1,2}\s?月"
_HAN_DAY = r"[一二三四五六七八九十]{1,3}\s?[日号]"

# Set phrases of public prose: what they count is part of their name.
_PHRASES = (
    "三会一课|两个确立|两个维护|四个意识|四个自信|三个代表|五位一体|四个全面|八项规定|两学一做|一岗双责|三重一大|"
    "三个务必|一个中心|两不愁三保障|一事一议|一卡通|一站式|一体化|一揽子|一带一路|一年一度|千家万户|四好农村路|"
    "三资|三公(?!里|顷|斤)|三农|两新|(?<![一二三四五六七八九十百千万亿零])[七八]一(?![一二三四五六七八九十百千万亿零])|十一黄金周|四议两公开|五险一金|一批(?!次)|一定|一些|一般|一致|一样|"
    "一系列|一方面|一体|一线|一流|一把手|一盘棋|一张网|一条龙|一部分|一把|一律|一旦|一直|一并|一切|(?<![一二三四五六七八九十百千亿零])万一(?![一二三四五六七八九十百千万亿零])|统一|"
    "一波三折|七折八扣|"
    "唯一|同一|专一|单一|(?<!分)之一|任一|逐一|进一步|第一时间"
)
_NAME_PATTERNS: tuple[tuple[NameKind, str], ...] = (
    (NameKind.DOCUMENT, r"[〔\[(【]\s?(?:19|20)\d\d\s?[年]?[〕\])】]\s?第?\s?\d{1,6}\s?号"),
    (NameKind.TITLE, r"《[^《》\n]{1,120}》"),
    (
        NameKind.MONTHS,
        r"(?<![\d.])(?:(?:19|20)\d\d\s?年度?\s?)?\d{1,2}\s?月?份?\s?(?:[-—~]{1,2}|至|到)\s?\d{1,2}\s?月(?:份|底|末)?",
    ),
    (
        NameKind.MONTHS,
        rf"{_HAN_YEAR}\s?{_HAN_MONTH}\s?(?:[-—~]{{1,2}}|至|到)\s?{_HAN_MONTH}(?:份|底|末)?(?!\s?{_HAN_DAY})",
    ),
    (
        NameKind.DATE,
        (
            rf"{_HAN_YEAR}(?:\s?{_HAN_MONTH}(?:\s?{_HAN_DAY}|份|底|末|初|[上中下]旬)?|第?[一二三四]\s?季度|[上下]半年|度)?|"
            r"(?<=月)\s?\d{1,2}\s?[日号]"
            r"|(?:19|20)\d\d[./]\d{1,2}\s?[-—~至]{1,2}\s?(?:19|20)\d\d[./]\d{1,2}(?![\d.])"
            r"|(?<![\d.])\d{1,2}(?:、\d{1,2}){1,11}\s?月(?!份?\d)"
            r"|(?:19|20)\d\d\s?年\s?(?:\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号]?(?:\s?[-—~至]\s?\d{1,2})?\s?[日号]|份|底|末|初|[上中下]旬)?"
            r"|第?[一二三四1-4]\s?季度|[上下]半年)"
            r"|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}(?!\d)"
            r"|(?<![\d.×*✕╳])(?<![×*✕╳] )\d{1,2}\s?月(?!\s?[×*✕╳])(?:\s?\d{1,2}\s?[日号]?(?:\s?[-—~至]\s?\d{1,2})?\s?[日号]|份|底|末|初|[上中下]旬|前|后)?(?!\d|/[\u4e00-\u9fff])"
            r"|(?<![一二三四五六七八九十每])[一二三四五六七八九十]{1,2}月(?:份|底|末|初|[上中下]旬|前|后)"
            r"|(?<![每个\d])第?[一二三四]季度|第[1-4]季度|[上下]半年"
        ),
    ),
    (
        NameKind.YEAR,
        # 1/2026 年 is a part of a year; 2025/2026年度 are two; 1,2017年 is a number with thousands that slipped.
        (
            r"(?:(?<![\d./])(?<!\d,)|(?<=\D/)|(?<=(?:19|20)\d\d/))(?:19|20)\d\d\s?年(?:度)?"
            r"|(?<!\d)(?:19|20)\d\d\s?[-—]\s?(?:19|20)\d\d(?:\s?年)?|(?<!\d)(?:19|20)\d\d(?=\s?全年)"
        ),
    ),
    (NameKind.STAGE, r"第?(?:[一二三四五六七八九]|(?<!\d)[1-9])\s?阶段"),
    (
        NameKind.ORDINAL,
        r"第\s?(?:\d{1,9}(?:\s?[-—~至、]\s?\d{1,9}){0,5}|[零一二三四五六七八九十百千]{1,9})\s?[条款项章节期次批届号位名年]?",
    ),
    (
        NameKind.MARKER,
        (
            r"(?<!\S)(?:\d{1,2}[.、](?!\d)|[一二三四五六七八九十]{1,3}[、.])"
            r"|\((?:\d{1,2}|[一二三四五六七八九十]{1,3})\)"
            r"|(?<=[。；;：:,，\s])(?:\d{1,2}[、](?!\d)|\d{1,2}[.](?![\d\s]))"
            r"|[①-⑳]|(?:(?<=[。；;：:,，\s”])|(?m:^))[一二三四五六七八九十]{1,3}(?:是|要|、)"
        ),
    ),
    (NameKind.PHRASE, _PHRASES),
    (
        NameKind.PHRASE,
        rf"(?:\d{{1,2}}|[{HAN_NUMERAL}]{{1,3}})年(?=行动|计划|规划|攻坚|级)|[二三四五六七八九十]{{1,3}}届",
    ),
    (NameKind.QUOTED, r"[“「『\"][^“”「」『』\"\n]{1,24}[”」』\"]"),
    (
        NameKind.PHRASE,
        # 7×24小时 is round the clock, 1:1配套 as much again, 12345 and 0571-12345678 are telephones.
        (
            r"(?<![\d.])(?:7\s?[×xX*]\s?24|24\s?[×xX*]\s?7)(?!\d)(?:\s?个?小时)?"
            r"|(?<![\d.:])\d{1,3}(?::\d{1,3}){1,2}(?=\s?(?:的?比例|配套|配备|配比|匹配|等额))"
            r"|(?<![\d.,])(?:123\d\d(?=\s?(?:政务|便民|市民|服务|消费|纪检|投诉|举报|公益|热线|平台))"
            r"|1(?:10|19|20|22)(?=\s?(?:报警|接警|接处警|急救|指挥中心|联动|热线|服务台)))"
            r"|(?<![\d.])[1-5]A{1,2}(?=级|景区|旅游)"
            r"|(?<![\d.])0\d{2,3}\s?-\s?\d{7,8}(?!\d)(?:\s?[-转]\s?\d{1,5})?|(?:(?<=[话机号])|(?<=[话机号式]:))1[3-9]\d{9}(?!\d)"
        ),
    ),
    (
        NameKind.CODE,
        r"(?!(?<=[\d\s/])m[23](?![\dA-Za-z.]))[A-Za-z][A-Za-z-]{0,20}\d{1,9}(?:\.\d{1,9})?|(?<!\d)\d{1,3}[GKg](?![A-Za-z])|(?<![\d.])[2-9]D(?=[\u4e00-\u9fff])|(?<![\d:])(?:[01]?\d|2[0-4]):(?:00|15|30|45)(?![\d.:])",
    ),
)
_NAME = re.compile("|".join(f"(?P<n{at}>{pattern})" for at, (_, pattern) in enumerate(_NAME_PATTERNS)))
_QUANTITY_INSIDE = re.compile(r"\d\s{0,2}(?:元|[百千万亿]|学时|%|天|人)|百分之|不少于|不低于|不超过|不高于")
_MONTH_PAIR = re.compile(r"(\d{1,2})\s?月?份?\s?(?:[-—~]{1,2}|至|到)\s?(\d{1,2})\s?月")
_SHORT_NUMBER = re.compile(r"\d{1,6}")


def names(folded: str) -> list[Name]:
    """Find the names of the folded text that hold numbers, in order and without overlap.

    >>> [name.kind.name for name in names("依据某发〔2023〕5号，2026年1-12月分片区开展，第三条，一是")]
    ['DOCUMENT', 'MONTHS', 'ORDINAL', 'MARKER']
    """
    found: list[Name] = []
    at = 0
    while match := _NAME.search(folded, at):
        kind = _NAME_PATTERNS[int((match.lastgroup or "n0")[1:])][0]
        start, end = match.span()
        if kind is NameKind.QUOTED and _QUANTITY_INSIDE.search(match[0]):
            at = start + 1  # what is quoted is itself a statement with figures: read it
            continue
        numbers = _numbers_in(kind, in_digits(match[0]))
        if kind is NameKind.MONTHS and not _are_months(numbers):
            at = start + 1
            continue
        found.append(Name(kind, start, end, numbers))
        at = end
    return found


def in_digits(date: str) -> str:
    """Return a date that begins with a year in Chinese numerals as it is written in digits; any other as it is.

    >>> in_digits("二零二六年三月二十一日"), in_digits("一月至三月")
    ('2026年3月21日', '一月至三月')
    """
    if _HAN_DATE.match(date) is None:
        return date
    year = "".join(str(_HAN_DIGITS.index(digit)) for digit in date[:4].replace("○", "零"))
    return year + _HAN_OF_DATE.sub(lambda number: str(_below_a_hundred(number[0])), date[4:])


_HAN_DATE = re.compile(_HAN_YEAR)
_HAN_OF_DATE = re.compile(r"[一二三四五六七八九十]{1,3}(?=\s?[月日号])")


def _below_a_hundred(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    last = _HAN_DIGITS.find(ones) if ones else 0
    return last + 10 * (_HAN_DIGITS.find(tens) if tens else 1) if ten else last


def _numbers_in(kind: NameKind, text: str) -> tuple[int, ...]:
    if kind is NameKind.MONTHS:
        pair = _MONTH_PAIR.search(text)
        return (int(pair[1]), int(pair[2])) if pair else ()
    if kind in (NameKind.YEAR, NameKind.DOCUMENT, NameKind.DATE):
        return tuple(int(number) for number in _SHORT_NUMBER.findall(text))
    return ()


def _are_months(numbers: Sequence[int]) -> bool:
    return len(numbers) == 2 and all(1 <= number <= 12 for number in numbers)


def within(sorted_names: Sequence[Name], start: int, end: int) -> list[Name]:
    """Return those of the sorted names that stand wholly between two places."""
    first = bisect.bisect_left(sorted_names, start, key=lambda name: name.start)
    last = bisect.bisect_left(sorted_names, end, key=lambda name: name.start)
    return [name for name in sorted_names[first:last] if name.end <= end]
