"""SyncTeam: LANTIMEs that keep time together (``syncteam``; header grade A, members grade D)."""

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.time_quality import time_quality
from lantime_exporter.exposition.metric import Grade, gauge, info
from lantime_exporter.mapping.finders import at, each
from lantime_exporter.mapping.readers import FirstOf, StateIs, count, flag, info_labels, state, value
from lantime_exporter.mapping.table import Collector, Row, Table, ignored

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
        Row(gauge("lantime_syncteam_mode", "Mode of the team.", "state"), state(MODES, "operational-mode")),
        Row(
            gauge("lantime_syncteam_time_quality_seconds", "Bound of the team's time error, in seconds."),
            value(time_quality, "time-quality"),
        ),
        Row(
            gauge("lantime_syncteam_leap_second", "Leap second as the team sees it.", "state"),
            state(LEAP, "leapsecond-state"),
        ),
        Row(
            gauge("lantime_syncteam_tfom", "Time Figure of Merit of the team, 0 (best) to 15."),
            count("current-tfom", most=15),
        ),
        Row(gauge("lantime_syncteam_members", "Members of the team."), count("team-members")),
        Row(gauge("lantime_syncteam_members_online", "Members that are online."), count("online-members")),
        Row(gauge("lantime_syncteam_members_offline", "Members that are offline."), count("offline-members")),
        Row(
            info("lantime_syncteam_reference_info", "Master of the team and its reference.", "master", "reference"),
            info_labels(master="reference.current-team-master", reference="reference.current-team-reference"),
        ),
    ),
)

ONLINE = gauge("lantime_syncteam_member_online", "1 if the member is online.", "member", grade=Grade.D)
MASTER = gauge("lantime_syncteam_member_master", "1 if the member is the team's master.", "member", grade=Grade.D)

MEMBERS = Table(
    "syncteam.members[]",
    each("syncteam.members", member="object-id"),
    (
        Row(
            info("lantime_syncteam_member_info", "Identity of a member.", "member", "address", grade=Grade.D),
            info_labels(address=("address", "ip")),
        ),
        Row(ONLINE, FirstOf((flag("online"), StateIs(PRESENCE, ("online",), ("offline",), ("state",))))),
        Row(MASTER, FirstOf((flag("team-master"), StateIs(ROLES, ("master",), ("member",), ("role",))))),
        Row(
            gauge(
                "lantime_syncteam_member_time_quality_seconds",
                "Bound of the member's time error, in seconds.",
                "member",
                grade=Grade.D,
            ),
            value(time_quality, "time-quality", "est-time-quality"),
        ),
        Row(
            gauge("lantime_syncteam_member_tfom", "Time Figure of Merit of the member.", "member", grade=Grade.D),
            count("tfom", "current-tfom", most=15),
        ),
        ignored("offset", because="its unit is not known"),
    ),
)

COLLECTOR = Collector("syncteam", (TEAM, MEMBERS))
