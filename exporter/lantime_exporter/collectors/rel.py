"""Relays: REL cards and the relay of devices without one (docs/modules.md).

No response of a relay card is public. Relays are recognised by their keys (``relays``, ``relay-a``, ``relais``) at any
depth, and named by the rest of the key. Healthy is energised, contact NO closed; a fault or no power is NC. Only
unambiguous words are mapped to NO or NC; any other word, number or boolean is a separate state.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lantime_exporter.collectors.common.find_blocks import find_blocks, having
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf, Node, spelling_of
from lantime_exporter.document.values import text
from lantime_exporter.mapping.binding import Found, Sample
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.readers import Reader, flag
from lantime_exporter.mapping.table import RowGroup, Table

RELAY = RowGroup("lantime_relay", "slot", "relay", grade="D")

CONTACTS = Enumeration(
    ("no", "nc"),
    spellings={
        **dict.fromkeys(("normally-open", "co-no", "no-closed", "co-no-closed"), "no"),
        **dict.fromkeys(("normally-closed", "co-nc", "nc-closed", "co-nc-closed"), "nc"),
    },
)

STATE = ("state", "status", "position", "contact", "relay-state")
SOURCE = ("source", "sources", "configured-source", "function", "trigger")
MODE = ("mode", "operation-mode")
EVENT_DRIVEN = ("event-driven", "by-event", "by-events")
MEMBERS = frozenset(map(spelling_of, (*STATE, *SOURCE, *MODE, *EVENT_DRIVEN)))

KEY = re.compile(r"rela[yi](?:s?(?:outputs?|contacts?|states?|status)|s)?(?P<rest>.*)")
NAME = re.compile(rf"(?P<name>[a-z]|\d+)(?P<member>{'|'.join(MEMBERS)})?")


def relays(context: BindingContext) -> Iterator[Scope]:
    """Yield every relay with its keys, in any spelling."""
    for scope in having(find_blocks("relay", "relays"), "rela[yi]")(context):
        found: dict[str, dict[str, Node | Leaf]] = {}
        _search(scope.node, found)
        for name, members in found.items():
            yield scope.within(Node(scope.node.path, members), relay=name)


def _search(node: Node, found: dict[str, dict[str, Node | Leaf]]) -> None:
    """Add the relays at or below a node: by name, their members by key."""
    for key, child in node.items():
        match = KEY.fullmatch(spelling_of(key))
        if match is None:
            if isinstance(child, Node):
                _search(child, found)
        elif match["rest"]:
            _named(match["rest"], child, found)
        else:
            _block(child, found)


def _named(rest: str, child: Node | Leaf, found: dict[str, dict[str, Node | Leaf]]) -> None:
    """Add ``relay-a`` and ``relay-a-source``; a key that does not name a relay may still contain some."""
    match = NAME.fullmatch(rest)
    if match:
        found.setdefault(match["name"], {}).update(_members(match["member"] or "state", child))
    elif isinstance(child, Node):
        _search(child, found)


def _block(child: Node | Leaf, found: dict[str, dict[str, Node | Leaf]]) -> None:
    """Add the relays of ``relays``: a list, an object of relays, or the members of a single relay."""
    if isinstance(child, Leaf) or any(spelling_of(key) in MEMBERS for key in child.children):
        found.setdefault("0", {}).update(_members("state", child))
        return
    for key, part in child.items():
        name = KEY.sub(r"\g<rest>", spelling_of(key)) or key
        match = NAME.fullmatch(name)
        if match:
            _named(name, part, found)
        else:
            found.setdefault(key, {}).update(_members("state", part))


def _members(key: str, child: Node | Leaf) -> Mapping[str, Node | Leaf]:
    return {key: child} if isinstance(child, Leaf) or child.is_list else child.children


def sources(context: BindingContext, scope: Scope) -> Iterator[Found]:
    """Yield the source of a relay: one word or several."""
    found = scope.node.get(*SOURCE)
    parts = found.children.values() if isinstance(found, Node) else (found,)
    leaves = tuple(part for part in parts if isinstance(part, Leaf))
    if leaves:
        yield Found(leaves, each_source, many=True)


def each_source(*raw: Scalar) -> Sequence[Sample]:
    """Return a sample for each named source."""
    return [((name,), 1.0) for name in map(text, raw) if name]


RELAYS = Table(
    "chassisN.slots[].module.relays[]",
    relays,
    RELAY.state("state", "Closed contact: no (healthy, energised) or nc (fault or power off).", CONTACTS, *STATE),
    replace(RELAY.info("source_info", "Signal that controls the relay.", source=SOURCE), read=Reader(SOURCE, sources)),
    RELAY.state("mode", "Mode of the relay.", Enumeration(()), *MODE),
    RELAY.gauge("event_driven", "1 if notification events control the relay.", flag(*EVENT_DRIVEN)),
)
