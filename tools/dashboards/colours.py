"""The colours of states, named for what they mean; colour-blind users can distinguish them.

They are names of Grafana's palette. They differ in brightness as well as in hue: the least distance of two of them is
25 in CIELAB, also without red or without green cones (a test computes it).
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
"""Thresholds: from which value on which colour; the first value is None."""
