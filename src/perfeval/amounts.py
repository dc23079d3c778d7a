"""How much something is: an exact number of a unit, read, compared, restated, rounded, split and written.

An amount holds its value in root units (fen, months, …) as a fraction, and the unit in which it is shown.
Equality, hash and order look at the value and the dimension only: 1200 元/年 is 100 元/月. Nothing here
depends on a decimal context or a locale, and no float is ever taken. Rounding happens only in
:meth:`Amount.round`, :meth:`Amount.format` and where a mode is named.

An amount is always true, also when it is zero, as an object that is there; compare with a zero of its unit
instead.

Imports ``errors``, ``units`` and ``numerals``.
"""

from __future__ import annotations

import enum
import math
import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from numbers import Rational
from typing import Final, TypeAlias, final

from attrs import field, frozen

from perfeval.errors import AmountError, InexactError, UnitMismatch, excerpt, nearest
from perfeval.numerals import (
    NUMERAL_CHARACTERS,
    money_in_words,
    read_money_in_words,
    read_numeral,
    write_ratio,
)
from perfeval.units import Dimension, Unit, as_unit, known_units, plain_text

__all__ = ["Amount", "AmountRange", "Number", "Rounding", "as_amount"]

Number: TypeAlias = int | Fraction | Decimal
"""A number that is exact: never a float, never a bool."""

_ROOT_BITS: Final = 2**15
_LONGEST: Final = 24_200
_PROSE_LONGEST: Final = 200
_DECIMAL_DIGITS_LONGEST: Final = 60
_MESSAGE_LONGEST: Final = 60
_DECIMALS_READ: Final = 8  # what a numeral may have: what is shown can be read back
_SHOWN_BELOW: Final = 10**18
_FEN_PER_YUAN: Final = 100

_CURRENCY = re.compile(r"(?:¥|RMB|CNY|人民币(?=[^元圆]))\s*:?\s*")
_RATIO = re.compile(r"[0-9]{1,11000}/[0-9]{1,11000}(?![0-9,.])")
_NUMERAL = re.compile(f"[{re.escape(''.join(sorted(NUMERAL_CHARACTERS)))}]+")
_PART = re.compile(f"[^\\s分]{{1,9}}分之[{re.escape(''.join(sorted(NUMERAL_CHARACTERS)))}]+")
_ARABIC = re.compile(r"[0-9][0-9.,]*(?=\s*(?P<scale>[十百千万亿]*))")
_IN_WORDS = re.compile(r"[^/\[]*(?:[整正]|[元圆][^/\[元圆]*[角分]|角[^/\[元圆角]*分)")
_BRACKETED = re.compile(r"\[[^\]]*\]")
_DIGIT = re.compile(r"[0-9零一二三四五六七八九]")
_MULTIPLIERS_ONLY = re.compile(r"[,.百千万亿佰仟萬億点點]*")
_WITH_MEASURE_WORD: Final = frozenset({"月", "季度", "组织"})
_SPEC = re.compile(r"(?P<comma>,?)(?:\.(?P<decimals>[0-9]{1,2})f?)?")


@final
class Rounding(enum.Enum):
    """How a value between two multiples of a quantum is rounded; never chosen for the caller."""

    HALF_UP = "HALF_UP"
    """To the nearest, a tie away from zero: 四舍五入."""
    HALF_EVEN = "HALF_EVEN"
    """To the nearest, a tie to the even multiple."""
    UP = "UP"
    """Away from zero."""
    DOWN = "DOWN"
    """Toward zero."""
    CEILING = "CEILING"
    """To the greater."""
    FLOOR = "FLOOR"
    """To the lesser."""

    @classmethod
    def named(cls, mode: Rounding | str) -> Rounding:
        """Return the mode itself, or the one of that name.

        >>> Rounding.named("HALF_UP")
        <Rounding.HALF_UP: 'HALF_UP'>
        """
        if isinstance(mode, Rounding):
            return mode
        names, near = cls.__members__, None
        if isinstance(mode, str):
            if mode.upper() in names:
                return names[mode.upper()]
            near = nearest(mode.upper(), names)
        raise AmountError.of("mode", came=excerpt(mode), needed=f"one of {', '.join(names)}", nearest=near)

    def integer(self, value: Fraction) -> int:
        """Return the integer to which this mode rounds.

        >>> [mode.integer(Fraction(-5, 2)) for mode in Rounding]
        [-3, -2, -3, -2, -2, -3]
        """
        floor, rest = divmod(value.numerator, value.denominator)
        if not rest:
            return floor
        match self:
            case Rounding.HALF_EVEN:
                is_up = 2 * rest > value.denominator or (2 * rest == value.denominator and floor % 2 == 1)
            case Rounding.HALF_UP:
                is_up = 2 * rest > value.denominator or (2 * rest == value.denominator and floor >= 0)
            case Rounding.UP:
                is_up = floor >= 0
            case Rounding.DOWN:
                is_up = floor < 0
            case Rounding.CEILING:
                is_up = True
            case Rounding.FLOOR:
                is_up = False
        return floor + is_up


@final
@frozen(eq=False, repr=False)
class Amount:
    """An exact number of a unit: immutable, ordered within its dimension, hashed by value.

    Made by :meth:`parse`, :meth:`of` and :meth:`from_root`.

    >>> Amount.parse("1200 元/年") == Amount.parse("100 元/月")
    True
    >>> Amount.parse("0.25 万元/年") < Amount.parse("3,000 元/年")
    True
    >>> Amount.parse("5 天") < Amount.parse("40 学时")
    Traceback (most recent call last):
    perfeval.errors.UnitMismatch: came 5 天 and 40 学时; needed two amounts of one dimension, such as 天
    """

    root: Fraction = field()
    """The value in root units, exactly."""
    unit: Unit = field()
    """The unit in which the amount is shown."""

    def __attrs_post_init__(self) -> None:
        if type(self.root) is not Fraction or not isinstance(self.unit, Unit):
            raise AmountError.of("", came=excerpt((self.root, self.unit)), needed="a Fraction of root units and a Unit")
        if max(self.root.numerator.bit_length(), self.root.denominator.bit_length()) > _ROOT_BITS:
            raise AmountError.of("", came="a number of many thousand digits", needed=f"at most {_ROOT_BITS} bits")

    @classmethod
    def of(cls, number: Number | str, unit: str | Unit) -> Amount:
        """Return so many of a unit; the number is an int, a Fraction, a finite Decimal or a numeral.

        Raises :class:`~perfeval.errors.AmountError` for a float or a bool, and says what to write instead.

        >>> Amount.of("15,000.00", "元"), Amount.of(Fraction(20, 3), "学时/月")
        (Amount.parse('15,000 元'), Amount.parse('20/3 学时/月'))
        >>> Amount.of(0.1, "元")
        Traceback (most recent call last):
        perfeval.errors.AmountError: came the float 0.1; needed an exact number, such as '0.1' or a Decimal
        """
        shown = as_unit(unit)
        exact = read_numeral(number) if isinstance(number, str) else _exact(number)
        return cls(exact * shown.factor, shown)

    @classmethod
    def from_root(cls, root: int | Fraction, unit: str | Unit) -> Amount:
        """Return the amount of so many root units, shown in a unit.

        >>> Amount.from_root(150_000, "元")
        Amount.parse('1,500 元')
        """
        return cls(_exact(root), as_unit(unit))

    @classmethod
    def parse(cls, text: str) -> Amount:
        """Read an amount, exactly, as it stands in a published text.

        Takes what :func:`~perfeval.numerals.read_numeral` takes, followed by what
        :meth:`~perfeval.units.Unit.parse` takes; also ¥ and 人民币 before the number, 百分之, and sums in
        words or in descending parts (壹佰元零伍分, 5元6角). A multiplier before 元 belongs to the unit after
        Arabic digits (1.5 万元 stays so many 万元) and else to the number (22.99万家). Raises
        :class:`~perfeval.errors.InputError` in one of its kinds; never guesses a unit.

        >>> [str(Amount.parse(text)) for text in ("1.5 万元", "22.99万家", "¥1,200.00/月", "百分之六十五")]
        ['1.5 万元', '229,900 家', '1,200 元/月', '65%']
        >>> [str(Amount.parse(text)) for text in ("壹佰贰拾万元整", "5元6角", "-５００元/人·年")]
        ['1,200,000 元', '5.6 元', '-500 元/人/年']
        >>> Amount.parse("3000")
        Traceback (most recent call last):
        perfeval.errors.AmountError: came '3000'; needed a unit after the number, such as '3000 元'
        """
        number, unit = _read(text)
        return cls(number * unit.factor, unit)

    @property
    def dimension(self) -> Dimension:
        """What is measured; amounts compare and add only within one dimension."""
        return self.unit.dimension

    @property
    def number(self) -> Fraction:
        """How many of its own unit the amount is, exactly."""
        return self.root / self.unit.factor

    def to(self, unit: str | Unit) -> Amount:
        """Return the same amount, shown in another unit of its dimension; else raises UnitMismatch.

        >>> Amount.parse("100 元/月").to("元/年")
        Amount.parse('1,200 元/年')
        """
        return Amount(self.root, self._same_dimension(unit))

    def number_in(self, unit: str | Unit) -> Fraction:
        """Return how many of a unit the amount is, exactly.

        >>> Amount.parse("80 学时/年").number_in("学时/月")
        Fraction(20, 3)
        """
        return self.root / self._same_dimension(unit).factor

    def round(self, quantum: Amount | str, mode: Rounding | str) -> Amount:
        """Return the multiple of a quantum to which the mode rounds; no mode is a default.

        >>> Amount.parse("20/3 元").round("0.01 元", "HALF_UP")
        Amount.parse('6.67 元')
        """
        step = self._quantum(quantum)
        return Amount(Rounding.named(mode).integer(self.root / step) * step, self.unit)

    def allocate(self, weights: Iterable[Number | Amount], quantum: Amount | str | None = None) -> tuple[Amount, ...]:
        """Return parts in proportion to weights, multiples of the quantum that add up to this amount exactly.

        Largest remainder; ties go to the earlier weight, a zero weight gets zero. Without a quantum parts are
        whole fen, months, half-days or whatever the root of the unit is (in 元/年, fen a year), and for a
        ratio whole %. Not monotone: with 1 more to split a part may become smaller (33 and 34 over 1, 5, 7,
        9). Raises :class:`~perfeval.errors.AmountError` for an amount that is no multiple of the quantum and
        for weights that are negative, none, or all zero.

        >>> [str(part) for part in Amount.parse("100 元").allocate([1, 1, 1])]
        ['33.34 元', '33.33 元', '33.33 元']
        """
        step = self._quantum(quantum) if quantum is not None else _smallest(self.unit)
        count = self.root / step
        if count.denominator != 1:
            shown = Amount(step, self.unit)
            raise AmountError.of("", came=_brief(self), needed=f"a multiple of {shown} to split, or another quantum")
        shares = _shares(abs(count.numerator), _weights(weights))
        sign = -1 if count < 0 else 1
        return tuple(Amount(sign * share * step, self.unit) for share in shares)

    def in_words(self) -> str:
        """Return a sum of money in capital numerals; :meth:`parse` reads it back.

        Raises UnitMismatch for what is not plain money, InexactError for a part of a fen.

        >>> Amount.parse("1.5 万元").in_words()
        '壹万伍仟元整'
        """
        self._same_dimension("元")
        return money_in_words(self.root)

    def format(self, decimals: int = 2, unit: str | Unit | None = None, mode: Rounding | str | None = None) -> str:
        """Return the amount with so many decimals and thousands grouped, in its own unit or another.

        Raises :class:`~perfeval.errors.InexactError` when that is not exact and no rounding mode is named.

        >>> Amount.parse("1.5 万元").format(unit="元"), Amount.parse("20/3 元").format(mode="DOWN")
        ('15,000.00 元', '6.66 元')
        """
        return self._fixed(decimals, self.unit if unit is None else self._same_dimension(unit), mode, ",")

    def _fixed(self, decimals: int, unit: Unit, mode: Rounding | str | None, comma: str) -> str:
        if type(decimals) is not int or not 0 <= decimals <= _DECIMALS_READ:
            raise AmountError.of("decimals", came=excerpt(decimals), needed=f"0 to {_DECIMALS_READ} decimals")
        scaled = self.root / unit.factor * 10**decimals
        if scaled.denominator != 1 and mode is None:
            raise InexactError.of(
                "", came=_brief(self), needed=f"a rounding mode to show it with {decimals} decimals in {unit}"
            )
        rounded = scaled.numerator if mode is None else Rounding.named(mode).integer(scaled)
        whole, rest = divmod(abs(rounded), 10**decimals)
        if whole >= _SHOWN_BELOW:
            raise InexactError.of("", came=_brief(self), needed="fewer than 19 digits before the point")
        places = f".{rest:0{decimals}d}" if decimals else ""
        return _with_unit(f"{'-' if rounded < 0 else ''}{whole:{comma}}{places}", unit)

    def _same_dimension(self, unit: str | Unit) -> Unit:
        wanted = as_unit(unit)
        if wanted.dimension != self.unit.dimension:
            raise UnitMismatch.of("", came=_brief(self), needed=f"an amount of the dimension of {wanted}")
        return wanted

    def _quantum(self, quantum: Amount | str) -> Fraction:
        step = as_amount(quantum)
        if step.dimension != self.dimension:
            raise UnitMismatch.of("quantum", came=_brief(step), needed=f"a quantum of the dimension of {self.unit}")
        if step.root <= 0:
            raise AmountError.of("quantum", came=_brief(step), needed="a quantum above zero")
        return step.root

    def _root_of(self, other: object) -> Fraction | None:
        """Return the root value of an amount of this dimension; None for a foreign object."""
        if isinstance(other, Amount):
            if other.unit.dimension == self.unit.dimension:
                return other.root
            raise UnitMismatch.of("", came=f"{_brief(self)} and {_brief(other)}", needed=_needed(self.unit, other.unit))
        if isinstance(other, (int, float, Fraction, Decimal, str)):
            raise UnitMismatch.of(
                "",
                came=f"{_brief(self)} and {excerpt(other)}",
                needed=f"an amount such as Amount.of(0, {self.unit.text!r})",
            )
        return None

    def __eq__(self, other: object) -> bool:
        """Say whether value and dimension agree, whatever unit is shown."""
        if not isinstance(other, Amount):
            return NotImplemented
        return self.root == other.root and self.unit.dimension == other.unit.dimension

    def __hash__(self) -> int:
        """Return a hash that equal amounts share."""
        return hash((self.root, self.unit.dimension))

    def __lt__(self, other: Amount) -> bool:
        """Compare within the dimension; UnitMismatch across."""
        root = self._root_of(other)
        return NotImplemented if root is None else self.root < root

    def __le__(self, other: Amount) -> bool:
        """Compare within the dimension; UnitMismatch across."""
        root = self._root_of(other)
        return NotImplemented if root is None else self.root <= root

    def __gt__(self, other: Amount) -> bool:
        """Compare within the dimension; UnitMismatch across."""
        root = self._root_of(other)
        return NotImplemented if root is None else self.root > root

    def __ge__(self, other: Amount) -> bool:
        """Compare within the dimension; UnitMismatch across."""
        root = self._root_of(other)
        return NotImplemented if root is None else self.root >= root

    def __add__(self, other: Amount) -> Amount:
        """Return the sum, shown in the unit of the left one."""
        root = self._root_of(other)
        return NotImplemented if root is None else Amount(self.root + root, self.unit)

    __radd__ = __add__  # reached only from what is not an amount: 0 + amount is refused like amount + 0

    def __sub__(self, other: Amount) -> Amount:
        """Return the difference, shown in the unit of the left one."""
        root = self._root_of(other)
        return NotImplemented if root is None else Amount(self.root - root, self.unit)

    __rsub__ = __sub__  # as for __radd__: it only refuses

    def __mul__(self, other: Number | Amount) -> Amount:
        """Return the product with an exact number, or with an amount: the units multiply too."""
        if isinstance(other, Amount):
            return Amount(self.root * other.root, self.unit * other.unit)
        factor = _scalar(other)
        return NotImplemented if factor is None else Amount(self.root * factor, self.unit)

    __rmul__ = __mul__

    def __truediv__(self, other: Number | Amount) -> Amount:
        """Return the quotient by an exact number, or by an amount: a ratio when the dimensions are one.

        >>> Amount.parse("65 人") / Amount.parse("100 人")
        Amount.parse('65%')
        """
        divisor = other.root if isinstance(other, Amount) else _scalar(other)
        if divisor is None:
            return NotImplemented
        if not divisor:
            raise AmountError.of("", came=f"{_brief(self)} / 0", needed="a divisor other than zero")
        return Amount(self.root / divisor, self.unit / other.unit if isinstance(other, Amount) else self.unit)

    def __neg__(self) -> Amount:
        """Return the opposite."""
        return Amount(-self.root, self.unit)

    def __pos__(self) -> Amount:
        """Return the amount itself."""
        return self

    def __abs__(self) -> Amount:
        """Return the amount without its sign."""
        return Amount(abs(self.root), self.unit)

    def __str__(self) -> str:
        """Return the shortest exact text, thousands grouped; :meth:`parse` reads it back, and its unit."""
        return _with_unit(write_ratio(self.number), self.unit)

    def __format__(self, spec: str) -> str:
        """Return the text in a form such as ``,.2f``: exact, or InexactError; the empty form is ``str``.

        >>> f"{Amount.parse('15000 元'):,.2f}"
        '15,000.00 元'
        """
        match = _SPEC.fullmatch(spec)
        if match is None:
            raise AmountError.of("", came=excerpt(spec), needed="a format such as ',.2f' or '.2f', or none")
        if match["decimals"] is None:
            return str(self)
        return self._fixed(int(match["decimals"]), self.unit, None, match["comma"])

    def __repr__(self) -> str:
        """Return an expression that makes an equal amount, shown in the same unit."""
        return f"Amount.parse({str(self)!r})"

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle and copy by value and unit."""
        return (Amount, (self.root, self.unit))


@final
@frozen(repr=False)
class AmountRange:
    """The amounts between two bounds, both of them included; a bound that is None is open.

    Raises UnitMismatch for bounds of two dimensions, AmountError for bounds in the wrong order or none at
    all.

    >>> str(AmountRange(Amount.parse("10 元"), Amount.parse("20 元")))
    '10 元 – 20 元'
    >>> Amount.parse("0.002 万元") in AmountRange(Amount.parse("10 元"), None)
    True
    """

    low: Amount | None
    high: Amount | None

    def __attrs_post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise AmountError.of("", came="no bound", needed="a lower bound, an upper bound or both")
        for bound in (self.low, self.high):
            if bound is not None and not isinstance(bound, Amount):
                raise AmountError.of("", came=excerpt(bound), needed="amounts or None as bounds")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise AmountError.of(
                "",
                came=f"{_brief(self.low)} to {_brief(self.high)}",
                needed="a lower bound that is not above the upper",
            )

    @property
    def unit(self) -> Unit:
        """The unit in which the lower bound, or else the upper one, is shown."""
        bound = self.high if self.low is None else self.low
        assert bound is not None  # noqa: S101 - one of them is there since the range was built
        return bound.unit

    @property
    def dimension(self) -> Dimension:
        """What is measured."""
        return self.unit.dimension

    def __contains__(self, amount: Amount) -> bool:
        """Say whether an amount of the same dimension lies within the bounds."""
        return (self.low is None or self.low <= amount) and (self.high is None or amount <= self.high)

    def __str__(self) -> str:
        """Return the bounds as text."""
        if self.low is None:
            return f"≤ {self.high}"
        return f"≥ {self.low}" if self.high is None else f"{self.low} – {self.high}"

    def __repr__(self) -> str:
        """Return an expression that makes an equal range."""
        return f"AmountRange({self.low!r}, {self.high!r})"


def as_amount(amount: str | Amount) -> Amount:
    """Return the amount that is given, or read from its text.

    >>> as_amount("5 天")
    Amount.parse('5 天')
    """
    return amount if isinstance(amount, Amount) else Amount.parse(amount)


def _exact(number: object) -> Fraction:
    """Return an exact number as a fraction; refuse every other value and say what to write."""
    if isinstance(number, float):
        text = f"such as {repr(number)!r} or a Decimal" if math.isfinite(number) else "such as 0"
        raise AmountError.of("", came=f"the float {number!r}", needed=f"an exact number, {text}")
    if isinstance(number, bool):
        raise AmountError.of("", came=f"the truth value {number}", needed="a number, such as 1")
    if type(number) is Fraction:
        return number
    if isinstance(number, Decimal):
        longest = _DECIMAL_DIGITS_LONGEST
        # Looked at before it is converted: Decimal("1e999999999") has one digit.
        if number.is_finite() and abs(number.adjusted()) < longest and len(number.as_tuple().digits) <= longest:
            return Fraction(number)
        raise AmountError.of("", came=excerpt(number), needed=f"a finite number of at most {longest} digits")
    if isinstance(number, Rational):  # also the integers of numpy
        return Fraction(int(number.numerator), int(number.denominator))
    raise AmountError.of("", came=excerpt(number), needed="an exact number: an int, a Fraction, a Decimal or text")


def _scalar(other: object) -> Fraction | None:
    """Return a number to multiply or divide by; None leaves the operation to the other operand."""
    if isinstance(other, str):
        raise AmountError.of("", came=excerpt(other), needed="an exact number or an amount")
    return _exact(other) if isinstance(other, (int, float, Fraction, Decimal)) else None


def _needed(left: Unit, right: Unit) -> str:
    plain = _BRACKETED.sub("", left.text) == _BRACKETED.sub("", right.text)
    reason = "; a qualifier in brackets makes a kind of its own" if plain else ""
    return f"two amounts of one dimension, such as {left}{reason}"


def _brief(amount: Amount) -> str:
    """Return an amount as it may stand in a message."""
    text = str(amount)
    return text if len(text) <= _MESSAGE_LONGEST else f"{text[:_MESSAGE_LONGEST]}…"


def _with_unit(number: str, unit: Unit) -> str:
    """Return number and unit as they are written: 65% without a blank, and 3 个月, since 3 月 is March."""
    if unit.text[0] in "%‰":
        return f"{number}{unit}"
    return f"{number} 个{unit}" if unit.text in _WITH_MEASURE_WORD else f"{number} {unit}"


def _read(text: str) -> tuple[Fraction, Unit]:
    """Return the number and the unit of an amount as text, in one pass over a text known to be short."""
    if not isinstance(text, str):
        raise AmountError.of(
            "", came=excerpt(text), needed="the text of an amount, such as '3000 元/年', not a bare number"
        )
    if len(text) > _LONGEST:
        raise AmountError.of("", came=excerpt(text), needed=f"an amount of at most {_PROSE_LONGEST} characters")
    plain = plain_text(text, AmountError).strip()
    sign, plain = _signed(plain)
    currency = _CURRENCY.match(plain)
    if currency:
        plain = plain[currency.end() :]
        if sign > 0:
            sign, plain = _signed(plain)
    number, rest = _numeral(plain, text)
    if currency:
        rest = f"元{rest}" if rest[:1] in ("", "/") else rest
    if not rest:
        example = plain if len(plain) <= _MESSAGE_LONGEST else "3000"
        raise AmountError.of("", came=excerpt(text), needed=f"a unit after the number, such as '{example} 元'")
    if _DIGIT.search(_BRACKETED.sub("", rest)):
        raise AmountError.of(
            "", came=excerpt(text), needed="one number without blanks and one unit, such as '1,000 元'"
        )
    unit = Unit.parse(rest)
    if currency and not unit.holds_money:
        raise AmountError.of("", came=excerpt(text), needed="money after the sign of a currency")
    return sign * number, unit


def _signed(plain: str) -> tuple[int, str]:
    return (-1, plain[1:].lstrip()) if plain[:1] in ("-", "\u2212", "负") else (1, plain)


def _numeral(plain: str, text: str) -> tuple[Fraction, str]:
    """Return the number at the start of an amount without its sign, and the text of the unit."""
    ratio = _RATIO.match(plain)
    if ratio:
        return read_numeral(ratio[0]), plain[ratio.end() :].strip()
    if len(plain) > _PROSE_LONGEST:
        raise AmountError.of("", came=excerpt(text), needed=f"an amount of at most {_PROSE_LONGEST} characters")
    if _IN_WORDS.fullmatch(plain):
        return read_money_in_words(plain) / _FEN_PER_YUAN, "元"
    part = _PART.match(plain)
    if part:
        rest = plain[part.end() :].strip()
        if rest:
            return read_numeral(part[0]), rest
        shown = "‰" if part[0].startswith("千分之") else "%"
        return read_numeral(part[0]) / Unit.parse(shown).factor, shown
    arabic = _ARABIC.match(plain)
    if arabic:
        scale, after = arabic["scale"], plain[arabic.end() :].lstrip()
        if scale and after.startswith(f"{scale}元") and f"{scale}元" in known_units():
            return read_numeral(arabic[0]), after
        if scale:
            plain = arabic[0] + after  # a blank may stand before the multiplier: 22.99 万家
    found = _NUMERAL.match(plain)
    if found is None or _MULTIPLIERS_ONLY.fullmatch(found[0]):
        raise AmountError.of("", came=excerpt(text), needed="a number before the unit, such as '3000 元/年'")
    return read_numeral(found[0]), plain[found.end() :].strip()


def _smallest(unit: Unit) -> Fraction:
    """Return the quantum in which a unit is split when none is named, in root units.

    That is one root unit per whatever the unit is per: 8,333.33 元/年, not whole fen a month.
    """
    step = unit.factor
    for name, _, exponent in unit.terms:
        part = Unit.parse(name)
        if exponent > 0 and not part.is_ratio:
            step /= part.factor**exponent
    return step


def _weights(weights: Iterable[Number | Amount]) -> list[Fraction]:
    given = list(weights)
    dimensions = {weight.dimension if isinstance(weight, Amount) else None for weight in given}
    if len(dimensions) > 1:
        raise UnitMismatch.of("weights", came="weights of several units", needed="weights of one dimension, or numbers")
    exact = [weight.root if isinstance(weight, Amount) else _exact(weight) for weight in given]
    for place, weight in enumerate(exact):
        if weight < 0:
            raise AmountError.of(f"weights[{place}]", came=excerpt(given[place]), needed="a weight of zero or more")
    if not any(exact):
        raise AmountError.of("weights", came="no weight above zero", needed="at least one weight above zero")
    return exact


def _shares(count: int, weights: list[Fraction]) -> list[int]:
    """Return whole shares of ``count`` by largest remainder, ties to the earlier weight."""
    scale = math.lcm(*(weight.denominator for weight in weights))
    whole = [weight.numerator * (scale // weight.denominator) for weight in weights]
    total = sum(whole)
    shares = [count * weight // total for weight in whole]
    # A weight of zero has no remainder, and fewer are left over than there are remainders: it never gets one.
    by_remainder = sorted(range(len(whole)), key=lambda place: (-(count * whole[place] % total), place))
    for place in by_remainder[: count - sum(shares)]:
        shares[place] += 1
    return shares
