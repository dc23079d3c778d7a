"""What the shipped examples say, each figure derived by hand in docs/examples/README.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest

from perfeval.citations import Span
from perfeval.documents import BasisKind, Comparator, NoteKind, Part, Project, read_text
from perfeval.facts import Given, Stage

Example = Callable[[str], str]

_NAMES = [
    "park_2026",
    "rural_roads_2026",
    "elder_care_2026",
    "village_doctors_2026",
    "reading_rooms_2025",
    "school_meals_2026",
    "river_wardens_2026",
    "heritage_draft_2026",
]


def yuan(given: Given | None) -> Fraction:
    """Return a sum of money in 元."""
    assert given is not None
    return given.value.number_in("元")  # type: ignore[union-attr]


def shown(given: Given | None) -> str | None:
    """Return an amount as it is shown."""
    return None if given is None else str(given.value)


def lines_of(project: Project) -> dict[str, int]:
    """Return the lines in 元 by name."""
    return {line.name: int(yuan(line.amount)) for line in project.lines}


def schedule_of(project: Project) -> list[tuple[str, int, tuple[int | None, int | None]]]:
    """Return the schedule: purpose, 元, months."""
    return [(item.purpose, int(yuan(item.amount)), (item.first_month, item.last_month)) for item in project.schedule]


@pytest.mark.parametrize("name", _NAMES)
def test_every_span_quotes_the_example(
    name: str, example: Example, all_spans: Callable[[object], Iterator[Span]]
) -> None:
    """Every span of every example quotes its text exactly, and there are many."""
    project = read_text(example(name))
    found = list(all_spans(project))
    assert len(found) > 20
    assert all(span.locate(project.text) == span.text for span in found)


@pytest.mark.parametrize("name", _NAMES)
def test_every_figure_is_planned_and_from_the_text(name: str, example: Example) -> None:
    """Every figure of a plan is planned, names the text as its source and quotes itself."""
    project = read_text(example(name))
    figures = [line.amount for line in project.lines] + [item.amount for item in project.schedule]
    figures += [one.literal for one in project.quoted]
    for figure in figures:
        assert figure.stage is Stage.PLANNED
        assert figure.source == "项目文本"
        assert figure.span is not None and figure.span.text


def test_park_money(example: Example) -> None:
    """The park's money is read literally, the slip in 万元 too."""
    project = read_text(example("park_2026"))
    assert yuan(project.request) == 50_000
    assert project.approval is not None
    assert (yuan(project.approval.amount), project.approval.document) == (50_000, "临财复〔2026〕7号")
    assert lines_of(project) == {"办公费": 25_000, "党员教育培训": 10_000, "会议费": 150_000_000}
    assert shown(project.lines[2].amount) == "15,000 万元"
    assert schedule_of(project) == [
        ("日常党务开支", 25_000, (1, 12)),
        ("会议培训费", 25_000, (1, 12)),
    ]
    assert not project.has_phasing
    assert not project.has_calculation_basis
    assert project.unread == ()


def test_park_trainings(example: Example) -> None:
    """The park's two programmes are told apart, with their people, courses, hours, stages and coverage."""
    secretaries, members = read_text(example("park_2026")).trainings
    assert (secretaries.name, secretaries.trainees) == ("万名党组织书记大轮训", "党组织书记")
    assert (shown(secretaries.courses), shown(secretaries.days), shown(secretaries.class_hours)) == (
        "1 期",
        "5 天",
        "40 学时",
    )
    assert secretaries.comparator is Comparator.GE
    assert shown(secretaries.stages_stated) == "2 个"
    assert [(stage.name, shown(stage.days)) for stage in secretaries.stages] == [
        ("一阶段", "3 天"),
        ("二阶段", "2 天"),
    ]
    assert secretaries.coverage is not None
    assert (secretaries.coverage.population, shown(secretaries.coverage.share)) == ("基层党组织书记", "100%")
    assert secretaries.yearly and not secretaries.by_area
    assert (members.name, members.trainees, shown(members.courses)) == ("万名党员进党校", "党员", "2 期")
    assert (shown(members.days), shown(members.class_hours), members.by_area) == ("3 天", "24 学时", True)
    assert members.coverage is not None
    assert (members.coverage.population, shown(members.coverage.share)) == ("普通党员", "65%")
    assert members.stages == ()


def test_park_standards_inherit_what_the_series_says_once(example: Example) -> None:
    """Five floors are read; two inherit 每年, three share the purpose, and the scope holds for all."""
    project = read_text(example("park_2026"))
    read = [(one.binds, str(one.amount.value), one.purpose, one.period_inherited, one.scope) for one in project.quoted]
    assert read == [
        ("党委", "10,000 元/个[党委]/年", "工作经费", False, "非公企业"),
        ("党总支", "6,000 元/个[党总支]/年", "工作经费", True, "非公企业"),
        ("党支部", "3,000 元/个[党支部]/年", "工作经费", True, "非公企业"),
        ("党组织书记", "200 元/人[党组织书记]/月", "工作津贴", False, "非公企业"),
        ("党员", "100 元/人[党员]/年", "教育培训经费", False, "非公企业"),
    ]
    assert {one.document for one in project.quoted} == {"玉办发〔2023〕5号"}
    assert {one.comparator for one in project.quoted} == {Comparator.GE}
    places = {one.period_span for one in project.quoted[:3]}
    assert len(places) == 1 and None not in places


def test_park_basis_and_parts(example: Example) -> None:
    """The park's basis is a notice, a table without a number and a reply; no part is missing."""
    project = read_text(example("park_2026"))
    assert [(one.kind, one.number, one.year, one.part) for one in project.basis] == [
        (BasisKind.NOTICE, "玉办发〔2023〕5号", 2023, Part.BASIS),
        (BasisKind.TABLE, None, 2026, Part.CONTENT),
        (BasisKind.REPLY, "临财复〔2026〕7号", 2026, Part.FUNDING),
    ]
    assert project.basis[1].title == "临江县2026年党（工）委党务工作经费分配表"
    assert project.missing == ()
    assert (project.name, project.unit) == ("临江产业园区党务工作经费", "临江产业园区管理委员会")
    assert project.year is not None and project.year.number == 2026
    assert [section.number for section in project.sections] == list(range(1, 9))


def test_park_tasks_uses_and_effects(example: Example) -> None:
    """Four tasks over two paragraphs, five uses under one activity, and effects without a number."""
    project = read_text(example("park_2026"))
    assert [(task.marker, task.title) for task in project.tasks] == [
        ("一是", "抓好集中轮训"),
        ("二是", "帮助非公企业开展党的活动"),
        ("三是", "做好党报党刊征订"),
        ("四是", "举办“七一”系列活动"),
    ]
    assert [(use.activity, use.text) for use in project.uses] == [
        ("开展党员教育培训", use)
        for use in [
            "党员轮训",
            "购置党员学习用的报刊、资料、音像制品和设备",
            "党员活动阵地建设",
            "支部规范化建设",
            "主题党日和“七一”系列活动",
        ]
    ]
    assert project.effects and not any(sentence.has_number for sentence in project.effects)
    assert [(note.kind, note.text) for note in project.notes] == [(NoteKind.BOOKMARK, "[bookmark: _GoBack]")]
    assert [(shown(one.days), shown(one.class_hours)) for one in project.restatements] == [
        ("5 天", "40 学时"),
        ("3 天", "24 学时"),
    ]


def test_roads_are_clean(example: Example) -> None:
    """The clean text's identities hold on what is read, across 万元 and 元."""
    project = read_text(example("rural_roads_2026"))
    assert yuan(project.request) == 663_000
    assert project.approval is not None and yuan(project.approval.amount) == 663_000
    assert lines_of(project) == {"小修保养经费": 288_000, "养护员岗位补助": 360_000, "培训费": 15_000}
    assert [[shown(factor) for factor in line.factors] for line in project.lines] == [
        ["6 个", "48,000 元/个"],
        ["20 人", "12 个月", "1,500 元/人/月"],
        [],
    ]
    assert [sum_ for _, sum_, _ in schedule_of(project)] == [162_000, 177_000, 162_000, 162_000]
    assert project.schedule[1].purpose == "小修保养经费、岗位补助和培训费"
    assert project.has_phasing and project.has_calculation_basis
    assert [(one.binds, str(one.amount.value), one.purpose) for one in project.quoted] == [
        ("乡镇养护站", "48,000 元/个[乡镇养护站]/年", "小修保养经费"),
        ("养护员", "1,500 元/人[养护员]/月", "岗位补助"),
    ]
    [training] = project.trainings
    assert (training.name, shown(training.courses), shown(training.days)) == (
        "养护员技能培训班",
        "2 期",
        "2 天",
    )
    assert training.coverage is not None and training.coverage.comparator is Comparator.GE
    assert [one.kind for one in project.basis] == [BasisKind.LAW, BasisKind.NOTICE, BasisKind.OTHER]
    assert [shown(figure) for figure in project.effects[0].figures] == ["100%", "85%", "90%"]


def test_elder_care_reads_words_and_wide_digits(example: Example) -> None:
    """Money in capital numerals and wide digits is read, and the stages are kept as printed."""
    project = read_text(example("elder_care_2026"))
    assert yuan(project.request) == 180_000
    assert project.approval is not None
    assert (yuan(project.approval.amount), project.approval.document) == (180_000, "云财社〔2026〕5号")
    assert lines_of(project) == {"培训费": 144_000, "技能比武经费": 20_000, "资料印刷费": 16_000}
    [training] = project.trainings
    assert (shown(training.courses), shown(training.days), shown(training.class_hours)) == (
        "3 期",
        "6 天",
        "48 学时",
    )
    assert [shown(stage.days) for stage in training.stages] == ["3 天", "2 天"]
    assert training.coverage is not None
    assert (shown(training.coverage.share), training.coverage.population) == ("80%", "护理员")
    assert [str(one.amount.value) for one in project.quoted] == [
        "48 学时/人[护理员]/年",
        "1,200 元/人[护理员]/年",
    ]
    assert [one.comparator for one in project.quoted] == [Comparator.GE, Comparator.LE]
    assert [(months, sum_) for _, sum_, months in schedule_of(project)] == [
        ((3, 6), 80_000),
        ((7, 10), 64_000),
        ((11, 12), 36_000),
    ]


def test_village_doctors_restate_hours(example: Example) -> None:
    """Both courses are read with the hours as printed, though they disagree."""
    project = read_text(example("village_doctors_2026"))
    assert [(shown(one.days), shown(one.class_hours)) for one in project.trainings] == [
        ("5 天", "40 学时"),
        ("3 天", "30 学时"),
    ]
    assert [one.trainees for one in project.trainings] == ["乡村医生", "乡镇卫生院骨干"]
    assert project.trainings[0].coverage is not None and project.trainings[1].coverage is None
    assert schedule_of(project) == [
        ("轮训费", 70_000, (1, 6)),
        ("研修费", 20_000, (7, 12)),
        ("药箱购置费", 30_000, (7, 12)),
    ]
    assert [shown(one.given()) for one in project.tasks[2].quantities] == ["1 个"]


def test_reading_rooms_differ_from_approval(example: Example) -> None:
    """Request, approval and a slip in the schedule are all kept as printed."""
    project = read_text(example("reading_rooms_2025"))
    assert project.approval is not None
    assert (yuan(project.request), yuan(project.approval.amount)) == (580_000, 550_000)
    assert sum(lines_of(project).values()) == 580_000
    assert sum(sum_ for _, sum_, _ in schedule_of(project)) == 430_015
    assert shown(project.schedule[2].amount) == "15 元"
    assert [one.numbered for one in project.basis] == [False, True, True]
    assert [section.number for section in project.sections] == list(range(1, 9))
    assert project.section(Part.EFFECT) is not None
    assert project.year is not None and project.year.number == 2025


def test_school_meals_total_and_parts(example: Example) -> None:
    """A stated total and the parts of a line are kept apart from the lines."""
    project = read_text(example("school_meals_2026"))
    assert lines_of(project) == {"设备购置费": 375_000, "工勤人员劳务费": 300_000, "灶间改造费": 215_000}
    assert [yuan(total) for total in project.totals] == [900_000]
    assert [(part.name, yuan(part.amount)) for part in project.lines[2].parts] == [
        ("材料费", 150_000),
        ("人工费", 65_000),
    ]
    assert schedule_of(project)[2] == ("灶间改造费", 225_000, (7, 8))


def test_river_wardens_miss_a_part(example: Example) -> None:
    """A missing part is recorded, and the year of the notice is read."""
    project = read_text(example("river_wardens_2026"))
    assert project.missing == (Part.SCHEDULE,)
    assert project.basis[0].year == 2027
    assert project.request is None
    assert [yuan(total) for total in project.totals] == [576_000]
    assert lines_of(project) == {"巡护员补助": 576_000}
    assert [(one.binds, str(one.amount.value)) for one in project.quoted] == [
        ("巡护员", "800 元/人[巡护员]/月"),
        ("乡镇", "15 人/个[乡镇]"),
    ]
    assert [one.text for one in project.unread] == ["九个", "一百二十公里"]


def test_draft_lists_its_placeholders(example: Example) -> None:
    """What was not filled in is listed in order, and no amount is made of it."""
    project = read_text(example("heritage_draft_2026"))
    assert [one.text for one in project.placeholders] == [
        "XX",
        "（请填写单位全称）",
        "**",
        "XX",
        "（待填写文号）",
    ]
    assert project.request is None
    assert project.unit is None
    assert project.approval is not None and project.approval.document is None
    assert [(note.kind, note.text) for note in project.notes] == [(NoteKind.BOOKMARK, "错误！未定义书签。")]
    assert [one.title for one in project.basis] == ["中华人民共和国文物保护法", "省级文物保护专项规划"]
