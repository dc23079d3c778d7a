"""The score of a report, its grade and its parts: which of the points that it says are those of the whole.

得分9.5分 after 预算执行 is a part, 综合得分97.5分 is the whole wherever it stands. Of several points of which none says that it
is the whole, that one is which names nothing else; a single one is the whole unless it names what it is of.
Imports only ``performance_report``, ``sections``, ``folding`` and above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import final

from attrs import frozen

from perfeval.citations import Span
from perfeval.documents.folding import span_of
from perfeval.documents.performance_report import Score, ScorePart

__all__ = ["grade_of", "parts_of_score", "score_of"]

_SCORE = re.compile(
    r"(?:(?:得分|总分|评分|自评分|评价分)[^，,。；;\n\d≥≤<>]{0,12}|(?:自评|评价)(?:结果)?(?:为|是|:)?\s?|得\s?)(?P<points>\d{1,3}(?:[.]\d{1,2})?)\s?分"
    r"(?![之钟值]|\s?(?:\((?:不?含)|以上|以下|及以上|为(?:优|良|中|差|合|不)|[-—~至到]))"
)
_PART_NAMES = "预算执行|资金执行|执行|产出|效益|效果|满意|决策|过程|投入|管理"
_OF_PART = re.compile(rf"{_PART_NAMES}|指标(?!体系)|\d\s?分")
_LAST = re.compile(r"最终(?:评价|自评)?(?:总|综合)?(?:得分|评分)")
_WHOLE = re.compile(
    r"总得分|总评分|总分(?!值)|(?:综合|总体|整体|合计)(?:绩效)?(?:自评|评价)?(?:得分|评分)|合计得\s?(?=\d)"
)
_PART_OF_WHOLE = re.compile(
    rf"(?:{_PART_NAMES})[率度]?(?:情况)?(?:类|部分|方面)?(?:一级)?(?:指标)?的?(?:自评|评价)?(?:总|综合|最终|合计)"
)
_NAMES_NOTHING = re.compile(
    r"(?:[一二三四五六七八九十\d]{1,3}[、.]|\([一二三四五六七八九十\d]{1,2}\)|(?:19|20)\d\d\s?年度?|经|根据|按照|综上|所述|我[局单]位?|本|该|项目|年度|单位|部门|整体"
    r"|次|支出|绩效|综合|自我|自评|评价|评定|评|考核|测算|打|结果|最终|实际|得|为|是|分|:|\s){0,24}"
)
_OTHER_YEAR = re.compile(r"上年|上一年|去年|往年|(?P<year>(?:19|20)\d\d)\s?年")
_FULL = re.compile(r"(?:满分|总分值)(?:为|是|:)?\s?(\d{1,3})\s?分|分值(?:为|是|:)?\s?(\d{1,3})\s?分")
_TAKEN = re.compile(
    r"(?:满分(?:为|是|:)?\s?(?P<full>\d{1,3})\s?分[,，]\s?)?(?P<all>共计?|合计|累计|总计)?扣[减除掉了分]?\s?(?P<points>\d{1,3}(?:[.]\d{1,2})?)\s?分[,，]\s?"
    r"(?:项目|本|自评|评价|综合|最终|总|实际|故|因此){0,4}(?:得分|总分|得)?$"
)
_GRADE = re.compile(
    r"(?:等级|等次|级别|评价结[果论]|自评结[果论]|结论|评定|评为)[^。；;\n优良中差合不]{0,12}[“「\"'‘《(]?"
    r"(?P<grade>优秀|优|良好|良|中等?(?![心央期国共])|较差|差|不合格|合格)[”」\"'’》)]?"
)
_SCALE = re.compile(r"\s?[、,/和]\s?[“「\"'‘]?(?:良|中|差|不合格|合格)|\s?\(?\s?(?:得分|[≥>]|\d{2,3})")
_OF_SCALE = re.compile(r"分为|划分|设定|设置|档次|标准")
_LISTED_PART = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,14}?)(?:指标|部分|类)?(?:自评)?(?:得分|得|为|计|:)?\s?(?P<points>\d{1,3}(?:[.]\d{1,2})?)\s?分"
    r"(?:\s?[(,，]\s?(?:分值|满分|权重|总分值|标准分)(?:为|:)?\s?(?P<full>\d{1,3}(?:[.]\d)?)\s?分?\)?)?"
)
_TOLD_PART = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff]{2,16}?)(?P<mark>\s?\(?\s?(?:满分|分值|权重|标准分)?(?:为|:)?\s?(?P<full>\d{1,3}(?:[.]\d)?)\s?分\s?\)?)?"
    r"[,，:]?\s?(?:自评|评价|实际)?(?:得分|实得|得)(?:为|是|:)?\s?(?P<points>\d{1,3}(?:[.]\d{1,2})?)\s?分"
)
_GROUP = re.compile(
    r"(?:其中|本|该|项目|年度|一级){0,4}(?:(?:预算|资金)?执行|产出|效益|效果|(?:服务对象|社会公众)?满意|决策|过程|投入|管理)(?:率|度|情况|指标|类|方面|部分|目标|完成){0,3}"
)
_OPENS_PARTS = re.compile(r"其中[:，,]?\s?|[:：(]\s?")
_NEXT_PART = re.compile(r"\s?[、,，；;和及]\s?")
_SENTENCE_EDGE = re.compile(r"[。；;！!？?\n]")
_CLAUSE_EDGES = "，,。；;：:！!？?\n"
_SENTENCE_ENDS = "。；;！!？?\n"
_CLAUSE = 60
_REACH = 200
_MOST_SCORES = 60
_MOST_PARTS = 20
_NEAR = 1_000
_HUNDRED = 100


@final
@frozen
class _Said:
    """Points that a text says: where, and the words of their clause before the number."""

    match: re.Match[str]
    words: str

    @property
    def points(self) -> Fraction:
        return Fraction(self.match["points"])

    @property
    def names_nothing(self) -> bool:
        return _NAMES_NOTHING.fullmatch(self.words) is not None


def score_of(text: str, folded: str, year: int | None = None) -> Score | None:
    """Return the points of the whole that a report says; None where it says none, or only those of parts.

    >>> said = "产出得50分，效益得28分，综合得分96.5分，等级为优。"
    >>> str(score_of(said, said).points)
    '193/2'
    >>> score_of("产出得50分，效益得28分。", "产出得50分，效益得28分。") is None
    True
    """
    said = [one for one in _said(folded) if not _is_of_other_year(one, year)]
    chosen = _chosen(folded, said)
    if chosen is None:
        return None
    match = chosen.match
    taken, full = _taken(folded, match)
    return Score(
        points=chosen.points,
        decimals=len(match["points"].partition(".")[2]),
        full=_full(folded, match.start(), match.end()) or full,
        taken=taken,
        span=span_of(text, match.start(), match.end()),
    )


def _said(folded: str) -> list[_Said]:
    found: list[_Said] = []
    for match in _SCORE.finditer(folded):
        start = match.start("points")
        start = _clause_start(folded, start)
        # 得分：97分 and 得分为：97分 have their words before the colon.
        if folded[start : match.start("points")].strip() == "" and start > match.start():
            start = match.start()
        words = folded[start : match.start("points")]
        if "满分" in words[-8:]:
            continue
        found.append(_Said(match, words))
        if len(found) == _MOST_SCORES:
            break
    return found


def _is_of_other_year(one: _Said, year: int | None) -> bool:
    match = _OTHER_YEAR.search(one.words)
    return match is not None and (match["year"] is None or (year is not None and int(match["year"]) != year))


def _chosen(folded: str, said: Sequence[_Said]) -> _Said | None:
    for words in (_LAST, _WHOLE):
        named = [one for one in said if words.search(one.words) and not _PART_OF_WHOLE.search(one.words)]
        plain = [one for one in said if one.names_nothing and one not in named and not _follows_mark(folded, one)]
        # 总分100分，得分96分 says the full mark first.
        full_marks = [
            one
            for one in named
            if one.points == _HUNDRED and any(other.points < _HUNDRED for other in (*named, *plain))
        ]
        named = [one for one in named if one not in full_marks and not _is_mark(folded, one, said)]
        if named:
            return named[0]
    apart = [
        one for one in said if one.names_nothing and not _WHOLE.search(one.words) and not _follows_mark(folded, one)
    ]
    if len({one.points for one in apart}) == 1:
        return apart[0]
    if not apart and len(said) == 1 and not _OF_PART.search(said[0].words) and not _follows_mark(folded, said[0]):
        return said[0]
    return None


def _is_mark(folded: str, one: _Said, said: Sequence[_Said]) -> bool:
    """Say whether points are a full mark, with what was reached of them right after: 总分50分，得分48分."""
    following = next((other for other in said if other.match.start() >= one.match.end()), None)
    if following is None or one.points.denominator != 1 or following.points > one.points:
        return False
    between = folded[one.match.end() : following.match.start("points") - len(following.words)]
    return following.names_nothing and between.strip() in ("，", ",")


def _follows_mark(folded: str, one: _Said) -> bool:
    """Say whether the clause right before is the mark of a part: 产出指标50分，得50分."""
    start = one.match.start("points") - len(one.words)
    before = folded[max(0, start - _CLAUSE) : start]
    clause = re.split(f"[{_CLAUSE_EDGES}]", before.rstrip("，,：: "))[-1]
    ends = before.rstrip().endswith(("，", ",", ":")) and _ENDS_WITH_MARK.search(clause) is not None
    return ends and "扣" not in clause


_ENDS_WITH_MARK = re.compile(r"(?<!\d)(?!100)\d{1,3}(?:[.]\d)?\s?分\)?$")


def _full(folded: str, start: int, end: int) -> Fraction | None:
    """Return the full mark of a score: before it in its sentence, or right after it and before its parts are listed."""
    low = _clause_start(folded, start, _SENTENCE_ENDS)
    for found in _FULL.finditer(folded, low, start):
        words = folded[_clause_start(folded, found.start()) : found.start()]
        if found[1] and _NAMES_NOTHING.fullmatch(words):  # 预算执行率满分10分 is the mark of a part
            return Fraction(found[1])
    after = _SENTENCE_EDGE.split(folded[end : end + 30])[0].partition("其中")[0]
    following = _FULL.search(after)
    if following is None or not _NAMES_NOTHING.fullmatch(re.split(r"[,，:(]", after[: following.start()])[-1]):
        return None
    return Fraction(following[1] or following[2])


def _clause_start(folded: str, place: int, edges: str = _CLAUSE_EDGES) -> int:
    low = max(0, place - _REACH)
    while place > low and folded[place - 1] not in edges:
        place -= 1
    return place


def _taken(folded: str, match: re.Match[str]) -> tuple[Fraction | None, Fraction | None]:
    """Return the points that were taken off in all, as said right before the score, and the full mark that is said with them."""
    words = _SENTENCE_EDGE.split(folded[max(0, match.start() - _CLAUSE) : match.start("points")])[-1].rstrip("为是: ")
    found = _TAKEN.search(words)
    if found is None or words.count("扣") > 1 or "加" in words or not (found["full"] or found["all"]):
        return None, None
    return Fraction(found["points"]), None if found["full"] is None else Fraction(found["full"])


# --------------------------------------------------------------------------------------------------------
# Parts


def parts_of_score(text: str, folded: str, score: Score, section: Span | None) -> tuple[ScorePart, ...]:
    """Return the parts of a score: those listed after it (其中：产出50分), else those told around it in its section.

    Of parts that are told, those without a weight are taken only where each is a group of its own and nothing else has
    points there: 产出指标得50分，其中数量指标得20分 says some of them twice.
    """
    listed, told = tuple(_listed(text, folded, score)), _told(text, folded, score, section)
    bare = all(one.full is None and "得" not in one.span.text for one in listed)
    if bare and score.points < _HUNDRED and sum(one.points for one in listed) == _HUNDRED:
        return told  # 得分96分，其中：产出50分、效益30分… lists the marks, and not what was reached of them
    return told if len(told) > len(listed) else listed


def _listed(text: str, folded: str, score: Score) -> Iterator[ScorePart]:
    """Yield the parts that are listed after a score, in its sentence or the next: 其中：产出50分、效益28分."""
    edge = folded.find("\n", score.span.end)
    end = min(score.span.end + 400, len(folded) if edge < 0 else edge)
    opens = folded.find("其中", score.span.end, min(end, score.span.end + 40))
    if opens < 0 and folded.startswith("(", score.span.end):
        opens = score.span.end
    if opens < 0:
        return
    opened = _OPENS_PARTS.match(folded, opens, end)
    place = opens if opened is None else opened.end()
    for _ in range(_MOST_PARTS):
        match = _LISTED_PART.match(folded, place, end)
        if match is None:
            return
        yield _part(text, match)
        following = _NEXT_PART.match(folded, match.end(), end)
        if following is None:
            return
        place = following.end()


def _part(text: str, match: re.Match[str]) -> ScorePart:
    return ScorePart(
        name=match["name"].removeprefix("其中"),
        points=Fraction(match["points"]),
        full=None if match["full"] is None else Fraction(match["full"]),
        span=span_of(text, match.start(), match.end()),
    )


def _told(text: str, folded: str, score: Score, section: Span | None) -> tuple[ScorePart, ...]:
    start = max(0 if section is None else section.start, score.span.start - _NEAR)
    end = min(len(text) if section is None else section.end, score.span.end + _NEAR)
    found: dict[int, ScorePart] = {}
    for match in _TOLD_PART.finditer(folded, start, end):
        own = score.span.start <= match.start("points") < score.span.end
        if not own and not _NAMES_NOTHING.fullmatch(match["name"]) and not _WHOLE.search(match[0]):
            found[match.start("points")] = _part(text, match)
    others = [
        one
        for one in _said(folded[start:end])
        if start + one.match.start("points") not in found
        and not score.span.start <= start + one.match.start("points") < score.span.end
        and one.points != score.points
    ]
    parts = tuple(dict.fromkeys(found.values()))
    weighed = tuple(one for one in parts if one.full is not None)
    groups = [one.name for one in parts if _GROUP.fullmatch(one.name)]
    if others or len(groups) < len(parts) or len(set(groups)) < len(groups) or len(parts) > _MOST_PARTS:
        return weighed[:_MOST_PARTS]
    return parts


# --------------------------------------------------------------------------------------------------------
# Grade


def grade_of(text: str, folded: str, score: Score | None) -> Span | None:
    """Return the grade that is given, the one right after the score first; grades that are only explained are none.

    >>> said = "评价等级分为优、良、中、差，自评得分85分，等级为良。"
    >>> grade_of(said, said, None).text
    '良'
    """
    given = [
        span_of(text, match.start("grade"), match.end("grade"))
        for match in _GRADE.finditer(folded)
        if not _OF_SCALE.search(folded[match.start() : match.start("grade")]) and not _SCALE.match(folded, match.end())
    ]
    if score is not None:
        edge = _SENTENCE_EDGE.search(folded, score.span.end)
        end = len(folded) if edge is None else edge.start()
        beside = [one for one in given if score.span.end <= one.start < end]
        given = beside or given
    return given[0] if given else None
