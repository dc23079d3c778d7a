"""Which headings are read as the eight parts, and how lists and dates within them are told apart."""

from __future__ import annotations

import pytest

from perfeval.documents import BasisKind, MoneyKind, Part, read_text


@pytest.mark.parametrize(
    "heading",
    ["一、项目名称\n", "一、 项目名称：\n", "一. 项目名称\n", "一．项目名称\n", "（一）项目名称\n", "(一) 项目名称:", "1、项目名称\n", "1. 项目名称：",
     "项目名称：", "项目名称\n", "## 一、项目名称\n", "**一、项目名称**\n", "　　一、项目名称\n", "一、项目名称 "],
)  # fmt: skip
def test_headings_in_their_usual_forms(heading: str) -> None:
    """A heading is found with any usual numbering, and its body follows on the line or below it."""
    project = read_text(f"{heading}戏台修缮经费\n三、项目实施单位\n文化站。\n")
    assert (project.name, project.unit) == ("戏台修缮经费", "文化站")
    assert len(project.missing) == 6


def test_headings_may_stand_in_one_line() -> None:
    """Headings that a conversion ran together are still found."""
    project = read_text("一、项目名称 戏台修缮经费。二、立项依据 某发〔2024〕3号。六、资金安排情况 申请资金2万元。")
    assert [section.part for section in project.sections] == [Part.NAME, Part.BASIS, Part.FUNDING]
    assert project.name == "戏台修缮经费"


def test_words_of_a_heading_in_prose_are_no_heading() -> None:
    """A sentence that begins with a part's name is prose."""
    project = read_text("一、项目名称\n甲\n五、项目实施内容\n项目名称变更须报批，立项依据另附。\n")
    assert len(project.sections) == 2


@pytest.mark.parametrize(
    ("words", "number", "year", "kind"),
    [
        ("根据清办发〔2022〕14号关于加强驿站管理的通知", "清办发〔2022〕14号", 2022, BasisKind.NOTICE),
        ("按照清办发[2022]14号文件", "清办发[2022]14号", 2022, BasisKind.OTHER),
        ("《驿站管理办法》（清政规〔2022〕14号）", "清政规〔2022〕14号", 2022, BasisKind.NOTICE),
        ("依据清财教（2022）14号", "清财教（2022）14号", 2022, BasisKind.OTHER),
        (
            "清县财政局关于2022年部门预算的批复（清财复〔2022〕14号）",
            "清财复〔2022〕14号",
            2022,
            BasisKind.OTHER,
        ),
        ("《中华人民共和国教育法》", None, None, BasisKind.LAW),
        ("根据清县2022年驿站经费分配表", None, 2022, BasisKind.TABLE),
        ("根据《驿站建设规划》", None, None, BasisKind.NOTICE),
        ("根据清县人民政府关于驿站建设的意见", None, None, BasisKind.NOTICE),
    ],
)
def test_documents_are_read_with_and_without_number(
    words: str, number: str | None, year: int | None, kind: BasisKind
) -> None:
    """A basis keeps its number as printed, its year and its kind."""
    [document] = read_text(f"一、项目名称\n甲\n二、立项依据\n{words}。").basis
    assert (document.number, document.year, document.kind) == (number, year, kind)
    assert document.numbered is (number is not None)


@pytest.mark.parametrize(
    ("body", "titles"),
    [
        ("一是修路。二是架桥。\n三是植树。", ["修路", "架桥", "植树"]),
        ("（一）修路。一是备料。二是施工。\n（二）架桥。", ["修路", "架桥"]),
        ("1.修路；2.架桥；3.植树。", ["修路", "架桥", "植树"]),
        ("1、修路\n2、架桥", ["修路", "架桥"]),
        ("根据安排修路。随后架桥。", ["根据安排修路", "随后架桥"]),
    ],
)
def test_tasks_by_their_markers(body: str, titles: list[str]) -> None:
    """Tasks follow the first style of marker; without markers each sentence is one."""
    project = read_text(f"一、项目名称\n甲\n五、项目实施内容\n{body}\n六、资金安排情况\n")
    assert [task.title for task in project.tasks] == titles


@pytest.mark.parametrize(
    ("first", "second", "phased"),
    [("1—6月", "7—12月", True), ("1-12月", "1-12月", False), ("上半年", "下半年", True), ("第一季度", "第四季度", True),
     ("2026年1月至12月", "2026年1～12月", False), ("3月底前", "10月底前", True)],
)  # fmt: skip
def test_phasing_needs_two_periods(first: str, second: str, phased: bool) -> None:
    """A schedule is phased when it names more than one period within the year."""
    text = f"一、项目名称\n甲\n七、项目实施计划\n{first}支付材料费1万元；{second}支付人工费2万元。"
    project = read_text(text)
    assert project.has_phasing is phased
    assert [item.purpose for item in project.schedule] == ["材料费", "人工费"]


@pytest.mark.parametrize(
    "words",
    [
        "测算依据：市场询价。",
        "单价450元。",
        "讲课费6,000元（12学时×500元/学时）。",
        "按每人每天120元标准测算，共3万元。",
    ],
)
def test_a_calculation_basis_is_seen(words: str) -> None:
    """A stated basis, a unit price or a product counts as calculation basis."""
    assert read_text(f"一、项目名称\n甲\n六、资金安排情况\n{words}").has_calculation_basis


def test_money_of_another_year_is_no_line() -> None:
    """An amount of another year is kept as money of that year, not read as a line."""
    project = read_text(
        "2026年项目文本\n一、项目名称\n甲\n六、资金安排情况\n2025年安排租金5万元。2026年安排租金6万元。"
    )
    assert [str(line.amount.value) for line in project.lines] == ["6 万元"]
    assert [(one.kind, one.year) for one in project.money] == [(MoneyKind.PRIOR_YEAR, 2025), (MoneyKind.ANNUAL, 2026)]
    assert project.unread == ()


def test_names_after_the_amount() -> None:
    """A line may name what it is for after its amount."""
    project = read_text(
        "一、项目名称\n甲\n六、资金安排情况\n申请资金5万元，其中：安排3万元用于场地租赁，2万元用于资料印刷。"
    )
    assert [(line.name, str(line.amount.value)) for line in project.lines] == [
        ("场地租赁", "3 万元"),
        ("资料印刷", "2 万元"),
    ]


def test_reported_effects_are_achieved() -> None:
    """A figure in a sentence that reports is achieved; one in a goal is planned."""
    project = read_text("一、项目名称\n甲\n八、项目实施成效\n已完成培训120人次。满意度达到90%以上。")
    assert [sentence.figures[0].stage.value for sentence in project.effects] == ["achieved", "planned"]
