"""Fixtures of the configuration's tests."""

from collections.abc import Callable
from pathlib import Path

import pytest
from lantime_exporter.config import parse
from lantime_exporter.errors import ConfigError


@pytest.fixture
def problems(tmp_path: Path) -> Callable[..., list[str]]:
    """Return a function that gives the problems of a text, less the name of the source, which is ``config.yml``."""

    def problems_of(text: str, known_collectors: tuple[str, ...] = ()) -> list[str]:
        with pytest.raises(ConfigError) as caught:
            parse(text, "config.yml", tmp_path, known_collectors)
        assert all(problem.startswith("config.yml: ") for problem in caught.value.problems)
        return [problem.removeprefix("config.yml: ") for problem in caught.value.problems]

    return problems_of
