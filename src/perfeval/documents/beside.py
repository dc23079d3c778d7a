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
    "LIMIT",
    "OF_A_WORK",
    "RATE",
    "named_after_it",
    "no_line_of_its_own",
    "of_whole_work",
    "opens_parts",
    "share_is_all",
    "without_price",
]

RATE = Label("定额，不是总额", "a rate, not a sum")
OF_A_WORK = Label("合同或造价金额，不是本年度的明细", "what a whole work costs, not a line of the year")
LIMIT = Label("规定中的限额，不是明细", "a limit in a rule of procedure, not a line")
BASE = Label("计取费用的基数，不是明细", "what a share is taken of, not a line")
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
    if mention.comparator in _BOUNDS and _THRESHOLD.search(lead) and _PROCEDURE.match(folded, end):
        return LIMIT
    return None


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
