"""Documents to inspect: the response of an M600, and small ones made by hand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lantime_exporter.collectors import load
from lantime_exporter.config.settings import Module
from lantime_exporter.document.parse import parse
from lantime_exporter.inspection.leaf_account import Inspection, inspect_document
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.registry import CollectorRegistry

from tests.captures import m600_response

Document = dict[str, Any]


@pytest.fixture(scope="session")
def registry() -> CollectorRegistry:
    return load()


@pytest.fixture(scope="session")
def mapper(registry: CollectorRegistry) -> Mapper:
    return Mapper(registry, Module())


@pytest.fixture(scope="session")
def inspected(mapper: Mapper) -> Callable[[Document], Inspection]:
    """Return a function from a document to its inspection."""
    return lambda document: inspect_document(mapper, document)


@pytest.fixture
def response_file(tmp_path: Path) -> Path:
    """Return a file with the response of an M600, of a real one if possible."""
    file = tmp_path / "m600.json"
    file.write_bytes(m600_response())
    return file


@pytest.fixture
def answer() -> Document:
    """Return the response of an M600 as a fresh document."""
    return parse(m600_response())


@pytest.fixture
def with_module() -> Callable[..., Document]:
    """Return a function from the blocks of a module to a document with that module in the slot ``io1``."""

    def document(**module: Any) -> Document:
        slot = {"object-id": "io1", "slot-id": "io1", "slot-type": "io", "module": {"info": {"model": "new"}, **module}}
        return {"data": {"object-id": "status", "chassis0": {"slots": [slot]}}}

    return document
