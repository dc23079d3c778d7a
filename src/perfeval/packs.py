"""What a shipped standard comes with: worked cases, and the names by which a text cites it.

Imports ``standard`` and above.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import final

from attrs import field, frozen

from perfeval.amounts import Amount, as_amount
from perfeval.errors import RuleError
from perfeval.facts import Stage
from perfeval.standard import Standard
from perfeval.verdicts import Verdict

__all__ = ["Case", "Pack", "Quote"]


@final
@frozen(kw_only=True)
class Case:
    """Worked facts for one rule: what it must come to on a day, and by how much it is short."""

    rule: str
    verdict: Verdict
    facts: Mapping[str, object]
    on: datetime.date
    stage: Stage = Stage.ACHIEVED
    shortfall: Amount | str | None = None


@final
@frozen(kw_only=True)
class Quote:
    """A figure that texts quote from the document: whom it binds, for what, and how much.

    A text that cites the document and quotes another figure for the same is in doubt.
    """

    binds: str
    purpose: str
    amount: Amount = field(converter=as_amount)
    rule: str = ""


@final
@frozen(kw_only=True)
class Pack:
    """A shipped standard with its cases; ``cited_as`` are the numbers or titles by which a text cites it.

    ``binds_many`` says that one reviewed text may concern many subjects of the standard (organisations), not one.
    """

    standard: Standard
    cases: tuple[Case, ...]
    cited_as: tuple[str, ...] = ()
    binds_many: bool = False
    quotes: tuple[Quote, ...] = ()

    def __attrs_post_init__(self) -> None:
        known = {rule.name for rule in self.standard.rules}
        unknown = [case.rule for case in self.cases if case.rule not in known]
        unknown += [quote.rule for quote in self.quotes if quote.rule not in known]
        if unknown:
            raise RuleError.of(
                self.standard.name, came=f"cases of {', '.join(unknown)}", needed="cases of its own rules"
            )
