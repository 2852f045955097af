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
        description="lt1: the antenna of clk1 is disconnected. Check cable, lightning arrester and splitter.",
    ),
    Episode(
        alert="LantimeAntennaDisconnected",
        says="the state of the clock is known",
        series={
            'lantime_antenna_connected{slot="clk1"}': (1, 0),
            'lantime_clock_state{slot="clk1", state="holdover"}': (0, 1),
            'lantime_clock_state{slot="clk1", state="synchronized"}': (1, 0),
            'lantime_clock_state{slot="clk2", state="synchronized"}': 1,
        },
        labels=CLOCK,
        description="lt1: the antenna of clk1 is disconnected. Clock: holdover. Check cable, lightning arrester and "
        "splitter.",
    ),
    Episode(
        alert="LantimeAntennaDisconnected",
        says="only the device as a whole knows of its antenna",
        series={
            'lantime_sync_antenna_state{state="disconnected"}': (0, 1),
            'lantime_sync_antenna_state{state="connected"}': (1, 0),
        },
        labels={"state": "disconnected"},
        description="lt1: the antenna of the selected clock is disconnected. Check cable, lightning "
        "arrester and splitter.",
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
        description="lt1: the antenna line of clk1 is short-circuited.",
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
        description="lt1: the antenna line of the selected clock is short-circuited.",
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
        description="lt1: clk1 sees no good satellite.",
    ),
    Silence(
        alert="LantimeGnssNoSatellites",
        says="the device starts",
        series={**BOOTING, 'lantime_satellites_good{slot="clk1"}': (8, 0)},
    ),
    Episode(
        alert="LantimeGnssFewSatellites",
        says="a crane blocks the sky view",
        series={**BOOTED, 'lantime_satellites_good{slot="clk1"}': (4, 3)},
        labels=CLOCK,
        description="lt1: clk1 sees 3 good satellites (limit 4).",
    ),
    Episode(
        alert="LantimeGnssFewSatellites",
        says="one satellite is left",
        series={'lantime_satellites_good{slot="clk1"}': (8, 1)},
        labels=CLOCK,
        description="lt1: clk1 sees 1 good satellite (limit 4).",
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
        description="lt1: clk1 receives its best constellation at 32 dB-Hz (limit 35).",
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
        step=2.5,
        onset=300,
        says="Galileo has an outage",
        series={
            **BOOTED,
            'lantime_gnss_satellites{slot="clk1", gnss="galileo", use="used"}': (1, 0),
            'lantime_gnss_satellites{slot="clk1", gnss="galileo", use="in-view"}': 7,
            'lantime_gnss_satellites{slot="clk1", gnss="gps", use="used"}': 8,
        },
        labels={"slot": "clk1", "gnss": "galileo", "use": "used"},
        description="lt1: clk1 no longer uses satellites of galileo.",
    ),
    Silence(
        alert="LantimeGnssConstellationLost",
        step=5,
        onset=300,
        says="a constellation was seldom used",
        series={'lantime_gnss_satellites{slot="clk1", gnss="qzss", use="used"}': "0x199 1x99 0x160"},
    ),
    Silence(
        alert="LantimeGnssConstellationLost",
        step=5,
        onset=150,
        says="the satellites go out of view, and are not used all the same",
        series={
            'lantime_gnss_satellites{slot="clk1", gnss="qzss", use="in-view"}': (3, 0),
            'lantime_gnss_satellites{slot="clk1", gnss="qzss", use="used"}': 0,
        },
    ),
    Silence(
        alert="LantimeGnssConstellationLost",
        step=5,
        onset=150,
        says="the device starts",
        series={**BOOTING, 'lantime_gnss_satellites{slot="clk1", gnss="gps", use="used"}': (8, 0)},
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
        description="lt1: the receiver of clk1 has been in cold or warm boot for 30 minutes.",
    ),
    Episode(
        alert="LantimeGnssBootStuck",
        says="a receiver that has a mode only",
        series={'lantime_satellites_mode{slot="clk1", state="cold-boot"}': (0, 1)},
        labels=CLOCK,
        description="lt1: the receiver of clk1 has been in cold or warm boot for 30 minutes.",
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
        description="lt1: the position of clk1 moved by 111 m within a day (limit 100 m). Moved "
        "antenna, or false signals.",
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
        labels={**CLOCK, "limit": "correlation, limit 40%"},
        description="lt1: clk1 receives its long wave signal at 37% (correlation, limit 40%).",
    ),
    Episode(
        alert="LantimeLongwaveSignalWeak",
        says="the field strength of a receiver without correlation sinks",
        series={'lantime_longwave_field_strength_ratio{slot="clk1"}': (0.21, 0.19)},
        labels={**CLOCK, "limit": "field strength, limit 20%"},
        description="lt1: clk1 receives its long wave signal at 19% (field strength, limit 20%).",
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
            labels={**CLOCK, "fault": fault},
            description=f"lt1: the time code at clk1 is {fault}.",
        )
        for name, bad, fault in (
            ("present", 0, "missing"),
            ("consistent", 0, "inconsistent"),
            ("jitter_exceeded", 1, "jittering"),
        )
    ),
    Silence(
        alert="LantimeTimecodeLost",
        says="the device starts",
        series={**BOOTING, 'lantime_timecode_present{slot="clk1"}': (1, 0)},
    ),
    Episode(
        alert="LantimeTimecodeLost",
        says="all of it, and one alert comes",
        series={
            'lantime_timecode_present{slot="clk1"}': (1, 0),
            'lantime_timecode_consistent{slot="clk1"}': (1, 0),
            'lantime_timecode_jitter_exceeded{slot="clk1"}': (0, 1),
        },
        labels={**CLOCK, "fault": "missing"},
        description="lt1: the time code at clk1 is missing.",
    ),
    Episode(
        alert="LantimeLongwaveSignalWeak",
        says="correlation and field strength sink, and one alert comes",
        series={
            'lantime_longwave_correlation_ratio{slot="clk1"}': (0.6, 0.3),
            'lantime_longwave_field_strength_ratio{slot="clk1"}': (0.4, 0.1),
        },
        labels={**CLOCK, "limit": "correlation, limit 40%"},
        description="lt1: clk1 receives its long wave signal at 30% (correlation, limit 40%).",
    ),
    Episode(
        alert="LantimeAntennaDisconnected",
        says="only the device reports it, by an event",
        series={
            'lantime_event_active{event="antenna-faulty", type="error"}': (0, 1),
            'lantime_event_active{event="antenna-reconnect", type="info"}': (1, 0),
        },
        labels={"event": "antenna-faulty", "type": "error"},
        description="lt1: the antenna of the selected clock is disconnected. Check cable, lightning "
        "arrester and splitter.",
    ),
    Episode(
        alert="LantimeAntennaDisconnected",
        says="the clock and the device report it, and one alert comes",
        series={
            'lantime_antenna_connected{slot="clk1"}': (1, 0),
            'lantime_event_active{event="antenna-faulty", type="error"}': (0, 1),
        },
        labels=CLOCK,
        description="lt1: the antenna of clk1 is disconnected. Check cable, lightning arrester and splitter.",
    ),
    Silence(
        alert="LantimeAntennaDisconnected",
        says="the line is short-circuited, and the device calls that faulty too",
        series={
            'lantime_antenna_short_circuit{slot="clk1"}': (0, 1),
            'lantime_event_active{event="antenna-faulty", type="error"}': (0, 1),
        },
    ),
    Episode(
        alert="LantimeAntennaShortCircuit",
        step=0.5,
        says="only the device reports it, by an event",
        series={
            'lantime_event_active{event="antenna-short-circuit", type="error"}': (0, 1),
            'lantime_event_active{event="antenna-faulty", type="error"}': 0,
        },
        labels={"event": "antenna-short-circuit", "type": "error"},
        description="lt1: the antenna line of the selected clock is short-circuited.",
    ),
    Episode(
        alert="LantimeAntennaShortCircuit",
        step=0.5,
        says="the clock and the device report it, and one alert comes",
        series={
            'lantime_antenna_short_circuit{slot="clk1"}': (0, 1),
            'lantime_event_active{event="antenna-short-circuit", type="error"}': (0, 1),
        },
        labels=CLOCK,
        description="lt1: the antenna line of clk1 is short-circuited.",
    ),
)
