"""Benchmarks on whole processes: what a probe costs, and what a fleet does (``make bench``).

The device, the exporter and the load are separate processes that communicate over loopback. The same series made by the
usual means of Python (``peer``) in the same run give a ratio that a noisy machine does not change much.
"""
