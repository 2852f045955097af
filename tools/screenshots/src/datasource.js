// A data source for Prometheus over its HTTP API; Grafana's own is under another licence and not needed for this.
import { LoadingState, dateTime, rangeUtil, toDataFrame, FieldType } from "@grafana/data";
import { setDataSourceSrv, setRunRequest, setTemplateSrv } from "@grafana/runtime";
import { RuntimeDataSource, sceneGraph, sceneUtils } from "@grafana/scenes";
import { from, map, startWith } from "rxjs";

const UID = "prometheus";
const SCRAPE_INTERVAL = 15;

class Prometheus extends RuntimeDataSource {
  constructor(url) {
    super("prometheus", UID);
    this.url = url;
  }

  async ask(path, parameters) {
    const answer = await (await fetch(`${this.url}/api/v1/${path}`, { method: "POST", body: new URLSearchParams(parameters) })).json();
    if (answer.status !== "success") {
      throw new Error(answer.error);
    }
    return answer.data;
  }

  async query(request) {
    const answers = await Promise.all(request.targets.map((target) => this.one(target, request)));
    return { data: answers.flat(), state: LoadingState.Done };
  }

  async one(target, request) {
    const step = Math.max(request.intervalMs / 1000, SCRAPE_INTERVAL);
    const range = request.range.to.unix() - request.range.from.unix();
    const scoped = {
      __rate_interval: { value: rangeUtil.secondsToHms(Math.max(step + SCRAPE_INTERVAL, 4 * SCRAPE_INTERVAL)) },
      __interval: { value: `${step}s` },
      __range: { value: `${range}s` },
      __range_s: { value: `${range}` },
    };
    const query = sceneGraph.interpolate(request.scopedVars.__sceneObject.value.valueOf(), target.expr, { ...request.scopedVars, ...scoped });
    const end = request.range.to.unix();
    if (target.instant) {
      const { result } = await this.ask("query", { query, time: end });
      return target.format === "table"
        ? [tableOf(result, target, request)]
        : result.map((series) => frameOf(series.metric, [series.value], target));
    }
    const aligned = Math.ceil(step / SCRAPE_INTERVAL) * SCRAPE_INTERVAL;
    const start = Math.floor(request.range.from.unix() / aligned) * aligned;
    const { result } = await this.ask("query_range", { query, start, end, step: aligned });
    return result.map((series) => frameOf(series.metric, filledGaps(series.values, start, end, aligned), target));
  }

  async metricFindQuery(query) {
    const text = typeof query === "string" ? query : query.query;
    const [, selector, label] = /^label_values\((?:(.+), )?(\w+)\)$/.exec(text);
    const scene = window.__scene;
    const match = sceneGraph.interpolate(scene, selector);
    const range = sceneGraph.getTimeRange(scene).state.value;
    const times = `start=${range.from.unix()}&end=${range.to.unix()}`;
    const answer = await (await fetch(`${this.url}/api/v1/label/${label}/values?match[]=${encodeURIComponent(match)}&${times}`)).json();
    return answer.data.map((value) => ({ text: value, value }));
  }
}

// Prometheus leaves out steps without a sample; a null there makes a gap in the line.
function filledGaps(values, start, end, step) {
  const known = new Map(values);
  const filled = [];
  for (let time = start; time <= end; time += step) {
    filled.push([time, known.get(time) ?? null]);
  }
  return filled;
}

const number = (text) => (text === null ? null : Number(text));

function legend(metric, target) {
  if (target.legendFormat === "__auto") {
    const labels = Object.entries(metric).filter(([name]) => name !== "__name__");
    return labels.map(([, value]) => value).join(" ") || target.expr;
  }
  return target.legendFormat.replace(/\{\{(\w+)\}\}/g, (_, name) => metric[name] ?? "").replace(/ +/g, " ").trim();
}

function frameOf(metric, values, target) {
  return toDataFrame({
    refId: target.refId,
    fields: [
      { name: "Time", type: FieldType.time, values: values.map(([time]) => time * 1000), config: {} },
      {
        name: "Value",
        type: FieldType.number,
        values: values.map(([, value]) => number(value)),
        labels: metric,
        config: { displayNameFromDS: legend(metric, target) },
      },
    ],
  });
}

function tableOf(result, target, request) {
  const labels = [...new Set(result.flatMap(({ metric }) => Object.keys(metric)))].sort();
  const single = request.targets.length === 1;
  const fields = labels.map((name) => ({ name, type: FieldType.string, values: result.map(({ metric }) => metric[name] ?? ""), config: { filterable: true } }));
  return toDataFrame({
    refId: target.refId,
    fields: result.length
      ? [
          { name: "Time", type: FieldType.time, values: result.map(({ value }) => value[0] * 1000), config: {} },
          ...fields,
          { name: single ? "Value" : `Value #${target.refId}`, type: FieldType.number, values: result.map(({ value }) => number(value[1])), config: {} },
        ]
      : [],
  });
}

export function installDataSource(url) {
  const source = new Prometheus(url);
  sceneUtils.registerRuntimeDataSource({ dataSource: source });
  const settings = { uid: UID, name: "Prometheus", type: "prometheus", meta: source.meta, isDefault: true, jsonData: {} };
  setDataSourceSrv({
    get: async () => source,
    getList: () => [settings],
    getInstanceSettings: () => settings,
    reload: () => {},
    registerRuntimeDataSource: () => {},
  });
  setTemplateSrv({ replace: (text) => text, getVariables: () => [], containsTemplate: () => false, updateTimeRange: () => {} });
  setRunRequest((dataSource, request) =>
    from(dataSource.query(request)).pipe(
      map((answer) => ({ state: LoadingState.Done, series: answer.data, annotations: [], timeRange: request.range, request })),
      startWith({ state: LoadingState.Loading, series: [], annotations: [], timeRange: request.range, request })
    )
  );
}

export const SOURCE = { type: "prometheus", uid: UID };
export const moment = (milliseconds) => dateTime(Number(milliseconds));
