"""How the time to read quantities grows with a text's length: ``python tests/benchmarks/dense_texts.py``.

Ordinary text, and text that is dense with one thing that a reader stumbles over. Growth is the time at twice the
length over the time at once: near 2 is linear. Nothing is asserted.
"""

from __future__ import annotations

import itertools
import sys
import time
from pathlib import Path

from perfeval.documents import quantities

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "park_2026.txt"
SIZES = (20_000, 40_000, 80_000)
DENSE = (
    "9", "每", "(", "万", "、", "一", "第", "1/", "不少于", "5天", "5天、", "30%，", "每5年", "XX", "N", "( ", "......", "1:", "至少办", "二零二六年", "5mg/", "1 000 ", "2026年1月至", "3-", "3、",
    "5元每人", "5元/人·天×", "5天(", "《", "“", "百分之", "一分之", "半", "零", "1,", "达到", "50%，后50%，", "+1元", "5天或5天(含5天)或", "3到5人之间", "。", " ",
    "的" * 78 + "5天", "不少于每人每年" * 10 + "5元",
)  # fmt: skip


def seconds(text: str) -> float:
    """Return the best of three readings."""
    taken = []
    for _ in range(3):
        before = time.perf_counter()
        quantities(text)
        taken.append(time.perf_counter() - before)
    return min(taken)


def main() -> int:
    """Print seconds for a million characters, and the growth from size to size."""
    ordinary = EXAMPLE.read_text(encoding="utf-8")
    print(f"{'text':<24}{'s per million':>14}  growth at each doubling")
    for name, piece in [("an example text", ordinary), *((repr(piece[:12]), piece) for piece in DENSE)]:
        taken = [seconds((piece * (size // len(piece) + 1))[:size]) for size in SIZES]
        growth = [later / earlier for earlier, later in itertools.pairwise(taken)]
        print(f"{name:<24}{taken[-1] / SIZES[-1] * 1e6:>14.1f}  {', '.join(f'{step:.2f}' for step in growth)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
