"""What texts in the other forms, of several projects and with other years' money say; figures derived by hand."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction

import pytest

from perfeval.documents import Form, Line, MoneyKind, Part, Project, read_projects, read_text
from perfeval.errors import DocumentError
from perfeval.facts import Given

Example = Callable[[str], str]


def shown(given: Given | None) -> str | None:
    """Return an amount as it is shown."""
    return None if given is None else str(given.value)


def lines_of(lines: tuple[Line, ...]) -> dict[str, str | None]:
    """Return the lines as they are shown, by name."""
    return {line.name: shown(line.amount) for line in lines}


def money_of(project: Project, part: Part, *kinds: MoneyKind) -> list[tuple[str, str, int | None]]:
    """Return the money of some kinds that a part states: name, amount, year."""
    return [
        (one.name, str(one.printed.amount), one.year)
        for one in project.money
        if one.part is part and one.kind in (kinds or tuple(MoneyKind))
    ]


def total(given: list[Given]) -> Fraction:
    """Return the sum of exact amounts in 元."""
    return sum((one.value.number_in("元") for one in given), Fraction(0))  # type: ignore[union-attr]


def test_the_form_of_anhui(example: Example) -> None:
    """Headings in brackets with their text on the same line; last year's money is no money of this year."""
    project = read_text(example("nursing_subsidy_2026"))
    assert (project.form, project.missing) == (Form.ANHUI, ())
    assert (project.name, project.unit) == ("居家养老服务补贴项目", "柳溪区民政局")
    assert project.period is not None
    assert (project.period.first, project.period.last) == (datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
    assert [shown(one) for one in project.totals] == ["121.2 万元"]
    assert lines_of(project.lines) == {"服务补贴": "115.2 万元", "评估费": "6 万元"}
    # 800 × 12 × 120 = 1,152,000; 1,152,000 + 60,000 = 1,212,000 = 812,000 + 400,000
    assert [shown(one) for one in project.lines[0].factors] == ["800 人", "12 个月", "120 元/人/月"]
    assert total([line.amount for line in project.lines]) == total(list(project.totals)) == 1_212_000
    assert lines_of(project.sources) == {"区级财政": "81.2 万元", "上年结转": "40 万元"}
    assert total([line.amount for line in project.sources]) == 1_212_000
    assert money_of(project, Part.OVERVIEW) == [("补贴资金", "108 万元[上年]", 2025)]
    assert [task.title for task in project.tasks] == ["发放服务补贴", "开展服务质量评估"]
    assert [shown(one) for one in project.effects[0].figures] == ["100%", "800 人", "92%"]


def test_the_form_of_shanghai(example: Example) -> None:
    """The plan is what the form has in place of a content, and the name stands in the line above it."""
    project = read_text(example("library_upgrade_2026"))
    assert (project.form, project.missing) == (Form.SHANGHAI, ())
    assert project.name == "社区图书室借阅系统更新项目"
    assert [(one.part, one.title) for one in project.sections[3:5]] == [
        (Part.CONTENT, "实施方案"),
        (Part.PERIOD, "实施周期"),
    ]
    assert len(project.tasks) == 3 and project.has_phasing
    # 14 × 28,000 = 392,000; 392,000 + 80,000 + 15,200 = 487,200
    assert total([line.amount for line in project.lines]) == total(list(project.totals)) == 487_200
    assert [shown(one) for one in project.lines[0].factors] == ["14 台", "28,000 元/台"]


def test_three_projects_under_a_table_of_contents(example: Example) -> None:
    """The contents, the page numbers and the running head are no part of any project."""
    text = example("three_projects_2026")
    first, second, third = read_projects(text)
    assert [project.name for project in (first, second, third)] == [
        "村级道路绿化管护经费",
        "镇级敬老院消防改造工程",
        "农民丰收节活动经费",
    ]
    assert [project.unit for project in (first, second, third)] == [
        "松岭镇农业服务中心",
        "松岭镇社会事务办公室",
        "松岭镇文化站",
    ]
    for project in (first, second, third):
        assert project.missing == () and len(project.sections) == 8
        assert project.year is not None and project.year.number == 2026
        assert len(project.effects) == 1
        assert project.text is text and project.span is not None
        assert all(project.span.start <= section.heading.start < project.span.end for section in project.sections)
        assert total([line.amount for line in project.lines]) == total([project.request] if project.request else [])
        assert total([item.amount for item in project.schedule]) == total([project.request] if project.request else [])
    # 60,000 + 36,000 = 66,000 + 30,000 = 96,000; 36 + 9 = 45; 3 + 1.5 + 0.5 = 5
    assert [shown(one.request) for one in (first, second, third)] == ["96,000 元", "45 万元", "5 万元"]
    assert first.approval is not None and first.approval.document == "松财复〔2026〕2号"
    assert second.approval is None


def test_several_projects_are_not_read_as_one(example: Example) -> None:
    """One project is asked for and three are there: the message says how many, and how to read them."""
    with pytest.raises(DocumentError, match=r"3 projects.*read_projects"):
        read_text(example("three_projects_2026"))


def test_money_of_several_years_beside_the_year(example: Example) -> None:
    """Request, lines and schedule are money of 2026 alone; every other amount is kept as what it is."""
    project = read_text(example("water_plant_2026"))
    assert shown(project.request) == "640 万元" and project.totals == ()
    # 480 + 150 + 10 = 300 + 340 = 640
    assert lines_of(project.lines) == {"主管网铺设费": "480 万元", "入户支管安装费": "150 万元", "监理费": "10 万元"}
    assert total([line.amount for line in project.lines]) == total([item.amount for item in project.schedule])
    assert money_of(project, Part.OVERVIEW) == [("截至2025年底累计完成投资", "1,860 万元[累计]", None)]
    assert money_of(project, Part.FUNDING, MoneyKind.CUMULATIVE) == [
        ("项目总投资", "3,200 万元[累计]", None),
        ("管网工程", "2,700 万元[累计]", None),
        ("设备购置", "500 万元[累计]", None),
        ("2024—2025年", "1,900 万元[累计]", None),
    ]
    assert money_of(project, Part.FUNDING, MoneyKind.PRIOR_YEAR) == [("其中2025年安排", "800 万元[上年]", 2025)]
    assert money_of(project, Part.FUNDING, MoneyKind.OTHER_YEAR) == [("2027年计划安排", "660 万元[2027年]", 2027)]
    assert money_of(project, Part.FUNDING, MoneyKind.CHANGE) == [("比上年减少", "160 万元[增减]", 2025)]


def test_a_unit_declared_for_a_section(example: Example) -> None:
    """Numbers without a unit are in the one that their section declares, rows under a row are its parts."""
    project = read_text(example("museum_lights_2026"))
    assert shown(project.request) == "18.6 万元"
    assert lines_of(project.lines) == {"灯具购置费": "11.2 万元", "线路改造费": "6.4 万元", "检测费": "1 万元"}
    # 7.70 + 3.50 = 11.20; 11.20 + 6.40 + 1.00 = 18.60 = 11.20 + 7.40
    assert lines_of(project.lines[0].parts) == {"射灯": "7.7 万元", "筒灯": "3.5 万元"}
    assert total([line.amount for line in project.lines]) == total(list(project.totals)) == 186_000
    assert [(item.purpose, shown(item.amount)) for item in project.schedule] == [
        ("灯具购置费", "11.2 万元"),
        ("线路改造费、检测费", "7.4 万元"),
    ]
    assert {one.printed.decimals for one in project.money} == {2}
    assert project.unread == ()


# --- pieces ----------------------------------------------------------------------------------------------

_HEAD = "2026年某县项目文本\n一、项目名称\n甲经费\n六、资金安排情况\n"


def funded(words: str) -> Project:
    """Return a project with these words under its funding."""
    return read_text(_HEAD + words)


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("项目总投资5000万元，2026年安排50万元。", [(5000, "cumulative", None), (50, "annual", 2026)]),
        ("2025年安排建设资金5000万元，2026年安排50万元。", [(5000, "prior_year", 2025), (50, "annual", 2026)]),
        ("2025年安排5000万元，其中设备30万元；今年安排50万元。",
         [(5000, "prior_year", 2025), (30, "prior_year", 2025), (50, "annual", 2026)]),
        ("三年共需900万元，本年度安排300万元，上年结转20万元。",
         [(900, "cumulative", None), (300, "annual", 2026), (20, "annual", 2026)]),
        ("2024年至2026年安排90万元。", [(90, "cumulative", None)]),
        ("2023年以来投入90万元。", [(90, "cumulative", None)]),
        ("截至2025年底投入90万元，申请30万元。", [(90, "cumulative", None), (30, "annual", 2026)]),
        ("上年预算40万元，比上年增加10万元。", [(40, "prior_year", 2025), (10, "change", 2025)]),
        ("2025年结转5万元。", [(5, "annual", 2026)]),
        ("2028年安排60万元，次年安排70万元。", [(60, "other_year", 2028), (70, "other_year", 2027)]),
        ("项目总投资5000万元，其中：\n土建3000万元\n设备2000万元\n2026年安排50万元",
         [(5000, "cumulative", None), (3000, "cumulative", None), (2000, "cumulative", None), (50, "annual", 2026)]),
        ("2026年申请30万元（2025年为20万元），其中办公费10万元。",
         [(30, "annual", 2026), (20, "prior_year", 2025), (10, "annual", 2026)]),
        ("2026年安排设备（含2023年转列的2台）购置30万元。", [(30, "annual", 2026)]),
        ("按上年度考核结果安排30万元，按2025年在册人数安排20万元。", [(30, "annual", None), (20, "annual", None)]),
        ("总投资80万元。办公费2万元。", [(80, "cumulative", None), (2, "annual", None)]),
        ("2026—2028年，每年安排30万元。", [(30, "annual", None)]),
        ("2026年1—12月安排30万元，按比例减免学费5万元。", [(30, "annual", 2026), (5, "annual", 2026)]),
    ],
)  # fmt: skip
def test_which_years_money_an_amount_is(words: str, kinds: list[tuple[int, str, int | None]]) -> None:
    """The words beside an amount decide; what follows in a sentence keeps it until other words decide."""
    project = funded(words)
    assert [(int(one.printed.number), one.kind.value, one.year) for one in project.money] == kinds
    annual = {number for number, kind, _ in kinds if kind == "annual"}
    read = [project.request, *(line.amount for line in (*project.lines, *project.sources)), *project.totals]
    assert {int(one.value.number_in("万元")) for one in read if one is not None} <= annual  # type: ignore[union-attr]


def test_only_money_of_one_kind_is_comparable() -> None:
    """Nothing that is of another year agrees or disagrees with money of the year."""
    one, other = funded("项目总投资50万元，2026年安排50万元。").money
    assert one.printed.agrees(other.printed) is None


def test_another_year_among_the_rows_leaves_the_list_open() -> None:
    """What is owed from another year may be paid by this one: it is left over, so that no sum is made without it."""
    project = funded("申请6万元，其中：办公费2万元、2025年欠付租金3万元、会议费1万元。")
    assert [line.name for line in project.lines] == ["办公费", "会议费"]
    assert [one.text for one in project.unread] == ["3万元"]
    assert funded("申请3万元，其中：办公费2万元（2025年为5万元）、会议费1万元，比上年增加1万元。").unread == ()


@pytest.mark.parametrize("unit", ["元阳县教育局", "万元店管理办公室"])
def test_a_name_that_begins_like_a_unit_declares_none(unit: str) -> None:
    """实施单位：元阳县教育局 is no declaration of 元."""
    project = read_text(f"一、项目名称\n甲\n实施单位：{unit}\n资金安排：\n单位：{unit}\n办公费25,000.00。")
    assert [one.printed.amount for one in project.money] == [None]


def test_amounts_without_a_unit_leave_the_sum_open() -> None:
    """A line without a unit is a line whose amount is not known, and is kept as printed."""
    project = funded("申请资金40,000元，其中：办公费25,000.00、会议费15,000.00。")
    assert [(line.name, line.amount.value) for line in project.lines] == [("办公费", None), ("会议费", None)]
    kept = project.money[1].printed
    assert (kept.amount, kept.number, kept.decimals) == (None, 25_000, 2)
    assert [one.why.en for one in project.unread] == ["no unit", "no unit"]


@pytest.mark.parametrize(
    ("words", "lines", "totals"),
    [
        ("1.培训费12万元，其中：场地费5万元、讲课费7万元；\n2.会议费28万元。\n合计40万元。",
         [("培训费", 12, ["场地费", "讲课费"]), ("会议费", 28, [])], [40]),
        ("培训费12万元（其中：场地费5万元、讲课费7万元）、会议费28万元。",
         [("培训费", 12, ["场地费", "讲课费"]), ("会议费", 28, [])], []),
        ("一、人员经费：\n工资5万元\n津贴3万元\n小计8万元\n二、公用经费：\n办公费2万元\n小计2万元\n合计10万元",
         [("小计", 8, ["工资", "津贴"]), ("小计", 2, ["办公费"])], [10]),
        ("小计8万元：工资5万元、津贴3万元。\n小计2万元：办公费2万元。\n合计10万元",
         [("小计", 8, ["工资", "津贴"]), ("小计", 2, ["办公费"])], [10]),
        ("1.培训费12万元\n（1）场地费5万元\n（2）讲课费7万元\n2.会议费28万元",
         [("培训费", 12, ["场地费", "讲课费"]), ("会议费", 28, [])], []),
        ("设备费3万元、人工费2万元，合计5万元。", [("设备费", 3, []), ("人工费", 2, [])], [5]),
    ],
)  # fmt: skip
def test_rows_under_rows_are_parts(words: str, lines: list[tuple[str, int, list[str]]], totals: list[int]) -> None:
    """What a row consists of is never added to the rows."""
    project = funded(words)
    read = [
        (line.name, int(line.amount.value.number_in("万元")), [part.name for part in line.parts])  # type: ignore[union-attr]
        for line in project.lines
    ]
    assert read == lines
    assert [int(one.value.number_in("万元")) for one in project.totals] == totals  # type: ignore[union-attr]


def test_where_the_money_comes_from_is_no_line() -> None:
    """Sources add up to the total beside the lines."""
    project = funded("申请财政资金50万元，其中：县级财政30万元、乡镇自筹20万元。用于设备购置费20万元、人工费30万元。")
    assert lines_of(project.sources) == {"县级财政": "30 万元", "乡镇自筹": "20 万元"}
    assert lines_of(project.lines) == {"设备购置费": "20 万元", "人工费": "30 万元"}


@pytest.mark.parametrize(
    ("words", "lines", "totals", "sources"),
    [
        ("本项目2026年度共安排资金30万元，用于：（一）培训费10万元；（二）差旅费20万元。", [10, 20], [30], []),
        ("总预算66万元，其中：材料费36万元，人工费30万元。资金来源为县级财政资金66万元。", [36, 30], [66], [66]),
        ("中央资金20万元，省级资金10万元，县级配套5万元，共计35万元。用于修路20万元、架桥15万元。", [20, 15], [35], [20, 10, 5]),
        ("预计总投入150万元，每年50万元。2026年投入50万元，其中：人工费30万元，材料费20万元。", [30, 20], [50], []),
        ("年初预算50万元，年中追加10万元，全年预算60万元，其中：材料费25万元、人工费35万元。", [25, 35], [60], []),
        ("计划安排资金50万元，其中：材料费25万元、人工费25万元。", [25, 25], [50], []),
        ("年初预算50万元，其中：材料费25万元、人工费25万元。", [25, 25], [50], []),
        ("2026年县级财政预算安排57.6万元，其中：巡护员补助57.6万元。", [Fraction("57.6")], [Fraction("57.6")], []),
        ("培训费：40人×2天×300元/人/天=2.4万元。会议费：2.6万元。合计：5万元。", [Fraction("2.4"), Fraction("2.6")], [5], []),
    ],
)  # fmt: skip
def test_lines_totals_and_sources_in_prose(
    words: str, lines: list[Fraction], totals: list[Fraction], sources: list[Fraction]
) -> None:
    """Which amounts add up to which is told by their words, never by their sums."""
    project = funded(words)
    given = ([line.amount for line in project.lines], project.totals, [line.amount for line in project.sources])
    read = [[one.value.number_in("万元") for one in each] for each in given]  # type: ignore[union-attr]
    assert read == [lines, totals, sources]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2026年1月—12月", "2026-01-01", "2026-12-31"),
        ("2026年1月1日至2026年12月31日", "2026-01-01", "2026-12-31"),
        ("2026年1月1日至12月31日，共12个月", "2026-01-01", "2026-12-31"),
        ("2026—2028年", "2026-01-01", "2028-12-31"),
        ("2026年至2028年", "2026-01-01", "2028-12-31"),
        ("2026.01-2028.06", "2026-01-01", "2028-06-30"),
        ("2026/3/1-2026/12/15", "2026-03-01", "2026-12-15"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026年度", "2026-01-01", "2026-12-31"),
        ("２０２６年３月中旬至５月底", "2026-03-11", "2026-05-31"),
        ("2026年二季度至三季度", "2026-04-01", "2026-09-30"),
        ("二〇二六年一月至十二月", "2026-01-01", "2026-12-31"),
        ("三年（2026年1月—2028年12月）", "2026-01-01", "2028-12-31"),
        ("2026年12月底前", None, "2026-12-31"),
        ("自2026年3月起", "2026-03-01", None),
        ("2026年1月至长期", "2026-01-01", None),
        ("长期", None, None),
        ("2026年12月至2026年1月", "2026-12-01", "2026-01-31"),
    ],
)
def test_periods_in_their_usual_ways_of_writing(words: str, first: str | None, last: str | None) -> None:
    """The first and the last day, literally, even where the last is before the first."""
    project = read_text(f"一、项目概述\n甲\n二、起止时间\n{words}。\n三、项目内容\n修路。")
    assert project.period is not None and project.unread == ()
    days = [None if day is None else day.isoformat() for day in (project.period.first, project.period.last)]
    assert days == [first, last]


@pytest.mark.parametrize("words", ["12个月", "按合同约定", ""])
def test_what_is_no_period(words: str) -> None:
    """How long something takes, or nothing, gives no days."""
    assert read_text(f"一、项目概述\n甲\n二、起止时间\n{words}\n三、项目内容\n修路。").period is None


@pytest.mark.parametrize("words", ["2026年2月30日至3月1日", "2026年1—13月"])
def test_a_day_that_is_not_in_the_calendar(words: str) -> None:
    """It is listed as not understood, with the reason."""
    project = read_text(f"一、项目概述\n甲\n二、起止时间\n{words}\n三、项目内容\n修路。")
    assert project.period is None
    assert [one.why.en for one in project.unread if one.part is Part.PERIOD] == ["there is no such day"]


def test_a_period_may_be_stated_in_prose() -> None:
    """A sentence that states it takes the place of the heading, and nothing is missing."""
    project = read_text("一、项目概述\n甲，实施周期为2026年1月至2028年12月。\n四、项目内容\n修路。")
    assert project.period is not None and project.period.last == datetime.date(2028, 12, 31)
    assert Part.PERIOD not in project.missing


def test_optional_parts_are_not_missed() -> None:
    """Each form misses its own parts alone."""
    yunnan = read_text("一、项目名称\n甲\n三、项目实施单位\n乙\n六、资金安排情况\n3万元")
    assert Part.PERIOD not in yunnan.missing and Part.SCHEDULE in yunnan.missing
    anhui = read_text("一、项目概述\n甲\n三、实施主体\n乙\n六、年度预算安排\n3万元")
    assert anhui.form is Form.ANHUI
    assert anhui.missing == (Part.BASIS, Part.PERIOD, Part.CONTENT, Part.EFFECT)
    assert [shown(one) for one in anhui.totals] == ["3 万元"]


def test_eight_parts_under_other_headings_miss_nothing() -> None:
    """A text that has all eight parts is in that form, whatever it calls them."""
    titles = ("项目名称", "立项依据", "实施主体", "项目概述", "项目内容", "年度预算安排", "实施计划", "绩效目标")
    project = read_text("".join(f"{title}：\n某某。\n" for title in titles))
    assert (project.form, project.missing) == (Form.YUNNAN, ())


@pytest.mark.parametrize(
    "heading",
    ["项目概述：", "项目概述\n", "1.项目概述\n", "（一）项目概述。", "（1）项目概述：", "# 项目概述\n", "**项目概述**：", "【项目概述】\n",
     "1.1 项目概述\n", "一、项 目 概 述\n", "十一、项目概述\n", "　　项目概述："],
)  # fmt: skip
def test_headings_with_and_without_numbers(heading: str) -> None:
    """A heading is found in any usual setting, with its text on the same line or below."""
    [section, _] = read_text(f"{heading}为村民修路。\n年度预算安排：3万元。").sections
    assert (section.part, section.body.text) == (Part.OVERVIEW, "为村民修路。")


# --- several projects ------------------------------------------------------------------------------------

_BODY = "一、项目概述\n{0}。\n二、立项依据\n某发〔2025〕3号。\n三、年度预算安排\n{1}万元。\n"


@pytest.mark.parametrize(
    "titles",
    [
        ("项目一：修路工程\n", "项目二：架桥工程\n"),
        ("项目1、修路工程\n", "项目2、架桥工程\n"),
        ("某局2026年项目文本（一）\n", "某局2026年项目文本（二）\n"),
        ("（一）修路工程\n", "（二）架桥工程\n"),
        ("1.修路工程\n", "2.架桥工程\n"),
        ("修路工程\n", "架桥工程\n"),
        ("项目名称：修路工程\n", "项目名称：架桥工程\n"),
        ("", ""),
    ],
)
def test_how_projects_are_set_apart(titles: tuple[str, str]) -> None:
    """A title, the name given again, or headings that begin again: each begins a project."""
    text = "".join(title + _BODY.format(deed, cost) for title, deed, cost in zip(titles, "甲乙", (3, 5), strict=True))
    found = read_projects(text)
    assert [[shown(one) for one in project.totals] for project in found] == [["3 万元"], ["5 万元"]]
    assert all(project.missing == (Part.UNIT, Part.PERIOD, Part.CONTENT, Part.EFFECT) for project in found)
    if "工程" in titles[0]:
        assert [project.name for project in found] == ["修路工程", "架桥工程"]


@pytest.mark.parametrize(
    "contents",
    [
        "目录\n项目一：修路工程……1\n项目二：架桥工程……2\n",
        "目  录\n项目一：修路工程 1\n一、项目概述 1\n二、立项依据 1\n项目二：架桥工程 2\n",
        "目录\n项目一：修路工程\n项目二：架桥工程\n\n",
        "项目一：修路工程............1\n一、项目概述............1\n项目二：架桥工程............2\n",
    ],
)
def test_a_table_of_contents_is_no_project(contents: str) -> None:
    """Its lines are neither headings nor titles."""
    text = f"{contents}项目一：修路工程\n{_BODY.format('甲', 3)}项目二：架桥工程\n{_BODY.format('乙', 5)}"
    found = read_projects(text)
    assert [(project.name, len(project.sections)) for project in found] == [("修路工程", 3), ("架桥工程", 3)]


def test_one_project_with_its_name_on_every_page_is_one() -> None:
    """A name that is printed again at the head of a page begins no project."""
    text = "项目名称：修路工程\n立项依据：\n某发〔2025〕3号。\n项目名称：修路工程\n项目内容：\n修路。\n年度预算安排：\n3万元。"
    project = read_text(text)
    assert project.name == "修路工程"
    assert [section.part for section in project.sections] == [Part.NAME, Part.BASIS, Part.CONTENT, Part.FUNDING]
