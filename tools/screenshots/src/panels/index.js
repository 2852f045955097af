// The panel types the dashboards use. Grafana's own panels are part of its server; these draw with its components.
import { PanelPlugin } from "@grafana/data";
import { setPluginImportUtils } from "@grafana/runtime";
import { sceneUtils } from "@grafana/scenes";
import { customFields } from "../fieldconfig.js";
import { Heatmap } from "./heatmap.jsx";
import { Lines } from "./lines.jsx";
import { Stat } from "./stat.jsx";
import { StateTimeline } from "./timeline.jsx";
import { Table } from "./table.jsx";

const LINES = {
  drawStyle: "line",
  lineInterpolation: "linear",
  lineWidth: 1,
  lineStyle: { fill: "solid" },
  fillOpacity: 0,
  gradientMode: "none",
  showPoints: "auto",
  pointSize: 5,
  spanNulls: false,
  stacking: { mode: "none", group: "A" },
  scaleDistribution: { type: "linear" },
  axisPlacement: "auto",
  axisLabel: "",
  axisBorderShow: false,
  axisColorMode: "text",
  axisCenteredZero: false,
  barAlignment: 0,
  thresholdsStyle: { mode: "off" },
  hideFrom: { legend: false, tooltip: false, viz: false },
};

const TABLE = { align: "auto", minWidth: 150, cellOptions: { type: "auto" }, inspect: false, width: undefined, filterable: false };

const TIMELINE = { fillOpacity: 70, lineWidth: 0, spanNulls: false, insertNulls: false };

function register(id, component, custom) {
  const plugin = new PanelPlugin(component);
  plugin.meta = { id, name: id, info: { logos: { small: "", large: "" } }, skipDataQuery: false };
  plugin.useFieldConfig({ useCustomConfig: (builder) => customFields(builder, custom) });
  sceneUtils.registerRuntimePanelPlugin({ pluginId: id, plugin });
}

export function installPanels() {
  setPluginImportUtils({
    getPanelPluginFromCache: () => undefined,
    importPanelPlugin: async (id) => {
      throw new Error(`no panel of type ${id}`);
    },
  });
  register("timeseries", Lines, LINES);
  register("stat", Stat, {});
  register("table", Table, TABLE);
  register("state-timeline", StateTimeline, TIMELINE);
  register("heatmap", Heatmap, { hideFrom: LINES.hideFrom, scaleDistribution: LINES.scaleDistribution });
}
