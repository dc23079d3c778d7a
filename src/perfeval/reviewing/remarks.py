"""What the reader of a text saw that is no finding: basis recognised, residue, what was not understood.

An ordinary fact that was read and belongs to nothing is no remark.

Imports ``documents`` and above.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perfeval.documents.project import Project, ReaderNote, Unread
from perfeval.facts import Label
from perfeval.findings import Remark
from perfeval.matching.fitting import whole

__all__ = ["reader_remarks", "residue_remarks", "unread_remarks"]


def reader_remarks(project: Project) -> Iterator[Remark]:
    """Yield what the reader saw, in the order of its kinds."""
    for basis in project.basis:
        name = basis.number or basis.title or basis.span.text
        if basis.numbered:
            yield Remark(
                kind="basis", label=Label(f"识别依据文件 {name}", f"basis recognised: {name}"), span=basis.span
            )
        else:
            yield Remark(
                kind="basis",
                label=Label(f"识别依据“{name}”（无文号）", f"basis recognised: {name} (no number)"),
                span=basis.span,
            )
    yield from residue_remarks(project.notes)
    for training in project.trainings:
        if training.courses is not None and whole(training.courses, "期") is None:
            yield Remark(
                kind="not_judged",
                label=Label(
                    f"“{training.name}”的次数不以期计，未与期数比较：{training.courses.value}",
                    f"{training.name} is not counted in 期 and was not judged as courses: {training.courses.value}",
                ),
                span=training.courses.span,
            )
    yield from unread_remarks(project.unread)


def residue_remarks(notes: Iterable[ReaderNote]) -> Iterator[Remark]:
    """Yield what was left of the file that a text came from."""
    for note in notes:
        yield Remark(
            kind="residue",
            label=Label(f"文档残留标记 {note.text}，已忽略", f"residue of the file, passed over: {note.text}"),
            span=note.span,
        )


def unread_remarks(unread: Iterable[Unread]) -> Iterator[Remark]:
    """Yield what was seen and not understood, and money without a place, with the reason."""
    for one in unread:
        if one.understood:
            continue
        yield Remark(
            kind="unread",
            label=Label(f"未能归类：“{one.text}”（{one.why.zh}）", f"not understood: {one.text} ({one.why.en})"),
            span=one.span,
        )
