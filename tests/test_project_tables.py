"""Tables of one project and of no text: brought together by the project's name, and reviewed as one."""

from __future__ import annotations

import datetime

import pytest

from perfeval.documents.blocks import Cell, Table
from perfeval.errors import InputError
from perfeval.matching.money_grids import MoneyGrid, money_grid
from perfeval.reviewing.budget_tables import review_budget_table, review_grid
from perfeval.reviewing.project_tables import by_project_name, review_tables
from perfeval.tables import BudgetTable, ReadTable, read_budget_table, read_table
from perfeval.verdicts import Verdict


def table(rows: str, name: str = "表1") -> Table:
    cells = [
        Cell(r, c, text.strip())
        for r, line in enumerate(rows.strip().splitlines(), 1)
        for c, text in enumerate(line.split("|"), 1)
        if text.strip()
    ]
    return Table(name, cells)


def grid_of(project: str = "示例护林经费", total: str = "270,000.00") -> MoneyGrid:
    text = f"""
部门项目支出预算表
单位名称：示例林场||||单位：元
项目分类|项目名称|经济科目名称|资金来源|合计
专项业务类|{project}|劳务费|财政拨款|240,000.00
||培训费|财政拨款|18,000.00
||办公费|财政拨款|12,000.00
合计||||{total}
"""
    found = money_grid(table(text, "05-1"))
    assert found is not None
    return found


def goals_of(project: str = "示例护林经费", unit: str = "示例林场", year: str = "2026") -> ReadTable:
    text = f"""
项目支出绩效目标表（{year}年度）
项目名称|{project}|实施单位|{unit}
一级指标|二级指标|三级指标|指标性质|指标值|度量单位
产出指标|数量指标|护林员人数|＝|40|人
产出指标|质量指标|问题整改率|≥|95|%
效益指标|生态效益指标|火情起数|≤|2|起
满意度指标|服务对象满意度指标|群众满意度|≥|90|%
"""
    [found] = read_table(table(text, "05-2"))
    return found


def budget_of(first: str = "项目名称：示例护林经费", amount: str = "800") -> BudgetTable:
    found = read_budget_table(table(f"{first}\n用途|金额（元）\n器材购置|300\n巡护补助|500\n合计|{amount}", "明细"))
    assert found is not None
    return found


def test_a_table_of_money_is_reviewed_under_the_project_that_it_names() -> None:
    assert review_grid(grid_of()).title.zh == "示例护林经费"
    assert review_budget_table(budget_of()).title.zh == "示例护林经费"
    assert review_budget_table(budget_of("项目名称|示例护林经费")).title.zh == "示例护林经费"
    assert review_budget_table(budget_of("支出预算明细表")).title.zh == "支出预算明细表"


def test_a_column_of_several_projects_names_none() -> None:
    rows = """
部门项目支出预算表
项目分类|项目名称|经济科目名称|合计（元）
专项业务类|护林经费|劳务费|240
专项业务类|防火经费|培训费|18
合计|||258
"""
    found = money_grid(table(rows))
    assert found is not None
    assert found.project is None
    assert review_grid(found).title.zh == "部门项目支出预算表"


def test_tables_that_name_one_project_make_one_review() -> None:
    [group] = by_project_name([goals_of()], [budget_of()], [grid_of()])
    assert [len(kind) for kind in group] == [1, 1, 1]
    review = review_tables(*group)
    assert review.title.zh == "示例护林经费"
    assert review.on == datetime.date(2026, 1, 1)
    assert not review.of(Verdict.UNMET)
    # The grid is the second table of money: 240,000 + 18,000 + 12,000 = 270,000, and not 280,000.
    wrong = review_tables([goals_of()], [budget_of()], [grid_of(total="280,000.00")])
    assert [one.id for one in wrong.of(Verdict.UNMET)] == ["budget_table/1/parts_equal_total"]
    assert wrong["budget_table/0/parts_equal_total"].verdict is Verdict.MET


def test_tables_of_other_names_or_other_units_stay_apart() -> None:
    groups = by_project_name(
        [goals_of("办公经费", "甲局"), goals_of("办公经费", "乙局"), goals_of("护林经费")],
        [budget_of("项目名称：办公经费"), budget_of("支出预算明细表"), budget_of("项目名称：防火经费")],
    )
    # The lines of 办公经费 may be those of either unit; a table without a name is of none.
    assert [tuple(map(len, group)) for group in groups] == [(1, 0, 0)] * 3 + [(0, 1, 0)] * 3


def test_goals_and_a_table_without_its_unit_are_one_project() -> None:
    [group] = by_project_name([goals_of(), goals_of(unit="")])
    assert len(group.tables) == 2
    review = review_tables(*group)
    assert len({one.id for one in review.findings}) == len(review.findings)


def test_there_must_be_a_table() -> None:
    with pytest.raises(InputError, match="at least one table"):
        review_tables()
