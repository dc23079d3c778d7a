"""Evaluation: what is determinate stays so, intervals contain the truth, and what is missing is named."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, note, settings
from hypothesis import strategies as st

import perfeval as pe
from perfeval.amounts import Amount
from perfeval.evaluation import Extent, ReasonKind, Truth, decide, evaluate, scope_of
from perfeval.expressions import (
    Aggregate,
    AggregateKind,
    All,
    ByKind,
    Category,
    Compare,
    Day,
    DayLiteral,
    Flag,
    IsKind,
    Literal,
    Many,
    Measure,
    Named,
    Negative,
    Not,
    Operator,
    Product,
    Quantified,
    Quantifier,
    Quotient,
    Rounded,
    Sum,
    When,
)
from perfeval.expressions import Any as AnyNode
from perfeval.facts import Given, Listed, Stage
from perfeval.strategies import Course, Office, Person, completions, conditions, facts, quantities
from perfeval.subjects import read, schema_of
from perfeval.verdicts import Verdict

MET, UNMET = Verdict.MET, Verdict.UNMET
UNKNOWN, NOT_APPLICABLE = Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
OFFICE = schema_of(Office)
LAW = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

# --- the oracle: complete facts, plain fractions, one completion at a time ---------------------------------

Row = Mapping[str, Any]
Rows = dict[str, Row]


def worth(node: Any, rows: Rows) -> Fraction | None:
    """Return what a quantity comes to on complete facts, None where it has no value."""
    match node:
        case Measure(owner=owner, fact=fact):
            return Fraction(rows[owner.name][fact.name].root)
        case Day(owner=owner, fact=fact):
            return Fraction(rows[owner.name][fact.name].toordinal())
        case Literal(amount=amount):
            return Fraction(amount.root)
        case DayLiteral(day=day):
            return Fraction(day.toordinal())
        case Sum(terms=terms):
            values = [worth(term, rows) for term in terms]
            return None if None in values else sum(values, Fraction(0))
        case Negative(operand=operand):
            value = worth(operand, rows)
            return None if value is None else -value
        case Product(factors=factors):
            product: Fraction | None = Fraction(1)
            for factor in factors:
                value = worth(factor, rows)
                product = None if value is None or product is None else product * value
            return product
        case Quotient(dividend=dividend, divisor=divisor):
            over, under = worth(dividend, rows), worth(divisor, rows)
            return None if over is None or under is None or under == 0 else over / under
        case Rounded(operand=operand, quantum=quantum, mode=mode):
            value = worth(operand, rows)
            if value is None:
                return None
            count = abs(value / quantum.root)
            whole = int(count) if mode.value == "DOWN" else int(count + Fraction(1, 2))
            return whole * quantum.root * (1 if value >= 0 else -1)
        case ByKind(category=category, cases=cases):
            return worth(dict(cases)[rows[category.owner.name][category.fact.name]], rows)
        case Aggregate(kind=kind, collection=collection, of=of, where=where, among=among):
            inner = [
                {**rows, collection.fact.element.name: item}
                for item in rows[collection.owner.name][collection.fact.name]
            ]
            picked = [one for one in inner if where is None or verdict(where, one) is MET]
            if kind is AggregateKind.COUNT:
                return Fraction(len(picked)) * collection.fact.element.unit.factor
            if kind is AggregateKind.SHARE:
                base = [one for one in inner if among is None or verdict(among, one) is MET]
                return Fraction(sum(1 for one in base if one in picked), len(base)) if base else None
            numbers = [worth(of, one) for one in picked]
            if None in numbers:
                return None
            if kind is AggregateKind.SUM:
                return sum(numbers, Fraction(0))
            return (min if kind is AggregateKind.MINIMUM else max)(numbers, default=None)
    raise AssertionError(node)


def both(verdicts: list[Verdict]) -> Verdict:
    """Conjoin determinate verdicts, those that do not apply left out."""
    counted = [one for one in verdicts if one is not NOT_APPLICABLE]
    if not counted:
        return NOT_APPLICABLE
    return MET if all(one is MET for one in counted) else UNMET


def flipped(one: Verdict) -> Verdict:
    """Negate a determinate verdict."""
    return {MET: UNMET, UNMET: MET, NOT_APPLICABLE: NOT_APPLICABLE}[one]


def verdict(node: Any, rows: Rows) -> Verdict:
    """Return the verdict of a condition on complete facts."""
    match node:
        case Compare(left=left, operator=operator, right=right):
            one, other = worth(left, rows), worth(right, rows)
            if one is None or other is None:
                return NOT_APPLICABLE
            holds = {
                Operator.AT_LEAST: one >= other,
                Operator.AT_MOST: one <= other,
                Operator.ABOVE: one > other,
                Operator.BELOW: one < other,
                Operator.EQUAL: one == other,
            }[operator]
            return MET if holds else UNMET
        case Flag(owner=owner, fact=fact):
            return MET if rows[owner.name][fact.name] else UNMET
        case IsKind(category=category, kinds=kinds):
            return MET if rows[category.owner.name][category.fact.name] in kinds else UNMET
        case All(parts=parts):
            return both([verdict(part, rows) for part in parts])
        case AnyNode(parts=parts):
            return flipped(both([flipped(verdict(part, rows)) for part in parts]))
        case Not(part=part):
            return flipped(verdict(part, rows))
        case Named(part=part):
            return verdict(part, rows)
        case When(part=part, guard=guard):
            return verdict(part, rows) if verdict(guard, rows) is MET else NOT_APPLICABLE
        case Quantified(quantifier=quantifier, collection=collection, condition=condition, where=where):
            guarded = condition if where is None else When(condition, where)
            each = [
                verdict(guarded, {**rows, collection.fact.element.name: item})
                for item in rows[collection.owner.name][collection.fact.name]
            ]
            return both(each) if quantifier is Quantifier.EVERY else flipped(both([flipped(one) for one in each]))
    raise AssertionError(node)


def free_scalars(node: Any, bound: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """Return the scalar facts of a quantity that no collection in it binds, written anew for the test."""
    match node:
        case Measure(owner=owner, fact=fact) | Day(owner=owner, fact=fact) | Flag(owner=owner, fact=fact):
            return [] if owner.name in bound else [(owner.name, fact.name)]
        case Category(owner=owner, fact=fact):
            return [] if owner.name in bound else [(owner.name, fact.name)]
        case Many() | Literal() | DayLiteral():
            return []
        case IsKind(category=category):
            return free_scalars(category, bound)
        case ByKind(category=category, cases=cases):
            return free_scalars(category, bound) + [pair for _, case in cases for pair in free_scalars(case, bound)]
    within = bound
    if isinstance(node, Aggregate | Quantified):
        within = bound | {node.collection.fact.element.name}
    below: list[Any] = []
    for name in ("terms", "factors", "parts"):
        below += getattr(node, name, ())
    names = (
        "operand",
        "dividend",
        "divisor",
        "of",
        "where",
        "among",
        "left",
        "right",
        "part",
        "guard",
        "condition",
    )
    below += [child for name in names if (child := getattr(node, name, None)) is not None]
    return [pair for child in below for pair in free_scalars(child, within)]


# --- the key law -------------------------------------------------------------------------------------------


def judged(node: Any, given_facts: Mapping[str, Any], stage: Stage | None = None) -> Truth:
    """Decide a condition on facts of an office."""
    return decide(node, scope_of(read(Office, given_facts), stage))


@LAW
@given(conditions(), st.data())
def test_a_determinate_verdict_is_that_of_every_completion(node: Any, data: st.DataObject) -> None:
    """MET, UNMET and NOT_APPLICABLE are never said where some completion of the unknowns says otherwise."""
    partial = data.draw(facts(Office))
    found = judged(node, partial)
    for _ in range(4):
        full = data.draw(completions(Office, partial))
        truth = verdict(node, {"Office": full})
        note(f"partial {found}, complete {truth}")
        if found.verdict is not UNKNOWN:
            assert truth is found.verdict
        assert judged(node, full).verdict is truth


@LAW
@given(conditions(2), facts(Office, complete=True))
def test_complete_facts_are_never_unknown(node: Any, full: dict[str, Any]) -> None:
    """Where every fact is given the verdict is that of the oracle, and nothing is missing."""
    found = judged(node, full)
    assert found.verdict is verdict(node, {"Office": full})
    assert found.missing == ()


@LAW
@given(quantities(), st.data())
def test_intervals_contain_the_truth_of_every_completion(node: Any, data: st.DataObject) -> None:
    """The value under a completion lies within the extent, and has none only where the extent says that it may."""
    partial = data.draw(facts(Office))
    extent = evaluate(node, scope_of(read(Office, partial)))
    for _ in range(4):
        full = data.draw(completions(Office, partial))
        value = worth(node, {"Office": full})
        exact = evaluate(node, scope_of(read(Office, full)))
        if value is None:
            assert extent.undefined is not None
            assert exact.certain
            continue
        assert not extent.certain
        assert extent.low is None or extent.low <= value
        assert extent.high is None or value <= extent.high
        assert (exact.low, exact.high, exact.undefined) == (value, value, None)


@LAW
@given(quantities(depth=1), quantities(depth=1), st.sampled_from(Operator), facts(Office))
def test_a_comparison_with_a_missing_scalar_is_unknown(one: Any, other: Any, operator: Operator, partial: Any) -> None:
    """A comparison that names a scalar fact that was not given is UNKNOWN and names it."""
    node = Compare(one, operator, other)
    lacking = {name for owner, name in free_scalars(node) if owner == "Office" and partial.get(name) is None}
    found = judged(node, partial)
    if lacking:
        assert found.verdict is UNKNOWN
        assert lacking <= {missing.path for missing in found.missing}


@LAW
@given(conditions(2), facts(Office))
def test_unknown_says_what_is_missing(node: Any, partial: dict[str, Any]) -> None:
    """An UNKNOWN has a reason, and no fact that is fully given is listed as missing."""
    found = judged(node, partial)
    if found.verdict is UNKNOWN:
        assert found.reason is not None
    for missing in found.missing:
        if "." not in missing.path and missing.path not in ("staff", "guests"):
            assert partial.get(missing.path) is None


# --- what would cancel -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "node",
    [
        Office.reserve >= Office.reserve,
        Office.reserve - Office.reserve >= "0 元/年",
        Office.reserve * "0 %" <= "1 元/年",
        Office.staff.sum(Person.pay, where=Office.reserve >= "0 元/年") >= "-100 元/年",
        pe.by(Office.kind, {"大": "1 元/年", "中": "1 元/年", "小": "1 元/年"}) >= "1 元/年",
    ],
)
def test_what_cancels_is_unknown_all_the_same(node: Any) -> None:
    """A missing scalar makes a comparison UNKNOWN even where no value of it could matter."""
    assert judged(node, {"staff": []}).verdict is UNKNOWN


def test_a_plan_counts_as_missing_where_achievement_is_asked() -> None:
    """A fact below the asked stage is UNKNOWN, and the reason says that there is only a plan."""
    node = Office.reserve >= "1 元/年"
    plan = {"reserve": pe.given("5 元/年", stage="planned")}
    assert judged(node, plan).verdict is MET
    found = judged(node, plan, Stage.ACHIEVED)
    assert found.verdict is UNKNOWN
    assert found.reason is not None
    assert found.reason.kind is ReasonKind.PLANNED_ONLY
    assert found.missing[0].planned


# --- divisors ----------------------------------------------------------------------------------------------

QUOTA = Office.budget / Office.reserve


@pytest.mark.parametrize(
    ("reserve", "expected"),
    [
        ("0 元/年", NOT_APPLICABLE),
        ("2 元/年", MET),
        ("7 元/年", UNMET),
        (pe.between("1 元/年", "3 元/年"), MET),
        (pe.between("0 元/年", "3 元/年"), UNKNOWN),
        (pe.between("-3 元/年", "3 元/年"), UNKNOWN),
        (pe.between("0 元/年", "0 元/年"), NOT_APPLICABLE),
        (pe.between("-3 元/年", "-1 元/年"), UNMET),
    ],
)
def test_a_divisor_that_may_be_zero(reserve: Any, expected: Verdict) -> None:
    """6 over a divisor: by zero it does not apply, where it may be zero it is not known."""
    found = judged(QUOTA >= "1 倍", {"budget": "6 元/年", "reserve": reserve})
    assert found.verdict is expected
    if expected is NOT_APPLICABLE:
        assert found.reason is not None
        assert found.reason.kind is ReasonKind.ZERO_DIVISOR


# --- aggregates, by hand -----------------------------------------------------------------------------------

STAFF: dict[str, Any] = {
    "staff": [
        {
            "pay": "1 元/月",
            "rank": "甲",
            "active": True,
            "courses": [{"hours": "1 学时"}, {"hours": "3 学时"}],
        },
        {"pay": "3 元/月", "rank": "乙", "active": True, "courses": []},
    ],
    "guests": [{"pay": "2 元/月", "rank": "甲", "active": False}],
    "budget": "24 元/年",
}
SENIOR = Person.rank.is_in("甲")


@pytest.mark.parametrize(
    ("node", "value", "unit"),
    [
        (Office.staff.count(), 2, "人"),
        (Office.staff.count(where=SENIOR), 1, "人"),
        (Office.staff.sum(Person.pay), 4, "元/月"),
        (Office.staff.sum(Person.pay), 48, "元/年"),
        (Office.staff.sum(Person.pay, where=SENIOR), 1, "元/月"),
        (Office.staff.minimum(Person.pay), 1, "元/月"),
        (Office.staff.maximum(Person.pay), 3, "元/月"),
        (Office.staff.maximum(Person.pay, where=SENIOR), 1, "元/月"),
        (Office.staff.share(SENIOR), Fraction(1, 2), "倍"),
        (Office.staff.share(SENIOR, among=Person.pay >= "2 元/月"), 0, "倍"),
        (Office.staff.share(Person.active, among=SENIOR), 1, "倍"),
        # The budget, 24 元/年, is 2 元/月: only the second of the staff has more.
        (Office.staff.count(where=Person.pay > Office.budget), 1, "人"),
        (Office.staff.sum(Person.courses.sum(Course.hours)), 4, "学时"),
        (Office.staff.maximum(Person.courses.count(where=Course.hours >= "2 学时")), 1, "次"),
        # Two collections of one class: each binds anew, and the guests' 2 元/月 lies between.
        (Office.staff.count(where=Person.pay > Office.guests.maximum(Person.pay)), 1, "人"),
        (Office.guests.count(where=Person.pay > Office.staff.minimum(Person.pay)), 1, "人"),
        (Office.staff.sum(Person.pay) + Office.guests.sum(Person.pay), 6, "元/月"),
    ],
)
def test_aggregates_by_hand(node: Any, value: int, unit: str) -> None:
    """Sums, counts, shares and extremes of the small office above, each reckoned by hand."""
    root = Amount.of(value, unit).root
    assert evaluate(node, scope_of(read(Office, STAFF))) == Extent(root, root)


def test_partly_listed_collections() -> None:
    """Two of three staff known: the third may be anything within its declared bounds."""

    def among(**given_facts: Any) -> Verdict:
        return judged(
            given_facts.pop("node"), {"guests": pe.listed([{"pay": "1 元/月"}, {"pay": "3 元/月"}], total=3)}
        ).verdict

    pay = Person.pay
    assert among(node=Office.guests.count() >= "3 人") is MET
    assert among(node=Office.guests.count() > "3 人") is UNMET
    assert among(node=Office.guests.sum(pay) >= "3 元/月") is MET  # 1 + 3 and at least −1
    assert among(node=Office.guests.sum(pay) >= "4 元/月") is UNKNOWN
    assert among(node=Office.guests.sum(pay) > "7 元/月") is UNMET  # 1 + 3 and at most 3
    assert among(node=Office.guests.minimum(pay) > "1 元/月") is UNMET
    assert among(node=Office.guests.maximum(pay) >= "3 元/月") is MET
    assert among(node=Office.guests.every(pay >= "2 元/月")) is UNMET
    assert among(node=Office.guests.every(pay >= "1 元/月")) is UNKNOWN
    assert among(node=Office.guests.some(pay >= "3 元/月")) is MET
    assert among(node=Office.guests.share(pay >= "1 元/月") >= "66 %") is MET
    assert among(node=Office.guests.share(pay >= "1 元/月") >= "67 %") is UNKNOWN
    assert among(node=Office.guests.share(pay >= "3 元/月") >= "67 %") is UNMET


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (Office.staff.every(Person.active), NOT_APPLICABLE),
        (Office.staff.some(Person.active), NOT_APPLICABLE),
        (Office.staff.minimum(Person.pay) >= "1 元/月", NOT_APPLICABLE),
        (Office.staff.share(Person.active) >= "0 %", NOT_APPLICABLE),
        (Office.staff.sum(Person.pay) >= "0 元/月", MET),
        (Office.staff.count() >= "1 人", UNMET),
    ],
)
def test_an_empty_population(node: Any, expected: Verdict) -> None:
    """Of nobody there is no least, no share and no every; the sum and the count are zero."""
    assert judged(node, {"staff": []}).verdict is expected
    assert judged(node, {}).verdict in (UNKNOWN, expected)


def test_a_population_that_may_be_empty_is_never_met() -> None:
    """Where all that is listed fulfils a condition but membership is open, the verdict stays open."""
    assert judged(Office.staff.every(Person.pay >= "-1 元/月"), {}).verdict is UNKNOWN
    assert judged(Office.staff.minimum(Person.pay) >= "-1 元/月", {}).verdict is UNKNOWN


def test_kleene_with_not_applicable_in_composites() -> None:
    """A part that does not apply drops out of all and any."""
    gone = (Office.budget >= "0 元/年").when(Office.rural)
    here = Office.budget >= "1 元/年"
    data = {"rural": False, "budget": "5 元/年"}
    assert judged(gone, data).verdict is NOT_APPLICABLE
    assert judged(gone & here, data).verdict is MET
    assert judged(gone | ~here, data).verdict is UNMET
    assert judged(~gone, data).verdict is NOT_APPLICABLE


def test_days_compare() -> None:
    """Calendar days compare with days, bounds included."""
    data = {"founded": datetime.date(2026, 1, 2)}
    assert judged(Office.founded >= datetime.date(2026, 1, 2), data).verdict is MET
    assert judged(Office.founded < datetime.date(2026, 1, 2), data).verdict is UNMET


def test_a_sum_of_ten_thousand_terms() -> None:
    """A sum of ten thousand terms is one node and adds up."""
    node = pe.total([Office.reserve] * 10_000) >= "10000 元/年"
    assert judged(node, {"reserve": Given(value=Amount.parse("1 元/年"))}).verdict is MET
    assert judged(node, {"reserve": "0.99 元/年"}).verdict is UNMET


# --- how tight the intervals are, by every completion ------------------------------------------------------


@pe.subject(unit="人")
class Player:
    """Three values of a measure and two flags: few enough to try every completion."""

    score = pe.measure("项", at_least=-1, at_most=1, decimals=0)
    picked = pe.flag()
    counted = pe.flag()


@pe.subject
class Team:
    """A team of players."""

    players = pe.many(Player)


PlayerRow = tuple[int, bool, bool]
PLAYERS: tuple[PlayerRow, ...] = tuple(itertools.product((-1, 0, 1), (True, False), (True, False)))
SOME_PLAYER = st.tuples(st.none() | st.sampled_from((-1, 0, 1)), st.none() | st.booleans(), st.none() | st.booleans())


def reckoned(kind: str, rows: Sequence[PlayerRow], handicap: int, *, sifted: bool, among: bool) -> Any:
    """Return a figure of complete rows, None where there is none."""
    chosen = [row for row in rows if row[1]] if sifted else list(rows)
    scores = [row[0] + handicap for row in chosen]
    match kind:
        case "count":
            return len(chosen)
        case "sum":
            return sum(scores)
        case "minimum":
            return min(scores, default=None)
        case "maximum":
            return max(scores, default=None)
    base = [row for row in rows if row[2]] if among else list(rows)
    return Fraction(sum(row[1] for row in base), len(base)) if base else None


@settings(max_examples=60)
@given(
    st.lists(SOME_PLAYER, max_size=2),
    st.integers(0, 1),
    st.integers(0, 1),
    st.sampled_from(("count", "sum", "minimum", "maximum", "share")),
    st.sampled_from((-2, 0, 2)),
    st.booleans(),
    st.booleans(),
)
@example([(None, None, None)], 1, 0, "share", 0, True, True)
@example([(1, True, None)], 0, 0, "share", 0, True, True)
@example([(1, True, None), (0, False, None)], 0, 0, "share", 0, True, True)
@example([(-1, None, True)], 0, 1, "sum", 0, True, False)
@example([], 1, 0, "sum", 2, True, False)
@example([], 1, 1, "sum", -2, False, False)
@example([], 1, 0, "minimum", 0, False, False)
def test_an_interval_is_exactly_what_every_completion_reaches(
    rows: list[Any], least: int, more: int, kind: str, handicap: int, sifted: bool, among: bool
) -> None:
    """Of a few players the extent runs from the least to the greatest value of all completions, not further."""
    score = Player.score + f"{handicap} 项"
    where, base = (Player.picked if sifted else None), (Player.counted if among else None)
    node = {
        "count": Team.players.count(where=where),
        "sum": Team.players.sum(score, where=where),
        "minimum": Team.players.minimum(score, where=where),
        "maximum": Team.players.maximum(score, where=where),
        "share": Team.players.share(Player.picked, among=base),
    }[kind]
    listed = Listed(
        items=tuple(
            {"score": None if score is None else f"{score} 项", "picked": picked, "counted": counted}
            for score, picked, counted in rows
        ),
        others_at_least=least,
        others_at_most=least + more,
    )
    choices = [
        [full for full in PLAYERS if all(said in (None, is_so) for said, is_so in zip(row, full, strict=True))]
        for row in rows
    ]
    values = {
        reckoned(kind, complete, handicap, sifted=sifted, among=among)
        for others in range(least, least + more + 1)
        for complete in itertools.product(*choices, *[PLAYERS] * others)
    }
    extent = evaluate(node, scope_of(read(Team, {"players": listed})))
    defined = [value for value in values if value is not None]
    assert (None in values) is (extent.undefined is not None)
    assert (values == {None}) is extent.certain
    if defined:
        assert (min(defined), max(defined)) == (extent.low, extent.high)


@pytest.mark.parametrize(
    ("node", "missing"),
    [
        (Office.staff.minimum(Person.pay) >= "1 元/月", {"staff[1].pay"}),
        (Office.staff.count(where=Person.pay >= "1 元/月") >= "2 人", {"staff[1].pay"}),
        (Office.staff.every(Person.pay >= "1 元/月"), {"staff[1].pay"}),
        (
            Office.staff.sum(Person.courses.sum(Course.hours)) >= "3 学时",
            {"staff[0].courses[0].hours", "staff[1].courses"},
        ),
        (Office.guests.every(Person.active), {"guests", "guests[*].active"}),
        (
            Office.staff.share(Person.active, among=Person.pay >= "1 元/月") >= "1 %",
            {"staff[0].active", "staff[1].pay"},
        ),
        (Office.staff.count(where=Person.pay >= Office.reserve) >= "1 人", {"reserve", "staff[1].pay"}),
    ],
)
def test_what_is_missing_is_named_where_it_stands(node: Any, missing: set[str]) -> None:
    """Each gap is named by its place: of which element, of which list, or the list itself."""
    staff = [{"pay": "1 元/月", "courses": [{}]}, {"active": True}]
    found = judged(node, {"staff": staff})
    assert found.verdict is UNKNOWN
    places = {lack.path for lack in found.missing}
    assert missing <= places
    assert not any(place.startswith("staff[0].pay") or place == "staff" for place in places)


def test_what_may_have_no_value_is_never_met() -> None:
    """Someone who was not listed may attend no course, and then has no greatest: the sum may have no value."""
    node = Office.staff.sum(Person.courses.maximum(Course.hours)) >= "0 学时"
    assert judged(node, {"staff": pe.listed([], total=1)}).verdict is UNKNOWN
    assert judged(node, {"staff": [{"courses": []}]}).verdict is NOT_APPLICABLE
    assert judged(node, {"staff": [{"courses": [{}]}]}).verdict is MET


@pe.subject
class Panel:
    """A panel of two or three."""

    members = pe.many(Person, at_least=2, at_most=3)


@pytest.mark.parametrize("given_facts", [{}, {"members": pe.listed([{}])}, {"members": pe.listed([{}, {}])}])
def test_how_many_there_can_be_is_known_from_the_declaration(given_facts: Any) -> None:
    """At least two and at most three: what that decides is decided, whoever is listed."""
    scope = scope_of(read(Panel, given_facts))
    assert (2, 3) == evaluate(Panel.members.count(), scope)[:2]
    assert decide(Panel.members.count() >= "2 人", scope).verdict is MET
    assert decide(Panel.members.count() > "3 人", scope).verdict is UNMET
    assert decide(Panel.members.minimum(Person.pay) >= "-1 元/月", scope).verdict is MET


def test_a_plan_and_a_gap_together_are_a_gap() -> None:
    """The reason says that there is only a plan where that is all that is lacking."""
    node = Office.reserve + Office.budget >= "1 元/年"
    plan = {"reserve": pe.given("5 元/年", stage="planned")}
    found = judged(node, plan, Stage.ACHIEVED)
    assert found.reason is not None
    assert found.reason.kind is ReasonKind.MISSING
    assert [("budget", False), ("reserve", True)] == sorted((lack.path, lack.planned) for lack in found.missing)


def test_a_figure_of_all_is_worked_out_once_for_every_element() -> None:
    """Each pay at least half of the greatest: with thousands of people this must not compare all with all."""

    @pe.subject(unit="人")
    class Worker:
        pay = pe.measure("元/月")

    @pe.subject
    class Firm:
        workers = pe.many(Worker)

    fair = Firm.workers.every(Worker.pay * "2 倍" >= Firm.workers.maximum(Worker.pay))
    firm = read(Firm, {"workers": [{"pay": f"{1000 + number % 900} 元/月"} for number in range(3_000)]})
    assert decide(fair, scope_of(firm)).verdict is Verdict.MET
    short = read(Firm, {"workers": [{"pay": "1000 元/月"}, {"pay": "2001 元/月"}]})
    assert decide(fair, scope_of(short)).verdict is Verdict.UNMET
    unknown = read(Firm, {"workers": pe.listed([{"pay": "1000 元/月"}])})
    assert decide(fair, scope_of(unknown)).verdict is Verdict.UNKNOWN
