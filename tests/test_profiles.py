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


def test_a_weight_that_moved_can_be_told_to_rest_on_general_knowledge() -> None:
    """30 and 10 were read, 40 and 0 were not: both groups cite first what was read and last the guide."""
    for name in ("ministry_self_evaluation", "ministry_with_cost"):
        groups = {group.key: group for group in load(name).groups}
        yielding = [group for group in groups.values() if group.yields_to is not None]
        assert [group.key for group in yielding] == ["satisfaction"]
        for group in (*yielding, *(groups[str(one.yields_to)] for one in yielding)):
            assert group.citations[-1].number == "财预〔2021〕101号"
            assert group.citations[-1].evidence is Evidence.GENERAL
    read = {group.key: group.citations[0].evidence for group in load("ministry_self_evaluation").groups}
    assert read == dict.fromkeys(("output", "benefit", "satisfaction"), Evidence.SECONDARY)


def test_columns_are_those_of_the_national_form_and_labels_those_that_tables_use() -> None:
    """A quotation stands only under the source that has it."""
    for name in ("ministry_self_evaluation", "ministry_with_cost"):
        profile = load(name)
        assert [(one.title, one.evidence, one.quote) for one in profile.reason_citations] == [
            ("项目支出绩效自评表", Evidence.PRIMARY, "偏差原因分析及改进措施")
        ]
        assert [one.evidence.value for one in profile.tiers.citations] == ["G", "V", "C"]
        assert not any("50分" in (one.quote or "") for one in profile.tiers.citations)
    execution = load("ministry_self_evaluation").execution
    assert execution is not None
    columns = execution.citations[1]
    assert (columns.title, columns.evidence) == ("项目支出绩效自评表", Evidence.PRIMARY)
    assert "全年预算数(A)" in (columns.quote or "")
    # What the town's tables carry are the weights.
    for name in NAMES:
        for _, citations in load(name).evidence():
            for one in citations:
                if "棠溪" in one.title:
                    assert one.quote in (None, "产出(50分) 效益(30分) 满意度(10分)")


@ALL
def test_only_titles_of_documents_stand_in_book_marks(profile: Profile) -> None:
    """A page, a table in use or a program is described; a form and a numbered document have their titles."""
    for _, citations in profile.evidence():
        for one in citations:
            assert one.described is not (one.number is not None or one.title == "项目支出绩效自评表")
            assert one.short().startswith("《") is (one.number is None and not one.described)


@ALL
def test_satisfaction_goes_by_its_second_level_and_benefit_does_not(profile: Profile) -> None:
    """服务对象满意度 stands for the level that has it alone; 社会效益 is one of several second levels."""
    if profile.name == "sichuan_self_evaluation":
        return
    known = profile.group_of("满意度指标")
    assert known is not None
    for name in ("服务对象满意度指标", "服务对象满意度", "服务对象满意度指标（10分）"):
        assert profile.group_of(name) == known
    for name in ("社会效益指标", "经济效益", "生态效益指标", "数量指标"):
        assert profile.group_of(name) is None


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
