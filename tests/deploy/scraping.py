"""Scrape configurations of other programs, converted to those of Prometheus."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Job = dict[str, Any]

JOBS = ("lantime", "lantime-exporter")
LIMITS = ("sample_limit", "label_value_length_limit")
COMPARED = ("job_name", "metrics_path", "scrape_timeout", "relabel_configs", *LIMITS)


def essence(job: Job, address: str) -> Job:
    """Return the parts that must be the same everywhere, with a placeholder for the address."""
    found = {key: job[key] for key in COMPARED if key in job}
    found["addresses"] = sorted(
        [target for group in job.get("static_configs", ()) for target in group["targets"]]
        + [source["url"] for source in job.get("http_sd_configs", ())]
    )
    return dict(replaced(found, address))


def replaced(value: Any, address: str) -> Any:
    """Return the value with ``EXPORTER`` in place of the address, at any depth."""
    match value:
        case str():
            return value.replace(address, "EXPORTER")
        case list():
            return [replaced(item, address) for item in value]
        case dict():
            return {key: replaced(item, address) for key, item in value.items()}
    return value


def snake(value: Any) -> Any:
    """Return an object of the Prometheus Operator with the keys of Prometheus (``scrapeTimeout``)."""
    match value:
        case list():
            return [snake(item) for item in value]
        case dict():
            return {re.sub(r"([a-z])([A-Z]+)", _lower, key).lower(): snake(item) for key, item in value.items()}
    return value


def _lower(match: re.Match[str]) -> str:
    return f"{match[1]}_{match[2].lower()}" if len(match[2]) == 1 else f"{match[1]}_{match[2][:-1]}_{match[2][-1]}"


def of_the_operator(spec: Mapping[str, Any]) -> Job:
    """Return the job of a ScrapeConfig."""
    return {{"relabelings": "relabel_configs"}.get(key, key): value for key, value in snake(spec).items()}


@dataclass(frozen=True, slots=True)
class Block:
    """A block of an Alloy file: ``prometheus.scrape "lantime" { ... }``."""

    kind: str
    label: str
    values: dict[str, Any] = field(default_factory=dict)
    blocks: list["Block"] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The prefix of references to its exports."""
        return f"{self.kind}.{self.label}"


TOKEN = re.compile(r'//[^\n]*|"(?:[^"\\]|\\.)*"|[A-Za-z_][\w.]*|\d+|[{}\[\]=,]|(?P<other>\S)')


def alloy(text: str) -> list[Block]:
    """Return the blocks of an Alloy file. Raises ValueError for syntax that ours do not use."""
    tokens = [match[0] for match in TOKEN.finditer(text) if not match[0].startswith("//")]
    if any(match["other"] for match in TOKEN.finditer(text)):
        raise ValueError("not the Alloy syntax that this reader knows")
    rest = iter(tokens)
    return _body(rest, Block("", "")).blocks


def _body(tokens: Iterator[str], block: Block) -> Block:
    for word in tokens:
        if word == "}":
            return block
        following = next(tokens)
        if following == "=":
            block.values[word] = _value(tokens, next(tokens))
            continue
        label = following.strip('"') if following != "{" else ""
        if following != "{" and next(tokens) != "{":
            raise ValueError(f"{word}: a block begins with {{")
        block.blocks.append(_body(tokens, Block(word, label)))
    if block.kind:
        raise ValueError(f"{block.name}: a block ends with }}")
    return block


def _value(tokens: Iterator[str], word: str) -> Any:
    if word == "[":
        return [_value(tokens, item) for item in iter(lambda: next(tokens), "]") if item != ","]
    if word == "{":
        found = {}
        for key in iter(lambda: next(tokens), "}"):
            if key == ",":
                continue
            if next(tokens) != "=":
                raise ValueError(f"{key}: = is missing")
            found[key.strip('"')] = _value(tokens, next(tokens))
        return found
    return int(word) if word.isdigit() else word.strip('"')
