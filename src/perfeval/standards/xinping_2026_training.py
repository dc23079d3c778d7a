"""新平县2026年党（工）委党务工作经费分配表: the training that a park's party committee owes in 2026.

Read only as section five of one published project text quotes it; the table itself has no document number there
and was not read. Class-hours bind the person, courses bind the organiser, coverage binds the population.
"""

from __future__ import annotations

import datetime

from perfeval.citations import Citation, Evidence, InForce
from perfeval.expressions import Condition
from perfeval.facts import Label, Stage
from perfeval.packs import Case, Pack, Quote
from perfeval.rules import Rule
from perfeval.standard import Interpretation, Standard
from perfeval.subjects import category, many, measure, subject, text
from perfeval.verdicts import Verdict

__all__ = ["PACK", "STANDARD", "Attendance", "Course", "Member", "Park", "Secretary"]


@subject(zh="参训记录", en="attendance", unit="次")
class Attendance:
    """What one person completed of one course or of one of its stages.

    The clause gives days and class-hours as one quantity (5 天 = 40 学时, 3 天 = 24 学时), so 3 天 may be given.
    """

    course = text(zh="培训班", en="course")
    class_hours = measure(
        "学时", at_least=0, equivalence="8 学时/天", changeable=True, zh="完成学时", en="class-hours completed"
    )


@subject(zh="党组织书记", en="secretary", unit="人[书记]")
class Secretary:
    """A secretary of a primary party organisation of the park."""

    name = text(zh="姓名", en="name")
    attended = many(Attendance, zh="参训记录", en="attendance")


@subject(zh="普通党员", en="ordinary member", unit="人[党员]")
class Member:
    """An ordinary party member of the park."""

    name = text(zh="姓名", en="name")
    attended = many(Attendance, zh="参训记录", en="attendance")


@subject(zh="培训班", en="course", unit="期")
class Course:
    """A course that the park's committee held."""

    kind = category("书记轮训", "党员进党校", zh="培训班类别", en="kind of course")
    stages = measure("个[阶段]", changeable=True, zh="阶段数", en="number of stages")
    areas = measure("个[片区]", changeable=True, zh="片区数", en="number of areas")


@subject(zh="园区党工委", en="park", unit="个[党工委]")
class Park:
    """The party working committee of a park, with everyone that it is to train."""

    secretaries = many(Secretary, zh="基层党组织书记", en="secretaries")
    members = many(Member, zh="普通党员", en="ordinary members")
    courses = many(Course, zh="已举办培训班", en="courses held")


TABLE = Citation(
    title="新平县2026年党（工）委党务工作经费分配表",
    quoted_in="云南新平产业园区管理委员会2026年部门预算重点领域财政项目文本（一）“项目实施内容”",
    evidence=Evidence.PRIMARY,
)
YEAR_END = datetime.date(2026, 12, 31)

secretary_hours = Secretary.attended.sum(Attendance.class_hours)
member_hours = Member.attended.maximum(Attendance.class_hours)
is_rotation = Course.kind.is_in("书记轮训")
is_party_school = Course.kind.is_in("党员进党校")


def _target(name: str, condition: Condition, label: Label) -> Rule:
    """Build a target of the year: only what is achieved counts, and it falls due on the last day."""
    return Rule(name, condition, label=label, citation=TABLE, stage=Stage.ACHIEVED, due=YEAR_END)


STANDARD = Standard(
    "xinping_2026_training",
    [
        _target(
            "secretary_hours",
            Park.secretaries.every(secretary_hours >= "40 学时"),
            Label("每名书记集中培训学时（各阶段合计）", "class-hours of each secretary, stages together"),
        ),
        _target(
            "secretary_coverage",
            Park.secretaries.share(secretary_hours >= "40 学时") >= "100%",
            Label("书记培训覆盖率", "coverage of secretaries"),
        ),
        _target(
            "secretary_courses",
            Park.courses.count(where=is_rotation) >= "1 期",
            Label("书记轮训期数", "courses for secretaries"),
        ),
        _target(
            "secretary_course_stages",
            Park.courses.every(Course.stages >= "2 个[阶段]", where=is_rotation),
            Label("书记轮训分两个阶段", "two stages of each course for secretaries"),
        ),
        _target(
            "member_hours",
            Park.members.every(member_hours >= "24 学时"),
            Label("每名参训党员在其中一期的学时", "class-hours of each member who took part, in either course"),
        ),
        _target(
            "member_coverage",
            Park.members.share(Member.attended.some(Attendance.class_hours >= "24 学时")) >= "65%",
            Label("普通党员培训覆盖率", "coverage of ordinary members"),
        ),
        _target(
            "member_courses",
            Park.courses.count(where=is_party_school) >= "2 期",
            Label("党员进党校期数", "courses for members"),
        ),
    ],
    title=Label("新平县2026年党员、书记集中培训要求", "Xinping 2026: training of members and secretaries"),
    citation=TABLE,
    in_force=InForce(since=datetime.date(2026, 1, 1), until=YEAR_END),
    interpretations=[
        Interpretation(
            question=Label("5 天与 40 学时不一致时以何者为准？", "Which counts if days and class-hours disagree?"),
            reading=Label(
                "视为同一要求的两种说法，按每天 8 学时折算，以学时判断。",
                "They are one requirement said twice, at 8 class-hours a day, and it is judged in class-hours.",
            ),
        ),
        Interpretation(
            question=Label("普通党员两期的学时能否相加？", "May a member add up the hours of two courses?"),
            reading=Label(
                "不相加：参加任意一期并完成 24 学时即为完成；同一人只计一次。",
                "No: completing 24 class-hours in either course counts, and a person counts once.",
            ),
        ),
        Interpretation(
            question=Label(
                "未参训党员是否也受学时要求约束？", "Does the requirement of hours bind members who took no part?"
            ),
            reading=Label(
                "不约束：未参训者只影响覆盖率。",
                "No: those who took no part count in the coverage only.",
            ),
        ),
    ],
)

_AFTER = datetime.date(2026, 12, 31)
_FULL: dict[str, object] = {
    "attended": [{"course": "一阶段", "class_hours": "3 天"}, {"course": "二阶段", "class_hours": "2 天"}]
}
_HALF: dict[str, object] = {"attended": [{"course": "一阶段", "class_hours": "24 学时"}]}
_NONE: dict[str, object] = {"attended": []}
_UNSAID = {"attended": [{"course": "一期"}]}


def _people(done: int, rest: int) -> list[dict[str, object]]:
    return [dict(_HALF)] * done + [dict(_NONE)] * rest


def _courses(rotation: int, school: int, *, stages: int = 2) -> list[dict[str, object]]:
    held: list[dict[str, object]] = [{"kind": "书记轮训", "stages": f"{stages} 个[阶段]"}] * rotation
    return held + [{"kind": "党员进党校"}] * school


def _case(rule: str, verdict: Verdict, facts: dict[str, object], shortfall: str | None = None) -> Case:
    return Case(rule=rule, verdict=verdict, facts=facts, on=_AFTER, shortfall=shortfall)


CASES = (
    _case("secretary_hours", Verdict.MET, {"secretaries": [_FULL]}),
    _case("secretary_hours", Verdict.UNMET, {"secretaries": [_FULL, _HALF]}),
    _case("secretary_hours", Verdict.UNKNOWN, {"secretaries": [_FULL, _UNSAID]}),
    _case("secretary_hours", Verdict.NOT_APPLICABLE, {"secretaries": []}),
    _case("secretary_coverage", Verdict.MET, {"secretaries": [_FULL, _FULL]}),
    # One of two is half, and half is wanting.
    _case("secretary_coverage", Verdict.UNMET, {"secretaries": [_FULL, _HALF]}, "50%"),
    _case("secretary_coverage", Verdict.UNKNOWN, {}),
    _case("secretary_coverage", Verdict.NOT_APPLICABLE, {"secretaries": []}),
    _case("secretary_courses", Verdict.MET, {"courses": _courses(1, 0)}),
    _case("secretary_courses", Verdict.UNMET, {"courses": _courses(0, 2)}, "1 期"),
    _case("secretary_courses", Verdict.UNKNOWN, {}),
    _case("secretary_course_stages", Verdict.MET, {"courses": _courses(1, 2)}),
    _case("secretary_course_stages", Verdict.UNMET, {"courses": _courses(1, 2, stages=1)}),
    _case("secretary_course_stages", Verdict.UNKNOWN, {"courses": [{"kind": "书记轮训"}]}),
    _case("secretary_course_stages", Verdict.NOT_APPLICABLE, {"courses": _courses(0, 2)}),
    _case("member_hours", Verdict.MET, {"members": _people(2, 1)}),
    _case("member_hours", Verdict.UNMET, {"members": [{"attended": [{"class_hours": "16 学时"}]}]}),
    _case("member_hours", Verdict.UNKNOWN, {"members": [_UNSAID]}),
    _case("member_hours", Verdict.NOT_APPLICABLE, {"members": _people(0, 3)}),
    # 13 of 20 are 65 % exactly; 12 of 20 are 60 %.
    _case("member_coverage", Verdict.MET, {"members": _people(13, 7)}),
    _case("member_coverage", Verdict.UNMET, {"members": _people(12, 8)}, "5%"),
    _case("member_coverage", Verdict.UNKNOWN, {}),
    _case("member_coverage", Verdict.NOT_APPLICABLE, {"members": []}),
    _case("member_courses", Verdict.MET, {"courses": _courses(0, 2)}),
    _case("member_courses", Verdict.UNMET, {"courses": _courses(1, 1)}, "1 期"),
    _case("member_courses", Verdict.UNKNOWN, {}),
)

PACK = Pack(
    standard=STANDARD,
    cases=CASES,
    cited_as=("新平县2026年党（工）委党务工作经费分配表",),
    quotes=(
        Quote(binds="书记", purpose="学时", amount="40 学时", rule="secretary_hours"),
        Quote(binds="书记", purpose="天数", amount="5 天", rule="secretary_hours"),
        Quote(binds="书记", purpose="覆盖率", amount="100%", rule="secretary_coverage"),
        Quote(binds="书记", purpose="期数", amount="1 期", rule="secretary_courses"),
        Quote(binds="党员", purpose="学时", amount="24 学时", rule="member_hours"),
        Quote(binds="党员", purpose="天数", amount="3 天", rule="member_hours"),
        Quote(binds="党员", purpose="覆盖率", amount="65%", rule="member_coverage"),
        Quote(binds="党员", purpose="期数", amount="2 期", rule="member_courses"),
    ),
)
