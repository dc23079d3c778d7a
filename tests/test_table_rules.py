"""Tables of goals and of self-evaluations: what is consistent is silent, each planted slip is found in its cell."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval.amounts import Rounding
from perfeval.documents.blocks import Cell, Table
from perfeval.errors import InputError
from perfeval.findings import Finding
from perfeval.numerals import write_ratio
from perfeval.profiles import shelf as profiles
from perfeval.reviewing.tables import review_table, table_findings
from perfeval.rules import Severity
from perfeval.tables import Layout, ReadTable, TableKind, read_table
from perfeval.verdicts import Verdict

DAY = datetime.date(2026, 12, 31)

# --- a table that is consistent, written cell by cell -----------------------------------------------------

NAMES = {
    "产出指标": (
        ("数量指标", "培训期数", "期"),
        ("质量指标", "培训合格率", "%"),
        ("数量指标", "培训人次", "人次"),
        ("时效指标", "资金发放及时率", "%"),
        ("数量指标", "印制手册份数", "份"),
        ("质量指标", "年度计划完成率", "%"),
    ),
    "效益指标": (
        ("社会效益指标", "带动就业人数", "人"),
        ("社会效益指标", "政策知晓率", "%"),
        ("生态效益指标", "新增绿地处数", "处"),
    ),
    "满意度指标": (("服务对象满意度指标", "学员满意度", "%"),),
}
GROUPS = {
    Layout.NATIONAL: (10, {"产出指标": 50, "效益指标": 30, "满意度指标": 10}),
    Layout.YUNNAN: (10, {"产出指标": 50, "效益指标": 30, "满意度指标": 10}),
    Layout.SICHUAN: (10, {"产出指标": 50, "效益指标": 25, "满意度指标": 15}),
    Layout.HUBEI: (20, {"产出指标": 40, "效益指标": 30, "满意度指标": 10}),
}
GRADES = ((90, "优"), (80, "良"), (60, "中"), (0, "差"))


def shown(number: Fraction) -> str:
    """Write a number to two decimals at most, as a table prints points."""
    return write_ratio(Fraction(Rounding.HALF_UP.integer(number * 100), 100))


@frozen(kw_only=True)
class Item:
    one: str
    two: str
    name: str
    sign: str
    target: Fraction
    unit: str
    actual: Fraction
    weight: Fraction

    @property
    def is_short(self) -> bool:
        return self.actual < self.target

    @property
    def points(self) -> Fraction:
        return Fraction(shown(self.weight * min(Fraction(1), self.actual / self.target)))


@frozen(kw_only=True)
class Plan:
    """One project's consistent table: its items, and its funds in 万元 as budget and spent by source."""

    layout: Layout
    items: tuple[Item, ...]
    funds: tuple[tuple[Fraction, Fraction], ...]
    unit: str = "万元"

    @property
    def budget(self) -> Fraction:
        return sum((one for one, _ in self.funds), Fraction(0))

    @property
    def spent(self) -> Fraction:
        return sum((one for _, one in self.funds), Fraction(0))

    @property
    def execution(self) -> Fraction:
        weight = Fraction(GROUPS[self.layout][0])
        return Fraction(shown(weight * self.spent / self.budget))

    @property
    def total(self) -> Fraction:
        return self.execution + sum((item.points for item in self.items), Fraction(0))

    @property
    def grade(self) -> str:
        return next(name for low, name in GRADES if self.total >= low)

    def money(self, amount: Fraction) -> str:
        cents = int(amount * (10000 if self.unit == "元" else 1) * 100)
        return f"{cents // 100}.{cents % 100:02d}"


SOURCES = ("其中：财政拨款", "上年结转资金", "其他资金")


class Sheet:
    """A grid that remembers which cell says what, so that one can be changed."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.places: dict[str, tuple[int, int]] = {}

    def row(self, *cells: str | tuple[str, str]) -> None:
        texts: list[str] = []
        for column, cell in enumerate(cells, 1):
            if isinstance(cell, tuple):
                self.places[cell[0]] = (len(self.rows) + 1, column)
            texts.append(cell[1] if isinstance(cell, tuple) else cell)
        self.rows.append(texts)

    def put(self, key: str, text: str) -> str:
        """Write another text in a cell, and return its address."""
        row, column = self.places[key]
        self.rows[row - 1][column - 1] = text
        return f"自评表!{'ABCDEFGHIJKL'[column - 1]}{row}"

    def cell(self, key: str) -> str:
        row, column = self.places[key]
        return f"自评表!{'ABCDEFGHIJKL'[column - 1]}{row}"

    def at(self, key: str) -> str:
        row, column = self.places[key]
        return self.rows[row - 1][column - 1]

    def read(self) -> ReadTable:
        cells = [Cell(r, c, text) for r, row in enumerate(self.rows, 1) for c, text in enumerate(row, 1) if text]
        [table] = read_table(Table("自评表", cells))
        return table


def written(plan: Plan) -> Sheet:
    """Write a plan as a table of self-evaluation in its layout."""
    sheet, layout = Sheet(), plan.layout
    weight = str(GROUPS[layout][0])
    signed = layout in (Layout.SICHUAN, Layout.YUNNAN)
    sheet.row("项目支出绩效自评表（2026年度）")
    sheet.row("项目名称", "示例培训项目", "", "主管部门", "示例局")
    rate = f"{shown(plan.spent / plan.budget * 100)}%"
    sums = (plan.money(plan.budget), plan.money(plan.spent))
    head, total = f"项目资金（{plan.unit}）", "年度资金总额"
    if layout is Layout.SICHUAN:
        sheet.row(("unit", head), "", "年初预算数", "调整后预算数", "执行数", "执行率", "权重", "得分", "原因")
        funds = ["", total, sums[0], ("budget", sums[0]), ("spent", sums[1])]
        sheet.row(*funds, ("rate", rate), weight, ("execution", shown(plan.execution)), "据实结算")
    elif layout is Layout.HUBEI:
        sheet.row(("unit", head), "", "预算数（A）", "执行数（B）", "执行率（B/A）", "分值", "得分")
        funds = ["", total, ("budget", sums[0]), ("spent", sums[1])]
        sheet.row(*funds, ("rate", rate), weight, ("execution", shown(plan.execution)))
    else:
        sheet.row(
            ("unit", head), "", "年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分"
        )
        funds = ["", total, sums[0], ("budget", sums[0]), ("spent", sums[1])]
        sheet.row(*funds, weight, ("rate", rate), ("execution", shown(plan.execution)))
    for place, (label, (budget, spent)) in enumerate(zip(SOURCES, plan.funds, strict=True)):
        amounts = [("", plan.money(budget)), ("", plan.money(budget)), (f"spent{place}", plan.money(spent))]
        if layout is Layout.HUBEI:
            amounts = [("", plan.money(budget)), (f"spent{place}", plan.money(spent))]
        sheet.row("", label, *amounts)
    values = ["指标性质", "指标值", "度量单位", "实际完成值"] if signed else ["年度指标值（A）", "实际完成值（B）"]
    if layout is Layout.HUBEI:
        values = ["年初目标值（A）", "实际完成值（B）"]
    sheet.row("一级指标", "二级指标", "三级指标", *values, "分值", "得分", "偏差原因分析及改进措施")
    for place, item in enumerate(plan.items):
        target, actual = write_ratio(item.target), write_ratio(item.actual)
        cells: list[str | tuple[str, str]] = [item.one, item.two, (f"name{place}", item.name)]
        if signed:
            cells += [item.sign, (f"target{place}", target), item.unit, (f"actual{place}", actual)]
        else:
            cells += [(f"target{place}", f"{item.sign}{target}{item.unit}"), (f"actual{place}", f"{actual}{item.unit}")]
        cells += [(f"weight{place}", write_ratio(item.weight)), (f"score{place}", shown(item.points))]
        reason = "受汛期影响，部分任务推迟，已列入下年计划。" if item.is_short else ""
        sheet.row(*cells, (f"reason{place}", reason))
    blanks = [""] * (len(values) + 2)
    sheet.row("总分", *blanks, "100", ("total", shown(plan.total)))
    sheet.row("评价结论", ("grade", plan.grade))
    return sheet


@st.composite
def plans(draw: st.DrawFn, layout: Layout | None = None) -> Plan:
    layout = layout or draw(st.sampled_from(sorted(GROUPS, key=lambda one: one.value)))
    items: list[Item] = []
    for level, weight in GROUPS[layout][1].items():
        pool = NAMES[level]
        count = draw(st.integers(2 if level == "产出指标" else 1, len(pool)))
        chosen = pool[:count]
        # Weights in halves of a point, each of them at least one point: 22.5 is as good as 20.
        cuts = sorted(
            draw(st.lists(st.integers(1, weight * 2 - 1), min_size=count - 1, max_size=count - 1, unique=True))
        )
        edges = [0, *cuts, weight * 2]
        for (two, name, unit), low, high in zip(chosen, edges, edges[1:], strict=False):
            is_share = unit == "%"
            target = Fraction(draw(st.integers(80, 100) if is_share else st.integers(2, 500)))
            short = draw(st.booleans()) and target > 1
            least = target - (target // 2)
            actual = Fraction(draw(st.integers(int(least), int(target) - 1))) if short else target
            if not short and (not is_share or name.endswith("完成率")):
                actual += draw(st.integers(0, 20))
            items.append(
                Item(
                    one=level,
                    two=two,
                    name=name,
                    sign="≥",
                    target=target,
                    unit=unit,
                    actual=actual,
                    weight=Fraction(high - low, 2),
                )
            )
    funds = []
    for place in range(3):
        budget = draw(st.integers(100 if place == 0 else 0, 100000))
        spent = draw(st.integers(0, budget))
        funds.append((Fraction(budget, 100), Fraction(spent, 100)))
    return Plan(layout=layout, items=tuple(items), funds=tuple(funds), unit=draw(st.sampled_from(["万元", "元"])))


def alarms(found: list[Finding]) -> list[Finding]:
    """Return what is said to be wrong: notes are none."""
    return [one for one in found if one.verdict is Verdict.UNMET and one.severity is not Severity.NOTE]


def findings(table: ReadTable) -> list[Finding]:
    return table_findings(table, on=DAY)


def cells_of(found: list[Finding], rule: str) -> set[str]:
    """Return the cells of the unmet findings of a rule, those of their unmet parts too."""
    return {
        span.place
        for finding in found
        for one in finding.walk()
        if one.rule == rule and one.verdict is Verdict.UNMET
        for span in one.spans
    }


# --- laws -------------------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(plans())
def test_a_consistent_table_is_silent_in_every_layout(plan: Plan) -> None:
    found = findings(written(plan).read())
    assert [(one.id, one.remarks) for one in alarms(found)] == []
    assert [one.id for one in found if one.verdict is Verdict.UNKNOWN and one.severity is not Severity.NOTE] == []


@settings(max_examples=40)
@given(plans())
def test_money_in_yuan_and_in_ten_thousands_gives_the_same_verdicts(plan: Plan) -> None:
    both = [findings(written(evolve(plan, unit=unit)).read()) for unit in ("万元", "元")]
    verdicts = [[(one.id, one.verdict, one.severity) for one in found] for found in both]
    assert verdicts[0] == verdicts[1]


@settings(max_examples=40)
@given(plans(), st.booleans())
def test_money_without_a_unit_is_unknown_and_the_unit_is_asked_for(plan: Plan, wrong: bool) -> None:
    sheet = written(plan)
    sheet.put("unit", "项目资金")
    if wrong:
        sheet.put("spent0", plan.money(plan.budget * 3))
    found = findings(sheet.read())
    # One finding asks for it, and says what else waits for it.
    [one] = [one for one in found if one.verdict is Verdict.UNKNOWN and one.missing]
    assert one.rule == "funds_add_up"
    assert [lack.label.zh for lack in one.missing] == ["表中金额的单位（元或万元）"]
    assert "执行数不超过预算数" in one.remarks[-1].zh
    assert one.spans


@settings(max_examples=40)
@given(plans())
def test_a_rate_needs_no_unit(plan: Plan) -> None:
    sheet = written(plan)
    sheet.put("unit", "项目资金")
    judged = {one.rule: one.verdict for one in findings(sheet.read())}
    assert judged["execution_rate_agrees"] is Verdict.MET
    assert judged["execution_score_agrees"] is Verdict.MET
    _rate(plan, sheet)
    wrong = findings(sheet.read())
    assert sheet.cell("rate") in cells_of(wrong, "execution_rate_agrees")


Plant = Callable[[Plan, Sheet], str | None]


def _first(plan: Plan, wanted: Callable[[Item], bool]) -> int | None:
    return next((place for place, item in enumerate(plan.items) if wanted(item)), None)


def _rate(plan: Plan, sheet: Sheet) -> str:
    return sheet.put("rate", f"{shown(plan.spent / plan.budget * 100 + 5)}%")


def _execution(plan: Plan, sheet: Sheet) -> str:
    return sheet.put("execution", shown(plan.execution + (1 if plan.execution < 1 else -1)))


def _total(plan: Plan, sheet: Sheet) -> str:
    return sheet.put("total", shown(plan.total - 1))


def _grade(plan: Plan, sheet: Sheet) -> str:
    return sheet.put("grade", "良" if plan.grade != "良" else "优")


def _above_weight(plan: Plan, sheet: Sheet) -> str:
    return sheet.put("score0", shown(plan.items[0].weight + 1))


def _short_score(plan: Plan, sheet: Sheet) -> str | None:
    place = _first(plan, lambda item: item.is_short and item.weight - item.points >= 1)
    return None if place is None else sheet.put(f"score{place}", shown(plan.items[place].points + Fraction(1, 2)))


def _no_reason(plan: Plan, sheet: Sheet) -> str | None:
    if plan.layout is Layout.HUBEI:  # its form asks for none
        return None
    place = _first(plan, lambda item: item.is_short)
    if place is None:
        return None
    sheet.put(f"reason{place}", "无")
    return sheet.put(f"actual{place}", sheet.at(f"actual{place}"))


def _part(plan: Plan, sheet: Sheet) -> str:
    return sheet.put("spent1", plan.money(plan.funds[1][1] + 1))


def _no_actual(plan: Plan, sheet: Sheet) -> str | None:
    sheet.put("actual0", "")
    return sheet.put("name0", plan.items[0].name)


def _in_words(_: Plan, sheet: Sheet) -> str:
    return sheet.put("actual0", "已全部完成")


def _above_whole(plan: Plan, sheet: Sheet) -> str | None:
    place = _first(plan, lambda item: item.name.endswith(("合格率", "满意度")))
    if place is None:
        return None
    unit = "" if plan.layout in (Layout.SICHUAN, Layout.YUNNAN) else "%"
    return sheet.put(f"actual{place}", f"105{unit}")


def _weight(plan: Plan, sheet: Sheet) -> str:
    return sheet.put("weight0", write_ratio(plan.items[0].weight + 5))


def _no_target(plan: Plan, sheet: Sheet) -> str:
    sheet.put("target1", "")
    return sheet.put("name1", plan.items[1].name)


def _placeholder(_: Plan, sheet: Sheet) -> str:
    return sheet.put("target1", "≥**%")


def _no_budget(_: Plan, sheet: Sheet) -> str:
    return sheet.put("budget", "0.00")


def _overspent(plan: Plan, sheet: Sheet) -> str:
    return sheet.put("spent", plan.money(plan.budget + 1))


def _no_score(plan: Plan, sheet: Sheet) -> str:
    sheet.put("score0", "")
    return sheet.put("name0", plan.items[0].name)


def _twice(_: Plan, sheet: Sheet) -> str:
    row, _ = sheet.places["name0"]
    sheet.rows[row][: len(sheet.rows[row]) - 1] = sheet.rows[row - 1][: len(sheet.rows[row]) - 1]
    row, column = sheet.places["name1"]
    return f"自评表!{'ABCDEFGHIJKL'[column - 1]}{row}"


SLIPS: dict[str, tuple[str, Plant]] = {
    "the rate is not spent over budget": ("execution_rate_agrees", _rate),
    "the points of the rate are not its share": ("execution_score_agrees", _execution),
    "the total is not the sum": ("total_is_sum", _total),
    "the grade is not that of the total": ("grade_of_total", _grade),
    "a score is above its weight": ("scores_within_weight", _above_weight),
    "a score is not by the method": ("hand_score", _short_score),
    "no reason where short": ("reason_given", _no_reason),
    "a source of money is off": ("funds_add_up", _part),
    "an actual is blank": ("actuals_given", _no_actual),
    "an actual is a word": ("actuals_in_numbers", _in_words),
    "more than all of a whole": ("shares_reached_within_whole", _above_whole),
    "a weight is off": ("weights_add_up", _weight),
    "a target is blank": ("targets_given", _no_target),
    "a target was never filled in": ("nothing_left_open", _placeholder),
    "there is no budget": ("budget_above_zero", _no_budget),
    "more was spent than budgeted": ("execution_within_budget", _overspent),
    "a score is blank": ("scores_given", _no_score),
    "an indicator stands twice": ("indicators_distinct", _twice),
}


@pytest.mark.parametrize("slip", SLIPS)
@settings(max_examples=12)
@given(plan=plans())
def test_each_slip_is_found_in_its_cell(slip: str, plan: Plan) -> None:
    rule, plant = SLIPS[slip]
    sheet = written(plan)
    cell = plant(plan, sheet)
    if cell is None:
        return
    found = findings(sheet.read())
    assert rule in {one.rule for one in alarms(found)}
    assert cell in cells_of(found, rule)


# --- examples ---------------------------------------------------------------------------------------------


def table_of(*rows: tuple[str, ...], name: str = "绩效目标表") -> ReadTable:
    cells = [Cell(r, c, text) for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1) if text]
    [table] = read_table(Table(name, cells))
    return table


HEAD = ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位")
GOALS = (
    ("产出指标", "数量指标", "修缮道路处数", "≥", "12", "处"),
    ("产出指标", "质量指标", "工程验收合格率", "≥", "100", "%"),
    ("产出指标", "时效指标", "完工时间", "≤", "2026年11月", ""),
    ("产出指标", "成本指标", "工程总成本", "≤", "30", "万元"),
    ("效益指标", "社会效益指标", "受益群众人数", "≥", "1200", "人"),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "≥", "90", "%"),
)
TOP = (
    ("项目支出绩效目标表（2026年度）",),
    ("项目名称", "示例道路修缮项目"),
    ("年度绩效目标", "修缮道路12处，验收合格率100%，受益群众1,200人。"),
)


def goals(*changes: tuple[int, int, str], rows: tuple[tuple[str, ...], ...] = GOALS, goal: str = "") -> ReadTable:
    """Return the table of goals with some of its cells changed: row, column, text."""
    changed = [list(row) for row in rows]
    for row, column, text in changes:
        changed[row][column] = text
    top = TOP if not goal else (*TOP[:2], ("年度绩效目标", goal))
    return table_of(*top, HEAD, *(tuple(row) for row in changed))


def unmet(table: ReadTable, **kwargs: object) -> dict[str, Finding]:
    return {one.rule: one for one in table_findings(table, on=DAY, **kwargs) if one.verdict is Verdict.UNMET}  # type: ignore[arg-type]


def test_goals_that_can_be_held_to_are_silent() -> None:
    review = review_table(goals())
    assert [one.id for one in review.of(Verdict.UNMET)] == []
    assert review.title.zh == "示例道路修缮项目"
    assert review.on == datetime.date(2026, 1, 1)
    assert review.on_assumed


@pytest.mark.parametrize(
    ("change", "rule", "cell"),
    [
        ((3, 3, "≥"), "costs_bounded_above", "D8"),
        ((5, 3, "≤"), "gains_bounded_below", "D10"),
        ((1, 4, "120"), "shares_within_whole", "E6"),
        ((2, 4, "2027年3月"), "deadlines_before_end", "E7"),
        ((2, 4, "2025年11月"), "deadlines_after_start", "E7"),
        ((0, 4, "若干"), "targets_in_numbers", "E5"),
        ((4, 4, ""), "targets_given", "C9"),
        ((4, 4, "XX"), "nothing_left_open", "E9"),
        ((4, 2, "受益群众人数（≥**人）"), "no_hints_left", "C9"),
        ((1, 1, "社会效益指标"), "second_levels_fit", "B6"),
    ],
)
def test_a_slip_in_a_goal_is_found_in_its_cell(change: tuple[int, int, str], rule: str, cell: str) -> None:
    found = unmet(goals(change))
    assert rule in found
    assert f"绩效目标表!{cell}" in cells_of(list(found.values()), rule)


def test_a_completion_rate_may_pass_the_whole_and_a_saving_may_be_bounded_below() -> None:
    changes = ((1, 2, "年度任务完成率"), (1, 4, "110"), (3, 2, "成本节约额"), (3, 3, "≥"))
    table = goals(*changes, goal="修缮道路12处。")
    assert unmet(table) == {}


def test_an_operator_that_no_column_asks_for_is_a_note_only() -> None:
    rows = [(*row[:3], f"{row[4]}{row[5]}") for row in GOALS]
    found = unmet(table_of(*TOP, (*HEAD[:3], "指标值"), *rows))
    assert set(found) == {"operators_stated"}
    assert found["operators_stated"].severity is Severity.NOTE
    # A column for it that was left blank is a doubt, and the operator is not assumed.
    blank = unmet(goals((0, 3, "")))
    assert set(blank) == {"signs_filled_in"}
    assert blank["signs_filled_in"].severity is Severity.DOUBT


def test_a_level_that_is_missing_is_an_error() -> None:
    found = unmet(goals(rows=GOALS[:-1]))
    [missing] = [child for child in found["levels_present"].children if child.verdict is Verdict.UNMET]
    assert missing.label.zh == "满意度指标"
    assert found["levels_present"].spans
    # A heading that is not known may be the level under another name.
    strange = table_findings(goals((5, 0, "公众评价"), (5, 1, "公众评价"), (5, 2, "群众评价得分")), on=DAY)
    assert next(one for one in strange if one.rule == "levels_present").verdict is Verdict.UNKNOWN


def test_a_figure_of_the_goal_is_held_against_its_indicator() -> None:
    found = unmet(goals(goal="修缮道路15处，受益群众1,200人，发放补助800元。"))
    assert found["goal_figures_agree"].severity is Severity.DOUBT
    [wrong] = [child for child in found["goal_figures_agree"].children if child.verdict is Verdict.UNMET]
    assert "12" in wrong.remarks[0].zh
    assert wrong.spans[0].text == "15处"
    # No indicator speaks of the grant: that is a note.
    assert [child.label.zh for child in found["goal_figures_covered"].children if child.verdict is Verdict.UNMET] == [
        "800 元"
    ]


@pytest.mark.parametrize("goal", ["到2028年修缮道路50处。", "每村修缮道路2处。", "上年修缮道路9处。"])
def test_a_figure_of_another_time_or_a_rate_is_not_held_against_the_year(goal: str) -> None:
    assert "goal_figures_agree" not in unmet(goals(goal=goal))


def test_weights_are_asked_for_only_where_the_table_has_them() -> None:
    assert next(one for one in table_findings(goals(), on=DAY) if one.rule == "weights_add_up").verdict is (
        Verdict.NOT_APPLICABLE
    )
    head = (*HEAD, "权重")

    def weighed(*points: str) -> dict[str, Finding]:
        rows = [(*row, one) for row, one in zip(GOALS, points, strict=True)]
        return unmet(table_of(*TOP, head, *rows))

    # 22.5 + 7.5 + 10 + 10 + 30 + 10 = 90: the execution rate stands apart; with 40 for the benefits it is 100.
    assert weighed("22.5", "7.5", "10", "10", "30", "10") == {}
    assert weighed("22.5", "7.5", "10", "10", "40", "10") == {}
    wrong = weighed("22.5", "7.5", "10", "10", "35", "10")
    assert str(wrong["weights_add_up"].shortfall) == "5 个[分值]"


def test_weights_of_a_level_are_a_note_by_form_and_an_error_by_a_named_method() -> None:
    rows = [
        (*row[:3], f"{row[3]}{row[4]}{row[5]}", one)
        for row, one in zip(GOALS, ("20", "10", "5", "5", "40", "10"), strict=True)
    ]
    table = table_of(*TOP, (*HEAD[:3], "指标值", "权重"), *rows)
    assert unmet(table)["group_weights"].severity is Severity.NOTE
    named = unmet(table, profile=profiles.load("ministry_self_evaluation"))
    assert named["group_weights"].severity is Severity.ERROR
    assert unmet(table, profile=profiles.load("sichuan_self_evaluation")) == {}


def test_a_single_indicator_of_cost_worth_ninety_points_is_in_use() -> None:
    table = table_of(
        ("项目支出绩效自评表（2026年度）",),
        ("项目名称", "办案经费", "", "实施单位", "示例局"),
        ("预算执行情况（万元）", "", "年初预算数", "调整后预算数", "执行数", "执行率", "权重", "得分", "原因"),
        ("", "总额", "30", "30", "29.4", "98%", "10", "9.8", ""),
        (
            "一级指标",
            "二级指标",
            "三级指标",
            "指标性质",
            "指标值",
            "度量单位",
            "完成值",
            "权重",
            "得分",
            "未完成原因分析",
        ),
        ("成本指标", "经济成本指标", "成本控制数", "≤", "30", "万元", "29.4", "90", "90", ""),
        ("合计", "", "", "", "", "", "", "100", "99.8"),
        ("评价结论", "自评得分99.8分，评价等级：优"),
    )
    found = table_findings(table, on=DAY)
    assert alarms(found) == []
    assert next(one for one in found if one.rule == "grade_of_total").verdict is Verdict.MET


def test_a_documented_reason_in_the_prose_of_the_table_counts() -> None:
    plan = Plan(
        layout=Layout.NATIONAL,
        items=(
            Item(
                one="产出指标",
                two="数量指标",
                name="培训期数",
                sign="≥",
                target=Fraction(40),
                unit="期",
                actual=Fraction(36),
                weight=Fraction(50),
            ),
            Item(
                one="效益指标",
                two="社会效益指标",
                name="政策知晓率",
                sign="≥",
                target=Fraction(90),
                unit="%",
                actual=Fraction(90),
                weight=Fraction(30),
            ),
            Item(
                one="满意度指标",
                two="服务对象满意度指标",
                name="学员满意度",
                sign="≥",
                target=Fraction(90),
                unit="%",
                actual=Fraction(91),
                weight=Fraction(10),
            ),
        ),
        funds=((Fraction(20), Fraction(18)), (Fraction(0), Fraction(0)), (Fraction(0), Fraction(0))),
    )
    sheet = written(plan)
    sheet.put("reason0", "")
    table = sheet.read()
    assert "reason_given" in unmet(table)
    place = table.rows[0].name
    prose = evolve(place, text="因场地维修，4期培训推迟到下年举办。")
    excused = evolve(table, achieved_text=prose)
    assert unmet(excused)["target_reached"].severity is Severity.NOTE
    assert "reason_given" not in unmet(excused)
    # The name of a column is no reason.
    assert "reason_given" in unmet(evolve(table, achieved_text=evolve(place, text="上年结转资金3万元。")))


def test_a_rate_printed_without_decimals_agrees_as_it_is_rounded_or_cut() -> None:
    # 2 of 3 is 66.66…%: 67 % rounded, 66 % cut; 65 % is neither.
    def rated(rate: str) -> set[str]:
        return set(
            unmet(
                table_of(
                    ("项目支出绩效自评表（2026年度）",),
                    (
                        "项目资金（万元）",
                        "",
                        "年初预算数",
                        "全年预算数（A）",
                        "全年执行数（B）",
                        "分值",
                        "执行率（B/A）",
                        "得分",
                    ),
                    ("", "年度资金总额", "3", "3", "2", "10", rate, "6.67"),
                    ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
                    ("产出指标", "数量指标", "培训期数", "≥3期", "3期", "50", "50"),
                    ("效益指标", "社会效益", "政策知晓率", "≥90%", "90%", "30", "30"),
                    ("满意度指标", "服务对象满意度", "学员满意度", "≥90%", "90%", "10", "10"),
                )
            )
        )

    assert "execution_rate_agrees" not in rated("67%") | rated("66%") | rated("66.7%")
    assert "execution_rate_agrees" in rated("65%") & rated("66.0%")


def test_a_table_that_names_no_year_is_judged_on_no_day() -> None:
    table = evolve(goals(), year=None)
    review = review_table(table)
    assert review.on is None
    # What depends on the year is not known, and asks for the days of the project.
    assert review["deadlines_before_end"].verdict is Verdict.UNKNOWN
    assert review_table(table, on=DAY).on == DAY
    [known] = [one for one in table_findings(table, on=DAY, year=2026) if one.rule == "deadlines_before_end"]
    assert known.verdict is Verdict.MET
    with pytest.raises(InputError):
        review_table("绩效目标表")  # type: ignore[arg-type]


def test_a_target_without_a_unit_is_unknown_and_asks_for_it() -> None:
    found = {one.rule: one for one in table_findings(goals((4, 5, "")), on=DAY)}
    one = found["targets_with_unit"]
    assert one.verdict is Verdict.UNKNOWN
    assert [lack.label.zh for lack in one.missing] == ["计量单位"]
    assert [str(lack.of.zh) for lack in one.missing if lack.of is not None] == ["受益群众人数"]
    assert "绩效目标表!E9" in {span.place for span in one.spans}
    assert not [each for each in found.values() if each.verdict is Verdict.UNMET and each.severity is Severity.ERROR]


def test_every_alarm_has_its_cells_and_both_languages() -> None:
    broken = goals((0, 4, "若干"), (1, 4, "120"), (2, 4, "2027年3月"), (3, 3, "≥"), (4, 4, "XX"), rows=GOALS[:-1])
    found = [one for one in table_findings(broken, on=DAY) if one.verdict is Verdict.UNMET]
    assert len(found) > 4
    for one in found:
        assert one.spans, one.id
        assert all(span.cell for span in one.spans), one.id
        assert one.label.zh != one.label.en
        assert one.suggestion is not None
        assert one.citation is not None


def test_the_kind_of_the_table_decides_what_is_asked() -> None:
    assert goals().kind is TableKind.GOALS
    assert not [one for one in table_findings(goals(), on=DAY) if one.id.startswith("self_evaluation_table/")]
