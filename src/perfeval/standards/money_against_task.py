"""Money against task: how many person-days a sum bears at a quota, against the people and days that are stated.

10,000 元 at 550 元/人天 bears 18 whole person-days, shared by every course and use that it pays for; where some stated
days are no whole ones, both sides count in halves. Where the people are not stated that is UNKNOWN and names them,
with the ceiling shown. A quota binds only those whom its rule binds:
where it is not shown to bind the unit, :func:`against_task` gives the comparison as information, never as UNMET.
"""

from __future__ import annotations

import datetime

from attrs import evolve

from perfeval.amounts import Amount, AmountRange, Rounding, as_amount
from perfeval.citations import Citation, Evidence, InForce
from perfeval.errors import FactsError, Problem
from perfeval.evaluation import Reason, ReasonKind
from perfeval.expressions import Condition
from perfeval.facts import Label, Stage
from perfeval.findings import Finding
from perfeval.judging import judge_rule
from perfeval.packs import Case, Pack
from perfeval.rules import Rule, Severity, check_day
from perfeval.standard import Interpretation, Standard
from perfeval.subjects import Record, flag, many, measure, subject, text
from perfeval.units import Unit
from perfeval.verdicts import Verdict

__all__ = ["PACK", "STANDARD", "FundedTask", "Funding", "against_task", "bearable"]


@subject(zh="任务", en="task", unit="项")
class FundedTask:
    """One course, meeting or other use that the money pays for: each course of several is a task of its own."""

    name = text(zh="任务", en="task")
    people = measure("人", zh="人数", en="people")
    days = measure("天", at_least=0, zh="天数", en="days")


@subject(zh="经费", en="funding")
class Funding:
    """A sum of money with everything that it is to pay for, and the quota by which it is measured."""

    name = text(zh="明细", en="line")
    money = measure("元", at_least=0, changeable=True, zh="金额", en="amount")
    quota = measure("元/人天", at_least=0, zh="定额", en="quota")
    quota_binds = flag(zh="该定额对本单位有约束力", en="the quota binds the unit")
    tasks = many(FundedTask, zh="任务", en="tasks")


PRACTICE = Citation(
    title="经费与任务匹配",
    described=True,
    clause="通行审核要点",
    quoted_in="公开的报销审核程序",
    evidence=Evidence.CODE,
)

# A half-day that is begun is paid for, and half-days are the least that is: so what is needed and what is borne are
# both multiples of half a person-day, and rounding the latter down changes no verdict. Where all stated days are whole,
# so is what is needed, and rounding what is borne down to whole person-days changes none either.
_HALF_DAY = Amount.parse("0.5 天")
_HALF_PERSON_DAY, _PERSON_DAY = Amount.parse("0.5 人天"), Amount.parse("1 人天")
needed = Funding.tasks.sum(FundedTask.people * FundedTask.days.round(_HALF_DAY, Rounding.CEILING))


def _fits(step: Amount) -> Condition:
    """Return the condition of the rule, with what is borne in multiples of ``step``."""
    return needed <= (Funding.money / Funding.quota).round(step, Rounding.FLOOR)


STANDARD = Standard(
    "money_against_task",
    [
        Rule(
            "person_days",
            _fits(_HALF_PERSON_DAY),
            when=Funding.quota_binds,
            label=Label(
                "任务人天数与金额可承担的人天数", "person-days of the tasks against those that the money bears"
            ),
            citation=PRACTICE,
            remedy=Label("增加金额，或减少人数、天数。", "Provide more money, or plan for fewer people or days."),
        )
    ],
    title=Label("经费与任务匹配", "money against task"),
    citation=PRACTICE,
    in_force=InForce(),
    interpretations=[
        Interpretation(
            question=Label("定额是上限，实际支出低于定额时如何？", "A quota is a ceiling: what if days cost less?"),
            reading=Label(
                "按每人每天用足定额计算；实际更省的，可承担的人天数更多，因此对无约束力的定额只作参考。",
                "Every person-day is taken to cost the full quota. Cheaper days would go further, so a quota that does "
                "not bind the unit yields information only.",
            ),
        ),
        Interpretation(
            question=Label("金额还用于其他支出时如何？", "What if the money also pays for other things?"),
            reading=Label(
                "上限由各项任务和用途共用，是最多的人天数。",
                "All tasks and uses share the ceiling: it is the most that there can be.",
            ),
        ),
        Interpretation(
            question=Label("按半天计还是按整天计？", "Are person-days counted whole or in halves?"),
            reading=Label(
                "不满半天的按半天计，规则的上限向下取到半个人天；所列天数均为整天的，against_task() 将上限取到整人天，"
                "结论不变；bearable() 取整人天或整人。",
                "A half-day begun counts, and the rule takes the ceiling down to half a person-day. Where all stated days "
                "are whole, against_task() takes it down to a whole one, which changes no verdict; bearable() gives "
                "whole person-days or people.",
            ),
        ),
    ],
)


def bearable(money: Amount | str, quota: Amount | str, *, days: Amount | str | None = None) -> Amount:
    """Return the most whole person-days that a sum bears at a quota in 元/人天; with ``days``, the most people.

    A half-day that is begun counts as one: 0.3 天 are paid for as 0.5 天. Raises ``FactsError`` with every amount that is not of its unit, below zero, or zero where it divides.

    >>> bearable("10000 元", "550 元/人天"), bearable("10000 元", "550 元/人天", days="6 天")
    (Amount.parse('18 人·天'), Amount.parse('3 人'))
    """
    problems: list[Problem] = []
    sums = {"money": (as_amount(money), "元", False), "quota": (as_amount(quota), "元/人天", True)}
    if days is not None:
        sums["days"] = (as_amount(days), "天", True)
    for name, (amount, unit, divides) in sums.items():
        wrong = amount.dimension != Unit.parse(unit).dimension
        if wrong or amount.root < 0 or (divides and amount.root == 0):
            least = "above zero" if divides else "of zero or more"
            problems.append(Problem(name, came=str(amount), needed=f"an amount {least} in {unit}"))
    if problems:
        raise FactsError(*problems)
    whole = Unit.parse("人天" if days is None else "人")
    each = sums["quota"][0].root
    if days is not None:
        each *= sums["days"][0].round(_HALF_DAY, Rounding.CEILING).root
    return Amount.from_root(sums["money"][0].root / each, whole).round(Amount.of(1, whole), Rounding.FLOOR)


def against_task(
    facts: object, *, on: datetime.date, stage: Stage | str = Stage.PLANNED, source: str | None = None
) -> Finding:
    """Return the finding of a sum against its tasks, with a remark that shows the ceiling.

    Under a quota that is not shown to bind the unit the finding is a note and never UNMET: UNKNOWN where people or
    days are missing, NOT_APPLICABLE where the tasks need more than the ceiling. The ceiling is in whole person-days
    where all days that are stated are whole, otherwise in halves. ``facts`` are those of :class:`Funding`; raises ``FactsError`` with every problem of them.

    >>> course = {"name": "党员进党校", "days": "3 天"}
    >>> facts = {"money": "10000 元", "quota": "550 元/人天", "quota_binds": False, "tasks": [course]}
    >>> found = against_task(facts, on=datetime.date(2026, 6, 30))
    >>> found.verdict.name, str(found.required), [lack.path for lack in found.missing]
    ('UNKNOWN', '18 人·天', ['tasks[0].people'])
    """
    record = STANDARD.read(facts, stage=stage, source=source)
    step = _PERSON_DAY if _days_are_whole(record) else _HALF_PERSON_DAY
    rule = evolve(STANDARD["person_days"], condition=_fits(step))
    prefix = f"{STANDARD.name}/"
    binds = record.entries["quota_binds"].given.value
    if binds is False:
        # Judged without its guard, for what is missing and what there is; it does not weigh.
        rule = evolve(rule, when=None)
    finding = judge_rule(rule, record, on=check_day(on), in_force=STANDARD.in_force, prefix=prefix)
    if binds is True:
        return evolve(finding, remarks=(*finding.remarks, *_ceiling(record, step)))
    if finding.verdict is Verdict.UNMET:
        reason = Reason(ReasonKind.CONDITION)
        finding = evolve(finding, verdict=Verdict.NOT_APPLICABLE, reason=reason, shortfall=None, suggestion=None)
    remarks = (*finding.remarks, *_ceiling(record, step), _FOR_INFORMATION)
    return evolve(finding, severity=Severity.NOTE, remarks=remarks)


_FOR_INFORMATION = Label(
    "未见该定额对本单位有约束力的依据，仅供参考。", "the quota is not shown to bind the unit: for information only."
)


def _days_are_whole(record: Record) -> bool:
    """Say whether all days that are stated are whole, the ends of ranges too; days that are missing state nothing."""
    stated = [task.entries["days"].given.value for task in record.collections["tasks"].items]
    ends = [end for days in stated for end in ((days.low, days.high) if isinstance(days, AmountRange) else (days,))]
    return all(end.number_in("天").denominator == 1 for end in ends if isinstance(end, Amount))


def _ceiling(record: Record, step: Amount) -> tuple[Label, ...]:
    """Say what the money bears, as the rule counts it; nothing where the sum or the quota is not known exactly."""
    money, quota = (record.entries[name].given.value for name in ("money", "quota"))
    if not isinstance(money, Amount) or not isinstance(quota, Amount) or quota.root == 0:
        return ()
    most = Amount.from_root(money.root / quota.root, step.unit).round(step, Rounding.FLOOR)
    return (
        Label(
            f"{money}按 {quota} 计，最多承担 {most}，由各项任务和用途共用。",
            f"{money} at {quota} bears at most {most}, shared by all tasks and uses.",
        ),
    )


_DAY = datetime.date(2026, 6, 30)


def _case(verdict: Verdict, shortfall: str | None = None, *, binds: bool = True, **task: str) -> Case:
    facts = {"money": "10000 元", "quota": "550 元/人天", "quota_binds": binds, "tasks": [task, task]}
    return Case(rule="person_days", verdict=verdict, facts=facts, on=_DAY, stage=Stage.PLANNED, shortfall=shortfall)


CASES = (
    # 10,000 ÷ 550 = 18.18…, so 18 person-days. Two courses of 3 days for 3 people each need 18.
    _case(Verdict.MET, people="3 人", days="3 天"),
    # For 4 people each they need 24, which is 6 more.
    _case(Verdict.UNMET, "6 人天", people="4 人", days="3 天"),
    _case(Verdict.UNKNOWN, days="3 天"),
    _case(Verdict.NOT_APPLICABLE, binds=False, people="4 人", days="3 天"),
)

PACK = Pack(standard=STANDARD, cases=CASES)
