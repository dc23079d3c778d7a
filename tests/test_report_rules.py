"""Performance reports in prose: what is consistent is silent, each planted slip is found at its figure."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from fractions import Fraction

import pytest
from attrs import frozen
from hypothesis import example, given, settings
from hypothesis import strategies as st

from perfeval.amounts import Rounding
from perfeval.documents.blocks import Cell, Document, Paragraph, Table
from perfeval.documents.reports import read_report
from perfeval.errors import FactsError, InputError
from perfeval.findings import Finding, Review
from perfeval.numerals import write_ratio
from perfeval.reviewing import review, review_all
from perfeval.rules import Severity
from perfeval.verdicts import Verdict

# --- a report that is consistent, written figure by figure ------------------------------------------------

THINGS = (("修复水渠", "公里"), ("培训农户", "人"), ("发放手册", "份"), ("维护站点", "个"), ("栽种苗木", "株"))
GRADES = ((90, "优"), (80, "良"), (60, "中"), (0, "差"))
CAPITALS = "零壹贰叁肆伍陆柒捌玖"


def hundredths(number: Fraction) -> str:
    return write_ratio(Fraction(Rounding.HALF_UP.integer(number * 100), 100))


def percent(share: Fraction) -> str:
    return f"{hundredths(share * 100)}%"


@frozen(kw_only=True)
class Draft:
    """The figures of one report; money is in 万元."""

    budget: Fraction
    change: Fraction
    spent: Fraction
    goals: tuple[tuple[str, str, int, int], ...]
    men: int
    women: int
    days: int
    points: tuple[Fraction, ...]
    explained: bool = True

    @property
    def changed(self) -> Fraction:
        return self.budget + self.change

    @property
    def share(self) -> Fraction:
        return self.spent / self.changed

    @property
    def score(self) -> Fraction:
        return Fraction(hundredths(10 * self.share)) + sum(self.points, Fraction(0))

    @property
    def grade(self) -> str:
        return next(grade for low, grade in GRADES if self.score >= low)

    def figures(self) -> dict[str, str]:
        """Every figure as it is printed, by what it is."""
        return {
            "budget": f"{hundredths(self.budget)}万元",
            "change": f"{hundredths(abs(self.change))}万元",
            "changed": f"{hundredths(self.changed)}万元",
            "spent": f"{hundredths(self.spent)}万元",
            "left": f"{hundredths(self.changed - self.spent)}万元",
            "rate": percent(self.share),
            "people": f"{self.men + self.women}人",
            "men": f"{self.men}人",
            "women": f"{self.women}人",
            "hours": f"{self.days * 8}学时",
            "score": f"{hundredths(self.score)}分",
            "of_rate": f"{hundredths(10 * self.share)}分",
            "grade": self.grade,
            "capitals": f"{CAPITALS[3]}万{CAPITALS[5]}仟元整",
            **{f"part{index}": f"{hundredths(points)}分" for index, points in enumerate(self.points)},
            **{f"planned{index}": f"{goal[2]}{goal[1]}" for index, goal in enumerate(self.goals)},
            **{f"reached{index}": f"{goal[3]}{goal[1]}" for index, goal in enumerate(self.goals)},
            **{f"done{index}": percent(Fraction(goal[3], goal[2])) for index, goal in enumerate(self.goals)},
        }

    def text(self, **others: str) -> str:
        """Write the report, some of its figures as they are given here."""
        said = {**self.figures(), **others}
        planned = "，".join(f"{goal[0]}{said[f'planned{index}']}" for index, goal in enumerate(self.goals))
        reached = "；".join(self._reached(index, said) for index in range(len(self.goals)))
        changed = "追加" if self.change > 0 else "调减"
        low = "支付进度偏慢，是因为验收推迟到次年。" if self.share < Fraction(9, 10) and self.explained else ""
        return (
            "松溪县农业局2025年灌区维护项目绩效自评报告\n"
            "一、项目基本情况\n"
            f"2025年计划{planned}，每人培训{self.days}天（{said['hours']}）。\n"
            "二、资金使用情况\n"
            f"年初预算{said['budget']}，年中{changed}{said['change']}，调整后预算{said['changed']}，"
            f"全年支出{said['spent']}，执行率{said['rate']}，结余{said['left']}。{low}"
            f"其中管护补助3.5万元（{said['capitals']}）。\n"
            "三、绩效目标完成情况\n"
            f"{reached}。\n"
            f"参加座谈{said['people']}，其中男{said['men']}、女{said['women']}。\n"
            "四、评价结论\n"
            f"自评得分{said['score']}，等级为{said['grade']}，其中：预算执行{said['of_rate']}（分值10分）、"
            f"产出{said['part0']}、效益{said['part1']}、满意度{said['part2']}。\n"
        )

    def _reached(self, index: int, said: dict[str, str]) -> str:
        name, _, planned, reached = self.goals[index]
        why = "，因连续降雨未能完成" if reached < planned and self.explained else ""
        return f"实际{name}{said[f'reached{index}']}，完成率{said[f'done{index}']}{why}"


money = st.integers(100, 100_000).map(lambda number: Fraction(number, 100))


@st.composite
def drafts(draw: st.DrawFn, *, short: bool = False) -> Draft:
    """Draw a report; ``short`` has one goal that was not reached, and one alone."""
    budget = draw(money)
    change = draw(st.sampled_from([1, -1])) * budget * draw(st.sampled_from([Fraction(1, 10), Fraction(1, 4)]))
    change = Fraction(Rounding.FLOOR.integer(change * 100), 100)
    spent = Fraction(Rounding.FLOOR.integer((budget + change) * draw(st.integers(50, 99))), 100)
    things = draw(st.lists(st.sampled_from(THINGS), min_size=1, max_size=4, unique=True))
    goals = []
    for index, (name, unit) in enumerate(things):
        planned = draw(st.integers(20, 5_000))
        lack = draw(st.integers(1, planned // 2)) if short and index == 0 else -draw(st.integers(0, planned))
        goals.append((name, unit, planned, planned - lack))
    return Draft(
        budget=budget,
        change=change,
        spent=spent,
        goals=tuple(goals),
        men=draw(st.integers(1, 300)),
        women=draw(st.integers(1, 300)),
        days=draw(st.integers(2, 10)),
        points=(
            Fraction(draw(st.integers(60, 100)), 2),
            Fraction(draw(st.integers(40, 60)), 2),
            Fraction(draw(st.integers(10, 20)), 2),
        ),
    )


PLAIN = Draft(
    budget=Fraction(120),
    change=Fraction(-10),
    spent=Fraction("101.2"),
    goals=(("修复水渠", "公里", 60, 60), ("培训农户", "人", 200, 186)),
    men=18,
    women=12,
    days=3,
    points=(Fraction(48), Fraction(30), Fraction(10)),
)
"""101.2 of 110 is 92 %; 186 of 200 is 93 %; 9.2 + 48 + 30 + 10 is 97.2, which is 优."""


def alarms(reviewed: Review) -> list[Finding]:
    return [one for one in reviewed if one.verdict is Verdict.UNMET and one.severity is not Severity.NOTE]


def quoted(finding: Finding) -> set[str]:
    return {span.text for one in finding.walk() for span in one.spans}


# --- what is consistent is silent --------------------------------------------------------------------------


@given(draft=st.one_of(drafts(), drafts(short=True)))
@example(draft=PLAIN)
@settings(max_examples=60)
def test_a_consistent_report_has_no_alarm_and_nothing_is_asked_for(draft: Draft) -> None:
    reviewed = review(draft.text())

    assert [one.id for one in alarms(reviewed)] == []
    assert [one.id for one in reviewed.of(Verdict.UNKNOWN)] == []
    assert reviewed.on == datetime.date(2025, 12, 31) and reviewed.on_assumed


@given(draft=drafts(), other=money, more=money)
@settings(max_examples=40)
def test_money_of_other_years_and_of_the_whole_project_is_never_compared(
    draft: Draft, other: Fraction, more: Fraction
) -> None:
    sentences = (
        f"2024年预算{hundredths(other + more)}万元，支出{hundredths(other)}万元，执行率100%。\n"
        f"项目总投资{hundredths(other)}万元，累计支出{hundredths(more)}万元。\n"
        f"预算比上年增加{hundredths(more)}万元。\n三、绩效目标"
    )
    text = draft.text().replace("三、绩效目标", sentences, 1)

    assert _said(review(text)) == _said(review(draft.text()))


def _said(reviewed: Review) -> list[object]:
    return [(one.id, one.verdict, one.severity) for finding in reviewed for one in finding.walk()]


def _full_width(text: str) -> str:
    return text.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))


def _in_yuan(text: str) -> str:
    return f"{int(Fraction(text.removesuffix('万元').replace(',', '')) * 10_000):,}元"


def _spaced(text: str) -> str:
    return text.replace("万元", " 万元")


@given(draft=drafts(), data=st.data())
@settings(max_examples=60)
def test_how_an_amount_is_written_changes_nothing(draft: Draft, data: st.DataObject) -> None:
    figures = draft.figures()
    others = {}
    for key in ("budget", "change", "changed", "spent", "left"):
        write: Callable[[str], str] = data.draw(st.sampled_from([str, _full_width, _in_yuan, _spaced]))
        others[key] = write(figures[key])

    assert _said(review(draft.text(**others))) == _said(review(draft.text()))


# --- each slip is found ------------------------------------------------------------------------------------


def _other_grade(draft: Draft) -> str:
    return "良" if draft.grade == "优" else "优"


def _more(figure: str, by: str, unit: str) -> str:
    return hundredths(Fraction(figure.removesuffix(unit).replace(",", "")) + Fraction(by)) + unit


SLIPS: dict[str, tuple[str, Callable[[Draft, dict[str, str]], str]]] = {
    "rate": ("report_text/execution_rate_agrees", lambda _, said: _more(said["rate"], "2", "%")),
    "left": ("report_text/left_over_agrees", lambda _, said: _more(said["left"], "1.11", "万元")),
    "changed": ("report_text/adjustment_adds_up", lambda _, said: _more(said["changed"], "1.11", "万元")),
    "grade": ("report_text/grade_of_score", lambda draft, _: _other_grade(draft)),
    "part0": ("report_text/parts_make_score", lambda _, said: _more(said["part0"], "-3", "分")),
    "of_rate": ("report_text/execution_points_agree", lambda _, said: _more(said["of_rate"], "-0.5", "分")),
    "done0": ("report_text/completion_rate_agrees", lambda _, said: _more(said["done0"], "3", "%")),
    "men": ("stated_figures/counts_add_up", lambda draft, _: f"{draft.men + 1}人"),
    "hours": ("budget_consistency/hours_per_day_usual", lambda draft, _: f"{draft.days * 8 + draft.days * 2 + 1}学时"),
    "capitals": ("stated_figures/restated_money_agrees", lambda _, __: "叁万陆仟元整"),
    "people": ("report_text/nothing_left_to_fill_in", lambda _, __: "XX人"),
    "spent": ("stated_figures/units_not_doubled", lambda _, said: said["spent"] + "元"),
}


@pytest.mark.parametrize("key", SLIPS)
@given(data=st.data())
@settings(max_examples=25)
def test_a_planted_slip_is_found_at_its_figure(key: str, data: st.DataObject) -> None:
    draft = data.draw(drafts())
    rule, wrong = SLIPS[key]
    planted = wrong(draft, draft.figures())

    found = {one.id: one for one in review(draft.text(**{key: planted})).of(Verdict.UNMET)}

    assert rule in found
    assert any(text in planted or planted in text for text in quoted(found[rule]))


@given(draft=drafts(short=True))
@settings(max_examples=40)
def test_what_fell_short_without_a_reason_is_found_with_both_figures(draft: Draft) -> None:
    silent = Draft(**{name: getattr(draft, name) for name in _FIELDS}, explained=False)
    name, unit, planned, reached = draft.goals[0]

    finding = review(silent.text())["shortfalls_explained"]

    assert finding.verdict is Verdict.UNMET
    assert {f"实际{name}{reached}{unit}", f"{planned}{unit}"} <= {
        text if text.startswith("实际") else text[-len(f"{planned}{unit}") :] for text in quoted(finding)
    }


_FIELDS = ("budget", "change", "spent", "goals", "men", "women", "days", "points")


@given(draft=drafts())
@settings(max_examples=40)
def test_a_unit_that_is_not_declared_is_asked_for(draft: Draft) -> None:
    bare = draft.figures()["spent"].removesuffix("万元")

    reviewed = review(draft.text(spent=bare))

    assert alarms(reviewed) == []
    assert reviewed["execution_rate_agrees"].verdict is Verdict.UNKNOWN
    assert any(f"“{bare}”的单位" in lack.label.zh for lack in reviewed.requests)


@pytest.mark.parametrize(
    ("heading", "part"), [("二、资金使用情况\n", "资金使用情况"), ("三、绩效目标完成情况\n", "绩效目标完成情况")]
)
def test_a_part_that_is_missing_is_named(heading: str, part: str) -> None:
    finding = review(PLAIN.text().replace(heading, ""))["parts_present"]

    assert finding.verdict is Verdict.UNMET
    assert [child.label.zh for child in finding.children if child.verdict is Verdict.UNMET] == [part]


# --- which figure is at fault ------------------------------------------------------------------------------


def test_a_rate_against_which_the_money_and_its_points_speak_is_named() -> None:
    finding = review(PLAIN.text(rate="96%"))["execution_rate_agrees"]

    assert [str(child.suggestion and child.suggestion.zh) for child in finding.children] == [
        "其他数字相互印证，101.2 万元 ÷ 110 万元 = 92%，疑为执行率“96%”有误。原值保留，请核实。"
    ]


def test_with_one_witness_no_figure_is_chosen() -> None:
    text = "一、资金使用情况\n2025年预算50万元，支出48万元，执行率98%。\n二、绩效目标完成情况\n已完成。\n三、存在的问题\n无。"

    [child] = review(text)["execution_rate_agrees"].children

    assert child.verdict is Verdict.UNMET and child.suggestion is None
    assert [remark.zh for remark in child.remarks] == ["48 万元 ÷ 50 万元 = 96%，报告为 98%。"]


# --- wordings ----------------------------------------------------------------------------------------------


def _review(money_said: str, results: str = "计划培训60人，实际培训60人。", top: str = "") -> Review:
    return review(
        f"沙坪县2025年培训项目绩效自评报告\n{top}一、资金使用情况\n{money_said}\n二、绩效目标完成情况\n{results}\n"
    )


@pytest.mark.parametrize(
    "said",
    [
        "预算100万元，实际支出94.6万元，执行率95%。",  # rounded to the digits that it prints
        "预算100万元，实际支出94.6万元，执行率94%。",  # cut to them
        "年初预算100万元，调整后预算90万元，支出90万元，预算执行率100%。",
        "预算100万元，到位80万元，支出80万元，资金使用率100%。",
        "单位：万元\n预算100，支出95，执行率95%。",
        "预算100万元，截至12月底累计支出95万元，执行率95%。",
        "预算100万元，支出95万元，执行率95%。上半年执行率仅为30%，2024年执行率90%，比上年的92%提高3个百分点。",
        "预算100万元，支出95万元，其中基本支出60万元、项目支出35万元，执行率95%。",
        # each year's rate is that of its own money
        "2025年下达资金300万元，已支出285万元，执行率为95%；2024年下达200万元，支出200万元，执行率100%。",
        "2024年下达200万元，支出200万元，执行率100%；2025年下达资金300万元，已支出285万元，执行率为95%。",
        "2025年安排150万元。截至12月31日，累计支出148.5万元，执行率99%。其中：康复训练支出100万元，辅具支出48.5万元。",
        "2025年计划投资1000万元，其中中央预算内资金600万元、区级财政资金400万元，支出950万元，执行率95%。",
        "2025年下达资金300万元，已支出285万元，执行率为95%。2024年下达200万元，支出200万元。执行率100%。",
        "全年预算300万元，累计支出285万元，预算执行率95%。",
        "项目资金300万元，其中中央200万元、县级100万元，执行数285万元，执行率95%。",
    ],
)
def test_a_rate_that_is_right_in_its_own_way_is_silent(said: str) -> None:
    reviewed = _review(said)

    assert alarms(reviewed) == []
    assert reviewed["execution_rate_agrees"].verdict is Verdict.MET


def test_a_year_that_only_the_rate_names_is_not_that_of_the_money() -> None:
    text = "一、资金使用情况\n预算300万元，支出285万元，执行率95%，2024年执行率100%。\n二、绩效目标完成情况\n已完成。\n三、存在的问题\n无。"

    assert alarms(review(text)) == []


def test_paid_in_all_is_no_money_of_the_year_where_it_is_more_than_the_year_had() -> None:
    reviewed = _review("2025年预算300万元，累计支出385万元，执行率95%。")

    assert alarms(reviewed) == []
    assert reviewed["execution_rate_agrees"].verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    "said",
    [
        "年初预算100万元，调整后预算90万元，支出81万元，预算执行率81%，验收推迟到次年。",
        "预算100万元，支出95万元，执行率59%，验收推迟到次年。",
        "预算100万元，支出94.6万元，执行率96%。",
        "单位：万元\n预算100，支出95，执行率99%。",
        "2024年下达200万元，支出200万元，执行率100%；2025年下达资金300万元，已支出285万元，执行率为97%。",
        "全年预算300万元，累计支出285万元，预算执行率97%。",
        "项目资金300万元，其中中央200万元、县级100万元，执行数285万元，执行率98%。",
    ],
)
def test_a_rate_that_is_wrong_is_found(said: str) -> None:
    assert [one.rule for one in alarms(_review(said))] == ["execution_rate_agrees"]


def test_a_total_of_several_years_is_no_budget_of_the_year() -> None:
    said = "项目总投资1000万元，截至2025年12月31日累计支出600万元，2025年预算300万元，执行率100%。"

    assert alarms(_review(said)) == []


@pytest.mark.parametrize(
    ("results", "short"),
    [
        ("计划培训200人，实际培训186人。", True),
        ("计划培训200人，实际培训186人，受汛期影响未完成。", False),
        ("计划培训200人，实际培训186人。少培训的14人外出务工。", False),
        ("计划培训200人，实际培训186人。\n三、存在的问题\n培训人数不足，原因是宣传不够。", False),
        ("计划培训200人，实际培训186人。\n三、存在问题及原因分析\n资金管理不够精细。", True),
        ("计划培训200人，实际培训186人，未完成原因：无。", True),
        ("计划培训不少于200人，实际培训200人。", False),
        ("计划培训超过200人，实际培训200人。", True),
        ("投诉率目标3%以内，实际投诉率2%。", False),
        ("计划每人培训5天，实际培训186人。", False),
        ("2024年计划培训200人，2025年计划培训150人，实际培训186人。", False),
        ("1.设施完好率：目标值95%，实际完成96%，完成。2.维修渠道：目标40公里，实际完成31公里，未完成。", True),
        ("1.设施完好率：目标值95%，实际完成96%。2.维修渠道：目标40公里，实际完成31公里，因汛期停工。", False),
        ("数量指标：维修渠道（公里）：目标40公里，实际完成40公里；新建泵站：目标3座，实际完成值3座。", False),
        ("计划培训200人，实际培训群众186人次。", False),  # people and attendances are not one
    ],
)
def test_whether_a_shortfall_is_explained(results: str, short: bool) -> None:
    found = [one.rule for one in alarms(_review("预算100万元，支出95万元，执行率95%。", results))]

    assert found == (["shortfalls_explained"] if short else [])


@pytest.mark.parametrize(
    ("said", "rules"),
    [
        ("自评得分89.5分，等级为良。", []),
        ("自评得分90分，等级为良。", ["grade_of_score"]),
        ("自评得分79.99分，评价等级为“良”。", ["grade_of_score"]),
        ("评价等级分为优、良、中、差四级，自评得分85分，等级为良。", []),
        ("得分90分以上为优。自评得分85分，等级为良。", []),
        ("满分100分，自评得分102分。", ["score_within_full"]),
        ("自评得分96分，其中产出48分、效益30分。", []),  # not all of its parts are said
        (
            "自评得分96分，其中：决策19分（分值20分）、过程19分（分值20分）、产出30分（分值30分）、效益28分（分值30分）。",
            [],
        ),
        (
            "自评得分97分，其中：决策19分（分值20分）、过程19分（分值20分）、产出30分（分值30分）、效益28分（分值30分）。",
            ["parts_make_score"],
        ),
        (
            "自评得分96分，其中：决策21分（分值20分）、过程17分（分值20分）、产出30分（分值30分）、效益28分（分值30分）。",
            ["parts_within_weight"],
        ),
        # 9.5 + 50 + 28 + 10 = 97.5; the whole is said last, and by its own words.
        ("预算执行率得9.5分，产出指标得50分，效益指标得28分，满意度指标得10分，总分97.5分，等级为优。", []),
        (
            "预算执行（10分）得分9.5分；产出指标（50分）得分50分；效益指标（30分）得分28分；满意度指标（10分）得分10分；综合得分97.5分，评价结果为“优”。",
            [],
        ),
        (
            "预算执行率自评得分9.5分。产出自评得分50分。效益自评得分28分。满意度自评得分10分。自评总分97.5分，等级为良。",
            ["grade_of_score"],
        ),
        (
            "预算执行率得9.5分，产出指标得50分，效益指标得28分，满意度指标得10分，综合得分99.5分，等级为优。",
            ["parts_make_score"],
        ),
        (
            "预算执行率满分10分，得9.5分；产出指标50分，得50分；效益指标30分，得28分；满意度指标10分，得10分。自评总分97.5分，等级为良。",
            ["grade_of_score"],
        ),
        # 9.5 + 50 + 28 + 10 again; what the products consist of is said beside them.
        (
            "产出指标得50分，其中数量指标得20分、质量指标得30分；效益指标得28分；满意度得10分；预算执行得9.5分。综合得分97.5分，等级为优。",
            [],
        ),
        ("产出指标得50分，效益指标得28分，满意度指标得10分，综合得分97.5分，等级为优。", []),  # not all are said
        ("评价总分100分，本项目得分89分，等级为良。", []),
        ("2024年自评得分85分，等级为良。2025年自评得分95分，等级为优。", []),
        # 19 + 17.5 + 28 + 27 = 91.5; the hundred is what all marks come to
        (
            "指标体系总分100分，其中决策20分、过程20分、产出30分、效益30分。项目综合得分91.5分，等级为优。其中决策指标得19分，得分率95%；过程指标得17.5分；产出指标得28分；效益指标得27分。",
            [],
        ),
        ("综合得分96分（产出50分，效益28分，满意度9分，预算执行9分），等级为优。", []),
        ("综合得分96分（产出50分，效益28分，满意度9分，预算执行7分），等级为优。", ["parts_make_score"]),
        ("综合得分96分，其中：产出50分、效益30分、满意度10分、预算执行10分，等级为优。", []),  # the marks
        ("满分100分，因资料归档不及时扣1分，满意度扣0.5分，自评得分98.5分，等级为良。", ["grade_of_score"]),
        # each group has a 总分 of its own, which is its mark
        (
            "产出指标共设置4个三级指标，总分50分，得分50分。效益指标共设置3个，总分30分，得分29分。自评得分99分，等级为良。",
            ["grade_of_score"],
        ),
        ("甲项目自评得分98分，等级为优；乙项目自评得分85分，等级为良。", []),
        ("满分100分，扣2.5分，最终得分97.5分，等级为优。", []),
        ("满分100分，扣2.5分，最终得分95.5分，等级为优。", ["score_after_deductions"]),
        ("效益指标扣2.5分，最终得分95.5分，等级为优。", []),  # others may have been taken off
    ],
)
def test_score_grade_and_parts(said: str, rules: list[str]) -> None:
    found = _review("预算100万元，支出95万元，执行率95%。", f"已完成。\n三、评价结论\n{said}")

    assert [one.rule for one in alarms(found)] == rules


_WHOLE = st.sampled_from(["总分", "综合得分", "最终得分", "自评总分", "总得分", "综合评价得分为"])
_PART = st.sampled_from(
    ["得{}分", "得分{}分", "自评得分为{}分", "（{full}分）得分{}分", "满分{full}分，得{}分", "{full}分，得{}分"]
)


@given(data=st.data(), whole=_WHOLE, how=_PART, mark=st.sampled_from("，；。"), before=st.booleans())
@settings(max_examples=80)
def test_the_whole_is_never_taken_from_a_part(
    data: st.DataObject, whole: str, how: str, mark: str, *, before: bool
) -> None:
    fulls = {"预算执行率": 10, "产出指标": 50, "效益指标": 30, "满意度指标": 10}
    points = {name: Fraction(data.draw(st.integers(0, full * 2)), 2) for name, full in fulls.items()}
    score = sum(points.values(), Fraction(0))
    grade = next(grade for low, grade in GRADES if score >= low)
    parts = mark.join(name + how.format(hundredths(points[name]), full=full) for name, full in fulls.items())
    total = f"{whole}{hundredths(score)}分，等级为{grade}"
    said = f"{total}{mark}{parts}。" if before else f"{parts}{mark}{total}。"
    wrong = said.replace(f"{whole}{hundredths(score)}分", f"{whole}{hundredths(score + 2)}分")
    rate = points["预算执行率"] * 10  # so that the points of the rate are its weight times the rate

    def found(conclusion: str) -> list[str]:
        money = f"预算100万元，支出{hundredths(rate)}万元，执行率{hundredths(rate)}%，验收推迟到次年。"
        return [one.rule for one in alarms(_review(money, f"已完成。\n三、评价结论\n{conclusion}"))]

    assert found(said) == []
    assert "parts_make_score" in found(wrong)


def test_a_score_above_a_hundred_with_no_full_mark_is_asked_about() -> None:
    found = _review("预算100万元，支出95万元，执行率95%。", "已完成。\n三、评价结论\n自评得分118分。")

    assert found["score_within_full"].verdict is Verdict.UNKNOWN


def test_a_low_rate_without_a_reason_is_a_doubt() -> None:
    [finding] = alarms(_review("预算100万元，支出80万元，执行率80%。"))

    assert (finding.rule, finding.severity) == ("low_rate_explained", Severity.DOUBT)


def test_a_sum_said_in_two_parts_is_one_sum() -> None:
    said = "2025年预算100万元，支出95万元，执行率95%。"

    assert alarms(_review(said, "已完成。\n三、评价结论\n全年支出95.00万元。")) == []
    found = alarms(_review(said, "已完成。\n三、评价结论\n全年支出59万元。"))
    assert [one.rule for one in found] == ["repeated_money_agrees"]
    assert {"95万元", "59万元"} <= quoted(found[0])


def test_a_line_may_be_budgeted_at_one_sum_and_spent_at_another() -> None:
    said = "预算安排100万元，其中培训费60万元。"

    assert alarms(_review(said, "全年支出95万元，其中培训费55万元。")) == []


def test_what_fell_short_under_a_label_is_named_by_it() -> None:
    results = "1.设施完好率：目标值95%，实际完成96%，完成。2.维修渠道：目标40公里，实际完成31公里，未完成。"

    [finding] = alarms(_review("预算100万元，支出95万元，执行率95%。", results))
    [child] = [one for one in finding.children if one.verdict is Verdict.UNMET]

    assert {"实际完成31公里", "目标40公里"} <= quoted(child)
    assert child.remarks[0].zh.startswith("“维修渠道”计划 40 公里")


# --- arrivals, sources, surveys, unit costs -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "rules"),
    [
        ("预算安排300万元，到位270万元，到位率90%。", []),  # 270 of 300
        ("预算安排300万元，到位270万元，到位率100%。", ["arrival_rate_agrees"]),
        ("预算安排300万元，其中中央200万元，到位200万元，到位率100%。", []),  # of which of the two is not said
        ("2025年预算300万元，其中中央180万元、省级70万元、县级50万元。", []),
        ("2025年预算300万元，其中中央180万元、省级70万元、县级80万元。", ["sources_make_total"]),  # 330
        ("2025年预算300万元，其中：中央资金180元、省级资金70万元、县级资金50万元。", ["sources_make_total"]),  # 120.018
        ("2025年预算300万元，其中中央180万元、省级70万元。", []),  # the rest may come from below
        ("2025年预算300万元，其中中央180万元、县级100万元，其余自筹20万元。", []),
        ("2025年预算300万元，其中中央180万元、县级100万元、彩票公益金20万元。", []),
        ("2025年预算300万元，其中上级资金250万元（中央180万元、省级70万元）、县级50万元。", []),
        ("2025年预算300万元，其中中央支出180万元、县级支出90万元。", []),
        ("2025年预算300万元，其中省道养护资金180万元、县道养护资金100万元。", []),  # what it is for
        ("2025年预算300万元，其中社会保险补助180万元、企业稳岗补助100万元、县级补助20万元。", []),
        ("2025年预算300万元，其中中央就业补助资金180万元、县级就业补助资金130万元。", ["sources_make_total"]),
        # 100 万元 is 50 yuan more, and each source may be off by 50
        ("2025年预算999,950元，其中中央33.33万元、省级33.33万元、县级33.34万元。", []),
        ("2025年预算300万元，支出315万元，执行率105%。", ["rate_within_budget"]),
        ("2025年预算300万元，支出315万元，执行率105%，超出部分由上年结转资金列支。", []),
    ],
)
def test_money_that_arrived_and_where_it_comes_from(said: str, rules: list[str]) -> None:
    assert [one.rule for one in alarms(_review(said))] == rules


@given(parts=st.lists(money, min_size=2, max_size=4), at=st.integers(0, 3), by=st.sampled_from(["1.11", "25", "-0.5"]))
@settings(max_examples=40)
def test_sources_are_silent_where_they_add_up_and_found_where_not(parts: list[Fraction], at: int, by: str) -> None:
    names = ("中央财政资金", "省级财政资金", "市级资金", "县级配套资金")[-len(parts) :]
    total = f"2025年下达资金{hundredths(sum(parts, Fraction(0)))}万元，其中："

    def said(amounts: list[Fraction]) -> str:
        listed = "、".join(f"{name}{hundredths(one)}万元" for name, one in zip(names, amounts, strict=True))
        return f"{total}{listed}。"

    at %= len(parts)
    wrong = [one + Fraction(by) if place == at else one for place, one in enumerate(parts)]

    assert alarms(_review(said(parts))) == []
    [finding] = alarms(_review(said(wrong)))
    assert finding.rule == "sources_make_total"
    assert f"{hundredths(wrong[at])}万元" in quoted(finding)


@pytest.mark.parametrize(
    ("results", "rules"),
    [
        ("共发放问卷500份，收回480份，满意456份，满意度95%。", []),  # 456 of 480
        ("共发放问卷500份，收回480份，满意456份，满意度59%。", ["survey_rate_agrees"]),
        ("共发放问卷500份，收回580份，满意度95%。", ["survey_returned"]),
        ("发放问卷500份，回收490份，有效问卷480份，满意456份，满意度95%，回收率98%。", []),  # 490 of 500
        ("发放问卷500份，回收490份，回收率89%。", ["survey_rate_agrees"]),
        # more than one word for content: which of them the rate holds is not said
        ("发放问卷500份，收回480份，其中非常满意300份、基本满意156份，满意度62.5%。", []),
        ("发放宣传手册300份，收回调查表480份。", []),
        ("亩均成本目标不高于60元，实际亩均58元。", []),
        ("亩均成本目标不高于60元，实际亩均75.12元。", ["shortfalls_explained"]),
        ("亩均成本目标不高于60元，实际亩均75.12元，因柴油涨价。", []),
        ("亩均成本不高于60元，亩均增收75.12元。", []),
        ("单次运维成本：指标值≤3000元，完成值2800元。", []),
        ("单次运维成本：指标值≤3000元，完成值3200元。", ["shortfalls_explained"]),
        ("线上回收问卷520份，满意506份，满意率97.31%；线下发放问卷200份，收回190份，满意180份，满意率94.74%。", []),
        (
            "线上回收问卷520份，满意506份，满意率97.31%；线下发放问卷200份，收回190份，满意180份，满意率97.74%。",
            ["survey_rate_agrees"],
        ),
        ("亩均成本不高于60元，实际户均成本75.12元。", []),
    ],
)
def test_surveys_and_unit_costs(results: str, rules: list[str]) -> None:
    assert [one.rule for one in alarms(_review("预算100万元，支出95万元，执行率95%。", results))] == rules


@given(sent=st.integers(1, 2000), data=st.data())
@settings(max_examples=40)
def test_a_rate_of_a_survey_is_that_of_its_counts(sent: int, data: st.DataObject) -> None:
    back = data.draw(st.integers(1, sent))
    content = data.draw(st.integers(0, back))
    share = percent(Fraction(content, back))
    said = f"发放问卷{sent}份，收回{back}份，满意{content}份，满意度{{}}。"

    def found(rate: str) -> list[str]:
        return [one.rule for one in alarms(_review("预算100万元，支出95万元，执行率95%。", said.format(rate)))]

    assert found(share) == []
    off = Fraction(content, back) + Fraction(3, 100)
    near = abs(off - Fraction(content, sent)) <= Fraction(1, 200)  # then it is the rate of all that were sent
    assert near or "survey_rate_agrees" in found(percent(off))


# --- beside its tables -------------------------------------------------------------------------------------

ROWS = (
    ("项目支出绩效自评表（2025年度）",),
    ("项目名称", "灌区维护项目"),
    ("项目资金（万元）", "年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分"),
    ("年度资金总额", "120.00", "110.00", "101.20", "10", "92.00%", "9.20"),
    (
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值（A）",
        "实际完成值（B）",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ),
    ("产出指标", "数量指标", "修复水渠长度", "≥60公里", "60公里", "20", "20", ""),
    ("产出指标", "数量指标", "培训农户人数", "≥200人", "186人", "20", "18.6", "连续降雨，两期取消。"),
    ("产出指标", "质量指标", "验收合格率", "≥95%", "100%", "5", "5", ""),
    ("产出指标", "时效指标", "按期完工率", "≥95%", "100%", "5", "5", ""),
    ("效益指标", "社会效益指标", "灌溉条件", "改善", "达成预期指标", "30", "30", ""),
    ("满意度指标", "服务对象满意度指标", "农户满意度", "≥90%", "95%", "10", "10", ""),
    ("总分", "", "", "", "", "100", "97.8", ""),
)
BESIDE = (
    "松溪县农业局2025年灌区维护项目绩效自评报告",
    "一、资金使用情况",
    "年初预算120万元，调减10万元，调整后预算110万元，全年支出101.2万元，执行率92%。",
    "二、绩效目标完成情况",
    "计划培训农户200人，实际培训农户186人，因连续降雨少培训两期；修复水渠长度60公里。",
    "三、评价结论",
    "自评得分97.8分，等级为优。",
)


def _pair(old: str = "", new: str = "", name: str = "灌区维护项目") -> tuple[Review, ...]:
    said = "\n".join(BESIDE)
    assert said.count(old) == 1 or not old
    rows = [[name if text == "灌区维护项目" else text for text in row] for row in ROWS]
    cells = [
        Cell(row, column, text) for row, texts in enumerate(rows, 1) for column, text in enumerate(texts, 1) if text
    ]
    paragraphs = [Paragraph(line) for line in said.replace(old, new, 1).splitlines()]
    return review_all(Document("report.docx", [*paragraphs, Table("自评表", cells)]))


def test_a_report_beside_its_table_is_one_review_without_alarm() -> None:
    [reviewed] = _pair()

    assert alarms(reviewed) == []
    assert {"rate_as_in_table", "score_as_in_table", "figures_as_in_table", "money_agrees"} <= {
        one.rule for one in reviewed.of(Verdict.MET)
    }


@pytest.mark.parametrize(
    ("old", "new", "rule", "cell"),
    [
        ("年初预算120万元，调减10万元", "年初预算130万元，调减20万元", "money_agrees", "B4"),
        ("支出101.2万元", "支出102.1万元", "money_agrees", "D4"),
        ("执行率92%", "执行率95%", "rate_as_in_table", "F4"),
        ("97.8分", "98.7分", "score_as_in_table", "G12"),
        ("实际培训农户186人", "实际培训农户168人", "figures_as_in_table", "E7"),
        ("计划培训农户200人", "计划培训农户220人", "figures_as_in_table", "D7"),
    ],
)
def test_what_report_and_table_say_otherwise_is_found_in_both(old: str, new: str, rule: str, cell: str) -> None:
    [reviewed] = _pair(old, new)

    finding = next(one for one in reviewed.of(Verdict.UNMET) if one.rule == rule)
    places = [span for one in finding.walk() if one.verdict is Verdict.UNMET for span in one.spans]
    assert any((span.cell or "").endswith(f"!{cell}") for span in places)
    assert any(span.cell is None and (span.text in new or new in span.text) for span in places)


def test_a_table_of_another_project_is_reviewed_by_itself() -> None:
    reviews = _pair(name="乡村道路养护项目")

    assert [one.title.zh for one in reviews] == ["灌区维护项目", "乡村道路养护项目"]
    assert "money_agrees" not in {one.rule for one in reviews[0]}


# --- the day, and what is given ----------------------------------------------------------------------------


def test_a_report_of_no_year_asks_for_the_day() -> None:
    text = "一、资金使用情况\n支出95万元。\n二、绩效目标完成情况\n已完成。\n三、存在的问题\n无。"

    with pytest.raises(InputError, match="on="):
        review(text)
    assert review(text, on=datetime.date(2025, 12, 31)).on_assumed is False


def test_facts_of_the_report_itself_are_not_given_by_hand() -> None:
    for name in ("report_text", "stated_targets"):
        with pytest.raises(FactsError):
            review(PLAIN.text(), facts={name: {}})


PIECES = (
    *(
        "一、资金使用情况\n",
        "二、绩效目标完成情况\n",
        "三、评价结论\n",
        "四、存在的问题\n",
        "2025年",
        "2024年",
        "上年",
        "计划",
        "实际",
        "因",
    ),
    *(
        "预算",
        "调整后预算",
        "追加",
        "支出",
        "执行率",
        "结余",
        "自评得分",
        "等级为优",
        "其中：产出",
        "完成率",
        "培训",
        "每人",
        "年均",
    ),
    *(
        "3万元",
        "0元",
        "5",
        "95%",
        "1000%",
        "12人",
        "2天（16学时）",
        "97.5分",
        "（分值10分）",
        "XX万元",
        "叁万元整",
        "-3",
        "½",
        "999999999999",
    ),
    *(
        "到位率",
        "到位",
        "其中：中央",
        "、县级",
        "发放问卷",
        "收回",
        "满意",
        "满意度",
        "亩均成本不超过",
        "总分",
        "扣",
        "指标得",
    ),
    *("，", "。", "；", "\n", "、", "：", "（", "）"),
)


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=60))
@settings(max_examples=150)
def test_whatever_is_written_under_its_headings_gives_a_review(pieces: list[str]) -> None:
    text = "2025年绩效自评报告\n一、资金使用情况\n二、绩效目标完成情况\n" + "".join(pieces)

    reviewed = review(text)

    for finding in reviewed:
        for one in finding.walk():
            assert all(span.cell is not None or text[span.start : span.end] == span.text for span in one.spans)


def test_a_long_report_is_reviewed_in_time_that_grows_with_its_length() -> None:
    lines = PLAIN.text().replace("自评报告", "自评报告", 1).splitlines()[2:]
    body = "\n".join(lines)
    spent = []
    for times in (20, 80):
        text = "松溪县2025年绩效自评报告\n" + "\n".join(body for _ in range(times))
        begun = time.perf_counter()
        review(text)
        spent.append(time.perf_counter() - begun)

    assert spent[1] < 12 * spent[0]  # four times the text; sixteen times would be quadratic


def test_a_text_in_the_form_of_a_plan_is_no_report() -> None:
    plan = "一、项目名称\n绩效评价报告编制经费。\n六、资金安排情况\n2026年申请预算资金3万元。\n八、项目实施成效\n编制报告2份。"

    assert all(one.id.split("/")[0] != "report_text" for one in review(plan))


def test_planned_in_one_breath_is_planned_throughout() -> None:
    report = read_report("一、项目基本情况\n2025年计划新建60座，覆盖450户。\n二、资金使用情况\n支出3万元。")

    assert [one.figure.stage.value for one in report.figures if one.figure.stage is not None] == ["planned", "planned"]
