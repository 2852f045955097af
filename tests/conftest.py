"""Settings of all tests: properties are judged by what holds, not by how fast the machine of the day is."""

from hypothesis import HealthCheck, settings

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
