"""Which amount of the funding a reckoning belongs to: that which it is set equal to, or whose brackets it fills."""

from __future__ import annotations

import pytest

import perfeval as pe
from perfeval.documents.reading import read_text
from perfeval.verdicts import Verdict

GRANTED = "申请预算资金5万元，批复5万元，其中："


def written(funding: str) -> str:
    """Return a text that is right but for its funding."""
    parts = {
        "项目名称": "监测工作经费。",
        "立项依据": "甲政发〔2025〕3号《甲县监测工作方案》。",
        "项目实施单位": "甲县监测站。",
        "项目基本概况": "全县统一安排。",
        "项目实施内容": "一是做好日常监测。二是编印资料。",
        "资金安排情况": funding,
        "项目实施计划": "按月支付。",
        "项目实施成效": "监测及时率达到95%以上。",
    }
    return "甲县监测站2026年部门预算项目文本\n" + "\n".join(
        f"{number}、{title}\n{body}" for number, (title, body) in zip("一二三四五六七八", parts.items(), strict=True)
    )


def unmet(funding: str) -> list[str]:
    """Return the rules that a review finds unmet, but for what it only notes."""
    review = pe.review(written(funding))
    return [one.rule for one in review.of(Verdict.UNMET) if one.severity is not pe.Severity.NOTE]


# 100吨×300元/吨 = 30,000元; 10人×2000元/人 = 20,000元.
@pytest.mark.parametrize(
    "funding",
    [
        f"{GRANTED}材料费30000元=100吨×300元/吨。人工费20000元。",
        f"{GRANTED}材料费30000元=100吨×300元/吨；人工费20000元。",
        f"{GRANTED}材料费30000元=100吨×300元/吨，人工费20000元。",
        f"{GRANTED}材料费3万元测算：100吨×300元/吨。人工费2万元测算：10人×2000元/人。",
        f"{GRANTED}材料费3万元，按100吨×300元/吨测算；人工费2万元，按10人×2000元/人测算。",
        f"{GRANTED}材料费：100吨×300元/吨，3万元；人工费：10人×2000元/人，2万元。",
        f"{GRANTED}材料费100吨×300元/吨共3万元，人工费10人×2000元/人共2万元。",
        f"{GRANTED}材料费3万元（100吨×300元/吨）=30000元、人工费2万元。",
        f"{GRANTED}材料费3万元＝水泥2万元＋钢材1万元；人工费2万元。",
        f"{GRANTED}材料费3万元；人工费2万元。材料费按100吨×300元/吨测算，人工费2万元。",
        "申请预算资金5万元，批复5万元。材料费按100吨×300元/吨测算，需3万元；人工费2万元。",
    ],
)
def test_a_reckoning_stays_with_its_own_amount(funding: str) -> None:
    review = pe.review(written(funding))

    assert unmet(funding) == []
    assert review["lines_equal_total"].verdict is Verdict.MET


@pytest.mark.parametrize(
    "funding",
    [
        f"{GRANTED}材料费按100吨×300元/吨测算，人工费2万元。",  # how much the first is in all is not said
        f"{GRANTED}材料费100吨×300元/吨、人工费2万元。",
    ],
)
def test_a_line_without_an_amount_makes_the_sum_unknown(funding: str) -> None:
    assert unmet(funding) == []
    assert pe.review(written(funding))["lines_equal_total"].verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    "brackets",
    ["含保险10人×100元", "其中保险10人×100元", "含保险10人×100元=1000元", "其中保险1000元（10人×100元）"],
)
def test_what_a_line_includes_is_not_held_against_all_of_it(brackets: str) -> None:
    assert unmet(f"{GRANTED}材料费3万元、人工费2万元（{brackets}）。") == []


@pytest.mark.parametrize("more", ["+运费1万元", "、运费1万元"])
def test_brackets_that_hold_more_than_a_product_are_not_held_against_the_line(more: str) -> None:
    assert unmet(f"{GRANTED}材料费3万元（100吨×200元/吨{more}）、人工费2万元。") == []  # 2万元 + 1万元


@pytest.mark.parametrize(
    "line",
    [
        "材料费30000元=100吨×200元/吨",
        "材料费3万元（100吨×200元/吨）",
        "材料费3万元，按100吨×200元/吨测算",
        "材料费：100吨×200元/吨，3万元",
    ],
)
def test_a_reckoning_that_does_not_hold_is_found_on_its_own_amount(line: str) -> None:
    funding = f"{GRANTED}{line}；人工费2万元。"
    [found, _] = read_text(written(funding)).lines

    assert [str(factor.value) for factor in found.factors] == ["100 吨", "200 元/吨"]
    assert unmet(funding) == ["reckonings_hold"]  # 20,000元, not 30,000元
