"""What the words of a table's indicators tell: which level they are of, which way is better, what was left open.

Words alone decide; a name that tells nothing is of no level, and neither way is better. Imports ``documents``,
``tables`` and above.
"""

from __future__ import annotations

import enum
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, final

from attrs import frozen

from perfeval.amounts import Amount, AmountRange
from perfeval.citations import Span
from perfeval.documents.folding import fold
from perfeval.documents.residue import find_placeholders
from perfeval.expressions import Operator
from perfeval.facts import Label
from perfeval.tables.model import IndicatorRow, Written

__all__ = [
    "OF_A_WHOLE",
    "Better",
    "LevelKind",
    "asks_when",
    "better",
    "beyond_whole",
    "has_digits",
    "in_one_kind",
    "is_fraction",
    "is_lower_better",
    "is_part_of_whole",
    "left_open",
    "level_of",
    "levels_of",
    "reached_as_fraction",
    "repeated",
    "second_level_fits",
    "within",
    "wrong_way",
]


@final
class LevelKind(enum.Enum):
    """The first levels that forms have, by whatever name; PROCESS is what weighs the way there (决策, 过程, 执行率)."""

    COST = "成本指标"
    OUTPUT = "产出指标"
    BENEFIT = "效益指标"
    SATISFACTION = "满意度指标"
    PROCESS = "过程指标"

    @property
    def label(self) -> Label:
        """Its usual name in both languages."""
        return Label(self.value, self.name.lower())


@final
class Better(enum.Enum):
    """Which way is better; the value is the kind that ``goal_table`` declares."""

    LOWER = "越低越好"
    HIGHER = "越高越好"
    UNSAID = "未定"


# Looked for in this order: 服务对象满意度 stands under 效益 in some forms, and 社会成本 is a cost.
_LEVELS: Final = (
    (LevelKind.SATISFACTION, ("满意",)),
    (LevelKind.COST, ("成本",)),
    (LevelKind.OUTPUT, ("产出", "项目完成", "完成指标", "数量", "质量", "时效")),
    (LevelKind.BENEFIT, ("效益", "效果", "影响")),
    (LevelKind.PROCESS, ("决策", "过程", "管理", "投入", "执行")),
)
_UNDER: Final = {
    LevelKind.SATISFACTION: (LevelKind.SATISFACTION, LevelKind.BENEFIT),
    LevelKind.COST: (LevelKind.COST, LevelKind.OUTPUT),
    LevelKind.OUTPUT: (LevelKind.OUTPUT, LevelKind.COST, LevelKind.PROCESS),
    LevelKind.BENEFIT: (LevelKind.BENEFIT, LevelKind.OUTPUT, LevelKind.SATISFACTION),
    LevelKind.PROCESS: (LevelKind.PROCESS,),
}
"""Under which first levels a second level is found in forms that are in use; 产出 holds 社会效益 in none of them."""

OF_A_WHOLE: Final = (
    *(
        "满意度",
        "满意率",
        "覆盖率",
        "覆盖面",
        "合格率",
        "达标率",
        "合规率",
        "及时率",
        "准确率",
        "普及率",
        "知晓率",
        "参与率",
    ),
    *(
        "参加率",
        "参训率",
        "出勤率",
        "优良率",
        "优秀率",
        "通过率",
        "办结率",
        "处理率",
        "成活率",
        "完好率",
        "亮灯率",
        "畅通率",
    ),
    *("参保率", "入学率", "巩固率", "就业率", "取证率", "持证率", "入户率", "签约率", "适配率", "排除率", "保障率"),
    *("供水保证率", "公开率", "验收率", "发放率", "回收率", "成功率", "占比"),
)
"""How shares end that are of something that has no more than all of it, in a text and in a table alike.

A rate of use or of completion may be over 100 %, and so may 毛入学率, which counts pupils of any age.
"""
_LOWER: Final = (
    *("投诉率", "差错率", "事故率", "死亡率", "发病率", "感染率", "流失率", "辍学率", "违约率", "返工率", "延误率"),
    *("上访率", "超支率", "失业率", "空置率", "不合格率", "受害率", "发生率", "投诉次数", "事故次数", "事故起数"),
)
_WHEN: Final = ("时间", "时限", "日期", "期限", "及时", "完成", "竣工", "验收", "交付", "建成", "投用")
_OF_ONE_KIND: Final = (
    frozenset({"count_person", "count_attendance"}),
    frozenset(
        f"count_{one}" for one in ("session", "occasion", "event", "batch", "cycle", "school_class", "item", "project")
    ),
    frozenset(
        f"count_{one}"
        for one in (
            "item",
            "piece",
            "project",
            "place",
            "machine",
            "set",
            "document",
            "article",
            "volume",
            "book",
            "strip",
        )
    ),
    frozenset({"study_lesson_hour", "study_class_hour"}),
)
"""Units that forms exchange: persons as 人 and 人次, what is held as 期, 次 and 场, what is made as 个, 件 and 套."""
_NOT_BEFORE: Final = ("≥", ">", "⩾", "》", "不早于", "不少于", "不低于", "至少", "晚于")
_LASTING: Final = ("有效", "质保", "保修", "使用", "延长", "维持", "保存", "持续", "服务期")
"""What lasts until a day, and had better last longer."""
_DENIED: Final = ("毛入学", "不合格", "不达标", "不满意", "未", "非", "超标")
_SAVING: Final = ("节约", "节省", "降低", "下降", "减少", "压减", "节支", "收益", "收入")


def level_of(heading: str) -> LevelKind | None:
    """Return the first level that a heading means, or None where its words tell none; blanks tell nothing.

    >>> [level_of(name) for name in ("产 出 目 标（40分）", "服务对象满意度指标", "其他")]
    [<LevelKind.OUTPUT: '产出指标'>, <LevelKind.SATISFACTION: '满意度指标'>, None]
    """
    plain = "".join(heading.split())
    for level, words in _LEVELS:
        if any(word in plain for word in words):
            return level
    return None


def levels_of(row: IndicatorRow) -> frozenset[LevelKind]:
    """Return the levels that a row stands for: that of its first level, and satisfaction where its second says so."""
    found = {level_of(row.level_one.text)} if row.level_one is not None else set()
    if row.level_two is not None and level_of(row.level_two.text) is LevelKind.SATISFACTION:
        found.add(LevelKind.SATISFACTION)
    if core(row.name.text).endswith(("满意度", "满意率")):
        found.add(LevelKind.SATISFACTION)
    return frozenset(level for level in found if level is not None)


def second_level_fits(row: IndicatorRow) -> bool | None:
    """Say whether a second level stands under its first; None where either is not told by its words."""
    if row.level_one is None or row.level_two is None:
        return None
    one, two = level_of(row.level_one.text), level_of(row.level_two.text)
    if one is None or two is None:
        return None
    if two is LevelKind.BENEFIT and one is LevelKind.OUTPUT:
        return False
    return one in _UNDER[two]


def core(name: str) -> str:
    """Return a name without blanks, and without what stands in brackets after it.

    >>> core("培训 覆盖率（≥**%）")
    '培训覆盖率'
    """
    plain = "".join(unicodedata.normalize("NFKC", name).split())
    start = plain.find("(", 1)
    return plain if start < 0 else plain[:start]


def is_part_of_whole(row: IndicatorRow) -> bool:
    """Say whether an indicator is a share of something that has no more than all of it; a completion rate is none."""
    name = core(row.name.text)
    return name.endswith(OF_A_WHOLE) and not any(word in name for word in _DENIED)


def is_fraction(row: IndicatorRow, amount: Amount | AmountRange | None) -> bool:
    """Say whether a share of a whole in % is one percent or less, as 0.95 beside % is, where much of it is good.

    What is bounded from above, or a mere proportion (占比), may well be that small.
    """
    if not isinstance(amount, Amount) or amount.unit.text != "%" or row.operator in (Operator.AT_MOST, Operator.BELOW):
        return False
    return is_part_of_whole(row) and not core(row.name.text).endswith("占比") and 0 < amount.number <= 1


def reached_as_fraction(row: IndicatorRow) -> bool:
    """Say whether the actual of a share is so written, and its target is not: 0.97 beside 95."""
    return is_fraction(row, row.reached) and not is_fraction(row, row.goal)


def wrong_way(row: IndicatorRow) -> bool:
    """Say whether the sign of a row bounds it from the side that is good, so that what it earns is not to be told."""
    way = better(row)
    if way is Better.LOWER:
        return row.operator in (Operator.AT_LEAST, Operator.ABOVE)
    return way is Better.HIGHER and row.operator in (Operator.AT_MOST, Operator.BELOW)


def better(row: IndicatorRow) -> Better:
    """Say which way is better, as far as the words and the unit of an indicator tell."""
    name = core(row.name.text)
    if is_lower_better(name):
        return Better.LOWER
    if is_part_of_whole(row):
        return Better.HIGHER
    levels = [level_of(one.text) for one in (row.level_one, row.level_two) if one is not None]
    goal = row.goal
    costs = LevelKind.COST in levels and isinstance(goal, Amount | AmountRange) and goal.unit.holds_money
    return Better.LOWER if costs and not any(word in name for word in _SAVING) else Better.UNSAID


def is_lower_better(name: str) -> bool:
    """Say whether the less the better, by the words of a name alone.

    >>> is_lower_better("群众投诉率"), is_lower_better("群众满意度")
    (True, False)
    """
    return name.endswith(_LOWER)


def beyond_whole(row: IndicatorRow) -> bool:
    """Say whether the target of a share is more than all there is: it is the target that is in doubt."""
    goal = row.goal.high if isinstance(row.goal, AmountRange) else row.goal
    return isinstance(goal, Amount) and goal.unit.is_ratio and goal.root > 1 and is_part_of_whole(row)


def in_one_kind(one: Amount | AmountRange, other: Amount | AmountRange) -> bool:
    """Say whether two amounts are of one dimension, or of units that forms exchange; nothing is converted.

    >>> in_one_kind(Amount.parse("3 期"), Amount.parse("3 次")), in_one_kind(Amount.parse("3 期"), Amount.parse("3 人"))
    (True, False)
    """
    if one.dimension == other.dimension:
        return True
    bases = [dict(each.dimension) for each in (one, other)]
    alone = all(len(each) == 1 and set(each.values()) == {1} for each in bases)
    return alone and any(all(kind.issuperset(each) for each in bases) for kind in _OF_ONE_KIND)


def asks_when(row: IndicatorRow) -> bool:
    """Say whether an indicator asks by when something is done, and not how long it lasts."""
    name = core(row.name.text)
    level = "" if row.level_two is None else core(row.level_two.text)
    target = "" if row.target is None else fold(row.target.text[:20]).strip()
    at_least = row.operator in (Operator.AT_LEAST, Operator.ABOVE) or target.startswith(_NOT_BEFORE)
    if at_least or any(word in name for word in _LASTING):
        return False
    return "时效" in level or any(word in name for word in _WHEN)


def has_digits(text: str) -> bool:
    """Say whether any number stands in a text, in digits or in Chinese numerals."""
    return any(unicodedata.numeric(character, None) is not None for character in text)


def repeated(rows: Sequence[IndicatorRow]) -> frozenset[int]:
    """Return the rows that say once more what a row before them said: the same name, at the same levels.

    The same name with the same target is one indicator wherever it stands.
    """
    seen: set[tuple[str, ...]] = set()
    again: set[int] = set()
    for index, row in enumerate(rows):
        name = core(row.name.text)
        one = "" if row.level_one is None else core(row.level_one.text)
        two = "" if row.level_two is None else core(row.level_two.text)
        target = "" if row.target is None else core(row.target.text)
        keys: list[tuple[str, ...]] = [("place", name, one, two)]
        if target:
            keys.append(("target", name, target, "" if row.unit is None else core(row.unit.text)))
        if any(key in seen for key in keys):
            again.add(index)
        seen.update(keys)
    return frozenset(again)


@final
@frozen
class Open:
    """Something that was left open, and whether it stands in a name, as a hint of the form does."""

    span: Span
    hint: bool


def within(written: Written, start: int, end: int) -> Span:
    """Return characters of what a cell says as a place in that cell."""
    place = written.span
    if place.text != written.text:
        return place
    return Span(start=place.start + start, end=place.start + end, text=written.text[start:end], cell=place.cell)


def left_open(row: IndicatorRow) -> Iterator[Open]:
    """Yield what was never filled in in the cells of a row, and the hints of the form that stand in its name."""
    filled = row.target is not None and bool(row.target.text.strip()) and not row.placeholder
    if row.hint is not None:
        yield Open(row.hint.span, hint=filled)
    for place in _open_places(row.name):
        yield Open(place, hint=filled)
    if row.placeholder and row.target is not None:
        yield Open(row.target.span, hint=False)  # ** alone in its cell, its sign and its unit in others
    cells = (None if row.placeholder else row.target, row.unit, row.content, row.attribute, row.actual, row.reason)
    for written in cells:
        if written is not None:
            for place in _open_places(written):
                yield Open(place, hint=False)


def open_in(written: Written | None) -> Iterator[Open]:
    """Yield what was never filled in in one cell."""
    if written is not None:
        for place in _open_places(written):
            yield Open(place, hint=False)


def _open_places(written: Written) -> Iterator[Span]:
    for found in find_placeholders(written.text, fold(written.text), (), 0, len(written.text)):
        yield within(written, found.span.start, found.span.end)
