"""What the shipped profiles share: partial attainment, tiers, grades, reasons and tolerance, as far as each was read.

财预〔2020〕10号 itself was not read: what rests on it alone is general knowledge and marked so.
"""

from __future__ import annotations

from typing import Final

from perfeval.citations import Citation, Evidence
from perfeval.facts import Label
from perfeval.scoring.profile import Grade, Grades, PartialCredit, Tier, Tiers
from perfeval.standard import Interpretation

__all__ = [
    "CHECKER",
    "GRADES",
    "GUIDE",
    "HUBEI_HINT",
    "LABELS_IN_CODE",
    "METHOD",
    "PARTIAL",
    "REASON_COLUMN",
    "SATISFACTION_NAMES",
    "TANGXI",
    "TIERS",
    "WITHOUT_SATISFACTION",
    "tiers",
]

METHOD: Final = Citation(title="项目支出绩效评价管理办法", number="财预〔2020〕10号", evidence=Evidence.GENERAL)
GUIDE: Final = Citation(
    title="中央部门项目支出核心绩效目标和指标设置及取值指引（试行）",
    number="财预〔2021〕101号",
    evidence=Evidence.GENERAL,
)
TANGXI: Final = Citation(
    title="池州市棠溪镇2022年度自评表",
    described=True,
    issuer="池州市棠溪镇",
    evidence=Evidence.PRIMARY,
    quote="产出(50分) 效益(30分) 满意度(10分)",
)
_TANGXI_LABELS: Final = Citation(
    title="池州市棠溪镇2022年度自评表所用分档名称",
    described=True,
    issuer="池州市棠溪镇",
    evidence=Evidence.PRIMARY,
)
REASON_COLUMN: Final = Citation(
    title="项目支出绩效自评表", clause="全国表式", evidence=Evidence.PRIMARY, quote="偏差原因分析及改进措施"
)
LABELS_IN_CODE: Final = Citation(
    title="某财政局在用绩效系统的自评取值表",
    described=True,
    evidence=Evidence.CODE,
    quote="达成预期指标 / 部分达成预期指标并具有一定效果 / 未达成(未完成)预期指标且效果较差",
)
HUBEI_HINT: Final = Citation(title="某财政局在用绩效系统的湖北自评提示", described=True, evidence=Evidence.CODE)
CHECKER: Final = Citation(
    title="绩效自评审核程序（公开源码，github.com/ericliu1002000）", described=True, evidence=Evidence.CODE
)
_GRADES_REPOST: Final = Citation(
    title="中央部门绩效自评等级",
    described=True,
    issuer="财政部预算司",
    quoted_in="dz-gczx.com/wap/articleDetails_id_1290.html",
    evidence=Evidence.SECONDARY,
)

WITHOUT_SATISFACTION: Final = Interpretation(
    question=Label(
        "没有满意度指标时，其 10 分归谁？", "Who gets the 10 of satisfaction where there is no such indicator?"
    ),
    reading=Label(
        "归效益指标（财预〔2021〕101号，常识，原文未读）",
        "the benefit indicators (财预〔2021〕101号: general knowledge, not read)",
    ),
)
SATISFACTION_NAMES: Final = (
    "满意度指标",
    "满意度",
    "服务对象满意度指标",
    "服务对象满意度",
)
"""What tables call the level one of satisfaction; many print its one second level in its place."""

PARTIAL: Final = PartialCredit(citations=[METHOD, HUBEI_HINT])
"""Reached: the full weight; not reached: in proportion, for ≤ in the other direction."""


def tiers(middle: str, *, citations: tuple[Citation, ...]) -> Tiers:
    """Return the three tiers; ``middle`` is where the lower two meet, such as ``"60 %"``."""
    return Tiers(
        tiers=[
            Tier(label=Label("达成预期指标", "reached"), low="80 %", high="100 %", attained=True),
            Tier(
                label=Label("部分达成预期指标并具有一定效果", "partly reached, with some effect"),
                low=middle,
                high="80 %",
            ),
            Tier(
                label=Label("未达成预期指标且效果较差", "not reached, with little effect"),
                low=0,
                high=middle,
                names=("未完成预期指标且效果较差",),
            ),
        ],
        citations=citations,
    )


TIERS: Final = tiers("60 %", citations=(METHOD, _TANGXI_LABELS, LABELS_IN_CODE))
"""100–80 % (80 included), 80–60 % (60 included), 60–0 %: the bands from general knowledge, the labels as read."""

GRADES: Final = Grades(
    grades=[
        Grade(label=Label("优", "excellent"), low=90, high=100),
        Grade(label=Label("良", "good"), low=80, high=90),
        Grade(label=Label("中", "fair"), low=60, high=80),
        Grade(label=Label("差", "poor"), low=0, high=60),
    ],
    citations=[_GRADES_REPOST, METHOD],
)
"""优 90–100, 良 80–89, 中 60–79, 差 0–59 as read, in whole points; half-open from general knowledge, so 89.5 is 良."""
