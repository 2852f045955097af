"""The response to a probe, as Prometheus reads it."""

from lantime_exporter.probe.probe import ProbeRequest, ProbeResult
from lantime_exporter.probe.service import ProbeService
from prometheus_client.parser import text_string_to_metric_families


class Samples(dict[tuple[str, frozenset[tuple[str, str]]], float]):
    """Samples by name and set of labels."""

    @property
    def names(self) -> set[str]:
        return {name for name, _ in self}

    def one(self, name: str, **labels: str) -> float | None:
        """Return the sample with exactly these labels, None if there is none."""
        return self.get((name, frozenset(labels.items())))

    def labels(self, name: str, label: str) -> set[str]:
        """Return the values that a label has in the series of a name."""
        return {dict(labels)[label] for found, labels in self if found == name}

    @property
    def reason(self) -> str:
        """The one state of ``lantime_probe_failure`` that is 1."""
        (reason,) = (
            dict(labels)["reason"]
            for (name, labels), value in self.items()
            if name == "lantime_probe_failure" and value == 1
        )
        return reason


def read(result: ProbeResult) -> Samples:
    """Return the samples of a result; each series must occur once."""
    return samples_of(result.page.render(openmetrics=False).decode())


def samples_of(page: str) -> Samples:
    """Return the samples of a page in the text format; each series must occur once."""
    found = Samples()
    for family in text_string_to_metric_families(page):
        for sample in family.samples:
            key = (sample.name, frozenset(sample.labels.items()))
            assert key not in found, f"{key} occurs twice"
            found[key] = sample.value
    return found


def probe(
    exporter: ProbeService,
    target: str = "lantime-1",
    *,
    module: str | None = None,
    slots: tuple[str, ...] = (),
    scrape_timeout: float | None = None,
) -> Samples:
    """Probe a device and return the samples."""
    request = ProbeRequest(target=target, module=module, slots=slots, scrape_timeout=scrape_timeout)
    return read(exporter.probe(request))
