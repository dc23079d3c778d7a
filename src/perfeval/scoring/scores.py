"""What a table of indicators scores under a method: points line by line, a total, a grade, and why.

:func:`score` works every line exactly and says how. What is not known is not guessed: a line without an actual is worth
between nothing and its weight, the total is then an interval, and there is a grade only where the whole interval lies
in one. Each remark is also a finding of the score's review.

Imports ``checks``, ``profile``, ``attainment``, ``indicators``, ``findings`` and what stands above them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final, assert_never, final

from attrs import field, frozen

from perfeval.amounts import Amount
from perfeval.citations import Citation
from perfeval.errors import FactsError, NotFoundError, Problem, excerpt, nearest
from perfeval.evaluation import Missing, Reason, ReasonKind
from perfeval.expressions import Operator
from perfeval.facts import Label
from perfeval.findings import Finding, Review
from perfeval.indicators import Actual, Funds, Indicator, IndicatorKind, Sheet, lacking_unit
from perfeval.numerals import write_ratio
from perfeval.rules import Severity, is_day
from perfeval.scoring.attainment import Attainment, Points, attainment, percent_words, points_words
from perfeval.scoring.checks import (
    HAND_SCORE,
    POINT,
    Outcome,
    band,
    doubt,
    execution_findings,
    first,
    indicator_findings,
    remarked,
    same,
)
from perfeval.scoring.profile import Effect, Execution, Partial, PartialCredit, Place, Profile
from perfeval.verdicts import Verdict

__all__ = ["EXECUTION", "Line", "Score", "Subtotal", "score"]

EXECUTION: Final = "预算执行率"
"""The name of the line of the execution rate."""


# --- what a score holds ----------------------------------------------------------------------------------


@final
@frozen(kw_only=True)
class Line:
    """One indicator, or the execution rate, scored.

    ``group`` is the key of the group that it belongs to. ``attainment`` is None where it is not known or not a figure.
    ``points`` lie in [0, ``weight``]; ``worked`` says how they came about. ``given`` are the points that were given by
    hand; ``reason`` is what the sheet says of its deviation.
    """

    name: str
    label: Label
    weight: Fraction
    points: Points
    worked: Label
    group: str | None = None
    attainment: Attainment | None = None
    given: Fraction | None = None
    reason: str | None = None
    operator: Operator | None = None
    target: Amount | str | None = None
    actual: Amount | str | None = None
    findings: tuple[Finding, ...] = field(default=(), repr=False)

    @property
    def difference(self) -> Fraction | None:
        """How far the points given by hand are above ours, or below; zero from the least to the greatest of ours."""
        if self.given is None or self.given in self.points:
            return None if self.given is None else Fraction(0)
        return self.given - (self.points.low if self.given < self.points.low else self.points.high)


@final
@frozen(kw_only=True)
class Subtotal:
    """A group's lines together: its ``required`` weight, the weight ``found`` in the sheet, and its points."""

    key: str
    label: Label
    required: Fraction
    found: Fraction
    points: Points


@final
@frozen(kw_only=True)
class Score:
    """A sheet scored by a profile on a day.

    ``unrounded`` is the sum of the lines as they stand, ``total`` the same rounded where the profile rounds totals.
    ``grade`` is that of the sum as it was before rounding; it is None where the weights do not sum to the full marks or
    the sum may lie in several grades, and ``grade_withheld`` then says why. ``given_unrounded`` is the sum of the points
    given by hand, where every line has them; ``given_total`` and ``given_grade`` follow from it in the same way.
    """

    title: str
    profile: Profile
    on: datetime.date
    lines: tuple[Line, ...]
    subtotals: tuple[Subtotal, ...]
    total: Points
    unrounded: Points
    grade: Label | None
    grade_withheld: Label | None
    given_total: Fraction | None
    given_unrounded: Fraction | None
    given_grade: Label | None
    review: Review = field(repr=False)

    def __getitem__(self, name: str) -> Line:
        """Return the line of that name; 预算执行率 is the execution rate, unless an indicator has that name."""
        # The execution rate stands first, so that an indicator of its name is found before it.
        for line in reversed(self.lines):
            if line.name == name:
                return line
        raise NotFoundError.of(
            "score",
            came=excerpt(name),
            needed="the name of a line",
            nearest=nearest(str(name), [one.name for one in self.lines]),
        )

    @property
    def execution(self) -> Line | None:
        """The line of the execution rate; None where the profile does not score it."""
        return None if self.profile.execution is None else self.lines[0]

    @property
    def rescored(self) -> tuple[Line, ...]:
        """The lines whose points given by hand we do not confirm; their findings say why."""
        return tuple(
            line
            for line in self.lines
            if any(finding.rule in HAND_SCORE and finding.verdict is Verdict.UNMET for finding in line.findings)
        )


def score(sheet: Sheet, profile: Profile, *, on: datetime.date | None = None) -> Score:
    """Score a sheet by a profile on a day; without ``on`` it is the day up to which the sheet's actuals count.

    A quantitative line scores its weight where its target is reached, else by the profile's partial credit; a
    qualitative line scores what was given by hand, if that lies in the band of its tier, else the band. Raises
    ``FactsError`` for a sheet with an indicator that has no weight, without a day, and on a day on which the profile is
    not in force or that lies before the sheet's ``as_of``; everything else that is wrong or missing is a finding. Where
    the actuals count up to a day before the end of its year, that is a doubt, ``figures_as_of``.
    """
    day = _day(sheet, profile, on)
    indicators = [_indicator_line(indicator, sheet, profile) for indicator in sheet.indicators]
    execution = [] if profile.execution is None else [_execution_line(sheet, profile, profile.execution)]
    lines = execution + indicators
    subtotals = tuple(_subtotals(indicators, profile))
    unrounded = _sum(line.points for line in lines)
    weights = _total(line.weight for line in lines)
    rounds = _rounds(profile, Place.TOTAL)
    findings = [finding for line in lines for finding in line.findings]
    findings += _weight_findings(weights, subtotals, sheet, profile)
    findings += _as_of_findings(sheet)
    grade, withheld = _grade(unrounded, weights, profile)
    hand = [line.given for line in lines]
    given = _total(one for one in hand if one is not None) if None not in hand else None
    given_total = None if given is None else _round(given, profile) if rounds else given
    findings += _total_findings(sheet, profile, given, given_total)
    given_grade = None if given is None or weights != profile.full else profile.grades.between(given, given)
    return Score(
        title=sheet.title,
        profile=profile,
        on=day,
        lines=tuple(lines),
        subtotals=subtotals,
        total=_rounded(unrounded, profile, weights) if rounds else unrounded,
        unrounded=unrounded,
        grade=grade,
        grade_withheld=withheld,
        given_total=given_total,
        given_unrounded=given,
        given_grade=None if given_grade is None else given_grade.label,
        review=Review(title=Label(sheet.title, sheet.title), on=day, findings=tuple(findings)),
    )


def _day(sheet: Sheet, profile: Profile, on: datetime.date | None) -> datetime.date:
    if not isinstance(sheet, Sheet) or not isinstance(profile, Profile):
        raise FactsError.of("score", came=f"{excerpt(sheet)}, {excerpt(profile)}", needed="a Sheet and a Profile")
    problems = [
        Problem(where=f"indicator {excerpt(one.name)}.weight", came="no weight", needed="its weight, such as '12.5'")
        for one in sheet.indicators
        if one.weight is None
    ]
    if problems:
        raise FactsError(*problems)
    day = sheet.as_of if on is None else on
    if not is_day(day):
        raise FactsError.of("on", came=excerpt(day), needed="the day judged on, a datetime.date")
    if sheet.as_of is not None and sheet.as_of > day:
        raise FactsError.of(
            "sheet.as_of", came=f"figures up to {sheet.as_of}, scored on {day}", needed=f"{day} at most"
        )
    if not profile.covers(day):
        assert profile.in_force is not None  # noqa: S101 - without dates it covers every day
        dates = f"{profile.in_force.since or '…'} to {profile.in_force.until or '…'}"
        raise FactsError.of("on", came=day.isoformat(), needed=f"a day on which {profile.name} is in force: {dates}")
    return day


def _sum(points: Iterable[Points]) -> Points:
    """Add up points; two by two, since a running sum of many fractions grows long at once."""
    listed = list(points)
    low = _total(one.low for one in listed)
    width = _total(one.high - one.low for one in listed if one.exact is None)
    return Points(low, low + width, open_top=any(one.open_top for one in listed))


def _total(numbers: Iterable[Fraction]) -> Fraction:
    listed = list(numbers)
    while len(listed) > 1:
        pairs = [one + other for one, other in zip(listed[::2], listed[1::2], strict=False)]
        listed = pairs + listed[len(pairs) * 2 :]
    return listed[0] if listed else Fraction(0)


def _rounded(points: Points, profile: Profile, most: Fraction) -> Points:
    """Round both ends, never above the most that there is to get."""
    # What lies just below an open end may round up to it, so the end is closed.
    return Points(min(_round(points.low, profile), most), min(_round(points.high, profile), most))


def _round(points: Fraction, profile: Profile) -> Fraction:
    assert profile.rounding is not None  # noqa: S101 - asked where it rounds
    return profile.rounding.apply(points)


def _rounds(profile: Profile, place: Place) -> bool:
    return profile.rounding is not None and profile.rounding.place is place


def _worked_out(outcome: Outcome, weight: Fraction, profile: Profile) -> Outcome:
    """Round the points that were worked out, where lines are rounded; what was given by hand stays as it is.

    So does a whole weight that is no multiple of the quantum: full marks are not rounded away.
    """
    if outcome.attainment is None or outcome.points.low == weight or not _rounds(profile, Place.LINE):
        return outcome
    points = _rounded(outcome.points, profile, weight)
    if points == outcome.points:
        return outcome
    zh, en = outcome.worked.zh, outcome.worked.en
    return outcome._replace(points=points, worked=Label(f"{zh}，取整为 {points}", f"{en}, rounded to {points}"))


def _grade(total: Points, weights: Fraction, profile: Profile) -> tuple[Label | None, Label | None]:
    if weights != profile.full:
        found, full = write_ratio(weights), write_ratio(profile.full)
        return None, Label(f"权重合计 {found}，不是 {full}", f"the weights sum to {found}, not {full}")
    grade = profile.grades.between(total.low, total.high, open_top=total.open_top)
    if grade is None:
        return None, Label(f"总分在 {total} 之间，跨越等级", f"the total lies in {total}, in more than one grade")
    return grade.label, None


# --- indicators ------------------------------------------------------------------------------------------


def _indicator_line(indicator: Indicator, sheet: Sheet, profile: Profile) -> Line:
    weight = indicator.weight
    assert weight is not None  # noqa: S101 - looked at before
    actual = sheet.actual(indicator.name) or Actual(indicator=indicator.name)
    group = profile.group_of(indicator.level_one)
    match indicator.kind:
        case IndicatorKind.QUANTITATIVE:
            outcome = _quantitative(indicator, actual, weight, profile)
        case IndicatorKind.QUALITATIVE:
            outcome = _qualitative(indicator, actual, weight, profile)
        case _:
            assert_never(indicator.kind)
    outcome = _worked_out(outcome, weight, profile)
    return Line(
        name=indicator.name,
        label=same(indicator.name),
        weight=weight,
        points=outcome.points,
        worked=outcome.worked,
        group=None if group is None else group.key,
        attainment=outcome.attainment,
        given=actual.score,
        reason=actual.reason,
        operator=indicator.operator,
        target=indicator.target,
        actual=actual.value,
        findings=tuple(indicator_findings(indicator, actual, outcome, group, weight, profile)),
    )


def _unknown(weight: Fraction, worked: Label, missing: Iterable[Missing]) -> Outcome:
    # A weight of nothing scores nothing whatever comes of the indicator.
    return Outcome(
        Verdict.UNKNOWN,
        Points(Fraction(0), weight),
        worked,
        missing=tuple(missing),
        reason=Reason(ReasonKind.MISSING),
    )


def _quantitative(indicator: Indicator, actual: Actual, weight: Fraction, profile: Profile) -> Outcome:
    target, operator, value = indicator.target, indicator.operator, actual.value
    if operator is None or not isinstance(target, Amount) or not isinstance(value, Amount):
        return _unknown(weight, _not_scored(indicator, actual), _lacking(indicator, actual))
    found = attainment(operator, value, target)
    share = _credit(found, profile.partial)
    over = _over(operator, found, profile)
    if over is not None and profile.over_attainment is not None and profile.over_attainment.effect is Effect.DEDUCT:
        share = max(Fraction(0), 1 - (over - profile.over_attainment.threshold))
    return Outcome(
        Verdict.MET if found.reached else Verdict.UNMET,
        Points.exactly(weight * share),
        _working(operator, value, target, weight, found, share, profile),
        attainment=found,
        over=over,
    )


def _credit(found: Attainment, rule: PartialCredit) -> Fraction:
    """Return the share of the weight that an attainment is worth, over-attainment aside."""
    if found.reached:
        return Fraction(1)
    if rule.rule is Partial.NONE or found.ratio is None:
        return Fraction(0)
    return found.ratio if rule.floor is None or found.ratio >= rule.floor else Fraction(0)


def _over(operator: Operator, found: Attainment, profile: Profile) -> Fraction | None:
    """Return the deviation of a target that is passed by more than the profile takes for granted."""
    rule = profile.over_attainment
    if rule is None or operator is Operator.EQUAL or not found.reached or found.ratio is None:
        return None
    deviation = found.ratio - 1
    return deviation if deviation > rule.threshold else None


def _working(
    operator: Operator,
    value: Amount,
    target: Amount,
    weight: Fraction,
    found: Attainment,
    share: Fraction,
    profile: Profile,
) -> Label:
    full, points = write_ratio(weight), points_words(weight * share)
    if found.reached and share == 1:
        return Label(f"达到指标值，得满分 {full}", f"reached: the full {full}")
    if found.reached:
        assert found.ratio is not None and profile.over_attainment is not None  # noqa: S101, PT018 - deducted from it
        return _deducted(full, points, found.ratio - 1, profile.over_attainment.threshold)
    if profile.partial.rule is Partial.NONE:
        return Label("未达到指标值，不得分", "not reached: nothing")
    assert found.ratio is not None  # noqa: S101 - an actual that is short has a ratio
    floor = profile.partial.floor
    if floor is not None and found.ratio < floor:
        limit, rate = percent_words(floor), percent_words(found.ratio)
        return Label(f"完成率 {rate}，低于 {limit}，不得分", f"attainment {rate}, below {limit}: nothing")
    if not found.ratio:
        return Label("未达到指标值，按比例得 0 分", "not reached: in proportion 0")
    if operator is Operator.EQUAL:
        return same(f"{full} × (1 − |{value} − {target}| ÷ {abs(target)}) = {points}")
    upper, lower = (value, target) if operator in (Operator.AT_LEAST, Operator.ABOVE) else (target, value)
    worked = f"{full} × {upper} ÷ {lower} = {points}"
    if found.ratio == 1:
        below = operator is Operator.BELOW
        return Label(
            f"等于指标值而未{'低于' if below else '超过'}，{worked}",
            f"equal to the target but not {'below' if below else 'above'} it: {worked}",
        )
    return same(worked)


def _deducted(full: str, points: str, deviation: Fraction, threshold: Fraction) -> Label:
    """Write out what an over-attained target is worth; where more than all is deducted, that it stops at nothing."""
    left = f"1 − ({percent_words(deviation)} − {percent_words(threshold)})"
    zh, en = "完成值偏高", "above the target by more than is allowed"
    if deviation - threshold > 1:
        worked = f"{full} × max(0, {left}) = {points}"
        return Label(f"{zh}，{worked}（不低于 0）", f"{en}: {worked} (not below 0)")
    worked = f"{full} × ({left}) = {points}"
    return Label(f"{zh}，{worked}", f"{en}: {worked}")


def _not_scored(indicator: Indicator, actual: Actual) -> Label:
    if indicator.operator is None:
        return Label("未写明指标性质（≥、≤、＝），不作推定", "its operator is not stated, and none is assumed")
    if not isinstance(indicator.target, Amount):
        if indicator.target is None:
            return Label("指标值为空", "its target is blank")
        return _no_amount("指标值", "target", indicator.target)
    if actual.value is None:
        return Label("实际完成值为空", "its actual is missing")
    return _no_amount("实际完成值", "actual", str(actual.value))


def _no_amount(zh: str, en: str, text: str) -> Label:
    """Say that a cell is no amount, and whether that is for want of a unit."""
    why = lacking_unit(text)
    if why is None:
        return Label(f"{zh}“{text}”不是带单位的数值", f'its {en} "{text}" is no amount')
    return Label(f"{zh}“{text}”不是带单位的数值：{why.zh}", f'its {en} "{text}" is no amount: {why.en}')


def _lacking(indicator: Indicator, actual: Actual) -> Iterator[Missing]:
    unit = str(indicator.target.unit) if isinstance(indicator.target, Amount) else None
    place = f"indicators[{indicator.name}]"
    of = same(indicator.name)
    if indicator.operator is None:
        yield Missing(f"{place}.operator", Label("指标性质", "operator"), None, of=of)
    if not isinstance(indicator.target, Amount):
        yield Missing(f"{place}.target", Label("指标值", "target"), None, of=of)
    if not isinstance(actual.value, Amount):
        yield Missing(f"{place}.actual", Label("实际完成值", "actual"), unit, of=of)


def _qualitative(indicator: Indicator, actual: Actual, weight: Fraction, profile: Profile) -> Outcome:
    value = actual.value
    tier = profile.tiers.named(value) if isinstance(value, str) else None
    if tier is None:
        lack = Missing(
            f"indicators[{indicator.name}].actual", Label("完成情况分档", "tier"), None, of=same(indicator.name)
        )
        if value is None:
            return _unknown(weight, Label("完成情况为空", "its tier is missing"), (lack,))
        known = "、".join(one.label.zh for one in profile.tiers.tiers)
        return _unknown(
            weight,
            Label(f"“{value}”不属于任何一档（{known}）", f'"{value}" is none of the tiers ({known})'),
            (lack,),
        )
    allowed = band(tier, weight)
    verdict = Verdict.MET if tier.attained else Verdict.UNMET
    if actual.score is not None and actual.score in allowed:
        given = write_ratio(actual.score)
        worked = Label(
            f"{tier.label.zh}，人工评分 {given}，在 {allowed} 之内",
            f"{tier.label.en}: {given} given by hand, within {allowed}",
        )
        return Outcome(verdict, Points.exactly(actual.score), worked, tier=tier)
    worked = Label(f"{tier.label.zh}，分值区间 {allowed}", f"{tier.label.en}: within {allowed}")
    return Outcome(verdict, allowed, worked, tier=tier)


# --- the execution rate ----------------------------------------------------------------------------------


def _execution_line(sheet: Sheet, profile: Profile, rule: Execution) -> Line:
    funds = sheet.funds or Funds()
    base, spent = funds.budget(rule.base), funds.executed
    name = rule.base.label
    label = Label(EXECUTION, "execution rate")
    lacks = tuple(
        Missing(f"funds.{key}", word, "元", of=label)
        for key, word, amount in ((rule.base.value, name, base), ("executed", Label("全年执行数", "executed"), spent))
        if amount is None
    )
    if base is None or spent is None:
        zh, en = "、".join(lack.label.zh for lack in lacks), ", ".join(lack.label.en for lack in lacks)
        outcome = _unknown(rule.weight, Label(f"缺少{zh}", f"missing: {en}"), lacks)
    elif not base.root:
        outcome = _unknown(
            rule.weight, Label(f"{name.zh}为零，执行率无从计算", f"the {name.en} is zero: there is no rate"), ()
        )
        outcome = outcome._replace(reason=Reason(ReasonKind.ZERO_DIVISOR))
    else:
        rate = spent.root / base.root
        points = rule.weight * min(rate, Fraction(1))
        words = same(f"{write_ratio(rule.weight)} × {spent} ÷ {base} = {points_words(points)}")
        if rate > 1:
            full, shown = write_ratio(rule.weight), f"{spent} ÷ {base} = {percent_words(rate)}"
            words = Label(f"{shown}，最多得满分 {full}", f"{shown}, at most the full {full}")
        outcome = Outcome(
            Verdict.MET if rate >= 1 else Verdict.UNMET, Points.exactly(points), words, Attainment(rate >= 1, rate)
        )
    outcome = _worked_out(outcome, rule.weight, profile)
    return Line(
        name=EXECUTION,
        label=label,
        weight=rule.weight,
        points=outcome.points,
        worked=outcome.worked,
        attainment=outcome.attainment,
        given=funds.score,
        reason=funds.reason,
        target=base,
        actual=spent,
        findings=tuple(execution_findings(funds, outcome, label, profile, rule)),
    )


# --- weights and totals ----------------------------------------------------------------------------------


def _subtotals(lines: Iterable[Line], profile: Profile) -> Iterator[Subtotal]:
    """Yield the group subtotals; a group without indicators may have given its weight to another."""
    held: dict[str, list[Line]] = {group.key: [] for group in profile.groups}
    stray = False
    for line in lines:
        if line.group is not None:
            held[line.group].append(line)
        stray = stray or line.group is None
    required = {group.key: Fraction(0) for group in profile.groups}
    # A line of no group may be one of an empty group under another name: then nothing is moved.
    empty = set() if stray else {key for key, own in held.items() if not own}
    heirs = _heirs(profile, empty)
    for group in profile.groups:
        required[heirs[group.key]] += group.weight
    for group in profile.groups:
        found = _total(line.weight for line in held[group.key])
        points = _sum(line.points for line in held[group.key])
        yield Subtotal(key=group.key, label=group.label, required=required[group.key], found=found, points=points)


def _heirs(profile: Profile, empty: set[str]) -> dict[str, str]:
    """Return the group in which the weight of each comes to rest: the first that is not empty, or yields to none."""
    yields = {group.key: group.yields_to for group in profile.groups}
    heirs: dict[str, str] = {}
    for start in yields:
        path, key = [start], start
        while key not in heirs and key in empty and (heir := yields[key]) is not None:
            path.append(heir)
            key = heir
        heirs.update(dict.fromkeys(path, heirs.get(key, key)))
    return heirs


def _weight_findings(
    weights: Fraction, subtotals: Iterable[Subtotal], sheet: Sheet, profile: Profile
) -> Iterator[Finding]:
    groups = {group.key: group for group in profile.groups}
    for subtotal in subtotals:
        group = groups[subtotal.key]
        # A weight that moved rests on what says that it moves, which its group cites last.
        cited = group.citations if subtotal.required == group.weight else group.citations[::-1]
        label = Label(f"{subtotal.label.zh}权重合计", f"weights of {subtotal.label.en}")
        yield _balance(
            "group_weights", subtotal.key, label, subtotal.found, subtotal.required, first(profile.rests_on(cited))
        )
    yield _balance("weights", "", Label("权重总计", "all weights"), weights, profile.full, None)
    if sheet.profile is not None and sheet.profile not in (profile.name, profile.title.zh, profile.title.en):
        remark = Label(
            f"表中所依办法为“{sheet.profile}”，本次按“{profile.title.zh}”评分",
            f'the sheet follows "{sheet.profile}" and is scored by "{profile.title.en}"',
        )
        yield doubt("profile_named", "", Label("评分办法", "scoring method"), remark)


def _as_of_findings(sheet: Sheet) -> Iterator[Finding]:
    """Doubt actuals that count up to a day before the end of its year: what came later is not in them."""
    day = sheet.as_of
    if day is not None and (day.month, day.day) != (12, 31):
        end = day.replace(month=12, day=31)
        remark = Label(
            f"完成值只统计到 {day}，未到 {end}，此后完成的未计入",
            f"the actuals only count up to {day}, not to {end}: what came later is not in them",
        )
        yield doubt("figures_as_of", "", Label("数据截止日", "day of the figures"), remark)


def _total_findings(
    sheet: Sheet, profile: Profile, given: Fraction | None, rounded: Fraction | None
) -> Iterator[Finding]:
    """Check the printed sum of the points given by hand, against their sum as it is and as the profile rounds it."""
    printed = sheet.total
    if printed is None:
        return
    label = Label("总分", "total")
    if given is None or rounded is None:
        lack = Missing("indicators[*].score", Label("得分", "score given"), None)
        yield remarked(
            "total_agrees",
            "",
            label,
            Verdict.UNKNOWN,
            Severity.ERROR,
            missing=(lack,),
            reason=Reason(ReasonKind.MISSING),
        )
        return
    wanted = min((given, rounded), key=lambda sum_: abs(printed - sum_))
    off = abs(printed - wanted)
    agrees = off <= profile.tolerance
    remarks = []
    if rounded != given:
        exact, shown = points_words(given), points_words(rounded)
        remarks.append(Label(f"合计 {exact}，取整为 {shown}", f"the sum is {exact}, rounded {shown}"))
    if agrees and off:
        by, most = points_words(off), points_words(profile.tolerance)
        remarks.append(Label(f"相差 {by}，在容差 {most} 之内", f"off by {by}, within the tolerance of {most}"))
    yield Finding(
        id="total_agrees",
        rule="total_agrees",
        label=label,
        verdict=Verdict.MET if agrees else Verdict.UNMET,
        severity=Severity.ERROR,
        relation=Operator.EQUAL,
        observed=Amount.of(printed, POINT),
        required=Amount.of(wanted, POINT),
        shortfall=None if agrees else Amount.of(off, POINT),
        remarks=tuple(remarks),
        citation=first(profile.rests_on(profile.tolerance_citations)),
    )


def _balance(
    rule: str, about: str, label: Label, found: Fraction, required: Fraction, citation: Citation | None
) -> Finding:
    return Finding(
        id=f"{rule}/{about}" if about else rule,
        rule=rule,
        label=label,
        verdict=Verdict.MET if found == required else Verdict.UNMET,
        severity=Severity.ERROR,
        relation=Operator.EQUAL,
        observed=Amount.of(found, POINT),
        required=Amount.of(required, POINT),
        shortfall=Amount.of(abs(found - required), POINT) if found != required else None,
        citation=citation,
    )
