"""A unit's self-evaluation with cost indicators: execution 10, cost 20, output 40, benefit 20, satisfaction 10.

The body of 财预〔2021〕101号 was not read: every weight here is general knowledge, to be checked before it is relied on.
"""

from __future__ import annotations

from typing import Final

from perfeval.facts import Label
from perfeval.indicators import BudgetBase
from perfeval.profiles.central_method import (
    CHECKER,
    GRADES,
    GUIDE,
    PARTIAL,
    REASON_COLUMN,
    SATISFACTION_NAMES,
    TIERS,
    WITHOUT_SATISFACTION,
)
from perfeval.scoring.profile import Execution, Group, Profile

__all__ = ["PROFILE"]

PROFILE: Final = Profile(
    name="ministry_with_cost",
    title=Label("单位自评，设成本指标（10/20/40/20/10）", "unit self-evaluation with cost indicators (10/20/40/20/10)"),
    execution=Execution(weight=10, base=BudgetBase.FULL_YEAR, citations=[GUIDE]),
    groups=[
        Group(key="cost", label=Label("成本指标", "cost"), names=("成本指标", "成本"), weight=20, citations=[GUIDE]),
        Group(
            key="output", label=Label("产出指标", "output"), names=("产出指标", "产出"), weight=40, citations=[GUIDE]
        ),
        Group(
            key="benefit", label=Label("效益指标", "benefit"), names=("效益指标", "效益"), weight=20, citations=[GUIDE]
        ),
        Group(
            key="satisfaction",
            label=Label("满意度指标", "satisfaction"),
            names=SATISFACTION_NAMES,
            weight=10,
            yields_to="benefit",
            citations=[GUIDE],
        ),
    ],
    partial=PARTIAL,
    tiers=TIERS,
    grades=GRADES,
    reason_citations=[REASON_COLUMN],
    tolerance_citations=[CHECKER],
    sources=[GUIDE],
    interpretations=[WITHOUT_SATISFACTION],
)
