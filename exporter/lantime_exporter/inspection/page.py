"""An inspection as readable text."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from lantime_exporter import collectors
from lantime_exporter.document.shape import Scalar
from lantime_exporter.exposition.metric import Metric
from lantime_exporter.formatting import format_count
from lantime_exporter.inspection.columns import columns, indented, pairs, printable, wrapped
from lantime_exporter.inspection.leaf_account import Inspection, Series
from lantime_exporter.inspection.series_groups import SeriesGroup, groups, natural
from lantime_exporter.inspection.units import with_unit
from lantime_exporter.mapping import generic
from lantime_exporter.mapping.result import Account

ORDER = (
    *("device", "sync", "clock", "receiver", "satellites", "longwave", "timecode", "mrs", "xhe"),
    *("slots", "power", "ntp", "network", "events", "services", "leds", "system", "syncmon", "syncteam", "cluster"),
)
"""Collectors in the order of the page; others follow ``slots``."""

MAX_VALUE_LENGTH = 60


CHOSEN = MappingProxyType({"lantime_event_active": (1.0, "active"), "lantime_service_running": (0.0, "not running")})
"""Metrics with many series: of those with this value the page shows the labels, of all the number."""


def titles() -> Mapping[str, str]:
    """Return the first line of each collector's module by the collector's name, without a full stop."""
    return {
        module.COLLECTOR.name: (module.__doc__ or "").partition("\n")[0].removesuffix(".")
        for module in collectors.modules()
    }


def page(inspection: Inspection, titles: Mapping[str, str], width: int) -> str:
    """Return the page: a part for each collector, the account of the leaves, and errors.

    ``titles`` are those of the collectors by name.
    """
    parts = [
        *((_title(name, titles), tuple(_part(name, inspection.series[name], width))) for name in _order(inspection)),
        ("Values that no collector claims (generic)", tuple(_generic(inspection, width))),
        ("Leaves of the status tree", tuple(_account(inspection))),
        ("Decode errors", tuple(_decode_errors(inspection))),
        ("Collectors that failed", tuple(f"{name}: {printable(text)}" for name, text in inspection.failures.items())),
    ]
    shown = ["\n".join((title, *indented(lines or ("none",)))) for title, lines in parts]
    return "\n\n".join((*shown, *advice(inspection, width))) + "\n"


def advice(inspection: Inspection, width: int) -> Iterator[str]:
    """Yield advice about leaves that no collector handles or decodes; nothing if there are none."""
    models = Counter(item.labels["model"] for item in inspection.series.get(generic.NAME, ()) if "model" in item.labels)
    places = [
        f"{format_count(count, 'value')} of {printable(model) or 'a module without a model'}"
        for model, count in models.items()
    ]
    unknown = sum(leaf.account is Account.UNACCOUNTED for leaf in inspection.leaf_accounts)
    found = [
        *([f"exported by path only, because no collector handles them: {', '.join(places)}"] if places else ()),
        *([f"{format_count(unknown, 'value')} not accounted for"] if unknown else ()),
        *([f"{format_count(len(inspection.decode_errors), 'value')} not decoded"] if inspection.decode_errors else ()),
    ]
    if found:
        text = f"{'; '.join(found)}. Please send a report, so that the next version knows them: run this command with"
        yield "\n".join(
            ("Advice", *indented(wrapped(f"{text} --report report.json and attach the file to an issue.", width - 2)))
        )


def _order(inspection: Inspection) -> list[str]:
    names = [name for name in inspection.series if name != generic.NAME]
    known = {name: place for place, name in enumerate(ORDER)}
    return sorted(names, key=lambda name: (known.get(name, known["slots"]), name not in known, name))


def _title(name: str, titles: Mapping[str, str]) -> str:
    """Return the title of a part: the docstring of its module before the details."""
    what, *_ = re.split(r":| \(", titles.get(name, name))
    return f"{what} ({name})"


def _part(collector: str, series: Sequence[Series], width: int) -> Iterator[str]:
    for item in dict.fromkeys(one.metric for one in series):
        if item.name in CHOSEN:
            yield from _selection(collector, item, series, width)
            return
    yield from _tables(collector, series, width)


def _selection(collector: str, metric: Metric, series: Sequence[Series], width: int) -> Iterator[str]:
    chosen, meaning = CHOSEN[metric.name]
    counted = [item for item in series if item.metric == metric]
    shown = [item.labels for item in counted if item.value == chosen]
    rest = [item for item in series if item.metric != metric and item.labels in shown]
    yield f"{len(shown)} of {len(counted)} {meaning}"
    if rest:
        yield from _tables(collector, rest, width)
    else:
        yield from wrapped(", ".join(printable(" ".join(labels.values())) for labels in shown), width - 2)


def _tables(collector: str, series: Sequence[Series], width: int) -> Iterator[str]:
    for place, group in enumerate(groups(collector, series)):
        if place:
            yield ""
        yield from _table(group, width - 2)


def _table(group: SeriesGroup, width: int) -> Iterator[str]:
    """Yield a table with the parts as rows, or as columns if there are more values than parts."""
    names = group.names
    if not group.labels:
        return pairs([(name, printable(group.text((), name))) for name in names], width)
    ordered = sorted(group.things, key=natural) if group.labels[0] == "slot" else group.things
    things = {thing: printable(" ".join(thing)) for thing in ordered}
    if len(names) <= len(things):
        head = (" ".join(group.labels), *names)
        rows = [(shown, *(printable(group.text(thing, name)) for name in names)) for thing, shown in things.items()]
    else:
        head = (" ".join(group.labels), *things.values())
        rows = [(name, *(printable(group.text(thing, name)) for thing in things)) for name in names]
    return columns(head, rows, width)


def _generic(inspection: Inspection, width: int) -> Iterator[str]:
    by_place: dict[str, list[tuple[str, str]]] = {}
    for item in inspection.series.get(generic.NAME, ()):
        labels = item.labels
        place = f"{labels['slot']} ({labels['model']})" if "slot" in labels else "outside the modules"
        shown = labels["state"] if "state" in labels else with_unit(item.metric, item.value)
        by_place.setdefault(place, []).append((printable(labels["path"]), printable(shown)))
    for place, items in by_place.items():
        yield f"{printable(place)}: {len(items)} series"
        yield from indented(tuple(pairs(items, width - 4)))
    for slot, count in inspection.dropped.items():
        yield f"{printable(slot)}: {count} more, beyond the limit of the module"


def _account(inspection: Inspection) -> Iterator[str]:
    for account in Account:
        leaf_accounts = [leaf for leaf in inspection.leaf_accounts if leaf.account is account]
        yield f"{len(leaf_accounts):6} {account}"
        if account is Account.IGNORED:
            yield from indented(tuple(_reasons(leaf.reason for leaf in leaf_accounts)), " " * 7)
        if account is Account.UNACCOUNTED:
            yield from indented([printable(leaf.path) for leaf in leaf_accounts], " " * 7)


def _reasons(reasons: Iterable[str]) -> Iterator[str]:
    for reason, count in Counter(reasons).most_common():
        yield f"{count:6} {reason}"


def _decode_errors(inspection: Inspection) -> Iterator[str]:
    for decode_error in inspection.decode_errors:
        yield printable(
            f"{decode_error.path} = {_short(decode_error.value)}: {decode_error.problem} ({decode_error.collector})"
        )


def _short(value: Scalar) -> str:
    text = repr(value)
    return text if len(text) <= MAX_VALUE_LENGTH else f"{text[:MAX_VALUE_LENGTH]}..."
