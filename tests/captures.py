"""The status response of an M600: that of a real device where there is one, otherwise that of the simulated one.

The real response is not published. Both have the same paths and types, which ``tests/simulator/test_m600.py`` holds, so
the tests that need any response run everywhere; those that compare with the real values call ``require_capture``.
"""

import json
import os
from pathlib import Path

import pytest
from lantime_simulator import document, m600

FOLDER = Path(os.environ.get("LANTIME_CAPTURES", Path(__file__).parents[2] / "shared/captures"))
CAPTURE = FOLDER / "m600-gps.json"


def require_capture() -> None:
    """Skip the test file that calls this at its top if there is no real response."""
    if not CAPTURE.is_file():
        pytest.skip(f"needs the response of a real M600 ({CAPTURE.name}, not published)", allow_module_level=True)


def m600_response() -> bytes:
    """Return the body of the real response to ``GET /api/status``, or of the simulated one."""
    if CAPTURE.is_file():
        return CAPTURE.read_bytes()
    return json.dumps(document(m600(power_supplies=1), (), 100.0, 1_792_000_000.0)).encode()
