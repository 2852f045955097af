"""The documents: headings, links, code."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"(?<!\\)\[[^\]\n]*(?:\n[^\]\n]*)?\]\(([^()\s]+)\)")
IMAGE = re.compile(r'<img src="([^"]+)"')
HEADING = re.compile(r"^#{1,6} (.+?)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Document:
    """A Markdown file of the checkout."""

    path: Path

    @property
    def name(self) -> str:
        """The path from the root of the checkout."""
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def prose(self) -> str:
        """The text without code blocks."""
        return FENCE.sub("", self.text)

    def blocks(self, language: str) -> list[str]:
        """Return the code blocks of a language."""
        return [body for found, body in FENCE.findall(self.text) if found == language]

    @cached_property
    def spans(self) -> list[str]:
        """The code spans of the prose."""
        return SPAN.findall(self.prose)

    @property
    def links(self) -> list[str]:
        """The targets of the links in the prose."""
        return [*LINK.findall(self.prose), *IMAGE.findall(self.prose)]

    @cached_property
    def anchors(self) -> set[str]:
        """The anchors of the headings."""
        found: list[str] = []
        for heading in HEADING.findall(self.prose):
            slug = slugified(heading)
            repeated = sum(slug in (earlier, earlier.rpartition("-")[0]) for earlier in found)
            found.append(f"{slug}-{repeated}" if repeated else slug)
        return set(found)

    @property
    def commands(self) -> list[str]:
        """The commands of the shell blocks, continued lines joined."""
        blocks = "\n".join(self.blocks("sh"))
        return [line for line in re.sub(r"\\\n\s*", "", blocks).splitlines() if line]


def slugified(heading: str) -> str:
    """Return the anchor of a heading: lower case, punctuation dropped, blanks as hyphens."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "")
    return re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")


def documents() -> Iterator[Document]:
    """Yield all documents."""
    for pattern in ("*.md", "docs/**/*.md"):
        yield from (Document(file) for file in sorted(ROOT.glob(pattern)))


DOCUMENTS = list(documents())


def words(command: str) -> list[str]:
    """Return the words of a command as a shell splits them."""
    return shlex.split(command, comments=True)
