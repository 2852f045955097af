"""Synchronous Ethernet: received and sent quality levels (docs/modules.md; spellings are guesses, grade D).

A level belongs to SyncE if its key or that of an enclosing block contains the word. On a module with PTP, whose ports
are all Ethernet, a level with a direction also does. Inputs and outputs of other cards have such levels too.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from lantime_exporter.collectors.common.find_blocks import find_blocks, name
from lantime_exporter.collectors.common.ptp_instances import GENERAL, around, instances
from lantime_exporter.document.shared_enumerations import SSM
from lantime_exporter.document.tree import Leaf, Node, spelling_of
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.readers import by_label
from lantime_exporter.mapping.state_readers import state
from lantime_exporter.mapping.table import RowGroup, Table

SYNCE = re.compile(r"synce(?:th(?:ernet)?)?|synchronousethernet")
LEVEL = r"(?:ssm|ql|ssmql|quality|qualitylevel)"
DIRECTIONS = {"in": "in|incoming|input|rx|received", "out": "out|outgoing|output|tx|sent"}
DIRECTED = {direction: re.compile(rf"(?:{words}){LEVEL}|{LEVEL}(?:{words})") for direction, words in DIRECTIONS.items()}
LEVELS = {**DIRECTED, "": re.compile(LEVEL)}
NAMELESS = GENERAL | {"synce", "syncethernet", "synchronousethernet", "port"}


def places(context: BindingContext) -> Iterator[Scope]:
    """Yield the levels of every object that has some, by direction."""
    found = instances(context)
    slots = {instance.slot for instance in found if instance.is_running}
    for scope in find_blocks("ptp", "ptpv2", "synce")(context):
        ethernet = scope.labels["slot"] in slots
        for block in _search(scope.node, ethernet=ethernet):
            home = around(found, block)
            below = block.path[len(home.node.path if home else scope.node.path) :]
            port = name(below, NAMELESS, home.ports[0][0] if home else "0")
            if home is None or home.is_running:
                yield scope.within(block, ptp_instance=home.name if home else "", port=port)


@lru_cache(maxsize=4096)
def is_synce(key: str) -> bool:
    """Return whether a normalised key is about synchronous Ethernet."""
    return SYNCE.search(key) is not None


@lru_cache(maxsize=4096)
def direction_of(key: str) -> str | None:
    """Return the direction of the level that a normalised key names: empty if it names none, None for no level."""
    rest = SYNCE.sub("", key)
    return next((direction for direction, level in LEVELS.items() if level.fullmatch(rest)), None)


def _search(node: Node, *, ethernet: bool, named: bool = False) -> Iterator[Node]:
    levels: dict[str, Node | Leaf] = {}
    for key, child in node.items():
        plain = spelling_of(key)
        if isinstance(child, Node):
            yield from _search(child, ethernet=ethernet, named=named or is_synce(plain))
        else:
            direction = direction_of(plain)
            if direction is not None and ((ethernet and direction) or named or is_synce(plain)):
                levels[direction] = child
    if levels:
        yield Node(node.path, levels)


LEVELS_TABLE = Table(
    "chassisN.slots[].module.synce",
    places,
    RowGroup("lantime_synce", "slot", "ptp_instance", "port", grade="D").gauge(
        "quality_level",
        "Quality level (SSM) of synchronous Ethernet: received (in), sent (out) or unknown.",
        by_label({direction: state(SSM, direction) for direction in LEVELS}),
        *("direction", "state"),
    ),
)
