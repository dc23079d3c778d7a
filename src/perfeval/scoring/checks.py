"""What there is to say of one scored line: the findings of an indicator and of the execution rate.

Each function looks at an :class:`Outcome` that ``scores`` has worked out; nothing is computed here but differences.

Imports ``attainment``, ``profile``, ``indicators``, ``findings`` and what stands above them.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final, NamedTuple

from attrs import evolve

from perfeval.amounts import Amount
from perfeval.citations import Citation
from perfeval.evaluation import Missing, Reason, ReasonKind
from perfeval.expressions import Operator
from perfeval.facts import Label
from perfeval.findings import Finding
from perfeval.indicators import Actual, Funds, Indicator, IndicatorKind
from perfeval.numerals import write_ratio
from perfeval.rules import Severity
from perfeval.scoring.attainment import Attainment, Points, percent_words, points_words
from perfeval.scoring.profile import Execution, Group, Profile, Tier, plain_heading
from perfeval.verdicts import Verdict

__all__ = [
    "HAND_SCORE",
    "POINT",
    "Outcome",
    "band",
    "doubt",
    "execution_findings",
    "first",
    "indicator_findings",
    "remarked",
    "same",
]

HAND_SCORE: Final = frozenset({"hand_score", "execution_hand_score"})
"""The rules that compare points given by hand with those worked out."""
POINT: Final = "个[分值]"
"""The unit of points, and of weights."""
_OVER: Final = Label("完成值偏离度", "deviation above the target")
_LONGEST_HINTED: Final = 60
_TIME: Final = re.compile(r"(?:19|20)\d\d\s?年|\d\s?月")
"""A target that is a time, as 2026年12月底前, is described and no figure."""
_NEARLY: Final = 0.75  # one wrong sign in four


class Outcome(NamedTuple):
    """What a line comes to: ``over`` is the deviation of a target that was passed by more than is allowed."""

    verdict: Verdict
    points: Points
    worked: Label
    attainment: Attainment | None = None
    tier: Tier | None = None
    missing: tuple[Missing, ...] = ()
    reason: Reason | None = None
    over: Fraction | None = None


# --- findings of an indicator ----------------------------------------------------------------------------


def indicator_findings(
    indicator: Indicator, actual: Actual, outcome: Outcome, group: Group | None, weight: Fraction, profile: Profile
) -> Iterator[Finding]:
    """Yield everything there is to say of one indicator, whether its target is reached first."""
    yield _target_finding(indicator, actual, outcome, profile)
    yield from _reason_findings(indicator, actual, outcome, profile)
    yield from _target_doubts(indicator, actual, outcome, profile)
    yield from _hand_findings(indicator, actual, outcome, weight, profile)
    if group is None:
        yield _stray(indicator, profile)


def _target_finding(indicator: Indicator, actual: Actual, outcome: Outcome, profile: Profile) -> Finding:
    """Say whether the target is reached, with the points worked out as its remark."""
    target, value = indicator.target, actual.value
    # Without an operator there is nothing that is required, and a target beside no relation would read as one to avoid.
    stated = indicator.operator is not None and indicator.kind is IndicatorKind.QUANTITATIVE
    compared = stated and isinstance(target, Amount)
    short = None
    if compared and outcome.verdict is Verdict.UNMET and isinstance(target, Amount) and isinstance(value, Amount):
        off = abs(target.root - value.root)  # nothing where a strict target is equalled
        short = Amount.from_root(off, target.unit) if off else None
    citations = (profile.partial if indicator.kind is IndicatorKind.QUANTITATIVE else profile.tiers).citations
    return Finding(
        id=f"target_reached/{indicator.name}",
        rule="target_reached",
        label=same(indicator.name),
        verdict=outcome.verdict,
        severity=Severity.DOUBT,
        relation=indicator.operator if compared else None,
        observed=value if isinstance(value, Amount) else None,
        required=target if compared and isinstance(target, Amount) else None,
        shortfall=short,
        missing=outcome.missing,
        reason=outcome.reason,
        remarks=(outcome.worked,),
        about=indicator.name,
        citation=first(profile.rests_on(citations)),
        spans=tuple(span for span in (indicator.span, actual.span) if span is not None),
        sources=tuple(dict.fromkeys(source for source in (indicator.source, actual.source) if source)),
    )


def _reason_findings(indicator: Indicator, actual: Actual, outcome: Outcome, profile: Profile) -> Iterator[Finding]:
    if not profile.reason_required or outcome.verdict is not Verdict.UNMET:
        return
    yield remarked(
        "reason_given",
        indicator.name,
        Label("偏差原因", "reason for the deviation"),
        Verdict.MET if actual.reason else Verdict.UNMET,
        Severity.ERROR,
        remarks=(same(actual.reason),) if actual.reason else (),
        aspect=Label("偏差原因分析及改进措施", "the reason for the deviation and what will be done"),
        citation=first(profile.rests_on(profile.reason_citations)),
    )


def _target_doubts(indicator: Indicator, actual: Actual, outcome: Outcome, profile: Profile) -> Iterator[Finding]:
    """Point at targets that ask nothing or too little, and at described targets that are figures."""
    target, value = indicator.target, actual.value
    if indicator.kind is IndicatorKind.QUALITATIVE:
        is_figure = isinstance(target, str) and any(sign.isdecimal() for sign in target) and not _TIME.search(target)
        if isinstance(target, Amount) or is_figure:
            remark = Label(
                f"定性指标的指标值“{target}”是数值；改为定量指标并写明指标性质后方可计算",
                f'the target "{target}" of a qualitative indicator is a figure: made quantitative, with its operator, '
                "it can be worked out",
            )
            yield remarked(
                "qualitative_target",
                indicator.name,
                Label("定性指标值", "qualitative target"),
                Verdict.UNMET,
                Severity.NOTE,
                remarks=(remark,),
            )
        return
    found = outcome.attainment
    if found is None or not isinstance(target, Amount) or not isinstance(value, Amount):
        return
    if target.root == 0 and indicator.operator is Operator.AT_LEAST:
        remark = Label(f"指标值 {target} 未提出要求", f"a target of {target} asks nothing")
        yield doubt("target_asks_nothing", indicator.name, Label("指标值", "target"), remark)
    if min(value.root, target.root) < 0 and not found.reached and indicator.operator is not Operator.EQUAL:
        remark = Label(
            f"完成值 {value}、指标值 {target} 中有负数，不按比例计分",
            f"of {value} and {target} one is negative: no proportion can be taken",
        )
        yield doubt("negative_figure", indicator.name, Label("数值非负", "no negative figure"), remark)
    if outcome.over is not None and profile.over_attainment is not None:
        rate, limit = percent_words(outcome.over), percent_words(profile.over_attainment.threshold)
        remark = Label(
            f"完成值偏高：偏离度 {rate}，超过 {limit}，指标值可能偏低",
            f"over-attained: a deviation of {rate}, above {limit}; the target may have been set too low",
        )
        yield evolve(
            doubt("over_attainment", indicator.name, _OVER, remark),
            relation=Operator.AT_MOST,
            observed=Amount.of(outcome.over * 100, "%"),
            required=Amount.of(profile.over_attainment.threshold * 100, "%"),
            citation=first(profile.rests_on(profile.over_attainment.citations)),
        )
    elif profile.over_attainment is not None and found.reached and found.ratio is None and target.root != value.root:
        remark = Label(
            "除数为零或负数，偏离度无法计算，未扣分", "its deviation would divide by zero or less: nothing is deducted"
        )
        yield remarked(
            "over_attainment",
            indicator.name,
            _OVER,
            Verdict.UNKNOWN,
            Severity.NOTE,
            remarks=(remark,),
            reason=Reason(ReasonKind.ZERO_DIVISOR),
            citation=first(profile.rests_on(profile.over_attainment.citations)),
        )


def _hand_findings(
    indicator: Indicator, actual: Actual, outcome: Outcome, weight: Fraction, profile: Profile
) -> Iterator[Finding]:
    """Check the points given by hand against the weight, the tier's band, or the points worked out."""
    given = actual.score
    label = Label("得分", "score given")
    if given is None:
        if outcome.tier is not None and outcome.points.exact is None:
            lack = Missing(f"indicators[{indicator.name}].score", label, None, of=same(indicator.name))
            yield remarked(
                "hand_score",
                indicator.name,
                label,
                Verdict.UNKNOWN,
                Severity.NOTE,
                missing=(lack,),
                reason=Reason(ReasonKind.MISSING),
                remarks=(outcome.worked,),
                citation=first(profile.rests_on(profile.tiers.citations)),
            )
        return
    citations = profile.tiers.citations if outcome.tier is not None else profile.tolerance_citations
    checked = _hand_checked(given, outcome, weight, profile)
    yield checked.finding("hand_score", indicator.name, label, given, first(profile.rests_on(citations)))


class _HandChecked(NamedTuple):
    """What came of points given by hand, and what they are held against: how they must stand to how many."""

    verdict: Verdict
    severity: Severity
    remark: Label
    relation: Operator | None = None
    bound: Fraction | None = None

    def finding(self, rule: str, about: str, what: Label, given: Fraction, citation: Citation | None) -> Finding:
        """Return it as a finding, with its figures."""
        off = None if self.bound is None or self.verdict is not Verdict.UNMET else abs(given - self.bound)
        unknown = self.verdict is Verdict.UNKNOWN
        return evolve(
            remarked(rule, about, what, self.verdict, self.severity, remarks=(self.remark,), citation=citation),
            relation=self.relation,
            observed=Amount.of(given, POINT),
            required=None if self.bound is None else Amount.of(self.bound, POINT),
            shortfall=Amount.of(off, POINT) if off else None,
            reason=Reason(ReasonKind.UNDETERMINED) if unknown else None,
        )


def _hand_checked(given: Fraction, outcome: Outcome, weight: Fraction, profile: Profile) -> _HandChecked:
    shown, ours, full = points_words(given), str(outcome.points), write_ratio(weight)
    if given > weight:
        return _HandChecked(
            Verdict.UNMET,
            Severity.ERROR,
            Label(f"得分 {shown} 超过分值 {full}", f"{shown} is above the weight {full}"),
            Operator.AT_MOST,
            weight,
        )
    if outcome.tier is not None:
        allowed = band(outcome.tier, weight)
        tier = outcome.tier.label
        if given in allowed:
            return _HandChecked(
                Verdict.MET,
                Severity.ERROR,
                Label(f"得分 {shown} 在 {tier.zh} 的 {allowed} 之内", f"{shown} is in {allowed}"),
            )
        low = given < allowed.low
        return _HandChecked(
            Verdict.UNMET,
            Severity.ERROR,
            Label(
                f"得分 {shown} 不在“{tier.zh}”的分值区间 {allowed} 之内",
                f'{shown} is outside {allowed}, the band of "{tier.en}"',
            ),
            Operator.AT_LEAST if low else Operator.BELOW if allowed.open_top else Operator.AT_MOST,
            allowed.low if low else allowed.high,
        )
    exact = outcome.points.exact
    if exact is None or outcome.attainment is None:
        words = Label(f"得分 {shown} 无从核对", f"{shown} cannot be checked")
        return _HandChecked(Verdict.UNKNOWN, Severity.ERROR, words)
    if outcome.attainment.reached and exact == weight and given < weight:
        over = outcome.over is not None
        return _HandChecked(
            Verdict.UNMET,
            Severity.DOUBT if over else Severity.ERROR,
            Label(
                f"已达到指标值而未给满分：{shown} < {full}" + ("（完成值偏高）" if over else ""),
                f"reached, and yet not given the full marks: {shown} < {full}" + (" (over-attained)" if over else ""),
            ),
            Operator.EQUAL,
            weight,
        )
    if abs(given - exact) <= profile.tolerance:
        words = Label(f"得分 {shown}，计算得 {ours}", f"{shown} given, {ours} worked out")
        return _HandChecked(Verdict.MET, Severity.ERROR, words, Operator.EQUAL, exact)
    off = points_words(abs(given - exact))
    high = given > exact
    return _HandChecked(
        Verdict.UNMET,
        Severity.ERROR,
        Label(
            f"得分 {shown} 比计算所得 {ours} {'高' if high else '低'} {off}",
            f"{shown} is {off} {'above' if high else 'below'} the {ours} worked out",
        ),
        Operator.EQUAL,
        exact,
    )


def _stray(indicator: Indicator, profile: Profile) -> Finding:
    near = _near_heading(indicator.level_one, profile)
    zh = f"“{indicator.level_one}”不属于“{profile.title.zh}”的任何一类" + (f"，是否为“{near}”" if near else "")
    en = f'"{indicator.level_one}" belongs to no group of "{profile.title.en}"' + (f'; is it "{near}"?' if near else "")
    what = Label("一级指标", "level-one name")
    return remarked("level_one_known", indicator.name, what, Verdict.UNMET, Severity.ERROR, remarks=(Label(zh, en),))


def _near_heading(level_one: str, profile: Profile) -> str | None:
    """Return the group name that this one is nearly; 成本指标 shares half its signs with 效益指标 and is another."""
    plain = plain_heading(level_one)
    if len(plain) > _LONGEST_HINTED:
        return None
    known = {plain_heading(name): name for group in profile.groups for name in group.names}
    found = difflib.get_close_matches(plain, known, n=1, cutoff=_NEARLY)
    return known[found[0]] if found else None


def band(tier: Tier, weight: Fraction) -> Points:
    """Return the points that a tier allows."""
    return Points(weight * tier.low, weight * tier.high, open_top=tier.high < 1 and weight > 0)


# --- the execution rate --------------------------------------------------------------------------------


def execution_findings(
    funds: Funds, outcome: Outcome, label: Label, profile: Profile, rule: Execution
) -> Iterator[Finding]:
    """Yield everything there is to say of the execution rate."""
    cited = first(profile.rests_on(rule.citations))
    rate = None if outcome.attainment is None else outcome.attainment.ratio
    yield Finding(
        id="execution_rate",
        rule="execution_rate",
        label=label,
        verdict=outcome.verdict,
        severity=Severity.DOUBT if rate is None else Severity.NOTE,  # spending less is no fault in itself
        relation=None if rate is None else Operator.AT_LEAST,
        observed=None if rate is None else Amount.of(rate * 100, "%"),
        required=None if rate is None else Amount.of(100, "%"),
        missing=outcome.missing,
        reason=outcome.reason,
        remarks=(outcome.worked,),
        citation=cited,
        spans=() if funds.span is None else (funds.span,),
        sources=(funds.source,) if funds.source else (),
    )
    if rate is not None and rate > 1:
        remark = Label(
            f"执行率 {percent_words(rate)}，执行数大于预算数",
            f"a rate of {percent_words(rate)}: more was spent than the budget",
        )
        yield doubt("execution_above_budget", "", label, remark, citation=cited)
    if rate is not None and rule.reason_below is not None and rate < rule.reason_below:
        limit = percent_words(rule.reason_below)
        yield remarked(
            "execution_reason",
            "",
            Label("执行率偏低原因", "reason for the low execution rate"),
            Verdict.MET if funds.reason else Verdict.UNMET,
            Severity.ERROR,
            remarks=(
                Label(
                    f"执行率 {percent_words(rate)} 低于 {limit}，须说明原因"
                    + (f"：{funds.reason}" if funds.reason else ""),
                    f"a rate of {percent_words(rate)}, below {limit}, must give its reason"
                    + (f": {funds.reason}" if funds.reason else ""),
                ),
            ),
            aspect=Label("未完成原因", "the reason"),
            citation=cited,
        )
    if funds.score is not None:
        checked = _hand_checked(funds.score, outcome, rule.weight, profile)
        what = Label("预算执行率得分", "score given for the execution rate")
        cited = first(profile.rests_on(profile.tolerance_citations))
        yield checked.finding("execution_hand_score", "", what, funds.score, cited)


# --- building findings -----------------------------------------------------------------------------------


def remarked(
    rule: str,
    about: str,
    what: Label,
    verdict: Verdict,
    severity: Severity,
    *,
    remarks: tuple[Label, ...] = (),
    aspect: Label | None = None,
    citation: Citation | None = None,
    missing: tuple[Missing, ...] = (),
    reason: Reason | None = None,
) -> Finding:
    """Return a finding that says ``what`` of the indicator that it is ``about``; of the whole sheet where that is ""."""
    return Finding(
        id=f"{rule}/{about}" if about else rule,
        rule=rule,
        label=Label(f"{about}{what.zh}", f"{about}, {what.en}") if about else what,
        verdict=verdict,
        severity=severity,
        remarks=remarks,
        aspect=aspect,
        citation=citation,
        missing=missing,
        reason=reason,
        about=about,
    )


def doubt(rule: str, about: str, what: Label, remark: Label, *, citation: Citation | None = None) -> Finding:
    """Return a finding that something is in doubt."""
    return remarked(rule, about, what, Verdict.UNMET, Severity.DOUBT, remarks=(remark,), citation=citation)


def first(citations: tuple[Citation, ...]) -> Citation | None:
    """Return the citation that a finding shows."""
    return citations[0] if citations else None


def same(text: str) -> Label:
    """Return text that reads alike in both languages, such as a name or a sum."""
    return Label(text, text)
