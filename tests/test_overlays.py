"""Overlays: a tightened standard binds wherever its base does, and meeting it meets the base; else it is refused."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import perfeval as pe
from perfeval.citations import InForce
from perfeval.judging import verdict_of
from perfeval.standards import yuxi_2023_5
from perfeval.strategies import Office, completions, facts, rules
from perfeval.subjects import read
from perfeval.verdicts import Verdict

DAY = datetime.date(2026, 6, 30)
CITY = pe.Citation(title="某市办法", clause="第三条", evidence=pe.Evidence.GENERAL)
COUNTY = pe.Citation(title="某县办法", clause="第五条", evidence=pe.Evidence.GENERAL)


@pe.subject(zh="支部", en="branch")
class Branch:
    kind = pe.category("机关", "农村", zh="类别", en="kind")
    funding = pe.measure("元/年", at_least=0, zh="工作经费", en="work funding")
    meals = pe.measure("元/人/天", at_least=0, zh="伙食费", en="cost of meals")
    members = pe.measure("人[党员]", zh="党员人数", en="members")


FLOOR = pe.Rule("floor", Branch.funding >= "3000 元/年", citation=CITY)
CEILING = pe.Rule("ceiling", Branch.meals <= "40 元/人/天", citation=CITY)
BASE = pe.Standard("city", [FLOOR, CEILING], citation=CITY)


def figures(low: int, high: int) -> st.SearchStrategy[int]:
    return st.integers(low, high)


@settings(max_examples=60)
@given(figures(0, 6000), figures(0, 80), figures(0, 6500), figures(0, 90))
def test_a_county_may_raise_floors_and_lower_ceilings_and_nothing_else(
    floor: int, ceiling: int, funding: int, meals: int
) -> None:
    """Raised and lowered figures are taken, and whoever meets them meets the city's; others are refused."""
    given_figures = {"floor": f"{floor} 元/年", "ceiling": f"{ceiling} 元/人/天"}
    if floor < 3000 or ceiling > 40:
        with pytest.raises(pe.RuleError) as caught:
            BASE.tightened("county", citation=COUNTY, figures=given_figures)
        assert len(caught.value.problems) == (floor < 3000) + (ceiling > 40)
        return
    county = BASE.tightened("county", citation=COUNTY, figures=given_figures)
    held = {"funding": f"{funding} 元/年", "meals": f"{meals} 元/人/天"}
    mine, base = county.judge(held, on=DAY), BASE.judge(held, on=DAY)
    for name in ("floor", "ceiling"):
        assert mine[name].citation == COUNTY
        if mine[name].verdict is Verdict.MET:
            assert base[name].verdict is Verdict.MET


@settings(max_examples=60)
@given(st.data(), rules(), rules())
def test_tightened_implies_its_base_on_every_subject(data: st.DataObject, base: pe.Rule, other: pe.Rule) -> None:
    """Whatever two rules are: if one may stand for the other, then on any facts it binds and implies it."""
    assume(base.subject == other.subject)
    overlay = pe.Rule("one", other.condition, when=other.when, citation=COUNTY, stage=base.stage)
    city = pe.Standard("city", [pe.Rule("one", base.condition, when=base.when, citation=CITY, stage=base.stage)])
    try:
        county = city.tightened("county", citation=COUNTY, replacing=[overlay])
    except pe.RuleError as error:
        assert "weaker" in str(error) or "could not be decided" in str(error)
        return
    partial = data.draw(facts(Office))
    record = read(Office, data.draw(completions(Office, partial)))
    base_verdict = verdict_of(city["one"], record, on=DAY).verdict
    mine = verdict_of(county["one"], record, on=DAY).verdict
    if base_verdict is not Verdict.NOT_APPLICABLE:
        assert mine is not Verdict.NOT_APPLICABLE
    if mine is Verdict.MET:
        assert base_verdict is not Verdict.UNMET


def test_a_weaker_floor_is_refused_with_both_clauses_and_a_counterexample() -> None:
    with pytest.raises(pe.RuleError) as caught:
        BASE.tightened("county", citation=COUNTY, figures={"floor": "2500 元/年"})
    (problem,) = caught.value.problems
    assert problem.where == "county.floor"
    for words in ("2,500 元/年", "《某县办法》 第五条", "3,000 元/年", "《某市办法》 第三条", "funding = 2,500 元/年"):
        assert words in problem.came


def test_a_narrower_condition_is_refused() -> None:
    narrow = pe.Rule("floor", Branch.funding >= "9000 元/年", when=Branch.kind.is_in("农村"), citation=COUNTY)
    with pytest.raises(pe.RuleError, match="kind = 机关"):
        BASE.tightened("county", citation=COUNTY, replacing=[narrow])


def test_a_lighter_severity_an_earlier_stage_and_a_later_day_are_refused() -> None:
    base = pe.Standard(
        "city", [pe.Rule("floor", Branch.funding >= "3 元/年", stage="achieved", due=DAY, citation=CITY)]
    )
    for more in (
        {"severity": "note", "stage": "achieved", "due": DAY},
        {"stage": "planned", "due": DAY},
        {"stage": "achieved", "due": DAY + datetime.timedelta(1)},
    ):
        rule = pe.Rule("floor", Branch.funding >= "5 元/年", citation=COUNTY, **more)  # type: ignore[arg-type]
        with pytest.raises(pe.RuleError):
            base.tightened("county", citation=COUNTY, replacing=[rule])


@given(st.dates(datetime.date(2022, 1, 1), datetime.date(2030, 12, 31)))
def test_before_and_after_the_overlay_the_base_binds(on: datetime.date) -> None:
    """The city's floor from 2023; the county's from 2026-07-01 to 2027-12-31."""
    since = datetime.date(2023, 1, 1)
    first, last = datetime.date(2026, 7, 1), datetime.date(2027, 12, 31)
    base = pe.Standard("city", [FLOOR], citation=CITY, in_force=InForce(since=since))
    county = base.tightened(
        "county", citation=COUNTY, figures={"floor": "4000 元/年"}, in_force=InForce(since=first, until=last)
    )
    finding = county.judge({"funding": "3500 元/年"}, on=on)["floor"]
    if on < since:
        assert finding.verdict is Verdict.NOT_APPLICABLE
    elif first <= on <= last:
        assert (finding.verdict, finding.citation) == (Verdict.UNMET, COUNTY)
    else:
        assert (finding.verdict, finding.citation) == (Verdict.MET, CITY)


def dated(figure: int, since: datetime.date | None, until: datetime.date | None) -> pe.Rule:
    return pe.Rule(
        "floor", Branch.funding >= f"{figure} 元/年", citation=COUNTY, in_force=InForce(since=since, until=until)
    )


def test_several_overlays_of_one_rule_each_hold_for_their_days_and_are_each_compared() -> None:
    last, first = datetime.date(2026, 12, 31), datetime.date(2027, 1, 1)
    county = BASE.tightened("county", citation=COUNTY, replacing=[dated(4000, None, last), dated(5000, first, None)])
    for on, wanted in ((last, "4,000 元/年"), (first, "5,000 元/年")):
        assert str(county.judge({"funding": "1 元/年"}, on=on)["floor"].required) == wanted
    with pytest.raises(pe.RuleError, match="weaker"):
        BASE.tightened("county", citation=COUNTY, replacing=[dated(1000, None, last), dated(5000, first, None)])
    with pytest.raises(pe.RuleError, match="do not overlap"):
        BASE.tightened("county", citation=COUNTY, replacing=[dated(4000, None, first), dated(5000, first, None)])
    with pytest.raises(pe.RuleError, match="do not overlap"):
        BASE.tightened("county", citation=COUNTY, replacing=[dated(4000, None, last)], figures={"floor": "5000 元/年"})


def test_a_figure_takes_the_place_of_each_version_that_it_meets() -> None:
    """Two versions of the city's floor, 3,000 and from 2027 3,500; the county's 4,000 stands for both."""
    last, first = datetime.date(2026, 12, 31), datetime.date(2027, 1, 1)
    city = pe.Standard(
        "city",
        [
            pe.Rule("floor", Branch.funding >= "3000 元/年", citation=CITY, in_force=InForce(until=last)),
            pe.Rule("floor", Branch.funding >= "3500 元/年", citation=CITY, in_force=InForce(since=first)),
        ],
    )
    county = city.tightened("county", citation=COUNTY, figures={"floor": "4000 元/年"}, in_force=InForce(since=DAY))
    required = {
        on: str(county.judge({"funding": "1 元/年"}, on=on)["floor"].required)
        for on in (DAY - datetime.timedelta(1), DAY, first)
    }
    assert list(required.values()) == ["3,000 元/年", "4,000 元/年", "4,000 元/年"]


def test_a_weaker_word_and_a_base_without_a_clause_are_refused_by_name() -> None:
    weak = pe.Rule("floor", Branch.funding >= "3000 元/年", obligation="should", severity="error", citation=COUNTY)
    with pytest.raises(pe.RuleError, match="obligation should for must"):
        BASE.tightened("county", citation=COUNTY, replacing=[weak])
    uncited = pe.Standard("city", [pe.Rule("floor", Branch.funding >= "3000 元/年")])
    with pytest.raises(pe.RuleError, match="a rule of city without a citation"):
        uncited.tightened("county", citation=COUNTY, figures={"floor": "4000 元/年"}, in_force=InForce(since=DAY))
    with pytest.raises(pe.RuleError) as caught:
        BASE.tightened("county", citation=COUNTY, figures={"floor": "abc"})
    assert caught.value.problems[0].where == "figures[floor]"


def test_the_words_of_the_old_remedy_are_left_behind() -> None:
    told = pe.Rule("floor", Branch.funding >= "3000 元/年", citation=CITY, remedy="补足至 3000 元/年")
    county = pe.Standard("city", [told]).tightened("county", citation=COUNTY, figures={"floor": "4000 元/年"})
    assert county.judge({"funding": "1 元/年"}, on=DAY)["floor"].suggestion is None


@pytest.mark.parametrize(
    "odd",
    [
        {"figures": ["floor"]},
        {"figures": "floor"},
        {"replacing": ["floor"]},
        {"adding": "x"},
        {"replacing": {"floor": FLOOR}},
        {"replacing": 3},
    ],
)
def test_what_is_no_overlay_is_refused(odd: dict[str, object]) -> None:
    with pytest.raises(pe.RuleError):
        BASE.tightened("county", citation=COUNTY, **odd)  # type: ignore[arg-type]


def test_part_years_are_compared_too() -> None:
    """Whole months never exceed months begun: the latter may stand in for the former, and not the other way round."""

    @pe.subject
    class Secretary:
        appointed = pe.day(zh="任职日期", en="day of appointment")
        paid = pe.measure("元", at_least=0, zh="津贴", en="allowance")

    def pay(policy: str, rate: int) -> pe.Rule:
        owed = pe.months_served(Secretary.appointed, policy=policy) * f"{rate} 元/月"
        return pe.Rule("pay", Secretary.paid >= owed, citation=COUNTY)

    base = pe.Standard("city", [pay("months_begun", 200)])
    assert base.tightened("county", citation=COUNTY, figures={"pay": "250 元/月"})
    with pytest.raises(pe.RuleError, match="weaker"):
        base.tightened("county", citation=COUNTY, replacing=[pay("months_begun", 150)])
    with pytest.raises(pe.RuleError, match=r"weaker|decided"):
        base.tightened("county", citation=COUNTY, replacing=[pay("whole_months", 200)])


def test_an_overlay_of_an_unknown_rule_and_an_addition_of_a_known_one_are_refused_together() -> None:
    unknown = pe.Rule("flor", Branch.funding >= "5 元/年", citation=COUNTY)
    with pytest.raises(pe.RuleError) as caught:
        BASE.tightened(
            "county", citation=COUNTY, replacing=[unknown], adding=[FLOOR], figures={"ceilin": "30 元/人/天"}
        )
    assert {problem.nearest for problem in caught.value.problems} >= {"floor", "ceiling"}
    assert len(caught.value.problems) == 3


def test_a_figure_of_another_unit_or_of_several_is_refused() -> None:
    with pytest.raises(pe.RuleError, match="one figure of that dimension"):
        BASE.tightened("county", citation=COUNTY, figures={"floor": "40 学时"})
    two = pe.Standard("city", [pe.Rule("band", (Branch.funding >= "1 元/年") & (Branch.funding <= "9 元/年"))])
    with pytest.raises(pe.RuleError, match="1 元/年, 9 元/年"):
        two.tightened("county", citation=COUNTY, figures={"band": "5 元/年"})


def test_a_county_tightens_the_shipped_floors_and_adds_a_rule() -> None:
    """3,500 元 in one channel meets Yuxi's 3,000 and not the county's 4,000: 500 short. Everything else stays."""
    organisation = yuxi_2023_5.Organization
    one_each = pe.Rule("has_a_secretary", organisation.secretaries.count() >= "1 人[书记]", citation=COUNTY)
    county = yuxi_2023_5.STANDARD.tightened(
        "county",
        citation=COUNTY,
        figures={"branch_work_funding": "4000 元/年", "member_education": "120 元/人[党员]/年"},
        adding=[one_each],
    )
    held = {
        "kind": "党支部",
        "non_public": True,
        "work_fiscal": "3500 元/年",
        "work_pretax": "0 元/年",
        "work_dues": "0 元/年",
        "secretaries": [],
    }
    review = county.judge(held, on=DAY)
    assert str(review["branch_work_funding"].shortfall) == "500 元/年"
    assert review["has_a_secretary"].verdict is Verdict.UNMET
    assert review["committee_work_funding"].citation == yuxi_2023_5.FLOORS
    assert pe.implies(county, yuxi_2023_5.STANDARD, on=DAY).holds
    assert pe.standard_from_json(pe.standard_to_json(county)) == county
