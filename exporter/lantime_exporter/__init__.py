"""Prometheus exporter for Meinberg LANTIME time servers.

The folders follow the data: ``config`` -> ``device`` -> ``document`` -> ``collectors`` -> ``exposition`` -> ``web``;
``probe`` tells the story of one probe, ``cli`` starts things, ``simulator`` plays the devices.
"""

__version__ = "0.1.0"

__revision__ = "$Format:%H$"
"""The commit, where the source came from ``git archive``; a checkout leaves the placeholder."""
