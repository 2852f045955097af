"""Probes: which device is meant, one fetch shared by all who ask at once, and the story of each probe."""
