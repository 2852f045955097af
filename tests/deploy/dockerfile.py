"""A Dockerfile as a list of instructions, as far as ours needs it."""

import json
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction: its keyword, its flags (``--from=build``) and the rest."""

    keyword: str
    flags: tuple[str, ...]
    rest: str

    @property
    def command(self) -> list[str]:
        """The command in exec form (a JSON list)."""
        return [str(part) for part in json.loads(self.rest)]


def instructions(file: Path) -> list[Instruction]:
    """Return the instructions of a Dockerfile, continued lines joined, comments left out."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    logical = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [_instruction(line) for line in logical.splitlines() if line.strip()]


def _instruction(line: str) -> Instruction:
    keyword, *words = line.split(" ")
    flags = tuple(word for word in words if word.startswith("--"))
    return Instruction(keyword, flags, " ".join(word for word in words if not word.startswith("--")))


def stages(file: Path) -> list[list[Instruction]]:
    """Return the instructions of each stage, ``FROM`` first."""
    found: list[list[Instruction]] = []
    for instruction in instructions(file):
        if instruction.keyword == "FROM":
            found.append([])
        if found:
            found[-1].append(instruction)
    return found
