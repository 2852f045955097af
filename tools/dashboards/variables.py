"""What can be chosen at the top of a dashboard."""

from dataclasses import dataclass

DATASOURCE = {
    "current": {},
    "hide": 0,
    "includeAll": False,
    "label": "Data source",
    "multi": False,
    "name": "datasource",
    "options": [],
    "query": "prometheus",
    "refresh": 1,
    "regex": "",
    "skipUrlSync": False,
    "type": "datasource",
}

ALL = {"selected": True, "text": ["All"], "value": ["$__all"]}


@dataclass(frozen=True, slots=True)
class Variable:
    """Values of a label, any number of which can be chosen; all of them at first."""

    name: str
    label: str
    query: str

    def render(self) -> dict[str, object]:
        """Return the variable as Grafana reads it."""
        return {
            "allValue": ".+",
            "current": ALL,
            "datasource": {"type": "prometheus", "uid": "${datasource}"},
            "definition": self.query,
            "hide": 0,
            "includeAll": True,
            "label": self.label,
            "multi": True,
            "name": self.name,
            "options": [],
            "query": {"qryType": 1, "query": self.query, "refId": f"Variable-{self.name}"},
            "refresh": 2,
            "regex": "",
            "skipUrlSync": False,
            "sort": 1,
            "type": "query",
        }


JOB = Variable("job", "Job", "label_values(lantime_up, job)")

INSTANCE = Variable("instance", "Instance", 'label_values(lantime_up{job=~"$job"}, instance)')

SLOT = Variable("slot", "Slot", 'label_values(lantime_slot_occupied{job=~"$job", instance=~"$instance"}, slot)')

EXPORTER = Variable("exporter", "Exporter", "label_values(lantime_exporter_build_info, instance)")
