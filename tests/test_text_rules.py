"""What a text says in figures against itself: laws on texts that add up, then each rule on what it must and must not see.

A slip is found where it breaks anything, located where two witnesses speak, and never where only one does; how an amount
is written changes nothing. Every figure in the examples is derived by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest
from attrs import frozen
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import perfeval as pe
from perfeval.budgets import Figure, Identity
from perfeval.documents import read_text
from perfeval.facts import Label
from perfeval.matching.reckoning import product_of
from perfeval.numerals import money_in_words
from perfeval.slips import Slip, locate, slip_between
from perfeval.tolerances import ALL, DISPLAYED, RATIO, SAME_UNIT, SCORE

MET, UNMET, UNKNOWN = pe.Verdict.MET, pe.Verdict.UNMET, pe.Verdict.UNKNOWN

NAMES = ("资料印刷费", "监测材料费", "车辆租赁费", "专家咨询费", "样品检验费", "平台维护费")

Writing = Callable[[int], str]
"""A way of writing so many fen."""


def _yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02}元"


def _plain(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}元"


def _wide(fen: int) -> str:
    return _yuan(fen).translate({ord(sign): chr(ord(sign) + 0xFEE0) for sign in "0123456789"})


def _ten_thousand(fen: int) -> str:
    whole, rest = divmod(fen, 1_000_000)
    return f"{whole}.{rest:06}万元"


def _words(fen: int) -> str:
    return money_in_words(fen)


WRITINGS: tuple[Writing, ...] = (_yuan, _plain, _wide, _ten_thousand, _words)


@frozen
class Budget:
    """A budget that adds up, in fen: each line with the payments that the schedule makes of it."""

    lines: tuple[tuple[str, int], ...]
    payments: tuple[tuple[int, ...], ...]

    @property
    def total(self) -> int:
        return sum(amount for _, amount in self.lines)

    def text(self, write: Writing = _yuan, *, line: int = -1, planted: int = 0, schedule: bool = True) -> str:
        """Return the project text; the amount of one ``line`` is printed as ``planted``."""
        listed = "、".join(
            f"{name}{write(planted if at == line else amount)}" for at, (name, amount) in enumerate(self.lines)
        )
        paid = "；".join(
            f"2026年{1 + 6 * half}—{6 + 6 * half}月支付{name}{write(amount)}"
            for (name, _), amounts in zip(self.lines, self.payments, strict=True)
            for half, amount in enumerate(amounts)
        )
        total = write(self.total)
        return _text(
            funding=f"本项目申请预算资金{total}，2026年批复预算{total}（甲财复〔2026〕7号），其中：{listed}。",
            schedule=f"{paid}。" if schedule else "按月支付。",
        )


def _text(
    *,
    overview: str = "全县统一安排。",
    content: str = "一是做好日常监测。二是编印资料。",
    funding: str = "本项目申请预算资金5万元，2026年批复预算5万元（甲财复〔2026〕7号），其中：资料印刷费2万元、专家咨询费3万元。",
    schedule: str = "按月支付。",
    effect: str = "监测及时率达到95%以上。",
) -> str:
    parts = (
        ("项目名称", "监测工作经费。"),
        ("立项依据", "甲政发〔2025〕3号《甲县监测工作方案》。"),
        ("项目实施单位", "甲县监测站。"),
        ("项目基本概况", overview),
        ("项目实施内容", content),
        ("资金安排情况", funding),
        ("项目实施计划", schedule),
        ("项目实施成效", effect),
    )
    head = "甲县监测站2026年部门预算项目文本\n"
    return head + "\n".join(
        f"{number}、{title}\n{body}" for number, (title, body) in zip("一二三四五六七八", parts, strict=True)
    )


def _alarms(review: pe.Review) -> list[str]:
    return [one.id for one in review.of(UNMET) if one.severity is not pe.Severity.NOTE]


def _suggested(finding: pe.Finding) -> str:
    return " ".join(one.suggestion.zh for one in finding.walk() if one.suggestion is not None)


@st.composite
def budgets(draw: st.DrawFn) -> Budget:
    count = draw(st.integers(2, 5))
    amounts = [draw(st.integers(1_000_00, 900_000_00)) for _ in range(count)]
    payments = []
    for amount in amounts:
        first = draw(st.integers(1_00, amount - 1_00))
        payments.append((first, amount - first) if draw(st.booleans()) else (amount,))
    return Budget(tuple(zip(NAMES, amounts, strict=False)), tuple(payments))


# --- laws ----------------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(budgets(), st.sampled_from(WRITINGS), st.booleans())
def test_what_adds_up_is_silent(budget: Budget, write: Writing, schedule: bool) -> None:
    """However it is written, a text whose figures agree has no finding that counts against it."""
    review = pe.review(budget.text(write, schedule=schedule))

    assert [] == _alarms(review)
    assert MET is review["lines_equal_total"].verdict


@settings(max_examples=40, deadline=None)
@given(budgets(), st.data())
def test_a_slip_with_two_witnesses_is_located(budget: Budget, data: st.DataObject) -> None:
    """A line that is neither what the total leaves nor what is paid for it is named, with what it should be."""
    line = data.draw(st.integers(0, len(budget.lines) - 1))
    planted = data.draw(st.integers(1_000_00, 900_000_00).filter(lambda fen: fen != budget.lines[line][1]))
    review = pe.review(budget.text(line=line, planted=planted))
    finding = review["lines_equal_total"]

    assert UNMET is finding.verdict
    assert _yuan(planted) in _suggested(finding)
    assert "不作选择" not in _suggested(finding)
    others = {_yuan(amount) for at, (_, amount) in enumerate(budget.lines) if at != line} - {_yuan(planted)}
    # It quotes no other line as the one to look at.
    assert not any(f"{name} {shown}”" in _suggested(finding) for name, _ in budget.lines for shown in others)


@settings(max_examples=40, deadline=None)
@given(budgets(), st.data())
def test_a_slip_with_one_witness_is_reported_and_nobody_is_blamed(budget: Budget, data: st.DataObject) -> None:
    """Where only the total speaks, any line and the total may be wrong: that is said, or nothing is."""
    line = data.draw(st.integers(0, len(budget.lines) - 1))
    planted = data.draw(st.integers(1_000_00, 900_000_00).filter(lambda fen: fen != budget.lines[line][1]))
    review = pe.review(budget.text(line=line, planted=planted, schedule=False))
    finding = review["lines_equal_total"]

    assert (UNMET, pe.Severity.ERROR) == (finding.verdict, finding.severity)
    assert "应为" not in _suggested(finding)
    assert "如" not in _suggested(finding) or "不作选择" in _suggested(finding)


@settings(max_examples=25, deadline=None)
@given(budgets(), st.data())
def test_how_an_amount_is_written_changes_no_finding(budget: Budget, data: st.DataObject) -> None:
    """Thousands, none, full-width digits, 万元 to the fen and words give the same verdicts, with a slip and without."""
    line = data.draw(st.integers(-1, len(budget.lines) - 1))
    planted = data.draw(st.integers(1_000_00, 900_000_00))
    seen = {
        tuple(
            (one.id, one.verdict)
            for top in pe.review(budget.text(write, line=line, planted=planted))
            for one in top.walk()
            if not one.id.startswith("stated_figures/")
        )
        for write in WRITINGS
    }

    assert 1 == len(seen)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=5), st.data())
def test_one_failing_sum_locates_nothing_and_two_do(amounts: Sequence[int], data: st.DataObject) -> None:
    """A sum alone has as many suspects as figures; a second statement of the figure leaves one."""
    wrong = data.draw(st.integers(0, len(amounts) - 1))
    off = data.draw(st.integers(1, 10**6))
    figures = [_figure(f"line[{at}]", amount + (off if at == wrong else 0)) for at, amount in enumerate(amounts)]
    total = _figure("total", sum(amounts))
    label = Label("合计", "total")
    sums = Identity(key="sums", label=label, left=tuple(figures), right=(total,))
    again = Identity(key="again", label=label, left=(figures[wrong],), right=(_figure("again", amounts[wrong]),))

    assert locate([sums]).chosen("sums") is None
    chosen = locate([sums, again]).chosen("sums")
    assert chosen is not None and (f"line[{wrong}]", amounts[wrong]) == (chosen.figure.key, chosen.wanted.number)


def _figure(key: str, yuan: int) -> Figure:
    return Figure(key=key, label=Label(key, key), amount=pe.Amount.of(yuan, "元"))


# --- slips and tolerances ------------------------------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(st.integers(10, 10**8), st.integers(0, 7))
def test_two_neighbouring_digits_swapped_are_seen_as_that(number: int, place: int) -> None:
    digits = list(str(number))
    assume(place + 1 < len(digits) and digits[place] != digits[place + 1])
    digits[place], digits[place + 1] = digits[place + 1], digits[place]
    other = int("".join(digits))
    assume(other > 0 and other not in (number * 10, number * 10_000) and number not in (other * 10, other * 10_000))

    assert Slip.SWAPPED is slip_between(pe.Amount.of(number, "元"), pe.Amount.of(other, "元"))


def test_tolerances_are_layered_and_named() -> None:
    """A fen apart is apart in one unit; a tenth of a point is none of a score."""
    assert ["same_unit", "displayed", "score", "ratio"] == [one.name for one in ALL]
    assert SAME_UNIT.covers(pe.Amount.parse("0.009 元")) and not SAME_UNIT.covers(pe.Amount.parse("0.01 元"))
    assert SCORE.covers(Fraction(1, 10)) and not SCORE.covers(Fraction(11, 100))
    assert RATIO.covers(pe.Amount.parse("0.1%")) and not RATIO.covers(pe.Amount.parse("0.11%"))
    step = pe.Amount.parse("0.01 万元")
    assert DISPLAYED.covers(pe.Amount.parse("99 元"), step) and not DISPLAYED.covers(pe.Amount.parse("100 元"), step)
    with pytest.raises(pe.PerfevalError):
        DISPLAYED.covers(pe.Amount.parse("99 元"))
    with pytest.raises(pe.PerfevalError):
        SAME_UNIT.covers(pe.Amount.parse("1 天"))


@pytest.mark.parametrize(
    ("factors", "product"),
    [
        # 30 × 3 × 450; 12 × 3,000; 20 × 5,000; half of 20,000.
        (("30 人", "3 天", "450 元/人/天"), "40,500 元"),
        (("12 月", "3000 元/月"), "36,000 元"),
        (("20 台", "5000 元"), "100,000 元"),
        (("50%", "2 万元"), "10,000 元"),
        # One day is meant where none is said.
        (("30 人", "450 元/人/天"), "13,500 元"),
        (("30 人", "3 天"), None),
        (("2 万元", "3 万元"), None),
    ],
)
def test_factors_come_to_money(factors: tuple[str, ...], product: str | None) -> None:
    came = product_of([pe.Amount.parse(one) for one in factors])
    assert product == (None if came is None else str(came))


# --- sums of the budget --------------------------------------------------------------------------------------

GRANTED = "本项目申请预算资金5万元，2026年批复预算5万元（甲财复〔2026〕7号）"


@pytest.mark.parametrize(
    ("funding", "unmet"),
    [
        # 1.23 + 2.35 = 3.58 万元, which 35,780 元 is to two digits; 35,600 is 200 away, and two roundings make 100.
        ("本项目申请预算资金35,780元，其中：资料印刷费1.23万元、专家咨询费2.35万元。", []),
        ("本项目申请预算资金35,600元，其中：资料印刷费1.23万元、专家咨询费2.35万元。", ["lines_equal_total"]),
        # 2 + 3 = 5; the parts 1.5 + 1 = 2.5 are not 3, and 1.5 among 3 may be one of several.
        (f"{GRANTED}，其中：资料印刷费2万元、专家咨询费3万元（评审1.5万元、论证1.5万元）。", []),
        (f"{GRANTED}，其中：资料印刷费2万元、专家咨询费3万元（评审1.5万元、论证1万元）。", ["parts_equal_line"]),
        (f"{GRANTED}，其中：资料印刷费2万元、专家咨询费3万元（其中评审1.5万元）。", []),
        (f"{GRANTED}，其中：资料印刷费2万元、专家咨询费3万元（其中评审3.5万元）。", ["parts_within_line"]),
        # The total that stands below its lines.
        (f"{GRANTED}，其中：资料印刷费2万元、专家咨询费3万元。合计50,000.00元。", []),
        (f"{GRANTED}，其中：资料印刷费2万元、专家咨询费3万元。合计51,000.00元。", ["totals_agree"]),
        # 60 − 5 = 55: a cut that is explained, and one that is not.
        ("本项目申请预算资金6万元。经审核，核减1万元，2026年批复预算5万元。安排：资料印刷费2万元、专家咨询费3万元。", []),
        ("本项目申请预算资金6万元，2026年批复预算5万元。安排：资料印刷费2万元、专家咨询费3万元。", ["request_equals_approval"]),
        # 4 + 1 carried over are the 5 of the lines.
        ("2026年项目资金总额5万元，其中：本年申请财政拨款4万元，上年结转资金1万元。2026年批复财政拨款4万元。资金用于：资料印刷费2万元、专家咨询费3万元。", []),
        ("2026年项目资金总额5万元，其中：本年申请财政拨款4万元，上年结转资金2万元。2026年批复财政拨款4万元。资金用于：资料印刷费2万元、专家咨询费3万元。", ["sources_equal_total"]),
        # An amount beside a total of several years, and the year before.
        (f"项目总投资900万元，2025年安排8万元。{GRANTED}，其中：资料印刷费2万元、专家咨询费3万元。", []),
    ],
)  # fmt: skip
def test_the_sums_of_a_funding(funding: str, unmet: list[str]) -> None:
    assert unmet == [name.rpartition("/")[2] for name in _alarms(pe.review(_text(funding=funding)))]


def test_a_list_that_begins_without_a_unit_is_not_added_up() -> None:
    """2万 may be 2万元: the unit is asked for, and the sum is not known until then."""
    review = pe.review(_text(funding=f"{GRANTED}，其中：资料印刷费2万、专家咨询费3万元。"))
    assert (UNKNOWN, UNMET) == (review["lines_equal_total"].verdict, review["amounts_have_units"].verdict)


def test_a_figure_rounded_in_another_unit_is_said_so() -> None:
    """3.58 万元 against 35,780 元: 20 元 are left by rounding, and that stands in the reckoning."""
    text = _text(funding="本项目申请预算资金35,780元，其中：资料印刷费1.23万元、专家咨询费2.35万元。")
    assert "1.23 万元 + 2.35 万元 − 20 元 = 35,780 元" == pe.review(text)["lines_equal_total"].worked


def test_payments_of_a_line_are_held_against_it() -> None:
    """2 = 1 + 1, and 1 + 0.8 = 1.8 is not."""
    schedule = "2026年上半年支付资料印刷费1万元；2026年下半年支付资料印刷费{}万元，支付专家咨询费{}万元。"
    assert [] == _alarms(pe.review(_text(schedule=schedule.format("1", "3"))))
    review = pe.review(_text(schedule=schedule.format("0.8", "3.2")))
    assert UNMET is review["payments_equal_line"].verdict
    assert [pe.Amount.parse("2000 元")] == [
        one.shortfall for one in review["payments_equal_line"].children if one.verdict is UNMET
    ]


# --- figures said again --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "said", "rule", "verdict"),
    [
        ("overview", "2026年安排5万元。", "repeated_money_agrees", MET),
        ("overview", "2026年安排50,000.00元。", "repeated_money_agrees", MET),
        ("overview", "2026年安排6万元。", "repeated_money_agrees", UNMET),
        # Money of other years, of all years, a bound and a figure about so large are other figures.
        ("overview", "2025年安排6万元。", "repeated_money_agrees", None),
        ("overview", "项目总投资60万元。", "repeated_money_agrees", None),
        ("content", "一是编印资料。编印资料印刷费每册20元。二是监测。", "repeated_money_agrees", None),
        ("content", "一是编印资料。资料印刷费2万元。二是监测。", "repeated_money_agrees", MET),
        ("content", "一是编印资料。资料印刷费2.2万元。二是监测。", "repeated_money_agrees", UNMET),
        ("content", "一是编印资料。资料印刷费不超过3万元。二是监测。", "repeated_money_agrees", None),
        ("content", "一是编印资料。资料印刷费约3万元。二是监测。", "repeated_money_agrees", None),
        ("funding", "本项目申请预算资金壹拾捌万元整（180,000.00元）。", "restated_money_agrees", MET),
        ("funding", "本项目申请预算资金壹拾捌万元整（108,000.00元）。", "restated_money_agrees", UNMET),
        ("funding", "本项目申请预算资金1.98万元（19,780元）。", "restated_money_agrees", MET),
        ("funding", "本项目申请预算资金1.98万元（19,700元）。", "restated_money_agrees", UNMET),
        # 30 × 3 × 450 = 40,500; 33 × 450 = 14,850 is 1.5 万元 to one digit; 30 × 450 + 1,000 = 14,500.
        ("content", "一是培训。30人×3天×450元/人·天=40,500元。", "reckonings_hold", MET),
        ("content", "一是培训。30人×3天×450元/人·天=45,000元。", "reckonings_hold", UNMET),
        ("content", "一是培训。33人×450元/人=1.5万元。", "reckonings_hold", MET),
        ("content", "一是培训。30人×450元/人+1,000元=14,500元。", "reckonings_hold", MET),
        ("content", "一是培训。30人×450元/人+1,000元=15,500元。", "reckonings_hold", UNMET),
        # 10 × 12 × 416.67 = 50,000.4 and half a fen 120 times is 0.6; 416.66, cut, is 0.8 short and may be 1.2;
        # 416.60 is 8 short, and 416.68 is 1.6 too much.
        ("content", "一是租车。10辆×12个月×416.67元/辆·月=5万元。", "reckonings_hold", MET),
        ("content", "一是租车。10辆×12个月×416.66元/辆·月=5万元。", "reckonings_hold", MET),
        ("content", "一是租车。10辆×12个月×416.60元/辆·月=5万元。", "reckonings_hold", UNMET),
        ("content", "一是租车。10辆×12个月×416.68元/辆·月=5万元。", "reckonings_hold", UNMET),
        ("content", "一是购置电脑20台，单价5,000元，共计10万元。", "reckonings_hold", MET),
        ("content", "一是购置电脑20台，单价5,000元，共计12万元。", "reckonings_hold", UNMET),
        ("content", "一是编印。资料印刷费2万元（1,000册×20元/册）。", "reckonings_hold", MET),
        # 5 − 4 = 1, and 4 − 5 is none; a difference from what was spent, or in another sentence, is none of these three.
        ("funding", "申请预算资金5万元，比上年增加1万元（2025年预算4万元）。", "reckonings_hold", MET),
        ("funding", "申请预算资金5万元，比上年增加3万元（2025年预算4万元）。", "reckonings_hold", UNMET),
        ("funding", "申请预算资金5万元，比上年减少3万元（2025年预算7万元）。", "reckonings_hold", UNMET),
        ("funding", "申请预算资金5万元，比上年减少2万元（2025年预算7万元）。", "reckonings_hold", MET),
        ("funding", "申请预算资金5万元，比上年增加3万元（2025年支出4万元）。", "reckonings_hold", None),
        ("funding", "申请预算资金5万元。比上年增加3万元（2025年预算4万元）。", "reckonings_hold", None),
        # Counts: 18 + 12 = 30; a part is no more than the whole; what may overlap is not added up.
        ("overview", "共30人，其中男18人、女12人。", "counts_add_up", MET),
        ("overview", "共30人，其中男18人、女13人。", "counts_add_up", UNMET),
        ("overview", "全县辖4个乡、6个镇，共10个乡镇。", "counts_add_up", MET),
        ("overview", "全县辖4个乡、7个镇，共10个乡镇。", "counts_add_up", UNMET),
        ("overview", "共12期（上半年5期、下半年8期）。", "counts_add_up", UNMET),
        ("overview", "共300人，其中女性100人、党员200人、35岁以下80人。", "counts_add_up", None),
        ("overview", "共300人，其中女性100人、党员200人、35岁以下80人。", "parts_within_count", MET),
        ("overview", "共30人，其中党员35人。", "parts_within_count", UNMET),
        ("overview", "供水站36个，其中上村12个、中村9个。", "parts_together_within_count", MET),
        ("overview", "供水站36个，其中上村22个、中村15个。", "parts_together_within_count", UNMET),
        ("overview", "覆盖3个乡镇（甲镇、乙镇、丙镇）。", "listings_match_numbers", MET),
        ("overview", "覆盖4个乡镇（甲镇、乙镇、丙镇）。", "listings_match_numbers", UNMET),
        ("overview", "覆盖4个乡镇（甲镇、乙镇、丙镇等）。", "listings_match_numbers", None),
        ("overview", "在河东镇、河西镇3个乡镇开展。", "listings_match_numbers", UNMET),
        ("overview", "在河东镇、河西镇等5个乡镇开展。", "listings_match_numbers", None),
        ("schedule", "合同签订后预付30%，验收合格后支付70%。", "shares_fill_whole", MET),
        ("schedule", "合同签订后预付30%，验收合格后支付60%。", "shares_fill_whole", UNMET),
        # The rest of 40 % is 60 %, wherever it is said to be paid.
        ("schedule", "预付40%，其余60%。", "shares_fill_whole", MET),
        ("schedule", "预付40%，其余70%。", "shares_fill_whole", UNMET),
        # Paid up to a share is another thing.
        ("schedule", "合同签订后预付30%，验收合格后支付至97%。", "shares_fill_whole", None),
        ("effect", "党员覆盖率达到100%。", "rates_within_whole", MET),
        ("effect", "党员覆盖率达到110%。", "rates_within_whole", UNMET),
        ("effect", "任务完成率达到110%。", "rates_within_whole", None),
        ("effect", "水质达标率不低于190%。", "rates_within_whole", UNMET),
        ("effect", "资金使用合规率110%。", "rates_within_whole", UNMET),
        ("effect", "设备利用率达到130%。", "rates_within_whole", None),
        ("effect", "学前教育毛入学率达到105%。", "rates_within_whole", None),
        # 92 of 100 万元 are 92 %.
        ("overview", "2025年预算100万元，实际支出92万元，执行率92%。", "execution_rate_agrees", MET),
        ("overview", "2025年预算100万元，实际支出92万元，执行率96%。", "execution_rate_agrees", UNMET),
        ("overview", "自评得分97.2分，等级为优。", "grade_fits_score", MET),
        ("overview", "自评得分97.2分，等级为良。", "grade_fits_score", UNMET),
        ("funding", "本项目申请预算资金5万元，其中：资料印刷费20,000.00、专家咨询费3万元。", "amounts_have_units", UNMET),
        ("funding", "金额单位：万元。本项目申请预算资金5，其中：资料印刷费2.00、专家咨询费3.00。", "amounts_have_units", MET),
        ("effect", "完成年初预算的112.4%万元。", "units_not_doubled", UNMET),
        ("effect", "投入资金5万元元。", "units_not_doubled", UNMET),
        ("effect", "投入资金5万元，元旦前完成。", "units_not_doubled", MET),
    ],
)  # fmt: skip
def test_what_a_text_says_in_figures(part: str, said: str, rule: str, verdict: pe.Verdict | None) -> None:
    """Each rule finds what it is for, passes what is right, and has nothing to say (None) where it is no matter of it."""
    found = {one.rule: one for one in pe.review(_text(**{part: said}))}

    assert verdict is (found[rule].verdict if rule in found else None)


def test_of_two_sayings_that_differ_neither_is_said_to_hold() -> None:
    review = pe.review(_text(funding="本项目申请预算资金壹拾捌万元整（108,000.00元）。"))
    [child] = [one for one in review["restated_money_agrees"].children if one.verdict is UNMET]

    assert "“壹拾捌万元整”与“108,000.00元”不一致" in child.remarks[0].zh


@pytest.mark.parametrize(
    ("effect", "words"),
    [
        ("\n管网覆盖率不低于190%。", "管网覆盖率不低于190%"),
        ("到2026年底，管网覆盖率达到190%。", "管网覆盖率达到190%"),
    ],
)
def test_a_rate_is_quoted_from_where_its_words_begin(effect: str, words: str) -> None:
    review = pe.review(_text(effect=effect))
    assert [words] == [one.label.zh for one in review["rates_within_whole"].children if one.verdict is UNMET]


@pytest.mark.parametrize(
    ("schedule", "phased"),
    [
        ("费用按季支付，预付30%，其余70%按季考核后支付。", True),
        ("按月支付。", True),
        ("分两次支付。", True),
        ("年底支付。", False),
        ("按月开展监测。", False),
    ],
)
def test_paying_by_stages_is_phasing(schedule: str, phased: bool) -> None:
    assert phased is read_text(_text(schedule=schedule)).has_phasing


def test_three_sayings_locate_the_odd_one() -> None:
    """20,000 twice and 22,000 once: the one is named. Of two that differ, none is."""
    twice = pe.review(_text(content="一是编印资料。资料印刷费2.2万元。二是监测。", overview="资料印刷费20,000元。"))
    text = _suggested(twice["repeated_money_agrees"])
    assert "2.2万元" in text and "应为 2 万元" in text

    once = _text(overview="共30人。", content="一是监测。", funding="本项目申请预算资金5万元，2026年批复预算6万元。")
    assert "应为" not in _suggested(pe.review(once)["request_equals_approval"])


def test_a_reason_names_the_other_figure() -> None:
    """50 × 10 × 44 = 22,000 stands against the 2 万元 of its line, and that line is named."""
    funding = f"{GRANTED}，其中：资料印刷费3万元、专家咨询费2万元（50个点×10次×44元/次）。"
    said = _suggested(pe.review(_text(funding=funding))["reckonings_hold"])

    assert "与专家咨询费 2万元 一致" in said
    assert "= 20,000 元：2 万元" not in said


def test_a_finding_quotes_its_figures() -> None:
    """Every alarm about figures has the places of the figures, and they are in the text as quoted."""
    text = _text(
        overview="共30人，其中男18人、女13人。覆盖4个乡镇（甲镇、乙镇、丙镇）。",
        content="一是培训。30人×3天×450元/人·天=45,000元。",
        schedule="合同签订后预付30%，验收合格后支付60%。",
    )
    review = pe.review(text)
    unmet = [one for one in review.of(UNMET) if one.severity is not pe.Severity.NOTE]

    assert {"counts_add_up", "listings_match_numbers", "reckonings_hold", "shares_fill_whole"} == {
        one.rule for one in unmet
    }
    for one in unmet:
        spans = [span for child in one.walk() for span in child.spans]
        assert spans
        assert all(span.text == text[span.start : span.end] for span in spans)


# --- parts, fields, tasks, dates -----------------------------------------------------------------------------

OTHER_FORM = (
    "甲县阅读角开放项目\n一、项目概述\n在6个社区设阅读角。\n二、立项依据\n甲政〔2025〕14号。\n三、实施主体\n甲县文化站\n{}"
    "四、项目内容\n每周开放不少于5天，2026年12月31日前完成。\n五、年度预算安排\n2026年安排财政资金9.6万元。\n六、绩效目标\n居民满意度达到90%以上。"
)


def test_optional_parts_of_another_form_are_silent() -> None:
    """A period may be left out; it is read where it is given, and the deadline lies within it."""
    assert [] == _alarms(pe.review(OTHER_FORM.format("")))
    dated = pe.review(OTHER_FORM.format("起止时间\n2026年1月—2026年12月\n"))
    assert MET is dated["deadlines_within_period"].verdict
    short = pe.review(OTHER_FORM.format("起止时间\n2026年1月—2026年6月\n"))
    assert UNMET is short["deadlines_within_period"].verdict


def test_a_report_owes_no_parts_of_an_application() -> None:
    """A report of a year that is over is not an incomplete application."""
    text = "甲县监测项目2025年度绩效自评报告\n一、项目概况\n2025年监测60次。\n二、资金安排情况\n2025年预算20万元，支出19万元，执行率95%。\n三、项目实施成效\n监测及时率97%。"
    assert [] == _alarms(pe.review(text))


def test_missing_fields_are_said() -> None:
    """A funding without any money says no amount."""
    finding = pe.review(_text(funding="按规定安排。"))["fields_said"]
    assert UNMET is finding.verdict
    assert ["资金数额"] == [one.label.zh for one in finding.children if one.verdict is UNMET]


def test_what_stands_twice_is_in_doubt() -> None:
    """Two lines of one name and amount; two of one name and different amounts are two purchases."""
    twice = f"{GRANTED}，其中：资料印刷费2万元、专家咨询费1万元、资料印刷费2万元。"
    review = pe.review(_text(funding=twice))
    assert (UNMET, pe.Severity.DOUBT) == (review["no_line_twice"].verdict, review["no_line_twice"].severity)
    apart = f"{GRANTED}，其中：资料印刷费2万元、专家咨询费2万元、资料印刷费1万元。"
    assert [] == _alarms(pe.review(_text(funding=apart)))
    tasks = pe.review(_text(content="一是编印资料200册。二是开展监测。三是编印资料200册。"))
    assert UNMET is tasks["no_task_twice"].verdict


@pytest.mark.parametrize(
    ("content", "funding", "verdict"),
    [
        ("一是编印资料。二是购置电脑设备20台。", "监测材料费2万元、专家咨询费3万元", UNMET),
        ("一是编印资料。二是购置电脑设备20台。", "资料印刷费2万元、设备购置费3万元", MET),
        # General lines may pay for it, and so may others.
        ("一是编印资料。二是购置电脑设备20台。", "资料印刷费2万元、办公费3万元", MET),
        ("一是编印资料。二是购置电脑设备20台，由上级部门统一承担。", "资料印刷费2万元、专家咨询费3万元", MET),
        # What costs nothing needs no line.
        ("一是编印资料。二是加强宣传引导。", "资料印刷费2万元、专家咨询费3万元", MET),
    ],
)
def test_a_task_that_no_line_may_pay_is_in_doubt(content: str, funding: str, verdict: pe.Verdict) -> None:
    finding = pe.review(_text(content=content, funding=f"{GRANTED}，其中：{funding}。"))["tasks_payable"]
    assert verdict is finding.verdict


def test_only_what_was_not_understood_and_money_without_a_place_is_a_remark() -> None:
    """86户 and 45人 were read and belong to nothing: no remark; the reader still knows that they stand there."""
    text = _text(overview="县域内有86户、45人从事监测，气温16℃，另有民间资金7万元，电话0571-12345678。")
    remarks = [one.label.zh for one in pe.review(text).remarks if one.kind == "unread"]
    assert [("16℃" in one, "7万元" in one) for one in remarks] == [(True, False), (False, True)]
    assert {"86户", "45人"} <= {one.text for one in read_text(text).unread if one.understood}


def test_residue_counts_only_where_it_hides_a_figure() -> None:
    """A bookmark before a word is a remark; one inside an amount is a doubt."""
    beside = pe.review(_text(effect="[bookmark: _GoBack]监测及时率达到95%以上。"))
    assert MET is beside["residue_hides_nothing"].verdict
    inside = pe.review(_text(effect="监测及时率达到9[bookmark: _GoBack]5%以上。"))
    assert UNMET is inside["residue_hides_nothing"].verdict


@pytest.mark.parametrize(
    ("schedule", "verdict"),
    [
        ("2026年1—12月支付资料印刷费2万元，支付专家咨询费3万元。", MET),
        ("2027年1—3月支付资料印刷费2万元，支付专家咨询费3万元。", UNMET),
    ],
)
def test_money_is_paid_within_its_year(schedule: str, verdict: pe.Verdict) -> None:
    review = pe.review(_text(schedule=schedule))
    assert (verdict, pe.Severity.DOUBT) == (
        review["payments_within_year"].verdict,
        review["payments_within_year"].severity,
    )


@pytest.mark.parametrize(
    ("said", "rule", "words"),
    [
        ("2026年11月31日前支付设备款。", "days_exist", ["2026年11月31日前"]),
        ("实施时间自2026年1月1日至2026年11月31日。", "days_exist", ["2026年1月1日至2026年11月31日"]),
        ("2026年2月29日前验收，2026年4月30日前支付。", "days_exist", ["2026年2月29日前"]),
        ("2028年2月29日前验收。", "days_exist", []),
        ("2026年13月验收，2026年3月32日支付。", "days_exist", ["2026年13月", "2026年3月32日"]),
        ("印发二〇二六年九月三十一日通知。", "days_exist", ["二〇二六年九月三十一日"]),
        ("按县财政2026年2月30号文执行。", "days_exist", []),
        ("2026年6—1月支付设备款。", "stretches_in_order", ["2026年6—1月"]),
        ("2026年6月至2026年1月建设。", "stretches_in_order", ["2026年6月至2026年1月"]),
        ("2026年1—12月支付设备款。", "stretches_in_order", []),
        # A winter and a school year pass New Year, and need not say so; with both years named there is no such excuse.
        ("2026年11月至3月供暖，2026年9月至6月上课。", "stretches_in_order", []),
        ("2026年11月至2026年3月供暖。", "stretches_in_order", ["2026年11月至2026年3月"]),
        ("11—3月供暖。", "stretches_in_order", []),
    ],
)
def test_a_time_that_cannot_be_is_in_doubt(said: str, rule: str, words: list[str]) -> None:
    """A day that is in no calendar, and an end before the beginning, at their places; nothing else."""
    text = _text(schedule=said)
    found = {one.rule: one for one in pe.review(text)}
    if not words:
        assert not {"days_exist", "stretches_in_order"} & found.keys()
        return
    assert (found[rule].verdict, found[rule].severity) == (UNMET, pe.Severity.DOUBT)
    assert [text[span.start : span.end] for span in found[rule].spans] == words


@pytest.mark.parametrize(
    ("said", "rule", "verdict"),
    [
        ("每人2天（16学时）。", "hours_per_day_usual", MET),
        ("每人2天（15学时）。", "hours_per_day_usual", MET),
        ("每人2天（12学时）。", "hours_per_day_usual", UNMET),
        # The text's own rate goes before what is usual.
        ("每天按6学时计算，每人2天（12学时）。", "hours_per_day_usual", MET),
        ("书记5天（40学时），党员3天（30学时）。", "hours_per_day_agree", UNMET),
        # 3 + 2 = 5 fills five days; 3 + 3 = 6 is more than five, and may be where five are the least.
        ("每人5天（40学时），分两个阶段（第一阶段3天，第二阶段2天）。", "stages_within_programme", MET),
        ("每人5天（40学时），分两个阶段（第一阶段3天，第二阶段3天）。", "stages_within_programme", UNMET),
        ("每人不少于5天（40学时），分两个阶段（第一阶段3天，第二阶段3天）。", "stages_fill_programme", MET),
    ],
)
def test_days_and_class_hours(said: str, rule: str, verdict: pe.Verdict) -> None:
    """16 ÷ 2 = 8, 15 ÷ 2 = 7.5, 12 ÷ 2 = 6; 40 ÷ 5 = 8 and 30 ÷ 3 = 10."""
    assert verdict is pe.review(_text(content=f"一是开展培训。{said}"))[rule].verdict


def test_a_project_reads_alone() -> None:
    """What is worked out from a project does not need its text to be reviewed as text again."""
    text = _text(overview="共30人，其中男18人、女13人。")
    assert _alarms(pe.review(text)) == _alarms(pe.review(read_text(text)))


def test_counts_are_shown_in_the_unit_that_is_printed() -> None:
    """18 + 12 = 30 persons, and not 31 of anything."""
    found = pe.review(_text(overview="共31人，其中男18名、女12名。"))["counts_add_up"]
    [child] = found.children
    assert (str(child.observed), str(child.required), str(child.shortfall)) == ("30 人", "31 人", "1 人")
    assert child.worked == "18 人 + 12 人 = 30 人"
