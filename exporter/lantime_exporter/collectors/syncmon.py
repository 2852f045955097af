"""SyncMon: nodes that the device measures against its own time (``syncmon``; header grade A, nodes grade D).

Figures without unit in their key are nanoseconds, as all of SyncMon's node values are.
"""

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.exposition.metric import Grade, gauge, info
from lantime_exporter.mapping.finders import at, each
from lantime_exporter.mapping.readers import count, flag, info_labels, seconds, state, timestamp
from lantime_exporter.mapping.table import Collector, Row, Table, ignored

NS = 1e-9

STATES = Enumeration(("ok", "limit-exceeded", "not-reachable"), spellings={"unreachable": "not-reachable"})

HEADER = Table(
    "syncmon",
    at("syncmon"),
    (
        Row(
            gauge("lantime_syncmon_update_timestamp_seconds", "When SyncMon last measured, Unix seconds."),
            timestamp("last-updated"),
        ),
    ),
)

NODES = Table(
    "syncmon.nodes[]",
    each("syncmon.nodes", node="object-id"),
    (
        Row(
            info(
                "lantime_syncmon_node_info",
                "Identity of a node.",
                "node",
                "alias",
                "address",
                "location",
                "type",
                grade=Grade.D,
            ),
            info_labels(
                alias=("alias", "name"), address=("address", "host", "ip"), location="location", type=("type", "kind")
            ),
        ),
        Row(
            gauge("lantime_syncmon_node_state", "What SyncMon makes of the node.", "node", "state", grade=Grade.D),
            state(STATES, "state", "status"),
        ),
        Row(
            gauge("lantime_syncmon_node_reachable", "1 if the node answers.", "node", grade=Grade.D),
            flag("reachable", "is-reachable"),
        ),
        Row(
            gauge(
                "lantime_syncmon_node_offset_seconds",
                "Offset of the node to the device, in seconds.",
                "node",
                grade=Grade.D,
            ),
            seconds("offset", plain=NS),
        ),
        Row(
            gauge(
                "lantime_syncmon_node_offset_limit_seconds",
                "Limit of the offset that raises an alarm, in seconds.",
                "node",
                grade=Grade.D,
            ),
            seconds("offset-limit", "limit", plain=NS),
        ),
        Row(
            gauge("lantime_syncmon_node_path_delay_seconds", "Delay to the node, in seconds.", "node", grade=Grade.D),
            seconds("path-delay", "delay", plain=NS),
        ),
        *(
            Row(
                gauge(f"lantime_syncmon_node_{name}_seconds", f"{text}, in seconds.", "node", grade=Grade.D),
                seconds(*stems, plain=NS),
            )
            for name, text, stems in (
                ("offset_min", "Least offset of the statistics interval", ("statistics.min", "min")),
                ("offset_max", "Largest offset of the statistics interval", ("statistics.max", "max")),
                ("offset_mean", "Mean offset of the statistics interval", ("statistics.mean", "mean")),
                ("offset_stddev", "Standard deviation of the offset", ("statistics.std-dev", "std-dev")),
                ("last_mean", "Mean of the last XMR interval", ("xmr-stats.last-mue",)),
                ("last_stddev", "Standard deviation of the last XMR interval", ("xmr-stats.last-sigma",)),
                ("last_max", "Largest value of the last XMR interval", ("xmr-stats.last-max",)),
                ("last_min", "Least value of the last XMR interval", ("xmr-stats.last-min",)),
                ("step_compensation", "Steps that were compensated", ("xmr-stats.step-comp-val",)),
                ("auto_bias", "Asymmetry that was found by itself", ("xmr-stats.auto-bias",)),
            )
        ),
        Row(
            gauge("lantime_syncmon_node_stratum", "Stratum of an NTP node.", "node", grade=Grade.D),
            count("stratum", most=255),
        ),
        Row(
            gauge(
                "lantime_syncmon_node_update_timestamp_seconds",
                "When the node was last measured, Unix seconds.",
                "node",
                grade=Grade.D,
            ),
            timestamp("last-update", "last-updated"),
        ),
        ignored("xmr-metrics", because="MTIE and TDEV curves of 20 points, for analysis rather than monitoring"),
    ),
)

COLLECTOR = Collector("syncmon", (HEADER, NODES))
