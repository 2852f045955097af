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
        description="Clock clk2 of lt1 is not synchronized.",
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
        description="Clock clk2 of lt1 is not synchronized.",
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
        description="Clock clk1 of lt1 is not synchronized.",
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
        description="lt1 has no synchronized clock and is not in holdover.",
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
        description="lt1 answers, but not whether it is synchronized: other alerts cannot see it.",
    ),
    Episode(
        alert="LantimeSyncStateUnknown",
        says="the device uses a word that nobody knows",
        series={
            "lantime_up": 1,
            'lantime_sync_state{state="free-running"}': (None, 1),
            'lantime_sync_state{state="synchronized"}': 0,
        },
        description="lt1 answers, but not whether it is synchronized: other alerts cannot see it.",
    ),
    Silence(
        alert="LantimeSyncStateUnknown",
        says="the job reads a single slot and never said it",
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
        description="lt1 has lost its reference and runs on its oscillator.",
    ),
    *(
        Episode(
            alert="LantimeHoldoverTooLong",
            says=f"of a device with {name}",
            series={**HOLDOVER, **oscillator(name), "lantime_holdover_elapsed_seconds": (0.95 * limit, 1.05 * limit)},
            description=f"lt1 has been in holdover for {shown}.",
            profile=profile,
        )
        for profile, name, limit, shown in (
            ("", "tcxo", 3600, "1h 3m 0s"),
            ("", "ocxo-sq", 4 * 3600, "4h 12m 0s"),
            ("", "ocxo-dhq", 8 * 3600, "8h 24m 0s"),
            ("", "rubidium", 24 * 3600, "1d 1h 12m 0s"),
            ("ntp", "tcxo-lq", 12 * 3600, "12h 36m 0s"),
            ("ntp", "ocxo-lq", 24 * 3600, "1d 1h 12m 0s"),
            ("ntp", "ocxo-hq", 48 * 3600, "2d 2h 24m 0s"),
            ("ntp", "rubidium", 7 * 24 * 3600, "7d 8h 24m 0s"),
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
        description="lt1 estimates a time error of 1.6us in holdover.",
    ),
    Episode(
        alert="LantimeHoldoverErrorHigh",
        says="the error grows beyond 1 ms",
        series={**HOLDOVER, "lantime_holdover_time_offset_seconds": (0.9e-3, 1.1e-3)},
        description="lt1 estimates a time error of 1.1ms in holdover.",
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
        description="lt1 is accurate to 1.1us only.",
    ),
    Episode(
        alert="LantimeTimeQualityDegraded",
        says="the bound is worse than 100 us",
        series={**BOOTED, "lantime_time_quality_seconds": (100e-6, 110e-6)},
        description="lt1 is accurate to 110us only.",
        profile="ntp",
    ),
    *(
        Episode(
            alert="LantimeTimeQualityDegraded",
            says=f"{kind} is followed, and the bound is worse than {limit:g} s",
            series={reference(kind): 1, "lantime_time_quality_seconds": (limit, 1.1 * limit)},
            description=f"lt1 is accurate to {shown} only.",
        )
        for kind, limit, shown in (("dcf77-pzf-receiver", 100e-6, "110us"), ("long-wave-receiver", 2.5e-3, "2.75ms"))
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
        description="The oscillator of clk1 of lt1 is not warmed up.",
    ),
    Silence(
        alert="LantimeOscillatorNotWarmedUp",
        says="the device starts",
        series={**BOOTING, 'lantime_oscillator_warmed_up{slot="clk1"}': (1, 0)},
    ),
    *(
        Episode(
            alert="LantimeClocksDisagree",
            severity=Severity.WARNING,
            says="beyond the warning limit, in the past",
            series={'lantime_clock_difference_seconds{slot="scu1"}': (-0.9 * limit, -1.1 * limit)},
            labels={"slot": "scu1"},
            description=f"The clocks of lt1 that scu1 compares differ too much: {shown}.",
            profile=profile,
        )
        for profile, limit, shown in (("", 200e-9, "220ns"), ("ntp", 100e-6, "110us"))
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
        description="The clocks of lt1 that scu1 compares differ too much.",
    ),
    *(
        Episode(
            alert="LantimeClocksDisagree",
            severity=Severity.CRITICAL,
            says="beyond the critical limit",
            series={'lantime_clock_difference_seconds{slot="scu1"}': (0.9 * limit, 1.1 * limit)},
            labels={"slot": "scu1"},
            description="The clocks of lt1 that scu1 compares differ beyond their limit.",
            also={Severity.WARNING: f"The clocks of lt1 that scu1 compares differ too much: {shown}."},
            profile=profile,
        )
        for profile, limit, shown in (("", 1e-6, "1.1us"), ("ntp", 1e-3, "1.1ms"))
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
        description="The clocks of lt1 that scu1 compares differ beyond their limit.",
    ),
    Episode(
        alert="LantimeClocksDisagree",
        severity=Severity.CRITICAL,
        says="the switch card finds a time limit error",
        series={'lantime_switch_time_limit_error{slot="scu1"}': (0, 1)},
        labels={"slot": "scu1"},
        description="The clocks of lt1 that scu1 compares differ beyond their limit.",
    ),
    Episode(
        alert="LantimeReferenceLost",
        says="a source loses its signal",
        series={
            'lantime_reference_source_state{slot="clk1", priority="1", type="ptp", state="no-signal"}': (0, 1),
            'lantime_reference_source_state{slot="clk1", priority="1", type="ptp", state="no-connection"}': 0,
        },
        labels={"slot": "clk1", "priority": "1", "type": "ptp"},
        description="Source ptp (priority 1) of clk1 of lt1 has no signal.",
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
        description="Source gps of clk1 of lt1 is beyond its limits.",
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
        description="Input 1 of esi1 of lt1 is beyond its limits.",
    ),
    *(
        Episode(
            alert="LantimeReferenceOffsetHigh",
            says="a source drifts away",
            series={
                **BOOTED,
                'lantime_reference_source_offset_seconds{slot="clk1", priority="1", type="ptp"}': (
                    -0.9 * limit,
                    -1.1 * limit,
                ),
            },
            labels={"slot": "clk1", "priority": "1", "type": "ptp"},
            description=f"Source ptp (priority 1) of clk1 of lt1 is {shown} away.",
            profile=profile,
        )
        for profile, limit, shown in (("", 1e-6, "1.1us"), ("ntp", 100e-6, "110us"))
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
        description="lt1 changed its reference.",
    ),
    Episode(
        alert="LantimeFleetDesynchronized",
        says="two of six devices lose their reference",
        series={
            **{f'lantime_synchronized{{instance="lt{number}"}}': 1 for number in range(3, 7)},
            'lantime_synchronized{instance="lt1"}': 0,
            'lantime_synchronized{instance="lt2"}': (1, 0),
        },
        target={"job": "lantime"},
        description="33.33% of the devices of lantime are not synchronized.",
    ),
    Episode(
        alert="LantimeFleetDesynchronized",
        says="one of three devices loses its reference",
        series={
            'lantime_synchronized{instance="lt1"}': (1, 0),
            'lantime_synchronized{instance="lt2"}': 1,
            'lantime_synchronized{instance="lt3"}': 1,
        },
        target={"job": "lantime"},
        description="33.33% of the devices of lantime are not synchronized.",
    ),
    Silence(
        alert="LantimeFleetDesynchronized",
        says="one of two devices loses its reference",
        series={'lantime_synchronized{instance="lt1"}': (1, 0), 'lantime_synchronized{instance="lt2"}': 1},
    ),
    Silence(
        alert="LantimeFleetDesynchronized",
        says="one of four devices loses its reference",
        series={
            'lantime_synchronized{instance="lt1"}': (1, 0),
            **{f'lantime_synchronized{{instance="lt{number}"}}': 1 for number in (2, 3, 4)},
        },
    ),
    Episode(
        alert="LantimeFleetTaiOffsetMismatch",
        says="a device counts a leap second more",
        series={
            'lantime_ntp_tai_offset_seconds{instance="lt1"}': (37, 38),
            'lantime_ntp_tai_offset_seconds{instance="lt2"}': 37,
        },
        target={"job": "lantime"},
        description="TAI minus UTC differs by 1 s between devices of lantime.",
    ),
    Silence(
        alert="LantimeFleetTaiOffsetMismatch",
        says="a device without leap seconds is of another job",
        series={
            'lantime_ntp_tai_offset_seconds{instance="lt1"}': 37,
            'lantime_ntp_tai_offset_seconds{instance="lt2", job="lantime-lab"}': 36,
        },
    ),
)
