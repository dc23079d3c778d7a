"""What stands in a text as a number with a unit: 15,000.00元, 壹万元整, 三分之二, 1天半, 300余户.

A number is read where it has one meaning. 数十人 and 十几万元 only hint at one: such a figure has a problem and no
amount. A placeholder (XX万元) is a figure without an amount. A unit may go on as the library shows one: 人[书记]/年,
人·天. Each pattern is linear. Imports ``lexing``, ``counters``, ``blanks``, ``units``, ``amounts``, ``numerals``,
``errors`` and ``facts``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias, final

from attrs import evolve, frozen

from perfeval.amounts import Amount
from perfeval.documents.blanks import Blank
from perfeval.documents.counters import AS_UNIT, HALVED, NOT_AFTER_WORDS, NOT_CONVERTED, PER_WORDS, UNITS, begins_a_word
from perfeval.documents.lexing import HAN_NUMERAL, Name
from perfeval.errors import InputError
from perfeval.facts import Label
from perfeval.numerals import read_numeral
from perfeval.units import Unit, known_units

__all__ = ["Figure", "figures"]

_TOO_LONG = 40
_KEPT = 4096
"""How many figures are remembered: a text repeats its figures, and a table its units."""

_TOO_MANY_DIGITS = Label("数字过长", "too many digits")
_NOT_CONVERTED = Label("这一单位不能换算", "a unit that is not converted")
_DISCOUNT = Label("折扣，不是数额", "a discount, which is no amount of its own")
_NOT_KNOWN = Label("不认识的计量单位", "a unit that is not known")
_ODD_NUMBER = Label("数字写法不规范", "a number that is not well formed")
_HINTED = Label("概数，没有确定的数字", "a number that is only hinted at")
_PLACEHOLDER = Label("占位符，尚未填写", "a placeholder that was not filled in")
_TOLERANCE = Label("偏差，不是数额", "a tolerance, which is no amount of its own")
_SPACED = Label("数字中有空格", "a space inside the number")
_NO_UNIT = Label("没有单位", "no unit")

_SCALE = "十百千万亿"
# A kind of what is counted, or of money: 人[书记]. Marks of notes are none: [1], [a], [注2].
_QUALIFIER = r"\[(?!\d+\]|[A-Za-z]\d*\]|注\d*\])[0-9A-Za-z\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]{1,16}\]"
# The 千 of 5 千瓦 and the 百 of 5 百分点 belong to the unit.
_ARABIC = rf"\d(?:[\d.,，]*\d)?(?:\s?(?!千[瓦克米]|百分点)[{_SCALE}](?:[{_SCALE}零\d.]*[{_SCALE}\d])?)?"
_FIGURE = re.compile(
    r"(?=[\d" + HAN_NUMERAL + r"数几好半点¼½¾⅓⅔])(?:"
    rf"(?P<share>(?:百分之|千分之|万分之)\s?(?:\d[\d.]{{0,20}}|[{HAN_NUMERAL}点]{{1,12}}))"
    rf"|(?P<part>[{HAN_NUMERAL}]{{1,6}}分之[{HAN_NUMERAL}]{{1,6}})"
    r"|(?P<all>百分百)"
    r"|(?P<most>(?<![大多小对前后一])半数(?![值据码字学控]))"
    r"|(?P<tenths>(?:[一二三四五六七八九]{1,2}|[1-9](?:\.\d)?)成[一二三四五六七八九半]?)(?![员立功为果效本分长熟就都份品交绩年人])"
    r"|(?P<hinted>(?<!人)数[十百千万亿]{1,3}|(?:好几|几)[十百千万亿]{1,3}|[一二三四五六七八九]?十几[百千万亿]{0,2}|[¼½¾⅓⅔])"
    rf"|(?<![上下每前后大小多两一过对各个\d{HAN_NUMERAL}])(?P<half>半)(?=个(?:月|小时|学期)|年|天|日|小时|学时|学期)"
    r"|(?P<ratio>(?<![\d/.,])[0-9]{1,4}/[0-9]{1,4}(?![\d/.,年月]))"
    r"|(?P<spaced>(?<![\d.,，/A-Za-z])[1-9]\d{0,2}(?:\x20\d{3}){1,5}(?:\.\d{1,8})?(?![\d.,，]|\x20\d))"
    rf"|(?P<arabic>{_ARABIC})"
    rf"|(?P<han>[{HAN_NUMERAL}点]+)"
    r")"
)
# What is glued to a number in front makes it the tail of another: .5元, 1'000元, 0。5元, 10  000元. Dots that lead, and the
# point after the number of a heading, do not; nor does the end of a sentence after 1/6.
_GLUED = re.compile(r"(?<![\d.一二三四五六七八九十)])\.\Z|\d['’_`]\Z|(?<![\d/.,:-])\d{1,3}。\Z|\d(?P<gap>\x20{2,3})\Z")
_GROUP = re.compile(r"\d{3}(?![\d.,，])")
_ARABIC_ALONE = re.compile(_ARABIC)
# 材料费 3, and 人工费 2 on the next line: a line that begins with a name and its number begins with no unit.
_GAP = r"(?:[^\S\n]{0,3}|\s{0,3}(?!(?![百千万亿]{0,2}元)[\u4e00-\u9fff]{2,12}[^\S\n]{0,4}[:：]?[^\S\n]{0,4}\d))"
_UNIT = re.compile(rf"{_GAP}(?P<about>[多余来]?)(?P<scale>(?<=[多余来])[万亿])??(?P<unit>{UNITS})")
# 一个半月 and 一年半: half of the unit more.
_AND_HALF = re.compile(r"\s?个半(?P<unit>月|小时|学期|学时)")
_HALF_AFTER = re.compile(r"半(?![年月天小日数价径圆边脱路岛工截制])")
# 1小时30分钟, 1年零6个月: one length of time in two units.
_LARGER = {"年": "个月", "小时": "分钟", "个小时": "分钟"}
_SMALLER = re.compile(rf"[零又]?(?P<number>\d{{1,3}}|[{HAN_NUMERAL}]{{1,4}})\s?(?P<unit>个月|分钟)")
_HALVED = frozenset(HALVED.split("|"))
# 1/3 天 is a third of a day; 3/5日, 2026/6月 and 2025/26年 are dates.
_FRACTION = re.compile(r"(?<![\d/.,])(?P<over>[0-9]++)/(?P<under>[0-9]++)(?!年|月|日)")
_DATED = re.compile(r"\s?(?:前|以前|之前|截止)")
_FRACTION_TOO_LONG = 2_000
_HAN_ONLY = re.compile(r"[\u4e00-\u9fff]+")
_UNIT_AFTER_PERCENT = re.compile(r"(?:亿|百万|千|万)?元|%")
_SMALL_MONEY = re.compile(rf"零?(?:\d|[{HAN_NUMERAL}])角(?:(?:\d|[{HAN_NUMERAL}])分)?|零?(?:\d|[{HAN_NUMERAL}])分")
_WHOLE = re.compile(r"[整正](?![个体理治合改式确])")
_GROUPED = re.compile(r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_UNIT_IN_BRACKETS = re.compile(rf"\s?\(\s?(?P<unit>{UNITS})\s?\)")
_UNIT_DECLARED = re.compile(rf"\(\s?(?P<unit>{UNITS})\s?\)\s?:?\s?[≥≤><=]{{0,2}}\s?$")
_DECLARED_WIDTH = 16
_STARTS_BIG = frozenset("百千万亿点佰仟")
_DECIMALS_BEFORE = re.compile(r"(?:小数点?后?面?|保留)\s?$")


@final
@frozen
class Figure:
    """A number with the unit that follows it; ``amount`` is None where it could not be read, ``problem`` says why.

    ``start`` to ``end`` are the number and its unit; ``number_end`` is where the number alone ends. ``unit_end`` is
    where the unit ends when it goes on as the library shows one, as 人[书记]/年 does after 人. ``bare`` is a number
    that no unit follows, as the 3 of 3—5天. ``placeholder`` tells what was to be filled in: XX万元.
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
    placeholder: bool = False


def figures(folded: str, known_names: Sequence[Name], blanks: Sequence[Blank] = ()) -> Iterator[Figure]:
    """Yield the figures of the folded text in order, passing over names; a blank is a figure without an amount.

    >>> [str(figure.amount) for figure in figures("培训5 天，安排2.5万元", [])]
    ['5 天', '2.5 万元']
    """
    at = 0
    held: list[Name | Blank] = [*known_names, *blanks]
    held.sort(key=lambda stop: stop.start)
    for stop in [*held, None]:
        end = len(folded) if stop is None else stop.start
        while at < end and (match := _FIGURE.search(folded, at, end)):
            figure = _figure(folded, match, end)
            if figure is None:
                at = max(match.end(), match.start() + 1)
                continue
            figure = _with_whole_unit(folded, figure)
            yield figure
            at = figure.unit_end or figure.end
        if isinstance(stop, Blank) and stop.start >= at:
            yield Figure(stop.start, stop.number_end, stop.end, stop.unit, None, None, _PLACEHOLDER, placeholder=True)
        if stop is not None:
            at = max(at, stop.end)


def _figure(folded: str, match: re.Match[str], stop: int) -> Figure | None:
    start, end = match.span()
    kind = match.lastgroup
    number_text = match[0]
    if kind in ("arabic", "spaced") and _is_tail(folded, start):
        unit_match = _UNIT.match(folded, end, stop)
        tail_end, unit = (unit_match.end(), unit_match["unit"]) if unit_match else (end, None)
        return Figure(start, end, tail_end, unit, None, None, _ODD_NUMBER)
    if kind == "ratio" and _DATED.match(folded, end) is not None:
        return None  # 12/31前 is a day
    fraction = _fraction(folded, start, stop) if kind in ("ratio", "arabic") else None
    if fraction is not None:
        return fraction
    if kind in ("share", "part", "all", "most", "tenths", "ratio"):
        return _share(kind, start, end, number_text)
    if kind in ("arabic", "han") and (half := _AND_HALF.match(folded, end, stop)):
        return _halved(folded, start, end, half.end(), number_text, _HALF_OF[half["unit"]])
    unit_match = _UNIT.match(folded, end, stop)
    unit = unit_match["unit"] if unit_match else None
    if unit_match and unit and begins_a_word(unit, folded[unit_match.end() : unit_match.end() + 1]):
        is_grade = kind == "arabic" and folded.startswith("分为", unit_match.start("unit"))  # 90分为优
        unit, unit_match = (unit, unit_match) if is_grade else (None, None)
    if kind == "spaced" and unit is None:
        alone = _ARABIC_ALONE.match(folded, start, stop)
        return _without_unit(folded, start, alone.end() if alone else end, alone[0] if alone else number_text)
    about = unit_match is not None and bool(unit_match["about"])
    if kind == "hinted":
        return (
            None
            if unit_match is None
            else Figure(
                start, end, unit_match.end(), unit, None, None, _ODD_NUMBER if number_text in "¼½¾⅓⅔" else _HINTED
            )
        )
    if kind == "han":
        decimals = unit == "位" and _DECIMALS_BEFORE.search(folded, max(0, start - 6), start) is not None
        article = len(number_text) == 1 and unit in NOT_AFTER_WORDS and not decimals
        if number_text[0] in _STARTS_BIG and number_text[0] != "点" and (about or folded[start - 1 : start] in _NEARLY):
            number_text = f"一{number_text}"  # 百余人, 近千户
            about = about or folded[start - 1 : start] == "上"
        if unit is None or article or number_text[0] in _STARTS_BIG:
            return None
    if unit_match is None or unit is None:
        return _declared(folded, start, end, stop, number_text) or _without_unit(folded, start, end, number_text)
    whole_end = unit_match.end()
    if unit.endswith("元"):
        small = _SMALL_MONEY.match(folded, whole_end, stop)
        whole_end = small.end() if small else whole_end
        whole = _WHOLE.match(folded, whole_end, stop)
        whole_end = whole.end() if whole else whole_end
    problem = _negative(folded, start) if kind == "spaced" else _ill_formed(number_text) or _negative(folded, start)
    if problem is None and unit in NOT_CONVERTED:
        problem = _DISCOUNT if unit == "折" else _NOT_CONVERTED
    if problem is not None:
        return Figure(start, end, whole_end, unit, None, None, problem)
    if kind == "half":
        return _halved(folded, start, end, whole_end, "零", unit)
    if unit in _HALVED and _HALF_AFTER.match(folded, whole_end, stop):
        return _halved(folded, start, end, whole_end + 1, number_text, unit)
    figure = _read(folded, start, end, whole_end, number_text + (unit_match["scale"] or ""), unit)
    doubled = _UNIT_AFTER_PERCENT.match(folded, whole_end, stop) if unit == "%" else None
    if doubled is not None:
        figure = evolve(figure, end=doubled.end(), problem=Label("单位重复", "a unit after a unit"))
    smaller = _SMALLER.match(folded, whole_end, stop) if unit in _LARGER and not about else None
    if smaller is not None and smaller["unit"] in _LARGER[unit] and figure.amount is not None:
        figure = _with_smaller(figure, smaller)
    if kind == "spaced":
        figure = evolve(figure, problem=figure.problem or _SPACED)
    return evolve(figure, about=True) if about else figure


_NEARLY = frozenset("近上逾约超")
_HALF_OF = {"月": "个月", "小时": "小时", "学期": "学期", "学时": "学时"}


def _halved(folded: str, start: int, end: int, whole_end: int, number_text: str, unit: str) -> Figure:
    """Return the figure of a number and one half more: 一年半, 一个半月; 半天 and 半年 are units of their own."""
    problem = _ill_formed(number_text) or _negative(folded, start)
    if problem is not None:
        return Figure(start, end, whole_end, unit, None, None, problem)
    try:
        number = read_numeral(number_text.replace("，", ",").replace(" ", "")) + Fraction(1, 2)
    except InputError:
        return Figure(start, end, whole_end, unit, None, None, _ODD_NUMBER)
    amount, problem = _of(number, unit)
    return Figure(start, end, whole_end, unit, amount, number, problem)


def _with_smaller(figure: Figure, smaller: re.Match[str]) -> Figure:
    added, _, problem = _counted(smaller["number"], smaller["unit"])
    if added is None or figure.amount is None or problem is not None:
        return figure
    whole = (figure.amount + added).to(figure.amount.unit)
    return evolve(figure, end=smaller.end(), amount=whole, number=whole.number)


def _is_tail(folded: str, start: int) -> bool:
    """Say whether a number is the tail of one that is not well formed, and so no number of its own."""
    glued = _GLUED.search(folded[max(0, start - 5) : start])
    return glued is not None and (glued["gap"] is None or _GROUP.match(folded, start) is not None)


def _fraction(folded: str, start: int, stop: int) -> Figure | None:
    """Return the figure of a fraction that a unit follows, such as 1/3 天; None for any other pair of numbers."""
    match = _FRACTION.match(folded, start, stop)
    unit_match = _UNIT.match(folded, match.end(), stop) if match else None
    if match is None or unit_match is None or unit_match["about"] or unit_match["unit"] == "日":
        return None
    unit, end = unit_match["unit"], unit_match.end()
    if begins_a_word(unit, folded[end : end + 1]):
        return None
    problem = _TOO_MANY_DIGITS if len(match[0]) > _FRACTION_TOO_LONG else _negative(folded, start)
    if problem is None and not match["under"].strip("0"):
        problem = _ODD_NUMBER
    if problem is None and (unit in NOT_CONVERTED or unit == "分"):
        problem = _NOT_CONVERTED  # 90/100分 may be ninety points of a hundred, or a part of one point
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


def _read(folded: str, start: int, end: int, whole_end: int, number_text: str, unit: str) -> Figure:
    squeezed = number_text.replace("，", ",").replace(" ", "")
    if whole_end > end and (unit.endswith("元") or unit == "角"):
        written = folded[end:whole_end].replace(" ", "").lstrip("多余来").replace("人民币元", "元")
        return Figure(start, end, whole_end, unit, *_money(squeezed + written))
    decimals = unit == "位" and _DECIMALS_BEFORE.search(folded, max(0, start - 6), start)
    return Figure(start, end, whole_end, unit, *_counted(squeezed, "位小数" if decimals else unit))


_Value: TypeAlias = tuple[Amount | None, Fraction | None, Label | None]


@functools.lru_cache(maxsize=_KEPT)
def _money(written: str) -> _Value:
    try:
        amount = Amount.parse(written)
    except InputError:
        return None, None, _ODD_NUMBER
    return amount, amount.number_in(amount.unit), None


@functools.lru_cache(maxsize=_KEPT)
def _counted(number_text: str, unit: str) -> _Value:
    try:
        number = read_numeral(number_text)
    except InputError:
        return None, None, _ODD_NUMBER
    amount, problem = _of(number, unit)
    return amount, number, problem


def _of(number: Fraction, unit: str) -> tuple[Amount | None, Label | None]:
    try:
        return Amount.of(number, AS_UNIT.get(unit, unit)), None
    except InputError:
        return None, _NOT_KNOWN


def _share(kind: str, start: int, end: int, text: str) -> Figure:
    problem = None
    number: Fraction | None = None
    try:
        if kind == "all":
            number = Fraction(100)
        elif kind == "most":
            number = Fraction(50)
        elif kind == "tenths":
            tens, _, ones = text.partition("成")
            number = 10 * read_numeral(tens) + (5 if ones == "半" else read_numeral(ones or "零"))
        elif kind == "ratio":
            over, under = text.split("/")
            number = Fraction(int(over) * 100, int(under))
        else:
            number = read_numeral("".join(text.split())) * 100
    except (InputError, ZeroDivisionError):
        problem = _ODD_NUMBER
    amount = None if number is None else Amount.of(number, "%")
    return Figure(start, end, end, "%", amount, number, problem)


def _declared(folded: str, start: int, end: int, stop: int, number_text: str) -> Figure | None:
    """Return the figure whose unit stands in brackets after it or right before it: 25,000（元）, 金额（万元）：50."""
    after = _UNIT_IN_BRACKETS.match(folded, end, stop)
    before = None if after else _UNIT_DECLARED.search(folded[max(0, start - _DECLARED_WIDTH) : start])
    found = after or before
    if found is None or _ill_formed(number_text) or _negative(folded, start):
        return None
    squeezed = number_text.replace("，", ",").replace(" ", "")
    return Figure(start, end, after.end() if after else end, found["unit"], *_counted(squeezed, found["unit"]))


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
    return Figure(start, end, end, None, None, None, problem or _NO_UNIT, bare=bare)


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
    """Refuse a number after a minus or ±; after a digit or a unit the sign is that of a range."""
    before = folded[max(0, start - 2) : start]
    if before.rstrip().endswith("±"):
        return _TOLERANCE
    if before.endswith("-") and not (len(before) == 2 and (before[0] in "0123456789%)年月日天元人个期次时十百千万亿")):
        return Label("负数", "a negative number")
    return None
