"""PSX, HPS: PTP cards with one or several PTPv2 instances (docs/modules.md; members C, JSON D).

* ``nested``: ``ptp.instances[]`` (``object-id`` ``ptp1``) with the data sets of IEEE 1588 in the kebab form of the
  struct members:

  * ``profile``, ``role``, ``protocol``, ``smpte-lock-state`` as words; ``flags.stack-not-running``;
    ``num-uc-slaves``; ``utilization`` %; ``synce.{quality-level, ssm-in, ssm-out}``
  * ``default-ds.{two-step, slave-only, number-ports, priority-1, priority-2, domain-number, clock-identity}`` and
    ``clock-quality.{clock-class, clock-accuracy, log-variance}``; ``clock-accuracy`` ``100-ns``
  * ``current-ds.{offset-from-master, mean-path-delay}`` (ns, as the API shows them; C) and ``steps-removed``
  * ``parent-ds.{parent-port-identity, parent-log-variance, parent-phase-change-rate, grandmaster-clock-quality,
    grandmaster-priority-1, grandmaster-priority-2, grandmaster-identity}``
  * ``time-properties-ds.{current-utc-offset (s), leap-61, leap-59, utc-offset-valid, ptp-timescale, time-traceable,
    frequency-traceable, time-source}``
  * ``port-ds[]`` (``object-id`` ``port1``) ``.{port-state, link-state, peer-mean-path-delay (ns), port-identity,
    announce-interval, sync-interval, delay-req-interval, pdelay-req-interval (log2 s), announce-receipt-timeout,
    delay-mechanism, version-number}``
  * ``packet-counters``: ``rx-`` and ``tx-`` of ``all``, ``announce``, ``sync``, ``follow-up``, ``delay-req``,
    ``delay-resp``, ``pdelay-req``, ``pdelay-resp``, ``pdelay-follow-up``, ``signalling``, ``management``; and
    ``rx-management-err``, ``ann-receipt-timeout``; ``packet-rates``: the same with ``-per-sec`` (1/s; the struct would
    be x 256), without ``all`` and the last two
  * ``time-stamper.{current-time, offset-from-int-ref-ns, utilization (%), phys-intf}`` and
    ``limits.{max-ptp-packets, max-ntp-packets, max-ptp-uc-slaves}``
  * slaves: ``m2s-delay-ns``, ``s2m-delay-ns`` ``{min, mean, median, std-dev, valid}``
  * masters: ``unicast-clients[]`` of ``{addr, announce-interval, sync-interval, delay-resp-interval, ann-duration,
    sync-duration, resp-duration}``

* ``flat``: ``ptpv2``, or ``ptpv2-1``, ``ptpv2-2`` for several, after the struct of older cards, with numbers for
  enumerations: ``ptp-prot-version``, ``port-state`` 9, ``offset-from-master``, ``mean-path-delay`` (ns),
  ``delay-asymmetry-ns``, ``steps-removed``, ``gm-id``, ``clock-class``, ``clock-accuracy`` 33,
  ``clock-offset-scaled-log-variance``, ``domain-number``, ``time-source``, ``delay-mech``, ``nw-prot``, ``profile``,
  ``role``, ``utc-offset`` s, ``utc-offset-valid``, ``time-traceable``, ``frequency-traceable``, ``ptp-timescale`` 0/1,
  ``num-uc-slaves``, ``max-ptp-uc-slaves``, ``ssm-in``, ``ssm-out``, ``utilization``; counters and rates, named as
  above, beside them.

Scenarios: ``ptp-offset-step`` and ``ptp-grandmaster-change`` (slaves), ``ptp-faulty`` (all instances of the card).
The clock class of a master depends on the selected clock: 6, 7 in holdover, 52 without time.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from lantime_simulator import sync_state, times
from lantime_simulator.alarms import Alarm, during
from lantime_simulator.blocks import info
from lantime_simulator.enums import QUALITY_LEVELS, counted
from lantime_simulator.part import Block, Card, ModulePart
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
"""Messages a second by the role of the instance."""

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
        """A name that no other instance of the device has."""
        return f"{self.slot}/ptp{self.number}"

    @property
    def slave(self) -> bool:
        """Whether it follows a master."""
        return self.role == "slave"

    @property
    def faulty(self) -> bool:
        """Whether its port is out of order."""
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
        """Boundary clocks on the way to the grandmaster, itself included."""
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
        """The accuracy that goes with the class."""
        return {6: "100-ns", 7: "1-us"}.get(self.clock_class, "25-us")

    @property
    def traceable(self) -> bool:
        """Whether time and frequency go back to a primary reference."""
        return self.clock_class in {6, 7}

    def counters(self) -> dict[str, int]:
        """Return messages counted since the boot, by ``rx-`` or ``tx-`` and their kind, and all of each way."""
        since = self.now.since("ptp-faulty", self.slot)
        counting = self.now if since is None else self.now.at(self.now.elapsed - since)
        counts = {f"{way}-{kind}": 0 for way in ("rx", "tx") for kind in KINDS}
        counts |= {name: counting.count(f"{self.key}/{name}", rate) for name, rate in MESSAGES[self.role].items()}
        for way in ("rx", "tx"):
            counts[f"{way}-all"] = sum(count for name, count in counts.items() if name.startswith(way))
        return {**counts, "rx-management-err": 0, "ann-receipt-timeout": 0}

    def rates(self) -> dict[str, int]:
        """Return messages a second, by the same names with ``-per-sec``."""
        rates = {f"{way}-{kind}-per-sec": 0 for way in ("rx", "tx") for kind in KINDS}
        if self.faulty:
            return rates
        return rates | {f"{name}-per-sec": int(rate) for name, rate in MESSAGES[self.role].items()}


def _identity(now: SimulatorState, name: str) -> str:
    digits = f"{now.seed(name):08x}"
    return f"024cfffffe{digits[:6]}"


def instances(now: SimulatorState, card: Card) -> Block:
    """Return the PTP block of a card, one instance for each of its roles."""
    found = [SimulatedInstance(now, card.name, number, role) for number, role in enumerate(card.module.roles, 1)]
    if card.module.spelling != "flat":
        return {"ptp": {"instances": [_nested(instance) for instance in found]}}
    if len(found) == 1:
        return {"ptpv2": _flat(found[0])}
    return {f"ptpv2-{instance.number}": _flat(instance) for instance in found}


def ptp(now: SimulatorState, card: Card) -> Block:
    """Return the module of a PTP card."""
    return {"info": info(now, card, warm=52.0), **instances(now, card)}


def _profile(instance: SimulatedInstance) -> str:
    return "default-e2e" if instance.slave else "g.8275.1"


def _protocol(instance: SimulatedInstance) -> str:
    return "udp-ipv4" if instance.slave else "ieee-802.3"


def _nested(instance: SimulatedInstance) -> Block:
    now = instance.now
    block: Block = {
        "object-id": f"ptp{instance.number}",
        "profile": _profile(instance),
        "role": f"multicast-{instance.role}",
        "protocol": _protocol(instance),
        "smpte-lock-state": "not-in-use",
        "flags": {"stack-not-running": False},
        "num-uc-slaves": instance.clients,
        "utilization": round(now.wave(f"{instance.key}/utilization", 2, 6, 900), 1),
        "default-ds": _default_ds(instance),
        "current-ds": {
            "offset-from-master": instance.offset,
            "mean-path-delay": instance.path_delay,
            "steps-removed": instance.steps_removed,
        },
        "parent-ds": _parent_ds(instance),
        "time-properties-ds": _time_properties_ds(instance),
        "port-ds": [_port_ds(instance)],
        "packet-counters": instance.counters(),
        "packet-rates": instance.rates(),
        "synce": {"quality-level": "ql-prc", "ssm-in": "ql-prc", "ssm-out": "ql-prc"},
        "time-stamper": _time_stamper(instance),
    }
    if instance.slave:
        block |= {f"{way}-ns": _delay(instance, way) for way in ("m2s-delay", "s2m-delay")}
    else:
        block["unicast-clients"] = [_client(number) for number in (1, 2)]
    return block


def _quality(instance: SimulatedInstance) -> Block:
    return {"clock-class": instance.clock_class, "clock-accuracy": instance.accuracy, "log-variance": 13_563}


def _default_ds(instance: SimulatedInstance) -> Block:
    return {
        "two-step": instance.slave,
        "slave-only": instance.slave,
        "number-ports": 1,
        "clock-quality": {"clock-class": 255, "clock-accuracy": "25-us", "log-variance": 65_535}
        if instance.slave
        else _quality(instance),
        "priority-1": 128,
        "priority-2": 128,
        "domain-number": _domain(instance),
        "clock-identity": instance.identity,
    }


def _domain(instance: SimulatedInstance) -> int:
    return 0 if instance.slave else 24


def _parent_ds(instance: SimulatedInstance) -> Block:
    return {
        "parent-port-identity": f"{instance.grandmaster}-1",
        "parent-log-variance": 65_535,
        "parent-phase-change-rate": 2_147_483_647,
        "grandmaster-clock-quality": _quality(instance),
        "grandmaster-priority-1": 128,
        "grandmaster-priority-2": 128,
        "grandmaster-identity": instance.grandmaster,
    }


def _time_properties_ds(instance: SimulatedInstance) -> Block:
    return {
        "current-utc-offset": 37,
        "leap-61": instance.now.on("leap-announced"),
        "leap-59": False,
        "utc-offset-valid": instance.traceable,
        "ptp-timescale": True,
        "time-traceable": instance.traceable,
        "frequency-traceable": instance.traceable,
        "time-source": "gps",
    }


def _port_ds(instance: SimulatedInstance) -> Block:
    return {
        "object-id": "port1",
        "port-state": instance.port_state,
        "link-state": "down" if instance.faulty else "up",
        "peer-mean-path-delay": 0,
        "port-identity": f"{instance.identity}-1",
        "announce-interval": 0,
        "sync-interval": -4,
        "delay-req-interval": -4,
        "pdelay-req-interval": 0,
        "announce-receipt-timeout": 3,
        "delay-mechanism": "e2e",
        "version-number": 2,
    }


def _time_stamper(instance: SimulatedInstance) -> Block:
    return {
        "current-time": times.iso_milliseconds(instance.now.wall),
        "offset-from-int-ref-ns": int(instance.now.wave(f"{instance.key}/stamper", -6, 6, 300)),
        "utilization": 3,
        "phys-intf": "sfp+",
        "limits": {"max-ptp-packets": 131_072, "max-ntp-packets": 400_000, "max-ptp-uc-slaves": CAPACITY},
    }


def _delay(instance: SimulatedInstance, way: str) -> Block:
    mean = instance.path_delay + (instance.offset if way == "m2s-delay" else -instance.offset)
    return {"min": mean - 12, "mean": mean, "median": mean - 1, "std-dev": 7, "valid": not instance.faulty}


def _client(number: int) -> Block:
    return {
        "object-id": f"client{number}",
        "addr": f"198.51.100.{100 + number}",
        "announce-interval": 0,
        "sync-interval": -4,
        "delay-resp-interval": -4,
        "ann-duration": 270,
        "sync-duration": 270,
        "resp-duration": 271,
    }


def _flat(instance: SimulatedInstance) -> Block:
    return {
        "ptp-prot-version": 2,
        "port-state": PORT_STATES[instance.port_state],
        "offset-from-master": instance.offset,
        "mean-path-delay": instance.path_delay,
        "delay-asymmetry-ns": 0,
        "steps-removed": instance.steps_removed,
        "gm-id": instance.grandmaster,
        "clock-class": instance.clock_class,
        "clock-accuracy": CLOCK_ACCURACIES[instance.accuracy],
        "clock-offset-scaled-log-variance": 13_563,
        "domain-number": _domain(instance),
        "time-source": TIME_SOURCES["gps"],
        "delay-mech": DELAY_MECHANISMS["e2e"],
        "nw-prot": PROTOCOLS[_protocol(instance)],
        "profile": PROFILES[_profile(instance)],
        "role": ROLES[f"multicast-{instance.role}"],
        "utc-offset": 37,
        "utc-offset-valid": int(instance.traceable),
        "time-traceable": int(instance.traceable),
        "frequency-traceable": int(instance.traceable),
        "ptp-timescale": 1,
        "num-uc-slaves": instance.clients,
        "max-ptp-uc-slaves": CAPACITY,
        "ssm-in": QUALITY_LEVELS["ql-prc"],
        "ssm-out": QUALITY_LEVELS["ql-prc"],
        "utilization": int(instance.now.wave(f"{instance.key}/utilization", 2, 6, 900)),
        **instance.counters(),
        **instance.rates(),
    }


PART = ModulePart(
    family="ptp",
    model="psx210",
    build=ptp,
    spellings=("nested", "flat"),
    enums=ENUMS,
    alarms=(
        Alarm(raised="ptp-error", severity="critical", spans=during("ptp-faulty")),
        Alarm(
            raised="ptp-port-disconnected",
            severity="error",
            cleared="ptp-port-connected",
            spans=during("ptp-faulty"),
        ),
        Alarm(raised="ptp-state-changed", severity="info", spans=during("ptp-faulty")),
    ),
)
