"""Which number a numeral stands for, exactly: 15,000.00, 两千, 壹佰贰拾万, 1亿2千万, 2.3456789万.

And back: a number in simple (一万零五十) or capital (壹万零伍拾) numerals, and money in words (壹万伍仟元整).

A numeral is read only where it has one meaning:

* Arabic digits with strict groups of three, at most 18 before and 8 after the point, no exponent:
  ``15,00.00`` and ``1 000`` are refused;
* 一万五 and 二百五 are refused (spoken for 15,000 and 250, written for 10,005 and 205): write every place,
  一万五千;
* zeros are as the rules for writing amounts want them: 一万零五十, not 一万五十; where the rules leave it
  open, both are taken (十万五千, 十万零五千). Simple and capital digits may be mixed;
* bare digits such as 二〇二六 are not a number.

Imports ``errors`` and, for plain characters, ``units``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from perfeval.errors import InexactError, NumeralError, PerfevalError, excerpt
from perfeval.units import plain_text

__all__ = [
    "NUMERAL_CHARACTERS",
    "NumeralStyle",
    "money_in_words",
    "read_money_in_words",
    "read_numeral",
    "write_numeral",
    "write_ratio",
]

NumeralStyle: TypeAlias = Literal["simple", "capital"]

LONGEST: Final = 24_000
"""The longest numeral that is read: room for a fraction of two integers of some 10,000 digits each."""

_WORDS_LONGEST: Final = 120
_INTEGER_DIGITS: Final = 18
_DECIMAL_DIGITS: Final = 8
_WRITTEN_UP_TO: Final = 10**16

_SIMPLE: Final = "零一二三四五六七八九"
_CAPITAL: Final = "零壹贰叁肆伍陆柒捌玖"
_SIMPLE_PLACES: Final = ("", "十", "百", "千")
_CAPITAL_PLACES: Final = ("", "拾", "佰", "仟")
# Other ways to write a digit or a place: capital, traditional and older forms.
_SAME: Final = str.maketrans(
    "壹贰叁肆伍陆柒捌玖拾佰仟弐貳參叄陸萬億點圆\u2212兩",
    "一二三四五六七八九十百千二二三三六万亿点元-两",
)
_PLACES: Final = {"十": 1, "百": 2, "千": 3}

NUMERAL_CHARACTERS: Final = frozenset(
    "0123456789.," + "负两兩" + _SIMPLE + _CAPITAL + "十百千拾佰仟万亿点" + "弐貳參叄陸萬億點"
)
"""Every character, but for signs, that a numeral without 分之 may hold once its text is plain."""

_ARABIC = re.compile(r"(?:[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?:\.[0-9]{1,8})?")
_RATIO = re.compile(r"([0-9]{1,11000})/([0-9]{1,11000})")
_SCALED = re.compile(r"([0-9.,]+)([十百千]?万亿|[十百千]?[万亿]|[十百千])")
_SINGLE_DIGIT = re.compile(r"(?<![0-9.,])[1-9](?=[十百千])|(?<=[十百千零])[1-9]$")
_CHINESE_DECIMAL = re.compile(rf"([^点]+)点([{_SIMPLE}]{{1,{_DECIMAL_DIGITS}}})([十百千]?万亿|[十百千]?[万亿])?")
_MONEY_WORDS = re.compile(
    r"(?:(?P<yuan>[^元角分整正]+)元)?(?:零?(?P<jiao>[0-9零一二三四五六七八九])角)?(?:零?(?P<fen>[0-9零一二三四五六七八九])分)?[整正]?"
)
_NEEDED = "a number written in full, such as '15,000.00', '1.5万', '一万五千' or '百分之六十五'"
_AMBIGUOUS = "every place: 一万五 may be 一万五千 or 一万零五"

# Python refuses to convert integers of more than (at least) 640 digits: convert in pieces that are shorter.
_PIECE: Final = 600


def read_numeral(text: str) -> Fraction:
    """Return the number that a numeral stands for, exactly.

    Takes Arabic, Chinese and mixed numerals, 分之 fractions, ``20/3``, and a leading ``-`` or 负.
    Raises :class:`~perfeval.errors.NumeralError` for anything that is not one number.

    >>> read_numeral("1亿2千万"), read_numeral("壹佰贰拾万"), read_numeral("2.3456789万")
    (Fraction(120000000, 1), Fraction(1200000, 1), Fraction(23456789, 1000))
    >>> read_numeral("百分之六十五"), read_numeral("-15,000.50"), read_numeral("三点一四")
    (Fraction(13, 20), Fraction(-30001, 2), Fraction(157, 50))
    >>> read_numeral("一万五")
    Traceback (most recent call last):
    perfeval.errors.NumeralError: came '一万五'; needed every place: 一万五 may be 一万五千 or 一万零五
    """
    plain = _prepare(text, LONGEST)
    sign, plain = _split_sign(plain)
    ratio = _RATIO.fullmatch(plain)
    if ratio:
        denominator = _integer(ratio[2])
        if not denominator:
            raise NumeralError.of("", came=excerpt(text), needed="a denominator other than 0")
        return sign * Fraction(_integer(ratio[1]), denominator)
    if len(plain) > _WORDS_LONGEST:
        raise NumeralError.of("", came=excerpt(text), needed=f"at most {_INTEGER_DIGITS} digits before the point")
    return sign * _unsigned(plain, text)


def write_numeral(value: int | Fraction | Decimal, style: NumeralStyle = "simple") -> str:
    """Return a number in Chinese numerals; :func:`read_numeral` reads it back.

    Takes integers and terminating decimals of at most 8 places, up to 10^16 either way. Raises
    :class:`~perfeval.errors.InexactError` for what does not terminate, NumeralError for what is too large.

    >>> write_numeral(10050), write_numeral(Fraction("-3.14")), write_numeral(1_200_000, "capital")
    ('一万零五十', '负三点一四', '壹佰贰拾万')
    """
    number = _exact(value)
    if style not in ("simple", "capital"):
        raise NumeralError.of("style", came=excerpt(style), needed="'simple' or 'capital'")
    if abs(number) > _WRITTEN_UP_TO:
        raise NumeralError.of("", came=excerpt(value), needed="a number of at most 10^16")
    scaled = abs(number) * 10**_DECIMAL_DIGITS
    if scaled.denominator != 1:
        raise InexactError.of(
            "", came=excerpt(value), needed=f"at most {_DECIMAL_DIGITS} decimals, or a rounding first"
        )
    whole, decimals = divmod(scaled.numerator, 10**_DECIMAL_DIGITS)
    digits = _CAPITAL if style == "capital" else _SIMPLE
    written = _write_integer(whole, style)
    if decimals:
        places = f"{decimals:0{_DECIMAL_DIGITS}d}".rstrip("0")
        written += "点" + "".join(digits[int(place)] for place in places)
    return f"负{written}" if number < 0 else written


def money_in_words(fen: int | Fraction) -> str:
    """Return a sum of money in the capital form of cheques and vouchers; ``fen`` is in hundredths of a yuan.

    Raises :class:`~perfeval.errors.InexactError` for a part of a fen. Source:
    中国人民银行《正确填写票据和结算凭证的基本规定》 (general knowledge: not read in the original): 整 after
    元, none after 分; 零 for skipped places.

    >>> money_in_words(1_500_000), money_in_words(10_005), money_in_words(-50), money_in_words(0)
    ('壹万伍仟元整', '壹佰元零伍分', '负伍角', '零元整')
    """
    number = _exact(fen)
    if number.denominator != 1:
        raise InexactError.of("", came=excerpt(fen), needed="a whole number of fen (分), or a rounding first")
    if abs(number) > _WRITTEN_UP_TO * 100:
        raise NumeralError.of("", came=excerpt(fen), needed="at most 10^16 yuan")
    yuan, rest = divmod(abs(number.numerator), 100)
    jiao, cents = divmod(rest, 10)
    words = f"{_write_integer(yuan, 'capital')}元" if yuan or not rest else ""
    # 零 where a place was skipped (壹佰元零伍分), and after a zero in the place of the yuan (叁仟元零伍角).
    if yuan and rest and (not jiao or yuan % 10 == 0):
        words += "零"
    words += f"{_CAPITAL[jiao]}角" if jiao else ""
    words += f"{_CAPITAL[cents]}分" if cents else ""
    words += "" if rest else "整"
    return f"负{words}" if number < 0 else words


def read_money_in_words(text: str) -> Fraction:
    """Return a sum in 元, 角 and 分, in fen: 人民币壹万伍仟元整, 三千元零五角, 5元6角.

    Parts descend and stand once each. Raises :class:`~perfeval.errors.NumeralError`.

    >>> read_money_in_words("人民币壹佰贰拾万元整"), read_money_in_words("5元6角")
    (Fraction(120000000, 1), Fraction(560, 1))
    """
    plain = _prepare(text, _WORDS_LONGEST).removeprefix("人民币").lstrip(": ")
    sign, plain = _split_sign(plain)
    match = _MONEY_WORDS.fullmatch(plain)
    if match is None or not any(match.groups()):
        raise NumeralError.of("", came=excerpt(text), needed="元, 角 and 分 in this order, such as 壹佰元零伍分")
    yuan = Fraction(0)
    if match["yuan"]:
        yuan = _unsigned(match["yuan"], text)
        if yuan.denominator != 1:
            raise NumeralError.of("", came=excerpt(text), needed="a whole number before 元 when 角 or 分 follow")
    return sign * (yuan * 100 + _digit(match["jiao"]) * 10 + _digit(match["fen"]))


def write_ratio(value: Fraction) -> str:
    """Return a number exactly and as short as it can be read: 150,035,000 or 1.5, and else 20/3.

    >>> write_ratio(Fraction(150_035_000)), write_ratio(Fraction(-3, 2)), write_ratio(Fraction(20, 3))
    ('150,035,000', '-1.5', '20/3')
    """
    scaled = abs(value) * 10**_DECIMAL_DIGITS
    if scaled.denominator != 1 or abs(value) >= 10**_INTEGER_DIGITS:
        return f"{_digits(value.numerator)}/{_digits(value.denominator)}"
    whole, decimals = divmod(scaled.numerator, 10**_DECIMAL_DIGITS)
    places = f".{decimals:0{_DECIMAL_DIGITS}d}".rstrip("0").rstrip(".")
    return f"{'-' if value < 0 else ''}{whole:,}{places}"


def _prepare(text: str, longest: int) -> str:
    """Return text in plain characters and simple forms, once it is known to be short enough."""
    if not isinstance(text, str):
        raise NumeralError.of("", came=excerpt(text), needed="a number as text")
    if len(text) > longest:
        raise NumeralError.of("", came=excerpt(text), needed=f"a number of at most {longest} characters")
    plain = plain_text(text, NumeralError).strip().translate(_SAME)
    if not plain:
        raise NumeralError.of("", came=excerpt(text), needed=_NEEDED)
    return plain


def _split_sign(plain: str) -> tuple[int, str]:
    return (-1, plain[1:].lstrip()) if plain[:1] in ("-", "负") else (1, plain)


def _unsigned(plain: str, text: str) -> Fraction:
    """Return the number of a plain, simple, short numeral; ``text`` is what came, for the message."""
    if _ARABIC.fullmatch(plain):
        return Fraction(plain.replace(",", ""))
    below, fraction, above = plain.partition("分之")
    if fraction:
        denominator = {"百": Fraction(100), "千": Fraction(1000), "万": Fraction(10_000)}.get(below)
        if denominator is None:
            denominator = _unsigned(below, text)
        if denominator <= 0 or denominator.denominator != 1 or "分之" in above:
            raise _refused(text)
        return (denominator if above == below else _unsigned(above, text)) / denominator
    scaled = _SCALED.fullmatch(plain)
    if scaled:
        if not _ARABIC.fullmatch(scaled[1]):
            raise _refused(text)
        return _bounded(Fraction(scaled[1].replace(",", "")) * _scale(scaled[2]), text)
    decimal = _CHINESE_DECIMAL.fullmatch(plain)
    if decimal:
        places = "".join(str(_SIMPLE.index(place)) for place in decimal[2])
        number = _chinese(decimal[1], text, first=True) + Fraction(int(places), 10 ** len(places))
        return _bounded(number * _scale(decimal[3] or ""), text)
    return Fraction(_chinese(_SINGLE_DIGIT.sub(lambda digit: _SIMPLE[int(digit[0])], plain), text, first=True))


def _scale(places: str) -> int:
    scale = 1
    for place in places:
        scale *= {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[place]
    return scale


def _bounded(number: Fraction, text: str) -> Fraction:
    if number >= 10**_INTEGER_DIGITS:
        raise NumeralError.of("", came=excerpt(text), needed=f"at most {_INTEGER_DIGITS} digits before the point")
    return number


def _chinese(plain: str, text: str, *, first: bool) -> int:
    """Return the integer of a Chinese numeral, or of one with Arabic parts between 亿 and 万."""
    above, hundred_million, below = plain.rpartition("亿")
    if hundred_million:
        high = _chinese(above, text, first=first)
        return _joined(high, 8, below, text) if high else _fail(text)
    above, ten_thousand, below = plain.rpartition("万")
    if ten_thousand:
        high = _section(above, text, first=first)
        return _joined(high, 4, below, text) if high else _fail(text)
    return _section(plain, text, first=first)


def _joined(high: int, places: int, below: str, text: str) -> int:
    """Return ``high`` ten-thousands or hundred-millions together with what stands below them."""
    scale: int = 10**places
    if below == "":
        low = 0
    else:
        is_zero_written = below.startswith("零")
        below = below.removeprefix("零")
        low = _chinese(below, text, first=False)
        is_zero_needed = low < scale // 10
        if below == "两" or not 0 < low < scale or (is_zero_written and not is_zero_needed and high % 10):
            raise _refused(text)
        # Arabic digits show their places themselves (5万500), but for a single one (5万5).
        if is_zero_needed and not is_zero_written and not (below[0].isdigit() and len(below) > 1):
            raise _refused(text, ambiguous=len(below) == 1 or below[1:] in ("千", "百"))
    number = high * scale + low
    if number > _WRITTEN_UP_TO:
        raise NumeralError.of("", came=excerpt(text), needed="at most 10^16 in Chinese numerals")
    return number


def _section(plain: str, text: str, *, first: bool) -> int:
    """Return the integer below 10,000 of 三千零五十, or that of Arabic digits beside 万 and 亿."""
    if plain == "零" and first:
        return 0
    if plain.isdigit() and not plain.startswith("0") and len(plain) <= _INTEGER_DIGITS:
        return int(plain)
    if plain == "两":
        return 2
    value, last, at = 0, 4, 0
    if first and plain.startswith("十"):
        plain = f"一{plain}"
    while at < len(plain):
        zero = plain[at] == "零"
        at += zero
        digit = "零一二三四五六七八九两".find(plain[at : at + 1]) if at < len(plain) else -1
        place = _PLACES.get(plain[at + 1 : at + 2], 0)
        # Every digit counts, places descend, and 零 stands exactly where a place between two was skipped.
        is_skipped = last - place > 1 and value > 0
        if digit <= 0 or place >= last or zero != is_skipped:
            raise _refused(text, ambiguous=digit > 0 and not place and is_skipped and at + 1 == len(plain))
        if digit == len(_SIMPLE):  # 两千, 两百; not 两十, nor 一百零两
            if place <= 1:
                raise _refused(text)
            digit = 2
        value += digit * 10**place
        last = place
        at += 2 if place else 1
    return value or _fail(text)


def _fail(text: str) -> int:
    raise _refused(text)


def _refused(text: str, *, ambiguous: bool = False) -> PerfevalError:
    return NumeralError.of("", came=excerpt(text), needed=_AMBIGUOUS if ambiguous else _NEEDED)


def _digit(character: str | None) -> int:
    if not character:
        return 0
    return int(character) if character.isascii() else _SIMPLE.index(character)


def _write_integer(number: int, style: NumeralStyle) -> str:
    """Return a whole number of at most 10^16 in Chinese numerals."""
    if number == 0:
        return "零"
    written = _write_sections(number, style)
    if style == "simple" and written.startswith("一十"):
        return written[1:]
    return written


def _write_sections(number: int, style: NumeralStyle) -> str:
    for name, scale in (("亿", 10**8), ("万", 10**4)):
        if number >= scale:
            high, low = divmod(number, scale)
            zero = "零" if 0 < low < scale // 10 else ""
            return _write_sections(high, style) + name + zero + (_write_sections(low, style) if low else "")
    digits, places = (_CAPITAL, _CAPITAL_PLACES) if style == "capital" else (_SIMPLE, _SIMPLE_PLACES)
    written, skipped = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            written += ("零" if skipped and written else "") + digits[digit] + places[place]
        skipped = not digit
    return written


def _exact(value: int | Fraction | Decimal) -> Fraction:
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) <= LONGEST:
        return Fraction(value)
    if isinstance(value, (int, Fraction)) and not isinstance(value, bool):
        return Fraction(value)
    raise NumeralError.of("", came=excerpt(value), needed="an exact number: an int, a Fraction or a finite Decimal")


def _digits(number: int) -> str:
    """Return the decimal digits of an integer of any size."""
    pieces: list[str] = []
    rest = abs(number)
    while rest >= 10**_PIECE:
        rest, piece = divmod(rest, 10**_PIECE)
        pieces.append(f"{piece:0{_PIECE}d}")
    pieces.append(str(rest))
    return ("-" if number < 0 else "") + "".join(reversed(pieces))


def _integer(digits: str) -> int:
    """Return the integer of decimal digits of any number."""
    number = 0
    for start in range(0, len(digits), _PIECE):
        piece = digits[start : start + _PIECE]
        number = number * 10 ** len(piece) + int(piece)
    return number
