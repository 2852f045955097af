"""LIU: telecom line signals, E1 or T1 (``module.liu``; docs/modules.md, group roles C, names D).

Its outputs are in the collector ``outputs``, its PLL in ``pll``.
"""

from collections.abc import Iterator, Sequence

from lantime_exporter.collectors.common.wherever import merged
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf, Node
from lantime_exporter.document.values import flag, text
from lantime_exporter.document.vocabularies import SSM
from lantime_exporter.document.words import Vocabulary
from lantime_exporter.exposition.metric import Grade, gauge, info
from lantime_exporter.mapping.places import modules
from lantime_exporter.mapping.readers import Custom, First, Found, Said, state, states, texts
from lantime_exporter.mapping.reading import Sample
from lantime_exporter.mapping.table import Collector, Row, Scope, Table
from lantime_exporter.mapping.trace import Trace

MODE = Vocabulary(("e1", "t1"))
ROLE = Vocabulary(("master", "slave"))


def lines(trace: Trace) -> Iterator[Scope]:
    """Yield the modules that speak of a telecom line; the members of a block ``liu`` count as the module's."""
    for scope in modules()(trace):
        if isinstance(scope.node, Node) and scope.get("liu", "line-code", "e1-mode") is not None:
            yield scope.within(merged(scope.node, ("liu",)))


def by_flag(trace: Trace, scope: Scope) -> Iterator[Found]:
    """Yield the mode where it is told as a boolean: E1 or else T1."""
    leaf = scope.get("e1-mode")
    if isinstance(leaf, Leaf):
        yield (), (leaf,), e1_or_t1


def e1_or_t1(raw: Scalar) -> Sequence[Sample]:
    """Return the samples of the mode."""
    e1 = flag(raw)
    return states(MODE.words, None if e1 is None else "e1" if e1 else "t1")


def code(raw: Scalar) -> str | None:
    """Return a line code as it is written in LTOS: ``hdb3``, ``ami``, ``b8zs``."""
    found = text(raw)
    return found and found.lower()


LINE = Table(
    "chassisN.slots[].module.liu",
    lines,
    (
        Row(
            gauge("lantime_liu_mode", "Hierarchy of the line signals, E1 or T1.", "slot", "state", grade=Grade.D),
            First(
                (
                    Said(state(MODE, "line-mode", "mode")),
                    Custom(("e1-mode",), by_flag, adds=1, many=True, words=True),
                )
            ),
        ),
        Row(
            info("lantime_liu_info", "Line code of the framed outputs.", "slot", "line_code", grade=Grade.D),
            texts(line_code=("line-code", code)),
        ),
        Row(
            gauge(
                "lantime_liu_quality_level",
                "Quality level (SSM) that the card sends.",
                *("slot", "state"),
                grade=Grade.D,
            ),
            state(SSM, "outgoing-ssm", "outgoing-quality-level", "ssm", "quality-level"),
        ),
        Row(
            gauge(
                "lantime_liu_group_role",
                "Role of the card in its redundancy group.",
                *("slot", "state"),
                grade=Grade.C,
            ),
            Said(state(ROLE, "group-role")),
        ),
    ),
)

COLLECTOR = Collector("liu", (LINE,))
