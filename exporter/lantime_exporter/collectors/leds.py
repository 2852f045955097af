"""Front panel LEDs (``system.front-leds``)."""

from collections.abc import Iterator, Sequence

from lantime_exporter.document import values
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shape import Scalar
from lantime_exporter.mapping.binding import Sample
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.readers import value_beside
from lantime_exporter.mapping.state_readers import states
from lantime_exporter.mapping.table import RowGroup, Table, ignored

LED = RowGroup("lantime_led", "led")

COLOURS = Enumeration(("off", "green", "yellow", "red"))

MODES = Enumeration(("permanent",))


def leds(context: BindingContext) -> Iterator[Scope]:
    """Yield every LED; the label is its key without ``led-``."""
    for name, node in context.data.nodes_in("system.front-leds"):
        yield Scope(node, {"led": name.removeprefix("led-")})


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
    LED.gauge(
        "state",
        "Colour of an LED on the front panel, or off.",
        value_beside(visible, ("current-color", "current-colour"), ("current-state",), many=True),
        "state",
    ),
    LED.state("mode", "Mode of an LED: permanent or flashing.", MODES, "current-mode"),
    ignored("current-state", because="the same as the colour off"),
    ignored("last-color", "last-state", "last-mode", because="the previous state of the LED"),
)
