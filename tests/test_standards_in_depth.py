"""The standards on hours, fees, floors, codes and money against task: their laws, and examples worked out by hand."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import perfeval as pe
from perfeval.citations import Citation, Evidence, InForce
from perfeval.facts import Label
from perfeval.findings import Finding
from perfeval.packs import Pack
from perfeval.rules import Obligation, Severity
from perfeval.serialization import finding_to_data
from perfeval.standards import (
    economic_classification,
    funding_floors,
    meeting_fees,
    money_against_task,
    party_education_hours,
    sample_floors_villages,
    shelf,
    training_fees,
)
from perfeval.standards.figures import Figure, check_figures, weakest
from perfeval.verdicts import Verdict

TODAY = datetime.date(2026, 6, 30)
YEAR_END = datetime.date(2026, 12, 31)
DAYS = st.dates(datetime.date(2010, 1, 1), datetime.date(2035, 12, 31))
OWN = Citation(title="某省办法", number="某财行〔2020〕1号", evidence=Evidence.PRIMARY)
IN_DEPTH = (
    "cadre_training",
    "economic_classification",
    "meeting_fees",
    "money_against_task",
    "party_education_hours",
    "sample_floors_jinan_2018",
    "sample_floors_lianshan_2013",
    "sample_floors_villages",
    "training_fees",
)
PACKS = [shelf.load(name) for name in IN_DEPTH]
PLACES = {"sample_floors_lianshan_2013": 300, "sample_floors_jinan_2018": 300, "sample_floors_villages": 200}


def hours(*amounts: int) -> list[dict[str, object]]:
    return [{"class_hours": f"{amount} 学时"} for amount in amounts]


def names(finding: Finding) -> list[str]:
    return [lack.path for lack in finding.missing]


# --- every pack ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.standard.name)
def test_every_version_of_every_rule_has_cases_that_come_out_as_stated(pack: Pack) -> None:
    pack.check()
    shown: dict[object, set[Verdict]] = {}
    for case in pack.cases:
        shown.setdefault(pack.standard.version(case.rule, on=case.on), set()).add(case.verdict)
    wanted = {Verdict.MET, Verdict.UNMET, Verdict.UNKNOWN}
    assert all(wanted <= shown[rule] for rule in pack.standard)
    assert all(Verdict.NOT_APPLICABLE in shown[rule] for rule in pack.standard if rule.when is not None)


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.standard.name)
def test_a_figure_that_was_not_read_in_an_original_ships_as_a_sample_that_says_so(pack: Pack) -> None:
    standard = pack.standard
    assert isinstance(standard.citation, Citation)
    holds_figures = standard.name != "money_against_task"
    unread = any(rule.citation is not None and rule.citation.evidence is not Evidence.PRIMARY for rule in standard)
    if holds_figures and unread:
        assert "样例" in standard.title.zh
        assert "sample" in standard.title.en
    assert standard.interpretations
    for rule in standard:
        assert rule.citation is not None
        # A page that was read is named; general knowledge names none.
        assert (rule.citation.quoted_in is None) is (rule.citation.evidence is Evidence.GENERAL)
        if rule.in_force is not None and rule.in_force.since is not None:
            assert rule.in_force.evidence is not None


@pytest.mark.parametrize("name", IN_DEPTH)
def test_no_text_is_judged_by_a_sample_because_it_cites_the_document(name: str) -> None:
    assert shelf.load(name).cited_as == ()
    assert shelf.load(name) not in shelf.cited(["财行〔2016〕540号", "财行〔2016〕214号", "干部教育培训工作条例"])


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.standard.name)
def test_a_standard_reads_back_and_prints_in_both_languages(pack: Pack) -> None:
    assert pe.standard_from_json(pe.standard_to_json(pack.standard)) == pack.standard
    assert pe.standard_text(pack.standard, "zh") != pe.standard_text(pack.standard, "en")
    for rule in pack.standard:
        for lang in ("zh", "en"):
            sentence = pe.rule_sentence(rule, lang)  # type: ignore[arg-type]
            assert sentence != pe.rule_sentence(rule, lang, negated=True)  # type: ignore[arg-type]


def cited_by(standard: pe.Standard) -> set[Citation]:
    return {one for one in (standard.citation, *(rule.citation for rule in standard)) if one is not None}


TITLES_READ = {
    "干部教育培训工作条例",
    "中国共产党党员教育管理工作条例",
    "2019—2023年全国党员教育培训工作规划",
    "全国党员教育培训工作规划（2024—2028年）",
    "新平县2026年党（工）委党务工作经费分配表",
}


@pytest.mark.parametrize("name", shelf.NAMES)
def test_only_titles_of_documents_stand_in_book_marks(name: str) -> None:
    for citation in cited_by(shelf.load(name).standard):
        marked = "《" in pe.cite(citation)[: len(citation.title) + 2]
        assert marked is (citation.number is None and citation.title in TITLES_READ), citation
        assert citation.described is not (citation.number is not None or citation.title in TITLES_READ)


def test_a_source_that_is_described_keeps_to_its_words_and_reads_back() -> None:
    page = Citation(title="某县网页所载标准", described=True, quoted_in="某网页", evidence=Evidence.SECONDARY)
    assert (page.short(), page.titled()) == ("某县网页所载标准", "某县网页所载标准")
    assert evolve(page, clause="第二条").short() == "某县网页所载标准 第二条"
    assert evolve(page, described=False).short() == "《某县网页所载标准》"
    assert evolve(page, number="〔2020〕1号").short() == "〔2020〕1号"
    with pytest.raises(pe.RuleError, match=r"citation\.described"):
        evolve(page, described="yes")  # type: ignore[arg-type]
    figures = funding_floors.FloorFigures(title=Label("某县", "a county"), brand_project=Figure("5 万元", page))
    standard = funding_floors.standard_for(figures, name="a_county")
    assert cited_by(pe.standard_from_json(pe.standard_to_json(standard))) == {page}
    finding = standard.judge({}, on=TODAY)["brand_project"]
    for described, cited in ((True, page), (False, OWN)):
        data = finding_to_data(evolve(finding, citation=cited))
        assert data["citation"]["described"] is described  # type: ignore[index, call-overload]


# --- hours of party members ------------------------------------------------------------------------------

LISTS = st.lists(st.integers(0, 80), max_size=4)


@given(LISTS, LISTS)
def test_hours_of_the_year_are_training_and_study_together(training: list[int], study: list[int]) -> None:
    standard = party_education_hours.STANDARD
    review = standard.judge({"role": "书记", "trainings": hours(*training), "sessions": hours(*study)}, on=YEAR_END)
    done = sum(training) + sum(study)
    assert (review["leader_hours"].verdict is Verdict.MET) is (done >= 56)
    assert (review["member_hours"].verdict is Verdict.MET) is (done >= 32)
    assert (review["leader_trainings"].verdict is Verdict.MET) is bool(training)


@given(LISTS, st.sampled_from(["trainings", "sessions"]))
def test_hours_of_one_kind_alone_never_fail_anybody(known: list[int], kind: str) -> None:
    review = party_education_hours.STANDARD.judge({"role": "书记", kind: hours(*known)}, on=YEAR_END)
    finding = review["leader_hours"]
    assert finding.verdict is (Verdict.MET if sum(known) >= 56 else Verdict.UNKNOWN)
    other = "sessions" if kind == "trainings" else "trainings"
    assert finding.verdict is Verdict.MET or other in names(finding)


def test_forty_hours_of_training_against_fifty_six_are_at_least_forty() -> None:
    review = party_education_hours.STANDARD.judge({"role": "书记", "trainings": hours(24, 16)}, on=TODAY)
    finding = review["leader_hours"]
    assert finding.verdict is Verdict.UNKNOWN
    assert str(finding.observed) == "≥ 40 学时"
    assert str(finding.required) == "56 学时"
    assert "sessions" in names(finding)
    assert "trainings" not in names(finding)
    assert "≥ 40 学时" in pe.finding_sentence(finding)
    # 40 already fulfil the 32 that bind every member.
    assert review["member_hours"].verdict is Verdict.MET


@given(DAYS)
def test_which_plan_binds_depends_on_the_day_alone(day: datetime.date) -> None:
    review = party_education_hours.STANDARD.judge({"role": "书记", "trainings": hours(56)}, on=day)
    finding = review["leader_hours"]
    assert finding.citation is not None
    if 2019 <= day.year <= 2023:
        assert (finding.verdict, finding.citation.evidence) == (Verdict.MET, Evidence.SECONDARY)
    elif 2024 <= day.year <= 2028:
        assert (finding.verdict, finding.citation.evidence) == (Verdict.MET, Evidence.GENERAL)
    else:
        assert finding.verdict is Verdict.NOT_APPLICABLE
        assert finding.reason is not None
        assert finding.reason.kind is pe.ReasonKind.NOT_IN_FORCE
    # The regulation has no date that was read, so it is applied on any day.
    assert review["member_hours"].verdict is Verdict.MET


def test_within_the_year_hours_that_are_still_wanting_are_not_yet_due() -> None:
    standard = party_education_hours.standard_for(party_education_hours.SAMPLE, year=2026)
    facts = {"role": "书记", "trainings": hours(24), "sessions": hours(8)}
    on_the_way = standard.judge(facts, on=TODAY)["leader_hours"]
    assert on_the_way.verdict is Verdict.UNKNOWN
    assert on_the_way.reason is not None
    assert on_the_way.reason.kind is pe.ReasonKind.NOT_DUE
    # 56 − 24 − 8 = 24.
    at_the_end = standard.judge(facts, on=YEAR_END)["leader_hours"]
    assert at_the_end.verdict is Verdict.UNMET
    assert str(at_the_end.shortfall) == "24 学时"


def test_hours_that_were_read_replace_those_of_the_sample() -> None:
    later = evolve(party_education_hours.SAMPLE.plans[1], leader_hours=Figure("60 学时", OWN))
    figures = evolve(
        party_education_hours.SAMPLE,
        title=Label("党员教育学时", "class-hours of party members"),
        plans=(party_education_hours.SAMPLE.plans[0], later),
    )
    standard = party_education_hours.standard_for(figures, name="own_hours")
    finding = standard.judge({"role": "书记", "trainings": hours(56), "sessions": []}, on=TODAY)["leader_hours"]
    assert finding.verdict is Verdict.UNMET
    assert str(finding.shortfall) == "4 学时"
    assert finding.citation == OWN
    assert pe.standard_from_json(pe.standard_to_json(standard)) == standard


# --- cadres ----------------------------------------------------------------------------------------------


@given(st.integers(0, 24), st.integers(0, 200))
def test_days_or_class_hours_are_enough_and_neither_adds_to_the_other(days: int, class_hours: int) -> None:
    facts = {"rank": "乡科级以下", "days_in_year": f"{days} 天", "hours_in_year": f"{class_hours} 学时"}
    finding = shelf.load("cadre_training").standard.judge(facts, on=TODAY)["junior_training"]
    assert (finding.verdict is Verdict.MET) is (days >= 12 or class_hours >= 90)


@given(st.integers(0, 5), st.sampled_from(["months_in_five_years", "hours_in_five_years"]))
def test_one_way_alone_never_fails_a_cadre(tenths: int, known: str) -> None:
    amount = f"{tenths} 月" if known == "months_in_five_years" else f"{tenths * 150} 学时"
    enough = tenths >= 3 if known == "months_in_five_years" else tenths * 150 >= 550
    facts = {"rank": "县处级以上", known: amount}
    finding = shelf.load("cadre_training").standard.judge(facts, on=TODAY)["senior_training"]
    assert finding.verdict is (Verdict.MET if enough else Verdict.UNKNOWN)


# --- training fees ---------------------------------------------------------------------------------------

QUOTAS = {"一类": 760, "二类": 650, "三类": 550}
ORDINALS = {"一类": "first", "二类": "second", "三类": "third", "四类": "fourth"}


def days_in_full(days: int, steps: tuple[tuple[int, Fraction], ...]) -> Fraction:
    """Count each day once: in full, or from a step on with its share."""
    shares = [
        next((share for after, share in reversed(steps) if day > after), Fraction(1)) for day in range(1, days + 1)
    ]
    return sum(shares, Fraction(0))


STEPS = {
    2016: ((15, Fraction(8, 10)), (30, Fraction(7, 10))),
    2026: ((30, Fraction(7, 10)),),
}


def cost_findings(facts: Mapping[str, object], on: datetime.date) -> list[Finding]:
    review = training_fees.STANDARD.judge(facts, on=on)
    return [finding for finding in review if finding.rule.startswith("within_quota")]


@settings(max_examples=60)
@given(
    st.sampled_from([2016, 2026]),
    st.sampled_from(sorted(QUOTAS)),
    st.integers(1, 200),
    st.integers(1, 90),
    st.integers(-2, 2),
)
def test_the_ceiling_of_a_training_is_what_its_days_bear(
    year: int, kind: str, people: int, days: int, fen: int
) -> None:
    quota = 450 if year == 2016 else QUOTAS[kind]
    ceiling = people * quota * days_in_full(days, STEPS[year])
    cost = pe.Amount.of(ceiling + Fraction(fen, 100), "元")
    facts = {"bound": True, "kind": kind, "people": f"{people} 人", "days": f"{days} 天", "cost": cost}
    judged = cost_findings(facts, datetime.date(year, 6, 30))
    applying = [finding for finding in judged if finding.verdict is not Verdict.NOT_APPLICABLE]
    assert len(applying) == 1
    finding = applying[0]
    assert finding.required == pe.Amount.of(ceiling, "元")
    assert finding.verdict is (Verdict.UNMET if fen > 0 else Verdict.MET)
    assert finding.verdict is Verdict.MET or finding.shortfall == pe.Amount.of(Fraction(fen, 100), "元")


@settings(max_examples=40)
@given(st.integers(1, 90), st.sampled_from([2016, 2026]))
def test_a_longer_training_never_bears_less(days: int, year: int) -> None:
    shorter, longer = (days_in_full(days + more, STEPS[year]) for more in (0, 1))
    required = []
    for length in (days, days + 1):
        facts = {"bound": True, "kind": "三类", "people": "1 人", "days": f"{length} 天", "cost": "0 元"}
        judged = cost_findings(facts, datetime.date(year, 6, 30))
        required += [finding.required for finding in judged if finding.verdict is Verdict.MET]
    quota = 450 if year == 2016 else 550
    assert required == [pe.Amount.of(full * quota, "元") for full in (shorter, longer)]
    assert shorter < longer


@given(DAYS)
def test_which_quota_binds_depends_on_the_day_alone(day: datetime.date) -> None:
    facts = {"bound": True, "kind": "三类", "quoted": [{"amount": "450 元/人天"}]}
    review = training_fees.STANDARD.judge(facts, on=day)
    quoted, superseded = review["quoted_quota_third_class"], review["quota_not_superseded"]
    if day.year < 2014:
        assert quoted.verdict is superseded.verdict is Verdict.NOT_APPLICABLE
    elif day.year <= 2016:
        assert (quoted.verdict, superseded.verdict) == (Verdict.MET, Verdict.NOT_APPLICABLE)
    else:
        assert quoted.verdict is superseded.verdict is Verdict.UNMET


def test_a_text_that_mixes_both_versions_is_told_which_figure_is_superseded() -> None:
    quoted = [{"words": "每人每天 550 元", "amount": "550 元/人天"}, {"words": "四百五十元", "amount": "450 元/人天"}]
    review = training_fees.STANDARD.judge({"bound": False, "kind": "三类", "quoted": quoted}, on=TODAY)
    finding = review["quota_not_superseded"]
    assert finding.severity is Severity.DOUBT
    assert [(child.label.zh, child.verdict) for child in finding.children] == [
        ("每人每天 550 元", Verdict.MET),
        ("四百五十元", Verdict.UNMET),
    ]
    assert finding.citation is not None
    assert "2014" in finding.citation.title
    assert finding.suggestion is not None
    assert "450 元" in finding.suggestion.zh
    # The unit is not bound, so nothing is said of which quota it owes.
    assert review["quoted_quota_third_class"].verdict is Verdict.NOT_APPLICABLE


def test_every_figure_of_the_superseded_version_is_general_knowledge() -> None:
    old = training_fees.SAMPLE.versions[0]
    quotas = [
        quota for kind in (old.first_class, old.second_class, old.third_class) for quota in (kind.total, *kind.parts)
    ]
    steps = [figure for step in old.steps for figure in (step.after, step.share)]
    fees = old.lecture_fees
    assert fees is not None
    figures = [*quotas, *steps, fees.associate, fees.full, fees.academician]
    # Three classes with a total and four parts each, two steps of two figures, three fees.
    assert len(figures) == 3 * 5 + 2 * 2 + 3
    assert {figure.citation.evidence for figure in figures} == {Evidence.GENERAL}
    assert old.in_force.evidence is Evidence.GENERAL
    asked = training_fees.STANDARD.judge({"quoted": [{"amount": "450 元/人天"}]}, on=TODAY)["quota_not_superseded"]
    assert asked.citation is not None
    assert asked.citation.evidence is Evidence.GENERAL


def test_parts_of_every_quota_add_up_to_it() -> None:
    for version in training_fees.SAMPLE.versions:
        for quota in (version.first_class, version.second_class, version.third_class):
            assert sum(part.amount.number for part in quota.parts) == quota.total.amount.number
    # 760 = 500 + 150 + 80 + 30, and so on.
    totals = [[figure.amount.number for figure in version.quotas] for version in training_fees.SAMPLE.versions]
    assert totals == [[450, 450, 450], [760, 650, 550]]


@given(st.sampled_from(["副高级", "正高级", "院士或全国知名专家", "其他"]), st.integers(0, 8), st.integers(0, 9000))
def test_a_lecture_is_paid_by_its_class_hours(rank: str, class_hours: int, fee: int) -> None:
    rates = {"副高级": 500, "正高级": 1000, "院士或全国知名专家": 1500}
    lecture = {"rank": rank, "class_hours": f"{class_hours} 学时", "half_days": "2 半天", "fee": f"{fee} 元"}
    review = training_fees.STANDARD.judge({"bound": True, "lectures": [lecture]}, on=TODAY)
    judged = {finding.rule: finding.verdict for finding in review if finding.rule.startswith("lecture_fee")}
    said = [verdict for verdict in judged.values() if verdict is not Verdict.NOT_APPLICABLE]
    if rank == "其他":
        assert said == []
    else:
        assert said == [Verdict.MET if fee <= class_hours * rates[rank] else Verdict.UNMET]
    assert review["lecture_hours"].verdict is Verdict.MET


def test_what_is_generally_so_is_in_principle() -> None:
    standard = training_fees.STANDARD
    academician = standard.version("lecture_fee_academician", on=TODAY)
    assert (academician.obligation, academician.severity) == (Obligation.IN_PRINCIPLE, Severity.DOUBT)
    assert standard.version("lecture_fee_full", on=TODAY).obligation is Obligation.MUST


def test_a_province_replaces_the_figures() -> None:
    quota = training_fees.Quota(total=Figure("400 元/人天", OWN))
    version = training_fees.VersionFigures(
        title=Label("某省", "a province"),
        in_force=InForce(since=datetime.date(2020, 3, 1), evidence=Evidence.PRIMARY),
        first_class=quota,
        second_class=quota,
        third_class=quota,
    )
    figures = training_fees.TrainingFeeFigures(title=Label("某省培训费", "fees of a province"), versions=[version])
    standard = training_fees.standard_for(figures, name="province")
    # No steps, no travel days and no lecture fees: of each class one rule of cost and one of what is quoted.
    assert [rule.name for rule in standard] == [
        f"{stem}_{ordinal}_class"
        for stem in ("within_quota", "quoted_quota")
        for ordinal in ("first", "second", "third")
    ]
    facts = {"bound": True, "kind": "二类", "people": "10 人", "days": "3 天", "cost": "12001 元"}
    finding = standard.judge(facts, on=TODAY)["within_quota_second_class"]
    # 10 × 3 × 400 = 12,000.
    assert str(finding.shortfall) == "1 元"
    earlier = standard.judge(facts, on=datetime.date(2020, 2, 29))["within_quota_second_class"]
    assert earlier.verdict is Verdict.NOT_APPLICABLE


def replaced(version: training_fees.VersionFigures, kind: str, quota: Figure) -> training_fees.VersionFigures:
    return evolve(version, **{f"{ORDINALS[kind]}_class": training_fees.Quota(total=quota)})


@settings(max_examples=40)
@given(
    st.sampled_from([2016, 2026]),
    st.sampled_from(sorted(QUOTAS)),
    st.sampled_from(sorted(QUOTAS)),
    st.sampled_from(list(Evidence)),
    st.integers(1, 40),
)
def test_a_finding_of_cost_cites_the_quota_of_its_class_or_a_step_read_less_well(
    year: int, replacing: str, kind: str, mark: Evidence, days: int
) -> None:
    own = evolve(OWN, evidence=mark)
    sample, index = training_fees.SAMPLE, 0 if year == 2016 else 1
    versions = list(sample.versions)
    versions[index] = replaced(versions[index], replacing, Figure("400 元/人天", own))
    standard = training_fees.standard_for(evolve(sample, versions=versions))
    facts = {"bound": True, "kind": kind, "people": "1 人", "days": f"{days} 天", "cost": "99999 元"}
    review = standard.judge(facts, on=datetime.date(year, 6, 30))
    (finding,) = [one for one in review if one.verdict is Verdict.UNMET]
    quota = versions[index].quotas[("一类", "二类", "三类").index(kind)]
    assert (quota.citation == own) is (kind == replacing)
    # Steps beyond which no day of this training lies have no part in its ceiling.
    reached = [step for step in versions[index].steps if days > step.after.amount.number]
    order = "VXSCG"
    marks = [order.index(figure.citation.evidence.value) for step in reached for figure in (step.after, step.share)]
    assert finding.citation is not None
    if any(read > order.index(quota.citation.evidence.value) for read in marks):
        assert finding.citation == reached[0].share.citation
    else:
        assert finding.citation == quota.citation


def test_a_replaced_quota_is_cited_by_its_own_clause_and_the_others_keep_theirs() -> None:
    clause = evolve(OWN, clause="第八条")
    old, new = training_fees.SAMPLE.versions
    figures = evolve(training_fees.SAMPLE, versions=(old, replaced(new, "三类", Figure("400 元/人天", clause))))
    standard = training_fees.standard_for(figures)
    course = {"bound": True, "people": "20 人", "quoted": [{"amount": "550 元/人天"}], "cost": "30 万元"}

    def cited(kind: str, days: int, day: datetime.date = TODAY) -> dict[str, str]:
        review = standard.judge({**course, "kind": kind, "days": f"{days} 天"}, on=day)
        return {one.rule: pe.cite(one.citation) for one in review if one.verdict is Verdict.UNMET and one.citation}

    own = "某财行〔2020〕1号 第八条 [V]"
    assert cited("三类", 5) == {"within_quota_third_class": own, "quoted_quota_third_class": own}
    # Beyond 30 days the share has its part, and it was read in a reprint only.
    beyond = cited("三类", 40)
    assert beyond["within_quota_third_class_beyond_30_days"].startswith("财行〔2016〕540号 第三章")
    assert beyond["quoted_quota_third_class"] == own
    for found in (cited("二类", 5), cited("一类", 5), cited("三类", 5, datetime.date(2016, 6, 30))):
        assert len(found) == 2
        assert own not in found.values()
    # With the share of the same document its clause stands throughout.
    share = training_fees.Step(after=Figure("30 天", clause), share=Figure("60%", clause))
    complete = evolve(figures, versions=(old, evolve(figures.versions[1], steps=[share])))
    facts = {**course, "kind": "三类", "days": "40 天"}
    finding = training_fees.standard_for(complete).judge(facts, on=TODAY)["within_quota_third_class_beyond_30_days"]
    # 30 + 60 % × 10 = 36 days; 20 × 36 × 400 = 288,000; 300,000 − 288,000 = 12,000.
    assert (str(finding.shortfall), finding.citation) == ("12,000 元", clause)
    assert pe.standard_from_json(pe.standard_to_json(standard)) == standard


def test_days_before_a_step_do_not_rest_on_it() -> None:
    original, reprint = (evolve(OWN, clause="第八条", evidence=mark) for mark in (Evidence.PRIMARY, Evidence.SECONDARY))
    later = evolve(OWN, clause="第九条", evidence=Evidence.GENERAL)
    steps = [
        training_fees.Step(after=Figure(after, original), share=Figure(share, source))
        for after, share, source in (("15 天", "80%", reprint), ("30 天", "70%", later))
    ]
    old, new = training_fees.SAMPLE.versions
    version = evolve(replaced(new, "二类", Figure("400 元/人天", original)), steps=steps)
    standard = training_fees.standard_for(evolve(training_fees.SAMPLE, versions=(old, version)))
    for suffix, source in (("", original), ("_beyond_15_days", reprint), ("_beyond_30_days", later)):
        assert standard.version(f"within_quota_second_class{suffix}", on=TODAY).citation == source


def test_a_superseded_quota_is_cited_by_the_source_of_its_own_figure() -> None:
    clause = evolve(OWN, clause="第八条")
    old, new = training_fees.SAMPLE.versions
    figures = evolve(training_fees.SAMPLE, versions=(replaced(old, "三类", Figure("400 元/人天", clause)), new))
    standard = training_fees.standard_for(figures)
    # The class of the training is not known: a text may quote a superseded figure without it.
    for amount, rule, source in (
        (450, "quota_not_superseded", training_fees.SUPERSEDED),
        (400, "quota_not_superseded_2", clause),
    ):
        review = standard.judge({"quoted": [{"amount": f"{amount} 元/人天"}]}, on=TODAY)
        (finding,) = [one for one in review if one.verdict is Verdict.UNMET]
        assert (finding.rule, finding.citation) == (rule, source)
        assert finding.suggestion is not None
        assert finding.suggestion.zh.startswith(f"{amount} 元/人/天出自2014年版本")


def test_a_training_whose_class_is_not_known_asks_for_it() -> None:
    facts = {"bound": True, "people": "20 人", "days": "5 天", "cost": "1 元"}
    for day in (TODAY, datetime.date(2016, 6, 30)):
        asked = [one for one in cost_findings(facts, day) if one.verdict is Verdict.UNKNOWN]
        assert [one.rule for one in asked] == [
            f"within_quota_{ordinal}_class" for ordinal in ("first", "second", "third")
        ]
        assert all(names(one) == ["kind"] for one in asked)


# --- meetings --------------------------------------------------------------------------------------------

MEETINGS = {"一类": (760, None), "二类": (650, 300), "三类": (550, 150), "四类": (550, 50)}


@settings(max_examples=60)
@given(st.sampled_from(sorted(MEETINGS)), st.integers(1, 400), st.integers(1, 8), st.integers(0, 600_000))
def test_a_meeting_keeps_its_quota_and_its_limits(kind: str, people: int, half_days: int, cost: int) -> None:
    quota, most = MEETINGS[kind]
    days = Fraction(half_days, 2)
    facts: dict[str, object] = {
        "bound": True,
        "kind": kind,
        "people": f"{people} 人",
        "days": pe.Amount.of(days, "天"),
        "cost": f"{cost} 元",
        "approved_people": "200 人",
        "approved_days": "3 天",
    }
    judged = {finding.rule: finding.verdict for finding in meeting_fees.STANDARD.judge(facts, on=TODAY)}
    costs = {other: judged.pop(f"within_quota_{ORDINALS[other]}_class") for other in MEETINGS}
    assert costs.pop(kind) is (Verdict.MET if cost <= people * days * quota else Verdict.UNMET)
    assert set(costs.values()) == {Verdict.NOT_APPLICABLE}
    applying = [verdict for verdict in judged.values() if verdict is not Verdict.NOT_APPLICABLE]
    within = [people <= (200 if most is None else most), days <= (3 if most is None else 2)]
    assert applying == [Verdict.MET if one else Verdict.UNMET for one in within]


def test_each_figure_of_a_meeting_has_its_own_mark() -> None:
    standard = meeting_fees.STANDARD
    marks = {rule.name: rule.citation.evidence.value for rule in standard if rule.citation is not None}
    assert marks["days_second_class"] == "V"
    assert marks["people_second_class"] == "C"
    assert marks["people_first_class"] == "G"
    assert {marks[f"within_quota_{ordinal}_class"] for ordinal in ORDINALS.values()} == {"S"}
    # What the day itself rests on was not read, whatever was read of the figures.
    dates = {rule.in_force.evidence for rule in standard if rule.in_force is not None}
    assert dates == {standard.in_force.evidence} == {Evidence.GENERAL}
    before = standard.judge({"bound": True, "kind": "四类", "days": "9 天"}, on=datetime.date(2016, 6, 30))
    assert before.verdict is Verdict.NOT_APPLICABLE


def test_a_limit_of_half_a_person_is_refused_and_one_of_half_a_day_is_not() -> None:
    fourth = meeting_fees.SAMPLE.fourth
    with pytest.raises(pe.RuleError, match=r"class\.people: came 50\.5 人; needed a Figure of a whole number of 人"):
        evolve(fourth, people=Figure("50.5 人", OWN))
    half = evolve(fourth, days=Figure("1.5 天", OWN))
    assert half.days is not None
    assert str(half.days.amount) == "1.5 天"
    check_figures("class", [("people", Figure("50 人", OWN), "人"), ("hours", Figure("3.5 学时", OWN), "学时")])


def test_a_county_replaces_a_class() -> None:
    # A county's fourth class: 60 people for half a day.
    fourth = meeting_fees.ClassFigures(
        quota=Figure("300 元/人天", OWN), people=Figure("60 人", OWN), days=Figure("0.5 天", OWN)
    )
    standard = meeting_fees.standard_for(evolve(meeting_fees.SAMPLE, fourth=fourth), name="county_meetings")
    facts = {"bound": True, "kind": "四类", "people": "60 人", "days": "0.5 天", "cost": "9000 元"}
    review = standard.judge(facts, on=TODAY)
    # 60 × 0.5 × 300 = 9,000.
    assert review.verdict is Verdict.MET
    assert str(review["within_quota_fourth_class"].required) == "9,000 元"


@settings(max_examples=30)
@given(st.sampled_from(sorted(MEETINGS)), st.sampled_from(sorted(MEETINGS)), st.sampled_from(list(Evidence)))
def test_a_meeting_is_judged_by_the_clause_of_its_own_class(replacing: str, kind: str, mark: Evidence) -> None:
    own = evolve(OWN, clause="第九条", evidence=mark)
    sample = meeting_fees.SAMPLE
    limits = evolve(getattr(sample, ORDINALS[replacing]), quota=Figure("300 元/人天", own))
    standard = meeting_fees.standard_for(evolve(sample, **{ORDINALS[replacing]: limits}))
    facts = {"bound": True, "kind": kind, "people": "10 人", "days": "1 天", "cost": "9000 元"}
    facts |= {"approved_people": "10 人", "approved_days": "1 天"}
    # 10 × 1 × 760 = 7,600 is the most that any class bears.
    (finding,) = [one for one in standard.judge(facts, on=TODAY) if one.verdict is Verdict.UNMET]
    assert finding.rule == f"within_quota_{ORDINALS[kind]}_class"
    assert finding.citation == (own if kind == replacing else meeting_fees.QUOTAS)


# --- floors of places ------------------------------------------------------------------------------------


@given(st.integers(0, 500), st.integers(0, 200_000))
def test_each_place_has_its_own_floor_for_members(members: int, funding: int) -> None:
    facts = {"members": f"{members} 人[党员]", "funding": f"{funding} 元/年"}
    for name, rate in PLACES.items():
        finding = shelf.load(name).standard.judge(facts, on=TODAY)["member_funding"]
        assert (finding.verdict is Verdict.MET) is (funding >= members * rate)


def test_a_place_has_rules_only_for_what_it_sets() -> None:
    figures = funding_floors.FloorFigures(title=Label("某县", "a county"), brand_project=Figure("5 万元", OWN))
    standard = funding_floors.standard_for(figures, name="a_county")
    assert [rule.name for rule in standard] == ["brand_project"]
    judged = standard.judge({"projects": [{"money": "50000.01 元"}]}, on=TODAY)
    assert judged["brand_project"].verdict is Verdict.UNMET


def test_every_place_stands_on_the_shelf_under_its_own_name() -> None:
    for name in PLACES:
        assert name in shelf.NAMES
        standard = shelf.load(name).standard
        assert standard.in_force == InForce()
        # No document says that its floors are those of enterprises.
        assert isinstance(standard.citation, Citation)
        assert "非公" not in standard.citation.title
    with pytest.raises(pe.NotFoundError) as caught:
        shelf.load("sample_funding_floors")
    assert all(name in str(caught.value) for name in PLACES)


# --- codes of lines --------------------------------------------------------------------------------------

ENTRIES = [(name, entry) for entry in economic_classification.TABLE for name in entry.names]
ALL_CODES = sorted({entry.code for _, entry in ENTRIES})


def judge_lines(*lines: tuple[str, str | None]) -> pe.Review:
    return economic_classification.STANDARD.judge(economic_classification.facts_for(lines), on=TODAY)


@given(
    st.sampled_from(ENTRIES),
    st.sampled_from(ALL_CODES),
    st.sampled_from(["{}", "{0[0]}{0[1]}{0[2]}-{0[3]}{0[4]}", " {}01 "]),
)
def test_a_line_is_in_doubt_exactly_where_its_code_is_not_the_usual_one(
    named: tuple[str, economic_classification.UsualCode], code: str, form: str
) -> None:
    name, entry = named
    review = judge_lines((name, form.format(code)))
    general = entry.citation.evidence is Evidence.GENERAL
    told, silent = ("code_as_usual", "code_as_read") if general else ("code_as_read", "code_as_usual")
    assert review[told].verdict is (Verdict.MET if code == entry.code else Verdict.UNMET)
    assert review[told].severity is (Severity.NOTE if general else Severity.DOUBT)
    assert review[silent].verdict is Verdict.NOT_APPLICABLE


WRITTEN = st.sampled_from([name for name, _ in ENTRIES]).map(lambda name: f"（{name[0]} {name[1:]}）")


@given(st.text(max_size=20) | WRITTEN, st.sampled_from(ALL_CODES))
def test_of_a_name_that_the_table_does_not_have_nothing_is_said(name: str, code: str) -> None:
    found = economic_classification.usual_code(name)
    facts = economic_classification.facts_for([(name, code)])
    assert (found is None) is (facts == {"read_lines": [], "usual_lines": []})
    assert economic_classification.usual_code(f"{name}某某") is None


@pytest.mark.parametrize("code", [None, "", "302", "50201", "2010301", "会议费", "3" * 100, "３０２", "-302"])
def test_a_code_that_cannot_be_compared_is_no_finding(code: str | None) -> None:
    assert judge_lines(("会议费", code)).verdict is Verdict.NOT_APPLICABLE


def test_a_doubt_shows_both_codes() -> None:
    review = judge_lines(("会议费", "302-16"), ("维修(护)费", "30213"), ("培训费", "３０２１６"))
    finding = review["code_as_read"]
    assert [(child.label.zh, child.verdict) for child in finding.children] == [
        ("会议费：30216 ≠ 30215", Verdict.UNMET),
        ("培训费：30216", Verdict.MET),
    ]
    assert review["code_as_usual"].verdict is Verdict.MET


def test_ten_thousand_lines_are_compared() -> None:
    lines = [("会议费", "30215"), ("慰问品", "30299"), ("印刷费", "30202"), ("劳务费", None)] * 2_500
    facts = economic_classification.facts_for(lines)
    assert [len(facts[kind]) for kind in ("read_lines", "usual_lines")] == [2_500, 2_500]


def test_another_table_takes_its_place() -> None:
    own = (economic_classification.UsualCode(code="30299", names=["慰问品"], citation=OWN),)
    facts = economic_classification.facts_for([("慰问品", "30215"), ("会议费", "30216")], table=own)
    assert [line["name"] for line in facts["read_lines"]] == ["慰问品：30215 ≠ 30299"]


LOCAL = Citation(title="某市科目对照", number="某市财〔2021〕7号", evidence=Evidence.SECONDARY)
KNOWN = Citation(title="某市惯例", described=True, evidence=Evidence.GENERAL)
SOURCES = st.sampled_from([OWN, LOCAL, KNOWN, economic_classification.READ])


@settings(max_examples=60)
@given(st.lists(st.tuples(SOURCES, st.booleans()), min_size=1, max_size=5))
def test_every_line_is_judged_by_the_source_of_its_own_entry(entries: list[tuple[Citation, bool]]) -> None:
    table = [
        economic_classification.UsualCode(code=f"302{index:02d}", names=[f"明细{index}"], citation=citation)
        for index, (citation, _) in enumerate(entries, 10)
    ]
    stated = [(one.names[0], one.code if agrees else "30299") for one, (_, agrees) in zip(table, entries, strict=True)]
    standard = economic_classification.standard_for(table, name="own_codes")
    review = standard.judge(economic_classification.facts_for(stated, table=table), on=TODAY)
    judged = {finding.citation: finding for finding in review}
    assert set(judged) == {citation for citation, _ in entries}
    for citation, finding in judged.items():
        own = [agrees for one, agrees in entries if one == citation]
        assert finding.verdict is (Verdict.MET if all(own) else Verdict.UNMET)
        assert finding.severity is (Severity.NOTE if citation == KNOWN else Severity.DOUBT)
        # Each disagreement is told once, by its own source.
        assert sum(child.verdict is Verdict.UNMET for child in finding.children) == own.count(False)
    assert pe.standard_from_json(pe.standard_to_json(standard)) == standard


def test_lines_compared_by_one_table_are_not_judged_by_another() -> None:
    own = (economic_classification.UsualCode(code="30215", names=["会议费"], citation=OWN),)
    facts = economic_classification.facts_for([("会议费", "30216")], table=own)
    with pytest.raises(pe.FactsError, match=r"read_lines\[0\]\.source: came '某财行〔2020〕1号 \[V\]'"):
        economic_classification.STANDARD.judge(facts, on=TODAY)
    judged = economic_classification.standard_for(own).judge(facts, on=TODAY)
    assert [(one.rule, one.verdict, one.citation) for one in judged] == [("code_as_read", Verdict.UNMET, OWN)]


def test_two_sources_that_print_alike_are_told_apart() -> None:
    later = evolve(OWN, issuer="某省财政厅")
    table = [
        economic_classification.UsualCode(code=code, names=[name], citation=citation)
        for code, name, citation in (("30215", "会议费", OWN), ("30216", "培训费", later))
    ]
    facts = economic_classification.facts_for([("会议费", "30216"), ("培训费", "30216")], table=table)
    judged = economic_classification.standard_for(table, name="own_codes").judge(facts, on=TODAY)
    assert [(one.citation, one.verdict) for one in judged] == [(OWN, Verdict.UNMET), (later, Verdict.MET)]


@pytest.mark.parametrize("table", [None, 5, [], [1], "会议费"])
def test_a_standard_of_no_table_is_refused(table: object) -> None:
    with pytest.raises(pe.RuleError) as caught:
        economic_classification.standard_for(table)  # type: ignore[arg-type]
    assert caught.value.problems[0].where == "table"


def test_a_standard_of_a_table_refuses_what_else_is_wrong() -> None:
    twice = [
        economic_classification.UsualCode(code=code, names=["会议费"], citation=OWN) for code in ("30215", "30216")
    ]
    for table, more in (
        (twice, {}),
        (twice[:1], {"interpretations": 5}),
        (twice[:1], {"interpretations": [5]}),
        (twice[:1], {"title": "科目"}),
        (twice[:1], {"name": "科目"}),
    ):
        with pytest.raises(pe.RuleError):
            economic_classification.standard_for(table, **more)  # type: ignore[arg-type]


# --- money against task ----------------------------------------------------------------------------------

MONEY = st.integers(0, 5_000_000)
QUOTA = st.integers(1, 100_000)


@given(MONEY, QUOTA)
def test_what_money_bears_is_the_most_whole_person_days(fen: int, quota: int) -> None:
    money, each = (pe.Amount.of(Fraction(number, 100), unit) for number, unit in ((fen, "元"), (quota, "元/人天")))
    days = money_against_task.bearable(money, each).number_in("人天")
    assert days.denominator == 1
    assert days * quota <= fen < (days + 1) * quota


@given(MONEY, QUOTA, st.integers(1, 30))
def test_the_most_people_are_those_for_whom_the_days_are_borne(fen: int, quota: int, days: int) -> None:
    money, each = (pe.Amount.of(Fraction(number, 100), unit) for number, unit in ((fen, "元"), (quota, "元/人天")))
    people = money_against_task.bearable(money, each, days=f"{days} 天").number_in("人")
    assert people * days * quota <= fen < (people + 1) * days * quota


TASKS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 10)), max_size=3)


@given(st.integers(0, 100_000), st.integers(1, 900), TASKS)
def test_tasks_fit_exactly_where_their_cost_at_the_quota_does(
    money: int, quota: int, tasks: list[tuple[int, int]]
) -> None:
    facts = {
        "money": f"{money} 元",
        "quota": f"{quota} 元/人天",
        "quota_binds": True,
        "tasks": [{"people": f"{people} 人", "days": f"{half_days} 半天"} for people, half_days in tasks],
    }
    finding = money_against_task.against_task(facts, on=TODAY)
    cost = sum(Fraction(people * half_days, 2) * quota for people, half_days in tasks)
    assert finding.verdict is (Verdict.MET if cost <= money else Verdict.UNMET)
    assert finding.severity is Severity.ERROR


@given(st.integers(0, 100_000), st.integers(1, 900), TASKS, st.booleans(), st.booleans())
def test_a_quota_that_is_not_shown_to_bind_is_information(
    money: int, quota: int, tasks: list[tuple[int, int]], said: bool, counted: bool
) -> None:
    stated: list[dict[str, object]] = [{"people": f"{people} 人", "days": f"{days} 天"} for people, days in tasks]
    if not counted:
        stated.append({"days": "3 天"})
    facts: dict[str, object] = {"money": f"{money} 元", "quota": f"{quota} 元/人天", "tasks": stated}
    if said:
        facts["quota_binds"] = False
    finding = money_against_task.against_task(facts, on=TODAY)
    assert finding.severity is Severity.NOTE
    assert finding.verdict is not Verdict.UNMET
    assert all(part.verdict is not Verdict.UNMET for part in finding.walk())
    assert finding.required is not None
    ceiling = money // quota
    assert any(f"最多承担 {ceiling:,} 人·天" in remark.zh for remark in finding.remarks)
    if not said:
        assert finding.verdict is not Verdict.MET
        assert "quota_binds" in names(finding) or finding.verdict is Verdict.NOT_APPLICABLE
    elif sum(people * days for people, days in tasks) > Fraction(money, quota):
        assert finding.verdict is Verdict.NOT_APPLICABLE
    elif not counted:
        assert (finding.verdict, names(finding)) == (Verdict.UNKNOWN, [f"tasks[{len(tasks)}].people"])


def test_ten_thousand_yuan_at_550_bear_18_whole_person_days() -> None:
    # 10,000 ÷ 550 = 18.18…; at 450, 22.2…; at 130 + 50, 55.5….
    quotas = {"550 元/人天": 18, "450 元/人天": 22, "180 元/人天": 55}
    for quota, days in quotas.items():
        assert money_against_task.bearable("1 万元", quota) == pe.Amount.of(days, "人天")
        # Two courses of three days: 18 ÷ 6 = 3, 22 ÷ 6 = 3.7, 55 ÷ 6 = 9.2 people each.
    people = [money_against_task.bearable("1 万元", quota, days="6 天").number for quota in quotas]
    assert people == [3, 3, 9]


def test_the_heads_of_a_county_s_courses_are_asked_for_with_the_ceiling_shown() -> None:
    courses = [{"name": f"党员进党校第{ordinal}期", "days": "3 天"} for ordinal in "一二"]
    facts = {"money": "10000 元", "quota": "550 元/人天", "quota_binds": False, "tasks": courses}
    finding = money_against_task.against_task(facts, on=TODAY)
    assert (finding.verdict, finding.severity) == (Verdict.UNKNOWN, Severity.NOTE)
    assert names(finding) == ["tasks[0].people", "tasks[1].people"]
    assert str(finding.required) == "18 人·天"
    assert finding.stage is pe.Stage.PLANNED
    # The rule by itself does not apply to such a unit, and shows the same ceiling.
    plain = money_against_task.STANDARD.judge(facts, on=TODAY)["person_days"]
    assert (plain.verdict, str(plain.required)) == (Verdict.NOT_APPLICABLE, "18 人·天")


def test_a_half_day_that_is_begun_counts() -> None:
    # 11 × 1.5 days = 16.5 person-days at 100 元 need 1,650 元; 1.2 days count as 1.5.
    for days, money, verdict in (
        ("1.5 天", "1650 元", Verdict.MET),
        ("1.2 天", "1650 元", Verdict.MET),
        ("1.2 天", "1649.99 元", Verdict.UNMET),
        ("1.5 天", "1649.99 元", Verdict.UNMET),
    ):
        facts = {
            "money": money,
            "quota": "100 元/人天",
            "quota_binds": True,
            "tasks": [{"people": "11 人", "days": days}],
        }
        assert money_against_task.against_task(facts, on=TODAY).verdict is verdict


@pytest.mark.parametrize(
    ("days", "ceiling", "short"),
    [
        # 90,000 ÷ 550 = 163.63…: 163 whole person-days, 163.5 in halves. 200 people need 600, 300 and 400.
        ("3 天", "163 人·天", "437 人·天"),
        ("1.5 天", "163.5 人·天", "136.5 人·天"),
        ("1.2 天", "163.5 人·天", "136.5 人·天"),
        ("4 半天", "163 人·天", "237 人·天"),
        (pe.at_least("3 天"), "163 人·天", "≥ 437 人·天"),
        (pe.at_least("1.5 天"), "163.5 人·天", "≥ 136.5 人·天"),
        (None, "163 人·天", None),
    ],
)
def test_one_finding_shows_one_ceiling(days: object, ceiling: str, short: str | None) -> None:
    task = {"people": "200 人", "days": days}
    for binds in (True, False):
        facts = {"money": "9 万元", "quota": "550 元/人天", "quota_binds": binds, "tasks": [task]}
        finding = money_against_task.against_task(facts, on=TODAY)
        assert str(finding.required) == ceiling
        assert f"最多承担 {ceiling}，" in finding.remarks[0].zh
        assert f"at most {ceiling}," in finding.remarks[0].en
        if binds:
            assert str(finding.shortfall) == str(short)


@settings(max_examples=80)
@given(st.integers(0, 100_000), st.integers(1, 900), TASKS)
def test_the_ceiling_that_is_shown_changes_no_verdict(money: int, quota: int, tasks: list[tuple[int, int]]) -> None:
    facts = {
        "money": f"{money} 元",
        "quota": f"{quota} 元/人天",
        "quota_binds": True,
        "tasks": [{"people": f"{people} 人", "days": f"{half_days} 半天"} for people, half_days in tasks],
    }
    finding = money_against_task.against_task(facts, on=TODAY)
    plain = money_against_task.STANDARD.judge(facts, on=TODAY)["person_days"]
    halves = any(half_days % 2 for _, half_days in tasks)
    assert finding.verdict is plain.verdict
    step = Fraction(1, 2) if halves else Fraction(1)
    assert finding.required == pe.Amount.of(Fraction(money, quota) // step * step, "人天")


def test_the_most_people_are_paid_for_every_half_day_begun() -> None:
    # 10,000 ÷ (550 × 0.5) = 36.36…; ÷ (550 × 1.5) = 12.12….
    for days, people in (("0.3 天", 36), ("0.5 天", 36), ("1.2 天", 12), ("1.5 天", 12)):
        most = money_against_task.bearable("10000 元", "550 元/人天", days=days)
        assert most == pe.Amount.of(people, "人")
        for number, verdict in ((people, Verdict.MET), (people + 1, Verdict.UNMET)):
            task = {"people": f"{number} 人", "days": days}
            facts = {"money": "10000 元", "quota": "550 元/人天", "quota_binds": True, "tasks": [task]}
            assert money_against_task.against_task(facts, on=TODAY).verdict is verdict


def test_a_review_of_a_text_takes_facts_for_these_standards() -> None:
    text = Path(__file__).resolve().parents[1].joinpath("docs/examples/park_2026.txt").read_text(encoding="utf-8")
    bare = pe.review(text, on=TODAY)
    noted = [(one.id, one.severity) for one in bare if one.id.split("/")[0] in IN_DEPTH]
    assert noted == [("money_against_task/person_days", pe.Severity.NOTE)]
    given_facts = {
        "training_fees": {"bound": True, "kind": "三类", "people": "20 人", "days": "3 天", "cost": "33000 元"}
    }
    review = pe.review(text, on=TODAY, facts=given_facts)
    # 20 × 3 × 550 = 33,000.
    assert review["training_fees/within_quota_third_class"].verdict is Verdict.MET
    ids = [finding.id for finding in review]
    assert len(ids) == len(set(ids))


# --- bad input -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", [party_education_hours, training_fees, meeting_fees, funding_floors])
@pytest.mark.parametrize("figures", [None, 5, "32 学时", {"title": "x"}, object()])
def test_what_are_no_figures_is_refused(module: object, figures: object) -> None:
    with pytest.raises(pe.RuleError) as caught:
        module.standard_for(figures, name="own")  # type: ignore[attr-defined]
    assert caught.value.problems[0].where == "figures"


def test_a_figure_of_another_unit_and_a_figure_below_zero_are_refused_together() -> None:
    with pytest.raises(pe.RuleError) as caught:
        funding_floors.FloorFigures(
            title=Label("某县", "a county"),
            member=Figure("300 元", OWN),
            branch=Figure("-1 元/个[党支部]/年", OWN),
            new_organisation="3000 元",  # type: ignore[arg-type]
        )
    assert [problem.where for problem in caught.value.problems] == [
        "floors.member",
        "floors.branch",
        "floors.new_organisation",
    ]


def test_a_figure_needs_an_amount_and_a_citation() -> None:
    with pytest.raises(pe.RuleError):
        Figure("32 学时", "条例")  # type: ignore[arg-type]
    for amount in (32, 32.0, "32", None, True):
        with pytest.raises(pe.PerfevalError):
            Figure(amount, OWN)  # type: ignore[arg-type]
    with pytest.raises(pe.RuleError):
        check_figures("x", [("y", Figure("0 天", OWN), "天")])


@given(st.lists(st.sampled_from(list(Evidence)), min_size=1, max_size=6))
def test_a_rule_stands_on_the_figure_that_was_read_least_well(marks: list[Evidence]) -> None:
    order = [Evidence.PRIMARY, Evidence.COMPUTED, Evidence.SECONDARY, Evidence.CODE, Evidence.GENERAL]
    found = weakest(*(Figure("1 天", Citation(title="某办法", evidence=mark)) for mark in marks)).evidence
    assert found in marks
    assert all(order.index(mark) <= order.index(found) for mark in marks)


def test_a_place_that_sets_nothing_is_refused() -> None:
    with pytest.raises(pe.RuleError, match="no figure"):
        funding_floors.FloorFigures(title=Label("某县", "a county"))


def test_parts_that_do_not_add_up_are_refused_with_their_sum() -> None:
    parts = [Figure(f"{part} 元/人天", OWN) for part in (340, 130, 50)]
    # 340 + 130 + 50 = 520.
    with pytest.raises(pe.RuleError, match="520 元"):
        training_fees.Quota(total=Figure("550 元/人天", OWN), parts=parts)


def test_versions_and_plans_whose_dates_cross_are_refused() -> None:
    sample = training_fees.SAMPLE
    for versions in (tuple(reversed(sample.versions)), sample.versions * 2, (), None, (1,)):
        with pytest.raises(pe.RuleError):
            evolve(sample, versions=versions)
    plans = party_education_hours.SAMPLE.plans
    longer = evolve(plans[0], in_force=InForce(since=plans[0].in_force.since, until=YEAR_END))
    with pytest.raises(pe.RuleError, match="overlap"):
        party_education_hours.standard_for(evolve(party_education_hours.SAMPLE, plans=(longer, plans[1])))


def test_whatever_is_of_the_wrong_type_is_named() -> None:
    plan, version = party_education_hours.SAMPLE.plans[0], training_fees.SAMPLE.versions[1]
    entry = economic_classification.TABLE[0]
    for whole, field, wrong in (
        (plan, "in_force", 2019),
        (plan, "leader_hours", "56 学时"),
        (party_education_hours.SAMPLE, "plans", [1]),
        (party_education_hours.SAMPLE, "plans", None),
        (version, "third_class", "550 元/人天"),
        (version, "lecture_fees", 500),
        (version, "travel_days", "1 天"),
        (version.third_class, "parts", 5),
        (meeting_fees.SAMPLE, "fourth", None),
        (meeting_fees.SAMPLE, "approval", "批准"),
        (meeting_fees.SAMPLE.fourth, "days", "2 天"),
        (sample_floors_villages.SAMPLE, "in_force", 2018),
        (entry, "citation", "360docs"),
    ):
        with pytest.raises(pe.RuleError):
            evolve(whole, **{field: wrong})  # type: ignore[arg-type, misc]


def test_steps_out_of_order_and_shares_above_the_whole_are_refused() -> None:
    early, late = (training_fees.Step(after=Figure(f"{day} 天", OWN), share=Figure("80%", OWN)) for day in (15, 30))
    for steps in ((late, early), (early, early), "steps", (1,)):
        with pytest.raises(pe.RuleError):
            evolve(training_fees.SAMPLE.versions[1], steps=steps)
    for after, share in (("1.5 天", "70%"), ("30 天", "120%"), ("30 天", "7 元"), ("0 天", "70%")):
        with pytest.raises(pe.RuleError):
            training_fees.Step(after=Figure(after, OWN), share=Figure(share, OWN))


def test_lecture_fees_of_two_kinds_are_refused() -> None:
    with pytest.raises(pe.RuleError) as caught:
        training_fees.LectureFees(
            associate=Figure("500 元/学时", OWN), full=Figure("2000 元/半天", OWN), academician=Figure("1 天", OWN)
        )
    assert [problem.where for problem in caught.value.problems] == ["lecture_fees.full", "lecture_fees.academician"]


@pytest.mark.parametrize("year", ["2026", 2026.0, True, 12, 30000])
def test_a_year_that_is_none_is_refused(year: object) -> None:
    with pytest.raises(pe.RuleError):
        party_education_hours.standard_for(party_education_hours.SAMPLE, year=year)  # type: ignore[arg-type]


@pytest.mark.parametrize("lines", [None, 5, "会议费", {"会议费": "30215"}])
def test_lines_that_are_no_list_are_refused(lines: object) -> None:
    with pytest.raises(pe.FactsError):
        economic_classification.facts_for(lines)  # type: ignore[arg-type]


def test_every_line_that_is_no_name_and_code_is_named() -> None:
    lines = [("会议费", "30215"), ("会议费",), "会议费30215", (None, "30215"), ("会议费", 30215)]
    with pytest.raises(pe.FactsError) as caught:
        economic_classification.facts_for(lines)  # type: ignore[arg-type]
    assert [problem.where for problem in caught.value.problems] == [f"lines[{index}]" for index in (1, 2, 3, 4)]


def test_a_table_with_one_name_under_two_codes_is_refused() -> None:
    entries = [
        economic_classification.UsualCode(code=code, names=["会议费"], citation=OWN) for code in ("30215", "30216")
    ]
    for table in (entries, [1], 5, None):
        with pytest.raises(pe.RuleError):
            economic_classification.facts_for([], table=table)  # type: ignore[arg-type]
    for code, listed in (("302", ["会议费"]), (30215, ["会议费"]), ("30215", []), ("30215", "会议费"), ("30215", [""])):
        with pytest.raises(pe.RuleError):
            economic_classification.UsualCode(code=code, names=listed, citation=OWN)  # type: ignore[arg-type]


def test_no_name_of_the_table_has_two_codes() -> None:
    for (name, entry), (other, another) in itertools.combinations(ENTRIES, 2):
        assert name != other or entry.code == another.code


@pytest.mark.parametrize(
    ("money", "quota", "wrong"),
    [
        ("10000 元", "0 元/人天", ["quota"]),
        ("-1 元", "-5 元/人天", ["money", "quota"]),
        ("10000 元", "550 元", ["quota"]),
        ("18 人天", "550 元/人/月", ["money", "quota"]),
    ],
)
def test_money_that_cannot_be_divided_is_refused(money: str, quota: str, wrong: list[str]) -> None:
    with pytest.raises(pe.FactsError) as caught:
        money_against_task.bearable(money, quota)
    assert [problem.where for problem in caught.value.problems] == wrong


def test_a_quota_of_zero_bears_nothing_that_can_be_said() -> None:
    task = {"people": "1 人", "days": "1 天"}
    for binds in (True, False):
        facts = {"money": "1 元", "quota": "0 元/人天", "quota_binds": binds, "tasks": [task]}
        assert money_against_task.against_task(facts, on=TODAY).verdict is Verdict.NOT_APPLICABLE
    for facts in ({"money": 10_000.0}, {"monney": "1 元"}, [], None):  # type: ignore[assignment]
        with pytest.raises(pe.FactsError):
            money_against_task.against_task(facts, on=TODAY)
    with pytest.raises(pe.RuleError):
        money_against_task.against_task({}, on="2026-06-30")  # type: ignore[arg-type]
