"""What a scoring method says, as data: weights, execution rate, partial attainment, tiers, grades and rounding.

A :class:`Profile` is read by ``scores``; nothing is computed here but whether its figures go together. Each part
carries the citations of its figures, so that a score can say how well each was read. What a method leaves open is a
parameter here with no figure of its own: there is no threshold for over-attainment and no rounding unless one is named.

Imports ``indicators``, ``standard`` and what stands above them.
"""

from __future__ import annotations

import datetime
import enum
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final, Protocol, final

from attrs import evolve, field, fields, frozen

from perfeval.amounts import Amount, Number, Rounding
from perfeval.citations import Citation, Evidence, InForce
from perfeval.errors import FactsError, PerfevalError, Problem, RuleError, excerpt
from perfeval.facts import Label, one_of
from perfeval.indicators import BudgetBase, exact_number
from perfeval.numerals import write_ratio
from perfeval.standard import Interpretation

__all__ = [
    "Effect",
    "Execution",
    "Grade",
    "Grades",
    "Group",
    "OverAttainment",
    "Partial",
    "PartialCredit",
    "Place",
    "Profile",
    "ScoreRounding",
    "Tier",
    "Tiers",
    "plain_heading",
]

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_LONGEST_HEADING: Final = 200
_BRACKETS: Final = {")": "(", "]": "[", "】": "【", "〕": "〔"}
_NUMBERING: Final = re.compile(
    r"(?:[(\[【〔][一二三四五六七八九十\d]{1,3}[)\]】〕]|[一二三四五六七八九十]{1,3}[、.,:]"
    r"|\d{1,2}(?:[、.,:)]|(?![\d分年月%.])))"
)
_FIGURE: Final = re.compile(r"(?:权重|分值|满分|共计|共)?:?\d{1,4}(?:\.\d{1,4})?(?:分|%)$")
_HUNDRED: Final = Fraction(100)


@final
class Partial(enum.Enum):
    """What an indicator that is not reached scores: its share of the weight, or nothing."""

    PROPORTIONAL = "proportional"
    NONE = "none"


@final
class Effect(enum.Enum):
    """What over-attainment does: it is pointed out, or it also costs points."""

    WARN = "warn"
    DEDUCT = "deduct"


@final
class Place(enum.Enum):
    """Where a score is rounded: each line, or the total alone."""

    LINE = "line"
    TOTAL = "total"


def _label(value: Label | str) -> Label:
    if isinstance(value, Label):
        return value
    if isinstance(value, str) and value:
        return Label(value, value)
    raise RuleError.of("label", came=excerpt(value), needed="a Label in both languages, or text")


def _points(value: Number | str) -> Fraction:
    return _exact(value, "points")


def _exact(value: object, where: str) -> Fraction:
    try:
        number = exact_number(value)  # type: ignore[arg-type]  # anything else is refused there
    except PerfevalError as error:
        raise RuleError(*(evolve(problem, where=where) for problem in error.problems)) from None
    if number < 0:
        raise RuleError.of(where, came=excerpt(value), needed="zero or more")
    return number


def _share(value: Number | Amount | str, where: str = "share") -> Fraction:
    """Return a share, such as 9/10, from an exact number up to 1, a ratio or the text of one (``"90 %"``).

    A bare number above 1 is refused: it may stand for so many percent or for so many times.
    """
    if isinstance(value, str) and value.rstrip().endswith(("%", "‰", "％")):
        value = Amount.parse(value)
    if isinstance(value, Amount):
        if not value.unit.is_ratio:
            raise RuleError.of(where, came=str(value), needed="a ratio, such as '90 %'")
        return _exact(value.root, where)
    share = _exact(value, where)
    if share > 1:
        raise RuleError.of(where, came=f"{excerpt(value)} without a unit", needed="a share, such as '60 %'")
    return share


def _part(value: Number | Amount | str | None, where: str) -> Fraction | None:
    """Return the share of something that has no more than all of it, or None."""
    share = None if value is None else _share(value, where)
    if share is not None and share > 1:
        raise RuleError.of(where, came=excerpt(value), needed="100 % at most")
    return share


def _floor(value: Number | Amount | str | None) -> Fraction | None:
    return _part(value, "partial.floor")


def _reason_below(value: Number | Amount | str | None) -> Fraction | None:
    return _part(value, "execution.reason_below")


def _threshold(value: Number | Amount | str) -> Fraction:
    return _share(value, "over_attainment.threshold")


def _listed(values: object, where: str) -> tuple[Any, ...]:
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise RuleError.of(where, came=excerpt(values), needed="a list")
    return tuple(values)


def _citations(values: Iterable[Citation]) -> tuple[Citation, ...]:
    listed = _listed(values, "citations")
    _each(listed, Citation, "citations")
    return listed


def _names(values: Iterable[str]) -> tuple[str, ...]:
    listed = _listed(values, "names")
    _each(listed, str, "names")
    blank = [place for place, name in enumerate(listed) if not name.strip()]
    if blank:
        raise RuleError(*(Problem(where=f"names[{place}]", came="no text", needed="a name") for place in blank))
    return listed


def _tier_list(values: Iterable[Tier]) -> tuple[Tier, ...]:
    listed = _listed(values, "tiers")
    _each(listed, Tier, "tiers")
    return listed


def _grade_list(values: Iterable[Grade]) -> tuple[Grade, ...]:
    listed = _listed(values, "grades")
    _each(listed, Grade, "grades")
    return listed


def _group_list(values: Iterable[Group]) -> tuple[Group, ...]:
    listed = _listed(values, "groups")
    _each(listed, Group, "groups")
    return listed


def _interpretations(values: Iterable[Interpretation]) -> tuple[Interpretation, ...]:
    listed = _listed(values, "interpretations")
    _each(listed, Interpretation, "interpretations")
    return listed


def _base(value: BudgetBase | str) -> BudgetBase:
    return one_of(BudgetBase, value, "execution.base")


def _partial(value: Partial | str) -> Partial:
    return one_of(Partial, value, "partial.rule")


def _effect(value: Effect | str) -> Effect:
    return one_of(Effect, value, "over_attainment.effect")


def _place(value: Place | str) -> Place:
    return one_of(Place, value, "rounding.place")


def _mode(value: Rounding | str) -> Rounding:
    return Rounding.named(value)


@final
@frozen(kw_only=True)
class Group:
    """The weight of indicators of one kind, and the level-one names that belong to it.

    ``names`` are as tables print them; what :func:`plain_heading` looks over is looked over in them too. Without names
    the group takes every indicator that no other group takes. Where a sheet has no indicator of the group, its weight
    goes to the group with the key ``yields_to``, and from there on where that group has none either.
    """

    key: str
    label: Label = field(converter=_label)
    weight: Fraction = field(converter=_points)
    names: tuple[str, ...] = field(default=(), converter=_names)
    yields_to: str | None = None
    citations: tuple[Citation, ...] = field(default=(), converter=_citations)

    def __attrs_post_init__(self) -> None:
        """Refuse a key that is no text."""
        if not isinstance(self.key, str) or not self.key.strip():
            raise RuleError.of("group.key", came=excerpt(self.key), needed="a name, such as 'output'")


@final
@frozen(kw_only=True)
class Execution:
    """What the execution rate (预算执行率) is worth: the rate, at most one, times the weight.

    ``base`` is the budget that the money spent is divided by. A rate below ``reason_below`` must give its reason.
    """

    weight: Fraction = field(converter=_points)
    base: BudgetBase = field(converter=_base)
    reason_below: Fraction | None = field(default=None, converter=_reason_below)
    citations: tuple[Citation, ...] = field(default=(), converter=_citations)


@final
@frozen(kw_only=True)
class PartialCredit:
    """What a quantitative indicator scores that is not reached.

    By ``rule`` its attainment times the weight, or nothing; an attainment below ``floor`` scores nothing.
    """

    rule: Partial = field(default=Partial.PROPORTIONAL, converter=_partial)
    floor: Fraction | None = field(default=None, converter=_floor)
    citations: tuple[Citation, ...] = field(default=(), converter=_citations)


@final
@frozen(kw_only=True)
class Tier:
    """One tier of qualitative indicators: shares of the weight from ``low``, included, to ``high``.

    ``high`` is included only where it is the whole weight. ``attained`` says that the target is reached; ``names`` are
    the words by which tables give the tier.

    >>> Tier(label="部分达成", low="60 %", high="80 %").holds(Fraction(4, 5))
    False
    """

    label: Label = field(converter=_label)
    low: Fraction = field(converter=_share)
    high: Fraction = field(converter=_share)
    names: tuple[str, ...] = field(default=(), converter=_names)
    attained: bool = False

    def __attrs_post_init__(self) -> None:
        """Refuse what is neither true nor false."""
        if not isinstance(self.attained, bool):
            raise RuleError.of("tier.attained", came=excerpt(self.attained), needed="True or False")

    def holds(self, share: Fraction) -> bool:
        """Say whether a share of the weight lies in the tier."""
        return self.low <= share < self.high or share == self.high == 1


@final
@frozen(kw_only=True)
class Tiers:
    """The tiers of qualitative indicators; from nothing to the whole weight, without gap or overlap."""

    tiers: tuple[Tier, ...] = field(converter=_tier_list)
    citations: tuple[Citation, ...] = field(default=(), converter=_citations)

    def __attrs_post_init__(self) -> None:
        """Refuse bands that leave a gap or overlap, and a name of two tiers."""
        problems = _band_problems(self.tiers, Fraction(1), "tiers")
        problems += _repeated((name for tier in self.tiers for name in _tier_names(tier)), "tiers", "tier")
        if problems:
            raise RuleError(*problems)

    def named(self, text: str) -> Tier | None:
        """Return the tier that a table means by these words, or None."""
        wanted = text.strip()
        for tier in self.tiers:
            if wanted in _tier_names(tier):
                return tier
        return None


@final
@frozen(kw_only=True)
class Grade:
    """A grade: totals from ``low``, included, to ``high``, which belongs to the next grade; the best one has its top."""

    label: Label = field(converter=_label)
    low: Fraction = field(converter=_points)
    high: Fraction = field(converter=_points)


@final
@frozen(kw_only=True)
class Grades:
    """The grades of a total: half-open bands from 0 to ``full``, without gap or overlap.

    >>> scale = Grades(grades=[Grade(label="合格", low=60, high=100), Grade(label="不合格", low=0, high=60)])
    >>> scale.of(Fraction("59.99")).label.zh
    '不合格'
    >>> Grades(grades=[Grade(label="合格", low=60, high=100), Grade(label="不合格", low=0, high=59)])
    Traceback (most recent call last):
    perfeval.errors.RuleError: grades: came a gap from 59 to 60; needed bands that meet, each with its low end
    """

    grades: tuple[Grade, ...] = field(converter=_grade_list)
    full: Fraction = field(default=_HUNDRED, converter=_points)
    citations: tuple[Citation, ...] = field(default=(), converter=_citations)

    def __attrs_post_init__(self) -> None:
        """Refuse bands that leave a gap or overlap."""
        problems = _band_problems(self.grades, self.full, "grades")
        problems += _repeated((grade.label.zh for grade in self.grades), "grades", "grade")
        if problems:
            raise RuleError(*problems)

    def of(self, total: Fraction) -> Grade:
        """Return the one grade of a total; raise ``FactsError`` for one that is not between 0 and full."""
        if isinstance(total, int | Fraction | Decimal):
            for grade in self.grades:
                if grade.low <= total < grade.high or total == grade.high == self.full:
                    return grade
        raise FactsError.of("total", came=excerpt(total), needed=f"a total from 0 to {write_ratio(self.full)}")

    def between(self, low: Fraction, high: Fraction, *, open_top: bool = False) -> Grade | None:
        """Return the grade of every total from ``low`` to ``high`` (without ``high``: ``open_top``); None if several."""
        if not 0 <= low <= high <= self.full:
            return None
        grade = self.of(low)
        return grade if self.of(high) is grade or (open_top and low < high == grade.high) else None


@final
@frozen(kw_only=True)
class OverAttainment:
    """From where a target counts as set too low (完成值偏高), and what that does.

    The deviation (偏离度) is the attainment less one. Above ``threshold`` it is pointed out; where the effect is
    DEDUCT, each percent of deviation above the threshold also takes one percent of the weight.
    """

    threshold: Fraction = field(converter=_threshold)
    effect: Effect = field(default=Effect.WARN, converter=_effect)
    citations: tuple[Citation, ...] = field(default=(), converter=_citations)


@final
@frozen(kw_only=True)
class ScoreRounding:
    """How points are rounded: once, to multiples of ``quantum``, by a named mode, each line or the total.

    A line that has its whole weight keeps it, whatever the quantum. Lines that are rounded are what the method scores:
    total and grade follow from them. A total that is rounded is graded as it was before.
    """

    quantum: Fraction = field(converter=_points)
    mode: Rounding = field(converter=_mode)
    place: Place = field(converter=_place)
    citations: tuple[Citation, ...] = field(default=(), converter=_citations)

    def __attrs_post_init__(self) -> None:
        """Refuse a quantum of zero."""
        if not self.quantum:
            raise RuleError.of("rounding.quantum", came="0", needed="a quantum above zero, such as '0.01'")

    def apply(self, points: Fraction) -> Fraction:
        """Return the multiple of the quantum to which the points round."""
        return self.mode.integer(points / self.quantum) * self.quantum


@final
@frozen(kw_only=True)
class Profile:
    """A scoring method: what is worth how much, and how attainment becomes points, a total and a grade.

    The weights of the groups and of the execution rate sum to the full marks of ``grades``, or the profile is refused.
    ``reason_required`` says that an indicator below its target must give its reason. ``tolerance`` is how far a score
    given by hand may be from the computed one. Where ``over_attainment`` is None nothing is said of over-attainment,
    and where ``rounding`` is None nothing is rounded. ``sources`` are citations of the method as a whole: every part
    that has no citations of its own rests on them.
    """

    name: str
    title: Label = field(converter=_label)
    groups: tuple[Group, ...] = field(converter=_group_list)
    tiers: Tiers
    grades: Grades
    execution: Execution | None = None
    partial: PartialCredit = field(factory=PartialCredit)
    over_attainment: OverAttainment | None = None
    rounding: ScoreRounding | None = None
    reason_required: bool = True
    reason_citations: tuple[Citation, ...] = field(default=(), converter=_citations)
    tolerance: Fraction = field(default=Fraction(1, 10), converter=_points)
    tolerance_citations: tuple[Citation, ...] = field(default=(), converter=_citations)
    sources: tuple[Citation, ...] = field(default=(), converter=_citations)
    interpretations: tuple[Interpretation, ...] = field(default=(), converter=_interpretations)
    in_force: InForce | None = None
    _by_heading: Mapping[str, Group] = field(init=False, eq=False, repr=False)
    _rest: Group | None = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Check the parts against each other, and raise every problem at once."""
        problems = list(_kind_problems(self))
        if not problems:
            problems = [*_repeated((group.key for group in self.groups), "groups", "group")]
            problems += _repeated(
                (name for group in self.groups for name in _headings(group)), "groups", "level-one name"
            )
            problems += self._group_problems()
        if problems:
            raise RuleError(*problems)
        by_heading = {name: group for group in self.groups for name in _headings(group)}
        object.__setattr__(self, "_by_heading", MappingProxyType(by_heading))  # still being built
        object.__setattr__(self, "_rest", next((group for group in self.groups if not group.names), None))

    def __reduce__(self) -> tuple[object, ...]:
        """Copy and pickle by what was given: a read-only mapping can be neither."""
        return _profile_of, ({one.name: getattr(self, one.name) for one in fields(Profile) if one.init},)

    def _group_problems(self) -> Iterator[Problem]:
        if not self.groups:
            yield Problem(where="groups", came="no group", needed="at least one")
        if sum(not group.names for group in self.groups) > 1:
            yield Problem(where="groups", came="two groups without names", needed="one that takes the others, at most")
        yields: dict[str, str] = {}
        keys = {group.key for group in self.groups}
        for group in self.groups:
            if group.yields_to is None:
                continue
            if not isinstance(group.yields_to, str) or group.yields_to not in keys or group.yields_to == group.key:
                yield Problem(
                    where=f"groups[{group.key}].yields_to", came=excerpt(group.yields_to), needed="another group's key"
                )
            else:
                yields[group.key] = group.yields_to
        for ring in _rings(yields):
            yield Problem(
                where="groups.yields_to",
                came=excerpt(" → ".join([*ring, ring[0]])),
                needed="a weight that comes to rest in a group",
            )
        weights = [] if self.execution is None else [self.execution.weight]
        weights += [group.weight for group in self.groups]
        if sum(weights) != self.full:
            added = " + ".join(write_ratio(weight) for weight in weights)
            yield Problem(
                where="weights",
                came=f"{added} = {write_ratio(sum(weights, Fraction(0)))}",
                needed=f"weights that sum to {write_ratio(self.full)}",
            )

    @property
    def full(self) -> Fraction:
        """The full marks."""
        return self.grades.full

    def group_of(self, level_one: str) -> Group | None:
        """Return the group to which an indicator of this level-one name belongs, or None."""
        named = self._by_heading.get(plain_heading(level_one))
        return named or self._rest

    def rests_on(self, own: tuple[Citation, ...]) -> tuple[Citation, ...]:
        """Return what a part with these citations rests on: they, or where it has none the sources of the method."""
        return own or self.sources

    def evidence(self) -> tuple[tuple[Label, tuple[Citation, ...]], ...]:
        """Return what each figure is and the citations that it rests on: its own, else the sources of the method.

        None where there are neither.
        """
        parts = [
            (Label(f"{group.label.zh}分值", f"weight of {group.label.en}"), group.citations) for group in self.groups
        ]
        if self.execution is not None:
            parts.insert(0, (Label("预算执行率", "execution rate"), self.execution.citations))
        parts += [
            (Label("未达标得分", "partial attainment"), self.partial.citations),
            (Label("定性分档", "qualitative tiers"), self.tiers.citations),
            (Label("评价等级", "grades"), self.grades.citations),
        ]
        if self.over_attainment is not None:
            parts.append((Label("完成值偏高", "over-attainment"), self.over_attainment.citations))
        if self.rounding is not None:
            parts.append((Label("得分取整", "rounding"), self.rounding.citations))
        if self.reason_required:
            parts.append((Label("偏差原因", "reasons"), self.reason_citations))
        parts.append((Label("得分容差", "tolerance"), self.tolerance_citations))
        return tuple((label, self.rests_on(own)) for label, own in parts)

    @property
    def is_sample(self) -> bool:
        """Whether any of its figures was not read in an official or primary page."""
        return any(
            not citations or any(citation.evidence is not Evidence.PRIMARY for citation in citations)
            for _, citations in self.evidence()
        )

    def covers(self, on: datetime.date) -> bool:
        """Say whether the method is in force on a day, as far as its dates are known."""
        return self.in_force is None or self.in_force.covers(on)


def _profile_of(given: dict[str, Any]) -> Profile:
    return Profile(**given)


def plain_heading(text: str) -> str:
    """Return a level-one name without what tables print around it.

    Blanks, line ends and the width of signs do not tell names apart; numbering in front, brackets around the name, and
    colons, figures (``50分``, ``30%``) and brackets after it are left out.

    >>> plain_heading("一、产出 指标（50分）（权重）："), plain_heading("【效益指标】30%")
    ('产出指标', '效益指标')
    """
    # Once more without the blanks: what stood on either side of one may be a single sign.
    plain = unicodedata.normalize("NFKC", "".join(unicodedata.normalize("NFKC", text).split()))
    if len(plain) > _LONGEST_HEADING:
        return text.strip()
    shorter = plain
    while shorter:
        plain = shorter
        shorter = _shorter(plain)
        if shorter == plain:
            break
    return plain


def _shorter(plain: str) -> str:
    """Take one thing off a heading, or nothing; what would take all of it leaves the heading as it is."""
    numbered = _NUMBERING.match(plain)
    if numbered is not None and numbered.end() < len(plain):
        return plain[numbered.end() :]
    if plain[-1] in ":-—、,.":
        return plain[:-1]
    if plain[-1] in _BRACKETS:
        start = plain.rfind(_BRACKETS[plain[-1]])
        if start >= 0:
            return plain[:start] or plain[1:-1]
    figure = _FIGURE.search(plain)
    return plain if figure is None else plain[: figure.start()]


# --- checks ----------------------------------------------------------------------------------------------


class _Band(Protocol):
    @property
    def label(self) -> Label: ...
    @property
    def low(self) -> Fraction: ...
    @property
    def high(self) -> Fraction: ...


def _band_problems(bands: Sequence[_Band], full: Fraction, where: str) -> list[Problem]:
    """Return what keeps half-open bands from covering 0 to ``full`` exactly once."""
    if not bands:
        return [Problem(where=where, came="no band", needed=f"bands from 0 to {write_ratio(full)}")]
    empty = [band for band in bands if band.low >= band.high]
    if empty:
        return [
            Problem(
                where=f"{where}[{band.label.zh}]",
                came=f"from {write_ratio(band.low)} to {write_ratio(band.high)}",
                needed="a low end below the high end",
            )
            for band in empty
        ]
    problems: list[Problem] = []
    needed = "bands that meet, each with its low end"
    reached = Fraction(0)
    for band in sorted(bands, key=lambda one: (one.low, one.high)):
        if band.low != reached:
            kind, (start, end) = (
                ("a gap", (reached, band.low)) if band.low > reached else ("an overlap", (band.low, reached))
            )
            came = f"{kind} from {write_ratio(start)} to {write_ratio(end)}"
            problems.append(Problem(where=where, came=came, needed=needed))
        reached = max(reached, band.high)
    if reached != full:
        kind, (start, end) = ("a gap", (reached, full)) if reached < full else ("a band", (full, reached))
        came = f"{kind} from {write_ratio(start)} to {write_ratio(end)}"
        problems.append(Problem(where=where, came=came, needed=f"bands that end at {write_ratio(full)}"))
    return problems


def _each(values: Iterable[object], kind: type, where: str) -> None:
    problems = [
        Problem(where=f"{where}[{place}]", came=excerpt(value), needed=f"a {kind.__name__}")
        for place, value in enumerate(values)
        if not isinstance(value, kind)
    ]
    if problems:
        raise RuleError(*problems)


def _tier_names(tier: Tier) -> tuple[str, ...]:
    return tuple(dict.fromkeys((tier.label.zh, tier.label.en, *tier.names)))


def _headings(group: Group) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain_heading(name) for name in group.names))


def _rings(yields: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield each ring of groups that give their weight round and round."""
    seen: set[str] = set()
    for start in yields:
        path: dict[str, None] = {}
        key: str | None = start
        while key is not None and key not in seen:
            seen.add(key)
            path[key] = None
            key = yields.get(key)
        if key in path:
            listed = list(path)
            yield listed[listed.index(key) :]


def _repeated(names: Iterable[str], where: str, kind: str) -> list[Problem]:
    seen: set[str] = set()
    problems: list[Problem] = []
    for name in names:
        if name in seen:
            problems.append(Problem(where=where, came=f"two {kind}s named {excerpt(name)}", needed="each name once"))
        seen.add(name)
    return problems


def _kind_problems(profile: Profile) -> Iterator[Problem]:
    if not isinstance(profile.name, str) or not _NAME.fullmatch(profile.name):
        yield Problem(
            where="name", came=excerpt(profile.name), needed="a name of a-z, 0-9 and _, such as 'county_2026'"
        )
    wanted: tuple[tuple[str, object, type, bool], ...] = (
        ("tiers", profile.tiers, Tiers, False),
        ("grades", profile.grades, Grades, False),
        ("execution", profile.execution, Execution, True),
        ("partial", profile.partial, PartialCredit, False),
        ("over_attainment", profile.over_attainment, OverAttainment, True),
        ("rounding", profile.rounding, ScoreRounding, True),
        ("in_force", profile.in_force, InForce, True),
    )
    for where, value, kind, optional in wanted:
        if not isinstance(value, kind) and not (optional and value is None):
            yield Problem(where=where, came=excerpt(value), needed=kind.__name__ + (", or None" if optional else ""))
    if not isinstance(profile.reason_required, bool):
        yield Problem(where="reason_required", came=excerpt(profile.reason_required), needed="True or False")
