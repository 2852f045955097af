"""``data.notification``: the events, raised and cleared (grade A, further ids of IMS devices D).

Ids that no capture shows are spelled like the SNMP traps behind them: ``refclock-2-not-sync``,
``power-supply-failure``, ``fan-down`` and the like. They occur on modular devices only.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from lantime_simulator import sync_state, times
from lantime_simulator.alarms import Alarm, during, never
from lantime_simulator.part import Block, SectionPart
from lantime_simulator.state import SimulatorState, Span

Trigger = tuple[str, str, bool, float | None]
"""(event, type, triggered, time of the last trigger in seconds since the start or None)."""


def _clock_spans(number: int) -> Callable[[SimulatorState], Iterable[Span]]:
    def spans(now: SimulatorState) -> Iterable[Span]:
        return sync_state.unsynchronized_spans(now, f"clk{number}")

    return spans


def _silent_spans(number: int) -> Callable[[SimulatorState], Iterable[Span]]:
    def spans(now: SimulatorState) -> Iterable[Span]:
        return now.spans("module-pulled", f"clk{number}")

    return spans


NTP = (
    Alarm(raised="ntp-not-sync", severity="error", cleared="ntp-sync", settled=150, spans=sync_state.ntp_lost_spans),
    Alarm(raised="ntp-stopped", severity="critical", spans=never),
    Alarm(raised="ntp-offset-limit-exceeded", severity="error", cleared="ntp-offset-limit-ok", spans=never),
)


def _reference_clock(number: int) -> tuple[Alarm, ...]:
    return (
        Alarm(raised=f"refclock-{number}-not-responding", severity="critical", spans=_silent_spans(number)),
        Alarm(
            raised=f"refclock-{number}-not-sync",
            severity="error",
            cleared=f"refclock-{number}-sync",
            settled=125,
            spans=_clock_spans(number),
        ),
    )


ANTENNA = Alarm(
    raised="antenna-faulty", severity="error", cleared="antenna-reconnect", settled=12, spans=during("antenna-off")
)
ANTENNA_SHORT = Alarm(raised="antenna-short-circuit", severity="error", spans=during("antenna-short"))
SYNC_MONITOR = Alarm(
    raised="sync-monitor-alert", severity="error", cleared="sync-monitor-ok", spans=during("syncmon-limit")
)
NETWORK = Alarm(
    raised="network-link-down", severity="error", cleared="network-link-up", settled=31, spans=during("link-down")
)


def _resources(settled: float | None) -> Alarm:
    return Alarm(
        raised="low-system-resources",
        severity="warning",
        cleared="sufficient-system-resources",
        settled=settled,
        spans=never,
    )


CERTIFICATE = (
    Alarm(raised="https-certificate-expired", severity="error", spans=never),
    Alarm(raised="https-certificate-expire-warning", severity="warning", spans=never),
)


def _oscillator_spans(now: SimulatorState) -> Iterator[Span]:
    return now.spans("warm-up", lasting=sync_state.UNTIL_WARM)


OSCILLATOR = Alarm(
    raised="oscillator-not-adjusted",
    severity="warning",
    cleared="oscillator-adjusted",
    settled=305,
    spans=_oscillator_spans,
)
CLUSTER = (
    Alarm(raised="cluster-master-changed", severity="info", spans=during("cluster-master-changed")),
    Alarm(
        raised="cluster-falseticker-detected", severity="warning", cleared="cluster-falseticker-cleared", spans=never
    ),
)
AUTO_UPDATE = (
    Alarm(raised="auto-update-avail", severity="info", spans=never),
    Alarm(raised="auto-update-installed", severity="info", spans=never),
    Alarm(raised="auto-update-failed", severity="error", spans=never),
)


def _leap(event: str) -> Alarm:
    return Alarm(raised=event, severity="info", spans=during("leap-announced"))


def _self_signed(now: SimulatorState) -> Trigger:
    return ("self-signed-https-certificate-in-use", "warning", True, now.booted + 40)


def _normal_operation(now: SimulatorState) -> Trigger:
    if now.device.api_major >= 16:
        return ("normal-operation", "info", False, None)
    return ("normal-operation", "info", True, 14 - now.device.uptime)


def _action(now: SimulatorState, event: str, elapsed: float | None) -> Trigger:
    raised = [span.began for span in now.spans("event-raised", event)]
    return (event, "action", False, max(raised, default=elapsed))


def notification(now: SimulatorState) -> Block:
    """Return the section."""
    hit = {episode.scenario.target for episode in now.episodes if episode.scenario.name == "event-raised"}
    triggers = list(_triggers(now))
    known = {event for event, *_ in triggers}
    triggers += chain.from_iterable(
        Alarm(raised=event, severity="warning", spans=never).events(now)
        for event in sorted(target for target in hit if target and target not in known)
    )
    return {"events": [_event(now, *trigger) for trigger in triggers]}


def _event(now: SimulatorState, event: str, kind: str, triggered: bool, last: float | None) -> Block:
    return {
        "object-id": event,
        "type": kind,
        "triggered": int(triggered),
        "last-triggered": times.iso_or_never(None if last is None else now.unix(last)),
    }


def _triggers(now: SimulatorState) -> Iterator[Trigger]:
    modern = now.device.api_major >= 16
    yield _normal_operation(now)
    yield from _event_text(now, NTP)
    yield _action(now, "system-reboot", now.booted)
    yield from _event_text(now, _reference_clock(1))
    yield from _event_text(now, [ANTENNA])
    if modern:
        yield from _event_text(now, [ANTENNA_SHORT])
    yield _action(now, "device-configuration-changed", 151.27 - now.device.uptime)
    yield from _event_text(now, [_leap("leapsecond-announced" if modern else "leap-second-announced")])
    yield _action(now, "sync-monitor", None)
    yield from _event_text(now, [SYNC_MONITOR, NETWORK, _resources(380 if modern else None), *CERTIFICATE])
    yield _self_signed(now)
    if modern:
        yield from _event_text(now, [OSCILLATOR])
    yield from _event_text(now, CLUSTER)
    yield _action(now, "faillock-user-banned" if modern else "faillock:-user-banned", None)
    if modern:
        yield from _event_text(now, AUTO_UPDATE)
    if now.device.modular:
        yield from _event_text(now, _modular(now))


def _modular(now: SimulatorState) -> Iterator[Alarm]:
    # The parts name their alarms, and this file is one of the parts.
    from lantime_simulator.parts import families  # noqa: PLC0415

    if len(list(now.device.fitted("clock"))) > 1:
        yield from _reference_clock(2)
    yield Alarm(raised="ims-error", severity="error", cleared="ims-ok", spans=during("module-pulled"))
    if now.device.rubidium:
        yield Alarm(raised="xhe-rub-error", severity="critical", cleared="xhe-rub-ok", spans=during("rubidium-fault"))
    fitted = {slot.module.family for slot in now.device.fitted() if slot.module is not None}
    raised = set()
    for family in sorted(fitted):
        for alarm in families()[family].alarms:
            if alarm.raised not in raised:
                raised.add(alarm.raised)
                yield alarm


def _event_text(now: SimulatorState, alarms: Iterable[Alarm]) -> Iterator[Trigger]:
    for alarm in alarms:
        yield from alarm.events(now)


PART = SectionPart(key="notification", build=notification)
