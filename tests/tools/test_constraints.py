"""The pinned packages: none is missing, and none is older than pyproject.toml allows."""

import re
import tomllib

import pytest

from tools.constraints import ROOT, lower_bounds, lowest, normalized, pinned

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]


def test_every_requirement_of_the_project_is_pinned() -> None:
    extras = PROJECT["optional-dependencies"].values()
    required = [*PROJECT["dependencies"], *(one for extra in extras for one in extra)]
    names = {normalized(re.split(r"[^\w.-]", requirement)[0]) for requirement in required}
    assert names - pinned().keys() == set()


def test_no_pin_is_older_than_the_lower_bound() -> None:
    older = {name for name, bound in lower_bounds(PROJECT) if numbers(pinned()[name]) < numbers(bound)}
    assert older == set()


def test_the_lowest_versions_replace_only_what_the_program_requires() -> None:
    assert lowest(
        {"dependencies": ["Some_Library>=1.2"], "optional-dependencies": {"fast": ["quick>=3"], "dev": ["checker==4"]}},
        {"some-library": "2.0", "quick": "3.5", "checker": "4"},
    ) == {"some-library": "1.2", "quick": "3", "checker": "4"}


def test_a_requirement_without_a_lower_bound_is_rejected() -> None:
    with pytest.raises(ValueError, match="library"):
        dict(lower_bounds({"dependencies": ["library"], "optional-dependencies": {}}))
