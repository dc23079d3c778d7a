"""A remedy, or one change, as a Chinese or English sentence.

Imports ``answers``, ``changes``, ``facts``, ``amounts``, ``wording`` and ``errors``.
"""

from __future__ import annotations

from collections.abc import Sequence

from perfeval.amounts import Amount
from perfeval.errors import FactsError, excerpt
from perfeval.facts import Label, Stage
from perfeval.remedies.answers import EARLY, Remedy
from perfeval.remedies.changes import Change
from perfeval.wording import Lang, printable, say

__all__ = ["remedy_sentence"]

_MOST_SAID = 12


def remedy_sentence(found: Remedy | Change, lang: Lang = "zh") -> str:
    """Return a remedy, or one change, as a sentence: 修改建议 of a plan, 整改建议 of what was carried out.

    It begins with what the record calls itself, where it has a name. Differences of shares are in percentage points
    (个百分点). Unprintable characters of a name are shown as U+FFFD.

    >>> from perfeval.amounts import Amount
    >>> from perfeval.facts import Label
    >>> change = Change(
    ...     path="funding",
    ...     label=Label("工作经费", "work funding"),
    ...     of=Label("第一支部", "branch one"),
    ...     subject="Branch",
    ...     before=Amount.parse("2500 元/年"),
    ...     after=Amount.parse("3000 元/年"),
    ... )
    >>> remedy_sentence(change)
    '整改建议：第一支部的工作经费由 2,500 元/年 提高到 3,000 元/年（增加 500 元/年）。'
    >>> remedy_sentence(change, "en")
    'Suggestion: raise work funding of branch one from 2,500 元/年 to 3,000 元/年 (by 500 元/年).'
    """
    return printable(_sentence(found, lang))


def _sentence(found: Remedy | Change, lang: Lang) -> str:
    if isinstance(found, Change):
        return _suggested(_change_words(found, lang), [found], lang)
    if not isinstance(found, Remedy):
        raise FactsError.of("remedy", came=excerpt(found), needed="a Remedy or a Change")
    label, detail = found.label.get(lang), found.detail.get(lang)
    title = found.record.title
    about = None if title == found.record.schema.label else title
    if about is not None:
        label = say(lang, f"{about.zh}：{label}", f"{about.en}: {label}")
    if not found.chosen:
        return say(lang, f"{label}：{detail}。", f"{label}: {detail}.")
    changes = found.changes or found.sets[0]
    words = [_change_words(change, lang, about) for change in changes[:_MOST_SAID]]
    if len(changes) > _MOST_SAID:
        words.append(say(lang, f"等共 {len(changes)} 项", f"and so on, {len(changes)} in all"))
    if len(changes) == 1:
        body = words[0] if not found.early else f"{words[0]}{say(lang, '，', ', ')}{EARLY.get(lang)}"
    else:
        body = f"{detail}{say(lang, '：', ': ')}{say(lang, '；', '; ').join(words)}"
    return _suggested(say(lang, f"{label}：{body}", f"{label}: {body}"), changes, lang)


def _suggested(words: str, changes: Sequence[Change], lang: Lang) -> str:
    planned = all(change.stage is Stage.PLANNED for change in changes)
    head = say(lang, "修改建议：" if planned else "整改建议：", "Suggestion: ")
    return head + words + say(lang, "。", ".")


def _change_words(change: Change, lang: Lang, about: Label | None = None) -> str:
    """Return a change in words; whose fact it is goes without saying where the sentence is about that."""
    what, size, up = change.label, _size(abs(change.by), lang), change.by.root > 0
    if change.of != about:
        what = Label(f"{change.of.zh}的{what.zh}", f"{what.en} of {change.of.en}")
    zh = f"{what.zh}由 {change.before} {'提高' if up else '降低'}到 {change.after}（{'增加' if up else '减少'} {size}）"
    en = f"{'raise' if up else 'lower'} {what.en} from {change.before} to {change.after} (by {size})"
    return say(lang, zh, en)


def _size(amount: Amount, lang: Lang) -> str:
    """Return how much a fact changes: of a percentage it is in percentage points (个百分点)."""
    unit = amount.unit.text
    if unit[0] not in "%‰":
        return str(amount)
    number = str(amount).removesuffix(unit)
    if lang == "zh":
        return f"{number} 个{'百' if unit[0] == '%' else '千'}分点{unit[1:]}"
    points = "point" if number == "1" else "points"
    return f"{number} {'percentage' if unit[0] == '%' else 'per-mille'} {points}{unit[1:]}"
