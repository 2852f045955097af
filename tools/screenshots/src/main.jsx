// Draws one dashboard: ?dashboard=UID&from=MS&to=MS&width=PIXELS&prometheus=URL&var-instance=...
import "./globals.js";
import "@fontsource/inter/latin-400.css";
import "@fontsource/inter/latin-500.css";
import "uplot/dist/uPlot.min.css";
import "@grafana/react-data-grid/lib/styles.css";
import { createTheme, ThemeContext, EventBusSrv } from "@grafana/data";
import { initPluginTranslations } from "@grafana/i18n";
import { config, setAppEvents } from "@grafana/runtime";
import { GlobalStyles } from "@grafana/ui";
import React from "react";
import { createRoot } from "react-dom/client";
import { MemoryRouter } from "react-router-dom";
import { installDataSource } from "./datasource.js";
import { installFieldConfig } from "./fieldconfig.js";
import { installPanels } from "./panels/index.js";
import { sceneOf } from "./scene.jsx";

const parameters = new URLSearchParams(window.location.search);

async function start() {
  const theme = createTheme({ colors: { mode: parameters.get("theme") ?? "dark" } });
  config.theme2 = theme;
  setAppEvents(new EventBusSrv());
  await initPluginTranslations("grafana");
  installFieldConfig();
  installPanels();
  installDataSource(parameters.get("prometheus"));
  const dashboard = await (await fetch(`dashboards/${parameters.get("dashboard")}.json`)).json();
  await Promise.all(["400 14px Inter", "500 14px Inter"].map((font) => document.fonts.load(font)));
  const scene = sceneOf(dashboard, parameters);
  scene.activate();
  const root = document.getElementById("root");
  // A window of Chromium is never narrower than 500 pixels.
  root.style.width = `${parameters.get("width")}px`;
  createRoot(root).render(
    <MemoryRouter>
      <ThemeContext.Provider value={theme}>
        <GlobalStyles />
        <scene.Component model={scene} />
      </ThemeContext.Provider>
    </MemoryRouter>
  );
}

start().catch((error) => {
  document.getElementById("root").textContent = `failed: ${error.stack}`;
  throw error;
});
