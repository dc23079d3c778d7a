"""What would make one rule met on one record: the public answer, with every change judged before it is listed.

Imports ``combining``, ``reading``, ``knobs``, ``changes``, ``standard``, ``judging``, ``rules`` and ``wording``.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never, final

from attrs import evolve, field, frozen

from perfeval.citations import InForce
from perfeval.errors import FactsError, RuleError, excerpt
from perfeval.evaluation import Missing, scope_of
from perfeval.expressions import Condition
from perfeval.facts import Label
from perfeval.judging import verdict_of
from perfeval.remedies.changes import Change
from perfeval.remedies.combining import MOST_SETS, Mending
from perfeval.remedies.knobs import Plan, alone, changes_of, tidy
from perfeval.remedies.reading import Reading
from perfeval.rules import Rule, check_day
from perfeval.subjects import Record
from perfeval.verdicts import Verdict
from perfeval.wording import reason_sentence

__all__ = ["EARLY", "MOST_CHANGES", "Remedy", "remedy"]

MOST_CHANGES = 12
"""How many single changes a remedy lists, the smallest first; how many more there may be is said."""

EARLY = Label("尚未到期，按到期计算", "not yet due; taken as if due")

_MOST_MEMBERS_TRIED = 16
_WORK = 300_000


@final
@frozen(kw_only=True)
class Remedy:
    """What would make one rule met on one record.

    Each of ``changes`` does alone: the smallest change of that fact, the smallest first. Where none does alone,
    each of ``sets`` does together, and none of its members can be left out. ``omitted`` counts further facts that
    may do alone, ``missing`` names what would have to be known first, ``detail`` says all that in words.
    ``early`` says that the rule is not yet due and was taken as if it were.
    """

    rule: str
    label: Label
    verdict: Verdict
    detail: Label
    changes: tuple[Change, ...] = ()
    sets: tuple[tuple[Change, ...], ...] = ()
    omitted: int = 0
    missing: tuple[Missing, ...] = ()
    early: bool = False
    record: Record = field(eq=False, repr=False)

    @property
    def chosen(self) -> tuple[Change, ...]:
        """The first change that does alone, or else the first set; empty where nothing mends it."""
        if self.changes:
            return self.changes[:1]
        return self.sets[0] if self.sets else ()


def remedy(
    rule: Rule, record: Record, *, on: datetime.date, in_force: InForce | None = None, most: int = MOST_CHANGES
) -> Remedy:
    """Return what would make a rule met on a record, judged ``on`` a day.

    ``record`` is what :func:`perfeval.read` or ``Standard.read`` returns. Of each fact the smallest change is
    given: up or down, within its declared bounds, in steps of its ``decimals``, of a whole fen for money, of one
    for what is counted. A measure without any of these takes any exact value; where the rule wants more than a
    value, a hundredth of its unit more. Nothing is changed so that a clause ceases to bind, or comes to. A rule not yet
    due is taken as if it were due. At most ``most`` changes are listed; where there are too many facts to try each,
    ``detail`` says so. Raises ``RuleError`` and ``FactsError`` for what is not a rule, a day, or a record of its subject.

    >>> from perfeval.subjects import measure, read, subject
    >>> @subject
    ... class Branch:
    ...     funding = measure("元/年", at_least=0, changeable=True)
    >>> rule = Rule("floor", Branch.funding >= "3000 元/年")
    >>> found = remedy(rule, read(Branch, {"funding": "0.25 万元/年"}), on=datetime.date(2026, 6, 30))
    >>> [(change.path, str(change.by)) for change in found.changes]
    [('funding', '500 元/年')]
    """
    _check(rule, record, on, most)
    if in_force is not None and not isinstance(in_force, InForce):
        raise RuleError.of("in_force", came=excerpt(in_force), needed="an InForce, or None")
    scope = scope_of(record, rule.stage, on)
    truth = verdict_of(evolve(rule, due=None), record, on=on, in_force=in_force)
    early = (due := rule.due_on(on)) is not None and on < due and truth.verdict in (Verdict.UNMET, Verdict.UNKNOWN)
    found = Remedy(rule=rule.name, label=rule.title, verdict=truth.verdict, detail=_MET, early=early, record=record)
    match truth.verdict:
        case Verdict.MET:
            return found
        case Verdict.NOT_APPLICABLE:
            why = truth.reason
            words = ("", "") if why is None else (f"（{reason_sentence(why)}）", f" ({reason_sentence(why, 'en')})")
            return evolve(found, detail=Label(f"不适用{words[0]}", f"not applicable{words[1]}"))
        case Verdict.UNKNOWN:
            return _worded(evolve(found, missing=truth.missing))
        case Verdict.UNMET:
            return _mended(found, rule.full_condition, most, Reading(root=record, scope=scope))
        case _:
            assert_never(truth.verdict)


def _check(rule: object, record: object, on: object, most: object) -> None:
    if not isinstance(rule, Rule):
        raise RuleError.of("rule", came=excerpt(rule), needed="a Rule")
    check_day(on)
    if not isinstance(most, int) or isinstance(most, bool) or most < 1:
        raise RuleError.of("most", came=excerpt(most), needed="a whole number from 1")
    if not isinstance(record, Record):
        raise FactsError.of("record", came=excerpt(record), needed=f"a record: read({rule.subject.name}, facts)")
    if record.schema != rule.subject:
        raise FactsError.of("record", came=f"facts of {record.schema.name}", needed=f"facts of {rule.subject.name}")


def _mended(found: Remedy, condition: Condition, most: int, reading: Reading) -> Remedy:
    """Return the remedy of an unmet condition; half of the work is for finding plans, all of it for trying them."""
    mending, trial = Mending(reading), _Trial(condition, reading)
    reading.work = _WORK // 2
    plans = mending.plans(condition, reading.scope, Verdict.MET)
    cut_short = reading.is_spent()
    reading.work = _WORK
    singles, omitted = trial.singles(plans, most)
    sets: list[Plan] = []
    if not singles:
        kept = trial.sets(plans)
        singles = tidy(plan for plan in kept if len(plan) == 1 and trial.is_least(plan))
        sets = [] if singles else tidy(plan for plan in kept if len(plan) > 1)
    found = evolve(
        found,
        changes=tuple(change for plan in singles for change in changes_of(plan)),
        sets=tuple(map(changes_of, sets)),
        omitted=omitted,
        missing=() if singles or sets else tuple({**mending.lacking, **reading.inexact}),
    )
    inexact = [] if singles or sets or mending.lacking else list(reading.inexact)
    return _worded(found, inexact, any_knob=bool(reading.knobs), cut_short=cut_short or reading.is_spent())


@final
@frozen
class _Trial:
    """Plans for one condition, applied and judged."""

    condition: Condition
    reading: Reading

    def is_met(self, plan: Plan) -> bool:
        return self.reading.is_met(self.condition, self.reading.scope, plan)

    def is_least(self, plan: Plan) -> bool:
        """Say whether a change of one fact mends and one step less does not."""
        ((knob, value),) = plan.items()
        less = value + (-knob.grid.fine if value > knob.present else knob.grid.fine)
        between = min(knob.present, value) < less < max(knob.present, value)
        return self.is_met(plan) and not (between and self.is_met({knob: less}))

    def singles(self, plans: Iterable[Plan], most: int) -> tuple[list[Plan], int]:
        """Return the first plans of one fact each that mend, and how many were not tried once there are ``most``."""
        waiting: Iterator[Plan] = ({knob: value} for knob, value in alone(plans).items())
        mending = list(itertools.islice(filter(self.is_least, waiting), most))
        return mending, len(list(waiting))

    def sets(self, plans: Iterable[Plan]) -> list[Plan]:
        """Return the first plans of several facts that mend, without what they do not need."""
        mending = (self.pruned(plan) for plan in plans if len(plan) > 1 and self.is_met(plan))
        return list(itertools.islice(mending, MOST_SETS))

    def pruned(self, plan: Plan) -> Plan:
        """Leave out of a small set what it does not need."""
        kept = dict(plan)
        for knob in plan if len(plan) <= _MOST_MEMBERS_TRIED else ():
            fewer = {other: value for other, value in kept.items() if other is not knob}
            if fewer and self.is_met(fewer):
                kept = fewer
        return kept


_MET = Label("已符合要求，无需调整", "already met")
_ANY_ONE = Label("调整下列任一项即可", "any one of these changes mends it")
_TOGETHER = Label("调整任何单项均不能达到要求，须同时调整", "no single fact mends it; these changes together do")
_NONE = Label(
    "调整任何单项均不能达到要求，也未找到可行的组合", "no single fact mends it, and no set of changes was found"
)
_NOT_TRIED = Label("未找到可行的调整，但事项过多，未逐项试完", "no change was found, but not every fact was tried")
_NOT_EXACT = Label("可调整的事项目前仅知范围或计划数", "what may change is not known exactly")
_NOTHING = Label("没有可供调整的事项", "no changeable fact mends it")


def _places(missing: Sequence[Missing]) -> Label:
    """Name the places of what is missing, the first of many."""
    paths = [lack.path for lack in missing[:5]]
    rest = len(missing) - len(paths)
    zh = "、".join(paths) + (f" 等 {len(missing)} 项" if rest else "")
    return Label(zh, ", ".join(paths) + (f" and {rest} more" if rest else ""))


def _worded(
    found: Remedy, inexact: Sequence[Missing] = (), *, any_knob: bool = True, cut_short: bool = False
) -> Remedy:
    if found.changes:
        detail = _ANY_ONE
        if found.omitted:
            detail = Label(
                f"{detail.zh}；另有 {found.omitted} 项未列出", f"{detail.en}; {found.omitted} more are not listed"
            )
    elif found.sets:
        detail = _TOGETHER
    elif inexact:
        which = _places(inexact)
        first = _NONE if any_knob else _NOT_EXACT
        detail = Label(f"{first.zh}；须先确知 {which.zh}", f"{first.en}; {which.en} must first be known exactly")
    elif found.missing:
        which = _places(found.missing)
        detail = Label(f"资料不足，缺少 {which.zh}", f"unknown: {which.en} missing")
    elif found.verdict is Verdict.UNKNOWN:
        detail = Label("已知范围不足以判定", "unknown: what is known does not decide it")
    elif cut_short:
        detail = _NOT_TRIED
    else:
        detail = _NONE if any_knob else _NOTHING
    if cut_short and detail is not _NOT_TRIED:
        detail = Label(f"{detail.zh}（未逐项试完）", f"{detail.en} (not every fact was tried)")
    if found.early:
        detail = Label(f"{detail.zh}（{EARLY.zh}）", f"{detail.en} ({EARLY.en})")
    return evolve(found, detail=detail)
