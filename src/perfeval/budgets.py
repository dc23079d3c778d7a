"""Budget arithmetic: figures that must add up, and, where they do not, which single unit may have slipped.

An :class:`Identity` says that two groups of figures have the same sum. :func:`diagnose` looks at all identities
of one text together: it re-reads one figure at a time in another unit of money and reports which re-readings
mend something, ranked by how many identities they mend. It never changes a figure and, on a tie, chooses none.
Imports ``amounts``, ``citations``, ``facts``, ``units`` and ``errors``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import final

from attrs import field, frozen

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.errors import RuleError, UnitMismatch
from perfeval.facts import Label

__all__ = ["READINGS", "Diagnosis", "Figure", "Identity", "Rereading", "Witness", "diagnose"]

READINGS = ("分", "角", "元", "千元", "万元", "百万元", "亿元")
"""The units of money that a figure is re-read in."""

_SHOWN = 12


@final
@frozen(kw_only=True)
class Figure:
    """One amount of a text, literally as printed; ``key`` tells it from equal amounts elsewhere in the text."""

    key: str
    label: Label
    amount: Amount
    span: Span | None = field(default=None, eq=False)


@final
@frozen(kw_only=True)
class Identity:
    """Two groups of figures that must have the same sum, such as lines and their total.

    ``is_list`` where the left ones are all the rows of a list: against one total or its echo, they bear witness once.
    """

    key: str
    label: Label
    left: tuple[Figure, ...]
    right: tuple[Figure, ...]
    is_list: bool = False

    def __attrs_post_init__(self) -> None:
        figures = self.figures
        if not self.left or not self.right:
            raise RuleError.of(self.key, came="a side without figures", needed="at least one figure on each side")
        for figure in figures[1:]:
            if figure.amount.dimension != figures[0].amount.dimension:
                raise UnitMismatch.of(
                    self.key,
                    came=f"{figures[0].amount} with {figure.amount}",
                    needed="figures of one dimension",
                )

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures, the left ones first."""
        return self.left + self.right

    @property
    def difference(self) -> Amount:
        """The left sum less the right one: zero where the identity holds."""
        root = sum((f.amount.root for f in self.left), Fraction(0)) - sum(
            (f.amount.root for f in self.right), Fraction(0)
        )
        return Amount.from_root(root, self.right[0].amount.unit)

    @property
    def holds(self) -> bool:
        """Whether the two sums are equal, exactly."""
        return self.difference.root == 0

    @property
    def signs(self) -> dict[str, int]:
        """How often each figure counts, by key: on the left as one, on the right as minus one."""
        signs = {figure.key: 0 for figure in self.figures}
        for figure in self.left:
            signs[figure.key] += 1
        for figure in self.right:
            signs[figure.key] -= 1
        return signs

    def reckoning(self, key: str, solved: Amount) -> str:
        """Return how the other figures give ``solved``, such as ``50,000 元 − 25,000 元 = 25,000 元``."""
        own = any(figure.key == key for figure in self.left)
        plus = self.right if own else self.left
        minus = [figure for figure in (self.left if own else self.right) if figure.key != key]
        words = " + ".join(str(figure.amount) for figure in plus[:_SHOWN])
        words += f" + … ({len(plus)})" if len(plus) > _SHOWN else ""
        words += "".join(f" − {figure.amount}" for figure in minus[:_SHOWN])
        words += f" − … ({len(minus)})" if len(minus) > _SHOWN else ""
        return f"{words} = {solved}"


@final
@frozen(kw_only=True)
class Witness:
    """An identity that a re-reading mends: on its own it says what the figure ``key`` must be."""

    identity: Identity
    key: str
    reading: Amount

    @property
    def solution(self) -> str:
        """How the other figures of the identity give the reading; worked out when asked for."""
        return self.identity.reckoning(self.key, self.reading)


@final
@frozen(kw_only=True)
class Rereading:
    """A figure read in another unit of money: the number is as printed, only the unit differs.

    ``mends`` are the identities that then hold and did not, ``breaks`` those that held and then do not.
    """

    figure: Figure
    reading: Amount
    mends: tuple[Witness, ...] = ()
    breaks: tuple[Identity, ...] = ()

    @property
    def rank(self) -> int:
        """How many identities more would hold."""
        return len(self.mends) - len(self.breaks)


@final
@frozen(kw_only=True)
class Diagnosis:
    """What re-reading single figures can mend: every re-reading that mends something, best first.

    ``tried`` is how many re-readings were tried in all; ``failing`` are the identities that do not hold as
    printed. ``chosen`` is the best one where it alone is best, else None.
    """

    failing: tuple[Identity, ...]
    candidates: tuple[Rereading, ...]
    tried: int

    @property
    def chosen(self) -> Rereading | None:
        """The one re-reading that mends more than any other; None on a tie or where none gains anything.

        None too where its only witness is an identity of two figures.
        """
        if not self.candidates or self.candidates[0].rank <= 0:
            return None
        best = self.candidates[0]
        if len(self.candidates) > 1 and self.candidates[1].rank == best.rank:
            return None
        # Of two figures that should be equal, either may be the wrong one: that alone tells nothing.
        if len(best.mends) == 1 and len(best.mends[0].identity.figures) == 2:
            return None
        return best

    @property
    def best(self) -> tuple[Rereading, ...]:
        """All re-readings that share the highest rank: several on a tie."""
        return tuple(one for one in self.candidates if one.rank == self.candidates[0].rank)


def diagnose(identities: Iterable[Identity], *, readings: Sequence[str] = READINGS) -> Diagnosis:
    """Look for single re-readings of one figure's unit that make failing identities hold.

    >>> from perfeval.facts import Label
    >>> def figure(key, text):
    ...     return Figure(key=key, label=Label(key, key), amount=Amount.parse(text))
    >>> total, rent, food = figure("total", "5 万元"), figure("rent", "2 万元"), figure("food", "30000 万元")
    >>> lines = Identity(key="lines", label=Label("合计", "total"), left=(rent, food), right=(total,))
    >>> [str(one.reading) for one in diagnose([lines]).candidates]
    ['30,000 元']
    """
    listed = tuple(identities)
    failing = tuple(identity for identity in listed if not identity.holds)
    figures = {figure.key: figure for identity in failing for figure in identity.figures if figure.amount.unit.is_money}
    wanted = _wanted(failing, figures)
    standing = _standing([identity for identity in listed if identity.holds], figures)
    tried = 0
    candidates: list[Rereading] = []
    for key, figure in figures.items():
        number = figure.amount.number
        qualifier = figure.amount.unit.terms[0][1]
        for unit in readings:
            reading = Amount.of(number, f"{unit}[{qualifier}]" if qualifier else unit)
            if reading == figure.amount:
                continue
            tried += 1
            mends = wanted[key].get(reading.root, ())
            if mends:
                witnesses = tuple(Witness(identity=identity, key=key, reading=reading) for identity in mends)
                candidates.append(
                    Rereading(figure=figure, reading=reading, mends=witnesses, breaks=tuple(standing[key]))
                )
    candidates.sort(key=lambda one: -one.rank)
    return Diagnosis(failing=failing, candidates=tuple(candidates), tried=tried)


def _wanted(failing: Iterable[Identity], figures: Mapping[str, Figure]) -> dict[str, dict[Fraction, list[Identity]]]:
    """Return, for each figure, the values that would make failing identities hold, the others as printed."""
    wanted: dict[str, dict[Fraction, list[Identity]]] = {key: {} for key in figures}
    for identity in failing:
        off = identity.difference.root
        for key, sign in identity.signs.items():
            if key in figures and sign:
                wanted[key].setdefault(figures[key].amount.root - off / sign, []).append(identity)
    return wanted


def _standing(holding: Iterable[Identity], figures: Mapping[str, Figure]) -> dict[str, list[Identity]]:
    """Return, for each figure, the identities that hold as printed and would not with any other value of it."""
    standing: dict[str, list[Identity]] = {key: [] for key in figures}
    for identity in holding:
        for key, sign in identity.signs.items():
            if key in figures and sign:
                standing[key].append(identity)
    return standing
