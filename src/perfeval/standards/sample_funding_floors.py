"""Samples of local funding standards for party organisations: what one place sets, to be replaced by another's.

Every place sets its own: so much a year for each member, so much a month for a secretary, so much once for a new
organisation. Three are here as they were read, none with its document number or dates: :data:`LIANSHAN_2013`,
:data:`JINAN_2018` and :data:`VILLAGES`. Each is a sample of its own; :func:`standard_for` builds the rules of one.
"""

from __future__ import annotations

import datetime
from typing import final

from attrs import field, frozen

from perfeval.citations import Citation, Evidence, InForce
from perfeval.errors import Problem, RuleError, excerpt
from perfeval.expressions import Condition
from perfeval.facts import Label
from perfeval.packs import Case, Pack
from perfeval.rules import Rule
from perfeval.standard import Interpretation, Standard
from perfeval.standards.figures import Figure, check_figures, weakest
from perfeval.subjects import category, flag, many, measure, subject, text
from perfeval.verdicts import Verdict

__all__ = [
    "JINAN_2018",
    "LIANSHAN_2013",
    "PACK",
    "PACKS",
    "STANDARD",
    "VILLAGES",
    "BrandProject",
    "FloorFigures",
    "Organization",
    "Secretary",
    "standard_for",
]


@subject(zh="党组织书记", en="secretary", unit="人[书记]")
class Secretary:
    """A secretary with the allowance of one month; whoever is a civil servant follows another scheme."""

    name = text(zh="姓名", en="name")
    post = category("专职", "兼职", "公务员", zh="任职方式", en="post")
    allowance = measure("元/月", at_least=0, changeable=True, zh="补贴", en="allowance")


@subject(zh="党建品牌项目", en="brand project", unit="个[项目]")
class BrandProject:
    """One project of party building that is funded by itself."""

    name = text(zh="名称", en="name")
    money = measure("元", at_least=0, changeable=True, zh="补助经费", en="money granted")


@subject(zh="党组织", en="party organisation", unit="个[党组织]")
class Organization:
    """A party organisation with its money of one year."""

    name = text(zh="名称", en="name")
    members = measure("人[党员]", zh="党员人数", en="number of members")
    funding = measure("元/年", at_least=0, changeable=True, zh="党建工作经费", en="funding of party work")
    branches = measure("个[党支部]", zh="党支部数量", en="number of branches")
    city_funding = measure("元/年", at_least=0, changeable=True, zh="市级补助", en="funding added by the city")
    new = flag(zh="当年新成立", en="newly founded in the year")
    start_funding = measure("元", at_least=0, changeable=True, zh="一次性启动经费", en="money at the start")
    secretaries = many(Secretary, zh="书记", en="secretaries")
    projects = many(BrandProject, zh="品牌项目", en="brand projects")


_UNITS = {
    "member": "元/人[党员]/年",
    "branch": "元/个[党支部]/年",
    "full_time_secretary": "元/月",
    "part_time_secretary": "元/月",
    "new_organisation": "元",
    "brand_project": "元",
}


@final
@frozen(kw_only=True)
class FloorFigures:
    """What one place sets; None for what it does not set, or what was not read.

    ``brand_project`` is a ceiling, the others are floors. Raises ``RuleError`` with every problem.
    """

    title: Label
    member: Figure | None = None
    branch: Figure | None = None
    full_time_secretary: Figure | None = None
    part_time_secretary: Figure | None = None
    new_organisation: Figure | None = None
    brand_project: Figure | None = None
    in_force: InForce = field(factory=InForce)
    interpretations: tuple[Interpretation, ...] = ()

    def __attrs_post_init__(self) -> None:
        problems = [
            Problem(f"floors.{name}", came=excerpt(value), needed=f"a {kind.__name__}")
            for name, value, kind in (("title", self.title, Label), ("in_force", self.in_force, InForce))
            if not isinstance(value, kind)
        ]
        given = [(name, getattr(self, name), unit) for name, unit in _UNITS.items() if getattr(self, name) is not None]
        if not given:
            problems.append(Problem("floors", came="no figure", needed=f"at least one of {', '.join(_UNITS)}"))
        if problems:
            raise RuleError(*problems)
        check_figures("floors", given)


def _allowance(post: str, least: Figure) -> Condition:
    return Organization.secretaries.every(Secretary.allowance >= least.amount, where=Secretary.post.is_in(post))


def standard_for(figures: FloorFigures, *, name: str = "sample_funding_floors") -> Standard:
    """Return one rule for each figure that the place sets; raise ``RuleError`` for what is not :class:`FloorFigures`.

    >>> [rule.name for rule in standard_for(VILLAGES)]
    ['member_funding']
    """
    if not isinstance(figures, FloorFigures):
        raise RuleError.of("figures", came=excerpt(figures), needed="FloorFigures, such as LIANSHAN_2013")
    rules: list[Rule] = []
    if (figure := figures.member) is not None:
        owed = Organization.members * figure.amount
        label = Label("按党员人数安排的工作经费", "funding of party work by members")
        rules.append(Rule("member_funding", Organization.funding >= owed, label=label, citation=figure.citation))
    if (figure := figures.branch) is not None:
        owed = Organization.branches * figure.amount
        label = Label("按党支部数量的市级补助", "funding added by the city for each branch")
        rules.append(Rule("branch_funding", Organization.city_funding >= owed, label=label, citation=figure.citation))
    if (figure := figures.full_time_secretary) is not None:
        label = Label("专职书记补贴", "allowance of a full-time secretary")
        rules.append(Rule("full_time_secretary", _allowance("专职", figure), label=label, citation=figure.citation))
    if (figure := figures.part_time_secretary) is not None:
        label = Label("兼职书记补贴", "allowance of a part-time secretary")
        rules.append(Rule("part_time_secretary", _allowance("兼职", figure), label=label, citation=figure.citation))
    if (figure := figures.new_organisation) is not None:
        enough = Organization.start_funding >= figure.amount
        label = Label("新成立党组织启动经费", "money at the start of a new organisation")
        rules.append(Rule("start_funding", enough, when=Organization.new, label=label, citation=figure.citation))
    if (figure := figures.brand_project) is not None:
        within = Organization.projects.every(BrandProject.money <= figure.amount)
        label = Label("每个品牌项目补助上限", "ceiling of each brand project")
        rules.append(Rule("brand_project", within, label=label, citation=figure.citation))
    given = [figure for kind in _UNITS if (figure := getattr(figures, kind)) is not None]
    return Standard(
        name,
        rules,
        title=figures.title,
        citation=weakest(*given),
        in_force=figures.in_force,
        interpretations=(*_READINGS, *figures.interpretations),
    )


_READINGS = (
    Interpretation(
        question=Label("所定数额是下限还是固定数？", "Is a figure a floor or a fixed amount?"),
        reading=Label(
            "已读资料未说明；除品牌项目为上限外，按下限判断。",
            "What was read does not say; each is taken as a floor, but for the ceiling of brand projects.",
        ),
    ),
    Interpretation(
        question=Label("从哪一天起施行，文号是什么？", "From which day, and under which document number?"),
        reading=Label("均未读到。", "Neither was read."),
    ),
)


def _page(title: str, page: str, evidence: Evidence) -> Citation:
    return Citation(title=title, quoted_in=page, evidence=evidence)


_LIANSHAN = _page("连山非公企业党建经费标准（2013年）", "gdlszzb.gov.cn show_89 网页", Evidence.PRIMARY)
_JINAN = _page("济南非公企业党建经费标准（2018年）", "sd.ifeng.com 2018年8月27日网页", Evidence.SECONDARY)
_VILLAGES = _page("某县村级党组织工作经费办法", "biganzidoc.com 文档", Evidence.SECONDARY)

LIANSHAN_2013 = FloorFigures(
    title=Label("广东连山2013年党建经费标准（样例）", "Lianshan 2013: funding of party organisations (sample)"),
    member=Figure("300 元/人[党员]/年", _LIANSHAN),
    branch=Figure("1000 元/个[党支部]/年", _LIANSHAN),
    full_time_secretary=Figure("2000 元/月", _LIANSHAN),
    part_time_secretary=Figure("300 元/月", _LIANSHAN),
    new_organisation=Figure("3000 元", _LIANSHAN),
    interpretations=(
        Interpretation(
            question=Label("公务员担任书记的补贴？", "What of a secretary who is a civil servant?"),
            reading=Label("另有办法，不在本样例判断之列。", "Another scheme governs it; it is not judged here."),
        ),
    ),
)
"""What a county of Guangdong set in 2013, as its organisation department's page states it."""

JINAN_2018 = FloorFigures(
    title=Label("山东济南2018年党建经费标准（样例）", "Jinan 2018: funding of party organisations (sample)"),
    member=Figure("300 元/人[党员]/年", _JINAN),
    new_organisation=Figure("2000 元", _JINAN),
    brand_project=Figure("100000 元", _JINAN),
)
"""What a city of Shandong set in 2018, as a news page reports it."""

VILLAGES = FloorFigures(
    title=Label("某县村级党组织工作经费（样例）", "a county: funding of village party organisations (sample)"),
    member=Figure("200 元/人[党员]/年", _VILLAGES),
    interpretations=(
        Interpretation(
            question=Label("哪些情形下不拨付？", "When is the money withheld?"),
            reading=Label("原文列有五种情形，未纳入判断。", "The rule names five grounds; they are not judged."),
        ),
    ),
)
"""What an unnamed county sets for its villages, as a document on a sharing site states it."""

STANDARD = standard_for(LIANSHAN_2013)

_DAY = datetime.date(2026, 6, 30)


def _case(rule: str, verdict: Verdict, facts: dict[str, object], shortfall: str | None = None) -> Case:
    return Case(rule=rule, verdict=verdict, facts=facts, on=_DAY, shortfall=shortfall)


def _post(post: str, *allowances: str | None) -> dict[str, object]:
    paid = [{"post": post} if amount is None else {"post": post, "allowance": amount} for amount in allowances]
    return {"secretaries": paid}


def _member_cases(owed: int) -> tuple[Case, ...]:
    """Return the cases of 12 members, for whom so many 元 are owed."""
    return (
        _case("member_funding", Verdict.MET, {"members": "12 人[党员]", "funding": f"{owed} 元/年"}),
        _case("member_funding", Verdict.UNMET, {"members": "12 人[党员]", "funding": f"{owed - 90} 元/年"}, "90 元/年"),
        _case("member_funding", Verdict.UNKNOWN, {"funding": f"{owed} 元/年"}),
    )


def _start_cases(least: int) -> tuple[Case, ...]:
    return (
        _case("start_funding", Verdict.MET, {"new": True, "start_funding": f"{least} 元"}),
        _case("start_funding", Verdict.UNMET, {"new": True, "start_funding": f"{least - 500} 元"}, "500 元"),
        _case("start_funding", Verdict.UNKNOWN, {"new": True}),
        _case("start_funding", Verdict.NOT_APPLICABLE, {"new": False, "start_funding": "0 元"}),
    )


_LIANSHAN_CASES = (
    # 12 members at 300 元 are 3,600 元.
    *_member_cases(3600),
    *_start_cases(3000),
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
_JINAN_CASES = (
    *_member_cases(3600),
    *_start_cases(2000),
    _case("brand_project", Verdict.MET, {"projects": [{"money": "10 万元"}]}),
    _case("brand_project", Verdict.UNMET, {"projects": [{"money": "8 万元"}, {"money": "10.5 万元"}]}),
    _case("brand_project", Verdict.UNKNOWN, {"projects": [{}]}),
    _case("brand_project", Verdict.NOT_APPLICABLE, {"projects": []}),
)

PACK = Pack(standard=STANDARD, cases=_LIANSHAN_CASES, binds_many=True)

PACKS = (
    PACK,
    Pack(standard=standard_for(JINAN_2018, name="sample_floors_jinan"), cases=_JINAN_CASES, binds_many=True),
    # 12 members at 200 元 are 2,400 元.
    Pack(standard=standard_for(VILLAGES, name="sample_floors_villages"), cases=_member_cases(2400), binds_many=True),
)
"""Each sample with its cases; the first is the one on the shelf."""
