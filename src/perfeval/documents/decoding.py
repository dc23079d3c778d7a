"""How the bytes of a file become text: UTF-8, with or without a mark, or GB18030; all else is refused plainly.

Imports only ``errors``.
"""

from __future__ import annotations

from perfeval.errors import DocumentError, excerpt

__all__ = ["LONGEST", "check_text", "decode"]

LONGEST = 5_000_000
"""How many characters a text may have."""

_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive, such as docx or xlsx"),
    (b"\xd0\xcf\x11\xe0", "an old Office file, such as doc or xls"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x1f\x8b", "a gzip archive"),
)
_NEEDED = "plain text in UTF-8 or GB18030"
_BYTES_PER_CHARACTER = 4


def decode(data: bytes, *, name: str = "file") -> str:
    """Return the text that the bytes hold; ``name`` says in messages where they came from.

    Raises :class:`~perfeval.errors.DocumentError` for anything but UTF-8 and GB18030, saying what it looks like.

    >>> decode("项目名称".encode("gb18030"))
    '项目名称'
    >>> decode("项目".encode("utf-16"), name="a.txt")
    Traceback (most recent call last):
    perfeval.errors.DocumentError: a.txt: came UTF-16; needed plain text in UTF-8 or GB18030
    """
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise DocumentError.of(name, came=f"a {type(data).__name__}", needed="bytes")
    data = bytes(data)
    if not data:
        raise DocumentError.of(name, came="an empty file", needed=_NEEDED)
    if len(data) > LONGEST * _BYTES_PER_CHARACTER:
        raise DocumentError.of(name, came=f"{len(data)} bytes", needed=f"at most {LONGEST * _BYTES_PER_CHARACTER}")
    for mark, what in _MARKS:
        if data.startswith(mark):
            raise DocumentError.of(name, came=what, needed=_NEEDED)
    if b"\x00" in data:
        utf16 = _looks_like_utf16(data)
        raise DocumentError.of(
            name,
            came="UTF-16 without a mark" if utf16 else "a binary file (it holds zero bytes)",
            needed=_NEEDED,
        )
    return _decoded(data, name)


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as at:
        broken = at.start
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        raise DocumentError.of(
            name,
            came=f"bytes that are neither (UTF-8 fails at byte {broken})",
            needed=_NEEDED,
        ) from None
    # Nearly any bytes decode as GB18030: text in Chinese is mostly common characters, other bytes are not.
    foreign = [character for character in text[:20_000] if not character.isascii() and not character.isspace()]
    common = sum(1 for character in foreign if _is_common(character))
    if common * 10 < len(foreign) * 8:
        raise DocumentError.of(
            name, came="bytes in some other encoding, such as Big5, Shift-JIS or Windows-1252", needed=_NEEDED
        )
    return text


def _is_common(character: str) -> bool:
    """Say whether a character is punctuation or in GB2312's first level, as most of any Chinese text is."""
    try:
        code = character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and (0xA1 <= code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7)


def _looks_like_utf16(data: bytes) -> bool:
    sample = data[: 2000 - len(data) % 2]
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, errors="replace")
        usual = sum(1 for character in text if (character.isascii() and character != "\0") or _is_common(character))
        if usual * 10 >= len(text) * 8:
            return True
    return False


def check_text(text: str) -> None:
    """Raise :class:`~perfeval.errors.DocumentError` for what is no text, an empty one or one that is too long."""
    if not isinstance(text, str):
        raise DocumentError.of("text", came=excerpt(text), needed="a str; use decode() for bytes")
    if len(text) > LONGEST:
        raise DocumentError.of("text", came=f"{len(text)} characters", needed=f"at most {LONGEST}")
    if not text.strip():
        raise DocumentError.of("text", came="an empty text", needed="a project text")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise DocumentError.of("text", came="half of a surrogate pair", needed="whole characters")
