"""Hypothesis strategies for what the library takes: numbers, units, money and amounts.

For tests of rules and packs that use the library, and for its own. Needs the extra ``perfeval[strategies]``;
nothing in the library imports this module. Imports ``units`` and ``amounts``.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from perfeval.amounts import Amount
from perfeval.units import Unit, as_unit

__all__ = ["amounts", "money", "numbers", "units"]

_MONEY: Final = ("分", "角", "元", "百元", "千元", "万元", "十万元", "百万元", "千万元", "亿元")
_COUNTS: Final = ("人", "个", "家", "户", "期", "次", "人次", "批次", "门", "场", "项", "台", "组织")
_OTHERS: Final = ("学时", "课时", "学分", "小时")
_DAYS: Final = ("天", "半天")
_MONTHS: Final = ("月", "季度", "半年", "年")
_RATIOS: Final = ("%", "‰", "倍")
_KINDS_OF_MONEY: Final = ("累计", "上年", "中央")
_KINDS_OF_COUNT: Final = ("书记", "党员", "党支部", "2026届")
_LARGEST: Final = 10**15


def numbers(
    minimum: int | Fraction | None = None,
    maximum: int | Fraction | None = None,
    *,
    places: int | None = None,
) -> SearchStrategy[Fraction]:
    """Return exact numbers between two bounds (of 10^15 where none is given), whole, decimal or any fraction.

    With ``places`` the numbers are decimals of at most so many places: 0 for whole numbers, 2 for money in
    元.

    >>> from hypothesis import find
    >>> find(numbers(minimum=3, places=0), lambda number: True)
    Fraction(3, 1)
    """
    low = Fraction(-_LARGEST if minimum is None else minimum)
    high = max(Fraction(_LARGEST), low) if maximum is None else Fraction(maximum)
    if places is not None:
        return _decimals(low, high, places)
    return st.one_of(
        *(
            _decimals(low, high, places)
            for places in (0, 2, 4)
            if -(-low * 10**places // 1) <= high * 10**places
        ),
        st.fractions(low, high, max_denominator=max(1_000_000, low.denominator, high.denominator)),
    )


def _decimals(low: Fraction, high: Fraction, places: int) -> SearchStrategy[Fraction]:
    scale = 10**places
    return st.integers(int(-(-low * scale // 1)), int(high * scale // 1)).map(
        lambda scaled: Fraction(scaled, scale)
    )


@st.composite
def units(draw: st.DrawFn) -> Unit:
    """Return units as they stand in standards: alone or per something, qualified or not.

    >>> from hypothesis import find
    >>> find(units(), lambda unit: unit.is_ratio).text
    '%'
    """
    head = draw(
        st.one_of(
            st.sampled_from(_MONEY + _COUNTS + _OTHERS + _DAYS + _MONTHS + _RATIOS),
            _qualified(_MONEY, _KINDS_OF_MONEY),
            _qualified(_COUNTS, _KINDS_OF_COUNT),
        )
    )
    unit = Unit.parse(head)
    per = draw(
        st.one_of(
            st.just(()),
            st.tuples(st.one_of(st.sampled_from(_COUNTS), _qualified(_COUNTS, _KINDS_OF_COUNT))),
            st.tuples(st.sampled_from(_DAYS + _MONTHS)),
            st.tuples(st.sampled_from(_COUNTS), st.sampled_from(_DAYS + _MONTHS)),
        )
    )
    bases = {base for base, _ in unit.dimension}
    kept = [name for name in per if bases.isdisjoint(base for base, _ in Unit.parse(name).dimension)]
    return Unit.parse("/".join([head, *kept]))


def _qualified(names: tuple[str, ...], qualifiers: tuple[str, ...]) -> SearchStrategy[str]:
    return st.builds("{}[{}]".format, st.sampled_from(names), st.sampled_from(qualifiers))


def money(minimum: int = 0, maximum: int = 10**15) -> SearchStrategy[Amount]:
    """Return sums of whole fen between two bounds in fen, shown in any unit of money.

    >>> from hypothesis import find
    >>> str(find(money(minimum=500), lambda amount: amount.unit.text == "元"))
    '5 元'
    """
    return st.builds(Amount.from_root, st.integers(minimum, maximum), st.sampled_from(_MONEY))


def amounts(
    unit: str | Unit | SearchStrategy[Unit] | None = None,
    number: SearchStrategy[Fraction] | None = None,
) -> SearchStrategy[Amount]:
    """Return exact amounts: of one unit, of drawn units, or of any; the number is how many of the unit.

    >>> from hypothesis import find
    >>> str(find(amounts("元/年", numbers(minimum=3000, places=0)), lambda amount: True))
    '3,000 元/年'
    """
    if unit is None:
        shown: SearchStrategy[Unit] = units()
    else:
        shown = unit if isinstance(unit, SearchStrategy) else st.just(as_unit(unit))
    return st.builds(Amount.of, numbers() if number is None else number, shown)
