"""Which figures of money a text states more than once: one name, one kind of money, one year, in different places.

Annual, cumulative and prior-year money are never put together. What is paid by and by (the schedule) and names that
say nothing (资金, 合计) are left out, and so is a name that is used for several things in one place.
Imports ``mentioned``, ``shown``, ``documents`` and above.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import final

from attrs import evolve, frozen

from perfeval.amounts import Amount
from perfeval.budgets import Figure, Identity
from perfeval.citations import Span
from perfeval.documents.project import Comparator, MoneyKind, Part, Project, StatedMoney
from perfeval.documents.quantities import SOURCE, Quantity, Relation
from perfeval.facts import Given, Label, Stage
from perfeval.matching.fitting import taught
from perfeval.matching.mentioned import Mentioned, is_plain
from perfeval.matching.shown import agreeing, printed_of, settled
from perfeval.matching.wholes import granted_of, whole_of

__all__ = ["Repeated", "Said", "is_one_thing", "rates_of_hours", "repeated_money", "restated_money"]

_SAYS_NOTHING = re.compile(
    r"(?:本|该|其中|其|共|总|合|小|计|预计|所需|需|需要|安排|投入|资金|经费|金额|费用|预算|财政|专项|拨款|补助|补贴|支出|支付|"
    r"标准|每年|年度|项目|达|为|约|的|元|人均|单价|列支|使用|下达|到位|结余|结转|奖励|收入|增收)*"
)
_WHOLE = re.compile(
    r"(?:[0-9]{4}年(?:度)?)?(?:本|该)?(?:项目|年度)?(?:申请|申报|安排)?"
    r"(?:总预算|预算总额|总预算资金|预算总金额|项目预算|预算资金总额|年度预算|申请预算资金|预算资金)"
    r"|(?:[0-9]{4}年(?:度)?)?(?:本|该)?项目(?:共|拟|需)?申请(?:资金|经费)"
    r"|[0-9]{4}年(?:度)?(?:计划|拟|共)?(?:安排|投入|预算|预算安排|安排预算|安排资金|预算资金)?"
)
_TRIMMED = re.compile(r"^(?:其中|共|合计|总|计|[:：、,，\s])+|(?:共计|合计|共|计|为|约|[:：\s])+$")


@final
@frozen(kw_only=True)
class Said:
    """One place in which a figure is stated; ``key`` ties it to a figure of the budget, where it is one of those."""

    given: Given
    key: str | None = None


@final
@frozen(kw_only=True)
class Repeated:
    """What one text says several times: its name, and each saying; ``key`` tells it from the others of the text."""

    key: str
    name: str
    said: tuple[Said, ...]

    def settled(self) -> tuple[tuple[Given, bool], ...]:
        """Return each saying as what it stands for beside the others, and whether it was taken to its own digits only."""
        givens = [one.given for one in self.said]
        shown = [settled(given, givens) for given in givens]
        return tuple((given, finer is not None) for given, finer in shown)

    def identities(self) -> Iterator[Identity]:
        """Yield that each saying is the first one, for :func:`perfeval.slips.locate`; as many as are left of pairs."""
        figures = [
            Figure(
                key=one.key or f"{self.key}[{index}]",
                label=Label(self.name, self.name),
                amount=given.value,
                span=given.span,
            )
            for index, (one, (given, _)) in enumerate(zip(self.said, self.settled(), strict=True))
            if isinstance(given.value, Amount)
        ]
        label = Label(f"“{self.name}”各处一致", f"{self.name} is one figure throughout")
        for first, figure in enumerate(figures):
            for other in figures[first + 1 :]:
                if figure.key != other.key:
                    yield Identity(
                        key=f"{self.key}/{figure.key}/{other.key}", label=label, left=(figure,), right=(other,)
                    )


_MOST_SAYINGS = 12
"""A figure that is said more often is compared in its first places: pairs grow with the square."""


def repeated_money(project: Project, told: Mentioned) -> tuple[Repeated, ...]:
    """Return the figures that are stated in several places of a text."""
    by_place = {
        told.place(span.start, span.end).start: quantity for quantity in told.quantities for span in quantity.spans
    }
    found: dict[tuple[str, MoneyKind, int | None], list[tuple[Part | None, Said]]] = {}
    of_whole: list[Said] = []
    known = {given.span: key for key, given in _budget_figures(project) if given.span is not None}
    own_year = None if project.year is None else project.year.number
    for one in project.money:
        name = _plain_name(one.name)
        given = _given(one)
        if given is None or one.part is Part.SCHEDULE or not _is_exact(by_place.get(_start(one)), one):
            continue
        year = one.year if one.year is not None or one.kind is not MoneyKind.ANNUAL else own_year
        key = known.get(_span(one))
        if one.kind is MoneyKind.ANNUAL and year == own_year and _is_whole(project, one, name) and key is None:
            of_whole.append(Said(given=given))
        elif not _SAYS_NOTHING.fullmatch(name) and key not in ("request", "total"):
            found.setdefault((name, one.kind, year), []).append((one.part, Said(given=given, key=key)))
    for index, line in enumerate(project.lines):
        places = found.get((_plain_name(line.name), MoneyKind.ANNUAL, own_year))
        if places and all(said.key is None for _, said in places) and isinstance(line.amount.value, Amount):
            places.append((Part.FUNDING, Said(given=line.amount, key=f"line[{index}]")))
    often = Counter(_plain_name(line.name) for line in project.lines)
    repeated = [
        Repeated(key=f"repeated/{index}", name=name, said=tuple(said for _, said in places[:_MOST_SAYINGS]))
        for index, ((name, _, _), places) in enumerate(found.items())
        if len(places) > 1 and often[name] < 2 and is_one_thing(places)
    ]
    whole = _whole_of(project, of_whole)
    return (*whole, *repeated)


def restated_money(project: Project, told: Mentioned) -> tuple[Repeated, ...]:
    """Return the money that is said twice in one breath: 壹拾捌万元整（180,000.00元）, 20000元（2万元）."""
    known = {given.span: key for key, given in _budget_figures(project) if given.span is not None}
    found: list[Repeated] = []
    for one in told.quantities:
        money = len(one.amounts) == 2 and all(amount.unit.is_money for amount in one.amounts)
        if one.relation is Relation.RESTATED and money:
            both = [told.given(one, at) for at in (0, 1)]
            said = tuple(Said(given=given, key=known.get(given.span) if given.span else None) for given in both)
            name = told.place(one.span.start, one.span.end).text
            found.append(Repeated(key=f"restated/{len(found)}", name=name, said=said))
    return tuple(found)


def rates_of_hours(project: Project) -> tuple[Repeated, ...]:
    """Return how many class-hours a day each statement of days and class-hours comes to, as one figure said again."""
    said = []
    for one in taught(project):
        days, hours = (_of_dimension(one.said, one.again, unit) for unit in ("天", "学时"))
        if days is not None and hours is not None and days.root > 0:
            rate = Amount.of(hours.number_in("学时") / days.number_in("天"), "学时/天")
            said.append(Said(given=Given(value=rate, stage=Stage.PLANNED, source=SOURCE, span=one.span)))
    return (Repeated(key="hours", name="每天学时", said=tuple(said[:_MOST_SAYINGS])),) if len(said) > 1 else ()


def _of_dimension(one: Given, other: Given, unit: str) -> Amount | None:
    for given in (one, other):
        if isinstance(given.value, Amount) and given.value.dimension == Amount.of(1, unit).dimension:
            return given.value
    return None


def _whole_of(project: Project, stated: Sequence[Said]) -> Iterator[Repeated]:
    """Yield what the text says elsewhere of its budget, beside what was granted or else the total that the lines make.

    A figure that is any of the sums that the text asks for, was granted or adds up is repeated rightly.
    """
    sums = {key: given for key, given in _budget_figures(project) if not key.startswith("line[")}
    reference = granted_of(project) or whole_of(project)
    whole = whole_of(project)
    if reference is None or (own := printed_of(reference)) is None:
        return
    others = [printed_of(given) for given in (*sums.values(), whole) if given is not None and given is not reference]
    compared = [
        one
        for one in stated
        if agreeing(printed := printed_of(one.given), own) or not any(agreeing(printed, other) for other in others)
    ]
    if not compared:
        return
    key = next((key for key, given in sums.items() if given is reference), "total")
    yield Repeated(
        key="repeated/whole", name="预算总额", said=(Said(given=reference, key=key), *compared[: _MOST_SAYINGS - 1])
    )


def _budget_figures(project: Project) -> Iterator[tuple[str, Given]]:
    """Yield the figures that the budget's identities name, under the keys that they have there."""
    for index, line in enumerate(project.lines):
        yield f"line[{index}]", line.amount
    for index, total in enumerate(project.totals):
        yield f"totals[{index}]", total
    if project.request is not None:
        yield ("request" if project.approval is not None else "total"), project.request
        if project.approval is None:
            yield "request", project.request
    if project.approval is not None:
        yield "total", project.approval.amount


def _is_whole(project: Project, one: StatedMoney, name: str) -> bool:
    """Say whether words name the project's budget as such: 2026年安排, 本项目年度预算, and its name before 申请预算资金."""
    own = "" if project.name is None else _plain_name(project.name).rstrip("。")
    if own and name.startswith(own) and len(name) > len(own):
        name = f"项目{name.removeprefix(own).removeprefix('项目')}"
    return _WHOLE.fullmatch(name) is not None or (_OF_PROJECT.fullmatch(name) is not None and "预算" in one.span.text)


_OF_PROJECT = re.compile("(?:本|该)?项目(?:年度|本年度?)?|(?:本)?年度")


def _plain_name(name: str) -> str:
    return _TRIMMED.sub("", "".join(name.split()))


def _given(one: StatedMoney) -> Given | None:
    if one.printed.amount is None or one.per or one.comparator not in (Comparator.UNSTATED, Comparator.EQ):
        return None
    # Kinds are kept apart by the name under which amounts are gathered; within one, money is money.
    amount = Amount.of(one.printed.number, one.printed.amount.unit.text.split("[")[0])
    return Given(value=amount, stage=Stage.PLANNED, source=SOURCE, span=_span(one))


def _span(one: StatedMoney) -> Span:
    return one.printed.span if one.printed.span is not None else one.span


def _start(one: StatedMoney) -> int:
    return _span(one).start


def _is_exact(quantity: Quantity | None, one: StatedMoney) -> bool:
    """Say whether a figure is meant exactly, as far as the text around it was read."""
    if quantity is None:
        return True
    bare = evolve(quantity, relation=Relation.SINGLE, amounts=quantity.amounts[:1])
    return (
        is_plain(bare)
        and quantity.relation in (Relation.SINGLE, Relation.RESTATED)
        and not quantity.per
        and one.printed.amount is not None
        and one.printed.amount.unit.is_money
    )


def is_one_thing(places: Sequence[tuple[Part | None, Said]]) -> bool:
    """Say whether a name means one thing: in no part of the text is it given two amounts."""
    values: dict[Part | None, set[object]] = {}
    for part, one in places:
        values.setdefault(part, set()).add(one.given.value)
    return all(len(amounts) == 1 for amounts in values.values())
