"""Samples as the lines Prometheus reads, byte for byte what prometheus_client writes for the same samples."""
