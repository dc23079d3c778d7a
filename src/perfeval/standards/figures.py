"""What a shipped figure is: how much, and by which source; what standards that hold such figures share.

A figure that was not read in its own document ships as part of a named sample, so that whoever has the document
replaces it: each figure therefore carries its own citation. A rule cites the figure that it uses, and none that it does
not; one that truly combines several cites the one that was read least well. Imports ``amounts``, ``citations``, ``units`` and ``errors``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import final

from attrs import field, frozen

from perfeval.amounts import Amount, as_amount
from perfeval.citations import Citation, Evidence
from perfeval.errors import Problem, RuleError, excerpt
from perfeval.units import Unit

__all__ = ["Figure", "check_figures", "least_read", "weakest"]

_TRUST = (Evidence.PRIMARY, Evidence.COMPUTED, Evidence.SECONDARY, Evidence.CODE, Evidence.GENERAL)


@final
@frozen
class Figure:
    """One figure of a published document, with the citation that says how far it was read.

    Raises ``AmountError`` for what is no amount and ``RuleError`` for what is no citation.

    >>> Figure("550 元/人天", Citation(title="某办法", evidence=Evidence.SECONDARY)).citation.evidence.value
    'S'
    """

    amount: Amount = field(converter=as_amount)
    citation: Citation

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.citation, Citation):
            raise RuleError.of(f"figure {self.amount}", came=excerpt(self.citation), needed="a Citation")


def least_read(citations: Iterable[Citation]) -> Citation:
    """Return the citation that was read least well, the earliest of equals.

    >>> primary, general = (Citation(title="某办法", evidence=mark) for mark in (Evidence.PRIMARY, Evidence.GENERAL))
    >>> least_read([primary, general]).evidence.value
    'G'
    """
    return max(citations, key=lambda citation: _TRUST.index(citation.evidence))


def weakest(*figures: Figure) -> Citation:
    """Return the citation of the figure that was read least well, the earliest of equals.

    >>> primary = Citation(title="某办法", evidence=Evidence.PRIMARY)
    >>> general = Citation(title="某办法", evidence=Evidence.GENERAL)
    >>> weakest(Figure("2 天", primary), Figure("300 人", general)).evidence.value
    'G'
    """
    return least_read(figure.citation for figure in figures)


def check_figures(where: str, figures: Iterable[tuple[str, object, str]]) -> None:
    """Refuse what is no figure above zero of its unit: each is a name, what came, and the unit it needs.

    What is counted (人, 次 …) has whole figures. Raises ``RuleError`` with every problem.
    """
    problems = []
    for name, figure, text in figures:
        unit = Unit.parse(text)
        needed = f"a Figure above zero in {text}"
        if not isinstance(figure, Figure):
            came = excerpt(figure)
        elif figure.amount.dimension != unit.dimension or figure.amount.root <= 0:
            came = str(figure.amount)
        elif unit.is_count and figure.amount.number_in(unit).denominator != 1:
            came, needed = str(figure.amount), f"a Figure of a whole number of {text}"
        else:
            continue
        problems.append(Problem(f"{where}.{name}", came=came, needed=needed))
    if problems:
        raise RuleError(*problems)
