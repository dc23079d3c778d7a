"""中央和国家机关培训费管理办法: what a training may cost, and who may be paid how much for a lecture.

A quota per person and day, by the class of the training, from which days beyond a number count in part; travel
days; lecture fees, which the quota does not include. Each class has rules of its own, so that a finding cites the
figure that it used and no other. Texts mix the version in force (财行〔2016〕540号) with the one that it superseded: both
are versions of the same rules, the day judged on picks one, and a quota that a text quotes is compared with both. The
figures of the one were read in reprints, those of the other are general knowledge: they ship as a sample, and
:func:`standard_for` takes others.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator
from fractions import Fraction
from typing import final

from attrs import field, frozen

from perfeval.amounts import Amount
from perfeval.citations import Citation, Evidence, InForce
from perfeval.errors import Problem, RuleError, excerpt
from perfeval.expressions import Condition, Quantity, all_of, equal, named
from perfeval.facts import Label
from perfeval.packs import Case, Pack
from perfeval.rules import Obligation, Rule, Severity
from perfeval.standard import Interpretation, Standard
from perfeval.standards.figures import Figure, check_figures, weakest
from perfeval.subjects import category, flag, many, measure, subject, text
from perfeval.units import Unit
from perfeval.verdicts import Verdict

__all__ = [
    "PACK",
    "SAMPLE",
    "STANDARD",
    "Course",
    "Lecture",
    "LectureFees",
    "Quota",
    "QuotedQuota",
    "Step",
    "TrainingFeeFigures",
    "VersionFigures",
    "standard_for",
]


@subject(zh="讲课人员", en="lecture", unit="次")
class Lecture:
    """What one lecturer was paid for, in class-hours and in half-days; the fee is the one after tax."""

    lecturer = text(zh="姓名", en="lecturer")
    rank = category("副高级", "正高级", "院士或全国知名专家", "其他", zh="职称", en="rank")
    class_hours = measure("学时", at_least=0, zh="计酬学时", en="class-hours paid for")
    half_days = measure("半天", at_least=0, zh="讲课半天数", en="half-days")
    fee = measure("元", at_least=0, changeable=True, zh="税后讲课费", en="fee after tax")


@subject(zh="定额引用", en="quoted quota", unit="处")
class QuotedQuota:
    """A quota per person and day that a text quotes for the training."""

    words = text(zh="原文", en="words")
    amount = measure("元/人天", at_least=0, zh="所引数", en="figure")


@subject(zh="培训班", en="training", unit="期")
class Course:
    """One training: ``cost`` leaves lecture fees out, as the quota does; ``bound`` says whether the rule binds the unit."""

    name = text(zh="名称", en="name")
    bound = flag(zh="本办法适用于该单位", en="the rule binds the unit")
    kind = category("一类", "二类", "三类", zh="培训类别", en="class of the training")
    people = measure("人", zh="参训人数", en="participants")
    days = measure("天", at_least=0, zh="培训天数", en="days of training")
    cost = measure("元", at_least=0, changeable=True, zh="定额内支出（不含师资费）", en="cost without lecture fees")
    arrival_days = measure("天", at_least=0, zh="报到天数", en="days of arrival")
    departure_days = measure("天", at_least=0, zh="离开天数", en="days of departure")
    lectures = many(Lecture, zh="讲课人员", en="lectures")
    quoted = many(QuotedQuota, zh="定额引用", en="quoted quotas")


_PER_PERSON_DAY = "元/人天"


def _parts(parts: object) -> tuple[Figure, ...]:
    if not isinstance(parts, tuple | list):
        raise RuleError.of("quota.parts", came=excerpt(parts), needed="a list of Figures, or none")
    return tuple(parts)


@final
@frozen(kw_only=True)
class Quota:
    """What one person costs on one day at most; the ``parts``, where they were read, add up to it."""

    total: Figure
    parts: tuple[Figure, ...] = field(default=(), converter=_parts)

    def __attrs_post_init__(self) -> None:
        named_parts = [(f"parts[{index}]", part, _PER_PERSON_DAY) for index, part in enumerate(self.parts)]
        check_figures("quota", [("total", self.total, _PER_PERSON_DAY), *named_parts])
        found = sum((part.amount.root for part in self.parts), Fraction(0))
        if self.parts and found != self.total.amount.root:
            summed = Amount.from_root(found, self.total.amount.unit)
            raise RuleError.of("quota", came=f"parts of {summed}", needed=f"parts that add up to {self.total.amount}")


@final
@frozen(kw_only=True)
class Step:
    """From which day on a day counts in part: beyond ``after`` days each day bears ``share`` of the quota."""

    after: Figure
    share: Figure

    def __attrs_post_init__(self) -> None:
        check_figures("step", [("after", self.after, "天"), ("share", self.share, "%")])
        if self.after.amount.number_in("天").denominator != 1 or self.share.amount > Amount.parse("100%"):
            came = f"{self.share.amount} beyond {self.after.amount}"
            raise RuleError.of("step", came=came, needed="a share of at most 100 % beyond a whole number of days")


@final
@frozen(kw_only=True)
class LectureFees:
    """The most that a lecturer of each rank is paid after tax: all three for a class-hour, or all for a half-day."""

    associate: Figure
    full: Figure
    academician: Figure

    def __attrs_post_init__(self) -> None:
        hourly = isinstance(self.associate, Figure) and self.associate.amount.dimension == _HOURLY.dimension
        unit = "元/学时" if hourly else "元/半天"
        listed = (("associate", self.associate), ("full", self.full), ("academician", self.academician))
        check_figures("lecture_fees", [(name, figure, unit) for name, figure in listed])


_HOURLY = Unit.parse("元/学时")


def _steps(steps: object) -> tuple[Step, ...]:
    if not isinstance(steps, tuple | list) or not all(isinstance(step, Step) for step in steps):
        raise RuleError.of("steps", came=excerpt(steps), needed="a list of Step, or none")
    days = [step.after.amount for step in steps]
    if any(later <= earlier for earlier, later in itertools.pairwise(days)):
        came = ", ".join(map(str, days))
        raise RuleError.of("steps", came=f"steps after {came}", needed="steps in the order of their days")
    return tuple(steps)


@final
@frozen(kw_only=True)
class VersionFigures:
    """The figures of one version of the rule; what that version does not set, or was not read, is None."""

    title: Label
    in_force: InForce
    first_class: Quota
    second_class: Quota
    third_class: Quota
    steps: tuple[Step, ...] = field(default=(), converter=_steps)
    travel_days: Figure | None = None
    lecture_fees: LectureFees | None = None
    hours_per_half_day: Figure | None = None

    def __attrs_post_init__(self) -> None:
        problems = [
            Problem(f"version.{name}", came=excerpt(value), needed=f"a {kind.__name__}")
            for name, value, kind in (
                ("title", self.title, Label),
                ("in_force", self.in_force, InForce),
                ("first_class", self.first_class, Quota),
                ("second_class", self.second_class, Quota),
                ("third_class", self.third_class, Quota),
                ("lecture_fees", self.lecture_fees, LectureFees),
            )
            if not isinstance(value, kind) and (value is not None or name != "lecture_fees")
        ]
        if problems:
            raise RuleError(*problems)
        listed = (("travel_days", self.travel_days, "天"), ("hours_per_half_day", self.hours_per_half_day, "学时/半天"))
        check_figures("version", [one for one in listed if one[1] is not None])

    @property
    def quotas(self) -> tuple[Figure, Figure, Figure]:
        """The quotas of the three classes."""
        return self.first_class.total, self.second_class.total, self.third_class.total


def _versions(versions: object) -> tuple[VersionFigures, ...]:
    listed = tuple(versions) if isinstance(versions, tuple | list) else ()
    if not listed or not all(isinstance(version, VersionFigures) for version in listed):
        raise RuleError.of("versions", came=excerpt(versions), needed="at least one VersionFigures, and only those")
    for earlier, later in itertools.pairwise(version.in_force for version in listed):
        if earlier.until is None or later.since is None or earlier.until >= later.since:
            came = f"a version until {earlier.until} before one since {later.since}"
            raise RuleError.of("versions", came=came, needed="versions that follow one another, the oldest first")
    return listed


@final
@frozen(kw_only=True)
class TrainingFeeFigures:
    """The figures of the standard: its versions from the oldest to the one in force, with what was not read."""

    title: Label
    versions: tuple[VersionFigures, ...] = field(converter=_versions)
    interpretations: tuple[Interpretation, ...] = ()


# --- the rules -------------------------------------------------------------------------------------------


_CLASSES = (("一类", "first"), ("二类", "second"), ("三类", "third"))


def _classes(version: VersionFigures) -> Iterator[tuple[str, str, Figure]]:
    """Yield each class with its English ordinal and its quota."""
    for (kind, ordinal), quota in zip(_CLASSES, version.quotas, strict=True):
        yield kind, ordinal, quota


@final
@frozen
class _Stretch:
    """A stretch of days: what names its rules, where they bind, how many full days its days make, by which figures."""

    suffix: str
    label: Label
    guard: Condition | None
    full_days: Quantity
    figures: tuple[Figure, ...]


def _stretches(version: VersionFigures) -> Iterator[_Stretch]:
    bounds: list[Amount | None] = [*(step.after.amount for step in version.steps), None]
    until = bounds[0]
    words = Label("", "") if until is None else Label(f"（{until}以内）", f" (up to {until})")
    yield _Stretch("", words, None if until is None else Course.days <= until, Course.days, ())
    full = earlier = Amount.parse("0 天")
    share = Amount.parse("100%")
    figures: tuple[Figure, ...] = ()
    for step, until in zip(version.steps, bounds[1:], strict=True):
        after = step.after.amount
        full += Amount.from_root((after.root - earlier.root) * share.root, after.unit)
        earlier, share = after, step.share.amount
        figures = (*figures, step.after, step.share)
        reached = Course.days > after
        yield _Stretch(
            f"_beyond_{int(after.number_in('天'))}_days",
            Label(f"（超过 {after}）", f" (beyond {after})"),
            reached if until is None else reached & (Course.days <= until),
            full + share * (Course.days - after),
            figures,
        )


def _cost_rules(version: VersionFigures) -> Iterator[Rule]:
    """Yield a rule for each class and stretch: it cites its quota, or a step of its days that was read less well."""
    for (kind, ordinal, quota), stretch in itertools.product(_classes(version), _stretches(version)):
        bound = Course.bound & Course.kind.is_in(kind)
        yield Rule(
            f"within_quota_{ordinal}_class{stretch.suffix}",
            Course.cost <= Course.people * stretch.full_days * quota.amount,
            when=bound if stretch.guard is None else bound & stretch.guard,
            label=Label(
                f"{kind}培训费综合定额{stretch.label.zh}",
                f"cost of a {ordinal}-class training within the quota{stretch.label.en}",
            ),
            citation=weakest(quota, *stretch.figures),
            in_force=version.in_force,
            remedy=Label("核减超出定额的支出。", "Reduce the cost to what the quota bears."),
        )


def _travel_rules(version: VersionFigures) -> Iterator[Rule]:
    if version.travel_days is None:
        return
    most = version.travel_days.amount
    yield Rule(
        "travel_days",
        all_of(
            named("arrival", Course.arrival_days <= most, zh="报到天数", en="days of arrival"),
            named("departure", Course.departure_days <= most, zh="离开天数", en="days of departure"),
        ),
        when=Course.bound,
        label=Label("报到和离开天数", "days of arrival and of departure"),
        citation=version.travel_days.citation,
        in_force=version.in_force,
    )


def _lecture_rules(version: VersionFigures) -> Iterator[Rule]:
    fees = version.lecture_fees
    if fees is not None:
        ranks = (
            ("lecture_fee_associate", "副高级", fees.associate, "an associate professor", Obligation.MUST),
            ("lecture_fee_full", "正高级", fees.full, "a professor", Obligation.MUST),
            (
                "lecture_fee_academician",
                "院士或全国知名专家",
                fees.academician,
                "an academician",
                Obligation.IN_PRINCIPLE,
            ),
        )
        for name, rank, figure, english, obligation in ranks:
            hourly = figure.amount.dimension == _HOURLY.dimension
            worked = Lecture.class_hours if hourly else Lecture.half_days
            yield Rule(
                name,
                Course.lectures.every(Lecture.fee <= worked * figure.amount, where=Lecture.rank.is_in(rank)),
                when=Course.bound,
                label=Label(f"{rank}讲课费", f"lecture fee of {english}"),
                citation=figure.citation,
                in_force=version.in_force,
                obligation=obligation,
            )
    if version.hours_per_half_day is not None:
        most = version.hours_per_half_day.amount
        yield Rule(
            "lecture_hours",
            Course.lectures.every(Lecture.class_hours <= Lecture.half_days * most),
            when=Course.bound,
            label=Label("每半天计酬学时", "class-hours paid for in a half-day"),
            citation=version.hours_per_half_day.citation,
            in_force=version.in_force,
        )


def _quoted_rules(version: VersionFigures, before: VersionFigures | None) -> Iterator[Rule]:
    """Compare the quotas that a text quotes with those in force, and with those of the version before."""
    for kind, ordinal, quota in _classes(version):
        yield Rule(
            f"quoted_quota_{ordinal}_class",
            Course.quoted.every(equal(QuotedQuota.amount, quota.amount)),
            when=Course.bound & Course.kind.is_in(kind),
            label=Label(
                f"所引定额为判断之日{kind}培训的定额",
                f"the quota that is quoted is that of a {ordinal}-class training on the day",
            ),
            citation=quota.citation,
            in_force=version.in_force,
            severity=Severity.DOUBT,
            remedy=Label("核对所引定额的文件和年份。", "Check from which document and year the quota is quoted."),
        )
    if before is not None:
        yield from _superseded_rules(version, before)


def _superseded_rules(version: VersionFigures, before: VersionFigures) -> Iterator[Rule]:
    """Yield a rule for each source of superseded quotas: a text that quotes one need not state the class."""
    current = {figure.amount for figure in version.quotas}
    by_source: dict[Citation, dict[Amount, None]] = {}
    for figure in before.quotas:
        if figure.amount not in current:
            by_source.setdefault(figure.citation, {})[figure.amount] = None
    for number, (source, amounts) in enumerate(by_source.items(), start=1):
        listed = "、".join(map(str, amounts))
        differs = [~equal(QuotedQuota.amount, amount) for amount in amounts]
        yield Rule(
            "quota_not_superseded" if number == 1 else f"quota_not_superseded_{number}",
            Course.quoted.every(differs[0] if len(differs) == 1 else all_of(*differs)),
            label=Label(
                f"所引定额不是已被取代的旧定额（{listed}）",
                f"the quota that is quoted is not a superseded one ({listed})",
            ),
            citation=source,
            in_force=version.in_force,
            severity=Severity.DOUBT,
            remedy=Label(
                f"{listed}出自{before.title.zh}；如无地方依据，改按现行定额。",
                f"{listed} is of the {before.title.en}; unless a local rule sets it, use the one in force.",
            ),
        )


def standard_for(figures: TrainingFeeFigures, *, name: str = "training_fees") -> Standard:
    """Return the rules with these figures, each version with its dates; each rule cites the figures that it uses.

    The standard itself cites the quota in force that was read least well. Raises ``RuleError`` for what is not :class:`TrainingFeeFigures`, and where the dates of versions overlap.
    """
    if not isinstance(figures, TrainingFeeFigures):
        raise RuleError.of("figures", came=excerpt(figures), needed="TrainingFeeFigures, such as SAMPLE")
    rules: list[Rule] = []
    for before, version in zip((None, *figures.versions), figures.versions, strict=False):
        rules += [
            *_cost_rules(version),
            *_travel_rules(version),
            *_lecture_rules(version),
            *_quoted_rules(version, before),
        ]
    return Standard(
        name,
        rules,
        title=figures.title,
        citation=weakest(*figures.versions[-1].quotas),
        in_force=figures.versions[-1].in_force,
        interpretations=(*_READINGS, *figures.interpretations),
    )


_READINGS = (
    Interpretation(
        question=Label("各分项能否单独超出？", "May one part of the quota be exceeded?"),
        reading=Label("只判断合计，分项只用于核对合计。", "Only the total is judged; the parts only prove the total."),
    ),
    Interpretation(
        question=Label("师资费是否计入定额？", "Are lecture fees within the quota?"),
        reading=Label(
            "不计入；定额内支出一项应不含师资费，讲课费另行判断。",
            "No: the cost that is given leaves them out, and they are judged by themselves.",
        ),
    ),
    Interpretation(
        question=Label("一次讲课面向几个班时如何计算？", "What of one lecture to several classes?"),
        reading=Label("按一次给出；本标准不查重复。", "It is given once; doubles are not looked for."),
    ),
    Interpretation(
        question=Label("副高级以下的讲课人？", "What of a lecturer below associate professor?"),
        reading=Label(
            "已读资料未定标准；以“其他”给出，不判断。",
            "No figure was read; such a lecturer is given as 其他 and is not judged.",
        ),
    ),
)

# --- the sample ------------------------------------------------------------------------------------------

NUMBER_540 = "财行〔2016〕540号"


TITLE = "中央和国家机关培训费管理办法"


def _read_in(page: str, clause: str | None = None) -> Citation:
    return Citation(
        title=TITLE, number=NUMBER_540, clause=clause, quoted_in=f"{page} 转载", evidence=Evidence.SECONDARY
    )


TOTALS = _read_in("wwwk001k.com 2017年1月5日")
PARTS = _read_in("90m2em.cn")
FIRST_ROW = _read_in("youhuohao")
DAYS = _read_in("ttkan", "第三章")
LECTURES = _read_in("weikao 206229")
NOT_READ = Citation(title=TITLE, number=NUMBER_540, evidence=Evidence.GENERAL)
SUPERSEDED = Citation(title=f"{TITLE}的2014年版本", described=True, evidence=Evidence.GENERAL)


def _sum_of(total: int, source: Citation, *parts: tuple[int, Citation]) -> Quota:
    return Quota(
        total=Figure(f"{total} 元/人天", source),
        parts=tuple(Figure(f"{part} 元/人天", cited) for part, cited in parts),
    )


_OLD_QUOTA = _sum_of(450, SUPERSEDED, *((part, SUPERSEDED) for part in (180, 110, 100, 60)))

SAMPLE = TrainingFeeFigures(
    title=Label("中央和国家机关培训费（样例）", "training fees of central organs (sample)"),
    versions=(
        VersionFigures(
            title=Label("2014年版本", "version of 2014"),
            in_force=InForce(
                since=datetime.date(2014, 1, 1), until=datetime.date(2016, 12, 31), evidence=Evidence.GENERAL
            ),
            first_class=_OLD_QUOTA,
            second_class=_OLD_QUOTA,
            third_class=_OLD_QUOTA,
            steps=(
                Step(after=Figure("15 天", SUPERSEDED), share=Figure("80%", SUPERSEDED)),
                Step(after=Figure("30 天", SUPERSEDED), share=Figure("70%", SUPERSEDED)),
            ),
            lecture_fees=LectureFees(
                associate=Figure("1000 元/半天", SUPERSEDED),
                full=Figure("2000 元/半天", SUPERSEDED),
                academician=Figure("3000 元/半天", SUPERSEDED),
            ),
        ),
        VersionFigures(
            title=Label("2016年版本", "version of 2016"),
            in_force=InForce(since=datetime.date(2017, 1, 1), evidence=Evidence.GENERAL),
            first_class=_sum_of(760, TOTALS, *((part, FIRST_ROW) for part in (500, 150, 80, 30))),
            second_class=_sum_of(650, TOTALS, (400, PARTS), (150, PARTS), (70, PARTS), (30, NOT_READ)),
            third_class=_sum_of(550, TOTALS, (340, PARTS), (130, PARTS), (50, NOT_READ), (30, NOT_READ)),
            steps=(Step(after=Figure("30 天", DAYS), share=Figure("70%", DAYS)),),
            travel_days=Figure("1 天", DAYS),
            lecture_fees=LectureFees(
                associate=Figure("500 元/学时", LECTURES),
                full=Figure("1000 元/学时", LECTURES),
                academician=Figure("1500 元/学时", LECTURES),
            ),
            hours_per_half_day=Figure("4 学时/半天", LECTURES),
        ),
    ),
    interpretations=(
        Interpretation(
            question=Label("两个版本从哪一天起施行？", "From which days do the two versions bind?"),
            reading=Label(
                "未读到；按常识取 2014年1月1日和 2017年1月1日，须核对原文。",
                "Not read: 1 January 2014 and 1 January 2017 are general knowledge, to be checked.",
            ),
        ),
        Interpretation(
            question=Label("旧版本的分项和类别？", "What of the parts and the classes of the superseded version?"),
            reading=Label(
                "旧版本全部数字均为常识：450 = 180 + 110 + 100 + 60；各项名称和分类不详，三类均按 450 元/人天，"
                "类别仍须给出。",
                "All figures of that version are general knowledge: 450 = 180 + 110 + 100 + 60. What each part is, and "
                "any classes, are not known: one quota is taken for all three, and the class has to be given.",
            ),
        ),
        Interpretation(
            question=Label("工作人员数量的限制？", "Is the number of staff limited?"),
            reading=Label("未读到可靠数字，不判断。", "No reliable figure was read; it is not judged."),
        ),
    ),
)
"""The figures as far as they were read; replace them before relying on them."""

STANDARD = standard_for(SAMPLE)

_OLD, _NEW = datetime.date(2016, 6, 30), datetime.date(2026, 6, 30)


def _case(
    rule: str, day: datetime.date, verdict: Verdict, facts: dict[str, object], shortfall: str | None = None
) -> Case:
    return Case(rule=rule, verdict=verdict, facts=facts, on=day, shortfall=shortfall)


def _course(days: int, **facts: object) -> dict[str, object]:
    return {"bound": True, "people": "20 人", "days": f"{days} 天", **facts}


def _lecture(rank: str, fee: str | None, hours: int = 4, half_days: int = 1) -> dict[str, object]:
    facts: dict[str, object] = {"rank": rank, "class_hours": f"{hours} 学时", "half_days": f"{half_days} 半天"}
    return {"bound": True, "lectures": [facts if fee is None else {**facts, "fee": fee}]}


def _quoting(kind: str, *amounts: str) -> dict[str, object]:
    return {"bound": True, "kind": kind, "quoted": [{"amount": amount} for amount in amounts]}


def _travel(arrival: str, departure: str | None, *, bound: bool = True) -> dict[str, object]:
    facts: dict[str, object] = {"bound": bound, "arrival_days": arrival}
    return facts if departure is None else {**facts, "departure_days": departure}


_OTHER = {"一类": "二类", "二类": "三类", "三类": "一类"}


def _cost_cases(suffix: str, day: datetime.date, days: int, outside: int, *most: int) -> Iterator[Case]:
    """Yield the cases of each class: 20 people for ``days`` may cost ``most`` 元; ``outside`` is another stretch."""
    for (kind, ordinal), bears in zip(_CLASSES, most, strict=True):
        rule = f"within_quota_{ordinal}_class{suffix}"
        yield _case(rule, day, Verdict.MET, _course(days, kind=kind, cost=f"{bears} 元"))
        yield _case(rule, day, Verdict.UNMET, _course(days, kind=kind, cost=f"{bears + 1000}.5 元"), "1000.5 元")
        yield _case(rule, day, Verdict.UNKNOWN, _course(days, kind=kind))
        yield _case(rule, day, Verdict.UNKNOWN, _course(days, cost="1 元"))
        yield _case(rule, day, Verdict.NOT_APPLICABLE, _course(days, kind=_OTHER[kind], cost="9999999 元"))
        yield _case(rule, day, Verdict.NOT_APPLICABLE, _course(outside, kind=kind, cost="9999999 元"))
        yield _case(rule, day, Verdict.NOT_APPLICABLE, _course(days, kind=kind, cost="9999999 元", bound=False))


def _quoted_cases(day: datetime.date, other: int, *quotas: int) -> Iterator[Case]:
    """Yield the cases of each class where its quota is quoted, or ``other``, which none has on the day."""
    for (kind, ordinal), quota in zip(_CLASSES, quotas, strict=True):
        rule, right = f"quoted_quota_{ordinal}_class", f"{quota} 元/人天"
        yield _case(rule, day, Verdict.MET, _quoting(kind, right))
        yield _case(rule, day, Verdict.UNMET, _quoting(kind, right, f"{other} 元/人天"))
        yield _case(rule, day, Verdict.UNKNOWN, {"bound": True, "kind": kind})
        yield _case(rule, day, Verdict.UNKNOWN, {"bound": True, "quoted": [{"amount": right}]})
        yield _case(rule, day, Verdict.NOT_APPLICABLE, _quoting(_OTHER[kind], f"{other} 元/人天"))
        yield _case(rule, day, Verdict.NOT_APPLICABLE, _quoting(kind))


def _fee_cases(rule: str, day: datetime.date, rank: str, most: int) -> tuple[Case, ...]:
    """Return the cases of a fee for four class-hours in one half-day, of which ``most`` 元 may be paid."""
    other = "正高级" if rank == "副高级" else "副高级"
    return (
        _case(rule, day, Verdict.MET, _lecture(rank, f"{most} 元")),
        _case(rule, day, Verdict.UNMET, _lecture(rank, f"{most}.01 元")),
        _case(rule, day, Verdict.UNKNOWN, _lecture(rank, None)),
        _case(rule, day, Verdict.NOT_APPLICABLE, _lecture(other, "90000 元")),
    )


CASES = (
    # 20 people for 5 days are 100 person-days: at 760, 650 and 550 元, 76,000, 65,000 and 55,000 元.
    *_cost_cases("", _NEW, 5, 31, 76_000, 65_000, 55_000),
    # 30 + 70 % × 10 = 37 days, 20 × 37 = 740; 740 × 760 = 562,400, 740 × 650 = 481,000, 740 × 550 = 407,000 元.
    *_cost_cases("_beyond_30_days", _NEW, 40, 30, 562_400, 481_000, 407_000),
    # 100 × 450 = 45,000 元 for every class.
    *_cost_cases("", _OLD, 5, 16, 45_000, 45_000, 45_000),
    # 15 + 80 % × 5 = 19 days; 20 × 19 × 450 = 171,000 元.
    *_cost_cases("_beyond_15_days", _OLD, 20, 15, 171_000, 171_000, 171_000),
    # 15 + 80 % × 15 + 70 % × 10 = 34 days; 20 × 34 × 450 = 306,000 元.
    *_cost_cases("_beyond_30_days", _OLD, 40, 30, 306_000, 306_000, 306_000),
    _case("travel_days", _NEW, Verdict.MET, _travel("1 天", "0.5 天")),
    _case("travel_days", _NEW, Verdict.UNMET, _travel("2 天", "1 天")),
    _case("travel_days", _NEW, Verdict.UNKNOWN, _travel("1 天", None)),
    _case("travel_days", _NEW, Verdict.NOT_APPLICABLE, _travel("2 天", "2 天", bound=False)),
    # Four class-hours: 4 × 500, 4 × 1,000, 4 × 1,500 元. One half-day: 1,000, 2,000, 3,000 元.
    *_fee_cases("lecture_fee_associate", _NEW, "副高级", 2000),
    *_fee_cases("lecture_fee_full", _NEW, "正高级", 4000),
    *_fee_cases("lecture_fee_academician", _NEW, "院士或全国知名专家", 6000),
    *_fee_cases("lecture_fee_associate", _OLD, "副高级", 1000),
    *_fee_cases("lecture_fee_full", _OLD, "正高级", 2000),
    *_fee_cases("lecture_fee_academician", _OLD, "院士或全国知名专家", 3000),
    _case("lecture_hours", _NEW, Verdict.MET, _lecture("其他", None, hours=8, half_days=2)),
    _case("lecture_hours", _NEW, Verdict.UNMET, _lecture("其他", None, hours=5)),
    _case("lecture_hours", _NEW, Verdict.UNKNOWN, {"bound": True, "lectures": [{"class_hours": "4 学时"}]}),
    _case("lecture_hours", _NEW, Verdict.NOT_APPLICABLE, {"bound": True, "lectures": []}),
    *_quoted_cases(_NEW, 450, 760, 650, 550),
    *_quoted_cases(_OLD, 550, 450, 450, 450),
    _case("quota_not_superseded", _NEW, Verdict.MET, _quoting("三类", "400 元/人天")),
    _case("quota_not_superseded", _NEW, Verdict.UNMET, _quoting("三类", "550 元/人天", "450 元/人天")),
    _case("quota_not_superseded", _NEW, Verdict.UNKNOWN, {}),
    _case("quota_not_superseded", _NEW, Verdict.NOT_APPLICABLE, _quoting("三类")),
)

PACK = Pack(standard=STANDARD, cases=CASES)
