"""What scoring has to say of the scores that a self-evaluation table gives: points by the method, reasons where short.

A reason may stand beside its indicator or in the table's prose. Where a table has no form in particular its scores are
worked out by the central default, and differ as a doubt only. Imports ``matching``, ``scoring``, ``tables`` and above.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from attrs import evolve

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.documents.topics import shared_words
from perfeval.errors import PerfevalError
from perfeval.expressions import Operator
from perfeval.facts import Label
from perfeval.findings import Finding
from perfeval.indicators import Actual, Indicator, IndicatorKind
from perfeval.matching.indicator_words import beyond_whole, core, is_fraction, reached_as_fraction, wrong_way
from perfeval.matching.tables import is_blank, parts_of
from perfeval.rules import Severity
from perfeval.scoring.attainment import points_words
from perfeval.scoring.profile import Profile
from perfeval.scoring.scores import Line, score
from perfeval.tables.model import IndicatorRow, ReadTable, Written
from perfeval.tables.values import read_deadline
from perfeval.tolerances import SCORE
from perfeval.verdicts import Verdict

__all__ = ["borne_out", "excuse_in", "rate_words", "score_findings"]

_PREFIX: Final = "self_evaluation_table/"
_NOTED: Final = frozenset({"target_reached", "qualitative_target", "over_attainment"})
"""What is said of an indicator that is no fault of its table."""
_CAUSE = re.compile("因|由于|受[^，。；]{0,20}影响|原因|导致|鉴于|调整|推迟|延期|取消|尚未|尚在|暂缓|压减")
_LONGEST_PROSE: Final = 20_000
_MOST_CAUSES: Final = 200
_SENTENCE = re.compile(r"[^。；;！!？?\n]{2,400}")


def score_findings(table: ReadTable, profile: Profile, on: datetime.date, *, assumed: bool) -> list[Finding]:
    """Return what scoring says of each indicator that can be scored; ``assumed`` says that no method was told.

    An indicator without a weight or a first level, or whose cells scoring does not take, such as an actual in another
    unit, is left to the other rules.
    """
    bare = evolve(table, project=None, title=None, funds=(), total=None)
    rows = [row for row in table.rows if _scorable(row, bare)]
    if not rows or not profile.covers(on) or not any(row.scored is not None for row in rows):
        return []
    sheet = evolve(bare, rows=tuple(rows)).sheet()
    prose = [one for one in (table.reason, table.problems, table.achieved_text, *_remarks(rows)) if one is not None]
    by_name = dict(zip((one.name for one in sheet.indicators), rows, strict=True))
    sheet = evolve(
        sheet,
        indicators=[_indicator(one, by_name[one.name]) for one in sheet.indicators],
        actuals=[_actual(one, by_name[one.indicator], profile) for one in sheet.actuals],
    )
    lines = [line for line in score(sheet, profile, on=on).lines if line.name in by_name]
    short = sum(line.reason is None and not _is_reached(line) for line in lines)
    found: list[Finding] = []
    for line in lines:
        row = by_name.get(line.name)
        if row is not None:
            excuse = excuse_in(prose, row.name.text, alone=short == 1)
            found += _lifted(line, row, excuse, table, profile, assumed=assumed)
    return found


def _is_reached(line: Line) -> bool:
    return all(one.verdict is not Verdict.UNMET for one in line.findings if one.rule == "target_reached")


def _scorable(row: IndicatorRow, bare: ReadTable) -> bool:
    """Say whether scoring takes a row; ``bare`` is its table without what is not scored here.

    Each row is tried alone, so that one whose cells contradict each other costs no other row its scoring.
    """
    reached, goal = row.reached, row.goal
    mixed = isinstance(reached, Amount) and goal is not None and reached.dimension != goal.dimension
    if row.level_one is None or row.points is None or mixed:
        return False
    try:
        evolve(bare, rows=(row,)).sheet()
    except PerfevalError:
        return False
    return True


def _remarks(rows: Sequence[IndicatorRow]) -> list[Written | None]:
    return [row.remark for row in rows]


def _indicator(indicator: Indicator, row: IndicatorRow) -> Indicator:
    """Return an indicator as its actual can be held against it.

    An actual that is the target reaches it under every operator that the table may have meant.
    """
    if row.operator is None and isinstance(row.goal, Amount) and row.goal == row.reached:
        return evolve(indicator, operator=Operator.EQUAL)
    if row.target is not None and row.goal is None and (_is_said_again(row) or row.deadline is not None):
        return evolve(indicator, kind=IndicatorKind.QUALITATIVE, target=row.target.text)
    return indicator


def _says_qualitative(row: IndicatorRow) -> bool:
    """Say whether a cell of the row says that it is described, and its target is no time: that is described in numbers."""
    return row.deadline is None and any(one is not None and "定性" in one.text for one in (row.sign, row.attribute))


def _is_said_again(row: IndicatorRow) -> bool:
    """Say whether the actual repeats the words of the target."""
    target, actual = row.target, row.actual
    return target is not None and actual is not None and bool(target.text) and core(target.text) == core(actual.text)


def _is_in_time(row: IndicatorRow) -> bool:
    """Say whether the actual is a time no later than a target that is one."""
    if row.deadline is None or row.actual is None:
        return False
    unit = "" if row.unit is None else row.unit.text
    ended = read_deadline(row.actual.text, row.deadline.year) or read_deadline(
        f"{row.actual.text}{unit}", row.deadline.year
    )
    return ended is not None and ended <= row.deadline


def _actual(actual: Actual, row: IndicatorRow, profile: Profile) -> Actual:
    """Return an actual as its method takes it: no reason that says nothing, and the target's own words as reached."""
    reason = None if is_blank(row.reason) else actual.reason
    value = actual.value
    if row.goal is None and (_is_said_again(row) or _is_in_time(row)):
        best = next((tier for tier in profile.tiers.tiers if tier.attained), None)
        value = value if best is None else best.label.zh
    return evolve(actual, reason=reason, value=value)


def _lifted(
    line: Line, row: IndicatorRow, excuse: Span | None, table: ReadTable, profile: Profile, *, assumed: bool
) -> Iterator[Finding]:
    over = row.scored is not None and row.points is not None and row.scored > row.points
    doubted = beyond_whole(row) or wrong_way(row) or is_fraction(row, row.goal) or reached_as_fraction(row)
    for finding in line.findings:
        by_hand = finding.rule == "hand_score"
        if finding.rule == "qualitative_target" and not _says_qualitative(row):
            continue
        if doubted and finding.rule != "target_reached" and finding.verdict is Verdict.UNMET:
            continue  # its sign or its target is in doubt: that comes first
        if finding.rule == "level_one_known" or (by_hand and (over or finding.verdict is Verdict.UNKNOWN)):
            continue  # said by the rules of the table, or by whether the target is reached
        if by_hand and finding.verdict is Verdict.UNMET:
            soft = Severity.NOTE if _marked_down(line, row, excuse) else finding.severity
            finding = evolve(finding, severity=soft, suggestion=_mend(line, row, table))  # noqa: PLW2901 - the same one
        if finding.rule == "target_reached" and profile.sources:
            finding = evolve(finding, citation=profile.sources[0])  # noqa: PLW2901 - the method that was chosen
        yield _with_place(_weighed(finding, excuse, assumed=assumed), row)


def _mend(line: Line, row: IndicatorRow, table: ReadTable) -> Label:
    """Say what a score should be; that it is the one at fault only where the total, too, says so."""
    wanted = line.points.exact
    known = Label(
        "按评分办法重算得分，或说明扣分原因。", "Work out the points again, or give the reason for the deduction."
    )
    if wanted is None or row.scored is None or row.score is None or not borne_out(table, row.scored, wanted):
        return known
    points = points_words(wanted)
    return Label(
        f"“{row.score.text}” [{row.score.span.place}] 应为 {points}：{line.worked.zh}，各项合计也因此等于总分。请核实。",
        f'"{row.score.text}" [{row.score.span.place}] should be {points}: {line.worked.en}; the total then is the sum. '
        "Please check.",
    )


def borne_out(table: ReadTable, given: Fraction, wanted: Fraction) -> bool:
    """Say whether the printed total is the sum of the points with ``wanted`` in the place of ``given``, and not without."""
    parts = parts_of(table)
    known = [one for one in parts if one is not None]
    if table.total is None or len(known) < len(parts):
        return False
    off = sum(known, Fraction(0)) - table.total
    return not SCORE.covers(off) and SCORE.covers(off - given + wanted)


def _marked_down(line: Line, row: IndicatorRow, excuse: Span | None) -> bool:
    """Say whether an indicator was given less than it earned, with its reason: no fault of the table."""
    return line.difference is not None and line.difference < 0 and (excuse is not None or not is_blank(row.reason))


def _weighed(finding: Finding, excuse: Span | None, *, assumed: bool) -> Finding:
    if finding.rule in _NOTED or finding.verdict is Verdict.UNKNOWN:
        return evolve(finding, severity=Severity.NOTE)
    if finding.rule == "reason_given" and finding.verdict is Verdict.UNMET and excuse is not None:
        words = Label(
            f"原因见 {excuse.place}：“{excuse.text}”", f"the reason is given in {excuse.place}: {excuse.text}"
        )
        return evolve(finding, verdict=Verdict.MET, remarks=(words,), spans=(excuse,))
    if assumed and finding.severity is Severity.ERROR:
        words = Label("表式未明，按通行办法计算，仅作疑点。", "the form is not known; worked out by the usual method.")
        return evolve(finding, severity=Severity.DOUBT, remarks=(*finding.remarks, words))
    return finding


def _with_place(finding: Finding, row: IndicatorRow) -> Finding:
    """Give a finding the cells that it speaks of, the one that it judges first."""
    cells = {
        "hand_score": (row.score, row.name, row.weight, row.target, row.actual),
        "reason_given": (row.name, row.actual, row.target, row.reason),
    }.get(finding.rule, (row.name, row.target, row.actual))
    places = tuple(cell for cell in cells if cell is not None and cell.text)
    spans = tuple(dict.fromkeys((*(place.span for place in places), *finding.spans)))
    return evolve(finding, id=_PREFIX + finding.id, spans=spans)


def excuse_in(prose: Sequence[Written], name: str, *, alone: bool = False) -> Span | None:
    """Return the sentence of the table's prose that says why an indicator fell short; None where none does.

    It must give a cause and speak of the indicator; where only one is short, ``alone``, a cause is enough. The names of
    columns, such as 上年结转, are no explanation.
    """
    for place, sentence in _causes(tuple(prose)):
        if alone or shared_words(sentence, core(name)):
            return place
    return None


@functools.lru_cache(maxsize=64)
def _causes(prose: tuple[Written, ...]) -> tuple[tuple[Span, str], ...]:
    """Return the sentences that give a cause: asked for once for each indicator of a table."""
    found: list[tuple[Span, str]] = []
    for written in prose:
        for match in _SENTENCE.finditer(written.text[:_LONGEST_PROSE]):
            if len(found) < _MOST_CAUSES and _CAUSE.search(match[0]):
                place = Span(start=match.start(), end=match.end(), text=match[0], cell=written.span.cell)
                found.append((place, match[0]))
    return tuple(found)


def rate_words(rate: Fraction) -> str:
    """Return a rate in percent to two decimals."""
    return str(Amount.of(rate * 100, "%").round("0.01%", "half_up"))
