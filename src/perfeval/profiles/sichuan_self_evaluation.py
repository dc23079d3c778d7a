"""Sichuan's self-evaluation form: execution 10 on the adjusted budget, indicators 90; below 90 % a reason is due.

Read in the form of one county, and in a second one reposted. The form weighs no level-one group by itself.
"""

from __future__ import annotations

from typing import Final

from perfeval.citations import Citation, Evidence
from perfeval.facts import Label
from perfeval.indicators import BudgetBase
from perfeval.profiles.central_method import CHECKER, GRADES, PARTIAL, TIERS
from perfeval.scoring.profile import Execution, Group, Profile
from perfeval.standard import Interpretation

__all__ = ["PROFILE"]

_QINGSHEN: Final = Citation(
    title="青神县自评表（scqs.gov.cn/info/13206/211004.htm）", described=True, evidence=Evidence.PRIMARY
)
_DAYING: Final = Citation(
    title="大英县自评表（dyxrmt.cn/article-157795-21.html）", described=True, evidence=Evidence.SECONDARY
)
_CITED: Final = (_QINGSHEN, _DAYING)

PROFILE: Final = Profile(
    name="sichuan_self_evaluation",
    title=Label("四川自评（10/90）", "Sichuan self-evaluation (10/90)"),
    execution=Execution(weight=10, base=BudgetBase.ADJUSTED, reason_below="90 %", citations=_CITED),
    groups=[Group(key="indicators", label=Label("绩效指标", "indicators"), weight=90, citations=_CITED)],
    partial=PARTIAL,
    tiers=TIERS,
    grades=GRADES,
    reason_citations=[_QINGSHEN],
    tolerance_citations=[CHECKER],
    sources=_CITED,
    interpretations=[
        Interpretation(
            question=Label("四川的定性分档和等级未读到", "Sichuan's own tiers and grades were not read"),
            reading=Label("按中央部门的分档和四等", "those of central departments"),
        )
    ],
)
