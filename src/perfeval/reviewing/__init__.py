"""From a text, a file or a table to a review: reading, the shipped standards that it cites, and judging put together.

Imports everything but ``display``.
"""

from __future__ import annotations

from perfeval.reviewing.documents import Source, review, review_all

__all__ = ["Source", "review", "review_all"]
