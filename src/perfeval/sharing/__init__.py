"""How a pot is shared out among claims, and whether an existing table of shares is right (分配表).

Floors come first and the rest goes by stated weights, in whole quanta such as fen. A pot that is less than the floors
together is shared by the policy that the caller names. Every split is by the divisor method of Webster
(Sainte-Laguë): each next quantum goes to the claim with the greatest ``weight ÷ (2 × quanta held + 1)``, the earlier
claim on a tie. Under the largest remainder a claim may get less when the pot grows (the Alabama paradox); here the
shares of a greater pot are those of the lesser one and more quanta on top, so that nobody ever does.

Imports ``entitlements``, ``judging`` and what stands above them.
"""

from __future__ import annotations

from perfeval.sharing.claims import Claim, Weight, claims_of
from perfeval.sharing.judging_tables import judge_table
from perfeval.sharing.shares import Policy, Share, ShareTable, share_out
from perfeval.sharing.text import sharing_text

__all__ = [
    "Claim",
    "Policy",
    "Share",
    "ShareTable",
    "Weight",
    "claims_of",
    "judge_table",
    "share_out",
    "sharing_text",
]
