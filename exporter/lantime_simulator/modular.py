"""Modular LANTIMEs with IMS cards. No response of a real one is public: shapes and cards are invented."""

from dataclasses import dataclass, replace

from lantime_simulator.description import (
    SimulatedDevice,
    SimulatedModule,
    SimulatedPort,
    SimulatedSlot,
    SyncMonNode,
    digits,
    place,
)
from lantime_simulator.parts import families

CLOCK_MODELS = (
    *("gps180", "gns181", "gns181uc", "gnm181", "gxl183", "grc181", "pzf180", "tcr180", "msf180", "wwvb180"),
    "gen180",
)
"""A model of every family of clocks."""

PORTS = (SimulatedPort(name="lan0", card="c15g2"), SimulatedPort(name="lan1", card="c15g2"))
"""The network ports of the processor."""


@dataclass(frozen=True, slots=True)
class Chassis:
    """Shared by the slots of a modular device: its name and the spelling of its cards."""

    name: str
    spelling: str

    def card(
        self,
        slot: str,
        family: str,
        *,
        model: str | None = None,
        oscillator: str = "ocxo-hq",
        roles: tuple[str, ...] = (),
    ) -> SimulatedSlot:
        """Return a slot with a card of that family."""
        part = families()[family]
        module = SimulatedModule(
            family=family,
            model=model or part.model,
            serial_number=digits(f"{self.name}/{slot}", 12),
            # A card without the spelling of the chassis uses its default.
            spelling=self.spelling if self.spelling in part.spellings else part.spellings[0],
            oscillator=oscillator,
            roles=roles,
        )
        return SimulatedSlot(name=slot, kind="io" if slot.startswith("io") else part.slot_kind, module=module)

    def supplies(self, count: int) -> tuple[SimulatedSlot, ...]:
        """Return that many power supplies."""
        return tuple(self.card(f"pwr{number}", "psu") for number in range(1, count + 1))


def _device(
    chassis: Chassis,
    model: str,
    slots: tuple[SimulatedSlot, ...],
    *,
    firmware: str,
    api_version: str,
    ports: tuple[SimulatedPort, ...] = PORTS,
) -> SimulatedDevice:
    latitude, longitude, altitude = place(chassis.name)
    return SimulatedDevice(
        name=chassis.name,
        model=model,
        serial_number=digits(chassis.name, 12),
        hostname=f"{chassis.name}.lantime.example",
        firmware=firmware,
        api_version=api_version,
        slots=slots,
        ports=ports,
        chassis_serial_number=digits(f"{chassis.name}/chassis", 12),
        backplane_revision="V21",
        slot_layout=f"1,{len(slots)}",
        latitude=latitude,
        longitude=longitude,
        altitude=altitude,
        uptime=400_000.5 + int(digits(f"{chassis.name}/uptime", 5)),
        modular=True,
        spelling=chassis.spelling,
    )


NODES = (
    SyncMonNode(name="edge-router", kind="ntp", address="198.51.100.31", location="hall 1", limit=100_000),
    SyncMonNode(name="trading-host", kind="ntp", address="198.51.100.32", location="hall 2", limit=100_000),
    SyncMonNode(name="video-server", kind="ptp", address="198.51.100.41", location="studio", limit=1_000),
    SyncMonNode(name="transmitter", kind="pps", address="io10", location="mast", limit=500),
)


def m3000(
    number: int = 1, *, spelling: str = "nested", clocks: tuple[str, str] = ("gns183", "gps183")
) -> SimulatedDevice:
    """Return a redundant M3000, API 20, with every family of cards.

    Two clocks behind an RSC, relays, PTP (one card with a master and a slave, one with a master), inputs, outputs,
    frequency monitor, four supplies, fans, SyncMon nodes, SyncTeam, cluster, external rubidium; the last bay is empty.
    """
    name = f"m3000-{number}" if spelling == "nested" else f"m3000-{spelling}-{number}"
    chassis = Chassis(name, spelling)
    slots = (
        *chassis.supplies(4),
        chassis.card("clk1", "clock", model=clocks[0], oscillator="rubidium"),
        chassis.card("clk2", "clock", model=clocks[1], oscillator="ocxo-hq"),
        chassis.card("scu1", "rsc"),
        chassis.card("cpu", "cpu"),
        chassis.card("mri1", "mri"),
        chassis.card("esi1", "esi"),
        chassis.card("io1", "ptp", roles=("master", "slave")),
        chassis.card("io2", "ptp", model="hps100", roles=("master",)),
        chassis.card("io3", "rel"),
        chassis.card("io4", "lno"),
        chassis.card("io5", "bpe"),
        chassis.card("io6", "cpe"),
        chassis.card("io7", "liu"),
        chassis.card("io8", "lsg"),
        chassis.card("io9", "fdm"),
        chassis.card("io10", "pio"),
        chassis.card("io11", "scg"),
        chassis.card("io12", "vsg"),
        chassis.card("io13", "vsi"),
        chassis.card("io14", "lne"),
        chassis.card("io15", "n2x", roles=("slave",)),
        SimulatedSlot(name="io16", kind="io"),
        chassis.card("acm", "acm"),
    )
    ports = (
        *PORTS,
        *(SimulatedPort(name=f"lan{port}", slot="io14", slot_number=21, card="lne180sfp") for port in (2, 3, 4)),
        SimulatedPort(name="lan5", slot="io14", slot_number=21, card="lne180sfp", link=False),
    )
    device = _device(chassis, "M3000", slots, firmware="7.10.008", api_version="20.05.013", ports=ports)
    return replace(device, nodes=NODES, team=("lantime-a", "lantime-b", "lantime-c"), cluster=True, rubidium=True)


def m1000(number: int = 1, *, spelling: str = "flat") -> SimulatedDevice:
    """Return a redundant M1000, API 16, with a GPS and a long-wave clock, relays, and PTP on its processor."""
    chassis = Chassis(f"m1000-{number}", spelling)
    slots = (
        *chassis.supplies(2),
        chassis.card("clk1", "clock", model="gps180", oscillator="ocxo-sq"),
        chassis.card("clk2", "clock", model="pzf180", oscillator="tcxo"),
        chassis.card("scu1", "rsc", model="rsc1000"),
        chassis.card("cpu", "cpu", roles=("slave",)),
        chassis.card("mri1", "mri"),
        chassis.card("io1", "rel", model="rel1002"),
        chassis.card("io2", "cpe"),
        SimulatedSlot(name="io3", kind="io"),
        chassis.card("acm", "acm"),
    )
    device = _device(chassis, "M1000", slots, firmware="7.08.007", api_version="16.04.002")
    return replace(device, nodes=NODES[:2])


def m500(number: int = 1, *, clock: str = "gps180", spelling: str = "nested") -> SimulatedDevice:
    """Return an M500 with a single clock of any model behind an SPT, API 17, with relays and a PTP card."""
    kind = "m500" if (clock, spelling) == ("gps180", "nested") else f"m500-{clock}-{spelling}"
    chassis = Chassis(f"{kind}-{number}", spelling)
    slots = (
        *chassis.supplies(1),
        chassis.card("clk1", "clock", model=clock, oscillator="ocxo-hq"),
        chassis.card("spt", "rsc", model="spt"),
        chassis.card("cpu", "cpu"),
        chassis.card("io1", "rel"),
        chassis.card("io2", "ptp", model="psx210", roles=("slave",)),
    )
    return _device(chassis, "M500", slots, firmware="7.08.021", api_version="17.02.011")


def carrier(family: str, spelling: str = "nested", *, roles: tuple[str, ...] = ("master", "slave")) -> SimulatedDevice:
    """Return a chassis with one card of a family in ``io1`` beside its clock, to test that card alone."""
    chassis = Chassis(f"carrier-{family}-{spelling}", spelling)
    slots = (
        *chassis.supplies(1),
        chassis.card("clk1", "clock"),
        chassis.card("cpu", "cpu"),
        chassis.card("io1", family, roles=roles if family in {"ptp", "n2x", "cpu"} else ()),
    )
    served = (SimulatedPort(name="lan2", slot="io1", slot_number=11, card="lne180sfp"),) if family == "lne" else ()
    return _device(chassis, "M1000S", slots, firmware="7.10.008", api_version="20.05.013", ports=(*PORTS, *served))
