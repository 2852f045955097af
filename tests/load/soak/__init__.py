"""Soak: a fleet of simulated devices in changing weather, the exporter, and a real Prometheus, for minutes or hours.

``python -m tests.load.soak``, or ``make soak``. ``weather`` is what happens to the devices, ``gauge`` what is
measured of the exporter's process, ``verdict`` what is made of it all.
"""
