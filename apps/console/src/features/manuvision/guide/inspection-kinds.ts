/** All kinds, the usual one first, those that learn nothing last. */
export const inspectionKinds = [
  ...(['anomaly', 'defects', 'template', 'classes'] as const),
  ...(['codes', 'text', 'dial', 'digits', 'measuring'] as const),
] as const;
export type InspectionKind = (typeof inspectionKinds)[number];

/** Kinds that learn nothing: they are tried on a picture at once. */
export const judgesBySettings = (kind: string): boolean =>
  ['codes', 'text', 'dial', 'digits', 'measuring'].includes(kind);

/** Kinds that learn from labelled defects, and so need some. */
export const needsDefects = (kind: InspectionKind): boolean => kind === 'classes' || kind === 'defects';
