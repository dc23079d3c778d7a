"""What the packs on goals, self-evaluations and reports share: the unit of points, who checks them, and how near is equal.

Imports ``scoring``, ``tolerances``, ``expressions``, ``citations`` and above.
"""

from __future__ import annotations

from typing import Final

from perfeval.citations import Citation, Evidence
from perfeval.expressions import Condition, Quantity, named
from perfeval.scoring.checks import POINT

__all__ = ["CHECKER", "DISCLOSURE_CHECKER", "GRADES", "MARGIN", "POINT", "SICHUAN", "within_margin"]

MARGIN: Final = f"0.1 {POINT}"
"""How far points may stand from those worked out: the layer ``SCORE``."""

CHECKER: Final = Citation(
    title="绩效目标与自评审核程序（公开源码，github.com/ericliu1002000）", described=True, evidence=Evidence.CODE
)
DISCLOSURE_CHECKER: Final = Citation(
    title="预决算公开审核程序（公开源码，github.com/zxj6827111-blip/GovBudgetChecker）",
    described=True,
    evidence=Evidence.CODE,
)
SICHUAN: Final = Citation(
    title="青神县自评表（scqs.gov.cn/info/13206/211004.htm）", described=True, evidence=Evidence.PRIMARY
)
GRADES: Final = Citation(
    title="中央部门绩效自评等级",
    described=True,
    issuer="财政部预算司",
    quoted_in="dz-gczx.com/wap/articleDetails_id_1290.html",
    evidence=Evidence.SECONDARY,
)


def within_margin(given: Quantity, worked: Quantity, *, zh: str, en: str = "") -> Condition:
    """Return that points are those worked out, to the margin; ``zh`` and ``en`` name what they are held against."""
    end = f" {en}" if en else ""
    return named("not_above", given - worked <= MARGIN, zh=f"不高于{zh}", en=f"not above{end}") & named(
        "not_below", worked - given <= MARGIN, zh=f"不低于{zh}", en=f"not below{end}"
    )
