"""The description of a simulated LANTIME: everything that does not change with time."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

SPELLINGS = ("nested", "flat", "words")
"""Ways to spell a module whose real JSON is not public; each part's docstring lists those that it supports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedModule:
    """A card in a slot. ``family`` names the part in ``lantime_simulator.parts`` that simulates it.

    ``oscillator`` is for clocks, ``roles`` for PTP cards: one PTPv2 instance for each, ``master`` or ``slave``.
    """

    family: str
    model: str
    serial_number: str = ""
    revision: str = "v1.00"
    spelling: str = "nested"
    oscillator: str = "ocxo-hq"
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedSlot:
    """A bay of the chassis, empty without a module."""

    name: str
    kind: str
    module: SimulatedModule | None = None
    orientation: str = "vertical"


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedPort:
    """A network port. One that is not ``available`` is configured without hardware, as API 20 lists them.

    ``slot_number`` is the number LTOS gives the slot (7 is the CPU), ``speed`` is in Mbit/s.
    """

    name: str
    slot: str = "cpu"
    slot_number: int = 7
    card: str = "c05f1-v33"
    available: bool = True
    link: bool = True
    speed: int = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncMonNode:
    """A node that SyncMon watches. ``kind`` is ``ntp``, ``ptp`` or ``pps``; ``limit`` is its offset limit in ns."""

    name: str
    kind: str
    address: str
    location: str
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedDevice:
    """A LANTIME.

    ``firmware`` is the LTOS version (``7.10.008``), ``flavour`` its suffix (``-light`` or nothing), ``architecture``
    the suffix of its image. ``uptime`` is its uptime in seconds at the start of the simulation.
    ``rubidium`` fits an external rubidium (XHE); from API 16 on the section exists only then.
    """

    name: str
    model: str
    serial_number: str
    hostname: str
    firmware: str
    api_version: str
    slots: tuple[SimulatedSlot, ...]
    ports: tuple[SimulatedPort, ...]
    chassis_serial_number: str
    backplane_revision: str
    flavour: str = ""
    architecture: str = "-x32"
    slot_layout: str = "1,9"
    latitude: float = 52.01
    longitude: float = 9.24
    altitude: float = 180.0
    uptime: float = 260_000.25
    modular: bool = False
    spelling: str = "nested"
    nodes: tuple[SyncMonNode, ...] = ()
    team: tuple[str, ...] = ()
    cluster: bool = False
    rubidium: bool = False

    @property
    def api_major(self) -> int:
        """The generation of the API: 10, 16, 17, 20."""
        return int(self.api_version.split(".", 1)[0])

    @property
    def image(self) -> str:
        """The firmware in the spelling of ``version`` and ``firmware-image``: ``fw_7.10.008``."""
        return f"fw_{self.firmware}{self.flavour}"

    @property
    def issues_tokens(self) -> bool:
        """Whether ``PUT /api/get-token`` exists: firmware 7.08 and later."""
        return tuple(map(int, self.firmware.split(".")[:2])) >= (7, 8)

    def fitted(self, *families: str) -> Iterator[SimulatedSlot]:
        """Yield the slots with a module of one of the families; without families all occupied ones."""
        for slot in self.slots:
            if slot.module is not None and (not families or slot.module.family in families):
                yield slot

    def slot(self, name: str) -> SimulatedSlot | None:
        """Return the slot of that name."""
        return next((slot for slot in self.slots if slot.name == name), None)


def digits(text: str, length: int) -> str:
    """Return digits derived from a text, so that serial numbers differ between devices."""
    return f"{zlib.crc32(text.encode()) * 7919 % 10**length:0{length}d}"


def place(name: str) -> tuple[float, float, float]:
    """Return latitude, longitude (degrees) and altitude (metres) of a device of that name."""
    seed = zlib.crc32(f"{name}/place".encode())
    return 47.5 + seed % 6_000_000 / 1e6, 7.0 + seed // 7 % 6_000_000 / 1e6, 60.0 + seed % 4000 / 10
