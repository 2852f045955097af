"""Pin every package that the project and its development need.

    python -m tools.constraints           write constraints.txt with the newest releases
    python -m tools.constraints --lowest  print the same, with the oldest releases that pyproject.toml allows

Run it with the oldest Python that pyproject.toml allows, so that the pinned releases run on newer ones too.
There are no hashes: with hashes pip rejects the editable installation.
"""

import argparse
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
FILE = ROOT / "constraints.txt"
HEADING = "# The packages that every installation of this repository gets. Written by `make constraints`.\n"

Versions = dict[str, str]

_LOWER_BOUND = re.compile(r"(?P<name>[\w.-]+)>=(?P<version>[\d.]+)", re.ASCII)


def main() -> None:
    """Write or print the constraints."""
    parser = argparse.ArgumentParser(prog="python -m tools.constraints", description=__doc__)
    parser.add_argument("--lowest", action="store_true", help="print the oldest releases that pyproject.toml allows")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    if parser.parse_args().lowest:
        sys.stdout.write(as_text(lowest(project, pinned())))
    else:
        FILE.write_text(HEADING + as_text(newest(project)), encoding="utf-8")


def newest(project: Mapping[str, Any]) -> Versions:
    """Return the version of each package that pip would install today."""
    extras = ",".join(project["optional-dependencies"])
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed", "--report=-"]
    done = subprocess.run([*command, f"{ROOT}[{extras}]"], stdout=subprocess.PIPE, check=True)  # noqa: S603 - pip
    packages = json.loads(done.stdout)["install"]
    found = [package["metadata"] for package in packages if not package["is_direct"]]
    return {normalized(package["name"]): package["version"] for package in found}


def pinned() -> Versions:
    """Return the versions in constraints.txt."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if not line.startswith("#"))


def lowest(project: Mapping[str, Any], versions: Versions) -> Versions:
    """Return the versions, replaced by the lower bounds of the program and its extras."""
    return {**versions, **dict(lower_bounds(project))}


def lower_bounds(project: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield name and lowest version of each requirement of the program and its extras, without ``dev``."""
    extras = {name: required for name, required in project["optional-dependencies"].items() if name != "dev"}
    for requirement in [*project["dependencies"], *(one for extra in extras.values() for one in extra)]:
        bound = _LOWER_BOUND.fullmatch(requirement)
        if bound is None:
            raise ValueError(f"pyproject.toml: want name>=version, not {requirement!r}")
        yield normalized(bound["name"]), bound["version"]


def normalized(name: str) -> str:
    """Return the normalized name of a package."""
    return re.sub(r"[-_.]+", "-", name).lower()


def as_text(versions: Versions) -> str:
    """Return one line for each package, sorted by name."""
    return "".join(f"{name}=={version}\n" for name, version in sorted(versions.items()))


if __name__ == "__main__":
    main()
