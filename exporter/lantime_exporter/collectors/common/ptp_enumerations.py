"""The words and identities of PTP (IEEE 1588)."""

import re

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shape import Scalar

PORT_STATES = Enumeration.counted(
    *("uninitialized", "initializing", "faulty", "disabled", "listening", "pre-master", "master", "passive"),
    *("uncalibrated", "slave"),
    spellings={
        **dict.fromkeys(("time-transmitter", "leader"), "master"),
        **dict.fromkeys(("time-receiver", "follower"), "slave"),
        **dict.fromkeys(("pre-time-transmitter", "pre-leader"), "pre-master"),
    },
)
"""States of IEEE 1588, also with the inclusive terms of its amendment and of Skyline."""

PROFILES = Enumeration.counted(
    *("custom", "default-e2e", "default-p2p", "c37.238-2011", "g.8265.1", "g.8275.1", "smpte-st-2059-2", "aes67"),
    *("802.1as", "iec-61850-9-3", "g.8275.2", "docsis-3.1", "c37.238-2017"),
    spellings={"ieee-c37.238-2011": "c37.238-2011", "ieee-c37.238-2017": "c37.238-2017", "ieee-802.1as": "802.1as"},
)

ROLES = Enumeration.counted(
    *("multicast-slave", "unicast-slave", "multicast-master", "unicast-master", "multicast-auto", "uc+mc-master"),
    *("ntp-server", "ntp-client", "sync-monitor", "v1-master", "v1-slave"),
    spellings={
        f"{way}-{word}": f"{way}-{role}"
        for way in ("multicast", "unicast", "v1")
        for role, words in (("master", ("time-transmitter", "leader")), ("slave", ("time-receiver", "follower")))
        for word in words
    },
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


def is_null(identity: Scalar) -> bool:
    """Return whether a clock identity or MAC address is all zeros, with or without the ``fffe`` of an EUI-64."""
    digits = re.sub(r"[^0-9a-f]", "", str(identity).lower())
    return len(digits) >= 12 and not digits.replace("fffe", "").strip("0")


def identity(raw: Scalar) -> str | None:
    """Return the identity of a clock in lower case, None if it is all zeros or missing."""
    word = Enumeration(()).state(raw)
    return None if word is None or word == "unknown" or is_null(word) else word
