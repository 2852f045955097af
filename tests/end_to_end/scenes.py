"""The scenario of each device, and the alerts that must arrive.

A device is named after its scenario. All labels of an alert are listed besides ``alertname``, ``severity``, ``job``
and ``instance``; a description with a measured value is a regular expression.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lantime_simulator import SimulatedDevice, m500, m600, m1000

BYSTANDER = "bystander"
"""The device without faults."""

WRONG_PASSWORD = "wrong-password"
"""The device whose password in the file of the exporter becomes wrong."""

UNREACHABLE = "unreachable"

PLAIN_PTP = {"nested": (m500(3), "ptp1"), "flat": (m500(5, spelling="flat"), "0")}
"""Devices and their PTP instances by the spelling of the card; both send ``offset-from-master``, a plain key in ns."""

ALREADY = "LantimePtpGrandmasterChanged"
"""An alert of the unreachable device that fires before its fault: it continues, but must not notify any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """An alert that must arrive."""

    name: str
    severity: str
    summary: str
    description: str
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Scenarios of a simulated device, and the alerts that must arrive.

    ``before`` is active until the alert ``ALREADY`` fires.
    """

    name: str
    device: SimulatedDevice
    plays: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    alerts: tuple[Expected, ...]


SCENES = (
    Scenario(
        name="clock-lost",
        device=m500(1),
        plays=("clock1-lost",),
        alerts=(
            Expected(
                name="LantimeClockNotSynchronized",
                severity="warning",
                labels={"slot": "clk1"},
                summary="A clock is not synchronized.",
                description=r"clock-lost: clock clk1 is not synchronized\.",
            ),
            Expected(
                name="LantimeClockNotSynchronized",
                severity="critical",
                labels={"state": "not-synchronized"},
                summary="The device is not synchronized.",
                description=r"clock-lost has no synchronized clock and is not in holdover: its time runs free\.",
            ),
        ),
    ),
    Scenario(
        name="antenna-off",
        device=m600(1),
        plays=("antenna-off",),
        alerts=(
            Expected(
                name="LantimeAntennaDisconnected",
                severity="warning",
                labels={"slot": "clk1"},
                summary="An antenna is not connected.",
                description=r"antenna-off: the antenna of clk1 is disconnected\. Clock: holdover\. Check cable, "
                r"lightning arrester and splitter\.",
            ),
        ),
    ),
    Scenario(
        name="relay-c-nc",
        device=m500(2),
        plays=("relay-c-nc",),
        alerts=(
            Expected(
                name="LantimeRelayError",
                severity="warning",
                labels={"slot": "io1", "relay": "c", "state": "nc"},
                summary="An error relay signals a fault.",
                description=r"relay-c-nc: relay c of card io1 (\(source .*\) )?dropped to NC: the alarm contact "
                r"signals a fault\.",
            ),
        ),
    ),
    *(
        Scenario(
            name=f"ptp-offset-step-{spelling}",
            device=device,
            plays=("ptp-offset-step",),
            alerts=(
                Expected(
                    name="LantimePtpOffsetHigh",
                    severity="critical",
                    labels={"slot": "io2", "ptp_instance": instance},
                    summary="A PTP slave has wrong time.",
                    description=rf"ptp-offset-step-{spelling}: PTP io2/{instance} has wrong time: it is "
                    r"2[45](\.\d+)?us from its master \(limit 1us\)\.",
                ),
            ),
        )
        for spelling, (device, instance) in PLAIN_PTP.items()
    ),
    Scenario(
        name="psu-lost",
        device=m600(2),
        plays=("psu-lost",),
        alerts=(
            Expected(
                name="LantimePowerSupplyFailed",
                severity="warning",
                labels={"slot": "pwr2"},
                summary="A power supply failed.",
                description=r"psu-lost: power supply pwr2 has delivered no power for \S+\. "
                r"The device runs on the others\.",
            ),
        ),
    ),
    Scenario(
        name=UNREACHABLE,
        device=m500(4),
        before=("ptp-grandmaster-change",),
        plays=("unreachable",),
        alerts=(
            Expected(
                name="LantimeDeviceUnreachable",
                severity="critical",
                summary="The device does not answer.",
                description=r"unreachable does not answer the exporter \(reason connect\)\.",
            ),
        ),
    ),
    Scenario(
        name=WRONG_PASSWORD,
        device=m600(3),
        alerts=(
            Expected(
                name="LantimeAuthenticationFailed",
                severity="warning",
                summary="The device rejects the credentials.",
                description=r"wrong-password rejects the user or password of the exporter \(reason lockout\)\. The "
                r"device is not monitored\.",
            ),
        ),
    ),
    Scenario(
        name="stale-data",
        device=m600(4),
        plays=("stale-data",),
        alerts=(
            Expected(
                name="LantimeApiDataStale",
                severity="warning",
                summary="The device sends old data.",
                description=r"stale-data sends a status that is 1\dm \d+s old \(limit 5m\)\. Its other alerts use "
                r"old values\.",
            ),
        ),
    ),
)

DEVICES: Mapping[str, SimulatedDevice] = {scene.name: scene.device for scene in SCENES} | {BYSTANDER: m1000(1)}
