"""Which figures of a text a rule can judge, and whether a list was read in full.

Imports ``documents`` and above.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TypeAlias

from perfeval.amounts import Amount, AmountRange
from perfeval.citations import Span
from perfeval.documents.project import (
    Part,
    Project,
    Restatement,
)
from perfeval.documents.quantities import SOURCE
from perfeval.facts import Given, Listed
from perfeval.units import Unit

__all__ = ["Facts", "complete", "fitting", "listed", "said", "taught", "whole"]

Facts: TypeAlias = dict[str, object]


def fitting(given: Given | None, unit: str) -> Given | None:
    """Return a figure of the text where its unit goes with ``unit``; a figure in any other is not judged."""
    if given is None or not isinstance(given.value, Amount | AmountRange):
        return None
    return given if given.value.dimension == Unit.parse(unit).dimension else None


def whole(given: Given | None, unit: str) -> Given | None:
    """Return a figure of the text where it is a whole number of ``unit``."""
    fit = fitting(given, unit)
    if fit is None or not isinstance(fit.value, Amount) or fit.value.number_in(unit).denominator != 1:
        return None
    return fit


def complete(project: Project, places: Sequence[Span], part: Part) -> bool:
    """Say whether every amount of a list was read: nothing among its items, or after the last, is left over."""
    if not places:
        return True
    section = project.section(part)
    first, last = min(place.start for place in places), max(place.end for place in places)
    stop = len(project.text) if section is None else section.body.end
    ends = (project.text.find(mark, last, stop) for mark in "。\n")
    last = min((end for end in ends if end >= 0), default=stop)
    if any(unicodedata.category(character) == "No" for character in project.text[first:last]):
        # ① and ½ are numbers to a reader, and no figures to this one.
        return False
    left_over = [unread.span for unread in project.unread] + [empty.span for empty in project.placeholders]
    return not any(first <= span.start < last for span in left_over)


def listed(items: list[Facts], *, complete: bool) -> Listed | list[Facts]:
    """Return a list as it is or, where some item of it was not read, as one that there may be more of."""
    return items if complete else Listed(items=tuple(items), others_at_most=None)


_AT_HOME = re.compile(r"(?:网络|线上|在线|远程|函授|自学|网上)[^，,。；;\n]{0,12}$")
_CLAUSE = 24


def taught(project: Project) -> list[Restatement]:
    """Return what the text says in days and class-hours of courses that are held; a day of study at home has no set hours."""
    return [
        one
        for one in project.restatements
        if not _AT_HOME.search(project.text[max(0, one.span.start - _CLAUSE) : one.span.start])
    ]


def said(value: object, span: object = None) -> Given:
    """Return something that the text says, with its place."""
    return Given(value=value, source=SOURCE, span=span)  # type: ignore[arg-type]
