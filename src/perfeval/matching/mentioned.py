"""All quantities that a project's own stretch of text mentions, in order, with their places in the whole text.

What the reader of projects has no field for (counts, shares, reckonings, figures without a unit) is found among them.
Imports ``documents`` and above.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from typing import final

from attrs import frozen

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.documents.basis import part_at
from perfeval.documents.bounds import Comparator
from perfeval.documents.folding import fold, span_of
from perfeval.documents.furniture import blanked, furniture
from perfeval.documents.lexing import Name, names
from perfeval.documents.project import Part, Project
from perfeval.documents.quantities import SOURCE, Quantity, Relation, mentions
from perfeval.documents.sections import is_heading
from perfeval.facts import Given, Stage

__all__ = ["Mentioned", "is_plain", "mentioned"]

_SENTENCE_END = re.compile(r"[。；;!?！？\n]")


@final
@frozen(kw_only=True)
class Mentioned:
    """A stretch of text, folded and without its spaces and page furniture, with its names and quantities.

    Places within it are those of what is left; :meth:`place` tells where that stands in the whole text.
    """

    project: Project
    text: str
    folded: str
    places: Sequence[int]
    names: Sequence[Name]
    quantities: Sequence[Quantity]

    def place(self, start: int, end: int) -> Span:
        """Return a place of the stretch as one of the whole text."""
        if start >= end:
            at = self.places[start] if start < len(self.places) else len(self.project.text)
            return Span(start=at, end=at, text="")
        return span_of(self.project.text, self.places[start], self.places[end - 1] + 1)

    def part_at(self, at: int) -> Part | None:
        """Return the part of the form in which a place of the stretch stands."""
        return part_at(self.project.sections, self.places[at])

    def given(self, quantity: Quantity, at: int = 0, amount: Amount | None = None) -> Given:
        """Return one amount of a mention as a planned fact with its place in the whole text."""
        span = quantity.spans[at]
        return Given(
            value=quantity.amounts[at] if amount is None else amount,
            stage=Stage.PLANNED,
            source=SOURCE,
            span=self.place(span.start, span.end),
        )

    def sentences(self) -> Iterator[tuple[int, int, Sequence[Quantity]]]:
        """Yield each sentence that mentions quantities: where it begins and ends, and what it mentions."""
        starts = [one.span.start for one in self.quantities]
        begin = 0
        first = 0
        for end in (*(mark.start() for mark in _SENTENCE_END.finditer(self.folded)), len(self.folded)):
            last = bisect.bisect_left(starts, end, first)
            if last > first:
                yield begin, end, self.quantities[first:last]
            begin, first = end + 1, last


def mentioned(project: Project) -> Mentioned:
    """Read the quantities of a project's own stretch of text; of a project without text there are none.

    >>> said = mentioned(Project(text="培训30人，其中男18人、女12人。"))
    >>> [[str(one.first) for one in held] for _, _, held in said.sentences()]
    [['30 人', '18 人', '12 人']]
    """
    own = project.span
    start, end = (0, len(project.text)) if own is None else (own.start, own.end)
    text = project.text[start:end]
    plain = fold(text)
    printed = blanked(plain, furniture(text, plain, is_heading))
    kept = [at for first, last in _kept(printed) for at in range(first, last)]
    text, folded = "".join(text[at] for at in kept), "".join(printed[at] for at in kept)
    known = names(folded)
    return Mentioned(
        project=project,
        text=text,
        folded=folded,
        places=[start + at for at in kept],
        names=known,
        quantities=mentions(text, folded, known),
    )


_SPACES = re.compile(r"[ \t]+")
_JOINED = re.compile(r"[0-9A-Za-z.,]")


def _kept(printed: str) -> Iterator[tuple[int, int]]:
    """Yield what is left without spaces; one between two figures or two words of letters stays."""
    at = 0
    for run in _SPACES.finditer(printed):
        before, after = printed[run.start() - 1 : run.start()], printed[run.end() : run.end() + 1]
        yield at, run.start()
        at = run.end() - 1 if _JOINED.match(before) and _JOINED.match(after) else run.end()
    yield at, len(printed)


def is_plain(quantity: Quantity) -> bool:
    """Say whether a mention is one exact figure that was understood: no bound, no range, not about so much."""
    return (
        len(quantity.amounts) == 1
        and quantity.relation is Relation.SINGLE
        and quantity.problem is None
        and quantity.comparator in (Comparator.UNSTATED, Comparator.EQ)
        and not quantity.softness
    )
