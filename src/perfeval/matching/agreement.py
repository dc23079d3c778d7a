"""Which table is about which project, and what a project's text and its tables both say: facts of ``text_and_tables``.

Tables are matched with projects by name and never by order. Money is compared where both places call it the same, and only
money of one kind and one year. Imports ``displayed``, ``goal_figures``, ``indicator_words``, ``shown``, ``tables`` and above.
"""

from __future__ import annotations

import datetime
import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, final

from attrs import evolve, frozen

from perfeval.amounts import Amount
from perfeval.budgets import Identity
from perfeval.citations import Span
from perfeval.documents.bounds import Comparator
from perfeval.documents.printed import Printed
from perfeval.documents.project import MoneyKind, Part, Period, Project, StatedMoney
from perfeval.documents.quantities import Relation, quantities
from perfeval.documents.topics import shared_words
from perfeval.facts import Given, Label
from perfeval.matching.budget import lines_complete
from perfeval.matching.displayed import restated
from perfeval.matching.fitting import Facts, said
from perfeval.matching.goal_figures import figures_of
from perfeval.matching.indicator_words import core
from perfeval.matching.money_grids import MoneyGrid, grid_identities
from perfeval.matching.shown import printed_of
from perfeval.matching.table_identities import budget_identities, figure_of, funds_identities
from perfeval.matching.table_money import whole_of_project
from perfeval.matching.tables import goal_figures
from perfeval.tables import BudgetTable
from perfeval.tables.model import FundsRow, FundsSource, IndicatorRow, ReadTable, TableKind

__all__ = [
    "Agreement",
    "Claim",
    "Pair",
    "agreement_of",
    "budget_claims",
    "equalities",
    "is_named_alike",
    "money_facts",
    "pairs_of",
    "table_claims",
    "tables_by_project",
    "tables_of",
]

_PREFIX = re.compile(r"(?:20\d\d年?(?:度)?|关于|项目名称[:：]?|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])")
_SUFFIX = re.compile(r"(?:专项资金|专项经费|补助资金|经费|资金|项目|工程)$")
_SAME: Final = Label("文本与表格金额一致", "text and tables have the same money")
_SUMS: Final = Label("明细合计等于预算总额", "the lines add up to the total")
_LEAST: Final = 4
_LIKE: Final = 0.6
_LONGEST: Final = 100


# --- which table is whose --------------------------------------------------------------------------------


def _plain(name: str) -> str:
    """Return a name without blanks, signs and brackets, and without the year or number before it."""
    text = unicodedata.normalize("NFKC", name[:_LONGEST])
    plain = "".join(character for character in text if character.isalnum() or character == "(")
    match = _PREFIX.match(plain)
    while match is not None and match.end() < len(plain):
        plain = plain[match.end() :]
        match = _PREFIX.match(plain)
    return plain.replace("(", "")


def _bare(name: str) -> str:
    plain = _plain(name)
    return _SUFFIX.sub("", plain) or plain


def is_named_alike(one: str, other: str) -> bool:
    """Say whether two names are one, where one of them may be shorter: 农村公路养护 and 某县农村公路养护项目."""
    first, second = sorted((_bare(one), _bare(other)), key=len)
    return first == second or (len(first) >= _LEAST and first in second)


def tables_by_project(projects: Sequence[Project], tables: Sequence[ReadTable]) -> tuple[tuple[ReadTable, ...], ...]:
    """Return the tables of each project, in the order of the projects; one that may be of several is of none."""
    owners = [_owner(table, projects) for table in tables]
    return tuple(
        tuple(table for table, owner in zip(tables, owners, strict=True) if owner == place)
        for place in range(len(projects))
    )


def tables_of(project: Project, tables: Sequence[ReadTable], *, among: Sequence[Project] = ()) -> tuple[ReadTable, ...]:
    """Return the tables of one project by their names; ``among`` are all projects of the document, if there are more.

    A table that names no project belongs to the only project of its document.
    """
    projects = tuple(among) or (project,)
    place = next((index for index, one in enumerate(projects) if one is project), None)
    return () if place is None else tables_by_project(projects, tables)[place]


def _owner(table: ReadTable, projects: Sequence[Project]) -> int | None:
    name = None if table.project is None else table.project.text
    if name is None or not _plain(name):
        return 0 if len(projects) == 1 else None
    named = [(index, one.name) for index, one in enumerate(projects) if one.name]
    same = [index for index, one in named if _plain(one) == _plain(name)]
    found = same or [index for index, one in named if is_named_alike(one, name)]
    if found:
        return found[0] if len(found) == 1 else None
    if len(projects) != 1:
        return None
    if not named:
        return 0
    # A slip in the name must not hide the table: what is nearly the name is taken for it, and said so.
    ratio = difflib.SequenceMatcher(None, _bare(named[0][1]), _bare(name)).ratio()
    return 0 if ratio >= _LIKE else None


# --- money -----------------------------------------------------------------------------------------------


@final
@frozen
class Claim:
    """One place that states an amount: what of, whose place it is (the text or a table), the figure, and where its unit is declared."""

    role: str
    source: str
    label: Label
    printed: Printed
    units: tuple[Span, ...] = ()


@final
@frozen
class Pair:
    """Two places that state one amount, with every other place that states it too."""

    one: Claim
    other: Claim
    all: tuple[Claim, ...]

    @property
    def agrees(self) -> bool | None:
        """Whether the two figures are one amount; None where a unit lacks."""
        return self.one.printed.agrees(self.other.printed)

    @property
    def culprit(self) -> Claim | None:
        """The one place that differs from two others or more, which agree with one another; None where none stands alone."""
        for claim in (self.one, self.other):
            others = [each for each in self.all if each is not claim]
            alone = not any(claim.printed.agrees(each.printed) for each in others)
            if alone and len(others) > 1 and all(others[0].printed.agrees(each.printed) for each in others[1:]):
                return claim
        return None


def _text_claims(project: Project, year: int | None) -> Iterator[Claim]:
    """Yield what the text states of the year's money; rates and bounds are not the project's own money."""
    source = "text"
    named: tuple[tuple[str, str, Given | None], ...] = (
        ("申请金额", "amount requested", project.request),
        ("批复金额", "amount approved", None if project.approval is None else project.approval.amount),
        *(("合计", "total", total) for total in project.totals),
    )
    places: set[tuple[int, int]] = set()
    for zh, en, given in named:
        printed = printed_of(given)
        if printed is not None and printed.span is not None:
            places.add((printed.span.start, printed.span.end))
            yield Claim("total", source, Label(f"文本{zh}", f"the text's {en}"), printed)
    for line in project.lines:
        printed = printed_of(line.amount)
        if printed is not None:
            yield Claim(
                f"line:{_bare(line.name)}", source, Label(f"文本“{line.name}”", f"the text's {line.name}"), printed
            )
    for money in project.money:
        role = _role_of(money, year)
        span = money.printed.span
        if role is not None and (span is None or (span.start, span.end) not in places):
            label = Label(f"文本“{money.name}”", f"the text's {money.name}")
            yield Claim(role, source, label, money.printed)


_ROLES: Final = (
    ("executed", re.compile(r"(?:执行|支出|支付)(?:数|金额|总额|资金)?$")),
    ("adjusted", re.compile(r"(?:调整后|全年)预算(?:数|总额|金额)?$")),
    ("fiscal", re.compile(r"财政(?:拨款|资金|预算资金)$")),
    (
        "total",
        re.compile(
            r"(?:资金总额|预算总额|总预算|预算金额|年初预算数?|年度预算|预算资金|申请(?:预算)?资金|预算安排|资金总计)$"
        ),
    ),
)
_WHOLE: Final = re.compile(r"总投资|项目资金总额|总概算|项目总额")


def _role_of(money: StatedMoney, year: int | None) -> str | None:
    """Return what the words call an amount, where the tables call something so; None for any other money."""
    if money.comparator is not Comparator.UNSTATED or money.per or not money.name:
        return None
    name = _plain(money.name)
    if money.kind is MoneyKind.CUMULATIVE:
        return "whole" if _WHOLE.search(name) else None
    if money.kind is not MoneyKind.ANNUAL or (money.year is not None and year is not None and money.year != year):
        return None
    return next((role for role, words in _ROLES if words.search(name)), None)


def table_claims(table: ReadTable, index: int) -> Iterator[Claim]:
    """Yield what a table states of its year's money: its total and its fiscal money, by the column."""
    source = f"table[{index}]"
    several = sum(row.source is FundsSource.TOTAL for row in table.funds) > 1
    declared = tuple(one.span for one in table.money_declared)
    for row in table.funds:
        for column, role in _columns_of(row, several=several, goals=table.kind is TableKind.GOALS):
            printed: Printed | None = getattr(row, column)
            if printed is not None:
                name = table.name or (table.title.text if table.title is not None else "")
                label = Label(f"{name}“{row.label.text}”", f"{row.label.text} of {name}")
                yield Claim(role, source, label, printed, declared)
    project = whole_of_project(table)
    if project is not None:
        # A project of one year has no other money than that year's.
        role = "total" if _is_of_one_year(table) else "whole"
        label = Label(f"{table.name}“{project.name}”", f"the money of the whole project in {table.name}")
        yield Claim(role, source, label, project.total, declared)


def _is_of_one_year(table: ReadTable) -> bool:
    period = table.period
    return (
        period is not None
        and period.first is not None
        and period.last is not None
        and period.first.year == period.last.year
    )


def _columns_of(row: FundsRow, *, several: bool, goals: bool) -> tuple[tuple[str, str], ...]:
    """Return which column of a row states which money; of two totals the one of no year is of the whole project."""
    of_year = re.search("年度|当年|本年|申请", row.label.text) is not None
    if row.source is FundsSource.TOTAL:
        first = "whole" if several and not of_year else "total"
        changed = "total" if goals else "adjusted"  # 预算金额 of a goal table is what the year begins with
        return (("planned", first), ("initial", "total"), ("full_year", changed), ("executed", "executed"))
    if row.source is FundsSource.FISCAL and (of_year or not several):
        return (("planned", "fiscal"), ("initial", "fiscal"))
    return ()


def budget_claims(table: BudgetTable, index: int) -> Iterator[Claim]:
    """Yield what a table of lines states: its total and each of its lines."""
    source = f"budget[{index}]"
    totals = [row for row in table.rows if row.is_total and "小计" not in row.name.text]
    name = table.name or "明细表"
    if totals and totals[-1].amount is not None:
        yield Claim("total", source, Label(f"{name}“合计”", f"the total of {name}"), totals[-1].amount)
    for row in table.rows:
        if not row.is_total and row.amount is not None:
            label = Label(f"{name}“{row.name.text}”", f"{row.name.text} of {name}")
            yield Claim(f"line:{_bare(row.name.text)}", source, label, row.amount)


def _is_of_a_part(claim: Claim, totals: Sequence[Claim], lines: Sequence[Claim]) -> bool:
    """Say whether the total of a table is that of one line of the text, worked out further: no total of the project."""
    if claim.role != "total" or any(one.printed.agrees(claim.printed) for one in totals):
        return False
    return any(one.printed.agrees(claim.printed) for one in lines)


def _grid_claims(grid: MoneyGrid, index: int, year: int | None) -> Iterator[Claim]:
    """Yield the money of the project's year in a table of years."""
    for of_year, row in grid.years:
        if of_year == year and row.amount is not None:
            label = Label(f"{grid.name}“{row.name.text}”", f"{row.name.text} of {grid.name}")
            yield Claim("total", f"grid[{index}]", label, row.amount)


def pairs_of(claims: Sequence[Claim]) -> Iterator[Pair]:
    """Yield, for each place but the first, the place before it that states the same money; the agreeing one if any."""
    roles: dict[str, list[Claim]] = {}
    for claim in claims:
        roles.setdefault(claim.role, []).append(claim)
    for role, stated in roles.items():
        sources = [claim.source for claim in stated]
        if role.startswith("line:") and len(set(sources)) < len(sources):
            continue  # two lines of one name in one place: it is not told which is meant
        for place, claim in enumerate(stated):
            others = [one for one in stated[:place] if one.source != claim.source]
            if others:
                agreeing = next((one for one in others if one.printed.agrees(claim.printed)), others[0])
                yield Pair(agreeing, claim, tuple(stated))


# --- targets ---------------------------------------------------------------------------------------------

_CLAUSE = re.compile(r"(?:[^，,。；;！!？?\n、:：（）()]|(?<=\d)[，,](?=\d)){1,200}")
_ELSEWHEN = re.compile(
    r"上年|去年|往年|历年|此前|以往|截至|到20\d\d年|三年|五年|累计|每|其中|原有|现有|已|第[一二三四1-4](?:季度|阶段|批)|[上下]半年|\d月"
    r"|(?:提[升高]|增[长加]|下降|降低|[减压]少|压减)(?![到至])"
)
_YEARS = re.compile(r"(20\d\d)\s?年")
_SUMMING = re.compile(r"\s?(?:共计?|合计|总计)")
_COUNTED = re.compile(r"(?:数量|总数|[人次个]数|场次|批次|人次|面积|长度|里程)$")
_SHARED: Final = 2


@final
@frozen
class Target:
    """A target of a table that the text speaks of: what the text has for it, and whether that is the same.

    ``borne_out`` says which of the two is borne out elsewhere, where the other stands alone: ``"table"``, ``"text"``, or
    nothing where one witness is all there is.
    """

    row: IndicatorRow
    said: Amount
    span: Span
    clause: str
    agrees: bool
    borne_out: str = ""


@final
@frozen
class _Wanted:
    """An indicator with what the text may say of it, and how often its own table says so in words too."""

    row: IndicatorRow
    goal: Amount
    either: tuple[Amount, ...]
    again: int


def _targets(project: Project, tables: Sequence[ReadTable]) -> Iterator[Target]:
    """Yield each target that the text has in the same words and the same dimension."""
    wanted = [
        one
        for table in tables
        if table.kind is TableKind.GOALS or table.year in (None, _year_of(project))
        for one in _wanted(table)
    ]
    if not wanted:
        return
    about: dict[int, list[_Mention]] = {}
    for mention in _planned(project):
        index = _spoken_of(mention, wanted)
        if index is not None:
            about.setdefault(index, []).append(mention)
    for index, one in enumerate(wanted):
        yield from _held_against(one, about.get(index, ()))


def _spoken_of(mention: _Mention, wanted: Sequence[_Wanted]) -> int | None:
    """Return the indicator that shares most words with a clause, of those in the dimension; None where two do."""
    dimensions = {amount.dimension for amount in mention.amounts}
    shared = {
        index: len(shared_words(core(one.row.name.text), mention.clause))
        for index, one in enumerate(wanted)
        if one.goal.dimension in dimensions
    }
    most = max(shared.values(), default=0)
    best = [index for index, count in shared.items() if count == most]
    names = {core(wanted[index].row.name.text) for index in best}
    return best[0] if most >= _SHARED and len(names) == 1 else None


def _wanted(table: ReadTable) -> Iterator[_Wanted]:
    """Yield the indicators of a table; beside a self-evaluation a text may say what was to be reached, or what was."""
    said_again = [*goal_figures(table)]
    if table.achieved_text is not None and table.rows:
        said_again += figures_of(table.achieved_text, table)
    for index, row in enumerate(table.rows):
        if isinstance(row.goal, Amount):
            reached = (row.reached,) if isinstance(row.reached, Amount) else ()
            either = (row.goal, *reached)
            again = sum(figure.row == index and figure.amount in either for figure in said_again)
            yield _Wanted(row, row.goal, either, again)


def _held_against(one: _Wanted, about: Sequence[_Mention]) -> Iterator[Target]:
    """Yield what the text says of one indicator; nothing where it may mean several things."""
    same = [each for each in about if any(amount in one.either for amount in each.amounts)]
    other = [each for each in about if each not in same and each.firm]
    if same:
        amount = next(amount for amount in same[0].amounts if amount in one.either)
        yield Target(one.row, amount, same[0].span, same[0].clause, agrees=True)
        # Beside what agrees only the very same words, or the whole name of the indicator, can mean the same.
        words, noun = {_without_figures(each.clause) for each in same}, _noun(one.row.name.text)
        other = [each for each in other if _without_figures(each.clause) in words or noun in each.clause]
    values = {each.amounts[0].root for each in other}
    if len(values) != 1 or sum(each.amounts[0].root for each in other) == one.goal.root:
        return
    borne_out = ""
    if len(other) == 1 and len(same) + one.again > 0:
        borne_out = "table"
    elif len(other) > 1 and not same and not one.again:
        borne_out = "text"
    yield Target(one.row, other[0].amounts[0], other[0].span, other[0].clause, agrees=False, borne_out=borne_out)


def _noun(name: str) -> str:
    """Return what an indicator counts: 更换灯具 of 更换灯具数量."""
    plain = core(name)
    return _COUNTED.sub("", plain) or plain


def _without_figures(clause: str) -> str:
    return "".join(character for character in clause if not character.isnumeric() and character not in ".,，")


@final
@frozen
class _Mention:
    """A quantity that the text plans, with its clause; one of the overview may be of the whole project, not ``firm``."""

    amounts: tuple[Amount, ...]
    span: Span
    clause: str
    firm: bool


def _planned(project: Project) -> Iterator[_Mention]:
    """Yield the quantities that the text plans; rates, and what is of another time, left out."""
    start, end = (0, len(project.text)) if project.span is None else (project.span.start, project.span.end)
    text, year = project.text[start:end], _year_of(project)
    loose = [one.body for one in project.sections if one.part in (Part.OVERVIEW, Part.BASIS)]
    for mention in quantities(text):
        if not mention.amounts or mention.per or mention.relation in (Relation.FACTORS, Relation.PARTS, Relation.RANGE):
            continue
        if mention.amounts[0].unit.is_money or mention.softness is not None:
            continue
        clause = _clause_of(text, mention.span.start)
        years = {int(found) for found in _YEARS.findall(clause)}
        if clause and not _ELSEWHEN.search(clause) and (not years or year is None or years == {year}):
            place = mention.span.start + start
            span = Span(start=place, end=mention.span.end + start, text=mention.span.text)
            firm = not any(body.start <= place < body.end for body in loose)
            yield _Mention(mention.amounts, span, clause, firm)


def _clause_of(text: str, place: int) -> str:
    """Return the clause in which a place stands, with the one before it where it begins with a sum: 共320人."""
    before = ""
    for match in _CLAUSE.finditer(text, max(0, place - 60), min(len(text), place + 60)):
        if match.start() <= place < match.end():
            return f"{before}{match[0]}" if _SUMMING.match(match[0]) else match[0]
        before = match[0]
    return ""


# --- all of it -------------------------------------------------------------------------------------------


@final
@frozen
class Agreement:
    """What a text and its tables both say: pairs of money and lines, targets, and the facts that are judged."""

    money: tuple[Pair, ...]
    lines: tuple[Pair, ...]
    targets: tuple[Target, ...]
    identities: tuple[Identity, ...]
    facts: Facts


def _year_of(project: Project) -> int | None:
    return None if project.year is None else project.year.number


def agreement_of(
    project: Project,
    tables: Sequence[ReadTable],
    budgets: Sequence[BudgetTable],
    grids: Sequence[MoneyGrid] = (),
) -> Agreement:
    """Return what a project's text and its own tables both say."""
    year = _year_of(project)
    claims = list(_text_claims(project, year))
    for index, table in enumerate(tables):
        if table.year is None or year is None or table.year == year:
            claims += table_claims(table, index)
    known = [claim for claim in claims if claim.role == "total"]
    parts = [claim for claim in claims if claim.role.startswith("line:")]
    for index, budget in enumerate(budgets):
        claims += (one for one in budget_claims(budget, index) if not _is_of_a_part(one, known, parts))
    for index, grid in enumerate(grids):
        claims += _grid_claims(grid, index, year)
    pairs = list(pairs_of(claims))
    money = tuple(pair for pair in pairs if not pair.one.role.startswith("line:"))
    lines = tuple(pair for pair in pairs if pair.one.role.startswith("line:"))
    targets = tuple(_targets(project, tables))
    facts: Facts = {
        "money": [money_facts(pair) for pair in money],
        "lines": [money_facts(pair) for pair in lines],
        "targets": [
            {
                "name": said(one.row.name.text, one.row.name.span),
                "agrees": said(one.agrees, (one.row.target or one.row.name).span),
            }
            for one in targets
        ],
        "names": [
            {
                "name": said(table.project.text, table.project.span),
                "same": said(is_named_alike(table.project.text, project.name), table.project.span),
            }
            for table in tables
            if table.project is not None and project.name
        ],
        "years": [
            {
                "name": said(f"{table.name}年度"),
                "stated": said(datetime.date(year, 1, 1), project.year.span if project.year is not None else None),
                "tabled": said(datetime.date(table.year, 1, 1), None if table.title is None else table.title.span),
            }
            for table in tables
            if table.kind is TableKind.GOALS and table.year is not None and year is not None
        ],
        "ends": [facts for table in tables for facts in _ends(project, table)],
    }
    identities = [*equalities("money_agrees", money), *equalities("line_money_agrees", lines)]
    identities += [one for table in tables for one in funds_identities(table)]
    identities += [
        evolve(one, key=f"{index}/{one.key}") for index, each in enumerate(budgets) for one in budget_identities(each)
    ]
    identities += [
        evolve(one, key=f"grid{at}/{one.key}") for at, each in enumerate(grids) for one in grid_identities(each)
    ]
    identities += _text_sums(project)
    return Agreement(money, lines, targets, tuple(identities), facts)


def equalities(rule: str, pairs: Sequence[Pair]) -> Iterator[Identity]:
    """Yield that two places state one amount, keyed as the parts of the findings."""
    for index, pair in enumerate(pairs):
        first, second = restated(pair.one.printed, pair.other.printed)
        left = figure_of(pair.one.label.zh, pair.one.printed, first)
        right = figure_of(pair.other.label.zh, pair.other.printed, second)
        if left is not None and right is not None and left.amount.dimension == right.amount.dimension:
            key = f"text_and_tables/{rule}/{index}"
            yield Identity(key=key, label=_SAME, left=(left,), right=(right,))


def _text_sums(project: Project) -> Iterator[Identity]:
    """Yield that the lines of the text add up to what it asks for or was approved, each figure told by its place."""
    lines = [figure_of(line.name, printed_of(line.amount)) for line in project.lines]
    known = tuple(line for line in lines if line is not None)
    if not known or len(known) < len(lines) or not lines_complete(project):
        return
    named = (
        ("申请金额", project.request),
        ("批复金额", None if project.approval is None else project.approval.amount),
        *(("合计", total) for total in project.totals),
    )
    for name, given in named:
        total = figure_of(name, printed_of(given))
        if total is not None and total.key not in {line.key for line in known}:
            yield Identity(key=f"{total.key}/lines", label=_SUMS, left=known, right=(total,))


def money_facts(pair: Pair) -> Facts:
    """Return the facts of :class:`perfeval.standards.text_and_tables.MoneyPair`."""
    one, other = restated(pair.one.printed, pair.other.printed)
    yuan = Amount.parse("1 元").dimension
    amounts = [amount if amount is not None and amount.dimension == yuan else None for amount in (one, other)]
    name = f"{pair.one.label.zh}与{pair.other.label.zh}"
    return {
        "name": said(name),
        "stated": said(amounts[0], pair.one.printed.span),
        "restated": said(amounts[1], pair.other.printed.span),
    }


def _ends(project: Project, table: ReadTable) -> Iterator[Facts]:
    stated, tabled = project.period, table.period
    if stated is None or tabled is None:
        return
    for name, one, other in (
        ("项目首日", stated.first, tabled.first),
        ("项目末日", stated.last, tabled.last),
    ):
        if one is not None and other is not None:
            # A text that gives months, or a year alone, leaves the day within them open.
            same = one if _leaves_open(stated, one, other) or _leaves_open(tabled, other, one) else other
            yield {"name": said(name), "stated": said(one, stated.span), "tabled": said(same, tabled.span)}


def _leaves_open(period: Period, end: datetime.date, other: datetime.date) -> bool:
    """Say whether an end that is that of a month, or of a whole year, may be the other day."""
    following = end + datetime.timedelta(days=1) if end < datetime.date.max else end
    of_month = end.day == 1 or following.day == 1
    days = (period.first, period.last)
    of_year = all(day is not None and (day.month, day.day) in ((1, 1), (12, 31)) for day in days)
    return end.year == other.year and ((of_month and end.month == other.month) or of_year)
