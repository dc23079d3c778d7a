"""Tables of budget lines, tables of money by source and year, and what a text and its tables both say."""

from __future__ import annotations

import datetime
import time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval.amounts import Amount
from perfeval.documents import read_text
from perfeval.documents.blocks import Cell, Document, Paragraph, Table
from perfeval.documents.printed import Printed
from perfeval.documents.project import Project
from perfeval.findings import Finding
from perfeval.matching.agreement import tables_by_project, tables_of
from perfeval.matching.displayed import restated
from perfeval.matching.money_grids import MoneyGrid, money_grid, money_grids
from perfeval.reviewing.agreement import agreement_findings
from perfeval.reviewing.budget_tables import budget_table_findings, grid_findings
from perfeval.reviewing.tables import review_table
from perfeval.tables import BudgetTable, ReadTable, read_budget_table, read_table
from perfeval.verdicts import Verdict

DAY = datetime.date(2026, 1, 1)


def grid(*rows: tuple[str, ...], name: str = "表1") -> Table:
    return Table(name, [Cell(r, c, text) for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1) if text])


def unmet(found: list[Finding]) -> dict[str, Finding]:
    return {one.rule: one for one in found if one.verdict is Verdict.UNMET}


def parts(finding: Finding) -> list[Finding]:
    return [one for one in finding.children if one.verdict is Verdict.UNMET]


# --- budget lines -----------------------------------------------------------------------------------------

LINES = (
    ("项目支出预算明细表", "", "", "", "", ""),
    ("序号", "用途", "数量", "单位", "单价（元）", "金额（元）"),
    ("一", "护林补助", "", "", "", "576,000.00"),
    ("1", "专职人员", "24", "人", "18,000.00", "432,000.00"),
    ("2", "兼职人员", "40", "人", "3,600.00", "144,000.00"),
    ("二", "物资购置", "", "", "", "86,500.00"),
    ("1", "风力灭火机", "15", "台", "3,500.00", "52,500.00"),
    ("2", "防火服", "40", "套", "850.00", "34,000.00"),
    ("", "合计", "", "", "", "662,500.00"),
)


def lines(*changes: tuple[int, int, str], rows: tuple[tuple[str, ...], ...] = LINES) -> BudgetTable:
    changed = [list(row) for row in rows]
    for row, column, text in changes:
        changed[row][column] = text
    table = read_budget_table(grid(*(tuple(row) for row in changed)))
    assert table is not None
    return table


def test_lines_that_add_up_are_silent() -> None:
    assert unmet(budget_table_findings(lines(), on=DAY)) == {}


def test_a_price_and_a_sum_together_tell_which_amount_is_wrong() -> None:
    # 24 × 18,000 = 432,000, and 576,000 − 144,000 = 432,000: 423,000 is the one at fault.
    found = unmet(budget_table_findings(lines((3, 5, "423,000.00")), on=DAY))
    assert set(found) == {"price_times_count", "parts_equal_total"}
    for finding in found.values():
        [wrong] = parts(finding)
        assert wrong.suggestion is not None
        assert "432,000" in wrong.suggestion.zh
        assert wrong.spans[0].place == "表1!F4"


def test_one_witness_chooses_nobody() -> None:
    # 25 × 18,000 = 450,000 is not 432,000; count, price and amount may each be wrong, but the sums bear out the amount.
    found = unmet(budget_table_findings(lines((3, 2, "25")), on=DAY))
    assert set(found) == {"price_times_count"}
    [wrong] = parts(found["price_times_count"])
    assert str(wrong.shortfall) == "18,000 元"
    assert wrong.suggestion is None or "F4" not in wrong.suggestion.zh.partition("应为")[0]


def test_a_total_row_and_a_line_that_stands_twice() -> None:
    found = unmet(budget_table_findings(lines((8, 5, "626,500.00")), on=DAY))
    [wrong] = parts(found["parts_equal_total"])
    # 576,000 + 86,500 = 662,500.
    assert str(wrong.shortfall) == "36,000 元"
    assert "表1!F9" in {span.place for span in wrong.spans}
    twice = lines(rows=(*LINES[:8], LINES[7], LINES[8]))
    assert {"lines_distinct", "parts_equal_total"} <= set(unmet(budget_table_findings(twice, on=DAY)))


def test_lines_without_a_unit_are_unknown_and_ask_for_it() -> None:
    table = lines((1, 4, "单价"), (1, 5, "金额"), (3, 5, "423,000.00"))
    found = {one.rule: one for one in budget_table_findings(table, on=DAY)}
    assert unmet(list(found.values())) == {}
    for rule in ("price_times_count", "parts_equal_total"):
        assert found[rule].verdict is Verdict.UNKNOWN
        assert [lack.label.zh for lack in found[rule].missing] == ["表中金额的单位（元或万元）"]


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 99), st.integers(1, 9999)), min_size=2, max_size=6), st.integers(0, 5))
def test_every_wrong_amount_among_priced_lines_is_found_and_named(pairs: list[tuple[int, int]], at: int) -> None:
    """Two identities speak against an amount: its own product, and the total."""
    at %= len(pairs)
    amounts = [count * price for count, price in pairs]
    printed = list(amounts)
    printed[at] += 7
    rows = [("用途", "数量", "单价（元）", "金额（元）")]
    rows += [
        (f"第{index}项材料", str(count), str(price), str(printed[index])) for index, (count, price) in enumerate(pairs)
    ]
    for total, shown in ((sum(amounts), printed), (sum(amounts), amounts)):
        body = [(*row[:3], str(shown[index])) for index, row in enumerate(rows[1:])]
        table = read_budget_table(grid(rows[0], *body, ("合计", "", "", str(total))))
        assert table is not None
        found = unmet(budget_table_findings(table, on=DAY))
        if shown is amounts:
            assert found == {}
            continue
        for finding in found.values():
            [wrong] = parts(finding)
            assert wrong.spans[0].place == f"表1!D{at + 2}"
            assert wrong.suggestion is not None
            assert Amount.of(amounts[at], "元").format(0) in wrong.suggestion.zh.replace(".00", "")


# --- money by source and by year --------------------------------------------------------------------------

YEARS = (
    ("分年度资金安排表（单位：万元）", "", "", ""),
    ("年度", "合计", "中央资金", "县级资金"),
    ("总计", "5,000.00", "3,000.00", "2,000.00"),
    ("2025年", "1,650.00", "1,000.00", "650.00"),
    ("2026年（本年）", "3,350.00", "2,000.00", "1,350.00"),
)


def years(*changes: tuple[int, int, str]) -> MoneyGrid:
    changed = [list(row) for row in YEARS]
    for row, column, text in changes:
        changed[row][column] = text
    found = money_grid(grid(*(tuple(row) for row in changed)))
    assert found is not None
    return found


def test_money_by_year_adds_up_across_and_down() -> None:
    # Three rows across, three columns down.
    assert len(years().sums) == 6
    assert unmet(grid_findings(years(), on=DAY)) == {}
    found = unmet(grid_findings(years((3, 1, "1,660.00")), on=DAY))["parts_equal_total"]
    assert len(parts(found)) == 2
    for wrong in parts(found):
        assert wrong.spans[0].place == "表1!B4"
        assert wrong.suggestion is not None
        assert "1,650" in wrong.suggestion.zh


def test_a_table_of_money_without_a_unit_is_unknown() -> None:
    [finding] = grid_findings(years((0, 0, "分年度资金安排表"), (3, 1, "1,660.00")), on=DAY)
    assert finding.verdict is Verdict.UNKNOWN
    assert [lack.label.zh for lack in finding.missing] == ["表中金额的单位（元或万元）"]


@pytest.mark.parametrize(
    "rows",
    [
        (("年度", "合计", "其中：中央"), ("2025年", "5.00", "3.00")),
        (("类别", "人数", "比例"), ("甲", "12", "40"), ("乙", "18", "60")),
        (("名称", "说明"), ("甲", "无"), ("乙", "无")),
        (("年度", "合计", "中央", "省级"), ("小计", "5.00", "3.00", "2.00")),
    ],
)
def test_what_a_table_does_not_tell_is_no_sum(rows: tuple[tuple[str, ...], ...]) -> None:
    assert money_grid(grid(*rows)) is None


def test_rows_that_begin_further_right_are_parts() -> None:
    rows = (
        ("部门项目支出预算表", "", "", "", "单位：元"),
        ("项目名称", "支出内容", "财政拨款", "上年结转", "合计"),
        ("合计", "", "300.00", "60.00", "360.00"),
        ("集镇保洁", "", "300.00", "60.00", "360.00"),
        ("", "人工", "200.00", "40.00", "240.00"),
        ("", "材料", "100.00", "20.00", "120.00"),
    )
    found = money_grid(grid(*rows))
    assert found is not None
    # Four rows across; one project down in three columns; a total of one project is no sum of several.
    assert len(found.sums) == 7
    assert money_grids(Document("a.docx", [Paragraph("说明"), grid(*rows)])) in ((found,), ())


# --- a text and its tables --------------------------------------------------------------------------------

TEXT = """一、项目名称
示例茶园提升经费。
二、立项依据
示政发〔2025〕20号《示例县茶产业提升方案》。
三、项目实施单位
示例县茶叶中心。
四、项目基本概况
全县有茶园3万亩。
五、项目实施内容
一是培训茶农。全年培训茶农4期，共320人。二是检测茶叶。检测茶叶样品150批次。
六、资金安排情况
本项目申请预算资金98.75万元，2026年批复预算98.75万元（示财复〔2026〕6号）。其中：茶园改造补助75万元、茶农培训费12.8万元、茶叶检测费10.95万元。
七、项目实施计划
2026年全年支付98.75万元。
八、项目实施成效
茶叶检测合格率不低于97%，茶农满意度达到90%以上。
"""
DETAIL = (
    ("项目支出预算明细表（单位：元）", ""),
    ("支出明细", "金额"),
    ("茶园改造补助", "750,000.00"),
    ("茶农培训费", "128,000.00"),
    ("茶叶检测费", "109,500.00"),
    ("合计", "987,500.00"),
)
TARGETS = (
    ("项目支出绩效目标表（2026年度）", "", "", ""),
    ("项目名称", "示例茶园提升经费", "", ""),
    ("年度绩效目标", "培训茶农320人，检测茶叶样品150批次。", "", ""),
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "培训茶农人数", "≥320人"),
    ("产出指标", "质量指标", "茶叶检测合格率", "≥97%"),
    ("效益指标", "社会效益指标", "茶农收入", "有所提高"),
    ("满意度指标", "服务对象满意度指标", "茶农满意度", "≥90%"),
)


def changed(rows: tuple[tuple[str, ...], ...], *changes: tuple[int, int, str], name: str) -> Table:
    copy = [list(row) for row in rows]
    for row, column, text in changes:
        copy[row][column] = text
    return grid(*(tuple(row) for row in copy), name=name)


def targets(*changes: tuple[int, int, str]) -> ReadTable:
    [table] = read_table(changed(TARGETS, *changes, name="05-2"))
    return table


def detail(*changes: tuple[int, int, str]) -> BudgetTable:
    table = read_budget_table(changed(DETAIL, *changes, name="05-1"))
    assert table is not None
    return table


def agreed(text: str = TEXT, table: ReadTable | None = None, budget: BudgetTable | None = None) -> list[Finding]:
    return agreement_findings(read_text(text), [table or targets()], [budget or detail()])


def test_a_text_in_ten_thousands_agrees_with_a_table_in_yuan() -> None:
    found = agreed()
    assert unmet(found) == {}
    by_rule = {one.rule: one for one in found}
    assert len(by_rule["line_money_agrees"].children) == 3
    assert by_rule["money_agrees"].verdict is by_rule["targets_agree"].verdict is Verdict.MET
    assert by_rule["name_agrees"].verdict is by_rule["year_agrees"].verdict is Verdict.MET


def test_an_amount_in_a_table_that_two_others_contradict_is_named() -> None:
    # 10.95 万元 in the text, and 987,500 − 750,000 − 128,000 = 109,500 元 in the table.
    found = unmet(agreed(budget=detail((4, 1, "105,900.00"))))
    [wrong] = parts(found["line_money_agrees"])
    assert wrong.spans[0].place == "05-1!B5"
    assert wrong.suggestion is not None
    assert "109,500" in wrong.suggestion.zh
    assert "10.95 万元" in wrong.remarks[0].zh
    assert "105,900 元" in wrong.remarks[0].zh


def test_a_target_of_the_text_that_its_tables_contradict_is_named() -> None:
    found = unmet(agreed(TEXT.replace("共320人", "共300人")))
    [wrong] = parts(found["targets_agree"])
    # The indicator and the goal of the table both have 320.
    assert wrong.suggestion is not None
    assert "300人" in wrong.suggestion.zh
    assert wrong.spans[0].text == "300人"
    assert "05-2!D5" in {span.place for span in wrong.spans}


def test_with_one_witness_nobody_is_named() -> None:
    found = unmet(agreed(TEXT.replace("不低于97%", "不低于95%")))
    [wrong] = parts(found["targets_agree"])
    assert wrong.suggestion is None
    assert {span.place for span in wrong.spans} >= {"05-2!D6"}


def test_what_is_of_another_time_or_kind_is_not_compared() -> None:
    told = TEXT.replace("全县有茶园3万亩。", "全县有茶园3万亩，上年培训茶农500人，项目总投资900万元。")
    assert unmet(agreed(told)) == {}


def test_names_years_and_money_without_a_unit() -> None:
    found = unmet(agreed(table=targets((1, 1, "示例果园提升经费"), (0, 0, "项目支出绩效目标表（2025年度）"))))
    assert {"name_agrees", "year_agrees"} <= set(found)
    bare = {one.rule: one for one in agreed(budget=detail((0, 0, "项目支出预算明细表")))}
    assert bare["money_agrees"].verdict is bare["line_money_agrees"].verdict is Verdict.UNKNOWN
    assert "单位" in bare["money_agrees"].missing[0].label.zh


def test_a_table_of_one_line_of_the_text_is_no_table_of_the_project() -> None:
    part = read_budget_table(
        grid(
            ("培训费明细表（单位：元）", ""),
            ("用途", "金额"),
            ("场租", "28,000"),
            ("讲课", "100,000"),
            ("合计", "128,000"),
        )
    )
    assert part is not None
    assert unmet(agreed(budget=part)) == {}


@pytest.mark.parametrize(
    ("period", "wrong"),
    [("2026-03-15", False), ("2026-04-01", True)],
)
def test_a_text_that_gives_months_leaves_the_day_open(period: str, wrong: bool) -> None:
    text = "示例照明改造项目\n\n一、项目概述\n甲。\n\n四、起止时间\n2026年3月—2026年11月\n\n六、年度预算安排\n2026年安排3万元。\n"
    [table] = read_table(
        grid(
            ("绩效目标申报表", "", "", ""),
            ("计划开始日期", period, "计划完成日期", "2026-11-30"),
            ("一级指标", "二级指标", "三级指标", "指标值"),
            ("产出指标", "数量指标", "更换灯具数量", "≥12套"),
        )
    )
    found = unmet(agreement_findings(read_text(text), [table]))
    assert ("period_agrees" in found) is wrong


def test_tables_are_matched_by_name_and_never_by_order() -> None:
    one, two = (Project(text="", name=name) for name in ("妇幼健康服务经费", "乡村医生养老补助项目"))
    first, second, none, both = (
        targets((1, 1, name)) for name in ("2026年乡村医生养老补助", "妇幼健康服务", "", "健康")
    )
    assert tables_by_project([one, two], [first, second, none]) == ((second,), (first,))
    # A table without a name, or with that of neither, belongs to none of several, and to the only one.
    assert tables_of(one, [none, both], among=[one, two]) == ()
    assert tables_of(one, [none]) == (none,)
    assert tables_of(one, [first]) == ()


def test_a_name_that_fits_two_projects_is_of_none() -> None:
    alike = [Project(text="", name=f"农村公路养护{place}段") for place in "东西"]
    table = targets((1, 1, "农村公路养护"))
    assert tables_by_project(alike, [table]) == ((), ())


@given(st.integers(1, 10**9), st.integers(0, 4))
def test_restating_agrees_with_what_printed_figures_say(cents: int, decimals: int) -> None:
    """The amounts that are judged are equal exactly where the printed figures agree."""
    yuan = Printed(number=Fraction(cents, 100), decimals=2, amount=Amount.of(Fraction(cents, 100), "元"), span=None)
    for off in (0, 1, 2):
        shown = Fraction(cents * 10**decimals // 10**6 + off, 10**decimals)
        text = Printed(number=shown, decimals=decimals, amount=Amount.of(shown, "万元"), span=None)
        for one, other in ((text, yuan), (yuan, text)):
            left, right = restated(one, other)
            assert (left == right) is one.agrees(other)


PIECES = st.sampled_from(
    [
        *("一级指标", "二级指标", "三级指标", "指标值", "指标性质", "度量单位", "分值", "得分", "实际完成值"),
        *(
            "项目名称",
            "年度资金总额",
            "其中：财政拨款",
            "其他资金",
            "全年预算数（A）",
            "全年执行数（B）",
            "执行率",
            "年度绩效目标",
        ),
        *(
            "产出指标",
            "效益指标",
            "满意度指标",
            "成本指标",
            "≥",
            "定性",
            "万元",
            "≥50人",
            "100%",
            "-5",
            "1e9",
            "９．５",
            "0.00",
        ),
        *(
            "9" * 40,
            "0." + "1" * 60,
            "无",
            "XX",
            "≥**%",
            "总分",
            "评价结论",
            "优",
            "合计",
            "用途",
            "单价",
            "金额（元）",
        ),
        *(
            "2026年12月底前",
            "2025-13-45",
            "培训3期，覆盖率120%，每人5元",
            "3天+2天",
            "单位：元",
            "绩效目标表",
            "壹万元整",
        ),
        *("项目支出绩效自评表（2025年度）", "2026年", "1,234.50", "5,000.00", "\x00", ""),
    ]
)


@settings(max_examples=120)
@given(st.lists(st.lists(PIECES, min_size=2, max_size=8), min_size=1, max_size=9))
def test_any_grid_is_reviewed_or_refused_by_name(rows: list[list[str]]) -> None:
    head = ["一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分", "偏差原因分析"]
    table = grid(tuple(head), *(tuple(row) for row in rows))
    read = read_table(table)
    budget, sums = read_budget_table(table), money_grid(table)
    for one in read:
        review_table(one)
    if budget is not None:
        budget_table_findings(budget, on=DAY)
    if sums is not None:
        grid_findings(sums, on=DAY)
    agreement_findings(read_text(TEXT), read, [] if budget is None else [budget])


def test_a_long_table_is_reviewed_in_time_that_grows_with_it() -> None:
    def seconds(count: int) -> float:
        rows = [("产出指标", "数量指标", f"第{index}类培训人数", f"≥{index + 2}人", "50") for index in range(count)]
        [table] = read_table(grid(("项目支出绩效目标表（2026年度）",), (*HEADS, "分值"), *rows))
        begun = time.perf_counter()
        review_table(table)
        return time.perf_counter() - begun

    seconds(50)
    assert seconds(2000) < 40 * max(seconds(200), 0.01)


HEADS = ("一级指标", "二级指标", "三级指标", "指标值")


SUBTOTALS = (
    ("资金安排表（单位：万元）",),
    ("类别", "项目", "合计", "中央", "省级"),
    ("路", "修路", "5", "3", "2"),
    ("路", "护路", "7", "4", "3"),
    ("", "小计", "12", "7", "5"),
    ("水", "修渠", "2", "1", "1"),
    ("水", "水表", "8", "6", "2"),
    ("", "小计", "10", "7", "3"),
    ("合计", "", "22", "14", "8"),
)


def test_subtotals_that_end_their_groups_are_added_up() -> None:
    found = money_grid(grid(*SUBTOTALS))
    assert found is not None
    assert unmet(grid_findings(found, on=DAY)) == {}
    wrong = [list(row) for row in SUBTOTALS]
    wrong[4][2] = "13"
    off = money_grid(grid(*(tuple(row) for row in wrong)))
    assert off is not None
    [finding] = unmet(grid_findings(off, on=DAY)).values()
    # 7 + 5, 5 + 7, and 22 − 10 all say 12.
    assert len(parts(finding)) == 3
    assert all("12 万元" in (one.suggestion.zh if one.suggestion else "") for one in parts(finding))


@pytest.mark.parametrize(
    "order",
    [
        (0, 1, 4, 2, 3, 7, 5, 6, 8),  # each 小计 above its lines
        (0, 1, 2, 3, 4, 5, 6, 8),  # the last group has none
        (0, 1, 2, 4, 5, 7, 8),  # groups of one line
    ],
)
def test_subtotals_that_do_not_end_their_groups_give_no_sums(order: tuple[int, ...]) -> None:
    assert money_grid(grid(*(SUBTOTALS[place] for place in order))) is None
