"""How a score and a scoring profile print, in Chinese or English: a table, a sentence for each line, the evidence.

Plain text, aligned for a terminal that shows Chinese characters two columns wide. Imports ``scores``, ``wording`` and
what stands above them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from perfeval.amounts import Amount
from perfeval.columns import aligned_rows
from perfeval.expressions import Operator
from perfeval.findings import Finding
from perfeval.scoring.attainment import percent_words, points_words
from perfeval.scoring.profile import Effect, Partial, Place, Profile, ScoreRounding
from perfeval.scoring.scores import Line, Score
from perfeval.verdicts import Verdict
from perfeval.wording import Lang, cite, finding_sentence, printable, say, severity_word

__all__ = ["profile_text", "score_text"]

_SIGNS: Final = {
    Operator.AT_LEAST: "≥ ",
    Operator.AT_MOST: "≤ ",
    Operator.ABOVE: "> ",
    Operator.BELOW: "< ",
    Operator.EQUAL: "= ",
    None: "",
}
_MARKS: Final = {Verdict.MET: "✓", Verdict.UNMET: "✗", Verdict.UNKNOWN: "?", Verdict.NOT_APPLICABLE: "–"}
_WIDEST: Final = 28


def score_text(score: Score, lang: Lang = "zh") -> str:
    """Return a score as lines of text: the table, how each line was worked out, what was found, and the evidence."""
    return "\n".join(printable(line) for line in _score_lines(score, lang)) + "\n"


def profile_text(profile: Profile, lang: Lang = "zh") -> str:
    """Return a profile as lines of text: each figure with how well its source was read."""
    return "\n".join(printable(line) for line in _profile_lines(profile, lang)) + "\n"


# --- the score -------------------------------------------------------------------------------------------


def _score_lines(score: Score, lang: Lang) -> Iterator[str]:
    yield score.title
    yield say(lang, f"评分办法：{score.profile.title.zh}", f"scored by: {score.profile.title.en}")
    yield say(lang, "评分日期：", "scored on ") + score.on.isoformat()
    yield ""
    yield from _table(score, lang)
    yield ""
    for subtotal in score.subtotals:
        of = points_words(subtotal.required)
        yield say(
            lang, f"{subtotal.label.zh}：{subtotal.points}／{of}", f"{subtotal.label.en}: {subtotal.points} of {of}"
        )
    yield say(lang, f"总分：{score.total}", f"total: {score.total}")
    if score.profile.rounding is not None:
        yield f"  {_rounding(score.profile.rounding, lang)}{_unrounded(score, lang)}"
    if score.grade is not None:
        yield say(lang, f"等级：{score.grade.zh}", f"grade: {score.grade.en}")
    elif score.grade_withheld is not None:
        yield say(lang, f"等级：未定（{score.grade_withheld.zh}）", f"grade: withheld ({score.grade_withheld.en})")
    if score.given_total is not None:
        grade = "" if score.given_grade is None else say(lang, f"，{score.given_grade.zh}", f", {score.given_grade.en}")
        shown = points_words(score.given_total)
        yield say(lang, f"自评总分：{shown}{grade}", f"total given by hand: {shown}{grade}")
    yield ""
    yield say(lang, "计分过程", "How the points came about")
    for line in score.lines:
        yield f"  {line.label.get(lang)}{say(lang, '：', ': ')}{line.worked.get(lang)}"
    yield from _findings(score, lang)
    yield ""
    yield from _evidence_lines(score.profile, lang)


def _unrounded(score: Score, lang: Lang) -> str:
    """Return the sum before rounding, where that is not the total itself."""
    if score.profile.rounding is None or score.profile.rounding.place is Place.LINE:
        return ""
    return say(lang, f"；取整前合计 {score.unrounded}", f"; the sum before is {score.unrounded}")


def _table(score: Score, lang: Lang) -> Iterator[str]:
    heads = (
        ("指标", "指标值", "实际完成值", "分值", "得分", "自评得分")
        if lang == "zh"
        else ("indicator", "target", "actual", "weight", "points", "given")
    )
    rows = [heads, *(_row(line, lang) for line in score.lines)]
    yield from aligned_rows(rows, widest=_WIDEST)


def _row(line: Line, lang: Lang) -> tuple[str, ...]:
    given = "—" if line.given is None else points_words(line.given)
    target = _cell(line.target)
    return (
        line.label.get(lang),
        target if target == "—" else _SIGNS[line.operator] + target,
        _cell(line.actual),
        points_words(line.weight),
        str(line.points),
        given,
    )


def _cell(value: Amount | str | None) -> str:
    return "—" if value is None else str(value)


def _findings(score: Score, lang: Lang) -> Iterator[str]:
    told = [one for one in score.review.findings if one.verdict in (Verdict.UNMET, Verdict.UNKNOWN)]
    if not told:
        return
    yield ""
    yield say(lang, f"发现（{len(told)}）", f"Findings ({len(told)})")
    for finding in told:
        yield f"  {_MARKS[finding.verdict]} [{severity_word(finding.severity, lang)}] {finding_sentence(finding, lang)}"
        yield from _remarks(finding, lang)


def _remarks(finding: Finding, lang: Lang) -> Iterator[str]:
    for remark in finding.remarks:
        yield f"      {say(lang, '说明：', 'note: ')}{remark.get(lang)}"


# --- the profile -----------------------------------------------------------------------------------------


def _profile_lines(profile: Profile, lang: Lang) -> Iterator[str]:
    yield f"{profile.name}: {profile.title.get(lang)}"
    if profile.execution is not None:
        base, weight = profile.execution.base.label, points_words(profile.execution.weight)
        yield say(lang, f"预算执行率 {weight}，分母为{base.zh}", f"execution rate {weight}, of the {base.en}")
        if profile.execution.reason_below is not None:
            limit = percent_words(profile.execution.reason_below)
            yield say(lang, f"  执行率低于 {limit} 须说明原因", f"  a rate below {limit} must give its reason")
    for group in profile.groups:
        yield f"{group.label.get(lang)} {points_words(group.weight)}"
    proportional = profile.partial.rule is Partial.PROPORTIONAL
    yield say(
        lang,
        "未达标：按完成比例得分" if proportional else "未达标：不得分",
        "not reached: in proportion" if proportional else "not reached: nothing",
    )
    if profile.partial.floor is not None:
        limit = percent_words(profile.partial.floor)
        yield say(lang, f"完成率低于 {limit} 不得分", f"attainment below {limit}: nothing")
    for tier in profile.tiers.tiers:
        yield f"  {tier.label.get(lang)} {_interval(tier.low * 100, tier.high * 100, closed=tier.high == 1)}%"
    for grade in profile.grades.grades:
        yield f"  {grade.label.get(lang)} {_interval(grade.low, grade.high, closed=grade.high == profile.full)}"
    yield from _parameters(profile, lang)
    for open_question in profile.interpretations:
        asked, taken = open_question.question.get(lang), open_question.reading.get(lang)
        yield say(lang, f"解释：{asked} —— {taken}", f"interpretation: {asked} — {taken}")
    yield from _evidence_lines(profile, lang)


def _parameters(profile: Profile, lang: Lang) -> Iterator[str]:
    over = profile.over_attainment
    if over is None:
        yield say(
            lang, "完成值偏高：办法未给定界限，不提示", "over-attainment: no threshold is named, nothing is said of it"
        )
    else:
        limit, deduct = percent_words(over.threshold), over.effect is Effect.DEDUCT
        yield say(
            lang,
            f"完成值偏高：偏离度超过 {limit} 时{'扣分' if deduct else '提示'}",
            f"over-attainment: a deviation above {limit} {'costs points' if deduct else 'is pointed out'}",
        )
    if profile.rounding is not None:
        yield _rounding(profile.rounding, lang)


def _rounding(rule: ScoreRounding, lang: Lang) -> str:
    """Return where points are rounded, to what, and how."""
    quantum, line = points_words(rule.quantum), rule.place is Place.LINE
    return say(
        lang,
        f"{'每项得分' if line else '总分'}按 {quantum} 取整（{rule.mode.value}）",
        f"{'each line' if line else 'the total'} rounded to {quantum} ({rule.mode.value})",
    )


def _interval(low: Fraction, high: Fraction, *, closed: bool) -> str:
    return f"[{points_words(low)}, {points_words(high)}{']' if closed else ')'}"


def _evidence_lines(profile: Profile, lang: Lang) -> Iterator[str]:
    yield say(lang, "评分依据", "What the method rests on")
    for label, citations in profile.evidence():
        cited: Sequence[str] = [cite(citation, lang) for citation in citations]
        none = say(lang, "无出处", "no source")
        yield f"  {label.get(lang)}{say(lang, '：', ': ')}{say(lang, '；', '; ').join(cited) or none}"
    if profile.is_sample:
        yield say(
            lang,
            "  本办法为样例：有数字未经官方或原始页面核实，使用前请核对并替换。",
            "  This is a sample profile: some figures were not read in an official or primary page; check and replace them.",
        )
