"""``python -m perfeval``: review texts, judge facts, show the standards that ship.

Exit status: 0 all met or not applicable, 1 something unmet (notes never count), 2 the input could not be read,
3 nothing unmet but something unknown.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import json
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn, TypeVar

from attrs import evolve

from perfeval.derivation import derive
from perfeval.display import review_text, standard_text
from perfeval.errors import DocumentError, FactsError, InputError, PerfevalError, Problem, excerpt
from perfeval.facts import Label, day_of
from perfeval.files.kinds import DOCUMENT_ENDINGS
from perfeval.profiles.shelf import load as load_profile
from perfeval.reporting import FileReview, report_text, report_to_data
from perfeval.reviewing import review_all
from perfeval.serialization import REVIEW_SCHEMA, load_json, review_to_data, standard_from_json
from perfeval.standard import Standard
from perfeval.standards.shelf import NAMES, load
from perfeval.verdicts import Verdict, all_of
from perfeval.wording import Lang, printable

__all__ = ["main"]

_T = TypeVar("_T")
_MOST_BYTES = 50_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Findings hold Chinese whatever the terminal's locale says.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except PerfevalError as error:
        _say(str(error))
        return 2
    except OSError as error:
        # A pipe that was closed or a disk that is full: what was found did not reach the reader, and is not said to be met.
        _say(f"the output could not be written ({error.strerror})")
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    return status


def _say(message: str) -> None:
    """Print a message for the caller; whatever names it holds, it is one line that prints."""
    with contextlib.suppress(OSError):
        print(f"perfeval: {printable(message)}", file=sys.stderr)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"perfeval: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m perfeval", description="Judge published project texts and facts by published standards."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    reviewing = commands.add_parser(
        "review", help="read project texts and tables, judge them by what they cite, and print the review"
    )
    reviewing.add_argument("paths", nargs="+", type=Path, metavar="FILE|FOLDER", help="files, or folders of files")
    reviewing.add_argument("--facts", type=Path, metavar="FILE.json", help="facts that the text lacks, by standard")
    reviewing.add_argument("--profile", metavar="NAME", help="the scoring method of the tables, where not their own")
    reviewing.add_argument("--brief", action="store_true", help="leave out what is met and what does not apply")
    reviewing.add_argument("--output", type=Path, metavar="FILE", help="write there instead of printing")
    _common(reviewing)
    reviewing.set_defaults(run=_review)
    judging = commands.add_parser("judge", help="judge the facts of one subject, or of a list, by a shipped standard")
    judging.add_argument(
        "standard", metavar="STANDARD", help="a shipped standard's name, or a standard's own JSON file"
    )
    judging.add_argument("facts", type=Path, metavar="FILE.json")
    judging.add_argument(
        "--units",
        action="append",
        default=[],
        type=_unit,
        metavar="FACT=UNIT",
        help="the unit of a fact's bare numbers",
    )
    _common(judging)
    judging.set_defaults(run=_judge)
    showing = commands.add_parser("standards", help="list the standards that ship, or show one rule by rule")
    showing.add_argument("name", nargs="?", metavar="NAME")
    showing.add_argument("--lang", choices=("zh", "en"), default="zh")
    showing.set_defaults(run=_standards)
    return parser


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", type=_day, metavar="DATE", help="the day to judge on, such as 2026-06-30")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def _day(text: str) -> datetime.date:
    day = day_of(text)
    if day is None:
        raise argparse.ArgumentTypeError(f"{excerpt(text)} is not a day such as 2026-06-30")
    return day


def _unit(text: str) -> tuple[str, str]:
    name, equals, unit = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{excerpt(text)} is not a fact and its unit, such as work_fiscal=万元/年")
    return name, unit


def _standard(name: str) -> Standard:
    """Return a shipped standard by its name, or a user's own from its JSON file."""
    if name.endswith(".json"):
        return standard_from_json(_bytes(Path(name)))
    return load(name).standard


def _review(options: argparse.Namespace) -> int:
    facts = None if options.facts is None else _given_facts(options.facts)
    profile = None if options.profile is None else load_profile(options.profile)
    single = len(options.paths) == 1 and not options.paths[0].is_dir()
    if facts is not None and not single:
        raise InputError.of("--facts", came="several files", needed="one file: facts are those of one project")
    found = list(_found(options.paths))
    if not found:
        raise DocumentError.of(
            ", ".join(map(str, options.paths)),
            came="no file that may be a document",
            needed="a file or a folder of files",
        )
    files = []
    for name, path in _progress(found):
        try:
            reviews = review_all(_bytes(path), name=path.name, on=options.on, facts=facts, profile=profile)
        except InputError as error:
            if single:
                raise _in_file(error, path) from None
            # One file that cannot be read does not keep the others from being reviewed.
            _say(str(_in_file(error, path)))
            files.append(FileReview(name=name, problems=error.problems))
        else:
            files.append(FileReview(name=name, reviews=reviews))
    _write(_report(files, options), options.output)
    return 2 if any(not file.was_read for file in files) else _status(all_of(file.verdict for file in files))


def _report(files: Sequence[FileReview], options: argparse.Namespace) -> str:
    """Return the review of one project as it is, and that of several, or of several files, as one report."""
    lang: Lang = options.lang
    one = files[0].reviews[0] if len(files) == 1 == len(files[0].reviews) else None
    if options.format == "json":
        data = report_to_data(files, lang) if one is None else {**review_to_data(one, lang=lang), "file": files[0].name}
        return _json(data)
    return report_text(files, lang, brief=options.brief) if one is None else review_text(one, lang, brief=options.brief)


def _found(paths: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """Yield each file by the name that a report gives it; in a folder, what may be a document, however deep."""
    for path in paths:
        if not path.is_dir():
            yield str(path), path
            continue
        for inner in sorted(path.rglob("*")):
            hidden = any(part.startswith((".", "~$")) for part in inner.relative_to(path).parts)
            if not hidden and inner.suffix.lower() in DOCUMENT_ENDINGS and inner.is_file():
                yield str(inner.relative_to(path)), inner


def _judge(options: argparse.Namespace) -> int:
    standard = _standard(options.standard)
    units = dict(options.units)
    if options.on is None:
        raise InputError.of("--on", came="nothing", needed="the day to judge on, such as --on 2026-06-30")
    subjects, many = _subjects(options.facts)
    reviews = []
    problems: list[Problem] = []
    for index, facts in enumerate(subjects):
        place = f"[{index}]" if many else ""
        try:
            record = standard.read(facts, path=place, source=options.facts.name, units=units)
        except FactsError as error:
            problems += error.problems
            continue
        judged = standard.judge(record, on=options.on)
        if many and judged.about is None:
            judged = evolve(judged, about=Label(place, place))
        derivations = {
            f"{standard.name}/{rule.name}": derive(rule, record, on=options.on)
            for rule in standard.rules_on(options.on)
        }
        reviews.append((judged, derivations))
    if problems:
        raise FactsError(*problems)
    if options.format == "json":
        listed = [review_to_data(one, lang=options.lang, derivations=steps) for one, steps in reviews]
        print(_json({"schema": REVIEW_SCHEMA, "reviews": listed} if many else listed[0]), end="")
    else:
        print("\n".join(review_text(one, options.lang) for one, _ in reviews), end="")
    return _status(all_of(one.verdict for one, _ in reviews))


def _standards(options: argparse.Namespace) -> int:
    if options.name is not None:
        print(standard_text(load(options.name).standard, options.lang), end="")
        return 0
    for name in NAMES:
        standard = load(name).standard
        print(f"{name}  {standard.title.get(options.lang)} ({len(standard.versions)})")
    return 0


def _status(verdict: Verdict) -> int:
    return {Verdict.UNMET: 1, Verdict.UNKNOWN: 3}.get(verdict, 0)


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _write(text: str, path: Path | None) -> None:
    if path is None:
        print(text, end="")
        return
    try:
        path.write_text(text, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise InputError.of(
            str(path), came=f"a file that cannot be written ({error.strerror})", needed="a place for the report"
        ) from None


def _progress(files: Sequence[_T]) -> Iterable[_T]:
    """Show a bar on the terminal while several files are reviewed."""
    if len(files) < 2 or not sys.stderr.isatty():
        return files
    try:
        from tqdm import tqdm  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        return files
    bar: Iterable[_T] = tqdm(files, unit="file", leave=False)
    return bar


def _bytes(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            # A pipe may never end, and a folder holds no bytes.
            raise DocumentError.of(str(path), came="what is no regular file", needed="a readable file")
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise DocumentError.of(
            str(path), came=f"a file that cannot be opened ({error.strerror})", needed="a readable file"
        ) from None
    if len(data) > _MOST_BYTES:
        raise DocumentError.of(str(path), came=f"more than {_MOST_BYTES} bytes", needed="a smaller file")
    return data


def _given_facts(path: Path) -> dict[str, object]:
    data = load_json(_bytes(path), what=path.name)
    if not isinstance(data, dict):
        raise InputError.of(path.name, came=excerpt(data), needed="a JSON object with the facts of each standard")
    return data


def _subjects(path: Path) -> tuple[list[object], bool]:
    """Return the facts of each subject in a file, and whether it held a list of them."""
    data = load_json(_bytes(path), what=path.name)
    if isinstance(data, list) and data:
        return data, True
    if isinstance(data, dict):
        return [data], False
    raise InputError.of(path.name, came=excerpt(data), needed="a JSON object with the facts of a subject, or a list")


def _in_file(error: PerfevalError, path: Path) -> PerfevalError:
    problems = (
        one
        if one.where.startswith((path.name, excerpt(path.name)))
        else evolve(one, where=f"{path.name}: {one.where}".rstrip(": "))
        for one in error.problems
    )
    return type(error)(*problems)


if __name__ == "__main__":
    sys.exit(main())
