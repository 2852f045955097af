"""PTP instances and their ports, SyncE."""

from monitoring.signals.definition import Signal

SIGNALS = (
    Signal(
        name="ptp_stack_running",
        meaning="Whether the PTP stack of an instance runs.",
        expr="lantime_ptp_stack_running",
    ),
    Signal(name="ptp_link_up", meaning="Whether the link of a PTP port is up.", expr="lantime_ptp_link_up"),
    Signal(
        name="ptp_port_disabled",
        meaning="Whether a PTP port is switched off.",
        expr='lantime_ptp_port_state{state="disabled"}',
    ),
    Signal(
        name="ptp_port_faulty",
        meaning="Whether a PTP port is faulty or not initialized.",
        expr='max without (state) (lantime_ptp_port_state{state=~"faulty|uninitialized"})',
    ),
    Signal(
        name="ptp_port_role",
        meaning="Whether a PTP port is master, slave or passive, each a series.",
        expr='lantime_ptp_port_state{state=~"master|slave|passive"}',
    ),
    Signal(
        name="ptp_port_changes",
        meaning="How often a PTP port changed its state within the window.",
        expr="sum without (state) (changes(lantime_ptp_port_state[$range])) / 2",
        range="recent",
    ),
    Signal(
        name="ptp_offset",
        meaning="Offset of a PTP slave from its master.",
        unit="s",
        expr="abs(lantime_ptp_offset_from_master_seconds)",
    ),
    Signal(
        name="ptp_grandmaster",
        meaning="The instance serves time as a grandmaster: a port is master and none is slave.",
        expr='max without (port, state) (lantime_ptp_port_state{state="master"}) == 1\n'
        'unless max without (port, state) (lantime_ptp_port_state{state="slave"}) == 1',
    ),
    Signal(
        name="ptp_clock_class",
        meaning="Clock class of a PTP instance.",
        unit="none",
        expr="lantime_ptp_clock_class",
    ),
    Signal(
        name="ptp_grandmasters_seen",
        meaning="How many grandmasters an instance followed within the window.",
        expr="count without (identity) (count_over_time(lantime_ptp_grandmaster_info[$range]))",
        range="recent",
    ),
    Signal(
        name="ptp_grandmasters_hourly",
        meaning="How many grandmasters an instance followed within an hour.",
        expr="count without (identity) (count_over_time(lantime_ptp_grandmaster_info[$range]))",
        range="hour",
    ),
    Signal(
        name="ptp_announce_losses",
        meaning="Masters given up within an hour because their announce messages stayed away.",
        expr="increase(lantime_ptp_announce_receipt_timeouts_total[$range])",
        range="hour",
    ),
    Signal(name="ptp_clients", meaning="Unicast clients that are served.", expr="lantime_ptp_clients"),
    Signal(
        name="ptp_client_share",
        meaning="Unicast clients as a share of those that can be served.",
        unit="percentunit",
        expr="lantime_ptp_clients / (lantime_ptp_clients_limit > 0)",
    ),
    Signal(
        name="ptp_load",
        meaning="Load of a PTP instance.",
        unit="percentunit",
        expr="lantime_ptp_utilization_ratio",
    ),
    Signal(
        name="ptp_timescale",
        meaning="Whether the announced time scale is PTP's.",
        expr="lantime_ptp_ptp_timescale",
    ),
    Signal(
        name="ptp_time_traceable",
        meaning="Whether the announced time is traceable.",
        expr="lantime_ptp_time_traceable",
    ),
    Signal(
        name="ptp_utc_valid",
        meaning="Whether the announced UTC offset is valid.",
        expr="lantime_ptp_utc_offset_valid",
    ),
    Signal(
        name="synce_level",
        meaning="Quality level received by synchronous Ethernet, a series for each level.",
        expr='lantime_synce_quality_level{direction="in"}',
    ),
    Signal(
        name="synce_best",
        meaning="Whether the received quality level is the best.",
        expr='max without (direction, state) (lantime_synce_quality_level{direction="in", state=~"ql-prc|ql-prs"})',
    ),
)
