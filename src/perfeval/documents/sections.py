"""Where the parts of a project text begin and end, in which form it is, and where one project ends and the next begins.

Imports only ``project``, ``folding`` and ``errors``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import final

from attrs import define, evolve, field, frozen

from perfeval.documents.folding import span_of
from perfeval.documents.furniture import first_line
from perfeval.documents.project import Form, Part, Section
from perfeval.errors import DocumentError, excerpt

__all__ = [
    "Heading",
    "Headings",
    "Stretch",
    "find_sections",
    "find_stretches",
    "form_of",
    "is_heading",
    "part_of_heading",
    "split",
]

_TITLES: dict[Part, str] = {
    Part.NAME: "项目名称 项目的名称",
    Part.BASIS: "立项依据 项目立项依据 项目依据 政策依据 立项的依据 立项依据及必要性",
    Part.UNIT: "项目实施单位 实施单位 项目实施主体 实施主体 项目单位 项目承担单位 承担单位 责任单位 项目责任单位",
    Part.OVERVIEW: "项目基本概况 项目基本情况 基本概况 基本情况 项目概况 项目概述 项目简介",
    Part.CONTENT: "项目实施内容 实施内容 项目主要内容 项目内容 主要实施内容 项目建设内容 实施方案 项目实施方案 建设内容 工作内容",
    Part.FUNDING: "资金安排情况 项目资金安排情况 资金安排 项目资金安排 资金安排计划 经费安排情况 经费安排 年度预算安排 预算安排情况 "
    "资金来源及安排 资金测算及安排 资金安排及测算 年度预算安排情况 年度预算 项目年度预算安排 预算安排 年度资金安排",
    Part.SCHEDULE: "项目实施计划 实施计划 项目实施进度计划 实施进度计划 进度安排 项目进度安排 实施进度安排 实施步骤",
    Part.EFFECT: "项目实施成效 实施成效 项目预期成效 预期成效 项目预期效益 预期效益 项目实施效益 项目实施效果 预期效果 绩效目标 项目绩效目标 "
    "年度绩效目标 项目年度绩效目标 总体绩效目标 绩效目标和指标 绩效目标及指标",
    Part.PERIOD: "起止时间 项目起止时间 实施周期 项目实施周期 项目周期 起止年限 项目起止年限 实施期限 项目实施期限 起止日期 项目起止日期 "
    "实施时间 项目实施时间 建设周期 项目建设周期 执行期限 项目执行期限",
}
_PART_OF = {title: part for part, titles in _TITLES.items() for title in titles.split()}
_NUMBERS = {numeral: value for value, numeral in enumerate("一二三四五六七八九十", 1)}
_NUMBERS |= {f"十{numeral}": 10 + value for numeral, value in _NUMBERS.items() if value < 10}

# A numbered heading may stand anywhere after a break; one without a number must have its line to itself,
# or end in a colon. A space inside a title comes from justified type and is looked over.
_MARKED_HEADING = (
    r"(?:(?m:^)|(?<=[\s。；;]))[ #*]{0,8}"
    r"(?:\(\s?(?:(?P<in_brackets>十?[一二三四五六七八九十])|(?P<digits_in_brackets>\d{1,2}))\s?\)\s?[、.]?"
    r"|(?P<number>十?[一二三四五六七八九十])\s?[、.,，:]"
    r"|(?:\d{1,2}[.])?(?P<digits>\d{1,2})\s?(?:[、.](?!\d)|(?<=\d[.]\d)\s))\s{0,4}[【*]{0,3}"
    r"(?P<title>TITLES)(?:\([^()\n]{0,12}\))?(?=[ \t]*(?:[:：。\n*】]|$|[ \t]))[ \t]*[】*]{0,3}[ \t]*[:。]?[*]{0,3}"
    r"|(?m:^)[ #*【]{0,8}(?P<bare>TITLES)[ \t]*[】*]{0,3}(?:[:]|[ \t]*(?m:$))[*]{0,3}"
)


@final
@frozen
class Heading:
    """A heading as it was found: its title without spaces, its number if it prints one, and its place."""

    title: str
    number: int | None
    start: int
    end: int


@final
class Headings:
    """The headings of a list of titles, in the usual ways of numbering and setting them."""

    def __init__(self, titles: Iterable[str]) -> None:
        # Justified type puts spaces between the characters of a title: 项 目 名 称.
        any_title = "|".join("[ ]{0,3}".join(title) for title in sorted(titles, key=len, reverse=True))
        self._found = re.compile(_MARKED_HEADING.replace("TITLES", any_title))
        self._alone = re.compile(rf"(?:{any_title})[: ]{{0,3}}")

    def find(self, folded: str) -> list[Heading]:
        """Return the headings of a text, in order."""
        found = []
        for match in self._found.finditer(folded):
            numeral, digits = match["in_brackets"] or match["number"], match["digits"] or match["digits_in_brackets"]
            number = _NUMBERS[numeral] if numeral else int(digits) if digits else None
            title = (match["title"] or match["bare"]).replace(" ", "")
            found.append(Heading(title, number, match.start(), match.end()))
        return found

    def title_of(self, folded: str) -> str | None:
        """Return the title that some words are, or None where they are none."""
        words = folded.replace("：", ":").strip()
        return words.replace(" ", "").rstrip(":") if self._alone.fullmatch(words) else None


_OF_PROJECTS = Headings(_PART_OF)


def part_of_heading(folded: str) -> Part | None:
    """Return the part whose heading some words are, or None where they are none.

    >>> part_of_heading("起止时间："), part_of_heading("项 目 名 称"), part_of_heading("主管部门")
    (<Part.PERIOD: '起止时间'>, <Part.NAME: '项目名称'>, None)
    """
    title = _OF_PROJECTS.title_of(folded)
    return None if title is None else _PART_OF[title]


def is_heading(folded: str) -> bool:
    """Say whether some words are the heading of a part."""
    return part_of_heading(folded) is not None


def find_sections(text: str, folded: str) -> tuple[Section, ...]:
    """Find the parts of the text, in the order in which they stand.

    Raises :class:`~perfeval.errors.DocumentError` for a text that has no heading of any form.
    """
    found = _OF_PROJECTS.find(folded)
    if not found:
        listed = "; or ".join("、".join(form.heading(part) or "" for part in form.required) for form in Form)
        raise DocumentError.of(
            "text",
            came=f"no heading of a project text in {excerpt(text.strip())}",
            needed=f"a text under the headings {listed}",
        )
    return tuple(_sections(text, found))


def _sections(text: str, found: Sequence[Heading]) -> Iterator[Section]:
    for at, heading in enumerate(found):
        end = found[at + 1].start if at + 1 < len(found) else len(text)
        yield Section(
            part=_PART_OF[heading.title],
            number=heading.number,
            title=heading.title,
            heading=span_of(text, heading.start, heading.end),
            body=span_of(text, heading.end, end),
        )


def form_of(sections: Sequence[Section]) -> Form:
    """Say which form the headings are those of: the one that prints most of them so.

    Headings that no form prints leave it the eight-heading form, and so do all eight parts under headings of another.
    """
    parts = {section.part for section in sections}
    if parts.issuperset(Form.YUNNAN.required) and Part.PERIOD not in parts:
        return Form.YUNNAN
    titles = [section.title for section in sections]
    return max(Form, key=lambda form: (sum(title in _PRINTS[form] for title in titles), form is Form.YUNNAN))


_PRINTS = {form: frozenset(form.heading(part) for part in form.required) for form in Form}


# --------------------------------------------------------------------------------------------------------
# Several projects


@final
@frozen
class Stretch:
    """The stretch of a text that is one project, its sections, and the title line that stands above them if any."""

    start: int
    end: int
    sections: tuple[Section, ...]
    title: tuple[int, int] | None


_MARKED_TITLE = re.compile(
    r"(?:项目|子项目|附件|附)\s?(?:[一二三四五六七八九十]{1,3}|\d{1,3})\s?[:、. ]\s{0,3}[^。；;]{2,60}"
    r"|[^。；;:]{2,60}(?:项目文本|项目申报书|项目申报文本|项目说明|项目情况说明|项目支出说明|项目支出情况说明)(?:\((?:[一二三四五六七八九十]{1,3}|\d{1,3})\))?"
)
_TITLE_LINE = re.compile(
    r"[^。；;！!？?，,]{2,60}(?:项目|经费|资金|工程|补助|补贴|专项|行动|计划|建设|保障|服务|费|说明|文本|申报书|采购|购置|改造|维修|维护|活动|运行|培训)"
    r"(?:\([^()\n]{1,12}\))?"
)
_REACH = 400


@final
@define
class _Group:
    """The sections of one project while they are gathered."""

    title: tuple[int, int] | None
    sections: list[Section] = field(factory=list)
    parts: set[Part] = field(factory=set)
    name: str | None = None

    def add(self, folded: str, section: Section) -> None:
        self.sections.append(section)
        self.parts.add(section.part)
        if section.part is Part.NAME and self.name is None:
            self.name = _first_words(folded, section)


def find_stretches(text: str, folded: str, sections: Sequence[Section]) -> tuple[Stretch, ...]:
    """Cut the text into its projects.

    A project begins where the name is given again, where a title line (…项目文本（二）, 项目二：…) stands right above a
    heading, or where the headings begin again with the first one under the same number.
    """
    groups: list[_Group] = []
    seen: set[str] = set()
    for at, section in enumerate(sections):
        title = _title_above(folded, sections[at - 1].heading.end if at else 0, section.heading.start)
        words = "" if title is None else folded[title[0] : title[1]].replace(" ", "")
        marked = title is not None and words not in seen and _MARKED_TITLE.fullmatch(words) is not None
        following = sections[at + 1].part if at + 1 < len(sections) else None
        if not groups or _begins(folded, groups[-1], section, following, marked=marked):
            groups.append(_Group(title))
            seen.add(words)
        elif section.part is Part.NAME and groups[-1].name == _first_words(folded, section):
            continue  # the name, printed again at the head of a page
        groups[-1].add(folded, section)
    starts = [
        0 if at == 0 else group.sections[0].heading.start if group.title is None else group.title[0]
        for at, group in enumerate(groups)
    ]
    ends = [*starts[1:], len(text)]
    return tuple(
        Stretch(start, end, tuple(_until(text, group.sections, end)), group.title)
        for start, end, group in zip(starts, ends, groups, strict=True)
    )


# What stands alone under these may look like the title of a project.
_SHORT = (Part.NAME, Part.UNIT, Part.PERIOD)


def _begins(folded: str, group: _Group, section: Section, following: Part | None, *, marked: bool) -> bool:
    """Say whether a heading begins another project after those of ``group``."""
    if marked and group.sections[-1].part not in _SHORT and len(group.sections) > 1:
        return True
    if section.part is Part.NAME and group.name is not None:
        is_head = following not in group.parts and group.name == _first_words(folded, section)
        return not is_head
    first = group.sections[0]
    return section.part is first.part and section.number == first.number and len(group.parts) > 1


def _first_words(folded: str, section: Section) -> str:
    start, end = first_line(folded, section.body.start, section.body.end)
    return folded[start : min(end, start + _REACH)].replace(" ", "").rstrip("。.；;")


def _title_above(folded: str, low: int, start: int) -> tuple[int, int] | None:
    """Return the line right above a heading where it may be the title of a project."""
    line = _line_before(folded, max(low, start - _REACH), start)
    if line is None or (low and "\n" not in folded[low : line[0]]):
        return None  # what stands on the line of a heading is its body
    words = folded[line[0] : line[1]]
    return line if _TITLE_LINE.fullmatch(words) or _MARKED_TITLE.fullmatch(words) else None


def _line_before(folded: str, low: int, start: int) -> tuple[int, int] | None:
    end = start
    while end > low and folded[end - 1] in " \n#*":
        end -= 1
    if end <= low or "\n" not in folded[end:start]:
        return None
    begin = max(folded.rfind("\n", low, end) + 1, low)
    while begin < end and folded[begin] in " #*":
        begin += 1
    return (begin, end) if begin < end else None


def _until(text: str, group: Sequence[Section], end: int) -> Iterator[Section]:
    """Let each section reach to the next one of its project, and the last to the end of the stretch."""
    for at, section in enumerate(group):
        stop = group[at + 1].heading.start if at + 1 < len(group) else end
        yield section if section.body.end == stop else evolve(section, body=span_of(text, section.heading.end, stop))


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
