"""What changing a standard does to known subjects: who changes verdict, and what the change costs.

Two standards about one subject, or one standard on two days, are judged on the same facts. Imports ``entitlements``,
``standard``, ``wording`` and what stands above them.
"""

from __future__ import annotations

import datetime
import functools
import itertools
import math
import operator
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import final

from attrs import evolve, frozen

from perfeval.amounts import Amount, AmountRange, as_amount
from perfeval.comparing import tightens
from perfeval.entitlements import Required, entitlement
from perfeval.errors import FactsError, Problem, RuleError, UnitMismatch, excerpt
from perfeval.expressions import All, Condition, Named, Quantified, Quantifier, When
from perfeval.facts import CategoryFact, FlagFact, Given, Label, Stage, one_of
from perfeval.findings import Finding
from perfeval.rules import Rule, check_day
from perfeval.standard import Standard
from perfeval.subjects import Entry, Record
from perfeval.units import Dimension
from perfeval.verdicts import Verdict
from perfeval.wording import Lang, observation_words, say

__all__ = ["Reform", "VerdictChange", "compare", "reform_text"]

_SHOWN = 20


@final
@frozen(kw_only=True)
class VerdictChange:
    """One rule that comes out otherwise for one subject; None where a standard has no rule of that name."""

    index: int
    subject: Label
    rule: str
    label: Label
    before: Verdict | None
    after: Verdict | None


@final
@frozen(kw_only=True)
class Reform:
    """What came of judging the same subjects by two standards.

    ``gaps_before`` and ``gaps_after`` are the money that the subjects are short of, added up for each dimension of
    money (元/年 and 元 apart). ``cost`` is how much more money the second standard requires for them in all
    (:func:`~perfeval.entitlements.entitlement`), ``costs`` for each; None where that cannot be said, and then
    ``no_cost`` says why.
    """

    title: Label
    on: tuple[datetime.date, datetime.date]
    subjects: int
    changes: tuple[VerdictChange, ...]
    gaps_before: tuple[Amount | AmountRange, ...]
    gaps_after: tuple[Amount | AmountRange, ...]
    costs: tuple[Amount | AmountRange | None, ...] = ()
    cost: Amount | AmountRange | None = None
    no_cost: str = ""

    @property
    def counts(self) -> Mapping[tuple[Verdict | None, Verdict | None], int]:
        """How many findings went from each verdict to each other."""
        return Counter((change.before, change.after) for change in self.changes)


def compare(
    before: Standard | Rule,
    after: Standard | Rule,
    data: Iterable[object],
    *,
    on: datetime.date,
    on_after: datetime.date | None = None,
    stage: Stage | str = Stage.ACHIEVED,
    units: Mapping[str, str] | None = None,
    period: Amount | str | None = None,
) -> Reform:
    """Judge the same subjects by two standards, and return what changes.

    ``data`` holds the facts of each subject. ``on_after`` is the day for the second standard where it is another one:
    one standard on two days shows what its own versions change. ``period`` turns rates into money, as in
    :func:`~perfeval.entitlements.entitlement`. Raises ``RuleError`` for standards about different subjects and
    ``FactsError`` with every problem of the data.
    """
    one, other = _standard(before, "before"), _standard(after, "after")
    days = (check_day(on), check_day(on if on_after is None else on_after))
    length = None if period is None else _length(period)
    if one.subject != other.subject:
        raise RuleError.of(
            "compare",
            came=f"standards about {one.subject.name} and {other.subject.name}",
            needed="two standards about one subject",
        )
    records = _records(one, data, stage, units)
    changes: list[VerdictChange] = []
    gaps: tuple[list[Amount | AmountRange], list[Amount | AmountRange]] = ([], [])
    for index, record in enumerate(records):
        found: list[dict[str, Finding]] = []
        for standard, day, short in zip((one, other), days, gaps, strict=True):
            judged = {finding.rule: finding for finding in standard.findings(record, on=day)}
            for rule in standard.rules_on(day):
                short.extend(_short(judged[rule.name], rule.full_condition))
            found.append(judged)
        changes.extend(_changes(index, record, *found))
    each, cost, no_cost = _cost(_Two((one, other), days, length), records)
    return Reform(
        title=Label(f"{one.title.zh} → {other.title.zh}", f"{one.title.en} → {other.title.en}"),
        on=days,
        subjects=len(records),
        changes=tuple(changes),
        gaps_before=_by_dimension(gaps[0]),
        gaps_after=_by_dimension(gaps[1]),
        costs=each,
        cost=cost,
        no_cost=no_cost,
    )


def _length(period: Amount | str) -> Amount:
    if isinstance(period, Amount | str):
        length = as_amount(period)
        if length.dimension == (("time_month", 1),) and length.root > 0:
            return length
    raise FactsError.of("period", came=excerpt(period), needed="how long, such as '1 年'")


def _standard(given: object, where: str) -> Standard:
    if isinstance(given, Standard):
        return given
    if isinstance(given, Rule):
        return Standard(given.name, [given], title=given.title, citation=given.citation)
    raise RuleError.of(f"compare.{where}", came=excerpt(given), needed="a Standard or a Rule")


def _records(
    standard: Standard, data: Iterable[object], stage: Stage | str, units: Mapping[str, str] | None
) -> list[Record]:
    if isinstance(data, str | bytes | Mapping) or not isinstance(data, Iterable):
        raise FactsError.of("data", came=excerpt(data), needed="a list with the facts of each subject")
    records: list[Record] = []
    problems: list[Problem] = []
    stage = one_of(Stage, stage, "stage")
    for index, facts in enumerate(data):
        try:
            records.append(standard.read(facts, stage=stage, units=units, path=f"[{index}]"))
        except FactsError as error:
            problems.extend(error.problems)
    if problems:
        raise FactsError(*problems)
    if not records:
        raise FactsError.of("data", came="no subject", needed="the facts of at least one")
    return records


def _changes(
    index: int, record: Record, before: Mapping[str, Finding], after: Mapping[str, Finding]
) -> Iterator[VerdictChange]:
    for name in dict.fromkeys((*before, *after)):
        one, other = before.get(name), after.get(name)
        verdicts = (None if one is None else one.verdict, None if other is None else other.verdict)
        finding = other or one
        if verdicts[0] is not verdicts[1] and finding is not None:
            yield VerdictChange(
                index=index,
                subject=record.title,
                rule=name,
                label=finding.label,
                before=verdicts[0],
                after=verdicts[1],
            )


def _short(finding: Finding, node: Condition) -> Iterator[Amount | AmountRange]:
    """Yield the money that an unmet finding is short of: where every part must hold, that of each part."""
    while isinstance(node, When | Named):
        node = node.part
    if finding.verdict is not Verdict.UNMET:
        return
    if finding.shortfall is not None and finding.shortfall.unit.holds_money:
        yield finding.shortfall
    elif isinstance(node, All):
        for part, child in zip(node.parts, finding.children, strict=True):
            yield from _short(child, part)
    elif isinstance(node, Quantified) and node.quantifier is Quantifier.EVERY:
        for child in finding.children:
            yield from _short(child, node.condition)


def _by_dimension(shortfalls: Iterable[Amount | AmountRange]) -> tuple[Amount | AmountRange, ...]:
    sums: dict[Dimension, Amount | AmountRange] = {}
    for short in shortfalls:
        known = sums.get(short.dimension)
        sums[short.dimension] = short if known is None else _sum(known, short)
    return tuple(sums.values())


def _sum(one: Amount | AmountRange, other: Amount | AmountRange) -> Amount | AmountRange:
    if isinstance(one, Amount) and isinstance(other, Amount):
        return one + other
    (low, high), (least, most) = _ends(one), _ends(other)
    # What bounds neither sum from above is short by at least nothing.
    zero = Amount.of(0, one.unit)
    bottom = (low or zero) + (least or zero)
    return AmountRange(bottom, None if high is None or most is None else high + most)


def _difference(one: Amount | AmountRange, other: Amount | AmountRange) -> Amount | AmountRange | None:
    if isinstance(one, Amount) and isinstance(other, Amount):
        return one - other
    (low, high), (least, most) = _ends(one), _ends(other)
    bottom = None if low is None or most is None else low - most
    top = None if high is None or least is None else high - least
    return None if bottom is None and top is None else AmountRange(bottom, top)


def _ends(amount: Amount | AmountRange) -> tuple[Amount | None, Amount | None]:
    return (amount, amount) if isinstance(amount, Amount) else (amount.low, amount.high)


@final
@frozen
class _Two:
    """Two standards with the days on which they are judged, and how they require money of a record."""

    standards: tuple[Standard, Standard]
    days: tuple[datetime.date, datetime.date]
    period: Amount | None

    def required(self, records: Sequence[Record]) -> Iterator[tuple[Required, Required]]:
        """Yield what both require of each record."""
        before, after = (
            entitlement(standard, records, on=day, period=self.period)
            for standard, day in zip(self.standards, self.days, strict=True)
        )
        for one, other in zip(before.by_subject, after.by_subject, strict=True):
            yield one.total, other.total

    def costs(self, records: Sequence[Record]) -> Iterator[Required | None]:
        """Yield how much more the second requires of each record, None where nothing bounds it.

        What is missing is the same under both standards: kinds and flags are filled in for both together, and where
        the second is at least as strict, rule by rule, it never requires less.
        """
        rules = [standard.rules_on(day) for standard, day in zip(self.standards, self.days, strict=True)]
        same = rules[0] == rules[1]
        stricter = functools.cache(lambda: _is_stricter(*rules))
        for record, (before, after) in zip(records, self.required(records), strict=True):
            if same:
                yield Amount.from_root(0, after.unit)
            elif isinstance(before, Amount) and isinstance(after, Amount):
                yield after - before
            else:
                found = [_difference(late, early) for early, late in self.required(_filled(record))]
                yield _hull(found, at_least_zero=stricter())


def _is_stricter(before: Sequence[Rule], after: Sequence[Rule]) -> bool:
    """Say whether every rule before has one of its name after that may stand in its place."""
    named = {rule.name: rule for rule in after}
    return all(
        rule.name in named and (rule == named[rule.name] or tightens(named[rule.name], rule).holds is True)
        for rule in before
    )


_MOST_FILLED = 64


def _filled(record: Record) -> list[Record]:
    """Return the record with each way of filling in the kinds and flags that it lacks; itself where they are many."""
    options: dict[str, list[str | bool]] = {}
    for fact in record.schema.facts:
        if isinstance(fact, CategoryFact | FlagFact) and not record.entries[fact.name].known:
            options[fact.name] = list(fact.kinds) if isinstance(fact, CategoryFact) else [True, False]
    if math.prod(len(values) for values in options.values()) > _MOST_FILLED:
        return [record]
    return [
        evolve(
            record,
            entries={**record.entries, **{name: _known(value) for name, value in zip(options, chosen, strict=True)}},
        )
        for chosen in itertools.product(*options.values())
    ]


def _known(value: str | bool) -> Entry:
    return Entry(given=Given(value=value), known=True)


def _hull(found: Sequence[Required | None], *, at_least_zero: bool) -> Required | None:
    """Return the least range that holds every one of several."""
    ends = [(None, None) if one is None else _ends(one) for one in found]
    unit = next((end.unit for pair in ends for end in pair if end is not None), None)
    lows, highs = [low for low, _ in ends if low is not None], [high for _, high in ends if high is not None]
    low = min(lows) if len(lows) == len(ends) else None
    high = max(highs) if len(highs) == len(ends) else None
    if at_least_zero and unit is not None:
        zero = Amount.of(0, unit)
        low = zero if low is None else max(low, zero)
    if low is None and high is None:
        return None
    return low if low is not None and low == high else AmountRange(low, high)


def _cost(two: _Two, records: Sequence[Record]) -> tuple[tuple[Required | None, ...], Required | None, str]:
    """Return how much more the second standard requires of each and in all, or why that cannot be said."""
    try:
        each = tuple(two.costs(records))
    except (RuleError, UnitMismatch) as error:  # a standard without a floor of money, or with sums of several kinds
        return (), None, str(error)
    lows = [None if one is None else _ends(one)[0] for one in each]
    highs = [None if one is None else _ends(one)[1] for one in each]
    low = None if None in lows else functools.reduce(operator.add, (one for one in lows if one is not None))
    high = None if None in highs else functools.reduce(operator.add, (one for one in highs if one is not None))
    if low is None and high is None:
        return each, None, "what is missing leaves the cost without a bound: complete the facts of the census"
    return each, low if low is not None and low == high else AmountRange(low, high), ""


# --- printed ---------------------------------------------------------------------------------------------


def reform_text(reform: Reform, lang: Lang = "zh") -> str:
    """Return what changes as lines of text: what it costs, how many findings change, and the first of them."""
    lines = [reform.title.get(lang), say(lang, f"对象 {reform.subjects} 个", f"{reform.subjects} subjects")]
    if reform.cost is not None:
        cost = observation_words(reform.cost, lang)
        lines.append(say(lang, f"按标准应安排经费增加：{cost}", f"required in addition: {cost}"))
    if reform.no_cost:
        lines.append(say(lang, f"未能算出增加额：{reform.no_cost}", f"no cost can be said: {reform.no_cost}"))
    for zh, en, gaps in (
        ("原标准缺口", "short before", reform.gaps_before),
        ("新标准缺口", "short after", reform.gaps_after),
    ):
        amounts = say(lang, "、", ", ").join(observation_words(gap, lang) for gap in gaps) or say(lang, "无", "nothing")
        lines.append(say(lang, f"{zh}：{amounts}", f"{en}: {amounts}"))
    for (one, other), number in sorted(reform.counts.items(), key=lambda item: -item[1]):
        lines.append(f"  {_word(one, lang)} → {_word(other, lang)}: {number}")
    lines.extend(
        f"    {change.subject.get(lang)} [{change.index}] {change.label.get(lang)}: "
        f"{_word(change.before, lang)} → {_word(change.after, lang)}"
        for change in reform.changes[:_SHOWN]
    )
    if len(reform.changes) > _SHOWN:
        lines.append(f"    … +{len(reform.changes) - _SHOWN}")
    return "\n".join(lines) + "\n"


_WORDS = {
    Verdict.MET: Label("符合", "MET"),
    Verdict.UNMET: Label("不符合", "UNMET"),
    Verdict.UNKNOWN: Label("待核实", "UNKNOWN"),
    Verdict.NOT_APPLICABLE: Label("不适用", "NOT APPLICABLE"),
}


def _word(verdict: Verdict | None, lang: Lang) -> str:
    return say(lang, "无此规则", "no such rule") if verdict is None else _WORDS[verdict].get(lang)
