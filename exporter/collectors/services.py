"""Services that run (``services.network``, ``services.global``)."""

from collections.abc import Iterator

from exporter.mapping.metric import gauge
from exporter.mapping.readers import flag
from exporter.mapping.table import Collector, Row, Scope, Table
from exporter.mapping.trace import Trace


def services(trace: Trace) -> Iterator[Scope]:
    """Yield every service of every group."""
    block = trace.data.node("services")
    for _, group in block.nodes() if block else ():
        for name, node in group.nodes():
            yield Scope(node, {"service": name})


SERVICES = Table(
    "services.GROUP.SERVICE",
    services,
    (Row(gauge("lantime_service_running", "Whether the service runs.", "service"), flag("running")),),
)

COLLECTOR = Collector("services", (SERVICES,))
