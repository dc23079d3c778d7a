"""What the reviews of many files come to: one report, with the files that could not be read beside those that were.

Plain text or JSON data: first how many and what, a line for each project, then each review in full. Imports ``display``,
``serialization``, ``findings`` and above.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import final

from attrs import evolve, field, frozen

from perfeval.columns import aligned_rows
from perfeval.display import Tally, review_text
from perfeval.errors import InputError, Problem, excerpt
from perfeval.findings import Review
from perfeval.serialization import REVIEW_SCHEMA, JSONValue, review_to_data
from perfeval.verdicts import Verdict, all_of
from perfeval.wording import Lang, check_lang, printable, say

__all__ = ["FileReview", "report_text", "report_to_data"]

_WIDEST = 72


def _reviews(given: Iterable[Review]) -> tuple[Review, ...]:
    return tuple(given)


def _problems(given: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(given)


@final
@frozen(kw_only=True)
class FileReview:
    """What came of one file: a review for each of its projects, or the problems that kept it from being read.

    >>> from perfeval.errors import Problem
    >>> unread = FileReview(name="扫描件.pdf", problems=[Problem("", came="no text layer", needed="a text layer")])
    >>> unread.was_read, unread.verdict.value
    (False, 'not_applicable')
    """

    name: str
    reviews: tuple[Review, ...] = field(default=(), converter=_reviews)
    problems: tuple[Problem, ...] = field(default=(), converter=_problems)

    @property
    def was_read(self) -> bool:
        """Whether the file could be read."""
        return not self.problems

    @property
    def verdict(self) -> Verdict:
        """All its reviews together; of a file that was not read nothing is said, and it never counts as met."""
        return all_of(review.verdict for review in self.reviews)


def report_text(files: Sequence[FileReview], lang: Lang = "zh", *, brief: bool = False) -> str:
    """Return one report on many files as lines of text; a brief one says only what is wrong, open or to be asked for."""
    _check(files, lang)
    return "\n".join(_report_lines(files, lang, brief=brief)) + "\n"


def _check(files: object, lang: object) -> None:
    check_lang(lang)
    if not isinstance(files, Sequence) or not all(isinstance(file, FileReview) for file in files):
        raise InputError.of("files", came=excerpt(files), needed="a list of FileReview")


def _report_lines(files: Sequence[FileReview], lang: Lang, *, brief: bool) -> Iterator[str]:
    read = [file for file in files if file.was_read]
    reviews = [(file.name, review) for file in read for review in file.reviews]
    unread = [file for file in files if not file.was_read]
    yield say(
        lang,
        f"审核报告：文件 {len(files)} 个，读出 {len(read)} 个，项目 {len(reviews)} 个，未能读取 {len(unread)} 个",
        f"report: {len(files)} files, {len(read)} read with {len(reviews)} projects, {len(unread)} not read",
    )
    if reviews:
        yield ""
        yield from _overview(reviews, lang)
    if unread:
        yield ""
        yield say(lang, f"未能读取 ({len(unread)})", f"Not read ({len(unread)})")
        for file in unread:
            for problem in file.problems:
                yield printable(f"  ✗ {file.name}: {_said(problem, file.name)}")
    for name, review in reviews:
        yield ""
        yield printable(f"==== {name} ====")
        yield review_text(review, lang, brief=brief).rstrip("\n")


def _said(problem: Problem, name: str) -> Problem:
    """Return a problem without the name of its file, which stands before it already."""
    last = name.rpartition("/")[2]
    inside = problem.where.removeprefix(excerpt(last)).removeprefix(last).removeprefix(": ")
    return evolve(problem, where=inside)


def _overview(reviews: Sequence[tuple[str, Review]], lang: Lang) -> Iterator[str]:
    """Yield a line for each project: its file, its name, the verdict and how many of each finding."""
    head = (
        ("文件", "项目", "结论", "错误", "疑点", "待核实", "提示")
        if lang == "zh"
        else ("file", "project", "verdict", "errors", "doubts", "unknown", "notes")
    )
    rows: list[tuple[str, ...]] = [head]
    for name, review in reviews:
        counts = Tally.of(review)
        told = (counts.errors, counts.doubts, counts.unknown + counts.early, counts.notes)
        rows.append((name, review.title.get(lang), counts.word(lang), *map(str, told)))
    yield from (f"  {line}" for line in aligned_rows(rows, right=range(3, len(head)), widest=_WIDEST))


def report_to_data(files: Sequence[FileReview], lang: Lang = "zh") -> dict[str, JSONValue]:
    """Return one report on many files as plain JSON data: the reviews, each with its file, and what was not read."""
    _check(files, lang)
    return {
        "schema": REVIEW_SCHEMA,
        "reviews": [
            {**review_to_data(review, lang=lang), "file": file.name} for file in files for review in file.reviews
        ],
        "unread": [
            {"file": file.name, "problems": [str(problem) for problem in file.problems]}
            for file in files
            if not file.was_read
        ],
    }
