"""How a review prints in a terminal, in Chinese or English, and how a standard prints rule by rule.

Plain text: what is wrong first, then notes, what could not be decided, and what to ask for. Imports ``wording``.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from typing import final

from attrs import frozen

from perfeval.citations import InForce, Span
from perfeval.errors import InputError, excerpt
from perfeval.evaluation import Missing
from perfeval.findings import Finding, Review
from perfeval.rules import Severity
from perfeval.standard import Standard
from perfeval.verdicts import Verdict
from perfeval.wording import (
    Lang,
    check_lang,
    cite,
    dates_words,
    finding_sentence,
    is_not_due,
    printable,
    rule_sentence,
    say,
    severity_word,
)

__all__ = ["Tally", "review_text", "standard_text"]

_MARKS = {Verdict.MET: "✓", Verdict.UNMET: "✗", Verdict.UNKNOWN: "?", Verdict.NOT_APPLICABLE: "–"}
_QUOTE = 40
_SPANS = 6


def review_text(review: Review, lang: Lang = "zh", *, brief: bool = False) -> str:
    """Return a review as lines of text; a brief one leaves out what is met, what does not apply, and what was read."""
    check_lang(lang)
    if not isinstance(review, Review):
        raise InputError.of("review", came=excerpt(review), needed="a Review")
    return "\n".join(printable(line) for line in _review_lines(review, lang, brief=brief)) + "\n"


def _review_lines(review: Review, lang: Lang, *, brief: bool) -> Iterator[str]:
    yield review.title.get(lang) + ("" if review.about is None else f" — {review.about.get(lang)}")
    yield _day_line(review, lang)
    yield _summary(review, lang)
    judged = [finding for finding in review.findings if finding.counts]
    waived = [finding for finding in review.findings if finding.waiver is not None]
    notes = [finding for finding in review.findings if finding.severity is Severity.NOTE and not finding.waiver]
    groups = (
        (say(lang, "问题", "Problems"), [one for one in judged if one.verdict is Verdict.UNMET]),
        (say(lang, "提示", "Notes"), [one for one in notes if one.verdict in (Verdict.UNMET, Verdict.UNKNOWN)]),
        (say(lang, "已豁免", "Waived"), waived),
        (
            say(lang, "资料不足，待核实", "Unknown"),
            [one for one in judged if one.verdict is Verdict.UNKNOWN and not is_not_due(one)],
        ),
        (say(lang, "到期再核", "Not yet due"), [one for one in judged if is_not_due(one)]),
    )
    quiet = (
        (say(lang, "符合", "Met"), [one for one in review.findings if one.verdict is Verdict.MET]),
        (
            say(lang, "不适用", "Not applicable"),
            [one for one in review.findings if one.verdict is Verdict.NOT_APPLICABLE],
        ),
    )
    for heading, findings in groups if brief else (*groups, *quiet):
        if findings:
            yield ""
            yield f"{heading} ({len(findings)})"
            yield from _group_lines(findings, lang, review.lines)
    if review.requests:
        yield ""
        yield say(lang, "补充资料清单", "What to ask for")
        yield from _request_lines(review.requests, lang)
    if review.remarks and not brief:
        yield ""
        yield say(lang, "阅读说明", "What the reader saw")
        for remark in review.remarks:
            place = "" if remark.span is None else f" [{_place(remark.span, review.lines, lang)}]"
            yield f"  · {remark.label.get(lang)}{place}"


def _day_line(review: Review, lang: Lang) -> str:
    if review.on is None:
        return say(
            lang,
            "审核日期：无（未写年份，所用规则不分日期）",
            "judged on no day (no year is named, and no rule asks for a day)",
        )
    # A self-evaluation is judged at the end of its year, a plan at its beginning.
    ends = (review.on.month, review.on.day) == (12, 31)
    zh, en = (
        ("预算年度末日", "the last day of the year") if ends else ("预算年度首日", "the first day of the budget year")
    )
    assumed = say(lang, f"（未指定，取{zh}）", f" (not given: {en})") if review.on_assumed else ""
    return say(lang, "审核日期：", "judged on ") + review.on.isoformat() + assumed


def _place(span: Span, lines: Sequence[int], lang: Lang) -> str:
    """Say where something stands as a person looks it up: its cell, its line, or else its characters."""
    if span.cell is not None or not lines:
        return span.place
    number = bisect.bisect_right(lines, span.start)
    return say(lang, f"第 {number} 行", f"line {number}")


def _group_lines(findings: Sequence[Finding], lang: Lang, lines: Sequence[int]) -> Iterator[str]:
    """Print findings one after another, the citation that neighbours share once, below the last of them."""
    for finding, following in zip(findings, [*findings[1:], None], strict=True):
        yield from _finding_lines(finding, lang, 1, lines)
        citation = finding.citation
        telling = finding.verdict in (Verdict.UNMET, Verdict.UNKNOWN)
        if citation is not None and telling and (following is None or following.citation != citation):
            yield f"    {say(lang, '依据：', 'by: ')}{cite(citation, lang)}"


@final
@frozen(kw_only=True)
class Tally:
    """How many findings of each sort a review has: ``early`` are the unknown ones that are only not yet due."""

    verdict: Verdict
    errors: int
    doubts: int
    unknown: int
    early: int
    met: int
    notes: int
    waived: int

    @classmethod
    def of(cls, review: Review) -> Tally:
        """Count the findings of a review."""
        counted = [finding for finding in review.findings if finding.counts]
        unmet = [one for one in counted if one.verdict is Verdict.UNMET]
        early = sum(is_not_due(one) for one in counted)
        others = [one for one in review.findings if not one.counts and one.verdict in (Verdict.UNMET, Verdict.UNKNOWN)]
        waived = sum(one.waiver is not None for one in others)
        return cls(
            verdict=review.verdict,
            errors=sum(one.severity is Severity.ERROR for one in unmet),
            doubts=sum(one.severity is Severity.DOUBT for one in unmet),
            unknown=sum(one.verdict is Verdict.UNKNOWN for one in counted) - early,
            early=early,
            met=len(review.of(Verdict.MET)),
            notes=len(others) - waived,
            waived=waived,
        )

    def word(self, lang: Lang) -> str:
        """Return the verdict in a word."""
        return {
            Verdict.MET: say(lang, "符合", "MET"),
            Verdict.UNMET: say(lang, "存在问题", "UNMET"),
            Verdict.UNKNOWN: say(lang, "资料不足，待核实" if self.unknown else "到期再核", "UNKNOWN"),
            Verdict.NOT_APPLICABLE: say(lang, "不适用", "NOT APPLICABLE"),
        }[self.verdict]


def _summary(review: Review, lang: Lang) -> str:
    told = Tally.of(review)
    zh, en = (f"，豁免 {told.waived}", f", waived {told.waived}") if told.waived else ("", "")
    later = say(lang, f"，到期再核 {told.early}", f", not yet due {told.early}") if told.early else ""
    return say(
        lang,
        f"结论：{told.word(lang)}（错误 {told.errors}，疑点 {told.doubts}，待核实 {told.unknown}{later}，"
        f"符合 {told.met}，提示 {told.notes}{zh}）",
        f"verdict: {told.word(lang)} (errors {told.errors}, doubts {told.doubts}, unknown {told.unknown}{later}, "
        f"met {told.met}, notes {told.notes}{en})",
    )


def _finding_lines(finding: Finding, lang: Lang, depth: int, lines: Sequence[int]) -> Iterator[str]:
    pad = "  " * depth
    mark = _MARKS[finding.verdict]
    severity = f"[{severity_word(finding.severity, lang)}] " if depth == 1 and finding.verdict is Verdict.UNMET else ""
    yield f"{pad}{mark} {severity}{finding_sentence(finding, lang)}"
    inner = pad + "    "
    for remark in finding.remarks:
        yield f"{inner}{say(lang, '说明：', 'note: ')}{remark.get(lang)}"
    shown = [child for child in finding.children if _worth_showing(child, finding)]
    told = {child.suggestion for child in shown}
    if finding.suggestion is not None and finding.suggestion not in told:
        yield f"{inner}{say(lang, '建议：', 'suggestion: ')}{finding.suggestion.get(lang)}"
    if finding.verdict is Verdict.UNMET and finding.spans and not shown:
        yield f"{inner}{say(lang, '原文：', 'text: ')}{_quotes(finding, lines, lang)}"
    for child in shown:
        yield from _finding_lines(child, lang, depth + 2, lines)


def _worth_showing(child: Finding, parent: Finding) -> bool:
    """Show the parts that decided a finding, and those that say something; not a list of hundreds that passed."""
    if parent.verdict is Verdict.NOT_APPLICABLE:
        return False
    if child.remarks:
        return True
    if parent.verdict is Verdict.MET:
        return bool(child.worked)
    return child.verdict is parent.verdict


def _quotes(finding: Finding, lines: Sequence[int], lang: Lang) -> str:
    quoted = [f"“{_short(span.text)}” [{_place(span, lines, lang)}]" for span in finding.spans[:_SPANS]]
    more = len(finding.spans) - _SPANS
    return "；".join(quoted) + (f" … +{more}" if more > 0 else "")


def _short(text: str) -> str:
    return text if len(text) <= _QUOTE else f"{text[:_QUOTE]}…"


def _request_lines(requests: Sequence[Missing], lang: Lang) -> Iterator[str]:
    """List what to ask for, the facts of one subject on one line, with where they go in the JSON of facts."""
    places: dict[str, list[Missing]] = {}
    for missing in requests:
        places.setdefault(missing.path.rpartition(".")[0], []).append(missing)
    gap, colon = ("、", "：") if lang == "zh" else (", ", ": ")
    for number, (place, facts) in enumerate(places.items(), start=1):
        each = say(lang, "各", "each ") if place.endswith("[*]") else ""
        subject = each + facts[0].of.get(lang) if facts[0].of is not None else place
        where = say(lang, f"（{place}）", f" ({place})") if place and place != subject else ""
        yield f"  {number}. {subject}{where}{colon}{gap.join(_request(fact, lang) for fact in facts)}"


def _request(missing: Missing, lang: Lang) -> str:
    """Name a fact with its name in JSON and its unit, each where the label does not say it already."""
    label, name = missing.label.get(lang), missing.path.rpartition(".")[2]
    said = " ".join(word for word in (name, missing.unit) if word and word != label)
    planned = say(lang, "只有计划数", "planned only") if missing.planned else ""
    inside = say(lang, "，", ", ").join(word for word in (said, planned) if word)
    if not inside:
        return label
    return say(lang, f"{label}（{inside}）", f"{label} ({inside})")


def standard_text(standard: Standard, lang: Lang = "zh") -> str:
    """Return a standard as lines of text: each rule as a sentence with its clause, dates and evidence mark."""
    lines = [f"{standard.name}: {standard.title.get(lang)}", dates_words(standard.in_force, lang)]
    for rule in standard.rules:
        lines.append("")
        lines.append(f"{rule.name} [{severity_word(rule.severity, lang)}] {rule.title.get(lang)}")
        lines.append(f"    {rule_sentence(rule, lang)}")
        if rule.in_force is not None and rule.in_force not in (InForce(), standard.in_force):
            lines.append(f"    {dates_words(rule.in_force, lang)}")
        if rule.due is not None:
            lines.append(f"    {say(lang, '到期：', 'due: ')}{rule.due}")
        if rule.citation is not None:
            mark = rule.citation.evidence
            lines.append(f"    {cite(rule.citation, lang)}")
            lines.append(
                f"    {say(lang, '证据', 'evidence')} {mark.value}{say(lang, '：', ': ')}{mark.sentence(lang)}"
            )
    for open_question in standard.interpretations:
        lines.append("")
        lines.append(f"{say(lang, '解释：', 'interpretation: ')}{open_question.question.get(lang)}")
        lines.append(f"    {open_question.reading.get(lang)}")
    return "\n".join(lines) + "\n"
