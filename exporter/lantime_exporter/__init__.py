"""Prometheus exporter for Meinberg LANTIME time servers.

The folders follow the data: ``config`` -> ``device`` -> ``document`` -> ``collectors`` -> ``exposition`` -> ``web``;
``probe`` runs one probe, ``cli`` has the commands, ``lantime_simulator`` simulates devices.
"""

__version__ = "0.1.0"

__revision__ = "$Format:%H$"
"""The commit, filled in by ``git archive``; a placeholder in a checkout."""
