"""SyncMon: nodes that the device measures (``syncmon``; header grade A, nodes grade D).

Figures without a unit in their key are nanoseconds, like all values of SyncMon nodes.
"""

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.exposition.metric import Grade, MetricGroup, gauge
from lantime_exporter.mapping.finders import at, each
from lantime_exporter.mapping.readers import count, flag, info_labels, seconds, state, timestamp
from lantime_exporter.mapping.table import Collector, Row, Table, ignored

NODE = MetricGroup("lantime_syncmon_node", "node", grade=Grade.D)

NS = 1e-9

STATES = Enumeration(("ok", "limit-exceeded", "not-reachable"), spellings={"unreachable": "not-reachable"})

HEADER = Table(
    "syncmon",
    at("syncmon"),
    (
        Row(
            gauge("lantime_syncmon_update_timestamp_seconds", "Time of the last measurement of SyncMon, Unix seconds."),
            timestamp("last-updated"),
        ),
    ),
)

NODES = Table(
    "syncmon.nodes[]",
    each("syncmon.nodes", node="object-id"),
    (
        Row(
            NODE.info("info", "Identity of a node.", "alias", "address", "location", "type"),
            info_labels(
                alias=("alias", "name"), address=("address", "host", "ip"), location="location", type=("type", "kind")
            ),
        ),
        Row(NODE.gauge("state", "State of the node in SyncMon.", "state"), state(STATES, "state", "status")),
        Row(NODE.gauge("reachable", "1 if the node responds."), flag("reachable", "is-reachable")),
        Row(
            NODE.gauge("offset_seconds", "Offset of the node from the device, in seconds."), seconds("offset", plain=NS)
        ),
        Row(
            NODE.gauge("offset_limit_seconds", "Limit of the offset that raises an alarm, in seconds."),
            seconds("offset-limit", "limit", plain=NS),
        ),
        Row(
            NODE.gauge("path_delay_seconds", "Delay to the node, in seconds."), seconds("path-delay", "delay", plain=NS)
        ),
        *(
            Row(NODE.gauge(f"{name}_seconds", f"{text}, in seconds."), seconds(*stems, plain=NS))
            for name, text, stems in (
                ("offset_min", "Minimum offset of the statistics interval", ("statistics.min", "min")),
                ("offset_max", "Maximum offset of the statistics interval", ("statistics.max", "max")),
                ("offset_mean", "Mean offset of the statistics interval", ("statistics.mean", "mean")),
                ("offset_stddev", "Standard deviation of the offset", ("statistics.std-dev", "std-dev")),
                ("last_mean", "Mean of the last XMR interval", ("xmr-stats.last-mue",)),
                ("last_stddev", "Standard deviation of the last XMR interval", ("xmr-stats.last-sigma",)),
                ("last_max", "Maximum of the last XMR interval", ("xmr-stats.last-max",)),
                ("last_min", "Minimum of the last XMR interval", ("xmr-stats.last-min",)),
                ("step_compensation", "Compensated time steps", ("xmr-stats.step-comp-val",)),
                ("auto_bias", "Asymmetry determined automatically", ("xmr-stats.auto-bias",)),
            )
        ),
        Row(NODE.gauge("stratum", "Stratum of an NTP node."), count("stratum", most=255)),
        Row(
            NODE.gauge("update_timestamp_seconds", "Time of the last measurement of the node, Unix seconds."),
            timestamp("last-update", "last-updated"),
        ),
        ignored("xmr-metrics", because="MTIE and TDEV curves of 20 points, for analysis rather than monitoring"),
    ),
)

COLLECTOR = Collector("syncmon", (HEADER, NODES))
