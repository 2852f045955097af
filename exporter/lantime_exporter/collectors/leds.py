"""Front panel LEDs (``system.front-leds``)."""

from collections.abc import Iterator, Sequence

from lantime_exporter.document import values
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf
from lantime_exporter.exposition.metric import gauge
from lantime_exporter.mapping.binding import Sample
from lantime_exporter.mapping.binding_context import BindingContext
from lantime_exporter.mapping.readers import Custom, Found, state, states
from lantime_exporter.mapping.table import Collector, Row, Scope, Table, ignored

COLOURS = Enumeration(("off", "green", "yellow", "red"))

MODES = Enumeration(("permanent",))


def leds(context: BindingContext) -> Iterator[Scope]:
    """Yield every LED; the label is its key without ``led-``."""
    block = context.data.node("system.front-leds")
    for name, node in block.nodes() if block else ():
        yield Scope(node, {"led": name.removeprefix("led-")})


def colour(context: BindingContext, scope: Scope) -> Iterator[Found]:
    """Yield colour and state of an LED, or the colour alone if there is no state."""
    shown = scope.get("current-color", "current-colour")
    lit = scope.get("current-state")
    if isinstance(shown, Leaf):
        yield (), (shown, lit) if isinstance(lit, Leaf) else (shown,), visible


def visible(colour: Scalar, lit: Scalar = True) -> Sequence[Sample]:
    """Return the visible colour: an unlit LED is off, even if the device reports a colour."""
    on = values.flag(lit)
    word = COLOURS.state(colour)
    if on is None or word is None:
        return ()
    return states(COLOURS.states, "off" if not on or word == "none" else word)


LEDS = Table(
    "system.front-leds.LED",
    leds,
    (
        Row(
            gauge("lantime_led_state", "Colour of an LED on the front panel, or off.", "led", "state"),
            Custom(("current-color",), colour, label_count=1, many=True),
        ),
        Row(
            gauge("lantime_led_mode", "Mode of an LED: permanent or flashing.", "led", "state"),
            state(MODES, "current-mode"),
        ),
        ignored("current-state", because="the same as the colour off"),
        ignored("last-color", "last-state", "last-mode", because="the previous state of the LED"),
    ),
)

COLLECTOR = Collector("leds", (LEDS,))
