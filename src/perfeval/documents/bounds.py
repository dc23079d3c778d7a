"""Which words bound a quantity: those before it (不少于, 不超过, 达到) and those after it (以上, 以内, 左右).

The English words are those in which a rule is said: is at least, is at most, is more than, is less than, equals.
不等于 and "does not equal" bound nothing: such a figure is *unstated*, with a problem that says so.
Imports only ``lexing`` and ``facts``.
"""

from __future__ import annotations

import enum
import re
from typing import final

from attrs import frozen

from perfeval.documents.lexing import Figure
from perfeval.facts import Label

__all__ = ["BoundAfter", "BoundBefore", "Comparator", "bound_after", "bound_before", "softness"]


@final
class Comparator(enum.Enum):
    """How a stated amount bounds what it speaks of; ``UNSTATED`` is not ``EQ``."""

    GE = "ge"
    LE = "le"
    GT = "gt"
    LT = "lt"
    EQ = "eq"
    RANGE = "range"
    APPROX = "approx"
    UNSTATED = "unstated"


_BEFORE: tuple[tuple[Comparator, str], ...] = tuple(
    sorted(
        (
            (comparator, word)
            for comparator, words in (
                (
                    Comparator.GE,
                    (
                        "不得少于 不得低于 不能少于 不能低于 不应少于 不应低于 不可少于 不少于 不低于 不小于 不短于 至少 最少 最低 "
                        "大于等于 大于或等于 高于或等于 达到 达 ≥ >= ≥= 保持在 稳定在"
                    ),
                ),
                (
                    Comparator.LE,
                    (
                        "不得超过 不得高于 不得多于 不得超出 不能超过 不能高于 不应超过 不应高于 不可超过 不超过 不超出 不超 不高于 不多于 "
                        "不大于 至多 最多 最高 小于等于 小于或等于 低于或等于 控制在 限额 ≤ <="
                    ),
                ),
                (Comparator.GT, "超过 超出 超 高于 多于 大于 突破 >"),
                (Comparator.LT, "未达到 未达 不足 不到 不满 未满 低于 少于 小于 <"),
                (Comparator.EQ, "等于 ="),
                (Comparator.UNSTATED, "不等于 ≠"),
                (Comparator.APPROX, "大约 约为 约 将近 近 大概 大致"),
            )
            for word in words.split()
        ),
        key=lambda pair: -len(pair[1]),
    )
)
_ENGLISH = re.compile(
    r"(?<![A-Za-z])(?:(?:is|are) )?(?:"
    r"(?P<ge>at least|not less than|no less than)|(?P<le>at most|not more than|no more than)"
    r"|(?P<gt>more than)|(?P<lt>less than)|(?P<unequal>not equal to|does not equal)|(?P<eq>equals|equal to))$",
    re.IGNORECASE,
)
_UNEQUAL = Label("“不等于”不构成界限", "unequal to it: this bounds nothing")
_NO_COMPARATOR = re.compile(r"(?:[传表直抵下转送]达|[节契预公合条制]约|[最附邻临]近|[高]超)$")
_AFTER = re.compile(
    r"\s?(?P<closed>\((?:含|不含)\))?"
    r"(?:(?P<ge>(?:及|和)?以上|下限|起步)|(?P<le>(?:及|和)?以下|以内|之内|内(?![容部蒙地外资])|上限|封顶|控制(?![在率数]))|(?P<approx>左右|上下))?"
    r"(?P<closed_after>\((?:含|不含)\))?"
)
_FILLER = re.compile(
    r"(?:\s|人民币|¥|[:：]|每(?:人|年|月|天|日|期|次|名|位|个|户|家|学时|课时|半天|季度)|各|均|为|是|在|到|的)$"
)
_OF_WHAT = re.compile(
    r"(?<=超过|高于|低于|少于|多于|达到)(?:(?![按以占为是])[\u4e00-\u9fff]){1,10}的$"
)  # 不得超过总学时的1/7
_SOFT = re.compile(r"一般|原则上|力争|预计|计划|拟|暂按|争取|左右|上下")
# Said before the comma or the colon at which the clause of the figure begins.
_SOFT_LEAD = re.compile(r"(?<![A-Za-z\u4e00-\u9fff])(in principle|preferably|宜)[,，:]\s?$", re.IGNORECASE)
_SOFT_LEAD_WIDTH = len(" in principle, ")


@final
@frozen
class BoundAfter:
    """What the words after a figure say of it, and where they end."""

    comparator: Comparator
    inclusive: bool | None
    end: int


@final
@frozen
class BoundBefore:
    """What the words before a figure say of it, and where they begin; ``problem`` says that they bound nothing."""

    comparator: Comparator
    start: int
    problem: Label | None = None


def bound_after(folded: str, end: int) -> BoundAfter:
    """Read 以上, 以下, 以内, 左右 and the like, with 含 or 不含, where a figure ends.

    >>> bound_after("3天以上(含)", 2).comparator
    <Comparator.GE: 'ge'>
    """
    after = _AFTER.match(folded, end)
    if after is None or not (after["ge"] or after["le"] or after["approx"] or after["closed"]):
        return BoundAfter(Comparator.UNSTATED, None, end)
    closed = after["closed"] or after["closed_after"]
    comparator = (
        Comparator.GE
        if after["ge"]
        else Comparator.LE
        if after["le"]
        else Comparator.APPROX
        if after["approx"]
        else Comparator.UNSTATED
    )
    return BoundAfter(comparator, None if closed is None else "不含" not in closed, after.end())


def softness(folded: str, start: int, figure: Figure, end: int) -> str | None:
    """Return the word that softens a figure, such as 一般 or 原则上, before or after it, or "in principle"."""
    found = _SOFT.search(folded, start, figure.start) or _SOFT.search(folded, figure.end, end)
    if found is not None:
        return found[0]
    said = _SOFT_LEAD.search(folded[max(0, start - _SOFT_LEAD_WIDTH) : start])
    return said[1].lower() if said else None


def bound_before(folded: str, lead_start: int, figure: Figure) -> BoundBefore:
    """Return the comparator that the words before a figure state, and where it begins.

    >>> from perfeval.documents.lexing import figures
    >>> text = "work funding is at least 3,000 元"
    >>> [bound_before(text, 0, figure).comparator for figure in figures(text, [])]
    [<Comparator.GE: 'ge'>]
    """
    # A colon may stand between the words and the figure, so the clause edge is looked over by a few signs.
    end = figure.start
    low = max(lead_start - 2, 0) if folded[lead_start - 1 : lead_start] == ":" else lead_start
    lead = folded[low:end]
    if figure.unit == "%":
        of_what = _OF_WHAT.search(lead)
        lead = lead[: of_what.start()] if of_what and of_what.start() else lead
    for _ in range(5):
        for comparator, word in _BEFORE:
            if lead.endswith(word) and not _NO_COMPARATOR.search(lead):
                if word == "近" and figure.unit in ("年", "月", "个月"):
                    break
                problem = _UNEQUAL if comparator is Comparator.UNSTATED else None
                return BoundBefore(comparator, low + len(lead) - len(word), problem)
        english = _ENGLISH.search(lead) if lead[-1:].isascii() else None
        if english is not None and english["unequal"]:
            return BoundBefore(Comparator.UNSTATED, low + english.start(), _UNEQUAL)
        if english is not None:
            return BoundBefore(Comparator(english.lastgroup), low + english.start())
        filler = _FILLER.search(lead)
        if filler is None:
            break
        lead = lead[: filler.start()]
    return BoundBefore(Comparator.UNSTATED, end)
