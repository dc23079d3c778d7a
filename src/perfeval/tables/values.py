"""What one cell of a table is worth: a target or an actual, points, money as printed, a deadline, a period.

Amounts are read by ``documents.quantities``; a bare number takes the unit that its column or its name declares, and
none other. Imports ``documents``, ``amounts``, ``expressions`` and ``words``.
"""

from __future__ import annotations

import calendar
import datetime
import functools
import re
from fractions import Fraction
from typing import Final, final

from attrs import frozen

from perfeval.amounts import Amount, AmountRange
from perfeval.citations import Span
from perfeval.documents.bounds import Comparator
from perfeval.documents.folding import fold
from perfeval.documents.printed import Printed
from perfeval.documents.quantities import Quantity, Relation, quantities
from perfeval.errors import InputError
from perfeval.expressions import Operator
from perfeval.facts import Label
from perfeval.numerals import read_numeral
from perfeval.tables.words import is_blank

__all__ = [
    "UNDECLARED",
    "Value",
    "folded_cell",
    "operator_of",
    "read_days",
    "read_deadline",
    "read_points",
    "read_printed",
    "read_rate",
    "read_value",
]

_LONGEST: Final = 200
_OPERATORS: Final = {
    Comparator.GE: Operator.AT_LEAST,
    Comparator.LE: Operator.AT_MOST,
    Comparator.GT: Operator.ABOVE,
    Comparator.LT: Operator.BELOW,
    Comparator.EQ: Operator.EQUAL,
}
_SIGN_WORDS: Final = {
    word: operator
    for operator, words in {
        Operator.AT_LEAST: "≥ >= => ⩾ 大于等于 大于或等于 不少于 不低于 不小于",
        Operator.AT_MOST: "≤ <= =< ⩽ 小于等于 小于或等于 不超过 不高于 不多于 不大于",
        Operator.ABOVE: "> 大于 超过",
        Operator.BELOW: "< 小于 低于",
        Operator.EQUAL: "= == 等于",
    }.items()
    for word in words.split()
}
_COMMA = re.compile(r"(?<=\d)，(?=\d)")
_NUMBER = r"\d[\d,]{0,30}(?:\.\d{1,12})?"
_BARE = re.compile(
    rf"(?P<head>[^\d\s]{{0,12}}\s{{0,4}})(?P<number>{_NUMBER}(?:\s?[-—~至到]\s?{_NUMBER})?)"
    r"(?P<tail>\s{0,4}(?:(?:及|和)?以上|(?:及|和)?以下|以内|之内|左右|\(含\)|\(不含\)){0,2})"
)
_SIGN_RUN = re.compile(r"(?<![\d%])[<>=≥≤⩾⩽》《](?:\s{0,2}[<>=≥≤⩾⩽]){1,3}")
_UP: Final = frozenset(">≥⩾》")
_DOWN: Final = frozenset("<≤⩽《")
_STRICT: Final = frozenset("<>《》")
_LEADING_SIGN = re.compile(r"\s{0,8}(?P<sign>[≥≤⩾⩽<>=]{1,2}|不少于|不低于|不超过|不高于)")
_UNFILLED = re.compile(r"\*{2,12}|[×xX]{2,12}|_{2,40}|(?:[≥≤<>=]\s?)[*×]|待(?:填写|填报|定|补充)")
UNDECLARED: Final = Label("没有单位", "no unit")
"""Why a bare number is no amount."""
_TWO_WAYS = Label("比较符号自相矛盾", "its signs of comparison contradict each other")
_NOT_ONE = Label("不是一个数值", "not one figure")
_COUNTED_PER = Label("数值按周期或对象计，未换算", "a figure for each of something, not worked out")


def folded_cell(text: str) -> str:
    """Return a cell folded, a full-width comma between digits too: in a cell it groups them, in prose it may not."""
    return _COMMA.sub(",", fold(text))


@final
@frozen
class Value:
    """What a target or an actual says: ``amount`` is None for words, for what has no unit and what was not understood.

    ``has_number`` tells a figure from words; ``problem`` says why a figure is no amount.
    """

    operator: Operator | None = None
    amount: Amount | AmountRange | None = None
    has_number: bool = False
    has_unit: bool = False
    placeholder: bool = False
    problem: Label | None = None


def operator_of(text: str) -> Operator | None:
    """Return the operator that the cell of 指标性质 states, None where it states none.

    >>> operator_of(" ＞＝ "), operator_of("≧"), operator_of("定性")
    (<Operator.AT_LEAST: '>='>, <Operator.AT_LEAST: '>='>, None)
    """
    if len(text) > 40:
        return None
    word = "".join(folded_cell(text).split()).strip("()")
    sign = _one_sign(word) if _SIGN_RUN.fullmatch(word) else word
    return None if sign is None else _SIGN_WORDS.get(sign)


def _one_sign(run: str) -> str | None:
    """Return the one sign that several written together mean; None where they contradict each other.

    A sign typed in parts (> =, 》=, =>) is one, and said twice (≥=) it is said once.
    """
    signs = frozenset(run) - frozenset(" ")
    up, down = bool(signs & _UP), bool(signs & _DOWN)
    if up and down:
        return None
    strict = signs <= _STRICT
    return (">" if strict else "≥") if up else ("<" if strict else "≤") if down else "="


def read_value(text: str, unit: str = "") -> Value:
    """Read a target or an actual; ``unit`` is the one that the column or the name declares for it.

    >>> value = read_value("≥50", "个")
    >>> value.operator, value.amount
    (<Operator.AT_LEAST: '>='>, Amount.parse('50 个'))
    >>> read_value("80%-90%").amount, read_value("达成预期指标").has_number
    (AmountRange(Amount.parse('80%'), Amount.parse('90%')), False)
    >>> read_value("50").problem.en, read_value("≥**人次").placeholder
    ('no unit', True)
    """
    return Value() if len(text) > _LONGEST or is_blank(text) else _read_value(text, unit)


@functools.lru_cache(maxsize=8192)
def _read_value(text: str, unit: str) -> Value:
    folded = folded_cell(text)
    for run in _SIGN_RUN.findall(folded):
        sign = _one_sign(run)
        if sign is None:
            return Value(None, None, has_number=any(one.isdecimal() for one in folded), problem=_TWO_WAYS)
        folded = folded.replace(run, sign)
        text = folded
    if _UNFILLED.search(folded):
        signed = _LEADING_SIGN.match(folded)
        return Value(operator=operator_of(signed["sign"]) if signed else None, has_number=True, placeholder=True)
    bare = _BARE.fullmatch(folded.strip())
    if bare is not None and unit:
        return _told(quantities(f"{bare['head']}{bare['number']}{unit}{bare['tail']}"))
    found = quantities(text)
    if bare is not None:
        value = _told(found)
        return value if value.amount is not None else Value(value.operator, None, has_number=True, problem=UNDECLARED)
    value = _told(found)
    if unit and isinstance(value.amount, Amount | AmountRange) and not _goes_with(value.amount, unit):
        problem = Label(f"单位与“{unit}”不一致", f"its unit is not {unit}")
        return Value(value.operator, None, has_number=True, has_unit=True, problem=problem)
    return value


def _told(mentioned: tuple[Quantity, ...]) -> Value:
    # A stretch of time is a deadline, and no quantity.
    found = tuple(mention for mention in mentioned if mention.dates is None)
    if not found:
        return Value()
    first = found[0]
    operator = _OPERATORS.get(first.comparator)
    has_unit = first.unit is not None
    if len(found) > 1 or first.relation not in (Relation.SINGLE, Relation.RANGE):
        return Value(None, None, has_number=True, has_unit=has_unit, problem=_NOT_ONE)
    if not first.amounts or first.problem is not None:
        return Value(operator, None, has_number=True, has_unit=has_unit, problem=first.problem or UNDECLARED)
    if any(per.span.start < first.spans[0].start for per in first.per):
        return Value(operator, None, has_number=True, has_unit=has_unit, problem=_COUNTED_PER)
    amount: Amount | AmountRange = first.amounts[0]
    if first.relation is Relation.RANGE:
        amount = AmountRange(first.amounts[0], first.amounts[-1])
    return Value(operator, amount, has_number=True, has_unit=has_unit)


def _goes_with(amount: Amount | AmountRange, unit: str) -> bool:
    try:
        return Amount.of(1, unit).unit == amount.unit
    except InputError:
        return False


# --------------------------------------------------------------------------------------------------------
# Points, money and rates

_POINTS = re.compile(r"(?P<number>\d{1,6}(?:\.\d{1,8})?)\s{0,4}(?:分|%)?")
_MONEY = re.compile(
    rf"¥?\s{{0,4}}(?P<number>-?{_NUMBER})\s{{0,4}}(?P<unit>亿元|千万元|百万元|十万元|万元|千元|百元|元)?(?:人民币|整)?"
)
_RATE = re.compile(r"(?P<number>-?\d{1,9}(?:\.\d{1,8})?)\s{0,4}(?P<sign>[%‰])?")


def read_points(text: str) -> Fraction | None:
    """Return points or a weight: 22.5, 20分, 10%.

    >>> read_points("２２．５ 分"), read_points("10%"), read_points("—")
    (Fraction(45, 2), Fraction(10, 1), None)
    """
    if len(text) > 40:
        return None
    found = _POINTS.fullmatch(folded_cell(text).strip())
    return None if found is None else Fraction(found["number"])


def read_printed(text: str, unit: str | None, span: Span) -> Printed | None:
    """Return money as it is printed; ``unit`` is what the table declares where the cell has none of its own.

    >>> read_printed("1,977,900.00", None, Span(start=0, end=12, text="1,977,900.00")).amount is None
    True
    """
    if len(text) > _LONGEST:
        return None
    plain = folded_cell(text).strip()
    found = _MONEY.fullmatch(plain)
    try:
        if found is None:
            amount = Amount.parse(plain)  # 壹万元整
            if not amount.unit.is_money:
                return None
            return Printed(number=amount.number, decimals=2, amount=amount, span=span)
        number = read_numeral(found["number"])
    except InputError:
        return None
    own = found["unit"] or ("元" if plain.startswith("¥") else unit)
    decimals = len(found["number"].partition(".")[2])
    return Printed(number=number, decimals=decimals, amount=None if own is None else Amount.of(number, own), span=span)


def read_rate(text: str, *, in_percent: bool = False) -> Amount | None:
    """Return a rate in %, as it is printed; a bare number is one only where its head says so (``in_percent``).

    >>> read_rate("97.50％"), read_rate("97.5"), read_rate("97.5", in_percent=True)
    (Amount.parse('97.5%'), None, Amount.parse('97.5%'))
    """
    if len(text) > 40:
        return None
    found = _RATE.fullmatch(folded_cell(text).strip())
    if found is None or not (found["sign"] or in_percent):
        return None
    return Amount.of(Fraction(found["number"]), found["sign"] or "%")


# --------------------------------------------------------------------------------------------------------
# Days

_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?(?:年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?[日号]"
    r"|[./-](?P<month_alone>\d{1,2})[./-](?P<day_alone>\d{1,2})(?!\d))"
)
_DAY_ALONE = re.compile(r"(?<!\d)(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?[日号]")
_MONTH = re.compile(
    r"(?<!\d)(?:(?P<year>(?:19|20)\d\d)\s?[年./-]\s?)?(?P<month>\d{1,2})\s?(?:月(?:份)?\s?(?P<end>底|末)?(?P<before>前)?|(?=$))"
)
_YEAR = re.compile(
    r"(?<!\d)(?:(?P<year>(?:19|20)\d\d)\s?年度?|当年|本年度?|全年|(?<![\d一二两三四五六七八九十每])年(?=底|末|内))\s?(?:全年|底|末|内)?"
)
_TIME_WORD = re.compile(r"年|月|\d[./-]\d{1,2}[./-]\d")


def read_deadline(text: str, year: int | None = None) -> datetime.date | None:
    """Return the last day of a target that is a time; None where it is none, or cannot be told.

    A day or a month without its year is one of ``year``, that of the table.

    >>> str(read_deadline("2026年12月底前")), str(read_deadline("12月31日前", 2026)), read_deadline("12月31日前")
    ('2026-12-31', '2026-12-31', None)
    >>> str(read_deadline("2021年全年")), str(read_deadline("2026年1-6月")), read_deadline("2026年12月前")
    ('2021-12-31', '2026-06-30', None)
    """
    if len(text) > _LONGEST or not _TIME_WORD.search(folded_cell(text)):
        return None
    days = read_days(text, year)
    return days[-1][1] if days else None


def read_days(text: str, year: int | None = None) -> list[tuple[datetime.date, datetime.date]]:
    """Return the times that a text names, each from its first day to its last, in order."""
    folded = folded_cell(text)[:_LONGEST]
    found: list[tuple[datetime.date, datetime.date]] = []
    at = 0
    while at < len(folded):
        matches = [
            match for pattern in (_DAY, _DAY_ALONE, _MONTH, _YEAR) if (match := pattern.search(folded, at)) is not None
        ]
        if not matches:
            break
        match = min(matches, key=lambda one: one.start())  # of several at one place the first is the finest
        at = match.end()
        stated = match.groupdict().get("year")
        year = int(stated) if stated else year
        if year is None:
            continue
        try:
            if match.re is _YEAR:
                found.append((datetime.date(year, 1, 1), datetime.date(year, 12, 31)))
                continue
            if match.re in (_DAY, _DAY_ALONE):
                parts = match.groupdict()
                numbers = parts["month"] or parts["month_alone"], parts["day"] or parts["day_alone"]
                day = datetime.date(year, int(numbers[0]), int(numbers[1]))
                found.append((day, day))
                continue
            month = int(match["month"])
            if match["before"] and not match["end"]:
                continue  # 12月前: whether December is in it is not said
            last = calendar.monthrange(year, month)[1]
            found.append((datetime.date(year, month, 1), datetime.date(year, month, last)))
        except (ValueError, calendar.IllegalMonthError):
            continue
    return found
