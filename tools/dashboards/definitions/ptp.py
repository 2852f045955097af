"""PTP: whether clients can trust it."""

from tools.dashboards import colours, limits, signals, states
from tools.dashboards.dashboard import Dashboard, PanelRow
from tools.dashboards.panel import Description
from tools.dashboards.panel_types import lines, stat, timeline
from tools.dashboards.query import DEVICES, by_profile, query
from tools.dashboards.table import Column, Heading, labels, table, value, word
from tools.dashboards.variables import INSTANCE, JOB, Variable

SLOT = Variable("slot", "Slot", 'label_values(lantime_ptp_available{job=~"$job", instance=~"$instance"}, slot)')

IN_SLOT = f'{DEVICES}, slot=~"$slot"'

CHOSEN = '{slot=~"$slot"}'

NAME = "{{instance}} {{slot}} {{ptp_instance}}"

KEYS = ("slot", "ptp_instance")

IDENTITY = Heading("Identity", 16)


def flagged(title: str, metric: str, good: str = "yes", bad: str = "no") -> Column:
    """Return a column of a property that should be true."""
    return value(title, f"{metric}{CHOSEN}", states=states.flag(good, bad))


AT_THE_TOP = (
    stat(
        "Masters",
        query('count(lantime_ptp_port_state{state="master"} == 1)', matchers=IN_SLOT),
        description=Description(
            "PTP ports in state master: they serve time.",
            "as many as configured.",
            "a master that became passive or listening receives a better master: see the port states.",
            ("LantimePtpUnexpectedState",),
        ),
        empty="none",
    ),
    stat(
        "Slaves",
        query('count(lantime_ptp_port_state{state="slave"} == 1)', matchers=IN_SLOT),
        description=Description(
            "PTP ports in state slave: they follow a master.",
            "as many as configured.",
            "a slave that became listening or uncalibrated lost its master: see the port states.",
            ("LantimePtpUnexpectedState",),
        ),
        empty="none",
    ),
    stat(
        "Faulty ports",
        query('sum(lantime_ptp_port_state{state=~"faulty|uninitialized"})', matchers=IN_SLOT),
        description=Description(
            "PTP ports that are faulty or not initialized.",
            "0.",
            "check link and configuration of the port, then restart the instance.",
            ("LantimePtpPortFaulty", "LantimePtpLinkDown"),
        ),
        steps=((None, colours.QUIET), (1, colours.BAD)),
    ),
    stat(
        "Worst slave offset",
        *by_profile(
            f"max(abs(lantime_ptp_offset_from_master_seconds\n{signals.NO_MASTER}))",
            matchers=IN_SLOT,
            ptp=limits.PTP.above("ptp_offset_warning", "ptp_offset_critical"),
            ntp=limits.NTP.above("ptp_offset_warning", "ptp_offset_critical"),
        ),
        unit="s",
        description=Description(
            "The largest offset of a slave from its master; devices of the profile ntp have a separate figure.",
            "below 100 ns; below 100 us for the profile ntp.",
            "see offsets and path delay: a step in the delay means a changed route.",
            ("LantimePtpOffsetHigh",),
        ),
        empty="no slave",
    ),
    stat(
        "Worst master class",
        query(
            "max(lantime_ptp_clock_class "
            'and on (job, instance, slot, ptp_instance) lantime_ptp_port_state{state="master"} == 1)',
            matchers=IN_SLOT,
        ),
        steps=limits.CLOCK_CLASS,
        description=Description(
            "The worst clock class that a master of the chosen devices announces.",
            "6: locked to a primary reference.",
            "7 is holdover within specification; do not trust 52 and above.",
            ("LantimePtpClockClassDegraded",),
        ),
        empty="no master",
    ),
    stat(
        "Unicast clients",
        query("sum(lantime_ptp_clients)", matchers=IN_SLOT),
        description=Description(
            "Unicast clients of all masters.",
            "steady.",
            "0 means a network fault, or a master that clients do not trust.",
            ("LantimePtpNoClients",),
        ),
        empty="none",
    ),
)

INSTANCES = (
    table(
        "PTP instances",
        labels(
            f'label_replace(lantime_ptp_instance_info{CHOSEN}, "profile", "$1", "exported_profile", "(.+)")',
            role=Heading("Role", 16),
            profile=Heading("Profile", 11),
            domain="Domain",
            delay_mechanism="Delay",
            transport=Heading("Transport", 10),
        ),
        value("Stack", f"lantime_ptp_stack_running{CHOSEN}", states=states.flag("runs", "stopped")),
        value(
            "Class",
            f"lantime_ptp_clock_class{CHOSEN}",
            steps=(*limits.CLOCK_CLASS, (255, colours.TEXT)),
        ),
        value("Bound", f"lantime_ptp_clock_accuracy_seconds{CHOSEN}", unit="s"),
        keys=KEYS,
        description=Description(
            "Configuration of each PTP instance, and its announced clock class and error bound.",
            "class 6 for masters, 255 for slave-only instances.",
            "a class above 7 at a master: it lost its reference long ago.",
            ("LantimePtpClockClassDegraded", "LantimePtpStopped"),
        ),
        height=8,
    ),
    table(
        "Grandmasters",
        labels(f"lantime_ptp_grandmaster_info{CHOSEN}", identity=IDENTITY),
        value("Class", f"lantime_ptp_grandmaster_clock_class{CHOSEN}", steps=limits.CLOCK_CLASS),
        value("Bound", f"lantime_ptp_grandmaster_clock_accuracy_seconds{CHOSEN}", unit="s"),
        value("Priority 1", f"lantime_ptp_grandmaster_priority1{CHOSEN}"),
        value("Priority 2", f"lantime_ptp_grandmaster_priority2{CHOSEN}"),
        value("Steps", f"lantime_ptp_steps_removed{CHOSEN}"),
        keys=KEYS,
        description=Description(
            "Grandmaster of each instance, and the number of steps to it; a grandmaster follows itself.",
            "the planned one, with class 6; smaller priorities win.",
            "an unplanned grandmaster: look for an unknown device with a better priority.",
            ("LantimePtpGrandmasterChanged",),
        ),
        height=7,
    ),
)

TIME = (
    lines(
        "Offset from master",
        *by_profile(
            f"lantime_ptp_offset_from_master_seconds\n{signals.NO_MASTER}",
            NAME,
            matchers=IN_SLOT,
            ptp=limits.PTP.around("ptp_offset_warning", "ptp_offset_critical"),
            ntp=limits.NTP.around("ptp_offset_warning", "ptp_offset_critical"),
        ),
        unit="s",
        description=Description(
            "Offset of each slave from its master; dashed lines at 100 ns and 1 us (profile ntp: 100 us and 1 ms).",
            "within the inner lines.",
            "compare with the path delay: a step in both means a changed or asymmetric route.",
            ("LantimePtpOffsetHigh",),
        ),
    ),
    lines(
        "Mean path delay",
        query(f"lantime_ptp_mean_path_delay_seconds\n{signals.NO_MASTER}", NAME, matchers=IN_SLOT),
        query("lantime_ptp_peer_mean_path_delay_seconds > 0", f"{NAME} peer of {{{{port}}}}", matchers=IN_SLOT),
        unit="s",
        description=Description(
            "Mean delay of the path to the master, or of the link to the peer.",
            "steady; some us in a local network.",
            "steps mean changed routes, noise a loaded switch without PTP support.",
        ),
    ),
    timeline(
        "Port states",
        query(
            states.PTP_PORT.query("lantime_ptp_port_state", "job, instance, slot, ptp_instance, port"),
            f"{NAME} {{{{port}}}}",
            matchers=IN_SLOT,
        ),
        states=states.PTP_PORT,
        description=Description(
            "State of each PTP port by IEEE 1588.",
            "master or slave, without changes.",
            "listening: no announce messages; faulty: link or configuration.",
            ("LantimePtpPortFaulty", "LantimePtpStateFlapping", "LantimePtpUnexpectedState"),
        ),
        height=8,
    ),
    lines(
        "Clock class",
        query("lantime_ptp_clock_class != 255", NAME, matchers=IN_SLOT),
        unit="none",
        stepped=True,
        decimals=0,
        description=Description(
            "Announced clock class of each instance: 6 locked, 7 in holdover, 52 or 187 out of specification, 248 "
            "default; without slave-only instances (255).",
            "6.",
            "a master above 7 lost its reference long ago.",
            ("LantimePtpClockClassDegraded",),
        ),
    ),
    lines(
        "Clients",
        query("lantime_ptp_clients", NAME, matchers=IN_SLOT),
        least=0,
        decimals=0,
        description=Description(
            "Unicast clients of each instance; their maximum is in the table of limits.",
            "steady.",
            "a sudden decline is a network fault; near the limit, distribute clients over more masters.",
            ("LantimePtpClientLimitNear", "LantimePtpNoClients"),
        ),
    ),
    lines(
        "Load of the instances",
        query("lantime_ptp_utilization_ratio", NAME, matchers=IN_SLOT),
        unit="percentunit",
        least=0,
        steps=limits.PTP.above("ptp_load"),
        description=Description(
            "Load of each PTP instance.",
            "some percent per hundred clients.",
            "reduce message rates, or distribute clients over more masters.",
            ("LantimePtpLoadHigh",),
        ),
    ),
    *(
        lines(
            f"Messages {title} by type",
            query(
                f'sum by (job, instance, type) (rate(lantime_ptp_messages_total{{type!="all", direction="{direction}"}}'
                "[$__rate_interval])) > 0",
                "{{instance}} {{type}}",
                matchers=IN_SLOT,
            ),
            unit="suffix:/s",
            decimals=1,
            least=0,
            description=Description(
                f"PTP messages {title} per second by type, for all instances of a device together.",
                "a master sends sync and announce and receives delay requests, a slave the reverse.",
                "a type that stops shows the silent side.",
                ("LantimePtpAnnounceLost",),
            ),
        )
        for title, direction in (("sent", "transmit"), ("received", "receive"))
    ),
    lines(
        "Announce messages lost",
        query("increase(lantime_ptp_announce_receipt_timeouts_total[$__rate_interval])", NAME, matchers=IN_SLOT),
        least=0,
        description=Description(
            "Announce receipt timeouts: a port dropped its master for lack of announce messages.",
            "0.",
            "check multicast filtering and load of the switches on the path.",
            ("LantimePtpAnnounceLost",),
        ),
    ),
)

PROPERTIES = (
    table(
        "Time properties",
        flagged("Time scale", "lantime_ptp_ptp_timescale"),
        flagged("Traceable", "lantime_ptp_time_traceable"),
        flagged("Freq. traceable", "lantime_ptp_frequency_traceable"),
        flagged("UTC valid", "lantime_ptp_utc_offset_valid"),
        value("UTC offset", f"lantime_ptp_utc_offset_seconds{CHOSEN}", unit="s"),
        word("Source", f"lantime_ptp_time_source{CHOSEN}"),
        value("Leap 61", f"lantime_ptp_leap61{CHOSEN}", states=states.flag("yes", "no", colours.NEUTRAL, colours.OFF)),
        value("Leap 59", f"lantime_ptp_leap59{CHOSEN}", states=states.flag("yes", "no", colours.NEUTRAL, colours.OFF)),
        keys=KEYS,
        description=Description(
            "Announced time properties: PTP time scale, traceability of time and frequency, offset to UTC.",
            "time scale, traceability and UTC offset are good while a master is locked.",
            "clients with a wrong UTC offset are wrong by whole seconds.",
            ("LantimePtpTimePropertiesWrong",),
        ),
        width=24,
        height=7,
    ),
    table(
        "Clocks and priorities",
        labels(f"lantime_ptp_clock_info{CHOSEN}", identity=IDENTITY),
        value("Priority 1", f"lantime_ptp_priority1{CHOSEN}"),
        value("Priority 2", f"lantime_ptp_priority2{CHOSEN}"),
        value("Ports", f"lantime_ptp_ports{CHOSEN}"),
        value(
            "Two-step", f"lantime_ptp_two_step{CHOSEN}", states=states.flag("yes", "no", colours.NEUTRAL, colours.OFF)
        ),
        value(
            "Slave only",
            f"lantime_ptp_slave_only{CHOSEN}",
            states=states.flag("yes", "no", colours.NEUTRAL, colours.OFF),
        ),
        value("Client limit", f"lantime_ptp_clients_limit{CHOSEN}", unit="none"),
        keys=KEYS,
        description=Description(
            "Values that decide which clock becomes grandmaster; smaller priorities win.",
            "the planned grandmaster has the smallest priority 1.",
            "change priorities in the web interface of the device.",
        ),
        width=24,
        height=7,
    ),
    table(
        "Ports",
        labels(
            f"lantime_ptp_port_info{CHOSEN}",
            identity=Heading("Identity", 19),
            delay_mechanism="Delay",
            version="Version",
        ),
        value("Link", f"lantime_ptp_link_up{CHOSEN}", states=states.flag("up", "down")),
        value("Timeout", f"lantime_ptp_announce_receipt_timeout_intervals{CHOSEN}"),
        value("Announce", 'lantime_ptp_message_interval_seconds{slot=~"$slot", type="announce"}', unit="s"),
        value("Sync", 'lantime_ptp_message_interval_seconds{slot=~"$slot", type="sync"}', unit="s"),
        keys=(*KEYS, "port"),
        description=Description(
            "Configuration of the PTP ports: announce receipt timeout in intervals, and the intervals of announce and"
            " sync messages.",
            "link up; the same intervals as on the other side.",
            "different intervals or delay mechanisms prevent a slave from locking.",
            ("LantimePtpLinkDown",),
        ),
        width=24,
        height=7,
    ),
    table(
        "SMPTE lock and time stamping",
        word("SMPTE lock", f"lantime_ptp_smpte_lock{CHOSEN}", states=states.SMPTE),
        value("Card", f"lantime_ptp_available{CHOSEN}", states=states.flag("yes", "no", off_colour=colours.OFF)),
        labels(f"lantime_ptp_parent_info{CHOSEN}", identity=Heading("Parent", 18)),
        value("Asymmetry", f"lantime_ptp_delay_asymmetry_seconds{CHOSEN}", unit="s"),
        labels(f"lantime_ptp_time_stamper_info{CHOSEN}", interface="Interface"),
        value("Stamper load", f"lantime_ptp_time_stamper_utilization_ratio{CHOSEN}", unit="percentunit"),
        value("Stamper offset", f"lantime_ptp_time_stamper_reference_offset_seconds{CHOSEN}", unit="s"),
        keys=KEYS,
        description=Description(
            "Lock to SMPTE ST 2059, the followed clock, and the time stamping unit: its load and its offset to the "
            "reference.",
            "locked, or not in use; the unit is within some ns of the reference.",
            "a time stamping unit far from the reference makes all clients wrong: see the switch card.",
        ),
        width=24,
        height=7,
    ),
    timeline(
        "Synchronous Ethernet quality",
        query(
            states.SYNCE.query(
                "lantime_synce_quality_level", "job, instance, slot, ptp_instance, port", where='direction="in", '
            ),
            f"{NAME} {{{{port}}}}",
            matchers=IN_SLOT,
        ),
        states=states.SYNCE,
        description=Description(
            "Quality level (SSM) that synchronous Ethernet receives.",
            "QL-PRC or QL-PRS.",
            "QL-DNU means that the signal must not be used for synchronization.",
            ("LantimeSynceQualityDegraded",),
        ),
        empty="no SyncE",
        width=12,
        height=8,
    ),
    lines(
        "Delays by direction",
        query(
            'lantime_ptp_delay_seconds{statistic="mean"}',
            f"{NAME} {{{{direction}}}}",
            matchers=IN_SLOT,
        ),
        unit="s",
        description=Description(
            "Measured delays from and to the master.",
            "equal: a difference is asymmetry, and half of it is a time error.",
            "enter the asymmetry of the path in the configuration of the instance.",
        ),
    ),
)

DASHBOARD = Dashboard(
    uid="lantime-ptp",
    title="LANTIME PTP",
    description="Can clients trust it? Offset, class, roles and clients of every PTP instance.",
    variables=(JOB, INSTANCE, SLOT),
    rows=(
        PanelRow("", (*AT_THE_TOP, *INSTANCES, *TIME)),
        PanelRow("Time properties, ports, SyncE", PROPERTIES),
    ),
)
