"""What the goals of a table require: one rule for each, the facts that the table gives, and whether they can be judged.

The same rules serve the whole year: :func:`goal_standard` makes one rule of each goal, and what changes is only the
facts. A plan never meets a rule about achievement. A figure at a cut-off date is the least that a quantity which adds
up can come to, so a ceiling that is exceeded is exceeded for good, and a floor that is not reached is not yet missed.
Which quantities add up the unit often does not tell: a count of people may be of all who came or of those on the books.

Imports ``scoring``, ``indicators``, ``standard`` and above.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Final, final

from attrs import evolve

from perfeval.amounts import Amount, AmountRange, Number
from perfeval.citations import Span
from perfeval.errors import FactsError, PerfevalError, Problem, RuleError, excerpt, nearest
from perfeval.evaluation import Missing, Reason, ReasonKind
from perfeval.expressions import Compare, Literal, Measure, Operator
from perfeval.facts import Given, Label, MeasureFact, Stage, SubjectSchema, one_of
from perfeval.findings import Finding, Remark, Review
from perfeval.indicators import Indicator, IndicatorKind, Sheet, exact_number, lacking_unit
from perfeval.rules import Rule, Severity, Waiver, is_day
from perfeval.scoring.attainment import points_words
from perfeval.standard import Standard
from perfeval.units import Unit
from perfeval.verdicts import Verdict, all_of

__all__ = [
    "CEILINGS",
    "FLOORS",
    "Accrual",
    "accruals_of",
    "checked_day",
    "checked_sheet",
    "goal_facts",
    "goal_findings",
    "goal_standard",
    "judge_goals",
    "lacking_actual",
    "review_goals",
]

FLOORS: Final = (Operator.AT_LEAST, Operator.ABOVE)
CEILINGS: Final = (Operator.AT_MOST, Operator.BELOW)
_SUMMED_BITS: Final = 2**15


@final
class Accrual(enum.Enum):
    """How the figure of an indicator comes about."""

    CUMULATIVE = "cumulative"
    """It adds up through the period and never falls: courses held, money spent."""
    LEVEL = "level"
    """It stands at a level that may rise and fall: a share, a rate, a head-count."""
    UNSTATED = "unstated"
    """Its unit does not tell and the caller did not say: nothing is decided before it is due."""


_FLOWS: Final = frozenset(
    f"count_{kind}" for kind in ("session", "occasion", "attendance", "event", "batch", "course", "document")
)
"""The counts that add up by themselves: 期, 次, 人次, 场, 批次, 门 and 份."""


# --- goals as rules --------------------------------------------------------------------------------------


def goal_standard(sheet: Sheet, *, due: datetime.date, accrual: Mapping[str, Accrual | str] | None = None) -> Standard:
    """Return the goals of a table as a standard about achievement: one rule for each quantitative indicator.

    The fact and the rule of the first indicator of the table are named ``i1``, and so on; each carries the indicator's
    name as its label. ``due`` is the day before which a shortfall is not yet one. A quantity that adds up may exceed a
    ceiling before that day, so a ceiling on one binds at once. By default only money and the counts of what happens (期,
    次, 人次, 场, 批次, 门, 份) add up; ``accrual`` says what else does, such as the class-hours given or the people reached,
    or that one of these does not. A goal that is missed is a doubt: what the table owes then is the reason, which
    ``score`` and ``monitor`` ask for. Indicators without operator or target are left out; :func:`review_goals` reports
    them.
    Raises ``FactsError`` where none is left.

    >>> sheet = Sheet(
    ...     title="党建经费", indicators=[Indicator(name="培训期数", level_one="产出指标", target="≥3 期", weight=50)]
    ... )
    >>> goals = goal_standard(sheet, due=datetime.date(2026, 12, 31))
    >>> for day in (datetime.date(2026, 7, 31), datetime.date(2026, 12, 31)):
    ...     print(goals.judge({"i1": "2 期"}, on=day)["i1"].verdict)
    Verdict.UNKNOWN
    Verdict.UNMET
    """
    kinds = accruals_of(checked_sheet(sheet), accrual)
    checked_day(due, "due")
    measured = _measured(sheet)
    if not measured:
        raise FactsError.of(
            "sheet.indicators",
            came="no quantitative indicator that has an operator and an amount as its target",
            needed="at least one",
        )
    facts = {
        name: MeasureFact(name=name, label=Label(indicator.name, indicator.name), unit=target.unit)
        for name, (indicator, _, target) in measured.items()
    }
    schema = SubjectSchema(
        name="Goals", label=Label(sheet.title, sheet.title), unit=Unit.parse("个"), facts=tuple(facts.values())
    )
    rules = [
        Rule(
            name,
            Compare(Measure(schema, facts[name]), operator, Literal(target)),
            label=facts[name].label,
            stage=Stage.ACHIEVED,
            severity=Severity.DOUBT,  # a miss that is explained is no fault of the table
            due=None if _binds_at_once(operator, kinds[indicator.name]) else due,
        )
        for name, (indicator, operator, target) in measured.items()
    ]
    return Standard("goals", rules, title=Label(f"{sheet.title}：绩效目标", f"{sheet.title}: goals"))


def goal_facts(
    sheet: Sheet, *, stage: Stage | str, accrual: Mapping[str, Accrual | str] | None = None
) -> dict[str, Given]:
    """Return what a table says as facts for its :func:`goal_standard`.

    ``"planned"`` takes the targets, as plans; ``"achieved"`` the actuals. ``"in_progress"`` takes the actuals as
    figures of a cut-off date: what adds up has come to at least that much, all else has not settled. Take that before the
    goals are due: whatever is given as achieved counts as settled.
    What is blank, or does not read as an amount, is left out.
    """
    at = one_of(Stage, stage, "stage")
    kinds = accruals_of(checked_sheet(sheet), accrual)
    facts: dict[str, Given] = {}
    for name, (indicator, _, target) in _measured(sheet).items():
        if at is Stage.PLANNED:
            facts[name] = Given(
                value=target, stage=at, source=indicator.source or sheet.source or None, span=indicator.span
            )
            continue
        actual = sheet.actual(indicator.name)
        if actual is None or not isinstance(actual.value, Amount):
            continue
        least = at is Stage.IN_PROGRESS and kinds[indicator.name] is Accrual.CUMULATIVE
        facts[name] = Given(
            value=AmountRange(actual.value, None) if least else actual.value,
            stage=Stage.ACHIEVED if least else at,
            source=actual.source or sheet.source or None,
            span=actual.span,
        )
    return facts


def judge_goals(
    sheet: Sheet,
    *,
    due: datetime.date,
    on: datetime.date,
    stage: Stage | str,
    accrual: Mapping[str, Accrual | str] | None = None,
    waivers: Iterable[Waiver] = (),
) -> Review:
    """Judge the goals of a table on its own figures; ids are ``goals/`` and the indicator's name.

    ``stage`` says what the figures are, as for :func:`goal_facts`. Before ``due`` achieved figures are those of a cut-off
    date: only what adds up is decided, and only a floor that is reached or a ceiling that is exceeded. A waiver names the
    indicator as its rule. An indicator that is described is not judged here: that is a note, or a request for what was
    not given. Raises ``FactsError`` for figures that the table counts up to a day after ``on``, and for figures of a day
    before ``due`` that are said to be achieved.

    >>> sheet = Sheet(
    ...     title="党建经费", indicators=[Indicator(name="培训期数", level_one="产出指标", target="≥3 期", weight=50)]
    ... )
    >>> end = datetime.date(2026, 12, 31)
    >>> judge_goals(sheet, due=end, on=end, stage="planned")["培训期数"].reason.kind
    <ReasonKind.PLANNED_ONLY: 'planned_only'>
    """
    kinds = accruals_of(checked_sheet(sheet), accrual)
    at, last, day = one_of(Stage, stage, "stage"), checked_day(due, "due"), checked_day(on, "on")
    _check_as_of(sheet, at, due=last, on=day)
    if at is Stage.ACHIEVED and day < last:
        at = Stage.IN_PROGRESS  # until it is due, a figure is that of the day
    findings = goal_findings(sheet, due=last, on=day, stage=at, kinds=kinds, waivers=waivers, prefix="goals/")
    title = Label(f"{sheet.title}：绩效目标", f"{sheet.title}: goals")
    return Review(title=title, on=day, findings=tuple(findings.values()))


def _check_as_of(sheet: Sheet, stage: Stage, *, due: datetime.date, on: datetime.date) -> None:
    """Refuse figures of the future, and figures of an earlier day in place of those of the end."""
    as_of = sheet.as_of
    if as_of is None:
        return
    if as_of > on:
        came, needed = f"figures up to {as_of}, judged on {on}", f"{on} at most"
        raise FactsError.of("sheet.as_of", came=came, needed=needed)
    if stage is Stage.ACHIEVED and as_of < due:
        came = f"figures up to {as_of} as achieved, due {due}"
        raise FactsError.of(
            "sheet.as_of", came=came, needed="stage='in_progress', or the figures of the day they fall due"
        )


def goal_findings(
    sheet: Sheet,
    *,
    due: datetime.date,
    on: datetime.date,
    stage: Stage,
    kinds: Mapping[str, Accrual],
    waivers: Iterable[Waiver],
    prefix: str,
) -> dict[str, Finding]:
    """Return one finding for each indicator, by its name, in the order of the table."""
    measured = _measured(sheet)
    granted = _granted(sheet, measured, waivers)
    by_rule: dict[str, Finding] = {}
    if measured:
        goals = goal_standard(sheet, due=due, accrual=kinds)
        record = goals.read(goal_facts(sheet, stage=stage, accrual=kinds))
        by_rule = {finding.rule: finding for finding in goals.findings(record, on=on, waivers=granted)}
    findings: dict[str, Finding] = {}
    for place, indicator in enumerate(sheet.indicators, start=1):
        found = by_rule.get(f"i{place}")
        if found is None:
            finding = _unjudged(indicator, sheet, due=due, on=on, planned=stage is Stage.PLANNED)
        else:
            finding = _told(found, indicator, sheet, due=due, on=on, stage=stage, kind=kinds[indicator.name])
        findings[indicator.name] = evolve(finding, id=f"{prefix}{indicator.name}", rule=indicator.name)
    return findings


def _told(
    finding: Finding,
    indicator: Indicator,
    sheet: Sheet,
    *,
    due: datetime.date,
    on: datetime.date,
    stage: Stage,
    kind: Accrual,
) -> Finding:
    """Tell a finding of a rule in the words of its table: the figure as it stands, and what is asked for by name."""
    actual = sheet.actual(indicator.name)
    value = None if actual is None else actual.value
    pending = finding.verdict is Verdict.UNKNOWN
    reason = Reason(ReasonKind.NOT_DUE, due.isoformat()) if pending and on < due else finding.reason
    lack = lacking_actual(indicator, sheet)
    missing = tuple(evolve(lack, planned=one.planned) for one in finding.missing)
    observed, remarks = finding.observed, list(finding.remarks)
    if stage is Stage.IN_PROGRESS and isinstance(value, Amount):
        observed = value
        missing = () if on < due or not pending else (lack,)
        if pending and on < due and kind is Accrual.UNSTATED:
            remarks.append(
                Label(
                    f"“{value.unit}”不表明是否逐期累计，到期前不作判定",
                    f'"{value.unit}" does not tell whether it adds up: not decided before it is due',
                )
            )
        if pending and on >= due:
            reason = Reason(ReasonKind.MISSING)
            remarks.append(
                Label("填报数未到期末，缺期末数", "the figure is of an earlier day than the end of the period")
            )
    elif stage is not Stage.PLANNED and isinstance(value, str):
        remarks.append(_quoted(Label("完成值“{}”不是带单位的数量", 'the actual "{}" is no amount with a unit'), value))
    if finding.waiver is not None:
        finding = evolve(finding, waiver=evolve(finding.waiver, rule=indicator.name))
    if finding.stage is not None:
        finding = evolve(finding, stage=stage)
    short = finding.shortfall
    if finding.verdict is Verdict.UNMET and value == indicator.target:  # a strict target that is equalled
        short, below = None, indicator.operator is Operator.BELOW
        remarks.append(
            Label(
                f"等于指标值而未{'低于' if below else '超过'}",
                f"equal to the target but not {'below' if below else 'above'} it",
            )
        )
    return evolve(finding, observed=observed, shortfall=short, missing=missing, reason=reason, remarks=tuple(remarks))


def _unjudged(indicator: Indicator, sheet: Sheet, *, due: datetime.date, on: datetime.date, planned: bool) -> Finding:
    """Return the finding of an indicator of which no rule can be made: it is described, or its goal is incomplete."""
    actual = sheet.actual(indicator.name)
    finding = Finding(
        id=indicator.name,
        rule=indicator.name,
        label=Label(indicator.name, indicator.name),
        verdict=Verdict.UNKNOWN,
        severity=Severity.ERROR,
        stage=Stage.PLANNED if planned else None,
        spans=_spans(indicator.span, None if actual is None else actual.span),
    )
    if indicator.kind is IndicatorKind.QUANTITATIVE:
        lacks = [
            Missing(f"indicators.{indicator.name}.{part}", label, None, of=Label(sheet.title, sheet.title))
            for part, label, there in _parts(indicator)
            if not there and part != "weight"
        ]
        return evolve(finding, missing=tuple(lacks), reason=Reason(ReasonKind.MISSING), remarks=_empty_goal(indicator))
    not_due = Reason(ReasonKind.NOT_DUE, due.isoformat()) if on < due else None
    if planned or actual is None or actual.value is None:
        kind = ReasonKind.PLANNED_ONLY if planned else ReasonKind.MISSING
        lack = evolve(lacking_actual(indicator, sheet), planned=planned)
        return evolve(finding, severity=Severity.DOUBT, missing=(lack,), reason=not_due or Reason(kind))
    remark = Label(
        f"定性指标，按等次评分，此处不判定；填报为“{actual.value}”",
        f'described, not counted: scored by its tier, not judged here; the table says "{actual.value}"',
    )
    reason = not_due or Reason(ReasonKind.UNDETERMINED)
    return evolve(finding, severity=Severity.NOTE, reason=reason, remarks=(remark,))


def _measured(sheet: Sheet) -> dict[str, tuple[Indicator, Operator, Amount]]:
    """Return the indicators of which a rule can be made, by the name of the rule."""
    return {
        f"i{place}": (indicator, indicator.operator, indicator.target)
        for place, indicator in enumerate(sheet.indicators, start=1)
        if indicator.kind is IndicatorKind.QUANTITATIVE
        and indicator.operator is not None
        and isinstance(indicator.target, Amount)
    }


def _binds_at_once(operator: Operator, kind: Accrual) -> bool:
    """Say whether a breach is final whenever it is seen: what adds up never falls back below a ceiling."""
    return kind is Accrual.CUMULATIVE and operator in CEILINGS


def accruals_of(sheet: Sheet, given: Mapping[str, Accrual | str] | None) -> dict[str, Accrual]:
    """Return how each indicator's figure comes about: as the caller says, else as its unit tells."""
    kinds = {indicator.name: _accrual_of(indicator) for indicator in sheet.indicators}
    if given is None:
        return kinds
    if not isinstance(given, Mapping):
        raise FactsError.of("accrual", came=excerpt(given), needed="a mapping from the names of indicators")
    problems: list[Problem] = []
    for name, kind in given.items():
        if name not in kinds:
            near = nearest(name, kinds) if isinstance(name, str) else None
            problems.append(Problem("accrual", came=excerpt(name), needed="the name of an indicator", nearest=near))
            continue
        try:
            kinds[name] = one_of(Accrual, kind, f"accrual of {name}")
        except PerfevalError as error:
            problems.extend(error.problems)
    if problems:
        raise FactsError(*problems)
    return kinds


def _accrual_of(indicator: Indicator) -> Accrual:
    target = indicator.target
    if indicator.kind is not IndicatorKind.QUANTITATIVE or not isinstance(target, Amount):
        return Accrual.LEVEL
    if target.unit.is_money or any(
        base.partition("[")[0] in _FLOWS for base, _ in target.dimension if target.unit.is_count
    ):
        return Accrual.CUMULATIVE
    # A share, or so much for each of something, is no sum; of anything else the unit does not tell.
    rate = target.unit.is_ratio or any(power < 0 for _, power in target.dimension)
    return Accrual.LEVEL if rate else Accrual.UNSTATED


def _granted(
    sheet: Sheet, measured: Mapping[str, tuple[Indicator, Operator, Amount]], waivers: Iterable[Waiver]
) -> list[Waiver]:
    """Return waivers of indicators as waivers of the rules that stand for them."""
    names = {indicator.name: rule for rule, (indicator, _, _) in measured.items()}
    granted: list[Waiver] = []
    for waiver in waivers:
        if not isinstance(waiver, Waiver):
            raise RuleError.of("waivers", came=excerpt(waiver), needed="a Waiver")
        if sheet.indicator(waiver.rule).name not in names:
            raise RuleError.of(
                "waivers", came=f"a waiver of {excerpt(waiver.rule)}, which no rule judges", needed="one that is judged"
            )
        granted.append(evolve(waiver, rule=names[waiver.rule]))
    return granted


def lacking_actual(indicator: Indicator, sheet: Sheet) -> Missing:
    """Return what to ask for where the actual of an indicator was not given."""
    unit = indicator.target.unit.text if isinstance(indicator.target, Amount) else None
    label = Label(indicator.name, indicator.name)
    return Missing(f"actuals.{indicator.name}", label, unit, of=Label(sheet.title, sheet.title))


def _spans(*spans: Span | None) -> tuple[Span, ...]:
    return tuple(span for span in spans if span is not None)


# --- approval --------------------------------------------------------------------------------------------


def review_goals(sheet: Sheet, *, on: datetime.date, weights: Number | str | None = None) -> Review:
    """Judge the goals of a table as plans: each indicator has what it must have to be judged at the year's end.

    A quantitative indicator needs an operator, a target with its unit and a weight; one that is described needs what
    it describes and a weight. ``weights`` is what all weights must sum to; without it the sum is only stated. Ids are
    ``approval/goal/`` and the indicator's name, and ``approval/weights``. Nothing is said of achievement:
    ``judge_goals(…, stage="planned")`` shows that the same goals are not met by being planned.

    >>> sheet = Sheet(title="党建经费", indicators=[Indicator(name="培训期数", level_one="产出指标", target="3 期")])
    >>> [child.id for child in review_goals(sheet, on=datetime.date(2026, 1, 15))["培训期数"].children
    ...  if child.verdict is Verdict.UNMET]
    ['approval/operator/培训期数', 'approval/weight/培训期数']
    """
    checked_sheet(sheet)
    day = checked_day(on, "on")
    wanted = None if weights is None else exact_number(weights)
    findings = [_approved(indicator) for indicator in sheet.indicators]
    found = _sum_of_weights(sheet)
    blank = sum(indicator.weight is None for indicator in sheet.indicators)
    said = Label(f"各指标权重合计 {points_words(found)}", f"the weights sum to {points_words(found)}")
    if blank:
        said = Label(f"{said.zh}（另有 {blank} 项未填权重）", f"{said.en} (without {blank} that are not given)")
    remarks: tuple[Remark, ...] = ()
    if wanted is None:
        remarks = (Remark(kind="weights", label=said),)
    else:
        findings.append(_weighed(sheet, found, wanted, said))
    title = Label(f"{sheet.title}：绩效目标审核", f"{sheet.title}: approval of goals")
    return Review(title=title, on=day, findings=tuple(findings), remarks=remarks)


def _approved(indicator: Indicator) -> Finding:
    name = indicator.name
    whole = Finding(
        id=f"approval/goal/{name}",
        rule=name,
        label=Label(name, name),
        verdict=Verdict.MET,
        severity=Severity.ERROR,
        stage=Stage.PLANNED,
        spans=_spans(indicator.span),
    )
    children = tuple(
        evolve(
            whole,
            id=f"approval/{part}/{name}",
            label=label,
            aspect=label,
            verdict=Verdict.MET if there else Verdict.UNMET,
            remarks=_empty_goal(indicator) if part == "target" else (),
        )
        for part, label, there in _parts(indicator)
    )
    return evolve(whole, verdict=all_of(child.verdict for child in children), children=children)


def _parts(indicator: Indicator) -> Iterator[tuple[str, Label, bool]]:
    """Yield what a goal must say, and whether this one does."""
    if indicator.kind is IndicatorKind.QUANTITATIVE:
        yield "operator", Label("指标性质（≥、≤、＝ 等）", "operator"), indicator.operator is not None
        label = Label("带计量单位的指标值", "target with its unit")
        yield "target", label, isinstance(indicator.target, Amount)
    else:
        yield "target", Label("指标值", "target"), indicator.target is not None
    yield "weight", Label("权重", "weight"), indicator.weight is not None


def _empty_goal(indicator: Indicator) -> tuple[Label, ...]:
    target = indicator.target
    if isinstance(target, str) and indicator.kind is IndicatorKind.QUANTITATIVE:
        return (_quoted(Label("填报为“{}”", 'the table says "{}"'), target),)
    if isinstance(target, Amount) and indicator.operator is Operator.AT_LEAST and target.root <= 0:
        return (Label("“≥ 0”无需完成任何工作", "at least nothing is reached without doing anything"),)
    return ()


def _quoted(words: Label, text: str) -> Label:
    """Quote a cell that is no amount, and say whether that is for want of a unit."""
    why, zh, en = lacking_unit(text), words.zh.replace("{}", text), words.en.replace("{}", text)
    return Label(zh, en) if why is None else Label(f"{zh}，{why.zh}", f"{en}: {why.en}")


def _sum_of_weights(sheet: Sheet) -> Fraction:
    """Add up the weights that were given; refuse fractions whose sum would be of many thousand digits."""
    given = [indicator.weight for indicator in sheet.indicators if indicator.weight is not None]
    denominators = {weight.denominator for weight in given}
    if sum(denominator.bit_length() for denominator in denominators) > _SUMMED_BITS:
        came = f"weights with {len(denominators)} different denominators"
        raise FactsError.of("sheet.indicators", came=came, needed="weights with few decimals")
    return sum(given, Fraction(0))


def _weighed(sheet: Sheet, found: Fraction, wanted: Fraction, said: Label) -> Finding:
    lacks = tuple(
        Missing(f"indicators.{one.name}.weight", Label("权重", "weight"), None, of=Label(one.name, one.name))
        for one in sheet.indicators
        if one.weight is None
    )
    verdict = Verdict.MET if found == wanted else Verdict.UNMET
    if lacks and found <= wanted:
        verdict = Verdict.UNKNOWN  # the weights that are left out may make up the rest, or come on top
    shown = Label(f"{said.zh}，应为 {points_words(wanted)}", f"{said.en}; {points_words(wanted)} is needed")
    return Finding(
        id="approval/weights",
        rule="weights",
        label=Label("权重合计", "sum of weights"),
        verdict=verdict,
        severity=Severity.ERROR,
        stage=Stage.PLANNED,
        missing=lacks if verdict is Verdict.UNKNOWN else (),
        reason=Reason(ReasonKind.MISSING) if verdict is Verdict.UNKNOWN else None,
        remarks=(shown,),
    )


# --- what was given ---------------------------------------------------------------------------------------


def checked_sheet(sheet: object) -> Sheet:
    """Return a table; refuse anything else."""
    if not isinstance(sheet, Sheet):
        raise FactsError.of("sheet", came=excerpt(sheet), needed="a Sheet")
    return sheet


def checked_day(value: object, where: str) -> datetime.date:
    """Return a day; refuse a date-time or text, naming the argument."""
    if not is_day(value):
        raise FactsError.of(where, came=excerpt(value), needed="a datetime.date, such as date(2026, 12, 31)")
    return value
