"""Cases of ``lantime-ptp``."""

from tests.alerts.alerts_rules import Severity
from tests.alerts.cases.definition import Case, Episode, Silence, Values

BOOTED = {"lantime_uptime_seconds": 1900}
BOOTING = {"lantime_uptime_seconds": 1700}

INSTANCE = {"slot": "io1", "ptp_instance": "ptp1"}
PORT = {**INSTANCE, "port": "port1"}


def ptp(metric: str, **labels: str) -> str:
    """Return a series of the PTP instance."""
    inner = ", ".join(f'{name}="{value}"' for name, value in {**INSTANCE, **labels}.items())
    return f"lantime_ptp_{metric}{{{inner}}}"


def port_state(state: str) -> str:
    """Return a state of the PTP port."""
    return ptp("port_state", port="port1", state=state)


GRANDMASTER: dict[str, Values] = {port_state("master"): 1, port_state("slave"): 0}
SLAVE: dict[str, Values] = {port_state("master"): 0, port_state("slave"): 1}
BOUNDARY: dict[str, Values] = {
    port_state("slave"): 1,
    ptp("port_state", port="port2", state="master"): 1,
    ptp("port_state", port="port2", state="slave"): 0,
}


def level(state: str, direction: str = "in") -> str:
    """Return a quality level of SyncE."""
    inner = ", ".join(f'{name}="{value}"' for name, value in {**PORT, "direction": direction, "state": state}.items())
    return f"lantime_synce_quality_level{{{inner}}}"


CASES: tuple[Case, ...] = (
    Episode(
        alert="LantimePtpStopped",
        says="the stack stops",
        series={ptp("stack_running"): (1, 0)},
        labels=INSTANCE,
        description="PTP io1/ptp1 of lt1 does not run.",
    ),
    Silence(alert="LantimePtpStopped", says="the stack never ran", series={ptp("stack_running"): 0}),
    Episode(
        alert="LantimePtpLinkDown",
        says="the fibre is pulled",
        series={
            ptp("link_up", port="port1"): (1, 0),
            port_state("disabled"): 0,
            port_state("master"): (1, 0),
            ptp("link_up", port="port2"): 0,
        },
        labels=PORT,
        description="Port port1 of PTP io1/ptp1 of lt1 has no link.",
    ),
    Silence(
        alert="LantimePtpLinkDown",
        says="the port is switched off",
        series={ptp("link_up", port="port1"): (1, 0), port_state("disabled"): (0, 1), port_state("master"): (1, 0)},
    ),
    Silence(alert="LantimePtpLinkDown", says="the port never had a link", series={ptp("link_up", port="port1"): 0}),
    Episode(
        alert="LantimePtpPortFaulty",
        step=0.5,
        says="the port is faulty",
        series={**BOOTED, port_state("faulty"): (0, 1), ptp("stack_running"): 1},
        labels=PORT,
        description="Port port1 of PTP io1/ptp1 of lt1 is faulty or not initialized.",
    ),
    Silence(
        alert="LantimePtpPortFaulty",
        step=0.5,
        says="the stack does not run",
        series={port_state("uninitialized"): (0, 1), ptp("stack_running"): 0},
    ),
    Silence(
        alert="LantimePtpPortFaulty",
        step=0.5,
        says="the port listens",
        series={port_state("listening"): (0, 1), port_state("faulty"): 0},
    ),
    Silence(
        alert="LantimePtpPortFaulty",
        step=0.5,
        says="the device starts",
        series={**BOOTING, port_state("uninitialized"): (0, 1)},
    ),
    Episode(
        alert="LantimePtpUnexpectedState",
        says="a master becomes passive",
        series={port_state("master"): (1, 0), port_state("passive"): (0, 1), port_state("listening"): 0},
        onset=60,
        labels={**PORT, "state": "master"},
        description="Port port1 of PTP io1/ptp1 of lt1 is not master any more.",
    ),
    Episode(
        alert="LantimePtpUnexpectedState",
        says="a slave of forty minutes is lost",
        series={port_state("slave"): "0x19 1x39 0x14 1x60"},
        onset=60,
        labels={**PORT, "state": "slave"},
        description="Port port1 of PTP io1/ptp1 of lt1 is not slave any more.",
    ),
    Silence(
        alert="LantimePtpUnexpectedState",
        says="the port was master for a while only",
        series={port_state("master"): "0x29 1x29 0x60", port_state("passive"): "1x29 0x29 1x60"},
        onset=62,
    ),
    Silence(
        alert="LantimePtpUnexpectedState",
        says="the port finishes its start",
        series={port_state("listening"): (1, 0), port_state("slave"): (0, 1)},
    ),
    Episode(
        alert="LantimePtpStateFlapping",
        says="six changes in six minutes",
        series={
            port_state("master"): "1x9 0 1 0 1 0 1x40",
            port_state("passive"): "0x9 1 0 1 0 1 0x40",
        },
        onset=15,
        lingers=4,
        labels=PORT,
        description="Port port1 of PTP io1/ptp1 of lt1 changed its state 6 times.",
    ),
    Silence(
        alert="LantimePtpStateFlapping",
        says="five changes",
        series={
            port_state("master"): "1x9 0 1 0 1 0x40",
            port_state("passive"): "0x9 1 0 1 0 1x40",
        },
        onset=15,
    ),
    *(
        Episode(
            alert="LantimePtpOffsetHigh",
            severity=Severity.WARNING,
            says=f"beyond {limit:g} s, behind the master",
            series={ptp("offset_from_master_seconds"): (-0.9 * limit, -1.1 * limit)},
            labels=INSTANCE,
            description=f"PTP io1/ptp1 of lt1 is {shown} from its master.",
            profile=profile,
        )
        for profile, limit, shown in (("", 100e-9, "110ns"), ("ntp", 100e-6, "110us"))
    ),
    *(
        Episode(
            alert="LantimePtpOffsetHigh",
            severity=Severity.CRITICAL,
            says=f"beyond {limit:g} s",
            series={ptp("offset_from_master_seconds"): (0.9 * limit, 1.1 * limit)},
            labels=INSTANCE,
            description=f"PTP io1/ptp1 of lt1 is {shown} from its master.",
            also={Severity.WARNING: f"PTP io1/ptp1 of lt1 is {shown} from its master."},
            profile=profile,
        )
        for profile, limit, shown in (("", 1e-6, "1.1us"), ("ntp", 1e-3, "1.1ms"))
    ),
    *(
        Episode(
            alert="LantimePtpClockClassDegraded",
            severity=Severity.WARNING,
            says=f"a grandmaster goes from {good} to {bad}",
            series={**GRANDMASTER, ptp("clock_class"): (good, bad)},
            labels=INSTANCE,
            description=f"PTP io1/ptp1 of lt1 announces clock class {bad}.",
        )
        for good, bad in ((6, 7), (13, 14))
    ),
    Silence(
        alert="LantimePtpClockClassDegraded",
        severity=Severity.WARNING,
        says="a slave has class 7",
        series={**SLAVE, ptp("clock_class"): (6, 7)},
    ),
    Silence(
        alert="LantimePtpClockClassDegraded",
        severity=Severity.WARNING,
        says="a boundary clock has class 7",
        series={**BOUNDARY, ptp("clock_class"): (6, 7)},
    ),
    Episode(
        alert="LantimePtpClockClassDegraded",
        severity=Severity.CRITICAL,
        says="a grandmaster goes from 14 to 15",
        series={**BOOTED, **GRANDMASTER, ptp("clock_class"): (13, 15)},
        labels=INSTANCE,
        description="PTP io1/ptp1 of lt1 announces clock class 15.",
    ),
    Episode(
        alert="LantimePtpClockClassDegraded",
        severity=Severity.CRITICAL,
        says="a grandmaster of two ports is out of specification",
        series={**GRANDMASTER, ptp("port_state", port="port2", state="passive"): 1, ptp("clock_class"): (14, 52)},
        labels=INSTANCE,
        description="PTP io1/ptp1 of lt1 announces clock class 52.",
    ),
    Silence(
        alert="LantimePtpClockClassDegraded",
        severity=Severity.CRITICAL,
        says="a slave has class 255, as slaves do",
        series={**SLAVE, ptp("clock_class"): (6, 255)},
    ),
    Silence(
        alert="LantimePtpClockClassDegraded",
        severity=Severity.CRITICAL,
        says="a boundary clock has class 248, as boundary clocks do",
        series={**BOUNDARY, ptp("clock_class"): (6, 248)},
    ),
    Silence(
        alert="LantimePtpClockClassDegraded",
        severity=Severity.CRITICAL,
        says="the device starts",
        series={**BOOTING, **GRANDMASTER, ptp("clock_class"): (6, 52)},
    ),
    Episode(
        alert="LantimePtpGrandmasterChanged",
        severity=Severity.INFO,
        says="another grandmaster wins",
        series={
            ptp("grandmaster_info", identity="00a069fffe000001"): "1x9 stale _x50",
            ptp("grandmaster_info", identity="00a069fffe000002"): "_x10 1x50",
        },
        lingers=9,
        labels=INSTANCE,
        description="PTP io1/ptp1 of lt1 changed its grandmaster.",
    ),
    Episode(
        alert="LantimePtpGrandmasterChanged",
        severity=Severity.WARNING,
        says="a third grandmaster within an hour",
        series={
            ptp("grandmaster_info", identity="00a069fffe000001"): "1x4 stale _x100",
            ptp("grandmaster_info", identity="00a069fffe000002"): "_x5 1x4 stale _x100",
            ptp("grandmaster_info", identity="00a069fffe000003"): "_x10 1x100",
        },
        lingers=49,
        labels=INSTANCE,
        description="PTP io1/ptp1 of lt1 changed its grandmaster.",
        also={Severity.INFO: "PTP io1/ptp1 of lt1 changed its grandmaster."},
    ),
    Silence(
        alert="LantimePtpGrandmasterChanged",
        severity=Severity.WARNING,
        says="to and fro between two",
        series={
            ptp("grandmaster_info", identity="00a069fffe000001"): "1x4 stale _x4 1x100",
            ptp("grandmaster_info", identity="00a069fffe000002"): "_x5 1x4 stale _x100",
        },
    ),
    Episode(
        alert="LantimePtpAnnounceLost",
        says="the master stays away again and again",
        series={ptp("announce_receipt_timeouts_total"): "0x9 6x5 6x120"},
        lingers=54,
        labels=INSTANCE,
        description="PTP io1/ptp1 of lt1 lost its master 6 times within an hour.",
    ),
    Silence(
        alert="LantimePtpAnnounceLost",
        says="five times",
        series={ptp("announce_receipt_timeouts_total"): "0x9 5x120"},
    ),
    Episode(
        alert="LantimePtpNoClients",
        says="all clients leave",
        series={ptp("clients"): (1, 0)},
        onset=60,
        labels=INSTANCE,
        description="PTP io1/ptp1 of lt1 serves no unicast client.",
    ),
    Silence(
        alert="LantimePtpNoClients", says="a test client leaves", series={ptp("clients"): "0x39 1x19 0x120"}, onset=60
    ),
    Episode(
        alert="LantimePtpClientLimitNear",
        says="new clients come",
        series={ptp("clients"): (1800, 1870), ptp("clients_limit"): 2048},
        labels=INSTANCE,
        description="PTP io1/ptp1 of lt1 serves 91.31% of the clients that it can serve.",
    ),
    Episode(
        alert="LantimePtpClientLimitNear",
        says="a card for a single client",
        series={ptp("clients"): (0, 1), ptp("clients_limit"): 1},
        labels=INSTANCE,
        description="PTP io1/ptp1 of lt1 serves 100% of the clients that it can serve.",
    ),
    Silence(
        alert="LantimePtpClientLimitNear",
        says="the limit is not known",
        series={ptp("clients"): (1, 100), ptp("clients_limit"): 0},
    ),
    Episode(
        alert="LantimePtpLoadHigh",
        says="too many requests",
        series={ptp("utilization_ratio"): (0.85, 0.95)},
        labels=INSTANCE,
        description="PTP io1/ptp1 of lt1 is loaded to 95%.",
    ),
    *(
        Episode(
            alert="LantimePtpTimePropertiesWrong",
            says=f"{flag} turns false",
            series={**BOOTED, **GRANDMASTER, ptp(flag): (1, 0)},
            labels=INSTANCE,
            description="PTP io1/ptp1 of lt1 announces a wrong time scale, untraceable time or an invalid UTC offset.",
        )
        for flag in ("ptp_timescale", "time_traceable", "utc_offset_valid")
    ),
    Silence(
        alert="LantimePtpTimePropertiesWrong",
        says="a slave repeats what its master announces",
        series={**SLAVE, ptp("time_traceable"): (1, 0)},
    ),
    Silence(
        alert="LantimePtpTimePropertiesWrong",
        says="a boundary clock repeats what its master announces",
        series={**BOUNDARY, ptp("time_traceable"): (1, 0)},
    ),
    Silence(
        alert="LantimePtpTimePropertiesWrong",
        says="the device starts",
        series={**BOOTING, **GRANDMASTER, ptp("time_traceable"): (1, 0)},
    ),
    Episode(
        alert="LantimeSynceQualityDegraded",
        says="from PRC to SSU-B",
        series={level("ql-prc"): (1, 0), level("ql-ssu-b"): (0, 1)},
        onset=60,
        labels={**PORT, "direction": "in", "state": "ql-prc"},
        description="Port port1 of PTP io1/ptp1 of lt1 does not receive ql-prc any more.",
    ),
    Episode(
        alert="LantimeSynceQualityDegraded",
        says="from PRC of forty minutes to SSU-B",
        series={level("ql-prc"): "0x19 1x39 0x14 1x60"},
        onset=60,
        labels={**PORT, "direction": "in", "state": "ql-prc"},
        description="Port port1 of PTP io1/ptp1 of lt1 does not receive ql-prc any more.",
    ),
    Silence(
        alert="LantimeSynceQualityDegraded",
        says="from SSU-B to PRC",
        series={level("ql-prc"): (0, 1), level("ql-ssu-b"): (1, 0)},
        onset=60,
    ),
    Silence(
        alert="LantimeSynceQualityDegraded",
        says="the card sends another level",
        series={level("ql-prc", "out"): (1, 0), level("ql-ssu-b", "out"): (0, 1)},
        onset=60,
    ),
    Silence(
        alert="LantimeSynceQualityDegraded",
        says="a level that was there for a while only",
        series={level("ql-ssu-a-tnc"): "0x29 1x29 0x120", level("ql-ssu-b"): "0x59 1x120"},
        onset=60,
    ),
)
