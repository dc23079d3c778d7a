"""How money and the sums behind it read in a table: one unit for all, 元 with two decimals, units as a reader says them.

What is printed here is never read back: the data keep their own units, exactly. Imports ``totals``, ``wording`` and what
stands above them.
"""

from __future__ import annotations

import functools
import re
from typing import Final

from perfeval.amounts import Amount, AmountRange, Rounding
from perfeval.entitlements.totals import Required
from perfeval.errors import InexactError
from perfeval.numerals import write_ratio
from perfeval.units import Unit
from perfeval.wording import Lang, say

__all__ = ["figure", "figures", "in_yuan", "plain_words"]

_YUAN: Final = Unit.parse("元")
_YEAR: Final = Unit.parse("年")
_LONG: Final = 10**18
"""From here on numbers are not written with decimals."""


@functools.lru_cache(maxsize=1024)
def in_yuan(unit: Unit, *, by_year: bool = False) -> Unit:
    """Return the unit with 元 for every name of money, 万元 and 分 alike; ``by_year`` with 年 for every time too.

    >>> in_yuan(Unit.parse("万元/月")).text, in_yuan(Unit.parse("万元/月"), by_year=True).text
    ('元/月', '元/年')
    """
    instead = {_YUAN.dimension: _YUAN.text} | ({_YEAR.dimension: _YEAR.text} if by_year else {})
    terms = unit.terms
    return Unit(tuple((instead.get(Unit.parse(name).dimension, name), kind, power) for name, kind, power in terms))


def figure(amount: Amount, unit: Unit) -> str:
    """Return an amount in a unit without its name: money with thousands and two decimals, else as short as it is.

    What two decimals do not show exactly is shown exactly, a fraction with its value to the fen.

    >>> figure(Amount.parse("1.5 万元"), _YUAN), figure(Amount.parse("20/3 元"), _YUAN)
    ('15,000.00', '20/3 (≈ 6.67)')
    """
    shown = amount.to(unit)
    if not any(base.startswith("currency_") for base, _ in unit.dimension):
        return write_ratio(shown.number)
    try:
        return _without_unit(shown.format(), unit)
    except InexactError:
        exact = write_ratio(shown.number).removesuffix("/1")
    if "/" not in exact or shown.number >= _LONG:
        return exact
    return f"{exact} (≈ {_without_unit(shown.format(mode=Rounding.HALF_UP), unit)})"


def _without_unit(text: str, unit: Unit) -> str:
    return text.removesuffix(unit.text).rstrip()


def figures(value: Required, unit: Unit) -> str:
    """Return what is required in a unit without its name: one figure, or the bounds of a range."""
    if not isinstance(value, AmountRange):
        return figure(value, unit)
    if value.low is None or value.high is None:
        bound = value.high if value.low is None else value.low
        assert bound is not None  # noqa: S101 - a range has one bound at least
        return f"{'≤' if value.low is None else '≥'} {figure(bound, unit)}"
    return f"{figure(value.low, unit)} – {figure(value.high, unit)}"


_RATE: Final = re.compile(r"/(?!个\[)([^\s/·×÷()\[\]]+)\[[^\]]+\]")
"""A unit with its kind below the line, /人[党员]; not /个[小组], which needs its noun."""
_COUNT: Final = re.compile(r"([^\s/·×÷()\[\]]+)\[([^\]]+)\]")
"""A unit with its kind above the line: 人[党员]."""


def plain_words(worked: str, lang: Lang = "zh") -> str:
    """Return a sum with its units as a reader says them, the kind of what is counted without brackets.

    Where a sum is about one kind of person and has a rate for each, the kind goes without saying.

    >>> plain_words("60 人[党员] × 150 元/人[党员]/年"), plain_words("1 人[书记] × 200 元/月")
    ('60 人 × 150 元/人/年', '1 名书记 × 200 元/月')
    >>> plain_words("2 个[党支部] × 500 元/个[党支部]"), plain_words("5 元[财政]")
    ('2 个党支部 × 500 元/个党支部', '5 元 (财政)')
    """
    return _kinds_aloud(worked).replace("→", say(lang, "取整为", "rounded to"))


@functools.lru_cache(maxsize=1024)
def _kinds_aloud(worked: str) -> str:
    kinds = set(_COUNT.findall(worked))
    alone = {name for name, _ in kinds if name == "人" and sum(name == other for other, _ in kinds) == 1}

    def counted(found: re.Match[str]) -> str:
        name, kind = found.groups()
        if name in alone and f"/{name}[{kind}]" in worked:
            return name
        return {"人": f"名{kind}", "个": f"个{kind}"}.get(name, f"{name} ({kind})")

    return _COUNT.sub(counted, _RATE.sub(r"/\1", worked))
