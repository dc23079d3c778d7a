"""Money that a text breaks down more than once, or names beside its lines: the sum of the lines is never a wrong one."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import perfeval as pe
from perfeval.verdicts import Verdict

GRANTED = "申请预算资金5万元，批复5万元"
LINES = f"{GRANTED}，其中：材料费3万元、人工费2万元。"
SUM = "budget_consistency/lines_equal_total"

PARTS = {
    "项目名称": "监测工作经费。",
    "立项依据": "甲政发〔2025〕3号《甲县监测工作方案》。",
    "项目实施单位": "甲县监测站。",
    "项目基本概况": "全县统一安排。",
    "项目实施内容": "一是做好日常监测。二是编印资料。",
    "资金安排情况": LINES,
    "项目实施计划": "按月支付。",
    "项目实施成效": "监测及时率达到95%以上。",
}


def reviewed(**said: str) -> pe.Review:
    """Return the review of a text that is right but for the parts given."""
    parts = {**PARTS, **said}
    return pe.review(
        "甲县监测站2026年部门预算项目文本\n"
        + "\n".join(
            f"{number}、{title}\n{body}"
            for number, (title, body) in zip("一二三四五六七八", parts.items(), strict=True)
        )
    )


def verdict(review: pe.Review, about: str = SUM) -> Verdict:
    """Return the verdict of one finding."""
    return next(one.verdict for one in review.findings if one.id == about)


@pytest.mark.parametrize(
    "funding",
    [
        f"{GRANTED}，其中：甲镇3万元、乙镇2万元。用于材料费3万元、人工费2万元。",
        f"{GRANTED}，由县财政承担3万元，乡镇承担2万元。支出明细：材料费3万元、人工费2万元。",
        f"{GRANTED}，其中：基本支出0万元、项目支出5万元。明细：材料费3万元、人工费2万元。",
        f"{GRANTED}，其中政府采购3万元。具体为：材料费3万元、人工费2万元。",
        f"{LINES}政府采购预算3万元。",
        f"{LINES}一季度支出2万元，二季度支出3万元。",
        f"{LINES}合同金额2.9万元。",
        f"{LINES}资金缺口1万元由乡镇解决。",
        f"{LINES}履约保证金0.1万元。",
        f"{LINES}资产原值100万元。",
        f"{LINES}乡道养护项目另行安排10万元。",
        f"{LINES}其中人工费含保险0.2万元。",
        f"{GRANTED}，其中：按照每公里1,000元标准，30公里材料费3万元、人工费2万元。",
    ],
)
def test_the_same_money_said_again_and_other_money_leave_the_sum_right(funding: str) -> None:
    assert verdict(reviewed(资金安排情况=funding)) is Verdict.MET


@pytest.mark.parametrize(
    "funding",
    [
        f"{GRANTED}（其中本级3万元、下级2万元）。其中：材料费3万元、人工费2万元。",
        f"{LINES}甲镇1万元。",
        f"{GRANTED}，其中：材料费3万元、人工费2万元。会议费1万元。",
    ],
)
def test_what_follows_the_whole_in_a_sentence_of_its_own_makes_the_sum_unknown(funding: str) -> None:
    assert verdict(reviewed(资金安排情况=funding)) is Verdict.UNKNOWN


@pytest.mark.parametrize(
    "funding",
    [
        f"{GRANTED}，其中：材料费3万元、人工费2万元、会议费1万元。",
        f"{GRANTED}。1.材料费3万元。2.人工费2万元。3.会议费1万元。",  # numbered rows are one list, over all its sentences
        f"{GRANTED}，其中：甲镇3万元、乙镇2万元。用于材料费3万元、人工费2.5万元。",  # uses of 5.5万元
        f"{LINES}其中人工费含保险2.2万元。",
    ],
)
def test_lines_that_come_to_another_sum_are_still_found(funding: str) -> None:
    assert [one.id for one in reviewed(资金安排情况=funding).of(Verdict.UNMET) if one.severity is not pe.Severity.NOTE]


_SPLIT = st.lists(st.integers(1, 9), min_size=2, max_size=5)
_TOWNS, _USES = "甲乙丙丁戊", ("材料费", "人工费", "印刷费", "差旅费", "租赁费")


def _listed(names: tuple[str, ...] | list[str], amounts: list[int]) -> str:
    return "、".join(f"{name}{amount}万元" for name, amount in zip(names, amounts, strict=False))


@settings(max_examples=25)
@given(_SPLIT, st.integers(1, 8))
def test_two_breakdowns_of_one_sum_agree_however_they_are_cut(amounts: list[int], cut: int) -> None:
    whole = sum(amounts)
    assume(cut < whole)
    granted = f"申请预算资金{whole}万元，批复{whole}万元"
    towns = _listed([f"{town}镇" for town in _TOWNS], amounts)
    uses = _listed(_USES, [cut, whole - cut])

    assert verdict(reviewed(资金安排情况=f"{granted}，其中：{towns}。用于{uses}。")) is Verdict.MET


@settings(max_examples=25)
@given(_SPLIT, st.integers(-8, 8).filter(bool))
def test_one_list_is_never_taken_for_two(amounts: list[int], off: int) -> None:
    granted = sum(amounts) + off
    assume(granted > 0)
    said = f"申请预算资金{granted}万元，批复{granted}万元，其中：{_listed(_USES, amounts)}。"

    assert verdict(reviewed(资金安排情况=said)) is Verdict.UNMET
