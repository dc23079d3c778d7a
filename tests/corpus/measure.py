"""Measure what reviews find: recall over the planted slips, and alarms on the clean files.

``python tests/corpus/measure.py`` prints the tables; with ``--write`` they go into ``docs/explanation/recall.md``,
and ``--missed`` lists every slip that was not found and every alarm on a clean file, with its words.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import final

from attrs import frozen

sys.path.insert(0, str(Path(__file__).parent))  # so that it runs from anywhere, and as it is printed in the docs

from clean import File, files, load
from reviewing_of import reviews_of
from slips import CLASSES, SLIPS, Place, Slip

from perfeval.errors import PerfevalError
from perfeval.facts import Label
from perfeval.findings import Finding, Remark
from perfeval.rules import Severity
from perfeval.verdicts import Verdict

__all__ = ["PAGE", "Alarm", "Outcome", "alarms", "came_of", "counts", "new_alarms", "on_page", "outcome", "tables"]

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "recall.md"
_BEGIN = "<!-- measured: begin -->"
_END = "<!-- measured: end -->"

_NOTES_COUNT = frozenset({"task_without_money", "line_without_task", "goal_without_indicator"})
"""Classes that are reported as notes: the first questions of a reviewer, which never decide a review."""
_UNKNOWN_COUNTS = frozenset({"unit_missing"})
"""Classes for which no verdict is the right verdict, where what is missing is asked for."""
_QUOTED = re.compile(r"“([^“”]{1,80})”")
_REMARKS = frozenset({"placeholder", "residue"})


@final
@frozen
class Alarm:
    """Something that a review reports: a finding or a part of one, or a remark; ``above`` are those that it is part of."""

    about: str
    finding: Finding | Remark
    severity: Severity
    above: tuple[Finding, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from other alarms of the same file: not its figures, which a slip changes."""
        if isinstance(self.finding, Remark):
            return (self.about, self.finding.kind, self.finding.label.zh)
        return (self.about, self.finding.id, self.finding.about)

    @property
    def unknown(self) -> bool:
        """Whether it says that something cannot be told."""
        return isinstance(self.finding, Finding) and self.finding.verdict is Verdict.UNKNOWN

    @property
    def words(self) -> str:
        """All that it says, in Chinese."""
        if isinstance(self.finding, Remark):
            return self.finding.label.zh
        return " ".join(_words((*self.above, self.finding)))

    @property
    def suggested(self) -> str:
        """What it suggests, on itself or on what it is part of."""
        if isinstance(self.finding, Remark):
            return ""
        return " ".join(one.suggestion.zh for one in (self.finding, *self.above) if one.suggestion is not None)

    @property
    def places(self) -> tuple[Place, ...]:
        """Where it points; a part that points nowhere itself points where the whole does."""
        if isinstance(self.finding, Remark):
            spans = () if self.finding.span is None else (self.finding.span,)
        else:
            spans = next((one.spans for one in (self.finding, *reversed(self.above)) if one.spans), ())
        return tuple(Place(span.start, span.end, span.cell) for span in spans)

    @property
    def singles_out(self) -> bool:
        """Whether it suggests that one figure and no other is to be read otherwise."""
        figures = {quoted for quoted in _QUOTED.findall(self.suggested) if any(sign.isdecimal() for sign in quoted)}
        return len(figures) == 1 and "不作选择" not in self.suggested

    def names_first(self, slip: Slip) -> bool:
        """Whether it suggests that the planted figure is the culprit: it quotes it, or has it as its first place."""
        if self.suggested and slip.culprit in self.suggested:
            return True
        return bool(self.suggested) and bool(self.places) and _touch(slip.place(), self.places[0])

    def points_at(self, slip: Slip) -> bool:
        """Whether it has the place of the slip among its own, or names what is no longer there."""
        place = slip.place()
        return any(_touch(place, own) for own in self.places) or any(name in self.words for name in slip.names)


def _touch(place: Place, own: Place) -> bool:
    if place.cell is not None or own.cell is not None:
        return place.cell == own.cell
    return None not in (place.start, own.start) and own.start < place.end and place.start < own.end


def _words(findings: Iterable[Finding]) -> Iterator[str]:
    for one in findings:
        labels: list[Label] = [one.label, *one.remarks, *(lack.label for lack in one.missing)]
        labels += [label for label in (one.aspect, one.suggestion) if label is not None]
        yield from (label.zh for label in labels)
        yield one.about
        yield one.worked
        yield from (span.text for span in one.spans)


def _leaves(finding: Finding, above: tuple[Finding, ...]) -> Iterator[tuple[Finding, tuple[Finding, ...]]]:
    """Yield the parts of a finding that stand as it does, or the finding itself where none does."""
    below = [child for child in finding.children if child.verdict is finding.verdict]
    if not below:
        yield finding, above
    for child in below:
        yield from _leaves(child, (*above, finding))


def alarms(file: File) -> tuple[Alarm, ...]:
    """Return all that the reviews of a file report: unmet or undecided findings by their parts, and residue."""
    found: list[Alarm] = []
    for review in reviews_of(file.source()):
        about = review.title.zh
        for finding in review:
            if finding.verdict in {Verdict.UNMET, Verdict.UNKNOWN}:
                found += [Alarm(about, leaf, finding.severity, above) for leaf, above in _leaves(finding, ())]
        found += [Alarm(about, remark, Severity.DOUBT) for remark in review.remarks if remark.kind in _REMARKS]
    return tuple(found)


@cache
def _clean_alarms(name: str) -> tuple[Alarm, ...]:
    return alarms(load(name))


def counts(alarm: Alarm, kind: str) -> bool:
    """Say whether an alarm is one for a slip of that class."""
    if isinstance(alarm.finding, Remark):
        return alarm.finding.kind == kind
    if alarm.unknown:
        return kind in _UNKNOWN_COUNTS
    return alarm.severity is not Severity.NOTE or kind in _NOTES_COUNT


def new_alarms(slip: Slip, planted: File, before: Iterable[Alarm]) -> tuple[Alarm, ...]:
    """Return what is reported with the slip and was not without it, as far as it counts for a slip of its class."""
    # A slip in the name of a project renames all that is reported of it.
    left = Counter(alarm.key[1:] for alarm in before)
    new = []
    for alarm in alarms(planted):
        if left[alarm.key[1:]]:
            left[alarm.key[1:]] -= 1
        elif counts(alarm, slip.kind):
            new.append(alarm)
    return tuple(new)


@final
@frozen(kw_only=True)
class Outcome:
    """What came of one slip: whether it was found, pointed at, and what was said of the culprit."""

    found: bool
    located: bool
    chosen: bool
    new: tuple[Alarm, ...]

    def lacks(self, slip: Slip) -> str:
        """Say what a review owes for a slip and did not give; nothing where it gave all."""
        if not self.found:
            return "not found"
        if not self.located:
            return "not located"
        if slip.witnesses > 1 and not self.chosen:
            return "culprit not named"
        if slip.witnesses == 1 and any(alarm.singles_out for alarm in self.new):
            return "one figure singled out on one witness"
        return ""


def came_of(slip: Slip) -> Outcome:
    """Review a file with a slip, and say what came of it."""
    try:
        new = new_alarms(slip, slip.planted(), _clean_alarms(slip.file))
    except PerfevalError:
        return Outcome(found=False, located=False, chosen=False, new=())
    return Outcome(
        found=bool(new),
        located=any(alarm.points_at(slip) for alarm in new),
        chosen=bool(slip.culprit) and any(alarm.names_first(slip) for alarm in new),
        new=new,
    )


@cache
def outcome(name: str) -> Outcome:
    """Say what came of the slip of that name."""
    return came_of(SLIPS[name])


# --- as tables -------------------------------------------------------------------------------------------


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _percent(part: int, whole: int) -> str:
    """Return a share in tenths of a percent, cut and not rounded, so that 100.0 % is all of them."""
    tenths = part * 1000 // whole if whole else 0
    return f"{tenths // 10}.{tenths % 10} %"


def _slip_table() -> Iterator[str]:
    yield _row("class", "planted", "found", "located", "two witnesses", "culprit named", "missed")
    yield _row("---", *["---:"] * 6)
    sums = [0] * 6
    for kind, words in CLASSES.items():
        names = [slip.id for slip in SLIPS.values() if slip.kind == kind]
        came = [outcome(name) for name in names]
        figures = [
            len(names),
            sum(one.found for one in came),
            sum(one.located for one in came),
            sum(SLIPS[name].witnesses > 1 for name in names),
            sum(one.chosen for one in came),
            sum(not one.found for one in came),
        ]
        sums = [one + more for one, more in zip(sums, figures, strict=True)]
        yield _row(words, *figures)
    yield _row("**all**", *(f"**{figure}**" for figure in sums))
    yield ""
    planted, found, located, doubly, chosen, _ = sums
    yield (
        f"Recall: {found} of {planted} found ({_percent(found, planted)}), {located} located "
        f"({_percent(located, planted)}); of the {doubly} with two witnesses or more, the culprit is named in {chosen}."
    )
    lacking = [(name, lack) for name, slip in SLIPS.items() if (lack := outcome(name).lacks(slip))]
    if lacking:
        yield ""
        yield "What is owed and not given:"
        yield ""
        yield from (f"- `{name}`: {lack}" for name, lack in lacking)


def _clean_table() -> Iterator[str]:
    yield _row("clean files", "files", "with alarms", "alarms", "undecided", "notes", "not read")
    yield _row("---", *["---:"] * 6)
    sums = [0] * 6
    for folder, words in (("texts", "texts"), ("tables", "tables"), ("pairs", "a text with its tables")):
        figures = [0] * 6
        for file in files():
            if not file.name.startswith(folder):
                continue
            figures[0] += 1
            try:
                came = _clean_alarms(file.name)
            except PerfevalError:
                figures[5] += 1
                continue
            loud = [one for one in came if one.severity is not Severity.NOTE]
            figures[1] += any(not one.unknown for one in loud)
            figures[2] += sum(not one.unknown for one in loud)
            figures[3] += sum(one.unknown for one in loud)
            figures[4] += len(came) - len(loud)
        sums = [one + more for one, more in zip(sums, figures, strict=True)]
        yield _row(words, *figures)
    yield _row("**all**", *(f"**{figure}**" for figure in sums))
    yield ""
    yield f"False alarms: {sums[2]} on {sums[0]} clean files; {_percent(sums[1], sums[0])} of the files have one."


def tables() -> str:
    """Return the measured tables in markdown."""
    return "\n".join(["## Slips", "", *_slip_table(), "", "## Clean files", "", *_clean_table()])


def on_page(page: str, measured: str) -> str:
    """Return the page with the measured tables between its two marks."""
    before, _, rest = page.partition(_BEGIN)
    _, mark, after = rest.partition(_END)
    assert mark, f"{PAGE.name} lacks {_BEGIN} or {_END}"
    return f"{before}{_BEGIN}\n\n{measured}\n\n{_END}{after}"


def _missed() -> Iterator[str]:
    for name, slip in SLIPS.items():
        came = outcome(name)
        lack = came.lacks(slip)
        if not lack:
            continue
        yield f"{name} ({slip.file}): {lack}"
        yield from (f"    {alarm.key}: {alarm.words[:160]}" for alarm in came.new[:4])
    for file in files():
        try:
            came_of = _clean_alarms(file.name)
        except PerfevalError as error:
            yield f"{file.name}: not read: {error}"
            continue
        for alarm in came_of:
            if alarm.severity is not Severity.NOTE:
                yield f"{file.name}: {'undecided' if alarm.unknown else 'ALARM'} {alarm.key}: {alarm.words[:240]}"


def main() -> None:
    """Print the tables, or write them into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write the tables into docs/explanation/{PAGE.name}")
    parser.add_argument("--missed", action="store_true", help="list what was missed and every alarm on a clean file")
    asked = parser.parse_args()
    if asked.write:
        PAGE.write_text(on_page(PAGE.read_text(encoding="utf-8"), tables()), encoding="utf-8")
        return
    for line in _missed() if asked.missed else tables().splitlines():
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
