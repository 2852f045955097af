"""Offsets and delays of PTP instances (docs/modules.md).

A key with a suffix is in that unit. A plain figure is nanoseconds (grade C: the API converts members of structs to
user units, and Meinberg's own management system shows them in ns); ``scaled-nanoseconds`` counts 1/65536 of them. An
instance of PTPv1 or of an older card has plain seconds: its struct holds ``{secs, nano-secs}``.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from lantime_exporter.collectors.common.ptp_enumerations import PORT_STATES
from lantime_exporter.collectors.common.ptp_instances import (
    INSTANCE,
    PORT,
    PORT_STATE,
    instance_table,
    port_table,
    running,
)
from lantime_exporter.document import values
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf, Node, spelling_of
from lantime_exporter.mapping.binding import Found
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.composites import SCALED, DecodeOne
from lantime_exporter.mapping.readers import SECONDS_BY_SUFFIX, Reader, nanoseconds, seconds

IDLE = frozenset({"uninitialized", "initializing", "faulty", "disabled", "listening"})
"""Port states without a master to measure: the figures are then defaults or old."""


V1_MARKS = ("one-way-delay", "v1-port-state")


def is_v1(scope: Scope) -> bool:
    """Return whether the plain figures of an instance are seconds, as with PTPv1 and older cards."""
    path = scope.node.path
    return scope.node.get(*V1_MARKS) is not None or any("ptpv1" in spelling_of(part) for part in path)


def measured(*keys: str) -> Reader:
    """Return a reader of a figure in seconds, valid only while the single port of the instance has a master."""
    in_seconds, in_nanoseconds = seconds(*keys, plain=1.0), nanoseconds(*keys)

    def find(context: BindingContext, scope: Scope) -> Iterator[Found]:
        reader = in_seconds if is_v1(scope) else in_nanoseconds
        port = scope.node.leaf(*PORT_STATE)
        for found in reader.find(context, scope):
            yield Found((port, *found.leaves), partial(unless_idle, found.decode)) if port else found

    return Reader(keys, find)


def unless_idle(decode: Callable[..., Any], port: Scalar, *raw: Scalar) -> float | None:
    """Return a figure, None while the port is idle."""
    return None if PORT_STATES.state(port) in IDLE else decode(*raw)


DIRECTIONS = {
    **dict.fromkeys(("m2s", "mastertoslave"), "master-to-slave"),
    **dict.fromkeys(("s2m", "slavetomaster"), "slave-to-master"),
}
STATISTICS = {"min": "min", "mean": "mean", "median": "median", "max": "max", "stddev": "std-dev"}
UNITS: dict[str, DecodeOne] = {
    **{spelling_of(suffix): partial(values.scaled, by=by) for suffix, by in SECONDS_BY_SUFFIX.items()},
    "scalednanoseconds": partial(values.scaled, by=SCALED),
    "": values.nanoseconds,
}
DELAY = re.compile(
    rf"(?P<direction>{'|'.join(DIRECTIONS)})delay(?P<outer>{'|'.join(UNITS)})?"
    rf"(?P<statistic>{'|'.join(STATISTICS)})(?P<inner>{'|'.join(UNITS)})?"
)


def delays(context: BindingContext, scope: Scope) -> Iterator[Found]:
    """Yield the statistics of the delays in each direction, with the flag whether they are valid.

    ``m2s-delay.mean-ns``, ``m2s-delay-ns.mean`` and ``m2s-delay-mean-ns`` are the same.
    """
    for block, key, leaf in nested(scope):
        match = DELAY.fullmatch(key)
        if match:
            decode = UNITS[match["outer"] or match["inner"] or ""]
            name = match["statistic"]
            own = (f"valid.{name}", "valid") if block is not scope.node else ()
            valid = block.leaf(f"{name}-valid", *own)
            labels = (DIRECTIONS[match["direction"]], STATISTICS[name])
            yield Found((leaf, valid) if valid else (leaf,), partial(if_valid, decode), labels)


def nested(scope: Scope) -> Iterator[tuple[Node, str, Leaf]]:
    """Yield every leaf of an object and of the objects in it, with its object and the normalised key of both."""
    for name, child in scope.node.items():
        if isinstance(child, Leaf):
            yield scope.node, spelling_of(name), child
        else:
            yield from ((child, spelling_of(name + key), leaf) for key, leaf in child.items() if isinstance(leaf, Leaf))


def if_valid(decode: DecodeOne, raw: Scalar, valid: Scalar = True) -> float | None:
    """Return a figure, None if the device reports that it is not valid."""
    return decode(raw) if values.flag(valid) else None


DELAYS = instance_table(
    running,
    INSTANCE.seconds(
        "offset_from_master", "Offset of the instance from its master", measured("offset-from-master", "offset")
    ),
    INSTANCE.seconds(
        "mean_path_delay",
        "Mean delay of the path to the master",
        measured("mean-path-delay", "path-delay", "one-way-delay"),
    ),
    INSTANCE.seconds("delay_asymmetry", "Configured asymmetry of the path", nanoseconds("delay-asymmetry")),
    INSTANCE.seconds(
        "delay",
        "Delay measured in one direction",
        Reader(("m2s-delay.mean", "s2m-delay.mean"), delays),
        *("direction", "statistic"),
    ),
)

PORT_DELAYS = port_table(
    running,
    PORT.seconds(
        "peer_mean_path_delay",
        "Mean delay of the link to the peer",
        nanoseconds("peer-mean-path-delay", "mean-link-delay", "peer-path-delay", "peer-delay"),
    ),
)
