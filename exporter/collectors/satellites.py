"""What a GNSS clock sees: satellites, signal, position, dilution of precision (``module.satellites``)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from statistics import median

from exporter.document.shape import Scalar
from exporter.document.tree import Leaf, Node
from exporter.document.values import flag, nonzero, text
from exporter.document.values import number as figure
from exporter.document.words import Vocabulary
from exporter.mapping.metric import Grade, gauge
from exporter.mapping.places import blocks
from exporter.mapping.readers import Custom, Found, number, state, value
from exporter.mapping.reading import Sample
from exporter.mapping.table import Collector, Row, Scope, Table, ignored
from exporter.mapping.trace import Trace

CONSTELLATIONS = Vocabulary.counted("gps", "glonass", "beidou", "galileo", "waas", "egnos", "qzss")

MODES = Vocabulary(("normal-operation", "warm-boot", "cold-boot", "tracking"))

IN_VIEW, USED, GOOD = "in-view", "used", "good"


def satellite_list(scope: Scope) -> list[Node]:
    """Return the satellites, one node each."""
    block = scope.get("gnss.satellite-list", "satellite-list", "gnss.satellites")
    return [node for _, node in block.nodes()] if isinstance(block, Node) else []


def counts(trace: Trace, scope: Scope) -> Iterator[Found]:
    """Yield the satellites of each constellation: all that are listed, and those that are used."""
    kinds = [node.leaf("gnss-type", "gnss") for node in satellite_list(scope)]
    listed = tuple(kind for kind in kinds if kind)
    if listed:
        yield (IN_VIEW,), listed, count
    flags = [(node.leaf("gnss-type", "gnss"), node.leaf("used", "is-used")) for node in satellite_list(scope)]
    pairs = tuple(leaf for kind, used in flags if kind and used for leaf in (kind, used))
    if pairs:
        yield (USED,), pairs, count_used


def count(*kinds: Scalar) -> Sequence[Sample]:
    """Return how many satellites each constellation has."""
    return [((word,), float(n)) for word, n in Counter(filter(None, map(CONSTELLATIONS.word, kinds))).items()]


def count_used(*pairs: Scalar) -> Sequence[Sample]:
    """Return how many satellites of each constellation are used, 0 where it is only seen."""
    found: dict[str, float] = defaultdict(float)
    for kind, used in zip(pairs[::2], pairs[1::2], strict=True):
        if word := CONSTELLATIONS.word(kind):
            found[word] += flag(used) or 0.0
    return [((word,), total) for word, total in found.items()]


def signal(trace: Trace, scope: Scope) -> Iterator[Found]:
    """Yield the carrier to noise ratios of all satellites with their constellations."""
    leaves = [(node.leaf("gnss-type", "gnss"), node.leaf("cn-ratio", "cno", "c-n0")) for node in satellite_list(scope)]
    pairs = tuple(leaf for kind, ratio in leaves if kind and ratio for leaf in (kind, ratio))
    if pairs:
        yield (), pairs, spread


STATISTICS: tuple[tuple[str, Callable[[list[float]], float]], ...] = (("min", min), ("median", median), ("max", max))


def spread(*pairs: Scalar) -> Sequence[Sample]:
    """Return the least, median and largest ratio of each constellation; 0 is a satellite without signal."""
    ratios: dict[str, list[float]] = defaultdict(list)
    for kind, ratio in zip(pairs[::2], pairs[1::2], strict=True):
        word, strength = CONSTELLATIONS.word(kind), nonzero(ratio)
        if word and strength:
            ratios[word].append(strength)
    return [((word, name), float(of(found))) for word, found in ratios.items() for name, of in STATISTICS]


def selected(trace: Trace, scope: Scope) -> Iterator[Found]:
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


def dilutions(trace: Trace, scope: Scope) -> Iterator[Found]:
    """Yield every dilution of precision; 0.0 means that there is none."""
    for kind in ("gdop", "hdop", "pdop", "tdop", "vdop"):
        leaf = scope.get(kind)
        if isinstance(leaf, Leaf):
            yield (kind,), (leaf,), nonzero


BY_CONSTELLATION = gauge(
    "lantime_gnss_satellites", "Satellites of a constellation.", "slot", "use", "gnss", grade=Grade.B
)

SATELLITES = Table(
    "chassisN.slots[].module.satellites",
    blocks("satellites"),
    (
        Row(
            gauge("lantime_satellites_good", "Satellites with a signal good enough to use.", "slot"),
            number("good-satellites"),
        ),
        Row(gauge("lantime_satellites_in_view", "Satellites above the horizon.", "slot"), number("satellites-in-view")),
        Row(
            gauge("lantime_satellites_selected", "Satellites selected for the position.", "slot"),
            Custom(("selected-satellites",), selected),
        ),
        Row(gauge("lantime_satellites_mode", "Operation of the receiver.", "slot", "state"), state(MODES, "gps-mode")),
        Row(
            gauge("lantime_position_latitude_degrees", "Latitude of the antenna, in degrees, north positive.", "slot"),
            value(partial(degrees, most=90), "latitude"),
        ),
        Row(
            gauge("lantime_position_longitude_degrees", "Longitude of the antenna, in degrees, east positive.", "slot"),
            value(partial(degrees, most=180), "longitude"),
        ),
        Row(
            gauge("lantime_position_altitude_meters", "Altitude of the antenna, in metres.", "slot"),
            number("altitude"),
        ),
        Row(
            gauge("lantime_dilution_of_precision", "Dilution of precision: position or time.", "slot", "kind"),
            Custom(("pdop", "tdop"), dilutions, adds=1),
        ),
        ignored("position-x", "position-y", "position-z", because="the same position in ECEF coordinates"),
        Row(
            BY_CONSTELLATION,
            Custom(
                ("gnss.satellite-list[].gnss-type", "satellite-list[].gnss-type"), counts, adds=2, many=True, words=True
            ),
        ),
        Row(
            gauge(
                "lantime_gnss_carrier_to_noise_dbhz",
                "Carrier to noise density of a constellation's satellites with signal, in dB-Hz.",
                *("slot", "gnss", "statistic"),
                grade=Grade.C,
            ),
            Custom(("gnss.satellite-list[].cn-ratio",), signal, adds=2, many=True),
        ),
    ),
)


def summaries(trace: Trace) -> Iterator[Scope]:
    """Yield the summaries by constellation: objects that name one and count its satellites.

    Beside a list of satellites they would say the same a second time.
    """
    for scope in blocks("satellites")(trace):
        if satellite_list(scope):
            continue
        block = scope.get("gnss", "constellations")
        for node in block.descendants() if isinstance(block, Node) else ():
            if node.leaf(*GOOD_KEYS, *IN_VIEW_KEYS):
                kind = CONSTELLATIONS.word(trace.name(node.leaf("gnss-type", "gnss")))
                if kind:
                    yield scope.within(node, gnss=kind)


GOOD_KEYS = ("good-svs", "good-satellites")
IN_VIEW_KEYS = ("svs-in-view", "satellites-in-view")


def summed(trace: Trace, scope: Scope) -> Iterator[Found]:
    """Yield the counts of a summary."""
    for use, keys in ((GOOD, GOOD_KEYS), (IN_VIEW, IN_VIEW_KEYS)):
        leaf = scope.get(*keys)
        if isinstance(leaf, Leaf):
            yield (use, scope.labels["gnss"]), (leaf,), figure


SUMMARIES = Table(
    "chassisN.slots[].module.satellites.gnss",
    summaries,
    (
        Row(BY_CONSTELLATION, Custom(("good-svs", "svs-in-view"), summed, adds=2)),
        ignored("svs", because="numbers of single satellites: their series would come and go"),
    ),
)

EACH = Table(
    "chassisN.slots[].module.satellites.gnss.satellite-list[]",
    lambda trace: (scope.within(node) for scope in blocks("satellites")(trace) for node in satellite_list(scope)),
    (ignored(".", because="figures of single satellites: counted by constellation, their series would come and go"),),
)

COLLECTOR = Collector("satellites", (SATELLITES, SUMMARIES, EACH))
