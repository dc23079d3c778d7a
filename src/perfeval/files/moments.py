"""How a day or a time shows in a number format of a spreadsheet. Imports ``number_codes``."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Final

from perfeval.files.number_codes import Section

__all__ = ["show_moment"]

_WEEKDAYS: Final = "一二三四五六日"
_START: Final = datetime.datetime(1899, 12, 30)  # noqa: DTZ001 - days of a calendar, as spreadsheets count them
_SECONDS_A_DAY: Final = 86_400


def show_moment(moment: datetime.datetime, section: Section, *, days: Fraction | None = None) -> str:
    """Return a day and a time as the tokens of a section show them.

    ``days`` is the same as a number of days, by which hours beyond a day are shown.

    >>> from perfeval.files.number_codes import sections
    >>> at = datetime.datetime(2026, 3, 1, 15, 4)
    >>> show_moment(at, sections('yyyy"年"m"月"d"日" 上午/下午h:mm')[0])
    '2026年3月1日 下午3:04'
    """
    tokens = section.tokens
    halves = any(kind == "date" and "/" in written for kind, written in tokens)
    if days is None:
        days = Fraction((moment - _START) // datetime.timedelta(milliseconds=1), _SECONDS_A_DAY * 1000)
    shown: list[str] = []
    for place, (kind, written) in enumerate(tokens):
        if kind != "date":
            shown.append(written)
            continue
        token = written.lower()
        if token[0] == "m" and _is_minutes(tokens, place):
            token = "n" * len(token)
        shown.append(_part(moment, token, days, halves=halves))
    return "".join(shown).strip()


def _is_minutes(tokens: tuple[tuple[str, str], ...], place: int) -> bool:
    """Say whether m stands for minutes: right after hours or right before seconds."""

    def letter(found: tuple[str, str]) -> str:
        return found[1].lower().lstrip("[")[0]

    def is_part(found: tuple[str, str]) -> bool:
        return found[0] == "date" and letter(found) in "ymdhsae"

    before = next((letter(each) for each in reversed(tokens[:place]) if is_part(each)), "")
    after = next((letter(each) for each in tokens[place + 1 :] if is_part(each)), "")
    return before == "h" or after == "s"


def _part(moment: datetime.datetime, token: str, days: Fraction, *, halves: bool) -> str:
    hour = (moment.hour % 12 or 12) if halves else moment.hour
    seconds = (days * _SECONDS_A_DAY * 1000 + Fraction(1, 2)) // 1 // 1000
    match token:
        case "y" | "yy":
            return f"{moment.year % 100:02d}"
        case "m":
            return str(moment.month)
        case "mm":
            return f"{moment.month:02d}"
        case "mmm":
            return moment.strftime("%b")
        case "d":
            return str(moment.day)
        case "dd":
            return f"{moment.day:02d}"
        case "h":
            return str(hour)
        case "hh":
            return f"{hour:02d}"
        case "n":
            return str(moment.minute)
        case "nn":
            return f"{moment.minute:02d}"
        case "s":
            return str(moment.second)
        case "ss":
            return f"{moment.second:02d}"
        case "aaa":
            return _WEEKDAYS[moment.weekday()]
        case "aaaa":
            return f"星期{_WEEKDAYS[moment.weekday()]}"
        case "上午/下午":
            return "上午" if moment.hour < 12 else "下午"
        case "am/pm":
            return "AM" if moment.hour < 12 else "PM"
        case "a/p":
            return "A" if moment.hour < 12 else "P"
        case ".":
            return "."
        case "#" | "?":
            return ""
        case "0":
            return str(moment.microsecond // 100_000)
        case _ if token.startswith("[h"):
            return f"{seconds // 3600:0{len(token) - 2}d}"
        case _ if token.startswith("[m"):
            return f"{seconds // 60:0{len(token) - 2}d}"
        case _ if token.startswith("[s"):
            return f"{seconds:0{len(token) - 2}d}"
        case _ if token[0] in "ye":
            return f"{moment.year:04d}"
        case _:
            # What is left is days and months in words, and signs of eras.
            return {"m": f"{moment.month}", "d": f"{moment.day}"}.get(token[0], "")
