"""From a project to the facts of ``budget_consistency``, and to the identities that re-reading a unit may mend.

Both are made from the same balances: what stands on either side, by the key of each figure. Figures in different
units that differ by rounding only are balanced by what the rounding left.
Imports ``breakdowns``, ``wholes``, ``groups``, ``fitting``, ``documents`` and above.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import final

from attrs import evolve, frozen

from perfeval.amounts import Amount
from perfeval.budgets import Figure, Identity
from perfeval.citations import Span
from perfeval.documents.folding import fold
from perfeval.documents.payments import DOUBTFUL
from perfeval.documents.project import Comparator, Line, Part, Project, ScheduleItem, Unread
from perfeval.documents.quantities import SOURCE
from perfeval.facts import Given, Label, Stage
from perfeval.matching.breakdowns import BEYOND
from perfeval.matching.fitting import Facts, complete, fitting, listed, said, taught
from perfeval.matching.groups import Group, payments_of
from perfeval.matching.shown import agreeing, printed_of, rest_of_rounding, settled
from perfeval.matching.wholes import (
    cut_explained,
    exact_money,
    granted_of,
    is_partial,
    sources_of,
    totals_apart,
    whole_of,
)

__all__ = ["budget_facts", "identities_of", "left_out", "lines_complete", "schedule_complete", "statement_facts"]

_ROUNDING = "显示位数内的尾差"


def budget_facts(project: Project, groups: Sequence[Group]) -> Facts:
    """Return the facts of :class:`perfeval.standards.budget_consistency.Budget`."""
    whole = whole_of(project)
    approval = None if project.approval is None else project.approval.amount
    request, approval = _beside(project.request, approval)
    lines, items = [line.amount for line in project.lines], [item.amount for item in project.schedule]
    return {
        "request": fitting(request, "元"),
        "approval": fitting(approval, "元"),
        "total": fitting(whole, "元"),
        "explained": cut_explained(project),
        "lines": listed(
            [_part(line.name, line.amount) for line in project.lines]
            + (_rounding(lines, whole) if lines_complete(project) else []),
            complete=lines_complete(project),
        ),
        "divided": [
            {
                **_part(line.name, line.amount),
                "in_full": not is_partial(project, line),
                "parts": [_part(part.name, part.amount) for part in line.parts]
                + _rounding([part.amount for part in line.parts], line.amount),
            }
            for line in (*project.lines, *project.schedule_sums)
            if line.parts
        ],
        "schedule": listed(
            [_scheduled(group) for group in groups]
            + (_rounding(items, whole, name="purpose", lines=[]) if schedule_complete(project) else []),
            complete=schedule_complete(project),
        ),
        "payments": [
            {
                **_part(line.name, line.amount),
                "parts": [_part(item.purpose, item.amount) for item in paid]
                + _rounding([item.amount for item in paid], line.amount),
            }
            for line, paid in _payments(project)
        ],
        "sources": _source_facts(project),
        "totals": [
            {"amount": fitting(total, "元"), "wanted": fitting(whole, "元")} for total in totals_apart(project, whole)
        ],
        "programmes": [
            {
                "name": said(training.name),
                "days": fitting(training.days, "天"),
                "exact": training.comparator in (Comparator.UNSTATED, Comparator.EQ),
                "stages": [{"name": said(stage.name), "days": fitting(stage.days, "天")} for stage in training.stages],
            }
            for training in project.trainings
            if training.days is not None or training.stages
        ],
        "statements": statement_facts(project),
    }


def _part(name: str, amount: Given) -> Facts:
    return {"name": said(name), "amount": fitting(amount, "元")}


def _scheduled(group: Group) -> Facts:
    named = [{**_part(line.name, line.amount), "matched": how.value} for line, how in group.lines]
    rounding = _rounding([line.amount for line, _ in group.lines], group.item.amount, matched="words")
    return {
        "purpose": said(group.item.purpose),
        "amount": fitting(group.item.amount, "元"),
        "lines": [*named, *rounding],
    }


def _beside(one: Given | None, other: Given | None) -> tuple[Given | None, Given | None]:
    """Return two figures, the coarser one as what it stands for beside the finer."""
    if one is None or other is None:
        return one, other
    return settled(one, [other])[0], settled(other, [one])[0]


def _rounding(parts: Sequence[Given], whole: Given | None, *, name: str = "name", **others: object) -> list[Facts]:
    """Return what rounding left between parts and their whole as one more part; nothing where nothing was left."""
    rest = None if whole is None or not parts else rest_of_rounding(parts, whole)
    if rest is None or rest.root == 0:
        return []
    amount = Given(value=rest, stage=Stage.PLANNED, source=SOURCE)
    return [{name: said(_ROUNDING), "amount": amount, **others}]


_USUAL_HOURS = frozenset((Fraction(8), Fraction(15, 2)))
_OWN_RATE = re.compile(r"(?:每天|每日|1天|一天)[^，,。；;\n]{0,6}?(?P<hours>[0-9]{1,2}(?:\.5)?)\s?(?:个)?(?:学时|课时)")


def statement_facts(project: Project) -> list[Facts]:
    """Return what the text says in days and class-hours; usual where a day has as many as is usual, or as it says.

    Where the text's own rates differ, that is found by comparing them, and none of them is called unusual.
    """
    both = [one for one in taught(project) if one.days is not None and one.class_hours is not None]
    rates = [_rate(fitting(one.days, "天"), fitting(one.class_hours, "学时")) for one in both]
    own = {Fraction(match["hours"]) for match in _OWN_RATE.finditer(fold(_own_text(project)))} if both else set()
    differ = len({rate for rate in rates if rate is not None}) > 1
    return [
        {
            "days": fitting(one.days, "天"),
            "class_hours": fitting(one.class_hours, "学时"),
            "usual": None if rate is None else said(differ or rate in _USUAL_HOURS or rate in own, one.span),
        }
        for one, rate in zip(both, rates, strict=True)
    ]


def _rate(days: Given | None, hours: Given | None) -> Fraction | None:
    if days is None or hours is None or not isinstance(days.value, Amount) or not isinstance(hours.value, Amount):
        return None
    number = days.value.number_in("天")
    return None if number == 0 else hours.value.number_in("学时") / number


def _own_text(project: Project) -> str:
    return project.text if project.span is None else project.text[project.span.start : project.span.end]


def _source_facts(project: Project) -> list[Facts]:
    sources = sources_of(project)
    if sources is None:
        return []
    return [
        {
            "amount": fitting(sources.total, "元"),
            "parts": [
                *({"amount": fitting(part, "元")} for part in sources.parts),
                *_rounding(sources.parts, sources.total),
            ],
        }
    ]


def lines_complete(project: Project) -> bool:
    """Say whether every line of the funding was read."""
    places = [line.span for line in project.lines]
    granted = granted_of(project)
    heads = [one.span.end for one in (project.request, granted, *project.totals) if one is not None and one.span]
    beyond = any(one.why == BEYOND for one in project.unread)
    read = not beyond and complete(_counting_money(project), places, Part.FUNDING)
    return read and not _begins_unread(project, places, heads)


def _begins_unread(project: Project, places: Sequence[Span], heads: Sequence[int] = ()) -> bool:
    """Say whether a list begins with a figure that was not read (材料费2万、人工费3万元, 维修费30,00,00元), or has one in foreign money.

    ``heads`` are where its totals end. What foreign money brackets after a row hold is no row.
    """
    if not places:
        return False
    first, last = min(place.start for place in places), max(place.end for place in places)
    begin = max(project.text.rfind(mark, max(0, first - _BACK), first) for mark in "。\n")
    begin = max([begin, *(head - 1 for head in heads if head <= first)])
    ends = (project.text.find(mark, last, last + _BACK) for mark in "。\n")
    stop = min((end for end in ends if end >= 0), default=last)
    listed = fold(project.text[begin + 1 : stop])
    return _FOREIGN.search(_IN_BRACKETS.sub("", listed)) is not None or any(
        begin < one.span.start < first
        and _NAMED_MONEY.search(project.text[max(0, one.span.start - 5) : one.span.start].rstrip("-－"))
        and (_NUMBER_ONLY.fullmatch(fold(one.text)) or _ODD_MONEY.fullmatch(fold(one.text)))
        for one in project.unread
    )


_BACK = 400
_ODD_MONEY = re.compile(r"[^0-9]{0,4}[0-9][0-9,.，]*\s?[百千万亿]{0,2}元")


def left_out(project: Project, part: Part) -> list[Unread]:
    """Return what may be money in a part of the text and was not read, for which a list is not known in full."""
    return [one for one in project.unread if one.part is part and _may_be_money(project, one)]


def schedule_complete(project: Project) -> bool:
    """Say whether every amount of the schedule was read."""
    places = [item.span for item in project.schedule]
    if any(one.part is Part.SCHEDULE and one.why in DOUBTFUL for one in project.unread):
        return False
    return complete(_counting_money(project), places, Part.SCHEDULE) and not _begins_unread(project, places)


_IN_BRACKETS = re.compile(r"\([^()]{0,200}\)")
_FOREIGN = re.compile(
    r"(?:[$€£]|USD|HKD|EUR|GBP|JPY)\s?[0-9]|[0-9]\s?[百千万亿]{0,2}\s?(?:(?:美|港|欧|日|韩|澳|加|新台)元|港币|美金|英镑|卢布|法郎|USD|EUR)"
)
_NAMED_MONEY = re.compile(r"(?:费|费用|经费|资金|金额|款|补助|补贴|预算)[:：]?\s?$")
_NUMBER_ONLY = re.compile(r"[^0-9]{0,8}[0-9][0-9,.]*\s?[百千万亿]{0,2}")


def _counting_money(project: Project) -> Project:
    """Return a project in which only what may be money is left over: a count beside a line takes nothing from it."""
    figures = [line.amount for line in project.lines] + [item.amount for item in project.schedule]
    ends = {figure.span.end for figure in figures if figure.span is not None}
    left = tuple(
        one for one in project.unread if _may_be_money(project, one) and not _is_said_of_row(project, one, ends)
    )
    return project if len(left) == len(project.unread) else evolve(project, unread=left)


def _is_said_of_row(project: Project, one: Unread, ends: Container[int]) -> bool:
    """Say whether a number that is no money stands in brackets right after the amount of a row: （折合4,200美元）."""
    low = max(0, one.span.start - _BRACKETS)
    before = fold(project.text[low : one.span.start])
    opened = before.rfind("(")
    return opened > before.rfind(")") and low + opened in ends and "元" not in one.text


_BRACKETS = 60


def _may_be_money(project: Project, one: Unread) -> bool:
    shown = fold(one.text)
    if any(sign in shown for sign in "元¥角") or _NAMED_MONEY.search(
        project.text[max(0, one.span.start - 4) : one.span.start]
    ):
        return True
    if not _NUMBER_ONLY.fullmatch(shown):
        return False
    if _CODE.fullmatch(shown) and _HAN.match(project.text, one.span.end):
        return False
    if shown.startswith("=") and _MULTIPLIED.search(
        fold(project.text[max(0, one.span.start - _BACK_IN_LINE) : one.span.start])
    ):
        return False  # （25×1000×12=300000）
    near = fold(
        project.text[max(0, one.span.start - 2) : one.span.start] + "|" + project.text[one.span.end : one.span.end + 4]
    )
    return not any(sign in near for sign in "×*xX")


# The code of a kind of spending before its name: 30213维修(护)费, 50502商品和服务支出.
_CODE = re.compile(r"(?:30[1-9]|31[0-3]|399|50[1-9]|51[0-4])(?:[0-9]{2})?")
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_MULTIPLIED = re.compile(r"[0-9]\s?[×xX*]\s?[0-9][0-9,.]{0,15}\s?$")
_BACK_IN_LINE = 24


def _payments(project: Project) -> list[tuple[Line, list[ScheduleItem]]]:
    return payments_of(project) if schedule_complete(project) else []


# --------------------------------------------------------------------------------------------------------
# Identities


@final
@frozen
class _Term:
    """A figure on one side of a balance."""

    key: str
    label: Label
    given: Given | None

    @property
    def figure(self) -> Figure | None:
        """The figure, where it is an exact amount of money."""
        amount = exact_money(self.given)
        if amount is None or self.given is None:
            return None
        return Figure(key=self.key, label=self.label, amount=amount, span=self.given.span)


def identities_of(project: Project, groups: Sequence[Group]) -> tuple[Identity, ...]:
    """Return what must add up in the project's money, for :func:`perfeval.budgets.diagnose`."""
    return tuple(
        Identity(key=key, label=_IDENTITY_NAMES[key.split("/")[0]], left=left, right=right, is_list=key in _OF_LISTS)
        for key, one, other in _balances(project, groups)
        if (left := _figures(one, other)) and (right := _figures(other))
    )


_OF_LISTS = frozenset(("lines_equal_total", "schedule_equals_total", "lines_equal_request", "schedule_equals_request"))
_IDENTITY_NAMES = {
    "lines_equal_total": Label("明细合计等于预算总额", "the lines add up to the total"),
    "schedule_equals_total": Label("计划金额合计等于预算总额", "the schedule adds up to the total"),
    "request_equals_approval": Label("申请金额等于批复金额", "the request equals the approval"),
    "lines_equal_request": Label("明细合计等于申请金额", "the lines add up to the request"),
    "schedule_equals_request": Label("计划金额合计等于申请金额", "the schedule adds up to the request"),
    "schedule_groups_equal_lines": Label("计划分项等于对应明细", "a part of the schedule equals its lines"),
    "payments_equal_line": Label("分次支付合计等于该项明细", "the payments of a line add up to it"),
    "parts_equal_line": Label("分项合计等于该项明细", "the parts of a line add up to it"),
    "sources_equal_total": Label("资金来源合计等于总额", "the sources add up to the total"),
    "totals_hold": Label("合计数等于预算总额", "a total is the total"),
    "totals_agree": Label("合计数等于预算总额", "a total is the total"),
}


def _balances(project: Project, groups: Sequence[Group]) -> Iterator[tuple[str, Sequence[_Term], Sequence[_Term]]]:
    """Yield what stands on either side of each balance; a list that was not read in full has no balance."""
    approval = None if project.approval is None else project.approval.amount
    request = _Term("request", Label("申请金额", "amount requested"), project.request)
    total, whole = _Term("total", Label("预算总额", "budget total"), granted_of(project)), whole_of(project)
    stated = {given.span: index for index, given in enumerate(project.totals) if given.span is not None}
    sources = sources_of(project)
    of_sources = (
        [] if sources is None else [_source_term(index, part, request) for index, part in enumerate(sources.parts)]
    )
    wholes: list[_Term] = [total]
    if whole is not None and whole.span in stated and granted_of(project) is not whole:
        wholes = [_Term(f"totals[{stated[whole.span]}]", Label("资金总额", "all the money"), whole)]
    elif sources is not None and whole is not None and whole != granted_of(project):
        wholes = of_sources
    lines = {
        id(line): _Term(f"line[{index}]", Label(line.name, line.name), line.amount)
        for index, line in enumerate(project.lines)
    }
    items = {
        id(item): _Term(f"schedule[{index}]", Label(item.purpose, item.purpose), item.amount)
        for index, item in enumerate(project.schedule)
    }
    all_lines = list(lines.values()) if lines_complete(project) else []
    all_items = list(items.values()) if schedule_complete(project) else []
    yield "lines_equal_total", all_lines, wholes
    yield "schedule_equals_total", all_items, wholes
    for index, group in enumerate(groups):
        named = [lines[id(line)] for line, _ in group.lines]
        yield f"schedule_groups_equal_lines/{index}", named, [items[id(group.item)]]
    if approval is not None and not cut_explained(project):
        # Where request and approval differ, what adds up to the request is a witness of its own.
        yield "request_equals_approval", [request], [total]
        asked, granted = exact_money(project.request), exact_money(approval)
        if wholes == [total] and asked is not None and granted is not None and asked != granted:
            yield "lines_equal_request", all_lines, [request]
            yield "schedule_equals_request", all_items, [request]
    for index, (line, paid) in enumerate(_payments(project)):
        yield f"payments_equal_line/{index}", [items[id(item)] for item in paid], [lines[id(line)]]
    divided = [(index, line) for index, line in enumerate(project.lines) if line.parts]
    for place, (index, line) in enumerate(divided):
        amounts = [exact_money(part.amount) for part in line.parts]
        known = [amount.root for amount in amounts if amount is not None]
        own = exact_money(line.amount)
        # Parts that come to their line bear it out, though more of them might have been left out.
        borne_out = own is not None and len(known) == len(amounts) > 1 and sum(known) == own.root
        if not is_partial(project, line) or borne_out:
            parts = [
                _Term(f"line[{index}].part[{at}]", Label(part.name, part.name), part.amount)
                for at, part in enumerate(line.parts)
            ]
            yield f"parts_equal_line/{place}", parts, [lines[id(line)]]
    if sources is not None:
        at = stated.get(sources.total.span) if sources.total.span is not None else None
        key = "sources" if at is None else f"totals[{at}]"
        yield "sources_equal_total", of_sources, [_Term(key, Label("总额", "total"), sources.total)]
    apart = totals_apart(project, whole)
    for index, given in enumerate(project.totals):
        # A total that is the whole bears witness to it.
        if given is not whole and given not in apart and agreeing(printed_of(given), printed_of(whole)):
            yield f"totals_hold/{index}", [_Term(f"totals[{index}]", Label("合计", "total"), given)], wholes
    for index, given in enumerate(apart):
        key = f"totals[{stated[given.span]}]" if given.span in stated else f"apart[{index}]"
        yield f"totals_agree/{index}", [_Term(key, Label("合计", "total"), given)], wholes


def _source_term(index: int, part: Given, request: _Term) -> _Term:
    own = request.given is not None and part.span == request.given.span
    return request if own else _Term(f"source[{index}]", Label("资金来源", "source"), part)


def _figures(terms: Sequence[_Term], whole: Iterable[_Term] = ()) -> tuple[Figure, ...]:
    """Return the figures of one side; none at all where one of them was not read, for then no sum can be made.

    ``whole`` is the other side: what rounding left between the two stands with this one.
    """
    known = tuple(figure for term in terms if (figure := term.figure) is not None)
    if len(known) != len(terms) or not known:
        return ()
    others = [term.given for term in whole if term.given is not None]
    if len(others) == 1:
        rest = rest_of_rounding([term.given for term in terms if term.given is not None], others[0])
        if rest is not None and rest.root != 0:
            return (*known, Figure(key="rounding", label=Label(_ROUNDING, "left by rounding"), amount=rest))
    return known
