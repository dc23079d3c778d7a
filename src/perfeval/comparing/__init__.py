"""How rules stand to one another: does one imply, contradict, overlap or tighten another, and whom do they leave out.

``questions`` is what may be asked, ``witnesses`` the search for facts on which conditions come to given verdicts,
``demands`` what must hold for them to, ``linear`` exact systems of linear constraints.
"""

from __future__ import annotations

from perfeval.comparing.questions import Comparison, Gap, Rules, contradicts, gaps, implies, overlaps, tightens

__all__ = ["Comparison", "Gap", "Rules", "contradicts", "gaps", "implies", "overlaps", "tightens"]
