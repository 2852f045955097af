"""Colours: colour-blind users can distinguish states."""

import math
from itertools import combinations

from tests.dashboards.dashboards_read import all_panels, properties
from tools.dashboards import colours

PALETTE = {
    "light-green": "#96D98D",
    "yellow": "#FADE2A",
    "dark-orange": "#FA6400",
    "semi-dark-red": "#E02F44",
    "blue": "#5794F2",
    "super-light-purple": "#DEB6F2",
    "semi-dark-purple": "#A352CC",
}
"""Grafana's values for its names (packages/grafana-data/src/themes/palette)."""

SIGHT = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red cones": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green cones": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}
"""Simulation of colour blindness in linear RGB (Machado, Oliveira, Fernandes 2009, severity 1)."""

MIN_DISTANCE = 25
"""In CIELAB 1976; 2.3 is just noticeable side by side, Grafana's green and red have 8 without green cones."""

STATES = (colours.GOOD, colours.NOTICE, colours.WARNING, colours.BAD, colours.NEUTRAL, colours.OFF)

TROUBLES = (
    *(colours.GOOD, colours.NOTICE, colours.RELAY_OPEN, colours.WARNING),
    *(colours.BAD, colours.UNREACHABLE, colours.OFF),
)


def lab(colour: str, sight: str) -> tuple[float, float, float]:
    """Return the perceived colour, in CIELAB (D65)."""
    text = PALETTE.get(colour, colour)
    coded = [int(text[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in coded]
    seen = [min(1, max(0, sum(part * value for part, value in zip(row, linear, strict=True)))) for row in SIGHT[sight]]
    red, green, blue = seen
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883

    def root(value: float) -> float:
        return value ** (1 / 3) if value > (6 / 29) ** 3 else value / (3 * (6 / 29) ** 2) + 4 / 29

    return 116 * root(y) - 16, 500 * (root(x) - root(y)), 200 * (root(y) - root(z))


def test_colours_that_appear_together_are_far_apart_for_every_sight() -> None:
    near = {
        (sight, *pair): distance
        for sight in SIGHT
        for together in (STATES, TROUBLES)
        for pair in combinations(together, 2)
        if (distance := math.dist(lab(pair[0], sight), lab(pair[1], sight))) < MIN_DISTANCE
    }
    assert near == {}


def test_panels_use_no_other_colours() -> None:
    known = {*STATES, *TROUBLES, colours.QUIET, colours.TEXT}
    other = set()
    for name, panel in all_panels():
        defaults = panel["fieldConfig"]["defaults"]
        for thresholds in (defaults["thresholds"], *properties(panel, "thresholds")):
            other |= {(name, step["color"]) for step in thresholds["steps"] if step["color"] not in known}
        for mapping in (m for ms in (defaults["mappings"], *properties(panel, "mappings")) for m in ms):
            options = mapping["options"]
            shown = [options["result"]] if mapping["type"] == "regex" else options.values()
            other |= {(name, state["color"]) for state in shown if state["color"] not in known}
    assert other == set()
