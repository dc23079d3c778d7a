"""Tables as units really type them: a sign beside a month, a bare actual, a missing unit, a slip that a reviewer sees."""

from __future__ import annotations

import datetime

import pytest

from perfeval.documents.blocks import Cell, Table
from perfeval.facts import Label
from perfeval.findings import Finding
from perfeval.profiles import shelf as profiles
from perfeval.reviewing.tables import review_table, table_findings
from perfeval.tables import Layout, ReadTable, read_table
from perfeval.verdicts import Verdict

DAY = datetime.date(2025, 12, 31)
SILENT = Label("", "")


def table_of(rows: str, name: str = "自评表") -> ReadTable:
    """Read a table of lines, with | between cells."""
    cells = [
        Cell(r, c, text.strip())
        for r, line in enumerate(rows.strip().splitlines(), 1)
        for c, text in enumerate(line.split("|"), 1)
        if text.strip()
    ]
    [table] = read_table(Table(name, cells))
    return table


def said(table: ReadTable, verdict: Verdict = Verdict.UNMET) -> list[str]:
    return [one.rule for one in table_findings(table, on=DAY) if one.verdict is verdict]


def of_rule(table: ReadTable, rule: str) -> Finding:
    [found] = [one for one in table_findings(table, on=DAY) if one.rule == rule]
    return found


def about(table: ReadTable, rule: str, name: str) -> Finding:
    [found] = [one for one in table_findings(table, on=DAY) if one.rule == rule and one.about == name]
    return found


SIGNED = """
项目支出绩效自评表（2025年度）
项目名称|示例公路养护经费
项目资金（万元）|年初预算数|调整后预算数|执行数|执行率|权重|得分
年度资金总额|60|60|58.8|98%|10|9.8
一级指标|二级指标|三级指标|指标性质|指标值|度量单位|完成值|权重|得分|未完成原因分析
产出指标|数量指标|养护里程|≥|10|公里|10|20|20|
产出指标|质量指标|验收合格率|＝|100|%|100|15|15|
产出指标|时效指标|{timing}|15|15|
效益指标|社会效益指标|受益村数|≥|14|个|14|30|30|
满意度指标|服务对象满意度指标|群众满意度|≥|90|%|92|10|10|
合计|||||||100|99.8|
"""


@pytest.mark.parametrize("timing", ["完工时间|≤|11|月|11", "完工时间|≤|11|月|10", "完成时限|＝|11|月|11"])
def test_a_month_under_a_sign_is_a_deadline_and_nothing_to_remark(timing: str) -> None:
    table = table_of(SIGNED.format(timing=timing))
    assert table.rows[2].deadline == datetime.date(2025, 11, 30)
    assert said(table) == []


def test_months_of_duration_are_no_deadline() -> None:
    table = table_of(SIGNED.format(timing="管护时长|≥|12|月|12"))
    assert table.rows[2].deadline is None
    assert said(table) == []


# --- actuals without a unit -------------------------------------------------------------------------------

NATIONAL = """
项目支出绩效自评表（2025年度）
项目名称|示例水表更换经费
项目资金（万元）||年初预算数|全年预算数（A）|全年执行数（B）|分值|执行率（B/A）|得分
|年度资金总额|52|52|46.8|10|90%|9
一级指标|二级指标|三级指标|年度指标值（A）|实际完成值（B）|分值|得分|偏差原因分析及改进措施
产出指标|数量指标|{first}
产出指标|质量指标|验收合格率|≥95%|96%|20|20|
效益指标|社会效益指标|受益户数|≥800户|800户|30|30|
满意度指标|服务对象满意度指标|群众满意度|≥90%|91%|10|10|
总分|||||100|{total}|
"""


def first_row(row: str, total: str = "99") -> ReadTable:
    return table_of(NATIONAL.format(first=row, total=total))


def test_a_bare_actual_stands_in_the_unit_of_its_target() -> None:
    table = first_row("更换水表|≥30台|20|30|20|缺货")
    assert str(table.rows[0].reached) == "20 台"
    # 30 × 20 ÷ 30 = 20.
    assert about(table, "hand_score", "更换水表").verdict is Verdict.MET
    wrong = about(first_row("更换水表|≥30台|20|30|25|缺货"), "hand_score", "更换水表")
    assert wrong.verdict is Verdict.UNMET
    assert str(wrong.shortfall) == "5 个[分值]"


def test_a_bare_actual_whose_target_has_no_unit_stays_open() -> None:
    table = first_row("更换水表|≥30|20|30|20|缺货")
    assert table.rows[0].reached is None
    assert about(table, "target_reached", "更换水表").verdict is Verdict.UNKNOWN


def test_a_fraction_beside_a_rate_takes_no_unit() -> None:
    assert first_row("更换率|≥95%|0.98|30|30|").rows[0].reached is None
    assert str(first_row("更换率|≥95%|98|30|30|").rows[0].reached) == "98%"
    assert str(first_row("事故率|≤1%|0|30|30|").rows[0].reached) == "0%"


# --- money without a unit, or in the wrong one ------------------------------------------------------------


def funds_table(row: str, unit: str = "（万元）", total: str = "99") -> ReadTable:
    text = NATIONAL.format(first="更换水表|≥30台|30|30|30|", total=total)
    text = text.replace("（万元）", unit).replace("52|52|46.8|10|90%|9", row)
    return table_of(text)


def test_a_rate_is_judged_where_no_unit_is_declared() -> None:
    # 46.8 ÷ 52 = 90 %, whatever the unit.
    table = funds_table("52|52|46.8|10|59%|9", unit="")
    rate = of_rule(table, "execution_rate_agrees")
    assert rate.verdict is Verdict.UNMET
    assert rate.suggestion is not None
    assert "46.8 ÷ 52 = 90%" in rate.suggestion.zh
    assert said(table, Verdict.UNKNOWN) == ["budget_above_zero"]
    assert said(funds_table("52|52|46.8|10|90%|9", unit="")) == []
    # One of the two in a unit of its own: then the ratio is not known either.
    assert of_rule(funds_table("52万元|52万元|46.8|10|90%|9", unit=""), "budget_above_zero").verdict is Verdict.MET
    mixed = table_findings(funds_table("52万元|52万元|46.8|10|90%|9", unit=""), on=DAY)
    assert [one.rule for one in mixed if one.missing] == ["execution_within_budget"]


def test_a_blank_figure_is_asked_for_and_not_the_rate() -> None:
    blank = of_rule(funds_table("52|52||10|90%|9"), "execution_rate_agrees")
    assert [one.label.zh for one in blank.missing] == ["执行数"]


def test_money_typed_in_yuan_under_ten_thousands_is_told_as_that_slip() -> None:
    # 46.8 万元 ÷ 52 万元 = 90 %: both the rate and the points bear it out.
    table = funds_table("52|52|468000|10|90%|9")
    for rule in ("execution_within_budget", "execution_rate_agrees", "execution_score_agrees"):
        found = of_rule(table, rule)
        assert found.suggestion is not None
        assert "468,000 元（即 46.8 万元）" in found.suggestion.zh
    small = funds_table("520000|520000|46.8|10|90%|9", unit="（元）")
    assert "46.8 万元（即 468,000 元）" in (of_rule(small, "execution_rate_agrees").suggestion or SILENT).zh
    # Neither the rate nor the points bear it out: nothing is suggested.
    other = of_rule(funds_table("52|52|468000|10|70%|7"), "execution_rate_agrees")
    assert other.suggestion is None or "混淆" not in other.suggestion.zh


# --- signs, shares, scores and levels ---------------------------------------------------------------------


def test_a_rate_that_is_best_low_is_doubted_for_its_sign_before_its_score_and_reason() -> None:
    table = first_row("森林火灾受害率|≥0.9‰|0.5‰|30|30|")
    assert said(table)[0] == "costs_bounded_above"
    assert "reason_given" not in said(table)
    assert "hand_score" not in said(table)
    assert "costs_bounded_above" not in said(first_row("森林火灾受害率|≤0.9‰|0.5‰|30|30|"))
    # A completion rate that is high is nothing of the kind.
    assert "costs_bounded_above" not in said(first_row("管护任务完成率|≥90%|100%|30|30|"))


@pytest.mark.parametrize(
    ("row", "is_doubted"),
    [
        ("培训合格率|≥|0.95|%", True),
        ("培训合格率|≥|1|%", True),
        ("培训合格率|≥|95|%", False),
        ("培训合格率|≤|0.95|%", False),
        ("投诉占比|＝|0.5|%", False),
        ("人口自然增长率|≥|0.6|%", False),
        ("农药残留超标率|≥|0.5|%", False),
    ],
)
def test_a_share_written_as_a_fraction_under_percent_is_a_doubt(row: str, is_doubted: bool) -> None:
    table = table_of(SIGNED.format(timing=f"{row}|96"))
    assert ("shares_in_percent" in said(table)) is is_doubted
    if is_doubted:
        [child] = [one for one in of_rule(table, "shares_in_percent").children if one.verdict is Verdict.UNMET]
        assert [span.place for span in child.spans] == ["自评表!E8"]


@pytest.mark.parametrize(
    ("conclusion", "is_wrong"),
    [
        ("项目目标已完成，自评得分89.8分。", True),
        ("项目目标已完成，自评得分99.8分。", False),
        ("自评得分100分", False),  # 99.8 in whole points
        ("自评得分99分", True),
        ("预算执行得分9.8分，自评总得分：99.8分", False),
        ("优", False),
        ("自评得分99.8分，上年总分89.8分", False),  # of two scores neither is taken
    ],
)
def test_a_score_in_the_conclusion_is_that_of_the_total(conclusion: str, is_wrong: bool) -> None:
    table = table_of(SIGNED.format(timing="完工时间|≤|11|月|11") + f"评价结论|{conclusion}")
    assert ("concluded_score_agrees" in said(table)) is is_wrong


HUBEI = """
项目支出绩效自评表（2025年度）
项目名称|示例防汛经费
预算执行情况（万元）（20分）||预算数（A）|执行数（B）|执行率（B/A）|得分
|年度财政资金总额|10|9|90%|18
一级指标|二级指标|三级指标|年初目标值（A）|实际完成值（B）|得分
产出指标（{output}分）|数量指标（20分）|巡堤里程（公里）|≥3|3|20
产出指标（{output}分）|质量指标（20分）|合格率|≥95%|95%|20
效益指标（30分）|社会效益（30分）|受益户数|≥8户|8户|30
满意度指标（10分）|服务对象满意度（10分）|满意度|≥90%|95%|10
总分|||||98
"""


def test_the_points_of_a_level_are_those_of_the_levels_below_it() -> None:
    table = table_of(HUBEI.format(output=50))
    found = of_rule(table, "level_points_add_up")
    [wrong] = [one for one in found.children if one.verdict is Verdict.UNMET]
    assert str(wrong.shortfall) == "10 个[分值]"  # 50 − 20 − 20
    assert "自评表!A6" in {span.place for span in wrong.spans}
    assert of_rule(table_of(HUBEI.format(output=40)), "level_points_add_up").verdict is Verdict.MET


def test_the_weight_of_execution_is_held_against_that_of_a_named_method() -> None:
    table = first_row("更换水表|≥30台|30|30|30|")
    named = profiles.load("hubei_self_evaluation")
    [found] = [one for one in table_findings(table, on=DAY, profile=named) if one.rule == "group_weights"]
    [wrong] = [one for one in found.children if one.label.zh == "预算执行率"]
    assert (str(wrong.observed), str(wrong.required)) == ("10 个[分值]", "20 个[分值]")
    assert of_rule(table, "group_weights").verdict is Verdict.MET


def test_a_review_says_by_which_method_it_went_and_cites_it() -> None:
    table = table_of(HUBEI.format(output=40))
    [remark] = [one for one in review_table(table).remarks if one.kind == "method"]
    assert remark.label.zh == "评分办法：湖北自评（20/40/40）（由表式推定）"
    named = review_table(table, profile=profiles.load("ministry_self_evaluation"))
    [remark] = [one for one in named.remarks if one.kind == "method"]
    assert "由调用者指定" in remark.label.zh
    cited = about(table, "target_reached", "合格率").citation
    assert cited is profiles.load("hubei_self_evaluation").sources[0]


@pytest.mark.parametrize(
    ("heads", "funds", "layout"),
    [
        ("完成值|权重|得分|未完成原因分析", "调整后预算数", Layout.SICHUAN),
        ("完成值|权重|得分|未完成原因分析", "全年预算数", Layout.SICHUAN),
        ("实际完成值|分值|得分|偏差原因分析", "调整后预算数", Layout.SICHUAN),
        ("实际完成值|分值|得分|偏差原因分析", "全年预算数", Layout.YUNNAN),
        ("实际完成值|权重|得分|偏差原因分析", "全年预算数", Layout.YUNNAN),
    ],
)
def test_a_sign_and_a_unit_alone_do_not_make_a_form_that_of_sichuan(heads: str, funds: str, layout: Layout) -> None:
    text = SIGNED.format(timing="完工时间|≤|11|月|11").replace("完成值|权重|得分|未完成原因分析", heads)
    text = text.replace("调整后预算数", funds)
    if funds == "全年预算数" and "权重" not in heads:
        text = text.replace("权重", "分值")
    assert table_of(text).layout is layout


def test_an_actual_written_as_a_fraction_under_percent_is_a_doubt_before_its_score() -> None:
    table = table_of(SIGNED.format(timing="培训合格率|≥|95|%|0.97"))
    assert "shares_reached_in_percent" in said(table)
    assert not {"hand_score", "reason_given"} & set(said(table))
    # With the target a fraction too, the target alone is doubted.
    both = said(table_of(SIGNED.format(timing="培训合格率|≥|0.95|%|0.97")))
    assert "shares_in_percent" in both
    assert "shares_reached_in_percent" not in both
