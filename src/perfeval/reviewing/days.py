"""On which day something is judged where the caller names none: the first of a budget's year, the last of a report's.

Imports ``documents``, ``tables`` and above.
"""

from __future__ import annotations

import datetime
from typing import Final

from perfeval.documents.project import Project
from perfeval.errors import InputError
from perfeval.tables.model import ReadTable, TableKind

__all__ = ["ANY_DAY", "day_of_project", "day_of_table"]

ANY_DAY: Final = datetime.date(2000, 1, 1)
"""A day to judge on where no rule asks for one: the rules of tables are of no dates."""


def day_of_project(project: Project) -> datetime.date:
    """Return the first day of the budget year; raise ``InputError`` for a text that names none."""
    if project.year is None:
        raise InputError.of(
            "on", came="a text that names no budget year", needed="the day to judge on, such as on=date(2026, 1, 1)"
        )
    return datetime.date(project.year.number, 1, 1)


def day_of_table(table: ReadTable) -> datetime.date | None:
    """Return for goals the first day of the year, for a self-evaluation the last; None where no year is named."""
    if table.year is None:
        return None
    if table.kind is TableKind.GOALS:
        return datetime.date(table.year, 1, 1)
    return datetime.date(table.year, 12, 31)
