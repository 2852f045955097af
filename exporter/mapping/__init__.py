"""How the tables of ``exporter.collectors`` are applied to a document."""
