"""``docs/metrics.md``, generated from the tables of the exporter.

``python -m tools.metrics_reference docs/metrics.md`` writes the page.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from lantime_exporter import collectors
from lantime_exporter.exposition.metric import Metric
from lantime_exporter.inspection.page import titles
from lantime_exporter.mapping import generic
from lantime_exporter.mapping.readers import SECONDS_BY_SUFFIX
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.mapping.table import Collector, Ignored, Row, Table
from lantime_exporter.probe.metrics import METRICS
from lantime_exporter.web.exporter_metrics import RESULTS, ExporterMetrics

COMMAND = "python -m tools.metrics_reference docs/metrics.md"

UNITS = ", ".join(f"`{suffix}`" for suffix in SECONDS_BY_SUFFIX)

INTRODUCTION = f"""\
# Metrics

<!-- made by {COMMAND} -->

All metrics of `/probe` and `/metrics`, generated from the tables of the exporter.

**Source** is the place in the response to `GET /api/status`, below `data`. A leading `/` is the root of the response,
`[]` each element of a list, a word in capitals (`SERVICE`, `RECEIVER`) each key in that place, and `-UNIT` one of
{UNITS}. Other accepted keys follow after "or". Only letters and digits of a key count: `port-state`, `port_state` and
`PortState` are the same. `lantime-exporter inspect` shows the values of your device.

**Grade** is the evidence for the source.

| Grade | Evidence |
|---|---|
| A | seen in the status of a real device |
| B | read by other software from real devices |
| C | derived from the SNMP MIB, a header file or a manual: the device has the value, the key is inferred |
| D | guessed |
| - | from the exporter itself |

Reports correct guesses: `lantime-exporter inspect --report FILE` writes an anonymised report.

**Absent values.** A value that the device does not send, or sends as `N/A`, `-`, `never` or empty text, gives no
sample: never 0, NaN or an old value. A value that cannot be decoded costs only its own series; `lantime_decode_errors`
counts it, `/probe?debug=true` and `inspect` name it.

**States** are one series per known state: 1 for the current state, 0 for the others. The label column lists the known
states. An unknown state becomes a new series with value 1. Enumerations of more than ten states, such as quality
levels, have only the series of the current state. If several conditions can apply, each is 1 while it does.

**Booleans** are 1 and 0; the name states the meaning of 1.

**Identities** are in `_info` metrics, whose value is always 1 (gauges in the text format). No label names the device:
Prometheus sets `instance`. Slots of a second chassis have its name: `chassis1/clk1`.

**Generic layer.** Values below `module` of a slot that no collector handles are exported under their path (see
[Generic layer](#generic-layer)), except identifiers, times, addresses and free text. `lantime_status_leaves` counts
mapped, generic, ignored and unaccounted values; [ignored](#ignored-leaves) ones have a reason.
"""


EXPORTER = "On `/metrics`, with the usual `process_` and `python_` metrics."

GENERIC = """\
`path` is the REST path below the module (`GET /api/status/chassis0/slots/SLOT/module/PATH` shows the same value), or
below `/api/status`. At most `generic_series_per_slot` series per slot; `lantime_generic_series_dropped` counts the
rest. The `lantime_status_` metrics are off by default (`generic_status`)."""

LEFT_OUT = """\
Values that are not exported, by collector. The generic layer ignores keys that name an element, and
identifiers, addresses, times and free text in modules and unknown sections."""

REMARK = re.compile(r" \([^()]*modules\.md[^()]*\)")
"""References for developers."""


def page(loaded: CollectorRegistry) -> str:
    """Return the page in Markdown."""
    heading = titles()
    sections = {
        "Probe": ("Metrics of the probe itself.", _table(_line(metric) for metric in METRICS)),
        **{one.name: (f"{_described(heading[one.name])}.", _collector(one)) for one in loaded.collectors},
        "Generic layer": (GENERIC, _table(_line(metric) for metric in generic.METRICS)),
        "Exporter": (EXPORTER, _table(_own())),
        "Ignored leaves": (LEFT_OUT, _ignored(loaded.collectors)),
    }
    contents = " · ".join(f"[{title}](#{title.lower().replace(' ', '-')})" for title in sections)
    parts = (f"## {title}\n\n{text}\n\n{table}" for title, (text, table) in sections.items())
    return "\n".join((INTRODUCTION, f"**Contents**: {contents}\n", *parts))


def _described(title: str) -> str:
    return REMARK.sub("", title).replace("``", "`")


def _collector(collector: Collector) -> str:
    """Return the table of a collector; rows of the same metric are merged."""
    sources: dict[str, dict[str, None]] = {}
    words: dict[str, dict[str, None]] = {}
    metrics: dict[str, Metric] = {}
    for table, row in collector.rows():
        name = row.metric.name
        metrics[name] = row.metric
        sources.setdefault(name, {}).update(dict.fromkeys(_sources(table, row)))
        words.setdefault(name, {}).update(dict.fromkeys(row.read.states))
    return _table(_line(metric, tuple(words[name]), tuple(sources[name])) for name, metric in metrics.items())


def _sources(table: Table, row: Row) -> Iterator[str]:
    """Yield the sources of a row."""
    for label, keys in row.read.label_keys.items():
        yield f"{label}: {_source(table.path, keys)}"
    if not row.read.label_keys:
        yield _source(table.path, row.read.keys)


def _source(path: str, keys: Sequence[str]) -> str:
    first, *others = _folded(keys) or ["."]
    source = _code(_below(path, first))
    return f"{source} or {', '.join(map(_code, others))}" if others else source


def _below(path: str, key: str) -> str:
    if path == "/":
        return f"/{key}"
    return path if key in ("", ".") else f"{path}.{key}"


def _folded(keys: Sequence[str]) -> list[str]:
    """Return spellings; those that differ only in the unit of time become ``stem-UNIT``."""
    found: dict[str, None] = {}
    for key in keys:
        stems = [key.removesuffix(suffix) for suffix in SECONDS_BY_SUFFIX if key.endswith(suffix)]
        stem = next((stem for stem in stems if all(stem + suffix in keys for suffix in SECONDS_BY_SUFFIX)), None)
        found[key if stem is None else f"{stem}-UNIT"] = None
    return list(found)


def _line(metric: Metric, words: Sequence[str] = (), sources: Sequence[str] = ()) -> tuple[str, ...]:
    labels = [_code(label) for label in metric.labels]
    if labels and words:
        labels[-1] += f" ({', '.join(map(_code, words))})"
    return (_code(metric.name), metric.kind, ", ".join(labels), metric.help, "; ".join(sources), metric.grade)


def _own() -> Iterator[tuple[str, ...]]:
    """Yield the lines of the exporter's own metrics, once each of them has a sample."""
    own = ExporterMetrics(0.0)
    own.count_response(200)
    for family in own.registry.collect():
        if family.name.startswith("lantime_exporter_"):
            labels = dict.fromkeys(label for sample in family.samples for label in sample.labels if label != "le")
            shown = [f"{_code(label)}{_results() if label == 'result' else ''}" for label in labels]
            name = f"{family.name}_total" if family.type == "counter" else family.name
            yield _code(name), family.type, ", ".join(shown), family.documentation, "", "-"


def _results() -> str:
    return f" ({', '.join(map(_code, RESULTS))})"


def _ignored(collectors: Iterable[Collector]) -> str:
    """Return the table of ignored values, one line for each reason of a collector."""
    lines: dict[tuple[str, str], dict[str, None]] = {}
    for collector in collectors:
        for table in collector.tables:
            for row in table.rows:
                if isinstance(row, Ignored):
                    leaves = lines.setdefault((collector.name, row.reason), {})
                    leaves.update((_code(_below(table.path, key)), None) for key in row.keys)
    return _markdown(
        ("Collector", "Leaves", "Reason"),
        ((_code(name), ", ".join(leaves), reason) for (name, reason), leaves in lines.items()),
    )


def _table(lines: Iterable[tuple[str, ...]]) -> str:
    return _markdown(("Metric", "Type", "Labels", "Meaning", "Source", "Grade"), lines)


def _markdown(head: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> str:
    rows = (head, ("---",) * len(head), *lines)
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |\n" for row in rows)


def _code(text: str) -> str:
    return f"`{text}`"


def main(file: Path) -> None:
    """Update the page."""
    file.write_text(page(collectors.load()), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
