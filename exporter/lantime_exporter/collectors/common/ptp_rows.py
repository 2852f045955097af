"""Shared by the tables of PTP: the places of instances and ports, and the labels of their metrics."""

from collections.abc import Callable, Iterable

from lantime_exporter.collectors.common.metric_group import MetricGroup
from lantime_exporter.collectors.common.ptp_instances import Instance
from lantime_exporter.exposition.metric import Grade
from lantime_exporter.mapping.binding_context import BindingContext
from lantime_exporter.mapping.table import Find

PATH = "chassisN.slots[].module.PTP"
PORT_PATH = f"{PATH}.port-ds[]"

INSTANCE = MetricGroup("lantime_ptp", "slot", "ptp_instance", grade=Grade.C)
PORT = MetricGroup("lantime_ptp", "slot", "ptp_instance", "port", grade=Grade.C)


def places(of: Callable[[BindingContext], Iterable[Instance]]) -> Find:
    """Return the places of instances."""
    return lambda context: (found.scope for found in of(context))


def ports(of: Callable[[BindingContext], Iterable[Instance]]) -> Find:
    """Return the places of the ports of instances."""
    return lambda context: (found.scope.within(view, port=port) for found in of(context) for port, view in found.ports)
