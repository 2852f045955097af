"""A simulated LANTIME with a running clock and scenarios."""

import json
import threading
import time
from collections.abc import Callable, Sequence
from urllib.parse import unquote

from lantime_simulator.description import SimulatedDevice
from lantime_simulator.document import envelope, root, status
from lantime_simulator.part import Block
from lantime_simulator.scenarios import Episode, Scenario, Timetable, activate, change, check, parse
from lantime_simulator.state import SimulatorState
from lantime_simulator.tree import find

ALWAYS_HEALTHY = Timetable(((0.0, ()),))


class Lantime:
    """A device with a running clock.

    ``timetable`` sets the scenarios until ``activate`` is called. ``clock`` counts seconds (monotonic),
    ``wall`` gives Unix time. Values change once a second; the response is rendered once a second. Safe for several
    threads.
    """

    def __init__(
        self,
        device: SimulatedDevice,
        *,
        timetable: Timetable = ALWAYS_HEALTHY,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        check(timetable, device)
        self.device = device
        self._clock = clock
        self._wall = wall
        self._started = clock()
        self._timetable: Timetable | None = timetable
        self._episodes: tuple[Episode, ...] = ()
        self._lock = threading.Lock()
        self._second: tuple[int, tuple[Episode, ...]] | None = None
        self._trees: dict[bool, Block] = {}
        self._bodies: dict[tuple[str, bool], bytes] = {}

    def activate(self, *scenarios: str) -> None:
        """Activate exactly these scenarios from now on; ``healthy``, or nothing, ends all.

        Raises RequestError for a scenario that is unknown or does not apply to this device.
        """
        wanted = [scenario for text in scenarios if (scenario := parse(text, self.device)) is not None]
        with self._lock:
            elapsed = self._elapsed()
            self._episodes = change(self._history(elapsed), wanted, elapsed)
            self._timetable = None

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The active scenarios."""
        elapsed = self._elapsed()
        return tuple(episode.scenario for episode in self._history(elapsed) if episode.holds(elapsed))

    def document(self, *, raw: bool = False) -> Block:
        """Return the current response to ``GET /api/status``."""
        now = self._now()
        return envelope(self.device, now.wall, status(now, raw=raw), "/api/status")

    def body(self, path: str, *, raw: bool = False) -> bytes:
        """Return the response to ``GET`` of a path, such as ``/api/status/system`` or ``/api``.

        A node below the status keeps the envelope, as ``data`` (D: no response for a single node is public).
        Raises LookupError for a node that does not exist.
        """
        with self._lock:
            now = self._now()
            second = (int(now.elapsed), now.episodes)
            if second != self._second:
                self._second, self._trees, self._bodies = second, {}, {}
            body = self._bodies.get((path, raw))
            if body is None:
                body = self._bodies[path, raw] = self._render(now, path, raw=raw)
        return body

    def _render(self, now: SimulatorState, path: str, *, raw: bool) -> bytes:
        names = [unquote(name) for name in path.strip("/").split("/")]
        if names[0] != "api":
            raise LookupError(path)
        tree = self._trees.get(raw)
        if tree is None:
            tree = self._trees[raw] = status(now, raw=raw)
        data = tree if names == ["api", "status"] else find(root(tree), names[1:])
        response = envelope(self.device, now.wall, data, "/" + "/".join(names))
        return json.dumps(response, separators=(",", ":")).encode()

    def _elapsed(self) -> float:
        return self._clock() - self._started

    def _history(self, elapsed: float) -> tuple[Episode, ...]:
        return self._episodes if self._timetable is None else activate(self._timetable, self.device, elapsed)

    def _now(self) -> SimulatorState:
        """Return the current state, rounded down to the second, so that all responses within it are equal."""
        elapsed = self._elapsed()
        second = float(int(elapsed))
        return SimulatorState(
            self.device, second, self._wall() - (elapsed - second), _cut(self._history(elapsed), second)
        )


def _cut(episodes: Sequence[Episode], second: float) -> tuple[Episode, ...]:
    """Return the episodes; those that began within this second begin at its start, so that they show at once."""
    return tuple(
        Episode(
            episode.scenario,
            min(episode.began, second),
            None if episode.ended is None else min(episode.ended, second),
        )
        for episode in episodes
    )
