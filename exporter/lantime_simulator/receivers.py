"""The type of receiver of a clock module, by its model."""

from dataclasses import dataclass

from lantime_simulator.description import SimulatedModule


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """``short`` and ``reference`` are the names of the reference in ``sync-status``.

    ``quality`` is the bound of the time error while synchronized. A satellite receiver has the block ``block`` and
    receives ``constellations``; others have none.
    """

    short: str
    reference: str
    quality: str
    block: str = ""
    constellations: tuple[str, ...] = ()

    @property
    def satellite(self) -> bool:
        """Whether it receives satellites."""
        return bool(self.constellations)


def _gnss(block: str, *constellations: str) -> Receiver:
    return Receiver(
        short="gnss", reference="gnss-receiver", quality="100ns", block=block, constellations=constellations
    )


RECEIVERS = (
    ("gps", Receiver(short="gps", reference="gps", quality="100ns", block="gps", constellations=("gps",))),
    ("grc", Receiver(short="gps", reference="gps", quality="100ns", block="grc", constellations=("gps",))),
    ("gnm", _gnss("gnm", "gps", "galileo", "beidou", "glonass")),
    ("gxl", _gnss("gxl", "gps", "galileo", "beidou", "glonass", "qzss")),
    ("gns", _gnss("gns", "gps", "galileo", "glonass", "beidou")),
    ("pzf", Receiver(short="pzf", reference="dcf77-pzf-receiver", quality="10us", block="dcf77")),
    ("msf", Receiver(short="lwr", reference="long-wave-receiver", quality="1ms", block="msf")),
    ("wwvb", Receiver(short="lwr", reference="long-wave-receiver", quality="1ms", block="wwvb")),
    ("tcr", Receiver(short="tcr", reference="irig", quality="1us", block="tcr")),
)
UP_CONVERTER = _gnss("gns-uc", "gps", "galileo")
OSCILLATOR_ONLY = Receiver(short="pps", reference="pps-in", quality="1us")


def of(module: SimulatedModule) -> Receiver:
    """Return the receiver of a clock module; one with an unknown prefix has none and follows a 1PPS input."""
    model = module.model
    if model.startswith("gns") and model.endswith("uc"):
        return UP_CONVERTER
    return next((receiver for prefix, receiver in RECEIVERS if model.startswith(prefix)), OSCILLATOR_ONLY)
