"""A simulated LANTIME that lives: its clock runs, and scenes can be set."""

import json
import threading
import time
from collections.abc import Callable, Sequence
from urllib.parse import unquote

from lantime_simulator.description import Device
from lantime_simulator.document import envelope, root, status
from lantime_simulator.moment import Moment
from lantime_simulator.part import Block
from lantime_simulator.scenes import Episode, Scene, Timetable, change, check, parse, play
from lantime_simulator.tree import find

ALWAYS_HEALTHY = Timetable(((0.0, ()),))


class Lantime:
    """A device with a running clock.

    ``timetable`` says what happens by itself, until ``play`` takes over. ``clock`` counts seconds (monotonic), ``wall``
    gives Unix time. Values move once a second; the answer of a second is made once. Safe to use from several threads.
    """

    def __init__(
        self,
        device: Device,
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

    def play(self, *scenes: str) -> None:
        """Make exactly these scenes hold from now on, ``healthy`` or none for none.

        Raises RequestError for a scene that is unknown or cannot happen to this device.
        """
        wanted = [scene for text in scenes if (scene := parse(text, self.device)) is not None]
        with self._lock:
            elapsed = self._elapsed()
            self._episodes = change(self._history(elapsed), wanted, elapsed)
            self._timetable = None

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """The scenes that hold now."""
        elapsed = self._elapsed()
        return tuple(episode.scene for episode in self._history(elapsed) if episode.holds(elapsed))

    def document(self, *, raw: bool = False) -> Block:
        """Return the answer to ``GET /api/status`` as it is now."""
        moment = self._moment()
        return envelope(self.device, moment.wall, status(moment, raw=raw), "/api/status")

    def body(self, path: str, *, raw: bool = False) -> bytes:
        """Return the answer to ``GET`` of a path, such as ``/api/status/system`` or ``/api``.

        A node below the status keeps the envelope, as ``data`` (D: no answer for a single node is public).
        Raises LookupError for a node that does not exist.
        """
        with self._lock:
            moment = self._moment()
            second = (int(moment.elapsed), moment.episodes)
            if second != self._second:
                self._second, self._trees, self._bodies = second, {}, {}
            body = self._bodies.get((path, raw))
            if body is None:
                body = self._bodies[path, raw] = self._render(moment, path, raw=raw)
        return body

    def _render(self, moment: Moment, path: str, *, raw: bool) -> bytes:
        names = [unquote(name) for name in path.strip("/").split("/")]
        if names[0] != "api":
            raise LookupError(path)
        tree = self._trees.get(raw)
        if tree is None:
            tree = self._trees[raw] = status(moment, raw=raw)
        data = tree if names == ["api", "status"] else find(root(tree), names[1:])
        answer = envelope(self.device, moment.wall, data, "/" + "/".join(names))
        return json.dumps(answer, separators=(",", ":")).encode()

    def _elapsed(self) -> float:
        return self._clock() - self._started

    def _history(self, elapsed: float) -> tuple[Episode, ...]:
        return self._episodes if self._timetable is None else play(self._timetable, self.device, elapsed)

    def _moment(self) -> Moment:
        """Return the present moment, cut to the second so that all answers of it are alike."""
        elapsed = self._elapsed()
        second = float(int(elapsed))
        return Moment(self.device, second, self._wall() - (elapsed - second), _cut(self._history(elapsed), second))


def _cut(episodes: Sequence[Episode], second: float) -> tuple[Episode, ...]:
    """Return the episodes with what happened within this second moved to its start, so that it shows at once."""
    return tuple(
        Episode(
            episode.scene,
            min(episode.began, second),
            None if episode.ended is None else min(episode.ended, second),
        )
        for episode in episodes
    )
