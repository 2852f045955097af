"""The same series in the usual way: with requests, prometheus_client and wsgiref.

``python -m tests.load.bench.peer`` reads a ``PeerDescription`` as JSON from its standard input, writes a line with its
port, and serves until the input ends. It reads fields as cheaply as hand-written code: it looks up every block of the
document once, takes numbers unchanged, and compares words with their earlier values. What a later document lacks gives
no sample.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import requests
from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerDescription:
    """What to serve: the URL of the status, and the file of the series (``bench.series``)."""

    url: str
    series: str

    def text(self) -> str:
        """Return the description as JSON."""
        return json.dumps(asdict(self))


class Plain(Collector):
    """Fetches the document and creates families at every scrape."""

    def __init__(self, url: str, families: list[dict[str, Any]]) -> None:
        self._url = url
        self._session = requests.Session()
        self._session.auth = ("bench", "bench")
        blocks: dict[tuple[str | int, ...], int] = {}
        self._families = [
            (family["kind"], family["name"], family["help"], family["labels"], _samples(family["series"], blocks))
            for family in families
        ]
        self._blocks = list(blocks)

    def close(self) -> None:
        """Close the kept connection."""
        self._session.close()

    def collect(self) -> Iterator[Metric]:
        """Yield the families."""
        response = self._session.get(self._url, timeout=10)
        response.raise_for_status()
        document = response.json()
        blocks = [_walk(document, keys) for keys in self._blocks]
        for kind, name, text, labels, samples in self._families:
            family = CounterMetricFamily if kind == "counter" else GaugeMetricFamily
            found = family(name, text, labels=labels)
            for values, block, key, word, figure in samples:
                try:
                    if block is None:
                        found.add_metric(values, figure)
                    elif word is None:
                        found.add_metric(values, float(blocks[block][key]))
                    else:
                        found.add_metric(values, figure if blocks[block][key] == word else 1.0 - figure)
                except (KeyError, IndexError):
                    continue
            yield found


def _samples(series: list[dict[str, Any]], blocks: dict[tuple[str | int, ...], int]) -> list[tuple[Any, ...]]:
    """Return label values, block and key of each series, and the word if the leaf is one, else None."""
    found: list[tuple[Any, ...]] = []
    for each in series:
        if each["keys"] is None:
            found.append((each["labels"], None, None, None, each["value"]))
            continue
        *block, key = each["keys"]
        place = blocks.setdefault(tuple(block), len(blocks))
        number = isinstance(each["leaf"], int | float) and not isinstance(each["leaf"], bool)
        found.append((each["labels"], place, key, None if number else each["leaf"], each["value"]))
    return found


def _walk(document: Any, keys: tuple[str | int, ...]) -> Any:
    """Return the block at these keys, an empty one if the document has none."""
    try:
        for key in keys:
            document = document[key]
    except (KeyError, IndexError):
        return {}
    return document


def main() -> None:
    """Serve the description in the first line of the standard input."""
    description = PeerDescription(**json.loads(sys.stdin.readline()))
    registry = CollectorRegistry()
    families = json.loads(Path(description.series).read_text(encoding="utf-8"))
    registry.register(Plain(description.url, families))
    server, _ = start_http_server(0, "127.0.0.1", registry)
    sys.stdout.write(json.dumps([server.server_port]) + "\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()
