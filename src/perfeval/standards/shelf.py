"""Which standards ship, and which of them a text cites: modules are loaded when they are asked for.

Imports ``packs`` and the modules of this folder.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from perfeval.errors import NotFoundError, excerpt, nearest
from perfeval.packs import Pack

__all__ = ["NAMES", "cited", "load"]

NAMES = (
    "budget_consistency",
    "budget_table",
    "cadre_training",
    "economic_classification",
    "goal_table",
    "meeting_fees",
    "money_against_task",
    "party_education_hours",
    "project_dates",
    "project_text",
    "report_text",
    "sample_floors_jinan_2018",
    "sample_floors_lianshan_2013",
    "sample_floors_villages",
    "self_evaluation_table",
    "stated_figures",
    "stated_targets",
    "text_and_tables",
    "training_fees",
    "xinping_2026_training",
    "yuxi_2023_5",
)


def load(name: str) -> Pack:
    """Return a shipped standard with its cases; raise ``NotFoundError`` naming the nearest.

    >>> load("yuxi_2023_5").standard.name
    'yuxi_2023_5'
    """
    if name not in NAMES:
        raise NotFoundError.of(
            "standard", came=excerpt(name), needed=f"one of {', '.join(NAMES)}", nearest=nearest(str(name), NAMES)
        )
    pack = import_module(f"perfeval.standards.{name}").PACK
    assert isinstance(pack, Pack)  # noqa: S101 - every module of NAMES defines one; a test walks them
    return pack


def cited(mentions: Iterable[str]) -> tuple[Pack, ...]:
    """Return the shipped standards that any of these numbers or titles names, in the order of ``NAMES``."""
    said = tuple(mentions)
    packs = (load(name) for name in NAMES)
    return tuple(pack for pack in packs if any(name in mention for name in pack.cited_as for mention in said))
