"""Benchmarks of whole processes: the cost of a probe and of a fleet (``make bench``).

The device, the exporter and the load are separate processes that communicate over loopback. A plain
implementation of the same series (``peer``) in the same run gives a ratio that is stable on a noisy machine.
"""
