"""An inspection as readable text."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from textwrap import indent
from types import MappingProxyType

from lantime_exporter import collectors
from lantime_exporter.exposition.metric import Metric
from lantime_exporter.formatting import format_count
from lantime_exporter.inspection.columns import GAP, columns, pairs, printable, wrapped
from lantime_exporter.inspection.leaf_account import Inspection, Series
from lantime_exporter.inspection.series_groups import Table, groups, natural
from lantime_exporter.inspection.units import with_unit
from lantime_exporter.mapping import generic
from lantime_exporter.mapping.result import Account

ORDER = (
    *("device", "sync", "clock", "receiver", "satellites", "longwave", "timecode", "mrs", "xhe"),
    *("slots", "power", "ntp", "network", "events", "services", "leds", "system", "syncmon", "syncteam", "cluster"),
)
"""Collectors in the order of the page; others follow ``slots``."""

CHOSEN = MappingProxyType({"lantime_event_active": (1.0, "active"), "lantime_service_running": (0.0, "not running")})
"""Metrics with many series: of those with this value the page shows the labels, of all the number."""


def titles() -> Mapping[str, str]:
    """Return the first line of each collector's module by the collector's name, without a full stop."""
    return {
        name: (module.__doc__ or "").partition("\n")[0].removesuffix(".")
        for name, module in collectors.modules().items()
    }


def page(inspection: Inspection, width: int) -> str:
    """Return the page: a part for each collector, the account of the leaves, and errors."""
    heading = titles()
    parts = {
        **{_title(name, heading): _part(name, inspection.series[name], width) for name in _order(inspection)},
        "Values that no collector claims (generic)": _generic(inspection, width),
        "Leaves of the status tree": _account(inspection),
        "Decode errors": _decode_errors(inspection),
        "Collectors that failed": (f"{name}: {printable(text)}" for name, text in inspection.failures.items()),
    }
    texts = {title: "\n".join(lines) or "none" for title, lines in parts.items()}
    shown = [f"{title}\n{indent(text, GAP)}" for title, text in texts.items()]
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
        text += " --report report.json and attach the file to an issue."
        yield "\n".join(("Advice", *wrapped(text, width, GAP, GAP)))


def _order(inspection: Inspection) -> list[str]:
    names = [name for name in inspection.series if name != generic.NAME]
    known = {name: place for place, name in enumerate(ORDER)}
    return sorted(names, key=lambda name: (known.get(name, known["slots"]), name not in known, name))


def _title(name: str, titles: Mapping[str, str]) -> str:
    """Return the title of a part: the docstring of its module before the details."""
    what, *_ = re.split(r":| \(", titles.get(name, name))
    return f"{what} ({name})"


def _part(collector: str, series: Sequence[Series], width: int) -> Iterator[str]:
    chosen = next((item.metric for item in series if item.metric.name in CHOSEN), None)
    return _selection(collector, chosen, series, width) if chosen else _tables(collector, series, width)


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
    for place, (labels, parts) in enumerate(groups(collector, series).items()):
        if place:
            yield ""
        yield from _table(labels, parts, width - 2)


def _table(labels: tuple[str, ...], parts: Table, width: int) -> Iterator[str]:
    """Yield a table with the parts as rows, or as columns if there are more values than parts."""
    if not labels:
        return pairs([(name, printable(text)) for name, text in parts[()].items()], width)
    ordered = sorted(parts, key=natural) if labels[0] == "slot" else parts
    names = dict.fromkeys(name for texts in parts.values() for name in texts)
    rows = [
        (" ".join(labels), *names),
        *((printable(" ".join(part)), *(printable(parts[part].get(name, "")) for name in names)) for part in ordered),
    ]
    return columns(rows if len(names) <= len(parts) else list(zip(*rows, strict=True)), width)


def _generic(inspection: Inspection, width: int) -> Iterator[str]:
    by_place: dict[str, list[tuple[str, str]]] = {}
    for item in inspection.series.get(generic.NAME, ()):
        labels = item.labels
        place = f"{labels['slot']} ({labels['model']})" if "slot" in labels else "outside the modules"
        shown = labels["state"] if "state" in labels else with_unit(item.metric, item.value)
        by_place.setdefault(place, []).append((printable(labels["path"]), printable(shown)))
    for place, items in by_place.items():
        yield f"{printable(place)}: {len(items)} series"
        yield from (f"{GAP}{line}" for line in pairs(items, width - 4))
    for slot, count in inspection.dropped.items():
        yield f"{printable(slot)}: {count} more, beyond the limit of the module"


def _account(inspection: Inspection) -> Iterator[str]:
    for account in Account:
        leaves = [leaf for leaf in inspection.leaf_accounts if leaf.account is account]
        yield f"{len(leaves):6} {account}"
        if account is Account.IGNORED:
            reasons = Counter(leaf.reason for leaf in leaves)
            yield from (f"{count:13} {reason}" for reason, count in reasons.most_common())
        if account is Account.UNACCOUNTED:
            yield from (f"{'':7}{printable(leaf.path)}" for leaf in leaves)


def _decode_errors(inspection: Inspection) -> Iterator[str]:
    for error in inspection.decode_errors:
        yield printable(f"{error.path} = {error.value!r:.60}: {error.problem} ({error.collector})")
