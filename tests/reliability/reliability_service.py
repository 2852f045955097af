"""The exporter with its pages on a real socket; tests change its configuration by reload."""

import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass

import requests
from lantime_exporter.cli.serve import serving
from lantime_exporter.config.settings import Settings

from tests.probe.probe_pages import Samples, samples_of
from tests.probe.probe_settings import watching


@dataclass(frozen=True)
class PageResponse:
    """A response of the exporter, and the seconds it took."""

    status: int
    text: str
    headers: Mapping[str, str]
    seconds: float

    @property
    def samples(self) -> Samples:
        return samples_of(self.text)


class Watched:
    """An exporter for all tests of a module."""

    def __init__(self) -> None:
        self.settings: Settings = watching()
        self._stack = ExitStack()
        self.service = self._stack.enter_context(serving(lambda: self.settings, ("127.0.0.1:0",)))
        self.address = self.service.server.addresses[0]
        self._session = requests.Session()

    def close(self) -> None:
        self._session.close()
        self._stack.close()

    def watch(self, settings: Settings) -> None:
        """Change the configuration."""
        self.settings = settings
        assert self._session.post(f"http://{self.address}/-/reload", timeout=10).ok

    def get(self, path: str, **parameters: str) -> PageResponse:
        """Request a page of the exporter."""
        began = time.monotonic()
        response = self._session.get(f"http://{self.address}{path}", params=parameters, timeout=30)
        return PageResponse(response.status_code, response.text, response.headers, time.monotonic() - began)

    def probe(self, target: str = "lantime-1", **parameters: str) -> PageResponse:
        """Probe a device."""
        return self.get("/probe", target=target, **parameters)
