"""What a reader of one format hands back, and how a missing library is told.

Imports ``documents``, ``facts`` and ``errors``.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import final

from attrs import frozen

from perfeval.documents.blocks import Block
from perfeval.errors import DocumentError
from perfeval.facts import Label

__all__ = ["INSTALL", "Found", "library"]

INSTALL = 'pip install "perfeval[documents]"'


@final
@frozen
class Found:
    """The blocks of a file in order, and what was passed over."""

    blocks: tuple[Block, ...]
    remarks: tuple[Label, ...] = ()


@contextlib.contextmanager
def library(kind: str, *, name: str) -> Iterator[None]:
    """Turn a library that is not there into a ``DocumentError`` that says how to install it."""
    try:
        yield
    except ImportError as error:
        raise DocumentError.of(
            name, came=f"a file in {kind}, for which {error.name or 'a library'} is not installed", needed=INSTALL
        ) from error
