"""Fixtures of the tests of the documents."""

from tests.deploy.conftest import checked, optional

__all__ = ["checked", "optional"]
