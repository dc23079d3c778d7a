"""From a text or a project to a review: reading, the shipped standards that it cites, and judging put together.

Imports everything but ``display``.
"""

from __future__ import annotations

from perfeval.reviewing.texts import review

__all__ = ["review"]
