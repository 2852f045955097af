"""A panel: its queries, its style, and its description."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tools.dashboards.colours import GOOD, WARNING, Steps
from tools.dashboards.query import DATASOURCE, Query, reference
from tools.dashboards.states import States, Words

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Description:
    """What a panel shows, what is normal, what to do otherwise, and the related alerts."""

    meaning: str
    normal: str
    action: str
    alerts: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The description of the panel, in Markdown."""
        watched = ", ".join(self.alerts) if self.alerts else "no alert"
        return (
            f"{self.meaning}\n\n**Normal:** {self.normal}\n\n**Otherwise:** {self.action}\n\n**Watched by:** {watched}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A panel of one of Grafana's types; ``width`` is in columns of 24, ``height`` in rows of 30 pixels."""

    type: str
    title: str
    description: Description
    queries: tuple[Query, ...]
    width: int
    height: int
    options: Json
    unit: str = "short"
    decimals: int | None = None
    states: States | Words | None = None
    steps: Steps = ((None, GOOD),)
    colour: str = "thresholds"
    custom: Json = field(default_factory=dict)
    bounds: tuple[float | None, float | None] = (None, None)
    overrides: Sequence[Json] = ()
    transformations: Sequence[Json] = ()
    links: Sequence[Json] = ()
    empty: str = ""

    def render(self, number: int, x: int, y: int) -> dict[str, object]:
        """Return the panel in the JSON of Grafana, at a place of the grid."""
        return {
            "datasource": DATASOURCE,
            "description": self.description.text + (f"\n\n**No data:** {self.empty}" if self.empty else ""),
            "fieldConfig": {"defaults": self._defaults(), "overrides": [*self.overrides, *self._of_queries()]},
            "gridPos": {"h": self.height, "w": self.width, "x": x, "y": y},
            "id": number,
            "options": dict(self.options),
            "targets": [query.render(reference(place)) for place, query in enumerate(self.queries)],
            "title": self.title,
            "transformations": list(self.transformations),
            "type": self.type,
        }

    def _of_queries(self) -> Iterator[Json]:
        """Yield the overrides for series with their own limits, and for limits."""
        for place, query in enumerate(self.queries):
            properties: list[Json] = []
            if query.steps:
                properties.append({"id": "thresholds", "value": thresholds(query.steps)})
            if query.is_limit:
                properties.append({"id": "custom.lineStyle", "value": {"dash": [10, 10], "fill": "dash"}})
                properties.append({"id": "color", "value": {"fixedColor": WARNING, "mode": "fixed"}})
            if properties:
                yield {"matcher": {"id": "byFrameRefID", "options": reference(place)}, "properties": properties}

    def _defaults(self) -> dict[str, object]:
        least, most = self.bounds
        optional = {
            "decimals": self.decimals,
            "links": list(self.links) or None,
            "max": most,
            "min": least,
            "noValue": self.empty or None,
        }
        return {
            "color": {"mode": self.colour},
            "custom": dict(self.custom),
            "mappings": self.states.mappings() if self.states else [],
            "thresholds": thresholds(self.steps),
            "unit": self.unit,
        } | {key: value for key, value in optional.items() if value is not None}


def thresholds(steps: Steps) -> dict[str, object]:
    """Return thresholds in the JSON of Grafana."""
    return {"mode": "absolute", "steps": [{"color": colour, "value": value} for value, colour in steps]}
