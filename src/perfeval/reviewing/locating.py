"""What a finding says of where its slip lies: the one figure at fault, or the slips that would explain it, unchosen.

Imports ``slips``, ``findings`` and above.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve

from perfeval.amounts import Amount
from perfeval.budgets import Witness
from perfeval.facts import Label
from perfeval.findings import Finding
from perfeval.slips import Location, Suspect
from perfeval.verdicts import Verdict

__all__ = ["borne_out", "explained", "with_locations"]

_LISTED = 3


def with_locations(finding: Finding, keys: Mapping[str, Sequence[str]], location: Location) -> Finding:
    """Say of each unmet finding that has identities where its slip lies, as far as they tell."""
    if finding.verdict is not Verdict.UNMET:
        return finding
    children = tuple(with_locations(child, keys, location) for child in finding.children)
    finding = evolve(finding, children=children)
    words = explained(keys.get(finding.id, ()), location)
    return finding if words is None else evolve(finding, suggestion=words)


def explained(keys: Sequence[str], location: Location) -> Label | None:
    """Return where the slip of some identities lies, or which common slips would explain them; None where nothing does."""
    failing = [key for key in keys if location.of(key)]
    chosen = [location.chosen(key) for key in failing]
    if chosen and chosen[0] is not None and all(one is chosen[0] for one in chosen):
        return _located_words(chosen[0])
    held = [location.held_to(key) for key in failing]
    if held and held[0] is not None and all(one is held[0] for one in held):
        return _held_words(held[0])
    tied = {id(one): one for key in failing for one in location.of(key) if len(one.mends) > 1}
    if 1 < len(tied) <= _LISTED:
        return _tied_words(list(tied.values()))
    suspects = {id(one): one for key in failing for one in location.of(key) if one.slip is not None}
    return _possible_words(list(suspects.values())) if 0 < len(suspects) <= _LISTED else None


def _printed(one: Suspect) -> str:
    span = one.figure.span
    return f"“{one.figure.label.zh} {span.text if span is not None else one.figure.amount}”"


def _located_words(one: Suspect) -> Label:
    told = list(dict.fromkeys(borne_out(witness) for witness in one.mends))[:_LISTED]
    mended_zh, mended_en = "；".join(label.zh for label in told), "; ".join(label.en for label in told)
    slip_zh, slip_en = ("", "") if one.slip is None else (f"（{one.slip.label.zh}）", f" ({one.slip.label.en})")
    return Label(
        f"其他数字相互印证，{_printed(one)}应为 {one.wanted}{slip_zh}：{mended_zh}。原值保留，请核实。",
        f"the other figures bear each other out: {_printed(one)} should be {one.wanted}{slip_en}: {mended_en}. "
        "The printed figure is kept; please check it.",
    )


def _held_words(one: Suspect) -> Label:
    off = one.wanted - one.figure.amount
    more = off.root > 0
    told = list(dict.fromkeys(borne_out(witness) for witness in one.mends))[:_LISTED]
    zh, en = "；".join(label.zh for label in told), "; ".join(label.en for label in told)
    size = Amount.from_root(abs(off.root), one.figure.amount.unit)
    return Label(
        f"其他数字相互印证为 {one.wanted}，比{_printed(one)}{'多' if more else '少'} {size}：{zh}。"
        "批复金额以批复文件为准，请说明原因，或按批复调整其他数字。",
        f"the other figures agree on {one.wanted}, {size} {'more' if more else 'less'} than {_printed(one)}: {en}. "
        "What was approved stands; give the reason, or fit the other figures to it.",
    )


def borne_out(witness: Witness) -> Label:
    """Say by which other figures a reading holds: the sum that they make, or the one figure by its name."""
    others = [figure for figure in witness.identity.figures if figure.key != witness.key]
    if len(others) != 1 or len(witness.identity.figures) != _TWO:
        return Label(witness.solution, witness.solution)
    [own] = [figure for figure in witness.identity.figures if figure.key == witness.key]
    [other] = others
    shown = other.span.text if other.span is not None else str(other.amount)
    if other.label == own.label:
        return Label(f"与另一处的 {shown} 一致", f"as {shown} in the other place says")
    return Label(f"与{other.label.zh} {shown} 一致", f"as {other.label.en} {shown} says")


_TWO = 2


def _tied_words(suspects: Sequence[Suspect]) -> Label:
    zh = "；".join(f"{_printed(one)}如为 {one.wanted}" for one in suspects)
    en = "; ".join(f"{_printed(one)} as {one.wanted}" for one in suspects)
    return Label(
        f"以下各改一处，均可使 {len(suspects[0].mends)} 项核对相符，不作选择：{zh}。请核实。",
        f"each of these alone makes {len(suspects[0].mends)} checks hold, so none is chosen: {en}. Please check.",
    )


def _possible_words(suspects: Sequence[Suspect]) -> Label:
    zh = "；".join(f"{_printed(one)}如为 {one.wanted}（{_slip(one).zh}）" for one in suspects)
    en = "; ".join(f"{_printed(one)} as {one.wanted} ({_slip(one).en})" for one in suspects)
    return Label(
        f"常见笔误中可解释差额的：{zh}。没有其他数字可以印证，不作选择，请核实。",
        f"common slips that would explain it: {en}. No other figure bears one of them out, so none is chosen. "
        "Please check.",
    )


def _slip(one: Suspect) -> Label:
    return one.slip.label if one.slip is not None else Label("", "")
