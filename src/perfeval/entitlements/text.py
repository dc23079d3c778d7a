"""How an entitlement prints as plain text, in both languages.

Imports ``columns``, ``figures``, ``totals``, ``wording`` and what stands above them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from perfeval.citations import Citation
from perfeval.columns import aligned_rows, printable
from perfeval.entitlements.figures import figures, in_yuan, plain_words
from perfeval.entitlements.totals import Entitlement, EntitlementLine
from perfeval.evaluation import Missing
from perfeval.facts import Label
from perfeval.rules import Obligation
from perfeval.units import Unit
from perfeval.wording import Lang, cite, say

__all__ = ["entitlement_text"]

_MISSING_SHOWN: Final = 50
_OBLIGATIONS: Final = {
    Obligation.MUST: Label("应", "must"),
    Obligation.IN_PRINCIPLE: Label("原则上", "in principle"),
    Obligation.SHOULD: Label("宜", "should"),
}


def entitlement_text(need: Entitlement, lang: Lang = "zh") -> str:
    """Return an entitlement as a table of plain text: each line with its clause, then totals and what is missing.

    All that is required stands in one unit, which the head of the column names: 元, or 元/年 and the like for rates.
    """
    clauses = list(dict.fromkeys(line.citation for line in need.lines if line.citation is not None))
    marks = {clause: f"[{number}]" for number, clause in enumerate(clauses, start=1)}
    title = f"{need.title.get(lang)} ({need.on.isoformat()})"
    lines = [
        say(lang, f"按标准应安排经费：{title}", f"required by {title}"),
        *aligned_rows(_rows(need, marks, lang), right=[3]),
    ]
    lines += [f"{mark} {cite(clause, lang)}" for clause, mark in marks.items()]
    if need.missing:
        shown = say(lang, "；", "; ").join(_lack(lack, lang) for lack in need.missing[:_MISSING_SHOWN])
        more = len(need.missing) - _MISSING_SHOWN
        lines.append(say(lang, "待补充资料：", "to ask for: ") + shown + (f" … +{more}" if more > 0 else ""))
    lines += [
        say(lang, "未计入：", "not counted: ") + f"{other.label.get(lang)}{say(lang, '，', ', ')}{other.why.get(lang)}"
        for other in need.other_rules
    ]
    return "\n".join(printable(line) for line in lines) + "\n"


def _rows(need: Entitlement, marks: Mapping[Citation, str], lang: Lang) -> list[list[str]]:
    unit = _unit(need)
    heads = [
        say(lang, "单位", "subject"),
        say(lang, "事项", "for"),
        say(lang, "计算", "worked"),
        say(lang, f"按标准应安排（{unit}）", f"required ({unit})"),
        say(lang, "依据", "by"),
    ]
    rows = [heads]
    for one in need.by_subject:
        rows += [
            [
                line.subject.get(lang),
                line.label.get(lang),
                plain_words(line.worked, lang),
                figures(line.required, unit),
                _by(line, marks, lang),
            ]
            for line in one.lines
        ]
        rows.append([one.subject.get(lang), say(lang, "小计", "subtotal"), "", figures(one.total, unit), ""])
    rows.append([say(lang, "合计", "total"), "", "", figures(need.total, unit), ""])
    return rows


def _unit(need: Entitlement) -> Unit:
    """Return the unit in which a whole table is shown: 元, and by the year where its lines are of several times."""
    units = {in_yuan(unit) for unit in (need.unit, *(line.required.unit for line in need.lines))}
    return units.pop() if len(units) == 1 else in_yuan(need.unit, by_year=True)


def _by(line: EntitlementLine, marks: Mapping[Citation, str], lang: Lang) -> str:
    remarks = [] if line.citation is None else [marks[line.citation]]
    if line.obligation is not Obligation.MUST:
        remarks.append(_OBLIGATIONS[line.obligation].get(lang))
    if line.contained_in is not None:
        remarks.append(say(lang, f"已含于 {line.contained_in}", f"contained in {line.contained_in}"))
    if line.unmeetable:
        remarks.append(say(lang, "名单为空，无法落实", "nobody on the list, so that no money can meet it"))
    return say(lang, "，", ", ").join(remarks)


def _lack(lack: Missing, lang: Lang) -> str:
    owner = "" if lack.of is None else f"{lack.of.get(lang)}{say(lang, '的', ': ')}"
    return f"{owner}{lack.label.get(lang)} ({lack.path})"
