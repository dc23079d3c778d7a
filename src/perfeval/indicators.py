"""What a table of performance goals holds: indicators with their targets, what was achieved, and the money spent.

A :class:`Sheet` is one project's table (项目支出绩效自评表): its indicators, the actual of each, and its funds. It is
data only: units are checked and texts read when it is built, every problem of the table at once, and nothing is
scored here. An operator that the table leaves out stays ``None``: it is unstated, never "=".

Imports ``amounts``, ``citations``, ``expressions``, ``facts``, ``numerals``, ``units`` and ``errors``.
"""

from __future__ import annotations

import datetime
import enum
import re
import unicodedata
from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final, TypeVar, final

from attrs import evolve, field, fields, frozen

from perfeval.amounts import Amount, Number
from perfeval.citations import Span
from perfeval.errors import FactsError, InputError, NotFoundError, PerfevalError, Problem, UnitError, excerpt, nearest
from perfeval.expressions import Operator
from perfeval.facts import Label, one_of
from perfeval.numerals import read_numeral

__all__ = [
    "Actual",
    "BudgetBase",
    "Funds",
    "Indicator",
    "IndicatorKind",
    "Sheet",
    "exact_number",
    "lacking_unit",
]

_LONGEST: Final = 2000
_SIGNS: Final = {
    "≥": Operator.AT_LEAST,
    "≧": Operator.AT_LEAST,
    "⩾": Operator.AT_LEAST,
    ">=": Operator.AT_LEAST,
    "=>": Operator.AT_LEAST,
    "≤": Operator.AT_MOST,
    "≦": Operator.AT_MOST,
    "⩽": Operator.AT_MOST,
    "<=": Operator.AT_MOST,
    "=<": Operator.AT_MOST,
    ">": Operator.ABOVE,
    "<": Operator.BELOW,
    "=": Operator.EQUAL,
    "==": Operator.EQUAL,
}
_SIGNED: Final = re.compile(r"(?P<sign>[≥≧⩾≤≦⩽<>=＜＞＝﹤﹥﹦]+)\s*(?P<rest>.*)", re.DOTALL)
_E = TypeVar("_E", bound=enum.Enum)
_T = TypeVar("_T")


# A field is typed by what may be given and holds what was read: it is read after all have been given, so that every
# problem is reported at once.
def _number_given(value: Number | str | None) -> Fraction | None:
    return value  # type: ignore[return-value]


def _operator_given(value: Operator | str | None) -> Operator | None:
    return value  # type: ignore[return-value]


def _kind_given(value: IndicatorKind | str) -> IndicatorKind:
    return value  # type: ignore[return-value]


def _money_given(value: Amount | str | None) -> Amount | None:
    return value  # type: ignore[return-value]


@final
class IndicatorKind(enum.Enum):
    """Whether an indicator is counted (定量) or described (定性)."""

    QUANTITATIVE = "quantitative"
    QUALITATIVE = "qualitative"


@final
class BudgetBase(enum.Enum):
    """Which budget the execution rate divides by: 年初预算数, 全年预算数 or 调整后预算数."""

    INITIAL = "initial"
    FULL_YEAR = "full_year"
    ADJUSTED = "adjusted"

    @property
    def label(self) -> Label:
        """Its name in both languages."""
        return {
            BudgetBase.INITIAL: Label("年初预算数", "initial budget"),
            BudgetBase.FULL_YEAR: Label("全年预算数", "full-year budget"),
            BudgetBase.ADJUSTED: Label("调整后预算数", "adjusted budget"),
        }[self]


def exact_number(value: Number | str) -> Fraction:
    """Return a weight or a score as an exact fraction, from an int, a Fraction, a Decimal or a numeral.

    Raises :class:`~perfeval.errors.AmountError` or :class:`~perfeval.errors.NumeralError`; a float is refused.

    >>> exact_number("22.5"), exact_number(50)
    (Fraction(45, 2), Fraction(50, 1))
    """
    # Amount.of refuses what is not exact and what is too long; a percentage has no other say in the number.
    return Amount.of(value, "%").number


def lacking_unit(text: str) -> Label | None:
    """Return what keeps text from being an amount where that is its unit: it has none, or one that is not known.

    None for text that is an amount, and for text that does not begin with a number.

    >>> lacking_unit("3").en, lacking_unit("450 延米").en, lacking_unit("若干")
    ('it has no unit', "the unit '延米' is not known", None)
    """
    try:
        Amount.parse(text)
    except UnitError as error:
        unit = error.problems[0].came
        return Label(f"计量单位 {unit} 无法识别", f"the unit {unit} is not known")
    except InputError:
        try:
            read_numeral(text)
        except InputError:
            return None
        return Label("未写计量单位", "it has no unit")
    return None


@final
@frozen(kw_only=True)
class Indicator:
    """One indicator of the third level (三级指标): what is to be reached, and how many points it is worth.

    ``name`` is that of the third level. ``target`` of a quantitative indicator is an amount with its unit; text that
    reads as one becomes one, and a sign in front of it (``"≥50 个"``) becomes the ``operator``, also where what follows
    is no amount: that stays as written, without the sign. The target of a qualitative indicator stays as it is given.
    ``operator`` and ``weight`` are None where the table leaves them out. Raises ``FactsError`` with every problem.

    >>> indicator = Indicator(name="培训期数", level_one="产出指标", target="≥3 期", weight="12.5")
    >>> indicator.operator, indicator.target, indicator.weight
    (<Operator.AT_LEAST: '>='>, Amount.parse('3 期'), Fraction(25, 2))
    >>> unread = Indicator(name="场地", level_one="产出指标", target="≥450 延米")
    >>> unread.operator, unread.target
    (<Operator.AT_LEAST: '>='>, '450 延米')
    """

    name: str
    level_one: str
    level_two: str = ""
    operator: Operator | None = field(default=None, converter=_operator_given)
    target: Amount | str | None = None
    weight: Fraction | None = field(default=None, converter=_number_given)
    kind: IndicatorKind = field(default=IndicatorKind.QUANTITATIVE, converter=_kind_given)
    span: Span | None = field(default=None, eq=False)
    source: str = field(default="", eq=False)

    def __attrs_post_init__(self) -> None:
        """Read what was given, and raise every problem at once."""
        where = _place("indicator", self.name)
        problems: list[Problem] = []
        _set(self, "name", _text(self.name, f"{where}.name", problems, blank=False))
        _set(self, "level_one", _text(self.level_one, f"{where}.level_one", problems, blank=False))
        _set(self, "level_two", _text(self.level_two, f"{where}.level_two", problems))
        _set(self, "source", _text(self.source, f"{where}.source", problems))
        _set(self, "kind", _member(IndicatorKind, self.kind, f"{where}.kind", problems))
        _set(self, "weight", _points(self.weight, f"{where}.weight", problems))
        _span(self.span, where, problems)
        if self.operator is not None:
            sign = _sign(self.operator) if isinstance(self.operator, str) else None
            _set(self, "operator", sign or _member(Operator, self.operator, f"{where}.operator", problems))
        self._read_target(where, problems)
        if problems:
            raise FactsError(*problems)

    def _read_target(self, where: str, problems: list[Problem]) -> None:
        written: object = self.target
        if written is None or isinstance(written, Amount):
            return
        if not isinstance(written, str):
            problems.append(
                Problem(
                    where=f"{where}.target",
                    came=excerpt(written),
                    needed="an amount with its unit, such as '50 个', text as written, or None",
                )
            )
            return
        text = _text(written, f"{where}.target", problems)
        _set(self, "target", text or None)
        if self.kind is not IndicatorKind.QUANTITATIVE:
            return
        signed = _SIGNED.fullmatch(text)
        sign = None if signed is None else _sign(signed["sign"])
        rest = text if signed is None or sign is None else signed["rest"]
        _set(self, "target", _amount(rest) or rest or None)
        if sign is None:
            return
        if isinstance(self.operator, Operator) and self.operator is not sign:
            problems.append(
                Problem(
                    where=f"{where}.operator",
                    came=f"{self.operator.value} beside the target {excerpt(written)}",
                    needed="one operator: that of its own cell or that of the target",
                )
            )
        if self.operator is None:
            _set(self, "operator", sign)


@final
@frozen(kw_only=True)
class Actual:
    """What came of one indicator (实际完成值), named by its third level.

    ``value`` is an amount, or text: the tier of a qualitative indicator; None where it was left blank. ``reason`` is
    偏差原因分析. ``score`` is the points that the unit or a reviewer gave by hand (得分); None where none were.

    >>> Actual(indicator="培训期数", value="3 期", score="12.5").score
    Fraction(25, 2)
    """

    indicator: str
    value: Amount | str | None = None
    reason: str | None = None
    score: Fraction | None = field(default=None, converter=_number_given)
    span: Span | None = field(default=None, eq=False)
    source: str = field(default="", eq=False)

    def __attrs_post_init__(self) -> None:
        """Read what was given, and raise every problem at once."""
        where = _place("actual", self.indicator)
        problems: list[Problem] = []
        _set(self, "indicator", _text(self.indicator, f"{where}.indicator", problems, blank=False))
        _set(self, "source", _text(self.source, f"{where}.source", problems))
        _set(self, "score", _points(self.score, f"{where}.score", problems))
        _span(self.span, where, problems)
        if self.reason is not None:
            _set(self, "reason", _text(self.reason, f"{where}.reason", problems) or None)
        if isinstance(self.value, str):
            _set(self, "value", _text(self.value, f"{where}.value", problems) or None)
        elif self.value is not None and not isinstance(self.value, Amount):
            problems.append(
                Problem(
                    where=f"{where}.value",
                    came=excerpt(self.value),
                    needed="an amount with its unit, such as '50 个', the text of a tier, or None",
                )
            )
        if problems:
            raise FactsError(*problems)


@final
@frozen(kw_only=True)
class Funds:
    """The money of the year: 年初预算数, 全年预算数 (A), 调整后预算数 and 全年执行数 (B); None where it was left blank.

    Each is plain money, zero or more, as an ``Amount`` or as text. ``score`` is the points given by hand for the
    execution rate, ``reason`` why little was spent. Raises ``FactsError`` with every problem.

    >>> Funds(full_year="5 万元", executed="45,000 元").budget(BudgetBase.FULL_YEAR)
    Amount.parse('5 万元')
    """

    initial: Amount | None = field(default=None, converter=_money_given)
    full_year: Amount | None = field(default=None, converter=_money_given)
    adjusted: Amount | None = field(default=None, converter=_money_given)
    executed: Amount | None = field(default=None, converter=_money_given)
    reason: str | None = None
    score: Fraction | None = field(default=None, converter=_number_given)
    span: Span | None = field(default=None, eq=False)
    source: str = field(default="", eq=False)

    def __attrs_post_init__(self) -> None:
        """Read what was given, and raise every problem at once."""
        problems: list[Problem] = []
        for name in ("initial", "full_year", "adjusted", "executed"):
            _set(self, name, _money(getattr(self, name), f"funds.{name}", problems))
        given = [
            amount for amount in (self.initial, self.full_year, self.adjusted, self.executed) if amount is not None
        ]
        if not problems and len({amount.dimension for amount in given}) > 1:
            problems.append(
                Problem(
                    where="funds",
                    came=", ".join(str(amount) for amount in given),
                    needed="money of one currency, one kind and one period",
                )
            )
        _set(self, "score", _points(self.score, "funds.score", problems))
        _set(self, "source", _text(self.source, "funds.source", problems))
        _span(self.span, "funds", problems)
        if self.reason is not None:
            _set(self, "reason", _text(self.reason, "funds.reason", problems) or None)
        if problems:
            raise FactsError(*problems)

    def budget(self, base: BudgetBase) -> Amount | None:
        """Return the budget that a profile divides by."""
        return {
            BudgetBase.INITIAL: self.initial,
            BudgetBase.FULL_YEAR: self.full_year,
            BudgetBase.ADJUSTED: self.adjusted,
        }[base]


def _indicator_list(given: Iterable[Indicator]) -> tuple[Indicator, ...]:
    return _listed(given, Indicator, "indicators")


def _actual_list(given: Iterable[Actual]) -> tuple[Actual, ...]:
    return _listed(given, Actual, "actuals")


def _listed(given: object, kind: type[_T], where: str) -> tuple[_T, ...]:
    if isinstance(given, str | Mapping) or not isinstance(given, Iterable):
        raise FactsError.of(f"sheet.{where}", came=excerpt(given), needed=f"a list of {kind.__name__}")
    items = tuple(given)
    problems = [
        Problem(where=f"sheet.{where}[{place}]", came=excerpt(item), needed=f"an {kind.__name__}")
        for place, item in enumerate(items)
        if not isinstance(item, kind)
    ]
    if problems:
        raise FactsError(*problems)
    return items


@final
@frozen(kw_only=True)
class Sheet:
    """One project's table of indicators, actuals and funds.

    ``actuals`` may be fewer than the indicators: what has none is missing, not zero. An actual of a quantitative
    indicator that reads as an amount becomes one, and must have the dimension of the target. ``profile`` is the name
    of the scoring profile that the table says it follows, ``as_of`` the day up to which the actuals count, ``total`` the
    points that it prints as its sum (总分); None where it does not say. Raises ``FactsError`` with every problem: two
    indicators or two actuals of one name, an actual of no indicator, units that do not go together.

    >>> sheet = Sheet(
    ...     title="党建经费",
    ...     indicators=[Indicator(name="培训期数", level_one="产出指标", target="≥3 期", weight=50)],
    ...     actuals=[Actual(indicator="培训期数", value="2 期")],
    ... )
    >>> sheet.actual("培训期数").value, sheet.actual("培训期数").reason
    (Amount.parse('2 期'), None)
    """

    title: str
    indicators: tuple[Indicator, ...] = field(converter=_indicator_list)
    actuals: tuple[Actual, ...] = field(default=(), converter=_actual_list)
    funds: Funds | None = None
    profile: str | None = None
    as_of: datetime.date | None = None
    total: Fraction | None = field(default=None, converter=_number_given)
    source: str = field(default="", eq=False)
    _indicators: Mapping[str, Indicator] = field(init=False, eq=False, repr=False)
    _actuals: Mapping[str, Actual] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Check the parts against each other, and raise every problem at once."""
        problems: list[Problem] = []
        _set(self, "title", _text(self.title, "sheet.title", problems, blank=False))
        _set(self, "source", _text(self.source, "sheet.source", problems))
        _set(self, "total", _points(self.total, "sheet.total", problems))
        if self.profile is not None:
            _set(self, "profile", _text(self.profile, "sheet.profile", problems, blank=False))
        if self.funds is not None and not isinstance(self.funds, Funds):
            problems.append(Problem(where="sheet.funds", came=excerpt(self.funds), needed="Funds, or None"))
        day = self.as_of
        if day is not None and (not isinstance(day, datetime.date) or isinstance(day, datetime.datetime)):
            problems.append(Problem(where="sheet.as_of", came=excerpt(day), needed="a datetime.date, or None"))
        if not self.indicators:
            problems.append(Problem(where="sheet.indicators", came="no indicator", needed="at least one"))
        by_name: dict[str, Indicator] = {}
        for indicator in self.indicators:
            if indicator.name in by_name:
                problems.append(_twice("indicator", indicator.name))
            by_name[indicator.name] = indicator
        actuals: dict[str, Actual] = {}
        for actual in self.actuals:
            if actual.indicator in actuals:
                problems.append(_twice("actual", actual.indicator))
            actuals[actual.indicator] = _matched(actual, by_name, problems)
        if problems:
            raise FactsError(*problems)
        _set(self, "actuals", tuple(actuals.values()))
        _set(self, "_indicators", MappingProxyType(by_name))
        _set(self, "_actuals", MappingProxyType(actuals))

    def __reduce__(self) -> tuple[object, ...]:
        """Copy and pickle by what was given: a read-only mapping can be neither."""
        return _sheet_of, ({one.name: getattr(self, one.name) for one in fields(Sheet) if one.init},)

    def indicator(self, name: str) -> Indicator:
        """Return the indicator of that name; raise ``NotFoundError`` naming the nearest."""
        if name not in self._indicators:
            raise NotFoundError.of(
                "sheet",
                came=excerpt(name),
                needed="the name of an indicator",
                nearest=nearest(str(name), self._indicators),
            )
        return self._indicators[name]

    def actual(self, name: str) -> Actual | None:
        """Return what came of the indicator of that name, or None where nothing was given."""
        return self._actuals.get(self.indicator(name).name)


def _sheet_of(given: dict[str, Any]) -> Sheet:
    return Sheet(**given)


def _matched(actual: Actual, indicators: Mapping[str, Indicator], problems: list[Problem]) -> Actual:
    """Return the actual with its value read as its indicator wants it."""
    indicator = indicators.get(actual.indicator)
    if indicator is None:
        # Against a long table the nearest name is looked for among few: the hint must not cost the square.
        near = nearest(actual.indicator, indicators) if len(indicators) <= 200 else None
        problems.append(
            Problem(
                where=_place("actual", actual.indicator),
                came="an actual of an indicator that the sheet does not have",
                needed="the name of one of its indicators",
                nearest=near,
            )
        )
        return actual
    if indicator.kind is not IndicatorKind.QUANTITATIVE or actual.value is None:
        return actual
    value = _amount(actual.value) if isinstance(actual.value, str) else actual.value
    if value is None:
        return actual
    target = indicator.target
    if isinstance(target, Amount) and value.dimension != target.dimension:
        problems.append(
            Problem(
                where=f"{_place('actual', actual.indicator)}.value",
                came=f"{value} against the target {target}",
                needed=f"an amount that converts to {target.unit}",
            )
        )
    return evolve(actual, value=value)


# --- reading what was given ------------------------------------------------------------------------------


def _sign(text: str) -> Operator | None:
    """Return the operator that a sign means, full-width and small forms included."""
    return _SIGNS.get(unicodedata.normalize("NFKC", text.strip()))


def _set(held: object, name: str, value: object) -> None:
    object.__setattr__(held, name, value)  # a frozen object is still being built


def _place(kind: str, name: object) -> str:
    return f"{kind} {excerpt(name)}"


def _twice(kind: str, name: str) -> Problem:
    return Problem(where=_place(kind, name), came=f"two {kind}s of one name", needed=f"one {kind} of each name")


def _text(value: object, where: str, problems: list[Problem], *, blank: bool = True) -> str:
    """Return text without the blanks around it."""
    if not isinstance(value, str):
        problems.append(Problem(where=where, came=excerpt(value), needed="text"))
        return ""
    text = value.strip()
    if len(text) > _LONGEST:
        problems.append(Problem(where=where, came=excerpt(text), needed=f"at most {_LONGEST} characters"))
        return ""
    if not text and not blank:
        problems.append(Problem(where=where, came="no text", needed="a name"))
    return text


def _member(kind: type[_E], value: object, where: str, problems: list[Problem]) -> object:
    try:
        return one_of(kind, value, where)
    except PerfevalError as error:
        problems.extend(error.problems)
        return value


def _points(value: object, where: str, problems: list[Problem]) -> Fraction | None:
    """Return a weight or a score, zero or more, or None where there is none."""
    if value is None:
        return None
    try:
        points = exact_number(value)  # type: ignore[arg-type]  # anything else is refused there
    except PerfevalError as error:
        problems.extend(evolve(problem, where=where) for problem in error.problems)
        return None
    if points < 0:
        problems.append(Problem(where=where, came=excerpt(value), needed="zero or more"))
    return points


def _span(span: object, where: str, problems: list[Problem]) -> None:
    if span is not None and not isinstance(span, Span):
        problems.append(Problem(where=f"{where}.span", came=excerpt(span), needed="a Span, or None"))


def _amount(text: str) -> Amount | None:
    """Return the amount that a cell holds, or None where it holds something else."""
    try:
        return Amount.parse(text)
    except InputError:
        return None


def _money(value: object, where: str, problems: list[Problem]) -> Amount | None:
    if value is None:
        return None
    try:
        amount = value if isinstance(value, Amount) else Amount.parse(value)  # type: ignore[arg-type]  # refused there
    except PerfevalError as error:
        problems.extend(evolve(problem, where=where) for problem in error.problems)
        return None
    if not amount.unit.holds_money or amount.root < 0:
        problems.append(Problem(where=where, came=str(amount), needed="money, zero or more, such as '5 万元'"))
    return amount
