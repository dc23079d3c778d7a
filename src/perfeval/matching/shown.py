"""What a printed figure stands for beside others: itself, or, across units, whatever rounds to the digits that it prints.

18.56万元 beside 185,630元 is one amount, and beside 185,700元 it is not; within one unit every fen counts. The layers
are those of ``tolerances``. Imports ``documents`` and above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve

from perfeval.amounts import Amount
from perfeval.documents.folding import fold
from perfeval.documents.printed import Printed
from perfeval.facts import Given
from perfeval.tolerances import DISPLAYED, SAME_UNIT

__all__ = ["agreeing", "may_be_rounded", "printed_of", "rest_of_rounding", "settled"]

_DECIMALS = re.compile(r"[0-9]\s?\.([0-9]{1,12})")
_TO_THE_FEN = re.compile("[整正角分]")
_YUAN = "元"
_MANY = 100


def printed_of(given: Given | None) -> Printed | None:
    """Return a figure of money with the digits that it prints; None for what is no exact amount of money.

    Words that end in 整 are exact to the fen: 壹拾捌万元整.

    >>> from perfeval.citations import Span
    >>> figure = Given(value=Amount.parse("18.50 万元"), span=Span(start=0, end=7, text="18.50万元"))
    >>> str(printed_of(figure).step)
    '0.01 万元'
    """
    if given is None or not isinstance(given.value, Amount) or not given.value.unit.is_money:
        return None
    amount = given.value
    words = "" if given.span is None else fold(given.span.text)
    if _TO_THE_FEN.search(words):
        amount = Amount.from_root(amount.root, _YUAN)
        return Printed(number=amount.number, decimals=2, amount=amount, span=given.span)
    decimals = _DECIMALS.search(words)
    shown = len(decimals[1]) if decimals is not None else _decimals(amount.number)
    return Printed(number=amount.number, decimals=shown, amount=amount, span=given.span)


def _decimals(number: Fraction) -> int:
    """Return how many digits a number has after its point: as many as it needs, where its text does not say."""
    for digits in range(9):
        if (number * 10**digits).denominator == 1:
            return digits
    return 8


def _factor(printed: Printed) -> Fraction:
    return printed.amount.unit.factor if printed.amount is not None else Fraction(0)


def agreeing(one: Printed | None, other: Printed | None) -> bool | None:
    """Say whether two figures are one amount, in the tightest layer that they allow; None where that is not known."""
    if one is None or other is None:
        return None
    same = one.agrees(other)
    if not same or one.amount is None or other.amount is None or one.amount == other.amount:
        return same
    return may_be_rounded(max(one, other, key=_factor))


def may_be_rounded(printed: Printed) -> bool:
    """Say whether a figure may stand for one with more digits: 5.02万元 may and 5,020万元 too, 5万元 is meant as it stands."""
    return printed.decimals > 0 or printed.number >= _MANY


def settled(figure: Given, beside: Sequence[Given]) -> tuple[Given, Printed | None]:
    """Return a figure as what it stands for beside others: the first finer one with which it agrees, else as printed.

    The second of the two is that finer one, where it is not the very same amount.
    """
    own = printed_of(figure)
    if own is None or own.amount is None:
        return figure, None
    for other in beside:
        finer = printed_of(other)
        if finer is None or finer.amount is None or _factor(finer) >= _factor(own) or not agreeing(own, finer):
            continue
        if finer.amount.root == own.amount.root:
            return figure, None
        return evolve(figure, value=Amount.from_root(finer.amount.root, own.amount.unit)), finer
    return figure, None


def rest_of_rounding(parts: Sequence[Given], whole: Given) -> Amount | None:
    """Return what parts lack to make up a whole where they only differ by rounding; None where they differ otherwise.

    Zero where they are equal. In one unit nothing is rounded. Across units a figure in the larger one may be off by half
    of its last digit, where it may be rounded at all.

    >>> from perfeval.citations import Span
    >>> def given(text):
    ...     return Given(value=Amount.parse(text), span=Span(start=0, end=len(text), text=text))
    >>> parts = [given("1.23 万元"), given("2.35 万元")]
    >>> [str(rest_of_rounding(parts, given(whole))) for whole in ("35,780 元", "3.58 万元", "3.59 万元", "36,000 元")]
    ['-20 元', '0 元', 'None', 'None']
    """
    figures = [printed_of(part) for part in (*parts, whole)]
    known = [one for one in figures if one is not None and one.amount is not None]
    if len(known) != len(figures):
        return None
    amounts = [one.amount for one in known if one.amount is not None]
    rest = Amount.from_root(amounts[-1].root - sum((one.root for one in amounts[:-1]), Fraction(0)), _YUAN)
    if SAME_UNIT.covers(rest):
        return rest
    finest = min(_factor(one) for one in known)
    coarse = [one.step for one in known if _factor(one) > finest and may_be_rounded(one) and one.step is not None]
    if not coarse:
        return None
    # Each may be off by half a step where it was rounded, and by one where it was cut; all were treated alike.
    halves = Amount.from_root(sum((step.root for step in coarse), Fraction(0)) / 2, _YUAN)
    single = max(coarse)
    within = rest.root**2 <= halves.root**2 or (len(coarse) == 1 and DISPLAYED.covers(rest, step=single))
    return rest if within else None
