"""Which table is about which project: by its name, never by its order.

Imports ``documents`` and ``tables``.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence
from typing import Final, Protocol, TypeVar

from perfeval.documents.project import Project
from perfeval.tables.model import ReadTable, Written

__all__ = ["bare_name", "is_named_alike", "plain_name", "tables_by_project", "tables_of"]

_PREFIX = re.compile(r"(?:20\d\d年?(?:度)?|关于|项目名称[:：]?|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])")
_SUFFIX = re.compile(r"(?:专项资金|专项经费|补助资金|经费|资金|项目|工程)$")
_LEAST: Final = 4
_LIKE: Final = 0.6
_LONGEST: Final = 100


def plain_name(name: str) -> str:
    """Return a name without blanks, signs and brackets, and without the year or number before it."""
    text = unicodedata.normalize("NFKC", name[:_LONGEST])
    plain = "".join(character for character in text if character.isalnum() or character == "(")
    match = _PREFIX.match(plain)
    while match is not None and match.end() < len(plain):
        plain = plain[match.end() :]
        match = _PREFIX.match(plain)
    return plain.replace("(", "")


def bare_name(name: str) -> str:
    """Return a name without what it is the money or the project of: 茶园提升 of 2026年茶园提升经费.

    >>> bare_name("2026年茶园提升经费")
    '茶园提升'
    """
    plain = plain_name(name)
    return _SUFFIX.sub("", plain) or plain


def is_named_alike(one: str, other: str) -> bool:
    """Say whether two names are one, where one of them may be shorter: 农村公路养护 and 某县农村公路养护项目."""
    first, second = sorted((bare_name(one), bare_name(other)), key=len)
    return first == second or (len(first) >= _LEAST and first in second)


class _Named(Protocol):
    """A table that may name its project."""

    @property
    def project(self) -> Written | None:
        """The name, with its cell."""


_Table = TypeVar("_Table", bound=_Named)


def tables_by_project(projects: Sequence[Project], tables: Sequence[_Table]) -> tuple[tuple[_Table, ...], ...]:
    """Return the tables of each project, in the order of the projects; one that may be of several is of none."""
    owners = [_owner(table, projects) for table in tables]
    return tuple(
        tuple(table for table, owner in zip(tables, owners, strict=True) if owner == place)
        for place in range(len(projects))
    )


def tables_of(project: Project, tables: Sequence[ReadTable], *, among: Sequence[Project] = ()) -> tuple[ReadTable, ...]:
    """Return the tables of one project by their names; ``among`` are all projects of the document, if there are more.

    A table that names no project belongs to the only project of its document.
    """
    projects = tuple(among) or (project,)
    place = next((index for index, one in enumerate(projects) if one is project), None)
    return () if place is None else tables_by_project(projects, tables)[place]


def _owner(table: _Named, projects: Sequence[Project]) -> int | None:
    name = None if table.project is None else table.project.text
    if name is None or not plain_name(name):
        return 0 if len(projects) == 1 else None
    named = [(index, one.name) for index, one in enumerate(projects) if one.name]
    same = [index for index, one in named if plain_name(one) == plain_name(name)]
    found = same or [index for index, one in named if is_named_alike(one, name)]
    if found:
        return found[0] if len(found) == 1 else None
    if len(projects) != 1:
        return None
    if not named:
        return 0
    # A slip in the name must not hide the table: what is nearly the name is taken for it, and said so.
    ratio = difflib.SequenceMatcher(None, bare_name(named[0][1]), bare_name(name)).ratio()
    return 0 if ratio >= _LIKE else None
