"""Running services (``services.network``, ``services.global``)."""

from collections.abc import Iterator

from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.readers import flag
from lantime_exporter.mapping.table import RowGroup, Table


def services(context: BindingContext) -> Iterator[Scope]:
    """Yield every service of every group."""
    for _, group in context.data.nodes_in("services"):
        for name, node in group.nodes():
            yield Scope(node, {"service": name})


SERVICES = Table(
    "services.GROUP.SERVICE",
    services,
    RowGroup("lantime_service", "service").gauge("running", "1 if the service runs.", flag("running")),
)
