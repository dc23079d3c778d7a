"""How goals and money stand at a cut-off date (双监控): progress, time, a forecast, and reasons where they are due.

A goal is not missed before it is due, however far it lags. That it lags is another matter, and known at once: progress
against the time that has passed is a finding of its own, a doubt. Once the period has ended everything is judged as due.
Time and money are shares, exact, by policies that the caller names.

Imports ``scoring``, ``goals``, ``indicators``, ``wording`` and above.
"""

from __future__ import annotations

import calendar
import datetime
import enum
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final, assert_never, final

from attrs import evolve, field, fields, frozen

from perfeval.amounts import Amount
from perfeval.errors import FactsError, NotFoundError, PerfevalError, Problem, excerpt, nearest
from perfeval.evaluation import Missing, Reason, ReasonKind
from perfeval.expressions import Operator, PartYear
from perfeval.facts import Label, Stage, one_of
from perfeval.findings import Finding, Remark, Review
from perfeval.goals import (
    CEILINGS,
    FLOORS,
    Accrual,
    accruals_of,
    checked_day,
    checked_sheet,
    goal_findings,
    lacking_actual,
)
from perfeval.indicators import BudgetBase, Indicator, IndicatorKind, Sheet
from perfeval.rules import Severity, Waiver, is_day
from perfeval.scoring.attainment import attainment, percent_words
from perfeval.verdicts import Verdict, all_of
from perfeval.wording import observation_words

__all__ = ["Forecast", "GoalProgress", "Monitoring", "SpendingProgress", "monitor"]

_BUDGET: Final = {
    BudgetBase.INITIAL: Label("年初预算数", "the initial budget"),
    BudgetBase.FULL_YEAR: Label("全年预算数", "the full-year budget"),
    BudgetBase.ADJUSTED: Label("调整后预算数", "the adjusted budget"),
}
_EXECUTED: Final = Label("全年执行数", "money spent")
_DEVIATION: Final = Label("目标进度与支出进度偏差", "deviation of goals from spending")


@final
class Forecast(enum.Enum):
    """How the figure at the end of the period is forecast from the one at the cut-off date."""

    LINEAR = "linear"
    """What was reached, divided by the share of the period that has passed."""


# --- monitoring at a cut-off date ------------------------------------------------------------------------


@final
@frozen(kw_only=True)
class GoalProgress:
    """How far one goal has come: what was reached, the exact share of the target, and where it is heading.

    ``progress`` is ``reached`` over ``target``, ``deviation`` is it less the share of time that has passed; both are
    None where there is no such share, and ``forecast`` is None where none is made: ``note`` says why.
    ``remaining`` is what is left to the target, below zero where it was passed.
    """

    indicator: str
    accrual: Accrual
    operator: Operator | None
    target: Amount | None
    reached: Amount | None
    progress: Fraction | None
    remaining: Amount | None
    forecast: Amount | None
    deviation: Fraction | None
    reason: str | None
    note: Label | None


@final
@frozen(kw_only=True)
class SpendingProgress:
    """How much of a budget has been spent: the exact share (支出进度), and how it stands to the time that has passed."""

    base: BudgetBase
    budget: Amount | None
    executed: Amount | None
    progress: Fraction | None
    remaining: Amount | None
    deviation: Fraction | None
    reason: str | None


@final
@frozen(kw_only=True)
class Monitoring:
    """What double monitoring found on a day: the review, and the exact figures behind it.

    ``as_of`` is the day up to which the figures count, ``time_passed`` the share of the period up to it by ``policy``;
    ``tolerance`` is the share by which progress may stand off. ``closed`` says that the figures are those of the
    period's end, so that everything was due.
    """

    review: Review
    first_day: datetime.date
    last_day: datetime.date
    as_of: datetime.date
    policy: PartYear
    method: Forecast | None
    tolerance: Fraction
    time_passed: Fraction
    closed: bool
    goals: tuple[GoalProgress, ...]
    spending: SpendingProgress | None
    _goals: Mapping[str, GoalProgress] = field(init=False, eq=False, repr=False)

    @_goals.default
    def _by_name(self) -> Mapping[str, GoalProgress]:
        return MappingProxyType({goal.indicator: goal for goal in self.goals})

    def __reduce__(self) -> tuple[object, ...]:
        """Copy and pickle by what was given: a read-only mapping can be neither."""
        return _monitoring_of, ({one.name: getattr(self, one.name) for one in fields(Monitoring) if one.init},)

    def __getitem__(self, name: str) -> GoalProgress:
        """Return the progress of the indicator of that name; raise ``NotFoundError`` naming the nearest."""
        if name in self._goals:
            return self._goals[name]
        raise NotFoundError.of(
            "monitoring",
            came=excerpt(name),
            needed="the name of an indicator",
            nearest=nearest(str(name), self._goals),
        )


def _monitoring_of(given: dict[str, Any]) -> Monitoring:
    return Monitoring(**given)


def monitor(
    sheet: Sheet,
    *,
    period: tuple[datetime.date, datetime.date],
    on: datetime.date,
    policy: PartYear | str,
    tolerance: Amount | str,
    forecast: Forecast | str | None,
    spending_base: BudgetBase | str | None,
    accrual: Mapping[str, Accrual | str] | None = None,
    waivers: Iterable[Waiver] = (),
) -> Monitoring:
    """Monitor the goals and the spending of a table at a cut-off date (双监控).

    ``period`` is its first and last day; goals fall due on the last. ``policy`` says how the part of it that has
    passed counts, ``tolerance`` (``"10%"``) by how much of the whole progress may differ from it without a reason,
    ``forecast`` how the end is foreseen (None: not at all), ``spending_base`` which budget spending is a share of
    (None: spending is not monitored). Figures count up to ``sheet.as_of`` where the table says so, else up to ``on``.

    Before goals are due, one that is not reached is UNKNOWN and never UNMET; only a ceiling on what adds up is UNMET as
    soon as it is exceeded. What stands off by more than the tolerance, progress from time, spending from time or a goal
    from spending, is UNMET on the day of the figures: a doubt about the pace, and nothing is said of the goal by it. A
    missed goal is a doubt; that it comes without its reason is an error once the goal was due, and a doubt before. A
    waiver of a goal holds for its progress, its forecast and its reason. Ids, each followed by the
    indicator's name: ``monitoring/goal/`` always; ``monitoring/progress/`` of what adds up; ``monitoring/forecast/``
    where the forecast misses the target; ``monitoring/reason/`` where a reason is due. Of money:
    ``monitoring/spending``, ``monitoring/spending_reason``, ``monitoring/budget`` and ``monitoring/goals_and_spending``.

    Raises ``FactsError`` for days that cross or lie before the period, and for a tolerance that is no ratio.
    """
    kinds = accruals_of(checked_sheet(sheet), accrual)
    part, method = one_of(PartYear, policy, "policy"), None
    if forecast is not None:
        method = one_of(Forecast, forecast, "forecast")
    base = None if spending_base is None else one_of(BudgetBase, spending_base, "spending_base")
    first, last, cut_off = _period(period, on, sheet.as_of)
    passed = _time_passed(first, last, cut_off, part)
    seen = _View(
        sheet=sheet,
        last=last,
        on=on,
        passed=passed,
        allowed=_tolerance(tolerance),
        closed=cut_off >= last,
        method=method,
        kinds=kinds,
    )
    stage = Stage.ACHIEVED if seen.closed else Stage.IN_PROGRESS
    judged = goal_findings(sheet, due=last, on=on, stage=stage, kinds=kinds, waivers=waivers, prefix="monitoring/goal/")
    goals = tuple(_goal_progress(indicator, seen) for indicator in sheet.indicators)
    spending = None if base is None else _spending_progress(base, seen)
    findings: list[Finding] = []
    for goal in goals:
        findings.extend(_findings_of(goal, judged[goal.indicator], seen))
    if spending is not None:
        findings.extend(_spending_findings(spending, goals, seen))
    said = Label(
        f"数据截至 {cut_off}，时间进度 {percent_words(passed)}，允许偏差 {percent_words(seen.allowed)}",
        f"figures up to {cut_off}; {percent_words(passed)} of the period has passed; "
        f"{percent_words(seen.allowed)} of deviation is allowed",
    )
    review = Review(
        title=Label(f"{sheet.title}：绩效运行监控", f"{sheet.title}: double monitoring"),
        on=on,
        findings=tuple(findings),
        remarks=(Remark(kind="time_passed", label=said),),
    )
    return Monitoring(
        review=review,
        first_day=first,
        last_day=last,
        as_of=cut_off,
        policy=part,
        method=method,
        tolerance=seen.allowed,
        time_passed=passed,
        closed=seen.closed,
        goals=goals,
        spending=spending,
    )


@final
@frozen(kw_only=True)
class _View:
    """What is monitored: the table, when it falls due, the day judged on, and the share of time that has passed."""

    sheet: Sheet
    last: datetime.date
    on: datetime.date
    passed: Fraction
    allowed: Fraction
    closed: bool
    method: Forecast | None
    kinds: Mapping[str, Accrual]

    @property
    def pending(self) -> Reason:
        """Why what is foreseen is not yet missed."""
        if self.on < self.last:
            return Reason(ReasonKind.NOT_DUE, self.last.isoformat())
        return Reason(ReasonKind.UNDETERMINED)


def _goal_progress(indicator: Indicator, seen: _View) -> GoalProgress:
    actual = seen.sheet.actual(indicator.name)
    counted = indicator.kind is IndicatorKind.QUANTITATIVE
    target = indicator.target if isinstance(indicator.target, Amount) and counted else None
    reached = actual.value if actual is not None and isinstance(actual.value, Amount) and counted else None
    kind = seen.kinds[indicator.name]
    whole = target is not None and target.root > 0
    progress = reached.root / target.root if whole and target is not None and reached is not None else None
    foreseen, note = _foreseen(reached, kind, seen)
    if progress is None and reached is not None:
        why = Label("指标值不大于零，无完成比例", "the target is not above zero: there is no share of it")
        if target is None:
            why = Label("没有带单位的指标值，无完成比例", "there is no target with a unit to be a share of")
        note = why if note is None else Label(f"{note.zh}；{why.zh}", f"{note.en}; {why.en}")
    return GoalProgress(
        indicator=indicator.name,
        accrual=kind,
        operator=indicator.operator,
        target=target,
        reached=reached,
        progress=progress,
        remaining=None if target is None or reached is None else target - reached,
        forecast=foreseen,
        deviation=None if progress is None or kind is not Accrual.CUMULATIVE else progress - seen.passed,
        reason=None if actual is None else actual.reason,
        note=note,
    )


def _foreseen(reached: Amount | None, kind: Accrual, seen: _View) -> tuple[Amount | None, Label | None]:
    """Return what is foreseen at the end of the period, or why nothing is."""
    if reached is None:
        return None, Label("无完成值，不作预测", "no forecast: no amount was given")
    if kind is Accrual.LEVEL:
        return None, Label("非累计数，不作预测", "no forecast: it stands at a level and does not add up")
    if kind is Accrual.UNSTATED:
        unit = reached.unit
        return None, Label(
            f"“{unit}”不表明是否逐期累计，不作预测", f'no forecast: "{unit}" does not tell whether it adds up'
        )
    match seen.method:
        case None:
            return None, Label("未要求预测", "no forecast was asked for")
        case Forecast.LINEAR:
            if seen.passed == 0:
                return None, Label("时间进度为零，不作预测", "no forecast: none of the period has passed")
            return reached / seen.passed, None
        case _:
            assert_never(seen.method)


def _findings_of(goal: GoalProgress, judged: Finding, seen: _View) -> Iterator[Finding]:
    why = () if goal.reason is None else (Label(f"偏差原因：{goal.reason}", f"reason given: {goal.reason}"),)
    yield evolve(judged, remarks=(*judged.remarks, *why))
    lags = False
    if goal.deviation is not None and goal.operator is not None and not seen.closed:
        progress = _paced(goal, goal.deviation, goal.operator, judged, seen)
        lags = progress.verdict is not Verdict.MET
        yield _waived_with(judged, evolve(progress, remarks=(*progress.remarks, *why)))
    if judged.verdict is Verdict.UNKNOWN and not seen.closed:
        for foreseen in _forecast_findings(goal, judged, seen):
            yield _waived_with(judged, foreseen)
    if lags or judged.verdict is Verdict.UNMET:
        missed = judged.verdict is Verdict.UNMET and seen.on >= seen.last
        reason = _reasoned(f"monitoring/reason/{goal.indicator}", "reason", judged.label, goal.reason, due=missed)
        yield _waived_with(judged, reason)


def _waived_with(judged: Finding, finding: Finding) -> Finding:
    """Return what else is missed of a goal under the waiver of the goal: who is let off it owes no reason for it."""
    if judged.waiver is None or finding.verdict is Verdict.MET:
        return finding
    return evolve(finding, waiver=judged.waiver)


def _paced(goal: GoalProgress, deviation: Fraction, operator: Operator, judged: Finding, seen: _View) -> Finding:
    """Return how progress keeps with time: a floor must not lag, a ceiling must not be used up too soon."""
    name = goal.indicator
    finding = Finding(
        id=f"monitoring/progress/{name}",
        rule="progress",
        label=Label(f"{name}完成进度", f"{name}, progress"),
        verdict=Verdict.MET,
        severity=Severity.DOUBT,
        stage=Stage.IN_PROGRESS,
        spans=judged.spans,
        sources=judged.sources,
    )
    lower = operator in FLOORS or (operator is Operator.EQUAL and deviation < 0)
    found = _beside_time(finding, seen.passed + deviation, seen, lower=lower)
    if found.verdict is Verdict.MET:
        return found
    off = Label("进度滞后", "behind schedule") if lower else Label("进度超前", "ahead of schedule")
    return evolve(found, label=Label(f"{name}{off.zh}", f"{name}, {off.en}"))


def _beside_time(finding: Finding, share: Fraction, seen: _View, *, lower: bool) -> Finding:
    """Compare a share with that of time, which it should keep up with or not run ahead of, by the tolerance."""
    bound = max(seen.passed - seen.allowed, Fraction(0)) if lower else seen.passed + seen.allowed
    off = bound - share if lower else share - bound
    compared = evolve(
        finding,
        relation=Operator.AT_LEAST if lower else Operator.AT_MOST,
        observed=_percent(share),
        required=_percent(bound),
    )
    if off <= 0:
        return evolve(compared, verdict=Verdict.MET)
    passed, allowed = percent_words(seen.passed), percent_words(seen.allowed)
    said = Label(
        f"时间进度 {passed}，允许偏差 {allowed}",
        f"{passed} of the period has passed, {allowed} of deviation is allowed",
    )
    return evolve(compared, verdict=Verdict.UNMET, shortfall=_percent(off), remarks=(said, *finding.remarks))


def _forecast_findings(goal: GoalProgress, judged: Finding, seen: _View) -> Iterator[Finding]:
    foreseen, target, operator = goal.forecast, goal.target, goal.operator
    if foreseen is None or target is None or operator is None or goal.reached is None:
        return
    if attainment(operator, foreseen, target).reached:
        return
    worked = f"{goal.reached} ÷ {percent_words(seen.passed)} = {observation_words(foreseen)}"
    yield Finding(
        id=f"monitoring/forecast/{goal.indicator}",
        rule="forecast",
        label=Label(f"{goal.indicator}期末预计", f"{goal.indicator}, forecast"),
        verdict=Verdict.UNKNOWN,
        severity=Severity.DOUBT,
        stage=Stage.IN_PROGRESS,
        relation=operator,
        required=target,
        shortfall=None if foreseen == target else abs(foreseen - target).to(target.unit),
        reason=seen.pending,
        remarks=(_missed(operator, foreseen, target, worked),),
        spans=judged.spans,
        sources=judged.sources,
    )


def _missed(operator: Operator, foreseen: Amount, target: Amount, worked: str) -> Label:
    """Say how the forecast misses the target; a strict one also by equalling it."""
    if foreseen == target:
        below = operator is Operator.BELOW
        return Label(
            f"按时间线性推算，期末等于指标值而未{'低于' if below else '超过'}：{worked}",
            f"linear in time, the end equals the target but is not {'below' if below else 'above'} it: {worked}",
        )
    over = operator in CEILINGS or (operator is Operator.EQUAL and foreseen > target)
    return Label(
        f"按时间线性推算，期末{'超出' if over else '达不到'}指标值：{worked}",
        f"linear in time, the end {'exceeds' if over else 'falls short of'} the target: {worked}",
    )


def _reasoned(identity: str, rule: str, name: Label, reason: str | None, *, due: bool) -> Finding:
    """Return whether a deviation comes with its reason: an error where it does not and all was due."""
    label = Label("偏差原因", "reason for the deviation")
    return Finding(
        id=identity,
        rule=rule,
        label=Label(f"{name.zh}{label.zh}", f"{name.en}, {label.en}"),
        verdict=Verdict.UNMET if reason is None else Verdict.MET,
        severity=Severity.ERROR if due else Severity.DOUBT,
        aspect=label,
        remarks=() if reason is None else (Label(reason, reason),),
    )


# --- spending --------------------------------------------------------------------------------------------


def _spending_progress(base: BudgetBase, seen: _View) -> SpendingProgress:
    funds = seen.sheet.funds
    budget = None if funds is None else funds.budget(base)
    executed = None if funds is None else funds.executed
    progress, remaining = None, None
    if budget is not None and executed is not None:
        progress = executed.root / budget.root if budget.root else None
        remaining = budget - executed
    return SpendingProgress(
        base=base,
        budget=budget,
        executed=executed,
        progress=progress,
        remaining=remaining,
        deviation=None if progress is None else progress - seen.passed,
        reason=None if funds is None else funds.reason,
    )


def _spending_findings(spending: SpendingProgress, goals: Iterable[GoalProgress], seen: _View) -> Iterator[Finding]:
    funds = seen.sheet.funds
    why = (
        ()
        if spending.reason is None
        else (Label(f"支出偏差原因：{spending.reason}", f"reason given: {spending.reason}"),)
    )
    blank = Finding(
        id="monitoring/spending",
        rule="spending",
        label=Label("支出进度", "progress of spending"),
        verdict=Verdict.UNKNOWN,
        severity=Severity.DOUBT,
        stage=Stage.ACHIEVED if seen.closed else Stage.IN_PROGRESS,
        remarks=why,
        spans=() if funds is None or funds.span is None else (funds.span,),
        sources=() if funds is None or not funds.source else (funds.source,),
    )
    together = evolve(
        blank,
        id="monitoring/goals_and_spending",
        rule="goals_and_spending",
        label=_DEVIATION,
    )
    if spending.progress is None or spending.deviation is None:
        for finding in (blank, together):
            yield _without_share(finding, spending, Label(seen.sheet.title, seen.sheet.title))
    else:
        pace = _beside_time(blank, spending.progress, seen, lower=spending.deviation < 0)
        yield pace
        if pace.verdict is not Verdict.MET:
            name = "spending_reason"
            yield _reasoned(f"monitoring/{name}", name, blank.label, spending.reason, due=seen.closed)
        yield _together(together, spending.progress, goals, seen)
    if spending.budget is not None and spending.executed is not None:
        yield _within(blank, spending.budget, spending.executed, _BUDGET[spending.base])


def _without_share(finding: Finding, spending: SpendingProgress, title: Label) -> Finding:
    """Say why there is no share of the budget: a figure is missing, or nothing was budgeted."""
    lacks = tuple(
        Missing(f"funds.{name}", label, "元", of=title)
        for name, label, amount in (
            (spending.base.value, _BUDGET[spending.base], spending.budget),
            ("executed", _EXECUTED, spending.executed),
        )
        if amount is None
    )
    if not lacks:
        return evolve(finding, verdict=Verdict.NOT_APPLICABLE, reason=Reason(ReasonKind.ZERO_DIVISOR))
    return evolve(finding, missing=lacks, reason=Reason(ReasonKind.MISSING))


def _within(blank: Finding, budget: Amount, executed: Amount, base: Label) -> Finding:
    kept = executed <= budget
    return evolve(
        blank,
        id="monitoring/budget",
        rule="budget",
        label=Label(f"支出不超过{base.zh}", f"spending within {base.en}"),
        verdict=Verdict.MET if kept else Verdict.UNMET,
        relation=Operator.AT_MOST,
        observed=executed,
        required=budget,
        shortfall=None if kept else (executed - budget).to(budget.unit),
    )


def _together(whole: Finding, spent: Fraction, goals: Iterable[GoalProgress], seen: _View) -> Finding:
    """Compare the progress of each goal that adds up towards a target with that of the money."""
    children = tuple(
        _against(whole, spent, goal, seen)
        for goal in goals
        if goal.accrual is Accrual.CUMULATIVE
        and goal.target is not None
        and goal.target.root > 0
        and goal.operator is not None
        and goal.operator not in CEILINGS
    )
    verdict = all_of(child.verdict for child in children)
    deciding = [child for child in children if child.verdict is verdict]
    noted = verdict is Verdict.UNMET and all(child.severity is Severity.NOTE for child in deciding)
    reason = Reason(ReasonKind.EMPTY_POPULATION) if not children else deciding[0].reason
    return evolve(
        whole,
        verdict=verdict,
        severity=Severity.NOTE if noted else whole.severity,
        missing=tuple(lack for child in children for lack in child.missing),
        reason=reason,
        children=children,
    )


def _against(whole: Finding, spent: Fraction, goal: GoalProgress, seen: _View) -> Finding:
    """Compare the share of a goal with that of the money: how far they are apart, whichever is ahead.

    No shortfall is given: what is over the tolerance is neither the goal nor the money.
    """
    name = goal.indicator
    child = evolve(
        whole,
        id=f"monitoring/goals_and_spending/{name}",
        label=Label(f"{name}{_DEVIATION.zh}", f"{name}, {_DEVIATION.en}"),
        spans=(),
        sources=(),
        remarks=(),
    )
    if goal.progress is None:
        lack = lacking_actual(seen.sheet.indicator(name), seen.sheet)
        return evolve(child, missing=(lack,), reason=Reason(ReasonKind.MISSING))
    share = min(goal.progress, Fraction(1))  # more than all of a goal is no more of it than all of the money
    apart = abs(share - spent)
    compared = evolve(child, relation=Operator.AT_MOST, observed=_percent(apart), required=_percent(seen.allowed))
    if apart <= seen.allowed:
        return evolve(compared, verdict=Verdict.MET)
    behind, done, paid = share < spent, percent_words(share), percent_words(spent)
    said = Label(
        f"目标完成 {done}，支出 {paid}，{'支出快于目标完成' if behind else '目标完成快于支出'}",
        f"{done} of the goal, {paid} of the money: "
        + ("spending runs ahead of the goal" if behind else "the goal runs ahead of spending"),
    )
    why = () if goal.reason is None else (Label(f"偏差原因：{goal.reason}", f"reason given: {goal.reason}"),)
    severity = Severity.DOUBT if behind else Severity.NOTE
    return evolve(compared, verdict=Verdict.UNMET, severity=severity, remarks=(said, *why))


# --- time ------------------------------------------------------------------------------------------------


def _time_passed(first: datetime.date, last: datetime.date, cut_off: datetime.date, policy: PartYear) -> Fraction:
    """Return the share of a period that has passed at the end of a day, by a policy."""
    reached = min(cut_off, last)
    match policy:
        case PartYear.DAYS:
            return Fraction((reached - first).days + 1, (last - first).days + 1)
        case PartYear.MONTHS_BEGUN:
            return Fraction(_months_begun(first, reached), _months_begun(first, last))
        case PartYear.WHOLE_MONTHS:
            whole = _whole_months(first, last)
            if not whole:
                raise FactsError.of(
                    "period", came=f"{first} to {last}", needed="at least one whole calendar month, or another policy"
                )
            return Fraction(1) if reached == last else Fraction(_whole_months(first, reached), whole)
        case _:
            assert_never(policy)


def _months_begun(first: datetime.date, last: datetime.date) -> int:
    return 12 * (last.year - first.year) + last.month - first.month + 1


def _whole_months(first: datetime.date, last: datetime.date) -> int:
    ends_within = last.day != calendar.monthrange(last.year, last.month)[1]
    return max(0, _months_begun(first, last) - (first.day != 1) - ends_within)


def _period(
    period: object, on: object, as_of: datetime.date | None
) -> tuple[datetime.date, datetime.date, datetime.date]:
    """Return the first and the last day, and the day up to which figures count; refuse days that cross."""
    if not isinstance(period, tuple | list) or len(period) != 2:
        raise FactsError.of("period", came=excerpt(period), needed="its first and its last day")
    problems: list[Problem] = []
    for where, value in (("period[0]", period[0]), ("period[1]", period[1]), ("on", on)):
        if not is_day(value):
            problems.append(Problem(where, came=excerpt(value), needed="a datetime.date, such as date(2026, 7, 31)"))
    if problems:
        raise FactsError(*problems)
    first, last, day = period[0], period[1], checked_day(on, "on")
    if first > last:
        needed = "a first day that is not after the last"
        problems.append(Problem("period", came=f"{first} to {last}", needed=needed))
    if day < first:
        problems.append(Problem("on", came=f"{day}, before the period", needed=f"{first} or later"))
    if as_of is not None and as_of > day:
        problems.append(Problem("sheet.as_of", came=f"figures up to {as_of}, judged on {day}", needed=f"{day} at most"))
    if as_of is not None and as_of < first:
        problems.append(Problem("sheet.as_of", came=f"figures up to {as_of}", needed=f"{first} or later"))
    if problems:
        raise FactsError(*problems)
    return first, last, day if as_of is None else as_of


# --- what was given, and how it is shown -----------------------------------------------------------------


def _tolerance(value: object) -> Fraction:
    try:
        amount = value if isinstance(value, Amount) else Amount.parse(value)  # type: ignore[arg-type]  # refused there
    except PerfevalError as error:
        raise FactsError(*(evolve(problem, where="tolerance") for problem in error.problems)) from None
    if not amount.unit.is_ratio or amount.root < 0:
        raise FactsError.of("tolerance", came=str(amount), needed="a ratio of zero or more, such as '10%'")
    return amount.root


def _percent(share: Fraction) -> Amount:
    return Amount.of(share * 100, "%")
