"""Targets and sessions for the pages, and the text of pages."""

from dataclasses import replace
from html.parser import HTMLParser

from lantime_exporter.config.settings import Module, Settings
from lantime_exporter.device.exchange import Exchange
from lantime_exporter.errors import DeadlineError
from lantime_exporter.mapping.result import CollectorResult
from lantime_exporter.probe.service import LastProbe, TargetStatus
from lantime_exporter.web.message import Response
from lantime_exporter.web.pages import landing

NOW = 1_795_216_205.5
SETTINGS = Settings(auths={}, modules={"default": Module(), "quick": Module()})
HOSTILE = "\"'><script>alert(1)</script>&amp;${x}"

UP = TargetStatus(
    name="studio-a",
    address="https://10.0.0.1",
    module="default",
    auth="hq",
    last=LastProbe(
        ended_at=NOW - 12,
        duration=0.0123,
        sync_state="synchronized",
        collectors=(
            CollectorResult("ntp", 0.0002),
            CollectorResult("ptp", 0.001, error="KeyError: x"),
        ),
    ),
)
DOWN = replace(
    UP, name="studio-z", last=LastProbe(ended_at=NOW, duration=9.5, reason="timeout", error="no response after 9.5 s")
)
LOCKED = replace(
    UP,
    name="studio-l",
    last=LastProbe(ended_at=NOW, duration=0, reason="lockout", error="401"),
    locked_until=NOW + 240,
)
UNSYNCHRONIZED = replace(UP, name="studio-s", last=LastProbe(ended_at=NOW, duration=0.1, sync_state="holdover"))
UNPROBED = replace(UP, name="studio-n", last=None)

ANSWERED = Exchange(
    resource="/api/status",
    requested_at=NOW,
    rtt=0.0234,
    phases={"wait": 0.02, "transfer": 0.0034},
    status=200,
    response_bytes=31161,
    reused=True,
)
FAILED = Exchange(
    resource="/api/status", requested_at=NOW - 15, phases={"connect": 0.001}, reused=False, error=DeadlineError("late")
)


class Text(HTMLParser):
    """Collects the text and the elements of a page."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(response.body.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend(attrs)

    def handle_data(self, data: str) -> None:
        self.words.extend(data.split())

    @property
    def text(self) -> str:
        return " ".join(self.words)


def land(*targets: TargetStatus) -> Text:
    return Text(landing.page(SETTINGS, targets, NOW))
