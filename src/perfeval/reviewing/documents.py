"""From any document to its reviews: a project's text with the tables of that project, and each table that stands alone.

Tables go with texts by the name of the project, never by their order. Imports ``texts``, ``tables``, ``files`` and above.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeAlias, TypeVar

from attrs import evolve

from perfeval.documents.blocks import Document, Paragraph
from perfeval.documents.decoding import check_text
from perfeval.documents.forms import document_text
from perfeval.documents.project import Part, Period, Project, Year
from perfeval.documents.reading import read_projects
from perfeval.documents.reports import is_report, read_report
from perfeval.errors import DocumentError, FactsError, InputError, PerfevalError, excerpt
from perfeval.files import read_document
from perfeval.findings import Finding, Remark, Review
from perfeval.matching.agreement import agreement_of, tables_by_project
from perfeval.matching.money_grids import money_grids
from perfeval.matching.reports import as_stated
from perfeval.profiles.shelf import load as load_profile
from perfeval.reviewing.agreement import agreement_findings
from perfeval.reviewing.budget_tables import budget_table_findings, grid_findings
from perfeval.reviewing.project_tables import ProjectTables, by_project_name, numbered, review_tables
from perfeval.reviewing.reports import review_report
from perfeval.reviewing.tables import method_remarks, table_findings
from perfeval.reviewing.texts import review_project
from perfeval.scoring.profile import Profile
from perfeval.slips import Location, locate
from perfeval.tables import ReadTable, read_budget_tables, read_tables

__all__ = ["Source", "review", "review_all"]

_T = TypeVar("_T")
Source: TypeAlias = str | bytes | Document | Project
"""A text, the bytes of a file, a document or a project that was read."""


def review(
    source: Source,
    *,
    name: str = "",
    on: datetime.date | None = None,
    facts: Mapping[str, object] | None = None,
    profile: Profile | str | None = None,
) -> Review:
    r"""Read the text or the table of one project, judge it against what it cites, and return the review.

    ``name`` is the name of the file whose bytes are given. ``on`` is the day to judge on; without it, the first day of
    the text's budget year, and the review says so. ``facts`` adds what the text lacks: for a standard's name, the facts
    of its subject or a list of them. Those of ``money_against_task`` that name no ``money`` of their own add to what the
    text states of its trainings. ``profile`` is the scoring method of the tables, or the name of one that ships, where it is not that of their form.
    Raises ``DocumentError`` where nothing can be read, or where there are several projects, which :func:`review_all`
    reviews; ``FactsError`` with every problem of ``facts``.

    >>> import perfeval as pe
    >>> said = "一、项目名称\n道路养护。\n六、资金安排情况\n2026年申请预算资金3万元，其中：材料费2万元、人工费1.5万元。"
    >>> pe.review(said)["lines_equal_total"].shortfall
    Amount.parse('5,000 元')
    """
    reviews = review_all(source, name=name, on=on, facts=facts, profile=profile)
    if len(reviews) > 1:
        raise DocumentError.of(
            name or "text", came=f"{len(reviews)} projects", needed="one; review several with review_all"
        )
    return reviews[0]


def review_all(
    source: Source,
    *,
    name: str = "",
    on: datetime.date | None = None,
    facts: Mapping[str, object] | None = None,
    profile: Profile | str | None = None,
) -> tuple[Review, ...]:
    r"""Return a review for each project of a text, a file's bytes or a document, in order; see :func:`review`.

    ``facts`` are those of one project: a document of several takes none. A performance report is reviewed as one. A table
    whose project has no text here has a review of its own.

    >>> text = "项目一：修路\n1.项目概述\n甲。\n2.年度预算安排\n2026年3万元。\n项目二：架桥\n1.项目概述\n乙。\n2.年度预算安排\n2026年5万元。"
    >>> [one.title.zh for one in review_all(text)]
    ['修路', '架桥']
    """
    method = load_profile(profile) if isinstance(profile, str) else profile
    if method is not None and not isinstance(method, Profile):
        raise InputError.of("profile", came=excerpt(profile), needed="a Profile, or the name of one that ships")
    if isinstance(source, Project):
        review = review_project(source, on=on, facts=facts)
        return (evolve(review, lines=_line_starts(source.text)),)
    if not isinstance(name, str):
        raise InputError.of("name", came=excerpt(name), needed="the name of a file, or nothing")
    document = _document(source, name)
    text = document_text(document)
    if not text.strip() and not document.tables:
        raise _nothing(document, "a file with nothing to read in it")
    lines = _line_starts(text)
    remarks = tuple(Remark(kind="file", label=label) for label in document.remarks)
    return tuple(
        evolve(review, lines=lines, remarks=(*remarks, *review.remarks))
        for review in _reviews(document, text, on, facts, method)
    )


def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(match.end() for match in _LINE_END.finditer(text)))


def _nothing(document: Document, came: str) -> PerfevalError:
    passed_over = "; ".join(label.en for label in document.remarks)
    told = f"{came} ({passed_over})" if passed_over else came
    return DocumentError.of(document.name, came=told, needed="the text of a project, or a table of its goals or money")


def _reviews(
    document: Document,
    text: str,
    on: datetime.date | None,
    facts: Mapping[str, object] | None,
    profile: Profile | None,
) -> list[Review]:
    found = ProjectTables(read_tables(document), read_budget_tables(document), money_grids(document))
    reviews: list[Review] = []
    if is_report(text):
        report = read_report(text)
        owned = _owned((as_stated(report),), found)
        about = _of_tables(owned[0], profile, report.year)
        review = review_report(report, owned[0].tables, on=on, facts=facts, beside=about)
        reviews.append(_with_methods(review, owned[0].tables, profile))
    else:
        if not text.strip() and not any(found):
            raise _nothing(document, f"{len(document.tables)} tables, none of goals, of a self-evaluation or of money")
        projects = _projects(text, alone=not any(found))
        if facts and len(projects) != 1:
            raise FactsError.of(
                "facts",
                came=f"facts beside {len(projects)} project texts",
                needed="the text of the project they are of",
            )
        owned = _owned(projects, found)
        for project, own in zip(projects, owned, strict=True):
            review = review_project(project, on=on, facts=facts, beside=_beside(project, own, profile))
            reviews.append(_with_methods(review, own.tables, profile))
    held = {id(table) for own in owned for kind in own for table in kind}
    alone = by_project_name(_rest(found.tables, held), _rest(found.budgets, held), _rest(found.grids, held))
    year = _year_in(document.name)
    reviews += [review_tables(*group, on=on, profile=profile, year=year) for group in alone]
    return reviews


def _with_methods(review: Review, tables: Sequence[ReadTable], profile: Profile | None) -> Review:
    """Say by which method the tables beside a text were judged."""
    methods = dict.fromkeys(remark for table in tables for remark in method_remarks(table, profile))
    return evolve(review, remarks=(*review.remarks, *methods))


def _rest(tables: Sequence[_T], held: AbstractSet[int]) -> list[_T]:
    return [table for table in tables if id(table) not in held]


def _owned(projects: Sequence[Project], found: ProjectTables) -> list[ProjectTables]:
    """Return the tables of each project, by its name."""
    kinds = (
        tables_by_project(projects, found.tables),
        tables_by_project(projects, found.budgets),
        tables_by_project(projects, found.grids),
    )
    return [ProjectTables(*own) for own in zip(*kinds, strict=True)]


def _of_tables(
    own: ProjectTables,
    profile: Profile | None,
    year: Year | None,
    period: Period | None = None,
    location: Location | None = None,
) -> Callable[[datetime.date], Iterator[Finding]]:
    """Return what is to be said of the tables of a text one by one, on a day.

    ``location`` says which figures are at fault, where the text says something of them too.
    """
    tables, budgets, grids = own

    def findings(day: datetime.date) -> Iterator[Finding]:
        for place, table in enumerate(tables):
            of_year = None if year is None else year.number
            said = table_findings(table, on=day, profile=profile, period=period, year=of_year)
            yield from numbered(said, place, len(tables))
        for place, budget in enumerate(budgets):
            said = budget_table_findings(
                budget, on=day, location=location, prefix=f"budget{place}/" if location else ""
            )
            yield from numbered(said, place, len(budgets) + len(grids))
        lists = len(budgets)
        for place, grid in enumerate(grids):
            said = grid_findings(grid, on=day, location=location, prefix=f"grid{place}/" if location else "")
            yield from numbered(said, lists + place, lists + len(grids))

    return findings


_LINE_END = re.compile(r"\r\n|[\n\r]")
_YEAR_IN_NAME = re.compile(r"(?<!\d)20\d\d(?!\d)")


def _year_in(name: str) -> int | None:
    """Return the one year that the name of a file tells, for a table that names none."""
    years = set(_YEAR_IN_NAME.findall(name))
    return int(years.pop()) if len(years) == 1 else None


def _beside(
    project: Project, own: ProjectTables, profile: Profile | None
) -> Callable[[datetime.date], Iterator[Finding]]:
    """Return what is to be said of a project's tables, one by one and against its text, on a day."""
    location = locate(agreement_of(project, *own).identities) if any(own) else None
    each = _of_tables(own, profile, project.year, project.period, location)

    def findings(day: datetime.date) -> Iterator[Finding]:
        yield from each(day)
        if any(own):
            yield from agreement_findings(project, *own, on=day)

    return findings


_NAMES = frozenset({Part.NAME, Part.UNIT, Part.PERIOD})
"""What a table says of its project in a line above it: that alone is no project text."""


def _projects(text: str, *, alone: bool) -> tuple[Project, ...]:
    """Return the project texts; beside tables there may be none."""
    try:
        found = read_projects(text)
    except DocumentError:
        if alone:
            raise
        return ()
    told = tuple(one for one in found if any(section.part not in _NAMES for section in one.sections))
    return found if alone else told


def _document(source: object, name: str) -> Document:
    if isinstance(source, Document):
        return source
    if isinstance(source, bytes):
        return read_document(source, name=name)
    if isinstance(source, str):
        check_text(source)
        return Document(name, [Paragraph(source)])
    raise InputError.of(
        "review", came=excerpt(source), needed="the text of a project, the bytes of a file, a Document or a Project"
    )
