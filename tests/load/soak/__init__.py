"""Soak test: simulated devices with changing faults, the exporter, and a real Prometheus, for minutes or hours.

``python -m tests.load.soak``, or ``make soak``. ``fault_injector`` changes the devices, ``process_sampler`` measures
the process of the exporter, ``report`` compares the results with their limits.
"""
