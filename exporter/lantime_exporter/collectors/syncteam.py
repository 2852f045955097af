"""SyncTeam: LANTIMEs that keep time together (``syncteam``; header grade A, members grade D)."""

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.time_quality import time_quality
from lantime_exporter.mapping.finders import at, each
from lantime_exporter.mapping.readers import count, first_of, flag, value
from lantime_exporter.mapping.state_readers import state_is
from lantime_exporter.mapping.table import RowGroup, Table, ignored

SYNCTEAM = RowGroup("lantime_syncteam")
MEMBER = RowGroup("lantime_syncteam_member", "member", grade="D")

MODES = Enumeration(("disabled", "enabled"))
LEAP = Enumeration(
    ("no-leapsecond", "leapsecond-announced"), spellings={"leap-second-announced": "leapsecond-announced"}
)
PRESENCE = Enumeration(("online", "offline"))
ROLES = Enumeration(("master", "member"))

TEAM = Table(
    "syncteam",
    at("syncteam"),
    SYNCTEAM.state("mode", "Mode of the team.", MODES, "operational-mode"),
    SYNCTEAM.seconds("time_quality", "Upper bound of the team's time error", value(time_quality, "time-quality")),
    SYNCTEAM.state("leap_second", "Leap second state of the team.", LEAP, "leapsecond-state"),
    SYNCTEAM.gauge("tfom", "Time Figure of Merit of the team, 0 (best) to 15.", count("current-tfom", most=15)),
    SYNCTEAM.gauge("members", "Members of the team.", count("team-members")),
    SYNCTEAM.gauge("members_online", "Members that are online.", count("online-members")),
    SYNCTEAM.gauge("members_offline", "Members that are offline.", count("offline-members")),
    SYNCTEAM.info(
        "reference_info",
        "Master of the team and its reference.",
        master="reference.current-team-master",
        reference="reference.current-team-reference",
    ),
)

MEMBERS = Table(
    "syncteam.members[]",
    each("syncteam.members", member="object-id"),
    MEMBER.info("info", "Identity of a member.", address=("address", "ip")),
    MEMBER.gauge(
        "online", "1 if the member is online.", first_of(flag("online"), value(state_is(PRESENCE, "online"), "state"))
    ),
    MEMBER.gauge(
        "master",
        "1 if the member is the team's master.",
        first_of(flag("team-master"), value(state_is(ROLES, "master"), "role")),
    ),
    MEMBER.seconds(
        "time_quality",
        "Upper bound of the member's time error",
        value(time_quality, "time-quality", "est-time-quality"),
    ),
    MEMBER.gauge("tfom", "Time Figure of Merit of the member.", count("tfom", "current-tfom", most=15)),
    ignored("offset", because="unknown unit"),
)
