"""``docs/metrics.md``, made from the tables that the exporter runs on.

``python -m tools.metrics_reference docs/metrics.md`` writes the page.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from lantime_exporter import collectors
from lantime_exporter.exposition.metric import Metric
from lantime_exporter.inspection.titles import titles
from lantime_exporter.mapping import generic
from lantime_exporter.mapping.readers import SECONDS_BY_SUFFIX, FirstOf, Flags, InfoLabels, State, WhenValue
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.mapping.table import Collector, Ignored, Reader, Row, Table
from lantime_exporter.probe.metrics import METRICS
from lantime_exporter.web.exporter_metrics import RESULTS, ExporterMetrics

COMMAND = "python -m tools.metrics_reference docs/metrics.md"

UNITS = ", ".join(f"`{suffix}`" for suffix in SECONDS_BY_SUFFIX)

INTRODUCTION = f"""\
# Metrics

<!-- made by {COMMAND} -->

Everything that `/probe` and `/metrics` can say. The tables below are made from those the exporter runs on, so what is
written here is what it does.

**Where values come from.** *Source* is the place in the device's answer to `GET /api/status`, below `data`. A leading
`/` stands for the answer as a whole, `[]` for every element of a list, a word in capitals (`SERVICE`, `RECEIVER`) for
every key in that place, and `-UNIT` for one of {UNITS}.
Other spellings that are read as well follow after "or". Keys are compared by letters and digits alone: `port-state`,
`port_state` and `PortState` are one. `lantime-exporter inspect` shows which values a device of yours has.

**Grades** tell how well it is known where a device says something.

| Grade | Evidence |
|---|---|
| A | seen in the answer of a real device |
| B | read by software that runs against devices |
| C | derived from the SNMP MIB, a header file or a manual: the device knows it, the spelling in JSON is inferred |
| D | a guess |
| - | said by the exporter itself |

Reports of devices turn guesses into facts: `lantime-exporter inspect --report FILE` writes an anonymised one.

**Absent values.** What a device does not send, or sends as `N/A`, `-`, `never` or an empty text, gives no sample: never
0, never NaN, never an old value. A value that cannot be understood costs its own series, is counted in
`lantime_decode_errors` and named by `/probe?debug=true` and `inspect`.

**States** are one series for each known state, 1 for the present one and 0 for the others. Known states are named
beside the label. A word that is not known appears as a series of its own with value 1. Enumerations of more than ten
words, such as quality levels, have a series for the present word only. Where several conditions can
hold together, each is 1 while it holds.

**Yes and no** are 1 and 0; the name tells what 1 means.

**Identities** are in `_info` metrics, whose value is always 1 (in the text format they are gauges). No label says which
device it is: Prometheus sets `instance`. Slots of a second chassis carry its name: `chassis1/clk1`.

**Generic layer.** What no collector claims below a slot's `module` is exported as it comes under its path, see
[Generic layer](#generic-layer); identifiers, times, addresses and free text are not. Nothing vanishes:
`lantime_status_leaves` counts what becomes of every value of an answer, and what is [left out](#ignored-leaves) is left
out for a reason.
"""


EXPORTER = "On `/metrics`, beside the usual `process_` and `python_` metrics."

GENERIC = """\
`path` is the REST path below the module (`GET /api/status/chassis0/slots/SLOT/module/PATH` shows the same value), or
below `/api/status`. At most `generic_series_per_slot` series a slot; `lantime_generic_series_dropped` counts the rest.
The `lantime_status_` metrics are off by default (`generic_status`)."""

LEFT_OUT = """\
Values that are left out on purpose, by collector. The generic layer leaves out what names the element it stands in, and
below modules and in unknown sections every identifier, address, time and free text."""

GENERIC_METRICS = (
    *(generic.VALUE, generic.FLAG, generic.STATE),
    *(generic.STATUS_VALUE, generic.STATUS_FLAG, generic.STATUS_STATE),
)

REMARK = re.compile(r" \([^()]*modules\.md[^()]*\)")
"""Where the developers have it from."""


def page(loaded: CollectorRegistry) -> str:
    """Return the page in Markdown."""
    heading = titles()
    sections = {
        "Probe": ("What a probe says about itself.", _table(_line(metric) for metric in METRICS)),
        **{one.name: (f"{_described(heading[one.name])}.", _collector(one)) for one in loaded.collectors},
        "Generic layer": (GENERIC, _table(_line(metric) for metric in GENERIC_METRICS)),
        "Exporter": (EXPORTER, _table(_own())),
        "Ignored leaves": (LEFT_OUT, _ignored(loaded.collectors)),
    }
    contents = " · ".join(f"[{title}](#{title.lower().replace(' ', '-')})" for title in sections)
    parts = (f"## {title}\n\n{text}\n\n{table}" for title, (text, table) in sections.items())
    return "\n".join((INTRODUCTION, f"**Contents**: {contents}\n", *parts))


def _described(title: str) -> str:
    return REMARK.sub("", title).replace("``", "`")


def _collector(collector: Collector) -> str:
    """Return the table of a collector; what several rows say of one metric is put together."""
    sources: dict[str, dict[str, None]] = {}
    words: dict[str, dict[str, None]] = {}
    metrics: dict[str, Metric] = {}
    for table, row in collector.rows():
        name = row.metric.name
        metrics[name] = row.metric
        sources.setdefault(name, {}).update(dict.fromkeys(_sources(table, row)))
        words.setdefault(name, {}).update(dict.fromkeys(known_words(row.read)))
    return _table(_line(metric, tuple(words[name]), tuple(sources[name])) for name, metric in metrics.items())


def known_words(reader: Reader) -> tuple[str, ...]:
    """Return the values that the last label of a reader's metric is known to have, none where they are not known."""
    match reader:
        case State() | Flags():
            return reader.enumeration.states
        case FirstOf():
            return tuple(word for one in reader.readers for word in known_words(one))
        case WhenValue():
            return known_words(reader.reader)
    return ()


def _sources(table: Table, row: Row) -> Iterator[str]:
    """Yield where a row reads, in words."""
    if isinstance(row.read, InfoLabels):
        for label, (keys, _) in row.read.labels.items():
            yield f"{label}: {_source(table.path, keys)}"
    else:
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
    """Return spellings, those of one stem that differ in the unit of time alone as ``stem-UNIT``."""
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
    """Yield the lines of the exporter's own metrics, as they are once each of them has a sample."""
    own = ExporterMetrics(0.0)
    own.watch_device_connections(lambda: 0)
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
    """Return the table of everything that is left out, one line for each reason of a collector."""
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
    """Renew the page."""
    file.write_text(page(collectors.load()), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
