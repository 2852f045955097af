"""``data.notification``: the events, raised and cleared (grade A, further ids of IMS devices D).

Ids that no capture shows are spelled like the SNMP traps behind them (section 9): ``refclock-2-not-sync``,
``power-supply-failure``, ``fan-down`` and the like. They occur on modular devices only.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from lantime_simulator import condition, times
from lantime_simulator.alarms import Alarm, during, never
from lantime_simulator.moment import Moment, Span
from lantime_simulator.part import Block, SectionPart

Trigger = tuple[str, str, bool, float | None]
"""(event, type, triggered, moment of the last trigger in seconds since the start or None)."""


def _clock_spans(number: int) -> Callable[[Moment], Iterable[Span]]:
    def spans(moment: Moment) -> Iterable[Span]:
        return condition.unsynchronized_spans(moment, f"clk{number}")

    return spans


def _silent_spans(number: int) -> Callable[[Moment], Iterable[Span]]:
    def spans(moment: Moment) -> Iterable[Span]:
        return moment.spans("module-pulled", f"clk{number}")

    return spans


NTP = (
    Alarm(raised="ntp-not-sync", severity="error", cleared="ntp-sync", settled=150, spans=condition.ntp_lost_spans),
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


def _oscillator_spans(moment: Moment) -> Iterator[Span]:
    return moment.spans("warm-up", lasting=condition.UNTIL_WARM)


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


def _self_signed(moment: Moment) -> Trigger:
    return ("self-signed-https-certificate-in-use", "warning", True, moment.booted + 40)


def _normal_operation(moment: Moment) -> Trigger:
    if moment.device.api_major >= 16:
        return ("normal-operation", "info", False, None)
    return ("normal-operation", "info", True, 14 - moment.device.uptime)


def _action(moment: Moment, event: str, elapsed: float | None) -> Trigger:
    raised = [span.began for span in moment.spans("event-raised", event)]
    return (event, "action", False, max(raised, default=elapsed))


def notification(moment: Moment) -> Block:
    """Return the section."""
    hit = {episode.scene.target for episode in moment.episodes if episode.scene.name == "event-raised"}
    triggers = list(_triggers(moment))
    known = {event for event, *_ in triggers}
    triggers += chain.from_iterable(
        Alarm(raised=event, severity="warning", spans=never).events(moment)
        for event in sorted(target for target in hit if target and target not in known)
    )
    return {"events": [_event(moment, *trigger) for trigger in triggers]}


def _event(moment: Moment, event: str, kind: str, triggered: bool, last: float | None) -> Block:
    return {
        "object-id": event,
        "type": kind,
        "triggered": int(triggered),
        "last-triggered": times.iso_or_never(None if last is None else moment.unix(last)),
    }


def _triggers(moment: Moment) -> Iterator[Trigger]:
    modern = moment.device.api_major >= 16
    yield _normal_operation(moment)
    yield from _told(moment, NTP)
    yield _action(moment, "system-reboot", moment.booted)
    yield from _told(moment, _reference_clock(1))
    yield from _told(moment, [ANTENNA])
    if modern:
        yield from _told(moment, [ANTENNA_SHORT])
    yield _action(moment, "device-configuration-changed", 151.27 - moment.device.uptime)
    yield from _told(moment, [_leap("leapsecond-announced" if modern else "leap-second-announced")])
    yield _action(moment, "sync-monitor", None)
    yield from _told(moment, [SYNC_MONITOR, NETWORK, _resources(380 if modern else None), *CERTIFICATE])
    yield _self_signed(moment)
    if modern:
        yield from _told(moment, [OSCILLATOR])
    yield from _told(moment, CLUSTER)
    yield _action(moment, "faillock-user-banned" if modern else "faillock:-user-banned", None)
    if modern:
        yield from _told(moment, AUTO_UPDATE)
    if moment.device.modular:
        yield from _told(moment, _modular(moment))


def _modular(moment: Moment) -> Iterator[Alarm]:
    # The parts name their alarms, and this file is one of the parts.
    from lantime_simulator.parts import families  # noqa: PLC0415

    if len(list(moment.device.fitted("clock"))) > 1:
        yield from _reference_clock(2)
    yield Alarm(raised="ims-error", severity="error", cleared="ims-ok", spans=during("module-pulled"))
    if moment.device.rubidium:
        yield Alarm(raised="xhe-rub-error", severity="critical", cleared="xhe-rub-ok", spans=during("rubidium-fault"))
    fitted = {slot.module.family for slot in moment.device.fitted() if slot.module is not None}
    told = set()
    for family in sorted(fitted):
        for alarm in families()[family].alarms:
            if alarm.raised not in told:
                told.add(alarm.raised)
                yield alarm


def _told(moment: Moment, alarms: Iterable[Alarm]) -> Iterator[Trigger]:
    for alarm in alarms:
        yield from alarm.events(moment)


PART = SectionPart(key="notification", build=notification)
