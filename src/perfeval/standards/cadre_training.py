"""干部教育培训工作条例 第十四条: how much training a cadre completes, in days **or** in class-hours.

From 县处级 up within five years: three months, or 550 class-hours. From 乡科级 down within a year: twelve days, or
90 class-hours. Either is enough; the one is never converted into the other, nor are the two added together.
"""

from __future__ import annotations

import datetime

from perfeval.citations import Citation, Evidence, InForce
from perfeval.expressions import any_of, named
from perfeval.facts import Label
from perfeval.packs import Case, Pack
from perfeval.rules import Rule
from perfeval.standard import Interpretation, Standard
from perfeval.subjects import category, measure, subject, text
from perfeval.verdicts import Verdict

__all__ = ["PACK", "STANDARD", "Cadre"]


@subject(zh="干部", en="cadre", unit="人[干部]")
class Cadre:
    """One cadre: what was completed within five years (县处级 and above), or within the year (乡科级 and below)."""

    name = text(zh="姓名", en="name")
    rank = category("县处级以上", "乡科级以下", zh="职级", en="rank")
    months_in_five_years = measure(
        "月", at_least=0, changeable=True, zh="5 年培训时间", en="training within five years"
    )
    hours_in_five_years = measure(
        "学时", at_least=0, changeable=True, zh="5 年培训学时", en="class-hours within five years"
    )
    days_in_year = measure("天", at_least=0, changeable=True, zh="当年培训天数", en="days of training in the year")
    hours_in_year = measure("学时", at_least=0, changeable=True, zh="当年培训学时", en="class-hours in the year")


ARTICLE = Citation(
    title="干部教育培训工作条例",
    clause="第十四条",
    quoted_in="12371.cn 2023年10月17日网页",
    evidence=Evidence.PRIMARY,
)
_REMEDY = Label("补足培训时间或者学时，二者达到其一即可。", "Complete the time or the class-hours: either is enough.")

STANDARD = Standard(
    "cadre_training",
    [
        Rule(
            "senior_training",
            any_of(
                named("months", Cadre.months_in_five_years >= "3 月", zh="5 年累计 3 个月", en="three months"),
                named("class_hours", Cadre.hours_in_five_years >= "550 学时", zh="5 年累计 550 学时", en="550 hours"),
            ),
            when=Cadre.rank.is_in("县处级以上"),
            label=Label("县处级以上干部 5 年培训量", "training of a senior cadre within five years"),
            citation=ARTICLE,
            remedy=_REMEDY,
        ),
        Rule(
            "junior_training",
            any_of(
                named("days", Cadre.days_in_year >= "12 天", zh="当年 12 天", en="twelve days"),
                named("class_hours", Cadre.hours_in_year >= "90 学时", zh="当年 90 学时", en="90 hours"),
            ),
            when=Cadre.rank.is_in("乡科级以下"),
            label=Label("乡科级以下干部当年培训量", "training of a junior cadre in the year"),
            citation=ARTICLE,
            remedy=_REMEDY,
        ),
    ],
    title=Label("干部教育培训时间要求", "training that cadres complete"),
    citation=ARTICLE,
    in_force=InForce(),
    interpretations=[
        Interpretation(
            question=Label("天数与学时能否折算或者相加？", "Are days and class-hours converted or added together?"),
            reading=Label(
                "不折算，不相加：12 天与 90 学时是两个独立的选择。",
                "Neither: twelve days and 90 class-hours are two ways to comply.",
            ),
        ),
        Interpretation(
            question=Label("“5 年”从何时起算？", "From which day do the five years run?"),
            reading=Label(
                "条文摘录未说明；按所给的 5 年累计数判断。",
                "The excerpt that was read does not say; the sum that is given for five years is judged.",
            ),
        ),
        Interpretation(
            question=Label("从哪一天起施行？请假不超过七分之一的要求？", "From which day, and what of leave?"),
            reading=Label(
                "施行日期未读到；请假比例不在本标准判断之列。",
                "The day was not read; the limit on leave of one seventh is not judged here.",
            ),
        ),
    ],
)

_DAY = datetime.date(2026, 12, 31)


def _case(rule: str, verdict: Verdict, **facts: str) -> Case:
    return Case(rule=rule, verdict=verdict, facts=dict(facts), on=_DAY)


_SENIOR, _JUNIOR = "县处级以上", "乡科级以下"

CASES = (
    _case("senior_training", Verdict.MET, rank=_SENIOR, months_in_five_years="3 月"),
    _case("senior_training", Verdict.MET, rank=_SENIOR, months_in_five_years="2 月", hours_in_five_years="550 学时"),
    _case("senior_training", Verdict.UNMET, rank=_SENIOR, months_in_five_years="2 月", hours_in_five_years="549 学时"),
    _case("senior_training", Verdict.UNKNOWN, rank=_SENIOR, hours_in_five_years="549 学时"),
    _case("senior_training", Verdict.NOT_APPLICABLE, rank=_JUNIOR),
    _case("junior_training", Verdict.MET, rank=_JUNIOR, days_in_year="12 天"),
    _case("junior_training", Verdict.MET, rank=_JUNIOR, days_in_year="0 天", hours_in_year="90 学时"),
    # Six days and 45 hours are half of each, and half of each is neither.
    _case("junior_training", Verdict.UNMET, rank=_JUNIOR, days_in_year="6 天", hours_in_year="45 学时"),
    _case("junior_training", Verdict.UNKNOWN, rank=_JUNIOR, days_in_year="11 天"),
    _case("junior_training", Verdict.NOT_APPLICABLE, rank=_SENIOR),
)

PACK = Pack(standard=STANDARD, cases=CASES, binds_many=True)
