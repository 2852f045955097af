"""SyncMon: nodes that the device measures (``syncmon``; header grade A, nodes grade D).

Figures without a unit in their key are nanoseconds, like all values of SyncMon nodes.
"""

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.mapping.finders import at, each
from lantime_exporter.mapping.readers import count, flag, seconds
from lantime_exporter.mapping.table import RowGroup, Table, ignored

NODE = RowGroup("lantime_syncmon_node", "node", grade="D")

STATES = Enumeration(("ok", "limit-exceeded", "not-reachable"), spellings={"unreachable": "not-reachable"})

HEADER = Table(
    "syncmon",
    at("syncmon"),
    RowGroup("lantime_syncmon").timestamp("update", "Time of the last measurement of SyncMon", "last-updated"),
)

NODES = Table(
    "syncmon.nodes[]",
    each("syncmon.nodes", node="object-id"),
    NODE.info(
        "info",
        "Identity of a node.",
        alias=("alias", "name"),
        address=("address", "host", "ip"),
        location="location",
        type=("type", "kind"),
    ),
    NODE.state("state", "State of the node in SyncMon.", STATES, "state", "status"),
    NODE.gauge("reachable", "1 if the node responds.", flag("reachable", "is-reachable")),
    *(
        NODE.seconds(name, text, seconds(*stems, plain=1e-9))
        for name, text, stems in (
            ("offset", "Offset of the node from the device", ("offset",)),
            ("offset_limit", "Limit of the offset that raises an alarm", ("offset-limit", "limit")),
            ("path_delay", "Delay to the node", ("path-delay", "delay")),
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
    NODE.gauge("stratum", "Stratum of an NTP node.", count("stratum", most=255)),
    NODE.timestamp("update", "Time of the last measurement of the node", "last-update", "last-updated"),
    ignored("xmr-metrics", because="MTIE and TDEV curves of 20 points, for analysis rather than monitoring"),
)
