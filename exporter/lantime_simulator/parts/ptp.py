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
  * ``time-stamper.{current-time, offset-from-int-ref (ns), utilization (%), phys-intf}`` and
    ``limits.{max-ptp-packets, max-ntp-packets, max-ptp-uc-slaves}``
  * slaves: ``m2s-delay``, ``s2m-delay`` (ns) ``{min, mean, median, std-dev, valid}``
  * masters: ``unicast-clients[]`` of ``{addr, announce-interval, sync-interval, delay-resp-interval, ann-duration,
    sync-duration, resp-duration}``

* ``flat``: ``ptpv2``, or ``ptpv2-1``, ``ptpv2-2`` for several, after the struct of older cards, with numbers for
  enumerations: ``ptp-prot-version``, ``port-state`` 9, ``offset-from-master``, ``mean-path-delay`` (ns),
  ``delay-asymmetry`` (ns), ``steps-removed``, ``gm-id``, ``clock-class``, ``clock-accuracy`` 33,
  ``clock-offset-scaled-log-variance``, ``domain-number``, ``time-source``, ``delay-mech``, ``nw-prot``, ``profile``,
  ``role``, ``utc-offset`` s, ``utc-offset-valid``, ``time-traceable``, ``frequency-traceable``, ``ptp-timescale`` 0/1,
  ``num-uc-slaves``, ``max-ptp-uc-slaves``, ``ssm-in``, ``ssm-out``, ``utilization``; counters and rates, named as
  above, beside them.

Scenarios: ``ptp-offset-step`` and ``ptp-grandmaster-change`` (slaves), ``ptp-faulty`` (all instances of the card).
The clock class of a master depends on the selected clock: 6, 7 in holdover, 52 without time.
"""

from lantime_simulator import times
from lantime_simulator.alarms import Alarm, during
from lantime_simulator.enums import QUALITY_LEVELS
from lantime_simulator.part import Block, Card, ModulePart, info
from lantime_simulator.ptp_instance import (
    CAPACITY,
    CLOCK_ACCURACIES,
    DELAY_MECHANISMS,
    ENUMS,
    PORT_STATES,
    PROFILES,
    PROTOCOLS,
    ROLES,
    TIME_SOURCES,
    SimulatedInstance,
)
from lantime_simulator.state import SimulatorState


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
        block |= {way: _delay(instance, way) for way in ("m2s-delay", "s2m-delay")}
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
        "offset-from-int-ref": int(instance.now.wave(f"{instance.key}/stamper", -6, 6, 300)),
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
        "delay-asymmetry": 0,
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
