"""``data.services``: running services (grade A)."""

from lantime_simulator.part import Block, SectionPart
from lantime_simulator.state import SimulatorState

NETWORK = ("daytime", "ftp", "telnet", "time", "webshell", "ssh", "ntp", "http", "https", "snmp")
NETWORK_API_10 = ("mbgdevman",)
NETWORK_MODERN = ("mms", "ptp")
GLOBAL = (
    *("filemon", "ldap", "noise", "serial_console", "softwatch", "syslog", "syncteam", "linkmonitor", "lldp"),
    *("netconfig", "portauth", "avahi", "dbus"),
)
GLOBAL_MODERN = ("clidaemon", "sendmail", "autoupdate", "syncmon", "bird")

RUNNING = frozenset(
    {
        *("webshell", "ssh", "ntp", "http", "https", "snmp", "mbgdevman"),
        *("filemon", "serial_console", "softwatch", "syslog", "linkmonitor", "netconfig", "dbus"),
        *("clidaemon", "syncmon", "bird"),
    }
)


def services(now: SimulatorState) -> Block:
    """Return the section."""
    device = now.device
    modern = device.api_major >= 16
    running = set(RUNNING)
    if any(slot.module is not None and slot.module.roles for slot in device.fitted("cpu")):
        running.add("ptp")
    if device.team:
        running.add("syncteam")
    network = (*NETWORK, *(NETWORK_MODERN if modern else NETWORK_API_10))
    overall = (*GLOBAL, *(GLOBAL_MODERN if modern else ()))
    return {
        "network": {name: {"running": name in running} for name in network},
        "global": {name: {"running": name in running} for name in overall},
    }


PART = SectionPart(key="services", build=services)
