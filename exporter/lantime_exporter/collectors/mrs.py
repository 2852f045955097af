"""Reference sources of a clock by priority, MRS (``module.mrs[]``): settings grade A, state of each source grade C."""

from collections.abc import Iterator

from lantime_exporter.collectors.common.signals import mask_rows
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shared_enumerations import SSM, reference_type
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.finders import modules
from lantime_exporter.mapping.readers import count, seconds
from lantime_exporter.mapping.state_readers import flags
from lantime_exporter.mapping.table import RowGroup, Table, ignored

SOURCE = RowGroup("lantime_reference_source", "slot", "priority", "type", grade="C")

STATUS = Enumeration.counted(
    *("not-supported", "no-connection", "no-signal", "is-master", "is-locked", "is-accurate", "not-settled"),
    *("not-phase-locked", "number-sources-exceeded", "is-external", "low-jitter", "itu-limit-violated"),
    "trs-limit-violated",
)
"""Status bits in their order."""


def sources(context: BindingContext) -> Iterator[Scope]:
    """Yield every source, named by its priority (``priority0`` is 0, the highest) and type."""
    for scope in modules(context):
        for name, node in scope.node.nodes_in("mrs"):
            kind = node.leaf("info.settings.id.type", "settings.id.type", "id.type", "type")
            word = reference_type(context.guard_value(kind)) if kind else None
            yield scope.within(node, priority=name.removeprefix("priority"), type=word or "")


SOURCES = Table(
    "chassisN.slots[].module.mrs[]",
    sources,
    SOURCE.info(
        "info",
        "Configured reference source.",
        grade="A",
        source_instance=("info.settings.id.instance", "settings.id.instance", "id.instance"),
    ),
    SOURCE.gauge(
        "state",
        "Conditions of the source reported by the clock, each 1 while it applies.",
        flags(STATUS, "status", "status-flags", "flags", "state"),
        "state",
    ),
    SOURCE.seconds("offset", "Offset of the source from the clock's main time base", seconds("offset", plain=1.0)),
    SOURCE.state("quality_level", "Quality level (SSM) of the source.", SSM, "ssm", "quality-level"),
    SOURCE.counter("outages_total", "Signal losses of the source.", count("soc", "signal-outage-counter")),
    *mask_rows(SOURCE, "source"),
    ignored("prio", because="the priority that identifies the source"),
)
