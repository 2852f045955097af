import { TimeSeries } from "@grafana/ui";
import React from "react";
import { Empty } from "./empty.jsx";

export function Lines(props) {
  const { data, timeRange, timeZone, width, height, options, replaceVariables } = props;
  if (!data.series.length) {
    return <Empty {...props} />;
  }
  return (
    <TimeSeries
      frames={data.series}
      structureRev={data.structureRev}
      timeRange={timeRange}
      timeZone={timeZone}
      width={width}
      height={height}
      legend={options.legend}
      options={options}
      replaceVariables={replaceVariables}
    />
  );
}
