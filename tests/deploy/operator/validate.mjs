// Reads objects of the Prometheus Operator as a JSON list and ends with an error at the first that its schema refuses.
import { readFileSync } from "node:fs";
import * as v1 from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1";
import * as v1alpha1 from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1";

const versions = { "monitoring.coreos.com/v1": v1, "monitoring.coreos.com/v1alpha1": v1alpha1 };

for (const object of JSON.parse(readFileSync(0, "utf-8"))) {
  const Model = versions[object.apiVersion][object.kind];
  new Model(object).validate();
}
