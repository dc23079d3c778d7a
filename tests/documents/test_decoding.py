"""Which bytes and texts are refused, and what the message says."""

from __future__ import annotations

import pytest

from perfeval.documents import Part, decode, read_text
from perfeval.errors import DocumentError

_TEXT = "一、项目名称\n村级文化活动经费。\n六、资金安排情况\n申请资金2万元。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_the_usual_encodings_read_alike(encoding: str) -> None:
    """UTF-8 with and without a mark and GB18030 give the same text."""
    assert decode(_TEXT.encode(encoding)) == _TEXT


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "an empty file"),
        (_TEXT.encode("utf-16"), "UTF-16"),
        (_TEXT.encode("utf-16-le"), "UTF-16 without a mark"),
        (_TEXT.encode("utf-32"), "UTF-32"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04abc", "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Office"),
        (bytes(range(256)), "binary"),
        (("Le budget de la région, très élevé, arrêté " * 5).encode("latin-1"), "neither"),
        ("專案名稱與經費說明，學員繳費辦法。".encode("big5") * 5, "other"),
        (b"\xff\xff\xff\xff", "neither"),
    ],
)
def test_other_bytes_are_refused_by_name(data: bytes, says: str) -> None:
    """What cannot be read says what came and what is needed."""
    with pytest.raises(DocumentError) as caught:
        decode(data, name="a.txt")
    assert says in str(caught.value)
    assert caught.value.problems[0].where == "a.txt"


def test_a_text_that_is_no_text_is_refused() -> None:
    """Only a str is read; bytes are pointed to decode()."""
    with pytest.raises(DocumentError, match=r"decode\(\)"):
        read_text(b"abc")  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "  \n\u3000\n"])
def test_an_empty_text_is_refused(text: str) -> None:
    """A text without a word is refused as empty."""
    with pytest.raises(DocumentError, match="an empty text"):
        read_text(text)


def test_a_text_without_headings_is_refused_with_the_list_of_them() -> None:
    """A text of another form is refused with the headings that are needed."""
    with pytest.raises(DocumentError) as caught:
        read_text("本年度共安排资金3万元，用于修缮戏台。")
    assert all(part.value in str(caught.value) for part in Part)


def test_a_text_that_is_too_long_is_refused() -> None:
    """A text beyond the limit is refused by its length."""
    with pytest.raises(DocumentError, match="5000001 characters"):
        read_text("一" * 5_000_001)
