"""Which training programmes a text describes: of whom, how often, how long, in which stages, reaching how many.

Imports only ``project``, ``quantities``, ``sections`` and ``lexing``.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from typing import final

from attrs import define, field

from perfeval.amounts import Amount
from perfeval.documents.bounds import Comparator
from perfeval.documents.folding import span_of
from perfeval.documents.lexing import Name, NameKind, within
from perfeval.documents.project import Coverage, Section, Task, Training, TrainingStage
from perfeval.documents.quantities import SOURCE, Quantity, Relation
from perfeval.documents.sections import split
from perfeval.facts import Given, Stage

__all__ = ["find_trainings"]

_ABOUT_TRAINING = re.compile(r"培训|轮训|集训|进党校|研修|讲习|学时|课时")
_COURSE_UNITS = ("期", "班", "班次", "批次", "批", "场", "场次", "次")
_COURSE_NAME = re.compile(
    r"(?:的|主题为|名为)?(?P<name>[\u4e00-\u9fffA-Za-z、]{2,30}?(?:培训班|轮训班|研修班|提升班|示范班|培训|轮训|集训|讲座|班))"
)
_QUOTED_NAME = re.compile(r"[“「\"](?P<name>[^“”「」\"\n]{2,30})[”」\"]")
_NAME_WORDS = re.compile(r"训|党校|班|课堂|讲堂|学堂|研修|讲习")
_COVER_ALL = re.compile(r"全覆盖|全员轮训|全员培训|应训尽训")
_COVERAGE_WORD = re.compile(r"覆盖|参训率|培训率|轮训率")
_COVERAGE_NOUN = re.compile(
    r"\s?(?:的)?(?P<who>[\u4e00-\u9fff]{1,16}?)(?:的)?(?:参加)?(?:集中)?(?:培训|轮训)?(?:覆盖率|覆盖面|参训率|的?(?:目标|任务)|参加|完成|$|[，,。；;、\n(])"
)
_STAGES_WORD = re.compile(r"\s?阶段")
_BY_AREA = re.compile(r"分片区?|分区域|按片区|按区域|分区开展")
_YEARLY = re.compile(r"每年|每年度|年度内|全年")
_PERSONS = (
    "党组织书记|支部书记|第一书记|书记|普通党员|党员|干部|职工|教师|负责人|带头人|经营者|从业者|工作者|志愿者|医生|护士|村医|"
    "农民工|农民|村民|居民|家长|老人|代表|委员|骨干|社工|养护工|护工|技师|人员|学员|队员|[\u4e00-\u9fff]员"
)
_TRAINEES = re.compile(
    rf"(?P<who>[\u4e00-\u9fff]{{0,10}}(?:{_PERSONS}))(?=\s?(?:全覆盖|参加|大?轮训|的?(?:集中)?培训|集训|进党校|研修|[\u4e00-\u9fff]{{0,8}}(?:培训|班|轮训)))"
)
_TRAINEES_END = re.compile(rf".*(?:{_PERSONS})")
_NOT_TRAINEES = re.compile(
    r"^.*(?:每年|全年|完成|开展|(?<!党)组织|举办|实施|进行|面向|参加|选派|选送|抽调|针对|实现|需|将|对|为|把|使|所有|全部|全体|全县|全市|全区|全镇|辖区内?|万名|千名|百名|期|次|班|的|和|与|及)"
)
_TRAILING = re.compile(
    r"(?:集中|业务|技能|岗位|专题|教育|年度|全员)?(?:培训|轮训|集训|学习)?的?(?:覆盖率|覆盖面|覆盖|参训率|率)?(?:应|需|要)?(?:达到|达|不低于|不少于|为|实现)?$"
)


@final
@define
class _Reading:
    """What has been read of one programme so far."""

    start: int
    end: int
    task: int
    mentions: list[int] = field(factory=list)
    name: tuple[str, int, int] | None = None
    trainees: str | None = None
    courses: int | None = None
    days: tuple[int, int] | None = None
    class_hours: tuple[int, int] | None = None
    comparator: Comparator = Comparator.UNSTATED
    people: int | None = None
    announced: int | None = None
    stages: list[TrainingStage] = field(factory=list)
    coverage: Coverage | None = None
    by_area: bool = False
    yearly: bool = False

    def says(self) -> set[str]:
        told = {
            "name": self.name, "courses": self.courses, "days": self.days, "hours": self.class_hours,
            "coverage": self.coverage, "people": self.people,
        }  # fmt: skip
        return {key for key, value in told.items() if value is not None}


def find_trainings(
    text: str,
    folded: str,
    sections: Sequence[Section],
    tasks: Sequence[Task],
    known_names: Sequence[Name],
    mentions: Sequence[Quantity],
) -> tuple[tuple[Training, ...], set[int]]:
    """Return the programmes under those sections, and the indices of the mentions that they hold."""
    starts = [mention.span.start for mention in mentions]
    task_starts = [task.span.start for task in tasks]
    readings: list[_Reading] = []
    for section in sections:
        for first, end in split(folded, section.body.start, section.body.end, "。；;\n"):
            start = first
            if not _ABOUT_TRAINING.search(folded, start, end):
                continue
            inside = list(range(bisect.bisect_left(starts, start), bisect.bisect_left(starts, end)))
            marked = [name for name in within(known_names, start, end) if name.kind is NameKind.MARKER]
            if marked and not folded[start : marked[0].start].strip():
                start = marked[0].end
            for piece_start, piece_end, piece in _pieces(folded, start, end, inside, mentions):
                task = bisect.bisect_right(task_starts, piece_start)
                reading = _read(text, folded, piece_start, piece_end, task, piece, known_names, mentions)
                if readings and _continues(readings[-1], reading):
                    _merge(readings[-1], reading)
                elif reading.says() or reading.trainees:
                    readings.append(reading)
    found = [reading for reading in readings if reading.says() - {"name", "people"}]
    used = {index for reading in found for index in reading.mentions}
    return tuple(_training(text, reading, mentions) for reading in found), used


def _pieces(
    folded: str, start: int, end: int, inside: list[int], mentions: Sequence[Quantity]
) -> Iterator[tuple[int, int, list[int]]]:
    """Cut a sentence before the clause in which a second course begins."""
    begin, held, seen = start, list[int](), False
    for index in inside:
        if _is_course(folded, mentions[index]):
            if seen:
                cut = max(folded.rfind(mark, begin, mentions[index].lead.start) for mark in "，,、")
                cut = (
                    cut
                    if cut > begin and (not held or cut >= mentions[held[-1]].span.end)
                    else mentions[index].span.start
                )
                yield begin, cut, held
                begin, held = cut, []
            seen = True
        held.append(index)
    yield begin, end, held


def _is_course(folded: str, mention: Quantity) -> bool:
    if mention.unit not in _COURSE_UNITS or not mention.amounts:
        return False
    if mention.unit in ("次", "场", "场次", "批次", "批"):
        return bool(_ABOUT_TRAINING.search(folded, mention.lead.start, min(len(folded), mention.span.end + 20)))
    return True


def _read(
    text: str,
    folded: str,
    start: int,
    end: int,
    task: int,
    inside: list[int],
    known_names: Sequence[Name],
    mentions: Sequence[Quantity],
) -> _Reading:
    reading = _Reading(start, end, task)
    reading.by_area = _BY_AREA.search(folded, start, end) is not None
    reading.yearly = _YEARLY.search(folded, start, end) is not None
    effort: list[tuple[int, int]] = []
    staged_until = -1
    for index in inside:
        mention = mentions[index]
        if not mention.amounts:
            continue
        units = [amount.unit.text for amount in mention.amounts]
        announces = mention.unit == "个" and _STAGES_WORD.match(folded, mention.span.end) is not None
        if announces and reading.announced is None:
            reading.announced = index
            staged_until = _bracket_end(folded, mention.span.end, end)
        elif _is_course(folded, mention) and reading.courses is None:
            reading.courses = index
        elif all(unit in ("天", "半天", "学时", "课时") for unit in units):
            staged = mention.span.start < staged_until or _stage_name(folded, known_names, mention, 0) != ""
            if mention.relation is Relation.PARTS or (staged and mention.relation is Relation.SINGLE):
                reading.stages.extend(_stages(text, folded, known_names, mention))
                reading.mentions.append(index)
            else:
                effort.extend((index, at) for at in range(len(units)))
            continue
        elif units[0] in ("人", "人次") and reading.people is None:
            reading.people = index
        elif units[0] == "%" and reading.coverage is None:
            reading.coverage = _coverage(text, folded, end, mention)
            if reading.coverage is None:
                continue
        else:
            continue
        reading.mentions.append(index)
    _set_effort(reading, effort, mentions)
    if reading.coverage is None:
        reading.coverage = _full_coverage(text, folded, start, end)
    reading.name = _name(folded, start, end, mentions[reading.courses] if reading.courses is not None else None)
    reading.trainees = _trainees(folded, start, end, reading)
    return reading


def _set_effort(reading: _Reading, effort: list[tuple[int, int]], mentions: Sequence[Quantity]) -> None:
    """Take as the requirement what is bounded, else what is said twice, else what comes first."""
    effort.sort(
        key=lambda place: (
            mentions[place[0]].comparator is Comparator.UNSTATED,
            mentions[place[0]].relation is not Relation.RESTATED,
            place,
        )
    )
    for index, at in effort:
        hours = mentions[index].amounts[at].unit.text in ("学时", "课时")
        if hours and reading.class_hours is None:
            reading.class_hours = (index, at)
        elif not hours and reading.days is None:
            reading.days = (index, at)
        else:
            continue
        if reading.comparator is Comparator.UNSTATED:
            reading.comparator = mentions[index].comparator
        if index not in reading.mentions:
            reading.mentions.append(index)


def _bracket_end(folded: str, at: int, end: int) -> int:
    opened = folded.find("(", at, min(end, at + 12))
    closed = folded.find(")", opened, end) if opened >= 0 else -1
    return closed if closed >= 0 else -1


def _stages(text: str, folded: str, known_names: Sequence[Name], mention: Quantity) -> Iterator[TrainingStage]:
    for at in range(len(mention.amounts)):
        name = _stage_name(folded, known_names, mention, at)
        if not name:
            name = mention.lead.text if at == 0 else ""
        begin = mention.spans[at].start
        shown = folded.rfind(name, max(0, begin - 20), begin) if name else -1
        yield TrainingStage(
            name=name or str(at + 1),
            days=mention.given(at),
            span=span_of(text, shown if shown >= 0 else begin, mention.spans[at].end),
        )


def _stage_name(folded: str, known_names: Sequence[Name], mention: Quantity, at: int) -> str:
    begin = mention.spans[at].start
    low = mention.spans[at - 1].end if at else mention.lead.start
    for name in reversed(within(known_names, max(low, begin - 24), begin)):
        if name.kind is NameKind.STAGE:
            return "".join(folded[name.start : name.end].split())
    return ""


def _coverage(text: str, folded: str, end: int, mention: Quantity) -> Coverage | None:
    """Read a percentage as a coverage if its clause speaks of one: 65%普通党员培训覆盖率, 覆盖率不低于90%."""
    edges = [folded.find(mark, mention.span.end, end) for mark in "，,、("]
    clause_end = min([edge for edge in edges if edge >= 0], default=end)
    low = mention.lead.start
    if not _COVERAGE_WORD.search(folded, low, clause_end):
        return None
    after = _COVERAGE_NOUN.match(folded, mention.span.end, clause_end)
    population = after["who"] if after else ""
    if not population or _COVERAGE_WORD.search(population):
        population = _TRAILING.sub("", mention.lead.text, count=1)
        population = population.split("覆盖")[0]
    population = _bare_trainees(population)
    close = folded.find("率", mention.span.end, clause_end)
    return Coverage(
        share=mention.given(),
        comparator=mention.comparator,
        population=population,
        span=span_of(text, mention.span.start if after else low, close + 1 if close >= 0 else mention.span.end),
    )


def _full_coverage(text: str, folded: str, start: int, end: int) -> Coverage | None:
    match = _COVER_ALL.search(folded, start, end)
    if match is None:
        return None
    low = match.start()
    while low > start and folded[low - 1] not in "，,。；;、:()\n" and match.start() - low < 24:
        low -= 1
    words = _TRAILING.sub("", folded[low : match.start()], count=1)
    population = _bare_trainees(words)
    if not _TRAINEES_END.match(population):
        return None
    at = max(folded.find(population, low, match.start()), low)
    share = Given(
        value=Amount.of(100, "%"),
        stage=Stage.PLANNED,
        source=SOURCE,
        span=span_of(text, match.start(), match.end()),
    )
    return Coverage(
        share=share,
        comparator=Comparator.UNSTATED,
        population=population,
        span=span_of(text, at, match.end()),
    )


def _bare_trainees(words: str) -> str:
    end = _TRAINEES_END.match(words)
    words = end[0] if end else words
    cut = _NOT_TRAINEES.match(words)
    return words[cut.end() :].strip() if cut and cut.end() < len(words) else words.strip()


def _name(folded: str, start: int, end: int, course: Quantity | None) -> tuple[str, int, int] | None:
    low = course.span.end if course is not None else start
    for begin in dict.fromkeys((low, start)):
        for quoted in _QUOTED_NAME.finditer(folded, begin, end):
            if _NAME_WORDS.search(quoted["name"]) and (course is not None or "班" in quoted["name"]):
                return quoted["name"], quoted.start("name"), quoted.end("name")
    if course is not None:
        running = _COURSE_NAME.match(folded, course.span.end, end)
        if running is not None and running["name"] not in ("培训", "轮训", "集中培训"):
            return running["name"], running.start("name"), running.end("name")
    return None


def _trainees(folded: str, start: int, end: int, reading: _Reading) -> str | None:
    if reading.name is not None:
        who = _TRAINEES_END.match(reading.name[0])
        if who is not None:
            return _bare_trainees(who[0])
    if reading.coverage is not None and reading.coverage.population:
        return reading.coverage.population
    match = _TRAINEES.search(folded, start, end)
    return _bare_trainees(match["who"]) if match else None


def _continues(one: _Reading, other: _Reading) -> bool:
    """Say whether the next sentence goes on about the same programme: it adds, and says nothing again."""
    if one.task != other.task or one.says() & other.says():
        return False
    if one.trainees is None or other.trainees is None:
        return True
    return one.trainees.endswith(other.trainees) or other.trainees.endswith(one.trainees)


def _merge(one: _Reading, other: _Reading) -> None:
    one.end = other.end
    one.mentions.extend(other.mentions)
    one.stages.extend(other.stages)
    one.name = one.name or other.name
    one.trainees = max(one.trainees or "", other.trainees or "", key=len) or None
    one.courses = one.courses if one.courses is not None else other.courses
    one.people = one.people if one.people is not None else other.people
    one.announced = one.announced if one.announced is not None else other.announced
    one.coverage = one.coverage or other.coverage
    one.days = one.days or other.days
    one.class_hours = one.class_hours or other.class_hours
    if one.comparator is Comparator.UNSTATED:
        one.comparator = other.comparator
    one.by_area |= other.by_area
    one.yearly |= other.yearly


def _training(text: str, reading: _Reading, mentions: Sequence[Quantity]) -> Training:
    name = text[slice(*reading.name[1:])] if reading.name is not None else f"{reading.trainees or ''}培训"
    return Training(
        name=name,
        span=span_of(text, reading.start, reading.end),
        trainees=reading.trainees,
        courses=mentions[reading.courses].given() if reading.courses is not None else None,
        comparator=reading.comparator,
        days=mentions[reading.days[0]].given(reading.days[1]) if reading.days else None,
        class_hours=mentions[reading.class_hours[0]].given(reading.class_hours[1]) if reading.class_hours else None,
        people=mentions[reading.people].given() if reading.people is not None else None,
        stages_stated=mentions[reading.announced].given() if reading.announced is not None else None,
        stages=tuple(reading.stages),
        coverage=reading.coverage,
        by_area=reading.by_area,
        yearly=reading.yearly,
    )
