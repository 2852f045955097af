"""PTP: every PTPv2 instance of PSX, HPS, CPU and other modules, and its ports (docs/modules.md).

Names are grade C: kebab forms of the members of IEEE 1588 data sets and of structs in Meinberg's header.
"""

from collections.abc import Iterator
from functools import partial

from lantime_exporter.collectors.common import ptp_enumerations as enumerations
from lantime_exporter.collectors.common.ptp_instances import (
    INSTANCE,
    PATH,
    PORT,
    PORT_STATE,
    fitted,
    instance_table,
    instances_that,
    port_table,
    running,
)
from lantime_exporter.collectors.module_links import link
from lantime_exporter.mapping.binding import Found
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.readers import Reader, count, first_of, flag, inverted_flag, percent, value
from lantime_exporter.mapping.table import Table, ignored

absent = instances_that(lambda instance: not instance.is_fitted)
stopped = instances_that(lambda instance: instance.is_fitted and not instance.is_running)

available = partial(
    INSTANCE.constant, "available", "1 if the card of the instance is present; an absent one has default values."
)

ABSENT = instance_table(absent, available(0.0), ignored(".", because="the card is absent: default values"))

IDENTITY = instance_table(
    fitted,
    available(1.0),
    INSTANCE.gauge("stack_running", "1 if the PTP stack of the instance runs.", inverted_flag("stack-not-running")),
    INSTANCE.info(
        "instance_info",
        "Configuration of the instance.",
        profile=("profile", "ptp-profile", enumerations.PROFILES.state),
        role=("role", "ptp-role", enumerations.ROLES.state),
        domain=("domain-number", "domain"),
        delay_mechanism=("delay-mechanism", "delay-mech", enumerations.DELAY_MECHANISMS.state),
        transport=("nw-prot", "network-protocol", "transport", "protocol", enumerations.TRANSPORTS.state),
    ),
    INSTANCE.info(
        "clock_info", "Identity of the instance's clock.", identity=("clock-identity", enumerations.identity)
    ),
)

PORT_IDENTITY = port_table(
    fitted,
    PORT.state("port_state", "State of the port by IEEE 1588.", enumerations.PORT_STATES, *PORT_STATE),
    PORT.gauge("link_up", "1 if the port's link is up.", value(link, "link", "link-state", "link-status", "port-link")),
    PORT.info(
        "port_info",
        "Identity and configuration of the port.",
        identity=("port-identity.clock-identity", "port-identity", enumerations.identity),
        delay_mechanism=("delay-mechanism", "delay-mech", enumerations.DELAY_MECHANISMS.state),
        version=("version-number", "ptp-prot-version"),
    ),
)

STOPPED = instance_table(stopped, ignored(".", because="the PTP stack does not run: old or default values"))

CLIENTS = (
    *("num-uc-slaves", "num-uc-time-receivers", "num-unicast-clients", "unicast-clients", "uc-clients", "uc-slaves"),
    "clients",
)


def length_of(*keys: str) -> Reader:
    """Return a reader of the number of elements of a list."""

    def find(_: BindingContext, scope: Scope) -> Iterator[Found]:
        listed = scope.node.node(*keys)
        if listed:
            yield Found((), partial(float, len(listed.children)))

    return Reader(keys, find)


FOREIGN_MASTERS = tuple(
    f"foreign-{word}{ending}"
    for word in ("master", "time-transmitter", "leader")
    for ending in ("s", "-ds", "-list", "-data-set", "-data-sets")
)


def lists(context: BindingContext) -> Iterator[Scope]:
    """Yield the lists of clients and of foreign masters."""
    for found in running(context):
        for view in (found.view, *(port for _, port in found.ports)):
            for key in (*CLIENTS, *FOREIGN_MASTERS) if view.get(*CLIENTS, *FOREIGN_MASTERS) else ():
                listed = view.node(key)
                if listed:
                    yield found.scope.within(listed)


LISTS = Table(
    f"{PATH}.unicast-clients",
    lists,
    ignored(".", because="values of individual clients and foreign masters: short-lived series; they are counted"),
)

FIGURES = instance_table(
    running,
    INSTANCE.gauge(
        "steps_removed", "Boundary clocks between the instance and the grandmaster.", count("steps-removed", most=65535)
    ),
    INSTANCE.gauge("two_step", "1 if the clock sends follow-up messages.", flag("two-step")),
    INSTANCE.gauge(
        "slave_only", "1 if the clock can only be a slave.", flag("slave-only", "time-receiver-only", "follower-only")
    ),
    INSTANCE.gauge("ports", "Ports of the clock.", count("number-ports", "num-ports")),
    INSTANCE.state(
        "smpte_lock",
        "State of the lock to SMPTE ST 2059.",
        enumerations.SMPTE_LOCK,
        *("smpte-lock-state", "smpte-locking", "smpte-lock"),
    ),
    INSTANCE.gauge("clients", "Number of unicast clients.", first_of(length_of(*CLIENTS), count(*CLIENTS))),
    INSTANCE.gauge(
        "clients_limit",
        "Maximum number of unicast clients.",
        count(
            *("max-ptp-uc-slaves", "max-uc-slaves", "limits.max-ptp-uc-slaves"),
            *("time-stamper.limits.max-ptp-uc-slaves", "time-stamper.max-ptp-uc-slaves"),
        ),
    ),
    INSTANCE.gauge("utilization_ratio", "Load of the instance, 0 to 1.", percent("utilization", "utilisation")),
)

FOREIGN = port_table(
    running,
    PORT.gauge(
        "foreign_masters",
        "Foreign masters of the port: other clocks that announce themselves to it.",
        length_of(*FOREIGN_MASTERS),
    ),
)
