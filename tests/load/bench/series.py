"""The series of a page, each with the place of its value in the document, for ``peer``."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from lantime_exporter.config.settings import Module
from lantime_exporter.document.shape import Scalar
from lantime_exporter.exposition.text import Page
from lantime_exporter.mapping.binding import Binding
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.registry import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families

Keys = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """Label values in the order of the family, the value, and the keys that lead to it, if any."""

    labels: tuple[str, ...]
    value: float
    keys: Keys | None
    leaf: Scalar


@dataclass(frozen=True, slots=True)
class Family:
    """A metric with its series."""

    name: str
    help: str
    kind: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]


def families(catalogue: CollectorRegistry, document: dict[str, Any], page: bytes) -> tuple[Family, ...]:
    """Return the families of a page (text format) of a device with this document."""
    places = list(_places(document, ()))
    bindings = _readings(catalogue, document)
    return tuple(_families(page, places, bindings))


def text(found: tuple[Family, ...]) -> str:
    """Return the families as JSON."""
    return json.dumps([asdict(family) for family in found])


def mapped(catalogue: CollectorRegistry, document: dict[str, Any]) -> bytes:
    """Return the page of a document, without the metrics of the probe."""
    return Page(Mapper(catalogue, Module()).map(document).families).render(openmetrics=False)


def _families(
    page: bytes, places: list[tuple[Keys, Scalar]], bindings: Mapping[str, list[Binding]]
) -> Iterator[Family]:
    for family in text_string_to_metric_families(page.decode()):
        for name in dict.fromkeys(sample.name for sample in family.samples):
            samples = [sample for sample in family.samples if sample.name == name]
            labels = tuple(sorted(samples[0].labels))
            yield Family(
                name=name,
                help=family.documentation,
                kind=family.type,
                labels=labels,
                series=tuple(
                    Series(
                        tuple(sample.labels[label] for label in labels),
                        sample.value,
                        *_place(sample.labels, bindings.get(name, []), places),
                    )
                    for sample in samples
                ),
            )


def _place(
    labels: Mapping[str, str], bindings: list[Binding], places: list[tuple[Keys, Scalar]]
) -> tuple[Keys | None, Scalar]:
    for binding in bindings:
        fixed = dict(zip(binding.metric.labels, binding.labels, strict=False))
        if binding.sources and fixed.items() <= labels.items():
            return places[binding.sources[0].index]
    return None, None


def _readings(catalogue: CollectorRegistry, document: dict[str, Any]) -> Mapping[str, list[Binding]]:
    context, _ = Mapper(catalogue, Module()).bind(document)
    found: dict[str, list[Binding]] = {}
    for bindings in context.bindings.values():
        for binding in bindings:
            found.setdefault(binding.metric.name, []).append(binding)
    return found


def _places(value: Any, keys: Keys) -> Iterator[tuple[Keys, Scalar]]:
    """Yield the keys of every leaf in document order, which is the order of ``lantime_exporter.document``."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _places(item, (*keys, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _places(item, (*keys, index))
    else:
        yield keys, value
