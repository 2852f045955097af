"""Reception of a GNSS clock: satellites, signal, position, dilution of precision (``module.satellites``)."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from statistics import median
from typing import Any

from lantime_exporter.document import values
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Node, spelling_of
from lantime_exporter.errors import DecodeError
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.finders import blocks
from lantime_exporter.mapping.readers import Reader, by_label, count, nonzero, number, value
from lantime_exporter.mapping.table import Row, RowGroup, Table, ignored

SLOT = RowGroup("lantime", "slot")

Record = Mapping[str, Any]

CONSTELLATIONS = Enumeration.counted("gps", "glonass", "beidou", "galileo", "waas", "egnos", "qzss")

MODES = Enumeration(("normal-operation", "warm-boot", "cold-boot", "tracking"))

IN_VIEW, USED, GOOD = "in-view", "used", "good"
GOOD_KEYS = ("good-svs", "good-satellites")
IN_VIEW_KEYS = ("svs-in-view", "satellites-in-view")

STATISTICS: Mapping[str, Callable[[list[float]], float]] = {"min": min, "median": median, "max": max}


def summarise(satellites: list[Any]) -> Any:
    """Return figures of a list of satellites by constellation, which are stable while satellites come and go.

    The figures of a constellation without satellites are None. If the value of one satellite cannot be decoded, the
    figure is that value. A list of anything else is returned unchanged.
    """
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for satellite in satellites:
        word = CONSTELLATIONS.state(member(satellite, "gnss-type", "gnss")) if isinstance(satellite, dict) else None
        if word:
            found[word].append(satellite)
    if not found:
        return satellites
    return {word: summarise_constellation(found[word]) for word in dict.fromkeys((*CONSTELLATIONS.states, *found))}


def summarise_constellation(satellites: Sequence[Record]) -> dict[str, Any]:
    """Return how many satellites are listed and used, and the statistics of their signals, if reported."""
    used = _decoded(values.flag, [member(satellite, "used", "is-used") for satellite in satellites])
    ratios = _decoded(values.nonzero, [member(satellite, "cn-ratio", "cno", "c-n0") for satellite in satellites])
    return {
        IN_VIEW: len(satellites) or None,
        USED: (sum(used) if used else None) if isinstance(used, list) else used,
        **{
            f"cn-ratio-{name}": (float(of(ratios)) if ratios else None) if isinstance(ratios, list) else ratios
            for name, of in STATISTICS.items()
        },
    }


def _decoded(decode: Callable[[Scalar], float | None], raw: Sequence[Scalar]) -> list[float] | Scalar:
    """Return the decoded values, or the first value that cannot be decoded."""
    figures = []
    for one in raw:
        try:
            figures.append(decode(one))
        except DecodeError:
            return one
    return [found for found in figures if found is not None]


def member(satellite: Record, *keys: str) -> Scalar:
    """Return the value at the first key that exists, None if there is none.

    Exact keys take precedence over other spellings, as in ``Node.get``.
    """
    for key in keys:
        if key in satellite:
            return _scalar(satellite[key])
    alike = {spelling_of(name): satellite[name] for name in reversed(tuple(satellite))}
    return _scalar(next((alike[wanted] for wanted in map(spelling_of, keys) if wanted in alike), None))


def _scalar(value: Any) -> Scalar:
    return None if isinstance(value, dict | list) else value


def count_named(satellites: list[Any]) -> Any:
    """Return how many satellites a list of their numbers or names has, None if it is empty.

    A list of anything else is returned unchanged.
    """
    if any(isinstance(satellite, dict | list) for satellite in satellites):
        return satellites
    return sum(values.text(satellite) is not None for satellite in satellites) if satellites else None


def listed(scope: Scope) -> Node | None:
    """Return the summary of the listed satellites, None if there is no list."""
    block = scope.node.node("gnss.satellite-list", "satellite-list", "gnss.satellites")
    return block if block and not block.is_list and block.children else None


def constellations(context: BindingContext) -> Iterator[Scope]:
    """Yield the constellations of the listed satellites."""
    for scope in blocks("satellites")(context):
        block = listed(scope)
        for word, node in block.nodes() if block else ():
            yield scope.within(node, gnss=word)


def degrees(value: Scalar, *, most: float) -> float | None:
    """Return an angle, None beyond the possible range."""
    found = values.number(value)
    return found if found is not None and abs(found) <= most else None


def by_constellation(uses: Mapping[str, Reader]) -> Row:
    """Return the row of the satellites of a constellation, each number with its reader."""
    read = by_label(uses)
    return SLOT.gauge("gnss_satellites", "Satellites of a constellation.", read, "gnss", "use", grade="B")


SATELLITES = Table(
    "chassisN.slots[].module.satellites",
    blocks("satellites"),
    SLOT.gauge("satellites_good", "Satellites with a usable signal.", count("good-satellites")),
    SLOT.gauge("satellites_in_view", "Satellites above the horizon.", count("satellites-in-view")),
    SLOT.gauge("satellites_selected", "Satellites selected for the position.", count("selected-satellites")),
    SLOT.state("satellites_mode", "Operating mode of the receiver.", MODES, "gps-mode"),
    SLOT.gauge(
        "position_latitude_degrees",
        "Latitude of the antenna, in degrees, north positive.",
        value(partial(degrees, most=90), "latitude"),
    ),
    SLOT.gauge(
        "position_longitude_degrees",
        "Longitude of the antenna, in degrees, east positive.",
        value(partial(degrees, most=180), "longitude"),
    ),
    SLOT.gauge("position_altitude_meters", "Altitude of the antenna, in metres.", number("altitude")),
    SLOT.gauge(
        "dilution_of_precision",
        "Dilution of precision: position or time.",
        by_label({kind: nonzero(kind) for kind in ("gdop", "hdop", "pdop", "tdop", "vdop")}),
        "kind",
    ),
    ignored("position-x", "position-y", "position-z", because="the same position in ECEF coordinates"),
    summaries={"selected-satellites": count_named},
)


LISTED = Table(
    "chassisN.slots[].module.satellites",
    constellations,
    by_constellation({use: number(use) for use in (IN_VIEW, USED)}),
    SLOT.gauge(
        "gnss_carrier_to_noise_dbhz",
        "Carrier-to-noise density of the received satellites of a constellation, in dB-Hz.",
        by_label({name: number(f"cn-ratio-{name}") for name in STATISTICS}),
        *("gnss", "statistic"),
        grade="C",
    ),
    summaries={"satellite-list": summarise, "satellites": summarise},
)


def summaries(context: BindingContext) -> Iterator[Scope]:
    """Yield the summaries by constellation: objects that name one and count its satellites.

    Skipped if there is also a list of satellites, which has the same information.
    """
    for scope in blocks("satellites")(context):
        block = None if listed(scope) else scope.node.node("gnss", "constellations")
        for node in block.descendants() if block else ():
            if node.leaf(*GOOD_KEYS, *IN_VIEW_KEYS):
                kind = CONSTELLATIONS.state(context.name(node.leaf("gnss-type", "gnss")))
                if kind:
                    yield scope.within(node, gnss=kind)


SUMMARIES = Table(
    "chassisN.slots[].module.satellites.gnss",
    summaries,
    by_constellation({GOOD: number(*GOOD_KEYS), IN_VIEW: number(*IN_VIEW_KEYS)}),
    ignored("svs", because="numbers of individual satellites: short-lived series"),
    summaries={"svs": count_named},
)
