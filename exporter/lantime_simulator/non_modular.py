"""Non-modular LANTIMEs: the M600 and the M300, whose responses are known."""

from lantime_simulator.description import SimulatedDevice, SimulatedModule, SimulatedPort, SimulatedSlot, digits, place


def _slots(clock: SimulatedModule, cpu: SimulatedModule, supplies: int = 2) -> dict[str, SimulatedSlot]:
    """Return the slots of a device by name; an empty power supply bay has a module of the model ``none``."""
    slots = [
        *(
            SimulatedSlot(
                name=f"pwr{bay}",
                kind="pwr",
                module=SimulatedModule(family="psu", model="psu" if bay <= supplies else "none"),
            )
            for bay in (1, 2)
        ),
        SimulatedSlot(name="clk1", kind="clk", module=clock),
        SimulatedSlot(name="clk2", kind="clk"),
        SimulatedSlot(name="cpu", kind="cpu", module=cpu),
        *(SimulatedSlot(name=f"int{number}", kind="int", orientation="internal") for number in range(1, 5)),
    ]
    return {slot.name: slot for slot in slots}


def m600(number: int = 1, *, power_supplies: int = 2) -> SimulatedDevice:
    """Return an M600 with a GRC180 satellite receiver, API 20; optionally without its second power supply."""
    name = f"m600-{number}"
    latitude, longitude, altitude = place(name)
    clock = SimulatedModule(
        family="clock",
        model="grc180",
        serial_number=digits(f"{name}/clk1", 12),
        revision="v2.16",
        oscillator="ocxo-hq",
    )
    return SimulatedDevice(
        name=name,
        model="M600",
        serial_number=digits(name, 10),
        hostname=f"{name}.lantime.example",
        firmware="7.10.008",
        api_version="20.05.013",
        slots=tuple(_slots(clock, SimulatedModule(family="cpu", model="c05f1-v33"), power_supplies).values()),
        ports=(
            SimulatedPort(name="lan0", speed=1000),
            SimulatedPort(name="lan1", speed=100),
            *(SimulatedPort(name=f"lan{unused}", available=False, link=False) for unused in (2, 3)),
        ),
        chassis_serial_number=digits(f"{name}/chassis", 12),
        backplane_revision="V53",
        latitude=latitude,
        longitude=longitude,
        altitude=altitude,
        uptime=260_000.25 + number * 137,
    )


def m300(number: int = 1) -> SimulatedDevice:
    """Return an M300 with a PZF511 long-wave receiver, API 10: older types, fewer fields."""
    name = f"m300-{number}"
    latitude, longitude, altitude = place(name)
    clock = SimulatedModule(
        family="clock",
        model="pzf511",
        serial_number=digits(f"{name}/clk1", 12),
        revision="v2.08",
        oscillator="tcxo",
    )
    slots = _slots(clock, SimulatedModule(family="cpu", model="c05f1-v31"))
    order = ("pwr1", "pwr2", "cpu", "clk1", "clk2", "int1", "int2", "int3", "int4")
    return SimulatedDevice(
        name=name,
        model="M300",
        serial_number=digits(name, 12),
        hostname=f"{name}.lantime.example",
        firmware="7.06.014",
        flavour="-light",
        architecture="-x86",
        api_version="10.21.016",
        slots=tuple(slots[slot] for slot in order),
        ports=(
            SimulatedPort(name="lan0", card="c05f1-v31", speed=100),
            SimulatedPort(name="lan1", card="c05f1-v31", speed=100, link=False),
        ),
        chassis_serial_number=digits(f"{name}/chassis", 12),
        backplane_revision="V45",
        latitude=latitude,
        longitude=longitude,
        altitude=altitude,
        uptime=960_935.93999999994 + number * 211,
    )
