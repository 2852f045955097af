"""The Grafana dashboards, from Python definitions to JSON; ``python -m tools.dashboards DIRECTORY`` writes them.

``pages`` says what is shown, the other files how. The definitions are plain data: a panel takes a line or two of its
own, and everything that all panels share (data source, matchers, descriptions, links, places) is in one file each.
"""
