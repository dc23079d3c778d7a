"""How the corpus is reviewed: the one place that knows by which function a source is judged."""

from __future__ import annotations

import perfeval
from perfeval import reviewing
from perfeval.documents.blocks import Document
from perfeval.findings import Review

__all__ = ["reviews_of"]


def reviews_of(source: str | Document) -> tuple[Review, ...]:
    """Return the reviews of all projects of a source."""
    review_all = getattr(reviewing, "review_all", None)
    if review_all is not None:
        return tuple(review_all(source))
    return (perfeval.review(source if isinstance(source, str) else source.text),)
