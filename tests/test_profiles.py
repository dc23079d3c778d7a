"""The shipped profiles: their figures, how well each was read, and that each scores."""

from __future__ import annotations

import datetime
from fractions import Fraction
from pathlib import Path

import pytest

import perfeval
from perfeval.citations import Evidence
from perfeval.errors import NotFoundError
from perfeval.indicators import Actual, BudgetBase, Funds, Indicator, Sheet
from perfeval.profiles.shelf import NAMES, load
from perfeval.scoring.attainment import Points
from perfeval.scoring.profile import Profile
from perfeval.scoring.scores import score
from perfeval.scoring.text import profile_text
from perfeval.verdicts import Verdict

DAY = datetime.date(2026, 12, 31)
ALL = pytest.mark.parametrize("profile", [load(name) for name in NAMES], ids=NAMES)


def full_sheet(profile: Profile) -> Sheet:
    """Return a sheet that reaches everything, one indicator for each group."""
    indicators = [
        Indicator(name=group.key, level_one=next(iter(group.names), "其他指标"), target="≥4 次", weight=group.weight)
        for group in profile.groups
    ]
    return Sheet(
        title="t",
        indicators=indicators,
        actuals=[Actual(indicator=indicator.name, value="4 次") for indicator in indicators],
        funds=Funds(initial="5 元", full_year="5 元", adjusted="5 元", executed="5 元"),
    )


@ALL
def test_what_reaches_everything_scores_full_marks_and_is_excellent(profile: Profile) -> None:
    """Every profile's weights sum to a hundred."""
    scored = score(full_sheet(profile), profile, on=DAY)
    assert scored.total == Points.exactly(100)
    assert scored.grade is not None
    assert scored.grade.zh == "优"
    assert scored.review.verdict is Verdict.MET
    assert len(scored.review.of(Verdict.MET)) == len(scored.review)


@ALL
def test_no_figure_stands_without_its_citation_and_evidence_mark(profile: Profile) -> None:
    """And each is printed with it, in both languages."""
    for lang in ("zh", "en"):
        text = profile_text(profile, lang)
        for label, citations in profile.evidence():
            assert citations, label
            line = next(
                line for line in text.splitlines() if line.strip().startswith(label.get(lang)) and "[" in line[-3:]
            )
            for citation in citations:
                assert f"[{citation.evidence.value}]" in line


@ALL
def test_every_shipped_profile_says_that_it_is_a_sample(profile: Profile) -> None:
    """None of them was read from first to last in an official page."""
    assert profile.is_sample
    assert "本办法为样例" in profile_text(profile)


@ALL
def test_no_profile_names_a_threshold_or_a_rounding_that_was_not_read(profile: Profile) -> None:
    """Nor a day from which it binds."""
    assert profile.over_attainment is None
    assert profile.rounding is None
    assert profile.in_force is None


def weights(profile: Profile) -> tuple[Fraction, ...]:
    """Return the weight of the execution rate and of each group."""
    assert profile.execution is not None
    return (profile.execution.weight, *(group.weight for group in profile.groups))


def test_the_weights_are_those_that_were_read() -> None:
    """10/50/30/10; 10 with 20/40/20/10; 20/40/40; 10 with 90."""
    assert weights(load("ministry_self_evaluation")) == (10, 50, 30, 10)
    assert weights(load("ministry_with_cost")) == (10, 20, 40, 20, 10)
    assert weights(load("hubei_self_evaluation")) == (20, 40, 40)
    assert weights(load("sichuan_self_evaluation")) == (10, 90)


def test_the_evidence_of_each_profile_is_no_better_than_it_was() -> None:
    """Secondary and primary; general knowledge; code and secondary; primary and secondary."""
    marks = {
        name: "".join(sorted({one.evidence.value for group in load(name).groups for one in group.citations}))
        for name in NAMES
    }
    assert marks == {
        "ministry_self_evaluation": "GSV",  # G: who gets the weight of satisfaction where it has no indicator
        "ministry_with_cost": "G",
        "hubei_self_evaluation": "CS",
        "sichuan_self_evaluation": "SV",
    }
    assert all(load(name).partial.citations[0].evidence is Evidence.GENERAL for name in NAMES)


def test_sichuan_divides_by_the_adjusted_budget_and_asks_for_reasons_below_ninety_percent() -> None:
    """The others divide by the full-year budget and do not ask."""
    for name in NAMES:
        execution = load(name).execution
        assert execution is not None
        if name == "sichuan_self_evaluation":
            assert (execution.base, execution.reason_below) == (BudgetBase.ADJUSTED, Fraction(9, 10))
        else:
            assert (execution.base, execution.reason_below) == (BudgetBase.FULL_YEAR, None)


def test_hubei_has_wider_tiers() -> None:
    """The middle tier begins at 50 %, elsewhere at 60 %."""
    for name in NAMES:
        middle = Fraction(1, 2) if name == "hubei_self_evaluation" else Fraction(3, 5)
        assert [tier.low for tier in load(name).tiers.tiers] == [Fraction(4, 5), middle, 0]


def test_satisfaction_belongs_to_benefit_in_hubei() -> None:
    """One group of 40; 25 and 15 of them sum."""
    profile = load("hubei_self_evaluation")
    for name in ("效益指标", "满意度指标", "满意度（15分）"):
        group = profile.group_of(name)
        assert group is not None
        assert group.key == "benefit"


def test_where_the_central_profiles_have_no_satisfaction_indicator_benefit_takes_its_ten() -> None:
    """30 + 10 = 40 and 20 + 10 = 30."""
    for name, weight in (("ministry_self_evaluation", 40), ("ministry_with_cost", 30)):
        profile = load(name)
        sheet = full_sheet(profile)
        indicators = [
            Indicator(name=one.name, level_one=one.level_one, target="≥4 次", weight=weight)
            if one.name == "benefit"
            else one
            for one in sheet.indicators
            if one.name != "satisfaction"
        ]
        scored = score(Sheet(title="t", indicators=indicators, funds=sheet.funds), profile, on=DAY)
        assert {part.key: part.required for part in scored.subtotals}["benefit"] == weight
        assert scored.review["weights"].shortfall is None


def test_an_unknown_profile_is_refused_with_the_nearest_name() -> None:
    """Every module of the folder but the shelf and the shared parts is on the shelf."""
    with pytest.raises(NotFoundError, match="did you mean 'hubei_self_evaluation'"):
        load("hubei_evaluation")
    folder = Path(perfeval.__file__).parent / "profiles"
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__", "shelf", "central_method"}
    assert modules == set(NAMES)
