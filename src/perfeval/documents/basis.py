"""Which documents a project text rests on, numbered or not: notices, replies, laws and attached tables.

Imports only ``project`` and ``lexing``.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve

from perfeval.documents.folding import span_of
from perfeval.documents.lexing import Name, NameKind, within
from perfeval.documents.project import BasisDocument, BasisKind, Part, Section

__all__ = ["find_basis", "part_at"]

_CODE_WIDTH = 14
_NOT_CODE = re.compile(
    r".*(?:根据|依据|按照|依照|遵照|参照|按|据|执行|落实|结合|印发|转发|下发|文件|通知|报告|详见|参见|见|的|和|与|及|以|由|为|在|等|经|即"
    r"|[^\u4e00-\u9fffA-Za-z])"
)
_HAN_BEFORE = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_TITLE_AFTER = re.compile(
    r"[\u4e00-\u9fff]{0,60}?关于[^。；;\n()]{1,120}?的(?:通知|批复|意见|决定|函|办法|方案|公告|通告|批示|请示)"
)
_TABLE = re.compile(
    r"(?:根据|按照|依据|依照|参照|执行|见附|附件?[:：]?) ?"
    r"(?P<title>[^，,。；;、:\n《》〔\[\]]{2,60}?(?:分配表|明细表|计划表|安排表|预算表|测算表|任务表|分配方案表|清单|一览表))"
)
_UNNUMBERED = re.compile(
    r"(?:根据|按照|依据|依照|遵照) ?(?P<title>[^，,。；;、:\n《》〔\[\]]{0,40}?关于[^，,。；;\n《》〔\[\]]{2,80}?的(?:通知|批复|意见|决定|函))"
    r"|(?:根据|按照|依据|依照|遵照|》(?:和|及|与|、)) ?(?P<plain>[^，,。；;、:\n《》〔\[\]]{2,40}?(?:规划|方案|办法|规定|细则|条例|纪要))(?=[，,。；;、的要和\n])"
)
_KINDS: tuple[tuple[BasisKind, tuple[str, ...]], ...] = (
    (BasisKind.REPLY, ("批复", "批示")),
    (BasisKind.TABLE, ("表", "清单")),
    (
        BasisKind.NOTICE,
        (
            "通知",
            "意见",
            "办法",
            "方案",
            "措施",
            "规划",
            "细则",
            "规定",
            "标准",
            "决定",
            "函",
            "计划",
            "要点",
            "纪要",
        ),
    ),
    (BasisKind.LAW, ("法", "条例")),
)
_YEAR = re.compile(r"(?:19|20)\d\d(?=\s?年)")
# 规划（2026—2030年）: the years that a document is about; they do not say when it was issued.
_YEARS_COVERED = re.compile(
    r"(?:19|20)\d\d\s?年?\s?(?:[-—–－~～]{1,2}|至|到)\s?(?:19|20)?\d\d\s?年|(?:到|至)\s?(?:19|20)\d\d\s?年"
)
_SENTENCE_END = re.compile(r"[。；;\n]")


def part_at(sections: Sequence[Section], at: int) -> Part | None:
    """Return the part in which a place of the text stands, or None before the first heading."""
    index = bisect.bisect_right(sections, at, key=lambda section: section.heading.start) - 1
    return sections[index].part if index >= 0 else None


def find_basis(
    text: str, folded: str, known_names: Sequence[Name], sections: Sequence[Section], start: int, end: int
) -> tuple[BasisDocument, ...]:
    """Find the documents that a stretch of the text names: by number anywhere, and without one where it rests on them.

    ``known_names`` are those of the stretch.
    """
    found = list(_numbered(text, folded, known_names, sections, start, end))
    found.extend(_unnumbered(text, folded, known_names, sections, start, end))
    # Numbered documents were found first and keep their place against an unnumbered reading of the same words.
    found.sort(key=lambda document: (document.span.start, document.number is None))
    return tuple(_once(_apart(found)))


def _apart(found: Sequence[BasisDocument]) -> Iterator[BasisDocument]:
    kept: BasisDocument | None = None
    for document in found:
        if kept is None or document.span.start >= kept.span.end:
            if kept is not None:
                yield kept
            kept = document
        elif kept.number is None and document.number is not None:
            kept = document
    if kept is not None:
        yield kept


def _numbered(
    text: str, folded: str, known_names: Sequence[Name], sections: Sequence[Section], begin: int, end: int
) -> Iterator[BasisDocument]:
    titles = [name for name in known_names if name.kind is NameKind.TITLE]
    numbers = [name for name in known_names if name.kind is NameKind.DOCUMENT]
    previous_end = begin
    for at, name in enumerate(numbers):
        start = _code_start(folded, name.start, previous_end)
        if start == name.start:
            continue  # a bracketed year without an agency's code is no document number
        limit = numbers[at + 1].start if at + 1 < len(numbers) else end
        title, low, high = _title_near(text, folded, start, name.end, previous_end, limit, titles)
        part = part_at(sections, name.start)
        yield BasisDocument(
            title=title,
            number=_squeezed(text[start : name.end]),
            year=name.numbers[0] if name.numbers else None,
            kind=_kind(title),
            part=part,
            span=span_of(text, low, high),
        )
        previous_end = max(name.end, high)


def _code_start(folded: str, end: int, low: int) -> int:
    at = end
    while at > low and end - at < _CODE_WIDTH and _HAN_BEFORE.match(folded, at - 1):
        at -= 1
    cut = _NOT_CODE.match(folded, at, end)
    return cut.end() if cut else at


def _title_near(
    text: str, folded: str, start: int, end: int, low: int, limit: int, titles: Sequence[Name]
) -> tuple[str | None, int, int]:
    """Find the title that goes with a number: 《…》（number）, number《…》 or number …关于…的通知."""
    index = bisect.bisect_left(titles, start, key=lambda name: name.start)
    if index > 0 and low <= titles[index - 1].start and folded[titles[index - 1].end : start].strip(" (") == "":
        before = titles[index - 1]
        closed = end + 1 if folded[end : end + 1] == ")" else end
        return text[before.start + 1 : before.end - 1], before.start, closed
    stop = _SENTENCE_END.search(folded, end, min(limit, end + 200))
    reach = stop.start() if stop else min(limit, end + 200, len(folded))
    running = _TITLE_AFTER.match(folded, end, reach)
    if running is not None:
        return _squeezed(text[end : running.end()]), start, running.end()
    if index < len(titles) and titles[index].end <= reach and "。" not in folded[end : titles[index].start]:
        after = titles[index]
        if after.start - end <= 40:
            return text[after.start + 1 : after.end - 1], start, after.end
    return None, start, end


def _unnumbered(
    text: str, folded: str, known_names: Sequence[Name], sections: Sequence[Section], start: int, end: int
) -> Iterator[BasisDocument]:
    for match in _TABLE.finditer(folded, start, end):
        yield _without_number(text, match.start("title"), match.end("title"), BasisKind.TABLE, sections)
    for section in sections:
        if section.part is not Part.BASIS:
            continue
        for name in within(known_names, section.body.start, section.body.end):
            if name.kind is NameKind.TITLE:
                title = text[name.start + 1 : name.end - 1]
                document = _without_number(text, name.start, name.end, _kind(title), sections)
                yield evolve(document, title=title)
        for match in _UNNUMBERED.finditer(folded, section.body.start, section.body.end):
            group = "title" if match["title"] else "plain"
            kind = _kind(match[group])
            yield _without_number(text, match.start(group), match.end(group), kind, sections)


def _without_number(text: str, start: int, end: int, kind: BasisKind, sections: Sequence[Section]) -> BasisDocument:
    span = span_of(text, start, end)
    year = _YEAR.search(_YEARS_COVERED.sub("", span.text))
    return BasisDocument(
        title=span.text,
        number=None,
        year=int(year[0]) if year else None,
        kind=kind,
        part=part_at(sections, start),
        span=span,
    )


def _kind(title: str | None) -> BasisKind:
    if title is None:
        return BasisKind.OTHER
    plain = title.rstrip("》)） ")
    for ending in ("(试行)", "（试行）", "（修订）", "（暂行）"):
        plain = plain.removesuffix(ending)
    for kind, endings in _KINDS:
        if plain.endswith(endings):
            return kind
    return BasisKind.OTHER


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _once(found: Iterable[BasisDocument]) -> Iterator[BasisDocument]:
    """Keep the first mention of each number and, for unnumbered documents, of each title."""
    seen: set[str] = set()
    for document in found:
        key = document.number or document.title or document.span.text
        if key not in seen:
            seen.add(key)
            yield document
