"""``python -m tests.load.bench``: measure, print with the last results, and save on request."""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import trustme
from lantime_exporter import collectors

from tests.load.bench import machine, results, tracing
from tests.load.bench.documents import LARGEST, SMALL, documents
from tests.load.bench.fleet import fleet
from tests.load.bench.memory import memory
from tests.load.bench.probes import Figures, after, at_once, beside_the_peer, over_tls, stage
from tests.load.bench.scale import FULL, QUICK, Scale
from tests.load.bench.shapes import shapes
from tests.load.bench.start import start


def parts(bodies: Mapping[str, Sequence[bytes]], scale: Scale, place: Path) -> Mapping[str, Callable[[], Figures]]:
    """Return the parts of the benchmark by name."""
    known = collectors.load()

    def probes(name: str) -> Figures:
        with stage(bodies[name], place, known) as found:
            return beside_the_peer(found, scale) | at_once(found, scale) | after(found)

    def tls() -> Figures:
        certificate = place / "device.pem"
        issued = trustme.CA().issue_cert("127.0.0.1")
        issued.private_key_and_cert_chain_pem.write_to_path(certificate)
        with stage(bodies[SMALL], place, known, certificate=certificate) as found:
            return over_tls(found, scale)

    return {
        **{f"probe of {name}": lambda name=name: probes(name) for name in bodies},  # type: ignore[misc]  # the default
        f"probe of {SMALL} over TLS": tls,
        **{
            f"new shape of {name}": lambda name=name: tracing.measure(bodies[name], known)  # type: ignore[misc]
            for name in (SMALL, LARGEST)
        },
        "shapes that differ": lambda: shapes(bodies[LARGEST][0], bodies[SMALL][0], place, scale),
        "start": lambda: start(bodies[SMALL], place, scale),
        "fleet": lambda: fleet(place, scale),
        "memory": lambda: memory(bodies[SMALL], place, scale),
    }


def main() -> None:
    """Measure, and print the results."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few seconds for each part")
    parser.add_argument("--keep", action="store_true", help=f"write {results.LATEST}")
    parser.add_argument("--only", default="", metavar="TEXT", help="only parts whose name contains the text")
    parser.add_argument("--fleet-seconds", type=float, metavar="S", help="duration of the fleet part")
    given = parser.parse_args()
    # An installed exporter has bytecode, so the processes of the benchmark keep it too.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    scale = QUICK if given.quick else FULL
    if given.fleet_seconds:
        scale = replace(scale, fleet_seconds=given.fleet_seconds)
    with tempfile.TemporaryDirectory() as directory:
        chosen = {
            name: measure for name, measure in parts(documents(), scale, Path(directory)).items() if given.only in name
        }
        last = results.saved_results().results
        found = {}
        for name, measure in chosen.items():
            found[name] = measure()
            sys.stdout.write("\n".join(results.table({name: found[name]}, last)) + "\n")
            sys.stdout.flush()
    if given.keep:
        results.keep({**last, **found}, machine.describe())


if __name__ == "__main__":
    main()
