// What Grafana's server puts into the page before its front end starts; imported before anything else.
window.__grafana_public_path__ = "";
window.grafanaBootData = {
  settings: { featureToggles: {}, buildInfo: { version: "13.1.1", env: "production" }, theme2: undefined },
  user: { timezone: "utc", locale: "en-GB", permissions: {} },
  navTree: [],
};
