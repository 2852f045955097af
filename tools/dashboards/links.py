"""Links between panels; all keep the time range and the variables."""

TAG = "lantime"

DEVICE = "lantime-device"
"""The dashboard of one device."""

CHOSEN = "${datasource:queryparam}&${job:queryparam}&${__url_time_range}"

TO_ALL = {
    "asDropdown": True,
    "icon": "external link",
    "includeVars": True,
    "keepTime": True,
    "tags": [TAG],
    "targetBlank": False,
    "title": "LANTIME",
    "tooltip": "All dashboards of the fleet, with the same devices and times",
    "type": "dashboards",
    "url": "",
}
"""The dropdown at the top of every dashboard."""

RUNBOOKS = "https://docs.example.net/lantime-exporter/runbooks.md"
"""The published ``docs/runbooks.md`` of the site, as in the alert rules."""

TO_RUNBOOK = {"targetBlank": True, "title": "Open the runbook", "url": f"{RUNBOOKS}#${{__value.raw}}"}


def to_device(instance: str) -> tuple[dict[str, object], ...]:
    """Return the link from a value to the page of its device; ``instance`` is the macro that names the device."""
    url = f"/d/{DEVICE}?var-instance={instance}&{CHOSEN}"
    return ({"targetBlank": False, "title": "Show the device", "url": url},)
