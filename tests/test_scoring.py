"""Scoring: points lie within the weight, follow the operator's direction, add up, and never guess what is not known."""

from __future__ import annotations

import copy
import datetime
import pickle
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from perfeval.amounts import Amount, Rounding
from perfeval.citations import Citation, Evidence, InForce
from perfeval.errors import AmountError, FactsError, NotFoundError, RuleError, UnitMismatch
from perfeval.evaluation import ReasonKind
from perfeval.expressions import Operator
from perfeval.facts import Label
from perfeval.findings import Finding
from perfeval.indicators import Actual, Funds, Indicator, Sheet
from perfeval.profiles.shelf import load
from perfeval.rules import Severity
from perfeval.scoring.attainment import Attainment, Points, attainment, percent_words, points_words
from perfeval.scoring.profile import (
    Effect,
    Execution,
    Grade,
    Grades,
    Group,
    OverAttainment,
    Partial,
    PartialCredit,
    Place,
    Profile,
    ScoreRounding,
    Tier,
    Tiers,
    plain_heading,
)
from perfeval.scoring.scores import EXECUTION, Score, score
from perfeval.scoring.text import profile_text, score_text
from perfeval.strategies import numbers
from perfeval.verdicts import Verdict
from perfeval.wording import finding_sentence

MET, UNMET, UNKNOWN = Verdict.MET, Verdict.UNMET, Verdict.UNKNOWN
DAY = datetime.date(2026, 12, 31)
LAW = settings(max_examples=60)
NATIONAL = load("ministry_self_evaluation")
DIRECTED = (Operator.AT_LEAST, Operator.AT_MOST, Operator.ABOVE, Operator.BELOW)
MIRROR = {
    Operator.AT_LEAST: Operator.AT_MOST,
    Operator.AT_MOST: Operator.AT_LEAST,
    Operator.ABOVE: Operator.BELOW,
    Operator.BELOW: Operator.ABOVE,
}
GOOD, PARTLY, POOR = (tier.label.zh for tier in NATIONAL.tiers.tiers)


def profile(**changes: Any) -> Profile:
    """Return a profile of one group that takes every indicator and weighs 100."""
    plain = Profile(
        name="plain",
        title="plain",
        groups=[Group(key="all", label="all", weight=100)],
        tiers=NATIONAL.tiers,
        grades=NATIONAL.grades,
        reason_required=False,
    )
    return evolve(plain, **changes)


def one(
    operator: Operator | str | None,
    target: Any,
    actual: Any,
    *,
    by: Profile | None = None,
    weight: Any = 100,
    given: Any = None,
    reason: str | None = None,
    kind: str = "quantitative",
) -> Score:
    """Score a sheet of one indicator."""
    sheet = Sheet(
        title="t",
        indicators=[Indicator(name="x", level_one="l", operator=operator, target=target, weight=weight, kind=kind)],
        actuals=[Actual(indicator="x", value=actual, score=given, reason=reason)],
    )
    return score(sheet, by or profile(), on=DAY)


def points(*parts: Any, **more: Any) -> Fraction:
    """Return the points of the one indicator, which are known."""
    exact = one(*parts, **more)["x"].points.exact
    assert exact is not None
    return exact


def yuan(number: Fraction | int) -> Amount:
    """Return so many 元."""
    return Amount.of(number, "元")


def found(scored: Score, rule: str) -> list[Finding]:
    """Return the findings of a rule."""
    return [finding for finding in scored.review.findings if finding.rule == rule]


SIZES = numbers(-50, 200) | st.just(Fraction(0))
POSITIVE = numbers(Fraction(1, 100), 200)
OPERATORS = st.sampled_from(list(Operator))
CREDITS = st.builds(
    PartialCredit,
    rule=st.sampled_from(list(Partial)),
    floor=st.none() | st.integers(0, 100).map(lambda percent: f"{percent} %"),
)
ROUNDINGS = st.builds(
    ScoreRounding,
    mode=st.sampled_from(list(Rounding)),
    quantum=st.sampled_from(["0.01", "0.1", "1", "0.3"]),
    place=st.sampled_from(list(Place)),
)
OVER = st.builds(
    OverAttainment,
    threshold=st.integers(0, 60).map(lambda percent: f"{percent} %"),
    effect=st.sampled_from(list(Effect)),
)
PROFILES = st.builds(
    profile,
    partial=CREDITS,
    over_attainment=st.none() | OVER,
    rounding=st.none() | ROUNDINGS,
)
UNROUNDED = st.builds(profile, partial=CREDITS, over_attainment=st.none() | OVER)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Draw a sheet for the plain profile: some operators, targets, actuals, tiers and scores are left out."""
    count = draw(st.integers(1, 4))
    parts = [draw(st.integers(0, 30)) for _ in range(count - 1)]
    weights = [*parts, 100 - sum(parts)]
    indicators, actuals = [], []
    for place, weight in enumerate(weights):
        kind = draw(st.sampled_from(["quantitative", "qualitative"]))
        name = f"n{place}"
        if kind == "quantitative":
            operator = draw(st.none() | OPERATORS)
            target = draw(st.none() | SIZES.map(yuan))
            value = draw(st.none() | SIZES.map(yuan))
        else:
            operator, target = None, "明显"
            value = draw(st.sampled_from([None, GOOD, PARTLY, POOR, "完成"]))
        indicators.append(
            Indicator(name=name, level_one="l", operator=operator, target=target, weight=weight, kind=kind)
        )
        hand = draw(st.none() | st.integers(0, 100))
        actuals.append(Actual(indicator=name, value=value, score=hand))
    return Sheet(title="t", indicators=indicators, actuals=actuals)


@st.composite
def completed(draw: st.DrawFn, sheet: Sheet) -> Sheet:
    """Fill in everything that a sheet leaves out, or that could not be taken as it stood."""
    indicators, actuals = [], []
    for indicator in sheet.indicators:
        actual = sheet.actual(indicator.name) or Actual(indicator=indicator.name)
        if indicator.kind.value == "quantitative":
            indicator = evolve(  # noqa: PLW2901 - the completed one
                indicator,
                operator=indicator.operator or draw(OPERATORS),
                target=draw(SIZES.map(yuan)) if indicator.target is None else indicator.target,
            )
            actual = evolve(actual, value=draw(SIZES.map(yuan)) if actual.value is None else actual.value)
        else:
            assert isinstance(actual.value, str | None)
            tier = NATIONAL.tiers.named(actual.value or "") or draw(st.sampled_from(NATIONAL.tiers.tiers))
            assert indicator.weight is not None
            share = draw(
                st.fractions(tier.low, tier.high).filter(lambda drawn, tier=tier: tier.holds(drawn))  # type: ignore[misc]
            )
            in_band = actual.score is not None and indicator.weight and tier.holds(actual.score / indicator.weight)
            actual = evolve(actual, value=tier.label.zh, score=actual.score if in_band else share * indicator.weight)
        indicators.append(indicator)
        actuals.append(actual)
    return Sheet(title="t", indicators=indicators, actuals=actuals)


# --- laws: one line -------------------------------------------------------------------------------------------


@LAW
@given(OPERATORS, SIZES, SIZES, numbers(0, 100), PROFILES)
def test_points_lie_between_nothing_and_the_weight(
    operator: Operator, target: Fraction, actual: Fraction, weight: Fraction, by: Profile
) -> None:
    """Whatever the profile: no bonus, and nothing below zero."""
    line = one(operator, yuan(target), yuan(actual), by=by, weight=weight)["x"]
    assert line.points.exact is not None
    assert 0 <= line.points.exact <= weight


@LAW
@given(st.sampled_from(DIRECTED), SIZES, SIZES, SIZES, CREDITS, st.none() | ROUNDINGS)
def test_points_are_monotone_in_the_direction_of_the_operator(
    operator: Operator,
    target: Fraction,
    actual: Fraction,
    other: Fraction,
    credit: PartialCredit,
    rounding: ScoreRounding | None,
) -> None:
    """More is never worse for ≥ and >, nor better for ≤ and <."""
    by = profile(partial=credit, rounding=rounding)
    low, high = sorted((actual, other))
    less, more = (points(operator, yuan(target), yuan(number), by=by) for number in (low, high))
    if operator in (Operator.AT_LEAST, Operator.ABOVE):
        assert less <= more
    else:
        assert less >= more


@LAW
@given(SIZES, SIZES, SIZES, CREDITS)
def test_for_equality_nearer_is_never_worse(
    target: Fraction, actual: Fraction, other: Fraction, credit: PartialCredit
) -> None:
    """By distance, on both sides of the target."""
    near, far = sorted((actual, other), key=lambda number: abs(number - target))
    by = profile(partial=credit)
    assert points("=", yuan(target), yuan(near), by=by) >= points("=", yuan(target), yuan(far), by=by)


@LAW
@given(st.sampled_from(DIRECTED), POSITIVE, POSITIVE, POSITIVE, st.integers(0, 60))
def test_below_the_threshold_a_deducting_profile_is_monotone_too(
    operator: Operator, target: Fraction, actual: Fraction, other: Fraction, percent: int
) -> None:
    """Only above it does more attainment cost points."""
    by = profile(over_attainment=OverAttainment(threshold=f"{percent} %", effect="deduct"))
    ratios = []
    for number in (actual, other):
        ratio = attainment(operator, yuan(number), yuan(target)).ratio
        assert ratio is not None
        assume(ratio <= 1 + Fraction(percent, 100))
        ratios.append((ratio, points(operator, yuan(target), yuan(number), by=by)))
    low, high = sorted(ratios)
    assert low[1] <= high[1]


@LAW
@given(st.sampled_from(DIRECTED), SIZES, SIZES, PROFILES)
def test_at_least_and_at_most_are_mirror_images(
    operator: Operator, target: Fraction, actual: Fraction, by: Profile
) -> None:
    """Exchanging the operator, and target with actual, changes neither points nor verdict nor deviation."""
    here = one(operator, yuan(target), yuan(actual), by=by)
    there = one(MIRROR[operator], yuan(actual), yuan(target), by=by)
    assert here["x"].points == there["x"].points
    assert here["x"].attainment == there["x"].attainment
    assert found(here, "target_reached")[0].verdict is found(there, "target_reached")[0].verdict
    assert [one.verdict for one in found(here, "over_attainment")] == [
        one.verdict for one in found(there, "over_attainment")
    ]


@LAW
@given(OPERATORS, SIZES, SIZES, CREDITS)
def test_the_whole_weight_is_scored_exactly_where_the_target_is_reached(
    operator: Operator, target: Fraction, actual: Fraction, credit: PartialCredit
) -> None:
    """But for a strict target that is equalled, which scores its share of one and yet is not reached."""
    scored = one(operator, yuan(target), yuan(actual), by=profile(partial=credit))
    holds = {
        Operator.AT_LEAST: actual >= target,
        Operator.AT_MOST: actual <= target,
        Operator.ABOVE: actual > target,
        Operator.BELOW: actual < target,
        Operator.EQUAL: actual == target,
    }[operator]
    assert found(scored, "target_reached")[0].verdict is (MET if holds else UNMET)
    full = scored["x"].points == Points.exactly(100)
    assert full or not holds
    if full and not holds:
        assert actual == target > 0
        assert operator in (Operator.ABOVE, Operator.BELOW)


ENDS = st.tuples(st.integers(0, 3), st.integers(0, 3), st.booleans()).map(
    lambda ends: Points(
        Fraction(min(ends[:2])), Fraction(max(ends[:2])), open_top=ends[2] and min(ends[:2]) < max(ends[:2])
    )
)


@LAW
@given(ENDS, ENDS)
def test_the_sum_of_two_intervals_holds_exactly_the_sums_of_their_points(one: Points, other: Points) -> None:
    """Looked at on thirds, made of sixths: the end of a sum is open where either end is."""
    parts = [Fraction(sixth, 6) for sixth in range(19)]
    sums = {left + right for left in parts if left in one for right in parts if right in other}
    thirds = [Fraction(third, 3) for third in range(19)]
    assert [point for point in thirds if point in one + other] == [point for point in thirds if point in sums]


SAME = [("元", "万元"), ("%", "‰"), ("月", "年"), ("天", "半天"), ("元/月", "元/年"), ("人天", "人天")]


@LAW
@given(OPERATORS, SIZES, SIZES, st.sampled_from(SAME), PROFILES)
def test_the_unit_in_which_target_and_actual_are_shown_changes_nothing(
    operator: Operator, target: Fraction, actual: Fraction, units: tuple[str, str], by: Profile
) -> None:
    """Nor does showing only one of them in another unit."""
    first, second = units
    wanted, seen = Amount.of(target, first), Amount.of(actual, first)
    here = one(operator, wanted, seen, by=by)
    for there in (
        one(operator, wanted.to(second), seen.to(second), by=by),
        one(operator, wanted, seen.to(second), by=by),
    ):
        assert here["x"].points == there["x"].points
        assert [one.verdict for one in here.review] == [one.verdict for one in there.review]
    # Reading both numbers in the other unit is another sheet with the same ratio.
    assert here["x"].points == one(operator, Amount.of(target, second), Amount.of(actual, second), by=by)["x"].points


@LAW
@given(st.integers(0, 2), st.fractions(0, 1), numbers(Fraction(1, 10), 50))
@example(1, Fraction(4, 5), Fraction(10))
@example(0, Fraction(1), Fraction(10))
def test_a_score_by_hand_is_taken_exactly_where_it_lies_in_the_band_of_its_tier(
    place: int, share: Fraction, weight: Fraction
) -> None:
    """Outside, it is found, and the band stands in its place."""
    tier = NATIONAL.tiers.tiers[place]
    scored = one(None, "明显", tier.label.zh, weight=weight, given=share * weight, kind="qualitative")
    inside = tier.low <= share < tier.high or share == tier.high == 1
    verdict = found(scored, "hand_score")[0].verdict
    assert verdict is (MET if inside else UNMET)
    line = scored["x"]
    assert line.points == (
        Points.exactly(share * weight)
        if inside
        else Points(tier.low * weight, tier.high * weight, open_top=tier.high < 1)
    )
    assert (line in scored.rescored) is not inside
    assert (line.difference == 0) is (inside or share == tier.high)


@LAW
@given(OPERATORS, POSITIVE, POSITIVE, st.fractions(0, 100))
def test_a_score_by_hand_agrees_exactly_within_the_tolerance_of_what_is_worked_out(
    operator: Operator, target: Fraction, actual: Fraction, hand: Fraction
) -> None:
    """Full marks are not a matter of tolerance: what is reached and scored short is found."""
    scored = one(operator, yuan(target), yuan(actual), given=hand)
    ours = scored["x"].points.exact
    assert ours is not None
    reached = found(scored, "target_reached")[0].verdict is MET
    agrees = hand == 100 if reached else abs(hand - ours) <= Fraction(1, 10)
    assert found(scored, "hand_score")[0].verdict is (MET if agrees else UNMET)
    assert scored["x"].difference == hand - ours


# --- laws: the whole sheet ------------------------------------------------------------------------------------


@LAW
@given(sheets(), PROFILES)
def test_the_total_is_the_sum_of_its_lines_rounded_where_the_profile_rounds_totals(sheet: Sheet, by: Profile) -> None:
    """And each group's points are the sum of the group's lines."""
    scored = score(sheet, by, on=DAY)
    low = sum((line.points.low for line in scored.lines), Fraction(0))
    high = sum((line.points.high for line in scored.lines), Fraction(0))
    if by.rounding is not None and by.rounding.place is Place.TOTAL:
        step = by.rounding.quantum
        low, high = (min(Fraction(100), by.rounding.mode.integer(end / step) * step) for end in (low, high))
    assert (scored.total.low, scored.total.high) == (low, high)
    assert scored.subtotals[0].found == scored.subtotals[0].required == 100
    if by.rounding is None:
        assert scored.subtotals[0].points == scored.total


@LAW
@given(st.data())
def test_the_total_contains_that_of_every_completion_and_the_grade_is_the_grade_of_each(data: st.DataObject) -> None:
    """What is not known is never guessed."""
    sheet = data.draw(sheets())
    by = data.draw(UNROUNDED)
    scored = score(sheet, by, on=DAY)
    whole = score(data.draw(completed(sheet)), by, on=DAY)
    assert whole.total.exact is not None
    assert whole.total.exact in scored.total
    for line in whole.lines:
        assert line.points.exact is not None
        assert line.points.exact in scored[line.name].points
    if scored.grade is not None:
        assert scored.grade == whole.grade


@LAW
@given(sheets(), ROUNDINGS)
def test_rounding_changes_no_grade_of_a_total_and_no_line_that_is_full(sheet: Sheet, rounding: ScoreRounding) -> None:
    """A total is graded as it was before it was rounded, an interval too; a whole weight stays whole."""
    plain = score(sheet, profile(), on=DAY)
    scored = score(sheet, profile(rounding=rounding), on=DAY)
    if rounding.place is Place.TOTAL:
        assert scored.unrounded == plain.total
        assert (scored.grade, scored.given_grade) == (plain.grade, plain.given_grade)
        assert scored.given_unrounded == plain.given_total
    else:
        assert scored.unrounded == scored.total
    for line in plain.lines:
        if line.points == Points.exactly(line.weight):
            assert scored[line.name].points == line.points


@LAW
@given(sheets(), PROFILES)
def test_no_text_of_a_score_shows_what_only_a_program_can_read(sheet: Sheet, by: Profile) -> None:
    """No function, no object at an address, in the text and in all that the findings say, in both languages."""
    scored = score(sheet, by, on=DAY)
    said = [score_text(scored, lang) for lang in ("zh", "en")]
    for finding in scored.review:
        said += [finding_sentence(finding, lang) for lang in ("zh", "en")]
        said += [text for remark in finding.remarks for text in (remark.zh, remark.en)]
    for line in scored.lines:
        said += [line.worked.zh, line.worked.en]
    assert not [text for text in said if "<function" in text or "0x" in text or "object at" in text]


@LAW
@given(st.permutations(range(4)), st.sets(st.integers(0, 3), max_size=3))
def test_where_a_weight_comes_to_rest_does_not_depend_on_the_order_of_groups(
    order: list[int], filled: set[int]
) -> None:
    """Each of 10, 20, 30 and 40 goes to the next group that has an indicator, or to the last."""
    groups = [
        Group(
            key=f"g{n}", label=f"g{n}", weight=10 * (n + 1), names=[f"n{n}"], yields_to=f"g{n + 1}" if n < 3 else None
        )
        for n in range(4)
    ]
    expected = dict.fromkeys(range(4), 0)
    for n in range(4):
        expected[next((later for later in range(n, 4) if later in filled), 3)] += 10 * (n + 1)
    indicators = [Indicator(name=f"i{n}", level_one=f"n{n}", target="≥1 次", weight=expected[n]) for n in filled]
    if not indicators:
        return
    by = profile(groups=[groups[n] for n in order])
    scored = score(Sheet(title="t", indicators=indicators), by, on=DAY)
    assert {part.key: part.required for part in scored.subtotals} == {f"g{n}": expected[n] for n in range(4)}


HEADING_FRONTS = ("", "一、", "（二）", "3.", "(4)", "①", "十二、", "【")
HEADING_BACKS = ("", "（50分）", "(50分)（权重50%）", "50分", "30%", "：", ":", "【10】", " （10 分）:")


@LAW
@given(
    st.sampled_from(["产出指标", "效益指标", "满意度"]),
    st.sampled_from(HEADING_FRONTS),
    st.sampled_from(HEADING_BACKS),
    st.lists(st.tuples(st.integers(0, 12), st.sampled_from([" ", "\n", "\u3000", "\t"])), max_size=3),
)
def test_what_a_table_prints_around_a_level_one_name_does_not_change_its_group(
    name: str, front: str, back: str, blanks: list[tuple[int, str]]
) -> None:
    """Numbering, brackets, figures, colons, blanks and line ends."""
    printed = f"{front}{name}{'】' if front == '【' else ''}{back}"
    for place, blank in blanks:
        printed = f"{printed[:place]}{blank}{printed[place:]}"
    group = NATIONAL.group_of(printed)
    assert group is not None
    assert name in group.names


@LAW
@given(st.text(max_size=40) | st.text("()（）【】[]〔〕1一、.:分%", max_size=60))
def test_a_heading_is_plain_once_it_has_been_made_plain(text: str) -> None:
    """And nothing that is printed becomes nothing."""
    plain = plain_heading(text)
    assert plain_heading(plain) == plain
    assert bool(plain) is bool(text.split())


@LAW
@given(st.sampled_from((Operator.ABOVE, Operator.BELOW)), POSITIVE)
def test_a_strict_target_that_is_equalled_is_missed_by_nothing(operator: Operator, number: Fraction) -> None:
    (finding,) = found(one(operator, yuan(number), yuan(number)), "target_reached")
    assert (finding.verdict, finding.shortfall) == (UNMET, None)


@LAW
@given(sheets(), st.randoms(use_true_random=False))
def test_the_order_of_the_indicators_does_not_matter(sheet: Sheet, random: Any) -> None:
    """Nor does that of the actuals."""
    indicators, actuals = list(sheet.indicators), list(sheet.actuals)
    random.shuffle(indicators)
    random.shuffle(actuals)
    other = score(Sheet(title="t", indicators=indicators, actuals=actuals), profile(), on=DAY)
    scored = score(sheet, profile(), on=DAY)
    assert other.total == scored.total
    assert {one.id: one for one in other.review} == {one.id: one for one in scored.review}


@LAW
@given(sheets())
def test_a_score_has_a_finding_of_its_own_for_everything_it_says_and_prints(sheet: Sheet) -> None:
    """Ids tell findings apart; each line stands in both texts."""
    scored = score(sheet, profile(), on=DAY)
    ids = [finding.id for finding in scored.review]
    assert len(ids) == len(set(ids))
    for lang in ("zh", "en"):
        text = score_text(scored, lang)
        for line in scored.lines:
            assert line.worked.get(lang) in text


@LAW
@given(st.fractions(0, 100), st.fractions(0, 100))
@example(Fraction("89.5"), Fraction("89.999999999"))
@example(Fraction(90), Fraction(100))
def test_every_total_has_one_grade_and_grades_are_monotone(total: Fraction, other: Fraction) -> None:
    """89.5 included: the bands are half-open."""
    ladder = sorted(NATIONAL.grades.grades, key=lambda grade: grade.low)
    held = [grade for grade in ladder if grade.low <= total < grade.high or total == grade.high == 100]
    assert held == [NATIONAL.grades.of(total)]
    low, high = sorted((total, other))
    assert ladder.index(NATIONAL.grades.of(low)) <= ladder.index(NATIONAL.grades.of(high))


@LAW
@given(st.lists(st.integers(1, 99), unique=True, max_size=5))
def test_bands_that_meet_are_taken_and_a_gap_or_an_overlap_is_refused(cuts: list[int]) -> None:
    """The place of the gap is said."""
    edges = [0, *sorted(cuts), 100]
    grades = [Grade(label=f"g{low}", low=low, high=high) for low, high in pairwise(edges)]
    assert len(Grades(grades=grades).grades) == len(edges) - 1
    if cuts:
        moved = evolve(grades[0], high=grades[0].high - Fraction(1, 2))
        with pytest.raises(RuleError, match=rf"a gap from {write(moved.high)} to {min(cuts)}"):
            Grades(grades=[moved, *grades[1:]])
        moved = evolve(grades[0], high=grades[0].high + Fraction(1, 2))
        with pytest.raises(RuleError, match=rf"an overlap from {min(cuts)} to {write(moved.high)}"):
            Grades(grades=[moved, *grades[1:]])


def write(number: Fraction) -> str:
    """Return a number of halves as decimals."""
    return str(Decimal(number.numerator) / number.denominator)


# --- examples by hand -----------------------------------------------------------------------------------------

TABLE = Sheet(
    title="园区党建经费",
    indicators=[
        Indicator(name="培训期数", level_one="产出指标（50分）", target="≥3 期", weight=20),
        Indicator(name="培训人数", level_one="产出指标（50分）", target="≥50 人", weight=20),
        Indicator(name="总成本", level_one="产出指标（50分）", target="≤5 万元", weight=10),
        Indicator(name="党建氛围", level_one="效益指标", target="明显改善", weight=30, kind="qualitative"),
        Indicator(name="党员满意度", level_one="满意度指标", target="≥90%", weight=10),
    ],
    actuals=[
        Actual(indicator="培训期数", value="3 期", score=20),
        Actual(indicator="培训人数", value="40 人", score=16, reason="两家企业停产"),
        Actual(indicator="总成本", value="62,500 元", score=8, reason="场地涨价"),
        Actual(indicator="党建氛围", value=GOOD, score=27),
        Actual(indicator="党员满意度", value="95%", score=10),
    ],
    funds=Funds(full_year="5 万元", executed="4.5 万元", score=9),
    total=90,
)


def test_a_whole_table_by_hand() -> None:
    """10 × 4.5/5 = 9; 20; 20 × 40/50 = 16; 10 × 5/6.25 = 8; 27 within [24, 30]; 10: together 90, 优."""
    scored = score(TABLE, NATIONAL, on=DAY)
    assert [line.points.exact for line in scored.lines] == [9, 20, 16, 8, 27, 10]
    assert scored.total == Points.exactly(90)
    assert scored.grade is not None
    assert scored.grade.zh == "优"
    assert (scored.given_total, scored.given_grade) == (90, scored.grade)
    assert scored.rescored == ()
    assert [(part.key, part.found, part.points.exact) for part in scored.subtotals] == [
        ("output", 50, 44),
        ("benefit", 30, 27),
        ("satisfaction", 10, 10),
    ]
    unmet = [finding.id for finding in scored.review.of(UNMET)]
    assert unmet == ["execution_rate", "target_reached/培训人数", "target_reached/总成本"]


def test_the_finding_of_a_line_says_what_was_seen_wanted_short_and_scored() -> None:
    """50 − 40 = 10 人 short; 62,500 − 50,000 = 12,500 元 above."""
    review = score(TABLE, NATIONAL, on=DAY).review
    trained = review["target_reached/培训人数"]
    assert (trained.observed, trained.required) == (Amount.parse("40 人"), Amount.parse("50 人"))
    assert (trained.relation, trained.shortfall) == (Operator.AT_LEAST, Amount.parse("10 人"))
    assert trained.remarks[0].zh == "20 × 40 人 ÷ 50 人 = 16"
    cost = review["target_reached/总成本"]
    assert cost.shortfall == Amount.parse("12,500 元")
    assert cost.remarks[0].zh == "10 × 5 万元 ÷ 62,500 元 = 8"
    assert cost.citation == NATIONAL.partial.citations[0]


def test_a_department_rescores_the_unit() -> None:
    """18 of 20 × 40/50 = 16 is 2 too many; 23 of [24, 30] is 1 below the band; 19 of a full 20 is 1 short."""
    scores = {"培训期数": 19, "培训人数": 18, "党建氛围": 23}
    sheet = evolve(
        TABLE, actuals=[evolve(actual, score=scores.get(actual.indicator, actual.score)) for actual in TABLE.actuals]
    )
    scored = score(sheet, NATIONAL, on=DAY)
    assert {line.name: line.difference for line in scored.rescored} == {"培训期数": -1, "培训人数": 2, "党建氛围": -1}
    # 9 + 19 + 18 + 8 + 23 + 10 = 87 by hand; ours 9 + 20 + 16 + 8 + [24, 30] + 10 = [87, 93].
    assert (scored.given_total, scored.given_grade and scored.given_grade.zh) == (87, "良")
    assert scored.total == Points(Fraction(87), Fraction(93))
    assert scored.grade is None
    assert scored.grade_withheld is not None
    assert "[87, 93]" in scored.grade_withheld.zh
    assert "已达到指标值而未给满分" in scored.review["hand_score/培训期数"].remarks[0].zh
    # The printed total 90 is not the sum 87.
    total = scored.review["total_agrees"]
    assert (total.verdict, total.shortfall) == (UNMET, Amount.of(3, "个[分值]"))


def test_the_grade_is_known_where_the_whole_interval_lies_in_it() -> None:
    """60 exact and [24, 32) of a 40 in the middle tier: [84, 92) has two grades; with 68 exact [84, 90) has one."""

    def sheet(weight: int) -> Sheet:
        return Sheet(
            title="t",
            indicators=[
                Indicator(name="a", level_one="l", target="≥1 个", weight=100 - weight),
                Indicator(name="b", level_one="l", target="好", weight=weight, kind="qualitative"),
            ],
            actuals=[Actual(indicator="a", value="1 个"), Actual(indicator="b", value=PARTLY)],
        )

    wide = score(sheet(40), profile(), on=DAY)
    assert (wide.total, wide.grade) == (Points(Fraction(84), Fraction(92), open_top=True), None)
    # 50 + [30, 40) = [80, 90): 良 throughout, because 90 itself cannot be reached.
    narrow = score(sheet(50), profile(), on=DAY)
    assert narrow.total == Points(Fraction(80), Fraction(90), open_top=True)
    assert narrow.grade is not None
    assert narrow.grade.zh == "良"


@pytest.mark.parametrize(
    ("operator", "target", "actual", "expected"),
    [
        ("≤", "0 起", "0 起", 100),  # none allowed, none happened
        ("≤", "0 起", "1 起", 0),
        ("≥", "0 起", "0 起", 100),
        ("≥", "0 起", "3 起", 100),
        ("=", "0 起", "0 起", 100),
        ("=", "0 起", "1 起", 0),
        (">", "0 起", "0 起", 0),
        ("<", "0 起", "0 起", 0),
        ("≥", "5 起", "-1 起", 0),
        ("≤", "5 起", "0 起", 100),
        ("≥", "-5 起", "-3 起", 100),  # −3 is more than −5
        ("≥", "-5 起", "-8 起", 0),
        (">", "5 起", "5 起", 100),  # its share of the target is one, though it is not beyond it
        ("=", "10 起", "25 起", 0),  # 1 − 15/10 is below zero
        ("=", "10 起", "8 起", 80),
        ("=", "-10 起", "-8 起", 80),
    ],
)
def test_zero_and_negative_figures(operator: str, target: str, actual: str, expected: int) -> None:
    """None of them is an error of division, and none gives a share that means nothing."""
    unit = "次"
    parts = operator, target.replace("起", unit), actual.replace("起", unit)
    assert points(*parts) == expected


def test_a_target_of_nothing_and_a_negative_figure_are_in_doubt() -> None:
    """The points stand, and a doubt says why they mean little."""
    assert [one.severity for one in found(one("≥", "0 次", "3 次"), "target_asks_nothing")] == [Severity.DOUBT]
    assert found(one("≤", "0 次", "0 次"), "target_asks_nothing") == []
    assert [one.severity for one in found(one("≥", "5 次", "-1 次"), "negative_figure")] == [Severity.DOUBT]
    assert found(one("≥", "-5 %", "-3 %"), "negative_figure") == []


def test_a_floor_and_all_or_nothing() -> None:
    """59 of 100 is below a floor of 60 %; 60 is not; all-or-nothing pays neither."""
    floor = profile(partial=PartialCredit(floor="60 %"))
    assert points("≥", "100 人", "59 人", by=floor) == 0
    assert points("≥", "100 人", "60 人", by=floor) == 60
    assert points("≥", "100 人", "99 人", by=profile(partial=PartialCredit(rule="none"))) == 0
    assert points("≥", "100 人", "100 人", by=profile(partial=PartialCredit(rule="none"))) == 100


def test_over_attainment_warns_and_deducts_only_where_the_profile_says_so() -> None:
    """150 of 100 deviates by 50 %; beyond a threshold of 30 % that is 20 % of the weight."""
    assert found(one("≥", "100 人", "150 人"), "over_attainment") == []
    warn = one("≥", "100 人", "150 人", by=profile(over_attainment=OverAttainment(threshold="30 %")))
    assert warn["x"].points == Points.exactly(100)
    (finding,) = found(warn, "over_attainment")
    assert (finding.verdict, finding.severity) == (UNMET, Severity.DOUBT)
    assert "偏离度 50%" in finding.remarks[0].zh
    assert finding_sentence(finding) == "x完成值偏离度：未达标，实际 50%，应不超过 30%。"
    deduct = profile(over_attainment=OverAttainment(threshold="30 %", effect="deduct"))
    assert points("≥", "100 人", "150 人", by=deduct) == 80
    assert points("≥", "100 人", "130 人", by=deduct) == 100
    assert points("≤", "150 元", "100 元", by=deduct) == 80  # 150 ÷ 100 is 1.5 as well
    assert points("≥", "100 人", "300 人", by=deduct) == 0
    # 1 - (200 - 30) is -70 %: what is written out is cut off at nothing, in so many words, and only there.
    for actual, zh, en in (
        ("300 人", "100 × max(0, 1 − (200% − 30%)) = 0（不低于 0）", "(not below 0)"),
        ("230 人", "100 × (1 − (130% − 30%)) = 0", "= 0"),
    ):
        worked = one("≥", "100 人", actual, by=deduct)["x"].worked
        assert worked.zh == f"完成值偏高，{zh}"
        assert worked.en.endswith(en)
    # 5 ÷ 0 is no deviation: nothing is deducted, and it is said.
    none = one("≤", "5 次", "0 次", by=deduct)
    assert none["x"].points == Points.exactly(100)
    (finding,) = found(none, "over_attainment")
    assert (finding.verdict, finding.reason and finding.reason.kind) == (UNKNOWN, ReasonKind.ZERO_DIVISOR)


def test_a_reviewer_who_takes_points_off_an_over_attained_target_is_in_doubt_not_in_error() -> None:
    """The method allows it where the target was set too low."""
    by = profile(over_attainment=OverAttainment(threshold="30 %"))
    assert found(one("≥", "100 人", "150 人", by=by, given=80), "hand_score")[0].severity is Severity.DOUBT
    assert found(one("≥", "100 人", "110 人", by=by, given=80), "hand_score")[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    ("parts", "given", "told"),
    [
        (("≥", "50 人", "40 人"), 82, "x得分：不符，实际 82 分，应等于 80 分，差额 2 分。"),
        (("≥", "50 人", "40 人"), 80, "x得分：相符，实际 80 分，应等于 80 分。"),
        (("≥", "50 人", "50 人"), 98, "x得分：不符，实际 98 分，应等于 100 分，差额 2 分。"),
        (("≥", "50 人", "50 人"), 103, "x得分：未达标，实际 103 分，应不超过 100 分，超标 3 分。"),
        ((None, "好", PARTLY), 59, "x得分：未达标，实际 59 分，应不少于 60 分，尚差 1 分。"),
        ((None, "好", PARTLY), 80, "x得分：未达标，实际 80 分，应少于 80 分。"),
        ((None, "好", GOOD), 79, "x得分：未达标，实际 79 分，应不少于 80 分，尚差 1 分。"),
    ],
)
def test_points_given_by_hand_are_told_with_what_they_are_held_against(parts: Any, given: int, told: str) -> None:
    """40 of 50 is 80 points; the bands of 100 are [60, 80) and [80, 100]. One colon, and figures on both sides."""
    kind = "qualitative" if parts[0] is None else "quantitative"
    (finding,) = found(one(*parts, given=given, kind=kind), "hand_score")
    assert finding_sentence(finding) == told


LAW_CITED = (Citation(title="某县自评办法", evidence=Evidence.PRIMARY),)
OTHER_CITED = (Citation(title="评分软件", evidence=Evidence.CODE),)


def test_a_profile_rests_on_its_sources_where_a_part_has_none_of_its_own() -> None:
    """In what is printed, in the evidence, in the findings, and in whether it is a sample."""
    bare = profile(
        tiers=Tiers(tiers=NATIONAL.tiers.tiers),
        grades=Grades(grades=NATIONAL.grades.grades),
        reason_required=True,
        over_attainment=OverAttainment(threshold="30 %"),
        rounding=ScoreRounding(quantum=1, mode="HALF_UP", place="total"),
        execution=Execution(weight=10, base="full_year"),
        groups=[Group(key="all", label="all", weight=90)],
    )
    assert bare.is_sample and {cited for _, cited in bare.evidence()} == {()}
    assert "无出处" in profile_text(bare)
    own = evolve(bare, sources=LAW_CITED)
    assert {cited for _, cited in own.evidence()} == {LAW_CITED}
    assert not own.is_sample
    scored = one("≥", "5 次", "4 次", by=own, weight=90, given=70)
    for text in (profile_text(own), score_text(scored)):
        assert "无出处" not in text and "样例" not in text
        assert text.count("某县自评办法") == len(own.evidence())
    for rule in ("target_reached", "reason_given", "hand_score"):
        assert [one.citation for one in found(scored, rule)] == list(LAW_CITED)
    assert scored.review["group_weights/all"].citation == LAW_CITED[0]
    assert scored.review["execution_rate"].citation == LAW_CITED[0]
    # A part that has citations of its own keeps to them, and they alone decide how well it was read.
    mixed = evolve(own, tolerance_citations=OTHER_CITED)
    assert dict(mixed.evidence())[Label("得分容差", "tolerance")] == OTHER_CITED
    assert mixed.is_sample
    for weaker in (OTHER_CITED, (*LAW_CITED, *OTHER_CITED)):
        assert evolve(own, sources=weaker).is_sample


def test_rounding_is_named_and_happens_once() -> None:
    """100 × 2/3 = 66.666… is 66.67 by half-up and 66.66 by down; two lines of 50 × 2/3 = 33.333… differ by place."""

    def by(mode: str, place: str) -> Profile:
        return profile(rounding=ScoreRounding(mode=mode, quantum="0.01", place=place))

    assert points("≥", "3 次", "2 次", by=by("HALF_UP", "line")) == Fraction("66.67")
    assert points("≥", "3 次", "2 次", by=by("DOWN", "line")) == Fraction("66.66")
    sheet = Sheet(
        title="t",
        indicators=[Indicator(name=name, level_one="l", target="≥3 次", weight=50) for name in "ab"],
        actuals=[Actual(indicator=name, value="2 次") for name in "ab"],
    )
    assert score(sheet, by("HALF_UP", "line"), on=DAY).total == Points.exactly(Fraction("66.66"))
    assert score(sheet, by("HALF_UP", "total"), on=DAY).total == Points.exactly(Fraction("66.67"))
    assert score(sheet, profile(), on=DAY).total == Points.exactly(Fraction(200, 3))


def test_a_score_in_the_band_of_its_tier_shows_the_band() -> None:
    """9 lies in 80 to 100 % of 10."""
    scored = one(None, "明显改善", GOOD, weight=10, given=9, kind="qualitative")
    assert scored["x"].worked.zh == f"{GOOD}，人工评分 9，在 [8, 10] 之内"
    assert scored["x"].worked.en == "reached: 9 given by hand, within [8, 10]"


def test_full_marks_are_not_rounded_away() -> None:
    """12.5 rounded half-even to whole points would be 12, and the unit that gave itself 12.5 would be accused."""
    rounding = ScoreRounding(quantum=1, mode="HALF_EVEN", place="line")
    by = profile(
        rounding=rounding,
        execution=Execution(weight="12.5", base="full_year"),
        groups=[Group(key="all", label="all", weight="87.5")],
    )
    sheet = Sheet(
        title="t",
        indicators=[Indicator(name="x", level_one="l", target="≥3 次", weight="87.5")],
        actuals=[Actual(indicator="x", value="3 次", score="87.5")],
        funds=Funds(full_year="5 元", executed="5 元", score="12.5"),
    )
    scored = score(sheet, by, on=DAY)
    assert [line.points.exact for line in scored.lines] == [Fraction("12.5"), Fraction("87.5")]
    assert scored.rescored == ()
    # Short of it all is rounded: 87.5 × 2/3 = 58.33… is 58, 12.5 × 3/5 = 7.5 is 8 by half-even.
    short = evolve(
        sheet,
        actuals=[Actual(indicator="x", value="2 次")],
        funds=Funds(full_year="5 元", executed="3 元"),
    )
    assert [line.points.exact for line in score(short, by, on=DAY).lines] == [8, 58]


def test_a_total_just_below_a_grade_is_not_rounded_into_it() -> None:
    """899,999 of 1,000,000 is 89.9999 points: printed as 90, and 良 as it is."""
    rounding = ScoreRounding(quantum="0.01", mode="HALF_UP", place="total")
    scored = one("≥", "1,000,000 元", "899,999 元", by=profile(rounding=rounding), given="89.9999")
    assert (scored.total, scored.unrounded) == (Points.exactly(90), Points.exactly(Fraction("89.9999")))
    assert (scored.given_total, scored.given_unrounded) == (90, Fraction("89.9999"))
    for grade in (scored.grade, scored.given_grade):
        assert grade is not None
        assert grade.zh == "良"
    assert "总分按 0.01 取整（HALF_UP）；取整前合计 89.9999" in score_text(scored)
    assert "the total rounded to 0.01 (HALF_UP); the sum before is 89.9999" in score_text(scored, "en")
    line = profile(rounding=evolve(rounding, place="line"))
    assert "每项得分按 0.01 取整（HALF_UP）" in score_text(one("≥", "3 次", "2 次", by=line))


def test_an_interval_is_graded_before_it_is_rounded() -> None:
    """[60, 80) of the middle tier rounds to [60, 80]; all of it is 中, since 80 itself is not in it."""
    rounding = ScoreRounding(quantum=1, mode="HALF_UP", place="total")
    scored = one(None, "好", PARTLY, kind="qualitative", by=profile(rounding=rounding))
    assert scored.total == Points(Fraction(60), Fraction(80))
    assert scored.unrounded == Points(Fraction(60), Fraction(80), open_top=True)
    assert scored.grade is not None
    assert scored.grade.zh == "中"
    assert "取整前合计 [60, 80)" in score_text(scored)


@pytest.mark.parametrize(
    ("printed", "verdict", "shortfall", "remarks"),
    [
        ("66.67", MET, None, 1),  # the sum as the profile rounds it
        ("66.6666", MET, None, 2),  # within a tenth of the sum 66.66666
        ("66.6", MET, None, 2),
        ("66.5", UNMET, "0.16666", 1),  # 66.66666 − 66.5
        ("66.8", UNMET, "0.13", 1),  # 66.8 − 66.67
    ],
)
def test_a_printed_total_agrees_with_the_sum_or_with_the_sum_rounded(
    printed: str, verdict: Verdict, shortfall: str | None, remarks: int
) -> None:
    """Scores of 66.66666 by hand, rounded to 66.67; a tenth is tolerated and said where it mattered."""
    rounding = ScoreRounding(quantum="0.01", mode="HALF_UP", place="total")
    sheet = Sheet(
        title="t",
        indicators=[Indicator(name="x", level_one="l", target="≥3 次", weight=100)],
        actuals=[Actual(indicator="x", value="2 次", score="66.66666")],
        total=printed,
    )
    finding = score(sheet, profile(rounding=rounding), on=DAY).review["total_agrees"]
    assert finding.verdict is verdict
    assert finding.shortfall == (None if shortfall is None else Amount.of(shortfall, "个[分值]"))
    assert len(finding.remarks) == remarks


def test_a_tolerance_that_mattered_is_said_and_is_no_shortfall() -> None:
    """90.05 printed for a sum of 90; 90 printed needs no tolerance."""
    near = score(evolve(TABLE, total="90.05"), NATIONAL, on=DAY).review["total_agrees"]
    assert (near.verdict, near.shortfall) == (MET, None)
    assert [remark.zh for remark in near.remarks] == ["相差 0.05，在容差 0.1 之内"]
    assert score(TABLE, NATIONAL, on=DAY).review["total_agrees"].remarks == ()


def test_an_indicator_named_like_the_execution_rate_is_found_beside_it() -> None:
    """The indicator by its name, the execution rate as what it is."""
    renamed = [evolve(one, name=EXECUTION) if one.name == "总成本" else one for one in TABLE.indicators]
    actuals = [evolve(one, indicator=EXECUTION) if one.indicator == "总成本" else one for one in TABLE.actuals]
    scored = score(evolve(TABLE, indicators=renamed, actuals=actuals), NATIONAL, on=DAY)
    assert scored[EXECUTION].points == Points.exactly(8)
    assert scored.execution is not None
    assert scored.execution.points == Points.exactly(9)
    assert len({finding.id for finding in scored.review}) == len(scored.review)
    assert one("≥", "1 次", "1 次").execution is None
    plain = score(TABLE, NATIONAL, on=DAY)
    assert plain[EXECUTION] == plain.execution


def test_nothing_against_more_or_less_than_nothing_has_the_ratio_zero() -> None:
    """There is nothing to divide by; any other target that is equalled has the ratio one."""
    for operator in (Operator.ABOVE, Operator.BELOW):
        assert attainment(operator, yuan(0), yuan(0)) == Attainment(reached=False, ratio=Fraction(0))
        assert attainment(operator, yuan(3), yuan(3)) == Attainment(reached=False, ratio=Fraction(1))


@pytest.mark.parametrize(
    ("printed", "near"),
    [("成本指标", None), ("产岀指标", "产出指标"), ("一、效益类指标（30分）", "效益指标"), ("其他", None)],
)
def test_a_level_one_name_is_hinted_at_only_where_it_is_nearly_another(printed: str, near: str | None) -> None:
    """成本指标 is a kind of its own, and shares but half its signs with 效益指标."""
    indicators = [*TABLE.indicators[:-1], evolve(TABLE.indicators[-1], level_one=printed)]
    remark = score(evolve(TABLE, indicators=indicators), NATIONAL, on=DAY).review["level_one_known"].remarks[0]
    assert ("是否为" in remark.zh) is (near is not None)
    assert near is None or f"是否为“{near}”" in remark.zh


def test_a_copied_profile_and_score_are_equal() -> None:
    """And hash alike."""
    scored = score(TABLE, NATIONAL, on=DAY)
    for thing in (NATIONAL, scored):
        other = pickle.loads(pickle.dumps(thing))
        assert other == thing == copy.deepcopy(thing)
        assert hash(other) == hash(thing)


# --- what is not known ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("operator", "target", "actual", "lacks", "says"),
    [
        ("≥", "5 次", None, ["actual"], "实际完成值为空"),
        ("≥", "5 次", "完成", ["actual"], "“完成”不是带单位的数值"),
        (None, "280 人次", "280 人次", ["operator"], "未写明指标性质"),
        ("≥", None, "280 人次", ["target"], "指标值为空"),
        ("≥", "若干", "280 人次", ["target"], "“若干”不是带单位的数值"),
        (None, "≥280", "280 人次", ["target"], "指标值“280”不是带单位的数值：未写计量单位"),
        (
            None,
            "≥450 延米",
            None,
            ["target", "actual"],
            "指标值“450 延米”不是带单位的数值：计量单位 '延米' 无法识别",
        ),
        (None, "≥3 ~ 5 期", "3 期", ["target"], "“3 ~ 5 期”不是带单位的数值"),
        ("≥", "5 次", "5", ["actual"], "实际完成值“5”不是带单位的数值：未写计量单位"),
        (None, None, None, ["operator", "target", "actual"], "未写明指标性质"),
    ],
)
def test_what_is_missing_is_named_and_never_guessed(
    operator: str | None, target: str | None, actual: str | None, lacks: list[str], says: str
) -> None:
    """A missing operator is unstated, not "="; the line is worth between nothing and its weight."""
    scored = one(operator, target, actual, given=100)
    line = scored["x"]
    assert line.points == Points(Fraction(0), Fraction(100))
    assert says in line.worked.zh
    (finding,) = found(scored, "target_reached")
    assert finding.verdict is UNKNOWN
    assert [lack.path.rpartition(".")[2] for lack in finding.missing] == lacks
    assert found(scored, "hand_score")[0].verdict is UNKNOWN
    assert scored.grade is None
    assert {lack.path for lack in scored.review.requests} == {f"indicators[x].{name}" for name in lacks}


def test_a_described_indicator_without_a_tier_or_a_score_is_an_interval() -> None:
    """Its band where the tier is known: [60, 80) of 100."""
    assert one(None, "好", None, kind="qualitative")["x"].points == Points(Fraction(0), Fraction(100))
    assert one(None, "好", "完成", kind="qualitative", given=90)["x"].points == Points(Fraction(0), Fraction(100))
    scored = one(None, "好", PARTLY, kind="qualitative")
    assert scored["x"].points == Points(Fraction(60), Fraction(80), open_top=True)
    assert [lack.path for lack in scored.review.requests] == ["indicators[x].score"]
    assert found(scored, "hand_score")[0].severity is Severity.NOTE


def test_a_described_indicator_with_a_figure_for_a_target_is_explained() -> None:
    """100 % of a qualitative indicator: a note says to make it quantitative; nothing is worked out from it."""
    scored = one(None, "100 %", "100 %", kind="qualitative", given=100)
    assert scored["x"].points == Points(Fraction(0), Fraction(100))
    (note,) = found(scored, "qualitative_target")
    assert (note.severity, note.verdict) == (Severity.NOTE, UNMET)
    assert "定量" in note.remarks[0].zh
    # With a tier it scores as any other; the note stays.
    scored = one(None, "100 %", GOOD, kind="qualitative", given=100)
    assert scored["x"].points == Points.exactly(100)
    assert len(found(scored, "qualitative_target")) == 1


def test_short_without_a_reason_is_an_error_where_the_profile_asks_for_reasons() -> None:
    """Of quantitative and of described indicators; a blank reason is none."""
    asks = profile(reason_required=True)
    for parts, kind in ((("≥", "5 次", "4 次"), "quantitative"), ((None, "好", POOR), "qualitative")):
        bare = found(one(*parts, by=asks, kind=kind, reason="  "), "reason_given")
        assert [(finding.verdict, finding.severity) for finding in bare] == [(UNMET, Severity.ERROR)]
        told = found(one(*parts, by=asks, kind=kind, reason="停产"), "reason_given")
        assert [(finding.verdict, finding.remarks[0].zh) for finding in told] == [(MET, "停产")]
        assert found(one(*parts, kind=kind), "reason_given") == []
    assert found(one("≥", "5 次", "5 次", by=asks), "reason_given") == []


# --- the execution rate ---------------------------------------------------------------------------------------


def executed(funds: Funds | None, by: Profile | None = None) -> Score:
    """Score the table with these funds."""
    return score(evolve(TABLE, funds=funds, total=None), by or NATIONAL, on=DAY)


def test_the_execution_rate_divides_by_the_budget_that_the_profile_names() -> None:
    """4 of 5 万元 is 8 of 10; the initial 8 万元 and the adjusted 10 万元 would give 5 and 4."""
    funds = Funds(initial="8 万元", full_year="5 万元", adjusted="10 万元", executed="4 万元")
    assert executed(funds)[EXECUTION].points == Points.exactly(8)
    assert executed(funds, load("sichuan_self_evaluation"))[EXECUTION].points == Points.exactly(4)
    initial = evolve(NATIONAL, execution=Execution(weight=10, base="initial"))
    assert executed(funds, initial)[EXECUTION].points == Points.exactly(5)


def test_an_execution_rate_above_one_is_capped_and_in_doubt() -> None:
    """6 of 5 万元 is 120 %: 10 of 10 points."""
    scored = executed(Funds(full_year="5 万元", executed="6 万元"))
    assert scored[EXECUTION].points == Points.exactly(10)
    assert "120%" in scored.review["execution_above_budget"].remarks[0].zh


@pytest.mark.parametrize(
    ("funds", "lacks", "kind"),
    [
        (None, {"funds.full_year", "funds.executed"}, ReasonKind.MISSING),
        (Funds(initial="5 万元", executed="1 元"), {"funds.full_year"}, ReasonKind.MISSING),
        (Funds(full_year="5 万元"), {"funds.executed"}, ReasonKind.MISSING),
        (Funds(full_year="0 元", executed="0 元"), set(), ReasonKind.ZERO_DIVISOR),
    ],
)
def test_without_funds_the_execution_rate_is_not_known(funds: Funds | None, lacks: set[str], kind: ReasonKind) -> None:
    """No other budget is taken in place of a missing one."""
    scored = executed(funds)
    assert scored[EXECUTION].points == Points(Fraction(0), Fraction(10))
    finding = scored.review["execution_rate"]
    assert finding.verdict is UNKNOWN
    assert finding.reason is not None
    assert finding.reason.kind is kind
    assert {lack.path for lack in finding.missing} == lacks


def test_in_sichuan_a_rate_below_ninety_percent_must_give_its_reason() -> None:
    """89.99 % must, 90 % need not."""
    by = load("sichuan_self_evaluation")
    low = Funds(adjusted="10,000 元", executed="8,999 元")
    assert executed(low, by).review["execution_reason"].verdict is UNMET
    assert executed(evolve(low, reason="项目延期"), by).review["execution_reason"].verdict is MET
    assert found(executed(Funds(adjusted="10,000 元", executed="9,000 元"), by), "execution_reason") == []


def test_a_score_given_by_hand_for_the_execution_rate_is_checked() -> None:
    """10 × 4.5/5 = 9; 9.1 is within a tenth, 9.2 is not, 11 is above the weight."""
    for given_points, verdict in (("9.1", MET), ("9.2", UNMET), (11, UNMET)):
        scored = executed(Funds(full_year="5 万元", executed="4.5 万元", score=given_points))
        assert scored.review["execution_hand_score"].verdict is verdict


# --- bad input ------------------------------------------------------------------------------------------------


def test_weights_that_do_not_sum_are_said_with_the_sum_found_and_the_grade_is_withheld() -> None:
    """20 + 20 + 10 = 50 for output, 29 of 30 for benefit: 99 in all."""
    indicators = [evolve(one, weight=29) if one.name == "党建氛围" else one for one in TABLE.indicators]
    scored = score(evolve(TABLE, indicators=indicators, total=None), NATIONAL, on=DAY)
    benefit = scored.review["group_weights/benefit"]
    assert (benefit.verdict, benefit.severity) == (UNMET, Severity.ERROR)
    assert (benefit.observed, benefit.required) == (Amount.of(29, "个[分值]"), Amount.of(30, "个[分值]"))
    assert scored.review["group_weights/output"].verdict is MET
    assert scored.review["weights"].observed == Amount.of(99, "个[分值]")
    assert scored.grade is None
    assert scored.given_grade is None
    assert scored.grade_withheld is not None
    assert "99" in scored.grade_withheld.zh


def test_a_group_without_indicators_gives_its_weight_only_where_every_level_one_name_is_known() -> None:
    """No satisfaction: benefit may weigh 40. A satisfaction row under an unknown name is no reason to move it."""

    def sheet(last: str) -> Sheet:
        rows = [("产出", 50), ("效益", 30), (last, 10)]
        return Sheet(
            title="t",
            indicators=[
                Indicator(name=f"n{place}", level_one=name, target="≥1 次", weight=weight)
                for place, (name, weight) in enumerate(rows)
            ],
        )

    moved = score(sheet("效益"), NATIONAL, on=DAY)
    assert [(part.required, part.found) for part in moved.subtotals] == [(50, 50), (40, 40), (0, 0)]
    stray = score(sheet("满意"), NATIONAL, on=DAY)
    assert [(part.required, part.found) for part in stray.subtotals] == [(50, 50), (30, 30), (10, 0)]
    assert "满意度" in stray.review["level_one_known/n2"].remarks[0].zh


def test_a_profile_whose_weights_do_not_sum_is_refused_with_the_sum() -> None:
    """10 + 50 + 30 = 90."""
    with pytest.raises(RuleError, match=r"10 \+ 50 \+ 30 = 90; needed weights that sum to 100"):
        evolve(NATIONAL, groups=NATIONAL.groups[:1] + NATIONAL.groups[1:2])


def test_every_problem_of_a_profile_is_reported_at_once() -> None:
    """A name, a part of another kind; then keys, names and weights."""
    with pytest.raises(RuleError) as caught:
        profile(name="Plain 1", tiers=None, grades="优")
    assert [problem.where for problem in caught.value.problems] == ["name", "tiers", "grades"]
    with pytest.raises(RuleError) as caught:
        profile(
            groups=[
                Group(key="a", label="a", weight=40, names=["产出"], yields_to="z"),
                Group(key="a", label="a", weight=50, names=["产出"]),
            ]
        )
    assert len(caught.value.problems) == 4


@pytest.mark.parametrize(
    ("bands", "says"),
    [
        ([(0, 60), (60, 100), (60, 80)], "an overlap from 60 to 80"),
        ([(0, 59), (60, 100)], "a gap from 59 to 60"),
        ([(1, 100)], "a gap from 0 to 1"),
        ([(0, 90)], "a gap from 90 to 100"),
        ([(0, 110)], "a band from 100 to 110"),
        ([(60, 60), (0, 100)], "needed a low end below the high end"),
        ([], "no band"),
    ],
)
def test_bands_with_gaps_or_overlaps_are_refused(bands: list[tuple[int, int]], says: str) -> None:
    """Of grades and of tiers alike."""
    with pytest.raises(RuleError, match=says):
        Grades(grades=[Grade(label=f"g{place}", low=low, high=high) for place, (low, high) in enumerate(bands)])
    with pytest.raises(RuleError):
        Tiers(
            tiers=[Tier(label=f"t{place}", low=f"{low} %", high=f"{high} %") for place, (low, high) in enumerate(bands)]
        )


@pytest.mark.parametrize("bare", [60, "60", Fraction(3, 2), Decimal("1.01")])
def test_a_bare_number_above_one_is_no_share(bare: Any) -> None:
    """60 may be meant as percent; 0.6 and 60 % are the same."""
    for build in (
        lambda: PartialCredit(floor=bare),
        lambda: Execution(weight=10, base="initial", reason_below=bare),
        lambda: OverAttainment(threshold=bare),
        lambda: Tier(label="t", low=0, high=bare),
    ):
        with pytest.raises(RuleError, match="needed a share, such as '60 %'"):
            build()
    assert PartialCredit(floor="0.6") == PartialCredit(floor="60 %") == PartialCredit(floor=Fraction(3, 5))


def test_a_share_of_more_than_all_is_refused_where_there_is_no_more_than_all() -> None:
    """An attainment that counts and a rate that asks for a reason end at 100 %; a deviation does not."""
    with pytest.raises(RuleError, match=r"partial\.floor: came '150 %'"):
        PartialCredit(floor="150 %")
    with pytest.raises(RuleError, match=r"execution\.reason_below: came '101 %'"):
        Execution(weight=10, base="initial", reason_below="101 %")
    assert (PartialCredit(floor="100 %").floor, OverAttainment(threshold="150 %").threshold) == (1, Fraction(3, 2))


def test_weights_that_are_given_round_and_round_are_refused() -> None:
    """Each ring once, with the groups that are in it; a chain that ends is taken."""

    def by(*yields: str | None) -> Profile:
        return profile(
            groups=[
                Group(key=key, label=key, weight=20, names=[key], yields_to=to)
                for key, to in zip("abcde", yields, strict=True)
            ]
        )

    with pytest.raises(RuleError) as caught:
        by("b", "c", "b", "e", "d")
    assert [problem.came for problem in caught.value.problems] == ["'b → c → b'", "'d → e → d'"]
    assert len(by("b", "c", "d", "e", None).groups) == 5


def test_what_is_neither_a_name_nor_a_yes_or_no_is_refused() -> None:
    """Keys, names, where a weight goes, whether reasons are asked for."""
    bad: Any = 3
    for key in (bad, "", "  "):
        with pytest.raises(RuleError, match=r"group\.key"):
            Group(key=key, label="a", weight=1)
    with pytest.raises(RuleError, match=r"names\[1\]: came no text"):
        Group(key="a", label="a", weight=1, names=["产出", " "])
    with pytest.raises(RuleError, match="another group's key"):
        profile(groups=[Group(key="a", label="a", weight=100, yields_to=bad)])
    no: Any = "no"
    with pytest.raises(RuleError, match="reason_required: came 'no'; needed True or False"):
        profile(reason_required=no)
    with pytest.raises(RuleError, match="attained: came 'no'"):
        Tier(label="t", low=0, high=1, attained=no)
    with pytest.raises(RuleError, match="two level-one names named '产出指标'"):
        profile(
            groups=[
                Group(key="a", label="a", weight=50, names=["产出指标"]),
                Group(key="b", label="b", weight=50, names=["一、产出指标（50分）"]),
            ]
        )


def test_a_heading_of_many_brackets_is_looked_at_quickly() -> None:
    """Too long for a heading, it is left as it is."""
    sheet = Sheet(title="t", indicators=[Indicator(name="x", level_one="产出" + "()" * 900, weight=1)])
    assert score(sheet, NATIONAL, on=DAY).review["level_one_known"].verdict is UNMET


def test_figures_of_an_earlier_day_are_in_doubt_and_of_a_later_day_refused() -> None:
    """Up to 30 June: what came later is not in them. Up to 31 December: nothing to say, also in the next year."""
    june = score(evolve(TABLE, as_of=datetime.date(2026, 6, 30)), NATIONAL, on=DAY)
    doubt = june.review["figures_as_of"]
    assert (doubt.verdict, doubt.severity) == (UNMET, Severity.DOUBT)
    assert "2026-06-30" in doubt.remarks[0].zh
    assert june.total == Points.exactly(90)
    for day in (DAY, datetime.date(2027, 2, 1)):
        assert found(score(evolve(TABLE, as_of=DAY), NATIONAL, on=day), "figures_as_of") == []
    with pytest.raises(FactsError, match="figures up to 2026-12-31, scored on 2026-06-30"):
        score(evolve(TABLE, as_of=DAY), NATIONAL, on=datetime.date(2026, 6, 30))


def test_what_cannot_be_taken_is_refused_by_name() -> None:
    """Floats, foreign units, wrong kinds, a missing day, a day out of force, an indicator without weight."""
    with pytest.raises(RuleError, match=r"the float 0\.9"):
        Execution(weight=10, base="initial", reason_below=0.9)  # type: ignore[arg-type]
    with pytest.raises(RuleError, match="5 元"):
        OverAttainment(threshold="5 元")
    with pytest.raises(RuleError, match="did you mean 'adjusted'"):
        Execution(weight=10, base="adjustd")
    with pytest.raises(RuleError, match="above zero"):
        ScoreRounding(quantum=0, mode="DOWN", place="line")
    with pytest.raises(AmountError, match="HALF_UP"):
        ScoreRounding(quantum=1, mode="HALFUP", place="line")
    with pytest.raises(RuleError, match="a list"):
        Group(key="a", label="a", weight=1, names="产出")
    with pytest.raises(RuleError, match="a list"):
        Group(key="a", label="a", weight=1, names=5)  # type: ignore[arg-type]
    with pytest.raises(FactsError, match="above the high"):
        Points(Fraction(2), Fraction(1))
    with pytest.raises(UnitMismatch):
        attainment(Operator.AT_LEAST, Amount.parse("5 天"), Amount.parse("40 学时"))
    with pytest.raises(FactsError, match="the day judged on"):
        score(TABLE, NATIONAL)
    with pytest.raises(FactsError, match="Profile"):
        score(TABLE, "ministry_self_evaluation")  # type: ignore[arg-type]
    with pytest.raises(FactsError, match="2027-01-01 to"):
        score(TABLE, evolve(NATIONAL, in_force=InForce(since=datetime.date(2027, 1, 1))), on=DAY)
    bare = Indicator(name="y", level_one="产出", target="≥1 次")
    with pytest.raises(FactsError, match=r"'y'\.weight: came no weight"):
        score(evolve(TABLE, indicators=[*TABLE.indicators, bare]), NATIONAL, on=DAY)
    with pytest.raises(FactsError, match="0 to 100"):
        NATIONAL.grades.of(Fraction(101))
    with pytest.raises(NotFoundError, match="did you mean '培训人数'"):
        score(TABLE, NATIONAL, on=DAY)["培训人"]


def test_a_sheet_that_follows_another_method_is_in_doubt() -> None:
    """And one that names this one, by name or title, is not."""
    other = score(evolve(TABLE, profile="湖北"), NATIONAL, on=DAY)
    assert other.review["profile_named"].severity is Severity.DOUBT
    same = score(evolve(TABLE, profile=NATIONAL.title.zh), NATIONAL, on=DAY)
    assert found(same, "profile_named") == []


def test_the_sheet_carries_its_day() -> None:
    """The day up to which the actuals count is judged on where no other is named."""
    assert score(evolve(TABLE, as_of=DAY), NATIONAL).on == DAY


# --- words ----------------------------------------------------------------------------------------------------


def test_points_in_words() -> None:
    """20/3 = 6.666…; a fraction of many digits is shown by two decimals alone."""
    assert str(Points(Fraction(6), Fraction(8), open_top=True)) == "[6, 8)"
    assert points_words(Fraction(20, 3)) == "20/3 (≈ 6.67)"
    assert points_words(Fraction(1, 10**9 + 7)) == "≈ 0"
    assert percent_words(Fraction(1, 8)) == "12.5%"


def test_the_text_of_a_score_shows_the_table_the_sums_and_the_evidence_in_both_languages() -> None:
    """A reader can check every figure and see how well it was read."""
    scored = score(TABLE, NATIONAL, on=DAY)
    zh, en = score_text(scored), score_text(scored, "en")
    for text in (zh, en):
        assert "10 × 5 万元 ÷ 62,500 元 = 8" in text
        assert "≥ 50 人" in text
        assert "[G]" in text
    assert "总分：90" in zh
    assert "等级：优" in zh
    assert "grade: excellent" in en
    assert "This is a sample profile" in en
    assert "[80, 90)" in profile_text(NATIONAL)


def test_control_characters_of_a_table_do_not_reach_the_terminal() -> None:
    """Nor do they break the table."""
    sheet = Sheet(title="t\x1b[31m", indicators=[Indicator(name="a\x07\nb", level_one="产出", weight=1)])
    text = score_text(score(sheet, NATIONAL, on=DAY))
    assert all(line.isprintable() for line in text.split("\n"))


def test_three_thousand_indicators_are_scored_exactly() -> None:
    """Each scores 1/100 × 1/k; the sum is a hundredth of the harmonic number of 3,000."""
    count = 3_000
    indicators = [
        Indicator(name=f"n{k}", level_one="l", operator="≥", target=Amount.of(k, "次"), weight=Fraction(1, 100))
        for k in range(1, count + 1)
    ]
    actuals = [Actual(indicator=one.name, value=Amount.of(1, "次")) for one in indicators]
    scored = score(Sheet(title="t", indicators=indicators, actuals=actuals), profile(), on=DAY)
    # H(n) ≈ ln n + γ + 1/2n − 1/12n² = 8.0063675676 + 0.5772156649 + 0.0001666667 − 0.0000000093 = 8.5837498900
    assert scored.total.exact is not None
    assert abs(scored.total.exact - Fraction("0.085837498900")) < Fraction(1, 10**11)
    assert len(scored.review) == count + 2
