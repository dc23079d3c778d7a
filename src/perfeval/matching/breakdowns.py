"""Which lines of a budget are one breakdown of its money, where a text breaks the same money down more than once.

其中：甲镇3万元、乙镇2万元。用于材料费3万元、人工费2万元 says 5万元 twice, and not 10万元. What stands in a later sentence,
after lines that make up the whole already, is not surely a line. Imports ``wholes``, ``documents`` and above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import final

from attrs import evolve, frozen

from perfeval.amounts import Amount
from perfeval.documents.folding import fold
from perfeval.documents.project import Line, Part, Project, Unread
from perfeval.facts import Given, Label
from perfeval.matching.wholes import exact_money, whole_of

__all__ = ["BEYOND", "one_breakdown"]

BEYOND = Label(
    "前面的明细已等于总额，这可能是同一资金的另一种划分，也可能不是明细",
    "the lines before it make up the whole; it may break the same money down anew, or be no line",
)
"""Why a line is not counted, and the list of lines is not known in full."""

_BEGINS_ANEW = re.compile(r"(?:其中|主要用于|具体用于|(?:支出)?明细|具体(?:为|是|包括|安排|如下|分为))[:：]?")
_SAYS_USES = re.compile(r"用于|明细|具体|支出|包括")
_MARKED = re.compile(
    r"(?:\(?[0-9一二三四五六七八九十]{1,3}[)、.]|[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]{1,2}[,，、]?|[-—*•·])\s?$"
)
_MARK_WIDTH = 8
_BETWEEN = 200
_NEAR = Fraction(3, 2)


@final
@frozen
class _Block:
    """Lines that one sentence lists, or rows that one list numbers, and whether words before them say what they are for."""

    lines: tuple[Line, ...]
    says_uses: bool

    @property
    def sum(self) -> Fraction:
        """What they come to."""
        return sum((amount.root for line in self.lines if (amount := exact_money(line.amount))), Fraction(0))


def one_breakdown(project: Project) -> Project:
    """Return a project with the lines of one breakdown alone, where others say the same money again.

    Lines beyond a breakdown that makes up the whole are named in ``unread``, and make the sum of all unknown.
    """
    whole = exact_money(whole_of(project))
    if whole is None or whole.root <= 0 or any(exact_money(line.amount) is None for line in project.lines):
        return project
    blocks = list(_blocks(project))
    total = sum((block.sum for block in blocks), Fraction(0))
    if len(blocks) < 2 or total == whole.root:
        return project
    runs, beyond = _runs(blocks, whole)
    if not runs:
        return project
    chosen = next((run for run in reversed(runs) if run[0].says_uses), runs[0])
    if not beyond:
        return _with_lines(project, chosen, ())
    # A list of uses that comes to more than there is is wrong whatever else the text divides.
    rest = sum((block.sum for block in beyond), Fraction(0))
    is_list = len(beyond) == 1 and len(beyond[0].lines) > 1 and beyond[0].says_uses
    if is_list and whole.root < rest < whole.root * _NEAR:
        return _with_lines(project, beyond, ())
    return _with_lines(project, chosen, beyond)


def _with_lines(project: Project, kept: Sequence[_Block], beyond: Sequence[_Block]) -> Project:
    doubtful = tuple(
        Unread(text=line.span.text, why=BEYOND, part=Part.FUNDING, span=line.span)
        for block in beyond
        for line in block.lines
    )
    lines = tuple(line for block in kept for line in block.lines)
    return evolve(project, lines=lines, unread=(*project.unread, *doubtful))


def _runs(blocks: Sequence[_Block], whole: Amount) -> tuple[list[list[_Block]], list[_Block]]:
    """Return the runs of blocks that make up the whole, from the first on, and the blocks that are in none."""
    runs: list[list[_Block]] = []
    beyond: list[_Block] = []
    begun = 0
    sums: dict[Fraction, int] = {Fraction(0): 0}
    reached = Fraction(0)
    for at, block in enumerate(blocks):
        reached += block.sum
        start = sums.get(reached - whole.root)
        if start is not None:
            runs.append(list(blocks[start : at + 1]))
            beyond += blocks[begun:start]
            begun, reached = at + 1, Fraction(0)
            sums = {Fraction(0): begun}
        else:
            sums[reached] = at + 1
    return runs, [*beyond, *blocks[begun:]]


def _blocks(project: Project) -> Iterator[_Block]:
    """Cut the lines where a sentence ends or a list begins anew; numbered rows go on over the ends of sentences."""
    held: list[Line] = []
    says_uses = is_numbered = False
    before: int | None = None
    for line in project.lines:
        low = line.span.start - _BETWEEN if before is None else before
        between = fold(project.text[max(0, low, line.span.start - _BETWEEN) : line.span.start])
        numbered = _MARKED.search(between[-_MARK_WIDTH:]) is not None
        anew = _BEGINS_ANEW.search(between) is not None
        if held and (anew or "。" in between) and not (numbered and is_numbered and not anew):
            yield _Block(tuple(held), says_uses)
            held = []
        if not held:
            said = re.split("[。\n]", between)[-1]
            says_uses, is_numbered = _SAYS_USES.search(said) is not None, numbered
        held.append(line)
        before = _end(line)
    if held:
        yield _Block(tuple(held), says_uses)


def _end(line: Line) -> int:
    given: list[Given] = [line.amount, *(part.amount for part in line.parts)]
    return max(line.span.end, *(one.span.end for one in given if one.span is not None))
