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

__all__ = ["Likeness", "Topic", "likeness", "shared_words", "telling_pairs", "topics_of"]


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
_EMPTY = re.compile(
    "产业园区|党支部|党组织|专项|业务|主要|书记|产业|产生|人员|使用|保障|做好"
    "|党务|党员|党建|全年|全面|制度|加强|单位|发生|各类|园区|基层|基本|安排"
    "|完成|定期|实施|实际|工作|年度|建设|开展|情况|按照|推进|提升|提高|支付"
    "|支持|支部|教育|方面|有关|服务|每年|活动|用于|相关|管理|系列|组织|经费"
    "|综合|落实|要求|计划|质量|费用|资金|进行|重点|需要|项目"
)
_KEPT = 4096
"""How many phrases are remembered: each line of a text is compared with each task and each part of its schedule."""

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


@functools.lru_cache(maxsize=_KEPT)
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
    pairs = telling_pairs(other)
    return tuple(pair for pair in dict.fromkeys(telling_pairs(one)) if pair in pairs)


@functools.lru_cache(maxsize=_KEPT)
def telling_pairs(text: str) -> dict[str, None]:
    """Return the pairs of neighbouring characters, none of them across or inside an empty word."""
    return {
        run[place : place + 2]: None
        for run in _WORD.findall(_EMPTY.sub(" ", text))
        for place in range(len(run) - 1)
        if run[place + 1] != "费"
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
