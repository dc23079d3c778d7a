"""What is seen from how two conditions are built, without a look at facts.

It answers whether one says at least what the other says, part by part. A no means only that it is not seen. Imports
``expressions``.
"""

from __future__ import annotations

from perfeval.expressions import All, Any, Condition, Named, Not, When

__all__ = ["lapses_with", "suffices"]


def suffices(one: Condition, other: Condition) -> bool:
    """Say whether it is seen that where ``one`` is MET ``other`` is not UNMET."""
    met, upheld = _known(one)
    return _upheld(other, met, upheld)


def _known(node: Condition) -> tuple[frozenset[Condition], frozenset[Condition]]:
    """Return what is MET where a condition is, and what is MET or lapses."""
    met: set[Condition] = set()
    upheld: set[Condition] = set()
    waiting: list[tuple[Condition, bool]] = [(node, True)]
    while waiting:
        current, surely = waiting.pop()
        (met if surely else upheld).add(current)
        match current:
            case All(parts=parts):
                # All of it is MET though some parts, not all, lapse.
                waiting += [(part, surely and len(parts) == 1) for part in parts]
            case When(part=part, guard=guard) if surely:
                waiting += [(part, True), (guard, True)]
            case Named(part=part):
                waiting.append((part, surely))
            case _:
                pass
    return frozenset(met), frozenset(met | upheld)


def _upheld(node: Condition, met: frozenset[Condition], upheld: frozenset[Condition]) -> bool:
    """Say whether a condition cannot be UNMET, given what is MET and what is MET or lapses."""
    if node in upheld:
        return True
    match node:
        case All(parts=parts):
            return all(_upheld(part, met, upheld) for part in parts)
        case Any(parts=parts):
            choices = {_bare(part) for part in parts}
            fewer = ({_bare(part) for part in one.parts} for one in met if isinstance(one, Any))
            return not choices.isdisjoint(met) or any(one <= choices for one in fewer)
        case When(part=part) | Named(part=part):
            return _upheld(part, met, upheld)
        case _:
            return False


def lapses_with(one: Condition, other: Condition) -> bool:
    """Say whether it is seen that where ``one`` is NOT_APPLICABLE ``other`` is too."""
    one, other = _bare(one), _bare(other)
    if one == other:
        return True
    if isinstance(one, When) and isinstance(other, When) and one.guard == other.guard:
        return lapses_with(one.part, other.part)
    # All of some parts, or any of them, lapses where each of them does, and only there.
    return set(_parts(other)) <= set(_parts(one))


def _bare(node: Condition) -> Condition:
    while isinstance(node, Named):
        node = node.part
    return node


def _parts(node: Condition) -> list[Condition]:
    """Return the parts that a condition is joined of, down to what is not joined of parts."""
    found: list[Condition] = []
    waiting = [node]
    while waiting:
        match waiting.pop():
            case All(parts=parts) | Any(parts=parts):
                waiting += parts
            case Not(part=part) | Named(part=part):
                waiting.append(part)
            case other:
                found.append(other)
    return found
