"""What tables of goals and of self-evaluations say: rows of indicators and funds, every cell with its address.

Yields facts, never verdicts. Imports ``documents``, ``indicators`` and above.
"""

from __future__ import annotations

from perfeval.tables.model import FundsRow, FundsSource, IndicatorRow, Layout, ReadTable, TableKind, Written

__all__ = ["FundsRow", "FundsSource", "IndicatorRow", "Layout", "ReadTable", "TableKind", "Written"]
