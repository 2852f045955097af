import React from "react";

// What a panel without data shows.
export const Empty = ({ fieldConfig, width, height }) => (
  <div style={{ width, height, display: "flex", alignItems: "center", justifyContent: "center", opacity: 0.6 }}>
    {fieldConfig.defaults.noValue ?? "No data"}
  </div>
);
