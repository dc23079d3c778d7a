"""What the bytes of a published file hold: a ``Document`` of paragraphs and tables.

Imports ``documents`` and above; what reads a format is imported when a file of that format is read.
"""

from __future__ import annotations

from perfeval.files.reading import read_document

__all__ = ["read_document"]
