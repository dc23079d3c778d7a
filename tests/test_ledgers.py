"""Ledgers: the interval holds the truth, order is nothing, a person counts once, and what cannot be right is found."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import perfeval as pe
from perfeval.ledgers import (
    Attendance,
    Counting,
    Coverage,
    Equivalence,
    HeadCount,
    Ledger,
    StatedCoverage,
    Trainee,
    TrainingCourse,
)
from perfeval.standards.xinping_2026_training import STANDARD

MET, UNMET = pe.Verdict.MET, pe.Verdict.UNMET
UNKNOWN, NOT_APPLICABLE = pe.Verdict.UNKNOWN, pe.Verdict.NOT_APPLICABLE
TABLE = pe.Citation(title="某县党务工作经费分配表", evidence=pe.Evidence.PRIMARY)
RATE = Equivalence("8 学时/天", citation=TABLE)
NEW_YEAR, YEAR_END = datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)
LAW = settings(max_examples=40)
COURSES = ("一期", "二期")


def day(number: int) -> datetime.date:
    """Return the day that is so many days into 2026."""
    return NEW_YEAR + datetime.timedelta(days=number)


def member(number: int, **more: Any) -> Trainee:
    """Return an ordinary member."""
    return Trainee(id=f"p{number}", group="党员", **more)


def ledger(people: Any, rows: Any, **more: Any) -> Ledger:
    """Return a ledger at 8 class-hours a day."""
    return Ledger(population=people, attendances=rows, **{"equivalence": RATE, **more})


def covered(found: Ledger, hours: int = 24, counting: str = "total", group: str = "党员") -> Coverage:
    """Return the coverage at the end of the year."""
    return found.coverage(group, at_least=f"{hours} 学时", counting=counting, as_of=YEAR_END)


def ends(value: pe.Amount | pe.AmountRange | None) -> tuple[Fraction, Fraction | None]:
    """Return the bounds of an amount in root units."""
    assert value is not None
    if isinstance(value, pe.Amount):
        return value.root, value.root
    assert value.low is not None
    return value.low.root, None if value.high is None else value.high.root


def holds(outer: pe.Amount | pe.AmountRange | None, inner: pe.Amount | pe.AmountRange | None) -> bool:
    """Say whether one interval holds another."""
    (low, high), (lower, higher) = ends(outer), ends(inner)
    return low <= lower and (high is None or (higher is not None and higher <= high))


@st.composite
def complete(draw: st.DrawFn) -> tuple[list[Trainee], list[Attendance]]:
    """Return people, and records of them of which everything is known and no two are alike."""
    people = [member(number) for number in range(draw(st.integers(1, 5)))]
    parts = draw(
        st.lists(
            st.tuples(st.sampled_from(people), st.sampled_from(COURSES), st.integers(0, 300), st.integers(0, 8)),
            max_size=14,
        )
    )
    rows = [
        Attendance(person=who.id, course=course, day=day(when), hours=f"{hours} 学时", course_stage=f"{index}")
        for index, (who, course, when, hours) in enumerate(parts)
    ]
    return people, rows


BLANKS = ("nothing", "hours", "range", "at least", "day", "both", "person")


def blanked(row: Attendance, what: str) -> Attendance:
    """Leave out some of what a record says, truthfully."""
    assert isinstance(row.hours, pe.Amount)
    less, more = row.hours * Fraction(1, 2), row.hours + pe.Amount.parse("3 学时")
    match what:
        case "hours":
            return evolve(row, hours=None)
        case "range":
            return evolve(row, hours=pe.AmountRange(less, more))
        case "at least":
            return evolve(row, hours=pe.AmountRange(less, None))
        case "day":
            return evolve(row, day=None, last=None)
        case "both":
            return evolve(row, day=None, last=None, hours=None)
        case "person":
            return evolve(row, person=None)
    return row


def truth(people: list[Trainee], rows: list[Attendance], hours: int, counting: str) -> Fraction:
    """Return the share by hand: who has the hours, of all."""
    reached = 0
    for person in people:
        sums = dict.fromkeys(COURSES, Fraction(0))
        for row in rows:
            if row.person == person.id:
                assert isinstance(row.hours, pe.Amount)
                sums[row.course] += row.hours.root
        reached += (sum(sums.values()) if counting == "total" else max(sums.values())) >= hours
    return Fraction(reached, len(people))


# --- laws ----------------------------------------------------------------------------------------------------


@settings(max_examples=120)
@given(complete(), st.data(), st.integers(1, 24), st.sampled_from(["total", "any_course"]))
def test_the_coverage_interval_contains_the_truth(
    known: tuple[list[Trainee], list[Attendance]], data: st.DataObject, hours: int, counting: str
) -> None:
    """Blank out hours, days and names, leave people unlisted: the true share stays within the bounds."""
    people, rows = known
    share = truth(people, rows, hours, counting)
    assert ends(covered(ledger(people, rows), hours, counting).share) == (share, share)
    kinds = data.draw(st.lists(st.sampled_from(BLANKS), min_size=len(rows), max_size=len(rows)))
    partly = [blanked(row, kind) for row, kind in zip(rows, kinds, strict=True)]
    since = data.draw(st.sampled_from([None, NEW_YEAR]))
    kept = data.draw(st.integers(0, len(people)))
    listed = [evolve(person, since=since) for person in people[:kept]]
    on = data.draw(st.sampled_from([YEAR_END, NEW_YEAR]))
    counts = [HeadCount(group="党员", count=f"{len(people)} 人[党员]", on=on)]
    rate = data.draw(st.sampled_from([RATE, None]))
    found = covered(ledger(listed, partly, head_counts=counts, equivalence=rate), hours, counting)
    if found.share is None:
        assert kept == 0 and on == NEW_YEAR and found.judge("1%").verdict is UNKNOWN
    else:
        low, high = ends(found.share)
        assert high is not None and low <= share <= high
        counted = pe.Amount.of(share * len(people), "人[党员]")
        assert holds(found.counted, counted)
        assert holds(found.population, pe.Amount.of(len(people), "人[党员]"))


@LAW
@given(complete(), st.data())
def test_hours_are_additive_and_contain_the_truth(
    known: tuple[list[Trainee], list[Attendance]], data: st.DataObject
) -> None:
    """All hours are those of one course and those of the other, end by end."""
    people, rows = known
    kinds = data.draw(st.lists(st.sampled_from(BLANKS), min_size=len(rows), max_size=len(rows)))
    partly = ledger(people, [blanked(row, kind) for row, kind in zip(rows, kinds, strict=True)])
    full = ledger(people, rows)
    held = [course for course in COURSES if any(row.course == course for row in rows)]
    for person in people:
        parts = [ends(partly.hours(person.id, courses=[course])) for course in held]
        low, high = ends(partly.hours(person.id))
        assert low == sum(part[0] for part in parts)
        tops = [part[1] for part in parts if part[1] is not None]
        assert high == (sum(tops) if len(tops) == len(parts) else None)
        assert holds(partly.hours(person.id), full.hours(person.id))


@LAW
@given(complete(), st.data())
def test_the_order_of_the_records_is_nothing(
    known: tuple[list[Trainee], list[Attendance]], data: st.DataObject
) -> None:
    """Shuffled people and records give the same hours, shares, stages and findings."""
    people, rows = known
    rows = [*rows, *rows[:2], Attendance(person="who", course="一期", day=day(3))]
    kinds = data.draw(st.lists(st.sampled_from(BLANKS[:-1]), min_size=len(rows) - 1, max_size=len(rows) - 1))
    rows = [*(blanked(row, kind) for row, kind in zip(rows, kinds, strict=False)), rows[-1]]
    one = ledger(people, rows)
    other = ledger(data.draw(st.permutations(people)), data.draw(st.permutations(rows)))
    for counting in ("total", "any_course"):
        assert covered(one, 12, counting) == covered(other, 12, counting)
    assert [one.hours(person.id) for person in people] == [other.hours(person.id) for person in people]
    assert one.courses_held() == other.courses_held()
    assert one.course_stages("一期") == other.course_stages("一期")

    def told(found: Ledger) -> list[Any]:
        return [(part.id, part.verdict, part.label) for each in found.review(on=YEAR_END) for part in each.walk()]

    assert told(one) == told(other)


@LAW
@given(complete(), st.data(), st.sampled_from(["total", "any_course"]))
def test_a_person_counts_once_however_often_enrolled(
    known: tuple[list[Trainee], list[Attendance]], data: st.DataObject, counting: str
) -> None:
    """A record entered again adds nobody; one that fills its days changes nothing; else it may be a second sitting."""
    people, rows = known
    person = data.draw(st.sampled_from(people))
    full = Attendance(person=person.id, course="一期", day=day(310), last=day(312), days="3 天")
    once, twice = ledger(people, [*rows, full]), ledger(people, [*rows, full, full])
    assert covered(once, 24, counting) == covered(twice, 24, counting)
    assert once.hours(person.id) == twice.hours(person.id)
    assert twice.review(on=YEAR_END)["recorded_once"].verdict is UNMET
    for row in rows:
        again = ledger(people, [*rows, full, row])
        before, after = covered(once, 24, counting), covered(again, 24, counting)
        assert after.population == before.population
        assert holds(after.share, before.share) and ends(after.share)[0] == ends(before.share)[0]


@LAW
@given(complete(), st.data())
def test_days_at_the_equivalence_are_hours(known: tuple[list[Trainee], list[Attendance]], data: st.DataObject) -> None:
    """Records in days and in class-hours come to the same at any rate."""
    people, rows = known
    rate = data.draw(st.fractions(Fraction(1, 2), 20, max_denominator=4))
    equivalence = Equivalence(pe.Amount.of(rate, "学时/天"), citation=TABLE)
    days = data.draw(st.lists(st.integers(0, 3), min_size=len(rows), max_size=len(rows)))
    in_days = [evolve(row, hours=None, days=pe.Amount.of(n, "天")) for row, n in zip(rows, days, strict=True)]
    in_hours = [evolve(row, hours=pe.Amount.of(n * rate, "学时")) for row, n in zip(rows, days, strict=True)]
    both = [evolve(row, hours=hour.hours) for row, hour in zip(in_days, in_hours, strict=True)]
    found = [ledger(people, some, equivalence=equivalence) for some in (in_days, in_hours, both)]
    for person in people:
        assert len({each.hours(person.id) for each in found}) == 1
    assert len({covered(each).share for each in found}) == 1
    assert found[2].review(on=YEAR_END)["hours_restated"].verdict in (MET, NOT_APPLICABLE)


@LAW
@given(complete(), st.data())
def test_the_standard_observes_the_same_coverage(
    known: tuple[list[Trainee], list[Attendance]], data: st.DataObject
) -> None:
    """The share that the rules of the 2026 table observe on the ledger's facts is the ledger's."""
    people, rows = known
    kinds = data.draw(st.lists(st.sampled_from(BLANKS[:-1]), min_size=len(rows), max_size=len(rows)))
    rows = [evolve(row, hours=row.hours * 3) for row in rows if isinstance(row.hours, pe.Amount)]
    rows = [blanked(row, kind) for row, kind in zip(rows, kinds, strict=True)]
    groups = data.draw(st.lists(st.sampled_from(["书记", "党员"]), min_size=len(people), max_size=len(people)))
    people = [evolve(person, group=group) for person, group in zip(people, groups, strict=True)]
    members = groups.count("党员")
    counts = [HeadCount(group="党员", count=f"{members + data.draw(st.integers(0, 3))} 人", on=YEAR_END)]
    found = ledger(people, rows, head_counts=counts)
    parts = {"members": "党员"} | ({"secretaries": "书记"} if "书记" in groups else {})
    review = STANDARD.judge(found.facts(parts, as_of=YEAR_END), on=YEAR_END)
    by_rule = {"member_coverage": covered(found, 24, "any_course")}
    if "书记" in groups:
        by_rule["secretary_coverage"] = covered(found, 40, "total", "书记")
    for name, coverage in by_rule.items():
        assert review[name].observed == coverage.share
        required = review[name].required
        assert isinstance(required, pe.Amount)
        judged = coverage.judge(required)
        assert (judged.verdict, judged.shortfall) == (review[name].verdict, review[name].shortfall)


@LAW
@given(complete(), complete(), st.sampled_from(["planned", "in_progress"]))
def test_what_is_planned_never_counts(
    known: tuple[list[Trainee], list[Attendance]], plan: tuple[list[Trainee], list[Attendance]], stage: str
) -> None:
    """Planned attendance adds no hours, no coverage, no course and no stage; a note says that it is there."""
    people, rows = known
    planned = [evolve(row, stage=stage, course="三期") for row in plan[1]]
    one, other = ledger(people, rows), ledger(people, [*rows, *planned])
    assert covered(one) == covered(other)
    assert one.courses_held() == other.courses_held()
    note = other.review(on=YEAR_END)["planned_not_counted"]
    assert len(note.children) == len(planned) and note.severity is pe.Severity.NOTE


SPANS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3), st.integers(0, 30)), min_size=1, max_size=6)


@settings(max_examples=120)
@given(SPANS)
def test_days_are_too_full_exactly_where_no_way_of_sharing_them_out_fits(spans: list[tuple[int, int, int]]) -> None:
    """Some stretch of days must hold more hours than it can, and the finding names such a stretch."""
    rows = [
        Attendance(person="p0", course=f"c{i}", day=day(start), last=day(start + more), hours=f"{hours} 学时")
        for i, (start, more, hours) in enumerate(spans)
    ]
    held = [(start, start + more, min(hours, 8 * (more + 1))) for start, more, hours in spans]
    full = any(
        sum(hours for start, end, hours in held if first <= start and end <= last) > 8 * (last - first + 1)
        for first in range(7)
        for last in range(first, 10)
    )
    finding = ledger([member(0)], rows).review(on=YEAR_END)["one_course_at_a_time"]
    assert finding.verdict is (UNMET if full else MET)
    for child in finding.children:
        assert isinstance(child.observed, pe.Amount) and isinstance(child.required, pe.Amount)
        assert child.observed - child.required == child.shortfall and child.observed > child.required
        assert "records" in child.remarks[0].en


# --- figures by hand -----------------------------------------------------------------------------------------

# Three days in May and two in October: 5 days are 40 class-hours at 8 a day; 3 days are 24.
FIRST = Attendance(
    person="zhang", course="书记轮训", day="2026-05-11", last="2026-05-13", days="3 天", course_stage="一阶段"
)
SECOND = Attendance(
    person="zhang", course="书记轮训", day="2026-10-12", last="2026-10-13", hours="16 学时", course_stage="二阶段"
)
ZHANG, LI = Trainee(id="zhang", name="张三", group="书记"), Trainee(id="li", name="李四", group="书记")
HELD = (
    TrainingCourse(name="书记轮训", kind="书记轮训"),
    TrainingCourse(name="第一期", kind="党员进党校"),
    TrainingCourse(name="第二期", kind="党员进党校", stage="planned"),
)


def school(attended: int, members: int, hours: str = "24 学时") -> Ledger:
    """Return a ledger of two secretaries, one of them trained, and of members of whom so many attended a course."""
    rows = [
        Attendance(person=f"p{number}", course="第一期", day="2026-06-01", last="2026-06-03", hours=hours)
        for number in range(attended)
    ]
    return ledger([ZHANG, LI, *map(member, range(members))], [FIRST, SECOND, *rows], courses=HELD)


def test_the_figures_of_the_2026_table() -> None:
    """5 天 = 40 学时, 3 天 = 24 学时; 13 of 20 members are 65 %, 12 are 60 % and 5 % short."""
    found = school(13, 20)
    assert str(found.hours("zhang")) == "40 学时" and str(found.hours("p0")) == "24 学时"
    assert str(found.hours("li")) == "0 学时"
    coverage = covered(found, 24, "any_course")
    assert str(coverage.share) == "65%" and str(coverage.counted) == "13 人[党员]"
    assert str(coverage.population) == "20 人[党员]"
    assert coverage.denominator == pe.Label("2026-12-31在册党员名单20人", "20 listed for 党员 in post on 2026-12-31")
    assert coverage.judge("65%").verdict is MET
    short = covered(school(12, 20), 24, "any_course").judge("65%", citation=TABLE)
    assert short.verdict is UNMET and str(short.shortfall) == "5%" and short.citation is TABLE
    assert "2026-12-31" in pe.finding_sentence(short)
    assert str(covered(found, 40, "total", "书记").share) == "50%"
    # 3 + 2 days of one course; five days of the rate are 40 class-hours.
    assert found.coverage("书记", at_least="5 天", counting="total", as_of=YEAR_END).reached == ("zhang",)


def test_the_standard_judges_the_facts_of_a_ledger() -> None:
    """One course for secretaries in two stages is held; of two for members one is only planned."""
    found = school(13, 20)
    facts = found.facts({"secretaries": "书记", "members": "党员"}, as_of=YEAR_END, courses="courses")
    review = STANDARD.judge(facts, on=YEAR_END)
    verdicts = {finding.rule: finding.verdict for finding in review}
    assert verdicts == {
        "secretary_hours": UNMET,
        "secretary_coverage": UNMET,
        "secretary_courses": MET,
        "secretary_course_stages": MET,
        "member_hours": MET,
        "member_coverage": MET,
        "member_courses": UNMET,
    }
    assert str(found.courses_held()) == "2 期"
    assert str(found.courses_held("党员进党校")) == "1 期" and str(review["member_courses"].observed) == "1 期"
    assert found.course_stages("书记轮训") == ("一阶段", "二阶段")


def test_hours_in_two_courses_reach_in_all_but_not_in_one() -> None:
    """12 + 12 class-hours in two courses are 24 together, and 24 in neither."""
    rows = [
        Attendance(person="p0", course=course, day=day(when), last=day(when + 1), hours="12 学时")
        for when, course in enumerate(COURSES)
    ]
    found = ledger([member(0)], rows)
    assert str(covered(found).share) == "100%"
    assert str(covered(found, counting="any_course").share) == "0%"
    one = found.coverage("党员", at_least="24 学时", counting=Counting.TOTAL, as_of=YEAR_END, courses=["一期"])
    assert str(one.share) == "0%" and str(found.hours("p0", courses=["一期"])) == "12 学时"


def test_a_course_of_unknown_kind_may_be_of_any_kind() -> None:
    """One declared for members and one that nobody declared: 1 – 2 期."""
    rows = [Attendance(person="p0", course="夜校", day=day(1), hours="2 学时")]
    assert str(ledger([member(0)], rows, courses=HELD[1:]).courses_held("党员进党校")) == "1 期 – 2 期"


def test_unknown_hours_give_an_interval() -> None:
    """On two days at most 16 class-hours; without a day or a rate nothing bounds them; whose they are is named."""
    undated = Attendance(person="p0", course="一期")
    dated = evolve(undated, day=day(1), last=day(2))
    assert str(ledger([member(0)], [dated]).hours("p0")) == "0 学时 – 16 学时"
    assert str(ledger([member(0)], [undated]).hours("p0")) == "≥ 0 学时"
    assert str(ledger([member(0)], [dated], equivalence=None).hours("p0")) == "≥ 0 学时"
    least = evolve(dated, hours=pe.at_least("4 学时"))
    assert str(ledger([member(0)], [least]).hours("p0")) == "4 学时 – 16 学时"
    coverage = covered(ledger([member(0), member(1)], [dated]), 16)
    assert str(coverage.share) == "0% – 50%" and coverage.undecided == ("p0",)
    judged = coverage.judge("50%")
    assert judged.verdict is UNKNOWN and [str(lack) for lack in judged.missing] == ["p0.hours"]
    # At most one of two, and three quarters are wanted: at least 25 % short, at most 75 %.
    assert coverage.judge("75%").shortfall == pe.between("25%", "75%")
    review = ledger([member(0)], [dated]).review(on=YEAR_END)
    assert review["hours_known"].verdict is UNKNOWN
    assert [str(lack) for lack in review.requests] == ["attendances[0].hours"]


def test_a_record_without_a_person_helps_one_person_only() -> None:
    """24 class-hours of somebody: one of three people may have reached them, not all three."""
    rows = [Attendance(person=None, course="一期", day=day(1), last=day(3), hours="24 学时")]
    found = ledger([member(0), member(1), member(2)], rows)
    assert covered(found).share == pe.AmountRange(pe.Amount.of(0, "%"), pe.Amount.of(Fraction(100, 3), "%"))
    assert str(found.hours("p1")) == "0 学时 – 24 学时"
    # Two such records are of two people, or both of one, and not one record entered twice.
    both = ledger([member(0), member(1), member(2)], rows * 2)
    assert covered(both).share == pe.AmountRange(pe.Amount.of(0, "%"), pe.Amount.of(Fraction(200, 3), "%"))
    assert str(both.hours("p1")) == "0 学时 – 48 学时"
    assert both.review(on=YEAR_END)["recorded_once"].verdict is MET
    finding = child(found, "attendee_named")
    assert finding.verdict is UNKNOWN and [str(lack) for lack in finding.missing] == ["attendances[0].person"]


def test_the_denominator_is_those_in_post_on_the_day_and_who_had_left_is_said() -> None:
    """Of three, one left in March and one came in September: by midyear one of one, at the year's end one of two."""
    people = [member(0), member(1, until="2026-03-31"), member(2, since="2026-09-01")]
    rows = [
        Attendance(person=f"p{number}", course="一期", day=when, last=when, hours="8 学时")
        for number, when in enumerate(("2026-02-02", "2026-02-02", "2026-10-10"))
    ]
    found = ledger(people, rows[:2])
    midyear = found.coverage("党员", at_least="8 学时", counting="total", as_of=datetime.date(2026, 6, 30))
    assert (str(midyear.share), str(midyear.population), midyear.left) == ("100%", "1 人[党员]", ("p1",))
    assert "p1" in midyear.judge("100%").remarks[0].zh
    assert str(covered(found, 8).share) == "50%"
    for when, number in ((day(89), 2), (day(90), 1)):  # the last of March, on which p1 was still in post, and the next
        then = found.coverage("党员", at_least="8 学时", counting="total", as_of=when)
        assert str(then.population) == f"{number} 人[党员]" and str(then.share) == "100%"
    later = ledger(people, rows).coverage("党员", at_least="8 学时", counting="total", as_of=day(180))
    assert later.not_yet == ("p2",) and any("p2" in remark.en for remark in later.judge("1%").remarks)


def test_a_head_count_above_the_list_leaves_people_unknown() -> None:
    """13 of 18 listed of 20: between 13/20 and 15/20. On another day nobody knows how many are unlisted."""
    people = [member(number) for number in range(18)]
    rows = [Attendance(person=f"p{n}", course="一期", day=day(1), last=day(3), days="3 天") for n in range(13)]
    rows += [Attendance(person=f"p{n}", course="一期", day=day(1), hours="1 学时") for n in range(13, 18)]
    counts = [HeadCount(group="党员", count="20 人[党员]", on=YEAR_END, source="台账")]
    found = ledger(people, rows, head_counts=counts)
    coverage = covered(found)
    assert coverage.share == pe.between("65%", "75%")
    assert coverage.denominator.zh == "2026-12-31在册党员20人（名单18人，未列明2人）"
    assert coverage.judge("65%").verdict is MET
    assert [str(lack) for lack in coverage.judge("70%").missing] == ["population[党员].unlisted"]
    other = found.coverage("党员", at_least="24 学时", counting="total", as_of=NEW_YEAR)
    assert other.share == pe.between("0%", "100%") and other.judge("65%").verdict is UNKNOWN
    finding = found.review(on=YEAR_END)["head_count_listed"]
    assert finding.verdict is UNKNOWN and finding.sources == ("台账",)


def test_a_head_count_below_the_list_is_an_error() -> None:
    """Two are listed, one is stated: 1 person too many."""
    found = ledger([member(0), member(1)], [], head_counts=[HeadCount(group="党员", count="1 人", on="2026-12-31")])
    finding = found.review(on=YEAR_END)["ledger/head_count_listed"]
    assert finding.verdict is UNMET and finding.severity is pe.Severity.ERROR
    assert str(finding.children[0].shortfall) == "1 人[党员]"
    assert str(covered(found).population) == "2 人[党员]"


def test_coverage_of_nobody_does_not_apply() -> None:
    """Nobody in post, or nobody at all: there is no share, and the finding says why."""
    gone = covered(ledger([member(0, until="2026-01-31")], []))
    nobody = covered(ledger([], []))
    for coverage in (gone, nobody):
        judged = coverage.judge("65%")
        assert coverage.share is None and judged.verdict is NOT_APPLICABLE
        assert judged.reason is not None and judged.reason.kind is pe.ReasonKind.EMPTY_POPULATION
        assert "没有适用对象" in pe.finding_sentence(judged)


# --- what cannot be right ------------------------------------------------------------------------------------


def child(found: Ledger, check: str) -> pe.Finding:
    """Return the one problem that a check found."""
    finding = found.review(on=YEAR_END)[check]
    assert len(finding.children) == 1
    assert finding.id == f"ledger/{check}" and finding.children[0].id.startswith(f"{finding.id}/")
    assert finding.label.zh and finding.children[0].label.en
    return finding.children[0]


def test_a_clean_ledger_is_met_and_an_empty_one_does_not_apply() -> None:
    """Every check that could be made is MET; with no records none could."""
    review = school(13, 20).review(on=YEAR_END)
    assert review.verdict is MET and review.title.en == "training ledger"
    assert {finding.verdict for finding in review} == {MET, NOT_APPLICABLE}
    assert ledger([member(0)], []).review(on=YEAR_END).verdict is NOT_APPLICABLE


def test_restated_hours_are_checked_against_the_equivalence() -> None:
    """3 天 at 8 are 24 学时, not 20: 4 apart, cited, and the hours are one or the other."""
    row = evolve(FIRST, hours=pe.Amount.parse("20 学时"))
    found = ledger([ZHANG], [row])
    finding = child(found, "hours_restated")
    assert finding.verdict is UNMET and finding.citation is TABLE
    assert [str(part) for part in (finding.observed, finding.required, finding.shortfall)] == [
        "20 学时",
        "24 学时",
        "4 学时",
    ]
    assert finding.id == "ledger/hours_restated/zhang/书记轮训/一阶段/2026-05-11..2026-05-13"
    assert str(found.hours("zhang")) == "20 学时 – 24 学时"
    agreed = ledger([ZHANG], [evolve(FIRST, hours=pe.Amount.parse("24 学时"))])
    assert agreed.review(on=YEAR_END)["hours_restated"].verdict is MET
    ranged = ledger([ZHANG], [evolve(FIRST, hours=pe.at_most("20 学时"))])
    assert child(ranged, "hours_restated").shortfall is None
    assert str(ledger([ZHANG], [evolve(FIRST, hours=pe.at_least("20 学时"))]).hours("zhang")) == "24 学时"


def test_an_attendee_outside_the_population_is_found_with_the_nearest_name() -> None:
    """A slip of the pen, a name where an id belongs, and somebody quite different."""
    span = pe.Span(start=3, end=5, text="李思")
    for person, near in (("zhnag", "张三 (zhang)"), ("李思", "李四 (li)")):
        row = Attendance(person=person, course="书记轮训", day=day(1), hours="8 学时", source="签到表", span=span)
        finding = child(ledger([ZHANG, LI], [row, row]), "attendee_in_population")
        assert finding.verdict is UNMET and finding.remarks[0].en == f"nearest in the population: {near}"
        assert finding.sources == ("签到表",) and finding.spans == (span,)
        assert finding.remarks[1] == pe.Label("所涉记录：第 1、2 行", "records: rows 1, 2")
        assert finding.about == "attendances[0]"
    stranger = Attendance(person="欧阳修", course="书记轮训", day=day(1), hours="8 学时")
    found = ledger([ZHANG, LI], [stranger])
    assert child(found, "attendee_in_population").remarks == ()
    assert str(covered(found, 8, group="书记").share) == "0%"


def test_a_name_entered_where_an_id_belongs_is_told_the_id() -> None:
    """张三 is zhang; of two people of one name both ids are told, for which of them it was is not known."""
    row = Attendance(person="张三", course="书记轮训", day=day(1), hours="8 学时")
    finding = child(ledger([ZHANG, LI], [row]), "attendee_in_population")
    assert finding.verdict is UNMET
    assert [remark.zh for remark in finding.remarks] == ["所填为姓名，应填编号 zhang（张三）"]
    assert finding.remarks[0].en == "a name, where the id belongs: zhang (张三)"
    other = evolve(ZHANG, id="zhang2")
    both = child(ledger([ZHANG, other], [row]), "attendee_in_population")
    assert both.remarks[0].zh == "所填为姓名，应填编号 zhang 或 zhang2（张三）"


def test_rows_entered_twice_are_told_with_their_numbers_and_the_hours_too_many() -> None:
    """24 class-hours of three days in the first and the ninth row: 24 too many. Half a day twice: perhaps 4."""
    full = Attendance(person="p0", course="一期", day=day(1), last=day(3), hours="24 学时")
    others = [Attendance(person=f"p{n}", course="一期", day=day(1), last=day(3), hours="24 学时") for n in range(1, 8)]
    finding = child(ledger(list(map(member, range(8))), [full, *others, full]), "recorded_once")
    assert [remark.zh for remark in finding.remarks] == ["同一培训重复登记 2 条（第 1、9 行），多计 24 学时"]
    assert finding.remarks[0].en == "one sitting recorded 2 times (rows 1, 9), 24 学时 too many"
    half = Attendance(person="p0", course="一期", day=day(1), hours="4 学时")
    unsure = child(ledger([member(0)], [half, half]), "recorded_once")
    assert [remark.zh for remark in unsure.remarks] == ["同一培训重复登记 2 条（第 1、2 行），可能多计 4 学时"]


@settings(max_examples=60)
@given(complete(), st.data(), st.integers(1, 24), st.sampled_from(["total", "any_course"]), st.integers(0, 6))
def test_a_stated_number_is_held_against_the_records(
    known: tuple[list[Trainee], list[Attendance]], data: st.DataObject, hours: int, counting: str, claimed: int
) -> None:
    """No more than surely reached the hours is borne out; more than possibly did is not; between, it is not known."""
    people, rows = known
    kinds = data.draw(st.lists(st.sampled_from(BLANKS), min_size=len(rows), max_size=len(rows)))
    partly = [blanked(row, kind) for row, kind in zip(rows, kinds, strict=True)]
    claim = StatedCoverage(
        group="党员", as_of=YEAR_END, trained=f"{claimed} 人", at_least=f"{hours} 学时", counting=counting
    )
    found = ledger(people, partly, stated=[claim], last=YEAR_END)
    low, high = ends(covered(found, hours, counting).counted)
    finding = found.review(on=YEAR_END)["stated_in_records"]
    assert high is not None
    assert finding.verdict is (MET if claimed <= low else UNMET if claimed > high else UNKNOWN)
    # What is true of the full records is never refuted by the blanked ones.
    if claimed <= truth(people, rows, hours, counting) * len(people):
        assert finding.verdict is not UNMET


def test_a_stated_number_above_those_who_can_have_reached_the_hours() -> None:
    """13 of 20 have 24 class-hours: 15 stated are 2 too many, and 75 % are 10 points too many; 13 are borne out."""
    found = school(13, 20)

    def claims(on: datetime.date = YEAR_END, **what: str) -> pe.Finding:
        claim = StatedCoverage(group="党员", as_of=on, at_least="24 学时", counting="any_course", **what)
        return evolve(found, stated=[claim]).review(on=YEAR_END)["stated_in_records"]

    above = claims(trained="15 人")
    assert above.verdict is UNMET and str(above.children[0].shortfall) == "2 人[党员]"
    assert [str(part) for part in (above.children[0].observed, above.children[0].required)] == [
        "15 人[党员]",
        "13 人[党员]",
    ]
    share = claims(share="75%")
    assert share.verdict is UNMET and str(share.children[0].shortfall) == "10%"
    assert claims(trained="13 人", share="65%").verdict is MET
    # The course was in June: what is stated for the end of May has no record behind it.
    assert claims(datetime.date(2026, 5, 31), trained="13 人").verdict is UNMET
    assert claims(datetime.date(2026, 6, 3), trained="13 人").verdict is MET
    plain = StatedCoverage(group="党员", as_of=YEAR_END, trained="15 人")
    assert evolve(found, stated=[plain]).review(on=YEAR_END)["stated_in_records"].verdict is NOT_APPLICABLE


def test_a_record_without_a_day_bears_out_nothing_for_sure_before_the_end() -> None:
    """24 class-hours, some day of the year: by midyear one may have been trained, by the year's end one was."""
    rows = [Attendance(person="p0", course="一期", hours="24 学时")]
    for when, verdict in ((datetime.date(2026, 6, 30), UNKNOWN), (YEAR_END, MET)):
        claim = StatedCoverage(group="党员", as_of=when, trained="1 人", at_least="24 学时", counting="total")
        found = ledger([member(0), member(1)], rows, stated=[claim], first=NEW_YEAR, last=YEAR_END)
        finding = found.review(on=YEAR_END)["stated_in_records"]
        assert finding.verdict is verdict
        assert [str(lack) for lack in finding.missing] == (["p0.hours"] if verdict is UNKNOWN else [])


def test_the_same_hours_twice() -> None:
    """A full day entered twice is 8 hours too many; half a day twice may be morning and afternoon."""
    full = Attendance(person="p0", course="一期", day=day(1), hours="8 学时")
    finding = child(ledger([member(0)], [full, full]), "recorded_once")
    assert finding.verdict is UNMET and finding.severity is pe.Severity.ERROR
    assert (str(finding.observed), str(finding.required), str(finding.shortfall)) == ("16 学时", "8 学时", "8 学时")
    half = evolve(full, hours=pe.Amount.parse("4 学时"))
    found = ledger([member(0)], [half, half])
    unsure = child(found, "recorded_once")
    assert unsure.verdict is UNKNOWN and str(unsure.observed) == "4 学时 – 8 学时"
    assert [str(lack) for lack in unsure.missing] == ["attendances[1].course_stage"]
    assert str(found.hours("p0")) == "4 学时 – 8 学时"
    told = [evolve(half, course_stage="上午"), evolve(half, course_stage="下午")]
    assert str(ledger([member(0)], told).hours("p0")) == "8 学时"
    undated = evolve(half, day=None, last=None)
    assert [str(lack) for lack in child(ledger([member(0)], [undated, undated]), "recorded_once").missing] == [
        "attendances[1].day"
    ]
    unknown = evolve(undated, hours=None)
    assert str(ledger([member(0)], [undated, unknown]).hours("p0")) == "≥ 0 学时"


def test_two_courses_on_one_day_do_not_both_count_in_full() -> None:
    """8 + 8 class-hours on one day of 8: 8 too many; the hours stand as they were recorded."""
    rows = [Attendance(person="zhang", course=course, day="2026-05-11", hours="8 学时") for course in COURSES]
    found = ledger([ZHANG], rows)
    finding = child(found, "one_course_at_a_time")
    assert str(finding.shortfall) == "8 学时" and finding.id == "ledger/one_course_at_a_time/zhang/2026-05-11"
    assert finding.label.zh == "张三：一期、二期，2026-05-11"
    assert str(found.hours("zhang")) == "16 学时"
    third = Attendance(person="zhang", course="三期", day="2026-05-11", hours="8 学时")
    assert str(child(ledger([ZHANG], [*rows, third]), "one_course_at_a_time").shortfall) == "16 学时"


def test_a_day_above_the_equivalence() -> None:
    """10 class-hours on one day of 8 are 2 above; three days entered under one date say so too."""
    finding = child(
        ledger([member(0)], [Attendance(person="p0", course="一期", day=day(1), hours="10 学时")]),
        "day_within_equivalence",
    )
    assert str(finding.shortfall) == "2 学时" and finding.severity is pe.Severity.DOUBT
    three = child(ledger([ZHANG], [evolve(FIRST, last=FIRST.day)]), "day_within_equivalence")
    assert str(three.shortfall) == "16 学时" and "last day" in three.remarks[0].en
    bare = ledger([member(0)], [Attendance(person="p0", course="一期", day=day(1), hours="10 学时")], equivalence=None)
    unchecked = bare.review(on=YEAR_END)["day_within_equivalence"]
    assert unchecked.verdict is NOT_APPLICABLE and "equivalence" in unchecked.remarks[0].en


def test_attendance_outside_the_time_in_post() -> None:
    """Before since or after until is found, and it is open whether the hours count; without a day it is unknown."""
    row = Attendance(person="p0", course="一期", day="2026-05-11", hours="8 学时")
    for person in (member(0, since="2026-07-01"), member(0, until="2026-05-10")):
        found = ledger([person], [row])
        assert child(found, "attended_in_post").verdict is UNMET
        assert str(found.hours("p0")) == "0 学时 – 8 学时"
    undated = evolve(row, day=None, last=None)
    finding = child(ledger([member(0, since="2026-07-01")], [undated]), "attended_in_post")
    assert finding.verdict is UNKNOWN and [str(lack) for lack in finding.missing] == ["attendances[0].day"]
    known = ledger([member(0, since="2020-01-01")], [undated], first=NEW_YEAR, last=YEAR_END)
    assert str(known.hours("p0")) == "8 学时" and known.review(on=YEAR_END)["attended_in_post"].verdict is MET


def test_a_record_outside_the_days_of_the_ledger_is_none_of_it() -> None:
    """Last year's course gives no hours, no course and no fact, and is found."""
    rows = [Attendance(person="p0", course="旧班", day="2025-12-30", hours="8 学时")]
    found = ledger([member(0)], rows, first=NEW_YEAR, last=YEAR_END)
    assert child(found, "within_ledger").verdict is UNMET
    assert str(found.hours("p0")) == "0 学时" and str(found.courses_held()) == "0 期"
    assert found.facts({"members": "党员"}, as_of=YEAR_END) == {"members": [{"name": "p0", "attended": []}]}
    across = [Attendance(person="p0", course="跨年班", day="2025-12-31", last="2026-01-01", days="2 天")]
    assert str(ledger([member(0)], across, first=NEW_YEAR).hours("p0")) == "0 学时 – 16 学时"


def test_nothing_is_achieved_after_the_day_of_review() -> None:
    """A course of October cannot be done in June."""
    review = ledger([ZHANG], [SECOND]).review(on=datetime.date(2026, 6, 30))
    assert review["already_held"].verdict is UNMET
    assert review["already_held"].children[0].observed == datetime.date(2026, 10, 13)


def test_a_share_above_the_whole() -> None:
    """108 % is 8 % too much; 3 trained of 2 are one too many; of an unknown number it is not known."""
    stated = StatedCoverage(group="党员", as_of=YEAR_END, share="108%", source="自评表")
    finding = child(ledger([member(0), member(1)], [], stated=[stated]), "share_within_population")
    assert finding.verdict is UNMET and str(finding.shortfall) == "8%" and finding.sources == ("自评表",)
    three = StatedCoverage(group="党员", as_of=YEAR_END, trained="3 人[党员]")
    assert str(child(ledger([member(0), member(1)], [], stated=[three]), "share_within_population").shortfall) == (
        "1 人[党员]"
    )
    counts = [HeadCount(group="党员", count="3 人", on=YEAR_END)]
    exact = ledger([member(0), member(1)], [], stated=[three], head_counts=counts)
    assert exact.review(on=YEAR_END)["share_within_population"].verdict is MET
    elsewhen = ledger([member(0), member(1)], [], stated=[evolve(three, as_of=NEW_YEAR)], head_counts=counts)
    unknown = child(elsewhen, "share_within_population")
    assert unknown.verdict is UNKNOWN and [str(lack) for lack in unknown.missing] == ["head_counts[党员].count"]


def test_attendance_of_a_course_that_was_not_declared() -> None:
    """A course by another name, and a record that is not on the days of its course."""
    courses = [TrainingCourse(name="书记轮训", first="2026-05-11", last="2026-05-15")]
    named = child(ledger([ZHANG], [evolve(FIRST, course="书记轮讯")], courses=courses), "course_declared")
    assert named.remarks[0].en == "nearest declared course: 书记轮训"
    late = child(ledger([ZHANG], [SECOND], courses=courses), "course_declared")
    assert late.remarks[0].zh == "培训班起止：2026-05-11 – 2026-05-15"


def test_findings_about_records_alike_have_ids_of_their_own() -> None:
    """Two records of ten hours on one day are each above it."""
    row = Attendance(person="p0", course="一期", day=day(1), hours="10 学时")
    finding = ledger([member(0)], [row, row]).review(on=YEAR_END)["day_within_equivalence"]
    assert [part.id for part in finding.children] == [
        "ledger/day_within_equivalence/p0/一期/2026-01-02",
        "ledger/day_within_equivalence/p0/一期/2026-01-02#2",
    ]


# --- bad input -----------------------------------------------------------------------------------------------


def test_a_head_count_below_zero_is_told_so() -> None:
    """-1 人 goes with people, and is too few; 1 元 does not go with them; a date-time is no day, and neither is none."""
    for count in ("-1 人", "-1 人[党员]"):
        with pytest.raises(pe.FactsError, match="zero or more"):
            HeadCount(group="党员", count=count, on="2026-12-31")
    with pytest.raises(pe.FactsError, match="goes with 人"):
        HeadCount(group="党员", count="1 元", on="2026-12-31")
    for when in (datetime.datetime(2026, 12, 31), None, "soon"):
        with pytest.raises(pe.FactsError) as caught:
            ledger([member(0)], []).coverage("党员", at_least="1 学时", counting="total", as_of=when)  # type: ignore[arg-type]
        assert [problem.needed for problem in caught.value.problems] == ["a day such as 2026-06-30"]


def test_a_statement_with_half_of_its_hours_is_refused() -> None:
    """Hours and how they count stand together; so many statements with hours are too many to count anew."""
    base: dict[str, Any] = {"group": "党员", "as_of": YEAR_END, "trained": "1 人"}
    for more, where in (
        ({"at_least": "24 学时"}, "counting"),
        ({"counting": "total"}, "counting"),
        ({"at_least": "0 学时", "counting": "total"}, "at_least"),
        ({"at_least": "24 元", "counting": "total"}, "at_least"),
        ({"at_least": "24 学时", "counting": "sum"}, "counting"),
        ({"at_least": "24 学时", "counting": 3}, "counting"),
    ):
        with pytest.raises(pe.FactsError) as caught:
            StatedCoverage(**base, **more)
        assert [problem.where for problem in caught.value.problems] == [where]
    many = [StatedCoverage(**base, at_least=f"{n} 学时", counting="total") for n in range(1, 52)]
    with pytest.raises(pe.FactsError, match="at most 50"):
        ledger([member(0)], [], stated=many)


@pytest.mark.parametrize(
    ("fields", "where", "said"),
    [
        ({"hours": "-8 学时"}, "hours", "zero or more"),
        ({"hours": 8.0}, "hours", "bare number"),
        ({"hours": 8}, "hours", "bare number"),
        ({"hours": True}, "hours", "bare number"),
        ({"hours": "8 天"}, "hours", "goes with 学时"),
        ({"hours": "9" * 100_000 + " 学时"}, "hours", "an amount"),
        ({"hours": "NaN 学时"}, "hours", "number"),
        ({"hours": pe.between("-1 学时", "8 学时")}, "hours", "zero or more"),
        ({"days": "8 学时"}, "days", "goes with 天"),
        ({"day": "2026-02-30"}, "day", "2026-06-30"),
        ({"day": datetime.datetime(2026, 6, 1)}, "day", "2026-06-30"),
        ({"day": "2026-06-02", "last": "2026-06-01"}, "day", "not after"),
        ({"last": "2026-06-01"}, "day", "first day"),
        ({"person": ""}, "person", "printable"),
        ({"person": 7}, "person", "printable"),
        ({"course": "甲\x00"}, "course", "printable"),
        ({"stage": "done"}, "stage", "achieved"),
        ({"span": "12"}, "span", "Span"),
    ],
)
def test_a_record_that_cannot_be_taken_is_refused_by_name(fields: dict[str, Any], where: str, said: str) -> None:
    """Each says where, what came and what was needed."""
    with pytest.raises(pe.FactsError) as caught:
        Attendance(**{"person": "p0", "course": "一期", **fields})
    assert [problem.where for problem in caught.value.problems] == [where]
    assert said in caught.value.problems[0].needed


@pytest.mark.parametrize("rate", ["8 学时", "0 学时/天", "-8 学时/天", "8 天/学时", "8", 8, 8.0, None])
def test_an_equivalence_is_class_hours_a_day_above_zero(rate: Any) -> None:
    """Anything else is refused, and so is a rate without its source."""
    with pytest.raises(pe.FactsError, match="equivalence"):
        Equivalence(rate, citation=TABLE)
    with pytest.raises(pe.FactsError, match=r"equivalence\.citation"):
        Equivalence("8 学时/天", citation="某表")  # type: ignore[arg-type]


def test_days_need_an_equivalence() -> None:
    """Without a cited rate days and class-hours are not added up, nor is a requirement in days understood."""
    with pytest.raises(pe.FactsError, match=r"attendances\[1\]\.days: came '3 天'"):
        Ledger(population=[ZHANG], attendances=[SECOND, FIRST])
    with pytest.raises(pe.FactsError, match="at_least"):
        Ledger(population=[ZHANG], attendances=[]).coverage("书记", at_least="3 天", counting="total", as_of=YEAR_END)


def test_all_problems_of_all_rows_are_reported_with_their_numbers() -> None:
    """Rows are read to the end; a misspelt column is named with the nearest, a missing one with its name."""
    with pytest.raises(pe.FactsError) as caught:
        Ledger.from_rows(
            population=[{"id": "p0", "group": "党员"}, {"id": "p1"}, 3],  # type: ignore[list-item]
            attendances=[
                {"person": "p0", "course": "一期", "hours": "8 学时"},
                {"person": "p0", "course": "一期", "hours": "-8 学时", "day": "soon"},
                {"person": "p0", "coarse": "一期"},
            ],
            head_counts=[{"group": "党员", "count": "1.5 人", "on": "2026-12-31"}],
        )
    assert [problem.where for problem in caught.value.problems] == [
        "population[1].group",
        "population[2]",
        "attendances[1].day",
        "attendances[1].hours",
        "attendances[2]",
        "attendances[2].course",
        "head_counts[0].count",
    ]
    assert caught.value.problems[4].nearest == "course"


def test_rows_give_the_same_ledger_as_objects() -> None:
    """Text in mappings is read as it is in the constructors."""
    row = {"person": "zhang", "course": "书记轮训", "day": "2026-05-11", "last": "2026-05-13", "days": "3 天"}
    found = Ledger.from_rows(
        population=[{"id": "zhang", "name": "张三", "group": "书记"}],
        attendances=[{**row, "course_stage": "一阶段"}],
        equivalence=RATE,
    )
    assert found == ledger([ZHANG], [FIRST])


def test_what_does_not_go_together_is_refused_when_the_ledger_is_built() -> None:
    """Two people of one id, two head-counts of one day, an unknown group, crossed days: all at once."""
    count = HeadCount(group="党员", count="1 人", on=YEAR_END)
    with pytest.raises(pe.FactsError) as caught:
        Ledger(
            population=[member(0), member(0)],
            attendances=[],
            courses=[TrainingCourse(name="一期"), TrainingCourse(name="一期")],
            head_counts=[count, count],
            stated=[StatedCoverage(group="党圆", as_of=YEAR_END, share="50%")],
            first=YEAR_END,
            last=NEW_YEAR,
        )
    places = {problem.where: problem for problem in caught.value.problems}
    assert set(places) == {"first", "population[1]", "courses[1]", "head_counts[1]", "stated[0].group"}
    assert places["stated[0].group"].nearest == "党员"


@pytest.mark.parametrize(
    "fields",
    [
        {"population": "p0"},
        {"population": None},
        {"population": [1]},
        {"attendances": [member(0)]},
        {"attendances": 5},
        {"equivalence": "8 学时/天"},
        {"first": "2026-01-01"},
        {"last": 3},
        {"courses": {"一期": 1}},
        {"attendances": ({} for _ in range(1_000_001))},
    ],
)
def test_a_ledger_of_something_else_is_refused(fields: dict[str, Any]) -> None:
    """Wrong types and more than a million rows end in an error of the library, named by the field."""
    with pytest.raises(pe.FactsError) as caught:
        Ledger(**{"population": [member(0)], "attendances": [], **fields})
    assert caught.value.problems[0].where.startswith(next(iter(fields)))


@pytest.mark.parametrize(
    ("make", "wheres"),
    [
        (lambda: HeadCount(group="党员", count="20 人[书记]", on=YEAR_END), ["count"]),
        (lambda: HeadCount(group="党员", count="-1 人", on=YEAR_END), ["count"]),
        (lambda: HeadCount(group="党员", count="1.5 人[党员]", on=YEAR_END), ["count"]),
        (lambda: HeadCount(group="", count=None, on=None), ["group", "count", "on"]),
        (lambda: StatedCoverage(group="党员", as_of=YEAR_END), ["trained"]),
        (lambda: StatedCoverage(group="党员", as_of=YEAR_END, share="20 人", trained="20%"), ["trained", "share"]),
        (lambda: Trainee(id="p0", group="党员", since="2026-02-01", until="2026-01-01"), ["since"]),
        (lambda: Trainee(id=" ", group=3, name=""), ["id", "group", "name"]),
        (lambda: TrainingCourse(name="一期", first="2026-02-01", last="2026-01-01"), ["first"]),
    ],
)
def test_people_courses_and_counts_that_cannot_be_taken_are_refused(make: Any, wheres: list[str]) -> None:
    """Every problem of one of them is reported at once."""
    with pytest.raises(pe.FactsError) as caught:
        make()
    assert [problem.where for problem in caught.value.problems] == wheres


def test_unknown_names_are_refused_with_the_nearest() -> None:
    """A group, a person, a course and a kind of course."""
    found = school(1, 2)
    asked: list[tuple[Any, str | None]] = [
        (lambda: covered(found, group="党圆"), "党员"),
        (lambda: covered(found, group=None), None),  # type: ignore[arg-type]
        (lambda: found.hours("zhnag"), "zhang"),
        (lambda: found.hours(["zhang"]), None),  # type: ignore[arg-type]
        (lambda: found.hours("zhang", courses=["书记轮讯"]), "书记轮训"),
        (lambda: found.hours("zhang", courses=[[]]), None),  # type: ignore[list-item]
        (lambda: found.course_stages("书记轮讯"), "书记轮训"),
        (lambda: found.courses_held("书记轮讯"), "书记轮训"),
        (lambda: found.facts({"members": "党圆"}, as_of=YEAR_END), "党员"),
    ]
    for ask, near in asked:
        with pytest.raises(pe.NotFoundError) as caught:
            ask()
        if near is not None:
            assert caught.value.problems[0].nearest == near


@pytest.mark.parametrize(
    "ask",
    [
        lambda found: found.coverage("党员", at_least="0 学时", counting="total", as_of=YEAR_END),
        lambda found: found.coverage("党员", at_least=24.0, counting="total", as_of=YEAR_END),
        lambda found: found.coverage("党员", at_least=None, counting="total", as_of=YEAR_END),
        lambda found: found.coverage("党员", at_least="24 元", counting="total", as_of=YEAR_END),
        lambda found: found.coverage("党员", at_least="24 学时", counting="both", as_of=YEAR_END),
        lambda found: found.coverage("党员", at_least="24 学时", counting="total", as_of=None),
        lambda found: found.coverage("党员", at_least="24 学时", counting="total", as_of=YEAR_END, courses="一期"),
        lambda found: covered(found).judge(65),
        lambda found: covered(found).judge("65 人"),
        lambda found: found.review(on="2026-12-31"),
        lambda found: found.facts(["党员"], as_of=YEAR_END),
        lambda found: found.facts({"members": "党员"}, as_of=YEAR_END, courses="members"),
        lambda found: found.facts({"members": "党员"}, as_of="soon"),
    ],
)
def test_a_question_that_cannot_be_meant_is_refused(ask: Any) -> None:
    """Nothing is assumed: no rate, no way of counting, no day, no unit."""
    with pytest.raises((pe.FactsError, pe.RuleError)):
        ask(school(1, 2))


def test_ten_thousand_records_of_one_person_are_one_answer() -> None:
    """Overlapping courses all year: found once, exactly, and not by comparing each with each."""
    rows = [
        Attendance(person="p0", course=f"c{number}", day=day(number % 200), last=day(number % 200 + 99), hours="1 学时")
        for number in range(10_000)
    ]
    found = ledger([member(0)], rows)
    # 10,000 hours; 299 days hold 2,392 of them.
    assert str(found.hours("p0")) == "10,000 学时"
    assert child(found, "one_course_at_a_time").verdict is UNMET
