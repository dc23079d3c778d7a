"""The numbers that a word processor sets before paragraphs by itself: 一、 （二） 1. 2.1 and the like.

They are not in the text of a docx: the file holds which list and level a paragraph belongs to. Imports ``numerals``.
"""

from __future__ import annotations

import functools
import re
from fractions import Fraction
from typing import Any, Final, final

from attrs import define, field, frozen

from perfeval.errors import PerfevalError
from perfeval.numerals import write_numeral

__all__ = ["Level", "Numbering", "W", "numeral"]

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_PLACE: Final = re.compile(r"%([1-9])")
_CHINESE: Final = frozenset(
    [
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "ideographTraditional",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "japaneseDigitalTenThousand",
        "koreanDigital2",
    ]
)
_CAPITAL: Final = frozenset({"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"})
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST: Final = 30_000
_MOST_LETTERED: Final = 780  # as many as a letter is repeated in, thirty times the alphabet
_MOST_PLACES: Final = 9  # a list has nine levels


@functools.lru_cache(maxsize=4096)
def numeral(number: int, style: str) -> str:
    """Return a number in a style of lists.

    >>> numeral(12, "chineseCounting"), numeral(3, "decimalEnclosedCircle"), numeral(4, "lowerRoman"), numeral(27, "upperLetter")
    ('十二', '③', 'iv', 'AA')
    """
    if not 0 <= number <= _MOST:
        return str(number)
    match style:
        case "none" | "bullet":
            return ""
        case "decimalZero":
            return f"{number:02d}"
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(ord("０") + int(digit)) for digit in str(number))
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if 1 <= number <= 20:
            return chr(ord("①") + number - 1)
        case "ideographDigital" | "japaneseDigital":
            return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))
        case "lowerLetter" | "upperLetter" if 0 < number <= _MOST_LETTERED:
            letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letter if style == "lowerLetter" else letter.upper()
        case "lowerRoman" | "upperRoman" if number:
            return _roman(number) if style == "lowerRoman" else _roman(number).upper()
    if style in _CHINESE or style in _CAPITAL:
        try:
            return write_numeral(Fraction(number), "capital" if style in _CAPITAL else "simple")
        except PerfevalError:
            return str(number)
    return str(number)


def _roman(number: int) -> str:
    written = ""
    for worth, sign in _ROMAN:
        times, number = divmod(number, worth)
        written += sign * times
    return written


@final
@frozen
class Level:
    """One level of a list: how its number looks, where it starts, and what follows it."""

    pattern: str
    style: str
    start: int = 1
    plain: bool = False
    suffix: str = "tab"


def _value(element: Any, tag: str, default: str = "") -> str:
    found = element.find(f"{W}{tag}") if element is not None else None
    return str(found.get(f"{W}val", default)) if found is not None else default


def _number(written: str, default: int) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 7 else default


def _level(element: Any) -> Level:
    plain = element.find(f"{W}isLgl")
    return Level(
        pattern=_value(element, "lvlText")[:100],
        style=_value(element, "numFmt", "decimal"),
        start=_number(_value(element, "start", "1"), 1),
        plain=plain is not None and plain.get(f"{W}val", "1") not in {"0", "false"},
        suffix=_value(element, "suff", "tab"),
    )


@final
@define
class Numbering:
    """The lists of a text while it is read from top to bottom."""

    levels: dict[str, dict[int, Level]] = field(factory=dict)
    starts: dict[str, dict[int, int]] = field(factory=dict)
    counted_with: dict[str, str] = field(factory=dict)
    _counts: dict[str, dict[int, int]] = field(factory=dict, init=False)
    _begun: set[tuple[str, int]] = field(factory=set, init=False)

    @classmethod
    def of(cls, root: Any) -> Numbering:
        """Read the lists that a text declares; ``root`` is None where it has none."""
        numbering = cls()
        if root is None:
            return numbering
        abstract = {
            element.get(f"{W}abstractNumId"): {
                _number(level.get(f"{W}ilvl", ""), 0): _level(level) for level in element.findall(f"{W}lvl")
            }
            for element in root.findall(f"{W}abstractNum")
        }
        for element in root.findall(f"{W}num"):
            name = element.get(f"{W}numId", "")
            kind = _value(element, "abstractNumId")
            levels = dict(abstract.get(kind, {}))
            starts: dict[int, int] = {}
            for override in element.findall(f"{W}lvlOverride"):
                place = _number(override.get(f"{W}ilvl", ""), 0)
                own = override.find(f"{W}lvl")
                if own is not None:
                    levels[place] = _level(own)
                start = _value(override, "startOverride")
                if start:
                    starts[place] = _number(start, 1)
            numbering.levels[name] = levels
            numbering.starts[name] = starts
            numbering.counted_with[name] = kind
        return numbering

    def next(self, name: str, place: int) -> str:
        """Return the number before the next paragraph of a list, with what parts it from the text."""
        levels = self.levels.get(name, {})
        level = levels.get(place)
        if level is None:
            return ""
        counts = self._counts.setdefault(self.counted_with[name], {})
        override = self.starts[name].get(place)
        if override is not None and (name, place) not in self._begun:
            counts[place] = override
        else:
            counts[place] = counts[place] + 1 if place in counts else level.start
        self._begun.add((name, place))
        for below in [each for each in counts if each > place]:
            del counts[below]

        def shown(match: re.Match[str]) -> str:
            each = int(match[1]) - 1
            of = levels.get(each)
            if of is None or each > place:
                return ""
            count = counts.setdefault(each, of.start)
            return numeral(count, "decimal" if level.plain and each != place else of.style)

        if level.style == "bullet":
            return ""
        written = _PLACE.sub(shown, level.pattern, count=_MOST_PLACES)
        if not written or level.suffix == "nothing" or not written[-1].isascii():
            return written
        return written + " "
