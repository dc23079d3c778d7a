"""Whether what is named beside an amount of a funding is where the money comes from, and not what it is for.

Imports only ``funding_rows``.
"""

from __future__ import annotations

import re

from perfeval.documents.funding_rows import Reading

__all__ = ["NEVER_ALL", "is_source", "is_under_sources", "without_lead"]

_SOURCE = re.compile(
    r"(?:中央|及?以上|政府|省级?|市级?|县级?|区级?|乡?镇级?|本级|上级|同级|地方|财政|一般公共预算|政府性基金|预算|专项|资金|拨款|补助|安排|自筹|自有|单位"
    r"|其他|上年|年初|结转|结余|社会|国有|资本|经营|转移支付|财力|一般公共|公益金|彩票|国债|专项债|一般债|基金|捐赠|企业|村集体|集体|群众|银行|贷款|债券|专户|事业收入|收入|配套|投入|经费|来源|本|年度|当年)+"
)
_FROM_WHERE = re.compile(
    r"中央|省级|市级|县级|区级|镇级|上级|财政|自筹|自有|捐赠|贷款|债券|结转|结余|其他|一般公共|政府性|集体|群众|资本|事业收入|转移支付|财力|公益金|国债|债券|专项债|一般债"
)
_SOURCE_LED = re.compile(r"^(?:资金|经费|预算)?来源(?:渠道)?(?:于|为|是|:)?\s?")
# 另有上年结转2万元: money beside what was granted is a source of its own.
_BESIDES = re.compile(r"^(?:另外|另有|另|还有|加上|再加|外加|以及|同时|并)(?:安排|使用|有)?")
_SOURCES_OPEN = re.compile(r"(?:资金|经费|预算)来源(?:渠道|构成)?(?:于|为|是)?\s?[:：]?")
_SOURCES_END = re.compile(r"[。\n]|其中|用于|用作|主要|支出|安排")
NEVER_ALL = re.compile(r"结转|结余|自筹|自有|捐赠|贷款|债券|其他")


def without_lead(name: str) -> tuple[str, bool]:
    """Return the name of a source without what leads to it, and whether 来源 does."""
    led = _SOURCE_LED.match(name)
    name = name[led.end() :] if led and led.end() < len(name) else name
    beside = _BESIDES.sub("", name)
    return beside if is_source(beside) else name, led is not None


def is_source(name: str) -> bool:
    """Say whether a name is made of the words for where money comes from, and says from where."""
    return _SOURCE.fullmatch(name) is not None and _FROM_WHERE.search(name) is not None


def is_under_sources(reading: Reading, place: int) -> bool:
    """Say whether an amount stands under 资金来源, where whatever is named is a source."""
    folded, low = reading.folded, reading.before
    opened = None
    for opened in _SOURCES_OPEN.finditer(folded, low, place):  # noqa: B007 - the last one
        pass
    if opened is not None:
        reading.in_sources, low = True, opened.end()
    if reading.in_sources and _SOURCES_END.search(folded, low, place):
        reading.in_sources = False
    return reading.in_sources
