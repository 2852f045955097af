"""Samples as lines for Prometheus, byte for byte like those of prometheus_client."""
