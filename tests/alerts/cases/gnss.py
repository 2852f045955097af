"""Cases of ``lantime-gnss``."""

from tests.alerts.cases.definition import Case, Episode, Silence

BOOTED = {"lantime_uptime_seconds": 1900}
BOOTING = {"lantime_uptime_seconds": 1700}
CLOCK = {"slot": "clk1"}

CASES: tuple[Case, ...] = (
    Episode(
        alert="LantimeAntennaDisconnected",
        says="the cable is pulled",
        series={
            'lantime_antenna_connected{slot="clk1"}': (1, 0),
            'lantime_antenna_short_circuit{slot="clk1"}': 0,
            'lantime_antenna_connected{slot="clk2"}': 1,
        },
        labels=CLOCK,
        description="Clock clk1 of lt1 does not see its antenna.",
    ),
    Episode(
        alert="LantimeAntennaDisconnected",
        says="only the device as a whole knows of its antenna",
        series={
            'lantime_sync_antenna_state{state="disconnected"}': (0, 1),
            'lantime_sync_antenna_state{state="connected"}': (1, 0),
        },
        labels={"state": "disconnected"},
        description="The selected clock of lt1 does not see its antenna.",
    ),
    Silence(
        alert="LantimeAntennaDisconnected",
        says="the line is short-circuited",
        series={
            'lantime_antenna_connected{slot="clk1"}': (1, 0),
            'lantime_antenna_short_circuit{slot="clk1"}': (0, 1),
            'lantime_sync_antenna_state{state="disconnected"}': 1,
        },
    ),
    Silence(
        alert="LantimeAntennaDisconnected",
        says="a receiver without antenna fault loses its satellites",
        series={'lantime_antenna_connected{slot="clk1"}': 1, 'lantime_satellites_good{slot="clk1"}': (8, 0)},
    ),
    Episode(
        alert="LantimeAntennaShortCircuit",
        step=0.5,
        says="water in the plug",
        series={'lantime_antenna_short_circuit{slot="clk1"}': (0, 1)},
        labels=CLOCK,
        description="The antenna line of clock clk1 of lt1 is short-circuited.",
    ),
    Episode(
        alert="LantimeAntennaShortCircuit",
        step=0.5,
        says="only the device as a whole knows of its antenna",
        series={
            'lantime_sync_antenna_state{state="short-circuit"}': (0, 1),
            'lantime_sync_antenna_state{state="disconnected"}': 0,
        },
        labels={"state": "short-circuit"},
        description="The antenna line of the selected clock of lt1 is short-circuited.",
    ),
    Silence(
        alert="LantimeAntennaShortCircuit",
        step=0.5,
        says="the clock itself knows better than the device",
        series={
            'lantime_antenna_short_circuit{slot="clk1"}': 0,
            'lantime_sync_antenna_state{state="short-circuit"}': (0, 1),
        },
    ),
    Silence(
        alert="LantimeAntennaShortCircuit",
        step=0.5,
        says="the antenna is disconnected",
        series={
            'lantime_sync_antenna_state{state="disconnected"}': (0, 1),
            'lantime_sync_antenna_state{state="short-circuit"}': 0,
        },
    ),
    Episode(
        alert="LantimeGnssNoSatellites",
        says="the sky is gone",
        series={**BOOTED, 'lantime_satellites_good{slot="clk1"}': (1, 0)},
        labels=CLOCK,
        description="Clock clk1 of lt1 has no good satellite.",
    ),
    Silence(
        alert="LantimeGnssNoSatellites",
        says="the device starts",
        series={**BOOTING, 'lantime_satellites_good{slot="clk1"}': (8, 0)},
    ),
    Episode(
        alert="LantimeGnssFewSatellites",
        says="a crane stands in the view",
        series={**BOOTED, 'lantime_satellites_good{slot="clk1"}': (4, 3)},
        labels=CLOCK,
        description="Clock clk1 of lt1 has 3 good satellites.",
    ),
    Episode(
        alert="LantimeGnssFewSatellites",
        says="one satellite is left",
        series={'lantime_satellites_good{slot="clk1"}': (8, 1)},
        labels=CLOCK,
        description="Clock clk1 of lt1 has 1 good satellites.",
    ),
    Silence(
        alert="LantimeGnssFewSatellites",
        says="none is left, which is another alert",
        series={'lantime_satellites_good{slot="clk1"}': (8, 0)},
    ),
    Silence(
        alert="LantimeGnssFewSatellites",
        says="the device starts",
        series={**BOOTING, 'lantime_satellites_good{slot="clk1"}': (8, 2)},
    ),
    Episode(
        alert="LantimeGnssSignalWeak",
        says="all constellations become weak",
        series={
            **BOOTED,
            'lantime_gnss_carrier_to_noise_dbhz{slot="clk1", gnss="gps", statistic="median"}': (37, 32),
            'lantime_gnss_carrier_to_noise_dbhz{slot="clk1", gnss="galileo", statistic="median"}': (31, 30),
            'lantime_gnss_carrier_to_noise_dbhz{slot="clk1", gnss="gps", statistic="max"}': 45,
        },
        labels=CLOCK,
        description="Clock clk1 of lt1 receives 32 dB-Hz.",
    ),
    Silence(
        alert="LantimeGnssSignalWeak",
        says="the device starts",
        series={
            **BOOTING,
            'lantime_gnss_carrier_to_noise_dbhz{slot="clk1", gnss="gps", statistic="median"}': (45, 20),
        },
    ),
    Episode(
        alert="LantimeGnssConstellationLost",
        says="Galileo has an outage",
        series={
            **BOOTED,
            'lantime_gnss_satellites{slot="clk1", gnss="galileo", use="used"}': (1, 0),
            'lantime_gnss_satellites{slot="clk1", gnss="galileo", use="in-view"}': 7,
            'lantime_gnss_satellites{slot="clk1", gnss="gps", use="used"}': 8,
        },
        onset=60,
        labels={"slot": "clk1", "gnss": "galileo", "use": "used"},
        description="Clock clk1 of lt1 uses no satellite of galileo.",
    ),
    Silence(
        alert="LantimeGnssConstellationLost",
        says="a constellation was seldom used",
        series={'lantime_gnss_satellites{slot="clk1", gnss="qzss", use="used"}': "0x39 1x19 0x120"},
        onset=60,
    ),
    Silence(
        alert="LantimeGnssConstellationLost",
        says="the satellites go out of view, and are not used all the same",
        series={
            'lantime_gnss_satellites{slot="clk1", gnss="qzss", use="in-view"}': (3, 0),
            'lantime_gnss_satellites{slot="clk1", gnss="qzss", use="used"}': 0,
        },
        onset=60,
    ),
    Silence(
        alert="LantimeGnssConstellationLost",
        says="the device starts",
        series={**BOOTING, 'lantime_gnss_satellites{slot="clk1", gnss="gps", use="used"}': (8, 0)},
        onset=60,
    ),
    Episode(
        alert="LantimeGnssBootStuck",
        says="warm boot, then cold boot",
        series={
            **BOOTED,
            'lantime_receiver_state{slot="clk1", state="warm-boot"}': "0x9 1x9 0x60",
            'lantime_receiver_state{slot="clk1", state="cold-boot"}': "0x9 0x9 1x24 0x40",
        },
        labels=CLOCK,
        description="The receiver of clk1 of lt1 stays in cold or warm boot.",
    ),
    Episode(
        alert="LantimeGnssBootStuck",
        says="a receiver that has a mode only",
        series={'lantime_satellites_mode{slot="clk1", state="cold-boot"}': (0, 1)},
        labels=CLOCK,
        description="The receiver of clk1 of lt1 stays in cold or warm boot.",
    ),
    Silence(
        alert="LantimeGnssBootStuck",
        says="the receiver tracks",
        series={
            'lantime_receiver_state{slot="clk1", state="tracking"}': (0, 1),
            'lantime_receiver_state{slot="clk1", state="cold-boot"}': 0,
            'lantime_satellites_mode{slot="clk1", state="tracking"}': (0, 1),
            'lantime_satellites_mode{slot="clk2", state="tracking"}': (0, 1),
        },
    ),
    Silence(
        alert="LantimeGnssBootStuck",
        says="the device starts",
        series={**BOOTING, 'lantime_receiver_state{slot="clk1", state="cold-boot"}': (0, 1)},
    ),
    Episode(
        alert="LantimeGnssPositionMoved",
        step=5,
        says="to the north and the east",
        series={
            **BOOTED,
            'lantime_position_latitude_degrees{slot="clk1"}': (60.0, 60.0006),
            'lantime_position_longitude_degrees{slot="clk1"}': (10.0, 10.0016),
        },
        onset=300,
        labels=CLOCK,
        description="The position of clk1 of lt1 moved by 111 m within a day.",
    ),
    Silence(
        alert="LantimeGnssPositionMoved",
        step=5,
        says="meridians are close together in the north",
        series={
            **BOOTED,
            'lantime_position_latitude_degrees{slot="clk1"}': 60.0,
            'lantime_position_longitude_degrees{slot="clk1"}': (10.0, 10.0016),
        },
        onset=300,
    ),
    Silence(
        alert="LantimeGnssPositionMoved",
        step=5,
        says="the device starts",
        series={
            **BOOTING,
            'lantime_position_latitude_degrees{slot="clk1"}': (60.0, 61.0),
            'lantime_position_longitude_degrees{slot="clk1"}': 10.0,
        },
        onset=300,
    ),
    Episode(
        alert="LantimeLongwaveSignalWeak",
        says="the correlation sinks",
        series={
            **BOOTED,
            'lantime_longwave_correlation_ratio{slot="clk1"}': (0.43, 0.37),
            'lantime_longwave_field_strength_ratio{slot="clk1"}': 0.4,
        },
        labels=CLOCK,
        description="Clock clk1 of lt1 receives its long wave signal at 37%.",
    ),
    Episode(
        alert="LantimeLongwaveSignalWeak",
        says="the field strength of a receiver without correlation sinks",
        series={'lantime_longwave_field_strength_ratio{slot="clk1"}': (0.21, 0.19)},
        labels=CLOCK,
        description="Clock clk1 of lt1 receives its long wave signal at 19%.",
    ),
    Silence(
        alert="LantimeLongwaveSignalWeak",
        says="the device starts",
        series={**BOOTING, 'lantime_longwave_correlation_ratio{slot="clk1"}': (0.6, 0.1)},
    ),
    *(
        Episode(
            alert="LantimeTimecodeLost",
            says=f"{name} turns {bad}",
            series={**BOOTED, f'lantime_timecode_{name}{{slot="clk1"}}': (1 - bad, bad)},
            labels=CLOCK,
            description="The time code at clk1 of lt1 is missing or bad.",
        )
        for name, bad in (("present", 0), ("consistent", 0), ("jitter_exceeded", 1))
    ),
    Silence(
        alert="LantimeTimecodeLost",
        says="the device starts",
        series={**BOOTING, 'lantime_timecode_present{slot="clk1"}': (1, 0)},
    ),
)
