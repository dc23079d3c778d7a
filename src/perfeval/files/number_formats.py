"""What a reader of a spreadsheet sees of a number: its value in the number format of its cell, as text.

A workbook stores binary numbers. They are taken to the fifteen digits that a spreadsheet shows, and from there on worked
with as exact fractions: no figure is computed with in binary. Imports ``number_codes``, ``moments``, ``numerals`` and ``errors``.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final

from perfeval.errors import PerfevalError
from perfeval.files.moments import show_moment
from perfeval.files.number_codes import BUILT_IN, Section, chosen, sections
from perfeval.numerals import write_numeral

__all__ = ["exact", "show_number", "show_text"]

_LONG: Final = 10**21
_EPOCHS: Final = {False: datetime.datetime(1899, 12, 30), True: datetime.datetime(1904, 1, 1)}  # noqa: DTZ001 - civil
_LAST_DAY: Final = 2_958_466
_MILLISECONDS: Final = 86_400_000


def exact(value: float) -> Fraction:
    """Return the number that a spreadsheet means by a binary one: its first fifteen digits.

    >>> exact(349.80000000000001), exact(0.1 + 0.2), exact(15)
    (Fraction(1749, 5), Fraction(3, 10), Fraction(15, 1))
    """
    return Fraction(value) if isinstance(value, int) else Fraction(f"{value:.15g}")


def show_number(value: float, code: str, *, built_in: int | None = None, since_1904: bool = False) -> str:
    """Return a number in a number format; ``built_in`` is the number of a format that has no code of its own.

    >>> show_number(0.95, "0%"), show_number(25000, "#,##0.00"), show_number(349.80000000000001, "General")
    ('95%', '25,000.00', '349.8')
    >>> show_number(46082, "General", built_in=31), show_number(5, '0"期"'), show_number(-3.5, "0.0;[Red](0.0)")
    ('2026年3月1日', '5期', '(3.5)')
    """
    number = exact(value)
    parts = sections(BUILT_IN.get(-1 if built_in is None else built_in, code))
    section, signed = chosen(parts, number)
    if section is None:
        return plain(number)
    if not section.tokens:
        return "" if len(parts) > 1 else plain(number)
    if section.dated:
        moment = _moment(number, since_1904=since_1904)
        return plain(number) if moment is None else show_moment(moment, section, days=number)
    if section.numerals:
        try:
            return section.around(write_numeral(number, section.numerals))
        except PerfevalError:
            return plain(number)
    if section.general:
        return section.around(plain(number if signed else abs(number)))
    return _digits(number, section, signed=signed)


def show_text(text: str, code: str) -> str:
    """Return a text in a number format: a format may set words about it.

    >>> show_text("甲", '@"组"'), show_text("甲", "0.00")
    ('甲组', '甲')
    """
    parts = sections(code)
    section = parts[3] if len(parts) > 3 else parts[-1]
    if not section.text:
        return "" if len(parts) > 3 and not section.tokens else text
    return "".join(text if kind == "@" else written for kind, written in section.tokens if kind in {"@", "literal"})


def plain(number: Fraction) -> str:
    """Return a number in plain digits."""
    if abs(number) >= _LONG:
        return f"{Decimal(number.numerator) / Decimal(number.denominator):E}"
    sign = "-" if number < 0 else ""
    whole, rest = divmod(abs(number), 1)
    digits = ""
    while rest:
        digit, rest = divmod(rest * 10, 1)
        digits += str(digit)
    return f"{sign}{whole}.{digits}" if digits else f"{sign}{whole}"


def _moment(number: Fraction, *, since_1904: bool) -> datetime.datetime | None:
    days = number if since_1904 or number >= 60 else number + 1  # the day 1900-02-29, which never was
    if not 0 <= number < _LAST_DAY:
        return None
    milliseconds = (days * _MILLISECONDS + Fraction(1, 2)) // 1
    return _EPOCHS[since_1904] + datetime.timedelta(milliseconds=milliseconds)


def _rounded(number: Fraction, decimals: int) -> tuple[str, str]:
    """Return the digits before and after the point, rounded half away from zero."""
    scaled = (abs(number) * 10**decimals + Fraction(1, 2)) // 1
    whole, rest = divmod(scaled, 10**decimals)
    return (str(whole) if whole else ""), (f"{rest:0{decimals}d}" if decimals else "")


def _digits(number: Fraction, section: Section, *, signed: bool) -> str:
    number = number * 100**section.percents / 1000**section.thousands
    exponent = 0
    if section.scientific and number:
        while abs(number) >= 10:
            number, exponent = number / 10, exponent + 1
        while abs(number) < 1:
            number, exponent = number * 10, exponent - 1
    whole, rest = _rounded(number, len(section.after))
    before = _before(whole, section)
    after = list(rest)
    while after and after[-1] == "0" and section.after[len(after) - 1] != "0":
        after.pop()
    shown = ["-" if number < 0 and signed else ""]
    for kind, written in section.tokens:
        match kind:
            case "whole":
                shown.append(before.pop(0))
            case "after":
                shown.append(after.pop(0) if after else "")
            case "point":
                shown.append(("" if section.whole else whole) + ("." if after else ""))
            case "exponent":
                sign = "-" if exponent < 0 else "+" if "+" in written else ""
                shown.append(f"{written[0]}{sign}{abs(exponent):0{max(len(written) - 2, 1)}d}")
            case _:
                shown.append(written)
    return "".join(shown).strip()


def _before(whole: str, section: Section) -> list[str]:
    """Return what each placeholder before the point shows: one digit each, the first all that are left."""
    shown: list[str] = []
    left, written = whole, 0
    for place, placeholder in reversed(list(enumerate(section.whole))):
        taken = left if place == 0 else left[-1:]
        left = "" if place == 0 else left[:-1]
        if not taken and placeholder == "0":
            taken = "0"
        grouped = ""
        for digit in reversed(taken):
            if section.grouped and written and written % 3 == 0:
                grouped = "," + grouped
            grouped = digit + grouped
            written += 1
        shown.append(grouped)
    return shown[::-1]
