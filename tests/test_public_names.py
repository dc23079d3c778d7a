"""What ``import perfeval as pe`` offers: every name is there, is said once, and optional parts load when used."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import perfeval as pe


@pytest.mark.parametrize("name", pe.__all__)
def test_every_public_name_can_be_had(name: str) -> None:
    assert getattr(pe, name) is getattr(pe, name)
    assert name in dir(pe)


def test_names_that_load_later_are_those_that_type_checkers_see() -> None:
    tree = ast.parse(Path(pe.__file__).read_text(encoding="utf-8"))
    seen = {
        alias.name: node.module
        for part in tree.body
        if isinstance(part, ast.If)
        for node in part.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == pe._LATER  # noqa: SLF001 - the table is looked at, not used


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        pe.no_such_name  # noqa: B018 - looking it up is the test


def test_importing_loads_no_optional_part() -> None:
    code = (
        "import sys, perfeval; print(*sorted(m for m in sys.modules if m.startswith("
        "('perfeval.', 'pint', 'cattrs', 'docx', 'lxml', 'openpyxl', 'pdfminer', 'xlrd'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = set(done.stdout.split())
    later = set(pe._LATER.values())  # noqa: SLF001
    libraries = {"pint", "cattrs", "docx", "lxml", "openpyxl", "pdfminer", "xlrd"}
    assert not loaded & {*later, *libraries, "perfeval.documents", "perfeval.files", "perfeval.standards"}
