"""Which counts and shares of a text are said to make up a whole: 共30人，其中男18人、女12人; 预付30%，验收后70%.

Only what is plainly a division counts. What may overlap (党员, 女性, 35岁以下) or be one of several (其中A镇12人) is held
against the whole one by one, never in sum. Imports ``mentioned``, ``documents`` and above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from attrs import evolve

from perfeval.amounts import Amount
from perfeval.documents.quantities import Quantity, Relation
from perfeval.matching.fitting import Facts, said
from perfeval.matching.mentioned import Mentioned, is_plain
from perfeval.numerals import read_numeral

__all__ = ["counted_facts", "enumerated_facts", "shared_facts"]

_OPENS_LIST = re.compile(r"[\u4e00-\u9fff]{0,10}[,，:]?\s?(?:其中|分别是|分别为|即)[:：]?")
_OPENS_BRACKET = re.compile(r"[\u4e00-\u9fff]{0,10}\(")
_NEXT_PART = re.compile(r"[\u4e00-\u9fff]{0,4}[、,，和及][^,，。；;()\n]{0,16}")
_PARTIAL = re.compile("含|包括|例如|比如|主要|至少|不少于")
_NO_PART = re.compile(r"每|各|人均|平均|单价|标准|其余每")
_PARTITIONS: tuple[tuple[str, ...], ...] = (
    ("男", "女"),
    ("党员", "群众"),
    ("上半年", "下半年"),
    ("线上", "线下"),
    ("新建", "改建"),
    ("新建", "续建"),
    ("城镇", "农村"),
    ("城市", "农村"),
    ("一季度", "二季度", "三季度", "四季度"),
)
_REST = re.compile("其余|余下|剩余|另有?$|其他$")
_OVERLAPPING = re.compile("男|女|党员|民族|岁|以上|以下|学历|新增|困难|脱贫|低保|骨干|干部|代表|累计|已|优秀|重点")
_NAME = re.compile(r"(?:其中|分别是|分别为|即|[:：、,，()和及有为的约共\s])+")
_NOT_ALONE = re.compile(r"(?:其中|共|合计|每|各|等)[^，,。；;]{0,4}$")
_LISTED_NEXT = re.compile(r"[\u4e00-\u9fff]{0,8}[、和及,，][\u4e00-\u9fff]{0,12}")
_NOUN = re.compile(r"[\u4e00-\u9fff]{0,6}")
_IN_ALL = re.compile(r"[\u4e00-\u9fff]{0,8}[,，]?(?:共计|合计|总计|一共|共)(?:有|为)?")
_MOST_PARTS = 40


def _name(lead: str) -> str:
    return _NAME.sub("", lead)


def _unit(quantity: Quantity) -> str | None:
    """Return what is counted, as its dimension's one base; None for what is no plain count."""
    dimension = quantity.amounts[0].dimension if quantity.amounts else ()
    if len(dimension) != 1 or dimension[0][1] != 1 or not dimension[0][0].startswith("count_"):
        return None
    return dimension[0][0]


def counted_facts(told: Mentioned) -> list[Facts]:
    """Return the counts that are said to be made up of others: each whole, with its parts."""
    return [facts for _, end, held in told.sentences() for facts in _in_sentence(told, end, held)]


def _in_sentence(told: Mentioned, end: int, held: Sequence[Quantity]) -> Iterator[Facts]:
    at = 0
    while at < len(held):
        found = _divided_after(told, end, held, at) or _summed_before(told, held, at)
        if found is None:
            at += 1
            continue
        whole, parts, opening, brackets, taken = found
        words = [_name(told.folded[one.lead.start : one.span.start]) for one in parts]
        begin, last = min(whole.lead.start, parts[0].lead.start), max(whole.span.end, parts[-1].span.end)
        yield {
            "words": said(told.place(begin, last).text),
            "whole": told.given(whole, amount=_pieces(whole)),
            "divided": opening is None or (len(parts) > 1 and _is_division(words, opening, brackets=brackets)),
            "apart": len(parts) > 1 and _are_apart(words),
            "parts": [
                {"name": said(word), "number": told.given(part, amount=_pieces(part))}
                for word, part in zip(words, parts, strict=True)
            ],
        }
        at += taken


def _pieces(quantity: Quantity) -> Amount:
    """Return a count as so many 个, whatever it counts: whole and parts count the same."""
    return Amount.of(quantity.amounts[0].number, "个")


_Division: TypeAlias = tuple[Quantity, list[Quantity], str | None, bool, int]
"""A whole, its parts, the words that open the list (None where the parts come first), whether brackets hold it, and
how many mentions that takes."""


def _divided_after(told: Mentioned, end: int, held: Sequence[Quantity], at: int) -> _Division | None:
    """Return a whole whose parts follow it: 共30人，其中男18人、女12人. A rate may stand between (完成率107.5%)."""
    whole = held[at]
    unit = _unit(whole)
    if unit is None or not is_plain(whole):
        return None
    first = at + 1
    while first < len(held) and first < at + 3 and held[first].amounts and held[first].amounts[0].dimension == ():
        first += 1
    if first == len(held):
        return None
    parts, brackets = _parts(told, end, held, at, first, unit)
    if not parts:
        return None
    before = held[first - 1].span.end
    return whole, parts, told.folded[before : parts[0].span.start], brackets, first - at + len(parts)


def _summed_before(told: Mentioned, held: Sequence[Quantity], at: int) -> _Division | None:
    """Return a whole that its parts come before: 4个乡、6个镇，共10个乡镇."""
    unit = _unit(held[at])
    if unit is None or not is_plain(held[at]) or _NOT_ALONE.search(_before(told, held[at])):
        return None
    parts = [held[at]]
    for one in held[at + 1 : at + 1 + _MOST_PARTS]:
        between = told.folded[parts[-1].span.end : one.span.start]
        if not is_plain(one) or _unit(one) != unit or _NO_PART.search(between):
            return None
        if len(parts) > 1 and _IN_ALL.fullmatch(between):
            return (one, parts, None, False, len(parts) + 1) if _are_its_parts(told, one, parts) else None
        if not _LISTED_NEXT.fullmatch(between):
            return None
        parts.append(one)
    return None


def _are_its_parts(told: Mentioned, whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Say whether what the whole counts is what its parts count: 乡 and 镇 are 乡镇, and 村民小组 are no villages."""
    named, *nouns = (_NOUN.match(told.folded, one.span.end)[0] for one in (whole, *parts))  # type: ignore[index]
    if not any(nouns):
        return True
    return all(noun and (noun[-1] in named or noun == named) for noun in nouns)


def _before(told: Mentioned, quantity: Quantity) -> str:
    return told.folded[max(0, quantity.span.start - 6) : quantity.span.start]


def _parts(
    told: Mentioned, end: int, held: Sequence[Quantity], at: int, start: int, unit: str
) -> tuple[list[Quantity], bool]:
    """Return the counts that follow a whole as its parts, and whether they stand in brackets."""
    folded, whole = told.folded, held[at]
    gap = folded[held[start - 1].span.end : held[start].span.start]
    bracket = _OPENS_BRACKET.match(gap) if start == at + 1 else None
    if bracket is None and not (_OPENS_LIST.match(gap) and gap.count("(") == 0):
        return [], False
    if len(gap) > 32 or (bracket is not None and gap.count("(") != 1):
        return [], False
    parts: list[Quantity] = []
    before = held[start - 1].span.end
    for one in held[start : start + _MOST_PARTS]:
        between = folded[before : one.span.start]
        if parts and not _NEXT_PART.fullmatch(between):
            break
        if not is_plain(one) or _unit(one) != unit or one.amounts[0].unit.text != whole.amounts[0].unit.text:
            # A list that goes on otherwise (10人、3台) is no list of parts; what follows it is none of it.
            return (parts, False) if parts and bracket is None else ([], False)
        if _NO_PART.search(between):
            return [], False
        parts.append(one)
        before = one.span.end
    if bracket is None:
        return parts, False
    closes = folded.find(")", before, min(end, before + 8))
    return (parts, True) if closes >= 0 and parts else ([], False)


def _is_division(words: Sequence[str], opening: str, *, brackets: bool) -> bool:
    """Say whether parts are plainly all there are, and none of them counted twice."""
    if _PARTIAL.search(opening):
        return False
    if any(_REST.search(word) for word in words[1:]) or _is_partition(words):
        return True
    if any(_OVERLAPPING.search(word) for word in words) or not all(words):
        return False
    if "分别" in opening:
        return True
    return brackets and "其中" not in opening and len(set(words)) == len(words)


def _is_partition(words: Sequence[str]) -> bool:
    return any(
        len(words) == len(partition) and all(sum(key in word for word in words) == 1 for key in partition)
        for partition in _PARTITIONS
    )


def _are_apart(words: Sequence[str]) -> bool:
    """Say whether nothing is counted in two of the parts: villages, courses and the like, each by its own name."""
    if _is_partition(words):
        return True
    if len(set(words)) < len(words) or not all(words) or any(_OVERLAPPING.search(word) for word in words):
        return False
    ends = {word[-1] for word in words}
    return len(ends) == 1 or ends <= set(_PLACES)


# --------------------------------------------------------------------------------------------------------
# Names that are listed with their number

_HAN = "一二两三四五六七八九十"
_NUMBER = rf"(?<![第0-9{_HAN}.])(?P<number>[0-9]{{1,3}}|[{_HAN}]{{1,3}})\s?个"
_NAMES_AFTER = re.compile(_NUMBER + r"(?P<noun>[\u4e00-\u9fff]{1,8})\((?P<names>[^()\n。；;:：0-9]{3,200})\)")
_PLACE_NOUNS = "乡镇|街道|社区|行政村|自然村|园区|学校|县区|镇|乡|村"
_NAMES_BEFORE = re.compile(_NUMBER + rf"(?P<noun>{_PLACE_NOUNS})(?![\u4e00-\u9fff]{{0,2}}\()")
_PLACES = "乡镇村县区市街道社校院所站场园河湖部"
_OPEN_END = re.compile("等|如|其中|包括|含|以及|分别|指|即|下同|以下|简称|各|每")
_CLAUSE_EDGE = "，,。；;：:()\n"
_LONGEST_NAME = 10
_LONGEST_LIST = 200


def enumerated_facts(told: Mentioned) -> list[Facts]:
    """Return the numbers of things that are listed by name beside them: 3个乡镇（甲镇、乙镇、丙镇）, 甲镇、乙镇2个乡镇."""
    found: list[Facts] = []
    for match in _NAMES_AFTER.finditer(told.folded):
        pieces = [piece.strip() for piece in match["names"].split("、")]
        alike = len({piece[-1:] for piece in pieces}) == 1 or {piece[-1:] for piece in pieces} <= set(_PLACES)
        if alike and not _OPEN_END.search(match["names"]):
            found += _listed(told, match, pieces, match.start("names"), match.end("names"))
    for match in _NAMES_BEFORE.finditer(told.folded):
        low = max(0, match.start() - _LONGEST_LIST)
        start = max(told.folded.rfind(edge, low, match.start()) for edge in _CLAUSE_EDGE) + 1
        names = told.folded[max(start, low) : match.start()]
        pieces = [piece.strip() for piece in names.split("、")]
        endings = set(match["noun"][-2:]) if match["noun"] in ("乡镇", "街道", "县区") else {match["noun"][-1]}
        if {piece[-1:] for piece in pieces} <= endings and not _OPEN_END.search(names):
            found += _listed(told, match, [pieces[0][-_LONGEST_NAME:], *pieces[1:]], max(start, low), match.start())
    return found


def _listed(told: Mentioned, match: re.Match[str], pieces: Sequence[str], start: int, end: int) -> Iterator[Facts]:
    if len(pieces) < 2 or any(not 1 < len(piece) <= _LONGEST_NAME for piece in pieces):
        return
    number = read_numeral(match["number"])
    # 和 may join two names or stand in one of them: both countings are right.
    joined = [name for piece in pieces for name in re.split("[和与及]", piece) if name]
    listed = number if number == len(joined) else len(pieces)
    span = told.place(min(start, match.start()), max(end, match.end()))
    yield {
        "words": said(span.text, span),
        "number": said(Amount.of(number, "个"), told.place(match.start("number"), match.end("number"))),
        "listed": said(Amount.of(listed, "个"), told.place(start, end)),
    }


# --------------------------------------------------------------------------------------------------------
# Shares that fill a whole

_PAID_IN = re.compile(
    "预付|首付|首笔|首期|签订|签约|开工|进场|进度|中期|验收|质保|质量保证|尾款|余款|结算|竣工|完工|交付|决算"
)
_REST_FIRST = re.compile(r"^[，,；;、\s]*(?:其余|余下|剩余)(?:的|部分|款项?)?$")
_UP_TO = re.compile(r"(?:至|到|达|累计)[^,，、]{0,8}$")
_APART = re.compile("履约|其中|违约|滞纳")
_SHARE_LEAD, _SHARE_TAIL = 24, 10
_PAIR = 2


def shared_facts(told: Mentioned) -> list[Facts]:
    """Return the shares that together are said to be the whole: the stages in which a sum is paid, a rest named as such."""
    found: list[Facts] = []
    for begin, end, held in told.sentences():
        mentions = [one for one in held if one.amounts and one.amounts[0].dimension == ()]
        if not all(is_plain(evolve(one, amounts=one.amounts[:1], relation=_alone(one))) for one in mentions):
            continue
        shares = [(one, at) for one in mentions for at in range(len(one.amounts))]
        words, before = [], begin
        for one, at in shares:
            words.append(told.folded[max(before, one.spans[at].start - _SHARE_LEAD) : one.spans[at].start])
            before = one.spans[at].end
        tails = [told.folded[one.spans[at].end : min(end, one.spans[at].end + _SHARE_TAIL)] for one, at in shares]
        joined = "".join(words)
        if len(shares) < _PAIR or _APART.search(joined) or any(_UP_TO.search(word) for word in words):
            continue
        staged = all(_PAID_IN.search(word) or _PAID_IN.search(tail) for word, tail in zip(words, tails, strict=True))
        begun = all(_PAID_IN.search(word) for word in words[:-1]) and _REST_FIRST.search(words[-1])
        if not staged and not begun and not (_REST.search(words[-1]) and "占" in joined):
            continue
        (first, _), (last, place) = shares[0], shares[-1]
        found.append(
            {
                "words": said(told.place(first.lead.start, last.spans[place].end).text),
                "shares": [
                    {"name": said(_name(word)), "share": told.given(one, at)}
                    for word, (one, at) in zip(words, shares, strict=True)
                ],
            }
        )
    return found


def _alone(quantity: Quantity) -> Relation:
    return Relation.SINGLE if quantity.relation is Relation.PARTS else quantity.relation
