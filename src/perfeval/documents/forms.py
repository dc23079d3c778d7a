"""From the paragraphs and tables of a file to the text of its projects: ``document_text`` and ``projects_in``.

A table may be the form itself, its headings in one cell and the prose in the next; a table of indicators is no text and
is left to ``perfeval.tables``. Imports only ``blocks``, ``sections`` and ``reading``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perfeval.documents.blocks import Cell, Document, Paragraph, Table
from perfeval.documents.folding import fold
from perfeval.documents.project import Project
from perfeval.documents.reading import read_projects
from perfeval.documents.sections import part_of_heading
from perfeval.errors import InputError, excerpt

__all__ = ["document_text", "projects_in"]

_INDICATORS = re.compile(
    r"[一二三]级指标|指标(?:名称|值|性质|内容|属性|解释)?|年度指标值.{0,4}|实际完成值.{0,4}|绩效指标|度量单位|分值|得分|权重"
)
_LEAST_OF_INDICATORS = 2
_LABEL = re.compile(
    r"(?:主管|归口|业务)?(?:部门|单位|处室|科室)(?:名称)?|(?:项目)?(?:负责人|联系人|经办人)|(?:联系)?电话|项目(?:类别|类型|属性|性质|编码|代码|分类)"
    r"|填报(?:日期|单位|人|时间)|预算(?:年度|单位)|年度|金额单位|单位"
)


def projects_in(document: Document) -> tuple[Project, ...]:
    """Read every project of a file; each holds :func:`document_text` as its text, and its spans are places in that.

    Raises :class:`~perfeval.errors.DocumentError` for a file that holds no project text.

    >>> form = Table("表1", [Cell(1, 1, "项目名称"), Cell(1, 2, "修路"), Cell(2, 1, "项目内容"), Cell(2, 2, "补坑3处。")])
    >>> [project.name for project in projects_in(Document("申报表.docx", [form]))]
    ['修路']
    """
    return read_projects(document_text(document))


def document_text(document: Document) -> str:
    """Return the paragraphs of a file with the tables that are the form itself, as one text.

    >>> form = Table("表1", [Cell(1, 1, "项目名称"), Cell(1, 2, "修路"), Cell(1, 3, "主管部门"), Cell(1, 4, "交通局")])
    >>> print(document_text(Document("申报表.docx", [Paragraph("2026年项目文本"), form])))
    2026年项目文本
    项目名称：修路
    主管部门：交通局
    """
    if not isinstance(document, Document):
        raise InputError.of("document", came=excerpt(document), needed="a Document")
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif _is_form(block):
            lines += _rows(block)
    return "\n".join(lines)


def _is_form(table: Table) -> bool:
    """Say whether a table is the form: it has a heading of a text, and is none of indicators."""
    words = [_squeezed(cell) for cell in table.cells]
    if sum(_INDICATORS.fullmatch(word) is not None for word in words) >= _LEAST_OF_INDICATORS:
        return False
    return any(part_of_heading(word) is not None for word in words)


def _squeezed(cell: Cell) -> str:
    """Return a short cell folded and without its white space; of a long one nothing, for it is no label."""
    return "" if len(cell.text) > _LONGEST_LABEL else "".join(fold(cell.text).split())


_LONGEST_LABEL = 40
_NUMBERED = re.compile(r"(?:\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)、.]{1,2})?(?P<label>.*)")


def _rows(table: Table) -> Iterator[str]:
    """Yield each label with what stands beside it or, under a row of nothing but labels, below it."""
    rows: dict[int, list[Cell]] = {}
    for cell in sorted(table.cells, key=lambda one: (one.row, one.column)):
        if cell.text.strip():
            rows.setdefault(cell.row, []).append(cell)
    heads: dict[int, str] = {}
    for _, cells in sorted(rows.items()):
        labels = [_label_of(cell) for cell in cells]
        if len(cells) >= _LEAST_OF_COLUMNS and all(label is not None or _COUNTER.fullmatch(_squeezed(cell))
                                                   for cell, label in zip(cells, labels, strict=True)):  # fmt: skip
            heads = {cell.column: label for cell, label in zip(cells, labels, strict=True) if label is not None}
        elif heads and not any(labels):
            for cell in cells:
                if cell.column in heads:
                    yield from _said(heads[cell.column], [cell.text.strip()])
        else:
            heads = {}
            yield from _beside(cells, labels)


def _beside(cells: Sequence[Cell], labels: Sequence[str | None]) -> Iterator[str]:
    label: str | None = None
    values: list[str] = []
    for cell, said in zip(cells, labels, strict=True):
        if said is None:
            values.append(cell.text.strip())
            continue
        yield from _said(label, values)
        label, values = said, []
    yield from _said(label, values)


_LEAST_OF_COLUMNS = 3
_COUNTER = re.compile(r"序号|编号|No[.]?")


def _label_of(cell: Cell) -> str | None:
    """Return a label as it begins a line, or None where a cell is none."""
    match = _NUMBERED.fullmatch(_squeezed(cell))
    words = match["label"].rstrip(":") if match else ""
    if words and (part_of_heading(words) is not None or _LABEL.fullmatch(words) is not None):
        return " ".join(cell.text.split()).rstrip("：: ")
    return None


def _said(label: str | None, values: list[str]) -> Iterator[str]:
    said = " ".join(values)
    if label is not None:
        yield f"{label}：{said}"
    elif said:
        yield said
