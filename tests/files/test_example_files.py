"""Every example file reads as what it was made from, and so does a table or a text in any format."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from perfeval.documents.blocks import Document, Paragraph, Table
from perfeval.files import read_document

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "examples" / "files"
FILES = sorted(path.name for path in FOLDER.iterdir())


def _cells(table: Any) -> set[tuple[int, int, str, int, int]]:
    return {(cell.row, cell.column, cell.text, cell.rows, cell.columns) for cell in table.cells if cell.text}


def _said(document: Document) -> list[Any]:
    return [block.text if isinstance(block, Paragraph) else (block.name, _cells(block)) for block in document.blocks]


@pytest.mark.parametrize("name", FILES)
def test_an_example_file_reads_as_its_source(name: str, making: ModuleType) -> None:
    document = read_document((FOLDER / name).read_bytes(), name=name)
    assert [
        written if isinstance(written, str) else (written.name, _cells(written)) for written in making.SOURCES[name]
    ] == _said(document)


@pytest.mark.parametrize("name", FILES)
def test_an_example_file_is_small(name: str) -> None:
    assert (FOLDER / name).stat().st_size < 60_000


def test_each_source_has_its_file(making: ModuleType) -> None:
    assert sorted(making.SOURCES) == FILES


def test_the_hidden_sheet_is_remarked_on_and_not_read() -> None:
    document = read_document((FOLDER / "party_affairs_2025_national.xlsx").read_bytes(), name="a.xlsx")
    assert [remark.en for remark in document.remarks] == ["hidden sheets were passed over: 说明"]
    assert "内部" not in str(document.blocks)


_TEXT = st.text(st.sampled_from("项目资金培训≥≤=%12.5,元（）、。abc"), min_size=1, max_size=8).filter(
    lambda text: text.strip() == text
)


@st.composite
def _grids(draw: st.DrawFn, *, merged: bool) -> tuple[list[list[str]], list[tuple[int, int, int, int]]]:
    """Draw rows of texts, none blank, and areas of two or more places that lie apart."""
    height, width = draw(st.integers(2, 5)), draw(st.integers(2, 5))
    texts = [[draw(_TEXT) for _ in range(width)] for _ in range(height)]
    areas: list[tuple[int, int, int, int]] = []
    free = {(row, column) for row in range(height) for column in range(width)}
    for _ in range(draw(st.integers(0, 3)) if merged else 0):
        row, column = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
        tall, wide = draw(st.integers(1, height - row)), draw(st.integers(1, width - column))
        places = {(row + down, column + over) for down in range(tall) for over in range(wide)}
        if len(places) > 1 and places <= free:
            areas.append((row + 1, column + 1, tall, wide))
            free -= places
    return texts, areas


def _grid(making: ModuleType, drawn: tuple[list[list[str]], list[tuple[int, int, int, int]]]) -> Any:
    texts, areas = drawn
    spans = {(row, column): (tall, wide) for row, column, tall, wide in areas}
    covered = {
        (row + down, column + over)
        for row, column, tall, wide in areas
        for down in range(tall)
        for over in range(wide)
        if down or over
    }
    return making.Grid(
        "表1",
        tuple(
            making.Put(row, column, text, *spans.get((row, column), (1, 1)))
            for row, line in enumerate(texts, start=1)
            for column, text in enumerate(line, start=1)
            if (row, column) not in covered
        ),
    )


@settings(max_examples=25)
@given(_grids(merged=True))
@example(([["甲", "乙"], ["丙", "丁"]], [(1, 1, 2, 1)]))
def test_a_table_reads_alike_from_every_format_with_merged_cells(making: ModuleType, drawn: Any) -> None:
    grid = _grid(making, drawn)
    if len(grid.cells) == 1:
        return  # a frame of one cell is no table in a page or a text
    read = [
        read_document(making.write_xlsx([grid]), name="表1.xlsx"),
        read_document(making.write_xls([grid]), name="表1.xls"),
        read_document(making.write_html([grid]), name="表1.html"),
        read_document(making.write_html([grid], "gbk"), name="表1.htm"),
        read_document(making.write_docx([grid]), name="表1.docx"),
    ]
    assert all(_said(document) == [("表1", _cells(grid))] for document in read)


@settings(max_examples=25)
@given(_grids(merged=False))
def test_a_table_reads_alike_from_delimited_text(making: ModuleType, drawn: Any) -> None:
    grid = _grid(making, drawn)
    signs = {sign for cell in grid.cells for sign in cell.text}
    for delimiter in (",", "\t"):
        if signs & ({*",;|\t"} - {delimiter}):
            continue  # rows that another sign cuts as evenly may be meant by either
        for encoding in ("utf-8", "utf-8-sig"):
            document = read_document(making.write_csv(grid, encoding, delimiter), name="表1.csv")
            assert _said(document) == [("表1", _cells(grid))]


@settings(max_examples=25)
@given(st.lists(_TEXT, min_size=1, max_size=6))
def test_paragraphs_read_alike_from_every_format(making: ModuleType, lines: list[str]) -> None:
    read = [
        read_document(making.write_txt(lines), name="a.txt"),
        read_document(making.write_html(lines), name="a.html"),
        read_document(making.write_docx(lines), name="a.docx"),
    ]
    assert all(document.text == "\n".join(lines) and not document.tables for document in read)


def test_blocks_keep_their_order(making: ModuleType) -> None:
    table = making.grid("表1", ["甲", "乙"], ["丙", "丁"])
    for document in (
        read_document(making.write_docx(["前", table, "后"]), name="a.docx"),
        read_document(making.write_html(["前", table, "后"]), name="a.html"),
    ):
        assert [type(block) for block in document.blocks] == [Paragraph, Table, Paragraph]
