"""Readers: the right-hand column of every table.

A reader finds its leaf by the given spellings, in this order, and decodes its value.
"""

from lantime_exporter.mapping.readers.combining import (
    ByLabel,
    Constant,
    Custom,
    FirstOf,
    Found,
    WhenValue,
    composite,
    first_of,
)
from lantime_exporter.mapping.readers.composites import DecodeOne
from lantime_exporter.mapping.readers.flags import FlagIs, Flags, flag, flags, inverted_flag
from lantime_exporter.mapping.readers.info import InfoLabels, info_labels
from lantime_exporter.mapping.readers.numbers import (
    SECONDS_BY_SUFFIX,
    EachNumber,
    Value,
    count,
    each_number,
    nanoseconds,
    nonzero,
    number,
    percent,
    scaled,
    seconds,
    timestamp,
    value,
)
from lantime_exporter.mapping.readers.states import State, StateIs, state, states

__all__ = [
    "SECONDS_BY_SUFFIX",
    "ByLabel",
    "Constant",
    "Custom",
    "DecodeOne",
    "EachNumber",
    "FirstOf",
    "FlagIs",
    "Flags",
    "Found",
    "InfoLabels",
    "State",
    "StateIs",
    "Value",
    "WhenValue",
    "composite",
    "count",
    "each_number",
    "first_of",
    "flag",
    "flags",
    "info_labels",
    "inverted_flag",
    "nanoseconds",
    "nonzero",
    "number",
    "percent",
    "scaled",
    "seconds",
    "state",
    "states",
    "timestamp",
    "value",
]
