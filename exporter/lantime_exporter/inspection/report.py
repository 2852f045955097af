"""The file that is attached to a bug report: the anonymised response, and what made it."""

from typing import Any

from lantime_exporter import __version__
from lantime_exporter.inspection.anonymise import anonymise

KEY = "report"


def report(document: dict[str, Any]) -> dict[str, Any]:
    """Return the contents of a report: the anonymised document and beside it the versions of exporter and API."""
    header = {"tool": f"lantime-exporter {__version__}", "api-version": _api_version(document)}
    return {KEY: header, **anonymise(document)}


def without_report(document: dict[str, Any]) -> dict[str, Any]:
    """Return the status in a report, without the data about the report; a plain status stays unchanged."""
    return {key: item for key, item in document.items() if key != KEY}


def _api_version(document: dict[str, Any]) -> str:
    section = document["data"].get("rest-api")
    version = section.get("api-version") if isinstance(section, dict) else None
    return version if isinstance(version, str) else "unknown"
