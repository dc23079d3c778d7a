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
