"""Two tables of goals: pairing is by name and symmetric, units are no change, differences are exact."""

from __future__ import annotations

import copy
import datetime
import json
import pickle
import random
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import perfeval as pe
from perfeval.amounts import Amount
from perfeval.errors import FactsError, NotFoundError
from perfeval.evaluation import ReasonKind
from perfeval.expressions import Operator
from perfeval.goal_changes import Change, YearOnYear, changed_goals, year_on_year
from perfeval.indicators import Actual, Funds, Indicator, IndicatorKind, Sheet
from perfeval.rules import Severity
from perfeval.verdicts import Verdict

MET, UNMET, UNKNOWN = Verdict.MET, Verdict.UNMET, Verdict.UNKNOWN
LAW = settings(max_examples=40)
DAY = date(2027, 2, 1)
NAMES = ("培训期数", "培训班期数", "参训人数", "参训党员人数", "支出", "满意度", "书记津贴")
RESTATED = {"期": "期", "元": "万元", "%": "‰", "天": "半天"}
FLOORS, CEILINGS = (Operator.AT_LEAST, Operator.ABOVE), (Operator.AT_MOST, Operator.BELOW)
TARGETS = st.builds(Amount.of, st.fractions(0, 60, max_denominator=6), st.sampled_from(tuple(RESTATED)))
MONEY = st.none() | st.integers(0, 100).map(lambda number: Amount.of(number, "万元"))


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Draw a table with some of a few names, its actuals and its money."""
    indicators, actuals = [], []
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True)):
        target = draw(TARGETS)
        indicators.append(
            Indicator(
                name=name,
                level_one=draw(st.sampled_from(("产出指标", "效益指标"))),
                operator=draw(st.none() | st.sampled_from(Operator)),
                target=target,
                weight=draw(st.none() | st.integers(0, 50).map(Fraction)),
            )
        )
        if draw(st.booleans()):
            value = Amount.of(draw(st.fractions(0, 60, max_denominator=6)), target.unit)
            actuals.append(Actual(indicator=name, value=value))
    funds = draw(st.none() | st.builds(Funds, initial=MONEY, executed=MONEY))
    return Sheet(title="党建经费", indicators=indicators, actuals=actuals, funds=funds)


def restated(sheet: Sheet) -> Sheet:
    """Return the same table with targets and actuals in other units."""
    return evolve(
        sheet,
        indicators=[
            evolve(one, target=one.target.to(RESTATED[one.target.unit.text]))
            for one in sheet.indicators
            if isinstance(one.target, Amount)
        ],
        actuals=[
            evolve(one, value=one.value.to(RESTATED[one.value.unit.text]))
            for one in sheet.actuals
            if isinstance(one.value, Amount)
        ],
    )


def shuffled(sheet: Sheet, chance: random.Random) -> Sheet:
    """Return the same table with its lines in another order."""
    return evolve(
        sheet,
        indicators=chance.sample(sheet.indicators, len(sheet.indicators)),
        actuals=chance.sample(sheet.actuals, len(sheet.actuals)),
    )


def by_id(review: pe.Review) -> dict[str, tuple[Any, ...]]:
    """Return what must not depend on order or units, parts included."""
    return {
        one.id: (one.verdict, one.severity, one.observed, one.required, one.shortfall, frozenset(map(str, one.missing)))
        for finding in review
        for one in finding.walk()
    }


def goal(target: str | None = "≥3 期", **more: Any) -> Sheet:
    """Return a table of one goal."""
    held: dict[str, Any] = {"name": "培训期数", "level_one": "产出指标", "weight": 50, **more}
    return Sheet(title="党建经费", indicators=[Indicator(target=target, **held)])


def part(review: pe.Review, what: str, name: str = "培训期数") -> pe.Finding:
    """Return the part of a goal's finding that is about one thing."""
    (found,) = [child for child in review[f"changes/goal/{name}"].children if child.id == f"changes/{what}/{name}"]
    return found


# --- approved against reported: laws ------------------------------------------------------------------------------


@LAW
@given(sheets(), st.randoms(use_true_random=False))
def test_the_same_goals_are_not_changed(sheet: Sheet, chance: random.Random) -> None:
    """Whatever the order of the lines and the unit that a target is shown in."""
    review = changed_goals(sheet, shuffled(restated(sheet), chance), on=DAY)
    assert not review.of(UNMET)
    assert not review.remarks
    assert len(review.of(MET)) >= len(sheet.indicators)


@LAW
@given(sheets(), sheets(), st.randoms(use_true_random=False))
def test_order_and_units_change_nothing(one: Sheet, other: Sheet, chance: random.Random) -> None:
    plain = changed_goals(one, other, on=DAY)
    moved = changed_goals(shuffled(restated(one), chance), shuffled(restated(other), chance), on=DAY)
    assert by_id(moved) == by_id(plain)


@LAW
@given(sheets(), sheets())
def test_pairing_is_symmetric(one: Sheet, other: Sheet) -> None:
    """What is dropped one way is added the other way, with the same near name; the rest is compared both ways."""
    there, back = changed_goals(one, other, on=DAY), changed_goals(other, one, on=DAY)

    def sides(review: pe.Review) -> tuple[set[str], set[str], set[str]]:
        dropped = {one.rule for one in review if one.aspect is not None}
        added = {one.id.removeprefix("changes/added/") for one in review if one.rule == "added"}
        return dropped, added, {one.rule for one in review if one.children}

    def near(review: pe.Review) -> set[frozenset[str]]:
        return {
            frozenset((finding.id.rpartition("/")[2], remark.zh.split("“")[1].split("”")[0]))
            for finding in review
            for remark in finding.remarks
            if remark.zh.startswith("名称相近")
        }

    dropped, added, both = sides(there)
    assert sides(back) == (added, dropped, both)
    assert near(there) == near(back)
    assert dropped | both == {indicator.name for indicator in one.indicators}


@LAW
@given(st.sampled_from(Operator), TARGETS, st.fractions(Fraction(1, 6), 20, max_denominator=6))
def test_an_easier_goal_is_an_error_and_a_harder_one_a_note(operator: Operator, target: Amount, by: Fraction) -> None:
    """In the direction of the operator; by how much is exact."""
    more = target + Amount.of(by, target.unit)
    low, high = (
        Sheet(
            title="党建经费", indicators=[Indicator(name="数", level_one="产出指标", operator=operator, target=amount)]
        )
        for amount in (target, more)
    )
    up, down = changed_goals(low, high, on=DAY)["数"], changed_goals(high, low, on=DAY)["数"]
    assert up.verdict is down.verdict is UNMET
    error, note = Severity.ERROR, Severity.NOTE
    expected = (note, error) if operator in FLOORS else (error, note) if operator in CEILINGS else (error, error)
    assert (up.severity, down.severity) == expected
    for finding in (up, down):
        assert finding.children[1].shortfall == Amount.of(by, target.unit)


# --- approved against reported: by hand ------------------------------------------------------------------------------


def test_a_lowered_target_is_quoted_from_both_tables() -> None:
    target = part(changed_goals(goal("≥3 期"), goal("≥2 期"), on=DAY), "target")
    assert (target.observed, target.required, target.shortfall) == tuple(map(Amount.parse, ("2 期", "3 期", "1 期")))
    assert pe.Label("批复“3 期”，自评表“2 期”", 'approved "3 期", reported "2 期"') in target.remarks
    assert pe.Label("目标降低 1 期", "lowered by 1 期") in target.remarks


@pytest.mark.parametrize(
    ("then", "now", "severity"),
    [
        (">=", ">", Severity.NOTE),
        (">", ">=", Severity.ERROR),
        ("<=", "<", Severity.NOTE),
        (">=", "=", Severity.NOTE),
        ("=", ">=", Severity.ERROR),
        (">=", "<=", Severity.ERROR),
        (">=", None, Severity.ERROR),
        (None, ">=", Severity.DOUBT),
    ],
)
def test_a_changed_operator(then: str | None, now: str | None, severity: Severity) -> None:
    """Stricter is a note, a first statement a doubt, anything else an error."""
    found = changed_goals(goal("3 期", operator=then), goal("3 期", operator=now), on=DAY)["培训期数"]
    assert (found.verdict, found.severity) == (UNMET, severity)


@pytest.mark.parametrize(
    ("what", "then", "now", "severity"),
    [
        ("weight", {"weight": 50}, {"weight": 40}, Severity.DOUBT),
        ("weight", {"weight": 50}, {"weight": None}, Severity.DOUBT),
        ("level_one", {"level_one": "产出指标"}, {"level_one": "效益指标"}, Severity.DOUBT),
        ("level_two", {"level_two": "数量指标"}, {}, Severity.DOUBT),
        ("kind", {}, {"kind": IndicatorKind.QUALITATIVE, "operator": ">="}, Severity.ERROR),
        ("target", {"target": "≥3 期"}, {"target": "≥3 天"}, Severity.ERROR),
        ("target", {"target": "3 期"}, {"target": "4 期"}, Severity.DOUBT),
        ("target", {"target": "≥3 期"}, {"target": None, "operator": ">="}, Severity.ERROR),
    ],
)
def test_what_else_may_have_changed(what: str, then: dict[str, Any], now: dict[str, Any], severity: Severity) -> None:
    review = changed_goals(goal(**then), goal(**now), on=DAY)
    changed = part(review, what)
    assert (changed.verdict, changed.severity) == (UNMET, severity)
    assert changed.remarks


WIDER = str.maketrans("()12AB/", "（）１２ＡＢ／")


@LAW
@given(
    st.lists(st.text("培训()12AB/", min_size=1, max_size=6), min_size=1, max_size=5, unique=True),
    st.randoms(use_true_random=False),
)
def test_blanks_and_width_do_not_tell_names_apart(names: list[str], chance: random.Random) -> None:
    """The same goals written wider and with blanks in between are the same goals, in both comparisons."""

    def sheet(written: list[str]) -> Sheet:
        return Sheet(
            title="党建经费",
            indicators=[Indicator(name=name, level_one="产出指标", target="≥3 期", weight=5) for name in written],
            actuals=[Actual(indicator=name, value="2 期") for name in written],
        )

    wide = ["".join(chance.choice((sign, sign.translate(WIDER), f"{sign} ")) for sign in name) for name in names]
    review = changed_goals(sheet(names), sheet(wide), on=DAY)
    assert not review.of(UNMET)
    assert [finding.id for finding in review] == [f"changes/goal/{name}" for name in names]
    years = year_on_year(sheet(names), sheet(wide), on=DAY)
    assert {goal.indicator for goal in years.goals} == set(names)
    assert all(goal.actual.ratio == 1 for goal in years.goals)
    assert not years.review.remarks


def test_a_name_that_is_written_otherwise_is_quoted_and_two_alike_are_not_guessed_between() -> None:
    """“培训期数(县)” is “培训期数（县）”; of two that are alike but for width neither is taken for the one approved."""
    review = changed_goals(goal(name="培训期数(县)"), goal(name="培训期数（县） "), on=DAY)
    (finding,) = review
    assert finding.verdict is MET
    assert [remark.zh for remark in finding.remarks] == ["自评表写作“培训期数（县）”"]
    both = Sheet(
        title="党建经费",
        indicators=[Indicator(name=name, level_one="产出指标", target="≥3 期") for name in ("期数(县)", "期数（县 ）")],
    )
    review = changed_goals(goal(name="期数（县）"), both, on=DAY)
    assert [finding.verdict for finding in review] == [UNMET, UNMET, UNMET]


def test_what_years_come_to_can_be_kept_in_a_set_and_not_changed() -> None:
    """Equal, hashed alike, copied, and read-only."""
    sheet = Sheet(title="t", indicators=[Indicator(name="a", level_one="产出指标")], funds=Funds(executed="5 元"))
    years = year_on_year(sheet, sheet, on=DAY)
    for other in (year_on_year(sheet, sheet, on=DAY), copy.deepcopy(years), pickle.loads(pickle.dumps(years))):
        assert other == years
        assert {other, years} == {years}
        assert other["a"] == years["a"]
    assert years != year_on_year(sheet, evolve(sheet, funds=Funds(executed="6 元")), on=DAY)
    money: Any = years.money
    with pytest.raises(TypeError):
        money["executed"] = None


def test_a_dropped_indicator_is_an_error_and_a_near_name_only_shown() -> None:
    approved, reported = goal("≥3 期"), goal("≥3 期", name="培训班期数")
    review = changed_goals(approved, reported, on=DAY)
    dropped, added = review["changes/goal/培训期数"], review["changes/added/培训班期数"]
    assert (dropped.verdict, dropped.severity) == (UNMET, Severity.ERROR)
    assert (added.verdict, added.severity) == (UNMET, Severity.DOUBT)
    assert any("培训班期数" in remark.zh and "未作认定" in remark.zh for remark in dropped.remarks)
    assert any("培训期数" in remark.en and "not assumed" in remark.en for remark in added.remarks)
    far = changed_goals(approved, goal("≥3 期", name="满意度"), on=DAY)["changes/goal/培训期数"]
    assert [remark.en for remark in far.remarks] == ['approved "≥ 3 期"']


def test_the_initial_budget_is_compared() -> None:
    """50 万元 approved, 48 万元 reported: 2 万元 less; another unit is no change; blank is asked for."""

    def with_money(**money: str) -> Sheet:
        return evolve(goal(), funds=Funds(**money))  # type: ignore[arg-type]  # text is read as an amount

    fifty = with_money(initial="50 万元")
    less = changed_goals(fifty, with_money(initial="48 万元"), on=DAY)["changes/initial"]
    assert (less.verdict, less.shortfall) == (UNMET, Amount.parse("20,000 元"))
    assert changed_goals(fifty, with_money(initial="500000 元"), on=DAY)["changes/initial"].verdict is MET
    blank = changed_goals(fifty, goal(), on=DAY)["changes/initial"]
    assert blank.verdict is UNKNOWN
    assert [lack.path for lack in blank.missing] == ["reported.funds.initial"]
    assert changed_goals(fifty, with_money(initial="50 万元[中央]"), on=DAY)["changes/initial"].verdict is UNMET


def test_another_title_is_a_remark() -> None:
    review = changed_goals(goal(), evolve(goal(), title="党建工作经费"), on=DAY)
    assert not review.of(UNMET)
    assert [remark.kind for remark in review.remarks] == ["title"]
    years = year_on_year(goal(), evolve(goal(), title="党建工作经费"), on=DAY)
    assert "title" in {remark.kind for remark in years.review.remarks}


def test_a_table_that_is_wholly_another_is_not_searched_for_near_names() -> None:
    """250 names gone and 250 come would be 62,500 pairs."""
    one, other = (
        Sheet(title="党建经费", indicators=[Indicator(name=f"{start}{n}", level_one="产出") for n in range(250)])
        for start in ("甲", "乙")
    )
    review = changed_goals(one, other, on=DAY)
    assert len(review.of(UNMET)) == 500
    assert [remark.kind for remark in review.remarks] == ["names"]


# --- last year against this year -------------------------------------------------------------------------------------


@LAW
@given(sheets(), sheets(), st.randoms(use_true_random=False))
def test_years_do_not_depend_on_order_or_units(one: Sheet, other: Sheet, chance: random.Random) -> None:
    plain = year_on_year(one, other, on=DAY)
    moved = year_on_year(shuffled(restated(one), chance), shuffled(restated(other), chance), on=DAY)
    assert by_id(moved.review) == by_id(plain.review)
    assert {line.indicator: line for line in moved.goals} == {line.indicator: line for line in plain.goals}
    assert moved.money == plain.money


def changes(years: YearOnYear) -> dict[str, Change]:
    """Return all changes of a comparison by what they are of."""
    of_goals = {
        f"{what}/{line.indicator}": getattr(line, what) for line in years.goals for what in ("target", "actual")
    }
    return {**of_goals, **years.money}


@LAW
@given(sheets(), sheets())
def test_changes_are_exact_and_turn_round(one: Sheet, other: Sheet) -> None:
    """Last and the difference make this; the other way round the difference is opposite and the ratio its inverse."""
    there, back = changes(year_on_year(one, other, on=DAY)), changes(year_on_year(other, one, on=DAY))
    assert there.keys() == back.keys()
    for what, change in there.items():
        if change.difference is None:
            assert change.note is not None and back[what].difference is None
            continue
        assert change.last is not None and change.this is not None
        assert change.last + change.difference == change.this
        assert back[what].difference == -change.difference
        assert (change.ratio is None) == (change.last.root == 0)
        assert change.ratio is not None or change.note is not None
        inverse = back[what].ratio
        if change.ratio is not None and inverse is not None:
            assert change.ratio * inverse == 1


@LAW
@given(sheets())
def test_a_year_against_itself_is_copied_and_nothing_else(sheet: Sheet) -> None:
    years = year_on_year(sheet, sheet, on=DAY)
    assert all(change.ratio in (None, 1) for change in changes(years).values())
    assert all(change.difference is None or change.difference.root == 0 for change in changes(years).values())
    assert years.review["copied"].verdict is UNMET
    assert years.review["copied"].severity is Severity.NOTE
    assert years.review["money_and_result"].verdict is not UNMET


def year(target: str, actual: str | None, spent: str | None = None, **more: Any) -> Sheet:
    """Return a table of one goal with its actual and the money spent."""
    actuals = [] if actual is None else [Actual(indicator=more.get("name", "培训期数"), value=actual)]
    return evolve(goal(target, **more), actuals=actuals, funds=Funds(executed=spent))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("last", "this", "verdict", "shortfall"),
    [
        (("≥3 期", "5 期"), "≥4 期", UNMET, "1 期"),
        (("≥3 期", "5 期"), "≥5 期", MET, None),
        (("≤30 万元", "25 万元"), "≤280,000 元", UNMET, "3 万元"),
        (("≤30 万元", "25 万元"), "≤25 万元", MET, None),
        (("≥3 期", None), "≥4 期", UNKNOWN, None),
        (("≥3 期", "5 期"), "≥4 天", UNKNOWN, None),
        (("≥3 期", "5 期"), "=4 期", Verdict.NOT_APPLICABLE, None),
        (("≥3 期", "5 期"), "4 期", Verdict.NOT_APPLICABLE, None),
    ],
)
def test_a_goal_below_what_was_reached(
    last: tuple[str, str | None], this: str, verdict: Verdict, shortfall: str | None
) -> None:
    """A floor below last year's actual, or a ceiling above it, is a doubt; what is not known is asked for."""
    found = year_on_year(year(*last), year(this, None), on=DAY).review["years/reached/培训期数"]
    assert (found.verdict, found.severity) == (verdict, Severity.DOUBT)
    assert found.shortfall == (None if shortfall is None else Amount.parse(shortfall))
    if last[1] is None:
        assert [lack.path for lack in found.missing] == ["last.actuals.培训期数"]


def test_more_money_for_less() -> None:
    """40 to 50 万元 is 125 %; 5 to 4 courses is 80 %: a doubt. Without more money there is no such question."""
    years = year_on_year(year("≥3 期", "5 期", "40 万元"), year("≥4 期", "4 期", "50 万元"), on=DAY)
    assert (years.money["executed"].ratio, years["培训期数"].actual.ratio) == (Fraction(5, 4), Fraction(4, 5))
    found = years.review["years/money_and_result"]
    assert (found.verdict, found.severity) == (UNMET, Severity.DOUBT)
    more = year_on_year(year("≥3 期", "5 期", "40 万元"), year("≥4 期", "6 期", "50 万元"), on=DAY)
    assert more.review["money_and_result"].verdict is MET
    less = year_on_year(year("≥3 期", "5 期", "40 万元"), year("≥4 期", "4 期", "30 万元"), on=DAY)
    assert less.review["money_and_result"].verdict is Verdict.NOT_APPLICABLE
    unknown = year_on_year(year("≥3 期", "5 期"), year("≥4 期", None, "30 万元"), on=DAY).review["money_and_result"]
    assert unknown.verdict is UNKNOWN
    assert [lack.path for lack in unknown.missing] == ["last.funds.executed", "this.actuals.培训期数"]


def test_there_is_no_ratio_to_zero_and_it_is_said() -> None:
    years = year_on_year(year("≥3 期", "0 期", "0 元"), year("≥3 期", "2 期", "1 万元"), on=DAY)
    for change in (years["培训期数"].actual, years.money["executed"]):
        assert change.ratio is None and change.difference == change.this
        assert change.note == pe.Label("上年为零，无比率", "last year's is zero: there is no ratio")
    assert any("上年为零" in remark.label.zh for remark in years.review.remarks)


def test_a_copied_goal_is_a_note_and_others_are_remarks() -> None:
    last = Sheet(
        title="党建经费",
        indicators=[
            Indicator(name="期数", level_one="产出指标", target="≥3 期"),
            Indicator(name="支出", level_one="产出指标", target="≤3 万元"),
            Indicator(name="满意度", level_one="满意度指标", target="≥90%"),
        ],
    )
    this = Sheet(
        title="党建经费",
        indicators=[
            Indicator(name="期数", level_one="产出指标", target="≥4 期"),
            Indicator(name="支出", level_one="产出指标", target="≤30,000 元"),
            Indicator(name="参训率", level_one="产出指标", target="≥90%"),
        ],
    )
    review = year_on_year(last, this, on=DAY).review
    assert {child.id: child.verdict for child in review["years/copied"].children} == {
        "years/copied/期数": MET,
        "years/copied/支出": UNMET,
    }
    assert {(remark.kind, remark.label.en.rpartition(" ")[2]) for remark in review.remarks} == {
        ("gone", "满意度"),
        ("new", "参训率"),
    }
    nothing = year_on_year(last, goal(), on=DAY).review["years/copied"]
    assert nothing.reason is not None and nothing.reason.kind is ReasonKind.EMPTY_POPULATION


# --- printing, and bad input -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_comparisons_print_and_travel_as_json(lang: Any) -> None:
    one, other = year("≥3 期", "5 期", "40 万元"), year("≥2 期", "4 期", "50 万元", name="培训班期数", weight=40)
    other = evolve(other, indicators=[*other.indicators, *goal("≥2 期").indicators])
    for review in (changed_goals(one, other, on=DAY), year_on_year(one, other, on=DAY).review):
        assert "培训期数" in pe.review_text(review, lang)
        data = json.loads(json.dumps(pe.review_to_data(review, lang=lang)))
        assert [found["id"] for found in data["findings"]] == [finding.id for finding in review]


@pytest.mark.parametrize("compare", [changed_goals, year_on_year])
def test_what_is_no_table_or_no_day_is_refused_all_at_once(compare: Any) -> None:
    with pytest.raises(FactsError) as caught:
        compare("表", 3, on=datetime.datetime(2027, 2, 1))
    assert len(caught.value.problems) == 3
    with pytest.raises(FactsError, match="a Sheet"):
        compare(goal(), None, on=DAY)


def test_an_indicator_of_one_year_only_is_not_found() -> None:
    with pytest.raises(NotFoundError, match="培训期数"):
        year_on_year(goal(), goal(), on=DAY)["培训期次数"]
