"""What a page prints around a text: page numbers, running heads and tables of contents, which are no part of it.

They are blanked in the folded text, place for place, so that nothing is read in them and no span moves. Imports only
``citations`` and above.
"""

from __future__ import annotations

import collections
import re
from collections.abc import Callable, Iterator, Sequence

__all__ = ["blanked", "first_line", "furniture", "without"]

_PAGE = re.compile(
    r"[-—~·]{1,3}\d{1,4}[-—~·]{1,3}"
    r"|[^。；;]{0,40}第\d{1,4}页[,，/]?共\d{1,4}页|[^。；;]{0,40}共\d{1,4}页[,，/]?第\d{1,4}页|第\d{1,4}页"
    r"|[Pp][Aa][Gg][Ee]\d{1,4}(?:[Oo][Ff]\d{1,4}|/\d{1,4})?"
)
_BARE_PAGE = re.compile(r"\d{1,4}")
_CONTENTS = re.compile(r"目录|目次|[Cc][Oo][Nn][Tt][Ee][Nn][Tt][Ss]")
_LEADERS = ".…·。—-_"
_ENTRY = re.compile(r"(?P<words>.{2,80}?)\(?(?P<page>\d{1,3})\)?")
_RUNNING = re.compile(r"[^。；;:！!？?，,]{4,60}")
_OF_DOCUMENT = re.compile(r"(?:文本|汇编|说明|报告|申报书|申报表)(?:\(.{1,3}\))?$")
_MARK = re.compile(r"^[#*【]{0,4}\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)、.:]{1,2}")
_NUMBERED = re.compile(r"\d{1,2}[、.]|[一二三四五六七八九十]{1,3}[、.]|[(#*【]")
_LEAST_LEADERS = 3
_MOST_DIGITS = 3  # of a page; 办公费……2500 is a row of money
_LONGEST_ENTRY = 80

_Line = tuple[int, int, str]


def furniture(text: str, folded: str, is_heading: Callable[[str], bool]) -> list[tuple[int, int]]:
    r"""Return the places of page numbers, running heads and tables of contents, in order.

    A line is a running head where it is the first line of the text again, or stands beside page numbers more than once;
    a heading of the text is none, however often it stands there.

    >>> text = "某局项目文本\n一、项目名称\n甲\n— 1 —\n某局项目文本\n二、立项依据"
    >>> [text[start:end] for start, end in furniture(text, text, {"项目名称"}.__contains__)]
    ['— 1 —', '某局项目文本']
    """
    lines = list(_lines(folded))
    found = _contents(lines)
    pages = {at for at, line in enumerate(lines) if at not in found and _is_page(text, line)}
    found |= pages
    found |= _running_heads(lines, pages, found, is_heading)
    return [(lines[at][0], lines[at][1]) for at in sorted(found)]


def blanked(folded: str, places: Sequence[tuple[int, int]]) -> str:
    """Return the text with those places blank, of the same length."""
    pieces = []
    at = 0
    for start, end in places:
        pieces += [folded[at:start], " " * (end - start)]
        at = end
    return "".join([*pieces, folded[at:]])


def first_line(folded: str, start: int, end: int) -> tuple[int, int]:
    """Return the first line of a stretch that is not blank; an empty place where there is none."""
    while start < end and folded[start].isspace():
        start += 1
    stop = folded.find("\n", start, end)
    return start, end if stop < 0 else stop


def without(text: str, folded: str, start: int, end: int) -> str:
    """Return what a stretch of the text says, without the furniture that is blank in the folded text."""
    whole = text[start:end].strip()
    if "\n" not in folded[start:end]:
        return whole
    kept = []
    at = start
    for line in text[start:end].splitlines(keepends=True):
        if folded[at : at + len(line)].strip() or not line.strip():
            kept.append(line)
        at += len(line)
    return "".join(kept).strip()


def _lines(folded: str) -> Iterator[_Line]:
    at = 0
    for line in folded.split("\n"):
        yield at, at + len(line), line.replace(" ", "")
        at += len(line) + 1


def _is_page(text: str, line: _Line) -> bool:
    start, end, words = line
    if len(words) > _LONGEST_ENTRY or not words:
        return False
    if _PAGE.fullmatch(words):
        return True
    # A bare number is a page's only where the page ends beside it.
    return bool(_BARE_PAGE.fullmatch(words)) and "\x0c" in (text[start - 1 : start] + text[end : end + 1])


def _running_heads(
    lines: Sequence[_Line], pages: set[int], taken: set[int], is_heading: Callable[[str], bool]
) -> set[int]:
    filled = [at for at, line in enumerate(lines) if line[2] and (at not in taken or at in pages)]
    beside: dict[str, set[int]] = {}
    for place, at in enumerate(filled):
        if at in pages:
            near = {filled[one] for one in (place - 1, place + 1) if 0 <= one < len(filled)} - pages
            for one in near:
                beside.setdefault(lines[one][2], set()).add(one)
    first = next((at for at in filled if at not in pages), None)
    heads = {words for words, places in beside.items() if len(places) > 1}
    heads |= {lines[first][2]} if first is not None else set()
    heads = {
        words for words in heads if _RUNNING.fullmatch(words) and not _NUMBERED.match(words) and not is_heading(words)
    }
    found = set()
    for place, at in enumerate(filled):
        words = lines[at][2]
        if words in heads and at != first and at not in taken:
            above = lines[filled[place - 1]][2] if place else ""
            # The first line may be the unit or the name, which stands again under its heading.
            if _OF_DOCUMENT.search(words) or not is_heading(_MARK.sub("", above, count=1)):
                found.add(at)
    return found


def _contents(lines: Sequence[_Line]) -> set[int]:
    """Return the lines of tables of contents: by their leaders, and those under 目录."""
    found = {at for at, line in enumerate(lines) if _has_leaders(line[2])}
    times = collections.Counter(line[2] for line in lines)
    until = 0
    for begin, (_, _, title) in enumerate(lines):
        if begin < until or len(title) > 8 or not _CONTENTS.fullmatch(title):
            continue
        found.add(begin)
        opened: str | None = None
        until = begin + 1
        for at in range(begin + 1, len(lines)):
            until = at
            words = lines[at][2]
            if not words or at in found:
                continue
            if len(words) > _LONGEST_ENTRY or words == opened:
                break
            entry = _ENTRY.fullmatch(words)
            if entry is None and times[words] == 1:
                break  # an entry without a page stands a second time where it belongs
            opened = opened or (words if entry is None else entry["words"].rstrip(_LEADERS))
            found.add(at)
    return found


def _has_leaders(words: str) -> bool:
    if not words or len(words) > 200 or not words[-1].isdigit():
        return False
    plain = words.rstrip("0123456789")
    led = plain.rstrip(_LEADERS)
    dots = plain[len(led) :]
    return (
        bool(led) and len(words) - len(plain) <= _MOST_DIGITS and (len(dots) >= _LEAST_LEADERS or dots.count("…") > 1)
    )
