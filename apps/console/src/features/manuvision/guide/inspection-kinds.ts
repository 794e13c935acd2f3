/** Kinds that learn from the pictures of a data set, the usual one first. */
export const inspectionKinds = [
  ...(['anomaly', 'defects', 'template', 'classes'] as const),
  ...(['codes', 'text', 'dial', 'digits'] as const),
] as const;
export type InspectionKind = (typeof inspectionKinds)[number];

/** Kinds that learn from labelled defects, and so need some. */
export const needsDefects = (kind: InspectionKind): boolean => kind === 'classes' || kind === 'defects';
