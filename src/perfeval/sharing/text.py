"""How a table of shares prints as plain text, in both languages.

Imports ``shares``, ``entitlements``, ``wording`` and what stands above them.
"""

from __future__ import annotations

from typing import Final

from perfeval.amounts import Amount
from perfeval.entitlements import aligned_rows
from perfeval.facts import Label
from perfeval.sharing.shares import Policy, ShareTable
from perfeval.wording import Lang, cite, say

__all__ = ["sharing_text"]

_POLICIES: Final = {
    None: Label("未定办法", "without a policy"),
    Policy.PRO_RATA: Label("按比例", "pro rata"),
    Policy.BY_PRIORITY: Label("按优先顺序", "by priority"),
}


def sharing_text(table: ShareTable, lang: Lang = "zh") -> str:
    """Return a table of shares as plain text: a row for each claim, the totals, and who is short by how much."""
    heads = [
        say(lang, "名称", "name"),
        say(lang, "保障额", "floor"),
        say(lang, "按权重增加", "surplus"),
        say(lang, "缺口", "short by"),
        say(lang, "分配额", "share"),
    ]
    rows = [
        [row.label.get(lang), str(row.floor), _or_dash(row.surplus), _or_dash(row.short), str(row.share)]
        for row in table.rows
    ]
    difference, nothing = table.pot - table.floors, Amount.of(0, table.pot.unit)
    surplus, short = max(difference, nothing), max(-difference, nothing)
    totals = [say(lang, "合计", "total"), str(table.floors), _or_dash(surplus), _or_dash(short), str(table.total)]
    lines = [
        say(lang, f"分配表：资金总额 {table.pot}", f"shares of {table.pot}"),
        *aligned_rows([heads, *rows, totals], right=range(1, 5)),
    ]
    if table.short:
        count, policy = len(table.short), _POLICIES[table.policy].get(lang)
        lines.append(
            say(
                lang,
                f"资金不足，{policy}分配：{count} 个低于保障额，缺口合计 {short}。",
                f"The pot is short and shared {policy}: {count} below the floor, {short} in all.",
            )
        )
    clauses = dict.fromkeys(row.citation for row in table.rows if row.citation is not None)
    lines += [say(lang, "依据：", "by: ") + cite(clause, lang) for clause in clauses]
    return "\n".join(lines) + "\n"


def _or_dash(amount: Amount) -> str:
    return str(amount) if amount.root else "—"
