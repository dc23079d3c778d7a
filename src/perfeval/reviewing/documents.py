"""From any document to its reviews: a project's text with the tables of that project, and each table that stands alone.

Tables go with texts by the name of the project, never by their order. Imports ``texts``, ``files``, ``tables`` and above.
"""

from __future__ import annotations

from typing import TypeAlias

from perfeval.documents import Document
from perfeval.documents.project import Project

__all__ = ["Source", "review", "review_all"]

Source: TypeAlias = str | bytes | Document | Project
