"""What a place sets for the funding of its party organisations: the shape that the samples of places share.

Every place sets its own: so much a year for each member, so much a month for a secretary, so much once for a new
organisation. :class:`FloorFigures` holds what one place sets, :func:`standard_for` builds its rules. Each sample that
was read is a module of its own, named ``sample_floors_…``. Imports ``figures`` and the layers below the standards.
"""

from __future__ import annotations

from typing import final

from attrs import field, frozen

from perfeval.citations import InForce
from perfeval.errors import Problem, RuleError, excerpt
from perfeval.expressions import Condition
from perfeval.facts import Label
from perfeval.rules import Rule
from perfeval.standard import Interpretation, Standard
from perfeval.standards.figures import Figure, check_figures, weakest
from perfeval.subjects import category, flag, many, measure, subject, text

__all__ = ["UNDATED", "BrandProject", "FloorFigures", "Organization", "Secretary", "standard_for"]


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


def standard_for(figures: FloorFigures, *, name: str) -> Standard:
    """Return one rule for each figure that the place sets; raise ``RuleError`` for what is not :class:`FloorFigures`.

    >>> from perfeval.citations import Citation, Evidence
    >>> notice = Citation(title="某县通知", evidence=Evidence.PRIMARY)
    >>> county = FloorFigures(title=Label("某县", "a county"), member=Figure("150 元/人[党员]/年", notice))
    >>> [rule.name for rule in standard_for(county, name="a_county")]
    ['member_funding']
    """
    if not isinstance(figures, FloorFigures):
        raise RuleError.of("figures", came=excerpt(figures), needed="FloorFigures, such as the SAMPLE of a place")
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
)

UNDATED = Interpretation(
    question=Label("从哪一天起施行，文号是什么？", "From which day, and under which document number?"),
    reading=Label("均未读到。", "Neither was read."),
)
"""What none of the samples that ship says."""
