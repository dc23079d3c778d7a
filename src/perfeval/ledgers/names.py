"""Which known name was meant, and how a list of names is written.

Imports only ``errors``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, final

from attrs import frozen

from perfeval.errors import nearest

__all__ = ["Alike", "near", "some"]

_MOST_COMPARED: Final = 10_000  # names that one unknown name is compared with
_MOST_NAMED: Final = 20
_ALIKE: Final = 16  # characters of a name that is looked up for a slip of the pen


def near(name: object, known: Collection[str]) -> str | None:
    """Return the nearest known name, where there are not so many that looking for it would take long."""
    return nearest(name, known) if isinstance(name, str) and len(known) <= _MOST_COMPARED else None


def some(names: Sequence[str], comma: str) -> str:
    """Return the first names of a list; if it goes on, also how many there are."""
    more = f"{comma}… ({len(names)})" if len(names) > _MOST_NAMED else ""
    return comma.join(names[:_MOST_NAMED]) + more


@final
@frozen
class Alike:
    """Known names by what is left of them without any one character: one slip of the pen is found at once."""

    slips: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, names: Iterable[str]) -> Alike:
        """Index the names, each once; among very many that are alike only the first are kept."""
        slips: dict[str, list[str]] = {}
        for name in dict.fromkeys(names):
            for part in _shortened(name):
                kept = slips.setdefault(part, [])
                if len(kept) < _MOST_NAMED:
                    kept.append(name)
        return cls(slips)

    def find(self, name: str) -> str | None:
        """Return the nearest of the names that are at most one slip away."""
        return nearest(name, dict.fromkeys(found for part in _shortened(name) for found in self.slips.get(part, ())))


def _shortened(name: str) -> Iterator[str]:
    if len(name) <= _ALIKE:
        yield name
        yield from (name[:at] + name[at + 1 :] for at in range(len(name)) if len(name) > 1)
