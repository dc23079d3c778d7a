"""What the running text says besides its money: name, unit, year, tasks and effects.

Imports only ``project``, ``quantities``, ``sections`` and ``lexing``.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence

from perfeval.citations import Span
from perfeval.documents.folding import span_of
from perfeval.documents.furniture import first_line, without
from perfeval.documents.lexing import Name, NameKind, within
from perfeval.documents.project import EffectSentence, Part, Section, Task, Year
from perfeval.documents.quantities import Quantity
from perfeval.documents.sections import split
from perfeval.facts import Stage

__all__ = ["find_effects", "find_tasks", "find_year", "marker_style", "name_in_title", "short_body"]

_SENTENCE = "。！!？?\n"
_TITLE_SKIPPED = re.compile(r"\s*(?:按照|根据|依据|依照|围绕|结合|坚持|以|在|为了?|通过|针对)")
_ACHIEVED = re.compile(r"已(?:经)?(?:完成|开展|培训|支付|实现|达到|建成|举办|覆盖|投入)|截至|实际(?:完成|支出|培训)")
_STYLE = re.compile(
    r"\s*(?:(?P<is>.*[是要])|(?P<round>\(.*\))|(?P<dot>\d.*)|(?P<circle>[①-⑳])|(?P<comma>.+))\s*", re.DOTALL
)


def short_body(text: str, folded: str, body: Span | None) -> Span | None:
    """Return the first line of what stands under a heading without its full stop, or None where there is none."""
    if body is None:
        return None
    start, end = first_line(folded, body.start, body.end)
    stop = folded.find("。", start, end)
    line = text[start : end if stop < 0 else stop].rstrip("；; 　.")
    return span_of(text, start, start + len(line)) if line.strip() else None


_TITLE_START = re.compile(
    r"(?:(?:项目|子项目|附件|附)\s?(?:[一二三四五六七八九十]{1,3}|\d{1,3})\s?[:、. ]|\((?:[一二三四五六七八九十]{1,3}|\d{1,3})\)[、.]?"
    r"|(?:[一二三四五六七八九十]{1,3}|\d{1,3})\s?[、.]|第[一二三四五六七八九十]{1,3}[、:])\s{0,3}"
)
_TITLE_END = re.compile(
    r"(?:支出)?(?:情况)?(?:说明|(?:申报)?文本|申报书)(?:\((?:[一二三四五六七八九十]{1,3}|\d{1,3})\))?$"
)
_NO_NAME = re.compile(r".*(?:部门预算|预算(?:重点领域)?(?:财政)?项目|重点项目|项目支出)$")


def name_in_title(text: str, folded: str, title: tuple[int, int]) -> Span | None:
    """Return the name of a project that its title line gives; None where it only says what the text is.

    >>> said = "项目二：河道清淤工程"
    >>> name_in_title(said, said.replace("：", ":"), (0, len(said))).text
    '河道清淤工程'
    """
    start, end = title
    marker = _TITLE_START.match(folded, start, end)
    start = marker.end() if marker else start
    ending = _TITLE_END.search(folded, start, end)
    if ending is not None:
        end = ending.start()
        if _NO_NAME.fullmatch(folded, start, end):
            return None
    span = span_of(text, start, end)
    return span if span.text else None


def find_year(
    text: str,
    folded: str,
    known_names: Sequence[Name],
    sections: Sequence[Section],
    above: Sequence[tuple[int, int]],
) -> Year | None:
    """Return the budget year of a project.

    It is that of the first place that names a single one: a title ``above``, the name, what is asked for or approved
    under the funding, a period within one year, and then funding, schedule, effects and content as they come.
    """
    bodies = {
        part: [(section.body.start, section.body.end) for section in sections if section.part is part] for part in Part
    }
    headings = [(section.heading.start, section.heading.end) for section in sections if section.part is Part.FUNDING]
    for start, end in (*above, *bodies[Part.NAME], *headings):
        for name in _dated(known_names, start, end):
            year = _single(text, name)
            if year is not None:
                return year
    for start, end in bodies[Part.FUNDING]:
        for name in _dated(known_names, start, end):
            if _BUDGETED.match(folded, name.end, end) and (year := _single(text, name)) is not None:
                return year
    for start, end in bodies[Part.PERIOD]:
        years = {year.number for name in _dated(known_names, start, end) for year in [_single(text, name)] if year}
        ranges = [name for name in _dated(known_names, start, end) if len(set(_years(_shown(text, name)))) > 1]
        if len(years) == 1 and not ranges:
            return next(year for name in _dated(known_names, start, end) if (year := _single(text, name)) is not None)
    for start, end in bodies[Part.FUNDING]:
        # What was arranged in an earlier year (2025年已安排) is not what is asked for.
        for name in _dated(known_names, start, end):
            if _ARRANGED.match(folded, name.end, end) and (year := _single(text, name)) is not None:
                return year
    later = [place for part in (Part.FUNDING, Part.SCHEDULE, Part.EFFECT, Part.CONTENT) for place in bodies[part]]
    for start, end in later:
        for name in _dated(known_names, start, end):
            if (year := _single(text, name)) is not None:
                return year
    return None


_ARRANGED = re.compile(r"(?:年度?)?(?:拟|本级|财政)?安排")
_BUDGETED = re.compile(r"[^，,。；;\n\d]{0,12}(?:申请|申报|批复|年?度?预算(?!执行))|(?:年|年度)?(?:部门)?预算(?!执行)")


def _dated(known_names: Sequence[Name], start: int, end: int) -> Iterator[Name]:
    for name in within(known_names, start, end):
        if name.kind in (NameKind.YEAR, NameKind.DATE, NameKind.MONTHS):
            yield name


def _shown(text: str, name: Name) -> str:
    return text[name.start : name.end]


def _single(text: str, name: Name) -> Year | None:
    numbers = set(_years(_shown(text, name)))
    if len(numbers) != 1:
        return None
    return Year(number=numbers.pop(), span=span_of(text, name.start, name.end))


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
            if folded[start:end].strip():
                yield _task(text, folded, None, start, start, end)
        return
    style = marker_style(folded, markers[0])
    chosen = [name for name in markers if marker_style(folded, name) == style]
    for at, name in enumerate(chosen):
        end = chosen[at + 1].start if at + 1 < len(chosen) else section.body.end
        yield _task(text, folded, span_of(text, name.start, name.end).text, name.start, name.end, end)


def marker_style(folded: str, marker: Name) -> str | None:
    """Return the style of a list marker: 一是, （一）, 1., ① or 一、."""
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
        text=without(text, folded, body, end),
        span=span_of(text, start, end),
    )


def find_effects(
    text: str, folded: str, section: Section, mentions: Sequence[Quantity]
) -> Iterator[tuple[list[int], EffectSentence]]:
    """Yield the sentences about effects, each with the indices of its mentions."""
    starts = [mention.span.start for mention in mentions]
    for start, end in split(folded, section.body.start, section.body.end, _SENTENCE):
        if not folded[start:end].strip():
            continue
        span = span_of(text, start, end)
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
