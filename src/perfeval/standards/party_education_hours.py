"""党员教育学时: the class-hours that a party member, and a secretary or committee member, completes in a year.

The regulation sets hours for every member; the plan of each five years sets them for members and for those who
lead. Hours of the year are 集中培训 **and** 集体学习 together, so hours of the one alone never decide against anybody.
The figures were not read in their own documents: they ship as a sample, and :func:`standard_for` takes others.
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
from perfeval.standards.figures import Figure, check_figures
from perfeval.subjects import category, many, measure, subject, text
from perfeval.verdicts import Verdict

__all__ = [
    "PACK",
    "SAMPLE",
    "STANDARD",
    "EducationFigures",
    "PartyMember",
    "PlanFigures",
    "StudySession",
    "Training",
    "standard_for",
]


@subject(zh="集中培训", en="training", unit="次")
class Training:
    """One training that the member attended in the year; its class-hours are those completed."""

    name = text(zh="培训班", en="training")
    class_hours = measure("学时", at_least=0, changeable=True, zh="学时", en="class-hours")


@subject(zh="集体学习", en="study session", unit="次")
class StudySession:
    """One session of collective study in the year, or the sum of several."""

    name = text(zh="学习内容", en="session")
    class_hours = measure("学时", at_least=0, changeable=True, zh="学时", en="class-hours")


@subject(zh="党员", en="party member", unit="人[党员]")
class PartyMember:
    """One party member in one calendar year, with everything that counts towards the hours of that year."""

    name = text(zh="姓名", en="name")
    role = category("党员", "书记", "班子成员", zh="身份", en="role")
    trainings = many(Training, zh="集中培训", en="trainings")
    sessions = many(StudySession, zh="集体学习", en="study sessions")


@final
@frozen(kw_only=True)
class PlanFigures:
    """What the plan of one period requires in a year; ``in_force`` are the years that its title names."""

    in_force: InForce
    member_hours: Figure
    leader_hours: Figure
    leader_trainings: Figure

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.in_force, InForce):
            raise RuleError.of("plan.in_force", came=excerpt(self.in_force), needed="an InForce")
        check_figures(
            "plan",
            [
                ("member_hours", self.member_hours, "学时"),
                ("leader_hours", self.leader_hours, "学时"),
                ("leader_trainings", self.leader_trainings, "次"),
            ],
        )


def _plans(plans: object) -> tuple[PlanFigures, ...]:
    listed = plans if isinstance(plans, tuple | list) else ()
    if not listed or not all(isinstance(plan, PlanFigures) for plan in listed):
        raise RuleError.of("plans", came=excerpt(plans), needed="at least one PlanFigures, and only those")
    return tuple(listed)


@final
@frozen(kw_only=True)
class EducationFigures:
    """The figures of the standard: those of the regulation, and those of the plans one after another."""

    title: Label
    regulation_hours: Figure
    plans: tuple[PlanFigures, ...] = field(converter=_plans)
    interpretations: tuple[Interpretation, ...] = ()

    def __attrs_post_init__(self) -> None:
        check_figures("education", [("regulation_hours", self.regulation_hours, "学时")])


hours_of_the_year = PartyMember.trainings.sum(Training.class_hours) + PartyMember.sessions.sum(StudySession.class_hours)
leads = PartyMember.role.is_in("书记", "班子成员")

_REMEDY = Label("补足集中培训或集体学习学时。", "Complete the hours, in training or in collective study.")
_READINGS = (
    Interpretation(
        question=Label("只知道集中培训学时时如何判断？", "What follows where only the hours of training are known?"),
        reading=Label(
            "年度学时包括集中培训和集体学习；只知其一时，已达标的即为达标，未达标的为资料不足，不判为不达标。",
            "Hours of the year are training and collective study together: one of them alone may be enough, "
            "and where it is not, the other has to be asked for.",
        ),
    ),
    Interpretation(
        question=Label("年度中途如何判断？", "What is judged in the middle of a year?"),
        reading=Label(
            "按所给全年资料判断；年内判断时以 standard_for(…, year=…) 设定年末为到期日，或以部分清单给出资料。",
            "The facts are those of the whole year; within it, build the standard with year=…, which makes the last "
            "day of the year the due day, or give the list as known in part.",
        ),
    ),
    Interpretation(
        question=Label("新任书记半年内参加培训的要求", "New secretaries are to be trained within half a year"),
        reading=Label("本标准不判断。", "This standard does not judge it."),
    ),
)


def standard_for(
    figures: EducationFigures, *, year: int | None = None, name: str = "party_education_hours"
) -> Standard:
    """Return the rules with these figures; ``year`` makes the last day of that year the day on which they fall due.

    Raises ``RuleError`` for what is not :class:`EducationFigures`, for a year outside 1900 to 2999 and for plans
    whose dates overlap.

    >>> standard_for(SAMPLE, year=2026).version("leader_hours", on=datetime.date(2026, 6, 30)).due
    datetime.date(2026, 12, 31)
    """
    if not isinstance(figures, EducationFigures):
        raise RuleError.of("figures", came=excerpt(figures), needed="EducationFigures, such as SAMPLE")
    due = None if year is None else _last_day(year)

    def rule(called: str, condition: Condition, figure: Figure, label: Label, dates: InForce, *, leading: bool) -> Rule:
        return Rule(
            called,
            condition,
            when=leads if leading else None,
            label=label,
            citation=figure.citation,
            in_force=dates,
            due=due,
            remedy=_REMEDY,
        )

    rules = [
        rule(
            "member_hours",
            hours_of_the_year >= figures.regulation_hours.amount,
            figures.regulation_hours,
            Label("党员全年学时（条例）", "hours of a member in the year (regulation)"),
            InForce(),
            leading=False,
        )
    ]
    for plan in figures.plans:
        rules += [
            rule(
                "member_hours_of_plan",
                hours_of_the_year >= plan.member_hours.amount,
                plan.member_hours,
                Label("党员全年学时（规划）", "hours of a member in the year (plan)"),
                plan.in_force,
                leading=False,
            ),
            rule(
                "leader_hours",
                hours_of_the_year >= plan.leader_hours.amount,
                plan.leader_hours,
                Label("书记和班子成员全年学时", "hours of a secretary or committee member in the year"),
                plan.in_force,
                leading=True,
            ),
            rule(
                "leader_trainings",
                PartyMember.trainings.count() >= plan.leader_trainings.amount,
                plan.leader_trainings,
                Label("书记和班子成员参加集中培训次数", "trainings that a secretary or committee member attended"),
                plan.in_force,
                leading=True,
            ),
        ]
    return Standard(
        name,
        rules,
        title=figures.title,
        citation=figures.regulation_hours.citation,
        interpretations=(*_READINGS, *figures.interpretations),
    )


def _last_day(year: object) -> datetime.date:
    if type(year) is not int or not 1900 <= year <= 2999:
        raise RuleError(Problem("year", came=excerpt(year), needed="a year such as 2026, or None"))
    return datetime.date(year, 12, 31)


REGULATION = Citation(
    title="中国共产党党员教育管理工作条例",
    clause="第二十条",
    quoted_in="公开代码库所载条文",
    evidence=Evidence.CODE,
)
PLAN_2019 = Citation(
    title="2019—2023年全国党员教育培训工作规划", quoted_in="wodeyuanxiao 网页", evidence=Evidence.SECONDARY
)
PLAN_2024 = Citation(title="全国党员教育培训工作规划（2024—2028年）", evidence=Evidence.GENERAL)


def _plan(citation: Citation, first: int, last: int, dates: Evidence) -> PlanFigures:
    return PlanFigures(
        in_force=InForce(since=datetime.date(first, 1, 1), until=datetime.date(last, 12, 31), evidence=dates),
        member_hours=Figure("32 学时", citation),
        leader_hours=Figure("56 学时", citation),
        leader_trainings=Figure("1 次", citation),
    )


SAMPLE = EducationFigures(
    title=Label("党员教育学时（样例）", "class-hours of party members (sample)"),
    regulation_hours=Figure("32 学时", REGULATION),
    plans=(_plan(PLAN_2019, 2019, 2023, Evidence.SECONDARY), _plan(PLAN_2024, 2024, 2028, Evidence.CODE)),
    interpretations=(
        Interpretation(
            question=Label("两个规划从哪一天起、到哪一天止？", "From which day to which day do the plans bind?"),
            reading=Label(
                "标题只写年份；取首年1月1日至末年12月31日。条例的施行日期未读到。",
                "Their titles name years; these are taken from the first day of the first to the last day of the last. "
                "The day from which the regulation binds was not read.",
            ),
        ),
        Interpretation(
            question=Label("2024—2028年的学时是多少？", "Which hours does the plan for 2024 to 2028 set?"),
            reading=Label(
                "未读到原文；按常识沿用 32 和 56 学时、至少 1 次集中培训，须以原文替换后使用。",
                "They were not read; 32 and 56 hours and one training are carried on as general knowledge, "
                "to be replaced once the plan has been read.",
            ),
        ),
    ),
)
"""The figures as far as they were read; replace them before relying on them."""

STANDARD = standard_for(SAMPLE)

_EARLIER, _LATER = datetime.date(2022, 12, 31), datetime.date(2026, 12, 31)


def _year(role: str, training: object, study: object = None) -> dict[str, object]:
    """Return one person's year; what is None is left out, for not known."""
    facts: dict[str, object] = {"role": role}
    if training is not None:
        facts["trainings"] = [{"class_hours": f"{training} 学时"}] if training else []
    if study is not None:
        facts["sessions"] = [{"class_hours": f"{study} 学时"}] if study else []
    return facts


def _cases(rule: str, day: datetime.date) -> tuple[Case, ...]:
    def case(verdict: Verdict, facts: dict[str, object], shortfall: str | None = None) -> Case:
        return Case(rule=rule, verdict=verdict, facts=facts, on=day, shortfall=shortfall)

    if rule == "leader_trainings":
        return (
            case(Verdict.MET, _year("书记", 40)),
            case(Verdict.UNMET, _year("班子成员", 0), "1 次"),
            case(Verdict.UNKNOWN, {"role": "书记"}),
            case(Verdict.NOT_APPLICABLE, _year("党员", 0)),
        )
    if rule == "leader_hours":
        return (
            case(Verdict.MET, _year("书记", 40, 16)),
            # 40 + 15 = 55, and 56 are wanted.
            case(Verdict.UNMET, _year("班子成员", 40, 15), "1 学时"),
            case(Verdict.UNKNOWN, _year("书记", 40)),
            case(Verdict.NOT_APPLICABLE, _year("党员", 0, 0)),
        )
    return (
        case(Verdict.MET, _year("党员", 24, 8)),
        # 24 + 0 = 24, and 32 are wanted.
        case(Verdict.UNMET, _year("党员", 24, 0), "8 学时"),
        case(Verdict.UNKNOWN, _year("党员", 24)),
        # 32 of training alone are enough, whatever was studied.
        case(Verdict.MET, _year("书记", 32)),
    )


CASES = (
    *_cases("member_hours", _EARLIER),
    *(
        case
        for day in (_EARLIER, _LATER)
        for rule in ("member_hours_of_plan", "leader_hours", "leader_trainings")
        for case in _cases(rule, day)
    ),
)

PACK = Pack(standard=STANDARD, cases=CASES, binds_many=True)
