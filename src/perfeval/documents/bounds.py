"""Which words bound a quantity: those before it (不少于, 不超过, 达到) and those after it (以上, 以内, 左右).

达到, 提高到, 控制在 and the like are a bound in a goal and a fact in a report: such a bound is marked ``reached``.
The English words are those in which a rule is said: is at least, is at most, is more than, is less than, equals.
不等于 and "does not equal" bound nothing: such a figure is *unstated*, with a problem that says so.
Imports only ``figures``, ``counters`` and ``facts``.
"""

from __future__ import annotations

import enum
import re
from typing import final

from attrs import frozen

from perfeval.documents.counters import PER_WORDS
from perfeval.documents.figures import Figure
from perfeval.facts import Label

__all__ = ["BoundAfter", "BoundBefore", "Comparator", "bound_after", "bound_before", "change_before", "softness"]


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


@final
@frozen
class _Word:
    """A word that bounds the figure after it; it is none where one of ``not_after`` stands before it."""

    text: str
    comparator: Comparator
    reached: bool = False
    not_after: str = ""


_NOT_TO = ("不得", "不能", "不应", "不可", "不宜", "不准", "不允许", "不许", "不")
_TOO_LITTLE = ("少于", "低于", "小于", "短于", "晚于")
_TOO_MUCH = ("超过", "超出", "超", "高于", "多于", "大于", "长于", "突破", "逾")
_AT_LEAST = (
    "至少", "最少", "最低", "大于等于", "大于或等于", "高于或等于", "年满", "满", "下限", "≥", ">=", "≥=", "⩾", "≮",
)  # fmt: skip
_AT_MOST = (
    "至多", "最多", "最高", "小于等于", "小于或等于", "低于或等于", "限额", "限", "上限", "封顶", "≤", "<=", "⩽", "≯",
)  # fmt: skip
_LEVELS_UP = (
    "达到", "达", "达成", "保持在", "维持在", "稳定在", "提高到", "提高至", "提升到", "提升至", "增加到", "增加至", "增至",
    "增长到", "增长至", "增为", "提高为", "提升为", "扩大到", "扩大至", "上升到", "上升至", "升至",
)  # fmt: skip
_LEVELS_DOWN = (
    "控制在", "控制到", "降低到", "降低至", "下降到", "下降至", "降到", "降至", "压减到", "压减至", "压缩到", "压缩至",
    "减少到", "减少至", "减至", "减为", "降为", "缩短为", "压缩为", "缩短到", "缩短至",
)  # fmt: skip
# What a comparator word is no part of: 传达, 节约, 最近, 期限.
_NOT_AFTER = {"达": "传表直抵下转送到", "约": "节契预公合条制", "近": "最附邻临", "超": "高", "满": "圆丰充饱期届", "限": "期年时无有界权局上下"}  # fmt: skip


def _words() -> dict[str, tuple[_Word, ...]]:
    """Return the words by their last character, longest first."""
    listed: list[tuple[Comparator, bool, tuple[str, ...] | list[str]]] = [
        (Comparator.GE, False, [stem + much for stem in _NOT_TO for much in _TOO_LITTLE]),
        (Comparator.LE, False, [stem + much for stem in _NOT_TO for much in _TOO_MUCH]),
        (Comparator.GE, False, _AT_LEAST),
        (Comparator.LE, False, _AT_MOST),
        (Comparator.GE, True, _LEVELS_UP),
        (Comparator.LE, True, _LEVELS_DOWN),
        (Comparator.GE, False, ("未低于", "未少于")),
        (Comparator.LE, False, ("未超过", "未超出", "未突破", "未高于", "没有超过")),
        (Comparator.GT, False, _TOO_MUCH),
        (Comparator.GT, False, (">",)),
        (Comparator.LT, False, ("未达到", "未达", "达不到", "不足", "不到", "不满", "未满", *_TOO_LITTLE, "<")),
        (Comparator.EQ, False, ("等于", "=")),
        (Comparator.UNSTATED, False, ("不等于", "≠")),
        (Comparator.APPROX, False, ("大约", "约为", "约", "将近", "接近", "近", "大概", "大致")),
    ]  # fmt: skip
    found: dict[str, list[_Word]] = {}
    for comparator, reached, texts in listed:
        for text in texts:
            word = _Word(text, comparator, reached, _NOT_AFTER.get(text, ""))
            found.setdefault(text[-1], []).append(word)
    return {last: tuple(sorted(words, key=lambda word: -len(word.text))) for last, words in found.items()}


_BEFORE = _words()
_ENGLISH = re.compile(
    r"(?<![A-Za-z])(?:(?:is|are) )?(?:"
    r"(?P<ge>at least|not less than|no less than)|(?P<le>at most|not more than|no more than)"
    r"|(?P<gt>more than)|(?P<lt>less than)|(?P<unequal>not equal to|does not equal)|(?P<eq>equals|equal to))$",
    re.IGNORECASE,
)
_ENGLISH_WIDTH = 24
_UNEQUAL = Label("“不等于”不构成界限", "unequal to it: this bounds nothing")
_CLOSED = r"\s?\((?:含|包含|包括|不含|不包含)(?:本数|该数)?\)"
_AFTER = re.compile(
    rf"(?P<closed>{_CLOSED})?"
    r"\s?(?:(?P<ge>(?:及|和)?以上|下限|起步|起(?=[\s，,。；;、)的]|$))"
    r"|(?P<le>(?:及|和)?以下|以内|之内|内(?![容部蒙地外资])|上限|封顶|为限|控制(?![在率数到]))|(?P<approx>左右|上下))?"
    rf"(?P<closed_after>{_CLOSED})?"
)
# 95%≤满意度: what is said of stands after its lower end.
_AFTER_END = re.compile(r"\s?(?:(?P<ge>≤|<=)|(?P<gt><))(?=\s?[\u4e00-\u9fffA-Za-z])")
_FILLERS = frozenset(
    (" ", "\n", ":", "¥", "人民币", "各", "均", "为", "是", "在", "到", "的", "共", "计", "总计", "占", "人均", "平均", "分别", "(含)")
) | {f"每{word}" for word in PER_WORDS.split("|")}  # fmt: skip
_DATED = re.compile(r"(?:19|20)\d\d\s?年度?$")
_LONGEST_FILLER = max(map(len, _FILLERS))
_HAN = r"(?:(?![按以占为是])[\u4e00-\u9fff])"
# 不得超过总学时的1/7, 不低于工资总额1%, 不低于党员人数每人每年200元: what it is measured by stands between.
_OF_WHAT = re.compile(
    rf"(?<=超过|高于|低于|少于|多于|达到){_HAN}{{1,10}}的$"
    rf"|(?<=不低于|不少于|不超过|不高于|不多于|得低于|得少于|得超过|得高于|未达到){_HAN}{{2,10}}$"
)
# 至少轮训一次, 至少每季度开展一次: what is done stands between the bound and how often.
_DONE_BETWEEN = re.compile(
    r"(?<=至少|最少|至多|最多)(?:(?![的是数零一二两三四五六七八九十百千万亿])[\u4e00-\u9fff]){1,8}$"
)
# 约占总数的三分之一 is about a third.
_ABOUT_WHAT = re.compile(rf"(?<=约占){_HAN}{{2,12}}$")
_BY_WHAT = re.compile(rf"(?<=不低于|不少于|不超过|不高于){_HAN}{{2,8}}(?:(?:每|/)[\u4e00-\u9fff]{{1,3}}){{1,3}}$")
_SOFT = re.compile(r"一般|原则上|力争|预计|计划(?![的数内外指])|拟|暂按|争取|左右|上下|原则|不强制|鼓励")
# Said before the comma or the colon at which the clause of the figure begins.
_SOFT_LEAD = re.compile(r"(?<![A-Za-z\u4e00-\u9fff])(in principle|preferably|宜)[,，:]\s?$", re.IGNORECASE)
_SOFT_LEAD_WIDTH = len(" in principle, ")
_CHANGE = re.compile(
    r"(?P<word>增收|增支|增加|增长|增幅|提高|提升|上升|上涨|涨幅|下降|降低|降幅|减少|减收|减支|压减|压缩|缩减|节约|节省|缩短|扩大)"
    r"(?:了|(?:率|幅度|(?<=幅))(?:为|达)?)?\s?$"
)
_CHANGE_WIDTH = 8
# 减少投诉20%, 缩短办理时间2天; what is raised is a change only in shares and points: 提高覆盖面5%, not 提高质量3次.
_CHANGE_OF = re.compile(
    r"(?P<word>减少|减收|压减|压缩|缩减|节约|节省|缩短|降低|(?P<up>增加|提高|提升|扩大|上升))[\u4e00-\u9fff]{2,8}$"
)
_CHANGE_OF_WIDTH = 12
_SHARES = frozenset(["%", "‰", "百分点", "个百分点"])


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
    reached: bool = False


def bound_after(folded: str, end: int) -> BoundAfter:
    """Read 以上, 以下, 以内, 左右 and the like, with 含 or 不含, where a figure ends.

    >>> bound_after("3天以上(含)", 2).comparator
    <Comparator.GE: 'ge'>
    """
    lower = _AFTER_END.match(folded, end)
    if lower is not None:
        return BoundAfter(Comparator.GE if lower["ge"] else Comparator.GT, None, lower.end())
    after = _AFTER.match(folded, end)
    if after is None or not (after["ge"] or after["le"] or after["approx"] or after["closed"] or after["closed_after"]):
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
    return BoundAfter(comparator, None if closed is None else "不" not in closed, after.end())


def softness(folded: str, start: int, figure: Figure, end: int) -> str | None:
    """Return the word that softens a figure, such as 一般 or 原则上, before or after it, or "in principle"."""
    found = _SOFT.search(folded, start, figure.start) or _SOFT.search(folded, figure.end, end)
    if found is not None:
        return found[0]
    said = _SOFT_LEAD.search(folded[max(0, start - _SOFT_LEAD_WIDTH) : start])
    return said[1].lower() if said else None


def change_before(folded: str, start: int, end: int, unit: str | None) -> str | None:
    """Return the word that makes a figure a change and no level, such as 增长 or 减少, where it ends at ``end``.

    >>> change_before("税收增长10%", 0, 4, "%"), change_before("税收提高到10万元", 0, 5, "万元")
    ('增长', None)
    """
    found = _CHANGE.search(folded[max(start, end - _CHANGE_WIDTH) : end])
    if found is None:
        found = _CHANGE_OF.search(folded[max(start, end - _CHANGE_OF_WIDTH) : end])
        if found is not None and found["up"] and unit not in _SHARES:
            return None
    return found["word"] if found else None


def bound_before(folded: str, lead_start: int, figure: Figure) -> BoundBefore:
    """Return the comparator that the words before a figure state, and where it begins.

    >>> from perfeval.documents.figures import figures
    >>> text = "work funding is at least 3,000 元"
    >>> [bound_before(text, 0, figure).comparator for figure in figures(text, [])]
    [<Comparator.GE: 'ge'>]
    """
    # A colon may stand between the words and the figure, so the clause edge is looked over by a few signs.
    end = figure.start
    low = max(lead_start - 2, 0) if folded[lead_start - 1 : lead_start] == ":" else lead_start
    lead = folded[low:end]
    if lead:
        patterns = (_OF_WHAT, _ABOUT_WHAT) if figure.unit == "%" else (_BY_WHAT, _DONE_BETWEEN)
        of_what = next((found for pattern in patterns if (found := pattern.search(lead))), None)
        lead = lead[: of_what.start()] if of_what and of_what.start() else lead
    for _ in range(8):
        word = _word_at_end(lead, figure.unit)
        if word is not None:
            problem = _UNEQUAL if word.comparator is Comparator.UNSTATED else None
            return BoundBefore(word.comparator, low + len(lead) - len(word.text), problem, word.reached)
        english = _ENGLISH.search(lead, max(0, len(lead) - _ENGLISH_WIDTH)) if lead[-1:].isascii() else None
        if english is not None and english["unequal"]:
            return BoundBefore(Comparator.UNSTATED, low + english.start(), _UNEQUAL)
        if english is not None:
            return BoundBefore(Comparator(english.lastgroup), low + english.start())
        dated = _DATED.search(lead, max(0, len(lead) - 8)) if lead.endswith(("年", "度")) else None
        filler = (
            len(dated[0])
            if dated
            else next((size for size in range(_LONGEST_FILLER, 0, -1) if lead[-size:] in _FILLERS), 0)
        )
        if not filler:
            break
        lead = lead[:-filler]
    return BoundBefore(Comparator.UNSTATED, end)


def _word_at_end(lead: str, unit: str | None) -> _Word | None:
    for word in _BEFORE.get(lead[-1:], ()):
        if lead.endswith(word.text):
            before = lead[-len(word.text) - 1 : -len(word.text)]
            if before and before in word.not_after:
                return None
            return None if word.text == "近" and unit in ("年", "月", "个月") else word
    return None
