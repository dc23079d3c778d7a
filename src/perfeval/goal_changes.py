"""How two tables of goals differ: the approved one against the self-evaluation, last year's against this year's.

Indicators are paired by their names and by nothing else; blanks and the width of signs do not tell names apart. A name
that is only near is shown as a probable new name, never taken for one. Amounts are compared as what they are worth, so the same target in another unit is no change.

Imports ``scoring``, ``goals``, ``indicators``, ``wording`` and above.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final, final

from attrs import evolve, field, frozen

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.errors import FactsError, NotFoundError, Problem, excerpt, nearest
from perfeval.evaluation import Missing, Reason, ReasonKind
from perfeval.expressions import Operator
from perfeval.facts import Label
from perfeval.findings import Finding, Remark, Review
from perfeval.goals import CEILINGS, FLOORS
from perfeval.indicators import Funds, Indicator, IndicatorKind, Sheet
from perfeval.rules import Severity, is_day
from perfeval.scoring.attainment import percent_words, points_words
from perfeval.verdicts import Verdict, all_of
from perfeval.wording import observation_words

__all__ = ["Change", "GoalOverYears", "YearOnYear", "changed_goals", "year_on_year"]

_SIGN: Final = {
    Operator.AT_LEAST: "≥ ",
    Operator.AT_MOST: "≤ ",
    Operator.ABOVE: "> ",
    Operator.BELOW: "< ",
    Operator.EQUAL: "= ",
}
# Who meets the first meets the second: a goal that moves from the second to the first is stricter.
_STRICTER: Final = {
    (Operator.ABOVE, Operator.AT_LEAST),
    (Operator.BELOW, Operator.AT_MOST),
    (Operator.EQUAL, Operator.AT_LEAST),
    (Operator.EQUAL, Operator.AT_MOST),
}
_KIND: Final = {
    IndicatorKind.QUANTITATIVE: Label("定量", "quantitative"),
    IndicatorKind.QUALITATIVE: Label("定性", "qualitative"),
}
_MONEY: Final = {
    "initial": Label("年初预算数", "initial budget"),
    "full_year": Label("全年预算数", "full-year budget"),
    "adjusted": Label("调整后预算数", "adjusted budget"),
    "executed": Label("全年执行数", "money spent"),
}
_RANK: Final = {Severity.NOTE: 0, Severity.DOUBT: 1, Severity.ERROR: 2}
_DIFFERS: Final = ("相差", "differs")
_ALIKE: Final = Fraction(3, 5)
_PAIRS_AT_MOST: Final = 40_000


# --- approved against reported ---------------------------------------------------------------------------


def changed_goals(approved: Sheet, reported: Sheet, *, on: datetime.date) -> Review:
    """Compare the goals that were approved with those that a self-evaluation reports on.

    Ids are ``changes/goal/`` and the name of an approved indicator, with a child for what differs or not
    (``changes/operator/``, ``changes/target/``, ``changes/weight/``, ``changes/level_one/``, ``changes/level_two/``,
    ``changes/kind/``), ``changes/added/`` and the name of an indicator that was not approved, and ``changes/initial``
    for the initial budget. A goal that was dropped or made easier is an error; one that was made stricter is a note.

    >>> def sheet(target: str) -> Sheet:
    ...     return Sheet(title="党建经费", indicators=[Indicator(name="培训期数", level_one="产出指标", target=target)])
    >>> found = changed_goals(sheet("≥3 期"), sheet("≥2 期"), on=datetime.date(2027, 2, 1))["培训期数"]
    >>> found.verdict, found.severity, str(found.children[1].shortfall)
    (<Verdict.UNMET: 'unmet'>, <Severity.ERROR: 'error'>, '1 期')
    """
    day = _checked(on, approved=approved, reported=reported)
    now, then = _paired(approved, reported), _by_name(approved)
    dropped = [name for name in then if name not in now]
    added = [name for name in now if name not in then]
    renamed, searched = _probable_renames(dropped, added)
    findings = [
        _compared(then[name], now[name], approved, reported)
        if name in now
        else _dropped(then[name], renamed.get(name), now)
        for name in then
    ]
    findings += [_added(now[name], renamed.get(name), then) for name in added]
    findings += _budget_changes(approved, reported)
    remarks = list(_title_remarks(approved, reported, Label("批复表", "approved"), Label("自评表", "reported")))
    if not searched:
        said = Label("增减的指标过多，未查找近似名称", "too many indicators came and went to look for near names")
        remarks.append(Remark(kind="names", label=said))
    return Review(
        title=Label(f"{approved.title}：批复目标与自评表", f"{approved.title}: approved goals against self-evaluation"),
        on=day,
        findings=tuple(findings),
        remarks=tuple(remarks),
    )


def _compared(then: Indicator, now: Indicator, approved: Sheet, reported: Sheet) -> Finding:
    name = then.name
    whole = Finding(
        id=f"changes/goal/{name}",
        rule=name,
        label=Label(name, name),
        verdict=Verdict.MET,
        severity=Severity.ERROR,
        spans=_spans(now.span),
        sources=_sources(then.source or approved.source, now.source or reported.source),
    )
    children = tuple(_aspects(then, now, whole))
    written = Label(f"自评表写作“{now.name}”", f'the report writes "{now.name}"')
    unmet = [child.severity for child in children if child.verdict is Verdict.UNMET]
    return evolve(
        whole,
        verdict=all_of(child.verdict for child in children),
        severity=max(unmet, key=_RANK.__getitem__) if unmet else Severity.ERROR,
        children=children,
        remarks=() if now.name == name else (written,),
    )


def _aspects(then: Indicator, now: Indicator, whole: Finding) -> Iterator[Finding]:
    """Yield one finding for each thing that a goal says: the same in both tables, or not."""
    yield _aspect(
        whole, "operator", Label("指标性质", "operator"), _operator(then), _operator(now), _of_operator(then, now)
    )
    yield _target_aspect(then, now, whole)
    yield _aspect(whole, "weight", Label("权重", "weight"), _weight(then), _weight(now), Severity.DOUBT)
    yield _aspect(whole, "kind", Label("定量或定性", "kind"), _KIND[then.kind], _KIND[now.kind], Severity.ERROR)
    for part, label in (
        ("level_one", Label("一级指标", "first level")),
        ("level_two", Label("二级指标", "second level")),
    ):
        yield _aspect(whole, part, label, _words(getattr(then, part)), _words(getattr(now, part)), Severity.DOUBT)


def _aspect(
    whole: Finding, part: str, label: Label, then: Label, now: Label, severity: Severity, *, same: bool | None = None
) -> Finding:
    kept = then == now if same is None else same
    quoted = Label(f"批复“{then.zh}”，自评表“{now.zh}”", f'approved "{then.en}", reported "{now.en}"')
    return evolve(
        whole,
        id=f"changes/{part}/{whole.rule}",
        label=label,
        verdict=Verdict.MET if kept else Verdict.UNMET,
        severity=severity,
        remarks=() if kept else (quoted,),
    )


def _target_aspect(then: Indicator, now: Indicator, whole: Finding) -> Finding:
    label = Label("指标值", "target")
    old, new = then.target, now.target
    severity, word = Severity.ERROR, _DIFFERS
    comparable = isinstance(old, Amount) and isinstance(new, Amount) and old.dimension == new.dimension
    if comparable and isinstance(old, Amount) and isinstance(new, Amount):
        severity, word = _moved(then.operator, old, new)
    # Amounts are equal by what they are worth, whatever unit they are shown in.
    finding = _aspect(whole, "target", label, _target(then), _target(now), severity, same=old == new)
    if not comparable or not isinstance(old, Amount) or not isinstance(new, Amount):
        return finding
    finding = evolve(finding, relation=Operator.EQUAL, observed=new, required=old)
    if old == new:
        return finding
    by = abs(new - old).to(old.unit)
    shown = observation_words(by)
    zh, en = word
    words = Label(f"{zh} {shown}", f"{en} by {shown}")
    return evolve(finding, shortfall=by, remarks=(*finding.remarks, words))


def _moved(operator: Operator | None, old: Amount, new: Amount) -> tuple[Severity, tuple[str, str]]:
    """Return how a moved target weighs, in the direction of the approved operator; without one it is a doubt."""
    if operator in FLOORS:
        return (Severity.NOTE, ("目标提高", "raised")) if new > old else (Severity.ERROR, ("目标降低", "lowered"))
    if operator in CEILINGS:
        return (Severity.NOTE, ("目标从严", "tightened")) if new < old else (Severity.ERROR, ("目标放宽", "loosened"))
    return (Severity.ERROR if operator is Operator.EQUAL else Severity.DOUBT), _DIFFERS


def _of_operator(then: Indicator, now: Indicator) -> Severity:
    if then.operator is None:
        return Severity.DOUBT
    if now.operator is not None and (now.operator, then.operator) in _STRICTER:
        return Severity.NOTE
    return Severity.ERROR


def _dropped(then: Indicator, near: str | None, now: Mapping[str, Indicator]) -> Finding:
    remarks = [Label(f"批复“{_goal(then).zh}”", f'approved "{_goal(then).en}"')]
    if near is not None:
        remarks.append(_probable(near, _goal(now[near])))
    return Finding(
        id=f"changes/goal/{then.name}",
        rule=then.name,
        label=Label(then.name, then.name),
        verdict=Verdict.UNMET,
        severity=Severity.ERROR,
        aspect=Label("批复的指标", "the approved indicator"),
        remarks=tuple(remarks),
    )


def _added(now: Indicator, near: str | None, then: Mapping[str, Indicator]) -> Finding:
    remarks = [Label(f"自评表“{_goal(now).zh}”", f'reported "{_goal(now).en}"')]
    if near is not None:
        remarks.append(_probable(near, _goal(then[near])))
    return Finding(
        id=f"changes/added/{now.name}",
        rule="added",
        label=Label(f"{now.name}已经批复", f"{now.name}, approved before"),
        verdict=Verdict.UNMET,
        severity=Severity.DOUBT,
        remarks=tuple(remarks),
        spans=_spans(now.span),
    )


def _probable(name: str, goal: Label) -> Label:
    return Label(
        f"名称相近：“{name}”（{goal.zh}），可能是更名，未作认定",
        f'a near name is "{name}" ({goal.en}): perhaps the same under a new name; not assumed',
    )


def _probable_renames(dropped: list[str], added: list[str]) -> tuple[dict[str, str], bool]:
    """Pair names that went with names that came, the most alike first; say whether this was looked into.

    Which table is the first does not matter: the likeness and the order in which pairs are taken are symmetric.
    """
    if len(dropped) * len(added) > _PAIRS_AT_MOST:
        return {}, False
    signs = {name: Counter(name) for name in (*dropped, *added)}
    pairs = sorted(
        (-likeness, min(old, new), max(old, new))
        for old in dropped
        for new in added
        if (likeness := _likeness(signs[old], signs[new])) >= _ALIKE
    )
    found: dict[str, str] = {}
    for _, one, other in pairs:
        if one not in found and other not in found:
            found[one], found[other] = other, one
    return found, True


def _likeness(one: Counter[str], other: Counter[str]) -> Fraction:
    """Return the share of their signs that two names have in common."""
    return Fraction(2 * (one & other).total(), one.total() + other.total())


def _budget_changes(approved: Sheet, reported: Sheet) -> Iterator[Finding]:
    """Yield how the initial budget stands to the approved one, unless neither table speaks of money."""
    if approved.funds is None and reported.funds is None:
        return
    old = None if approved.funds is None else approved.funds.initial
    new = None if reported.funds is None else reported.funds.initial
    label = _MONEY["initial"]
    finding = Finding(
        id="changes/initial",
        rule="initial",
        label=label,
        verdict=Verdict.UNKNOWN,
        severity=Severity.DOUBT,
        relation=Operator.EQUAL,
        observed=new,
        required=old,
        spans=_spans(None if reported.funds is None else reported.funds.span),
        sources=_sources(_money_source(approved), _money_source(reported)),
    )
    if old is None or new is None:
        lacks = tuple(
            Missing(f"{which}.funds.initial", label, "元", of=Label(sheet.title, sheet.title))
            for which, sheet, amount in (("approved", approved, old), ("reported", reported, new))
            if amount is None
        )
        yield evolve(finding, missing=lacks, reason=Reason(ReasonKind.MISSING))
    elif old.dimension != new.dimension:
        yield evolve(finding, verdict=Verdict.UNMET)
    else:
        verdict = Verdict.MET if old == new else Verdict.UNMET
        yield evolve(finding, verdict=verdict, shortfall=None if old == new else abs(new - old).to(old.unit))


# --- last year against this year -------------------------------------------------------------------------


@final
@frozen(kw_only=True)
class Change:
    """A figure of last year and of this year, the exact difference, and the exact ratio of this year's to last's.

    ``difference`` and ``ratio`` are None where a figure is not given or the two are of different units; ``ratio`` also
    where last year's is zero. ``note`` says why.
    """

    last: Amount | None
    this: Amount | None
    difference: Amount | None = field(init=False)
    ratio: Fraction | None = field(init=False)
    note: Label | None = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Work out the difference, the ratio, or why there is none."""
        last, this = self.last, self.this
        difference, ratio, note = None, None, None
        if last is None or this is None:
            note = Label("缺一年的数", "the figure of a year was not given")
        elif last.dimension != this.dimension:
            note = Label("两年计量单位不同", "the units of the two years do not go together")
        else:
            difference = this - last
            if last.root:
                ratio = this.root / last.root
            else:
                note = Label("上年为零，无比率", "last year's is zero: there is no ratio")
        for name, value in (("difference", difference), ("ratio", ratio), ("note", note)):
            object.__setattr__(self, name, value)


@final
@frozen(kw_only=True)
class GoalOverYears:
    """One indicator that both years have: how its target and its actual changed."""

    indicator: str
    target: Change
    actual: Change


def _read_only(money: Mapping[str, Change]) -> Mapping[str, Change]:
    return MappingProxyType(dict(money))


@final
@frozen(kw_only=True)
class YearOnYear:
    """What two years of one project's table come to: the review, and the exact changes behind it.

    ``money`` is by ``"initial"``, ``"full_year"``, ``"adjusted"`` and ``"executed"``.
    """

    review: Review
    goals: tuple[GoalOverYears, ...]
    money: Mapping[str, Change] = field(converter=_read_only, hash=False)
    _goals: Mapping[str, GoalOverYears] = field(init=False, eq=False, repr=False)

    @_goals.default
    def _by_name(self) -> Mapping[str, GoalOverYears]:
        return MappingProxyType({goal.indicator: goal for goal in self.goals})

    def __reduce__(self) -> tuple[object, ...]:
        """Copy and pickle by what was given: a read-only mapping can be neither."""
        return _years_of, (self.review, self.goals, dict(self.money))

    def __getitem__(self, name: str) -> GoalOverYears:
        """Return the changes of the indicator of that name; raise ``NotFoundError`` naming the nearest."""
        if name in self._goals:
            return self._goals[name]
        raise NotFoundError.of(
            "year on year",
            came=excerpt(name),
            needed="the name of an indicator of both years",
            nearest=nearest(str(name), self._goals),
        )


def _years_of(review: Review, goals: tuple[GoalOverYears, ...], money: dict[str, Change]) -> YearOnYear:
    return YearOnYear(review=review, goals=goals, money=money)


def year_on_year(last: Sheet, this: Sheet, *, on: datetime.date) -> YearOnYear:
    """Compare last year's table with this year's: goals set below what was reached, goals copied, money and results.

    Ids, each followed by the indicator's name: ``years/reached/``, a doubt where this year asks less than last year
    reached; ``years/copied`` with a child ``years/copied/`` for each goal, a note where it is last year's unchanged;
    ``years/money_and_result`` with a child for each, a doubt where more was spent and less came of it. Only indicators
    of both years are compared; the others are remarks.

    >>> def sheet(target: str, actual: str) -> Sheet:
    ...     goal = Indicator(name="培训期数", level_one="产出指标", target=target)
    ...     return Sheet(title="党建经费", indicators=[goal], actuals=[Actual(indicator="培训期数", value=actual)])
    >>> from perfeval.indicators import Actual
    >>> years = year_on_year(sheet("≥3 期", "5 期"), sheet("≥4 期", "4 期"), on=datetime.date(2027, 2, 1))
    >>> years.review["years/reached/培训期数"].shortfall, years["培训期数"].actual.ratio
    (Amount.parse('1 期'), Fraction(4, 5))
    """
    day = _checked(on, last=last, this=this)
    before, now = _by_name(last), _paired(last, this)
    both = [name for name in before if name in now]
    money = {name: Change(last=_funds(last, name), this=_funds(this, name)) for name in _MONEY}
    goals = tuple(
        GoalOverYears(
            indicator=name,
            target=Change(last=_as_amount(before[name].target), this=_as_amount(now[name].target)),
            actual=Change(last=_actual(last, name), this=_actual(this, now[name].name)),
        )
        for name in both
    )
    findings: list[Finding] = [_reached(goal, now[goal.indicator], last) for goal in goals]
    findings.append(_copied([(before[name], now[name]) for name in both]))
    findings.append(_for_the_money(goals, now, money["executed"], this))
    remarks = list(_title_remarks(last, this, Label("上年", "last year"), Label("本年", "this year")))
    for kind, words, names in (
        ("gone", Label("本年不再设置：", "no longer set: "), [name for name in before if name not in now]),
        ("new", Label("本年新设：", "new this year: "), [name for name in now if name not in before]),
    ):
        remarks += [Remark(kind=kind, label=Label(f"{words.zh}{name}", f"{words.en}{name}")) for name in names]
    for name, change in money.items():
        remarks += _money_remarks(_MONEY[name], change)
    title = Label(f"{this.title}：与上年比较", f"{this.title}: against last year")
    review = Review(title=title, on=day, findings=tuple(findings), remarks=tuple(remarks))
    return YearOnYear(review=review, goals=goals, money=money)


def _money_remarks(label: Label, change: Change) -> Iterator[Remark]:
    if change.difference is None:
        return
    share = change.note
    if change.ratio is not None:
        shown = percent_words(change.ratio)
        share = Label(f"为上年的 {shown}", f"{shown} of last year's")
    if share is not None:
        words = f"{change.last} → {change.this}"
        said = Label(f"{label.zh}：{words}，{share.zh}", f"{label.en}: {words}, {share.en}")
        yield Remark(kind="money", label=said)


def _reached(goal: GoalOverYears, now: Indicator, last: Sheet) -> Finding:
    """Compare this year's target with what last year reached, in the direction of the operator."""
    name, target, reached = goal.indicator, goal.target.this, goal.actual.last
    finding = Finding(
        id=f"years/reached/{name}",
        rule=name,
        label=Label(f"{name}目标不低于上年实际", f"{name}, asks no less than last year reached"),
        verdict=Verdict.NOT_APPLICABLE,
        severity=Severity.DOUBT,
        spans=_spans(now.span),
    )
    operator = now.operator
    directed = operator in FLOORS or operator in CEILINGS
    if target is None or operator is None or not directed:
        said = Label("没有方向或没有带单位的指标值", "it has no direction, or no target with a unit")
        return evolve(finding, reason=Reason(ReasonKind.CONDITION), remarks=(said,))
    if reached is None:
        label = Label(f"{name}（上年实际）", f"{name} (reached last year)")
        lack = Missing(f"last.actuals.{name}", label, target.unit.text, of=Label(last.title, last.title))
        return evolve(finding, verdict=Verdict.UNKNOWN, missing=(lack,), reason=Reason(ReasonKind.MISSING))
    if reached.dimension != target.dimension:
        said = Label("两年计量单位不同", "the units of the two years do not go together")
        return evolve(finding, verdict=Verdict.UNKNOWN, reason=Reason(ReasonKind.UNDETERMINED), remarks=(said,))
    floor = operator in FLOORS
    short = reached - target if floor else target - reached
    kept = short.root <= 0
    return evolve(
        finding,
        verdict=Verdict.MET if kept else Verdict.UNMET,
        relation=Operator.AT_LEAST if floor else Operator.AT_MOST,
        observed=target,
        required=reached,
        shortfall=None if kept else short.to(target.unit),
        remarks=(
            Label(f"本年目标 {target}，上年完成 {reached}", f"{target} is asked, {reached} was reached last year"),
        ),
    )


def _copied(pairs: Iterable[tuple[Indicator, Indicator]]) -> Finding:
    whole = Finding(
        id="years/copied",
        rule="copied",
        label=Label("本年目标未照搬上年", "goals are not copied from last year"),
        verdict=Verdict.NOT_APPLICABLE,
        severity=Severity.NOTE,
    )
    children = tuple(
        evolve(
            whole,
            id=f"years/copied/{before.name}",
            label=Label(before.name, before.name),
            verdict=Verdict.UNMET if copied else Verdict.MET,
            remarks=(Label(f"与上年相同：{_goal(now).zh}", f"as last year: {_goal(now).en}"),) if copied else (),
            spans=_spans(now.span),
        )
        for before, now in pairs
        if before.target is not None and now.target is not None
        for copied in ((before.operator, before.target) == (now.operator, now.target),)
    )
    verdict = all_of(child.verdict for child in children)
    reason = None if children else Reason(ReasonKind.EMPTY_POPULATION)
    return evolve(whole, verdict=verdict, reason=reason, children=children)


def _for_the_money(goals: Iterable[GoalOverYears], now: Mapping[str, Indicator], spent: Change, this: Sheet) -> Finding:
    """Ask of each goal with a direction whether more money brought less: UNKNOWN where a figure is missing."""
    whole = Finding(
        id="years/money_and_result",
        rule="money_and_result",
        label=Label("支出增加而结果未下降", "no less came of more money"),
        verdict=Verdict.NOT_APPLICABLE,
        severity=Severity.DOUBT,
    )
    directed = [goal for goal in goals if now[goal.indicator].operator in (*FLOORS, *CEILINGS)]
    children = tuple(_for_more(whole, goal, now[goal.indicator], spent, this) for goal in directed)
    verdict = all_of(child.verdict for child in children)
    undecided = [child for child in children if child.verdict is verdict and child.reason is not None]
    reason = undecided[0].reason if undecided else None if children else Reason(ReasonKind.EMPTY_POPULATION)
    missing = tuple(dict.fromkeys(lack for child in children for lack in child.missing))
    return evolve(
        whole,
        verdict=verdict,
        reason=reason,
        missing=missing if verdict is Verdict.UNKNOWN else (),
        children=children,
    )


def _for_more(whole: Finding, goal: GoalOverYears, now: Indicator, spent: Change, this: Sheet) -> Finding:
    name, title = goal.indicator, Label(this.title, this.title)
    child = evolve(whole, id=f"years/money_and_result/{name}", label=Label(name, name), spans=_spans(now.span))
    lacks = [
        Missing(f"{year}.{where}", label, None, of=title)
        for change, where, label in (
            (spent, "funds.executed", _MONEY["executed"]),
            (goal.actual, f"actuals.{name}", Label(name, name)),
        )
        for year, amount in (("last", change.last), ("this", change.this))
        if amount is None
    ]
    if lacks:
        return evolve(child, verdict=Verdict.UNKNOWN, missing=tuple(lacks), reason=Reason(ReasonKind.MISSING))
    if spent.difference is None or goal.actual.difference is None:
        said = Label("两年计量单位不同", "the units of the two years do not go together")
        return evolve(child, verdict=Verdict.UNKNOWN, reason=Reason(ReasonKind.UNDETERMINED), remarks=(said,))
    if spent.difference.root <= 0:
        return evolve(child, reason=Reason(ReasonKind.CONDITION))
    worse = goal.actual.difference.root < 0 if now.operator in FLOORS else goal.actual.difference.root > 0
    words = f"{goal.actual.last} → {goal.actual.this}"
    money = f"{spent.last} → {spent.this}"
    said = Label(f"支出 {money}，完成值 {words}", f"spent {money}, reached {words}")
    return evolve(child, verdict=Verdict.UNMET if worse else Verdict.MET, remarks=(said,) if worse else ())


# --- what was given, and how it is shown -----------------------------------------------------------------


def _checked(on: object, **sheets: object) -> datetime.date:
    problems = [
        Problem(name, came=excerpt(sheet), needed="a Sheet")
        for name, sheet in sheets.items()
        if not isinstance(sheet, Sheet)
    ]
    if not is_day(on):
        problems.append(Problem("on", came=excerpt(on), needed="a datetime.date, such as date(2027, 2, 1)"))
        raise FactsError(*problems)
    if problems:
        raise FactsError(*problems)
    return on


def _by_name(sheet: Sheet) -> dict[str, Indicator]:
    return {indicator.name: indicator for indicator in sheet.indicators}


def _paired(one: Sheet, other: Sheet) -> dict[str, Indicator]:
    """Return the indicators of the other table by the names that the first has for them, where it has one.

    First by the name as it is written, then without blanks and whatever the width of its signs, where that tells one
    indicator of each table.
    """
    names = _by_name(one)
    left, right = _alone(names.keys() - _by_name(other).keys()), _alone(_by_name(other).keys() - names.keys())
    known = {right[plain]: name for plain, name in left.items() if plain in right}
    return {known.get(indicator.name, indicator.name): indicator for indicator in other.indicators}


def _alone(names: Iterable[str]) -> dict[str, str]:
    """Return names by what they are without blanks and width, those alone that no other name is like."""
    plain: dict[str, list[str]] = {}
    for name in names:
        folded = "".join(unicodedata.normalize("NFKC", name).split())
        # Once more without the blanks: what stood on either side of one may be a single sign.
        plain.setdefault(unicodedata.normalize("NFKC", folded), []).append(name)
    return {key: alike[0] for key, alike in plain.items() if len(alike) == 1}


def _title_remarks(one: Sheet, other: Sheet, first: Label, second: Label) -> Iterator[Remark]:
    if one.title == other.title:
        return
    said = Label(
        f"项目名称不同：{first.zh}“{one.title}”，{second.zh}“{other.title}”",
        f'the titles differ: {first.en} "{one.title}", {second.en} "{other.title}"',
    )
    yield Remark(kind="title", label=said)


def _as_amount(target: Amount | str | None) -> Amount | None:
    return target if isinstance(target, Amount) else None


def _actual(sheet: Sheet, name: str) -> Amount | None:
    actual = sheet.actual(name)
    return None if actual is None else _as_amount(actual.value)


def _funds(sheet: Sheet, name: str) -> Amount | None:
    funds: Funds | None = sheet.funds
    return None if funds is None else _as_amount(getattr(funds, name))


def _money_source(sheet: Sheet) -> str:
    return sheet.source if sheet.funds is None else sheet.funds.source or sheet.source


def _spans(span: Span | None) -> tuple[Span, ...]:
    return () if span is None else (span,)


def _sources(*sources: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for source in sources if source))


def _words(text: str) -> Label:
    return Label(text or "空白", text or "blank")


def _operator(indicator: Indicator) -> Label:
    if indicator.operator is None:
        return Label("未填", "unstated")
    sign = _SIGN[indicator.operator].strip()
    return Label(sign, sign)


def _target(indicator: Indicator) -> Label:
    target = indicator.target
    if target is None:
        return Label("空白", "blank")
    words = observation_words(target) if isinstance(target, Amount) else target
    return Label(words, words)


def _goal(indicator: Indicator) -> Label:
    """Return operator and target as one, as a table shows them."""
    sign = "" if indicator.operator is None else _SIGN[indicator.operator]
    target = _target(indicator)
    return Label(f"{sign}{target.zh}", f"{sign}{target.en}")


def _weight(indicator: Indicator) -> Label:
    if indicator.weight is None:
        return Label("未填", "unstated")
    points = points_words(indicator.weight)
    return Label(points, points)
