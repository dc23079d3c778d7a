"""Unit slips in budget arithmetic: one planted slip is found, a tie chooses none, no figure is ever changed."""

from __future__ import annotations

import copy
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval.amounts import Amount
from perfeval.budgets import READINGS, Figure, Identity, diagnose
from perfeval.errors import RuleError, UnitMismatch
from perfeval.facts import Label


def figure(key: str, text: str) -> Figure:
    """Return a figure as printed."""
    return Figure(key=key, label=Label(key, key), amount=Amount.parse(text))


def identity(key: str, left: list[Figure], right: list[Figure]) -> Identity:
    """Return an identity between two groups of figures."""
    return Identity(key=key, label=Label(key, key), left=tuple(left), right=tuple(right))


def of(number: int, key: str) -> Figure:
    """Return a figure of so many 元."""
    return figure(key, f"{number} 元")


@settings(max_examples=60)
@given(
    st.integers(1, 10**6),
    st.sampled_from([unit for unit in READINGS if unit != "元"]),
    st.lists(st.integers(1, 10**6), min_size=1, max_size=6),
    st.lists(st.integers(1, 10**6), min_size=1, max_size=6),
    st.randoms(use_true_random=False),
)
def test_a_planted_slip_with_two_witnesses_is_found_and_chosen(
    number: int, slip: str, lines: list[int], parts: list[int], random: Any
) -> None:
    """One figure, printed in a wrong unit and named by two identities, is the one re-reading that mends both."""
    slipped = figure("meetings", f"{number} {slip}")
    one = identity(
        "lines",
        [slipped, *(of(line, f"line{index}") for index, line in enumerate(lines))],
        [of(number + sum(lines), "total")],
    )
    other = identity(
        "schedule",
        [of(part, f"part{index}") for index, part in enumerate(parts)] + [slipped],
        [of(number + sum(parts), "approved")],
    )
    clean = identity("clean", [of(5, "a")], [of(5, "b")])
    listed = [one, other, clean]
    random.shuffle(listed)
    printed = copy.deepcopy(listed)
    diagnosis = diagnose(listed)
    assert diagnosis.chosen is not None
    assert diagnosis.chosen.figure.key == "meetings"
    assert diagnosis.chosen.reading == Amount.of(number, "元")
    assert {witness.identity.key for witness in diagnosis.chosen.mends} == {"lines", "schedule"}
    assert diagnosis.chosen.breaks == ()
    assert {broken.key for broken in diagnosis.failing} == {"lines", "schedule"}
    assert listed == printed
    assert slipped.amount.unit.text == slip


@settings(max_examples=40)
@given(st.integers(1, 10**6), st.sampled_from([unit for unit in READINGS if unit != "元"]))
def test_two_terms_alone_have_two_mends(number: int, slip: str) -> None:
    """Two figures that should be equal and differ by their unit alone: either may be wrong, so none is chosen."""
    diagnosis = diagnose([identity("approval", [of(number, "request")], [figure("approval", f"{number} {slip}")])])
    assert {one.figure.key for one in diagnosis.candidates} == {"request", "approval"}
    assert diagnosis.chosen is None
    assert len(diagnosis.best) == 2


@settings(max_examples=60)
@given(st.lists(st.integers(0, 10**8), min_size=1, max_size=8))
def test_what_holds_needs_no_mending(numbers: list[int]) -> None:
    """Where every identity holds there is nothing failing and nothing to choose."""
    diagnosis = diagnose([identity("lines", [of(n, f"l{i}") for i, n in enumerate(numbers)], [of(sum(numbers), "t")])])
    assert (diagnosis.failing, diagnosis.candidates, diagnosis.chosen) == ((), (), None)


def test_the_published_slip_by_hand() -> None:
    """25,000 + 10,000 + 15,000.00万 against 50,000 元: read as 元 the meetings mend lines and schedule alike."""
    total = figure("total", "50000 元")
    training, office = figure("training", "25000 元"), figure("office", "10000 元")
    meetings = figure("meetings", "15000.00 万元")
    lines = identity("lines", [training, office, meetings], [total])
    half, rest = figure("half", "25000 元"), figure("rest", "25000 元")
    schedule = identity("schedule", [half, rest], [total])
    group = identity("group", [half], [office, meetings])
    assert str(lines.difference) == "149,985,000 元"
    found = diagnose([lines, schedule, group])
    assert found.chosen is not None
    assert found.chosen.figure == meetings
    assert found.chosen.reading == Amount.parse("15000 元")
    solutions = {witness.identity.key: witness.solution for witness in found.chosen.mends}
    assert solutions == {
        "lines": "50,000 元 − 25,000 元 − 10,000 元 = 15,000 元",
        "group": "25,000 元 − 10,000 元 = 15,000 元",
    }
    # Five figures of the failing identities, each in the six other units of the seven.
    assert found.tried == 5 * (len(READINGS) - 1)


def test_a_mend_that_breaks_as_much_is_not_chosen() -> None:
    """A re-reading that mends one identity and breaks another gains nothing."""
    shared = figure("shared", "5 元")
    broken = identity("broken", [shared, of(1, "small")], [figure("wanted", "50001 元")])
    holding = identity("holding", [shared], [of(5, "same")])
    found = diagnose([broken, holding])
    assert [one.figure.key for one in found.candidates] == ["shared"]
    assert found.candidates[0].breaks == (holding,)
    assert found.chosen is None


def test_a_figure_on_both_sides_counts_for_nothing() -> None:
    """A figure that stands on both sides cancels, so no re-reading of it can mend."""
    both = figure("both", "7 元")
    found = diagnose([identity("odd", [both, of(1, "x")], [both, of(3, "y")])])
    assert [one.figure.key for one in found.candidates] == []


def test_identities_that_cannot_be_built() -> None:
    """A side without figures, and figures of two dimensions, are refused."""
    with pytest.raises(RuleError):
        identity("empty", [], [of(1, "a")])
    with pytest.raises(UnitMismatch) as caught:
        identity("mixed", [of(1, "a")], [figure("b", "1 天")])
    assert "1 元" in str(caught.value)
    assert "1 天" in str(caught.value)


def test_a_qualified_figure_is_read_again_in_its_own_kind_of_money() -> None:
    """Money so far this year stays money so far this year when its unit is read again."""
    lines = identity("lines", [figure("a", "3 万元[累计]"), figure("b", "1 元[累计]")], [figure("c", "4 元[累计]")])
    found = diagnose([lines])
    assert [one.reading for one in found.candidates] == [Amount.parse("3 元[累计]")]


def work(build: Any) -> int:
    """Return how many steps Python takes: a count of what is done, which does not depend on how fast."""
    steps = 0

    def count(*_: Any) -> Any:
        nonlocal steps
        steps += 1
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        build()
    finally:
        sys.settrace(before)
    return steps


@pytest.mark.parametrize("slip", [1, 10_000])
def test_the_work_grows_with_the_lines(slip: int) -> None:
    """Four times the lines are about four times the work, also where any one of them may have slipped."""

    def listed(count: int) -> Identity:
        total = of(3 * (count - 1) + 3 * slip + (slip == 1), "total")
        return identity("lines", [of(3, f"line{index}") for index in range(count)], [total])

    few, many = listed(60), listed(240)
    assert len(diagnose([many]).candidates) == (240 if slip > 1 else 0)
    assert work(lambda: diagnose([many])) < 4.2 * work(lambda: diagnose([few]))
