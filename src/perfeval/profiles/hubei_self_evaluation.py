"""Hubei's self-evaluation: execution 20, output 40, benefit with satisfaction 40; tiers 100–80, 80–50, 50–0.

Read as a hint in a deployed system and in one sample table of a city, not in the province's own rule.
"""

from __future__ import annotations

from typing import Final

from perfeval.citations import Citation, Evidence
from perfeval.facts import Label
from perfeval.indicators import BudgetBase
from perfeval.profiles.central_method import CHECKER, GRADES, HUBEI_HINT, PARTIAL, SATISFACTION_NAMES, tiers
from perfeval.scoring.profile import Execution, Group, Profile
from perfeval.standard import Interpretation

__all__ = ["PROFILE"]

_HUANGGANG: Final = Citation(
    title="黄冈市2020年自评样表", described=True, evidence=Evidence.SECONDARY, quote="20分*执行率"
)
_CITED: Final = (HUBEI_HINT, _HUANGGANG)

PROFILE: Final = Profile(
    name="hubei_self_evaluation",
    title=Label("湖北自评（20/40/40）", "Hubei self-evaluation (20/40/40)"),
    execution=Execution(weight=20, base=BudgetBase.FULL_YEAR, citations=_CITED),
    groups=[
        Group(key="output", label=Label("产出指标", "output"), names=("产出指标", "产出"), weight=40, citations=_CITED),
        Group(
            key="benefit",
            label=Label("效益和满意度指标", "benefit and satisfaction"),
            names=("效益指标", "效益", *SATISFACTION_NAMES),
            weight=40,
            citations=_CITED,
        ),
    ],
    partial=PARTIAL,
    tiers=tiers("50 %", citations=(HUBEI_HINT,)),
    grades=GRADES,
    reason_required=False,
    tolerance_citations=[CHECKER],
    sources=_CITED,
    interpretations=[
        Interpretation(
            question=Label("“预算数(A)”是哪一个预算数？", 'which budget is "预算数(A)"?'),
            reading=Label("按全年预算数", "the full-year budget"),
        ),
        Interpretation(
            question=Label("湖北的评价等级未读到", "Hubei's own grades were not read"),
            reading=Label("按中央部门的四等", "the four grades of central departments"),
        ),
        Interpretation(
            question=Label("样表没有偏差原因一栏", "the sample table has no column for reasons"),
            reading=Label("不要求写明原因", "no reason is asked for"),
        ),
    ],
)
