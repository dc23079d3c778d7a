"""What the tests of the reader share: the example texts, the published texts, and a walk over every span."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest

from perfeval.citations import Span
from perfeval.documents import decode

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples"


def spans(value: object) -> Iterator[Span]:
    """Yield every span that a value holds, however deep."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans(item)
    elif attrs.has(type(value)):
        for attribute in attrs.fields(type(value)):
            yield from spans(getattr(value, attribute.name))


@pytest.fixture(scope="session")
def all_spans() -> Callable[[object], Iterator[Span]]:
    """Return the walk over every span."""
    return spans


@pytest.fixture(scope="session")
def example() -> Callable[[str], str]:
    """Return a reader of the shipped example texts by name."""
    paths = {path.stem: path for path in EXAMPLES.rglob("*.txt")}
    return lambda name: decode(paths[name].read_bytes())


@pytest.fixture(scope="session")
def published() -> list[str]:
    """Return the published texts of the corpus; skip where there is no corpus."""
    folder = Path(os.environ.get("PERFEVAL_CORPUS") or ROOT.parent / "shared" / "seed")
    files = sorted(folder.glob("*.txt")) if folder.is_dir() else []
    if not files:
        pytest.skip("no corpus of published texts: set PERFEVAL_CORPUS to its folder")
    return [decode(file.read_bytes()) for file in files]
