"""What kind of file some bytes are: told by what they hold first, and by the file's name only where that leaves it open.

What cannot be read is refused by its name, with what to do instead. Imports ``limits`` and ``errors``.
"""

from __future__ import annotations

import enum
import io
import re
import zipfile
from typing import Final, final

from perfeval.errors import DocumentError
from perfeval.files import limits

__all__ = ["DOCUMENT_ENDINGS", "HTML_START", "Kind", "kind_of"]

DOCUMENT_ENDINGS: Final = frozenset(
    [
        ".txt",
        ".csv",
        ".tsv",
        ".html",
        ".htm",
        ".docx",
        ".xlsx",
        ".xls",
        ".pdf",
        ".doc",
        ".wps",
        ".et",
        ".rtf",
        ".ofd",
        ".mht",
        ".docm",
        ".xlsm",
        ".xlsb",
        ".zip",
        ".rar",
        ".7z",
        ".png",
        ".jpg",
        ".jpeg",
        ".tif",
        ".tiff",
        ".bmp",
    ]
)
"""How the names of files end that are looked into in a folder: what is read, and what is refused with what to do instead."""


@final
class Kind(enum.Enum):
    """A kind of file that is read."""

    TXT = "txt"
    CSV = "csv"
    HTML = "html"
    DOCX = "docx"
    XLSX = "xlsx"
    XLS = "xls"
    PDF = "pdf"


_KINDS: Final = "txt, csv, html, docx, xlsx, xls, or PDF with a text layer"
_AS_DOCX: Final = "docx: open it and save it as docx"
_AS_XLSX: Final = "xlsx: open it and save it as xlsx"
_AS_TEXT: Final = "a file with text: recognise its text first (OCR) and check it, or ask for the file it was made from"

_REFUSED: Final[tuple[tuple[bytes, str, str], ...]] = (
    (b"{\\rtf", "an RTF file", _AS_DOCX),
    (b"\x89PNG", "a PNG picture", _AS_TEXT),
    (b"\xff\xd8\xff", "a JPEG picture", _AS_TEXT),
    (b"GIF8", "a GIF picture", _AS_TEXT),
    (b"II*\x00", "a TIFF picture", _AS_TEXT),
    (b"MM\x00*", "a TIFF picture", _AS_TEXT),
    (b"RIFF", "a WebP picture or a recording", _AS_TEXT),
    (b"\x1f\x8b", "a gzip archive", f"one of its files, unpacked: {_KINDS}"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", f"one of its files, unpacked: {_KINDS}"),
    (b"Rar!", "a RAR archive", f"one of its files, unpacked: {_KINDS}"),
    (b"BZh", "a bzip2 archive", f"one of its files, unpacked: {_KINDS}"),
    (b"\xfd7zXZ", "an xz archive", f"one of its files, unpacked: {_KINDS}"),
    (b"MIME-Version:", "a web archive (mht)", "html or docx: open it and save it as one of those"),
    (b"SQLite format 3", "a database", f"a table taken out of it: {_KINDS}"),
)
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_STREAMS: Final[tuple[tuple[str, str, str], ...]] = (
    ("EncryptedPackage", "a docx or xlsx locked with a password", "the same file saved without a password"),
    ("WordDocument", "an old Word or WPS file (doc, wps)", _AS_DOCX),
    ("PowerPoint Document", "an old presentation (ppt)", "its text saved as docx"),
    ("Workbook", "", ""),
    ("Book", "", ""),
)
_MAIN_PARTS: Final[tuple[tuple[bytes, str, str], ...]] = (
    (b"sheet.binary.macroEnabled.main", "a binary workbook (xlsb)", _AS_XLSX),
    (b"macroEnabled", "a file with macros (docm, xlsm)", "the same file saved without macros, as docx or xlsx"),
    (b"presentationml.presentation.main+xml", "a presentation (pptx)", "its text saved as docx"),
    (b"wordprocessingml.template.main+xml", "a template (dotx)", _AS_DOCX),
)
_XML_REFUSED: Final[tuple[tuple[bytes, str, str], ...]] = (
    (b"office:spreadsheet", "a workbook as XML of Excel 2003", _AS_XLSX),
    (b"office/word/2003/wordml", "a text as XML of Word 2003", _AS_DOCX),
    (b"schemas.microsoft.com/office/2006/xmlpackage", "a text as flat XML of Word", _AS_DOCX),
    (b"<svg", "an SVG picture", _AS_TEXT),
)
HTML_START: Final = re.compile(
    rb"<(?:!doctype[ \t\r\n]{1,8}html|html|head|body|meta|title|style|table|div|p|h[1-6]|span|ul|ol|center|font)\b",
    re.IGNORECASE,
)
_COMMENT: Final = re.compile(rb"\s{0,100}<!--.{0,2000}?-->", re.DOTALL)
_HEAD: Final = 4096
_TEXT_ENDINGS: Final = {"csv": Kind.CSV, "tsv": Kind.CSV, "tab": Kind.CSV}
_SHEET_ENDINGS: Final = frozenset({"xls", "xlsx", "xlsm", "et"})
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_MOST_TYPES: Final = 1_000_000
_PDF_MARK: Final = b"%PDF-"


def kind_of(data: bytes, *, name: str) -> Kind:
    r"""Return what kind of file the bytes are.

    Raises :class:`~perfeval.errors.DocumentError` for an empty file, one that is too big, and kinds that are not read.

    >>> kind_of(b"<!DOCTYPE html><p>x</p>", name="page.txt"), kind_of("一、项目名称".encode(), name="a.docx")
    (<Kind.HTML: 'html'>, <Kind.TXT: 'txt'>)
    >>> kind_of(rb"{\rtf1 text}", name="a.doc")
    Traceback (most recent call last):
    perfeval.errors.DocumentError: a.doc: came an RTF file; needed docx: open it and save it as docx
    """
    if not data:
        raise DocumentError.of(name, came="an empty file", needed=_KINDS)
    limits.check(name, "bytes", len(data), limits.MOST_BYTES)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n\x00")[:5] == _PDF_MARK:
        return Kind.PDF
    if data.startswith(_OLD_OFFICE):
        return _old_office(data, name)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _packed(data, name)
    for mark, what, instead in _REFUSED:
        if data.startswith(mark):
            raise DocumentError.of(name, came=what, needed=instead)
    return _text(data, name)


def _old_office(data: bytes, name: str) -> Kind:
    """Tell by which stream the directory of an OLE file names first; its entries stand at multiples of 128 bytes."""
    found: list[tuple[int, str, str]] = []
    for stream, what, instead in _OLD_STREAMS:
        sought = (stream + "\0").encode("utf-16-le")
        at = data.find(sought)
        while at >= 0:
            if at % 128 == 0 and data[at + 64 : at + 66] == len(sought).to_bytes(2, "little"):
                found.append((at, what, instead))
                break
            at = data.find(sought, at + 1)
    if not found:
        raise DocumentError.of(name, came="an old Office file that is damaged or of no known kind", needed=_KINDS)
    _, what, instead = min(found)
    if what:
        raise DocumentError.of(name, came=what, needed=instead)
    return Kind.XLS


def _packed(data: bytes, name: str) -> Kind:
    try:
        names, declared = _declared(data, name)
    except DocumentError:
        raise
    except Exception as error:  # zipfile raises a good many kinds on damaged archives
        raise DocumentError.of(
            name, came=f"a damaged ZIP archive ({type(error).__name__})", needed="a whole docx or xlsx"
        ) from error
    return _office(name, names, declared)


def _declared(data: bytes, name: str) -> tuple[set[str], bytes]:
    """Return the names of the members of an archive, and the part in which an Office file says what its parts are."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        limits.check(name, "members", len(members), limits.MOST_MEMBERS)
        declared = b""
        for member in members:
            if (
                member.filename == "[Content_Types].xml"
                and not member.flag_bits & 1
                and member.compress_type in _METHODS
            ):
                with archive.open(member) as part:
                    declared = part.read(_MOST_TYPES)
        return {member.filename for member in members}, declared


def _office(name: str, names: set[str], declared: bytes) -> Kind:
    if any(member.lower().endswith("vbaproject.bin") for member in names):
        raise DocumentError.of(
            name, came="a file with macros (vbaProject.bin)", needed="the same file saved without macros"
        )
    for mark, what, instead in _MAIN_PARTS:
        if mark in declared:
            raise DocumentError.of(name, came=what, needed=instead)
    if b"wordprocessingml.document.main+xml" in declared:
        return Kind.DOCX
    if b"spreadsheetml.sheet.main+xml" in declared or b"spreadsheetml.template.main+xml" in declared:
        return Kind.XLSX
    if "OFD.xml" in names:
        raise DocumentError.of(
            name, came="an OFD file", needed="PDF with a text layer or docx: save or print it as one"
        )
    if "content.xml" in names:
        raise DocumentError.of(
            name, came="an OpenDocument file (odt, ods)", needed="the same file saved as docx or xlsx"
        )
    raise DocumentError.of(name, came="a ZIP archive", needed=f"one of its files, unpacked: {_KINDS}")


def _text(data: bytes, name: str) -> Kind:
    head = data[: _HEAD * 2]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", errors="replace").encode()
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    ending = name.rpartition(".")[2].lower()
    if head.startswith(b"<?xml"):
        for mark, what, instead in _XML_REFUSED:
            if mark in head:
                raise DocumentError.of(name, came=what, needed=instead)
        head = head[head.find(b"?>") + 2 :].lstrip()
        if not HTML_START.match(head):
            raise DocumentError.of(name, came="an XML file", needed=_KINDS)
    elif head.startswith(b"<svg"):
        raise DocumentError.of(name, came="an SVG picture", needed=_AS_TEXT)
    for _ in range(20):
        comment = _COMMENT.match(head)
        if comment is None:
            break
        head = head[comment.end() :].lstrip()
    if HTML_START.match(head):
        return Kind.HTML
    if ending in {"html", "htm", "xhtml", "shtml"} and HTML_START.search(head):
        return Kind.HTML
    if ending in _SHEET_ENDINGS and b"\t" in head:
        return Kind.CSV
    return _TEXT_ENDINGS.get(ending, Kind.TXT)
