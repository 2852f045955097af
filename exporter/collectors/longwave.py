"""Long wave receivers: signal and time code (``module.dcf77``, and blocks of that shape for MSF and WWVB)."""

from exporter.document.words import Vocabulary
from exporter.mapping.metric import gauge, info
from exporter.mapping.places import holding
from exporter.mapping.readers import flags, scaled, texts
from exporter.mapping.table import Collector, Row, Table

PCPS = Vocabulary(("freer", "dl-enb", "syncd", "dl-ann", "utc", "ls-ann", "iftm", "invt"))

LONGWAVE = Table(
    "chassisN.slots[].module.dcf77",
    holding("correlation", "field-strength", "pcps"),
    (
        Row(
            gauge("lantime_longwave_correlation_ratio", "Correlation of the received signal, 0 to 1.", "slot"),
            scaled(0.01, "correlation"),
        ),
        Row(
            gauge("lantime_longwave_field_strength_ratio", "Field strength of the received signal, 0 to 1.", "slot"),
            scaled(0.01, "field-strength"),
        ),
        Row(
            gauge(
                "lantime_longwave_condition",
                "PCPS flags, each 1 while it holds: freer free running, invt time invalid, syncd synchronized since "
                "power-up, dl-enb daylight saving, dl-ann and ls-ann announced, iftm set by interface, utc.",
                *("slot", "condition"),
            ),
            flags("pcps", "flags", vocabulary=PCPS),
        ),
        Row(
            info("lantime_longwave_info", "Kind of long wave receiver.", "slot", "type", "ref_type"),
            texts(type="type", ref_type="ref-type"),
        ),
    ),
)

COLLECTOR = Collector("longwave", (LONGWAVE,))
