"""How the execution rate of a table and its points were worked out, and which printed figure is at fault.

A printed figure is called wrong only where two others say so: the rate where the money and the points agree, the points
where the money and the rate do, or the total. Imports ``scores``, ``matching`` and above.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final, final

from attrs import evolve, frozen

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.facts import Given, Label
from perfeval.findings import Finding
from perfeval.matching.fitting import Facts
from perfeval.matching.table_money import rate_of
from perfeval.reviewing.scores import borne_out, rate_words
from perfeval.scoring.attainment import points_words
from perfeval.tables.model import ReadTable
from perfeval.tolerances import SCORE
from perfeval.verdicts import Verdict

__all__ = ["Worked", "with_worked", "worked_of"]

_STANDARD: Final = "self_evaluation_table"
_TEN_THOUSAND: Final = 10_000
_OTHER_UNIT: Final = {"万元": "元", "元": "万元"}


@final
@frozen
class Worked:
    """What a part of a finding is to say beside its figures: the reckoning, the cells, and the mend if it is certain."""

    remark: Label
    places: tuple[Span, ...]
    mend: Label | None = None


def worked_of(table: ReadTable, spending: Facts, index: int) -> dict[str, Worked]:
    """Return what the findings on one row of money are to say, by their ids; nothing where there is no rate."""
    budget, spent, rate, weight, points = (
        spending[name] for name in ("budget", "executed", "rate", "weight", "points")
    )
    if not all(isinstance(one, Given) for one in (budget, spent, rate, weight, points)):
        return {}
    assert isinstance(budget, Given) and isinstance(spent, Given)  # noqa: S101, PT018 - as looked at
    assert isinstance(rate, Given) and isinstance(weight, Given) and isinstance(points, Given)  # noqa: S101, PT018
    worked = rate_of(spending)
    if worked is None:
        return {}
    reckoned = f"{_shown(spent)} ÷ {_shown(budget)} = {rate_words(worked)}"
    zh, en = f"{reckoned}。", f"{reckoned}."
    if isinstance(rate.value, Amount):
        zh, en = f"{reckoned}，表中为 {rate.value}。", f"{reckoned}; the table has {rate.value}."
    money = _places(spent, budget)
    slip = _unit_slip(spending)
    found = {
        f"{_STANDARD}/execution_within_budget/{index}": Worked(Label(zh, en), money, slip),
        f"{_STANDARD}/execution_rate_agrees/{index}": Worked(Label(zh, en), (*_places(rate), *money), slip),
        f"{_STANDARD}/execution_reason_given/{index}": Worked(Label(zh, en), (*_places(rate), *money)),
    }
    if not isinstance(weight.value, Amount) or not isinstance(points.value, Amount):
        return found
    due = weight.value.number * min(worked, Fraction(1))
    sum_ = f"{points_words(weight.value.number)} × {rate_words(min(worked, Fraction(1)))} = {points_words(due)}"
    given = points.value.number
    said = Label(f"{sum_}，表中为 {points_words(given)}。", f"{sum_}; the table has {points_words(given)}.")
    right_points, right_rate = SCORE.covers(given - due), _agrees(spending, worked)
    if slip is None and right_points and not right_rate:
        mend = _mend(
            rate, rate_words(worked), Label(f"{reckoned}，得分也与之相符", f"{reckoned}, and so are the points")
        )
        found[f"{_STANDARD}/execution_rate_agrees/{index}"] = Worked(Label(zh, en), (*_places(rate), *money), mend)
    mend_points = slip
    if slip is None and not right_points and (right_rate or borne_out(table, given, due)):
        also = Label("表中执行率也与之相符", "so is the printed rate")
        if not right_rate:
            also = Label("各项合计也因此等于总分", "the total then is the sum")
        why = Label(f"{reckoned}，{sum_}，{also.zh}", f"{reckoned}, {sum_}; {also.en}")
        mend_points = _mend(points, points_words(due), why)
    places = (*_places(points, weight), *money)
    found[f"{_STANDARD}/execution_score_agrees/{index}"] = Worked(said, places, mend_points)
    return found


def _unit_slip(spending: Facts) -> Label | None:
    """Say that a figure was typed in 元 under 万元, or the other way round, where the printed rate or points bear it out.

    Under 万元 the figure that is far too great is the one; under 元 the one that is far too small.
    """
    budget, spent, weight, points = (spending[name] for name in ("budget", "executed", "weight", "points"))
    worked = rate_of(spending)
    held = [one for one in (budget, spent) if isinstance(one, Given) and isinstance(one.value, Amount)]
    if worked is None or len(held) != len((budget, spent)) or not worked:
        return None
    one, other = held
    assert isinstance(one.value, Amount) and isinstance(other.value, Amount)  # noqa: S101, PT018 - as looked at
    if one.value.unit != other.value.unit or one.value.unit.text not in _OTHER_UNIT:
        return None
    great = one if worked < 1 else other
    wrong = great if one.value.unit.text == "万元" else other if great is one else one
    mended = worked * _TEN_THOUSAND if great is one else worked / _TEN_THOUSAND
    assert isinstance(wrong.value, Amount)  # noqa: S101 - as looked at
    by_rate = not _agrees(spending, worked) and _agrees(spending, mended)
    by_points = False
    if isinstance(weight, Given) and isinstance(points, Given):
        due, given = weight.value, points.value
        if isinstance(due, Amount) and isinstance(given, Amount):
            before, after = (due.number * min(one, Fraction(1)) - given.number for one in (worked, mended))
            by_points = not SCORE.covers(before) and SCORE.covers(after)
    if not (by_rate or by_points) or wrong.span is None or not 0 < mended <= 1:
        return None
    meant = Amount.of(wrong.value.number, _OTHER_UNIT[wrong.value.unit.text])
    shown = meant.to(wrong.value.unit)
    quoted, place = wrong.span.text, wrong.span.place
    proof = Label("执行率", "the rate") if by_rate else Label("得分", "the points")
    if by_rate and by_points:
        proof = Label("执行率和得分", "the rate and the points")
    return Label(
        f"“{quoted}” [{place}] 疑将元与万元混淆：如为 {meant}（即 {shown}），执行率为 {rate_words(mended)}，与表中{proof.zh}相符。"
        "原值保留，请核实。",
        f'"{quoted}" [{place}] may be in {meant.unit} where {wrong.value.unit} is declared: as {shown} the rate is '
        f"{rate_words(mended)}, with which {proof.en} agree. The printed figure is kept; please check it.",
    )


def _shown(money: Given) -> str:
    """Return an amount, or the figure alone as it is printed where no unit is declared for it."""
    if isinstance(money.value, Amount):
        return str(money.value)
    return "" if money.span is None else money.span.text.strip()


def _agrees(spending: Facts, worked: Fraction) -> bool:
    rate, allowed = spending["rate"], spending["allowed"]
    if not isinstance(rate, Given) or not isinstance(rate.value, Amount) or not isinstance(allowed, Amount):
        return False
    return abs(rate.value.root - worked) <= allowed.root


def _mend(wrong: Given, right: str, why: Label) -> Label | None:
    if wrong.span is None:
        return None
    quoted, place = wrong.span.text, wrong.span.place
    return Label(
        f"“{quoted}” [{place}] 应为 {right}：{why.zh}。请核实。",
        f'"{quoted}" [{place}] should be {right}: {why.en}. Please check.',
    )


def _places(*held: Given) -> tuple[Span, ...]:
    return tuple(one.span for one in held if one.span is not None)


def with_worked(finding: Finding, worked: Mapping[str, Worked]) -> Finding:
    """Say in each part of a finding how its figure was worked out, the cell that is judged first among its places."""
    own = worked.get(finding.id)
    children = tuple(
        _under(child, own) if own is not None else with_worked(child, worked) for child in finding.children
    )
    if own is None:
        told = [child for child in children if child.verdict is finding.verdict and child.id in worked]
        spans = tuple(dict.fromkeys((*(span for child in told for span in child.spans), *finding.spans)))
        mends = {child.suggestion for child in told if child.suggestion is not None}
        mend = mends.pop() if len(mends) == 1 and finding.verdict is Verdict.UNMET else finding.suggestion
        return evolve(finding, children=children, spans=spans, suggestion=mend)
    return evolve(
        finding,
        children=children,
        remarks=(*finding.remarks, own.remark),
        spans=tuple(dict.fromkeys((*own.places, *finding.spans))),
        suggestion=own.mend if own.mend is not None and finding.verdict is Verdict.UNMET else finding.suggestion,
    )


def _under(finding: Finding, worked: Worked) -> Finding:
    return evolve(finding, spans=tuple(dict.fromkeys((*worked.places, *finding.spans))))
