"""From a text or a project to a review: reading, the shipped standards that it cites, and judging put together.

The budget's arithmetic and the form of the text are always judged, and so is what the text itself states; a
shipped standard where the text cites it or facts are given for it. Money for training is held against its courses
as a note. Imports everything but ``display``.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import final

from attrs import evolve, frozen

from perfeval.amounts import Amount
from perfeval.budgets import Diagnosis, Identity, Rereading, diagnose
from perfeval.documents import decode, read_text
from perfeval.documents.project import Comparator, Line, Project, QuotedStandard, Training
from perfeval.documents.quantities import SOURCE
from perfeval.documents.topics import Likeness, likeness
from perfeval.errors import FactsError, InputError, NotFoundError, Problem, excerpt
from perfeval.expressions import equal
from perfeval.facts import Given, Label, Stage
from perfeval.findings import Finding, Remark, Review
from perfeval.judging import judge_rule
from perfeval.matching import (
    Facts,
    Group,
    budget_facts,
    fitting,
    form_facts,
    groups_of,
    heads_printed,
    identities_of,
    task_topics,
    training_facts,
    training_lines,
    untasked_topics,
    whole,
)
from perfeval.packs import Pack, Quote
from perfeval.rules import Rule, Severity, check_day
from perfeval.standard import Standard
from perfeval.standards import money_against_task, training_fees
from perfeval.standards.shelf import NAMES, cited, load
from perfeval.standards.stated_targets import standard_for
from perfeval.subjects import Record, blank, measure, read, subject, text
from perfeval.units import Unit
from perfeval.verdicts import Verdict, all_of
from perfeval.wording import cite, dates_words

__all__ = ["review"]

_JUDGED_HERE = ("budget_consistency", "project_text", "stated_targets")
_MONEY = money_against_task.STANDARD.name


def review(
    text_or_project: str | bytes | Project,
    *,
    on: datetime.date | None = None,
    facts: Mapping[str, object] | None = None,
) -> Review:
    r"""Read a project text, judge it against what it cites, and return the review.

    ``on`` is the day to judge on; without it, the first day of the text's budget year, and the review says so.
    ``facts`` adds what the text lacks: for a standard's name, the facts of its subject or a list of them. Those of
    ``money_against_task`` that name no ``money`` of their own add to what the text states of its trainings.
    Raises ``DocumentError`` where the text cannot be read at all, ``FactsError`` with every problem of ``facts``.

    >>> import perfeval as pe
    >>> said = "一、项目名称\n道路养护。\n六、资金安排情况\n2026年申请预算资金3万元，其中：材料费2万元、人工费1.5万元。"
    >>> pe.review(said)["lines_equal_total"].shortfall
    Amount.parse('5,000 元')
    """
    project = _project(text_or_project)
    assumed = on is None
    day = check_day(_first_day(project) if on is None else on)
    given = {} if facts is None else facts
    records = _given_records(given)
    groups = groups_of(project)
    identities = identities_of(project, groups)
    diagnosis = diagnose(identities)
    findings: list[Finding] = []
    findings += _budget_findings(project, groups, day, identities, diagnosis)
    findings += _form_findings(project, day, diagnosis)
    packs = cited([*(basis.number or "" for basis in project.basis), *(_plain(basis.title) for basis in project.basis)])
    for name in NAMES:
        pack = load(name)
        if name not in (*_JUDGED_HERE, _MONEY) and (pack in packs or name in records):
            findings += _standard_findings(pack, records.get(name), day)
    findings += [finding for pack in packs if (finding := _quoted_finding(pack, project, day)) is not None]
    findings += _stated_findings(project, packs, day, diagnosis, given.get("stated_targets"))
    findings += _money_findings(project, day, diagnosis, records.get(_MONEY), given.get(_MONEY))
    name = project.name or SOURCE
    return Review(
        title=Label(name, name),
        on=day,
        on_assumed=assumed,
        findings=tuple(findings),
        remarks=tuple(_remarks(project)),
        diagnosis=diagnosis,
    )


def _project(given: str | bytes | Project) -> Project:
    if isinstance(given, Project):
        return given
    if isinstance(given, bytes):
        return read_text(decode(given))
    if isinstance(given, str):
        return read_text(given)
    raise InputError.of("review", came=excerpt(given), needed="the text of a project, its bytes, or a Project")


def _first_day(project: Project) -> datetime.date:
    if project.year is None:
        raise InputError.of(
            "on", came="a text that names no budget year", needed="the day to judge on, such as on=date(2026, 1, 1)"
        )
    return datetime.date(project.year.number, 1, 1)


def _plain(title: str | None) -> str:
    return (title or "").replace("(", "（").replace(")", "）").replace(" ", "")


# --- given facts -----------------------------------------------------------------------------------------


def _given_records(facts: Mapping[str, object]) -> dict[str, tuple[Record, ...]]:
    """Read what was given for each standard; raise one ``FactsError`` with the problems of all."""
    if not isinstance(facts, Mapping):
        raise FactsError.of("facts", came=excerpt(facts), needed="an object of standards' names, each with its facts")
    problems: list[Problem] = []
    records: dict[str, tuple[Record, ...]] = {}
    for name, data in facts.items():
        if name == "stated_targets":
            # These add to what the text itself states, and are read together with it.
            continue
        if name in _JUDGED_HERE:
            problems.append(Problem(f"facts.{name}", came="facts", needed="none: it is judged by what the text says"))
            continue
        try:
            standard = load(name).standard
        except NotFoundError as error:
            problems += [evolve(problem, where="facts") for problem in error.problems]
            continue
        listed: list[tuple[int | None, object]] = [(None, data)]
        if isinstance(data, Sequence) and not isinstance(data, str | bytes):
            listed = list(enumerate(data))
        found = []
        for index, item in listed:
            path = name if index is None else f"{name}[{index}]"
            try:
                found.append(read(standard.subject, item, path=path, source="补充资料"))
            except FactsError as error:
                problems += error.problems
        records[name] = tuple(found)
    if problems:
        raise FactsError(*problems)
    return records


def _standard_findings(pack: Pack, records: tuple[Record, ...] | None, day: datetime.date) -> list[Finding]:
    standard = pack.standard
    if records is None:
        unknown = f"{standard.name}[*]" if pack.binds_many else standard.name
        return list(standard.findings(blank(standard.subject, unknown), on=day))
    if len(records) == 1 and not pack.binds_many:
        return list(standard.findings(records[0], on=day))
    return [_over_all(standard, rule, records, day) for rule in standard.rules_on(day)]


def _over_all(standard: Standard, rule: Rule, records: tuple[Record, ...], day: datetime.date) -> Finding:
    """Return one finding of a rule over many subjects, with a child for each."""
    children = tuple(
        evolve(
            judge_rule(rule, record, on=day, in_force=standard.in_force, prefix=f"{standard.name}/{index}/"),
            about=record.path,
            label=record.title,
        )
        for index, record in enumerate(records)
    )
    return Finding(
        id=f"{standard.name}/{rule.name}",
        rule=rule.name,
        label=rule.title,
        verdict=all_of(child.verdict for child in children),
        severity=rule.severity,
        missing=tuple(lack for child in children if child.verdict is Verdict.UNKNOWN for lack in child.missing),
        citation=rule.citation,
        in_force=rule.in_force or standard.in_force,
        sources=tuple(dict.fromkeys(source for child in children for source in child.sources)),
        children=children,
    )


# --- the text's own arithmetic and form ------------------------------------------------------------------


def _budget_findings(
    project: Project,
    groups: Sequence[Group],
    day: datetime.date,
    identities: Sequence[Identity],
    diagnosis: Diagnosis,
) -> list[Finding]:
    standard = load("budget_consistency").standard
    record = standard.read(budget_facts(project, groups), stage=Stage.PLANNED, source=SOURCE)
    inferred = {
        f"budget_consistency/schedule_groups_equal_lines/{index}": _inferred_words(names)
        for index, group in enumerate(groups)
        if (names := [line.name for line, how in group.lines if how is Likeness.TOPIC])
    }
    by_id = {f"budget_consistency/{identity.key}": identity for identity in identities}
    return [
        _with_mends(_remarked(finding, inferred), by_id, diagnosis) for finding in standard.findings(record, on=day)
    ]


def _inferred_words(names: Sequence[str]) -> Label:
    listed = "、".join(f"“{name}”" for name in names)
    return Label(
        f"与{listed}的对应是按主题推断的，文本未直接写明。",
        f"the match with {listed} was inferred from its topic; the text does not name it.",
    )


def _remarked(finding: Finding, remarks: Mapping[str, Label]) -> Finding:
    """Add to a finding, and to all below it, the remark that its id has."""
    children = tuple(_remarked(child, remarks) for child in finding.children)
    note = remarks.get(finding.id)
    return evolve(finding, children=children, remarks=(*finding.remarks, note) if note else finding.remarks)


def _with_mends(finding: Finding, by_id: Mapping[str, Identity], diagnosis: Diagnosis) -> Finding:
    """Say of an unmet identity, and of a whole all of whose unmet parts have one, what would mend it."""
    if finding.verdict is not Verdict.UNMET:
        return finding
    children = tuple(_with_mends(child, by_id, diagnosis) for child in finding.children)
    finding = evolve(finding, children=children)
    identity = by_id.get(finding.id)
    if identity is None:
        broken = [child for child in children if child.verdict is Verdict.UNMET]
        if broken and all(_MENDED in child.remarks for child in broken):
            return evolve(finding, suggestion=broken[0].suggestion, remarks=(*finding.remarks, _MENDED))
        return finding
    chosen = diagnosis.chosen
    mending = [one for one in diagnosis.best if any(witness.identity is identity for witness in one.mends)]
    if chosen is not None and chosen in mending:
        return evolve(finding, suggestion=_mend_words(chosen, identity, diagnosis), remarks=(*finding.remarks, _MENDED))
    return evolve(finding, suggestion=_tie_words(mending, diagnosis)) if mending else finding


_MENDED = Label("按修改建议的读数，本项相符。", "under the suggested reading this is MET.")


def _printed(one: Rereading) -> str:
    span = one.figure.span
    return f"“{one.figure.label.zh} {span.text if span is not None else one.figure.amount}”"


def _mend_words(one: Rereading, identity: Identity, diagnosis: Diagnosis) -> Label:
    own = next(witness.solution for witness in one.mends if witness.identity is identity)
    others = [witness for witness in one.mends if witness.identity is not identity]
    also_zh = "".join(f"；另据“{w.identity.label.zh}”：{w.solution}" for w in others)
    also_en = "".join(f'; and on its own, "{w.identity.label.en}": {w.solution}' for w in others)
    only = len(diagnosis.candidates) == 1
    rank_zh = "仅此一种成立" if only else f"{len(diagnosis.candidates)} 种有所改善，此种印证最多"
    rank_en = (
        "it is the only one that mends anything"
        if only
        else f"{len(diagnosis.candidates)} of them mend something, this one the most"
    )
    return Label(
        f"{_printed(one)}如读作 {one.reading}，则本项相符：{own}{also_zh}。"
        f"共试算 {diagnosis.tried} 种单位改读，{rank_zh}。原值保留，请核实。",
        f"reading {_printed(one)} as {one.reading} makes this hold: {own}{also_en}. "
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


def _form_findings(project: Project, day: datetime.date, diagnosis: Diagnosis) -> list[Finding]:
    standard = load("project_text").standard
    record = standard.read(form_facts(project), source=SOURCE)
    amounts = _amounts_as_suggested(project, diagnosis)
    total = sum((amount.root for amount in amounts if amount is not None), Fraction(0))
    remarks: dict[str, Label] = {}
    for index, amount in enumerate(amounts):
        if amount is not None and total > 0:
            share = Amount.from_root(amount.root / total, Unit.ratio())
            shown = share.round("0.1%", "half_up")
            under = diagnosis.chosen is not None
            remarks[f"project_text/tasks_and_money/lines_have_task/{index}"] = Label(
                f"占明细合计的 {shown}{'（按修改建议的读数）' if under else ''}；实施内容中没有对应任务。",
                f"{shown} of the lines{' (under the suggested reading)' if under else ''}; no task of section five is about it.",
            )
    tasked = task_topics(project)
    for index, use in enumerate(project.uses):
        topics = untasked_topics(use, tasked)
        if topics:
            remarks[f"project_text/tasks_and_money/uses_have_task/{index}"] = Label(
                f"实施内容中没有关于{'、'.join(topic.label.zh for topic in topics)}的任务。",
                f"no task of section five is about {', '.join(topic.label.en for topic in topics)}.",
            )
    findings = standard.findings(record, on=day)
    unmet = {one.id for top in findings for one in top.walk() if one.verdict is Verdict.UNMET}
    telling = {identity: remark for identity, remark in remarks.items() if identity in unmet}
    return [_remarked(finding, telling) for finding in findings]


def _amounts_as_suggested(project: Project, diagnosis: Diagnosis) -> list[Amount | None]:
    """Return the amount of each line, the one that a suggestion re-reads as it suggests."""
    chosen = diagnosis.chosen
    amounts = []
    for index, line in enumerate(project.lines):
        amount = (
            line.amount.value if isinstance(line.amount.value, Amount) and line.amount.value.unit.is_money else None
        )
        if chosen is not None and chosen.figure.key == f"line[{index}]":
            amount = chosen.reading
        amounts.append(amount)
    return amounts


# --- what the text quotes and states ---------------------------------------------------------------------


@final
@frozen
class _Said:
    """A figure that the text quotes: whom it binds, for what, and how much."""

    binds: str
    purpose: str
    amount: Given


def _said_figures(project: Project) -> Iterator[_Said]:
    for quoted in project.quoted:
        yield _Said(quoted.binds, quoted.purpose or "", quoted.amount)
    for training in project.trainings:
        binds = training.trainees or training.name
        for purpose, given in (
            ("学时", training.class_hours),
            ("天数", training.days),
            ("期数", training.courses),
            ("覆盖率", None if training.coverage is None else training.coverage.share),
        ):
            if given is not None:
                yield _Said(binds, purpose, given)


def _matches(quote: Quote, said: _Said) -> bool:
    return (
        quote.binds in said.binds
        and (quote.purpose in said.purpose or said.purpose in quote.purpose)
        and bool(said.purpose)
    )


def _quoted_finding(pack: Pack, project: Project, day: datetime.date) -> Finding | None:
    """Compare the figures that the text quotes from a shipped standard with those that were read before."""
    name = pack.standard.name
    children: list[Finding] = []
    for said in _said_figures(project):
        quote = next((quote for quote in pack.quotes if _matches(quote, said)), None)
        if quote is None or _plain_dimension(said.amount) != _plain_dimension(quote.amount):
            continue
        children.append(_figure_finding(pack, quote, said, day, f"{name}/as_quoted/{len(children)}/"))
    if not children:
        return None
    return Finding(
        id=f"{name}/as_quoted",
        rule="as_quoted",
        label=Label(
            f"所引数字与“{pack.standard.title.zh}”一致", f'figures quoted from "{pack.standard.title.en}" agree with it'
        ),
        verdict=all_of(child.verdict for child in children),
        severity=Severity.DOUBT,
        citation=pack.standard.citation,
        in_force=pack.standard.in_force,
        stage=Stage.PLANNED,
        spans=tuple(span for child in children for span in child.spans),
        sources=(SOURCE,),
        children=tuple(children),
    )


def _plain_dimension(amount: Amount | Given) -> tuple[tuple[str, int], ...]:
    """Return a dimension without what is counted apart: 元/人[党组织书记]/月 and 元/人[书记]/月 speak of one rate."""
    value = amount.value if isinstance(amount, Given) else amount
    if not isinstance(value, Amount):
        return (("", 0),)
    return tuple((base.split("[")[0], power) for base, power in value.dimension)


def _figure_finding(pack: Pack, quote: Quote, said: _Said, day: datetime.date, prefix: str) -> Finding:
    label = Label(f"{quote.binds}{quote.purpose}", f"{quote.purpose} of {quote.binds}")

    @subject(zh="所引数字", en="quoted figure")
    class QuotedFigure:
        name = text(zh="对象", en="whom it binds")
        stated = measure(quote.amount.unit, zh=f"{label.zh}（文本）", en=f"{label.en} (text)")

    rule = Rule(
        "figure",
        equal(QuotedFigure.stated, quote.amount),
        label=label,
        citation=pack.standard[quote.rule].citation,
        severity=Severity.DOUBT,
        remedy=Label("核对所引标准原文。", "Check the figure against the standard itself."),
    )
    value = said.amount.value
    assert isinstance(value, Amount)  # noqa: S101 - its dimension was compared before
    stated = evolve(said.amount, value=Amount.from_root(value.root, quote.amount.unit))
    record = read(QuotedFigure, {"stated": stated})
    return judge_rule(rule, record, on=day, in_force=pack.standard.in_force, prefix=prefix)


def _stated_findings(
    project: Project,
    packs: Sequence[Pack],
    day: datetime.date,
    diagnosis: Diagnosis,
    given: object,
) -> list[Finding]:
    """Judge what the text itself states and no shipped standard covers; nothing where it states nothing."""
    standard = standard_for(project.year.number if project.year is not None else day.year)
    covered = [quote for pack in packs for quote in pack.quotes]
    rates = [rate for quoted in project.quoted if (rate := _rate_facts(quoted, covered)) is not None]
    programmes = [said for training in project.trainings if (said := _programme_facts(training, covered)) is not None]
    pools = list(_pools(project, diagnosis))
    stated_facts: dict[str, list[Facts]] = {"rates": rates, "programmes": programmes, "pools": pools}
    facts = stated_facts if given is None else _added(stated_facts, given)
    record = standard.read(facts, stage=Stage.PLANNED, source=SOURCE, path="stated_targets")
    notes = {}
    for index, pool in enumerate(pools):
        rule = "money_within_ceiling" if pool["bound"] == "ceiling" else "money_for_people"
        notes[f"stated_targets/{rule}/{index}"] = _capacity(pool)
    findings = standard.findings(record, on=day)
    stated = {
        "quoted_floors": bool(rates),
        "quoted_ceilings": bool(rates),
        "money_for_people": bool(pools),
        "money_within_ceiling": bool(pools),
    }
    return [
        _remarked(finding, notes)
        for finding in findings
        if stated.get(finding.rule, bool(programmes)) and finding.verdict is not Verdict.NOT_APPLICABLE
    ]


def _added(said: Mapping[str, list[Facts]], given: object, where: str = "stated_targets") -> Facts:
    """Add given facts to what the text states, item by item in the order in which the text states them."""
    if not isinstance(given, Mapping):
        raise FactsError.of(where, came=excerpt(given), needed=f"an object with {', '.join(said)}")
    merged: Facts = {**said, **given}
    for key, listed in said.items():
        added = given.get(key)
        if isinstance(added, list) and len(added) <= len(listed) and all(isinstance(one, Mapping) for one in added):
            merged[key] = [{**item, **more} for item, more in zip(listed, added, strict=False)] + listed[len(added) :]
        elif key in given:
            raise FactsError.of(
                f"{where}.{key}",
                came=excerpt(added),
                needed=f"a list of at most {len(listed)} objects, in the order in which the text states them",
            )
    return merged


def _yearly_rate(given: Given, unit: str) -> Given | None:
    """Return a rate for each thing or person and period as a rate of the year's budget; None for any other."""
    value = given.value
    if not isinstance(value, Amount):
        return None
    bases = dict(value.dimension)
    counts = [base for base, power in bases.items() if base.startswith("count_") and power == -1]
    money = any(base == "currency_CNY" and power == 1 for base, power in bases.items())
    if not money or len(counts) != 1 or bases.get("time_month", 0) != -1 or len(bases) != 3:
        return None
    target = Unit.parse(unit)
    # The root of 元/人/月 is fen per person and month; a rate for the year's budget is twelve times it.
    root = value.root if dict(target.dimension).get("time_month") == -1 else value.root * 12
    return evolve(given, value=Amount.from_root(root, target))


_BOUNDS = {
    Comparator.GE: "floor",
    Comparator.GT: "floor",
    Comparator.EQ: "fixed",
    Comparator.LE: "ceiling",
    Comparator.LT: "ceiling",
}


def _rate_facts(quoted: QuotedStandard, covered: Sequence[Quote]) -> Facts | None:
    said = _Said(quoted.binds, quoted.purpose or "", quoted.amount)
    if any(_matches(quote, said) for quote in covered):
        return None
    rate = _yearly_rate(quoted.amount, "元/个[对象]/年")
    bound = _BOUNDS.get(quoted.comparator)
    if rate is None or bound not in ("floor", "ceiling"):
        return None
    binds = f"{quoted.binds}{quoted.purpose or ''}"
    return {"binds": binds, "bound": bound, "rate": rate}


def _programme_facts(training: Training, covered: Sequence[Quote]) -> Facts | None:
    binds = training.trainees or training.name
    if any(quote.binds in binds and quote.amount.dimension in (Unit.parse("学时").dimension, ()) for quote in covered):
        return None
    coverage = None if training.coverage is None else training.coverage.share
    share, courses, hours = (
        fitting(coverage, "%"),
        whole(training.courses, "期"),
        fitting(training.class_hours, "学时"),
    )
    if share is None and courses is None and hours is None:
        return None
    return {
        "name": training.name,
        "sets_coverage": share is not None,
        "coverage_target": share,
        "sets_courses": courses is not None,
        "courses_target": courses,
        "sets_hours": hours is not None,
        "hours_target": hours,
    }


def _pools(project: Project, diagnosis: Diagnosis) -> Iterator[Facts]:
    """Pair each quoted rate for a person with the line that pays it, by their words.

    The head-count from which the line prints its amount is taken; any other is to be asked for.
    """
    amounts = _amounts_as_suggested(project, diagnosis)
    for quoted in project.quoted:
        rate = _yearly_rate(quoted.amount, "元/人")
        person = any(base.startswith("count_person") for base, _ in quoted.amount.value.dimension) if rate else False  # type: ignore[union-attr]
        if rate is None or not person or quoted.purpose is None or quoted.comparator not in _BOUNDS:
            continue
        for line, amount in zip(project.lines, amounts, strict=True):
            if amount is not None and likeness(line.name, quoted.purpose) is Likeness.WORDS:
                yield {
                    "line": Given(value=line.name, stage=Stage.PLANNED, source=SOURCE),
                    "bound": _BOUNDS[quoted.comparator],
                    "money": evolve(line.amount, value=amount),
                    "rate": rate,
                    "people": heads_printed(line) if line.amount.value == amount else None,
                }


def _capacity(pool: Facts) -> Label:
    """Say for how many people a line is enough: at most so many at its rate, at least so many under a ceiling."""
    money, rate = (given.value if isinstance(given := pool[key], Given) else None for key in ("money", "rate"))
    assert isinstance(money, Amount) and isinstance(rate, Amount)  # noqa: S101, PT018 - as _pools made them
    if rate.root <= 0:
        return Label("每人标准为零。", "the rate for each person is zero.")
    people = money.root / rate.root // 1
    if pool["bound"] == "ceiling":
        return Label(
            f"{money}按每年最多 {rate} 计，至少够 {people:,} 人。",
            f"{money} at no more than {rate} a year is enough for at least {people:,} people.",
        )
    return Label(
        f"{money}按每年 {rate} 计，最多够 {people:,} 人。",
        f"{money} at {rate} a year is enough for at most {people:,} people.",
    )


# --- money against task ----------------------------------------------------------------------------------


def _money_findings(
    project: Project,
    day: datetime.date,
    diagnosis: Diagnosis,
    records: tuple[Record, ...] | None,
    given: object,
) -> list[Finding]:
    """Compare money with the people and days of its trainings: by what was given, else by what the text states."""
    completes = isinstance(given, Mapping) and "money" not in given
    stated = _stated_training(project, day, diagnosis) if records is None or completes else None
    if stated is not None:
        return [_training_note(project, stated, given if completes else {})]
    if records is None:
        return []
    found = [_given_money(record, day) for record in records]
    if len(found) == 1:
        return found
    children = tuple(
        evolve(one, id=f"{_MONEY}/{index}/{one.rule}", about=record.path, label=record.title)
        for index, (one, record) in enumerate(zip(found, records, strict=True))
    )
    # Where a quota binds some, those alone decide; where it binds none, all of them together are a note.
    weighed = [child for child in children if child.counts] or children
    rule = money_against_task.STANDARD["person_days"]
    return [
        Finding(
            id=f"{_MONEY}/{rule.name}",
            rule=rule.name,
            label=rule.title,
            verdict=all_of(child.verdict for child in weighed),
            severity=weighed[0].severity if weighed else Severity.NOTE,
            missing=tuple(lack for child in children if child.verdict is Verdict.UNKNOWN for lack in child.missing),
            citation=rule.citation,
            in_force=money_against_task.STANDARD.in_force,
            sources=tuple(dict.fromkeys(source for child in children for source in child.sources)),
            children=children,
        )
    ]


def _given_money(record: Record, day: datetime.date) -> Finding:
    finding = money_against_task.against_task(record, on=day)
    missing = tuple(evolve(lack, path=f"{record.path}.{lack.path}") for lack in finding.missing)
    return evolve(finding, missing=missing)


@final
@frozen
class _StatedTraining:
    """What the text states of money for training, and by which quota, of which day, it is measured."""

    lines: tuple[int, ...]
    facts: Facts
    version: training_fees.VersionFigures
    day: datetime.date


def _stated_training(project: Project, day: datetime.date, diagnosis: Diagnosis) -> _StatedTraining | None:
    """Return the training of the text; None where it has none, or nothing can be said of its money.

    A line whose unit may be wrong bears no reckoning, and days beyond those that the full quota covers cost less.
    """
    lines = training_lines(project)
    best = diagnosis.best if diagnosis.chosen is None else (diagnosis.chosen,)
    doubted = {one.figure.key for one in best}
    facts = None if any(f"line[{index}]" in doubted for index in lines) else training_facts(project, lines)
    version = next((one for one in training_fees.SAMPLE.versions if one.in_force.covers(day)), None)
    if facts is None or version is None:
        return None
    longest = [given.value for training in project.trainings if (given := fitting(training.days, "天")) is not None]
    full = version.steps[0].after.amount if version.steps else None
    if full is not None and any(not isinstance(days, Amount) or days > full for days in longest):
        return None
    return _StatedTraining(lines, facts, version, day)


def _training_note(project: Project, stated: _StatedTraining, given: object) -> Finding:
    quota = stated.version.third_class.total
    source = quota.citation.short()
    facts: Facts = {
        **stated.facts,
        "quota": Given(value=quota.amount, stage=Stage.PLANNED, source=source),
        "quota_binds": Given(value=False, stage=Stage.PLANNED, source=source),
    }
    tasks = facts["tasks"]
    assert isinstance(tasks, list)  # noqa: S101 - as training_facts made it
    assert isinstance(given, Mapping)  # noqa: S101 - as _money_findings saw it
    record = money_against_task.STANDARD.read(
        {**facts, **_added({"tasks": tasks}, given, _MONEY)}, stage=Stage.PLANNED, source="补充资料", path=_MONEY
    )
    finding = _given_money(record, stated.day)
    paying = [project.lines[index] for index in stated.lines]
    remarks = [_paying_words(paying)]
    if "quota" not in given:
        remarks.append(_quota_words(stated.version))
    spans = [line.amount.span for line in paying if line.amount.span is not None]
    return evolve(
        finding,
        remarks=(*finding.remarks, *remarks),
        spans=tuple(dict.fromkeys((*spans, *finding.spans))),
    )


_LISTED = 6


def _paying_words(lines: Sequence[Line]) -> Label:
    listed = "、".join(f"“{line.name}”{line.amount.value}" for line in lines[:_LISTED])
    more_zh, more_en = (
        (f"等 {len(lines)} 项", f" and others, {len(lines)} in all") if len(lines) > _LISTED else ("", "")
    )
    return Label(
        f"培训由{listed}{more_zh}支付，是按主题推断的。",
        f"that {listed}{more_en} pays for the trainings was inferred from its topic.",
    )


def _quota_words(version: training_fees.VersionFigures) -> Label:
    quota = version.third_class.total
    dates = version.in_force
    title = quota.citation.titled()
    # Words for a document that was not read say themselves which version they mean.
    said_zh, said_en = ("", "") if quota.citation.described else (version.title.zh, f", {version.title.en}")
    return Label(
        f"定额取自{title}{said_zh}三类培训（样例数字，{dates_words(dates)}）：{cite(quota.citation)}。"
        "该办法约束中央和国家机关。",
        f"the quota is that of a third-class training in {title}{said_en} (a sample figure, "
        f"{dates_words(dates, 'en')}): {cite(quota.citation, 'en')}. It binds central organs.",
    )


# --- what the reader saw ---------------------------------------------------------------------------------


def _remarks(project: Project) -> Iterator[Remark]:
    for basis in project.basis:
        name = basis.number or basis.title or basis.span.text
        if basis.numbered:
            yield Remark(
                kind="basis", label=Label(f"识别依据文件 {name}", f"basis recognised: {name}"), span=basis.span
            )
        else:
            yield Remark(
                kind="basis",
                label=Label(f"识别依据“{name}”（无文号）", f"basis recognised: {name} (no number)"),
                span=basis.span,
            )
    for note in project.notes:
        yield Remark(
            kind="residue",
            label=Label(f"文档残留标记 {note.text}，已忽略", f"residue of the file, passed over: {note.text}"),
            span=note.span,
        )
    for training in project.trainings:
        if training.courses is not None and whole(training.courses, "期") is None:
            yield Remark(
                kind="not_judged",
                label=Label(
                    f"“{training.name}”的次数不以期计，未与期数比较：{training.courses.value}",
                    f"{training.name} is not counted in 期 and was not judged as courses: {training.courses.value}",
                ),
                span=training.courses.span,
            )
    for unread in project.unread:
        yield Remark(
            kind="unread",
            label=Label(
                f"未能归类：“{unread.text}”（{unread.why.zh}）", f"not understood: {unread.text} ({unread.why.en})"
            ),
            span=unread.span,
        )
