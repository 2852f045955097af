"""Applies the tables of ``lantime_exporter.collectors`` to a document."""
