"""How rules stand to one another: does one imply, contradict or overlap another, and whom do they leave out.

Each question is asked as: are there facts on which these rules come to these verdicts? An answer comes with such
facts, which were judged before they are handed out, or with a proof that there are none; where neither was reached,
the answer is that it is not decided. Imports ``witnesses``, ``structure``, ``rules`` and above; never ``standard``:
where a rule is taken, an iterable of rules is taken too, and means all of them together; only ``tightens`` takes
single rules.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, final

from attrs import define, field, frozen

from perfeval.comparing.demands import Verdicts, may_lack, may_lapse
from perfeval.comparing.structure import lapses_with, suffices
from perfeval.comparing.witnesses import Answer, Wanted, Work, find_facts
from perfeval.errors import Problem, RuleError, excerpt
from perfeval.expressions import (
    Aggregate,
    All,
    Category,
    Condition,
    Flag,
    IsKind,
    Quantified,
    Quantity,
    When,
    all_of,
)
from perfeval.facts import Label, SubjectSchema
from perfeval.rules import Rule, check_day, is_due_later
from perfeval.scoping import FactReference, children, free_facts
from perfeval.verdicts import Verdict

__all__ = ["Comparison", "Gap", "Rules", "contradicts", "gaps", "implies", "overlaps", "tightens"]

Rules: TypeAlias = Rule | Iterable[Rule]

_MET = frozenset({Verdict.MET})
_UNMET = frozenset({Verdict.UNMET})
_LAPSED = frozenset({Verdict.NOT_APPLICABLE})
_BINDS = _MET | _UNMET
_KINDS = 4_096
_GAPS_WORK = 1_500_000


@final
@frozen(kw_only=True)
class Comparison:
    """What comparing came to.

    ``holds`` is None where it could not be decided. ``witness`` are facts that show the answer where facts can show
    it: plain values that a standard judges as they are. ``detail`` says the answer, or what could not be decided.
    Where Python wants true or false, an undecided comparison raises ``RuleError``.
    """

    holds: bool | None
    witness: Mapping[str, object] | None
    detail: Label

    def __bool__(self) -> bool:
        if self.holds is None:
            raise RuleError.of(
                "comparison",
                came=f"one that is not decided ({self.detail.en}) where Python wants true or false",
                needed="a look at .holds, which is None",
            )
        return self.holds


@final
@frozen(kw_only=True)
class Gap:
    """Facts or days that no rule covers.

    For a kind, ``facts`` maps the names of facts to their values: whatever the other facts are, every rule is
    NOT_APPLICABLE; ``decided`` is False where that could be neither proved nor refuted. For a rule's dates, ``since``
    and ``until`` are the first and the last day without a version, None where there is no first or no last.
    """

    rules: tuple[str, ...]
    facts: Mapping[str, str | bool] | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    decided: bool = True
    label: Label


# --- the questions ---------------------------------------------------------------------------------------


def implies(a: Rules, b: Rules, *, on: datetime.date | None = None) -> Comparison:
    """Say whether meeting ``a`` suffices for ``b``: there are no complete facts on which ``a`` is MET and ``b`` UNMET.

    Where ``b`` does not bind nothing contradicts it. The witness of a no is such facts. What the clauses require is
    compared: facts count as achieved, whatever stage a rule asks for, and due days are left aside, so that the witness
    judged on a day before ``b`` is due is not yet a shortfall. ``on`` picks among versions of one name; without it
    they are refused with ``RuleError``, as are rules about different subjects.

    >>> from perfeval.subjects import measure, subject
    >>> @subject
    ... class Branch:
    ...     funding = measure("元/年", at_least=0)
    >>> strict, mild = Rule("strict", Branch.funding >= "300 元/月"), Rule("mild", Branch.funding >= "3000 元/年")
    >>> implies(strict, mild).holds, implies(mild, strict).witness
    (True, {'funding': Amount.parse('3,000 元/年')})
    """
    one, other = _both(a, b, on)
    answer = one.ask(other, (_MET, _UNMET), on)
    zh, en = f"满足{one.title.zh}", f"meeting {one.title.en}"
    if answer.facts is not None:
        return _said(answer, f"{zh}，仍可能不满足{other.title.zh}", f"{en} leaves {other.title.en} possibly unmet")
    return _said(answer, f"{zh}，即不违反{other.title.zh}", f"{en} is enough for {other.title.en} wherever it binds")


def overlaps(a: Rules, b: Rules, *, on: datetime.date | None = None) -> Comparison:
    """Say whether there are facts on which both bind (neither is NOT_APPLICABLE); the witness is such facts.

    Facts count as achieved and due days are left aside, as for ``implies``.
    """
    one, other = _both(a, b, on)
    answer = one.ask(other, (_BINDS, _BINDS), on)
    zh, en = f"{one.title.zh}与{other.title.zh}", f"{one.title.en} and {other.title.en}"
    if answer.facts is not None:
        return _said(answer, f"{zh}有同时适用的情形", f"{en} bind together", holds=True)
    return _said(answer, f"{zh}从不同时适用", f"{en} never bind together", holds=False)


def contradicts(a: Rules, b: Rules, *, on: datetime.date | None = None) -> Comparison:
    """Say whether both bind on some facts but no facts meet both.

    The witness of a yes is facts on which both bind, of a no facts that meet both; rules that never bind together
    contradict nothing, and have no witness. Facts count as achieved and due days are left aside, as for ``implies``.
    """
    one, other = _both(a, b, on)
    zh, en = f"{one.title.zh}与{other.title.zh}", f"{one.title.en} and {other.title.en}"
    met = one.ask(other, (_MET, _MET), on)
    if met.facts is not None:
        return _said(met, f"{zh}可以同时满足", f"{en} can both be met", holds=False)
    bound = one.ask(other, (_BINDS, _BINDS), on)
    if bound.facts is None and bound.decided:
        return _said(bound, f"{zh}从不同时适用，谈不上矛盾", f"{en} never bind together", holds=False)
    if not met.decided:
        return _said(met, "", "")
    return _said(bound, f"{zh}同时适用，却不能同时满足", f"{en} bind together, and cannot both be met", holds=True)


def tightens(overlay: Rule, base: Rule, *, on: datetime.date | None = None) -> Comparison:
    """Say whether ``overlay`` is at least as strict as ``base``, so that it may stand in its place.

    It is if it binds wherever ``base`` binds, if no facts meet it and not ``base``, if it asks for no lesser stage,
    and if it does not fall due later. The witness of a no is facts that show the first or the second; ``detail``
    says which of the four it is. Severity and dates in force are not compared. Two single rules are compared, since
    stages and due days are those of one rule; anything else is refused with ``RuleError``.
    """
    _check_single(overlay, base)
    one, other = _both(overlay, base, on)
    names = f"{one.title.zh}", f"{other.title.zh}", f"{one.title.en}", f"{other.title.en}"
    weaker = _later_or_lesser(overlay, base, *names)
    if weaker is not None:
        return Comparison(holds=False, witness=None, detail=weaker)
    narrower = one.ask(other, (_LAPSED, _BINDS), on)
    if narrower.facts is not None:
        return _said(narrower, f"{names[1]}适用而{names[0]}不适用", f"{names[3]} binds where {names[2]} does not")
    lower = one.ask(other, (_MET, _UNMET), on)
    if lower.facts is not None:
        return _said(lower, f"满足{names[0]}，仍可能不满足{names[1]}", f"{names[2]} is met where {names[3]} is not")
    undecided = next((answer for answer in (narrower, lower) if not answer.decided), lower)
    return _said(undecided, f"{names[0]}不低于{names[1]}", f"{names[2]} is as strict as {names[3]}")


def _check_single(overlay: object, base: object) -> None:
    problems = [
        Problem(where, came=excerpt(came), needed="a single Rule; compare several with implies, or one by one")
        for where, came in (("overlay", overlay), ("base", base))
        if not isinstance(came, Rule)
    ]
    if problems:
        raise RuleError(*problems)


def _later_or_lesser(overlay: Rule, base: Rule, zh: str, zh_base: str, en: str, en_base: str) -> Label | None:
    if base.stage is not None and (overlay.stage is None or overlay.stage.rank < base.stage.rank):
        return Label(f"{zh}所要求的阶段低于{zh_base}", f"{en} is content with a lesser stage than {en_base}")
    if is_due_later(overlay.due, base.due):
        return Label(f"{zh}的期限晚于{zh_base}", f"{en} falls due later than {en_base}")
    return None


# --- gaps ------------------------------------------------------------------------------------------------


def gaps(rules: Rules, *, on: datetime.date | None = None) -> tuple[Gap, ...]:
    """Return what rules leave out: the days without a version, then the kinds for which no rule binds.

    Kinds are the combinations of the categories and flags of the subject that guards name (``when``); a fact that
    makes no difference is left out of a gap. With ``on`` the rules in force that day are looked at, and no dates;
    without it all versions together. Raises ``RuleError`` for more than 4,096 combinations.
    """
    listed = _listed(rules, "rules")
    dated = () if on is not None else tuple(_gaps_of_dates(listed))
    return (*dated, *_gaps_of_kinds(listed if on is None else _in_force(listed, on, "rules"), on))


def _gaps_of_dates(rules: Sequence[Rule]) -> Iterator[Gap]:
    """Yield the days that no version of a name covers; a rule without dates covers every day."""
    for name in dict.fromkeys(rule.name for rule in rules):
        versions = [rule.in_force for rule in rules if rule.name == name]
        dates = sorted(
            ((dates.since or datetime.date.min, dates.until or datetime.date.max) for dates in versions if dates),
        )
        if len(dates) < len(versions):
            continue
        free = datetime.date.min
        for since, until in dates:
            if since > free:
                yield _undated(name, free, since - datetime.timedelta(days=1))
            if until == datetime.date.max:
                break
            free = max(free, until + datetime.timedelta(days=1))
        else:
            yield _undated(name, free, datetime.date.max)


def _undated(name: str, first: datetime.date, last: datetime.date) -> Gap:
    since = None if first == datetime.date.min else first
    until = None if last == datetime.date.max else last
    zh = (f"自{since}起" if since else "") + (f"至{until}止" if until else "")
    en = " ".join([*([f"from {since}"] if since else []), *([f"until {until}"] if until else [])])
    label = Label(f"{zh}，{name}没有有效版本", f"{en}, no version of {name} is in force")
    return Gap(rules=(name,), since=since, until=until, label=label)


def _gaps_of_kinds(rules: Sequence[Rule], on: datetime.date | None) -> Iterator[Gap]:
    axes = _axes(rules)
    combinations = 1
    for _, values in axes:
        combinations *= len(values)
    if combinations > _KINDS:
        raise RuleError.of(
            "gaps", came=f"guards that tell {combinations} kinds apart", needed=f"at most {_KINDS}; ask of fewer rules"
        )
    free: dict[bool, set[_Kind]] = {True: set(), False: set()}
    for decided, first in _Coverage(axes=axes, on=on).uncovered(rules):
        rest = (values for _, values in axes[len(first) :])
        free[decided].update((*first, *values) for values in itertools.product(*rest))
    for decided, kinds in free.items():
        for kind in _merged(kinds, axes):
            yield _unruled(kind, axes, rules, decided=decided)


_Axis: TypeAlias = tuple[Category | Flag, tuple[str | bool, ...]]
_Kind: TypeAlias = tuple[str | bool | None, ...]


def _axes(rules: Sequence[Rule]) -> list[_Axis]:
    """Return the categories and flags of the subject that guards name, each with its values."""
    found: dict[Category | Flag, tuple[str | bool, ...]] = {}
    for rule in rules:
        for guard in _guards(rule.full_condition, rule.subject):
            for fact in free_facts(guard):
                if fact.owner == rule.subject and isinstance(fact, Category):
                    found[fact] = fact.fact.kinds
                elif fact.owner == rule.subject and isinstance(fact, Flag):
                    found[fact] = (True, False)
    return list(found.items())


def _guards(node: Condition, subject: SubjectSchema) -> Iterator[Condition]:
    """Yield what decides whether a condition binds: guards, and what picks the elements of a collection.

    Those of elements speak of the subject too, unless the elements are of its class: then its facts mean theirs.
    """
    waiting: list[Condition | Quantity] = [node]
    while waiting:
        current = waiting.pop()
        if not (may_lack(current) if isinstance(current, Quantity) else may_lapse(current)):
            continue
        if isinstance(current, Aggregate | Quantified) and current.collection.fact.element == subject:
            continue
        match current:
            case When(guard=guard):
                yield guard
            case Aggregate(where=where, among=among):
                yield from (picking for picking in (where, among) if picking is not None)
            case Quantified(where=where) if where is not None:
                yield where
            case _:
                pass
        waiting += children(current)


@final
@define(kw_only=True)
class _Coverage:
    """Which kinds no rule binds, asked of the first axes first: where those settle it the rest is not asked."""

    axes: Sequence[_Axis]
    on: datetime.date | None
    _work: Work = field(init=False, factory=lambda: Work(_GAPS_WORK))
    _known: dict[tuple[Condition, Verdicts, tuple[Condition, ...]], bool | None] = field(init=False, factory=dict)
    _facts: dict[Condition, frozenset[FactReference]] = field(init=False, factory=dict)

    def uncovered(self, rules: Sequence[Rule], first: _Kind = ()) -> Iterator[tuple[bool, _Kind]]:
        """Yield the first values of kinds that no rule binds, and whether that is decided."""
        if any(self._comes_to(rule, _LAPSED, first) is False for rule in rules):
            return
        binding = [(rule, self._comes_to(rule, _BINDS, first)) for rule in rules]
        left = [rule for rule, binds in binding if binds is not False]
        if not left:
            yield True, first
        elif len(first) < len(self.axes) and self._work.left > 0:
            for value in self.axes[len(first)][1]:
                yield from self.uncovered(left, (*first, value))
        elif len(first) < len(self.axes) or not any(binds for _, binds in binding):
            yield False, first

    def _comes_to(self, rule: Rule, verdicts: Verdicts, first: _Kind) -> bool | None:
        """Say whether a rule comes to some verdicts on facts of a kind, None where that is not decided."""
        condition = rule.full_condition
        if condition not in self._facts:
            self._facts[condition] = frozenset(free_facts(condition))
        kind = tuple(
            _is(fact, value)
            for (fact, _), value in zip(self.axes, first, strict=False)
            if value is not None and fact in self._facts[condition]
        )
        key = (condition, verdicts, kind)
        if key not in self._known:
            wanted = [Wanted(condition, verdicts), *(Wanted(one, _MET) for one in kind)]
            answer = find_facts(rule.subject, wanted, self.on, self._work)
            self._known[key] = True if answer.facts is not None else False if answer.decided else None
        return self._known[key]


def _is(fact: Category | Flag, value: str | bool) -> Condition:
    if isinstance(fact, Category):
        return IsKind(fact, (str(value),))
    return fact if value else ~fact


def _merged(kinds: set[_Kind], axes: Sequence[_Axis]) -> list[_Kind]:
    """Join kinds that differ only in a fact of which every value is there; None stands for any value."""
    for place, (_, values) in enumerate(axes):
        groups: dict[_Kind, set[_Kind]] = {}
        for kind in kinds:
            groups.setdefault((*kind[:place], None, *kind[place + 1 :]), set()).add(kind)
        kinds = set[_Kind]().union(
            *({whole} if len(parts) == len(values) else parts for whole, parts in groups.items())
        )
    order = {value: rank for _, values in axes for rank, value in enumerate(values)}
    return sorted(kinds, key=lambda kind: [-1 if value is None else order[value] for value in kind])


def _unruled(kind: _Kind, axes: Sequence[_Axis], rules: Sequence[Rule], *, decided: bool) -> Gap:
    facts = {fact.fact.name: value for (fact, _), value in zip(axes, kind, strict=True) if value is not None}
    zh, en = [], []
    for (fact, _), value in zip(axes, kind, strict=True):
        if isinstance(value, bool):
            zh.append(f"{fact.fact.label.zh}：{'是' if value else '否'}")
            en.append(f"{fact.fact.label.en}: {'yes' if value else 'no'}")
        elif value is not None:
            zh.append(f"{fact.fact.label.zh}：{value}")
            en.append(f"{fact.fact.label.en}: {value}")
    said_zh, said_en = "、".join(zh) or "任何情形", ", ".join(en) or "all facts"
    if decided:
        label = Label(f"没有规则适用（{said_zh}）", f"no rule binds ({said_en})")
    else:
        label = Label(f"是否有规则适用，未能判定（{said_zh}）", f"whether a rule binds is not decided ({said_en})")
    return Gap(rules=tuple(dict.fromkeys(rule.name for rule in rules)), facts=facts, decided=decided, label=label)


# --- what is compared ------------------------------------------------------------------------------------


@final
@frozen(kw_only=True)
class _Side:
    """Rules that are taken together."""

    condition: Condition
    subject: SubjectSchema
    title: Label

    def ask(
        self, other: _Side, verdicts: tuple[frozenset[Verdict], frozenset[Verdict]], on: datetime.date | None
    ) -> Answer:
        if self._excludes(other, verdicts):
            return Answer(facts=None, decided=True)
        wanted = (Wanted(self.condition, verdicts[0]), Wanted(other.condition, verdicts[1]))
        return find_facts(self.subject, wanted, on)

    def _excludes(self, other: _Side, verdicts: tuple[frozenset[Verdict], frozenset[Verdict]]) -> bool:
        """Say whether it is seen from how the conditions are built that they never come to these verdicts."""
        if verdicts == (_MET, _UNMET):
            return suffices(self.condition, other.condition)
        return verdicts == (_LAPSED, _BINDS) and lapses_with(self.condition, other.condition)


def _said(answer: Answer, zh: str, en: str, *, holds: bool | None = None) -> Comparison:
    """Return a comparison: unless ``holds`` says otherwise, facts that were found speak against it."""
    if answer.facts is None and not answer.decided:
        doubts_zh = "、".join(doubt.zh for doubt in answer.doubts)
        doubts_en = "; ".join(doubt.en for doubt in answer.doubts)
        detail = Label(f"未能判定，疑点在于：{doubts_zh}", f"not decided, on account of {doubts_en}")
        return Comparison(holds=None, witness=None, detail=detail)
    settled = answer.facts is None if holds is None else holds
    return Comparison(holds=settled, witness=answer.facts, detail=Label(zh, en))


def _both(a: Rules, b: Rules, on: datetime.date | None) -> tuple[_Side, _Side]:
    one, other = _side(a, on, "the first rule"), _side(b, on, "the second rule")
    if one.subject != other.subject:
        raise RuleError.of(
            "comparing",
            came=f"rules about {one.subject.name} and {other.subject.name}",
            needed="rules about one subject",
        )
    return one, other


def _side(rules: Rules, on: datetime.date | None, where: str) -> _Side:
    chosen = _in_force(_listed(rules, where), on, where)
    if len(chosen) == 1:
        (rule,) = chosen
        title = Label(f"“{rule.title.zh}”", f'"{rule.title.en}"')
        return _Side(condition=rule.full_condition, subject=rule.subject, title=title)
    condition: All = all_of(*chosen)
    title = Label(f"“{chosen[0].title.zh}”等{len(chosen)}条规则", f'"{chosen[0].title.en}" and {len(chosen) - 1} more')
    return _Side(condition=condition, subject=chosen[0].subject, title=title)


def _listed(rules: Rules, where: str) -> tuple[Rule, ...]:
    listed = (rules,) if isinstance(rules, Rule) else tuple(rules) if isinstance(rules, Iterable) else None
    if not listed or not all(isinstance(rule, Rule) for rule in listed):
        raise RuleError.of(where, came=excerpt(rules), needed="a Rule, or at least one Rule and only rules")
    subjects = dict.fromkeys(rule.subject for rule in listed)
    if len(subjects) > 1:
        raise RuleError.of(
            where,
            came=f"rules about {', '.join(subject.name for subject in subjects)}",
            needed="rules about one subject",
        )
    return listed


def _in_force(rules: Sequence[Rule], on: datetime.date | None, where: str) -> tuple[Rule, ...]:
    """Return the rules in force on a day; without one, refuse several versions of a name."""
    if on is None:
        names = [rule.name for rule in rules]
        doubled = next((name for name in names if names.count(name) > 1), None)
        if doubled is not None:
            raise RuleError.of(where, came=f"several versions of {doubled}", needed="the day that picks one, as on=")
        return tuple(rules)
    check_day(on)
    chosen = tuple(rule for rule in rules if rule.in_force is None or rule.in_force.covers(on))
    if not chosen:
        raise RuleError.of(where, came=f"no rule that is in force on {on}", needed="a day on which one is")
    return chosen
