"""The colours of states, named by meaning; colour-blind users can distinguish them.

They are in Grafana's palette. They differ in brightness as well as in hue: the minimum distance of two is 25 in CIELAB,
also without red or without green cones (a test computes it).
"""

GOOD = "light-green"
NOTICE = "yellow"
WARNING = "dark-orange"
BAD = "semi-dark-red"
NEUTRAL = "blue"
OFF = "#88909c"

RELAY_OPEN = "super-light-purple"
UNREACHABLE = "semi-dark-purple"

QUIET = "transparent"
TEXT = "text"

Steps = tuple[tuple[float | None, str], ...]
"""Thresholds: value and the colour from there on; the first value is None."""
