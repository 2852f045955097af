"""The story of a probe for people: ``/probe?debug=true``."""

from collections.abc import Iterator

from lantime_exporter.mapping.plan import CollectorResult, Mapped
from lantime_exporter.probe.story import Told


def debug(told: Told, settings: str) -> str:
    """Return log, collectors, values not understood, account, samples and the settings in force, as plain text.

    ``settings`` is the configuration without secrets.
    """
    sections = {
        "Log": told.log,
        "Collectors": tuple(_collectors(told.mapped)) if told.mapped else ("not run",),
        "Values not understood": tuple(_oddities(told.mapped)) if told.mapped else ("none",),
        "Leaves of the status tree": tuple(_accounts(told.mapped)) if told.mapped else ("none",),
        "Samples": (told.page.render(openmetrics=False).decode("utf-8", "replace").rstrip(),),
        "Settings": (settings.rstrip(),),
    }
    return "\n\n".join("\n".join((title, "=" * len(title), *lines)) for title, lines in sections.items()) + "\n"


def _collectors(mapped: Mapped) -> Iterator[str]:
    for result in mapped.collectors:
        yield f"{result.name}: {state(result)} in {result.seconds * 1000:.3f} ms{_reason(result)}"


def state(result: CollectorResult) -> str:
    """Return the state of a collector that has run."""
    return "failed" if result.error else "done"


def _reason(result: CollectorResult) -> str:
    return f": {result.error}" if result.error else ""


def _oddities(mapped: Mapped) -> Iterator[str]:
    found = [decode_error for result in mapped.collectors for decode_error in result.decode_errors]
    for decode_error in found:
        yield f"{decode_error.collector}: {decode_error.path} = {decode_error.value!r}: {decode_error.problem}"
    if not found:
        yield "none"


def _accounts(mapped: Mapped) -> Iterator[str]:
    for account, count in mapped.accounts.items():
        yield f"{account}: {count}"
    for slot, count in mapped.dropped.items():
        yield f"beyond generic_series_per_slot in slot {slot}: {count}"
