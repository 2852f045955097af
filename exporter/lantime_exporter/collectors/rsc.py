"""Switch cards RSC, SCU, and the path-through card SPT (docs/modules.md; state bits C, spellings D).

The card reports its state as bits of the header (``ts1``, ``sel``, ``ena``) or as words (``selected-clock``); both are
read. A mask as one number (``epld-status``, ``epld-control``) and a clock kind as a number (``clk0-info``) stay in the
generic layer: the places of the bits and the meaning of the numbers are not known.
"""

import re
from collections.abc import Iterator

from lantime_exporter.collectors.common.find_blocks import merged
from lantime_exporter.document import values
from lantime_exporter.document.enumeration import Enumeration, kebab
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.shared_enumerations import CLOCK
from lantime_exporter.document.tree import Leaf, Node, spelling_of
from lantime_exporter.mapping.binding import Found
from lantime_exporter.mapping.binding_context import BindingContext, Scope, once
from lantime_exporter.mapping.finders import slots
from lantime_exporter.mapping.readers import Reader, count, first_of, flag, value
from lantime_exporter.mapping.state_readers import state
from lantime_exporter.mapping.table import RowGroup, Table, ignored

SWITCH = RowGroup("lantime_switch", "slot", grade="C")
SWITCH_INPUT = RowGroup("lantime_switch_input", "slot", "input", grade="D")

MODELS = ("rsc", "scu", "spt")
WRAPPERS = frozenset(
    {"rsc", "scu", "spt", "switch", "status", "flags", "rscstatus", "scustatus", "sptstatus", "epldstatus"}
)

SELECTED = ("selected-clock", "active-clock", "sel")
OUTPUTS = ("outputs-enabled", "ena")
TIME_LIMIT = ("time-limit-error", "tl-error")
OVERRIDE = ("access-override", "aco")
WATCHDOG = ("watchdog-ok", "wdog-ok")
CLOCK_INFO = ("clk0-info", "clk1-info")
"""Kinds of clk1 and clk2 in the struct of the header."""

BITS = ("ts1", "ts2", "has-4-psus")
MARKS = frozenset(map(spelling_of, (*SELECTED, *OUTPUTS, *TIME_LIMIT, *OVERRIDE, *WATCHDOG, *CLOCK_INFO, *BITS)))
"""Members by which a switch card is recognised: two on any module, one on a model of the family."""

CLOCKS = Enumeration.counted("clk1", "clk2", spellings={"clock-1": "clk1", "clock-2": "clk2"})

MODES = Enumeration(("auto", "manual"), spellings={"automatic": "auto", "remote": "auto", "automatic-remote": "auto"})
AUTO = Enumeration(MODES.states, raw={0: "manual", 1: "auto"})
"""The bit ``auto``."""

USAGES = Enumeration.counted("not-available", "secondary", "compare", "primary")
ENABLED = values.BooleanWords(("enabled",), ("disabled",))
DELIVERS = values.BooleanWords(("ok", "up", "power-ok"), ("failed", "fail", "faulty", "error", "down", "no-power"))

INPUT_BLOCKS = ("inputs", "clocks")
SUPPLY_BLOCKS = ("power-supplies", "psus", "psu")
SYNC = ("time-sync", "synchronized", "time-synchronized", "sync", "state", "sync-state", "status")


@once
def switches(context: BindingContext) -> Iterator[Scope]:
    """Return the state of every switch card, as one object."""
    for slot in slots(context):
        enough = 1 if slot.model.startswith(MODELS) else 2
        if len(MARKS & slot.module.keys_below) < enough:
            continue
        for node in slot.module.descendants():
            view = merged(node, WRAPPERS)
            if not node.is_list and len(MARKS & view.alike.keys()) >= enough:
                yield Scope(view, {"slot": slot.name})
                break


def choice(enumeration: Enumeration, *keys: str) -> Reader:
    """Return a reader of a state that is a word or a bit."""
    return state(enumeration, *keys, word=word_or_bit)


def word_or_bit(enumeration: Enumeration, raw: Scalar) -> str | None:
    """Return a state; a boolean is the bit 0 or 1."""
    return enumeration.state(int(raw) if isinstance(raw, bool) else raw)


def numbered(view: Node, names: str, blocks: tuple[str, ...], place: int) -> dict[str, Node | Leaf]:
    """Return the members of an input or supply: ``clk1-type`` of the card, or those of ``clk1`` in one of the blocks.

    ``names`` is a pattern of the name before its number. A value without a member name is its ``state``.
    """
    found: dict[str, Node | Leaf] = {}
    for block in (view, *(view.node(key) for key in blocks)):
        for key, child in block.items() if block else ():
            match = re.fullmatch(rf"(?:{names}){place}(?P<member>\D.*)?", spelling_of(key))
            if match and match["member"]:
                found[match["member"]] = child
            elif match:
                found |= {"state": child} if isinstance(child, Leaf) else child.children
    return found


def inputs(context: BindingContext) -> Iterator[Scope]:
    """Yield both inputs of every card, with their members."""
    for scope in switches(context):
        for place, info in enumerate(CLOCK_INFO, 1):
            view = scope.node
            members = numbered(view, "clk|clock|input", INPUT_BLOCKS, place)
            sync, kind = view.leaf(f"ts{place}"), view.leaf(info)
            members |= {"time-sync": sync} if sync else {}
            members |= {"clock-type": kind} if kind and context.guard_predicate(kind, values.is_word) else {}
            if members:
                yield scope.within(Node(view.path, members), input=f"clk{place}")


def synchronized(raw: Scalar) -> float | None:
    """Return whether an input is synchronized in time; an unknown word is only a state."""
    word = word_or_bit(CLOCK, raw)
    return float(word == "synchronized") if word in CLOCK.states else None


def supplies(context: BindingContext, scope: Scope) -> Iterator[Found]:
    """Yield every supply. Bits of the third and fourth count only on a chassis with four."""
    four = scope.node.leaf("has-4-psus")
    for place in range(1, 5):
        members = numbered(scope.node, "psu|pwr", SUPPLY_BLOCKS, place)
        leaf = Node((), members).leaf("ok", "state", "status", "available")
        if leaf:
            beside = (four,) if place > 2 and four else ()
            yield Found((leaf, *beside), supply, (f"psu{place}",))


def supply(raw: Scalar, fitted: Scalar = True) -> float | None:
    """Return whether a supply works, None if there is none."""
    return DELIVERS(raw) if values.flag(fitted) and kebab(str(raw)) != "not-available" else None


CARDS = Table(
    "chassisN.slots[].module.rsc",
    switches,
    SWITCH.gauge("selected_clock", "Clock whose signals are on the backplane.", choice(CLOCKS, *SELECTED), "state"),
    SWITCH.gauge(
        "mode",
        "Selection mode of the clock; manual means no automatic failover.",
        first_of(choice(AUTO, "auto"), choice(MODES, "mode", "switch-mode")),
        "state",
    ),
    SWITCH.gauge("outputs_enabled", "1 if the outputs are enabled.", value(ENABLED, *OUTPUTS)),
    SWITCH.gauge("time_limit_error", "1 if the clocks differ by more than their limit.", flag(*TIME_LIMIT)),
    SWITCH.gauge("access_override", "1 if access to the card is overridden.", flag(*OVERRIDE)),
    SWITCH.gauge("watchdog_ok", "1 if the watchdog of the card reports no fault.", flag(*WATCHDOG)),
    SWITCH.gauge(
        "power_supply_ok",
        "1 if the power supply works, as seen by the card.",
        Reader(("psu1-ok",), supplies),
        "supply",
    ),
    SWITCH.counter(
        "changeovers_total",
        "Changeovers to the other clock.",
        count("changeovers", "switchovers", "changeover-count", "switchover-count"),
        grade="D",
    ),
    ignored("hw-id", "fw-id", because="identifies hardware and firmware of the card"),
)


INPUTS = Table(
    "chassisN.slots[].module.rsc.inputs[]",
    inputs,
    SWITCH_INPUT.gauge(
        "synchronized",
        "1 if the time of the clock at the input is synchronized.",
        value(synchronized, *SYNC),
        grade="C",
    ),
    SWITCH_INPUT.gauge(
        "state",
        "Synchronization state of the clock at the input.",
        choice(CLOCK, "state", "sync-state", "status", *SYNC),
        "state",
        grade="C",
    ),
    SWITCH_INPUT.info("info", "Type of the clock at the input.", type=("clock-type", "type", "kind")),
    SWITCH_INPUT.state("usage", "Usage of the clock at the input.", USAGES, "usage"),
)
