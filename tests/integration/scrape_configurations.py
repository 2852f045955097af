"""The scrape configurations of the documents, adapted to the exporter of a test."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
DOCUMENTS = (ROOT / "README.md", ROOT / "docs/prometheus.md")
BLOCK = re.compile(r"^```yaml\n(# prometheus\.yml.*?)^```$", re.MULTILINE | re.DOTALL)
EXPORTER = "localhost:10124"
INTERVAL = "1s"


def configurations() -> dict[str, str]:
    """Return the blocks whose first line begins ``# prometheus.yml``, by the rest of that line."""
    blocks = [block for document in DOCUMENTS for block in BLOCK.findall(document.read_text(encoding="utf-8"))]
    return {block.partition("\n")[0].removeprefix("# prometheus.yml, "): block for block in blocks}


def adapted(block: str, address: str, targets: Sequence[str]) -> dict[str, Any]:
    """Return a configuration with another address of the exporter, other targets and a short interval."""
    configuration = yaml.safe_load(block.replace(EXPORTER, address))
    for job in configuration["scrape_configs"]:
        job |= {key: INTERVAL for key in ("scrape_interval", "scrape_timeout") if key in job}
        for group in job.get("static_configs", ()):
            if group["targets"] != [address]:
                group["targets"] = list(targets)
    return {**configuration, "global": {**configuration.get("global", {}), "scrape_interval": INTERVAL}}


def through(configuration: Mapping[str, Any], client: Mapping[str, Any]) -> dict[str, Any]:
    """Return a configuration with these settings of Prometheus' HTTP client in every place."""
    jobs = []
    for job in configuration["scrape_configs"]:
        discovered = [
            {**source, "url": source["url"].replace("http://", f"{client['scheme']}://"), **without_scheme(client)}
            for source in job.get("http_sd_configs", ())
        ]
        jobs.append({**job, **client, **({"http_sd_configs": discovered} if discovered else {})})
    return {**configuration, "scrape_configs": jobs}


def without_scheme(client: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in client.items() if key != "scheme"}
