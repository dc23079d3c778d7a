"""What can go wrong, and what to do about it: the one error tree of the library.

::

    PerfevalError
    ├── InputError              something that was given cannot be taken (also a ValueError)
    │   ├── NumeralError        a number that cannot be read exactly
    │   ├── AmountError         an amount that cannot be read exactly
    │   ├── UnitError           a unit that is not known or not well formed
    │   ├── FactsError          facts that do not fit their subject; every problem of one input at once
    │   ├── JSONError           JSON that cannot be taken; every problem at once
    │   └── DocumentError       a text or a file that cannot be read at all
    ├── UnitMismatch            units that do not go together (also a TypeError)
    ├── InexactError            a value that the asked form cannot show exactly, and no rounding was named
    ├── RuleError               a subject, expression, rule or standard that cannot be built
    └── NotFoundError           no rule, standard or finding of that name (also a LookupError)

Each error holds :class:`Problem` objects: where, what came, what was needed, and the nearest known name.
This module imports nothing of the library.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from attrs import frozen

__all__ = [
    "AmountError",
    "DocumentError",
    "FactsError",
    "InexactError",
    "InputError",
    "JSONError",
    "NotFoundError",
    "NumeralError",
    "PerfevalError",
    "Problem",
    "RuleError",
    "UnitError",
    "UnitMismatch",
    "excerpt",
    "nearest",
]

_EXCERPT = 60


@frozen
class Problem:
    """One thing that is wrong: at ``where``, ``came`` this, ``needed`` that, and the ``nearest`` known name.

    >>> str(Problem(where="work_funding", came="3000", needed="an amount with a unit, such as '3000 元/年'"))
    "work_funding: came 3000; needed an amount with a unit, such as '3000 元/年'"
    """

    where: str
    came: str
    needed: str
    nearest: str | None = None

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        hint = f"; did you mean {self.nearest!r}?" if self.nearest else ""
        return f"{place}came {self.came}; needed {self.needed}{hint}"


class PerfevalError(Exception):
    """The root of every error that this library raises on purpose."""

    problems: tuple[Problem, ...]

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    @classmethod
    def of(cls, where: str, *, came: str, needed: str, nearest: str | None = None) -> PerfevalError:
        """Build the error for a single problem.

        >>> str(AmountError.of("", came="'元'", needed="a number before the unit"))
        "came '元'; needed a number before the unit"
        """
        return cls(Problem(where=where, came=came, needed=needed, nearest=nearest))

    def __str__(self) -> str:
        if len(self.problems) == 1:
            return str(self.problems[0])
        listed = "".join(f"\n  - {problem}" for problem in self.problems)
        return f"{len(self.problems)} problems:{listed}"


class InputError(PerfevalError, ValueError):
    """Something that was given cannot be taken."""


class NumeralError(InputError):
    """A number that cannot be read exactly."""


class AmountError(InputError):
    """An amount that cannot be read exactly."""


class UnitError(InputError):
    """A unit that is not known, or is not well formed."""


class FactsError(InputError):
    """Facts that do not fit their subject: every problem of one input."""


class JSONError(InputError):
    """JSON that cannot be taken: every problem of one input."""


class DocumentError(InputError):
    """A text or a file that cannot be read at all."""


class UnitMismatch(PerfevalError, TypeError):
    """Units that do not go together, such as 元/年 and 学时."""


class InexactError(PerfevalError, ValueError):
    """A value that the asked form cannot show exactly, where no rounding was named."""


class RuleError(PerfevalError, TypeError):
    """A subject, an expression, a rule or a standard that cannot be built."""


class NotFoundError(PerfevalError, LookupError):
    """No rule, standard or finding has that name."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is most like ``name``, or None when nothing is near.

    >>> nearest("work_fundng", ["work_funding", "kind"])
    'work_funding'
    """
    if len(name) > _EXCERPT:
        return None
    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return found[0] if found else None


def excerpt(value: object) -> str:
    """Return what came as it may stand in a message: quoted, printable and short.

    >>> excerpt("5" * 1000)
    "'555555555555555555555555555555555555555555555555555555555555…' (1000 characters)"
    """
    if isinstance(value, str):
        if len(value) > _EXCERPT:
            return f"{value[:_EXCERPT] + '…'!r} ({len(value)} characters)"
        return repr(value)
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > 4 * _EXCERPT:
        return f"an integer of {value.bit_length()} bits"
    try:
        shown = repr(value)
    except Exception:  # noqa: BLE001 - a foreign object's repr may raise anything; the message must not
        return f"a {type(value).__name__}"
    return shown if len(shown) <= _EXCERPT else f"{shown[:_EXCERPT]}… (a {type(value).__name__})"
