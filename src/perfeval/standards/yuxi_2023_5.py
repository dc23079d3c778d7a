"""玉办发〔2023〕5号: funding floors for party organisations of non-public enterprises in Yuxi's development zones.

Read only as it is quoted in the published project text of one zone: the original, and the day from which it
binds, were not read. Five floors: work funding a year for each committee, general branch and branch; an
allowance a month for **each** secretary; education funding a year for each member, as one pool.
"""

from __future__ import annotations

import datetime

from perfeval.citations import Citation, Evidence, InForce
from perfeval.expressions import Condition
from perfeval.facts import Label
from perfeval.packs import Case, Pack, Quote
from perfeval.rules import Rule
from perfeval.standard import Interpretation, Standard
from perfeval.subjects import category, flag, many, measure, subject, text
from perfeval.verdicts import Verdict

__all__ = ["PACK", "STANDARD", "Organization", "Secretary"]


@subject(zh="党组织书记", en="secretary", unit="人[书记]")
class Secretary:
    """A secretary of a party organisation; the allowance is summed over the three channels."""

    name = text(zh="姓名", en="name")
    allowance_fiscal = measure(
        "元/月", at_least=0, changeable=True, zh="津贴（财政支持）", en="allowance (fiscal support)"
    )
    allowance_pretax = measure(
        "元/月", at_least=0, changeable=True, zh="津贴（税前列支）", en="allowance (before-tax expense)"
    )
    allowance_dues = measure(
        "元/月", at_least=0, changeable=True, zh="津贴（党费拨返）", en="allowance (returned dues)"
    )


@subject(zh="党组织", en="party organisation", unit="个[党组织]")
class Organization:
    """A party organisation with its money of one year, by channel."""

    name = text(zh="名称", en="name")
    kind = category("党委", "党总支", "党支部", zh="党组织类别", en="kind of organisation")
    non_public = flag(zh="属于非公企业", en="belongs to a non-public enterprise")
    work_fiscal = measure(
        "元/年", at_least=0, changeable=True, zh="工作经费（财政支持）", en="work funding (fiscal support)"
    )
    work_pretax = measure(
        "元/年", at_least=0, changeable=True, zh="工作经费（税前列支）", en="work funding (before-tax expense)"
    )
    work_dues = measure(
        "元/年", at_least=0, changeable=True, zh="工作经费（党费拨返）", en="work funding (returned dues)"
    )
    education_fiscal = measure(
        "元/年", at_least=0, changeable=True, zh="教育培训经费（财政支持）", en="education (fiscal support)"
    )
    education_pretax = measure(
        "元/年", at_least=0, changeable=True, zh="教育培训经费（税前列支）", en="education (before-tax expense)"
    )
    education_dues = measure(
        "元/年", at_least=0, changeable=True, zh="教育培训经费（党费拨返）", en="education (returned dues)"
    )
    members = measure("人[党员]", zh="党员人数", en="number of members")
    secretaries = many(Secretary, zh="书记", en="secretaries")


FLOORS = Citation(
    title="党建引领开发区高质量发展若干措施",
    number="玉办发〔2023〕5号",
    issuer="中共玉溪市委办公室、玉溪市人民政府办公室",
    quoted_in="云南新平产业园区管理委员会2026年部门预算重点领域财政项目文本（一）“立项依据”",
    evidence=Evidence.PRIMARY,
)

# 财政支持 + 税前列支 + 党费拨返: the clause names the channels and sets the floor on what they give together.
work_funding = Organization.work_fiscal + Organization.work_pretax + Organization.work_dues
education = Organization.education_fiscal + Organization.education_pretax + Organization.education_dues
allowance = Secretary.allowance_fiscal + Secretary.allowance_pretax + Secretary.allowance_dues


def _floor(name: str, condition: Condition, when: Condition, label: Label) -> Rule:
    return Rule(name, condition, when=when, label=label, citation=FLOORS)


STANDARD = Standard(
    "yuxi_2023_5",
    [
        _floor(
            "committee_work_funding",
            work_funding >= "10000 元/年",
            when=Organization.non_public & Organization.kind.is_in("党委"),
            label=Label("非公企业党委工作经费", "work funding of a committee"),
        ),
        _floor(
            "general_branch_work_funding",
            work_funding >= "6000 元/年",
            when=Organization.non_public & Organization.kind.is_in("党总支"),
            label=Label("非公企业党总支工作经费", "work funding of a general branch"),
        ),
        _floor(
            "branch_work_funding",
            work_funding >= "3000 元/年",
            when=Organization.non_public & Organization.kind.is_in("党支部"),
            label=Label("非公企业党支部工作经费", "work funding of a branch"),
        ),
        _floor(
            "secretary_allowance",
            Organization.secretaries.every(allowance >= "200 元/月"),
            when=Organization.non_public,
            label=Label("党组织书记工作津贴", "allowance of each secretary"),
        ),
        _floor(
            "member_education",
            education >= Organization.members * "100 元/人[党员]/年",
            when=Organization.non_public,
            label=Label("党员教育培训经费", "education funding of members"),
        ),
    ],
    title=Label(
        "玉溪开发区非公企业党建工作经费保障标准", "Yuxi: funding floors for party organisations of enterprises"
    ),
    citation=FLOORS,
    in_force=InForce(),
    interpretations=[
        Interpretation(
            question=Label(
                "区域型或联合党组织是否按党支部对待？",
                "Does a joint organisation of several enterprises count as a branch?",
            ),
            reading=Label(
                "原文未说明；按所填类别判断，联合党组织由填报人归类。",
                "The source does not say; it is judged as the kind that is given for it.",
            ),
        ),
        Interpretation(
            question=Label(
                "党委的工作经费是否包含其下属支部的经费？",
                "Does a committee's floor include the floors of its branches?",
            ),
            reading=Label(
                "原文未说明；每个党组织单独计算，互不抵扣。",
                "The source does not say; each organisation has its own floor and none counts towards another.",
            ),
        ),
        Interpretation(
            question=Label(
                "党员教育培训经费是按人还是按总额？", "Is education funding owed to each member or as a pool?"
            ),
            reading=Label(
                "按总额：本组织全年教育培训经费不少于党员人数与每人标准之积。",
                "As a pool: the organisation's education money a year against members times the rate.",
            ),
        ),
    ],
)

_DAY = datetime.date(2026, 1, 1)
_BASE = {
    "non_public": True,
    "work_pretax": "0 元/年",
    "work_dues": "0 元/年",
    "education_pretax": "0 元/年",
    "education_dues": "0 元/年",
}
_NO_OTHER = {"allowance_pretax": "0 元/月", "allowance_dues": "0 元/月"}


def _work_cases(rule: str, kind: str, floor: int) -> list[Case]:
    """Return the cases of a floor: met exactly, one fen short, two channels not known, and another kind."""
    other = "党支部" if kind != "党支部" else "党委"
    return [
        Case(rule=rule, verdict=Verdict.MET, on=_DAY, facts={**_BASE, "kind": kind, "work_fiscal": f"{floor} 元/年"}),
        Case(
            rule=rule,
            verdict=Verdict.UNMET,
            on=_DAY,
            facts={**_BASE, "kind": kind, "work_fiscal": f"{floor - 1}.99 元/年"},
            shortfall="0.01 元/年",
        ),
        Case(
            rule=rule,
            verdict=Verdict.UNKNOWN,
            on=_DAY,
            facts={"non_public": True, "kind": kind, "work_fiscal": "1 元/年"},
        ),
        Case(
            rule=rule, verdict=Verdict.NOT_APPLICABLE, on=_DAY, facts={**_BASE, "kind": other, "work_fiscal": "1 元/年"}
        ),
    ]


CASES = (
    *_work_cases("committee_work_funding", "党委", 10000),
    *_work_cases("general_branch_work_funding", "党总支", 6000),
    *_work_cases("branch_work_funding", "党支部", 3000),
    Case(
        rule="secretary_allowance",
        verdict=Verdict.MET,
        on=_DAY,
        # 2,400 元 a year is 200 元 a month, exactly.
        facts={**_BASE, "secretaries": [{"allowance_fiscal": "2400 元/年", **_NO_OTHER}]},
    ),
    Case(
        rule="secretary_allowance",
        verdict=Verdict.UNMET,
        on=_DAY,
        # 300 and 150 are 225 on average; each secretary counts, so the second is short.
        facts={
            **_BASE,
            "secretaries": [
                {"allowance_fiscal": "300 元/月", **_NO_OTHER},
                {"allowance_fiscal": "150 元/月", **_NO_OTHER},
            ],
        },
    ),
    Case(rule="secretary_allowance", verdict=Verdict.UNKNOWN, on=_DAY, facts={**_BASE, "secretaries": [{}]}),
    Case(rule="secretary_allowance", verdict=Verdict.NOT_APPLICABLE, on=_DAY, facts={**_BASE, "secretaries": []}),
    Case(
        rule="member_education",
        verdict=Verdict.MET,
        on=_DAY,
        facts={**_BASE, "members": "35 人[党员]", "education_fiscal": "3500 元/年"},
    ),
    Case(
        rule="member_education",
        verdict=Verdict.UNMET,
        on=_DAY,
        facts={**_BASE, "members": "35 人[党员]", "education_fiscal": "3000 元/年"},
        shortfall="500 元/年",
    ),
    Case(rule="member_education", verdict=Verdict.UNKNOWN, on=_DAY, facts={**_BASE, "education_fiscal": "3000 元/年"}),
    Case(
        rule="member_education",
        verdict=Verdict.NOT_APPLICABLE,
        on=_DAY,
        facts={**_BASE, "non_public": False, "members": "35 人[党员]", "education_fiscal": "0 元/年"},
    ),
)

PACK = Pack(
    standard=STANDARD,
    cases=CASES,
    cited_as=("玉办发〔2023〕5号",),
    binds_many=True,
    quotes=(
        Quote(binds="党委", purpose="工作经费", amount="10000 元/个[党委]/年", rule="committee_work_funding"),
        Quote(binds="党总支", purpose="工作经费", amount="6000 元/个[党总支]/年", rule="general_branch_work_funding"),
        Quote(binds="党支部", purpose="工作经费", amount="3000 元/个[党支部]/年", rule="branch_work_funding"),
        Quote(binds="书记", purpose="津贴", amount="200 元/人[书记]/月", rule="secretary_allowance"),
        Quote(binds="党员", purpose="教育培训经费", amount="100 元/人[党员]/年", rule="member_education"),
    ),
)
