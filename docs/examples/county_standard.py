"""A county's own standard (made up): the shipped floors of Yuxi tightened, one rule added, worked cases, a profile.

Everything is data that is built when the module is imported; a test of it is one line: ``PACK.check()``.
"""

from __future__ import annotations

from datetime import date

from attrs import evolve

import perfeval as pe
from perfeval.profiles.shelf import load as load_profile
from perfeval.standards.shelf import load
from perfeval.standards.yuxi_2023_5 import Organization

NOTICE = pe.Citation(
    title="某县非公企业党建经费保障办法（示例）",
    number="某县办发〔2026〕8号",
    clause="第二条、第三条",
    evidence=pe.Evidence.GENERAL,
)
SINCE = date(2026, 7, 1)

CITY = load("yuxi_2023_5")

# 1. The overlay: two floors raised. Before 1 July 2026 the city's figures bind.
STANDARD = CITY.standard.tightened(
    "sample_county_2026",
    title=pe.Label("某县党建经费标准（示例）", "a county's floors (sample)"),
    citation=NOTICE,
    figures={"branch_work_funding": "4000 元/年", "secretary_allowance": "250 元/月"},
    # 2. A rule of the county's own: in principle, more members than secretaries.
    adding=[
        pe.Rule(
            "members_to_secretaries",
            Organization.members / Organization.secretaries.count() >= "3 人[党员]/人[书记]",
            when=Organization.non_public,
            obligation="in_principle",
            label=pe.Label("每名书记对应的党员数", "members for each secretary"),
            citation=NOTICE,
        )
    ],
    in_force=pe.InForce(since=SINCE),
)

# 3. Cases, worked out by hand from the clauses.
_NO_OTHER = {"work_pretax": "0 元/年", "work_dues": "0 元/年"}
_BRANCH = {"kind": "党支部", "non_public": True, **_NO_OTHER}
_BEFORE, _AFTER = date(2026, 6, 30), date(2026, 7, 1)


def _paid(allowance: str) -> dict[str, str]:
    return {"allowance_fiscal": allowance, "allowance_pretax": "0 元/月", "allowance_dues": "0 元/月"}


def _case(rule: str, verdict: pe.Verdict, on: date, shortfall: str | None = None, **facts: object) -> pe.Case:
    return pe.Case(rule=rule, verdict=verdict, on=on, facts={**_BRANCH, **facts}, shortfall=shortfall)


CASES = (
    # Worked on 1 January 2026: until July nothing changes.
    *CITY.cases,
    # 3,500 meets the city's 3,000 until the end of June, and is 500 short of the county's 4,000 from July on.
    _case("branch_work_funding", pe.Verdict.MET, _BEFORE, work_fiscal="3500 元/年"),
    _case("branch_work_funding", pe.Verdict.UNMET, _AFTER, "500 元/年", work_fiscal="3500 元/年"),
    _case("branch_work_funding", pe.Verdict.UNKNOWN, _AFTER),
    # 2,880 元 a year are 240 a month.
    _case("secretary_allowance", pe.Verdict.MET, _BEFORE, secretaries=[_paid("2880 元/年")]),
    _case("secretary_allowance", pe.Verdict.UNMET, _AFTER, secretaries=[_paid("2880 元/年")]),
    _case("secretary_allowance", pe.Verdict.UNKNOWN, _AFTER, secretaries=[{}]),
    # 7 members for 2 secretaries are 3.5; 5 for 2 are 2.5, half a member short.
    _case("members_to_secretaries", pe.Verdict.MET, _AFTER, members="7 人[党员]", secretaries=[{}, {}]),
    _case(
        "members_to_secretaries",
        pe.Verdict.UNMET,
        _AFTER,
        "0.5 人[党员]/人[书记]",
        members="5 人[党员]",
        secretaries=[{}, {}],
    ),
    _case("members_to_secretaries", pe.Verdict.UNKNOWN, _AFTER, secretaries=[{}]),
    _case("members_to_secretaries", pe.Verdict.NOT_APPLICABLE, _BEFORE, members="5 人[党员]", secretaries=[{}]),
)
PACK = pe.Pack(standard=STANDARD, cases=CASES, cited_as=("某县办发〔2026〕8号",), binds_many=True)

# 4. How the county scores self-evaluations: as the Ministry does, but a rate of execution below 90 % needs a reason.
_MINISTRY = load_profile("ministry_self_evaluation")
PROFILE = evolve(
    _MINISTRY,
    name="sample_county_scores",
    title=pe.Label("某县自评办法（示例）", "a county's self-evaluation (sample)"),
    execution=evolve(_MINISTRY.execution, reason_below="90 %", citations=(NOTICE,)),
)
