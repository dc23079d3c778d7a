"""How fast it is, as ratios to plain Python: ``python tests/benchmarks/run.py [imports|judging|reading|lines|remedies ...]``.

Ratios, because times differ from machine to machine: each is a median over rounds in which both sides take turns.
Nothing is asserted. ``PERFEVAL_CORPUS`` may name a folder of published texts to read as well.
"""

from __future__ import annotations

import datetime
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import perfeval as pe
from perfeval.budgets import Figure, Identity, diagnose
from perfeval.documents import decode, read_text
from perfeval.profiles.shelf import load as load_profile
from perfeval.standards import budget_consistency, xinping_2026_training, yuxi_2023_5

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "park_2026.txt"
DAY = datetime.date(2026, 12, 31)
ROUNDS = 11


def seconds(task: Callable[[], object]) -> float:
    """Return how long one call takes, over as many calls as fill ten milliseconds."""
    calls, passed = 1, 0.0
    while True:
        start = time.perf_counter()
        for _ in range(calls):
            task()
        passed = time.perf_counter() - start
        if passed > 0.01:
            return passed / calls
        calls *= 4


def interleaved(*tasks: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Return the median time of each task, the tasks taking turns."""
    taken = [[seconds(task) for task in tasks] for _ in range(rounds)]
    return [statistics.median(column) for column in zip(*taken, strict=True)]


# --- imports ---------------------------------------------------------------------------------------------


def started(code: str) -> Callable[[], float]:
    """Return a task that starts a fresh Python on ``code`` and says how long that took."""

    def start() -> float:
        before = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        return time.perf_counter() - before

    return start


def imports() -> None:
    """Importing, over a bare Python and over attrs alone."""
    codes = {
        "bare Python": "pass",
        "import attrs": "import attrs",
        "import perfeval": "import perfeval",
        "perfeval and one unit read": "import perfeval; perfeval.Amount.parse('1 元')",
        "perfeval.review at hand": "from perfeval import review",
    }
    tasks = {name: started(code) for name, code in codes.items()}
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            taken[name].append(task())
    medians = {name: statistics.median(times) for name, times in taken.items()}
    bare, attrs = medians["bare Python"], medians["import attrs"]
    for name, median in medians.items():
        print(f"  {name:<28} {median * 1e3:7.1f} ms   {median / bare:5.2f} x bare   {median / attrs:5.2f} x attrs")


# --- judging one organisation ----------------------------------------------------------------------------

ORGANISATION: dict[str, object] = {
    "kind": "党支部",
    "non_public": True,
    "work_fiscal": "2000 元/年",
    "work_pretax": "500 元/年",
    "work_dues": "300 元/年",
    "members": "24 人[党员]",
    "education_fiscal": "2000 元/年",
    "education_pretax": "0 元/年",
    "education_dues": "300 元/年",
    "secretaries": [{"allowance_fiscal": "150 元/月", "allowance_pretax": "50 元/月", "allowance_dues": "0 元/月"}],
}
PARK: dict[str, object] = {
    "secretaries": [{"attended": [{"class_hours": "24 学时"}, {"class_hours": "16 学时"}]}],
    "members": [{"attended": [{"class_hours": "24 学时"}]}, {"attended": []}],
    "courses": [],
}
FLOORS = {"党委": 10_000, "党总支": 6_000, "党支部": 3_000}


def by_hand() -> tuple[bool | None, ...]:
    """Judge the same organisation with plain integers on a dict: five floors and two targets."""
    return judged_by_hand(BY_HAND)


BY_HAND: dict[str, object] = {
    "kind": "党支部",
    "non_public": True,
    "work": (2000, 500, 300),
    "members": 24,
    "education": (2000, 0, 300),
    "allowances": ((150, 50, 0),),
    "secretary_hours": ((24, 16),),
    "member_hours": ((24,), ()),
}


def judged_by_hand(facts: dict) -> tuple[bool | None, ...]:  # type: ignore[type-arg]
    """Return what each rule comes to: None where it does not apply or a figure is missing."""
    bound, work, spent = facts["non_public"], facts["work"], facts["education"]
    verdicts: list[bool | None] = []
    for kind, floor in FLOORS.items():
        applies = bound and facts["kind"] == kind and None not in work
        verdicts.append(sum(work) >= floor if applies else None)
    verdicts.append(all(sum(one) >= 200 for one in facts["allowances"]) if bound else None)
    verdicts.append(sum(spent) >= 100 * facts["members"] if bound and None not in spent else None)
    trained = facts["secretary_hours"]
    verdicts.append(all(sum(hours) >= 40 for hours in trained) if trained else None)
    reached = facts["member_hours"]
    share = sum(any(each >= 24 for each in hours) for hours in reached)
    verdicts.append(100 * share >= 65 * len(reached) if reached else None)
    return tuple(verdicts)


def judging() -> None:
    """One organisation by five floors and two training targets."""
    floors = yuxi_2023_5.STANDARD
    whole = xinping_2026_training.STANDARD
    targets = pe.Standard("two_targets", [whole["secretary_hours"], whole["member_coverage"]], in_force=whole.in_force)
    organisation, park = floors.read(ORGANISATION), targets.read(PARK)

    def verdicts() -> object:
        return floors.verdicts(organisation, on=DAY), targets.verdicts(park, on=DAY)

    def findings() -> object:
        return floors.findings(organisation, on=DAY), targets.findings(park, on=DAY)

    def from_dicts() -> object:
        return floors.judge(ORGANISATION, on=DAY), targets.judge(PARK, on=DAY)

    hand, *others = interleaved(by_hand, verdicts, findings, from_dicts)
    print(f"  {'by hand on a dict of ints':<40} {hand * 1e6:9.1f} us       1 x")
    names = ("verdicts only", "with findings", "reading the dicts, with findings")
    for name, taken in zip(names, others, strict=True):
        print(f"  {name:<40} {taken * 1e6:9.1f} us {taken / hand:7.0f} x")


# --- reading and reviewing -------------------------------------------------------------------------------


def reading() -> None:
    """Reading and reviewing project texts."""
    folder = os.environ.get("PERFEVAL_CORPUS")
    files = [EXAMPLE, *(sorted(Path(folder).glob("*.txt")) if folder else [])]
    for file in files:
        text = decode(file.read_bytes())
        characters, read, reviewed = interleaved(
            lambda text=text: sum(1 for _ in text),
            lambda text=text: read_text(text),
            lambda text=text: pe.review(text),
            rounds=5,
        )
        print(f"  {file.name}, {len(text):,} characters (walking over them: {characters * 1e6:.0f} us)")
        for name, taken in (("read", read), ("read and reviewed", reviewed)):
            each = taken / len(text) * 1e6
            print(f"    {name:<24} {taken * 1e3:8.1f} ms {each:6.1f} us a character {taken / characters:8.0f} x")


# --- cost against the number of lines --------------------------------------------------------------------


def lines() -> None:
    """A budget of more and more lines: judged, and diagnosed with one unit slip in it."""
    standard = budget_consistency.STANDARD
    print(
        f"  {'lines':>7} {'judge, us a line':>18} {'x plain sum':>12} {'diagnose, us a line':>21} {'x plain sum':>12}"
    )
    for count in (10, 100, 1_000, 10_000):
        numbers = [1_000 + index for index in range(count)]
        total = f"{sum(numbers)} 元"
        facts = {"lines": [{"amount": f"{number} 元"} for number in numbers], "total": total, "schedule": []}
        record = standard.read(facts, stage="planned")
        figures = [figure(f"line{index}", f"{number} 元") for index, number in enumerate(numbers)]
        figures[0] = figure("line0", f"{numbers[0]} 万元")
        identity = Identity(
            key="lines", label=pe.Label("合计", "total"), left=tuple(figures), right=(figure("total", total),)
        )
        exact = [Fraction(number) for number in numbers]
        plain, judged, diagnosed = interleaved(
            lambda exact=exact: sum(exact),
            lambda record=record: standard.findings(record, on=DAY),
            lambda identity=identity: diagnose([identity]),
            rounds=5,
        )
        row = (
            f"{judged / count * 1e6:18.1f} {judged / plain:12.0f}",
            f"{diagnosed / count * 1e6:21.1f} {diagnosed / plain:12.0f}",
        )
        print(f"  {count:>7,} {row[0]} {row[1]}")


def figure(key: str, text: str) -> Figure:
    """Return one figure of a budget."""
    return Figure(key=key, label=pe.Label(key, key), amount=pe.Amount.parse(text))


# --- cost against size: remedies, implication, entitlement, sharing, ledgers, scoring --------------------


def table(names: tuple[str, ...], plain: Sequence[Callable[[], object]], tasks: Sequence[Callable[[], object]]) -> None:
    """Print the cost of tasks of growing size: for each element, and over plain Python on ints."""
    for name, hand, task in zip(names, plain, tasks, strict=True):
        size = int(name.replace(",", ""))
        by_hand_time, taken = interleaved(hand, task, rounds=3)
        print(f"  {name:>7} {taken / size * 1e6:14.1f} us each {taken / by_hand_time:10.0f} x by hand")


SIZES = ("10", "100", "1,000", "10,000")


def remedies() -> None:
    """What would mend a rule about each of so many secretaries, every second of them short."""
    rule = yuxi_2023_5.STANDARD["secretary_allowance"]
    hands: list[Callable[[], object]] = []
    tasks: list[Callable[[], object]] = []
    for size in (int(name.replace(",", "")) for name in SIZES):
        paid = [150 + 50 * (number % 2) for number in range(size)]
        secretaries = [
            {"allowance_fiscal": f"{one} 元/月", "allowance_pretax": "0 元/月", "allowance_dues": "0 元/月"}
            for one in paid
        ]
        record = yuxi_2023_5.STANDARD.read({"non_public": True, "secretaries": secretaries})
        hands.append(lambda paid=paid: [200 - one for one in paid if one < 200])  # type: ignore[misc]
        tasks.append(lambda record=record: pe.remedy(rule, record, on=DAY))  # type: ignore[misc]
    table(SIZES, hands, tasks)


def implication() -> None:
    """Whether so many floors on one fact, taken together, imply so many lower ones."""
    sizes = ("1", "10", "100", "200")
    hands: list[Callable[[], object]] = []
    tasks: list[Callable[[], object]] = []
    funding = yuxi_2023_5.Organization.work_fiscal
    for size in (int(name) for name in sizes):
        high, low = [2000 + number for number in range(size)], [1000 + number for number in range(size)]
        one, other = (
            pe.Rule("all", pe.all_of(*(funding >= f"{figure} 元/年" for figure in figures))) for figures in (high, low)
        )
        hands.append(lambda high=high, low=low: max(high) >= max(low))  # type: ignore[misc]
        tasks.append(lambda one=one, other=other: pe.implies(one, other).holds)  # type: ignore[misc]
    table(sizes, hands, tasks)


def census() -> None:
    """What so many organisations are owed, and a pot shared between them."""
    floors = yuxi_2023_5.STANDARD
    for size in (int(name.replace(",", "")) for name in SIZES[:3]):
        people = [10 + number % 40 for number in range(size)]
        records = [
            floors.read({"kind": "党支部", "non_public": True, "members": f"{one} 人[党员]", "secretaries": [{}]})
            for one in people
        ]
        claims = [pe.Claim(str(number), f"{3000 + 100 * one} 元", weight=one) for number, one in enumerate(people)]
        pot = f"{sum(3500 + 100 * one for one in people)} 元"
        hand, owed, shared = interleaved(
            lambda people=people: sum(3000 + 2400 + 100 * one for one in people),
            lambda records=records: pe.entitlement(floors, records, on=DAY),
            lambda claims=claims, pot=pot: pe.share_out(pot, claims),
            rounds=3,
        )
        for name, taken in (("entitlement", owed), ("sharing", shared)):
            print(f"  {size:>7,} {name:<12} {taken / size * 1e6:10.1f} us each {taken / hand:10.0f} x by hand")


def ledger() -> None:
    """Coverage of so many people with two days of training each, half of them with three."""
    hands: list[Callable[[], object]] = []
    tasks: list[Callable[[], object]] = []
    for size in (int(name.replace(",", "")) for name in SIZES):
        rows = [(number, day) for number in range(size) for day in range(2 + number % 2)]
        people = [pe.Trainee(id=str(number), group="党员") for number in range(size)]
        held = [
            pe.Attendance(person=str(number), course="进党校", day=datetime.date(2026, 5, 1 + day), hours="8 学时")
            for number, day in rows
        ]

        def plain(rows: list[tuple[int, int]] = rows, size: int = size) -> Fraction:
            hours: dict[int, int] = {}
            for number, _ in rows:
                hours[number] = hours.get(number, 0) + 8
            return Fraction(sum(one >= 24 for one in hours.values()), size)

        def covered(people: list[pe.Trainee] = people, held: list[pe.Attendance] = held) -> object:
            return pe.Ledger(population=people, attendances=held).coverage(
                "党员", at_least="24 学时", counting="total", as_of=DAY
            )

        hands.append(plain)
        tasks.append(covered)
    table(SIZES, hands, tasks)


def scoring() -> None:
    """A table of so many indicators, scored and explained."""
    profile = load_profile("ministry_self_evaluation")
    sizes = ("10", "100", "1,000")
    hands: list[Callable[[], object]] = []
    tasks: list[Callable[[], object]] = []
    for size in (int(name.replace(",", "")) for name in sizes):
        indicators = [
            pe.Indicator(
                name=f"指标{number}",
                level_one=("产出指标", "效益指标", "满意度指标")[number % 3],
                target="≥10 个",
                weight=Fraction((50, 30, 10)[number % 3], len(range(number % 3, size, 3))),
            )
            for number in range(size)
        ]
        actuals = [pe.Actual(indicator=f"指标{number}", value=f"{5 + number % 10} 个") for number in range(size)]
        funds = pe.Funds(full_year="5 万元", executed="4.5 万元")
        sheet = pe.Sheet(title="项目", indicators=indicators, actuals=actuals, funds=funds)

        def plain(size: int = size) -> Fraction:
            shares = (min(Fraction(1), Fraction(5 + number % 10, 10)) for number in range(size))
            return sum((share * 90 / size for share in shares), Fraction(9))

        hands.append(plain)
        tasks.append(lambda sheet=sheet: pe.score(sheet, profile, on=DAY))  # type: ignore[misc]
    table(sizes, hands, tasks)


PARTS = {
    "imports": imports,
    "judging": judging,
    "reading": reading,
    "lines": lines,
    "remedies": remedies,
    "implication": implication,
    "census": census,
    "ledger": ledger,
    "scoring": scoring,
}


def main(wanted: list[str]) -> int:
    """Run the parts that were asked for, or all."""
    unknown = [name for name in wanted if name not in PARTS]
    if unknown:
        print(f"no part {', '.join(unknown)}: one of {', '.join(PARTS)}", file=sys.stderr)
        return 2
    for name in wanted or PARTS:
        print(PARTS[name].__doc__)
        PARTS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
