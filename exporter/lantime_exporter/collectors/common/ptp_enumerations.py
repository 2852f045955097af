"""The words and identities of PTP (IEEE 1588)."""

import re

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.values import NUMBER, number, time_quality
from lantime_exporter.errors import DecodeError

PORT_STATES = Enumeration.counted(
    *("uninitialized", "initializing", "faulty", "disabled", "listening", "pre-master", "master", "passive"),
    *("uncalibrated", "slave"),
)

PROFILES = Enumeration.counted(
    *("custom", "default-e2e", "default-p2p", "c37.238-2011", "g.8265.1", "g.8275.1", "smpte-st-2059-2", "aes67"),
    *("802.1as", "iec-61850-9-3", "g.8275.2", "docsis-3.1", "c37.238-2017"),
    spellings={"ieee-c37.238-2011": "c37.238-2011", "ieee-c37.238-2017": "c37.238-2017", "ieee-802.1as": "802.1as"},
)

ROLES = Enumeration.counted(
    *("multicast-slave", "unicast-slave", "multicast-master", "unicast-master", "multicast-auto", "uc+mc-master"),
    *("ntp-server", "ntp-client", "sync-monitor", "v1-master", "v1-slave"),
)

DELAY_MECHANISMS = Enumeration.counted("e2e", "p2p", spellings={"end-to-end": "e2e", "peer-to-peer": "p2p"})

TRANSPORTS = Enumeration(
    ("udp-ipv4", "udp-ipv6", "ieee-802.3"),
    raw={1: "udp-ipv4", 2: "udp-ipv6", 3: "ieee-802.3"},
    spellings={"ipv4": "udp-ipv4", "ipv6": "udp-ipv6", "802.3": "ieee-802.3", "layer2": "ieee-802.3"},
)

TIME_SOURCES = Enumeration(
    ("atomic-clock", "gps", "terrestrial-radio", "ptp", "ntp", "hand-set", "other", "internal-oscillator"),
    raw={
        16: "atomic-clock",
        32: "gps",
        48: "terrestrial-radio",
        64: "ptp",
        80: "ntp",
        96: "hand-set",
        144: "other",
        160: "internal-oscillator",
    },
)

SMPTE_LOCK = Enumeration.counted("not-in-use", "free-run", "cold-locking", "warm-locking", "locked")

ACCURACIES = (
    *(25e-9, 1e-7, 250e-9, 1e-6, 2.5e-6, 1e-5, 25e-6, 1e-4, 250e-6),
    *(1e-3, 2.5e-3, 1e-2, 25e-3, 0.1, 0.25, 1.0, 10.0, float("inf")),
)
"""Bounds in seconds by IEEE 1588 clock accuracy from 32 on."""


def clock_accuracy(raw: Scalar) -> float | None:
    """Return the bound of a clock's error in seconds from words (``25ns``, ``less-than-2.5us``) or 32 to 49.

    Punctuation counts: 2.5 us and 25 us are both members. 254 is unknown; the rest is odd.
    """
    if isinstance(raw, str) and not NUMBER.fullmatch(raw.strip()):
        return time_quality(raw)
    found = number(raw)
    if found is None or found == 254:
        return None
    if found in range(32, 32 + len(ACCURACIES)):
        return ACCURACIES[int(found) - 32]
    raise DecodeError("expected a clock accuracy from 32 to 49, or 254")


def is_null(identity: Scalar) -> bool:
    """Return whether a clock identity or MAC address is all zeros, with or without the ``fffe`` of an EUI-64."""
    digits = re.sub(r"[^0-9a-f]", "", str(identity).lower())
    return len(digits) >= 12 and not digits.replace("fffe", "").strip("0")


def identity(raw: Scalar) -> str | None:
    """Return the identity of a clock in lower case, None where it is all zeros or the device says nothing."""
    word = Enumeration(()).state(raw)
    return None if word is None or word == "unknown" or is_null(word) else word
