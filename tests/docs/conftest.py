"""Fixtures of the tests of the documents."""

from tests.deploy.conftest import checked, optional, program

__all__ = ["checked", "optional", "program"]
