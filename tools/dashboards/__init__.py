"""The Grafana dashboards, from Python definitions to JSON; ``python -m tools.dashboards DIRECTORY`` writes them.

``definitions`` defines the contents, the other files the rendering. A definition is plain data: a panel is one call.
Everything that all panels share (data source, matchers, descriptions, links, layout) has one file each.
"""
