"""What depends on where the rules are used: names of jobs, addresses of documents and dashboards."""

from dataclasses import dataclass
from enum import StrEnum


class Dashboard(StrEnum):
    """The dashboards by their uid; every alert leads to one of them."""

    FLEET = "lantime-fleet"
    DEVICE = "lantime-device"
    MODULES = "lantime-modules"
    PTP = "lantime-ptp"
    GNSS = "lantime-gnss"
    ALARMS = "lantime-alarms"
    EXPORTER = "lantime-exporter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """Where the rules are used. The defaults are placeholders: set your own with ``python -m monitoring.render``.

    ``jobs`` is the regular expression of the scrape jobs that ask the exporter, needed for ``up`` alone. ``selector``
    is a list of label matchers for every selector, such as ``site="hq"``; empty for all devices. ``runbooks`` is the
    address of the page ``docs/runbooks.md``, ``dashboards`` that of Grafana.
    """

    jobs: str = "lantime.*"
    selector: str = ""
    runbooks: str = "https://docs.example.net/lantime-exporter/runbooks.md"
    dashboards: str = "https://grafana.example.net"

    def runbook_url(self, alert: str) -> str:
        """Return the address of an alert's runbook: the anchor that Markdown renderers give its heading."""
        return f"{self.runbooks}#{alert.lower()}"

    def dashboard_url(self, dashboard: Dashboard, *variables: str) -> str:
        """Return the address of a dashboard, as a template that fills the variables from the alert's labels."""
        chosen = "&".join(f"var-{name}={{{{ $labels.{name} | urlquery }}}}" for name in variables)
        return f"{self.dashboards}/d/{dashboard}" + (f"?{chosen}" if chosen else "")
