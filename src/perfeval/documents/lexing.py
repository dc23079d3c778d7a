"""What stands in a text as a number with a unit, and what only looks like one.

Names are not numbers: document numbers, years and dates, ordinals, list markers, quoted titles and set
phrases are found first, and nothing inside them is read as a quantity. Each pattern is linear: one pass,
no repeated group inside another. A unit may go on as the library shows one: 人[书记]/年, 人·天. Imports only
``units``, ``amounts``, ``numerals``, ``citations``, ``errors`` and ``facts``.
"""

from __future__ import annotations

import bisect
import enum
import functools
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import final

from attrs import evolve, frozen

from perfeval.amounts import Amount
from perfeval.errors import InputError
from perfeval.facts import Label
from perfeval.numerals import read_numeral
from perfeval.units import Unit, known_units

__all__ = ["PER_WORDS", "Figure", "Name", "NameKind", "figures", "names", "within"]

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


_HAN_NUMERAL = "零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
_HAN_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九十")}

# Set phrases of public prose: what they count is part of their name.
_PHRASES = (
    "三会一课|两个确立|两个维护|四个意识|四个自信|三个代表|五位一体|四个全面|八项规定|两学一做|一岗双责|三重一大|"
    "三个务必|一个中心|两不愁三保障|一事一议|一卡通|一站式|一体化|一揽子|一带一路|一年一度|千家万户|四好农村路|"
    "三资|三公(?!里|顷|斤)|三农|两新|七一|八一|十一黄金周|四议两公开|五险一金|一批(?!次)|一定|一些|一般|一致|一样|"
    "一系列|一方面|一体|一线|一流|一把手|一盘棋|一张网|一条龙|一部分|一把|一律|一旦|一直|一并|一切|万一|统一|"
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
        NameKind.DATE,
        (
            r"(?:19|20)\d\d\s?年\s?(?:\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号]|份|底|末|初|[上中下]旬)?"
            r"|第?[一二三四1-4]\s?季度|[上下]半年)"
            r"|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}(?!\d)"
            r"|(?<![\d.])\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号]|份|底|末|初|[上中下]旬|前|后)?(?!\d|/[\u4e00-\u9fff])"
            r"|(?<![一二三四五六七八九十每])[一二三四五六七八九十]{1,2}月(?:份|底|末|初|[上中下]旬|前|后)"
            r"|(?<![每个\d])第?[一二三四]季度|第[1-4]季度|[上下]半年"
        ),
    ),
    (
        NameKind.YEAR,
        # 1/2026 年 is a part of a year; 2025/2026年度 are two.
        (
            r"(?:(?<![\d.,/])|(?<=\D/)|(?<=(?:19|20)\d\d/))(?:19|20)\d\d\s?年(?:度)?"
            r"|(?<!\d)(?:19|20)\d\d\s?[-—]\s?(?:19|20)\d\d(?:\s?年)?"
        ),
    ),
    (NameKind.STAGE, r"第?(?:[一二三四五六七八九]|(?<!\d)[1-9])\s?阶段"),
    (NameKind.ORDINAL, r"第\s?(?:\d{1,9}|[零一二三四五六七八九十百千]{1,9})\s?[条款项章节期次批届号位名]?"),
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
        rf"(?:\d{{1,2}}|[{_HAN_NUMERAL}]{{1,3}})年(?=行动|计划|规划|攻坚|级)|[二三四五六七八九十]{{1,3}}届",
    ),
    (NameKind.QUOTED, r"[“「『\"][^“”「」『』\"\n]{1,24}[”」』\"]"),
    (NameKind.CODE, r"[A-Za-z][A-Za-z-]{0,20}\d{1,9}(?:\.\d{1,9})?|(?<!\d)\d{1,3}[GKg](?![A-Za-z])"),
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
        numbers = _numbers_in(kind, match[0])
        if kind is NameKind.MONTHS and not _are_months(numbers):
            at = start + 1
            continue
        found.append(Name(kind, start, end, numbers))
        at = end
    return found


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


# --------------------------------------------------------------------------------------------------------
# Figures: a number and its unit.

_TOO_LONG = 40
_TOO_MANY_DIGITS = Label("数字过长", "too many digits")
_NOT_CONVERTED = Label("这一单位不能换算", "a unit that is not converted")
_NOT_KNOWN = Label("不认识的计量单位", "a unit that is not known")
_ODD_NUMBER = Label("数字写法不规范", "a number that is not well formed")
_UNITS = (
    "人民币元|万亿元|千万元|百万元|十万元|亿元|万元|千元|百元|元|角|%|‰|个百分点|百分点|"
    "人次|人天|人日|人月|人年|户次|班次|批次|场次|标箱|公里|千米|平方米|平方公里|公顷|立方米|公斤|千克|"
    "小时|分钟|学时|课时|学分|半天|个工作日|工作日|个季度|季度|个月|个半年|半年|年度|个组织|"
    r"组织(?=[/·\[])|"
    "人|名|位|口|次|批|个|户|家|期|门|场|项|台|辆|班|篇|份|册|本|套|件|条|处|间|支|遍|轮|村|张|只|块|栋|幢|座|"
    "所|部|组|盏|株|亩|吨|米|床|天|日|周|星期|月|年|倍|分|℃|度"
)
# How a unit is told to the library, where that is not how it is written.
_AS_UNIT = {"人民币元": "元", "班次": "班"}
_NO_UNIT = frozenset(["百分点", "个百分点", "分", "度", "℃"])
# A counter is no counter when it only begins another word.
_NOT_BEFORE = {
    "天": "然津",
    "年": "级龄轻限",
    "次": "要序日年",
    "期": "间限望末",
    "门": "口类槛",
    "户": "籍外口",
    "家": "庭属里长企",
    "人": "才民大口员物",
    "位": "于置",
    "项": "目",
    "本": "级部地年单着身市县区项",
    "场": "地所馆",
    "支": "部持",
    "组": "织",
    "班": "子组",
    "处": "理置",
    "条": "件例",
    "件": "事",
    "分": "别类析为成期批阶两级布支享管区片局",
    "月": "度",
    "日": "常程益",
    "度": "过",
    "部": "门分署",
    "所": "有在需属",
    "村": "委级民",
    "座": "谈",
    "块": "钱",
    "批": "复准",
    "轮": "训",
    "元": "旦素",
    "台": "账",
    "周": "边期年",
    "米": "面",
}
# Numerals in words stand before these only as an article, or as part of some other word.
_NOT_AFTER_WORDS = frozenset(
    [
        "分",
        "部",
        "条",
        "张",
        "只",
        "块",
        "度",
        "床",
        "米",
        "组",
        "支",
        "轮",
        "班",
        "批",
        "座",
        "℃",
        "本",
        "村",
        "口",
        "位",
    ]
)
_SCALE = "十百千万亿"
# What may follow "per" and is read even where more words follow: 元/人的, 每个月.
PER_WORDS = (
    "个月|月份|月|个季度|季度|季|半年|年度|年|半天|天|日|周|星期|小时|学时|课时|人次|人天|人日|人月|人年|人|期|次|场|班|门|"
    "标箱|平方米|公里|亩|辆|户|家|项|件|条|台|间|份|篇|册|本|套|处|所|支|名|位|床|村|个"
)
# A kind of what is counted, or of money: 人[书记]. Marks of notes are none: [1], [a], [注2].
_QUALIFIER = r"\[(?!\d+\]|[A-Za-z]\d*\]|注\d*\])[0-9A-Za-z\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]{1,16}\]"
_FIGURE = re.compile(
    r"(?P<share>(?:百分之|千分之)\s?(?:\d[\d.]{0,20}|[零一二两三四五六七八九十百点]{1,12}))"
    rf"|(?P<part>[{_HAN_NUMERAL}]{{1,6}}分之[{_HAN_NUMERAL}]{{1,6}})"
    r"|(?P<all>百分百)"
    r"|(?P<tenths>[一二三四五六七八九]成[一二三四五六七八九半]?)(?![员立功为果效本分长熟就都份品交绩年人])"
    r"|(?P<ratio>(?<![\d/.,])\d{1,4}/\d{1,4}(?![\d/.,年月]))"
    rf"|(?P<arabic>\d(?:[\d.,，]*\d)?(?:\s?[{_SCALE}](?:[{_SCALE}\d.]*[{_SCALE}\d])?)?)"
    rf"|(?P<han>[{_HAN_NUMERAL}点]+)"
)
_UNIT = re.compile(rf"\s{{0,3}}(?P<about>[多余来]?)(?P<unit>{_UNITS})")
# 1/3 天 is a third of a day; 3/5日, 2026/6月 and 2025/26年 are dates.
_FRACTION = re.compile(r"(?<![\d/.,])(?P<over>\d++)/(?P<under>\d++)(?!年|月|日)")
_FRACTION_TOO_LONG = 2_000
_HAN_ONLY = re.compile(r"[\u4e00-\u9fff]+")
_UNIT_AFTER_PERCENT = re.compile(r"(?:亿|百万|千|万)?元|%")
_SMALL_MONEY = re.compile(rf"零?(?:\d|[{_HAN_NUMERAL}])角(?:(?:\d|[{_HAN_NUMERAL}])分)?|零?(?:\d|[{_HAN_NUMERAL}])分")
_WHOLE = re.compile(r"[整正](?![个体理治合改式确])")
_GROUPED = re.compile(r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_STARTS_BIG = frozenset("百千万亿点佰仟")


@final
@frozen
class Figure:
    """A number with the unit that follows it; ``amount`` is None where it could not be read, ``problem`` says why.

    ``start`` to ``end`` are the number and its unit; ``number_end`` is where the number alone ends. ``unit_end`` is
    where the unit ends when it goes on as the library shows one, as 人[书记]/年 does after 人. ``bare`` is a number
    that no unit follows, as the 3 of 3—5天.
    """

    start: int
    number_end: int
    end: int
    unit: str | None
    amount: Amount | None
    number: Fraction | None
    problem: Label | None = None
    about: bool = False
    bare: Fraction | None = None
    unit_end: int | None = None


def figures(folded: str, known_names: Sequence[Name]) -> Iterator[Figure]:
    """Yield the figures of the folded text in order, passing over names.

    >>> [str(figure.amount) for figure in figures("培训5 天，安排2.5万元", [])]
    ['5 天', '2.5 万元']
    """
    at = 0
    for name in [*known_names, None]:
        stop = len(folded) if name is None else name.start
        while match := _FIGURE.search(folded, at, stop):
            figure = _figure(folded, match, stop)
            if figure is None:
                at = max(match.end(), match.start() + 1)
                continue
            figure = _with_whole_unit(folded, figure)
            yield figure
            at = figure.unit_end or figure.end
        if name is not None:
            at = max(at, name.end)


def _figure(folded: str, match: re.Match[str], stop: int) -> Figure | None:
    start, end = match.span()
    kind = match.lastgroup
    number_text = match[0]
    fraction = _fraction(folded, start, stop) if kind in ("ratio", "arabic") else None
    if fraction is not None:
        return fraction
    if kind in ("share", "part", "all", "tenths", "ratio"):
        return _share(kind, start, end, number_text)
    unit_match = _UNIT.match(folded, end, stop)
    unit = unit_match["unit"] if unit_match else None
    if unit_match and unit and _begins_a_word(unit, folded[unit_match.end() : unit_match.end() + 1]):
        unit, unit_match = None, None
    article = len(number_text) == 1 and unit in _NOT_AFTER_WORDS
    if kind == "han" and (unit is None or article or number_text[0] in _STARTS_BIG):
        return None
    if unit_match is None or unit is None:
        return _without_unit(folded, start, end, number_text)
    whole_end = unit_match.end()
    if unit.endswith("元"):
        small = _SMALL_MONEY.match(folded, whole_end, stop)
        whole_end = small.end() if small else whole_end
        whole = _WHOLE.match(folded, whole_end, stop)
        whole_end = whole.end() if whole else whole_end
    problem = _ill_formed(number_text) or _negative(folded, start)
    if problem is None and unit in _NO_UNIT:
        problem = _NOT_CONVERTED
    if problem is not None:
        return Figure(start, end, whole_end, unit, None, None, problem)
    figure = _read(folded, start, end, whole_end, number_text, unit)
    doubled = _UNIT_AFTER_PERCENT.match(folded, whole_end, stop) if unit == "%" else None
    if doubled is not None:
        figure = evolve(figure, end=doubled.end(), problem=Label("单位重复", "a unit after a unit"))
    return evolve(figure, about=True) if unit_match["about"] else figure


def _fraction(folded: str, start: int, stop: int) -> Figure | None:
    """Return the figure of a fraction that a unit follows, such as 1/3 天; None for any other pair of numbers."""
    match = _FRACTION.match(folded, start, stop)
    unit_match = _UNIT.match(folded, match.end(), stop) if match else None
    if match is None or unit_match is None or unit_match["about"] or unit_match["unit"] == "日":
        return None
    unit, end = unit_match["unit"], unit_match.end()
    if _begins_a_word(unit, folded[end : end + 1]):
        return None
    problem = _TOO_MANY_DIGITS if len(match[0]) > _FRACTION_TOO_LONG else _negative(folded, start)
    if problem is None and not match["under"].strip("0"):
        problem = _ODD_NUMBER
    if problem is None and unit in _NO_UNIT:
        problem = _NOT_CONVERTED
    if problem is not None:
        return Figure(start, match.end(), end, unit, None, None, problem)
    number = Fraction(int(match["over"]), int(match["under"]))
    amount, problem = _of(number, unit)
    return Figure(start, match.end(), end, unit, amount, number, problem)


def _with_whole_unit(folded: str, figure: Figure) -> Figure:
    """Say where the unit ends that goes on with qualifiers, products and rates, where the library knows it so."""
    if figure.amount is None or figure.unit is None:
        return figure
    match = _unit_pattern().match(folded, figure.end)
    if match is None or not match[0]:
        return figure
    try:
        Unit.parse(figure.amount.unit.text + match[0])
    except InputError:
        return figure
    return evolve(figure, unit_end=match.end())


@functools.cache
def _unit_pattern() -> re.Pattern[str]:
    """Return what a unit may go on with: its kind, what it is multiplied by (人·天), what it is counted per."""
    names = {name for shown, others in known_units().items() for name in (shown, *others) if _HAN_ONLY.fullmatch(name)}
    listed = "|".join(sorted(names, key=lambda name: (-len(name), name)))
    # A name that is no word of "per" must end where the Chinese words end: 元/组织, not 元/组织活动.
    alone = rf"(?:{listed})(?:{_QUALIFIER}|(?![\u4e00-\u9fff]))"
    return re.compile(rf"(?:{_QUALIFIER})?(?:·{alone})*+(?:/(?:{alone}|{PER_WORDS})(?:[/·](?:{alone}|{PER_WORDS}))*+)?")


def _begins_a_word(unit: str, following: str) -> bool:
    return bool(following) and following in _NOT_BEFORE.get(unit, "")


def _read(folded: str, start: int, end: int, whole_end: int, number_text: str, unit: str) -> Figure:
    squeezed = number_text.replace("，", ",").replace(" ", "")
    try:
        if whole_end > end and (unit.endswith("元") or unit == "角"):
            written = folded[end:whole_end].replace(" ", "").replace("人民币元", "元")
            amount = Amount.parse(squeezed + written)
            return Figure(start, end, whole_end, unit, amount, amount.number_in(amount.unit))
        number = read_numeral(squeezed)
    except InputError:
        return Figure(start, end, whole_end, unit, None, None, _ODD_NUMBER)
    amount_read, problem = _of(number, unit)
    return Figure(start, end, whole_end, unit, amount_read, number, problem)


def _of(number: Fraction, unit: str) -> tuple[Amount | None, Label | None]:
    try:
        return Amount.of(number, _AS_UNIT.get(unit, unit)), None
    except InputError:
        return None, _NOT_KNOWN


def _share(kind: str, start: int, end: int, text: str) -> Figure:
    problem = None
    number: Fraction | None = None
    try:
        if kind == "all":
            number = Fraction(100)
        elif kind == "tenths":
            half = text[2:] == "半"
            number = 10 * read_numeral(text[0]) + (5 if half else read_numeral(text[2:] or "零"))
        elif kind == "ratio":
            over, under = text.split("/")
            number = Fraction(int(over) * 100, int(under))
        elif kind == "part":
            under, over = text.split("分之")
            number = read_numeral(over) * 100 / read_numeral(under)
        else:
            number = read_numeral(text[3:].strip())
            number = number / 10 if text.startswith("千") else number
    except (InputError, ZeroDivisionError):
        problem = _ODD_NUMBER
    amount = None if number is None else Amount.of(number, "%")
    return Figure(start, end, end, "%", amount, number, problem)


def _without_unit(folded: str, start: int, end: int, text: str) -> Figure:
    problem = _ill_formed(text) or _negative(folded, start)
    bare: Fraction | None = None
    if problem is None:
        try:
            bare = read_numeral(text.replace("，", ",").replace(" ", ""))
        except InputError:
            problem = _ODD_NUMBER
    if bare is not None and folded[max(0, start - 3) : start].rstrip().endswith("¥"):
        return Figure(start, end, end, "元", Amount.of(bare, "元"), bare)
    return Figure(start, end, end, None, None, None, problem or Label("没有单位", "no unit"), bare=bare)


def _ill_formed(text: str) -> Label | None:
    if len(text) > _TOO_LONG:
        return _TOO_MANY_DIGITS
    if text[0].isdigit():
        plain = text.rstrip(_SCALE).replace(" ", "")
        if any(scale in plain for scale in _SCALE):
            return None  # such as 1亿2千万: the numeral reader judges it
        if not _GROUPED.fullmatch(plain) and not _PLAIN.fullmatch(plain):
            return _ODD_NUMBER
    return None


def _negative(folded: str, start: int) -> Label | None:
    """Refuse a number after a minus; after a digit or a unit the sign is that of a range."""
    before = folded[max(0, start - 2) : start]
    if before.endswith("-") and not (len(before) == 2 and (before[0] in "0123456789%)年月日天元人个期次时")):
        return Label("负数", "a negative number")
    return None
