"""What happens to the devices, one scene each, and what has to arrive of it.

A device is called like its scene. All labels of an alert are listed beside ``alertname``, ``severity``, ``job`` and
``instance``; a description is a regular expression where it holds a measured value.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lantime_simulator import Device, m500, m600, m1000

BYSTANDER = "bystander"
"""The device to which nothing happens."""

WRONG_PASSWORD = "wrong-password"
"""The device whose password in the exporter's file becomes wrong."""

UNREACHABLE = "unreachable"

ALREADY = "LantimePtpGrandmasterChanged"
"""What the unreachable device has on record when it goes: it fires on, but must not be told any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """An alert that has to arrive."""

    name: str
    severity: str
    summary: str
    description: str
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Scenes of the simulator that a device plays, and the alerts that arrive of them.

    ``before`` plays until the device has ``ALREADY`` on record.
    """

    name: str
    device: Device
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
                description=r"Clock clk1 of clock-lost is not synchronized\.",
            ),
            Expected(
                name="LantimeClockNotSynchronized",
                severity="critical",
                labels={"state": "not-synchronized"},
                summary="The device is not synchronized.",
                description=r"clock-lost has no synchronized clock and is not in holdover\.",
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
                severity="critical",
                labels={"slot": "clk1"},
                summary="An antenna is not connected.",
                description=r"Clock clk1 of antenna-off does not see its antenna\.",
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
                severity="critical",
                labels={"slot": "io1", "relay": "c", "state": "nc"},
                summary="An error relay fell.",
                description=r"Relay c of io1 of relay-c-nc is NC: fault\.",
            ),
        ),
    ),
    Scenario(
        name="ptp-offset-step",
        device=m500(3),
        plays=("ptp-offset-step",),
        alerts=(
            Expected(
                name="LantimePtpOffsetHigh",
                severity="critical",
                labels={"slot": "io2", "ptp_instance": "ptp1"},
                summary="A PTP slave is far from its master.",
                description=r"PTP io2/ptp1 of ptp-offset-step is 2[45](\.\d+)?us from its master\.",
            ),
        ),
    ),
    Scenario(
        name="psu-lost",
        device=m600(2),
        plays=("psu-lost",),
        alerts=(
            Expected(
                name="LantimePowerSupplyFailed",
                severity="critical",
                labels={"slot": "pwr2"},
                summary="A power supply failed.",
                description=r"Power supply pwr2 of psu-lost does not deliver\.",
            ),
            Expected(
                name="LantimePowerRedundancyLost",
                severity="warning",
                summary="Power is not redundant any more.",
                description=r"psu-lost has fewer power supplies than it had\.",
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
                description=r"The exporter gets no status from unreachable \(connect\)\.",
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
                summary="The device refuses the credentials.",
                description=r"wrong-password refuses the exporter's user or password \(lockout\); it is not watched\.",
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
                description=r"The status of stale-data is 1\dm \d+s old\.",
            ),
        ),
    ),
)

DEVICES: Mapping[str, Device] = {scene.name: scene.device for scene in SCENES} | {BYSTANDER: m1000(1)}
