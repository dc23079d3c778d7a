"""Subjects: facts come in from dicts and objects, and everything wrong with them is said at once."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest

import perfeval as pe
from perfeval.amounts import Amount
from perfeval.strategies import Office, Person

GOOD: dict[str, Any] = {
    "budget": "12 元/年",
    "kind": "大",
    "rural": True,
    "founded": "2026-01-02",
    "staff": [{"pay": "1 元/月", "courses": [{"hours": "3 学时"}]}],
}


@attrs.frozen
class Thing:
    """An attrs object with the names of an office's facts."""

    budget: str = "12 元/年"
    kind: str = "大"
    rural: bool = True


@pe.subject
class Training:
    """A measure with an equivalence, a count and decimals."""

    hours = pe.measure("学时", equivalence="8 学时/天")
    people = pe.measure("人")
    money = pe.measure("元", decimals=2)


def problems(of: type, data: object, **more: Any) -> tuple[pe.Problem, ...]:
    """Return everything for which facts are refused."""
    with pytest.raises(pe.FactsError) as caught:
        pe.read(of, data, **more)
    return caught.value.problems


def low(of: type, name: str, value: object, **more: Any) -> Any:
    """Return what a measure was read as."""
    return pe.read(of, {name: value}, **more).entries[name].given.value


def test_a_dict_and_an_object_read_alike() -> None:
    """A mapping and an attrs object with the same values give the same facts."""
    record, other = (
        pe.read(Office, {"budget": "12 元/年", "kind": "大", "rural": True}),
        pe.read(Office, Thing()),
    )
    assert record.entries == other.entries
    full = pe.read(Office, GOOD)
    assert full.entries["founded"].given.value == datetime.date(2026, 1, 2)
    assert full.collections["staff"].items[0].path == "staff[0]"
    assert not full.collections["guests"].known


@pytest.mark.parametrize(
    "value",
    [
        0.5, 12.0, float("nan"), float("inf"), True, 12, Decimal(12), Decimal("NaN"), Fraction(1, 3), "", "12", "元",
        "12 学时", "12 元", "nan", "1e5 元/年", "9**9**9 元/年", "9" * 1_000_000, "１２，３ 元/年", [], {}, {"n": 3, "unit": "元/年"},
        b"12", object(), "37 元/年", "-13 元/年", {"at_least": 3}, {"value": "12 元/年", "stge": "planned"},
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused(value: object) -> None:
    """Floats, flags, bare numbers, other units, hostile text and what is out of bounds name the fact."""
    found = problems(Office, {"budget": value})
    assert all(problem.where.startswith("budget") for problem in found)
    assert all(len(str(problem)) < 500 for problem in found)


@pytest.mark.parametrize("value", ["-1 人", "1.5 人", "1/2 人", "3 个"])
def test_a_count_is_whole_and_not_negative(value: str) -> None:
    """Fractional, negative and otherwise counted people are refused."""
    assert problems(Training, {"people": value})[0].where.startswith("people")


def test_all_problems_are_reported_together() -> None:
    """Eight mistakes of one input are eight problems, each with its place."""
    data = {
        "budgt": "1 元/年",
        "budget": 1.5,
        "kind": "巨",
        "rural": "yes",
        "founded": "2026-02-30",
        "reserve": 7,
        "guests": "none",
        "staff": [{"pay": "1 次", "courses": [{"hours": "4 学时"}]}],
    }
    found = problems(Office, data)
    places = [problem.where for problem in found]
    for place in (
        "budget",
        "kind",
        "rural",
        "founded",
        "reserve",
        "guests",
        "staff[0].pay",
        "staff[0].courses[0].hours",
    ):
        assert any(place in where for where in places), place
    assert any(problem.nearest == "budget" for problem in found)
    assert len(found) == 9


def test_bare_numbers_need_a_declared_unit() -> None:
    """With its unit declared a bare number is taken exactly; a wrong or misspelt declaration is refused."""
    assert low(Office, "budget", 24, units={"budget": "元/年"}) == Amount.parse("2 元/月")
    assert low(Office, "budget", "1.5", units={"budget": "元/月"}) == Amount.parse("18 元/年")
    assert low(Office, "budget", Fraction(1, 3), units={"budget": "元/年"}) == Amount.of(Fraction(1, 3), "元/年")
    assert problems(Office, {"budget": 1.5}, units={"budget": "元/年"})
    assert problems(Office, {"budget": True}, units={"budget": "元/年"})
    assert problems(Office, {}, units={"budget": "天"})
    assert problems(Office, {}, units={"budgt": "元/年"})[0].nearest == "budget"
    assert len(problems(Office, {}, units={3: "元/年", "budget": "元元", "reserve": 5})) == 3


def test_a_stated_equivalence_and_no_other() -> None:
    """At 8 学时 a day 5 天 are 40 学时; without an equivalence a day is not a class-hour."""
    entry = pe.read(Training, {"hours": "5 天"}).entries["hours"]
    assert entry.low == entry.high == Amount.parse("40 学时").root
    assert pe.read(pe.many(Person).fact.element, {}).schema.name == "Person"
    assert problems(Training, {"money": "5 天"})


def test_decimals_are_those_declared() -> None:
    """A tenth of a fen is refused where two decimals are declared; a fen is not."""
    assert low(Training, "money", "0.01 元") == Amount.parse("1 分")
    assert problems(Training, {"money": "0.001 元"})


def test_ranges_and_partial_lists() -> None:
    """At least, at most, between and listed say how much is known; what contradicts the bounds is refused."""
    entry = pe.read(Office, {"budget": pe.at_least("12 元/年")}).entries["budget"]
    assert (entry.low, entry.high) == (Amount.parse("12 元/年").root, Amount.parse("36 元/年").root)
    entry = pe.read(Office, {"budget": {"at_most": "12 元/年"}}).entries["budget"]
    assert (entry.low, entry.high) == (Amount.parse("-12 元/年").root, Amount.parse("12 元/年").root)
    entry = pe.read(Office, {"reserve": pe.between("1 元/年", "1 元/月")}).entries["reserve"]
    assert (entry.low, entry.high) == (Amount.parse("1 元/年").root, Amount.parse("12 元/年").root)
    with pytest.raises(pe.PerfevalError):
        pe.between("2 元/年", "1 元/年")
    guests = pe.read(Office, {"guests": pe.listed([{}], total=3)}).collections["guests"]
    assert (guests.others_at_least, guests.others_at_most) == (2, 2)
    guests = pe.read(Office, {"guests": {"items": [{}]}}).collections["guests"]
    assert (guests.others_at_least, guests.others_at_most) == (0, None)
    staff = pe.read(Office, {"staff": pe.listed([{}])}).collections["staff"]
    assert (staff.others_at_least, staff.others_at_most) == (0, 1)
    assert problems(Office, {"staff": [{}, {}, {}]})
    for total in (0, True, 1.5):
        with pytest.raises(pe.FactsError):
            pe.listed([{}], total=total)  # type: ignore[arg-type]


@pytest.mark.parametrize("data", [7, None, "office", [("budget", "1 元/年")], {1: "1 元/年"}])
def test_what_is_no_record_is_refused(data: object) -> None:
    """A number, nothing, text and keys that are no names are refused as facts."""
    assert problems(Office, data)


@pytest.mark.parametrize(
    "declare",
    [
        lambda: pe.subject(type("Empty", (), {})),
        lambda: pe.subject(unit="元")(type("Paid", (), {"x": pe.flag()})),
        lambda: pe.many(int),
        lambda: pe.many(Person, at_least=2, at_most=1),
        pe.category,
        lambda: pe.category("a", "a"),
        lambda: pe.measure("元", at_least=2, at_most=1),
        lambda: pe.measure("学时", equivalence="8 学时"),
        lambda: pe.measure("学时", equivalence="0 学时/天"),
        lambda: pe.measure("元", at_least="1 天"),
        lambda: pe.measure("元元"),
    ],
)
def test_declarations_that_make_no_sense(declare: Any) -> None:
    """Subjects without facts, bounds that cross and equivalences of nothing are refused when declared."""
    with pytest.raises(pe.PerfevalError):
        declare()


# --- places, keys and objects --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key", [pytest.param(10**5000, id="5000 digits"), None, ("a",), "a\x1b[31m\nb", "x" * 10_000, 3.5, "预算\u202e"]
)
def test_a_hostile_key_is_named_safely(key: object) -> None:
    """Keys that are no names, or would rewrite the screen, are shown quoted and short."""
    shown = str(problems(Office, {key: "1 元/年"})[0])
    assert shown.isprintable()
    assert len(shown) < 400


def test_an_object_of_another_kind_is_refused() -> None:
    """An attrs object without a single name of the subject is a mistake, not an office of which nothing is known."""
    assert "Office" in str(problems(Office, pe.Label("办公室", "office"))[0])


@pytest.mark.parametrize("value", ["2026-W26-2", "20260630", "2026-6-30", "２０２６-06-30", "2026-06-31", 20260630])
def test_a_day_is_written_in_one_way(value: object) -> None:
    """Only 2026-06-30 is a day, on every version of Python."""
    assert problems(Office, {"founded": value})[0].where == "founded"


@pytest.mark.parametrize(
    "value", [{"n": "¥5", "unit": "/年"}, {"n": "5 元", "unit": "/年"}, {"n": "", "unit": "5 元/年"}]
)
def test_number_and_unit_are_not_glued(value: object) -> None:
    """The number of a JSON amount is a number and its unit a unit; what only together reads as one is refused."""
    assert problems(Office, {"budget": value})[0].where.startswith("budget")
    assert low(Office, "budget", {"n": "-20/3", "unit": "元/年"}) == Amount.of(Fraction(-20, 3), "元/年")


def test_a_record_that_moves_takes_what_is_below_along() -> None:
    """A record read alone and then listed stands, with all its elements, at its new place."""
    person = pe.read(Person, {"courses": [{}]})
    assert person.collections["courses"].items[0].path == "courses[0]"
    office = pe.read(Office, {"staff": [{}, person]})
    assert office.collections["staff"].items[1].collections["courses"].items[0].path == "staff[1].courses[0]"


@pytest.mark.parametrize(("least", "most"), [(-1, None), (5, 2), (True, 2), (0, 1.5)])
def test_how_many_others_must_make_sense(least: Any, most: Any) -> None:
    """Negative, crossing and fractional numbers of others are refused."""
    with pytest.raises(pe.PerfevalError):
        pe.Listed(items=(), others_at_least=least, others_at_most=most)


def test_a_stage_may_be_a_word_and_no_other_word() -> None:
    """A value that is wrapped directly takes the word for its stage, and refuses one that is none."""
    assert pe.Given(value="5 元/年", stage="planned").stage is pe.Stage.PLANNED  # type: ignore[arg-type]
    with pytest.raises(pe.PerfevalError):
        pe.Given(value="5 元/年", stage="done")  # type: ignore[arg-type]


def test_a_column_may_be_declared_in_the_equivalent_unit() -> None:
    """At 8 学时 a day a column of 5 days is 40 学时."""
    hours = pe.read(Training, {"hours": 5}, units={"hours": "天"}).entries["hours"]
    assert (hours.low, hours.high) == (40, 40)
    with pytest.raises(pe.FactsError):
        pe.read(Training, {"hours": 5}, units={"hours": "元"})
