"""Which single figure is at fault where figures that must agree do not, and what sort of slip that would be.

:func:`perfeval.budgets.diagnose` re-reads units; here a figure may be wrong in any way. Each identity that fails says
what each of its figures would have to be. A figure to which two identities give one and the same answer is the one at
fault; where only one identity fails, any of its figures may be, and none is chosen. Nothing is ever changed.
Imports ``budgets`` and above.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from fractions import Fraction
from typing import final

from attrs import field, frozen

from perfeval.amounts import Amount
from perfeval.budgets import Figure, Identity, Witness
from perfeval.facts import Label

__all__ = ["Location", "Slip", "Suspect", "locate", "slip_between"]


@final
class Slip(enum.Enum):
    """How a printed figure may have come about from the right one."""

    SWAPPED = "swapped"
    ZERO_ADDED = "zero_added"
    ZERO_LOST = "zero_lost"
    UNIT = "unit"

    @property
    def label(self) -> Label:
        """The slip in words."""
        return _SLIP_WORDS[self]


_SLIP_WORDS = {
    Slip.SWAPPED: Label("相邻两位数字颠倒", "two neighbouring digits are swapped"),
    Slip.ZERO_ADDED: Label("多写一个零", "a zero too many"),
    Slip.ZERO_LOST: Label("少写一个零", "a zero too few"),
    Slip.UNIT: Label("元与万元混淆", "元 and 万元 are confused"),
}
_TEN_THOUSAND = 10_000
_TWO = 2


@final
@frozen(kw_only=True)
class Suspect:
    """A figure and what it would have to be, in its own unit, for some identities to hold."""

    figure: Figure
    wanted: Amount
    mends: tuple[Witness, ...]
    breaks: tuple[Identity, ...]
    slip: Slip | None

    @property
    def rank(self) -> int:
        """How many identities more would hold."""
        return len(self.mends) - len(self.breaks)


@final
@frozen(kw_only=True)
class Location:
    """Every figure that could mend something, best first.

    ``given`` are the figures that are not to change, and ``open`` those of lists that were not read in full: what they
    would have to be is known, and none of them is chosen.
    """

    suspects: tuple[Suspect, ...]
    given: frozenset[str] = frozenset()
    open: tuple[str, ...] = ()
    _by_identity: dict[str, list[Suspect]] = field(init=False, eq=False, repr=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        for suspect in self.suspects:
            for witness in suspect.mends:
                self._by_identity.setdefault(witness.identity.key, []).append(suspect)

    def of(self, key: str) -> tuple[Suspect, ...]:
        """Return the figures that could mend the identity of that key, those that explain most: several on a tie."""
        able = self._by_identity.get(key, [])
        return tuple(one for one in able if one.rank == able[0].rank)

    def _may_be_chosen(self, key: str) -> bool:
        return key not in self.given and not (self.open and key.startswith(self.open))

    def held_to(self, key: str) -> Suspect | None:
        """Return the figure that is not to change, where an identity fails by it and others ask for another one."""
        best = self.of(key)
        alone = len(best) == 1 and not best[0].breaks and best[0].figure.key in self.given
        return best[0] if alone and len(best[0].mends) > 1 else None

    def chosen(self, key: str) -> Suspect | None:
        """Return the one figure at fault where an identity fails; None where only that identity can tell.

        Two witnesses are needed: two identities that ask for the same figure or, of two figures that should be one,
        another that bears the other out. A figure that an identity bears out as printed is not at fault alone. A list
        against a total that is said twice (requested and approved) is one witness, for a row of it may be missing.
        """
        best = self.of(key)
        if len(best) != 1 or best[0].breaks or not self._may_be_chosen(best[0].figure.key):
            return None
        mends = [witness.identity for witness in best[0].mends]
        witnesses = {tuple(figure.key for figure in one.left) if one.is_list else one.key for one in mends}
        tells_no_two = len(mends[0].figures) > _TWO or mends[0].is_list
        return None if len(witnesses) == 1 and tells_no_two else best[0]


def slip_between(printed: Amount, wanted: Amount) -> Slip | None:
    """Say by which common slip one figure becomes the other; None where by none.

    >>> of = Amount.parse
    >>> [slip_between(of("54,000 元"), of(text)) for text in ("45,000 元", "5,400 元", "5.4 元", "53,000 元")]
    [<Slip.SWAPPED: 'swapped'>, <Slip.ZERO_ADDED: 'zero_added'>, <Slip.UNIT: 'unit'>, None]
    """
    one, two = printed.root, wanted.root
    if one <= 0 or two <= 0 or one == two:
        return None
    if one == two * 10:
        return Slip.ZERO_ADDED
    if two == one * 10:
        return Slip.ZERO_LOST
    if _TEN_THOUSAND in (one / two, two / one):
        return Slip.UNIT
    number, other = (value / printed.unit.factor for value in (one, two))
    return Slip.SWAPPED if _is_swapped(number, other) else None


def _is_swapped(one: Fraction, two: Fraction) -> bool:
    """Say whether two neighbouring digits, exchanged, make one number the other: they differ by 9·d·10^k."""
    scale = 1
    while (one * scale).denominator != 1 or (two * scale).denominator != 1:
        scale *= 10
        if scale > _TEN_THOUSAND**2:
            return False
    digits, others = str(int(one * scale)), str(int(two * scale))
    width = max(len(digits), len(others))
    digits, others = digits.zfill(width), others.zfill(width)
    apart = [at for at in range(width) if digits[at] != others[at]]
    if len(apart) != 2 or apart[1] != apart[0] + 1:
        return False
    left, right = apart
    return digits[left] == others[right] and digits[right] == others[left]


def locate(identities: Iterable[Identity], *, given: Iterable[str] = (), open: Iterable[str] = ()) -> Location:  # noqa: A002 - as the field
    """Find the figures that could be at fault, and what each would have to be.

    ``given`` and ``open`` are the keys of figures of which none is chosen, those of ``open`` by how they begin.

    >>> def figure(key, text):
    ...     return Figure(key=key, label=Label(key, key), amount=Amount.parse(text))
    >>> total, rent, food = figure("total", "5 万元"), figure("rent", "2.1 万元"), figure("food", "3 万元")
    >>> sums = Identity(key="lines", label=Label("合计", "total"), left=(rent, food), right=(total,))
    >>> paid = Identity(key="plan", label=Label("计划", "plan"), left=(rent,), right=(figure("plan", "2 万元"),))
    >>> locate([sums]).chosen("lines"), str(locate([sums, paid]).chosen("lines").wanted)
    (None, '2 万元')
    """
    listed = tuple(identities)
    failing = [identity for identity in listed if not identity.holds]
    holding = [identity for identity in listed if identity.holds]
    figures = {figure.key: figure for identity in failing for figure in identity.figures}
    wanted: dict[tuple[str, Fraction], list[Identity]] = {}
    for identity in failing:
        off = identity.difference.root
        own = {figure.key: figure.amount.root for figure in identity.figures}
        for key, sign in identity.signs.items():
            if sign:
                wanted.setdefault((key, own[key] - off / sign), []).append(identity)
    breaks: dict[str, list[Identity]] = {key: [] for key in figures}
    for identity in holding:
        for key, sign in identity.signs.items():
            if key in figures and sign:
                breaks[key].append(identity)
    suspects = []
    for (key, root), mends in wanted.items():
        figure = figures[key]
        if root <= 0 < figure.amount.root:
            continue  # No amount of a budget is negative because another figure is wrong.
        reading = Amount.from_root(root, figure.amount.unit)
        suspects.append(
            Suspect(
                figure=figure,
                wanted=reading,
                mends=tuple(Witness(identity=identity, key=key, reading=reading) for identity in mends),
                breaks=tuple(breaks[key]),
                slip=slip_between(figure.amount, reading),
            )
        )
    suspects.sort(key=lambda one: -one.rank)
    return Location(suspects=tuple(suspects), given=frozenset(given), open=tuple(open))
