"""What training was done: attendance records to hours per person, coverage per group, courses held and their stages.

A :class:`Ledger` holds who is to be trained (the denominator) and who attended what. Hours that are not known give an
interval; days become class-hours only at an :class:`Equivalence` that is cited; a plan never counts. What cannot be
right in the records (a person who is not in the population, the same hours twice, more hours than the days hold, a
share above 100 %) is not repaired but found: :meth:`Ledger.review`. Imports ``standard``, ``findings`` and above.
"""

from __future__ import annotations

from perfeval.ledgers.coverage import Coverage
from perfeval.ledgers.ledger import Ledger
from perfeval.ledgers.records import (
    Attendance,
    Counting,
    Equivalence,
    HeadCount,
    StatedCoverage,
    Trainee,
    TrainingCourse,
)

__all__ = [
    "Attendance",
    "Counting",
    "Coverage",
    "Equivalence",
    "HeadCount",
    "Ledger",
    "StatedCoverage",
    "Trainee",
    "TrainingCourse",
]
