// A heatmap of samples: columns of time, rows of values, brighter the more samples fell into a cell.
import { dateTimeFormat, getValueFormat, formattedValueToString } from "@grafana/data";
import { useTheme2 } from "@grafana/ui";
import React from "react";
import { Empty } from "./empty.jsx";

const LEFT = 70;
const BOTTOM = 20;
const COLOURS = ["#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962", "#addc30", "#fde725"];

function counted(series, range, columns, rows) {
  const samples = series.flatMap(({ fields: [time, value] }) => time.values.map((at, place) => [at, value.values[place]])).filter(([, value]) => value !== null);
  const values = samples.map(([, value]) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = high - low || 1;
  const cells = new Map();
  for (const [at, value] of samples) {
    const x = Math.min(columns - 1, Math.floor(((at - range.from) / (range.to - range.from)) * columns));
    const y = Math.min(rows - 1, Math.floor(((value - low) / span) * rows));
    cells.set(`${x} ${y}`, (cells.get(`${x} ${y}`) ?? 0) + 1);
  }
  return { cells, low, span };
}

export function Heatmap(props) {
  const { data, width, height, options, timeRange, timeZone } = props;
  const theme = useTheme2();
  if (!data.series.length) {
    return <Empty {...props} />;
  }
  const range = { from: timeRange.from.valueOf(), to: timeRange.to.valueOf() };
  const { xBuckets, yBuckets } = options.calculation;
  const [columns, rows] = [Number(xBuckets.value), Number(yBuckets.value)];
  const { cells, low, span } = counted(data.series, range, columns, rows);
  const most = Math.max(...cells.values());
  const [wide, tall] = [(width - LEFT) / columns, (height - BOTTOM) / rows];
  const format = getValueFormat(options.yAxis.unit);
  const muted = theme.colors.text.secondary;
  const shade = (count) => COLOURS[Math.round((count / most) ** options.color.exponent * (COLOURS.length - 1))];
  return (
    <svg width={width} height={height}>
      {[...cells].map(([key, count]) => {
        const [x, y] = key.split(" ").map(Number);
        return <rect key={key} x={LEFT + x * wide} y={(rows - 1 - y) * tall} width={wide - 1} height={tall - 1} fill={shade(count)} />;
      })}
      {[0, 0.25, 0.5, 0.75, 1].map((part) => (
        <text key={part} x={LEFT - 6} y={8 + (1 - part) * (height - BOTTOM - 12)} textAnchor="end" dominantBaseline="central" fontSize={11} fill={muted}>
          {formattedValueToString(format(low + part * span, 0))}
        </text>
      ))}
      {[1, 2, 3, 4, 5, 6].map((part) => (
        <text key={part} x={LEFT + (part / 7) * (width - LEFT)} y={height - 6} textAnchor="middle" fontSize={11} fill={muted}>
          {dateTimeFormat(range.from + (part / 7) * (range.to - range.from), { format: "MM/DD HH:mm", timeZone })}
        </text>
      ))}
    </svg>
  );
}
