"""Offsets and delays of PTPv2 instances (docs/modules.md).

A figure is read only when its key says the unit: the header has 1/65536 ns, the MIB ns, and what a plain key of the
REST API means is not known; such figures stay in the generic layer.
"""

import re
from collections.abc import Iterator
from functools import partial

from lantime_exporter.collectors.common.ptp_enumerations import PORT_STATES
from lantime_exporter.collectors.common.ptp_instances import PORT_STATE, running
from lantime_exporter.collectors.common.ptp_rows import PATH, PORT_PATH, of_instance, of_port, places, ports
from lantime_exporter.document.enumeration import normalise
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf, Node, spelling_of
from lantime_exporter.document.values import flag, scaled
from lantime_exporter.mapping.binding_context import BindingContext
from lantime_exporter.mapping.readers import SECONDS_BY_SUFFIX, Custom, DecodeOne, Found, seconds
from lantime_exporter.mapping.table import Collector, Row, Scope, Table

IDLE = frozenset({"uninitialized", "initializing", "faulty", "disabled", "listening"})
"""Port states without a master to measure: what stands in the figures then is a default or of the past."""


def measured(*stems: str) -> Custom:
    """Return a reader like ``seconds`` of a figure that counts only while the only port of the instance works."""
    spellings = seconds(*stems).spellings

    def find(context: BindingContext, scope: Scope) -> Iterator[Found]:
        for key, decode in spellings.items():
            leaf, port = scope.get(key), scope.get(*PORT_STATE)
            if isinstance(leaf, Leaf):
                beside = (port,) if isinstance(port, Leaf) else ()
                yield (), (leaf, *beside), partial(unless_idle, decode)
                return

    return Custom(tuple(spellings), find)


def unless_idle(decode: DecodeOne, raw: Scalar, port: Scalar = None) -> float | None:
    """Return a figure, None while the port is idle."""
    return None if PORT_STATES.state(port) in IDLE else decode(raw)


DIRECTIONS = {
    **dict.fromkeys(("m2s", "mastertoslave"), "master-to-slave"),
    **dict.fromkeys(("s2m", "slavetomaster"), "slave-to-master"),
}
STATISTICS = {"min": "min", "mean": "mean", "median": "median", "max": "max", "stddev": "std-dev"}
UNITS = {normalise(suffix): by for suffix, by in SECONDS_BY_SUFFIX.items()}
DELAY = re.compile(
    rf"(?P<direction>{'|'.join(DIRECTIONS)})delay(?P<outer>{'|'.join(UNITS)})?"
    rf"(?P<statistic>{'|'.join(STATISTICS)})(?P<inner>{'|'.join(UNITS)})?"
)


def delays(context: BindingContext, scope: Scope) -> Iterator[Found]:
    """Yield the statistics of the delays in each direction, with the flag that says whether they are valid.

    ``m2s-delay.mean-ns``, ``m2s-delay-ns.mean`` and ``m2s-delay-mean-ns`` are one.
    """
    for block, key, leaf in nested(scope):
        match = DELAY.fullmatch(key)
        by = UNITS.get((match["outer"] or match["inner"]) or "") if match else None
        if match and by is not None:
            name = match["statistic"]
            own = (f"valid.{name}", "valid") if block is not scope.node else ()
            valid = block.leaf(f"{name}-valid", *own)
            yield (
                (DIRECTIONS[match["direction"]], STATISTICS[name]),
                (leaf, valid) if valid else (leaf,),
                partial(if_valid, by=by),
            )


def nested(scope: Scope) -> Iterator[tuple[Node, str, Leaf]]:
    """Yield every leaf of an object and of the objects in it, with its object and the normalised key of both."""
    if not isinstance(scope.node, Node):
        return
    for name, child in scope.node.items():
        if isinstance(child, Leaf):
            yield scope.node, spelling_of(name), child
        else:
            yield from ((child, spelling_of(name + key), leaf) for key, leaf in child.items() if isinstance(leaf, Leaf))


def if_valid(raw: Scalar, valid: Scalar = True, *, by: float) -> float | None:
    """Return a figure times ``by``, None where the device says that it is not valid."""
    return scaled(raw, by=by) if flag(valid) else None


DELAYS = Table(
    PATH,
    places(running),
    (
        Row(
            of_instance("offset_from_master_seconds", "Offset of the instance from its master, in seconds."),
            measured("offset-from-master", "offset"),
        ),
        Row(
            of_instance("mean_path_delay_seconds", "Mean delay of the path to the master, in seconds."),
            measured("mean-path-delay", "path-delay"),
        ),
        Row(
            of_instance("delay_asymmetry_seconds", "Asymmetry of the path that is allowed for, in seconds."),
            seconds("delay-asymmetry"),
        ),
        Row(
            of_instance("delay_seconds", "Delay measured in one direction, in seconds.", "direction", "statistic"),
            Custom(("m2s-delay.mean-ns", "s2m-delay.mean-ns"), delays, label_count=2),
        ),
    ),
)

PORT_DELAYS = Table(
    PORT_PATH,
    ports(running),
    (
        Row(
            of_port("peer_mean_path_delay_seconds", "Mean delay of the link to the peer, in seconds."),
            seconds("peer-mean-path-delay", "mean-link-delay"),
        ),
    ),
)

COLLECTOR = Collector("ptp_delay", (DELAYS, PORT_DELAYS))
