"""Where the parts of a project text begin and end: headings in the eight-heading form and its variants.

Imports only ``project`` and ``lexing``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfeval.documents.folding import span_of
from perfeval.documents.project import Part, Section
from perfeval.errors import DocumentError, excerpt

__all__ = ["find_sections", "split"]

_TITLES: dict[Part, str] = {
    Part.NAME: "项目名称 项目的名称",
    Part.BASIS: "立项依据 项目立项依据 项目依据 政策依据 立项的依据 立项依据及必要性",
    Part.UNIT: "项目实施单位 实施单位 项目实施主体 实施主体 项目单位 项目承担单位 承担单位",
    Part.OVERVIEW: "项目基本概况 项目基本情况 基本概况 基本情况 项目概况 项目概述",
    Part.CONTENT: "项目实施内容 实施内容 项目主要内容 项目内容 主要实施内容 项目建设内容",
    Part.FUNDING: "资金安排情况 项目资金安排情况 资金安排 项目资金安排 资金安排计划 经费安排情况 经费安排 年度预算安排 预算安排情况 "
    "资金来源及安排 资金测算及安排 资金安排及测算",
    Part.SCHEDULE: "项目实施计划 实施计划 项目实施进度计划 实施进度计划 进度安排 项目进度安排 实施进度安排 实施步骤",
    Part.EFFECT: "项目实施成效 实施成效 项目预期成效 预期成效 项目预期效益 预期效益 项目实施效益 项目实施效果 预期效果 绩效目标 项目绩效目标",
}
_PART_OF = {title: part for part, titles in _TITLES.items() for title in titles.split()}
_ANY_TITLE = "|".join(sorted(_PART_OF, key=len, reverse=True))
_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}

# A numbered heading may stand anywhere after a break; one without a number must have its line to itself,
# or end in a colon. A space inside a title comes from justified type and is looked over.
_HEADING = re.compile(
    r"(?:(?m:^)|(?<=[\s。；;]))[ #*]{0,8}"
    r"(?:\(\s?(?P<in_brackets>[一二三四五六七八九十])\s?\)\s?[、.]?|(?P<number>[一二三四五六七八九十])\s?[、.,，:]"
    r"|(?P<digits>\d{1,2})\s?[、.](?!\d))\s{0,4}"
    rf"(?P<title>{_ANY_TITLE})(?:\((?:[^()\n]{{0,12}})\))?(?=[ \t]*(?:[:：。\n*]|$|[ \t]))[ \t]*[*]{{0,3}}[ \t]*[:。]?[*]{{0,3}}"
    rf"|(?m:^)[ #*]{{0,8}}(?P<bare>{_ANY_TITLE})[ \t]*[*]{{0,3}}(?:[:]|[ \t]*(?m:$))"
)


def find_sections(text: str, folded: str) -> tuple[Section, ...]:
    """Find the parts of the text, in the order in which they stand.

    Raises :class:`~perfeval.errors.DocumentError` for a text that has no heading of the form.
    """
    found = list(_HEADING.finditer(folded))
    if not found:
        raise DocumentError.of(
            "text",
            came=f"no heading of a project text in {excerpt(text.strip())}",
            needed="a text under the headings "
            + "、".join(f"{number}、{part.value}" for number, part in zip("一二三四五六七八", Part, strict=True)),
        )
    return tuple(_sections(text, found))


def _sections(text: str, found: list[re.Match[str]]) -> Iterator[Section]:
    for at, match in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        title = match["title"] or match["bare"]
        numeral = match["in_brackets"] or match["number"]
        number = _NUMBERS[numeral] if numeral else int(match["digits"]) if match["digits"] else None
        yield Section(
            part=_PART_OF[title],
            number=number,
            title=title,
            heading=span_of(text, match.start(), match.end()),
            body=span_of(text, match.end(), end),
        )


def split(folded: str, start: int, end: int, separators: str) -> Iterator[tuple[int, int]]:
    """Yield the pieces between separators that stand outside round brackets and quotation marks.

    A bracket or quotation mark that is never closed is looked over at the end of its line.

    >>> [("甲、（乙、丙）、丁"[a:b]) for a, b in split("甲、(乙、丙)、丁", 0, 9, "、")]
    ['甲', '（乙、丙）', '丁']
    """
    depth = 0
    quoted = False
    begin = start
    for at in range(start, end):
        character = folded[at]
        if character == "\n":
            depth, quoted = 0, False
        elif character == "(":
            depth += 1
        elif character == ")":
            depth = max(0, depth - 1)
        elif character in "“「":
            quoted = True
        elif character in "”」":
            quoted = False
        if character in separators and ((not depth and not quoted) or character in "\n。"):
            if begin < at:
                yield begin, at
            begin = at + 1
            if character in "\n。":
                depth, quoted = 0, False
    if begin < end:
        yield begin, end
