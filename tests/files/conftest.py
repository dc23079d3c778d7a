"""The writers of the example files, for tests that write files of their own."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def making() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_examples", Path(__file__).with_name("make_examples.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
