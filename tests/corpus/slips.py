"""The slips: each is one change of a clean file, with the place where it stands and what a review owes for it.

``witnesses`` is how many independent figures or rules speak against the planted figure. With two or more a review must
say which figure is the culprit; with one it must report it and choose none; zero is a slip that is no matter of figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import final

from attrs import evolve, frozen
from clean import File, Grid, load

__all__ = ["CLASSES", "LACKING", "SLIPS", "Place", "Slip", "cell_text", "change_cell"]


@final
@frozen
class Place:
    """Where a slip stands: characters of the text, or a cell; ``start`` is None for what is no longer there."""

    start: int | None = None
    end: int = 0
    cell: str | None = None


@final
@frozen
class Words:
    """Replace words of the text, which must stand there once; the slip is ``at``, a part of the new words."""

    old: str
    new: str
    at: str = ""


@final
@frozen
class InCell:
    """Replace the text of a cell, which must be ``old``."""

    cell: str
    old: str
    new: str


@final
@frozen
class Row:
    """Take away, or write twice, the row in which a text stands."""

    grid: str
    holding: str
    twice: bool = False


Edit = Words | InCell | Row


def _at(address: str) -> tuple[str, int, int]:
    grid, _, place = address.rpartition("!")
    return grid, int(place[1:]) - 1, ord(place[0]) - ord("A")


def cell_text(file: File, address: str) -> str:
    """Return the text of a cell."""
    name, row, column = _at(address)
    return next(grid for grid in file.grids if grid.name == name).rows[row][column]


def change_cell(file: File, address: str, new: str) -> File:
    """Return the file with another text in a cell."""
    name, row, column = _at(address)
    rows = [list(texts) for grid in file.grids if grid.name == name for texts in grid.rows]
    rows[row][column] = new
    return _with_rows(file, name, rows)


def _with_rows(file: File, name: str, rows: Sequence[Sequence[str]]) -> File:
    changed = Grid(name, tuple(tuple(row) for row in rows))
    return evolve(file, grids=tuple(changed if grid.name == name else grid for grid in file.grids))


def _edited(file: File, edit: Edit) -> File:
    match edit:
        case Words(old=old, new=new):
            assert file.text.count(old) == 1, f"{file.name}: {file.text.count(old)} of {old!r}"
            return evolve(file, text=file.text.replace(old, new))
        case InCell(cell=cell, old=old, new=new):
            assert cell_text(file, cell) == old, f"{file.name} {cell}: {cell_text(file, cell)!r}, not {old!r}"
            return change_cell(file, cell, new)
        case Row(grid=name, holding=holding, twice=twice):
            rows = [list(texts) for grid in file.grids if grid.name == name for texts in grid.rows]
            [at] = [index for index, texts in enumerate(rows) if holding in texts]
            taken = rows[at]
            following = rows[at + 1] if at + 1 < len(rows) else []
            if twice:
                # What covers the row from above, or begins in it, covers the second one too.
                merged = [
                    index for index, text in enumerate(taken) if text == "^" or following[index : index + 1] == ["^"]
                ]
                rows.insert(at + 1, ["^" if index in merged else text for index, text in enumerate(taken)])
            else:
                for index, text in enumerate(following):
                    if text == "^" and taken[index] != "^":
                        following[index] = taken[index]
                del rows[at]
            return _with_rows(file, name, rows)


@final
@frozen(kw_only=True)
class Slip:
    """One planted slip. ``names`` are words, one of which a finding must use where there is no place to point at.

    ``culprit`` is the planted figure as printed, or its cell, which a suggestion must quote where there are two
    witnesses.
    """

    id: str
    kind: str
    file: str
    edits: tuple[Edit, ...]
    names: tuple[str, ...] = ()
    witnesses: int = 0
    culprit: str = ""

    def planted(self, clean: File | None = None) -> File:
        """Return the file with the slip; raises where the original is not there."""
        file = load(self.file) if clean is None else clean
        for edit in self.edits:
            file = _edited(file, edit)
        return file

    def place(self) -> Place:
        """Return where the slip stands in what the review takes."""
        edit = self.edits[-1]
        if isinstance(edit, InCell):
            return Place(cell=edit.cell)
        if isinstance(edit, Row):
            if not edit.twice:
                return Place()
            [grid] = [grid for grid in self.planted().grids if grid.name == edit.grid]
            at = max(index for index, row in enumerate(grid.rows) if edit.holding in row)
            return Place(cell=f"{edit.grid}!{chr(ord('A') + grid.rows[at].index(edit.holding))}{at + 1}")
        if not edit.new:
            return Place()
        source = self.planted().source()
        text = source if isinstance(source, str) else source.text
        assert text.count(edit.new) == 1, f"{self.id}: {text.count(edit.new)} of {edit.new!r}"
        start = text.index(edit.new)
        at = edit.at or edit.new
        assert at in edit.new, f"{self.id}: {at!r} is not in {edit.new!r}"
        start += edit.new.index(at)
        return Place(start, start + len(at))


_WRITTEN: list[Slip] = []


def _slip(
    name: str,
    file: str,
    *edits: Edit,
    names: str | tuple[str, ...] = (),
    witnesses: int = 0,
    culprit: str = "",
) -> None:
    """Write down a slip; its class is what stands before the stroke of its name."""
    kind, _, _ = name.partition("/")
    listed = (names,) if isinstance(names, str) else names
    _WRITTEN.append(
        Slip(id=name, kind=kind, file=file, edits=edits, names=listed, witnesses=witnesses, culprit=culprit)
    )


BOOKS, SCHOOL, CANAL = "texts/yunnan_book_vans", "texts/yunnan_party_school", "texts/yunnan_canal"
GUARDS, CARE, NETWORK = "texts/yunnan_school_guards", "texts/yunnan_home_care", "texts/yunnan_cut_request"
WATER, THREE = "texts/yunnan_village_water", "texts/yunnan_three_projects"
LAMPS, LANES = "texts/anhui_street_lamps", "texts/anhui_cycle_lanes"
MEALS, ARCHIVES, CYCLES = "texts/shanghai_elder_meals", "texts/shanghai_archives", "texts/shanghai_three_years"
REPORT = "texts/report_skills_training"
FILM, NURSERY, TWO = (
    "tables/national_goals_film", "tables/yunnan_goals_nursery", "tables/yunnan_goals_two_projects",
)  # fmt: skip
MUSEUM, ROAD, STATIONS = "tables/hubei_goals_museum", "tables/anhui_goals_road", "tables/shanghai_goals_hydrant"
LIBRARY, TRAINING = "tables/national_selfeval_library", "tables/national_selfeval_training"
SICHUAN, HUBEI, YUNNAN = (
    "tables/sichuan_selfeval_mediation", "tables/hubei_selfeval_park", "tables/yunnan_selfeval_sanitation",
)  # fmt: skip
LINES, DETAIL, YEARS = "tables/yunnan_lines_township", "tables/detail_forest_fire", "tables/funds_by_year_bridge"
SOURCES, MONITORING = "texts/yunnan_sources", "texts/yunnan_cumulative_schedule"
VILLAGES, PONDS, PERIOD = "texts/anhui_villages", "texts/report_rain_ponds", "tables/national_goals_midterm"
DYKE = "pairs/dyke"
TEA, CLINIC, PARK, SPORTS = "pairs/tea_garden", "pairs/clinic_signs", "pairs/park_lights", "pairs/sports_field"

# --- what is not there -----------------------------------------------------------------------------------

_slip("section_missing/unit", BOOKS, Words("三、项目实施单位\n澄溪县文化馆。\n", ""), names=("实施单位", "实施主体"))
_slip(
    "section_missing/effects",
    CANAL,
    Words("八、项目实施成效\n清淤渠道不少于13.5公里，量水设施安装完成率达到100%，灌区农户满意度≥90%。\n", ""),
    names="成效",
)
_slip(
    "section_missing/body",
    LAMPS,
    Words("三、实施主体\n柳塘经济开发区建设发展局。\n\n", ""),
    names=("实施单位", "实施主体"),
)
_slip(
    "section_missing/basis",
    ARCHIVES,
    Words("二、立项依据\n《东堤区档案寄存管理规定》（东府规〔2022〕6号），寄存服务费每标箱每年60元上限。\n\n", ""),
    names="依据",
)
_slip(
    "section_missing/second_project",
    THREE,
    Words("三、项目实施单位\n红枫县动物疫病预防控制中心。\n", ""),
    names="实施单位",
)
_slip("field_missing/unit", LIBRARY, InCell("绩效自评表!G4", "梅坪县图书馆", ""), names="实施单位")
_slip("field_missing/name", SICHUAN, InCell("自评表!C2", "人民调解工作经费", ""), names="项目名称")
_slip(
    "field_missing/name_of_text",
    SCHOOL,
    Words("一、项目名称\n河湾工业园区党员教育经费。\n", "一、项目名称\n"),
    names="项目名称",
)

# --- what was left ---------------------------------------------------------------------------------------

_slip("placeholder/amount", SCHOOL, Words("申请预算资金8.04万元", "申请预算资金XX万元", "XX万元"))
_slip("placeholder/target", LAMPS, Words("亮灯率≥98%", "亮灯率≥**%", "≥**%"))
_slip(
    "placeholder/to_fill_in", WATER, Words("三、项目实施单位：东岭坳镇人民政府", "三、项目实施单位：待填写", "待填写")
)
_slip("placeholder/instruction", MEALS, Words("滨江苑街道社区服务办公室", "（请填写单位全称）"))
_slip("placeholder/target_of_table", FILM, InCell("绩效目标表!D10", "≥480场", "≥**场"))
_slip("placeholder/hint_in_name", ROAD, InCell("绩效目标表!C6", "养护验收合格率", "养护验收合格率（≥**%）"))
_slip("placeholder/blank_to_fill", NETWORK, Words("（云财复〔2026〕15号）", "（云财复〔2026〕____号）", "____"))
_slip(
    "residue/bookmark",
    NETWORK,
    Words("七、项目实施计划\n", "七、项目实施计划\n[bookmark: _GoBack]", "[bookmark: _GoBack]"),
)
_slip("residue/reference", CANAL, Words("满意度≥90%。", "满意度≥90%。错误！未找到引用源。", "错误！未找到引用源。"))
_slip("residue/field", CARE, Words("— １ —", " PAGE \\* MERGEFORMAT ", "PAGE \\* MERGEFORMAT"))
_slip("residue/broken_character", LANES, Words("标线和护栏工程", "标线和\ufffd\ufffd栏工程", "\ufffd\ufffd"))

# --- units -----------------------------------------------------------------------------------------------

_slip("unit_missing/line", SCHOOL, Words("报刊订阅费14,400.00元（", "报刊订阅费14,400.00（", "14,400.00"))
_slip("unit_missing/funds", STATIONS, InCell("绩效目标申报表!A4", "项目资金（元）", "项目资金"), names=("单位", "unit"))
_slip("unit_missing/budget_lines", LINES, InCell("05-1!I2", "单位：元", ""), names="单位")
_slip("unit_missing/cost", ROAD, InCell("绩效目标表!C8", "养护成本（≤万元）", "养护成本"), names="养护成本")
_slip("unit_missing/execution", REPORT, Words("全年执行101.2万元", "全年执行101.2", "101.2"))
_slip("unit_doubled/rate", LANES, Words("年度投资完成率达到100%", "年度投资完成率达到100%万元", "100%万元"))
_slip("unit_doubled/amount", CARE, Words("入户核查经费３．２万元。", "入户核查经费３．２万元元。", "３．２万元元"))
_slip("unit_doubled/target", TRAINING, InCell("绩效自评表!D13", "≥95%", "≥95%万元"))
_slip(
    "unit_wrong/line_times_ten_thousand",
    BOOKS,
    Words("图书购置费150,000.00元（", "图书购置费150,000.00万元（", "150,000.00万元"),
    witnesses=3,
    culprit="150,000.00万元",
)
_slip(
    "unit_wrong/line_in_yuan",
    CANAL,
    Words("量水设施购置费22万元（", "量水设施购置费22元（", "22元"),
    witnesses=3,
    culprit="22元",
)
_slip("unit_wrong/annual_line", LANES, Words("照明工程950万元", "照明工程950元", "950元"), witnesses=1)
_slip(
    "unit_wrong/line_of_three",
    MEALS,
    Words("送餐补贴90.00万元（", "送餐补贴90.00元（", "90.00元"),
    witnesses=2,
    culprit="90.00元",
)
_slip(
    "unit_wrong/second_project",
    THREE,
    Words("防护用品购置费10.32万元（", "防护用品购置费10.32元（", "10.32元"),
    witnesses=3,
    culprit="10.32元",
)
_slip(
    "unit_wrong/schedule",
    GUARDS,
    Words("支付安全培训费10万元。", "支付安全培训费10元。", "10元"),
    witnesses=2,
    culprit="10元",
)
_slip("unit_wrong/funds_of_table", PARK, InCell("绩效目标申报表!A4", "项目资金（元）", "项目资金（万元）"), witnesses=1)

# --- sums ------------------------------------------------------------------------------------------------

_slip("lines_total/one_more", LAMPS, Words("、电费20万元", "、电费21万元", "21万元"), witnesses=1)
_slip("lines_total/digits_swapped", ARCHIVES, Words("61,826.40元", "61,862.40元"), witnesses=1)
_slip(
    "lines_total/three_witnesses",
    BOOKS,
    Words("读书活动费90,000.00元（", "读书活动费80,000.00元（", "80,000.00元"),
    witnesses=3,
    culprit="80,000.00元",
)
_slip("lines_total/annual", LANES, Words("监理费250万元", "监理费520万元", "520万元"), witnesses=1)
_slip("lines_total/one_village", VILLAGES, Words("前村3万元", "前村8万元", "8万元"), witnesses=1)
_slip(
    "lines_total/parts", MONITORING, Words("乙类试剂200,000.00元", "乙类试剂220,000.00元", "220,000.00元"), witnesses=1
)
_slip("lines_total/sources", SOURCES, Words("乡镇自筹资金5万元", "乡镇自筹资金6万元", "6万元"), witnesses=1)
_slip("total_row/project", LINES, InCell("05-1!I5", "260,000.00", "250,000.00"), witnesses=3, culprit="05-1!I5")
_slip(
    "total_row/group", DETAIL, InCell("预算明细表!F6", "86,500.00", "85,600.00"), witnesses=2, culprit="预算明细表!F6"
)
_slip("total_row/year", YEARS, InCell("分年度资金安排表!B4", "1,800.00", "1,810.00"), witnesses=2, culprit="B4")
_slip("total_row/funds", LIBRARY, InCell("绩效自评表!C6", "120.00", "125.00"), witnesses=1)
_slip(
    "request_approval/approval",
    CANAL,
    Words("2026年批复预算50万元", "2026年批复预算55万元", "55万元"),
    witnesses=3,
    culprit="55万元",
)
_slip(
    "request_approval/request",
    TEA,
    Words("本项目申请预算资金98.75万元", "本项目申请预算资金89.75万元", "89.75万元"),
    witnesses=2,
    culprit="89.75万元",
)
_slip(
    "schedule_total/last_part",
    CARE,
    Words("支付入户核查经费３２，０００元", "支付入户核查经费２３，０００元", "２３，０００元"),
    witnesses=2,
    culprit="２３，０００元",
)
_slip(
    "schedule_total/second_half",
    WATER,
    Words(
        "支付水质检测费18,000.00元，支付管护员补助32,400.00元。",
        "支付水质检测费16,000.00元，支付管护员补助32,400.00元。",
        "16,000.00元",
    ),
    witnesses=2,
    culprit="16,000.00元",
)
_slip(
    "schedule_group/moved",
    SCHOOL,
    Words(
        "支付党员轮训费28,000.00元；2026年6—7月支付慰问费10,000.00元",
        "支付党员轮训费27,000.00元；2026年6—7月支付慰问费11,000.00元",
    ),
)
_slip(
    "schedule_group/halves",
    TEA,
    Words(
        "支付茶农培训费6.4万元，支付茶叶检测费10.95万元",
        "支付茶农培训费7.4万元，支付茶叶检测费9.95万元",
    ),
)

# --- figures said twice ----------------------------------------------------------------------------------

_slip(
    "repeated/books",
    BOOKS,
    Words("新增图书不少于6,000册", "新增图书不少于5,000册", "5,000册"),
    witnesses=2,
    culprit="5,000册",
)
_slip(
    "repeated/lamps",
    PARK,
    Words("更换灯具1,200盏，增设", "更换灯具1,250盏，增设", "1,250盏"),
    witnesses=2,
    culprit="1,250盏",
)
_slip("repeated/meals", MEALS, Words("堂食不少于40万客", "堂食不少于45万客", "45万客"), witnesses=1)
_slip("repeated/round_trips", BOOKS, Words("巡回不少于240次", "巡回不少于420次", "420次"), witnesses=1)
_slip("text_table_money/line", TEA, InCell("05-1!C6", "109,500.00", "105,900.00"), witnesses=2, culprit="05-1!C6")
_slip(
    "text_table_money/total",
    PARK,
    InCell("绩效目标申报表!C4", "1,977,850.00", "1,797,850.00"),
    witnesses=2,
    culprit="绩效目标申报表!C4",
)
_slip("text_table_money/budget", CLINIC, InCell("绩效目标表!D2", "64.8", "68.4"), witnesses=1)
_slip(
    "text_table_money/year",
    DYKE,
    InCell("分年度表!B5", "9,000,000.00", "9,100,000.00"),
    witnesses=2,
    culprit="分年度表!B5",
)
_slip("text_table_target/satisfaction", CLINIC, Words("群众满意度≥92%", "群众满意度≥95%", "≥95%"), witnesses=1)
_slip("text_table_target/quality", TEA, InCell("05-2!G6", "97", "79"), witnesses=1)
_slip("text_table_target/reached", SPORTS, Words("群众满意度95%", "群众满意度93%", "93%"), witnesses=1)
_slip(
    "text_table_count/devices",
    CLINIC,
    InCell("绩效目标表!D5", "24台套", "26台套"),
    witnesses=2,
    culprit="绩效目标表!D5",
)
_slip("text_table_count/farmers", TEA, Words("4期，共320人", "4期，共300人", "300人"), witnesses=2, culprit="300人")
_slip(
    "text_table_count/visitors",
    SPORTS,
    Words("接待健身群众19.2万人次；", "接待健身群众12.9万人次；", "12.9万人次"),
    witnesses=2,
    culprit="12.9万人次",
)
_slip(
    "dual_statement/hours",
    SCHOOL,
    Words("4天（32学时），分两个", "4天（24学时），分两个", "4天（24学时）"),
    witnesses=2,
    culprit="24学时",
)
_slip("dual_statement/alone", REPORT, Words("7天（56学时）", "7天（58学时）"), witnesses=1)
_slip("dual_statement/short", TEA, Words("2天（16学时）", "2天（12学时）"), witnesses=1)
_slip(
    "capitals/request",
    BOOKS,
    Words("叁拾陆万元整", "叁拾柒万元整"),
    witnesses=3,
    culprit="叁拾柒万元整",
)
_slip(
    "capitals/total", ARCHIVES, Words("人民币玖拾万元整", "人民币玖万元整", "玖万元整"), witnesses=2, culprit="玖万元整"
)
_slip("stages/second", SCHOOL, Words("第二阶段1.5天", "第二阶段1天", "1天"), witnesses=1)
_slip("counts/members", SCHOOL, Words("女党员97人", "女党员79人", "79人"), witnesses=1)
_slip("counts/residents", WATER, Words("女3,357人", "女3,375人", "3,375人"), witnesses=1)
_slip("counts/stations", WATER, Words("下村15个", "下村16个", "16个"), witnesses=1)
_slip("counts/townships", BOOKS, Words("4个乡、6个镇", "5个乡、6个镇", "5个"), witnesses=1)
_slip("counts/trainees", REPORT, Words("男学员387人", "男学员378人", "378人"), witnesses=1)
_slip("counts/farms", THREE, Words("规模养殖主体26家", "规模养殖主体62家", "62家"), witnesses=1)
_slip("product/count", CANAL, Words("（11套×2万元/套）", "（12套×2万元/套）", "12套×2万元/套"))
_slip("product/price", TEA, Words("×200元/人天）", "×220元/人天）", "220元/人天"))
_slip(
    "product/row",
    DETAIL,
    InCell("预算明细表!F4", "432,000.00", "423,000.00"),
    witnesses=2,
    culprit="预算明细表!F4",
)
_slip(
    "product/of_three",
    THREE,
    Words("（86人×500元/人/月×12个月）", "（86人×500元/人/月×11个月）", "11个月"),
)

# --- tasks, money, goals ---------------------------------------------------------------------------------

_slip(
    "task_without_money/contest",
    TEA,
    Words("检测茶叶样品150批次。", "检测茶叶样品150批次。四是举办茶艺大赛。举办茶艺大赛1场。", "四是举办茶艺大赛"),
    names="茶艺大赛",
)
_slip(
    "task_without_money/warehouse",
    THREE,
    Words("二是购置防护用品。", "二是购置防护用品。三是建设冷链仓库。", "三是建设冷链仓库"),
    names="冷链仓库",
)
_slip(
    "line_without_task/hospitality",
    NETWORK,
    Words("设备维护费15万元、", "设备维护费12万元、公务接待费3万元、", "公务接待费3万元"),
    Words("支付设备维护费15万元", "支付设备维护费12万元，支付公务接待费3万元", "公务接待费3万元"),
    names="公务接待费",
)
_slip(
    "goal_without_indicator/market",
    TEA,
    InCell(
        "05-2!B3",
        "改造低产茶园500亩，培训茶农320人，检测茶叶样品150批次。",
        "改造低产茶园500亩，培训茶农320人，检测茶叶样品150批次，新建茶叶交易市场1个。",
    ),
    names="茶叶交易市场",
)
_slip(
    "goal_without_indicator/textbook",
    TRAINING,
    InCell("绩效自评表!B9", "全年举办培训班40期，培训600人次。", "全年举办培训班40期，培训600人次，编印教材2,000册。"),
    names="教材",
)
_slip("level_missing/satisfaction", FILM, Row("绩效目标表", "观众满意度"), names="满意度")
_slip(
    "level_missing/benefit",
    NURSERY,
    Row("05-2", "带动农户务工人次"),
    Row("05-2", "改善林分质量"),
    names="效益",
)
_slip("kind_missing/quantity", FILM, Row("绩效目标表", "放映场次"), Row("绩效目标表", "服务观众人次"), names="数量")
_slip("kind_missing/quality", ROAD, Row("绩效目标表", "养护验收合格率"), names="质量")

# --- indicators ------------------------------------------------------------------------------------------

_slip(
    "weights/output",
    TRAINING,
    InCell("绩效自评表!F11", "22.5", "25.5"),
    names=("产出", "权重", "分值"),
)
_slip("weights/declared", STATIONS, InCell("绩效目标申报表!F14", "20", "25"), names=("权重", "分值"), witnesses=1)
_slip("weights/sichuan", SICHUAN, InCell("自评表!H7", "20", "25"), names=("权重", "分值"))
_slip("measurable/operator", NURSERY, InCell("05-2!F4", "≥", ""), names="培育苗木数量")
_slip("measurable/unit", TWO, InCell("05-2!H4", "人", ""), names="产前筛查人数")
_slip("measurable/number", FILM, InCell("绩效目标表!D11", "≥3万人次", "≥较多"), names="服务观众人次")
_slip("measurable/words_for_number", NURSERY, InCell("05-2!G5", "95", "较高"), names="苗木出圃合格率")
_slip("direction/cost_per_show", FILM, InCell("绩效目标表!D14", "≤500元/场", "≥500元/场"))
_slip("direction/cost_of_tree", NURSERY, InCell("05-2!F7", "<=", ">="), names="每株培育成本")
_slip("coverage/satisfaction", FILM, InCell("绩效目标表!D16", "≥90%", "≥190%"))
_slip("coverage/training", SCHOOL, Words("党员培训覆盖率100%", "党员培训覆盖率110%", "110%"))
_slip("coverage/quality", TWO, InCell("05-2!G5", "99.5", "995"), names="筛查报告准确率")
_slip("deadline/next_year", FILM, InCell("绩效目标表!D13", "2026年12月底前", "2027年12月底前"))
_slip("deadline/after_the_end", CLINIC, InCell("绩效目标表!D7", "2026年11月底前", "2027年3月底前"))
_slip("deadline/in_text", LANES, Words("2026年12月31日前完成", "2028年12月31日前完成", "2028年12月31日"))
_slip("deadline/end_before_start", STATIONS, InCell("绩效目标申报表!E3", "2026-12-31", "2025-12-31"))
_slip("basis_later/notice", BOOKS, Words("澄办发〔2024〕11号", "澄办发〔2027〕11号"))
_slip("basis_later/anhui", LAMPS, Words("柳开发〔2025〕19号", "柳开发〔2028〕19号"))
_slip("duplicate/indicator", FILM, Row("绩效目标表", "服务观众人次", twice=True), names="服务观众人次")
_slip(
    "duplicate/line",
    WATER,
    Words(
        "水质检测费36,000.00元（36个×2次×500元/次）、",
        "水质检测费36,000.00元（36个×2次×500元/次）、水质检测费36,000.00元（36个×2次×500元/次）、",
    ),
)
_slip("duplicate/row", DETAIL, Row("预算明细表", "防火服", twice=True), names="防火服")

# --- self-evaluation -------------------------------------------------------------------------------------

_slip(
    "execution_rate/table",
    TRAINING,
    InCell("绩效自评表!G6", "90.00%", "95.00%"),
    witnesses=2,
    culprit="绩效自评表!G6",
)
_slip("execution_rate/report", REPORT, Words("预算执行率92%", "预算执行率96%", "96%"), witnesses=2, culprit="96%")
_slip("execution_rate/prior_year", CYCLES, Words("执行率90%", "执行率95%", "95%"))
_slip("execution_rate/report_alone", PONDS, Words("执行率94%", "执行率96%", "96%"))
_slip("execution_score/hubei", HUBEI, InCell("自评表!F5", "19.2", "20"), witnesses=2, culprit="自评表!F5")
_slip("execution_score/sichuan", SICHUAN, InCell("自评表!H4", "9.5", "10"), witnesses=2, culprit="自评表!H4")
_slip(
    "indicator_score/not_reached",
    TRAINING,
    InCell("绩效自评表!G11", "20.25", "22.5"),
    witnesses=2,
    culprit="绩效自评表!G11",
)
_slip("indicator_score/reached", LIBRARY, InCell("绩效自评表!G13", "20", "18"), witnesses=2, culprit="绩效自评表!G13")
_slip("score_over_weight/output", YUNNAN, InCell("表15!I9", "20", "22"), names="清运垃圾数量")
_slip("score_over_weight/satisfaction", LIBRARY, InCell("绩效自评表!G20", "10", "12"), names="读者满意度")
_slip(
    "reason_missing/national",
    TRAINING,
    InCell("绩效自评表!H11", "受汛期影响有4期取消，下年提前排期。", ""),
    names="举办培训班期数",
)
_slip(
    "reason_missing/pair", SPORTS, InCell("绩效自评表!H13", "场地维修占用赛期，下年补办2项。", ""), names="举办群众赛事"
)
_slip(
    "reason_missing/sichuan",
    SICHUAN,
    InCell("自评表!J12", "部分当事人对补偿数额不满意，将加强回访。", ""),
    names="当事人满意度",
)
_slip("total_score/swapped", TRAINING, InCell("绩效自评表!G18", "96.75", "97.65"), names="总分")
_slip("total_score/hubei", HUBEI, InCell("自评表!G13", "99.2", "92.9"), names="总分")
_slip(
    "grade/conclusion",
    SICHUAN,
    InCell("自评表!B14", "自评得分99分，等级为优。", "自评得分99分，等级为良。"),
    names="等级",
)
_slip("grade/cell", YUNNAN, InCell("表15!J15", "优", "中"), names="等级")
_slip("grade/report", REPORT, Words("97.2分，等级为优", "97.2分，等级为良", "等级为良"), names="等级")

# --- which year's money ----------------------------------------------------------------------------------

_slip(
    "annual_cumulative/request",
    CANAL,
    Words("本项目申请2026年预算资金50万元", "本项目申请2026年预算资金5,000万元", "5,000万元"),
    witnesses=3,
    culprit="5,000万元",
)
_slip(
    "annual_cumulative/three_years",
    CYCLES,
    Words("2026年预算安排1,300万元", "2026年预算安排3,600万元", "3,600万元"),
    witnesses=2,
    culprit="3,600万元",
)
_slip(
    "annual_cumulative/total",
    LANES,
    Words("2026年安排5,000万元，2027", "2026年安排1.2亿元，2027", "1.2亿元"),
    witnesses=2,
    culprit="1.2亿元",
)
_slip(
    "annual_cumulative/approval",
    DYKE,
    Words("2026年批复预算900万元", "2026年批复预算2,400万元", "2,400万元"),
    witnesses=3,
    culprit="2,400万元",
)
_slip(
    "annual_cumulative/funds",
    PERIOD,
    InCell("绩效目标表!E5", "1,300.00", "3,600.00"),
    witnesses=1,
)

SLIPS: dict[str, Slip] = {slip.id: slip for slip in _WRITTEN}

LACKING: dict[str, str] = {}
"""What reviews are known not to give yet, by slip: the words of ``Outcome.lacks``; to be struck off when they do."""

CLASSES: dict[str, str] = {
    "section_missing": "a section is missing",
    "field_missing": "a field is missing",
    "placeholder": "a placeholder was left",
    "residue": "residue of a file",
    "unit_missing": "an amount without a unit",
    "unit_doubled": "a doubled unit",
    "unit_wrong": "万元 for 元, or 元 for 万元",
    "lines_total": "lines ≠ total",
    "total_row": "a total row ≠ its sub-rows",
    "request_approval": "request ≠ approval",
    "schedule_total": "schedule ≠ total",
    "schedule_group": "a part of the schedule ≠ its lines",
    "repeated": "a repeated figure differs",
    "text_table_money": "text ≠ table: money",
    "text_table_target": "text ≠ table: a target",
    "text_table_count": "text ≠ table: a count",
    "dual_statement": "days and class-hours disagree",
    "capitals": "大写 ≠ 小写",
    "stages": "stages do not add up",
    "counts": "counts do not add up",
    "product": "count × unit price ≠ amount",
    "task_without_money": "a task without money",
    "line_without_task": "a line without a task",
    "goal_without_indicator": "a goal without an indicator",
    "level_missing": "a level of indicators is missing",
    "kind_missing": "a kind of indicator is missing",
    "weights": "weights do not sum",
    "measurable": "an indicator that cannot be measured",
    "direction": "a cost with ≥",
    "coverage": "a share over 100 %",
    "deadline": "a date outside the project's period",
    "basis_later": "a basis of a later year",
    "duplicate": "something stands twice",
    "execution_rate": "the execution rate is wrong",
    "execution_score": "the score of the execution rate is wrong",
    "indicator_score": "an indicator's score is wrong",
    "score_over_weight": "a score over its weight",
    "reason_missing": "no reason where the target was missed",
    "total_score": "the total score ≠ its parts",
    "grade": "the grade ≠ the total score",
    "annual_cumulative": "annual and cumulative money confused",
}
