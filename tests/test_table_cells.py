"""What single cells of tables may say: cells that contradict each other, signs in parts, dates, grades, rounded figures."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from perfeval.amounts import Rounding
from perfeval.documents.blocks import Cell, Document, Table
from perfeval.findings import Finding, Review
from perfeval.reviewing import review_all
from perfeval.reviewing.budget_tables import review_budget_table
from perfeval.reviewing.tables import review_table
from perfeval.tables import ReadTable, read_budget_table, read_table
from perfeval.verdicts import Verdict

DAY = datetime.date(2026, 12, 31)
HEADS = "一级指标|二级指标|三级指标|年度指标值|计量单位|实际完成值|分值|得分"


def grid(text: str, *, tall: dict[tuple[int, int], int] | None = None) -> Table:
    """Return a table of lines, ``|`` between cells; ``tall`` are the cells that reach down over several rows."""
    cells = [
        Cell(row, column, part.strip(), rows=(tall or {}).get((row, column), 1))
        for row, line in enumerate(text.strip().split("\n"), 1)
        for column, part in enumerate(line.split("|"), 1)
        if part.strip()
    ]
    return Table("表", cells)


def one(text: str, *, tall: dict[tuple[int, int], int] | None = None) -> ReadTable:
    [table] = read_table(grid(text, tall=tall))
    return table


def unmet(review: Review, rule: str) -> list[Finding]:
    """Return the unmet findings of a rule that have no unmet parts of their own."""
    return [
        part
        for finding in review.of(Verdict.UNMET)
        for part in finding.walk()
        if part.rule == rule
        and part.verdict is Verdict.UNMET
        and not any(child.verdict is Verdict.UNMET for child in part.children)
    ]


# --- a table never costs the whole review ------------------------------------------------------------------

MERGED = f"""
项目支出绩效自评表
{HEADS}
产出指标|数量指标|补助金额|6万元|人|1|10|5
||受益人数||人|1|10|5
||培训期数|≥4|期|2|40|40
效益指标|社会效益|政策知晓率|≥90||95%|30|30
"""


def test_rows_that_contradict_themselves_cost_no_other_row_its_scoring() -> None:
    """6万元 is merged over a row counted in 人; 2 of 4 期 earn 20 of 40 points, and 40 were given."""
    table = one(MERGED, tall={(3, 4): 2})
    review = review_table(table, on=DAY)
    [score] = unmet(review, "hand_score")
    assert score.about == "培训期数"
    assert [remark.label.zh for remark in review.remarks if "6万元" in remark.label.zh]


def test_a_table_that_contradicts_itself_leaves_the_others_of_its_file_reviewed() -> None:
    other = grid(f"项目支出绩效自评表\n项目名称|道路养护\n{HEADS}\n产出指标|数量指标|养护里程|≥9|公里|9|50|55")
    document = Document("两表.xlsx", [grid(MERGED, tall={(3, 4): 2}), other])
    reviews = review_all(document, on=DAY)
    assert [bool(unmet(review, "scores_within_weight")) for review in reviews] == [False, True]


WORDS = st.one_of(
    st.sampled_from(
        [
            "≥3",
            "3期",
            "6万元",
            "≥**%",
            "2026年12月底前",
            "已完成",
            "",
            "—",
            "3期\n50人",
            "-5人",
            "100%",
            "12",
            "120",
            "优",
        ]
    ),
    st.sampled_from(["1-2期", "≥≥3", "9" * 40, "3" + "万" * 3 + "元", "长" * 2001, "≤5", "< 5 元", "1.5.2", "0"]),
)


@settings(max_examples=60)
@given(st.lists(st.tuples(*[WORDS] * 6), min_size=1, max_size=4))
@example([("补助人数", "6万元", "人", "1", "10", "5")])
def test_no_cells_cost_a_table_its_review(rows: list[tuple[str, ...]]) -> None:
    """Whatever stands in its cells, a table is reviewed, and what it says there is told in both languages."""
    lines = [
        Cell(at, column, text)
        for at, row in enumerate(rows, 2)
        for column, text in enumerate(("产出指标", "数量指标", *row), 1)
    ]
    heads = [Cell(1, column, text) for column, text in enumerate(HEADS.split("|"), 1)]
    for table in read_table(Table("表", [*heads, *(cell for cell in lines if cell.text)])):
        review = review_table(table, on=DAY)
        assert all(part.label.zh and part.label.en for finding in review.findings for part in finding.walk())


# --- times -------------------------------------------------------------------------------------------------

TIMED = """
项目支出绩效自评表（2026年度）
一级指标|二级指标|三级指标|指标属性|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
产出指标|数量指标|培训期数|定量|≥3期|3期|30|30|
|质量指标|合格率|定量|≥90%|95%|20|20|
|时效指标|{name}|{kind}|{target}|{actual}|10|{score}|{reason}
效益指标|社会效益|知晓率|定量|≥90%|95%|30|30|
"""


def timed(
    target: str, actual: str, *, name: str = "完成时间", kind: str = "", score: str = "10", reason: str = ""
) -> Review:
    table = one(TIMED.format(name=name, kind=kind, target=target, actual=actual, score=score, reason=reason))
    return review_table(table, on=DAY)


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("2026年12月底前", "2027年3月"),
        ("2026/12/31", "2027/1/5"),
        ("6月底前", "8月"),
        ("2026-10-31", "11月"),
        ("2026年12月31日前", "2027年1月12日完成验收"),
    ],
)
def test_what_is_finished_later_than_it_was_due_is_found(target: str, actual: str) -> None:
    """Full marks and no reason for what is late; with a reason, or with points taken off, it is accounted for."""
    [late] = unmet(timed(target, actual), "deadlines_kept")
    assert [span.place for span in late.spans] == ["表!F5", "表!E5"]
    assert unmet(timed(target, actual, reason="受汛期影响，验收推迟。"), "deadlines_kept") == []
    assert unmet(timed(target, actual, score="8"), "deadlines_kept") == []


@pytest.mark.parametrize(
    ("target", "actual", "name"),
    [
        ("2026年12月底前", "2026年12月", "完成时间"),
        ("2026/12/31", "2026/11/20", "完成时间"),
        ("2026年12月底前", "2026年6月至2027年3月", "完成时间"),
        ("2026年12月底前", "按时完成", "完成时间"),
        ("2026年12月31日", "2027年3月31日", "质保有效期"),
        ("≥2026年12月", "2027年3月", "完成时间"),
    ],
)
def test_what_is_in_time_or_lasts_longer_is_silent(target: str, actual: str, name: str) -> None:
    assert unmet(timed(target, actual, name=name), "deadlines_kept") == []


@settings(max_examples=40)
@given(due=st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)), days=st.integers(-60, 60))
def test_a_day_is_late_exactly_when_it_is_after_the_one_that_it_was_due(due: datetime.date, days: int) -> None:
    done = due + datetime.timedelta(days)
    review = timed(f"{due.year}年{due.month}月{due.day}日前", f"{done.year}/{done.month}/{done.day}")
    assert bool(unmet(review, "deadlines_kept")) is (days > 0)


def test_a_target_that_is_a_time_is_no_figure_even_where_it_is_called_described() -> None:
    assert unmet(timed("2026/12/31", "2026/11/20", kind="定性"), "qualitative_target") == []


# --- budget lines without a number, and what 其中 names ------------------------------------------------------


def lines(text: str) -> Review:
    table = read_budget_table(grid(text))
    assert table is not None
    return review_budget_table(table, on=DAY)


@pytest.mark.parametrize(
    "rows",
    [
        "1|培训费|6\n|其中：伙食费|2\n2|办公费|4\n|合计|10",  # 其中 names a part, and need not name all
        "1|培训费|6\n|差旅费|1\n2|办公费|4\n|合计|11",  # 差旅费 is a line of its own: 6 + 1 + 4
        "1|培训费|6\n2|办公费|4\n|减：上年结转|-1\n|合计|9",  # 6 + 4 - 1
        "1|培训费|6\n|场地费|2\n|资料费|4\n2|办公费|4\n|合计|10",  # 2 + 4 are the 6
        "1|培训费|6\n|1.场地费|2\n|2.资料费|4\n2|办公费|4\n|合计|10",
    ],
)
def test_a_row_without_a_number_is_no_part_for_that_alone(rows: str) -> None:
    assert unmet(lines(f"序号|项目|金额（万元）\n{rows}"), "parts_equal_total") == []


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        ("1|培训费|6\n|其中：伙食费|7\n2|办公费|4\n|合计|10", ["C2", "C3"]),  # a part is more than the line
        ("1|培训费|6\n|场地费|2\n|资料费|4\n2|办公费|4\n|合计|12", ["C6", "C2", "C5"]),  # 6 + 4
        ("1|培训费|6\n|1.场地费|2\n|2.资料费|3\n2|办公费|4\n|合计|10", ["C2", "C3", "C4"]),  # 2 + 3
    ],
)
def test_what_is_told_to_be_a_part_is_held_against_its_line(rows: str, cells: list[str]) -> None:
    [slip] = unmet(lines(f"序号|项目|金额（万元）\n{rows}"), "parts_equal_total")
    assert {span.place for span in slip.spans} == {f"表!{cell}" for cell in cells}


@settings(max_examples=40)
@given(whole=st.integers(2, 500), parts=st.lists(st.integers(1, 200), min_size=1, max_size=4))
def test_what_is_of_a_line_is_never_more_than_the_line(whole: int, parts: list[int]) -> None:
    rows = "".join(f"\n其中：费用{place}|{part}" for place, part in enumerate(parts))
    review = lines(f"项目|金额（元）\n培训费|{whole}{rows}\n合计|{whole}")
    assert bool(unmet(review, "parts_equal_total")) is (sum(parts) > whole)


# --- what rounding leaves open -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("单价（元）|金额（元）", "3|33.33|100"),  # 100 ÷ 3 = 33.333…
        ("单价（元）|金额（元）", "3|33.3|100.00"),
        ("单价（元）|金额（元）", "3|33.3333|100"),
        ("单价（万元）|金额（万元）", "30|0.333|10.0"),  # 9.99
        ("单价（万元）|金额（万元）", "3|1.25|3.8"),  # 3.75
        ("单价（万元）|金额（元）", "3|0.33|10000"),
        ("单价（元/人）|金额（元）", "7|14.29|100"),  # 100 ÷ 7 = 14.2857…
    ],
)
def test_a_price_that_is_printed_rounded_comes_to_its_amount(head: str, line: str) -> None:
    assert unmet(lines(f"项目|数量|{head}\n印刷费|{line}"), "price_times_count") == []


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("单价（元）|金额（元）", "3|33.34|100"),  # 100.02: 33.34 ± 0.005 comes to 100.005 at least
        ("单价（元）|金额（元）", "3|33|100"),  # a whole price is meant as it stands
        ("单价（元）|金额（元）", "100|5.5|560"),  # 5.6 could have been printed
        ("单价（元）|金额（元）", "24|180.00|4,230.00"),  # 4,320
        ("单价（元）|金额（元）", "3|33.33|99.97"),  # 99.99, and 0.015 are left open
        ("单价（万元）|金额（万元）", "30|0.333|10.1"),
    ],
)
def test_a_product_that_no_rounding_explains_is_found(head: str, line: str) -> None:
    assert len(unmet(lines(f"项目|数量|{head}\n印刷费|{line}"), "price_times_count")) == 1


@pytest.mark.parametrize(
    ("unit", "parts", "total", "slip"),
    [
        ("万元", "3.3333 3.3333 3.3333", "10.00", False),
        ("万元", "3.33 3.33 3.33", "10", False),
        ("万元", "3.33 3.33 3.34", "10.00", False),
        ("万元", "3.33 3.33 3.33", "10.02", True),  # 9.99, and 0.015 are left open
        ("万元", "3.3 4.4", "7.5", True),  # 7.7, and 0.1 are left open
        ("万元", "3 4 3", "11", True),  # whole figures are meant as they stand
        ("元", "3.33 3.33 3.33", "10.00", True),  # to the fen
        ("元", "333 333 333", "1,000", True),
    ],
)
def test_a_total_may_be_off_by_what_its_parts_leave_open(unit: str, parts: str, total: str, slip: bool) -> None:
    rows = "".join(f"\n费用{place}|{part}" for place, part in enumerate(parts.split()))
    review = lines(f"项目|金额（{unit}）{rows}\n合计|{total}")
    assert bool(unmet(review, "parts_equal_total")) is slip


def test_a_part_that_is_count_times_price_leaves_nothing_open() -> None:
    """2 × 1.65 = 3.30 and 4 × 0.55 = 2.20: 5.50, and 5.51 is a slip though two rounded figures would leave it open."""
    rows = "培训费|2|1.65|3.30\n餐费|4|0.55|2.20\n合计|||5.51"
    assert unmet(lines(f"项目|数量|单价（万元）|金额（万元）\n{rows}"), "parts_equal_total")
    assert unmet(lines("项目|金额（万元）\n培训费|3.30\n餐费|2.20\n合计|5.51"), "parts_equal_total") == []


def rounded(number: Fraction, digits: int) -> str:
    scaled = Rounding.HALF_UP.integer(number * 10**digits)
    return f"{scaled // 10**digits}.{scaled % 10**digits:0{digits}d}" if digits else str(scaled)


@settings(max_examples=60)
@given(
    amounts=st.lists(st.integers(1, 10**8), min_size=2, max_size=8),
    digits=st.integers(1, 4),
    coarser=st.integers(0, 2),
    count=st.integers(1, 40),
)
def test_what_was_worked_out_exactly_and_printed_rounded_is_silent(
    amounts: list[int], digits: int, coarser: int, count: int
) -> None:
    """True amounts to the fen, each printed in 万元 to some digits, their total to as many or fewer; a price likewise."""
    true = [Fraction(amount, 10**6) for amount in amounts]
    rows = "".join(f"\n费用{place}|{rounded(one, digits)}" for place, one in enumerate(true))
    total = rounded(sum(true, Fraction(0)), max(digits - coarser, 1))
    assert unmet(lines(f"项目|金额（万元）{rows}\n合计|{total}"), "parts_equal_total") == []
    price = rounded(true[0] / count, digits)
    assume(Fraction(price) > 0)
    priced = f"项目|数量|单价（万元）|金额（万元）\n印刷费|{count}|{price}|{rounded(true[0], 6)}"
    assert unmet(lines(priced), "price_times_count") == []


# --- words with blanks in them, grades, totals of weights ----------------------------------------------------

SPACED = """
项目支出绩效自评表（2026年度）
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分
产出指标|数量指标|培训期数|≥3期|3期|30|30
|质量指标|合格率|≥90%|95%|20|20
效益指标|社会效益指标|知晓率|≥90%|95%|30|30
满意度指标|服务对象满意度指标|学员满意度|≥90%|95%|10|10
"""


@given(blank=st.sampled_from([" ", "　", "  ", "\n"]))
def test_blanks_within_the_words_of_levels_change_no_verdict(blank: str) -> None:
    """产 出 指 标 is 产出指标, as forms space short words over a wide cell."""
    words = ("产出指标", "数量指标", "质量指标", "效益指标", "社会效益指标", "满意度指标")
    table = grid(SPACED)
    spaced = [evolve(cell, text=blank.join(cell.text)) if cell.text in words else cell for cell in table.cells]
    verdicts = []
    for one_of in (table, Table(table.name, spaced)):
        [read] = read_table(one_of)
        verdicts.append([(found.id, found.verdict) for found in review_table(read, on=DAY).findings])
    assert verdicts[0] == verdicts[1]
    assert ("goal_table/levels_present", Verdict.MET) in verdicts[0]


@pytest.mark.parametrize("label", ["评价等级", "评价等次", "自评等次", "自评级别"])
def test_a_grade_is_held_against_the_total_under_each_of_its_labels(label: str) -> None:
    """30 + 20 + 30 + 13 are 93, which is 优; 中 is below it."""
    text = SPACED.replace("10|10\n", "13|13\n") + f"总分|||||93|93\n{label}|"
    assert unmet(review_table(one(text + "中"), on=DAY), "grade_of_total")
    assert unmet(review_table(one(text + "优"), on=DAY), "grade_of_total") == []


@pytest.mark.parametrize(
    ("target", "actual", "slip"),
    [
        ("≥50人次", "60人", False),
        ("≥3期", "3次", False),
        ("≥3个", "3套", False),
        ("≥20学时", "20课时", False),
        ("≥3期", "120人", True),
        ("≥50人次", "3场", True),
        ("≥50人", "2万元", True),
    ],
)
def test_units_that_forms_exchange_are_no_slip(target: str, actual: str, slip: bool) -> None:
    text = SPACED.replace("≥3期|3期", f"{target}|{actual}")
    assert bool(unmet(review_table(one(text), on=DAY), "actuals_in_unit")) is slip


def test_a_share_above_the_whole_is_the_one_slip_of_its_row() -> None:
    """195 % is a slip of the target: what scoring makes of it says nothing of the reason or of the points."""
    review = review_table(one(SPACED.replace("合格率|≥90%|95%", "合格率|≥195%|98%")), on=DAY)
    assert len(unmet(review, "shares_within_whole")) == 1
    assert unmet(review, "reason_given") == unmet(review, "hand_score") == []


def test_two_figures_in_one_cell_are_told_as_not_understood() -> None:
    cells = [evolve(cell, text="3期\n50人") if cell.text in ("≥3期", "3期") else cell for cell in grid(SPACED).cells]
    [table] = read_table(Table("表", cells))
    assert [(one.text, one.span.cell) for one in table.unread] == [("3期\n50人", "表!D3"), ("3期\n50人", "表!E3")]
    assert [found.rule for found in review_table(table, on=DAY).of(Verdict.UNMET) if found.counts] == []


def test_a_head_in_two_rows_that_merges_no_cells_gives_its_weights_and_scores() -> None:
    """分值 and 得分 stand in the first of the two rows alone; 31 of 30 points are a slip."""
    heads = "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分"
    two = "绩效指标|||年度|实际|分值|得分\n一级指标|二级指标|三级指标|指标值|完成值||"
    table = one(SPACED.replace(heads, two))
    assert [(row.points, row.scored) for row in table.rows] == [(30, 30), (20, 20), (30, 30), (10, 10)]
    assert table.unread == ()
    [slip] = unmet(
        review_table(one(SPACED.replace(heads, two).replace("30|30\n|", "30|31\n|")), on=DAY), "scores_within_weight"
    )
    assert "表!G4" in {span.place for span in slip.spans}


@pytest.mark.parametrize(("printed", "slip"), [("90", False), ("100", False), ("80", True), ("95", True)])
def test_the_total_of_the_weights_is_their_sum(printed: str, slip: bool) -> None:
    """30 + 20 + 30 + 10 are 90; 100 are the full marks, with the execution rate that stands elsewhere."""
    review = review_table(one(SPACED + f"总分|||||{printed}|89"), on=DAY)
    assert bool(unmet(review, "weights_total_is_sum")) is slip
    whole = SPACED.replace("10|10\n", "20|20\n")  # 100 in all
    assert bool(unmet(review_table(one(whole + f"总分|||||{printed}|99"), on=DAY), "weights_total_is_sum")) is (
        printed != "100"
    )
    alone = review_table(one(SPACED + f"总分|||||{printed}|"), on=DAY)  # it may be the total of the points
    assert unmet(alone, "weights_total_is_sum") == []


def test_a_mark_alone_in_its_cell_is_left_to_be_filled_in() -> None:
    """The sign and the unit may stand in cells of their own."""
    rows = [
        ["绩效目标表（2026年度）"],
        ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"],
        ["产出指标", "数量指标", "维修管网长度", "≥", "12", "公里"],
        ["效益指标", "社会效益指标", "受益人口", "≥", "**", "人"],
    ]
    cells = [Cell(r, c, text) for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1)]
    [review] = review_all(Document("a.csv", [Table("表", cells)]))
    finding = review["goal_table/nothing_left_open"]

    assert finding.verdict is Verdict.UNMET
    assert "表!E4" in [span.cell for one in finding.walk() for span in one.spans]
