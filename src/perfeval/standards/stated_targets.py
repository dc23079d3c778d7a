"""What a project text itself states: the floors and ceilings that it quotes and the training targets that it sets.

Used for what no shipped standard covers. A quoted rate binds money against a number of things or people; a target
of training binds what was achieved by the end of the year. The figures are the text's own, with their places.
"""

from __future__ import annotations

import datetime
import functools

from perfeval.citations import Citation, Evidence, InForce
from perfeval.facts import Label
from perfeval.packs import Case, Pack
from perfeval.rules import Rule, Severity
from perfeval.standard import Standard
from perfeval.subjects import category, flag, many, measure, subject, text
from perfeval.verdicts import Verdict

__all__ = ["PACK", "STANDARD", "Pool", "Programme", "QuotedRate", "Stated", "standard_for"]


@subject(zh="所引标准", en="quoted rate", unit="条")
class QuotedRate:
    """A rate that the text quotes, with what it binds: how many there are, and the money that they have."""

    binds = text(zh="约束对象", en="whom it binds")
    bound = category("floor", "ceiling", zh="上下限", en="floor or ceiling")
    rate = measure("元/个[对象]/年", zh="每个对象标准", en="rate for each")
    count = measure("个[对象]", zh="对象数量", en="how many it binds")
    funding = measure("元/年", at_least=0, changeable=True, zh="安排经费", en="money provided")


@subject(zh="经费与人数", en="pool", unit="条")
class Pool:
    """A budget line that pays a quoted rate for each person: how many people it is enough for.

    At a floor or a fixed rate that is a most; under a ceiling, where each may cost less, it is a least.
    """

    line = text(zh="明细", en="line")
    bound = category("floor", "fixed", "ceiling", zh="标准性质", en="floor, fixed rate or ceiling")
    money = measure("元", zh="明细金额", en="amount of the line")
    rate = measure("元/人", zh="每人标准", en="rate for each person")
    people = measure("人", zh="人数", en="number of people")


@subject(zh="培训项目", en="programme", unit="个[培训]")
class Programme:
    """A training programme with the targets that the text sets and what was reached."""

    name = text(zh="名称", en="name")
    sets_coverage = flag(zh="设有覆盖率目标", en="sets a target of coverage")
    coverage_target = measure("%", at_least=0, zh="目标覆盖率", en="target of coverage")
    coverage_reached = measure("%", at_least=0, at_most="100%", changeable=True, zh="实际覆盖率", en="coverage reached")
    sets_courses = flag(zh="设有期数目标", en="sets a number of courses")
    courses_target = measure("期", zh="目标期数", en="courses intended")
    courses_held = measure("期", changeable=True, zh="已办期数", en="courses held")
    sets_hours = flag(zh="设有学时目标", en="sets a number of class-hours")
    hours_target = measure("学时", at_least=0, zh="应训学时", en="class-hours required")
    least_hours = measure(
        "学时", at_least=0, changeable=True, zh="参训人员最低学时", en="least class-hours of those who took part"
    )


@subject(zh="文本所述标准", en="stated standards")
class Stated:
    """Everything that one text states and that no shipped standard covers."""

    rates = many(QuotedRate, zh="所引标准", en="quoted rates")
    programmes = many(Programme, zh="培训项目", en="programmes")
    pools = many(Pool, zh="经费与人数", en="pools")


OWN_WORDS = Citation(title="项目文本所述标准", described=True, clause="文本原句", evidence=Evidence.PRIMARY)
_POOL = QuotedRate.rate * QuotedRate.count


@functools.cache
def standard_for(year: int) -> Standard:
    """Return the rules for a text of that budget year: targets fall due on its last day."""
    due = datetime.date(year, 12, 31)
    return Standard(
        "stated_targets",
        [
            Rule(
                "quoted_floors",
                Stated.rates.every(QuotedRate.funding >= _POOL, where=QuotedRate.bound.is_in("floor")),
                label=Label("文本所引下限标准", "floors that the text quotes"),
                citation=OWN_WORDS,
            ),
            Rule(
                "quoted_ceilings",
                Stated.rates.every(QuotedRate.funding <= _POOL, where=QuotedRate.bound.is_in("ceiling")),
                label=Label("文本所引上限标准", "ceilings that the text quotes"),
                citation=OWN_WORDS,
            ),
            Rule(
                "coverage_reached",
                Stated.programmes.every(
                    Programme.coverage_reached >= Programme.coverage_target, where=Programme.sets_coverage
                ),
                label=Label("培训覆盖率目标", "targets of coverage"),
                citation=OWN_WORDS,
                due=due,
            ),
            Rule(
                "courses_held",
                Stated.programmes.every(
                    Programme.courses_held >= Programme.courses_target, where=Programme.sets_courses
                ),
                label=Label("培训期数目标", "numbers of courses"),
                citation=OWN_WORDS,
                due=due,
            ),
            Rule(
                "hours_completed",
                Stated.programmes.every(Programme.least_hours >= Programme.hours_target, where=Programme.sets_hours),
                label=Label("参训学时目标", "class-hours of those who took part"),
                citation=OWN_WORDS,
                due=due,
            ),
            Rule(
                "money_for_people",
                Stated.pools.every(Pool.money >= Pool.rate * Pool.people, where=Pool.bound.is_in("floor", "fixed")),
                label=Label("明细金额按每人标准可保障的人数", "how many people a line is enough for"),
                citation=OWN_WORDS,
                severity=Severity.NOTE,
            ),
            Rule(
                "money_within_ceiling",
                Stated.pools.every(Pool.money <= Pool.rate * Pool.people, where=Pool.bound.is_in("ceiling")),
                label=Label("明细金额与每人上限", "a line against the ceiling for each person"),
                citation=OWN_WORDS,
                severity=Severity.NOTE,
            ),
        ],
        title=Label("文本所述标准与目标", "standards and targets that the text states"),
        citation=OWN_WORDS,
        in_force=InForce(),
    )


STANDARD = standard_for(2026)

_DAY = datetime.date(2026, 12, 31)


def _rate(bound: str, funding: str | None) -> dict[str, object]:
    facts: dict[str, object] = {"bound": bound, "rate": "300 元/个[对象]/年", "count": "12 个[对象]"}
    return {"rates": [facts if funding is None else {**facts, "funding": funding}]}


def _pool(bound: str, **people: str) -> dict[str, object]:
    return {"pools": [{"bound": bound, "money": "1 万元", "rate": "100 元/人", **people}]}


def _programme(kind: str, **facts: str) -> dict[str, object]:
    kinds = ("sets_coverage", "sets_courses", "sets_hours")
    return {"programmes": [{**{name: name == kind for name in kinds}, **facts}]}


def _case(rule: str, verdict: Verdict, facts: dict[str, object]) -> Case:
    return Case(rule=rule, verdict=verdict, facts=facts, on=_DAY)


_NOTHING: dict[str, object] = {"rates": [], "programmes": [], "pools": []}

CASES = (
    # 12 × 300 = 3,600 元 a year.
    _case("quoted_floors", Verdict.MET, _rate("floor", "300 元/月")),
    _case("quoted_floors", Verdict.UNMET, _rate("floor", "3599.99 元/年")),
    _case("quoted_floors", Verdict.UNKNOWN, _rate("floor", None)),
    _case("quoted_floors", Verdict.NOT_APPLICABLE, _rate("ceiling", "1 元/年")),
    _case("quoted_ceilings", Verdict.MET, _rate("ceiling", "3600 元/年")),
    _case("quoted_ceilings", Verdict.UNMET, _rate("ceiling", "3600.01 元/年")),
    _case("quoted_ceilings", Verdict.UNKNOWN, _rate("ceiling", None)),
    _case("quoted_ceilings", Verdict.NOT_APPLICABLE, _NOTHING),
    _case("coverage_reached", Verdict.MET, _programme("sets_coverage", coverage_target="65%", coverage_reached="65%")),
    _case(
        "coverage_reached", Verdict.UNMET, _programme("sets_coverage", coverage_target="65%", coverage_reached="64%")
    ),
    _case("coverage_reached", Verdict.UNKNOWN, _programme("sets_coverage", coverage_target="65%")),
    _case("coverage_reached", Verdict.NOT_APPLICABLE, _programme("sets_courses")),
    _case("courses_held", Verdict.MET, _programme("sets_courses", courses_target="2 期", courses_held="3 期")),
    _case("courses_held", Verdict.UNMET, _programme("sets_courses", courses_target="2 期", courses_held="1 期")),
    _case("courses_held", Verdict.UNKNOWN, _programme("sets_courses", courses_target="2 期")),
    _case("courses_held", Verdict.NOT_APPLICABLE, _NOTHING),
    _case("hours_completed", Verdict.MET, _programme("sets_hours", hours_target="24 学时", least_hours="24 学时")),
    _case("hours_completed", Verdict.UNMET, _programme("sets_hours", hours_target="24 学时", least_hours="20 学时")),
    _case("hours_completed", Verdict.UNKNOWN, _programme("sets_hours", hours_target="24 学时")),
    _case("hours_completed", Verdict.NOT_APPLICABLE, _NOTHING),
    # 100 × 100 = 10,000 元.
    _case("money_for_people", Verdict.MET, _pool("floor", people="100 人")),
    _case("money_for_people", Verdict.MET, _pool("fixed", people="100 人")),
    _case("money_for_people", Verdict.UNMET, _pool("floor", people="101 人")),
    _case("money_for_people", Verdict.UNKNOWN, _pool("floor")),
    _case("money_for_people", Verdict.NOT_APPLICABLE, _pool("ceiling", people="101 人")),
    _case("money_within_ceiling", Verdict.MET, _pool("ceiling", people="100 人")),
    _case("money_within_ceiling", Verdict.MET, _pool("ceiling", people="101 人")),
    _case("money_within_ceiling", Verdict.UNMET, _pool("ceiling", people="99 人")),
    _case("money_within_ceiling", Verdict.UNKNOWN, _pool("ceiling")),
    _case("money_within_ceiling", Verdict.NOT_APPLICABLE, _pool("fixed", people="99 人")),
)

PACK = Pack(standard=STANDARD, cases=CASES)
