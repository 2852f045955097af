"""ESI: requirements for the bit stream at an input (settings of ``module.inputs[]``; docs/modules.md).

The input, its quality level and the result of its ITU mask are in the collector ``inputs``.
"""

from lantime_exporter.collectors.common import ports
from lantime_exporter.collectors.inputs import INPUT
from lantime_exporter.document.shared_enumerations import SSM
from lantime_exporter.mapping.table import Table

REQUIREMENTS = Table(
    "chassisN.slots[].module.inputs[]",
    ports.INPUTS,
    INPUT.info(
        "requirement_info",
        "Minimum quality level of a usable input, its Sa bits and its ITU mask.",
        grade="D",
        minimum_quality_level=("minimum-quality-level", "min-quality-level", "ssm-min", "min-ssm", SSM.state),
        sa_bits=("sa-bits", "sa-bit-group", "sa-group"),
        itu_mask=("itu-mask", "itu-limit-mask"),
    ),
)
