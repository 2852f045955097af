"""Shared by the tests of reliability."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme
from lantime_exporter.config.settings import Module, Tls

from tests.reliability.reliability_service import Watched


@pytest.fixture(scope="session")
def shared_service() -> Iterator[Watched]:
    watched = Watched()
    yield watched
    watched.close()


@pytest.fixture
def exporter(shared_service: Watched) -> Watched:
    """An exporter on a real socket, without targets."""
    return shared_service


@dataclass(frozen=True)
class Trust:
    """An authority that the exporter trusts by ``ca_file``, and its certificate for the devices of a test."""

    authority: trustme.CA
    certificate: trustme.LeafCert
    ca_file: Path

    @property
    def module(self) -> Module:
        return Module(timeout=5.0, tls=Tls(ca_file=self.ca_file))


@pytest.fixture(scope="session")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Trust:
    authority = trustme.CA()
    path = tmp_path_factory.mktemp("authority") / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return Trust(authority, authority.issue_cert("127.0.0.1"), path)
