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
        series={"lantime_up": 1, ptp("stack_running"): (1, 0)},
        labels=INSTANCE,
        description="lt1: PTP io1/ptp1 has not run for 2m 15s: it stopped, or its card is gone.",
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
        description="lt1: port port1 of PTP io1/ptp1 has had no link for 2m 15s.",
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
        description="lt1: port port1 of PTP io1/ptp1 is faulty or not initialized.",
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
        step=5,
        onset=150,
        says="a master becomes passive",
        series={port_state("master"): (1, 0), port_state("passive"): (0, 1), port_state("listening"): 0},
        labels={**PORT, "state": "master"},
        description="lt1: port port1 of PTP io1/ptp1 was master for most of a day and is now passive.",
    ),
    Episode(
        alert="LantimePtpUnexpectedState",
        step=5,
        onset=300,
        says="a slave of forty minutes is lost",
        series={port_state("slave"): "0x99 1x199 0x6 1x60"},
        labels={**PORT, "state": "slave"},
        description="lt1: port port1 of PTP io1/ptp1 was slave for most of a day and is now in no known state.",
    ),
    Silence(
        alert="LantimePtpUnexpectedState",
        step=5,
        onset=300,
        says="the port was master for a while only",
        series={port_state("master"): "0x199 1x99 0x60"},
    ),
    Silence(
        alert="LantimePtpUnexpectedState",
        step=5,
        onset=150,
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
        description="lt1: port port1 of PTP io1/ptp1 changed its state 6 times within 15 minutes (limit 5).",
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
            alert="LantimePtpClockClassDegraded",
            severity=Severity.WARNING,
            says=f"a grandmaster goes from {good} to {bad}",
            series={**GRANDMASTER, ptp("clock_class"): (good, bad)},
            labels=INSTANCE,
            description=f"lt1: grandmaster io1/ptp1 announces clock class {bad}: holdover within specification.",
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
        description="lt1: grandmaster io1/ptp1 announces clock class 15 (limit 14): time out of specification.",
    ),
    Episode(
        alert="LantimePtpClockClassDegraded",
        severity=Severity.CRITICAL,
        says="a grandmaster of two ports is out of specification",
        series={**GRANDMASTER, ptp("port_state", port="port2", state="passive"): 1, ptp("clock_class"): (14, 52)},
        labels=INSTANCE,
        description="lt1: grandmaster io1/ptp1 announces clock class 52 (limit 14): time out of specification.",
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
        description="lt1: PTP io1/ptp1 followed 2 grandmasters within 15 minutes.",
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
        description="lt1: PTP io1/ptp1 followed 3 grandmasters within an hour (limit 2).",
        also={Severity.INFO: "lt1: PTP io1/ptp1 followed 3 grandmasters within 15 minutes."},
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
        description="lt1: PTP io1/ptp1 lost its master 6 times within an hour (limit 5).",
    ),
    Silence(
        alert="LantimePtpAnnounceLost",
        says="five times",
        series={ptp("announce_receipt_timeouts_total"): "0x9 5x120"},
    ),
    Episode(
        alert="LantimePtpNoClients",
        step=5,
        onset=150,
        says="all clients leave",
        series={ptp("clients"): (1, 0)},
        labels=INSTANCE,
        description="lt1: PTP io1/ptp1 serves no unicast client, but usually does.",
    ),
    Silence(
        alert="LantimePtpNoClients",
        step=5,
        onset=300,
        says="a test client leaves",
        series={
            ptp("clients"): "0x199 1x99 0x160",
        },
    ),
    Episode(
        alert="LantimePtpClientLimitNear",
        says="new clients come",
        series={ptp("clients"): (1800, 1870), ptp("clients_limit"): 2048},
        labels=INSTANCE,
        description="lt1: PTP io1/ptp1 serves 91.31% of the clients that it can serve (limit 90%).",
    ),
    Episode(
        alert="LantimePtpClientLimitNear",
        says="a card for a single client",
        series={ptp("clients"): (0, 1), ptp("clients_limit"): 1},
        labels=INSTANCE,
        description="lt1: PTP io1/ptp1 serves 100% of the clients that it can serve (limit 90%).",
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
        description="lt1: PTP io1/ptp1 has a load of 95% (limit 90%).",
    ),
    *(
        Episode(
            alert="LantimePtpTimePropertiesWrong",
            says=f"{flag} turns false",
            severity=Severity.CRITICAL,
            series={**BOOTED, **GRANDMASTER, ptp(flag): (1, 0), ptp("clock_class"): 6},
            labels={**INSTANCE, "fault": fault},
            description=f"lt1: grandmaster io1/ptp1 announces {fault}. Clients may be 37s wrong.",
        )
        for flag, fault in (
            ("ptp_timescale", "another time scale than PTP"),
            ("time_traceable", "time that is not traceable"),
            ("utc_offset_valid", "a UTC offset that is not valid"),
        )
    ),
    Silence(
        alert="LantimePtpTimePropertiesWrong",
        severity=Severity.CRITICAL,
        says="a slave repeats what its master announces",
        series={**SLAVE, ptp("time_traceable"): (1, 0)},
    ),
    Silence(
        alert="LantimePtpTimePropertiesWrong",
        severity=Severity.CRITICAL,
        says="a boundary clock repeats what its master announces",
        series={**BOUNDARY, ptp("time_traceable"): (1, 0)},
    ),
    Silence(
        alert="LantimePtpTimePropertiesWrong",
        severity=Severity.CRITICAL,
        says="the device starts",
        series={**BOOTING, **GRANDMASTER, ptp("time_traceable"): (1, 0)},
    ),
    Episode(
        alert="LantimeSynceQualityDegraded",
        step=5,
        onset=150,
        says="from PRC to SSU-B",
        series={level("ql-prc"): (1, 0), level("ql-ssu-b"): (0, 1)},
        labels={**PORT, "direction": "in", "state": "ql-prc"},
        description="lt1: port port1 of io1/ptp1 no longer receives its usual SyncE level ql-prc.",
    ),
    Episode(
        alert="LantimeSynceQualityDegraded",
        step=5,
        onset=300,
        says="from PRC of forty minutes to SSU-B",
        series={level("ql-prc"): "0x99 1x199 0x6 1x60"},
        labels={**PORT, "direction": "in", "state": "ql-prc"},
        description="lt1: port port1 of io1/ptp1 no longer receives its usual SyncE level ql-prc.",
    ),
    Silence(
        alert="LantimeSynceQualityDegraded",
        step=5,
        onset=150,
        says="from SSU-B to PRC",
        series={level("ql-prc"): (0, 1), level("ql-ssu-b"): (1, 0)},
    ),
    Silence(
        alert="LantimeSynceQualityDegraded",
        step=5,
        onset=150,
        says="the card sends another level",
        series={level("ql-prc", "out"): (1, 0), level("ql-ssu-b", "out"): (0, 1)},
    ),
    Silence(
        alert="LantimeSynceQualityDegraded",
        step=5,
        onset=300,
        says="a level that was there for a while only",
        series={level("ql-ssu-a-tnc"): "0x199 1x99 0x160", level("ql-ssu-b"): 1},
    ),
    *(
        Silence(
            alert="LantimePtpTimePropertiesWrong",
            severity=Severity.CRITICAL,
            says=f"an arbitrary time scale on purpose, class {clock_class}",
            series={
                **GRANDMASTER,
                ptp("clock_class"): clock_class,
                ptp("ptp_timescale"): (1, 0),
                ptp("time_traceable"): 0,
            },
        )
        for clock_class in (13, 14)
    ),
    *(
        Episode(
            alert="LantimePtpTimePropertiesWrong",
            severity=Severity.WARNING,
            says=f"an arbitrary time scale on purpose, class {clock_class}",
            series={**GRANDMASTER, ptp("clock_class"): clock_class, ptp("ptp_timescale"): (1, 0)},
            labels=INSTANCE,
            description="lt1: grandmaster io1/ptp1 announces an arbitrary time scale (ARB): its time is not "
            "TAI, and clients that expect UTC are wrong.",
        )
        for clock_class in (13, 14)
    ),
    Silence(
        alert="LantimePtpTimePropertiesWrong",
        severity=Severity.WARNING,
        says="a slave follows an arbitrary time scale",
        series={**SLAVE, ptp("clock_class"): 13, ptp("ptp_timescale"): (1, 0)},
    ),
    Silence(
        alert="LantimePtpTimePropertiesWrong",
        severity=Severity.WARNING,
        says="the class is that of PTP's time scale, which is another level",
        series={**GRANDMASTER, ptp("clock_class"): 6, ptp("ptp_timescale"): (1, 0)},
    ),
    Episode(
        alert="LantimePtpStopped",
        says="the card is gone from the status",
        series={"lantime_up": 1, ptp("stack_running"): (1, None)},
        labels=INSTANCE,
        description="lt1: PTP io1/ptp1 has not run for 2m 15s: it stopped, or its card is gone.",
    ),
    Silence(
        alert="LantimePtpStopped",
        says="the device is away",
        series={"lantime_up": (1, 0), ptp("stack_running"): (1, None)},
    ),
    Episode(
        alert="LantimePtpLinkDown",
        says="Prometheus has no history, and the device reports it",
        series={
            ptp("link_up", port="port1"): 0,
            'lantime_event_active{event="ptp-port-disconnected", type="error"}': (0, 1),
            'lantime_event_active{event="ptp-port-connected", type="info"}': (1, 0),
        },
        labels={"event": "ptp-port-disconnected", "type": "error"},
        description="lt1: a PTP port lost its link (event ptp-port-disconnected).",
    ),
    Episode(
        alert="LantimePtpLinkDown",
        says="the port and the device report it, and one alert comes",
        series={
            ptp("link_up", port="port1"): (1, 0),
            'lantime_event_active{event="ptp-port-disconnected", type="error"}': (0, 1),
        },
        labels=PORT,
        description="lt1: port port1 of PTP io1/ptp1 has had no link for 2m 15s.",
    ),
    Episode(
        alert="LantimePtpPortFaulty",
        step=0.5,
        says="the device reports it",
        series={
            **BOOTED,
            'lantime_event_active{event="ptp-error", type="error"}': (0, 1),
            'lantime_event_active{event="ptp-ok", type="info"}': (1, 0),
        },
        labels={"event": "ptp-error", "type": "error"},
        description="lt1: PTP reports an error (event ptp-error).",
    ),
    Episode(
        alert="LantimePtpPortFaulty",
        step=0.5,
        says="the port and the device report it, and one alert comes",
        series={port_state("faulty"): (0, 1), 'lantime_event_active{event="ptp-error", type="error"}': (0, 1)},
        labels=PORT,
        description="lt1: port port1 of PTP io1/ptp1 is faulty or not initialized.",
    ),
    *(
        Silence(
            alert="LantimePtpOffsetHigh",
            severity=severity,
            says="a grandmaster keeps the offset that it had as a slave",
            series={**GRANDMASTER, ptp("offset_from_master_seconds"): (0, 1)},
        )
        for severity in (Severity.WARNING, Severity.CRITICAL)
    ),
    Episode(
        alert="LantimePtpOffsetHigh",
        severity=Severity.WARNING,
        says="a boundary clock is far from its master",
        series={**BOUNDARY, ptp("offset_from_master_seconds"): (9e-8, 1.1e-7)},
        lingers=1,
        labels=INSTANCE,
        description="lt1: PTP io1/ptp1 is 110ns from its master (limit 100ns).",
    ),
)
