"""Whether a table of performance goals can be held to: its levels, its weights, and targets that can be measured.

The rules are those that reviewers of goals apply (审核要点); the same ones hold for the goals of a self-evaluation table.
Which levels and which weights are due is a fact of the table, taken from the scoring method that it follows.
"""

from __future__ import annotations

import datetime

from perfeval.citations import Citation, Evidence, InForce
from perfeval.expressions import equal
from perfeval.facts import Label, Stage
from perfeval.packs import Case, Pack
from perfeval.rules import Rule, Severity
from perfeval.standard import Interpretation, Standard
from perfeval.standards.points import CHECKER, POINT
from perfeval.subjects import category, day, flag, many, measure, subject, text
from perfeval.verdicts import Verdict

__all__ = [
    "PACK",
    "POINT",
    "STANDARD",
    "Deadline",
    "Doubled",
    "FundsPart",
    "FundsSum",
    "GoalFigure",
    "GoalTable",
    "LeftOpen",
    "Level",
    "LevelPart",
    "LevelPoints",
    "Repeat",
    "StatedIndicator",
    "Weight",
    "WeightGroup",
]

_DIGITS = 40


@subject(zh="一级指标", en="level", unit="个[级次]")
class Level:
    """A level that the table should have."""

    name = text(zh="名称", en="name")
    present = flag(zh="该类指标", en="indicators of that level")


@subject(zh="指标", en="indicator", unit="个[指标]")
class StatedIndicator:
    """One indicator of the third level, as the table states it.

    ``better`` says which way is better as far as its name tells; ``part_of_whole`` that it is a share of something that
    has no more than all of it (覆盖率, 合格率, 满意度), which a completion rate is not.
    """

    name = text(zh="指标", en="indicator")
    quantified = flag(zh="写有定量指标值", en="it has a quantitative target")
    target_given = flag(zh="指标值", en="a target")
    number_given = flag(zh="指标值中的数字", en="a number in the target")
    unit_given = flag(zh="计量单位", en="a unit")
    operator_given = flag(zh="指标性质（≥、≤、＝）", en="an operator")
    sign_asked = flag(zh="表中有指标性质一栏", en="the table has a column for the operator")
    unit_asked = flag(zh="表中有计量单位一栏", en="the table has a column for the unit")
    unit_written = flag(zh="计量单位一栏的内容", en="what its column of units should say")
    direction = category("不低于", "不超过", "等于", "未写明", zh="指标方向", en="direction")
    better = category("越低越好", "越高越好", "未定", zh="较优方向", en="what is better")
    part_of_whole = flag(zh="属占比类指标", en="a share of a whole")
    share = measure("%", zh="指标值", en="target")
    as_fraction = flag(zh="百分数写成了小数", en="a share written as a fraction")
    levels_known = flag(zh="一、二级指标名称可识别", en="both levels are known")
    level_fits = flag(zh="二级指标与一级指标相符", en="a second level that fits the first")


@subject(zh="权重", en="weight", unit="个[权重]")
class Weight:
    """A weight that the table prints: that of an indicator, or of a level where it gives none lower down."""

    name = text(zh="名称", en="name")
    points = measure(POINT, decimals=_DIGITS, zh="权重", en="weight")


@subject(zh="权重类别", en="group of weights", unit="个[类别]")
class WeightGroup:
    """Indicators of one level together: the weight that they have, and what the scoring method gives them."""

    name = text(zh="类别", en="group")
    found = measure(POINT, decimals=_DIGITS, zh="权重合计", en="weights")
    required = measure(POINT, decimals=_DIGITS, zh="办法规定的权重", en="weight by the method")


@subject(zh="级次分值", en="points of a level", unit="个[级次]")
class LevelPart:
    """The points that a second level prints."""

    name = text(zh="名称", en="name")
    points = measure(POINT, decimals=_DIGITS, zh="分值", en="points")


@subject(zh="一级指标分值", en="points of a first level", unit="个[级次]")
class LevelPoints:
    """A first level that prints its points, and the second levels below it, which all do."""

    name = text(zh="名称", en="name")
    points = measure(POINT, decimals=_DIGITS, zh="分值", en="points")
    parts = many(LevelPart, zh="二级指标", en="second levels")


@subject(zh="时限", en="deadline", unit="处")
class Deadline:
    """A target that is a day, taken as the last day that its words allow."""

    name = text(zh="指标", en="indicator")
    falls = day(zh="完成时限", en="deadline")


@subject(zh="重复指标", en="repeated indicator", unit="处")
class Repeat:
    """An indicator that stands in the table once more."""

    name = text(zh="指标", en="indicator")
    distinct = flag(zh="与前面的指标不同", en="something new")


@subject(zh="待填内容", en="placeholder", unit="处")
class LeftOpen:
    """Something that was to be filled in and was not, or a hint of the form that was left standing."""

    words = text(zh="内容", en="words")
    filled = flag(zh="应填内容", en="what should stand there")


@subject(zh="重复的单位", en="doubled unit", unit="处")
class Doubled:
    """A figure after which two units stand: 95%万元."""

    words = text(zh="内容", en="words")
    single = flag(zh="单一的单位", en="one unit")


@subject(zh="目标数字", en="figure of the goal", unit="处")
class GoalFigure:
    """A figure in the words of the goal, and what the indicators say to it."""

    words = text(zh="数字", en="figure")
    compared = flag(zh="有指标说同一事项", en="an indicator is about the same thing")
    agrees = flag(zh="与指标值一致", en="the same figure in the indicator")
    covered = flag(zh="有对应的指标", en="an indicator that has it")


@subject(zh="资金分项", en="part of the funds", unit="项")
class FundsPart:
    """One source of the year's money."""

    name = text(zh="来源", en="source")
    amount = measure("元", zh="金额", en="amount")


@subject(zh="资金总额", en="sum of funds", unit="项")
class FundsSum:
    """A total of money with its parts; ``all_sources`` says that the table has a row for other money too."""

    name = text(zh="名称", en="name")
    total = measure("元", zh="总额", en="total")
    all_sources = flag(zh="列明全部来源", en="every source is listed")
    parts = many(FundsPart, zh="分项", en="parts")


@subject(zh="绩效指标表", en="table of indicators")
class GoalTable:
    """What one table of indicators states.

    ``apart`` is the weight of the execution rate where the table prints it, ``full`` what all weights should come to.
    """

    first_day = day(zh="项目首日", en="first day of the project")
    last_day = day(zh="项目末日", en="last day of the project")
    dated = flag(zh="表中有起止时间", en="the table states a period")
    weighted = flag(zh="表中有权重", en="the table has weights")
    weights = many(Weight, zh="权重", en="weights")
    apart = measure(POINT, decimals=_DIGITS, zh="预算执行率的权重", en="weight of the execution rate")
    full = measure(POINT, decimals=_DIGITS, zh="应有权重", en="weights due")
    levels = many(Level, zh="应有的一级指标", en="levels due")
    yielding = many(Level, zh="权重可并入他类的一级指标", en="levels whose weight may go to another")
    second_levels = many(Level, zh="应有的二级指标", en="second levels due")
    indicators = many(StatedIndicator, zh="指标", en="indicators")
    groups = many(WeightGroup, zh="权重类别", en="groups of weights")
    level_points = many(LevelPoints, zh="一级指标分值", en="points of the levels")
    deadlines = many(Deadline, zh="时限", en="deadlines")
    repeats = many(Repeat, zh="重复指标", en="repeated indicators")
    fields = many(LeftOpen, zh="空白的栏目", en="blank fields")
    placeholders = many(LeftOpen, zh="待填内容", en="placeholders")
    hints = many(LeftOpen, zh="未删的填表提示", en="hints of the form")
    doubled = many(Doubled, zh="重复的单位", en="doubled units")
    figures = many(GoalFigure, zh="目标数字", en="figures of the goal")
    funds = many(FundsSum, zh="资金总额", en="sums of funds")


PRACTICE = Citation(title="绩效目标审核要点", described=True, clause="通行审核要点", evidence=Evidence.CODE)
GUIDE = Citation(
    title="中央部门项目支出核心绩效目标和指标设置及取值指引（试行）",
    number="财预〔2021〕101号",
    evidence=Evidence.GENERAL,
)
AS_DUE = Citation(
    title="绩效评分办法规定的权重", described=True, clause="各办法见评分办法", evidence=Evidence.SECONDARY
)

_quantified = StatedIndicator.quantified
_LOWER, _HIGHER = StatedIndicator.better.is_in("越低越好"), StatedIndicator.better.is_in("越高越好")

STANDARD = Standard(
    "goal_table",
    [
        Rule(
            "levels_present",
            GoalTable.levels.every(Level.present),
            label=Label("一级指标齐全", "every level is there"),
            citation=CHECKER,
            remedy=Label("补充缺少的一级指标。", "Add indicators of the level that is missing."),
        ),
        Rule(
            "yielding_levels_present",
            GoalTable.yielding.every(Level.present),
            label=Label("办法未作要求的一级指标", "levels that the method leaves open"),
            citation=GUIDE,
            severity=Severity.NOTE,
            remedy=Label(
                "确无该类内容的，权重可由他类承担；否则补充该类指标。",
                "Where there is nothing of the kind its weight may be with another; otherwise add one.",
            ),
        ),
        Rule(
            "second_levels_present",
            GoalTable.second_levels.every(Level.present),
            label=Label("产出的二级指标", "second levels of the outputs"),
            citation=GUIDE,
            severity=Severity.DOUBT,
            remedy=Label("产出原则上设数量指标和质量指标。", "Outputs have quantity and quality as a rule."),
        ),
        Rule(
            "second_levels_fit",
            GoalTable.indicators.every(StatedIndicator.level_fits, where=StatedIndicator.levels_known),
            label=Label("二级指标归属正确", "second levels stand under their first"),
            citation=GUIDE,
            severity=Severity.DOUBT,
            remedy=Label("核对该指标所属的一级指标。", "Check under which first level it belongs."),
        ),
        Rule(
            "weights_add_up",
            equal(GoalTable.weights.sum(Weight.points) + GoalTable.apart, GoalTable.full),
            when=GoalTable.weighted,
            label=Label("权重合计", "all weights"),
            citation=AS_DUE,
            remedy=Label("调整权重，使合计等于应有分值。", "Change the weights so that they add up."),
        ),
        Rule(
            "group_weights",
            GoalTable.groups.every(equal(WeightGroup.found, WeightGroup.required)),
            label=Label("各类指标权重", "weights of each level"),
            citation=AS_DUE,
            remedy=Label("按评分办法调整该类指标的权重。", "Give the level the weight that the method sets."),
        ),
        Rule(
            "level_points_add_up",
            GoalTable.level_points.every(equal(LevelPoints.parts.sum(LevelPart.points), LevelPoints.points)),
            label=Label(
                "一级指标分值等于所属二级指标分值之和", "the points of a level are those of the levels below it"
            ),
            citation=PRACTICE,
            severity=Severity.DOUBT,
            remedy=Label("核对一级指标与所属二级指标的分值。", "Check the points of the level and of those below it."),
        ),
        Rule(
            "targets_given",
            GoalTable.indicators.every(StatedIndicator.target_given),
            label=Label("指标值已填写", "every indicator has a target"),
            citation=PRACTICE,
            remedy=Label("填写指标值。", "Fill in the target."),
        ),
        Rule(
            "targets_in_numbers",
            GoalTable.indicators.every(StatedIndicator.number_given, where=_quantified),
            label=Label("定量指标有数字", "quantitative targets have a number"),
            citation=PRACTICE,
            remedy=Label("写明数字，或改为定性指标。", "Give a number, or make the indicator qualitative."),
        ),
        Rule(
            "targets_with_unit",
            GoalTable.indicators.every(StatedIndicator.unit_given, where=_quantified),
            label=Label("定量指标有计量单位", "quantitative targets have a unit"),
            citation=PRACTICE,
            severity=Severity.DOUBT,
            remedy=Label("写明计量单位。", "Give the unit."),
        ),
        Rule(
            "units_filled_in",
            GoalTable.indicators.every(StatedIndicator.unit_written, where=_quantified & StatedIndicator.unit_asked),
            label=Label("计量单位一栏已填写", "the column of units is filled in"),
            citation=PRACTICE,
            severity=Severity.DOUBT,
            remedy=Label("填写计量单位。", "Fill in the unit."),
        ),
        Rule(
            "units_single",
            GoalTable.doubled.count(where=~Doubled.single) <= "0 处",
            label=Label("计量单位不重复", "no figure has two units"),
            citation=PRACTICE,
            remedy=Label("删去多余的单位。", "Take out the unit that is too many."),
        ),
        Rule(
            "signs_filled_in",
            GoalTable.indicators.every(StatedIndicator.operator_given, where=_quantified & StatedIndicator.sign_asked),
            label=Label("指标性质一栏已填写", "the column of operators is filled in"),
            citation=PRACTICE,
            severity=Severity.DOUBT,
            remedy=Label("填写≥、≤或＝；未写明的不作推定。", "Fill in ≥, ≤ or =; what is unstated is not assumed."),
        ),
        Rule(
            "operators_stated",
            GoalTable.indicators.every(StatedIndicator.operator_given, where=_quantified & ~StatedIndicator.sign_asked),
            label=Label("写明指标性质", "operators are stated"),
            citation=PRACTICE,
            severity=Severity.NOTE,
            remedy=Label("写明≥、≤或＝；未写明的不作推定。", "State ≥, ≤ or =; what is unstated is not assumed."),
        ),
        Rule(
            "costs_bounded_above",
            GoalTable.indicators.every(~StatedIndicator.direction.is_in("不低于"), where=_LOWER),
            label=Label("成本等越低越好的指标以不超过为限", "costs and what is best low are bounded from above"),
            citation=CHECKER,
            severity=Severity.DOUBT,
            remedy=Label("此类指标一般用≤，请核对。", "Such an indicator is usually bounded by ≤: please check."),
        ),
        Rule(
            "gains_bounded_below",
            GoalTable.indicators.every(~StatedIndicator.direction.is_in("不超过"), where=_HIGHER),
            label=Label(
                "覆盖率、合格率、满意度等以不低于为限", "coverage, quality and satisfaction are bounded from below"
            ),
            citation=PRACTICE,
            severity=Severity.DOUBT,
            remedy=Label("此类指标一般用≥，请核对。", "Such a share is usually bounded by ≥: please check."),
        ),
        Rule(
            "shares_within_whole",
            GoalTable.indicators.every(StatedIndicator.share <= "100%", where=StatedIndicator.part_of_whole),
            label=Label("占比类指标不超过100%", "shares of a whole are at most 100 %"),
            citation=CHECKER,
            remedy=Label(
                "核对该比率；完成率类指标可以超过100%。", "Check the share; only a completion rate may be above."
            ),
        ),
        Rule(
            "shares_in_percent",
            GoalTable.indicators.every(~StatedIndicator.as_fraction, where=StatedIndicator.part_of_whole),
            label=Label("百分数不写成小数", "a share in % is not written as a fraction"),
            citation=PRACTICE,
            severity=Severity.DOUBT,
            remedy=Label("单位为%的，0.95 应写作 95，请核对。", "Under % a share of 0.95 is written 95: please check."),
        ),
        Rule(
            "period_runs_on",
            GoalTable.first_day <= GoalTable.last_day,
            when=GoalTable.dated,
            label=Label("项目末日不早于首日", "the project does not end before it begins"),
            citation=CHECKER,
            remedy=Label("核对项目起止时间。", "Check the first and the last day."),
        ),
        Rule(
            "deadlines_before_end",
            GoalTable.deadlines.every(Deadline.falls <= GoalTable.last_day),
            label=Label("完成时限不晚于项目末日", "no deadline after the project ends"),
            citation=CHECKER,
            remedy=Label("核对完成时限与项目起止时间。", "Check the deadline against the project's period."),
        ),
        Rule(
            "deadlines_after_start",
            GoalTable.deadlines.every(Deadline.falls >= GoalTable.first_day),
            label=Label("完成时限不早于项目首日", "no deadline before the project begins"),
            citation=PRACTICE,
            severity=Severity.DOUBT,
            remedy=Label("核对完成时限与项目起止时间。", "Check the deadline against the project's period."),
        ),
        Rule(
            "indicators_distinct",
            GoalTable.repeats.count(where=~Repeat.distinct) <= "0 处",
            label=Label("没有重复的指标", "no indicator stands twice"),
            citation=PRACTICE,
            severity=Severity.DOUBT,
            remedy=Label("删除或合并重复的指标。", "Leave out or join what stands twice."),
        ),
        Rule(
            "fields_filled_in",
            GoalTable.fields.count(where=~LeftOpen.filled) <= "0 处",
            label=Label("项目名称和单位已填写", "the project and its units are filled in"),
            citation=CHECKER,
            remedy=Label("填写空白的栏目。", "Fill in what is blank."),
        ),
        Rule(
            "nothing_left_open",
            GoalTable.placeholders.count(where=~LeftOpen.filled) <= "0 处",
            label=Label("没有待填内容", "nothing is left to be filled in"),
            citation=CHECKER,
            remedy=Label("填写待填内容。", "Fill in what was left open."),
        ),
        Rule(
            "no_hints_left",
            GoalTable.hints.count(where=~LeftOpen.filled) <= "0 处",
            label=Label("没有未删的填表提示", "no hint of the form is left"),
            citation=PRACTICE,
            severity=Severity.DOUBT,
            remedy=Label("删去表样中的填写提示。", "Take out the hints of the form."),
        ),
        Rule(
            "goal_figures_agree",
            GoalTable.figures.every(GoalFigure.agrees, where=GoalFigure.compared),
            label=Label("目标中的数字与指标值一致", "figures of the goal agree with the targets"),
            citation=PRACTICE,
            severity=Severity.DOUBT,
            remedy=Label("核对目标与指标中的同一数字。", "Check the figure in the goal and in the indicator."),
        ),
        Rule(
            "goal_figures_covered",
            GoalTable.figures.every(GoalFigure.covered),
            label=Label("目标中的数字有对应的指标", "each figure of the goal has an indicator"),
            citation=PRACTICE,
            severity=Severity.NOTE,
            remedy=Label("为目标中的数字设置指标。", "Set an indicator for the figure."),
        ),
        Rule(
            "funds_add_up",
            GoalTable.funds.every(
                equal(FundsSum.parts.sum(FundsPart.amount), FundsSum.total), where=FundsSum.all_sources
            ),
            label=Label("资金总额等于各来源之和", "the funds add up to their total"),
            citation=CHECKER,
            remedy=Label("核对资金总额与各来源金额。", "Check the total and each source."),
        ),
        Rule(
            "funds_within_total",
            GoalTable.funds.every(FundsSum.parts.sum(FundsPart.amount) <= FundsSum.total, where=~FundsSum.all_sources),
            label=Label("其中数不超过资金总额", "what is part of the funds is not more than they are"),
            citation=CHECKER,
            remedy=Label("核对资金总额与其中数。", "Check the total and the part."),
        ),
    ],
    title=Label("绩效目标和指标", "goals and indicators"),
    citation=PRACTICE,
    in_force=InForce(),
    interpretations=[
        Interpretation(
            question=Label("没有写单位的金额和指标值如何判断？", "What of money and targets without a unit?"),
            reading=Label("不作推定，待核实并请补充单位。", "None is assumed: unknown, and the unit is asked for."),
        ),
        Interpretation(
            question=Label("资金来源一栏空白如何处理？", "What of a source of funds that is left blank?"),
            reading=Label("空白视为没有这项资金。", "A blank one is taken to be no money."),
        ),
    ],
)

_DAY = datetime.date(2026, 1, 1)


def _case(rule: str, verdict: Verdict, facts: dict[str, object], shortfall: str | None = None) -> Case:
    return Case(rule=rule, verdict=verdict, facts=facts, on=_DAY, stage=Stage.PLANNED, shortfall=shortfall)


def _one(**facts: object) -> dict[str, object]:
    return {"indicators": [facts]}


def _weights(*points: str | None, apart: str = f"0 {POINT}", full: str = f"100 {POINT}") -> dict[str, object]:
    weights = [{} if one is None else {"points": f"{one} {POINT}"} for one in points]
    return {"weighted": True, "apart": apart, "full": full, "weights": weights}


def _level(points: str, *parts: str | None) -> dict[str, object]:
    listed = [{} if part is None else {"points": f"{part} {POINT}"} for part in parts]
    return {"level_points": [{"points": f"{points} {POINT}", "parts": listed}]}


def _group(found: str | None) -> dict[str, object]:
    group = {"required": f"50 {POINT}"} | ({} if found is None else {"found": f"{found} {POINT}"})
    return {"groups": [group]}


def _quantity(**facts: object) -> dict[str, object]:
    return _one(quantified=True, sign_asked=False, unit_asked=True, **facts)


def _due(day_: str | None) -> dict[str, object]:
    deadlines = [{} if day_ is None else {"falls": day_}]
    return {"first_day": "2026-01-01", "last_day": "2026-12-31", "deadlines": deadlines}


def _funds(total: str | None, *parts: str, all_sources: bool = True) -> dict[str, object]:
    sums = {"all_sources": all_sources, "parts": [{"amount": part} for part in parts]}
    return {"funds": [sums | ({} if total is None else {"total": total})]}


def _figure(**facts: object) -> dict[str, object]:
    return {"figures": [facts]}


_WORDS: dict[str, object] = _one(quantified=False)

CASES = (
    *(
        case
        for rule, name in (
            ("levels_present", "levels"),
            ("yielding_levels_present", "yielding"),
            ("second_levels_present", "second_levels"),
        )
        for case in (
            _case(rule, Verdict.MET, {name: [{"present": True}] * 3}),
            _case(rule, Verdict.UNMET, {name: [{"present": True}, {"present": False}]}),
            _case(rule, Verdict.UNKNOWN, {name: [{"present": True}, {}]}),
            _case(rule, Verdict.NOT_APPLICABLE, {name: []}),
        )
    ),
    _case("second_levels_fit", Verdict.MET, _one(levels_known=True, level_fits=True)),
    _case("second_levels_fit", Verdict.UNMET, _one(levels_known=True, level_fits=False)),
    _case("second_levels_fit", Verdict.UNKNOWN, _one(levels_known=True)),
    _case("second_levels_fit", Verdict.NOT_APPLICABLE, _one(levels_known=False, level_fits=False)),
    # 22.5 + 27.5 + 30 + 10 = 90, and 10 for the execution rate.
    _case("weights_add_up", Verdict.MET, _weights("22.5", "27.5", "30", "10", apart=f"10 {POINT}")),
    _case("weights_add_up", Verdict.MET, _weights("50", "30", "10", full=f"90 {POINT}")),
    _case("weights_add_up", Verdict.UNMET, _weights("50", "30", "15"), f"5 {POINT}"),
    _case("weights_add_up", Verdict.UNKNOWN, _weights("50", "50", None)),
    _case("weights_add_up", Verdict.NOT_APPLICABLE, {"weighted": False, "weights": []}),
    _case("group_weights", Verdict.MET, _group("50")),
    _case("group_weights", Verdict.UNMET, _group("45"), f"5 {POINT}"),
    _case("group_weights", Verdict.UNKNOWN, _group(None)),
    _case("group_weights", Verdict.NOT_APPLICABLE, {"groups": []}),
    _case("level_points_add_up", Verdict.MET, _level("50", "20", "30")),
    _case("level_points_add_up", Verdict.UNMET, _level("50", "20", "20"), f"10 {POINT}"),
    _case("level_points_add_up", Verdict.UNKNOWN, _level("50", "20", None)),
    _case("level_points_add_up", Verdict.NOT_APPLICABLE, {"level_points": []}),
    _case("targets_given", Verdict.MET, _one(target_given=True)),
    _case("targets_given", Verdict.UNMET, _one(target_given=False)),
    _case("targets_given", Verdict.UNKNOWN, _one()),
    _case("targets_given", Verdict.NOT_APPLICABLE, {"indicators": []}),
    *(
        case
        for rule, name in (
            ("targets_in_numbers", "number_given"),
            ("targets_with_unit", "unit_given"),
            ("units_filled_in", "unit_written"),
            ("operators_stated", "operator_given"),
        )
        for case in (
            _case(rule, Verdict.MET, _quantity(**{name: True})),
            _case(rule, Verdict.UNMET, _quantity(**{name: False})),
            _case(rule, Verdict.UNKNOWN, _quantity()),
            _case(rule, Verdict.NOT_APPLICABLE, _WORDS),
        )
    ),
    *(
        _case("signs_filled_in", verdict, _one(quantified=True, sign_asked=asked, **given))
        for verdict, asked, given in (
            (Verdict.MET, True, {"operator_given": True}),
            (Verdict.UNMET, True, {"operator_given": False}),
            (Verdict.UNKNOWN, True, {}),
            (Verdict.NOT_APPLICABLE, False, {"operator_given": False}),
        )
    ),
    _case("period_runs_on", Verdict.MET, {"dated": True} | _due("2026-12-31")),
    _case("period_runs_on", Verdict.UNMET, {"dated": True, "first_day": "2026-01-01", "last_day": "2025-12-31"}),
    _case("period_runs_on", Verdict.UNKNOWN, {"dated": True, "first_day": "2026-01-01"}),
    _case("period_runs_on", Verdict.NOT_APPLICABLE, {"dated": False}),
    *(
        case
        for rule, better, right, wrong in (
            ("costs_bounded_above", "越低越好", "不超过", "不低于"),
            ("gains_bounded_below", "越高越好", "不低于", "不超过"),
        )
        for case in (
            _case(rule, Verdict.MET, _one(better=better, direction=right)),
            _case(rule, Verdict.MET, _one(better=better, direction="未写明")),
            _case(rule, Verdict.UNMET, _one(better=better, direction=wrong)),
            _case(rule, Verdict.UNKNOWN, _one(better=better)),
            _case(rule, Verdict.NOT_APPLICABLE, _one(better="未定", direction=wrong)),
        )
    ),
    _case("shares_within_whole", Verdict.MET, _one(part_of_whole=True, share="100%")),
    _case("shares_within_whole", Verdict.UNMET, _one(part_of_whole=True, share="105%"), "5%"),
    _case("shares_within_whole", Verdict.UNKNOWN, _one(part_of_whole=True)),
    _case("shares_within_whole", Verdict.NOT_APPLICABLE, _one(part_of_whole=False, share="110%")),
    _case("shares_in_percent", Verdict.MET, _one(part_of_whole=True, as_fraction=False)),
    _case("shares_in_percent", Verdict.UNMET, _one(part_of_whole=True, as_fraction=True)),
    _case("shares_in_percent", Verdict.UNKNOWN, _one(part_of_whole=True)),
    _case("shares_in_percent", Verdict.NOT_APPLICABLE, _one(part_of_whole=False, as_fraction=True)),
    *(
        case
        for rule, inside, outside in (
            ("deadlines_before_end", "2026-12-31", "2027-01-31"),
            ("deadlines_after_start", "2026-01-01", "2025-12-31"),
        )
        for case in (
            _case(rule, Verdict.MET, _due(inside)),
            _case(rule, Verdict.UNMET, _due(outside)),
            _case(rule, Verdict.UNKNOWN, _due(None)),
            _case(rule, Verdict.NOT_APPLICABLE, {"deadlines": []}),
        )
    ),
    *(
        case
        for rule, name, fact in (
            ("indicators_distinct", "repeats", "distinct"),
            ("fields_filled_in", "fields", "filled"),
            ("nothing_left_open", "placeholders", "filled"),
            ("no_hints_left", "hints", "filled"),
            ("units_single", "doubled", "single"),
        )
        for case in (
            _case(rule, Verdict.MET, {name: []}),
            _case(rule, Verdict.UNMET, {name: [{fact: False}]}, "1 处"),
            _case(rule, Verdict.UNKNOWN, {}),
        )
    ),
    _case("goal_figures_agree", Verdict.MET, _figure(compared=True, agrees=True)),
    _case("goal_figures_agree", Verdict.UNMET, _figure(compared=True, agrees=False)),
    _case("goal_figures_agree", Verdict.UNKNOWN, _figure(compared=True)),
    _case("goal_figures_agree", Verdict.NOT_APPLICABLE, _figure(compared=False, agrees=False)),
    _case("goal_figures_covered", Verdict.MET, _figure(covered=True)),
    _case("goal_figures_covered", Verdict.UNMET, _figure(covered=False)),
    _case("goal_figures_covered", Verdict.UNKNOWN, _figure()),
    _case("goal_figures_covered", Verdict.NOT_APPLICABLE, {"figures": []}),
    _case("funds_add_up", Verdict.MET, _funds("24 万元", "200000 元", "4 万元")),
    _case("funds_add_up", Verdict.UNMET, _funds("24 万元", "20 万元", "3 万元"), "10000 元"),
    _case("funds_add_up", Verdict.UNKNOWN, _funds(None, "20 万元")),
    _case("funds_add_up", Verdict.NOT_APPLICABLE, _funds("24 万元", "20 万元", all_sources=False)),
    _case("funds_within_total", Verdict.MET, _funds("24 万元", "20 万元", all_sources=False)),
    _case("funds_within_total", Verdict.UNMET, _funds("24 万元", "25 万元", all_sources=False), "10000 元"),
    _case("funds_within_total", Verdict.UNKNOWN, _funds(None, "20 万元", all_sources=False)),
    _case("funds_within_total", Verdict.NOT_APPLICABLE, _funds("24 万元", "20 万元")),
)

PACK = Pack(standard=STANDARD, cases=CASES)
