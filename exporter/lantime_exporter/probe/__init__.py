"""Probes: the device of a target, one request for concurrent probes, mapping, and the last result of each target."""
