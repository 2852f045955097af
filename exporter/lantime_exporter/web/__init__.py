"""The pages that the exporter answers with, and the HTTP server under them.

``routes`` makes requests into responses without any socket; what it needs of the rest is the ``Application`` protocol.
``server`` brings them over the network, ``frontdoor`` puts TLS and basic authentication before them.
"""
