"""What a performance report says in prose: figures achieved and planned, money, rate, score, grade, reasons and problems.

达到90% is a target in a goal and a fact in a report: the section decides, and within one the words before a figure
(计划培训200人，实际培训186人). Yields facts, never verdicts. Imports the other modules of ``documents``.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.documents import decoding
from perfeval.documents.bounds import Comparator
from perfeval.documents.folding import fold, span_of
from perfeval.documents.furniture import blanked, furniture
from perfeval.documents.lexing import names
from perfeval.documents.naming import clean, lead_of
from perfeval.documents.performance_report import (
    Reason,
    Report,
    ReportedFigure,
    ReportPart,
    ReportSection,
)
from perfeval.documents.printed import Printed
from perfeval.documents.project import StatedMoney
from perfeval.documents.prose import find_year, name_in_title, short_body
from perfeval.documents.quantities import Quantity, mentions
from perfeval.documents.report_scores import grade_of, parts_of_score, score_of
from perfeval.documents.report_sums import sums_of
from perfeval.documents.sections import Heading, Headings, split
from perfeval.documents.stated import Kind, declared, money_kinds, printed_money, printed_of
from perfeval.errors import DocumentError, excerpt
from perfeval.facts import Stage

__all__ = ["is_report", "read_report", "says_what_was_done"]


# --------------------------------------------------------------------------------------------------------
# Headings

_TITLES: dict[ReportPart, str] = {
    ReportPart.NAME: "项目名称",
    ReportPart.UNIT: "项目实施单位 实施单位 项目单位 项目承担单位",
    ReportPart.BASIC: "项目基本情况 基本情况 项目概况 项目基本概况 基本概况 项目概述 项目简介 项目背景",
    ReportPart.GOALS: "绩效目标 项目绩效目标 年度绩效目标 项目年度绩效目标 绩效目标设定情况 项目绩效目标设定情况 绩效目标情况 项目绩效目标情况",
    ReportPart.MONEY: "资金使用情况 项目资金使用情况 资金安排和使用情况 资金安排及使用情况 资金使用及管理情况 项目资金情况 资金情况 预算执行情况 "
    "项目预算执行情况 资金投入和使用情况 项目资金投入和使用情况 资金安排使用情况 资金到位情况 项目资金到位情况 资金管理情况 项目资金管理情况 "
    "资金安排落实情况 项目资金安排落实情况 项目资金实际使用情况 资金执行情况 项目资金安排情况 资金安排情况 资金到位及使用情况 项目资金执行情况 项目资金到位和使用情况",
    ReportPart.RESULTS: "绩效目标完成情况 项目绩效目标完成情况 绩效目标实现情况 项目绩效目标实现情况 总体绩效目标完成情况 年度绩效目标完成情况 "
    "绩效目标完成情况分析 绩效指标完成情况 绩效指标完成情况分析 各项指标完成情况 项目绩效情况 绩效分析 绩效评价指标分析 项目产出情况 项目效益情况 "
    "产出情况 效益情况 产出指标完成情况 效益指标完成情况 满意度指标完成情况 满意度情况 项目实施情况 项目组织实施情况 项目完成情况 项目绩效情况分析 项目绩效实现情况 "
    "绩效实现情况 项目绩效指标完成情况 项目绩效指标完成情况分析 绩效目标完成情况总体分析 项目产出指标完成情况 项目实施内容 项目实施成效",
    ReportPart.CONCLUSION: "评价结论 综合评价结论 综合评价情况及评价结论 评价结果 自评结论 自评结果 绩效评价结论 综合评价情况 自评得分情况 自评得分 "
    "评价得分 绩效自评结论 绩效自评结果 自评情况 "
    "绩效评价结果 项目绩效自评结果 项目绩效自评结论 项目绩效自评工作开展情况 绩效自评工作开展情况 绩效评价工作开展情况",
    ReportPart.EXPERIENCE: "主要经验做法 主要经验及做法 主要经验和做法 经验做法 主要做法 主要经验",
    ReportPart.PROBLEMS: "存在的问题 存在问题 存在的主要问题 主要问题 存在的问题及原因分析 存在问题及原因分析 存在的问题和原因 存在的问题及原因 "
    "存在的主要问题及原因分析 存在问题及原因 偏离绩效目标的原因 偏差原因分析 未完成原因分析 偏差情况及原因分析 "
    "绩效目标未完成原因和下一步改进措施 绩效目标未完成原因及下一步改进措施 未完成原因和改进措施 绩效目标未完成原因 存在的问题和改进措施 "
    "存在问题及改进措施 存在的问题及改进措施 存在的问题和建议 存在的问题及建议 项目实施中存在的问题",
    ReportPart.MEASURES: "下一步改进措施 改进措施 下一步工作措施 下一步打算 下一步工作打算 下一步工作计划 有关建议 相关建议 建议 意见建议 整改措施 "
    "改进措施和建议 改进措施及建议 下一步工作",
    ReportPart.OTHER: "其他需要说明的问题 其他需说明的问题 其他需要说明的情况 其他情况 结果应用 自评结果应用 结果应用及公开情况 "
    "结果公开情况和应用打算 绩效自评结果应用 绩效自评结果拟应用和公开情况 评价结果应用 绩效自评工作的经验、问题和建议",
}
_PART_OF = {title: part for part, titles in _TITLES.items() for title in titles.split()}
_PART_OF |= {f"项目{title}": part for title, part in _PART_OF.items() if not title.startswith("项目")}
_HEADINGS = Headings(_PART_OF)
_TELLING = {ReportPart.MONEY, ReportPart.RESULTS, ReportPart.CONCLUSION, ReportPart.PROBLEMS, ReportPart.MEASURES}


_CALLED_REPORT = re.compile(r"(?:自评价?|评价|自我评价)[^\n]{0,8}(?:报告|说明)")
_ACCOUNT = re.compile("绩效报告|总结报告|自评情况|完成情况报告|决算说明")
_OF_PLANS = {"项目实施内容", "项目实施成效"}
"""Headings of a report that is written in the form of a project text: they tell no report from a plan."""
_OF_RESULTS = {ReportPart.RESULTS, ReportPart.CONCLUSION, ReportPart.PROBLEMS, ReportPart.MEASURES}
_TOP = 300


def _is_heading(words: str) -> bool:
    return _HEADINGS.title_of(words) is not None


def is_report(text: str) -> bool:
    r"""Say whether a text is a performance report: by its title, or by two headings that speak of results.

    >>> is_report("2025年度绩效自评报告\n一、项目基本情况\n甲。\n二、资金使用情况\n乙。")
    True
    >>> is_report("一、项目名称\n甲。\n二、资金安排情况\n乙。")
    False
    """
    plain = fold(text)
    folded = blanked(plain, furniture(text, plain, _is_heading))
    headings = _HEADINGS.find(folded)
    parts = {_PART_OF[heading.title] for heading in headings if heading.title not in _OF_PLANS}
    # What stands under a heading may speak of some other report.
    title = folded[: min(_TOP, headings[0].start)] if headings else ""
    called = _CALLED_REPORT.search(title) is not None
    return (called and bool(parts & _TELLING)) or len(_OF_RESULTS & parts) > 1


def says_what_was_done(text: str, start: int, end: int) -> bool:
    r"""Say whether a title is that of an account of what was done, be it read as a report or not: it is no application.

    >>> says_what_was_done("2025年道路养护项目总结报告", 0, 16), says_what_was_done("2026年道路养护项目", 0, 11)
    (True, False)
    """
    title = fold(text[start:end])
    return _CALLED_REPORT.search(title) is not None or _ACCOUNT.search(title) is not None


def read_report(text: str) -> Report:
    r"""Read the prose of a performance report (绩效评价报告, 绩效自评报告).

    Raises :class:`~perfeval.errors.DocumentError` for a text without any heading of a report.

    >>> said = "一、资金使用情况\n2025年预算50万元，实际支出48万元，执行率96%。\n二、绩效目标完成情况\n计划培训200人，实际培训186人。"
    >>> report = read_report(said)
    >>> [(one.figure.stage.value, str(one.figure.value)) for one in report.figures if one.part is ReportPart.RESULTS]
    [('planned', '200 人'), ('achieved', '186 人')]
    >>> str(report.spent.printed.amount), str(report.execution_rate.amount)
    ('48 万元', '96%')
    """
    decoding.check_text(text)
    plain = fold(text)
    folded = blanked(plain, furniture(text, plain, _is_heading))
    headings = _HEADINGS.find(folded)
    if not any(_PART_OF[heading.title] in _TELLING for heading in headings):
        raise DocumentError.of(
            "text",
            came=f"no heading of a performance report in {excerpt(text.strip())}",
            needed="a text under headings such as " + "、".join(part.value for part in ReportPart if part in _TELLING),
        )
    sections = tuple(_sections(text, headings))
    known_names = names(folded)
    found = declared(folded, 0, len(text), sections, mentions(text, folded, known_names), rows_in=(ReportPart.MONEY,))
    top = (0, headings[0].start)
    year = find_year(text, folded, known_names, (), [top, (top[1], min(len(text), top[1] + 2_000))])
    kinds = money_kinds(folded, known_names, found, year.number if year else None, reporting=True)
    named = [_named(folded, sections, mention) for mention in found]
    money = tuple(_money(text, folded, sections, found, kinds))
    figures = tuple(_figures(text, folded, sections, found, named))
    rates = tuple(one for one in figures if _is_rate_of_money(folded, one))
    sums = sums_of(folded, money, year)
    score = score_of(text, folded, year.number if year else None)
    grade = grade_of(text, folded, score)
    scored = None if score is None else _section_at(sections, score.span.start)
    name = _short(text, folded, sections, ReportPart.NAME) or _name_above(text, folded, top[1])
    unit = _short(text, folded, sections, ReportPart.UNIT)
    return Report(
        text=text,
        name=None if name is None else name.text,
        unit=None if unit is None else unit.text,
        year=year,
        sections=sections,
        # An execution rate beside its money is no result of the project.
        figures=tuple(one for one in figures if one.part is not ReportPart.MONEY or not _is_rate_of_money(folded, one)),
        rates=rates,
        money=money,
        budget=sums.budget,
        adjusted=sums.adjusted,
        spent=sums.spent,
        execution_rate=_rate(folded, found),
        score=score,
        score_parts=() if score is None else parts_of_score(text, folded, score, scored.body if scored else None),
        grade=None if grade is None else grade.text,
        grade_span=grade,
        reasons=tuple(_reasons(text, folded, sections)),
        problems=tuple(_items(text, folded, sections, ReportPart.PROBLEMS)),
        measures=tuple(_items(text, folded, sections, ReportPart.MEASURES)),
    )


def _sections(text: str, headings: Sequence[Heading]) -> Iterator[ReportSection]:
    for at, heading in enumerate(headings):
        end = headings[at + 1].start if at + 1 < len(headings) else len(text)
        yield ReportSection(
            part=_PART_OF[heading.title],
            number=heading.number,
            title=heading.title,
            heading=span_of(text, heading.start, heading.end),
            body=span_of(text, heading.end, end),
        )


def _section_at(sections: Sequence[ReportSection], place: int) -> ReportSection | None:
    at = bisect.bisect_right(sections, place, key=lambda section: section.heading.start) - 1
    return sections[at] if at >= 0 else None


def _short(text: str, folded: str, sections: Sequence[ReportSection], part: ReportPart) -> Span | None:
    return short_body(text, folded, next((section.body for section in sections if section.part is part), None))


_REPORT_TITLE = re.compile(
    r"(?P<name>[^。；;\n]{2,80}?)(?:(?:19|20)\d\d\s?年度?)?(?:支出|资金)?(?:绩效)?(?:单位)?(?:自评价?|评价|自我评价)(?:工作)?(?:情况)?的?(?:报告|说明)"
)
_WHOSE = re.compile(
    r".*(?:局|委|委员会|办公室|中心|厅|政府|管委会|单位|处)(?=(?:关于)?(?:19|20)\d\d\s?年|关于)(?:关于)?(?:(?:19|20)\d\d\s?年度?)?"
)


def _name_above(text: str, folded: str, end: int) -> Span | None:
    """Return the name that the title of a report gives, without whose it is and of which year."""
    for match in _REPORT_TITLE.finditer(folded, 0, min(end, 1_000)):
        start = match.start("name")
        whose = _WHOSE.match(folded, start, match.end("name"))
        start = whose.end() if whose else start
        span = name_in_title(text, folded, (start, match.end("name")))
        if span is not None and span.text not in ("项目", "部门", "整体"):
            return span
    return None


# --------------------------------------------------------------------------------------------------------
# Figures and money

_PLANNED_WORDS = re.compile(
    r"计划|目标(?!完成|实现)值?|指标值|预期|年初设定|应(?:当|该)?(?=完成|达|培训|发放)|拟|下一步|[^已]将"
)
_ACHIEVED_WORDS = re.compile(r"实际|实现|完成值|已|达到|达成|共完成|累计完成|完成了|截[至止]")
_AS_FACT = re.compile(r"[达]到?|为|是")
_RATE = re.compile(r"(?:执行|支出|使用|支付|完成支付)(?:进度|率|比例)")
_NAME_VERBS = re.compile(
    r"^(?:(?:全年|共|累计|实际|计划|目标|已|拟|应|完成(?!率)|实现|达到|开展|共计|本年度?|当年)了?)+|(?:达到?|为|是|共|约|已|[:：])+$"
)
_NAME_WIDTH = 40


def _named(folded: str, sections: Sequence[ReportSection], mention: Quantity) -> tuple[str, int]:
    section = _section_at(sections, mention.span.start)
    low = 0 if section is None else section.body.start
    lead, start = lead_of(folded, low, mention)
    if start < low < mention.span.start:
        lead, start = folded[low : mention.span.start].strip(), low  # no label begins inside a heading
    name = (clean(lead) or lead)[:_NAME_WIDTH]
    if _SAYS_STAGE.fullmatch(name):
        return _label_before(folded, low, start) or name, start
    return name, start


_SAYS_STAGE = re.compile(
    r"(?:(?:年度|年初|全年|计划|绩效)?(?:目标|指标|计划|完成|实际|实现|达到)(?:值|数|量|完成|实现|情况|任务|达到|为|是|:|\s){0,4})?"
)
_LABEL = re.compile(
    r"(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）、.．]\s?|[-—•·\s]){0,3}(?P<label>[^\d:，,()]{2,24})(?:[(（][^()（）\n]{0,20}[)）])?\s?:"
)
_LABEL_REACH = 160
_MOST_LABELS = 3
_SENTENCE_EDGE = re.compile(r"[。；;！!？?\n]")


def _label_before(folded: str, low: int, place: int) -> str:
    """Return the last label with which the sentence of a place begins: 2.维修渠道：目标40公里，实际完成31公里."""
    begin = max(low, place - _LABEL_REACH)
    for edge in _SENTENCE_EDGE.finditer(folded, begin, place):
        begin = edge.end()
    label = ""
    for _ in range(_MOST_LABELS):
        match = _LABEL.match(folded, begin, place)
        if match is None:
            break
        label, begin = match["label"].strip(), match.end()
    return label


def _stage(folded: str, section: ReportSection, mention: Quantity, before: tuple[int, Stage] | None) -> Stage:
    """Say whether a figure was planned or achieved: by the last word of its clause that tells, else by its section.

    A clause in which no word tells keeps the stage of the one before it in its sentence: 计划新建60座，覆盖450户.
    """
    low, end = mention.lead.start, mention.spans[0].start
    planned = max((match.start() for match in _PLANNED_WORDS.finditer(folded, low, end)), default=-1)
    achieved = max((match.start() for match in _ACHIEVED_WORDS.finditer(folded, low, end)), default=-1)
    if planned == achieved or section.part is ReportPart.MEASURES:
        carried = before is not None and not _SENTENCE_EDGE.search(folded, before[0], mention.span.start)
        return before[1] if before is not None and carried else section.part.stage
    if section.part is ReportPart.GOALS and achieved >= 0 and folded[achieved] in "达实":
        return Stage.PLANNED  # 实现 and 达到 are goals under 绩效目标
    return Stage.PLANNED if planned > achieved else Stage.ACHIEVED


def _is_in_name(folded: str, section: ReportSection, mention: Quantity) -> bool:
    """Say whether a figure stands in the name of the project or of its unit, which end with their sentence."""
    if section.part not in (ReportPart.NAME, ReportPart.UNIT):
        return False
    start = section.body.start
    while start < mention.span.start and folded[start] in " \n\t:":
        start += 1
    return _SENTENCE_EDGE.search(folded, start, mention.span.start) is None


def _figures(
    text: str,
    folded: str,
    sections: Sequence[ReportSection],
    found: Sequence[Quantity],
    named: Sequence[tuple[str, int]],
) -> Iterator[ReportedFigure]:
    before: tuple[int, Stage] | None = None
    for mention, (name, start) in zip(found, named, strict=True):
        section = _section_at(sections, mention.span.start)
        if section is None or not mention.amounts or _is_in_name(folded, section, mention):
            continue
        if section.part in (ReportPart.MONEY, ReportPart.BASIC) and mention.amounts[0].unit.is_money:
            continue  # a budget is no goal and a payment no result: both are in the list of money
        stage = _stage(folded, section, mention, before)
        before = (mention.span.end, stage)
        comparator = mention.comparator
        if stage is Stage.ACHIEVED and comparator is Comparator.GE and _AS_FACT.match(folded, mention.span.start):
            comparator = Comparator.UNSTATED  # 满意度达到93% reports 93%
        for at in range(len(mention.amounts)):
            yield ReportedFigure(
                name=_NAME_VERBS.sub("", name).strip(),
                figure=mention.given(at, stage),
                comparator=comparator,
                part=section.part,
                span=span_of(text, min(start, mention.span.start), mention.span.end),
            )


def _money(
    text: str,
    folded: str,
    sections: Sequence[ReportSection],
    found: Sequence[Quantity],
    kinds: Mapping[int, Kind],
) -> Iterator[StatedMoney]:
    """Yield the money of a report, each amount named by its whole clause: 年初批复预算8个项目."""
    before = 0
    for index, kind in kinds.items():
        mention = found[index]
        start = _clause_start(folded, max(before, mention.span.start - _CLAUSE), mention.span.start)
        before = mention.span.end
        section = _section_at(sections, mention.span.start)
        if section is not None and start < section.body.start < mention.span.start:
            start = section.body.start
        words = folded[start : mention.span.start].strip(" :为是共")
        for printed in printed_money(folded, mention, kind):
            span = printed.span or mention.span
            yield StatedMoney(
                name=words[:_NAME_WIDTH],
                kind=kind.kind,
                year=kind.year,
                printed=printed,
                part=None,
                span=span_of(text, min(start, span.start), span.end),
                comparator=mention.comparator,
                per=tuple(one.word for one in mention.per),
            )


def _clause_start(folded: str, low: int, end: int) -> int:
    while end > low and folded[end - 1] not in "，,。；;：:\n()":
        end -= 1
    return end


_CLAUSE = 40


def _is_rate_of_money(folded: str, figure: ReportedFigure) -> bool:
    value, span = figure.figure.value, figure.figure.span
    is_share = isinstance(value, Amount) and value.unit.is_ratio
    return is_share and span is not None and _RATE.search(folded, figure.span.start, span.start) is not None


def _is_rate(folded: str, mention: Quantity) -> bool:
    return mention.unit == "%" and _RATE.search(folded, mention.lead.start, mention.span.start) is not None


def _rate(folded: str, found: Sequence[Quantity]) -> Printed | None:
    """Return the first execution rate that is said, as it is printed."""
    for mention in found:
        if mention.amounts and _is_rate(folded, mention):
            printed = printed_of(folded, mention.amounts[0], mention.spans[0])
            return evolve(printed, number=mention.amounts[0].number)
    return None


# --------------------------------------------------------------------------------------------------------
# Reasons

_REASON = re.compile(
    r"由于|原因(?:是|为|在于|主要|分析|[:])|主要原因|受[^，,。；;\n]{2,30}影响|因(?![此而素为])[^，,。；;\n]{2,30}(?:影响|未|延|推迟|滞后|取消|不足|较|变|调整|原因|紧张|困难|有限|天气)"
    r"|因(?![此而素为])[^，,。；;\n]{2,30}[，,][^，,。；;\n]{0,12}(?:未|没有|无法|不能|延|推迟|滞后)|导致|系因"
)


def _reasons(text: str, folded: str, sections: Sequence[ReportSection]) -> Iterator[Reason]:
    for section in sections:
        if section.part is ReportPart.MEASURES:
            continue
        for start, end in split(folded, section.body.start, section.body.end, "。！!？?\n"):
            if _REASON.search(folded, start, end):
                span = span_of(text, start, end)
                yield Reason(text=span.text, part=section.part, span=span)


def _items(text: str, folded: str, sections: Sequence[ReportSection], part: ReportPart) -> Iterator[Span]:
    for section in sections:
        if section.part is part:
            for start, end in split(folded, section.body.start, section.body.end, "。！!？?\n"):
                span = span_of(text, start, end)
                if folded[start:end].strip() and span.text not in ("无", "暂无", "没有"):
                    yield span
