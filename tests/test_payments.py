"""What stands in a schedule and is no payment of its own is not added to the payments."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import perfeval as pe
from perfeval.documents.reading import read_text
from perfeval.verdicts import Verdict

SUM = "budget_consistency/schedule_equals_total"
GRANTED = "申请预算资金5万元，批复5万元，其中：材料费3万元、人工费2万元。"


def written(schedule: str, funding: str = GRANTED) -> str:
    """Return a text that is right but for its schedule and its funding."""
    parts = {
        "项目名称": "监测工作经费。",
        "立项依据": "甲政发〔2025〕3号《甲县监测工作方案》。",
        "项目实施单位": "甲县监测站。",
        "项目基本概况": "全县统一安排。",
        "项目实施内容": "一是做好日常监测。二是编印资料。",
        "资金安排情况": funding,
        "项目实施计划": schedule,
        "项目实施成效": "监测及时率达到95%以上。",
    }
    return "甲县监测站2026年部门预算项目文本\n" + "\n".join(
        f"{number}、{title}\n{body}" for number, (title, body) in zip("一二三四五六七八", parts.items(), strict=True)
    )


def verdict(schedule: str, funding: str = GRANTED) -> Verdict:
    """Return what is found of the sum of a schedule."""
    return next(one.verdict for one in pe.review(written(schedule, funding)).findings if one.id == SUM)


@pytest.mark.parametrize(
    "schedule",
    [
        "6月支付1万元，四季度支付4万元，全年合计支付5万元。",
        "全年计划支付5万元，其中上半年3万元、下半年2万元。",
        "6月支付3万元，其中材料费2万元、人工费1万元；12月支付2万元。",
        "6月支付3万元，其中材料费2万元、人工费1万元，12月支付2万元。",  # 2+1 make up the 3 before
        "6月支付3万元（材料费2万元、人工费1万元）；12月支付2万元。",
        "1.采购材料3万元。2.支付人工2万元。合计5万元。",
        "6月底前支出3万元，占预算的60%；12月底前支出5万元，占预算的100%。",
        "一季度支付1万元；二季度支付2万元，累计3万元；三季度支付1万元，累计4万元；四季度支付1万元，累计5万元。",
        "3月签订合同（合同价2.9万元）；6月支付3万元，12月支付2万元。",
        "6月支付3万元，12月支付2万元，全部资金5万元支付完毕。",
        "6月支付材料费3万元；人工费每月2,000元，10个月共支付2万元。",
    ],
)
def test_totals_and_sub_amounts_are_no_payments(schedule: str) -> None:
    assert verdict(schedule) is Verdict.MET


@pytest.mark.parametrize(
    "schedule",
    [
        "2026年6月支付材料费3万元；2026年1—12月每月支付人工费2,000元。",
        "2026年6月支付材料费3万元。人工费按月支付，每月2,000元。",
        "每季度支付人工费6,000元；6月支付材料费3万元。",
        "每月支付人工费2,000元。",
    ],
)
def test_what_is_paid_each_month_is_not_one_payment(schedule: str) -> None:
    funding = "申请预算资金5.4万元，批复5.4万元，其中：材料费3万元、人工费2.4万元。"
    review = pe.review(written(schedule, funding))

    assert verdict(schedule, funding) is Verdict.UNKNOWN
    assert not [one.id for one in review.of(Verdict.UNMET) if one.severity is not pe.Severity.NOTE]
    assert any("每期" in one.why.zh for one in read_text(written(schedule, funding)).unread)


@pytest.mark.parametrize(
    ("schedule", "found"),
    [
        ("6月支付1万元，四季度支付3万元，合计支付4万元。", Verdict.UNMET),  # 1+3 = 4, not 5
        ("6月支付3万元（材料费2万元、人工费1万元）；12月支付1万元。", Verdict.UNMET),
        ("全年计划支付6万元。", Verdict.UNMET),  # the one amount there is
        ("6月底前支出3万元，占预算的60%；12月底前支出4万元，占预算的100%。", Verdict.UNMET),
        ("6月支付3万元，其中材料费2万元、12月支付人工费2万元。", Verdict.MET),  # 2 of the 3, and 2 in December
    ],
)
def test_payments_that_come_to_another_sum_are_found(schedule: str, found: Verdict) -> None:
    assert verdict(schedule) is found


def test_a_total_of_the_schedule_that_is_not_its_sum_is_found_on_its_own() -> None:
    schedule = "6月支付1万元，四季度支付4万元，合计支付6万元。"  # 1+4 = 5, and the payments are right

    assert verdict(schedule) is Verdict.MET
    assert [one.rule for one in pe.review(written(schedule)).of(Verdict.UNMET) if one.severity is pe.Severity.ERROR]


@settings(max_examples=25)
@given(st.lists(st.integers(1, 9), min_size=2, max_size=4), st.integers(-3, 3), st.sampled_from(["，", "；", "。"]))
def test_a_total_that_is_stated_never_changes_what_is_found(amounts: list[int], off: int, mark: str) -> None:
    granted = max(1, sum(amounts) + off)
    funding = f"申请预算资金{granted}万元，批复{granted}万元。"
    quarters = mark.join(f"{quarter}季度支付{amount}万元" for quarter, amount in zip("一二三四", amounts, strict=False))
    wanted = Verdict.MET if granted == sum(amounts) else Verdict.UNMET

    assert verdict(f"{quarters}。", funding) is wanted
    assert verdict(f"{quarters}{mark}全年合计支付{sum(amounts)}万元。", funding) is wanted
