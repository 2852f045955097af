import { cacheFieldDisplayNames } from "@grafana/data";
import { TableNG } from "@grafana/ui/unstable";
import React from "react";
import { Empty } from "./empty.jsx";

export function Table(props) {
  const { data, width, height, options, timeRange, fieldConfig } = props;
  cacheFieldDisplayNames(data.series);
  const [frame] = data.series;
  if (!frame || !frame.length) {
    return <Empty {...props} />;
  }
  return (
    <TableNG
      data={frame}
      width={width}
      height={height}
      noHeader={!options.showHeader}
      cellHeight={options.cellHeight}
      sortBy={options.sortBy}
      timeRange={timeRange}
      structureRev={data.structureRev}
      fieldConfig={fieldConfig}
      enableVirtualization={false}
    />
  );
}
