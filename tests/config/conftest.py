"""Fixtures of the configuration's tests."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lantime_exporter.config.load import parse
from lantime_exporter.config.value_types import Context
from lantime_exporter.errors import ConfigError

SOURCE = "config.yml: "
LINE = r" \(line \d+\)$"


@pytest.fixture
def problems(tmp_path: Path) -> Callable[..., list[str]]:
    """Return a function from a text to its problems, without source and line."""

    def problems_of(text: str, known_collectors: tuple[str, ...] | None = None) -> list[str]:
        with pytest.raises(ConfigError) as caught:
            parse(text, "config.yml", Context(base=tmp_path, collectors=known_collectors))
        assert all(problem.startswith(SOURCE) for problem in caught.value.problems)
        return [re.sub(LINE, "", problem.removeprefix(SOURCE)) for problem in caught.value.problems]

    return problems_of
