"""Pictures of the dashboards, drawn by Grafana's own front-end engine in a headless browser.

``python -m tools.screenshots`` simulates a fleet for an hour, imports it into a Prometheus and draws every dashboard.
It needs Node, Prometheus and Chromium, and about 700 MB of packages that it fetches with ``npm ci``; the tests need
none of them. This folder draws the state timelines, because those of Grafana are part of its server.
"""
