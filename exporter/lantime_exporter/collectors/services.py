"""Running services (``services.network``, ``services.global``)."""

from collections.abc import Iterator

from lantime_exporter.exposition.metric import gauge
from lantime_exporter.mapping.binding_context import BindingContext
from lantime_exporter.mapping.readers import flag
from lantime_exporter.mapping.table import Collector, Row, Scope, Table


def services(context: BindingContext) -> Iterator[Scope]:
    """Yield every service of every group."""
    block = context.data.node("services")
    for _, group in block.nodes() if block else ():
        for name, node in group.nodes():
            yield Scope(node, {"service": name})


SERVICES = Table(
    "services.GROUP.SERVICE",
    services,
    (Row(gauge("lantime_service_running", "1 if the service runs.", "service"), flag("running")),),
)

COLLECTOR = Collector("services", (SERVICES,))
