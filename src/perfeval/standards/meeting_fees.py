"""中央和国家机关会议费管理办法（财行〔2016〕214号): what a meeting may cost, how many take part and for how long.

Four classes of meetings: a quota per person and day for each, and limits on people and days; a meeting of the first
class has the people and the days that were approved for it. Each class has rules of its own, and each rule cites the
one figure that it uses. How far each figure was read differs from figure to figure, so they ship as a sample, and :func:`standard_for` takes others, such as those of a province or a county.
"""

from __future__ import annotations

import datetime
from typing import final

from attrs import field, frozen

from perfeval.citations import Citation, Evidence, InForce
from perfeval.errors import Problem, RuleError, excerpt
from perfeval.expressions import Condition
from perfeval.facts import Label
from perfeval.packs import Case, Pack
from perfeval.rules import Rule
from perfeval.standard import Interpretation, Standard
from perfeval.standards.figures import Figure, check_figures, weakest
from perfeval.subjects import category, flag, measure, subject, text
from perfeval.verdicts import Verdict

__all__ = ["PACK", "SAMPLE", "STANDARD", "ClassFigures", "Meeting", "MeetingFeeFigures", "standard_for"]


@subject(zh="会议", en="meeting", unit="次")
class Meeting:
    """One meeting with what it cost in all; ``bound`` says whether the rule binds the unit that holds it."""

    name = text(zh="名称", en="name")
    bound = flag(zh="本办法适用于该单位", en="the rule binds the unit")
    kind = category("一类", "二类", "三类", "四类", zh="会议类别", en="class of the meeting")
    people = measure("人", zh="会议人数", en="people")
    days = measure("天", at_least=0, zh="会期", en="days")
    cost = measure("元", at_least=0, changeable=True, zh="会议费", en="cost")
    approved_people = measure("人", zh="批准人数", en="people approved")
    approved_days = measure("天", at_least=0, zh="批准会期", en="days approved")


@final
@frozen(kw_only=True)
class ClassFigures:
    """The figures of one class: its quota, and its limits, which are None where each meeting is approved."""

    quota: Figure
    people: Figure | None = None
    days: Figure | None = None

    def __attrs_post_init__(self) -> None:
        check_figures("class", [("quota", self.quota, "元/人天")])
        listed = (("people", self.people, "人"), ("days", self.days, "天"))
        check_figures("class", [one for one in listed if one[1] is not None])


_CLASSES = ("一类", "二类", "三类", "四类")


@final
@frozen(kw_only=True)
class MeetingFeeFigures:
    """The figures of the four classes, with the clause by which the first of them is approved."""

    title: Label
    approval: Citation
    first: ClassFigures
    second: ClassFigures
    third: ClassFigures
    fourth: ClassFigures
    in_force: InForce = field(factory=InForce)
    interpretations: tuple[Interpretation, ...] = ()

    def __attrs_post_init__(self) -> None:
        problems = [
            Problem(f"meeting_fees.{name}", came=excerpt(value), needed=f"a {kind.__name__}")
            for name, value, kind in (
                ("title", self.title, Label),
                ("approval", self.approval, Citation),
                ("first", self.first, ClassFigures),
                ("second", self.second, ClassFigures),
                ("third", self.third, ClassFigures),
                ("fourth", self.fourth, ClassFigures),
                ("in_force", self.in_force, InForce),
            )
            if not isinstance(value, kind)
        ]
        if problems:
            raise RuleError(*problems)

    @property
    def classes(self) -> tuple[ClassFigures, ClassFigures, ClassFigures, ClassFigures]:
        """The four classes in their order."""
        return self.first, self.second, self.third, self.fourth


_ENGLISH = ("first", "second", "third", "fourth")


def _within(figures: MeetingFeeFigures, kind: str, ordinal: str, quota: Figure) -> Rule:
    return Rule(
        f"within_quota_{ordinal}_class",
        Meeting.cost <= Meeting.people * Meeting.days * quota.amount,
        when=Meeting.bound & Meeting.kind.is_in(kind),
        label=Label(f"{kind}会议费综合定额", f"cost of a {ordinal}-class meeting within the quota"),
        citation=quota.citation,
        in_force=figures.in_force,
        remedy=Label("核减超出定额的支出。", "Reduce the cost to what the quota bears."),
    )


def _limits(figures: MeetingFeeFigures, kind: str, ordinal: str, limits: ClassFigures) -> tuple[Rule, Rule]:
    """Return the limits of one class: its figures, or what was approved where it has none."""

    def rule(name: str, condition: Condition, figure: Figure | None, label: Label) -> Rule:
        return Rule(
            name,
            condition,
            when=Meeting.bound & Meeting.kind.is_in(kind),
            label=label,
            citation=figures.approval if figure is None else figure.citation,
            in_force=figures.in_force,
        )

    people = Meeting.approved_people if limits.people is None else limits.people.amount
    days = Meeting.approved_days if limits.days is None else limits.days.amount
    return (
        rule(
            f"people_{ordinal}_class",
            Meeting.people <= people,
            limits.people,
            Label(f"{kind}会议人数", f"people of a {ordinal}-class meeting"),
        ),
        rule(
            f"days_{ordinal}_class",
            Meeting.days <= days,
            limits.days,
            Label(f"{kind}会议会期", f"days of a {ordinal}-class meeting"),
        ),
    )


def standard_for(figures: MeetingFeeFigures, *, name: str = "meeting_fees") -> Standard:
    """Return the rules with these figures; raise ``RuleError`` for what is not :class:`MeetingFeeFigures`."""
    if not isinstance(figures, MeetingFeeFigures):
        raise RuleError.of("figures", came=excerpt(figures), needed="MeetingFeeFigures, such as SAMPLE")
    classes = list(zip(_CLASSES, _ENGLISH, figures.classes, strict=True))
    within = [_within(figures, kind, ordinal, one.quota) for kind, ordinal, one in classes]
    limits = [rule for kind, ordinal, one in classes for rule in _limits(figures, kind, ordinal, one)]
    return Standard(
        name,
        [*within, *limits],
        title=figures.title,
        citation=weakest(*(one.quota for one in figures.classes)),
        in_force=figures.in_force,
        interpretations=(*_READINGS, *figures.interpretations),
    )


_READINGS = (
    Interpretation(
        question=Label("工作人员是否计入会议人数？", "Do the staff of a meeting count among its people?"),
        reading=Label(
            "按所给人数判断；工作人员比例未读到可靠数字，不判断。",
            "The number that is given is judged; no reliable limit on staff was read, and none is judged.",
        ),
    ),
    Interpretation(
        question=Label("报到和离开时间是否计入会期？", "Do the days of arrival and departure count?"),
        reading=Label("未读到；按所给会期判断。", "Not read; the days that are given are judged."),
    ),
)

TITLE, NUMBER = "中央和国家机关会议费管理办法", "财行〔2016〕214号"
DAYS = Citation(title=TITLE, number=NUMBER, quoted_in="《光明日报》2016年7月14日第1版", evidence=Evidence.PRIMARY)
QUOTAS = Citation(title=TITLE, number=NUMBER, quoted_in="tiangongwen 65878 转载", evidence=Evidence.SECONDARY)
PEOPLE = Citation(title=TITLE, number=NUMBER, quoted_in="公开的报销审核程序", evidence=Evidence.CODE)
APPROVAL = Citation(title=TITLE, number=NUMBER, evidence=Evidence.GENERAL)


def _class(quota: int, people: int) -> ClassFigures:
    return ClassFigures(
        quota=Figure(f"{quota} 元/人天", QUOTAS), people=Figure(f"{people} 人", PEOPLE), days=Figure("2 天", DAYS)
    )


SAMPLE = MeetingFeeFigures(
    title=Label("中央和国家机关会议费（样例）", "meeting fees of central organs (sample)"),
    approval=APPROVAL,
    first=ClassFigures(quota=Figure("760 元/人天", QUOTAS)),
    second=_class(650, 300),
    third=_class(550, 150),
    fourth=_class(550, 50),
    in_force=InForce(since=datetime.date(2016, 7, 1), evidence=Evidence.GENERAL),
    interpretations=(
        Interpretation(
            question=Label("一类会议的人数和会期？", "What of the people and the days of a first-class meeting?"),
            reading=Label(
                "常识：按批准执行；批准数由填报人给出。",
                "General knowledge: as approved; what was approved has to be given.",
            ),
        ),
        Interpretation(
            question=Label("从哪一天起施行？", "From which day does it bind?"),
            reading=Label(
                "未见原文；按常识取 2016年7月1日，须核对。", "1 July 2016 is general knowledge, to be checked."
            ),
        ),
        Interpretation(
            question=Label("地方的类别和标准是否相同？", "Are local classes and figures the same?"),
            reading=Label(
                "不同：地方“二类”会议的主体、人数和会期都可能不同，须另建一套数字。",
                "No: who holds a “second-class” meeting, its people and its days differ; build figures of their own.",
            ),
        ),
    ),
)
"""The figures as far as they were read; replace them before relying on them."""

STANDARD = standard_for(SAMPLE)

_DAY = datetime.date(2026, 6, 30)


def _case(rule: str, verdict: Verdict, facts: dict[str, object], shortfall: str | None = None) -> Case:
    return Case(rule=rule, verdict=verdict, facts=facts, on=_DAY, shortfall=shortfall)


def _held(kind: str, **facts: object) -> dict[str, object]:
    return {"bound": True, "kind": kind, **facts}


def _cost_cases(ordinal: str, kind: str, most: int, other: str) -> tuple[Case, ...]:
    """Return the cases of a meeting of 40 people for a day and a half, which may cost ``most`` 元."""
    rule, meeting = f"within_quota_{ordinal}_class", {"people": "40 人", "days": "1.5 天"}
    return (
        _case(rule, Verdict.MET, _held(kind, **meeting, cost=f"{most} 元")),
        _case(rule, Verdict.UNMET, _held(kind, **meeting, cost=f"{most + 2000} 元"), "2000 元"),
        _case(rule, Verdict.UNKNOWN, _held(kind, days="1.5 天", cost=f"{most} 元")),
        _case(rule, Verdict.UNKNOWN, {"bound": True, **meeting, "cost": "1 元"}),
        _case(rule, Verdict.NOT_APPLICABLE, _held(other, **meeting, cost="999999 元")),
        _case(rule, Verdict.NOT_APPLICABLE, {"bound": False, "kind": kind, **meeting, "cost": "999999 元"}),
    )


def _people_cases(ordinal: str, kind: str, most: int, other: str) -> tuple[Case, ...]:
    rule = f"people_{ordinal}_class"
    return (
        _case(rule, Verdict.MET, _held(kind, people=f"{most} 人")),
        _case(rule, Verdict.UNMET, _held(kind, people=f"{most + 7} 人"), "7 人"),
        _case(rule, Verdict.UNKNOWN, _held(kind)),
        _case(rule, Verdict.NOT_APPLICABLE, _held(other, people="9999 人")),
    )


def _days_cases(ordinal: str, kind: str, other: str) -> tuple[Case, ...]:
    rule = f"days_{ordinal}_class"
    return (
        _case(rule, Verdict.MET, _held(kind, days="2 天")),
        _case(rule, Verdict.UNMET, _held(kind, days="2.5 天"), "0.5 天"),
        _case(rule, Verdict.UNKNOWN, _held(kind)),
        _case(rule, Verdict.NOT_APPLICABLE, _held(other, days="9 天")),
    )


CASES = (
    # 40 people for 1.5 days are 60 person-days: at 760, 650 and 550 元, 45,600, 39,000 and 33,000 元.
    *_cost_cases("first", "一类", 45_600, "二类"),
    *_cost_cases("second", "二类", 39_000, "一类"),
    *_cost_cases("third", "三类", 33_000, "四类"),
    *_cost_cases("fourth", "四类", 33_000, "三类"),
    _case("people_first_class", Verdict.MET, _held("一类", people="500 人", approved_people="500 人")),
    _case("people_first_class", Verdict.UNMET, _held("一类", people="500 人", approved_people="480 人"), "20 人"),
    _case("people_first_class", Verdict.UNKNOWN, _held("一类", people="500 人")),
    _case("people_first_class", Verdict.NOT_APPLICABLE, _held("二类", people="500 人")),
    _case("days_first_class", Verdict.MET, _held("一类", days="3 天", approved_days="3 天")),
    _case("days_first_class", Verdict.UNMET, _held("一类", days="4 天", approved_days="3 天"), "1 天"),
    _case("days_first_class", Verdict.UNKNOWN, _held("一类", days="4 天")),
    _case("days_first_class", Verdict.NOT_APPLICABLE, _held("二类", days="4 天")),
    *_people_cases("second", "二类", 300, "一类"),
    *_people_cases("third", "三类", 150, "二类"),
    *_people_cases("fourth", "四类", 50, "三类"),
    *_days_cases("second", "二类", "一类"),
    *_days_cases("third", "三类", "二类"),
    *_days_cases("fourth", "四类", "三类"),
)

PACK = Pack(standard=STANDARD, cases=CASES, binds_many=True)
