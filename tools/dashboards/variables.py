"""Variables at the top of a dashboard."""

from dataclasses import dataclass, replace

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
    """Values of a label, of which users select any number.

    The default is all, or only the first one (``single``). ``all_value`` is the regular expression for all; without it
    Grafana lists the values.
    """

    name: str
    label: str
    query: str
    all_value: str | None = ".+"
    single: bool = False

    def render(self) -> dict[str, object]:
        """Return the variable in the JSON of Grafana."""
        return {
            "allValue": None if self.single else self.all_value,
            "current": {} if self.single else ALL,
            "datasource": {"type": "prometheus", "uid": "${datasource}"},
            "definition": self.query,
            "hide": 0,
            "includeAll": not self.single,
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


JOB = Variable("job", "Job", "label_values(lantime_up, job)", all_value=None)
"""All jobs are listed by name: ``up`` also has jobs without LANTIMEs."""

INSTANCE = Variable("instance", "Instance", 'label_values(lantime_up{job=~"$job"}, instance)')

ONE_INSTANCE = replace(INSTANCE, single=True)
"""For the dashboard of one device."""

SLOT = Variable("slot", "Slot", 'label_values(lantime_slot_occupied{job=~"$job", instance=~"$instance"}, slot)')

EXPORTER = Variable("exporter", "Exporter", "label_values(lantime_exporter_build_info, instance)")
