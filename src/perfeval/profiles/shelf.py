"""Which scoring profiles ship: modules are loaded when they are asked for.

Imports ``scoring`` and the modules of this folder.
"""

from __future__ import annotations

from importlib import import_module

from perfeval.errors import NotFoundError, excerpt, nearest
from perfeval.scoring.profile import Profile

__all__ = ["NAMES", "load"]

NAMES = (
    "hubei_self_evaluation",
    "ministry_self_evaluation",
    "ministry_with_cost",
    "sichuan_self_evaluation",
)


def load(name: str) -> Profile:
    """Return a shipped profile; raise ``NotFoundError`` naming the nearest.

    >>> load("ministry_self_evaluation").execution.weight
    Fraction(10, 1)
    """
    if name not in NAMES:
        raise NotFoundError.of(
            "profile", came=excerpt(name), needed=f"one of {', '.join(NAMES)}", nearest=nearest(str(name), NAMES)
        )
    profile = import_module(f"perfeval.profiles.{name}").PROFILE
    assert isinstance(profile, Profile)  # noqa: S101 - every module of NAMES defines one; a test walks them
    return profile
