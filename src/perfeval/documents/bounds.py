"""Which words bound a quantity: those before it (不少于, 不超过, 达到) and those after it (以上, 以内, 左右).

Imports only ``lexing``.
"""

from __future__ import annotations

import enum
import re
from typing import final

from attrs import frozen

from perfeval.documents.lexing import Figure

__all__ = ["BoundAfter", "Comparator", "bound_after", "bound_before", "softness"]


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
                (Comparator.APPROX, "大约 约为 约 将近 近 大概 大致"),
            )
            for word in words.split()
        ),
        key=lambda pair: -len(pair[1]),
    )
)
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


@final
@frozen
class BoundAfter:
    """What the words after a figure say of it, and where they end."""

    comparator: Comparator
    inclusive: bool | None
    end: int


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
    """Return the word that softens a figure, such as 一般 or 原则上, before or after it."""
    found = _SOFT.search(folded, start, figure.start) or _SOFT.search(folded, figure.end, end)
    return found[0] if found else None


def bound_before(folded: str, lead_start: int, figure: Figure) -> tuple[Comparator, int]:
    """Return the comparator that the words before a figure state, and where it begins."""
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
                return comparator, low + len(lead) - len(word)
        filler = _FILLER.search(lead)
        if filler is None:
            break
        lead = lead[: filler.start()]
    return Comparator.UNSTATED, end
