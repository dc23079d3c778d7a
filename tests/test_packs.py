"""Every shipped rule: its worked cases come out as stated, and it can be cited, printed and written to JSON."""

from __future__ import annotations

import pytest
from attrs import evolve

import perfeval as pe
from perfeval.citations import Citation
from perfeval.expressions import Aggregate, Quantified
from perfeval.packs import Pack
from perfeval.rules import Rule
from perfeval.scoping import children
from perfeval.standards import shelf
from perfeval.verdicts import Verdict


def can_be_without_application(rule: Rule) -> bool:
    """Say whether a rule binds only under a condition, or only where there are elements to speak of."""

    def empties(node: object) -> bool:
        if isinstance(node, Quantified):
            return True
        if isinstance(node, Aggregate) and node.kind.value in ("minimum", "maximum", "share"):
            return True
        return any(empties(child) for child in children(node))  # type: ignore[arg-type]

    return rule.when is not None or empties(rule.condition)


@pytest.mark.parametrize("name", shelf.NAMES)
def test_every_shipped_rule_keeps_its_word(name: str) -> None:
    """Each rule of a pack has its cases, comes out as stated, is cited, reads back from JSON and can be said."""
    pack = shelf.load(name)
    assert isinstance(pack, Pack)
    standard = pack.standard
    assert standard.name == name
    again = pe.standard_from_json(pe.standard_to_json(standard))
    assert again == standard
    for rule in standard.rules:
        cases = [case for case in pack.cases if case.rule == rule.name]
        wanted = {Verdict.MET, Verdict.UNMET, Verdict.UNKNOWN}
        if can_be_without_application(rule):
            wanted.add(Verdict.NOT_APPLICABLE)
        assert wanted <= {case.verdict for case in cases}, rule.name
        assert isinstance(rule.citation, Citation), rule.name
        assert rule.citation.title
        assert pe.cite(rule.citation, "zh")
        assert pe.cite(rule.citation, "en")
        mirrored = pe.rule_from_json(pe.rule_to_json(rule))
        assert mirrored == rule
        zh, en = pe.rule_sentence(rule, "zh"), pe.rule_sentence(rule, "en")
        assert zh.strip()
        assert en.strip()
        assert zh != en
    for result, mirrored_result in zip(pack.run(), evolve(pack, standard=again).run(), strict=True):
        case, finding = result.case, result.finding
        assert result.passed, result.problems
        assert mirrored_result.passed
        record = standard.read(case.facts, stage=case.stage)
        assert standard.verdicts(record, on=case.on)[case.rule] is case.verdict
        if case.verdict in (Verdict.UNKNOWN, Verdict.NOT_APPLICABLE):
            assert finding.reason is not None, case.rule
        for lang in ("zh", "en"):
            assert pe.finding_sentence(finding, lang).strip()  # type: ignore[arg-type]
    pack.check()


@pytest.mark.parametrize("name", shelf.NAMES)
def test_every_quoted_figure_stands_in_its_rule(name: str) -> None:
    """Each quoted sum of money stands in the sentence of the rule that it belongs to."""
    pack = shelf.load(name)
    for quote in (quote for quote in pack.quotes if quote.amount.unit.text.startswith("元")):
        number = f"{int(quote.amount.number_in(quote.amount.unit)):,}"
        sentence = pe.rule_sentence(pack.standard[quote.rule], "zh")
        assert number in sentence or number.replace(",", "") in sentence


def test_an_unknown_standard_names_the_nearest() -> None:
    """A misspelt standard is refused with the name that was meant."""
    with pytest.raises(pe.NotFoundError) as caught:
        shelf.load("yuxi_2023_6")
    assert caught.value.problems[0].nearest == "yuxi_2023_5"
