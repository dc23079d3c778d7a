"""Published standards for public money as exact, unit-checked, explaining rule objects.

Everything public is reached from here: ``import perfeval as pe``. Importing loads the core only: pint is
loaded when the first unit is read, and reading texts, JSON and the shipped standards when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.amounts import Amount, AmountRange, Rounding
from perfeval.citations import Citation, Evidence, InForce, Span
from perfeval.derivation import Step, derive
from perfeval.errors import (
    AmountError,
    DocumentError,
    FactsError,
    InexactError,
    InputError,
    JSONError,
    NotFoundError,
    NumeralError,
    PerfevalError,
    Problem,
    RuleError,
    UnitError,
    UnitMismatch,
)
from perfeval.evaluation import Missing, Reason, ReasonKind
from perfeval.expressions import PartYear, all_of, any_of, by, equal, months_served, named, total
from perfeval.facts import Given, Label, Listed, Stage, at_least, at_most, between, given, listed
from perfeval.findings import Finding, Remark, Review
from perfeval.packs import Case, CaseResult, Pack, Quote
from perfeval.rules import Obligation, Rule, Severity, Waiver, Yearly
from perfeval.standard import Interpretation, Standard
from perfeval.subjects import Record, category, day, flag, many, measure, read, subject, text
from perfeval.units import Unit
from perfeval.verdicts import Verdict
from perfeval.wording import cite, describe, finding_sentence, rule_sentence

if TYPE_CHECKING:
    from perfeval.comparing import Comparison, Gap, contradicts, gaps, implies, overlaps, tightens
    from perfeval.display import review_text, standard_text
    from perfeval.documents.blocks import Document
    from perfeval.entitlements import (
        Entitlement,
        EntitlementLine,
        OtherRule,
        SubjectEntitlement,
        entitlement,
        entitlement_text,
    )
    from perfeval.files import read_document
    from perfeval.goal_changes import GoalOverYears, YearOnYear, changed_goals, year_on_year
    from perfeval.goals import Accrual, goal_facts, goal_standard, judge_goals, review_goals
    from perfeval.indicators import Actual, BudgetBase, Funds, Indicator, IndicatorKind, Sheet
    from perfeval.ledgers import (
        Attendance,
        Counting,
        Coverage,
        Equivalence,
        HeadCount,
        Ledger,
        StatedCoverage,
        Trainee,
        TrainingCourse,
    )
    from perfeval.monitoring import Forecast, GoalProgress, Monitoring, SpendingProgress, monitor
    from perfeval.reforms import Reform, VerdictChange, compare, reform_text
    from perfeval.remedies import (
        Change,
        FactTotal,
        Remedy,
        RemedyTotal,
        apply_changes,
        remedy,
        remedy_sentence,
        total_remedy,
    )
    from perfeval.reporting import FileReview, report_text, report_to_data
    from perfeval.reviewing import review, review_all
    from perfeval.scoring import (
        Profile,
        Score,
        profile_text,
        score,
        score_text,
    )
    from perfeval.serialization import (
        load_json,
        review_to_data,
        rule_from_json,
        rule_to_json,
        standard_from_json,
        standard_to_json,
    )
    from perfeval.sharing import Claim, Policy, Share, ShareTable, claims_of, judge_table, share_out, sharing_text

__version__ = "0.1.0"

_LATER = {
    name: f"perfeval.{module}"
    for module, names in {
        "scoring": (
            "Profile",
            "Score",
            "profile_text",
            "score",
            "score_text",
        ),
        "indicators": ("Actual", "BudgetBase", "Funds", "Indicator", "IndicatorKind", "Sheet"),
        "goal_changes": ("YearOnYear", "changed_goals", "year_on_year", "GoalOverYears"),
        "monitoring": ("Forecast", "GoalProgress", "Monitoring", "SpendingProgress", "monitor"),
        "goals": ("Accrual", "review_goals", "goal_facts", "goal_standard", "judge_goals"),
        "remedies": (
            "Change",
            "FactTotal",
            "Remedy",
            "RemedyTotal",
            "apply_changes",
            "remedy",
            "remedy_sentence",
            "total_remedy",
        ),
        "ledgers": (
            "Attendance",
            "Counting",
            "Coverage",
            "Equivalence",
            "HeadCount",
            "Ledger",
            "StatedCoverage",
            "Trainee",
            "TrainingCourse",
        ),
        "comparing": ("Comparison", "Gap", "contradicts", "gaps", "implies", "overlaps", "tightens"),
        "entitlements": (
            "Entitlement",
            "EntitlementLine",
            "OtherRule",
            "SubjectEntitlement",
            "entitlement",
            "entitlement_text",
        ),
        "sharing": (
            "Claim",
            "Policy",
            "Share",
            "ShareTable",
            "claims_of",
            "judge_table",
            "share_out",
            "sharing_text",
        ),
        "display": ("review_text", "standard_text"),
        "reforms": ("Reform", "VerdictChange", "compare", "reform_text"),
        "reviewing": ("review", "review_all"),
        "reporting": ("FileReview", "report_text", "report_to_data"),
        "documents.blocks": ("Document",),
        "files": ("read_document",),
        "serialization": (
            "load_json",
            "review_to_data",
            "rule_from_json",
            "rule_to_json",
            "standard_from_json",
            "standard_to_json",
        ),
    }.items()
    for name in names
}

__all__ = [
    "Accrual",
    "Actual",
    "Amount",
    "AmountError",
    "AmountRange",
    "Attendance",
    "BudgetBase",
    "Case",
    "CaseResult",
    "Change",
    "Citation",
    "Claim",
    "Comparison",
    "Counting",
    "Coverage",
    "Document",
    "DocumentError",
    "Entitlement",
    "EntitlementLine",
    "Equivalence",
    "Evidence",
    "FactTotal",
    "FactsError",
    "FileReview",
    "Finding",
    "Forecast",
    "Funds",
    "Gap",
    "Given",
    "GoalOverYears",
    "GoalProgress",
    "HeadCount",
    "InForce",
    "Indicator",
    "IndicatorKind",
    "InexactError",
    "InputError",
    "Interpretation",
    "JSONError",
    "Label",
    "Ledger",
    "Listed",
    "Missing",
    "Monitoring",
    "NotFoundError",
    "NumeralError",
    "Obligation",
    "OtherRule",
    "Pack",
    "PartYear",
    "PerfevalError",
    "Policy",
    "Problem",
    "Profile",
    "Quote",
    "Reason",
    "ReasonKind",
    "Record",
    "Reform",
    "Remark",
    "Remedy",
    "RemedyTotal",
    "Review",
    "Rounding",
    "Rule",
    "RuleError",
    "Score",
    "Severity",
    "Share",
    "ShareTable",
    "Sheet",
    "Span",
    "SpendingProgress",
    "Stage",
    "Standard",
    "StatedCoverage",
    "Step",
    "SubjectEntitlement",
    "Trainee",
    "TrainingCourse",
    "Unit",
    "UnitError",
    "UnitMismatch",
    "Verdict",
    "VerdictChange",
    "Waiver",
    "YearOnYear",
    "Yearly",
    "all_of",
    "any_of",
    "apply_changes",
    "at_least",
    "at_most",
    "between",
    "by",
    "category",
    "changed_goals",
    "cite",
    "claims_of",
    "compare",
    "contradicts",
    "day",
    "derive",
    "describe",
    "entitlement",
    "entitlement_text",
    "equal",
    "finding_sentence",
    "flag",
    "gaps",
    "given",
    "goal_facts",
    "goal_standard",
    "implies",
    "judge_goals",
    "judge_table",
    "listed",
    "load_json",
    "many",
    "measure",
    "monitor",
    "months_served",
    "named",
    "overlaps",
    "profile_text",
    "read",
    "read_document",
    "reform_text",
    "remedy",
    "remedy_sentence",
    "report_text",
    "report_to_data",
    "review",
    "review_all",
    "review_goals",
    "review_text",
    "review_to_data",
    "rule_from_json",
    "rule_sentence",
    "rule_to_json",
    "score",
    "score_text",
    "share_out",
    "sharing_text",
    "standard_from_json",
    "standard_text",
    "standard_to_json",
    "subject",
    "text",
    "tightens",
    "total",
    "total_remedy",
    "year_on_year",
]


def __getattr__(name: str) -> object:
    if name in _LATER:
        from importlib import import_module

        return getattr(import_module(_LATER[name]), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted(__all__)
