"""What was left in a text that is no part of what it says: placeholders to fill in, and residue of a file.

A figure that was to be filled in is found by ``blanks``, as in any text; here also what stands for a name (XX村) and
words that stand alone. Imports only ``project``, ``basis``, ``blanks`` and ``folding``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perfeval.citations import Span
from perfeval.documents.basis import part_at
from perfeval.documents.blanks import find_blanks
from perfeval.documents.folding import RESIDUE, span_of
from perfeval.documents.project import NoteKind, Placeholder, ReaderNote, Section

__all__ = ["find_notes", "find_placeholders"]

_UNIT_NEXT = r"(?=\s?(?:亿元|万元|千元|元|%|人|名|个|期|次|天|学时|月|日|年|家|户|号|万|份|册|套|台|场|批|件|项|所|处|单位|项目))"
_PLACEHOLDER = re.compile(
    rf"(?<![A-Za-z])[Xx×]{{2,12}}(?![A-Za-z])|(?<![A-Za-z\d\s])[Xx]{_UNIT_NEXT}|(?<![\d\w)])×{_UNIT_NEXT}"
    rf"|\*{{2,12}}{_UNIT_NEXT}"
    r"|(?<=[≥≤=><为])\s?\*{1,12}"
    r"|(?<![\d_])_{3,200}+(?!\s?\d)|\.{6,40}(?!\s{0,3}[\d.])"
    r"|\{[^{}\n]{0,20}\}|【(?:请?填写|待|此处)[^】\n]{0,20}】|\((?:请?填写|待填|此处)[^()\n]{0,20}\)"
    r"|待填写|待填报|待补充|待完善|待定(?![点])|\?{3,20}"
)
_BROKEN = re.compile(r"\ufffd+|锟斤拷")


def find_placeholders(
    text: str, folded: str, sections: Sequence[Section], start: int, end: int
) -> Iterator[Placeholder]:
    """Yield what was to be filled in and was not, in a stretch of the text."""
    places = [match.span() for match in _PLACEHOLDER.finditer(folded, start, end)]
    places += [(blank.start, blank.number_end) for blank in find_blanks(folded, start, end) if blank.sure]
    places.sort()
    reached = start
    for first, last in places:
        if first >= reached:  # 20XX年 is found by both
            span = span_of(text, first, last)
            yield Placeholder(text=span.text, part=part_at(sections, first), span=span)
            reached = last


def find_notes(text: str, start: int, end: int) -> Iterator[ReaderNote]:
    """Yield the residue of the file that a stretch of the text came from.

    >>> [(note.kind.value, note.text) for note in find_notes("[bookmark: _GoBack]2026年", 0, 24)]
    [('bookmark', '[bookmark: _GoBack]')]
    """
    found = [(match, _kind(match[0])) for match in RESIDUE.finditer(text, start, end)]
    found += [(match, NoteKind.BROKEN_CHARACTER) for match in _BROKEN.finditer(text, start, end)]
    for match, kind in sorted(found, key=lambda pair: pair[0].start()):
        # A control character is white space to Python, so the place is quoted as it is, not trimmed.
        yield ReaderNote(kind=kind, text=match[0], span=Span(start=match.start(), end=match.end(), text=match[0]))


def _kind(residue: str) -> NoteKind:
    if residue.startswith(("[bookmark", "错误", "Error")):
        return NoteKind.BOOKMARK
    return NoteKind.FIELD if residue[0].isprintable() else NoteKind.CONTROL
