"""Write the saved results to docs/performance.md: ``python -m tests.load.bench.document FILE``."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.load.bench.probes import Figures
from tests.load.bench.results import Results, SavedResults, saved_results

BEGIN = "<!-- figures of tests/load/bench/results/latest.json, by make docs -->"
END = "<!-- end of the figures -->"

DEVICES = {
    "capture": "real response of an M600",
    "m600": "simulated M600",
    "m3000": "simulated M3000, a card of each family",
    "m3000 full of PTP cards": "the same with five PTP cards",
}
"""The documents of the benchmark in plain words, by name."""

AT_ONCE = (2, 8, 32)
"""Numbers of concurrent probes besides one."""


def renewed(text: str, found: SavedResults) -> str:
    """Return the document with these results. Raises ValueError if a mark is missing."""
    begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    return "\n".join([text[:begin], *figures(found), text[end:]])


def figures(found: SavedResults) -> Iterator[str]:
    """Yield the lines of the tables."""
    machine, results = found.machine, found.results
    libraries = ", ".join(f"{name} {machine[name]}" for name in ("requests", "prometheus-client", "isal"))
    yield f"{machine['processor']}, {machine['cores']} cores, Python {machine['python']}, {libraries}."
    yield ""
    yield from table(("probe of", *DEVICES.values()), probes(results))
    yield ""
    yield from table(
        ("concurrent probes, real response", "1", *map(str, AT_ONCE)), at_once(results["probe of capture"])
    )
    yield ""
    yield from table(("fleet", ""), fleet(results["fleet"]))
    yield ""
    yield from table(("other measurements", ""), elsewhere(results))


def table(titles: Sequence[str], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    """Yield a Markdown table with right-aligned figures."""
    yield f"| {' | '.join(titles)} |"
    yield f"|---|{'---:|' * (len(titles) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def probes(results: Results) -> Iterator[tuple[str, ...]]:
    """Yield the cost of a probe, for each device."""
    parts = [results[f"probe of {name}"] for name in DEVICES]
    for title, name, form in (
        ("series", "series", "{:,.0f}"),
        ("page, bytes", "page_bytes", "{:,.0f}"),
        ("page with gzip, bytes", "gzip_bytes", "{:,.0f}"),
        ("CPU, ms", "cpu_ms", "{:.2f}"),
        ("CPU of the peer, ms", "cpu_peer_ms", "{:.2f}"),
        ("**ratio**", "cpu_to_peer_ratio", "**{:.2f}**"),
        ("CPU with OpenMetrics and gzip, ms", "cpu_gzip_openmetrics_ms", "{:.2f}"),
        ("ratio with OpenMetrics and gzip", "cpu_gzip_openmetrics_to_peer_ratio", "{:.2f}"),
        ("p50 / p95 / p99, ms", "", ""),
        ("resident memory idle, MiB", "resident_idle_mib", "{:.0f}"),
        ("resident memory after load, MiB", "resident_after_mib", "{:.0f}"),
    ):
        yield title, *(form.format(part[name]) if name else percentiles(part, "") for part in parts)


def percentiles(part: Figures, which: str) -> str:
    """Return the three percentiles for a number of concurrent probes, in milliseconds."""
    return " / ".join(f"{part[f'{name}{which}_ms']:.1f}" for name in ("p50", "p95", "p99"))


def at_once(part: Figures) -> Iterator[tuple[str, ...]]:
    """Yield the results of concurrent probes."""
    yield "probes per second", *(f"{part[f'probes_per_second_at_{number}']:,.0f}" for number in (1, *AT_ONCE))
    yield "CPU per probe, ms", f"{part['cpu_ms']:.2f}", *(f"{part[f'cpu_at_{number}_ms']:.2f}" for number in AT_ONCE)
    yield "p50 / p95 / p99, ms", percentiles(part, ""), *(percentiles(part, f"_at_{number}") for number in AT_ONCE)


def fleet(part: Figures) -> Iterator[tuple[str, ...]]:
    """Yield the cost of the fleet."""
    yield "devices, each every 15 s and responding after 200 ms", f"{part['devices']:,.0f}"
    yield "seconds watched", f"{part['seconds']:.0f}"
    yield "probes / failed / too late", f"{part['probes']:,.0f} / {part['failed']:.0f} / {part['missed']:.0f}"
    yield "**share of one core**", f"**{part['core_percent']:.1f} %**"
    yield "CPU per probe, ms", f"{part['cpu_ms']:.2f}"
    yield (
        "p50 / p95 / p99 beyond the device, ms",
        " / ".join(f"{part[f'{name}_beyond_device_ms']:.1f}" for name in ("p50", "p95", "p99")),
    )
    yield (
        "resident memory idle / after, MiB",
        f"{part['resident_idle_mib']:.0f} / **{part['resident_after_mib']:.0f}**",
    )
    yield "connections at one device, at most", f"{part['connections_most_at_one_device']:.0f}"


def elsewhere(results: Results) -> Iterator[tuple[str, ...]]:
    """Yield the other results."""
    tls, memory = results["probe of m600 over TLS"], results["memory"]
    yield "CPU over a kept TLS connection, simulated M600, ms", f"{tls['cpu_tls_ms']:.2f}"
    for name in ("m600", "m3000 full of PTP cards"):
        new = results[f"new shape of {name}"]
        yield (
            f"mapping of a new / known shape, {DEVICES[name]}, ms",
            f"{new['new_ms']:.0f} / {new['known_ms']:.1f}",
        )
    differing, started = results.get("shapes that differ"), results.get("start")
    if differing:
        yield (
            "probe of 100 chassis that all differ, first / second round, ms of CPU",
            f"{differing['cpu_first_probe_ms']:.0f} / {differing['cpu_second_probe_ms']:.0f}",
        )
        yield (
            "probe of an M600 whose shape changes at every probe, ms of CPU",
            f"{differing['cpu_changing_shape_ms']:.0f}",
        )
    if started:
        yield "start to first response, s", f"{started['first_answer_after_s']:.2f}"
        yield "import of the server, s", f"{started['import_s']:.2f}"
        yield "CPU of a health check, µs", f"{started['cpu_health_check_us']:.0f}"
    yield (
        f"growth of memory, probe {memory['probes'] / 5:,.0f} to {memory['probes']:,.0f}, MiB",
        f"{memory['growth_after_first_part_mib']:.2f}",
    )


def main() -> None:
    """Update the document."""
    path = Path(sys.argv[1])
    path.write_text(renewed(path.read_text(encoding="utf-8"), saved_results()), encoding="utf-8")


if __name__ == "__main__":
    main()
