"""The LANTIMEs that can be played. Each function makes the ``number``-th of its kind: same shape, its own identity."""

import zlib
from types import MappingProxyType

from exporter.simulator.description import Device, Module, Port, Slot

EMPTY_BAY = Module(family="psu", model="none")


def _digits(text: str, length: int) -> str:
    """Return digits that belong to a text."""
    return f"{zlib.crc32(text.encode()) * 7919 % 10**length:0{length}d}"


def _place(name: str) -> tuple[float, float, float]:
    """Return latitude, longitude (degrees) and altitude (metres) of a device of that name."""
    seed = zlib.crc32(f"{name}/place".encode())
    return 47.5 + seed % 6_000_000 / 1e6, 7.0 + seed // 7 % 6_000_000 / 1e6, 60.0 + seed % 4000 / 10


def _small(clock: Module, cpu: Module) -> tuple[Slot, ...]:
    """Return the slots of a box that is not modular."""
    return (
        Slot(name="pwr1", kind="pwr", module=Module(family="psu", model="psu")),
        Slot(name="pwr2", kind="pwr", module=Module(family="psu", model="psu")),
        Slot(name="clk1", kind="clk", module=clock),
        Slot(name="clk2", kind="clk"),
        Slot(name="cpu", kind="cpu", module=cpu),
        *(Slot(name=f"int{number}", kind="int", orientation="internal") for number in range(1, 5)),
    )


def m600(number: int = 1, *, power_supplies: int = 2) -> Device:
    """Return an M600 with a GRC180 satellite receiver, API 20; its second power supply can be missing."""
    name = f"m600-{number}"
    latitude, longitude, altitude = _place(name)
    clock = Module(
        family="clock",
        model="grc180",
        serial_number=_digits(f"{name}/clk1", 12),
        revision="v2.16",
        oscillator="ocxo-hq",
    )
    slots = _small(clock, Module(family="cpu", model="c05f1-v33"))
    if power_supplies == 1:
        bare = Slot(name="pwr2", kind="pwr", module=EMPTY_BAY)
        slots = tuple(bare if slot.name == "pwr2" else slot for slot in slots)
    return Device(
        name=name,
        model="M600",
        serial_number=_digits(name, 10),
        hostname=f"{name}.lantime.example",
        firmware="7.10.008",
        api_version="20.05.013",
        slots=slots,
        ports=(
            Port(name="lan0", speed=1000),
            Port(name="lan1", speed=100),
            *(Port(name=f"lan{unused}", available=False, link=False) for unused in (2, 3)),
        ),
        chassis_serial_number=_digits(f"{name}/chassis", 12),
        backplane_revision="V53",
        latitude=latitude,
        longitude=longitude,
        altitude=altitude,
        uptime=260_000.25 + number * 137,
    )


def m300(number: int = 1) -> Device:
    """Return an M300 with a PZF511 long-wave receiver, API 10: older types, fewer fields."""
    name = f"m300-{number}"
    latitude, longitude, altitude = _place(name)
    clock = Module(
        family="clock",
        model="pzf511",
        serial_number=_digits(f"{name}/clk1", 12),
        revision="v2.08",
        oscillator="tcxo",
    )
    slots = {slot.name: slot for slot in _small(clock, Module(family="cpu", model="c05f1-v31"))}
    order = ("pwr1", "pwr2", "cpu", "clk1", "clk2", "int1", "int2", "int3", "int4")
    return Device(
        name=name,
        model="M300",
        serial_number=_digits(name, 12),
        hostname=f"{name}.lantime.example",
        firmware="7.06.014",
        flavour="-light",
        architecture="-x86",
        api_version="10.21.016",
        slots=tuple(slots[slot] for slot in order),
        ports=(
            Port(name="lan0", card="c05f1-v31", speed=100),
            Port(name="lan1", card="c05f1-v31", speed=100, link=False),
        ),
        chassis_serial_number=_digits(f"{name}/chassis", 12),
        backplane_revision="V45",
        latitude=latitude,
        longitude=longitude,
        altitude=altitude,
        uptime=960_935.93999999994 + number * 211,
    )


CATALOGUE = MappingProxyType({"m600": m600, "m300": m300})
"""Every kind of device by name."""
