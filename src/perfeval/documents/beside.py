"""What stands among the amounts of a budget and is no line of it: rates, prices of whole works, limits, bases of a share.

Imports ``quantities``, ``bounds`` and ``facts``.
"""

from __future__ import annotations

import re

from perfeval.documents.bounds import Comparator
from perfeval.documents.quantities import Quantity
from perfeval.facts import Label

__all__ = [
    "BASE",
    "EACH",
    "ELSEWHERE",
    "LIMIT",
    "OF_A_WORK",
    "RATE",
    "named_after_it",
    "names_of_each",
    "no_line_of_its_own",
    "not_surely_a_line",
    "of_whole_work",
    "opens_parts",
    "share_is_all",
    "without_price",
]

RATE = Label("定额，不是总额", "a rate, not a sum")
OF_A_WORK = Label("合同或造价金额，不是本年度的明细", "what a whole work costs, not a line of the year")
LIMIT = Label("规定中的限额，不是明细", "a limit in a rule of procedure, not a line")
BASE = Label("计取费用的基数，不是明细", "what a share is taken of, not a line")
ELSEWHERE = Label(
    "缺口、保证金、原值或另行安排的资金，不是明细", "what is lacking, pledged, owned or set aside elsewhere, not a line"
)
EACH = Label("“各”“均”所指的项数不明", "of how many it is said each is not known")
NAMED_RATE = Label("只有单价，没有金额", "a rate of a line whose amount is not given")
DEDUCTION = Label("扣减的金额", "an amount that is taken off")
"""Why an amount is no line."""

_BOUNDS = (Comparator.GE, Comparator.GT, Comparator.LE, Comparator.LT)
_A_RATE = re.compile(r"(?:每|年均|月均|人均|户均).{0,6}")
# 5个乡镇平均每个乡镇10万元, 每个村3万元: so much for each.
_FOR_EACH = re.compile(
    r"(?:平均|户均|人均|均|(?:平均)?每\s?(?:1|一)?(?:个|家|户|人|名|村|镇|乡|所|点|台|套|次|期|亩|公里|辆|场|份|班|组|座|处|条|项|站|社区)[\u4e00-\u9fff]{0,6})"
    r"(?:补助|安排|投入|支出|奖补|需|约|为)*$"
)
# What is agreed or worked out for a whole work is no money of the year.
_PRICE = re.compile(
    r"(?:合同(?:总)?(?:价|金额|额)款?|中标(?:价|金额)|控制价|送审(?:价|金额)|审定(?:价|金额)|结算(?:价|金额)|(?:工程)?总?造价)$"
)
# Money that is none of this budget: what is lacking, pledged, owned already, or set aside elsewhere.
_ELSEWHERE = re.compile(
    r"(?:资金)?缺口$|(?:履约|投标)保证金$|(?:资产|固定资产|账面)?(?:原值|净值)$|成交(?:价|金额)$|不含|不包括|未含|未包括|未列入"
)
_SET_ASIDE = re.compile(r"另行?(?:安排|下达|解决|拨付|列支|申请|申报)(?:资金|经费)?$")
_AMOUNT_FIRST = re.compile(r"\(\s?\d[\d,.]{0,15}\s?[万亿]?元(?![\s\d(),，、;；+×*/])")
_NAME_THEN = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,12}?)(?=[及和与、，,;；)]|以及)")
_BASE_OF_SHARE = re.compile(r"\s?(?:的|[×xX*])\s?(?:\d{1,3}(?:\.\d{1,4})?\s?[%‰]|百分之)")
# 质保金按合同价的3%预留，即0.9万元: what the share comes to is said of the sum that it is taken of.
_SHARE_SAID = re.compile(r"按[^，,。；;\n]{1,20}的\s?\d{1,3}(?:\.\d{1,4})?\s?%[^，,。；;\n]{0,8}[，,]?\s?即\s?$")
_SHARE_TAKEN = re.compile(r"的?\s?(?:计取|计算|测算|计提|提取|计列|计)?\s?\)")
# A rule of procedure says from which sum on it holds: 单笔支出5万元以上须经局党组研究.
_THRESHOLD = re.compile(
    r"(?:单笔|单项|单次|单件|单张|单台|单个|凡|限额|起点|达到|超过|金额在|在)(?:支出|采购|资金|金额|项目|费用|合同|使用|开支)*(?:在|达到|超过|达)?$"
)
_PROCEDURE = re.compile(
    r"\s?(?:\(含\))?(?:以上|以下|以内)?(?:的)?[^，,。；;\n\d]{0,12}[，,]?\s?(?:须|应当?|需(?!要?资金)|必须|一律|不得|由|经|报|实行|按)"
)
_PARTS_FOLLOW = re.compile(r"包括|包含|(?<!不)含(?!税)")


def no_line_of_its_own(folded: str, mention: Quantity, lead: str, name: str) -> Label | None:
    """Say why an amount is no line of the year: a rate, a price of a whole work, a limit, or what a share is taken of."""
    end = mention.span.end
    if _A_RATE.fullmatch(name) or _FOR_EACH.search(lead):
        return RATE
    if _BASE_OF_SHARE.match(folded, end):
        return BASE
    if name == "即" and _SHARE_SAID.search(folded, max(0, mention.span.start - 48), mention.span.start):
        return BASE
    if _PRICE.search(name):
        return OF_A_WORK
    if _ELSEWHERE.search(name) or _SET_ASIDE.search(lead):
        return ELSEWHERE
    if mention.comparator in _BOUNDS and _THRESHOLD.search(lead) and _PROCEDURE.match(folded, end):
        return LIMIT
    return None


# 材料费每吨3万元 prices what a line is for, and does not say what it comes to.
_NAMED_RATE = re.compile(
    r"^(?P<name>[\u4e00-\u9fff]{2,12}?)(?:按|单价)?(?:平均)?每(?!年|月|季|学期|期)个?(?P<thing>[\u4e00-\u9fff]{1,6})$"
)
_SAYS_RATE = re.compile(r"平均|标准|按|定额|单价|补助$|补贴$")
_DEDUCTION = re.compile(
    r"(?:扣减|扣除|减去|抵扣|冲减|抵减|剔除|退款|退库|核减|审减|调减|压减|削减)(?:了|资金|金额|经费|额|费用|款项?)*|(?:扣减|扣除|冲减|抵减).{0,12}"
)


def not_surely_a_line(lead: str, name: str, *, in_list: bool) -> Label | None:
    """Say why a row of a list has no amount that adds to the others, so that what the list comes to is not known.

    >>> str(not_surely_a_line("材料费每吨", "材料费每吨", in_list=True).zh)
    '只有单价，没有金额'
    """
    if in_list and _DEDUCTION.fullmatch(name):
        return DEDUCTION
    rate = _NAMED_RATE.match(lead)
    if rate is None or _SAYS_RATE.search(rate["name"]) or rate["thing"] in rate["name"]:
        return None  # 5个乡镇每个乡镇10万元 says how much each has
    return NAMED_RATE


_EACH_OF = re.compile(
    r"(?:各|(?<![人户月年平日亩班村校])均)(?:为|是|计|约|需|安排|补助|奖补|支付|拨付|下达|投入|支出|列支|分配|给予)?(?:资金|经费)?\s?$"
)
_JOINED = re.compile("[和与及]")
_SOME_OF_THEM = re.compile(
    r"\d|等[\u4e00-\u9fff]{0,2}$|[一二两三四五六七八九十]\s?(?:个|家|所|名|人|户|处|座|项|镇|乡|村|县|市|区|街|校|社|单位|地|类|支)|其他|其余|^各"
)
_MOST_NAMES = 20


def names_of_each(lead: str, listed: str) -> list[tuple[int, str]] | None:
    """Return the names before 各, each with its place in ``listed``: 甲镇、乙镇各3万元; none where they cannot be counted.

    ``lead`` are the words of the last item; None where they do not say 各.

    >>> names_of_each("乙镇各", "甲镇、乙镇各"), names_of_each("个镇均为", "3个镇均为"), names_of_each("乙镇", "甲镇、乙镇")
    ([(0, '甲镇'), (3, '乙镇')], [], None)
    """
    each = _EACH_OF.search(lead)
    if each is None:
        return None
    listed = listed[: len(listed) - (len(lead) - each.start())]
    names, at = [], 0
    for item in listed.split("、"):
        sides = _JOINED.split(item)
        alike = len(sides) == 2 and min(len(side) for side in sides) > 1 and sides[0][-1] == sides[1][-1]
        if len(sides) > 1 and not alike:
            return []
        for side in sides:
            names.append((at, side))
            at += len(side) + 1
    plain = all(len(name.strip()) > 1 and not _SOME_OF_THEM.search(name) for _, name in names)
    return names if plain and 1 < len(names) <= _MOST_NAMES else []


def share_is_all(folded: str, share: Quantity) -> bool:
    """Say whether brackets end with a share, or with the verb that takes it: （按造价1000万元的3%计取）."""
    return _SHARE_TAKEN.match(folded, share.span.end) is not None


def of_whole_work(name: str) -> bool:
    """Say whether a name is that of the price of a whole work.

    >>> of_whole_work("管网维修合同价"), of_whole_work("管网维修费")
    (True, False)
    """
    return _PRICE.search(name) is not None


def without_price(name: str) -> str:
    """Return what a price is the price of.

    >>> without_price("管网维修合同价")
    '管网维修'
    """
    return _PRICE.sub("", name).strip()


def named_after_it(folded: str, opened: int, mention: Quantity) -> tuple[str, int] | None:
    """Return the name that stands after an amount in brackets that open with an amount: （28万元维修费及2万元监理费）.

    ``opened`` is where the brackets open. The second of the two is where the name ends.
    """
    if not _AMOUNT_FIRST.match(folded, opened):
        return None
    named = _NAME_THEN.match(folded, mention.span.end)
    return None if named is None else (named["name"], named.end("name"))


def opens_parts(between: str) -> bool:
    """Say whether words between two amounts open a list of parts: 其中, or 含 and 包括 in the clause of the second.

    What stands in brackets that are closed again (含税) opens nothing.
    """
    outside = _IN_BRACKETS.sub("", between)
    clause = re.split(r"[，,]", outside)[-1]
    return "其中" in outside or _PARTS_FOLLOW.search(clause) is not None


_IN_BRACKETS = re.compile(r"\([^()]*\)")
