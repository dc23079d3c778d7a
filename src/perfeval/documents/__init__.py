"""What published texts say, as facts with their places: ``read_text`` for a project, ``quantities`` for any text.

Yields facts, never verdicts. Imports only ``errors``, ``citations``, ``units``, ``numerals``, ``amounts`` and
``facts``.
"""

from __future__ import annotations

from perfeval.documents.bounds import Comparator
from perfeval.documents.decoding import decode
from perfeval.documents.forms import document_text, projects_in
from perfeval.documents.performance_report import Reason, Report, ReportedFigure, ReportPart, ReportSection, Score
from perfeval.documents.periods import Moment, StatedPeriod, periods
from perfeval.documents.project import (
    Approval,
    BasisDocument,
    BasisKind,
    Coverage,
    EffectSentence,
    Form,
    Line,
    MoneyKind,
    NoteKind,
    Part,
    Period,
    Placeholder,
    Project,
    QuotedStandard,
    ReaderNote,
    Restatement,
    ScheduleItem,
    Section,
    StatedMoney,
    Task,
    Training,
    TrainingStage,
    Unread,
    Use,
    Year,
)
from perfeval.documents.quantities import Quantity, Relation, quantities
from perfeval.documents.rates import Per
from perfeval.documents.reading import read_projects, read_text
from perfeval.documents.rendering import render
from perfeval.documents.reports import read_report

__all__ = [
    "Approval",
    "BasisDocument",
    "BasisKind",
    "Comparator",
    "Coverage",
    "EffectSentence",
    "Form",
    "Line",
    "Moment",
    "MoneyKind",
    "NoteKind",
    "Part",
    "Per",
    "Period",
    "Placeholder",
    "Project",
    "Quantity",
    "QuotedStandard",
    "ReaderNote",
    "Reason",
    "Relation",
    "Report",
    "ReportPart",
    "ReportSection",
    "ReportedFigure",
    "Restatement",
    "ScheduleItem",
    "Score",
    "Section",
    "StatedMoney",
    "StatedPeriod",
    "Task",
    "Training",
    "TrainingStage",
    "Unread",
    "Use",
    "Year",
    "decode",
    "document_text",
    "periods",
    "projects_in",
    "quantities",
    "read_projects",
    "read_report",
    "read_text",
    "render",
]
