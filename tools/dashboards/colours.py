"""The colours of states: named for what they mean, and told apart by people who do not see red and green apart.

They are names that Grafana has for its own palette. Beside the hue they differ in brightness: the least distance of
two of them is 25 in CIELAB, also for people without red or without green cones (a test computes it).
"""

GOOD = "light-green"
NOTICE = "yellow"
WARNING = "dark-orange"
BAD = "semi-dark-red"
NEUTRAL = "blue"
OFF = "#6e7581"

RELAY_OPEN = "super-light-purple"
UNREACHABLE = "semi-dark-purple"

QUIET = "transparent"
TEXT = "text"

Steps = tuple[tuple[float | None, str], ...]
"""Thresholds: from which value on which colour; the first value is None."""
