"""SyncTeam: LANTIMEs that keep time together (``syncteam``; header grade A, members grade D)."""

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.time_quality import time_quality
from lantime_exporter.exposition.metric import Grade, MetricGroup
from lantime_exporter.mapping.finders import at, each
from lantime_exporter.mapping.readers import StateIs, count, first_of, flag, info_labels, state, value
from lantime_exporter.mapping.table import Collector, Row, Table, ignored

SYNCTEAM = MetricGroup("lantime_syncteam")
MEMBER = MetricGroup("lantime_syncteam_member", "member", grade=Grade.D)

MODES = Enumeration(("disabled", "enabled"))
LEAP = Enumeration(
    ("no-leapsecond", "leapsecond-announced"), spellings={"leap-second-announced": "leapsecond-announced"}
)
PRESENCE = Enumeration(("online", "offline"))
ROLES = Enumeration(("master", "member"))

TEAM = Table(
    "syncteam",
    at("syncteam"),
    (
        Row(SYNCTEAM.gauge("mode", "Mode of the team.", "state"), state(MODES, "operational-mode")),
        Row(
            SYNCTEAM.gauge("time_quality_seconds", "Upper bound of the team's time error, in seconds."),
            value(time_quality, "time-quality"),
        ),
        Row(SYNCTEAM.gauge("leap_second", "Leap second state of the team.", "state"), state(LEAP, "leapsecond-state")),
        Row(
            SYNCTEAM.gauge("tfom", "Time Figure of Merit of the team, 0 (best) to 15."), count("current-tfom", most=15)
        ),
        Row(SYNCTEAM.gauge("members", "Members of the team."), count("team-members")),
        Row(SYNCTEAM.gauge("members_online", "Members that are online."), count("online-members")),
        Row(SYNCTEAM.gauge("members_offline", "Members that are offline."), count("offline-members")),
        Row(
            SYNCTEAM.info("reference_info", "Master of the team and its reference.", "master", "reference"),
            info_labels(master="reference.current-team-master", reference="reference.current-team-reference"),
        ),
    ),
)

MEMBERS = Table(
    "syncteam.members[]",
    each("syncteam.members", member="object-id"),
    (
        Row(MEMBER.info("info", "Identity of a member.", "address"), info_labels(address=("address", "ip"))),
        Row(
            MEMBER.gauge("online", "1 if the member is online."),
            first_of(flag("online"), StateIs(PRESENCE, ("online",), ("offline",), ("state",))),
        ),
        Row(
            MEMBER.gauge("master", "1 if the member is the team's master."),
            first_of(flag("team-master"), StateIs(ROLES, ("master",), ("member",), ("role",))),
        ),
        Row(
            MEMBER.gauge("time_quality_seconds", "Upper bound of the member's time error, in seconds."),
            value(time_quality, "time-quality", "est-time-quality"),
        ),
        Row(MEMBER.gauge("tfom", "Time Figure of Merit of the member."), count("tfom", "current-tfom", most=15)),
        ignored("offset", because="unknown unit"),
    ),
)

COLLECTOR = Collector("syncteam", (TEAM, MEMBERS))
