"""What a standard requires in money for a census of subjects: in total, for each of them, line by line (按标准应安排经费).

A rule is a *floor of money* where its condition, inside guards, names, ``all_of`` and ``every``, says that a sum of
changeable measures of money is at least something else. Where a floor binds, the something else is what is required.
The entitlement is the least money with which every floor is met: floors on the same money take the greater, and a
floor on a pool counts the floors on its parts. What cannot be known is a range, with what is missing named.

Imports ``standard``, ``wording`` and what stands above them.
"""

from __future__ import annotations

from perfeval.columns import aligned_rows
from perfeval.entitlements.census import entitlement
from perfeval.entitlements.figures import figure, in_yuan
from perfeval.entitlements.text import entitlement_text
from perfeval.entitlements.totals import Entitlement, EntitlementLine, OtherRule, Required, SubjectEntitlement

__all__ = [
    "Entitlement",
    "EntitlementLine",
    "OtherRule",
    "Required",
    "SubjectEntitlement",
    "aligned_rows",
    "entitlement",
    "entitlement_text",
    "figure",
    "in_yuan",
]
