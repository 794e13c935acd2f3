import type { DetectorKind } from './types.ts';

/** Detectors of anomalies by name: those that learn normal running of many sensors, and those of one series on-line. */
export const detectorKinds = {
  // One a line, so that two people can add theirs.
  mewma: async () => (await import('./kinds/smoothed-distance.ts')).smoothedDistance,
  pca: async () => (await import('./kinds/principal-components.ts')).principalComponents,
  mahalanobis: async () => (await import('./kinds/mahalanobis.ts')).mahalanobis,
  'isolation-forest': async () => (await import('./kinds/isolation-forest.ts')).isolationForest,
  knn: async () => (await import('./kinds/nearest-neighbours.ts')).nearestNeighbours,
  var: async () => (await import('./kinds/autoregression.ts')).autoregression,
  'matrix-profile': async () => (await import('./kinds/left-profile.ts')).leftProfile,
  ensemble: async () => (await import('./kinds/ensemble.ts')).ensemble,
  stuck: async () => (await import('./kinds/stuck.ts')).stuck,
  surprise: async () => (await import('./online/surprise.ts')).surprise,
  'page-hinkley': async () => (await import('./online/page-hinkley.ts')).pageHinkley,
} satisfies Readonly<Record<string, () => Promise<DetectorKind>>>;
