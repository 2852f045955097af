"""The Grafana dashboards, from Python definitions to JSON; ``python -m tools.dashboards DIRECTORY`` writes them.

``definitions`` says what is shown, the other files how. A definition is plain data: a panel is one call, and everything
that all panels share (data source, matchers, descriptions, links, places) has one file each.
"""
