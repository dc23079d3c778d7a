"""The four verdicts: which laws of logic hold with NOT_APPLICABLE, and which do not."""

from __future__ import annotations

from itertools import permutations, product

import pytest

from perfeval.verdicts import Verdict, all_of, any_of, negation

MET, UNMET = Verdict.MET, Verdict.UNMET
UNKNOWN, NOT_APPLICABLE = Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
EVERY = tuple(Verdict)
PAIRS = tuple(product(EVERY, repeat=2))
TRIPLES = tuple(product(EVERY, repeat=3))


@pytest.mark.parametrize(
    ("one", "other", "both", "either"),
    [
        (MET, MET, MET, MET),
        (MET, UNMET, UNMET, MET),
        (MET, UNKNOWN, UNKNOWN, MET),
        (MET, NOT_APPLICABLE, MET, MET),
        (UNMET, UNMET, UNMET, UNMET),
        (UNMET, UNKNOWN, UNMET, UNKNOWN),
        (UNMET, NOT_APPLICABLE, UNMET, UNMET),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
        (UNKNOWN, NOT_APPLICABLE, UNKNOWN, UNKNOWN),
        (NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE),
    ],
)
def test_the_table(one: Verdict, other: Verdict, both: Verdict, either: Verdict) -> None:
    """The whole table, in both orders: commutativity is part of it."""
    assert all_of([one, other]) is both
    assert all_of([other, one]) is both
    assert any_of([one, other]) is either
    assert any_of([other, one]) is either


@pytest.mark.parametrize("three", TRIPLES)
def test_order_and_grouping_do_not_matter(three: tuple[Verdict, Verdict, Verdict]) -> None:
    """All and any are associative, and any order of their parts gives the same."""
    one, other, third = three
    for combine in (all_of, any_of):
        flat = combine(three)
        assert combine([combine([one, other]), third]) is flat
        assert combine([one, combine([other, third])]) is flat
        assert {combine(order) for order in permutations(three)} == {flat}


@pytest.mark.parametrize("one", EVERY)
def test_idempotence_identity_and_double_negation(one: Verdict) -> None:
    """A verdict with itself, alone, with what does not apply, and negated twice is itself."""
    for combine in (all_of, any_of):
        assert combine([one, one]) is one
        assert combine([one]) is one
        assert combine([one, NOT_APPLICABLE]) is one
        assert combine([]) is NOT_APPLICABLE
    assert negation(negation(one)) is one


def test_negation() -> None:
    """Met and unmet change places; what is not known, or does not apply, stays."""
    assert [negation(one) for one in (MET, UNMET, UNKNOWN, NOT_APPLICABLE)] == [
        UNMET,
        MET,
        UNKNOWN,
        NOT_APPLICABLE,
    ]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_de_morgan(one: Verdict, other: Verdict) -> None:
    """Not all is any of the negated, not any is all of the negated, with what does not apply as well."""
    assert negation(all_of([one, other])) is any_of([negation(one), negation(other)])
    assert negation(any_of([one, other])) is all_of([negation(one), negation(other)])


def test_absorption_fails() -> None:
    """All of a and any of a and b is not a: where a does not apply, b comes through."""
    assert all_of([NOT_APPLICABLE, any_of([NOT_APPLICABLE, UNMET])]) is UNMET
    assert any_of([NOT_APPLICABLE, all_of([NOT_APPLICABLE, MET])]) is MET
    broken = {(a, b) for a, b in PAIRS if all_of([a, any_of([a, b])]) is not a}
    assert broken == {(NOT_APPLICABLE, MET), (NOT_APPLICABLE, UNMET), (NOT_APPLICABLE, UNKNOWN)}


def test_distribution_fails() -> None:
    """Distributing all over any changes the verdict where a part does not apply."""
    a, b, c = MET, UNMET, NOT_APPLICABLE
    assert any_of([a, all_of([b, c])]) is MET
    factored = all_of([a, any_of([b, c])])
    distributed = any_of([all_of([a, b]), all_of([a, c])])
    assert (factored, distributed) == (UNMET, MET)
    without = [
        (a, b, c)
        for a, b, c in TRIPLES
        if NOT_APPLICABLE not in (a, b, c)
        and all_of([a, any_of([b, c])]) is not any_of([all_of([a, b]), all_of([a, c])])
    ]
    assert without == []
