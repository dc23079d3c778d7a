"""The words that forms print: heads of columns, labels of fields, rows of funds, and the unit that money is declared in.

A head is told by its words alone: blanks, line ends, full-width signs, and what stands in brackets after it
(``（A）``, ``(万元)``) do not tell heads apart. Imports ``model`` and ``documents``.
"""

from __future__ import annotations

import enum
import functools
import re
import unicodedata
from typing import Final, final

from perfeval.documents.folding import fold
from perfeval.tables.model import Column, FundsSource

__all__ = [
    "FUNDS_BLOCK",
    "TEMPLATE",
    "Field",
    "FundsColumn",
    "column_of",
    "funds_column_of",
    "funds_source_of",
    "is_blank",
    "label_of",
    "money_unit_in",
    "plain",
    "points_in_brackets",
    "project_in",
    "split_label",
]

_LONGEST: Final = 60
_BRACKETS = re.compile(r"[(\[【][^()\[\]【】]{0,40}[)\]】]")
_CIRCLED = re.compile(r"[①-⑳]")
_FAR = re.compile(r"[ \t\u3000]{2}|[\n\r]")
_EDGES = re.compile(r"^(?:其中)?[:、,.*—-]*|[A-Za-z:、,.*—-]*$")
_NUMBERING = re.compile(r"^(?:\([一二三四五六七八九十\d]{1,2}\)|[一二三四五六七八九十]{1,2}[、.]|\d{1,2}[、.])")


def plain(text: str) -> str:
    r"""Return the words of a head or a label; "" for what is too long to be one.

    >>> plain("全年预算数 （Ａ）"), plain("其中：本年财政\n拨款"), plain("一、指标值（万元）：")
    ('全年预算数', '本年财政拨款', '指标值')
    """
    return "" if len(text) > _LONGEST * 3 else _plain(text)


@functools.lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    whole = "".join(unicodedata.normalize("NFKC", _CIRCLED.sub("", text)).split())
    if not whole or len(whole) > _LONGEST:
        return ""
    bare = _BRACKETS.sub("", _NUMBERING.sub("", whole)) or whole.strip("()[]【】")
    return _EDGES.sub("", bare) or bare


def is_blank(text: str) -> bool:
    """Say whether a cell says nothing: it is empty, or holds but a dash, a slash or 无.

    >>> is_blank(" — "), is_blank("／"), is_blank("0")
    (True, True, False)
    """
    bare = text.strip()
    return len(bare) < _LONGEST and (bare == "无" or not fold(bare).strip(" \n-—/\\|.…"))


_COLUMNS: Final = {
    word: column
    for column, words in {
        Column.LEVEL_ONE: "一级指标 一级 一级指标名称 一级绩效指标",
        Column.LEVEL_TWO: "二级指标 二级 二级指标名称 二级绩效指标",
        Column.NAME: "三级指标 三级 三级指标名称 三级指标内容 三级绩效指标 指标名称 绩效指标名称 具体指标",
        Column.SIGN: "指标性质 运算符号 计算符号 指标符号 关系符号 比较符号 运算符 符号",
        Column.TARGET: "指标值 年度指标值 年初目标值 目标值 年度目标值 预期指标值 绩效指标值 计划指标值 预期目标值 本年预期 "
        "本年目标值 预期值 计划完成值 年初指标值 年初设定目标值 预期当年实现值 当年预期 全年目标值 本年指标值 "
        "年度绩效指标值 全年指标值 计划值 目标指标值 指标目标值 绩效目标值 年度绩效目标值 计划目标值 年度计划值 年度预期值 预期实现值 当年预期实现值 本年度预期 预期完成值 本年预期值",
        Column.PRIOR: "上年实际 上年实际值 上年实际完成值 上年完成值 上年度实际 上年值 前年实际 前年 上年 历史值",
        Column.UNIT: "度量单位 计量单位 指标单位 指标值单位 计量单位名称",
        Column.ATTRIBUTE: "指标属性",
        Column.CONTENT: "指标内容 指标解释 指标说明 指标定义 指标内涵 指标描述 指标解释说明",
        Column.BASIS: "指标标准或依据 指标值设定依据及数据来源 指标值设定依据 设定依据 数据来源 指标标准及依据 指标标准 指标依据 "
        "指标值依据 指标值确定依据 绩效标准",
        Column.WEIGHT: "分值 权重 指标分值 指标权重 分值权重 标准分 标准分值 满分",
        Column.ACTUAL: "实际完成值 完成值 实际完成指标值 全年实际完成值 全年完成值 实际值 完成指标值 实际完成情况 完成情况 "
        "年度实际完成值 实际完成 全年实际值 指标完成值 年度完成值 实际完成数 全年实际完成指标值 自评完成值 年度实际完成情况 指标完成情况 完成数 实际达到值",
        Column.SCORE: "得分 自评得分 自评分 实际得分 评价得分 单位自评得分 自评分数 指标得分",
        Column.REASON: "偏差原因分析及改进措施 未完成原因分析 偏差原因分析 未完成原因 偏差原因 原因分析 未完成原因和改进措施 "
        "未完成原因及改进措施 未完成原因分析及改进措施 偏离原因 偏差原因及改进措施 偏差原因分析和改进措施 "
        "偏差原因分析与改进措施 未完成原因分析与改进措施 未完成原因分析及拟采取的改进措施",
        Column.REMARK: "备注 说明 评分标准 评分细则 评分规则 评分说明 扣分原因 指标方向 指标类型 佐证材料",
        Column.PROJECT: "单位名称、项目名称 单位名称项目名称 项目名称 单位、项目名称 单位项目名称",
        Column.DEPARTMENT: "单位名称 预算单位 主管部门 部门名称 部门",
        Column.GOAL: "项目年度绩效目标 年度绩效目标 项目绩效目标 绩效目标 项目年度目标 年度目标 项目目标",
        Column.NUMBER: "序号 编号 指标编码 指标代码 指标序号",
        Column.BLOCK: "绩效指标 年度绩效指标 绩效指标情况 绩效指标完成情况 年度绩效指标完成情况 项目绩效指标 指标",
    }.items()
    for word in words.split()
}


def column_of(text: str, *, in_head: bool = False) -> Column | None:
    """Return what a column of indicators holds by its head, None where it is no such head.

    单位 alone is a unit only among heads (``in_head``).

    >>> column_of("实际完成值（B）"), column_of("度量 单位"), column_of("单位", in_head=True)
    (<Column.ACTUAL: '实际完成值'>, <Column.UNIT: '度量单位'>, <Column.UNIT: '度量单位'>)
    """
    word = plain(text)
    return _COLUMNS.get(word) or (Column.UNIT if in_head and word == "单位" else None)


@final
class FundsColumn(enum.Enum):
    """What a column of funds holds."""

    INITIAL = "年初预算数"
    FULL_YEAR = "全年预算数"
    ADJUSTED = "调整后预算数"
    EXECUTED = "全年执行数"
    WEIGHT = "分值"
    RATE = "执行率"
    SCORE = "得分"
    REASON = "原因"


_FUNDS: Final = {
    word: column
    for column, words in {
        FundsColumn.INITIAL: "年初预算数 年初预算 年初预算金额 年初数 年初预算安排数 年初批复数",
        FundsColumn.FULL_YEAR: "全年预算数 全年预算 预算数 全年预算安排数 年度预算数 预算安排数 预算金额 全年预算金额 到位资金",
        FundsColumn.ADJUSTED: "调整后预算数 调整后预算 调整预算数 调整后全年预算数 全年调整后预算数 预算调整数",
        FundsColumn.EXECUTED: "全年执行数 执行数 全年执行 实际执行数 预算执行数 实际支出数 支出数 实际支出 全年支出数 决算数 "
        "全年执行金额 全年实际支出 执行金额 全年实际执行数",
        FundsColumn.WEIGHT: "分值 权重 满分 标准分",
        FundsColumn.RATE: "执行率 预算执行率 资金执行率 全年执行率",
        FundsColumn.SCORE: "得分 自评得分 自评分",
        FundsColumn.REASON: "原因 未完成原因 未执行完毕原因 偏差原因 未完成原因分析 偏差原因分析 原因分析 偏差原因分析及改进措施",
    }.items()
    for word in words.split()
}


def funds_column_of(text: str) -> FundsColumn | None:
    """Return what a column of funds holds by its head.

    >>> funds_column_of("全年执行数(B)"), funds_column_of("执行率（B/A）").name
    (<FundsColumn.EXECUTED: '全年执行数'>, 'RATE')
    """
    return _FUNDS.get(plain(text))


FUNDS_BLOCK = re.compile(
    r"(?:年度)?(?:项目|预算)?(?:资金|预算)(?:执行|使用|安排)?(?:情况)?|资金来源|项目预算|年度项目资金"
)
"""What the cell says that stands left of a whole block of funds."""
_TOTAL_FUNDS = re.compile(
    r"(?:项目|本年|当年|年度|全年){0,3}(?:预算|财政)?(?:资金|预算)?(?:总额|总计|合计|总金额|申请总额|预算总额)|"
    r"(?:年度|本年度?)?(?:资金|预算)申请总额|年度资金申请总额|项目金额|项目总金额|总计|合计"
)
_FISCAL = re.compile(
    r"(?:其中)?:?(?:本年|当年|年度|申请当年)?(?:中央|省级?|市级?|县级?|区级?|州级?|本级|上级|同级)?"
    r"(?:财政|一般公共预算|政府性基金)(?:预算)?(?:财政)?(?:拨款|补助|安排)?(?:资金|补助)?|财政性资金"
)
_CARRIED = re.compile(r"(?:其中)?:?(?:上年|以前年度|历年)?(?:财政)?结[转余](?:结余)?(?:资金)?")
_OTHER_FUNDS = re.compile(
    r"(?:其中)?:?(?:其他|其它|单位|自筹|单位自有|财政专户管理|社会)(?:资金|来源)?|事业收入|自有资金"
)


def funds_source_of(text: str) -> FundsSource | None:
    """Return which money a row of funds is about by its label.

    >>> [funds_source_of(text).name for text in ("年度资金总额：", "其中：当年财政拨款", "上年结转资金", "其他资金")]
    ['TOTAL', 'FISCAL', 'CARRIED_OVER', 'OTHER']
    """
    word = plain(text)
    if not word:
        return None
    for pattern, source in (
        (_TOTAL_FUNDS, FundsSource.TOTAL),
        (_FISCAL, FundsSource.FISCAL),
        (_CARRIED, FundsSource.CARRIED_OVER),
        (_OTHER_FUNDS, FundsSource.OTHER),
    ):
        if pattern.fullmatch(word):
            return source
    return None


@final
class Field(enum.Enum):
    """Which field of a form a label names."""

    PROJECT = "项目名称"
    DEPARTMENT = "主管部门"
    UNIT = "实施单位"
    GOAL = "预期目标"
    ACHIEVED = "实际完成情况"
    PERIOD = "起止时间"
    FIRST_DAY = "计划开始日期"
    LAST_DAY = "计划完成日期"
    YEAR = "年度"
    TOTAL = "总分"
    GRADE = "评价结论"
    PROBLEMS = "存在问题"
    MEASURES = "改进措施"
    REASON = "未完成原因"
    SEVERAL_YEARS = "中期资金总额"
    OTHER = "其他"


_LABELS: Final = {
    word: label
    for label, words in {
        Field.PROJECT: "项目名称 项目支出名称 专项名称 专项资金名称 转移支付项目名称",
        Field.DEPARTMENT: "主管部门 主管部门及代码 项目主管部门 预算部门 部门名称 主管部门名称 主管单位 一级预算单位 预算主管部门 部门",
        Field.UNIT: "实施单位 项目实施单位 项目单位 预算单位 单位名称 填报单位 资金使用单位 项目实施单位名称 实施单位名称 编制单位 "
        "部门单位 预算单位名称",
        Field.GOAL: "预期目标 年度绩效目标 年度总体目标 总体目标 年度目标 项目年度绩效目标 绩效目标 年初设定目标 项目绩效目标 项目年度目标 "
        "年度预期目标 年度总目标 项目总体目标 年度总体绩效目标 目标内容 年度主要任务 年初目标",
        Field.ACHIEVED: "实际完成情况 年度总体目标完成情况 目标实际完成情况 全年实际完成情况 完成情况 目标完成情况 "
        "年度目标完成情况 全年完成情况 绩效目标完成情况 总体目标完成情况",
        Field.PERIOD: "起止时间 项目起止时间 项目期 项目实施期 实施期限 项目期限 项目周期 实施周期 项目实施时间",
        Field.FIRST_DAY: "计划开始日期 开始日期 项目开始时间 开始时间 计划开始时间",
        Field.LAST_DAY: "计划完成日期 完成日期 项目完成时间 计划完成时间 结束日期 项目结束时间 结束时间",
        Field.YEAR: "年度 年份 预算年度 评价年度 实施年度 自评年度 绩效年度",
        Field.TOTAL: "总分 合计 总得分 自评总分 总计 总分值 得分合计 分值合计 自评得分合计 合计得分 合计分值 综合得分",
        Field.GRADE: "评价结论 自评结论 评价等级 自评等级 绩效等级 评价结果 自评结果 绩效自评等级 评价等次 自评等次 绩效等次 "
        "评价级别 自评级别 绩效评价等级 绩效评价等次 绩效自评等次",
        Field.PROBLEMS: "存在问题 存在的问题 存在的主要问题 主要问题 存在问题及原因 存在的问题及原因",
        Field.MEASURES: "改进措施 下一步改进措施 整改措施 下一步措施 改进建议 下一步工作措施",
        Field.REASON: "未完成原因 预算执行率偏低原因",
        Field.SEVERAL_YEARS: "中期资金总额 实施期资金总额 项目总投资 总目标 中期目标 实施期目标 实施期总目标 实施期绩效目标 中长期目标 中长期绩效目标",
        Field.OTHER: "项目负责人 财务负责人 负责人 联系人 联系电话 填表人 填报人 填报日期 填表日期 项目类别 项目属性 项目类型 "
        "属性 类型 资金用途 项目性质 项目编码 项目代码 单位编码 单位负责人 审核人 经办人 项目概况 立项依据 "
        "政策依据 实施内容 审核意见 分管领导 备注 说明 资金性质 支出功能分类 主要内容 项目概述",
    }.items()
    for word in words.split()
}


def label_of(text: str) -> Field | None:
    """Return which field a label names, None for what is no label.

    >>> label_of("项目名称："), label_of("党员教育培训")
    (<Field.PROJECT: '项目名称'>, None)
    """
    return _LABELS.get(plain(text))


def split_label(text: str) -> tuple[str, int] | None:
    """Return the label in front of a colon and where what it says begins; None where no colon stands near the front.

    >>> split_label("项目名称： 党建经费")
    ('项目名称', 6)
    """
    at = next((place for place, sign in enumerate(text[:40]) if sign in ":："), -1)
    if at <= 0:
        return None
    start = at + 1
    while start < len(text) and text[start].isspace():
        start += 1
    return (text[:at], start) if start < len(text) else None


def project_in(text: str) -> tuple[int, int] | None:
    """Return where the name stands in a line that gives the name of a project, None where it gives none.

    >>> project_in("项目名称：森林防火经费"), project_in("单位：元")
    ((5, 11), None)
    """
    inline = split_label(text) if len(text) <= _LONGEST * 3 else None
    if inline is None or label_of(inline[0]) is not Field.PROJECT:
        return None
    far = _FAR.search(text, inline[1])
    end = len(text.rstrip()) if far is None else far.start()
    return (inline[1], end) if inline[1] < end else None


TEMPLATE = re.compile(r"[(（]\s{0,4}(?:[≥≤=<>≧≦＝＞＜]{0,2}\s{0,4}[*＊×xX_]{1,6}[^()（）]{0,12})[)）]")
"""A hint of the template that was left inside a name: (≥**%)."""
_MONEY = "亿元|万元|千元|百元|元"
_DECLARED = re.compile(
    rf"(?:(?:金额|货币|资金)\s?单位\s{{0,4}}[:：]?|单\s{{0,3}}位\s{{0,4}}[:：])\s{{0,4}}(?:人民币)?\s{{0,4}}"
    rf"(?P<line>{_MONEY})(?![\u4e00-\u9fff\d/])"
    rf"|[(（\[【]\s{{0,4}}(?:人民币)?\s{{0,4}}(?P<held>{_MONEY})\s{{0,4}}[)）\]】]"
)
_POINTS = re.compile(
    r"[(\[【]\s{0,4}(?:分值|权重|满分)?:?\s{0,4}(?P<points>\d{1,4}(?:\.\d{1,4})?)\s{0,4}(?:分|%)\s{0,4}[)\]】]"
    r"|(?<![\d.(])(?P<bare>\d{1,3}(?:\.\d{1,2})?)\s?分$"
)


def money_unit_in(text: str) -> tuple[str, int, int] | None:
    """Return the unit that a title, a head or a line declares for its money, and where it stands.

    >>> money_unit_in("项目支出绩效目标表（单位：万元）"), money_unit_in("实施单位：元江示例局"), money_unit_in("单位：元/人")
    (('万元', 13, 15), None, None)
    """
    if len(text) > 500:
        return None
    found = _DECLARED.search(text)
    if found is None:
        return None
    group = "line" if found["line"] else "held"
    return found[group], found.start(group), found.end(group)


def points_in_brackets(text: str) -> tuple[str, int, int] | None:
    """Return the points that a level or a name states, in brackets or at its end, and where that stands.

    >>> points_in_brackets("产出指标（40分）"), points_in_brackets("产出指标50分"), points_in_brackets("培训人数（人）")
    (('40', 4, 9), ('50', 4, 7), None)
    """
    found = _POINTS.search(fold(text)) if len(text) <= 300 else None
    return None if found is None else (found["points"] or found["bare"], found.start(), found.end())
