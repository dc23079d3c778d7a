"""What tables of goals and of self-evaluations say: rows of indicators and funds, every cell with its address.

Yields facts, never verdicts. Imports ``documents``, ``indicators`` and above.
"""

from __future__ import annotations

from perfeval.tables.budget import read_budget_table, read_budget_tables
from perfeval.tables.lines import BudgetRow, BudgetTable, Count, Sum
from perfeval.tables.model import (
    Column,
    FundsRow,
    FundsSource,
    Head,
    IndicatorRow,
    Layout,
    ReadTable,
    TableKind,
    Written,
    profile_of,
)
from perfeval.tables.reading import read_table, read_tables

__all__ = [
    "BudgetRow",
    "BudgetTable",
    "Column",
    "Count",
    "FundsRow",
    "FundsSource",
    "Head",
    "IndicatorRow",
    "Layout",
    "ReadTable",
    "Sum",
    "TableKind",
    "Written",
    "profile_of",
    "read_budget_table",
    "read_budget_tables",
    "read_table",
    "read_tables",
]
