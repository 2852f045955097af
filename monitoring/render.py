"""Writes the rule files and the documents: ``python -m monitoring.render``."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from monitoring.deployment import Deployment
from monitoring.documents import alerts_document, runbooks_document
from monitoring.rules import rule_files
from monitoring.thresholds import Profile

ROOT = Path(__file__).parents[1]


def rendered_rules(deployment: Deployment) -> dict[str, str]:
    """Return the rule files of all profiles by their path below the output directory."""
    return {
        f"alerts/{profile}/{name}": text
        for profile in Profile
        for name, text in rule_files(profile, deployment).items()
    }


def rendered_documents() -> dict[str, str]:
    """Return the documents by their path below the output directory."""
    return {"docs/alerts.md": alerts_document(), "docs/runbooks.md": runbooks_document()}


def main(arguments: Sequence[str]) -> None:
    """Write the files."""
    own = Deployment()
    parser = argparse.ArgumentParser(prog="python -m monitoring.render", description="Write alert rules and documents.")
    parser.add_argument("--output", type=Path, default=ROOT, metavar="DIRECTORY", help="where to write; the checkout")
    parser.add_argument("--runbooks", default=own.runbooks, metavar="URL", help=f"page of the runbooks; {own.runbooks}")
    parser.add_argument("--dashboards", default=own.dashboards, metavar="URL", help=f"Grafana; {own.dashboards}")
    parser.add_argument("--jobs", default=own.jobs, metavar="REGEX", help=f"names of the scrape jobs; {own.jobs}")
    parser.add_argument(
        "--selector", default=own.selector, metavar="MATCHERS", help="matchers for every selector; none"
    )
    chosen = parser.parse_args(arguments)
    deployment = Deployment(
        jobs=chosen.jobs, selector=chosen.selector, runbooks=chosen.runbooks, dashboards=chosen.dashboards
    )
    for name, text in {**rendered_rules(deployment), **rendered_documents()}.items():
        file = chosen.output / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
