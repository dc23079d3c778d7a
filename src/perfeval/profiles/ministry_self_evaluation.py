"""A unit's self-evaluation with the central default weights: execution 10, output 50, benefit 30, satisfaction 10.

The weights were read in a secondary page, and in tables in use; the method behind them is general knowledge.
"""

from __future__ import annotations

from typing import Final

from perfeval.citations import Citation, Evidence
from perfeval.facts import Label
from perfeval.indicators import BudgetBase
from perfeval.profiles.central_method import (
    CHECKER,
    GRADES,
    GUIDE,
    PARTIAL,
    REASON_COLUMN,
    SATISFACTION_NAMES,
    TANGXI,
    TIERS,
    WITHOUT_SATISFACTION,
)
from perfeval.scoring.profile import Execution, Group, Profile

__all__ = ["PROFILE"]

_DEFAULTS: Final = Citation(
    title="单位自评各类指标默认分值",
    described=True,
    quoted_in="fudaoke.com/exam/3256757.html",
    evidence=Evidence.SECONDARY,
    quote="预算执行率 10 / 产出 50 / 效益 30 / 满意度 10",
)
_COLUMNS: Final = Citation(
    title="项目支出绩效自评表",
    clause="全国表式",
    evidence=Evidence.PRIMARY,
    quote="年初预算数, 全年预算数(A), 全年执行数(B), 分值, 执行率(B/A), 得分",
)
_CITED: Final = (_DEFAULTS, TANGXI)
_MOVING: Final = (*_CITED, GUIDE)
"""Of the two groups whose weights move: 30 and 10 as read, 40 and 0 from general knowledge, cited last."""

PROFILE: Final = Profile(
    name="ministry_self_evaluation",
    title=Label("单位自评（10/50/30/10）", "unit self-evaluation (10/50/30/10)"),
    execution=Execution(weight=10, base=BudgetBase.FULL_YEAR, citations=[_DEFAULTS, _COLUMNS]),
    groups=[
        Group(key="output", label=Label("产出指标", "output"), names=("产出指标", "产出"), weight=50, citations=_CITED),
        Group(
            key="benefit", label=Label("效益指标", "benefit"), names=("效益指标", "效益"), weight=30, citations=_MOVING
        ),
        Group(
            key="satisfaction",
            label=Label("满意度指标", "satisfaction"),
            names=SATISFACTION_NAMES,
            weight=10,
            yields_to="benefit",
            citations=_MOVING,
        ),
    ],
    partial=PARTIAL,
    tiers=TIERS,
    grades=GRADES,
    reason_citations=[REASON_COLUMN],
    tolerance_citations=[CHECKER],
    sources=[_DEFAULTS, TANGXI],
    interpretations=[WITHOUT_SATISFACTION],
)
