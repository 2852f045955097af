// The alert rules for jsonnet: (import 'lantime-exporter/alerts/mixin.libsonnet').prometheusAlerts
local files = [
  importstr 'lantime-availability.yml',
  importstr 'lantime-compliance.yml',
  importstr 'lantime-fleet.yml',
  importstr 'lantime-gnss.yml',
  importstr 'lantime-hardware.yml',
  importstr 'lantime-history.yml',
  importstr 'lantime-info.yml',
  importstr 'lantime-ntp.yml',
  importstr 'lantime-outputs.yml',
  importstr 'lantime-ptp.yml',
  importstr 'lantime-sync.yml',
  importstr 'lantime-system.yml',
];

{
  prometheusAlerts+:: {
    groups+: std.flatMap(function(file) std.parseYaml(file).groups, files),
  },
}
