"""PTPv2 instances of simulated cards at one moment: states, offsets, clients, messages; and their raw numbers.

Their spellings are in ``parts.ptp``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from lantime_simulator import sync_state
from lantime_simulator.enums import QUALITY_LEVELS, counted
from lantime_simulator.state import SimulatorState

PORT_STATES = counted(
    *("uninitialized", "initializing", "faulty", "disabled", "listening", "pre-master", "master", "passive"),
    *("uncalibrated", "slave"),
)
DELAY_MECHANISMS = counted("e2e", "p2p")
PROTOCOLS = counted("reserved", "udp-ipv4", "udp-ipv6", "ieee-802.3")
CLOCK_ACCURACIES = counted(
    *("25-ns", "100-ns", "250-ns", "1-us", "2.5-us", "10-us", "25-us", "100-us", "250-us", "1-ms", "2.5-ms", "10-ms"),
    *("25-ms", "100-ms", "250-ms", "1-s", "10-s", "more-than-10-s"),
    start=32,
)
TIME_SOURCES = {
    "atomic-clock": 16,
    "gps": 32,
    "terrestrial-radio": 48,
    "ptp": 64,
    "ntp": 80,
    "hand-set": 96,
    "other": 144,
    "internal-oscillator": 160,
}
ROLES = counted(
    *("multicast-slave", "unicast-slave", "multicast-master", "unicast-master", "multicast-auto", "uc-mc-master"),
    *("ntp-server", "ntp-client", "sync-monitor", "v1-master", "v1-slave"),
)
PROFILES = counted(
    *("custom", "default-e2e", "default-p2p", "c37.238-2011", "g.8265.1", "g.8275.1", "smpte-st-2059-2", "aes67"),
    *("802.1as", "iec-61850-9-3", "g.8275.2", "docsis-3.1", "c37.238-2017"),
)
SMPTE_STATES = counted("not-in-use", "free-run", "cold-locking", "warm-locking", "locked")

ENUMS: Mapping[str, Mapping[str, int]] = {
    "port-state": PORT_STATES,
    "delay-mechanism": DELAY_MECHANISMS,
    "protocol": PROTOCOLS,
    "clock-accuracy": CLOCK_ACCURACIES,
    "time-source": TIME_SOURCES,
    "role": ROLES,
    "profile": PROFILES,
    "smpte-lock-state": SMPTE_STATES,
    "quality-level": QUALITY_LEVELS,
    "ssm-in": QUALITY_LEVELS,
    "ssm-out": QUALITY_LEVELS,
}

MESSAGES = {
    "master": {
        "tx-announce": 1.0,
        "tx-sync": 16.0,
        "tx-follow-up": 16.0,
        "rx-delay-req": 64.0,
        "tx-delay-resp": 64.0,
        "rx-signalling": 0.2,
        "tx-signalling": 0.2,
        "rx-management": 0.01,
    },
    "slave": {
        "rx-announce": 1.0,
        "rx-sync": 16.0,
        "rx-follow-up": 16.0,
        "tx-delay-req": 16.0,
        "rx-delay-resp": 16.0,
    },
}
"""Messages per second by the role of the instance."""

KINDS = (
    *("announce", "sync", "follow-up", "delay-req", "delay-resp", "pdelay-req", "pdelay-resp", "pdelay-follow-up"),
    *("signalling", "management"),
)

OFFSET_STEP = 25_000
"""Nanoseconds by which ``ptp-offset-step`` moves the master."""

CAPACITY = 2048
"""Unicast clients a card can serve."""


@dataclass(frozen=True, slots=True)
class SimulatedInstance:
    """One PTPv2 instance at one moment."""

    now: SimulatorState
    slot: str
    number: int
    role: str

    @property
    def key(self) -> str:
        """A unique name within the device."""
        return f"{self.slot}/ptp{self.number}"

    @property
    def slave(self) -> bool:
        """Whether it follows a master."""
        return self.role == "slave"

    @property
    def faulty(self) -> bool:
        """Whether its port is faulty."""
        return self.now.on("ptp-faulty", self.slot)

    @property
    def port_state(self) -> str:
        """The state of its port."""
        return "faulty" if self.faulty else self.role

    @property
    def identity(self) -> str:
        """Its own clock identity."""
        return _identity(self.now, self.key)

    @property
    def grandmaster(self) -> str:
        """The identity of the grandmaster it follows; its own for a master."""
        if not self.slave or self.faulty:
            return self.identity
        changed = self.now.on("ptp-grandmaster-change", self.slot)
        return _identity(self.now, f"{self.key}/grandmaster{2 if changed else 1}")

    @property
    def steps_removed(self) -> int:
        """Boundary clocks on the path to the grandmaster, including itself."""
        if not self.slave or self.faulty:
            return 0
        return 3 if self.now.on("ptp-grandmaster-change", self.slot) else 2

    @property
    def offset(self) -> int:
        """Offset from the master in ns, 0 for a master."""
        if not self.slave or self.faulty:
            return 0
        step = OFFSET_STEP if self.now.on("ptp-offset-step", self.slot) else 0
        return int(self.now.wave(f"{self.key}/offset", -38, 41, 130)) + step

    @property
    def path_delay(self) -> int:
        """Mean path delay in ns, 0 for a master."""
        if not self.slave or self.faulty:
            return 0
        return int(self.now.wave(f"{self.key}/delay", 1_830, 1_880, 600))

    @property
    def clients(self) -> int:
        """Unicast clients served."""
        return 0 if self.slave or self.faulty else int(self.now.wave(f"{self.key}/clients", 36, 49, 1800))

    @property
    def clock_class(self) -> int:
        """The clock class of the grandmaster; for a master, that of its clock."""
        if self.slave:
            return 255 if self.faulty else 6
        state = sync_state.clock(self.now, sync_state.selected_clock(self.now)).state
        return {sync_state.SYNCHRONIZED: 6, sync_state.HOLDOVER: 7}.get(state, 52)

    @property
    def accuracy(self) -> str:
        """The accuracy for the class."""
        return {6: "100-ns", 7: "1-us"}.get(self.clock_class, "25-us")

    @property
    def traceable(self) -> bool:
        """Whether time and frequency are traceable to a primary reference."""
        return self.clock_class in {6, 7}

    def counters(self) -> dict[str, int]:
        """Return messages since the boot, by ``rx-`` or ``tx-`` and kind, and in total per direction."""
        since = self.now.since("ptp-faulty", self.slot)
        counting = self.now if since is None else self.now.at(self.now.elapsed - since)
        counts = {f"{way}-{kind}": 0 for way in ("rx", "tx") for kind in KINDS}
        counts |= {name: counting.count(f"{self.key}/{name}", rate) for name, rate in MESSAGES[self.role].items()}
        for way in ("rx", "tx"):
            counts[f"{way}-all"] = sum(count for name, count in counts.items() if name.startswith(way))
        return {**counts, "rx-management-err": 0, "ann-receipt-timeout": 0}

    def rates(self) -> dict[str, int]:
        """Return messages per second, by the same names with ``-per-sec``."""
        rates = {f"{way}-{kind}-per-sec": 0 for way in ("rx", "tx") for kind in KINDS}
        if self.faulty:
            return rates
        return rates | {f"{name}-per-sec": int(rate) for name, rate in MESSAGES[self.role].items()}


def _identity(now: SimulatorState, name: str) -> str:
    digits = f"{now.seed(name):08x}"
    return f"024cfffffe{digits[:6]}"
