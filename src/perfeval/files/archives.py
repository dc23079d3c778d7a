"""The archive of a docx or xlsx, looked through before any library sees it.

Refused are: too many members, too much inflated (declared and real), ratios of a bomb, parts that are locked or packed in
an unusual way, XML with a DOCTYPE or entities of its own, XML that is nested too deep, and macros. What is XML is told by
what a part holds, whatever its name. Archives inside of it are not opened and external links are not followed. Python's
own ``zipfile`` and ``expat`` do the looking.
Imports ``limits`` and ``errors``.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final
from xml.parsers import expat

from perfeval.errors import DocumentError
from perfeval.files import limits

__all__ = ["check_archive", "check_xml"]

_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_SMALL: Final = 1_000_000
_STRICT: Final = b"purl.oclc.org/ooxml/"
_XML: Final = re.compile(rb"[\xef\xbb\xbf\xff\xfe\x00 \t\r\n]*+(?:<|\x4c\x6f\xa7\x94)")  # the last is <?xm in EBCDIC
_XML_ENDINGS: Final = (".xml", ".rels")


def check_archive(data: bytes, *, name: str) -> dict[str, int]:
    """Return how many elements each part of XML in an archive has; refuse one that is over a limit or holds what is refused.

    Raises ``DocumentError``. A part that begins as XML, is broken, and is not named as XML, such as an old drawing, is
    left out of what is returned: what a library would make of it must not be read. So are pictures and all else that is no XML.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        limits.check(name, "members", len(members), limits.MOST_MEMBERS)
        limits.check(name, "inflated bytes", sum(member.file_size for member in members), limits.MOST_INFLATED)
        if len({member.filename for member in members}) != len(members):
            raise DocumentError.of(name, came="an archive with two members of one name", needed="each member once")
        for member in members:
            _check_member(member, name)
        elements: dict[str, int] = {}
        inflated = seen = 0
        for member in members:
            with archive.open(member) as part:
                held = part.read(limits.MOST_INFLATED - inflated + 1)
            inflated += len(held)
            limits.check(name, "inflated bytes", inflated, limits.MOST_INFLATED)
            if not _XML.match(held):
                continue
            if _STRICT in held[:8192]:
                raise DocumentError.of(
                    name, came="a file in Strict Open XML", needed="the same file saved as plain docx or xlsx"
                )
            try:
                elements[member.filename] = check_xml(held, name=name, part=member.filename)
            except DocumentError as error:
                if error.__cause__ is None or member.filename.lower().endswith(_XML_ENDINGS):
                    raise
                continue
            seen += elements[member.filename]
            limits.check(name, "elements", seen, limits.MOST_ELEMENTS)
        return elements


def _check_member(member: zipfile.ZipInfo, name: str) -> None:
    if member.flag_bits & 1:
        raise DocumentError.of(name, came="an encrypted archive", needed="a file without a password")
    if member.compress_type not in _METHODS:
        raise DocumentError.of(
            name, came=f"an archive packed by method {member.compress_type}", needed="one that is stored or deflated"
        )
    if member.file_size > _SMALL and member.file_size > limits.MOST_RATIO * max(member.compress_size, 1):
        raise DocumentError.of(
            name,
            came=f"a member that comes to {member.file_size // max(member.compress_size, 1)} times its packed size",
            needed=f"at most {limits.MOST_RATIO} times",
        )


def check_xml(held: bytes, *, name: str, part: str) -> int:
    """Return how many elements some XML has; raise ``DocumentError`` for what no honest file holds.

    >>> check_xml(b"<a><b/></a>", name="a.docx", part="a.xml")
    2
    >>> check_xml(b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', name="a.docx", part="a.xml")
    Traceback (most recent call last):
    perfeval.errors.DocumentError: a.docx: came a DOCTYPE in a.xml; needed XML without DOCTYPE and entities
    """
    parser = expat.ParserCreate()
    seen = depth = 0

    def doctype(*_: object) -> None:
        raise DocumentError.of(name, came=f"a DOCTYPE in {part}", needed="XML without DOCTYPE and entities")

    def begin(_: str, attributes: dict[str, str]) -> None:
        nonlocal seen, depth
        seen += 1
        depth += 1
        if len(attributes) > limits.MOST_ATTRIBUTES:
            limits.check(name, f"attributes of one element in {part}", len(attributes), limits.MOST_ATTRIBUTES)
        if depth > limits.MOST_DEPTH or seen > limits.MOST_ELEMENTS:
            limits.check(name, f"nested elements in {part}", depth, limits.MOST_DEPTH)
            limits.check(name, "elements", seen, limits.MOST_ELEMENTS)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = doctype
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    try:
        parser.Parse(held, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        if isinstance(error, DocumentError):
            raise
        raise DocumentError.of(
            name, came=f"broken XML in {part} ({error})", needed="a whole, undamaged file"
        ) from error
    return seen
