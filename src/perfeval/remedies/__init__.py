"""What would mend a finding: the smallest change of one fact, or the sets of changes, that make an unmet rule met.

Only measures that are declared ``changeable`` are changed, each within its bounds and on its grid: whole people and
courses, whole fen, the decimals that it declares. All else is held fixed. Whatever is found is applied and judged
before it is returned, so a change that does not mend is never offered. Imports ``standard``, ``wording`` and above.
"""

from __future__ import annotations

from perfeval.remedies.answers import Remedy, remedy
from perfeval.remedies.changes import Change, apply_changes
from perfeval.remedies.sentences import remedy_sentence
from perfeval.remedies.totals import FactTotal, RemedyTotal, total_remedy

__all__ = ["Change", "FactTotal", "Remedy", "RemedyTotal", "apply_changes", "remedy", "remedy_sentence", "total_remedy"]
