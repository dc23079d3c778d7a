"""What a table of budget lines says (项目支出预算明细): each line with its counts, price, amount and level, and the totals.

Nothing is judged: which rows a total is the sum of, and what count times price comes to, is told for a rule to compare.
Imports ``words``, ``model`` and ``documents``.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final, final

from attrs import frozen

from perfeval.amounts import Amount
from perfeval.documents.printed import Printed
from perfeval.documents.project import Unread
from perfeval.tables.model import Written
from perfeval.tables.words import plain

__all__ = ["BudgetRow", "BudgetTable", "Count", "Cue", "Sum", "cue_of", "levels_of"]

_NUMBERED: Final = (
    re.compile(r"[一二三四五六七八九十]{1,3}、"),
    re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"\d{1,2}[.、．](?!\d)"),
    re.compile(r"[(（]\d{1,2}[)）]|\d{1,2}[.．]\d{1,2}(?!\d)"),
    re.compile(r"[①-⑳]"),
)
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,3}|[一二三四五六七八九十]{1,3}")
_OF_WHICH = re.compile(r"其中\s?[:：、]?")
_SUBTOTAL = re.compile(r"小计")


@final
@frozen(kw_only=True)
class Count:
    """One figure that the price of a line is multiplied by: a number, and its unit where one is declared."""

    number: Fraction
    amount: Amount | None
    written: Written


@final
@frozen(kw_only=True)
class BudgetRow:
    """One row: a line, a part of one, or a total (``is_total``: 合计, 小计).

    ``level`` is 0 for a line and more for parts of the line above (其中, numbering, indentation); None where the table
    does not tell. ``counts`` are 数量, 人数, 天数 and the like; ``price`` may be per unit (元/人·天). ``amount`` has no
    amount of money where no unit is declared.
    """

    name: Written
    level: int | None = 0
    is_total: bool = False
    counts: tuple[Count, ...] = ()
    unit: Written | None = None
    price: Printed | None = None
    amount: Printed | None = None
    basis: Written | None = None
    remark: Written | None = None

    @property
    def worked(self) -> Amount | None:
        """Count times price, as money; None where either lacks, the price has no unit, or not all it is per is counted.

        A price of 元/人·天 with persons and no days comes to nothing that is known.
        """
        price = None if self.price is None else self.price.amount
        if not self.counts or price is None:
            return None
        numbers = [count.number for count in self.counts]
        if price.unit.is_money:
            return Amount.of(math.prod(numbers, start=price.number), price.unit)
        amounts = [count.amount for count in self.counts if count.amount is not None]
        left = Counter(dict(price.dimension))
        for amount in amounts:
            left.update(dict(amount.dimension))
        money = [base for base, power in left.items() if base.startswith("currency_") and power == 1]
        others = {base: power for base, power in left.items() if base not in money and power}
        # Counts that the price is not per multiply it as they are: one of a count is one root unit.
        is_plain = all(base.startswith("count_") and power > 0 for base, power in others.items())
        if len(amounts) < len(numbers) or not money or not is_plain:
            return None
        return Amount.from_root(math.prod((amount.root for amount in amounts), start=price.root), "元")


@final
@frozen(kw_only=True)
class Sum:
    """A row and the rows that it is the sum of."""

    total: BudgetRow
    parts: tuple[BudgetRow, ...]

    @property
    def is_of_which(self) -> bool:
        """Whether the parts are introduced by 其中, which need not name them all."""
        return _OF_WHICH.match(self.parts[0].name.text) is not None


@final
@frozen(kw_only=True)
class BudgetTable:
    """A table of budget lines as it was read; ``money_unit`` is what its title or a line declares for its money.

    ``project`` is the one project that it names, in a line above its heads or in a column of its own.
    """

    name: str
    title: Written | None = None
    project: Written | None = None
    money_unit: str | None = None
    money_unit_written: Written | None = None
    rows: tuple[BudgetRow, ...] = ()
    unread: tuple[Unread, ...] = ()

    @property
    def sums(self) -> tuple[Sum, ...]:
        """What adds up to what, as far as the table tells: 小计 its rows above, 合计 all lines, a line its parts."""
        return tuple(_sums(self.rows))


def _sums(rows: Sequence[BudgetRow]) -> Iterator[Sum]:
    if any(row.level is None for row in rows):
        return
    # A line and its parts: those one level below it, up to the next row of its own level.
    above: list[tuple[BudgetRow, list[BudgetRow]]] = []
    for row in rows:
        level = -1 if row.is_total else row.level or 0
        while above and (above[-1][0].level or 0) >= level:
            yield from _sum(*above.pop())
        if row.is_total:
            continue
        if above and above[-1][0].level == level - 1:
            above[-1][1].append(row)
        above.append((row, []))
    while above:
        yield from _sum(*above.pop())
    lines = tuple(row for row in rows if not row.is_total and row.level == 0)
    since: list[BudgetRow] = []
    for row in rows:
        if row.is_total and _SUBTOTAL.search(plain(row.name.text)):
            yield from _sum(row, since)
            since = []
        elif row.is_total:
            yield from _sum(row, lines)
        elif row.level == 0:
            since.append(row)


def _sum(total: BudgetRow, parts: Sequence[BudgetRow]) -> Iterator[Sum]:
    if parts:
        yield Sum(total=total, parts=tuple(parts))


# -------------------------------------------------------------------------------------------------------
# Levels


_PART: Final = -1


@final
@frozen
class Cue:
    """What a row tells of its level: the kind of its numbering (_PART for 其中), its indentation, its column, its 序号.

    ``number`` is None where there is no column of 序号, and "" where the row has none.
    """

    kind: int | None
    indent: int
    place: int | None
    number: str | None = None


def cue_of(text: str, place: int | None, number: str | None = None) -> Cue:
    """Return what a name as it is written tells of its level; ``place`` is what its column tells.

    >>> cue_of("（一）培训费", None).kind, cue_of("  场地费", None).indent
    (1, 2)
    """
    bare = text.lstrip()
    indent = len(text) - len(bare)
    if _OF_WHICH.match(bare):
        return Cue(_PART, indent, place, number)
    kind = next((kind for kind, pattern in enumerate(_NUMBERED) if pattern.match(bare)), None)
    return Cue(kind, indent, place, number)


def levels_of(rows: Sequence[BudgetRow], cues: Sequence[Cue]) -> list[int | None]:
    """Return the level of each row: by its column, its 序号, its numbering, else by 其中 and indentation.

    A row without a cue after a part, or among numbered ones, may be a further part or the next line: its level is not
    known. Several rows without a number that come to the numbered one above them are its parts.
    """
    lines = [cue for row, cue in zip(rows, cues, strict=True) if not row.is_total]
    kinds = {kind: at for at, kind in enumerate(sorted({cue.kind for cue in lines if cue.kind not in (None, _PART)}))}
    indents = {indent: at for at, indent in enumerate(sorted({cue.indent for cue in lines}))}
    numbers = [cue.number for cue in lines if cue.number]
    is_numbered = bool(numbers) and all(_NUMBER.fullmatch(number) for number in numbers)
    in_words = any(not number[0].isdecimal() for number in numbers)
    levels: list[int | None] = []
    base: int | None = 0
    parts = indent = 0
    made_up = _made_up(rows, cues) if is_numbered else frozenset()
    for at, (row, cue) in enumerate(zip(rows, cues, strict=True)):
        level: int | None
        if row.is_total:
            level, parts = 0, 0
        elif cue.place is not None:
            level = cue.place
        elif is_numbered and cue.number:
            # 1, 1.1, 1.2, 2; or 一, 1, 2, 二
            level = base = cue.number.count(".") + (1 if in_words and cue.number[0].isdecimal() else 0)
            indent, parts = cue.indent, 0
        elif is_numbered and levels:
            # A part of the numbered row above, by its name or by what it comes to; else it may be a line without a number.
            told = at in made_up or cue.kind is not None or cue.indent > indent
            level = None if base is None or not told else base + 1
        elif cue.kind == _PART:
            level, parts = (None if base is None else base + 1), parts + 1
        elif kinds:
            level = base = None if cue.kind is None else kinds[cue.kind]
            parts = 0
        elif len(indents) > 1:
            level = base = indents[cue.indent]
        else:
            # After one 其中 a bare row may be its second part; after two, each said, it is the next line.
            level = None if parts == 1 else 0
            parts = 1 if parts == 1 else 0
        levels.append(level)
    return levels


def _made_up(rows: Sequence[BudgetRow], cues: Sequence[Cue]) -> frozenset[int]:
    """Return the rows without a number that make up, two or more of them, the amount of the numbered row above."""
    found: set[int] = set()
    run: list[int] = []
    whole: Fraction | None = None
    for at, (row, cue) in enumerate(zip(rows, cues, strict=True)):
        amount = None if row.amount is None else row.amount.number
        if row.is_total or cue.number:
            run, whole = [], amount if cue.number and not row.is_total else None
            continue
        run.append(at)
        if amount is None or whole is None:
            whole = None
            continue
        whole -= amount
        is_last = at + 1 == len(rows) or rows[at + 1].is_total or bool(cues[at + 1].number)
        if is_last and whole == 0 and len(run) > 1:
            found.update(run)
    return frozenset(found)
