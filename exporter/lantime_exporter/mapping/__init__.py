"""How the tables of ``lantime_exporter.collectors`` are applied to a document."""
