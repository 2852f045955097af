"""Run the exporter with ``python -m lantime_exporter``."""

import sys

from lantime_exporter.cli import main

sys.exit(main())
