"""Which words are units after a number, and which only look like one: 5天 but not 5天津, 3人 but not 3人才.

``units.txt`` says what a unit is; here stands how prose writes it. Imports nothing.
"""

from __future__ import annotations

from typing import Final

__all__ = ["AS_UNIT", "HALVED", "NOT_AFTER_WORDS", "NOT_CONVERTED", "PER_SIGNS", "PER_WORDS", "UNITS", "begins_a_word"]

UNITS: Final = (
    "人民币元|人民币|RMB|CNY|块钱|万亿元|千万元|百万元|十万元|亿元|万元|千元|百元|元|角|%|‰|个百分点|百分点|"
    "人次|人天|人日|人月|人年|户次|班次|批次|场次|车次|台次|标箱|"
    "平方公里|平方千米|平方米|平方尺|平米|平方|㎡|m²|公里|千米|厘米|公顷|立方米|立方|m³|微克|毫克|公斤|千克|千瓦时|千瓦|瓦时|"
    r"(?:kW·h|kWh|kW|km|kg|mg|[μµu]g|m[23](?!\d))(?![A-Za-z])|"
    "工日|个工日|小时|分钟|学时|课时|学分|学期|学年|分值|位小数|半天|个工作日|工作日|个学时|个课时|个学分|个小时|个批次|个场次|个班次|个学期|个季度|季度|个月|个半天|个半年|半年|年度|个组织|"
    r"组织(?=[/·\[])|"
    "人|名|位|口|次|批|个|户|家|期|门|场|项|台|辆|班|篇|份|册|本|套|件|条|处|间|支|遍|轮|村|张|只|块|栋|幢|座|"
    "所|部|组|盏|株|棵|亩|吨|斤|克|升|米|瓦|床|头|艘|架|枚|根|箱|袋|瓶|桶|幅|例|起|宗|笔|节|种|把|面|首|集|页|字|尾|层|"
    "毫升|客|单|周岁|岁|晚|夜|天|日|周|星期|月|年|倍|分|℃|度电|度|折"
)
"""The units that may follow a number, longest first where one begins another, as one alternation."""

AS_UNIT: Final = {
    "人民币元": "元",
    "人民币": "元",
    "RMB": "元",
    "CNY": "元",
    "块钱": "元",
    "个学时": "学时",
    "个课时": "课时",
    "个学分": "学分",
    "个小时": "小时",
    "个批次": "批次",
    "个场次": "场",
    "个班次": "班",
    "个学期": "学期",
    "班次": "班",
    "㎡": "平方米",
    "m²": "平方米",
    "平方": "平方米",
    "平米": "平方米",
    "度电": "千瓦时",
    "个半天": "半天",
    "m³": "立方米",
    "立方": "立方米",
    "m2": "平方米",
    "m3": "立方米",
    "km": "公里",
    "kg": "公斤",
    "mg": "毫克",
    "μg": "微克",
    "µg": "微克",
    "ug": "微克",
    "kW": "千瓦",
    "kW·h": "千瓦时",
    "kWh": "千瓦时",
    "个工日": "工日",
    "分": "分值",  # a reader of prose takes 90分 for points; 3元5分 is read as money before it comes to this
}
"""How a unit is told to the library, where that is not how it is written."""

NOT_CONVERTED: Final = frozenset(["度", "℃", "折"])
"""What is a unit in a text, but none of the library's."""

HALVED: Final = "年|个月|月|天|日|小时|学时|课时|周|星期|倍|公里|亩|吨|斤|个学期|学期"
"""Units of which 半 after them is one half: 一年半, 3天半."""

_NOT_BEFORE: Final = {
    "天": "然津气数",
    "年": "级龄轻限",
    "次": "要序日年性数",
    "期": "间限望末刊",
    "门": "口类槛",
    "户": "籍外口",
    "家": "庭属里长",
    "人": "才民大口员物",
    "位": "于置",
    "项": "目",
    "本": "级部地年单着身市县区项",
    "场": "地所馆",
    "支": "部持",
    "组": "织",
    "班": "子组",
    "处": "理置",
    "条": "件例",
    "件": "事",
    "分": "别类析为成期批阶两级布支享管区片局值之工配散贝",
    "月": "度",
    "日": "常程益",
    "度": "过",
    "客": "户运车流观体厅家栈源货商人服机",
    "单": "位独元个纯一品价据车身向程列项次日月边双",
    "部": "门分署队",
    "所": "有在需属",
    "村": "委级民",
    "座": "谈",
    "块": "钱",
    "批": "复准",
    "轮": "训",
    "元": "旦素",
    "台": "账",
    "周": "边期年",
    "米": "面",
    "起": "草来始点步动诉源义",
    "节": "约能日目省点",
    "种": "植子养粮",
    "头": "部等",
    "根": "据本",
    "例": "如会行外子",
    "升": "级学",
    "克": "服",
    "架": "构",
    "箱": "变",
    "口": "岸号头径",
    "面": "积向临对",
    "首": "次先都府",
    "集": "中体团市资",
    "字": "体号",
    "层": "面次级",
    "把": "握关手",
    "页": "面岩",
    "床": "位",
    "岁": "月末尾首",
    "晚": "上会报间餐年婚点于",
    "折": "页叠算扣弯射合旧线迭",
    "夜": "校间班景市色",
}

NOT_AFTER_WORDS: Final = frozenset(
    "分部条张只块度床米组支轮班批座本村口位头艘架枚根箱袋瓶桶幅例起宗笔节种把面首集页字尾层克升斤瓦客单"
) | {
    "℃",
    "平方",
    "平米",
}
"""Numerals in words stand before these only as an article, or as part of some other word."""

PER_SIGNS: Final = {
    "m³": "立方米", "m3": "立方米", "m²": "平方米", "m2": "平方米", "㎡": "平方米", "km": "公里", "kg": "公斤", "L": "升",
    "min": "分钟", "kWh": "千瓦时", "d": "天", "h": "小时", "a": "年", "t": "吨", "s": "秒",
}  # fmt: skip
"""What may follow "/" as a sign, and the word for it: 200m³/d, 5000mg/L."""

PER_WORDS: Final = (
    "工日|"
    "个月|月份|月|个季度|季度|季|半年|年度|年|半天|天|日|周|星期|小时|学时|课时|人次|人天|人日|人月|人年|人|学年|学期|期|次|"
    "场次|场|班次|班|门|标箱|平方公里|平方米|立方米|公里|千米|公顷|亩|吨|公斤|斤|米|辆|户次|户|家|项|件|条|台|间|份|篇|"
    "册|本|套|处|所|支|盏|株|棵|座|栋|幢|头|笔|例|组|名|位|床|村|张|块|个"
)
"""What may follow "per" and is read even where more words follow: 元/人的, 每个月."""


def begins_a_word(unit: str, following: str) -> bool:
    """Say whether a unit is none, because with the character after it it begins another word.

    >>> begins_a_word("天", "津"), begins_a_word("天", "，")
    (True, False)
    """
    return bool(following) and following in _NOT_BEFORE.get(unit, "")
