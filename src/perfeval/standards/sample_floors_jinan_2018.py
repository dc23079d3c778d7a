"""山东济南 2018: what one place set for the funding of its party organisations, as a news page reports it.

A sample: its document number, and the days on which it binds, were not read. So much a year for each member, so much
once for a new organisation, and a ceiling for each brand project.
"""

from __future__ import annotations

import datetime

from perfeval.citations import Citation, Evidence
from perfeval.facts import Label
from perfeval.packs import Case, Pack
from perfeval.standards.figures import Figure
from perfeval.standards.funding_floors import UNDATED, FloorFigures, standard_for
from perfeval.verdicts import Verdict

__all__ = ["PACK", "SAMPLE", "STANDARD"]

_PAGE = Citation(
    title="山东济南2018年党建经费标准",
    described=True,
    quoted_in="sd.ifeng.com 2018年8月27日网页",
    evidence=Evidence.SECONDARY,
)

SAMPLE = FloorFigures(
    title=Label("山东济南2018年党建经费标准（样例）", "Jinan 2018: funding of party organisations (sample)"),
    member=Figure("300 元/人[党员]/年", _PAGE),
    new_organisation=Figure("2000 元", _PAGE),
    brand_project=Figure("100000 元", _PAGE),
    interpretations=(UNDATED,),
)
"""The figures as far as they were read; replace them before relying on them."""

STANDARD = standard_for(SAMPLE, name="sample_floors_jinan_2018")

_DAY = datetime.date(2026, 6, 30)


def _case(rule: str, verdict: Verdict, facts: dict[str, object], shortfall: str | None = None) -> Case:
    return Case(rule=rule, verdict=verdict, facts=facts, on=_DAY, shortfall=shortfall)


CASES = (
    # 12 members at 300 元 are 3,600 元.
    _case("member_funding", Verdict.MET, {"members": "12 人[党员]", "funding": "3600 元/年"}),
    _case("member_funding", Verdict.UNMET, {"members": "12 人[党员]", "funding": "3510 元/年"}, "90 元/年"),
    _case("member_funding", Verdict.UNKNOWN, {"funding": "3600 元/年"}),
    _case("start_funding", Verdict.MET, {"new": True, "start_funding": "2000 元"}),
    _case("start_funding", Verdict.UNMET, {"new": True, "start_funding": "1500 元"}, "500 元"),
    _case("start_funding", Verdict.UNKNOWN, {"new": True}),
    _case("start_funding", Verdict.NOT_APPLICABLE, {"new": False, "start_funding": "0 元"}),
    _case("brand_project", Verdict.MET, {"projects": [{"money": "10 万元"}]}),
    _case("brand_project", Verdict.UNMET, {"projects": [{"money": "8 万元"}, {"money": "10.5 万元"}]}),
    _case("brand_project", Verdict.UNKNOWN, {"projects": [{}]}),
    _case("brand_project", Verdict.NOT_APPLICABLE, {"projects": []}),
)

PACK = Pack(standard=STANDARD, cases=CASES, binds_many=True)
