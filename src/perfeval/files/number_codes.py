"""The number formats of spreadsheets taken apart: the code of a format → its sections, each a row of tokens.

Imports nothing of the library but ``numerals`` for the name of a style.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Final, TypeAlias, final

from attrs import define, field

from perfeval.numerals import NumeralStyle

__all__ = ["BUILT_IN", "Section", "Token", "chosen", "sections"]

Token: TypeAlias = tuple[str, str]
"""A kind (``literal``, ``whole``, ``after``, ``point``, ``percent``, ``exponent``, ``general``, ``@``, ``date`` …) and text."""

_LONGEST: Final = 255
_DATE = 'yyyy"年"m"月"'
_DAY = 'm"月"d"日"'
_CLOCK = '上午/下午h"时"mm"分"'

BUILT_IN: Final[dict[int, str]] = {
    14: "yyyy/m/d",
    22: "yyyy/m/d h:mm",
    27: _DATE,
    28: _DAY,
    29: _DAY,
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: _CLOCK,
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: _DATE,
    50: _DATE,
    51: _DAY,
    52: _DATE,
    53: _DAY,
    54: _DAY,
    55: _CLOCK,
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: _DATE,
    58: _DAY,
}
"""Formats that a file names by number, as a spreadsheet in Chinese shows them."""

_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]{0,255})"|[\\!](?P<escaped>.)|_(?P<skipped>.)|\*(?P<filled>.)|\[(?P<bracket>[^\]]{0,80})\]'
    r"|(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-])|(?P<date>y+|m+|d+|h+|s+|a{3,4}|e+|g+|b+)"
    r"|(?P<placeholder>[0#?])|(?P<sign>[.,%@])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_ELAPSED: Final = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)(-?\d{1,15}(?:\.\d{1,15})?)")
_COMPARED: Final[dict[str, Callable[[Fraction, Fraction], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}


@final
@define(slots=False)
class Section:
    """One section of a format: its tokens, and what they say together."""

    tokens: tuple[Token, ...] = ()
    condition: tuple[str, Fraction] | None = None
    numerals: NumeralStyle | None = None
    grouped: bool = False
    thousands: int = 0

    def _has(self, kind: str) -> bool:
        return any(kind == each for each, _ in self.tokens)

    @cached_property
    def dated(self) -> bool:
        """Whether it shows a day or a time."""
        return self._has("date")

    @cached_property
    def general(self) -> bool:
        """Whether it shows a number as it is."""
        return self._has("general") or not self.tokens

    @cached_property
    def text(self) -> bool:
        """Whether it says where a text goes."""
        return self._has("@")

    @cached_property
    def scientific(self) -> bool:
        """Whether it shows an exponent."""
        return self._has("exponent")

    @cached_property
    def percents(self) -> int:
        """How many per cent signs it has."""
        return sum(kind == "percent" for kind, _ in self.tokens)

    @cached_property
    def whole(self) -> str:
        """The placeholders before the point."""
        return "".join(written for kind, written in self.tokens if kind == "whole")

    @cached_property
    def after(self) -> str:
        """The placeholders after the point."""
        return "".join(written for kind, written in self.tokens if kind == "after")

    def around(self, shown: str) -> str:
        """Return what is shown with the words about it."""
        words = [shown if kind in {"general", "@"} else written for kind, written in self.tokens]
        return "".join(words).strip() if self.tokens else shown

    def holds(self, number: Fraction) -> bool:
        """Say whether the condition of the section holds of a number."""
        return self.condition is not None and _COMPARED[self.condition[0]](number, self.condition[1])


@lru_cache(maxsize=512)
def sections(code: str) -> tuple[Section, ...]:
    """Return the sections of a format; one that is too long is as good as none.

    >>> [section.tokens for section in sections('0.0"元";@')]
    [(('whole', '0'), ('point', '.'), ('after', '0'), ('literal', '元')), (('@', '@'),)]
    """
    if not code or len(code) > _LONGEST:
        return (Section((("general", "General"),)),)
    found: list[Section] = []
    reader = _Reader()
    for match in _TOKEN.finditer(code):
        if match.lastgroup == "other" and match[0] == ";":
            found.append(reader.done())
            reader = _Reader()
        else:
            reader.take(match.lastgroup or "", match[match.lastgroup or 0])
    return (*found, reader.done())


@final
@define
class _Reader:
    """A section while its code is read."""

    section: Section = field(factory=Section)
    tokens: list[Token] = field(factory=list)
    commas: int = 0
    pointed: bool = False

    def take(self, kind: str, written: str) -> None:
        match kind:
            case "bracket":
                self._bracket(written)
            case "placeholder":
                self._placeholder(written)
            case "general" | "exponent":
                self.tokens.append((kind, written))
            case "date" | "half":
                self.tokens.append(("date", written))
            case "sign" if written == ",":
                if any(each in {"whole", "after"} for each, _ in self.tokens):
                    self.commas += 1
                else:
                    self.tokens.append(("literal", ","))
            case "sign":
                self.pointed = self.pointed or written == "."
                self.tokens.append(({".": "point", "%": "percent", "@": "@"}[written], written))
            case "other" if written == "/":
                self.tokens.append(("slash", written))
            case "skipped" | "filled":
                pass  # room as wide as a sign, or a sign that fills the cell
            case _:
                self.tokens.append(("literal", written))

    def done(self) -> Section:
        """Return the section: points and digits of a time are parts of it; a common fraction is shown as a number."""
        tokens = tuple(self.tokens)
        if any(kind == "date" for kind, _ in tokens):
            tokens = tuple(
                ("date" if kind in {"whole", "after", "point"} else kind, written) for kind, written in tokens
            )
        elif any(kind == "slash" for kind, _ in tokens):
            tokens = (("general", "General"),)
        self.section.tokens = tokens
        self.section.thousands = self.commas
        return self.section

    def _placeholder(self, written: str) -> None:
        if self.tokens and self.tokens[-1][0] == "exponent":
            self.tokens[-1] = ("exponent", self.tokens[-1][1] + written)
            return
        if self.commas and not self.pointed:
            self.section.grouped, self.commas = True, 0
        self.tokens.append(("after" if self.pointed else "whole", written))

    def _bracket(self, written: str) -> None:
        if written.startswith("$"):
            sign = written[1:].partition("-")[0]
            if sign:
                self.tokens.append(("literal", sign))
        elif written.upper() in {"DBNUM1", "DBNUM2"}:
            self.section.numerals = "simple" if written[-1] == "1" else "capital"
        elif _ELAPSED.fullmatch(written):
            self.tokens.append(("date", f"[{written.lower()}]"))
        else:
            condition = _CONDITION.fullmatch(written)
            if condition is not None:
                self.section.condition = (condition[1], Fraction(condition[2]))


def chosen(parts: tuple[Section, ...], number: Fraction) -> tuple[Section | None, bool]:
    """Return the section that shows a number, and whether a sign must be set before it where it is negative."""
    numeric = [part for part in parts[:3] if not (part.text and not part.whole)]
    if not numeric:
        return None, True
    if any(part.condition for part in numeric):
        for part in numeric:
            if part.holds(number) or part.condition is None:
                return part, True
        return None, True
    if number < 0 and len(numeric) > 1:
        return numeric[1], False
    if number == 0 and len(numeric) > 2:
        return numeric[2], False
    return numeric[0], True
