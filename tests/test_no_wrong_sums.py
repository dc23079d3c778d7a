"""What is not surely a line of the year makes its sum unknown, never a wrong one: words of another year, of each, of a rate.

Every text is a project of 5 万元 unless it says otherwise; each case says what the lines come to by hand.
"""

from __future__ import annotations

import pytest

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
    assert "5万元”应为 3 万元" in suggestion.zh
