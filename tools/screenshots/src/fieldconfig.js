// The field options that Grafana's server registers: which there are, and which processor applies them.
import {
  booleanOverrideProcessor,
  dataLinksOverrideProcessor,
  displayNameOverrideProcessor,
  identityOverrideProcessor,
  numberOverrideProcessor,
  standardFieldConfigEditorRegistry,
  standardTransformers,
  standardTransformersRegistry,
  stringOverrideProcessor,
  thresholdsOverrideProcessor,
  unitOverrideProcessor,
  valueMappingsOverrideProcessor,
} from "@grafana/data";

const PROCESSORS = {
  unit: unitOverrideProcessor,
  min: numberOverrideProcessor,
  max: numberOverrideProcessor,
  decimals: numberOverrideProcessor,
  displayName: displayNameOverrideProcessor,
  color: identityOverrideProcessor,
  noValue: stringOverrideProcessor,
  thresholds: thresholdsOverrideProcessor,
  mappings: valueMappingsOverrideProcessor,
  links: dataLinksOverrideProcessor,
  filterable: booleanOverrideProcessor,
};

const item = ([path, process]) => ({
  id: path,
  path,
  name: path,
  process,
  editor: () => null,
  override: () => null,
  shouldApply: () => true,
  settings: {},
});

export function installFieldConfig() {
  standardFieldConfigEditorRegistry.setInit(() => Object.entries(PROCESSORS).map(item));
  standardTransformersRegistry.setInit(() =>
    ["merge", "organize"].map((id) => {
      const transformer = Object.values(standardTransformers).find((known) => known.id === id);
      return { id, name: id, transformation: async () => transformer, editor: () => null };
    })
  );
}

// Entries for the "custom" part of a field, one for each key a panel type reads.
export const customFields = (builder, defaults) =>
  Object.entries(defaults).forEach(([path, defaultValue]) =>
    builder.addCustomEditor({
      id: path,
      path,
      name: path,
      defaultValue,
      editor: () => null,
      override: () => null,
      process: identityOverrideProcessor,
      shouldApply: () => true,
    })
  );
