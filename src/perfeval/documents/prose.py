"""What the running text says besides its money: name, unit, year, tasks and effects.

Imports only ``project``, ``quantities``, ``sections`` and ``lexing``.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence

from perfeval.citations import Span
from perfeval.documents.folding import span_of
from perfeval.documents.lexing import Name, NameKind, within
from perfeval.documents.project import EffectSentence, Part, Section, Task, Year
from perfeval.documents.quantities import Quantity
from perfeval.documents.sections import split
from perfeval.facts import Stage

__all__ = ["find_effects", "find_tasks", "find_year", "short_body"]

_SENTENCE = "。！!？?\n"
_TITLE_SKIPPED = re.compile(r"\s*(?:按照|根据|依据|依照|围绕|结合|坚持|以|在|为了?|通过|针对)")
_ACHIEVED = re.compile(r"已(?:经)?(?:完成|开展|培训|支付|实现|达到|建成|举办|覆盖|投入)|截至|实际(?:完成|支出|培训)")
_STYLE = re.compile(
    r"\s*(?:(?P<is>.*[是要])|(?P<round>\(.*\))|(?P<dot>\d.*)|(?P<circle>[①-⑳])|(?P<comma>.+))\s*", re.DOTALL
)


def short_body(text: str, section: Section | None) -> Span | None:
    """Return the first line of a short section without its full stop, or None where it is empty."""
    if section is None:
        return None
    line = section.body.text.split("\n", 1)[0]
    stop = line.find("。")
    line = line if stop < 0 else line[:stop]
    line = line.rstrip("；; 　.")
    return span_of(text, section.body.start, section.body.start + len(line)) if line.strip() else None


def find_year(text: str, known_names: Sequence[Name], sections: Sequence[Section]) -> Year | None:
    """Return the budget year: the title's, or the one that name, funding, schedule or effects speak of first."""
    places = [(0, sections[0].heading.start)] if sections else []
    for part in (Part.NAME, Part.FUNDING, Part.SCHEDULE, Part.EFFECT, Part.CONTENT):
        places.extend((section.body.start, section.body.end) for section in sections if section.part is part)
    for start, end in places:
        for name in within(known_names, start, end):
            if name.kind in (NameKind.YEAR, NameKind.DATE, NameKind.MONTHS):
                span = span_of(text, name.start, name.end)
                numbers = list(_years(span.text))
                if numbers:
                    return Year(number=numbers[0], span=span)
    return None


def _years(shown: str) -> list[int]:
    return [int(found) for found in re.findall(r"(?:19|20)\d\d", shown, re.ASCII)] or [
        int(found) for found in re.findall(r"(?:19|20)\d\d", shown.translate(_WIDE_DIGITS))
    ]


_WIDE_DIGITS = {0xFF10 + digit: str(digit) for digit in range(10)}


def find_tasks(text: str, folded: str, section: Section, known_names: Sequence[Name]) -> Iterator[Task]:
    """Yield the tasks of a section: by its first style of list marker, or else sentence by sentence."""
    markers = [
        name for name in within(known_names, section.body.start, section.body.end) if name.kind is NameKind.MARKER
    ]
    if not markers:
        for start, end in split(folded, section.body.start, section.body.end, _SENTENCE):
            if span_of(text, start, end).text:
                yield _task(text, folded, None, start, start, end)
        return
    style = _style(folded, markers[0])
    chosen = [name for name in markers if _style(folded, name) == style]
    for at, name in enumerate(chosen):
        end = chosen[at + 1].start if at + 1 < len(chosen) else section.body.end
        yield _task(text, folded, span_of(text, name.start, name.end).text, name.start, name.end, end)


def _style(folded: str, marker: Name) -> str | None:
    match = _STYLE.fullmatch(folded[marker.start : marker.end])
    return match.lastgroup if match else None


def _task(text: str, folded: str, marker: str | None, start: int, body: int, end: int) -> Task:
    clauses = list(split(folded, body, min(end, body + 400), "，,。；;:\n"))
    chosen = clauses[0] if clauses else (body, end)
    for low, high in clauses:
        if not _TITLE_SKIPPED.match(folded, low, high):
            chosen = (low, high)
            break
    return Task(
        marker=marker,
        title=span_of(text, *chosen).text,
        text=span_of(text, body, end).text,
        span=span_of(text, start, end),
    )


def find_effects(
    text: str, folded: str, section: Section, mentions: Sequence[Quantity]
) -> Iterator[tuple[list[int], EffectSentence]]:
    """Yield the sentences about effects, each with the indices of its mentions."""
    starts = [mention.span.start for mention in mentions]
    for start, end in split(folded, section.body.start, section.body.end, _SENTENCE):
        span = span_of(text, start, end)
        if not span.text:
            continue
        held = range(bisect.bisect_left(starts, start), bisect.bisect_left(starts, end))
        stage = Stage.ACHIEVED if _ACHIEVED.search(folded, start, end) else Stage.PLANNED
        read = [index for index in held if mentions[index].amounts]
        yield (
            read,
            EffectSentence(
                text=span.text,
                has_number=bool(held),
                span=span,
                figures=tuple(
                    mentions[index].given(at, stage) for index in read for at in range(len(mentions[index].amounts))
                ),
            ),
        )
