"""广东连山 2013: what one place set for the funding of its party organisations, as an official page states it.

A sample: its document number, and the days on which it binds, were not read. The page says what a member, a branch, a
secretary and a new organisation get; the money for each branch is added by the city.
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
    title="广东连山2013年党建经费标准",
    described=True,
    quoted_in="gdlszzb.gov.cn show_89 网页",
    evidence=Evidence.PRIMARY,
)

SAMPLE = FloorFigures(
    title=Label("广东连山2013年党建经费标准（样例）", "Lianshan 2013: funding of party organisations (sample)"),
    member=Figure("300 元/人[党员]/年", _PAGE),
    branch=Figure("1000 元/个[党支部]/年", _PAGE),
    full_time_secretary=Figure("2000 元/月", _PAGE),
    part_time_secretary=Figure("300 元/月", _PAGE),
    new_organisation=Figure("3000 元", _PAGE),
    interpretations=(
        UNDATED,
        Interpretation(
            question=Label("公务员担任书记的补贴？", "What of a secretary who is a civil servant?"),
            reading=Label("另有办法，不在本样例判断之列。", "Another scheme governs it; it is not judged here."),
        ),
    ),
)
"""The figures as far as they were read; replace them before relying on them."""

STANDARD = standard_for(SAMPLE, name="sample_floors_lianshan_2013")

_DAY = datetime.date(2026, 6, 30)


def _case(rule: str, verdict: Verdict, facts: dict[str, object], shortfall: str | None = None) -> Case:
    return Case(rule=rule, verdict=verdict, facts=facts, on=_DAY, shortfall=shortfall)


def _post(post: str, *allowances: str | None) -> dict[str, object]:
    paid = [{"post": post} if amount is None else {"post": post, "allowance": amount} for amount in allowances]
    return {"secretaries": paid}


CASES = (
    # 12 members at 300 元 are 3,600 元.
    _case("member_funding", Verdict.MET, {"members": "12 人[党员]", "funding": "3600 元/年"}),
    _case("member_funding", Verdict.UNMET, {"members": "12 人[党员]", "funding": "3510 元/年"}, "90 元/年"),
    _case("member_funding", Verdict.UNKNOWN, {"funding": "3600 元/年"}),
    _case("start_funding", Verdict.MET, {"new": True, "start_funding": "3000 元"}),
    _case("start_funding", Verdict.UNMET, {"new": True, "start_funding": "2500 元"}, "500 元"),
    _case("start_funding", Verdict.UNKNOWN, {"new": True}),
    _case("start_funding", Verdict.NOT_APPLICABLE, {"new": False, "start_funding": "0 元"}),
    # Three branches at 1,000 元.
    _case("branch_funding", Verdict.MET, {"branches": "3 个[党支部]", "city_funding": "0.3 万元/年"}),
    _case("branch_funding", Verdict.UNMET, {"branches": "3 个[党支部]", "city_funding": "2000 元/年"}, "1000 元/年"),
    _case("branch_funding", Verdict.UNKNOWN, {"branches": "3 个[党支部]"}),
    # 24,000 元 a year are 2,000 元 a month.
    _case("full_time_secretary", Verdict.MET, _post("专职", "24000 元/年")),
    _case("full_time_secretary", Verdict.UNMET, _post("专职", "3000 元/月", "1999 元/月")),
    _case("full_time_secretary", Verdict.UNKNOWN, _post("专职", None)),
    _case("full_time_secretary", Verdict.NOT_APPLICABLE, _post("公务员", "0 元/月")),
    _case("part_time_secretary", Verdict.MET, _post("兼职", "300 元/月")),
    _case("part_time_secretary", Verdict.UNMET, _post("兼职", "299.99 元/月")),
    _case("part_time_secretary", Verdict.UNKNOWN, {}),
    _case("part_time_secretary", Verdict.NOT_APPLICABLE, _post("专职", "0 元/月")),
)

PACK = Pack(standard=STANDARD, cases=CASES, binds_many=True)
