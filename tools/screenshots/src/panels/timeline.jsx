// A state timeline: a row for each series, a bar for each period of a state, gaps without values.
import { dateTimeFormat, getDisplayProcessor, getFieldDisplayName } from "@grafana/data";
import { useTheme2 } from "@grafana/ui";
import React from "react";
import { Empty } from "./empty.jsx";

const AXIS = 22;
const LEGEND = 24;
const CHARACTER = 7;

function stretches(field, times, end) {
  const found = [];
  field.values.forEach((value, place) => {
    const last = found.at(-1);
    if (last) {
      last.until = times[place];
    }
    if (!last || last.value !== value) {
      found.push({ value, since: times[place], until: end });
    }
  });
  if (found.length) {
    found.at(-1).until = end;
  }
  return found.filter(({ value }) => value !== null);
}

function ticks(range, width) {
  const steps = [60, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400, 172800, 432000];
  const seconds = (range.to - range.from) / 1000;
  const step = (steps.find((size) => (seconds / size) * 70 < width) ?? 864000) * 1000;
  const found = [];
  for (let time = Math.ceil(range.from / step) * step; time < range.to - step / 10; time += step) {
    found.push(time);
  }
  return found;
}

export function StateTimeline(props) {
  const { data, width, height, timeRange, timeZone } = props;
  const theme = useTheme2();
  const rows = data.series.map((frame) => {
    const field = frame.fields[1];
    return { name: getFieldDisplayName(field, frame, data.series), field, times: frame.fields[0].values };
  });
  if (!rows.length) {
    return <Empty {...props} />;
  }
  const range = { from: timeRange.from.valueOf(), to: timeRange.to.valueOf() };
  const names = Math.min(320, 12 + CHARACTER * Math.max(...rows.map(({ name }) => name.length)));
  const place = (time) => names + ((time - range.from) / (range.to - range.from)) * (width - names - 8);
  const band = (height - AXIS - LEGEND) / rows.length;
  const legend = new Map();
  const bars = rows.flatMap(({ field, times }, row) => {
    const show = field.display ?? getDisplayProcessor({ field, theme });
    return stretches(field, times, range.to).map(({ value, since, until }) => {
      const { text, color } = show(value);
      legend.set(text, color);
      const x = place(since);
      const long = place(until) - x;
      return (
        <g key={`${row}-${since}`}>
          <rect x={x} y={row * band + band * 0.075} width={Math.max(long, 1)} height={band * 0.85} fill={color} fillOpacity={0.75} />
          {long > text.length * CHARACTER + 8 && band >= 13 && (
            <text x={x + 6} y={(row + 0.5) * band} dominantBaseline="central" fontSize={Math.min(12, band * 0.7)} fill={theme.colors.text.maxContrast}>
              {text}
            </text>
          )}
        </g>
      );
    });
  });
  const muted = theme.colors.text.secondary;
  return (
    <div>
      <svg width={width} height={height - LEGEND} style={{ display: "block" }}>
        {rows.map(({ name }, row) => (
          <text key={name + row} x={names - 8} y={(row + 0.5) * band} textAnchor="end" dominantBaseline="central" fontSize={Math.min(12, band * 0.8)} fill={muted}>
            {name}
          </text>
        ))}
        {bars}
        {ticks(range, width - names).map((time) => (
          <text key={time} x={place(time)} y={height - LEGEND - 6} textAnchor="middle" fontSize={11} fill={muted}>
            {dateTimeFormat(time, { format: range.to - range.from > 172800000 ? "MM/DD" : "HH:mm", timeZone })}
          </text>
        ))}
      </svg>
      <div style={{ height: LEGEND, display: "flex", gap: 14, alignItems: "center", fontSize: 12, color: muted, overflow: "hidden" }}>
        {[...legend].map(([text, color]) => (
          <span key={text} style={{ display: "flex", alignItems: "center", gap: 5, whiteSpace: "nowrap" }}>
            <span style={{ width: 14, height: 4, borderRadius: 2, background: color }} />
            {text}
          </span>
        ))}
      </div>
    </div>
  );
}
