"""Entitlement: the least money with which every floor is met, line by line, and a range where something is missing."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import perfeval as pe
from perfeval.amounts import Amount, AmountRange
from perfeval.entitlements import aligned_rows, entitlement, entitlement_text
from perfeval.expressions import Any as AnyOf
from perfeval.expressions import Quantity, months_served
from perfeval.standards.shelf import load
from perfeval.verdicts import Verdict

DAY = datetime.date(2026, 6, 30)
LAW = settings(max_examples=40)
FEN = Amount.parse("0.01 元/年")


@pe.subject(unit="人[书记]")
class Post:
    """A paid post."""

    full_time = pe.flag()
    since = pe.day(zh="任职日期", en="in post since")
    pay = pe.measure("元/月", at_least=0, changeable=True, zh="津贴", en="pay")
    pay_of_year = pe.measure("元", at_least=0, changeable=True)


@pe.subject(unit="个[党组织]")
class Branch:
    """An organisation with two channels of money."""

    name = pe.text()
    kind = pe.category("大", "小", zh="类别", en="kind")
    bound = pe.flag(zh="适用", en="bound")
    members = pe.measure("人[党员]", zh="党员人数", en="members")
    works = pe.measure("元/年", at_least=0, changeable=True)
    extra = pe.measure("元/年", at_least=0, changeable=True)
    grant = pe.measure("元", at_least=0, changeable=True)
    fixed = pe.measure("元/年", at_least=0)
    posts = pe.many(Post, zh="岗位", en="posts")


def clause(number: int) -> pe.Citation:
    """Return a clause of a made-up document."""
    return pe.Citation(title="某县标准（示例）", clause=f"第{number}条", evidence=pe.Evidence.GENERAL)


BY_KIND = pe.Rule(
    "by_kind",
    Branch.works >= pe.by(Branch.kind, {"大": "900 元/年", "小": "300 元/年"}),
    when=Branch.bound,
    citation=clause(1),
)
PER_MEMBER = pe.Rule("per_member", Branch.works >= Branch.members * "50 元/人[党员]/年", citation=clause(2))
POOL = pe.Rule("pool", Branch.works + Branch.extra >= "1200 元/年", when=Branch.bound, citation=clause(3))
EACH_POST = pe.Rule("each_post", Branch.posts.every(Post.pay >= "20 元/月", where=Post.full_time), citation=clause(4))
ALL_POSTS = pe.Rule("all_posts", Branch.posts.sum(Post.pay) >= "600 元/年", citation=clause(5))
FLOORS = pe.Standard("floors", [BY_KIND, PER_MEMBER, POOL, EACH_POST, ALL_POSTS], citation=clause(9))


def of(*rules: pe.Rule) -> pe.Standard:
    """Return a standard of some rules."""
    return pe.Standard("some", rules)


def branches(min_posts: int = 1) -> st.SearchStrategy[dict[str, Any]]:
    """Return facts of branches of which everything but the money is known."""
    return st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["大", "小"]),
            "bound": st.booleans(),
            "members": st.integers(0, 40).map(lambda n: f"{n} 人[党员]"),
            "posts": st.lists(st.fixed_dictionaries({"full_time": st.booleans()}), min_size=min_posts, max_size=4),
        }
    )


def funded(branch: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Fraction]]:
    """Fill in, by hand and from the inside outwards, the least money that meets FLOORS, and list it by account."""
    members = int(branch["members"].split()[0])
    works = max(50 * members, {"大": 900, "小": 300}[branch["kind"]] if branch["bound"] else 0)
    extra = max(0, 1200 - works) if branch["bound"] else 0
    pays = [Fraction(240 if post["full_time"] else 0) for post in branch["posts"]]
    pays[0] += max(0, 600 - sum(pays))
    money = {"works": Fraction(works), "extra": Fraction(extra)} | {
        f"posts[{place}].pay": pay for place, pay in enumerate(pays)
    }
    return with_money(branch, money), money


def with_money(branch: dict[str, Any], money: dict[str, Fraction]) -> dict[str, Any]:
    """Return the facts of a branch with so much money in each account, in 元 a year."""
    return branch | {
        "works": Amount.of(money["works"], "元/年"),
        "extra": Amount.of(money["extra"], "元/年"),
        "posts": [
            post | {"pay": Amount.of(money[f"posts[{place}].pay"], "元/年")}
            for place, post in enumerate(branch["posts"])
        ],
    }


def unmet(standard: pe.Standard, facts: dict[str, Any]) -> list[str]:
    """Return the names of the rules that are not met; nothing may be unknown."""
    review = standard.judge(facts, on=DAY)
    assert not review.of(Verdict.UNKNOWN)
    return [finding.rule for finding in review.of(Verdict.UNMET)]


def exact(amount: Amount | AmountRange) -> Amount:
    """Return an amount that must be exact."""
    assert isinstance(amount, Amount)
    return amount


# --- laws ------------------------------------------------------------------------------------------------


@LAW
@given(branches(), st.data())
def test_the_entitlement_is_the_least_money_with_which_every_floor_is_met(
    branch: dict[str, Any], data: st.DataObject
) -> None:
    """What meets every floor adds up to the entitlement, and a fen less in any account breaks a floor."""
    facts, money = funded(branch)
    assert unmet(FLOORS, facts) == []
    total = exact(entitlement(FLOORS, [branch], on=DAY).total)
    assert total == Amount.of(sum(money.values()), "元/年")
    account = data.draw(st.sampled_from([name for name, held in money.items() if held]))
    assert unmet(FLOORS, with_money(branch, money | {account: money[account] - FEN.number})) != []


YUXI = load("yuxi_2023_5").standard
CHANNELS = ("fiscal", "pretax", "dues")


@LAW
@given(
    st.sampled_from(["党委", "党总支", "党支部"]),
    st.integers(0, 300),
    st.integers(0, 5),
    st.sampled_from(CHANNELS),
    st.data(),
)
def test_a_shipped_standard_is_met_by_its_entitlement_and_by_not_a_fen_less(
    kind: str, members: int, secretaries: int, channel: str, data: st.DataObject
) -> None:
    """All money comes through one channel; the floor of each rule is on its own money."""
    census = {"kind": kind, "non_public": True, "members": f"{members} 人[党员]", "secretaries": [{}] * secretaries}
    need = entitlement(YUXI, [census], on=DAY)
    by_rule = {name: exact(amount) for name, amount in need.total_by_rule.items()}
    nothing = Amount.of(0, "元/年")
    work = sum((amount for name, amount in by_rule.items() if name.endswith("work_funding")), start=nothing)
    pay = by_rule.get("secretary_allowance", nothing)

    def judged(work: Amount, education: Amount, last_pay: Amount) -> list[str]:
        each = [Amount.parse("200 元/月")] * (secretaries - 1) + [last_pay] * bool(secretaries)
        money = {"work": work, "education": education}
        facts = census | {
            f"{use}_{one}": amount if one == channel else "0 元/年" for use, amount in money.items() for one in CHANNELS
        }
        facts["secretaries"] = [
            {f"allowance_{one}": amount if one == channel else "0 元/月" for one in CHANNELS} for amount in each
        ]
        return unmet(YUXI, facts)

    education, last = by_rule["member_education"], Amount.parse("200 元/月")
    assert pay == last * secretaries
    assert exact(need.total) == work + pay + education
    assert judged(work, education, last) == []
    less = data.draw(st.sampled_from(["work"] + ["education"] * bool(members) + ["pay"] * bool(secretaries)))
    assert judged(
        work - FEN if less == "work" else work,
        education - FEN if less == "education" else education,
        last - FEN if less == "pay" else last,
    ) == [{"work": f"{WORK_RULE[kind]}_work_funding", "education": "member_education"}.get(less, "secretary_allowance")]


WORK_RULE = {"党委": "committee", "党总支": "general_branch", "党支部": "branch"}


@LAW
@given(st.lists(branches(min_posts=0), min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_totals_add_up_and_do_not_depend_on_the_order_of_the_census(census: list[dict[str, Any]], random: Any) -> None:
    """The total is the sum over subjects, and over lines not contained in another; each subject stands alone."""
    need = entitlement(FLOORS, census, on=DAY)
    nothing = Amount.of(0, "元/年")
    counted = [exact(line.required) for line in need.lines if line.contained_in is None]
    assert need.total == sum((exact(one.total) for one in need.by_subject), start=nothing)
    assert need.total == sum(counted, start=nothing)
    alone = [exact(entitlement(FLOORS, [branch], on=DAY).total) for branch in census]
    assert need.total == sum(alone, start=nothing)
    shuffled = list(census)
    random.shuffle(shuffled)
    assert entitlement(FLOORS, shuffled, on=DAY).total == need.total


@LAW
@given(branches(min_posts=0), st.sets(st.sampled_from(["kind", "bound", "members", "posts", "full_time"])))
def test_the_range_holds_the_truth_whatever_is_hidden(branch: dict[str, Any], hidden: set[str]) -> None:
    """Hiding facts widens the range around the exact total, and what is hidden and needed is named."""
    truth = exact(entitlement(FLOORS, [branch], on=DAY).total)
    shown = {name: value for name, value in branch.items() if name not in hidden}
    if "posts" in shown and "full_time" in hidden:
        shown["posts"] = [{} for _ in branch["posts"]]
    need = entitlement(FLOORS, [shown], on=DAY)
    if isinstance(need.total, Amount):
        assert need.total == truth
    else:
        assert truth in need.total
        # Of posts that are not listed it is not known either whether they are full-time.
        allowed = hidden | ({"full_time"} if "posts" in hidden else set())
        assert {lack.path.rpartition(".")[2] for lack in need.missing} <= allowed
        assert need.missing


@LAW
@given(branches(min_posts=0), st.integers(1, 60))
def test_a_period_turns_rates_into_money(branch: dict[str, Any], months: int) -> None:
    """Money over so many months is so many twelfths of the money of a year."""
    yearly = exact(entitlement(FLOORS, [branch], on=DAY).total)
    over = exact(entitlement(FLOORS, [branch], on=DAY, period=Amount.of(months, "月")).total)
    assert over == Amount.of(yearly.number_in("元/年") * Fraction(months, 12), "元")


@LAW
@given(branches(min_posts=0), st.integers(0, 10**6))
def test_money_that_the_census_states_changes_nothing(branch: dict[str, Any], held: int) -> None:
    """What is required does not depend on what is there."""
    rich = branch | {"works": Amount.of(held, "元/年"), "extra": Amount.of(held, "元/月")}
    assert entitlement(FLOORS, [rich], on=DAY).total == entitlement(FLOORS, [branch], on=DAY).total


# --- lines -----------------------------------------------------------------------------------------------


def test_every_line_says_its_sum_and_its_clause() -> None:
    """Equal elements share a line; the lesser of two floors on the same money is contained in the greater."""
    branch = {
        "name": "甲",
        "kind": "小",
        "bound": True,
        "members": "35 人[党员]",
        "posts": [{"full_time": True}, {"full_time": False}, {"full_time": True}],
    }
    need = entitlement(FLOORS, [branch], on=DAY)
    told = [
        (line.rule, line.worked, str(line.required), line.contained_in, line.citation.clause if line.citation else "")
        for line in need.lines
    ]
    # 35 × 50 = 1,750 on works: more than the 300 by kind and than the pool's 1,200, which works counts towards.
    # Two posts at 20 a month are 480 a year, less than the 600 for all posts.
    assert told == [
        ("by_kind", "300 元/年", "300 元/年", "per_member", "第1条"),
        ("per_member", "35 人[党员] × 50 元/人[党员]/年", "1,750 元/年", None, "第2条"),
        ("pool", "1,200 元/年", "1,200 元/年", "per_member", "第3条"),
        ("each_post", "2 人[书记] × 20 元/月", "40 元/月", "all_posts", "第4条"),
        ("all_posts", "600 元/年", "600 元/年", None, "第5条"),
    ]
    assert need.lines[3].places == ("census[0].posts[0]", "census[0].posts[2]")
    assert str(need.total) == "2,350 元/年"
    assert need.by_subject[0].subject == pe.Label("甲", "甲")
    assert {name: str(amount) for name, amount in need.total_by_rule.items()} == {
        "by_kind": "300 元/年",
        "per_member": "1,750 元/年",
        "pool": "1,200 元/年",
        "each_post": "480 元/年",
        "all_posts": "600 元/年",
    }


def test_the_least_of_all_is_a_floor_for_each() -> None:
    """Each of three posts needs 200 a month: 600 a month, 7,200 a year."""
    each = pe.Rule("each", Branch.posts.minimum(Post.pay) >= "200 元/月")
    need = entitlement(of(each), [{"posts": [{}, {}, {}]}], on=DAY)
    assert [line.worked for line in need.lines] == ["3 人[书记] × 200 元/月"]
    assert str(exact(need.total).to("元/年")) == "7,200 元/年"
    assert entitlement(of(each), [{"posts": []}], on=DAY).lines == ()


def test_months_in_post_prorate_the_rate_by_the_policy_that_is_named() -> None:
    """In post from 15 July: five whole months are 1,000, six begun are 1,200; a whole year is twelve."""
    rates = {}
    for policy in ("whole_months", "months_begun"):
        owed = "200 元/月" * months_served(Post.since, policy=policy)
        rule = pe.Rule("allowance", Branch.posts.every(Post.pay_of_year >= owed))
        census = [{"posts": [{"since": "2026-07-15"}, {"since": "2020-01-01"}, {"since": "2026-01-01"}]}]
        rates[policy] = [
            (line.worked, str(line.required)) for line in entitlement(of(rule), census, on=DAY, period="1 年").lines
        ]
    full = ("2 人[书记] × 200 元/月 × 12 个月", "4,800 元")
    assert rates["whole_months"] == [("1 人[书记] × 200 元/月 × 5 个月", "1,000 元"), full]
    assert rates["months_begun"] == [("1 人[书记] × 200 元/月 × 6 个月", "1,200 元"), full]


def test_what_does_not_bind_has_no_line() -> None:
    """A branch that is not bound needs nothing of the rule, and still stands in the list of subjects."""
    need = entitlement(of(BY_KIND), [{"kind": "大", "bound": False}, {"kind": "大", "bound": True}], on=DAY)
    assert [line.index for line in need.lines] == [1]
    assert [str(one.total) for one in need.by_subject] == ["0 元/年", "900 元/年"]


def test_named_parts_of_all_are_lines_of_their_own() -> None:
    """A rule of two floors and a flag gives two lines and one part that is no floor of money."""
    parts = pe.all_of(
        pe.named("works", Branch.works >= "300 元/年", zh="工作", en="works"), Branch.grant >= "5 元", Branch.bound
    )
    need = entitlement(of(pe.Rule("both", parts)), [{}], on=DAY, period="2 年")
    assert [(line.label.en, line.worked, str(line.required)) for line in need.lines] == [
        ("works", "300 元/年 × 2 年", "600 元"),
        ("both", "5 元", "5 元"),
    ]
    assert [(other.rule, other.why.en) for other in need.other_rules] == [
        ("both", "does not require at least so much of changeable money")
    ]


def test_a_floor_below_nothing_requires_nothing() -> None:
    """50 for each member above ten: none for a branch of four."""
    rule = pe.Rule("above_ten", Branch.works >= (Branch.members - "10 人[党员]") * "50 元/人[党员]/年")
    needs = [entitlement(of(rule), [{"members": f"{count} 人[党员]"}], on=DAY) for count in (4, 12)]
    assert [str(need.total) for need in needs] == ["0 元/年", "100 元/年"]
    assert needs[1].lines[0].worked == "(12 人[党员] − 10 人[党员]) × 50 元/人[党员]/年"


# --- what is not known -----------------------------------------------------------------------------------


def test_a_kind_that_is_not_given_leaves_a_range_and_is_named() -> None:
    """The kinds are weighed one by one: at least a branch's 3,000, at most a committee's 10,000."""
    need = entitlement(YUXI, [{"name": "乙", "non_public": True, "members": "0 人[党员]", "secretaries": []}], on=DAY)
    assert str(need.total) == "3,000 元/年 – 10,000 元/年"
    assert [lack.path for lack in need.missing] == ["census[0].kind"]
    assert {str(line.required) for line in need.lines} >= {"0 元/年 – 6,000 元/年"}


def test_members_between_bounds_give_a_range() -> None:
    """10 to 12 members at 50."""
    census = [{"members": pe.between("10 人[党员]", "12 人[党员]")}]
    need = entitlement(of(PER_MEMBER), census, on=DAY)
    assert str(need.total) == "500 元/年 – 600 元/年"
    assert need.missing == ()


def test_a_list_known_in_part_counts_those_that_were_not_listed() -> None:
    """Two of four posts are listed, then any number: 4 × 20 = 80 a month, or at least 40."""
    rule = pe.Rule("each", Branch.posts.every(Post.pay >= "20 元/月"))
    known = entitlement(of(rule), [{"posts": pe.listed([{}, {}], total=4)}], on=DAY)
    assert str(known.total) == "80 元/月"
    assert [line.worked for line in known.lines] == ["2 人[书记] × 20 元/月", "2 人[书记] × 20 元/月"]
    some = entitlement(of(rule), [{"posts": pe.listed([{}, {}])}], on=DAY)
    assert str(some.total) == "≥ 40 元/月"
    assert [lack.path for lack in some.missing] == ["census[0].posts"]
    assert some.lines[1].worked == "(0–?) 人[书记] × 20 元/月"


def test_planned_facts_do_not_count_where_the_rule_asks_for_achieved_ones() -> None:
    """A planned head-count is as good as none."""
    rule = pe.Rule("per_member", Branch.works >= Branch.members * "50 元/人[党员]/年", stage="achieved")
    need = entitlement(of(rule), [{"members": "3 人[党员]"}], on=DAY, stage="planned")
    assert str(need.total) == "≥ 0 元/年"
    assert [lack.planned for lack in need.missing] == [True]
    assert need.lines[0].worked == "? 人[党员] × 50 元/人[党员]/年"


def test_what_does_not_change_the_total_is_not_asked_for() -> None:
    """1,200 in all, whatever the kind: 900 and 300 are within it."""
    need = entitlement(of(BY_KIND, POOL), [{"bound": True}], on=DAY)
    assert str(need.total) == "1,200 元/年"
    assert [str(line.required) for line in need.lines] == ["300 元/年 – 900 元/年", "1,200 元/年"]
    assert need.missing == ()


# --- which rules count -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        (Branch.bound, "does not require at least so much of changeable money"),
        (Branch.works <= "300 元/年", "does not require at least so much of changeable money"),
        (Branch.fixed >= "300 元/年", "does not require at least so much of changeable money"),
        (Branch.works > "300 元/年", "requires more than an amount, which has no least"),
        (pe.equal(Branch.works, "300 元/年"), "requires equality, which is no floor"),
        (Branch.works / Branch.members >= "50 元/人[党员]/年", "requires a rate for each, not a sum of money"),
        (Branch.works - Branch.fixed >= "300 元/年", "the money is not a plain sum of measures"),
        (Branch.works + Branch.works >= "300 元/年", "the money is not a plain sum of measures"),
        (Branch.posts.sum(Post.pay + Branch.works) >= "300 元/年", "the money is not a plain sum of measures"),
        (Branch.works >= Branch.extra * "30%", "what is required depends on the changeable money itself"),
        (
            AnyOf((Branch.works >= "300 元/年", Branch.extra >= "300 元/年")),
            "leaves a choice or is negated, so there is no single least amount",
        ),
        (~(Branch.works <= "300 元/年"), "leaves a choice or is negated, so there is no single least amount"),
    ],
    ids=str,
)
def test_a_rule_that_is_no_floor_of_money_is_listed_with_the_reason(condition: Any, why: str) -> None:
    """It takes no part in the total."""
    need = entitlement(of(PER_MEMBER, pe.Rule("other", condition)), [{"members": "1 人[党员]"}], on=DAY)
    assert [(other.rule, other.why.en) for other in need.other_rules] == [("other", why)]
    assert str(need.total) == "50 元/年"


def test_a_floor_reads_from_either_side() -> None:
    """300 <= works is works >= 300."""
    need = entitlement(of(pe.Rule("mirrored", pe.total(["300 元/年"]) <= Branch.works)), [{}], on=DAY)
    assert str(need.total) == "300 元/年"


def test_the_rules_in_force_on_the_day_count() -> None:
    """Before its day a rule requires nothing, and says so."""
    later = pe.Rule("later", Branch.works >= "300 元/年", in_force=pe.InForce(since=datetime.date(2027, 1, 1)))
    before = entitlement(of(later), [{}], on=DAY)
    assert str(before.total) == "0 元/年"
    assert [other.why.en for other in before.other_rules] == ["not in force on 2026-06-30"]
    after = entitlement(of(later), [{}], on=datetime.date(2027, 1, 1))
    assert str(after.total) == "300 元/年"
    assert after.lines[0].in_force.since == datetime.date(2027, 1, 1)


def test_the_version_of_a_rule_that_is_in_force_says_the_amount_and_the_clause() -> None:
    """300 until the end of 2026 by one clause, 500 from 2027 by another; neither is added to the other."""
    versions = of(
        pe.Rule(
            "works",
            Branch.works >= "300 元/年",
            citation=clause(1),
            in_force=pe.InForce(until=datetime.date(2026, 12, 31)),
        ),
        pe.Rule(
            "works",
            Branch.works >= "500 元/年",
            citation=clause(2),
            in_force=pe.InForce(since=datetime.date(2027, 1, 1)),
        ),
    )
    told = []
    for day in (DAY, datetime.date(2027, 1, 1)):
        need = entitlement(versions, [{}], on=day)
        told += [(str(line.required), line.citation) for line in need.lines]
        assert need.other_rules == ()
    assert told == [("300 元/年", clause(1)), ("500 元/年", clause(2))]


def test_one_floor_may_stand_within_another_but_two_may_not_cross() -> None:
    """works + extra and extra + more share extra, and neither holds the other: no sum of both is the least."""
    one = pe.Rule("one", Branch.works + Branch.extra >= "300 元/年")
    two = pe.Rule("two", Branch.extra + Branch.posts.sum(Post.pay) >= "200 元/年")
    with pytest.raises(pe.RuleError, match=r"one and two: came floors at census.0. and census.0. that share a part"):
        entitlement(of(one, two), [{"posts": [{}]}], on=DAY)


WIDE = pe.Rule("wide", Branch.works + Branch.extra >= "1000 元/年", when=Branch.kind.is_in("大"))
ACROSS = Branch.extra + Branch.posts.sum(Post.pay) >= "50 元/年"


def test_floors_that_never_bind_together_do_not_cross() -> None:
    """A large branch needs 1,000 and a small one 50; which it is leaves a range and is asked for."""
    small = pe.Rule("small", ACROSS, when=Branch.kind.is_in("小"))
    need = entitlement(of(WIDE, small), [{"kind": "大", "posts": [{}]}, {"posts": [{}]}], on=DAY)
    assert [str(one.total) for one in need.by_subject] == ["1,000 元/年", "50 元/年 – 1,000 元/年"]
    assert [lack.path for lack in need.missing] == ["census[1].kind"]


def test_floors_that_cross_for_one_of_the_kinds_are_refused_whether_or_not_it_is_given() -> None:
    """The second floor is for every kind: together they cross for a large branch."""
    for facts in ({"posts": [{}]}, {"kind": "大", "posts": [{}]}):
        with pytest.raises(pe.RuleError, match="wide and across: came floors"):
            entitlement(of(WIDE, pe.Rule("across", ACROSS)), [facts], on=DAY)
    assert str(entitlement(of(WIDE, pe.Rule("across", ACROSS)), [{"kind": "小"}], on=DAY).total) == "50 元/年"


@LAW
@given(st.lists(st.integers(0, 90), min_size=3, max_size=3), st.permutations([0, 1, 2]), st.integers(0, 40))
def test_floors_that_may_cross_leave_a_range_that_holds_what_each_number_of_members_requires(
    amounts: list[int], order: list[int], members: int
) -> None:
    """Up to 10 members, 11 to 20 and above: one floor each, on money that crosses with that of the others."""
    guards = [
        Branch.members <= "10 人[党员]",
        pe.all_of(Branch.members > "10 人[党员]", Branch.members <= "20 人[党员]"),
        Branch.members > "20 人[党员]",
    ]
    money = [
        Branch.works + Branch.extra,
        Branch.extra + Branch.posts.sum(Post.pay),
        Branch.works + Branch.posts.sum(Post.pay),
    ]
    rules = [
        pe.Rule(f"r{place}", money[place] >= Amount.of(amounts[place], "元/年"), when=guards[place]) for place in order
    ]
    known = exact(entitlement(of(*rules), [{"members": f"{members} 人[党员]"}], on=DAY).total)
    assert known == Amount.of(amounts[0 if members <= 10 else 1 if members <= 20 else 2], "元/年")
    total = entitlement(of(*rules), [{}], on=DAY).total
    low, high = (total, total) if isinstance(total, Amount) else (total.low, total.high)
    assert low is not None
    assert high is not None
    assert low <= known <= high


def test_too_many_kinds_to_fill_in_leave_a_range_where_floors_may_cross() -> None:
    """Seven flags can be filled in in 128 ways; 1,000 and 50 are 1,050 at most, and nothing may bind."""

    @pe.subject
    class Office:
        a, b, c = (
            pe.measure("元", changeable=True),
            pe.measure("元", changeable=True),
            pe.measure("元", changeable=True),
        )
        f1, f2, f3, f4, f5, f6, f7 = (pe.flag() for _ in range(7))

    rules = [
        pe.Rule("one", Office.a + Office.b >= "1000 元", when=pe.all_of(Office.f1, Office.f2, Office.f3)),
        pe.Rule("two", Office.b + Office.c >= "50 元", when=pe.all_of(Office.f4, Office.f5, Office.f6, Office.f7)),
    ]
    assert str(entitlement(of(*rules), [{}], on=DAY).total) == "0 元 – 1,050 元"


def test_money_of_an_empty_list_is_marked_as_what_no_money_can_meet() -> None:
    """600 for the posts of a branch without posts; one that has a post, or may have one, can be paid."""
    need = entitlement(of(ALL_POSTS), [{"posts": []}, {"posts": [{}]}, {}], on=DAY)
    assert [line.unmeetable for line in need.lines] == [True, False, False]
    assert [str(line.required) for line in need.lines] == ["600 元/年"] * 3
    assert entitlement_text(need).count("名单为空，无法落实") == 1
    assert entitlement_text(need, "en").count("nobody on the list, so that no money can meet it") == 1
    # With works in the same pool, these can take it; and nothing is met without anybody.
    other = pe.Rule("other", Branch.works + Branch.posts.sum(Post.pay) >= "600 元/年")
    nothing = pe.Rule("nothing", Branch.posts.sum(Post.pay) >= "0 元/年")
    assert [line.unmeetable for line in entitlement(of(other, nothing), [{"posts": []}], on=DAY).lines] == [
        False,
        False,
    ]


def test_money_of_a_year_and_money_are_not_added() -> None:
    """A sum and a rate need a period; both rules are named."""
    grant = pe.Rule("grant", Branch.grant >= "5 元")
    with pytest.raises(pe.UnitMismatch, match="per_member in 元/年 and grant in 元; needed period="):
        entitlement(of(PER_MEMBER, grant), [{"members": "2 人[党员]"}], on=DAY)
    need = entitlement(of(PER_MEMBER, grant), [{"members": "2 人[党员]"}], on=DAY, period="1 年")
    assert str(need.total) == "105 元"


@pytest.mark.parametrize("period", ["6 个月", "2 年", "11 个月"])
def test_months_served_of_a_year_are_not_scaled_to_another_period(period: str) -> None:
    """In post all year: 12 × 200 = 2,400 for 2026, whatever the period; half a year of a rate does not add to that."""
    rates = pe.Rule("works", Branch.works >= "3000 元/年")
    served = pe.Rule(
        "allowance",
        Branch.posts.every(Post.pay_of_year >= "200 元/月" * months_served(Post.since, policy="whole_months")),
    )
    census = [{"posts": [{"since": "2020-01-01"}]}]
    for standard in (of(rates, served), of(served)):
        with pytest.raises(pe.UnitMismatch) as caught:
            entitlement(standard, census, on=DAY, period=period)
        assert str(caught.value).startswith(
            f"period: came {period}, while what allowance requires counts months_served in the calendar year 2026; "
            "needed '1 年'"
        )
    # 3,000 + 2,400, however the year is written.
    for year in ("1 年", "12 个月"):
        assert str(entitlement(of(rates, served), census, on=DAY, period=year).total) == "5,400 元"
    assert str(entitlement(of(served), census, on=DAY).total) == "2,400 元"


def test_months_served_in_a_rate_are_not_scaled_either_and_a_rule_of_another_day_does_not_matter() -> None:
    """Six of twelve months in a rate of a year is a part of the calendar year too."""
    part = months_served(Post.since, policy="whole_months") / pe.total(["12 个月"])
    later = pe.InForce(since=datetime.date(2027, 1, 1))
    for in_force in (None, later):
        served = pe.Rule("allowance", Branch.posts.every(Post.pay >= "2400 元/年" * part), in_force=in_force)
        standard, census = of(pe.Rule("works", Branch.works >= "3000 元/年"), served), [{"posts": [{}]}]
        if in_force is None:
            with pytest.raises(pe.UnitMismatch, match="what allowance requires counts months_served"):
                entitlement(standard, census, on=DAY, period="6 个月")
        else:
            assert str(entitlement(standard, census, on=DAY, period="6 个月").total) == "1,500 元"


def test_a_plain_sum_has_no_period_and_stays_as_it_is() -> None:
    """5 元 are 5 元 in half a year; 2 × 50 a year are 50 then."""
    grant = pe.Rule("grant", Branch.grant >= "5 元")
    for period, total in (("6 个月", "55 元"), ("1 年", "105 元"), ("2 年", "205 元")):
        need = entitlement(of(PER_MEMBER, grant), [{"members": "2 人[党员]"}], on=DAY, period=period)
        assert str(need.total) == total


# --- bad input -------------------------------------------------------------------------------------------


def test_an_empty_census_is_refused() -> None:
    """Nothing would be required of nobody: more likely a file that was not read."""
    with pytest.raises(pe.FactsError, match="census: came an empty census; needed at least one Branch"):
        entitlement(FLOORS, [], on=DAY)


@pytest.mark.parametrize("census", [{"kind": "大"}, "大", 5, None, b"x"], ids=repr)
def test_what_is_no_list_of_subjects_is_refused(census: Any) -> None:
    """One subject alone is not a census: it stands in a list."""
    with pytest.raises(pe.FactsError, match="needed a list with the facts of one Branch each"):
        entitlement(FLOORS, census, on=DAY)


def test_all_problems_of_a_census_are_reported_with_their_places() -> None:
    """Negative and fractional people, a kind that is not one, a float: each with the index of its subject."""
    census = [{"members": "-3 人[党员]"}, {"members": "2.5 人[党员]"}, {"kind": "中"}, {}, {"members": 3.5}, 7]
    with pytest.raises(pe.FactsError) as caught:
        entitlement(FLOORS, census, on=DAY)
    places = [problem.where for problem in caught.value.problems]
    assert places == [
        "census[0].members",
        "census[1].members",
        "census[2].kind",
        "census[4].members",
        "census[5]",
    ]


def test_units_that_are_wrong_are_said_once() -> None:
    """A wrong unit is a problem of the call, not of each subject."""
    with pytest.raises(pe.FactsError) as caught:
        entitlement(FLOORS, [{}] * 3, on=DAY, units={"members": "元"})
    assert [problem.where for problem in caught.value.problems] == ["units[members]"]
    need = entitlement(of(PER_MEMBER), [{"members": 3}], on=DAY, units={"members": "人[党员]"})
    assert str(need.total) == "150 元/年"


def test_a_standard_without_a_floor_of_money_is_refused() -> None:
    """It says what a floor would look like."""
    with pytest.raises(pe.RuleError, match="came no floor of money among other; needed at least one rule such as"):
        entitlement(of(pe.Rule("other", Branch.bound)), [{}], on=DAY)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"on": "2026-06-30"}, "needed a datetime.date"),
        ({"on": DAY, "period": "5 元"}, "needed how long, such as '1 年'"),
        ({"on": DAY, "period": 1}, "needed how long, such as '1 年'"),
        ({"on": DAY, "period": "0 个月"}, "needed a period above zero"),
        ({"on": DAY, "stage": "done"}, "stage: came 'done'"),
    ],
)
def test_wrong_arguments_are_refused_by_name(arguments: dict[str, Any], message: str) -> None:
    """Never with a traceback from below."""
    with pytest.raises(pe.PerfevalError, match=message):
        entitlement(FLOORS, [{}], **arguments)
    with pytest.raises(pe.RuleError, match="needed a Standard"):
        entitlement(BY_KIND, [{}], on=DAY)  # type: ignore[arg-type]


# --- in words --------------------------------------------------------------------------------------------


def test_the_text_has_a_line_for_each_clause_and_what_to_ask_for() -> None:
    """In both languages: sums, totals, clauses with their evidence marks, what is missing, what was not counted."""
    census = [{"name": "甲", "kind": "大", "bound": True, "posts": []}]
    need = entitlement(of(BY_KIND, PER_MEMBER, pe.Rule("flag", Branch.bound)), census, on=DAY)
    english, chinese = entitlement_text(need, "en"), entitlement_text(need)
    lines = english.splitlines()
    assert lines[0] == "required by some (2026-06-30)"
    assert "甲       by kind     900 元/年" in lines[2]
    assert lines[1].split() == ["subject", "for", "worked", "required", "(元/年)", "by"]
    assert lines[4].split() == ["甲", "subtotal", "≥", "900.00"]
    assert "[1] 《某县标准（示例）》 第1条 [G]" in lines
    assert "to ask for: 甲: members (census[0].members)" in lines
    assert lines[-1] == "not counted: flag, does not require at least so much of changeable money"
    assert "待补充资料：甲的党员人数 (census[0].members)" in chinese
    assert "合计" in chinese


def test_a_language_that_is_none_reads_as_english() -> None:
    """As everywhere else; figures that are rounded have words of their own."""
    groups = (Branch.members / "10 人[党员]/个[小组]").round("1 个[小组]", "CEILING") * "500 元/个[小组]/年"
    need = entitlement(of(pe.Rule("groups", Branch.works >= groups)), [{"members": "25 人[党员]"}], on=DAY)
    assert entitlement_text(need, "fr") == entitlement_text(need, "en")  # type: ignore[arg-type]
    assert "rounded to 3" in entitlement_text(need, "en")


def test_columns_align_and_control_characters_do_not_pass() -> None:
    """A Chinese character is two letters wide; an escape from a name shows as a mark."""
    assert aligned_rows([["甲乙", "5"], ["a\x1b", "10"]], right=[1]) == ["甲乙   5", "a\ufffd    10"]
    assert aligned_rows([]) == []


def test_a_long_sum_is_bracketed() -> None:
    """A sum stands in brackets where it is multiplied."""
    both: Quantity = Branch.members * "50 元/人[党员]/年" + "100 元/年"
    need = entitlement(of(pe.Rule("both", Branch.works >= both)), [{"members": "3 人[党员]"}], on=DAY, period="2 年")
    assert need.lines[0].worked == "(3 人[党员] × 50 元/人[党员]/年 + 100 元/年) × 2 年"
    assert str(need.total) == "500 元"


def test_the_text_shows_all_that_is_required_in_one_unit_of_yuan() -> None:
    """0.3 万元 a year and 2 × 200 a month: 3,000 and 4,800 a year; the clause's own figures stay in the sum."""
    rules = [
        pe.Rule("works", Branch.works >= "0.3 万元/年"),
        pe.Rule("each", Branch.posts.every(Post.pay >= "200 元/月")),
    ]
    census = [{"name": "甲", "posts": [{}, {}]}]
    lines = entitlement_text(entitlement(of(*rules), census, on=DAY)).splitlines()
    assert lines[1].split() == ["单位", "事项", "计算", "按标准应安排（元/年）", "依据"]
    assert lines[2].split()[-1:] == ["3,000.00"]
    assert lines[3].split()[2:] == ["2", "名书记", "×", "200", "元/月", "4,800.00"]
    assert lines[5].split() == ["合计", "7,800.00"]
    # Over a year it is money: 元. By the month alone it stays 元/月.
    assert "按标准应安排（元）" in entitlement_text(entitlement(of(*rules), census, on=DAY, period="1 年"))
    assert "required (元/月)" in entitlement_text(entitlement(of(rules[1]), census, on=DAY), "en")


def test_a_range_in_the_text_has_both_bounds_in_the_same_unit() -> None:
    """10 to 12 members at 50 are 500 to 600; a third of 100 is no whole fen and is shown exactly."""
    census = [{"members": pe.between("10 人[党员]", "12 人[党员]")}]
    text = entitlement_text(entitlement(of(PER_MEMBER), census, on=DAY))
    assert text.splitlines()[-2].split()[-3:] == ["500.00", "–", "600.00"]
    third = pe.Rule("third", Branch.works >= "100/3 元/年")
    assert "100/3 (≈ 33.33)" in entitlement_text(entitlement(of(third), [{}], on=DAY))


@pytest.mark.parametrize(
    ("required", "facts", "worked", "printed"),
    [
        (
            Branch.members * "150 元/人[党员]/年",
            {"members": "60 人[党员]"},
            "60 人[党员] × 150 元/人[党员]/年",
            "60 人 × 150 元/人/年",
        ),
        (
            Branch.members * "150 元/人[党员]/年" + Branch.posts.count() * "200 元/人[书记]/年",
            {"members": "60 人[党员]", "posts": [{}]},
            "60 人[党员] × 150 元/人[党员]/年 + 1 人[书记] × 200 元/人[书记]/年",
            "60 名党员 × 150 元/人/年 + 1 名书记 × 200 元/人/年",
        ),
        (
            (Branch.members / "10 人[党员]/个[小组]").round("1 个[小组]", "CEILING") * "500 元/个[小组]/年",
            {"members": "25 人[党员]"},
            "(25 人[党员] ÷ 10 人[党员]/个[小组] → 3 个[小组]) × 500 元/个[小组]/年",
            "(25 名党员 ÷ 10 名党员/个小组 取整为 3 个小组) × 500 元/个小组/年",
        ),
    ],
)
def test_units_of_a_sum_print_as_they_are_said_and_stay_exact_in_the_data(
    required: Quantity, facts: dict[str, Any], worked: str, printed: str
) -> None:
    """The kind goes without saying where it is the only one; two kinds are told apart."""
    need = entitlement(of(pe.Rule("works", Branch.works >= required)), [facts], on=DAY)
    assert need.lines[0].worked == worked
    assert printed in entitlement_text(need)
