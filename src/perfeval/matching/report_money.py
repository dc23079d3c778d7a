"""What a report says of its money as one figure said in several places: budget, changed budget, spending, what is left.

Only money of the report's year is taken; what is of a year before, of several years or a difference between years stands
apart. A rate is held against the money that its own sentence names, else against that of the report.
Imports ``displayed``, ``shown``, ``repeated``, ``documents`` and above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final, final

from attrs import evolve, frozen

from perfeval.amounts import Amount
from perfeval.budgets import Figure, Identity
from perfeval.citations import Span
from perfeval.documents.bounds import Comparator
from perfeval.documents.folding import fold
from perfeval.documents.performance_report import Report, ReportedFigure, ReportPart
from perfeval.documents.project import MoneyKind, StatedMoney
from perfeval.documents.quantities import SOURCE
from perfeval.facts import Given, Label, Stage
from perfeval.matching.displayed import rate_margin
from perfeval.matching.repeated import Repeated, Said
from perfeval.matching.shown import rest_of_rounding

__all__ = ["Execution", "ReportMoney", "Sum", "is_of_other_year", "money_of", "plain_of", "role_of"]

_LED: Final = r"(?:(?:19|20)\d\d\s?年?度?|截[至止]到?[\d年月日底末]{2,14}|其中|该|本|项目|总|共|全年|年度|累计|实际|已|资金|经费|共计|合计){0,8}"
_TAIL: Final = r"(?:数|资金|金额|总额|总数|安排|批复|了|为|是|共|约|计|[:：]){0,4}"
_INITIAL: Final = re.compile(rf"{_LED}(?:年初|批复|下达|申请|核定|安排)?的?(?:部门)?预算{_TAIL}")
_ADJUSTED: Final = re.compile(
    rf"(?:[^,，。；;]{{0,6}})(?:(?:调整|追加|调减|调增)后的?(?:全年|项目|年度)?预算|全年预算|调整预算){_TAIL}"
)
_SPENT: Final = re.compile(rf"{_LED}(?:预算)?(?<!项目)(?:执行|支出|支付|使用|完成支付){_TAIL}")
_LEFT: Final = re.compile(rf"{_LED}(?:结余|剩余|结转结余|未支出|未执行|未使用){_TAIL}")
_SPENDS: Final = re.compile(r"(?<![未预])(?:支出|执行|使用|支付|拨付|开支|花费)")
_BUDGETS: Final = re.compile(r"预算(?!执行|支出)|安排|批复|下达|计划|到位|拨入")
_NO_BUDGET: Final = re.compile("结余|结转|收回|调减|调增|追加资金|核减|比|较")
_RATE: Final = re.compile(r"(?:执行|支出|使用|支付)(?:进度|率|比例)(?:为|达到?|是|约|[:：])?\s?$")
_WHOLE_RATE: Final = re.compile(
    rf"{_LED}(?:总体|综合|整体)?(?:预算|资金|经费)*(?:执行|支出|使用|支付)(?:进度|率|比例)(?:为|达到?|是|[:：])?\s?"
)
_ELSEWHEN: Final = re.compile(
    r"上年|去年|往年|上一年|同期|比|较|提高|下降|目标|要求|应达|不低于|下一?年|次年|[上下]半年|季度|[1-9]月|1[01]月"
)
_YEAR: Final = re.compile(r"(?P<year>(?:19|20)\d\d)\s?年|(?P<other>上年|上一年|去年|往年|以前年度)|本年|当年|今年")
_LESS: Final = re.compile("(?:调减|核减|压减|调低)(?:预算|资金|安排|了)*$")
_MORE: Final = re.compile("(?:调增|追加|核增|调高)(?:预算|资金|安排|了)*$")
_EDGE: Final = "。！!？?\n"
_MOST: Final = 12
_MOST_RATES: Final = 40
_LOW: Final = Fraction(9, 10)


def plain_of(one: StatedMoney | None) -> Given | None:
    """Return money of a report as a fact, in yuan of no kind; its value is None where no unit is declared."""
    if one is None:
        return None
    amount = one.printed.amount
    value = None if amount is None else Amount.of(one.printed.number, amount.unit.text.partition("[")[0])
    return Given(value=value, stage=Stage.ACHIEVED, source=SOURCE, span=one.printed.span or one.span)


def _sentence_before(folded: str, place: int) -> int:
    """Return where the sentence begins in which a place stands."""
    low = max(0, place - 400)
    return max(low, *(folded.rfind(mark, low, place) + 1 for mark in _EDGE))


def is_of_other_year(folded: str, place: int, report: Report) -> bool:
    """Say whether the last year that a sentence names before a place is not that of the report."""
    last: re.Match[str] | None = None
    for match in _YEAR.finditer(folded, _sentence_before(folded, place), place):
        last = match
    if last is None or report.year is None:
        return last is not None and last["other"] is not None
    return last["other"] is not None or (last["year"] is not None and int(last["year"]) != report.year.number)


def _stands_with_other_year(folded: str, place: int, report: Report) -> bool:
    """Say whether a sentence without money of its own follows one whose money is of another year, in the same line."""
    start = _sentence_before(folded, place)
    line = folded.rfind("\n", 0, place) + 1
    before = [one for one in report.money if line <= (one.printed.span or one.span).start < place]
    if not before or (before[-1].printed.span or before[-1].span).start >= start:
        return False
    return before[-1].kind in (MoneyKind.PRIOR_YEAR, MoneyKind.OTHER_YEAR)


def _gives_the_year(words: Span, report: Report) -> bool:
    """Say whether a report has its year from the words of a figure alone, so that nothing else need be of that year."""
    year = report.year
    return year is not None and words.start <= year.span.start < words.end


def role_of(folded: str, one: StatedMoney) -> str | None:
    """Say whether an amount was budgeted or spent, by the last word of its sentence that tells; None where none does."""
    place = (one.printed.span or one.span).start
    words = folded[_sentence_before(folded, place) : place]
    spent = max((match.start() for match in _SPENDS.finditer(words)), default=-1)
    budgeted = max((match.start() for match in _BUDGETS.finditer(words)), default=-1)
    if spent == budgeted:
        return None
    return "支出" if spent > budgeted else "预算"


@final
@frozen(kw_only=True)
class Sum:
    """What other figures come to, and the figure that the report prints for it."""

    words: Span
    printed: Given
    worked: Amount | None
    identity: Identity | None


@final
@frozen(kw_only=True)
class Execution:
    """A rate of execution that is said, with the money that it is the rate of; either may be wanting."""

    figure: ReportedFigure
    rate: Amount
    spent: Given | None
    budget: Given | None
    allowed: Amount | None

    @property
    def worked(self) -> Fraction | None:
        """What was spent over the budget; None where either is not known."""
        return _over(self.spent, self.budget)

    @property
    def agrees(self) -> bool | None:
        """Whether the rate is that of the money; None where that is not known."""
        if self.worked is None or self.allowed is None:
            return None
        return abs(self.rate.root - self.worked) <= self.allowed.root

    @property
    def is_over(self) -> bool:
        """Whether more than the budget is said to have been spent."""
        return self.rate.root > 1

    @property
    def is_low(self) -> bool:
        """Whether the rate that is said is below 90 %."""
        return self.rate.root < _LOW


@final
@frozen(kw_only=True)
class ReportMoney:
    """The money of a report's year, by what it is; ``said`` are the figures that stand in several places."""

    budget: Given | None
    adjusted: Given | None
    spent: Given | None
    said: tuple[Repeated, ...]
    executions: tuple[Execution, ...]
    left: tuple[Sum, ...]
    changes: tuple[Sum, ...]

    def identities(self) -> Iterator[Identity]:
        """Yield what must be equal, each figure under one key throughout."""
        for sums in (*self.left, *self.changes):
            if sums.identity is not None:
                yield sums.identity
        for index, execution in enumerate(self.executions):
            identity = self._of_rate(f"rate/{index}", f"rate[{index}]", execution)
            if identity is not None:
                yield identity

    def _of_rate(self, key: str, figure: str, execution: Execution) -> Identity | None:
        whole = self.adjusted or self.budget
        if execution.agrees is None or execution.spent != self.spent or execution.budget != whole:
            return None
        return self.of_share(
            key, figure, "执行率", "rate", execution.rate.root, execution.figure.figure.span, agrees=execution.agrees
        )

    def of_share(
        self, key: str, figure: str, zh: str, en: str, share: Fraction, span: Span | None, *, agrees: bool
    ) -> Identity | None:
        """Return that a share of the budget is what was spent; a share that agrees to its digits agrees exactly."""
        spent, budget = self.spent, self.adjusted or self.budget
        if (
            spent is None
            or budget is None
            or not isinstance(spent.value, Amount)
            or not isinstance(budget.value, Amount)
        ):
            return None
        amount = spent.value if agrees else Amount.from_root(budget.value.root * share, spent.value.unit)
        return Identity(
            key=key,
            label=Label(f"{zh}与执行数相符", f"the {en} is that of the money"),
            left=(Figure(key=figure, label=Label(zh, en), amount=amount, span=span),),
            right=(_figure("spent", spent),),
        )


_NAMES: Final = {
    "initial": Label("预算数", "budget"),
    "adjusted": Label("调整后预算数", "changed budget"),
    "spent": Label("执行数", "money spent"),
    "left": Label("结余", "money left"),
    "change": Label("调整数", "change"),
}


def _figure(key: str, given: Given) -> Figure:
    assert isinstance(given.value, Amount)  # noqa: S101 - callers have looked
    return Figure(key=key, label=_NAMES[key], amount=given.value, span=given.span)


def _over(spent: Given | None, budget: Given | None) -> Fraction | None:
    if spent is None or budget is None or not isinstance(spent.value, Amount) or not isinstance(budget.value, Amount):
        return None
    return None if budget.value.root <= 0 else Fraction(spent.value.root) / Fraction(budget.value.root)


def money_of(report: Report) -> ReportMoney:
    """Return what a report says of its year's money."""
    folded = fold(report.text)
    annual = [one for one in report.money if _is_own(one, report)]
    if report.spent is not None and report.spent not in annual:
        annual.append(report.spent)
    budget, adjusted, spent = plain_of(report.budget), plain_of(report.adjusted), plain_of(report.spent)
    return ReportMoney(
        budget=budget,
        adjusted=adjusted,
        spent=spent,
        said=tuple(_repeated(report, annual)),
        executions=tuple(_executions(report, folded, annual)),
        left=tuple(_left(report, budget, adjusted, spent)),
        changes=tuple(_changes(report, folded, budget, adjusted)),
    )


def _is_own(one: StatedMoney, report: Report) -> bool:
    """Say whether money is an exact sum of the report's own year."""
    year = None if report.year is None else report.year.number
    exact = one.comparator in (Comparator.UNSTATED, Comparator.EQ) and not one.per
    return one.kind is MoneyKind.ANNUAL and exact and (one.year is None or year is None or one.year == year)


# --------------------------------------------------------------------------------------------------------
# Said in several places


def _repeated(report: Report, annual: Sequence[StatedMoney]) -> Iterator[Repeated]:
    """Yield the sums that are said in several parts of the report; one that has two values in one part is no one sum."""
    places: dict[str, list[tuple[ReportPart | None, Said]]] = {}
    first = {"initial": report.budget, "adjusted": report.adjusted, "spent": report.spent}
    for one in annual:
        given = plain_of(one)
        role = _whole_role(one)
        if role is None or given is None or given.value is None:
            continue
        changed = report.adjusted is not None and one.printed.agrees(report.adjusted.printed)
        if role == "initial" and changed and "年初" not in one.name:
            role = "adjusted"
        key = role if one is first.get(role) else None
        places.setdefault(role, []).append((report.part_at(one.span.start), Said(given=given, key=key)))
    for role, stated in places.items():
        values: dict[ReportPart | None, set[object]] = {}
        for part, said in stated:
            values.setdefault(part, set()).add(said.given.value)
        if len(stated) > 1 and all(len(one) == 1 for one in values.values()):
            yield Repeated(key=f"report/{role}", name=_NAMES[role].zh, said=tuple(said for _, said in stated[:_MOST]))


def _whole_role(one: StatedMoney) -> str | None:
    name = "".join(fold(one.name).split())
    for role, words in (("adjusted", _ADJUSTED), ("initial", _INITIAL), ("spent", _SPENT)):
        if words.fullmatch(name):
            return role
    return None


# --------------------------------------------------------------------------------------------------------
# What is left, and what was changed


def _left(report: Report, budget: Given | None, adjusted: Given | None, spent: Given | None) -> Iterator[Sum]:
    """Yield the one sum that is said to be left; of several none is taken, for they may be parts of one another."""
    stated = [
        one
        for one in report.money
        if _LEFT.fullmatch("".join(fold(one.name).split()))
        and one.kind in (MoneyKind.ANNUAL, MoneyKind.CUMULATIVE)
        and one.comparator in (Comparator.UNSTATED, Comparator.EQ)
        and not one.per
    ]
    whole = adjusted or budget
    if len(stated) != 1 or whole is None or spent is None:
        return
    printed = plain_of(stated[0])
    if printed is not None:
        yield _sum(printed, "left", [whole], [spent], ["adjusted" if adjusted else "initial"], ["spent"])


def _changes(report: Report, folded: str, budget: Given | None, adjusted: Given | None) -> Iterator[Sum]:
    """Yield the changed budget with the changes that its own sentence names before it."""
    if report.adjusted is None or budget is None or adjusted is None or adjusted.span is None:
        return
    start = _sentence_before(folded, adjusted.span.start)
    more, less = [], []
    for one in report.money:
        place = (one.printed.span or one.span).start
        given = plain_of(one)
        name = "".join(fold(one.name).split())
        if not start <= place < adjusted.span.start or given is None:
            continue
        if _LESS.search(name):
            less.append(given)
        elif _MORE.search(name):
            more.append(given)
        elif one.kind is MoneyKind.CHANGE:
            return  # by how much it differs from another year, and not what was changed in this one
    if more or less:
        plus, minus = ["change"] * len(more), ["change"] * len(less)
        yield _sum(adjusted, "adjusted", [budget, *more], less, ["initial", *plus], minus)


def _sum(
    printed: Given,
    own: str,
    plus: Sequence[Given],
    minus: Sequence[Given],
    plus_of: Sequence[str],
    minus_of: Sequence[str],
) -> Sum:
    """Return what some figures less others come to, to the digits that they print."""
    assert printed.span is not None  # noqa: S101 - what a text says has its place
    known = [one.value for one in (printed, *plus, *minus)]
    if not all(isinstance(value, Amount) for value in known):
        return Sum(words=printed.span, printed=printed, worked=None, identity=None)
    roots = [value.root for value in known if isinstance(value, Amount)]
    worked = sum(roots[1 : 1 + len(plus)], Fraction(0)) - sum(roots[1 + len(plus) :], Fraction(0))
    assert isinstance(printed.value, Amount)  # noqa: S101 - as was seen
    amount = Amount.from_root(worked, printed.value.unit)
    one_side = ([printed, *minus], plus[0]) if len(plus) == 1 else (plus, printed)
    if (len(plus) == 1 or not minus) and rest_of_rounding(*one_side) is not None:
        amount = printed.value  # they differ by rounding alone
    rounded = amount == printed.value and worked != printed.value.root
    number = iter(range(len(plus) + len(minus)))
    right = tuple(_numbered(key, given, next(number)) for key, given in zip(plus_of, plus, strict=True))
    left = (
        _figure(own, printed),
        *(_numbered(key, one, next(number)) for key, one in zip(minus_of, minus, strict=True)),
    )
    identity = Identity(key=f"sum/{own}", label=_NAMES[own], left=left, right=right)
    return Sum(words=printed.span, printed=printed, worked=amount, identity=None if rounded else identity)


def _numbered(key: str, given: Given, number: int) -> Figure:
    figure = _figure(key, given)
    return evolve(figure, key=f"change[{number}]") if key == "change" else figure


# --------------------------------------------------------------------------------------------------------
# Rates of execution


def _executions(report: Report, folded: str, annual: Sequence[StatedMoney]) -> Iterator[Execution]:
    for figure in report.rates[:_MOST_RATES]:
        span, value = figure.figure.span, figure.figure.value
        exact = figure.comparator in (Comparator.UNSTATED, Comparator.EQ)
        if span is None or not isinstance(value, Amount) or not value.unit.is_ratio or not exact:
            continue
        words = folded[figure.span.start : span.start]
        own = figure.figure.stage is Stage.ACHIEVED and figure.part not in (ReportPart.GOALS, ReportPart.MEASURES)
        if (
            own
            and _RATE.search(words)
            and not _ELSEWHEN.search(words)
            and not is_of_other_year(folded, span.start, report)
            and not _stands_with_other_year(folded, span.start, report)
            and not _gives_the_year(figure.span, report)
        ):
            execution = _execution(report, folded, annual, figure, words, span)
            if execution is not None:
                yield execution


def _execution(
    report: Report, folded: str, annual: Sequence[StatedMoney], figure: ReportedFigure, words: str, span: Span
) -> Execution | None:
    start = _sentence_before(folded, span.start)
    rate = figure.figure.value
    assert isinstance(rate, Amount)  # noqa: S101 - as was seen
    _, _, decimals = folded[span.start : span.end].rstrip("% ").partition(".")
    of_whole = _WHOLE_RATE.fullmatch(words.strip()) is not None
    near = [one for one in annual if start <= (one.printed.span or one.span).start < span.start]
    spent = [one for one in near if role_of(folded, one) == "支出" and _SPENDS.search(one.name)][-1:]
    if of_whole and report.spent is not None and report.spent not in spent:
        spent = [report.spent, *spent] if _is_whole(report.spent) else [*spent, report.spent]
    if not spent and not of_whole:
        return None
    budgets = [one for one in near if _BUDGETS.search(one.name) and not _NO_BUDGET.search(one.name)]
    first = report.adjusted or report.budget
    if first is not None and (of_whole or not budgets):
        budgets = [first, *(one for one in budgets if one is not first)]
    if report.adjusted is not None:
        budgets = [one for one in budgets if one is not report.budget]
    budgets += [one for one in annual if re.search("到位|拨入|下达", one.name) and one not in budgets]
    pairs = [
        Execution(
            figure=figure,
            rate=rate,
            spent=plain_of(paid),
            budget=plain_of(granted),
            allowed=rate_margin(rate, len(decimals), _over(plain_of(paid), plain_of(granted))),
        )
        for paid in (*spent, None)[: len(spent) or 1]
        for granted in (*budgets, None)[: len(budgets) or 1]
    ]
    return next((pair for pair in pairs if pair.agrees), pairs[0])


def _is_whole(one: StatedMoney) -> bool:
    return _SPENT.fullmatch("".join(fold(one.name).split())) is not None
