"""What a GNSS clock sees: satellites, signal, position, dilution of precision (``module.satellites``)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from statistics import median

from lantime_exporter.collectors.common.metric_group import MetricGroup
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf, Node, Roll
from lantime_exporter.document.values import flag, nonzero, text
from lantime_exporter.document.values import number as figure
from lantime_exporter.exposition.metric import Grade
from lantime_exporter.mapping.binding import Sample
from lantime_exporter.mapping.binding_context import BindingContext
from lantime_exporter.mapping.finders import blocks
from lantime_exporter.mapping.readers import Custom, Found, count, number, state, value
from lantime_exporter.mapping.records import Record, Records, member, records
from lantime_exporter.mapping.table import Collector, Row, Scope, Table, ignored

SLOT = MetricGroup("lantime", "slot")

CONSTELLATIONS = Enumeration.counted("gps", "glonass", "beidou", "galileo", "waas", "egnos", "qzss")

MODES = Enumeration(("normal-operation", "warm-boot", "cold-boot", "tracking"))

IN_VIEW, USED, GOOD = "in-view", "used", "good"


def satellite_list(context: BindingContext, scope: Scope) -> Records | None:
    """Return the satellites in view, None where they are not listed."""
    block = scope.get("gnss.satellite-list", "satellite-list", "gnss.satellites")
    if isinstance(block, Roll) and not context.guard_predicate(block.whole, bool):
        return None
    return records(block)


def constellation(satellite: Record) -> str | None:
    """Return the constellation of a satellite."""
    return CONSTELLATIONS.state(member(satellite, "gnss-type", "gnss"))


def counts(context: BindingContext, scope: Scope) -> Iterator[Found]:
    """Yield the satellites of each constellation: all that are listed, and those that are used."""
    listed = satellite_list(context, scope)
    if listed:
        yield (IN_VIEW,), listed.sources, lambda *raw: count_listed(listed.read(*raw))
        yield (USED,), listed.sources, lambda *raw: count_used(listed.read(*raw))


def count_listed(satellites: Sequence[Record]) -> Sequence[Sample]:
    """Return how many satellites each constellation has."""
    return [((word,), float(n)) for word, n in Counter(filter(None, map(constellation, satellites))).items()]


def count_used(satellites: Sequence[Record]) -> Sequence[Sample]:
    """Return how many satellites of each constellation are used, 0 where it is only seen."""
    found: dict[str, float] = defaultdict(float)
    for satellite in satellites:
        word, used = constellation(satellite), flag(member(satellite, "used", "is-used"))
        if word and used is not None:
            found[word] += used
    return [((word,), total) for word, total in found.items()]


def signal(context: BindingContext, scope: Scope) -> Iterator[Found]:
    """Yield the carrier to noise ratios of all satellites with their constellations."""
    listed = satellite_list(context, scope)
    if listed:
        yield (), listed.sources, lambda *raw: spread(listed.read(*raw))


STATISTICS: tuple[tuple[str, Callable[[list[float]], float]], ...] = (("min", min), ("median", median), ("max", max))


def spread(satellites: Sequence[Record]) -> Sequence[Sample]:
    """Return the least, median and largest ratio of each constellation; 0 is a satellite without signal."""
    ratios: dict[str, list[float]] = defaultdict(list)
    for satellite in satellites:
        word, strength = constellation(satellite), nonzero(member(satellite, "cn-ratio", "cno", "c-n0"))
        if word and strength:
            ratios[word].append(strength)
    return [((word, name), float(of(found))) for word, found in ratios.items() for name, of in STATISTICS]


def selected(context: BindingContext, scope: Scope) -> Iterator[Found]:
    """Yield the names of the satellites that were selected for the position."""
    block = scope.get("selected-satellites")
    leaves = tuple(leaf for _, leaf in block.items() if isinstance(leaf, Leaf)) if isinstance(block, Node) else ()
    if leaves:
        yield (), leaves, names


def names(*values: Scalar) -> float:
    """Return how many of the names say something."""
    return float(sum(text(name) is not None for name in values))


def degrees(value: Scalar, *, most: float) -> float | None:
    """Return an angle; one beyond the possible says nothing."""
    found = figure(value)
    return found if found is not None and abs(found) <= most else None


def dilutions(context: BindingContext, scope: Scope) -> Iterator[Found]:
    """Yield every dilution of precision; 0.0 means that there is none."""
    for kind in ("gdop", "hdop", "pdop", "tdop", "vdop"):
        leaf = scope.get(kind)
        if isinstance(leaf, Leaf):
            yield (kind,), (leaf,), nonzero


BY_CONSTELLATION = SLOT.gauge("gnss_satellites", "Satellites of a constellation.", "use", "gnss", grade=Grade.B)

SATELLITES = Table(
    "chassisN.slots[].module.satellites",
    blocks("satellites"),
    (
        Row(
            SLOT.gauge("satellites_good", "Satellites with a signal good enough to use."),
            count("good-satellites"),
        ),
        Row(SLOT.gauge("satellites_in_view", "Satellites above the horizon."), count("satellites-in-view")),
        Row(
            SLOT.gauge("satellites_selected", "Satellites selected for the position."),
            Custom(("selected-satellites",), selected),
        ),
        Row(SLOT.gauge("satellites_mode", "Operation of the receiver.", "state"), state(MODES, "gps-mode")),
        Row(
            SLOT.gauge("position_latitude_degrees", "Latitude of the antenna, in degrees, north positive."),
            value(partial(degrees, most=90), "latitude"),
        ),
        Row(
            SLOT.gauge("position_longitude_degrees", "Longitude of the antenna, in degrees, east positive."),
            value(partial(degrees, most=180), "longitude"),
        ),
        Row(
            SLOT.gauge("position_altitude_meters", "Altitude of the antenna, in metres."),
            number("altitude"),
        ),
        Row(
            SLOT.gauge("dilution_of_precision", "Dilution of precision: position or time.", "kind"),
            Custom(("pdop", "tdop"), dilutions, label_count=1),
        ),
        ignored("position-x", "position-y", "position-z", because="the same position in ECEF coordinates"),
        Row(
            BY_CONSTELLATION,
            Custom(("gnss.satellite-list[].gnss-type", "satellite-list[].gnss-type"), counts, label_count=2, many=True),
        ),
        Row(
            SLOT.gauge(
                "gnss_carrier_to_noise_dbhz",
                "Carrier to noise density of a constellation's satellites with signal, in dB-Hz.",
                "gnss",
                "statistic",
                grade=Grade.C,
            ),
            Custom(("gnss.satellite-list[].cn-ratio",), signal, label_count=2, many=True),
        ),
    ),
)


def summaries(context: BindingContext) -> Iterator[Scope]:
    """Yield the summaries by constellation: objects that name one and count its satellites.

    Beside a list of satellites they would say the same a second time.
    """
    for scope in blocks("satellites")(context):
        if satellite_list(context, scope):
            continue
        block = scope.get("gnss", "constellations")
        for node in block.descendants() if isinstance(block, Node) else ():
            if node.leaf(*GOOD_KEYS, *IN_VIEW_KEYS):
                kind = CONSTELLATIONS.state(context.name(node.leaf("gnss-type", "gnss")))
                if kind:
                    yield scope.within(node, gnss=kind)


GOOD_KEYS = ("good-svs", "good-satellites")
IN_VIEW_KEYS = ("svs-in-view", "satellites-in-view")


def summed(context: BindingContext, scope: Scope) -> Iterator[Found]:
    """Yield the counts of a summary."""
    for use, keys in ((GOOD, GOOD_KEYS), (IN_VIEW, IN_VIEW_KEYS)):
        leaf = scope.get(*keys)
        if isinstance(leaf, Leaf):
            yield (use, scope.labels["gnss"]), (leaf,), figure


SUMMARIES = Table(
    "chassisN.slots[].module.satellites.gnss",
    summaries,
    (
        Row(BY_CONSTELLATION, Custom(("good-svs", "svs-in-view"), summed, label_count=2)),
        ignored("svs", because="numbers of single satellites: their series would come and go"),
    ),
)

COLLECTOR = Collector("satellites", (SATELLITES, SUMMARIES), rolls=frozenset({"satellite-list", "svs"}))
