"""Cases of ``lantime-sync``."""

from tests.alerts.alerts_rules import Severity
from tests.alerts.cases.definition import Case, Episode, Silence

BOOTED = {"lantime_uptime_seconds": 1900}
BOOTING = {"lantime_uptime_seconds": 1700}

HOLDOVER = {'lantime_sync_state{state="holdover"}': 1}


def reference(kind: str) -> str:
    """Return the series of a reference of that kind."""
    return f'lantime_sync_reference_info{{reference="clk1", ref_type="{kind}", oscillator="tcxo"}}'


def oscillator(name: str) -> dict[str, float]:
    """Return the reference with an oscillator."""
    return {f'lantime_sync_reference_info{{reference="clk1-gps", ref_type="gps", oscillator="{name}"}}': 1}


DIFFERENCE = 'lantime_clock_difference_seconds{slot="scu1"}'

CASES: tuple[Case, ...] = (
    Episode(
        alert="LantimeClockNotSynchronized",
        severity=Severity.WARNING,
        says="the second clock is lost",
        series={
            **BOOTED,
            'lantime_clock_synchronized{slot="clk1"}': 1,
            'lantime_clock_selected{slot="clk1"}': 1,
            'lantime_clock_synchronized{slot="clk2"}': (1, 0),
            'lantime_clock_selected{slot="clk2"}': 0,
            'lantime_clock_state{slot="clk2", state="holdover"}': 0,
        },
        labels={"slot": "clk2"},
        description="lt1: clock clk2 is not synchronized.",
    ),
    Episode(
        alert="LantimeClockNotSynchronized",
        severity=Severity.WARNING,
        says="the standby clock is in holdover",
        series={
            'lantime_clock_synchronized{slot="clk2"}': (1, 0),
            'lantime_clock_selected{slot="clk2"}': 0,
            'lantime_clock_state{slot="clk2", state="holdover"}': (0, 1),
        },
        labels={"slot": "clk2"},
        description="lt1: clock clk2 is not synchronized.",
    ),
    Episode(
        alert="LantimeClockNotSynchronized",
        severity=Severity.WARNING,
        says="the selected clock is lost without holdover",
        series={
            'lantime_clock_synchronized{slot="clk1"}': (1, 0),
            'lantime_clock_selected{slot="clk1"}': 1,
            'lantime_clock_state{slot="clk1", state="holdover"}': 0,
        },
        labels={"slot": "clk1"},
        description="lt1: clock clk1 is not synchronized.",
    ),
    Silence(
        alert="LantimeClockNotSynchronized",
        severity=Severity.WARNING,
        says="the selected clock is in holdover",
        series={
            'lantime_clock_synchronized{slot="clk1"}': (1, 0),
            'lantime_clock_selected{slot="clk1"}': 1,
            'lantime_clock_state{slot="clk1", state="holdover"}': (0, 1),
        },
    ),
    Silence(
        alert="LantimeClockNotSynchronized",
        severity=Severity.WARNING,
        says="the device starts",
        series={**BOOTING, 'lantime_clock_synchronized{slot="clk1"}': (1, 0)},
    ),
    Episode(
        alert="LantimeClockNotSynchronized",
        severity=Severity.CRITICAL,
        says="the device is lost",
        series={'lantime_sync_state{state="not-synchronized"}': (0, 1)},
        labels={"state": "not-synchronized"},
        description="lt1 has no synchronized clock and is not in holdover: its time runs free.",
    ),
    Silence(
        alert="LantimeClockNotSynchronized",
        severity=Severity.CRITICAL,
        says="the device is in holdover",
        series={
            'lantime_sync_state{state="holdover"}': (0, 1),
            'lantime_sync_state{state="synchronized"}': (1, 0),
            'lantime_sync_state{state="not-synchronized"}': 0,
        },
    ),
    Episode(
        alert="LantimeSyncStateUnknown",
        says="the section disappears",
        series={"lantime_up": 1, "lantime_synchronized": (1, None)},
        description="lt1 answers, but does not report whether it is synchronized. Alerts about its time are silent.",
    ),
    Episode(
        alert="LantimeSyncStateUnknown",
        says="the device uses a word that nobody knows",
        series={
            "lantime_up": 1,
            'lantime_sync_state{state="free-running"}': (None, 1),
            'lantime_sync_state{state="synchronized"}': 0,
        },
        description="lt1 answers, but does not report whether it is synchronized. Alerts about its time are silent.",
    ),
    Silence(
        alert="LantimeSyncStateUnknown",
        says="the job reads a single slot and never reported it",
        series={"lantime_up": 1, 'lantime_sync_state{state="free-running"}': 0},
    ),
    Silence(
        alert="LantimeSyncStateUnknown",
        says="the device is away",
        series={"lantime_up": (1, 0), "lantime_synchronized": (1, None)},
    ),
    Episode(
        alert="LantimeHoldover",
        says="the reference is lost",
        series={'lantime_sync_state{state="holdover"}': (0, 1)},
        labels={"state": "holdover"},
        description="lt1 lost its reference and runs on its oscillator. The time is still good.",
    ),
    Episode(
        alert="LantimeHoldover",
        says="the clock in use loses its reference",
        series={
            'lantime_sync_state{state="holdover"}': (0, 1),
            'lantime_clock_selected{slot="clk1"}': 1,
            'lantime_clock_selected{slot="clk2"}': 0,
        },
        labels={"slot": "clk1"},
        description="lt1 lost its reference (clock clk1) and runs on its oscillator. The time is still good.",
    ),
    *(
        Episode(
            alert="LantimeHoldoverTooLong",
            says=f"of a device with {name}",
            series={**HOLDOVER, **oscillator(name), "lantime_holdover_elapsed_seconds": (0.95 * limit, 1.05 * limit)},
            description=f"lt1 has been in holdover for {shown}, longer than its oscillator ({name}) keeps the time "
            f"within the limit ({allowed}).",
            profile=profile,
        )
        for profile, name, limit, shown, allowed in (
            ("", "tcxo", 3600, "1h 3m 0s", "1us"),
            ("", "ocxo-sq", 4 * 3600, "4h 12m 0s", "1us"),
            ("", "ocxo-dhq", 8 * 3600, "8h 24m 0s", "1us"),
            ("", "rubidium", 24 * 3600, "1d 1h 12m 0s", "1us"),
            ("ntp", "tcxo-lq", 12 * 3600, "12h 36m 0s", "100us"),
            ("ntp", "ocxo-lq", 24 * 3600, "1d 1h 12m 0s", "100us"),
            ("ntp", "ocxo-hq", 48 * 3600, "2d 2h 24m 0s", "100us"),
            ("ntp", "rubidium", 7 * 24 * 3600, "7d 8h 24m 0s", "100us"),
        )
    ),
    Silence(
        alert="LantimeHoldoverTooLong",
        says="the figure is a stale one of the last holdover",
        series={
            'lantime_sync_state{state="holdover"}': 0,
            **oscillator("tcxo"),
            "lantime_holdover_elapsed_seconds": (0, 1e6),
        },
    ),
    Episode(
        alert="LantimeHoldoverErrorHigh",
        says="the error grows beyond 1.5 us",
        series={**HOLDOVER, "lantime_holdover_time_offset_seconds": (1.4e-6, 1.6e-6)},
        description="lt1 estimates its time error in holdover at 1.6us (limit 1.5us).",
    ),
    Episode(
        alert="LantimeHoldoverErrorHigh",
        says="the error grows beyond 1 ms",
        series={**HOLDOVER, "lantime_holdover_time_offset_seconds": (0.9e-3, 1.1e-3)},
        description="lt1 estimates its time error in holdover at 1.1ms (limit 1ms).",
        profile="ntp",
    ),
    Silence(
        alert="LantimeHoldoverErrorHigh",
        says="the figure is a stale one of the last holdover",
        series={'lantime_sync_state{state="holdover"}': 0, "lantime_holdover_time_offset_seconds": (0, 1)},
    ),
    Episode(
        alert="LantimeTimeQualityDegraded",
        says="the bound is worse than 1 us",
        series={**BOOTED, "lantime_time_quality_seconds": (1e-6, 1.1e-6)},
        description="lt1 is accurate only to 1.1us (limit 1us).",
    ),
    Episode(
        alert="LantimeTimeQualityDegraded",
        says="the bound is worse than 100 us",
        series={**BOOTED, "lantime_time_quality_seconds": (100e-6, 110e-6)},
        description="lt1 is accurate only to 110us (limit 100us).",
        profile="ntp",
    ),
    *(
        Episode(
            alert="LantimeTimeQualityDegraded",
            says=f"{kind} is followed, and the bound is worse than {limit:g} s",
            series={reference(kind): 1, "lantime_time_quality_seconds": (limit, 1.1 * limit)},
            description=f"lt1 is accurate only to {shown}).",
        )
        for kind, limit, shown in (
            ("dcf77-pzf-receiver", 100e-6, "110us (limit 100us"),
            ("long-wave-receiver", 2.5e-3, "2.75ms (limit 2.5ms"),
        )
    ),
    *(
        Silence(
            alert="LantimeTimeQualityDegraded",
            says=f"{kind} is followed instead of satellites",
            series={reference(kind): 1, "lantime_time_quality_seconds": (1e-7, limit)},
        )
        for kind, limit in (("dcf77-pzf-receiver", 100e-6), ("long-wave-receiver", 2.5e-3))
    ),
    Silence(
        alert="LantimeTimeQualityDegraded",
        says="the device starts",
        series={**BOOTING, "lantime_time_quality_seconds": (1e-7, 0.01)},
    ),
    Episode(
        alert="LantimeOscillatorNotWarmedUp",
        says="an oscillator becomes cold",
        series={**BOOTED, 'lantime_oscillator_warmed_up{slot="clk1"}': (1, 0)},
        labels={"slot": "clk1"},
        description="lt1: the oscillator of clk1 is not warm 30 minutes after the start.",
    ),
    Silence(
        alert="LantimeOscillatorNotWarmedUp",
        says="the device starts",
        series={**BOOTING, 'lantime_oscillator_warmed_up{slot="clk1"}': (1, 0)},
    ),
    Episode(
        alert="LantimeClocksDisagree",
        severity=Severity.WARNING,
        says="the comparison warns",
        series={
            'lantime_shs_state{slot="scu1", state="warning"}': (0, 1),
            'lantime_shs_state{slot="scu1", state="ok"}': (1, 0),
        },
        labels={"slot": "scu1", "state": "warning"},
        description="lt1: scu1 reports that the two clocks differ too much (its own warning).",
    ),
    Episode(
        alert="LantimeClocksDisagree",
        severity=Severity.CRITICAL,
        says="the comparison fails",
        series={
            'lantime_shs_state{slot="scu1", state="error"}': (0, 1),
            'lantime_shs_state{slot="scu1", state="ok"}': (1, 0),
        },
        labels={"slot": "scu1", "state": "error"},
        description="lt1: scu1 reports that one of the two clocks is wrong: they differ beyond the "
        "limit set on the device.",
    ),
    Episode(
        alert="LantimeClocksDisagree",
        severity=Severity.CRITICAL,
        says="the switch card finds a time limit error",
        series={'lantime_switch_time_limit_error{slot="scu1"}': (0, 1)},
        labels={"slot": "scu1"},
        description="lt1: scu1 reports that one of the two clocks is wrong: they differ beyond the "
        "limit set on the device.",
    ),
    Episode(
        alert="LantimeReferenceLost",
        says="a source loses its signal",
        series={
            'lantime_reference_source_state{slot="clk1", priority="1", type="ptp", state="no-signal"}': (0, 1),
            'lantime_reference_source_state{slot="clk1", priority="1", type="ptp", state="no-connection"}': 0,
        },
        labels={"slot": "clk1", "priority": "1", "type": "ptp"},
        description="lt1: source ptp (priority 1) of clk1 has had no signal for 5m 15s.",
    ),
    Silence(
        alert="LantimeReferenceLost",
        says="the source never had a connection",
        series={'lantime_reference_source_state{slot="clk1", priority="1", type="ptp", state="no-connection"}': 1},
    ),
    Silence(
        alert="LantimeReferenceLost",
        says="the source becomes the master",
        series={
            'lantime_reference_source_state{slot="clk1", priority="1", type="ptp", state="is-master"}': (0, 1),
            'lantime_reference_source_state{slot="clk1", priority="1", type="ptp", state="no-signal"}': 0,
        },
    ),
    Episode(
        alert="LantimeReferenceInvalid",
        step=0.5,
        says="a trusted source deviates",
        series={
            'lantime_reference_source_state{slot="clk1", priority="0", type="gps", state="trs-limit-violated"}': (0, 1)
        },
        labels={"slot": "clk1", "priority": "0", "type": "gps"},
        description="lt1: source gps of clk1 is beyond its limits and cannot be trusted.",
    ),
    Silence(
        alert="LantimeReferenceInvalid",
        step=0.5,
        says="a source has other conditions",
        series={
            'lantime_reference_source_state{slot="clk1", priority="0", type="gps", state="is-locked"}': 1,
            'lantime_reference_source_state{slot="clk1", priority="0", type="gps", state="trs-limit-violated"}': 0,
        },
    ),
    Episode(
        alert="LantimeReferenceInvalid",
        step=0.5,
        says="an input violates its mask",
        series={'lantime_input_itu_limit_violated{slot="esi1", input="1"}': (0, 1)},
        labels={"slot": "esi1", "input": "1"},
        description="lt1: input 1 of esi1 is beyond its limits and cannot be trusted.",
    ),
    Silence(
        alert="LantimeReferenceOffsetHigh",
        says="the source is an NTP server",
        series={'lantime_reference_source_offset_seconds{slot="clk1", priority="2", type="ntp"}': (0, 0.001)},
    ),
    Silence(
        alert="LantimeReferenceOffsetHigh",
        says="the device starts",
        series={
            **BOOTING,
            'lantime_reference_source_offset_seconds{slot="clk1", priority="1", type="ptp"}': (0, 0.001),
        },
    ),
    Episode(
        alert="LantimeReferenceChanged",
        says="GPS is replaced by PTP",
        series={
            'lantime_sync_reference_info{reference="clk1-gps", ref_type="gps", oscillator="ocxo-hq"}': "1x9 stale _x50",
            'lantime_sync_reference_info{reference="clk1-ptp", ref_type="ptp", oscillator="ocxo-hq"}': "_x10 1x50",
        },
        lingers=9,
        description="lt1 followed 2 references within 15 minutes.",
    ),
    Episode(
        alert="LantimeFleetDesynchronized",
        says="three of ten devices and a fourth that does not answer",
        series={
            **{f'lantime_up{{instance="lt{number}"}}': 1 for number in range(1, 9)},
            'lantime_up{instance="lt9"}': 0,
            **{f'lantime_synchronized{{instance="lt{number}"}}': 1 for number in range(4, 9)},
            'lantime_synchronized{instance="lt1"}': 0,
            'lantime_synchronized{instance="lt2"}': 0,
            'lantime_synchronized{instance="lt3"}': (1, 0),
        },
        target={"job": "lantime"},
        description="33.33% of the LANTIMEs of job lantime lost their reference (limit 30%): lt1 lt2 lt3.",
    ),
    Silence(
        alert="LantimeFleetDesynchronized",
        says="two of six devices lose their reference",
        series={
            **{f'lantime_up{{instance="lt{number}"}}': 1 for number in range(1, 7)},
            'lantime_synchronized{instance="lt1"}': (1, 0),
            'lantime_synchronized{instance="lt2"}': (1, 0),
            **{f'lantime_synchronized{{instance="lt{number}"}}': 1 for number in range(3, 7)},
        },
    ),
    Silence(
        alert="LantimeFleetDesynchronized",
        says="three of ten devices lose their reference, some do not answer",
        series={
            **{f'lantime_up{{instance="lt{number}"}}': 1 for number in range(1, 7)},
            **{f'lantime_up{{instance="away{number}"}}': 0 for number in range(1, 5)},
            **{f'lantime_synchronized{{instance="lt{number}"}}': (1, 0) for number in (1, 2, 3)},
            **{f'lantime_synchronized{{instance="lt{number}"}}': 1 for number in (4, 5, 6)},
        },
    ),
    Episode(
        alert="LantimeFleetTaiOffsetMismatch",
        says="a device counts a leap second more",
        series={
            'lantime_ntp_tai_offset_seconds{instance="lt1"}': (37, 38),
            'lantime_ntp_tai_offset_seconds{instance="lt2"}': 37,
            'lantime_ntp_tai_offset_seconds{instance="lt3"}': 37,
        },
        target={"job": "lantime"},
        description="The LANTIMEs of job lantime differ by 1s in TAI minus UTC. Unlike most devices: lt1 (38s).",
    ),
    Silence(
        alert="LantimeFleetTaiOffsetMismatch",
        says="a device without leap seconds is of another job",
        series={
            'lantime_ntp_tai_offset_seconds{instance="lt1"}': 37,
            'lantime_ntp_tai_offset_seconds{instance="lt2", job="lantime-lab"}': 36,
        },
    ),
    Episode(
        alert="LantimeClockNotSynchronized",
        severity=Severity.WARNING,
        says="only the device reports it, by an event",
        series={
            **BOOTED,
            'lantime_event_active{event="refclock-1-not-sync", type="error"}': (0, 1),
            'lantime_event_active{event="refclock-1-sync", type="info"}': (1, 0),
        },
        labels={"event": "refclock-1-not-sync", "type": "error"},
        description="lt1: a clock is not synchronized (event refclock-1-not-sync).",
    ),
    Episode(
        alert="LantimeClockNotSynchronized",
        severity=Severity.WARNING,
        says="the clock and the device report it, and one alert comes",
        series={
            'lantime_clock_synchronized{slot="clk1"}': (1, 0),
            'lantime_event_active{event="refclock-1-not-sync", type="error"}': (0, 1),
        },
        labels={"slot": "clk1"},
        description="lt1: clock clk1 is not synchronized.",
    ),
    Silence(
        alert="LantimeClockNotSynchronized",
        severity=Severity.WARNING,
        says="the device is in holdover, and its event is active",
        series={
            'lantime_sync_state{state="holdover"}': (0, 1),
            'lantime_event_active{event="refclock-1-not-sync", type="error"}': (0, 1),
        },
    ),
    Episode(
        alert="LantimeClockNotResponding",
        says="a clock module dies",
        series={
            **BOOTED,
            'lantime_event_active{event="refclock-2-not-responding", type="critical"}': (0, 1),
            'lantime_event_active{event="refclock-1-responding", type="info"}': (1, 0),
        },
        labels={"event": "refclock-2-not-responding", "type": "critical"},
        description="lt1: a clock module does not respond (event refclock-2-not-responding).",
    ),
    Silence(
        alert="LantimeClockNotResponding",
        says="the device starts",
        series={**BOOTING, 'lantime_event_active{event="refclock-2-not-responding", type="critical"}': (0, 1)},
    ),
    Episode(
        alert="LantimeClockWrong",
        says="a receiver falls back by 1024 weeks",
        series={"lantime_status_timestamp_seconds": "0+60x9 -619314600+60x14 1500+60x60"},
        description="lt1: its time differs by 7168d 0h 0m 0s from that of Prometheus (limit 30s).",
    ),
    Episode(
        alert="LantimeClockWrong",
        says="a device without the time of its answer is 35 s late",
        series={"lantime_device_time_seconds": "-25+60x9 565+60x14 1475+60x60"},
        description="lt1: its time differs by 35s from that of Prometheus (limit 30s).",
    ),
    Episode(
        alert="LantimeClockWrong",
        says="one of three devices is wrong",
        series={
            'lantime_status_timestamp_seconds{instance="lt1"}': "4+60x9 605.5+60x14 1504+60x60",
            'lantime_status_timestamp_seconds{instance="lt2"}': "0+60x100",
            'lantime_status_timestamp_seconds{instance="lt3"}': "0+60x100",
        },
        description="lt1: its time differs by 5.5s from most devices of job lantime (limit 5s).",
    ),
    Silence(
        alert="LantimeClockWrong",
        says="one of two devices is 20 s off, and nobody can say which",
        series={
            'lantime_status_timestamp_seconds{instance="lt1"}': "0+60x9 620+60x14 1500+60x60",
            'lantime_status_timestamp_seconds{instance="lt2"}': "0+60x100",
        },
    ),
    Silence(
        alert="LantimeClockWrong",
        says="one of three devices answers some seconds late",
        series={
            'lantime_status_timestamp_seconds{instance="lt1"}': "0+60x9 595.5+60x14 1500+60x60",
            'lantime_status_timestamp_seconds{instance="lt2"}': "0+60x100",
            'lantime_status_timestamp_seconds{instance="lt3"}': "0+60x100",
        },
    ),
    Episode(
        alert="LantimeHoldoverOften",
        says="four of every six minutes in holdover",
        series={'lantime_sync_state{state="holdover"}': "0x29 " + "1 1 1 1 0 0 " * 6 + "0x120"},
        onset=42,
        lingers=43,
        labels={"state": "holdover"},
        description="lt1 was in holdover for 34.48% of the last hour, in several periods (limit 20%).",
    ),
    Episode(
        alert="LantimeHoldoverOften",
        says="two holdovers of ten minutes",
        series={'lantime_sync_state{state="holdover"}': "0x19 1x9 0x3 1x9 0x90"},
        onset=44,
        lingers=15,
        labels={"state": "holdover"},
        description="lt1 was in holdover for 33.33% of the last hour, in several periods (limit 20%).",
    ),
    Silence(
        alert="LantimeHoldoverOften",
        says="a holdover that continues after a pause",
        series={'lantime_sync_state{state="holdover"}': "0x29 1x9 0x5 1x90"},
        onset=50,
    ),
    Silence(
        alert="LantimeHoldoverOften",
        says="one holdover of half an hour",
        series={'lantime_sync_state{state="holdover"}': "0x29 1x29 0x60"},
        onset=40,
    ),
    Silence(
        alert="LantimeHoldoverOften",
        says="two short holdovers",
        series={'lantime_sync_state{state="holdover"}': "0x29 1x3 0x9 1x3 0x60"},
        onset=40,
    ),
)
