"""The four verdicts and how they combine: Kleene's three values, with NOT_APPLICABLE as the identity.

NOT_APPLICABLE is the identity of *all* and of *any* and its own negation. All and any stay commutative,
associative and idempotent and obey De Morgan; absorption and distribution do **not** hold, so no pass
may factor or distribute a condition. Imports nothing of the library.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import final

__all__ = ["Verdict", "all_of", "any_of", "negation"]


@final
class Verdict(enum.Enum):
    """What judging a rule came to."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Return UNMET if any is, else UNKNOWN if any is, else MET if any is, else NOT_APPLICABLE.

    >>> all_of([Verdict.MET, Verdict.NOT_APPLICABLE, Verdict.UNKNOWN])
    <Verdict.UNKNOWN: 'unknown'>
    """
    return _strongest(verdicts, (Verdict.UNMET, Verdict.UNKNOWN, Verdict.MET))


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Return MET if any is, else UNKNOWN if any is, else UNMET if any is, else NOT_APPLICABLE.

    >>> any_of([Verdict.UNMET, Verdict.NOT_APPLICABLE])
    <Verdict.UNMET: 'unmet'>
    """
    return _strongest(verdicts, (Verdict.MET, Verdict.UNKNOWN, Verdict.UNMET))


def negation(verdict: Verdict) -> Verdict:
    """Exchange MET and UNMET; leave the other two as they are.

    >>> negation(Verdict.MET)
    <Verdict.UNMET: 'unmet'>
    """
    if verdict is Verdict.MET:
        return Verdict.UNMET
    if verdict is Verdict.UNMET:
        return Verdict.MET
    return verdict


def _strongest(verdicts: Iterable[Verdict], order: tuple[Verdict, ...]) -> Verdict:
    present = set(verdicts)
    for verdict in order:
        if verdict in present:
            return verdict
    return Verdict.NOT_APPLICABLE
