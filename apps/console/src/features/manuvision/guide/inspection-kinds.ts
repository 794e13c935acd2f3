/** Kinds that learn from the pictures of a data set, the usual one first. */
export const inspectionKinds = ['anomaly', 'defects', 'template'] as const;
export type InspectionKind = (typeof inspectionKinds)[number];
