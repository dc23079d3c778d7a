"""A county's villages: what an unnamed county sets for village party organisations, as a sharing site states it.

A sample: the county, its document number, and the days on which it binds, were not read. So much a year for each
member.
"""

from __future__ import annotations

import datetime

from perfeval.citations import Citation, Evidence
from perfeval.facts import Label
from perfeval.packs import Case, Pack
from perfeval.standard import Interpretation
from perfeval.standards.figures import Figure
from perfeval.standards.funding_floors import UNDATED, FloorFigures, standard_for
from perfeval.verdicts import Verdict

__all__ = ["PACK", "SAMPLE", "STANDARD"]

_PAGE = Citation(
    title="某县村级党组织工作经费标准", described=True, quoted_in="biganzidoc.com 文档", evidence=Evidence.SECONDARY
)

SAMPLE = FloorFigures(
    title=Label("某县村级党组织工作经费（样例）", "a county: funding of village party organisations (sample)"),
    member=Figure("200 元/人[党员]/年", _PAGE),
    interpretations=(
        UNDATED,
        Interpretation(
            question=Label("哪些情形下不拨付？", "When is the money withheld?"),
            reading=Label("原文列有五种情形，未纳入判断。", "The rule names five grounds; they are not judged."),
        ),
    ),
)
"""The figures as far as they were read; replace them before relying on them."""

STANDARD = standard_for(SAMPLE, name="sample_floors_villages")

_DAY = datetime.date(2026, 6, 30)


def _case(rule: str, verdict: Verdict, facts: dict[str, object], shortfall: str | None = None) -> Case:
    return Case(rule=rule, verdict=verdict, facts=facts, on=_DAY, shortfall=shortfall)


CASES = (
    # 12 members at 200 元 are 2,400 元.
    _case("member_funding", Verdict.MET, {"members": "12 人[党员]", "funding": "2400 元/年"}),
    _case("member_funding", Verdict.UNMET, {"members": "12 人[党员]", "funding": "2310 元/年"}, "90 元/年"),
    _case("member_funding", Verdict.UNKNOWN, {"funding": "2400 元/年"}),
)

PACK = Pack(standard=STANDARD, cases=CASES, binds_many=True)
