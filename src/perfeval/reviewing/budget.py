"""Whether the figures of a text agree, and which single unit would mend those that do not.

Imports ``matching``, ``standards`` and above.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve

from perfeval.budgets import Diagnosis, Identity, Rereading
from perfeval.documents.project import (
    Form,
    Part,
    Project,
)
from perfeval.documents.quantities import SOURCE
from perfeval.documents.topics import Likeness
from perfeval.facts import Label, Stage
from perfeval.findings import Finding
from perfeval.matching.budget import budget_facts, left_out, lines_complete, schedule_complete
from perfeval.matching.figures import Told
from perfeval.matching.groups import Group
from perfeval.matching.wholes import is_account
from perfeval.reviewing.locating import borne_out, explained, with_locations
from perfeval.reviewing.remarking import apart_words, remarked
from perfeval.slips import Location
from perfeval.standards.shelf import load
from perfeval.verdicts import Verdict

__all__ = ["budget_findings"]


def budget_findings(
    project: Project,
    groups: Sequence[Group],
    day: datetime.date,
    identities: Sequence[Identity],
    diagnosis: Diagnosis,
    location: Location,
    told: Told,
) -> list[Finding]:
    """Return the findings of ``budget_consistency``, each unmet one with what would mend it."""
    standard = load("budget_consistency").standard
    record = standard.read(budget_facts(project, groups), stage=Stage.PLANNED, source=SOURCE)
    inferred = {
        f"budget_consistency/schedule_groups_equal_lines/{index}": _inferred_words(names)
        for index, group in enumerate(groups)
        if (names := [line.name for line, how in group.lines if how is Likeness.TOPIC])
    }
    by_id = {f"budget_consistency/{identity.key}": identity for identity in identities}
    rates = {given.value: given for one in told.hours for given, _ in reversed(one.settled())}
    if len(rates) > 1:
        inferred["budget_consistency/hours_per_day_agree"] = apart_words(list(rates.values())[::-1])
    inferred |= {f"budget_consistency/{rule}": words for rule, words in _not_known(project)}
    hours = {
        "budget_consistency/hours_per_day_agree": [identity.key for one in told.hours for identity in one.identities()]
    }
    return [
        with_locations(_with_mends(remarked(finding, inferred), by_id, diagnosis, location), hours, location)
        for finding in standard.findings(record, on=day)
        if _is_asked(finding, project)
    ]


def _not_known(project: Project) -> Iterator[tuple[str, Label]]:
    """Yield, for each rule, for which figures of the text it cannot be told; shown where it cannot."""
    for rule, part, whole in (
        ("lines_equal_total", Part.FUNDING, lines_complete(project)),
        ("schedule_equals_total", Part.SCHEDULE, schedule_complete(project)),
    ):
        left = [] if whole else left_out(project, part)[:_LISTED]
        if left:
            zh = "、".join(f"“{one.text}”（{one.why.zh}）" for one in left)
            en = ", ".join(f"“{one.text}” ({one.why.en})" for one in left)
            yield rule, Label(f"未能读取：{zh}，请核实。", f"not read: {en}. Please check.")
    if project.request is None and project.year is not None:
        others = [
            one
            for one in project.money
            if one.part is Part.FUNDING and one.year not in (None, project.year.number) and _ASKED.search(one.span.text)
        ]
        for one in others[:1]:
            yield (
                "request_equals_approval",
                Label(
                    f"“{one.span.text}”写的是 {one.year} 年，与预算年度 {project.year.number} 年不同，未作为本年度申请金额，请核实。",
                    f"“{one.span.text}” speaks of {one.year}, and the budget is of {project.year.number}: it is not taken as "
                    "the request of this year. Please check.",
                ),
            )


_LISTED = 3
_ASKED = re.compile("申请|申报")
_WHERE_SAID = frozenset(
    (
        "payments_equal_line",
        "parts_equal_line",
        "parts_within_line",
        "sources_equal_total",
        "totals_agree",
        "hours_per_day_usual",
        "stages_within_programme",
    )
)
"""Rules of which there is nothing to say where the text has no such figures."""


def _is_asked(finding: Finding, project: Project) -> bool:
    """Say whether a finding has something to say: a form that asks for no request and no reply owes neither."""
    if finding.rule == "request_equals_approval" and (project.form is not Form.YUNNAN or is_account(project)):
        return project.request is not None or project.approval is not None
    return finding.verdict is not Verdict.NOT_APPLICABLE or finding.rule not in _WHERE_SAID


def _inferred_words(names: Sequence[str]) -> Label:
    listed = "、".join(f"“{name}”" for name in names)
    return Label(
        f"与{listed}的对应是按主题推断的，文本未直接写明。",
        f"the match with {listed} was inferred from its topic; the text does not name it.",
    )


def _with_mends(finding: Finding, by_id: Mapping[str, Identity], diagnosis: Diagnosis, location: Location) -> Finding:
    """Say of an unmet identity, and of a whole all of whose unmet parts have one, what would mend it."""
    if finding.verdict is not Verdict.UNMET:
        return finding
    children = tuple(_with_mends(child, by_id, diagnosis, location) for child in finding.children)
    finding = evolve(finding, children=children)
    identity = by_id.get(finding.id)
    if identity is None:
        broken = [child for child in children if child.verdict is Verdict.UNMET]
        if broken and all(_MENDED in child.remarks for child in broken):
            return evolve(finding, suggestion=broken[0].suggestion, remarks=(*finding.remarks, _MENDED))
        return finding
    chosen = diagnosis.chosen
    mending = [one for one in diagnosis.best if any(witness.identity is identity for witness in one.mends)]
    located = location.chosen(identity.key)
    # A unit that mends this and breaks something else explains less than a figure that two identities ask for.
    agreed = chosen is not None and (located is None or located.figure.key == chosen.figure.key)
    if chosen is not None and agreed and chosen in mending:
        return evolve(finding, suggestion=_mend_words(chosen, identity, diagnosis), remarks=(*finding.remarks, _MENDED))
    gaining = [one for one in mending if one.rank > 0]
    if located is None and gaining:
        return evolve(finding, suggestion=_tie_words(gaining, diagnosis))
    words = explained([identity.key], location)
    return finding if words is None else evolve(finding, suggestion=words)


_MENDED = Label("按修改建议的读数，本项相符。", "under the suggested reading this is MET.")


def _printed(one: Rereading) -> str:
    span = one.figure.span
    return f"“{one.figure.label.zh} {span.text if span is not None else one.figure.amount}”"


def _mend_words(one: Rereading, identity: Identity, diagnosis: Diagnosis) -> Label:
    own = next(borne_out(witness) for witness in one.mends if witness.identity is identity)
    others = [witness for witness in one.mends if witness.identity is not identity]
    also_zh = "".join(f"；另据“{w.identity.label.zh}”：{borne_out(w).zh}" for w in others)
    also_en = "".join(f'; and on its own, "{w.identity.label.en}": {borne_out(w).en}' for w in others)
    only = len(diagnosis.candidates) == 1
    rank_zh = "仅此一种成立" if only else f"{len(diagnosis.candidates)} 种有所改善，此种印证最多"
    rank_en = (
        "it is the only one that mends anything"
        if only
        else f"{len(diagnosis.candidates)} of them mend something, this one the most"
    )
    if not others:
        # One sum alone cannot tell which of its figures is wrong, however well one reading fits.
        return Label(
            f"{_printed(one)}如读作 {one.reading}，则本项相符：{own.zh}。共试算 {diagnosis.tried} 种单位改读，{rank_zh}。"
            "没有其他数字可以印证，不作选择，请核实。",
            f"reading {_printed(one)} as {one.reading} makes this hold: {own.en}. "
            f"{diagnosis.tried} re-readings of a unit were tried; {rank_en}. "
            "No other figure bears it out, so it is not chosen. Please check.",
        )
    return Label(
        f"{_printed(one)}如读作 {one.reading}，则本项相符：{own.zh}{also_zh}。"
        f"共试算 {diagnosis.tried} 种单位改读，{rank_zh}。原值保留，请核实。",
        f"reading {_printed(one)} as {one.reading} makes this hold: {own.en}{also_en}. "
        f"{diagnosis.tried} re-readings of a unit were tried; {rank_en}. The printed figure is kept; please check it.",
    )


def _tie_words(tied: Sequence[Rereading], diagnosis: Diagnosis) -> Label:
    zh = "；".join(f"{_printed(one)}读作 {one.reading}" for one in tied)
    en = "; ".join(f"{_printed(one)} as {one.reading}" for one in tied)
    return Label(
        f"共试算 {diagnosis.tried} 种单位改读，{len(tied)} 种同样成立，不作选择：{zh}。请核实。",
        f"{diagnosis.tried} re-readings of a unit were tried and {len(tied)} mend it alike, so none is chosen: {en}. "
        "Please check.",
    )
