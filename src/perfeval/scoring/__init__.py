"""What a table of indicators scores: the method as data, points line by line, a total, a grade, and why.

``profile`` is what a method says, ``attainment`` how far a target was reached, ``checks`` what is found, ``scores`` the
pass from a sheet and a profile to a score, ``text`` how it prints.
"""

from __future__ import annotations

from perfeval.scoring.attainment import Attainment, Points
from perfeval.scoring.profile import (
    Effect,
    Execution,
    Grade,
    Grades,
    Group,
    OverAttainment,
    Partial,
    PartialCredit,
    Place,
    Profile,
    ScoreRounding,
    Tier,
    Tiers,
)
from perfeval.scoring.scores import Line, Score, Subtotal, score
from perfeval.scoring.text import profile_text, score_text

__all__ = [
    "Attainment",
    "Effect",
    "Execution",
    "Grade",
    "Grades",
    "Group",
    "Line",
    "OverAttainment",
    "Partial",
    "PartialCredit",
    "Place",
    "Points",
    "Profile",
    "Score",
    "ScoreRounding",
    "Subtotal",
    "Tier",
    "Tiers",
    "profile_text",
    "score",
    "score_text",
]
