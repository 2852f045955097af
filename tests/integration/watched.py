"""An exporter, and its simulated devices."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import requests
from lantime_simulator import Lantime

WEB_USER = "prometheus"
WEB_PASSWORD = "a password of the exporter's own port"


@dataclass(frozen=True)
class Watched:
    """The address of the exporter, and its devices by name; with ``ca_file`` it has TLS and a password."""

    lantimes: Mapping[str, Lantime]
    address: str
    ca_file: Path | None = None

    @property
    def url(self) -> str:
        return f"{'http' if self.ca_file is None else 'https'}://{self.address}"

    def get(self, path: str, **parameters: str) -> str:
        """Return a page."""
        response = requests.get(
            f"{self.url}{path}",
            params=parameters,
            auth=(WEB_USER, WEB_PASSWORD),
            verify=True if self.ca_file is None else str(self.ca_file),
            timeout=10,
        )
        assert response.status_code == 200, response.text
        return response.text
