"""A number of things that is said again, and numbers of things that are told in parts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import perfeval as pe
from perfeval.verdicts import Verdict


def reviewed(content: str, effect: str, funding: str = "申请预算资金5万元，批复5万元。") -> pe.Review:
    """Return the review of a text that is right but for its content, its effects and its funding."""
    parts = {
        "项目名称": "巡查工作经费。",
        "立项依据": "甲政发〔2025〕3号《甲县巡查工作方案》。",
        "项目实施单位": "甲县巡查站。",
        "项目基本概况": "全县统一安排。",
        "项目实施内容": content,
        "资金安排情况": funding,
        "项目实施计划": "按月支付。",
        "项目实施成效": effect,
    }
    return pe.review(
        "甲县巡查站2026年部门预算项目文本\n"
        + "\n".join(
            f"{number}、{title}\n{body}"
            for number, (title, body) in zip("一二三四五六七八", parts.items(), strict=True)
        )
    )


def differing(review: pe.Review) -> list[pe.Finding]:
    """Return the numbers of things that are found to differ."""
    return [
        child
        for finding in review.findings
        if finding.rule == "repeated_counts_agree"
        for child in finding.children or (finding,)
        if child.verdict is Verdict.UNMET
    ]


@pytest.mark.parametrize(
    ("content", "effect"),
    [
        ("春季巡河10次、秋季巡河10次。", "巡河20次。"),
        ("春季植树10棵、秋季植树10棵。", "植树20棵。"),
        ("甲村建桥1座、乙村建桥1座。", "建桥2座。"),
        ("上半年会议1次、下半年1次。", "会议2次。"),
        ("上半年培训班1期、下半年培训班1期。", "培训班2期。"),
        ("甲村建桥1座。乙村建桥1座。", "建桥2座。"),
        ("甲村建桥1座，并改造1座。", "建桥2座。"),
        ("甲镇：植树10棵；乙镇：植树10棵。", "植树20棵。"),
    ],
)
def test_parts_of_a_number_are_not_the_number_said_again(content: str, effect: str) -> None:
    assert differing(reviewed(content, effect)) == []


@settings(max_examples=20)
@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 99))
def test_a_number_in_two_parts_says_nothing_of_either(spring: int, autumn: int, said: int) -> None:
    assert differing(reviewed(f"春季巡河{spring}次、秋季巡河{autumn}次。", f"巡河{said}次。")) == []


def test_a_number_that_is_said_again_otherwise_is_found_in_its_own_unit() -> None:
    [found] = differing(reviewed("购置图书6,000册。", "新增图书5,000册。"))

    assert "图书" in found.label.zh
    assert str(found.observed).endswith("册")


def test_two_other_places_name_the_one_that_differs_in_its_own_unit() -> None:
    funding = "申请预算资金12万元，批复12万元，其中：图书购置费12万元（6,000册×20元/册）。"
    [found] = differing(reviewed("购置图书6,000册。", "新增图书5,000册。", funding))

    assert found.suggestion is not None
    assert "应为 6,000 册" in found.suggestion.zh
