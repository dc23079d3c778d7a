"""How a table of shares prints as plain text, in both languages.

Imports ``shares``, ``entitlements``, ``wording`` and what stands above them.
"""

from __future__ import annotations

from typing import Final

from perfeval.amounts import Amount
from perfeval.entitlements import aligned_rows, figure, in_yuan
from perfeval.facts import Label
from perfeval.sharing.shares import Policy, ShareTable
from perfeval.units import Unit
from perfeval.wording import Lang, cite, say

__all__ = ["sharing_text"]

_POLICIES: Final = {
    None: Label("未定办法", "without a policy"),
    Policy.PRO_RATA: Label("按比例", "pro rata"),
    Policy.BY_PRIORITY: Label("按优先顺序", "by priority"),
}


def sharing_text(table: ShareTable, lang: Lang = "zh") -> str:
    """Return a table of shares as plain text: a row for each claim, the totals, and who is short by how much.

    All money stands in 元 (or 元/年 and the like), as the heads of the columns say; each clause is printed once.
    """
    unit = in_yuan(table.pot.unit)
    columns = (
        Label("保障额", "floor"),
        Label("按权重增加", "surplus"),
        Label("缺口", "short by"),
        Label("分配额", "share"),
    )
    heads = [
        say(lang, "名称", "name"),
        *(say(lang, f"{column.zh}（{unit}）", f"{column.en} ({unit})") for column in columns),
    ]
    rows = [
        [
            row.label.get(lang),
            figure(row.floor, unit),
            _or_dash(row.surplus, unit),
            _or_dash(row.short, unit),
            figure(row.share, unit),
        ]
        for row in table.rows
    ]
    difference, nothing = table.pot - table.floors, Amount.of(0, table.pot.unit)
    surplus, short = max(difference, nothing), max(-difference, nothing)
    totals = [
        say(lang, "合计", "total"),
        figure(table.floors, unit),
        _or_dash(surplus, unit),
        _or_dash(short, unit),
        figure(table.total, unit),
    ]
    pot = f"{figure(table.pot, unit)} {unit}"
    lines = [
        say(lang, f"分配表：资金总额 {pot}", f"shares of {pot}"),
        *aligned_rows([heads, *rows, totals], right=range(1, 5)),
    ]
    if table.short:
        count, policy = len(table.short), _POLICIES[table.policy].get(lang)
        gap = f"{figure(short, unit)} {unit}"
        lines.append(
            say(
                lang,
                f"资金不足，{policy}分配：{count} 个低于保障额，缺口合计 {gap}。",
                f"The pot is short and shared {policy}: {count} below the floor, {gap} in all.",
            )
        )
    clauses = dict.fromkeys(clause for row in table.rows for clause in row.clauses)
    lines += [say(lang, "依据：", "by: ") + cite(clause, lang) for clause in clauses]
    return "\n".join(lines) + "\n"


def _or_dash(amount: Amount, unit: Unit) -> str:
    return figure(amount, unit) if amount.root else "—"
