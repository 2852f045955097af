import { getFieldDisplayValues } from "@grafana/data";
import { BigValue, BigValueGraphMode, BigValueTextMode, VizRepeater, useTheme2 } from "@grafana/ui";
import React from "react";

export function Stat(props) {
  const { data, fieldConfig, options, replaceVariables, timeZone, width, height } = props;
  const theme = useTheme2();
  const values = () =>
    getFieldDisplayValues({ fieldConfig, reduceOptions: options.reduceOptions, replaceVariables, theme, data: data.series, sparkline: false, timeZone });
  const textMode = (count) =>
    options.textMode === "name" ? BigValueTextMode.Name : options.textMode === "auto" && count > 1 ? BigValueTextMode.ValueAndName : BigValueTextMode.Value;
  return (
    <VizRepeater
      getValues={values}
      renderValue={({ value, width, height, count }) => (
        <BigValue
          value={value.display}
          colorMode={options.colorMode}
          graphMode={BigValueGraphMode.None}
          justifyMode={options.justifyMode}
          textMode={textMode(count)}
          width={width}
          height={height}
          theme={theme}
        />
      )}
      source={data}
      itemSpacing={3}
      renderCounter={props.renderCounter}
      width={width}
      height={height}
      orientation="auto"
      autoGrid={true}
    />
  );
}
