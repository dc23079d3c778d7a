"""Time: versions of a rule by date, dates that are over or stale, part years, obligations and waivers."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import perfeval as pe
from perfeval.amounts import Amount
from perfeval.citations import InForce
from perfeval.evaluation import ReasonKind, evaluate, scope_of
from perfeval.expressions import PartYear, months_served
from perfeval.verdicts import Verdict

DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 12, 31))
FIRST = datetime.date(2026, 1, 1)
LAST = datetime.date(2026, 12, 31)


@pe.subject(zh="书记", en="secretary", unit="人[书记]")
class Secretary:
    appointed = pe.day(zh="任职日期", en="day of appointment")
    left = pe.day(zh="离任日期", en="day of leaving")
    paid = pe.measure("元", at_least=0, zh="全年发放津贴", en="allowance paid in the year")


@pe.subject(zh="支部", en="branch")
class Branch:
    funding = pe.measure("元/年", at_least=0, zh="工作经费", en="work funding")


def clause(number: str) -> pe.Citation:
    """Return a citation of some office's document of that number."""
    return pe.Citation(title="办法", number=number, evidence=pe.Evidence.GENERAL)


def version(figure: str, since: datetime.date | None, until: datetime.date | None, number: str) -> pe.Rule:
    """Return one version of the floor."""
    dates = InForce(since=since, until=until)
    return pe.Rule("floor", Branch.funding >= figure, in_force=dates, citation=clause(number))


# --- dates in force --------------------------------------------------------------------------------------


def dates() -> st.SearchStrategy[InForce]:
    """Return dates in force, either end perhaps not known."""

    def ordered(one: datetime.date | None, other: datetime.date | None) -> InForce:
        if one is not None and other is not None and other < one:
            one, other = other, one
        return InForce(since=one, until=other)

    return st.builds(ordered, st.none() | DAYS, st.none() | DAYS)


@given(dates(), dates(), DAYS)
def test_what_is_left_of_dates_covers_exactly_the_days_outside_the_others(
    whole: InForce, taken: InForce, day: datetime.date
) -> None:
    covered = [part for part in whole.without(taken) if part.covers(day)]
    assert len(covered) == (whole.covers(day) and not taken.covers(day))
    if whole.covers(day) and taken.covers(day):
        assert whole.overlaps(taken)


@given(st.lists(DAYS, min_size=2, max_size=6, unique=True), DAYS, st.integers(0, 10_000))
def test_the_version_used_depends_on_the_day_alone(
    borders: list[datetime.date], on: datetime.date, funding: int
) -> None:
    """Each version is in force from one border to the day before the next; the last stays in force."""
    borders.sort()
    rules = [
        version(
            f"{1000 * place} 元/年", day, None if following is None else following - datetime.timedelta(1), str(place)
        )
        for place, (day, following) in enumerate(zip(borders, [*borders[1:], None], strict=True), start=1)
    ]
    finding = pe.Standard("floors", rules[::-1]).judge({"funding": f"{funding} 元/年"}, on=on)["floor"]
    begun = sum(day <= on for day in borders)
    if begun == 0:
        assert finding.verdict is Verdict.NOT_APPLICABLE
        assert finding.reason is not None and finding.reason.kind is ReasonKind.NOT_IN_FORCE
    else:
        assert finding.citation is not None and finding.citation.number == str(begun)
        assert finding.in_force is not None and finding.in_force.since == borders[begun - 1]
        assert finding.verdict is (Verdict.MET if funding >= 1000 * begun else Verdict.UNMET)


def test_past_its_last_day_a_rule_does_not_apply_and_nothing_is_met() -> None:
    over = pe.Standard("floors", [version("1 元/年", FIRST, LAST, "甲")])
    after = over.judge({"funding": "5 元/年"}, on=LAST + datetime.timedelta(1))
    assert after.verdict is Verdict.NOT_APPLICABLE
    assert "2027-01-01" in pe.finding_sentence(after["floor"], "en")
    assert over.judge({"funding": "5 元/年"}, on=LAST).verdict is Verdict.MET


def test_between_two_versions_nothing_applies() -> None:
    gap = pe.Standard("floors", [version("1 元/年", None, FIRST, "甲"), version("2 元/年", LAST, None, "乙")]).judge(
        {"funding": "5 元/年"}, on=datetime.date(2026, 6, 30)
    )
    assert gap["floor"].verdict is Verdict.NOT_APPLICABLE


def test_past_the_day_of_review_a_finding_says_that_the_rule_may_have_changed() -> None:
    stale = InForce(since=FIRST, review_by=datetime.date(2026, 6, 30), evidence=pe.Evidence.GENERAL)
    standard = pe.Standard("floors", [pe.Rule("floor", Branch.funding >= "1 元/年", in_force=stale)])
    fresh = standard.judge({"funding": "2 元/年"}, on=datetime.date(2026, 6, 30))["floor"]
    late = standard.judge({"funding": "2 元/年"}, on=datetime.date(2026, 7, 1))["floor"]
    assert fresh.remarks == ()
    assert [remark.en for remark in late.remarks] == ["to be looked up again by 2026-06-30; it may have changed"]
    assert late.verdict is Verdict.MET
    assert "2026-06-30" in pe.standard_text(standard, "en") and "[G]" in pe.standard_text(standard, "en")


def test_versions_read_back_from_json() -> None:
    standard = pe.Standard("floors", [version("1 元/年", None, FIRST, "甲"), version("2 元/年", LAST, None, "乙")])
    assert pe.standard_from_json(pe.standard_to_json(standard)) == standard


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ([version("1 元/年", None, LAST, "甲"), version("2 元/年", LAST, None, "乙")], "do not overlap"),
        ([version("1 元/年", None, None, "甲"), version("2 元/年", LAST, None, "乙")], "do not overlap"),
        ([pe.Rule("floor", Branch.funding >= "1 元/年"), version("2 元/年", LAST, None, "乙")], "the name floor twice"),
        (
            [
                pe.Rule("floor", Branch.funding >= "1 元/年", in_force=InForce(until=FIRST)),
                version("2 元/年", LAST, None, "乙"),
            ],
            "a version without a citation",
        ),
    ],
)
def test_versions_that_cross_or_cite_nothing_are_refused(rules: list[pe.Rule], said: str) -> None:
    with pytest.raises(pe.RuleError, match=said):
        pe.Standard("floors", rules)


def test_a_rule_with_versions_is_asked_for_with_a_day() -> None:
    standard = pe.Standard("floors", [version("1 元/年", None, FIRST, "甲"), version("2 元/年", LAST, None, "乙")])
    with pytest.raises(pe.NotFoundError, match="2 versions"):
        standard["floor"]
    assert standard.version("floor", on=LAST).citation == clause("乙")
    assert len(list(standard)) == 2 and len(standard.rules_on(LAST)) == 1


def test_iterating_yields_rules_with_the_dates_of_their_standard() -> None:
    rule = pe.Rule("floor", Branch.funding >= "1 元/年")
    dated = pe.Standard("floors", [rule], in_force=InForce(since=FIRST, until=LAST))
    assert [one.in_force for one in dated] == [dated.in_force]
    assert [(gap.since, gap.until) for gap in pe.gaps(dated)] == [
        (None, FIRST - datetime.timedelta(1)),
        (LAST + datetime.timedelta(1), None),
    ]
    assert list(pe.Standard("floors", [rule])) == [rule]


@given(DAYS, st.integers(0, 3))
def test_what_is_owed_each_year_falls_due_in_the_year_judged(on: datetime.date, held: int) -> None:
    """Before the last day of any year a shortfall is not one yet; on it, it is; and the year after begins anew."""
    rule = pe.Rule("courses", Branch.funding >= "2 元/年", due=pe.Yearly(12, 31))
    finding = pe.Standard("one", [rule]).judge({"funding": f"{held} 元/年"}, on=on)["courses"]
    last = (on.month, on.day) == (12, 31)
    assert finding.verdict is (Verdict.MET if held >= 2 else Verdict.UNMET if last else Verdict.UNKNOWN)
    if finding.verdict is Verdict.UNKNOWN:
        assert finding.reason is not None and finding.reason.about == f"{on.year}-12-31"
    assert pe.rule_from_json(pe.rule_to_json(rule)) == rule


@pytest.mark.parametrize("day", [(2, 29), (13, 1), (0, 1), ("12", 31), (4, 31)])
def test_a_day_that_not_every_year_has_is_refused(day: tuple[int, int]) -> None:
    with pytest.raises(pe.RuleError, match="every year"):
        pe.Yearly(*day)


def test_days_of_service_that_cross_are_unknown_and_said() -> None:
    """Appointed in May and gone in March is no service of no months: the days cannot be right."""
    owed = pe.months_served(Secretary.appointed, Secretary.left, policy="months_begun") * "200 元/月"
    standard = pe.Standard("pay", [pe.Rule("pay", Secretary.paid >= owed)])
    facts = {"appointed": "2026-05-10", "left": "2026-03-01", "paid": "0 元"}
    finding = standard.judge(facts, on=LAST)["pay"]
    assert finding.verdict is Verdict.UNKNOWN
    assert finding.reason is not None and finding.reason.kind is ReasonKind.DAYS_CROSS
    assert "the first day is after the last" in pe.finding_sentence(finding, "en")


def test_the_last_year_there_is_can_be_judged() -> None:
    """9999-12-31 is how an open end is often written."""
    open_end = InForce(since=FIRST, until=datetime.date.max)
    assert InForce(since=None).without(open_end) == (InForce(until=FIRST - datetime.timedelta(1)),)
    assert served(FIRST, datetime.date.max, "whole_months", datetime.date(9999, 6, 1)) == 12


# --- part years ------------------------------------------------------------------------------------------


def served(first: datetime.date, last: datetime.date, policy: str, on: datetime.date = LAST) -> Fraction:
    """Return how many months a secretary served in the year of a day."""
    record = pe.read(Secretary, {"appointed": first, "left": last})
    extent = evaluate(months_served(Secretary.appointed, Secretary.left, policy=policy), scope_of(record, on=on))
    assert extent.low is not None and extent.low == extent.high
    return Fraction(extent.low)


def by_counting(first: datetime.date, last: datetime.date, policy: str, year: int) -> Fraction:
    """Count day by day: an independent way to the months served."""
    year_days = [datetime.date(year, 1, 1) + datetime.timedelta(n) for n in range(366)]
    year_days = [day for day in year_days if day.year == year]
    there = [day for day in year_days if first <= day <= last]
    if policy == "days":
        return Fraction(12 * len(there), len(year_days))
    months = {day.month for day in there}
    if policy == "months_begun":
        return Fraction(len(months))
    absent = {day.month for day in year_days if day not in set(there)}
    return Fraction(len(months - absent))


@given(DAYS, DAYS, st.sampled_from([policy.value for policy in PartYear]), st.integers(2020, 2030))
@example(datetime.date(2026, 7, 10), datetime.date(2026, 7, 20), "whole_months", 2026)
@example(datetime.date(2024, 2, 1), datetime.date(2024, 2, 29), "whole_months", 2024)
def test_months_served_are_those_counted_day_by_day(
    first: datetime.date, last: datetime.date, policy: str, year: int
) -> None:
    assert served(first, last, policy, datetime.date(year, 6, 30)) == by_counting(first, last, policy, year)


@given(DAYS, st.sampled_from(list(PartYear)))
def test_all_twelve_months_are_the_year(on: datetime.date, policy: PartYear) -> None:
    first, last = datetime.date(on.year, 1, 1), datetime.date(on.year, 12, 31)
    assert served(first, last, policy.value, on) == 12
    by_month = [datetime.date(on.year, month, 1) for month in range(1, 13)]
    ends = [following - datetime.timedelta(1) for following in by_month[1:]] + [last]
    if policy is not PartYear.DAYS:
        assert [served(a, b, policy.value, on) for a, b in zip(by_month, ends, strict=True)] == [1] * 12


@given(st.dates(FIRST, LAST - datetime.timedelta(1)))
def test_by_days_a_year_split_anywhere_is_whole_again(border: datetime.date) -> None:
    assert served(FIRST, border, "days") + served(border + datetime.timedelta(1), LAST, "days") == 12


@given(DAYS, DAYS, st.sampled_from([policy.value for policy in PartYear]))
def test_a_day_that_is_not_known_leaves_an_interval_with_the_truth_in_it(
    first: datetime.date, last: datetime.date, policy: str
) -> None:
    node = months_served(Secretary.appointed, Secretary.left, policy=policy)
    for known in ({"appointed": first}, {"left": last}, {}):
        extent = evaluate(node, scope_of(pe.read(Secretary, known), on=LAST))
        assert extent.low is not None and extent.high is not None
        assert extent.low <= served(first, last, policy) <= extent.high


def test_a_secretary_appointed_in_july_is_owed_by_the_named_policy() -> None:
    """From 10 July: August to December are 5 whole months, 6 are begun, and 175 of 365 days are served."""
    facts = {"appointed": "2026-07-10", "paid": "1000 元"}
    owed = {
        "whole_months": Amount.parse("1000 元"),
        "months_begun": Amount.parse("1200 元"),
        "days": Amount.of(Fraction(200 * 12 * 175, 365), "元"),
    }
    for policy, amount in owed.items():
        rule = pe.Rule("pay", Secretary.paid >= pe.months_served(Secretary.appointed, policy=policy) * "200 元/月")
        finding = pe.Standard("pay", [rule]).judge(facts, on=datetime.date(2026, 12, 31))["pay"]
        assert finding.required == amount
        assert finding.verdict is (Verdict.MET if policy == "whole_months" else Verdict.UNMET)
        assert pe.rule_from_json(pe.rule_to_json(rule)) == rule
        assert "任职日期" in pe.rule_sentence(rule) and "end of the year" in pe.rule_sentence(rule, "en")


def test_a_policy_for_part_years_is_never_assumed() -> None:
    with pytest.raises(TypeError):
        pe.months_served(Secretary.appointed)  # type: ignore[call-arg]
    with pytest.raises(pe.RuleError, match="months_begun"):
        pe.months_served(Secretary.appointed, policy="month_begun")
    with pytest.raises(pe.UnitMismatch, match="calendar days"):
        pe.Rule("pay", Secretary.paid >= pe.months_served(Secretary.paid, policy="days") * "200 元/月")


# --- obligations and waivers -----------------------------------------------------------------------------


def test_how_strongly_a_clause_binds_is_apart_from_the_verdict() -> None:
    facts = {"funding": "1 元/年"}
    for obligation, severity in (("must", "error"), ("in_principle", "doubt"), ("should", "note")):
        rule = pe.Rule("floor", Branch.funding >= "2 元/年", obligation=obligation)
        finding = pe.Standard("one", [rule]).judge(facts, on=FIRST)["floor"]
        assert (finding.verdict, finding.severity.value) == (Verdict.UNMET, severity)
        assert finding.obligation.value == obligation
        assert pe.rule_from_json(pe.rule_to_json(rule)) == rule
    named = pe.Rule("floor", Branch.funding >= "2 元/年", obligation="should", severity="error")
    assert named.severity is pe.Severity.ERROR
    assert pe.rule_sentence(named, "en").startswith("Preferably, ")
    assert pe.rule_sentence(named, "en", negated=True) == "Work funding is less than 2 元/年."


WAIVER = pe.Waiver(
    rule="floor", authority="县财政局", granted=FIRST, until=LAST, number="财免〔2026〕1号", reason="灾后重建"
)


def test_a_waiver_shows_in_the_finding_and_leaves_its_verdict() -> None:
    standard = pe.Standard("one", [pe.Rule("floor", Branch.funding >= "2 元/年")])
    review = standard.judge({"funding": "1 元/年"}, on=LAST, waivers=[WAIVER])
    finding = review["floor"]
    assert finding.verdict is Verdict.UNMET and finding.waiver is WAIVER
    assert review.verdict is Verdict.NOT_APPLICABLE
    for word in ("县财政局", "财免〔2026〕1号", "2026-01-01", "灾后重建"):
        assert word in pe.finding_sentence(finding) and word in pe.review_text(review, "en")
    data = pe.review_to_data(review)["findings"][0]["waiver"]  # type: ignore[index,call-overload]
    assert data["authority"] == "县财政局" and data["until"] == "2026-12-31"  # type: ignore[index,call-overload]


def test_a_waiver_that_is_over_or_not_needed_changes_nothing() -> None:
    standard = pe.Standard("one", [pe.Rule("floor", Branch.funding >= "2 元/年")])
    late = standard.judge({"funding": "1 元/年"}, on=LAST + datetime.timedelta(1), waivers=[WAIVER])
    assert late.verdict is Verdict.UNMET and late["floor"].waiver is None
    assert "does not hold on 2027-01-01" in late["floor"].remarks[0].en
    met = standard.judge({"funding": "2 元/年"}, on=LAST, waivers=[WAIVER])
    assert met.verdict is Verdict.MET and met["floor"].waiver is None


def test_a_waiver_that_has_not_begun_is_said_to_begin_later() -> None:
    standard = pe.Standard("one", [pe.Rule("floor", Branch.funding >= "2 元/年")])
    later = pe.Waiver(rule="floor", authority="县财政局", granted=datetime.date(2027, 1, 1))
    finding = standard.judge({"funding": "1 元/年"}, on=LAST, waivers=[later])["floor"]
    assert finding.remarks[0].en == "the waiver by 县财政局 (from 2027-01-01) does not hold on 2026-12-31"


@pytest.mark.parametrize("waivers", [WAIVER, None, 3, "floor", ["floor"], {"floor": WAIVER}])
def test_what_is_no_list_of_waivers_is_refused(waivers: object) -> None:
    standard = pe.Standard("one", [pe.Rule("floor", Branch.funding >= "2 元/年")])
    with pytest.raises(pe.RuleError, match="a list of Waiver"):
        standard.judge({}, on=LAST, waivers=waivers)  # type: ignore[arg-type]


def test_a_waiver_of_no_rule_and_one_that_says_nothing_are_refused() -> None:
    standard = pe.Standard("one", [pe.Rule("floor", Branch.funding >= "2 元/年")])
    with pytest.raises(pe.NotFoundError) as caught:
        standard.judge({}, on=LAST, waivers=[pe.Waiver(rule="flor", authority="局", granted=FIRST)])
    assert caught.value.problems[0].nearest == "floor"
    with pytest.raises(pe.RuleError) as refused:
        pe.Waiver(rule="", authority="", granted="2026", until=LAST)  # type: ignore[arg-type]
    assert len(refused.value.problems) == 3
    with pytest.raises(pe.RuleError, match="not before"):
        pe.Waiver(rule="floor", authority="局", granted=LAST, until=FIRST)
