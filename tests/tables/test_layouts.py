"""One table of each layout, read and scored; the totals are worked out by hand beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from perfeval.documents.blocks import Document, Paragraph, Table
from perfeval.errors import FactsError
from perfeval.expressions import Operator
from perfeval.indicators import IndicatorKind
from perfeval.profiles.shelf import load
from perfeval.scoring import Score, score
from perfeval.tables import (
    Column,
    FundsSource,
    Layout,
    ReadTable,
    TableKind,
    profile_of,
    read_table,
    read_tables,
)

Grid = Callable[..., Table]

NATIONAL = """
项目支出绩效自评表→→→→→→→→
（2025年度）→→→→→→ | 单位：万元→
项目名称 | 园区党建经费→→→→→→→
主管部门 | 某县委组织部→→→ | 实施单位 | 某园区党委→→
项目资金↓↓↓↓ | | 年初预算数 | 全年预算数（A） | 全年执行数(B) | 分值 | 执行率（B/A） | 得分 |
^ | 年度资金总额 | 5.00 | 5.00 | 4.50 | 10 | 90% | 9 |
^ | 其中：本年财政拨款 | 5.00 | 5.00 | 4.50 | — | 90% | — |
^ | 上年结转资金 | | | | — | | — |
^ | 其他资金 | | | | — | | — |
年度总体目标↓ | 预期目标→→→ | 实际完成情况→→→→
^ | 办好培训→→→ | 已经办完→→→→
绩效指标↓↓↓↓↓ | 一级指标 | 二级指标 | 三级指标 | 年度指标值(A) | 实际完成值(B) | 分值 | 得分 | 偏差原因分析及改进措施
^ | 产出指标↓↓ | 数量指标↓ | 培训期数 | ≥3期 | 3期 | 22.5 | 22.5 |
^ | ^ | ^ | 培训人数 | ≥50人 | 40人 | 20 | 16 | 两家企业停产
^ | ^ | 时效指标 | 完成时间 | 2025年12月底前 | 达成预期指标 | 7.5 | 7.5 |
^ | 效益指标 | 社会效益指标 | 党建氛围 | 明显改善 | 达成预期指标 | 30 | 27 |
^ | 满意度指标 | 服务对象满意度 | 党员满意度 | ≥90% | 95% | 10 | 10 |
总分→→→→→ | 100 | 92 |
"""
SICHUAN = """
2025年部门预算项目支出绩效自评表→→→→→→→→→
项目名称 | 党建经费→→→→→→→→
预算执行情况（10%）↓↓ | 项目 | 年初预算 | 调整后预算数 | 预算执行数 | 预算执行率 | 权重 | 得分 | 原因 |
^ | 总额 | 10万元 | 8万元 | 6万元 | 75.00% | 10 | 7.5 | 班次减少 |
^ | 其中：财政资金 | 10万元 | 8万元 | 6万元 | 75.00% | / | / | |
一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 完成值 | 权重 | 得分 | 未完成原因分析
产出指标 | 数量指标 | 培训期数 | ≥ | 3 | 期 | 3 | 30 | 30 |
 | | 培训人数 | ≥ | 50 | 人 | 40 | 30 | 24 | 停产
效益指标 | 社会效益 | 氛围 | 定性 | 好 | | 达成预期指标 | 30 | 28 |
合计→→→→→→ | 100 | 89.5 |
评价结论 | 自评得分89.5→→→→→→→→
存在问题 | 参训面不够→→→→→→→→
改进措施 | 提前通知→→→→→→→→
项目负责人：张某→ | 财务负责人：李某→→→→→→→
"""
HUBEI = """
项目自评表→→→→→→
项目名称 | 党建经费→→→→→
项目类别 | 部门预算→ | 项目属性 | 常年性→→
预算执行情况（万元）（20分）↓ | | 预算数(A) | 执行数(B) | 执行率(B/A) | 得分→
^ | 年度财政资金总额 | 10 | 9 | 90% | 18→
一级指标 | 二级指标 | 三级指标 | 年初目标值(A) | 实际完成值(B) | 得分→
产出指标（40分） | 数量指标（20分） | 培训期数（期） | ≥3 | 3 | 20→
 | 质量指标（20分） | 合格率 | ≥95% | 76% | 16→
效益指标（40分） | 社会效益（30分） | 氛围 | 改善 | 达成预期指标 | 30→
 | 满意度指标（10分） | 满意度 | ≥90% | 95% | 10→
总分→→→→ | 94→
"""
YUNNAN = """
项目支出绩效自评表→→→→→→→→→→→
项目名称 | 党建经费→→→→→→→→→→
项目资金（元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 | | | |
 | 年度资金总额 | 50,000.00 | 50,000.00 | 50,000.00 | 10 | 100% | 10 | | | |
一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 指标属性 | 指标内容 | 实际完成值 | 分值 | 得分 | 偏差原因分析
产出指标 | 数量指标 | 培训期数 | >= | 2 | 期 | 定量指标 | 全年办班 | 2 | 25 | 25 |
 | 成本指标 | 人均费用 | <= | 500 | 元 | 定量指标 | 全年 | 625 | 25 | 20 | 场地涨价
效益指标 | 社会效益指标 | 覆盖率 | >= | 65 | % | 定量指标 | 受训党员 | 65 | 30 | 30 |
满意度指标 | 服务对象满意度 | 满意度 | >= | 90 | % | 定量指标 | 问卷 | 81 | 10 | 9 | 问卷少
总分→→→→→→→→ | 100 | 94 |
"""
YUNNAN_GOALS = """
项目支出绩效目标表（本级下达）→→→→→→→→→
单位：元→→→→→→→→→
单位名称、项目名称 | 项目年度绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 指标属性 | 指标内容
某县委组织部 | | | | | | | | |
培训经费 | 办好培训 | | | | | | | |
 | | 产出指标 | | | | | | |
 | | | 数量指标 | | | | | |
 | | | | 培训期数 | >= | 3 | 期 | 定量指标 | 全年办班
 | | | | 培训人数 | >= | 50 | 人 | 定量指标 |
 | | | 时效指标 | | | | | |
 | | | | 完成时限 | = | 2026年12月 | 年 | 定性指标 |
 | | 效益指标 | | | | | | |
 | | | 社会效益指标 | | | | | |
 | | | | 覆盖率 | >= | 65 | % | 定量指标 |
阵地经费 | 建好阵地 | 产出指标 | 数量指标 | 阵地 | = | 2 | 个 | 定量指标 |
"""
ANHUI = """
项目绩效目标表（2021年度）→→→
项目资金（万元） | 年度资金总额： | 90→
 | 其中：财政拨款 | 90→
 | 其他资金 | 0→
年度绩效目标 | 保障运转→→
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 指标1：办理件数（≥**件） | 8个
 | 质量指标 | 合格率（≥**%） | 100%
 | 时效指标 | 完成时限 | 2021年全年
 | 成本指标 | 成本（≤**万元） | ≤90万元
 | | 人次 | ≥**人次
"""
HUBEI_GOALS = """
绩效目标批复表→→→→→→
项目金额 | 100万元 | 其中：当年市级财政资金 | 100万元 | 项目期 | 2022年→
一级指标↓ | 二级指标↓ | 三级指标↓ | 指标值→ | 指标标准或依据↓→
^ | ^ | ^ | 上年实际 | 本年预期 | ^
产出指标 | 数量指标 | 主体班培训 | 260人次 | 280人次 | 年度计划→
 | | 班次 | 6批次 | =8批次 | 年度计划→
"""


def _one(grid: Grid, text: str, name: str = "表") -> ReadTable:
    (table,) = read_table(grid(text, name))
    return table


def _scored(table: ReadTable) -> Score:
    assert table.profile is not None
    return score(table.sheet(), load(table.profile), on=date(2025, 12, 31))


def test_the_national_self_evaluation_reads_and_scores(grid: Grid) -> None:
    """9 for 4.5 of 5; 22.5 + 20 × 40/50 + 7.5 + 27 given in its band + 10: 92."""
    table = _one(grid, NATIONAL, "自评表")
    assert (table.kind, table.layout, table.year) == (TableKind.SELF_EVALUATION, Layout.NATIONAL, 2025)
    assert table.project is not None and (table.project.text, table.project.span.cell) == ("园区党建经费", "自评表!B3")
    assert table.department is not None and table.unit is not None
    assert (table.department.text, table.unit.text) == ("某县委组织部", "某园区党委")
    assert table.goal_text is not None and table.achieved_text is not None
    assert (table.goal_text.text, table.achieved_text.text) == ("办好培训", "已经办完")
    assert [row.source for row in table.funds] == list(FundsSource)
    first = table.funds[0]
    assert first.executed is not None and first.executed.span is not None
    assert (str(first.executed.amount), first.executed.decimals, first.executed.span.cell) == (
        "4.5 万元",
        2,
        "自评表!E6",
    )
    assert (first.points, str(first.rate), first.scored) == (10, "90%", 9)
    assert table.funds[1].weight is None and table.funds[2].executed is None
    by_name = {row.name.text: row for row in table.rows}
    assert by_name["培训人数"].level_two is not None and by_name["培训人数"].level_two.span.cell == "自评表!C13"
    assert by_name["培训人数"].goal is not None and by_name["培训人数"].name.span.cell == "自评表!D14"
    done = by_name["完成时间"]
    assert (done.kind, done.goal, done.deadline) == (IndicatorKind.QUALITATIVE, None, date(2025, 12, 31))
    assert (table.total, table.full, table.unread) == (92, 100, ())
    scored = _scored(table)
    assert (scored.total.exact, scored.given_total, scored.grade and scored.grade.zh) == (92, 92, "优")
    # What is short is found, 4.5 of 5 and 40 of 50, and no more: a deadline is not taken for a figure.
    short = [one.id for one in scored.review.findings if one.verdict.name == "UNMET"]
    assert short == ["execution_rate", "target_reached/培训人数"]


def test_the_sichuan_self_evaluation_reads_and_scores(grid: Grid) -> None:
    """7.5 for 6 of the adjusted 8; 30 + 30 × 40/50 + 28 given in its band: 89.5."""
    table = _one(grid, SICHUAN)
    assert (table.layout, table.money_unit, table.total, table.full) == (Layout.SICHUAN, None, Fraction("89.5"), 100)
    funds = table.funds[0]
    assert funds.adjusted is not None and str(funds.adjusted.amount) == "8 万元"
    assert funds.reason is not None and funds.reason.text == "班次减少"
    assert table.grade is not None and table.problems is not None and table.measures is not None
    assert (table.grade.text, table.problems.text, table.measures.text) == ("自评得分89.5", "参训面不够", "提前通知")
    trained = table.rows[1]
    assert trained.sign is not None and trained.operator is Operator.AT_LEAST
    assert (str(trained.goal), str(trained.reached)) == ("50 人", "40 人")
    assert table.rows[2].kind is IndicatorKind.QUALITATIVE and table.unread == ()
    scored = _scored(table)
    assert (scored.total.exact, scored.grade and scored.grade.zh) == (Fraction("89.5"), "良")
    reasons = {
        finding.about: finding.verdict.name for finding in scored.review.findings if finding.rule == "reason_given"
    }
    assert reasons["培训人数"] == "MET"


def test_the_hubei_self_evaluation_reads_and_scores(grid: Grid) -> None:
    """18 for 9 of 10; 20 + 20 × 76/95 + 30 + 10: 94; the weights stand in the level cells."""
    table = _one(grid, HUBEI)
    assert table.layout is Layout.HUBEI and table.total == 94
    assert table.funds[0].points == 20 and table.funds[0].weight is not None
    assert [row.points for row in table.rows] == [20, 20, 30, 10]
    assert [row.level_one_points for row in table.rows] == [40, 40, 40, 40]
    first = table.rows[0]
    assert (first.name.text, str(first.goal), str(first.reached)) == ("培训期数", "3 期", "3 期")
    assert first.level_two is not None and first.level_two.text == "数量指标"
    assert first.unit is not None and first.unit.span.text == "期"
    scored = _scored(table)
    assert (scored.total.exact, scored.grade and scored.grade.zh) == (94, "优")


def test_the_yunnan_self_evaluation_reads_and_scores(grid: Grid) -> None:
    """10; 25 + 25 × 500/625 + 30 + 10 × 81/90: 94."""
    table = _one(grid, YUNNAN)
    assert table.layout is Layout.YUNNAN and table.profile == "ministry_self_evaluation"
    assert table.funds[0].full_year is not None and str(table.funds[0].full_year.amount) == "50,000 元"
    content = table.rows[0].content
    assert content is not None and content.text == "全年办班"
    scored = _scored(table)
    assert (scored.total.exact, scored.given_total, table.total) == (94, 94, 94)


def test_the_yunnan_list_of_goals_is_a_table_for_each_project(grid: Grid) -> None:
    """Levels stand in rows of their own; the name above the first project is that of the unit."""
    one, two = read_table(grid(YUNNAN_GOALS, "05-2"))
    assert (one.kind, one.layout, one.money_unit) == (TableKind.GOALS, Layout.YUNNAN, "元")
    assert one.project is not None and one.unit is not None and one.goal_text is not None
    assert (one.project.text, one.unit.text, one.goal_text.text) == ("培训经费", "某县委组织部", "办好培训")
    levels = [(row.level_one and row.level_one.text, row.level_two and row.level_two.text) for row in one.rows]
    assert levels == [
        ("产出指标", "数量指标"),
        ("产出指标", "数量指标"),
        ("产出指标", "时效指标"),
        ("效益指标", "社会效益指标"),
    ]
    done = one.rows[2]
    assert (done.kind, done.operator, done.deadline) == (IndicatorKind.QUALITATIVE, Operator.EQUAL, date(2026, 12, 31))
    assert two.project is not None and two.project.text == "阵地经费" and len(two.rows) == 1
    assert two.rows[0].name.span.cell == "05-2!E15" and two.rows[0].points is None


def test_hints_of_the_template_are_left_out_of_names(grid: Grid) -> None:
    """(≥**%) inside a name states the sign that the target leaves out, and is no part of the name."""
    table = _one(grid, ANHUI)
    assert (table.kind, table.layout, table.year) == (TableKind.GOALS, Layout.NATIONAL, 2021)
    assert [row.planned and str(row.planned.amount) for row in table.funds] == ["90 万元", "90 万元", "0 万元"]
    count, share, done, cost, unfilled = table.rows
    assert (count.name.text, count.operator, str(count.goal)) == ("办理件数", Operator.AT_LEAST, "8 个")
    assert (share.name.text, share.operator, str(share.goal)) == ("合格率", Operator.AT_LEAST, "100%")
    assert (done.deadline, done.kind) == (date(2021, 12, 31), IndicatorKind.QUALITATIVE)
    assert (cost.operator, str(cost.goal)) == (Operator.AT_MOST, "90 万元")
    assert (unfilled.placeholder, unfilled.operator, unfilled.goal) == (True, Operator.AT_LEAST, None)
    assert [row.placeholder for row in table.rows[:4]] == [False] * 4


def test_a_head_of_two_rows_is_one(grid: Grid) -> None:
    """指标值 over 上年实际 and 本年预期: the target is that of this year; a missing sign stays unstated."""
    table = _one(grid, HUBEI_GOALS)
    assert (table.kind, table.layout) == (TableKind.GOALS, Layout.HUBEI)
    one, two = table.rows
    assert (str(one.goal), one.operator, str(two.goal), two.operator) == ("280 人次", None, "8 批次", Operator.EQUAL)
    assert (
        one.prior is not None and one.basis is not None and (one.prior.text, one.basis.text) == ("260人次", "年度计划")
    )
    assert table.period is not None and table.period.last == date(2022, 12, 31)
    assert [row.planned and str(row.planned.amount) for row in table.funds] == ["100 万元", "100 万元"]


def test_a_head_over_sign_content_and_unit_is_one(grid: Grid) -> None:
    """指标值 over 运算符号, 内容 and 度量单位."""
    text = """
一级指标↓ | 二级指标↓ | 三级指标↓ | 指标值→→
^ | ^ | ^ | 运算符号 | 内容 | 度量单位
产出指标 | 数量指标 | 培训期数 | ≥ | 3 | 期
"""
    (row,) = _one(grid, text).rows
    assert (row.operator, str(row.goal)) == (Operator.AT_LEAST, "3 期")


def test_a_name_may_be_headed_by_the_block(grid: Grid) -> None:
    """绩效指标 over the names alone; and beside all rows it is none of their heads, whatever stands in them."""
    table = _one(grid, "绩效指标→ | 指标值 | 分值\n培训期数→ | ≥3期 | 50\n培训人数→ | ≥50人 | 50")
    assert [(row.name.text, row.points) for row in table.rows] == [("培训期数", 50), ("培训人数", 50)]
    text = """
绩效指标↓↓ | 一级指标 | 三级指标 | 指标值 | 度量单位 | 备注
^ | 产出指标 | 备注 | ≥3 | 单位 | 说明
^ | | 场次 | ≥3 | 场 |
"""
    assert [row.name.text for row in _one(grid, text).rows] == ["备注", "场次"]


def test_points_and_a_unit_in_the_name(grid: Grid) -> None:
    """培训人数（人）（10分）: neither is part of the name."""
    table = _one(
        grid,
        "一级指标 | 三级指标 | 指标值\n产出指标(20分) | 培训人数（人）（１０分） | ≥50\n | 参会人数（含线上）（10分） | ≥5人",
    )
    one, two = table.rows
    assert (one.name.text, one.points, str(one.goal)) == ("培训人数", 10, "50 人")
    assert (two.name.text, two.points, str(two.goal)) == ("参会人数（含线上）", 10, "5 人")
    assert one.weight is not None and one.weight.span.text == "１０分" and one.level_one_points == 20


def test_goals_of_several_years_are_not_those_of_the_year(grid: Grid) -> None:
    """实施期 and 年度 side by side: the second set of columns is the year's, the first is told as not taken."""
    text = """
项目绩效目标申报表→→→→→→
项目名称 | 党建经费→→→→→
资金（万元） | 实施期资金总额 | 30 | | 年度资金总额 | 10 |
 | 其中：财政拨款 | 30 | | 其中：财政拨款 | 10 |
一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 培训期数 | ≥9期 | 数量指标 | 培训期数 | ≥3期
"""
    table = _one(grid, text)
    (row,) = table.rows
    assert (str(row.goal), row.name.span.cell) == ("3 期", "表!F6")
    assert [row.planned and str(row.planned.amount) for row in table.funds] == ["10 万元", "10 万元"]
    assert [one.span.cell for one in table.unread] == ["表!C4", "表!B6", "表!C6", "表!D6"]


def test_the_shanghai_declaration_keeps_the_years_apart(grid: Grid) -> None:
    """项目资金总额 is that of all years, and told; from when to when it runs stands in two fields."""
    text = """
财政项目支出绩效目标申报表（2026年度）→→→
项目名称 | 党建经费→→
计划开始日期 | 2026-01-01 | 计划完成日期 | 2026-12-31
项目资金（元）↓↓↓↓ | 项目资金总额 | 300,000.00 |
^ | 其中财政资金 | 300,000.00 |
^ | 年度资金申请总额 | 100,000.00 |
^ | 其中：当年财政拨款 | 100,000.00 |
^ | 上年结转资金 | 0.00 |
年度总目标 | 办好培训→→
一级指标 | 二级指标 | 三级指标 | 指标目标值
产出指标 | 数量 | 场次 | ≥3场
"""
    table = _one(grid, text)
    assert [(row.source.name, row.planned and str(row.planned.amount)) for row in table.funds] == [
        ("TOTAL", "100,000 元"),
        ("FISCAL", "100,000 元"),
        ("CARRIED_OVER", "0 元"),
    ]
    assert [(one.text, one.span.cell) for one in table.unread] == [("300,000.00", "表!C4"), ("300,000.00", "表!C5")]
    assert table.period is not None
    assert (table.period.first, table.period.last) == (date(2026, 1, 1), date(2026, 12, 31))
    assert table.goal_text is not None and table.goal_text.text == "办好培训"


def test_funds_in_pairs_and_rows_that_were_never_filled_in(grid: Grid) -> None:
    """预算数：and 执行数：each left of its figure; 指标2：without anything beside it is no indicator."""
    text = """
项目支出绩效自评表→→→→→→→→
（2019 年度）→→→→→→→→
项目名称 | 党建经费→→→→→→→
预算执行情况（万元）↓↓ | 预算数:→ | 100.00→ | 执行数:→ | 98.50→
^ | 其中:财政拨款→ | 90.00→ | 其中:财政拨款→ | 88.50→
^ | 其他资金→ | 10.00→ | 其他资金→ | 10.00→
年度总体目标完成情况↓ | 预期目标→→→ | 目标实际完成情况→→→
^ | 办好培训→→→ | 都已办完→→→
年度绩效指标完成情况↓↓ | 一级指标 | 二级指标 | 三级指标 | 预期指标值→ | 实际完成指标值→ |
^ | 产出指标↓ | 数量指标 | 指标1：培训期数 | 3期→ | 3期→ |
^ | ^ | 数量指标 | 指标2： | → | → |
"""
    table = _one(grid, text)
    assert (table.layout, table.year) == (Layout.NATIONAL, 2019)
    assert table.achieved_text is not None and table.achieved_text.text == "都已办完"
    assert [
        (row.full_year and str(row.full_year.amount), row.executed and str(row.executed.amount)) for row in table.funds
    ] == [
        ("100 万元", "98.5 万元"),
        ("90 万元", "88.5 万元"),
        ("10 万元", "10 万元"),
    ]
    assert [row.name.text for row in table.rows] == ["培训期数"] and table.unread == ()


def test_a_cell_that_is_not_right_under_its_head_is_under_most_of_it(grid: Grid) -> None:
    """Grids of word processors shift cells by a column."""
    text = """
一级指标 | 二级指标 | 三级指标→ | 年度指标值→ | 实际完成值
产出指标 | 数量指标 | 场次 | ≥3场→ | | 4场
"""
    (row,) = _one(grid, text).rows
    assert (row.name.text, str(row.goal), str(row.reached)) == ("场次", "3 场", "4 场")


@pytest.mark.parametrize("title", ["项目绩效运行监控表", "项目支出绩效评价指标体系评分表"])
def test_tables_of_other_kinds_give_nothing(grid: Grid, title: str) -> None:
    """Monitoring and a scoring system have the same heads, and are neither goals nor a self-evaluation."""
    assert read_table(grid(f"{title}→→→\n一级指标 | 三级指标 | 指标值 | 得分\n产出指标 | 场次 | ≥3场 | 5")) == ()
    assert read_table(grid("一级指标 | 三级指标 | 分值 | 评分标准\n决策 | 立项依据 | 5 | 充分")) == ()


def test_every_layout_but_none_has_a_profile() -> None:
    """Each names a profile that ships."""
    for layout in Layout:
        name = profile_of(layout)
        assert (name is None) == (layout is Layout.OTHER)
        if name is not None:
            assert load(name).name == name


def test_a_table_that_weighs_cost_is_scored_with_cost(grid: Grid) -> None:
    """With 成本指标 as a first level, the central profile with cost."""
    text = NATIONAL.replace("效益指标 | 社会效益指标", "成本指标 | 经济成本指标")
    assert _one(grid, text).profile == "ministry_with_cost"


# --- several on one sheet ---------------------------------------------------------------------------------


def test_forms_that_are_stacked_are_tables_of_their_own(grid: Grid) -> None:
    """Two forms under one another; the second declares its own unit."""
    second = NATIONAL.replace("园区党建经费", "阵地建设经费").replace("单位：万元", "单位：元").strip("\n")
    one, two = read_table(grid(f"{NATIONAL}→→→→→→→→\n{second}"))
    assert one.project is not None and two.project is not None
    assert (one.project.text, two.project.text) == ("园区党建经费", "阵地建设经费")
    assert (one.money_unit, two.money_unit) == ("万元", "元")
    assert len(one.rows) == len(two.rows) == 5 and len(two.funds) == 4
    assert two.rows[0].name.span.cell == "表!D32"


def test_titles_that_differ_begin_tables(grid: Grid) -> None:
    """A title of its own begins another table; the same one again is the next page. A name is no title."""
    heads = "一级指标 | 三级指标 | 指标值 | 分值"
    row = "产出指标 | {0} | ≥3期 | 50"
    text = f"甲项目绩效目标表→→→\n{heads}\n{row.format('甲')}\n{{0}}项目绩效目标表→→→\n{heads}\n{row.format('乙')}"
    one, two = read_table(grid(text.format("乙")))
    assert [read.title and read.title.text for read in (one, two)] == ["甲项目绩效目标表", "乙项目绩效目标表"]
    (only,) = read_table(grid(text.format("甲")))
    assert [row.name.text for row in only.rows] == ["甲", "乙"]
    (named,) = read_table(grid(f"{heads}\n产出指标↓ | 编制绩效目标表 | ≥1张 | 50\n^ | 填报绩效自评表 | |"))
    assert [row.name.text for row in named.rows] == ["编制绩效目标表", "填报绩效自评表"]


def test_totals_in_between_and_at_the_end(grid: Grid) -> None:
    """Indicators go on after a sum in between; what stands after the last is none."""
    text = """
一级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分
产出指标 | 培训期数 | ≥3期 | 3期 | 50 | 50
小计 | | | | 50 | 50
效益指标 | 覆盖率 | ≥65% | 65% | 40 | 40
合计 | | | | 90 | 90
满意度指标 | 满意度 | ≥90% | 90% | 10 | 10
总分→→→ | 100 | 100
单位盖章 | 示例单位 | | | |
"""
    table = _one(grid, text)
    assert [row.name.text for row in table.rows] == ["培训期数", "覆盖率", "满意度"]
    assert (table.full, table.total, table.unread) == (100, 100, ())
    one = _one(grid, "一级指标 | 三级指标 | 指标值 | 得分\n产出指标 | 培训期数 | ≥3期 | 90\n总分：90分")
    assert one.total == 90 and one.total_written is not None and one.total_written.span.text == "90分"
    # A sum that stands beside no head of its own: one number is the score, or the weight where nothing is scored.
    late = _one(
        grid, "一级指标 | 三级指标 | 指标值 | 分值 | 得分 |\n产出指标 | 培训期数 | ≥3期 | 90 | 90 |\n总分 | | | | | 90"
    )
    assert (late.total, late.full) == (90, None)
    goals = _one(grid, "一级指标 | 三级指标 | 指标值 | 分值 |\n产出指标 | 培训期数 | ≥3期 | 90 |\n合计 | | | | 90")
    assert (goals.total, goals.full) == (None, 90)


def test_what_is_one_cell_over_all_columns_is_a_level_or_told(grid: Grid) -> None:
    """A band of a level's name is that level; another band is no indicator."""
    text = """
一级指标 | 二级指标 | 三级指标 | 指标值
效益指标→→→
 | 社会效益指标 | 覆盖率 | ≥65%
以下各项由财务填报→→→
 | | 满意度 | ≥90%
"""
    table = _one(grid, text)
    assert [row.level_one and row.level_one.text for row in table.rows] == ["效益指标", "效益指标"]
    assert [one.text for one in table.unread] == ["以下各项由财务填报"]


def test_one_name_over_two_rows_is_one_indicator(grid: Grid) -> None:
    """What its second row says beside it is told."""
    table = _one(grid, "一级指标 | 三级指标 | 指标值\n产出指标↓ | 培训↓ | ≥3期\n^ | ^ | ≥50人")
    assert [str(row.goal) for row in table.rows] == ["3 期"]
    assert [(one.text, one.span.cell) for one in table.unread] == [("≥50人", "表!C3")]


def test_units_and_projects_in_columns_of_their_own(grid: Grid) -> None:
    """单位名称 beside 项目名称; a total of the unit above its projects is none of a project's."""
    text = """
单位名称 | 项目名称 | 年度绩效目标 | 一级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位
 | 合计 | | | | | |
某局↓ | 培训经费 | 办好培训 | 产出指标 | 培训期数 | ≥ | 3 | 期
^ | 阵地经费 | 建好阵地 | 产出指标 | 阵地 | ＝ | 2 | 个
"""
    tables = read_table(grid(text))
    assert [(read.unit and read.unit.text, read.project and read.project.text) for read in tables] == [
        ("某局", "培训经费"),
        ("某局", "阵地经费"),
    ]


def test_two_fields_may_share_a_line(grid: Grid) -> None:
    """填报单位 and 金额单位, far apart in one cell."""
    table = _one(grid, "填报单位：某中心    金额单位：万元→→\n年度资金总额 | 5 |\n一级指标 | 三级指标 | 指标值")
    assert table.unit is not None and (table.unit.text, table.money_unit) == ("某中心", "万元")
    assert table.funds[0].planned is not None and str(table.funds[0].planned.amount) == "5 万元"


def test_what_a_sheet_refuses_names_its_cell(grid: Grid) -> None:
    """An indicator without a first level, and money below zero."""
    text = (
        "资金（元） | 全年预算数 | 全年执行数\n年度资金总额 | -5 | 5\n三级指标 | 指标值 | 分值\n培训期数 | ≥3期 | 100"
    )
    with pytest.raises(FactsError) as raised:
        _one(grid, text, "表").sheet()
    assert [problem.where for problem in raised.value.problems] == ["表!A4: level_one", "表!A2: funds.full_year"]


def test_a_form_begins_where_what_stands_first_stands_again(grid: Grid) -> None:
    """Without a project's name: the department once more, or once more heads of funds."""
    rows = "一级指标 | 三级指标 | 指标值 | 实际完成值 | 分值\n产出指标 | 培训期数 | ≥3期 | 3期 | 90\n总分 | | | | 90"
    funds = "资金（元） | 全年预算数 | 全年执行数\n年度资金总额 | {0} | {0}"
    one, two = read_table(grid("\n".join([funds.format(5), rows, funds.format(7), rows])))
    assert [str(row.executed and row.executed.amount) for row in (*one.funds, *two.funds)] == ["5 元", "7 元"]
    forms = [f"主管部门 | {name}\n项目名称 | 项目{name}\n{rows}" for name in ("甲局", "乙局")]
    one, two = read_table(grid("\n".join(forms)))
    assert one.department is not None and two.department is not None
    assert (one.department.text, two.department.text, len(one.rows), len(two.rows)) == ("甲局", "乙局", 1, 1)


def test_a_table_that_goes_on_over_a_page_is_one(grid: Grid) -> None:
    """The next page repeats the heads; its first row stands under the levels of the page before."""
    heads = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n"
    first = "项目名称 | 党建经费→→→→→\n" + heads + "产出指标 | 数量指标 | 培训期数 | ≥3期 | 3期 | 50 | 50"
    next_page = heads + " | | 培训人数 | ≥50人 | 50人 | 50 | 50\n总分→→→→ | 100 | 100"
    pages = [Paragraph("自评表"), grid(first, "表1"), Paragraph("- 1 -"), grid(next_page, "表2")]
    (table,) = read_tables(Document("自评.pdf", pages))
    second = table.rows[1]
    assert second.level_two is not None and second.level_two.text == "数量指标"
    assert second.name.span.cell == "表2!C2" and table.total == 100
    # A page that begins with a level that was left behind, or has a heading of its own, is another table.
    again = grid(f"{heads}产出指标 | 数量指标 | 场次 | ≥3场 | 3场 | 50 | 50", "表3")
    satisfied = grid(f"{first}\n满意度指标 | 满意度 | 满意度 | ≥90% | 90% | 50 | 50", "表1")
    assert len(read_tables(Document("自评.pdf", [satisfied, again]))) == 2
    pages[2] = Paragraph("项目名称：阵地经费")
    assert len(read_tables(Document("自评.pdf", pages))) == 2


# --- values -----------------------------------------------------------------------------------------------


def _row(grid: Grid, target: str, *, unit: str = "", sign: str = "", name: str = "指标甲") -> ReadTable:
    text = f"绩效目标表（2026年度）\n一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位\n产出指标 | 数量指标 | {name} | {sign} | {target} | {unit}"
    return _one(grid, text)


@pytest.mark.parametrize(
    ("target", "operator", "goal"),
    [
        ("≥50个", ">=", "50 个"),
        ("不少于3期", ">=", "3 期"),
        ("50个以上", ">=", "50 个"),
        ("80%-90%", None, "80% – 90%"),
        ("=42个", "==", "42 个"),
        ("8个", None, "8 个"),
        ("280人次", None, "280 人次"),
        ("≤90万元", "<=", "90 万元"),
        ("＞＝９５％", ">=", "95%"),
        ("100%", None, "100%"),
        ("约50人", None, "50 人"),
        ("1,200.50元", None, "1,200.5 元"),
        ("≥2次/年", ">=", "2 次/年"),
    ],
)
def test_a_target_reads(grid: Grid, target: str, operator: str | None, goal: str) -> None:
    """The operator in the value, or missing; the unit in the value."""
    table = _row(grid, target)
    (row,) = table.rows
    assert (row.operator and row.operator.value, str(row.goal), row.unit_declared) == (operator, goal, True)
    assert row.kind is IndicatorKind.QUANTITATIVE and table.unread == ()


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("50", "no unit"),
        ("≥450延米", "no unit"),
        ("培训3期，每期50人", "not one figure"),
        ("每季度1次", "a figure for each of something, not worked out"),
    ],
)
def test_a_target_that_is_not_understood_is_told(grid: Grid, target: str, why: str) -> None:
    """A figure without its unit, of an unknown one, or several in one cell: no amount, and told as unread."""
    table = _row(grid, target)
    (row,) = table.rows
    assert row.goal is None and row.target is not None and row.target.text == target
    assert [(one.text, one.why.en, one.span.cell) for one in table.unread] == [(target, why, "表!E3")]


@pytest.mark.parametrize(
    ("target", "day"),
    [
        ("2021年全年", date(2021, 12, 31)),
        ("2026年12月底前", date(2026, 12, 31)),
        ("12月31日前", date(2026, 12, 31)),  # the year is that of the title
        ("2026年6月", date(2026, 6, 30)),
        ("2026.11.30前", date(2026, 11, 30)),
        ("年底前", date(2026, 12, 31)),
        ("2026年1—10月", date(2026, 10, 31)),
        ("２０２６年２月底", date(2026, 2, 28)),
        ("2026年12月前", None),  # whether December is in it is not said
        ("2026年13月", None),
        ("及时", None),
    ],
)
def test_a_deadline_stays_words_and_gives_its_day(grid: Grid, target: str, day: date | None) -> None:
    """A time is kept as words; its last day is told where it can be read."""
    (row,) = _row(grid, target).rows
    assert row.target is not None
    assert (row.target.text, row.goal, row.deadline) == (target, None, day)


def test_a_unit_in_its_column_and_another_in_the_value_are_told(grid: Grid) -> None:
    """112.4%万元: neither is taken."""
    table = _row(grid, "112.4%", unit="万元")
    assert table.rows[0].goal is None and table.unread[0].why.en == "its unit is not 万元"
    assert str(_row(grid, "50名", unit="人").rows[0].goal) == "50 人"


def test_two_signs_that_differ_state_none(grid: Grid) -> None:
    """≥ in its cell and ≤ in the value: the operator is not known, and told."""
    table = _row(grid, "≤50", unit="个", sign="≥")
    assert table.rows[0].operator is None and table.unread[0].why.en == "its sign is not that of 指标性质"
    assert _row(grid, "≥50", unit="个", sign="≥").rows[0].operator is Operator.AT_LEAST


def test_money_without_a_declared_unit_has_no_amount(grid: Grid) -> None:
    """The figure is kept as printed; two declarations that differ are none."""
    text = NATIONAL.replace("单位：万元", "")
    printed = _one(grid, text).funds[0].executed
    assert printed is not None and (printed.number, printed.decimals, printed.amount) == (Fraction("4.5"), 2, None)
    both = _one(grid, NATIONAL.replace("项目支出绩效自评表", "项目支出绩效自评表（元）"))
    assert both.money_unit is None and [one.text for one in both.money_declared] == ["元", "万元"]
    assert both.funds[0].executed is not None and both.funds[0].executed.amount is None
    assert [one.why.en for one in both.unread] == ["two units of money are declared: taken as undeclared"] * 2


@pytest.mark.parametrize("text", ["全年预算数（A）", "年度资金总额"])
def test_a_unit_declared_near_is_nearer(grid: Grid, text: str) -> None:
    """That of the head or of the label of the row holds before that of the title."""
    table = _one(grid, NATIONAL.replace(text, f"{text}（元）", 1))
    printed = table.funds[0].full_year
    assert printed is not None and str(printed.amount) == "5 元"
    assert [one.text for one in table.money_declared] == ["万元", "元"]


def test_a_weight_that_is_one_cell_for_several_is_none_of_theirs(grid: Grid) -> None:
    """It is told once, and not split."""
    text = """
一级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分
产出指标↓ | 培训期数 | ≥3期 | 3期 | 50↓ | 20
^ | 培训人数 | ≥50人 | 50人 | ^ | 25
"""
    table = _one(grid, text)
    assert [(row.points, row.scored) for row in table.rows] == [(None, 20), (None, 25)]
    assert [(one.text, one.span.cell) for one in table.unread] == [("50", "表!E2")]


def test_what_stands_under_no_head_is_told(grid: Grid) -> None:
    """And so is what stands beside no name."""
    text = """
一级指标 | 三级指标 | 指标值 | 分值 |
产出指标 | 培训期数 | ≥3期 | 分 | 另见附件
 | | ≥50人 | |
"""
    table = _one(grid, text)
    assert [(one.text, one.span.cell) for one in table.unread] == [
        ("分", "表!D2"),
        ("另见附件", "表!E2"),
        ("≥50人", "表!C3"),
    ]
    assert table.has(Column.WEIGHT) and not table.has(Column.REASON)


def test_a_new_level_one_clears_the_level_two(grid: Grid) -> None:
    """A blank second level below a new first one is blank, and not that of the rows above."""
    text = """
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 培训期数 | ≥3期
效益指标 | | 覆盖率 | ≥65%
"""
    assert [row.level_two and row.level_two.text for row in _one(grid, text).rows] == ["数量指标", None]


@pytest.mark.parametrize(
    "text",
    [
        "姓名 | 单位 | 得分\n张某 | 某局 | 90",
        "项目名称 | 金额\n党建经费 | 5",
        "指标名称 | 单位 | 数量\n用电量 | 度 | 5",
        "预算数 | 执行数\n10 | 9",
        "",
    ],
)
def test_another_table_gives_nothing(grid: Grid, text: str) -> None:
    """A table that is neither is no error."""
    assert read_table(grid(text), before="项目支出绩效目标表") == ()


# --- the sheet --------------------------------------------------------------------------------------------


def test_indicators_of_one_name_are_told_apart_by_their_cell(grid: Grid) -> None:
    """A table with a duplicate is still scored, each row by itself."""
    table = _one(grid, NATIONAL.replace("培训人数", "培训期数"))
    sheet = table.sheet()
    assert [one.name for one in sheet.indicators[:2]] == ["培训期数", "培训期数（D14）"]
    assert [row.name.text for row in table.rows[:2]] == ["培训期数", "培训期数"]
    assert _scored(table).total.exact == 92


def test_an_actual_of_another_unit_is_refused_at_its_cell(grid: Grid) -> None:
    """Every problem at once, each with its address."""
    table = _one(grid, NATIONAL.replace("| 40人 |", "| 40人次 |").replace("| 3期 |", "| 3天 |"), "自评表")
    with pytest.raises(FactsError) as raised:
        table.sheet()
    assert [problem.where for problem in raised.value.problems] == [
        "自评表!D13: actual 自评表!F13",
        "自评表!D14: actual 自评表!F14",
    ]


def test_a_form_without_indicators_has_no_sheet(grid: Grid) -> None:
    """It reads, and what it lacks is said when it is scored."""
    table = _one(grid, "一级指标 | 三级指标 | 指标值")
    assert table.rows == ()
    with pytest.raises(FactsError, match="no indicator"):
        table.sheet()


def test_a_figure_without_a_unit_stays_open_in_scoring(grid: Grid) -> None:
    """≥50 without any unit is no amount: its line is worth between nothing and its weight."""
    table = _one(grid, NATIONAL.replace("≥50人", "≥50"))
    assert str(_scored(table).total) == "[76, 96]"
