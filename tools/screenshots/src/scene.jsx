// From the JSON of a dashboard to a scene of Grafana's engine.
import {
  DataSourceVariable,
  EmbeddedScene,
  QueryVariable,
  SceneControlsSpacer,
  SceneDataTransformer,
  SceneGridItem,
  SceneGridLayout,
  SceneGridRow,
  SceneQueryRunner,
  SceneTimePicker,
  SceneTimeRange,
  SceneVariableSet,
  VariableValueSelectors,
  VizPanel,
} from "@grafana/scenes";
import { SOURCE } from "./datasource.js";

// Without a choice the engine takes the first value there is.
function chosen({ current }, values) {
  if (values.length) {
    return { value: values, text: values };
  }
  return current.value ? { value: current.value, text: current.text } : {};
}

const variable = (parameters) => (spec) =>
  spec.type === "datasource"
    ? new DataSourceVariable({ name: spec.name, label: spec.label, pluginId: spec.query, value: SOURCE.uid, text: "Prometheus" })
    : new QueryVariable({
        name: spec.name,
        label: spec.label,
        datasource: SOURCE,
        query: spec.query,
        isMulti: spec.multi,
        includeAll: spec.includeAll,
        defaultToAll: spec.includeAll,
        allValue: spec.allValue,
        refresh: spec.refresh,
        sort: spec.sort,
        ...chosen(spec, parameters.getAll(`var-${spec.name}`)),
      });

const dataOf = (panel) => {
  const runner = new SceneQueryRunner({ datasource: SOURCE, queries: panel.targets, maxDataPoints: 600 });
  return panel.transformations.length ? new SceneDataTransformer({ $data: runner, transformations: panel.transformations }) : runner;
};

const item = (down) => (panel) => {
  const { x, w: width, h: height } = panel.gridPos;
  const y = panel.gridPos.y + down;
  const body = new VizPanel({
    key: `panel-${panel.id}`,
    title: panel.title,
    description: panel.description,
    pluginId: panel.type,
    options: panel.options,
    fieldConfig: panel.fieldConfig,
    $data: dataOf(panel),
  });
  return new SceneGridItem({ x, y, width, height, body });
};

// Panels of an open row follow it in the list; the engine wants them inside. A row that is opened pushes the rest down.
function grid(panels, opened) {
  const children = [];
  let row = null;
  let down = 0;
  for (const panel of panels) {
    if (panel.type === "row") {
      const place = { title: panel.title, isCollapsed: panel.collapsed && !opened, y: panel.gridPos.y + down };
      row = new SceneGridRow({ ...place, children: panel.panels.map(item(down)) });
      children.push(row);
      down += opened ? heightOf(panel) : 0;
    } else if (row) {
      row.setState({ children: [...row.state.children, item(down)(panel)] });
    } else {
      children.push(item(down)(panel));
    }
  }
  return children;
}

const heightOf = (row) => Math.max(0, ...row.panels.map(({ gridPos }) => gridPos.y + gridPos.h - row.gridPos.y - 1));

export function sceneOf(dashboard, parameters) {
  const range = new SceneTimeRange({
    from: new Date(Number(parameters.get("from"))).toISOString(),
    to: new Date(Number(parameters.get("to"))).toISOString(),
    timeZone: "utc",
  });
  const scene = new EmbeddedScene({
    $timeRange: range,
    $variables: new SceneVariableSet({ variables: dashboard.templating.list.map(variable(parameters)) }),
    controls: [new VariableValueSelectors({}), new SceneControlsSpacer(), new SceneTimePicker({ isOnCanvas: true })],
    body: new SceneGridLayout({ children: grid(dashboard.panels, parameters.has("open")) }),
  });
  window.__scene = scene;
  return scene;
}
