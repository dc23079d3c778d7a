"""Which words of a project text speak of the same thing: topics from a list of the field's words.

Phrases are matched by their words, never by their sums. Two phrases that share a telling word match *by words*;
two that share only a topic of the list (日常 and 办公费) match *by topic*, which is an inference and is said so.
The list is data (``topics.txt``). Imports ``facts`` only.
"""

from __future__ import annotations

import enum
import functools
import re
from importlib import resources
from typing import final

from attrs import frozen

from perfeval.facts import Label

__all__ = ["Likeness", "Topic", "likeness", "shared_words", "topics_of"]


@final
@frozen
class Topic:
    """Something that money is spent on; ``overhead`` is the running of an office, which needs no task."""

    label: Label
    overhead: bool


@final
class Likeness(enum.Enum):
    """How two phrases were found to speak of the same thing."""

    WORDS = "words"
    TOPIC = "topic"


# Words that every phrase of a budget may hold: sharing one of them tells nothing.
_EMPTY = frozenset(
    [
        "工作",
        "项目",
        "经费",
        "费用",
        "开展",
        "进行",
        "建设",
        "做好",
        "活动",
        "党员",
        "党建",
        "党组",
        "组织",
        "织书",
        "支部",
        "党支",
        "党务",
        "年度",
        "有关",
        "相关",
        "产生",
        "实际",
        "支付",
        "按照",
        "发生",
        "业务",
        "安排",
        "计划",
        "资金",
        "使用",
        "用于",
        "主要",
        "方面",
        "情况",
        "完成",
        "实施",
        "加强",
        "推进",
        "提升",
        "提高",
        "落实",
        "保障",
        "支持",
        "基层",
        "书记",
        "单位",
        "人员",
        "各类",
        "全年",
        "每年",
        "定期",
        "要求",
        "基本",
        "教育",
        "服务",
        "管理",
        "系列",
        "需要",
        "产业",
        "园区",
        "全面",
        "质量",
        "制度",
        "专项",
        "综合",
        "重点",
    ]  # a hundred quoted words would hide what they are
)
_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")


@functools.cache
def _lexicon() -> tuple[dict[str, Topic], int]:
    """Return each word of the list with its topic, and the length of the longest."""
    words: dict[str, Topic] = {}
    listed = resources.files("perfeval.documents").joinpath("topics.txt").read_text(encoding="utf-8")
    for line in listed.splitlines():
        if not line or line.startswith("#"):
            continue
        zh, en, kind, listed_words = line.split("\t")
        topic = Topic(Label(zh, en), overhead=kind == "overhead")
        words.update(dict.fromkeys(listed_words.split(), topic))
    return words, max(map(len, words))


def topics_of(text: str) -> tuple[Topic, ...]:
    """Return the topics that a text names, in order, each once.

    >>> [topic.label.en for topic in topics_of("会议培训费")]
    ['meetings', 'training']
    """
    words, longest = _lexicon()
    found: dict[Topic, None] = {}
    place = 0
    while place < len(text):
        for length in range(min(longest, len(text) - place), 1, -1):
            topic = words.get(text[place : place + length])
            if topic is not None:
                found.setdefault(topic)
                place += length
                break
        else:
            place += 1
    return tuple(found)


def shared_words(one: str, other: str) -> tuple[str, ...]:
    """Return the telling pairs of characters that two texts share.

    >>> shared_words("桥梁检测费", "开展桥梁检测")
    ('桥梁', '梁检', '检测')
    """
    pairs = _pairs(other)
    return tuple(pair for pair in dict.fromkeys(_pairs(one)) if pair in pairs)


def _pairs(text: str) -> dict[str, None]:
    return {
        run[place : place + 2]: None
        for run in _WORD.findall(text)
        for place in range(len(run) - 1)
        if run[place : place + 2] not in _EMPTY and run[place + 1] != "费"
    }


def likeness(one: str, other: str) -> Likeness | None:
    """Say whether two phrases speak of the same thing, and how that was found; None where nothing says so.

    >>> likeness("会议培训费", "会议费"), likeness("日常党建工作", "办公费"), likeness("办公费", "会议费")
    (<Likeness.WORDS: 'words'>, <Likeness.TOPIC: 'topic'>, None)
    """
    if shared_words(one, other):
        return Likeness.WORDS
    if set(topics_of(one)) & set(topics_of(other)):
        return Likeness.TOPIC
    return None
