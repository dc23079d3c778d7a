"""What is not surely a line of the year makes its sum unknown, never a wrong one: words of another year, of each, of a rate.

Every text is a project of 5 万元 unless it says otherwise; each case says what the lines come to by hand.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import perfeval as pe
from perfeval.documents import Project, read_text

MET, UNMET, UNKNOWN = pe.Verdict.MET, pe.Verdict.UNMET, pe.Verdict.UNKNOWN

GRANTED = "申请预算资金5万元，批复5万元，其中："

PARTS = {
    "项目名称": "沟渠清理经费。",
    "立项依据": "甲政发〔2025〕3号《甲县沟渠清理方案》。",
    "项目实施单位": "甲县水务站。",
    "项目基本概况": "全县统一安排。",
    "项目实施内容": "一是清理沟渠。",
    "资金安排情况": f"{GRANTED}材料费3万元、人工费2万元。",
    "项目实施计划": "按月支付。",
    "项目实施成效": "清理及时率达到95%以上。",
}


def _text(**said: str) -> str:
    parts = {**PARTS, **said}
    return "甲县水务站2026年部门预算项目文本\n" + "\n".join(
        f"{number}、{title}\n{body}" for number, (title, body) in zip("一二三四五六七八", parts.items(), strict=True)
    )


def _review(**said: str) -> pe.Review:
    return pe.review(_text(**said))


def _project(**said: str) -> Project:
    return read_text(_text(**said))


def _lines(funding: str) -> list[tuple[str, str]]:
    return [(line.name, str(line.amount.value)) for line in _project(资金安排情况=funding).lines]


NAMES = ("材料费", "人工费", "运输费", "检测费", "印刷费", "租赁费")
ASIDES = (
    "",
    "，较上年增加1万元",
    "，比2025年的3万元减少0.5万元",
    "（较上年减少1万元）",
    "，上年2万元",
    "，累计投入10万元",
    "（折合4,200美元）",
    "（含税）",
    "、扣减1万元",
    "、进口设备$3万",
    "、进口设备300美元",
    "、甲镇等镇各1万元",
    "、3个镇各1万元",
    "、水泵每台3万元",
    "、水泵单价3万元",
    "、退款-1万元",
)


@settings(max_examples=60, deadline=None)
@given(
    amounts=st.lists(st.integers(min_value=1, max_value=40), min_size=2, max_size=len(NAMES)),
    asides=st.lists(st.sampled_from(ASIDES), min_size=len(NAMES), max_size=len(NAMES)),
    mark=st.sampled_from(("、", "；", "，", "；\n")),
    slip=st.integers(min_value=0, max_value=3),
)
def test_no_aside_makes_a_sum_wrong(amounts: list[int], asides: list[str], mark: str, slip: int) -> None:
    """Rows that add up are never said not to, whatever is said by the way; rows that do not are never said to."""
    rows = [f"{name}{amount}万元{aside}" for name, amount, aside in zip(NAMES, amounts, asides, strict=False)]
    total = sum(amounts) + slip
    funding = f"申请预算资金{total}万元，批复{total}万元，其中：{mark.join(rows)}。"

    assert (UNMET if slip == 0 else MET) is not _review(资金安排情况=funding)["lines_equal_total"].verdict


@pytest.mark.parametrize(
    ("funding", "verdict"),
    [
        # 3 + 2 = 5, whatever was compared or said by the way in the item before.
        (f"{GRANTED}材料费3万元，较上年增加1万元；人工费2万元。", MET),
        (f"{GRANTED}材料费3万元，较上年增加1万元，人工费2万元。", MET),
        (f"{GRANTED}\n材料费3万元，比上年增加1万元\n人工费2万元\n", MET),
        (f"{GRANTED}材料费3万元（较上年增加1万元）、人工费2万元。", MET),
        ("批复预算3万元，其中：材料费3万元，较上年增加1万元；人工费2万元。", UNMET),
        # What was said by the way may be an item too: whether the list is in full is not known.
        (f"{GRANTED}材料费3万元，累计投入10万元；人工费2万元。", UNKNOWN),
        (f"{GRANTED}材料费3万元，累计投入10万元，人工费2万元。", UNKNOWN),
        (f"{GRANTED}材料费3万元，上年2万元；人工费2万元。", UNKNOWN),
    ],
)
def test_what_is_compared_or_said_by_the_way_lends_nothing_to_the_next_item(funding: str, verdict: pe.Verdict) -> None:
    assert verdict is _review(资金安排情况=funding)["lines_equal_total"].verdict


@pytest.mark.parametrize(
    "before",
    [
        "总投资100万元，其中：一期60万元；二期40万元。",
        "2025年：材料费4万元；人工费3万元。",
        "2025年投入60万元，一期30万元；二期30万元。",
        "较上年增加2万元，其中：材料费1万元、人工费1万元。",
    ],
)
def test_a_list_of_other_money_is_no_list_of_lines(before: str) -> None:
    assert [("材料费", "3 万元"), ("人工费", "2 万元")] == _lines(f"{before}{GRANTED}材料费3万元；人工费2万元。")


@pytest.mark.parametrize(
    ("funding", "verdict"),
    [
        # Money of another currency is a row, and has no amount in 元; what brackets convert is none.
        *(
            (f"批复预算2万元，其中：{row}、人工费2万元。", UNKNOWN)
            for row in (
                "材料费3万美元",
                "材料费3万港元",
                "材料费$3万",
                "材料费USD30000",
                "设备30万日元",
                "材料费3千欧元",
            )
        ),
        (f"{GRANTED}人工费2万元、进口设备300美元。", UNKNOWN),
        (f"{GRANTED}材料费3万元（折合4,200美元）、人工费2万元。", MET),
        (f"{GRANTED}材料费3万元、人工费2万元。可向境外采购，限5万美元。", MET),
    ],
)
def test_foreign_money_is_not_left_out_of_a_sum(funding: str, verdict: pe.Verdict) -> None:
    assert verdict is _review(资金安排情况=funding)["lines_equal_total"].verdict


def test_foreign_money_is_not_left_out_of_a_schedule() -> None:
    schedule = "1月支付设备3万美元；2月支付材料费3万元；3月支付人工费2万元。"

    assert UNKNOWN is _review(项目实施计划=schedule)["schedule_equals_total"].verdict


@pytest.mark.parametrize(
    ("funding", "verdict"),
    [
        # 3 + 3 = 6; 1 + 1 = 2; 3 + 1 + 1 = 5: so much for each name.
        ("批复3万元，其中：甲镇、乙镇各3万元。", UNMET),
        ("批复6万元，其中：甲镇、乙镇各3万元。", MET),
        ("批复2万元，其中：甲镇、乙镇人工费各1万元。", MET),
        (f"{GRANTED}材料费3万元，甲镇、乙镇人工费各1万元。", MET),
        (f"{GRANTED}材料费3万元、甲镇和乙镇各1万元。", MET),
        (f"{GRANTED}1.甲镇、乙镇各1万元；2.材料费3万元。", MET),
        (f"{GRANTED}材料费3万元（甲镇、乙镇各1.5万元）、人工费2万元。", MET),
        # Names that cannot be counted, or a number of them.
        ("批复6万元，其中：3个镇均为2万元。", UNKNOWN),
        (f"{GRANTED}材料费3万元、甲镇、乙镇等镇各1万元。", UNKNOWN),
        (f"{GRANTED}5个镇各1万元。", UNKNOWN),
        # What is taken off, and a price without an amount.
        ("申请6万元，批复6万元，其中：材料费6万元、扣减1万元。", UNKNOWN),
        (f"{GRANTED}材料费6万元、扣减1万元。", UNKNOWN),
        (f"{GRANTED}材料费每吨3万元、人工费2万元。", UNKNOWN),
        (f"{GRANTED}人工费2万元、水泵每台3万元。", UNKNOWN),
        (f"{GRANTED}租金每年3万元、人工费2万元。", MET),
    ],
)
def test_what_is_said_of_each_is_counted_or_not_known(funding: str, verdict: pe.Verdict) -> None:
    assert verdict is _review(资金安排情况=funding)["lines_equal_total"].verdict


def test_the_parts_of_a_line_are_counted_too() -> None:
    """2 + 2 = 4 and not 3; of how many it is said in the second is not known."""
    counted = _review(资金安排情况=f"{GRANTED}材料费3万元（甲镇、乙镇各2万元）、人工费2万元。")
    uncounted = _review(资金安排情况=f"{GRANTED}材料费3万元（甲镇1万元、2个村各1万元）、人工费2万元。")

    assert UNMET is counted["parts_equal_line"].verdict
    assert (MET, UNKNOWN) == (uncounted["lines_equal_total"].verdict, uncounted["parts_equal_line"].verdict)


def test_a_payment_of_each_makes_the_schedule_unknown() -> None:
    schedule = "1月支付甲镇、乙镇各1万元；2月支付材料费3万元。"

    assert UNKNOWN is _review(项目实施计划=schedule)["schedule_equals_total"].verdict


@pytest.mark.parametrize(
    ("funding", "verdict"),
    [
        # 3 + 2 = 5 in the unit declared; of two units declared, neither is guessed.
        ("单位：万元\n批复5，其中：材料费3、人工费2。", MET),
        ("单位：元、万元\n批复5，其中：材料费3、人工费2。", UNKNOWN),
        ("单位：万元/元\n批复5，其中：材料费3、人工费2。", UNKNOWN),
        ("（单位：万元、人）\n批复5，其中：材料费3、学员2。", UNKNOWN),
        # A number of persons is no money, and nor is how much of something is in a line.
        ("单位：万元\n批复5，其中：材料费3、人工费2、参与人员20。", UNKNOWN),
        ("单位：万元\n批复5，其中：材料费3（含水泥100）、人工费2。", MET),
    ],
)
def test_a_declared_unit_is_that_of_money_alone(funding: str, verdict: pe.Verdict) -> None:
    review = _review(资金安排情况=funding)

    assert verdict is review["lines_equal_total"].verdict
    assert [] == [one.id for one in review.of(UNMET) if one.rule == "parts_within_line"]


def test_what_is_among_a_line_has_the_declared_unit() -> None:
    """1 + 3 = 4 is more than 3."""
    review = _review(资金安排情况="单位：万元\n批复5，其中：材料费3（其中：水泥1、沙石3）、人工费2。")

    assert UNMET is review["parts_within_line"].verdict


@pytest.mark.parametrize(
    ("basis", "years"),
    [
        ("《甲县“十五五”规划（2026—2030年）》", [None]),
        ("《国家节水行动方案（2019—2035年）》", [None]),
        ("《甲县水利规划（2026年至2030年）》", [None]),
        ("《甲县到2035年远景目标纲要》", [None]),
        ("《甲县2027年工作方案》", [2027]),
        ("《甲县2024年实施方案（2024—2026年）》", [2024]),
    ],
)
def test_the_years_that_a_document_is_about_are_not_its_own(basis: str, years: list[int | None]) -> None:
    verdict = _review(立项依据=f"{basis}。")["basis_not_after_year"].verdict

    assert years == [one.year for one in _project(立项依据=f"{basis}。").basis]
    assert (UNMET is verdict) == (years == [2027])


@pytest.mark.parametrize(
    ("funding", "schedule"),
    [
        (f"{GRANTED}材料费3万元。", "按月支付。"),
        (f"{GRANTED}材料费3万元、人工费2万元。", "2026年12月支付4万元。"),
    ],
)
def test_a_list_of_one_row_is_no_second_witness(funding: str, schedule: str) -> None:
    """What was asked for and what was approved is one total said twice; a row may be missing from the list."""
    review = _review(资金安排情况=funding, 项目实施计划=schedule)
    unmet = [one for one in review.of(UNMET) if one.rule in ("lines_equal_total", "schedule_equals_total")]

    assert 1 == len(unmet)
    assert unmet[0].suggestion is not None
    assert "应为" not in unmet[0].suggestion.zh


def test_two_lists_of_one_row_are_two_witnesses_against_the_total() -> None:
    """3 and 3 stand against 5, and nothing else bears 5 out."""
    review = _review(资金安排情况="批复5万元，其中：材料费3万元。", 项目实施计划="2026年12月支付材料费3万元。")
    suggestion = review["lines_equal_total"].suggestion

    assert suggestion is not None
    assert "相互印证为 3 万元" in suggestion.zh


@pytest.mark.parametrize(
    ("overview", "verdict"),
    [
        ("2026年沟渠清理经费申请预算资金6万元。", UNMET),
        ("沟渠清理经费项目申请资金6万元。", UNMET),
        ("本项目申请资金6万元，用于清理。", UNMET),
        ("2026年沟渠清理经费申请预算资金5万元。", MET),
        ("本项目申请资金50,000元，用于清理。", MET),
        # Another year's, another project's, and some of it.
        ("2025年沟渠清理经费申请预算资金6万元。", None),
        ("全县沟渠清理申请预算资金6万元。", None),
        ("本项目申请上级资金2万元。", None),
    ],
)
def test_what_the_overview_asks_for_is_what_is_asked_for(overview: str, verdict: pe.Verdict | None) -> None:
    found = [one for one in _review(项目基本概况=overview).findings if one.id == "stated_figures/repeated_money_agrees"]

    assert ([] if verdict is None else [verdict]) == [one.verdict for one in found]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        # 30 + 21 = 51 and 30 + 15 + 6 = 51 are more than 50.
        ("参与职工50人，男30人，女21人。", "counts_add_up"),
        ("参与职工50人，男性30人、女性21人。", "counts_add_up"),
        ("参与职工50人，其中本科30人、大专15人、高中及以下6人。", "parts_together_within_count"),
        ("参与职工50人，其中硕士及以上30人、本科15人、大专6人。", "parts_together_within_count"),
        # All are counted; some are not; and some are counted twice.
        ("参与职工50人，男30人，女20人。", None),
        ("参与职工50人，男30人，女15人，退休5人。", None),
        ("参与职工50人，其中本科30人、大专15人。", None),
        ("参与职工50人，其中大专以上45人、本科30人。", None),
        ("参与职工50人，其中本科以下45人、大专30人。", None),
        ("参与职工50人，其中党员30人、本科35人。", None),
    ],
)
def test_men_and_women_and_degrees_are_counted_once(content: str, rule: str | None) -> None:
    found = [
        one.rule
        for one in _review(项目实施内容=f"一是{content}").of(UNMET)
        if one.rule.startswith(("parts_", "counts_"))
    ]

    assert ([] if rule is None else [rule]) == found


LINED = "用于：材料费3万元、人工费2万元。"


@pytest.mark.parametrize(
    ("funding", "verdict"),
    [
        # 3 + 1 + 2 = 6 is not 5, and 3 + 1 + 1 is.
        (f"申请预算资金5万元，批复5万元。资金来源：中央3万元、省级1万元、县级2万元。{LINED}", UNMET),
        (f"批复5万元。资金来源：中央补助3万元、县级财政资金1万元。{LINED}", UNMET),
        (f"申请预算资金5万元，批复5万元。资金来源：中央3万元、省级1万元、县级1万元。{LINED}", MET),
        # Other money beside what was granted, a source that is all of it, a list that is not all, nothing that bears it out.
        (f"批复5万元。资金来源：县级财政5万元、自筹2万元。{LINED}", None),
        (f"批复5万元。资金来源：县级5万元、省级1万元。{LINED}", None),
        (f"批复5万元。资金来源：中央3万元、省级1万元等。{LINED}", None),
        (f"申请预算资金5万元，批复5万元。资金来源：中央3万元、省级2万元、县级1万元。{LINED}", None),
        (f"申请预算资金5万元，批复5万元。资金来源：中央3万元、省级1万元、县级配套2万元。{LINED}", None),
        ("申请5万元。资金来源：中央3万元、省级1万元、县级2万元。用于：材料费4万元、人工费2万元。", None),
    ],
)
def test_sources_by_level_are_all_of_what_was_granted(funding: str, verdict: pe.Verdict | None) -> None:
    review = _review(资金安排情况=funding)
    found = [one.verdict for one in review.findings if one.rule == "sources_equal_total"]

    assert ([] if verdict is None else [verdict]) == found


def test_sources_that_are_more_than_the_total_do_not_become_the_total() -> None:
    funding = f"申请预算资金5万元，批复5万元。资金来源：中央3万元、省级1万元、县级2万元。{LINED}"

    assert MET is _review(资金安排情况=funding)["lines_equal_total"].verdict


@pytest.mark.parametrize(
    "funding",
    [
        # 8 − 3 = 5 = 3 + 2: what was cut is none of the lines.
        f"申请预算资金8万元，财政核减3万元，批复预算5万元，{LINED}",
        f"申请预算资金8万元，经财政评审审减3万元后，批复预算5万元，{LINED}",
        f"申请预算资金8万元，批复预算5万元，核减3万元，{LINED}",
        f"申请预算资金8万元，批复预算5万元（核减3万元），{LINED}",
        f"申请8万元，审核后扣减3万元，批复预算5万元。{LINED}",
        # 5 + 2 = 7 = 4 + 3: money beside what was granted, with a total or without one.
        "申请预算资金5万元，批复预算5万元，另有上年结转2万元，合计7万元，其中：材料费4万元、人工费3万元。",
        "申请预算资金5万元，批复5万元。上年结转2万元。其中：材料费4万元、人工费3万元。",
        "申请5万元，批复5万元，另有上年结余资金2万元一并使用，其中：材料费4万元、人工费3万元。",
        "申请5万元，批复5万元，加上上年结转2万元，总计7万元。材料费4万元、人工费3万元。",
        "申请5万元，批复5万元，另有社会捐赠2万元。材料费4万元、人工费3万元。",
        # 3 + 2 = 5: money that is not spent here.
        f"申请5万元，批复5万元，另有上年结转2万元，{LINED}",
    ],
)
def test_what_was_cut_or_carried_over_is_no_line(funding: str) -> None:
    review = _review(资金安排情况=funding)

    assert MET is review["lines_equal_total"].verdict
    assert [] == [one.id for one in review.of(UNMET) if one.severity is not pe.Severity.NOTE]


def test_a_slip_beside_what_was_carried_over_is_found() -> None:
    """4 + 3.5 = 7.5 is neither 5 nor 5 + 2: it is held against 7, which lies nearer."""
    finding = _review(资金安排情况="批复5万元，上年结转2万元。其中：材料费4万元、人工费3.5万元。")["lines_equal_total"]

    assert UNMET is finding.verdict
    assert finding.shortfall == pe.Amount.parse("5,000 元")


def test_a_price_of_a_row_leaves_its_list_open() -> None:
    """0.3 万元 a ton, and 10 tons: whether 共3万元 is the row or all is not told."""
    funding = f"{GRANTED}材料费单价0.3万元，10吨，共3万元；人工费2万元。"

    assert UNKNOWN is _review(资金安排情况=funding)["lines_equal_total"].verdict


@pytest.mark.parametrize("schedule", ["各季度支付1.25万元。", "上半年、下半年各支付2.5万元。"])
def test_what_is_paid_in_each_of_several_periods_is_not_one_payment(schedule: str) -> None:
    assert UNKNOWN is _review(项目实施计划=schedule)["schedule_equals_total"].verdict


@pytest.mark.parametrize("rows", ["材料费 3\n人工费 2\n", "材料费：3\n人工费：2\n", "材料费3\n台账费2\n"])
def test_the_name_of_the_next_row_is_no_unit(rows: str) -> None:
    """3 + 2 = 5: 3人 and 3台 are not what the rows say."""
    assert MET is _review(资金安排情况=f"单位：万元\n批复5，其中：\n{rows}")["lines_equal_total"].verdict
