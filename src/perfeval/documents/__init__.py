"""What published texts say, as facts with their places: ``read_text`` for a project text, ``quantities`` for any.

``periods`` gives the stretches of time. Yields facts, never verdicts. Imports only ``errors``, ``citations``,
``units``, ``numerals``, ``amounts`` and ``facts``.
"""

from __future__ import annotations

from perfeval.documents.bounds import Comparator
from perfeval.documents.decoding import decode
from perfeval.documents.periods import Moment, Period, periods
from perfeval.documents.project import (
    Approval,
    BasisDocument,
    BasisKind,
    Coverage,
    EffectSentence,
    Line,
    NoteKind,
    Part,
    Placeholder,
    Project,
    QuotedStandard,
    ReaderNote,
    Restatement,
    ScheduleItem,
    Section,
    Task,
    Training,
    TrainingStage,
    Unread,
    Use,
    Year,
)
from perfeval.documents.quantities import Quantity, Relation, quantities
from perfeval.documents.rates import Per
from perfeval.documents.reading import read_text

__all__ = [
    "Approval",
    "BasisDocument",
    "BasisKind",
    "Comparator",
    "Coverage",
    "EffectSentence",
    "Line",
    "Moment",
    "NoteKind",
    "Part",
    "Per",
    "Period",
    "Placeholder",
    "Project",
    "Quantity",
    "QuotedStandard",
    "ReaderNote",
    "Relation",
    "Restatement",
    "ScheduleItem",
    "Section",
    "Task",
    "Training",
    "TrainingStage",
    "Unread",
    "Use",
    "Year",
    "decode",
    "periods",
    "quantities",
    "read_text",
]
