"""Which standards a text quotes: whom each binds, how, how much, for what, how often, and from which document.

A clause may leave unsaid what an earlier clause of the same sentence said: the period, the scope, or the purpose.
Imports only ``project``, ``quantities`` and ``lexing``.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from attrs import evolve

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.documents.bounds import Comparator
from perfeval.documents.folding import span_of
from perfeval.documents.project import BasisDocument, QuotedStandard
from perfeval.documents.quantities import SOURCE, Quantity
from perfeval.documents.rates import Per, qualified
from perfeval.errors import InputError
from perfeval.facts import Given, Stage

__all__ = ["bound_by", "quoted_standards"]

_STATED = (Comparator.GE, Comparator.LE, Comparator.GT, Comparator.LT, Comparator.EQ)
_SENTENCE_EDGE = re.compile(r"[。；;!?！？\n]")
_PURPOSE_AFTER = re.compile(r"的?(?P<purpose>[^，,。；;、:\n()]{1,30})")
_PURPOSE_VERB = re.compile(
    r"^(?:的|安排|落实|拨付|发放|给予|核定|列支|保障|配套|提取|计提|配备|用于|标准|足额|予以|专项用于|作为)+"
)
_PURPOSE_TAIL = re.compile(r"(?:的?(?:要求|标准|原则|规定|比例|额度)|等)+$")
_PURPOSE_WORD = re.compile(
    r"[\u4e00-\u9fff]{0,10}(?:经费|津贴|补贴|补助|资金|费用|报酬|奖励|培训|学习|投入|费|金)[\u4e00-\u9fff]{0,6}"
)
_SUBJECT_START = re.compile(
    r"^(?:.*(?:按照|根据|依据|确保|要求|规定|明确|保证|落实|执行|对于|对|给予|其中|并且|同时|以及|及|和|为|按))?(?:全体|所有|各级|各|每个|每名|每位|每)?"
)
_SUBJECT_TAIL = re.compile(
    r"(?:平均|一次性|集中|应当|应|可|须|需|的|人均|年均|安排|给予|落实|标准|补助|按|原则上|一般)+$"
)
_OWN_PURPOSE = re.compile(
    r"^(?P<who>.{2,12}?)(?P<purpose>(?:日常|专项|党建|工作|办公|教育|培训|学习|养护|管理|运行|运营|服务|建设|活动|岗位|生活|集中)"
    r"[\u4e00-\u9fff]{0,8}(?:经费|津贴|补贴|补助|资金|费用|报酬|费|时间|学时|培训|学习))$"
)
_PLACE_OF_PERSONS = re.compile(
    r"^(?P<place>.{0,8}?(?:乡镇|街道|村|社区|学校|企业|支部|站|中心|医院|机构|班级|单位|园区))(?P<who>.{2,10})$"
)
_SCOPE = re.compile(
    r"^(?P<scope>[\u4e00-\u9fff]{0,10}(?:非公企业|非公有制企业|国有企业|企业|机关|事业单位|社会组织|两新组织|新社会组织|社区|行政村|乡镇|街道|园区|"
    r"开发区|学校|医院))(?P<binds>(?:联合|区域)?(?:党委|党总支|党支部|党组织|党小组|书记|党员|职工|员工|干部)[\u4e00-\u9fff]{0,8})$"
)


def quoted_standards(
    text: str, folded: str, mentions: Sequence[Quantity], documents: Sequence[BasisDocument]
) -> tuple[tuple[QuotedStandard, ...], set[int]]:
    """Return the standards among the mentions, and the indices of the mentions that were so read.

    ``mentions`` and ``documents`` are those of one section.
    """
    numbers: list[tuple[int, str]] = [
        (document.span.start, document.number) for document in documents if document.number is not None
    ]
    found: list[QuotedStandard] = []
    used: set[int] = set()
    previous: tuple[QuotedStandard, Quantity] | None = None
    waiting: list[int] = []
    for at, mention in enumerate(mentions):
        if previous is not None and _SENTENCE_EDGE.search(folded, previous[1].span.end, mention.span.start):
            previous, waiting = None, []
        standard = _standard(text, folded, mention, previous[0] if previous else None, numbers)
        if standard is None:
            continue
        if standard.purpose is None:
            waiting.append(len(found))
        else:
            # What the series was for is said once, after its last member.
            for index in waiting:
                if found[index].amount.value.unit.is_ratio is standard.amount.value.unit.is_ratio:  # type: ignore[union-attr]
                    found[index] = evolve(found[index], purpose=standard.purpose, purpose_span=standard.purpose_span)
            waiting = []
        found.append(standard)
        used.add(at)
        previous = (standard, mention)
    return tuple(found), used


def bound_by(mention: Quantity) -> str:
    """Return whom a mention binds, as the words before it name them: the 党支部 of 每个党支部每年不少于…."""
    each = [per for per in mention.per if not per.period and not per.inherited]
    for per in each:
        if per.span.start >= mention.lead.start and per.span.end <= mention.span.start and len(per.word) > 1:
            return per.word
    lead = mention.lead.text
    at = lead.find("每")
    lead = lead[:at] if at > 0 else lead if at < 0 else ""
    lead = _SUBJECT_START.sub("", lead, count=1)
    return _SUBJECT_TAIL.sub("", lead).strip(" “”\"'　")


def _standard(
    text: str,
    folded: str,
    mention: Quantity,
    previous: QuotedStandard | None,
    numbers: Sequence[tuple[int, str]],
) -> QuotedStandard | None:
    if mention.comparator not in _STATED or not mention.amounts:
        return None
    each = next((per for per in mention.per if not per.period), None)
    period = mention.period
    if each is None and period is None:
        return None
    binds = bound_by(mention)
    purpose, purpose_span = _purpose(text, folded, mention)
    own = _OWN_PURPOSE.match(binds)
    if own is not None and purpose is None:
        at = text.find(own["purpose"], mention.lead.start, mention.span.end)
        binds = own["who"]
        purpose = own["purpose"]
        purpose_span = span_of(text, at, at + len(purpose)) if at >= 0 else None
    if purpose is None:
        purpose, purpose_span = _purpose_before(text, folded, mention)
    if mention.amounts[0].unit.is_count and (place := _PLACE_OF_PERSONS.match(binds)) is not None:
        binds = place["place"]  # 每个乡镇巡护员不超过15名 binds the township, not the patrol
    scope = previous.scope if previous is not None else None
    scoped = _SCOPE.match(binds)
    if scoped is not None:
        scope, binds = scoped["scope"], scoped["binds"]
    if not binds and each is not None:
        binds = each.word
    if not binds:
        return None
    counted = each.unit if each is not None and each.word != "人" and len(each.word) == 1 else None
    unit = qualified(binds, counted) if len(binds) <= 16 else None
    amount, per_what = _full_rate(mention, unit, each, period)
    start = mention.lead.start if mention.lead.text else mention.span.start
    end = purpose_span.end if purpose_span is not None and purpose_span.end > mention.span.end else mention.span.end
    return QuotedStandard(
        binds=binds,
        scope=scope,
        comparator=mention.comparator,
        amount=Given(value=amount, stage=Stage.PLANNED, source=SOURCE, span=mention.spans[0]),
        literal=mention.given(),
        purpose=purpose,
        purpose_span=purpose_span,
        period=period.word if period is not None else None,
        period_inherited=period is not None and period.inherited,
        period_span=period.span if period is not None else None,
        per_what=per_what,
        document=_document(numbers, mention.span.start),
        span=span_of(text, min(start, mention.span.start), end),
    )


def _full_rate(mention: Quantity, unit: str | None, each: Per | None, period: Per | None) -> tuple[Amount, str | None]:
    """Give the amount its full unit, 元/个[党支部]/年, as far as the library knows its parts."""
    literal = mention.amounts[0]
    if len(literal.dimension) > 1:
        return literal, each.unit if each is not None else None  # the text itself wrote a rate: 元/人/月
    for counted in (unit, each.unit if each is not None else None):
        units = [part for part in (counted, period.unit if period is not None else None) if part]
        try:
            return Amount.of(literal.number_in(literal.unit), "/".join([literal.unit.text, *units])), counted
        except InputError:
            continue
    return literal, None


def _purpose(text: str, folded: str, mention: Quantity) -> tuple[str | None, Span | None]:
    after = _PURPOSE_AFTER.match(folded, mention.span.end)
    if after is None:
        return None, None
    words = after["purpose"]
    verb = _PURPOSE_VERB.match(words)
    begin = after.start("purpose") + (verb.end() if verb else 0)
    words = folded[begin : after.end()]
    tail = _PURPOSE_TAIL.search(words)
    if tail:
        words = words[: tail.start()]
    if not words.strip() or not _PURPOSE_WORD.fullmatch(words.strip()):
        return None, None
    span = span_of(text, begin, begin + len(words))
    return span.text, span


def _purpose_before(text: str, folded: str, mention: Quantity) -> tuple[str | None, Span | None]:
    """Read what stands between 每名护理员每年 and the comparator: 每名护理员每年培训补助不超过….

    Only the clause's own words are looked at, never what an earlier clause lends.
    """
    own = [per.span.end for per in mention.per if not per.inherited and per.span.end <= mention.lead.end]
    start = max(own, default=mention.lead.end)
    words = _PURPOSE_VERB.sub("", folded[start : mention.lead.end].strip(), count=1)
    words = words.removeprefix("参加")
    if not _PURPOSE_WORD.fullmatch(words):
        return None, None
    at = folded.rfind(words, start, mention.lead.end)
    return words, span_of(text, at, at + len(words))


def _document(numbers: Sequence[tuple[int, str]], at: int) -> str | None:
    """Return the number of the last numbered document that is named before a place."""
    index = bisect.bisect_right(numbers, at, key=lambda placed: placed[0]) - 1
    return numbers[index][1] if index >= 0 else None
