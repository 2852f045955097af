"""Documents to inspect: a real capture, and small ones made by hand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lantime_exporter.config.settings import Module
from lantime_exporter.document.parse import parse
from lantime_exporter.inspection.survey import Survey, survey
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.registry import CollectorRegistry, load

CAPTURE = Path(__file__).parents[2].parent / "shared/captures/m600-gps.json"

Document = dict[str, Any]


@pytest.fixture(scope="session")
def catalogue() -> CollectorRegistry:
    return load()


@pytest.fixture(scope="session")
def mapper(catalogue: CollectorRegistry) -> Mapper:
    return Mapper(catalogue, Module())


@pytest.fixture(scope="session")
def surveyed(mapper: Mapper) -> Callable[[Document], Survey]:
    """Return a function from a document to its survey."""
    return lambda document: survey(mapper, document)


@pytest.fixture
def capture_file() -> Path:
    """Return the file with the answer of a real M600."""
    if not CAPTURE.is_file():
        pytest.skip(f"the capture of a real device is not there: {CAPTURE.name}")
    return CAPTURE


@pytest.fixture
def capture(capture_file: Path) -> Document:
    """Return the answer of a real M600 as a fresh document."""
    return parse(capture_file.read_bytes())


@pytest.fixture
def with_module() -> Callable[..., Document]:
    """Return a function from the blocks of a module to a document with that module in the slot ``io1``."""

    def document(**module: Any) -> Document:
        slot = {"object-id": "io1", "slot-id": "io1", "slot-type": "io", "module": {"info": {"model": "new"}, **module}}
        return {"data": {"object-id": "status", "chassis0": {"slots": [slot]}}}

    return document
