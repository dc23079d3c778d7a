"""From a project to the facts of ``stated_figures``, and to the identities by which a wrong figure is located.

Imports the other modules of ``matching`` and above.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import final

from attrs import frozen

from perfeval.amounts import Amount
from perfeval.budgets import Figure, Identity
from perfeval.documents.project import Project
from perfeval.facts import Given, Label
from perfeval.matching.counting import counted_facts, enumerated_facts, shared_facts
from perfeval.matching.fitting import Facts, said
from perfeval.matching.mentioned import Mentioned, mentioned
from perfeval.matching.rates import bounded_facts, execution_facts, grade_facts
from perfeval.matching.reckoning import reckoned_facts
from perfeval.matching.repeated import Repeated, rates_of_hours, repeated_money, restated_money
from perfeval.matching.repeated_counts import repeated_counts
from perfeval.matching.unit_signs import bare_facts, doubled_facts

__all__ = ["Told", "told_in", "told_of"]


@final
@frozen(kw_only=True)
class Told:
    """What a text says in figures outside the sums of its budget, read once for facts and for identities."""

    project: Project
    mentioned: Mentioned
    repeated: tuple[Repeated, ...]
    restated: tuple[Repeated, ...]
    counts: tuple[Repeated, ...]
    hours: tuple[Repeated, ...]
    reckonings: tuple[Facts, ...]
    reporting: bool = False

    def facts(self) -> Facts:
        """Return the facts of :class:`perfeval.standards.stated_figures.Figures`."""
        return {
            "repeated": [_sayings(one) for one in self.repeated],
            "restated": [_sayings(one) for one in self.restated],
            "reckonings": [
                {key: value for key, value in facts.items() if key != "rounded"} for facts in self.reckonings
            ],
            "counts": counted_facts(self.mentioned),
            "listings": enumerated_facts(self.mentioned),
            "shares": shared_facts(self.mentioned),
            "bare": self._bare(),
            "doubled": doubled_facts(self.mentioned),
            "rates": [] if self.reporting else execution_facts(self.mentioned),
            "bounded": bounded_facts(self.mentioned),
            "repeated_counts": [_counts(one) for one in self.counts],
            "grades": [] if self.reporting else grade_facts(self.mentioned),
        }

    def _bare(self) -> list[Facts]:
        """Return the figures without a unit; in a report the unit is asked for, and its lack is no fault."""
        found = bare_facts(self.mentioned)
        return [{**facts, "has_unit": None} for facts in found] if self.reporting else found

    def identities(self) -> Iterator[Identity]:
        """Yield what else must be equal, under the keys that the figures of the budget have."""
        for one in (*self.repeated, *self.restated, *self.counts, *self.hours):
            yield from one.identities()
        keys = {line.amount.span: f"line[{index}]" for index, line in enumerate(self.project.lines)}
        names = {f"line[{index}]": line.name for index, line in enumerate(self.project.lines)}
        for index, facts in enumerate(self.reckonings):
            product, amount = facts["product"], facts["amount"]
            if not isinstance(product, Given) or not isinstance(amount, Given):
                continue
            if not isinstance(product.value, Amount) or not isinstance(amount.value, Amount):
                continue
            key = keys.get(amount.span) if amount.span is not None else None
            line = names.get(key) if key is not None else None
            yield Identity(
                key=f"reckoning/{index}",
                label=Label("算式结果等于所列金额", "what is worked out is the amount"),
                left=(
                    Figure(
                        key=f"product[{index}]",
                        label=Label("算式", "reckoning"),
                        amount=product.value,
                        span=product.span,
                    ),
                ),
                right=(
                    Figure(
                        key=key or f"reckoned[{index}]",
                        label=Label("所列金额", "the amount printed") if line is None else Label(line, line),
                        amount=amount.value,
                        span=amount.span,
                    ),
                ),
            )


def told_of(project: Project) -> Told:
    """Read what a project's text says in figures outside the sums of its budget."""
    return told_in(project, mentioned(project))


def told_in(project: Project, told: Mentioned, *, reporting: bool = False) -> Told:
    """Return what a stretch of text says in figures.

    In a report a number of things may be planned as one and reached as another; its rates and its grade have rules of
    their own.
    """
    return Told(
        project=project,
        mentioned=told,
        repeated=repeated_money(project, told),
        restated=restated_money(project, told),
        counts=() if reporting else repeated_counts(project, told),
        hours=rates_of_hours(project),
        reckonings=tuple(reckoned_facts(project, told)),
        reporting=reporting,
    )


def _sayings(one: Repeated) -> Facts:
    return {
        "name": said(one.name),
        "sayings": [
            {"words": said(given.span.text if given.span is not None else one.name, given.span), "amount": given}
            for given, _ in one.settled()
        ],
    }


def _counts(one: Repeated) -> Facts:
    return {
        "name": said(one.name),
        "sayings": [{"name": said(one.name), "number": place.given} for place in one.said],
    }
