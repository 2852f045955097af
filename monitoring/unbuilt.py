"""Conditions that one would want an alert for and that cannot be told, or only in part."""

UNBUILT: tuple[tuple[str, str], ...] = (
    (
        "GNSS jamming or spoofing as the receiver sees it",
        (
            "no source knows such a field of LTOS. Its consequences have alerts: satellites, carrier to noise density, "
            "position, comparison of clocks. A field that appears is exported by the generic layer at once"
        ),
    ),
    (
        "the internal oscillator as the followed reference",
        "no word for it is known; the device says holdover or not synchronized then, which have alerts",
    ),
    (
        "a relay in another state than configured",
        (
            "the configured state of relays is not told. Words other than NO and NC are exported and not judged "
            "until a "
            "capture proves their meaning"
        ),
    ),
    (
        "a reference source beyond the limit that is set on the device",
        "the limit is not told; the threshold of the rules stands for it",
    ),
    (
        "stale data of devices with API 10",
        "they do not say when they refreshed their status, because they compute it when asked",
    ),
    (
        "the age of the configuration by system.last-config-change",
        "the meaning of that field is not clear; the event device-configuration-changed is used",
    ),
    ("load for each core", "the number of cores is not told; the threshold counts on two"),
    (
        "firmware of a module that does not fit the chassis",
        "modules count their versions in their own way; what fits is not told",
    ),
    ("NTP client counters", "the REST API has not been seen to tell them"),
    (
        "a network port that is switched off on purpose",
        (
            "the device does not tell it from a lost link; ports that never had a link and ports that do not exist are "
            "left out"
        ),
    ),
    (
        "a field that the exporter does not know",
        "it is exported by the generic layer and not an error; values that are not understood have an alert",
    ),
)
"""What, and why not."""
