"""Fuzz one target until libFuzzer's options end it: ``python -m tests.load.fuzz.one TARGET [-OPTION=VALUE...]``."""

import logging
import sys
import tempfile
from pathlib import Path

import atheris  # type: ignore[import-untyped]

with atheris.instrument_imports(include=["lantime_exporter"]):
    from tests.load.fuzz.targets import TARGETS, examples


def main() -> None:
    """Fuzz; ends the process, with status 0 if nothing was found."""
    name, *options = sys.argv[1:]
    logging.disable(logging.CRITICAL)
    corpus = Path(tempfile.mkdtemp(prefix=f"fuzz-{name}-"))
    for number, example in enumerate(examples(name)):
        (corpus / str(number)).write_bytes(example)
    atheris.Setup([sys.argv[0], *options, str(corpus)], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
