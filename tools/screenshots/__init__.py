"""Pictures of the dashboards, drawn by Grafana's own front-end engine in a headless browser.

``python -m tools.screenshots`` plays the pictured fleet for an hour, puts it into a Prometheus and draws
every dashboard. It needs Node, Prometheus and Chromium, and about 700 MB of packages that it fetches with ``npm ci``;
the tests need none of that. State timelines are drawn by this folder, because Grafana's own are part of its server.
"""
