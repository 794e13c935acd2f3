import type { DetectorKind } from './types.ts';

/** Detectors of anomalies by name: those that learn normal running of many sensors, and those of one series on-line. */
export const detectorKinds = {
  // One a line, so that two people can add theirs.
  mewma: async () => (await import('./kinds/smoothed-distance.ts')).smoothedDistance,
  pca: async () => (await import('./kinds/principal-components.ts')).principalComponents,
  conditions: async () => (await import('../life/health/condition-detector.ts')).conditionDetector,
  mahalanobis: async () => (await import('./kinds/mahalanobis.ts')).mahalanobis,
  surprise: async () => (await import('./online/surprise.ts')).surprise,
} satisfies Readonly<Record<string, () => Promise<DetectorKind>>>;
