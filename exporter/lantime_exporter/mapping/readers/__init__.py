"""Readers: the right-hand column of every table.

A reader finds its leaf by the given spellings, in this order, and decodes its value.
"""

from lantime_exporter.mapping.readers.combining import (
    ByLabel,
    Constant,
    Custom,
    FirstOf,
    Found,
    Reader,
    WhenValue,
    composite,
    first_of,
)
from lantime_exporter.mapping.readers.composites import DecodeOne
from lantime_exporter.mapping.readers.flags import FlagIs, Flags, flag, flags, inverted_flag
from lantime_exporter.mapping.readers.info import InfoLabels, info_labels
from lantime_exporter.mapping.readers.numbers import (
    SECONDS_BY_SUFFIX,
    EachValue,
    Value,
    count,
    nanoseconds,
    nonzero,
    number,
    percent,
    scaled,
    seconds,
    timestamp,
    value,
)
from lantime_exporter.mapping.readers.states import State, state, state_is, states

__all__ = [
    "SECONDS_BY_SUFFIX",
    "ByLabel",
    "Constant",
    "Custom",
    "DecodeOne",
    "EachValue",
    "FirstOf",
    "FlagIs",
    "Flags",
    "Found",
    "InfoLabels",
    "Reader",
    "State",
    "Value",
    "WhenValue",
    "composite",
    "count",
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
    "state_is",
    "states",
    "timestamp",
    "value",
]
