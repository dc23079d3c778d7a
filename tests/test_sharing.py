"""Sharing out: to the fen, never less for anyone from a greater pot, the floors first; and judging a table."""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import perfeval as pe
from perfeval.amounts import Amount
from perfeval.entitlements import entitlement
from perfeval.sharing import Claim, ShareTable, claims_of, judge_table, share_out, sharing_text
from perfeval.standards.shelf import load
from perfeval.verdicts import Verdict

DAY = datetime.date(2026, 6, 30)
LAW = settings(max_examples=60)
POLICIES = st.sampled_from(["pro_rata", "by_priority"])


def fen(count: int) -> Amount:
    """Return so many fen, shown in 元."""
    return Amount.from_root(count, "元")


def claims_with(rows: Sequence[tuple[int, Any, int]]) -> list[Claim]:
    """Return claims from floors in fen, weights and priorities."""
    return [
        Claim(f"第{place}支部", fen(floor), weight=weight, priority=priority)
        for place, (floor, weight, priority) in enumerate(rows)
    ]


def shares(table: ShareTable) -> list[int]:
    """Return the shares in fen."""
    assert all(row.share.root.denominator == 1 for row in table.rows)
    return [int(row.share.root) for row in table.rows]


ROWS = st.lists(
    st.tuples(st.integers(0, 60), st.one_of(st.integers(0, 9), st.fractions(0, 3)), st.integers(1, 3)),
    min_size=1,
    max_size=6,
).filter(lambda rows: any(weight for _, weight, _ in rows))


def highest_averages(seats: int, weights: Sequence[Fraction | int]) -> list[int]:
    """Give one fen after another to the greatest weight ÷ (2 × held + 1), the earlier on a tie: the oracle."""
    held = [0] * len(weights)
    for _ in range(seats):
        best = max(range(len(weights)), key=lambda place: (Fraction(weights[place], 2 * held[place] + 1), -place))
        held[best] += 1
    return held


# --- laws ------------------------------------------------------------------------------------------------


@LAW
@given(ROWS, st.integers(0, 600), POLICIES)
def test_shares_are_those_of_giving_fen_after_fen(rows: list[tuple[int, Any, int]], pot: int, policy: str) -> None:
    """Floors first and the rest by weight; a short pot by floors, all together or priority after priority."""
    floors = [floor for floor, _, _ in rows]
    got = shares(share_out(fen(pot), claims_with(rows), policy=policy))
    if pot >= sum(floors):
        surplus = highest_averages(pot - sum(floors), [weight for _, weight, _ in rows])
        expected = [floor + more for floor, more in zip(floors, surplus, strict=True)]
    elif policy == "pro_rata":
        expected = highest_averages(pot, floors)
    else:
        expected, left = [0] * len(rows), pot
        for level in sorted({priority for _, _, priority in rows}):
            places = [place for place, row in enumerate(rows) if row[2] == level]
            given_here = min(left, sum(floors[place] for place in places))
            parts = highest_averages(given_here, [floors[place] for place in places])
            for place, part in zip(places, parts, strict=True):
                expected[place] = part
            left -= given_here
    assert got == expected


@LAW
@given(ROWS, st.integers(0, 10**12), POLICIES)
@example([(33, 1, 1), (0, 5, 1), (0, 7, 1), (0, 9, 1)], 66, "pro_rata")
def test_shares_add_up_and_the_floors_come_first(rows: list[tuple[int, Any, int]], pot: int, policy: str) -> None:
    """To the fen; nobody is below the floor when the pot suffices, nobody above it when not."""
    table = share_out(fen(pot), claims_with(rows), policy=policy)
    assert table.total == fen(pot) == table.pot
    enough = pot >= sum(floor for floor, _, _ in rows)
    for row, (floor, weight, _) in zip(table.rows, rows, strict=True):
        assert row.floor == fen(floor)
        assert row.share == row.floor + row.surplus - row.short
        assert min(row.surplus, row.short) == fen(0)
        assert row.short == fen(0) if enough else row.surplus == fen(0)
        if not weight:
            assert row.surplus == fen(0)
    assert bool(table.short) is not enough


@LAW
@given(ROWS, st.integers(0, 500), st.one_of(st.just(1), st.integers(0, 10**12)), POLICIES)
def test_nobody_gets_less_when_the_pot_grows(
    rows: list[tuple[int, Any, int]], pot: int, growth: int, policy: str
) -> None:
    """By a fen or by any amount, below the floors, across their sum and above it."""
    claims = claims_with(rows)
    before = shares(share_out(fen(pot), claims, policy=policy))
    after = shares(share_out(fen(pot + growth), claims, policy=policy))
    assert all(one <= other for one, other in zip(before, after, strict=True))


def test_the_largest_remainder_takes_a_fen_back_and_this_method_does_not() -> None:
    """Over 1, 5, 7, 9 a 34th fen costs the first one under the largest remainder; here nobody ever loses one."""
    weights = [1, 5, 7, 9]
    assert fen(33).allocate(weights)[0] > fen(34).allocate(weights)[0]
    claims = claims_with([(0, weight, 1) for weight in weights])
    steps = [shares(share_out(fen(pot), claims)) for pot in range(200)]
    for before, after in itertools.pairwise(steps):
        assert sum(after) - sum(before) == 1
        assert all(one <= other for one, other in zip(before, after, strict=True))


@LAW
@given(ROWS, POLICIES)
def test_a_pot_of_the_floors_gives_the_floors(rows: list[tuple[int, Any, int]], policy: str) -> None:
    """No weight, policy or priority matters then."""
    floors = [floor for floor, _, _ in rows]
    assert shares(share_out(fen(sum(floors)), claims_with(rows), policy=policy)) == floors
    bare = [Claim(f"第{place}支部", fen(floor)) for place, floor in enumerate(floors)]
    assert shares(share_out(fen(sum(floors)), bare)) == floors


@LAW
@given(ROWS, st.integers(0, 500))
def test_no_lower_priority_gets_anything_before_the_higher_is_full(rows: list[tuple[int, Any, int]], pot: int) -> None:
    """Where anybody is short, nobody of a lower priority has anything."""
    table = share_out(fen(pot), claims_with(rows), policy="by_priority")
    short = [row[2] for row, share in zip(rows, table.rows, strict=True) if share.short > fen(0)]
    for row, share in zip(rows, table.rows, strict=True):
        if short and row[2] > min(short):
            assert share.share == fen(0)


@LAW
@given(ROWS, st.integers(0, 500), POLICIES, st.randoms(use_true_random=False))
def test_the_order_of_claims_matters_only_for_ties(
    rows: list[tuple[int, Any, int]], pot: int, policy: str, random: Any
) -> None:
    """Claims in another order differ by a fen at most, and only where two have the same claim to the last one."""
    claims = claims_with(rows)
    shuffled = list(claims)
    random.shuffle(shuffled)
    one = {row.name: int(row.share.root) for row in share_out(fen(pot), claims, policy=policy).rows}
    other = {row.name: int(row.share.root) for row in share_out(fen(pot), shuffled, policy=policy).rows}
    enough = pot >= sum(floor for floor, _, _ in rows)
    averages = set()
    for claim, (floor, weight, _) in zip(claims, rows, strict=True):
        assert abs(one[claim.name] - other[claim.name]) <= 1
        if one[claim.name] != other[claim.name]:
            held = min(one[claim.name], other[claim.name]) - (floor if enough else 0)
            averages.add(Fraction(weight if enough else floor, 2 * held + 1))
    assert len(averages) <= 1


@LAW
@given(ROWS, st.integers(0, 10**6), st.integers(1, 1000), POLICIES)
def test_only_the_proportion_of_weights_matters(
    rows: list[tuple[int, Any, int]], pot: int, factor: int, policy: str
) -> None:
    """Weights multiplied together, or given as amounts, share alike."""
    plain = shares(share_out(fen(pot), claims_with(rows), policy=policy))
    scaled = [(floor, weight * factor, priority) for floor, weight, priority in rows]
    counted = [(floor, Amount.of(weight, "人[党员]"), priority) for floor, weight, priority in rows]
    assert shares(share_out(fen(pot), claims_with(scaled), policy=policy)) == plain
    assert shares(share_out(fen(pot), claims_with(counted), policy=policy)) == plain


@LAW
@given(ROWS, st.integers(1, 500), POLICIES, st.data())
def test_a_table_that_was_shared_out_is_met_and_a_fen_elsewhere_is_seen(
    rows: list[tuple[int, Any, int]], pot: int, policy: str, data: st.DataObject
) -> None:
    """The inverse: judging what was shared finds nothing; a fen taken from a row breaks the sum."""
    claims = claims_with(rows)
    table = share_out(fen(pot), claims, policy=policy)
    amounts: dict[str, Any] = {row.name: row.share for row in table.rows}
    assert judge_table(table.pot, amounts, claims, on=DAY, policy=policy).verdict is Verdict.MET
    name = data.draw(st.sampled_from([row.name for row in table.rows if row.share > fen(0)]))
    review = judge_table(table.pot, amounts | {name: amounts[name] - fen(1)}, claims, on=DAY, policy=policy)
    assert review["rows_equal_pot"].verdict is Verdict.UNMET
    assert review["rows_equal_pot"].shortfall == fen(1)


# --- examples --------------------------------------------------------------------------------------------

THREE = [
    Claim("甲", "3000 元", weight=1, priority=1),
    Claim("乙", "1000 元", weight=2, priority=2),
    Claim("丙", "1000 元", weight=0, priority=2),
]


def told(table: ShareTable) -> list[str]:
    """Return the shares as text."""
    return [str(row.share) for row in table.rows]


def test_the_rest_goes_by_weight() -> None:
    """5,300 − 5,000 = 300 by 1 : 2 : 0."""
    table = share_out("0.53 万元", THREE)
    assert [row.share.number_in("元") for row in table.rows] == [3100, 1200, 1000]
    assert table["乙"].surplus == Amount.parse("200 元")
    assert table.short == ()


def test_pro_rata_everybody_gets_the_same_part_of_the_floor() -> None:
    """4,000 of 5,000 is four fifths."""
    table = share_out("4000 元", THREE, policy="pro_rata")
    assert told(table) == ["2,400 元", "800 元", "800 元"]
    assert [str(row.short) for row in table.short] == ["600 元", "200 元", "200 元"]


def test_by_priority_the_first_is_filled_and_the_second_share_what_is_left() -> None:
    """4,000 − 3,000 = 1,000 for two floors of 1,000."""
    table = share_out("4000 元", THREE, policy="by_priority")
    assert told(table) == ["3,000 元", "500 元", "500 元"]
    assert [row.name for row in table.short] == ["乙", "丙"]


def test_a_tie_goes_to_the_earlier_claim() -> None:
    """A single fen among equals."""
    assert shares(share_out(fen(1), [Claim(name, fen(0), weight=1) for name in "甲乙丙"])) == [1, 0, 0]


def test_a_pot_of_nothing_leaves_everybody_short_by_the_floor() -> None:
    """No policy is needed: every one comes to the same."""
    table = share_out("0 元", THREE)
    assert told(table) == ["0 元", "0 元", "0 元"]
    assert [row.short for row in table.short] == [claim.floor for claim in THREE]


def test_rates_and_other_quanta_are_shared_alike() -> None:
    """Whole hundreds a year: 7 hundreds by 1 : 1, the odd one to the earlier."""
    claims = [Claim("甲", "100 元/年", weight=1), Claim("乙", "100 元/年", weight=1)]
    assert told(share_out("900 元/年", claims, quantum="100 元/年")) == ["500 元/年", "400 元/年"]


def test_ten_thousand_claims_on_a_large_pot() -> None:
    """10^12 fen: each share is within a fen of its quota, which a method of giving fen after fen could not reach."""
    weights = [place % 97 + 1 for place in range(10_000)]
    claims = [Claim(str(place), fen(100), weight=weight) for place, weight in enumerate(weights)]
    table = share_out(fen(10**12), claims)
    assert table.total == fen(10**12)
    rest = 10**12 - 10_000 * 100
    for share, weight in zip(shares(table), weights, strict=True):
        assert abs((share - 100) * sum(weights) - weight * rest) <= sum(weights)


def test_a_weight_may_be_a_part_in_hundred_a_ratio_or_a_numeral() -> None:
    """1,000 by 50%, 30% and 20%; and by the same written otherwise."""
    for weights in (
        ["50%", "30%", "20%"],
        ["百分之五十", "0.3", "1/5"],
        ["５０％", Amount.parse("30%"), Fraction(1, 5)],
    ):
        claims = [Claim(name, "0 元", weight=weight) for name, weight in zip("甲乙丙", weights, strict=True)]  # type: ignore[arg-type]
        assert told(share_out("1000 元", claims)) == ["500 元", "300 元", "200 元"]


# --- claims from an entitlement --------------------------------------------------------------------------

CENSUS: list[dict[str, Any]] = [
    {"name": "甲", "kind": "党支部", "non_public": True, "members": "35 人[党员]", "secretaries": [{}]},
    {"name": "乙", "kind": "党委", "non_public": True, "members": "70 人[党员]", "secretaries": [{}, {}]},
]
YUXI = load("yuxi_2023_5").standard


def test_a_pot_of_the_entitlement_gives_each_what_the_standard_requires() -> None:
    """甲: 3,000 + 2,400 + 3,500 = 8,900; 乙: 10,000 + 4,800 + 7,000 = 21,800."""
    need = entitlement(YUXI, CENSUS, on=DAY, period="1 年")
    claims = claims_of(need, weights="members", priorities={"甲": 1, "乙": 2})
    assert [(claim.name, str(claim.floor), claim.weight, claim.priority) for claim in claims] == [
        ("甲", "8,900 元", Amount.parse("35 人[党员]"), 1),
        ("乙", "21,800 元", Amount.parse("70 人[党员]"), 2),
    ]
    assert claims[0].citation == YUXI.citation
    assert isinstance(need.total, Amount)
    table = share_out(need.total, claims)
    assert [row.share for row in table.rows] == [one.total for one in need.by_subject]
    assert told(share_out("33700 元", claims)) == ["9,900 元", "23,800 元"]


def test_namesakes_are_told_apart_by_their_number_in_the_census() -> None:
    """Those without a name are called what their subject is called."""
    nameless = [{name: value for name, value in row.items() if name != "name"} for row in CENSUS]
    claims = claims_of(entitlement(YUXI, nameless, on=DAY))
    assert [claim.name for claim in claims] == ["党组织 #1", "党组织 #2"]
    assert claims[1].title.en == "party organisation #2"


@LAW
@given(st.lists(st.sampled_from(["甲", "甲 ", "甲 #1", "甲 #2", "甲 #1 #1", "甲 ＃1", "乙"]), min_size=1, max_size=6))
def test_claims_of_namesakes_never_collide(names: list[str]) -> None:
    """Not even where a subject is called what a namesake with its number would be, and who is alone keeps the name."""
    rows = [CENSUS[0] | {"name": name} for name in names]
    claims = claims_of(entitlement(YUXI, rows, on=DAY), weights="members")
    assert share_out("1000000 元/年", claims, quantum="0.01 元/年").total == Amount.parse("1000000 元/年")
    alike = [name.replace("＃", "#").strip() for name in names]
    for name, own, claim in zip(names, alike, claims, strict=True):
        assert claim.name.startswith(name)
        assert (claim.name == name) is (alike.count(own) == 1)


def test_a_namesake_gives_way_to_who_is_called_just_that() -> None:
    """'甲 #1' is the name of the third."""
    rows = [CENSUS[0] | {"name": name} for name in ("甲", "甲", "甲 #1")]
    claims = claims_of(entitlement(YUXI, rows, on=DAY))
    assert [claim.name for claim in claims] == ["甲 #1 #1", "甲 #2", "甲 #1"]


@pytest.mark.parametrize("other", ["甲1支部 ", " 甲1支部", "甲１支部", "甲①支部"])
def test_names_that_look_alike_are_not_separate_claims(other: str) -> None:
    """A blank around the name, or a letter of another width."""
    claims = [Claim("甲1支部", "1 元"), Claim(other, "1 元")]
    with pytest.raises(pe.FactsError, match=r"claims\[1\]: came a second claim named '.*', which looks like '甲1支部'"):
        share_out("2 元", claims)


def test_floors_become_multiples_of_the_quantum_only_by_a_named_mode() -> None:
    """A third of 100 元 is no whole fen."""

    @pe.subject
    class Office:
        name = pe.text()
        parts = pe.measure("倍")
        money = pe.measure("元", changeable=True)

    standard = pe.Standard("thirds", [pe.Rule("third", Office.money >= Office.parts * "100 元")])
    need = entitlement(standard, [{"name": "甲", "parts": "1/3 倍"}], on=DAY)
    with pytest.raises(pe.FactsError, match=r"needed a multiple of 0\.01 元, or another quantum; round it first"):
        share_out("100 元", claims_of(need))
    assert str(claims_of(need, rounding="CEILING")[0].floor) == "33.34 元"


def test_an_entitlement_that_is_not_exact_makes_no_claims() -> None:
    """What is missing is named, together with every other problem."""
    census = [CENSUS[0] | {"members": None}, CENSUS[1], {"name": "丙", "non_public": True, "secretaries": []}]
    need = entitlement(YUXI, census, on=DAY)
    with pytest.raises(pe.FactsError) as caught:
        claims_of(need, weights="members", priorities={"甲": 1, "丁": 2})
    text = str(caught.value)
    assert "甲: came ≥ 5,400 元/年 required, which is not exact; needed census[0].members" in text
    assert "census[2].kind" in text
    assert "priorities['丁']: came no claim of that name" in text
    assert "priorities: came none for 2 of 3: '乙', '丙'" in text
    assert "census[0].members: came a weight that is not known" in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"weights": "member"}, "weights: came 'member'; needed a measure .* did you mean 'members'"),
        ({"weights": 5}, "weights: came 5"),
        ({"weights": {"甲": -1, "乙": 1}}, "claim '甲' weight: came '-1'; needed a weight of zero or more"),
        ({"weights": {"甲": 0.5, "乙": 1}}, "came the float 0.5"),
        ({"priorities": {"甲": 0, "乙": 1}}, "needed a whole number from 1"),
    ],
)
def test_weights_and_priorities_that_do_not_fit_are_refused(arguments: dict[str, Any], message: str) -> None:
    """Each by name."""
    with pytest.raises(pe.FactsError, match=message):
        claims_of(entitlement(YUXI, CENSUS, on=DAY), **arguments)


# --- bad input -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pot", "claims", "arguments", "message"),
    [
        ("-5 元", THREE, {}, "pot: came -5 元; needed zero or more"),
        (5, THREE, {}, "pot: came 5; needed an exact amount with its unit"),
        (5.0, THREE, {}, "pot: came 5.0; needed an exact amount with its unit"),
        (None, THREE, {}, "pot: came None"),
        ("5", THREE, {}, "pot: came '5'; needed a unit after the number"),
        ("5 元", [], {}, "claims: came no claims"),
        ("5 元", {"甲": "5 元"}, {}, "claims: came .* needed a list of Claim"),
        ("5 元", None, {}, "claims: came None"),
        ("5 元", ["甲"], {}, r"claims\[0\]: came '甲'; needed a Claim"),
        ("5 元", [THREE[0], THREE[0]], {}, r"claims\[1\]: came a second claim named '甲'"),
        ("5 元/年", THREE, {"quantum": "1 元/年"}, "claim '甲' floor: came 3,000 元; needed a unit that goes with"),
        ("5 元/年", THREE, {}, "quantum: came 0.01 元; needed a unit that goes with the pot's 元/年"),
        ("5 元", THREE, {"quantum": "0 元"}, "needed a quantum above zero"),
        ("5.005 元", THREE, {}, "pot: came 5.005 元; needed a multiple of 0.01 元"),
        ("5 元", THREE, {}, "policy: came none, and the pot is 4,995 元 less than the floors"),
        ("5 元", THREE, {"policy": "by_prority"}, "did you mean 'by_priority'"),
        ("6000 元", [Claim("甲", "0 元")], {}, "weight: came none for 1 of 1 claims: '甲'"),
        ("6000 元", [Claim("甲", "0 元", weight=0)], {}, "weights that are all zero, with 6,000 元 above the floors"),
        (
            "6000 元",
            [Claim("甲", "0 元", weight="60%"), Claim("乙", "0 元", weight="3 人")],
            {},
            "weight: came weights in a bare number, 人; needed weights of one dimension",
        ),
        ("5 元", [Claim("甲", "0 元")], {"policy": "by_priority"}, "priority: came none for 1 of 1 claims"),
    ],
)
def test_what_cannot_be_shared_is_refused_by_name(
    pot: Any, claims: Any, arguments: dict[str, Any], message: str
) -> None:
    """Never with a traceback from below."""
    with pytest.raises(pe.FactsError, match=message):
        share_out(pot, claims, **arguments)


def test_all_problems_of_a_sharing_are_reported_together() -> None:
    """Pot, quantum, policy and claims at once."""
    with pytest.raises(pe.FactsError) as caught:
        share_out("-1 元", [THREE[0], "乙", THREE[0]], policy="best", quantum="0 元")  # type: ignore[list-item]
    places = [problem.where for problem in caught.value.problems]
    assert places == ["claims[1]", "claims[2]", "pot", "quantum", "policy"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"name": "", "floor": "5 元"}, "claim: came ''; needed a name"),
        ({"name": " ", "floor": "5 元"}, "needed a name, printable text of 1 to 200 characters"),
        ({"name": "甲\u200b", "floor": "5 元"}, "needed a name, printable text"),
        ({"name": "甲\ud800", "floor": "5 元"}, "needed a name, printable text"),
        ({"name": "甲\u3000", "floor": "5 元"}, "needed a name, printable text"),
        ({"name": "甲\n", "floor": "5 元"}, "needed a name, printable text"),
        ({"name": "甲" * 201, "floor": "5 元"}, "needed a name, printable text"),
        ({"name": 5, "floor": "5 元"}, "claim: came 5; needed a name"),
        ({"name": "甲", "floor": "-5 元"}, "claim '甲' floor: came -5 元; needed zero or more"),
        ({"name": "甲", "floor": 5}, "claim '甲' floor: came 5; needed an exact amount"),
        ({"name": "甲", "floor": pe.at_least("5 元")}, "needed an exact amount"),
        ({"name": "甲", "floor": "5 元", "weight": -1}, "needed a weight of zero or more"),
        ({"name": "甲", "floor": "5 元", "weight": 0.5}, "came the float 0.5"),
        ({"name": "甲", "floor": "5 元", "weight": "一半"}, "came '一半'; needed a weight, such as '2', '1/3', '50%'"),
        ({"name": "甲", "floor": "5 元", "clauses": "第三条"}, "clauses: came '第三条'; needed a tuple of Citation"),
        ({"name": "甲", "floor": "5 元", "weight": True}, "came the truth value True"),
        ({"name": "甲", "floor": "5 元", "priority": True}, "needed a whole number from 1"),
        ({"name": "甲", "floor": "5 元", "label": "甲"}, "needed a Label, or None"),
    ],
)
def test_a_claim_that_is_none_is_refused(arguments: dict[str, Any], message: str) -> None:
    """With every problem of it."""
    with pytest.raises(pe.RuleError, match=message):
        Claim(**arguments)


def test_all_problems_of_a_claim_are_reported_together() -> None:
    """Floor, weight and priority at once."""
    with pytest.raises(pe.RuleError) as caught:
        Claim("甲", "5", weight=-1, priority=0)
    assert [problem.where for problem in caught.value.problems] == [
        "claim '甲' floor",
        "claim '甲' weight",
        "claim '甲' priority",
    ]


def test_weights_without_a_common_denominator_are_refused_quickly() -> None:
    """Hostile weights would need numbers of many thousand digits."""
    primes = [number for number in range(2, 8000) if all(number % part for part in range(2, math.isqrt(number) + 1))]
    claims = [Claim(str(prime), "0 元", weight=Fraction(1, prime)) for prime in primes]
    with pytest.raises(pe.FactsError, match="weights without a common denominator of at most 4096 bits"):
        share_out("5 元", claims)


def test_the_row_of_a_name_that_is_none_is_refused_with_the_nearest() -> None:
    """As everywhere."""
    with pytest.raises(pe.NotFoundError, match="did you mean '第一支部'"):
        share_out("0 元", [Claim("第一支部", "0 元")])["第一支邨"]


# --- judging a table -------------------------------------------------------------------------------------

CLAUSE = pe.Citation(title="某县标准（示例）", clause="第三条", evidence=pe.Evidence.GENERAL)
TWO = [Claim("第一支部", "3000 元", citation=CLAUSE, priority=1), Claim("第二支部", "1000 元", priority=2)]


def test_a_row_below_its_floor_is_short_by_the_difference_and_cites_the_clause() -> None:
    """3,000 − 2,500 = 500; the rows add up."""
    review = judge_table("4500 元", {"第一支部": "2500 元", "第二支部": "0.2 万元"}, TWO, on=DAY)
    floors = review["allocation/floors_met"]
    assert [(part.label.zh, part.verdict, part.shortfall) for part in floors.children] == [
        ("第一支部", Verdict.UNMET, Amount.parse("500 元")),
        ("第二支部", Verdict.MET, None),
    ]
    assert [part.citation for part in floors.children] == [CLAUSE, None]
    assert review["rows_equal_pot"].verdict is Verdict.MET
    assert review["short_of_floor"].verdict is Verdict.NOT_APPLICABLE
    assert review.verdict is Verdict.UNMET


def test_rows_that_do_not_add_up_say_the_difference() -> None:
    """3,000 + 1,000 against 4,500."""
    found = judge_table("4500 元", {"第一支部": "3000 元", "第二支部": "1000 元"}, TWO, on=DAY)["rows_equal_pot"]
    assert found.worked == "3,000 元 + 1,000 元 = 4,000 元"
    assert str(found.shortfall) == "500 元"


def test_names_that_do_not_agree_are_found_with_the_nearest() -> None:
    """A claim without a row, and a row without a claim that is spelt almost alike."""
    review = judge_table("4000 元", {"第一支部": "3000 元", "第二支邨": "1000 元"}, TWO, on=DAY)
    rows, claims = review["each_claim_has_row"], review["each_row_has_claim"]
    assert [part.label.zh for part in rows.walk() if part.remarks] == ["分配表漏列第二支部"]
    assert [part.remarks[0].en for part in claims.walk() if part.remarks] == ['the nearest name is "第二支部"']
    assert rows.verdict is claims.verdict is Verdict.UNMET
    assert review["floors_met"].verdict is Verdict.MET


def test_a_row_that_is_not_there_is_no_term_of_the_sum() -> None:
    """8 + 5 = 13 万元 of 16; the third claim has no row, which is a finding of its own and no 0 in the sum."""
    three = [Claim("东山镇", "8 万元"), Claim("西山镇", "5 万元"), Claim("南湖镇", "3 万元")]
    rows = {"东山镇": "7.85 万元", "西山镇": "51,500 元"}
    review = judge_table("16 万元", rows, three, on=DAY)
    found = review["rows_equal_pot"]
    # 78,500 + 51,500 = 130,000; 160,000 − 130,000 = 30,000; 80,000 − 78,500 = 1,500.
    assert found.worked == "78,500 元 + 51,500 元 = 130,000 元"
    assert str(found.shortfall) == "30,000 元"
    assert [str(part.shortfall) for part in review["floors_met"].children] == ["1,500 元", "None"]
    missing = review["each_claim_has_row"]
    assert [part.verdict for part in missing.children] == [Verdict.MET, Verdict.MET, Verdict.UNMET]
    assert missing.children[2].label == pe.Label("分配表漏列南湖镇", "the table has no row for 南湖镇")
    text = pe.review_text(review)
    assert "分配表漏列南湖镇" in text
    assert "万元" not in text
    assert " 0 元" not in text


def test_what_is_wrong_with_a_name_is_said_as_a_sentence() -> None:
    """A name that nobody has, one that is left out, one that stands twice; who is right keeps the name."""
    pairs = [("第一支部", "500 元"), ("第一支部", "500 元"), ("第二支邨", "1000 元")]
    review = judge_table("2000 元", pairs, TWO, on=DAY)
    told = {rule: [part.label.zh for part in review[rule].children] for rule in ("each_claim_has_row", "one_row_each")}
    assert told == {
        "each_claim_has_row": ["第一支部", "分配表漏列第二支部"],
        "one_row_each": ["第一支部重复列示", "第一支部重复列示", "第二支邨"],
    }
    strangers = review["each_row_has_claim"].children
    assert [part.label.zh for part in strangers] == ["第一支部", "第一支部", "第二支邨不在分配对象名单内"]
    assert [part.label.en for part in strangers][2] == "第二支邨 is not among the claims"


def test_findings_of_a_table_are_in_yuan_however_the_amounts_were_given() -> None:
    """Text, amounts and facts with their source, in 万元 and 分."""
    rows: dict[str, Any] = {
        "第一支部": pe.given(Amount.parse("0.25 万元"), source="预算科"),
        "第二支部": Amount.parse("100000 分"),
    }
    review = judge_table("0.4 万元", rows, TWO, on=DAY)
    assert review["rows_equal_pot"].worked == "2,500 元 + 1,000 元 = 3,500 元"
    assert review["rows_equal_pot"].sources == ("预算科",)
    assert str(review["floors_met"].children[0].shortfall) == "500 元"
    yearly = [Claim("甲", "1 万元/年")]
    assert (
        str(judge_table("1 万元/年", {"甲": "0.9 万元/年"}, yearly, on=DAY)["rows_equal_pot"].shortfall)
        == "1,000 元/年"
    )


def test_a_problem_of_a_row_names_the_row_and_its_place_among_all() -> None:
    """A row before it that is none does not move the others up, and no advice is given that does not hold here."""
    with pytest.raises(pe.FactsError) as caught:
        judge_table("4000 元", [("甲乙",), ("第一支部", 5), ("第二支部", "5")], TWO, on=DAY)  # type: ignore[list-item]
    assert [problem.where for problem in caught.value.problems] == [
        "rows[0]",
        "rows[1] '第一支部'",
        "rows[2] '第二支部'",
    ]
    assert "came the bare number 5; needed an amount with its unit" in str(caught.value)
    assert "units=" not in str(caught.value)


def test_claims_in_units_that_do_not_go_together_are_refused_with_what_is_wrong_with_the_rows() -> None:
    """Also where the pot is not known, and each floor once."""
    claims = [Claim("甲", "5 元"), Claim("乙", "5 元/年")]
    with pytest.raises(pe.FactsError) as caught:
        judge_table(None, {"甲": "-1 元", "乙": "5 元"}, claims, on=DAY)
    assert [problem.where for problem in caught.value.problems] == ["claim '乙' floor", "rows[0] '甲'"]


def test_a_name_on_two_rows_is_found() -> None:
    """Which of both is meant is not guessed."""
    pairs = [("第一支部", "3000 元"), ("第二支部", "500 元"), ("第二支部", "500 元")]
    review = judge_table("4000 元", pairs, TWO, on=DAY)
    assert review["one_row_each"].verdict is Verdict.UNMET
    assert [part.verdict for part in review["floors_met"].children][1:] == [Verdict.NOT_APPLICABLE] * 2


def test_rows_whose_names_look_alike_count_as_one_name_twice() -> None:
    """Which of both is meant is not guessed, though only one is spelt as the claim is."""
    pairs = [("第一支部", "3000 元"), ("第二支部", "500 元"), ("第二支部 ", "500 元")]
    review = judge_table("4000 元", pairs, TWO, on=DAY)
    assert [part.verdict for part in review["one_row_each"].children] == [Verdict.MET, Verdict.UNMET, Verdict.UNMET]
    assert review["each_row_has_claim"].children[2].verdict is Verdict.UNMET


def test_a_row_that_holds_a_part_of_a_quantum_is_found() -> None:
    """A third of 10,000 is no whole fen, 3,333.33 is; neither is a whole hundred."""
    rows = {"第一支部": "10000/3 元", "第二支部": "3333.33 元"}
    found = judge_table(None, rows, TWO, on=DAY)["whole_quanta"]
    assert [part.verdict for part in found.children] == [Verdict.UNMET, Verdict.MET]
    assert found.children[0].label == pe.Label(
        "第一支部不是 0.01 元 的整数倍", "第一支部 is not a whole multiple of 0.01 元"
    )
    hundreds = judge_table(None, rows | {"第二支部": "0.34 万元"}, TWO, on=DAY, quantum="100 元")["whole_quanta"]
    assert [part.verdict for part in hundreds.children] == [Verdict.UNMET, Verdict.MET]
    # A fen is 0.01 元/年 in a table by the year; what is no money has a quantum where one is given.
    yearly = judge_table("5 元/年", {"甲": "4.999 元/年"}, [Claim("甲", "1 元/年")], on=DAY)
    assert yearly["whole_quanta"].verdict is Verdict.UNMET
    heads = [Claim("甲", "1 人")]
    assert "whole_quanta" not in {found.rule for found in judge_table("2 人", {"甲": "2 人"}, heads, on=DAY).findings}
    assert judge_table("3 人", {"甲": "3 人"}, heads, on=DAY, quantum="2 人")["whole_quanta"].verdict is Verdict.UNMET


@pytest.mark.parametrize(
    ("quantum", "message"),
    [
        ("0 元", "quantum: came 0 元; needed a quantum above zero"),
        ("-1 元", "quantum: came -1 元; needed a quantum above zero"),
        ("1 学时", "quantum: came 1 学时; needed a unit that goes with 元"),
        ("分文", "quantum: came '分文'"),
        (5, "quantum: came 5; needed an exact amount"),
    ],
)
def test_a_quantum_that_is_none_is_refused_whether_or_not_the_pot_is_short(quantum: Any, message: str) -> None:
    """With and without a policy."""
    for pot, policy in (("4000 元", None), ("2000 元", "pro_rata"), (None, "pro_rata")):
        with pytest.raises(pe.FactsError, match=message):
            judge_table(pot, {"第一支部": "5 元"}, TWO, on=DAY, policy=policy, quantum=quantum)


def test_sharing_what_is_no_money_by_a_policy_needs_a_quantum() -> None:
    """There is no fen of people."""
    heads = [Claim("甲", "3 人")]
    with pytest.raises(pe.FactsError, match="quantum: came none; needed the least part that is shared out, in 人"):
        judge_table("2 人", {"甲": "2 人"}, heads, on=DAY, policy="pro_rata")
    assert judge_table("2 人", {"甲": "2 人"}, heads, on=DAY, policy="pro_rata", quantum="1 人").verdict is Verdict.MET


def test_what_is_wrong_with_a_pot_is_said_once() -> None:
    """And with a row beside it."""
    with pytest.raises(pe.FactsError) as caught:
        judge_table("-1 元", {"第一支部": "-5 元"}, TWO, on=DAY)
    assert [problem.where for problem in caught.value.problems] == ["pot", "rows[0] '第一支部'"]


def test_a_short_pot_says_who_is_short_and_compares_with_the_policy() -> None:
    """2,000 of 4,000: half of each floor is 1,500 and 500; by priority all 2,000 are the first one's."""
    rows = {"第一支部": "1500 元", "第二支部": "500 元"}
    fair = judge_table("2000 元", rows, TWO, on=DAY, policy="pro_rata")
    assert fair.verdict is Verdict.MET
    assert str(fair["pot_covers_floors"].shortfall) == "2,000 元"
    assert [str(part.shortfall) for part in fair["short_of_floor"].children] == ["1,500 元", "500 元"]
    ranked = judge_table("2000 元", rows, TWO, on=DAY, policy="by_priority")["shared_by_policy"]
    assert ranked.verdict is Verdict.UNMET
    assert ranked.severity is pe.Severity.DOUBT
    assert [(str(part.required), str(part.shortfall)) for part in ranked.children] == [
        ("2,000 元", "500 元"),
        ("0 元", "500 元"),
    ]
    assert "shared_by_policy" not in {finding.rule for finding in judge_table("2000 元", rows, TWO, on=DAY)}


def test_amounts_that_are_not_given_are_unknown_and_named() -> None:
    """A blank cell is no zero, and a pot that is not stated is no sum of the rows."""
    review = judge_table("4000 元", {"第一支部": "3000 元", "第二支部": None}, TWO, on=DAY)
    assert review["rows_equal_pot"].verdict is Verdict.UNKNOWN
    assert review["floors_met"].verdict is Verdict.UNKNOWN
    assert [lack.path for lack in review.requests] == ["rows[1].share"]
    assert review.requests[0].of == pe.Label("第二支部", "第二支部")
    potless = judge_table(None, {"第一支部": "3000 元", "第二支部": "1000 元"}, TWO, on=DAY, policy="pro_rata")
    assert [lack.path for lack in potless.requests] == ["pot"]
    assert potless["rows_equal_pot"].verdict is Verdict.UNKNOWN


def test_a_review_of_a_table_prints_and_becomes_json_like_any_other() -> None:
    """Ids are stable, and both languages have their words."""
    review = judge_table("4500 元", {"第一支部": "2500 元", "第二支部": "2000 元"}, TWO, on=DAY)
    assert "缺口 500 元" in pe.review_text(review)
    assert "short by 500 元" in pe.review_text(review, "en")
    data = pe.review_to_data(review)
    assert [finding["id"] for finding in data["findings"]] == [
        "allocation/rows_equal_pot",
        "allocation/each_claim_has_row",
        "allocation/each_row_has_claim",
        "allocation/one_row_each",
        "allocation/whole_quanta",
        "allocation/floors_met",
        "allocation/pot_covers_floors",
        "allocation/short_of_floor",
    ]


@pytest.mark.parametrize(
    ("pot", "rows", "claims", "message"),
    [
        ("4000 元", [], TWO, "rows: came no rows"),
        ("4000 元", "甲", TWO, "rows: came '甲'"),
        ("4000 元", ["甲乙"], TWO, r"rows\[0\]: came '甲乙'; needed a name and an amount"),
        ("4000 元", [(5, "5 元")], TWO, r"rows\[0\]: came 5; needed a name"),
        ("4000 元", {"第一\u200b支部": "5 元"}, TWO, r"rows\[0\]: came .* needed a name, printable text of 1 to 200"),
        ("4000 元", {"第一支部": 0.5}, TWO, r"rows\[0\] '第一支部': came the float 0.5"),
        ("4000 元", {"第一支部": "-5 元"}, TWO, r"rows\[0\] '第一支部': came -5 元; needed at least 0 元"),
        ("4000 元", {"第一支部": "5 学时"}, TWO, r"rows\[0\] '第一支部': came 5 学时"),
        ("-4000 元", {"第一支部": "5 元"}, TWO, "pot: came -4,000 元; needed zero or more"),
        ("4000 元/年", {"第一支部": "5 元/年"}, TWO, "claim '第一支部' floor: came 3,000 元; needed a unit"),
        ("4000 元", {"第一支部": "5 元"}, [], "claims: came no claims"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(pot: Any, rows: Any, claims: Any, message: str) -> None:
    """It is an error of the input, not a finding."""
    with pytest.raises(pe.FactsError, match=message):
        judge_table(pot, rows, claims, on=DAY)


# --- in words --------------------------------------------------------------------------------------------


def test_the_text_has_a_row_for_each_claim_and_says_who_is_short() -> None:
    """In both languages, with the sums."""
    table = share_out("4000 元", THREE, policy="by_priority")
    chinese, english = sharing_text(table), sharing_text(table, "en")
    lines = english.splitlines()
    assert lines[0] == "shares of 4,000.00 元"
    assert lines[3].split() == ["乙", "1,000.00", "—", "500.00", "500.00"]
    assert lines[5].split() == ["total", "5,000.00", "—", "1,000.00", "4,000.00"]
    assert lines[6] == "The pot is short and shared by priority: 2 below the floor, 1,000.00 元 in all."
    assert "资金不足，按优先顺序分配：2 个低于保障额，缺口合计 1,000.00 元。" in chinese
    cited = share_out("4000 元", TWO)
    assert "依据：《某县标准（示例）》 第三条 [G]" in sharing_text(cited)


def test_all_money_of_a_table_is_in_one_unit_that_the_heads_name() -> None:
    """8 万元, 50,000 元 and 1.5 万元 are 145,000; 200,000 − 145,000 = 55,000, by 5 : 3 : 2."""
    claims = [
        Claim("东山镇", "8 万元", weight="50%"),
        Claim("西山镇", "50,000 元", weight="30%"),
        Claim("南湖镇", "1.5 万元", weight="20%"),
    ]
    lines = sharing_text(share_out("20 万元", claims)).splitlines()
    assert lines[0] == "分配表：资金总额 200,000.00 元"
    assert lines[1].split() == ["名称", "保障额（元）", "按权重增加（元）", "缺口（元）", "分配额（元）"]
    assert lines[2].split() == ["东山镇", "80,000.00", "27,500.00", "—", "107,500.00"]
    assert lines[5].split() == ["合计", "145,000.00", "55,000.00", "—", "200,000.00"]
    assert "floor (元)" in sharing_text(share_out("20 万元", claims), "en")
    # Half of each: nothing but 元 in the text.
    short = sharing_text(share_out("7.25 万元", claims, policy="pro_rata"))
    assert "缺口合计 72,500.00 元" in short
    assert "万元" not in short


def test_what_two_decimals_do_not_show_is_shown_exactly() -> None:
    """A quantum of a third of a yuan, one of a tenth of a fen, and whole people."""
    thirds = share_out("1 元", [Claim("甲", "1/3 元"), Claim("乙", "2/3 元")], quantum="1/3 元")
    assert "1/3 (≈ 0.33)" in sharing_text(thirds)
    tenths = share_out("0.125 元", [Claim("甲", "0.125 元")], quantum="0.001 元")
    assert sharing_text(tenths).splitlines()[2].split() == ["甲", "0.125", "—", "—", "0.125"]
    long = sharing_text(share_out(Amount.of(10**20, "元"), [Claim("甲", "0 元", weight=1)]))
    assert f" {10**20}\n" in long
    people = share_out("3 人", [Claim("甲", "3 人")], quantum="1 人")
    assert sharing_text(people).splitlines()[1:3] == [
        "名称  保障额（人）  按权重增加（人）  缺口（人）  分配额（人）",
        "甲               3                 —           —             3",
    ]


def test_the_clauses_behind_the_figures_are_printed_once_each() -> None:
    """Two clauses for each of two subjects; a third whose amount another holds adds nothing and is left out."""
    clauses = [
        pe.Citation(title="某县标准（示例）", clause=f"第{number}条", evidence=pe.Evidence.GENERAL)
        for number in "一二三四"
    ]

    @pe.subject
    class Town:
        name = pe.text()
        works = pe.measure("元", changeable=True)
        study = pe.measure("元", changeable=True)

    rules = [
        pe.Rule("works", Town.works >= "300 元", citation=clauses[0]),
        pe.Rule("study", Town.study >= "200 元", citation=clauses[1]),
        pe.Rule("least", Town.works >= "100 元", citation=clauses[2]),
    ]
    need = entitlement(pe.Standard("towns", rules, citation=clauses[3]), [{"name": "甲"}, {"name": "乙"}], on=DAY)
    claims = claims_of(need)
    assert [(claim.clauses, claim.citation) for claim in claims] == [((clauses[0], clauses[1]), clauses[3])] * 2
    table = share_out("1000 元", claims)
    assert table.rows[0].clauses == (clauses[0], clauses[1])
    assert [line for line in sharing_text(table).splitlines() if line.startswith("依据：")] == [
        "依据：《某县标准（示例）》 第一条 [G]",
        "依据：《某县标准（示例）》 第二条 [G]",
    ]
